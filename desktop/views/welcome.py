"""The page that is shown where there is no office to work in: none yet, or one whose database is damaged."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, SignalInstance
from PySide6.QtWidgets import QFrame

from desktop.assets import Look
from desktop.views.login import Emblem
from desktop.views.widgets import Button, Card, Note, Words, across, down
from onestop.texts import _, sentence


class WelcomePage(QFrame):
    """`code` is "office.none" or "store.damaged"; `copy`: the day of the last good copy, "" when there is none."""

    demo = Signal()
    restore = Signal()
    leave = Signal()

    def __init__(self, look: Look, code: str, folder: str, copy: str = "") -> None:
        super().__init__()
        self.setObjectName("loginGround")
        self._look = look
        self.card = Card(look, padding="xxl", gap="l")
        name = Words(look, _("Một Cửa"), "title", strong=True)
        self.card.add(across(look, Emblem(look), (name, 1), gap="m"))
        self.buttons: list[Button] = []
        if code == "office.none":
            self._no_office(folder)
        else:
            self._damaged(copy)
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
            Words(look, _("Thư mục: {folder}").format(folder=folder), "note", tone="quiet", wrap=True),
        )
        self._button(_("Làm thử với phường Mẫu"), self.demo)

    def _damaged(self, copy: str) -> None:
        look = self._look
        self.card.add(Note(look, sentence("store.damaged"), "danger"))
        if copy:
            year, month, day = copy.split("-")
            self.card.add(
                Words(
                    look,
                    _(
                        "Có bản sao tốt của ngày {day}. Lấy lại bản đó thì hồ sơ nhận sau lúc sao phải nhập bù; "
                        "tệp hỏng được giữ lại bên cạnh, không xóa."
                    ).format(day=f"{day}/{month}/{year}"),
                    wrap=True,
                )
            )
            self._button(_("Lấy lại bản sao ngày {day}").format(day=f"{day}/{month}/{year}"), self.restore)
        else:
            self.card.add(Words(look, _("Không có bản sao nào dùng được. Gọi người cài đặt, đừng xóa gì."), wrap=True))

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
