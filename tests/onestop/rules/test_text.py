"""Vietnamese text: folding, comparing, ordering, and dates in words."""

from __future__ import annotations

import itertools
import random
import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.rules import text

VIETNAMESE = st.text(alphabet=list("aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặỳỷỹýỵAĐƠƯỨ '’-\u0301\u0323"), max_size=30)
ANY = st.one_of(st.text(max_size=40), VIETNAMESE)


@pytest.mark.parametrize(
    ("given_text", "folded"),
    [
        ("Nguyễn Thị Hoà", "nguyen thi hoa"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Hoà"), "nguyen thi hoa"),
        ("ĐỖ  ĐỨC\tƯỚC", "do duc uoc"),
        ("Ðỗ", "do"),  # the eth that some readers give
        ("Y Bhăm Niê Kdăm", "y bham nie kdam"),
        ("Ƀing", "bing"),
        ("K’Sor", "k'sor"),
        ("KʼSor", "k'sor"),
        ("K`Sor", "k'sor"),
        ("H´Hen Niê", "h'hen nie"),
        ("", ""),
    ],
)
def test_fold(given_text: str, folded: str) -> None:
    assert text.fold(given_text) == folded


@given(ANY)
def test_fold_folds_once_and_does_not_mind_the_form(given_text: str) -> None:
    once = text.fold(given_text)
    assert text.fold(once) == once
    assert text.fold(unicodedata.normalize("NFC", given_text)) == once
    assert text.fold(unicodedata.normalize("NFD", given_text)) == once


@given(ANY)
def test_clean_cleans_once_and_leaves_nothing_hidden(given_text: str) -> None:
    once = text.clean(given_text)
    assert text.clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not {unicodedata.category(letter) for letter in once} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    once.encode()


@given(ANY)
def test_exact_key_is_made_once(given_text: str) -> None:
    once = text.exact_key(given_text)
    assert text.exact_key(once) == once
    assert text.exact_key(unicodedata.normalize("NFD", given_text)) == once


@given(ANY, st.text(max_size=300))
def test_the_name_of_a_file_is_one_line_that_can_be_kept(stem: str, more: str) -> None:
    once = text.file_name(stem + more + ".pdf")
    assert len(once) <= text.LONGEST_FILE_NAME
    assert once.endswith(".pdf")
    assert not {unicodedata.category(letter) for letter in once} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert text.file_name(once) == once
    once.encode()


def test_a_long_name_of_a_file_keeps_how_it_begins_and_its_kind() -> None:
    name = text.file_name("Giấy chứng sinh " + "x" * 300 + " (2).pdf")
    assert name.startswith("Giấy chứng sinh x") and "…x" in name and name.endswith("x (2).pdf")
    assert text.file_name("ten\n\x1b[31mđỏ\t\udcff.pdf") == "ten [31mđỏ \ufffd.pdf"


def test_clean_drops_what_cannot_be_seen() -> None:
    assert text.clean("\ufeffNguyễn\u200b  Văn\u202e\u00a0Mẫu\r\n") == "Nguyễn Văn Mẫu"
    assert text.clean("a\u200b\u0301") == "á"
    assert text.clean("Nguy\udc85n") == "Nguy\ufffdn"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("THỦY", "thuỷ"),
        ("khỏe", "khoẻ"),
        ("Thúy Hòa", "Thuý Hoà"),
        ("lóe", "loé"),
        ("K'Sor", "K’SOR"),
        ("qúy", "quý"),
    ],
)
def test_tone_placement_does_not_matter_when_comparing(one: str, other: str) -> None:
    assert one != other
    assert text.exact_key(one) == text.exact_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoa", "hòa"), ("Lý", "Lí"), ("hoàn", "hoán"), ("múa", "mùa"), ("Hồ", "Hộ"), ("Đỗ", "Dỗ"), ("của", "cùa")],
)
def test_other_letters_do_matter(one: str, other: str) -> None:
    assert text.exact_key(one) != text.exact_key(other)


def test_exact_key_moves_no_tone_inside_a_word() -> None:
    assert text.exact_key("Hoàn Thuyên Toán Múa") == "hoàn thuyên toán múa"


def test_tokens() -> None:
    assert text.tokens("H'Hen  Niê-Kdăm (1990)") == ["h", "hen", "nie", "kdam", "1990"]


@pytest.mark.parametrize(("given_text", "marked"), [("hoa", False), ("hoà", True), ("do", False), ("đo", True)])
def test_has_marks(given_text: str, marked: bool) -> None:
    assert text.has_marks(given_text) is marked
    assert text.has_marks(given_text.upper()) is marked


# -- collation


def in_order(names: list[str]) -> None:
    shuffled = names[:]
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=text.sort_key) == names
    for key in map(text.sort_key, names):
        assert key.isascii()


def test_the_order_of_the_alphabet_and_of_the_tones() -> None:
    in_order(["An", "Anh", "Ảnh", "Ánh", "Ân", "Ẩn", "Dũng", "Đạt"])
    in_order(["Ha", "Hà", "Hả", "Hã", "Há", "Hạ", "Hai"])
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    assert sorted(letters, key=text.plain_key) == list(letters)
    assert sorted("àảãáạ", key=text.plain_key) == list("àảãáạ")


def test_people_stand_by_given_name_then_surname_then_middle() -> None:
    in_order(
        [
            "An",
            "Lê Văn An",
            "Nguyễn An",
            "Nguyễn Văn An",
            "Nguyễn Vân An",
            "Trần Thị Ánh",
            "Bùi Thị Đào",
            "Y Bhăm Niê",
            "Hoàng Ưng",
        ]
    )


def test_organisations_stand_as_written() -> None:
    names = ["Hợp tác xã Ánh Dương", "Công ty Đại Phát", "Công ty Ân Bình", "Công ty An Bình"]
    assert sorted(names, key=text.plain_key) == names[::-1]


def test_words_are_compared_one_by_one() -> None:
    assert text.plain_key("Hà An") > text.plain_key("Ha Yên")
    assert text.plain_key("Ha") < text.plain_key("Ha An") < text.plain_key("Hai")


@given(VIETNAMESE)
def test_capitals_and_form_do_not_change_the_order(name: str) -> None:
    assert text.sort_key(name) == text.sort_key(name.upper()) == text.sort_key(unicodedata.normalize("NFD", name))


@given(st.text(max_size=30))
def test_any_text_has_an_ascii_key(name: str) -> None:
    assert text.sort_key(name).isascii()


# -- syllables

SYLLABLES = """Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Quyên Quỳnh Quý Gia Giang Gì
Nghĩa Thuỷ Thủy Khuyên Hoè Xoong Nhị Uyên Yến Ý Oanh Ngoan Tuệ Khuê Huơ Phượng Thuở Luỹ Ỷ Ước Giếng Giêng Duy Quốc
Tuyết Siu"""
NOT_SYLLABLES = "Nguyeexn Thij Hoaf Ksor Kpă Alex Wang Bhăm cáp̀ NguyÔn Smith"


@pytest.mark.parametrize("word", SYLLABLES.split())
def test_syllables(word: str) -> None:
    assert text.is_syllable(word)


@pytest.mark.parametrize("word", NOT_SYLLABLES.split())
def test_what_is_no_syllable(word: str) -> None:
    assert not text.is_syllable(word)


def test_a_stop_takes_only_two_tones() -> None:
    for tone in "\u0300\u0309\u0303":
        assert not text.is_syllable(unicodedata.normalize("NFC", f"ta{tone}t"))
    assert all(map(text.is_syllable, ("tát", "tạt", "tác", "cấp")))


# -- dates


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "ngày 23 tháng 11 năm 2026"),
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
    ],
)
def test_date_in_words(day: date, words: str) -> None:
    assert text.date_words(day) == words


def test_moments_show_a_vietnamese_clock() -> None:
    moment = datetime(2026, 11, 23, 2, 5, tzinfo=UTC)
    assert text.datetime_words(moment) == "09 giờ 05 phút, ngày 23 tháng 11 năm 2026"
    assert text.time_vi(moment) == "09:05"
    assert text.date_vi(date(2026, 1, 5)) == "05/01/2026"
    assert text.datetime_words(datetime(2025, 12, 31, 18, 0, tzinfo=UTC)).endswith("ngày 01 tháng 01 năm 2026")


def test_every_pair_of_names_is_ordered_like_its_keys_say() -> None:
    names = ["Hà", "Hạ An", "Ha An", "Đỗ Ân", "Đô Ẩn"]
    for one, other in itertools.combinations(sorted(names, key=text.sort_key), 2):
        assert text.sort_key(one) < text.sort_key(other)


def test_a_key_is_made_of_a_name_and_is_nobody_elses() -> None:
    assert text.new_key("Sở Công Thương", ()) == "so-cong-thuong"
    assert text.new_key("Sở Công Thương", {"so-cong-thuong", "so-cong-thuong-2"}) == "so-cong-thuong-3"
    assert text.new_key("!?", (), "co-quan") == "co-quan"
    long = text.new_key("một " * 40, ())
    assert len(long) <= 40
    assert not long.endswith("-")
