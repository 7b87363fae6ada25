"""Qt's own texts in Vietnamese, in the boxes and menus that our program can show."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QProgressDialog,
    QSpinBox,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.views.qt_words import FILE, QtWords

ALIKE = re.compile(
    r"Alt\+\w+|mm|\.\.\.|%p%|\d+ \(\dx\d\)|Cicero.*|Didot.*|Pica.*|QT_LAYOUT_DIRECTION|%1 [KMGT]B|<a href.*"
)
"""The same in every language: measures, keys, page counts."""
NAMES = {"QPageSize", "QShortcut"}
"""Paper sizes and keys are called as they are called."""


class Listener(QTranslator):
    """Hears what Qt asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[tuple[str, str]] = set()

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        self.asked.add((context, source))
        return None


@pytest.fixture
def vietnamese(qapp: QApplication) -> Iterator[QtWords]:
    words = QtWords()
    assert qapp.installTranslator(words)
    yield words
    qapp.removeTranslator(words)


def test_buttons_of_boxes(vietnamese: QtWords, qtbot: QtBot) -> None:
    kinds = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.Yes | kinds.No | kinds.Save | kinds.Close | kinds.Discard)
    qtbot.addWidget(box)
    texts = {box.button(kind).text() for kind in (kinds.Ok, kinds.Cancel, kinds.Yes, kinds.No, kinds.Save, kinds.Close)}
    assert texts == {"Đồng ý", "Thôi", "Có", "Không", "Lưu", "Đóng"}
    message = QMessageBox(QMessageBox.Icon.NoIcon, "x", "y", QMessageBox.StandardButton.Ok)
    qtbot.addWidget(message)
    assert message.buttons()[0].text() == "Đồng ý"


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_the_menu_of_an_input(vietnamese: QtWords, qtbot: QtBot, kind: type[QLineEdit] | type[QPlainTextEdit]) -> None:
    field = kind()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    texts = {entry.text().partition("\t")[0] for entry in menu.actions() if entry.text()}
    assert {"Hoàn tác", "Làm lại", "Cắt", "Chép", "Dán", "Xóa", "Chọn tất cả"} <= texts
    assert not any(text.isascii() for text in texts), texts
    menu.deleteLater()


def test_the_file_dialog(vietnamese: QtWords, qtbot: QtBot) -> None:
    dialog = QFileDialog(options=QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    labels = {label.text() for label in dialog.findChildren(QLabel) if label.text()}
    assert {"Tìm trong:", "Loại tệp:"} <= labels
    assert dialog.labelText(QFileDialog.DialogLabel.FileName) == "Tên tệp:"
    assert dialog.labelText(QFileDialog.DialogLabel.Reject) == "Thôi"


def test_nothing_that_qt_asks_for_in_our_dialogs_is_left_out(qapp: QApplication, qtbot: QtBot) -> None:
    listener = Listener()
    qapp.installTranslator(listener)
    opened = QFileDialog(options=QFileDialog.Option.DontUseNativeDialog)
    saved = QFileDialog(options=QFileDialog.Option.DontUseNativeDialog)
    saved.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    box = QMessageBox()
    box.setStandardButtons(
        QMessageBox.StandardButton(sum(one.value for one in set(QMessageBox.StandardButton) if one.value))
    )
    box.setDetailedText("x")
    printer = QPrinter()
    dialogs: list[QWidget] = [opened, saved, box, QCalendarWidget(), QSpinBox(), QProgressDialog()]
    dialogs += [QPrintDialog(printer), QPrintPreviewDialog(printer)]
    for kind in (QLineEdit, QPlainTextEdit, QTextEdit):
        field = kind()
        field.createStandardContextMenu().deleteLater()
        dialogs.append(field)
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        dialog.show()
    qapp.removeTranslator(listener)
    known = tomllib.loads(FILE.read_text("utf-8"))
    assert len(listener.asked) > 100
    left_out = {
        (context, source)
        for context, source in listener.asked
        if context not in NAMES and not ALIKE.fullmatch(source) and source not in known.get(context, {})
    }
    assert not left_out


def test_what_is_not_known_stays_as_qt_says_it(vietnamese: QtWords) -> None:
    assert QCoreApplication.translate("QNowhere", "Nothing") == "Nothing"


def test_english_again_when_it_is_taken_away(qapp: QApplication, qtbot: QtBot) -> None:
    words = QtWords()
    qapp.installTranslator(words)
    assert QCoreApplication.translate("QLineEdit", "&Copy") == "Chép"
    qapp.removeTranslator(words)
    assert QCoreApplication.translate("QLineEdit", "&Copy") == "&Copy"


def test_every_text_is_translated_and_keeps_its_places() -> None:
    for context, texts in tomllib.loads(FILE.read_text("utf-8")).items():
        for source, text in texts.items():
            assert text, (context, source)
            assert source.count("%") == text.count("%"), (context, source)
            assert text != source, (context, source)
            assert "&" not in text
