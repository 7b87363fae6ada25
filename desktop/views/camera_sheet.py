"""The camera over a screen: its live picture; Space takes the page that lies under it, or the code of a card is read.

    sheet.take_pages(title, put)     one page after the other goes to `put(Page, told)` until it is closed
    sheet.read_card(hear)            the first card that is seen goes to `hear(text)`, and the sheet is put away

The camera looks while the sheet is open and no longer. What it sees for a card is looked at and forgotten. A page
counts when it is stored; one that could be laid down nowhere stays here, and Space stores it before another is taken.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.devices.source import LEAST_DPI, Device, Page
from desktop.jobs import Report, Ticket, alive
from desktop.scanning import Outcome
from desktop.views.boxes import Note, Overlay
from desktop.views.buttons import Button
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down, show_if
from desktop.views.live_picture import LivePicture, glance, moved
from desktop.views.screen import Counter
from desktop.views.wording import Words
from onestop import clock
from onestop.rules import card_codes
from onestop.rules.errors import DeviceTrouble, RuleBroken
from onestop.texts import _, message, sentence

LOOK = 120
"""Milliseconds between two pictures on the screen, and between two glances whether something moves."""
STILL = 3
"""Glances without a movement after which a sheet counts as held still."""
SMALL = 640
"""Dots of the wider side of the picture in which the sheet is looked for."""
A4_INCHES = 11.69
LEAST_SHARE = 0.35
"""Of the picture's width: a sheet that is smaller could be brought nearer."""
ROOM_LINES = 3
"""Lines that what is to be done may take."""
LOST = {"device.offline": "camera.unplugged", "device.busy": "camera.busy"}
"""What is said of a camera that looks no more."""
Put = Callable[[Page, Callable[[Outcome | None, str], None]], None]
"""Takes a page, and who hears what became of it (`scan_flow.Told`)."""
TRIES = 3
"""Pictures without a code after which the card has to come nearer."""


class CameraSheet(Overlay):
    """One for a screen; its camera is that of `counter.service`, else the machine's. `strip` stands under the picture:
    the pages that have come."""

    def __init__(self, counter: Counter, screen: QWidget, strip: QWidget | None = None) -> None:
        super().__init__(screen.window())
        look = counter.look
        self._counter, self._desk, self._look, self._screen = counter, counter.desk, look, screen
        self._work: Any = getattr(counter.service, "pagework", None)
        self.camera: Any = getattr(counter.service, "camera", None) or _machine_camera(self)
        self._put: Put | None = None
        self._kept: list[tuple[Put, Page]] = []
        self._behind = 0
        self._hear: Callable[[str], None] | None = None
        self._open: Device | None = None
        self._glance, self._still, self._wished = b"", 0, False
        self._outline: Any = None
        self._ticket: Ticket | None = None
        self._tries = 0
        self.count = 0
        self.title = Words(look, "", "lead", strong=True, wrap=True)
        self.live = LivePicture(look)
        self.said = Words(look, "", "lead", wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        # What stands below it keeps its place while the sentence changes.
        self.said.setMinimumHeight(ROOM_LINES * look.metrics("lead").lineSpacing())
        self.note = Note(look, "", "warning")
        self.note.hide()
        self.trouble = Note(look, "", "danger")
        self.trouble.hide()
        self.choice = Choice(look)
        self.choice.currentIndexChanged.connect(lambda _at: self._chosen())
        self._which = Field(look, _("Máy ảnh"), self.choice)
        self.take_button = Button(look, _("Chụp"), "main", key="Space", big=True)
        self.take_button.clicked.connect(self.take)
        self.close_button = Button(look, _("Xong"), key="Esc")
        self.close_button.clicked.connect(self.put_away)
        self.told = Words(look, "", tone="quiet", wrap=True)
        side = QWidget()
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        parts = (self._which, self.said, self.note, self.trouble, self.told, None, self.take_button, self.close_button)
        side.setLayout(down(look, *parts, gap="m"))
        side.setFixedWidth(look.size("receive_side") if look.large else look.size("side"))
        self._strip = strip
        left = down(look, (self.live, 1), *([strip] if strip is not None else []))
        self.setLayout(down(look, self.title, (across(look, (left, 1), side, gap="l"), 1), gap="m", margins="l"))
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self.look_again)
        self.camera.lost.connect(self._lost)
        self.camera.changed.connect(self._plugged)
        self.closed.connect(self._end)
        screen.installEventFilter(self)

    # -- open and closed

    def take_pages(self, title: str, put: Put) -> None:
        """Take pages for what is called `title`."""
        self._put, self._hear = put, None
        self._begin(title)
        if self._kept:
            self.trouble.say(_("Trang chụp trước chưa lưu được, vẫn còn ở đây. Nhấn Space để lưu."))

    def read_card(self, hear: Callable[[str], None]) -> None:
        """Look for the code of a card."""
        self._put, self._hear = None, hear
        self._begin(_("Đọc thẻ căn cước bằng máy ảnh"))
        self.told.say(
            _("Không có máy ảnh: đặt thẻ lên máy quét rồi nhấn F6. Hình thẻ chỉ để đọc mã, không lưu ở đâu cả.")
        )

    def _begin(self, title: str) -> None:
        self.title.say(title)
        self.setAccessibleName(title)
        self.count = self._tries = self._behind = 0
        self.trouble.say("")
        self._outline, self._wished = None, False
        self.told.say("")
        show_if(self.take_button, self._put is not None)
        if self._strip is not None:
            show_if(self._strip, self._put is not None)
        window, edge = self.parentWidget(), self._look.space("xxl")
        self.setGeometry(edge, edge, window.width() - 2 * edge, window.height() - 2 * edge)
        self._show_cameras()
        self.lift(self.live)
        self._timer.start()

    def _end(self) -> None:
        """Nothing looks any more, and nothing that was seen is kept."""
        self._timer.stop()
        self.camera.close()
        self._open, self._outline, self._glance = None, None, b""
        self.live.show_picture(QImage())
        self.live.show_outline((), "accent")
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._screen and event.type() == QEvent.Type.Hide and self._timer.isActive():
            # Another screen is shown, or the window goes: then nothing is visible, and the camera ends all the same.
            self.put_away()
            self._end()
        return False

    # -- which camera

    def _show_cameras(self) -> None:
        """The cameras that are there; the one used last, else the first, looks."""
        found: list[Device] = self.camera.find()
        self.choice.blockSignals(True)
        self.choice.set_choices([(each.key, each.name or _("Máy ảnh")) for each in found])
        self.choice.choose(self._counter.settings.get("camera_known"))
        self.choice.blockSignals(False)
        show_if(self._which, len(found) > 1)
        self.take_button.setEnabled(bool(found))
        if not found:
            self._open = None
            self.live.show_picture(QImage())
            self._say(sentence("camera.none"))
        else:
            self._look_with(next(each for each in found if each.key == self.choice.value))

    def _chosen(self) -> None:
        """Another camera, which is remembered."""
        device = next((each for each in self.camera.find() if each.key == self.choice.value), None)
        if device is not None:
            self._counter.settings.set("camera_known", device.key)
            self._look_with(device)

    def _look_with(self, device: Device) -> None:
        try:
            self.camera.open(device)
        except DeviceTrouble as trouble:
            self._lost(trouble.code)
            return
        self._open = device
        self._say(_("Đang mở máy ảnh…"))

    def _plugged(self) -> None:
        """One was plugged in or pulled out. The one that looks goes on looking."""
        if self.isVisible() and (self._open is None or self._open not in self.camera.find()):
            self._show_cameras()

    def _lost(self, code: str) -> None:
        if self.isVisible():
            self._open = None
            self.live.show_picture(QImage())
            self._say(sentence(LOST.get(code, "camera.unplugged")))

    # -- looking

    def look_again(self) -> None:
        """The newest picture; whether it is still; and now and then where the sheet, or what the code, is."""
        image = self.camera.look() if self._open is not None else QImage()
        if image.isNull():
            return
        self.live.show_picture(image)
        now = glance(image)
        self._still = 0 if moved(self._glance, now) else self._still + 1
        self._glance = now
        if self._ticket is None and self._work is not None:
            self._ask(image)
        if self._put is not None:
            self._settle()
            if self._wished and self._still >= STILL:
                self._take()

    def _ask(self, image: QImage) -> None:
        if self._hear is not None:
            self._run(read_frame, image, self._codes)
        elif self._still > 0:  # what moves is looked for when it has come to rest
            small = image.scaled(QSize(SMALL, SMALL), Qt.AspectRatioMode.KeepAspectRatio)
            self._run(find_outline, small, self._found)

    def _run(self, work: Callable[..., Any], image: QImage, then: Callable[[Any], None]) -> None:
        ticket = self._desk.run(work, self._work, image, then=then, always=self._over, owner=self)
        self._ticket = None if ticket.over else ticket

    def _over(self) -> None:
        self._ticket = None

    # -- a page

    def _found(self, outline: Any) -> None:
        if self._put is not None and self.isVisible():
            self._outline = outline
            self._settle()

    @property
    def dpi(self) -> int:
        """Dots an inch that the sheet would have, were it A4; without an outline, the whole picture."""
        wide, high = self.live.image.width(), self.live.image.height()
        long = wide * max(self._outline.width, self._outline.height) if self._outline else max(wide, high)
        return max(1, round(long / A4_INCHES))

    def _settle(self) -> None:
        """What the person is to do now."""
        outline = self._outline
        far = outline is not None and max(outline.width, outline.height) < LEAST_SHARE
        ready = self._still >= STILL and outline is not None and not far
        self.live.show_outline(outline.corners if outline is not None else (), "good" if ready else "accent")
        if self._wished:
            self._say(_("Giữ yên, chụp ngay khi hình đứng lại. Nhấn Space lần nữa thì chụp luôn."))
        elif self._still < STILL:
            self._say(_("Đặt giấy rồi giữ yên…"))
        elif outline is None:
            self._say(_("Chưa thấy đủ bốn mép giấy. Đặt giấy trên nền khác màu, cho vào hết trong hình."))
        elif far:
            self._say(_("Tờ giấy nhỏ trong hình. Đưa máy ảnh lại gần hơn."))
        else:
            self._say(_("Thấy rõ tờ giấy. Nhấn Space hoặc Enter để chụp."))
        coarse = self._still >= STILL and outline is not None and self.dpi < LEAST_DPI * 0.95
        text = _("Khổ A4 sẽ chừng {dpi} dpi, quy định ít nhất {least}. Lại gần hơn, hoặc dùng máy quét.")
        self.note.say(text.format(dpi=self.dpi, least=LEAST_DPI) if coarse else "")

    def _say(self, text: str) -> None:
        self.said.say(text)
        self.live.setAccessibleDescription(text)

    def take(self) -> None:
        """Space or Enter: take the page as soon as it is held still; a second time: as it is."""
        if self._put is None:
            return
        if self._kept:
            self._hand_over(*self._kept.pop(0))
        elif self._open is None:
            return
        elif self._wished or self._still >= STILL:
            self._take()
        else:
            self._wished = True
            self._settle()

    def _take(self) -> None:
        self._wished = False
        put = self._put
        try:
            page = self.camera.capture(1, self.dpi)
        except DeviceTrouble as trouble:
            self._say(message(trouble.code, trouble.details))
            return
        assert put is not None
        self._hand_over(put, page)

    def _hand_over(self, put: Put, page: Page) -> None:
        self.told.say(_("Đang lưu trang vừa chụp…"))
        put(page, partial(self._stored, put, page))

    def _stored(self, put: Put, page: Page, outcome: Outcome | None, why: str) -> None:
        """What became of a page: it counts when it is stored; one that waits in the spool is stored before the next."""
        if not alive(self):
            return
        if outcome is None:
            self._kept.append((put, page))
            why = _("{why} Trang vừa chụp vẫn còn ở đây: nhấn Space để lưu lại.").format(why=why)
        else:
            came = len(outcome.came) + min(self._behind, len(outcome.fetched))
            self.count += came
            self._behind = 0 if outcome.came else self._behind + outcome.waiting
        self.trouble.say(why)
        text = _("Đã chụp {count} trang. Đặt trang tiếp theo, hoặc Esc khi xong.") if self.count and not why else ""
        text = text or (_("Đã lưu {count} trang.") if self.count else "")
        self.told.say(text.format(count=self.count))

    # -- a card

    def _codes(self, answer: str | RuleBroken) -> None:
        """What was read off the picture: a card, or why there is none."""
        hear = self._hear
        if hear is None or not self.isVisible():
            return
        if isinstance(answer, str):
            self.put_away()
            hear(answer)
        elif answer.code != "card.no-code":
            self._tries = 0
            self._say(message(answer.code, answer.details))
        else:
            self._tries += 1
            if self._tries >= TRIES:
                self._say(_("Chưa đọc được mã. Đưa thẻ lại gần, giữ yên, tránh bóng loáng."))
            elif self._tries == 1:
                self._say(_("Đưa mặt thẻ có mã QR vào giữa hình."))

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        taking = event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if taking and self._put is not None and not event.isAutoRepeat():
            self.take()
        else:
            super().keyPressEvent(event)


def _machine_camera(parent: QObject) -> Any:
    return importlib.import_module("desktop.devices.camera").Camera(parent)


def _jpeg(image: QImage) -> bytes:
    content: bytes = importlib.import_module("desktop.devices.camera").encoded(image)
    return content


def read_frame(report: Report, work: Any, image: QImage) -> str | RuleBroken:
    """In a worker: the card under the camera, else why there is none."""
    return read_codes(report, work, _jpeg(image))


def read_codes(report: Report, work: Any, content: bytes) -> str | RuleBroken:
    """In a worker: the card on a picture as a reader would type it, else why there is none. The picture is not kept."""
    try:
        return card_codes.among(work.codes(content), clock.today())
    except RuleBroken as broken:
        return broken if broken.code.startswith("card.") else RuleBroken("card.no-code")


def find_outline(report: Report, work: Any, image: QImage) -> Any:
    """In a worker: the sheet on a small picture."""
    return work.outline(_jpeg(image))
