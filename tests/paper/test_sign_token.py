"""Signing with a token: SoftHSM2 through the real driver interface, and what every failure is called."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from onestop import clock
from onestop.rules.papers import Signature
from paper.sign_token import TokenSigner
from paper.sign_trust import Trust
from paper.signatures import signatures
from tests.helpers.signing import NOW, PIN, SoftToken, authority, made_pdf, owner, soft_token

__all__ = ["soft_token"]
PDF = made_pdf()


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def test_a_token_signs_and_the_signature_is_valid(soft_token: SoftToken) -> None:
    root = authority()
    soft_token.make("mc", owner("Đỗ Đức Đạt", root))
    with TokenSigner([soft_token.module], PIN) as signer:
        who = signer.who()
        signed = signer.sign(PDF)
    assert who is not None
    assert who.common_name == "Đỗ Đức Đạt"
    (fact,) = signatures(signed, Trust((root.der,)))
    assert (fact.verdict, fact.signer, fact.covers_all) == (Signature.VALID, who, True)
