"""The camera over Tiếp nhận and over the scan screen: pages one after another, and the citizen's card."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtMultimedia import QCameraDevice, QVideoFrame
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.devices.camera import Camera, PretendCamera, pretend_pictures
from desktop.devices.source import Device
from desktop.devices.spool import Spool
from desktop.office import Office
from desktop.pagework import Pagework
from desktop.views.camera_sheet import STILL, TRIES, CameraSheet
from desktop.views.live_picture import glance, moved
from onestop import clock
from onestop.queries import papers
from onestop.queries.papers import PageRow
from onestop.rules.errors import DeviceTrouble
from onestop.rules.papers import Source
from paper.live import Outline
from tests.desktop.at_the_desk import HUONG, KHUE, UNMARRIED, Desk, desk_of
from tests.desktop.real import shot
from tests.desktop.views.scan_desk import BIRTH_PAPER, a_draft, scan_desk
from tests.helpers.cards import GRADES, card_picture
from tests.helpers.feeder import Feeder, Workshop, picture
from tests.helpers.office import MONDAY, made_card

SHEET = Outline(((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)), 0.8, 1.4)
FAR = Outline(((0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6)), 0.2, 0.28)
VNEID = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"


def seen(text: str, size: tuple[int, int] = (1654, 2339)) -> QImage:
    return QImage.fromData(picture(text, size))


@pytest.fixture
def office(demo_office: Office) -> Iterator[Office]:
    with clock.frozen(MONDAY):
        yield demo_office


@pytest.fixture
def work(office: Office) -> Workshop:
    made = Workshop(office.files)
    made.sheet = SHEET
    return made


@pytest.fixture
def camera(qapp: QApplication) -> Iterator[PretendCamera]:
    made = PretendCamera(lambda: [seen("Trang 1"), seen("Trang 2"), seen("Trang 3")])
    yield made
    made.deleteLater()


@pytest.fixture
def desk(
    qapp: QApplication, qtbot: QtBot, office: Office, work: Workshop, camera: PretendCamera, tmp_path: Path
) -> Iterator[Desk]:
    with desk_of(qapp, qtbot, office, scanners=Feeder(tmp_path / "spool"), pagework=work, camera=camera) as made:
        yield made


def on_the_way(desk: Any, draft: str) -> list[PageRow]:
    return [row for row in desk.office.read(papers.pages, draft=draft) if not row.removed]


def opened(camera: PretendCamera) -> Device | None:
    return camera.opened


def at_desk(desk: Desk) -> str:
    who = desk.filling.submitter
    return who.name if who is not None else ""


def first_paper(desk: Desk) -> str:
    desk.card(HUONG)
    desk.choose(UNMARRIED)
    desk.screen.procedure.papers.list.setFocus()
    desk.press("Home")
    line = desk.screen.procedure.papers.model.rows[0].line
    assert line.asked is not None
    return line.asked.key


def page_sheet(desk: Desk) -> CameraSheet:
    assert desk.screen._pages is not None
    sheet = desk.screen._pages.sheet
    assert sheet is not None
    return sheet


def card_sheet(desk: Desk) -> CameraSheet:
    sheet = desk.screen.cards.sheet
    assert sheet is not None
    return sheet


def rest(sheet: CameraSheet) -> None:
    """What lies under the camera is held still: as many glances as it takes."""
    for _glance in range(STILL + 1):
        sheet.look_again()


# -- pages


def test_page_after_page_goes_into_the_paper_that_is_marked(desk: Desk, work: Workshop) -> None:
    key = first_paper(desk)
    desk.press("Ctrl+F6")
    sheet = page_sheet(desk)
    assert sheet.isVisible()
    rest(sheet)
    assert "Thấy rõ tờ giấy" in sheet.said.text()
    assert sheet.live.corners == SHEET.corners
    desk.press("Space")
    rest(sheet)
    shot(desk.window, "camera-pages")
    desk.press("Return")
    rows = on_the_way(desk, desk.filling.draft)
    assert [(row.component, row.source) for row in rows] == [(key, Source.CAMERA)] * 2
    assert rows[0].blob != rows[1].blob
    assert "2 trang" in sheet.told.text()
    desk.press("Esc")
    assert not sheet.isVisible()
    assert desk.screen.procedure.papers.list.hasFocus()
    assert desk.row(key).state == "Hợp lệ"
    assert desk.row(key).note == "2 trang"
    assert not any((desk.office.folder / "spool").glob("*/*.jpg"))


def test_a_page_counts_when_it_is_stored_and_what_has_no_room_waits(
    desk: Desk, work: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = first_paper(desk)
    desk.press("Ctrl+F6")
    sheet = page_sheet(desk)
    rest(sheet)
    with monkeypatch.context() as full:
        full.setattr(Office, "free_bytes", lambda _office: 0)
        desk.press("Space")
    assert not on_the_way(desk, desk.filling.draft)
    assert sheet.isVisible() and sheet.trouble.isVisible()
    assert "0 MB" in sheet.trouble.words.text() and "1 trang" in sheet.trouble.words.text()
    assert (sheet.count, sheet.told.text()) == (0, "")
    shot(desk.window, "camera-no-room")
    rest(sheet)
    assert sheet.trouble.isVisible(), "it stands until a page is stored"
    desk.press("Space")
    assert [row.component for row in on_the_way(desk, desk.filling.draft)] == [key, key], "the one that waited, too"
    assert not sheet.trouble.isVisible()
    assert "2 trang" in sheet.told.text()


def test_a_page_that_can_be_laid_down_nowhere_stays_in_the_sheet(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first_paper(desk)
    desk.press("Ctrl+F6")
    sheet = page_sheet(desk)
    rest(sheet)
    with monkeypatch.context() as full:
        full.setattr(Spool, "begin", no_room)
        desk.press("Space")
    assert "vẫn còn ở đây" in sheet.trouble.words.text()
    assert not on_the_way(desk, desk.filling.draft)
    desk.press("Esc")
    desk.press("Ctrl+F6")
    assert "chưa lưu được" in sheet.trouble.words.text()
    desk.press("Space")
    assert len(on_the_way(desk, desk.filling.draft)) == 1, "the same one, without another picture"
    assert not sheet.trouble.isVisible()
    rest(sheet)
    desk.press("Space")
    assert len(on_the_way(desk, desk.filling.draft)) == 2


def no_room(*_given: Any) -> Any:
    raise DeviceTrouble("device.no-room", device="", detail="")


def test_a_page_is_taken_once_it_is_still_or_at_the_second_press(desk: Desk) -> None:
    first_paper(desk)
    desk.press("Ctrl+F6")
    sheet = page_sheet(desk)
    sheet._timer.stop()
    sheet._glance = b""
    sheet.look_again()
    assert "giữ yên" in sheet.said.text()
    desk.press("Space")
    assert not on_the_way(desk, desk.filling.draft)
    rest(sheet)
    assert len(on_the_way(desk, desk.filling.draft)) == 1
    sheet._glance = b""
    sheet.look_again()
    desk.press("Space")
    assert len(on_the_way(desk, desk.filling.draft)) == 1
    desk.press("Space")
    assert len(on_the_way(desk, desk.filling.draft)) == 2


def test_what_is_to_be_done_is_said(desk: Desk, work: Workshop, camera: PretendCamera) -> None:
    first_paper(desk)
    work.sheet = None
    desk.press("Ctrl+F6")
    sheet = page_sheet(desk)
    rest(sheet)
    assert "bốn mép" in sheet.said.text()
    work.sheet = FAR
    rest(sheet)
    assert "lại gần" in sheet.said.text()
    work.sheet = SHEET
    rest(sheet)
    assert not sheet.note.isVisible()
    camera.pictures = [seen("Trang", (800, 1131))]
    rest(sheet)
    assert f"{sheet.dpi} dpi" in sheet.note.words.text()
    assert sheet.dpi == 96


def test_no_camera_here_says_what_to_do_and_one_that_is_plugged_in_is_used(desk: Desk, camera: PretendCamera) -> None:
    (device,) = camera.devices
    camera.devices = []
    first_paper(desk)
    desk.press("Ctrl+F6")
    sheet = page_sheet(desk)
    assert "chưa thấy máy ảnh" in sheet.said.text()
    assert not sheet.take_button.isEnabled()
    shot(desk.window, "camera-none")
    desk.press("Space")
    assert not on_the_way(desk, desk.filling.draft)
    camera.devices = [device]
    camera.changed.emit()
    rest(sheet)
    assert sheet.take_button.isEnabled()
    assert "Thấy rõ" in sheet.said.text()
    camera.pull_out(device)
    assert "chưa thấy máy ảnh" in sheet.said.text()


def test_the_camera_that_was_chosen_is_the_one_the_next_time(desk: Desk, camera: PretendCamera) -> None:
    other = Device("soi", "Máy soi giấy tờ", "camera")
    camera.devices.append(other)
    first_paper(desk)
    desk.press("Ctrl+F6")
    sheet = page_sheet(desk)
    assert opened(camera) == camera.devices[0]
    assert sheet.choice.isVisible()
    desk.tab(sheet.choice)
    desk.press("Down")
    assert opened(camera) == other
    desk.press("Esc")
    assert opened(camera) is None
    desk.press("Ctrl+F6")
    assert opened(camera) == other


def test_another_dossier_and_another_screen_put_the_camera_away(desk: Desk, camera: PretendCamera) -> None:
    first_paper(desk)
    desk.press("Ctrl+F6")
    desk.press("F2")
    assert not page_sheet(desk).isVisible()
    assert opened(camera) is None
    desk.press("F3")
    assert opened(camera) is not None
    desk.screen.hide()
    assert opened(camera) is None


def test_the_scan_screen_takes_pages_too(
    qapp: QApplication, qtbot: QtBot, demo_office: Office, camera: PretendCamera, tmp_path: Path
) -> None:
    with scan_desk(demo_office, qapp, qtbot, tmp_path, a_draft, camera=camera) as desk:
        desk.work.sheet = SHEET
        desk.go_to(desk.slot(BIRTH_PAPER))
        desk.press("Ctrl+F6")
        sheet = desk.screen.sheet
        assert sheet is not None
        rest(sheet)
        desk.press("Space")
        desk.press("Esc")
        (page,) = desk.pages(desk.slot(BIRTH_PAPER))
        assert page.source == Source.CAMERA


def test_a_camera_of_the_machine_is_looked_through(
    qapp: QApplication, qtbot: QtBot, office: Office, work: Workshop, tmp_path: Path
) -> None:
    """Qt's own camera objects, fed with frames: no camera hangs on the machine that tests."""
    camera = Camera(listed=lambda: [QCameraDevice()])
    with desk_of(qapp, qtbot, office, scanners=Feeder(tmp_path / "spool"), pagework=work, camera=camera) as desk:
        key = first_paper(desk)
        desk.press("Ctrl+F6")
        sheet = page_sheet(desk)
        assert "Đang mở" in sheet.said.text()
        desk.press("Space", 2)
        assert "chưa có hình" in sheet.said.text()
        camera.sink.setVideoFrame(QVideoFrame(seen("Trang 1").convertToFormat(QImage.Format.Format_RGB32)))
        qtbot.waitUntil(lambda: "Thấy rõ" in sheet.said.text())
        desk.press("Space")
        assert [row.component for row in on_the_way(desk, desk.filling.draft)] == [key]
        camera.plugs.videoInputsChanged.emit()
        assert sheet._open is not None
        desk.press("Esc")
        assert camera.look().isNull()


def test_a_movement_is_seen_and_noise_is_not(qapp: QApplication) -> None:
    one, noisy = seen("Trang 1", (640, 480)), seen("Trang 1", (640, 480))
    noisy.setPixelColor(3, 3, Qt.GlobalColor.black)
    assert not moved(glance(one), glance(noisy))
    dark = QImage.fromData(picture("Trang 1", (640, 480), "#404040"))
    assert moved(glance(one), glance(dark))
    assert moved(b"", glance(one))


# -- the card


def test_a_card_under_the_camera_goes_the_way_of_the_reader(desk: Desk, work: Workshop, camera: PretendCamera) -> None:
    desk.press("F3")
    sheet = card_sheet(desk)
    assert not sheet.take_button.isVisible()
    sheet.look_again()
    assert "mã QR" in sheet.said.text()
    for _try in range(TRIES):
        sheet.look_again()
    assert "lại gần" in sheet.said.text()
    shot(desk.window, "camera-card")
    work.codes_on = (VNEID,)
    sheet.look_again()
    assert "VNeID" in sheet.said.text()
    assert at_desk(desk) == ""
    work.codes_on = (made_card(HUONG),)
    sheet.look_again()
    assert not sheet.isVisible()
    assert opened(camera) is None
    assert at_desk(desk) == HUONG.name
    assert desk.count("page") == 0
    assert desk.count("blob") == 0
    assert not (desk.office.folder / "spool").exists()


def test_a_picture_of_a_card_is_picked_where_people_are_found(desk: Desk, work: Workshop, tmp_path: Path) -> None:
    file = tmp_path / "the.jpg"
    file.write_bytes(picture("Thẻ"))
    work.codes_on = (made_card(HUONG),)
    desk.window.notices.pick_next(file)
    desk.press("F4")
    desk.press("Ctrl+O")
    assert desk.filling.submitter is not None
    assert desk.count("page") == 0
    assert file.exists()


def test_a_picture_without_a_card_says_so(desk: Desk, work: Workshop, tmp_path: Path) -> None:
    file = tmp_path / "the.jpg"
    file.write_bytes(picture("Thẻ"))
    for codes, told in (((), "lại gần"), ((VNEID,), "VNeID")):
        work.codes_on = codes
        desk.window.notices.pick_next(file)
        desk.press("F4")
        desk.press("Ctrl+O")
        assert told in desk.told()
    desk.window.notices.pick_next(tmp_path / "khong-co.jpg")
    assert at_desk(desk) == ""


def test_a_picture_dropped_on_the_owner_is_the_owners(desk: Desk, work: Workshop, tmp_path: Path) -> None:
    file = tmp_path / "the.jpg"
    file.write_bytes(picture("Thẻ"))
    work.codes_on = (made_card(HUONG),)
    desk.card(KHUE)
    desk.button("Alt+N", lambda: desk.filling.proxy)
    field = desk.screen.person._who["owner"].box.field
    drop(desk, file, field)
    assert desk.filling.owner is not None
    assert desk.filling.owner.name == HUONG.name
    assert at_desk(desk) == KHUE.name
    assert desk.count("page") == 0


def drop(desk: Desk, file: Path, on: QWidget) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    given = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    place = QPointF(on.mapTo(desk.screen, on.rect().center()))
    entered = QDragEnterEvent(place, *given)
    QApplication.sendEvent(desk.screen, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(desk.screen, QDropEvent(place, *given))


def test_a_card_in_the_scanner_is_read_and_kept_nowhere(desk: Desk, work: Workshop) -> None:
    feeder = desk.window.counter.service.scanners
    feeder.load(work.page(1, "Thẻ"), work.page(2))
    work.codes_on = (made_card(HUONG),)
    desk.press("F3")
    desk.press("F6")
    assert not card_sheet(desk).isVisible()
    assert at_desk(desk) == HUONG.name
    assert len(feeder.stack) == 1
    assert desk.count("page") == 0
    assert not any(each.is_file() for each in feeder.spool.folder.rglob("*"))
    feeder.stack.clear()
    desk.press("F3")
    desk.press("F6")
    assert desk.codes()[-1] == "device.empty"


def test_a_card_that_the_scanner_cannot_read_is_laid_down_again_not_held_still(desk: Desk, work: Workshop) -> None:
    desk.window.counter.service.scanners.load(work.page(1, "Thẻ"))
    work.codes_on = ()
    desk.press("F3")
    desk.press("F6")
    assert desk.codes()[-1] == "card.no-code"
    assert "đặt lại thẻ" in desk.told() and "quét lại" in desk.told()
    assert "giữ yên" not in desk.told() and "chụp" not in desk.told()


def test_the_card_on_a_page_that_was_scanned(desk: Desk, work: Workshop) -> None:
    feeder = desk.window.counter.service.scanners
    feeder.load(work.page(1, "Thẻ"))
    desk.press("Shift+F6")
    pages = desk.screen._pages
    assert pages is not None
    pages.strip.setFocus()
    work.codes_on = (made_card(HUONG),)
    desk.press("F3")
    assert desk.filling.submitter is not None
    assert desk.screen._cards is not None
    assert desk.screen._cards.sheet is None  # the camera was not asked


# -- with the real workshop


def test_the_ladder_reads_a_worn_picture_and_a_pretend_camera_has_a_card(
    office: Office, tmp_path: Path, qapp: QApplication
) -> None:
    worn = card_picture(GRADES["2.5"], 3)
    file = tmp_path / "the.jpg"
    worn.picture.save(file, "JPEG", quality=75)
    work = Pagework(office)
    try:
        assert work.codes_of(file) == (worn.text,)
        camera = PretendCamera(pretend_pictures)
        camera.open(camera.find()[0])
        camera.capture()
        assert work.codes(camera.capture().content)[0].count("|") == 10
        assert not any(each.is_file() for each in (office.folder / "work").rglob("*"))
    finally:
        work.close()
