"""`motcua citizen`: register a person from a card or a file, find people as one types, bring in a list."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop.cli import bringing
from desktop.cli.options import ENCODINGS, Parser, file_named, one_of, whole
from desktop.cli.output import Answer, facts, remark_lines, remarks_of, table
from desktop.cli.session import Session
from desktop.cli.stopping import asked_to_stop
from desktop.models.person_words import born
from desktop.office import read_json
from onestop import clock
from onestop.actions import citizens as actions
from onestop.actions import people_import
from onestop.actions.citizens import Registered
from onestop.actions.people_import import Imported
from onestop.queries import people
from onestop.rules import citizen as rules
from onestop.rules import identity
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.intake import PersonForm, read_person
from onestop.texts import _


def build(parser: Parser) -> None:
    """`citizen register`, `citizen find`, `citizen import`."""
    kinds = parser.add_subparsers(dest="what", metavar=_("việc"), required=True, parser_class=Parser)
    one = kinds.add_parser("register", help=_("đăng ký một người; người đã có thì tìm ra"))
    source = one.add_mutually_exclusive_group(required=True)
    source.add_argument("--card", metavar="TEXT", help=_("nội dung mã QR của thẻ căn cước"))
    source.add_argument(
        "--file",
        type=file_named,
        metavar="F.json",
        help=_("một người hoặc tổ chức, dạng JSON; cách ghi có trong Hướng dẫn, trang Dòng lệnh"),
    )
    one.set_defaults(action=register)
    find = kinds.add_parser("find", help=_("tìm theo tên, số giấy tờ, điện thoại, tên kèm năm sinh"))
    find.add_argument("text", metavar="TEXT")
    find.add_argument("--limit", type=whole(1, 1000), default=20, metavar="N")
    find.set_defaults(action=find_text)
    bring = kinds.add_parser("import", help=_("nhập danh sách CSV hoặc XLSX"))
    bring.add_argument("file", type=file_named, metavar="FILE")
    bring.add_argument("--encoding", type=one_of(ENCODINGS), default="auto", metavar="|".join(ENCODINGS))
    bring.add_argument("--sheet", metavar=_("TRANG"), help=_("trang tính cần nhập, khi tệp có nhiều trang"))
    bring.set_defaults(action=import_file)


def register(session: Session, read: argparse.Namespace) -> Answer:
    """Register once, for ever: the second time finds the first and says what differs."""
    office = session.office()
    remarks: tuple[Remark, ...] = ()
    relatives: tuple[tuple[int, str], ...] = ()
    if read.card is not None:
        reading = identity.read_card(read.card, clock.today())
        form, relatives = rules.form_of_card(reading), reading.relatives
        remarks = tuple(each for each in reading.remarks if each.code not in identity.WARNINGS)
    else:
        form = person_in(read.file)
    registered = office.perform(actions.register, form).answer
    return _told(registered, (*remarks, *registered.notes), relatives)


def person_in(file: Path) -> PersonForm:
    """The one person of a JSON file. RuleBroken file.missing, file.not-json, form.*."""
    plain = read_json(file)
    if not isinstance(plain, dict):
        raise RuleBroken("form.not-an-object", file=file.name)
    return read_person(plain, "person")


def _told(registered: Registered, notes: tuple[Remark, ...], relatives: tuple[tuple[int, str], ...]) -> Answer:
    values = registered.values
    kept = {key: values.get(key) for key in ("kind", "name", "identity_number", "date_of_birth", "sex", "address")}
    plain: dict[str, Any] = {
        "id": registered.id,
        "created": registered.created,
        **kept,
        "warnings": list(dict.fromkeys(each.code for each in registered.warnings)),
        "notes": list(dict.fromkeys(each.code for each in notes)),
        "remarks": remarks_of((*registered.warnings, *notes)),
        "differences": registered.differences,
    }
    if relatives:
        # Offered for this dossier's own fields, and kept nowhere.
        plain["relatives"] = [{"field": place + 1, "text": text} for place, text in relatives]
    said = _("Đã đăng ký") if registered.created else _("Đã có từ trước")
    pairs = [
        (said, values["name"]),
        (_("Số định danh"), values.get("identity_number")),
        (_("Ngày sinh"), born(values.get("date_of_birth"))),
        (_("Giới tính"), rules.sex_name(values.get("sex"))),
        (_("Địa chỉ"), values.get("address")),
        (_("Mã người"), registered.id),
    ]
    return Answer(plain, "\n".join([facts(pairs), *remark_lines((*registered.warnings, *notes))]))


def find_text(session: Session, read: argparse.Namespace) -> Answer:
    """People that fit what was typed, exact accents first; numbers are masked in a list."""
    rows = session.office().read(people.find, read.text, read.limit)
    plain = [
        {
            "id": row.id,
            "kind": row.kind,
            "name": row.name,
            "identity_number": row.identity_number,
            "date_of_birth": row.date_of_birth,
            "sex": row.sex,
            "phone": row.phone,
            "address": row.address,
        }
        for row in rows
    ]
    cells = [(row.name, born(row.date_of_birth), row.paper, row.address, row.id) for row in rows]
    titles = (_("Họ tên"), _("Ngày sinh"), _("Giấy tờ"), _("Địa chỉ"), _("Mã người"))
    return Answer(plain, table(titles, cells))


def import_file(session: Session, read: argparse.Namespace) -> Answer:
    """Bring in a list: every row added, merged or rejected; the rejects in a file to mend and bring again.

    Ctrl-C ends the work after the batch at hand; what is in stays in, and bringing the file again goes on from there.
    """
    office = session.office()
    file = read.file.absolute()
    with asked_to_stop() as stop:
        done = people_import.import_file(
            office.perform,
            file,
            read.encoding,
            (file.parent, office.folder),
            progress=lambda state, share: _progress(session, state, share) and not stop,
            sheet_name=read.sheet,
        )
    plain = _plain(done)
    if done.stopped:
        raise RuleBroken("import.stopped", **plain)
    lines = [
        _("Thêm {added}, gộp {merged}, không nhập {rejected}.").format(
            added=done.added, merged=done.merged, rejected=done.rejected_count
        )
    ]
    lines += bringing.refused(done)
    if done.case_lost:
        said = _("{count} tên có chữ đầu mất chữ hoa vì TCVN3 (dòng {rows}); tên giữ nguyên, xem lại ở Người dân.")
        lines.append(said.format(count=len(done.case_lost), rows=bringing.rows_named(done.case_lost)))
    lines += bringing.left(done)
    return Answer(plain, "\n".join(lines))


def _plain(done: Imported) -> dict[str, Any]:
    return {
        **bringing.plain(done),
        "merged": done.merged,
        "kept": [{"row": row, "fields": list(fields)} for row, fields in done.kept],
        "case_lost": list(done.case_lost),
    }


def _progress(session: Session, state: Imported, share: float | None) -> bool:
    said = _("dòng {row}: thêm {added}, gộp {merged}, không nhập {rejected}").format(
        row=state.last_row, added=state.added, merged=state.merged, rejected=state.rejected_count
    )
    return bringing.write_over(session, said, share)
