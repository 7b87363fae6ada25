"""Taking in a dossier: every rule decided once, at the counter, and written into one act."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import select, update

from onestop import clock
from onestop.actions import citizens, late_entry, linking, papers, parts
from onestop.actions.late_entry import Judged
from onestop.actions.linking import free_code
from onestop.actions.papers import Brought
from onestop.queries import dossiers, office, people
from onestop.queries.office import OfficeRow
from onestop.queries.reckoning import Reckoning, reckon
from onestop.rules import citizen, intake
from onestop.rules import papers as rules
from onestop.rules.dossier import OPEN, State
from onestop.rules.errors import Remark, RuleBroken, Stale
from onestop.rules.intake import Line, ReceiveForm, RegisterForm
from onestop.rules.moves import BEGUN, RECEIVED, REGISTERED
from onestop.rules.papers import component_key
from onestop.rules.procedure import Channel
from onestop.rules.roles import Permission
from onestop.store import numbers, schema
from onestop.store.acts import Act
from onestop.store.numbers import Given
from onestop.store.schema import instant_text, read_instant
from onestop.store.work import Kind, Row, Work

# ---- folds --------------------------------------------------------------------------------------------------------


def fold_received(subject: Row | None, act: Act) -> Row:
    """A dossier begins in state 2 (được tiếp nhận)."""
    late = act.body["dossier"].get("late_entry")
    return begun(subject, act, State.RECEIVED, read_instant(late["at"]) if late else act.at)


def fold_registered(subject: Row | None, act: Act) -> Row:
    """A dossier that came online begins in state 1 (mới đăng ký), under the code of where it was handed in; no limit
    runs before it is accepted, and what counts is when it was handed in."""
    code = act.body["dossier"]["external_code"]
    linked = {"position": 1, "kind": "external", "code": code, "backward": code[::-1]}
    row = begun(subject, act, State.NEW, read_instant(act.body["submitted_at"]))
    return {**row, "external_code": code, "codes": [linked]}


def begun(subject: Row | None, act: Act, state: State, at: datetime | None) -> Row:
    """A dossier as the act that brings it in says it, in `state`; its time counts from `at`."""
    if subject is not None:
        raise Stale(subject=subject["id"])
    given = act.body["dossier"]
    due = read_instant(given["due_at"]) if given["due_at"] else None
    late, official = given.get("late_entry"), given.get("official_code")
    return {
        **given,
        "id": act.subjects[0][1],
        "office_id": act.office_id,
        "state": state.value,
        "is_open": state in OPEN,
        "received_at": at,
        "received_by": late["by"] if late else act.actor,
        "due_at": due,
        "original_due_at": due,
        "official_code": official,
        "external_code": None,
        "supplements": 0,
        "finished_at": None,
        "handed_back_at": None,
        "components": given["components"],
        "persons": given["persons"],
        "codes": linking.linked((), "official", official) if official else [],
        "parts": [parts.begun(each) for each in given.get("parts") or ()],
    }


KINDS = (
    Kind(RECEIVED, {"dossier": fold_received, "reserved_sheet": late_entry.fold_used}),
    Kind(REGISTERED, {"dossier": fold_registered}),
)

# ---- decides ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Received:
    """A dossier that is safe on disk. `fee` parts are None where unknown. `again`: it had been received before.
    `official`: the code that goes with a temporary one at once, where it was entered from a sheet."""

    id: str
    code: str
    code_kind: str
    act: str
    due: datetime | None
    phi: int | None
    le_phi: int | None
    total: int | None
    state: str
    warnings: tuple[Remark, ...] = ()
    again: bool = False
    official: str = ""


def take_in(work: Work, form: ReceiveForm, files: Mapping[str, Brought] | None = None) -> Received:
    """Receive one dossier (NĐ 118/2025 art. 17): one code, one act, one return time; then an act for each paper.

    A draft that has been received gives the same dossier again, so a double press receives once. RuleBroken when
    something required is missing or a paper that is there is not fit; nothing is half done. `files`: what the names in
    `components[].files` stand for. The draft's pages go with it; those that no component took, into its tray.
    """
    work.demand(Permission.RECEIVE)
    form = intake.stored(form)
    if form.draft:
        earlier = _of_draft(work, form.draft)
        if earlier is not None:
            return earlier
    late = late_entry.judge(work, form.late_entry) if form.late_entry is not None else None
    reckoned = reckon(work.connection, work.office_id, form, late.at if late else work.now)
    procedure = reckoned.procedure
    if reckoned.missing:
        raise RuleBroken("component.missing", field="components", names=list(reckoned.missing))
    if reckoned.unchecked:
        raise RuleBroken("component.unchecked", field="components", names=list(reckoned.unchecked))
    if reckoned.deadline.asks:
        raise RuleBroken("limit.unit-unknown", field="limit_unit", rule=reckoned.limit.rule)
    if procedure.certify and not form.certify:
        raise RuleBroken("certify.empty", field="certify")
    intake.demand_fields(procedure, form.fields)
    return _bring_in(work, form, files or {}, reckoned, late=late)


def register(work: Work, wish: RegisterForm, files: Mapping[str, Brought] | None = None) -> Received:
    """Write down a dossier that came online (NĐ 118/2025 art. 15), to be answered within 8 working hours (art. 17.2).

    What it lacks is the answer's business, so nothing is demanded of its papers and fields; no limit runs yet.
    RuleBroken register.code-missing, register.when, register.ahead, dossier.external-code-taken, code.of-a-slip.
    """
    work.demand(Permission.RECEIVE)
    submitted = intake.submitted_at(wish.submitted_at, work.now)
    external = free_code(work.connection, intake.registered_code(wish.external_code))
    form = replace(intake.stored(wish.form), channel=Channel.ONLINE)
    if form.draft and (earlier := _of_draft(work, form.draft)) is not None:
        return earlier
    form = replace(form, source="dvcqg") if form.source == "counter" else form
    reckoned = reckon(work.connection, work.office_id, form, work.now)
    if reckoned.deadline.asks:
        raise RuleBroken("limit.unit-unknown", field="limit_unit", rule=reckoned.limit.rule)
    return _bring_in(work, form, files or {}, reckoned, online=(external, submitted))


def _bring_in(
    work: Work,
    form: ReceiveForm,
    files: Mapping[str, Brought],
    reckoned: Reckoning,
    late: Judged | None = None,
    online: tuple[str, datetime] | None = None,
) -> Received:
    """People, code, act and papers of a dossier that is received, or that came `online` (its code there, when it was
    handed in) and is still to be answered."""
    procedure, dated = reckoned.procedure, online is None
    intake.demand_delivery(form.delivery)
    if form.sets < 1:
        raise RuleBroken("form.not-a-count", field="sets", key="sets", value=str(form.sets), least=1, most=intake.MOST)
    contact, warnings = citizen.check_contact(form.phone, form.email)
    delivery: dict[str, Any] = {key: getattr(form.delivery, key) for key in ("way", "name", "phone", "address")}
    if delivery["way"] == "post":
        delivery["phone"] = reachable(form.delivery.phone)
    here = office.this_office(work.connection)
    assert here is not None
    brought = _papers(work, form, reckoned.lines, files, papers.limit(here.options))

    with citizens.said_of("owner"):
        owner = citizens.register(work, form.owner)
    warnings += _said_of(owner)
    persons = [("owner", owner)]
    if form.submitter is not None:
        with citizens.said_of("submitter"):
            submitter = citizens.register(work, form.submitter)
        if submitter.id != owner.id:
            persons.append(("submitter", submitter))
            warnings += _said_of(submitter)
    for party in form.parties:
        with citizens.said_of(party.role, "parties"):
            known = citizens.register(work, party.person, paper_needed=False)
        persons.append((party.role, known))
        warnings += _said_of(known)
    warnings += [*_open_already(work, owner.id, procedure.code), *(late.remarks if late is not None else ())]
    warnings += reckoned.remarks
    if procedure.asks_copies and form.result_copies < 1:
        warnings.append(Remark("copies.none"))

    competent = here.agencies.get(procedure.competent_agency, {}) if procedure.competent_agency else {}
    # A linked filing has the code of whoever receives it (art. 28), whoever decides on its parts.
    own = not procedure.competent_agency or bool(reckoned.parts)
    prefix = here.code if own else competent.get("code") or here.code
    given = Given(late.sheet, 0, True) if late else take_code(work, here, prefix, own)
    submitter_id = next((each.id for role, each in persons if role == "submitter"), None)
    due = reckoned.deadline.due if dated else None
    body: dict[str, Any] = {
        "code": given.code,
        "code_kind": "temporary" if given.temporary else "official",
        "prefix": prefix,
        "procedure_code": procedure.code,
        "procedure_version": reckoned.version_id,
        "procedure_name": procedure.short_name or procedure.name,
        "procedure_field": procedure.field,
        "case_key": reckoned.case_key,
        "case_name": reckoned.case_name,
        "channel": form.channel.value,
        "source": form.source,
        "assisted": form.assisted,
        "owner_id": owner.id,
        "owner_name": owner.values["name"],
        "submitter_id": submitter_id,
        "relation": form.relation if submitter_id else None,
        "phone": contact["phone"] or owner.values.get("phone"),
        "email": contact["email"] or owner.values.get("email"),
        "summary": form.summary or procedure.short_name or procedure.name,
        "fields": form.fields or None,
        "certify": [{"name": c.name, "pages": c.pages, "copies": c.copies} for c in form.certify] or None,
        "sets": form.sets,
        "result_copies": form.result_copies,
        "delivery": delivery,
        "receiving_agency": here.code,
        "competent_agency": prefix if own else competent.get("code") or procedure.competent_agency,
        "counter": work.actor.counter,
        "due_at": instant_text(due) if due else None,
        "limit_text": {
            "number": reckoned.limit.number,
            "unit": reckoned.limit.unit.value if reckoned.limit.unit else None,
            "rule": reckoned.limit.rule,
            "source": reckoned.limit_source,
        },
        "steps": [step.to_plain() for step in reckoned.deadline.steps] if dated else None,
        "fee_lines": [
            {
                "kind": line.kind.value,
                "name": line.name,
                "quantity": line.quantity,
                "unit_amount": line.unit_amount,
                "amount": line.amount,
                "note": line.note,
            }
            for line in reckoned.fee.lines
        ],
        "phi": reckoned.fee.phi,
        "le_phi": reckoned.fee.le_phi,
        "fee_total": reckoned.fee.total,
        "exemption": form.exemption,
        "remarks": [{"code": each.code, "details": each.details} for each in warnings] or None,
        "note": form.note or None,
        "components": _components(reckoned.lines),
        "persons": [
            {"position": place, "role": role, "citizen_id": each.id, "name": each.values["name"]}
            for place, (role, each) in enumerate(persons)
        ],
    }
    if late is not None:
        # On paper it bears the sheet's code; among ours that of its own day goes with it at once.
        official = take_code(work, here, prefix, own, clock.local(late.at).date()).code if own else None
        body |= {**late.values(work), "official_code": official}
    if reckoned.parts:
        body["parts"] = parts.plain(here, reckoned.parts, body["competent_agency"], dated=dated)
    dossier_id = clock.new_id()
    mentioned = dict.fromkeys(("citizen", each.id) for _, each in persons)
    sheets = [("reserved_sheet", late.sheet)] if late is not None else []
    subjects, told = [("dossier", dossier_id), *mentioned, *sheets], {"dossier": body}
    if online is None:
        act = work.record(RECEIVED, subjects, told)
    else:
        body["external_code"] = online[0]
        act = work.record(REGISTERED, subjects, {**told, "submitted_at": instant_text(online[1])})
    _keep_papers(work, brought, dossier_id, owner.id, body["components"])
    if form.draft:
        work.connection.execute(
            update(schema.draft)
            .where(schema.draft.c.id == form.draft)
            .values(state="received", dossier_id=dossier_id, saved_at=work.now)
        )
        work.touch("draft", form.draft)
    return Received(
        dossier_id,
        given.code,
        body["code_kind"],
        act.act_id,
        due,
        reckoned.fee.phi,
        reckoned.fee.le_phi,
        reckoned.fee.total,
        (State.RECEIVED if dated else State.NEW).value,
        tuple(warnings),
        official=body.get("official_code") or "",
    )


def reachable(phone: str) -> str | None:
    """The phone of whom the post brings the result to, as it is kept. RuleBroken person.phone."""
    try:
        return citizen.check_phone(phone)[0]
    except RuleBroken as broken:
        raise RuleBroken(broken.code, **{**broken.details, "field": "delivery.phone"}) from broken


def take_code(work: Work, here: OfficeRow, prefix: str, own: bool, day: date | None = None) -> Given:
    """The next free code of `day`, else of today. `own` False: of an agency whose numbers are not ours to give, so a
    temporary one."""
    day = day or clock.local(work.now).date()
    name = numbers.name_of(prefix, own, day)
    take = partial(
        numbers.allocate,
        work.connection,
        work.here,
        prefix,
        day,
        own=own,
        width=int(here.options.get("code_width", 4)),
        style=str(here.options.get("code_style", "yymmdd")),
        floor=work.number_floor(name),
    )
    given = take()
    while dossiers.holder(work.connection, given.code) is not None:
        # Another system gave this very code, and it was linked to a dossier before our turn came to give it.
        given = take()
    work.given[name] = given.order
    return given


def _components(lines: tuple[Line, ...]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for line in lines:
        given, asked = line.given, line.asked
        if given is None:
            continue
        rows.append(
            {
                "position": len(rows) + 1,
                "key": asked.key if asked else f"khac-{len(rows) + 1}",
                "name": line.name,
                "kind": asked.kind if asked else "submit",
                "required": bool(asked and asked.required),
                "choice": (asked.group if asked else "") or None,
                "by": str(given.by),
                "status": str(given.status),
                "reason": given.reason or None,
                "originals": given.originals,
                "certified": given.certified,
                "copies": given.copies,
                "extra": asked is None,
                "scan_later": given.scan_later,
                "large": given.large,
            }
        )
    return rows


@dataclass(frozen=True, slots=True)
class _Papers:
    """What comes in with the dossier. `at`: name of the component → files, pages on their way, a paper of the shelf."""

    at: dict[str, tuple[list[Brought], list[Any], str]]
    unsorted: list[Any]


def _papers(
    work: Work, form: ReceiveForm, lines: tuple[Line, ...], files: Mapping[str, Brought], most_bytes: int | None
) -> _Papers:
    """The papers that are there, when each may come in. RuleBroken paper.not-fit names the others."""
    rows = papers.pages_for(work, draft=form.draft) if form.draft else []
    found: dict[str, tuple[list[Brought], list[Any], str]] = {}
    taken: set[str] = set()
    for line in lines:
        if line.given is None:
            continue
        key = component_key(line.asked.key if line.asked else "", line.name)
        pages = [row for row in rows if row.component == key]
        taken |= {row.id for row in pages}
        given = line.given
        brought = [_brought(name, files) for name in given.files]
        if brought or pages or given.reused:
            found[line.name] = (brought, pages, given.reused)
    rules.demand_fit(
        rules.gate(
            {
                name: [each.facts for each in brought] + [papers.facts_of(row) for row in pages]
                for name, (brought, pages, _reused) in found.items()
            },
            most_bytes,
        )
    )
    return _Papers(found, [row for row in rows if row.id not in taken])


def _brought(name: str, files: Mapping[str, Brought]) -> Brought:
    if name not in files:
        raise RuleBroken("file.missing", field="components", file=re.split(r"[/\\]", name)[-1])
    return files[name]


def _keep_papers(
    work: Work, brought: _Papers, dossier_id: str, owner_id: str, components: list[dict[str, Any]]
) -> None:
    keys = {each["name"]: each["key"] for each in components}
    for name, (files, pages, reused) in brought.at.items():
        place = papers.Place(dossier_id, keys[name], owner_id, name)
        papers.keep_brought(work, place, files)
        papers.keep_pages(work, place, pages)
        if reused:
            papers.reuse(work, place, reused)
    papers.to_tray(work, brought.unsorted, dossier_id)


def _said_of(known: citizens.Registered) -> list[Remark]:
    """What contradicts in a person's particulars; a number that here is another name's is said first."""
    named = [each for each in known.differences if each.field == "name"]
    other = [Remark("person.other-name", {"given": each.offered, "name": known.values["name"]}) for each in named]
    return [*other, *known.warnings]


def _open_already(work: Work, owner_id: str, procedure_code: str) -> list[Remark]:
    same = people.same_ids(work.connection, owner_id)
    return [
        Remark(
            "dossier.open-already",
            {
                "code": each.code,
                "due": clock.local(each.due_at).isoformat(timespec="minutes") if each.due_at else None,
            },
        )
        for each in people.dossiers_of(work.connection, same, procedure=procedure_code)
        if each.role == "owner" and each.state in OPEN
    ]


def _of_draft(work: Work, draft_id: str) -> Received | None:
    draft = work.connection.execute(select(schema.draft).where(schema.draft.c.id == draft_id)).one_or_none()
    if draft is None:
        raise RuleBroken("draft.unknown", draft=draft_id)
    if draft.state != "received":
        return None
    found = work.connection.execute(select(schema.dossier).where(schema.dossier.c.id == draft.dossier_id)).one()
    act = work.connection.execute(
        select(schema.act_subject.c.act_id)
        .join(schema.act, schema.act.c.act_id == schema.act_subject.c.act_id)
        .where(
            schema.act_subject.c.table_name == "dossier",
            schema.act_subject.c.subject_id == found.id,
            schema.act.c.kind.in_(BEGUN),
        )
    ).scalar_one()
    return Received(
        found.id,
        found.code,
        found.code_kind,
        act,
        found.due_at,
        found.phi,
        found.le_phi,
        found.fee_total,
        found.state,
        again=True,
        official=found.official_code or "",
    )
