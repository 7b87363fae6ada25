"""Kiểm tra thiết bị: what printers, scanners and readers this machine has, what is the matter with them, and a page to
try the scanner with, without any dossier.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from desktop.devices import doctor
from desktop.devices.doctor import Fact
from desktop.devices.scanners import wish_of
from desktop.devices.source import Page
from desktop.jobs import Report, Ticket
from desktop.views.badges import State
from desktop.views.buttons import Button
from desktop.views.laying import across, down, show_if
from desktop.views.office_part import OfficePart
from desktop.views.screen import Counter
from desktop.views.wording import Words
from onestop.rules.errors import RuleBroken
from onestop.texts import _, message


class DevicesPart(OfficePart):
    """One card. Nothing is looked for until it is asked: looking takes seconds, and it wakes network scanners."""

    key = "devices"
    permission = None

    def __init__(self, counter: Counter) -> None:
        self.title = _("Kiểm tra thiết bị")
        super().__init__(counter)
        look = self.look
        self.facts: Sequence[Fact] = ()
        self._ticket: Ticket | None = None
        self.look_button = Button(look, _("Kiểm tra"), icon="search")
        self.look_button.clicked.connect(self.look_around)
        self.try_button = Button(look, _("Quét thử một trang"), icon="scan-line")
        self.try_button.clicked.connect(self.try_scan)
        self.stop_button = Button(look, _("Dừng"))
        self.stop_button.clicked.connect(self._stop)
        self.stop_button.hide()
        self.said = Words(look, _("Xem máy in, máy quét, đầu đọc thẻ nào dùng được."), tone="quiet", wrap=True)
        self._list = QWidget()
        self._list.setLayout(down(look, gap="s"))
        self._list.setAccessibleName(_("Kết quả kiểm tra"))
        self.sample = QLabel()
        self.sample.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.sample.setAccessibleName(_("Trang quét thử"))
        self.sample.hide()
        self.add(
            self.said,
            across(look, self.look_button, self.try_button, self.stop_button, None, gap="s"),
            self._list,
            self.sample,
            self.fault,
        )

    def first(self) -> QWidget:
        return self.look_button

    # -- what there is

    def look_around(self) -> None:
        """Ask every driver, off the GUI thread; cameras are known to the window alone."""
        self._begin(_("Đang tìm thiết bị…"))
        service = self.counter.service
        cameras = importlib.import_module("desktop.devices.camera").Camera(self).find()
        self._ticket = self.desk.run(_facts, service, cameras, then=self._found, always=self._end, owner=self)

    def _found(self, facts: Sequence[Fact]) -> None:
        self.facts = facts
        layout = self._list.layout()
        while (item := layout.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().deleteLater()
        for fact in facts:
            layout.addWidget(self._row(fact))
        wrong = sum(1 for fact in facts if not fact.ok)
        text = _("Có {count} thiết bị chưa dùng được.").format(count=wrong) if wrong else _("Các thiết bị dùng được.")
        self.said.say(text)

    def _row(self, fact: Fact) -> QWidget:
        look = self.look
        icon, tone = ("circle-check", "good") if fact.ok else ("circle-x", "danger")
        if fact.ok and fact.note:
            icon, tone = "info", "quiet"
        row = QWidget()
        row.setLayout(
            down(
                look,
                State(look, icon, fact.name, tone, strong=True, wrap=True),
                Words(look, fact.detail, "note", "quiet", wrap=True),
                gap="none",
            )
        )
        row.setAccessibleName(f"{fact.name}. {fact.detail}")
        return row

    # -- a page to try

    def try_scan(self) -> None:
        """One page with the settings of this machine; it is shown and kept nowhere."""
        self._begin(_("Đang quét thử…"))
        self.sample.hide()
        self._ticket = self.desk.run(
            _one_page,
            self.counter.service,
            then=self._scanned,
            or_else=self._refused,
            always=self._end,
            owner=self,
        )

    def _scanned(self, page: Page | None) -> None:
        if page is None:
            self.said.say(_("Đã dừng."))
            return
        image = QImage.fromData(QByteArray(page.content))
        side = self.look.size("panel_words")
        shown = image.scaled(
            QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        self.sample.setPixmap(QPixmap.fromImage(shown))
        self.sample.show()
        self.said.say(
            _("Quét được: {width} × {height} điểm, {dpi} dpi, {size} KB. Trang thử không lưu ở đâu cả.").format(
                width=page.width, height=page.height, dpi=page.dpi, size=len(page.content) // 1024
            )
        )

    def _refused(self, broken: RuleBroken) -> None:
        self.fault.say(message(broken.code, broken.details))

    # -- both

    def _begin(self, words: str) -> None:
        self.fault.say("")
        self.said.say(words)
        for button in (self.look_button, self.try_button):
            button.setEnabled(False)
        show_if(self.stop_button, True)

    def _end(self) -> None:
        self._ticket = None
        for button in (self.look_button, self.try_button):
            button.setEnabled(True)
        self.stop_button.hide()
        if self.said.text().endswith("…"):
            self.said.say("")

    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()


def _facts(report: Report, service: Any, cameras: Sequence[Any]) -> list[Fact]:
    names = service.printers.names()
    said = ", ".join(names) if names else _("Chưa có máy in nào.")
    printers = Fact(_("Máy in"), "printer", True, said, note=not names)
    return [printers, *doctor.facts(service.scanners, cameras, stop=lambda: report.cancelled)]


def _one_page(report: Report, service: Any) -> Page | None:
    """The first page that comes; the scanner is stopped after it. None when it was given up."""
    scanners = service.scanners
    page: Page | None = scanners.glance(wish_of(scanners.settings), lambda: report.cancelled)
    return page
