"""Numbers and dates of a person, the text in the QR of an identity card, and the ear that hears a reader type it.

No number is ever corrected and no card text repaired: what is wrong is refused with the reason, what is odd is
remarked on. Neither the raw text of a card nor its fields 7 to 10 may be kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median

from onestop.rules import keyboards, slips
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.text import clean, fold

MALE, FEMALE = "Nam", "Nữ"

WARNINGS = ("identity.sex-differs", "identity.birth-year-differs", "identity.province-unknown")
"""Remarks that contradict the number. All others are notes."""

PROVINCE_CODES = frozenset(
    (
        "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 "
        "042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 "
        "086 087 089 091 092 093 094 095 096"
    ).split(" ")
)
"""The 63 provinces of before 1/7/2025: the merger renumbered nobody. People born abroad have other codes."""

FIRST_YEAR = 1800
"""Nobody on paper was born earlier: a smaller year is a slip of the finger."""


# -- numbers -----------------------------------------------------------------------------------------------------------


def check_identity_number(text: str) -> str:
    """The 12 digits of a personal number (số định danh cá nhân, số CCCD); spaces, dots and dashes between them go.

    RuleBroken `identity.looks-like-cmnd` for 9 digits, `identity.not-12-digits` (details: count) for anything else.
    """
    digits = _digits(text)
    if re.fullmatch(r"[0-9]{12}", digits):
        return digits
    if re.fullmatch(r"[0-9]{9}", digits):
        raise RuleBroken("identity.looks-like-cmnd", field="identity_number")
    raise RuleBroken("identity.not-12-digits", field="identity_number", count=len(re.findall(r"[0-9]", digits)))


def check_cmnd(text: str) -> str:
    """The 9 digits of an old people's identity card (CMND). RuleBroken `identity.not-9-digits` otherwise."""
    digits = _digits(text)
    if re.fullmatch(r"[0-9]{9}", digits):
        return digits
    raise RuleBroken("identity.not-9-digits", field="cmnd", count=len(re.findall(r"[0-9]", digits)))


def _digits(text: str) -> str:
    return re.sub(r"[\s.\-]", "", clean(text).translate(_FULL_WIDTH))


def number_sex(number: str) -> str:
    """The sex that a 12-digit number speaks of: the fourth digit is even for men, odd for women."""
    return FEMALE if int(number[3]) % 2 else MALE


def number_birth_year(number: str) -> int:
    """The birth year that a 12-digit number speaks of: century by the fourth digit, year by the next two."""
    return 1900 + int(number[3]) // 2 * 100 + int(number[4:6])


def remarks_on(number: str, sex: str | None, birth_date: str | None) -> list[Remark]:
    """Where a 12-digit number contradicts the sex or the birth date (YYYY[-MM[-DD]]), or has a province unknown to us.

    Warnings only, for ever: the meaning of the first six digits was laid down in TT 59/2021/TT-BCA, which lapsed on
    1/7/2024, and the law on identity promises twelve digits and no more.
    """
    remarks = []
    if sex and sex != number_sex(number):
        remarks.append(Remark("identity.sex-differs", {"number_sex": number_sex(number), "sex": sex}))
    if birth_date and int(birth_date[:4]) != number_birth_year(number):
        remarks.append(
            Remark(
                "identity.birth-year-differs", {"number_year": number_birth_year(number), "year": int(birth_date[:4])}
            )
        )
    if number[:3] not in PROVINCE_CODES:
        remarks.append(Remark("identity.province-unknown", {"code": number[:3]}))
    return remarks


def mask(number: str | None) -> str:
    """A number as lists show it: `0380******12`; shorter ones keep less. Nothing stays readable of 5 signs or fewer."""
    if not number:
        return ""
    if len(number) >= 10:
        head, tail = 4, 2
    elif len(number) >= 6:
        head, tail = 2, 2
    else:
        head, tail = 0, 0
    return number[:head] + "*" * (len(number) - head - tail) + number[len(number) - tail :]


# -- birth dates -------------------------------------------------------------------------------------------------------

_DATE_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<y>\d{4})",
        r"(?:tháng )?(?P<m>\d{1,2})(?: ?[/.\-] ?| năm )(?P<y>\d{4})",
        r"(?P<y>\d{4}) ?[/.\-] ?(?P<m>\d{1,2})",
        r"(?:ngày )?(?P<d>\d{1,2})(?: ?[/.\-] ?| tháng )(?P<m>\d{1,2})(?: ?[/.\-] ?| năm )(?P<y>\d{4})",
        r"(?P<y>\d{4}) ?[/.\-] ?(?P<m>\d{1,2}) ?[/.\-] ?(?P<d>\d{1,2})",
        r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})",
    )
)


def read_birth_date(text: str) -> str:
    """A birth date as people write it, as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; it may still lie in the future.

    Read: 1990 · 3/1990 · 1990-03 · 5/3/1990 · 05-03-1990 · 1990-03-05 · 05031990 · ngày 05 tháng 3 năm 1990. The day is
    always before the month. 00 for a day or month that is not known is left out. RuleBroken `birth.unreadable` or
    `birth.impossible`, both with the text.
    """
    cleaned = clean(text).translate(_FULL_WIDTH).lower()
    found = next((match for form in _DATE_FORMS if (match := form.fullmatch(cleaned))), None)
    if found is None:
        raise RuleBroken("birth.unreadable", field="date_of_birth", text=clean(text))
    parts = found.groupdict()
    year, month, day = int(parts["y"]), int(parts.get("m") or 0), int(parts.get("d") or 0)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise RuleBroken("birth.impossible", field="date_of_birth", text=clean(text)) from None
    if year < FIRST_YEAR or (day and not month):
        raise RuleBroken("birth.impossible", field="date_of_birth", text=clean(text))
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")


def check_birth_date(text: str, today: date) -> str:
    """`read_birth_date`, and RuleBroken `birth.future` when the date lies after `today`."""
    known = read_birth_date(text)
    if known > today.isoformat()[: len(known)]:
        raise RuleBroken("birth.future", field="date_of_birth", text=clean(text))
    return known


# -- the card ----------------------------------------------------------------------------------------------------------


class CardKind(StrEnum):
    """Which card the text came from, by the number of its fields."""

    CHIP = "chip"
    """CCCD gắn chip, 2021 to 6/2024: 7 fields."""
    CAN_CUOC = "can-cuoc"
    """Căn cước, from 1/7/2024 (TT 16/2024/TT-BCA): 11 fields."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CardReading:
    """What a card says. Dates are ISO; `address` is as printed (thường trú, tạm trú, nơi ở hiện tại: not known which).

    `relatives` are the filled fields from the eighth on, with their index (7 = the eighth): cancelled number, parents'
    names; their order is not certain. They are offered for the fields of this dossier and then dropped.
    """

    number: str
    cmnd: str | None
    name: str
    date_of_birth: str
    sex: str | None
    address: str
    issued_on: str | None
    kind: CardKind
    relatives: tuple[tuple[int, str], ...] = ()
    remarks: tuple[Remark, ...] = ()


CHIP_FIELDS, CAN_CUOC_FIELDS, FEWEST_FIELDS = 7, 11, 6

# Full-width forms that some readers and phones give for ASCII.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

_VNEID = re.compile(r"vneid|dancuquocgia|dinhdanhdientu", re.IGNORECASE)
_TOKEN = re.compile(
    r"eyJ[\w-]+(\.[\w-]*){1,2}|(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9+/_=-]{32,}"
    r"|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
)
_INSURANCE_NUMBER = re.compile(r"[A-Z]{2}[0-9]{13}|[0-9]{10}")
_HEX_TEXT = re.compile(r"(?:[0-9a-fA-F]{2}){3,}")


def read_card(text: str, today: date) -> CardReading:
    """The person in the text of a card's QR, as a reader, a camera or a paste gives it.

    Taken as they come: BOM, line ends, NFD, full-width bars and digits, empty fields. Fields: number, old CMND, name,
    birth ddMMyyyy, sex, residence, date of issue ddMMyyyy, and four more since 1/7/2024.

    RuleBroken, nothing kept: `card.doubled` (two readings run together), `card.truncated`, `card.mangled` (details:
    how, see `keyboards.Damage`), `card.vneid-code`, `card.other-document` (details: what), `card.not-a-card`, and
    `birth.impossible`, `birth.future`.
    """
    whole = clean(text.translate(_FULL_WIDTH))
    fields = [field.strip() for field in whole.split("|")]
    if not re.fullmatch(r"[0-9]{12}", fields[0]) or len(fields) == 1:
        raise _no_card(whole, fields)
    if _doubled(whole, fields):
        raise RuleBroken("card.doubled")
    if len(fields) < FEWEST_FIELDS or not fields[2]:
        raise RuleBroken("card.truncated", fields=len(fields))
    number, cmnd, name, born, sex, address = fields[:6]
    issued = fields[6] if len(fields) > 6 else None
    how = keyboards.damage(name, sex, address)
    if how is not None:
        raise RuleBroken("card.mangled", how=how.value)
    if fold(sex) not in ("nam", "nu", "") or not re.fullmatch(r"[0-9/\-]{4,10}", born):
        raise RuleBroken("card.not-a-card")
    date_of_birth = check_birth_date(_card_date(born), today)
    if issued and len(fields) == CHIP_FIELDS and re.fullmatch(r"[0-9]{1,7}", issued):
        raise RuleBroken("card.truncated", fields=len(fields))

    known_sex = {"nam": MALE, "nu": FEMALE}.get(fold(sex))
    remarks = remarks_on(number, known_sex, date_of_birth)
    if len(fields) == FEWEST_FIELDS:
        remarks.append(Remark("card.six-fields"))
    elif len(fields) not in (CHIP_FIELDS, CAN_CUOC_FIELDS):
        remarks.append(Remark("card.unusual-fields", {"count": len(fields)}))
    if known_sex is None:
        remarks.append(Remark("card.no-sex"))
    if cmnd and not re.fullmatch(r"[0-9]{9}|[0-9]{12}", cmnd):
        remarks.append(Remark("card.cmnd-odd"))
        cmnd = ""
    issued_on, remark = _issue_date(issued, today)
    if remark is not None:
        remarks.append(remark)
    doubtful = keyboards.doubtful_words(name)
    if doubtful:
        remarks.append(Remark("card.maybe-mangled", {"words": ", ".join(doubtful)}))
    return CardReading(
        number=number,
        cmnd=cmnd or None,
        name=name,
        date_of_birth=date_of_birth,
        sex=known_sex,
        address=address,
        issued_on=issued_on,
        kind={CHIP_FIELDS: CardKind.CHIP, CAN_CUOC_FIELDS: CardKind.CAN_CUOC}.get(len(fields), CardKind.OTHER),
        relatives=tuple((index, field) for index, field in enumerate(fields) if index >= CHIP_FIELDS and field),
        remarks=tuple(remarks),
    )


def _card_date(text: str) -> str:
    """A card's ddMMyyyy; cards of people who know only their birth year may give the year alone."""
    return f"{text[:2]}/{text[2:4]}/{text[4:]}" if re.fullmatch(r"[0-9]{8}", text) else text


def _issue_date(text: str | None, today: date) -> tuple[str | None, Remark | None]:
    if not text:
        return None, None if text is None else Remark("card.no-issue-date")
    try:
        day = check_birth_date(_card_date(text), today)
    except RuleBroken:
        return None, Remark("card.issue-date-odd")
    return (day, None) if len(day) == 10 else (None, Remark("card.issue-date-odd"))


def _doubled(whole: str, fields: list[str]) -> bool:
    if whole.count(fields[0] + "|") > 1:
        return True
    # Two different cards without a line end between them: the second number hangs on to the last field of the first.
    more = len(fields) > CAN_CUOC_FIELDS
    return any(
        re.fullmatch(r"[0-9]{20}", field) or (more and re.fullmatch(r"[0-9]{12}", field)) for field in fields[6:]
    )


def _no_card(whole: str, fields: list[str]) -> RuleBroken:
    """Why a text that does not begin with 12 digits and a bar is no card."""
    first, bars = fields[0], len(fields) - 1
    if bars >= 2 and keyboards.number_row(first):
        return RuleBroken("card.mangled", how=keyboards.Damage.DIGITS.value)
    if bars and _INSURANCE_NUMBER.fullmatch(first) and (_HEX_TEXT.fullmatch(fields[1]) or bars >= 8):
        return RuleBroken("card.other-document", what="health-insurance")
    if re.fullmatch(r"[0-9]+", first):
        if len(first) == 12 or (bars and len(first) < 12):
            return RuleBroken("card.truncated", fields=len(fields))
        if bars and len(first) > 12:
            return RuleBroken("card.doubled")
    other_bar = re.match(r"[0-9]{12}([^0-9\s])", whole)
    if not bars and other_bar and whole.count(other_bar.group(1)) >= FEWEST_FIELDS - 1:
        return RuleBroken("card.mangled", how=keyboards.Damage.BAR.value)
    if whole.startswith("000201"):
        return RuleBroken("card.other-document", what="bank")
    if re.match(r"I[D<]VNM|P<VNM", whole):
        return RuleBroken("card.other-document", what="mrz")
    if _VNEID.search(whole) or (not bars and _TOKEN.fullmatch(whole)):
        return RuleBroken("card.vneid-code")
    if re.match(r"https?://|www\.", whole, re.IGNORECASE):
        return RuleBroken("card.other-document", what="web")
    return RuleBroken("card.not-a-card")


def scan_complete(buffer: str) -> bool:
    """Whether a card's text may end here, for readers that send no Enter: 7 fields with a whole date of issue, or 11.

    The 11 fields pass through a state that looks like 7: wait 120 ms after a True before the text is taken.
    """
    fields = clean(buffer.translate(_FULL_WIDTH)).split("|")
    if len(fields) == CHIP_FIELDS:
        return re.fullmatch(r"[0-9]{8}", fields[-1].strip()) is not None
    return len(fields) == CAN_CUOC_FIELDS


# -- our own slips -----------------------------------------------------------------------------------------------------

_SLIP = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def read_slip(text: str) -> str | None:
    """What the QR of a PHIẾU YÊU CẦU BỔ SUNG says (it reopens the draft): its short code, or the whole id that stood on
    the first ones; None for any other text."""
    found = clean(text.translate(_FULL_WIDTH)).lower()
    return found if _SLIP.fullmatch(found) else slips.read_scanned(found)


# -- the ear -----------------------------------------------------------------------------------------------------------

_START_OF_CARD = re.compile(r"[0-9]{12}[|｜]")
_ENDS = "\r\n\t"


@dataclass(frozen=True, slots=True)
class Heard:
    """What the ear made of a key. In this order: the field in focus loses the last `take_back` letters, `reading` is a
    whole scan (give it to `read_card`), `typed` goes to the field. `wake_in`: call `silence` after so many ms; None:
    not needed."""

    take_back: int = 0
    reading: str | None = None
    typed: str = ""
    wake_in: int | None = None


class ReaderEar:
    """Tells a person who types from a reader that types, by rhythm alone, whichever field has the focus.

    Every letter key goes through `hear` first; the field gets only what comes back as `typed`. A letter is held for at
    most 35 ms; when the next one comes slower it was typed. Twelve letters with a median gap under 35 ms are a burst;
    a burst with bars (or a web address, or the whole code of one of our own slips) that is followed by Enter, Tab or
    120 ms of silence is a reading, and any other burst (a paste, a pasted code) goes to the field. Letters of a reader
    with a slow start have already gone to the field: they are taken back. Times are milliseconds of any clock that
    only runs forward. Keep the repeats of a key that is held down away from the ear: they are typed.

    A slow reader (over the air) is a burst from the first bar on, where twelve digits stand before it: nobody types
    those that fast. In a burst an input method may have a hand: Unikey takes letters back and puts others (`erase`,
    then `hear`), Telex of Windows and IBus commit whole words. Outside of one (`in_burst`) what it does is typing.
    """

    HOLD = 35
    SLOW = 80
    """Median gap of the slowest reader; of twelve digits and a bar that somebody types it is longer."""
    END = 120
    SHORTEST = 12
    FEWEST_BARS = 3
    """A reading that is cut off or of another card has few bars: it is still no typing, and `read_card` says why."""
    GIVE_UP = 40
    """A burst of so many letters without a bar is no card."""

    def __init__(self) -> None:
        self._forget()
        self._ended_at: float | None = None

    def _forget(self) -> None:
        self._run: list[str] = []
        self._gaps: list[float] = []
        self._last = 0.0
        self._given = 0
        self._burst_from: int | None = None
        self._given_up = False

    def hear(self, char: str, at: float) -> Heard:
        """One letter, or Enter or Tab, that came at `at`."""
        before = self._finish("") if self._run and at - self._last > self.END else Heard()
        if char in _ENDS:
            now = self._end_key(char, at)
        else:
            now = self._letter(char, at)
        if before == Heard():
            return now
        return Heard(before.take_back, before.reading, before.typed + now.typed, now.wake_in)

    def in_burst(self, at: float) -> bool:
        """Whether a reader is in the middle of a text at `at`."""
        return self._burst_from is not None and not self._given_up and at - self._last <= self.END

    def erase(self, at: float) -> Heard | None:
        """Backspace at `at`. In a burst it is an input method that takes the last letter back, to put another: what is
        held loses it and the field gets nothing. None: a person's, as any other key that is no letter."""
        if not self.in_burst(at) or len(self._run) <= max(self._given, self._burst_from or 0):
            return None
        self._run.pop()
        if self._gaps:
            self._gaps.pop()
        self._last = at
        return Heard(wake_in=self.END)

    def silence(self, at: float) -> Heard:
        """Nothing came until `at`."""
        if not self._run:
            return Heard()
        quiet = at - self._last
        if quiet >= self.END:
            return self._finish("")
        if self._burst_from is not None and not self._given_up:
            return Heard(wake_in=self._wait(self.END - quiet))
        if quiet >= self.HOLD:
            return Heard(typed=self._give())
        return Heard(wake_in=self._wait(self.HOLD - quiet))

    def interrupt(self) -> Heard:
        """A key that is no letter comes (Backspace, an arrow, a shortcut; not Shift): the field needs what was held."""
        return self._finish("")

    @staticmethod
    def _wait(left: float) -> int:
        return max(1, int(left) + 1)

    def _letter(self, char: str, at: float) -> Heard:
        if self._run:
            self._gaps.append(at - self._last)
        self._run.append(char)
        self._last = at
        recent = self._gaps[-(self.SHORTEST - 1) :]
        fast = not recent or median(recent) < self.HOLD
        if fast and self._burst_from is None and len(self._run) >= self.SHORTEST:
            self._burst_from = len(self._run) - self.SHORTEST
        if self._burst_from is None and char in "|｜" and median(recent or [self.SLOW]) < self.SLOW:
            card = _START_OF_CARD.search("".join(self._run))
            self._burst_from = card.start() if card and card.end() == len(self._run) else None
        if self._burst_from is not None:
            if not self._given_up and self._hopeless():
                self._given_up = True
            if not self._given_up:
                return Heard(wake_in=self.END)
            return Heard(typed=self._give())
        if fast:
            return Heard(wake_in=self.HOLD)
        return Heard(typed=self._give())

    def _end_key(self, char: str, at: float) -> Heard:
        if self._ended_at is not None and char == "\n" and at - self._ended_at < self.HOLD:
            return Heard()  # the second half of a reader's CR LF
        heard = self._finish(char)
        self._ended_at = at if heard.reading is not None else None
        return heard

    def _give(self) -> str:
        held = "".join(self._run[self._given :])
        self._given = len(self._run)
        return held

    def _hopeless(self) -> bool:
        burst = "".join(self._run[self._burst_from :])
        return len(burst) >= self.GIVE_UP and "|" not in burst and "｜" not in burst and not self._web(burst)

    @staticmethod
    def _web(burst: str) -> bool:
        return burst.lower().startswith(("http", "eyj")) or _VNEID.search(burst) is not None

    def _finish(self, end: str) -> Heard:
        """The run is over, by silence or by an end key that belongs to it."""
        text, given, burst_from = "".join(self._run), self._given, self._burst_from
        card = _START_OF_CARD.search(text)
        self._forget()
        if burst_from is None:
            return Heard(typed=text[given:] + end)
        start = card.start() if card else burst_from
        reading = text[start:]
        bars = reading.count("|") + reading.count("｜")
        if bars < self.FEWEST_BARS and not self._web(reading) and read_slip(reading) is None:
            return Heard(typed=text[given:] + end)
        return Heard(take_back=max(0, given - start), reading=reading, typed=text[given:start])
