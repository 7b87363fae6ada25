"""Vietnamese text: cleaned at every door, folded for search, ordered as a dictionary does, dated as on paper."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from onestop import clock

APOSTROPHES = "'’ʼ‘`´"
"""What people and keyboards write for the apostrophe of K'Sor, H’Hen: one sign when names are compared."""

# Letters with a stroke do not decompose: NFD leaves đ as it is, so they are folded by hand. Ð/ð (the Icelandic eth) is
# what old fonts and some readers give for Đ/đ.
_STROKES = str.maketrans({"đ": "d", "ð": "d", "ƀ": "b", "ø": "o", "ł": "l"})
_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_COMMON_MARKS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"[^\W_]+")


def nfc(text: str) -> str:
    """`text` with every accented letter as one code point where Unicode has one."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """`text` as it may be kept: NFC, nothing invisible, single spaces, none at the ends.

    Control characters count as spaces. BOM, zero-width and direction marks and soft hyphens go. A lone surrogate
    (a byte that was no text) becomes U+FFFD, so that the loss stays in sight and the text can be stored.
    """
    if not text.isprintable():
        text = "".join(map(_kept, text))
    return " ".join(nfc(text).split())


def storable(text: str) -> str:
    """`text` of any length and as many lines as it has, as a database and JSON can hold it: NFC, no control character
    but tab and new line, a lone surrogate as U+FFFD."""
    if not text.isprintable():
        text = "".join(letter if letter in "\t\n" else _storable(letter) for letter in text.replace("\r\n", "\n"))
    return nfc(text)


def _storable(letter: str) -> str:
    return _kept(letter) if unicodedata.category(letter) in ("Cc", "Cs") else letter


def _kept(letter: str) -> str:
    match unicodedata.category(letter):
        case "Cc":
            return " "
        case "Cf":
            return ""
        case "Cs":
            return "\ufffd"
    return letter


LONGEST_FILE_NAME = 120


def file_name(name: str, most: int = LONGEST_FILE_NAME) -> str:
    """The name of a file that somebody brought, as it is kept and shown on one line: clean, and with its middle left
    out where it is longer than `most`, so that how it begins and what kind it is stay in sight."""
    kept = clean(name)
    if len(kept) <= most:
        return kept
    end = kept[-(most // 4) :]
    return clean(kept[: most - 1 - len(end)] + "…" + end)


def fold(text: str) -> str:
    """The search key: lower case, no accents, đ as d, every apostrophe the same, single spaces."""
    lowered = text.lower()
    if not lowered.isascii():
        # Lowered once more at the end: some letters show their capital base only when the mark is gone.
        lowered = nfc(_bare(nfc(text).lower()).lower())
    return " ".join(lowered.translate(_APOSTROPHE).split())


def _bare(text: str) -> str:
    """`text` without any mark, decomposed."""
    bare = _COMMON_MARKS.sub("", unicodedata.normalize("NFD", text.translate(_APOSTROPHE))).translate(_STROKES)
    if bare.isascii():
        return bare
    return "".join(letter for letter in bare if unicodedata.category(letter) != "Mn")


# The tone of oa, oe, uy stands on the first letter (hòa, the older way) or on the second (hoà). The second is taken:
# so what one types on the way to hoàn is found as a prefix too.
_TONE_MOVED = {
    nfc(first + mark + second): nfc(first + second + mark)
    for first, second in ("oa", "oe", "uy")
    for mark in "\u0300\u0309\u0303\u0301\u0323"
}
_OPEN = re.compile("[òỏõóọùủũúụ]")
"""The letters that bear such a tone where it stands first: most names have none, and need no second look."""
_TONE_FIRST = re.compile(f"(?:{'|'.join(_TONE_MOVED)})(?!\\w)")


def exact_key(text: str) -> str:
    """`text` for comparison, accents kept: clean, lower case, apostrophes alike, the tone of oa, oe, uy in one place.

    hòa = hoà, khỏe = khoẻ, thủy = thuỷ. Only for comparing and finding: a stored name is never rewritten with it.
    """
    lowered = clean(clean(text).lower()).translate(_APOSTROPHE)
    if not _OPEN.search(lowered):
        return lowered
    return clean(_TONE_FIRST.sub(lambda found: _TONE_MOVED[found.group()], lowered))


def tokens(text: str) -> list[str]:
    """The words of `text` as the search index cuts them: folded runs of letters and digits (K'Sor → k, sor)."""
    return _WORD.findall(fold(text))


LONGEST_KEY = 40


def new_key(name: str, taken: Iterable[str], otherwise: str = "moi") -> str:
    """A key for something new, from its name, that none of `taken` is: "Sở Công Thương" → "so-cong-thuong".

    `otherwise` where the name has neither letter nor digit.
    """
    begun = "-".join(tokens(name))[:LONGEST_KEY].strip("-") or otherwise
    key, number, there = begun, 2, set(taken)
    while key in there:
        key, number = f"{begun}-{number}", number + 1
    return key


def has_marks(text: str) -> bool:
    """Whether `text` has a Vietnamese accent or a đ, so that search must take its accents seriously."""
    return any(letter in "đĐ" or unicodedata.category(letter) == "Mn" for letter in unicodedata.normalize("NFD", text))


# -- collation ---------------------------------------------------------------------------------------------------------

_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
"""huyền, hỏi, ngã, sắc, nặng in the order of the dictionary; ngang has no mark and comes before them."""
_OTHER_MARK = "6"
_SHAPES = "\u0302\u0306\u031b"
"""Circumflex, breve and horn make another letter, not another tone."""
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# One ASCII character for each letter, in the order of the alphabet and above the digits, so that a key compares byte
# by byte the way a dictionary orders, in SQLite (BINARY) and in PostgreSQL (collation C) alike.
_RANKS = {
    **{digit: digit for digit in "0123456789"},
    **dict(zip(_LETTERS, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg", strict=True)),
}
_FOREIGN = "z"
# Both below every rank: a shorter syllable stands before a longer one, and letters are compared before tones.
_LETTERS_END, _TONES_END = ".", "!"


def sort_key(name: str) -> str:
    """The key of a person's name, ASCII, to be stored and compared byte by byte.

    Given name (the last word), then surname (the first), then what stands between; each word by its letters in the
    order of the Vietnamese alphabet, then by its tones. Capitals and signs do not count.
    """
    words = clean(name).split(" ")
    if len(words) > 1:
        words = [words[-1], *words[:-1]]
    return "".join(map(_word_key, words))


def plain_key(text: str) -> str:
    """The key of any other text (an organisation, a title): the same order, words as they stand."""
    return "".join(map(_word_key, clean(text).split(" ")))


@lru_cache(maxsize=8192)
def _word_key(word: str) -> str:
    letters: list[str] = []
    tones: list[str] = []
    cluster = ""
    for part in unicodedata.normalize("NFD", word.lower()) + " ":
        if cluster and unicodedata.combining(part):
            cluster += part
            continue
        if cluster:
            rank, tone = _weigh(cluster)
            letters.append(rank)
            tones.append(tone)
        cluster = part
    return "".join(letters) + _LETTERS_END + "".join(tones) + _TONES_END


def _weigh(cluster: str) -> tuple[str, str]:
    """What one base letter with its marks adds to the letters and to the tones of its word."""
    base, marks = cluster[0], cluster[1:]
    tones = "".join(sorted(_TONES[mark] for mark in marks if mark in _TONES))
    shaped = nfc(base + "".join(mark for mark in marks if mark in _SHAPES))
    if shaped in _RANKS:
        others = [mark for mark in marks if mark not in _TONES and mark not in _SHAPES]
        return _RANKS[shaped], tones + (_OTHER_MARK if others else "")
    plain = base.translate(_STROKES)
    if plain in _RANKS:
        return _RANKS[plain], tones + _OTHER_MARK
    if base.isalnum():
        return f"{_FOREIGN}{ord(base):06x}", tones
    return "", ""


# -- syllables ---------------------------------------------------------------------------------------------------------

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES = """a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et
    ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu yêm yên yêng yêt yêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oc oi om on ong ooc oong op
    ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uây uân uâng uât uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn
    uông uôt up ut uy uya uych uynh uyên uyêt uyt uyu uyp ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt
    ươu y"""
# After qu the u is already spoken: quyên is qu + yên, quanh is qu + anh.
_RIMES_AFTER_QU = "y ynh ych yt yn yên yêt yêng yu"
_STOPS = ("c", "ch", "p", "t")
_SYLLABLES = frozenset(
    [onset + rime for onset in ["", *_ONSETS.split()] for rime in _RIMES.split()]
    + [f"qu{rime}" for rime in _RIMES_AFTER_QU.split()]
    + ["gi"]
)


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether `word` (one word, any case, NFC) can be a Vietnamese syllable, its tone included.

    Foreign names and those of the highlands' peoples are no syllables in this sense: use it to weigh a text, never to
    refuse a name.
    """
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [part for part in parts if part in _TONES]
    bare = nfc("".join(part for part in parts if part not in _TONES))
    if len(tones) > 1 or bare not in _SYLLABLES:
        return False
    return not bare.endswith(_STOPS) or not tones or tones[0] in "\u0301\u0323"


# -- dates on paper ----------------------------------------------------------------------------------------------------


def date_vi(day: date) -> str:
    """`23/11/2026`, `05/01/2026`."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def time_vi(moment: datetime) -> str:
    """`16:30` on a Vietnamese clock; a naive moment is Vietnamese time already."""
    return clock.local(moment).strftime("%H:%M")


def date_words(day: date) -> str:
    """`ngày 05 tháng 01 năm 2026`: a 0 before days under 10 and months 1 and 2 only (NĐ 30/2020, appendix I)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def datetime_words(moment: datetime) -> str:
    """`09 giờ 05 phút, ngày 23 tháng 11 năm 2026` on a Vietnamese clock."""
    shown = clock.local(moment)
    return f"{shown.hour:02d} giờ {shown.minute:02d} phút, {date_words(shown.date())}"
