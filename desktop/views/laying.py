"""How widgets are laid side by side and one under the other, and what is said of them to the style sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QVBoxLayout,
    QWidget,
)

from desktop.assets import Look

Item = QWidget | QLayout | None | tuple[QWidget | QLayout, int]
"""What `across` and `down` lay out: a widget, a layout, None for what is left over, or either with its share of it."""


Layout = TypeVar("Layout", bound=QBoxLayout)


def across(look: Look, *items: Item, gap: str = "s", margins: str | Sequence[str] = "none") -> QHBoxLayout:
    """A row from left to right; `margins` one name for all sides or four (left, top, right, bottom)."""
    return _lay(look, QHBoxLayout(), items, gap, margins)


def down(look: Look, *items: Item, gap: str = "s", margins: str | Sequence[str] = "none") -> QVBoxLayout:
    """A column from top to bottom."""
    return _lay(look, QVBoxLayout(), items, gap, margins)


def _lay(look: Look, layout: Layout, items: Iterable[Item], gap: str, margins: str | Sequence[str]) -> Layout:
    sides = [margins] * 4 if isinstance(margins, str) else list(margins)
    layout.setContentsMargins(*(look.space(side) for side in sides))
    layout.setSpacing(look.space(gap))
    for item in items:
        thing, share = item if isinstance(item, tuple) else (item, 0)
        if thing is None:
            layout.addStretch(1)
        elif isinstance(thing, QWidget):
            layout.addWidget(thing, share)
        else:
            layout.addLayout(thing, share)
    return layout


def titled(look: Look, title: QWidget, *details: QWidget) -> QBoxLayout:
    """A title with quiet details: at its right, with large letters under it."""
    if look.large:
        return down(look, title, across(look, *details[:-1], (details[-1], 1)), gap="none")
    return across(look, (title, 1), *details, gap="m")


def emptied(layout: QLayout) -> None:
    """Take every widget out of a column and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class Flow(QLayout):
    """Items side by side, in as many lines as the width asks for (chips, badges)."""

    def __init__(self, look: Look, gap: str = "s") -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = look.space(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, height = rect.x(), rect.y(), 0
        line: list[tuple[QLayoutItem, int]] = []
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                self._put(line, y, height, move=move)
                line, x, y, height = [], rect.x(), y + height + self._gap, 0
            line.append((item, x))
            x += size.width() + self._gap
            height = max(height, size.height())
        self._put(line, y, height, move=move)
        return y + height - rect.y()

    def _put(self, line: Sequence[tuple[QLayoutItem, int]], y: int, height: int, *, move: bool) -> None:
        """The items of a line, each in the middle of its height."""
        for item, x in line if move else ():
            size = item.sizeHint()
            item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at the widget's properties again."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def show_if(widget: QWidget, on: bool) -> None:
    """Show or hide it. One that has no place yet comes into sight with its place: `setVisible(True)` on it would open a
    window of its own for a moment, which takes the focus away."""
    if on and widget.parent() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    else:
        widget.setVisible(on)
