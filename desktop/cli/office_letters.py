"""`motcua office signer`, `motcua office template`: who signs, and templates that wards hand on as files."""

from __future__ import annotations

import argparse
from typing import Any

from desktop.cli.options import Parser, file_named
from desktop.cli.output import Answer, facts, table
from desktop.cli.session import Session
from onestop import clock
from onestop.actions import result_templates, signers
from onestop.actions.result_templates import TemplateForm
from onestop.queries import result_templates as template_queries
from onestop.queries import signers as signer_queries
from onestop.queries.result_templates import TemplateRow
from onestop.rules import signers as rules
from onestop.rules import why
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.rules.result_starters import LARGEST, from_file, to_file
from onestop.rules.signers import Signer
from onestop.store.files import demand_ordinary
from onestop.texts import _

OF_SIGNER = (
    ("--behalf", "behalf", "CHỦ TỊCH"),
    ("--collective", "collective", "ỦY BAN NHÂN DÂN"),
    ("--paper", "paper", "QĐ"),
    ("--until", "valid_to", "YYYY-MM-DD"),
    ("--stands-for", "stands_for", "HỌ-TÊN"),
)


def build(actions: Any) -> None:
    """`office signer add|list|withdraw`, `office template list|export|import|retire`."""
    signer = actions.add_parser("signer", help=_("người ký văn bản kết quả"))
    parts = signer.add_subparsers(dest="part", metavar=_("việc"), required=True, parser_class=Parser)
    add = parts.add_parser("add", help=_("thêm một người ký; ủy quyền, thừa lệnh phải ghi văn bản giao"))
    add.add_argument("name", metavar=_("HỌ-TÊN"))
    add.add_argument("--title", required=True, metavar=_("CHỨC-VỤ"))
    keys = [each.key for each in rules.sign_forms()]
    add.add_argument("--form", default="own", metavar="|".join(dict.fromkeys(keys)))
    add.add_argument("--since", dest="valid_from", metavar="YYYY-MM-DD", help=_("không ghi là từ hôm nay"))
    for option, key, example in OF_SIGNER:
        add.add_argument(option, dest=key, metavar=example)
    add.set_defaults(action=add_signer)
    listed = parts.add_parser("list", help=_("những người ký, và ai ký được hôm nay"))
    listed.set_defaults(action=list_signers)
    gone = parts.add_parser("withdraw", help=_("không để người này ký nữa"))
    gone.add_argument("name", metavar=_("HỌ-TÊN"))
    gone.set_defaults(action=withdraw_signer)

    template = actions.add_parser("template", help=_("mẫu văn bản kết quả"))
    parts = template.add_subparsers(dest="part", metavar=_("việc"), required=True, parser_class=Parser)
    shown = parts.add_parser("list", help=_("các mẫu đang dùng"))
    shown.set_defaults(action=list_templates)
    out = parts.add_parser("export", help=_("ghi một mẫu ra tệp cho nơi khác dùng"))
    out.add_argument("key", metavar="KEY")
    out.add_argument("file", metavar="OUT.json", type=file_named)
    out.set_defaults(action=export)
    into = parts.add_parser("import", help=_("lấy một mẫu từ tệp làm phiên bản mới"))
    into.add_argument("file", metavar="FILE.json", type=file_named)
    into.add_argument("--key", default="", metavar="KEY", help=_("mã của mẫu mà tệp thay; không ghi là mẫu mới"))
    into.set_defaults(action=bring_in)
    end = parts.add_parser("retire", help=_("không dùng một mẫu nữa"))
    end.add_argument("key", metavar="KEY")
    end.set_defaults(action=retire)


# ---- signers ------------------------------------------------------------------------------------------------------


def add_signer(session: Session, read: argparse.Namespace) -> Answer:
    """A new signer. RuleBroken signer.*."""
    office = session.office()
    given: dict[str, Any] = {key: getattr(read, key) or "" for _option, key, _example in OF_SIGNER}
    if given["stands_for"]:
        whom = signer_queries.named(office.read(signer_queries.signers), given["stands_for"])
        given["stands_for"] = whom.id if whom is not None else given["stands_for"]
    since = read.valid_from or clock.today().isoformat()
    signer = Signer("", read.name, read.title, read.form, since, **given)
    signer_id = office.perform(signers.add, signer).answer
    kept = next(each for each in office.read(signer_queries.signers) if each.id == signer_id)
    return Answer(_plain(kept, True), facts([(_("Người ký"), kept.name), (_("Ký là"), " / ".join(kept.lines))]))


def list_signers(session: Session, read: argparse.Namespace) -> Answer:
    """Everybody who signs."""
    office = session.office()
    everybody = office.read(signer_queries.signers)
    now = {each.id for each in office.read(signer_queries.ready, clock.today())}
    heads = (_("Họ tên"), _("Ký là"), _("Từ ngày"), _("Đến ngày"), _("Hôm nay"))
    can = {each.id: _("ký được") for each in everybody if each.id in now}
    rows = [
        (each.name, " / ".join(each.lines), each.valid_from, each.valid_to or "", can.get(each.id, ""))
        for each in everybody
    ]
    return Answer([_plain(each, each.id in now) for each in everybody], table(heads, rows))


def withdraw_signer(session: Session, read: argparse.Namespace) -> Answer:
    """Somebody signs no more. RuleBroken signer.unknown."""
    office = session.office()
    found = signer_queries.named(office.read(signer_queries.signers), read.name)
    if found is None:
        raise RuleBroken("signer.unknown", field="signer")
    office.perform(signers.withdraw, found.id)
    return Answer({"id": found.id, "name": found.name}, facts([(_("Không ký nữa"), found.name)]))


def _plain(signer: Signer, now: bool) -> dict[str, Any]:
    return {
        "id": signer.id,
        "name": signer.name,
        "form": signer.form,
        "lines": list(signer.lines),
        "paper": signer.paper or None,
        "from": signer.valid_from,
        "to": signer.valid_to,
        "stands_for": signer.stands_for,
        "ready": now,
    }


# ---- templates ----------------------------------------------------------------------------------------------------


def list_templates(session: Session, read: argparse.Namespace) -> Answer:
    """The templates in use."""
    rows = session.office().read(template_queries.templates)
    heads = (_("Mã mẫu"), _("Phiên bản"), _("Tên"), _("Thủ tục"))
    lines = [(each.key, each.version, each.name, ", ".join(each.template.procedures)) for each in rows]
    return Answer([_of(each) for each in rows], table(heads, lines))


def export(session: Session, read: argparse.Namespace) -> Answer:
    """A template as a file. RuleBroken template.unknown, file.not-ordinary; StoreTrouble file.unwritable."""
    row = _named(session, read.key)
    file = read.file.absolute()
    demand_ordinary(file)
    try:
        file.write_bytes(to_file(row.template))
    except OSError as error:
        raise StoreTrouble("file.unwritable", file=str(file), reason=why.of_system(error)) from error
    return Answer({**_of(row), "file": file}, facts([(_("Tệp"), file)]))


def bring_in(session: Session, read: argparse.Namespace) -> Answer:
    """A template out of a file, as a new version. RuleBroken file.missing, template.*."""
    try:
        with read.file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        reason = why.of_system(error)
        raise RuleBroken("file.missing", file=str(read.file), how="reason", reason=reason) from error
    row = session.office().perform(result_templates.publish, TemplateForm(from_file(content), read.key)).answer
    return Answer(_of(row), facts([(_("Mã mẫu"), row.key), (_("Phiên bản"), row.version), (_("Tên"), row.name)]))


def retire(session: Session, read: argparse.Namespace) -> Answer:
    """A template is used no more. RuleBroken template.unknown."""
    row = _named(session, read.key)
    session.office().perform(result_templates.retire, row.key)
    return Answer(_of(row), facts([(_("Không dùng nữa"), row.name)]))


def _named(session: Session, key: str) -> TemplateRow:
    rows = session.office().read(template_queries.templates)
    found = next((each for each in rows if each.key == key), None)
    if found is None:
        raise RuleBroken("template.unknown", field="template", key=key, known=[each.key for each in rows])
    return found


def _of(row: TemplateRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "version": row.version,
        "name": row.name,
        "procedures": list(row.template.procedures),
        "checked": row.template.checked,
    }
