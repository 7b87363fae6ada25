"""Hồ sơ on a real office, by keys alone: filters, what is typed, the side pane, prints, codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from desktop.models.table import TableModel
from desktop.office import Office
from desktop.printer.pretend import PretendPrinters
from desktop.views.dossiers import SELDOM, DossiersScreen
from desktop.views.inputs import MaskedNumber
from desktop.views.main_window import MainWindow, Place
from desktop.views.printing_flow import PrintFlow
from desktop.views.sections import Link
from desktop.views.wording import Words
from onestop import clock, texts
from onestop.actions import paper_changes, papers, printing
from onestop.actions.paper_changes import DropForm
from onestop.actions.papers import AttachForm, Brought
from onestop.actions.printing import OutcomeForm, PrintForm
from onestop.clock import VIETNAM
from onestop.rules.papers import FileFacts, Signature
from onestop.rules.text import fold
from onestop.store import acts
from tests.desktop.real import Changed, Elsewhere, elsewhere, enter, here, press, real_window, shot, write
from tests.helpers.office import BIRTH, MONDAY, act_as, made_person, received

NOW = datetime(2026, 11, 23, 15, 12, tzinfo=VIETNAM)
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@dataclass
class Prints:
    asked: list[tuple[str, int | None]] = field(default_factory=list)

    def reprint(self, dossier_id: str, lien: int | None = None) -> None:
        self.asked.append((dossier_id, lien))


@pytest.fixture
def filled(demo_office: Office) -> Iterator[Office]:
    """Twelve dossiers of today and yesterday: four overdue, four due today, two later, two done."""
    for place in range(12):
        with clock.frozen(MONDAY - timedelta(days=3 if place < 4 else 0) + timedelta(minutes=place)):
            act_as(demo_office, ("ha", "duc")[place % 2])
            given = received(demo_office, made_person(place))
            form = PrintForm(("dossier", given.id), "receipt", 0, "A4", "TT 03/2025", b"%PDF-1.4", 0)
            made = demo_office.perform(printing.record, form).answer
            if place != 11:
                demo_office.perform(printing.settle, OutcomeForm(made.id, "out"))
    with demo_office.store.writing() as connection:
        for no in range(1, 13):
            due = NOW + (timedelta(days=-2) if no < 5 else timedelta(hours=1) if no < 9 else timedelta(days=4))
            connection.execute(text("UPDATE dossier SET due_at = :due WHERE no = :no"), {"due": utc(due), "no": no})
        done = {"at": utc(NOW)}
        connection.execute(
            text("UPDATE dossier SET is_open = 0, state = 'finished', finished_at = :at WHERE no IN (9, 10)"), done
        )
    act_as(demo_office, "ha")
    with clock.frozen(NOW):
        yield demo_office


def utc(moment: datetime) -> str:
    return clock.utc(moment).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass
class Scene:
    window: MainWindow
    screen: DossiersScreen
    office: Office
    prints: Prints
    qtbot: QtBot

    def codes(self) -> list[str]:
        return [row.code for row in self.screen.model.rows]

    def settled(self) -> None:
        """Until the pane shows the whole of the dossier chosen and the figures are there."""
        screen = self.screen
        self.qtbot.waitUntil(lambda: bool(screen._counts) and not screen._later.isActive())
        self.qtbot.waitUntil(
            lambda: (
                screen.pane.row is None or (screen.pane.card is not None and screen.pane.card.id == screen.pane.row.id)
            )
        )

    def words(self) -> str:
        return "\n".join(label.text() for label in self.screen.pane.findChildren(QLabel) if not label.isHidden())


@pytest.fixture
def scene(filled: Office, qapp: QApplication, qtbot: QtBot) -> Iterator[Scene]:
    prints = Prints()
    places = (Place("dossiers", "go.dossiers", DossiersScreen), *elsewhere("receive", "scan"))
    with real_window(qapp, filled, *places, prints=prints) as window:
        window.show()
        enter(window, filled, "dossiers")
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        made = Scene(window, here(window, DossiersScreen), filled, prints, qtbot)
        qtbot.waitUntil(made.screen.list.hasFocus)
        made.settled()
        yield made


# -- the list


def test_it_begins_with_what_is_open_the_most_urgent_on_top(scene: Scene) -> None:
    assert scene.screen.chips.chosen == "open"
    assert len(scene.codes()) == 10
    dates = [row.due_at for row in scene.screen.model.rows]
    assert dates == sorted(dates)
    assert scene.screen.list.current == scene.screen.model.row(0)
    assert scene.screen.badge() == "10 đang giải quyết"


def test_the_filters_carry_their_figures(scene: Scene) -> None:
    chips = {key: chip.text() for key, chip in scene.screen.chips._chips.items() if not chip.isHidden()}
    assert chips == {
        "all": "Tất cả 12",
        "open": "Đang giải quyết 10",
        "soon": "Sắp đến hạn 4",
        "due-today": "Đến hạn hôm nay 4",
        "overdue": "Quá hạn 4",
        "supplement": "Chờ bổ sung 0",
        "to-collect": "Chờ trả kết quả 2",
        "to-scan": "Chưa quét 0",
        "to-enter": "Chờ nhập lên Hệ thống tỉnh 12",
        "today": "Nhận hôm nay 8",
        "mine": "Quầy của tôi 6",
        "to-forward": "Chưa chuyển 4",
    }
    for key, count in (("all", 12), ("due-today", 4), ("overdue", 4), ("today", 8), ("mine", 6)):
        scene.screen.chips._clicked(key)
        assert len(scene.codes()) == count, key
        scene.settled()


def test_filters_by_arrow_keys(scene: Scene) -> None:
    chips = scene.screen.chips
    chips._chips["open"].setFocus()
    press(chips._chips["open"], Qt.Key.Key_Right)
    assert chips.chosen == "soon"
    press(chips._chips["soon"], Qt.Key.Key_Right)
    assert chips.chosen == "due-today"
    assert len(scene.codes()) == 4


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_filters_fit_the_window(filled: Office, qapp: QApplication, qtbot: QtBot, language: str) -> None:
    texts.use(language)
    with real_window(qapp, filled, Place("dossiers", "go.dossiers", DossiersScreen), prints=Prints()) as window:
        window.show()
        enter(window, filled, "dossiers")
        screen = here(window, DossiersScreen)
        qtbot.waitUntil(lambda: bool(screen._counts))
        chips = screen.chips
        chips.show_only(chips._chips)
        chips.set_counts(dict.fromkeys(chips._chips, 1234))
        each = chips._chips.values()
        qtbot.waitUntil(lambda: max(chip.geometry().bottom() for chip in each) <= chips.height())
        assert max(chip.geometry().right() for chip in each) <= chips.width()


def shown_columns(scene: Scene) -> set[str]:
    screen = scene.screen
    return {each.key for place, each in enumerate(screen.model.columns) if not screen.list.isColumnHidden(place)}


def cell(scene: Scene, column: str) -> str:
    place = next(place for place, each in enumerate(scene.screen.model.columns) if each.key == column)
    return str(scene.screen.model.index(0, place).data())


def test_what_waits_shows_how_long_in_place_of_the_return_date(scene: Scene) -> None:
    screen = scene.screen
    before = shown_columns(scene)
    assert "due" in before
    screen.chips._clicked("to-enter")
    assert shown_columns(scene) == before - {"due"} | {"waited"}
    assert screen.foot_words.text().endswith("chờ nhập lên hệ thống tỉnh · chờ lâu nhất ở trên")
    assert cell(scene, "waited") == "3 ngày"
    done = next(place for place, row in enumerate(screen.model.rows) if row.state == "finished")
    waited = next(place for place, each in enumerate(screen.model.columns) if each.key == "waited")
    assert screen.model.index(done, waited).data() == "hôm nay", "since it was received, which is what is late here"
    screen.chips._clicked("open")
    assert shown_columns(scene) == before


def test_a_supplement_that_did_not_come_has_its_own_filter(scene: Scene) -> None:
    sent_back = (
        "UPDATE dossier SET due_at = NULL, state = 'supplement', supplement_until = '2026-11-20', supplements = 1,"
        """ waits = '[["2026-11-05T02:00:00.000000Z",null]]' WHERE no = 1"""
    )
    with scene.office.store.writing() as connection:
        connection.exec_driver_sql(sent_back)
    screen = scene.screen
    screen.chips._clicked("supplement")
    scene.settled()
    assert {key for key in SELDOM if not screen.chips._chips[key].isHidden()} == {"supplement-late", "to-forward"}
    assert cell(scene, "due") == "quá hạn 3 ngày"
    assert (screen.pane.due_name.text(), screen.pane.due.words.text()) == ("Chờ bổ sung", "quá hạn 3 ngày")
    words = scene.words()
    assert "quá hạn bổ sung từ 20/11/2026: dừng giải quyết (F8)" in words
    assert "15 ngày kể từ khi yêu cầu 9:00 05/11/2026 (NĐ 118/2025/NĐ-CP, Điều 19.5)" in words


def test_the_pane_says_until_when_an_apology_is_in_time(scene: Scene) -> None:
    scene.screen.chips._clicked("due-today")
    scene.settled()
    assert "hết ngày làm việc trước ngày hẹn trả (NĐ 118/2025/NĐ-CP, Điều 19.6)" in scene.words()
    assert "xin lỗi và hẹn lại trước" not in scene.words(), "it is due today: too late for that"
    with scene.office.store.writing() as connection:
        later = {"due": utc(NOW + timedelta(days=2)), "limit": '{"number":10,"unit":"working-day"}'}
        connection.execute(text("UPDATE dossier SET due_at = :due, limit_text = :limit WHERE no > 4"), later)
    scene.screen.chips._clicked("soon")
    scene.settled()
    assert "xin lỗi và hẹn lại trước 17:00" in scene.words()


def test_the_rows_come_before_the_figures(scene: Scene) -> None:
    scene.screen._counts = {}
    scene.screen._look_anew()
    assert scene.screen.model.rows, "the page is there"
    assert scene.screen._counts == {}, "the figures are not asked for before the page is painted"
    scene.settled()
    assert scene.screen._counts["all"] == 12


def test_a_column_sorts_both_ways(scene: Scene) -> None:
    header = scene.screen.list.horizontalHeader()
    codes = scene.codes()
    for order in (Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder):
        header.setSortIndicator(0, order)
        times = [row.received_at for row in scene.screen.model.rows]
        assert times == sorted(times, reverse=order == Qt.SortOrder.DescendingOrder)
    header.setSortIndicator(3, Qt.SortOrder.AscendingOrder)
    assert scene.codes() == codes
    header.setSortIndicator(3, Qt.SortOrder.DescendingOrder)
    assert scene.codes() == codes[::-1]


def test_the_model_keeps_its_word(scene: Scene, qtmodeltester: ModelTester) -> None:
    model = scene.screen.model
    assert isinstance(model, TableModel)
    qtmodeltester.check(model)
    scene.screen.chips._clicked("all")
    scene.screen.chips._clicked("overdue")


# -- papers


@pytest.fixture
def papered(scene: Scene) -> str:
    """A birth with one paper that is kept and signed, and one that is to be scanned later; it is marked."""
    certificate, form = "Giấy chứng sinh", "Tờ khai"
    given = [{"name": certificate, "originals": 1, "scan_later": True}, {"name": form, "originals": 1}]
    made = received(scene.office, made_person(97), procedure=BIRTH, components=given)
    brought = Brought(b"%PDF", FileFacts("a.pdf", "application/pdf", 4, 3, signature=Signature.VALID))
    [paper] = scene.office.perform(papers.attach, AttachForm(made.code, form, (brought,))).answer
    scene.window.go("dossiers", typed=made.code)
    scene.settled()
    return str(paper)


def test_the_pane_shows_what_was_scanned_and_what_waits(scene: Scene, papered: str) -> None:
    words = scene.words()
    assert "3 trang · a.pdf · 23/11/2026" in words
    assert "Chữ ký số hợp lệ" in words
    assert "quét sau" in words
    shot(scene.window, "dossier-papers")
    scene.office.perform(paper_changes.drop, DropForm(papered, "nhầm"))
    scene.screen.pane.refresh()
    assert "Chữ ký số hợp lệ" not in scene.words(), "what was taken off is not shown"


def test_f6_scans_for_the_dossier(scene: Scene, papered: str) -> None:
    row = scene.screen.pane.row
    assert row is not None
    scene.screen.commands()["dossiers.scan"]()
    assert here(scene.window, Elsewhere).wishes == [{"dossier": row.id, "back": "dossiers"}]
    assert scene.window.commands["dossiers.scan"].shortcut().toString() == "F6"


def test_a_paper_of_the_pane_is_opened(scene: Scene, papered: str) -> None:
    link = next(each for each in scene.screen.pane.findChildren(Link) if each.isVisible())
    link.click()
    wish = here(scene.window, Elsewhere).wishes[-1]
    assert (wish["paper"], wish["back"]) == (papered, "dossiers")


def test_whoever_may_not_scan_is_not_offered_it(filled: Office, qapp: QApplication, qtbot: QtBot) -> None:
    act_as(filled, "khoa")
    with real_window(qapp, filled, Place("dossiers", "go.dossiers", DossiersScreen), prints=Prints()) as window:
        window.show()
        enter(window, filled, "dossiers")
        screen = here(window, DossiersScreen)
        qtbot.waitUntil(lambda: screen.pane.card is not None)
        assert not any(button.text() == "Quét" for button in screen.pane.findChildren(QPushButton))
        assert not window.commands["dossiers.scan"].isEnabled()


# -- what is typed


@pytest.mark.parametrize("typed", ["{code}", "{lower}", "{tail}", "{order}"])
def test_a_code_is_found_as_one_types(scene: Scene, typed: str) -> None:
    screen = scene.screen
    row = next(row for row in screen.model.rows if row.received_at.astimezone(VIETNAM).day == 23)
    _prefix, day, order = row.code.split("-")
    typed = typed.format(code=row.code, lower=row.code.lower(), tail=f"{day}-{int(order)}", order=int(order))
    press(screen.list, Qt.Key.Key_Slash)
    scene.window.commands.press("dossiers.filter")
    scene.qtbot.waitUntil(screen.field.hasFocus)
    write(screen.field, typed)
    scene.qtbot.waitUntil(lambda: scene.codes() == [row.code])
    assert screen.field.hasFocus(), "the focus stays where one types"
    scene.window.commands.press("dossiers.filter")
    assert screen.field.selectedText() == typed, "the next search is typed over this one"
    press(screen.field, Qt.Key.Key_Return)
    scene.qtbot.waitUntil(screen.list.hasFocus)
    scene.settled()
    assert screen.pane.row is not None
    assert screen.pane.row.id == row.id


def test_a_name_without_marks_and_escape_gives_the_list_back(scene: Scene) -> None:
    screen = scene.screen
    name = screen.model.row(0).owner_name
    scene.window.commands.press("dossiers.filter")
    write(screen.field, fold(name.split()[-1]))
    scene.qtbot.waitUntil(lambda: 0 < len(scene.codes()) < 10)
    given = fold(name.split()[-1])
    assert all(any(word.startswith(given) for word in fold(row.owner_name).split()) for row in screen.model.rows)
    press(screen.field, Qt.Key.Key_Escape)
    assert len(scene.codes()) == 10
    assert screen.list.hasFocus()


def test_nothing_found_says_what_to_do(scene: Scene) -> None:
    screen = scene.screen
    screen.field.setText("không ai cả")
    press(screen.field, Qt.Key.Key_Return)
    assert screen.empty.isVisible()
    assert "không ai cả" in screen.empty.title.text()
    assert "Đang giải quyết" in screen.empty.text.text()
    assert screen.pane.row is None
    assert not scene.window.commands["dossiers.print"].isEnabled()
    shot(scene.window, "dossiers-nothing")


def test_what_is_not_among_the_open_is_looked_for_everywhere(scene: Scene) -> None:
    screen = scene.screen
    screen.chips._clicked("overdue")
    open_codes = set(scene.codes())
    screen.chips._clicked("today")
    code = next(code for code in scene.codes() if code not in open_codes)
    screen.chips._clicked("overdue")
    screen.field.setText(code)
    press(screen.field, Qt.Key.Key_Return)
    assert screen.everywhere.isVisible()
    screen.everywhere.setFocus()
    press(screen.everywhere, Qt.Key.Key_Space)
    assert scene.codes() == [code]
    assert not screen.everywhere.isVisible()


def test_a_wish_opens_its_list(scene: Scene) -> None:
    scene.window.go("receive")
    scene.window.go("dossiers", group="overdue")
    assert len(scene.codes()) == 4
    one = scene.screen.model.row(2)
    scene.window.go("dossiers", typed=one.code)
    assert scene.codes() == [one.code]
    scene.window.go("dossiers", group="open")
    assert len(scene.codes()) == 10
    scene.window.go("dossiers", dossier=one.id)
    assert scene.codes() == [one.code]


# -- the side pane


def test_the_pane_tells_the_whole_dossier(scene: Scene) -> None:
    scene.settled()
    row = scene.screen.list.current
    words = scene.words()
    for expected in (
        row.code,
        row.procedure_name,
        row.owner_name,
        "0912345678",
        "quá hạn 2 ngày",
        "Giấy tờ",
        "Chủ hồ sơ",
        "Nhận kết quả",
        "Tại quầy",
        "Quá trình",
        "Tiếp nhận tại Quầy 3",
        "In giấy tiếp nhận",
        "Giấy tiếp nhận: đã ra đủ",
    ):
        assert expected in words, expected
    assert not re.search(r"\d{11}", words), "no number of a person in full"


def test_going_down_shows_the_next(scene: Scene) -> None:
    press(scene.screen.list, Qt.Key.Key_Down)
    scene.settled()
    assert scene.screen.pane.row == scene.screen.model.row(1)
    assert scene.screen.model.row(1).owner_name in scene.words()


def test_a_number_is_opened_by_an_act(scene: Scene) -> None:
    scene.settled()
    number = scene.screen.pane.findChildren(MaskedNumber)[0]
    assert "******" in number.words.text()
    number.eye.setFocus()
    press(number.eye, Qt.Key.Key_Space)
    assert number.words.text().isdigit()
    assert len(number.words.text()) == 12
    card = scene.screen.pane.card
    assert card is not None
    with scene.office.store.reading() as connection:
        kinds = [act.kind for act in acts.of_subject(connection, ("citizen", card.people[0].citizen_id))]
    assert kinds[-1] == "citizen.number-opened"


def test_what_became_of_the_sheet_is_answered_in_the_pane(scene: Scene) -> None:
    screen = scene.screen
    screen.chips._clicked("today")
    screen.list.choose_id(screen.model.row(0).id)
    scene.settled()
    question = screen.pane.question
    assert question.isVisible()
    button = question.buttons["out"]
    button.setFocus()
    press(button, Qt.Key.Key_Space)
    scene.qtbot.waitUntil(lambda: not question.isVisible())
    card = screen.pane.card
    assert card is not None
    assert [each.outcome for each in card.dossier.printed] == ["out"]
    assert "Giấy tiếp nhận: đã ra đủ" in scene.words()


def test_the_code_of_another_system_is_tied_beside_the_list(scene: Scene) -> None:
    screen = scene.screen
    scene.window.commands.press("dossiers.link")
    line = screen.pane.link.line
    scene.qtbot.waitUntil(line.hasFocus)
    write(line, "x")
    press(line, Qt.Key.Key_Return)
    assert screen.pane.link.field.wrong
    assert screen.pane.link.isVisible()
    line.clear()
    write(line, "G22.99.14-261123-00042")
    press(line, Qt.Key.Key_Return)
    scene.qtbot.waitUntil(lambda: not screen.pane.link.isVisible())
    scene.settled()
    assert "G22.99.14-261123-00042" in scene.words()
    assert "Gắn mã G22.99.14-261123-00042 của hệ thống khác" in scene.words()
    assert "dossiers.linked" in scene.window.notices.codes()
    screen.field.setText("g22.99.14")
    press(screen.field, Qt.Key.Key_Return)
    assert len(scene.codes()) == 1


def test_a_code_taken_by_another_is_said_beside_the_field(scene: Scene) -> None:
    other = scene.screen.model.row(4).code
    scene.window.commands.press("dossiers.link")
    line = scene.screen.pane.link.line
    line.clear()
    write(line, other)
    press(line, Qt.Key.Key_Return)
    assert scene.screen.pane.link.field.wrong
    press(line, Qt.Key.Key_Escape)
    assert not scene.screen.pane.link.isVisible()


def test_enter_goes_into_the_pane_and_escape_comes_back(scene: Scene) -> None:
    press(scene.screen.list, Qt.Key.Key_Return)
    assert scene.screen.pane.next_button.hasFocus()
    press(scene.screen.pane.next_button, Qt.Key.Key_Escape)
    assert scene.screen.list.hasFocus()


# -- what is done


def test_prints_once_more(scene: Scene) -> None:
    row = scene.screen.list.current
    for key in ("dossiers.print", "dossiers.print_1", "dossiers.print_2"):
        scene.window.commands.press(key)
    assert scene.prints.asked == [(row.id, None), (row.id, 1), (row.id, 2)]


def test_the_receipt_comes_out_and_comes_out_again(
    demo_office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    printers = PretendPrinters(tmp_path / "paper")
    with clock.frozen(NOW):
        act_as(demo_office, "ha")
        received(demo_office)
        places = Place("dossiers", "go.dossiers", DossiersScreen)
        with real_window(qapp, demo_office, places, printers=printers) as window:
            window.counter.service.prints = PrintFlow(window.counter, window)
            window.show()
            enter(window, demo_office, "dossiers")
            pane = here(window, DossiersScreen).pane
            qtbot.waitUntil(lambda: pane.card is not None)
            for copy in (0, 1):
                window.commands.press("dossiers.print")
                qtbot.waitUntil(
                    lambda copy=copy: (
                        [(each.copy_no, each.outcome) for each in pane.card.dossier.printed]
                        == [(number, "out") for number in range(copy + 1)]
                    )
                )
            assert len(list((tmp_path / "paper").glob("**/*.pdf"))) == 2
            assert "In lại lần 1: giấy tiếp nhận" in "\n".join(label.text() for label in pane.findChildren(QLabel))


def test_copies_to_a_new_dossier(scene: Scene) -> None:
    row = scene.screen.list.current
    scene.window.commands.press("dossiers.again")
    assert here(scene.window, Elsewhere).wishes == [{"copy": row.id}]


def test_several_have_their_codes_copied(scene: Scene) -> None:
    screen = scene.screen
    for _ in range(2):
        press(screen.list, Qt.Key.Key_Down, SHIFT)
    assert len(screen.list.chosen) == 3
    assert screen.bulk.isVisible()
    assert not scene.window.commands["dossiers.print"].isEnabled(), "what is done to one needs one"
    scene.window.commands.press("dossiers.copy")
    assert QGuiApplication.clipboard().text().split("\n") == scene.codes()[:3]
    assert "dossiers.codes-copied" in scene.window.notices.codes()
    press(screen.list, Qt.Key.Key_Escape)
    assert len(screen.list.chosen) == 1
    assert not screen.bulk.isVisible()
    assert scene.window.commands["dossiers.print"].isEnabled()


def test_another_filter_forgets_the_selection(scene: Scene) -> None:
    screen = scene.screen
    press(screen.list, Qt.Key.Key_Down, SHIFT)
    assert screen.bulk.isVisible()
    screen.chips._clicked("overdue")
    assert not screen.bulk.isVisible()
    assert screen.list.chosen == [screen.model.row(0)]


def test_a_dossier_received_elsewhere_appears_and_the_chosen_one_stays(scene: Scene) -> None:
    screen = scene.screen
    screen.list.choose(3)
    chosen = screen.list.current
    done = scene.office.perform(printing.settle, OutcomeForm(screen_printed(scene), "ruined"))
    scene.window.desk.bus.changed.emit(done.changes)
    received(scene.office, made_person(77))
    scene.window.desk.bus.changed.emit(Changed({"dossier": frozenset({"x"})}))
    scene.qtbot.waitUntil(lambda: len(scene.codes()) == 11)
    assert screen.list.current == chosen
    scene.settled()
    scene.qtbot.waitUntil(lambda: screen._counts["open"] == 11)


def screen_printed(scene: Scene) -> str:
    with scene.office.store.reading() as connection:
        return str(connection.execute(text("SELECT id FROM printed WHERE outcome = 'waiting'")).scalar_one())


def test_whoever_may_not_receive_is_offered_less(filled: Office, qapp: QApplication, qtbot: QtBot) -> None:
    act_as(filled, "lan")
    with real_window(qapp, filled, Place("dossiers", "go.dossiers", DossiersScreen), prints=Prints()) as window:
        window.show()
        enter(window, filled, "dossiers")
        screen = here(window, DossiersScreen)
        qtbot.waitUntil(lambda: bool(screen._counts))
        assert screen.chips._chips["mine"].isHidden(), "an officer sits at no counter"
        assert not window.commands["dossiers.again"].isEnabled()
        assert not window.commands["dossiers.link"].isEnabled()
        assert window.commands["dossiers.print"].isEnabled()


def test_an_empty_office_says_how_to_begin(demo_office: Office, qapp: QApplication, qtbot: QtBot) -> None:
    act_as(demo_office, "ha")
    with real_window(qapp, demo_office, Place("dossiers", "go.dossiers", DossiersScreen), prints=Prints()) as window:
        window.show()
        enter(window, demo_office, "dossiers")
        screen = here(window, DossiersScreen)
        qtbot.waitUntil(lambda: bool(screen._counts))
        assert screen.empty.isVisible()
        assert screen.empty.title.text() == "Chưa có hồ sơ nào"
        assert "F2" in screen.empty.text.text()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_looks(filled: Office, qapp: QApplication, qtbot: QtBot, theme: str) -> None:
    with real_window(
        qapp, filled, Place("dossiers", "go.dossiers", DossiersScreen), theme=theme, prints=Prints()
    ) as window:
        window.show()
        enter(window, filled, "dossiers")
        screen = here(window, DossiersScreen)
        qtbot.waitUntil(lambda: screen.pane.card is not None)
        holder = window.stack.currentWidget()
        assert not holder.verticalScrollBar().isVisible(), "everything fits at 1366×768"  # type: ignore[attr-defined]
        shot(window, f"dossiers-test-{theme}")


@pytest.mark.parametrize("scale", [150, 200])
def test_large_letters_are_not_cut(filled: Office, qapp: QApplication, qtbot: QtBot, scale: int) -> None:
    with real_window(
        qapp, filled, Place("dossiers", "go.dossiers", DossiersScreen), scale=scale, prints=Prints()
    ) as window:
        window.show()
        enter(window, filled, "dossiers")
        pane = here(window, DossiersScreen).pane
        qtbot.waitUntil(lambda: pane.card is not None)
        whole = (pane.name, pane.who, pane.due.words, pane.promise)
        qtbot.waitUntil(lambda: all(words.height() >= room_for(words) for words in whole))


def room_for(words: Words) -> int:
    return words.heightForWidth(words.width()) if words.wordWrap() else words.sizeHint().height()


def test_every_control_has_a_name(scene: Scene) -> None:
    scene.settled()
    for widget in scene.screen.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            said = QAccessible.queryAccessibleInterface(widget)
            assert said.text(QAccessible.Text.Name), widget
