"""Ký số: the papers that wait for the clerk's own signature, looked at and signed many at once with one PIN."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.models.pages import Shown, shown_paper
from desktop.signing import Outcome
from desktop.views.boxes import Card
from desktop.views.buttons import Button
from desktop.views.laying import across, show_if
from desktop.views.page_images import PageImages
from desktop.views.page_pane import PagePane
from desktop.views.screen import Counter, Hint, Keys, Screen
from desktop.views.sign_flow import SignFlow
from desktop.views.sign_foot import SignFoot
from desktop.views.sign_list import SignList
from desktop.views.standing import EmptyState
from desktop.views.wording import Words, grouped
from onestop.queries import overview
from onestop.queries.overview import SignQueue
from onestop.queries.papers import DocumentRow
from onestop.texts import _


class SignScreen(Screen):
    """`go("sign")`, or `go("sign", paper=ID)` with one paper marked and no other ticked; `back` the screen that Esc
    goes back to; `unticked` and `at`: as it was before it was made anew."""

    place = "sign"
    watches = frozenset({"document", "dossier", "office"})
    hears = frozenset({"paper", "back", "unticked", "at"})

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        look, desk = self.look, self.desk
        service = counter.service
        work = getattr(service, "pagework", None)
        self.queue: SignQueue | None = None
        self._wanted = self._back = self._was_at = ""
        self._pages: list[Shown] = []
        self._at = 0
        self.flow = SignFlow(counter, self)
        self.empty = EmptyState(look, "signature", "")
        self.list = SignList(look, self.settings, self.empty)
        self.foot = SignFoot(look, counter.commands["sign.do"], self._to_settings, self._last_try)
        images = PageImages(desk, getattr(service, "office", None), work, self)
        nothing = EmptyState(look, "file-text", _("Chưa chọn giấy tờ"), _("Dùng phím ↑ ↓ để xem từng giấy tờ."))
        self.pane = PagePane(look, desk, images, work, nothing)
        self.pane.buttons["turn"].hide()  # what is to be signed is signed as it stands
        self._lay_out()
        self.list.picked.connect(self._picked)
        self.list.opened.connect(lambda _paper: self.pane.setFocus())
        self.list.ticks_changed.connect(self._settle)
        self.pane.leafed.connect(self._leaf)
        self.foot.stop_button.clicked.connect(self.flow.stop)
        self.flow.over.connect(self._over)
        self.flow.changed.connect(self._settle)
        self._settle()

    def _lay_out(self) -> None:
        look = self.look
        self.count = Words(look, strong=True)
        self.filing = Words(look, "", "note", "quiet", elide=True)
        self.all_button = Button(look, "", "link", action=self.counter.commands["sign.all"])
        left = Card(look, gap="s")
        left.add(across(look, self.count, (self.filing, 1), self.all_button))
        left.add_wide(self.list, 1)
        left.add(self.foot)
        self._right = Card(look, gap="xs", padding="s")
        self._right.add_wide(self.pane, 1)
        self.setLayout(across(look, (left, 8), (self._right, 5), gap="l"))
        foot = self.foot
        stops = (self.list, self.all_button, foot.settings_button, foot.change, foot.pin, foot.last, foot.do_button)
        for before, after in pairwise((*stops, foot.stop_button, self.pane.view, self.pane.read_button)):
            QWidget.setTabOrder(before, after)

    # -- what the frame asks

    def title(self) -> str:
        return _("Ký số")

    def badge(self) -> str:
        count = len(self.list.papers)
        return _("{count} giấy tờ chờ bạn ký").format(count=grouped(count)) if count else ""

    def hints(self) -> Sequence[Hint]:
        return (
            Hint("Up+Down", _("xem")),
            Hint("Space", _("chọn, bỏ chọn")),
            Hint("Return", _("sang trang")),
            Hint("Esc", _("quay lại")),
        )

    def keys(self) -> Sequence[Keys]:
        page = (Hint("PgUp", _("trang trước")), Hint("PgDown", _("trang sau")), Hint("T", _("đọc chữ")))
        several = (Hint("Shift+Up+Down", _("chọn thêm dòng")), Hint("Ctrl+A", _("chọn tất cả các dòng")))
        return (Keys(_("Danh sách"), several), Keys(_("Trang đang xem"), page))

    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"sign.do": self.sign, "sign.all": self.list.tick_all, "sign.paper": self.open_paper}

    def wished(self, **wish: Any) -> None:
        self._wanted, self._back = str(wish.get("paper") or ""), str(wish.get("back") or "")
        if "unticked" in wish:
            self.list.leave_out(wish["unticked"])
            self._was_at = str(wish.get("at") or "")
        self._place_wanted()

    def keepsake(self) -> dict[str, Any] | None:
        if self.flow.running:
            return None
        at = self.list.current
        return {"back": self._back, "unticked": self.list.unticked, "at": at.id if at is not None else ""}

    def activated(self) -> None:
        self._load()
        self._settle()
        (self.pane if self.flow.running else self.list).setFocus()

    def refresh(self, changes: Mapping[str, frozenset[str]]) -> None:
        self._load()

    # -- reading

    def _load(self) -> None:
        clerk = self.counter.clerk()
        if clerk is not None:
            self.desk.ask(overview.sign_queue, clerk.id, then=self._here, owner=self, key="queue")

    def _here(self, queue: SignQueue) -> None:
        self.queue = queue
        self.list.show_papers(queue.papers)
        self._place_wanted()
        if self.list.current is None:
            self.list.choose(0)
        later = _("Giấy tờ bạn quét và lưu vào hồ sơ sẽ nằm ở đây để ký một lượt, buổi trưa hay cuối ngày.")
        if queue.filing:
            later = _("{count} giấy tờ đang lập tệp, xong sẽ hiện ở đây.").format(count=queue.filing)
        self.filing.say(_("{count} giấy tờ nữa đang lập tệp").format(count=queue.filing) if queue.filing else "")
        self.empty.say(_("Không có giấy tờ nào chờ bạn ký"), later)
        self._settle()
        self.changed_head.emit()

    def _place_wanted(self) -> None:
        """The paper that one came for: marked, and the only one that is ticked."""
        if self._wanted and self.list.choose_id(self._wanted):
            self.list.tick_only(self._wanted)
            self._wanted = ""
        if self._was_at and self.list.choose_id(self._was_at):
            self._was_at = ""

    # -- what is shown

    def _picked(self, paper: DocumentRow | None) -> None:
        self._pages = [row for row in shown_paper(paper) if not row.struck] if paper is not None else []
        self._at = 0
        self._show_page()

    def _leaf(self, by: int) -> None:
        if 0 <= self._at + by < len(self._pages):
            self._at += by
            self._show_page()

    def _show_page(self) -> None:
        page = self._pages[self._at] if self._pages else None
        self.pane.show_page(page, self._at + 1, len(self._pages))
        self.counter.commands.enable("sign.paper", page is not None)

    def _settle(self) -> None:
        """Which commands have something to do now, and what is said of that."""
        ticked, running = self.list.ticked, self.flow.running
        total, some = len(self.list.papers), bool(self.list.papers)
        self.counter.commands.enable("sign.do", bool(ticked) and not running)
        self.counter.commands.enable("sign.all", some and not running)
        self.list.setEnabled(not running)
        self.count.say(_("Sẽ ký {count} / {total}").format(count=grouped(len(ticked)), total=grouped(total)))
        self.all_button.say(_("Bỏ chọn tất cả") if len(ticked) == total else _("Chọn tất cả"))
        for widget in (self.count, self.all_button, self._right):
            show_if(widget, some)
        self.foot.show_means(self.flow.means(), self.flow.lacks())
        self.foot.show_count(len(ticked))
        self.foot.show_work(some, running)

    # -- signing

    def sign(self) -> None:
        """F9: those that are ticked. Where a PIN is asked for and none is typed, it is asked for first; an empty one is
        handed on from its own field: a token may have keys of its own."""
        if self.flow.lacks():
            self.foot.settings_button.setFocus()
        elif self.flow.means().asks_pin and not self.foot.pin.text() and not self.foot.pin.hasFocus():
            self.foot.pin.setFocus()
        else:
            self._begin()

    def _last_try(self) -> None:
        """The token has one try left, and the person says that he is sure."""
        if not self.foot.pin.text():
            self.foot.pin.setFocus()
            return
        self._begin(even_last_try=True)

    def _begin(self, *, even_last_try: bool = False) -> None:
        self.foot.begin()
        self.pane.setFocus()  # not the button that stops: a second Enter would press it
        self.flow.sign(self.list.ticked, self.foot.pin.take(), even_last_try=even_last_try)

    def _over(self, outcome: Outcome) -> None:
        self._settle()
        self.foot.show_outcome(outcome)
        if not self.isVisible():
            self.flow.tell(outcome)
        elif not self.foot.field.wrong:
            self.list.setFocus()

    def _to_settings(self) -> None:
        self.go("settings", group="sign")

    def open_paper(self) -> None:
        """F6: the paper where it stands in its dossier, to mend what is wrong with it."""
        paper = self.list.current
        if paper is not None:
            self.go("scan", dossier=paper.dossier_id, component=paper.component, paper=paper.id, back="sign")

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.flow.running:
            self.flow.stop()
        elif not self.list.hasFocus() and self.list.papers:
            self.foot.pin.forget()
            self.list.setFocus()
        else:
            self.go(self._back or "home")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.foot.pin.forget()
