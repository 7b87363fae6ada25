"""What happens when an import differs from what was reviewed: the reviewed facts stay, the differences are shown.

The starter catalogue's limits, rule texts, fees and shortened papers were reviewed by hand, others by an office. An
import changes the rest of a procedure by itself (its name, decision, legal basis, results, …); of the reviewed groups
of facts it changes nothing until a person accepts it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from onestop.rules.errors import RuleBroken
from onestop.rules.procedure import Case, Channel, ChannelTerms, FeeBasis, FeeKind, Limit, Procedure, to_plain

REVIEWED = ("limit", "channels", "fees", "components", "level", "fields", "parties", "keywords")
"""The groups of facts that an import never changes by itself once they were reviewed."""

_FIELDS: dict[str, tuple[str, ...]] = {
    "limit": ("limit",),
    "channels": ("channels",),
    "fees": ("fees", "exemptions", "fee_note"),
    "components": ("cases", "sets"),
    "level": ("level",),
    "fields": ("fields",),
    "parties": ("parties",),
    "keywords": ("keywords", "short_name"),
}
"""The fields of each group. The limits of channels and cases belong to "limit" as well."""
_NOT_NATIONAL = ("competent_agency", "certify", "instant", "guidance", "valid_from", "valid_to")
"""The national catalogue has no such fields: an import says nothing about them."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact on which an import differs. The values are JSON values, None where one side has nothing.

    `fact`: "limit", "limit:<channel>", "limit:case:<key>", "rule", "rule:<channel>", "channels:<channel>",
    "fees:<kind>", "components:<case>" or "level".
    """

    fact: str
    current: Any
    incoming: Any

    @property
    def group(self) -> str:
        """The group of facts (of `REVIEWED`) that is taken over when this difference is accepted."""
        name = self.fact.partition(":")[0]
        return "limit" if name == "rule" else name


def merge(reviewed: Procedure, incoming: Procedure, groups: Iterable[str] = REVIEWED) -> Procedure:
    """What is in force after an import: the reviewed facts of `groups`, everything else from `incoming`.

    A reviewed group that is empty (no form fields, no level) takes what the import has. `unconfirmed` keeps the marks
    of the facts that are still shown; the code and the ministry are confirmed by standing in the national catalogue.
    """
    kept = [group for group in _known(groups) if not _is_empty(reviewed, _FIELDS[group][0])]
    taken = {name: getattr(reviewed, name) for name in _NOT_NATIONAL}
    taken |= {name: getattr(reviewed, name) for group in kept for name in _FIELDS[group]}
    merged = replace(incoming, **taken)
    if "limit" in kept:
        merged = _with_limits(merged, reviewed)
    marks = {mark for mark in incoming.unconfirmed if _group_of(mark) not in kept}
    marks |= {mark for mark in reviewed.unconfirmed if _group_of(mark) in kept or mark in _NOT_NATIONAL}
    return replace(merged, unconfirmed=tuple(sorted(marks)))


def accept(current: Procedure, incoming: Procedure, groups: Iterable[str]) -> Procedure:
    """`current` with the facts of `groups` as the import has them: what a person who reviewed them has accepted.

    RuleBroken `catalogue.no-such-fact` for a group that is none of `REVIEWED`.
    """
    chosen = _known(groups)
    accepted = replace(current, **{name: getattr(incoming, name) for group in chosen for name in _FIELDS[group]})
    accepted = _with_limits(accepted, incoming if "limit" in chosen else current)
    marks = {mark for mark in current.unconfirmed if _group_of(mark) not in chosen}
    marks |= {mark for mark in incoming.unconfirmed if _group_of(mark) in chosen}
    return replace(accepted, unconfirmed=tuple(sorted(marks)))


def review(current: Procedure, incoming: Procedure, groups: Iterable[str] = REVIEWED) -> tuple[Difference, ...]:
    """Where an import differs from the reviewed procedure in limits, rule texts, channels, fees, papers and level.

    What the import does not say (a number without a unit, an unknown amount, no level, no fields) is no difference.
    """
    wanted = _known(groups)
    found = (*_limits(current, incoming), *_channels(current, incoming), *_fees(current, incoming))
    found += (*_papers(current, incoming), *_level(current, incoming))
    return tuple(difference for difference in found if difference.group in wanted)


def fingerprint(incoming: Procedure) -> str:
    """What stands for the reviewed groups of an import: who settled its differences once need not see them again
    until one of these facts changes. SHA-256, hexadecimal."""
    plain = to_plain(incoming)
    said = {name: plain.get(name) for names in _FIELDS.values() for name in names}
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _known(groups: Iterable[str]) -> list[str]:
    chosen = list(dict.fromkeys(groups))
    for group in chosen:
        if group not in _FIELDS:
            raise RuleBroken("catalogue.no-such-fact", value=group)
    return chosen


def _group_of(mark: str) -> str:
    """The group to which a mark of `unconfirmed` belongs ("fees.kind" and "exemptions" to "fees")."""
    name = mark.partition(".")[0]
    return next((group for group, names in _FIELDS.items() if name == group or name in names), name)


def _is_empty(procedure: Procedure, name: str) -> bool:
    return getattr(procedure, name) in (None, (), "", Limit(), (Case(),))


def _with_limits(procedure: Procedure, source: Procedure) -> Procedure:
    """`procedure` with the limits that `source` has for its own channels and cases."""
    limits: dict[Channel, ChannelTerms] = {terms.channel: terms for terms in source.channels}
    cases = {case.key: case for case in source.cases}
    return replace(
        procedure,
        channels=tuple(
            replace(terms, limit=limits[terms.channel].limit) if terms.channel in limits else terms
            for terms in procedure.channels
        ),
        cases=tuple(
            replace(case, limit=cases[case.key].limit) if case.key in cases else case for case in procedure.cases
        ),
    )


# -- differences -------------------------------------------------------------------------------------------------------


def _limits(current: Procedure, incoming: Procedure) -> Iterator[Difference]:
    pairs: list[tuple[str, Limit | None, Limit | None]] = [("", current.limit, incoming.limit)]
    theirs = {terms.channel: terms.limit for terms in incoming.channels}
    for terms in current.channels:
        if terms.channel in theirs:
            own = terms.limit if terms.limit is not None and terms.limit.unit is not None else current.limit
            pairs.append((f":{terms.channel}", own, theirs[terms.channel]))
    cases = {case.key: case.limit for case in incoming.cases}
    pairs += [(f":case:{case.key}", case.limit, cases.get(case.key)) for case in current.cases]
    for name, ours, new in pairs:
        if new is None:
            continue
        if new.unit is not None and (ours is None or (ours.number, ours.unit) != (new.number, new.unit)):
            yield Difference(f"limit{name}", _limit_plain(ours), _limit_plain(new))
        rule = ours.rule if ours is not None else ""
        if new.rule and rule != new.rule:
            yield Difference(f"rule{name}", rule or None, new.rule)


def _limit_plain(limit: Limit | None) -> dict[str, Any] | None:
    if limit is None or (limit.number is None and limit.unit is None):
        return None
    return {"number": limit.number, "unit": limit.unit.value if limit.unit is not None else None}


def _channels(current: Procedure, incoming: Procedure) -> Iterator[Difference]:
    ours = {terms.channel for terms in current.channels}
    theirs = {terms.channel for terms in incoming.channels}
    for channel in Channel:
        if theirs and (channel in ours) != (channel in theirs):
            yield Difference(f"channels:{channel}", channel in ours, channel in theirs)


def _fees(current: Procedure, incoming: Procedure) -> Iterator[Difference]:
    """A fee that is free for one side and has no place on the other is no difference: "free" has no kind."""
    all_free = bool(incoming.fees) and all(fee.amount == 0 for fee in incoming.fees)
    for kind in FeeKind:
        ours, theirs = _amounts(current, kind), _amounts(incoming, kind)
        differs = any(
            amount is not None and ours.get(key, 0 if amount == 0 else None) != amount for key, amount in theirs.items()
        )
        ended = all_free and not theirs and any(ours[key] for key in ours if key[0] is FeeBasis.DOSSIER)
        if differs or ended:
            yield Difference(f"fees:{kind}", _fees_plain(current, kind), _fees_plain(incoming, kind))


def _amounts(procedure: Procedure, kind: FeeKind) -> dict[tuple[FeeBasis, Channel | None], int | None]:
    """Amounts by basis and channel."""
    amounts: dict[tuple[FeeBasis, Channel | None], int | None] = {}
    for fee in procedure.fees:
        if fee.kind is kind:
            for channel in fee.channels or tuple(terms.channel for terms in procedure.channels) or (None,):
                amounts[fee.basis, channel] = fee.amount
    return amounts


def _fees_plain(procedure: Procedure, kind: FeeKind) -> list[dict[str, Any]]:
    return [
        {
            "name": fee.name,
            "amount": fee.amount,
            "basis": fee.basis.value,
            "channels": [channel.value for channel in fee.channels],
        }
        for fee in procedure.fees
        if fee.kind is kind
    ]


def _papers(current: Procedure, incoming: Procedure) -> Iterator[Difference]:
    theirs = {case.key: case for case in incoming.cases if case.components}
    if not theirs:
        return
    ours = {case.key: case for case in current.cases}
    for key in dict.fromkeys((*ours, *theirs)):
        mine, new = _papers_plain(ours.get(key)), _papers_plain(theirs.get(key))
        if mine != new:
            yield Difference(f"components:{key}", mine, new)


def _papers_plain(case: Case | None) -> list[str] | None:
    return [component.name for component in case.components] if case is not None else None


def _level(current: Procedure, incoming: Procedure) -> Iterator[Difference]:
    if incoming.level is not None and incoming.level is not current.level:
        yield Difference("level", current.level.value if current.level is not None else None, incoming.level.value)
