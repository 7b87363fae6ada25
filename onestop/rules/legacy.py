"""Text from before Unicode: TCVN3 (.VnTime), VNI-Windows and Windows-1258 recognised and decoded.

Nothing is converted behind anybody's back: `recognise` guesses and shows a sample, a person confirms, `decode` does it.
A TCVN3 or VNI text also comes as Unicode letters that only its font made Vietnamese (a worksheet in .VnTime, a file
saved anew as UTF-8): `recognise_text` and `convert` are for those.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from onestop.rules.errors import RuleBroken
from onestop.rules.text import is_syllable, nfc


class Encoding(StrEnum):
    """What a file of text can be written in."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    TCVN3 = "tcvn3"
    VNI = "vni"
    CP1258 = "cp1258"


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text seems to be written in. `sample`: a few words that show it, decoded. `confidence`: 1 for Unicode and
    for what a person chose; an old encoding that was only recognised stays below.

    `case_lost`: words like NGUYễN are in it (TCVN3 has no capital accented letters; a capital font drew them). Their
    case is not to be had back and nothing is recapitalised.
    """

    encoding: Encoding
    confidence: float
    sample: str
    case_lost: bool = False

    @property
    def needs_confirming(self) -> bool:
        """Whether a person has to look at the sample first."""
        return self.confidence < 1


# -- the tables --------------------------------------------------------------------------------------------------------

# TCVN 5712 VN3 ("ABC"): one byte a letter, given here as the Latin-1 letter of the same value. Capital base letters
# exist, capital letters with a tone do not.
_TCVN3_LETTERS = {
    "¡¢£¤¥¦§": "ĂÂÊÔƠƯĐ",
    "¨©ª«¬\u00ad®": "ăâêôơưđ",
    "µ¶·¸¹": "àảãáạ",
    "»¼½¾Æ": "ằẳẵắặ",
    "ÇÈÉÊË": "ầẩẫấậ",
    "ÌÎÏÐÑ": "èẻẽéẹ",
    "ÒÓÔÕÖ": "ềểễếệ",
    "×ØÜÝÞ": "ìỉĩíị",
    "ßáâãä": "òỏõóọ",
    "åæçèé": "ồổỗốộ",
    "êëìíî": "ờởỡớợ",
    "ïñòóô": "ùủũúụ",
    "õö÷øù": "ừửữứự",
    "úûüýþ": "ỳỷỹýỵ",
}
TCVN3 = {old: new for olds, news in _TCVN3_LETTERS.items() for old, new in zip(olds, news, strict=True)}

# VNI-Windows: a base letter and one letter that stands for its mark; i and đ, ơ, ư and ỵ are single letters.
_VNI_SINGLES = {"ñ": "đ", "ô": "ơ", "ö": "ư", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}


def _vni() -> dict[str, str]:
    table = dict(_VNI_SINGLES)
    for base, letter in (*((vowel, vowel) for vowel in "aeiouy"), ("ô", "ơ"), ("ö", "ư")):
        table.update({base + sign: nfc(letter + tone) for sign, tone in _VNI_TONES.items()})
    for base in "aeo":
        table.update({base + sign: nfc(base + "\u0302" + tone) for sign, tone in _VNI_CIRCUMFLEX.items()})
    table.update({"a" + sign: nfc("a\u0306" + tone) for sign, tone in _VNI_BREVE.items()})
    capitals = {old.upper(): new.upper() for old, new in table.items()}
    # A capital may carry the small sign when only the first letter was typed with Shift.
    mixed = {old.capitalize(): new.upper() for old, new in table.items() if len(old) == 2}
    return {**mixed, **capitals, **table}


VNI = _vni()

_TCVN3 = str.maketrans(TCVN3)
_VNI = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))


def convert(text: str, encoding: Encoding) -> str:
    """`text`, whose letters only the font of `encoding` made Vietnamese, as Unicode. Other encodings: NFC, no more."""
    if encoding is Encoding.TCVN3:
        return nfc(text.translate(_TCVN3))
    if encoding is Encoding.VNI:
        return nfc(_VNI.sub(lambda found: VNI[found.group()], text))
    return nfc(text)


def decode(data: bytes, encoding: Encoding) -> str:
    """`data` written in `encoding` as NFC text. RuleBroken `legacy.not-in-encoding` where it cannot be that."""
    try:
        if encoding in (Encoding.TCVN3, Encoding.VNI):
            return convert(_surface(data), encoding)
        if encoding is Encoding.UTF_16:
            return nfc(data.decode(utf_16_codec(data)).removeprefix("\ufeff"))
        return nfc(data.decode("utf-8-sig" if encoding is Encoding.UTF_8 else encoding.value))
    except UnicodeDecodeError:
        raise RuleBroken("legacy.not-in-encoding", encoding=encoding.value) from None


def _surface(data: bytes) -> str:
    """The letters that a program without the font shows: UTF-8 if it is that, else Windows-1252."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", REST)


def _latin_1_rest(error: UnicodeError) -> tuple[str, int]:
    # Five bytes have no letter in Windows-1252; they are control characters in every table here.
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


REST = "onestop.latin-1-rest"
"""The error handler that lets every byte through Windows-1252."""
codecs.register_error(REST, _latin_1_rest)


def utf_16_codec(data: bytes) -> str:
    """Which of the two orders of UTF-16: by the mark, else by where the zero bytes of ASCII letters stand."""
    if data.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    if data.startswith(codecs.BOM_UTF16_LE) or data[1::2].count(0) >= data[::2].count(0):
        return "utf-16-le"
    return "utf-16-be"


# -- recognising -------------------------------------------------------------------------------------------------------

_SAMPLE_WORDS = 24
_BETWEEN = re.compile(r"[\s\x00-\x40\x5b-\x60\x7b-\x7f“”‘’–—…]+")


def recognise(data: bytes) -> Guess:
    """What `data` (a file, or the beginning of one: the last letter may be cut) is written in."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _zeros(data) > 0.3:
        return _unicode(Encoding.UTF_16, data.decode(utf_16_codec(data), "ignore").removeprefix("\ufeff"))
    marked = data.startswith(codecs.BOM_UTF8)
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(data)
    except UnicodeDecodeError:
        return _eight_bit(data)
    return _unicode(Encoding.UTF_8, text) if marked else recognise_text(text)


def recognise_text(text: str) -> Guess:
    """The same for Unicode text: plain, or made Vietnamese by a TCVN3 or VNI font alone."""
    plain = _unicode(Encoding.UTF_8, text)
    if text.isascii():
        return plain
    as_it_is = share_of_syllables(nfc(text))
    legacy = max(
        (_guess(text, encoding) for encoding in (Encoding.TCVN3, Encoding.VNI)), key=lambda one: one.confidence
    )
    # The font must explain clearly more: foreign names in a Unicode list are no TCVN3.
    return legacy if legacy.confidence > 0.6 and as_it_is < 0.5 else plain


def _zeros(data: bytes) -> float:
    head = data[:4096]
    return max(head[::2].count(0), head[1::2].count(0)) / max(1, len(head) // 2)


def _unicode(encoding: Encoding, text: str) -> Guess:
    return Guess(encoding, 1.0, sample(nfc(text)))


def _eight_bit(data: bytes) -> Guess:
    surface = data.decode("cp1252", REST)
    guesses = [_guess(surface, Encoding.TCVN3), _guess(surface, Encoding.VNI)]
    text = nfc(data.decode("cp1258", "replace"))
    guesses.append(Guess(Encoding.CP1258, _unsure(share_of_syllables(text)), sample(text)))
    guesses.sort(key=lambda one: one.confidence, reverse=True)
    best, second = guesses[0], guesses[1]
    # Where two tables explain the words about as well, neither is sure.
    confidence = best.confidence * (1 - second.confidence / 2)
    return Guess(best.encoding, _unsure(confidence), best.sample, best.case_lost)


def _guess(surface: str, encoding: Encoding) -> Guess:
    text = convert(surface, encoding)
    return Guess(encoding, _unsure(share_of_syllables(text)), sample(text), case_lost(text))


def _unsure(share: float) -> float:
    return min(0.95, round(share, 2))


def share_of_syllables(text: str) -> float:
    """Of the words with a letter outside ASCII, the share that can be Vietnamese syllables; 0 where there is none."""
    marked = [word for word in _BETWEEN.split(text) if word and not word.isascii()]
    return sum(map(is_syllable, marked)) / len(marked) if marked else 0.0


def sample(text: str) -> str:
    """A few of the words that show it: words alone, for the numbers beside them are nobody's business."""
    words = [word for word in _BETWEEN.split(text) if word]
    shown = [word for word in words if not word.isascii()] or words
    return " ".join(shown[:_SAMPLE_WORDS])


def case_lost(text: str) -> bool:
    """Whether a word is in capitals but for its accented letters (NGUYễN, TRầN), as TCVN3 set in a capital font is."""
    return any(map(_case_lost, _BETWEEN.split(text)))


def initial_lost(name: str) -> bool:
    """Whether a word of a name begins with a small accented letter among capitals (Nguyễn Thị ánh): the font that drew
    it as a capital is gone, and no table gives it back."""
    words = name.split()
    small = [word for word in words if not word[0].isascii() and word[0].islower()]
    return bool(small) and any(word[0].isupper() for word in words)


def _case_lost(word: str) -> bool:
    if word.isascii() or len(word) < 3:
        return False
    plain = [letter for letter in word if letter.isascii()]
    small = [letter for letter in word if not letter.isascii() and unicodedata.category(letter) == "Ll"]
    return bool(small) and len(plain) > 1 and all(letter.isupper() for letter in plain)
