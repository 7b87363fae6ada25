"""A decision that closes a channel for many procedures, laid over each of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onestop import clock
from onestop.actions import catalogue as actions
from onestop.queries import catalogue
from onestop.rules.channel_list import Closing
from onestop.rules.overlay import Overlay
from onestop.rules.roles import Permission
from onestop.rules.text import fold
from onestop.store.work import Work


@dataclass(frozen=True, slots=True)
class Closed:
    """Codes that the decision was laid over, those that had it already, codes and fields that the catalogue has not."""

    closed: tuple[str, ...]
    unchanged: tuple[str, ...]
    unknown: tuple[str, ...]


def close(work: Work, closings: Sequence[Closing]) -> Closed:
    """Lay each decision over its procedures; the same file twice changes nothing. RuleBroken overlay.*."""
    work.demand(Permission.EDIT_CATALOGUE)
    rows = catalogue.entries(work.connection, work.office_id, clock.local(work.now).date())
    codes = {row.code for row in rows}
    by_field: dict[str, list[str]] = {}
    for row in rows:
        by_field.setdefault(fold(row.field), []).append(row.code)
    done: list[str] = []
    unchanged: list[str] = []
    unknown: list[str] = []
    for closing in closings:
        unknown += [each for each in closing.procedures if each not in codes]
        unknown += [each for each in closing.fields if fold(each) not in by_field]
        named = [each for each in closing.procedures if each in codes]
        named += [code for each in closing.fields for code in by_field.get(fold(each), ())]
        for code in dict.fromkeys(named):
            overlay = closing.overlay(code)
            if any(_same(overlay, each) for each in catalogue.overlays(work.connection, work.office_id, code)):
                unchanged.append(code)
            else:
                actions.set_overlay(work, overlay)
                done.append(code)
    return Closed(tuple(done), tuple(unchanged), tuple(dict.fromkeys(unknown)))


def _same(one: Overlay, other: Overlay) -> bool:
    return (one.decision, one.scope, one.valid_from, one.valid_to, one.channels) == (
        other.decision,
        other.scope,
        other.valid_from,
        other.valid_to,
        other.channels,
    )
