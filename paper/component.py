"""Which component of a checklist a page belongs to: a guess by its title and words, never a decision."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onestop.rules.text import fold
from paper.titles import plain, title_of

_ASIDE = re.compile(r"\([^()]*\)|;.*$")
"""What a checklist adds to the name of a paper: its form, for whom it is not needed."""
_EMPTY_PHRASES = re.compile(
    r"\b(?:giay to|ban sao|ban chinh|van ban|chung thuc|cong chung|theo mau|kem theo|co tham quyen|neu co|mau so)\b"
)
_EMPTY_WORDS = frozenset(
    "va cua cho theo mau hoac neu co cac cap tai ve duoc trong voi tu so la de khi doi bo nguoi phai kem nay".split()
)
SURE_FROM = 0.45
"""A guess below is none."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A component by its place in the checklist, and how sure (0 to 1)."""

    index: int
    sure: float


def belongs(lines: Sequence[str], names: Sequence[str]) -> tuple[Guess, ...]:
    """The components that a page with these lines may belong to, likeliest first; none where nothing fits.

    Words that many components share tell little, so they count little.
    """
    if not names:
        return ()
    title = title_of(lines)
    of_title = _words(title.text) if title else Counter[str]()
    # The head of the page speaks of what it is; its body names a dozen other papers.
    head = _words(" ".join(lines[: max(8, len(lines) // 4)]))
    wanted = [_words(_ASIDE.sub(" ", name)) for name in names]
    share = Counter(word for words in wanted for word in words)
    weights = {word: math.log(1 + len(names) / count) for word, count in share.items()}
    found = [
        Guess(index, round(_fits(words, of_title, head, weights, title.text if title else "", names[index]), 2))
        for index, words in enumerate(wanted)
    ]
    found.sort(key=lambda guess: -guess.sure)
    if len(found) > 1 and found[0].sure - found[1].sure < 0.08:
        found[0] = Guess(found[0].index, round(found[0].sure * 0.8, 2))
    return tuple(guess for guess in found if guess.sure >= SURE_FROM)


def _fits(
    words: Counter[str], title: Counter[str], head: Counter[str], weights: dict[str, float], said: str, name: str
) -> float:
    if not words:
        return 0.0
    if said and plain(said) in plain(name):
        # The component says the page's own title: the more of the component that is, the surer.
        return 0.7 + 0.29 * min(1.0, len(plain(said)) / max(1, len(plain(_ASIDE.sub(" ", name)))))
    whole = sum(weights[word] for word in words)
    by_title = sum(weights[word] for word in words if word in title) / whole
    by_head = sum(weights[word] for word in words if word in head) / whole
    if not title:
        return 0.75 * by_head
    back = sum(1 for word in title if word in words) / len(title)
    # Where the page has a title and the component says nothing of it, the words of the head are worth little.
    return max(0.95 * (0.4 * by_title + 0.6 * back), (0.75 if back else 0.45) * by_head)


def _words(text: str) -> Counter[str]:
    """Pairs of neighbouring words, and single words, that mean something."""
    plain_text = _EMPTY_PHRASES.sub(" ", fold(text))
    words = [word for word in re.findall(r"[^\W_]+", plain_text) if word not in _EMPTY_WORDS and not word.isdigit()]
    return Counter([*words, *(f"{one} {two}" for one, two in pairwise(words))])
