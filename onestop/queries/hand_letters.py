"""The papers of handing over as values: each from the acts that it is of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from onestop import clock
from onestop.queries import absence, letters, office
from onestop.queries.life_letters import Written, standing
from onestop.rules.dossier import State
from onestop.rules.errors import RuleBroken
from onestop.rules.hand_letters import DossierHandoverLetter, HandedRow, LeaveRow, WorkHandoverLetter
from onestop.rules.letters import FormKey, form_on
from onestop.store import acts, schema
from onestop.store.acts import Act, Subject
from onestop.store.schema import read_instant

LIST = "handover"
"""What the acts of one go mention besides their dossier: by it the list is found again."""

STATES: Mapping[str, str] = {
    State.NEW: "Mới đăng ký",
    State.RECEIVED: "Đã tiếp nhận",
    State.PROCESSING: "Đang xử lý",
    State.SUPPLEMENT: "Chờ bổ sung",
    State.AWAITING_PAYMENT: "Chờ nghĩa vụ tài chính",
}
"""Letters are Vietnamese whatever language the screen speaks."""

_d, _c = schema.dossier.c, schema.dossier_component.c


def handover(connection: Connection, batch: str) -> Written:
    """Giấy bàn giao hồ sơ: what was handed over in one go and not taken back. RuleBroken handover.unknown."""
    made = acts.of_subject(connection, (LIST, batch))
    made = [act for act in made if act.kind.startswith("dossier.") and _stands(connection, act)]
    if not made:
        raise RuleBroken("handover.unknown", id=batch)
    first = made[0]
    here = letters.the_office(connection)
    names = {each.id: each.name for each in office.clerks(connection, active_only=False)}
    key = FormKey.DOSSIER_HANDOVER
    to = first.body["said"]["to"]
    letter = DossierHandoverLetter(
        form=form_on(key, clock.local(first.at).date()),
        head=letters.letterhead(here, key),
        issued_at=first.at,
        giver=names.get(first.actor, ""),
        taker=names.get(to, to),
        rows=tuple(_handed(connection, made, names)),
    )
    return Written(letter, key.value)


def _stands(connection: Connection, act: Act) -> bool:
    return any(each.act_id == act.act_id for each in standing(connection, act.subjects[0][1]))


def _handed(connection: Connection, made: list[Act], names: Mapping[str, str]) -> Iterable[HandedRow]:
    ids = [act.subjects[0][1] for act in made]
    rows = {row.id: row for row in connection.execute(select(schema.dossier).where(_d.id.in_(ids)))}
    count = func.sum(_c.originals + _c.certified + _c.copies)
    papers = select(_c.dossier_id, count).where(_c.dossier_id.in_(ids)).group_by(_c.dossier_id)
    counted = {row[0]: row[1] for row in connection.execute(papers)}
    for act in made:
        row, said = rows[act.subjects[0][1]], act.body["said"]
        instead = f"thay {names.get(said['instead_of'], '')}" if said.get("instead_of") else ""
        yield HandedRow(
            code=row.official_code or row.code,
            request=row.summary or row.procedure_name,
            owner=row.owner_name,
            due_at=row.due_at,
            papers=counted.get(row.id),
            note="; ".join(filter(None, (said.get("note"), instead))),
        )


# -- a leave


def leave(connection: Connection, absence_id: str) -> Written:
    """Biên bản bàn giao công việc, as the leave began. RuleBroken absence.unknown, absence.not-ended."""
    return _minutes(connection, absence_id, FormKey.WORK_HANDOVER, "absence.begun")


def back(connection: Connection, absence_id: str) -> Written:
    """The minutes of what came back with him. RuleBroken absence.unknown, absence.not-ended."""
    return _minutes(connection, absence_id, FormKey.WORK_RETURN, "absence.ended")


def _minutes(connection: Connection, absence_id: str, key: FormKey, kind: str) -> Written:
    row = absence.absence(connection, absence_id)
    if row is None:
        raise RuleBroken("absence.unknown", id=absence_id)
    act = next((each for each in acts.of_subject(connection, ("absence", row.id)) if each.kind == kind), None)
    if act is None:
        raise RuleBroken("absence.not-ended")
    here = letters.the_office(connection)
    posts = {each.id: each.title or "" for each in office.clerks(connection, active_only=False)}
    number = row.number if key is FormKey.WORK_HANDOVER else act.body["number"]
    went = (row.clerk, posts.get(row.clerk_id, "")), (row.deputy, posts.get(row.deputy_id, ""))
    giver, taker = went if key is FormKey.WORK_HANDOVER else went[::-1]
    letter = WorkHandoverLetter(
        form=form_on(key, clock.local(act.at).date()),
        head=letters.letterhead(here, key, number),
        issued_at=act.at,
        giver=giver[0],
        giver_title=giver[1],
        taker=taker[0],
        taker_title=taker[1],
        away=row.clerk,
        first=date.fromisoformat(row.from_day),
        until=date.fromisoformat(row.until_day) if row.until_day else None,
        reason=row.reason,
        rows=tuple(map(_listed, act.body["listed"])),
        back=key is FormKey.WORK_RETURN,
    )
    return Written(letter, key.value)


def _listed(kept: Mapping[str, Any]) -> LeaveRow:
    state = STATES.get(kept["state"], kept["state"])
    until = kept["supplement_until"]
    if until:
        state = f"{state} đến hết {'/'.join(reversed(until.split('-')))}"
    due = kept["due"]
    return LeaveRow(kept["code"], kept["request"], kept["owner"], read_instant(due) if due else None, state)


SUBJECTS: Mapping[FormKey, str] = {
    FormKey.DOSSIER_HANDOVER: LIST,
    FormKey.WORK_HANDOVER: "absence",
    FormKey.WORK_RETURN: "absence",
}
"""Of what each is a paper: its printing is recorded with it."""

LETTERS: Mapping[FormKey, Callable[[Connection, str], Written]] = {
    FormKey.DOSSIER_HANDOVER: handover,
    FormKey.WORK_HANDOVER: leave,
    FormKey.WORK_RETURN: back,
}


def subject(key: FormKey, wanted: str) -> Subject:
    """What the printing of this paper is recorded with."""
    return SUBJECTS[key], wanted
