"""Giấy tờ đã số hóa: what was scanned or brought becomes part of a dossier, named by act, and of the citizen's shelf.

The act names the pages as they came, by their hash. The file of record (PDF/A) is made of them afterwards and named by
an act of its own; a PDF that was brought is its own file of record. NĐ 118/2025/NĐ-CP art. 17.1, 19.2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select, update

from onestop import clock
from onestop.queries import dossiers, people
from onestop.queries import papers as queries
from onestop.rules import papers as rules
from onestop.rules.errors import Remark, RuleBroken, Stale
from onestop.rules.papers import About, FileFacts, Signature, Source
from onestop.rules.roles import Permission
from onestop.store import blobs, schema
from onestop.store.acts import Act
from onestop.store.blobs import PDF
from onestop.store.files import fingerprint
from onestop.store.work import Kind, Row, Work

_p, _d = schema.page.c, schema.document.c

# ---- folds --------------------------------------------------------------------------------------------------------


def fold_kept(subject: Row | None, act: Act) -> Row:
    """A paper becomes part of a dossier."""
    if subject is not None:
        raise Stale(subject=subject["id"])
    given = act.body["document"]
    return {
        **given,
        "id": act.subjects[0][1],
        "office_id": act.office_id,
        "signed": None,
        "dropped": None,
        "kept_at": act.at,
        "kept_by": act.actor,
    }


def fold_changed(subject: Row | None, act: Act) -> Row:
    """Groups of values change from old to new; what is neither is a conflict."""
    if subject is None:
        raise Stale()
    after = dict(subject)
    for group, (old, new) in act.body["groups"].items():
        current = {key: subject.get(key) for key in new}
        if current not in (old, new):
            raise Stale(group=group, current=current, old=old, new=new)
        after.update(new)
    return after


KINDS = (
    Kind("document.kept", {"document": fold_kept}),
    Kind("document.filed", {"document": fold_changed}),
    Kind("document.described", {"document": fold_changed}),
    Kind("document.moved", {"document": fold_changed}),
    Kind("document.arranged", {"document": fold_changed}),
    Kind("document.dropped", {"document": fold_changed}),
    Kind("document.signed", {"document": fold_changed}),
    Kind("document.copied", {}),
)

# ---- keeping ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Brought:
    """A file on its way into a component: its content, what a look inside found, and the content without what was
    active in it, where there was something. `notes`: what is odd about it, or was done to it."""

    content: bytes
    facts: FileFacts
    clean: bytes | None = None
    source: Source = Source.FILE
    notes: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper goes: the dossier, the component, whose shelf, and what the component is called."""

    dossier: str
    component: str
    citizen: str
    title: str


USUAL_LIMIT = 10
"""Megabytes of one file, unless the office says otherwise (`scan_size_limit` in desktop/settings.py)."""


def limit(options: Mapping[str, Any]) -> int | None:
    """The office's limit for one file in bytes; None = none (a limit of 0)."""
    megabytes = options.get("scan_size_limit", USUAL_LIMIT)
    return int(megabytes) * rules.MEGABYTE if megabytes else None


def keep_brought(work: Work, place: Place, brought: Sequence[Brought], about: About | None = None) -> list[str]:
    """Every file a paper of its own, with these particulars; ids. The gate has been passed before."""
    return [_keep_file(work, place, each, about) for each in brought]


def _keep_file(work: Work, place: Place, brought: Brought, about: About | None) -> str:
    facts, store = brought.facts, work.connection
    sha256 = blobs.keep(store, work.files, work.office_id, brought.content, work.now)
    file, size = sha256, len(brought.content)
    if brought.clean is not None:
        file, size = blobs.keep(store, work.files, work.office_id, brought.clean, work.now), len(brought.clean)
    whole = facts.media_type == PDF
    pages = [page_of(1, sha256, facts.media_type)]
    given = {
        "source": brought.source.value,
        "name": facts.name or None,
        "blob": file if whole else None,
        "media_type": PDF if whole else None,
        "size": size if whole else None,
        "leaves": facts.leaves,
        "signature": facts.signature.value,
        "passed": None,
        "pages": pages,
    }
    return _record(work, place, given, about)


def page_of(position: int, blob: str, media_type: str, row: Any = None) -> dict[str, Any]:
    """A page as an act names it."""
    return {
        "position": position,
        "blob": blob,
        "media_type": media_type,
        "width": row.width if row else None,
        "height": row.height if row else None,
        "dpi": row.dpi if row else None,
        "turn": row.turn if row else 0,
        "colour": row.colour if row else None,
        "struck": bool(row.struck) if row else False,
    }


def _record(work: Work, place: Place, given: Mapping[str, Any], about: About | None = None) -> str:
    document_id = clock.new_id()
    particulars = asdict(about or About())
    body = {
        "dossier_id": place.dossier,
        "component": place.component,
        "citizen_id": place.citizen,
        "reused_from": None,
        **{key: value or None for key, value in particulars.items()},
        "title": particulars["title"] or place.title,
        "perpetual": particulars["perpetual"],
        **given,
    }
    subjects = [("document", document_id), ("dossier", place.dossier), ("citizen", place.citizen)]
    work.record("document.kept", subjects, {"document": body})
    work.touch("dossier", place.dossier)
    return document_id


def pages_for(work: Work, *, draft: str | None = None, dossier: str | None = None) -> list[Any]:
    """The pages on their way for a draft or a dossier, in order."""
    owner = _p.draft_id == draft if draft else _p.dossier_id == dossier
    query = select(schema.page).where(owner, _p.state == "there").order_by(_p.component, _p.position, _p.at)
    return list(work.connection.execute(query))


def facts_of(row: Any) -> FileFacts:
    """What is known of a page on its way."""
    return FileFacts(
        row.name or "",
        row.media_type,
        row.size,
        row.leaves,
        bool(row.blank and row.struck),
        tuple(Remark(each["code"], each.get("details") or {}) for each in row.problems or ()),
        Signature(row.signature),
        row.passed is not None,
    )


def keep_pages(work: Work, place: Place, rows: Sequence[Any]) -> list[str]:
    """Pages on their way become papers: what was scanned or photographed is one, every file brought is one of its own.
    The gate has been passed before."""
    sheets = [row for row in rows if row.source in (Source.SCANNER, Source.CAMERA) and row.media_type != PDF]
    made = [_keep_row(work, place, row) for row in rows if row not in sheets]
    if sheets:
        pages = [page_of(at, row.blob, row.media_type, row) for at, row in enumerate(sheets, 1)]
        given = {
            "source": sheets[0].source,
            "name": None,
            "blob": None,
            "media_type": None,
            "size": None,
            "leaves": None,
            "signature": Signature.NONE.value,
            "passed": next((row.passed for row in sheets if row.passed), None),
            "pages": pages,
        }
        made.append(_record(work, place, given))
    for row in rows:
        work.connection.execute(update(schema.page).where(_p.id == row.id).values(state="kept"))
        work.touch("page", row.id)
    return made


def _keep_row(work: Work, place: Place, row: Any) -> str:
    whole = row.media_type == PDF
    given = {
        "source": row.source,
        "name": row.name,
        "blob": (row.file or row.blob) if whole else None,
        "media_type": PDF if whole else None,
        "size": row.size if whole else None,
        "leaves": row.leaves,
        "signature": row.signature,
        "passed": row.passed,
        "pages": [page_of(1, row.blob, row.media_type, row)],
    }
    return _record(work, place, given)


def to_tray(work: Work, rows: Sequence[Any], dossier_id: str) -> None:
    """Pages that no component took stay with the dossier, in the tray."""
    for row in rows:
        values = {"draft_id": None, "dossier_id": dossier_id, "component": rules.TRAY}
        work.connection.execute(update(schema.page).where(_p.id == row.id).values(**values))
        work.touch("page", row.id)


def reuse(work: Work, place: Place, document_id: str) -> str:
    """A paper of the citizen's own shelf comes into another dossier: the same file, stored once (art. 5.1: what is
    digitised is not asked for again). RuleBroken paper.unknown, paper.not-his, paper.expired."""
    row = work.connection.execute(select(schema.document).where(_d.id == document_id)).one_or_none()
    if row is None or row.dropped is not None:
        raise RuleBroken("paper.unknown", field="components", paper=document_id)
    if row.citizen_id not in people.same_ids(work.connection, place.citizen):
        raise RuleBroken("paper.not-his", field="components", title=row.title)
    if not rules.is_valid_on(row.valid_to, clock.local(work.now).date()):
        raise RuleBroken("paper.expired", field="components", title=row.title, day=row.valid_to)
    pages = work.connection.execute(
        select(schema.document_page)
        .where(schema.document_page.c.document_id == document_id)
        .order_by(schema.document_page.c.position)
    )
    given = {
        "source": Source.REUSED.value,
        "reused_from": document_id,
        "name": row.name,
        "blob": row.blob,
        "media_type": row.media_type,
        "size": row.size,
        "leaves": row.leaves,
        "signature": row.signature,
        "passed": None,
        "pages": [page_of(each.position, each.blob, each.media_type, each) for each in pages],
    }
    about = About(**{name: getattr(row, name) or nothing for name, nothing in asdict(About()).items()})
    return _record(work, place, given, about)


# ---- after acceptance ---------------------------------------------------------------------------------------------


def place_in(work: Work, dossier: str, component: str) -> Place:
    """The component of a dossier (its id, or any of its codes), by its key, its name or a part of it that fits one
    alone; the result's own once there is one. RuleBroken dossier.unknown, component.unknown, component.ambiguous."""
    known = work.connection.execute(select(schema.dossier.c.id).where(schema.dossier.c.id == dossier)).scalar()
    dossier_id = known or dossiers.find_id(work.connection, dossier)
    if dossier_id is None:
        raise RuleBroken("dossier.unknown", code=dossier)
    c = schema.dossier_component.c
    rows = work.connection.execute(select(c.key, c.name).where(c.dossier_id == dossier_id).order_by(c.position)).all()
    d = schema.dossier.c
    owner, result = work.connection.execute(select(d.owner_id, d.result).where(d.id == dossier_id)).one()
    places = [(row.key, row.name) for row in rows]
    if result:
        places.append((rules.RESULT, str(result.get("title") or rules.RESULT)))
    key, title = rules.pick_component(places, component)
    return Place(dossier_id, key, owner, title)


@dataclass(frozen=True, slots=True)
class AttachForm:
    """Files into one component of a dossier that is already there."""

    dossier: str
    component: str
    files: tuple[Brought, ...]
    most_bytes: int | None = None


def attach(work: Work, form: AttachForm) -> list[str]:
    """Take files into a component; the id of the paper that each of them is. A file that is a paper of this component
    already, byte for byte, is that one and comes in no second time. RuleBroken paper.not-fit names what may not."""
    work.demand(Permission.SCAN)
    place = place_in(work, form.dossier, form.component)
    rules.demand_fit(rules.gate({place.title: [each.facts for each in form.files]}, form.most_bytes))
    return [_there_already(work, place, each) or _keep_file(work, place, each, None) for each in form.files]


def _there_already(work: Work, place: Place, brought: Brought) -> str | None:
    held = queries.same_file(work.connection, place.dossier, place.component, fingerprint(brought.content))
    return held.id if held is not None else None


@dataclass(frozen=True, slots=True)
class KeepForm:
    """The pages on their way for a dossier become part of it; `component` None: of every component that has some."""

    dossier: str
    component: str | None = None
    most_bytes: int | None = None


def keep(work: Work, form: KeepForm) -> list[str]:
    """ "Quét sau" done: ids of the papers. Pages in the tray stay there. RuleBroken paper.not-fit."""
    work.demand(Permission.SCAN)
    rows = [row for row in pages_for(work, dossier=form.dossier) if row.component is not rules.TRAY]
    if form.component is not None:
        rows = [row for row in rows if row.component == form.component]
    by_key: dict[str, list[Any]] = {}
    for row in rows:
        by_key.setdefault(row.component, []).append(row)
    places = {key: place_in(work, form.dossier, key) for key in by_key}
    faults = rules.gate(
        {places[key].title: [facts_of(row) for row in of] for key, of in by_key.items()}, form.most_bytes
    )
    rules.demand_fit(faults)
    return [made for key, of in by_key.items() for made in keep_pages(work, places[key], of)]


@dataclass(frozen=True, slots=True)
class ReuseForm:
    """A paper of the shelf into a component of a dossier that is already there."""

    dossier: str
    component: str
    document: str


def reuse_in(work: Work, form: ReuseForm) -> str:
    """Take a paper of the citizen's own shelf into a dossier that is already there; the id of the paper there."""
    work.demand(Permission.SCAN)
    return reuse(work, place_in(work, form.dossier, form.component), form.document)
