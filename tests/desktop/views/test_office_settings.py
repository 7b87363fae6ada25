"""The office's own part of the settings page: particulars, hours, days off, clerks, numbering after a restore."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.views.main_window import MainWindow, Place
from desktop.views.office_clerks import ClerksPart
from desktop.views.office_days import DaysPart
from desktop.views.office_numbering import NumberingPart
from desktop.views.office_part import OfficePart
from desktop.views.office_places import AgenciesPart, PointsPart
from desktop.views.office_settings import ParticularsPart
from desktop.views.preferences import PreferencesScreen
from onestop import clock
from onestop.clock import VIETNAM
from onestop.queries import office as queries
from onestop.rules.calendar import DayKind
from onestop.rules.errors import StoreTrouble
from onestop.rules.roles import Role
from tests.desktop.real import enter, here, press, real_window, shot, write
from tests.helpers.office import MONDAY, act_as, received

Key = Qt.Key
Part = TypeVar("Part", bound=OfficePart)


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, demo_office: Office) -> Iterator[MainWindow]:
    morning = datetime(2026, 11, 23, 9, 5, tzinfo=VIETNAM)
    place = Place("settings", "go.settings", PreferencesScreen)
    with clock.frozen(morning), real_window(qapp, demo_office, place) as made:
        yield made


def begin(window: MainWindow, office: Office) -> PreferencesScreen:
    enter(window, office, "settings")
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    screen: PreferencesScreen = here(window, PreferencesScreen)
    return screen


def part(screen: PreferencesScreen, kind: type[Part]) -> Part:
    found = next(each for each in screen.office_parts if isinstance(each, kind))
    assert isinstance(found, kind)
    return found


def put(line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    press(line, Key.Key_Delete)
    write(line, text)


# -- particulars


def test_particulars_are_changed_and_kept(window: MainWindow, demo_office: Office) -> None:
    card = part(begin(window, demo_office), ParticularsPart)
    assert card.lines["parent_name"].text() == demo_office.row.parent_name
    assert not card.keep.isEnabled()
    put(card.lines["phone"], "0263 123 456")
    press(card.lines["phone"], Key.Key_Return)
    demo_office.forget_row()
    assert demo_office.row.phone == "0263 123 456"
    assert not card.keep.isEnabled()
    assert window.notices.codes()[-1] == "office.kept"


def test_a_name_may_not_be_emptied(window: MainWindow, demo_office: Office) -> None:
    card = part(begin(window, demo_office), ParticularsPart)
    put(card.lines["name"], "")
    press(card.lines["name"], Key.Key_Return)
    assert card.fields["name"].wrong
    demo_office.forget_row()
    assert demo_office.row.name


def test_symbol_and_look_up_address_are_the_offices_own(window: MainWindow, demo_office: Office) -> None:
    card = part(begin(window, demo_office), ParticularsPart)
    assert card.lines["symbol"].text() == "TTPVHCC"
    put(card.lines["symbol"], "PM")
    put(card.lines["lookup"], "")
    press(card.lines["lookup"], Key.Key_Return)
    demo_office.forget_row()
    assert (demo_office.row.options["symbol"], demo_office.row.options["lookup"]) == ("PM", None)
    assert demo_office.row.name, "what was not touched stays"


# -- points and agencies


def names(office: Office) -> list[str]:
    office.forget_row()
    return [each["name"] for each in office.row.points]


def test_points_are_added_changed_put_first_and_taken_away(window: MainWindow, demo_office: Office) -> None:
    card = part(begin(window, demo_office), PointsPart)
    QAbstractItemModelTester(card.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    first, second = names(demo_office)
    assert card.name.text() == first
    assert not card.to_front.isEnabled(), "it is the first"
    press(card.new, Key.Key_Space)
    assert QApplication.focusWidget() is card.name
    write(card.name, "Điểm tiếp nhận Xóm Thử")
    put(card.phone, "0200 000 0002")
    press(card.phone, Key.Key_Return)
    assert names(demo_office) == [first, second, "Điểm tiếp nhận Xóm Thử"]
    assert card.list.current.place == 2
    assert window.notices.codes()[-1] == "office.points-kept"
    shot(window, "settings-points")
    press(card.to_front, Key.Key_Space)
    assert names(demo_office) == ["Điểm tiếp nhận Xóm Thử", first, second]
    assert card.list.current.place == 0
    put(card.address, "Nhà văn hóa")
    press(card.keep, Key.Key_Space)
    demo_office.forget_row()
    assert demo_office.row.points[0]["address"] == "Nhà văn hóa"
    press(card.remove, Key.Key_Space)
    assert names(demo_office) == [first, second]
    assert card.name.text() == first


def test_a_point_that_cannot_be_is_said_at_its_field(window: MainWindow, demo_office: Office) -> None:
    card = part(begin(window, demo_office), PointsPart)
    before = names(demo_office)
    press(card.new, Key.Key_Space)
    press(card.keep, Key.Key_Space)
    assert card.fields["name"].wrong
    put(card.name, before[1].upper())
    press(card.keep, Key.Key_Space)
    assert card.fields["name"].wrong
    assert names(demo_office) == before


def test_what_is_typed_stays_while_another_particular_changes(window: MainWindow, demo_office: Office) -> None:
    screen = begin(window, demo_office)
    card, particulars = part(screen, PointsPart), part(screen, ParticularsPart)
    put(card.address, "chưa gõ xong")
    put(particulars.lines["phone"], "0263 9")
    press(particulars.lines["phone"], Key.Key_Return)
    assert card.address.text() == "chưa gõ xong"


def test_the_last_point_may_go_and_one_comes_back(window: MainWindow, demo_office: Office) -> None:
    card = part(begin(window, demo_office), PointsPart)
    for _point in range(2):
        press(card.remove, Key.Key_Space)
    assert names(demo_office) == []
    assert not card.remove.isEnabled()
    write(card.name, "Điểm mới")
    press(card.name, Key.Key_Return)
    assert names(demo_office) == ["Điểm mới"]


def test_agencies_are_added_changed_and_taken_away(window: MainWindow, demo_office: Office) -> None:
    card = part(begin(window, demo_office), AgenciesPart)
    QAbstractItemModelTester(card.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    press(card.new, Key.Key_Space)
    write(card.name, "Sở Nội vụ tỉnh Mẫu")
    put(card.code, "h99.07")
    press(card.code, Key.Key_Return)
    demo_office.forget_row()
    assert demo_office.row.agencies["so-noi-vu-tinh-mau"] == {"code": "H99.07", "name": "Sở Nội vụ tỉnh Mẫu"}
    assert card.list.current.code == "H99.07"
    shot(window, "settings-agencies")
    put(card.code, "H99.05")
    press(card.keep, Key.Key_Space)
    assert card.fields["code"].wrong, "another agency has this code"
    put(card.code, "H99.08")
    press(card.keep, Key.Key_Space)
    demo_office.forget_row()
    assert demo_office.row.agencies["so-noi-vu-tinh-mau"]["code"] == "H99.08"
    press(card.remove, Key.Key_Space)
    demo_office.forget_row()
    assert "so-noi-vu-tinh-mau" not in demo_office.row.agencies
    assert window.notices.codes()[-1] == "office.agency-removed"


def test_an_agency_that_decides_procedures_says_which_and_stays(window: MainWindow, demo_office: Office) -> None:
    card = part(begin(window, demo_office), AgenciesPart)
    card.list.choose_id("so-cong-thuong")
    assert card.decides.text().startswith("Giải quyết: ")
    press(card.remove, Key.Key_Space)
    assert card.fault.isVisibleTo(card)
    demo_office.forget_row()
    assert "so-cong-thuong" in demo_office.row.agencies


# -- hours and days


def test_hours_are_read_tolerantly_and_faults_are_said(window: MainWindow, demo_office: Office) -> None:
    card = part(begin(window, demo_office), DaysPart)
    saturday, counted = card.hours[5]
    put(saturday, "7:30-11:30")
    assert not counted.isChecked()
    press(card.keep_hours, Key.Key_Space)
    assert demo_office.calendar().hours.sessions[5]
    assert not demo_office.calendar().is_working_day(date(2026, 11, 28)), "served, but not counted"
    put(saturday, "11:30-7:30")
    press(card.keep_hours, Key.Key_Space)
    assert card.hours_fault.isVisibleTo(card)
    assert "thứ bảy" in card.hours_fault.text()
    assert QApplication.focusWidget() is saturday


def test_a_day_is_added_changed_and_taken_back(window: MainWindow, demo_office: Office) -> None:
    screen = begin(window, demo_office)
    card = part(screen, DaysPart)
    QAbstractItemModelTester(card.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert all(row.date.year == 2026 for row in card.model.rows)
    day = date(2026, 12, 24)
    assert demo_office.calendar().is_working_day(day)
    press(card.new, Key.Key_Space)
    assert QApplication.focusWidget() is card.date
    write(card.date, "24/12/2026")
    press(card.date, Key.Key_Return)
    assert card.fields["name"].wrong
    put(card.name, "ngày mất điện toàn phường")
    put(card.source, "TB 12/TB-UBND")
    press(card.source, Key.Key_Return)
    assert not demo_office.calendar().is_working_day(day)
    assert card.list.current.date == day
    shot(window, "settings-days")
    card.kind.choose(DayKind.WORK)
    card.confirmed.setChecked(False)
    press(card.keep, Key.Key_Space)
    row = next(each for each in demo_office.read(queries.days_off) if each.date == day)
    assert (row.kind, row.confirmed, row.source) == (DayKind.WORK, False, "TB 12/TB-UBND")
    press(card.remove, Key.Key_Space)
    assert day not in [each.date for each in demo_office.read(queries.days_off)]
    assert demo_office.calendar().is_working_day(day)


def test_a_day_that_cannot_be_read_is_said(window: MainWindow, demo_office: Office) -> None:
    card = part(begin(window, demo_office), DaysPart)
    press(card.new, Key.Key_Space)
    write(card.date, "31/2/2027")
    write(card.name, "Tết")
    press(card.keep, Key.Key_Space)
    assert card.fields["date"].wrong


def test_a_year_without_a_table_says_so(window: MainWindow, demo_office: Office) -> None:
    card = part(begin(window, demo_office), DaysPart)
    card.years.choose("2028")
    card.years.picked.emit("2028")
    assert card.empty.isVisibleTo(card)


# -- clerks


def test_a_new_clerk_gets_a_code_that_lets_him_in(window: MainWindow, demo_office: Office) -> None:
    card = part(begin(window, demo_office), ClerksPart)
    press(card.new, Key.Key_Space)
    write(card.login, "yen")
    write(card.name, "Đỗ Thị Yến")
    press(card.name, Key.Key_Return)
    assert card.code_box.isVisibleTo(card)
    code = card.code.text()
    assert demo_office.log_in("yen", code).code == "login.choose-password"
    assert demo_office.log_in("yen", code, "mật khẩu dài").clerk is not None
    act_as(demo_office, "demo")
    assert card.code.text() in card.code_box.accessibleName()


def test_a_clerk_is_locked_and_the_last_supervisor_stays(window: MainWindow, demo_office: Office) -> None:
    card = part(begin(window, demo_office), ClerksPart)
    card.list.choose(next(at for at, row in enumerate(card.model.rows) if row.login == "ha"))
    card.active.setFocus()
    press(card.active, Key.Key_Space)
    press(card.keep, Key.Key_Space)
    clerk = demo_office.clerk("ha")
    assert clerk is not None
    assert not clerk.active
    card.list.choose(next(at for at, row in enumerate(card.model.rows) if row.login == "demo"))
    card.role.choose(Role.RECEPTION)
    press(card.keep, Key.Key_Space)
    assert card.fault.isVisibleTo(card)
    demo = demo_office.clerk("demo")
    assert demo is not None
    assert demo.role == "supervisor"


@pytest.mark.parametrize(
    ("login", "name", "field"),
    [("", "A B", "login"), ("ha", "A B", "login"), ("á b", "A B", "login"), ("x", "", "name")],
)
def test_a_clerk_that_cannot_be_is_said_at_his_field(
    window: MainWindow, demo_office: Office, login: str, name: str, field: str
) -> None:
    card = part(begin(window, demo_office), ClerksPart)
    before = len(card.model.rows)
    press(card.new, Key.Key_Space)
    write(card.login, login)
    write(card.name, name)
    press(card.keep, Key.Key_Space)
    assert card.fields[field].wrong
    assert len(demo_office.read(queries.clerks, active_only=False)) == before


def test_a_forgotten_password_is_asked_about_first(window: MainWindow, demo_office: Office) -> None:
    card = part(begin(window, demo_office), ClerksPart)
    card.list.choose(next(at for at, row in enumerate(card.model.rows) if row.login == "duc"))
    window.notices.answer_next("no")
    press(card.renew, Key.Key_Space)
    assert not card.code_box.isVisibleTo(card)
    window.notices.answer_next("yes")
    press(card.renew, Key.Key_Space)
    assert demo_office.log_in("duc", card.code.text()).code == "login.choose-password"


# -- numbering


def test_numbering_goes_on_after_a_word(window: MainWindow, demo_office: Office) -> None:
    received(demo_office)
    demo_office.machine = "another-machine"
    with pytest.raises(StoreTrouble, match="copied"):
        received(demo_office)
    card = part(begin(window, demo_office), NumberingPart)
    assert card.standing.stopped == "copied"
    shot(window, "settings-numbering")
    press(card.resume, Key.Key_Space)
    assert card.fields["reason"].wrong
    put(card.reason, "chuyển sang máy mới")
    put(card.number, "chín")
    press(card.resume, Key.Key_Space)
    assert card.fields["counter"].wrong
    put(card.number, "")
    press(card.resume, Key.Key_Space)
    assert card.fault.isVisibleTo(card), "the old machine may still give numbers"
    card.retired.setFocus()
    press(card.retired, Key.Key_Space)
    press(card.resume, Key.Key_Space)
    assert card.standing.stopped is None
    assert card.all_right.isVisibleTo(card)
    assert received(demo_office).code


def test_a_clock_that_ran_ahead_is_set_right_with_a_word(window: MainWindow, demo_office: Office) -> None:
    with clock.frozen(MONDAY + timedelta(days=368)):
        wrong = received(demo_office).code
    with clock.frozen(MONDAY):
        with pytest.raises(StoreTrouble, match=r"clock\.set-back"):
            received(demo_office)
        card = part(begin(window, demo_office), NumberingPart)
        assert not card.all_right.isVisibleTo(card)
        assert "9:05 23/11/2026" in card.why.words.text()
        assert "26/11/2027" in card.why.words.text()
        assert not card.resume.isVisibleTo(card) and not card.retired.isVisibleTo(card)
        assert not card.confirm.isEnabled(), "nobody is taken at a word that he has not given"
        shot(card, "settings-clock")
        card.right.setFocus()
        press(card.right, Key.Key_Space)
        press(card.confirm, Key.Key_Space)
        assert card.fields["reason"].wrong
        put(card.reason, "pin đồng hồ hỏng")
        press(card.confirm, Key.Key_Space)
        assert card.all_right.isVisibleTo(card)
        assert wrong in card.corrected.words.text()
        assert received(demo_office).code.endswith("261123-0001")


# -- who may


def test_a_receptionist_sees_and_changes_nothing(window: MainWindow, demo_office: Office) -> None:
    act_as(demo_office, "ha")
    screen = begin(window, demo_office)
    assert [each.key for each in screen.office_parts] == [
        "devices", "office", "points", "agencies", "days", "numbering"
    ]  # fmt: skip
    assert part(screen, ParticularsPart).lines["name"].isReadOnly()
    days = part(screen, DaysPart)
    assert days.model.rows
    days.list.choose(1)
    points, agencies = part(screen, PointsPart), part(screen, AgenciesPart)
    assert points.model.rows and agencies.model.rows
    points.list.choose(1)
    for widget in (
        days.new, days.keep, days.remove, days.keep_hours, points.new, points.keep, points.remove, points.to_front,
        agencies.new, agencies.keep, agencies.remove,
    ):  # fmt: skip
        assert not widget.isEnabled()
    assert points.name.isReadOnly() and agencies.code.isReadOnly()


def test_a_wish_leads_to_its_card(window: MainWindow, demo_office: Office, qtbot: QtBot) -> None:
    screen = begin(window, demo_office)
    window.go("settings", group="days")
    card = part(screen, DaysPart)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is card.first())
