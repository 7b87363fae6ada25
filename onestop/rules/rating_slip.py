"""What the blank slip says on which a citizen tells how satisfied he was: no name of his, the code of his dossier."""

from __future__ import annotations

from dataclasses import dataclass

from onestop.rules.letters import DossierLetter


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingSlipLetter(DossierLetter):
    """Phiếu đánh giá mức độ hài lòng: five boxes, what was not good, room for the citizen's own words."""

    procedure: str
    refused: bool
    """It is about a refusal, not about a result."""
    levels: tuple[str, ...]
    contents: tuple[tuple[str, str], ...]
    """Letter of the decree and what it is about."""
    where: str
    """Where the slip is handed in."""
