"""Any letter as PDF: which file draws which letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desktop.reports import (
    authorisation,
    control,
    declaration,
    dossier_handover,
    envelope,
    extension,
    fee_slip,
    handed_back,
    handover,
    label,
    post_list,
    rating_slip,
    receipt,
    refusal,
    register,
    result_letter,
    stop,
    supplement,
    work_handover,
)
from onestop.rules.declarations import DeclarationLetter
from onestop.rules.hand_letters import DossierHandoverLetter, WorkHandoverLetter
from onestop.rules.letters import OnPaper, Paper, ReceiptLetter, RefusalLetter, Size, SupplementLetter
from onestop.rules.life_letters import (
    AuthorisationLetter,
    ControlLetter,
    EnvelopeLetter,
    ExtensionLetter,
    FeeSlipLetter,
    HandedBackLetter,
    LabelLetter,
    StopLetter,
)
from onestop.rules.list_letters import HandoverLetter, RegisterLetter
from onestop.rules.post_letters import PostListLetter
from onestop.rules.rating_slip import RatingSlipLetter
from onestop.rules.result_letters import ResultLetter

_BY_LETTER: Mapping[type, Callable[[Any, Any], bytes]] = {
    SupplementLetter: supplement.draw,
    RefusalLetter: refusal.draw,
    ExtensionLetter: extension.draw,
    StopLetter: stop.draw,
    ControlLetter: control.draw,
    HandedBackLetter: handed_back.draw,
    HandoverLetter: handover.draw,
    DossierHandoverLetter: dossier_handover.draw,
    WorkHandoverLetter: work_handover.draw,
    RegisterLetter: register.draw,
    AuthorisationLetter: authorisation.draw,
    LabelLetter: label.draw,
    EnvelopeLetter: envelope.draw,
    DeclarationLetter: declaration.draw,
    FeeSlipLetter: fee_slip.draw,
    RatingSlipLetter: rating_slip.draw,
    PostListLetter: post_list.draw,
    ResultLetter: result_letter.draw,
}


def draw(letter: OnPaper, paper: Size, lien: int = 0) -> bytes:
    """The PDF of a letter; `lien` counts for a receipt alone, 0 = both."""
    if isinstance(letter, ReceiptLetter):
        return receipt.draw(letter, Paper(paper), (lien,) if lien else (1, 2))
    return _BY_LETTER[type(letter)](letter, paper)
