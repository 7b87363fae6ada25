"""What is done with papers beside the work: their files of record made, their words read. One piece at a time.

No Qt: the window's back room calls it while nobody types, the command line when it is asked to.
"""

from __future__ import annotations

import ctypes
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from desktop.office import Office
from desktop.pagework import Read, Record
from desktop.settings import Settings
from onestop.actions import paper_changes, reading
from onestop.actions.paper_changes import FiledForm
from onestop.actions.reading import ReadingForm
from onestop.queries import papers
from onestop.queries.papers import DocumentRow
from onestop.rules.errors import Remark, RuleBroken, Trouble
from onestop.store.files import fingerprint
from onestop.store.work import Changes
from paper import ocr
from paper.apart import GivenUp

ENOUGH_MEMORY = 7 * 1024**3
"""Bytes: a PC sold with 8 GB shows a little less; below, pages are not read beside the work."""
MOST_WAITING = 20
"""Papers that are looked at for the next one, beside those that were tried in vain."""

log = logging.getLogger(__name__)


def memory() -> int:
    """Bytes of memory in this machine; 0 where that cannot be told. The Windows part is written from Microsoft's
    documentation of GlobalMemoryStatusEx."""
    if sys.platform == "win32":
        return _windows_memory()
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return 0


def _windows_memory() -> int:
    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_uint32),
            ("load", ctypes.c_uint32),
            *((name, ctypes.c_uint64) for name in ("total", "free", "page", "page_free", "room", "room_free", "more")),
        )

    status = Status()
    status.length = ctypes.sizeof(Status)
    found = ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))  # type: ignore[attr-defined]
    return int(status.total) if found else 0


def reads_pages(settings: Settings) -> bool:
    """Whether pages are read on this machine beside the work: as it was chosen, else by its memory, and never without
    the model: what is read without one would count as read."""
    chosen = settings.get("read_papers")
    wanted = chosen == "yes" or (chosen == "auto" and memory() >= ENOUGH_MEMORY)
    return wanted and ocr.is_ready()


class Report(Protocol):
    """What long work asks while it runs."""

    @property
    def cancelled(self) -> bool: ...


class Workshop(Protocol):
    """Whoever makes files of record and reads (`desktop/pagework.py`)."""

    def record(self, paper: DocumentRow, *, read: bool, given_up: Callable[[], bool]) -> Record: ...

    def read_paper(self, paper: DocumentRow, given_up: Callable[[], bool]) -> Read: ...


@dataclass
class Backlog:
    """What was tried in vain since the program started, and why: it is not tried again and again."""

    in_vain: dict[str, Trouble | RuleBroken] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece done. `paper`: which, None for nothing to do. `unfit`: the paper stayed over the office's limit."""

    paper: str | None = None
    changes: Changes = field(default_factory=Changes)
    unfit: tuple[Remark, ...] = ()


def do_next(report: Report, office: Office, work: Workshop, backlog: Backlog, *, read: bool) -> Piece:
    """Make the file of record of the paper that waits longest; where none waits, and pages are read on this machine
    (`read`), read the latest that has not been read."""
    most = MOST_WAITING + len(backlog.in_vain)
    paper = _first(office.read(papers.to_file, office.id, most), backlog)
    if paper is not None:
        return _attempt(backlog, paper, partial(_file, report, office, work, paper, read))
    paper = _first(office.read(papers.to_read, office.id, most), backlog) if read else None
    if paper is not None:
        return _attempt(backlog, paper, partial(_read, report, office, work, paper))
    return Piece()


def _first(rows: tuple[DocumentRow, ...], backlog: Backlog) -> DocumentRow | None:
    return next((row for row in rows if row.id not in backlog.in_vain), None)


def _attempt(backlog: Backlog, paper: DocumentRow, do: Callable[[], Piece]) -> Piece:
    try:
        return do()
    except GivenUp:
        return Piece()
    except (RuleBroken, Trouble) as trouble:
        log.info("a paper waits for its file: %s", trouble.code)
        backlog.in_vain[paper.id] = trouble
        return Piece(paper.id)


def _file(report: Report, office: Office, work: Workshop, paper: DocumentRow, read: bool) -> Piece:
    made = work.record(paper, read=read, given_up=lambda: report.cancelled)
    done = office.perform(paper_changes.file, FiledForm(paper.id, made.content, made.leaves))
    touched: dict[str, frozenset[str]] = dict(done.changes.touched)
    if made.read is not None:
        blob = fingerprint(made.content)
        form = ReadingForm(paper.id, blob, made.read.text, made.read.proposals)
        for table, ids in office.perform(reading.keep, form).changes.touched.items():
            touched[table] = touched.get(table, frozenset()) | ids
    return Piece(paper.id, Changes(touched), made.notes)


def _read(report: Report, office: Office, work: Workshop, paper: DocumentRow) -> Piece:
    found = work.read_paper(paper, lambda: report.cancelled)
    form = ReadingForm(paper.id, paper.blob or "", found.text, found.proposals)
    return Piece(paper.id, office.perform(reading.keep, form).changes)
