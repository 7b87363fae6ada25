"""`motcua office`: make the office of this machine, let it number again after a restore, add clerks and give codes."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from pathlib import Path

from desktop import founding
from desktop import office as office_folder
from desktop.cli import leave, office_letters, sheets
from desktop.cli.options import Parser, file_named, one_of, whole
from desktop.cli.output import Answer, facts, table
from desktop.cli.session import Session
from onestop.actions import manage, office_file
from onestop.rules import why
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.rules.roles import ROLE_NAMES, Role
from onestop.store import acts
from onestop.store.folder import DATABASE, lost_office
from onestop.texts import _, message


def build(parser: Parser) -> None:
    """`office init`, `office resume`, `office bring-back`, `office leave`, `office back`, `office leaves`,
    `office clerk add`, `office clerk code`; signers and templates."""
    actions = parser.add_subparsers(dest="what", metavar=_("việc"), required=True, parser_class=Parser)
    make = actions.add_parser("init", help=_("lập cơ quan trong thư mục dữ liệu"))
    make.add_argument("--demo", action="store_true", help=_("cơ quan giả định để tập huấn"))
    make.add_argument("--file", metavar="office.toml", type=file_named, help=_("tệp mô tả cơ quan"))
    make.set_defaults(action=init)
    again = actions.add_parser("resume", help=_("cho cấp số trở lại sau khi khôi phục hoặc chép sang máy khác"))
    again.add_argument("--reason", required=True, metavar=_("LÝ-DO"), help=_("việc đã xảy ra, ghi vào nhật ký"))
    again.add_argument("--counter", type=whole(1, 99), metavar="K", help=_("số quầy của máy này từ nay"))
    again.add_argument("--old-machine-retired", action="store_true", help=_("máy cũ không còn dùng để tiếp nhận nữa"))
    again.add_argument(
        "--clock-right",
        action="store_true",
        help=_("đồng hồ máy bây giờ đúng; giờ của những việc đã ghi trước đây mới là giờ sai"),
    )
    again.set_defaults(action=resume)
    back = actions.add_parser("bring-back", help=_("lấy lại bản sao lành gần nhất khi cơ sở dữ liệu mất hoặc hỏng"))
    back.set_defaults(action=bring_back)
    sheets.build(actions)
    leave.build(actions)
    clerk = actions.add_parser("clerk", help=_("cán bộ của cơ quan"))
    parts = clerk.add_subparsers(dest="part", metavar=_("việc"), required=True, parser_class=Parser)
    add = parts.add_parser("add", help=_("thêm một cán bộ; mã dùng một lần chỉ hiện một lần"))
    add.add_argument("login", metavar="LOGIN")
    add.add_argument("--name", required=True, metavar=_("HỌ-TÊN"))
    add.add_argument("--role", required=True, type=one_of(tuple(Role)), metavar="|".join(Role))
    add.add_argument("--title", metavar=_("CHỨC-VỤ"))
    add.add_argument("--counter", metavar=_("QUẦY"), help=_("số quầy, ví dụ 2"))
    add.set_defaults(action=add_clerk)
    code = parts.add_parser("code", help=_("cấp mã dùng một lần mới cho người quên mật khẩu"))
    code.add_argument("login", metavar="LOGIN")
    code.set_defaults(action=give_code)
    office_letters.build(actions)


def init(session: Session, read: argparse.Namespace) -> Answer:
    """Make the office, whole or not at all. The one-time codes are shown here once and kept nowhere in clear."""
    if read.file is None and not read.demo:
        raise RuleBroken("office.file-needed")
    founding.demand_unused(session.folder)
    if session.wish.now is not None and not read.demo:
        raise RuleBroken("clock.demo-only")
    form = founding.sample() if read.file is None else read_office_file(read.file, read.demo)
    office, founded = founding.establish(session.folder, form)
    session.take(office)
    plain = {
        "agency": office.row.code,
        "name": office.row.name,
        "demo": office.row.demo,
        "counter": form.counter,
        "counters": form.counters,
        "codes": dict(founded.codes),
    }
    lines = [facts([(_("Mã cơ quan"), office.row.code), (_("Cơ quan"), office.row.name)]), ""]
    lines += [table((_("Tài khoản"), _("Mã dùng một lần")), list(founded.codes.items())), ""]
    lines.append(_("Mã dùng một lần chỉ hiện lần này. Người dùng nhập mã ở lần đăng nhập đầu để tự đặt mật khẩu."))
    return Answer(plain, "\n".join(lines))


def read_office_file(file: Path, demo: bool) -> manage.FoundForm:
    """The office that an installer wrote down. RuleBroken file.missing, office-file.*."""
    try:
        text = file.read_bytes().decode("utf-8")
    except OSError as error:
        raise RuleBroken("file.missing", file=str(file), how="reason", reason=why.of_system(error)) from error
    except UnicodeDecodeError as error:
        raise RuleBroken("office-file.unreadable", reason=why.of_text(error)) from error
    return office_file.read(text, demo)


def resume(session: Session, read: argparse.Namespace) -> Answer:
    """A supervisor's word after which work goes on: a clock that ran ahead before, and numbering after a restore or a
    move (a new epoch, above every number known to be given)."""
    office = session.office()
    lines = []
    corrected = office.correct_clock(read.reason) if read.clock_right else None
    if corrected is not None:
        how = None if corrected.dossiers else "no-dossier"
        lines.append(message("clock.corrected", {**asdict(corrected), "count": corrected.acts, "how": how}))
    stopped = office.numbering_stopped()
    if stopped is not None or corrected is None:
        office.resume_numbering(read.reason, read.counter, read.old_machine_retired)
    here = office.read(acts.head)
    assert here is not None
    plain = {"stopped": stopped, "epoch": here.epoch, "counter": here.counter, "counters": here.counters}
    if stopped is not None or corrected is None:
        said = _("Đã cho cấp số trở lại: quầy {counter}/{counters}.")
        lines.append(said.format(counter=here.counter, counters=here.counters))
    return Answer({**plain, "clock": asdict(corrected) if corrected is not None else None}, "\n".join(lines))


def bring_back(session: Session, read: argparse.Namespace) -> Answer:
    """The last good copy in the place of a database that is lost or damaged; numbering waits for a supervisor."""
    if session.has_office:
        try:
            well = bool(session.office(somebody=False).row)
        except StoreTrouble as trouble:
            if trouble.code != "store.damaged":
                raise
            well = False
        if well:
            raise RuleBroken("office.well")
    elif not lost_office(session.folder):
        raise RuleBroken("office.none", lacks="folder", folder=str(session.folder))
    copy = office_folder.bring_back(session.folder)
    day = date.fromisoformat(copy.day)
    said = _("Đã lấy lại bản sao ngày {day}. Hồ sơ nhận sau lúc sao phải nhập bù; cấp số chờ: motcua office resume.")
    return Answer({"day": day, "file": DATABASE}, said.format(day=f"{day:%d/%m/%Y}"))


def add_clerk(session: Session, read: argparse.Namespace) -> Answer:
    """A new clerk, with the one-time code for his first log-in."""
    form = manage.ClerkForm(read.login, read.name, read.role, read.title, read.counter)
    code = session.office().perform(manage.set_clerk, form).answer
    login = read.login.strip().lower()
    pairs = [(_("Tài khoản"), login), (_("Vai trò"), _(ROLE_NAMES[Role(read.role)])), (_("Mã dùng một lần"), code)]
    return Answer({"login": login, "name": read.name, "role": read.role, "code": code}, facts(pairs))


def give_code(session: Session, read: argparse.Namespace) -> Answer:
    """A fresh one-time code; the password of before no longer opens."""
    code = session.office().perform(manage.renew_code, read.login).answer
    return Answer({"login": read.login, "code": code}, facts([(_("Mã dùng một lần"), code)]))
