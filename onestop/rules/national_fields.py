"""Takes the fields of a catalogue line in their right shape, cleaned; anything else is a broken line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from onestop.rules.errors import RuleBroken
from onestop.rules.text import clean


def text_of(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RuleBroken("catalogue.bad-field", field=key)
    return value


def texts_of(raw: Mapping[str, Any], key: str) -> list[str]:
    value = raw.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise RuleBroken("catalogue.bad-field", field=key)
    return [tidy(each) for each in value]


def objects_of(raw: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = raw.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise RuleBroken("catalogue.bad-field", field=key)
    return value


def number_of(raw: Mapping[str, Any], key: str) -> int | None:
    value = raw.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise RuleBroken("catalogue.bad-field", field=key)
    return value


def tidy(text: str) -> str:
    """Clean text without the private-use characters that word processors leave for bullets."""
    cleaned = clean(text)
    if cleaned.isprintable():
        return cleaned
    return clean("".join(" " if unicodedata.category(letter) == "Co" else letter for letter in cleaned))


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in texts if each))
