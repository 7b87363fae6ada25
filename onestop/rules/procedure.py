"""A procedure (thủ tục hành chính) as published on one day: what it asks for, how long it takes, what it costs.

Plain frozen values. `to_plain`/`from_plain` give the JSON form in which a version is stored, hashed and exchanged.
A dossier keeps the version that it was received under (law is data with dates).
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any


class Unit(StrEnum):
    """What a limit is counted in. `SAME_DAY` and `NOTICE` carry no number."""

    WORKING_DAY = "working-day"
    DAY = "day"
    MONTH = "month"
    HOUR = "hour"
    SAME_DAY = "same-day"
    NOTICE = "notice"


class Channel(StrEnum):
    """How a dossier comes in (KenhThucHien 1, 2, 3)."""

    DIRECT = "direct"
    ONLINE = "online"
    POSTAL = "postal"


class Level(StrEnum):
    """Online level by NĐ 42/2022: toàn trình, một phần, or not offered online."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class FeeKind(StrEnum):
    """Phí and lệ phí are two kinds of money and never share a column (Luật Phí và lệ phí)."""

    PHI = "phi"
    LE_PHI = "le_phi"


class FeeBasis(StrEnum):
    """What an amount is multiplied by."""

    DOSSIER = "dossier"
    RESULT_COPY = "result-copy"
    PERSON = "person"
    CERTIFIED_PAGES = "certified-pages"
    """2.000 đ a page, 1.000 đ from page 3, at most 200.000 đ a copy: the tariff stands in the fee's `tiers`/`cap`."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit as the catalogue gives it. `unit` None: the catalogue left it blank, nothing is guessed."""

    number: int | None = None
    unit: Unit | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee. `amount` in đồng; None = unknown, which is not free; 0 = free."""

    kind: FeeKind
    name: str
    amount: int | None = None
    basis: FeeBasis = FeeBasis.DOSSIER
    tiers: tuple[tuple[int, int], ...] = ()
    """(from page, đồng a page) for CERTIFIED_PAGES, ascending."""
    cap: int | None = None
    channels: tuple[Channel, ...] = ()
    """Empty = every channel."""
    cases: tuple[str, ...] = ()
    """Keys of the cases that pay it; empty = every case."""
    set_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Exemption:
    """Who pays less: `percent` off the fees of `kinds` (empty = all)."""

    key: str
    name: str
    percent: int = 100
    kinds: tuple[FeeKind, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class ChannelTerms:
    """What holds for one channel. `limit` None: the procedure's own limit counts."""

    channel: Channel
    limit: Limit | None = None
    open_from: str | None = None
    open_to: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Component:
    """One paper of a dossier. `kind` "submit" (nộp) or "show" (xuất trình, handed back).

    `group`: components that share a group are "one of these"; one satisfies all. `required` False with `when`
    says in which case it is asked for. `from_database`: also satisfied by the population database or VNeID.
    """

    key: str
    name: str
    kind: str = "submit"
    originals: int = 0
    certified: int = 0
    copies: int = 0
    required: bool = True
    when: str = ""
    group: str = ""
    from_database: bool = False
    form: str = ""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the dossier's own form. `type`: text, date, number, choice, note. `taken_from`: "owner.name",
    "con.date_of_birth", … (a person role and a citizen column) fills it in unless it was typed."""

    name: str
    label: str
    type: str = "text"
    required: bool = False
    taken_from: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A trường hợp: its own papers and, where it has one, its own limit. The ordinary case has key "" and name ""."""

    key: str = ""
    name: str = ""
    components: tuple[Component, ...] = ()
    limit: Limit | None = None
    guidance: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A result that the procedure can end in; `refusal` marks a negative one, never printed blindly."""

    name: str
    code: str = ""
    refusal: bool = False


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of one procedure. Dates are ISO text; `valid_to` None = until further notice."""

    code: str
    name: str
    short_name: str = ""
    field: str = ""
    ministry: str = ""
    agency_levels: tuple[str, ...] = ()
    """Who is competent: "ward", "province", "ministry", "other"."""
    competent_agency: str = ""
    """The competent agency's code where the ward only receives (nhận hộ, phi địa giới); "" = the ward itself."""
    applicants: tuple[str, ...] = ()
    level: Level | None = None
    limit: Limit = Limit()
    channels: tuple[ChannelTerms, ...] = ()
    cases: tuple[Case, ...] = (Case(),)
    fields: tuple[FormField, ...] = ()
    parties: tuple[str, ...] = ()
    """Roles that the form asks for: con, cha, me, ben-nam, ben-nu, nguoi-chet, …"""
    fees: tuple[Fee, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    fee_note: str = ""
    results: tuple[Result, ...] = ()
    legal_basis: tuple[str, ...] = ()
    decision: str = ""
    keywords: tuple[str, ...] = ()
    guidance: tuple[str, ...] = ()
    sets: int = 1
    certify: bool = False
    """A certified-copies procedure: the dossier carries the grid of documents, pages and copies."""
    instant: bool = False
    """Result given at once: no receipt unless asked for (NĐ 118/2025 art. 17.4)."""
    valid_from: str = "2025-07-01"
    valid_to: str | None = None
    origin: str = ""
    unconfirmed: tuple[str, ...] = ()
    """Names of the facts above that no text has confirmed, shown as such wherever a user would rely on them."""

    def case(self, key: str | None) -> Case:
        """The case with this key; None or "" is the one case or the ordinary one. KeyError when there is none."""
        if not key:
            return next((case for case in self.cases if not case.key), self.cases[0])
        for case in self.cases:
            if key in (case.key, case.name):
                return case
        raise KeyError(key)

    @property
    def asks_copies(self) -> bool:
        """Is it a request for copies? Then it charges for copies of the result and for nothing else."""
        return bool(self.fees) and all(fee.basis is FeeBasis.RESULT_COPY for fee in self.fees)

    def terms(self, channel: Channel) -> ChannelTerms | None:
        """What holds for `channel`; None when the catalogue does not offer it."""
        return next((terms for terms in self.channels if terms.channel is channel), None)


def to_plain(procedure: Procedure) -> dict[str, Any]:
    """`procedure` as JSON values, without what is empty, so that a hash does not change when a field is added.

    In the parts (limits, fees, components, …) a field at its default is left out for the same reason.
    """
    values = {each.name: _plain(getattr(procedure, each.name)) for each in fields(procedure)}
    return {key: value for key, value in values.items() if value not in (None, "", [], {}, False)}


def from_plain(plain: dict[str, Any]) -> Procedure:
    """The procedure that `to_plain` gave. Unknown keys are left aside (a newer centre may send more)."""
    values = dict(plain)
    known = {f for f in Procedure.__dataclass_fields__ if f in values}
    built: dict[str, Any] = {key: values[key] for key in known}
    for key in ("agency_levels", "applicants", "parties", "legal_basis", "keywords", "guidance", "unconfirmed"):
        if key in built:
            built[key] = tuple(built[key])
    if "level" in built:
        built["level"] = Level(built["level"])
    if "limit" in built:
        built["limit"] = _limit(built["limit"])
    if "channels" in built:
        built["channels"] = tuple(
            ChannelTerms(
                **{
                    **_only(ChannelTerms, each),
                    "channel": Channel(each["channel"]),
                    "limit": _limit(each["limit"]) if each.get("limit") else None,
                }
            )
            for each in built["channels"]
        )
    if "cases" in built:
        built["cases"] = tuple(
            Case(
                **{
                    **_only(Case, each),
                    "components": tuple(Component(**_only(Component, c)) for c in each.get("components") or ()),
                    "limit": _limit(each["limit"]) if each.get("limit") else None,
                    "guidance": tuple(each.get("guidance") or ()),
                }
            )
            for each in built["cases"]
        )
    if "fields" in built:
        built["fields"] = tuple(
            FormField(**{**_only(FormField, each), "choices": tuple(each.get("choices") or ())})
            for each in built["fields"]
        )
    if "fees" in built:
        built["fees"] = tuple(_fee(each) for each in built["fees"])
    if "exemptions" in built:
        built["exemptions"] = tuple(
            Exemption(**{**_only(Exemption, each), "kinds": tuple(FeeKind(k) for k in each.get("kinds") or ())})
            for each in built["exemptions"]
        )
    if "results" in built:
        built["results"] = tuple(Result(**_only(Result, each)) for each in built["results"])
    return Procedure(**built)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {
            each.name: _plain(part)
            for each in fields(value)
            if (part := getattr(value, each.name)) != each.default or each.default is MISSING
        }
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    return value


def _only(kind: type, plain: dict[str, Any]) -> dict[str, Any]:
    known = kind.__dataclass_fields__  # type: ignore[attr-defined]
    return {key: value for key, value in plain.items() if key in known}


def _limit(plain: dict[str, Any]) -> Limit:
    unit = plain.get("unit")
    return Limit(plain.get("number"), Unit(unit) if unit else None, plain.get("rule") or "")


def _fee(plain: dict[str, Any]) -> Fee:
    return Fee(
        **{
            **_only(Fee, plain),
            "kind": FeeKind(plain["kind"]),
            "basis": FeeBasis(plain.get("basis") or FeeBasis.DOSSIER),
            "tiers": tuple((int(first), int(each)) for first, each in plain.get("tiers") or ()),
            "channels": tuple(Channel(each) for each in plain.get("channels") or ()),
            "cases": tuple(plain.get("cases") or ()),
        }
    )
