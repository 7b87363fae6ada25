"""The checklist of papers: every component of the case beside what was handed in, and the steps to take back.

A row is a `Line` of `rules/intake.py`. The model makes every change itself and tells of it with `edited(given)`; the
view only says which row and which key.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from onestop.rules import intake
from onestop.rules.intake import By, ComponentForm, Line, Status
from onestop.rules.papers import component_key
from onestop.rules.procedure import Case, Component
from onestop.texts import _

Index = QModelIndex | QPersistentModelIndex
COUNTS = ("originals", "certified", "copies")
MOST = 99
STEPS_BACK = 100


class Role(IntEnum):
    """Roles beside Qt's own."""

    ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as it is drawn. `counted`: which of COUNTS the digits set. `note`: the second, quiet line. Without `count`
    the words of the state take its room as well."""

    line: Line
    icon: str
    tone: str
    state: str
    count: str
    note: str
    counted: str
    note_tone: str = "quiet"

    @property
    def name(self) -> str:
        """The name of the paper."""
        return self.line.name


@dataclass(frozen=True, slots=True)
class Papers:
    """The pages scanned or brought for a row: how many, and what keeps them out, one sentence each."""

    pages: int
    faults: tuple[str, ...] = ()


def kind_words(which: str) -> str:
    """ "bản chính", "bản chứng thực", "bản sao"."""
    return {"originals": _("bản chính"), "certified": _("bản chứng thực"), "copies": _("bản sao")}[which]


def kind_short(which: str) -> str:
    """The same beside another kind: "chính", "chứng thực", "sao"."""
    return {"originals": _("chính"), "certified": _("chứng thực"), "copies": _("sao")}[which]


def primary(asked: Component | None, given: ComponentForm | None) -> str:
    """The count that a digit means when nobody has chosen another: the first that is asked for, or given."""
    for source in (given, asked):
        if source is not None:
            for which in COUNTS:
                if getattr(source, which):
                    return which
    return "originals"


class ComponentsModel(QAbstractListModel):
    """Rows in the catalogue's order, then further papers. `edited(tuple)` after every change that a person made."""

    edited = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._case = Case()
        self._given: tuple[ComponentForm, ...] = ()
        self._rows: list[Shown] = []
        self._counted: dict[str, str] = {}
        self._back: list[tuple[ComponentForm, ...]] = []
        self._pages: Mapping[str, Papers] = {}

    # -- what is shown

    def show(self, case: Case, given: Sequence[ComponentForm]) -> None:
        """Another case, or other papers for it; nothing can be taken back across that."""
        if case == self._case and tuple(given) == self._given and self._rows:
            return
        if case != self._case:
            self._back, self._counted = [], {}
        self._case = case
        self._become(tuple(given))

    def begin_afresh(self) -> None:
        """Another dossier: what was done for the one before cannot be taken back into it."""
        self._back, self._counted, self._pages = [], {}, {}
        self._become(())

    def show_pages(self, pages: Mapping[str, Papers]) -> None:
        """The pages that are there, by `component_key` of their row."""
        if pages != self._pages:
            self._pages = pages
            self._become(self._given)

    def has_pages(self, place: int) -> bool:
        """Are there pages of this row?"""
        return _key(self._rows[place].line) in self._pages

    @property
    def given(self) -> tuple[ComponentForm, ...]:
        """What was handed in."""
        return self._given

    @property
    def rows(self) -> Sequence[Shown]:
        """The rows as shown."""
        return self._rows

    def place(self, key: str) -> int:
        """The row of the component with this key, -1 when there is none."""
        return next((at for at, row in enumerate(self._rows) if row.line.asked and row.line.asked.key == key), -1)

    def _become(self, given: tuple[ComponentForm, ...]) -> None:
        self._given = given
        lines = intake.lines(self._case, given)
        missing = {component.key for component in intake.missing(lines)}
        rows = [self._shown(line, lines, missing) for line in lines]
        if len(rows) == len(self._rows) and all(
            old.line.asked == new.line.asked for old, new in zip(self._rows, rows, strict=True)
        ):
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _shown(self, line: Line, lines: Sequence[Line], missing: set[str]) -> Shown:
        asked, given = line.asked, line.given
        counted = self._counted.get(_key(line)) or primary(asked, given)
        if given is None:
            assert asked is not None
            icon, tone, state, count = self._not_given(asked, lines, missing)
            note, note_tone = self._of_pages(line)
            return Shown(line, icon, tone, state, count, note, counted, note_tone)
        if given.status == Status.BAD:
            icon, tone, state = "circle-x", "danger", _("Chưa hợp lệ")
        elif not line.there:
            icon, tone, state = "triangle-alert", "warning", _("Còn thiếu")
        elif given.status == Status.UNCHECKED:
            needed = asked is not None and asked.key in missing
            icon, tone, state = "circle", "warning" if needed else "quiet", _("Chưa kiểm tra")
        else:
            icon, tone, state = "circle-check", "good", _by_words(given.by)
        note, note_tone = self._of_pages(line)
        if given.status == Status.BAD:
            note, note_tone = given.reason or _("chưa ghi lý do"), "danger"
        elif not note and given.scan_later:
            note = _("quét sau")
        return Shown(line, icon, tone, state, _count(line, counted), note, counted, note_tone)

    def _of_pages(self, line: Line) -> tuple[str, str]:
        """What there is to say of the pages of a row, and its tone: what keeps them out before how many there are."""
        there = self._pages.get(_key(line))
        if there is None:
            return "", "quiet"
        if there.faults:
            more = len(there.faults) - 1
            rest = " " + _("(và {count} lỗi nữa)").format(count=more) if more else ""
            return there.faults[0] + rest, "danger"
        return _("{count} trang").format(count=there.pages), "quiet"

    @staticmethod
    def _not_given(asked: Component, lines: Sequence[Line], missing: set[str]) -> tuple[str, str, str, str]:
        """Icon, tone, state and count of a paper that was not handed in. One that is asked for only in some case says
        which case instead of both."""
        group = [each for each in lines if each.asked and asked.group and each.asked.group == asked.group]
        if asked.required and any(each.satisfied for each in group):
            return "minus", "quiet", _("không cần nữa"), ""
        if asked.key in missing:
            count = _count(Line(asked, None), "")
            many = _("một trong {count} loại").format(count=len(group))
            return "triangle-alert", "warning", _("Còn thiếu"), many if len(group) > 1 else count
        if asked.required and group:
            return "circle-dashed", "quiet", _when(asked.when) if asked.when else _("hoặc giấy này"), ""
        return "circle-dashed", "quiet", _when(asked.when) if asked.when else _("khi cần"), ""

    # -- what a person does

    def toggle(self, row: int) -> None:
        """Handed in just as asked, or not at all; a paper that was not valid becomes valid."""
        line = self._rows[row].line
        if line.asked is None:
            return
        if line.given is None:
            self._put(row, intake.as_asked(line.asked))
        elif line.given.status == Status.OK and line.satisfied:
            self._put(row, None)
        else:
            asked = intake.as_asked(line.asked)
            kept = line.given if line.there else replace(line.given, **{each: getattr(asked, each) for each in COUNTS})
            self._put(row, replace(kept, status=Status.OK, reason=""))

    def may(self, row: int, by: By) -> bool:
        """Whether this way makes sense for the row: data and VNeID only where they can take the paper's place."""
        asked = self._rows[row].line.asked
        if by in (By.DATABASE, By.VNEID):
            return asked is not None and (asked.from_database or asked.kind == "show")
        return by in (By.SUBMITTED, By.SHOWN)

    def set_by(self, row: int, by: By) -> None:
        """How the paper is satisfied; the same way again takes it back."""
        line = self._rows[row].line
        if not self.may(row, by):
            return
        if line.given is not None and line.given.by == by and line.given.status == Status.OK:
            self._put(row, None if line.asked else line.given)
            return
        base = line.given or (intake.as_asked(line.asked) if line.asked else None)
        if base is not None:
            self._put(row, replace(base, by=by, status=Status.OK, reason="", reused=""))

    def set_status(self, row: int, status: Status, reason: str = "") -> None:
        """Hợp lệ, chưa hợp lệ (with its reason), chưa kiểm tra."""
        line = self._rows[row].line
        base = line.given or (intake.as_asked(line.asked) if line.asked else None)
        if base is not None:
            self._put(row, replace(base, status=status, reason=intake.spaced(reason)))

    def choose_count(self, row: int, step: int) -> None:
        """Digits and + − mean the next kind of copy from now on."""
        shown = self._rows[row]
        which = COUNTS[(COUNTS.index(shown.counted) + step) % len(COUNTS)]
        self._counted[_key(shown.line)] = which
        self._become(self._given)

    def set_count(self, row: int, number: int) -> None:
        """How many of the chosen kind were handed in."""
        shown = self._rows[row]
        line = shown.line
        base = line.given
        if base is None:
            if not number or line.asked is None:
                return
            nothing = dict.fromkeys(COUNTS, 0)
            base = replace(intake.as_asked(line.asked), **nothing)  # type: ignore[arg-type]
        changed = replace(base, **{shown.counted: max(0, min(number, MOST))})  # type: ignore[arg-type]
        if changed.by != By.SUBMITTED and line.asked is not None and line.asked.kind != "show":
            changed = replace(changed, by=By.SUBMITTED, reused="")
        self._counted[_key(line)] = shown.counted
        empty = not any(getattr(changed, each) for each in COUNTS)
        drop = empty and line.asked is not None and changed.by == By.SUBMITTED and changed.status == Status.OK
        self._put(row, None if drop else changed)

    def count(self, row: int) -> int:
        """How many of the chosen kind are there."""
        shown = self._rows[row]
        return int(getattr(shown.line.given, shown.counted)) if shown.line.given else 0

    def toggle_scan_later(self, row: int) -> None:
        """Mark a paper to be scanned later, or not."""
        given = self._rows[row].line.given
        if given is not None:
            self._put(row, replace(given, scan_later=not given.scan_later))

    def pages_came(self, keys: Collection[str | None], status: Status) -> None:
        """Pages have come for these rows (`component_key`): one not handed in yet is now, with this status, and none
        of them is to be scanned later any more."""
        fresh = []
        for row in self._rows:
            line, given = row.line, row.line.given
            if _key(line) in keys:
                if given is None and line.asked is not None:
                    given = replace(intake.as_asked(line.asked), status=status)
                if given is not None and given.scan_later:
                    given = replace(given, scan_later=False)
            if given is not None:
                fresh.append(given)
        if tuple(fresh) != self._given:
            self._edit(tuple(fresh))

    def reuse(self, row: int, paper: str) -> None:
        """A paper of the owner's shelf (its id) does for this row."""
        line = self._rows[row].line
        base = line.given or (intake.as_asked(line.asked) if line.asked else None)
        if base is not None:
            self._put(row, replace(base, by=By.REUSED, reused=paper, status=Status.OK, reason="", scan_later=False))

    def add(self, name: str) -> int:
        """A further paper; the row it stands in."""
        name = intake.spaced(name)
        form = ComponentForm(name, originals=1, extra=True)
        self._edit((*self._given, form))
        return len(self._rows) - 1

    def remove(self, row: int) -> None:
        """Take a further paper off the list, or say that a paper was not handed in."""
        self._put(row, None)

    def all_there(self) -> None:
        """Every required paper that is not there yet is there as asked. What was said of one, that it is not valid or
        not checked yet, is taken back by nobody who has not looked at it."""
        lines = intake.lines(self._case, self._given)
        lacking = {each.key for each in intake.missing(lines)}
        fresh = []
        for line in lines:
            judged = line.given is not None and line.given.status != Status.OK
            if line.asked is not None and line.asked.key in lacking and not judged:
                fresh.append(intake.as_asked(line.asked))
            elif line.given is not None:
                fresh.append(line.given)
        if tuple(fresh) != self._given:
            self._edit(tuple(fresh))

    def undo(self) -> bool:
        """Take the last change back; False when there is none."""
        if not self._back:
            return False
        given = self._back.pop()
        self._become(given)
        self.edited.emit(given)
        return True

    def _put(self, row: int, form: ComponentForm | None) -> None:
        line = self._rows[row].line
        given = []
        for at, each in enumerate(self._rows):
            kept = form if at == row else each.line.given
            if kept is not None:
                given.append(kept)
        if form != line.given:
            self._edit(tuple(given))

    def _edit(self, given: tuple[ComponentForm, ...]) -> None:
        self._back = [*self._back, self._given][-STEPS_BACK:]
        self._become(given)
        self.edited.emit(given)

    # -- what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Role.ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.name, row.state, row.count, row.note) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.name
        return None


def _key(line: Line) -> str:
    return component_key(line.asked.key if line.asked else "", line.name)


def _when(text: str) -> str:
    """ "khi trẻ bị bỏ rơi", "nếu có"."""
    text = text.strip()
    return text if text.casefold().startswith(("nếu", "khi", "trường hợp")) else _("khi {case}").format(case=text)


def _by_words(by: str) -> str:
    words: dict[str, Callable[[], str]] = {
        By.SUBMITTED: lambda: _("Hợp lệ"),
        By.SHOWN: lambda: _("Đã đối chiếu"),
        By.DATABASE: lambda: _("Từ CSDL"),
        By.VNEID: lambda: _("Qua VNeID"),
        By.REUSED: lambda: _("Dùng lại"),
    }
    return words[by]()


def _count(line: Line, counted: str) -> str:
    """ "1 bản chính", "0 / 1 bản chính", "1 chính, 2 sao", "xuất trình"."""
    asked, given = line.asked, line.given
    if given.by == By.SHOWN if given is not None else asked is not None and asked.kind == "show":
        return _("xuất trình")
    if given is not None and given.by in (By.DATABASE, By.VNEID):
        return _("không phải nộp")
    parts = []
    for which in COUNTS:
        wanted = getattr(asked, which) if asked else 0
        there = getattr(given, which) if given else 0
        if wanted and there < wanted:
            parts.append((f"{there} / {wanted}", which))
        elif there or (which == counted and given is not None and not wanted):
            parts.append((str(there), which))
    named = kind_words if len(parts) == 1 else kind_short
    return ", ".join(f"{number} {named(which)}" for number, which in parts)
