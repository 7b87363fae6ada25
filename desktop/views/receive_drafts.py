"""Drafts: kept as one types, offered when the screen comes up, taken up again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.assets import Look
from desktop.desk import Desk
from desktop.models import due
from desktop.models.dossier_words import draft_title
from desktop.views.badges import State
from desktop.views.buttons import Button
from desktop.views.filling import Filling
from desktop.views.laying import across, down, emptied, titled
from desktop.views.wording import Words
from onestop import clock
from onestop.actions import drafts
from onestop.actions.drafts import DraftForm
from onestop.queries.dossiers import DraftRow
from onestop.rules.intake import write_draft
from onestop.texts import _

REST = 400
"""Milliseconds without a change before the draft is written."""
OFFERED = 4


class DraftKeeper(QObject):
    """Writes the filling to its draft a moment after the last change; `kept` when `saved_at`, for the badge, moves.

    A draft is the safety of what is typed: when it cannot be written, `failed` stays True until it can.
    """

    kept = Signal()

    def __init__(self, desk: Desk, filling: Filling, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._filling = desk, filling
        self.saved_at: datetime | None = None
        self.failed = False
        self.paused = False
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self.keep_now)
        filling.changed.connect(self._touched)

    def _touched(self) -> None:
        if not self.paused and not self._filling.empty:
            self._rest.start()

    def begin(self, saved_at: datetime | None = None) -> None:
        """Another draft: nothing of it has been written, or it was at this moment."""
        self._rest.stop()
        self.saved_at, self.failed, self.paused = saved_at, False, False
        self.kept.emit()

    def stop(self) -> None:
        """The dossier is received: there is no draft any more."""
        self._rest.stop()
        self.paused = True
        self.saved_at = None
        self.kept.emit()

    def keep_now(
        self, then: Callable[[], None] | None = None, ended: Callable[[], None] | None = None, *, anyway: bool = False
    ) -> None:
        """Write it at once, if there is anything to write: `then()` once it is safe, `ended()` in every case.
        `anyway`: an empty one too, because pages are to belong to it."""
        self._rest.stop()
        if self.paused or (self._filling.empty and not anyway):
            for call in (then, ended):
                if call is not None:
                    call()
            return
        filling, number = self._filling, self._filling.draft
        plain = write_draft(filling.form(), filling.unfinished)
        form = DraftForm(number, filling.title, plain)
        self.failed = True  # until the answer says otherwise

        def written(_id: str) -> None:
            self.failed = False
            if number == filling.draft and not self.paused:
                self.saved_at = clock.now()
            if then is not None:
                then()

        def over() -> None:
            self.kept.emit()
            if ended is not None:
                ended()

        self._desk.do(drafts.keep, form, then=written, always=over, owner=self)

    @property
    def pending(self) -> bool:
        """Is there something that has not been written yet?"""
        return self._rest.isActive()


class DraftLine(QWidget):
    """One draft, as high as a row of any list at least, never lower than its words."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, self._look.size("row")))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(0, self._look.size("row")))


class DraftsBox(QWidget):
    """The clerk's drafts that are not finished. `opened(id)`, `dropped(row)`."""

    opened = Signal(str)
    dropped = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: Sequence[DraftRow] = ()
        self.rows: list[QWidget] = []
        self.title = Words(look, _("Bản nháp chưa xong"), tone="quiet", strong=True)
        self.more = Words(look, "", "note", "quiet", elide=True)
        self.more.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._column = down(look, gap="none")
        self.setLayout(down(look, across(look, self.title, (self.more, 1)), self._column, gap="xs"))
        self.hide()

    def show_drafts(self, rows: Sequence[DraftRow]) -> None:
        """Other drafts, the latest first."""
        self._shown = rows
        emptied(self._column)
        self.rows = [self._row(row) for row in rows[:OFFERED]]
        for row in self.rows:
            self._column.addWidget(row)
        self.more.say(_("Ctrl+Shift+D xem cả {count}").format(count=len(rows)) if len(rows) > OFFERED else "")
        self.setVisible(bool(rows))

    def _row(self, draft: DraftRow) -> QWidget:
        look, row, title = self._look, DraftLine(self._look), draft_title(draft.title)
        waiting = [State(look, "hourglass", _("chờ bổ sung"), "warning")] if draft.state == "waiting" else []
        take_up = Button(look, _("Làm tiếp"), "link")
        take_up.setAccessibleName(_("Làm tiếp bản nháp {title}").format(title=title))
        take_up.clicked.connect(lambda: self.opened.emit(draft.id))
        drop = Button(look, "", "flat", icon="x", name=_("Bỏ bản nháp {title}").format(title=title))
        drop.clicked.connect(lambda: self.dropped.emit(draft))
        saved = Words(look, when(draft.saved_at), "note", "quiet", figures=True)
        words = titled(look, Words(look, title, elide=True), *waiting, saved)
        row.setLayout(across(look, (words, 1), take_up, drop, gap="xs", margins=("s", "none", "none", "none")))
        return row

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "rows"):
            self.show_drafts(self._shown)


def when(moment: datetime) -> str:
    """ "9:04" for today, "9:04 22/11/2026" for another day."""
    there = clock.local(moment)
    text = due.hour(moment)
    return text if there.date() == clock.today() else f"{text} {due.date(moment)}"
