"""What a drawn PDF shows: its text as it copies out, its fonts, its pictures, the QR codes that a reader finds."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pypdfium2
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document, closed again at the end."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        yield document


def texts(pdf: bytes) -> list[str]:
    """The text of each page as a viewer copies it, line breaks as single spaces."""
    with opened(pdf) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def packed(text: str) -> str:
    """`text` without any white space: what a viewer copies must agree in this form sign by sign."""
    return "".join(text.split())


def picture(pdf: bytes, page: int = 0, dpi: int = 150) -> Image.Image:
    """A page as it is printed."""
    with opened(pdf) as document:
        return document[page].render(scale=dpi / 72).to_pil().convert("L")


def codes(image: Image.Image) -> list[str]:
    """What the QR codes on a picture say."""
    return [found.text for found in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)]


def boxes(pdf: bytes) -> list[list[tuple[float, float, float, float]]]:
    """Left, bottom, right, top of every sign of every page, points."""
    found: list[list[tuple[float, float, float, float]]] = []
    with opened(pdf) as document:
        for page in document:
            text = page.get_textpage()
            found.append([text.get_charbox(index) for index in range(text.count_chars())])
    return found


def inside(pdf: bytes) -> bool:
    """Whether every sign of every page stands on its sheet."""
    with opened(pdf) as document:
        sizes = [page.get_size() for page in document]
    return all(
        left >= 0 and low >= 0 and right <= width and high <= height
        for (width, height), page in zip(sizes, boxes(pdf), strict=True)
        for left, low, right, high in page
    )


def fonts(pdf: bytes) -> dict[str, bool]:
    """The fonts that a file uses, and whether each is embedded."""
    found: dict[str, bool] = {}
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            known = font.get_object()
            descriptor = known.get("/FontDescriptor", {})
            embedded = any(key in descriptor.get_object() for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            found[known["/BaseFont"]] = embedded and "/ToUnicode" in known
    return found


def made_pdf(*lines: str) -> bytes:
    """A PDF with one page for each line (plain letters only): the same lines give the same bytes."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for line in lines or ("",):
        canvas.drawString(72, 720, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
