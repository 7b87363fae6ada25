"""What a PDF would do by itself, and the PDF without it: what is seen stays, everything else goes.

Cleaning keeps a short list of what a page needs to be drawn and drops the rest, so that a trick of tomorrow goes too.
A signed PDF is never cleaned: its signature would be worth nothing afterwards.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from enum import StrEnum

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from onestop.rules.errors import RuleBroken
from paper.opening import strange_file


class Active(StrEnum):
    """What a PDF does by itself, or at a click. Each has its word, `paper.active.…`."""

    JAVASCRIPT = "javascript"
    LAUNCH = "launch"
    ELSEWHERE = "elsewhere"
    SENDING = "sending"
    MEDIA = "media"
    ATTACHMENT = "attachment"
    FORM = "form"


_SIGNS: dict[Active, re.Pattern[bytes]] = {
    Active.JAVASCRIPT: re.compile(rb"/(?:JavaScript|JS)(?![A-Za-z])"),
    Active.LAUNCH: re.compile(rb"/S /Launch(?![A-Za-z])"),
    Active.ELSEWHERE: re.compile(rb"/S /(?:GoToR|GoToE)(?![A-Za-z])"),
    Active.SENDING: re.compile(rb"/S /(?:SubmitForm|ImportData)(?![A-Za-z])"),
    Active.MEDIA: re.compile(rb"/(?:RichMedia|Rendition|Movie|Sound|3D)(?![A-Za-z])"),
    Active.ATTACHMENT: re.compile(rb"/(?:EmbeddedFiles?|FileAttachment)(?![A-Za-z])"),
    Active.FORM: re.compile(rb"/(?:XFA|FT /(?:Tx|Ch|Btn))(?![A-Za-z])"),
}
_KEPT_IN_CATALOGUE = {"/Type", "/Pages", "/OCProperties", "/OutputIntents", "/Lang", "/Version"}
_KEPT_IN_PAGE = {
    "/Type",
    "/Parent",
    "/Contents",
    "/Resources",
    "/MediaBox",
    "/CropBox",
    "/Rotate",
    "/UserUnit",
    "/Group",
}
_DROPPED_IN_STREAM = (
    "/F",
    "/FFilter",
    "/FDecodeParms",
    "/OPI",
    "/Ref",
    "/Alternates",
    "/PS",
    "/AF",
    "/Measure",
    "/PtData",
)
"""What would fetch another file, a script of a printer, or files that hang on a drawing."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The PDF without what it would do; what was taken out, and the names of the files that were inside."""

    content: bytes
    removed: tuple[str, ...]
    attached: tuple[str, ...]


def active_parts(pdf: Pdf) -> tuple[Active, ...]:
    """What the document would do by itself or at a click, in the order of `Active`."""
    found: set[Active] = set()
    for each in pdf.objects:
        if isinstance(each, Stream | Dictionary | Array):
            text = (each.stream_dict if isinstance(each, Stream) else each).unparse(resolved=True)
            found |= {part for part, sign in _SIGNS.items() if part not in found and sign.search(text)}
    return tuple(part for part in Active if part in found)


def attached_names(pdf: Pdf) -> tuple[str, ...]:
    """The names of the files inside the document."""
    return tuple(sorted(str(name) for name in pdf.attachments))


def is_signed(pdf: Pdf) -> bool:
    """Whether a signature field is filled in, anywhere in the document."""
    return any(
        isinstance(each, Dictionary) and Name.ByteRange in each and Name.Contents in each for each in pdf.objects
    )


def clean(content: bytes) -> Cleaned:
    """The same pages without scripts, actions, files inside, media, fields to fill in and comments that do not show.

    Fields and stamps become part of the page as they look. RuleBroken paper.signed-kept for a signed PDF,
    paper.password, and what `strange_file` says.
    """
    with strange_file(), opened_pdf(content) as pdf:
        if is_signed(pdf):
            raise RuleBroken("paper.signed-kept")
        removed, attached = active_parts(pdf), attached_names(pdf)
        strip(pdf)
        return Cleaned(saved(pdf), tuple(removed), attached)


def strip(pdf: Pdf) -> None:
    """Take everything out of an open document that is not needed to draw its pages."""
    form = pdf.Root.get(Name.AcroForm)
    if isinstance(form, Dictionary) and form.get(Name.NeedAppearances, False):
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("screen")
    for key in set(pdf.Root.keys()) - _KEPT_IN_CATALOGUE:
        del pdf.Root[key]
    pdf.Root[Name.Type] = Name.Catalog  # a damaged file may lack it, and readers look for it
    # A file whose table was lost and found again has no size of the table either; qpdf then writes one without, which
    # nobody can open, itself included. Any number will do: the right one is put in its place.
    pdf.trailer[Name.Size] = len(pdf.objects) + 1
    for page in pdf.pages:
        page.obj[Name.Type] = Name.Page
        for key in set(page.obj.keys()) - _KEPT_IN_PAGE:
            del page.obj[key]
    for each in pdf.objects:
        if isinstance(each, Stream):
            for key in _DROPPED_IN_STREAM:
                if key in each.stream_dict:
                    del each[key]
    for key in set(pdf.trailer.keys()) & {"/Info"}:
        del pdf.trailer[key]


def opened_pdf(content: bytes) -> Pdf:
    """The document, with no password. RuleBroken paper.password."""
    try:
        return Pdf.open(io.BytesIO(content))
    except pikepdf.PasswordError as error:
        raise RuleBroken("paper.password") from error


def saved(pdf: Pdf) -> bytes:
    """The document written anew, the same bytes each time; objects that nothing points to are left behind."""
    stream = io.BytesIO()
    pdf.save(
        stream,
        deterministic_id=True,
        encryption=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return stream.getvalue()
