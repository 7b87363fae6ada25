"""`motcua catalogue`: bring procedures and days off into the office, and find a procedure as one types."""

from __future__ import annotations

import argparse

from desktop.cli.options import Parser, file_named, one_of, whole
from desktop.cli.output import Answer, table
from desktop.cli.session import Session
from onestop import clock
from onestop.actions import catalogue as actions
from onestop.actions import channel_list
from onestop.actions.catalogue import PublishForm
from onestop.queries import catalogue as queries
from onestop.rules import why
from onestop.rules.catalogue_file import is_own
from onestop.rules.channel_list import read_closings
from onestop.rules.errors import RuleBroken
from onestop.rules.national import unpacked
from onestop.rules.procedure import Level
from onestop.texts import N_, _, message

LEVELS = {Level.FULL: N_("Toàn trình"), Level.PARTIAL: N_("Một phần"), Level.NONE: N_("Không trực tuyến")}
SHOWN = 20
"""So many rejected lines are shown to the eye; the JSON has them all."""


def build(parser: Parser) -> None:
    """`catalogue import FILE`, `catalogue close FILE`, `catalogue find TEXT`."""
    kinds = parser.add_subparsers(dest="what", metavar=_("việc"), required=True, parser_class=Parser)
    bring = kinds.add_parser("import", help=_("nhập danh mục thủ tục hoặc bảng ngày nghỉ"))
    bring.add_argument("file", type=file_named, metavar="FILE", help=_(".json, .jsonl, .gz; bảng ngày nghỉ là .toml"))
    bring.set_defaults(action=import_file)
    shut = kinds.add_parser("close", help=_("đóng một kênh nộp của nhiều thủ tục theo quyết định, từ tệp"))
    how = _("các mục [[closed]]; cách ghi có trong Hướng dẫn")
    shut.add_argument("file", type=file_named, metavar="F.toml", help=how)
    shut.set_defaults(action=close_channels)
    find = kinds.add_parser("find", help=_("tìm thủ tục theo từ khóa, không cần dấu"))
    find.add_argument("text", metavar="TEXT")
    find.add_argument("--field", metavar=_("LĨNH-VỰC"))
    find.add_argument("--agency", metavar=_("CƠ-QUAN"), help=_("bộ quản lý, cấp, tên hoặc mã cơ quan giải quyết"))
    find.add_argument("--level", type=one_of(tuple(Level)), metavar="|".join(Level))
    find.add_argument("--limit", type=whole(1, 10_000), default=20, metavar="N")
    find.set_defaults(action=find_text)


def close_channels(session: Session, read: argparse.Namespace) -> Answer:
    """Lay a decision over every procedure that the file names; the same file twice changes nothing."""
    try:
        text = read.file.read_text("utf-8-sig")
    except OSError as error:
        raise RuleBroken("file.missing", file=str(read.file), how="reason", reason=why.of_system(error)) from error
    except UnicodeDecodeError as error:
        raise RuleBroken("file.missing", file=str(read.file), how="reason", reason=why.of_text(error)) from error
    done = session.office().perform(channel_list.close, read_closings(text)).answer
    plain = {"closed": list(done.closed), "unchanged": list(done.unchanged), "unknown": list(done.unknown)}
    lines = [
        _("Đóng {count} thủ tục, đã đóng từ trước {unchanged}.").format(
            count=len(done.closed), unchanged=len(done.unchanged)
        )
    ]
    if done.unknown:
        lines.append(_("Danh mục không có: {names}.").format(names=", ".join(done.unknown)))
    return Answer(plain, "\n".join(lines))


def import_file(session: Session, read: argparse.Namespace) -> Answer:
    """Publish a file of procedures, or a table of days off; the same file twice changes nothing."""
    try:
        content = read.file.read_bytes()
    except OSError as error:
        raise RuleBroken("file.missing", file=str(read.file), how="reason", reason=why.of_system(error)) from error
    if not content.strip():
        raise RuleBroken("file.empty", file=str(read.file))
    if read.file.suffix.lower() == ".toml":
        kind, origin = "holidays", "office"
    else:
        kind, origin = "catalogue", "office" if is_own(unpacked(content)) else "national"
    done = session.office().perform(actions.publish, PublishForm(kind, origin, read.file.name, content)).answer
    rejected = [
        {
            "line": each.line,
            "code": each.code,
            "reason": message(each.reason, each.details),
            "error": each.reason,
        }
        for each in done.rejected
    ]
    plain = {
        "added": done.added,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "rejected": rejected,
        "review": list(done.review),
    }
    lines = [
        _("Thêm {added}, đổi {changed}, giữ nguyên {unchanged}, không nhập {rejected}.").format(
            added=done.added, changed=done.changed, unchanged=done.unchanged, rejected=len(rejected)
        )
    ]
    lines += [_("Dòng {row}: {reason}").format(row=each["line"], reason=each["reason"]) for each in rejected[:SHOWN]]
    if done.review:
        lines.append(_("Chờ xem lại trước khi áp dụng: {codes}.").format(codes=", ".join(done.review)))
    return Answer(plain, "\n".join(lines))


def find_text(session: Session, read: argparse.Namespace) -> Answer:
    """Procedures in force and offered here, best first; nobody has to log in for it."""
    office = session.office(somebody=False)
    today = clock.today()
    rows = {row.code: row for row in office.read(queries.entries, office.id, today)}
    index = office.read(queries.index, office.id, today)
    if read.agency and not index.knows_agency(read.agency):
        raise RuleBroken("catalogue.no-such-agency", field="agency", value=read.agency, known=index.agencies())
    hits = index.find(read.text, read.field, read.agency, read.level, read.limit)
    plain = [
        {
            "code": hit.code,
            "name": rows[hit.code].name,
            "short_name": rows[hit.code].short_name,
            "field": rows[hit.code].field,
            "level": rows[hit.code].level,
            "score": hit.score,
        }
        for hit in hits
    ]
    cells = [
        (row.code, row.short_name or row.name, row.field, _(LEVELS[Level(row.level)]) if row.level else "")
        for row in (rows[hit.code] for hit in hits)
    ]
    return Answer(plain, table((_("Mã"), _("Tên thủ tục"), _("Lĩnh vực"), _("Mức độ")), cells))
