"""Người dân with keys alone: found, opened, entered, changed, told apart, joined, and brought in from a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.jobs import DirectJobs
from desktop.office import Office
from desktop.views.buttons import Button, Chip
from desktop.views.inputs import MaskedNumber
from desktop.views.main_window import MainWindow, Place
from desktop.views.people import FORM, IMPORT, LIST, PANE, PeopleScreen
from desktop.views.people_import import PREVIEW, RESULT, RUNNING, START
from desktop.views.sections import Link
from desktop.views.wording import Words
from onestop import clock
from onestop.actions import citizens, paper_changes, papers
from onestop.actions.citizens import ChangeForm
from onestop.actions.paper_changes import DescribeForm
from onestop.actions.papers import AttachForm, Brought
from onestop.queries import people, people_card
from onestop.queries.people_card import PersonCard
from onestop.rules.intake import PersonForm
from onestop.rules.papers import About, FileFacts
from tests.desktop.real import Elsewhere, elsewhere, enter, here, press, real_window, shot, write
from tests.helpers.office import BIRTH, act_as, made_card, made_number, made_person, received, register

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier
DUONG = made_person(
    900,
    name="Nguyễn Thị Ánh Dương",
    sex="Nữ",
    date_of_birth="1990-03-05",
    identity_number="038190000012",
    cmnd="171000044",
    phone="0912345678",
    address="Tổ 4, phường Mẫu, tỉnh Mẫu",
)
TWIN = made_person(
    901,
    name="Nguyễn Thị Ánh Dương",
    sex="Nữ",
    date_of_birth="1990",
    identity_number=None,
    cmnd="123456789",
    phone=None,
    address="Tổ 4, P. Mẫu, tỉnh Mẫu",
)


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, demo_office: Office) -> Iterator[MainWindow]:
    with real_window(qapp, demo_office, Place("people", "go.people", PeopleScreen)) as made:
        yield made


def begin(window: MainWindow, office: Office) -> PeopleScreen:
    enter(window, office, "people")
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    screen: PeopleScreen = here(window, PeopleScreen)
    return screen


def search(screen: PeopleScreen, text: str) -> None:
    """Type into the field; that one rests is said at once."""
    screen.counter.commands.press("people.filter")
    screen.field.clear()
    write(screen.field, text)
    screen.field.typed.emit(screen.field.text())


def names(screen: PeopleScreen) -> list[str]:
    return [row.name for row in screen.model.rows]


def button(widget: QWidget, name: str) -> Button:
    found = [each for each in widget.findChildren(Button) if name in (each.text(), each.accessibleName())]
    assert found, name
    return found[0]


def says(widget: QWidget, text: str) -> bool:
    return any(text in each.text() for each in widget.findChildren(Words) if each.isVisibleTo(widget))


def line(screen: PeopleScreen, key: str) -> QLineEdit:
    control = screen.form.fields[key].control
    assert isinstance(control, QLineEdit)
    return control


def fill(screen: PeopleScreen, **texts: str) -> None:
    for key, text in texts.items():
        field = line(screen, key)
        field.setFocus()
        field.selectAll()
        write(field, text)


def of_kind(screen: PeopleScreen, kind: str) -> None:
    """Go along the kinds until this one is chosen."""
    while screen.form.kind != kind:
        chip = next(each for each in screen.form.kinds.findChildren(Chip) if each.isChecked())
        chip.setFocus()
        press(chip, Key.Key_Right)


def card_of(office: Office, citizen_id: str) -> PersonCard:
    card = office.read(people_card.card, citizen_id, clock.today())
    assert card is not None
    return card


# -- the list


def test_the_list_is_in_vietnamese_order_and_masks_numbers(window: MainWindow, demo_office: Office) -> None:
    for place, name in enumerate(("Trần Văn Ước", "Lê Thị Ánh", "Đỗ An", "Phạm Đào", "Hồ Dung")):
        register(demo_office, made_person(100 + place, name=name))
    screen = begin(window, demo_office)
    QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert names(screen) == ["Đỗ An", "Lê Thị Ánh", "Hồ Dung", "Phạm Đào", "Trần Văn Ước"]
    assert all("*" in row.paper for row in screen.model.rows)
    assert screen.badge() == "5 đã đăng ký"


def test_pages_come_as_one_scrolls(window: MainWindow, demo_office: Office) -> None:
    rows = [people_import_row(place) for place in range(230)]
    demo_office.perform(register_all, rows)
    screen = begin(window, demo_office)
    assert len(screen.model.rows) == 100
    QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    while not screen.model.complete:
        press(screen.list, Key.Key_End)
        screen.model.fetchMore(screen.list.rootIndex())
    assert len(screen.model.rows) == 230


def people_import_row(place: int) -> PersonForm:
    return made_person(20_000 + place)


def register_all(work: Any, forms: list[PersonForm]) -> None:
    for form in forms:
        citizens.register(work, form)


def test_one_finds_by_name_number_phone_and_year(window: MainWindow, demo_office: Office) -> None:
    register(demo_office, DUONG)
    register(demo_office, made_person(77, name="Lê Văn Khác"))
    screen = begin(window, demo_office)
    for text in ("anh duong", "Ánh Dương", "038190000012", "171000044", "0912345678", "duong 1990"):
        search(screen, text)
        assert names(screen) == ["Nguyễn Thị Ánh Dương"], text
    search(screen, "không có ai")
    assert names(screen) == []
    assert screen.empty.isVisible()
    press(screen.field, Key.Key_Escape)
    assert len(names(screen)) == 2


def test_the_pane_shows_whom_the_list_found(window: MainWindow, demo_office: Office) -> None:
    """Nobody is taken for the one whom one was looking at before."""
    others = [register(demo_office, made_person(100 + place, name=f"Trần Văn {place}")) for place in range(3)]
    ngo = register(demo_office, made_person(200, name="Ngô Thị Oanh"))
    window.add(elsewhere("receive")[0])
    screen = begin(window, demo_office)
    screen.show_person(others[1].id)
    search(screen, "ngo thi")
    assert screen.pane.person == ngo.id
    window.commands.press("people.receive")
    assert here(window, Elsewhere).wishes == [{"person": ngo.id}]
    window.go("people")
    search(screen, "không có ai tên thế")
    assert screen.pane.person == ""
    assert not window.commands["people.receive"].isEnabled()


def test_his_shelf_is_in_the_pane_with_what_has_ended_greyed(window: MainWindow, demo_office: Office) -> None:
    dossier = received(demo_office, made_person(300, name="Ngô Thị Oanh"), procedure=BIRTH)
    made = []
    for place, ends in enumerate(("2020-05-01", "2090-05-01")):
        brought = Brought(b"%PDF" + bytes([place]), FileFacts(f"{place}.pdf", "application/pdf", 5, 2))
        [paper] = demo_office.perform(papers.attach, AttachForm(dossier.code, "Giấy chứng sinh", (brought,))).answer
        about = About(title=f"Giấy chứng sinh {place}", valid_to=ends)
        demo_office.perform(paper_changes.describe, DescribeForm(paper, about))
        made.append(paper)
    window.add(elsewhere("scan")[0])
    screen = begin(window, demo_office)
    search(screen, "ngo thi")
    shelf = [each for each in screen.pane.findChildren(Link) if each.title.text().startswith("Giấy chứng sinh")]
    assert {each.title.text(): (each.accessibleDescription(), each.title.property("tone")) for each in shelf} == {
        "Giấy chứng sinh 0": ("hết hiệu lực 01/05/2020", "quiet"),
        "Giấy chứng sinh 1": ("hiệu lực đến 01/05/2090", "accent"),
    }
    assert f"{dossier.code} · " in shelf[0].accessibleName()
    assert any(words.text() == "Kho giấy tờ (2)" for words in screen.pane.findChildren(Words))
    shot(window, "people-shelf")
    next(each for each in shelf if each.title.text().endswith("1")).click()
    assert here(window, Elsewhere).wishes == [{"dossier": dossier.id, "paper": made[1], "back": "people"}]


def test_while_a_search_is_under_way_nothing_is_done_to_the_one_of_before(
    window: MainWindow, demo_office: Office
) -> None:
    register(demo_office, DUONG)
    register(demo_office, made_person(200, name="Ngô Thị Oanh"))
    screen = begin(window, demo_office)
    search(screen, "duong")
    assert window.commands["people.receive"].isEnabled()
    screen.field.selectAll()
    write(screen.field, "ngo thi")
    for key in ("people.receive", "people.edit"):
        assert not window.commands[key].isEnabled(), key
    screen.field.typed.emit(screen.field.text())
    assert window.commands["people.receive"].isEnabled()
    assert screen.list.current is not None and screen.list.current.id == screen.pane.person


def test_somebody_asked_for_by_name_is_seen_though_a_search_would_hide_him(
    window: MainWindow, demo_office: Office
) -> None:
    duong = register(demo_office, DUONG)
    register(demo_office, made_person(200, name="Ngô Thị Oanh"))
    screen = begin(window, demo_office)
    search(screen, "ngo thi")
    window.go("people", person=duong.id)
    assert screen.field.text() == ""
    assert (screen.pane.person, screen.list.current.id) == (duong.id, duong.id)
    screen.model.refresh()
    assert screen.pane.person == duong.id


def test_an_empty_office_says_what_to_do(window: MainWindow, demo_office: Office) -> None:
    screen = begin(window, demo_office)
    assert screen.empty.isVisible()
    assert says(screen.empty, "Chưa có ai trong danh sách")
    assert not window.commands["people.edit"].isEnabled()


# -- one person


def test_opening_a_number_is_an_act(window: MainWindow, demo_office: Office) -> None:
    person = register(demo_office, DUONG)
    dossier = received(demo_office, PersonForm(id=person.id))
    screen = begin(window, demo_office)
    press(screen.field, Key.Key_Down)
    assert screen.pane.person == person.id
    numbers = screen.pane.findChildren(MaskedNumber)
    assert [each.words.text() for each in numbers] == ["0381******12", "17*****44"]
    assert not says(screen.pane, "038190000012")
    numbers[0].eye.click()
    assert says(screen.pane, "038190000012")
    assert says(screen.pane, "171000044")
    assert card_of(demo_office, person.id).history[0].kind == "citizen.number-opened"
    assert says(screen.pane, "Mở xem đủ số giấy tờ"), "and it stands in the history at once"
    assert says(screen.pane, dossier.code)
    shot(window, "people-opened")
    other = register(demo_office, made_person(78))
    screen.show_person(other.id)
    screen.show_person(person.id)
    assert not says(screen.pane, "038190000012"), "masked again once another was shown"


def test_a_dossier_is_one_key_away(window: MainWindow, demo_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    person = register(demo_office, DUONG)
    dossier = received(demo_office, PersonForm(id=person.id))
    screen = begin(window, demo_office)
    went: list[tuple[str, dict[str, object]]] = []
    monkeypatch.setattr(screen, "go", lambda place, /, **wish: went.append((place, wish)) or True)
    screen.show_person(person.id)
    (link,) = [each for each in screen.pane.findChildren(Link) if dossier.code in each.accessibleName()]
    link.setFocus()
    press(link, Key.Key_Space)
    window.commands.press("people.receive")
    assert went == [("dossiers", {"typed": dossier.code}), ("receive", {"person": person.id})]


def test_what_contradicts_is_said_and_stops_nothing(window: MainWindow, demo_office: Office) -> None:
    screen = begin(window, demo_office)
    window.commands.press("people.new")
    fill(screen, name="Nguyễn Thị Mẫu", date_of_birth="1991", identity_number="038190000012")
    screen.form.fields["sex"].control.setFocus()
    press(screen.form.fields["sex"].control, Key.Key_Down)
    press(screen.form.fields["sex"].control, Key.Key_Down)
    assert screen.form.text("sex") == "Nam"
    field = screen.form.fields["date_of_birth"]
    assert not field.wrong
    assert "1990" in field.note.text()
    assert "Nữ" in screen.form.fields["sex"].note.text()
    shot(window, "people-contradiction")
    window.commands.press("people.save")
    assert screen._side.currentIndex() == PANE
    person = card_of(demo_office, screen.pane.person)
    assert (person.name, person.values["date_of_birth"], person.values["sex"]) == ("Nguyễn Thị Mẫu", "1991", "Nam")
    assert says(screen.pane, "Đối chiếu với thẻ")


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"name": "", "identity_number": "038190000012"}, "name"),
        ({"name": "Nguyễn Thị Mẫu", "identity_number": "03819000001"}, "identity_number"),
        ({"name": "Nguyễn Thị Mẫu", "identity_number": "038190000012", "date_of_birth": "31/2/1990"}, "date_of_birth"),
        ({"name": "Nguyễn Thị Mẫu", "identity_number": "038190000012", "date_of_birth": "1/1/2999"}, "date_of_birth"),
        ({"name": "Nguyễn Thị Mẫu"}, "identity_number"),
        ({"name": "Nguyễn Thị Mẫu", "passport": "C1234567"}, "nationality"),
        ({"name": "Nguyễn Thị Mẫu", "identity_number": "038190000012", "email": "không phải"}, "email"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    window: MainWindow, demo_office: Office, texts: dict[str, str], field: str
) -> None:
    screen = begin(window, demo_office)
    window.commands.press("people.new")
    fill(screen, **texts)
    window.commands.press("people.save")
    assert screen._side.currentIndex() == FORM
    assert screen.form.fields[field].wrong
    assert QApplication.focusWidget() is screen.form.fields[field].control
    assert demo_office.read(people_card.count) == 0


def test_enter_goes_through_the_form_and_each_kind_has_its_fields(window: MainWindow, demo_office: Office) -> None:
    screen = begin(window, demo_office)
    window.commands.press("people.new")
    seen = []
    for _step in range(40):
        focused = QApplication.focusWidget()
        if focused is screen.form.save:
            break
        seen.append(next(key for key, field in screen.form.fields.items() if field.control is focused))
        press(focused, Key.Key_Return)
    assert seen[:4] == ["name", "date_of_birth", "sex", "identity_number"]
    assert seen[-1] == "old_district"
    assert len(seen) == len(set(seen)) == 16
    of_kind(screen, "organisation")
    assert not screen.form.fields["identity_number"].isVisible()
    assert screen.form.fields["representative"].isVisible()


def test_an_organisation_with_its_representative(window: MainWindow, demo_office: Office) -> None:
    screen = begin(window, demo_office)
    window.commands.press("people.new")
    of_kind(screen, "organisation")
    fill(screen, name="Công ty TNHH Mẫu", tax_code="0100109106", representative="Lê Văn Đại")
    window.commands.press("people.save")
    assert screen.form.fields["representative_number"].wrong
    fill(screen, representative_number=made_number(7001, "Nam"))
    window.commands.press("people.save")
    card = card_of(demo_office, screen.pane.person)
    assert card.kind == "organisation"
    assert card.representative is not None
    assert card.representative.name == "Lê Văn Đại"
    window.commands.press("people.edit")
    assert line(screen, "representative").text() == "Lê Văn Đại"
    fill(screen, representative="Vũ Thị Mới", representative_number=made_number(7002))
    window.commands.press("people.save")
    card = card_of(demo_office, card.id)
    assert card.representative is not None
    assert card.representative.name == "Vũ Thị Mới"


def test_a_change_touches_only_what_was_changed(window: MainWindow, demo_office: Office) -> None:
    person = register(demo_office, DUONG)
    screen = begin(window, demo_office)
    screen.show_person(person.id)
    window.commands.press("people.edit")
    assert line(screen, "identity_number").text() == "038190000012"
    assert line(screen, "date_of_birth").text() == "05/03/1990"
    fill(screen, phone="0987654321")
    window.commands.press("people.save")
    kinds = [event.kind for event in card_of(demo_office, person.id).history]
    assert kinds == ["citizen.changed", "citizen.number-opened", "citizen.registered"]
    (change,) = card_of(demo_office, person.id).history[0].changes
    assert (change.field, change.before, change.after) == ("phone", "0912345678", "0987654321")
    assert says(screen.pane, "0987654321")
    assert window.notices.codes()[-1] == "people.changed"


def test_a_field_may_be_emptied_and_a_person_become_a_business(window: MainWindow, demo_office: Office) -> None:
    person = register(demo_office, made_person(55, identity_number=None, cmnd="111222333", tax_code="0100109106"))
    screen = begin(window, demo_office)
    screen.show_person(person.id)
    window.commands.press("people.edit")
    line(screen, "phone").setFocus()
    line(screen, "phone").selectAll()
    press(line(screen, "phone"), Key.Key_Delete)
    window.commands.press("people.save")
    assert card_of(demo_office, person.id).values["phone"] is None
    window.commands.press("people.edit")
    of_kind(screen, "household-business")
    window.commands.press("people.save")
    values = card_of(demo_office, person.id).values
    assert (values["kind"], values["cmnd"], values["date_of_birth"]) == ("household-business", None, None)


def test_a_number_of_somebody_else_is_refused_beside_the_field(window: MainWindow, demo_office: Office) -> None:
    register(demo_office, DUONG)
    other = register(demo_office, made_person(56))
    screen = begin(window, demo_office)
    screen.show_person(other.id)
    window.commands.press("people.edit")
    fill(screen, identity_number="038190000012")
    press(line(screen, "identity_number"), Key.Key_Return)
    assert screen.form.holder.isVisible()
    window.commands.press("people.save")
    assert screen.form.fields["identity_number"].wrong


def test_the_same_number_shows_what_differs(window: MainWindow, demo_office: Office) -> None:
    person = register(demo_office, DUONG)
    screen = begin(window, demo_office)
    window.commands.press("people.new")
    fill(screen, name="Nguyễn Thị Ánh Dương", identity_number="038190000012", address="Thôn 9, xã Khác")
    window.commands.press("people.save")
    assert screen._side.currentIndex() == FORM
    assert says(screen.form.differing, "Tổ 4, phường Mẫu, tỉnh Mẫu → Thôn 9, xã Khác")
    shot(window, "people-differs")
    take = button(screen.form.differing, "Ghi theo thông tin vừa nhập")
    assert QApplication.focusWidget() is take
    press(take, Key.Key_Space)
    assert screen.pane.person == person.id
    assert card_of(demo_office, person.id).values["address"] == "Thôn 9, xã Khác"


def test_what_was_typed_is_never_lost(window: MainWindow, demo_office: Office) -> None:
    screen = begin(window, demo_office)
    window.commands.press("people.new")
    fill(screen, name="Đỗ Ưu Ái", address="Tổ 1")
    press(line(screen, "name"), Key.Key_Escape)
    assert screen._side.currentIndex() == PANE
    (notice,) = [each for each in window.notices.shown if each.code == "people.unfinished"]
    notice.offers[0].call()
    assert screen._side.currentIndex() == FORM
    assert (line(screen, "name").text(), line(screen, "address").text()) == ("Đỗ Ưu Ái", "Tổ 1")
    assert not [each for each in window.notices.shown if each.code == "people.unfinished"]


def test_a_change_made_elsewhere_meanwhile_is_seen(window: MainWindow, demo_office: Office, qtbot: QtBot) -> None:
    person = register(demo_office, DUONG)
    screen = begin(window, demo_office)
    screen.show_person(person.id)
    window.commands.press("people.edit")
    fill(screen, phone="0987654321")
    done = demo_office.perform(citizens.change, ChangeForm(person.id, {"phone": "0900000009", "email": "a@vidu.vn"}))
    screen.desk.bus.changed.emit(done.changes)
    qtbot.waitUntil(lambda: line(screen, "email").text() == "a@vidu.vn")
    assert line(screen, "phone").text() == "0987654321"
    assert "0900000009" in screen.form.fields["phone"].note.text()


def test_the_list_hears_of_others(window: MainWindow, demo_office: Office, qtbot: QtBot) -> None:
    screen = begin(window, demo_office)
    done = demo_office.perform(citizens.register, DUONG)
    screen.desk.bus.changed.emit(done.changes)
    qtbot.waitUntil(lambda: names(screen) == ["Nguyễn Thị Ánh Dương"])
    assert screen.badge() == "1 đã đăng ký"


def test_a_card_that_is_pasted_finds_or_fills_the_form(window: MainWindow, demo_office: Office) -> None:
    person = register(demo_office, DUONG)
    screen = begin(window, demo_office)
    search(screen, made_card(DUONG))
    assert line(screen, "issued_on").text() == "15/06/2023", (
        "the card says more than is kept: it is shown before saving"
    )
    window.commands.press("people.save")
    assert says(screen.form.differing, "Ngày cấp: chưa có → 15/06/2023")
    press(button(screen.form.differing, "Ghi theo thông tin vừa nhập"), Key.Key_Space)
    search(screen, made_card(DUONG))
    assert (screen.pane.person, screen._side.currentIndex()) == (person.id, PANE)
    new = made_person(88, name="Hoàng Thị Thẻ", sex="Nữ")
    search(screen, made_card(new))
    assert screen._side.currentIndex() == FORM
    assert line(screen, "name").text() == "Hoàng Thị Thẻ"
    window.commands.press("people.save")
    assert card_of(demo_office, screen.pane.person).values["from_card"]
    search(screen, made_card(new)[:34])
    assert screen.card_fault.isVisible()
    search(screen, made_card(new)[:40])
    assert screen.card_note.isVisible(), "six fields are taken, and said to be fewer than a card has"


# -- the same, or not


def test_who_looks_alike_is_joined_and_taken_apart_again(window: MainWindow, demo_office: Office) -> None:
    one, two = register(demo_office, DUONG).id, register(demo_office, TWIN).id
    screen = begin(window, demo_office)
    screen.show_person(one)
    shot(window, "people-alike")
    press(button(screen.pane, "Nguyễn Thị Ánh Dương là cùng một người"), Key.Key_Space)
    assert demo_office.read(people_card.count) == 1
    stays = demo_office.read(people.person, two)
    assert stays is not None
    assert screen.pane.person == stays.id
    assert says(screen.pane, "Đã gộp vào đây")
    (notice,) = [each for each in window.notices.shown if each.code == "people.joined"]
    notice.offers[0].call()
    assert demo_office.read(people_card.count) == 2
    assert window.notices.codes()[-1] == "people.undecided"
    assert [each.row.id for each in card_of(demo_office, one).alike] == [two], "as it was before: nothing is said"
    assert card_of(demo_office, one).apart == ()
    assert says(screen.pane, "Có thể là cùng một người")


def test_who_is_not_the_same_is_not_asked_again(window: MainWindow, demo_office: Office) -> None:
    one, two = register(demo_office, DUONG).id, register(demo_office, TWIN).id
    screen = begin(window, demo_office)
    screen.show_person(one)
    press(button(screen.pane, "Nguyễn Thị Ánh Dương là người khác"), Key.Key_Space)
    assert not says(screen.pane, "Có thể là cùng một người")
    assert [each.id for each in card_of(demo_office, one).apart] == [two]


def undo(window: MainWindow) -> str:
    """Take back what the latest notice tells; its code."""
    notice = window.notices.shown[-1]
    notice.offers[0].call()
    return notice.code


def test_that_two_are_not_the_same_is_taken_back_and_back_again(window: MainWindow, demo_office: Office) -> None:
    one, two = register(demo_office, DUONG).id, register(demo_office, TWIN).id
    screen = begin(window, demo_office)
    screen.show_person(one)
    other, back = "Nguyễn Thị Ánh Dương là người khác", "Bỏ đánh dấu Nguyễn Thị Ánh Dương là người khác"
    press(button(screen.pane, other), Key.Key_Space)
    shot(window, "people-apart")
    press(button(screen.pane, back), Key.Key_Space)
    assert card_of(demo_office, one).apart == card_of(demo_office, two).apart == ()
    assert says(screen.pane, "Có thể là cùng một người")
    assert says(screen.pane, "Bỏ đánh dấu: chưa rõ có phải một người không")
    assert undo(window) == "people.undecided"
    assert [each.id for each in card_of(demo_office, one).apart] == [two]
    assert undo(window) == "people.apart"
    assert card_of(demo_office, one).apart == ()


def test_who_is_split_off_is_joined_again_by_the_notice(window: MainWindow, demo_office: Office) -> None:
    one, two = register(demo_office, DUONG).id, register(demo_office, TWIN).id
    stays = demo_office.perform(citizens.same, (one, two)).answer
    screen = begin(window, demo_office)
    screen.show_person(stays)
    press(button(screen.pane, "Tách Nguyễn Thị Ánh Dương ra"), Key.Key_Space)
    assert demo_office.read(people_card.count) == 2
    assert undo(window) == "people.apart"
    assert demo_office.read(people_card.count) == 1
    assert undo(window) == "people.joined"
    assert demo_office.read(people_card.count) == 2


def test_while_entering_the_alike_stand_beside_and_do_not_steal_the_focus(
    window: MainWindow, demo_office: Office, qtbot: QtBot
) -> None:
    known = register(demo_office, DUONG).id
    screen = begin(window, demo_office)
    window.commands.press("people.new")
    fill(screen, name="Nguyễn Thị Ánh Dương", date_of_birth="1990")
    qtbot.waitUntil(screen.form.alike.isVisible)
    assert QApplication.focusWidget() is line(screen, "date_of_birth")
    press(button(screen.form.alike, "Nguyễn Thị Ánh Dương là người khác"), Key.Key_Space)
    assert not screen.form.alike.isVisible()
    fill(screen, cmnd="999888777")
    window.commands.press("people.save")
    assert [each.id for each in card_of(demo_office, screen.pane.person).apart] == [known]


def test_the_one_meant_is_shown_instead(window: MainWindow, demo_office: Office, qtbot: QtBot) -> None:
    known = register(demo_office, DUONG).id
    screen = begin(window, demo_office)
    window.commands.press("people.new")
    fill(screen, name="Nguyễn Thị Ánh Dương", date_of_birth="1990")
    qtbot.waitUntil(screen.form.alike.isVisible)
    press(button(screen.form.alike, "Nguyễn Thị Ánh Dương là cùng một người"), Key.Key_Space)
    assert screen.pane.person == known
    assert demo_office.read(people_card.count) == 1


def test_two_rows_of_the_list_are_joined(window: MainWindow, demo_office: Office) -> None:
    register(demo_office, made_person(301, name="Đỗ An"))
    register(demo_office, made_person(302, name="Lê An"))
    register(demo_office, made_person(303, name="Vũ Yến"))
    screen = begin(window, demo_office)
    press(screen.field, Key.Key_Down)
    assert not window.commands["people.merge"].isEnabled()
    press(screen.list, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert window.commands["people.merge"].isEnabled()
    assert says(screen.bulk, "Đỗ An – Lê An")
    shot(window, "people-pair")
    window.commands.press("people.merge")
    assert demo_office.read(people_card.count) == 2


# -- a list from a file

ROWS = (
    "Họ và tên,Ngày sinh,Giới tính,Số CCCD,Ghi chú\n"
    f"Nguyễn Thị Mẫu,05/03/1990,Nữ,{made_number(1)},x\n"
    f"Lê Văn Thử,1985,Nam,{made_number(2, 'Nam', 1985)},\n"
    "Trần Văn Hỏng,1985,Nam,0381,\n"
)


def bring(window: MainWindow, screen: PeopleScreen, file: Path) -> None:
    window.notices.pick_next(file)
    window.commands.press("people.import")


def test_a_list_is_looked_into_then_brought_in(
    window: MainWindow, demo_office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "to-4.csv"
    file.write_text(ROWS, "utf-8")
    screen = begin(window, demo_office)
    bring(window, screen, file)
    page = screen.importer
    assert (screen._pages.currentIndex(), page._pages.currentIndex()) == (IMPORT, PREVIEW)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [choice.value for choice in page.choices] == ["name", "date_of_birth", "sex", "identity_number", ""]
    assert [row.broken is None for row in page.model.rows] == [True, True, False]
    assert not page.sample.isVisible()
    shot(window, "people-preview")
    assert QApplication.focusWidget() is page.go
    press(page.go, Key.Key_Space)
    assert page._pages.currentIndex() == RESULT
    assert "Thêm 2" in page.figures.text()
    assert [row.id for row in page.rejects.rows] == [4]
    assert page.rejects_file == tmp_path / "to-4-rejects.csv"
    qtbot.waitUntil(lambda: screen.badge() == "2 đã đăng ký")
    shot(window, "people-result")
    press(page.done, Key.Key_Space)
    assert screen._pages.currentIndex() == LIST
    assert len(names(screen)) == 2


def test_an_installer_brings_a_list_in_and_sees_nobody(window: MainWindow, demo_office: Office, tmp_path: Path) -> None:
    """The right to bring in a list is one right, on the screen as on the command line."""
    register(demo_office, DUONG)
    file = tmp_path / "to-4.csv"
    file.write_text(ROWS, "utf-8")
    act_as(demo_office, "khoa")
    screen = begin(window, demo_office)
    page = screen.importer
    assert screen._pages.currentIndex() == IMPORT
    assert QApplication.focusWidget() is page.choose
    assert page.back.isHidden()
    shot(window, "people-import-alone")
    bring(window, screen, file)
    press(page.go, Key.Key_Space)
    assert "Thêm 2" in page.figures.text()
    press(page.done, Key.Key_Space)
    assert (screen._pages.currentIndex(), page._pages.currentIndex()) == (IMPORT, START)
    press(page, Key.Key_Escape)
    window.commands.press("people.filter")
    window.go("people", person=demo_office.read(people.find, "duong")[0].id)
    window.go("people", new="Lý Ưu")
    assert screen._pages.currentIndex() == IMPORT
    assert screen.model.rows == []
    assert screen.pane.person == ""
    assert screen.badge() == ""
    for key in ("people.new", "people.edit", "people.merge", "people.receive", "people.filter"):
        assert not window.commands[key].isEnabled(), key


@pytest.mark.parametrize("login", ["ha", "lan"])
def test_whoever_may_not_bring_in_a_list_is_not_offered_it(window: MainWindow, demo_office: Office, login: str) -> None:
    act_as(demo_office, login)
    enter(window, demo_office, "people")
    window.show()
    assert not window.commands["people.import"].isVisible()
    assert window.go("people") is (login == "ha")


def test_an_old_encoding_is_shown_and_confirmed(window: MainWindow, demo_office: Office, tmp_path: Path) -> None:
    file = tmp_path / "cu.csv"
    text = "Hä vµ tªn;N¨m sinh;Sè CMND\nNguyÔn ThÞ MÉu;1990;123456789\nTrÇn V¨n Thö;1985;987654321\n"
    file.write_bytes(text.encode("cp1252"))
    screen = begin(window, demo_office)
    bring(window, screen, file)
    page = screen.importer
    assert page.sample.isVisible()
    assert "Nguyễn" in page.sample.words.text()
    assert page.encoding.value == "tcvn3"
    assert demo_office.read(people_card.count) == 0, "nothing is in before somebody has said that it reads right"
    press(page.encoding, Key.Key_Down)
    page.encoding.activated.emit(page.encoding.currentIndex())
    assert page.encoding.value == "vni"
    page.encoding.choose("tcvn3")
    page.encoding.activated.emit(page.encoding.currentIndex())
    press(page.go, Key.Key_Space)
    assert demo_office.read(people.find, "nguyen thi mau")[0].name == "Nguyễn Thị Mẫu"


def test_a_person_says_what_a_column_holds(window: MainWindow, demo_office: Office, tmp_path: Path) -> None:
    file = tmp_path / "la.csv"
    file.write_text(f"Cột A,Cột B\nNguyễn Thị Mẫu,{made_number(1)}\n", "utf-8")
    screen = begin(window, demo_office)
    bring(window, screen, file)
    page = screen.importer
    assert not page.go.isEnabled()
    assert page.preview_fault.isVisible()
    page.choices[0].choose("name")
    page.choices[0].activated.emit(0)
    page.choices[1].choose("identity_number")
    page.choices[1].activated.emit(0)
    assert page.go.isEnabled()
    press(page.go, Key.Key_Space)
    assert demo_office.read(people_card.count) == 1


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"chi mot cot\nmot\n"])
def test_a_file_that_is_no_list_says_so(
    window: MainWindow, demo_office: Office, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(content)
    screen = begin(window, demo_office)
    bring(window, screen, file)
    page = screen.importer
    assert page._pages.currentIndex() == START
    assert page.fault.isVisible()
    press(page, Key.Key_Escape)
    assert screen._pages.currentIndex() == LIST


def test_an_import_may_be_stopped_and_keeps_what_is_in(
    qapp: QApplication, qtbot: QtBot, demo_office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "nhieu.csv"
    lines = [f"{made_person(place).name},{1950 + place % 50},{30_000 + place:09}" for place in range(1200)]
    file.write_text("Họ tên,Năm sinh,Số CMND\n" + "\n".join(lines), "utf-8")
    jobs = DirectJobs()
    with real_window(qapp, demo_office, Place("people", "go.people", PeopleScreen), jobs=jobs) as window:
        screen = begin(window, demo_office)
        bring(window, screen, file)
        page = screen.importer
        jobs.hold = True
        press(page.go, Key.Key_Space)
        assert page._pages.currentIndex() == RUNNING
        assert QApplication.focusWidget() is page.stop
        heard = page._progress

        def stop_at_first(done: int, total: int | None, said: str) -> None:
            heard(done, total, said)
            press(page.stop, Key.Key_Space)

        page._ticket.progress = stop_at_first if page._ticket else None
        jobs.hold = False
        jobs.release()
        assert page._pages.currentIndex() == RESULT
        assert "dừng" in page.result_words.text().lower()
        assert 0 < demo_office.read(people_card.count) < 1200


# -- who may


def test_a_receptionist_registers_but_brings_in_no_lists(window: MainWindow, demo_office: Office) -> None:
    act_as(demo_office, "ha")
    begin(window, demo_office)
    assert window.commands["people.new"].isEnabled()
    assert not window.commands["people.import"].isEnabled()
    assert not window.commands["people.import"].isVisible()


def test_wishes(window: MainWindow, demo_office: Office) -> None:
    person = register(demo_office, DUONG)
    screen = begin(window, demo_office)
    window.go("people", person=person.id)
    assert screen.pane.person == person.id
    window.go("people", typed="duong")
    assert names(screen) == ["Nguyễn Thị Ánh Dương"]
    window.go("people", new="Lý Ưu")
    assert line(screen, "name").text() == "Lý Ưu"
    window.go("people", new="038190000099")
    assert line(screen, "identity_number").text() == "038190000099"
