"""Where the words of a template are written: "{" offers the fields, a line at fault is underlined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QStandardItem,
    QStandardItemModel,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QCompleter, QListView, QPlainTextEdit, QTextEdit

from desktop.assets import Look
from onestop.rules.result_fields import Known
from onestop.texts import _

NAME = Qt.ItemDataRole.UserRole + 1
ROWS = 9
TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class TemplateText(QPlainTextEdit):
    """`offer(fields)`: what can be inserted; `insert(name)`: one at the cursor; `mark(lines)`: at fault, from 1."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("Nội dung của mẫu"))
        self.setAccessibleDescription(_("Gõ dấu ngoặc nhọn để chọn trường; > đầu dòng để đứng giữa; ** để in đậm."))
        self._model = QStandardItemModel(self)
        self.completer = QCompleter(self._model, self)
        popup = QListView()
        popup.setObjectName("fields")
        self.completer.setPopup(popup)
        self.completer.setWidget(self)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setMaxVisibleItems(ROWS)
        popup.clicked.connect(self._taken)

    def offer(self, fields: Sequence[Known]) -> None:
        """The fields that can be inserted now."""
        self._model.clear()
        for each in fields:
            item = QStandardItem(f"{each.name} – {each.group}: {each.about}")
            item.setData(each.name, NAME)
            self._model.appendRow(item)

    @property
    def choosing(self) -> bool:
        """Is a field being chosen just now?"""
        return bool(self.completer.popup().isVisible())

    def insert(self, name: str) -> None:
        """The field at the cursor; what was typed of it after "{" gives way."""
        cursor, begun = self.textCursor(), self._begun()
        if begun is not None:
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(begun) + 1)
        cursor.insertText(f"{{{name}}}")
        self.setTextCursor(cursor)

    def mark(self, lines: Iterable[int]) -> None:
        """Underline these lines."""
        marks = []
        for number in lines:
            block = self.document().findBlockByNumber(number - 1)
            mark, form = QTextEdit.ExtraSelection(), QTextCharFormat()
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            form.setUnderlineColor(self._look.colour("danger"))
            cursor = QTextCursor(block)
            cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            mark.cursor, mark.format = cursor, form  # type: ignore[attr-defined]
            marks.append(mark)
        self.setExtraSelections(marks)

    def space_lines(self) -> None:
        """Lines a little apart: each is a paragraph on paper."""
        form = QTextBlockFormat()
        form.setBottomMargin(self._look.space("xs"))
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(form)

    # -- while one types

    def _begun(self) -> str | None:
        """What was typed of a field since its "{", None where none was begun."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        opened = before.rfind("{")
        return None if opened < 0 or "}" in before[opened:] else before[opened + 1 :]

    def _taken(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self.insert(str(index.data(NAME)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self.completer.popup()
        if popup.isVisible() and event.key() in TAKES:
            index = popup.currentIndex()
            popup.hide()
            if index.isValid():
                self._taken(index)
            return
        if popup.isVisible() and event.key() == Qt.Key.Key_Escape:
            popup.hide()
            return
        super().keyPressEvent(event)
        self._offer_here()

    def inputMethodEvent(self, event: QEvent) -> None:  # type: ignore[override]
        super().inputMethodEvent(event)  # type: ignore[arg-type]
        self._offer_here()

    def _offer_here(self) -> None:
        """Show what fits behind an open "{"."""
        begun, popup = self._begun(), self.completer.popup()
        if begun is None:
            popup.hide()
            return
        self.completer.setCompletionPrefix(begun)
        if not self.completer.completionCount():
            popup.hide()
            return
        place = self.cursorRect()
        place.setWidth(self._look.size("palette"))
        self.completer.complete(place)
        popup.setCurrentIndex(self.completer.completionModel().index(0, 0))
