"""Corrections of what was typed when a dossier was received: who asked, why, the old value and the new.

What was decided once (procedure, case, code, dates, money, certified copies) is not corrected here: a wrong procedure
is another dossier. Two clerks who correct different groups never meet; of the same group both values are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from onestop.rules.dossier import COMPONENT, EDIT_GROUPS, FIELD, FINAL, OF_COMPONENT, OPEN, PERSON, State, apply_edit
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import By, Status
from onestop.rules.text import clean

CITIZEN, OFFICE = "citizen", "office"
"""Who asked for it."""
LONGEST = 1000
"""Letters of any one text."""
DELIVERY = ("way", "name", "phone", "address")
COUNTS = ("originals", "certified", "copies")
MOST = 999
"""Papers of one component."""


@dataclass(frozen=True, slots=True)
class CorrectForm:
    """What is to be corrected of the dossier with this id or code; what is not named stays.

    `asked`: citizen or office, `name` who of them. `components`: key or part of a name -> what changes of it. `names`:
    roles (owner, submitter, con…) whose name is to be the one that is registered now. `seen`: group -> the value that
    whoever corrects had before the eyes.
    """

    dossier: str
    asked: str = ""
    name: str = ""
    reason: str = ""
    contact: Mapping[str, Any] = field(default_factory=dict)
    delivery: Mapping[str, Any] | None = None
    summary: str | None = None
    relation: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    components: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    seen: Mapping[str, Any] = field(default_factory=dict)


# ---- from a file --------------------------------------------------------------------------------------------------

_TEXTS = ("asked", "name", "reason", "summary", "relation")
_KEYS = (*_TEXTS, "contact", "delivery", "fields", "components", "names")
_OF_A_PAPER = ("by", "reason", *COUNTS)
"""What can be corrected of a component; whether it is valid was judged when it was received."""


def read_correction(dossier: str, plain: Any) -> CorrectForm:
    """The form of `motcua dossier correct CODE --file F.json`. RuleBroken form.*."""
    if not isinstance(plain, dict):
        raise RuleBroken("form.not-an-object")
    for key in plain:
        if key not in _KEYS:
            raise RuleBroken("form.unknown-key", key=key)
    names = plain.get("names") or []
    if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
        raise RuleBroken("form.wrong-type", field="names", key="names", wanted="texts", how="texts")
    said = {key: _text(plain, key) for key in _TEXTS}
    return CorrectForm(
        dossier,
        asked=said["asked"] or "",
        name=said["name"] or "",
        reason=said["reason"] or "",
        contact=_object(plain, "contact", ("phone", "email")),
        delivery=_object(plain, "delivery", DELIVERY) if plain.get("delivery") is not None else None,
        summary=said["summary"],
        relation=said["relation"],
        fields=_object(plain, "fields"),
        components=_papers(plain.get("components") or []),
        names=tuple(names),
    )


def _text(plain: Mapping[str, Any], key: str, where: str = "") -> str | None:
    value = plain.get(key)
    if value is not None and not isinstance(value, str):
        raise RuleBroken("form.wrong-type", field=f"{where}{key}", key=f"{where}{key}", wanted="text", how="text")
    return value


def _object(plain: Mapping[str, Any], key: str, known: tuple[str, ...] = ()) -> dict[str, Any]:
    value = plain.get(key) or {}
    if not isinstance(value, dict):
        raise RuleBroken("form.wrong-type", field=key, key=key, wanted="object", how="object")
    for name in value:
        if known and name not in known:
            raise RuleBroken("form.unknown-key", key=f"{key}.{name}")
        if known:
            _text(value, name, f"{key}.")
    return value


def _papers(plain: Any) -> dict[str, dict[str, Any]]:
    if not isinstance(plain, list) or not all(isinstance(each, dict) for each in plain):
        raise RuleBroken("form.wrong-type", field="components", key="components", wanted="object", how="object")
    found = {}
    for each in plain:
        name = _text(each, "name", "components.") or ""
        if not name.strip():
            raise RuleBroken("form.key-missing", field="components", key="components.name")
        for key in each:
            if key not in ("name", *_OF_A_PAPER):
                raise RuleBroken("form.unknown-key", key=f"components.{key}")
        found[name] = {key: each[key] for key in _OF_A_PAPER if key in each}
    return found


# ---- what may be corrected ----------------------------------------------------------------------------------------


def demand_said(form: CorrectForm) -> None:
    """RuleBroken correct.asked (by whom: the citizen or the office), correct.who, move.reason-missing, correct.long."""
    if form.asked not in (CITIZEN, OFFICE):
        raise RuleBroken("correct.asked", field="asked", known=[CITIZEN, OFFICE])
    if not clean(form.name):
        raise RuleBroken("correct.who", field="name")
    if not clean(form.reason):
        raise RuleBroken("move.reason-missing", field="reason")
    for name in ("name", "reason", "summary", "relation"):
        if len(getattr(form, name) or "") > LONGEST:
            raise RuleBroken("correct.long", field=name, most=LONGEST)


def demand_open(state: State, decides: bool) -> None:
    """RuleBroken correct.closed, and correct.finished where the result is there and no supervisor corrects."""
    if state in FINAL:
        raise RuleBroken("correct.closed", state=state.value)
    if state not in OPEN and not decides:
        raise RuleBroken("correct.finished", state=state.value)


def paper(now: Mapping[str, Any], wanted: Mapping[str, Any], name: str, needed: bool) -> dict[str, Any]:
    """A component with what changes of it. `needed`: it was asked for in paper.

    RuleBroken component.by, form.not-a-count, form.wrong-type, correct.paper-gone (what the dossier was received with
    cannot be corrected to nothing).
    """
    value = {key: now.get(key) for key in OF_COMPONENT}
    for key in COUNTS:
        if key in wanted:
            count = wanted[key]
            if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= MOST:
                raise RuleBroken(
                    "form.not-a-count", field=f"components.{name}", key=key, value=str(count), least=0, most=MOST
                )
            value[key] = count
    if "by" in wanted:
        if wanted["by"] not in [each.value for each in By if each is not By.REUSED or value["by"] == By.REUSED]:
            raise RuleBroken("component.by", name=name, by=str(wanted["by"]))
        value["by"] = wanted["by"]
    if "reason" in wanted:
        if wanted["reason"] is not None and not isinstance(wanted["reason"], str):
            raise RuleBroken("form.wrong-type", field="components", key="components.reason", wanted="text", how="text")
        value["reason"] = clean(wanted["reason"] or "") or None
    if needed and (value["by"] or By.SUBMITTED) == By.SUBMITTED and not any(value[key] for key in COUNTS):
        raise RuleBroken("correct.paper-gone", field=f"components.{name}", name=name)
    return value


# ---- what it makes ------------------------------------------------------------------------------------------------


def corrected(
    dossier: Mapping[str, Any], current: Mapping[str, Any], changes: Mapping[str, list[Any]]
) -> dict[str, Any]:
    """The dossier (with its `components` and `persons`) after a correction of its groups, now `current`.

    Stale where a group stands at neither the old value nor the new one.
    """
    groups = apply_edit(current, changes)
    after = dict(dossier)
    for group in changes:
        value = groups.get(group)
        if group in EDIT_GROUPS:
            names = EDIT_GROUPS[group]
            after.update({names[0]: value} if len(names) == 1 else dict(value or {}))
        elif group.startswith(COMPONENT):
            key = group.removeprefix(COMPONENT)
            after["components"] = [
                {**each, **value} if each["key"] == key and value else each for each in after["components"]
            ]
        elif group.startswith(PERSON):
            place = int(group.removeprefix(PERSON))
            after["persons"] = [
                {**each, "name": value} if each["position"] == place else each for each in after["persons"]
            ]
            if any(each["position"] == place and each["role"] == "owner" for each in after["persons"]):
                after["owner_name"] = value
    kept = {group.removeprefix(FIELD): value for group, value in groups.items() if group.startswith(FIELD)}
    if any(group.startswith(FIELD) for group in changes):
        after["fields"] = kept or None
    return after


# ---- what the centre asks -----------------------------------------------------------------------------------------


def demand_legal(body: Mapping[str, Any]) -> State:
    """The state in which a correction says that it found the dossier. RuleBroken correct.asked, correct.who,
    move.reason-missing, correct.closed, correct.group where no program of ours could have made it.

    KeyError, TypeError, ValueError where it is no correction at all.
    """
    demand_said(CorrectForm("", str(body["asked"]), str(body["name"]), str(body["reason"])))
    state = State(body["state"])
    demand_open(state, decides=True)
    groups = body["groups"]
    if not groups:
        raise RuleBroken("correct.nothing")
    for group, (_old, new) in groups.items():
        if not _fits(group, new):
            raise RuleBroken("correct.group", group=group)
    return state


def _fits(group: str, new: Any) -> bool:
    """Whether a group of this name can hold this value."""
    if group == "contact":
        return set(new) == {"phone", "email"} and all(each is None or isinstance(each, str) for each in new.values())
    if group == "delivery":
        return set(new) == set(DELIVERY) and all(each is None or isinstance(each, str) for each in new.values())
    if group in ("summary", "relation"):
        return new is None or isinstance(new, str)
    if group.startswith(FIELD):
        return len(group) > len(FIELD) and (new is None or isinstance(new, str | int | float | bool))
    if group.startswith(PERSON):
        return group.removeprefix(PERSON).isdigit() and isinstance(new, str) and bool(new)
    counts = [new[key] for key in COUNTS] if group.startswith(COMPONENT) and set(new) == set(OF_COMPONENT) else [-1]
    return (
        all(isinstance(each, int) and not isinstance(each, bool) and 0 <= each <= MOST for each in counts)
        and new["by"] in (None, *(each.value for each in By))
        and new["status"] in [each.value for each in Status]
    )
