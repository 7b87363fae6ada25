"""Every kind of act by its name: what a click, a replay after sync, a rebuild and the centre all fold with."""

from __future__ import annotations

from onestop.actions import (
    catalogue,
    citizens,
    intakes,
    linking,
    manage,
    papers,
    printing,
    process,
    receive,
    resuming,
    settle,
)
from onestop.store.work import Kind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for module in (manage, resuming, catalogue, citizens, receive, process, linking, papers, intakes, printing, settle)
    for kind in module.KINDS
}
