"""Whether a procedure is taken in by a channel on a day: dated data say so, the catalogue's or a decision over it.

NĐ 118/2025/NĐ-CP art. 15 lets people choose how they hand in. So a channel that the catalogue merely does not name is
told, and only one that a dated decision has closed is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from onestop.rules.overlay import is_open
from onestop.rules.procedure import Channel, Procedure

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Closed:
    """A channel by which a procedure is not taken in. `since`, `until`: ISO, the first and the last such day where
    they are known. `decision` "": none is known. `refuses` False: the catalogue does not name it, and that is all."""

    channel: Channel
    since: str = ""
    until: str = ""
    decision: str = ""
    refuses: bool = True

    @property
    def details(self) -> dict[str, Any]:
        """What the sentence of its code needs."""
        how = {"how": "by"} if self.decision else {}
        if self.since:
            how = {"how": "since-by" if self.decision else "since", "since": _day(self.since)}
        return {"channel": self.channel.value, "decision": self.decision, **how}


def closed(procedure: Procedure, channel: Channel, day: date, decisions: Mapping[str, str]) -> Closed | None:
    """Why `procedure` is not taken in by `channel` on `day`; None where it is. `decisions`: fact -> the decision that
    set it ("channels:direct"), as laid over the catalogue."""
    decision = decisions.get(f"channels:{channel}", "")
    terms = procedure.terms(channel)
    if terms is None:
        if not procedure.channels and not decision:
            return None  # nothing is known of any channel
        return Closed(channel, decision=decision, refuses=bool(decision))
    if is_open(terms, day):
        return None
    since = until = ""
    if terms.open_to is not None and terms.open_to < day.isoformat():
        since = (date.fromisoformat(terms.open_to) + DAY).isoformat()
    elif terms.open_from is not None:
        until = (date.fromisoformat(terms.open_from) - DAY).isoformat()
    return Closed(channel, since, until, decision)


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))
