"""Files that come to a counter and should not get in, or not as they are: each made here, small, harmless."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image
from reportlab.pdfgen.canvas import Canvas


def picture(width: int = 800, height: int = 1100, mode: str = "RGB") -> Image.Image:
    """A picture with something on it."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    image.paste((20, 20, 30), (width // 4, height // 4, width // 2, height // 3))
    return image.convert(mode)


def stored(image: Image.Image, form: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def pdf(pages: int = 1, text: str = "Giấy tờ mẫu") -> bytes:
    """A plain PDF."""
    stream = io.BytesIO()
    # A font that is not in the file, whatever the program has made the usual one.
    canvas = Canvas(stream, invariant=1, initialFontName="Helvetica")
    for number in range(pages):
        canvas.drawString(100, 700, f"Trang {number + 1}")
        canvas.rect(100, 100, 200, 300, fill=1)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def changed(change: Callable[[Pdf], None], pages: int = 1, **options: object) -> bytes:
    """A plain PDF with something done to it."""
    stream = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf(pages))) as document:
        change(document)
        document.save(stream, **options)
    return stream.getvalue()


# -- pictures ----------------------------------------------------------------------------------------------------------


def white_desert() -> bytes:
    """A PNG of 30,000 × 30,000 white dots in about 110 kB."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    row = b"\0" + b"\xff" * 3750
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(row) for _ in range(30_000)) + packer.flush()
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def truncated_jpeg() -> bytes:
    whole = stored(picture(), "JPEG", quality=80)
    return whole[: len(whole) // 2]


def deep_tiff() -> bytes:
    values = np.full((900, 700), 30_000, np.uint16)
    values[100:300, 100:300] = 60_000
    return stored(Image.fromarray(values), "TIFF")


def tiff_pages(count: int = 3) -> bytes:
    pages = [picture(700, 900 + number) for number in range(count)]
    return stored(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="tiff_deflate")


def moving_webp() -> bytes:
    return stored(picture(), "WEBP", save_all=True, append_images=[picture(mode="L").convert("RGB")], duration=100)


def heic() -> bytes:
    """A picture of a telephone, 640 × 480 with a red and a blue rectangle (drawn here, packed by pillow-heif: what is
    installed for the program only unpacks)."""
    return (Path(__file__).resolve().parents[1] / "paper" / "data" / "telephone.heic").read_bytes()


def jpeg_and_zip() -> bytes:
    """A picture that is an archive as well."""
    return stored(picture(), "JPEG") + archive()


# -- other things under a page's name ----------------------------------------------------------------------------------


def archive(name: str = "vidu.txt") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr(name, "nội dung")
    return stream.getvalue()


def office_file() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", "<w:document/>")
    return stream.getvalue()


def program() -> bytes:
    return b"MZ\x90\0" + bytes(60) + b"This program cannot be run in DOS mode." + bytes(400)


# -- PDFs --------------------------------------------------------------------------------------------------------------


def with_javascript() -> bytes:
    def change(document: Pdf) -> None:
        action = Dictionary(S=Name.JavaScript, JS=String("app.alert('x')"))
        document.Root.OpenAction = document.make_indirect(action)
        document.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("this.print()")))

    return changed(change)


def with_launch() -> bytes:
    def change(document: Pdf) -> None:
        link = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([0, 0, 600, 800]),
            Border=Array([0, 0, 0]),
            A=Dictionary(S=Name.Launch, F=String("cmd.exe")),
        )
        document.pages[0].obj.Annots = Array([document.make_indirect(link)])

    return changed(change)


def with_attachment() -> bytes:
    def change(document: Pdf) -> None:
        document.attachments["bảng kê.xlsx"] = pikepdf.AttachedFileSpec(document, program(), filename="bảng kê.xlsx")

    return changed(change)


def with_form() -> bytes:
    """A form filled in: the field shows a black rectangle of its own, which must stay."""

    def change(document: Pdf) -> None:
        look = document.make_stream(b"0 0 0 rg 0 0 100 50 re f")
        look.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 50])))  # type: ignore[arg-type]
        field = document.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("ten"),
                V=String("An"),
                Rect=Array([400, 600, 500, 650]),
                AP=Dictionary(N=look),
                F=4,
            )
        )
        document.pages[0].obj.Annots = Array([field])
        document.Root.AcroForm = Dictionary(Fields=Array([field]))

    return changed(change)


def with_password() -> bytes:
    return changed(lambda document: None, encryption=pikepdf.Encryption(user="bí mật", owner="chủ"))


def locked_by_owner() -> bytes:
    """Opens without a password, but says that nobody may print it."""
    return changed(lambda document: None, encryption=pikepdf.Encryption(user="", owner="chủ"))


def no_page() -> bytes:
    def change(document: Pdf) -> None:
        del document.pages[0]

    return changed(change)


def bursting_page() -> bytes:
    """200 MB of spaces in a page's drawing orders, packed into 200 kB."""

    def change(document: Pdf) -> None:
        packer = zlib.compressobj(9)
        body = b"".join(packer.compress(b" " * 1_000_000) for _ in range(200)) + packer.flush()
        stream = pikepdf.Stream(document, body)
        stream.Filter = Name.FlateDecode
        document.pages[0].obj.Contents = document.make_indirect(stream)

    return changed(change, compress_streams=False)


def picture_desert() -> bytes:
    """A PDF whose one picture says that it has 900 million dots."""

    def change(document: Pdf) -> None:
        packed = zlib.compress(b"\xff" * 1000)
        image = pikepdf.Stream(document, packed)
        image.update(  # type: ignore[arg-type]
            Dictionary(
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=30_000,
                Height=30_000,
                BitsPerComponent=1,
                ColorSpace=Name.DeviceGray,
                Filter=Name.FlateDecode,
            )
        )
        document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=document.make_indirect(image)))

    return changed(change)


def broken_table() -> bytes:
    """The table at the end points nowhere; what it should find is all there."""
    whole = pdf(2)
    at = whole.rindex(b"startxref")
    return whole[:at] + b"startxref\n999999\n%%EOF\n"


def program_then_pdf() -> bytes:
    """A program for Windows that PDF readers open as a page."""
    return b"MZ\x90\0" + bytes(200) + pdf()


def damaged(content: bytes, seed: int) -> bytes:
    """`content` with a few bytes changed, cut, doubled or taken out."""
    chance = random.Random(seed)
    body = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = (
            chance.randrange(max(len(body), 1)) if chance.random() < 0.7 else chance.randrange(min(len(body), 600) or 1)
        )
        match chance.randrange(5):
            case 0:
                body[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                body[at : at + chance.randrange(1, 64)] = b""
            case 2:
                body[at:at] = body[at : at + chance.randrange(1, 200)]
            case 3:
                del body[at + 1 :]
            case _:
                run = chance.randrange(1, 16)
                body[at : at + run] = bytes(chance.choice((0, 255, 32)) for _ in range(run))
    return bytes(body)
