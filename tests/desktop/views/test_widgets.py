"""The small widgets: what they say, to the eye and to the ear."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.assets import Look
from desktop.views.badges import DueLabel, Pill, State
from desktop.views.boxes import Card, Note, Overlay, Scroll
from desktop.views.buttons import Button, Chips, Figure
from desktop.views.inputs import Choice, Field, MaskedNumber, SearchField
from desktop.views.laying import Flow, across, down
from desktop.views.plot import BarPlot
from desktop.views.standing import Awaiting, EmptyState, Skeleton
from desktop.views.wording import Words, grouped, initials, key_text
from onestop.clock import VIETNAM
from tests.desktop.looks import put_away


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    made = Look(qapp)
    made.apply("light")
    yield made
    put_away(made)


@pytest.fixture
def stage(qtbot: QtBot, look: Look) -> QWidget:
    """A shown window to put widgets on: `stage.layout().addWidget(…)`."""
    made = QWidget()
    made.setLayout(down(look))
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def put(stage: QWidget, widget: QWidget) -> None:
    layout = stage.layout()
    assert layout is not None
    layout.addWidget(widget)
    layout.activate()
    for each in (widget, *widget.findChildren(QWidget)):
        if not each.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            each.show()


def test_layouts_take_gaps_by_name(look: Look, qtbot: QtBot) -> None:
    row = across(look, QLabel("a"), None, (QLabel("b"), 2), gap="m", margins=("l", "none", "s", "xs"))
    assert row.spacing() == 12
    assert (row.contentsMargins().left(), row.contentsMargins().right()) == (16, 8)
    assert (row.stretch(0), row.stretch(1), row.stretch(2)) == (0, 1, 2)


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("F9", "F9"),
        ("Ctrl+Return", "Ctrl ↵"),
        ("Ctrl++", "Ctrl +"),
        ("Up+Down", "↑ ↓"),
        ("Ctrl+Shift+L", "Ctrl Shift L"),
        ("/", "/"),
    ],
)
def test_keys_as_they_stand_on_a_hint(keys: str, text: str) -> None:
    assert key_text(keys) == text


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (999, "999"), (1204, "1.204"), (1234567, "1.234.567")])
def test_thousands_have_a_point(number: int, text: str) -> None:
    assert grouped(number) == text


@pytest.mark.parametrize(("name", "text"), [("Trần Thu Hà", "TH"), ("Ánh", "Á"), ("", ""), ("K’Sor H’Lan", "KH")])
def test_initials(name: str, text: str) -> None:
    assert initials(name) == text


def test_long_words_are_cut_and_whole_on_hover(look: Look, stage: QWidget) -> None:
    words = Words(look, "Thủ tục có tên rất dài " * 20, elide=True)
    put(stage, words)
    assert words.width() <= stage.width()
    assert words.toolTip() == words.text()


def test_a_field_names_its_input_and_says_what_is_wrong(look: Look, stage: QWidget) -> None:
    field = Field(look, "Điện thoại", QLineEdit(), "Số di động", required=True)
    put(stage, field)
    assert field.control.accessibleName() == "Điện thoại (bắt buộc)"
    assert field.control.accessibleDescription() == "Số di động"
    assert field.label.buddy() is field.control
    field.say_wrong("Số điện thoại thiếu chữ số.")
    assert field.wrong
    assert field.note.isVisible()
    assert field.control.accessibleDescription() == "Số điện thoại thiếu chữ số."
    field.clear()
    assert not field.wrong
    assert field.note.text() == "Số di động"


def test_an_input_at_fault_keeps_its_height(look: Look, stage: QWidget) -> None:
    field = Field(look, "Điện thoại", QLineEdit())
    put(stage, field)
    before = field.control.sizeHint().height()
    field.say_wrong("x")
    assert field.control.sizeHint().height() == before == look.size("control")


def test_controls_are_32_high(look: Look, stage: QWidget) -> None:
    for widget in (QLineEdit(), Choice(look, [(1, "một")]), Button(look, "Lưu"), Button(look, "Lưu", key="F9")):
        put(stage, widget)
        assert widget.sizeHint().height() == 32, widget


def test_a_button_does_what_its_action_does(look: Look, stage: QWidget, qtbot: QtBot) -> None:
    label = QLabel(stage)
    action = label.addAction("Tiếp nhận và in")
    action.setShortcut("F9")
    done: list[int] = []
    action.triggered.connect(lambda: done.append(1))
    button = Button(look, kind="main", action=action)
    put(stage, button)
    assert button.accessibleName() == "Tiếp nhận và in"
    assert "F9" in button.accessibleDescription()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == [1]
    action.setEnabled(False)
    assert not button.isEnabled()
    assert button.sizeHint().width() > look.metrics("lead", strong=True).horizontalAdvance("Tiếp nhận và in")


def test_chips_are_chosen_by_mouse_and_arrow_keys(look: Look, stage: QWidget, qtbot: QtBot) -> None:
    chips = Chips(look, [("all", "Tất cả"), ("open", "Đang giải quyết"), ("late", "Quá hạn")], "Lọc")
    put(stage, chips)
    picked: list[str] = []
    chips.picked.connect(picked.append)
    assert chips.chosen == "all"
    qtbot.mouseClick(chips._chips["open"], Qt.MouseButton.LeftButton)
    chips._chips["open"].setFocus()
    qtbot.keyClick(chips._chips["open"], Qt.Key.Key_Right)
    assert picked == ["open", "late"]
    assert chips.chosen == "late"
    qtbot.mouseClick(chips._chips["late"], Qt.MouseButton.LeftButton)
    assert chips.chosen == "late", "one is always chosen"
    chips.set_counts({"late": 1204})
    assert chips._chips["late"].text() == "Quá hạn 1.204"
    assert chips._chips["all"].text() == "Tất cả"


def test_chips_take_the_lines_they_need(look: Look, qtbot: QtBot) -> None:
    holder, flow = QWidget(), Flow(look)
    for _ in range(6):
        flow.addWidget(QLabel("một cái nhãn"))
    holder.setLayout(flow)
    qtbot.addWidget(holder)
    assert flow.heightForWidth(2000) < flow.heightForWidth(200)
    holder.resize(200, 400)
    holder.show()
    corners = {(item.geometry().x(), item.geometry().y()) for item in (flow.itemAt(n) for n in range(6)) if item}
    assert len(corners) == 6


def test_the_wheel_over_a_choice_changes_nothing(look: Look, stage: QWidget, qapp: QApplication) -> None:
    choice = Choice(look, [(1, "một"), (2, "hai")])
    put(stage, choice)
    flags = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), *flags, False)
    qapp.sendEvent(choice, wheel)
    assert choice.value == 1


def test_tab_goes_round_inside_what_lies_over_the_window(look: Look, stage: QWidget, qtbot: QtBot) -> None:
    put(stage, under := QLineEdit())
    sheet = Overlay(stage)
    lines = QLineEdit(), QLineEdit(), QLineEdit()
    lines[2].setEnabled(False)
    sheet.setLayout(down(look, Scroll(_holding(look, lines[0])), *lines[1:]))
    under.setFocus()
    sheet.lift(lines[0])
    went = []
    for _press in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        went.append(QApplication.focusWidget())
    assert went == [lines[1], lines[0], lines[1]]
    qtbot.keyClick(lines[1], Qt.Key.Key_Backtab)
    qtbot.keyClick(lines[0], Qt.Key.Key_Backtab)
    assert lines[1].hasFocus()
    qtbot.keyClick(lines[1], Qt.Key.Key_Escape)
    assert under.hasFocus()


def _holding(look: Look, widget: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(down(look, widget))
    return made


@pytest.mark.parametrize("scale", [100, 150])
def test_a_choice_has_room_for_its_longest_text_and_says_where_there_is_none(
    look: Look, stage: QWidget, scale: int
) -> None:
    look.apply("light", scale)
    for text in ("Ễ", "Lệ phí", "theo trang chứng thực"):
        choice = Choice(look, [(1, "–"), (2, text)])
        choice.setParent(stage)
        choice.show()
        choice.choose(2)
        choice.resize(choice.sizeHint())
        assert choice.shown == text
        choice.resize(choice.minimumSizeHint())
        assert choice.shown == text
    choice.resize(choice.sizeHint().width() - look.space("m"), choice.height())
    assert choice.shown.endswith("…")


def test_a_choice_keeps_its_value_when_its_choices_change(look: Look, qtbot: QtBot) -> None:
    choice = Choice(look, [("a", "A"), ("b", "B")])
    qtbot.addWidget(choice)
    choice.choose("b")
    changed: list[int] = []
    choice.currentIndexChanged.connect(changed.append)
    choice.set_choices([("c", "C"), ("b", "B")])
    assert choice.value == "b"
    assert changed == []


def test_a_search_goes_out_after_a_rest_or_at_enter(
    look: Look, stage: QWidget, qtbot: QtBot, qapp: QApplication
) -> None:
    field = SearchField(look, "Tìm", "F4")
    put(stage, field)
    typed: list[str] = []
    hurried: list[str] = []
    field.typed.connect(typed.append)
    field.hurried.connect(hurried.append)
    for part in ("Nguyễn ", "Đỗ"):
        event = QInputMethodEvent()
        event.setCommitString(part)
        qapp.sendEvent(field, event)
    assert typed == []
    qtbot.waitUntil(lambda: typed == ["Nguyễn Đỗ"])
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert hurried == ["Nguyễn Đỗ"]
    with qtbot.waitSignal(field.down):
        qtbot.keyClick(field, Qt.Key.Key_Down)


def test_a_number_stays_masked_until_it_is_asked_for(look: Look, stage: QWidget, qtbot: QtBot) -> None:
    number = MaskedNumber(look, "0380******12")
    put(stage, number)
    assert number.words.text() == "0380******12"
    with qtbot.waitSignal(number.asked):
        qtbot.mouseClick(number.eye, Qt.MouseButton.LeftButton)
    number.reveal("038190000012")
    assert number.words.text() == "038190000012"
    assert not number.eye.isVisible()
    number.show_masked("0381******99")
    assert number.eye.isVisible()
    assert number.eye.accessibleName()


def test_a_state_is_icon_word_and_colour(look: Look, stage: QWidget) -> None:
    state = State(look, "circle-check", "Hợp lệ", "good")
    put(stage, state)
    assert state.words.text() == "Hợp lệ"
    assert state.words.property("tone") == "good"
    assert not state._symbol.pixmap().isNull()
    assert state.accessibleName() == "Hợp lệ"


def test_a_due_date_says_the_exact_time_on_hover(look: Look, stage: QWidget) -> None:
    due = DueLabel(look)
    put(stage, due)
    now = datetime(2026, 11, 23, 15, 12, tzinfo=VIETNAM)
    due.show_due(datetime(2026, 11, 21, 17, tzinfo=VIETNAM), now=now)
    assert due.words.text() == "quá hạn 2 ngày"
    assert due.toolTip() == due.accessibleDescription() == "17:00 Thứ Bảy 21/11/2026"


def test_a_figure_reads_as_a_sentence(look: Look, stage: QWidget) -> None:
    figure = Figure(look, "Quá hạn", "danger")
    put(stage, figure)
    figure.show_figure("2", "lâu nhất 3 ngày")
    assert figure.accessibleName() == "Quá hạn: 2. lâu nhất 3 ngày"


def test_a_plot_says_its_figures(look: Look, stage: QWidget) -> None:
    plot = BarPlot(look, "Tiếp nhận theo giờ")
    put(stage, plot)
    plot.show_bars([("8h", 22), ("9h", 0)], 1)
    assert plot.accessibleDescription() == "8h: 22, 9h: 0"
    drawn = plot.grab().toImage()
    plot.show_bars([("8h", 22), ("9h", 22)], 1)
    assert plot.grab().toImage() != drawn


def test_a_plot_of_nothing_is_drawn_too(look: Look, stage: QWidget) -> None:
    plot = BarPlot(look, "Tiếp nhận theo giờ")
    put(stage, plot)
    plot.show_bars([("8h", 0), ("9h", 0)])
    assert not plot.grab().isNull()
    plot.show_bars([])
    assert plot.accessibleDescription()


def test_a_note_without_words_is_not_there(look: Look, stage: QWidget) -> None:
    note = Note(look, "Có 1 hồ sơ cùng thủ tục")
    put(stage, note)
    assert note.isVisible()
    note.say("")
    assert not note.isVisible()


def test_a_pill_without_words_is_not_there(look: Look, stage: QWidget) -> None:
    pill = Pill(look, "Toàn trình", "good")
    put(stage, pill)
    pill.say("")
    assert not pill.isVisible()


def test_nothing_shows_at_first_then_a_skeleton_then_the_rows(look: Look, stage: QWidget, qtbot: QtBot) -> None:
    content = QLabel("x")
    waiting = Awaiting(look, content)
    put(stage, waiting)
    waiting.wait()
    skeleton = waiting.findChild(Skeleton)
    assert isinstance(skeleton, Skeleton)
    assert content.isVisible()
    qtbot.waitUntil(skeleton.isVisible)
    waiting.ready()
    assert content.isVisible()
    waiting.wait()
    waiting.ready()
    assert not waiting._timer.isActive(), "a quick answer shows no skeleton"


def test_an_empty_list_says_what_to_do_next(look: Look, stage: QWidget) -> None:
    button = Button(look, "Tiếp nhận hồ sơ", "main", key="F2")
    empty = EmptyState(look, "inbox", "Chưa có hồ sơ nào", "Nhấn F2 để tiếp nhận.", button)
    put(stage, empty)
    assert button.isVisible()
    assert empty.accessibleName() == "Chưa có hồ sơ nào"


def test_a_card_is_called_by_its_title(look: Look, stage: QWidget) -> None:
    card = Card(look, "Người nộp", "F4")
    card.add(QLabel("x"), (QLabel("y"), 1), None)
    put(stage, card)
    assert card.accessibleName() == "Người nộp"
