"""The frame: rail, top bar, notice bar, title row, and the screen shown; navigation and nothing else.

To add a screen: write `views/<name>.py` with a class that fulfils `views/screen.py: Screen`, give it a command
`go.<name>` in `views/commands.py`, and add `Place("<name>", "go.<name>", NameScreen)` in `app.py`. A screen is made
when it is first shown. The frame asks it for `title()`, `badge()`, `hints()` (again at its signal `changed_head`) and
binds its `commands()`, which count while it is shown; it calls `wished(**wish)` and `activated()` when it comes,
`can_leave()` before it goes, and `keepsake()` before it is made anew in another language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QMainWindow,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.assets import Look
from desktop.bus import Level, Notice
from desktop.desk import Desk
from desktop.settings import Settings
from desktop.views.badges import KeyHint, Pill, State
from desktop.views.boxes import Overlay
from desktop.views.buttons import Button, pressed_by
from desktop.views.commands import EVERYWHERE, Commands
from desktop.views.keys_help import KeysHelp
from desktop.views.laying import across, down
from desktop.views.login import Avatar, ClerkChange, Door, Emblem, LoginPage
from desktop.views.notices import Notices
from desktop.views.palette import Finder, Palette
from desktop.views.screen import Clerk, Counter, Hint, Screen
from desktop.views.wording import Symbol, Words
from onestop.rules.roles import Permission
from onestop.texts import _


@dataclass(frozen=True, slots=True)
class Place:
    """A screen. `command` gives its word, icon, key and permission; `foot`: at the lower end of the rail; without
    `rail` one comes to it from another screen only."""

    key: str
    command: str
    make: Callable[[Counter], Screen]
    foot: bool = False
    rail: bool = True


LANGUAGE_WAITS = "language.waits"


class RailButton(QAbstractButton):
    """An icon over a short word; its key shows while Alt is held."""

    def __init__(self, look: Look, icon: str, text: str, letter: str) -> None:
        super().__init__()
        self._look, self._icon, self._letter = look, icon, letter
        self.hinting = False
        self.setText(text)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleDescription(_("Phím {key}").format(key=f"Alt {letter}"))

    def sizeHint(self) -> QSize:
        word = self._look.metrics("note").horizontalAdvance(self.text()) + 2 * self._look.space("ring")
        return QSize(max(self._look.size("rail_word"), word), self._look.size("rail_button"))

    def minimumSizeHint(self) -> QSize:
        least = self._look.size("icon") + self._look.metrics("note").height() + self._look.space("xs")
        return QSize(self.sizeHint().width(), least)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, rect = self._look, QPainter(self), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = look.space("radius_small")
        ground = "rail_active" if self.isChecked() else "rail_hover" if self.underMouse() else ""
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(ground))
            painter.drawRoundedRect(rect, radius, radius)
        if self.hasFocus():
            ring = look.space("ring")
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(look.colour("rail_focus"))
            pen.setWidth(ring)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            half = ring / 2
            painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
        tone = "rail_active_ink" if self.isChecked() else "rail_ink"
        side = look.size("icon")
        painter.setFont(look.font("note"))
        line = painter.fontMetrics().height()
        top = (rect.height() - side - line - look.space("xs")) / 2
        painter.drawPixmap(QPoint(round((rect.width() - side) / 2), round(top)), look.pixmap(self._icon, tone))
        painter.setPen(look.colour(tone))
        words = QRectF(0, top + side + look.space("xs"), rect.width(), line)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hinting:
            key = look.size("key")
            badge = QRectF(rect.right() - key, 0, key, key)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("rail_focus"))
            painter.drawRoundedRect(badge, look.space("radius_key"), look.space("radius_key"))
            painter.setPen(look.colour("rail"))
            painter.setFont(look.font("note", strong=True))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, self._letter)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by(self, event):
            super().keyPressEvent(event)


class Rail(QFrame):
    """The places, the one shown marked; as wide as the longest of their names asks in the language in use."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._look = look
        self._buttons: dict[str, RailButton] = {}
        self._body = down(look, gap="xs", margins=("none", "m", "none", "m"))
        emblem = Emblem(look)
        self._body.addWidget(emblem, 0, Qt.AlignmentFlag.AlignHCenter)
        self._body.addSpacing(look.space("s"))
        self._body.addStretch(1)
        self._heads = 2
        self.setLayout(self._body)
        self._fit()
        self.setAccessibleName(_("Các màn hình"))

    def add(self, key: str, button: RailButton, *, foot: bool) -> None:
        """One more place."""
        self._buttons[key] = button
        if foot:
            self._body.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        else:
            self._body.insertWidget(self._heads, button, 0, Qt.AlignmentFlag.AlignHCenter)
            self._heads += 1
        self._fit()

    def _fit(self) -> None:
        look, plain = self._look, self._look.size("rail_word")
        wide = max((button.sizeHint().width() for button in self._buttons.values()), default=plain)
        for button in self._buttons.values():
            button.setFixedWidth(wide)
        self.setFixedWidth(look.size("rail") + wide - plain)

    def mark(self, key: str) -> None:
        """This place is shown."""
        for one, button in self._buttons.items():
            button.setChecked(one == key)

    def allow(self, key: str, allowed: bool) -> None:
        """A place that the clerk may not go to is not there."""
        self._buttons[key].setVisible(allowed)

    def hint(self, on: bool) -> None:
        """Show or hide the keys."""
        for button in self._buttons.values():
            button.hinting = on
            button.update()

    def clear(self) -> None:
        """Take all places away."""
        for button in self._buttons.values():
            self._body.removeWidget(button)
            button.deleteLater()
        self._buttons.clear()
        self._heads = 2
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_buttons"):
            self._fit()


class ClerkBadge(Button):
    """Who is at the desk; pressing it changes that."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, kind="flat", name=_("Đổi người dùng"))
        self.setObjectName("clerkBadge")
        self._avatar = Avatar(look)
        self._words = Words(look)
        chevron = Symbol(look, "chevron-down", "quiet", "icon_small")
        self.setLayout(across(look, self._avatar, self._words, chevron, margins=("s", "none", "s", "none")))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_clerk(self, clerk: Clerk | None) -> None:
        """Another clerk, or nobody."""
        name = clerk.name if clerk else ""
        self._avatar.set_name(name)
        self._words.say(" · ".join(part for part in (name, clerk.counter if clerk else "") if part))
        self.setAccessibleName(f"{_('Đổi người dùng')}: {self._words.text()}" if name else _("Đổi người dùng"))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        layout = self.layout()
        hint = super().sizeHint()
        return hint if layout is None else QSize(layout.sizeHint().width(), hint.height())


class TitleRow(QFrame):
    """Heading and badge of the screen, and at the right the keys worth knowing, as many as there is room for."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("titleRow")
        self._look = look
        self.heading = Words(look, size="title", strong=True)
        self.badge = Pill(look)
        self._hints: list[QWidget] = []
        self._line = across(look, self.heading, self.badge, None, gap="m", margins=("page", "none", "page", "none"))
        self.setLayout(self._line)
        self.setMinimumHeight(look.size("bar"))

    def show_screen(self, screen: Screen) -> None:
        """Ask the screen for its head."""
        self.heading.say(screen.title())
        self.badge.say(screen.badge(), screen.badge_tone())
        for old in self._hints:
            old.hide()
            old.deleteLater()
        self._hints = []
        for hint in (*screen.hints(), Hint("F1", _("Phím tắt"))):
            pair = QWidget(self)
            words = Words(self._look, hint.text, tone="quiet")
            pair.setLayout(across(self._look, KeyHint(self._look, hint.keys), words, gap="xs"))
            self._hints.append(pair)
        self._place()

    def minimumSizeHint(self) -> QSize:
        return self._line.minimumSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_hints"):
            self._place()

    def _place(self) -> None:
        """From the right, while there is room; F1 is the last to go."""
        right = self.width() - self._look.space("page")
        taken = self._line.minimumSize().width() - self._look.space("page")
        for pair in reversed(self._hints):
            size = pair.sizeHint()
            pair.setGeometry(right - size.width(), (self.height() - size.height()) // 2, size.width(), size.height())
            pair.setVisible(right - size.width() >= taken)
            right -= size.width() + self._look.space("l")


class _Frame(QVBoxLayout):
    """A screen takes the height that there is: its panes scroll by themselves, and a notice above it costs them a line,
    not the whole screen its place. With large text it asks for the height that its words need, and scrolls whole."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def hasHeightForWidth(self) -> bool:
        return self._look.large and super().hasHeightForWidth()


class Holder(QScrollArea):
    """Gives a screen a scroll bar when it does not fit (200 % text on a small screen); otherwise nobody sees it."""

    def __init__(self, look: Look, screen: Screen) -> None:
        super().__init__()
        self.content = screen
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        frame = QWidget()
        frame.setProperty("bare", True)
        layout = _Frame(look)
        layout.addWidget(screen)
        page, foot = look.space("page"), look.space("l")
        layout.setContentsMargins(page, 0, page, foot)
        frame.setLayout(layout)
        self.setWidget(frame)


class MainWindow(QMainWindow):
    """The window. `closing` is emitted when it may close; `language_wished`, `theme_wished`, `scale_wished` are for
    `app.py`, which owns the look."""

    closing = Signal()
    left = Signal()
    """The clerk has logged out, or another is to come in through the login page."""

    def __init__(self, look: Look, desk: Desk, settings: Settings, *, service: Any = None) -> None:
        super().__init__()
        self.look, self.desk = look, desk
        self._places: dict[str, Place] = {}
        self._holders: dict[str, Holder] = {}
        self._here = ""
        self._clerk: Clerk | None = None
        self._may: Callable[[Permission], bool] = lambda permission: False
        self._door: Callable[[], Door] | None = None
        self._login: LoginPage | None = None
        self._keys: KeysHelp | None = None
        self._change: ClerkChange | None = None
        self._keepsakes: dict[str, dict[str, Any]] = {}
        self._say: Callable[[], None] | None = None
        desk.bus.changed.connect(lambda _changes: self._speak_soon())
        desk.bus.notice.connect(self._told)
        self.setWindowTitle(_("Một Cửa"))
        self.commands = Commands(look, self)
        self.notices = Notices(look, desk.bus, self)
        self.counter = Counter(
            desk=desk,
            look=look,
            settings=settings,
            commands=self.commands,
            notices=self.notices,
            go=self.go,
            clerk=lambda: self._clerk,
            service=service,
        )
        self._build()
        self.commands.bind(
            {
                "find": self.palette_search.open,
                "keys": self.show_keys,
                "clerk.change": self.change_clerk,
                "clerk.leave": self.leave,
                "program.quit": self._quit,
            }
        )

    def _quit(self) -> None:
        self.close()

    def _build(self) -> None:
        look = self.look
        self.rail = Rail(look)
        self.palette_search = Palette(look, self.commands, self)
        self.office_words = Words(look, tone="quiet", elide=True)
        self.office_words.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.line = State(look)
        self.line.hide()
        self.badge = ClerkBadge(look)
        self.badge.clicked.connect(self.change_clerk)
        bar = QFrame()
        bar.setObjectName("bar")
        field = self.palette_search.field
        field.setMaximumWidth(look.size("search"))
        field.setMinimumWidth(look.size("field_narrow"))
        margins = ("page", "none", "m", "none")
        parts = ((field, 10), None, self.line, self.office_words, self.badge)
        bar.setLayout(across(look, *parts, gap="l", margins=margins))
        bar.setFixedHeight(look.size("bar"))
        self._bar = bar
        self.title_row = TitleRow(look)
        self.stack = QStackedWidget()
        self._ground = QWidget()
        self._ground.setObjectName("ground")
        self._ground.setLayout(down(look, bar, self.notices.bar, self.title_row, (self.stack, 1), gap="none"))
        self._work = QWidget()
        self._work.setLayout(across(look, self.rail, (self._ground, 1), gap="none"))
        self._pages = QStackedWidget()
        self._pages.addWidget(self._work)
        self.setCentralWidget(self._pages)

    # -- places

    def add(self, place: Place) -> None:
        """One more screen; it is made when it is first shown."""
        self._places[place.key] = place
        self.commands.bind({place.command: lambda: self._pressed(place.key)})
        if place.rail:
            self._rail_button(place)

    def _on_rail(self) -> list[Place]:
        return [place for place in self._places.values() if place.rail]

    def _rail_button(self, place: Place) -> None:
        action = self.commands[place.command]
        command = next(one for one in self.commands if one.key == place.command)
        button = RailButton(self.look, command.icon, action.text(), command.shortcut.rpartition("+")[2])
        button.clicked.connect(lambda: self._pressed(place.key))
        self.rail.add(place.key, button, foot=place.foot)
        self.rail.allow(place.key, self.commands.allowed(place.command))

    def _pressed(self, place: str) -> None:
        if not self.go(place):
            self.rail.mark(self._here)  # the button had marked itself

    @property
    def here(self) -> str:
        """The key of the screen that is shown, "" before the first."""
        return self._here

    @property
    def shown(self) -> Screen | None:
        """The screen that is shown."""
        holder = self._holders.get(self._here)
        return holder.content if holder else None

    def go(self, place: str, /, **wish: Any) -> bool:
        """Show the screen, hand it the wish; False when it may not be shown or the present one cannot be left.
        TypeError for a wish that the screen does not hear."""
        if place not in self._places or not self.commands.allowed(self._places[place].command):
            return False
        present = self.shown
        if present is not None and place != self._here and not present.can_leave():
            return False
        holder = self._holder(place)
        for name in sorted(wish.keys() - holder.content.hears):
            raise TypeError(f"{place} hears no wish {name!r}")
        if place != self._here:
            for sheet in self.findChildren(Overlay):
                sheet.put_away()  # what lies over a screen leaves with it
        self._here = place
        self.stack.setCurrentWidget(holder)
        self.rail.mark(place)
        self.commands.enter(place)
        if wish:
            holder.content.wished(**wish)
        self._head()
        holder.content.enter()
        self._speak_soon()
        return True

    def _holder(self, place: str) -> Holder:
        if place not in self._holders:
            screen = self._places[place].make(self.counter)
            screen.changed_head.connect(self._head)
            self._holders[place] = Holder(self.look, screen)
            self.stack.addWidget(self._holders[place])
            self.commands.bind(screen.commands())
            kept = self._keepsakes.pop(place, None)
            if kept:
                screen.wished(**kept)
        return self._holders[place]

    def _head(self) -> None:
        screen = self.shown
        if screen is not None:
            self.title_row.show_screen(screen)
            self.setWindowTitle(f"{screen.title()} – {_('Một Cửa')}")

    # -- who, where, and the line

    def show_office(self, name: str) -> None:
        """The office's name in the top bar."""
        self.office_words.say(name)

    def show_line(self, text: str, tone: str = "quiet", icon: str = "") -> None:
        """The line to the centre as a word; "" while there is no centre."""
        self.line.show_state(icon, text, tone)
        self.line.setVisible(bool(text))

    def find_with(self, finders: Sequence[Finder]) -> None:
        """What Ctrl+K looks through."""
        self.palette_search.find_with(finders)

    def open_login(self, door: Callable[[], Door], entered: Callable[[Clerk], None]) -> None:
        """Show the login page. `door` is asked each time somebody has to come in; `entered(clerk)` wires the rest:
        it calls `show_clerk`."""
        self._door, self._entered = door, entered
        self._show_login()

    def show_page(self, page: QWidget) -> None:
        """Show a page over the whole window (no office yet, a damaged one) until somebody comes in."""
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)

    def know_door(self, door: Callable[[], Door], entered: Callable[[Clerk], None]) -> None:
        """The same for a program that starts with somebody already in."""
        self._door, self._entered = door, entered

    def _show_login(self) -> None:
        assert self._door is not None
        if self._login is not None:
            self._pages.removeWidget(self._login)
            self._login.deleteLater()
        self._login = LoginPage(self.look, self._door())
        self._login.panel.entered.connect(self._came_in)
        self._pages.addWidget(self._login)
        self._pages.setCurrentWidget(self._login)
        self.commands.allow(lambda permission: False)
        self._login.panel.start()

    def _came_in(self, clerk: Clerk) -> None:
        self._entered(clerk)

    def show_clerk(self, clerk: Clerk, may: Callable[[Permission], bool], start: str = "home") -> None:
        """`clerk` is at the desk now: what he may not do is not offered. Another clerk's screens are made anew."""
        if self._clerk is not None and self._clerk.id != clerk.id:
            self._forget_screens()
            self.notices.another_person()
        self._clerk, self._may = clerk, may
        self.badge.show_clerk(clerk)
        self.commands.allow(may)
        for place in self._on_rail():
            self.rail.allow(place.key, self.commands.allowed(place.command))
        self._pages.setCurrentWidget(self._work)
        if not self.shown:
            if not self.go(start):
                self.go("home")
        else:
            self.commands.enter(self._here)

    def change_clerk(self) -> None:
        """Let another clerk come in without closing anything."""
        if self._door is None:
            return
        present = self.shown
        if present is not None and not present.can_leave():
            return
        if self._change is not None:
            self._change.deleteLater()
        self._change = ClerkChange(self.look, self._door(), self._clerk, self)
        self._change.entered.connect(self._came_in)
        self._change.left.connect(self.leave)
        corner = self.badge.mapTo(self, QPoint(self.badge.width(), self.badge.height() + self.look.space("xs")))
        self._change.open_at(min(corner.x(), self.width() - self.look.space("page")), corner.y())

    def leave(self) -> None:
        """Log out."""
        present = self.shown
        if self._door is None or (present is not None and not present.can_leave()):
            return
        self._forget_screens()
        self.notices.another_person()
        self._clerk = None
        self.left.emit()
        self._show_login()

    def made(self, place: str) -> bool:
        """Has this screen been shown before, to the clerk at the desk?"""
        return place in self._holders

    def forget(self, place: str) -> None:
        """Let a screen go that is not shown; it is made anew when it is next asked for."""
        if place != self._here and place in self._holders:
            holder = self._holders.pop(place)
            self.stack.removeWidget(holder)
            holder.deleteLater()

    def _forget_screens(self) -> None:
        for holder in self._holders.values():
            self.stack.removeWidget(holder)
            holder.deleteLater()
        self._holders.clear()
        self._keepsakes.clear()
        self._here = ""

    # -- another language

    def speak(self, say: Callable[[], None]) -> None:
        """Another language is wished: `say` puts it in use and calls `retranslate`. While what is under way on a screen
        would not come back to it, the language waits, and the person is told so."""
        self._say = say
        self._speak_now()

    def _told(self, notice: Notice) -> None:
        if notice.level is Level.PROGRESS and notice.details.get("over"):
            self._speak_soon()

    def _speak_soon(self) -> None:
        """What was waited for may be over: look again when whoever told so has finished with it."""
        if self._say is not None:
            QTimer.singleShot(0, self, self._speak_now)

    def _speak_now(self) -> None:
        if self._say is None:
            return
        present = self.shown
        if self._unfinished() or (present is not None and not present.can_leave()):
            self._wait_to_speak()
        else:
            self.desk.when_written(self._speak_at_last)

    def _speak_at_last(self) -> None:
        if self._say is None:
            return
        if self._unfinished():
            self._wait_to_speak()
            return
        say, self._say = self._say, None
        self.notices.drop(LANGUAGE_WAITS)
        say()

    def _unfinished(self) -> bool:
        return self.desk.at_work or any(holder.content.keepsake() is None for holder in self._holders.values())

    def _wait_to_speak(self) -> None:
        if all(notice.key != LANGUAGE_WAITS for notice in self.notices.shown):
            self.desk.bus.tell(Notice(Level.NOTE, LANGUAGE_WAITS, {}, LANGUAGE_WAITS))

    def retranslate(self, *, afresh: bool = False) -> None:
        """Another language: every word is said again; screens are made anew, each with what it showed when one comes to
        it again. `afresh`: without that, because another clerk has come."""
        here_too = {place: holder.content.keepsake() or {} for place, holder in self._holders.items()}
        kept = {} if afresh else {**self._keepsakes, **here_too}
        here, line = self._here, (self.line.words.text(), self.line.words.property("tone"))
        self.commands.retranslate()
        office = self.office_words.text()
        finders = self.palette_search._finders
        self._forget_screens()
        self._keepsakes = kept
        self._keys = self._login = None
        self.palette_search.deleteLater()
        self.palette_search.sheet.deleteLater()
        self._build()
        self.commands.bind({"find": self.palette_search.open})
        self.show_office(office)
        self.show_line(*line)
        self.find_with(finders)
        self.notices.retranslate()
        for place in self._on_rail():
            self._rail_button(place)
        if self._clerk is not None:
            self.badge.show_clerk(self._clerk)
            self.go(here or "home")

    # -- keys

    def show_keys(self) -> None:
        """F1."""
        if self._keys is None:
            self._keys = KeysHelp(self.look, self.commands, self)
        if self._keys.isVisible():
            self._keys.put_away()
        elif self.shown is not None:
            self._keys.open(self.shown.title(), self.shown.hints(), self.shown.keys())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self.rail.hint(True)
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self.rail.hint(False)
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow() and hasattr(self, "rail"):
            self.rail.hint(False)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_bar"):
            self._bar.setFixedHeight(self.look.size("bar"))
            self.palette_search.field.setMaximumWidth(self.look.size("search"))
            self.title_row.setMinimumHeight(self.look.size("bar"))
            self.notices.bar.setMinimumHeight(self.look.size("notice"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "palette_search"):
            self.palette_search.sheet.put_away()

    def closeEvent(self, event: QCloseEvent) -> None:
        screen = self.shown
        if screen is not None and not screen.can_leave():
            event.ignore()
            return
        self.closing.emit()
        event.accept()


__all__ = ["EVERYWHERE", "MainWindow", "Place"]
