"""The citizens of the tour's day: received, asked for more, refused, on behalf of another, and a printer that jams."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from desktop.cli.tour_steps import Wait, Way, keys_help, shown, tab_to, to_button
from desktop.printer import Mishap
from onestop.clock import VIETNAM

if TYPE_CHECKING:
    from desktop.cli.tour import Tour

# Nobody here is real: made-up names and numbers of a ward that does not exist.
MOTHER = "001194004321|012345678|Nguyễn Thị Thu Hương|12031994|Nữ|Tổ 5, phường Mẫu, tỉnh Mẫu|15062023"
STUDENT = "001205007788||Đỗ Hải Đăng|19092005|Nam|Tổ 12, phường Mẫu, tỉnh Mẫu|20102022"
SISTER = "001192003456|013579246|Lê Hoàng Khuê|30041992|Nữ|Tổ 9, phường Mẫu, tỉnh Mẫu|11012024"
BROTHER = "001088009876|011223344|Lê Quốc Ước|02091988|Nam|Thôn Đông, phường Mẫu, tỉnh Mẫu|11012024"


def begin(tour: Tour, hour: int, minute: int) -> Way:
    """F2 at this time of the day: an empty screen, the keyboard where people are found."""
    tour.clock.put(datetime(2026, 11, 23, hour, minute, tzinfo=VIETNAM))
    tour.press("F2")
    yield shown(tour, "receive")
    screen = tour.screen
    yield Wait("the procedures", lambda: screen.procedure.box.offer is not None)
    yield Wait("an empty dossier", lambda: screen.filling.empty)
    yield Wait("the keyboard is where people are found", screen.person.box.field.hasFocus)
    yield tour.quiet()
    tour.begin_dossier()


def scan(tour: Tour, card: str) -> Way:
    """Hold a card under the reader; its person stands at the desk and the keyboard goes on."""
    screen = tour.screen
    name = card.split("|")[2]
    tour.scan(card)
    yield Wait(f"the card of {name}", lambda: screen.filling.submitter is not None)
    tour.check("the name is the card's", screen.filling.submitter.name == name)
    yield Wait("the keyboard went on to the procedure", screen.procedure.box.field.hasFocus)


def pick(tour: Tour, letters: str, code: str, picture: str = "") -> Way:
    """Find a procedure in these letters; the first that is offered must be the one."""
    screen = tour.screen
    yield from tour.spell(letters)
    box = screen.procedure.box
    yield Wait(f"suggestions for “{letters}”", lambda: box.suggestions.open and box.field.text() == letters)
    yield tour.quiet()
    if picture:
        yield from tour.picture(picture)
    tour.press("Return")
    yield Wait("the procedure is picked", lambda: screen.filling.procedure is not None)
    tour.check(f"“{letters}” brings {code}", screen.filling.procedure.code == code)
    yield tour.quiet()


def take(tour: Tour, name: str, keys: str = "F9") -> Way:
    """F9, and wait until the code is there."""
    screen = tour.screen
    yield tour.quiet()
    left = [stop.words for stop in screen.stops()]
    tour.check(f"nothing is missing {left or ''}".rstrip(), not left)
    tour.press(keys)
    yield Wait("the code", lambda: screen.taken is not None)
    tour.end_dossier(name, screen.taken.code)
    tour.notes[name] = screen.taken.code
    tour.check(f"received as {screen.taken.code}", screen.taken.code.startswith("H99.14-261123-"))


def name_party(tour: Tour, place: int, name: str, born: str) -> Way:
    """Write a name and a birth date into the row of somebody whom the dossier only names."""
    row = tour.screen.person.parties.rows[place]
    yield Wait(f"the keyboard is at row {place + 1}", row.box.field.hasFocus)
    tour.write(name)
    yield Wait("what can be done with the name", lambda: row.box.suggestions.open)
    options = row.box.suggestions.options
    at = next((number for number, option in enumerate(options) if option.key[0] == "name"), -1)
    tour.check(f"{name} can be named", at >= 0)
    tour.press("Down", at)
    tour.press("Return")
    yield Wait(f"the keyboard is at the birth date of row {place + 1}", row.birth.hasFocus)
    yield from tour.spell(born)
    tour.press("Return")
    yield tour.quiet()
    tour.check(f"{name} stands in the row", tour.screen.filling.parties[place].who.name == name)


# -- the steps


def empty(tour: Tour) -> Way:
    """F2: the screen as it waits for a citizen, and its keys."""
    yield from begin(tour, 9, 5)
    yield from tour.picture("receive-empty")
    yield from keys_help(tour, "receive-keys")


def birth(tour: Tour) -> Way:
    """A birth: card, procedure in three letters, all papers, the people, two copies, the draft held up, received."""
    yield from begin(tour, 9, 5)
    screen = tour.screen
    filling = screen.filling
    yield from scan(tour, MOTHER)
    yield from pick(tour, "gks", "1.001193", picture="receive-procedure")
    yield from tour.picture("receive-picked")
    tour.press("Ctrl+D")
    yield tour.quiet()
    tour.check("all papers are there", not [stop for stop in screen.stops() if stop.paper])
    tour.press("Return")
    parties = screen.person.parties
    yield Wait("the keyboard is at the child", lambda: parties.place_of(tour.focus) == 0)
    yield from name_party(tour, 0, "Trần Minh Khôi", "02/11/2026")
    yield from name_party(tour, 1, "Trần Quốc Bảo", "1991")
    yield Wait("the keyboard is at the mother", lambda: parties.place_of(tour.focus) == 2)
    tour.scan(MOTHER)
    yield Wait("the mother is the one of the card", lambda: filling.parties[2].who is not None)
    fields = screen.procedure.fields.fields
    yield from tab_to(tour, "the place of birth", fields["noi_sinh"].control)
    tour.write("Bệnh viện đa khoa Mẫu")
    tour.press("Tab")
    tour.check("the child's birth date came by itself", fields["ngay_sinh"].control.text() == "02/11/2026")
    yield from tab_to(tour, "the people", fields["dan_toc"].control)
    tour.write("Kinh")
    tour.press("Tab")
    tour.write("Việt Nam")
    tour.press("F4")
    yield from tab_to(tour, "the phone", screen.person.phone)
    yield from tour.spell("0912345678")
    yield from tab_to(tour, "the copies", screen.receipt.copies)
    yield from tour.spell("2")
    yield tour.quiet()
    tour.check("two copies are asked for", filling.form().result_copies == 2)
    tour.press("F5")
    yield tour.quiet()
    yield from tour.picture("receive-filled")
    tour.press("F8")
    yield Wait("the draft", lambda: screen.slips.draft_view is not None and screen.slips.draft_view.isVisible())
    yield from tour.picture("receive-draft")
    tour.press("F8")
    yield Wait("the draft is put away", lambda: not screen.slips.draft_view.isVisible())
    yield from take(tour, "Đăng ký khai sinh")
    yield from tour.keep_paper("receipt-birth-a4")
    tour.check("the code on the drawn page is the dossier's", tour.codes("receipt-birth-a4.pdf") == [screen.taken.code])
    masked = screen.person.parties.rows[2].about.text()
    tour.check("the mother's number is masked now", "******" in masked)
    yield from tour.picture("receive-received")


def missing(tour: Tour) -> Way:
    """A paper is missing and one is not valid: no receipt, a supplement slip (F7); the draft is kept."""
    yield from begin(tour, 9, 20)
    screen = tour.screen
    yield from scan(tour, STUDENT)
    yield from pick(tour, "xnh", "1.004873")
    papers = screen.procedure.papers
    yield Wait("the keyboard is on the papers", papers.list.hasFocus)
    tour.press("F9")
    yield tour.quiet()
    tour.check("F9 gives no receipt while papers are missing", screen.taken is None)
    tour.check("what is missing is named", bool(screen.missing_line.words.text()))
    yield from tour.picture("receive-missing")
    yield from tour.spell("x")
    yield Wait("the line for the reason", papers.reason.hasFocus)
    tour.write("Tờ khai chưa ký tên")
    tour.press("Return")
    yield Wait("back on the papers", papers.list.hasFocus)
    yield from tour.picture("receive-not-valid")
    tour.press("F7")
    yield from tour.keep_paper("supplement")
    tour.end_dossier("Phiếu yêu cầu bổ sung")
    yield Wait("an empty dossier", lambda: screen.filling.empty)
    yield tour.quiet()
    slip = tour.codes("supplement.pdf")
    tour.check("the slip carries one code", len(slip) == 1)
    tour.notes["slip"] = slip[0] if slip else ""
    yield from tour.picture("receive-supplement")


def refusal(tour: Tour) -> Way:
    """Somebody without a card, entered by hand; what he asks for is not the ward's: refused in writing."""
    yield from begin(tour, 9, 40)
    screen = tour.screen
    box, entry = screen.person.box, screen.person.entry
    tour.write("Vũ Thị Ngọc Ánh")
    yield Wait("suggestions", lambda: box.suggestions.open)
    options = box.suggestions.options
    tour.press("Down", next(number for number, each in enumerate(options) if each.key[0] == "new"))
    tour.press("Return")
    yield Wait("the form", lambda: entry.isVisible() and entry.birth.hasFocus())
    yield from tour.spell("1985")
    tour.press("Return")
    yield from tour.spell("n")
    tour.press("Return", 2)
    yield Wait("the keyboard is at the number", entry.number.hasFocus)
    yield from tour.spell("00118500242")
    tour.press("Return")
    tour.write("Tổ 2, phường Mẫu, tỉnh Mẫu")
    tour.press("Return")
    yield Wait("the fault is said at the number", entry.number.hasFocus)
    tour.check("eleven figures are not taken for a number", entry.isVisible())
    yield from tour.picture("receive-by-hand")
    tour.press("End")
    yield from tour.spell("6")
    tour.press("Alt+Return")
    yield Wait("she stands at the desk", lambda: screen.filling.submitter is not None)
    yield Wait("the keyboard went on to the procedure", screen.procedure.box.field.hasFocus)
    yield from pick(tour, "xay", "1.013225")
    yield from tour.command("Từ chối tiếp nhận")
    yield Wait(
        "the sheet for the reason", lambda: screen.slips.reason is not None and screen.slips.reason.text.hasFocus()
    )
    tour.write("Công trình nằm ngoài địa bàn phường Mẫu; đề nghị nộp tại nơi có đất.")
    yield from tour.picture("receive-refuse")
    tour.press("Ctrl+Return")
    yield from tour.keep_paper("refusal")
    tour.end_dossier("Phiếu từ chối")
    tour.check("a refusal gives no dossier", screen.taken is None)


def certified(tour: Tour) -> Way:
    """Certified copies: the one who came this morning is known by her card; the grid, row by row; paper A5."""
    yield from begin(tour, 10, 5)
    screen = tour.screen
    yield from scan(tour, MOTHER)
    tour.check("the card finds her again", screen.filling.submitter.there is not None)
    yield from pick(tour, "sao", "2.000815")
    grid = screen.procedure.certify
    if not tour.within(grid):
        tour.press("Ctrl+D")
        tour.press("Return")
    yield Wait("the keyboard is in the grid", lambda: tour.within(grid))
    for name, pages, copies in (("Bằng tốt nghiệp đại học", "1", "3"), ("Sổ hộ khẩu cũ", "8", "2")):
        tour.write(name)
        tour.press("Return")
        yield from tour.spell(pages)
        tour.press("Return")
        yield from tour.spell(copies)
        tour.press("Return")
        yield tour.pause(0.02)
    tour.press("Ctrl+D")
    yield tour.quiet()
    yield from tour.picture("receive-certified")
    yield from take(tour, "Chứng thực bản sao")
    yield from tour.keep_paper("receipt-certified-a5")
    tour.check("the code is on the page", tour.codes("receipt-certified-a5.pdf") == [screen.taken.code])


def on_behalf(tour: Tour) -> Way:
    """A sister for her brother: the second card is asked about; the printer jams; the paper did not come; it comes."""
    yield from begin(tour, 10, 20)
    screen = tour.screen
    filling = screen.filling
    yield from scan(tour, SISTER)
    tour.scan(BROTHER)
    yield Wait("whose the second card is", screen.person.offer.isVisible)
    yield from tour.picture("receive-second-card")
    tour.press("Alt+2")
    yield Wait("he is the owner", lambda: filling.owner is not None)
    tour.check("she stays the one who hands in", filling.submitter.name == "Lê Hoàng Khuê")
    relation = screen.person.relation
    yield from tab_to(tour, "what she is of him", relation)
    for _press in range(relation.count()):
        if "em" in relation.currentText().lower().replace(",", " ").split():
            break
        tour.press("Down")
    tour.check("his sister", "em" in relation.currentText())
    tour.press("F5")
    yield from pick(tour, "tri", "2.000635")
    tour.press("Ctrl+D")
    yield from tab_to(tour, "the copies", screen.receipt.copies)
    yield from tour.spell("1")
    yield from tour.picture("receive-on-behalf")
    tour.printers.go_wrong(Mishap.JAM)
    yield from take(tour, "Trích lục, nộp thay")
    yield Wait("whether the paper came is asked", lambda: tour.told_code("print.came-out"))
    yield tour.quiet()
    yield from tour.picture("print-asked")
    tour.check("no paper came out of the jam", len(tour.printers.paper()) == tour.papers)
    yield from to_button(tour, "Chưa ra")
    tour.press("Space")
    yield from tour.keep_paper("receipt-on-behalf")
    tour.check("the same copy, not a reprint", "Bản in lại" not in tour.words("receipt-on-behalf.pdf"))


def came_back(tour: Tour) -> Way:
    """The student is back: the code of his slip brings his draft; now all is there."""
    yield from begin(tour, 14, 10)
    screen = tour.screen
    tour.scan(tour.notes["slip"])
    yield Wait("his draft", lambda: screen.filling.submitter is not None and screen.filling.procedure is not None)
    tour.check("it is his", screen.filling.submitter.name == "Đỗ Hải Đăng")
    yield tour.quiet()
    yield from tour.picture("receive-came-back")
    papers: Any = screen.procedure.papers
    papers_left = [stop for stop in screen.stops() if stop.paper]
    tour.check("what was missing is still missing", bool(papers_left))
    tour.press("Ctrl+D")
    yield tour.quiet()
    rows = papers.model.rows
    for number, row in enumerate(rows):
        if row.line.given is not None and row.line.given.status == "bad":
            yield from tab_to(tour, "the papers", papers.list)
            tour.press("Home")
            tour.press("Down", number)
            tour.press("Space")
            yield tour.pause(0.05)
    yield from take(tour, "Xác nhận tình trạng hôn nhân")
    yield from tour.keep_paper("receipt-came-back")
