"""What a letter to the citizen shows, resolved to the last word; the tables of forms and of QR profiles.

A query fills these values, `desktop/reports` draws them, and nothing is looked up in between: the same letter gives
the same page for ever. Times are aware instants (shown on a Vietnamese clock), money is integer đồng with None for
unknown (never 0), texts are NFC. Letters are Vietnamese whatever language the screen speaks.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from onestop.clock import local
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import Status
from onestop.rules.procedure import FeeKind, Limit

_PERSONAL = re.compile(r"(?<!\d)(?:\d{9}|\d{12})(?!\d)")
_OWN_ID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")

FORMS = Path(__file__).resolve().parent.parent.parent / "resources" / "catalogue" / "forms.toml"


class FormKey(StrEnum):
    """A form by its meaning; its number and title are a matter of dates (see `form_on`)."""

    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    EXTENSION = "extension"
    STOP = "stop"
    CONTROL = "control"
    REGISTER = "register"
    HANDED_BACK = "handed-back"
    HANDOVER = "handover"
    DOSSIER_HANDOVER = "dossier-handover"
    WORK_HANDOVER = "work-handover"
    WORK_RETURN = "work-return"
    AUTHORISATION = "authorisation"
    LABEL = "label"
    RATING_SLIP = "rating-slip"
    ENVELOPE = "envelope"
    DECLARATION = "declaration"
    FEE_SLIP = "fee-slip"
    RESULT_LETTER = "result-letter"
    POST_LIST = "post-list"


class Paper(StrEnum):
    """The size of a sheet, upright."""

    A4 = "A4"
    A5 = "A5"


class Envelope(StrEnum):
    """The size of an envelope: 110 × 220 mm, 162 × 229 mm."""

    DL = "DL"
    C5 = "C5"


Size = Paper | Envelope


def size(name: str) -> Size:
    """The size of this name. ValueError for another."""
    return Envelope(name) if name in set(Envelope) else Paper(name)


@dataclass(frozen=True, slots=True)
class FormNumber:
    """One row of the table of forms: number and title of a form while it is in force (both days included)."""

    key: FormKey
    number: str
    title: str
    paper: Size
    source: str
    valid_from: date
    valid_to: date | None = None
    checked: bool = True
    """False: the text of the form was not read, only its title and what it has to hold. Said where somebody relies on
    it, never on paper."""
    about: str = ""
    """Trích yếu of a form that is a công văn: it stands under the number, and the paper has no title."""
    symbol: str = ""
    """What kind of paper it is, in its number: "PBS"; a công văn says none (NĐ 30/2020/NĐ-CP, appendix I)."""

    def holds_on(self, day: date) -> bool:
        """Whether a paper of `day` is drawn by this row."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: the block at the top left, the place before the date, the ways to be reached."""

    parent: str
    """Cơ quan chủ quản: "Ủy ban nhân dân phường Mẫu"; drawn in capitals."""
    agency: str
    """The agency that issues the letter: "Trung tâm Phục vụ hành chính công"; drawn in capitals, bold."""
    place: str
    """Before the date: "Phường Mẫu"."""
    unit: str = ""
    """The point that took the dossier in, after "Bộ phận tiếp nhận và trả kết quả:"."""
    symbol: str = ""
    """The office in the number of a paper, behind the kind (`FormNumber.symbol`): "TTPVHCC" of "05/GTN-TTPVHCC"."""
    number: int | None = None
    """"Số:"; None leaves dots for the number that văn thư writes in."""
    written: str = ""
    """The number whole with all that stands behind it, where it was given so."""
    numbered: bool = True
    """False for a paper that has no number at all."""
    coded: bool = True
    """False for a paper whose head does not say of which dossier it is."""
    address: str = ""
    phone: str = ""
    lookup: str = ""
    """Where the citizen follows his dossier; empty = not printed."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What the paper is called by. Every one of these finds the dossier for ever; an absent one is empty."""

    code: str = ""
    """Mã hồ sơ, the official one."""
    temporary: str = ""
    """Mã tạm, printed while the official code is still to come."""
    external: str = ""
    """Code of the province or national system, where linked."""
    intake: str = ""
    """Before a dossier exists: the short code of the slip (`slips`)."""
    qr: str = ""
    """What the QR code at the top left says (`qr_text`); empty = no QR code."""

    @property
    def shown(self) -> str:
        """The one name that stands on the paper: official, else temporary, else the intake's; "" for a draft."""
        return self.code or self.temporary or self.intake


@dataclass(frozen=True, slots=True)
class Applicant:
    """The person at the desk, and the owner of the dossier where that is someone else (nộp thay)."""

    name: str
    salutation: str = "Ông/Bà"
    """How he is addressed in sentences: "Ông/Bà", for an organisation "Quý cơ quan, tổ chức"."""
    address: str = ""
    phone: str = ""
    email: str = ""
    identity: str = ""
    """As it may stand on paper: masked unless the office's setting says otherwise ("0380******12")."""
    relation: str = ""
    """What the submitter is to the owner: "người được ủy quyền", "mẹ"; empty when he is the owner."""
    owner: str = ""
    """The owner's name when another person submits; empty otherwise."""
    owner_address: str = ""
    owner_identity: str = ""


class HandedIn(StrEnum):
    """How a component came (`ComponentForm.by`)."""

    SUBMITTED = "submitted"
    SHOWN = "shown"
    DATABASE = "database"
    VNEID = "vneid"
    REUSED = "reused"


_COME_BY = {
    HandedIn.SUBMITTED: "",
    HandedIn.SHOWN: "xuất trình",
    HandedIn.DATABASE: "khai thác từ cơ sở dữ liệu",
    HandedIn.VNEID: "xuất trình qua VNeID",
    HandedIn.REUSED: "dùng lại giấy tờ đã số hóa",
}


@dataclass(frozen=True, slots=True)
class ComponentLine:
    """One row of the table of components: counts of originals, certified copies, photocopies. `note`: why it is not
    valid where `status` says so, else a remark."""

    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0
    by: HandedIn = HandedIn.SUBMITTED
    note: str = ""
    status: Status = Status.OK

    @property
    def how(self) -> str:
        """How it came and what the clerk said of it, as it stands behind the name: nothing more than was said."""
        shown = self.by is HandedIn.SHOWN
        judged = {
            Status.OK: "đã đối chiếu" if shown else "",
            Status.UNCHECKED: "chưa đối chiếu" if shown else "chưa kiểm tra",
            Status.BAD: "chưa hợp lệ",
        }[self.status]
        said = ", ".join(part for part in (_COME_BY[self.by], judged) if part)
        between = ": " if self.status is Status.BAD else "; "
        return between.join(part for part in (said, self.note) if part)


@dataclass(frozen=True, slots=True)
class CertifiedLine:
    """One row of a certified-copies dossier: pages of the original, paper copies, whether an e-copy is signed."""

    name: str
    pages: int
    copies: int
    electronic: bool = False


@dataclass(frozen=True, slots=True)
class FeeLineText:
    """One fee. `amount` in đồng: None = not yet known, 0 = nothing to pay (`note` says why)."""

    kind: FeeKind
    name: str = ""
    amount: int | None = None
    note: str = ""


class DeliveryWay(StrEnum):
    """How the result comes back."""

    COUNTER = "counter"
    POST = "post"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True)
class DeliveryText:
    """Line 6 of the receipt. `place` for the counter; name, phone, address of the receiver for the post;
    `place` is the account or mailbox for an electronic result."""

    way: DeliveryWay = DeliveryWay.COUNTER
    place: str = ""
    name: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPaper:
    """What every paper has, whatever it says: a sheet needs to know no more of it."""

    form: FormNumber
    head: Letterhead
    reference: Reference = Reference()
    issued_at: datetime
    """The date under the motto."""
    draft: bool = False
    """Not valid: watermark, no number, no QR code."""
    reprint: int = 0
    """n of "Bản in lại lần n" where the page is drawn anew; a stored file gets its mark laid over instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierLetter(OnPaper):
    """A paper about one dossier, or about what is not one yet."""

    request: str
    """Nội dung yêu cầu giải quyết."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantLetter(DossierLetter):
    """One that speaks of or to the person at the desk."""

    applicant: Applicant


@dataclass(frozen=True, slots=True)
class PartLine:
    """One result of a linked filing: who gives it, until when (None: by notice)."""

    name: str
    agency: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReceiptLetter(ApplicantLetter):
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả."""

    received_at: datetime
    due_at: datetime | None
    """None: the citizen is told by a notice."""
    limit: Limit
    """As it was applied, with the words of the rule where the rule is more than a number."""
    clerk: str
    procedure: str = ""
    """Name and code of the procedure, as one reads it: "Đăng ký khai sinh (1.001193)"."""
    channel: str = ""
    """"nộp trực tiếp", "nộp trực tuyến", "hỗ trợ nộp trực tuyến", "nộp qua dịch vụ bưu chính"."""
    components: tuple[ComponentLine, ...] = ()
    certified: tuple[CertifiedLine, ...] = ()
    sets: int = 1
    result_copies: int = 0
    fees: tuple[FeeLineText, ...] = ()
    """Empty: no line about money at all; a procedure that costs nothing has a line with amount 0."""
    fees_by_count: bool = False
    """Money is asked by copies or pages, and none are asked for yet: no line is not "free"."""
    fee_words: str = ""
    """The total in words, "Ba mươi sáu nghìn đồng"; empty while a part of it is unknown."""
    delivery: DeliveryText = DeliveryText()
    book: str = ""
    """Quyển số; empty leaves dots."""
    book_number: str = ""
    """Số thứ tự; empty leaves dots."""
    notes: tuple[str, ...] = ()
    """The office's own sentences, after those of the form."""
    submitter_signs: bool = True
    """False for a dossier that came online or by post: only the clerk signs."""
    corrected_on: date | None = None
    """The day of the last correction, where what stands here is not all as it was received."""
    parts: tuple[PartLine, ...] = ()
    """The results of a linked filing, the last of which is due at `due_at`; empty where there is one result."""


@dataclass(frozen=True, slots=True)
class SupplementLetter(ApplicantLetter):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: what is missing, why, and whom to ask (NĐ 118/2025 art. 11.2c, 19.5)."""

    reason: str
    clerk: str
    clerk_phone: str = ""
    items: tuple[str, ...] = ()
    """What to complete beside the papers, in sentences; numbered on paper."""
    missing: tuple[ComponentLine, ...] = ()
    """Papers to bring, with their counts; a table on paper."""
    until: date | None = None
    """Last day to complete the dossier, where the law or the office sets one (see `completion`)."""


@dataclass(frozen=True, slots=True)
class RefusalLetter(ApplicantLetter):
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ: reasons in words, never an error code."""

    reasons: tuple[str, ...]
    clerk: str
    guidance: str = ""
    """Where to go instead, if anywhere."""
    submitted_at: datetime | None = None
    """Set for an online dossier: the letter then names its moment, and only the clerk signs."""


ROUND = ":"


def sheet_name(key: FormKey, number: int = 1) -> str:
    """Under which name the printing of a letter is recorded where a dossier can have several: the second request for
    completion ("supplement:2") is no reprint of the first."""
    return key.value if number <= 1 else f"{key.value}{ROUND}{number}"


def form_on(key: FormKey | str, day: date) -> FormNumber:
    """The form `key` as in force on `day`. RuleBroken `form.not-in-force` where the table has no row for that day."""
    wanted = FormKey(key)
    for form in forms():
        if form.key is wanted and form.holds_on(day):
            return form
    raise RuleBroken("form.not-in-force", key=wanted.value, day=f"{day:%d/%m/%Y}")


@cache
def forms() -> tuple[FormNumber, ...]:
    """Every row of the table of forms, as published in resources/catalogue/forms.toml."""
    return read_forms(_tables()["form"])


def read_forms(rows: Iterable[dict[str, Any]]) -> tuple[FormNumber, ...]:
    """Rows of the file as values. ValueError when two rows of one key share a day."""
    read = tuple(
        FormNumber(
            key=FormKey(row["key"]),
            number=row["number"],
            title=row["title"],
            paper=size(row["paper"]),
            source=row["source"],
            valid_from=row["valid_from"],
            valid_to=row.get("valid_to"),
            about=row.get("about", ""),
            symbol=row.get("symbol", ""),
            checked=row.get("checked", True),
        )
        for row in rows
    )
    for index, form in enumerate(read):
        for other in read[index + 1 :]:
            if form.key is other.key and (form.holds_on(other.valid_from) or other.holds_on(form.valid_from)):
                raise ValueError(f"two forms {form.key} on the same day: {form.valid_from} and {other.valid_from}")
    return read


def qr_profiles() -> tuple[str, ...]:
    """The names of the QR profiles, the default first: the choices of the office's setting `receipt_qr`."""
    return tuple(row["profile"] for row in _tables()["qr"])


def qr_text(
    code: str,
    profile: str = "",
    *,
    link: str = "",
    procedure: str = "",
    person_ref: str = "",
    paper: str = "",
    system: str = "",
    issued: datetime | None = None,
    due: datetime | None = None,
) -> str:
    """What the QR code of a paper says under `profile`: a row of the table, "" the first; KeyError for an unknown one.

    `link`: the address where dossiers are followed. `person_ref` is a reference number of the system; a personal
    identity number is refused with ValueError: it never goes into a QR code. Times are written yyyyMMddHHmmss in
    +07:00, an absent one as nothing.
    """
    # The last part of an id of ours may happen to be twelve digits: whole ids are set aside before one looks.
    if _PERSONAL.search(_OWN_ID.sub("", person_ref)):
        raise ValueError("a personal identity number may not stand in a QR code")
    row = next((row for row in _tables()["qr"] if row["profile"] == (profile or qr_profiles()[0])), None)
    if row is None:
        raise KeyError(profile)
    separator: str = row["separator"]
    values = {
        "code": code,
        "link": f"{link.rstrip('/')}/{code}" if link else code,
        "procedure": procedure,
        "person_ref": person_ref,
        "paper": paper,
        "system": system,
        "issued": f"{local(issued):%Y%m%d%H%M%S}" if issued else "",
        "due": f"{local(due):%Y%m%d%H%M%S}" if due else "",
    }
    parts = (values[name] for name in row["fields"])
    return separator.join(part.replace(separator, " ") if separator else part for part in parts)


def file_name(key: FormKey | str, reference: Reference) -> str:
    """A file name for the letter: its meaning and its code, and nothing about the person."""
    shown = re.sub(r"[^A-Za-z0-9.-]+", "-", reference.shown).strip("-.")
    return f"{FormKey(key)}-{shown}.pdf" if shown else f"{FormKey(key)}.pdf"


def fee_total(fees: Iterable[FeeLineText], kind: FeeKind | None = None) -> int | None:
    """The sum of the fees of `kind` (None: all of them); None as soon as one of them is unknown."""
    amounts = [fee.amount for fee in fees if kind is None or fee.kind is kind]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None


@cache
def _tables() -> dict[str, Any]:
    with FORMS.open("rb") as stream:
        return tomllib.load(stream)
