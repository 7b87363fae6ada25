"""The letters of a dossier's life as values: each from the act that it is of, as the dossier stood then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from onestop import clock
from onestop.queries import dossiers, letters, office
from onestop.queries.dossiers import Dossier
from onestop.queries.letters import LetterOptions
from onestop.queries.office import OfficeRow
from onestop.rules.calendar import Calendar
from onestop.rules.dossier import Move
from onestop.rules.errors import RuleBroken
from onestop.rules.letters import (
    FormKey,
    FormNumber,
    Letterhead,
    OnPaper,
    Reference,
    RefusalLetter,
    SupplementLetter,
    form_on,
    sheet_name,
)
from onestop.rules.life_letters import ExtensionLetter
from onestop.rules.moves import ACTS, EXTEND, UNDO
from onestop.store import acts
from onestop.store.acts import Act
from onestop.store.schema import read_instant

SHOWN = {
    "receipt": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    "identity": "giấy tờ tùy thân",
    "authorisation": "giấy ủy quyền",
}
"""On which paper a result was handed over. Letters are Vietnamese whatever language the screen speaks."""

BLOCKS = 5
"""Hand-overs for which a control slip has room as long as the dossier is on its way."""


@dataclass(frozen=True, slots=True)
class Written:
    """A letter, and the name under which its printing is recorded (`letters.sheet_name`)."""

    letter: OnPaper
    name: str


@dataclass(frozen=True, slots=True)
class _Life:
    """A dossier with what was done to it and not taken back, in order."""

    connection: Connection
    here: OfficeRow
    dossier: Dossier
    acts: Sequence[Act]
    options: LetterOptions

    def last(self, *moves: str) -> Act:
        """The last of these moves. RuleBroken letter.no-move where there is none."""
        kinds = {ACTS[move] for move in moves}
        found = next((act for act in reversed(self.acts) if act.kind in kinds), None)
        if found is None:
            raise RuleBroken("letter.no-move", code=self.dossier.code)
        return found

    def name_of(self, clerk: str) -> str:
        """The name of a clerk, or of the section that was written down."""
        return office.clerk_name(self.connection, clerk) or clerk

    def frame(self, key: FormKey, at: datetime, number: int | None = None, qr: bool = True) -> dict[str, Any]:
        """What every letter begins with: form, head, reference, applicant, date, what was asked for."""
        form: FormNumber = form_on(key, clock.local(at).date())
        head: Letterhead = letters.letterhead(self.here, key, number)
        reference: Reference = letters.reference_of(self.here, self.dossier, self.options, form.title, at)
        return {
            "form": form,
            "head": head,
            "reference": reference if qr else replace(reference, qr=""),
            "applicant": letters.applicant_of(self.connection, self.dossier.values, self.options),
            "issued_at": at,
            "request": self.dossier.values["summary"] or self.dossier.values["procedure_name"],
        }


def _life(connection: Connection, dossier_id: str, options: LetterOptions) -> _Life:
    found = dossiers.one(connection, dossier_id, history=False)
    if found is None:
        raise RuleBroken("dossier.unknown", code=dossier_id)
    return _Life(connection, letters.the_office(connection), found, standing(connection, dossier_id), options)


def standing(connection: Connection, dossier_id: str) -> list[Act]:
    """The moves of a dossier that were not taken back, in order."""
    found: list[Act] = []
    for act in acts.of_subject(connection, ("dossier", dossier_id)):
        if act.kind == ACTS[UNDO]:
            found.pop()
        elif act.kind in ACTS.values():
            found.append(act)
    return found


# ---- sent back, refused -------------------------------------------------------------------------------------------


def supplement(connection: Connection, dossier_id: str, options: LetterOptions) -> Written:
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ of a received dossier: the last one that was sent. RuleBroken
    dossier.unknown, letter.no-move."""
    life = _life(connection, dossier_id, options)
    act = life.last(Move.SUPPLEMENT)
    said, left = act.body["said"], act.body["to"]
    until = left.get("supplement_until")
    letter = SupplementLetter(
        **life.frame(FormKey.SUPPLEMENT, act.at, said.get("paper_no")),
        reason=said["reason"],
        clerk=life.name_of(act.actor),
        clerk_phone=life.here.phone or "",
        items=tuple(said["items"]),
        until=date.fromisoformat(until) if until else None,
    )
    return Written(letter, sheet_name(FormKey.SUPPLEMENT, left["supplements"]))


def refusal(connection: Connection, dossier_id: str, options: LetterOptions) -> Written:
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ of a dossier that came without the citizen, or was sent back before
    acceptance. RuleBroken dossier.unknown, letter.no-move."""
    life = _life(connection, dossier_id, options)
    act = life.last(Move.REFUSE)
    values = life.dossier.values
    letter = RefusalLetter(
        **life.frame(FormKey.REFUSAL, act.at, act.body["said"].get("paper_no")),
        reasons=(act.body["said"]["reason"],),
        clerk=life.name_of(act.actor),
        submitted_at=values["received_at"] if values["channel"] != "direct" else None,
    )
    return Written(letter, sheet_name(FormKey.REFUSAL))


# ---- a new date ---------------------------------------------------------------------------------------------------


def extension(connection: Connection, dossier_id: str, options: LetterOptions) -> Written:
    """The apology with the new date, from the one act of it. RuleBroken dossier.unknown, letter.no-move."""
    life = _life(connection, dossier_id, options)
    act = life.last(EXTEND)
    found, left = act.body["from"], act.body["to"]
    # In time, the act moved the due date and knows the old one; too late, the date stands as it was.
    in_time = "due_at" in left
    due = read_instant(found["due_at"]) if in_time else life.dossier.values["due_at"]
    promised = read_instant(left["promised_at"])
    letter = ExtensionLetter(
        **life.frame(FormKey.EXTENSION, act.at, act.body["said"].get("paper_no"), qr=False),
        reason=act.body["said"]["reason"],
        received_at=life.dossier.values["received_at"],
        due_at=due,
        promised_at=promised,
        in_time=in_time,
        more_days=_days_between(due, promised, office.calendar(connection)) if due else None,
    )
    return Written(letter, sheet_name(FormKey.EXTENSION))


def _days_between(first: datetime, second: datetime, calendar: Calendar) -> int:
    """Working days after the day of `first`, up to that of `second`."""
    day, last, count = clock.local(first).date(), clock.local(second).date(), 0
    while day < last:
        day += timedelta(days=1)
        count += calendar.is_working_day(day)
    return count


LIFE: Mapping[FormKey, Callable[[Connection, str, LetterOptions], Written]] = {
    FormKey.SUPPLEMENT: supplement,
    FormKey.REFUSAL: refusal,
    FormKey.EXTENSION: extension,
}
"""Every letter that is of a dossier's life, by its meaning."""
