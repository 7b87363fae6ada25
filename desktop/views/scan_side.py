"""The right column of the scan screen: what is known of the page that is looked at, or the particulars of the paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.assets import Look
from desktop.models import page_words
from desktop.models.dossier_words import moment
from desktop.models.pages import Shown
from desktop.views.badges import KeyHint, State
from desktop.views.boxes import Card, Note
from desktop.views.buttons import Button
from desktop.views.laying import across, down, emptied, show_if
from desktop.views.paper_form import PaperForm
from desktop.views.paper_links import Links, in_line
from desktop.views.sections import Fact, Leaf
from desktop.views.standing import EmptyState, Room
from desktop.views.wording import Words
from onestop import clock
from onestop.queries.papers import DocumentRow
from onestop.rules.papers import PASSABLE
from onestop.texts import _

LEAST_ROWS = 4


class SidePanel(Card):
    """`show_page`, `show_paper`, `show_nothing`. What is wished is done by the screen: `saved` (the particulars),
    `moved`, `dropped`, `passed` (let the page in as it is). `links`: what else can be done with a paper."""

    saved = Signal()
    moved = Signal()
    dropped = Signal()
    passed = Signal()

    def __init__(self, look: Look, links: Links = lambda _paper: []) -> None:
        super().__init__(look, gap="s")
        self._links = links
        self._linked_to: DocumentRow | None = None
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack, 1)
        self.empty = EmptyState(
            look,
            "scan-text",
            _("Thông tin giấy tờ"),
            _("Chọn một trang để xem, hoặc một giấy tờ đã lưu để ghi số, ngày, nơi cấp."),
        )
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._page_part())
        self._stack.addWidget(self._paper_part())
        self.setAccessibleName(_("Thông tin giấy tờ"))
        self.keep_within("scan_form")

    def _page_part(self) -> QWidget:
        look, part = self.look, QWidget()
        self.page_title = Words(look, size="lead", strong=True, wrap=True)
        self.page = Leaf(look, _("Trang đang xem"), gap="s")
        self.pass_button = Button(look, _("Cho qua…"), icon="circle-check")
        self.pass_button.setToolTip(_("Phụ trách cho nhận tệp hỏng, có ghi lý do"))
        self.pass_button.clicked.connect(self.passed)
        foot = down(look, self.pass_button, margins=("m", "none", "m", "none"))
        room = Room(look.size("row") * LEAST_ROWS)
        room.setLayout(down(look, self.page))
        part.setLayout(down(look, across(look, self.page_title, margins=_inside()), (room, 1), foot))
        return part

    def _paper_part(self) -> QWidget:
        look, part = self.look, QWidget()
        self.state = State(look, strong=True)
        self.came = Words(look, "", "note", "quiet", wrap=True)
        self.form = PaperForm(look)
        self.save = Button(look, _("Lưu thông tin"), key="Ctrl+S")
        self.save.clicked.connect(self.saved)
        self.move_button = Button(look, _("Chuyển…"), icon="arrow-right-left")
        self.move_button.setToolTip(_("Chuyển sang giấy tờ khác"))
        self.move_button.clicked.connect(self.moved)
        self.drop_button = Button(look, _("Bỏ giấy tờ…"), icon="trash-2")
        self.drop_button.clicked.connect(self.dropped)
        self.form.changed.connect(self._settle)
        self._linked = down(look, gap="none")
        head = down(look, self.state, self.came, self._linked, gap="none", margins=_inside())
        middle = Room(look.size("row") * LEAST_ROWS)
        middle.setLayout(down(look, self.form, margins=("m", "none", "s", "none")))
        foot = down(look, self.save, across(look, (self.move_button, 1), (self.drop_button, 1)), margins=_inside())
        part.setLayout(down(look, head, (middle, 1), foot))
        return part

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab goes, in the order of the work."""
        buttons = (self.save, self.move_button, self.drop_button)
        return [self.page, self.pass_button, *self.form.stops, *buttons]

    # -- what is shown

    @property
    def paper(self) -> str:
        """The id of the paper that is shown, "" for none."""
        return self.form.paper if self._stack.currentIndex() == 2 else ""

    def show_nothing(self) -> None:
        """Neither a page nor a paper."""
        self._stack.setCurrentIndex(0)

    def show_page(self, row: Shown, place: int, total: int, *, kept_later: str) -> None:
        """A page on its way. `kept_later`: when its particulars can be written."""
        look, details = self.look, row.details
        self.page_title.say(_("Trang {place} của {total}").format(place=place, total=total))
        parts: list[QWidget] = [Note(look, page_words.fault(each), "danger") for each in row.faults]
        if row.blank and row.struck:
            parts.append(Note(look, _("Trang trắng nên đã gạch, không vào hồ sơ. Phím cách khôi phục."), "warning"))
        elif row.struck:
            parts.append(Note(look, _("Trang đã gạch, không vào hồ sơ. Phím cách khôi phục."), "warning"))
        if row.passed and details is not None and details.passed is not None:
            reason = str(details.passed.get("reason") or "")
            parts.append(Note(look, _("Phụ trách đã cho qua: {reason}").format(reason=reason), "accent"))
        if details is not None:
            parts.append(Fact(look, _("Trang"), page_words.about(details)))
            parts.append(Fact(look, _("Nguồn"), page_words.source(details.source)))
            if row.name:
                parts.append(Fact(look, _("Tệp"), row.name))
            parts.append(Fact(look, _("Lúc"), moment(details.at, clock.now())))
        parts.append(self._keys())
        parts.append(Words(look, kept_later, "note", "quiet", wrap=True))
        self.page.show_parts(parts)
        codes = {each.code for each in row.faults}
        show_if(self.pass_button, bool(codes) and codes <= PASSABLE)
        self._stack.setCurrentIndex(1)

    def _keys(self) -> QWidget:
        look, keys = self.look, QWidget()
        pairs = (
            ("Space", _("gạch, khôi phục")),
            ("R", _("xoay")),
            ("Ctrl+Left", _("đổi chỗ")),
            ("M", _("chuyển sang giấy tờ khác")),
            ("Del", _("bỏ trang")),
            ("Ctrl+Z", _("làm lại")),
        )
        rows = [
            across(look, KeyHint(look, key), (Words(look, text, "note", "quiet"), 1), gap="s") for key, text in pairs
        ]
        keys.setLayout(down(look, *rows, gap="xs", margins=("none", "s", "none", "s")))
        return keys

    def show_paper(self, paper: DocumentRow, proposals: Mapping[str, Any]) -> None:
        """A paper that is kept."""
        told = page_words.signature(paper)
        self.state.show_state(told.icon, told.text, told.tone)
        passed = ""
        if paper.passed:
            passed = _("phụ trách đã cho qua: {reason}").format(reason=paper.passed.get("reason", ""))
        self.came.say(" · ".join(part for part in (page_words.paper_note(paper), passed) if part))
        if paper != self._linked_to:
            self._linked_to = paper
            emptied(self._linked)
            links = self._links(paper)
            if links:
                self._linked.addWidget(in_line(self.look, *links))
        self.form.show_about(paper.id, paper.about, proposals)
        self._settle()
        self._stack.setCurrentIndex(2)

    def _settle(self) -> None:
        self.save.setEnabled(self.form.dirty)


def _inside() -> tuple[str, str, str, str]:
    return ("m", "none", "m", "none")
