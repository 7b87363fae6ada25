"""How well the names of a procedure answer what was typed, and who comes before whom: the weights of the search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onestop.rules.errors import RuleBroken
from onestop.rules.text import fold, tokens


@dataclass(frozen=True, slots=True)
class Habits:
    """What a ward's counter knows of its own catalogue (resources/catalogue/search.toml). `fields`: folded name of a
    field -> how much sooner (or later) its procedures come; `filler`: words around what is meant, folded."""

    fields: Mapping[str, int] = field(default_factory=dict)
    filler: frozenset[str] = frozenset()


def read_habits(plain: Mapping[str, Any]) -> Habits:
    """From parsed TOML: `filler`, and tables `[[field]]` with weight and names. RuleBroken `catalogue.bad-habits`."""
    filler, rows = plain.get("filler", []), plain.get("field", [])
    if not _names(filler) or not isinstance(rows, list):
        raise RuleBroken("catalogue.bad-habits", line=0)
    fields: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        weight, names = (row.get("weight"), row.get("names")) if isinstance(row, Mapping) else (None, None)
        if type(weight) is not int or not names or not _names(names):
            raise RuleBroken("catalogue.bad-habits", line=number)
        fields |= {fold(name): weight for name in names}
    return Habits(fields, frozenset(" ".join(tokens(each)) for each in filler))


def _names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name of a procedure, as folded and as accented words between spaces: " dang ky khai sinh "."""

    folded: str
    exact: str
    count: int
    weight: int


@dataclass(frozen=True, slots=True)
class Query:
    """The words asked for. `loss` is taken off every score: a synonym is worth a little less than the words."""

    folded: tuple[str, ...]
    exact: tuple[str, ...]
    marked: bool
    loss: int = 0


# Weights of the names: the clerks' short name and keywords, the full name, the field, the ministry.
SHORT, NAME, FIELD, MINISTRY = 25, 0, -60, -90
TOGETHER, APART, PAIR, TIGHT = 100, 20, 10, 50
AT_START, WHOLE_WORD, COVERED = 20, 15, 60
EXACT, EXACT_UNMARKED, WRONG_MARK = 50, 6, -30
EARLY, LATE, LATEST = 7, -4, -80
"""So many words of a name are read at once; for each one before the match beyond that it is worth less: what stands far
down in the title of a permit for waterworks ("số đo") is not what "so do" asks for."""
BEGUN = -15
"""For each word that is only begun and not the last typed, or stands in another name."""
NOT_THERE = -200
WARD_ONLY, WARD_TOO, MINISTRY_ONLY = 15, 10, -15
QUICK, QUICK_LEAST = 60, 30


def prior(levels: tuple[str, ...], quick: int, field_weight: int) -> int:
    """What a procedure is worth before anything was typed: on the quick list (its place from 1; 0 = not on it), decided
    by a ward, of a field that people come for."""
    ward = WARD_ONLY if levels == ("ward",) else WARD_TOO if "ward" in levels else 0
    far = MINISTRY_ONLY if levels == ("ministry",) else 0
    return ward + far + field_weight + (max(QUICK - 2 * quick, QUICK_LEAST) if quick else 0)


def fit(phrase: Phrase, query: Query, folded: str, exact: str) -> int:
    """How well one name answers: words together or apart, how early, whole, how much of it, accents. `folded`, `exact`:
    the words of `query`, each with a space before it."""
    text = phrase.folded
    place = text.find(folded)
    count = len(query.folded)
    if place >= 0:
        whole = text.find(folded + " ")
        place = whole if whole >= 0 else place
        score = TOGETHER + phrase.weight + COVERED * count // max(phrase.count, count) + _where(text, place)
        score += WHOLE_WORD if whole >= 0 else 0
        if exact in phrase.exact:
            return score + (EXACT if query.marked else EXACT_UNMARKED)
    else:
        score = _apart(phrase, query)
        if score == NOT_THERE:
            return score
    if query.marked:
        for word in query.exact:
            if not word.isascii():
                score += PAIR if " " + word in phrase.exact else WRONG_MARK
    return score


IN_ITS_WORDS = 95
"""All words are among the clerks' own words for a procedure, not all in one of them: "dựng rạp đám cưới"."""


def together(phrases: Sequence[Phrase], query: Query) -> int:
    """How well the clerks' own words for a procedure answer when they are taken together."""
    words = "".join(phrase.folded for phrase in phrases if phrase.weight == SHORT)
    return IN_ITS_WORDS if words and all(f" {word} " in words for word in query.folded) else NOT_THERE


def _where(text: str, place: int) -> int:
    """What the place of a match is worth: at the start, soon, or far down."""
    if place == 0:
        return AT_START
    before = text.count(" ", 1, place + 1)
    return max(LATE * (before - EARLY), LATEST) if before > EARLY else 0


def _apart(phrase: Phrase, query: Query) -> int:
    """Words that stand apart: how many are there, how near to one another, how many only begun."""
    text, count = phrase.folded, len(query.folded)
    there = begun = 0
    first, last = len(text), 0
    for number, word in enumerate(query.folded, start=1):
        place = text.find(f" {word} ")
        if place < 0:
            place = text.find(f" {word}")
            begun += place >= 0 and number < count
        if place >= 0:
            there += 1
            first, last = min(first, place), max(last, place)
    if not there:
        return NOT_THERE
    span = text.count(" ", first, last + 1)
    pairs = sum(f" {a} {b}" in text for a, b in zip(query.folded, query.folded[1:], strict=False))
    score = (APART + phrase.weight) * there // count + PAIR * pairs + BEGUN * (begun + count - there)
    score += TIGHT * there // max(span, there) if there == count else 0
    return score + COVERED * there // (2 * max(phrase.count, there)) + _where(text, first)
