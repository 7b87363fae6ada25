"""The mark "Bản in lại lần n" laid over a stored file, and what one asks of a stored file.

A reprint is the file that was handed out, not a page drawn again. The mark is an incremental update (ISO 32000-1,
7.5.6): the stored file stands in the new one byte for byte, and what is appended only lays one more drawing over every
page. pypdf reads the file and writes its objects; the update itself is written here, with the kind of
cross-reference that the file already has, because pypdf's own loses the title and mixes the two kinds.
"""

from __future__ import annotations

import hashlib
import io
import struct
from typing import cast

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
)
from reportlab.pdfgen.canvas import Canvas

from desktop.reports import fonts
from onestop.rules.errors import Trouble

_MARGIN = 22.0
"""From the left edge of the sheet; printers leave up to 12 pt white."""

_SIZE = 10.0
_PAD = 3.0


def mark_text(n: int) -> str:
    """What the mark says."""
    return f"Bản in lại lần {n}"


def mark_reprint(pdf: bytes, n: int) -> bytes:
    """`pdf` with "Bản in lại lần n" in a frame at the top left of every page; otherwise unchanged.

    The same file and number give the same bytes. ValueError for n < 1; Trouble `letter.unreadable` for a file that is
    no PDF, is damaged or is locked with a password.
    """
    if n < 1:
        raise ValueError("a reprint is the first or a later one")
    reader = _open(pdf)
    try:
        update = _Update(pdf, reader)
        name = NameObject(f"/MotCuaReprint{n}")
        save = update.add(_stream(b"q"))
        lay_over = update.add(_stream(f"Q q {name} Do Q".encode()))
        drawings: dict[tuple[float, float], IndirectObject] = {}
        for page in reader.pages:
            size = (float(page.mediabox.width), float(page.mediabox.height))
            if size not in drawings:
                drawings[size] = update.add(_drawing(update, n, *size))
            contents = page.raw_get("/Contents") if "/Contents" in page else NullObject()
            found = contents.get_object()
            if isinstance(found, ArrayObject):
                own = list(found)
            else:
                own = [] if isinstance(found, NullObject) else [contents]
            resources = DictionaryObject(page.get("/Resources", DictionaryObject()).get_object())
            drawn = DictionaryObject(resources.get("/XObject", DictionaryObject()).get_object())
            drawn[name] = drawings[size]
            resources[NameObject("/XObject")] = drawn
            marked = DictionaryObject(page)
            marked[NameObject("/Contents")] = ArrayObject([save, *own, lay_over])
            marked[NameObject("/Resources")] = resources
            update.replace(cast(IndirectObject, page.indirect_reference), marked)
        return update.finish()
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise Trouble("letter.unreadable", detail=str(error)) from error


def page_count(pdf: bytes) -> int:
    """How many pages a file has. Trouble `letter.unreadable` for a file that is no PDF or is damaged."""
    return len(_open(pdf).pages)


class _Update:
    """Objects appended to a file, and the cross-reference that finds them."""

    def __init__(self, pdf: bytes, reader: PdfReader) -> None:
        self._pdf = pdf
        self._trailer = reader.trailer
        self._next = int(cast(NumberObject, reader.trailer["/Size"]))
        self._objects: dict[int, tuple[int, PdfObject]] = {}

    def add(self, thing: PdfObject) -> IndirectObject:
        """Give `thing` the next number."""
        number = self._next
        self._next += 1
        self._objects[number] = (0, thing)
        return IndirectObject(number, 0, None)

    def replace(self, reference: IndirectObject, thing: PdfObject) -> None:
        """From now on `reference` means `thing`."""
        self._objects[reference.idnum] = (reference.generation, thing)

    def copy(self, thing: PdfObject, known: dict[int, IndirectObject]) -> PdfObject:
        """`thing` from another file with everything that it refers to; `known` holds what was copied before."""
        if isinstance(thing, IndirectObject):
            if thing.idnum not in known:
                known[thing.idnum] = self.add(NullObject())
                self.replace(known[thing.idnum], self.copy(cast(PdfObject, thing.get_object()), known))
            return known[thing.idnum]
        if isinstance(thing, ArrayObject):
            return ArrayObject([self.copy(each, known) for each in thing])
        if isinstance(thing, DictionaryObject):
            new = DictionaryObject()
            if isinstance(thing, StreamObject):
                new = type(thing)()
                new._data = thing._data
            for key, value in thing.items():
                new[key] = self.copy(value, known)
            return new
        return thing

    def finish(self) -> bytes:
        """The file and its update."""
        out = io.BytesIO()
        out.write(self._pdf)
        if not self._pdf.endswith((b"\n", b"\r")):
            out.write(b"\n")
        places: list[tuple[int, int, int]] = []
        for number in sorted(self._objects):
            generation, thing = self._objects[number]
            places.append((number, out.tell(), generation))
            out.write(f"{number} {generation} obj\n".encode())
            thing.write_to_stream(out)
            out.write(b"\nendobj\n")
        previous = int(self._pdf[self._pdf.rindex(b"startxref") + 9 :].split()[0])
        trailer = DictionaryObject()
        for key in ("/Root", "/Info"):
            if key in self._trailer:
                trailer[NameObject(key)] = self._trailer.raw_get(key)
        trailer[NameObject("/Prev")] = NumberObject(previous)
        if "/ID" in self._trailer:
            changed = hashlib.sha256(out.getvalue()).digest()[:16]
            first = cast(ArrayObject, self._trailer["/ID"])[0]
            trailer[NameObject("/ID")] = ArrayObject([first, ByteStringObject(changed)])
        start = out.tell()
        if self._pdf[previous : previous + 4] == b"xref":
            trailer[NameObject("/Size")] = NumberObject(self._next)
            out.write(b"xref\n0 1\n0000000000 65535 f \n")
            for number, place, generation in places:
                out.write(f"{number} 1\n{place:010d} {generation:05d} n \n".encode())
            out.write(b"trailer\n")
            trailer.write_to_stream(out)
        else:
            places.append((self._next, start, 0))
            table = _stream(b"".join(struct.pack(">BIH", 1, place, generation) for _, place, generation in places))
            table.update(trailer)
            table[NameObject("/Type")] = NameObject("/XRef")
            table[NameObject("/Size")] = NumberObject(self._next + 1)
            table[NameObject("/W")] = ArrayObject([NumberObject(width) for width in (1, 4, 2)])
            table[NameObject("/Index")] = ArrayObject(
                [NumberObject(each) for place in places for each in (place[0], 1)]
            )
            out.write(f"{self._next} 0 obj\n".encode())
            table.write_to_stream(out)
            out.write(b"\nendobj")
        out.write(f"\nstartxref\n{start}\n%%EOF\n".encode())
        return out.getvalue()


def _open(pdf: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(pdf), strict=True)
        if reader.is_encrypted:
            raise Trouble("letter.unreadable", detail="password")
        len(reader.pages)
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise Trouble("letter.unreadable", detail=str(error)) from error
    return reader


def _stream(data: bytes) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return stream


def _drawing(update: _Update, n: int, width: float, height: float) -> StreamObject:
    """The mark for a page of this size, as a drawing that any number of pages can show."""
    page = PdfReader(io.BytesIO(_mark(n, width, height))).pages[0]
    contents = page.get_contents()
    form = _stream(contents.get_data() if contents is not None else b"")
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject([NumberObject(0), NumberObject(0), *page.mediabox[2:]])
    form[NameObject("/Resources")] = update.copy(page["/Resources"], {})
    return form


def _mark(n: int, width: float, height: float) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(width, height), invariant=1, initialFontName=fonts.UPRIGHT)
    text = mark_text(n)
    long = fonts.width(text, fonts.BOLD, _SIZE)
    baseline = height - 24.0
    canvas.setLineWidth(0.8)
    canvas.rect(_MARGIN, baseline - _PAD - 1, long + 2 * _PAD, _SIZE + 2 * _PAD, stroke=1, fill=0)
    canvas.setFont(fonts.BOLD, _SIZE)
    canvas.drawString(_MARGIN + _PAD, baseline, text)
    canvas.save()
    return stream.getvalue()
