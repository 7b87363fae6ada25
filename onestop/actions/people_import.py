"""A list of people from a file: every row added, merged into the person it names, or rejected with its reason.

Rows are read as a stream and registered in batches, each batch one transaction: what was done stays done when the
work is stopped, and bringing the same file again adds nobody twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from onestop import clock
from onestop.actions import citizens
from onestop.actions.citizens import ChangeForm, Registered
from onestop.queries import people
from onestop.rules import citizen as rules
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.intake import PersonForm
from onestop.rules.legacy import Encoding, Guess, initial_lost
from onestop.rules.people_file import Columns, blank, is_header, read_header, read_row
from onestop.rules.roles import Permission
from onestop.store.rejects import keep_rejects
from onestop.store.sheets import Sheet, open_sheet
from onestop.store.work import Work
from onestop.texts import message

BATCH = 500
TOLD = 10_000
"""So many rejects are told one by one; all of them stand in the file of rejects."""


@dataclass(frozen=True, slots=True)
class RowForm:
    """A row on its way in: its number in the file and the form, or why it is none."""

    number: int
    cells: tuple[str, ...]
    form: PersonForm | None
    broken: RuleBroken | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class RowDone:
    """What became of a row. `outcome`: added, merged or rejected. `kept`: what the row says otherwise and we did not
    take over."""

    row: RowForm
    outcome: str
    citizen: str | None = None
    broken: RuleBroken | None = None
    kept: tuple[str, ...] = ()


def register_rows(work: Work, rows: Sequence[RowForm]) -> list[RowDone]:
    """Register one batch. A row that cannot be right is rejected alone; the others are not held up by it."""
    work.demand(Permission.IMPORT_PEOPLE)
    done = []
    for row in rows:
        if row.form is None:
            done.append(RowDone(row, "rejected", broken=row.broken))
            continue
        try:
            done.append(_register(work, row, row.form))
        except RuleBroken as broken:
            done.append(RowDone(row, "rejected", broken=broken))
    return done


def _register(work: Work, row: RowForm, form: PersonForm) -> RowDone:
    if not form.name.strip():
        raise RuleBroken("person.name-missing", field="name")
    known = _twin(work, form) or citizens.enter(work, form)
    if known.created:
        return RowDone(row, "added", known.id)
    missing = {each.field: each.offered for each in known.differences if each.stored is None}
    if missing:
        citizens.rewrite(work, ChangeForm(known.id, missing))
    kept = tuple(each.field for each in known.differences if each.stored is not None)
    return RowDone(row, "merged", known.id, kept=kept)


def _twin(work: Work, form: PersonForm) -> Registered | None:
    """Whom the same row, without any number in it, made when it was brought before."""
    if form.identity_number or form.cmnd or form.passport or form.tax_code:
        return None
    values, _ = rules.check_person(form, clock.local(work.now).date())
    found = people.twin(work.connection, work.office_id, values, loose=True)
    return Registered(found.id, False, found.values) if found else None


@dataclass(slots=True)
class Imported:
    """How an import stands. `rejected`: the first of them, (row, error, sentence); `rejected_count` counts all.
    `rejects_file` None: nothing was rejected. `stopped`: a person ended it; the rows so far are in. `unread`: headings
    of columns, `other_sheets`: worksheets of which nothing was taken. `case_lost`: rows whose name has a small letter
    where an old font drew a capital (Nguyễn Thị ánh); it came in as it is."""

    encoding: str
    sample: str
    added: int = 0
    merged: int = 0
    rejected_count: int = 0
    rejected: list[tuple[int, str, str]] = field(default_factory=list)
    kept: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    unread: tuple[str, ...] = ()
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    case_lost: list[int] = field(default_factory=list)
    last_row: int = 0
    rejects_file: Path | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file seems to hold, before anything is brought in. `columns`: field -> place of its cell among `headings`.

    `rows`: the first rows, as they would come in; `broken` says why one would not. `no_names`: no column was
    found to hold names, so somebody has to say which one does. `guess.needs_confirming`: show the sample first.
    `sheet`: the worksheet that was looked into, `other_sheets` those that hold something, too.
    """

    headings: tuple[str, ...]
    columns: Mapping[str, int]
    rows: tuple[RowForm, ...]
    guess: Guess
    workbook: bool
    no_names: bool = False
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()


def preview(
    file: Path,
    encoding: str = "auto",
    columns: Mapping[str, int] | None = None,
    rows: int = 50,
    sheet_name: str | None = None,
) -> Preview:
    """The beginning of a CSV or XLSX as it would come in. `columns`: what a person says that they hold.

    RuleBroken people-file.*, legacy.*; StoreTrouble file.unreadable.
    """
    with open_sheet(file, encoding, is_heading=is_header, name=sheet_name) as sheet:
        no_names = False
        try:
            meant = _columns(sheet, columns)
        except RuleBroken as broken:
            if broken.code != "people-file.no-name-column":
                raise
            no_names, meant = True, Columns({}, sheet.headings)
        begun = [(number, cells) for number, cells in islice(sheet.rows, rows) if not blank(cells)]
        forms = [RowForm(number, cells, None) if no_names else _read(number, cells, meant) for number, cells in begun]
        forms = [_checked(row) for row in forms]
        workbook = sheet.kind == "xlsx"
        return Preview(sheet.headings, meant, tuple(forms), sheet.guess, workbook, no_names, sheet.name, sheet.others)


def _checked(row: RowForm) -> RowForm:
    """The row with what the rules say of it, as far as nobody has to be looked up for that."""
    if row.form is None:
        return row
    try:
        _values, remarks = rules.check_person(row.form, clock.today())
    except RuleBroken as broken:
        return replace(row, broken=broken)
    return replace(row, remarks=(*row.remarks, *(each for each in remarks if each.code in citizens.CONTRADICTIONS)))


def _columns(sheet: Sheet, said: Mapping[str, int] | None) -> Columns:
    return read_header(sheet.headings) if said is None else Columns(dict(said), sheet.headings)


class Perform(Protocol):
    """Runs one action in one transaction (`desktop.office.Office.perform`)."""

    def __call__(self, action: Callable[[Work, Any], Any], form: Any, /) -> Any: ...


def import_file(
    perform: Perform,
    file: Path,
    encoding: str = "auto",
    rejects_folders: Sequence[Path] = (),
    progress: Callable[[Imported, float | None], bool] | None = None,
    columns: Mapping[str, int] | None = None,
    sheet_name: str | None = None,
) -> Imported:
    """Bring in the people of a CSV or XLSX. `progress` is told after every batch and stops the work with False.
    `columns`: field -> place of its cell, where a person has said what the columns hold (see `preview`).

    Rejects go to `<name>-rejects.csv` in the first of `rejects_folders` that can be written (default: beside the file);
    a file of that name that says something else stays, for somebody may be mending it, and the next name is taken.
    RuleBroken people-file.* for a file that is no such table, and `people-file.encoding-unsure` (encoding, sample)
    where it seems to be written in an old encoding: nothing is converted without a person's word, so open it again with
    the encoding named.
    """
    with open_sheet(file, encoding, is_heading=is_header, name=sheet_name) as sheet:
        guess = sheet.guess
        if encoding == "auto" and guess.needs_confirming:
            raise RuleBroken(
                "people-file.encoding-unsure", file=file.name, encoding=guess.encoding.value, sample=guess.sample
            )
        meant = _columns(sheet, columns)
        state = Imported(guess.encoding.value, guess.sample, unread=meant.unread)
        state.sheet, state.other_sheets = sheet.name, sheet.others
        rows = _rejects(perform, sheet, meant, state, progress)
        state.rejects_file = keep_rejects(file, rejects_folders or (file.parent,), sheet.headings, rows)
    return state


def _rejects(
    perform: Perform,
    sheet: Sheet,
    columns: Columns,
    state: Imported,
    progress: Callable[[Imported, float | None], bool] | None,
) -> Iterator[tuple[int, Sequence[str], str]]:
    """Import batch by batch, and give what was rejected on the way."""
    rows = iter(sheet.rows)
    while batch := list(islice(rows, BATCH)):
        forms = [_read(number, cells, columns) for number, cells in batch if not blank(cells)]
        for each in perform(register_rows, forms).answer:
            if _initial_lost(state, each):
                state.case_lost.append(each.row.number)
            if each.outcome == "added":
                state.added += 1
            elif each.outcome == "merged":
                state.merged += 1
                if each.kept and len(state.kept) < TOLD:
                    state.kept.append((each.row.number, each.kept))
            else:
                sentence = message(each.broken.code, each.broken.details)
                state.rejected_count += 1
                if len(state.rejected) < TOLD:
                    state.rejected.append((each.row.number, each.broken.code, sentence))
                yield each.row.number, each.row.cells, sentence
        state.last_row = batch[-1][0]
        if progress is not None and not progress(state, sheet.progress()):
            state.stopped = True
            return


def _initial_lost(state: Imported, done: RowDone) -> bool:
    form = done.row.form
    old = state.encoding == Encoding.TCVN3 and done.outcome != "rejected" and len(state.case_lost) < TOLD
    return old and form is not None and initial_lost(form.name)


def _read(number: int, cells: tuple[str, ...], columns: Columns) -> RowForm:
    try:
        row = read_row(cells, columns, number)
    except RuleBroken as broken:
        return RowForm(number, cells, None, broken)
    return RowForm(number, cells, row.form, remarks=row.remarks)
