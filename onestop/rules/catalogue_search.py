"""Finds a procedure in a few letters: an index in memory over the catalogue in force, asked at every key.

Accents are optional and exact ones come first; words that stand together come before words apart; ward procedures and
the office's quick list come before others; a code is found by its first figures, a name by its initials, and what
clerks say ("sao y", "độc thân", "gpxd") by the synonyms. Built once for a state of the catalogue, never changed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onestop.rules.catalogue_file import Synonym
from onestop.rules.catalogue_fit import (
    FIELD,
    MINISTRY,
    NAME,
    SHORT,
    TOGETHER,
    WHOLE_WORD,
    Habits,
    Phrase,
    Query,
    fit,
    prior,
    together,
)
from onestop.rules.procedure import Level, Procedure
from onestop.rules.text import exact_key, fold, has_marks, nfc, tokens

CANDIDATES = 400
"""No more entries than this are weighed for one query: the rest, further down in the standing order, cannot be read
by anyone. With the first letter alone a catalogue of 2,700 has more."""

_WORDS = re.compile(r"[^\W_]+")
_LEVEL_NAMES = {
    "ward": ("ward", "xa", "cap xa", "phuong", "cap phuong"),
    "province": ("province", "tinh", "cap tinh", "so"),
    "ministry": ("ministry", "bo", "cap bo", "trung uong"),
    "other": ("other", "khac", "co quan khac"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index knows of a procedure. `quick`: its place on the quick list, from 1; 0 = not on it."""

    code: str
    name: str
    short_name: str = ""
    field: str = ""
    ministry: str = ""
    agency_levels: tuple[str, ...] = ()
    competent_agency: str = ""
    agency_names: tuple[str, ...] = ()
    """By what people know the agency that decides: its code, its names."""
    level: Level | None = None
    keywords: tuple[str, ...] = ()
    quick: int = 0

    @classmethod
    def of(cls, procedure: Procedure, quick: int = 0) -> Entry:
        """The entry of an effective procedure."""
        return cls(
            procedure.code,
            procedure.name,
            procedure.short_name,
            procedure.field,
            procedure.ministry,
            procedure.agency_levels,
            procedure.competent_agency,
            (),
            procedure.level,
            procedure.keywords,
            quick,
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A procedure found. Scores compare within one answer only."""

    code: str
    score: int


_CODE, _INITIALS, _INITIALS_INSIDE = 500, 110, 70
_SYNONYM_LOSS, _SYNONYM_BEGUN_LOSS = 40, 55
_FILLER_LOSS, _LEFT_OUT_LOSS = 15, 20
"""For words around the matter that were passed over; for each word beside a synonym that was."""
_TITLE_SHARE = 8
"""Among equals, whoever's own title answers better: an eighth of its fit is added."""
_STRONG = 110
"""Below this nothing that was typed is really answered: words around it may be passed over."""
_LEAST = 0.5
"""Beside a strong answer, what is worth less than this share of it is noise."""
_AS_GOOD = 0.85
"""Whoever answers one of several meanings nearly as well as the best of it."""
_NOTHING = 25
"""Where nothing is worth more than this, nothing was found."""


class Index:
    """The index. `entries` in any order; a code that comes twice counts the first time."""

    def __init__(
        self, entries: Iterable[Entry], synonyms: Iterable[Synonym] = (), habits: Habits | None = None
    ) -> None:
        once = {entry.code: entry for entry in reversed(list(entries))}
        self._habits = habits or Habits()
        priors = {code: self._prior(entry) for code, entry in once.items()}
        # The standing order breaks ties and says who is weighed at all: quick list, who comes sooner, then the code.
        self._entries = sorted(
            once.values(), key=lambda entry: (entry.quick or 1_000_000, -priors[entry.code], entry.code)
        )
        self._folds: dict[str, str] = {}
        self._exacts: dict[str, str] = {}
        self._phrases: list[tuple[Phrase, ...]] = []
        self._initials: list[str] = []
        self._boosts = [priors[entry.code] for entry in self._entries]
        self._digits = [entry.code.replace(".", "") for entry in self._entries]
        places: dict[str, int] = {}
        shared: dict[str, Phrase] = {}
        for place, entry in enumerate(self._entries):
            phrases = [self._phrase(text, SHORT) for text in (entry.short_name, *entry.keywords) if text]
            phrases.append(self._phrase(entry.name, NAME))
            for text, weight in ((entry.field, FIELD), (entry.ministry, MINISTRY)):
                if text:
                    if text not in shared:
                        shared[text] = self._phrase(text, weight)
                    phrases.append(shared[text])
            self._phrases.append(tuple(phrases))
            named = [phrase for phrase in phrases if phrase.weight == SHORT] or phrases[:1]
            self._initials.append("|" + "|".join("".join(w[0] for w in p.folded.split()) for p in named) + "|")
            bit = 1 << place
            for phrase in phrases:
                for word in phrase.folded.split():
                    places[word] = places.get(word, 0) | bit
        self._places = places
        self._vocabulary = sorted(places)
        self._everyone = (1 << len(self._entries)) - 1
        self._synonyms: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for synonym in synonyms:
            for typed in synonym.typed:
                self._synonyms.setdefault(" ".join(tokens(typed)), []).append((_exact_words(typed), synonym.means))
        self._typed = sorted(self._synonyms)

    def find(
        self,
        text: str,
        field: str | None = None,
        agency: str | None = None,
        level: Level | str | None = None,
        limit: int = 20,
    ) -> list[Hit]:
        """The best `limit` procedures for `text`, best first; every one that passes the filters where it is empty.

        `field` and `agency` are any part of a name, accents optional; `agency` also takes a level of government
        ("ward", "xã", "cấp tỉnh") or a competent agency's key, code or name; `level` is the online level.
        """
        allowed = self._allowed(field, agency, level)
        words = _telling(_WORDS.findall(nfc(text).lower()))
        if not words:
            return [Hit(self._entries[place].code, self._boosts[place]) for place in _lowest(allowed, limit)]
        scores: dict[int, int] = {}
        if digits := _as_code(text):
            for place in _lowest(allowed, len(self._entries)):
                if self._digits[place].startswith(digits) or self._digits[place][1:].startswith(digits):
                    scores[place] = _CODE + self._boosts[place]
        query = self._query(words)
        self._weigh(query, allowed, scores)
        if len(words) == 1:
            self._weigh_initials(query.folded[0], allowed, scores)
        kept = self._weigh_meant(self._meant(query), allowed, scores)
        for others in (self._without_filler, self._synonyms_alone):
            if max(scores.values(), default=0) < _STRONG:
                kept |= self._weigh_meant(others(query), allowed, scores)
        if not scores and len(words) > 1:
            self._weigh_some(query, allowed, scores)
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        top = best[0][1] if best else 0
        least = top * _LEAST if top >= _STRONG else min(_NOTHING, top)
        best = [(place, score) for place, score in best if score >= least or place in kept]
        return [Hit(self._entries[place].code, score) for place, score in best[:limit]]

    def _weigh_meant(self, meant: Iterable[Query], allowed: int, scores: dict[int, int]) -> set[int]:
        """Weigh what was meant; gives whoever answers one of the meanings best, which is no noise beside the others."""
        best: set[int] = set()
        for query in meant:
            own: dict[int, int] = {}
            self._weigh(query, allowed, own)
            top = max(own.values(), default=0)
            best |= {place for place, score in own.items() if score >= max(top * _AS_GOOD, _NOTHING)}
            for place, score in own.items():
                scores[place] = max(score, scores.get(place, score))
        return best

    # -- building

    def _phrase(self, text: str, weight: int) -> Phrase:
        words = _WORDS.findall(text.lower())
        folds, exacts = self._folds, self._exacts
        for word in words:
            if word not in folds:
                folds[word] = "".join(tokens(word))
                exacts[word] = exact_key(word)
        words = _telling(words)
        folded = [folds[word] for word in words]
        return Phrase(f" {' '.join(folded)} ", f" {' '.join(exacts[word] for word in words)} ", len(words), weight)

    # -- asking

    def _query(self, words: Sequence[str], loss: int = 0) -> Query:
        folded: list[str] = []
        exact: list[str] = []
        for word in words:
            folded += tokens(word)
            exact.append(exact_key(word))
        return Query(tuple(folded), tuple(exact), has_marks(" ".join(words)), loss)

    def _meant(self, query: Query) -> list[Query]:
        """The queries that the synonyms in `query` stand for; the last word may be on its way."""
        meant: list[Query] = []
        count = len(query.folded)
        for first in range(count):
            for end in range(count, first, -1):
                said = query.folded[first:end]
                for typed in self._typed_as(said, end == count):
                    for exact, means in self._synonyms[typed]:
                        if query.marked and not exact.startswith(" ".join(query.exact[first:end])):
                            continue
                        for words in means:
                            around = [*query.exact[:first], *_WORDS.findall(words.lower()), *query.exact[end:]]
                            loss = _SYNONYM_LOSS if typed == " ".join(said) else _SYNONYM_BEGUN_LOSS
                            # The accents of the synonym are ours: they earn nothing that nobody typed.
                            meant.append(replace(self._query(around, loss), marked=query.marked))
        return meant[:6]

    def _without_filler(self, query: Query) -> list[Query]:
        """The same without the words that stand around what is meant, with what they mean."""
        kept = list(range(len(query.folded)))
        for length in (2, 1):
            place = 0
            while place <= len(kept) - length:
                said = " ".join(query.folded[kept[place + each]] for each in range(length))
                if said in self._habits.filler:
                    del kept[place : place + length]
                else:
                    place += 1
        if not kept or len(kept) == len(query.folded):
            return []
        words = [query.exact[place] for place in kept]
        less = replace(self._query(words, query.loss + _FILLER_LOSS), marked=query.marked)
        return [less, *(replace(each, loss=each.loss + _FILLER_LOSS) for each in self._meant(less))]

    def _synonyms_alone(self, query: Query) -> list[Query]:
        """What the synonyms among the words mean, without the words beside them: the longest first."""
        found: list[Query] = []
        count = len(query.folded)
        for length in range(count - 1, 0, -1):
            for first in range(count - length + 1):
                joined = " ".join(query.folded[first : first + length])
                for exact, means in self._synonyms.get(joined, ()):
                    if query.marked and exact != " ".join(query.exact[first : first + length]):
                        continue
                    left_out = [
                        word
                        for place, word in enumerate(query.folded)
                        if not first <= place < first + length and word not in self._habits.filler
                    ]
                    loss = _SYNONYM_LOSS + _LEFT_OUT_LOSS * len(left_out)
                    found += [replace(self._query(_WORDS.findall(each.lower()), loss), marked=False) for each in means]
        return found[:6]

    def _typed_as(self, said: Sequence[str], last: bool) -> list[str]:
        joined = " ".join(said)
        found = [joined] if joined in self._synonyms else []
        if last and len(joined) >= 4:
            place = bisect_left(self._typed, joined)
            while place < len(self._typed) and self._typed[place].startswith(joined) and len(found) < 3:
                # "độc th" is on its way to "độc thân"; "khai sinh" is not on its way to "khai sinh lại".
                if self._typed[place] != joined and self._typed[place].count(" ") == joined.count(" "):
                    found.append(self._typed[place])
                place += 1
        return found

    def _with_prefix(self, prefix: str) -> int:
        """Who has a word that begins so."""
        found = 0
        place = bisect_left(self._vocabulary, prefix)
        vocabulary, places = self._vocabulary, self._places
        while place < len(vocabulary) and vocabulary[place].startswith(prefix):
            found |= places[vocabulary[place]]
            place += 1
        return found

    def _weigh(self, query: Query, allowed: int, scores: dict[int, int]) -> None:
        """Add every entry that has all words of `query` (each may be a beginning) with its best score."""
        found = allowed
        for word in query.folded:
            found &= self._with_prefix(word)
            if not found:
                return
        folded = " " + " ".join(query.folded)
        exact = " " + " ".join(query.exact)
        for place in _lowest(found, CANDIDATES):
            fits = [fit(phrase, query, folded, exact) for phrase in self._phrases[place]]
            own = max(fits)
            if own < TOGETHER:
                own = max(own, together(self._phrases[place], query))
            score = own + fits[0] // _TITLE_SHARE + self._boosts[place] - query.loss
            if score > scores.get(place, -1_000):
                scores[place] = score

    def _weigh_initials(self, word: str, allowed: int, scores: dict[int, int]) -> None:
        """`dkks` and `ks` are Đăng ký khai sinh."""
        if not 2 <= len(word) <= 8 or not word.isalpha():
            return
        begins = "|" + word
        for place in _lowest(allowed, len(self._entries)):
            initials = self._initials[place]
            if word in initials:
                worth = _INITIALS if begins in initials else _INITIALS_INSIDE
                if begins + "|" in initials:
                    worth += WHOLE_WORD
                scores[place] = max(scores.get(place, -1_000), worth + self._boosts[place])

    def _prior(self, entry: Entry) -> int:
        return prior(entry.agency_levels, entry.quick, self._habits.fields.get(fold(entry.field), 0))

    def _weigh_some(self, query: Query, allowed: int, scores: dict[int, int]) -> None:
        """No one has all the words: whoever has some (two of three and more), rare words counting most."""
        enough = 2 if len(query.folded) > 2 else 1
        total = len(self._entries) + 1
        worth: dict[int, list[int]] = {}
        for number, word in enumerate(query.folded, start=1):
            holders = (self._with_prefix(word) if number == len(query.folded) else self._places.get(word, 0)) & allowed
            share = holders.bit_count() / total
            for place in _lowest(holders, CANDIDATES):
                worth.setdefault(place, []).append(int(40 * (1 - share)))
        for place, points in worth.items():
            if len(points) >= enough:
                scores[place] = sum(points) + self._boosts[place] - 100

    # -- filters

    def knows_agency(self, text: str) -> bool:
        """Whether anything could be found with this agency asked for."""
        return self._allowed(None, text, None) != 0

    def agencies(self) -> list[str]:
        """The agencies that can be asked for, by a name that people know."""
        known = (entry.agency_names[-1] if entry.agency_names else entry.ministry for entry in self._entries)
        return sorted(dict.fromkeys(filter(None, known)))

    def _allowed(self, field: str | None, agency: str | None, level: Level | str | None) -> int:
        if not field and not agency and not level:
            return self._everyone
        wanted_field, wanted_agency = fold(field or ""), fold(agency or "")
        levels = {name for name, names in _LEVEL_NAMES.items() if wanted_agency in names}
        allowed = 0
        for place, entry in enumerate(self._entries):
            if wanted_field and wanted_field not in fold(entry.field):
                continue
            if level and (entry.level is None or entry.level.value != str(level)):
                continue
            if levels and not levels & set(entry.agency_levels):
                continue
            if wanted_agency and not levels and not _is_of(entry, wanted_agency):
                continue
            allowed |= 1 << place
        return allowed


def _is_of(entry: Entry, wanted: str) -> bool:
    """Whether an agency that was asked for (folded) manages or decides the procedure."""
    if wanted in fold(entry.ministry) or wanted == fold(entry.competent_agency):
        return True
    names = [fold(name) for name in entry.agency_names]
    return wanted in names or (len(wanted) > 3 and any(f" {wanted} " in f" {name} " for name in names))


def _telling(words: list[str]) -> list[str]:
    """`words` without "Thủ tục" at the head: it opens half the names and says nothing."""
    return words[2:] if len(words) > 2 and words[:2] in (["thủ", "tục"], ["thu", "tuc"]) else words


def _exact_words(text: str) -> str:
    return " ".join(exact_key(word) for word in _WORDS.findall(nfc(text).lower()))


def _as_code(text: str) -> str:
    """The figures of a code or its beginning: "1.001193", "1.0011", "001193", "1.001193.000.00.00.H56"; else ""."""
    bare = text.strip()
    if full := re.match(r"\d\.\d{6}(?=\.)", bare):
        return full[0].replace(".", "")
    return bare.replace(".", "") if re.fullmatch(r"\d[\d.]*", bare) else ""


def _lowest(bits: int, count: int) -> list[int]:
    """The places of the `count` lowest bits, lowest first."""
    places: list[int] = []
    text = bin(bits)[:1:-1]
    place = text.find("1")
    while place >= 0 and len(places) < count:
        places.append(place)
        place = text.find("1", place + 1)
    return places
