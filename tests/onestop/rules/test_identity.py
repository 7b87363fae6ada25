"""Numbers, birth dates, card texts, and the ear that tells a reader from a typist. Every person here is made up."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.rules import identity, slips
from onestop.rules.errors import RuleBroken
from onestop.rules.identity import CardKind, Heard, ReaderEar, read_card
from onestop.texts import SENTENCES

TODAY = date(2026, 11, 23)

CHIP = "038090000011|171000011|Nguyễn Văn Mẫu|05031990|Nam|Thôn 1, Xã Mẫu, Huyện Mẫu, Thanh Hóa|20052021"
CHIP_NO_CMND = "001300000022||Trần Thị Thử|24112000|Nữ|Tổ 5, Phường Thử, Quận Thử, Hà Nội|01072021"
CAN_CUOC = "038300000033||Lê Thị Ví Dụ|15082000|Nữ|Tổ 3, Phường Mẫu, Thanh Hóa|10092025||||"
CAN_CUOC_CMND = "038084000044|171000044|Phạm Văn Thử|11071984|Nam|Thôn 2, Xã Mẫu, Thanh Hóa|05112024||||"
CHILD = "038220000055||Lê Gia Thử|01062020|Nam|Tổ 3, Phường Mẫu, Thanh Hóa|15072025||Lê Văn Cha|Phạm Thị Mẹ|"


def broken(code: str, **details: object) -> pytest.RaisesExc[RuleBroken]:
    def fits(error: RuleBroken) -> bool:
        return error.code == code and all(error.details.get(key) == value for key, value in details.items())

    assert code in SENTENCES
    return pytest.raises(RuleBroken, check=fits)


# -- numbers


@pytest.mark.parametrize(
    "typed", ["038090000011", "038 090 000 011", "038.090.000.011", " 038090000011\t", "０３８090000011"]
)
def test_an_identity_number_has_twelve_digits(typed: str) -> None:
    assert identity.check_identity_number(typed) == "038090000011"


@pytest.mark.parametrize("typed", ["", "38090000011", "0380900000112", "03809000001a", "٠٣٨٠٩٠٠٠٠٠١١"])
def test_anything_else_is_none(typed: str) -> None:
    with broken("identity.not-12-digits", field="identity_number"):
        identity.check_identity_number(typed)


def test_nine_digits_look_like_the_old_card() -> None:
    with broken("identity.looks-like-cmnd"):
        identity.check_identity_number("171 000 011")
    assert identity.check_cmnd("171 000 011") == "171000011"
    with broken("identity.not-9-digits", count=12):
        identity.check_cmnd("038090000011")


@pytest.mark.parametrize(
    ("number", "sex", "born", "codes"),
    [
        ("038090000011", "Nam", "1990-03-05", []),
        ("038090000011", None, None, []),
        ("038090000011", "Nam", "1990", []),
        ("038090000011", "Nữ", "1990", ["identity.sex-differs"]),
        ("038090000011", "Nam", "1991-03", ["identity.birth-year-differs"]),
        ("003090000011", "Nam", "1990", ["identity.province-unknown"]),
        ("001300000022", "Nữ", "2000-11-24", []),
        ("001200000022", "Nam", "2000", []),
        ("001200000022", "Nữ", "1900", ["identity.sex-differs", "identity.birth-year-differs"]),
        (
            "999599000022",
            "Nam",
            "2190",
            ["identity.sex-differs", "identity.birth-year-differs", "identity.province-unknown"],
        ),
    ],
)
def test_contradictions_are_remarked_on(number: str, sex: str | None, born: str | None, codes: list[str]) -> None:
    assert [remark.code for remark in identity.remarks_on(number, sex, born)] == codes
    assert set(codes) <= set(identity.WARNINGS) <= set(SENTENCES)


@pytest.mark.parametrize(
    ("digit", "sex", "year"),
    [
        ("0", "Nam", 1985),
        ("1", "Nữ", 1985),
        ("2", "Nam", 2085),
        ("3", "Nữ", 2085),
        ("5", "Nữ", 2185),
        ("8", "Nam", 2385),
    ],
)
def test_what_a_number_speaks_of(digit: str, sex: str, year: int) -> None:
    number = f"038{digit}85000011"
    assert (identity.number_sex(number), identity.number_birth_year(number)) == (sex, year)


def test_sixty_three_provinces() -> None:
    assert len(identity.PROVINCE_CODES) == 63


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("038090000012", "0380******12"),
        ("171000011", "17*****11"),
        ("B1234567", "B1****67"),
        ("12345", "*****"),
        ("", ""),
        (None, ""),
    ],
)
def test_mask(number: str | None, shown: str) -> None:
    assert identity.mask(number) == shown


# -- birth dates


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1990", "1990"),
        ("3/1990", "1990-03"),
        ("03-1990", "1990-03"),
        ("tháng 3 năm 1990", "1990-03"),
        ("1990-03", "1990-03"),
        ("5/3/1990", "1990-03-05"),
        ("05.03.1990", "1990-03-05"),
        ("5 / 3 / 1990", "1990-03-05"),
        ("05031990", "1990-03-05"),
        ("1990-03-05", "1990-03-05"),
        ("ngày 05 tháng 3 năm 1990", "1990-03-05"),
        ("00/00/1948", "1948"),
        ("00/03/1948", "1948-03"),
        ("29/2/2024", "2024-02-29"),
        ("23/11/2026", "2026-11-23"),
        ("11/2026", "2026-11"),
        ("2026", "2026"),
    ],
)
def test_birth_dates(typed: str, kept: str) -> None:
    assert identity.check_birth_date(typed, TODAY) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("24/11/2026", "birth.future"),
        ("12/2026", "birth.future"),
        ("2027", "birth.future"),
        ("31/02/1990", "birth.impossible"),
        ("29/2/2023", "birth.impossible"),
        ("13/1990", "birth.impossible"),
        ("05/13/1990", "birth.impossible"),
        ("05/00/1990", "birth.impossible"),
        ("0990", "birth.impossible"),
        ("0000", "birth.impossible"),
        ("5/3/90", "birth.unreadable"),
        ("hôm qua", "birth.unreadable"),
        ("", "birth.unreadable"),
    ],
)
def test_bad_birth_dates(typed: str, code: str) -> None:
    with broken(code, field="date_of_birth"):
        identity.check_birth_date(typed, TODAY)


@given(st.dates(date(1900, 1, 1), TODAY))
def test_a_date_is_read_in_every_form(day: date) -> None:
    for form in ("%d/%m/%Y", "%d%m%Y", "%Y-%m-%d", "%d-%m-%Y"):
        assert identity.check_birth_date(day.strftime(form), TODAY) == day.isoformat()
    assert identity.check_birth_date(day.isoformat()[:7], TODAY) == day.isoformat()[:7]


# -- the card


def test_a_chip_card() -> None:
    reading = read_card(CHIP, TODAY)
    assert reading == identity.CardReading(
        number="038090000011",
        cmnd="171000011",
        name="Nguyễn Văn Mẫu",
        date_of_birth="1990-03-05",
        sex="Nam",
        address="Thôn 1, Xã Mẫu, Huyện Mẫu, Thanh Hóa",
        issued_on="2021-05-20",
        kind=CardKind.CHIP,
    )
    assert read_card(CHIP_NO_CMND, TODAY).cmnd is None


def test_a_can_cuoc() -> None:
    reading = read_card(CAN_CUOC, TODAY)
    assert (reading.kind, reading.name, reading.sex) == (CardKind.CAN_CUOC, "Lê Thị Ví Dụ", "Nữ")
    assert (reading.issued_on, reading.relatives, reading.remarks) == ("2025-09-10", (), ())
    assert read_card(CAN_CUOC_CMND, TODAY).cmnd == "171000044"


def test_a_childs_card_offers_the_relatives_by_field() -> None:
    assert read_card(CHILD, TODAY).relatives == ((8, "Lê Văn Cha"), (9, "Phạm Thị Mẹ"))


@pytest.mark.parametrize("card", [CHIP, CHIP_NO_CMND, CAN_CUOC, CAN_CUOC_CMND, CHILD])
@pytest.mark.parametrize(
    "arrive",
    [
        lambda card: "\ufeff" + card,
        lambda card: card + "\r\n",
        lambda card: card + "\t",
        lambda card: unicodedata.normalize("NFD", card),
        lambda card: card.replace("|", "｜"),
        lambda card: card.replace("|", " | "),
        lambda card: "\u200e" + card + "\x00",
    ],
)
def test_however_it_arrives(card: str, arrive: object) -> None:
    assert callable(arrive)
    assert read_card(arrive(card), TODAY) == read_card(card, TODAY)


def test_a_name_is_not_rewritten() -> None:
    name = "H’Hen  Niê Kpă-Hòa"
    assert read_card(CHIP.replace("Nguyễn Văn Mẫu", name), TODAY).name == "H’Hen Niê Kpă-Hòa"


@pytest.mark.parametrize(
    ("card", "codes"),
    [
        (CHIP.rsplit("|", 1)[0], ["card.six-fields"]),
        (CHIP.rsplit("|", 1)[0] + "|", ["card.no-issue-date"]),
        (CHIP + "||", ["card.unusual-fields"]),
        (CHIP.replace("|Nam|", "||"), ["card.no-sex"]),
        (CHIP.replace("|Nam|", "|Nữ|"), ["identity.sex-differs"]),
        (CHIP.replace("05031990", "05031991"), ["identity.birth-year-differs"]),
        (CHIP.replace("|171000011|", "|17100001|"), ["card.cmnd-odd"]),
        (CHIP.replace("20052021", "31022021"), ["card.issue-date-odd"]),
        (CHIP.replace("20052021", "20052031"), ["card.issue-date-odd"]),
        (CHIP.replace("Nguyễn Văn Mẫu", "Nguyễn Max"), ["card.maybe-mangled"]),
    ],
)
def test_what_is_odd_is_remarked_on(card: str, codes: list[str]) -> None:
    remarks = read_card(card, TODAY).remarks
    assert [remark.code for remark in remarks] == codes
    assert set(codes) <= set(SENTENCES)


def test_a_card_of_someone_who_knows_only_the_year() -> None:
    assert read_card(CHIP.replace("05031990", "1990"), TODAY).date_of_birth == "1990"
    assert read_card(CHIP.replace("05031990", "00001990"), TODAY).date_of_birth == "1990"


INSURANCE = (
    "GD4383820900011|4e677579e1bb856e2056c4836e204de1baab75|05/03/1990|1|58c3a3204de1baab75|38 - 001|01/01/2026|-|"
    "01/01/2026|38380900011|-|4|01/01/2030|1234abcd-7102|$"
)


@pytest.mark.parametrize(
    ("text", "code", "details"),
    [
        (CHIP + CHIP, "card.doubled", {}),
        (CHIP + "\r\n" + CHIP, "card.doubled", {}),
        (CAN_CUOC + CAN_CUOC, "card.doubled", {}),
        (CHILD + CHILD, "card.doubled", {}),
        (CHIP + CHIP_NO_CMND, "card.doubled", {}),
        (CAN_CUOC + CHIP, "card.doubled", {}),
        ("0380900000" + CHIP, "card.doubled", {}),
        ("038090000011", "card.truncated", {}),
        ("038090000011|171000011|Nguyễn V", "card.truncated", {}),
        ("038090000011|171000011|Nguyễn Văn Mẫu|05031990|Nam", "card.truncated", {}),
        ("038090000011|171000011||05031990|Nam|Xã Mẫu|20052021", "card.truncated", {}),
        (CHIP[:-4], "card.truncated", {}),
        (CHIP[3:], "card.truncated", {}),
        ("", "card.not-a-card", {}),
        ("xin chào", "card.not-a-card", {}),
        ("a|b|c|d|e|f|g", "card.not-a-card", {}),
        (CHIP.replace("|Nam|", "|Khác|"), "card.not-a-card", {}),
        (CHIP.replace("05031990", "mồng năm"), "card.not-a-card", {}),
        (CHIP.replace("05031990", "31021990"), "birth.impossible", {}),
        (CHIP.replace("05031990", "24112026"), "birth.future", {}),
        # -- what keyboards and code pages do
        (CHIP.replace("Nguyễn Văn Mẫu", "Nguyeexn Vawn Maaux"), "card.mangled", {"how": "telex"}),
        ("001300000022||Traafn Thij Thuwr|24112000|Nuwx|Toor 5|01072021", "card.mangled", {"how": "telex"}),
        (CHIP.replace("Nguyễn Văn Mẫu", "Nguyễn Thij Hoaf"), "card.mangled", {"how": "telex"}),
        ("038090000011||Lee Min|05031990|Nam|Thon 1, Xax Maaux|20052021", "card.mangled", {"how": "telex"}),
        (CHIP.replace("Nguyễn Văn Mẫu", "Nguye64n Va8n Ma64u"), "card.mangled", {"how": "vni"}),
        (CHIP.encode().decode("cp1252", "replace"), "card.mangled", {"how": "code-page"}),
        (CHIP.encode().decode("latin-1"), "card.mangled", {"how": "code-page"}),
        (CHIP.encode().decode("cp437"), "card.mangled", {"how": "code-page"}),
        (CHIP.encode("ascii", "replace").decode(), "card.mangled", {"how": "lost"}),
        ("001300000022||Tran Thi Thu|24112000|Nu|To 5, Phuong Thu|01072021", "card.mangled", {"how": "unaccented"}),
        ("038090000011||Tran An|05031990|Nam|Thon 1, Xa Mau|20052021", "card.mangled", {"how": "unaccented"}),
        (CHIP.replace("|", "~"), "card.mangled", {"how": "bar"}),
        # -- other things that are scanned
        ("https://vneid.gov.vn/xac-thuc?ma=123", "card.vneid-code", {}),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-DEF_123", "card.vneid-code", {}),
        ("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "card.vneid-code", {}),
        ("0f8fad5b-d9cb-469f-a165-70867728950e", "card.vneid-code", {}),
        (INSURANCE, "card.other-document", {"what": "health-insurance"}),
        (
            "00020101021138540010A00000072701240006970423011001234567890208QRIBFTTA53037045802VN6304F64B",
            "card.other-document",
            {"what": "bank"},
        ),
        ("https://example.gov.vn/tra-cuu", "card.other-document", {"what": "web"}),
        ("IDVNM0900000110038090000011<<8", "card.other-document", {"what": "mrz"}),
    ],
)
def test_what_is_refused_and_why(text: str, code: str, details: dict[str, object]) -> None:
    with broken(code, **details):
        read_card(text, TODAY)


WINDOWS_VIETNAMESE = str.maketrans(
    {
        "1": "ă",
        "2": "â",
        "3": "ê",
        "4": "ô",
        "5": "\u0300",
        "6": "\u0309",
        "7": "\u0303",
        "8": "\u0301",
        "9": "\u0323",
        "0": "đ",
    }
)


@pytest.mark.parametrize("card", [CHIP, CHIP_NO_CMND, CAN_CUOC, CHILD])
def test_the_windows_vietnamese_keyboard_turns_digits_into_marks(card: str) -> None:
    with broken("card.mangled", how="digits"):
        read_card(card.translate(WINDOWS_VIETNAMESE), TODAY)


def test_every_way_of_mangling_has_its_own_advice() -> None:
    for how in identity.keyboards.Damage:
        assert f"card.mangled.{how.value}" in SENTENCES
    for what in ("health-insurance", "bank", "web", "mrz"):
        assert f"card.other-document.{what}" in SENTENCES


@pytest.mark.parametrize("name", ["Alexander Nguyễn", "Trần Lee", "Siu Black", "Y Moan Ênuôl", "R'Com Hnhas", "K'Wing"])
def test_an_unusual_name_is_no_damage(name: str) -> None:
    assert read_card(CHIP.replace("Nguyễn Văn Mẫu", name), TODAY).name == name


WORDS = st.sampled_from(
    "Nguyễn Trần Lê Phạm Hoàng Văn Thị Hữu Ngọc Minh Anh Ánh Dũng Đạt Hoà Thuỷ Ước Niê H'Hen Kpă Bhăm Y Siu".split()
)
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


@st.composite
def cards(draw: st.DrawFn) -> tuple[str, identity.CardReading]:
    born = draw(st.dates(date(1930, 1, 1), TODAY))
    issued = draw(st.dates(date(2021, 1, 1), TODAY))
    sex = draw(st.sampled_from(["Nam", "Nữ"]))
    century_and_sex = (born.year // 100 - 19) * 2 + (sex == "Nữ")
    number = (
        draw(st.sampled_from(sorted(identity.PROVINCE_CODES)))
        + f"{century_and_sex}{born.year % 100:02d}"
        + draw(st.text("0123456789", min_size=6, max_size=6))
    )
    cmnd = draw(st.one_of(st.just(""), st.text("0123456789", min_size=9, max_size=9)))
    name, address = draw(NAMES), f"Tổ {draw(st.integers(1, 99))}, Phường {draw(NAMES)}"
    fields = [number, cmnd, name, born.strftime("%d%m%Y"), sex, address, issued.strftime("%d%m%Y")]
    relatives: list[str] = []
    if draw(st.booleans()):
        relatives = draw(st.lists(st.one_of(st.just(""), NAMES), min_size=4, max_size=4))
    return "|".join(fields + relatives), identity.CardReading(
        number=number,
        cmnd=cmnd or None,
        name=name,
        date_of_birth=born.isoformat(),
        sex=sex,
        address=address,
        issued_on=issued.isoformat(),
        kind=CardKind.CAN_CUOC if relatives else CardKind.CHIP,
        relatives=tuple((index + 7, field) for index, field in enumerate(relatives) if field),
    )


@given(cards())
def test_what_a_card_says_is_read(card: tuple[str, identity.CardReading]) -> None:
    text, reading = card
    assert read_card(text, TODAY) == reading
    assert read_card(unicodedata.normalize("NFD", "\ufeff" + text + "\r\n"), TODAY) == reading


@given(cards())
def test_a_doubled_card_is_never_read(card: tuple[str, identity.CardReading]) -> None:
    with broken("card.doubled"):
        read_card(card[0] + card[0], TODAY)


def outcome(text: str) -> tuple[str, identity.CardReading | None]:
    try:
        return "", read_card(text, TODAY)
    except RuleBroken as error:
        return error.code, None


@given(cards(), st.data())
def test_a_card_cut_anywhere_is_refused_or_remarked_on(
    card: tuple[str, identity.CardReading], data: st.DataObject
) -> None:
    text, whole = card
    cut = text[: data.draw(st.integers(0, len(text) - 1))]
    code, reading = outcome(cut)
    if reading is None:
        assert code in ("card.truncated", "card.not-a-card")
    else:
        # Cut behind the seventh field, nothing of the person is missing.
        assert reading.remarks or replace(reading, kind=whole.kind, relatives=whole.relatives) == whole


@given(st.text(max_size=80))
def test_any_text_is_a_card_or_a_clear_refusal(text: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_card(text, TODAY)
    assert refused.value.code in SENTENCES


@pytest.mark.parametrize(
    ("buffer", "complete"),
    [
        (CHIP, True),
        (CHIP[:-1], False),
        (CHIP.rsplit("|", 1)[0], False),
        (CAN_CUOC, True),
        (CAN_CUOC[:-1], False),
        (CAN_CUOC[:-4], True),  # not yet: the silence decides
        ("", False),
        ("xin chào", False),
    ],
)
def test_the_end_of_a_scan_by_structure(buffer: str, complete: bool) -> None:
    assert identity.scan_complete(buffer) is complete


# -- the ear


class Field:
    """A text field and a timer around a `ReaderEar`, as the window has them."""

    def __init__(self) -> None:
        self.ear = ReaderEar()
        self.text = ""
        self.readings: list[str] = []
        self.now = 0.0
        self.wake_at: float | None = None
        self.longest_hold = 0.0

    def take(self, heard: Heard) -> None:
        if heard.take_back:
            self.text = self.text[: -heard.take_back]
        if heard.reading is not None:
            self.readings.append(heard.reading)
        self.text += heard.typed
        self.wake_at = None if heard.wake_in is None else self.now + heard.wake_in

    def wait_until(self, moment: float) -> None:
        while self.wake_at is not None and self.wake_at <= moment:
            self.now = self.wake_at
            self.take(self.ear.silence(self.now))
        self.now = moment

    def key(self, char: str, gap: float) -> None:
        self.wait_until(self.now + gap)
        self.take(self.ear.hear(char, self.now))

    def keys(self, text: str, *gaps: float) -> None:
        for index, char in enumerate(text):
            self.key(char, gaps[index % len(gaps)])

    def rest(self) -> None:
        self.wait_until(self.now + 1000)


def test_typed_text_goes_to_the_field() -> None:
    field = Field()
    field.keys("Nguyễn Thị Hoà, tổ 5", 180, 95, 60, 210)
    assert field.text == "Nguyễn Thị Hoà, tổ 5"[: len(field.text)]
    assert len(field.text) >= len("Nguyễn Thị Hoà, tổ 5") - 1
    field.rest()
    assert (field.text, field.readings) == ("Nguyễn Thị Hoà, tổ 5", [])


def test_a_letter_is_held_for_35_ms_at_most() -> None:
    field = Field()
    field.key("a", 1000)
    assert field.text == ""
    field.wait_until(field.now + 36)
    assert field.text == "a"


def test_two_keys_struck_together_stay_typed() -> None:
    field = Field()
    field.keys("chao ban nhe", 140, 12)
    field.rest()
    assert (field.text, field.readings) == ("chao ban nhe", [])


@pytest.mark.parametrize("end", ["\r", "\n", "\t", "\r\n", ""])
@pytest.mark.parametrize("card", [CHIP, CAN_CUOC, CHILD])
def test_a_scan_is_a_reading_and_leaves_the_field_alone(card: str, end: str) -> None:
    field = Field()
    field.keys("ghi chú ", 150)
    field.rest()
    field.keys(card + end, 4)
    field.rest()
    assert (field.text, field.readings) == ("ghi chú ", [card])
    field.keys("xong\r", 150)
    field.rest()
    assert field.text == "ghi chú xong\r"


def test_a_slow_reader_that_starts_slower_still() -> None:
    field = Field()
    field.keys("abc", 200)
    field.rest()
    for index, char in enumerate(CAN_CUOC):
        field.key(char, 70 if 0 < index < 4 else 30 if index % 9 else 90)
    field.rest()
    assert (field.text, field.readings) == ("abc", [CAN_CUOC])


@pytest.mark.parametrize("gap", [45, 60, 75])
@pytest.mark.parametrize("card", [CHIP, CAN_CUOC])
def test_a_reader_over_the_air_is_slow_and_still_no_typing(card: str, gap: int) -> None:
    field = Field()
    field.keys("ghi chú ", 150)
    field.rest()
    field.keys(card, gap, gap + 15, gap - 10)
    field.rest()
    assert (field.text, field.readings) == ("ghi chú ", [card])


def test_twelve_digits_and_a_bar_that_somebody_types_stay_typed() -> None:
    field = Field()
    field.keys("038190000012|x|y|z", 90, 130, 85)
    field.rest()
    assert (field.text, field.readings) == ("038190000012|x|y|z", [])


def test_letters_that_unikey_takes_back_in_a_scan_are_not_in_it() -> None:
    """What comes when Telex makes "Lee" into "Lê": the letter, Backspace, the letter with its mark."""
    field = Field()
    field.keys("abc ", 150)
    field.rest()
    field.keys(CHIP[:20], 5)
    for wrong in "xy":
        field.key(wrong, 5)
    for _time in range(2):
        field.now += 2
        heard = field.ear.erase(field.now)
        assert heard is not None
        field.take(heard)
    field.keys(CHIP[20:] + "\r", 5)
    field.rest()
    assert (field.text, field.readings) == ("abc ", [CHIP])


def test_a_persons_backspace_is_none_of_the_ears() -> None:
    field = Field()
    assert field.ear.erase(field.now) is None
    field.keys("nguyen", 20)
    assert field.ear.erase(field.now + 5) is None
    field.rest()
    field.keys(CHIP, 5)
    assert field.ear.in_burst(field.now + 5)
    assert not field.ear.in_burst(field.now + ReaderEar.END + 1)
    assert field.ear.erase(field.now + ReaderEar.END + 1) is None


def test_a_burst_is_never_erased_beyond_its_beginning() -> None:
    field = Field()
    field.keys("a" * 12, 5)
    erased = 0
    while field.ear.erase(field.now) is not None:
        erased += 1
    assert erased == 12
    field.rest()
    assert field.text == ""


def test_a_scan_right_behind_typing_does_not_swallow_the_typing() -> None:
    field = Field()
    field.keys("tổ ", 110)
    field.keys(CHIP + "\r", 5)
    field.rest()
    assert (field.text, field.readings) == ("tổ ", [CHIP])


def test_two_scans_with_enter_are_two_readings() -> None:
    field = Field()
    field.keys(CHIP + "\r" + CHIP + "\r", 5)
    field.rest()
    assert (field.text, field.readings) == ("", [CHIP, CHIP])


def test_two_scans_run_together_are_one_reading_that_is_refused() -> None:
    field = Field()
    field.keys(CHIP + CHIP, 5)
    field.rest()
    assert field.readings == [CHIP + CHIP]
    with broken("card.doubled"):
        read_card(field.readings[0], TODAY)


def test_two_scans_apart_without_enter() -> None:
    field = Field()
    field.keys(CHIP, 5)
    field.rest()
    field.keys(CAN_CUOC, 5)
    field.rest()
    assert field.readings == [CHIP, CAN_CUOC]


@pytest.mark.parametrize("pasted", ["Thôn 1, Xã Mẫu, Thanh Hóa", "H56.14-261123-0001", "x" * 300])
def test_pasted_text_and_codes_go_to_the_field(pasted: str) -> None:
    field = Field()
    field.keys(pasted, 0)
    field.rest()
    assert (field.text, field.readings) == (pasted, [])


def test_a_scanned_receipt_code_goes_to_the_field_with_its_enter() -> None:
    field = Field()
    field.keys("H56.14-261123-0001\r", 5)
    field.rest()
    assert field.text == "H56.14-261123-0001\r"


def test_a_cut_reading_is_not_spilled_into_the_field() -> None:
    field = Field()
    field.keys(CHIP[:60] + "\r", 5)
    field.rest()
    assert (field.text, field.readings) == ("", [CHIP[:60]])


def test_a_vneid_address_is_a_reading() -> None:
    field = Field()
    field.keys("https://vneid.gov.vn/xac-thuc?ma=0123456789012345678901234567890\r", 5)
    field.rest()
    assert (field.text, len(field.readings)) == ("", 1)
    with broken("card.vneid-code"):
        read_card(field.readings[0], TODAY)


FIRST_SLIP = "019ab2c4-7d10-7abc-8def-0123456789ab"
"""What the QR of the first slips says: the whole id."""
SLIP = slips.compose(1, FIRST_SLIP)


@pytest.mark.parametrize(("said", "named"), [(SLIP, SLIP), (FIRST_SLIP.upper(), FIRST_SLIP)])
@pytest.mark.parametrize("end", ["\r", ""])
def test_the_code_of_our_own_slip_is_a_reading(said: str, named: str, end: str) -> None:
    field = Field()
    field.keys("ghi ", 150)
    field.rest()
    field.keys(said + end, 5)
    field.rest()
    assert (field.text, field.readings) == ("ghi ", [said])
    assert identity.read_slip(field.readings[0]) == named


def test_the_code_of_a_slip_that_somebody_types_goes_to_the_field() -> None:
    field = Field()
    field.keys(SLIP, 120)
    field.rest()
    assert (field.text, field.readings) == (SLIP, [])


@pytest.mark.parametrize("text", [SLIP[:-1], FIRST_SLIP[:-1], "H99.14-261123-0001", "", f"{FIRST_SLIP}|x"])
def test_what_is_no_slip(text: str) -> None:
    assert identity.read_slip(text) is None


def test_a_key_that_is_no_letter_lets_go_of_what_was_held() -> None:
    field = Field()
    field.key("a", 500)
    field.take(field.ear.interrupt())
    assert field.text == "a"
    field.rest()
    assert field.text == "a"


@given(st.lists(st.tuples(st.sampled_from("abc 12|\r\t"), st.integers(0, 400)), max_size=60))
def test_no_letter_is_lost_or_reordered(keys: list[tuple[str, int]]) -> None:
    field = Field()
    for char, gap in keys:
        field.key(char, gap)
    field.rest()
    typed = "".join(char for char, _ in keys)
    if not field.readings:
        assert field.text == typed
    else:
        assert sum(map(len, [field.text, *field.readings])) >= len(typed) - 2 * len(field.readings)


@given(cards(), st.sampled_from(["", "\r", "\t", "\r\n"]), st.integers(0, 2**32))
def test_a_reader_is_always_heard(card: tuple[str, identity.CardReading], end: str, seed: int) -> None:
    chance = random.Random(seed)
    field = Field()
    field.keys("ghi ", 160)
    field.rest()
    for char in card[0] + end:
        field.key(char, chance.choice([1, 3, 8, 15, 20, 25, 30]))
    field.rest()
    assert (field.text, field.readings) == ("ghi ", [card[0]])


@given(st.text(st.characters(categories=["L", "Nd", "Zs"]), max_size=60), st.integers(0, 2**32))
def test_a_typist_is_never_taken_for_a_reader(text: str, seed: int) -> None:
    chance = random.Random(seed)
    field = Field()
    for char in text:
        field.key(char, chance.choice([20, 45, 60, 80, 110, 150, 300]))
    field.rest()
    assert (field.text, field.readings) == (text, [])
