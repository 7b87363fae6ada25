"""`motcua papers`: files or a scanner into one component of a dossier, what the gate would say of files, separator
sheets, and the files of record made now instead of beside the work."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop.cli import paper_show, papers_check, papers_scan
from desktop.cli.machine import Quiet, look_into, settings_of, workshop
from desktop.cli.options import Parser, file_named, whole
from desktop.cli.output import DONE, PERSON, SURROUNDINGS, Answer, facts, remark_lines, remarks_of
from desktop.cli.session import Session
from desktop.office import Office
from onestop import clock
from onestop.actions import papers as actions
from onestop.actions.papers import AttachForm, Brought
from onestop.queries import dossiers, scanning
from onestop.queries import papers as queries
from onestop.queries.scanning import Bench
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.papers import pick_component
from onestop.rules.roles import Permission, may
from onestop.texts import _, message

MOST_AT_ONCE = 1_000_000


def build(parser: Parser) -> None:
    """`papers attach`, `scan`, `check`, `separators`, `file`."""
    kinds = parser.add_subparsers(dest="what", metavar=_("việc"), required=True, parser_class=Parser)
    take = kinds.add_parser("attach", help=_("nhận tệp vào một giấy tờ của hồ sơ"))
    _into_component(take)
    take.add_argument("files", nargs="+", type=file_named, metavar="FILE")
    take.set_defaults(action=attach)
    drawn = kinds.add_parser("scan", help=_("quét vào một giấy tờ của hồ sơ"))
    _into_component(drawn)
    drawn.add_argument("--device", metavar="D", help=_("máy quét khác: khóa hoặc một phần tên, như motcua check ghi"))
    drawn.set_defaults(action=scan)
    look = kinds.add_parser("check", help=_("xem tệp có nhận được không, không nhận vào đâu"))
    look.add_argument("files", nargs="+", type=file_named, metavar="FILE")
    look.set_defaults(action=papers_check.run)
    sheets = kinds.add_parser("separators", help=_("ghi tờ phân cách của một hồ sơ hoặc bản nháp ra tệp PDF"))
    sheets.add_argument("code", metavar="CODE", help=_("mã hồ sơ, hoặc mã bản nháp"))
    sheets.add_argument("out", type=file_named, metavar="OUT.pdf")
    sheets.set_defaults(action=separators)
    made = kinds.add_parser("file", help=_("lập ngay tệp lưu của giấy tờ đã quét, không đợi lúc rảnh"))
    made.add_argument("--limit", type=whole(1, MOST_AT_ONCE), metavar="N", help=_("nhiều nhất N giấy tờ lần này"))
    made.set_defaults(action=file_now)


def _into_component(parser: Parser) -> None:
    parser.add_argument("code", metavar="CODE", help=_("mã hồ sơ"))
    parser.add_argument("component", metavar="COMPONENT", help=_("tên giấy tờ, hoặc phần tên chỉ một giấy tờ có"))


# ---- where papers go ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Into:
    """A component of a dossier, found before any file is looked into or any paper moves."""

    bench: Bench
    key: str
    title: str

    @property
    def dossier(self) -> str:
        """The dossier's id."""
        assert self.bench.dossier is not None
        return self.bench.dossier


def demand_scan(office: Office) -> None:
    """RuleBroken permission.missing unless who acts may bring papers in."""
    assert office.actor is not None
    if not may(office.actor.role, Permission.SCAN):
        raise RuleBroken("permission.missing", permission=Permission.SCAN.value)


def place(office: Office, code: str, component: str) -> Into:
    """The component that is meant. RuleBroken dossier.unknown, component.unknown, component.ambiguous."""
    demand_scan(office)
    dossier_id = office.read(dossiers.find_id, code)
    if dossier_id is None:
        raise RuleBroken("dossier.unknown", code=code)
    bench = office.read(scanning.of_dossier, dossier_id)
    return Into(bench, *pick_component([(slot.key, slot.name) for slot in bench.slots], component))


def told(office: Office, into: Into, ids: Sequence[str], more: dict[str, Any], notes: Sequence[Remark] = ()) -> Answer:
    """The papers that came in, by their ids, and what else is to be said."""
    held = [each for each in office.read(queries.of_dossier, into.dossier) if each.id in ids]
    plain = {
        "code": into.bench.code,
        "component": into.title,
        **more,
        "papers": [paper_show.plain(each) for each in held],
        "warnings": list(dict.fromkeys(each.code for each in notes)),
        "remarks": remarks_of(notes),
    }
    lines = [
        facts([(_("Mã hồ sơ"), into.bench.code), (_("Giấy tờ"), into.title)]),
        "",
        paper_show.listed(held, {into.key: into.title}),
        *remark_lines(notes),
    ]
    return Answer(plain, "\n".join(lines))


# ---- in -----------------------------------------------------------------------------------------------------------


def attach(session: Session, read: argparse.Namespace) -> Answer:
    """Take files into a component, every one a paper of its own: all of them, or none. One that is there already comes
    in no second time, and is told of."""
    office = session.office()
    into = place(office, read.code, read.component)
    brought = look_into(office, read.files)
    form = AttachForm(into.dossier, into.key, tuple(brought), actions.limit(office.row.options))
    there = {each.id: each.name for each in office.read(queries.of_dossier, into.dossier)}
    ids = office.perform(actions.attach, form).answer
    notes: list[Remark] = []
    for file, paper in zip(brought, ids, strict=True):
        if paper in there:
            notes.append(
                Remark("paper.already-there", {"whose": file.facts.name, "name": there[paper] or file.facts.name})
            )
        else:
            notes += notes_of([file])
        there.setdefault(paper, file.facts.name)
    return told(office, into, ids, {}, notes)


def notes_of(brought: Sequence[Brought]) -> list[Remark]:
    """What is odd about files that come in all the same, or was done to them, each with the name of its file."""
    return [Remark(note.code, {**note.details, "whose": each.facts.name}) for each in brought for note in each.notes]


def scan(session: Session, read: argparse.Namespace) -> Answer:
    """Scan what lies in the scanner into a component."""
    office = session.office()
    into = place(office, read.code, read.component)
    done = papers_scan.scan(office, into.dossier, into.key, into.title, read.device)
    more = {"device": done.device, "pages": done.pages, "blank": done.blank}
    return told(office, into, done.papers, more, done.notes)


# ---- out ----------------------------------------------------------------------------------------------------------


def separators(session: Session, read: argparse.Namespace) -> Answer:
    """A sheet for each component, before which its pages are put into the feeder. Nothing is recorded: the sheets lie
    in no dossier and serve again. RuleBroken dossier.unknown, separator.no-components, file.folder-missing,
    file.not-ordinary."""
    letter_file: Any = importlib.import_module("desktop.cli.print")
    sheet: Any = importlib.import_module("desktop.reports.separator")
    office = session.office()
    out = read.out.absolute()
    if not letter_file.place_for(out):
        raise RuleBroken("file.folder-missing", file=str(out))
    demand_scan(office)
    bench = _bench_of(office, read.code)
    sheets = sheet.sheets_of(bench, office.id, office.row.name)
    letter_file.write(out, sheet.draw(sheets))
    plain = {"file": out, "pages": len(sheets), "components": [each.component for each in sheets]}
    pairs = [(_("Tệp"), out), (_("Số trang"), len(sheets))]
    return Answer(plain, "\n".join([facts(pairs), *(f"  {each.number}. {each.component}" for each in sheets)]))


def _bench_of(office: Office, code: str) -> Bench:
    """A dossier by any of its codes, or a draft by its id; a draft that was received is its dossier."""
    dossier_id = office.read(dossiers.find_id, code)
    draft_id = code.strip().lower()
    home = (None, dossier_id) if dossier_id else office.read(scanning.home_of, draft_id, None)
    if home is None:
        raise RuleBroken("dossier.unknown", code=code)
    if home[1]:
        return office.read(scanning.of_dossier, home[1])
    return office.read(scanning.of_draft, home[0] or draft_id, clock.today())


def file_now(session: Session, read: argparse.Namespace) -> Answer:
    """Make the files of record that wait, and read what has not been read where this machine reads; one after the
    other, so that Ctrl-C leaves whole papers. What could not be done is told, with the reason."""
    filing: Any = importlib.import_module("desktop.filing")
    office = session.office()
    demand_scan(office)
    reads = filing.reads_pages(settings_of(session.folder, office))
    backlog, filed, words, unfit = filing.Backlog(), 0, 0, []
    with workshop(office) as work:
        while read.limit is None or filed + words < read.limit:
            piece = filing.do_next(Quiet(), office, work, backlog, read=reads)
            if piece.paper is None:
                break
            filed += bool(piece.changes.of("document"))
            words += bool(piece.changes.of("document_text") and not piece.changes.of("document"))
            unfit += [(piece.paper, each) for each in piece.unfit]
    vain = [(paper, Remark(why.code, dict(why.details))) for paper, why in backlog.in_vain.items()]
    plain = {
        "filed": filed,
        "read": words,
        "reads": reads,
        "unfit": [_of_paper(office, *each) for each in unfit],
        "in_vain": [_of_paper(office, *each) for each in vain],
    }
    lines = [facts([(_("Đã lập tệp"), filed), (_("Đã đọc thêm"), words)])]
    lines += [f"! {each['code']} – {each['title']}: {each['message']}" for each in (*plain["unfit"], *plain["in_vain"])]
    by_person = all(isinstance(why, RuleBroken) for why in backlog.in_vain.values())
    return Answer(plain, "\n".join(lines), DONE if not vain else PERSON if by_person else SURROUNDINGS)


def _of_paper(office: Office, paper: str, remark: Remark) -> dict[str, Any]:
    row = office.read(queries.one, paper)
    assert row is not None
    said = message(remark.code, remark.details)
    return {"id": paper, "code": row.dossier_code, "title": row.about.title, "error": remark.code, "message": said}
