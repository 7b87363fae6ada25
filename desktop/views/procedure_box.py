"""The field in which a procedure is found in a few letters, and the quick list while nothing is picked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.assets import Look
from desktop.desk import Desk
from desktop.views.badges import KeyHint
from desktop.views.buttons import Button
from desktop.views.inputs import SearchField
from desktop.views.laying import across, down, emptied, titled
from desktop.views.suggest import Option, Suggestions
from desktop.views.wording import Symbol, Words
from onestop import clock
from onestop.queries import reception
from onestop.queries.catalogue import EntryRow
from onestop.queries.reception import Chosen, Offer
from onestop.texts import _

ROWS = 8
QUICK = 9


class ProcedureBox(QWidget):
    """`chosen(Chosen)` when a procedure is picked; `passed` is an Enter in the empty field.

    A single digit means that place of the quick list; with a point behind it, it is the beginning of a code.
    """

    chosen = Signal(object)
    passed = Signal()
    loaded = Signal()
    left = Signal()

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.day: Callable[[], date] = clock.today
        """The day whose catalogue counts."""
        self.offer: Offer | None = None
        self.field = SearchField(look, _("Tên, mã hoặc từ khóa thủ tục…"))
        self.field.setAccessibleName(_("Tìm thủ tục"))
        self.suggestions = Suggestions(look, self.field, _("Thủ tục"))
        self.suggestions.picked.connect(self.pick)
        self.field.typed.connect(self._typed)
        self.field.hurried.connect(self._hurried)
        self.field.down.connect(lambda: self._typed(self.field.text()))
        self.field.installEventFilter(self)
        self.setLayout(down(look, self.field))
        self.setFocusProxy(self.field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self.left.emit)  # once it is known where the focus went
        return False

    def load(self) -> None:
        """Ask what is offered today; again whenever the catalogue has changed."""

        def answered(offer: Offer) -> None:
            self.offer = offer
            self.loaded.emit()

        self._desk.ask(reception.offer, clock.today(), then=answered, owner=self, key="offer")

    @property
    def quick(self) -> Sequence[EntryRow]:
        """The quick list, as many as have a digit."""
        offer = self.offer
        return [offer.rows[code] for code in offer.quick[:QUICK] if code in offer.rows] if offer else []

    def begin_afresh(self) -> None:
        """Another dossier: no text, and no answer to what was picked for the one before."""
        self._desk.forget(self, "choose")
        self.field.empty()
        self.suggestions.put_away()

    def begin(self) -> None:
        """F5."""
        self.field.setFocus()
        self.field.selectAll()

    def found(self, text: str) -> list[Option]:
        """What is offered for this text, best first."""
        text = text.strip()
        if self.offer is None or not text:
            return []
        options = []
        if len(text) == 1 and text.isdigit() and 1 <= int(text) <= len(self.quick):
            row = self.quick[int(text) - 1]
            options.append(_option(row, int(text)))
        hits = self.offer.index.find(text, limit=ROWS)
        rows = [self.offer.rows[hit.code] for hit in hits if hit.code in self.offer.rows]
        options += [_option(row) for row in rows if not options or row.code != options[0].key]
        return options[:ROWS]

    def _typed(self, text: str) -> None:
        self.suggestions.offer(self.found(text))

    def _hurried(self, text: str) -> None:
        if not text.strip():
            self.passed.emit()
            return
        options = self.found(text)
        if options:
            self.pick(options[0].key)

    def pick(self, code: str) -> None:
        """Take the procedure with this code."""
        self.field.empty()
        self.suggestions.put_away()

        def answered(chosen: Chosen | None) -> None:
            if chosen is not None:
                self.chosen.emit(chosen)

        self._desk.ask(reception.choose, code, self.day(), then=answered, owner=self, key="choose")


def _option(row: EntryRow, number: int = 0) -> Option:
    name = row.short_name or row.name
    detail = " · ".join(part for part in (row.code, row.field, row.name if row.short_name else "") if part)
    mark = "" if row.ward else _("nhận hộ")
    return Option(row.code, name, detail, "scroll-text", mark, "warning", number)


class QuickRow(Button):
    """A procedure of the quick list with its digit."""

    def __init__(self, look: Look, number: int, row: EntryRow) -> None:
        super().__init__(look, kind="flat", name=f"{number}. {row.short_name or row.name}")
        words = titled(
            look,
            Words(look, row.short_name or row.name, elide=True),
            Words(look, f"{row.code} · {row.field}", "note", "quiet", figures=True, elide=look.large),
        )
        self.setProperty("large", look.large)  # the style sheet says how high
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        arrow = Symbol(look, "chevron-right", "quiet", "icon_small")
        self.setLayout(
            across(look, KeyHint(look, str(number)), (words, 1), arrow, gap="m", margins=("s", "xs", "s", "xs"))
        )
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()


class QuickList(QWidget):
    """The procedures asked for most, by their digits. `picked(code)`."""

    picked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: Sequence[EntryRow] = ()
        self.rows: list[QuickRow] = []
        self._column = down(look, gap="none")
        self.title = Words(look, _("Thủ tục hay dùng"), tone="quiet", strong=True)
        self.hint = Words(look, _("gõ số rồi Enter"), "note", "quiet", elide=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(down(look, across(look, self.title, (self.hint, 1)), self._column, gap="xs"))
        self.hide()

    def show_rows(self, rows: Sequence[EntryRow]) -> None:
        """Another quick list."""
        self._shown = rows
        emptied(self._column)
        self.rows = [QuickRow(self._look, number, row) for number, row in enumerate(rows, 1)]
        for button, row in zip(self.rows, rows, strict=True):
            button.clicked.connect(lambda _checked=False, code=row.code: self.picked.emit(code))
            self._column.addWidget(button)
        self.setVisible(bool(rows))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "rows"):
            self.show_rows(self._shown)
