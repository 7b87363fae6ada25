"""Pages on their way: scanned or brought for a draft or a dossier, arranged, and not yet part of a paper.

They lie on this machine and are no acts: nothing is decided yet, and a page that was never kept leaves no trace. What
is kept becomes a paper (`actions/papers.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from onestop import clock
from onestop.actions import manage
from onestop.rules import papers as rules
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.papers import Signature, Source
from onestop.rules.roles import Permission, may
from onestop.store import blobs, schema
from onestop.store.work import Work

_p = schema.page.c


@dataclass(frozen=True, slots=True)
class Owner:
    """What pages are scanned for: a draft, or a dossier that is already there."""

    draft: str | None = None
    dossier: str | None = None

    def columns(self) -> dict[str, str | None]:
        """As the table names it. RuleBroken page.for-nothing."""
        if bool(self.draft) == bool(self.dossier):
            raise RuleBroken("page.for-nothing")
        return {"draft_id": self.draft, "dossier_id": self.dossier}


@dataclass(frozen=True, slots=True)
class PageForm:
    """A page as it came. `component` None: into the tray "Chưa phân loại". `problems`: what a look inside found.
    `clean`: the same file without what was active in it, where there was something; the file that came is kept too."""

    owner: Owner
    component: str | None
    content: bytes
    media_type: str
    source: Source = Source.SCANNER
    name: str = ""
    width: int | None = None
    height: int | None = None
    dpi: int | None = None
    leaves: int = 1
    turn: int = 0
    colour: str | None = None
    blank: bool = False
    problems: tuple[Remark, ...] = ()
    signature: Signature = Signature.NONE
    clean: bytes | None = None


def add(work: Work, form: PageForm) -> str:
    """Store a page behind the others of its component; gives its id. A blank one is struck, and stays in sight.

    What comes for a draft that has been received meanwhile (a scan that ended after F9) is a page of the dossier.
    """
    work.demand(Permission.SCAN)
    goes_to = _now(work, form.owner)
    owner = goes_to.columns()
    sha256 = blobs.keep(work.connection, work.files, work.office_id, form.content, work.now)
    file = None
    if form.clean is not None:
        file = blobs.keep(work.connection, work.files, work.office_id, form.clean, work.now)
    page_id = clock.new_id()
    work.connection.execute(
        insert(schema.page),
        {
            "id": page_id,
            "office_id": work.office_id,
            **owner,
            "component": form.component,
            "position": _last(work, goes_to, form.component) + 1,
            "source": form.source.value,
            "name": form.name or None,
            "blob": sha256,
            "file": file,
            "media_type": form.media_type,
            "size": len(form.content),
            "width": form.width,
            "height": form.height,
            "dpi": form.dpi,
            "leaves": max(1, form.leaves),  # where nobody can tell, the file as it came
            "turn": form.turn % 360,
            "colour": form.colour,
            "blank": form.blank,
            "struck": form.blank,
            "problems": [asdict(each) for each in form.problems] or None,
            "signature": form.signature.value,
            "passed": None,
            "state": "there",
            "at": work.now,
            "by": work.actor.id,
        },
    )
    work.touch("page", page_id)
    return page_id


def _now(work: Work, owner: Owner) -> Owner:
    if owner.draft is None or owner.dossier is not None:
        return owner
    draft = schema.draft.c
    became = select(draft.dossier_id).where(draft.id == owner.draft, draft.state == "received")
    dossier = work.connection.execute(became).scalar()
    return owner if dossier is None else Owner(dossier=dossier)


def _last(work: Work, owner: Owner, component: str | None) -> int:
    column, key = (_p.draft_id, owner.draft) if owner.draft else (_p.dossier_id, owner.dossier)
    same = _p.component.is_(None) if component is None else _p.component == component
    return work.connection.execute(select(func.max(_p.position)).where(column == key, same)).scalar() or 0


CHANGEABLE = ("component", "position", "turn", "struck", "state")


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one page: any of CHANGEABLE → its value. `state`: there, removed."""

    page: str
    values: Mapping[str, Any]


def arrange(work: Work, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Move, turn, strike, take away or bring back pages, all at once; gives the changes that take it back.

    RuleBroken page.unknown, page.already-kept.
    """
    work.demand(Permission.SCAN)
    back: list[Change] = []
    for change in changes:
        row = work.connection.execute(select(schema.page).where(_p.id == change.page)).one_or_none()
        if row is None:
            raise RuleBroken("page.unknown", page=change.page)
        if row.state == "kept":
            raise RuleBroken("page.already-kept", page=change.page)
        values = {key: value for key, value in change.values.items() if key in CHANGEABLE}
        if values.get("state") not in (None, "there", "removed"):
            raise RuleBroken("page.state", state=values["state"])
        if "turn" in values:
            values["turn"] = int(values["turn"]) % 360
        back.append(Change(change.page, {key: getattr(row, key) for key in values}))
        work.connection.execute(update(schema.page).where(_p.id == change.page).values(**values))
        work.touch("page", change.page)
    return tuple(reversed(back))


@dataclass(frozen=True, slots=True)
class PassForm:
    """A supervisor's word: these pages come in as they are. Where another clerk is at the desk, with his own log-in."""

    pages: tuple[str, ...]
    reason: str
    login: str = ""
    password: str = ""


def let_pass(work: Work, form: PassForm) -> str:
    """Let a broken file or a broken signature in, with a reason that the paper's act will carry. Gives "", or the code
    of a refused log-in (an answer and no error, so that failures are counted).

    RuleBroken page.reason-missing, paper.not-passable, permission.missing.
    """
    reason = " ".join(form.reason.split())
    if not reason:
        raise RuleBroken("page.reason-missing", field="reason")
    vouched = work.actor.id
    if form.login:
        answer = manage.log_in(work, manage.LogInForm(form.login, form.password))
        if answer.clerk is None:
            return answer.code
        vouched = answer.clerk.id
        if not may(answer.clerk.role, Permission.PASS_PAPER):
            raise RuleBroken("permission.missing", permission=Permission.PASS_PAPER.value)
    else:
        work.demand(Permission.PASS_PAPER)
    for page_id in form.pages:
        row = work.connection.execute(select(schema.page).where(_p.id == page_id)).one_or_none()
        if row is None:
            raise RuleBroken("page.unknown", page=page_id)
        codes = [each["code"] for each in row.problems or ()]
        codes += ["paper.signature-broken"] if row.signature == Signature.BROKEN else []
        codes += ["paper.blank"] if row.blank else []
        rules.demand_passable(codes)
        passed = {"by": vouched, "reason": reason, "codes": codes}
        work.connection.execute(update(schema.page).where(_p.id == page_id).values(passed=passed, struck=False))
        work.touch("page", page_id)
    return ""


def clear_out(work: Work, before: datetime) -> int:
    """Take away for good what was removed, and what belongs to drafts put aside, before this moment: rows, and files
    that nothing else names. Gives the number of pages."""
    d = schema.draft.c
    dropped = select(d.id).where(d.state == "dropped", d.saved_at < before)
    old = select(_p.id, _p.blob, _p.file).where(
        (_p.at < before) & ((_p.state == "removed") | _p.draft_id.in_(dropped) | (_p.state == "kept"))
    )
    rows = work.connection.execute(old).all()
    for row in rows:
        work.connection.execute(delete(schema.page).where(_p.id == row.id))
        work.touch("page", row.id)
    # Inside the transaction: nobody can name a file anew between the look and its going.
    for sha256 in {name for row in rows for name in (row.blob, row.file) if name}:
        if not blobs.is_named(work.connection, sha256):
            blobs.forget(work.connection, work.files, sha256)
    return len(rows)
