"""The page that is shown where there is no office to work in: none yet, one whose database is damaged or gone, or one
that cannot be opened as things are (no right to write, disk full)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Signal, SignalInstance
from PySide6.QtWidgets import QFrame

from desktop.assets import Look
from desktop.views.boxes import Card, Note
from desktop.views.buttons import Button
from desktop.views.laying import across, down
from desktop.views.login import Emblem
from desktop.views.wording import Words
from onestop.texts import N_, _, sentence

GONE = {
    "office.lost": N_("Mất tệp office.db, cơ sở dữ liệu của cơ quan làm việc trong thư mục này."),
    "store.damaged": N_("Cơ sở dữ liệu bị hỏng, không đọc được."),
}
"""Troubles for which a copy may be brought back."""


class WelcomePage(QFrame):
    """`code` is that of the trouble with which opening the office ended; among its `details`, `day` is the day of the
    last good copy of a database that is gone."""

    demo = Signal()
    restore = Signal()
    retry = Signal()
    leave = Signal()

    def __init__(self, look: Look, code: str, folder: str, details: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        given = details or {}
        self.setObjectName("loginGround")
        self._look = look
        self.card = Card(look, padding="xxl", gap="l")
        name = Words(look, _("Một Cửa"), "title", strong=True)
        self.card.add(across(look, Emblem(look), (name, 1), gap="m"))
        self.buttons: list[Button] = []
        if code == "office.none":
            self._no_office(folder)
        elif code in GONE:
            self._gone(code, folder, given.get("day"))
        else:
            self._closed(code, folder, given)
        quit_button = Button(look, _("Thoát chương trình"))
        quit_button.clicked.connect(self.leave)
        self.card.add(quit_button)
        self.buttons.append(quit_button)
        self.card.setFixedWidth(look.size("login"))
        self.setLayout(down(look, None, across(look, None, self.card, None), None, margins="xl"))

    def _no_office(self, folder: str) -> None:
        look = self._look
        self.card.add(
            Words(look, _("Máy này chưa có cơ quan nào."), strong=True, wrap=True),
            Words(
                look,
                _(
                    "Người cài đặt lập cơ quan bằng lệnh: motcua office init --file office.toml\n"
                    "Hoặc bấm nút dưới đây để làm thử với một phường không có thật."
                ),
                tone="quiet",
                wrap=True,
            ),
            self._where(folder),
        )
        self._button(_("Làm thử với phường Mẫu"), self.demo)

    def _closed(self, code: str, folder: str, details: Mapping[str, Any]) -> None:
        """An office that is there, and cannot be worked in as things are: why, and what to do before the next try."""
        self.card.add(Note(self._look, sentence(code, **details), "danger"), self._where(folder))
        self._button(_("Thử lại"), self.retry)

    def _where(self, folder: str) -> Words:
        return Words(self._look, _("Thư mục: {folder}").format(folder=folder), "note", tone="quiet", wrap=True)

    def _gone(self, code: str, folder: str, copy: date | None) -> None:
        """What has happened, and the one thing that can be done: an office is never begun anew over another."""
        look = self._look
        self.card.add(Note(look, _(GONE[code]), "danger"))
        if copy is not None:
            day = f"{copy:%d/%m/%Y}"
            words = _(
                "Có bản sao tốt của ngày {day}. Lấy lại bản đó thì hồ sơ nhận sau lúc sao phải nhập bù, và cấp số chờ "
                "người phụ trách xác nhận."
            ).format(day=day)
            if code == "store.damaged":
                words += " " + _("Tệp hỏng được giữ lại bên cạnh, không xóa.")
            self.card.add(Words(look, words, wrap=True))
            self._button(_("Lấy lại bản sao ngày {day}").format(day=day), self.restore)
        else:
            self.card.add(Words(look, _("Không có bản sao nào dùng được. Gọi người cài đặt, đừng xóa gì."), wrap=True))
            self._button(_("Thử lại"), self.retry)
        self.card.add(self._where(folder))

    def _button(self, text: str, pressed: SignalInstance) -> None:
        button = Button(self._look, text, "main")
        button.clicked.connect(pressed)
        self.card.add(button)
        self.buttons.append(button)

    def wait(self) -> None:
        """Work is under way: nothing can be pressed twice."""
        for button in self.buttons:
            button.setEnabled(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "card"):
            self.card.setFixedWidth(self._look.size("login"))
