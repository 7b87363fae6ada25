"""Hôm nay on a real office: figures that open their lists, what needs a person, the hours, the counters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from desktop.office import Office
from desktop.views.home import FIRST_MONTH, HomeScreen, TodoNote, TodoRow
from desktop.views.main_window import MainWindow, Place
from onestop import clock
from onestop.actions import drafts, manage, printing
from onestop.actions.drafts import DraftForm
from onestop.actions.manage import OfficeForm
from onestop.actions.printing import PrintForm
from onestop.clock import VIETNAM
from tests.desktop.real import Elsewhere, elsewhere, enter, here, press, real_window, shot
from tests.helpers.office import BIRTH, MONDAY, act_as, made_person, received
from tests.helpers.signing import made_pdf
from tests.helpers.waiting_papers import kept, some

NOW = datetime(2026, 11, 23, 15, 12, tzinfo=VIETNAM)


@dataclass
class Scene:
    window: MainWindow
    screen: HomeScreen
    office: Office
    qtbot: QtBot

    def figures(self) -> dict[str, tuple[str, str]]:
        return {key: (each.number.text(), each.note.text()) for key, each in self.screen.figures.items()}

    def todo(self) -> list[str]:
        """The strong line of each thing that needs a person."""
        rows = [each for each in self.screen.todo.findChildren(QWidget) if isinstance(each, TodoRow | TodoNote)]
        return [each.findChildren(QLabel)[1].text() for each in rows if not each.isHidden()]

    def row(self, title: str) -> TodoRow:
        return next(each for each in self.screen.todo.findChildren(TodoRow) if title in each.accessibleName())

    def elsewhere(self, place: str) -> list[dict[str, Any]]:
        assert self.window.here == place
        return here(self.window, Elsewhere).wishes


Open = Callable[..., Scene]


@pytest.fixture
def opened(demo_office: Office, qapp: QApplication, qtbot: QtBot) -> Iterator[Open]:
    """`opened(login)` shows the page of the office as it stands then, at fourteen past three."""
    closing = []

    def open_it(login: str = "ha", **how: Any) -> Scene:
        act_as(demo_office, login)
        frozen = clock.frozen(NOW)
        frozen.__enter__()
        places = elsewhere("receive", "dossiers", "handback", "catalogue", "sign")
        inside = real_window(qapp, demo_office, Place("home", "go.home", HomeScreen), *places, **how)
        window = inside.__enter__()
        closing.append((inside, frozen))
        window.show()
        enter(window, demo_office, "home")
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        screen = here(window, HomeScreen)
        qtbot.waitUntil(lambda: screen.home is not None)
        return Scene(window, screen, demo_office, qtbot)

    yield open_it
    for inside, frozen in closing:
        inside.__exit__(None, None, None)
        frozen.__exit__(None, None, None)


def a_day(office: Office) -> None:
    """Six dossiers this morning and one last Friday: one overdue, two to come today, one print in doubt, two drafts."""
    for place in range(7):
        at = MONDAY - timedelta(days=3) if place == 0 else MONDAY + timedelta(minutes=30 * place)
        with clock.frozen(at):
            act_as(office, ("ha", "duc")[place % 2])
            given = received(office, made_person(place), channel=("direct", "online")[place % 2])
            if place == 6:
                form = PrintForm(("dossier", given.id), "receipt", 2, "A4", "TT 03/2025", b"%PDF-1.4", 0)
                office.perform(printing.record, form)
    with clock.frozen(NOW - timedelta(minutes=8)):
        for login, title in (("ha", "Lý Thị Ngọc Ưu – Đăng ký khai sinh"), ("duc", "Của người khác")):
            act_as(office, login)
            office.perform(drafts.keep, DraftForm(None, title, {"procedure": "1.001193"}))
    with office.store.writing() as connection:
        for no in range(1, 8):
            due = NOW + (timedelta(days=-2) if no == 1 else timedelta(hours=1) if no < 4 else timedelta(days=5))
            moment = clock.utc(due).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            connection.execute(text("UPDATE dossier SET due_at = :due WHERE no = :no"), {"due": moment, "no": no})


def test_the_figures_of_the_day(demo_office: Office, opened: Open) -> None:
    a_day(demo_office)
    scene = opened()
    plain = {key: (number, note.replace("\N{NO-BREAK SPACE}", " ")) for key, (number, note) in scene.figures().items()}
    assert plain == {
        "today": ("6", "trực tiếp 3, trực tuyến 3"),
        "open": ("7", "trong đó quá hạn 1"),
        "due-today": ("2", "gần nhất 16:12"),
        "overdue": ("1", "lâu nhất 2 ngày"),
        "to-scan": ("0", "không có"),
        "to-sign": ("0", "không có"),
        "drafts": ("1", "người khác 1"),
    }
    assert scene.window.title_row.heading.text() == "Thứ Hai, 23 tháng 11"


def test_each_figure_opens_its_list(demo_office: Office, opened: Open) -> None:
    a_day(demo_office)
    scene = opened()
    assert scene.screen.figures["today"].hasFocus()
    for key in ("today", "open", "due-today", "overdue", "to-scan"):
        assert scene.screen.figures[key].hasFocus()
        press(scene.screen.figures[key], Qt.Key.Key_Return)
        assert scene.elsewhere("dossiers")[-1] == {"group": key}
        scene.window.go("home")
        scene.screen.figures[key].setFocus()
        press(scene.screen.figures[key], Qt.Key.Key_Right)
    press(scene.screen.figures["to-sign"], Qt.Key.Key_Return)
    assert scene.elsewhere("sign") == []
    scene.window.go("home")
    scene.screen.figures["drafts"].setFocus()
    press(scene.screen.figures["drafts"], Qt.Key.Key_Return)
    assert scene.elsewhere("receive") == [{"drafts": True}]


def test_what_waits_to_be_scanned_stands_on_the_days_list(demo_office: Office, opened: Open) -> None:
    later = [{"name": "Giấy chứng sinh", "originals": 1, "scan_later": True}]
    with clock.frozen(NOW - timedelta(hours=2)):
        received(demo_office, made_person(77, name="Trần Thị Ước"), procedure=BIRTH, components=later)
    scene = opened()
    assert scene.figures()["to-scan"] == ("1", "giấy tờ đánh dấu quét sau")
    assert "1 hồ sơ có giấy tờ chờ quét" in scene.todo()
    assert "Giấy chứng sinh · Trần Thị Ước" in scene.row("chờ quét").accessibleDescription()
    scene.screen.figures["to-scan"].click()
    assert scene.elsewhere("dossiers")[-1] == {"group": "to-scan"}


def test_papers_that_wait_for_ones_own_signature(demo_office: Office, opened: Open) -> None:
    with clock.frozen(NOW - timedelta(hours=2)):
        act_as(demo_office, "duc")
        kept(demo_office, made_pdf(1, "of another"), person=71)
        act_as(demo_office, "ha")
        some(demo_office, 2)
    scene = opened()
    assert scene.figures()["to-sign"] == ("2", "từ 13:12")
    row = scene.row("2 giấy tờ chờ bạn ký số")
    assert row.accessibleDescription() == "Lâu nhất từ 13:12."
    row.click()
    assert scene.window.here == "sign"


def test_what_needs_a_person_now_the_most_urgent_first(demo_office: Office, opened: Open) -> None:
    a_day(demo_office)
    scene = opened()
    scene.qtbot.waitUntil(lambda: "Hôm nay chưa sao lưu" in scene.todo())
    assert scene.todo() == [
        "Giấy đã ra chưa? Giấy tiếp nhận · Liên 2",
        "1 hồ sơ quá hạn",
        "2 hồ sơ đến hạn hôm nay",
        "4 hồ sơ chưa chuyển cho người giải quyết",
        "7 hồ sơ chờ nhập lên Hệ thống tỉnh",
        "Lý Thị Ngọc Ưu – Đăng ký khai sinh",
        "Hôm nay chưa sao lưu",
        "Lịch nghỉ năm 2027 chưa chắc chắn",
    ]
    shot(scene.window, "home-test")


def test_what_the_clocks_say_stands_on_the_days_list(demo_office: Office, opened: Open) -> None:
    a_day(demo_office)
    late = clock.utc(NOW - timedelta(days=40)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    soon = clock.utc(NOW + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    long = '{"number":10,"unit":"working-day"}'
    with demo_office.store.writing() as connection:
        for no, values in (
            (4, f"due_at = '{soon}', limit_text = '{long}'"),
            (5, "due_at = NULL, state = 'supplement', supplement_until = '2026-11-20'"),
            (6, f"is_open = 0, state = 'finished', finished_at = '{late}'"),
        ):
            connection.exec_driver_sql(f"UPDATE dossier SET {values} WHERE no = {no}")
    scene = opened()
    told = {
        "3 hồ sơ sắp đến hạn": ("soon", "không kịp thì xin lỗi và hẹn lại trước 17:00 (F8)"),
        "1 hồ sơ quá hạn bổ sung": ("supplement-late", "quá hạn 3 ngày · dừng giải quyết (F8)"),
        "1 kết quả chờ trả quá 30 ngày": ("long", "chờ 40 ngày, báo cho người nộp"),
        "7 hồ sơ chờ nhập lên Hệ thống tỉnh": ("to-enter", "lâu nhất nhận lúc"),
    }
    for title, (group, note) in told.items():
        row = scene.row(title)
        assert note in row.accessibleDescription()
        row.click()
        assert scene.elsewhere("handback" if group == "long" else "dossiers")[-1] == {"group": group}
        scene.window.go("home")
    scene.qtbot.waitUntil(scene.screen.todo.area.verticalScrollBar().isVisible)  # each line has its whole height
    shot(scene.window, "home-clocks")
    act_as(demo_office, "demo")
    demo_office.perform(manage.change_office, OfficeForm(options={"other_system": False}))
    scene.screen.refresh({})
    scene.qtbot.waitUntil(lambda: "7 hồ sơ chờ nhập lên Hệ thống tỉnh" not in scene.todo())


def test_by_arrow_keys_and_enter(demo_office: Office, opened: Open) -> None:
    a_day(demo_office)
    scene = opened()

    def key(which: Qt.Key) -> QWidget:
        press(QApplication.focusWidget(), which)
        return QApplication.focusWidget()

    answers = scene.screen.todo.stops[0]
    assert key(Qt.Key.Key_Down) is answers[0]
    assert key(Qt.Key.Key_Right) is answers[1], "along the answers of one line"
    assert key(Qt.Key.Key_Down) is scene.row("1 hồ sơ quá hạn"), "from line to line"
    assert key(Qt.Key.Key_Up) is answers[0]
    assert key(Qt.Key.Key_Up) is scene.screen.figures["today"]
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    assert scene.elsewhere("dossiers") == [{"group": "overdue"}]


def test_a_draft_is_taken_up_again(demo_office: Office, opened: Open) -> None:
    a_day(demo_office)
    scene = opened()
    assert scene.screen.home is not None
    press(scene.row("Lý Thị Ngọc Ưu"), Qt.Key.Key_Space)
    assert scene.elsewhere("receive") == [{"draft": scene.screen.home.drafts[0].id}]


def test_what_became_of_the_sheet_is_answered_here(demo_office: Office, opened: Open) -> None:
    a_day(demo_office)
    scene = opened()
    note = next(each for each in scene.screen.todo.findChildren(TodoNote) if each.buttons)
    assert [button.text() for button in note.buttons] == ["Ra đủ", "Chưa ra", "Hỏng"]
    press(note.buttons[2], Qt.Key.Key_Space)
    scene.qtbot.waitUntil(lambda: not any("Giấy đã ra chưa" in title for title in scene.todo()))
    with demo_office.store.reading() as connection:
        assert connection.execute(text("SELECT outcome FROM printed")).scalar_one() == "ruined"


def test_the_copy_is_made_from_here(demo_office: Office, opened: Open) -> None:
    scene = opened()
    scene.qtbot.waitUntil(lambda: "Hôm nay chưa sao lưu" in scene.todo())
    press(scene.row("Hôm nay chưa sao lưu"), Qt.Key.Key_Space)
    scene.qtbot.waitUntil(lambda: "Hôm nay chưa sao lưu" not in scene.todo())
    assert demo_office.last_copy() == "2026-11-23"


def test_a_stopped_numbering_is_the_first_thing_said(
    demo_office: Office, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_office, "numbering_stopped", lambda: "copied")
    scene = opened()
    scene.qtbot.waitUntil(lambda: "Đang dừng cấp số hồ sơ" in scene.todo())
    assert scene.todo()[0] == "Đang dừng cấp số hồ sơ"


def test_reviews_of_the_catalogue_wait_for_the_supervisor(demo_office: Office, opened: Open) -> None:
    with demo_office.store.writing() as connection:
        connection.execute(text("UPDATE procedure_version SET status = 'review' WHERE code = '1.001193'"))
    scene = opened("demo")
    press(scene.row("1 thủ tục nhập về khác bản đang dùng"), Qt.Key.Key_Space)
    assert scene.elsewhere("catalogue") == [{"review": True}]


def test_days_off_of_the_next_year_are_no_worry_in_spring(demo_office: Office, opened: Open) -> None:
    scene = opened()
    assert NOW.month >= FIRST_MONTH
    assert any("Lịch nghỉ năm 2027" in title for title in scene.todo())
    with clock.frozen(datetime(2026, 12, 1, 9, 0, tzinfo=VIETNAM)):
        with demo_office.store.writing() as connection:
            connection.execute(text("UPDATE day_off SET confirmed = 1"))
        scene.screen._ask()
    assert not any("Lịch nghỉ" in title for title in scene.todo())


def test_the_hours_are_those_of_the_office_and_of_the_day(demo_office: Office, opened: Open) -> None:
    a_day(demo_office)
    scene = opened()
    assert scene.screen.home is not None
    assert [hour for hour, _count in scene.screen.home.hours] == list(range(7, 17))
    assert sum(count for _hour, count in scene.screen.home.hours) == 6
    assert "9h: 1" in scene.screen.plot.accessibleDescription()


def test_the_counters_with_whoever_sits_there(demo_office: Office, opened: Open) -> None:
    a_day(demo_office)
    scene = opened()
    said = [row.accessibleName() for row in scene.screen.counters._rows if row.accessibleName()]
    assert said == ["Quầy 1, Phan Ngọc Ánh, Lê Minh Đức: 3", "Quầy 2, Phạm Thị Hoa: 0", "Quầy 3, Trần Thu Hà: 3"]


def test_a_change_elsewhere_is_seen(demo_office: Office, opened: Open) -> None:
    scene = opened()
    assert scene.figures()["today"][0] == "0"
    scene.window.desk.bus.changed.emit(receive_one(demo_office))
    scene.qtbot.waitUntil(lambda: scene.figures()["today"][0] == "1")


def receive_one(office: Office) -> Any:
    given = office.perform(manage.keep_setting, manage.SettingForm("theme", "light"))
    received(office)
    return type(given.changes)({"dossier": frozenset({"x"})})


def test_a_quiet_morning(demo_office: Office, opened: Open) -> None:
    with demo_office.store.writing() as connection:
        connection.execute(text("UPDATE day_off SET confirmed = 1"))
    with clock.frozen(NOW):
        demo_office.copy_today()
    scene = opened()
    scene.qtbot.waitUntil(lambda: scene.screen._safety is not None)
    assert scene.todo() == []
    shown = [label.text() for label in scene.screen.findChildren(QLabel) if label.isVisible()]
    assert "Không có việc gì đang chờ" in shown
    assert "Hôm nay chưa nhận hồ sơ nào" in shown
    assert "Nhấn F2 để tiếp nhận hồ sơ mới." in shown


def test_whoever_may_not_receive_is_not_told_how(demo_office: Office, opened: Open) -> None:
    scene = opened("lan")
    shown = [label.text() for label in scene.screen.findChildren(QLabel) if label.isVisible()]
    assert not any("F2" in words for words in shown)
    assert scene.screen.figures["drafts"].isHidden()


@pytest.mark.parametrize(("theme", "scale"), [("light", 100), ("dark", 100), ("light", 150), ("light", 200)])
def test_looks(demo_office: Office, opened: Open, theme: str, scale: int) -> None:
    a_day(demo_office)
    scene = opened(theme=theme, scale=scale)
    holder: Any = scene.window.stack.currentWidget()
    scene.qtbot.waitUntil(lambda: not holder.horizontalScrollBar().isVisible())
    if scale == 100:
        assert not holder.verticalScrollBar().isVisible(), "everything fits at 1366×768"
    shot(scene.window, f"home-test-{theme}-{scale}")


def test_every_control_has_a_name(demo_office: Office, opened: Open) -> None:
    a_day(demo_office)
    scene = opened()
    for button in scene.screen.findChildren(QPushButton):
        if button.isVisible():
            assert QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name), button
