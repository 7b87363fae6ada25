"""A scanner and a workshop for pages that do as a test tells them: what lies in the feeder, what is found on a page.

The spool is the real one. Pages are small pictures with a number on them, each different from every other.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from desktop.devices.source import Page, ScanWish
from desktop.devices.spool import PASSING, Spool, Tray
from onestop.actions.papers import Brought
from onestop.rules.errors import DeviceTrouble, Remark, RuleBroken
from onestop.rules.papers import FileFacts, Signature, Source
from onestop.rules.text import file_name
from onestop.store.files import Files
from paper.component import Guess
from paper.live import Outline

A4 = (620, 877)
"""At 75 dots an inch."""
_FONT = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "BeVietnamProMotCua-SemiBold.ttf"


def picture(text: str, size: tuple[int, int] = A4, ground: str = "white") -> bytes:
    """A JPEG with `text` written large."""
    image = Image.new("RGB", size, ground)
    pen = ImageDraw.Draw(image)
    for place, line in enumerate(text.split("\n")):
        pen.text((50, 60 + 60 * place), line, fill="black", font=ImageFont.truetype(str(_FONT), 40))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


@dataclass(frozen=True)
class Told:
    """What is to be known of a page."""

    turn: int = 0
    colour: str | None = "grey"
    blank: bool = False
    problems: tuple[Remark, ...] = ()
    codes: tuple[str, ...] = ()
    clean: bytes | None = None


@dataclass(frozen=True)
class Word:
    """A word of a page: its place in shares of the page as it stands upright."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    line: int = 0


class Feeder:
    """The scanner that is set up. `stack`: pages, and troubles that come instead of one. `ahead`: how many sheets it
    has drawn in already when it is stopped, or when whoever takes pages breaks off."""

    def __init__(self, folder: Path) -> None:
        self.spool = Spool(folder)
        self.stack: list[Page | DeviceTrouble | Callable[[], None]] = []
        self.wishes: list[ScanWish] = []
        self.stopped = 0
        self.ahead = 0
        self.told: list[Remark] = []

    def load(self, *pages: Page | DeviceTrouble | Callable[[], None]) -> None:
        self.stack += pages

    def scan(
        self,
        wish: ScanWish,
        *,
        about: Mapping[str, Any] | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Iterator[Page]:
        self.wishes.append(wish)
        if not self.stack:
            raise DeviceTrouble("device.empty", device="Máy quét thử")
        tray = self.spool.begin(about or {})
        try:
            while self.stack:
                if stop():
                    self.stopped += 1
                    return
                page = self.stack.pop(0)
                if isinstance(page, DeviceTrouble):
                    raise page
                if callable(page):
                    page()
                    continue
                name = tray.put(page)
                yield tray.take(name)
                tray.forget(name)
        finally:
            for page in self.stack[: self.ahead]:
                assert isinstance(page, Page)
                tray.put(page)
            del self.stack[: self.ahead]
            self.ahead = 0
            tray.end()

    def left(self) -> Sequence[Tray]:
        return self.spool.left()

    def glance(self, wish: ScanWish, stop: Callable[[], bool] = lambda: False) -> Page | None:
        return next(self.scan(wish, about={PASSING: True}, stop=stop), None)

    def news(self) -> tuple[Remark, ...]:
        told, self.told = tuple(self.told), []
        return told


class Workshop:
    """Looks into pages as it was told."""

    def __init__(self, files: Files | None = None) -> None:
        self.told: dict[bytes, Told | Exception] = {}
        self.words_of: dict[str, tuple[Word, ...]] = {}
        self.own: dict[str, tuple[Word, ...]] = {}
        self.asked: list[str] = []
        self.guesses: dict[str, tuple[Guess, ...]] = {}
        self.codes_on: tuple[str, ...] = ()
        self.sheet: Outline | None = None
        self.looked: list[int] = []
        self._files = files

    def page(self, number: int, text: str = "", *, back: bool = False, **told: Any) -> Page:
        """A page that was scanned, and what is to be found on it."""
        content = picture(text or f"Trang {number}")
        self.told[content] = Told(**told)
        return Page(content, "image/jpeg", *A4, 75, number, back)

    def bad_page(self, number: int, error: Exception) -> Page:
        """A page that cannot be looked into."""
        page = self.page(number, f"hỏng {number}")
        self.told[page.content] = error
        return page

    # -- what the program asks

    def close(self) -> None:
        """There is no other process to end."""

    def mended(self, page: Page) -> Told:
        told = self.told.get(page.content, Told())
        if isinstance(told, Exception):
            raise told
        return told

    def codes(self, content: bytes) -> tuple[str, ...]:
        self.looked.append(len(content))
        return self.codes_on

    def codes_of(self, file: Path) -> tuple[str, ...]:
        return self.codes(file.read_bytes())

    def outline(self, content: bytes) -> Outline | None:
        return self.sheet

    def read(self, file: Path, source: Source = Source.FILE) -> Brought:
        if not file.exists():
            raise RuleBroken("file.missing", field="components", file=str(file))
        content = file.read_bytes()
        kind = {".pdf": "application/pdf", ".jpg": "image/jpeg"}.get(file.suffix, "")
        leaves = content.count(b"/Type /Page\n") if file.suffix == ".pdf" else 1
        problems = () if kind else (Remark("paper.not-a-page", {"what": "text"}),)
        broken = Signature.BROKEN if "chu-ky-hong" in file.name else Signature.NONE
        facts = FileFacts(file_name(file.name), kind, len(content), max(1, leaves), problems=problems, signature=broken)
        return Brought(content, facts, source=source)

    def picture(self, blob: str, media_type: str, leaf: int, width: int, height: int) -> bytes:
        assert self._files is not None
        try:
            document = pypdfium2.PdfDocument(self._files.get(blob))
        except pypdfium2.PdfiumError as error:
            raise RuleBroken("paper.unreadable") from error
        try:
            page = document[leaf]
            scale = min(width / page.get_width(), height / page.get_height())
            out = io.BytesIO()
            page.render(scale=scale).to_pil().save(out, "PNG")
            return out.getvalue()
        finally:
            document.close()

    def own_words(self, blob: str, media_type: str, leaf: int) -> tuple[Word, ...]:
        return self.own.get(blob, ())

    def words(self, blob: str, media_type: str, leaf: int, turn: int, given_up: Callable[[], bool]) -> tuple[Word, ...]:
        self.asked.append(blob)
        return self.words_of.get(blob, ())

    def guess(self, blob: str, turn: int, names: Sequence[str], given_up: Callable[[], bool]) -> tuple[Guess, ...]:
        return self.guesses.get(blob, ())
