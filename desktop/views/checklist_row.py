"""A row of the checklist of papers as it is drawn: icon, name, how many, and the state in word and colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.assets import Look
from desktop.models.components import Role, Shown, kind_short, kind_words
from desktop.views.wording import broken, elided

Index = QModelIndex | QPersistentModelIndex


class Opened(Protocol):
    """What the delegate asks of its view: which row shows all of its words."""

    opened: int

    def viewport(self) -> QWidget: ...

    def hasFocus(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the words of a count: of its which kind, one after the other ("1 chính", "2 sao")."""

    text: str
    part: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The lines of a row. `beneath`: with large letters how many and the state stand under the name, not beside it."""

    name: list[str]
    note: list[str]
    count: list[list[Piece]]
    state: list[str]
    beneath: bool


class RowDelegate(QStyledItemDelegate):
    """The row in focus shows all of its words, the others what stands before a bracket; no number is ever cut, no row
    is shown in part."""

    def __init__(self, look: Look, view: Opened) -> None:
        assert isinstance(view, QWidget)
        super().__init__(view)
        self._look, self._view = look, view

    # -- measured

    def _name_left(self) -> int:
        return self._look.size("icon_small") + 2 * self._look.space("s")

    def _beside(self) -> int:
        """The width that is left for a name beside its columns."""
        look = self._look
        rest = look.size("count_column") + look.size("state_column") + 2 * look.space("s")
        return max(
            look.size("field_narrow"), self._view.viewport().width() - self._name_left() - look.space("s") - rest
        )

    def plan(self, row: Shown, whole: bool) -> Plan:
        """How the words of a row are laid out."""
        look = self._look
        gap, beside = look.space("s"), self._beside()
        # Not asked of the width: a bar that comes and goes changes that, and the rows would make it come and go.
        beneath = look.large
        width = self._view.viewport().width() - self._name_left() - gap if beneath else beside
        long, strong = look.metrics().horizontalAdvance, look.metrics(strong=True).horizontalAdvance
        most = 0 if whole else 1
        name = broken(row.name if whole else short_name(row.name), long, width, most)
        note = broken(row.note, look.metrics("note").horizontalAdvance, width, most)
        columns = look.size("count_column") + look.size("state_column")
        if row.count:
            room = width if beneath else look.size("count_column") - gap
            count = _counted(row.count, look.metrics(figures=True).horizontalAdvance, room)
            state = [row.state] if beneath else broken(row.state, strong, look.size("state_column"), 2)
        else:
            count = []
            state = broken(row.state, long, width if beneath else columns, most)
        return Plan(name, note, count, state, beneath)

    def height(self, row: Shown, whole: bool = False) -> int:
        """What a row needs."""
        look, plan = self._look, self.plan(row, whole)
        line = look.metrics().height()
        words = len(plan.name) * line + len(plan.note) * look.metrics("note").height()
        columns = max(len(plan.count), len(plan.state)) * line
        words = words + columns if plan.beneath else max(words, columns)
        return max(look.size("row"), words + 2 * look.space("xs"))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(1, self.height(index.data(Role.ROW), self._view.opened == index.row()))

    # -- drawn

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect, row = self._look, QRect(option.rect), index.data(Role.ROW)
        if rect.top() > 0 and rect.bottom() > self._view.viewport().height():
            return  # a row that ends below the list is not drawn with its letters cut through
        hair, gap, side = look.space("hair"), look.space("s"), look.size("icon_small")
        focused = bool(option.state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        painter.fillRect(QRect(rect.left(), rect.bottom() + 1 - hair, rect.width(), hair), look.colour("line"))
        if focused:
            self._ring(painter, rect)
        plan = self.plan(row, self._view.opened == index.row())
        line, low = look.metrics().height(), look.metrics("note").height()
        words, columns = len(plan.name) * line + len(plan.note) * low, max(len(plan.count), len(plan.state)) * line
        high = words + columns if plan.beneath else words
        top = rect.top() + (rect.height() - high) // 2
        left = rect.left() + self._name_left()
        width = rect.right() + 1 - gap - left if plan.beneath else self._beside()
        middle = top + line // 2 if plan.beneath else rect.center().y()
        painter.drawPixmap(QPoint(rect.left() + gap, middle - side // 2), look.pixmap(row.icon, row.tone, "icon_small"))
        painter.setFont(look.font())
        painter.setPen(look.colour("quiet" if row.line.given is None and row.tone == "quiet" else "ink"))
        self._lines(painter, QRect(left, top, width, len(plan.name) * line), plan.name)
        if plan.note:
            painter.setFont(look.font("note"))
            painter.setPen(look.colour(row.note_tone))
            self._lines(painter, QRect(left, top + len(plan.name) * line, width, len(plan.note) * low), plan.note)
        if plan.beneath:
            place = QRect(left, top + words, width, columns)
            self._count(painter, place, plan.count, row, focused)
            aside = Qt.AlignmentFlag.AlignRight if plan.count else Qt.AlignmentFlag.AlignLeft
            self._state(painter, place, plan, row, aside)
            return
        rest = left + width + gap
        column = QRect(rest, rect.top(), rect.right() + 1 - gap - rest, rect.height())
        if plan.count:
            self._count(painter, _centred(column, len(plan.count) * line), plan.count, row, focused)
            column.setLeft(rest + look.size("count_column"))
        self._state(painter, _centred(column, len(plan.state) * line), plan, row, Qt.AlignmentFlag.AlignLeft)

    def _ring(self, painter: QPainter, rect: QRect) -> None:
        look = self._look
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring, radius = look.space("ring"), look.space("radius_small")
        pen = painter.pen()
        pen.setColor(look.colour("focus"))
        pen.setWidth(ring)
        painter.setPen(pen)
        painter.setBrush(look.colour("accent_soft"))
        painter.drawRoundedRect(rect.adjusted(ring // 2, ring // 2, -ring // 2, -ring // 2), radius, radius)
        painter.restore()

    @staticmethod
    def _lines(
        painter: QPainter, place: QRect, lines: list[str], aside: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    ) -> None:
        """One under the other from the top; one that is too long for its place ends in "…"."""
        metrics, high = painter.fontMetrics(), place.height() // max(1, len(lines))
        for number, text in enumerate(lines):
            fits = metrics.horizontalAdvance(text) <= place.width()
            said = text if fits else elided(metrics, text, place.width())
            line = QRect(place.left(), place.top() + number * high, place.width(), high)
            painter.drawText(line, int(aside | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), said)

    def _state(self, painter: QPainter, place: QRect, plan: Plan, row: Shown, aside: Qt.AlignmentFlag) -> None:
        painter.setFont(self._look.font(strong=bool(plan.count)))
        painter.setPen(self._look.colour(row.tone))
        self._lines(painter, place, plan.state, aside)

    def _count(self, painter: QPainter, place: QRect, lines: list[list[Piece]], row: Shown, focused: bool) -> None:
        """How many; on the row in focus the kind that digits set is underlined."""
        look = self._look
        parts = row.count.split(", ")
        name = kind_words(row.counted) if len(parts) == 1 else kind_short(row.counted)
        high = look.metrics().height()
        for at, pieces in enumerate(lines):
            x = place.left()
            for piece in pieces:
                chosen = focused and parts[piece.part].endswith(name)
                font = QFont(look.font(figures=True))
                font.setUnderline(chosen)
                painter.setFont(font)
                painter.setPen(look.colour("ink" if chosen else "quiet"))
                box = QRect(x, place.top() + at * high, place.right() + 1 - x, high)
                painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), piece.text)
                x += painter.fontMetrics().horizontalAdvance(piece.text)


def _counted(text: str, width_of: Callable[[str], int], room: int) -> list[list[Piece]]:
    """How many, on one line where that fits, else each kind on lines of its own: a number is never cut."""
    parts = text.split(", ")
    said = [part + (", " if number < len(parts) - 1 else "") for number, part in enumerate(parts)]
    if width_of(text) <= room:
        return [[Piece(part, number) for number, part in enumerate(said)]]
    return [[Piece(line, number)] for number, part in enumerate(said) for line in broken(part, width_of, room)]


def _centred(column: QRect, high: int) -> QRect:
    """The part of a column, `high` in its middle."""
    return QRect(column.left(), column.top() + (column.height() - high) // 2, column.width(), high)


def short_name(name: str) -> str:
    """What a paper is called before its explanations begin: "Giấy tờ tùy thân (Hộ chiếu/…) - không …"."""
    short = name
    for sign in (" (", " - ", "; "):
        short = short.split(sign)[0]
    return short.strip() or name
