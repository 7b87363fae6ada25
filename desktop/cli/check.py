"""`motcua check`: what an installer wants to know of this machine before a citizen stands at the desk."""

from __future__ import annotations

import argparse
import importlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from desktop.cli.options import Parser
from desktop.cli.output import DONE, SURROUNDINGS, Answer, cell, grouped, table
from desktop.cli.session import Session
from desktop.office import ENOUGH_BYTES, Office
from desktop.reports import fonts
from onestop import clock
from onestop.queries import catalogue
from onestop.rules.errors import RuleBroken, Trouble
from onestop.store import acts, backup, engine
from onestop.store.folder import lost_office, marks_folder
from onestop.texts import N_, _, message

LETTERS = "ĂÂĐÊÔƠƯăâđêôơưẶẦẪỆỀỖỘỢỮặầẫệềỗộợữ₫–“”…"
"""What a receipt cannot do without."""
OLDEST_YEAR = 2026
"""A clock in an earlier year than that of this program has lost its battery."""
FRESH = timedelta(days=4)
"""A copy older than a long weekend is worth a word."""
PATIENCE = 10.0
"""Seconds for the print system to answer."""

NAMES = {
    "fonts": N_("Phông chữ của giấy tờ"),
    "printers": N_("Máy in"),
    "scanners": N_("Máy quét, đầu đọc thẻ"),
    "reading": N_("Nhận dạng chữ trên giấy tờ"),
    "memory": N_("Bộ nhớ"),
    "signing": N_("Phần mềm của thiết bị ký"),
    "disk": N_("Ổ đĩa"),
    "marks": N_("Mốc cấp số ngoài thư mục dữ liệu"),
    "clock": N_("Đồng hồ"),
    "database": N_("Cơ sở dữ liệu"),
    "audit": N_("Chuỗi nhật ký"),
    "numbering": N_("Cấp số hồ sơ"),
    "copies": N_("Bản sao hằng ngày"),
    "catalogue": N_("Danh mục thủ tục"),
    "holidays": N_("Lịch nghỉ"),
    "trust": N_("Nơi cấp chứng thư số được tin"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `ok` False: work would go wrong. `note`: it works, but somebody should know."""

    name: str
    ok: bool
    detail: str
    note: bool = False


def build(parser: Parser) -> None:
    """`check`."""
    parser.set_defaults(action=run)


def run(session: Session, read: argparse.Namespace) -> Answer:
    """Look at everything and change nothing. Where something has to be mended before use (`ok` false) the exit status
    is that of the surroundings, so that a scheduled job sees it; the document is the same."""
    findings = [look_at_fonts(), look_at_printers(), look_at_disk(session.folder), look_at_marks()]
    papers: Any = importlib.import_module("desktop.cli.check_papers")
    office: Office | None = None
    if session.has_office or lost_office(session.folder):
        try:
            opened = session.office(somebody=False)
            _row = opened.row  # whether it can be read at all
            office = opened
        except (RuleBroken, Trouble) as fault:
            findings.append(_failed("database", fault, session))
    else:
        findings.append(Finding("database", True, _("Thư mục này chưa có cơ quan nào."), note=True))
    if office is not None:
        for name, look in OF_THE_OFFICE.items():
            try:
                findings.append(look(office))
            except (RuleBroken, Trouble) as fault:
                findings.append(_failed(name, fault, session))
    findings += [Finding(*each) for each in papers.findings(session.folder, office)]
    findings.append(look_at_clock(office, real=session.wish.now is None))
    ok = all(each.ok for each in findings)
    rows = [("✗" if not each.ok else "!" if each.note else "✓", _(NAMES[each.name]), each.detail) for each in findings]
    end = _("Máy sẵn sàng.") if ok else _("Có việc phải sửa trước khi dùng.")
    plain = [{"name": each.name, "ok": each.ok, "note": each.note, "detail": each.detail} for each in findings]
    text = "\n".join([table(("", _("Mục"), _("Kết quả")), rows), "", end])
    return Answer({"ok": ok, "checks": plain}, text, DONE if ok else SURROUNDINGS)


def _failed(name: str, fault: RuleBroken | Trouble, session: Session) -> Finding:
    told = session.told(fault) if isinstance(fault, Trouble) else fault
    return Finding(name, False, message(told.code, told.details))


# ---- this machine -------------------------------------------------------------------------------------------------


def look_at_fonts() -> Finding:
    """The fonts of the letters are there and hold every Vietnamese letter."""
    lacking = [letter for letter in LETTERS if fonts.clean(letter) != letter]
    if lacking:
        return Finding("fonts", False, _("Phông chữ thiếu: {letters}").format(letters=" ".join(lacking)))
    return Finding("fonts", True, _("Đủ chữ tiếng Việt."))


def look_at_printers() -> Finding:
    """Which printers this user has. None is no fault: letters can be written as files."""
    names = printers_of_windows() if sys.platform == "win32" else printers_of_cups()
    if not names:
        return Finding("printers", True, _("Chưa có máy in nào; giấy tờ chỉ ghi được ra tệp PDF."), note=True)
    return Finding("printers", True, ", ".join(names))


def printers_of_cups() -> list[str]:
    """What CUPS has to print on; [] where there is no CUPS."""
    program = shutil.which("lpstat")
    if program is None:
        return []
    try:
        done = subprocess.run([program, "-e"], capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return [line.strip() for line in done.stdout.splitlines() if line.strip()]


def printers_of_windows() -> list[str]:
    """The user's printers, from where Windows keeps them."""
    registry: Any = importlib.import_module("winreg")
    place = r"Software\Microsoft\Windows NT\CurrentVersion\Devices"
    try:
        with registry.OpenKey(registry.HKEY_CURRENT_USER, place) as key:
            return [str(registry.EnumValue(key, each)[0]) for each in range(registry.QueryInfoKey(key)[1])]
    except OSError:
        return []


def look_at_disk(folder: Path) -> Finding:
    """Room and the right to write, where the office is or would be."""
    place = _there(folder)
    if not _can_write(place):
        return Finding("disk", False, _("Không ghi được vào {folder}.").format(folder=place))
    free = shutil.disk_usage(place).free
    detail = _("Còn trống {megabytes} MB.").format(megabytes=grouped(free // 1_000_000))
    return Finding("disk", free >= ENOUGH_BYTES, detail)


def look_at_marks() -> Finding:
    """The place of the high-water marks, without which a restored folder would not be noticed."""
    folder = marks_folder()
    if _can_write(_there(folder)):
        return Finding("marks", True, str(folder))
    said = _("Không ghi được vào {folder}; thư mục dữ liệu bị khôi phục hay chép đi sẽ không được phát hiện.")
    return Finding("marks", False, said.format(folder=folder))


def _there(folder: Path) -> Path:
    """`folder`, or the nearest folder above it that exists."""
    return next((each for each in (folder, *folder.parents) if each.is_dir()), folder)


def _can_write(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def look_at_clock(office: Office | None, real: bool = True) -> Finding:
    """The machine's clock against the year of this program and against the last act; one that was set for training
    (`real` False) is only told."""
    now = clock.now()
    if not real:
        return Finding("clock", True, _("{now} giờ Việt Nam, giờ giả định của lệnh này.").format(now=cell(now)))
    if clock.local(now).year < OLDEST_YEAR:
        return Finding("clock", False, _("Đồng hồ máy chỉ {now}: sai năm, cần chỉnh lại.").format(now=cell(now)))
    last = office.clock_behind() if office is not None else None
    if last is not None:
        return Finding("clock", False, message("clock.set-back", {"now": now, "last": last}))
    return Finding("clock", True, _("{now} giờ Việt Nam.").format(now=cell(now)))


# ---- the office ---------------------------------------------------------------------------------------------------


def look_at_database(office: Office) -> Finding:
    """Whole, and of this program's version (an older one was brought up to it when it was opened)."""
    with office.store.reading() as connection:
        verdict = str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one())
    if verdict != "ok":
        return Finding("database", False, message("store.damaged"))
    return Finding("database", True, _("Lành lặn, phiên bản {version}.").format(version=engine.version(office.store)))


def look_at_audit(office: Office) -> Finding:
    """Every link of every chain of acts."""
    found = office.read(acts.verify)
    if not found.ok:
        return Finding("audit", False, message("audit.broken", {"act": found.broken[0], "count": len(found.broken)}))
    return Finding("audit", True, _("{count} việc, liền mạch.").format(count=found.acts))


def look_at_numbering(office: Office) -> Finding:
    """Whether this folder may number, and as which counter."""
    stopped = office.numbering_stopped()
    if stopped is not None:
        return Finding("numbering", False, message(f"numbering.{stopped}"))
    here = office.read(acts.head)
    assert here is not None
    said = _("Máy {counter} trong {counters} máy.")
    return Finding("numbering", True, said.format(counter=here.counter, counters=here.counters))


def look_at_copies(office: Office) -> Finding:
    """The latest daily copy, proved."""
    kept = backup.copies(office.backups)
    if not kept:
        return Finding("copies", True, _("Chưa có bản sao nào."), note=True)
    backup.prove(kept[0].path)
    latest = date.fromisoformat(kept[0].day)
    said = _("{count} bản, mới nhất {day}, đọc được.").format(count=len(kept), day=cell(latest))
    return Finding("copies", True, said, note=clock.today() - latest > FRESH)


def look_at_catalogue(office: Office) -> Finding:
    """Procedures in force, and imports that wait for a word."""
    count, waiting = office.read(catalogue.count, office.id), len(office.read(catalogue.reviews, office.id))
    said = _("{count} thủ tục đang áp dụng, {waiting} thủ tục chờ xem lại.").format(count=count, waiting=waiting)
    return Finding("catalogue", count > 0, said, note=waiting > 0)


def look_at_holidays(office: Office) -> Finding:
    """Whether the days off of this year are known; those of the next are wanted in time."""
    calendar, year = office.calendar(), clock.today().year
    lacking = [str(each) for each in (year, year + 1) if not calendar.covers(each)]
    if not lacking:
        return Finding("holidays", True, _("Đã có năm {year} và năm sau.").format(year=year))
    said = _("Chưa có lịch nghỉ năm {years}.").format(years=", ".join(lacking))
    return Finding("holidays", calendar.covers(year), said, note=True)


OF_THE_OFFICE: dict[str, Callable[[Office], Finding]] = {
    "database": look_at_database,
    "audit": look_at_audit,
    "numbering": look_at_numbering,
    "copies": look_at_copies,
    "catalogue": look_at_catalogue,
    "holidays": look_at_holidays,
}
