"""Work on pages for the open office: what a page or a file is, how it is shown, its words, its file of record.

The work itself is done in `paper`, in a process of its own; no Qt, for the window's workers and for the command line.
Everything here takes its time: it is called in workers.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.devices.source import Page
from desktop.office import Office
from onestop import clock
from onestop.actions import papers as actions
from onestop.actions.papers import Brought
from onestop.queries.papers import DocumentRow
from onestop.rules import why
from onestop.rules.errors import Remark, RuleBroken, Trouble
from onestop.rules.papers import FileFacts, Signature, Source
from onestop.rules.text import clean, file_name
from onestop.store.blobs import PDF
from paper import bare, component, incoming, leaves, live, ocr, pdf, pdf_write, propose, qr, record, showing
from paper.apart import Apart, GivenUp
from paper.component import Guess
from paper.live import Outline
from paper.ocr import Reading, Word
from paper.prepare import Wish
from paper.record import Sheet
from paper.sign_trust import Trust, read_trust
from paper.signatures import SignatureFact, overall, signatures

SCRATCH = "work"
"""The folder, inside the office's, where strange files are opened: nothing of a citizen's paper lies anywhere else."""
LARGEST = 200 * 1024 * 1024
"""Bytes of a file that is looked at; what is larger is refused by its size alone."""
TRUSTED = "trust"
"""The folder, inside the office's, with the authorities whose signatures count."""
READING_SECONDS = 40.0
MOST_READ = 60
"""Pages of a paper that are read beside the work; what is read of a longer one is its beginning."""
OVERHEAD = 64 * 1024
"""Bytes that a file of record is larger than its pictures."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What is to be known of a scanned page. `clean`: the page upright, straight and cut out, which is looked at and
    filed; the one that came is kept beside it."""

    turn: int
    colour: str | None
    blank: bool
    problems: tuple[Remark, ...]
    codes: tuple[str, ...]
    clean: bytes | None


@dataclass(frozen=True, slots=True)
class Read:
    """The words of a paper and what they propose: particular → {value, confidence}."""

    text: str
    proposals: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """A file of record, and what was read on its pages (None: they were not read). `notes`: what could not be done."""

    content: bytes
    leaves: int
    read: Read | None
    notes: tuple[Remark, ...] = ()


class Pagework:
    """One for the open office. What a person waits for is done in one process, what is done beside the work in
    another."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.apart = Apart(office.folder / SCRATCH)
        self.beside = Apart(office.folder / SCRATCH)

    def close(self) -> None:
        """The other processes end."""
        self.apart.close()
        self.beside.close()

    # -- what comes

    def mended(self, page: Page) -> Mended:
        """A page from the scanner, set right. One that cannot be opened comes in as it is, with what is the matter."""
        if page.media_type == "application/pdf":
            return self._of_folder(page.content)
        try:
            came = self.apart.run(incoming.scanned, page.content, self._wish())
        except RuleBroken as broken:
            return Mended(0, None, False, (Remark(broken.code, dict(broken.details)),), (), None)
        done = came.prepared
        return Mended(0, done.tone.value, done.blank, (), came.codes, done.content)

    def _of_folder(self, content: bytes) -> Mended:
        brought = self.brought(content, "")
        return Mended(0, None, False, brought.facts.problems, (), brought.clean)

    def _wish(self) -> Wish:
        """How pages are set right at this office."""
        return Wish(keep_colour=bool(self._office.row.options.get("scan_keep_colour", True)))

    def brought(self, content: bytes, name: str, source: Source = Source.FILE) -> Brought:
        """A file on its way into a component, with what a look inside found (the gate says whether it may come in)."""
        if len(content) > LARGEST:
            return _too_large(name, len(content), source)
        try:
            judged = self.apart.run(incoming.judged, content)
        except RuleBroken as broken:
            problems = (Remark(broken.code, dict(broken.details)),)
            return Brought(content, FileFacts(name, "", len(content), problems=problems), source=source)
        verdict = judged.verdict
        clean, blank = judged.clean, False
        if verdict.fit and verdict.media_type != PDF and verdict.pages == 1:
            clean, blank = self._set_right(content)
        elif verdict.fit:
            blank = self._is_bare(clean or content)
        facts = FileFacts(
            name,
            verdict.media_type,
            len(clean or content),
            max(1, verdict.pages) if verdict.fit else verdict.pages,
            blank,
            verdict.problems,
            self._signature(content) if verdict.signed else Signature.NONE,
        )
        return Brought(content, facts, clean, source, judged.notes)

    def _set_right(self, content: bytes) -> tuple[bytes | None, bool]:
        """A picture that somebody took of a page, cut out, upright and straight, and whether there is nothing on it."""
        try:
            prepared = self.apart.run(incoming.scanned, content, self._wish()).prepared
        except RuleBroken:
            return None, False  # it is looked at as it came; what is wrong with it the verdict says
        return prepared.content, prepared.blank

    def _is_bare(self, content: bytes) -> bool:
        """Whether nothing is on any of its pages; a file that makes that hard to tell is not held up for it."""
        try:
            return self.apart.run(bare.is_bare, content)
        except RuleBroken:
            return False

    # -- signatures

    @property
    def trust(self) -> Trust:
        """Whom the office believes."""
        return read_trust(self._office.folder / TRUSTED)

    def _signature(self, content: bytes) -> Signature:
        """What becomes of the signatures that a PDF came with."""
        try:
            return overall(self.signatures_of(content))
        except RuleBroken:
            return Signature.UNKNOWN

    def signatures_of(self, content: bytes) -> tuple[SignatureFact, ...]:
        """Every signature in a PDF, judged now. RuleBroken as `signatures`."""
        return self.apart.run(signatures, content, self.trust, clock.now())

    def read(self, file: Path, source: Source = Source.FILE) -> Brought:
        """The same for a file on the disk, by a name that can be kept: on a disk it may be no text at all.
        RuleBroken file.missing."""
        size, found = _content_of(file)
        name = file_name(file.name)
        return _too_large(name, size, source) if found is None else self.brought(found, name, source)

    def codes(self, content: bytes) -> tuple[str, ...]:
        """What the codes on a picture say, worked on until one is read: an identity card under the camera. Of a PDF or
        TIFF its second leaf too, where the first has none: the code of a newer card stands on its back."""
        for leaf in range(2):
            try:
                found = self.apart.run(qr.read, content, leaf)
            except RuleBroken:
                if leaf:
                    break
                raise
            if found:
                return tuple(each.text for each in found)
        return ()

    def codes_of(self, file: Path) -> tuple[str, ...]:
        """The same for a file on the disk, of which nothing is kept. RuleBroken file.missing, paper.*."""
        _size, found = _content_of(file)
        if found is None:
            raise RuleBroken("paper.too-large-file", most=LARGEST // (1024 * 1024))
        return self.codes(found)

    def outline(self, content: bytes) -> Outline | None:
        """The sheet on a small picture of what a camera sees; None where none is clear, or the picture cannot be
        looked at."""
        try:
            return self.apart.run(live.outline, content)
        except RuleBroken:
            return None

    # -- what is shown

    def picture(self, blob: str, media_type: str, leaf: int, width: int, height: int) -> bytes:
        """A leaf as a picture that fits into the room for it. RuleBroken paper.*, StoreTrouble files.*."""
        return self.apart.run(showing.picture, self._office.files.get(blob), leaf, width, height)

    def own_words(self, blob: str, media_type: str, leaf: int) -> Sequence[Word]:
        """The words that stand in the file as text; () where it is a picture."""
        if media_type != "application/pdf":
            return ()
        return self.apart.run(showing.own_words, self._office.files.get(blob), leaf)

    def words(self, blob: str, media_type: str, leaf: int, turn: int, given_up: Callable[[], bool]) -> Sequence[Word]:
        """The words read from the picture, in places of the page as turned by `turn`; () when nobody waits any
        more. RuleBroken paper.too-slow."""
        content = self._office.files.get(blob)
        try:
            found = self.apart.within(READING_SECONDS, given_up, ocr.read, content, leaf, turn)
        except GivenUp:
            return ()
        return tuple(record.turned_back(each, found.turn) for each in found.words)

    def guess(self, blob: str, turn: int, names: Sequence[str], given_up: Callable[[], bool]) -> tuple[Guess, ...]:
        """The components, by their places in `names`, that a page may belong to, likeliest first.

        RuleBroken paper.*, Trouble paper.no-model.
        """
        try:
            found = self.apart.within(READING_SECONDS, given_up, ocr.read, self._office.files.get(blob), 0, turn)
        except GivenUp:
            return ()
        return component.belongs(found.lines, names)

    # -- beside the work

    def record(self, paper: DocumentRow, *, read: bool, given_up: Callable[[], bool]) -> Record:
        """The file of record of a paper that was scanned: its pages but those struck through, set right, under the
        office's limit, one searchable PDF/A. GivenUp; StoreTrouble files.*."""
        options = self._office.row.options
        # Struck every one and let in all the same: then what came is what there is.
        pages = [page for page in paper.pages if not page.struck] or paper.pages
        made = [sheet for page in pages for sheet in self._sheets(page.blob, page.turn)]
        notes: tuple[Remark, ...] = ()
        most = actions.limit(options)
        if most is not None:
            colour = bool(options.get("scan_keep_colour", True))
            limit = max(1, most - OVERHEAD)
            fit = self.beside.within(
                300.0, given_up, record.under, limit, made, keep_colour=colour, check=ocr.is_ready()
            )
            made, notes = list(fit.sheets), fit.notes
        found = [self._read(sheet, given_up) for sheet in made[:MOST_READ]] if read else []
        bound = [record.leaf(sheet, found[at] if at < len(found) else None) for at, sheet in enumerate(made)]
        content = self.beside.within(120.0, given_up, pdf_write.assemble, bound, paper.about.title, clock.now())
        return Record(content, len(bound), self._proposed(found) if read else None, notes)

    def _sheets(self, blob: str, turn: int) -> Sequence[Sheet]:
        content = self._office.files.get(blob)
        try:
            return self.beside.run(record.sheets, content, turn, self._wish())
        except RuleBroken:
            return (record.empty_sheet(),)

    def _read(self, sheet: Sheet, given_up: Callable[[], bool]) -> Reading:
        """The words of one sheet; none where that takes too long or cannot be done."""
        try:
            return self.beside.within(READING_SECONDS, given_up, record.read, sheet)
        except (RuleBroken, Trouble):
            return Reading()

    def read_paper(self, paper: DocumentRow, given_up: Callable[[], bool]) -> Read:
        """The words of a paper that has its file: those that stand in it, else those read off its pages.

        GivenUp; StoreTrouble files.*; Trouble paper.no-model, so that it is read once there is one; RuleBroken where
        the file cannot be opened at all.
        """
        assert paper.blob is not None
        content = self._office.files.get(paper.blob)
        found = []
        for number in range(min(MOST_READ, self.beside.run(leaves.count, content))):
            own = self.beside.run(pdf.words, content, number)
            if own:
                found.append(Reading(own, 0, 1.0))
                continue
            try:
                found.append(self.beside.within(READING_SECONDS, given_up, ocr.read, content, number))
            except RuleBroken:
                found.append(Reading())
        return self._proposed(found)

    def _proposed(self, found: Sequence[Reading]) -> Read:
        """What the pages say together; the first that proposes a particular is believed."""
        proposals: dict[str, Any] = {}
        for reading in found:
            for each in propose.particulars(reading.lines, {}):
                confidence = round(each.sure * min(1.0, reading.sure + 0.1), 2)
                proposals.setdefault(each.field, {"value": each.value, "confidence": confidence})
        return Read("\n\n".join(reading.text for reading in found if reading.words), proposals)


def _content_of(file: Path) -> tuple[int, bytes | None]:
    """The size of a file and what is in it, None where it is too large to be looked at. RuleBroken file.missing."""
    try:
        there = file.stat()
        if not stat.S_ISREG(there.st_mode):  # a folder, a device that never ends
            reason = {"code": "why.folder" if stat.S_ISDIR(there.st_mode) else "why.not-a-file"}
            raise RuleBroken("file.missing", field="components", file=clean(str(file)), how="reason", reason=reason)
        return there.st_size, file.read_bytes() if there.st_size <= LARGEST else None
    except (OSError, ValueError) as error:  # ValueError: a name that no disk can have
        reason = why.of_system(error) if isinstance(error, OSError) else {"code": "why.missing"}
        raise RuleBroken(
            "file.missing", field="components", file=clean(str(file)), how="reason", reason=reason
        ) from error


def _too_large(name: str, size: int, source: Source) -> Brought:
    """A file that nobody looks into."""
    problem = Remark("paper.too-large-file", {"most": LARGEST // (1024 * 1024)})
    return Brought(b"", FileFacts(name, "", size, problems=(problem,)), source=source)
