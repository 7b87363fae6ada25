"""What comes to the counter, looked at once: a page from the scanner made ready and its codes read, a file judged."""

from __future__ import annotations

from dataclasses import dataclass

from onestop.rules.errors import Remark, RuleBroken
from paper import judge, qr
from paper.kinds import Kind
from paper.pdf_clean import clean
from paper.picture import raster
from paper.prepare import Prepared, Wish, prepare_raster
from paper.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Scanned:
    """A page of the scanner: as it is looked at and filed, and what the codes on it say."""

    prepared: Prepared
    codes: tuple[str, ...]


def scanned(content: bytes, wish: Wish | None = None) -> Scanned:
    """A page from the scanner or the camera. RuleBroken as `picture.raster`."""
    page = raster(content)
    codes = tuple(each.text for each in qr.read_raster(page, thorough=False))
    return Scanned(prepare_raster(page, wish or Wish()), codes)


@dataclass(frozen=True, slots=True)
class Judged:
    """A file that was brought: the verdict, and the file without what was active in it (None: there was nothing)."""

    verdict: Verdict
    clean: bytes | None
    notes: tuple[Remark, ...] = ()


def judged(content: bytes) -> Judged:
    """Look into a file. Never raises for what is in the file, as long as there is memory for it.

    A PDF with anything active in it is cleaned, unless it is signed: that one is kept as it is, and looked at with what
    is active left out.
    """
    verdict = judge.look(content)
    if verdict.kind != Kind.PDF or not verdict.fit or verdict.signed or not (verdict.active or verdict.attached):
        return Judged(verdict, None, verdict.notes)
    try:
        return Judged(verdict, clean(content).content, verdict.notes)
    except RuleBroken as broken:
        problems = (*verdict.problems, Remark(broken.code, dict(broken.details)))
        return Judged(_refused(verdict, problems), None, verdict.notes)


def _refused(verdict: Verdict, problems: tuple[Remark, ...]) -> Verdict:
    values = {name: getattr(verdict, name) for name in Verdict.__dataclass_fields__}
    return Verdict(**{**values, "problems": problems})
