"""A key in a PKCS#12 file (.p12, .pfx): read once with its password, kept in memory while papers are signed."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates, load_pkcs12
from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from onestop.rules.errors import RuleBroken
from paper.sign import Appearance, Certificate, certificate_of, demand_in_time, for_library, may_sign
from paper.sign_pdf import signed

LARGEST = 1024 * 1024
"""Bytes: what is larger holds no key."""


class FileSigner:
    """Signs with the key of a PKCS#12 file. See `sign.Signer`.

    Opening raises RuleBroken sign.no-file, sign.not-a-key-file, sign.wrong-pin, sign.no-certificate,
    sign.not-for-signing, sign.expired, sign.not-yet-valid.
    """

    def __init__(self, file: Path, pin: str) -> None:
        self._file, self._pin = file, pin
        self._key: SimpleSigner | None = None
        self._who: Certificate | None = None

    def __enter__(self) -> Self:
        try:
            if self._file.stat().st_size > LARGEST:
                raise RuleBroken("sign.not-a-key-file", file=self._file.name)
            content = self._file.read_bytes()
        except OSError as error:
            raise RuleBroken("sign.no-file", file=self._file.name) from error
        self._open(content)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._key = None

    def who(self) -> Certificate | None:
        """Whose key it is."""
        return self._who

    def sign(self, pdf: bytes, appearance: Appearance | None = None, reason: str = "") -> bytes:
        """One more signature; RuleBroken as `sign_pdf.signed` says."""
        if self._key is None or self._who is None:
            raise ValueError("a signer is opened with `with` before it signs")
        demand_in_time(self._who)
        return signed(pdf, self._key, self._who, appearance, reason)

    def _open(self, content: bytes) -> None:
        found = read_key_file(content, self._pin, self._file.name)
        if found.key is None or found.cert is None:
            raise RuleBroken("sign.no-certificate")
        der = found.cert.certificate.public_bytes(Encoding.DER)
        who = certificate_of(der)
        if not may_sign(der):
            raise RuleBroken("sign.not-for-signing", name=who.common_name)
        demand_in_time(who)
        chain = [each.certificate.public_bytes(Encoding.DER) for each in found.additional_certs]
        key = found.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        self._who = who
        self._key = SimpleSigner(
            signing_cert=for_library([der])[0],
            signing_key=load_private_key_from_pemder_data(key, passphrase=None),
            cert_registry=SimpleCertificateStore.from_certs(for_library(chain)),
        )


def read_key_file(content: bytes, pin: str, name: str) -> PKCS12KeyAndCertificates:
    """What is in a PKCS#12 file. RuleBroken sign.not-a-key-file, sign.wrong-pin."""
    # A PKCS#12 file is a SEQUENCE that begins with the number 3; with anything else no password will help.
    if content[:1] != b"\x30" or b"\x02\x01\x03" not in content[:16]:
        raise RuleBroken("sign.not-a-key-file", file=name)
    try:
        return load_pkcs12(content, pin.encode())
    except UnsupportedAlgorithm as error:
        raise RuleBroken("sign.not-a-key-file", file=name) from error
    except ValueError as error:
        if "password" in str(error).lower():
            raise RuleBroken("sign.wrong-pin", field="pin", how="file") from error
        raise RuleBroken("sign.not-a-key-file", file=name) from error
