"""The citizen's card at Tiếp nhận without a reader: under the camera, on the scanner, as a picture file, on a page.

Whatever the picture comes from, the text of its code goes the way of a reader's text, with the same checks; nothing of
the picture itself is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from desktop.bus import Level, Notice
from desktop.devices.scanners import wish_of
from desktop.devices.source import ScanWish
from desktop.jobs import Report
from desktop.models.pages import Picture
from desktop.views.camera_sheet import CameraSheet, read_codes
from desktop.views.files import kinds
from desktop.views.screen import Counter, Screen
from onestop import clock
from onestop.rules import card_codes
from onestop.rules.errors import RuleBroken
from onestop.texts import _

KEY = "card"
"""Of notices about the picture of a card: the newest takes the place of the one before."""


class ReceiveCards(QObject):
    """`by_camera()`, `by_scanner()`, `pick()`, `from_file(file)`, `from_page(picture)`. `heard(text)` gets what a
    reader would have typed."""

    def __init__(self, counter: Counter, screen: Screen, heard: Callable[[str], None]) -> None:
        super().__init__(screen)
        self._counter, self._desk, self._screen, self._heard = counter, counter.desk, screen, heard
        self.sheet: CameraSheet | None = None

    def _service(self, name: str) -> Any:
        return getattr(self._counter.service, name, None)

    def by_camera(self) -> None:
        """F3: look for the code of a card under the camera."""
        if self.sheet is None:
            self.sheet = CameraSheet(self._counter, self._screen)
        self.sheet.read_card(self._heard)

    @property
    def looking(self) -> bool:
        """Is a card being looked for under the camera?"""
        return self.sheet is not None and self.sheet.isVisible()

    def by_scanner(self) -> None:
        """F6 while a card is looked for: one page from the scanner, for its code and nothing else."""
        if self.sheet is not None:
            self.sheet.put_away()
        scanners = self._service("scanners")
        if scanners is None:
            self._desk.bus.tell(Notice(Level.WARNING, "scan.not-set-up", {}, KEY))
        else:
            self._run(of_scanner, scanners, wish_of(self._counter.settings))

    def pick(self) -> None:
        """Ctrl+O where people are found: a picture of a card."""
        self._counter.notices.pick_file(_("Chọn ảnh thẻ căn cước"), kinds(), self.from_file)

    def from_file(self, file: Path) -> None:
        """A picture of a card that somebody has taken; it stays where it is."""
        self._run(of_file, file)

    def from_page(self, picture: Picture) -> None:
        """The page that is marked."""
        self._run(of_page, self._service("office"), picture.blob)

    def _run(self, work: Callable[..., Any], *given: Any) -> None:
        self._desk.run(work, self._service("pagework"), *given, then=self._read, what="progress.card", owner=self)

    def _read(self, answer: str | RuleBroken | None) -> None:
        if isinstance(answer, str):
            self._counter.notices.drop(KEY)
            self._heard(answer)
        elif answer is not None:
            self._desk.bus.tell(Notice(Level.WARNING, answer.code, answer.details, KEY))


def of_file(report: Report, work: Any, file: Path) -> str | RuleBroken:
    """In a worker: the card on a picture file, else why there is none."""
    try:
        return card_codes.among(work.codes_of(file), clock.today())
    except RuleBroken as broken:
        return broken if broken.code.startswith(("card.", "file.")) else RuleBroken("card.no-code")


def of_scanner(report: Report, work: Any, scanners: Any, wish: ScanWish) -> str | RuleBroken | None:
    """In a worker: the card in the scanner, else why there is none; None when it was given up. DeviceTrouble."""
    page = scanners.glance(wish, lambda: report.cancelled)
    return _laid(read_codes(report, work, page.content)) if page is not None else None


def of_page(report: Report, work: Any, office: Any, blob: str) -> str | RuleBroken:
    """In a worker: the card on a page that is stored, else why there is none."""
    return _laid(read_codes(report, work, office.files.get(blob)))


def _laid(answer: str | RuleBroken) -> str | RuleBroken:
    """What is to be done about a card that was laid down: nobody held it before a camera."""
    if isinstance(answer, RuleBroken) and answer.code == "card.no-code":
        return RuleBroken(answer.code, **{**answer.details, "how": "laid"})
    return answer
