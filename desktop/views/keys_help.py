"""F1: the keys that do something on the screen shown, and those that do everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.assets import Look
from desktop.views.badges import KeyHint
from desktop.views.boxes import Overlay, Scroll
from desktop.views.commands import EVERYWHERE, Commands
from desktop.views.laying import across, down
from desktop.views.screen import Hint, Keys
from desktop.views.wording import Words
from onestop.texts import _

SCROLLING = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


LONGEST = 16
"""More keys than these stand in two columns."""


class KeysHelp(Overlay):
    """A sheet over the window; any of Esc, F1 or a click elsewhere puts it away."""

    def __init__(self, look: Look, commands: Commands, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._commands = look, commands
        self._content: Scroll | None = None
        self.setLayout(down(look, margins="xl"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Phím tắt"))

    def open(self, title: str, hints: Sequence[Hint], groups: Sequence[Keys] = ()) -> None:
        """Show the keys of the screen called `title`; `hints` and `groups` are those that are no commands."""
        look, layout = self._look, self.layout()
        assert layout is not None
        if self._content is not None:
            layout.removeWidget(self._content)
            self._content.deleteLater()
        here: list[Hint] = []
        everywhere: list[Hint] = []
        for command in self._commands.here():
            shortcut = self._commands.action(command.key).shortcut()
            keys = shortcut.toString(QKeySequence.SequenceFormat.PortableText)
            if keys:
                (everywhere if command.place == EVERYWHERE else here).append(Hint(keys, _(command.text)))
        known = {hint.keys for hint in (*here, *everywhere)}
        here += [hint for hint in hints if hint.keys not in known]
        parts = [Keys(title, here), *groups, Keys(_("Mọi nơi"), everywhere)]
        parts = [half for part in parts if part.hints for half in _halves(part)]
        content = QWidget()
        head = Words(look, _("Phím tắt"), "title", strong=True)
        foot = Words(look, _("Esc đóng bảng này · Shift+F1 mở hướng dẫn sử dụng"), "note", "quiet", wrap=True)
        content.setLayout(down(look, head, self._columns(parts), foot, gap="l"))
        self._content = Scroll(content)
        layout.addWidget(self._content)
        said = (f"{hint.keys}: {hint.text}" for part in parts for hint in part.hints)
        self.setAccessibleDescription("; ".join(said))
        self.move(0, 0)
        self.fit()
        window = self.parentWidget()
        self.move((window.width() - self.width()) // 2, max(0, (window.height() - self.height()) // 2))
        self.lift(self)

    def _columns(self, parts: Sequence[Keys]) -> QWidget:
        """The parts in as many columns as the window has room for, about equally long, in the order given."""
        look = self._look
        made = [self._column(part.heading, part.hints) for part in parts]
        for each in made:
            each.ensurePolished()
        gap, sides = look.space("xxl"), 4 * look.space("xl")
        widest = max(each.sizeHint().width() for each in made)
        room = max(1, (self.parentWidget().width() - sides + gap) // (widest + gap))
        shared = _shared([len(part.hints) + 2 for part in parts], min(room, len(made)))
        columns = [(down(look, *[made[place] for place in places], None, gap="l"), 1) for places in shared]
        whole = QWidget()
        whole.setLayout(across(look, *columns, gap="xxl"))
        return whole

    def _column(self, heading: str, hints: Sequence[Hint]) -> QWidget:
        look, column, grid = self._look, QWidget(), QGridLayout()
        grid.setContentsMargins(*[look.space("none")] * 4)
        grid.setHorizontalSpacing(look.space("m"))
        grid.setVerticalSpacing(look.space("xs"))
        grid.addWidget(Words(look, heading, tone="quiet", strong=True), 0, 0, 1, 2)
        for place, hint in enumerate(hints, 1):
            grid.addWidget(KeyHint(look, hint.keys), place, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Words(look, hint.text), place, 1)
        grid.setColumnStretch(1, 1)
        column.setLayout(grid)
        return column

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in SCROLLING and self._content is not None:
            self._content.verticalScrollBar().event(event)  # with big letters there is more than one page of them
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.put_away()


def _halves(part: Keys) -> list[Keys]:
    """A group as it is, or, where it would be too long for a column, in two about equal ones."""
    count = len(part.hints)
    if count <= LONGEST:
        return [part]
    cut = (count + 1) // 2
    return [
        Keys(part.heading, part.hints[:cut]),
        Keys(_("{group} (tiếp)").format(group=part.heading), part.hints[cut:]),
    ]


def _shared(lengths: Sequence[int], count: int) -> list[list[int]]:
    """The places of things of these lengths in `count` columns: the longest first, each where least stands so far."""
    columns: list[list[int]] = [[] for _column in range(count)]
    for place in sorted(range(len(lengths)), key=lambda place: -lengths[place]):
        min(columns, key=lambda places: sum(lengths[each] for each in places)).append(place)
    return sorted(sorted(places) for places in columns)
