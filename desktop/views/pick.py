"""A sheet over the window with a few rows to pick one from: drafts, earlier dossiers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.assets import Look
from desktop.views.boxes import Overlay
from desktop.views.laying import across, down
from desktop.views.suggest import OPTION, Option, OptionDelegate
from desktop.views.wording import Words
from onestop.texts import _

ROWS = 9


class PickList(QListWidget):
    """The rows; the one that is marked shows where the focus is."""


class PickSheet(Overlay):
    """Arrows choose, Enter takes, Esc puts it away; with `drop` Delete puts a row aside."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._then: Callable[[str], None] = lambda key: None
        self._drop: Callable[[str], None] | None = None
        self.title = Words(look, size="lead", strong=True)
        self.foot = Words(look, "", "note", "quiet")
        self.list = PickList()
        self.list.setItemDelegate(OptionDelegate(look, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self.setLayout(down(look, across(look, self.title, None), (self.list, 1), self.foot, gap="m", margins="l"))

    def offer(
        self,
        title: str,
        options: Sequence[Option],
        then: Callable[[str], None],
        drop: Callable[[str], None] | None = None,
    ) -> None:
        """Show the rows; `then(key)` for the one that is picked, `drop(key)` for the one put aside."""
        look, window = self._look, self.parentWidget()
        self._then, self._drop = then, drop
        self.title.say(title)
        self.setAccessibleName(title)
        self.foot.say(_("Enter chọn · Delete bỏ · Esc đóng") if drop else _("Enter chọn · Esc đóng"))
        self.list.clear()
        self.list.setAccessibleName(title)
        for option in options:
            item = QListWidgetItem(". ".join(part for part in (option.title, option.detail, option.mark) if part))
            item.setData(OPTION, option)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        rows = min(len(options), ROWS) * look.size("suggest_row")
        height = rows + look.size("header") * 2 + 4 * look.space("l")
        width = look.size("palette")
        self.setGeometry((window.width() - width) // 2, max(0, (window.height() - height) // 3), width, height)
        self.lift(self.list)

    def _take(self, item: QListWidgetItem) -> None:
        key = item.data(OPTION).key
        self.put_away()
        self._then(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.list.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.currentRow() >= 0:
            self._take(item)
        elif event.key() == Qt.Key.Key_Delete and self._drop is not None and self.list.currentRow() >= 0:
            key = item.data(OPTION).key
            self.list.takeItem(self.list.currentRow())
            self._drop(key)
            if not self.list.count():
                self.put_away()
        else:
            super().keyPressEvent(event)
