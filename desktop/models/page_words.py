"""Pages and papers in the words of the screen: what a page is called, how a paper stands, what is wrong with a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from desktop.models import due
from desktop.models.dossier_words import Told
from desktop.models.person_words import born
from onestop.queries.papers import DocumentRow, PageRow
from onestop.rules.errors import Remark
from onestop.rules.papers import MEGABYTE, FileFacts, Signature, Source
from onestop.rules.text import file_name
from onestop.texts import _, message

if TYPE_CHECKING:
    from desktop.models.pages import Shown

INCH = 25.4
SHEETS = {"A3": (297, 420), "A4": (210, 297), "A5": (148, 210)}
NEAR = 8
"""Millimetres by which a page may differ from a sheet and still be called by its name."""


def name(row: Shown, place: int, total: int) -> str:
    """ "Trang 2 của 5, trắng, đã gạch": what a screen reader says of a page."""
    parts = [_("Trang {place} của {total}").format(place=place, total=total)]
    if row.leaves > 1:
        parts.append(_("tệp {count} trang").format(count=row.leaves))
    if row.name:
        parts.append(row.name)
    if row.blank:
        parts.append(_("trắng"))
    if row.struck:
        parts.append(_("đã gạch"))
    if row.turn:
        parts.append(_("xoay {degrees}°").format(degrees=row.turn))
    parts += [fault(each) for each in row.faults]
    if row.passed:
        parts.append(_("phụ trách đã cho qua"))
    return ", ".join(parts)


def fault(remark: Remark) -> str:
    """What is wrong with a file, and what to bring instead."""
    return message(remark.code, remark.details)


def facts(row: PageRow) -> FileFacts:
    """What the gate asks of a page on its way."""
    problems = row.problems
    return FileFacts(
        row.name or _("trang {place}").format(place=row.position),
        row.media_type,
        row.size,
        row.leaves,
        row.blank and row.struck,
        problems,
        Signature(row.signature),
        row.passed is not None,
    )


def count(pages: Iterable[PageRow]) -> int:
    """How many pages there are, those that are struck or removed left out. A file that may not come in as it is counts
    as one: what it says of its pages is not to be relied on."""
    there = [row for row in pages if not row.struck and not row.removed]
    return sum(1 if row.problems and row.passed is None else row.leaves for row in there)


def pages(number: int) -> str:
    """ "3 trang"."""
    return _("{count} trang").format(count=number)


def size(number: int) -> str:
    """ "412 KB", "1,8 MB"."""
    if number < MEGABYTE:
        return f"{max(1, round(number / 1024))} KB"
    return f"{number / MEGABYTE:.1f} MB".replace(".", ",")


def about(row: PageRow) -> str:
    """ "A4 · 300 dpi · màu · 412 KB": a page as it came."""
    parts = [sheet(row.width, row.height, row.dpi), f"{row.dpi} dpi" if row.dpi else "", colour(row.colour)]
    return " · ".join(part for part in (*parts, size(row.size)) if part)


def sheet(width: int | None, height: int | None, dpi: int | None) -> str:
    """The sheet that a page has the size of, else its millimetres; "" where that is not known."""
    if not width or not height or not dpi:
        return ""
    across, down = sorted((width / dpi * INCH, height / dpi * INCH))
    for called, (short, long) in SHEETS.items():
        if abs(across - short) <= NEAR and abs(down - long) <= NEAR:
            return called
    return f"{round(width / dpi * INCH)} × {round(height / dpi * INCH)} mm"


def colour(code: str | None) -> str:
    """Colour, grey, black and white."""
    return {"colour": _("màu"), "grey": _("xám"), "bw": _("đen trắng")}.get(code or "", "")


def source(code: str) -> str:
    """Where a page or a paper came from."""
    return {
        Source.SCANNER: _("máy quét"),
        Source.CAMERA: _("máy ảnh"),
        Source.FILE: _("tệp"),
        Source.FOLDER: _("thư mục"),
        Source.REUSED: _("kho giấy tờ"),
    }.get(Source(code), code)


# -- papers


def signature(paper: DocumentRow) -> Told:
    """How a paper stands with signatures: the clerk's own first, then what came with the file."""
    if paper.signed is not None:
        return Told("stamp", _("Đã ký số"), "good")
    if paper.signature == Signature.VALID:
        return Told("circle-check", _("Chữ ký số hợp lệ"), "good")
    if paper.signature == Signature.BROKEN:
        return Told("circle-x", _("Chữ ký số hỏng"), "danger")
    if paper.signature == Signature.UNKNOWN:
        return Told("triangle-alert", _("Chữ ký số chưa rõ người ký"), "warning")
    if paper.blob is None:
        return Told("hourglass", _("Đang lập tệp"), "quiet")
    return Told("circle-dashed", _("Chưa ký số"), "quiet")


def validity(paper: DocumentRow) -> str:
    """ "hiệu lực đến 01/05/2030", "không thời hạn"; "" where nothing is known."""
    if paper.about.perpetual:
        return _("không thời hạn")
    if paper.about.valid_to:
        return _("hiệu lực đến {day}").format(day=born(paper.about.valid_to))
    return ""


NAME_IN_LINE = 40
"""Letters of a file's name in a line that says more than that."""


def came_as(paper: DocumentRow) -> str:
    """What tells a paper from others of the same name: its file, else what it came from and the minute."""
    moment = f"{due.hour(paper.kept_at)} {due.date(paper.kept_at)}"
    return file_name(paper.name, NAME_IN_LINE) or f"{source(paper.source)} {moment}"


def paper_note(paper: DocumentRow) -> str:
    """The quiet line under a paper: pages, number, the file or what it came from, when."""
    came = came_as(paper)
    parts = [pages(paper.leaves), paper.about.number, came, due.date(paper.kept_at) if paper.name else ""]
    return " · ".join(part for part in parts if part)


def proposal(plain: Any) -> tuple[str, int] | None:
    """A proposed value and its confidence in percent, as `document_text` keeps them; None for what is no proposal."""
    if not isinstance(plain, Mapping) or not plain.get("value"):
        return None
    return str(plain["value"]), round(100 * float(plain.get("confidence") or 0))
