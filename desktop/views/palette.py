"""The one search of the top bar (Ctrl+K): people, dossiers, procedures and commands under what is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QWidget,
)

from desktop.assets import Look
from desktop.views.boxes import Overlay
from desktop.views.commands import Commands
from desktop.views.inputs import SearchField
from desktop.views.laying import down
from desktop.views.wording import elided, key_text
from onestop.rules.text import fold
from onestop.texts import _

if TYPE_CHECKING:  # costs the start five milliseconds
    from PySide6.QtWidgets import QStyleOptionViewItem

PER_KIND = 5
LETTERS = 2
"""Below this many letters only commands are looked for."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its title, a quiet line about it, and what Enter does."""

    title: str
    detail: str
    open: Callable[[], None]
    icon: str = ""
    keys: str = ""


@dataclass(frozen=True, slots=True)
class Finder:
    """One kind of thing that the search finds. `search(text, then)` answers later with the best hits first; the answer
    to an older text is ignored. `title` is marked (N_)."""

    kind: str
    title: str
    icon: str
    search: Callable[[str, Callable[[Sequence[Hit]], None]], None]


class Palette(QObject):
    """`field` stands in the top bar; the hits open under it. The focus stays in the field, Esc gives it back."""

    def __init__(self, look: Look, commands: Commands, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._commands, self._window = look, commands, window
        self._finders: tuple[Finder, ...] = ()
        self._found: dict[str, Sequence[Hit]] = {}
        self._number = 0
        self._moved = False
        """Has the person gone along the hits? Then the one chosen stays, whatever is still found."""
        self._before: QWidget | None = None
        self.field = SearchField(look, _("Tìm người, mã hồ sơ, thủ tục…"), "Ctrl+K")
        self.field.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.field.typed.connect(self._search)
        self.field.hurried.connect(self._enter)
        self.field.down.connect(lambda: self._step(1))
        self.field.installEventFilter(self)
        self.sheet = Overlay(window)
        self.sheet.setAccessibleName(_("Kết quả tìm"))
        self.list = QListWidget()
        self.list.setItemDelegate(_HitDelegate(look, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.itemClicked.connect(self._open)
        self.list.itemEntered.connect(self.list.setCurrentItem)
        self.sheet.setLayout(down(look, self.list, margins="s"))

    def find_with(self, finders: Sequence[Finder]) -> None:
        """The kinds that are looked through, in the order in which they are shown."""
        self._finders = tuple(finders)

    def open(self) -> None:
        """Ctrl+K."""
        focused = QApplication.focusWidget()
        if focused is not None and focused is not self.field:
            self._before = focused
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._search(self.field.text())

    def close(self) -> None:
        """Put the hits away and give the focus back."""
        self._number += 1
        self.sheet.put_away()
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self.field._changed()
        if self._before is not None and self.field.hasFocus():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def hits(self) -> list[Hit]:
        """What is shown, from top to bottom."""
        rows = (self.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.list.count()))
        return [hit for hit in rows if isinstance(hit, Hit)]

    # -- finding

    def _search(self, text: str) -> None:
        if not self.field.hasFocus():
            return
        self._number += 1
        self._moved = False
        number, text = self._number, text.strip()
        self._found = {"command": self._command_hits(text)}
        if len(text) >= LETTERS:
            for finder in self._finders:

                def found(hits: Sequence[Hit], kind: str = finder.kind) -> None:
                    if number == self._number:
                        self._found[kind] = hits[:PER_KIND]
                        self._show()

                finder.search(text, found)
        self._show()

    def _command_hits(self, text: str) -> list[Hit]:
        wanted = fold(text).split()
        hits = []
        for command in self._commands.here():
            words = fold(_(command.text))
            if not command.quiet and all(word in words for word in wanted):
                action = self._commands.action(command.key)
                if action.isEnabled():
                    keys = action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
                    hits.append(Hit(_(command.text), "", action.trigger, command.icon, keys))
        return hits[: PER_KIND + 3]

    def _show(self) -> None:
        item = self.list.currentItem()
        kept = item.text() if self._moved and item is not None else None
        self.list.clear()
        groups = [(finder.kind, _(finder.title), finder.icon) for finder in self._finders]
        for kind, title, icon in [*groups, ("command", _("Lệnh"), "keyboard")]:
            hits = self._found.get(kind, ())
            if not hits:
                continue
            head = QListWidgetItem(title)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(head)
            for hit in hits:
                item = QListWidgetItem(f"{hit.title}. {hit.detail}".rstrip(". "))
                item.setData(Qt.ItemDataRole.UserRole, hit)
                item.setData(Qt.ItemDataRole.UserRole + 1, hit.icon or icon)
                self.list.addItem(item)
        if not self.list.count():
            nothing = QListWidgetItem(_("Không tìm thấy “{text}”").format(text=self.field.text().strip()))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        same = (row for row in range(self.list.count()) if self._at(row) and self.list.item(row).text() == kept)
        self.list.setCurrentRow(next(same, self._next(-1, 1)))
        self._place()

    def _place(self) -> None:
        look, pad = self._look, 2 * self._look.space("s") + 2 * self._look.space("hair")
        height = sum(self.list.sizeHintForRow(row) for row in range(self.list.count())) + pad
        corner = self.field.mapTo(self._window, QPoint(0, self.field.height() + look.space("xs")))
        room = self._window.height() - corner.y() - look.space("l")
        self.sheet.setGeometry(
            QRect(
                corner,
                QSize(
                    min(look.size("palette"), self._window.width() - corner.x() - look.space("l")), min(height, room)
                ),
            )
        )
        self.sheet.show()
        self.sheet.raise_()

    # -- moving and opening

    def _at(self, row: int) -> bool:
        item = self.list.item(row) if 0 <= row < self.list.count() else None
        return item is not None and isinstance(item.data(Qt.ItemDataRole.UserRole), Hit)

    def _next(self, row: int, step: int) -> int:
        for candidate in range(row + step, self.list.count() if step > 0 else -1, step):
            if self._at(candidate):
                return candidate
        return row

    def _step(self, step: int) -> None:
        self._moved = True
        self.list.setCurrentRow(self._next(self.list.currentRow(), step))

    def _enter(self, _text: str) -> None:
        item = self.list.currentItem()
        if self.sheet.isVisible() and item is not None:
            self._open(item)

    def _open(self, item: QListWidgetItem) -> None:
        hit = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(hit, Hit):
            self.close()
            hit.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.sheet.put_away()
        elif event.type() == QEvent.Type.FocusIn and not self.sheet.isVisible():
            self._search(self.field.text())
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
            if event.key() == Qt.Key.Key_Up:
                self._step(-1)
                return True
        return False


class _HitDelegate(QStyledItemDelegate):
    """A hit: icon, title, a quiet line at its right, the key; or the quiet heading of a kind."""

    def __init__(self, look: Look, parent: QListWidget) -> None:
        super().__init__(parent)
        self._look, self._list = look, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(1, self._look.size("row" if index.data(Qt.ItemDataRole.UserRole) else "header"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect = self._look, QRect(option.rect)
        hit = index.data(Qt.ItemDataRole.UserRole)
        centre = Qt.AlignmentFlag.AlignVCenter
        inside = rect.adjusted(look.space("s"), 0, -look.space("s"), 0)
        if not isinstance(hit, Hit):
            painter.setFont(look.font("note", strong=True))
            painter.setPen(look.colour("quiet"))
            painter.drawText(inside, int(centre), index.data())
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row() == self._list.currentRow():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_soft"))
            painter.drawRoundedRect(rect, look.space("radius_small"), look.space("radius_small"))
        side = look.size("icon_small")
        icon = index.data(Qt.ItemDataRole.UserRole + 1)
        if icon:
            top = rect.top() + (rect.height() - side) // 2
            painter.drawPixmap(QPoint(inside.left(), top), look.pixmap(icon, "quiet", "icon_small"))
        inside.setLeft(inside.left() + side + look.space("s"))
        if hit.keys:
            painter.setFont(look.font("note", strong=True))
            painter.setPen(look.colour("quiet"))
            painter.drawText(inside, int(centre | Qt.AlignmentFlag.AlignRight), key_text(hit.keys))
        painter.setFont(look.font("note", figures=True))
        detail = elided(painter.fontMetrics(), hit.detail, inside.width() // 2)
        painter.setPen(look.colour("quiet"))
        if detail:
            painter.drawText(inside, int(centre | Qt.AlignmentFlag.AlignRight), detail)
            inside.setRight(inside.right() - painter.fontMetrics().horizontalAdvance(detail) - look.space("m"))
        painter.setFont(look.font())
        painter.setPen(look.colour("ink"))
        painter.drawText(inside, int(centre), elided(painter.fontMetrics(), hit.title, inside.width()))
