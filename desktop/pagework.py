"""Work on pages for the open office: what a file is, what is stored of it. The work itself is done in `paper`, in a
process of its own; no Qt, for the window's workers and for the command line.
"""

from __future__ import annotations

from pathlib import Path

from desktop.office import Office
from onestop.actions.papers import Brought
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.papers import FileFacts, Source
from paper import judge
from paper.apart import Apart

SCRATCH = "work"
"""The folder, inside the office's, where strange files are opened: nothing of a citizen's paper lies anywhere else."""
LARGEST = 200 * 1024 * 1024
"""Bytes of a file that is looked at; what is larger is refused by its size alone."""


class Pagework:
    """One for the open office. Everything here takes its time: it is called in workers, or by the command line."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.apart = Apart(office.folder / SCRATCH)

    def close(self) -> None:
        """The other process ends."""
        self.apart.close()

    def brought(self, content: bytes, name: str, source: Source = Source.FILE) -> Brought:
        """A file on its way into a component, with what a look inside found (the gate says whether it may come in)."""
        if len(content) > LARGEST:
            too_large = (Remark("paper.too-large-file", {"most": LARGEST // (1024 * 1024)}),)
            return Brought(content[:0], FileFacts(name, "", len(content), problems=too_large), source=source)
        try:
            verdict = self.apart.run(judge.look, content)
        except RuleBroken as broken:
            problems = (Remark(broken.code, dict(broken.details)),)
            return Brought(content, FileFacts(name, "", len(content), problems=problems), source=source)
        facts = FileFacts(name, verdict.media_type, verdict.size, max(1, verdict.pages), problems=verdict.problems)
        return Brought(content, facts, source=source)

    def read(self, file: Path, source: Source = Source.FILE) -> Brought:
        """The same for a file on the disk. RuleBroken file.missing, file.too-large."""
        try:
            if file.stat().st_size > LARGEST:
                most = LARGEST // (1024 * 1024)
                raise RuleBroken("file.too-large", field="components", file=str(file), most=most)
            content = file.read_bytes()
        except OSError as error:
            raise RuleBroken("file.missing", field="components", file=str(file)) from error
        return self.brought(content, file.name, source)
