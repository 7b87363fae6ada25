"""What a signer is: somebody's key, wherever it lies, that puts a signature into a PDF.

A key lies in a file (`sign_file`), on a token (`sign_token`), or with a signing program on the same PC
(`sign_program`). All three are used alike: opened once with one PIN, any number of papers signed, closed. What becomes
of a paper is the same too: PAdES, written behind what was there, so that an earlier signature stays valid (`sign_pdf`).

No key and no PIN is ever written to disk or to the log; the libraries' own words are kept out of it as well, because
they name the people whose certificates they look at.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from asn1crypto.x509 import Certificate as Asn1Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from onestop import clock
from onestop.rules.errors import RuleBroken

for library in ("pyhanko", "pyhanko_certvalidator", "fontTools"):
    logging.getLogger(library).setLevel(logging.CRITICAL)

OF_THE_PAPER = frozenset(
    {
        "sign.not-a-pdf",
        "sign.encrypted",
        "sign.closed",
        "sign.already-broken",
        "sign.not-the-same",
        "sign.came-back-unsigned",
        "sign.came-back-broken",
        "sign.no-such-page",
    }
)
"""What is wrong with one paper alone: the others of a batch can go on. Everything else stops the batch."""


class Ink(StrEnum):
    """The colour of a mark: black for what a machine says, blue for a person's, red for an organisation's."""

    BLACK = "black"
    BLUE = "blue"
    RED = "red"


class Corner(StrEnum):
    """Where on the page a mark stands, as a person sees the page."""

    TOP_LEFT = "top-left"
    TOP_RIGHT = "top-right"
    BOTTOM_LEFT = "bottom-left"
    BOTTOM_RIGHT = "bottom-right"


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who signs, as the certificate says. `serial` and `fingerprint` (SHA-256) in hexadecimal; the days are UTC."""

    subject: str
    common_name: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_to: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Appearance:
    """A mark that shows the signature on the page. In `lines`, `{signer}` and `{time}` are filled in when it is made.

    `page`: 1 is the first, -1 the last. `picture`: a PNG (a signature, a seal) drawn `picture_width` mm wide behind
    the lines, at its own proportions. `margin`: mm from the edges. A mark never stands on that of an earlier
    signature: it moves away from the corner until the place is free.
    """

    lines: tuple[str, ...] = ("Ký bởi: {signer}", "Thời gian ký: {time}")
    corner: Corner = Corner.BOTTOM_RIGHT
    page: int = 1
    size: int = 10
    ink: Ink = Ink.BLACK
    margin: tuple[float, float] = (10.0, 10.0)
    picture: bytes | None = None
    picture_width: float = 30.0


class Signer(Protocol):
    """Opened with `with`, which asks for the PIN once; then any number of papers, one after the other.

    Opening raises RuleBroken sign.wrong-pin (with `left` where the token says so), sign.last-try, sign.locked,
    sign.no-certificate, sign.which-certificate, sign.expired, sign.not-yet-valid, sign.not-for-signing;
    DeviceTrouble sign.no-token, sign.no-driver, sign.no-module, sign.program-silent, sign.device-….
    """

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def who(self) -> Certificate | None:
        """Whose signature it will be; None where only the program knows, until it has signed once."""
        ...

    def sign(self, pdf: bytes, appearance: Appearance | None = None, reason: str = "") -> bytes:
        """`pdf` with one more signature behind it, checked before it is handed out.

        RuleBroken: what `OF_THE_PAPER` lists, sign.refused-by-person, sign.refused. DeviceTrouble: sign.no-token where
        the token was taken out, sign.program-silent, sign.device-….
        """
        ...


def certificate_of(der: bytes) -> Certificate:
    """What a certificate (DER) says of its owner. ValueError where it is none."""
    found = x509.load_der_x509_certificate(der)
    return Certificate(
        subject=found.subject.rfc4514_string(),
        common_name=name_in(found.subject),
        issuer=name_in(found.issuer),
        serial=f"{found.serial_number:x}",
        valid_from=found.not_valid_before_utc,
        valid_to=found.not_valid_after_utc,
        fingerprint=found.fingerprint(hashes.SHA256()).hex(),
    )


def for_library(ders: Iterable[bytes]) -> list[Asn1Certificate]:
    """Certificates (DER) as pyHanko takes them."""
    return [Asn1Certificate.load(each) for each in ders]


def name_in(name: x509.Name) -> str:
    """What somebody is called in a certificate: the common name, or all of it where there is none."""
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


def may_sign(der: bytes) -> bool:
    """Whether a certificate is meant for signatures: a person's, not an authority's, and its uses say so or say
    nothing."""
    found = x509.load_der_x509_certificate(der)
    try:
        if found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            return False
    except x509.ExtensionNotFound:
        pass
    try:
        uses = found.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return uses.digital_signature or uses.content_commitment


def in_time(certificate: Certificate) -> bool:
    """Whether a certificate holds by the clock."""
    return certificate.valid_from <= clock.now() <= certificate.valid_to


def demand_in_time(certificate: Certificate) -> None:
    """RuleBroken sign.expired or sign.not-yet-valid, by the clock."""
    now = clock.now()
    named = {"name": certificate.common_name}
    if now > certificate.valid_to:
        raise RuleBroken("sign.expired", day=clock.local(certificate.valid_to).date(), **named)
    if now < certificate.valid_from:
        raise RuleBroken("sign.not-yet-valid", day=clock.local(certificate.valid_from).date(), **named)


def filled(lines: tuple[str, ...], certificate: Certificate | None, moment: datetime) -> tuple[str, ...]:
    """The lines of a mark with the signer and the moment (ISO 8601, Vietnamese zone) put in."""
    words = {"{signer}": certificate.common_name if certificate else "", "{time}": stamp_of(moment)}
    found = []
    for line in lines:
        for hole, word in words.items():
            line = line.replace(hole, word)
        found.append(line)
    return tuple(found)


def stamp_of(moment: datetime) -> str:
    """A moment as NĐ 30/2020 wants it under a signature: day, hour to the second, zone, by ISO 8601."""
    return clock.local(moment.astimezone(UTC)).isoformat(timespec="seconds")
