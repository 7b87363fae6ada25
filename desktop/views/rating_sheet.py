"""The sheet that is turned to the citizen: how satisfied he was, by one tap; where it was bad, what was wrong.

It covers the whole window and shows nothing of the office. No key of the clerk's program does anything while it is
there. What was said goes to `then` once and comes to nobody's eyes at this counter again.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QPushButton, QSizePolicy, QStackedLayout, QWidget

from desktop.assets import Look
from desktop.models import rating_words as words
from desktop.views.boxes import Overlay
from desktop.views.buttons import Button
from desktop.views.laying import across, down
from desktop.views.wording import Symbol, Words
from onestop import clock
from onestop.rules import ratings
from onestop.texts import _

IDLE = 60_000
"""Milliseconds without a touch after which the screen goes back to the clerk."""
THANKS = 5_000
COLUMNS = 3
ASK, WHY, THANK = range(3)
DIGITS = "123456789"
ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
MOVED = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.InputMethod)

Said = Callable[[int, tuple[str, ...], str], None]


class RatingSheet(Overlay):
    """`open_for(then)`: `then(level, contents, words)` once the citizen has said it; nothing where he would rather not.

    Digits and arrows do what a finger does. Left alone for a minute it goes back to the clerk: before the first tap
    nothing is said, after it the level counts with what was chosen so far.
    """

    alone = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._then: Said = lambda level, contents, words: None
        self._level = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.idle = QTimer(self, singleShot=True, interval=IDLE)
        self.idle.timeout.connect(self._left_alone)
        self.pages = QStackedLayout()
        self.tiles: list[LevelTile] = []
        self.boxes: list[ContentTile] = []
        self.setLayout(self.pages)  # before it has pages: one without a place would come as a window of its own
        for page in (self._ask_page(), self._why_page(), self._thanks_page()):
            self.pages.addWidget(page)
        window.installEventFilter(self)

    # -- the three pages

    def _ask_page(self) -> QWidget:
        look = self._look
        self.question = _poster(look, _("Ông/Bà có hài lòng với việc giải quyết hồ sơ không?"))
        how = _quiet(look, _("Xin chạm vào một ô, hoặc bấm phím số."))
        row = across(look, gap="l")
        for each in ratings.levels():
            tile = LevelTile(look, each.level, words.named(each))
            tile.clicked.connect(lambda _checked=False, level=each.level: self._tapped(level))
            tile.installEventFilter(self)
            self.tiles.append(tile)
            row.addWidget(tile, 1)
        self.later = Button(look, _("Để sau"), big=True)
        self.later.clicked.connect(self.put_away)
        said = _("Câu trả lời đến thẳng người phụ trách, không ai ở quầy xem được.")
        quiet = Words(look, said, "body" if look.large else "lead", "quiet", wrap=True)
        foot = across(look, (quiet, 1), self.later, gap="l")
        return _page(look, None, self.question, how, row, None, foot)

    def _why_page(self) -> QWidget:
        look = self._look
        self.why = _poster(look, _("Điều gì chưa tốt?"))
        how = _quiet(look, _("Chọn một hoặc nhiều điều, rồi chạm Gửi. Không chọn cũng được."))
        self.grid = QGridLayout()
        self.grid.setSpacing(look.space("m"))
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(_("Ý kiến của Ông/Bà, nếu có"))
        self.text.setAccessibleName(_("Ý kiến của Ông/Bà, nếu có"))
        letters = "body" if look.large else "title"
        self.text.setFixedHeight(look.metrics(letters).lineSpacing() * 3)
        self.text.setProperty("letters", letters)
        self.text.textChanged.connect(self._keep_in_length)
        self.again = Button(look, _("Chọn lại"), big=True)
        self.again.clicked.connect(self._ask_again)
        self.send = Button(look, _("Gửi"), "main", big=True)
        self.send.clicked.connect(self._send)
        for widget in (self.text, self.again, self.send, self.later):
            widget.installEventFilter(self)
        return _page(look, None, self.why, how, self.grid, self.text, None, across(look, self.again, None, self.send))

    def _thanks_page(self) -> QWidget:
        look = self._look
        symbol = Symbol(look, "circle-check", "good", "face")
        thanks = _poster(look, _("Cảm ơn Ông/Bà"))
        back = _quiet(look, _("Xin quay màn hình lại cho cán bộ."))
        self.thanks = QWidget()
        self.thanks.setLayout(down(look, None, across(look, None, symbol, None), thanks, back, None, gap="l"))
        return self.thanks

    # -- turned and turned back

    def open_for(self, then: Said) -> None:
        """Turn it to the citizen."""
        self._then, self._level = then, 0
        self._offer_contents()
        self.text.clear()
        self._show(ASK)
        self.setGeometry(self.parentWidget().rect())
        self.lift(self)  # and not on one of the five: nobody is led

    def _offer_contents(self) -> None:
        for box in self.boxes:
            self.grid.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = []
        for at, each in enumerate(ratings.contents_on(clock.today())):
            box = ContentTile(self._look, at + 1, each.key, words.named(each))
            box.installEventFilter(self)
            self.boxes.append(box)
            self.grid.addWidget(box, at // COLUMNS, at % COLUMNS)

    def _show(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        names = (self.question.text(), self.why.text(), _("Cảm ơn Ông/Bà"))
        self.setAccessibleName(names[page])
        self.idle.start(THANKS if page == THANK else IDLE)

    # -- what the citizen does

    def _tapped(self, level: int) -> None:
        self._level = level
        if not ratings.level_of(level).bad:
            self._send()
            return
        self._show(WHY)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_again(self) -> None:
        self._level = 0
        for box in self.boxes:
            box.setChecked(False)
        self.text.clear()
        self._show(ASK)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _send(self) -> None:
        if not self._level:
            return
        bad = ratings.level_of(self._level).bad
        chosen = tuple(box.key for box in self.boxes if bad and box.isChecked())
        level, self._level = self._level, 0
        self._show(THANK)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._then(level, chosen, self.text.toPlainText() if bad else "")

    def _left_alone(self) -> None:
        """Nobody has touched it: what was tapped counts, and the screen is the clerk's again."""
        if self._level:
            self._send()
        self.put_away()

    def put_away(self) -> None:
        self.idle.stop()
        for box in self.boxes:
            box.setChecked(False)  # whoever looks now finds nothing of what was chosen
        self.text.clear()
        self._level = 0
        super().put_away()

    def _keep_in_length(self) -> None:
        text = self.text.toPlainText()
        if len(text) > ratings.LONGEST:
            self.text.setPlainText(text[: ratings.LONGEST])
            self.text.moveCursor(self.text.textCursor().MoveOperation.End)

    # -- keys

    def event(self, event: QEvent) -> bool:
        """No key of the program's own comes through, whatever it is."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() in MOVED and self.idle.isActive():
            self.idle.start()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget():
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self.setGeometry(self.parentWidget().rect())
            return False
        if event.type() in MOVED and self.idle.isActive():
            self.idle.start()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is not self.text:
            return self._pressed(event)
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        """A digit or an arrow on one of the two pages; True where it was one."""
        stops: list[QPushButton] = list(self.tiles if self.pages.currentIndex() == ASK else self.boxes)
        if event.text() and event.text() in DIGITS and int(event.text()) <= len(stops):
            stops[int(event.text()) - 1].click()
            return True
        if event.key() in ARROWS:
            step = ARROWS[Qt.Key(event.key())]
            at = next((place for place, stop in enumerate(stops) if stop.hasFocus()), None)
            if at is None:
                stops[0 if step > 0 else -1].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            upright = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.pages.currentIndex() == WHY
            step *= COLUMNS if upright else 1
            if upright and at + step >= len(stops):
                self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            elif 0 <= at + step < len(stops):
                stops[at + step].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = self.pages.currentIndex()
        if page == THANK:
            self.put_away()
        elif self._pressed(event):
            return
        elif event.key() == Qt.Key.Key_Escape and page == WHY:
            self._ask_again()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and page == WHY:
            self._send()
        elif event.key() == Qt.Key.Key_Escape:
            self.put_away()
        # Every other key ends here.

    def mousePressEvent(self, _event: object) -> None:
        if self.pages.currentIndex() == THANK:
            self.put_away()


class LevelTile(QPushButton):
    """One of the five: a face, its digit, its words. All five look alike: nobody is led."""

    def __init__(self, look: Look, number: int, name: str) -> None:
        super().__init__()
        self.name = _centred(Words(look, name, "body" if look.large else "title", strong=True, wrap=True))
        digit = _centred(Words(look, str(number), "lead", "quiet", figures=True))
        face = Symbol(look, words.ICONS[number], "ink", "face")
        self.setLayout(down(look, None, across(look, None, face, None), self.name, digit, None, gap="m", margins="m"))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class ContentTile(QPushButton):
    """Something that may have been wrong, chosen or not; whether it is, its mark says, not only its colour."""

    def __init__(self, look: Look, number: int, key: str, name: str) -> None:
        super().__init__()
        self.key = key
        self.setCheckable(True)
        self._mark = Symbol(look, "square", "ink")
        said = Words(look, name, "body" if look.large else "lead", wrap=True)
        digit = Words(look, str(number), "note", "quiet", figures=True)
        self.setLayout(across(look, self._mark, (said, 1), digit, gap="m", margins=("m", "xs", "m", "xs")))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(name)
        self.toggled.connect(lambda on: self._mark.set("square-check" if on else "square", "accent" if on else "ink"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        own = layout.heightForWidth(width) if layout is not None else 0
        return max(own, super().sizeHint().height())


def _poster(look: Look, text: str) -> Words:
    return _centred(Words(look, text, "title" if look.large else "poster", strong=look.large, wrap=True))


def _quiet(look: Look, text: str) -> Words:
    return _centred(Words(look, text, "body" if look.large else "title", "quiet", wrap=True))


def _centred(label: Words) -> Words:
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
    return label


def _page(look: Look, *parts: object) -> QWidget:
    page = QWidget()
    page.setLayout(down(look, *parts, gap="xl", margins="xxxl"))  # type: ignore[arg-type]
    return page


__all__ = ["IDLE", "RatingSheet"]
