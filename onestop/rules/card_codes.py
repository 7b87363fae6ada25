"""Which of the codes on a picture is the citizen's, and what the others are: a camera sees whatever is on the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from onestop.rules import codes, separators
from onestop.rules.errors import RuleBroken
from onestop.rules.identity import read_card, read_slip


def among(texts: Sequence[str], today: date) -> str:
    """The text that a card reader would have typed: the first that is a card or one of our slips.

    RuleBroken `card.no-code` where there is none at all, else why the first one is no card: what another code is
    (`card.vneid-code`, `card.other-document`), or what is the matter with a card.
    """
    reasons: list[RuleBroken] = []
    for text in texts:
        if read_slip(text) is not None:
            return text
        try:
            named(text)
            read_card(text, today)
        except RuleBroken as broken:
            reasons.append(broken)
        else:
            return text
    if not reasons:
        raise RuleBroken("card.no-code")
    raise min(reasons, key=lambda broken: broken.code == "card.not-a-card")


def named(text: str) -> None:
    """RuleBroken `card.other-document` for a code of our own that no card reader is for: that of a separator sheet, of
    a receipt."""
    if text.strip().startswith(f"{separators.SIGN}:"):
        raise RuleBroken("card.other-document", what="separator")
    if codes.read(text) is not None or codes.read_temporary(text) is not None:
        raise RuleBroken("card.other-document", what="receipt")
