"""The strip of pages by keys: what one presses is in the store, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.assets import Look
from desktop.bus import Bus
from desktop.crash import Reports
from desktop.desk import Desk
from desktop.jobs import DirectJobs
from desktop.models.pages import PagesModel, Picture
from desktop.office import Office
from desktop.views.page_arranging import Arranger
from desktop.views.page_images import KEPT, PageImages, decoded
from desktop.views.page_images import Wanted as WantedImage
from desktop.views.page_strip import PageStrip, caption
from onestop.actions import drafts, pages
from onestop.actions.drafts import DraftForm
from onestop.actions.pages import Owner, PageForm
from onestop.queries import papers
from onestop.rules.errors import Remark
from tests.desktop.looks import put_away
from tests.desktop.real import press, shot, write
from tests.helpers.feeder import Workshop, picture
from tests.helpers.pages import made_pdf

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@dataclass
class Table:
    """A strip on a real office, under a field in which somebody types."""

    office: Office
    jobs: DirectJobs
    model: PagesModel
    strip: PageStrip
    field: QLineEdit
    arranger: Arranger
    images: PageImages
    qtbot: QtBot
    draft: str
    told: list[str]

    def scan(self, text: str, component: str | None = "to-khai", **given: object) -> str:
        content = given.pop("content", None) or picture(text)
        media_type = given.pop("media_type", "image/jpeg")
        form = PageForm(Owner(draft=self.draft), component, content, media_type, **given)  # type: ignore[arg-type]
        made: str = self.office.perform(pages.add, form).answer
        self.show()
        return made

    def show(self, component: str | None = "to-khai") -> None:
        self.model.show(self.office.read(papers.pages, draft=self.draft), component)

    def stored(self, component: str | None = "to-khai") -> list[tuple[str, int, bool]]:
        rows = self.office.read(papers.pages, draft=self.draft)
        here = [row for row in rows if row.component == component and not row.removed]
        return [(row.id, row.turn, row.struck) for row in sorted(here, key=lambda row: row.position)]

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        press(QApplication.focusWidget() or self.strip, key, modifiers)

    def drawn(self) -> None:
        """Until every picture that was asked for is here."""
        self.strip.viewport().grab()
        self.qtbot.waitUntil(lambda: not self.images._soon.isActive() and not any(self.images._queues.values()))


@pytest.fixture
def table(demo_office: Office, qapp: QApplication, qtbot: QtBot) -> Iterator[Table]:
    look = Look(qapp)
    look.apply("light")
    bus, jobs = Bus(), DirectJobs()
    told: list[str] = []
    bus.listen(lambda notice: told.append(notice.code))
    desk = Desk(demo_office, jobs, bus, Reports(None))
    draft = demo_office.perform(drafts.keep, DraftForm(None, "nháp", {"owner": {}})).answer
    window = QWidget()
    model = PagesModel(window)
    images = PageImages(desk, demo_office, Workshop(demo_office.files), window)
    strip, field = PageStrip(look, model, images), QLineEdit()
    layout = QVBoxLayout(window)
    layout.addWidget(field)
    layout.addWidget(strip)
    window.resize(900, 300)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    arranger = Arranger(desk, model, window)
    made = Table(demo_office, jobs, model, strip, field, arranger, images, qtbot, draft, told)
    arranger.undone.connect(lambda _ids: made.show())
    strip.undo_wished.connect(arranger.undo)
    field.setFocus()
    yield made
    window.close()
    window.deleteLater()
    put_away(look)


# -- pages that arrive


def test_pages_arrive_without_taking_the_focus(table: Table) -> None:
    picked: list[str] = []
    table.strip.picked.connect(lambda row: picked.append(row.id if row else ""))
    first = table.scan("1")
    write(table.field, "Trần Thị Ước")
    second = table.scan("2")
    assert table.field.hasFocus()
    assert table.field.text() == "Trần Thị Ước"
    assert picked == [first, second], "the newest page is the one that is looked at"
    table.strip.choose(0)
    table.scan("3")
    assert table.strip.current is not None
    assert table.strip.current.id == first, "who looks at another page goes on looking at it"


def test_thumbnails_are_decoded_small_and_kept(table: Table) -> None:
    table.scan("1")
    table.scan("2")
    table.drawn()
    images = [image for image in table.images._here.values() if not image.isNull()]
    assert len(images) == 2
    assert all(image.width() <= 120 * table.strip.devicePixelRatioF() for image in images)
    before = dict(table.images._here)
    table.drawn()
    assert dict(table.images._here) == before


@pytest.mark.qt_log_ignore("Unsupported marker type")
def test_a_picture_that_cannot_be_drawn_is_tried_once(table: Table) -> None:
    table.scan("", content=b"\xff\xd8\xff broken")
    table.drawn()
    table.drawn()
    assert [image.isNull() for image in table.images._here.values()] == [True]


def test_a_pdf_is_drawn_by_the_workshop_and_a_turned_page_lies(table: Table) -> None:
    table.scan("", content=made_pdf("mot", "hai"), media_type="application/pdf", leaves=2, name="don.pdf")
    table.scan("", content=picture("ngang"), turn=90)
    table.drawn()
    shapes = {key.picture.media_type: image for key, image in table.images._here.items()}
    assert shapes["application/pdf"].height() > shapes["application/pdf"].width()
    assert shapes["image/jpeg"].width() > shapes["image/jpeg"].height()


def test_pictures_are_let_go_of_when_there_are_many(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    table.strip.hide()
    for number in range(4):
        table.scan(str(number))
    monkeypatch.setattr("desktop.views.page_images.KEPT", 100_000)
    asked = [row.picture for row in table.model.rows]
    for each in asked:
        table.images.image(each, QSize(90, 104))
        table.qtbot.waitUntil(lambda each=each: table.images.image(each, QSize(90, 104)) is not None)
    assert table.images._bytes <= 100_000 < KEPT
    assert [key.picture for key in table.images._here] == asked[1:], "the one that was looked at longest ago goes"


def test_a_page_is_never_decoded_larger_than_it_is(table: Table) -> None:
    table.scan("1")
    row = table.model.rows[0]
    image = decoded(None, table.office, WantedImage(row.picture, 4000, 4000))
    assert (image.width(), image.height()) == (620, 877)
    assert decoded(None, table.office, WantedImage(Picture("0" * 64, "image/jpeg"), 10, 10)).isNull()


# -- keys


@pytest.fixture
def three(table: Table) -> list[str]:
    made = [table.scan(str(number)) for number in (1, 2, 3)]
    table.strip.setFocus()
    table.strip.choose(0)
    return made


def test_arrows_go_along(table: Table, three: list[str]) -> None:
    table.key(Qt.Key.Key_Right)
    assert table.strip.current is not None
    assert table.strip.current.id == three[1]
    table.key(Qt.Key.Key_Left)
    assert table.strip.current.id == three[0]


def test_pages_are_reordered_turned_and_struck(table: Table, three: list[str]) -> None:
    table.key(Qt.Key.Key_Right, CONTROL)
    table.key(Qt.Key.Key_R)
    table.key(Qt.Key.Key_Space)
    one, two, last = three
    assert table.stored() == [(two, 0, False), (one, 90, True), (last, 0, False)]
    table.key(Qt.Key.Key_R, SHIFT)
    table.key(Qt.Key.Key_Space)
    assert table.stored() == [(two, 0, False), (one, 0, False), (last, 0, False)]
    for _step in range(5):
        table.key(Qt.Key.Key_Z, CONTROL)
    assert table.stored() == [(one, 0, False), (two, 0, False), (last, 0, False)]
    assert table.told == []
    table.key(Qt.Key.Key_Z, CONTROL)
    assert table.told == ["page.nothing-to-undo"]


def test_several_at_once_are_one_step(table: Table, three: list[str]) -> None:
    table.key(Qt.Key.Key_Right, SHIFT)
    assert table.strip.chosen == [0, 1]
    table.key(Qt.Key.Key_R)
    table.key(Qt.Key.Key_Delete)
    assert [row for row, _turn, _struck in table.stored()] == [three[2]]
    table.key(Qt.Key.Key_Z, CONTROL)
    assert table.stored() == [(three[0], 90, False), (three[1], 90, False), (three[2], 0, False)]
    table.key(Qt.Key.Key_Z, CONTROL)
    assert [turn for _row, turn, _struck in table.stored()] == [0, 0, 0]


def test_what_was_taken_away_comes_back_where_it_was(table: Table, three: list[str]) -> None:
    table.strip.choose(1)
    table.key(Qt.Key.Key_Delete)
    assert [row.id for row in table.model.rows] == [three[0], three[2]]
    table.key(Qt.Key.Key_Z, CONTROL)
    assert [row.id for row in table.model.rows] == three
    assert table.strip.hasFocus()


def test_moving_and_opening_is_asked_of_the_screen(table: Table, three: list[str]) -> None:
    moved: list[list[int]] = []
    opened: list[str] = []
    table.strip.move_wished.connect(moved.append)
    table.strip.opened.connect(lambda row: opened.append(row.id))
    table.key(Qt.Key.Key_M)
    table.key(Qt.Key.Key_Return)
    assert (moved, opened) == ([[0]], [three[0]])
    for letter in "abcxyz":
        write(table.strip, letter)
    assert table.strip.currentIndex().row() == 0, "letters look for nothing"


def test_undo_waits_for_the_answer_of_the_step_before(table: Table, three: list[str]) -> None:
    table.jobs.hold = True
    table.key(Qt.Key.Key_Delete)
    table.key(Qt.Key.Key_Z, CONTROL)
    assert table.arranger.pending
    table.jobs.hold = False
    table.jobs.release()
    assert [row for row, _turn, _struck in table.stored()] == three
    assert not table.arranger.pending


def test_what_the_store_refuses_is_said(table: Table, three: list[str]) -> None:
    said: list[str] = []
    table.arranger.refused.connect(said.append)
    from_elsewhere = pages.Change(three[0], {"state": "kept"})
    table.model.arranged.emit((from_elsewhere,))
    assert len(said) == 1
    assert "kept" in said[0]


# -- what is heard and seen


def test_every_page_has_an_accessible_name(table: Table) -> None:
    table.scan("1")
    table.scan("2", blank=True)
    table.scan("3", problems=(Remark("paper.truncated"),))
    strip = QAccessible.queryAccessibleInterface(table.strip)
    assert strip is not None
    names = [strip.child(at).text(QAccessible.Text.Name) for at in range(strip.childCount())]
    assert names[0] == "Trang 1 của 3"
    assert names[1] == "Trang 2 của 3, trắng, đã gạch"
    assert names[2].startswith("Trang 3 của 3, ")
    assert strip.text(QAccessible.Text.Name) == "Các trang"


def test_a_blank_page_is_struck_in_sight_and_restored_with_a_key(table: Table) -> None:
    table.scan("1")
    table.scan("2", blank=True)
    assert [caption(row)[2] for row in table.model.rows] == ["", "trắng"]
    table.strip.setFocus()
    table.strip.choose(1)
    table.drawn()
    shot(table.strip, "page-strip")
    red = QColor(table.strip._look.colour("danger")).rgb()
    image = table.strip.viewport().grab().toImage()
    cell = table.strip.visualRect(table.model.index(1))
    seen = sum(image.pixel(x, y) == red for x in range(cell.left(), cell.right()) for y in range(cell.height()))
    assert seen > 20, "a line goes through it"
    table.key(Qt.Key.Key_Space)
    assert table.stored()[1][2] is False
    assert caption(table.model.rows[1])[2] == ""


def test_it_is_one_row_high_at_every_size_of_text(table: Table) -> None:
    table.scan("1")
    height = table.strip.height()
    table.strip._look.apply("dark", 150)
    assert table.strip.height() > height
    cell = table.strip.itemDelegate().sizeHint(None, table.model.index(0))  # type: ignore[arg-type]
    assert cell.height() <= table.strip.viewport().height()
    assert isinstance(cell, QSize)
