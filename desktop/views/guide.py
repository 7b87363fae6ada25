"""Shift+F1: the guide inside the program, opened at what is about the screen that is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from desktop.assets import Look
from desktop.desk import Desk
from desktop.jobs import Report
from desktop.views.boxes import Overlay
from desktop.views.buttons import Button, Chips
from desktop.views.laying import across, down
from desktop.views.wording import Words
from onestop.texts import _

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "guide"
"""The guide lies beside the packages, in the source tree as in what is installed."""

PAGES = ("clerk", "supervisor", "installer", "office-file", "command-line")
HEADINGS = {
    "receive": "Tiếp nhận",
    "scan": "Quét giấy tờ",
    "dossiers": "Hồ sơ",
    "people": "Người dân",
    "catalogue": "Thủ tục",
}
"""Screen → the heading of the clerk's page that is about it."""
OF_SETTINGS = ("supervisor", "Lịch làm việc")
LINE_HEIGHT = 115.0
"""Percent; the font itself is already as high as stacked marks need."""
PICTURE = "\ufffc"
"""What stands for a picture in the text of a block."""


def page_name(page: str) -> str:
    """What a page is called."""
    return {
        "clerk": _("Cán bộ tiếp nhận"),
        "supervisor": _("Người phụ trách"),
        "installer": _("Người cài đặt"),
        "office-file": _("Tệp mô tả cơ quan"),
        "command-line": _("Dòng lệnh"),
    }[page]


def read_page(_report: Report, file: Path) -> str:
    """Long work: the Markdown of a page."""
    return file.read_text("utf-8")


class PageView(QTextBrowser):
    """A page of the guide in the look in use; pictures are as wide as the column."""

    def __init__(self, look: Look) -> None:
        self._text = ""
        super().__init__()
        self._look = look
        self.setObjectName("guidePage")
        self.setOpenLinks(False)
        self.setAccessibleName(_("Nội dung hướng dẫn"))

    def show_text(self, text: str) -> None:
        """Another page."""
        self._text = text
        document = QTextDocument(self)
        document.setDefaultFont(self._look.font())
        document.setDocumentMargin(self._look.space("s"))
        document.setBaseUrl(QUrl.fromLocalFile(f"{FOLDER.as_posix()}/"))
        self.setDocument(document)
        document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._dress(document)

    def _dress(self, document: QTextDocument) -> None:
        """Room between the lines, our headings, and tables with hairlines."""
        look = self._look
        sizes = {1: "title", 2: "lead", 3: "body"}
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        block = document.begin()
        while block.isValid():
            cursor.setPosition(block.position())
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            level = block.blockFormat().headingLevel()
            lines = QTextBlockFormat()
            if PICTURE not in block.text():
                lines.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if level:
                lines.setTopMargin(look.space("xl") if level > 1 else look.space("none"))
                lines.setBottomMargin(look.space("s"))
                letters = QTextCharFormat()
                letters.setFont(look.font(sizes.get(level, "body"), strong=True))
                cursor.setCharFormat(letters)
            elif block.textList() is None and cursor.currentTable() is None:
                lines.setBottomMargin(look.space("s"))
            cursor.mergeBlockFormat(lines)
            block = block.next()
        cursor.endEditBlock()
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                shape = frame.format()
                shape.setBorder(look.space("hair"))
                shape.setBorderCollapse(True)
                shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                shape.setBorderBrush(look.colour("line"))
                shape.setCellPadding(look.space("s") - look.space("ring"))
                shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                frame.setFormat(shape)
        for part in self._code_runs(document):
            letters = QTextCharFormat()
            letters.setFontFamilies(["monospace"])
            letters.setForeground(look.colour("accent"))
            part.mergeCharFormat(letters)

    @staticmethod
    def _code_runs(document: QTextDocument) -> list[QTextCursor]:
        found = []
        block = document.begin()
        while block.isValid():
            runs = block.begin()
            while not runs.atEnd():
                fragment = runs.fragment()
                if fragment.charFormat().fontFixedPitch():
                    cursor = QTextCursor(document)
                    cursor.setPosition(fragment.position())
                    cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
                    found.append(cursor)
                runs += 1
            block = block.next()
        return found

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        if kind == QTextDocument.ResourceType.ImageResource.value:
            path = QUrl(name) if isinstance(name, str) else name
            file = FOLDER / (path.toLocalFile() or path.path())
            dark = file.with_name(file.name.replace("-light", "-dark"))
            if self._look.dark and dark.exists():
                file = dark
            image = QImage(str(file))
            if image.isNull():
                return QImage()
            ratio = self.devicePixelRatioF()
            width = round((self.viewport().width() - 2 * self._look.space("xl")) * ratio)
            image = image.scaledToWidth(max(1, width), Qt.TransformationMode.SmoothTransformation)
            image.setDevicePixelRatio(ratio)
            return image
        return super().loadResource(kind, name)

    def go_to(self, heading: str) -> bool:
        """Scroll to the heading with these words; False where there is none."""
        document = self.document()
        block = document.begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text().strip() == heading:
                top = document.documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(round(top) - self._look.space("s"))
                return True
            block = block.next()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape):
            event.ignore()  # they go along the pages, and away
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._text:
            self.show_text(self._text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wider = event.size().width() != event.oldSize().width()
        super().resizeEvent(event)
        if wider and self._text:
            self.show_text(self._text)


class Guide(Overlay):
    """The sheet with its pages; Left and Right go along them, Esc puts it away."""

    def __init__(self, look: Look, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._desk = look, desk
        self._heading = ""
        self.setAccessibleName(_("Hướng dẫn sử dụng"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pages = Chips(look, [(page, page_name(page)) for page in PAGES], _("Các trang hướng dẫn"))
        self.pages.picked.connect(self.show_page)
        close = Button(look, "", "flat", icon="x", name=_("Đóng hướng dẫn"))
        close.clicked.connect(self.put_away)
        title = Words(look, _("Hướng dẫn sử dụng"), "title", strong=True)
        self.view = PageView(look)
        self.view.anchorClicked.connect(self._follow)
        head = across(look, title, None, close)
        self.setLayout(down(look, head, self.pages, (self.view, 1), gap="m", margins="xl"))

    def open(self, page: str, heading: str = "") -> None:
        """Show this page, at this heading."""
        window = self.parentWidget()
        width = min(self._look.size("guide"), window.width() - 2 * self._look.space("xxxl"))
        self.resize(width, window.height() - 2 * self._look.space("xxxl"))
        self.move((window.width() - self.width()) // 2, self._look.space("xxxl"))
        self.lift(self.view)
        self.show_page(page, heading)

    def show_page(self, page: str, heading: str = "") -> None:
        """Another page."""
        self.pages.choose(page)
        self._heading = heading
        self._desk.run(read_page, FOLDER / f"{page}.md", then=self._here, owner=self)

    def _here(self, text: str) -> None:
        self.view.show_text(text)
        if not self._heading or not self.view.go_to(self._heading):
            self.view.verticalScrollBar().setValue(0)

    def _follow(self, link: QUrl) -> None:
        page = Path(link.path()).stem
        if page in PAGES:
            self.show_page(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.show_page(PAGES[(PAGES.index(self.pages.chosen) + step) % len(PAGES)])
        else:
            super().keyPressEvent(event)


def open_guide(window: Any) -> Guide:
    """Open the guide over the main window at what is about the screen that is shown; once more closes it."""
    guide = window.findChild(Guide)
    if guide is None:
        guide = Guide(window.look, window.desk, window)
    if guide.isVisible():
        guide.put_away()
    elif window.here == "settings":
        guide.open(*OF_SETTINGS)
    else:
        guide.open("clerk", HEADINGS.get(window.here, ""))
    return guide


__all__ = ["FOLDER", "PAGES", "Guide", "open_guide"]
