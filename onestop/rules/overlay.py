"""What a province or an office decides over the national catalogue: dated decisions laid over a procedure.

A procedure in force is its reviewed version (see `review`) with the overlays of the day laid over it: the province's
first, then the office's, each in the order of its date. An import never touches an overlay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any

from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.procedure import (
    Case,
    Channel,
    ChannelTerms,
    Component,
    Exemption,
    Fee,
    FeeBasis,
    FeeKind,
    Level,
    Limit,
    Procedure,
    from_plain,
    to_plain,
)


class Scope(StrEnum):
    """Whose decision it is. The office's comes on top of the province's."""

    PROVINCE = "province"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class LimitChange:
    """A limit for one channel or one case; for neither: for the whole procedure, whatever its channels and cases say.

    A limit for a case counts in every channel, which can be said only where all channels have the same limit.
    """

    limit: Limit
    channel: Channel | None = None
    case: str = ""


@dataclass(frozen=True, slots=True)
class ChannelChange:
    """A channel opened, closed, or opened between dates (ISO, both days included)."""

    channel: Channel
    open: bool = True
    open_from: str | None = None
    open_to: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ComponentChange:
    """A paper added (`add`), left out (`remove` names its key), or made required or not (`key` with `required`).

    `case`: the key of the case it is about; None = every case. A paper that is added under a key already there takes
    its place.
    """

    case: str | None = None
    add: Component | None = None
    remove: str = ""
    key: str = ""
    required: bool = True
    when: str = ""


@dataclass(frozen=True, slots=True)
class FeeGroup:
    """The fees of one kind and basis, which a decision sets or takes away together."""

    kind: FeeKind
    basis: FeeBasis = FeeBasis.DOSSIER


@dataclass(frozen=True, slots=True)
class Overlay:
    """One decision about one procedure. Dates are ISO; `valid_to` None = until further notice, both days included.

    `fees` take the place of the procedure's fees of the same kind and basis; of `fees_removed` nothing is left.
    `exemptions` are added, or take the place of those with the same key; `exemptions_removed` are keys. `confirms`
    names facts that the decision confirms as they are ("level", "fields", …): their mark "chưa đối chiếu" goes.
    """

    id: str
    scope: Scope
    code: str
    decision: str
    valid_from: str
    valid_to: str | None = None
    limits: tuple[LimitChange, ...] = ()
    fees: tuple[Fee, ...] = ()
    fees_removed: tuple[FeeGroup, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    exemptions_removed: tuple[str, ...] = ()
    channels: tuple[ChannelChange, ...] = ()
    components: tuple[ComponentChange, ...] = ()
    level: Level | None = None
    enabled: bool | None = None
    quick: int | None = None
    """Its place on the quick list, from 1; 0 takes it off."""
    confirms: tuple[str, ...] = ()
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the decision is valid on `day`."""
        today = day.isoformat()
        return self.valid_from <= today and (self.valid_to is None or today <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Effective:
    """A procedure as it counts on one day.

    `provenance`: which fact came from which decision. Facts: "limit", "limit:<channel>", "limit:case:<key>",
    "fees:<kind>", "exemptions:<key>", "channels:<channel>", "components:<case>:<key>", "level", "enabled", "quick".
    `enabled` and `quick` None: no overlay says anything. `remarks`: changes that no longer find their place.
    """

    procedure: Procedure
    provenance: dict[str, str] = field(default_factory=dict)
    enabled: bool | None = None
    quick: int | None = None
    remarks: tuple[Remark, ...] = ()


def apply(procedure: Procedure, overlays: Iterable[Overlay], day: date) -> Effective:
    """`procedure` with the overlays of its code that are valid on `day`."""
    valid = [each for each in overlays if each.code == procedure.code and each.holds_on(day)]
    valid.sort(key=lambda each: (each.scope is Scope.OFFICE, each.valid_from, each.id))
    effective = Effective(procedure)
    for overlay in valid:
        effective = _laid(effective, overlay)
    return effective


def is_open(terms: ChannelTerms, day: date) -> bool:
    """Whether the channel takes dossiers on `day`, by the dates of its terms."""
    today = day.isoformat()
    return (terms.open_from is None or terms.open_from <= today) and (terms.open_to is None or today <= terms.open_to)


def group_of(fee: Fee) -> FeeGroup:
    """The group that a fee belongs to."""
    return FeeGroup(fee.kind, fee.basis)


def same_fee(one: Fee, other: Fee) -> bool:
    """Whether the two are one fee, whatever is paid."""
    return (one.kind, one.basis, one.name, one.channels, one.cases) == (
        other.kind,
        other.basis,
        other.name,
        other.channels,
        other.cases,
    )


def fees_gone(overlay: Overlay, procedure: Procedure) -> tuple[Fee, ...]:
    """The fees of `procedure` of which the decision leaves nothing."""
    touched = {group_of(fee) for fee in overlay.fees} | set(overlay.fees_removed)
    return tuple(
        fee
        for fee in procedure.fees
        if group_of(fee) in touched and not any(same_fee(fee, each) for each in overlay.fees)
    )


def check(overlay: Overlay, procedure: Procedure) -> None:
    """Refuse an overlay that says nothing, or nothing that can be. Called before one is stored, not when one is read.

    RuleBroken `overlay.other-procedure`, `overlay.no-decision`, `overlay.bad-dates`, `overlay.empty`,
    `overlay.bad-limit`, `overlay.bad-fee`, `overlay.bad-tiers`, `overlay.no-fee`, `overlay.no-case`,
    `overlay.no-component`, each with the `field` at fault.
    """
    if overlay.code != procedure.code:
        raise RuleBroken("overlay.other-procedure", field="code", value=overlay.code)
    if not overlay.decision.strip():
        raise RuleBroken("overlay.no-decision", field="decision")
    _check_dates(overlay)
    bare = Overlay(overlay.id, overlay.scope, overlay.code, overlay.decision, overlay.valid_from, overlay.valid_to)
    if replace(overlay, note="") == bare:
        raise RuleBroken("overlay.empty", field="changes")
    for limit_change in overlay.limits:
        number, unit = limit_change.limit.number, limit_change.limit.unit
        counted = unit is not None and unit not in ("same-day", "notice")
        if unit is None or (counted and (number is None or number < 1)):
            raise RuleBroken("overlay.bad-limit", field="limits")
    for fee in overlay.fees:
        if not fee.name.strip() or (fee.amount is not None and fee.amount < 0):
            raise RuleBroken("overlay.bad-fee", field="fees", name=fee.name)
        _check_tiers(fee)
    keys = {case.key for case in procedure.cases}
    named = [each.case for each in overlay.limits if each.case] + [each.case for each in overlay.components]
    for key in named:
        if key is not None and key not in keys:
            raise RuleBroken("overlay.no-case", field="case", value=key)
    if remarks := _laid(Effective(procedure), overlay).remarks:
        raise RuleBroken(remarks[0].code, field="changes", **remarks[0].details)


def _check_tiers(fee: Fee) -> None:
    """Steps by page begin with the first, rise, and cost something or nothing; a cap is an amount."""
    pages = [page for page, _amount in fee.tiers]
    rising = all(one < two for one, two in pairwise(pages))
    sound = not pages or (fee.basis is FeeBasis.CERTIFIED_PAGES and pages[0] == 1 and rising)
    if not sound or any(each < 0 for _page, each in fee.tiers) or (fee.cap is not None and fee.cap < 1):
        raise RuleBroken("overlay.bad-tiers", field="fees", name=fee.name)


def _check_dates(overlay: Overlay) -> None:
    for name in ("valid_from", "valid_to"):
        value = getattr(overlay, name)
        if value is None and name == "valid_to":
            continue
        try:
            date.fromisoformat(value)
        except (TypeError, ValueError) as fault:
            raise RuleBroken("overlay.bad-dates", field=name) from fault
    if overlay.valid_to is not None and overlay.valid_to < overlay.valid_from:
        raise RuleBroken("overlay.bad-dates", field="valid_to")


# -- laying one overlay ------------------------------------------------------------------------------------------------


def _laid(before: Effective, overlay: Overlay) -> Effective:
    procedure, source = before.procedure, dict(before.provenance)
    remarks = list(before.remarks)
    confirmed = set(overlay.confirms)

    def tell(fact: str) -> None:
        source[fact] = overlay.decision
        confirmed.add(fact.partition(":")[0])

    for limit_change in overlay.limits:
        procedure = _limited(procedure, limit_change, tell, remarks, overlay.decision)
    there = {group_of(fee) for fee in procedure.fees}
    remarks += [
        Remark("overlay.no-fee", {"decision": overlay.decision, "kind": group.kind.value})
        for group in overlay.fees_removed
        if group not in there
    ]
    replaced = {group_of(fee) for fee in overlay.fees} | (there & set(overlay.fees_removed))
    if replaced:
        kept = tuple(fee for fee in procedure.fees if group_of(fee) not in replaced)
        set_by = tuple(replace(fee, set_by=fee.set_by or overlay.decision) for fee in overlay.fees)
        procedure = replace(procedure, fees=kept + set_by)
        for kind in dict.fromkeys(group.kind for group in (*map(group_of, overlay.fees), *overlay.fees_removed)):
            tell(f"fees:{kind}")
    if overlay.exemptions or overlay.exemptions_removed:
        gone = {each.key for each in overlay.exemptions} | set(overlay.exemptions_removed)
        kept_exemptions = tuple(each for each in procedure.exemptions if each.key not in gone)
        added = tuple(replace(each, source=each.source or overlay.decision) for each in overlay.exemptions)
        procedure = replace(procedure, exemptions=kept_exemptions + added)
        for key in sorted(gone):
            tell(f"exemptions:{key}")
    for channel_change in overlay.channels:
        procedure = replace(procedure, channels=_opened(procedure.channels, channel_change))
        tell(f"channels:{channel_change.channel}")
    for component_change in overlay.components:
        procedure = _with_papers(procedure, component_change, tell, remarks, overlay.decision)
    if overlay.level is not None:
        procedure = replace(procedure, level=overlay.level)
        tell("level")
    if overlay.enabled is not None:
        source["enabled"] = overlay.decision
    if overlay.quick is not None:
        source["quick"] = overlay.decision
    return Effective(
        replace(procedure, unconfirmed=tuple(each for each in procedure.unconfirmed if each not in confirmed)),
        source,
        before.enabled if overlay.enabled is None else overlay.enabled,
        before.quick if overlay.quick is None else overlay.quick,
        tuple(remarks),
    )


def _limited(
    procedure: Procedure,
    change: LimitChange,
    tell: Callable[[str], None],
    remarks: list[Remark],
    decision: str,
) -> Procedure:
    if change.case:
        if all(case.key != change.case for case in procedure.cases):
            remarks.append(Remark("overlay.no-case", {"decision": decision, "value": change.case}))
            return procedure
        procedure, free = _freed(procedure)
        if not free:
            remarks.append(Remark("overlay.case-limit-hidden", {"decision": decision, "value": change.case}))
            return procedure
        tell(f"limit:case:{change.case}")
        return replace(
            procedure,
            cases=tuple(
                replace(case, limit=change.limit) if case.key == change.case else case for case in procedure.cases
            ),
        )
    if change.channel is not None:
        if procedure.terms(change.channel) is None:
            remarks.append(Remark("overlay.no-channel", {"decision": decision, "value": change.channel.value}))
            return procedure
        tell(f"limit:{change.channel}")
        return replace(
            procedure,
            channels=tuple(
                replace(terms, limit=change.limit) if terms.channel is change.channel else terms
                for terms in procedure.channels
            ),
        )
    tell("limit")
    return replace(
        procedure,
        limit=change.limit,
        channels=tuple(replace(terms, limit=None) for terms in procedure.channels),
        cases=tuple(replace(case, limit=None) for case in procedure.cases),
    )


def _freed(procedure: Procedure) -> tuple[Procedure, bool]:
    """`procedure` without limits of channels, meaning the same, so that a case's limit can count; False where the
    channels differ and it cannot be said. (A channel's limit comes before a case's: see `deadline.effective_limit`.)"""
    own = {terms.limit for terms in procedure.channels if terms.limit is not None and terms.limit.unit is not None}
    if not own:
        return procedure, True
    if len(own) > 1 or any(terms.limit is None or terms.limit.unit is None for terms in procedure.channels):
        return procedure, False
    (limit,) = own
    rule = limit.rule or procedure.limit.rule
    return replace(
        procedure,
        limit=replace(limit, rule=rule),
        channels=tuple(replace(terms, limit=None) for terms in procedure.channels),
        cases=tuple(replace(case, limit=None) for case in procedure.cases),
    ), True


def _opened(channels: tuple[ChannelTerms, ...], change: ChannelChange) -> tuple[ChannelTerms, ...]:
    if not change.open:
        return tuple(terms for terms in channels if terms.channel is not change.channel)
    terms = next((each for each in channels if each.channel is change.channel), ChannelTerms(change.channel))
    opened = replace(terms, open_from=change.open_from, open_to=change.open_to, note=change.note or terms.note)
    others = [each for each in channels if each.channel is not change.channel]
    order = list(Channel)
    return tuple(sorted((*others, opened), key=lambda each: order.index(each.channel)))


def _with_papers(
    procedure: Procedure,
    change: ComponentChange,
    tell: Callable[[str], None],
    remarks: list[Remark],
    decision: str,
) -> Procedure:
    cases: list[Case] = []
    found = False
    key = change.add.key if change.add else change.remove or change.key
    for case in procedure.cases:
        there = any(each.key == key for each in case.components)
        if (change.case is not None and case.key != change.case) or not (there or change.add):
            cases.append(case)
            continue
        found = True
        tell(f"components:{case.key}:{key}")
        cases.append(replace(case, components=_changed(case.components, change, key)))
    if not found:
        remarks.append(Remark("overlay.no-component", {"decision": decision, "value": key}))
    return replace(procedure, cases=tuple(cases))


def _changed(components: tuple[Component, ...], change: ComponentChange, key: str) -> tuple[Component, ...]:
    if change.remove:
        return tuple(each for each in components if each.key != key)
    if change.add is None:
        return tuple(
            replace(each, required=change.required, when=change.when or ("" if change.required else each.when))
            if each.key == key
            else each
            for each in components
        )
    added = change.add
    if any(each.key == key for each in components):
        return tuple(added if each.key == key else each for each in components)
    return (*components, added)


# -- to and from JSON --------------------------------------------------------------------------------------------------


def overlay_to_plain(overlay: Overlay) -> dict[str, Any]:
    """The overlay as JSON values, without what is empty."""
    facts = to_plain(
        Procedure(
            code=overlay.code,
            name="",
            level=overlay.level,
            fees=overlay.fees,
            exemptions=overlay.exemptions,
            cases=(Case(components=tuple(each.add for each in overlay.components if each.add)),),
        )
    )
    added = iter(facts["cases"][0].get("components", []))
    plain: dict[str, Any] = {
        "id": overlay.id,
        "scope": overlay.scope.value,
        "code": overlay.code,
        "decision": overlay.decision,
        "valid_from": overlay.valid_from,
        "valid_to": overlay.valid_to,
        "limits": [
            _bare(
                {"channel": each.channel and each.channel.value, "case": each.case, "limit": _whole_limit(each.limit)}
            )
            for each in overlay.limits
        ],
        "fees": facts.get("fees"),
        "fees_removed": [{"kind": each.kind.value, "basis": each.basis.value} for each in overlay.fees_removed],
        "exemptions": facts.get("exemptions"),
        "exemptions_removed": list(overlay.exemptions_removed),
        "channels": [
            {
                "channel": each.channel.value,
                "open": each.open,
                **_bare({"open_from": each.open_from, "open_to": each.open_to, "note": each.note}),
            }
            for each in overlay.channels
        ],
        "components": [_component_plain(each, added) for each in overlay.components],
        "level": overlay.level and overlay.level.value,
        "enabled": overlay.enabled,
        "quick": overlay.quick,
        "confirms": list(overlay.confirms),
        "note": overlay.note,
    }
    return _bare(plain)


def _component_plain(change: ComponentChange, added: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {} if change.case is None else {"case": change.case}
    if change.add is not None:
        return {**plain, "add": next(added)}
    if change.remove:
        return {**plain, "remove": change.remove}
    return {**plain, "key": change.key, "required": change.required, **_bare({"when": change.when})}


def _whole_limit(limit: Limit) -> dict[str, Any]:
    return _bare({"number": limit.number, "unit": limit.unit and limit.unit.value, "rule": limit.rule})


def _bare(plain: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in plain.items() if value is not None and value != "" and value != []}


def overlay_from_plain(plain: Mapping[str, Any]) -> Overlay:
    """The overlay that `overlay_to_plain` gave; unknown keys are left aside. RuleBroken `overlay.unreadable`."""
    try:
        components = plain.get("components") or []
        facts = from_plain(
            {
                "code": plain["code"],
                "name": "",
                "fees": plain.get("fees") or [],
                "exemptions": plain.get("exemptions") or [],
                "cases": [{"components": [each["add"] for each in components if "add" in each]}],
                "channels": [
                    {"channel": each.get("channel") or Channel.DIRECT, "limit": each["limit"]}
                    for each in plain.get("limits") or []
                ],
                **({"level": plain["level"]} if plain.get("level") else {}),
            }
        )
        added = iter(facts.cases[0].components)
        return Overlay(
            id=plain["id"],
            scope=Scope(plain["scope"]),
            code=plain["code"],
            decision=plain.get("decision") or "",  # an office's own switch (offered, quick list) is no decision
            valid_from=plain["valid_from"],
            valid_to=plain.get("valid_to"),
            limits=tuple(
                LimitChange(
                    terms.limit or Limit(),
                    Channel(each["channel"]) if each.get("channel") else None,
                    each.get("case") or "",
                )
                for each, terms in zip(plain.get("limits") or [], facts.channels, strict=True)
            ),
            fees=facts.fees,
            fees_removed=tuple(
                FeeGroup(FeeKind(each["kind"]), FeeBasis(each.get("basis") or FeeBasis.DOSSIER))
                for each in plain.get("fees_removed") or []
            ),
            exemptions=facts.exemptions,
            exemptions_removed=tuple(plain.get("exemptions_removed") or ()),
            channels=tuple(
                ChannelChange(
                    Channel(each["channel"]),
                    each.get("open", True),
                    each.get("open_from"),
                    each.get("open_to"),
                    each.get("note") or "",
                )
                for each in plain.get("channels") or []
            ),
            components=tuple(
                ComponentChange(
                    each.get("case"),
                    next(added) if "add" in each else None,
                    each.get("remove") or "",
                    each.get("key") or "",
                    each.get("required", True),
                    each.get("when") or "",
                )
                for each in components
            ),
            level=facts.level,
            enabled=plain.get("enabled"),
            quick=plain.get("quick"),
            confirms=tuple(plain.get("confirms") or ()),
            note=plain.get("note") or "",
        )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise RuleBroken("overlay.unreadable", field=str(fault)[:80]) from fault
