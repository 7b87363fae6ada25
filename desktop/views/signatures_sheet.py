"""The sheet of signatures: who signed a paper, when, whether that holds, and why it does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop.assets import Look
from desktop.desk import Desk
from desktop.jobs import Report
from desktop.models import sign_words
from desktop.views.badges import State
from desktop.views.boxes import Hairline, Overlay
from desktop.views.buttons import Button
from desktop.views.checklist_row import short_name
from desktop.views.laying import across, down
from desktop.views.sections import Fact, Leaf
from desktop.views.standing import Awaiting, EmptyState
from desktop.views.wording import Words
from onestop.queries.papers import DocumentRow
from onestop.rules.errors import RuleBroken
from onestop.texts import _, message

if TYPE_CHECKING:
    from paper.signatures import SignatureFact

FEW = 5
"""Rows of room before the signatures are here."""


class SignaturesSheet(Overlay):
    """`open_for(paper)`; Esc puts it away. The file is judged anew each time, off the GUI thread."""

    def __init__(self, look: Look, desk: Desk, service: Any, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._desk, self._service = look, desk, service
        self._paper = ""
        self.facts: Sequence[SignatureFact] = ()
        self.title = Words(look, size="lead", strong=True, wrap=True)
        self.leaf = Leaf(look, "", inside="s", top="s", gap="m")
        self._awaiting = Awaiting(look, self.leaf)
        foot = Words(look, _("Kiểm tra lúc mở tờ này, theo danh sách tin cậy của cơ quan."), "note", "quiet", wrap=True)
        close = Button(look, _("Đóng"), key="Esc")
        close.clicked.connect(self.put_away)
        self.setLayout(
            down(look, self.title, (self._awaiting, 1), across(look, (foot, 1), close), gap="m", margins="l")
        )

    def open_for(self, paper: DocumentRow) -> None:
        """Judge the signatures of this paper and show them."""
        self._paper, self.facts = paper.id, ()
        self.title.say(_("Chữ ký số trên “{title}”").format(title=short_name(paper.about.title)))
        self.setAccessibleName(self.title.text())
        self.leaf.setAccessibleName(self.title.text())
        self.leaf.show_parts([])
        self._place(self._look.size("row") * FEW)
        self._awaiting.wait()
        self.lift(self.leaf)
        self._desk.run(
            judged,
            self._service.office,
            self._service.pagework,
            paper.blob,
            then=lambda facts: self._here(paper.id, facts),
            or_else=self._refused,
            always=self._awaiting.ready,
            owner=self,
        )

    def _place(self, room: int) -> None:
        """In the middle of the window, with so much room for the signatures where the window has it."""
        look, window = self._look, self.parentWidget()
        width = min(look.size("palette"), window.width() - 2 * look.space("xl"))
        around = look.size("bar") * 2 + look.size("row") + 2 * look.space("l")
        high = min(room + around, window.height() - 2 * look.space("xl"))
        self.setGeometry((window.width() - width) // 2, max(0, (window.height() - high) // 3), width, high)

    def _here(self, paper: str, facts: Sequence[SignatureFact]) -> None:
        if paper != self._paper:
            return
        self.facts = facts
        parts: list[QWidget] = []
        for fact in facts:
            if parts:
                parts.append(Hairline(self._look))
            parts.append(self._part(fact))
        if not parts:
            parts.append(EmptyState(self._look, "signature", _("Tệp này không có chữ ký số nào")))
        self.leaf.show_parts(parts)
        content = self.leaf.widget().layout()
        if content is not None:
            content.activate()
            self._place(content.totalHeightForWidth(self.leaf.viewport().width()) + 2 * self._look.space("s"))

    def _part(self, fact: SignatureFact) -> QWidget:
        look, told, why = self._look, sign_words.verdict(fact), sign_words.why(fact)
        name = sign_words.signer(fact)
        column: list[Any] = [
            across(look, (Words(look, name, strong=True, wrap=True), 1), State(look, told.icon, told.text, told.tone)),
            *([Words(look, why, tone=told.tone, wrap=True)] if why else []),
            *(Fact(look, title, value) for title, value in sign_words.facts(fact)),
        ]
        part = QWidget()
        part.setLayout(down(look, *column, gap="xs"))
        part.setAccessibleName(f"{name}. {told.text}. {why}".strip())
        return part

    def _refused(self, broken: RuleBroken) -> None:
        self.leaf.show_parts(
            [State(self._look, "circle-alert", message(broken.code, broken.details), "danger", wrap=True)]
        )


def judged(report: Report, office: Any, work: Any, blob: str) -> Sequence[SignatureFact]:
    """In a worker: every signature in a stored file."""
    report.step()
    found: Sequence[SignatureFact] = work.signatures_of(office.files.get(blob))
    return found
