"""F1: the keys that do something on the screen shown, and those that do everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.assets import Look
from desktop.views.commands import EVERYWHERE, Commands
from desktop.views.screen import Hint
from desktop.views.widgets import KeyHint, Overlay, Scroll, Words, across, down
from onestop.texts import _


class KeysHelp(Overlay):
    """A sheet over the window; any of Esc, F1 or a click elsewhere puts it away."""

    def __init__(self, look: Look, commands: Commands, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._commands = look, commands
        self._content: QWidget | None = None
        self.setLayout(down(look, margins="xl"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Phím tắt"))

    def open(self, title: str, hints: Sequence[Hint]) -> None:
        """Show the keys of the screen called `title`; `hints` are those that are no commands (arrows, Enter)."""
        look, layout = self._look, self.layout()
        assert layout is not None
        if self._content is not None:
            layout.removeWidget(self._content)
            self._content.deleteLater()
        here: list[tuple[str, str]] = []
        everywhere: list[tuple[str, str]] = []
        for command in self._commands.here():
            shortcut = self._commands.action(command.key).shortcut()
            keys = shortcut.toString(QKeySequence.SequenceFormat.PortableText)
            if keys:
                (everywhere if command.place == EVERYWHERE else here).append((keys, _(command.text)))
        known = {keys for keys, _text in (*here, *everywhere)}
        here += [(hint.keys, hint.text) for hint in hints if hint.keys not in known]
        columns = [(title, here), (_("Mọi nơi"), everywhere)]
        content = QWidget()
        sheets = [self._column(heading, keys) for heading, keys in columns if keys]
        head = Words(look, _("Phím tắt"), "title", strong=True)
        foot = Words(look, _("Esc đóng bảng này · Shift+F1 mở hướng dẫn sử dụng"), "note", "quiet")
        lines = across(look, *[(sheet, 1) for sheet in sheets], gap="xxxl")
        content.setLayout(down(look, head, lines, foot, gap="l"))
        self._content = Scroll(content)
        layout.addWidget(self._content)
        self.setAccessibleDescription("; ".join(f"{keys}: {text}" for keys, text in (*here, *everywhere)))
        self.move(0, 0)
        self.fit()
        window = self.parentWidget()
        self.move((window.width() - self.width()) // 2, max(0, (window.height() - self.height()) // 2))
        self.lift(self)

    def _column(self, heading: str, keys: Sequence[tuple[str, str]]) -> QWidget:
        look, column, grid = self._look, QWidget(), QGridLayout()
        grid.setContentsMargins(*[look.space("none")] * 4)
        grid.setHorizontalSpacing(look.space("m"))
        grid.setVerticalSpacing(look.space("s"))
        grid.addWidget(Words(look, heading, tone="quiet", strong=True), 0, 0, 1, 2)
        for place, (shortcut, text) in enumerate(keys, 1):
            grid.addWidget(KeyHint(look, shortcut), place, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Words(look, text), place, 1)
        grid.setRowStretch(len(keys) + 1, 1)
        grid.setColumnStretch(1, 1)
        column.setLayout(grid)
        return column

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.put_away()
