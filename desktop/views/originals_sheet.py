"""Bản gốc đang giữ: which of the citizen's own papers lie with us, ticked from those that were handed in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from desktop.assets import Look
from desktop.views.boxes import Note, Overlay
from desktop.views.buttons import Button
from desktop.views.checklist_row import short_name
from desktop.views.inputs import Field
from desktop.views.laying import across, down
from desktop.views.screen import Counter
from desktop.views.sections import Leaf
from desktop.views.wording import Words, elided
from onestop import clock
from onestop.actions import delivery
from onestop.queries import delivery as queries
from onestop.queries.delivery import OneReady
from onestop.rules.delivery import LONGEST, KeepForm, Original
from onestop.rules.errors import RuleBroken
from onestop.rules.text import fold
from onestop.texts import _, message

MOST_ROWS = 8


class Originals(QObject):
    """One for a screen: `ask(dossier)` asks which originals of this dossier lie here, and writes it down."""

    def __init__(self, counter: Counter, screen: QWidget) -> None:
        super().__init__(screen)
        self._counter, self._desk, self._screen = counter, counter.desk, screen
        self.sheet: OriginalsSheet | None = None

    def ask(self, dossier: str) -> None:
        """Open the sheet for this dossier."""
        self._desk.ask(queries.one, dossier, clock.now(), then=self._open, owner=self, key="originals")

    def _open(self, one: OneReady | None) -> None:
        if one is not None:
            if self.sheet is None:
                self.sheet = OriginalsSheet(self._counter.look, self._screen.window())
            self.sheet.open_for(one, self._keep)

    def _keep(self, form: KeepForm) -> None:
        sheet = self.sheet
        assert sheet is not None

        def kept(_id: str) -> None:
            sheet.put_away()

        self._desk.do(delivery.settle_originals, form, then=kept, or_else=sheet.refuse, always=sheet.free, owner=self)


class OriginalsSheet(Overlay):
    """`open_for(result, go)`: `go(form)` with what lies here from now on; what was ticked off is given back."""

    alone = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._one: OneReady | None = None
        self._go: Callable[[KeepForm], None] = lambda _form: None
        self.boxes: list[tuple[QCheckBox, Original]] = []
        self.title = Words(look, size="lead", strong=True, wrap=True)
        self.about = Words(
            look,
            _("Đánh dấu bản gốc đang giữ; bỏ dấu là đã trả lại công dân. Khi trả kết quả, bản gốc được trả cùng."),
            "note",
            "quiet",
            wrap=True,
        )
        self.leaf = Leaf(look, _("Bản gốc"), inside="none", gap="s")
        self.other = QLineEdit()
        self.other.setMaxLength(LONGEST)
        self.field = Field(look, _("Bản gốc khác"), self.other)
        self.fault = Note(look, "", "warning")
        self.do_button = Button(look, _("Ghi"), "main", key="F9")
        self.do_button.clicked.connect(self._done)
        leave = Button(look, _("Thôi"), key="Esc")
        leave.clicked.connect(self.put_away)
        row = across(look, None, leave, self.do_button)
        column = (self.title, self.about, self.leaf, self.field, self.fault, row)
        self.setLayout(down(look, *column, gap="m", margins="xl"))

    def open_for(self, one: OneReady, go: Callable[[KeepForm], None]) -> None:
        """Of this dossier."""
        self._one, self._go = one, go
        self.title.say(_("{code}: bản gốc đang giữ").format(code=one.row.code))
        self.setAccessibleName(self.title.text())
        held = {fold(each["name"]): each["count"] for each in one.custody}
        known = {fold(each["name"]): Original(each["name"], each["count"]) for each in one.custody}
        for name, count in one.handed_in:
            known.setdefault(fold(name), Original(name, count))
        self.boxes = [(self._box(each, fold(each.name) in held), each) for each in known.values()]
        rows: list[QWidget] = [box for box, _original in self.boxes]
        self.leaf.show_parts(rows or [Words(self._look, _("Hồ sơ không có giấy tờ bản chính."), tone="quiet")])
        self.other.clear()
        self.fault.say("")
        self.do_button.setEnabled(True)
        self._place()
        self.lift(self.boxes[0][0] if self.boxes else self.other)
        self._place()

    def _box(self, original: Original, kept: bool) -> QCheckBox:
        count = f" ({original.count})" if original.count > 1 else ""
        room = self._look.size("palette") - 4 * self._look.space("xxxl")
        box = QCheckBox(elided(self.fontMetrics(), short_name(original.name), room) + count)
        box.setAccessibleName(original.name + count)
        box.setToolTip(original.name)
        box.setChecked(kept)
        return box

    def _place(self) -> None:
        window, width = self.parentWidget(), self._look.size("palette")
        self.leaf.fit(width - 2 * self._look.space("xl"), MOST_ROWS * self._look.size("control"))
        self.move((window.width() - width) // 2, window.height() // 8)
        self.fit(width)

    def form(self) -> KeepForm:
        """As it is ticked."""
        assert self._one is not None
        kept = [original for box, original in self.boxes if box.isChecked()]
        if self.other.text().strip():
            kept.append(Original(self.other.text()))
        return KeepForm(self._one.id, tuple(kept))

    def _done(self) -> None:
        if self.do_button.isEnabled() and self._one is not None:
            self.fault.say("")
            self.do_button.setEnabled(False)
            self._go(self.form())

    def free(self) -> None:
        """The answer is here."""
        self.do_button.setEnabled(True)

    def refuse(self, broken: RuleBroken) -> None:
        """Say what is wrong."""
        self.fault.say(message(broken.code, broken.details))
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F9:
            self._done()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)
