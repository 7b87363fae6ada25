"""After a power cut in the tour's day: sheets printed in time, one entered afterwards and confirmed; an older system's
dossiers taken over."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from desktop.cli.tour_lists import pick_file
from desktop.cli.tour_receive import BROTHER, begin, pick, scan
from desktop.cli.tour_steps import Wait, Way, go, shown, tab_to
from onestop.clock import VIETNAM

if TYPE_CHECKING:
    from desktop.cli.tour import Tour

OLD = """Mã hồ sơ,Mã TTHC,Tên thủ tục,Chủ hồ sơ,Số CCCD,Ngày tiếp nhận,Ngày hẹn trả,Trạng thái
000.00.14.H99-261116-0031,,Xác nhận tình trạng hôn nhân,Phạm Thị Cúc,001190007711,16/11/2026 9:20,25/11/2026,Đang xử lý
000.00.14.H99-261120-0040,2.000635,Trích lục hộ tịch,Ngô Văn Tám,001085004422,20/11/2026,23/11/2026,Chờ bổ sung
000.00.14.H99-261109-0012,1.001193,Đăng ký khai sinh,Bùi Thị Xuân,001192006655,09/11/2026,09/11/2026,Đã trả kết quả
"""


def sheets(tour: Tour) -> Way:
    """Twenty sheets to be written by hand, from the office's settings."""
    tour.clock.put(datetime(2026, 11, 23, 16, 33, tzinfo=VIETNAM))
    tour.press("Alt+C")
    yield shown(tour, "settings")
    tour.window.go("settings", group="sheets")
    part = next(each for each in tour.screen.office_parts if each.key == "sheets")
    yield Wait("the number of sheets", part.count.hasFocus)
    tour.press("Return")
    yield Wait("the sheets", lambda: part.prints.preview is not None and part.prints.preview.isVisible())
    tour.check("each in two copies", part.prints.preview.pages == 2 * 20)
    yield from tour.picture("sheets-preview")
    tour.press("Esc")
    yield Wait("they are counted", lambda: [row.left for row in part.model.rows] == [20])
    tour.notes["sheet"] = part.model.rows[0].name


def late(tour: Tour) -> Way:
    """Ctrl+B: the code, the paper's time, who, why; the day counts from the paper, and a supervisor confirms it."""
    yield from begin(tour, 16, 41)
    screen, strip = tour.screen, tour.screen.late
    tour.press("Ctrl+B")
    yield Wait("the strip", strip.sheet.hasFocus)
    yield from tour.spell(tour.notes["sheet"].lower())
    yield from tab_to(tour, "the paper's time", strip.at)
    yield from tour.spell("23/11/2026 16h36")
    yield from tab_to(tour, "who received", strip.by)
    tour.press("Down")
    yield from tab_to(tour, "why", strip.reason)
    tour.press("Down")
    tour.press("F4")
    yield Wait("the keyboard is where people are found", screen.person.box.field.hasFocus)
    yield from scan(tour, BROTHER)
    yield from pick(tour, "trich luc", "2.000635")
    tour.press("Ctrl+D")
    yield tour.quiet()
    tour.check("nothing is missing", not screen.stops())
    yield from tour.picture("late-entry")
    tour.press("F9")
    yield Wait("the code", lambda: screen.taken is not None)
    tour.check("it bears the sheet's code", screen.taken.code == tour.notes["sheet"])
    tour.check("what it is called among ours is told", tour.told_code("receive.taken-late"))
    tour.press("Ctrl+B")
    yield Wait("the strip is gone", strip.isHidden)
    yield from go(tour, "Alt+S", "dossiers")
    screen = tour.screen
    tour.window.go("dossiers", group="to-confirm")
    yield Wait("what waits for a word", lambda: len(screen.model.rows) == 1 and screen.chips.chosen == "to-confirm")
    yield Wait("it at the side", lambda: screen.pane.card is not None and screen.moves.possible)
    yield from tour.picture("late-entry-to-confirm")
    tour.press("F8")
    yield Wait("the moves", lambda: screen.moves.pick is not None and screen.moves.pick.isVisible())
    tour.press(str(screen.moves.moves.index("confirm-late") + 1))
    yield Wait("the sheet of the word", screen.moves.sheet.isVisible)
    tour.press("F9")
    yield Wait("it is confirmed", lambda: tour.told_code("late.confirmed"))
    yield tour.quiet()


def take_over(tour: Tour) -> Way:
    """A list of an older system: its first rows, its name, what became of every row."""
    file = tour.folder / "he-thong-cu.csv"
    file.write_text(OLD, "utf-8")
    screen = tour.screen
    yield from tour.command("Nhập hồ sơ từ hệ thống cũ")
    yield from pick_file(tour, str(file))
    yield Wait("what the file holds", lambda: screen._importing is not None and screen._importing.isVisible())
    sheet = screen._importing
    yield Wait("the name of the system", sheet.system.hasFocus)
    tour.write("Một cửa điện tử cũ")
    yield from tour.picture("take-over")
    tour.press("F9")
    yield Wait("what became of it", sheet.done.isVisible)
    tour.check("two of three came in", sheet.figures.text().startswith("Thêm 2 hồ sơ"))
    yield from tour.picture("taken-over")
    tour.press("Esc")
    yield Wait("the list", lambda: not sheet.isVisible())
    yield tour.quiet()
