"""What a dossier costs, and money as it is written: phí and lệ phí apart, in đồng, unknown never taken for free.

Sources: Luật Phí và lệ phí 2015 (two kinds of money); TT 226/2016/TT-BTC (certified copies). All amounts are whole
đồng; None is an amount that nobody has set yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from onestop.rules.errors import RuleBroken
from onestop.rules.procedure import Case, Channel, Exemption, Fee, FeeBasis, FeeKind, Procedure
from onestop.texts import N_

CERTIFIED_TIERS: tuple[tuple[int, int], ...] = ((1, 2_000), (3, 1_000))
"""Certified copies (TT 226/2016/TT-BTC): 2.000 đ a page, 1.000 đ a page from the third."""
CERTIFIED_CAP = 200_000
"""At most this much a copy, however many pages."""
LEAST_AMOUNT = 1_000
"""A smaller amount in the national catalogue is a slip of its keeper (40 for 40.000), so it is not known."""

NO_AMOUNT = N_("chưa có mức thu")
"""What an amount that nobody has set is called: the one name for it, on paper and on every screen."""

CertifyRow = tuple[str, int, int]
"""Name of a document, its pages, the copies wanted."""


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of money. `amount` = quantity times unit amount, less the exemption; None = not set yet.

    `percent_off` and `exemption` (its name) are filled where the line is reduced.
    """

    kind: FeeKind
    name: str
    quantity: int
    unit_amount: int | None
    amount: int | None
    note: str = ""
    percent_off: int = 0
    exemption: str = ""


@dataclass(frozen=True, slots=True)
class FeeSheet:
    """All lines with the sums of each kind; a sum with an unknown part is None, one without lines is 0.

    `by_count`: money is asked by copies, pages or persons of which there are none yet; without any line that is not
    free.
    """

    lines: tuple[FeeLine, ...]
    phi: int | None
    le_phi: int | None
    total: int | None
    by_count: bool = False


def compute(
    procedure: Procedure,
    channel: Channel,
    case: Case | str | None = None,
    result_copies: int = 0,
    certify: Iterable[CertifyRow] = (),
    persons: int = 1,
    exemption_key: str | None = None,
) -> FeeSheet:
    """The fees of one dossier, lines of quantity 0 left out.

    A kind of money that the catalogue prices for other channels only is not known for this one: it stays a line
    without an amount. A full exemption makes an unknown amount 0. A fee of other cases is none of this one.
    RuleBroken `fee.exemption-unknown`, `fee.quantity-bad` (field), `procedure.case-unknown`.
    """
    if not isinstance(case, Case):
        try:
            case = procedure.case(case)
        except KeyError as fault:
            raise RuleBroken("procedure.case-unknown", field="case", value=case) from fault
    if result_copies < 0:
        raise RuleBroken("fee.quantity-bad", field="result_copies", value=result_copies)
    if persons < 0:
        raise RuleBroken("fee.quantity-bad", field="persons", value=persons)
    exemption = _exemption(procedure, exemption_key)
    rows = tuple(certify)
    lines: list[FeeLine] = []
    by_count = False
    for kind in FeeKind:
        fees = [fee for fee in procedure.fees if fee.kind is kind and (not fee.cases or case.key in fee.cases)]
        here = [fee for fee in fees if not fee.channels or channel in fee.channels]
        if fees and not here:
            here = [Fee(kind, fees[0].name, None, fees[0].basis, set_by=fees[0].set_by)]
        for fee in here:
            made = _lines(fee, result_copies, rows, persons)
            by_count = by_count or not made
            lines += [_reduced(line, exemption) for line in made]
    phi, le_phi = (_sum(line.amount for line in lines if line.kind is kind) for kind in FeeKind)
    return FeeSheet(tuple(lines), phi, le_phi, _sum((phi, le_phi)), by_count)


def certified_copy(
    pages: int, tiers: Sequence[tuple[int, int]] = CERTIFIED_TIERS, cap: int | None = CERTIFIED_CAP
) -> int:
    """The price of one certified copy of `pages` pages. `tiers`: (from page, đồng a page), ascending.

    RuleBroken `fee.quantity-bad` for less than a page.
    """
    if pages < 1:
        raise RuleBroken("fee.quantity-bad", field="certify", value=pages)
    ends = [first for first, _ in tiers[1:]] + [pages + 1]
    amount = sum(each * max(0, min(end, pages + 1) - first) for (first, each), end in zip(tiers, ends, strict=True))
    return amount if cap is None else min(amount, cap)


def _exemption(procedure: Procedure, key: str | None) -> Exemption | None:
    if not key:
        return None
    for exemption in procedure.exemptions:
        if key in (exemption.key, exemption.name):
            return exemption
    raise RuleBroken("fee.exemption-unknown", field="exemption", value=key)


def _lines(fee: Fee, result_copies: int, certify: Sequence[CertifyRow], persons: int) -> list[FeeLine]:
    if fee.basis is not FeeBasis.CERTIFIED_PAGES:
        quantity = {FeeBasis.DOSSIER: 1, FeeBasis.RESULT_COPY: result_copies, FeeBasis.PERSON: persons}[fee.basis]
        return [_line(fee, fee.name, quantity, fee.amount)] if quantity else []
    lines: list[FeeLine] = []
    for name, pages, copies in certify:
        if copies < 0:
            raise RuleBroken("fee.quantity-bad", field="certify", value=copies)
        if copies:
            lines.append(_line(fee, f"{fee.name}: {name}" if name else fee.name, copies, _copy_price(fee, pages)))
    return lines


def _copy_price(fee: Fee, pages: int) -> int | None:
    if fee.tiers:
        return certified_copy(pages, fee.tiers, fee.cap)
    certified_copy(pages)
    if fee.amount is None:
        return None
    return certified_copy(pages, ((1, fee.amount),), fee.cap)


def _line(fee: Fee, name: str, quantity: int, unit_amount: int | None) -> FeeLine:
    amount = None if unit_amount is None else unit_amount * quantity
    return FeeLine(fee.kind, name, quantity, unit_amount, amount, fee.note)


def _reduced(line: FeeLine, exemption: Exemption | None) -> FeeLine:
    if exemption is None or not exemption.percent or (exemption.kinds and line.kind not in exemption.kinds):
        return line
    percent = min(exemption.percent, 100)
    if percent == 100:
        amount: int | None = 0
    elif line.amount is None:
        amount = None
    else:
        amount = (line.amount * (100 - percent) + 50) // 100
    return FeeLine(line.kind, line.name, line.quantity, line.unit_amount, amount, line.note, percent, exemption.name)


def _sum(amounts: Iterable[int | None]) -> int | None:
    total = 0
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


# -- amounts as the catalogue writes them

_COUNCIL = re.compile(r"hđnd|hội\s+đồng\s+nhân\s+dân", re.IGNORECASE)
_FREE = re.compile(r"(miễn(\s+(phí|lệ phí|thu))?|không\s+thu(\s+(phí|lệ phí))?)\.?", re.IGNORECASE)
_GROUPED = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]+)\s*(?:việt\s+nam\s+đồng|đồng|vnđ|vnd|đ)\.?", re.IGNORECASE)


def read_amount(text: str | None, note: str | None = "", set_by: str | None = "") -> int | None:
    """The đồng in "50,000 Việt Nam Đồng", "8.000 đ"; 0 for "Miễn phí"; None for whatever does not say it plainly.

    Where the note or `set_by` names the People's Council (HĐND), the province sets the amount: the national figure is
    an example and "Miễn phí" is a blank, so neither is known. Foreign money is no amount in đồng.
    """
    plain = normalize("NFC", text or "").strip()
    if _COUNCIL.search(normalize("NFC", f"{plain} {note or ''} {set_by or ''}")):
        return None
    if _FREE.fullmatch(plain):
        return 0
    found = _GROUPED.fullmatch(plain)
    if not found:
        return None
    amount = int(re.sub("[.,]", "", found[1]))
    return amount if amount == 0 or amount >= LEAST_AMOUNT else None


# -- money as it is written

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 1_000_000_000


def money(amount: int) -> str:
    """Đồng in groups of three with points: 36000 → "36.000 đồng"."""
    return f"{amount:,} đồng".replace(",", ".")


def in_words(amount: int) -> str:
    """An amount in words, as a receipt asks ("Bằng chữ"): 36000 → "Ba mươi sáu nghìn đồng". ValueError below 0."""
    if amount < 0:
        raise ValueError("money in words is never negative")
    words = f"{' '.join(_number(amount))} đồng"
    return words[0].upper() + words[1:]


def number_words(number: int) -> str:
    """A number in words, in lower case: 2026 → "hai nghìn không trăm hai mươi sáu"."""
    return " ".join(_number(number))


def _number(number: int) -> list[str]:
    """Any number from 0; above a thousand million it is read as so many tỷ and the rest."""
    if number == 0:
        return [_DIGITS[0]]
    billions, rest = divmod(number, _BILLION)
    words = [*_number(billions), "tỷ"] if billions else []
    for unit, name in ((1_000_000, "triệu"), (1_000, "nghìn"), (1, "")):
        group = rest // unit % 1_000
        if group:
            words += _group(group, leading=not words)
            if name:
                words.append(name)
    return words


def _group(group: int, leading: bool) -> list[str]:
    """Three figures, 1 to 999. A group that is not the first says its missing hundreds: "không trăm linh năm"."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words: list[str] = []
    if hundreds or not leading:
        words += [_DIGITS[hundreds], "trăm"]
        if not tens and ones:
            words.append("linh")
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [_DIGITS[tens], "mươi"]
    if ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 4 and tens > 1:
        words.append("tư")
    elif ones == 5 and tens:
        words.append("lăm")
    elif ones:
        words.append(_DIGITS[ones])
    return words
