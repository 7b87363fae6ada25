"""Rows of a table of open dossiers from an older system: codes, dates and states as they are there, or why it is none.

What a column is called is data (resources/catalogue/dossier-import.toml). Nothing is guessed: a date that can be read
in two ways, a state that nobody knows or a dossier that is finished is refused with a reason, to be mended and brought
again.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from onestop.clock import VIETNAM, local
from onestop.rules import people_file
from onestop.rules.codes import normalise
from onestop.rules.dossier import OPEN, State
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.intake import PersonForm
from onestop.rules.people_file import Columns, heading_key, unwrap
from onestop.rules.procedure import Channel
from onestop.rules.text import clean, fold

NAMES = Path(__file__).resolve().parent.parent.parent / "resources" / "catalogue" / "dossier-import.toml"

OWED = OPEN | {State.FINISHED}
"""States in which the office still owes something: what is taken over."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the hour where the older system knew it."""

    day: date
    hour: time | None = None

    @property
    def instant(self) -> datetime:
        """The instant, at midnight where the hour is not known."""
        return datetime.combine(self.day, self.hour or time(), VIETNAM)


@dataclass(frozen=True, slots=True)
class OldDossier:
    """A dossier as the older system has it; "" and None where it says nothing. `remarks`: what was done to read the
    owner's numbers."""

    row: int
    code: str
    owner: PersonForm
    state: State
    received: Moment | None
    submitted: Moment | None = None
    due: Moment | None = None
    asked: Moment | None = None
    finished: Moment | None = None
    external_code: str = ""
    procedure_code: str = ""
    procedure_name: str = ""
    result_number: str = ""
    channel: Channel = Channel.DIRECT
    source: str = ""
    summary: str = ""
    holder: str = ""
    note: str = ""
    submitter: PersonForm | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class DossierColumns:
    """What the columns of a table mean: those of the dossier by field, and those of its owner."""

    headings: tuple[str, ...]
    places: Mapping[str, int]
    people: Columns

    @property
    def unread(self) -> tuple[str, ...]:
        """Headings that mean nothing here: shown, so that nobody thinks they were taken."""
        taken = {*self.places.values(), *self.people.values()}
        return tuple(each for at, each in enumerate(self.headings) if at not in taken and each)


def read_header(cells: Sequence[str]) -> DossierColumns:
    """What the columns of a table mean, by their headings in Vietnamese or English, accents and signs optional.

    RuleBroken dossier-file.no-column (which: code, procedure, received; columns), people-file.no-name-column.
    """
    headings = tuple(clean(cell) for cell in cells)
    keys = [heading_key(each.replace("_", " ")) for each in headings]
    places: dict[str, int] = {}
    for field, names in _table("headings").items():
        place = next((keys.index(name) for name in names if name in keys), None)
        if place is not None and place not in places.values():
            places[field] = place
    for which, enough in (
        ("code", ("code",)),
        ("procedure", ("procedure_code", "procedure_name")),
        ("received", ("received", "submitted")),
    ):
        if not any(field in places for field in enough):
            raise RuleBroken(
                "dossier-file.no-column", which=which, how=which, columns=", ".join(filter(None, headings))
            )
    rest = ["" if at in places.values() else each for at, each in enumerate(headings)]
    people = people_file.read_header(rest)
    return DossierColumns(headings, places, Columns(dict(people), headings))


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row is the heading of a table of dossiers: titles often stand above it."""
    try:
        read_header(cells)
    except RuleBroken:
        return False
    return True


def read_row(cells: Sequence[str], columns: DossierColumns, number: int) -> OldDossier:
    """The dossier in one row.

    RuleBroken with `row`, and `column` where one is at fault: dossier-file.no-code, no-procedure, not-a-date,
    two-dates, year, no-received, state-unknown, ended, due-before, channel-unknown, and what `people_file.read_row`
    says.
    """
    person = people_file.read_row(cells, columns.people, number)
    return _Row(cells, columns, number).read(person.form, person.remarks)


YEARS = range(2000, 2100)
"""An open dossier of another year is an empty cell of a worksheet (1900), a slip, or “no date” (9999)."""


class _Row:
    """One row while it is read."""

    def __init__(self, cells: Sequence[str], columns: DossierColumns, number: int) -> None:
        self._cells, self._columns, self._number = cells, columns, number

    def read(self, owner: PersonForm, remarks: tuple[Remark, ...]) -> OldDossier:
        code = normalise(self._text("code"))
        if len(re.sub(r"[^0-9A-Z]", "", code)) < 3:
            raise self._refusal("dossier-file.no-code", "code", text=self._text("code"))
        if not (self._text("procedure_code") or self._text("procedure_name")):
            raise self._refusal("dossier-file.no-procedure", "procedure_code")
        state = self._state()
        received, submitted, due = self._moment("received"), self._moment("submitted"), self._moment("due")
        finished = self._moment("finished")
        if state is State.NEW:
            submitted = submitted or received
            if submitted is None:
                raise self._refusal("dossier-file.no-received", "submitted")
        elif received is None:
            raise self._refusal("dossier-file.no-received", "received")
        if received is not None and due is not None and due.day < received.day:
            raise self._refusal("dossier-file.due-before", "due", due=_words(due.day), received=_words(received.day))
        if state is State.FINISHED and finished is None:
            raise self._refusal("dossier-file.no-finished", "finished")
        source = self._one_of("sources", "source", "dossier-file.source-unknown")
        online = state is State.NEW or source in ("dvcqg", "vneid")
        channel = self._one_of("channels", "channel", "dossier-file.channel-unknown")
        return OldDossier(
            row=self._number,
            code=code,
            owner=owner,
            state=state,
            received=received,
            submitted=submitted,
            due=due,
            asked=self._moment("asked"),
            finished=finished,
            external_code=self._text("external_code"),
            procedure_code=self._text("procedure_code"),
            procedure_name=self._text("procedure_name"),
            result_number=self._text("result_number"),
            channel=Channel.ONLINE if online else Channel(channel or "direct"),
            source=source or ("dvcqg" if state is State.NEW else "counter"),
            summary=self._text("summary"),
            holder=self._text("holder"),
            note=self._text("note"),
            submitter=self._submitter(owner),
            remarks=remarks,
        )

    def _text(self, field: str) -> str:
        place = self._columns.places.get(field)
        if place is None:
            return ""
        text = unwrap(clean(self._cells[place]))
        if "\ufffd" in text:
            raise self._refusal("people-file.letters-lost", field)
        return text

    def _refusal(self, code: str, field: str, **details: object) -> RuleBroken:
        place = self._columns.places.get(field)
        column = self._columns.headings[place] if place is not None else ""
        return RuleBroken(code, **{**details, "row": self._number, "field": field, "column": column})

    def _state(self) -> State:
        text = self._text("state")
        if not text:
            return State.RECEIVED
        said = fold(text.replace("_", "-"))
        for name, words in _table("states").items():
            if said == name or heading_key(said) in words:
                state = State(name)
                if state not in OWED:
                    raise self._refusal("dossier-file.ended", "state", text=text)
                return state
        raise self._refusal("dossier-file.state-unknown", "state", text=text)

    def _one_of(self, table: str, field: str, code: str) -> str:
        """The name in one of the tables of words; "" where nothing is said."""
        text = self._text(field)
        if not text:
            return ""
        for name, words in _table(table).items():
            if fold(text) == name or heading_key(text) in words:
                return name
        raise self._refusal(code, field, text=text)

    def _moment(self, field: str) -> Moment | None:
        text = self._text(field)
        if not text:
            return None
        try:
            moment = read_moment(text)
        except RuleBroken as broken:
            raise self._refusal(broken.code, field, **broken.details) from None
        if moment.day.year not in YEARS:
            raise self._refusal("dossier-file.year", field, text=text)
        return moment

    def _submitter(self, owner: PersonForm) -> PersonForm | None:
        name, number = self._text("submitter_name"), re.sub(r"[ .]", "", self._text("submitter_number"))
        number = re.sub(r"^([0-9]+)[.,]0+$", r"\1", number)
        if not name or (fold(name) == fold(owner.name) and number in ("", owner.identity_number)):
            return None
        return PersonForm(name=name, identity_number=number or None)


# ---- days ---------------------------------------------------------------------------------------------------------

_DAY = r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})"
_HOUR = r"([0-9]{1,2})[:hg]([0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?"
_DAY_FIRST = re.compile(rf"{_DAY}(?:[ ,T]+{_HOUR})?")
_HOUR_FIRST = re.compile(rf"{_HOUR}[ ,]+(?:ngày )?{_DAY}")
_MONTH_LAST = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}.*\b(?:AM|PM)\b", re.IGNORECASE)


def read_moment(text: str) -> Moment:
    """A day, with its hour where there is one: 23/11/2026, 23/11/2026 09:05, 9h05 23/11/2026, ISO, a worksheet's day
    number. RuleBroken dossier-file.not-a-date; dossier-file.two-dates where it is written as in America."""
    said = " ".join(text.split())
    if _MONTH_LAST.search(said):
        raise RuleBroken("dossier-file.two-dates", text=said, column="")
    try:
        if found := _DAY_FIRST.fullmatch(said):
            day, month, year, hour, minute = found.groups()
        elif found := _HOUR_FIRST.fullmatch(said):
            hour, minute, day, month, year = found.groups()
        elif re.fullmatch(r"[0-9]{5}(?:[.,][0-9]+)?", said):
            return _of_worksheet(said)
        else:
            return _of_iso(said)
        at = time(int(hour), int(minute)) if hour is not None else None
        return Moment(date(int(year), int(month), int(day)), at if at != time() else None)
    except (ValueError, OverflowError):
        raise RuleBroken("dossier-file.not-a-date", text=said, column="") from None


def _of_worksheet(said: str) -> Moment:
    whole, _, part = said.replace(",", ".").partition(".")
    minutes = round(float(f"0.{part or 0}") * 24 * 60)
    moment = datetime.combine(date(1899, 12, 30), time()) + timedelta(days=int(whole), minutes=minutes)
    return Moment(moment.date(), moment.time() if minutes else None)


def _of_iso(said: str) -> Moment:
    if not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", said):
        raise ValueError(said)
    moment = datetime.fromisoformat(said)
    moment = local(moment) if moment.tzinfo is not None else moment
    at = moment.time().replace(second=0, microsecond=0)
    return Moment(moment.date(), at if at != time() else None)


def _words(day: date) -> str:
    return f"{day:%d/%m/%Y}"


# ---- words --------------------------------------------------------------------------------------------------------


def _table(name: str) -> Mapping[str, tuple[str, ...]]:
    return _tables()[name]


@cache
def _tables() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Every word of the file as it is compared."""
    with NAMES.open("rb") as stream:
        plain: dict[str, dict[str, Any]] = tomllib.load(stream)
    return {
        table: {key: tuple(heading_key(word.replace("_", " ")) for word in words) for key, words in rows.items()}
        for table, rows in plain.items()
    }
