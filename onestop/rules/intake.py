"""The receive form and what it still needs: a state machine of the counter with no widgets in it.

The form is what `motcua dossier receive` reads and what the screen gathers; the names are those of the contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from onestop.clock import VIETNAM, local
from onestop.rules.errors import RuleBroken
from onestop.rules.late_entry import LateEntry
from onestop.rules.procedure import Case, Channel, Component, Procedure, Unit
from onestop.rules.text import fold, storable


@dataclass(frozen=True, slots=True)
class PersonForm:
    """A person or organisation as entered. `id` or a known `identity_number` alone points at one already registered.

    `kind`: person, organisation, household-business. `date_of_birth`: YYYY, YYYY-MM or YYYY-MM-DD. `sex`: Nam, Nữ.
    A paper is `identity_number` (12 digits), `cmnd` (9), `passport` with `nationality`, `birth_certificate`, or
    none with `no_paper_reason`. An organisation has `tax_code` and `representative`.
    """

    id: str | None = None
    kind: str = "person"
    name: str = ""
    date_of_birth: str | None = None
    sex: str | None = None
    identity_number: str | None = None
    cmnd: str | None = None
    passport: str | None = None
    nationality: str | None = None
    birth_certificate: str | None = None
    no_paper_reason: str | None = None
    tax_code: str | None = None
    representative: PersonForm | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    unit_code: str | None = None
    old_district: str | None = None
    issued_on: str | None = None
    from_card: bool = False
    not_same: tuple[str, ...] = ()
    """Ids of registered people of whom the clerk has said that this one is not they."""


@dataclass(frozen=True, slots=True)
class PartyForm:
    """A person in a role of the dossier: con, cha, me, ben-nam, ben-nu, nguoi-chet, …"""

    role: str
    person: PersonForm


@dataclass(frozen=True, slots=True)
class ComponentForm:
    """One paper as handed in. `by`: submitted, shown, database, vneid, reused. `status`: ok, bad, unchecked.

    `name` is the catalogue's name, key, or any part of a name that fits one component alone; a name that fits none
    and has `extra` is a further paper.
    """

    name: str
    by: str = "submitted"
    originals: int = 0
    certified: int = 0
    copies: int = 0
    status: str = "ok"
    reason: str = ""
    extra: bool = False
    scan_later: bool = False
    large: bool = False
    files: tuple[str, ...] = ()
    reused: str = ""
    """With `reused`: the paper of the citizen's own shelf (its id) that does for it."""


@dataclass(frozen=True, slots=True)
class CertifyForm:
    """One line of the grid of a certified-copies dossier."""

    name: str
    pages: int
    copies: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the result comes back. `way`: counter, post (name, phone, address of the receiver), electronic."""

    way: str = "counter"
    name: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ReceiveForm:
    """A dossier about to be received."""

    procedure: str
    owner: PersonForm
    case: str | None = None
    channel: Channel = Channel.DIRECT
    source: str = "counter"
    assisted: bool = False
    submitter: PersonForm | None = None
    relation: str | None = None
    parties: tuple[PartyForm, ...] = ()
    phone: str | None = None
    email: str | None = None
    summary: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    components: tuple[ComponentForm, ...] = ()
    certify: tuple[CertifyForm, ...] = ()
    complete: bool = False
    sets: int = 1
    result_copies: int = 0
    exemption: str | None = None
    delivery: Delivery = Delivery()
    limit_number: int | None = None
    limit_unit: str | None = None
    """The clerk's answer where the catalogue has no unit (nothing is guessed)."""
    draft: str | None = None
    note: str = ""
    linked: tuple[str, ...] = ()
    """Of a linked filing the keys of the results that are wanted, or of the group for the usual ones (`linked.py`)."""
    late_entry: LateEntry | None = None
    """Nhập bù: it was received on a pre-printed sheet, and is entered now."""


@dataclass(frozen=True, slots=True)
class RegisterForm:
    """A dossier that came online, to be written down before it is answered: what is known of it, its code where it was
    handed in, and when that was (ISO, on the Vietnamese clock where no zone is said)."""

    form: ReceiveForm
    external_code: str
    submitted_at: str


def submitted_at(said: str, now: datetime) -> datetime:
    """When a dossier was handed in. RuleBroken register.when, register.ahead."""
    try:
        at = datetime.fromisoformat(said.strip())
    except ValueError as error:
        raise RuleBroken("register.when", field="submitted_at", value=said.strip()[:40]) from error
    if len(said.strip()) <= len("2026-11-23"):
        raise RuleBroken("register.when", field="submitted_at", value=said.strip())
    at = at.replace(tzinfo=VIETNAM) if at.tzinfo is None else at
    if at > now:
        raise RuleBroken("register.ahead", field="submitted_at", at=local(at).isoformat(timespec="minutes"))
    return at


def registered_code(said: str) -> str:
    """The code that it has where it was handed in. RuleBroken register.code-missing."""
    if not said.strip():
        raise RuleBroken("register.code-missing", field="external_code")
    return said


# ---- what is there and what is missing ----------------------------------------------------------------------------


class By(StrEnum):
    """How a component is satisfied: handed in, shown and handed back, read from the population database, shown in
    VNeID, or reused from the citizen's own shelf (NĐ 118/2025 art. 17.1)."""

    SUBMITTED = "submitted"
    SHOWN = "shown"
    DATABASE = "database"
    VNEID = "vneid"
    REUSED = "reused"


class Status(StrEnum):
    """Hợp lệ, chưa hợp lệ, chưa kiểm tra."""

    OK = "ok"
    BAD = "bad"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Line:
    """A component of the case beside what was handed in for it. `asked` is None for a further paper."""

    asked: Component | None
    given: ComponentForm | None

    @property
    def name(self) -> str:
        """The name on paper."""
        return self.asked.name if self.asked else (self.given.name if self.given else "")

    @property
    def satisfied(self) -> bool:
        """Whether what was given does for what was asked and somebody has found it valid: a dossier is received
        complete and valid (NĐ 118/2025 art. 17.3). Whether a file is scanned never matters here."""
        return self.there and self.given is not None and self.given.status == Status.OK

    @property
    def there(self) -> bool:
        """Whether what was given would do for what was asked; nobody may have checked it yet."""
        given = self.given
        if given is None or given.status == Status.BAD:
            return False
        if given.by != By.SUBMITTED:
            return True
        asked = self.asked
        nothing_counted = asked is None or asked.originals + asked.certified + asked.copies == 0
        return nothing_counted or given.originals + given.certified + given.copies > 0


def find_component(case: Case, name: str) -> Component | None:
    """The component with this key or name, or the only one whose name contains it (accents and case aside).

    RuleBroken("component.ambiguous") when several would do; None when there is none.
    """
    for component in case.components:
        if name in (component.key, component.name):
            return component
    wanted = fold(name)
    if not wanted:
        return None
    same = [each for each in case.components if fold(each.name) == wanted]
    if len(same) == 1:
        return same[0]
    fitting = [each for each in case.components if wanted in fold(each.name)]
    if len(fitting) > 1:
        raise RuleBroken("component.ambiguous", name=name, candidates=[each.name for each in fitting])
    return fitting[0] if fitting else None


def as_asked(component: Component) -> ComponentForm:
    """The component handed in just as the catalogue asks for it."""
    return ComponentForm(
        name=component.key,
        by=By.SHOWN if component.kind == "show" else By.SUBMITTED,
        originals=component.originals,
        certified=component.certified,
        copies=component.copies,
    )


def lines(case: Case, given: Sequence[ComponentForm], complete: bool = False) -> tuple[Line, ...]:
    """Every component of the case in the catalogue's order, then further papers. `complete`: every required
    component that is not listed is there as asked (of a "one of these" group, its first).

    RuleBroken: component.unknown, component.ambiguous, component.twice, component.by, component.count.
    """
    at: dict[str, ComponentForm] = {}
    extra: list[ComponentForm] = []
    for form in given:
        if form.by not in set(By):
            raise RuleBroken("component.by", name=form.name, by=form.by)
        if min(form.originals, form.certified, form.copies) < 0:
            raise RuleBroken("component.count", name=form.name)
        if form.status not in set(Status):
            raise RuleBroken("component.status", name=form.name, status=form.status)
        found = None if form.extra else find_component(case, form.name)
        if found is None:
            if not form.extra:
                raise RuleBroken("component.unknown", name=form.name, known=[each.name for each in case.components])
            extra.append(form)
        elif found.key in at:
            raise RuleBroken("component.twice", name=found.name)
        else:
            at[found.key] = form
    if complete:
        groups = {each.group for each in case.components if each.group and each.key in at}
        for component in case.components:
            if component.required and component.key not in at and component.group not in groups - {""}:
                at[component.key] = as_asked(component)
                groups.add(component.group)
    known = [Line(component, at.get(component.key)) for component in case.components]
    return tuple(known + [Line(None, form) for form in extra])


def missing(checklist: Sequence[Line]) -> tuple[Component, ...]:
    """The required components that nothing satisfies; of a "one of these" group the one that is there and unchecked,
    else the first, stands for all."""
    satisfied = {line.asked.group for line in checklist if line.asked and line.asked.group and line.satisfied}
    stands: dict[str, Component] = {}
    for line in sorted(checklist, key=lambda line: not line.there):
        if line.asked is not None and line.asked.group and line.asked.required:
            stands.setdefault(line.asked.group, line.asked)
    return tuple(
        line.asked
        for line in checklist
        if line.asked is not None
        and line.asked.required
        and not line.satisfied
        and (not line.asked.group or (line.asked.group not in satisfied and line.asked == stands[line.asked.group]))
    )


def unchecked(checklist: Sequence[Line]) -> tuple[Component, ...]:
    """Those of `missing` that are there: only that nobody has said yet whether they are valid."""
    there = {line.asked.key for line in checklist if line.asked is not None and line.there}
    return tuple(each for each in missing(checklist) if each.key in there)


@dataclass(frozen=True, slots=True)
class ToBring:
    """A paper that a citizen is asked to bring: its counts as the catalogue has them, what was wrong with the one that
    he brought (`reason`). Of a "one of these" group: for whom it is (`when`), and which `others` would do as well."""

    name: str
    kind: str = "submit"
    originals: int = 0
    certified: int = 0
    copies: int = 0
    reason: str = ""
    when: str = ""
    others: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The paper and what was wrong with it, on one line."""
        return f"{self.name}: {self.reason}" if self.reason else self.name


def to_bring(checklist: Sequence[Line]) -> tuple[ToBring, ...]:
    """Every paper that is missing, and every one that is there and not valid, once each, in the checklist's order; one
    that was brought and is only unchecked is not asked for again. Of a "one of these" group: the one that was brought,
    else the first; nothing where another of them does."""
    waiting = unchecked(checklist)
    lacking = [each for each in missing(checklist) if each not in waiting]
    of_group = {each.group: each.key for each in lacking if each.group}
    for line in reversed(checklist):
        if line.asked and line.asked.group in of_group and _reason(line):
            of_group[line.asked.group] = line.asked.key
    keys = {each.key for each in lacking if not each.group} | set(of_group.values())
    out = []
    for line in checklist:
        asked, given, reason = line.asked, line.given, _reason(line)
        if asked is not None and (asked.key in keys or (reason and not asked.group)):
            counts = (asked.originals, asked.certified, asked.copies)
            others = _others(checklist, asked)
            out.append(ToBring(asked.name, asked.kind, *counts, reason, asked.when if others else "", others))
        elif asked is None and given is not None and reason:
            out.append(ToBring(given.name, "submit", given.originals, given.certified, given.copies, reason))
    return tuple(out)


def _others(checklist: Sequence[Line], asked: Component) -> tuple[str, ...]:
    """The papers that would do in the place of `asked`, and for whom."""
    group = [line.asked for line in checklist if line.asked and asked.group and line.asked.group == asked.group]
    return tuple(f"{each.name} ({each.when})" if each.when else each.name for each in group if each.key != asked.key)


def _reason(line: Line) -> str:
    """What is wrong with the paper that was brought; "" where none was, or nothing was said."""
    return line.given.reason if line.given is not None and line.given.status == Status.BAD else ""


def demand_fields(procedure: Procedure, values: dict[str, Any]) -> None:
    """RuleBroken("form.field-missing") unless every required field of the procedure's form has a value."""
    for each in procedure.fields:
        if each.required and values.get(each.name) in (None, ""):
            raise RuleBroken("form.field-missing", field=f"fields.{each.name}", label=each.label)


def demand_delivery(delivery: Delivery) -> None:
    """RuleBroken unless the way is known and a result sent by post has a receiver, a phone and an address."""
    if delivery.way not in ("counter", "post", "electronic"):
        raise RuleBroken("delivery.unknown", field="delivery.way", way=delivery.way)
    if delivery.way == "post":
        for key in ("name", "phone", "address"):
            if not getattr(delivery, key).strip():
                raise RuleBroken("delivery.post-incomplete", field=f"delivery.{key}")


class Need(StrEnum):
    """What the receive screen goes to next."""

    PERSON = "person"
    OWNER = "owner"
    PROCEDURE = "procedure"
    CASE = "case"
    PARTY = "party"
    COMPONENT = "component"
    CHECK = "check"
    """A paper that is there, and nobody has said whether it is valid."""
    FIELD = "field"
    CERTIFY = "certify"
    LIMIT = "limit"
    COPIES = "copies"
    """How many copies, where the request is for copies."""
    DELIVERY = "delivery"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Needed:
    """The next thing that is still needed, and which one of its kind (component key, field name, role)."""

    need: Need
    which: str = ""


def needs(
    form: ReceiveForm | None, procedure: Procedure | None, person: bool, owner: bool, limit_known: bool
) -> tuple[Needed, ...]:
    """Everything still needed before "Tiếp nhận", in the order of the work. Empty = it may be received."""
    out: list[Needed] = []
    if not person:
        out.append(Needed(Need.PERSON))
    if not owner:
        out.append(Needed(Need.OWNER))
    if procedure is None or form is None:
        return (*out, Needed(Need.PROCEDURE))
    try:
        case = procedure.case(form.case)
    except KeyError:
        return (*out, Needed(Need.CASE))
    there = {party.role for party in form.parties}
    out += [Needed(Need.PARTY, role) for role in procedure.parties if role not in there]
    checklist = lines(case, form.components, form.complete)
    waiting = unchecked(checklist)
    out += [Needed(Need.CHECK if each in waiting else Need.COMPONENT, each.key) for each in missing(checklist)]
    if procedure.certify and not form.certify:
        out.append(Needed(Need.CERTIFY))
    out += [
        Needed(Need.FIELD, each.name)
        for each in procedure.fields
        if each.required and form.fields.get(each.name) in (None, "")
    ]
    if not limit_known and form.limit_unit is None:
        out.append(Needed(Need.LIMIT))
    if procedure.asks_copies and form.result_copies < 1:
        out.append(Needed(Need.COPIES))
    try:
        demand_delivery(form.delivery)
    except RuleBroken as broken:
        out.append(Needed(Need.DELIVERY, str(broken.details.get("field", ""))))
    return tuple(out)


NOT_A_PARTY = ("owner", "submitter")
"""Roles that have a place of their own in the form."""


DEEPEST = 20
"""Lists within lists in a form; deeper is no form of ours."""


def stored(entered: Any, depth: int = 0) -> Any:
    """A form, or JSON values, as they may be stored: every text NFC and without control characters (tab and new line
    stay), a lone surrogate as U+FFFD. The names of files are left as the disk has them. RuleBroken form.too-deep."""
    if depth > DEEPEST:
        raise RuleBroken("form.too-deep", most=DEEPEST)
    if isinstance(entered, StrEnum):
        return entered
    if isinstance(entered, str):
        return storable(entered)
    if isinstance(entered, list | tuple):
        return type(entered)(stored(each, depth + 1) for each in entered)
    if isinstance(entered, dict):
        return {
            stored(key, depth): value if key == "files" else stored(value, depth + 1) for key, value in entered.items()
        }
    if hasattr(entered, "__dataclass_fields__"):
        values = {name: getattr(entered, name) for name in entered.__dataclass_fields__ if name != "files"}
        return replace(entered, **{name: stored(value, depth + 1) for name, value in values.items()})
    return entered


# ---- the form as plain values: the file of `dossier receive`, and a draft ------------------------------------------


def role_key(role: str) -> str:
    """ "Bên nữ" and "mẹ" as the keys that the catalogue has for them: ben-nu, me."""
    return "-".join(fold(role).split())


def read_form(plain: Any) -> ReceiveForm:
    """The form in the JSON of `dossier receive` or of a draft. RuleBroken("form.…") names what is wrong."""
    if not isinstance(plain, dict):
        raise RuleBroken("form.not-an-object")
    plain = stored(plain)
    known = set(ReceiveForm.__dataclass_fields__) | {"contact"}
    for key in plain:
        if key not in known:
            raise RuleBroken("form.unknown-key", key=key)
    if not plain.get("procedure"):
        raise RuleBroken("form.key-missing", field="procedure", key="procedure")
    if not isinstance(plain.get("owner"), dict):
        raise RuleBroken("form.key-missing", field="owner", key="owner")
    contact = plain.get("contact") or {}
    if not isinstance(contact, dict):
        raise _wrong("contact", "object")
    _known(contact, ("phone", "email"), "contact")
    try:
        channel = Channel(plain.get("channel") or "direct")
    except ValueError as error:
        raise RuleBroken("form.channel", field="channel", channel=plain.get("channel")) from error
    values: dict[str, Any] = {}
    for key in ("case", "source", "relation", "summary", "exemption", "limit_unit", "draft", "note"):
        if plain.get(key) is not None:
            if not isinstance(plain[key], str):
                raise _wrong(key, "text")
            values[key] = plain[key]
    if values.get("limit_unit") and values["limit_unit"] not in set(Unit):
        raise RuleBroken("form.limit-unit", field="limit_unit", value=values["limit_unit"])
    for key in ("sets", "result_copies", "limit_number"):
        if plain.get(key) is not None:
            values[key] = _count(plain[key], key)
    for key in ("assisted", "complete"):
        values[key] = _flag(plain, key, key)
    fields = plain.get("fields") or {}
    if not isinstance(fields, dict):
        raise _wrong("fields", "object")
    wanted = plain.get("linked") or []
    wanted = [wanted] if isinstance(wanted, str) else wanted
    if not isinstance(wanted, list) or not all(isinstance(each, str) for each in wanted):
        raise _wrong("linked", "texts")
    for each in _list(plain, "parties"):
        _known(each, PartyForm.__dataclass_fields__, "parties")
        if each.get("role") in NOT_A_PARTY:
            raise RuleBroken("form.party-role", field="parties", role=each["role"])
    for each in _list(plain, "certify"):
        _known(each, CertifyForm.__dataclass_fields__, "certify")
    return ReceiveForm(
        procedure=str(plain["procedure"]),
        owner=read_person(plain["owner"], "owner"),
        channel=channel,
        submitter=read_person(plain["submitter"], "submitter") if plain.get("submitter") else None,
        parties=tuple(
            PartyForm(role_key(_text(each, "role", "parties")), read_person(each.get("person"), "parties"))
            for each in _list(plain, "parties")
        ),
        phone=_line(contact, "phone") or _line(plain, "phone"),
        email=_line(contact, "email") or _line(plain, "email"),
        fields=fields,
        components=tuple(_component(each) for each in _list(plain, "components")),
        certify=tuple(
            CertifyForm(
                name := _text(each, "name", "certify"),
                _count(each.get("pages", 0), "pages", "certify", name),
                _count(each.get("copies", 0), "copies", "certify", name),
            )
            for each in _list(plain, "certify")
        ),
        delivery=_delivery(plain.get("delivery") or {}),
        linked=tuple(wanted),
        late_entry=_late_entry(plain["late_entry"]) if plain.get("late_entry") is not None else None,
        **values,
    )


UNFINISHED = "unfinished"
"""The key of a draft under which lies what was being typed and could not be part of the form yet."""
Typed = dict[str, dict[str, str]]
"""The place where it was typed → the texts as they stood."""


def read_draft(plain: Any) -> ReceiveForm:
    """A form that need not be finished: the same as `read_form`, but the procedure may still be missing (""). What was
    being typed beside it is `read_unfinished`."""
    if isinstance(plain, dict):
        plain = {key: value for key, value in plain.items() if key != UNFINISHED}
    if isinstance(plain, dict) and not plain.get("procedure"):
        return replace(read_form({**plain, "owner": plain.get("owner") or {}, "procedure": "-"}), procedure="")
    return read_form(plain)


def read_person(plain: Any, where: str) -> PersonForm:
    """A person or organisation in JSON."""
    if not isinstance(plain, dict):
        raise _wrong(where, "object")
    for key in plain:
        if key not in PersonForm.__dataclass_fields__:
            raise RuleBroken("form.unknown-key", key=f"{where}.{key}")
    values = {key: value for key, value in plain.items() if value is not None}
    for key, value in values.items():
        if key == "representative":
            values[key] = read_person(value, f"{where}.representative")
        elif key == "from_card":
            values[key] = _flag(plain, key, f"{where}.{key}")
        elif key == "not_same":
            if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
                raise _wrong(f"{where}.{key}", "texts")
            values[key] = tuple(value)
        elif not isinstance(value, str):
            if key in ("date_of_birth", "identity_number", "cmnd", "phone", "tax_code") and isinstance(value, int):
                values[key] = str(value)
            else:
                raise _wrong(f"{where}.{key}", "text")
    return PersonForm(**values)


def write_form(form: ReceiveForm) -> dict[str, Any]:
    """The form as JSON values, which `read_form` reads back to the same form; empty values are left out."""
    plain: dict[str, Any] = _bare(form)
    contact = {key: plain.pop(key) for key in ("phone", "email") if key in plain}
    if contact:
        plain["contact"] = contact
    plain.setdefault("owner", {})
    return plain


def write_draft(form: ReceiveForm, unfinished: Typed) -> dict[str, Any]:
    """A form that need not be finished as JSON values, with what was being typed beside it."""
    plain = write_form(form)
    return {**plain, UNFINISHED: stored(unfinished)} if unfinished else plain


def read_unfinished(plain: Any) -> Typed:
    """What was being typed when the draft was kept; nothing where a draft says nothing of it that can be read."""
    kept = plain.get(UNFINISHED) if isinstance(plain, dict) else None
    if not isinstance(kept, dict):
        return {}
    texts = {key: value for key, value in stored(kept).items() if isinstance(value, dict)}
    return {key: {name: text for name, text in value.items() if isinstance(text, str)} for key, value in texts.items()}


def _bare(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        out = {}
        for name, declared in value.__dataclass_fields__.items():
            item = getattr(value, name)
            if name in ("way", "status", "by", "channel", "role", "kind") or item != declared.default:
                bare = _bare(item)
                if bare not in (None, [], {}):
                    out[name] = bare
        return out
    if isinstance(value, tuple | list):
        return [_bare(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    return value


def _wrong(key: str, wanted: str, field: str = "") -> RuleBroken:
    """Something stands at `key` that is not what is `wanted` there: text, texts, list, object, flag."""
    return RuleBroken("form.wrong-type", field=field or key, key=key, wanted=wanted)


def _list(plain: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = plain.get(key) or []
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise _wrong(key, "list")
    return value


def _text(plain: dict[str, Any], key: str, where: str) -> str:
    value = plain.get(key)
    if not isinstance(value, str) or not value.strip():
        raise RuleBroken("form.key-missing", field=where, key=f"{where}.{key}")
    return value


MOST = 100_000
"""No count in a form is greater."""


def _count(value: Any, key: str, field: str = "", name: str = "") -> int:
    """A count. RuleBroken form.not-a-count, which says of which paper (`name`) where it is one of several."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
        how = {"how": "of-one", "name": name} if name else {}
        raise RuleBroken("form.not-a-count", field=field or key, key=key, value=str(value), least=0, most=MOST, **how)
    return value


def _flag(plain: dict[str, Any], key: str, where: str) -> bool:
    """True or false; absent is false. Never a text: "false" would be taken for true, and a missing paper for there."""
    value = plain.get(key)
    if value is not None and not isinstance(value, bool):
        raise _wrong(where, "flag")
    return bool(value)


def _known(plain: dict[str, Any], keys: Iterable[str], where: str) -> None:
    for key in plain:
        if key not in keys:
            raise RuleBroken("form.unknown-key", field=where, key=f"{where}.{key}")


def _line(plain: dict[str, Any], key: str) -> str | None:
    """A text, or a number that somebody forgot to put between quotes."""
    value = plain.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str):
        raise _wrong(key, "text")
    return value or None


TOLD_OF_COMPONENTS = ("required", "stored")
"""What `dossier show` says of a component besides what was entered: passed over when it comes back."""


def _component(plain: dict[str, Any]) -> ComponentForm:
    _known(plain, (*ComponentForm.__dataclass_fields__, *TOLD_OF_COMPONENTS), "components")
    files = plain.get("files") or []
    if not isinstance(files, list) or not all(isinstance(each, str) for each in files):
        raise _wrong("components.files", "texts", "components")
    for key in ("by", "status", "reason", "reused"):
        if not isinstance(plain.get(key) or "", str):
            raise _wrong(f"components.{key}", "text", "components")
    name = _text(plain, "name", "components")
    counts = {key: _count(plain.get(key) or 0, key, "components", name) for key in ("originals", "certified", "copies")}
    return ComponentForm(
        name=name,
        by=plain.get("by") or By.SUBMITTED,
        **counts,
        status=plain.get("status") or Status.OK,
        reason=plain.get("reason") or "",
        extra=_flag(plain, "extra", "components.extra"),
        scan_later=_flag(plain, "scan_later", "components.scan_later"),
        large=_flag(plain, "large", "components.large"),
        files=tuple(files),
        reused=plain.get("reused") or "",
    )


def _delivery(plain: Any) -> Delivery:
    if not isinstance(plain, dict):
        raise _wrong("delivery", "object")
    _known(plain, Delivery.__dataclass_fields__, "delivery")
    values = {key: str(plain[key]) for key in ("way", "name", "phone", "address") if plain.get(key)}
    return Delivery(**values)


def _late_entry(plain: Any) -> LateEntry:
    if not isinstance(plain, dict):
        raise _wrong("late_entry", "object")
    _known(plain, LateEntry.__dataclass_fields__, "late_entry")
    return LateEntry(**{key: _line(plain, key) or "" for key in LateEntry.__dataclass_fields__})


def spaced(text: str) -> str:
    """Text on one line."""
    return re.sub(r"\s+", " ", text).strip()


def without_draft(form: ReceiveForm) -> ReceiveForm:
    """The same form as a new one (copying an earlier dossier)."""
    return replace(form, draft=None)
