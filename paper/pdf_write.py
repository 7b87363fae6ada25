"""Pages of pictures as one PDF/A-2b, the words that were read laid over them unseen: they can be searched, selected,
copied out. The same pages and the same hour give the same bytes.

The picture of a page goes in as it is stored, no dot is drawn anew. The words stand in a font without shapes, each as
wide as on the paper, each letter with its Unicode: Vietnamese copies out as it was read (docs/decisions).
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from statistics import median

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, String, pdfa
from PIL import Image

from onestop import clock
from onestop.rules.errors import RuleBroken
from paper.ocr import Word
from paper.opening import demand_size, strange_file

FLAVOUR = "2b"
CREATOR = "Một Cửa"
ADVANCE = 500
"""Width of every letter of the font without shapes, of 1000."""
FONT_NAME = "KhongHinh"
BORN = 3_850_000_000
"""When the font says that it was made: any hour, always the same."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: a JPEG as `prepare` makes it, its dots an inch, and the words on it (places as shares of the page)."""

    picture: bytes
    dpi: float
    words: tuple[Word, ...] = ()


def assemble(leaves: Sequence[Leaf], title: str = "", made_at: datetime | None = None, flavour: str = FLAVOUR) -> bytes:
    """The pages as one PDF/A, checked after it was written. `title` names the paper, never a person; `made_at`: when.

    RuleBroken paper.no-pages, paper.unreadable for a picture that is no JPEG.
    """
    if not leaves:
        raise RuleBroken("paper.no-pages")
    with Pdf.new() as pdf:
        letters = sorted({letter for leaf in leaves for word in leaf.words for letter in f"{word.text} "})
        codes = {letter: code for code, letter in enumerate(letters, 1)}
        font = _font(pdf, codes) if codes else None
        for leaf in leaves:
            _add(pdf, leaf, font, codes)
        moment = clock.now() if made_at is None else made_at
        pdf.docinfo[Name.Title] = String(title or CREATOR)
        pdf.docinfo[Name.Creator] = String(CREATOR)
        pdf.docinfo[Name.CreationDate] = String(_pdf_date(moment))
        pdf.docinfo[Name.ModDate] = String(_pdf_date(moment))
        pdfa.prepare(pdf, flavour)
        _set_hour(pdf, moment)
        stream = io.BytesIO()
        pdfa.save(pdf, stream, flavour, repair=False, deterministic_id=True)
        return stream.getvalue()


def _add(pdf: Pdf, leaf: Leaf, font: Object | None, codes: dict[str, int]) -> None:
    with strange_file():
        picture = Image.open(io.BytesIO(leaf.picture), formats=("JPEG",))
        demand_size(*picture.size)
    across, down = picture.width * 72 / leaf.dpi, picture.height * 72 / leaf.dpi
    image = Stream(
        pdf,
        leaf.picture,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    orders = [f"q {across:.2f} 0 0 {down:.2f} 0 0 cm /Im0 Do Q"]
    resources = Dictionary(XObject=Dictionary(Im0=pdf.make_indirect(image)))
    if font is not None and leaf.words:
        resources.Font = Dictionary(F0=font)
        orders += _unseen(leaf.words, codes, across, down)
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(across, 2), round(down, 2)]),
        Resources=resources,
        Contents=pdf.make_stream("\n".join(orders).encode("ascii")),
    )
    pdf.pages.append(Page(pdf.make_indirect(page)))


def _unseen(words: Sequence[Word], codes: dict[str, int], across: float, down: float) -> list[str]:
    """The drawing orders of the words: text that is not painted, each word as wide as on the paper, all words of a line
    equally high (a hyphen lies on the line too).

    A blank follows every word, so that what is copied falls into words whatever the viewer makes of the gaps.
    """
    orders = ["BT 3 Tr"]
    for _, line in groupby(words, key=lambda word: word.line):
        together = list(line)
        heights = [word.bottom - word.top for word in together]
        size = max(1.0, max(median(heights), max(heights) * 0.6) * down)
        foot = (1 - median(word.bottom for word in together)) * down
        for word in together:
            wide = max(0.5, (word.right - word.left) * across)
            stretch = 100 * wide / (len(word.text) * size * ADVANCE / 1000)
            text = "".join(f"{codes[letter]:04X}" for letter in f"{word.text} ")
            orders.append(
                f"/F0 {size:.2f} Tf {stretch:.2f} Tz 1 0 0 1 {word.left * across:.2f} {foot:.2f} Tm <{text}> Tj"
            )
    orders.append("ET")
    return orders


# -- the font without shapes -------------------------------------------------------------------------------------------


def _font(pdf: Pdf, codes: dict[str, int]) -> Object:
    """A font whose letters have a width and a meaning and no shape; code n is the n-th letter in use."""
    program = pdf.make_stream(shapeless())
    program.Length1 = len(shapeless())
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{FONT_NAME}"),
        Flags=4,
        FontBBox=Array([0, 0, ADVANCE, 1000]),
        ItalicAngle=0,
        Ascent=1000,
        Descent=0,
        CapHeight=1000,
        StemV=80,
        FontFile2=pdf.make_indirect(program),
    )
    one_glyph = b"\0\0" + b"\0\1" * len(codes)
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name(f"/{FONT_NAME}"),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=ADVANCE,
        CIDToGIDMap=pdf.make_stream(one_glyph),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name(f"/{FONT_NAME}"),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(_meanings(codes)),
        )
    )


def _meanings(codes: dict[str, int]) -> bytes:
    """The table from codes to Unicode."""
    rows = [f"<{code:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for letter, code in codes.items()]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


@lru_cache(maxsize=1)
def shapeless() -> bytes:
    """A TrueType font of two empty glyphs; the same bytes on every machine and day."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "letter"])
    builder.setupCharacterMap({0x20: "letter"})
    builder.setupGlyf({".notdef": Glyph(), "letter": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (ADVANCE, 0), "letter": (ADVANCE, 0)})
    builder.setupHorizontalHeader(ascent=1000, descent=0)
    builder.setupNameTable({"familyName": FONT_NAME, "styleName": "Regular", "psName": FONT_NAME})
    builder.setupOS2()
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = BORN
    builder.font.recalcTimestamp = False
    stream = io.BytesIO()
    builder.save(stream)
    return stream.getvalue()


# -- the hour ----------------------------------------------------------------------------------------------------------


def _pdf_date(moment: datetime) -> str:
    zone = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'" if zone else f"D:{moment:%Y%m%d%H%M%S}Z"


def _set_hour(pdf: Pdf, moment: datetime) -> None:
    """The library writes its own clock into the description; ours stands there instead."""
    packet = bytes(pdf.Root.Metadata.read_bytes())
    said = moment.isoformat(timespec="seconds").encode("ascii")
    fixed = re.sub(rb"(<xmp:MetadataDate>)[^<]*", rb"\g<1>" + said, packet)
    pdf.Root.Metadata.write(fixed)
