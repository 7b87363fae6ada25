"""The keys of the checklist of papers in one table: what the list does with them, and what F1 says of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.assets import Look
from desktop.views.badges import KeyHint
from desktop.views.laying import across
from desktop.views.screen import Hint
from desktop.views.wording import Words
from onestop.rules.intake import By
from onestop.texts import N_, _


@dataclass(frozen=True, slots=True)
class PaperKey:
    """One key, or a pair of them. `brief`: its word in the line under the list, "" for one that has no room there."""

    name: str
    keys: str
    text: str
    brief: str = ""


PAPER_KEYS = (
    PaperKey("take", "Space", N_("nhận đúng như danh mục, hoặc bỏ nhận"), N_("nhận")),
    PaperKey("shown", "D", N_("đã đối chiếu"), N_("đối chiếu")),
    PaperKey("database", "S", N_("từ cơ sở dữ liệu"), N_("CSDL")),
    PaperKey("vneid", "V", N_("xem trên VNeID"), N_("VNeID")),
    PaperKey("bad", "X", N_("chưa hợp lệ, kèm lý do"), N_("chưa hợp lệ")),
    PaperKey("unchecked", "C", N_("chưa kiểm tra"), N_("chưa kiểm tra")),
    PaperKey("now", "F6", N_("quét vào giấy tờ này"), N_("quét")),
    PaperKey("pages", "T", N_("tới các trang đã quét"), N_("trang")),
    PaperKey("count", "0–9", N_("số bản"), N_("số bản")),
    PaperKey("more", "Plus+Minus", N_("thêm, bớt một bản")),
    PaperKey("kind", "Left+Right", N_("bản chính, chứng thực, sao")),
    PaperKey("scan", "Q", N_("quét sau"), N_("quét sau")),
    PaperKey("shelf", "K", N_("dùng lại từ kho giấy tờ"), N_("kho")),
    PaperKey("remove", "Del", N_("bỏ giấy này")),
    PaperKey("undo", "Ctrl+Z", N_("lấy lại bước trước")),
)
FIRST = ("take", "shown", "bad", "unchecked")
"""Keys that make sense on any row."""
WAYS = {"shown": By.SHOWN, "database": By.DATABASE, "vneid": By.VNEID}
MORE = ("+", "=")
_LETTERS = {each.keys.lower(): each.name for each in PAPER_KEYS if len(each.keys) == 1}
_SIGNS = {Qt.Key.Key_Space: "take", Qt.Key.Key_Left: "kind", Qt.Key.Key_Right: "kind", Qt.Key.Key_Delete: "remove"}


def meaning(key: int, text: str) -> str | None:
    """Which entry of the table a key pressed on a row is; None for a key that says nothing there."""
    if key in _SIGNS:
        return _SIGNS[Qt.Key(key)]
    if text and text in "0123456789":
        return "count"
    if text in (*MORE, "-", "−"):
        return "more"
    return _LETTERS.get(text.lower())


def paper_hints() -> tuple[Hint, ...]:
    """The whole table, for F1."""
    return tuple(Hint(each.keys, _(each.text)) for each in PAPER_KEYS)


def key_words(look: Look, keys: str, text: str) -> QWidget:
    """A key, and beside it what it does."""
    pair = QWidget()
    pair.setLayout(across(look, KeyHint(look, keys), Words(look, text, "note", "quiet"), gap="xs"))
    return pair


class KeysLine(QWidget):
    """Keys with what they do, in one line. It takes the width it is given: with big letters the last ones, which F1
    shows too, stay away whole rather than being cut."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._gap = look.space("s")
        self._hints: dict[str, QWidget] = {}
        for each in PAPER_KEYS:
            if each.brief:
                self._hints[each.name] = key_words(look, each.keys, _(each.brief))
        self._useful = frozenset(self._hints)
        self.setLayout(across(look, *self._hints.values(), None, gap="s"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_useful(self, names: Iterable[str]) -> None:
        """Only these can do something now."""
        self._useful = frozenset(names)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() + self._gap
        for name, hint in self._hints.items():
            needed = hint.sizeHint().width() + self._gap
            fits = name in self._useful and needed <= room
            hint.setVisible(fits)
            # What comes after one that had no room has none either: a line with a hole reads as if that key were dead.
            room = room - needed if fits else room if name not in self._useful else 0
