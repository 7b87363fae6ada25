"""Before acceptance: what is missing is asked for once (Mẫu 02), or the dossier refused (Mẫu 03). No dossier code."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import insert, select, update

from onestop import clock
from onestop.actions import books, citizens
from onestop.queries import catalogue, office
from onestop.rules import citizen, completion, slips
from onestop.rules import intake as rules
from onestop.rules.errors import RuleBroken, Stale
from onestop.rules.intake import ReceiveForm, ToBring
from onestop.rules.roles import Permission
from onestop.store import schema
from onestop.store.acts import Act
from onestop.store.work import Kind, Row, Work


def fold_made(subject: Row | None, act: Act) -> Row:
    """A request for completion, or a refusal, before acceptance. The first ones had no short code and no table."""
    if subject is not None:
        raise Stale(subject=subject["id"])
    return {
        "code": None,
        "missing": [],
        "until": None,
        **act.body["intake"],
        "id": act.subjects[0][1],
        "office_id": act.office_id,
        "dossier_id": None,
        "made_at": act.at,
        "made_by": act.actor,
    }


KINDS = (Kind("intake.made", {"intake": fold_made}),)


@dataclass(frozen=True, slots=True)
class IntakeForm:
    """What was brought, and why it is not received. `kind`: supplement or refusal.

    `items`: what to complete in the clerk's words, each a line. A supplement also has whatever is missing by the
    checklist; but where there are words and the form says nothing of any paper, nobody has gone through the checklist,
    and the words stand alone.
    """

    kind: str
    form: ReceiveForm
    items: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class IntakeMade:
    """The paper to print is for the intake `id`; `code` stands on it and finds it again; `draft` is kept for when the
    person comes back. `items`: all that is asked for, `until` when."""

    id: str
    code: str
    number: int
    draft: str | None
    items: tuple[str, ...]
    until: date | None = None


def make(work: Work, wish: IntakeForm) -> IntakeMade:
    """Record a request for completion (its draft is kept, the slip's code reopens it) or a refusal (NĐ 118/2025
    art. 17.1).

    RuleBroken: intake.nothing-missing, intake.reason-missing, and those of registering the person.
    """
    work.demand(Permission.RECEIVE)
    if wish.kind not in ("supplement", "refusal"):
        raise RuleBroken("intake.kind", kind=wish.kind)
    form = rules.stored(wish.form)
    day = clock.local(work.now).date()
    found = catalogue.effective(work.connection, work.office_id, form.procedure, day)
    if found is None:
        raise RuleBroken("procedure.unknown", field="procedure", code=form.procedure)
    procedure = found.procedure
    try:
        case = procedure.case(form.case)
    except KeyError as error:
        raise RuleBroken("procedure.case-unknown", field="case", value=form.case) from error
    items = tuple(item.strip() for item in wish.items if item.strip())
    missing: tuple[ToBring, ...] = ()
    until = None
    if wish.kind == "supplement":
        if form.components or form.complete or not items:
            missing = rules.to_bring(rules.lines(case, form.components, form.complete))
        if not items and not missing:
            raise RuleBroken("intake.nothing-missing")
        until = _until(work)
    if wish.kind == "refusal" and not wish.reason.strip():
        raise RuleBroken("intake.reason-missing", field="reason")
    contact, _remarks = citizen.check_contact(form.phone, form.email)
    with citizens.said_of("owner"):
        owner = citizens.register(work, form.owner)
    intake_id, code = _name(work)
    draft_id = form.draft
    if wish.kind == "supplement":
        draft_id = _keep_draft(work, form, f"{owner.values['name']} – {procedure.short_name or procedure.name}")
    elif draft_id:
        work.connection.execute(
            update(schema.draft).where(schema.draft.c.id == draft_id).values(state="dropped", saved_at=work.now)
        )
        work.touch("draft", draft_id)
    number = books.next_number(work, wish.kind, day.year)
    work.record(
        "intake.made",
        [("intake", intake_id), ("citizen", owner.id)],
        {
            "intake": {
                "kind": wish.kind,
                "number": number,
                "code": code,
                "procedure_code": procedure.code,
                "procedure_name": procedure.short_name or procedure.name,
                "case_key": case.key,
                "owner_id": owner.id,
                "person_name": owner.values["name"],
                "address": owner.values.get("address"),
                "phone": contact["phone"] or owner.values.get("phone"),
                "email": contact["email"] or owner.values.get("email"),
                "summary": form.summary or procedure.short_name or procedure.name,
                "items": list(items),
                "missing": [asdict(each) for each in missing],
                "until": until.isoformat() if until else None,
                "reason": wish.reason.strip() or None,
                "draft_id": draft_id,
            }
        },
    )
    return IntakeMade(intake_id, code, number, draft_id, (*(each.words for each in missing), *items), until)


def _until(work: Work) -> date | None:
    """The last day to come back, where the office's setting wants one on the slip: before acceptance no law sets it."""
    here = office.this_office(work.connection)
    if here is None or not here.options.get("supplement_until"):
        return None
    return completion.last_day(work.now, office.calendar(work.connection))


def _name(work: Work) -> tuple[str, str]:
    """An id, and the short code that follows from it, which no slip known here has."""
    while True:
        intake_id = clock.new_id()
        code = slips.compose(work.here.counter, intake_id)
        if work.connection.execute(select(schema.intake.c.id).where(schema.intake.c.code == code)).first() is None:
            return intake_id, code


def _keep_draft(work: Work, form: ReceiveForm, title: str) -> str:
    values = {
        "title": title,
        "form": rules.write_form(form),
        "state": "waiting",
        "clerk_id": work.actor.id,
        "saved_at": work.now,
    }
    draft_id = form.draft or clock.new_id()
    changed = work.connection.execute(
        update(schema.draft).where(schema.draft.c.id == draft_id).values(**values)
    ).rowcount
    if not changed:
        work.connection.execute(
            insert(schema.draft), {"id": draft_id, "office_id": work.office_id, "dossier_id": None, **values}
        )
    work.touch("draft", draft_id)
    return draft_id
