"""Review of what was brought in: what is in force beside what the import says, taken over group by group or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from desktop.assets import Look
from desktop.bus import Level
from desktop.desk import Desk
from desktop.models import catalogue as words
from desktop.models.table import Column, TableModel
from desktop.views.boxes import Box, Card, Hairline
from desktop.views.buttons import Button
from desktop.views.laying import across, down
from desktop.views.lists import ListView
from desktop.views.sections import Leaf, side_width
from desktop.views.standing import Awaiting, EmptyState
from desktop.views.wording import Words
from onestop import clock
from onestop.actions import catalogue as actions
from onestop.actions.catalogue import ReviewForm
from onestop.queries import catalogue_card
from onestop.queries.catalogue_card import Waiting
from onestop.rules.procedure import Procedure
from onestop.texts import N_, _


class ReviewPage(QWidget):
    """A page: what waits at the left, the differences of the chosen one at the right. `left` back to the catalogue."""

    left = Signal()

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__()
        self._look, self._desk = look, desk
        self._wanted = ""
        self.current: Waiting | None = None
        self.boxes: dict[str, QCheckBox] = {}
        back = Button(look, _("Về danh mục"), "link", icon="arrow-left")
        back.clicked.connect(self.left)
        self.model = TableModel(look, columns(), row_id=lambda row: row.version_id)
        self.empty = EmptyState(
            look, "circle-check", _("Không còn gì chờ duyệt"), _("Bản nhập về không khác những mục đã duyệt.")
        )
        self.list = ListView(look, self.model, _("Chờ duyệt"), empty=self.empty)
        self.list.picked.connect(self._pick)
        self.list.opened.connect(lambda _row: self._into())
        waiting = self._waiting = Card(look, gap="s")
        waiting.add(across(look, back, None))
        waiting.add_wide(self.list, 1)
        self.title = Words(look, "", "title", strong=True, wrap=True)
        self.about = Words(look, "", tone="quiet", figures=True, wrap=True)
        self.leaf = Leaf(look, _("Các mục khác nhau"), inside="m", gap="m")
        self.leaf.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.take = Button(look, _("Nhận các mục đã chọn"), "main", big=True)
        self.take.clicked.connect(self._take)
        self.keep = Button(look, _("Giữ tất cả bản đang dùng"))
        self.keep.clicked.connect(lambda: self._settle(()))
        self.note = Words(look, "", "note", "quiet", wrap=True)
        inside = ("m", "none", "m", "none")
        self.sides = Card(look, gap="s")
        self.sides.body.addLayout(down(look, self.title, self.about, gap="xs", margins=inside))
        self.sides.body.addWidget(self.leaf, 1)
        foot = across(look, (self.note, 1), self.keep, self.take)
        self.sides.body.addLayout(down(look, Hairline(look), foot, gap="s", margins=inside))
        self._awaiting = Awaiting(look, self.sides, 12)
        self.setLayout(across(look, waiting, (self._awaiting, 1), gap="l"))

    def fit(self) -> None:
        """The window or the text has another size."""
        self._waiting.setFixedWidth(side_width(self._look, "search", self))

    def begin(self, version_id: str = "") -> None:
        """Read what waits; begin with this one."""
        self._wanted = version_id
        self.refresh()
        self.list.setFocus()

    def refresh(self) -> None:
        """Read it anew."""
        self._awaiting.wait()
        self._desk.ask(
            catalogue_card.waiting,
            clock.today(),
            then=self._here,
            owner=self,
            key="waiting",
            always=self._awaiting.ready,
        )

    def _here(self, found: tuple[Waiting, ...]) -> None:
        self.model.show(found)
        wanted, self._wanted = self._wanted, ""
        if not found:
            self._show(None)
        elif not (wanted and self.list.choose_id(wanted)) and not self.list.currentIndex().isValid():
            self.list.choose(0)

    def _pick(self, row: Waiting | None) -> None:
        if row is None:
            if not self.model.rows:
                self._show(None)
        elif self.current is None or row.version_id != self.current.version_id or row != self.current:
            self._show(row)

    def _into(self) -> None:
        first = next(iter(self.boxes.values()), None)
        if first is not None:
            first.setFocus()

    # -- both sides

    def _show(self, row: Waiting | None) -> None:
        self.current = row
        self.boxes = {}
        for part in (self.title, self.about, self.take, self.keep):
            part.setVisible(row is not None)
        if row is None:
            self.note.say("")
            self.leaf.show_parts([])
            return
        look = self._look
        self.title.say(row.name)
        text = _("{code} · đang dùng: {ours} · nhập về: {theirs}")
        since = _("bản từ {day}").format(day=words.day(row.current.valid_from))
        self.about.say(text.format(code=row.code, ours=since, theirs=words.origin(row.origin)))
        groups: dict[str, list[Mapping[str, Any]]] = {}
        for each in row.differences:
            groups.setdefault(str(each["group"]), []).append(each)
        sheets: list[QWidget] = []
        for group, differences in groups.items():
            box = QCheckBox(_("Nhận {facts} theo bản nhập về").format(facts=words.fact(group)))
            box.toggled.connect(self._count)
            self.boxes[group] = box
            sheet = QWidget()
            sheet.setLayout(down(look, box, *(self._difference(each, row) for each in differences), gap="s"))
            sheets.append(sheet)
        self.leaf.show_parts(sheets)
        self._count()

    def _difference(self, difference: Mapping[str, Any], row: Waiting) -> QWidget:
        look = self._look
        name = str(difference["fact"])
        ours, theirs = (words.value(name, difference[side]) for side in ("current", "incoming"))
        grid = QGridLayout()
        grid.setContentsMargins(*[look.space("none")] * 4)
        grid.setHorizontalSpacing(look.space("m"))
        grid.setVerticalSpacing(look.space("xs"))
        heading = _fact(name, row.current)
        for column, (title, lines, other, sign) in enumerate(
            ((_("Đang dùng"), ours, theirs, "−"), (_("Nhập về"), theirs, ours, "+"))
        ):
            box = Box(look, padding="m", gap="xs")
            box.add(Words(look, f"{heading} · {title}", "note", "quiet", strong=True))
            for text in lines:
                alone = text not in other
                several = len(lines) > 1 or len(other) > 1
                shown = f"{sign if alone else '•'} {text}" if several else text
                box.add(Words(look, shown, wrap=True, tone="ink" if alone else "quiet"))
            box.body.addStretch(1)
            box.setAccessibleName(f"{heading}, {title}: {'; '.join(lines)}")
            grid.addWidget(box, 0, column)
            grid.setColumnStretch(column, 1)
        whole = QWidget()
        whole.setLayout(grid)
        return whole

    # -- a word on it

    def _count(self) -> None:
        chosen = sum(box.isChecked() for box in self.boxes.values())
        self.take.setEnabled(bool(chosen))
        self.note.say(
            _("Mục được nhận áp dụng từ hôm nay; mục không nhận giữ như đang dùng và không hỏi lại.")
            if chosen
            else _("Đánh dấu những mục muốn nhận. Hồ sơ đã tiếp nhận không đổi theo.")
        )

    def _take(self) -> None:
        self._settle(tuple(group for group, box in self.boxes.items() if box.isChecked()))

    def _settle(self, accept: Sequence[str]) -> None:
        row = self.current
        if row is None:
            return
        self.take.setEnabled(False)
        self.keep.setEnabled(False)
        code = "catalogue.reviewed" if accept else "catalogue.declined"
        self._desk.do(
            actions.settle_review,
            ReviewForm(row.version_id, tuple(accept)),
            then=lambda _id: self._settled(code, row),
            owner=self,
            always=lambda: self.keep.setEnabled(True),
        )

    def _settled(self, code: str, row: Waiting) -> None:
        self._desk.tell(Level.GOOD, code, name=row.name)
        rows = list(self.model.rows)
        here = next((at for at, one in enumerate(rows) if one.version_id == row.version_id), 0)
        following = rows[here + 1] if here + 1 < len(rows) else rows[here - 1] if here else None
        self.begin(following.version_id if following is not None else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _fact(name: str, procedure: Procedure) -> str:
    """The heading of a difference; the papers of a case are headed by the case."""
    group, _colon, rest = name.partition(":")
    text = words.fact(name)
    if group == "components" and rest:
        case = next((each.name for each in procedure.cases if each.key == rest), rest)
        text = f"{words.fact(group)} ({case})"
    if rest.startswith("case:"):
        case = next((each.name for each in procedure.cases if each.key == rest[5:]), rest[5:])
        text = f"{words.fact(group)} ({case})"
    return text[:1].upper() + text[1:]


def columns() -> Sequence[Column]:
    """What waits."""
    return (
        Column("name", N_("Chờ duyệt"), lambda row: row.name, tip=lambda row: row.name, strong=True, stretch=True),
        Column("count", N_("Số mục"), lambda row: str(len(row.differences)), figures=True, width=10),
    )


__all__ = ["ReviewPage"]
