"""A decision that closes a channel for many procedures, as a file: which codes or fields, from which day, by what."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from onestop.rules.errors import RuleBroken
from onestop.rules.overlay import ChannelChange, Overlay, Scope
from onestop.rules.procedure import Channel

KEYS = ("procedures", "fields", "channel", "from", "to", "decision", "scope", "source")


@dataclass(frozen=True, slots=True)
class Closing:
    """One row: the procedures with these codes or of these fields are not taken in by `channel` from `since` on, until
    `until` (the last such day) where that is known."""

    procedures: tuple[str, ...]
    fields: tuple[str, ...]
    channel: Channel
    since: date
    decision: str
    until: date | None = None
    scope: Scope = Scope.PROVINCE
    source: str = ""

    def overlay(self, code: str) -> Overlay:
        """The decision on one procedure: open until the day before, and known from the first day on."""
        last = (self.since - timedelta(days=1)).isoformat()
        change = ChannelChange(self.channel, open_to=last)
        until = self.until.isoformat() if self.until else None
        return Overlay(
            "", self.scope, code, self.decision, self.since.isoformat(), until, channels=(change,), note=self.source
        )


def read_closings(text: str) -> tuple[Closing, ...]:
    """The rows of a TOML file, `[[closed]]` each. RuleBroken channels.syntax (line), channels.none, channels.row."""
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise RuleBroken("channels.syntax", line=line.group(1) if line else "?") from error
    rows = plain.get("closed")
    if not isinstance(rows, list) or not rows or not all(isinstance(each, dict) for each in rows):
        raise RuleBroken("channels.none")
    return tuple(_closing(number, row) for number, row in enumerate(rows, 1))


def _closing(number: int, row: Mapping[str, Any]) -> Closing:
    def wrong(what: str) -> RuleBroken:
        return RuleBroken("channels.row", row=number, what=what)

    for key in row:
        if key not in KEYS:
            raise wrong(key)
    codes, fields = (_texts(row.get(key)) for key in ("procedures", "fields"))
    if codes is None or fields is None or not (codes or fields):
        raise wrong("procedures")
    since, until = _day(row.get("from")), _day(row.get("to"))
    if since is None:
        raise wrong("from")
    if row.get("to") is not None and (until is None or until < since):
        raise wrong("to")
    decision, source = row.get("decision"), row.get("source", "")
    if not isinstance(decision, str) or not decision.strip():
        raise wrong("decision")
    if not isinstance(source, str):
        raise wrong("source")
    try:
        channel, scope = Channel(row.get("channel", "direct")), Scope(row.get("scope", "province"))
    except ValueError as error:
        raise wrong("channel" if row.get("channel", "direct") not in set(Channel) else "scope") from error
    return Closing(codes, fields, channel, since, decision.strip(), until, scope, source.strip())


def _texts(value: Any) -> tuple[str, ...] | None:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        return None
    return tuple(each.strip() for each in value)


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else None
