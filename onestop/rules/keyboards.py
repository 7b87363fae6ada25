"""What a Vietnamese keyboard or a wrong code page did to a card's text: recognised and named, never repaired.

A hand-held reader types what it reads. With Unikey on, with the Windows keyboard "Vietnamese", or with a reader that
speaks another code page, what arrives is no longer what stands in the card.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from onestop.rules import text as words


class Damage(StrEnum):
    """How a text was mangled; `card.mangled.<value>` has the sentence that says what to switch off."""

    DIGITS = "digits"
    """The number row gave letters and marks: the Windows keyboard "Vietnamese" (1 = ă, 0 = đ, 8 = acute …)."""
    TELEX = "telex"
    """The keys of Telex stand there as letters: Nguyeexn Thij."""
    VNI = "vni"
    """The keys of VNI stand there as digits: Nguye64n Thi5."""
    CODE_PAGE = "code-page"
    """UTF-8 was typed byte by byte: Nguyá»…n."""
    LOST = "lost"
    """Letters that the reader could not type became question marks."""
    UNACCENTED = "unaccented"
    """Every accent is gone, in words that are never written without: Thon, Phuong, Nu."""
    BAR = "bar"
    """The bar between the fields became another sign."""


# The Windows layout puts these on the number row, 1 to 0. Typed one after the other the marks even join with the
# letter before them, and their order is lost: one more reason not to guess the number back.
_NUMBER_ROW = frozenset("aeođ\u0306\u0302\u0300\u0309\u0303\u0301\u0323")

# UTF-8 of Vietnamese read as Windows-1252 or Latin-1 (Ä and a control character that became a space: Đ), and what the
# old OEM pages make of it.
_CODE_PAGE = re.compile("[áÁ][»º]|Ä[ \u0080-\u00bf\u0192‘’“”]|Ã[\u0080-\u00bf]|Æ[°¡]|[\u2500-\u259f]")
_LOST = re.compile(r"\w\?|\?\w|\ufffd")
_VNI = re.compile(r"[^\W\d_][0-9]")
_ALWAYS_ACCENTED = frozenset("xa phuong huyen tinh ap duong thon buon lang ngo pho xom dac".split(" "))
"""Words of an address that are never written without their accents."""

_DIGRAPHS = {"uow": "ươ", "aa": "â", "ee": "ê", "oo": "ô", "dd": "đ", "aw": "ă", "ow": "ơ", "uw": "ư"}
_DIGRAPH = re.compile("|".join(_DIGRAPHS))
_TONE_KEY = re.compile(r"(?<=[a-z])[sfrxj]")


def number_row(field: str) -> bool:
    """Whether `field` is a number typed on the Windows keyboard "Vietnamese"."""
    parts = unicodedata.normalize("NFD", field)
    return len(parts) >= 6 and "đ" in parts and _NUMBER_ROW.issuperset(parts)


def telex_weight(word: str) -> int:
    """How sure it is that `word` shows keys of Telex instead of accents: 0 no, 1 perhaps (Thij, Lee), 2 yes (Nguyeexn).

    Counted only where the letters are no Vietnamese syllable and become one when the keys are taken for what they mean.
    """
    lowered = word.lower()
    if not lowered.isascii() or not lowered.isalpha() or words.is_syllable(lowered):
        return 0
    weight = int(words.is_syllable(_shaped(lowered)))
    for key in _TONE_KEY.finditer(lowered):
        bare = lowered[: key.start()] + lowered[key.end() :]
        shaped = _shaped(bare)
        if words.is_syllable(shaped):
            weight = max(weight, 1 if shaped == bare else 2)
    return weight


def _shaped(letters: str) -> str:
    return _DIGRAPH.sub(lambda found: _DIGRAPHS[found.group()], letters)


def damage(name: str, sex: str, address: str) -> Damage | None:
    """What happened to the words of a card whose number and bars came through; None: nothing that can be seen."""
    every = f"{name} {sex} {address}"
    if _CODE_PAGE.search(every):
        return Damage.CODE_PAGE
    if _LOST.search(f"{name} {sex}"):
        return Damage.LOST
    if _VNI.search(name) or _VNI.search(sex):
        return Damage.VNI
    weights = [weight for weight in map(telex_weight, re.findall(r"[^\W\d_]+", every)) if weight]
    # A reader that types Telex keys types no accent at all: then one such word is enough. Where other words have
    # their accents, a single "Lee" or "Max" is a name.
    if weights and (max(weights) == 2 or len(weights) > 1 or not words.has_marks(every)):
        return Damage.TELEX
    if sex.lower() == "nu" or (not words.has_marks(every) and _unaccented(address)):
        return Damage.UNACCENTED
    return None


def doubtful_words(name: str) -> tuple[str, ...]:
    """The words of a name that may show a key of Telex and may as well be right."""
    return tuple(word for word in name.split() if telex_weight(word))


def _unaccented(address: str) -> bool:
    return any(word in _ALWAYS_ACCENTED for word in re.findall(r"[a-z]+", address.lower()))
