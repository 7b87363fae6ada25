"""Tiếp nhận on a real office, by keys alone: people, procedure, papers, wishes, drafts, and what is received."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from desktop.bus import Level, Notice, Offer
from desktop.jobs import DirectJobs
from desktop.office import Office
from desktop.views.checklist_keys import PAPER_KEYS, meaning
from desktop.views.draft_view import WATERMARK
from desktop.views.main_window import Holder
from desktop.views.reader import Reader
from desktop.views.wording import Words
from onestop import clock, texts
from onestop.actions import catalogue
from onestop.actions.catalogue import PublishForm
from onestop.queries import letters, reception
from onestop.rules.intake import By, Status
from tests.desktop.at_the_desk import (
    ADOPTION,
    CERTIFIED,
    HUONG,
    KHUE,
    UNMARRIED,
    UOC,
    Desk,
    desk_of,
    says,
)
from tests.desktop.real import shot
from tests.helpers.national import SAMPLE
from tests.helpers.office import BIRTH, EXTRACT, MONDAY, made_card, made_person, received, register


@pytest.fixture
def office(demo_office: Office) -> Iterator[Office]:
    with clock.frozen(MONDAY):
        yield demo_office


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, office: Office) -> Iterator[Desk]:
    with desk_of(qapp, qtbot, office) as made:
        yield made


@pytest.fixture
def ear(qapp: QApplication) -> Iterator[Reader]:
    """The real ear; it hears no test after this one."""
    reader = Reader(qapp)
    yield reader
    qapp.focusChanged.disconnect(reader._moved)
    reader.deleteLater()


# -- from an empty screen to a received dossier


def test_a_dossier_by_keys_alone(desk: Desk) -> None:
    screen = desk.screen
    assert screen.person.box.field.hasFocus()
    assert desk.filling.empty
    desk.card(HUONG)
    assert desk.filling.submitter is not None
    assert desk.filling.submitter.name == "Nguyễn Thị Thu Hương"
    assert screen.procedure.box.field.hasFocus()
    desk.spell("gks")
    desk.press("Return")
    assert desk.filling.procedure is not None
    assert desk.filling.procedure.code == BIRTH
    assert screen.person.parties.place_of(desk.focus()) == 0
    desk.press("Ctrl+D")
    assert screen.procedure.papers.list.hasFocus()
    desk.press("Return")
    parties = screen.person.parties
    for place, name in enumerate(("Trần Minh Khôi", "Trần Quốc Bảo")):
        assert parties.place_of(desk.focus()) == place
        desk.write(name)
        desk.press("Return")
        desk.option(parties.rows[place].box, "name")
        assert parties.rows[place].birth.hasFocus()
        desk.spell("02/11/2026" if place == 0 else "1991")
        desk.press("Return")
    assert parties.place_of(desk.focus()) == 2
    desk.card(HUONG)
    assert parties.rows[2].party.who is not None
    desk.settled()
    assert screen.stops() == []
    desk.press("F9")
    assert screen.taken is not None
    assert screen.taken.code == "H99.14-261123-0001"
    assert desk.prints.asked == [("receipt", screen.taken.id)]
    assert screen.badge() == "Đã tiếp nhận H99.14-261123-0001"
    assert desk.count("dossier") == 1
    assert screen.receipt.fresh.hasFocus()
    card = screen.person._who["submitter"].card
    assert "******" in card.about.text()
    assert "001194004321" not in card.about.text()
    QAbstractItemModelTester(screen.procedure.papers.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    with desk.office.store.writing() as connection:
        roles = connection.execute(text("SELECT role FROM dossier_person")).scalars().all()
    assert {"con", "cha", "me"} <= set(roles)


def test_receive_and_next_leaves_an_empty_screen(desk: Desk) -> None:
    desk.ready()
    desk.press("Ctrl+Return")
    assert desk.count("dossier") == 1
    assert desk.screen.taken is None
    assert desk.filling.empty
    assert desk.screen.person.box.field.hasFocus()
    assert desk.codes()[-1] == "receive.taken-due"
    assert "H99.14-261123-0001" in desk.told()
    assert desk.prints.asked[0][0] == "receipt"


def test_the_next_card_begins_the_next_dossier(desk: Desk) -> None:
    desk.ready()
    desk.press("F9")
    desk.card(UOC)
    assert desk.screen.taken is None
    assert desk.filling.submitter is not None
    assert desk.filling.submitter.name == "Lê Quốc Ước"
    assert desk.filling.procedure is None


def test_a_double_press_receives_once(qapp: QApplication, qtbot: QtBot, office: Office) -> None:
    jobs = DirectJobs()
    with desk_of(qapp, qtbot, office, jobs=jobs) as desk:
        desk.ready()
        jobs.hold = True
        desk.press("F9", 2)
        while jobs.release():
            desk.press("F9")
        jobs.hold = False
        desk.press("F9")
        assert desk.count("dossier") == 1
        assert [kind for kind, _id in desk.prints.asked] == ["receipt"]


def test_the_same_draft_received_elsewhere_is_not_received_again(desk: Desk) -> None:
    desk.ready()
    form = desk.filling.form()
    desk.press("F9")
    taken = desk.screen.taken
    assert taken is not None
    desk.screen._unlock()
    desk.screen._take_in(form, False)
    assert desk.screen.taken is not None
    assert desk.screen.taken.code == taken.code
    assert desk.screen.taken.again
    assert desk.codes()[-1] == "receive.taken-again"
    assert len(desk.prints.asked) == 1
    assert desk.count("dossier") == 1


def test_f9_is_dimmed_and_names_what_is_missing(desk: Desk) -> None:
    screen = desk.screen
    assert screen.receipt.take.property("dim")
    assert not screen.missing_line.isVisible()
    desk.press("F9")
    assert screen.person.box.field.hasFocus()
    desk.card(HUONG)
    assert screen.missing_line.words.text() == "Còn thiếu: thủ tục."
    desk.choose(UNMARRIED)
    words = screen.missing_line.words.text()
    assert words.startswith("Còn thiếu: Tờ khai")
    assert "Giấy tờ tùy thân" in words
    desk.press("F4")
    desk.press("F9")
    assert screen.taken is None
    assert desk.count("dossier") == 0
    assert screen.procedure.papers.list.hasFocus()
    assert screen.procedure.papers.list.currentIndex().row() == screen.procedure.papers.model.place("to-khai")
    assert screen.receipt.take.isEnabled()
    desk.press("Ctrl+D")
    desk.settled()
    assert not screen.receipt.take.property("dim")
    assert screen.missing_line.property("tone") == "good"


# -- cards


def test_a_burst_is_kept_out_of_the_field_that_has_the_focus(
    qapp: QApplication, qtbot: QtBot, office: Office, ear: Reader
) -> None:
    with desk_of(qapp, qtbot, office, reader=ear) as desk:
        summary = desk.screen.procedure.summary
        desk.screen.procedure.box.pick(EXTRACT)
        desk.tab(summary)
        desk.press("End")
        desk.spell(" ab")
        qtbot.waitUntil(lambda: not ear._held)
        before, place = summary.text(), summary.cursorPosition()
        assert before.endswith(" ab")
        desk.scan(made_card(HUONG))
        qtbot.waitUntil(lambda: desk.filling.submitter is not None)
        assert desk.filling.submitter is not None
        assert desk.filling.submitter.name == HUONG.name
        assert desk.focus() is summary
        assert (summary.text(), summary.cursorPosition()) == (before, place)
        assert desk.screen.taken is None


def test_a_known_card_with_differences(desk: Desk) -> None:
    known = register(desk.office, replace(HUONG, address="Thôn Tây, phường Mẫu, tỉnh Mẫu"))
    desk.card(HUONG)
    who = desk.filling.submitter
    assert who is not None
    assert who.known is not None
    assert who.known.id == known.id
    assert [each.field for each in who.differences if each.stored] == ["address"]
    panel = desk.screen.person
    assert panel.differences.isVisible()
    assert says(panel.differences, "Đang ghi: Thôn Tây, phường Mẫu, tỉnh Mẫu")
    focus = desk.focus()
    desk.button("Alt+1", lambda: says(panel._who["submitter"].card, "Đúng với thẻ"))
    assert desk.focus() is focus
    with desk.office.store.writing() as connection:
        kept = connection.execute(text("SELECT address FROM citizen WHERE id = :id"), {"id": known.id}).scalar_one()
        acts = connection.execute(text("SELECT kind FROM act ORDER BY rowid")).scalars().all()
    assert kept == HUONG.address
    assert acts[-1].startswith("citizen.")
    assert says(panel._who["submitter"].card, "Đúng với thẻ")
    assert not any(each.stored for each in desk.filling.submitter.differences)  # type: ignore[union-attr]


CARD = made_card(HUONG)
BAD_CARDS = [
    ("telex", CARD.replace("Nguyễn Thị Thu Hương", "Nguyeexn Thij Thu Huwowng"), "Telex"),
    ("truncated", CARD[:30], "bị cắt"),
    ("doubled", CARD + CARD, "hai lần đọc"),
    ("vneid", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ2bmVpZCJ9.c2lnbmF0dXJl", "VNeID"),
]


@pytest.mark.parametrize(("name", "reading", "words"), BAD_CARDS, ids=[each[0] for each in BAD_CARDS])
def test_a_card_that_cannot_be_read_is_explained_and_nothing_is_lost(
    desk: Desk, name: str, reading: str, words: str
) -> None:
    desk.ready(UOC)
    before = desk.filling.form()
    focus = desk.focus()
    desk.reader.read.emit(reading)
    fault = desk.screen.person.box.fault
    assert fault.isVisible()
    assert words in fault.words.text()
    assert desk.filling.form() == before
    assert desk.focus() is focus
    desk.card(UOC)
    assert not fault.isVisible()


def test_a_second_card_is_asked_about(desk: Desk) -> None:
    desk.card(KHUE)
    desk.card(UOC)
    panel = desk.screen.person
    assert panel.offer.isVisible()
    assert desk.filling.submitter is not None
    assert desk.filling.submitter.name == "Lê Hoàng Khuê"
    desk.button("Alt+0", panel.offer.isHidden)
    assert desk.filling.owner is None
    desk.card(UOC)
    desk.button("Alt+2", lambda: desk.filling.owner is not None)
    assert desk.filling.owner is not None
    assert desk.filling.owner.name == "Lê Quốc Ước"
    assert desk.filling.proxy


# -- on behalf of another, parties


def test_on_behalf_with_relation(desk: Desk) -> None:
    panel = desk.screen.person
    desk.card(KHUE)
    desk.tab(panel.proxy)
    desk.press("Space")
    assert panel._who["owner"].box.field.hasFocus()
    desk.card(UOC)
    assert desk.filling.owner is not None
    assert desk.filling.owner.name == "Lê Quốc Ước"
    assert desk.filling.submitter is not None
    assert desk.filling.submitter.name == "Lê Hoàng Khuê"
    desk.tab(panel.relation)
    desk.press("Down", 2)
    relation = str(panel.relation.value)
    assert relation
    desk.choose(EXTRACT)
    desk.press("Ctrl+D")
    desk.settled()
    desk.press("F9")
    assert desk.screen.taken is not None
    with desk.office.store.writing() as connection:
        kept = connection.execute(text("SELECT relation FROM dossier")).scalar_one()
    assert kept == relation


def test_owner_is_submitter_again(desk: Desk) -> None:
    desk.card(KHUE)
    desk.card(UOC)
    desk.button("Alt+2", lambda: desk.filling.owner is not None)
    assert desk.filling.real_owner is desk.filling.owner
    desk.button("Alt+B", lambda: not desk.filling.proxy)
    assert desk.filling.real_owner is desk.filling.submitter


def test_a_party_is_named_none_or_corrected(desk: Desk) -> None:
    desk.card(HUONG)
    desk.choose(BIRTH)
    desk.press("Ctrl+D")
    desk.press("Return")
    rows = desk.screen.person.parties.rows
    desk.write("Trần Minh Khôi")
    desk.press("Return")
    desk.option(rows[0].box, "name")
    desk.spell("31/12/2030")
    desk.press("Return")
    assert rows[0].fault.isVisible()
    assert desk.filling.parties[0].who is not None
    assert desk.filling.parties[0].who.form.date_of_birth is None
    assert rows[0].birth.text() == "31/12/2030"
    rows[0].begin()
    desk.press("Ctrl+A")
    desk.spell("2/11/2026")
    desk.press("Return")
    assert not rows[0].fault.isVisible()
    assert desk.filling.parties[0].who.form.date_of_birth == "2026-11-02"
    assert desk.screen.person.parties.place_of(desk.focus()) == 1
    desk.letter("-")
    assert desk.filling.parties[1].none
    assert says(rows[1], "Không có")
    assert desk.screen.person.parties.place_of(desk.focus()) == 2


def test_a_whole_birth_date_of_a_party_is_seen(desk: Desk) -> None:
    desk.card(HUONG)
    desk.choose(BIRTH)
    desk.screen.person.parties.begin("con")
    desk.write("Trần Minh Khôi")
    desk.press("Return")
    row = desk.screen.person.parties.rows[0]
    desk.option(row.box, "name")
    desk.spell("02/11/2026")
    shot(desk.window, "receive-party-birth")
    assert whole(row.birth)


def whole(line: QLineEdit) -> bool:
    """Does the text fit, with the cursor behind it?"""
    line.setCursorPosition(0)
    first = line.cursorRect().left()
    line.end(False)
    last = line.cursorRect().left()
    return last - first >= line.fontMetrics().horizontalAdvance(line.text()) - 2


# -- somebody without a card


def test_by_hand_with_eleven_figures_says_so_at_the_number(desk: Desk) -> None:
    desk.by_hand("Vũ Thị Ngọc Ánh")
    entry = desk.screen.person.entry
    assert entry.name.text() == "Vũ Thị Ngọc Ánh"
    assert entry.birth.hasFocus()
    desk.spell("1985")
    desk.press("Return", 3)
    assert entry.number.hasFocus()
    desk.spell("00118500242")
    desk.button("Alt+Return", lambda: entry.fields["number"].wrong)
    assert "12 chữ số, ở đây có 11" in entry.fields["number"].note.text()
    assert entry.isVisible()
    assert entry.number.hasFocus()
    assert entry.number.text() == "00118500242"
    desk.press("End")
    desk.letter("6")
    desk.button("Alt+Return", entry.isHidden)
    assert desk.filling.submitter is not None
    assert desk.filling.submitter.name == "Vũ Thị Ngọc Ánh"
    assert desk.screen.procedure.box.field.hasFocus()


def alike(desk: Desk) -> str:
    """Somebody registered without a number, and the one at the desk being entered by hand."""
    there = register(
        desk.office,
        made_person(
            920, name="Vũ Thị Ngọc Ánh", sex="Nữ", date_of_birth="1985-06-07", identity_number=None, cmnd="123456780"
        ),
    )
    desk.by_hand("Vũ Thị Ngọc Ánh")
    desk.spell("07/06/1985")
    similar = desk.screen.person.similar
    desk.qtbot.waitUntil(similar.isVisible)
    assert desk.screen.person.entry.birth.hasFocus()
    assert similar.likeness is not None
    assert similar.likeness.row.id == there.id
    desk.press("Return", 3)
    desk.spell("001185002426")
    assert desk.screen.person.entry.number.hasFocus()
    assert desk.screen.person.entry.number.text() == "001185002426"
    return there.id


def test_the_same_person_is_remembered(desk: Desk) -> None:
    there = alike(desk)
    desk.button("Alt+L", lambda: desk.filling.submitter is not None)
    who = desk.filling.submitter
    assert who is not None
    assert who.known is not None
    assert who.known.id == there
    assert who.known.values["identity_number"] == "001185002426"
    assert not desk.screen.person.similar.isVisible()
    desk.press("F2")
    desk.card(
        made_person(921, name="Vũ Thị Ngọc Ánh", sex="Nữ", date_of_birth="1985-06-07", identity_number="001185002426")
    )
    assert desk.filling.submitter is not None
    assert desk.filling.submitter.known is not None
    assert desk.filling.submitter.known.id == there


def test_not_the_same_person_is_remembered(desk: Desk) -> None:
    there = alike(desk)
    focus = desk.focus()
    desk.button("Alt+K", desk.screen.person.similar.isHidden)
    assert desk.focus() is focus
    desk.button("Alt+Return", desk.screen.person.entry.isHidden)
    who = desk.filling.submitter
    assert who is not None
    assert who.known is None
    assert who.form.not_same == (there,)
    assert not desk.screen.person.similar.isVisible()
    desk.choose(EXTRACT)
    desk.press("Ctrl+D")
    desk.settled()
    desk.press("F9")
    assert desk.screen.taken is not None
    desk.press("F2")
    assert desk.count("citizen") == 2
    with desk.office.store.writing() as connection:
        new = connection.execute(text("SELECT id FROM citizen WHERE identity_number = '001185002426'")).scalar_one()
    values = {"kind": "person", "name": "Vũ Thị Ngọc Ánh", "date_of_birth": "1985-06-07"}
    found = desk.office.read(reception.alike, values, new)
    assert there not in [each.row.id for each in found]


# -- papers


def test_keys_on_the_checklist(desk: Desk) -> None:
    desk.card(HUONG)
    desk.choose(UNMARRIED)
    papers = desk.screen.procedure.papers
    assert papers.list.hasFocus()
    desk.press("Space")
    assert desk.row("to-khai").state == "Hợp lệ"
    desk.press("Space")
    assert desk.row("to-khai").state == "Còn thiếu"
    desk.press("D")
    assert desk.row("to-khai").line.given.by == By.SHOWN
    desk.letter("3")
    assert desk.row("to-khai").line.given.originals == 3
    desk.letter("+")
    assert desk.row("to-khai").line.given.originals == 4
    desk.press("Q")
    assert desk.row("to-khai").line.given.scan_later
    assert desk.row("to-khai").note == "quét sau"
    desk.press("C")
    assert desk.row("to-khai").line.given.status == Status.UNCHECKED
    desk.press("X")
    assert papers.reason.hasFocus()
    desk.write("Tờ khai chưa ký tên")
    desk.press("Return")
    assert papers.list.hasFocus()
    given = desk.row("to-khai").line.given
    assert (given.status, given.reason) == (Status.BAD, "Tờ khai chưa ký tên")
    desk.press("Space")
    assert desk.row("to-khai").line.given.status == Status.OK
    desk.press("X")
    desk.write("chữ bỏ đi")
    desk.press("Esc")
    assert papers.list.hasFocus()
    assert desk.row("to-khai").line.given.reason == ""
    desk.press("Ins")
    assert papers.other.hasFocus()
    desk.write("Giấy ủy quyền viết tay")
    desk.press("Return")
    assert papers.model.rows[-1].name == "Giấy ủy quyền viết tay"
    assert [each.name for each in desk.filling.form().components if each.extra] == ["Giấy ủy quyền viết tay"]


def keys_of(desk: Desk) -> str:
    """What F1 says."""
    desk.press("F1")
    sheet = desk.window._keys
    assert sheet is not None and sheet.isVisible()
    said = sheet.accessibleDescription()
    desk.press("F1")
    return said


def test_f1_shows_every_key_of_the_checklist(desk: Desk) -> None:
    """A key that does something there and is not in the table would be one that nobody knows of."""
    desk.ready(code=UNMARRIED)
    papers = desk.screen.procedure.papers
    papers.list.setFocus()
    said = keys_of(desk)
    for keys, words in (
        ("Space", "nhận"),
        ("D", "đã đối chiếu"),
        ("S", "từ cơ sở dữ liệu"),
        ("V", "xem trên VNeID"),
        ("X", "chưa hợp lệ"),
        ("C", "chưa kiểm tra"),
        ("Q", "quét sau"),
        ("0–9", "số bản"),
        ("Plus+Minus", "thêm, bớt một bản"),
        ("Left+Right", "bản chính, chứng thực, sao"),
        ("Del", "bỏ giấy này"),
        ("Ctrl+Z", "lấy lại bước trước"),
    ):
        assert f"{keys}: {words}" in said, keys
    shown = {each.name for each in PAPER_KEYS}
    for code in [*range(0x20, 0x7F), Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Delete]:
        letter = chr(code).lower() if 0x20 <= code < 0x7F else ""
        name = meaning(code, letter)
        assert name is None or name in shown, letter


def test_f1_shows_every_key_of_a_button_and_those_of_the_forms(desk: Desk) -> None:
    desk.ready(code=CERTIFIED)
    said = keys_of(desk)
    buttons = [each for each in desk.screen.findChildren(QAbstractButton) if not each.shortcut().isEmpty()]
    assert buttons
    for button in buttons:
        assert f"{button.shortcut().toString()}: " in said, button.text() or button.accessibleName()
    for keys in ("Alt+N", "Alt+B", "Alt+Return", "Alt+L", "Alt+K", "Alt+1…9", "Ctrl+Del", "1–9", "Shift+F7"):
        assert f"{keys}: " in said, keys


def test_a_refusal_has_a_key(desk: Desk) -> None:
    desk.ready()
    desk.press("Shift+F7")
    assert desk.screen.slips.reason is not None and desk.screen.slips.reason.isVisible()
    desk.write("Không thuộc thẩm quyền")
    desk.press("Ctrl+Return")
    assert [kind for kind, _subject in desk.prints.asked] == ["refusal"]


@pytest.mark.parametrize("scale", [100, 150, 200])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_sheet_of_keys_fits_the_window(
    qapp: QApplication, qtbot: QtBot, office: Office, scale: int, language: str
) -> None:
    texts.use(language)
    with desk_of(qapp, qtbot, office, scale=scale) as desk:
        desk.window.show_keys()
        sheet = desk.window._keys
        assert sheet is not None
        QApplication.sendPostedEvents()
        assert desk.window.rect().contains(sheet.geometry())
        area = sheet._content
        assert area is not None and area.horizontalScrollBar().maximum() == 0
        assert area.widget().width() <= area.viewport().width()
        assert scale > 100 or area.verticalScrollBar().maximum() == 0
        shot(desk.window, f"keys-{language}-{scale}")


def test_all_there_and_taken_back(desk: Desk) -> None:
    desk.card(HUONG)
    desk.choose(BIRTH)
    desk.to_paper("to-khai")
    desk.press("Space")
    before = desk.filling.components
    desk.press("Ctrl+D")
    assert not [stop for stop in desk.screen.stops() if stop.paper]
    assert desk.row("chung-sinh").state == "Hợp lệ"
    assert desk.row("nguoi-lam-chung").state == "không cần nữa"
    desk.press("Ctrl+Z")
    assert desk.filling.components == before
    desk.press("Ctrl+Z")
    assert desk.filling.components == ()


def test_a_required_paper_said_to_be_unchecked_is_needed_still(desk: Desk) -> None:
    """What is printed is what is stored: "đã đối chiếu" is not said of a paper that nobody has compared."""
    desk.ready()
    screen = desk.screen
    [place] = [at for at, row in enumerate(screen.procedure.papers.model.rows) if row.state == "Đã đối chiếu"]
    desk.tab(screen.procedure.papers.list)
    desk.press("Home")
    desk.press("Down", place)
    desk.press("C")
    desk.settled()
    assert screen.procedure.papers.model.rows[place].state == "Chưa kiểm tra"
    assert [stop.words for stop in screen.stops()] == ["Giấy tờ tùy thân chưa kiểm tra"]
    assert screen.receipt.take.property("dim")
    desk.press("F9")
    assert screen.taken is None
    assert screen.procedure.papers.list.hasFocus()
    assert not screen._supplement.isVisible()
    desk.press("F7")
    assert screen.taken is None and desk.prints.asked == []
    desk.press("Esc")
    desk.press("Ctrl+D")
    assert screen.procedure.papers.model.rows[place].state == "Chưa kiểm tra"
    desk.press("D")
    desk.settled()
    assert screen.procedure.papers.model.rows[place].state == "Đã đối chiếu"
    desk.press("F9")
    assert screen.taken is not None


def test_another_procedure_and_back_keeps_what_was_ticked(desk: Desk) -> None:
    desk.card(HUONG)
    desk.choose(BIRTH)
    desk.press("Ctrl+D")
    ticked = desk.filling.components
    desk.choose(EXTRACT)
    assert desk.filling.components == ()
    desk.choose(BIRTH)
    assert desk.filling.components == ticked


# -- certified copies, fee, delivery, limit


def test_certified_copies_row_by_row(desk: Desk) -> None:
    desk.card(HUONG)
    desk.choose(CERTIFIED)
    desk.press("Ctrl+D")
    desk.press("Return")
    grid = desk.screen.procedure.certify
    assert grid.isAncestorOf(desk.focus())
    total = 0
    for number in range(1, 13):
        desk.write(f"Giấy tờ số {number}")
        desk.press("Return")
        desk.spell(str(number))
        desk.press("Return")
        desk.spell(str(number % 3 + 1))
        desk.press("Return")
        # TT 226/2016: 2.000 đồng for each of the first two pages, then 1.000, no more than 200.000 a copy.
        total += min(2000 * min(number, 2) + 1000 * max(number - 2, 0), 200_000) * (number % 3 + 1)
    assert len(desk.filling.certify) == 12
    shot(desk.window, "receive-certified-12")
    desk.settled()
    assert desk.filling.reckoning is not None
    assert desk.filling.reckoning.fee.total == total
    shown = f"{total:,}".replace(",", ".")
    assert desk.screen.receipt.fee.total.text() == f"{shown} đồng"
    assert grid.total.text() == f"12 giấy tờ · {shown} đồng"
    desk.press("F9")
    assert desk.screen.taken is not None
    with desk.office.store.writing() as connection:
        assert connection.execute(text("SELECT fee_total FROM dossier")).scalar_one() == total


def test_extra_copies_change_the_fee(desk: Desk) -> None:
    desk.ready()
    copies, fee = desk.screen.receipt.copies, desk.screen.receipt.fee
    desk.into(copies, "3")
    desk.settled()
    assert fee.total.text() == "24.000 đồng"
    assert desk.filling.form().result_copies == 3


def test_a_request_for_copies_is_for_one_at_least(desk: Desk) -> None:
    desk.ready()
    copies, fee = desk.screen.receipt.copies, desk.screen.receipt.fee
    assert (copies.text(), fee.total.text()) == ("1", "8.000 đồng")
    assert desk.screen.stops() == []
    desk.tab(copies)
    desk.press("Backspace")
    desk.settled()
    assert fee.total.text() == "theo số bản"
    assert [stop.words for stop in desk.screen.stops()] == ["số bản sao"]
    assert desk.screen.receipt.take.property("dim")
    desk.press("F9")
    assert desk.screen.taken is None
    assert copies.hasFocus()
    desk.spell("0")
    desk.press("F9")
    assert desk.screen.taken is None
    desk.spell("2")
    desk.press("F9")
    assert desk.screen.taken is not None


def test_the_one_copy_that_was_proposed_goes_with_its_procedure(desk: Desk) -> None:
    desk.card(HUONG)
    desk.choose(EXTRACT)
    assert desk.filling.result_copies == 1
    desk.choose(BIRTH)
    assert (desk.filling.result_copies, desk.screen.receipt.copies.text()) == (0, "")
    desk.into(desk.screen.receipt.copies, "3")
    desk.choose(EXTRACT)
    assert desk.filling.result_copies == 3
    desk.choose(BIRTH)
    assert desk.filling.result_copies == 3


def test_certified_copies_cost_nothing_known_while_nothing_is_listed(desk: Desk) -> None:
    desk.card(HUONG)
    desk.choose(CERTIFIED)
    assert desk.screen.receipt.fee.total.text() == "theo số bản"
    desk.press("F8")
    view = desk.screen.slips.draft_view
    assert view is not None
    assert says(view, "theo số bản") and not says(view, "không thu")


def test_the_sheet_says_whose_as_the_paper_does(desk: Desk) -> None:
    """Preview and paper: "Tiếp nhận hồ sơ của" is who hands in, the owner has a line of his own."""
    desk.card(KHUE)
    desk.tab(desk.screen.person.proxy)
    desk.press("Space")
    desk.card(UOC)
    desk.choose(EXTRACT)
    desk.press("Ctrl+D")
    desk.settled()
    lines = desk.screen.receipt.sheet.lines
    shown = {key: lines[key].text() for key in ("of", "owner") if lines[key].isVisible()}
    assert (shown, lines["owner.label"].text()) == ({"of": KHUE.name, "owner": UOC.name}, "Chủ hồ sơ")
    desk.press("F9")
    assert desk.screen.taken is not None
    letter = desk.office.read(letters.receipt, desk.screen.taken.id)
    assert (letter.applicant.name, letter.applicant.owner) == (KHUE.name, UOC.name)
    desk.press("F2")
    desk.card(HUONG)
    assert lines["of"].text() == HUONG.name
    assert not lines["owner"].isVisible()


def test_an_exemption_changes_the_fee(desk: Desk) -> None:
    desk.ready(code=ADOPTION)
    fee, exemption = desk.screen.receipt.fee, desk.screen.receipt.exemption
    assert fee.total.text() == "400.000 đồng"
    desk.tab(exemption)
    desk.press("Down")
    desk.settled()
    assert desk.filling.exemption == "cha-duong-me-ke"
    assert fee.total.text() == "0 đồng"


def test_a_fee_that_nobody_knows_is_not_zero(desk: Desk) -> None:
    desk.ready(code=UNMARRIED)
    assert desk.screen.receipt.fee.total.text() == "chưa có mức thu"


def test_delivery_by_post_needs_a_receiver(desk: Desk) -> None:
    person = replace(HUONG, phone=None, address=None)
    register(desk.office, person)
    desk.ready(person)
    receipt = desk.screen.receipt
    desk.tab(receipt.way)
    desk.press("Down")
    desk.settled()
    assert desk.filling.delivery.way == "post"
    assert receipt.receiver["name"].text() == "Nguyễn Thị Thu Hương"
    desk.press("F9")
    assert desk.screen.taken is None
    assert "người nhận qua bưu chính" in desk.screen.missing_line.words.text()
    assert desk.focus() is receipt.receiver["phone"]
    desk.spell("0912345678")
    desk.press("F9")
    assert desk.screen.taken is None
    assert desk.focus() is receipt.receiver["address"]
    desk.write("Tổ 5, phường Mẫu")
    desk.settled()
    desk.press("F9")
    assert desk.screen.taken is not None


# -- earlier dossiers


def test_an_open_dossier_of_the_same_kind_is_warned_of(desk: Desk) -> None:
    first = received(desk.office, HUONG)
    desk.card(HUONG)
    note = desk.screen.person.open_already
    assert not note.isVisible()
    desk.choose(BIRTH)
    assert not note.isVisible()
    desk.choose(EXTRACT)
    assert note.isVisible()
    assert first.code in note.words.text()


def test_an_earlier_dossier_is_copied(desk: Desk) -> None:
    received(desk.office, HUONG, result_copies=2)
    desk.press("Ctrl+Shift+C")
    assert desk.codes()[-1] == "receive.person-first"
    desk.card(HUONG)
    desk.press("Ctrl+Shift+C")
    assert desk.screen._pick is not None
    assert desk.screen._pick.isVisible()
    desk.press("Return")
    assert desk.filling.procedure is not None
    assert desk.filling.procedure.code == EXTRACT
    assert desk.filling.submitter is not None
    assert desk.filling.submitter.name == HUONG.name
    assert desk.filling.components == ()
    assert desk.filling.result_copies == 2
    desk.press("Ctrl+D")
    desk.settled()
    desk.press("F9")
    assert desk.count("dossier") == 2


# -- drafts


def test_a_draft_is_kept_as_one_types_and_offered_by_a_new_window(
    qapp: QApplication, qtbot: QtBot, office: Office
) -> None:
    with desk_of(qapp, qtbot, office) as desk:
        desk.card(HUONG)
        desk.choose(BIRTH)
        desk.to_paper("to-khai")
        desk.press("Space")
        desk.kept()
        assert desk.count("draft") == 1
        assert desk.screen.badge() == "Bản nháp đã lưu 9:05"
        before = desk.filling.form()
        # Nothing is asked of the screen: a kill asks nothing either.
        desk.screen.keeper.stop()
    with desk_of(qapp, qtbot, office) as desk:
        drafts = desk.screen.procedure.drafts
        assert drafts.isVisible()
        assert says(drafts, "Nguyễn Thị Thu Hương – Đăng ký khai sinh")
        desk.press("Ctrl+Shift+D")
        desk.press("Return")
        assert desk.filling.form() == before
        assert desk.screen.badge() == "Bản nháp đã lưu 9:05"
        assert not drafts.isVisible()


def test_escape_never_loses_anything(desk: Desk) -> None:
    desk.ready(code=BIRTH)
    desk.kept()
    before = desk.filling.form()
    for key in ("F4", "F5", "Tab", "Tab", "Tab"):
        desk.press(key)
        desk.press("Esc", 3)
        assert desk.window.shown is desk.screen
        assert desk.filling.form() == before, key
    assert desk.count("draft") == 1


def test_f2_keeps_what_was_begun(desk: Desk) -> None:
    desk.card(HUONG)
    desk.choose(EXTRACT)
    draft = desk.filling.draft
    desk.press("F2")
    assert desk.filling.empty
    assert desk.codes()[-1] == "receive.set-aside"
    assert desk.screen.procedure.drafts.isVisible()
    desk.press("Ctrl+Shift+D")
    desk.press("Return")
    assert desk.filling.draft == draft
    assert desk.filling.procedure is not None


def test_a_draft_is_put_aside_and_brought_back(desk: Desk) -> None:
    desk.card(HUONG)
    desk.choose(EXTRACT)
    desk.press("F2")
    desk.press("Ctrl+Shift+D")
    desk.press("Delete")
    assert not desk.screen.procedure.drafts.isVisible()
    notice = desk.window.notices.shown[-1]
    assert notice.code == "receive.draft-dropped"
    notice.offers[0].call()
    assert desk.screen.procedure.drafts.isVisible()


# -- before receiving


def test_the_draft_receipt_is_shown_and_no_number_used(desk: Desk) -> None:
    desk.ready()
    desk.press("F8")
    view = desk.screen.slips.draft_view
    assert view is not None
    assert view.isVisible()
    shown = {each.text() for each in view.findChildren(Words)}
    assert "Nguyễn Thị Thu Hương" in " ".join(shown)
    assert any(WATERMARK in each for each in (*shown, view.accessibleName(), view.accessibleDescription()))
    desk.press("F8")
    assert not view.isVisible()
    assert desk.count("dossier") == 0
    assert desk.prints.asked == []
    desk.press("F8")
    desk.press("Esc")
    assert not view.isVisible()
    desk.press("F9")
    assert desk.screen.taken is not None
    assert desk.screen.taken.code.endswith("-0001")


def test_a_supplement_keeps_the_draft_and_its_slip_brings_it_back(
    qapp: QApplication, qtbot: QtBot, office: Office, ear: Reader
) -> None:
    with desk_of(qapp, qtbot, office, reader=ear) as desk:
        desk.scan(made_card(HUONG))
        qtbot.waitUntil(lambda: desk.filling.submitter is not None)
        desk.screen.procedure.box.pick(UNMARRIED)
        draft = desk.filling.draft
        desk.press("F7")
        [(kind, intake)] = desk.prints.asked
        assert kind == "supplement"
        assert desk.count("intake") == 1
        assert desk.count("dossier") == 0
        assert desk.filling.empty
        assert desk.codes()[-1] == "receive.supplement-made"
        assert says(desk.screen.procedure.drafts, "chờ bổ sung")
        slip = desk.office.read(letters.intake, intake)
        assert slip is not None
        for said in (intake, slip.code):
            desk.press("F2")
            desk.scan(said)
            qtbot.waitUntil(lambda: not desk.filling.empty)
            assert desk.filling.draft == draft
        assert desk.filling.submitter is not None
        assert desk.filling.submitter.name == HUONG.name
        assert [stop for stop in desk.screen.stops() if stop.paper]
        desk.press("Ctrl+D")
        desk.settled()
        desk.press("F9")
        assert desk.screen.taken is not None
        assert desk.count("dossier") == 1


def test_a_supplement_when_nothing_is_missing_asks_for_words(desk: Desk) -> None:
    desk.ready()
    desk.press("F7")
    assert desk.screen.slips.reason is not None
    assert desk.screen.slips.reason.isVisible()
    desk.write("Bản chụp rõ hơn")
    desk.press("Ctrl+Return")
    assert [kind for kind, _id in desk.prints.asked] == ["supplement"]
    assert desk.count("dossier") == 0


def test_a_refusal_needs_a_reason(desk: Desk) -> None:
    desk.card(HUONG)
    desk.choose(EXTRACT)
    desk.window.commands["receive.refuse"].trigger()
    sheet = desk.screen.slips.reason
    assert sheet is not None
    assert sheet.text.hasFocus()
    desk.press("Ctrl+Return")
    assert sheet.isVisible()
    assert says(sheet, "Ghi rõ lý do")
    assert desk.count("intake") == 0
    desk.write("Không thuộc thẩm quyền")
    desk.press("Esc")
    assert not sheet.isVisible()
    desk.window.commands["receive.refuse"].trigger()
    assert sheet.text.toPlainText() == "Không thuộc thẩm quyền"
    desk.press("Ctrl+Return")
    assert [kind for kind, _id in desk.prints.asked] == ["refusal"]
    assert [offer.text for offer in desk.window.notices.shown[-1].offers] == ["Mời đánh giá"]
    with desk.office.store.writing() as connection:
        assert connection.execute(text("SELECT kind FROM intake")).scalar_one() == "refusal"
    assert desk.count("dossier") == 0


def test_supplement_and_refusal_need_somebody_and_something(desk: Desk) -> None:
    desk.press("F7")
    assert desk.codes()[-1] == "receive.person-first"
    desk.card(HUONG)
    desk.press("F7")
    assert desk.codes()[-1] == "receive.procedure-first"
    desk.press("F8")
    assert desk.codes()[-1] == "receive.procedure-first"
    assert desk.prints.asked == []


# -- how it looks


@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_of_the_main_button_is_clipped(
    qapp: QApplication, qtbot: QtBot, office: Office, theme: str, scale: int
) -> None:
    with desk_of(qapp, qtbot, office, theme=theme, scale=scale) as desk:
        desk.ready(code=BIRTH)
        shot(desk.window, f"receive-{theme}-{scale}")
        assert (desk.window.width(), desk.window.height()) == (1366, 768)
        take = desk.screen.receipt.take
        place = QRect(take.mapTo(desk.window, QPoint(0, 0)), take.size())
        assert desk.window.rect().contains(place)
        assert take.visibleRegion().boundingRect() == take.rect()
        assert take.width() >= take.minimumSizeHint().width()
        assert take.height() >= take.minimumSizeHint().height()
        for label in take.findChildren(QWidget):
            if label.isVisible():
                assert take.rect().contains(QRect(label.mapTo(take, QPoint(0, 0)), label.size()))


@pytest.mark.parametrize("code", [UNMARRIED, EXTRACT, BIRTH])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_ordinary_dossier_is_seen_without_scrolling(
    qapp: QApplication, qtbot: QtBot, office: Office, theme: str, code: str
) -> None:
    with desk_of(qapp, qtbot, office, theme=theme) as desk:
        desk.ready(code=code)
        screen = desk.screen
        outer = next(each for each in desk.window.findChildren(Holder) if each.content is screen)
        # A row of papers less may be in sight (the checklist scrolls inside), everything else is.
        for area in (outer, screen.person.side, screen.receipt.side):
            assert area.verticalScrollBar().maximum() == 0
            assert area.horizontalScrollBar().maximum() == 0


LONG = Notice(Level.WARNING, "numbering.restored", {}, offers=(Offer("Mở phần Cấp số hồ sơ", lambda: None),))


@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize("notice", [False, True])
def test_drafts_push_nothing_out_of_sight(
    qapp: QApplication, qtbot: QtBot, office: Office, scale: int, notice: bool
) -> None:
    with desk_of(qapp, qtbot, office, scale=scale) as desk:
        for place, code in enumerate((BIRTH, EXTRACT, UNMARRIED, CERTIFIED, BIRTH, EXTRACT)):
            desk.card(made_person(700 + place))
            desk.screen.procedure.box.pick(code)
            desk.press("F2")
        desk.window.notices.put_away()
        if notice:
            desk.window.desk.bus.tell(LONG)
        QApplication.sendPostedEvents()
        screen, panel = desk.screen, desk.screen.procedure
        outer = next(each for each in desk.window.findChildren(Holder) if each.content is screen)
        assert outer.verticalScrollBar().maximum() == outer.horizontalScrollBar().maximum() == 0
        button = screen.receipt.take
        assert button.mapTo(outer, QPoint(0, button.height())).y() <= outer.height()
        rows = [*panel.drafts.rows, *panel.quick.rows]
        assert len(panel.drafts.rows) == 4 and len(panel.quick.rows) == 9
        for row in rows:
            for words in row.findChildren(Words):
                assert words.height() >= words.fontMetrics().height(), words.text()
        inner = panel.nothing.verticalScrollBar()
        assert (inner.maximum() == 0) == (scale == 100)
        last, port = panel.quick.rows[-1], panel.nothing.viewport()
        last.setFocus()
        qtbot.waitUntil(lambda: port.rect().contains(QRect(last.mapTo(port, QPoint()), last.size())))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", [BIRTH, UNMARRIED, CERTIFIED, "1.013225"])
@pytest.mark.parametrize("scale", [125, 150])
def test_big_letters_scroll_down_only(
    qapp: QApplication, qtbot: QtBot, office: Office, scale: int, code: str, language: str
) -> None:
    texts.use(language)
    with desk_of(qapp, qtbot, office, scale=scale) as desk:
        desk.ready(code=code)
        QApplication.sendPostedEvents()
        screen = desk.screen
        outer = next(each for each in desk.window.findChildren(Holder) if each.content is screen)
        assert outer.horizontalScrollBar().maximum() == 0
        for side in (screen.person.side, screen.receipt.side):
            assert side.widget().width() <= side.viewport().width()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("step", ["empty", "behalf", "unconfirmed"])
def test_big_letters_leave_all_three_columns_in_sight(
    qapp: QApplication, qtbot: QtBot, office: Office, step: str, language: str
) -> None:
    texts.use(language)
    with desk_of(qapp, qtbot, office, scale=150) as desk:
        screen = desk.screen
        if step != "empty":
            desk.card(HUONG)
            desk.choose(EXTRACT)
        if step == "behalf":
            screen.person.proxy.setChecked(True)
        if step == "unconfirmed":
            screen.procedure.papers.doubt.show()
        desk.settled()
        shot(desk.window, f"big-{step}-{language}")
        outer = next(each for each in desk.window.findChildren(Holder) if each.content is screen)
        assert outer.horizontalScrollBar().maximum() == 0
        assert screen.person.width() > screen.width() / 5


def test_a_limit_without_a_unit_is_asked_for_and_nothing_is_guessed(desk: Desk) -> None:
    national = desk.office.perform(
        catalogue.publish, PublishForm("catalogue", "national", SAMPLE.name, SAMPLE.read_bytes())
    ).answer
    assert national.added
    day = clock.today()
    offer = desk.office.read(reception.offer, day)
    asked = None
    for code in sorted(offer.rows):
        chosen = desk.office.read(reception.choose, code, day)
        procedure = chosen.procedure if chosen else None
        if procedure is not None and procedure.limit.unit is None and not procedure.certify:
            asked = code
            break
    assert asked is not None
    desk.card(HUONG)
    desk.screen.procedure.box.pick(asked)
    desk.press("Ctrl+D")
    desk.settled()
    receipt = desk.screen.receipt
    assert receipt.no_due.text() == "chưa tính được"
    desk.press("F9")
    assert desk.screen.taken is None
    assert desk.focus() in (receipt.number, receipt.unit)
    desk.tab(receipt.unit)
    if not receipt.number.text():
        desk.tab(receipt.number)
        desk.spell("5")
        desk.tab(receipt.unit)
    desk.press("Down")
    desk.settled()
    assert receipt.hour.isVisible()
    assert desk.filling.form().limit_unit == "working-day"
    desk.press("F9")
    assert desk.screen.taken is not None
