"""What is this file, and may it come in: judged by content while the citizen is still there.

A verdict names everything that keeps a file out (`problems`, with what to bring instead) and everything that will be
done to it or is odd (`notes`). Every dot of a picture is decoded, because a JPEG that breaks off in the middle looks
whole from its head. Run it through `apart`: a file may hang or bring down the library that opens it.
"""

from __future__ import annotations

from PIL import Image

from onestop.rules.errors import RuleBroken
from paper.judge_pdf import MOST_PAGES, look_pdf
from paper.kinds import MEDIA_TYPES, Foreign, Kind, hidden_in, kind_of
from paper.opening import demand_size, strange_file
from paper.picture import frames, opened
from paper.verdict import Findings, Verdict

LEAST_SIDE = 600
"""Dots: an identity card at 200 dpi has 674 across. What has less was made for a screen."""


def look(content: bytes, most_pages: int = MOST_PAGES) -> Verdict:
    """The verdict on one file. Never raises for what is in the file, as long as there is memory for it."""
    kind = kind_of(content)
    found = Findings()
    if isinstance(kind, Foreign):
        if kind is Foreign.EMPTY:
            found.refuse("paper.empty-file")
        else:
            found.refuse("paper.not-a-page", what=kind.value)
        return found.verdict(kind.value, "", len(content))
    if (other := hidden_in(content, kind)) is not None:
        found.refuse("paper.two-in-one", what=other.value)
    try:
        if kind is Kind.PDF:
            look_pdf(content, most_pages, found)
        else:
            _look_picture(content, kind, most_pages, found)
    except RuleBroken as error:
        found.refuse(error.code, **error.details)
    return found.verdict(kind.value, MEDIA_TYPES[kind], len(content))


def _look_picture(content: bytes, kind: Kind, most_pages: int, found: Findings) -> None:
    image = opened(content)
    pictures = frames(image)
    pages = pictures if kind is Kind.TIFF else 1
    found.facts.update(pages=pages, width=image.width, height=image.height)
    if pages > most_pages:
        found.refuse("paper.too-many-pages", pages=pages, most=most_pages)
        return
    if pages < pictures:
        found.note("paper.first-picture-only", count=pictures)
    deep = False
    with strange_file():
        for number in range(pages):
            if number:
                image.seek(number)
                demand_size(*image.size)
            deep = deep or _is_deep(image)
            found.facts["width"] = max(found.facts["width"], image.width)
            found.facts["height"] = max(found.facts["height"], image.height)
            image.load()
    if deep:
        found.note("paper.deep-picture")
    if max(found.facts["width"], found.facts["height"]) < LEAST_SIDE:
        found.note("paper.small-picture", width=found.facts["width"], height=found.facts["height"])


def _is_deep(image: Image.Image) -> bool:
    """More than 8 bits a value: kept in 8, which no eye tells apart."""
    bits = getattr(image, "tag_v2", {}).get(258, (8,))
    return (
        image.mode.startswith("I;16")
        or image.mode in ("I", "F")
        or max(bits if isinstance(bits, tuple) else (bits,)) > 8
    )
