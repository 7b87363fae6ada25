"""A page beside a form: fitted, zoomed, its words read when wanted, selected by mouse and keys, and heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.assets import Look
from desktop.bus import Bus
from desktop.crash import Reports
from desktop.desk import Desk
from desktop.jobs import DirectJobs, Jobs
from desktop.models.pages import Picture, Shown
from desktop.office import Office
from desktop.views.page_images import PageImages
from desktop.views.page_pane import PagePane
from desktop.views.standing import EmptyState
from onestop.rules.errors import RuleBroken
from tests.desktop.looks import put_away
from tests.desktop.real import press, shot
from tests.helpers.feeder import Word, Workshop, picture
from tests.helpers.pages import made_pdf

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WORDS = tuple(
    Word(text, 0.1 + 0.2 * (at % 3), 0.1 + 0.1 * (at // 3), 0.28 + 0.2 * (at % 3), 0.15 + 0.1 * (at // 3), at // 3)
    for at, text in enumerate("GIẤY CHỨNG SINH Họ tên: Ước".split())
)


class Slow(Workshop):
    """Reads until it is told to stop."""

    def words(self, *given: object) -> tuple[Word, ...]:
        given_up = given[-1]
        assert callable(given_up)
        while not given_up():
            self.asked.append("…")
        raise RuntimeError("the process was ended in the middle")


@dataclass
class Table:
    pane: PagePane
    office: Office
    work: Workshop
    jobs: Jobs
    qtbot: QtBot
    told: list[str]

    def show(self, text: str = "Giấy chứng sinh", place: int = 1, total: int = 3, **given: object) -> Shown:
        blob = self.office.files.put(picture(text))
        shown = Shown(text, Picture(blob, "image/jpeg"), Picture(blob, "image/jpeg"))
        shown = replace(shown, **given)  # type: ignore[arg-type]
        self.pane.show_page(shown, place, total)
        self.drawn()
        return shown

    def drawn(self) -> None:
        self.pane.view.viewport().grab()
        images = self.pane.view._images
        self.qtbot.waitUntil(
            lambda: not images._soon.isActive() and not any(images._queues.values()) and not self.jobs.busy
        )

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        press(QApplication.focusWidget() or self.pane, key, modifiers)

    def mouse(self, kind: QMouseEvent.Type, word: int, *, held: bool = True) -> None:
        box = self.pane.view._box(word, self.pane.view._paper())
        button = Qt.MouseButton.LeftButton
        event = QMouseEvent(
            kind,
            box.center(),
            self.pane.view.viewport().mapToGlobal(box.center()),
            Qt.MouseButton.NoButton if kind is QMouseEvent.Type.MouseMove else button,
            button if held else Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(self.pane.view.viewport(), event)


@contextmanager
def made(
    office: Office, application: QApplication, qtbot: QtBot, jobs: Jobs, work: Workshop, theme: str = "light"
) -> Iterator[Table]:
    look = Look(application)
    look.apply(theme)
    bus = Bus()
    told: list[str] = []
    bus.listen(lambda notice: told.append(notice.code))
    desk = Desk(office, jobs, bus, Reports(None))
    window = QWidget()
    images = PageImages(desk, office, work, window)
    pane = PagePane(look, desk, images, work, EmptyState(look, "scan-line", "Chưa có trang nào", "Nhấn F6 để quét."))
    layout = QVBoxLayout(window)
    field = QLineEdit()
    layout.addWidget(field)
    layout.addWidget(pane)
    window.resize(640, 560)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    pane.setFocus()
    yield Table(pane, office, work, jobs, qtbot, told)
    window.close()
    window.deleteLater()
    jobs.close()
    put_away(look)


@pytest.fixture
def table(demo_office: Office, qapp: QApplication, qtbot: QtBot) -> Iterator[Table]:
    with made(demo_office, qapp, qtbot, DirectJobs(), Workshop(demo_office.files)) as here:
        yield here


# -- how one looks at it


def test_without_a_page_it_says_what_to_do(table: Table) -> None:
    table.pane.show_page(None)
    assert table.pane._stack.currentIndex() == 0
    table.show()
    assert table.pane._stack.currentIndex() == 1
    assert table.pane.name.text() == "Trang 1 của 3"


def test_fitted_to_the_width_then_the_page_and_zoomed(table: Table) -> None:
    table.show()
    view = table.pane.view
    assert view.fit == "width"
    assert view.zoom == pytest.approx(1.0, abs=0.01)
    assert view.verticalScrollBar().maximum() > 0
    table.key(Qt.Key.Key_0, CONTROL)
    assert view.fit == "page"
    assert view.verticalScrollBar().maximum() == 0
    table.key(Qt.Key.Key_0, CONTROL)
    assert view.fit == "width"
    table.key(Qt.Key.Key_Plus, CONTROL)
    table.key(Qt.Key.Key_Equal, CONTROL)
    assert (view.fit, view.zoom) == ("", pytest.approx(1.25**2, abs=0.02))
    assert view.horizontalScrollBar().maximum() > 0
    table.key(Qt.Key.Key_Minus, CONTROL)
    assert view.zoom == pytest.approx(1.25, abs=0.02)
    for _step in range(30):
        table.key(Qt.Key.Key_Plus, CONTROL)
    assert view.zoom <= 8.1


def test_the_wheel_zooms_where_the_mouse_is_and_otherwise_scrolls(table: Table) -> None:
    table.show()
    view = table.pane.view
    place = QPointF(200, 150)
    before = view._paper()
    share = ((place.x() - before.left()) / before.width(), (place.y() - before.top()) / before.height())

    def turn(modifiers: Qt.KeyboardModifier, delta: int) -> None:
        event = QWheelEvent(
            place, view.mapToGlobal(place), QPointF(0, 0).toPoint(), QPointF(0, delta).toPoint(),
            Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view.viewport(), event)

    turn(CONTROL, 120)
    after = view._paper()
    assert view.zoom == pytest.approx(1.25, abs=0.02)
    assert (place.x() - after.left()) / after.width() == pytest.approx(share[0], abs=0.01)
    assert (place.y() - after.top()) / after.height() == pytest.approx(share[1], abs=0.01)
    top = view.verticalScrollBar().value()
    turn(Qt.KeyboardModifier.NoModifier, -120)
    assert view.verticalScrollBar().value() > top
    assert view.zoom == pytest.approx(1.25, abs=0.02)


def test_how_one_looks_stays_from_page_to_page(table: Table) -> None:
    table.show("1")
    table.key(Qt.Key.Key_0, CONTROL)
    table.show("2", 2)
    assert table.pane.view.fit == "page"


def test_keys_scroll_a_page_without_words(table: Table) -> None:
    table.show()
    bar = table.pane.view.verticalScrollBar()
    for key, moved in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_End, 1), (Qt.Key.Key_Up, -1), (Qt.Key.Key_Home, -1)):
        before = bar.value()
        table.key(key)
        assert (bar.value() - before) * moved > 0
    assert bar.value() == 0


def test_other_pages_and_turns_are_wished_for(table: Table) -> None:
    table.show()
    leafed: list[int] = []
    turned: list[int] = []
    table.pane.leafed.connect(leafed.append)
    table.pane.turned.connect(turned.append)
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_R):
        table.key(key)
    table.key(Qt.Key.Key_R, SHIFT)
    table.pane.buttons["turn"].click()
    assert (leafed, turned) == ([1, -1], [90, -90, 90])


def test_a_file_of_several_leaves_is_leafed_through_first(table: Table) -> None:
    blob = table.office.files.put(made_pdf("mot", "hai", "ba"))
    whole = Picture(blob, "application/pdf")
    leafed: list[int] = []
    table.pane.leafed.connect(leafed.append)
    table.pane.show_page(Shown("don", whole, whole, leaves=3, name="don.pdf", filed=True), 1, 1)
    table.drawn()
    assert "tờ 1 / 3" in table.pane.about.text()
    for _step in range(2):
        table.key(Qt.Key.Key_PageDown)
    assert table.pane.shown == Picture(blob, "application/pdf", 2)
    assert "tờ 3 / 3" in table.pane.about.text()
    assert leafed == []
    table.key(Qt.Key.Key_PageDown)
    assert leafed == [1]
    table.key(Qt.Key.Key_PageUp)
    assert table.pane.leaf == 1


def test_dark_theme_shows_paper_as_paper(demo_office: Office, qapp: QApplication, qtbot: QtBot) -> None:
    with made(demo_office, qapp, qtbot, DirectJobs(), Workshop(demo_office.files), "dark") as table:
        table.show()
        shot(table.pane.window(), "page-view-dark")
        view = table.pane.view
        image = view.viewport().grab().toImage()
        paper = view._paper()
        assert QColor(image.pixel(paper.left() + 10, paper.top() + 10)).lightness() > 250
        assert QColor(image.pixel(1 + view._look.space("ring"), 1 + view._look.space("ring"))).lightness() < 80


# -- its words


def test_words_are_read_when_somebody_wants_them(table: Table) -> None:
    shown = table.show()
    assert table.pane.said.text() == "Chưa đọc chữ trang này."
    assert table.pane.read_button.isVisible()
    table.work.words_of[shown.large.blob] = WORDS
    table.key(Qt.Key.Key_T)
    assert table.pane.said.text().startswith("6 chữ")
    assert not table.pane.read_button.isVisible()
    assert table.pane.view.text is not None
    table.show("khác", 2)
    assert table.pane.view.text is None
    table.show()
    assert table.pane.view.text is not None, "what was read is not read again"
    assert table.work.asked == [shown.large.blob]


def test_a_page_on_which_nothing_is_read_says_so(table: Table) -> None:
    table.show()
    table.key(Qt.Key.Key_T)
    assert table.pane.said.text() == "Không thấy chữ nào trên trang này."


def test_words_that_stand_in_a_file_are_there_at_once(table: Table) -> None:
    blob = table.office.files.put(made_pdf("mot"))
    table.work.own[blob] = WORDS
    whole = Picture(blob, "application/pdf")
    table.pane.show_page(Shown("don", whole, whole, filed=True), 1, 1)
    table.drawn()
    assert table.pane.view.text is not None
    assert table.work.asked == []


def test_what_cannot_be_read_is_said_beside_it(table: Table) -> None:
    def refuse(*_given: object) -> tuple[Word, ...]:
        raise RuleBroken("paper.unknown")

    table.work.words = refuse  # type: ignore[method-assign]
    table.show()
    table.key(Qt.Key.Key_T)
    assert table.pane.said.text() == "Không còn giấy tờ này."
    assert table.pane.said.property("tone") == "warning"
    assert table.pane.read_button.isVisible()
    assert table.told == []


def test_reading_is_given_up_in_the_middle(demo_office: Office, qapp: QApplication, qtbot: QtBot) -> None:
    slow = Slow(demo_office.files)
    with made(demo_office, qapp, qtbot, Jobs(), slow) as table:
        table.show()
        table.key(Qt.Key.Key_T)
        qtbot.waitUntil(lambda: bool(slow.asked))
        assert table.pane.said.text() == "Đang đọc chữ…"
        assert table.pane.progress.isVisible() and table.pane.stop_button.isVisible()
        table.pane.stop_button.click()
        qtbot.waitUntil(lambda: table.pane._ticket is None)
        assert table.pane.said.text() == "Chưa đọc chữ trang này."
        assert table.told == [], "giving up is no trouble"


@pytest.fixture
def read(table: Table) -> Table:
    shown = table.show()
    table.work.words_of[shown.large.blob] = WORDS
    table.key(Qt.Key.Key_T)
    return table


def test_words_are_selected_by_keys_and_copied(read: Table) -> None:
    view = read.pane.view
    read.key(Qt.Key.Key_Right)
    read.key(Qt.Key.Key_Right)
    read.key(Qt.Key.Key_Right, SHIFT)
    assert view.selected == "CHỨNG SINH"
    read.key(Qt.Key.Key_Down, SHIFT)
    assert view.selected == "CHỨNG SINH\nHọ tên: Ước"
    read.key(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "CHỨNG SINH\nHọ tên: Ước"
    read.key(Qt.Key.Key_Home)
    assert (view.selected, view._caret) == ("", 3)
    read.key(Qt.Key.Key_End, SHIFT)
    assert view.selected == "Họ tên: Ước"
    read.key(Qt.Key.Key_A, CONTROL)
    assert view.selected.startswith("GIẤY")
    read.key(Qt.Key.Key_Escape)
    assert view.selected == ""


def test_words_are_selected_by_mouse(read: Table) -> None:
    view = read.pane.view
    read.mouse(QMouseEvent.Type.MouseMove, 1, held=False)
    assert view.viewport().cursor().shape() is Qt.CursorShape.IBeamCursor
    read.mouse(QMouseEvent.Type.MouseButtonPress, 1)
    read.mouse(QMouseEvent.Type.MouseMove, 4)
    read.mouse(QMouseEvent.Type.MouseButtonRelease, 4)
    assert view.selected == "CHỨNG SINH\nHọ tên:"
    shot(read.pane.window(), "page-view")
    accent = [view._look.colour("accent").lightness()]
    image = view.viewport().grab().toImage()
    inside = view._box(2, view._paper()).center().toPoint()
    assert 100 < QColor(image.pixel(inside)).lightness() < 250, accent


def test_a_page_is_dragged_where_no_word_is(read: Table) -> None:
    view = read.pane.view
    for _step in range(3):
        read.key(Qt.Key.Key_Plus, CONTROL)
    bar, start = view.verticalScrollBar(), view.verticalScrollBar().value()
    for kind, y in (
        (QMouseEvent.Type.MouseButtonPress, 300.0),
        (QMouseEvent.Type.MouseMove, 240.0),
        (QMouseEvent.Type.MouseButtonRelease, 240.0),
    ):
        place = QPointF(20, y)
        button = Qt.MouseButton.LeftButton
        QApplication.sendEvent(
            view.viewport(), QMouseEvent(kind, place, place, button, button, Qt.KeyboardModifier.NoModifier)
        )
    assert bar.value() == start + 60


def test_words_are_heard(read: Table, heard: Callable[[], list[str]]) -> None:
    view = read.pane.view
    said = QAccessible.queryAccessibleInterface(view)
    assert said is not None
    assert said.text(QAccessible.Text.Name) == "Trang 1 của 3"
    assert "Họ tên: Ước" in said.text(QAccessible.Text.Description)
    read.key(Qt.Key.Key_Right)
    read.key(Qt.Key.Key_Down)
    assert heard() == ["GIẤY", "Họ tên: Ước"]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """What a screen reader was told."""
    said: list[str] = []

    class Announced:
        def __init__(self, _view: QWidget, text: str) -> None:
            said.append(text)

    monkeypatch.setattr("desktop.views.page_view.QAccessibleAnnouncementEvent", Announced)
    monkeypatch.setattr("desktop.views.page_view.QAccessible.updateAccessibility", lambda _event: None)
    return lambda: said


def test_a_turned_page_has_its_words_read_anew(read: Table) -> None:
    shown = read.pane.row
    assert shown is not None
    turned = replace(shown, picture=replace(shown.picture, turn=90), large=replace(shown.large, turn=90))
    read.pane.show_page(turned, 1, 3)
    read.drawn()
    assert read.pane.view.text is None
    assert read.pane.view._ratio < 1, "it lies"
