"""The checklist of papers on the screen: arrows move, Space hands in, letters and digits say the rest."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLayout,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from desktop.assets import Look
from desktop.models.components import ComponentsModel
from desktop.views.buttons import Button
from desktop.views.checklist_keys import FIRST, MORE, WAYS, KeysLine, meaning, paper_hints
from desktop.views.checklist_row import RowDelegate
from desktop.views.filling import OTHER, REASON, Filling
from desktop.views.inputs import Field
from desktop.views.laying import across, down
from desktop.views.wording import Words
from onestop.rules.intake import By, Line, Status
from onestop.texts import _

Index = QModelIndex | QPersistentModelIndex
FEWEST_ROWS = 3
FEWEST_LARGE = 2
"""With large letters a row has two lines or more."""


def _name(line: Line) -> str:
    """What a paper is called in a draft: its key, of a further paper its name."""
    return line.asked.key if line.asked else line.name


class Checklist(QListView):
    """The list itself. `onward` on Enter; `reason_wanted(row)` when a paper is said not to be valid."""

    onward = Signal()
    reason_wanted = Signal(int)
    pages_wanted = Signal()
    shelf_wanted = Signal()
    focused = Signal(bool)

    def __init__(self, look: Look, model: ComponentsModel) -> None:
        super().__init__()
        self.papers = model
        self.opened = -1
        """The row that shows its whole name: the one in focus."""
        self._look = look
        self._delegate = RowDelegate(look, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName(_("Giấy tờ"))
        self.setAccessibleDescription("; ".join(f"{hint.keys}: {hint.text}" for hint in paper_hints()))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        model.modelReset.connect(self._measure)
        model.dataChanged.connect(self._measure)
        self._measure()

    def _measure(self, *_what: object, resized: bool = False) -> None:
        """As high as the rows, no higher; at least a few of them, whole, stay in sight, the opened one too."""
        self.opened = self.currentIndex().row() if self.hasFocus() else -1
        rows = [self._delegate.height(row, place == self.opened) for place, row in enumerate(self.papers.rows)]
        frame = self._look.space("xs")
        self.setMaximumHeight(sum(rows) + frame)
        few = FEWEST_LARGE if self._look.large else FEWEST_ROWS
        least = max(sum(rows[at : at + few]) for at in range(max(1, len(rows) - few + 1))) + frame
        # Another width may come of a bar that this very height has brought: it is not taken back for that.
        self.setMinimumHeight(max(least, self.minimumHeight()) if resized else least)
        self.scheduleDelayedItemsLayout()
        if self.papers.rows and not self.currentIndex().isValid():
            self.setCurrentIndex(self.papers.index(0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._measure(resized=True)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)  # type: ignore[arg-type]
        self._measure()
        self.scrollTo(current)  # type: ignore[arg-type]

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._measure()
        # Whoever works with the mouse keeps the buttons in sight.
        self.focused.emit(event.reason() != Qt.FocusReason.MouseFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._measure()
        self.focused.emit(False)

    def go_to(self, key: str) -> None:
        """Mark the row of this component and put the focus here."""
        self.go_to_row(max(0, self.papers.place(key)))

    def go_to_row(self, place: int) -> None:
        """Mark this row and put the focus here."""
        if self.papers.rows:
            self.setCurrentIndex(self.papers.index(place))
        self.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the icon of a row is its Space."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() < self._look.size("icon_small") + 2 * self._look.space("s"):
            self.papers.toggle(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentIndex().row(), event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.onward.emit()
        elif row < 0 or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if key == Qt.Key.Key_Z:
                self.papers.undo()
            else:
                super().keyPressEvent(event)
        elif not self._said(row, key, event.text()):
            super().keyPressEvent(event)

    def _said(self, row: int, key: int, text: str) -> bool:
        """Do what a key says about the row; False for a key that says nothing."""
        papers, name = self.papers, meaning(key, text)
        if name == "take":
            papers.toggle(row)
        elif name in WAYS:
            papers.set_by(row, WAYS[name])
        elif name == "bad":
            self.reason_wanted.emit(row)
        elif name == "unchecked":
            papers.set_status(row, Status.UNCHECKED)
        elif name == "scan":
            papers.toggle_scan_later(row)
        elif name == "count":
            papers.set_count(row, int(text))
        elif name == "more":
            papers.set_count(row, papers.count(row) + (1 if text in MORE else -1))
        elif name == "kind":
            papers.choose_count(row, 1 if key == Qt.Key.Key_Right else -1)
        elif name == "remove":
            papers.remove(row)
        elif name == "pages":
            self.pages_wanted.emit()
        elif name == "shelf":
            self.shelf_wanted.emit()
        return name is not None


class PapersPanel(QWidget):
    """Checklist, the keys that count on it, the line for a reason and the one for a further paper."""

    onward = Signal()

    def __init__(self, look: Look, filling: Filling, insert: Button, everything: Button) -> None:
        super().__init__()
        self._look, self._filling = look, filling
        self._for = -1
        self.pages: QWidget | None = None
        self.model = ComponentsModel(self)
        self.model.edited.connect(filling.set_components)
        self.list = Checklist(look, self.model)
        self.list.onward.connect(self.onward)
        self.list.reason_wanted.connect(self.ask_reason)
        self.list.selectionModel().currentChanged.connect(lambda _new, _old: self._settle_keys())
        self.model.dataChanged.connect(lambda *_given: self._settle_keys())
        self.doubt = Words(look, _("danh sách giấy tờ chưa xác nhận"), "note", "warning", elide=True)
        self.doubt.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        there = self.doubt.sizePolicy()
        there.setRetainSizeWhenHidden(True)
        self.doubt.setSizePolicy(there)
        self.doubt.hide()
        self.reason = QLineEdit()
        self.reason.returnPressed.connect(self._reason_said)
        self._reason = Field(look, _("Chưa hợp lệ vì"), self.reason, _("Enter ghi lại, Esc bỏ"))
        self._reason.hide()
        self.other = QLineEdit()
        self.other.returnPressed.connect(self._other_said)
        self._other = Field(look, _("Tên giấy tờ khác"), self.other, _("Enter thêm vào danh sách, Esc bỏ"))
        self._other.hide()
        self._keys = KeysLine(look)
        self.insert, self.everything = insert, everything
        buttons = QWidget()
        buttons.setLayout(across(look, insert, everything, (self.doubt, 1), gap="xs"))
        self._below = QStackedWidget()
        self._below.addWidget(buttons)
        self._below.addWidget(self._keys)
        self._below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.list.focused.connect(lambda on: self._below.setCurrentIndex(1 if on else 0))
        self._column = down(look, (self.list, 1), self._reason, self._other, self._below, gap="xs")
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetMinAndMaxSize)  # no higher than the list asks for
        self.setLayout(self._column)
        self.reason.textEdited.connect(lambda _text: self._keep())
        self.other.textEdited.connect(lambda _text: self._keep())
        filling.begun.connect(self._begin_afresh)
        filling.resumed.connect(self._resume)
        filling.papers_changed.connect(self.show_papers)
        self.show_papers()
        self._settle_keys()

    def put_below(self, pages: QWidget) -> None:
        """The strip of pages, right under the list."""
        self.pages = pages
        self._column.insertWidget(1, pages)
        pages.setContentsMargins(0, self._look.space("s"), 0, self._look.space("xs"))
        QWidget.setTabOrder(self.list, pages)

    def show_papers(self) -> None:
        """The case and what was handed in, as the filling has them."""
        case, procedure = self._filling.case, self._filling.procedure
        if case is not None and procedure is not None:
            self.model.show(case, self._filling.components)
            self.doubt.setVisible("components" in procedure.unconfirmed)
        self._settle_keys()

    def _settle_keys(self) -> None:
        """Only the keys that can do something on the row in focus."""
        row = self.list.currentIndex().row()
        some = 0 <= row < len(self.model.rows)
        line = self.model.rows[row].line if some else None
        useful = {
            "database": some and self.model.may(row, By.DATABASE),
            "vneid": some and self.model.may(row, By.VNEID),
            "count": line is not None and (line.asked is None or line.asked.kind == "submit"),
            "scan": line is not None and line.given is not None,
            "now": some,
            "pages": some and self.model.has_pages(row),
        }
        self._keys.show_useful(name for name in (*FIRST, *useful) if useful.get(name, True))

    def lock(self, locked: bool) -> None:
        """Received: only to be read."""
        self.list.setEnabled(not locked)
        self._below.setVisible(not locked)

    # -- a reason, a further paper

    def ask_reason(self, row: int) -> None:
        """Open the line in which the clerk says why a paper is not valid; until then he has not finished with it."""
        self._for = row
        given = self.model.rows[row].line.given
        self.reason.setText(given.reason if given else "")
        self._other.hide()
        self._reason.show()
        self._keep()
        self.reason.setFocus()
        self.reason.selectAll()

    @property
    def asked_for(self) -> int:
        """The row of the paper whose reason is being written."""
        return self._for

    def go_on(self) -> None:
        """Go to the line that is half written."""
        (self.other if self._reason.isHidden() else self.reason).setFocus()

    def _keep(self) -> None:
        """What is half written is kept with the draft."""
        rows = self.model.rows
        asked = rows[self._for].line if not self._reason.isHidden() and 0 <= self._for < len(rows) else None
        self._filling.leave(REASON, {"paper": _name(asked), "text": self.reason.text()} if asked is not None else None)
        self._filling.leave(OTHER, {"text": self.other.text()} if not self._other.isHidden() else None)

    def _begin_afresh(self) -> None:
        self.model.begin_afresh()
        self._for = -1
        self.reason.clear()
        self.other.clear()
        self._reason.hide()
        self._other.hide()

    def _resume(self) -> None:
        unfinished = self._filling.unfinished
        reason, other = dict(unfinished.get(REASON, {})), dict(unfinished.get(OTHER, {}))
        rows = [place for place, row in enumerate(self.model.rows) if _name(row.line) == reason.get("paper")]
        if rows:
            self._for = rows[0]
            self.reason.setText(reason.get("text", ""))
            self._reason.show()
        elif other:
            self.other.setText(other.get("text", ""))
            self._other.show()
        self._keep()

    def _reason_said(self) -> None:
        if 0 <= self._for < len(self.model.rows):
            self.model.set_status(self._for, Status.BAD, self.reason.text())
        self._back_to_list()

    def ask_other(self) -> None:
        """Insert: open the line for the name of a further paper."""
        self._reason.hide()
        self._other.show()
        self.other.clear()
        self._keep()
        self.other.setFocus()

    def _other_said(self) -> None:
        name = self.other.text().strip()
        if name:
            row = self.model.add(name)
            self.list.setCurrentIndex(self.model.index(row))
        self._back_to_list()

    def _back_to_list(self) -> None:
        self._reason.hide()
        self._other.hide()
        self._keep()
        self.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self.reason.hasFocus() or self.other.hasFocus()):
            self._back_to_list()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._on_button():
            event.accept()  # list and lines have done what Enter does there
        else:
            super().keyPressEvent(event)

    def _on_button(self) -> bool:
        return self.insert.hasFocus() or self.everything.hasFocus()
