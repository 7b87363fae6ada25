"""The middle column of Tiếp nhận: the procedure, its case, papers and fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QStackedWidget, QWidget

from desktop.assets import Look
from desktop.desk import Desk
from desktop.views.badges import Pill
from desktop.views.boxes import Card
from desktop.views.buttons import Button
from desktop.views.commands import Commands
from desktop.views.filling import Filling
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down, show_if
from desktop.views.procedure_box import ProcedureBox, QuickList
from desktop.views.receive_certify import CertifyPanel
from desktop.views.receive_drafts import DraftsBox
from desktop.views.receive_fields import FieldsPanel
from desktop.views.receive_linked import ChannelLine, LinkedBox
from desktop.views.receive_papers import PapersPanel
from desktop.views.receive_person import Side
from desktop.views.wording import Words
from onestop.rules.procedure import Channel, Level, Procedure
from onestop.texts import _

FACTS: dict[str, Callable[[], str]] = {
    "components": lambda: _("giấy tờ"),
    "fields": lambda: _("tờ khai"),
    "parties": lambda: _("người liên quan"),
    "fees": lambda: _("phí, lệ phí"),
    "exemptions": lambda: _("diện miễn, giảm"),
    "limit": lambda: _("thời hạn"),
    "channels": lambda: _("cách nộp"),
    "level": lambda: _("mức độ trực tuyến"),
    "guidance": lambda: _("hướng dẫn"),
    "results": lambda: _("kết quả"),
    "legal_basis": lambda: _("căn cứ pháp lý"),
    "ministry": lambda: _("bộ quản lý"),
    "code": lambda: _("mã thủ tục"),
    "competent_agency": lambda: _("cơ quan giải quyết"),
}
"""A fact that no text has confirmed → what it is called on the screen."""


def unconfirmed(procedure: Procedure) -> list[str]:
    """The unconfirmed facts of a procedure, in words."""
    return [FACTS[fact]() for fact in procedure.unconfirmed if fact in FACTS]


MOST_TOGETHER = 3
"""Case, channel and summary on one line."""


class ProcedureHead(QWidget):
    """Name, level, who decides, code and field of the procedure picked."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.name = Words(look, size="lead", strong=True, elide=True)
        self.level = Pill(look)
        self.instant = Pill(look, tone="quiet")
        self.agency = Pill(look, tone="warning")
        self.doubt = Pill(look, tone="warning")
        self.about = Words(look, tone="quiet", figures=True, elide=True)
        top = across(look, (self.name, 1), self.instant, self.level, self.agency, gap="xs")
        self.setLayout(down(look, top, across(look, (self.about, 1), self.doubt, gap="xs"), gap="none"))

    def show_procedure(self, procedure: Procedure, agency: str) -> None:
        """Another procedure."""
        self.name.say(procedure.short_name or procedure.name)
        self.name.setToolTip(procedure.name)
        levels = {
            Level.FULL: (_("Toàn trình"), "good"),
            Level.PARTIAL: (_("Một phần"), "accent"),
            Level.NONE: (_("Nộp trực tiếp"), "quiet"),
        }
        text, tone = levels[procedure.level] if procedure.level else ("", "quiet")
        self.level.say(text, tone)
        self.instant.say(_("Trả ngay") if procedure.instant else "")
        self.agency.say(_("Nhận hộ") if procedure.competent_agency else "")
        self.agency.setToolTip(agency)
        since = "/".join(reversed(procedure.valid_from.split("-")))
        parts = (procedure.code, procedure.field, agency, _("áp dụng từ {day}").format(day=since))
        self.about.say(" · ".join(part for part in parts if part))
        doubts = unconfirmed(procedure)
        self.doubt.say(_("chưa xác nhận {count} mục").format(count=len(doubts)) if doubts else "")
        self.doubt.setToolTip(_("Chưa đối chiếu với văn bản: {facts}").format(facts=", ".join(doubts)))
        self.setAccessibleName(". ".join((procedure.name, *parts, self.doubt.toolTip() if doubts else "")))


class ProcedurePanel(Card):
    """`onward` when Enter has nothing more to do where it was pressed."""

    onward = Signal()

    def __init__(self, look: Look, desk: Desk, filling: Filling, commands: Commands) -> None:
        super().__init__(look, _("Thủ tục và giấy tờ"), "F5")
        self._filling = filling
        self.box = ProcedureBox(look, desk)
        self.box.chosen.connect(self._chosen)
        self.box.passed.connect(self.onward)
        self.box.left.connect(self._searched)
        self.quick = QuickList(look)
        self.box.loaded.connect(lambda: self.quick.show_rows(self.box.quick))
        self.quick.picked.connect(self.box.pick)
        self.drafts = DraftsBox(look)
        self.facts = ProcedureHead(look)
        self.case = Choice(look)
        self.case.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.case.currentIndexChanged.connect(lambda: filling.set_case(str(self.case.value or "")))
        self.channel = Choice(look)
        self.channel.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.channel.currentIndexChanged.connect(self._set_channel)
        self.summary = QLineEdit()
        self.summary.setMaxLength(1000)
        self.summary.textEdited.connect(filling.set_summary)
        self.summary.editingFinished.connect(self._show_summary)
        self._case = Field(look, _("Trường hợp"), self.case)
        self._channel = Field(look, _("Cách nộp"), self.channel)
        self.channel_line = ChannelLine(look, filling)
        self.linked = LinkedBox(look, filling)
        insert = Button(look, _("+ Giấy tờ khác"), "link", key="Ins")
        insert.clicked.connect(commands["receive.other_paper"].trigger)
        everything = Button(look, _("Đủ tất cả"), "link", key="Ctrl+D")
        everything.clicked.connect(commands["receive.all_there"].trigger)
        self.papers = PapersPanel(look, filling, insert, everything)
        self.papers.onward.connect(self.onward)
        self.certify = CertifyPanel(look, filling)
        self.certify.onward.connect(self.onward)
        self.fields = FieldsPanel(look, filling)
        self.guidance = Words(look, "", "note", "quiet", elide=True)
        self._top = QGridLayout()
        self._top.setHorizontalSpacing(look.space("m"))
        self._top.setVerticalSpacing(look.space("s"))
        self._summary = Field(look, _("Trích yếu"), self.summary)
        for field in (self._case, self._channel, self._summary):
            self._top.addWidget(field)  # so that each has a place before it is shown
        nothing, work = QWidget(), QWidget()
        nothing.setLayout(down(look, self.drafts, self.quick, None, gap="s"))
        self._work = down(
            look,
            down(look, self.facts, self.guidance, gap="none"),
            self.channel_line,
            self._top,
            self.linked,
            (self.papers, 1000),
            (self.certify, 2000),
            self.fields,
            gap="m",
        )
        self._work.addStretch(1)
        work.setLayout(self._work)
        self._stack = QStackedWidget()
        self.nothing = Side(look, nothing)  # drafts and the quick list scroll in here before F9 is pushed out
        self._stack.addWidget(self.nothing)
        self.working = Side(look, work)  # big letters on a small screen: it scrolls before F9 is pushed out
        self._stack.addWidget(self.working)
        self._awaited = False
        self.add(self.box, (self._stack, 1))
        filling.begun.connect(self.box.begin_afresh)
        filling.procedure_changed.connect(self.show_procedure)
        filling.channel_changed.connect(self.show_procedure)
        filling.proposed.connect(self._show_summary)
        self.show_procedure()

    # -- what is shown

    def show_procedure(self) -> None:
        """The procedure as the filling has it; the quick list while there is none."""
        chosen = self._filling.chosen
        self._stack.setCurrentIndex(0 if chosen is None else 1)
        show_if(self.box, chosen is None)
        if chosen is None:
            return
        procedure = chosen.procedure
        self.facts.show_procedure(procedure, chosen.agency)
        cases = [(case.key, case.name or _("Thông thường")) for case in procedure.cases]
        _fill(self.case, cases, self._filling.case_key)
        self._case.setVisible(len(cases) > 1)
        offered = [terms.channel for terms in procedure.channels] or [Channel.DIRECT]
        words = {
            Channel.DIRECT: _("Trực tiếp"),
            Channel.ONLINE: _("Hỗ trợ nộp trực tuyến"),
            Channel.POSTAL: _("Qua bưu chính"),
        }
        ways = [channel for channel in Channel if channel in offered or channel is self._filling.channel]
        _fill(self.channel, [(channel, words[channel]) for channel in ways], self._filling.channel)
        self._channel.setVisible(len(ways) > 1)
        self._lay_out([name for _key, name in cases])
        case = self._filling.case
        said = [*procedure.guidance, *(case.guidance if case else ())]
        self.guidance.say(" · ".join(said))
        self.guidance.setToolTip("\n".join(said))
        self.guidance.setVisible(bool(said))
        self.papers.list.setVisible(bool(case and case.components) or bool(self._filling.components))
        self._show_summary()

    def _lay_out(self, cases: Sequence[str]) -> None:
        """Case, channel and summary side by side; a case with a long name has a line of its own, to be read whole."""
        longest = max((self.look.metrics().horizontalAdvance(name) for name in cases), default=0)
        alone = len(cases) > 1 and longest > self.look.size("case_word")
        together = [(self._case, 4), (self._channel, 3), (self._summary, 4)]
        if alone or len(cases) <= 1:
            del together[0]
        if self._channel.isHidden():
            together = [each for each in together if each[0] is not self._channel]
        for field in (self._case, self._channel, self._summary):
            self._top.removeWidget(field)
        if all(field is not self._case for field, _share in together):
            self._top.addWidget(self._case, 0, 0, 1, len(together))
        for column in range(MOST_TOGETHER):
            self._top.setColumnStretch(column, together[column][1] if column < len(together) else 0)
        for column, (field, _share) in enumerate(together):
            self._top.addWidget(field, 1, column)

    def _show_summary(self) -> None:
        if not self.summary.hasFocus() and self.summary.text() != self._filling.summary:
            self.summary.setText(self._filling.summary)
            self.summary.setCursorPosition(0)

    def _chosen(self, chosen: object) -> None:
        had_focus = self.box.field.hasFocus() or not self.box.isVisible()
        self._filling.choose(chosen)  # type: ignore[arg-type]
        self.summary.clearFocus()  # it may have it for a moment, because the search is put away: nobody types there
        self._show_summary()
        if had_focus:
            self.onward.emit()

    def await_pages(self) -> None:
        """Pages have come: as soon as they are shown they are to be seen."""
        self._awaited = True

    def show_pages(self) -> None:
        """Bring pages that have come into sight, where letters are so big that the papers leave no room for them."""
        pages = self.papers.pages
        if self._awaited and pages is not None and not pages.isHidden():
            self._awaited = False
            QTimer.singleShot(0, pages, lambda: self.working.ensureWidgetVisible(pages, 0, 0))

    def _set_channel(self) -> None:
        channel = Channel(str(self.channel.value))
        self._filling.set_channel(channel, channel is Channel.ONLINE)

    def begin(self) -> None:
        """F5: the search comes back while another procedure is looked for."""
        if self.box.isEnabled():
            show_if(self.box, True)
            self.box.begin()

    def _searched(self) -> None:
        """The focus has left the search: with a procedure picked it has nothing more to show."""
        show_if(self.box, self._filling.chosen is None or self.box.field.hasFocus())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.box.field.hasFocus() and self._filling.chosen is not None:
            self.box.field.empty()
            self.onward.emit()
        else:
            super().keyPressEvent(event)

    def lock(self, locked: bool) -> None:
        """Received: only to be read."""
        for widget in (self.box, self.case, self.channel, self.summary):
            widget.setEnabled(not locked)
        self.linked.lock(locked)
        self.papers.lock(locked)
        self.certify.lock(locked)
        self.fields.lock(locked)


def _fill(choice: Choice, choices: Sequence[tuple[object, str]], value: object) -> None:
    """Other choices and another value, without telling anybody."""
    choice.blockSignals(True)
    choice.set_choices(choices)
    choice.blockSignals(True)
    choice.choose(value)
    choice.blockSignals(False)
