"""A letter looked at before it is printed: its pages over the window, Enter prints, Esc puts it away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

from desktop.assets import Look
from desktop.views.boxes import Overlay
from desktop.views.buttons import Button
from desktop.views.laying import across, down
from desktop.views.wording import Words
from onestop.texts import _


class Preview(Overlay):
    """`show_file(title, pdf, send, save)`: `send()` prints it, `save()` asks where to keep a copy."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._send: Callable[[], None] = lambda: None
        self._save: Callable[[], None] = lambda: None
        self._buffer = QBuffer(self)
        self._document = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setDocument(self._document)
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view.installEventFilter(self)
        self.title = Words(look, size="lead", strong=True)
        self.print_button = Button(look, _("In"), "main", key="Return")
        self.print_button.clicked.connect(self._do_send)
        keep = Button(look, _("Lưu thành tệp…"), key="Ctrl+S")
        keep.setShortcut("Ctrl+S")
        keep.clicked.connect(self._do_save)
        close = Button(look, _("Đóng"), key="Esc")
        close.clicked.connect(self.put_away)
        head = across(look, self.title, None, keep, close, self.print_button, gap="s")
        self.setLayout(down(look, head, (self.view, 1), gap="m", margins="l"))
        window.installEventFilter(self)

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return self._document.pageCount()

    def show_file(self, title: str, pdf: bytes, send: Callable[[], None], save: Callable[[], None]) -> None:
        """Show these pages."""
        self._send, self._save = send, save
        self.title.say(title)
        self.setAccessibleName(title)
        self.view.setAccessibleName(title)
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._place()
        self.lift(self.view)

    def _place(self) -> None:
        window, look = self.parentWidget(), self._look
        width = min(window.width() - 2 * look.space("xxl"), look.size("preview"))
        height = window.height() - 2 * look.space("xxl")
        self.setGeometry((window.width() - width) // 2, look.space("xxl"), width, height)

    def _do_send(self) -> None:
        self.put_away()
        self._send()

    def _do_save(self) -> None:
        self._save()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget() and self.isVisible():
            self._place()
        elif watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do_send()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.put_away()
                return True
        return False
