"""Liberation Serif for documents: registered once, measured quickly, and every text made clean before it is drawn.

Importing this module registers the four styles under the names below and makes the upright one ReportLab's own
default; otherwise every file would carry an un-embedded Helvetica. It must be imported before any other part of
ReportLab that draws (platypus and graphics copy the default when they are imported).
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).resolve().parent.parent.parent / "resources" / "fonts"

UPRIGHT = "Serif"
BOLD = "Serif-Bold"
ITALIC = "Serif-Italic"
BOLD_ITALIC = "Serif-BoldItalic"

_FILES = {
    UPRIGHT: "LiberationSerif-Regular.ttf",
    BOLD: "LiberationSerif-Bold.ttf",
    ITALIC: "LiberationSerif-Italic.ttf",
    BOLD_ITALIC: "LiberationSerif-BoldItalic.ttf",
}

# Line and paragraph separators become line breaks. Controls, bidirectional marks, joiners and other signs without a
# shape of their own have no place on paper: a name that carries one is drawn without it.
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_SHAPELESS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")

_KEPT_WIDTHS = 20_000


def _register() -> None:
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(FOLDER / file), asciiReadable=False))
    pdfmetrics.registerFontFamily(UPRIGHT, normal=UPRIGHT, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)
    rl_config.canvas_basefontname = UPRIGHT
    rl_config.defaultGraphicsFontName = UPRIGHT
    rl_config.useA85 = 0  # binary streams: a quarter smaller than ASCII85, and encoding that is slow in pure Python


_register()
_advances: dict[str, dict[int, float]] = {name: pdfmetrics.getFont(name).face.charWidths for name in _FILES}
_missing: dict[str, float] = {name: pdfmetrics.getFont(name).face.defaultWidth for name in _FILES}
_widths: dict[str, dict[str, float]] = {name: {} for name in _FILES}
_drawable = frozenset.intersection(
    *[frozenset(chr(code) for code in pdfmetrics.getFont(name).face.charToGlyph) for name in _FILES]
) | {"\n"}


def clean(text: str) -> str:
    """`text` as it may be drawn: NFC, one kind of line break, nothing without a shape, tabs as spaces.

    A sign that Liberation Serif does not have (Chinese, emoji) becomes "□": seen to be missing, never left out.
    """
    if text.isascii() and text.isprintable():
        return text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = _SHAPELESS.sub("", _BREAKS.sub("\n", text)).replace("\t", " ")
    if not _drawable.issuperset(text):
        text = "".join([sign if sign in _drawable else "□" for sign in text])
    return text


def width(word: str, face: str, size: float) -> float:
    """The width of `word` (clean, on one line) in points."""
    known = _widths[face]
    units = known.get(word)
    if units is None:
        advances, missing = _advances[face], _missing[face]
        units = sum([advances.get(ord(sign), missing) for sign in word])
        if len(known) >= _KEPT_WIDTHS:
            known.clear()
        known[word] = units
    return units * size * 0.001
