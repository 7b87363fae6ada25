"""A paper that is kept changes: its particulars, its component, its pages, its file of record, the clerk's signature.

Nothing is deleted: a paper that is taken off stays with its reason, and the pages as they came stay named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from onestop import clock
from onestop.actions.papers import page_of, place_in
from onestop.rules import papers as rules
from onestop.rules.errors import RuleBroken
from onestop.rules.papers import About
from onestop.rules.roles import Permission
from onestop.store import blobs, schema
from onestop.store.blobs import PDF
from onestop.store.work import Work

_d = schema.document.c


def _standing(work: Work, document_id: str) -> Any:
    row = work.connection.execute(select(schema.document).where(_d.id == document_id)).one_or_none()
    if row is None:
        raise RuleBroken("paper.unknown", paper=document_id)
    return row


def _change(work: Work, kind: str, row: Any, groups: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]]) -> None:
    work.record(
        kind,
        [("document", row.id), ("dossier", row.dossier_id)],
        {"groups": {group: [dict(old), dict(new)] for group, (old, new) in groups.items()}},
    )
    work.touch("dossier", row.dossier_id)


@dataclass(frozen=True, slots=True)
class DescribeForm:
    """New particulars of a paper, art. 19.2."""

    document: str
    about: About


def describe(work: Work, form: DescribeForm) -> None:
    """Change the particulars, group by group; what is the same is left alone. RuleBroken paper.about-*."""
    work.demand(Permission.SCAN)
    row = _standing(work, form.document)
    about = rules.checked(form.about, clock.local(work.now).date())
    if not about.title:
        about = replace(about, title=row.title)
    groups = {}
    for group, names in rules.GROUPS.items():
        old = {name: getattr(row, name) for name in names}
        new = {name: getattr(about, name) or (False if name == "perpetual" else None) for name in names}
        if old != new:
            groups[group] = (old, new)
    if groups:
        _change(work, "document.described", row, groups)


@dataclass(frozen=True, slots=True)
class MoveForm:
    """A paper belongs to another component."""

    document: str
    component: str


def move(work: Work, form: MoveForm) -> None:
    """Put a paper under another component of its dossier."""
    work.demand(Permission.SCAN)
    row = _standing(work, form.document)
    place = place_in(work, row.dossier_id, form.component)
    if place.component != row.component:
        group = ({"component": row.component}, {"component": place.component})
        _change(work, "document.moved", row, {"component": group})


@dataclass(frozen=True, slots=True)
class DropForm:
    """Take a paper off, with the reason; `reason` None puts it back."""

    document: str
    reason: str | None


def drop(work: Work, form: DropForm) -> None:
    """Take a paper off its dossier (nothing is deleted), or put it back. RuleBroken page.reason-missing."""
    work.demand(Permission.SCAN)
    row = _standing(work, form.document)
    reason = " ".join(form.reason.split()) if form.reason is not None else None
    if reason == "":
        raise RuleBroken("page.reason-missing", field="reason")
    if reason != row.dropped:
        _change(work, "document.dropped", row, {"dropped": ({"dropped": row.dropped}, {"dropped": reason})})


def drop_standing(work: Work, form: DropForm) -> None:
    """The same of a paper that may have been taken off already: that one keeps its own reason."""
    if _standing(work, form.document).dropped is None:
        drop(work, form)


@dataclass(frozen=True, slots=True)
class FiledForm:
    """The file of record of a paper, made of its pages."""

    document: str
    content: bytes
    leaves: int


_FILE = ("blob", "media_type", "size", "leaves")


def file(work: Work, form: FiledForm) -> None:
    """Name the file of record. A paper that has one already, or was taken off meanwhile, is left as it is."""
    row = _standing(work, form.document)
    if row.blob is not None or row.dropped is not None:
        return
    sha256 = blobs.keep(work.connection, work.files, work.office_id, form.content, work.now)
    new = {"blob": sha256, "media_type": PDF, "size": len(form.content), "leaves": form.leaves}
    _change(work, "document.filed", row, {"file": ({name: getattr(row, name) for name in _FILE}, new)})


@dataclass(frozen=True, slots=True)
class SignedForm:
    """A paper with the clerk's own signature in it (art. 17.1). `of`: the hash of the file that was signed."""

    document: str
    of: str
    content: bytes
    subject: str
    serial: str


def sign(work: Work, form: SignedForm) -> None:
    """The signed file takes the place of the unsigned one. RuleBroken paper.moved-on when that one is gone."""
    work.demand(Permission.SCAN)
    row = _standing(work, form.document)
    if row.blob != form.of or row.dropped is not None:
        raise RuleBroken("paper.moved-on", title=row.title)
    sha256 = blobs.keep(work.connection, work.files, work.office_id, form.content, work.now)
    signed = {
        "by": work.actor.id,
        "subject": form.subject,
        "serial": form.serial,
        "at": work.now.isoformat(),
        "of": form.of,
    }
    old = {"blob": row.blob, "size": row.size, "signed": row.signed}
    new = {"blob": sha256, "size": len(form.content), "signed": {**signed, "of": form.of}}
    _change(work, "document.signed", row, {"file": (old, new)})


@dataclass(frozen=True, slots=True)
class CopiedForm:
    """An electronic copy of a paper went out (NĐ 30/2020/NĐ-CP art. 25-27). `form`: in the decree's words; `of`: the
    hash of the file that was copied, `sha256` that of the copy; `signed`: it carries the agency's signature already."""

    document: str
    form: str
    agency: str
    of: str
    sha256: str
    signed: bool


def copied(work: Work, form: CopiedForm) -> None:
    """Record who copied what for whom to answer for; the copy itself is outside and is not kept."""
    work.demand(Permission.SCAN)
    row = _standing(work, form.document)
    body = {"form": form.form, "agency": form.agency, "of": form.of, "sha256": form.sha256, "signed": form.signed}
    work.record("document.copied", [("document", row.id), ("dossier", row.dossier_id)], body)
    work.touch("dossier", row.dossier_id)


@dataclass(frozen=True, slots=True)
class ArrangeForm:
    """The pages of a paper in another order, turned or struck: (position now, turn, struck) in the new order."""

    document: str
    pages: tuple[tuple[int, int, bool], ...]


def arrange(work: Work, form: ArrangeForm) -> None:
    """Arrange the pages of a paper anew; its file of record is made again. Nothing is dropped: every page stays named.

    RuleBroken paper.signed-already, paper.given-whole (a PDF that was brought), paper.pages-differ.
    """
    work.demand(Permission.SCAN)
    row = _standing(work, form.document)
    if row.signed is not None:
        raise RuleBroken("paper.signed-already", title=row.title)
    c = schema.document_page.c
    pages = work.connection.execute(
        select(schema.document_page).where(c.document_id == row.id).order_by(c.position)
    ).all()
    if [page.media_type for page in pages] == [PDF]:
        raise RuleBroken("paper.given-whole", title=row.title)
    by_position = {page.position: page for page in pages}
    if sorted(at for at, _turn, _struck in form.pages) != sorted(by_position):
        raise RuleBroken("paper.pages-differ")
    before = [page_of(page.position, page.blob, page.media_type, page) for page in pages]
    after = []
    for position, (at, turn, struck) in enumerate(form.pages, 1):
        page = by_position[at]
        after.append({**page_of(position, page.blob, page.media_type, page), "turn": turn % 360, "struck": struck})
    if after == before:
        return
    old = {**{name: getattr(row, name) for name in _FILE}, "pages": before}
    new = {**dict.fromkeys(_FILE), "pages": after}
    _change(work, "document.arranged", row, {"pages": (old, new)})
