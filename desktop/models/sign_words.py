"""The signatures in a file in the words of the screen: who signed, when, and whether that holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.models import due
from desktop.models.dossier_words import Told
from onestop.rules.papers import Signature
from onestop.texts import _, message

if TYPE_CHECKING:  # whoever has a signature at hand has loaded its library already
    from paper.signatures import SignatureFact


def verdict(fact: SignatureFact) -> Told:
    """How a signature stands."""
    return {
        Signature.VALID: Told("circle-check", _("Hợp lệ"), "good"),
        Signature.BROKEN: Told("circle-x", _("Hỏng"), "danger"),
        Signature.UNKNOWN: Told("triangle-alert", _("Chưa rõ"), "warning"),
        Signature.NONE: Told("circle-dashed", _("Không có chữ ký"), "quiet"),
    }[fact.verdict]


def signer(fact: SignatureFact) -> str:
    """Whose signature it is, as the certificate says."""
    name = fact.signer.common_name if fact.signer is not None else _("Không đọc được người ký")
    return _("Dấu thời gian của {name}").format(name=name) if fact.time_stamp else name


def why(fact: SignatureFact) -> str:
    """Why it is not valid; "" where it is."""
    if fact.remark is None:
        return ""
    said = message(fact.remark.code, fact.remark.details)
    return f"{said[:1].upper()}{said[1:]}."


def facts(fact: SignatureFact) -> list[tuple[str, str]]:
    """What is known of it: name and value of each, only what is there."""
    found = []
    if fact.claimed_at is not None:
        when = due.exact(fact.claimed_at)
        found.append((_("Ký lúc"), when if fact.proved_at else _("{when}, theo máy của người ký").format(when=when)))
    if fact.proved_at is not None and fact.proved_at != fact.claimed_at:
        found.append((_("Có dấu thời gian"), due.exact(fact.proved_at)))
    if fact.reason:
        found.append((_("Lý do ký"), fact.reason))
    if fact.signer is not None:
        begin, end = due.date(fact.signer.valid_from), due.date(fact.signer.valid_to)
        found.append((_("Nơi cấp"), fact.signer.issuer))
        found.append((_("Chứng thư số"), _("từ {begin} đến {end}").format(begin=begin, end=end)))
        found.append((_("Số chứng thư"), fact.signer.serial))
    if fact.signer is not None and not fact.covers_all:
        said = message(fact.since.code, fact.since.details)
        found.append((_("Từ đó"), f"{said[:1].upper()}{said[1:]}"))
    return found
