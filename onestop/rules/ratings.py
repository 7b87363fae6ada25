"""How satisfied a citizen was: five levels, what was wrong where it was bad, once for each dossier or slip.

The law is a table with dates (resources/catalogue/ratings.toml); the share of the satisfied is that of levels 1 and 2.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from onestop.rules.dossier import State
from onestop.rules.errors import RuleBroken
from onestop.rules.text import clean

TABLE = Path(__file__).resolve().parent.parent.parent / "resources" / "catalogue" / "ratings.toml"

SCREEN, SLIP = "screen", "slip"
"""By the citizen's own tap at the counter, or from a paper slip that a clerk entered."""
SATISFIED = 2
"""The last level that counts as satisfied."""
RATEABLE = frozenset({State.HANDED_BACK, State.REFUSED})
"""After a result or a refusal; what was withdrawn or stopped has no result of ours to judge."""
LONGEST = 1000
"""Letters of the citizen's own words."""


@dataclass(frozen=True, slots=True)
class Level:
    """One of the five levels. `bad`: it asks what was wrong, and goes to the supervisor."""

    level: int
    name: str
    english: str
    bad: bool
    source: str
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Content:
    """What may have been wrong: a point of the article, while it is asked about (both days included)."""

    key: str
    name: str
    english: str
    source: str
    valid_from: date
    valid_to: date | None = None
    checked: bool = True

    def holds_on(self, day: date) -> bool:
        """Whether a citizen of `day` is asked about it."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class RatingForm:
    """What a citizen said of the dossier with this id or code, or of the slip with this one."""

    of: str
    level: int
    contents: tuple[str, ...] = ()
    words: str = ""
    source: str = SCREEN


@cache
def levels() -> tuple[Level, ...]:
    """The five levels, the best first."""
    return _table()[0]


def level_of(number: int) -> Level:
    """The level with this number. KeyError for none of the five."""
    return {each.level: each for each in levels()}[number]


@cache
def _table() -> tuple[tuple[Level, ...], tuple[Content, ...]]:
    with TABLE.open("rb") as stream:
        plain = tomllib.load(stream)
    return read_table(plain["level"], plain["content"])


def read_table(
    of_levels: Iterable[Mapping[str, Any]], of_contents: Iterable[Mapping[str, Any]]
) -> tuple[tuple[Level, ...], tuple[Content, ...]]:
    """Rows of the file as values. ValueError where the levels are not 1 to 5 with the bad ones last, or where two
    contents of one key share a day."""
    known = tuple(sorted((Level(**row) for row in of_levels), key=lambda each: each.level))
    if [each.level for each in known] != [1, 2, 3, 4, 5] or [each.bad for each in known] != [False] * 3 + [True] * 2:
        raise ValueError("not the five levels")
    asked = tuple(Content(**row) for row in of_contents)
    for index, one in enumerate(asked):
        for other in asked[index + 1 :]:
            if one.key == other.key and (one.holds_on(other.valid_from) or other.holds_on(one.valid_from)):
                raise ValueError(f"two contents {one.key} on the same day: {one.valid_from} and {other.valid_from}")
    return known, asked


def contents_on(day: date) -> tuple[Content, ...]:
    """What a citizen of `day` is asked about where it was bad."""
    return tuple(each for each in _table()[1] if each.holds_on(day))


def content_named(key: str) -> Content | None:
    """The latest content of this letter, for a rating of whatever day; None for a letter that never was one."""
    found = [each for each in _table()[1] if each.key == key]
    return max(found, key=lambda each: each.valid_from, default=None)


# ---- what was said ------------------------------------------------------------------------------------------------

_KEYS = ("level", "contents", "words", "source")


def read_rating(of: str, plain: Any) -> RatingForm:
    """The form of `motcua dossier rate CODE --file F.json`. RuleBroken form.* and rating.only-slip: at the counter's
    screen the citizen's own hand gives it, a file only tells of a paper slip."""
    if not isinstance(plain, dict):
        raise RuleBroken("form.not-an-object")
    for key in plain:
        if key not in _KEYS:
            raise RuleBroken("form.unknown-key", key=key)
    level, contents, words = plain.get("level"), plain.get("contents") or [], plain.get("words") or ""
    if not isinstance(level, int) or isinstance(level, bool):
        raise RuleBroken("rating.level", field="level", level=level)
    if not isinstance(contents, list) or not all(isinstance(each, str) for each in contents):
        raise RuleBroken("form.wrong-type", field="contents", key="contents", wanted="texts", how="texts")
    if not isinstance(words, str):
        raise RuleBroken("form.wrong-type", field="words", key="words", wanted="text", how="text")
    if plain.get("source", SLIP) != SLIP:
        raise RuleBroken("rating.only-slip", field="source")
    return RatingForm(of, level, tuple(clean(each) for each in contents), words, SLIP)


def checked(form: RatingForm, day: date) -> dict[str, Any]:
    """The rating as its act says it.

    RuleBroken rating.level, rating.not-bad (contents are asked for where it was bad), rating.content-unknown,
    rating.words-long, rating.source.
    """
    if form.source not in (SCREEN, SLIP):
        raise RuleBroken("rating.source", field="source", source=form.source)
    known = {each.level: each for each in levels()}
    if form.level not in known:
        raise RuleBroken("rating.level", field="level", level=form.level)
    if form.contents and not known[form.level].bad:
        raise RuleBroken("rating.not-bad", field="contents", level=known[form.level].name)
    asked = [each.key for each in contents_on(day)]
    for key in form.contents:
        if key not in asked:
            raise RuleBroken("rating.content-unknown", field="contents", content=key, known=asked)
    words = clean(form.words)
    if len(words) > LONGEST:
        raise RuleBroken("rating.words-long", field="words", most=LONGEST)
    return {
        "level": form.level,
        "contents": [key for key in asked if key in form.contents] or None,
        "words": words or None,
        "source": form.source,
    }


def demand_said(body: Mapping[str, Any], subjects: Sequence[tuple[str, str]]) -> None:
    """What the centre asks of a rating, whatever program made it: of a dossier or a slip and under its id, a level of
    the five, contents only of a bad one, words that fit.

    RuleBroken rating.of-what, rating.level, rating.not-bad, rating.content-unknown, rating.source, rating.words-long.
    KeyError, TypeError, ValueError where it is no rating at all.
    """
    (_rating, rated), (table, subject_id) = subjects
    if table not in ("dossier", "intake") or rated != subject_id:
        raise RuleBroken("rating.of-what", of=subject_id)
    given = body["rating"]
    if given["level"] not in [each.level for each in levels()] or isinstance(given["level"], bool):
        raise RuleBroken("rating.level", level=given["level"])
    if given["contents"] and not level_of(given["level"]).bad:
        raise RuleBroken("rating.not-bad", level=given["level"])
    for key in given["contents"] or ():
        if content_named(key) is None:
            raise RuleBroken("rating.content-unknown", content=key, known=[each.key for each in _table()[1]])
    if given["source"] not in (SCREEN, SLIP):
        raise RuleBroken("rating.source", source=given["source"])
    if len(given["words"] or "") > LONGEST:
        raise RuleBroken("rating.words-long", field="words", most=LONGEST)


# ---- what it comes to ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Month:
    """The ratings of a month: `counts` by level, 1 first."""

    year: int
    month: int
    counts: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)


def rate(counts: Sequence[int]) -> float | None:
    """Tỷ lệ hài lòng: (rất hài lòng + hài lòng) of all, 0 to 1; None where nobody has said anything."""
    total = sum(counts)
    return sum(counts[:SATISFIED]) / total if total else None
