"""Any letter as PDF: which file draws which letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desktop.reports import (
    authorisation,
    control,
    extension,
    handed_back,
    handover,
    label,
    receipt,
    refusal,
    register,
    stop,
    supplement,
)
from onestop.rules.letters import OnPaper, Paper, ReceiptLetter, RefusalLetter, SupplementLetter
from onestop.rules.life_letters import (
    AuthorisationLetter,
    ControlLetter,
    ExtensionLetter,
    HandedBackLetter,
    LabelLetter,
    StopLetter,
)
from onestop.rules.list_letters import HandoverLetter, RegisterLetter

_BY_LETTER: Mapping[type, Callable[[Any, Paper], bytes]] = {
    SupplementLetter: supplement.draw,
    RefusalLetter: refusal.draw,
    ExtensionLetter: extension.draw,
    StopLetter: stop.draw,
    ControlLetter: control.draw,
    HandedBackLetter: handed_back.draw,
    HandoverLetter: handover.draw,
    RegisterLetter: register.draw,
    AuthorisationLetter: authorisation.draw,
    LabelLetter: label.draw,
}


def draw(letter: OnPaper, paper: Paper, lien: int = 0) -> bytes:
    """The PDF of a letter; `lien` counts for a receipt alone, 0 = both."""
    if isinstance(letter, ReceiptLetter):
        return receipt.draw(letter, paper, (lien,) if lien else (1, 2))
    return _BY_LETTER[type(letter)](letter, paper)
