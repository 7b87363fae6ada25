"""What the letters of a dossier's life show: the apology, the notice of stopping, the control slip, the receipt for a
result, and what the citizen and the post get; values as those of `letters`, resolved to the last word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from onestop.rules.dossier import Timeliness
from onestop.rules.letters import ApplicantLetter, ComponentLine, DossierLetter, FeeLineText


@dataclass(frozen=True, slots=True)
class ExtensionLetter(ApplicantLetter):
    """The apology with the new date (NĐ 118/2025/NĐ-CP art. 19.6), before the old one; after it, only a promise."""

    reason: str
    received_at: datetime
    due_at: datetime | None
    """As printed on the receipt."""
    promised_at: datetime
    in_time: bool = True
    """False: it comes after the old date, and the dossier stays late."""
    more_days: int | None = None
    """Working days between the old date and the new one."""


@dataclass(frozen=True, slots=True)
class StopLetter(ApplicantLetter):
    """Thông báo dừng giải quyết hồ sơ (art. 19.3, 19.5, 21): by whose will, why, and what is given back."""

    reason: str
    received_at: datetime
    withdrawn: bool
    """The citizen asked for it."""
    given_back: tuple[ComponentLine, ...] = ()
    """Papers that were handed in and lie here."""
    fees: tuple[FeeLineText, ...] = ()


@dataclass(frozen=True, slots=True)
class HandOver:
    """One block of the control slip: who gave the dossier to whom, when, and how it stood. "" leaves the pen room."""

    giver: str
    taker: str
    at: datetime | None = None
    judged: Timeliness | None = None
    """Only where the work on it ended."""
    note: str = ""
    taken_at: datetime | None = None
    """When whoever got it said that he has it; `at` is when it was given."""


@dataclass(frozen=True, slots=True)
class ControlLetter(ApplicantLetter):
    """Phiếu kiểm soát quá trình giải quyết hồ sơ: goes with the dossier, one block for each hand-over."""

    received_at: datetime
    due_at: datetime | None
    decides: str
    """Who decides: the competent agency."""
    helps: str = ""
    """Who works on it with them."""
    steps: tuple[HandOver, ...] = ()
    put_off_from: datetime | None = None
    """The date before the apology, where there was one in time."""
    blanks: int = 0
    """Empty blocks for what is to come."""


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A result that was handed over. `on`: as it is dated. `code`, `owner`: where several are handed over together."""

    title: str
    number: str = ""
    on: str = ""
    signer: str = ""
    code: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class HandedBackLetter(ApplicantLetter):
    """Giấy biên nhận trả kết quả: what was given to whom, on which paper he could have it; of one dossier, or of those
    that one person took away together."""

    procedure: str
    owner: str
    giver: str
    giver_phone: str
    receiver: str
    receiver_phone: str
    receiver_identity: str
    shown: str
    """What the receiver showed, in words."""
    results: tuple[ResultLine, ...]
    copies: int = 0
    """Copies of the result that come with it."""
    way: str = ""
    """How it was sent, in words, where nobody stood at the counter."""
    originals: tuple[tuple[str, int], ...] = ()
    """Papers of the citizen's own that were given back with it, and how many of each."""

    @property
    def several(self) -> bool:
        """Are they the results of several dossiers?"""
        return len({each.code for each in self.results}) > 1


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in an authorisation; "" is left to the pen. `born`: YYYY, YYYY-MM or YYYY-MM-DD."""

    name: str = ""
    born: str = ""
    number: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class AuthorisationLetter(DossierLetter):
    """Giấy ủy quyền: the citizen's own paper, to hand in a dossier or to collect a result in his place."""

    gives: Party
    takes: Party
    where: str
    """The point of reception."""


@dataclass(frozen=True, slots=True)
class LabelLetter(DossierLetter):
    """The label on an envelope with a result."""

    name: str
    phone: str
    address: str
    by_post: bool
    """The citizen has chosen the post, so the receiver is his own choice."""


@dataclass(frozen=True, slots=True)
class EnvelopeLetter(LabelLetter):
    """The envelope itself, for one that takes no label."""


@dataclass(frozen=True, slots=True)
class FeeSlipLetter(ApplicantLetter):
    """Phiếu báo nộp phí, lệ phí: what is to be paid for a dossier. No receipt for money: that has a series of its own
    (NĐ 123/2020/NĐ-CP)."""

    procedure: str
    fees: tuple[FeeLineText, ...]
    total: int | None
    """None while a part of it is unknown."""
    total_words: str
    clerk: str
