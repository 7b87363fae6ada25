"""What was put on paper: each file named by an act, what became of the sheet, and how often it was handed out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from onestop import clock
from onestop.queries import printings as queries
from onestop.rules.errors import RuleBroken, Stale
from onestop.rules.roles import Permission
from onestop.store import blobs, schema
from onestop.store.acts import Act
from onestop.store.work import Kind, Row, Work

OUTCOMES = ("waiting", "out", "not-out", "ruined")


def fold_printed(subject: Row | None, act: Act) -> Row:
    """A file was made for paper."""
    if subject is not None:
        raise Stale(subject=subject["id"])
    return {
        **act.body["printed"],
        "id": act.subjects[0][1],
        "office_id": act.office_id,
        "at": act.at,
        "by": act.actor,
    }


def fold_outcome(subject: Row | None, act: Act) -> Row:
    """What a person saw come out of the printer."""
    if subject is None:
        raise Stale()
    if subject["outcome"] not in (act.body["before"], act.body["outcome"]):
        raise Stale(group="outcome", current=subject["outcome"], old=act.body["before"], new=act.body["outcome"])
    return {**subject, "outcome": act.body["outcome"]}


KINDS = (
    Kind("paper.printed", {"printed": fold_printed}),
    Kind("paper.outcome", {"printed": fold_outcome}),
)


@dataclass(frozen=True, slots=True)
class PrintForm:
    """A finished PDF on its way to paper. `subject`: ("dossier" | "intake", id). `outcome` "out" where it was written
    to a file by request (that counts as handed out), "waiting" where a printer has it."""

    subject: tuple[str, str]
    letter: str
    lien: int
    paper: str
    template: str
    content: bytes
    copy_no: int
    outcome: str = "waiting"
    others: tuple[tuple[str, str], ...] = ()
    """Further dossiers that the paper is of: their history has it too."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The record of one printing."""

    id: str
    blob: str
    copy_no: int


def record(work: Work, form: PrintForm) -> Printed:
    """Store the file and record the printing, before a sheet moves."""
    work.demand(Permission.PRINT)
    if form.outcome not in OUTCOMES:
        raise RuleBroken("print.outcome", outcome=form.outcome)
    expected = queries.handed_out(work.connection, form.subject, form.letter, form.lien)
    if form.copy_no != expected:
        raise RuleBroken("print.copy-moved-on", expected=expected)
    sha256 = blobs.keep(work.connection, work.files, work.office_id, form.content, work.now)
    printed_id = clock.new_id()
    work.record(
        "paper.printed",
        [("printed", printed_id), form.subject, *form.others],
        {
            "printed": {
                "subject_table": form.subject[0],
                "subject_id": form.subject[1],
                "letter": form.letter,
                "lien": form.lien,
                "paper": form.paper,
                "template": form.template,
                "blob": sha256,
                "copy_no": form.copy_no,
                "outcome": form.outcome,
            }
        },
    )
    for table, subject_id in (form.subject, *form.others):
        work.touch(table, subject_id)
    return Printed(printed_id, sha256, form.copy_no)


@dataclass(frozen=True, slots=True)
class OutcomeForm:
    """The answer to "Giấy đã ra chưa?"."""

    printed: str
    outcome: str


def settle(work: Work, form: OutcomeForm) -> None:
    """Write what became of a sheet: out (ra đủ), not-out (chưa ra), ruined (hỏng)."""
    work.demand(Permission.PRINT)
    if form.outcome not in OUTCOMES[1:]:
        raise RuleBroken("print.outcome", outcome=form.outcome)
    c = schema.printed.c
    row = work.connection.execute(
        select(c.outcome, c.subject_table, c.subject_id).where(c.id == form.printed)
    ).one_or_none()
    if row is None:
        raise RuleBroken("print.unknown", printed=form.printed)
    if row.outcome == form.outcome:
        return
    subject = (row.subject_table, row.subject_id)
    work.record("paper.outcome", [("printed", form.printed), subject], {"outcome": form.outcome, "before": row.outcome})
    work.touch(*subject)
