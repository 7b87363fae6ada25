"""The office and its people: founding, particulars, clerks, log-in."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, delete, insert, select, update

from onestop import clock
from onestop.queries import office as queries
from onestop.queries.agencies import deciding
from onestop.queries.office import ClerkRow
from onestop.rules import codes
from onestop.rules.errors import RuleBroken, Stale, StoreTrouble
from onestop.rules.places import Agency, Point, check_agency, check_points
from onestop.rules.roles import Permission, Role
from onestop.store import acts, schema
from onestop.store.acts import Act
from onestop.store.work import Actor, Kind, Row, Work

PASSWORD_LENGTH = 8
FAILURES_BEFORE_LOCK = 5
LOCK = timedelta(minutes=5)

# ---- folds --------------------------------------------------------------------------------------------------------


def fold_founded(subject: Row | None, act: Act) -> Row:
    """The office appears."""
    if subject is not None:
        raise Stale(subject=subject["id"])
    return {**act.body["office"], "id": act.office_id, "office_id": act.office_id, "founded_at": act.at}


def fold_office_changed(subject: Row | None, act: Act) -> Row:
    """Particulars or options of the office change; other agencies one by one, None takes one away."""
    if subject is None:
        raise Stale()
    after = {**subject, **act.body.get("values", {})}
    if "agencies" in act.body:
        agencies = {**(subject.get("agencies") or {}), **act.body["agencies"]}
        after["agencies"] = {key: agency for key, agency in agencies.items() if agency is not None}
    if "options" in act.body:
        after["options"] = {**(subject.get("options") or {}), **act.body["options"]}
    return after


def fold_clerk(subject: Row | None, act: Act) -> Row:
    """A clerk joins, or his particulars change."""
    given = act.body["clerk"]
    if subject is None:
        return {**given, "id": act.subjects[0][1], "office_id": act.office_id, "since": act.at}
    return {**subject, **given}


KINDS = (
    Kind("office.founded", {"office": fold_founded}),
    Kind("office.changed", {"office": fold_office_changed}),
    Kind("clerk.set", {"clerk": fold_clerk}),
    Kind("clerk.logged-in", {}),
    Kind("clerk.code-given", {}),
)

# ---- founding -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClerkForm:
    """A clerk to add or change. `login` is unique in the office, upper and lower case alike."""

    login: str
    name: str
    role: str
    title: str | None = None
    counter: str | None = None
    active: bool = True
    id: str | None = None


@dataclass(frozen=True, slots=True)
class FoundForm:
    """A new office on this machine. `counter` k of `counters` n: this machine owns the stripes ≡ k mod n."""

    code: str
    name: str
    parent_name: str
    place: str
    clerks: tuple[ClerkForm, ...]
    province: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    demo: bool = False
    counter: int = 1
    counters: int = 1
    hours: Mapping[str, Any] | None = None
    points: tuple[Mapping[str, Any], ...] = ()
    agencies: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    machine: str = ""


@dataclass(frozen=True, slots=True)
class Founded:
    """The new office; `codes`: one-time codes by login, shown once and kept nowhere in clear."""

    office_id: str
    codes: Mapping[str, str]


def prepare(connection: Connection, form: FoundForm) -> None:
    """Give an empty database its device: the head of a chain that has no acts yet. Before `found`."""
    if acts.head(connection) is not None:
        raise RuleBroken("office.already")
    if not 1 <= form.counter <= form.counters <= 99:
        raise RuleBroken("office.counter", field="counter", counter=form.counter, counters=form.counters)
    connection.execute(
        insert(schema.this_device),
        {
            "office_id": clock.new_id(),
            "device_id": clock.new_id(),
            "epoch": 1,
            "dseq": 0,
            "h": acts.GENESIS,
            "counter": form.counter,
            "counters": form.counters,
            "machine": form.machine,
            "last_at": "",
        },
    )


def found(work: Work, form: FoundForm) -> Founded:
    """Record the office and its clerks; every clerk gets a one-time code for the first log-in."""
    for key in ("code", "name", "parent_name", "place"):
        if not getattr(form, key).strip():
            raise RuleBroken("office.particular-missing", field=key)
    for each in form.clerks:
        if each.role not in set(Role):
            raise RuleBroken("clerk.role", field="clerks", login=each.login, role=each.role, known=list(Role))
    if not any(each.role == Role.SUPERVISOR for each in form.clerks):
        raise RuleBroken("office.no-supervisor", field="clerks")
    code = codes.agency(form.code)
    work.record(
        "office.founded",
        [("office", work.office_id)],
        {
            "office": {
                "code": code,
                "name": form.name.strip(),
                "parent_name": form.parent_name.strip(),
                "place": form.place.strip(),
                "province": form.province,
                "address": form.address,
                "phone": form.phone,
                "email": form.email,
                "demo": form.demo,
                "hours": dict(form.hours) if form.hours else None,
                "points": check_points(Point(**each) for each in _filled(form.points)),
                "agencies": _agencies(code, form.agencies),
                "options": dict(form.options),
            }
        },
    )
    return Founded(work.office_id, {each.login: _set_clerk(work, each) for each in form.clerks})


def _filled(points: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    return ({key: str(value or "") for key, value in each.items()} for each in points)


def _agencies(own: str, given: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = {}
    for key, each in given.items():
        known |= [check_agency(Agency(key, each.get("code") or "", each.get("name") or key), own, known)]
    return known


def set_clerk(work: Work, form: ClerkForm) -> str | None:
    """Add or change a clerk; a new one's one-time code is given back."""
    work.demand(Permission.MANAGE_CLERKS)
    return _set_clerk(work, form) or None


def _set_clerk(work: Work, form: ClerkForm) -> str:
    login, name = form.login.strip().lower(), form.name.strip()
    if not login or not login.replace(".", "").replace("-", "").replace("_", "").isalnum():
        raise RuleBroken("clerk.login", field="login", login=form.login)
    if not name:
        raise RuleBroken("clerk.name", field="name")
    if form.role not in set(Role):
        raise RuleBroken("clerk.role", field="role", role=form.role, known=list(Role))
    there = queries.clerk(work.connection, login)
    if there is not None and there.id != form.id:
        raise RuleBroken("clerk.login-taken", field="login", login=login)
    if form.id is not None and not (form.active and form.role == Role.SUPERVISOR):
        others = [
            each for each in queries.clerks(work.connection) if each.role == Role.SUPERVISOR and each.id != form.id
        ]
        if not others:
            raise RuleBroken("office.no-supervisor", field="active")
    clerk_id = form.id or clock.new_id()
    values = {
        "login": login,
        "name": name,
        "role": form.role,
        "title": form.title,
        "counter": form.counter,
        "active": form.active,
    }
    work.record("clerk.set", [("clerk", clerk_id)], {"clerk": values})
    return "" if form.id else new_code(work, clerk_id)


@dataclass(frozen=True, slots=True)
class OfficeForm:
    """Particulars to change (columns of `office`), and options to set."""

    values: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)


CHANGEABLE = ("name", "parent_name", "place", "province", "address", "phone", "email", "hours")


def change_office(work: Work, form: OfficeForm) -> None:
    """Change particulars or options; the code of the agency never changes (a new agency is a new office)."""
    work.demand(Permission.EDIT_OFFICE)
    for key in form.values:
        if key not in CHANGEABLE:
            raise RuleBroken("office.particular-unknown", field=key)
    body: dict[str, Any] = {"values": dict(form.values)}
    if form.options:
        body["options"] = dict(form.options)
    work.record("office.changed", [("office", work.office_id)], body)


def set_points(work: Work, points: tuple[Point, ...]) -> None:
    """The points of reception from now on, in their order: the first one is printed. RuleBroken point.*."""
    work.demand(Permission.EDIT_OFFICE)
    kept = check_points(points)
    if kept != demand_office(work.connection).points:
        work.record("office.changed", [("office", work.office_id)], {"values": {"points": kept}})


def set_agency(work: Work, agency: Agency) -> str:
    """Enter or change an agency that decides what is only received here; gives its key. RuleBroken agency.*, code.*.

    Each agency is changed for itself, so that two counters which enter different ones lose neither.
    """
    work.demand(Permission.EDIT_OFFICE)
    here = demand_office(work.connection)
    key, kept = check_agency(agency, here.code, here.agencies)
    if here.agencies.get(key) != kept:
        work.record("office.changed", [("office", work.office_id)], {"agencies": {key: kept}})
    return key


def remove_agency(work: Work, key: str) -> None:
    """Take an agency away. RuleBroken agency.unknown, and agency.in-use while a procedure in force is decided there."""
    work.demand(Permission.EDIT_OFFICE)
    here = demand_office(work.connection)
    if key not in here.agencies:
        raise RuleBroken("agency.unknown", key=key)
    procedures = deciding(work.connection, work.office_id, clock.local(work.now).date()).get(key)
    if procedures:
        raise RuleBroken("agency.in-use", procedure=procedures[0], count=len(procedures))
    work.record("office.changed", [("office", work.office_id)], {"agencies": {key: None}})


# ---- log-in -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


def _fits(hashed: str | None, secret: str) -> bool:
    if not hashed:
        return False
    try:
        return _hasher().verify(hashed, secret)
    except (VerificationError, InvalidHashError):
        return False


def new_code(work: Work, clerk_id: str) -> str:
    """A fresh one-time code for a clerk's first log-in, or after a forgotten password; the password is void."""
    code = "-".join("".join(secrets.choice("ABCDEFGHJKMNPQRSTUVWXYZ23456789") for _ in range(4)) for _ in range(2))
    work.connection.execute(delete(schema.secret).where(schema.secret.c.clerk_id == clerk_id))
    work.connection.execute(
        insert(schema.secret),
        {
            "clerk_id": clerk_id,
            "office_id": work.office_id,
            "hash": None,
            "code_hash": _hasher().hash(code),
            "failures": 0,
            "locked_until": None,
        },
    )
    return code


def renew_code(work: Work, login: str) -> str:
    """A fresh one-time code for a clerk who forgot his password: shown once, kept nowhere in clear.

    RuleBroken clerk.unknown.
    """
    work.demand(Permission.MANAGE_CLERKS)
    there = queries.clerk(work.connection, login)
    if there is None or not there.active:
        raise RuleBroken("clerk.unknown", field="login", login=login)
    work.record("clerk.code-given", [("clerk", there.id)], {})
    return new_code(work, there.id)


@dataclass(frozen=True, slots=True)
class LogInForm:
    """A login with its password, or with the one-time code and the password that is chosen now."""

    login: str
    password: str
    new_password: str | None = None


@dataclass(frozen=True, slots=True)
class LogIn:
    """The answer to a log-in. `clerk` None: refused, `code` says why."""

    clerk: ClerkRow | None
    code: str = ""


def log_in(work: Work, form: LogInForm) -> LogIn:
    """Let a clerk in. Refusals are answers, not errors, so that the count of failures is kept.

    Codes: login.refused, login.locked, login.choose-password (the one-time code fits: ask for a new password),
    login.password-short.
    """
    who = queries.clerk(work.connection, form.login)
    c = schema.secret.c
    kept = work.connection.execute(select(schema.secret).where(c.clerk_id == who.id)).one_or_none() if who else None
    if who is None or kept is None or not who.active:
        _fits(_decoy(), form.password)
        return LogIn(None, "login.refused")
    if kept.locked_until is not None and kept.locked_until > work.now:
        return LogIn(None, "login.locked")
    if kept.hash is not None and _fits(kept.hash, form.password):
        _forgive(work, who.id)
        work.record("clerk.logged-in", [("clerk", who.id)], {}, any_clock=True)
        return LogIn(who)
    if kept.code_hash is not None and _fits(kept.code_hash, form.password.strip().upper()):
        if form.new_password is None:
            return LogIn(None, "login.choose-password")
        if len(form.new_password) < PASSWORD_LENGTH:
            return LogIn(None, "login.password-short")
        keep_password(work, who.id, form.new_password)
        work.record("clerk.logged-in", [("clerk", who.id)], {"first": True}, any_clock=True)
        return LogIn(who)
    failures = kept.failures + 1
    locked = work.now + LOCK if failures >= FAILURES_BEFORE_LOCK else None
    work.connection.execute(
        update(schema.secret)
        .where(c.clerk_id == who.id)
        .values(failures=0 if locked else failures, locked_until=locked)
    )
    return LogIn(None, "login.locked" if locked else "login.refused")


@lru_cache(maxsize=1)
def _decoy() -> str:
    """A hash that fits nothing, so that an unknown login takes as long as a known one."""
    return _hasher().hash(secrets.token_hex(16))


def _forgive(work: Work, clerk_id: str) -> None:
    work.connection.execute(
        update(schema.secret).where(schema.secret.c.clerk_id == clerk_id).values(failures=0, locked_until=None)
    )


def keep_password(work: Work, clerk_id: str, password: str) -> None:
    """Keep a password's hash; the one-time code is spent."""
    work.connection.execute(
        update(schema.secret)
        .where(schema.secret.c.clerk_id == clerk_id)
        .values(hash=_hasher().hash(password), code_hash=None, failures=0, locked_until=None)
    )


def actor_of(row: ClerkRow) -> Actor:
    """The actor that a clerk is once let in."""
    return Actor(row.id, row.name, row.role, row.counter)


def founder() -> Actor:
    """Who founds an office: nobody is there yet."""
    return Actor("founder", "", Role.SUPERVISOR.value)


def demand_office(connection: Connection) -> queries.OfficeRow:
    """The office of this database. StoreTrouble("office.none") when there is none."""
    row = queries.this_office(connection)
    if row is None:
        raise StoreTrouble("office.none")
    return row


@dataclass(frozen=True, slots=True)
class SettingForm:
    """A choice of the clerk who acts, for himself. No act: it has no legal life."""

    key: str
    value: Any


def keep_setting(work: Work, form: SettingForm) -> None:
    """Keep a choice of the clerk who acts."""
    c = schema.setting.c
    where = (c.office_id == work.office_id, c.person == work.actor.id, c.key == form.key)
    if not work.connection.execute(update(schema.setting).where(*where).values(value=form.value)).rowcount:
        values = {"office_id": work.office_id, "person": work.actor.id, "key": form.key, "value": form.value}
        work.connection.execute(insert(schema.setting), values)
