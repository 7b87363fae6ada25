"""The grid of a certified-copies dossier: name, pages, copies, price; a row at a time, by Enter alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QWidget

from desktop.assets import Look
from desktop.views.buttons import Button
from desktop.views.filling import Filling
from desktop.views.laying import across, down
from desktop.views.wording import Words
from onestop.rules import fees
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import CertifyForm, spaced
from onestop.texts import _

MOST_PAGES, MOST_COPIES = 2_000, 999


class CertifyRow(QWidget):
    """One document. Pages and copies left empty mean one."""

    edited = Signal()
    finished = Signal()
    removed = Signal()
    moved = Signal(int)

    def __init__(self, look: Look, number: int) -> None:
        super().__init__()
        self.number = Words(look, f"{number}", "note", "quiet", figures=True)
        self.number.setFixedWidth(look.size("key"))
        self.name = QLineEdit()
        self.name.setMaxLength(300)
        self.name.setPlaceholderText(_("Tên giấy tờ"))
        self.pages, self.copies = QLineEdit(), QLineEdit()
        for line, most in ((self.pages, MOST_PAGES), (self.copies, MOST_COPIES)):
            line.setValidator(QIntValidator(1, most, line))
            line.setFixedWidth(look.size("figure_field"))
            line.setPlaceholderText("1")
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.price = Words(look, "", figures=True)
        self.price.setFixedWidth(look.size("party_birth"))
        self.price.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.remove = Button(look, "", "flat", icon="x", name=_("Bỏ dòng này"))
        self.remove.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.remove.clicked.connect(self.removed)
        for line in self.lines:
            line.textEdited.connect(lambda _text: self.edited.emit())
        self.setLayout(
            across(look, self.number, (self.name, 1), self.pages, self.copies, self.price, self.remove, gap="xs")
        )
        self.call(number)

    @property
    def lines(self) -> tuple[QLineEdit, QLineEdit, QLineEdit]:
        """The inputs from left to right."""
        return self.name, self.pages, self.copies

    def call(self, number: int) -> None:
        """Another place in the grid."""
        self.number.say(str(number))
        for line, what in zip(self.lines, (_("tên giấy tờ"), _("số trang"), _("số bản")), strict=True):
            line.setAccessibleName(_("Dòng {number}: {what}").format(number=number, what=what))

    def form(self) -> CertifyForm | None:
        """The document; None while it has no name."""
        name = spaced(self.name.text())
        if not name:
            return None
        return CertifyForm(name, int(self.pages.text() or 1) or 1, int(self.copies.text() or 1) or 1)

    def show_form(self, form: CertifyForm) -> None:
        """Put a document in."""
        self.name.setText(form.name)
        self.pages.setText(str(form.pages))
        self.copies.setText(str(form.copies))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        here = next((place for place, line in enumerate(self.lines) if line.hasFocus()), -1)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and here >= 0:
            if here == len(self.lines) - 1 or (here == 0 and not self.name.text().strip()):
                self.finished.emit()
            else:
                self.lines[here + 1].setFocus()
                self.lines[here + 1].selectAll()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class CertifyGrid(QScrollArea):
    """Scrolls inside when there are more rows than room."""


class CertifyPanel(QWidget):
    """All rows and an empty one at the end. `onward` is an Enter in the empty row."""

    onward = Signal()

    def __init__(self, look: Look, filling: Filling) -> None:
        super().__init__()
        self._look, self._filling = look, filling
        self.rows: list[CertifyRow] = []
        self._locked = False
        spacer = Words(look, "")
        spacer.setFixedWidth(look.size("key"))
        pages, copies, price = (Words(look, text, "note", "quiet") for text in (_("Trang"), _("Bản"), _("Tiền")))
        for words, width in ((pages, "figure_field"), (copies, "figure_field"), (price, "party_birth")):
            words.setFixedWidth(look.size(width))
            words.setAlignment(Qt.AlignmentFlag.AlignRight)
        gap = Words(look, "")
        gap.setFixedWidth(look.size("control"))
        title = Words(look, _("Giấy tờ cần chứng thực"), tone="quiet", strong=True, elide=True)
        self.total = Words(look, "", figures=True, strong=True)
        self._bar_room = Words(look, "")
        self._bar_room.setFixedWidth(0)
        over = title if not look.large else Words(look)
        columns = across(look, spacer, (over, 1), pages, copies, price, gap, self._bar_room, gap="xs")
        head = down(look, title, columns, gap="none") if look.large else columns
        self._column = down(look, gap="xs", margins=("none", "xs", "none", "none"))
        inside = QWidget()
        inside.setProperty("bare", True)
        inside.setLayout(down(look, self._column, None, gap="none"))
        self.grid = CertifyGrid()
        self.grid.setFrameShape(QFrame.Shape.NoFrame)
        self.grid.setWidgetResizable(True)
        self.grid.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.grid.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.grid.setWidget(inside)
        self.grid.verticalScrollBar().rangeChanged.connect(self._leave_room)
        self.setLayout(down(look, head, (self.grid, 1), across(look, None, self.total), gap="xs"))
        filling.begun.connect(self._clear)
        filling.procedure_changed.connect(self.show_rows)
        self.show_rows()

    def _leave_room(self, _least: int, most: int) -> None:
        """The headings stay over their columns when the bar takes its room, and a row just added comes into sight."""
        self._bar_room.setFixedWidth(self.grid.verticalScrollBar().sizeHint().width() if most else 0)
        row = next((row for row in self.rows if any(line.hasFocus() for line in row.lines)), None)
        if row is not None:
            self.grid.ensureWidgetVisible(row)

    def _clear(self) -> None:
        """Every row goes, the empty one too: it may have figures already."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []

    def show_rows(self) -> None:
        """The documents as the filling has them."""
        procedure = self._filling.procedure
        self.setVisible(procedure is not None and procedure.certify)
        wanted = self._filling.certify
        if wanted == self._forms() and self.rows:
            self._show_prices()
            return
        self._clear()
        for form in wanted:
            self._add().show_form(form)
        self._add()
        self._show_prices()

    def _forms(self) -> tuple[CertifyForm, ...]:
        found = (row.form() for row in self.rows)
        return tuple(form for form in found if form is not None)

    def _add(self) -> CertifyRow:
        row = CertifyRow(self._look, len(self.rows) + 1)
        row.edited.connect(self._edited)
        row.finished.connect(lambda: self._finished(row))
        row.removed.connect(lambda: self._remove(row))
        row.moved.connect(lambda step: self._move(row, step))
        row.setEnabled(not self._locked)
        self.rows.append(row)
        self._column.addWidget(row)
        return row

    def _edited(self) -> None:
        self._filling.set_certify(self._forms())
        self._show_prices()

    def _finished(self, row: CertifyRow) -> None:
        """Enter at the end of a row: the next one; in the empty row: on to what is still needed."""
        if row.form() is None:
            self.onward.emit()
            return
        place = self.rows.index(row)
        following = self.rows[place + 1] if place + 1 < len(self.rows) else self._add()
        following.name.setFocus()
        following.name.selectAll()
        self.grid.ensureWidgetVisible(following)

    def _remove(self, row: CertifyRow) -> None:
        place = self.rows.index(row)
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        if not self.rows or self.rows[-1].form() is not None:
            self._add()
        for number, each in enumerate(self.rows, 1):
            each.call(number)
        self.rows[min(place, len(self.rows) - 1)].name.setFocus()
        self._edited()

    def _move(self, row: CertifyRow, step: int) -> None:
        place = self.rows.index(row) + step
        here = next((at for at, line in enumerate(row.lines) if line.hasFocus()), 0)
        if 0 <= place < len(self.rows):
            self.rows[place].lines[here].setFocus()
            self.grid.ensureWidgetVisible(self.rows[place])

    def _show_prices(self) -> None:
        total: int | None = 0
        for row in self.rows:
            amount = self._price(row.form())
            row.price.say(
                "" if row.form() is None else _(fees.NO_AMOUNT) if amount is None else f"{amount:,}".replace(",", ".")
            )
            if row.form() is not None:
                total = None if total is None or amount is None else total + amount
        count = len(self._forms())
        if not count:
            self.total.say("")
        else:
            money = fees.money(total) if total is not None else _(fees.NO_AMOUNT)
            self.total.say(_("{count} giấy tờ · {money}").format(count=count, money=money))

    def _price(self, form: CertifyForm | None) -> int | None:
        """What one line costs, as the fee sheet will count it; None where no price is known."""
        procedure = self._filling.procedure
        if form is None or procedure is None or not procedure.certify:
            return None
        try:
            sheet = fees.compute(
                procedure,
                self._filling.channel,
                self._filling.case,
                certify=[(form.name, form.pages, form.copies)],
                exemption_key=self._filling.exemption,
            )
        except RuleBroken:
            return None
        amounts = [line.amount for line in sheet.lines if line.name.endswith(f": {form.name}")]
        known = [amount for amount in amounts if amount is not None]
        return sum(known) if amounts and len(known) == len(amounts) else None

    def begin(self) -> None:
        """Put the focus into the first row that has no name yet."""
        row = next((row for row in self.rows if row.form() is None), self.rows[-1])
        row.name.setFocus()
        self.grid.ensureWidgetVisible(row)

    def lock(self, locked: bool) -> None:
        """Received: only to be read."""
        self._locked = locked
        for row in self.rows:
            row.setEnabled(not locked)
