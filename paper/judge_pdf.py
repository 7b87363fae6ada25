"""The verdict on a PDF: opens, pages, password, what is active in it, what would burst when it is drawn."""

from __future__ import annotations

import zlib

import pypdfium2
from pikepdf import Array, Name, Pdf, Stream

from onestop.rules.errors import RuleBroken
from paper.opening import demand_size, strange_file
from paper.pdf_clean import Active, active_parts, attached_names, is_signed, opened_pdf
from paper.verdict import Findings

MOST_PAGES = 300
"""Pages of one file, unless the office says otherwise: a dossier of more is brought in parts."""
MOST_DRAWING = 64 * 1024 * 1024
"""Bytes of drawing orders of one page once they are unpacked."""
PIECE = 1024 * 1024


def look_pdf(content: bytes, most_pages: int, found: Findings) -> None:
    """Put into `found` what the document is. RuleBroken for what cannot be opened."""
    with strange_file():
        try:
            pdf = opened_pdf(content)
        except RuleBroken:
            found.facts["encrypted"] = True
            raise
        with pdf:
            mended = bool(pdf.get_warnings())
            _count(pdf, most_pages, found)
            found.facts.update(encrypted=pdf.is_encrypted, signed=is_signed(pdf))
            if found.problems:
                return
            active = active_parts(pdf)
            found.facts.update(active=tuple(active), attached=attached_names(pdf))
            _weigh(pdf)
            mended = mended or bool(pdf.get_warnings())
        _draw_first(content)
    if mended:
        found.note("paper.repaired")
    for part in active:
        if part not in (Active.FORM, Active.ATTACHMENT):
            found.note("paper.active", what=part.value)
    if found.facts["attached"]:
        found.note("paper.attached", names=list(found.facts["attached"]))


def _count(pdf: Pdf, most_pages: int, found: Findings) -> None:
    pages = len(pdf.pages)
    found.facts["pages"] = pages
    if pages == 0:
        found.refuse("paper.no-pages")
        return
    left, bottom, right, top = (float(edge) for edge in pdf.pages[0].mediabox)
    found.facts.update(width=round(abs(right - left)), height=round(abs(top - bottom)))
    if pages > most_pages:
        found.refuse("paper.too-many-pages", pages=pages, most=most_pages)


def _weigh(pdf: Pdf) -> None:
    """RuleBroken for what is small in the file and enormous when drawn, before anything draws it."""
    for each in pdf.objects:
        if isinstance(each, Stream) and each.get(Name.Subtype) == Name.Image:
            demand_size(int(each.get(Name.Width, 1)), int(each.get(Name.Height, 1)))
    for page in pdf.pages:
        orders = page.obj.get(Name.Contents)
        parts = list(orders) if isinstance(orders, Array) else [orders]
        if sum(_unpacked(part) for part in parts if isinstance(part, Stream)) > MOST_DRAWING:
            raise RuleBroken("paper.bursting")


def _unpacked(stream: Stream) -> int:
    """Bytes of a stream once unpacked, counted no further than is allowed and never held at once."""
    packing = stream.get(Name.Filter)
    names = [str(each) for each in packing] if isinstance(packing, Array) else [str(packing)]
    if names != ["/FlateDecode"]:
        return len(stream.read_bytes()) if len(names) <= 2 else MOST_DRAWING + 1
    decoder, rest, count = zlib.decompressobj(), bytes(stream.read_raw_bytes()), 0
    while rest and count <= MOST_DRAWING and not decoder.eof:
        count += len(decoder.decompress(rest, PIECE))
        rest = decoder.unconsumed_tail
    return count


def _draw_first(content: bytes) -> None:
    """The first page by another reader, small: what cannot be drawn cannot be shown."""
    document = pypdfium2.PdfDocument(content)
    try:
        page = document[0]
        width, height = page.get_size()
        page.render(scale=min(1.0, 800 / max(width, height, 1.0)))
    finally:
        document.close()
