"""Codes of another system from a list: a line that is right is linked, every other one is told and changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from onestop.actions import linking
from onestop.actions.linking import LinkForm
from onestop.queries import dossiers
from onestop.rules import codes
from onestop.rules.code_list import Pair
from onestop.rules.errors import RuleBroken
from onestop.rules.roles import Permission
from onestop.store import schema
from onestop.store.work import Work

BATCH = 500
"""Lines in a transaction."""

_d = schema.dossier.c


@dataclass(slots=True)
class LinkedList:
    """What became of a list. `linked`, `known` (linked before): how many; `only_there`: lines whose dossier is not
    here; `rejected`: lines that could not be right, with why."""

    linked: int = 0
    known: int = 0
    only_there: list[Pair] = field(default_factory=list)
    rejected: list[tuple[Pair, RuleBroken]] = field(default_factory=list)

    def __iadd__(self, other: LinkedList) -> LinkedList:
        self.linked += other.linked
        self.known += other.known
        self.only_there += other.only_there
        self.rejected += other.rejected
        return self


def clashes(pairs: Sequence[Pair]) -> dict[int, RuleBroken]:
    """Lines that contradict others of the list, by their number: one code of ours with two of theirs, or the other way
    round. Which of them is right the list does not say, so none is taken."""
    ours: dict[str, dict[str, list[int]]] = {}
    theirs: dict[str, dict[str, list[int]]] = {}
    for pair in pairs:
        if pair.broken is None:
            one, other = codes.normalise(pair.ours), codes.normalise(pair.theirs)
            ours.setdefault(one, {}).setdefault(other, []).append(pair.line)
            theirs.setdefault(other, {}).setdefault(one, []).append(pair.line)
    found = {}
    for partners in (*ours.values(), *theirs.values()):
        if len(partners) > 1:
            lines = sorted(line for each in partners.values() for line in each)
            found.update({line: RuleBroken("code-list.contradicts", line=line, lines=lines) for line in lines})
    return found


def link_pairs(work: Work, pairs: Sequence[Pair]) -> LinkedList:
    """Link one batch. A line that cannot be right is rejected alone: a code taken by another dossier, no code at all,
    a dossier that bears another code already (that is for a person to decide, `linking.link`)."""
    work.demand(Permission.LINK_CODE)
    done = LinkedList()
    for pair in pairs:
        if pair.broken is not None:
            done.rejected.append((pair, pair.broken))
            continue
        dossier_id = dossiers.find_id(work.connection, pair.ours)
        if dossier_id is None:
            done.only_there.append(pair)
            continue
        try:
            _link(work, dossier_id, pair, done)
        except RuleBroken as broken:
            done.rejected.append((pair, broken))
    return done


def _link(work: Work, dossier_id: str, pair: Pair, done: LinkedList) -> None:
    external = codes.external(pair.theirs)
    shown = work.connection.execute(select(_d.external_code).where(_d.id == dossier_id)).scalar()
    if shown == external:
        done.known += 1
    elif shown is not None:
        raise RuleBroken("code-list.other-code", code=pair.ours, external=shown)
    else:
        linking.link(work, LinkForm(pair.ours, external))
        done.linked += 1
