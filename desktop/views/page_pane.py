"""A page beside a form: what it is, how one looks at it, and its words, read when somebody wants them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QProgressBar, QStackedLayout, QWidget

from desktop.assets import Look
from desktop.desk import Desk
from desktop.jobs import Ticket
from desktop.models import page_words
from desktop.models.page_text import PageText, Word
from desktop.models.pages import Picture, Shown
from desktop.views.buttons import Button
from desktop.views.laying import across, down, show_if
from desktop.views.page_images import PageImages
from desktop.views.page_view import TIMES, PageView
from desktop.views.standing import EmptyState
from desktop.views.wording import Words
from onestop.rules.errors import RuleBroken
from onestop.texts import _, message

REMEMBERED = 200
"""Pages whose words are kept while the screen lives."""


class Reader(Protocol):
    """Whoever reads the words of a page (`desktop/pagework.py`). Both take their time."""

    def own_words(self, blob: str, media_type: str, leaf: int) -> Sequence[Word]:
        """The words that stand in the file itself; () where it is a mere picture."""
        ...

    def words(self, blob: str, media_type: str, leaf: int, turn: int, given_up: Callable[[], bool]) -> Sequence[Word]:
        """The words read off the page as it stands when turned so many degrees. RuleBroken paper.too-slow, …"""
        ...


def own_words(_report: Any, reader: Reader, picture: Picture) -> Sequence[Word]:
    """In a worker: the words that stand in the file."""
    return reader.own_words(picture.blob, picture.media_type, picture.leaf)


def read_words(report: Any, reader: Reader, picture: Picture) -> Sequence[Word]:
    """In a worker: the words read off the page."""
    report.step()
    try:
        return reader.words(picture.blob, picture.media_type, picture.leaf, picture.turn, lambda: report.cancelled)
    except Exception:
        report.step()  # given up is no error: this ends it quietly
        raise


class PagePane(QWidget):
    """`show_page(Shown, place, total)`. `leafed(step)` wishes for the next page or the one before, beyond the leaves of
    a file; `turned(degrees)` for a turn. T reads the words."""

    leafed = Signal(int)
    turned = Signal(int)

    def __init__(self, look: Look, desk: Desk, images: PageImages, reader: Reader | None, empty: EmptyState) -> None:
        super().__init__()
        self._look, self._desk, self._reader = look, desk, reader
        self._row: Shown | None = None
        self._leaf = 0
        self._called = ""
        self._known: dict[Picture, PageText] = {}
        self._ticket: Ticket | None = None
        self._reading: Picture | None = None
        self._fault: tuple[Picture | None, str] = (None, "")
        self.view = PageView(look, images)
        self.view.leafed.connect(self._step)
        self.view.turned.connect(self.turned)
        self.name = Words(look, strong=True)
        self.about = Words(look, tone="quiet", figures=True, elide=True)
        self.buttons = {
            "width": self._button("move-horizontal", _("Vừa chiều ngang"), "", self.view.fit_width),
            "page": self._button("fullscreen", _("Vừa cả trang"), "Ctrl+0", self.view.fit_page),
            "smaller": self._button("zoom-out", _("Thu nhỏ"), "Ctrl+−", lambda: self.view.zoom_by(1 / TIMES)),
            "larger": self._button("zoom-in", _("Phóng to"), "Ctrl++", lambda: self.view.zoom_by(TIMES)),
            "turn": self._button("rotate-cw", _("Xoay phải"), "R", lambda: self.turned.emit(90)),
        }
        head = across(look, self.name, (self.about, 1), *self.buttons.values(), gap="s", margins=_edges())
        page = QWidget()
        page.setLayout(down(look, head, (self.view, 1), self._foot(), gap="xs"))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(page)
        self.setFocusProxy(self.view)

    def _button(self, icon: str, name: str, key: str, call: Callable[[], Any]) -> Button:
        button = Button(self._look, "", "flat", icon=icon, name=name)
        button.setToolTip(f"{name} ({key})" if key else name)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # every one of them is a key of the page itself
        button.clicked.connect(lambda _checked=False: call())
        return button

    def _foot(self) -> QWidget:
        look, foot = self._look, QWidget()
        self.said = Words(look, "", "note", "quiet", elide=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 0)
        self.progress.setFixedWidth(look.size("field_narrow"))
        self.progress.setAccessibleName(_("Đang đọc chữ"))
        self.read_button = Button(look, _("Đọc chữ"), "link", key="T")
        self.read_button.clicked.connect(self.read)
        self.stop_button = Button(look, _("Dừng"), "link")
        self.stop_button.clicked.connect(self.give_up)
        foot.setLayout(
            across(look, (self.said, 1), self.progress, self.read_button, self.stop_button, margins=_edges())
        )
        foot.setMinimumHeight(look.size("row"))
        return foot

    # -- what is shown

    @property
    def row(self) -> Shown | None:
        """The page that is shown."""
        return self._row

    @property
    def leaf(self) -> int:
        """Which leaf of a file of several is shown, 0 is the first."""
        return self._leaf

    def show_page(self, row: Shown | None, place: int = 0, total: int = 0) -> None:
        """Another page, the `place`-th of `total`; None for none."""
        if row is None or self._row is None or row.id != self._row.id:
            self._leaf = 0
        self._row = row
        self._stack.setCurrentIndex(0 if row is None else 1)
        if row is None:
            self.view.show_picture(None, "")
            return
        self._leaf = min(self._leaf, row.leaves - 1)
        self.name.say(_("Trang {place} của {total}").format(place=place, total=total))
        self._called = page_words.name(row, place, total)
        self._show_leaf()

    def _show_leaf(self) -> None:
        row, picture = self._row, self.shown
        if row is None or picture is None:
            return
        leaves = ""
        if row.leaves > 1:
            leaves = _("tờ {leaf} / {leaves}").format(leaf=self._leaf + 1, leaves=row.leaves)
        facts = page_words.about(row.details) if row.details is not None else ""
        self.about.say(" · ".join(part for part in (leaves, facts, row.name) if part))
        called = f"{self._called}, {leaves}" if leaves else self._called
        if picture != self.view.picture:
            self.view.show_picture(picture, called)
            known = self._known.get(picture)
            if known is not None:
                self.view.set_text(known)
            elif row.filed and self._reader is not None:
                self._ask_own(picture)
        self.view.setAccessibleName(called)
        self._say()

    @property
    def shown(self) -> Picture | None:
        """The picture that is looked at."""
        row = self._row
        if row is None:
            return None
        large = row.large
        return Picture(large.blob, large.media_type, large.leaf + self._leaf, large.turn)

    def _step(self, by: int) -> None:
        row = self._row
        if row is not None and 0 <= self._leaf + by < row.leaves:
            self._leaf += by
            self._show_leaf()
        else:
            self.leafed.emit(by)

    # -- its words

    def _ask_own(self, picture: Picture) -> None:
        self._desk.run(
            own_words,
            self._reader,
            picture,
            then=lambda words: self._here(picture, words),
            or_else=lambda _broken: None,
            owner=self,
        )

    def read(self) -> None:
        """Read the words of the page that is shown."""
        picture = self.shown
        if picture is None or self._reader is None or self._ticket is not None or picture in self._known:
            return
        self._reading, self._fault = picture, (None, "")
        self._ticket = self._desk.run(
            read_words,
            self._reader,
            picture,
            then=lambda words: self._here(picture, words, read=True),
            or_else=self._refused,
            always=self._ended,
            owner=self,
        )
        if self._ticket.over:  # answered before it could be kept
            self._ended()
        self._say()

    def give_up(self) -> None:
        """Do not go on reading."""
        if self._ticket is not None:
            self._ticket.cancel()

    def _ended(self) -> None:
        self._ticket, self._reading = None, None
        self._say()

    def _here(self, picture: Picture, words: Sequence[Word], *, read: bool = False) -> None:
        if not words and not read:
            return
        while len(self._known) >= REMEMBERED:
            self._known.pop(next(iter(self._known)))
        self._known[picture] = PageText(tuple(words))
        if picture == self.view.picture:
            self.view.set_text(self._known[picture])
            self._say()

    def _refused(self, broken: RuleBroken) -> None:
        self._fault = (self._reading or self.view.picture, message(broken.code, broken.details))
        self._say()

    def _say(self) -> None:
        """How it stands with the words of the page shown."""
        fault = self._fault[1] if self._fault[0] == self.view.picture else ""
        known = self._known.get(self.view.picture) if self.view.picture is not None else None
        reading = self._ticket is not None and self._reading == self.view.picture
        if fault:
            self.said.say(fault)
        elif reading:
            self.said.say(_("Đang đọc chữ…"))
        elif known is None:
            self.said.say(_("Chưa đọc chữ trang này."))
        elif len(known):
            self.said.say(_("{count} chữ, bôi chọn và Ctrl+C để chép.").format(count=len(known)))
        else:
            self.said.say(_("Không thấy chữ nào trên trang này."))
        self.said.set_tone("warning" if fault else "quiet")
        show_if(self.progress, reading)
        show_if(self.stop_button, reading)
        show_if(self.read_button, known is None and not reading and self._reader is not None)
        self.read_button.setEnabled(self._ticket is None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            self.read()
        else:
            super().keyPressEvent(event)


def _edges() -> tuple[str, str, str, str]:
    return ("s", "none", "s", "none")
