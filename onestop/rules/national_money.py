"""What the national catalogue says of fees: free, so much, or nothing that can be relied on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onestop.rules.national_channels import Row
from onestop.rules.national_fields import distinct, tidy
from onestop.rules.procedure import Channel, Fee, FeeBasis, FeeKind

_COUNCIL = re.compile(r"hội đồng nhân dân|hđnd", re.I)
_COMMITTEE = re.compile(r"(?:[uủ][ỷyỳ] ban nhân dân|ubnd)[^.;]{0,60}(?:quy|quyết) định", re.I)
_ELSEWHERE = re.compile(
    r"theo quy định (?:của|tại|pháp luật)|luật phí|luật về phí|thông tư|nghị định"
    r"|biểu (?:mức )?phí|mức (?:thu|phí|lệ phí)",
    re.I,
)
_AMOUNT = re.compile(r"(?<![\d/])(\d{1,3}(?:[.,]\d{3})+|\d{4,})\s*(?:/\S+\s*)?(?:đồng|đ\b|vnđ|vnd)", re.I)
_TRULY_FREE = re.compile(r"^\W*(?:không thu|miễn)(?: lệ)? phí(?!.*(?:trường hợp|\bngười\b|thuộc))", re.I | re.S)
_COPIES = re.compile(r"phí cấp bản sao [^.]*(?:\.|$)", re.I)
_NO_FEE_WORDS = re.compile(r"miễn phí|kinh phí|chi phí|học phí|án phí|phí và lệ phí|phí, lệ phí", re.I)
_FURTHER = re.compile(r"(lệ phí|phí)\s*:\s*(\d[\d.,]*)\s*(?:/\S+\s*)?(?:đồng|đ\b|vnđ)", re.I)
_TARIFF = re.compile(
    r"([\d.]+)\s*đồng/trang;\s*từ trang thứ\s*(\d+)[^\d]*([\d.]+)\s*đồng/trang(?:,?[^\d]*([\d.]+)\s*đồng/bản)?", re.I
)
_PER = re.compile(r"^[\d.,\s]*(?:đồng|đ|vnđ)?\s*/\s*(trang|bản|người)\b", re.I)
_NAMED = re.compile(r"^[\s\-+*]*((?:Lệ phí|Phí)\s[^:.;()\d]{3,110})")
_SERVICE = re.compile(
    r"^(?:thủ tục )?(?:thẩm định|chứng thực|cung cấp|cấp bản sao|khai thác|kiểm định|kiểm tra|sát hạch|đánh giá)"
)
LEAST_AMOUNT = 1_000
"""Đồng. Fees are set in thousands; an entry below that ("40 Việt Nam Đồng" for 40.000 đ, 145 USD as đồng) is a slip."""


@dataclass(frozen=True, slots=True)
class _Price:
    fee: Fee
    foreign: bool
    sure: bool


def read_fees(rows: Sequence[Row], name: str, doubts: set[str]) -> tuple[tuple[Fee, ...], str]:
    """The fees of all channels, and the catalogue's words about them.

    Never empty: what the catalogue does not say is a fee with an unknown amount, so that nobody reads it as free.
    Several amounts of one kind for one channel are cases that the catalogue does not tell apart: unknown. A price in
    dollars (at an embassy) beside one in đồng is left out of the fees and stays in the note.
    """
    by_channel: dict[Channel, list[Fee]] = {}
    for channel in dict.fromkeys(row.channel for row in rows):
        prices = [price for row in rows if row.channel is channel for price in _prices(row, name)]
        if any(not price.foreign for price in prices):
            prices = [price for price in prices if not price.foreign]
        if not all(price.sure for price in prices):
            doubts.add("fees")
        by_channel[channel] = _one_each([price.fee for price in prices], doubts)
    joined: dict[Fee, list[Channel]] = {}
    told: dict[Fee, list[str]] = {}
    for channel, fees in by_channel.items():
        for fee in fees:
            bare = replace(fee, note="")
            joined.setdefault(bare, []).append(channel)
            told.setdefault(bare, []).append(fee.note)
    notes = _joined(_money_note(row) for row in rows)
    if not joined:
        return (Fee(_kind_by_name(name), "Phí, lệ phí"),), notes
    return (
        tuple(
            replace(fee, channels=() if len(on) == len(by_channel) else tuple(on), note=_joined(told[fee]))
            for fee, on in joined.items()
        ),
        notes,
    )


def _joined(notes: Iterable[str]) -> str:
    """The notes in one, each once; one that was cut short says nothing beside the longer one."""
    whole = {re.sub(r"[\s.;()]+$", "", note.lstrip("( ")): note for note in notes if note}
    return " | ".join(
        note for bare, note in whole.items() if not any(bare != each and each.startswith(bare) for each in whole)
    )


def _money_note(row: Row) -> str:
    """What a row says of money: the bracket before the rule, or the whole note where it speaks of a fee at all."""
    if row.money and row.money != row.rule:
        return row.money
    return row.said if re.search("phí", row.said, re.I) else ""


def _one_each(fees: Sequence[Fee], doubts: set[str]) -> list[Fee]:
    """One fee for each kind and basis: several different ones are alternatives, not a sum."""
    groups: dict[tuple[FeeKind, FeeBasis], list[Fee]] = {}
    for fee in dict.fromkeys(fees):
        groups.setdefault((fee.kind, fee.basis), []).append(fee)
    result = []
    for alternatives in groups.values():
        amounts = {fee.amount for fee in alternatives}
        if len(alternatives) == 1:
            result.append(alternatives[0])
        elif len(amounts) == 1:
            result.append(replace(alternatives[0], note=" | ".join(distinct(fee.note for fee in alternatives))))
        else:
            doubts.add("fees")
            told = distinct(
                tidy(f"{_dong(fee.amount)} {fee.note}") if fee.amount is not None else fee.note for fee in alternatives
            )
            result.append(replace(alternatives[0], amount=None, note="Danh mục ghi nhiều mức: " + " | ".join(told)))
    return result


def _dong(amount: int) -> str:
    return f"{amount:,} đ".replace(",", ".") if amount else "miễn phí"


def _prices(row: Row, name: str) -> list[_Price]:
    """What one row asks for.

    "Miễn phí" is 0, but unknown where the note beside it says that the council (HĐND) or the committee (UBND) sets the
    amount, refers to a tariff, or names an amount (not where it repeats that nothing is taken). So is an amount beside
    a note that the council decides: the catalogue shows an example there. What a note says of copies of the result
    (TT 281/2016/TT-BTC) is another fee.
    """
    said = _money_note(row)
    about = tidy(_COPIES.sub("", said))
    amount = _amount(row.fee)
    listed = {
        (FeeKind.LE_PHI if found[1].lower() == "lệ phí" else FeeKind.PHI, int(re.sub(r"\D", "", found[2])))
        for found in _FURTHER.finditer(f"{said} {row.rule}")
    }
    # "Phí: 800.000 đồng/hồ sơ. Lệ phí: 100.000 đồng/hồ sơ." says which of the two the row's own amount is.
    same = {each for each, value in listed if value == amount}
    kind, kind_sure = _kind(f"{row.fee} {about}", name)
    if len(same) == 1:
        kind, kind_sure = same.pop(), True
    named = _NAMED.match(about)
    title = tidy(named[1]).rstrip(",") if named else ("Lệ phí" if kind is FeeKind.LE_PHI else "Phí")
    per = _PER.match(about)
    basis = {"bản": FeeBasis.RESULT_COPY, "người": FeeBasis.PERSON}.get(per[1].lower() if per else "", FeeBasis.DOSSIER)
    set_by = "HĐND cấp tỉnh" if _COUNCIL.search(about) else "UBND cấp tỉnh" if _COMMITTEE.search(about) else ""
    fee = Fee(kind, title, None, basis, set_by=set_by, note=said)
    if row.fee.endswith("USD"):
        return [_Price(replace(fee, note=tidy(f"{row.fee} {said}")), True, False)]
    if row.fee == "Miễn phí":
        elsewhere = set_by or _ELSEWHERE.search(about) or _AMOUNT.search(about)
        if elsewhere and not _TRULY_FREE.match(about):
            return [_Price(fee, False, bool(set_by))]
        return [_Price(replace(fee, amount=0), False, True)]
    if amount is None or row.glued:
        # A fee that nobody named is unknown, and that is certain; one that was spelt wrongly is a doubt.
        told = tidy(f"Danh mục ghi “{row.fee}”. {said}") if row.fee else said
        return [_Price(replace(fee, note=told), False, not row.fee)]
    if set_by:
        return [_Price(replace(fee, note=tidy(f"Danh mục ghi {_dong(amount)}. {said}")), False, True)]
    if per and per[1].lower() == "trang":
        fee = _by_the_page(fee, amount, f"{said} {row.rule}")
    others = {int(re.sub(r"\D", "", each)) for each in _AMOUNT.findall(about)} - {amount}
    prices = [_Price(replace(fee, amount=amount), False, kind_sure and not others)]
    other_kind = [(each, value) for each, value in listed if each is not kind and LEAST_AMOUNT <= value != amount]
    if len(other_kind) == 1:
        each, value = other_kind[0]
        prices.append(_Price(Fee(each, "Lệ phí" if each is FeeKind.LE_PHI else "Phí", value, note=said), False, True))
    return prices


def _by_the_page(fee: Fee, amount: int, text: str) -> Fee:
    """The tariff of certified copies: so much a page, less from a later page on, a cap a copy (TT 226/2016/TT-BTC)."""
    found = _TARIFF.search(text)
    if found is None or _amount(found[1]) != amount:
        return replace(fee, basis=FeeBasis.CERTIFIED_PAGES, tiers=((1, amount),))
    tiers = ((1, amount), (int(found[2]), _amount(found[3]) or 0))
    return replace(fee, basis=FeeBasis.CERTIFIED_PAGES, tiers=tiers, cap=_amount(found[4] or ""))


def _amount(text: str) -> int | None:
    """Đồng in a text such as "1,025,000 Việt Nam Đồng" or "2.000"; None where it is none, or too small to be true."""
    found = re.match(r"\d[\d.,]*", text)
    if found is None:
        return None
    amount = int(re.sub(r"\D", "", found[0]))
    return amount if amount >= LEAST_AMOUNT else None


def _kind(text: str, name: str) -> tuple[FeeKind, bool]:
    """Phí or lệ phí, and whether the words say so. Where they do not, the procedure's name decides."""
    bare = _NO_FEE_WORDS.sub("", text).lower()
    first = re.search(r"lệ phí|phí", bare)
    if first is None:
        return _kind_by_name(name), False
    return (FeeKind.LE_PHI if first[0] == "lệ phí" else FeeKind.PHI), True


def _kind_by_name(name: str) -> FeeKind:
    """Luật Phí và lệ phí art. 3: phí pays for a service (appraising, certifying, giving information), lệ phí for an
    administrative act (registering, granting a paper)."""
    return FeeKind.PHI if _SERVICE.match(name.lower()) else FeeKind.LE_PHI
