"""Makes the screen's font from Be Vietnam Pro: figures of one width, room for stacked marks, the arrows of key hints.

    python build/fonts.py FOLDER_WITH_THE_ORIGINAL_TTF_FILES     (needs fontTools; run once per new version of the font)

The original (OFL, no reserved name) has neither figures of one width nor a line high enough for Ẳ: a label cuts the
top of the mark off. The changed font carries its own name, so that an original installed beside it is not mistaken
for it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

FAMILY = "Be Vietnam Pro Mot Cua"
TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"
ASCENT, DESCENT = 1160, 320
"""Units of 1000: line height 1.48, the capitals still about in the middle of the line."""
FIGURE = 640
"""Width of every figure in units of 1000."""

Shape = list[tuple[int, int]]


def _bar(x0: int, x1: int, y: int, thick: int) -> Shape:
    return [(x0, y - thick), (x0, y + thick), (x1, y + thick), (x1, y - thick)]


def _arrows(thick: int) -> dict[int, tuple[int, list[Shape]]]:
    """Code point → (advance, outlines) of ← ↑ → ↓ ↵, drawn on the height of the small letters."""
    middle, reach, slant = 300, 230, int(thick * 1.42)
    right_head = [
        (690, middle),
        (690 - reach, middle + reach),
        (690 - reach - slant, middle + reach),
        (690 - slant, middle),
        (690 - reach - slant, middle - reach),
        (690 - reach, middle - reach),
    ]
    right = [_bar(90, 690 - slant // 2, middle, thick // 2), right_head]

    def turned(shapes: list[Shape], turn: int) -> list[Shape]:
        """Quarter turns about the middle of the arrow."""
        made = []
        for shape in shapes:
            points = [(x - 390, y - middle) for x, y in shape]
            for _ in range(turn):
                points = [(-y, x) for x, y in points]
            made.append([(x + 390, y + middle) for x, y in points])
        return made

    hook = [[(620, 560), (620 + thick, 560), (620 + thick, middle - thick // 2), (620, middle - thick // 2)]]
    left = turned(right, 2)
    return {
        0x2192: (780, right),
        0x2191: (780, turned(right, 1)),
        0x2190: (780, left),
        0x2193: (780, turned(right, 3)),
        0x21B5: (790, [*left, *hook]),
    }


def _add_glyph(font: TTFont, name: str, glyph: object, advance: int, bearing: int) -> None:
    font["glyf"][name] = glyph
    font["hmtx"][name] = (advance, bearing)


def _figures(font: TTFont) -> None:
    """Adds the feature `tnum`: each figure's own outline in the middle of a box of one width."""
    names, glyphs, pairs = font.getBestCmap(), font.getGlyphSet(), {}
    for figure in "0123456789":
        name = names[ord(figure)]
        pen = TTGlyphPen(None)
        shift = (FIGURE - font["hmtx"][name][0]) // 2
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
        pairs[name] = f"{name}.tf"
        _add_glyph(font, pairs[name], pen.glyph(), FIGURE, font["hmtx"][name][1] + shift)
    subst = otTables.SingleSubst()
    subst.mapping = pairs
    lookup = otTables.Lookup()
    lookup.LookupType, lookup.LookupFlag, lookup.SubTable, lookup.SubTableCount = 1, 0, [subst], 1
    table = font["GSUB"].table
    table.LookupList.Lookup.append(lookup)
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    feature = otTables.Feature()
    feature.FeatureParams, feature.LookupListIndex, feature.LookupCount = None, [table.LookupList.LookupCount - 1], 1
    record = otTables.FeatureRecord()
    record.FeatureTag, record.Feature = "tnum", feature
    table.FeatureList.FeatureRecord.append(record)
    table.FeatureList.FeatureCount = len(table.FeatureList.FeatureRecord)
    for script in table.ScriptList.ScriptRecord:
        for language in [script.Script.DefaultLangSys, *(one.LangSys for one in script.Script.LangSysRecord)]:
            if language is not None:
                language.FeatureIndex.append(table.FeatureList.FeatureCount - 1)
                language.FeatureCount = len(language.FeatureIndex)


def make(original: Path, target: Path, *, bold: bool) -> None:
    """Writes the changed font of one weight."""
    font = TTFont(original)
    _figures(font)
    for code, (advance, shapes) in _arrows(94 if bold else 62).items():
        pen = TTGlyphPen(None)
        for shape in shapes:
            pen.moveTo(shape[0])
            for point in shape[1:]:
                pen.lineTo(point)
            pen.closePath()
        name, glyph = f"uni{code:04X}", pen.glyph()
        bounds = BoundsPen(None)
        glyph.draw(bounds, font["glyf"])
        _add_glyph(font, name, glyph, advance, int(bounds.bounds[0]))
        for part in font["cmap"].tables:
            if part.isUnicode():
                part.cmap[code] = name
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ASCENT, -DESCENT, 0
    windows = font["OS/2"]
    windows.sTypoAscender, windows.sTypoDescender, windows.sTypoLineGap = ASCENT, -DESCENT, 0
    windows.usWinAscent, windows.usWinDescent = max(windows.usWinAscent, ASCENT), DESCENT
    windows.fsSelection = (windows.fsSelection & ~0x61) | 0x80 | (0x20 if bold else 0x40)
    windows.usWeightClass = 600 if bold else 400
    font["head"].macStyle = 1 if bold else 0
    style = "Bold" if bold else "Regular"
    texts = {
        1: FAMILY,
        2: style,
        3: f"{FAMILY} {style}",
        4: f"{FAMILY} {style}",
        6: f"{FAMILY.replace(' ', '')}-{style}",
    }
    for record in list(font["name"].names):
        if record.nameID in texts:
            record.string = texts[record.nameID]
        elif record.nameID in (16, 17, 21, 22, 25):
            font["name"].removeNames(record.nameID)
    font["head"].created = font["head"].modified = 3_800_000_000  # the same bytes each time
    font.recalcTimestamp = False
    font.save(target)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path)
    folder = arguments.parse_args().folder
    make(folder / "BeVietnamPro-Regular.ttf", TARGET / "BeVietnamProMotCua-Regular.ttf", bold=False)
    make(folder / "BeVietnamPro-SemiBold.ttf", TARGET / "BeVietnamProMotCua-SemiBold.ttf", bold=True)


if __name__ == "__main__":
    main()
