"""The short code of a slip (Mẫu 02, 03): what stands on it, in its QR, and what a citizen can say on the phone.

`P-174-2KC-PH3`: the counter that gave it, seven signs drawn from the slip's own id, and a check sign. Two counters that
have not spoken for weeks give no code twice (up to 22 counters of an office; beyond, it is left to the draw). One wrong
sign, or two told in the wrong order, name no other slip. It is no dossier code and cannot be read as one: before
acceptance there is none (NĐ 118/2025 art. 17.3), and three hyphens stand in none.
"""

from __future__ import annotations

import hashlib
import re

from onestop.rules import codes

SIGNS = "0123456789CFHJKLMNPRTVX"
"""No vowel and no D or W, of which a keyboard set to Vietnamese makes another letter; none that looks like a digit but
L, and an O or I that somebody writes is taken for the digit. Their number is prime: see `_check`."""
LENGTH = 9
FEWEST = 3
"""So many signs after the P begin to name a slip while one types."""

_LIKE = str.maketrans("OI", "01")
_WHOLE = re.compile(rf"P-[{SIGNS}]{{3}}-[{SIGNS}]{{3}}-[{SIGNS}]{{3}}")


def compose(counter: int, slip_id: str) -> str:
    """The code of the slip with this id, made at counter `counter` (from 1)."""
    drawn = int.from_bytes(hashlib.sha256(slip_id.encode()).digest())
    signs = SIGNS[counter % len(SIGNS)]
    for _place in range(LENGTH - 2):
        drawn, sign = divmod(drawn, len(SIGNS))
        signs += SIGNS[sign]
    return _written(signs + _check(signs))


def read(text: str) -> str | None:
    """The code in what somebody typed: with or without the P, hyphens or blanks, in small letters; None where it is
    none or a sign is wrong."""
    signs = _signs(text)
    if len(signs) == LENGTH + 1 and signs[0] == "P":
        signs = signs[1:]
    if len(signs) != LENGTH or not set(signs) <= set(SIGNS) or _check(signs[:-1]) != signs[-1]:
        return None
    return _written(signs)


def read_scanned(text: str) -> str | None:
    """The code as a reader types it, whole; None for anything else, however like it."""
    found = codes.normalise(text)
    return read(found) if _WHOLE.fullmatch(found) else None


def beginning(text: str) -> str | None:
    """What a stored code begins with after `text` was typed: a P and a few signs more, a digit among them (else it is a
    name), or the whole; None where no slip is meant."""
    if whole := read(text):
        return whole
    signs = _signs(text)
    if not FEWEST < len(signs) <= LENGTH or signs[0] != "P" or not set(signs) <= set(SIGNS):
        return None
    if not any(sign.isdigit() for sign in signs):
        return None
    return _written(signs[1:])


def _signs(text: str) -> str:
    return codes.search_key(text).translate(_LIKE)


def _written(signs: str) -> str:
    return "-".join(("P", *(signs[at : at + 3] for at in range(0, len(signs), 3))))


def _check(signs: str) -> str:
    """The sign that makes the weighted sum zero: the weights 1 to 9 differ modulo a prime, so one wrong sign, or two
    that changed places, leave it other than zero."""
    total = sum(weight * SIGNS.index(sign) for weight, sign in enumerate(signs, start=1))
    modulus = len(SIGNS)
    return SIGNS[-total * pow(LENGTH, -1, modulus) % modulus]
