"""Open dossiers of an older system are taken over: row by row added, unchanged or rejected, and from then on ours.

What the citizen was promised there stands: the code, the day of receipt and the due date are as the older system has
them. Rows are read as a stream and taken over in batches, each one transaction; bringing the same file again changes
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select

from onestop import clock
from onestop.actions import citizens, linking
from onestop.actions.receive import begun
from onestop.queries import catalogue, dossiers, office, people
from onestop.queries.catalogue import Effective
from onestop.rules import citizen as people_rules
from onestop.rules import codes, completion, deadline, text
from onestop.rules.calendar import Calendar
from onestop.rules.dossier import State
from onestop.rules.dossier_file import DossierColumns, Moment, OldDossier, is_header, read_header, read_row
from onestop.rules.errors import RuleBroken
from onestop.rules.legacy import Guess
from onestop.rules.moves import IMPORTED
from onestop.rules.people_file import blank
from onestop.rules.procedure import Limit, Unit
from onestop.rules.roles import Permission
from onestop.store import schema
from onestop.store.acts import Act
from onestop.store.records import open_table
from onestop.store.rejects import keep_rejects
from onestop.store.schema import instant_text, read_instant
from onestop.store.sheets import Sheet
from onestop.store.work import Kind, Row, Work
from onestop.texts import message

BATCH = 200
TOLD = 10_000
"""So many rejects are told one by one; all of them stand in the file of rejects."""

# ---- fold ---------------------------------------------------------------------------------------------------------


def fold_imported(subject: Row | None, act: Act) -> Row:
    """A dossier begins here in the state that it had there. While the citizen completes it nothing is due by the
    office, as with our own; what was promised first is kept."""
    given = act.body["dossier"]
    row = begun(subject, act, State(given["state"]), read_instant(given["received_at"]))
    external = given["external_code"]
    return {
        **row,
        "original_due_at": read_instant(given["original_due_at"]) if given["original_due_at"] else None,
        "external_code": external,
        "codes": linking.linked((), "external", external) if external else [],
        "supplements": given["supplements"],
        "finished_at": read_instant(given["finished_at"]) if given["finished_at"] else None,
        "taken_at": read_instant(given["taken_at"]) if given["taken_at"] else None,
    }


KINDS = (Kind(IMPORTED, {"dossier": fold_imported}),)

# ---- decides ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RowForm:
    """A row on its way in: its number in the file, its cells, and the dossier or why it is none."""

    number: int
    cells: tuple[str, ...]
    dossier: OldDossier | None
    broken: RuleBroken | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that are taken over together. `system` and `file`: where they come from."""

    rows: tuple[RowForm, ...]
    system: str
    file: str


@dataclass(frozen=True, slots=True)
class RowDone:
    """What became of a row. `outcome`: added, unchanged or rejected. `counted`: the older system named no due date, so
    it was counted from the catalogue."""

    row: RowForm
    outcome: str
    broken: RuleBroken | None = None
    counted: bool = False


def take_over(work: Work, batch: Batch) -> list[RowDone]:
    """Take over one batch. A row that cannot be right is rejected alone; the others are not held up by it."""
    work.demand(Permission.IMPORT_DOSSIERS)
    done = []
    for row in batch.rows:
        if row.dossier is None:
            done.append(RowDone(row, "rejected", row.broken))
            continue
        try:
            done.append(_take(work, row, row.dossier, batch))
        except RuleBroken as broken:
            done.append(RowDone(row, "rejected", broken))
    return done


def _take(work: Work, row: RowForm, old: OldDossier, batch: Batch) -> RowDone:
    if _here_already(work, old, batch):
        return RowDone(row, "unchanged")
    external = _external(work, old)
    found = _procedure(work, old)
    today = clock.local(work.now).date()
    forms = [("owner", old.owner), *([("submitter", old.submitter)] if old.submitter is not None else [])]
    for who, form in forms:
        # Looked at before anybody is registered: a row comes in whole or not at all.
        with citizens.said_of(who):
            checked, _remarks = people_rules.check_person(form, today, paper_needed=False)
            _demand_same_name(work, checked)
    values = _Values(work, old, found)
    persons = [(role, citizens.enter(work, form, paper_needed=False)) for role, form in forms]
    owner = persons[0][1]
    persons = [each for each in persons if each[0] == "owner" or each[1].id != owner.id]
    submitter = persons[1][1] if len(persons) > 1 else None
    body = {
        **values.plain(),
        "external_code": external,
        "owner_id": owner.id,
        "owner_name": owner.values["name"],
        "submitter_id": submitter.id if submitter else None,
        "phone": owner.values.get("phone"),
        "email": owner.values.get("email"),
        "origin": {"system": batch.system, "file": batch.file, "row": old.row},
        "persons": [
            {"position": place, "role": role, "citizen_id": each.id, "name": each.values["name"]}
            for place, (role, each) in enumerate(persons)
        ],
    }
    mentioned = dict.fromkeys(("citizen", each.id) for _, each in persons)
    work.record(IMPORTED, [("dossier", clock.new_id()), *mentioned], {"dossier": body})
    return RowDone(row, "added", counted=values.counted)


def _here_already(work: Work, old: OldDossier, batch: Batch) -> bool:
    """Whether this dossier is here: taken over before, or received here under that code. RuleBroken
    dossier-file.code-taken where the code is another person's dossier: neither of that name nor of that number, nor
    the row itself, whose name was put right here since."""
    there = dossiers.holder(work.connection, old.code)
    if there is None:
        return False
    d = schema.dossier.c
    row = work.connection.execute(select(d.owner_id, d.owner_name, d.origin).where(d.id == there)).one()
    same = text.fold(row.owner_name) == text.fold(old.owner.name)
    if not same and row.origin is not None:
        brought = row.origin.get("system"), row.origin.get("file"), row.origin.get("row")
        person = people.person(work.connection, row.owner_id)
        number = person.values["identity_number"] if person is not None else None
        same = brought == (batch.system, batch.file, old.row) or (
            number is not None and number == old.owner.identity_number
        )
    if not same:
        raise RuleBroken("dossier-file.code-taken", row=old.row, code=old.code)
    return True


def _demand_same_name(work: Work, checked: Mapping[str, Any]) -> None:
    """A wrong number must not give a dossier to whoever bears it here. RuleBroken dossier-file.owner-differs."""
    known = people.by_paper(work.connection, work.office_id, checked)
    there = people.person(work.connection, known) if known and checked["kind"] == "person" else None
    if there is not None and text.fold(there.values["name"]) != text.fold(checked["name"]):
        raise RuleBroken("dossier-file.owner-differs", field="identity_number", name=there.values["name"])


def _external(work: Work, old: OldDossier) -> str | None:
    if not old.external_code or codes.normalise(old.external_code) == old.code:
        return None
    external = codes.external(old.external_code)
    if dossiers.holder(work.connection, external) is not None:
        raise RuleBroken("dossier.external-code-taken", field="external_code", external=external)
    return external


def _procedure(work: Work, old: OldDossier) -> Effective:
    """The procedure by its code or, failing that, by its name, as it was in force on the day of receipt, else as it is
    now. RuleBroken dossier-file.procedure-unknown."""
    today = clock.local(work.now).date()
    first = old.received or old.submitted
    days = dict.fromkeys([first.day if first else today, today])
    found = [old.procedure_code] if old.procedure_code else []
    found += _named(work, old.procedure_name)
    for code in found:
        for day in days:
            known = catalogue.effective(work.connection, work.office_id, code, day)
            if known is not None:
                return known
    said = old.procedure_code or old.procedure_name
    raise RuleBroken("dossier-file.procedure-unknown", row=old.row, field="procedure_code", text=said)


def _named(work: Work, name: str) -> list[str]:
    """The code of the one procedure with this name or short name."""
    if not name:
        return []
    v = schema.procedure_version.c
    rows = work.connection.execute(
        select(v.code, v.name, v.short_name).where(v.office_id == work.office_id, v.status == "in-force")
    )
    wanted = text.fold(name)
    fits = {row.code for row in rows if wanted in (text.fold(row.name), text.fold(row.short_name or ""))}
    return [*fits] if len(fits) == 1 else []


@dataclass
class _Values:
    """The columns of a dossier that is taken over."""

    work: Work
    old: OldDossier
    found: Effective
    counted: bool = False

    def plain(self) -> dict[str, Any]:
        """As the act says them; people and origin apart."""
        old, work, procedure = self.old, self.work, self.found.procedure
        here = office.this_office(work.connection)
        assert here is not None
        calendar = office.calendar(work.connection)
        case = procedure.case(None)
        limit, source = deadline.effective_limit(procedure, case, old.channel)
        moment = old.submitted if old.state is State.NEW else old.received
        assert moment is not None
        received = _at(moment, calendar, late=False)
        if received > work.now:
            raise RuleBroken("dossier-file.to-come", row=old.row, field="received")
        due = self._due(received, limit, calendar)
        waits = old.state is State.SUPPLEMENT
        asked = _at(old.asked, calendar, late=False) if old.asked is not None else work.now
        until = completion.last_day(asked, calendar) if waits else None
        finished = _at(old.finished, calendar, late=True) if old.finished and old.state is State.FINISHED else None
        read = codes.read(old.code)
        competent = here.agencies.get(procedure.competent_agency or "", {}).get("code")
        summary = old.summary or procedure.short_name or procedure.name
        return {
            "code": old.code,
            "code_kind": "official",
            "official_code": None,
            "prefix": read.prefix if read is not None else here.code,
            "state": old.state.value,
            "came_from": _CAME_FROM.get(old.state),
            "procedure_code": procedure.code,
            "procedure_version": self.found.version_id,
            "procedure_name": procedure.short_name or procedure.name,
            "procedure_field": procedure.field,
            "case_key": case.key,
            "case_name": case.name,
            "channel": old.channel.value,
            "source": old.source,
            "assisted": False,
            "relation": None,
            "summary": summary,
            "fields": None,
            "certify": None,
            "sets": procedure.sets,
            "result_copies": 0,
            "delivery": {"way": "counter", "name": "", "phone": "", "address": ""},
            "receiving_agency": here.code,
            "competent_agency": competent or (procedure.competent_agency or here.code),
            "counter": None,
            "received_at": instant_text(received),
            "due_at": instant_text(due) if due is not None and not waits else None,
            "original_due_at": instant_text(due) if due is not None else None,
            "limit_text": {
                "number": limit.number,
                "unit": limit.unit.value if limit.unit else None,
                "rule": limit.rule,
                "source": source,
            },
            "steps": None,
            "fee_lines": None,
            "phi": None,
            "le_phi": None,
            "fee_total": None,
            "exemption": None,
            "remarks": None,
            "note": old.note or None,
            "components": [],
            "supplements": 1 if waits else 0,
            "waits": [[instant_text(asked), None]] if waits else None,
            "supplement_until": until.isoformat() if until is not None else None,
            "finished_at": instant_text(finished) if finished is not None else None,
            "result": {"title": summary, "number": old.result_number or None, "date": _day(finished), "signer": None}
            if finished is not None
            else None,
            "holder": self._holder(),
            "taken_at": instant_text(work.now) if self._holder() else None,
        }

    def _due(self, received: datetime, limit: Limit, calendar: Calendar) -> datetime | None:
        """As the older system promised; where it named no date, as the catalogue has it; none before acceptance."""
        if self.old.state is State.NEW:
            return None
        if self.old.due is not None:
            return _at(self.old.due, calendar, late=True)
        counted = deadline.count(received, limit, calendar, office.hour_rule(self.work.connection))
        self.counted = counted.due is not None
        if limit.unit is None or (counted.due is None and limit.unit is not Unit.NOTICE):
            raise RuleBroken("dossier-file.no-due", row=self.old.row, field="due")
        return counted.due

    def _holder(self) -> str | None:
        """Whose desk it lies on: a clerk of ours by his name, else the name as it is there."""
        if not self.old.holder or self.old.state not in (State.PROCESSING, State.AWAITING_PAYMENT):
            return None
        wanted = text.fold(self.old.holder)
        fits = [each.id for each in office.clerks(self.work.connection) if text.fold(each.name) == wanted]
        return fits[0] if len(fits) == 1 else self.old.holder


_CAME_FROM: Mapping[State, str] = {
    State.PROCESSING: State.RECEIVED.value,
    State.SUPPLEMENT: State.RECEIVED.value,
    State.AWAITING_PAYMENT: State.PROCESSING.value,
    State.FINISHED: State.PROCESSING.value,
}
"""Where it came from, as the table of states has it."""


def _at(moment: Moment, calendar: Calendar, *, late: bool) -> datetime:
    """The instant: where the older system kept no hour, the day's opening, for what ends (`late`) its closing."""
    if moment.hour is None and calendar.sessions(moment.day):
        return calendar.closing(moment.day) if late else calendar.opening(moment.day)
    return moment.instant


def _day(at: datetime | None) -> str | None:
    return clock.local(at).date().isoformat() if at is not None else None


# ---- a file -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Imported:
    """How an import stands. `rejected`: the first of them, (row, error, sentence); `rejected_count` counts all.
    `counted`: rows whose due date had to be counted. `rejects_file` None: nothing was rejected. `stopped`: a person
    ended it; the rows so far are in. `unread`: headings of columns of which nothing was taken."""

    encoding: str
    added: int = 0
    unchanged: int = 0
    rejected_count: int = 0
    rejected: list[tuple[int, str, str]] = field(default_factory=list)
    counted: list[int] = field(default_factory=list)
    unread: tuple[str, ...] = ()
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    last_row: int = 0
    rejects_file: Path | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file seems to hold, before anything is taken over: its first rows as they would come in."""

    headings: tuple[str, ...]
    unread: tuple[str, ...]
    rows: tuple[RowForm, ...]
    guess: Guess
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()


def preview(file: Path, encoding: str = "auto", rows: int = 50, sheet_name: str | None = None) -> Preview:
    """The beginning of a CSV, XLSX, JSON or JSONL. RuleBroken people-file.*, dossier-file.*, records.*, legacy.*;
    StoreTrouble file.unreadable."""
    with open_table(file, encoding, is_heading=is_header, name=sheet_name) as sheet:
        columns = read_header(sheet.headings)
        begun_rows = [(number, cells) for number, cells in islice(sheet.rows, rows) if not blank(cells)]
        forms = tuple(_read(number, cells, columns) for number, cells in begun_rows)
        return Preview(sheet.headings, columns.unread, forms, sheet.guess, sheet.name, sheet.others)


class Perform(Protocol):
    """Runs one action in one transaction (`desktop.office.Office.perform`)."""

    def __call__(self, action: Callable[[Work, Any], Any], form: Any, /) -> Any: ...


def import_file(
    perform: Perform,
    file: Path,
    system: str,
    encoding: str = "auto",
    rejects_folders: Sequence[Path] = (),
    progress: Callable[[Imported, float | None], bool] | None = None,
    sheet_name: str | None = None,
) -> Imported:
    """Take over the dossiers of a file. `progress` is told after every batch and stops the work with False.

    RuleBroken as for `preview`, and `people-file.encoding-unsure` where it seems to be written in an old encoding:
    nothing is converted without a person's word.
    """
    with open_table(file, encoding, is_heading=is_header, name=sheet_name) as sheet:
        guess = sheet.guess
        if encoding == "auto" and guess.needs_confirming:
            raise RuleBroken(
                "people-file.encoding-unsure", file=file.name, encoding=guess.encoding.value, sample=guess.sample
            )
        columns = read_header(sheet.headings)
        state = Imported(guess.encoding.value, unread=columns.unread)
        state.sheet, state.other_sheets = sheet.name, sheet.others
        origin = (" ".join(system.split()), file.name)
        rows = _rejects(perform, sheet, columns, origin, state, progress)
        state.rejects_file = keep_rejects(file, rejects_folders or (file.parent,), sheet.headings, rows)
    return state


def _rejects(
    perform: Perform,
    sheet: Sheet,
    columns: DossierColumns,
    origin: tuple[str, str],
    state: Imported,
    progress: Callable[[Imported, float | None], bool] | None,
) -> Iterator[tuple[int, Sequence[str], str]]:
    """Take over batch by batch, and give what was rejected on the way."""
    rows = iter(sheet.rows)
    while read := list(islice(rows, BATCH)):
        forms = tuple(_read(number, cells, columns) for number, cells in read if not blank(cells))
        for each in perform(take_over, Batch(forms, *origin)).answer:
            if each.counted and len(state.counted) < TOLD:
                state.counted.append(each.row.number)
            if each.outcome == "added":
                state.added += 1
            elif each.outcome == "unchanged":
                state.unchanged += 1
            else:
                sentence = message(each.broken.code, each.broken.details)
                state.rejected_count += 1
                if len(state.rejected) < TOLD:
                    state.rejected.append((each.row.number, each.broken.code, sentence))
                yield each.row.number, each.row.cells, sentence
        state.last_row = read[-1][0]
        if progress is not None and not progress(state, sheet.progress()):
            state.stopped = True
            return


def _read(number: int, cells: tuple[str, ...], columns: DossierColumns) -> RowForm:
    try:
        return RowForm(number, cells, read_row(cells, columns, number))
    except RuleBroken as broken:
        return RowForm(number, cells, None, broken)
