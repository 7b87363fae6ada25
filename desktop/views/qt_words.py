"""Qt's own texts in Vietnamese: buttons of boxes, menus of inputs, file and print dialogs. Qt ships none of it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from PySide6.QtCore import QObject, QTranslator

from onestop.texts import LOCALE

FILE = LOCALE / "qt_vi.toml"


class QtWords(QTranslator):
    """Install it while the program speaks Vietnamese; English is what Qt says by itself.

    The file is read when Qt first asks for a text, which is after the first paint.
    """

    def __init__(self, parent: QObject | None = None, file: Path = FILE) -> None:
        super().__init__(parent)
        self._file = file
        self._texts: dict[str, dict[str, str]] | None = None

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:  # type: ignore[override]
        """The Vietnamese text, or None so that Qt goes on with its own."""
        if context in ("QShortcut", "QGuiApplication", "QApplication"):
            return None  # asked for every key and once at the start; keys keep the names printed on them
        if self._texts is None:
            self._texts = tomllib.loads(self._file.read_text("utf-8"))
        return self._texts.get(context, {}).get(source)
