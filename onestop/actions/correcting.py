"""What was typed of a dossier is corrected after its receipt, group by group, with who asked and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onestop.actions.receive import reachable
from onestop.queries import catalogue, corrections, dossiers, people
from onestop.queries.corrections import CORRECTED
from onestop.rules import citizen, intake
from onestop.rules import correcting as rules
from onestop.rules.correcting import CorrectForm
from onestop.rules.dossier import COMPONENT, FIELD, PERSON, State, edit, groups_of
from onestop.rules.errors import Remark, RuleBroken, Stale
from onestop.rules.intake import Delivery
from onestop.rules.roles import Permission, may
from onestop.rules.text import clean, fold
from onestop.store.acts import Act
from onestop.store.work import Kind, Row, Work, load

# ---- fold ---------------------------------------------------------------------------------------------------------


def fold_corrected(subject: Row | None, act: Act) -> Row:
    """Groups of the dossier change from old to new; one that stands at neither is a conflict."""
    if subject is None:
        raise Stale()
    return rules.corrected(subject, groups_of(subject), act.body["groups"])


KINDS = (Kind(CORRECTED, {"dossier": fold_corrected}),)

# ---- decide -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was corrected: group -> old and new value. `warnings`: what looks odd about the new ones."""

    id: str
    code: str
    groups: Mapping[str, list[Any]]
    act: str
    warnings: tuple[Remark, ...] = ()


def correct(work: Work, form: CorrectForm) -> Corrected:
    """Correct what was typed at the receipt; the old values stay in the act and in sight.

    RuleBroken: permission.missing, dossier.unknown, correct.closed, correct.finished, correct.meanwhile (another clerk
    has corrected the same: by, group, current, wanted), correct.nothing, and what the new values are refused for, with
    the field at fault.
    """
    work.demand(Permission.CORRECT)
    dossier_id = dossiers.find_id(work.connection, form.dossier) or form.dossier
    now = load(work.connection, "dossier", dossier_id, work.office_id)
    if now is None:
        raise RuleBroken("dossier.unknown", code=form.dossier)
    state = State(now["state"])
    rules.demand_open(state, may(work.actor.role, Permission.DECIDE))
    rules.demand_said(form)
    current = groups_of(now)
    wanted, warnings = _wanted(work, form, now, current)
    changes = edit({group: current.get(group) for group in wanted}, wanted)
    _demand_seen(work, form, dossier_id, current, changes)
    if not changes:
        raise RuleBroken("correct.nothing")
    body = {
        "groups": changes,
        "asked": form.asked,
        "name": clean(form.name),
        "reason": clean(form.reason),
        "state": state.value,
    }
    act = work.record(CORRECTED, [("dossier", dossier_id)], body)
    return Corrected(dossier_id, str(now["official_code"] or now["code"]), changes, act.act_id, tuple(warnings))


def _demand_seen(
    work: Work, form: CorrectForm, dossier_id: str, current: Mapping[str, Any], changes: Mapping[str, list[Any]]
) -> None:
    """Whoever looked at another value is told who has corrected it, and how, before his own goes over it."""
    for group, (_now, new) in changes.items():
        if group in form.seen and form.seen[group] != current.get(group):
            by = corrections.last_by(work.connection, dossier_id, group)
            raise RuleBroken("correct.meanwhile", group=group, by=by, current=current.get(group), wanted=new)


def _wanted(work: Work, form: CorrectForm, now: Row, current: Mapping[str, Any]) -> tuple[dict[str, Any], list[Remark]]:
    """group -> the value that it is to have, each as it would have been kept at the receipt."""
    wanted: dict[str, Any] = {}
    warnings: list[Remark] = []
    if form.contact:
        given = {**current["contact"], **form.contact}
        wanted["contact"], warnings = citizen.check_contact(given["phone"], given["email"])
    if form.delivery is not None:
        wanted["delivery"] = _delivery(form.delivery)
    if form.summary is not None:
        if not clean(form.summary):
            raise RuleBroken("correct.summary", field="summary")
        wanted["summary"] = clean(form.summary)
    if form.relation is not None:
        if not now["submitter_id"]:
            raise RuleBroken("correct.no-submitter", field="relation")
        wanted["relation"] = clean(form.relation) or None
    wanted |= _fields(work, form, now)
    for name, change in form.components.items():
        component = _component(now, name)
        needed = bool(component["required"]) and component["kind"] == "submit" and not component["extra"]
        wanted[COMPONENT + component["key"]] = rules.paper(component, change, component["name"], needed)
    for role in form.names:
        wanted |= _names(work, now, role)
    return wanted, warnings


def _delivery(given: Mapping[str, Any]) -> dict[str, Any]:
    delivery = Delivery(**{key: clean(str(given.get(key) or "")) for key in rules.DELIVERY if given.get(key)})
    intake.demand_delivery(delivery)
    kept: dict[str, Any] = {key: getattr(delivery, key) for key in rules.DELIVERY}
    if delivery.way == "post":
        kept["phone"] = reachable(delivery.phone)
    return kept


def _fields(work: Work, form: CorrectForm, now: Row) -> dict[str, Any]:
    """The fields of the procedure's own form, by the version that the dossier was received under."""
    if not form.fields:
        return {}
    procedure = catalogue.version(work.connection, now["procedure_version"])
    kept = dict(now["fields"] or {})
    known = {each.name: each for each in procedure.fields} if procedure is not None else {}
    wanted = {}
    for name, value in form.fields.items():
        if name not in known and name not in kept:
            raise RuleBroken("correct.field-unknown", field=f"fields.{name}", name=name, known=sorted({*known, *kept}))
        if value is not None and not isinstance(value, str | int | float | bool):
            raise RuleBroken("form.wrong-type", field=f"fields.{name}", key=f"fields.{name}", wanted="text", how="text")
        given = (clean(value) or None) if isinstance(value, str) else value
        if isinstance(given, str) and len(given) > rules.LONGEST:
            raise RuleBroken("correct.long", field=f"fields.{name}", most=rules.LONGEST)
        if given is None and name in known and known[name].required:
            raise RuleBroken("form.field-missing", field=f"fields.{name}", label=known[name].label)
        wanted[FIELD + name] = given
    return wanted


def _component(now: Row, name: str) -> dict[str, Any]:
    """The one component with this key or name, or whose name alone has these words in it. RuleBroken component.unknown,
    component.ambiguous."""
    given: list[dict[str, Any]] = now["components"]
    exact = [each for each in given if name in (each["key"], each["name"])]
    found = exact or [each for each in given if fold(name) in fold(each["name"])]
    if not found:
        raise RuleBroken("component.unknown", field="components", name=name, known=[each["name"] for each in given])
    if len(found) > 1:
        raise RuleBroken(
            "component.ambiguous", field="components", name=name, candidates=[each["name"] for each in found]
        )
    return found[0]


def _names(work: Work, now: Row, role: str) -> dict[str, Any]:
    """The name of everybody in this role, as registered now."""
    persons = [each for each in now["persons"] if each["role"] == role]
    if not persons:
        known = [each["role"] for each in now["persons"]]
        raise RuleBroken("correct.role-unknown", field="names", role=role, known=known)
    found = {}
    for each in persons:
        registered = people.person(work.connection, each["citizen_id"])
        if registered is not None:
            found[f"{PERSON}{each['position']}"] = registered.name
    return found


def corrected_again(work: Work, deed: Act) -> dict[str, Any]:
    """The body of a correction that another counter's had overtaken: from what stands now to what it wanted.

    RuleBroken dossier.unknown, correct.closed, correct.finished.
    """
    dossier_id = deed.subjects[0][1]
    now = load(work.connection, "dossier", dossier_id, work.office_id)
    if now is None:
        raise RuleBroken("dossier.unknown", code=dossier_id)
    rules.demand_open(State(now["state"]), may(work.actor.role, Permission.DECIDE))
    current = groups_of(now)
    groups = {group: [current.get(group), new] for group, (_old, new) in deed.body["groups"].items()}
    return {**deed.body, "groups": groups, "state": now["state"]}
