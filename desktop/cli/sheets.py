"""`motcua office reserve-sheets`, `spoil-sheet`: pre-printed receipts for days without electricity or network."""

from __future__ import annotations

import argparse

from desktop.cli.options import Parser, file_named, whole
from desktop.cli.output import Answer, facts
from desktop.cli.print import place_for, write
from desktop.cli.session import Session
from desktop.reports import blank_receipt
from desktop.reports.reprint import page_count
from onestop import clock
from onestop.actions import reserved_sheets
from onestop.actions.reserved_sheets import SpoiledForm
from onestop.queries import reserved_sheets as queries
from onestop.rules.errors import RuleBroken
from onestop.rules.late_entry import read_sheet
from onestop.rules.letters import Paper
from onestop.texts import _

MOST = 100_000


def build(actions: argparse._SubParsersAction[Parser]) -> None:
    """Both, among the sub-commands of `office`."""
    keep = actions.add_parser("reserve-sheets", help=_("in giấy tiếp nhận dự phòng để dùng khi mất điện, mất mạng"))
    which = keep.add_mutually_exclusive_group()
    which.add_argument("--count", type=whole(1, MOST), default=20, metavar="N", help=_("số tờ, mỗi tờ hai liên"))
    which.add_argument("--again", metavar=_("MÃ"), help=_("in lại những tờ còn dùng được của đợt có mã này"))
    keep.add_argument("out", type=file_named, metavar="OUT.pdf")
    keep.set_defaults(action=reserve)
    spoil = actions.add_parser("spoil-sheet", help=_("hủy một giấy dự phòng bị rách, mất, ghi hỏng"))
    spoil.add_argument("sheet", metavar=_("MÃ"))
    spoil.add_argument("--reason", required=True, metavar=_("LÝ-DO"), help=_("vì sao hủy, ghi vào nhật ký"))
    spoil.set_defaults(action=write_off)


def reserve(session: Session, read: argparse.Namespace) -> Answer:
    """Reserve, commit, and only then write the sheets; a file that cannot be written is written again by `--again`.

    RuleBroken sheets.count, sheets.no-batch, file.folder-missing; StoreTrouble numbering.*, file.unwritable.
    """
    office = session.office()
    out = read.out.absolute()
    if not place_for(out):
        raise RuleBroken("file.folder-missing", file=str(out))
    if read.again is not None:
        found = office.read(queries.sheet, read_sheet(read.again))
        batch = found.batch if found is not None else read.again
    else:
        batch = office.perform(reserved_sheets.reserve, read.count).answer.batch
    blanks = office.read(queries.blanks, batch)
    if not blanks:
        raise RuleBroken("sheets.none-left", batch=batch)
    content = blank_receipt.draw(blanks)
    write(out, content)
    left = office.read(queries.standing, clock.now()).left
    codes = [each.reference.temporary for each in blanks]
    plain = {
        "file": out,
        "pages": page_count(content),
        "paper": Paper.A4.value,
        "batch": batch,
        "sheets": codes,
        "left": left,
    }
    pairs = [
        (_("Tệp"), out),
        (_("Số tờ"), len(codes)),
        (_("Mã tạm"), codes[0] if len(codes) == 1 else f"{codes[0]} … {codes[-1]}"),
        (_("Còn lại"), _("{count} tờ chưa dùng").format(count=left)),
    ]
    return Answer(plain, facts(pairs))


def write_off(session: Session, read: argparse.Namespace) -> Answer:
    """A sheet that will never be used, and why."""
    office = session.office()
    code = office.perform(reserved_sheets.write_off, SpoiledForm(read.sheet, read.reason)).answer
    left = office.read(queries.standing, clock.now()).left
    pairs = [(_("Đã hủy giấy"), code), (_("Còn lại"), _("{count} tờ chưa dùng").format(count=left))]
    return Answer({"sheet": code, "left": left}, facts(pairs))
