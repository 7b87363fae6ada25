"""Papers: the pages on their way, what a dossier holds, the citizen's own shelf, what is still to be scanned, made into
a file, read or signed, and the words of papers found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, case, exists, func, literal, or_, select, text, union

from onestop.queries import people
from onestop.rules import papers as rules
from onestop.rules.errors import Remark
from onestop.rules.papers import About, Signature
from onestop.rules.text import fold
from onestop.store import schema, search

_p, _d, _g, _c = schema.page.c, schema.document.c, schema.document_page.c, schema.dossier_component.c
_o, _t = schema.dossier.c, schema.document_text.c


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page on its way: of a draft or a dossier, not yet part of a paper."""

    id: str
    component: str | None
    position: int
    source: str
    name: str
    blob: str
    file: str | None
    media_type: str
    size: int
    width: int | None
    height: int | None
    dpi: int | None
    leaves: int
    turn: int
    colour: str | None
    blank: bool
    struck: bool
    problems: tuple[Remark, ...]
    signature: str
    passed: Mapping[str, Any] | None
    removed: bool
    at: datetime

    @property
    def faults(self) -> tuple[Remark, ...]:
        """What keeps it out, unless a supervisor has let it in."""
        if self.passed:
            return ()
        broken = (Remark("paper.signature-broken"),) if self.signature == Signature.BROKEN else ()
        return self.problems + broken


def pages(connection: Connection, *, draft: str | None = None, dossier: str | None = None) -> tuple[PageRow, ...]:
    """The pages on their way for a draft or a dossier, in order; the removed ones too (they can be brought back)."""
    owner = _p.draft_id == draft if draft else _p.dossier_id == dossier
    query = select(schema.page).where(owner, _p.state != "kept").order_by(_p.component, _p.position, _p.at)
    return tuple(
        PageRow(
            row.id,
            row.component,
            row.position,
            row.source,
            row.name or "",
            row.blob,
            row.file,
            row.media_type,
            row.size,
            row.width,
            row.height,
            row.dpi,
            row.leaves,
            row.turn,
            row.colour,
            row.blank,
            row.struck,
            tuple(Remark(each["code"], each.get("details") or {}) for each in row.problems or ()),
            row.signature,
            row.passed,
            row.state == "removed",
            row.at,
        )
        for row in connection.execute(query)
    )


# -- what a dossier holds ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a paper, as it came."""

    position: int
    blob: str
    media_type: str
    turn: int
    colour: str | None
    struck: bool
    dpi: int | None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A paper. `blob`: its file of record, None while that is still to be made of its pages."""

    id: str
    dossier_id: str
    dossier_code: str
    component: str
    citizen_id: str
    source: str
    reused_from: str | None
    name: str
    about: About
    blob: str | None
    size: int | None
    leaves: int
    signature: str
    passed: Mapping[str, Any] | None
    signed: Mapping[str, Any] | None
    dropped: str | None
    kept_at: datetime
    kept_by: str
    pages: tuple[Leaf, ...] = ()
    owner_name: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it still holds on that day."""
        return rules.is_valid_on(self.about.valid_to, day)

    @property
    def is_signed(self) -> bool:
        """Whether it carries a signature, a clerk's or one that it came with: nothing is written on it any more."""
        return self.signed is not None or self.signature != Signature.NONE

    def waits_for(self, clerk_id: str) -> bool:
        """Whether it waits for this clerk's signature and can be signed now: what `to_sign` finds."""
        own = self.kept_by == clerk_id and self.blob is not None and self.reused_from is None
        return own and self.dropped is None and not self.is_signed


_ABOUT = tuple(each.name for each in fields(About))
_DOCUMENTS = select(schema.document, _o.code.label("dossier_code"), _o.owner_name).join(
    schema.dossier, _o.id == _d.dossier_id
)


def _rows(connection: Connection, query: Any) -> tuple[DocumentRow, ...]:
    found = connection.execute(query).all()
    leaves: dict[str, list[Leaf]] = {row.id: [] for row in found}
    if leaves:
        for each in connection.execute(
            select(schema.document_page).where(_g.document_id.in_(leaves)).order_by(_g.document_id, _g.position)
        ):
            leaves[each.document_id].append(
                Leaf(each.position, each.blob, each.media_type, each.turn, each.colour, each.struck, each.dpi)
            )
    return tuple(_document(row, tuple(leaves[row.id])) for row in found)


def _document(row: Any, leaves: tuple[Leaf, ...]) -> DocumentRow:
    values: dict[str, Any] = {name: getattr(row, name) or (False if name == "perpetual" else "") for name in _ABOUT}
    about = About(**values)
    count = row.leaves if row.leaves is not None else sum(not leaf.struck for leaf in leaves)
    return DocumentRow(
        row.id,
        row.dossier_id,
        row.dossier_code,
        row.component,
        row.citizen_id,
        row.source,
        row.reused_from,
        row.name or "",
        about,
        row.blob,
        row.size,
        count,
        row.signature,
        row.passed,
        row.signed,
        row.dropped,
        row.kept_at,
        row.kept_by,
        leaves,
        row.owner_name or "",
    )


def of_dossier(connection: Connection, dossier_id: str, dropped: bool = False) -> tuple[DocumentRow, ...]:
    """The papers of a dossier, in the order in which they came; `dropped` gives those taken off too."""
    query = _DOCUMENTS.where(_d.dossier_id == dossier_id).order_by(_d.component, _d.kept_at, _d.id)
    return _rows(connection, query if dropped else query.where(_d.dropped.is_(None)))


def one(connection: Connection, document_id: str) -> DocumentRow | None:
    """One paper."""
    return next(iter(_rows(connection, _DOCUMENTS.where(_d.id == document_id))), None)


def same_file(connection: Connection, dossier_id: str, component: str, sha256: str) -> DocumentRow | None:
    """The paper of a component that came as this very file, byte for byte."""
    other = schema.document_page.alias("other").c
    one_page = ~exists().where(other.document_id == _d.id, other.position != _g.position)
    held = _DOCUMENTS.join(schema.document_page, _g.document_id == _d.id).where(_g.blob == sha256, one_page)
    here = held.where(_d.dossier_id == dossier_id, _d.component == component, _d.dropped.is_(None))
    return next(iter(_rows(connection, here.order_by(_d.kept_at, _d.id))), None)


# -- the citizen's own shelf -------------------------------------------------------------------------------------------


def shelf(connection: Connection, citizen_id: str, most: int = 100) -> tuple[DocumentRow, ...]:
    """Kho giấy tờ of a person (with every id that is the same one), the latest first; a paper that was reused is listed
    once, as it came in last. TT 01/2023/TT-VPCP art. 24."""
    ids = people.same_ids(connection, citizen_id)
    query = _DOCUMENTS.where(_d.citizen_id.in_(ids), _d.dropped.is_(None)).order_by(_d.kept_at.desc(), _d.id)
    seen: set[str] = set()
    out = []
    for row in _rows(connection, query.limit(most * 3)):
        content = row.pages[0].blob if row.pages else row.id
        if content not in seen:
            seen.add(content)
            out.append(row)
    return tuple(out[:most])


# -- what is still to be done ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToScan:
    """A component that is to be scanned later ("quét sau"), of an open dossier; `component` and `name` "" where pages
    have come for a dossier and are not part of any of its papers yet."""

    dossier_id: str
    dossier_code: str
    owner_name: str
    component: str
    name: str
    received_at: datetime


def _waits() -> Any:
    """A component that is to be scanned later and for which nothing is kept yet."""
    held = exists().where(_d.dossier_id == _c.dossier_id, _d.component == _c.key, _d.dropped.is_(None))
    return and_(_c.scan_later, ~held)


def unscanned(dossier_id: Any) -> Any:
    """The condition that the dossier with this id (a column) has a component that is still to be scanned, or pages
    that are not part of a paper yet."""
    waits = select(_c.dossier_id).where(_c.dossier_id == dossier_id, _waits())
    left = select(_p.dossier_id).where(_p.dossier_id == dossier_id, _p.state == "there")
    return or_(waits.correlate_except(schema.dossier_component).exists(), left.correlate_except(schema.page).exists())


def _open(office_id: str) -> Any:
    return and_(_o.office_id == office_id, _o.is_open.is_(True))


def _unscanned() -> Any:
    return and_(_waits(), _c.dossier_id == _o.id)


def _left() -> Any:
    return and_(_p.state == "there", _p.dossier_id == _o.id)


def to_scan(connection: Connection, office_id: str, most: int = 200) -> tuple[ToScan, ...]:
    """What is still to be scanned, the longest waiting first."""
    columns = (_o.id, _o.code, _o.owner_name)
    later = select(*columns, _c.key, _c.name, _o.received_at, _c.position).where(_open(office_id), _unscanned())
    left = select(*columns, literal(""), literal(""), _o.received_at, literal(-1)).where(_open(office_id), _left())
    both = union(later, left).subquery()
    query = select(*list(both.c)[:6]).order_by(both.c[5], both.c[6]).limit(most)
    return tuple(ToScan(*row) for row in connection.execute(query))


def count_to_scan(connection: Connection, office_id: str) -> int:
    """Dossiers with a component that is still to be scanned, or with pages that are not part of a paper yet."""
    later = select(_o.id).where(_open(office_id), _unscanned())
    left = select(_o.id).where(_open(office_id), _left())
    return int(connection.execute(select(func.count()).select_from(union(later, left).subquery())).scalar_one())


def to_file(connection: Connection, office_id: str, most: int = 20) -> tuple[DocumentRow, ...]:
    """Papers whose file of record is still to be made."""
    query = _DOCUMENTS.where(_d.office_id == office_id, _d.blob.is_(None), _d.dropped.is_(None))
    return _rows(connection, query.order_by(_d.kept_at).limit(most))


def to_sign(connection: Connection, office_id: str, clerk_id: str, most: int = 500) -> tuple[DocumentRow, ...]:
    """Papers that this clerk kept and has not signed yet (art. 17.1), the oldest first; a paper that came signed, or
    was signed in an earlier dossier, needs no second signature of ours."""
    query = _DOCUMENTS.where(_unsigned(office_id, clerk_id), _d.blob.is_not(None))
    return _rows(connection, query.order_by(_d.kept_at, _d.id).limit(most))


def _unsigned(office_id: str, clerk_id: str) -> Any:
    """The condition that a paper waits for this clerk's signature, whether its file is made yet or not."""
    return and_(
        _d.office_id == office_id,
        _d.kept_by == clerk_id,
        _d.signed.is_(None),
        _d.dropped.is_(None),
        _d.reused_from.is_(None),
        _d.signature == Signature.NONE,
    )


@dataclass(frozen=True, slots=True)
class Unsigned:
    """What waits for a clerk's signature: `ready` papers, `filing` more whose file of record is still to be made, and
    since when the one waits that is ready and was kept first."""

    ready: int = 0
    filing: int = 0
    since: datetime | None = None


def unsigned(connection: Connection, office_id: str, clerk_id: str) -> Unsigned:
    """How much waits for this clerk's signature."""
    ready = case((_d.blob.is_not(None), 1))
    since = func.min(case((_d.blob.is_not(None), _d.kept_at)), type_=schema.document.c.kept_at.type)
    query = select(func.count(), func.count(ready), since).where(_unsigned(office_id, clerk_id))
    every, there, first = connection.execute(query).one()
    return Unsigned(there, every - there, first)


def to_read(connection: Connection, office_id: str, most: int = 20) -> tuple[DocumentRow, ...]:
    """Papers whose words have not been read yet, the latest first; a file that took another's place is read again."""
    known = exists().where(_t.document_id == _d.id)
    query = _DOCUMENTS.where(_d.office_id == office_id, _d.blob.is_not(None), _d.dropped.is_(None), ~known)
    return _rows(connection, query.order_by(_d.kept_at.desc()).limit(most))


# -- the words of papers -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """A paper in which words were found, with the words around them."""

    document_id: str
    title: str
    dossier_id: str
    dossier_code: str
    owner_name: str
    snippet: str


_FIND = text(
    "SELECT t.document_id, t.text FROM search_document JOIN document_text t ON t.no = search_document.rowid"
    " WHERE search_document MATCH :match ORDER BY search_document.rowid DESC LIMIT :limit"
)
STOPS = ".,;:()[]“”\"'"
BEFORE, BEHIND = 5, 9
"""Words that are shown before and behind the first that was found."""


def find_text(connection: Connection, typed: str, limit: int = 30) -> tuple[Found, ...]:
    """Tìm trong nội dung giấy tờ: every word, in any order, accents optional and exact accents first."""
    if connection.dialect.name != "sqlite":
        return ()
    whole: dict[str, str] = {}
    for expression in search.text_expressions(typed):
        for row in connection.execute(_FIND, {"match": expression, "limit": limit}):
            whole.setdefault(row.document_id, row.text)
        if len(whole) >= limit:
            break
    if not whole:
        return ()
    query = (
        select(_d.id, _d.title, _d.dossier_id, _o.code, _o.owner_name)
        .join(schema.dossier, _o.id == _d.dossier_id)
        .where(_d.id.in_(whole), _d.dropped.is_(None))
    )
    rows: dict[str, Any] = {row.id: row for row in connection.execute(query)}
    wanted = fold(typed).split()
    return tuple(
        Found(row.id, row.title, row.dossier_id, row.code, row.owner_name, _around(whole[row.id], wanted))
        for row in (rows[document_id] for document_id in whole if document_id in rows)
    )[:limit]


def _around(content: str, wanted: Sequence[str]) -> str:
    """The words of a paper where most of those wanted stand together, as they were read."""
    said = content.split()
    hits = [at for at, word in enumerate(said) if any(fold(word).strip(STOPS).startswith(each) for each in wanted)]
    if not hits:
        return " ".join(said[:BEHIND])
    first = max(hits, key=lambda at: (sum(at <= other < at + BEHIND for other in hits), -at))
    begin, end = max(0, first - BEFORE), first + BEHIND
    return ("… " if begin else "") + " ".join(said[begin:end]) + (" …" if end < len(said) else "")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a paper: its words, and what they propose for its particulars."""

    text: str
    proposals: Mapping[str, Any]


def reading(connection: Connection, document_id: str) -> Reading | None:
    """The words of a paper, once they have been read."""
    row = connection.execute(select(_t.text, _t.proposals).where(_t.document_id == document_id)).one_or_none()
    return None if row is None else Reading(row.text, row.proposals or {})


def counts(connection: Connection, dossier_ids: Sequence[str]) -> dict[str, int]:
    """Dossier → number of its papers."""
    query = (
        select(_d.dossier_id, func.count())
        .where(_d.dossier_id.in_(dossier_ids), _d.dropped.is_(None))
        .group_by(_d.dossier_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
