"""The lists on paper as values: dossiers received, results finished in a span of days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from onestop import clock
from onestop.queries import letters, online
from onestop.queries.life_letters import Written
from onestop.queries.post_letters import post_list
from onestop.rules.dossier import State, Timeliness, is_overdue, judge
from onestop.rules.letters import ROUND, FormKey, form_on
from onestop.rules.list_letters import (
    HandoverGroup,
    HandoverLetter,
    HandoverRow,
    Listed,
    RegisterLetter,
    RegisterRow,
    Span,
)
from onestop.store import schema

WAYS = {"counter": "Trực tiếp", "post": "Bưu chính", "electronic": "Điện tử"}
"""Letters are Vietnamese whatever language the screen speaks."""

_d, _c = schema.dossier.c, schema.citizen.c


def register(connection: Connection, listed: Listed, now: datetime) -> Written:
    """Sổ theo dõi hồ sơ: every dossier received in a span of days, or those that were chosen, as they stand at `now`.
    RuleBroken form.not-in-force."""
    here = letters.the_office(connection)
    query = (
        select(schema.dossier, _c.address)
        .outerjoin(schema.citizen, _c.id == _d.owner_id)
        .where(*_within(FormKey.REGISTER, listed))
        .order_by(_d.received_at, _d.no)
    )
    rows = tuple(
        RegisterRow(
            code=row.official_code or row.code,
            procedure=row.procedure_name,
            sets=row.sets,
            person=row.owner_name,
            reached_at="; ".join(filter(None, (row.address, row.phone))),
            agency=letters.who_decides(here, row.competent_agency),
            received_at=row.received_at,
            due_at=row.due_at,
            handed_back_at=row.handed_back_at,
            way=WAYS.get((row.handed_to or {}).get("way") or (row.delivery or {}).get("way", "counter"), ""),
            note="; ".join(_notes(row, now)),
        )
        for row in connection.execute(query)
    )
    letter = RegisterLetter(
        form=form_on(FormKey.REGISTER, clock.local(now).date()),
        head=letters.letterhead(here, FormKey.REGISTER),
        issued_at=now,
        span=listed if isinstance(listed, Span) else None,
        rows=rows,
    )
    return Written(letter, _name(FormKey.REGISTER, listed))


_TIMES = {FormKey.REGISTER: _d.received_at, FormKey.HANDOVER: _d.finished_at}
"""What puts a dossier into a list of a day."""


def _within(key: FormKey, listed: Listed) -> tuple[ColumnElement[bool], ...]:
    """What a dossier of this list is. A result that was not made, or was taken back, is never handed over."""
    at = _TIMES[key]
    of = tuple(online.received(_d)) if key is FormKey.REGISTER else ()
    if isinstance(listed, Span):
        return (*of, at >= listed.begins, at < listed.ends)
    return (*of, _d.id.in_(listed.ids), at.is_not(None))


def count(connection: Connection, key: FormKey, listed: Listed) -> int:
    """How many dossiers would stand on the register or on the hand-over sheet."""
    query = select(func.count()).select_from(schema.dossier).where(*_within(key, listed))
    return int(connection.execute(query).scalar_one())


def _notes(row: Any, now: datetime) -> list[str]:
    """What the columns do not say: how it ended otherwise, what is awaited, what was late."""
    state = State(row.state)
    found = [_ENDED[state]] if state in _ENDED else []
    if row.supplements and state is not State.SUPPLEMENT:
        found.append(f"đã bổ sung {row.supplements} lần")
    if row.extended_at:
        found.append("đã hẹn lại")
    late = row.finished_at is not None and judge(row.due_at, row.finished_at) is Timeliness.LATE
    if late or is_overdue(row.due_at, state, now):
        found.append("quá hạn")
    if row.external_code:
        found.append(f"mã khác: {row.external_code}")
    return found


_ENDED = {
    State.REFUSED: "từ chối",
    State.SUPPLEMENT: "chờ bổ sung",
    State.AWAITING_PAYMENT: "chờ nộp phí, lệ phí",
    State.WITHDRAWN: "đã rút",
    State.STOPPED: "dừng giải quyết",
}


def handover(connection: Connection, listed: Listed, now: datetime) -> Written:
    """Phiếu bàn giao kết quả: every result that was finished in a span of days and not taken back, or those of the
    dossiers that were chosen, by the agency that decided. RuleBroken form.not-in-force."""
    here = letters.the_office(connection)
    query = (
        select(schema.dossier, _c.address)
        .outerjoin(schema.citizen, _c.id == _d.owner_id)
        .where(*_within(FormKey.HANDOVER, listed))
        .order_by(_d.finished_at, _d.no)
    )
    groups: dict[str, list[HandoverRow]] = {}
    for row in connection.execute(query):
        result: Mapping[str, Any] = row.result or {}
        said = (result.get("title"), f"số {result['number']}" if result.get("number") else "")
        groups.setdefault(letters.who_decides(here, row.competent_agency), []).append(
            HandoverRow(
                code=row.official_code or row.code,
                request=row.summary or row.procedure_name,
                result=", ".join(filter(None, said)),
                owner=row.owner_name,
                address=row.address or "",
                fee=bool(row.fee_total) or any(each["amount"] is None for each in row.fee_lines or ()),
                post=(row.delivery or {}).get("way") == "post",
            )
        )
    letter = HandoverLetter(
        form=form_on(FormKey.HANDOVER, clock.local(now).date()),
        head=letters.letterhead(here, FormKey.HANDOVER),
        issued_at=now,
        span=listed if isinstance(listed, Span) else None,
        groups=tuple(HandoverGroup(agency, tuple(rows)) for agency, rows in groups.items()),
    )
    return Written(letter, _name(FormKey.HANDOVER, listed))


LISTS: Mapping[FormKey, Callable[[Connection, Any, datetime], Written]] = {
    FormKey.REGISTER: register,
    FormKey.HANDOVER: handover,
    FormKey.POST_LIST: post_list,
}
"""Every list, by its meaning: of a span of days, the first two also of dossiers that were chosen."""


def _name(key: FormKey, listed: Listed) -> str:
    """Under which a list is recorded: its days; of chosen dossiers that they were."""
    return f"{key.value}{ROUND}{listed.name if isinstance(listed, Span) else 'chosen'}"
