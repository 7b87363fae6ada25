"""A result on its way to the citizen: shelved, called, posted, brought back, sent, collected; originals kept and given
back. These are facts that add; the one move among them is the hand-back, and `process.move` makes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from onestop import clock
from onestop.actions import handing, process
from onestop.queries import delivery as queries
from onestop.queries import dossiers
from onestop.rules import delivery as rules
from onestop.rules import moves
from onestop.rules.delivery import (
    COLLECTED,
    POSTED,
    RETURNED,
    SENT,
    CallForm,
    Delivered,
    GiveBackForm,
    HandOverForm,
    KeepForm,
    PostForm,
    ReturnedForm,
    SendForm,
    ShelveForm,
)
from onestop.rules.dossier import Move, State
from onestop.rules.errors import RuleBroken, Stale
from onestop.rules.moves import MoveForm, Receiver
from onestop.rules.roles import Permission
from onestop.rules.text import fold
from onestop.store import schema
from onestop.store.acts import Act
from onestop.store.schema import instant_text
from onestop.store.work import Kind, Row, Work

_d = schema.dossier.c

# ---- folds --------------------------------------------------------------------------------------------------------


def fold_shelved(subject: Row | None, act: Act) -> Row:
    """It lies there now, wherever it lay before."""
    return {**_there(subject), "shelf": act.body["shelf"] or None}


def fold_called(subject: Row | None, act: Act) -> Row:
    """One call more."""
    row = _there(subject)
    call = {**act.body["call"], "at": instant_text(act.at), "by": act.actor}
    return {**row, "calls": [*(row.get("calls") or []), call]}


def fold_posted(subject: Row | None, act: Act) -> Row:
    """It goes to the post once more, or its tracking number is known now."""
    row = _delivered(subject, act, POSTED)
    posting, post_list = act.body["posting"], act.body["post_list"]
    return {**row, "delivered": POSTED, "posting": posting, "post_list": post_list, "shelf": None, "custody": None}


def fold_returned(subject: Row | None, act: Act) -> Row:
    """The post brought it back: it lies here, and the originals with it."""
    row = _delivered(subject, act, RETURNED)
    posting = {**(row.get("posting") or {}), "returned_at": instant_text(act.at), "why": act.body["reason"]}
    kept = posting.get("originals") or row.get("custody")
    return {**row, "delivered": RETURNED, "posting": posting, "custody": kept, "calls": None}


def fold_sent(subject: Row | None, act: Act) -> Row:
    """The electronic copy went out; the paper goes on waiting."""
    row = _there(subject)
    if row.get("delivered") is not None or row["state"] != State.FINISHED:
        return row
    return {**row, "delivered": SENT, "posting": act.body["posting"]}


def fold_collected(subject: Row | None, act: Act) -> Row:
    """What the post had brought back was handed over at the counter."""
    row = _delivered(subject, act, COLLECTED)
    return {**row, "delivered": COLLECTED, "handed_to": act.body["handed_to"], "shelf": None, "custody": None}


def fold_custody(subject: Row | None, act: Act) -> Row:
    """Other originals lie here than before."""
    row = _there(subject)
    before, after = act.body["before"] or None, act.body["after"] or None
    if row.get("custody") not in (before, after):
        raise Stale(group="custody", current=row.get("custody"), old=before, new=after)
    return {**row, "custody": after}


def _there(subject: Row | None) -> Row:
    if subject is None:
        raise Stale()
    return subject


def _delivered(subject: Row | None, act: Act, new: str) -> Row:
    """The dossier, where its delivery stands as the act found it. Stale otherwise."""
    row = _there(subject)
    if row.get("delivered") not in (act.body["before"], new):
        raise Stale(group="delivered", current=row.get("delivered"), old=act.body["before"], new=new)
    return row


KINDS = tuple(
    Kind(name, {"dossier": fold})
    for name, fold in {
        "result.shelved": fold_shelved,
        "result.called": fold_called,
        "result.posted": fold_posted,
        "result.returned": fold_returned,
        "result.sent": fold_sent,
        "result.collected": fold_collected,
        "dossier.custody": fold_custody,
    }.items()
)

# ---- decides: where it lies, who was told -------------------------------------------------------------------------


def shelve(work: Work, form: ShelveForm) -> str:
    """Say in which box a result lies, or with "" that it is in none. RuleBroken delivery.not-ready,
    delivery.too-long."""
    work.demand(Permission.HAND_BACK)
    row = _waiting(work, form.dossier)
    shelf = rules.checked(form.shelf, "shelf")
    if shelf != (row.shelf or ""):
        _record(work, "result.shelved", row, {"shelf": shelf})
    return str(row.id)


def call(work: Work, form: CallForm) -> str:
    """Write down that the citizen was told, or was not reached. RuleBroken delivery.not-ready, delivery.call-way,
    delivery.call-outcome."""
    work.demand(Permission.HAND_BACK)
    row = _waiting(work, form.dossier)
    _record(work, "result.called", row, {"call": rules.checked_call(form)})
    return str(row.id)


# ---- the post, the electronic copy --------------------------------------------------------------------------------


def post(work: Work, form: PostForm) -> Delivered:
    """Hand results to the post on one list; the tracking number of one that is on its way already is written in.

    RuleBroken delivery.none, delivery.carrier, delivery.not-ready, delivery.no-address, delivery.tracking-*,
    delivery.tracking-missing.
    """
    work.demand(Permission.HAND_BACK)
    rows = _rows(work, form.dossiers)
    numbers = rules.checked_tracking(form.tracking, len(rows))
    if len(rows) == 1 and rows[0].delivered == POSTED:
        return _add_tracking(work, rows[0], numbers[0])
    carrier = rules.checked(form.carrier, "carrier", "delivery.carrier")
    post_list = queries.next_list(work.connection, work.office_id, clock.local(work.now).date(), work.here.counter)
    count = 0
    for row, number in zip(rows, numbers, strict=True):
        _demand_waiting(row)
        to = queries.post_address(work.connection, row)
        if not to.address:
            raise RuleBroken("delivery.no-address", code=_code(row), name=to.name)
        posting = {
            "carrier": carrier,
            "tracking": number or None,
            "name": to.name,
            "phone": to.phone or None,
            "address": to.address,
            "originals": row.custody,
        }
        count += _originals(row)
        if row.state == State.FINISHED:
            with_it = {"delivered": POSTED, "posting": posting, "post_list": post_list}
            _hand_back(work, row, MoveForm(row.id, Move.HAND_BACK, way="post", with_it=with_it, receiver=to.receiver))
        else:
            body = {"before": row.delivered, "posting": posting, "post_list": post_list}
            _record(work, "result.posted", row, body)
    return replace(_told(rows), post_list=post_list, originals=count)


def _add_tracking(work: Work, row: Any, number: str) -> Delivered:
    if not number:
        raise RuleBroken("delivery.tracking-missing", field="tracking", code=_code(row))
    posting = {**(row.posting or {}), "tracking": number}
    if posting != row.posting:
        body = {"before": row.delivered, "posting": posting, "post_list": row.post_list}
        _record(work, "result.posted", row, body)
    return replace(_told([row]), post_list=row.post_list or "")


def returned(work: Work, form: ReturnedForm) -> str:
    """The post brought a result back: it lies here again, and whoever comes may have it; the history stays as it was.
    RuleBroken delivery.not-posted, delivery.reason."""
    work.demand(Permission.HAND_BACK)
    row = _row(work, form.dossier)
    if row.delivered != POSTED:
        raise RuleBroken("delivery.not-posted", code=_code(row))
    reason = rules.checked(form.reason, "reason", "delivery.reason")
    _record(work, "result.returned", row, {"before": POSTED, "reason": reason})
    return str(row.id)


def send(work: Work, form: SendForm) -> str:
    """The electronic result went out. Where the citizen has chosen it, it is handed back with that; else the paper
    goes on waiting. RuleBroken delivery.not-ready."""
    work.demand(Permission.HAND_BACK)
    row = _row(work, form.dossier)
    to = rules.checked(form.to, "to")
    if row.state not in (State.FINISHED, State.HANDED_BACK):
        raise RuleBroken("delivery.not-ready", code=_code(row), state=row.state)
    posting = {"to": to or None, "sent_at": instant_text(work.now)}
    if row.state == State.FINISHED and (row.delivery or {}).get("way") == "electronic":
        with_it = {"delivered": SENT, "posting": posting}
        receiver = Receiver(row.owner_name, phone=row.phone or "")
        _hand_back(work, row, MoveForm(row.id, Move.HAND_BACK, way="electronic", with_it=with_it, receiver=receiver))
    else:
        _record(work, "result.sent", row, {"posting": posting})
    return str(row.id)


# ---- over the counter ---------------------------------------------------------------------------------------------


def hand_over(work: Work, form: HandOverForm) -> Delivered:
    """Several results to one person, each as if alone: one that he may not have refuses them all.

    RuleBroken delivery.none, delivery.not-ready, delivery.stranger (of which dossier), and those of a hand-back.
    """
    work.demand(Permission.HAND_BACK)
    rows = _rows(work, form.dossiers)
    together = tuple(row.id for row in rows)
    name, count = "", 0
    for row in rows:
        _demand_waiting(row)
        wish = MoveForm(
            row.id,
            Move.HAND_BACK,
            receiver=form.receiver,
            paper=form.paper,
            note=rules.checked(form.note, "note"),
            together=together,
        )
        count += _originals(row)
        try:
            name = _give(work, row, wish)
        except RuleBroken as broken:
            if broken.code != "move.stranger" or len(rows) == 1:
                raise
            raise RuleBroken("delivery.stranger", **{**broken.details, "code": _code(row)}) from broken
    return replace(_told(rows), receiver=name, originals=count)


def _give(work: Work, row: Any, wish: MoveForm) -> str:
    """The name of whoever has it now."""
    if row.state == State.FINISHED:
        _hand_back(work, row, wish)
    else:
        moves.demand_said(wish)
        handed = handing.taken_by(work, row.id, wish)
        body = {"before": row.delivered, "handed_to": handed, "originals": row.custody}
        _record(work, "result.collected", row, body)
    handed_to = work.connection.execute(select(_d.handed_to).where(_d.id == row.id)).scalar_one()
    return str(handed_to["name"])


def _hand_back(work: Work, row: Any, wish: MoveForm) -> None:
    process.move(work, replace(wish, seen=State.FINISHED))


# ---- originals ----------------------------------------------------------------------------------------------------


def keep_originals(work: Work, form: KeepForm) -> str:
    """Originals of the citizen's that lie with us from now on. RuleBroken delivery.originals-missing,
    delivery.original-count, delivery.has-all (the dossier has gone back to the citizen)."""
    work.demand(Permission.HAND_BACK)
    row = _row(work, form.dossier)
    _demand_ours(row)
    after = rules.with_kept(row.custody or (), form.originals, clock.local(work.now))
    _custody(work, row, after)
    return str(row.id)


def give_back_originals(work: Work, form: GiveBackForm) -> str:
    """Originals go back to the citizen before the result does. RuleBroken delivery.no-originals,
    delivery.original-unknown."""
    work.demand(Permission.HAND_BACK)
    row = _row(work, form.dossier)
    _custody(work, row, rules.without(row.custody or (), form.names))
    return str(row.id)


def settle_originals(work: Work, form: KeepForm) -> str:
    """These originals lie here and no others: what was ticked off goes back. RuleBroken as `keep_originals`."""
    work.demand(Permission.HAND_BACK)
    row = _row(work, form.dossier)
    names = {fold(each.name) for each in form.originals}
    held = [each for each in row.custody or () if fold(each["name"]) in names]
    _demand_ours(row)
    _custody(work, row, rules.with_kept(held, form.originals, clock.local(work.now)) if form.originals else ())
    return str(row.id)


def _custody(work: Work, row: Any, after: Sequence[Mapping[str, Any]]) -> None:
    if list(after) != (row.custody or []):
        _record(work, "dossier.custody", row, {"before": row.custody, "after": list(after)})


# ---- rows ---------------------------------------------------------------------------------------------------------


def _row(work: Work, dossier: str) -> Any:
    dossier_id = dossiers.find_id(work.connection, dossier) or dossier
    row = work.connection.execute(select(schema.dossier).where(_d.id == dossier_id)).one_or_none()
    if row is None:
        raise RuleBroken("dossier.unknown", code=dossier)
    return row


def _rows(work: Work, wanted: Sequence[str]) -> list[Any]:
    """Each dossier once, in the order in which they were named. RuleBroken delivery.none."""
    found = list({row.id: row for row in (_row(work, each) for each in wanted)}.values())
    if not found:
        raise RuleBroken("delivery.none")
    return found


def _waiting(work: Work, dossier: str) -> Any:
    row = _row(work, dossier)
    _demand_waiting(row)
    return row


def _demand_waiting(row: Any) -> None:
    """RuleBroken delivery.not-ready where no result of it lies here."""
    if row.state != State.FINISHED and not (row.state == State.HANDED_BACK and row.delivered == RETURNED):
        raise RuleBroken("delivery.not-ready", code=_code(row), state=row.state)


def _demand_ours(row: Any) -> None:
    """RuleBroken delivery.has-all where everything has gone back to the citizen."""
    if row.state == State.HANDED_BACK and row.delivered != RETURNED:
        raise RuleBroken("delivery.has-all", code=_code(row))


def _originals(row: Any) -> int:
    return sum(each["count"] for each in row.custody or ())


def _code(row: Any) -> str:
    return str(row.official_code or row.code)


def _told(rows: Sequence[Any]) -> Delivered:
    return Delivered(tuple(row.id for row in rows), tuple(map(_code, rows)))


def _record(work: Work, kind: str, row: Any, body: Mapping[str, Any]) -> None:
    work.record(kind, [("dossier", row.id)], body)
