"""Who is at the desk: login with name and password, the first time with a one-time code, and the fast change of clerk.

The panel knows no store: a `Door` is handed to it. It never says whether a login exists.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.assets import Look
from desktop.views.boxes import Card, Hairline, Note, Overlay, Scroll
from desktop.views.buttons import Button
from desktop.views.inputs import Field
from desktop.views.laying import across, down
from desktop.views.screen import Clerk
from desktop.views.wording import Symbol, Words, initials
from onestop.texts import _, sentence

CHOOSE_PASSWORD = "login.choose-password"
"""What the door answers when the one-time code was right: a password has to be chosen now."""
TILES = 4
"""Clerks in sight at once; the others are scrolled to."""


@dataclass(frozen=True, slots=True)
class Door:
    """How a clerk comes in.

    `enter(login, password, new_password, then)` answers later with `then(clerk, code)`: the clerk, or None and the code
    of what is wrong (`login.refused`, `login.locked`, `login.password-short`, or CHOOSE_PASSWORD).
    `clerks` are offered to be picked; `pick(login, then)` lets one in without a password and is there in a demo office
    alone.
    """

    office: str
    clerks: Sequence[Clerk]
    enter: Callable[[str, str, str | None, Callable[[Clerk | None, str], None]], None]
    pick: Callable[[str, Callable[[Clerk | None, str], None]], None] | None = None
    last_login: str = ""


class Avatar(QWidget):
    """The initials of a name in a circle."""

    def __init__(self, look: Look, name: str = "") -> None:
        super().__init__()
        self._look, self._name = look, name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_name(self, name: str) -> None:
        """Somebody else."""
        self._name = name
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.size("avatar"), self._look.size("avatar"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("accent_soft"))
        painter.drawEllipse(self.rect())
        painter.setPen(self._look.colour("accent_soft_ink"))
        painter.setFont(self._look.font("note", strong=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, initials(self._name))


class Emblem(QWidget):
    """The sign of the program: an open door on the accent."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._look.size("icon_big"), self._look.size("icon_big"))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent"))
        painter.drawRoundedRect(QRectF(self.rect()), look.space("radius"), look.space("radius"))
        side = look.size("icon")
        painter.drawPixmap(
            (self.width() - side) // 2, (self.height() - side) // 2, look.pixmap("door-open", "on_accent")
        )


class ClerkTile(Button):
    """A clerk to be picked."""

    def __init__(self, look: Look, clerk: Clerk) -> None:
        super().__init__(look, kind="flat", name=f"{clerk.name}, {clerk.role}")
        about = " · ".join(part for part in (clerk.role, clerk.counter) if part)
        words = down(look, Words(look, clerk.name, strong=True), Words(look, about, "note", "quiet"), gap="none")
        self.setLayout(across(look, Avatar(look, clerk.name), words, None, gap="m", margins=("s", "xs", "s", "xs")))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        hint = layout.sizeHint() if layout is not None else super().sizeHint()
        return hint.expandedTo(QSize(0, self._look.size("big_control") + self._look.space("s")))


class LoginPanel(QWidget):
    """The fields themselves, on the login page and in the change of clerk. `entered(Clerk)` when somebody is in."""

    entered = Signal(object)

    def __init__(self, look: Look, door: Door, *, now: Clerk | None = None) -> None:
        super().__init__()
        self._look, self._door = look, door
        self._choosing = False
        self.login = QLineEdit()
        self.login.setText(door.last_login if now is None else "")
        self.login.setInputMethodHints(Qt.InputMethodHint.ImhNoAutoUppercase | Qt.InputMethodHint.ImhLatinOnly)
        self.password = self._secret()
        self.first = self._secret()
        self.second = self._secret()
        self.login_field = Field(look, _("Tên đăng nhập"), self.login)
        self.password_field = Field(look, _("Mật khẩu hoặc mã dùng một lần"), self.password)
        self.first_field = Field(look, _("Mật khẩu mới"), self.first, _("Ít nhất 8 ký tự, chỉ mình bạn biết."))
        self.second_field = Field(look, _("Gõ lại mật khẩu mới"), self.second)
        self.fault = Note(look, "", "danger")
        self.fault.hide()
        self.button = Button(look, _("Đăng nhập"), "main", big=True)
        self.button.clicked.connect(self.submit)
        column = down(look, gap="m")
        self.setLayout(column)
        fields = (self.fault, self.login_field, self.password_field, self.first_field, self.second_field, self.button)
        others = [clerk for clerk in door.clerks if now is None or clerk.id != now.id]
        if others and now is not None:
            self._offer(column, others)
        for widget in fields:
            column.addWidget(widget)
        if others and now is None:
            self._offer(column, others)
        self.first_field.hide()
        self.second_field.hide()
        for line in (self.login, self.password, self.first, self.second):
            line.returnPressed.connect(self._enter)
            line.textEdited.connect(self._edited)

    def _secret(self) -> QLineEdit:
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        return line

    def _offer(self, column: QVBoxLayout, clerks: Sequence[Clerk]) -> None:
        demo = self._door.pick is not None
        heading = _("Cơ quan mẫu: chọn người dùng, không cần mật khẩu") if demo else _("Chọn người dùng")
        column.addWidget(Words(self._look, heading, "note", "quiet", wrap=True))
        tiles = down(self._look, gap="none")
        height = 0
        for place, clerk in enumerate(clerks):
            tile = ClerkTile(self._look, clerk)
            tile.clicked.connect(lambda _checked=False, clerk=clerk: self._picked(clerk))
            tiles.addWidget(tile)
            height += tile.sizeHint().height() if place < TILES else 0
        sheet = QWidget()
        sheet.setLayout(tiles)
        scroll = Scroll(sheet)
        scroll.setFixedHeight(height)
        column.addWidget(scroll)

    def start(self) -> None:
        """Put the focus where typing begins."""
        (self.password if self.login.text() else self.login).setFocus(Qt.FocusReason.OtherFocusReason)

    def _picked(self, clerk: Clerk) -> None:
        if self._door.pick is not None:
            self._door.pick(clerk.login, self._answered)
        else:
            self.login.setText(clerk.login)
            self.password.clear()
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self) -> None:
        self.fault.say("")
        for field in (self.login_field, self.password_field, self.first_field, self.second_field):
            field.clear()

    def _enter(self) -> None:
        """Enter goes to the next thing that is still needed; where one stands there already, that is said."""
        empty = self._empty()
        if empty is None or empty[0].control.hasFocus():
            self.submit()
        else:
            empty[0].control.setFocus(Qt.FocusReason.TabFocusReason)

    def _empty(self) -> tuple[Field, str] | None:
        """The first field that has nothing in it, and what to say there."""
        asked = [
            (self.login, self.login_field, _("Nhập tên đăng nhập.")),
            (self.password, self.password_field, _("Nhập mật khẩu hoặc mã dùng một lần.")),
        ]
        if self._choosing:
            asked += [
                (self.first, self.first_field, _("Nhập mật khẩu mới.")),
                (self.second, self.second_field, _("Gõ lại mật khẩu mới.")),
            ]
        return next(((field, text) for line, field, text in asked if not line.text().strip()), None)

    def submit(self) -> None:
        """Try to come in with what has been typed."""
        empty = self._empty()
        if empty is not None:
            field, text = empty
            field.say_wrong(text)
            field.control.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._choosing and self.first.text() != self.second.text():
            self.second_field.say_wrong(_("Hai lần gõ không giống nhau."))
            self.second.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.button.setEnabled(False)
        new = self.first.text() if self._choosing else None
        self._door.enter(self.login.text().strip(), self.password.text(), new, self._answered)

    def _answered(self, clerk: Clerk | None, code: str) -> None:
        self.button.setEnabled(True)
        if clerk is not None:
            for line in (self.password, self.first, self.second):
                line.clear()
            self.entered.emit(clerk)
        elif code == CHOOSE_PASSWORD:
            self._choosing = True
            self.first_field.show()
            self.second_field.show()
            self.button.say(_("Đặt mật khẩu và đăng nhập"))
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._choosing:
            self.first_field.say_wrong(sentence(code))
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.fault.say(sentence(code))
            self.password.selectAll()
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)


class LoginPage(QFrame):
    """The whole window before anybody is in."""

    def __init__(self, look: Look, door: Door) -> None:
        super().__init__()
        self.setObjectName("loginGround")
        self._look = look
        self.panel = LoginPanel(look, door)
        self.card = Card(look, padding="xxl", gap="l")
        name = Words(look, _("Một Cửa"), "title", strong=True)
        words = down(look, name, Words(look, door.office, tone="quiet", wrap=True), gap="none")
        self.card.add(across(look, Emblem(look), (words, 1), gap="m"), self.panel)
        self.card.setFixedWidth(look.size("login"))
        sheet = QWidget()
        sheet.setLayout(down(look, None, across(look, None, self.card, None), None, margins="xl"))
        self.setLayout(down(look, Scroll(sheet)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "card"):
            self.card.setFixedWidth(self._look.size("login"))


class ClerkChange(Overlay):
    """The same panel as a sheet under the clerk's badge: another clerk comes in, or this one leaves."""

    entered = Signal(object)
    left = Signal()

    def __init__(self, look: Look, door: Door, now: Clerk | None, window: QWidget) -> None:
        super().__init__(window)
        self.panel = LoginPanel(look, door, now=now)
        self.panel.entered.connect(self._in)
        column = down(look, gap="m", margins="l")
        if now is not None:
            leave = Button(look, _("Đăng xuất"), icon="log-out")
            leave.clicked.connect(self._leave)
            about = " · ".join(part for part in (now.role, now.counter) if part)
            words = down(look, Words(look, now.name, strong=True), Words(look, about, "note", "quiet"), gap="none")
            column.addLayout(across(look, Avatar(look, now.name), (words, 1), leave, gap="m"))
        column.addWidget(Hairline(look))
        column.addWidget(self.panel)
        sheet = QWidget()
        sheet.setLayout(column)
        self._width = look.size("login")
        self.setLayout(down(look, Scroll(sheet)))
        self.setAccessibleName(_("Đổi người dùng"))
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Whoever goes on working elsewhere has changed his mind."""
        if new is not None and self.isVisible() and new is not self and not self.isAncestorOf(new):
            self.put_away()

    def open_at(self, right: int, top: int) -> None:
        """Open with its right upper corner here."""
        self.move(0, top)
        self.fit(self._width)
        self.move(max(0, right - self.width()), top)
        self.lift(self.panel.login)
        self.panel.start()

    def _in(self, clerk: Clerk) -> None:
        self.put_away()
        self.entered.emit(clerk)

    def _leave(self) -> None:
        self.put_away()
        self.left.emit()


__all__ = ["Avatar", "ClerkChange", "Door", "Emblem", "LoginPage", "LoginPanel", "Symbol"]
