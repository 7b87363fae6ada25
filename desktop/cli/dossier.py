"""`motcua dossier`: receive one from a file, find them, link the code of another system, send one back before it is
received. How one is shown stands in `dossier_show`."""

from __future__ import annotations

import argparse
import importlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.cli import correcting, delivery, dossier_import, dossier_show, hand_over, link_file, part
from desktop.cli.options import Parser, file_named, whole
from desktop.cli.output import Answer, facts, money, remark_lines, remarks_of, table
from desktop.cli.session import Session
from desktop.office import Office, read_json
from onestop import clock
from onestop.actions import intakes, linking, process, receive
from onestop.actions.intakes import IntakeForm
from onestop.actions.linking import LinkForm, UnlinkForm
from onestop.actions.papers import Brought
from onestop.actions.receive import Received
from onestop.queries import dossiers
from onestop.queries import office as office_queries
from onestop.queries.dossiers import Dossier, Wish
from onestop.rules import clocks, intake, moves
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import ReceiveForm, RegisterForm, read_form
from onestop.rules.moves import MoveForm
from onestop.rules.part_results import PART
from onestop.texts import _, message


def build(parser: Parser) -> None:
    """`dossier receive`, `register`, `act`, `hand-over`, `show`, `find`, `link`, `link-file`, `unlink`, `turn-away`."""
    kinds = parser.add_subparsers(dest="what", metavar=_("việc"), required=True, parser_class=Parser)
    take = kinds.add_parser("receive", help=_("tiếp nhận một hồ sơ"))
    take.add_argument(
        "--file",
        type=file_named,
        required=True,
        metavar="F.json",
        help=_("một hồ sơ, dạng JSON; cách ghi có trong Hướng dẫn, trang Dòng lệnh"),
    )
    take.set_defaults(action=receive_file)
    online = kinds.add_parser("register", help=_("ghi nhận hồ sơ nộp trực tuyến, chờ trả lời trong 8 giờ làm việc"))
    online.add_argument(
        "--file",
        type=file_named,
        required=True,
        metavar="F.json",
        help=_("như của receive, thêm external_code và submitted_at"),
    )
    online.set_defaults(action=register_file)
    act = kinds.add_parser("act", help=_("một việc trong đời hồ sơ: chuyển, bổ sung, gia hạn, trả kết quả…"))
    act.add_argument("code", metavar="CODE")
    known = ", ".join([*moves.MADE_HERE, *moves.OTHERS, PART, *delivery.ACTIONS])
    act.add_argument("move", metavar="ACTION", help=known)
    act.add_argument("--file", type=file_named, metavar="F.json", help=_("điều cần ghi cùng việc đó, dạng JSON"))
    act.set_defaults(action=make_move)
    hand_over.build(kinds)
    show = kinds.add_parser("show", help=_("xem một hồ sơ với giấy tờ, phí, lịch sử"))
    show.add_argument("code", metavar="CODE")
    show.set_defaults(action=dossier_show.run)
    find = kinds.add_parser("find", help=_("tìm theo mã, tên, số giấy tờ, điện thoại"))
    find.add_argument("text", metavar="TEXT")
    find.add_argument("--limit", type=whole(1, 1000), default=20, metavar="N")
    find.set_defaults(action=find_text)
    link = kinds.add_parser("link", help=_("liên kết mã của hệ thống khác"))
    link.add_argument("code", metavar="CODE")
    link.add_argument("external", metavar="EXTERNAL")
    link.add_argument("--official", action="store_true", help=_("mã chính thức thay cho mã tạm"))
    link.set_defaults(action=link_code)
    many = kinds.add_parser("link-file", help=_("liên kết mã theo một danh sách CSV: mã ở đây, mã của hệ thống khác"))
    many.add_argument("file", type=file_named, metavar="F.csv")
    many.set_defaults(action=link_file.run)
    dossier_import.build(kinds)
    off = kinds.add_parser("unlink", help=_("bỏ một mã của hệ thống khác đã liên kết nhầm"))
    off.add_argument("code", metavar="CODE")
    off.add_argument("external", metavar="EXTERNAL")
    off.add_argument("--reason", required=True, metavar=_("LÝ-DO"), help=_("vì sao nhầm, ghi vào nhật ký"))
    off.set_defaults(action=unlink_code)
    correcting.build(kinds)
    back = kinds.add_parser("turn-away", help=_("yêu cầu bổ sung hoặc từ chối trước khi tiếp nhận"))
    back.add_argument(
        "--file",
        type=file_named,
        required=True,
        metavar="F.json",
        help=_("phiếu, dạng JSON; cách ghi có trong Hướng dẫn, trang Dòng lệnh"),
    )
    back.set_defaults(action=turn_away)


# ---- in -----------------------------------------------------------------------------------------------------------


def receive_file(session: Session, read: argparse.Namespace) -> Answer:
    """Receive the dossier of a file, once; a draft that was received before answers with the same dossier."""
    office = session.office()
    form, files = read_dossier(office, read_json(read.file), read.file.absolute().parent)
    received = office.perform(lambda work, wish: receive.take_in(work, wish, files), form).answer
    return _told(received)


def register_file(session: Session, read: argparse.Namespace) -> Answer:
    """Write down a dossier that came online: the form of `receive` with its code there and when it was handed in."""
    office, plain = session.office(), read_json(read.file)
    if not isinstance(plain, dict):
        raise RuleBroken("form.not-an-object")
    given = {key: plain.pop(key, None) or "" for key in ("external_code", "submitted_at")}
    for key, value in given.items():
        if not isinstance(value, str):
            raise RuleBroken("form.wrong-type", field=key, key=key, wanted="text", how="text")
    form, files = read_dossier(office, plain, read.file.absolute().parent)
    wish = RegisterForm(form, **given)
    received = office.perform(lambda work, wish: receive.register(work, wish, files), wish).answer
    until = clocks.answer_by(intake.submitted_at(wish.submitted_at, clock.now()), office.read(office_queries.calendar))
    told, answer = _told(received), facts([(_("Trả lời trước"), until)])
    return Answer({**told.plain, "answer_by": until}, f"{told.text}\n{answer}")


def _told(received: Received) -> Answer:
    fee = {"phi": received.phi, "le_phi": received.le_phi, "total": received.total}
    plain = {
        "id": received.id,
        "code": received.code,
        "temporary": received.code_kind == "temporary",
        "official_code": received.official or None,
        "act": received.act,
        "due": received.due,
        "fee": fee,
        "state": received.state,
        "warnings": list(dict.fromkeys(each.code for each in received.warnings)),
        "remarks": remarks_of(received.warnings),
        "again": received.again,
    }
    pairs = [
        (_("Mã tạm") if received.code_kind == "temporary" else _("Mã hồ sơ"), received.code),
        (_("Hẹn trả"), received.due or _("theo thông báo")),
        (_("Phí"), money(received.phi)),
        (_("Lệ phí"), money(received.le_phi)),
        (_("Trạng thái"), message(f"state.{received.state}")),
    ]
    return Answer(plain, "\n".join([facts(pairs), *remark_lines(received.warnings)]))


def read_dossier(office: Office, plain: Any, folder: Path) -> tuple[ReceiveForm, dict[str, Brought]]:
    """The form in JSON values and the files that its components name, relative to `folder`, each looked into.

    With `"draft": ID` the draft's own values stand wherever the file says nothing. RuleBroken form.*, draft.unknown,
    file.missing.
    """
    if isinstance(plain, dict) and plain.get("draft"):
        kept = office.read(dossiers.draft, str(plain["draft"]))
        if kept is None:
            raise RuleBroken("draft.unknown", field="draft", draft=str(plain["draft"]))
        plain = {**kept.form, **plain, "draft": kept.id}
    form = read_form(plain)
    components = tuple(
        replace(each, files=tuple(str(folder / name) for name in each.files)) for each in form.components
    )
    names = list(dict.fromkeys(name for component in components for name in component.files))
    if not names:
        return replace(form, components=components), {}
    brought = importlib.import_module("desktop.cli.machine").look_into(office, [Path(name) for name in names])
    return replace(form, components=components), dict(zip(names, brought, strict=True))


def _move(code: str, move: str, plain: Any) -> MoveForm:
    """RuleBroken dossier.move-unknown with all that is known, and those of reading it."""
    try:
        return moves.read_move(code, move, plain)
    except RuleBroken as broken:
        if broken.code == "dossier.move-unknown":
            known = [*broken.details["known"], PART, *delivery.ACTIONS]
            raise RuleBroken(broken.code, **{**broken.details, "known": known}) from broken
        raise


def make_move(session: Session, read: argparse.Namespace) -> Answer:
    """One move of a dossier's life; nothing is printed by itself. What the law wants otherwise is a warning."""
    plain = read_json(read.file) if read.file is not None else {}
    if read.move == PART:
        return part.run(session.office(), read.code, plain)
    if delivery.mine(read.move, plain):
        return delivery.run(session.office(), read.code, read.move, plain)
    form = _move(read.code, read.move, plain)
    office = session.office()
    folder = read.file.absolute().parent if read.file is not None else Path()
    files = [folder / name for name in form.result.files]
    brought = importlib.import_module("desktop.cli.machine").look_into(office, files) if files else []
    made = office.perform(lambda work, wish: process.move(work, wish, brought), form).answer
    told = {
        "code": made.code,
        "state": made.state,
        "due": made.due,
        "act": made.act,
        "warnings": list(dict.fromkeys(each.code for each in made.warnings)),
        "remarks": remarks_of(made.warnings),
    }
    pairs = [
        (_("Mã hồ sơ"), made.code),
        (_("Trạng thái"), message(f"state.{made.state}")),
        (_("Hẹn trả"), made.due or _("chưa có hẹn trả")),
    ]
    return Answer(told, "\n".join([facts(pairs), *remark_lines(made.warnings)]))


def turn_away(session: Session, read: argparse.Namespace) -> Answer:
    """What is missing is asked for (the draft is kept), or the dossier is refused; no dossier code is used."""
    office = session.office()
    plain = read_json(read.file)
    if not isinstance(plain, dict):
        raise RuleBroken("form.not-an-object", file=read.file.name)
    for key in plain:
        if key not in ("kind", "form", "items", "reason"):
            raise RuleBroken("form.unknown-key", key=key)
    for key in ("kind", "form"):
        if not plain.get(key):
            raise RuleBroken("form.key-missing", field=key, key=key)
    items = plain.get("items") or []
    if not isinstance(items, list) or not all(isinstance(each, str) for each in items):
        raise RuleBroken("form.wrong-type", field="items", key="items", wanted="texts")
    reason = plain.get("reason") or ""
    if not isinstance(reason, str):
        raise RuleBroken("form.wrong-type", field="reason", key="reason", wanted="text")
    form, _files = read_dossier(office, plain["form"], read.file.absolute().parent)
    made = office.perform(intakes.make, IntakeForm(str(plain["kind"]), form, tuple(items), reason)).answer
    answer = {
        "intake": made.id,
        "code": made.code,
        "kind": plain["kind"],
        "number": made.number,
        "draft": made.draft,
        "until": made.until,
    }
    pairs = [
        (_("Mã phiếu"), made.code),
        (_("Số"), made.number),
        (_("Bản nháp"), made.draft),
        (_("Hạn bổ sung"), made.until),
    ]
    lines = [facts(pairs), *(f"- {item}" for item in made.items)]
    return Answer({**answer, "items": list(made.items)}, "\n".join(lines))


def link_code(session: Session, read: argparse.Namespace) -> Answer:
    """Tie the code of the province or national system to a dossier; the same again changes nothing. Those that were
    tied before go on finding it."""
    office = session.office()
    office.perform(linking.link, LinkForm(read.code, read.external, read.official))
    return _codes_told(dossier_show.one(office, read.code))


def unlink_code(session: Session, read: argparse.Namespace) -> Answer:
    """Take a code off a dossier that it was tied to by mistake."""
    office = session.office()
    dossier_id = office.perform(linking.unlink, UnlinkForm(read.code, read.external, read.reason)).answer
    found = office.read(dossiers.one, dossier_id, False)
    assert found is not None
    return _codes_told(found)


def _codes_told(found: Dossier) -> Answer:
    shown = found.values["external_code"]
    temporary = dossier_show.temporary(found)
    plain = {
        "code": found.code,
        "temporary_code": temporary,
        "external_code": shown,
        "external_codes": dossier_show.external_codes(found),
        "official_code": None if temporary == found.code else found.code,
    }
    earlier = [code for code in dossier_show.external_codes(found) if code != shown]
    pairs = [
        (_("Mã hồ sơ"), found.code),
        (_("Mã của hệ thống khác"), shown),
        (_("Mã trước đó, vẫn tìm ra hồ sơ"), ", ".join(earlier)),
    ]
    return Answer(plain, facts(pairs))


# ---- out ----------------------------------------------------------------------------------------------------------


def find_text(session: Session, read: argparse.Namespace) -> Answer:
    """Dossiers by code, person, number or phone, the latest first. Persons by name only."""
    office = session.office()
    page = office.read(dossiers.page, office.id, Wish(typed=read.text), clock.now(), size=read.limit)
    plain = [
        {
            "code": row.code,
            "owner": row.owner_name,
            "procedure": row.procedure_code,
            "procedure_name": row.procedure_name,
            "state": row.state,
            "channel": row.channel,
            "received": row.received_at,
            "due": row.due_at,
            "summary": row.summary,
        }
        for row in page.rows
    ]
    cells = [
        (row.code, row.owner_name, row.procedure_name, message(f"state.{row.state}"), row.received_at, row.due_at)
        for row in page.rows
    ]
    titles = (_("Mã hồ sơ"), _("Chủ hồ sơ"), _("Tên thủ tục"), _("Trạng thái"), _("Nhận"), _("Hẹn trả"))
    return Answer(plain, table(titles, cells))
