"""A dossier moves: forwarded, sent back to be completed, extended, finished, handed back, stopped; and the last move
taken back.

Every move is an act with what it found (`from`) and what it left (`to`), so that two clerks who move one dossier at
once never overwrite each other, and the last move can be taken back exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from onestop import clock
from onestop.actions import books, handing, hands, paper_changes, papers, parts
from onestop.actions.paper_changes import DropForm
from onestop.actions.papers import Brought, Place
from onestop.queries import delivery, dossiers, office, result_letters
from onestop.rules import clocks, completion, deadline, late_entry, moves, supplements, waits
from onestop.rules.delivery import GOES_ON
from onestop.rules.dossier import OPEN, Move, State
from onestop.rules.errors import Remark, RuleBroken, Stale
from onestop.rules.move_acts import COUNTS, STAYS, demand_stays, state_after
from onestop.rules.moves import ACTS, ASSIGN, AT_ONCE, CONFIRM_LATE, EXTEND, REFUSE_LATE, UNDO, MoveForm
from onestop.rules.papers import RESULT, About, demand_fit, gate
from onestop.rules.procedure import Limit, Unit
from onestop.rules.roles import Permission, may
from onestop.store import acts, schema
from onestop.store.acts import Act, Subject
from onestop.store.schema import instant_text, read_instant
from onestop.store.work import Kind, Row, Work

_d = schema.dossier.c

_INSTANTS = (
    "received_at", "due_at", "original_due_at", "extended_at", "promised_at", "finished_at", "handed_back_at",
    "taken_at",
)  # fmt: skip

NOTHING: Mapping[str, Any] = {}

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
    after = {**subject, **left, "is_open": State(str(left.get("state", subject["state"]))) in OPEN}
    if act.body.get("parts"):
        after["parts"] = parts.dated(subject, act.body["parts"]["to"])
    return after


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
    parts: dict[str, Any] | None = None
    """Of a linked filing the dates of its parts before and after."""
    beside: list[Subject] = field(default_factory=list)

    def received_day(self) -> Any:
        return clock.local(self.row.received_at).date()


def move(work: Work, form: MoveForm, files: Sequence[Brought] = (), beside: Sequence[Subject] = ()) -> Moved:
    """Make one move. `files`: the result's, which become papers of the dossier; `beside`: what its act mentions too.

    RuleBroken: dossier.unknown, permission.missing, dossier.moved-meanwhile (who, what), dossier.move-not-allowed,
    paper.not-fit, and what `rules.moves` asks for.
    """
    if form.move == AT_ONCE:
        move(work, replace(form, move=Move.FINISH), files)
        return move(work, replace(form, move=Move.HAND_BACK, seen="", held=None))
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
    case = _Case(work, form, row, State(row.state), [], {}, files, beside=[*beside])
    left: dict[str, Any] = {}
    if form.move in STAYS:
        demand_stays(form.move, case.state)
    else:
        came_from = State(row.came_from) if row.came_from else None
        state = state_after(case.state, came_from, Move(form.move))
        left = {"state": state.value, "came_from": case.state.value}
    left |= _DECIDES.get(form.move, _reason_only)(case)
    if case.state is State.NEW and form.move in moves.ANSWERS:
        _remark_answer(case)
    if form.move in BOOKS:
        case.said["paper_no"] = books.next_number(work, BOOKS[form.move], clock.local(work.now).year)
    return _record(case.work, row, form.move, left, case.said, case.warnings, case.parts, case.beside)


def _record(
    work: Work,
    row: Any,
    name: str,
    left: Mapping[str, Any],
    said: Mapping[str, Any],
    warnings: Sequence[Remark] = (),
    dates: Mapping[str, Any] | None = None,
    beside: Sequence[Subject] = (),
) -> Moved:
    to = plain_values(left)
    found = plain_values({key: getattr(row, key) for key in to})
    body = {"move": str(name), "from": found, "to": to, "said": {key: value for key, value in said.items() if value}}
    if dates:
        body["parts"] = dict(dates)
    act = work.record(ACTS[name], [("dossier", row.id), *beside], body)
    state, due = left.get("state", row.state), left.get("due_at", row.due_at)
    return Moved(row.id, row.official_code or row.code, state, due, act.act_id, tuple(warnings))


def hand(work: Work, dossier_id: str, holder: str, absence: str, said: Mapping[str, Any] = NOTHING) -> Moved:
    """Give a dossier to a clerk by somebody's word who is not asked who had it: at the beginning and end of a leave."""
    row = work.connection.execute(select(schema.dossier).where(_d.id == dossier_id)).one()
    demand_stays(ASSIGN, State(row.state))
    left = {"holder": holder, "taken_at": None}
    return _record(work, row, ASSIGN, left, {"to": holder, **said}, beside=[("absence", absence)])


def _demand_seen(work: Work, form: MoveForm, row: Any) -> None:
    """Who moved it meanwhile, and how, where it is no longer as it was seen."""
    if form.seen and form.seen != row.state:
        raise _meanwhile(work, row, form.seen)
    if form.held is not None and form.held != (row.holder or ""):
        raise hands.elsewhere(work, row._mapping, _last_by(work, row))


def _meanwhile(work: Work, row: Any, seen: str) -> RuleBroken:
    return RuleBroken("dossier.moved-meanwhile", by=_last_by(work, row), state=row.state, seen=seen)


def _last_by(work: Work, row: Any) -> str:
    last = next((act for act in reversed(acts.of_subject(work.connection, ("dossier", row.id))) if _is_move(act)), None)
    return office.clerk_name(work.connection, last.actor) if last is not None else ""


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


def _handed(case: _Case, handed: hands.Handed) -> dict[str, Any]:
    case.said |= handed.said
    case.warnings += handed.remarks
    case.beside += handed.beside
    return handed.left


def _forward(case: _Case) -> dict[str, Any]:
    case.said["note"] = case.form.note
    return _handed(case, hands.given(case.work, case.form.to))


def _changes_hands(case: _Case) -> dict[str, Any]:
    return _handed(case, hands.DECIDES[case.form.move](case.work, case.form, case.row._mapping))


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
        "waits": waits.begun(case.row.waits, instant_text(case.work.now)),
        "reason": case.form.reason,
    }


def _complete(case: _Case) -> dict[str, Any]:
    """Completed: the limit counts anew, or goes on, by the regime of the dossier's procedure and day; of what was not
    received before, it counts from now."""
    known = waits.ended(case.row.waits, instant_text(case.work.now))
    found = _accept(case) if case.row.came_from == State.NEW else _counted(case, known)
    return {"waits": known, "supplement_until": None, "reason": None, **found}


def _counted(case: _Case, known: waits.Kept) -> dict[str, Any]:
    kept = case.row.limit_text or {}
    if not kept.get("unit"):
        return {"due_at": None}
    limit = Limit(kept["number"], Unit(kept["unit"]), kept.get("rule") or "")
    here, row = case.work.connection, case.row
    regime = supplements.rule_for(row.procedure_code, case.received_day()).regime
    counted = waits.count(
        row.received_at, waits.Ended.of(known), limit, office.calendar(here), office.hour_rule(here), regime
    )
    whole = _with_parts(case, counted.since, counted.deadline) if case.form.move in COUNTS else counted.deadline
    return {"due_at": whole.due, "steps": [step.to_plain() for step in whole.steps]}


def _ask_payment(case: _Case) -> dict[str, Any]:
    """The limit stands still until it is paid, where the rule has it so; a date that an apology promised stands, and a
    filing with several results goes on at the other agencies."""
    row, left = case.row, _reason_only(case)
    moves_on = row.due_at is None or row.due_at == row.promised_at or dossiers.parts_of(case.work.connection, row.id)
    if not moves_on and waits.stops_for_payment(case.received_day()):
        left |= {"due_at": None, "waits": waits.begun(row.waits, instant_text(case.work.now), waits.PAYMENT)}
    return left


def _paid(case: _Case) -> dict[str, Any]:
    left, last = _reason_only(case), (case.row.waits or [[None, True]])[-1]
    if last[1] is None:
        known = waits.ended(case.row.waits, instant_text(case.work.now))
        left |= {"waits": known, **_counted(case, known)}
    return left


def _accept(case: _Case) -> dict[str, Any]:
    """An online dossier is complete: the limit counts from now (art. 17.3)."""
    kept = case.row.limit_text or {}
    limit = Limit(kept.get("number"), Unit(kept["unit"]) if kept.get("unit") else None, kept.get("rule") or "")
    here = case.work.connection
    counted = deadline.count(case.work.now, limit, office.calendar(here), office.hour_rule(here))
    counted = _with_parts(case, case.work.now, counted)
    return {
        "received_at": case.work.now,
        "due_at": counted.due,
        "original_due_at": counted.due,
        "steps": [step.to_plain() for step in counted.steps],
    }


def _with_parts(case: _Case, at: datetime, first: deadline.Deadline) -> deadline.Deadline:
    """The date of the whole filing, and those of its parts, where it has several results."""
    here = case.work.connection
    found = parts.count_anew(here, case.row.id, at, first, office.calendar(here), office.hour_rule(here))
    if found is None:
        return first
    case.parts = {"from": found.before, "to": found.after}
    return found.whole


def _extend(case: _Case) -> dict[str, Any]:
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
    today = clock.local(case.work.now).date()
    moves.demand_reached(case.form.result.date, today)
    result = result_letters.as_made(case.work.connection, case.row.id, _of_parts(case))
    case.said["number"] = result.number
    kept = {
        "title": result.title or case.row.summary or case.row.procedure_name,
        "number": result.number or None,
        "date": result.date or today.isoformat(),
        "signer": result.signer or None,
    }
    signed = result_letters.kept_papers(case.work.connection, case.row.id, kept["number"] or "")
    kept["papers"] = _keep_result(case, kept)
    if signed:
        # Kept before, by an act of their own: they stay where finishing is taken back.
        kept["letters"] = signed
    # Where an earlier result lay and who was called for it says nothing of this one.
    before = {key: None for key in ("shelf", "calls", "delivered", "posting") if getattr(case.row, key) is not None}
    return {"finished_at": case.work.now, "result": kept, "holder": None, "taken_at": None, **before}


def _of_parts(case: _Case) -> moves.Result:
    """What came out; of a linked filing that is the first part's, and all of them have theirs."""
    done, result = parts.demand_finished(case.work.connection, case.row.id), case.form.result
    first = (done[0].result or {}) if done else {}
    if not first or result.number:
        return result

    def said(key: str, given: str) -> str:
        return given or first.get(key) or ""

    return replace(
        result,
        title=said("title", result.title),
        number=said("number", ""),
        date=said("date", result.date),
        signer=said("signer", result.signer),
    )


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
    """Over the counter, or by the way that it says; the originals that lie here go with the paper."""
    form, held = case.form, case.row.custody
    handed = handing.sent_to(form) if form.way else handing.taken_by(case.work, case.row.id, form)
    case.said |= {"name": handed["name"], "paper": handed["paper"]}
    left = {"handed_back_at": case.work.now, "handed_to": handed, **form.with_it}
    if held and form.way != "electronic":
        case.said["originals"] = held
        left["custody"] = None
    return left


def _answer_late(case: _Case) -> dict[str, Any]:
    case.said |= {"reason": case.form.reason}
    row = case.row
    return late_entry.answer(case.form.move, row.to_confirm, row.late_entry, case.form.reason)


def _recall(case: _Case) -> dict[str, Any]:
    until = moves.correct_by(case.work.now, office.calendar(case.work.connection))
    case.said |= {"reason": case.form.reason, "until": until.isoformat()}
    return {"finished_at": None, "reason": case.form.reason}


_DECIDES: Mapping[str, Callable[[_Case], dict[str, Any]]] = {
    Move.ACCEPT: _accept,
    Move.FORWARD: _forward,
    Move.SUPPLEMENT: _supplement,
    Move.COMPLETE: _complete,
    Move.ASK_PAYMENT: _ask_payment,
    Move.PAID: _paid,
    Move.FINISH: _finish,
    Move.HAND_BACK: _hand_back,
    Move.RECALL: _recall,
    EXTEND: _extend,
    **dict.fromkeys(hands.DECIDES, _changes_hands),
    CONFIRM_LATE: _answer_late,
    REFUSE_LATE: _answer_late,
}

# -- back


TAKEN_BACK = "Lấy lại kết quả đã ghi"
"""Why the papers of a result are off when the move that brought them is taken back. Reasons are kept as written."""


def _undo(work: Work, row: Any) -> Moved:
    """Take back the last move, as long as nothing was printed after it and the centre has not seen it.

    RuleBroken undo.nothing, undo.printed, undo.sent, undo.another (somebody else made it; a supervisor may),
    undo.delivered (the post has gone on with it), dossier.moved-meanwhile (another counter's move has overtaken it).
    """
    standing: list[Act] = []
    printed: set[str] = set()
    gone_on: set[str] = set()
    for act in acts.of_subject(work.connection, ("dossier", row.id)):
        if act.kind == ACTS[UNDO]:
            standing = [each for each in standing if each.act_id != act.body["said"]["undoes"]]
        elif _is_move(act):
            standing.append(act)
        elif act.kind == "paper.printed" and standing:
            printed.add(standing[-1].act_id)
        elif act.kind in GOES_ON and standing:
            gone_on.add(standing[-1].act_id)
    if not standing:
        raise RuleBroken("undo.nothing")
    last = standing[-1]
    if last.act_id in printed or delivery.list_printed(work.connection, last):
        raise RuleBroken("undo.printed")
    if last.act_id in gone_on:
        raise RuleBroken("undo.delivered")
    if last.seq is not None or last.kind not in ACTS.values():
        raise RuleBroken("undo.sent")
    if any(getattr(row, key) != value for key, value in _read(last.body["to"]).items()):
        raise _meanwhile(work, row, str(last.body["to"].get("state", row.state)))
    if last.actor != work.actor.id and not may(work.actor.role, Permission.DECIDE):
        raise RuleBroken("undo.another", by=office.clerk_name(work.connection, last.actor))
    dates = last.body.get("parts")
    back = {"from": dates["to"], "to": dates["from"]} if dates else None
    said = {"undoes": last.act_id, "was": last.body["move"]}
    done = _record(work, row, UNDO, _read(last.body["from"]), said, dates=back)
    for paper in (last.body["to"].get("result") or {}).get("papers") or ():
        paper_changes.drop_standing(work, DropForm(paper, TAKEN_BACK))
    return done
