"""The letters of a few lines, as a piece of Liberation Serif that is put into a PDF: small, the same for the same
letters, and able to be copied out again.

Liberation Serif has the measures of Times New Roman, which NĐ 30/2020 asks for and which may not be given away.
"""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NumberObject,
    StreamObject,
    TextStringObject,
    pdf_name,
)
from pyhanko.pdf_utils.writer import BasePdfFileWriter

FONT = Path(__file__).resolve().parent.parent / "resources" / "fonts" / "LiberationSerif-Regular.ttf"
NAME = "LiberationSerif"
USUAL = (
    "".join(
        unicodedata.normalize("NFC", base + mark)
        for base in "AĂÂEÊIOÔƠUƯYaăâeêioôơuưy"
        for mark in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    )
    + "".join(chr(code) for code in range(0x20, 0x7F))
    + "Đđ–—“”‘’…"
)
"""What nearly every mark is written with: taken out of the font once, so that each mark is quick."""


@dataclass(frozen=True, slots=True)
class Letters:
    """A font with just these letters. `codes`: letter → its number in the font; lengths in thousandths of the size."""

    program: bytes
    codes: Mapping[str, int]
    widths: tuple[int, ...]
    bounds: tuple[int, int, int, int]
    ascent: int
    descent: int
    capital: int

    @property
    def name(self) -> str:
        """The name as PDF wants it for a part of a font: six capitals that stand for what is in it."""
        number = int.from_bytes(hashlib.sha256(self.program).digest()[:8], "big")
        return "".join(chr(65 + number // 26**place % 26) for place in range(6)) + f"+{NAME}"

    def width(self, text: str) -> int:
        return sum(self.widths[self.codes[letter]] for letter in text)

    def written(self, text: str) -> bytes:
        """`text` as the operand of a text operator."""
        return b"<" + "".join(f"{self.codes[letter]:04x}" for letter in text).encode() + b">"


def letters_of(text: str) -> Letters:
    """The letters of `text` (NFC). What the font does not have is shown as its empty box."""
    wanted = frozenset(text) - {"\n"}
    source = _usual() if wanted <= set(USUAL) else FONT.read_bytes()
    program = _part(source, wanted)
    with TTFont(io.BytesIO(program)) as font:
        scale = 1000 / font["head"].unitsPerEm
        known = font.getBestCmap()
        order = font.getGlyphOrder()
        head, hhea = font["head"], font["hhea"]
        return Letters(
            program,
            {letter: font.getGlyphID(known[ord(letter)]) if ord(letter) in known else 0 for letter in sorted(wanted)},
            tuple(round(font["hmtx"][glyph][0] * scale) for glyph in order),
            (
                round(head.xMin * scale),
                round(head.yMin * scale),
                round(head.xMax * scale),
                round(head.yMax * scale),
            ),
            round(hhea.ascent * scale),
            round(hhea.descent * scale),
            round(getattr(font["OS/2"], "sCapHeight", 1341) * scale),
        )


@cache
def _usual() -> bytes:
    return _part(FONT.read_bytes(), USUAL)


def _part(source: bytes, letters: Iterable[str]) -> bytes:
    options = subset.Options(
        hinting=False, layout_features=[], notdef_outline=True, name_IDs=[1, 2, 6], recalc_timestamp=False
    )
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "FFTM"]
    with TTFont(io.BytesIO(source)) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[ord(letter) for letter in letters])
        cutter.subset(font)
        output = io.BytesIO()
        font.save(output)
        return output.getvalue()


def embed(writer: BasePdfFileWriter, letters: Letters, with_set: bool = False) -> IndirectObject:
    """Put the font into a document; the reference by which a page names it. `with_set`: PDF/A-1 wants a table of what
    is in it, which later parts have no use for."""
    name = pdf_name("/" + letters.name)
    descriptor = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/FontDescriptor"),
            pdf_name("/FontName"): name,
            pdf_name("/Flags"): NumberObject(4),
            pdf_name("/FontBBox"): ArrayObject(NumberObject(each) for each in letters.bounds),
            pdf_name("/ItalicAngle"): NumberObject(0),
            pdf_name("/Ascent"): NumberObject(letters.ascent),
            pdf_name("/Descent"): NumberObject(letters.descent),
            pdf_name("/CapHeight"): NumberObject(letters.capital),
            pdf_name("/StemV"): NumberObject(80),
            pdf_name("/FontFile2"): _stream(writer, letters.program, {"/Length1": NumberObject(len(letters.program))}),
        }
    )
    if with_set:
        descriptor[pdf_name("/CIDSet")] = _stream(writer, _all_bits(len(letters.widths)))
    system = {"/Registry": TextStringObject("Adobe"), "/Ordering": TextStringObject("Identity")}
    child = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Font"),
            pdf_name("/Subtype"): pdf_name("/CIDFontType2"),
            pdf_name("/BaseFont"): name,
            pdf_name("/CIDSystemInfo"): DictionaryObject(
                {pdf_name(key): value for key, value in system.items()} | {pdf_name("/Supplement"): NumberObject(0)}
            ),
            pdf_name("/FontDescriptor"): writer.add_object(descriptor),
            pdf_name("/CIDToGIDMap"): pdf_name("/Identity"),
            pdf_name("/W"): ArrayObject([NumberObject(0), ArrayObject(NumberObject(each) for each in letters.widths)]),
        }
    )
    return writer.add_object(
        DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Font"),
                pdf_name("/Subtype"): pdf_name("/Type0"),
                pdf_name("/BaseFont"): name,
                pdf_name("/Encoding"): pdf_name("/Identity-H"),
                pdf_name("/DescendantFonts"): ArrayObject([writer.add_object(child)]),
                pdf_name("/ToUnicode"): _stream(writer, _meanings(letters.codes)),
            }
        )
    )


def _stream(writer: BasePdfFileWriter, data: bytes, more: Mapping[str, NumberObject] | None = None) -> IndirectObject:
    stream = StreamObject({pdf_name(key): value for key, value in (more or {}).items()}, stream_data=data)
    stream.compress()
    return writer.add_object(stream)


def _all_bits(count: int) -> bytes:
    return bytes(255 if count - at >= 8 else 256 - (1 << 8 - (count - at)) for at in range(0, count, 8))


def _meanings(codes: Mapping[str, int]) -> bytes:
    """Which letter each number stands for, so that the text copies out."""
    pairs = [f"<{code:04x}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items() if code]
    parts = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
        *(line for part in parts for line in (f"{len(part)} beginbfchar", *part, "endbfchar")),
        "endcmap CMapName currentdict /CMap defineresource pop end end",
    ]
    return "\n".join(lines).encode()
