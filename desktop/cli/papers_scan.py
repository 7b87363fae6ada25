"""`motcua papers scan`: from the scanner into one component, as one paper.

Every page is safe on the disk before the next is asked for. A scanner that stops half way leaves the pages that came,
and the next scan into the same component goes on behind them; pages that may not come in are set aside, and the scan
screen of the window can bring them back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop.cli.machine import Quiet, scanners_of, workshop
from desktop.devices.scanners import Scanners, wish_of
from desktop.devices.source import Device, Page, ScanWish, trouble
from desktop.devices.spool import Tray
from desktop.office import Office
from desktop.scanning import Outcome, Scan, scan_into, take_left
from onestop.actions import pages, papers
from onestop.actions.pages import Change, Owner
from onestop.actions.papers import KeepForm
from onestop.queries import papers as queries
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.text import fold


@dataclass(frozen=True, slots=True)
class Scanned:
    """What came: the papers by id, the scanner's key, pages and how many of them are blank and struck through. `notes`:
    what was done otherwise than chosen, another way to the scanner or the glass for an empty feeder."""

    papers: tuple[str, ...]
    device: str
    pages: int
    blank: int
    notes: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The scanners of this machine, of which one was named."""

    scanners: Scanners
    device: Device

    def scan(
        self, wish: ScanWish, *, about: Mapping[str, Any] | None = None, stop: Callable[[], bool] = lambda: False
    ) -> Iterator[Page]:
        return self.scanners.scan(wish, device=self.device, about=about, stop=stop)

    def left(self) -> Sequence[Tray]:
        return self.scanners.left()


def scan(office: Office, dossier: str, component: str, title: str, named: str | None) -> Scanned:
    """Scan what lies in the scanner and keep it. RuleBroken device.unknown, paper.not-fit; DeviceTrouble with `came`,
    the pages that are there all the same; StoreTrouble scan.no-room."""
    scanners = scanners_of(office.folder, office)
    chosen = _Chosen(scanners, find(scanners, named) if named else scanners.device())
    # Nobody is there to turn a stack over: both sides by hand is for the window.
    wish = replace(wish_of(scanners.settings), manual_duplex=False)
    with workshop(office) as work:
        take_left(Quiet(), office, work, chosen)
        outcome = scan_into(Quiet(), office, work, chosen, Scan(Owner(dossier=dossier), component, title=title), wish)
    if outcome.trouble is not None:
        outcome.trouble.details["came"] = len(outcome.came)
        raise outcome.trouble
    try:
        form = KeepForm(dossier, component, papers.limit(office.row.options))
        kept = office.perform(papers.keep, form).answer
    except RuleBroken:
        _set_aside(office, dossier, component, outcome)
        raise
    used = scanners.fallbacks[-1].device if scanners.fallbacks else chosen.device
    return Scanned(tuple(kept), used.key, len(outcome.came), outcome.blank, scanners.news())


def find(scanners: Scanners, named: str) -> Device:
    """The scanner that is meant: by its key (then nobody looks around), its name, or a part of a name that fits one
    alone. RuleBroken device.unknown with those that there are, DeviceTrouble device.none where there is none."""
    driver, _, own = named.partition(":")
    if own and driver in scanners.drivers():
        return Device(own, own, driver)
    found = scanners.find().devices
    wanted = fold(named)
    fitting = [each for each in found if wanted and wanted in fold(each.name)]
    exact = [each for each in fitting if fold(each.name) == wanted]
    if len(exact) == 1 or len(fitting) == 1:
        return (exact or fitting)[0]
    if not found:
        raise trouble("device.none")
    known = [f"{each.name} ({each.key})" for each in found]
    raise RuleBroken("device.unknown", field="device", named=named, known=known)


def _set_aside(office: Office, dossier: str, component: str, outcome: Outcome) -> None:
    came = {each.page for each in outcome.came}
    rows = [each for each in office.read(queries.pages, dossier=dossier) if each.component == component]
    gone = [each.id for each in rows if not each.removed and (each.id in came or each.faults)]
    office.perform(pages.arrange, tuple(Change(each, {"state": "removed"}) for each in gone))
