"""The lists of the tour's day: today, dossiers, people, procedures, settings; clerks who change; another language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from desktop.cli.tour_steps import Wait, Way, go, keys_help, pick_clerk, search, shown, tab_to, tab_until, to_button

if TYPE_CHECKING:
    from desktop.cli.tour import Tour


def rows_of(screen: Any) -> Wait:
    """Until the list of this screen has rows."""
    return Wait("rows", lambda: len(screen.model.rows) > 0)


def welcome(tour: Tour) -> Way:
    """A machine without an office: the page says so, and makes the demo office."""
    pages = tour.window._pages
    yield Wait("the welcome page", lambda: hasattr(pages.currentWidget(), "demo"))
    page = pages.currentWidget()
    yield from tour.picture("welcome")
    tour.check("the page offers the demo office", len(page.buttons) == 2)
    yield from tab_to(tour, "the button", page.buttons[0])
    tour.press("Space")
    yield Wait("the office is made", lambda: tour.office is not None)


def log_in(tour: Tour) -> Way:
    """The login page of a demo office: a clerk is picked by keys."""
    pages = tour.window._pages
    yield Wait("the login page", lambda: hasattr(pages.currentWidget(), "panel"))
    yield Wait("the keyboard is in it", lambda: tour.within(pages.currentWidget()))
    yield from tour.picture("login")
    yield from pick_clerk(tour, "Trần Thu Hà")
    yield shown(tour, "home")
    tour.check("the clerk is at the desk", tour.window.counter.clerk().login == "ha")


def home_morning(tour: Tour) -> Way:
    """Hôm nay before the first citizen."""
    tour.clock.at(9, 1)
    yield from go(tour, "Alt+H", "home")
    yield from tour.picture("home-morning")


def home(tour: Tour) -> Way:
    """Hôm nay at a quarter to five: figures, what is due, who received what."""
    tour.clock.at(16, 45)
    yield from go(tour, "Alt+H", "home")
    received = len([each for each in tour.dossiers if each.code])
    yield Wait("today's figures", lambda: tour.screen.home is not None and tour.screen.home.received >= received)
    yield from tour.picture("home")
    yield from keys_help(tour, "home-keys")


def palette(tour: Tour) -> Way:
    """Ctrl+K: people, dossiers and procedures under what is typed."""
    tour.press("Ctrl+K")
    tour.write("huong")
    window = tour.window.palette_search
    yield Wait("she is found without marks", lambda: any("Hương" in hit.title for hit in window.hits()))
    yield from tour.picture("palette")
    tour.press("Esc")
    tour.press("Ctrl+K")
    tour.write("khai sinh")
    yield Wait("the birth is found", lambda: any("khai sinh" in hit.title for hit in window.hits()))
    yield from tour.picture("palette-procedures")
    tour.press("Esc")


def dossiers(tour: Tour) -> Way:
    """Hồ sơ: the list, its filters, the side pane, a search without marks."""
    tour.clock.at(15, 30)
    yield from go(tour, "Alt+S", "dossiers")
    screen = tour.screen
    yield rows_of(screen)
    yield Wait("the dossier at the side", lambda: screen.pane.card is not None)
    yield from tour.picture("dossiers")
    yield from keys_help(tour, "dossiers-keys")
    tour.press("/")
    yield Wait("the keyboard is in the search", screen.field.hasFocus)
    tour.press("Tab")
    yield from tab_until(tour, "the filters", lambda focus: tour.within(screen.chips))
    before = screen.chips.chosen
    tour.press("Right", 2)
    yield Wait("another filter", lambda: screen.chips.chosen != before)
    yield from tour.picture("dossiers-filtered")
    tour.press("Left", 2)
    yield from search(tour, "thu huong")
    yield Wait(
        "her dossiers alone", lambda: screen.model.rows and all("Hương" in r.owner_name for r in screen.model.rows)
    )
    tour.press("Return")
    yield Wait("the dossier at the side", lambda: screen.pane.card is not None)
    yield from tour.picture("dossiers-search")


def reprint(tour: Tour) -> Way:
    """The receipt of the morning is handed out once more; each liên alone as well."""
    screen = tour.screen
    code = tour.notes["Đăng ký khai sinh"]
    tour.press("/")
    tour.press("Ctrl+A")
    yield from tour.spell(code.lower().replace("-", "")[-10:])
    yield Wait("the dossier", lambda: [row.code for row in screen.model.rows] == [code])
    tour.press("Return")
    yield Wait("the dossier at the side", lambda: screen.pane.card is not None)
    tour.press("Ctrl+P")
    yield from tour.keep_paper("reprint")
    tour.check("it says which reprint it is", "Bản in lại lần 1" in tour.words("reprint.pdf"))
    tour.press("Ctrl+1")
    yield from tour.keep_paper("receipt-lien-1")
    tour.check("the first liên alone", tour.pages("receipt-lien-1.pdf") == 1)
    tour.press("Ctrl+2")
    yield from tour.keep_paper("receipt-lien-2")
    tour.check("the second liên alone", tour.pages("receipt-lien-2.pdf") == 1)
    yield tour.quiet()
    yield from tour.picture("dossiers-printed")
    tour.press("Ctrl+G")
    yield Wait("the field for the other code", screen.pane.link.isVisible)
    yield from tour.spell("G22.99-261123-000151")
    tour.press("Return")
    yield Wait("the code is tied", lambda: tour.told_code("dossiers.linked"))
    yield from tour.picture("dossiers-linked")


def people(tour: Tour) -> Way:
    """Người dân: the list, a search, a number opened in full, a change."""
    tour.clock.at(15, 45)
    yield from go(tour, "Alt+D", "people")
    screen = tour.screen
    yield rows_of(screen)
    yield from tour.picture("people")
    yield from keys_help(tour)
    yield from search(tour, "huong 1994")
    yield Wait("she is found", lambda: len(screen.model.rows) == 1)
    yield Wait("the person at the side", lambda: screen.pane.card is not None)
    tour.press("Return")
    yield from tour.picture("people-search")
    tour.check("her number is masked", screen.pane.opened is None)
    yield from tab_until(
        tour, "the eye", lambda focus: tour.within(screen.pane) and "số" in focus.accessibleName().lower()
    )
    tour.press("Space")
    yield Wait("the number in full", lambda: screen.pane.opened is not None)
    yield tour.quiet()
    yield from tour.picture("people-opened")
    tour.press("Ctrl+E")
    form = screen.form
    yield Wait("the form", form.fields["name"].control.hasFocus)
    yield from tour.picture("people-edit")
    yield from tab_to(tour, "the phone", form.fields["phone"].control)
    tour.press("Ctrl+A")
    yield from tour.spell("0987654321")
    tour.press("Ctrl+S")
    yield Wait("it is kept", lambda: screen.pane.isVisible() and not form.isVisible())
    yield tour.quiet()


def _is_eye(button: Any) -> bool:
    return "đủ số" in button.accessibleName().lower() or "xem" in button.accessibleName().lower()


LIST = """Họ và tên;Ngày sinh;Giới tính;Số định danh;Điện thoại;Địa chỉ
Phạm Gia Bảo;14/02/1979;Nam;001079006611;0901112233;Tổ 1, phường Mẫu, tỉnh Mẫu
Huỳnh Thị Diễm;1966;Nữ;001166005522;;Tổ 3, phường Mẫu, tỉnh Mẫu
Bùi Văn Nghĩa;31/02/1990;Nam;001090004433;0902223344;Thôn Đông, phường Mẫu, tỉnh Mẫu
Nguyễn Thị Thu Hương;12/03/1994;Nữ;001194004321;;Tổ 5, phường Mẫu, tỉnh Mẫu
Đặng Ngọc Oanh;08/08/2001;Nữ;001301003344;0903334455;Thôn Đông, phường Mẫu, tỉnh Mẫu
"""


def people_import(tour: Tour) -> Way:
    """A small CSV: seen before it comes in, then what became of every row."""
    file = tour.folder / "danh-sach.csv"
    file.write_text(LIST, "utf-8")
    yield from go(tour, "Alt+D", "people")
    screen = tour.screen
    yield from tour.command("Nhập danh sách từ tệp")
    yield from pick_file(tour, str(file))
    yield Wait("what the file holds", lambda: screen.importer.preview is not None)
    yield from tour.picture("people-import")
    yield Wait("the keyboard is on the button", screen.importer.go.hasFocus)
    tour.press("Space")
    yield Wait("what became of it", screen.importer.done.isVisible)
    yield from tour.picture("people-imported")
    yield from to_button(tour, "Xong")
    tour.press("Space")
    yield Wait("the list", screen.list.isVisible)
    yield from search(tour, "diễm")
    yield Wait("who came with the file is found", lambda: any("Diễm" in row.name for row in screen.model.rows))


def pick_file(tour: Tour, path: str) -> Way:
    """Write a path into the dialog for files."""
    window = tour.window
    yield Wait("the dialog", lambda: tour.focus is not None and tour.focus.window() is not window)
    yield tour.quiet()
    tour.write(path)
    for _press in range(4):  # the list of names under the field takes the first
        yield tour.pause(0.08)
        if tour.application.activeModalWidget() is None:
            break
        tour.press("Return")
    yield Wait("the dialog is gone", lambda: tour.application.activeModalWidget() is None)
    tour.take_keyboard()
    yield Wait("the window has the keyboard again", lambda: tour.application.activeWindow() is window)


def change_clerk(tour: Tour) -> Way:
    """Ctrl+Shift+L: the supervisor comes to the desk without anything being closed."""
    tour.clock.at(16, 0)
    tour.press("Ctrl+Shift+L")
    yield Wait("the sheet", lambda: tour.window._change is not None and tour.window._change.isVisible())
    yield from tour.picture("change-clerk")
    yield from pick_clerk(tour, "Phan Ngọc Ánh")
    yield Wait("the supervisor is at the desk", lambda: tour.window.counter.clerk().login == "demo")
    yield shown(tour, "home")


NATIONAL = [
    {
        "code": "1.004873",
        "name": "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân",
        "ministry": "bo-tu-phap",
        "field": "Hộ tịch",
        "levels": ["Cấp xã"],
        "decision": "163/QĐ-BTP",
        "applicants": ["Công dân Việt Nam"],
        "channels": [{"channel": "direct", "limit": 5, "unit": "WORKING_DAY", "fee": "15.000 đồng", "note": None}],
        "cases": [
            {
                "name": None,
                "components": [
                    {
                        "name": "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân",
                        "originals": 1,
                        "copies": 0,
                        "kind": "submit",
                        "form": None,
                    }
                ],
            }
        ],
        "legal_basis": ["123/2015/NĐ-CP"],
        "results": [{"name": "Giấy xác nhận tình trạng hôn nhân", "code": "KQ.G15.000001"}],
    },
]


def catalogue(tour: Tour) -> Way:
    """Thủ tục: the quick list, a search, the pane, a procedure taken out of use and back."""
    tour.clock.at(16, 10)
    yield from go(tour, "Alt+U", "catalogue")
    screen = tour.screen
    yield rows_of(screen)
    yield from tour.picture("catalogue")
    yield from keys_help(tour)
    yield from search(tour, "khai sinh")
    yield Wait("births first", lambda: screen.model.rows and screen.model.rows[0].code == "1.001193")
    tour.press("Return")
    yield tour.quiet()
    yield from tour.picture("catalogue-search")
    row = screen.model.rows[0]
    tour.check("it is in use", row.enabled)
    tour.press("Ctrl+B")
    yield Wait("out of use", lambda: not _entry(tour, "1.001193").enabled)
    yield tour.quiet()
    yield from tour.picture("catalogue-off")
    tour.press("Ctrl+B")
    yield Wait("in use again", lambda: _entry(tour, "1.001193").enabled)
    yield tour.quiet()
    tour.press("Ctrl+E")
    yield Wait("the decision of the office", screen.editor.isVisible)
    yield from tour.picture("catalogue-edit")
    tour.press("Esc")
    yield Wait("the catalogue again", screen.list.isVisible)


def _entry(tour: Tour, code: str) -> Any:
    return next(row for row in tour.screen.shelf.rows if row.code == code)


def catalogue_import(tour: Tour) -> Way:
    """A line of the national catalogue that says otherwise than what the office has confirmed: it waits for a word."""
    file = tour.folder / "quoc-gia.jsonl"
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in NATIONAL), "utf-8")
    yield from go(tour, "Alt+U", "catalogue")
    screen = tour.screen
    yield from tour.command("Nhập danh mục từ tệp")
    yield from pick_file(tour, str(file))
    yield Wait("what became of it", lambda: any(row.review for row in screen.shelf.rows))
    yield tour.quiet()
    yield from tour.picture("catalogue-imported")
    tour.check("the page says what came of it", screen.result.isVisible())
    yield from tour.command("Duyệt các thay đổi")
    yield Wait("what is to be reviewed, side by side", screen.reviewer.isVisible)
    yield from tour.picture("catalogue-review")
    tour.press("Esc")
    yield tour.quiet()


def settings_paper(tour: Tour) -> Way:
    """Cài đặt: the next receipts are to be A5."""
    tour.clock.at(10, 0)
    yield from go(tour, "Alt+C", "settings")
    screen = tour.screen
    yield from tour.picture("settings")
    paper = screen.controls["paper_receipt"].input
    yield from tab_to(tour, "the paper of receipts", paper)
    tour.press("Down")
    yield Wait("A5 is kept", lambda: tour.window.counter.settings.get("paper_receipt") == "a5")
    yield from tour.picture("settings-print")


def settings_back(tour: Tour) -> Way:
    """Receipts are A4 again."""
    yield from go(tour, "Alt+C", "settings")
    paper = tour.screen.controls["paper_receipt"].input
    yield from tab_to(tour, "the paper of receipts", paper)
    tour.press("Up")
    yield Wait("A4 is kept", lambda: tour.window.counter.settings.get("paper_receipt") == "a4")


def english(tour: Tour) -> Way:
    """Every screen in English, then Vietnamese again."""
    tour.clock.at(16, 45)
    yield from go(tour, "Alt+H", "home")
    yield from tour.command("English / Tiếng Việt")
    yield Wait("English", lambda: tour.window.counter.settings.get("language") == "en")
    yield shown(tour, "home")
    yield tour.quiet()
    yield from tour.picture("home")
    for keys, place in (("Alt+S", "dossiers"), ("Alt+D", "people"), ("Alt+U", "catalogue")):
        yield from go(tour, keys, place)
        screen = tour.screen
        yield rows_of(screen)
        yield from search(tour, "huong" if place != "catalogue" else "khai sinh")
        yield tour.pause(0.3)
        yield tour.quiet()
        tour.press("Return")
        yield tour.pause(0.1)
        yield from tour.picture(place)
    yield from go(tour, "Alt+C", "settings")
    yield from tour.picture("settings")


def english_receive(tour: Tour) -> Way:
    """A dossier in English as far as F9, and put aside."""
    from_card = "001194004321|012345678|Nguyễn Thị Thu Hương|12031994|Nữ|Tổ 7, phường Mẫu, tỉnh Mẫu|15062023"
    tour.press("F2")
    yield shown(tour, "receive")
    screen = tour.screen
    yield Wait("the procedures", lambda: screen.procedure.box.offer is not None)
    yield tour.quiet()
    yield from tour.picture("receive-empty")
    tour.scan(from_card)
    yield Wait("the card", lambda: screen.filling.submitter is not None)
    tour.check("the card says another address", bool(screen.filling.submitter.differences))
    yield Wait("the keyboard went on", screen.procedure.box.field.hasFocus)
    yield from tour.spell("xnh")
    yield Wait("suggestions", lambda: screen.procedure.box.suggestions.open)
    tour.press("Return")
    yield Wait("the procedure", lambda: screen.filling.procedure is not None)
    yield tour.quiet()
    tour.press("Ctrl+D")
    yield from tour.picture("receive-filled")


def log_out(tour: Tour) -> Way:
    """Vietnamese again; log out; the login page."""
    yield from tour.command("English / Tiếng Việt")
    yield Wait("Vietnamese", lambda: tour.window.counter.settings.get("language") == "vi")
    yield tour.quiet()
    yield from tour.command("Đăng xuất")
    pages = tour.window._pages
    yield Wait("the login page", lambda: hasattr(pages.currentWidget(), "panel"))
    yield Wait("the keyboard is in it", lambda: tour.within(pages.currentWidget()))
    tour.check("nobody is at the desk", tour.window.counter.clerk() is None)


def leave(tour: Tour) -> Way:
    """Ctrl+Q."""
    tour.press("Ctrl+Q")
    yield Wait("the window is closed", lambda: not tour.window.isVisible())
