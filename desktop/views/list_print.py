"""Sổ theo dõi and phiếu bàn giao kết quả from the list of dossiers: of days, of what is shown, of what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.assets import Look
from desktop.bus import Level
from desktop.models.dossier_words import letter
from desktop.models.moves import read_day
from desktop.views.boxes import Overlay
from desktop.views.buttons import Button
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down, show_if
from desktop.views.screen import Counter
from desktop.views.wording import Words, grouped
from onestop import clock
from onestop.queries import list_letters, overview
from onestop.queries.dossiers import DossierRow, Wish
from onestop.rules.errors import RuleBroken
from onestop.rules.letters import FormKey
from onestop.rules.list_letters import MOST, Chosen, Listed, read_span
from onestop.texts import _

DAYS, SHOWN, CHOSEN = "days", "shown", "chosen"
LISTS = (FormKey.REGISTER, FormKey.HANDOVER)


@dataclass(frozen=True, slots=True)
class Sources:
    """What a list can be made of besides days: the dossiers that are looked at, under their name, and the chosen."""

    shown: tuple[str, ...] = ()
    name: str = ""
    chosen: tuple[str, ...] = ()


class ListSheet(Overlay):
    """Which list, of which dossiers. `changed(kind, listed)` is called whenever that is another one; F9 or the button
    prints, Enter goes on to the next field, Esc puts it away."""

    alone = True

    def __init__(
        self, look: Look, window: QWidget, changed: Callable[[FormKey, Listed], None], go: Callable[..., None]
    ) -> None:
        super().__init__(window)
        self._look, self._changed, self._go = look, changed, go
        self._sources = Sources()
        self._count: int | None = None
        self.title = Words(look, _("In danh sách"), "lead", strong=True)
        self.setAccessibleName(self.title.text())
        self.kind = Choice(look, [(key, letter(key)) for key in LISTS])
        self.which = Choice(look)
        self.days = {name: QLineEdit() for name in ("first", "last")}
        labels = {"first": _("Từ ngày"), "last": _("Đến ngày")}
        for name, line in self.days.items():
            line.setMaxLength(10)
            line.setPlaceholderText(_("ngày/tháng/năm"))
            line.setAccessibleName(labels[name])
            line.textEdited.connect(self._look_anew)
        self.fields = {name: Field(look, labels[name], line) for name, line in self.days.items()}
        self._span = QWidget()
        row = across(look, (self.fields["first"], 1), (self.fields["last"], 1))
        for field in self.fields.values():
            # What is said below one of them leaves the other where it was.
            row.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        self._span.setLayout(row)
        self.found = Words(look, "", tone="quiet", wrap=True)
        self.do_button = Button(look, _("In"), "main", key="F9")
        self.do_button.clicked.connect(self._done)
        leave = Button(look, _("Thôi"), key="Esc")
        leave.clicked.connect(self.put_away)
        self.kind.currentIndexChanged.connect(self._look_anew)
        self.which.currentIndexChanged.connect(self._look_anew)
        self.setLayout(
            down(
                look,
                self.title,
                Field(look, _("Danh sách"), self.kind),
                Field(look, _("Hồ sơ nào"), self.which),
                self._span,
                self.found,
                across(look, None, leave, self.do_button),
                gap="m",
                margins="xl",
            )
        )

    def open_for(self, sources: Sources) -> None:
        """Open it; what is chosen is proposed where several are, else today."""
        self._sources = sources
        today = f"{clock.today():%d/%m/%Y}"
        for line in self.days.values():
            line.setText(today)
        options: list[tuple[object, str]] = [(DAYS, _("Theo ngày"))]
        if sources.shown:
            options.append((SHOWN, _("Đang xem: {name}").format(name=sources.name)))
        if sources.chosen:
            options.append((CHOSEN, _("{count} hồ sơ đã chọn").format(count=grouped(len(sources.chosen)))))
        self.which.set_choices(options)
        self.which.choose(CHOSEN if len(sources.chosen) > 1 else DAYS)
        self._look_anew()
        self._place()
        self.lift(self.kind)

    def _place(self) -> None:
        window, width = self.parentWidget(), self._look.size("palette")
        self.move((window.width() - width) // 2, window.height() // 6)
        self.fit(width)

    @property
    def listed(self) -> Listed | None:
        """Of what; None where the days cannot be read, which is said beside them."""
        if self.which.value == SHOWN:
            return Chosen(self._sources.shown)
        if self.which.value == CHOSEN:
            return Chosen(self._sources.chosen)
        days = {name: read_day(line.text()) for name, line in self.days.items()}
        for name, day in days.items():
            try:
                read_span(day)
            except RuleBroken:
                self.fields[name].say_wrong(
                    _("Ghi ngày/tháng/năm, ví dụ {day}.").format(day=f"{clock.today():%d/%m/%Y}")
                )
                return None
        try:
            return read_span(f"{days['first']}/{days['last']}")
        except RuleBroken:
            self.fields["last"].say_wrong(_("Ngày cuối đứng trước ngày đầu."))
            return None

    def _look_anew(self, *_what: object) -> None:
        for field in self.fields.values():
            field.clear()
        show_if(self._span, self.which.value == DAYS)
        self._count = None
        self.found.say("")
        show_if(self.found, False)
        listed = self.listed
        if listed is not None:
            self._changed(self._kind, listed)
        if self.isVisible():
            self._place()

    @property
    def _kind(self) -> FormKey:
        return FormKey(str(self.kind.value))

    def say_count(self, count: int) -> None:
        """How many dossiers would stand on it."""
        self._count = count
        empty = {
            FormKey.REGISTER: _("Không có hồ sơ nào được tiếp nhận trong những ngày này."),
            FormKey.HANDOVER: _("Không có kết quả nào để bàn giao."),
        }[self._kind]
        show_if(self.found, True)
        self.found.say(_("{count} hồ sơ").format(count=grouped(count)) if count else empty)
        self.found.set_tone("quiet" if count else "warning")
        self.do_button.setAccessibleDescription(self.found.text())
        if self.isVisible():
            self._place()

    def _done(self) -> None:
        listed = self.listed
        if listed is None:
            next(self.days[name] for name, field in self.fields.items() if field.wrong).setFocus()
        elif self._count != 0:
            self.put_away()
            self._go(self._kind, listed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F9:
            self._done()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)


class ListPrint(QObject):
    """One for the list of dossiers: `ask()` opens the sheet and prints what is chosen there."""

    def __init__(
        self,
        counter: Counter,
        screen: QWidget,
        shown: Callable[[], tuple[Wish, str]],
        chosen: Callable[[], Sequence[DossierRow]],
    ) -> None:
        super().__init__(screen)
        self._counter, self._desk, self._screen = counter, counter.desk, screen
        self._shown, self._chosen = shown, chosen
        self.sheet: ListSheet | None = None

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What it does, for the table of commands."""
        return {"dossiers.lists": self.ask}

    def ask(self) -> None:
        """Read which dossiers are looked at, then open the sheet."""
        wish, name = self._shown()
        chosen = tuple(row.id for row in self._chosen())
        if len(chosen) > MOST:
            self._desk.tell(Level.WARNING, "list.too-many", count=len(chosen), most=MOST)
            return
        self._desk.ask(
            overview.ids, wish, clock.now(), MOST + 1, then=partial(self._open, name, chosen), owner=self, key="lists"
        )

    def _open(self, name: str, chosen: tuple[str, ...], shown: tuple[str, ...]) -> None:
        if self.sheet is None:
            self.sheet = ListSheet(self._counter.look, self._screen.window(), self._look, self._print)
        # More than can be put on a list one by one are only printed by their days.
        self.sheet.open_for(Sources(shown if len(shown) <= MOST else (), name, chosen if len(chosen) > 1 else ()))

    def _look(self, kind: FormKey, listed: Listed) -> None:
        assert self.sheet is not None
        self._desk.ask(list_letters.count, kind, listed, then=self.sheet.say_count, owner=self, key="count")

    def _print(self, kind: FormKey, listed: Listed) -> None:
        service: Any = self._counter.service
        service.prints.days(kind, listed.name)
