"""Text from before Unicode: tables against known phrases, recognition, and what is never done to a name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.rules import legacy
from onestop.rules.errors import RuleBroken
from onestop.rules.legacy import Encoding
from onestop.texts import SENTENCES

SMALL = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"

# As they stand at the head of every letter of the time.
PHRASES = {
    Encoding.TCVN3: [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("NguyÔn ThÞ ¸nh, x· Yªn §Þnh", "Nguyễn Thị ánh, xã Yên Định"),
        ("B¶o Th¾ng, M\u00adêng Kh\u00ad¬ng, B¸t X¸t", "Bảo Thắng, Mường Khương, Bát Xát"),
        ("Ninh B×nh", "Ninh Bình"),
        ("Vâ V¨n Kh¶i", "Võ Văn Khải"),
    ],
    Encoding.VNI: [
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Nguyeãn Thò AÙnh, huyeän Ñöùc Hoøa", "Nguyễn Thị Ánh, huyện Đức Hòa"),
        ("Ñaø Naüng, Baéc Kaïn, thaúng, Myõ, kyø, tyû, î", "Đà Nẵng, Bắc Kạn, thẳng, Mỹ, kỳ, tỷ, ỵ"),
        ("Xin chaøo caùc baïn", "Xin chào các bạn"),
    ],
}


@pytest.mark.parametrize(("encoding", "old", "new"), [(key, *pair) for key, pairs in PHRASES.items() for pair in pairs])
def test_known_phrases(encoding: Encoding, old: str, new: str) -> None:
    assert legacy.convert(old, encoding) == new
    assert legacy.decode(old.encode("latin-1"), encoding) == new
    assert legacy.decode(old.encode(), encoding) == new  # the same letters, saved anew as UTF-8
    guess = legacy.recognise(old.encode("latin-1"))
    assert guess.encoding is encoding
    assert legacy.recognise_text(old).encoding is encoding


def test_tcvn3_has_every_small_letter_and_seven_capitals() -> None:
    assert set(legacy.TCVN3.values()) == set(SMALL) | set("ĂÂÊÔƠƯĐ")
    assert len(legacy.TCVN3) == 74
    assert all(len(old) == 1 and 0xA1 <= ord(old) <= 0xFE for old in legacy.TCVN3)


def test_vni_has_every_letter_in_both_cases() -> None:
    assert set(legacy.VNI.values()) == set(SMALL) | set(SMALL.upper())


def test_capitals_that_a_font_drew_stay_small() -> None:
    text = legacy.convert("NGUYÔN V¡N TUÊN", Encoding.TCVN3)
    assert text == "NGUYễN VĂN TUấN"
    assert legacy.case_lost(text)
    assert legacy.recognise("NGUYÔN V¡N TUÊN".encode("latin-1")).case_lost
    assert not legacy.case_lost("NGUYỄN Văn Tuấn Hà")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Nguyễn Thị Hoà".encode(), Encoding.UTF_8),
        ("Nguyễn Thị Hoà".encode("utf-8-sig"), Encoding.UTF_8),
        (unicodedata.normalize("NFD", "Nguyễn Thị Hoà").encode(), Encoding.UTF_8),
        ("Nguyễn Thị Hoà".encode("utf-16"), Encoding.UTF_16),
        ("\ufeffNguyễn Thị Hoà".encode("utf-16-be"), Encoding.UTF_16),
        ("Ho ten;Ngay sinh\nNguyễn Thị Hoà;1990".encode("utf-16-le"), Encoding.UTF_16),
        ("Ho ten;Ngay sinh\nNguyễn Thị Hoà;1990".encode("utf-16-be"), Encoding.UTF_16),
        (b"Ho va ten,Nam sinh\nNguyen Van Mau,1990\n", Encoding.UTF_8),
        (b"", Encoding.UTF_8),
        ("Họ tên: Jürgen Müller, Ñandú".encode(), Encoding.UTF_8),
    ],
)
def test_unicode_is_sure(data: bytes, encoding: Encoding) -> None:
    guess = legacy.recognise(data)
    assert (guess.encoding, guess.confidence, guess.needs_confirming) == (encoding, 1.0, False)
    assert unicodedata.is_normalized("NFC", legacy.decode(data, guess.encoding))


def test_a_file_cut_inside_a_letter_is_still_utf_8() -> None:
    data = ("Nguyễn Thị Hoà\n" * 50).encode()
    assert {legacy.recognise(data[:end]).encoding for end in range(100, 140)} == {Encoding.UTF_8}


def in_cp1258(text: str) -> bytes:
    """`text` as Windows writes it: shaped letters whole, tones behind them."""
    data = b""
    for letter in text:
        try:
            data += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tone = next(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
            data += unicodedata.normalize("NFC", parts.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")
    return data


def in_tcvn3(text: str) -> bytes:
    back = {new: old for old, new in legacy.TCVN3.items()}
    return "".join(back.get(letter, back.get(letter.lower(), letter)) for letter in text).encode("latin-1")


def in_vni(text: str) -> bytes:
    back = {new: old for old, new in legacy.VNI.items() if old == old.lower() or old == old.upper()}
    return "".join(back.get(letter, letter) for letter in text).encode("latin-1")


def test_windows_1258() -> None:
    text = "Nguyễn Thị Hoà, Đặng Văn Ước, Lê Hữu Đạt"
    data = in_cp1258(text)
    guess = legacy.recognise(data)
    assert (guess.encoding, guess.needs_confirming) == (Encoding.CP1258, True)
    assert legacy.decode(data, Encoding.CP1258) == text


NAMES = st.lists(
    st.sampled_from(
        """Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Thị Văn Hữu Đức Ngọc Quỳnh Ánh Tuấn
        Hoà Thuỷ Ước Mỹ Kỳ Tỵ Đạt Hiếu Thảo Phượng Xã Phường Huyện Tỉnh Đường Nghĩa Tĩnh Lĩnh Bích Hằng Thẳng""".split()
    ),
    min_size=8,
    max_size=40,
).map(" ".join)


@settings(max_examples=300)
@given(NAMES)
def test_a_few_names_are_enough_to_tell(names: str) -> None:
    for encoding, data in (
        (Encoding.TCVN3, in_tcvn3(names)),
        (Encoding.VNI, in_vni(names)),
        (Encoding.CP1258, in_cp1258(names)),
        (Encoding.UTF_8, names.encode()),
    ):
        guess = legacy.recognise(data)
        assert guess.encoding is encoding
        assert guess.confidence > 0.5
        assert guess.needs_confirming is (encoding is not Encoding.UTF_8)
        assert legacy.decode(data, encoding).lower() == names.lower()


@given(NAMES)
def test_vni_and_windows_1258_keep_capitals(names: str) -> None:
    assert legacy.decode(in_vni(names), Encoding.VNI) == names
    assert legacy.decode(in_vni(names.upper()), Encoding.VNI) == names.upper()
    assert legacy.decode(in_cp1258(names.upper()), Encoding.CP1258) == names.upper()


@pytest.mark.parametrize("text", ["Señor Muñoz à la crème brûlée", "Größe, Straße, Übermut, schön"])
def test_other_languages_are_no_sure_thing(text: str) -> None:
    assert legacy.recognise(text.encode("latin-1")).confidence < 0.6
    assert legacy.recognise(text.encode()).encoding is Encoding.UTF_8


def test_the_wrong_encoding_is_said_to_be_wrong() -> None:
    assert "legacy.not-in-encoding" in SENTENCES
    for data, encoding in ((b"\xb5\xb8", Encoding.UTF_8), (b"a", Encoding.UTF_16), (b"\xd2\x9d", Encoding.CP1258)):
        with pytest.raises(RuleBroken, check=lambda error: error.code == "legacy.not-in-encoding"):
            legacy.decode(data, encoding)


@given(st.binary(max_size=200))
def test_any_bytes_are_guessed_and_the_tables_never_fail(data: bytes) -> None:
    guess = legacy.recognise(data)
    assert 0 <= guess.confidence <= 1
    for encoding in (Encoding.TCVN3, Encoding.VNI):
        assert unicodedata.is_normalized("NFC", legacy.decode(data, encoding))
