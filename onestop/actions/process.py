"""A dossier moves: forwarded, sent back to be completed, extended, finished, handed back, stopped; and the last move
taken back.

Every move is an act with what it found (`from`) and what it left (`to`), so that two clerks who move one dossier at
once never overwrite each other, and the last move can be taken back exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from onestop import clock
from onestop.actions import books, papers
from onestop.actions.papers import Brought, Place
from onestop.queries import dossiers, office
from onestop.rules import clocks, completion, deadline, moves, supplements
from onestop.rules.dossier import OPEN, Move, State
from onestop.rules.errors import Remark, RuleBroken, Stale
from onestop.rules.move_acts import demand_extendable, state_after
from onestop.rules.moves import ACTS, AT_ONCE, EXTEND, UNDO, MoveForm
from onestop.rules.papers import RESULT, About, demand_fit, gate
from onestop.rules.procedure import Limit, Unit
from onestop.rules.roles import Permission, may
from onestop.store import acts, schema
from onestop.store.acts import Act
from onestop.store.schema import instant_text, read_instant
from onestop.store.work import Kind, Row, Work

_d = schema.dossier.c

_INSTANTS = (
    "received_at", "due_at", "original_due_at", "extended_at", "promised_at", "finished_at", "handed_back_at",
)  # fmt: skip

# ---- fold ---------------------------------------------------------------------------------------------------------


def fold_moved(subject: Row | None, act: Act) -> Row:
    """The dossier as the move left it. Stale where it is not as the move found it."""
    if subject is None:
        raise Stale()
    found, left = _read(act.body["from"]), _read(act.body["to"])
    # The state first: of all that is otherwise it is what a person is told.
    for key in sorted(found, key=lambda each: each != "state"):
        now, value = subject.get(key), found[key]
        if now != value:
            raise Stale(group=key, current=_plain(now), old=_plain(value), new=_plain(left[key]))
    return {**subject, **left, "is_open": State(str(left.get("state", subject["state"]))) in OPEN}


def _read(values: Mapping[str, Any]) -> Row:
    return {key: read_instant(value) if value and key in _INSTANTS else value for key, value in values.items()}


def _plain(value: Any) -> Any:
    return instant_text(value) if isinstance(value, datetime) else value


def plain_values(values: Mapping[str, Any]) -> Row:
    """Values of a dossier as an act says them."""
    return {key: _plain(value) for key, value in values.items()}


KINDS = tuple(Kind(name, {"dossier": fold_moved}) for name in ACTS.values())

BOOKS: Mapping[str, str] = {
    Move.SUPPLEMENT: "supplement",
    Move.REFUSE: "refusal",
    Move.WITHDRAW: books.OUTGOING,
    Move.STOP: books.OUTGOING,
    EXTEND: books.OUTGOING,
}
"""Moves that are told to the citizen by a letter with a number: from which book. A number of a move that was taken back
is not given again; the book is as whole as before, and the history says why no letter bears it."""

# ---- decides ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of the dossier. `warnings`: what the law would have had otherwise."""

    id: str
    code: str
    state: str
    due: datetime | None
    act: str
    warnings: tuple[Remark, ...] = ()


@dataclass
class _Case:
    """One move being decided."""

    work: Work
    form: MoveForm
    row: Any
    state: State
    warnings: list[Remark]
    said: dict[str, Any]
    files: Sequence[Brought] = ()

    def received_day(self) -> Any:
        return clock.local(self.row.received_at).date()


def move(work: Work, form: MoveForm, files: Sequence[Brought] = ()) -> Moved:
    """Make one move. `files`: the result's, which become papers of the dossier.

    RuleBroken: dossier.unknown, permission.missing, dossier.moved-meanwhile (who, what), dossier.move-not-allowed,
    paper.not-fit, and what `rules.moves` asks for.
    """
    if form.move == AT_ONCE:
        move(work, replace(form, move=Move.FINISH), files)
        return move(work, replace(form, move=Move.HAND_BACK, seen=""))
    if form.move not in ACTS:
        raise RuleBroken("dossier.move-unknown", field="action", move=form.move, known=list(ACTS))
    work.demand(moves.PERMISSIONS[form.move])
    dossier_id = dossiers.find_id(work.connection, form.dossier) or form.dossier
    row = work.connection.execute(select(schema.dossier).where(_d.id == dossier_id)).one_or_none()
    if row is None:
        raise RuleBroken("dossier.unknown", code=form.dossier)
    _demand_seen(work, form, row)
    if form.move == UNDO:
        return _undo(work, row)
    moves.demand_said(form)
    case = _Case(work, form, row, State(row.state), [], {}, files)
    left: dict[str, Any] = {}
    if form.move != EXTEND:
        came_from = State(row.came_from) if row.came_from else None
        state = state_after(case.state, came_from, Move(form.move))
        left = {"state": state.value, "came_from": case.state.value}
    left |= _DECIDES.get(form.move, _reason_only)(case)
    if case.state is State.NEW and form.move in moves.ANSWERS:
        _remark_answer(case)
    if form.move in BOOKS:
        case.said["paper_no"] = books.next_number(work, BOOKS[form.move], clock.local(work.now).year)
    return _record(case.work, row, form.move, left, case.said, case.warnings)


def _record(
    work: Work,
    row: Any,
    name: str,
    left: Mapping[str, Any],
    said: Mapping[str, Any],
    warnings: Sequence[Remark] = (),
) -> Moved:
    to = plain_values(left)
    found = plain_values({key: getattr(row, key) for key in to})
    body = {"move": str(name), "from": found, "to": to, "said": {key: value for key, value in said.items() if value}}
    act = work.record(ACTS[name], [("dossier", row.id)], body)
    state, due = left.get("state", row.state), left.get("due_at", row.due_at)
    return Moved(row.id, row.official_code or row.code, state, due, act.act_id, tuple(warnings))


def _demand_seen(work: Work, form: MoveForm, row: Any) -> None:
    """Who moved it meanwhile, and how, where it is no longer as it was seen."""
    if form.seen and form.seen != row.state:
        raise _meanwhile(work, row, form.seen)


def _meanwhile(work: Work, row: Any, seen: str) -> RuleBroken:
    last = next((act for act in reversed(acts.of_subject(work.connection, ("dossier", row.id))) if _is_move(act)), None)
    who = office.clerk_name(work.connection, last.actor) if last is not None else ""
    return RuleBroken("dossier.moved-meanwhile", by=who, state=row.state, seen=seen)


def _is_move(act: Act) -> bool:
    """A move, or one that was overtaken and that somebody settled by making it again."""
    return act.kind in ACTS.values() or (act.body.get("again") or {}).get("kind") in ACTS.values()


# -- one move each


def _remark_answer(case: _Case) -> None:
    """An online dossier is answered within its working hours, whatever the answer is."""
    until = clocks.answer_by(case.row.received_at, office.calendar(case.work.connection))
    if case.work.now > until:
        case.warnings.append(Remark("answer.late", {"hours": clocks.ANSWER_HOURS}))


def _reason_only(case: _Case) -> dict[str, Any]:
    case.said["reason"] = case.form.reason
    return {"reason": case.form.reason} if case.form.reason else {}


def _forward(case: _Case) -> dict[str, Any]:
    case.said |= {"to": case.form.to, "note": case.form.note}
    return {"holder": case.form.to or None}


def _supplement(case: _Case) -> dict[str, Any]:
    """Sent back: once (art. 16.3) in so many working days of the receipt; until then nothing is due by the office."""
    rule = supplements.rule_for(case.row.procedure_code, case.received_day())
    round_no = case.row.supplements + 1
    if round_no > rule.rounds:
        if not may(case.work.actor.role, Permission.DECIDE):
            raise RuleBroken("supplement.again", rounds=rule.rounds, source=rule.source)
        case.warnings.append(Remark("supplement.counts-late", {"round": round_no}))
    calendar = office.calendar(case.work.connection)
    days = rule.notice_of(round_no)
    received = case.state is not State.NEW
    if received and moves.notice_late(case.row.received_at, case.work.now, days, calendar):
        case.warnings.append(Remark("supplement.notice-late", {"days": days, "source": rule.source}))
    until = completion.last_day(case.work.now, calendar)
    case.said |= {"reason": case.form.reason, "items": list(case.form.items)}
    return {
        "supplements": round_no,
        "supplement_until": until.isoformat() if until else None,
        "due_at": None,
        "waits": [*(case.row.waits or []), [instant_text(case.work.now), None]],
        "reason": case.form.reason,
    }


def _complete(case: _Case) -> dict[str, Any]:
    """Completed: the limit counts anew, or goes on, by the regime of the dossier's procedure and day; of what was not
    received before, it counts from now."""
    rule = supplements.rule_for(case.row.procedure_code, case.received_day())
    known = [list(each) for each in case.row.waits or []]
    if known and known[-1][1] is None:
        known[-1][1] = instant_text(case.work.now)
    waits = [(read_instant(asked), read_instant(done)) for asked, done in known if done]
    found = _accept(case) if case.row.came_from == State.NEW else _counted(case, waits, rule.regime)
    return {"waits": known, "supplement_until": None, "reason": None, **found}


def _counted(case: _Case, waits: Sequence[deadline.Wait], regime: deadline.Regime) -> dict[str, Any]:
    kept = case.row.limit_text or {}
    if not kept.get("unit"):
        return {"due_at": None}
    limit = Limit(kept["number"], Unit(kept["unit"]), kept.get("rule") or "")
    here = case.work.connection
    counted = deadline.after_supplement(
        case.row.received_at, waits, limit, office.calendar(here), office.hour_rule(here), regime
    )
    return {"due_at": counted.due, "steps": [step.to_plain() for step in counted.steps]}


def _accept(case: _Case) -> dict[str, Any]:
    """An online dossier is complete: the limit counts from now (art. 17.3)."""
    kept = case.row.limit_text or {}
    limit = Limit(kept.get("number"), Unit(kept["unit"]) if kept.get("unit") else None, kept.get("rule") or "")
    here = case.work.connection
    counted = deadline.count(case.work.now, limit, office.calendar(here), office.hour_rule(here))
    return {
        "received_at": case.work.now,
        "due_at": counted.due,
        "original_due_at": counted.due,
        "steps": [step.to_plain() for step in counted.steps],
    }


def _extend(case: _Case) -> dict[str, Any]:
    demand_extendable(case.state)
    calendar = office.calendar(case.work.connection)
    due = case.row.due_at
    last = clocks.apology_by(due, calendar) if due else case.work.now
    found = moves.new_date(case.form.due, due, case.row.extended_at is not None, case.work.now, calendar, last)
    case.said |= {"reason": case.form.reason, "due": instant_text(found.due)}
    if not found.moves_due:
        case.warnings.append(Remark("extension.too-late", {"last": clock.local(last).isoformat(timespec="minutes")}))
    return {
        "extended_at": case.work.now,
        "promised_at": found.due,
        **({"due_at": found.due} if found.moves_due else {}),
    }


def _finish(case: _Case) -> dict[str, Any]:
    result = case.form.result
    case.said["number"] = result.number
    kept = {
        "title": result.title or case.row.summary or case.row.procedure_name,
        "number": result.number or None,
        "date": result.date or clock.local(case.work.now).date().isoformat(),
        "signer": result.signer or None,
    }
    kept["papers"] = _keep_result(case, kept)
    return {"finished_at": case.work.now, "result": kept, "holder": None}


def _keep_result(case: _Case, kept: Mapping[str, Any]) -> list[str]:
    """The result's files as papers of the dossier, on the shelf of whom it is for; ids."""
    options = office.this_office(case.work.connection)
    most = papers.limit(options.options) if options is not None else None
    demand_fit(gate({kept["title"]: [each.facts for each in case.files]}, most))
    place = Place(case.row.id, RESULT, case.row.owner_id, kept["title"])
    about = About(
        title=kept["title"],
        number=kept["number"] or "",
        issued_on=kept["date"],
        issuer=options.name if options is not None else "",
    )
    return papers.keep_brought(case.work, place, case.files, about)


def _hand_back(case: _Case) -> dict[str, Any]:
    people = dossiers.who_may_collect(case.work.connection, case.row.id)
    known = moves.demand_receiver(case.form, people)
    receiver = case.form.receiver
    handed = {
        "name": receiver.name or (str(known["name"]) if known else ""),
        "person": known["id"] if known else None,
        "role": known["role"] if known else "authorised",
        "number": None if known else receiver.identity_number,
        "phone": receiver.phone or None,
        "paper": case.form.paper,
    }
    case.said |= {"name": handed["name"], "paper": case.form.paper}
    return {"handed_back_at": case.work.now, "handed_to": handed}


def _recall(case: _Case) -> dict[str, Any]:
    until = moves.correct_by(case.work.now, office.calendar(case.work.connection))
    case.said |= {"reason": case.form.reason, "until": until.isoformat()}
    return {"finished_at": None, "reason": case.form.reason}


_DECIDES: Mapping[str, Callable[[_Case], dict[str, Any]]] = {
    Move.ACCEPT: _accept,
    Move.FORWARD: _forward,
    Move.SUPPLEMENT: _supplement,
    Move.COMPLETE: _complete,
    Move.FINISH: _finish,
    Move.HAND_BACK: _hand_back,
    Move.RECALL: _recall,
    EXTEND: _extend,
}

# -- back


def _undo(work: Work, row: Any) -> Moved:
    """Take back the last move, as long as nothing was printed after it and the centre has not seen it.

    RuleBroken undo.nothing, undo.printed, undo.sent, undo.another (somebody else made it; a supervisor may),
    dossier.moved-meanwhile (another counter's move has overtaken it).
    """
    standing: list[Act] = []
    printed: set[str] = set()
    for act in acts.of_subject(work.connection, ("dossier", row.id)):
        if act.kind == ACTS[UNDO]:
            standing = [each for each in standing if each.act_id != act.body["said"]["undoes"]]
        elif _is_move(act):
            standing.append(act)
        elif act.kind == "paper.printed" and standing:
            printed.add(standing[-1].act_id)
    if not standing:
        raise RuleBroken("undo.nothing")
    last = standing[-1]
    if last.act_id in printed:
        raise RuleBroken("undo.printed")
    if last.seq is not None or last.kind not in ACTS.values():
        raise RuleBroken("undo.sent")
    if any(getattr(row, key) != value for key, value in _read(last.body["to"]).items()):
        raise _meanwhile(work, row, str(last.body["to"].get("state", row.state)))
    if last.actor != work.actor.id and not may(work.actor.role, Permission.DECIDE):
        raise RuleBroken("undo.another", by=office.clerk_name(work.connection, last.actor))
    return _record(work, row, UNDO, _read(last.body["from"]), {"undoes": last.act_id, "was": last.body["move"]})
