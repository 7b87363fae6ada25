"""Whether a signer is believed at a moment: the chain to the office's authorities, and what was revoked by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate as Doubt
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureStatus
from pyhanko_certvalidator import ValidationContext

from onestop import clock
from onestop.rules.errors import Remark
from onestop.rules.papers import Signature
from paper.sign import Certificate, for_library, may_sign
from paper.sign_trust import Trust

USES = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
"""Certificates of persons and agencies say one, the other or both."""

REASONS: dict[object, str] = {
    Doubt.NO_CERTIFICATE_CHAIN_FOUND: "sign.fact-nobody",
    Doubt.CRYPTO_CONSTRAINTS_FAILURE: "sign.fact-weak",
    Doubt.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: "sign.fact-weak",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a chain is built from: the office's authorities, the certificates, lists and answers in the PDF; and the
    moment at which it is asked."""

    now: datetime
    roots: tuple[Any, ...]
    certificates: tuple[Any, ...]
    lists: tuple[bytes, ...]
    answers: tuple[bytes, ...]

    def at(self, moment: datetime, asked: bool = True) -> ValidationContext:
        """The library's context for judging at `moment`.

        A certificate that names a place to ask for what was revoked is believed only with a list or an answer that says
        that it was not; about one that names none nobody can be asked. Where nobody is `asked` it is believed
        without: to find out whether that is all that is missing.
        """
        return ValidationContext(
            trust_roots=list(self.roots),
            other_certs=list(self.certificates),
            moment=moment,
            allow_fetching=False,
            crls=list(self.lists) if asked else [],
            ocsps=list(self.answers) if asked else [],
            revocation_mode="hard-fail" if asked else "soft-fail",
            retroactive_revinfo=True,
        )


def entry(dictionary: Any, key: str) -> Any:
    """What stands under `key` of a PDF's dictionary, followed to where it is, which the library's `get` does not do; or
    None."""
    try:
        return dictionary[key]
    except KeyError:
        return None


def evidence_of(reader: PdfFileReader, trust: Trust, now: datetime) -> Evidence:
    """What the office's folder and the document's own store of proofs (PAdES-LT) hold."""
    store = entry(reader.root, "/DSS") or {}

    def streams(key: str) -> tuple[bytes, ...]:
        found = (each.get_object() for each in entry(store, key) or ())
        return tuple(each.data for each in found if isinstance(each, StreamObject))

    return Evidence(
        now,
        roots=tuple(for_library(trust.certificates)),
        certificates=tuple(for_library(streams("/Certs"))),
        lists=(*trust.revoked, *streams("/CRLs")),
        answers=streams("/OCSPs"),
    )


def why_not(
    status: SignatureStatus,
    who: Certificate,
    claimed_at: datetime | None,
    moment: datetime,
    proved: bool = False,
    only_unasked: bool = False,
) -> tuple[Signature, Remark | None]:
    """The word for an intact signature, and why it is not valid where it is not. `moment`: the one at which its
    certificate has to hold, `proved` by a time stamp or just now. `only_unasked`: all that is missing is somebody who
    says whether it was revoked.

    Revoked before it was made: broken. Made before the revocation by the signer's own word alone: unknown.
    """
    if status.trusted:
        return Signature.VALID, None
    if status.revocation_details is not None:
        since = status.revocation_details.revocation_date
        made = moment if proved else claimed_at
        if made is None or made >= since:
            return Signature.BROKEN, Remark("sign.fact-revoked", {"day": clock.local(since).date()})
        return Signature.UNKNOWN, Remark("sign.fact-revoked-since", {"day": clock.local(since).date()})
    if moment > who.valid_to:
        day = clock.local(who.valid_to).date()
        late = claimed_at is not None and claimed_at > who.valid_to
        return Signature.UNKNOWN, Remark("sign.fact-expired-then" if late else "sign.fact-expired", {"day": day})
    if moment < who.valid_from:
        return Signature.UNKNOWN, Remark("sign.fact-not-yet", {"day": clock.local(who.valid_from).date()})
    if only_unasked:
        return Signature.UNKNOWN, Remark("sign.fact-revocation")
    found = status.trust_problem_indic
    if found is Doubt.CHAIN_CONSTRAINTS_FAILURE:
        meant = may_sign(status.signing_cert.dump())
        return Signature.UNKNOWN, Remark("sign.fact-nobody" if meant else "sign.fact-use")
    return Signature.UNKNOWN, Remark(REASONS.get(found, "sign.fact-chain"))
