"""The draft receipt turned to the citizen: big, over the whole window, and marked as worth nothing yet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from desktop.assets import Look
from desktop.models import due
from desktop.views.boxes import Box, Card, Hairline, Overlay
from desktop.views.buttons import Button
from desktop.views.laying import across, down
from desktop.views.wording import Words
from onestop import clock
from onestop.rules.fees import NO_AMOUNT, money
from onestop.rules.letters import ReceiptLetter, fee_total

WATERMARK = "BẢN NHÁP – KHÔNG CÓ GIÁ TRỊ"
"""Vietnamese whatever language the clerk's screen speaks: the citizen reads it."""


WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


class DraftView(Overlay):
    """Who, what, which papers on the left; when and how much on the right. Esc, F8 or Enter closes it.

    Its words are Vietnamese: it is a paper held up, not a part of the clerk's screen.
    """

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._content: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayout(down(look, gap="l", margins="xxl"))
        window.installEventFilter(self)

    def show_letter(self, letter: ReceiptLetter) -> None:
        """Show this draft over the window."""
        layout = self.layout()
        assert layout is not None
        if self._content is not None:
            layout.removeWidget(self._content)
            self._content.deleteLater()
        self._content = self._made(letter)
        layout.addWidget(self._content)
        self.setAccessibleName(WATERMARK)
        said = [words.text() for words in self._content.findChildren(QLabel) if words.text()]
        self.setAccessibleDescription(". ".join(said))
        self.setGeometry(self.parentWidget().rect())
        self.lift(self)

    def _made(self, letter: ReceiptLetter) -> QWidget:
        look = self._look
        mark = Box(look, "warning", padding="m")
        text = Words(look, WATERMARK, "figure", "warning", strong=True)
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        mark.add(text)
        left = Card(look, padding="xl", gap="l")
        left.add(self._facts(letter), Hairline(look), (self._papers(letter), 1))
        right = Card(look, padding="xl", gap="l")
        right.add(*self._promise(letter), None)
        close = Button(look, "Đóng", "", key="Esc")
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.put_away)
        foot = across(
            look, Words(look, "Đề nghị ông/bà đọc kỹ, thấy sai báo ngay để sửa.", "title", "quiet"), None, close
        )
        content = QWidget()
        content.setLayout(down(look, mark, (across(look, (left, 3), (right, 2), gap="l"), 1), foot, gap="l"))
        return content

    def _facts(self, letter: ReceiptLetter) -> QGridLayout:
        look, grid = self._look, QGridLayout()
        grid.setHorizontalSpacing(look.space("xl"))
        grid.setVerticalSpacing(look.space("s"))
        grid.setColumnStretch(1, 1)
        person = letter.applicant
        rows = [
            ("Người nộp", person.name),
            ("Chủ hồ sơ", person.owner),
            ("Số giấy tờ", person.identity),
            ("Địa chỉ", person.address),
            ("Điện thoại", person.phone),
            ("Nội dung", letter.request),
            ("Thủ tục", letter.procedure),
        ]
        for place, (label, value) in enumerate([row for row in rows if row[1]]):
            words = Words(look, value, "title", strong=label in ("Người nộp", "Nội dung"), wrap=True)
            quiet = Words(look, label, "lead", "quiet")
            quiet.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(quiet, place, 0)
            grid.addWidget(words, place, 1)
        return grid

    def _papers(self, letter: ReceiptLetter) -> QWidget:
        look = self._look
        column = down(look, gap="s")
        column.addWidget(Words(look, "Giấy tờ đã nhận", "lead", "quiet"))
        for number, each in enumerate(letter.components, 1):
            counts = [
                f"{count} {word}"
                for count, word in (
                    (each.originals, "bản chính"),
                    (each.certified, "bản chứng thực"),
                    (each.copies, "bản sao"),
                )
                if count and each.by == "submitted"
            ]
            how = "; ".join(part for part in (", ".join(counts), each.how) if part)
            column.addLayout(
                across(
                    look,
                    (Words(look, f"{number}. {each.name}", "lead", wrap=True), 1),
                    Words(look, how, "lead", "quiet"),
                    gap="l",
                )
            )
        for number, row in enumerate(letter.certified, len(letter.components) + 1):
            text = f"{row.pages} trang × {row.copies} bản"
            column.addLayout(
                across(look, (Words(look, f"{number}. {row.name}", "lead", wrap=True), 1), Words(look, text, "lead"))
            )
        if not letter.components and not letter.certified:
            column.addWidget(Words(look, "không có", "lead"))
        column.addStretch(1)
        inside = QWidget()
        inside.setProperty("bare", True)
        inside.setLayout(column)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _promise(self, letter: ReceiptLetter) -> list[QWidget]:
        look = self._look
        found: list[QWidget] = [Words(look, "Hẹn trả kết quả", "lead", "quiet")]
        if letter.due_at is not None:
            promised = QWidget()
            weekday = WEEKDAYS[clock.local(letter.due_at).weekday()]
            lines = (due.hour(letter.due_at), weekday, due.date(letter.due_at))
            promised.setLayout(down(look, *(Words(look, line, "poster", "accent") for line in lines), gap="none"))
            found.append(promised)
        else:
            found.append(Words(look, "theo thông báo", "poster", "accent", wrap=True))
        found.append(Hairline(look))
        found.append(Words(look, "Phí, lệ phí", "lead", "quiet"))
        total = fee_total(letter.fees)
        if letter.fees_by_count:
            fee = "theo số bản"
        elif not letter.fees or total == 0:
            fee = "không thu"
        else:
            fee = NO_AMOUNT if total is None else money(total)
        found.append(Words(look, fee, "figure", strong=True, figures=True, wrap=True))
        found.append(Hairline(look))
        found.append(Words(look, "Nhận kết quả", "lead", "quiet"))
        ways = {"counter": "Tại quầy", "post": "Qua bưu chính", "electronic": "Bản điện tử"}
        found.append(Words(look, ways[letter.delivery.way.value], "title", strong=True))
        where = ", ".join(
            part for part in (letter.delivery.name, letter.delivery.phone, letter.delivery.address) if part
        )
        if where:
            found.append(Words(look, where, "lead", "quiet", wrap=True))
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self.parentWidget().rect())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F8):
            self.put_away()
        else:
            super().keyPressEvent(event)
