"""Pages as they will come out of the printer, one under the other: painted in a worker, shown without a flicker."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from desktop.assets import Look
from desktop.jobs import Report
from desktop.reports import drawing
from onestop.rules.letters import Paper
from onestop.rules.result_letters import ResultLetter


@dataclass(frozen=True, slots=True)
class Painted:
    """The pages of a letter as pictures, and its words for whoever cannot see them."""

    pages: tuple[QImage, ...]
    text: str


def painted(report: Report, letter: ResultLetter, width: int, ratio: float) -> Painted:
    """In a worker: the letter drawn, and its pages painted `width` points of the screen wide."""
    report.step()
    content = QBuffer()
    content.setData(QByteArray(drawing.draw(letter, Paper(letter.form.paper))))
    content.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(content)
    pages, words = [], []
    for number in range(document.pageCount()):
        size = document.pagePointSize(number)
        pixels = QSize(round(width * ratio), round(width * ratio * size.height() / size.width()))
        page = QImage(pixels, QImage.Format.Format_RGB32)
        page.fill(Qt.GlobalColor.white)
        painter = QPainter(page)
        painter.drawImage(0, 0, document.render(number, pixels))
        painter.end()
        page.setDevicePixelRatio(ratio)
        pages.append(page)
        words.append(document.getAllText(number).text())
    document.close()
    return Painted(tuple(pages), "\n".join(words))


class _Sheets(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.pages: tuple[QImage, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        gap = self._look.space("m")
        sizes = [page.deviceIndependentSize() for page in self.pages]
        wide = max((size.width() for size in sizes), default=0)
        return QSize(round(wide), round(sum(size.height() + gap for size in sizes)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, y = QPainter(self), 0.0
        painter.setPen(self._look.colour("line"))
        for page in self.pages:
            size = page.deviceIndependentSize()
            x = (self.width() - size.width()) / 2
            painter.drawImage(round(x), round(y), page)
            painter.drawRect(round(x), round(y), round(size.width()) - 1, round(size.height()) - 1)
            y += size.height() + self._look.space("m")


class PaperView(QScrollArea):
    """`show_pages(painted)`; arrows and Page Down scroll. `room`: how wide a page may be painted."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.setObjectName("leaf")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self._look = look
        self._sheets = _Sheets(look)
        self._sheets.setProperty("bare", True)
        self.setWidget(self._sheets)

    @property
    def room(self) -> int:
        """The width of a page, so that a scroll bar has its place beside it."""
        return max(200, self.viewport().width() - self._look.space("s"))

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return len(self._sheets.pages)

    def show_pages(self, painted: Painted) -> None:
        """Other pages, at the place where one has scrolled to; a reader hears their words."""
        self._sheets.pages = painted.pages
        self._sheets.setFixedHeight(self._sheets.sizeHint().height())
        self._sheets.update()
        self.setAccessibleDescription(painted.text)
