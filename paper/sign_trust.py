"""Whom this office believes: certificates of authorities, and their lists of what was revoked, as files in one folder.

Nothing comes along with the program and nothing is fetched: which authorities count is the office's decision, and a
counter may have no network. PEM and DER are read, by content; the names of the files say nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from paper.sign import Certificate, certificate_of

LARGEST = 20 * 1024 * 1024
"""Bytes of one file: the longest list of revoked certificates in the country has some five million."""


@dataclass(frozen=True, slots=True)
class Trust:
    """`certificates`: authorities (DER) at which a chain may end. `revoked`: lists (DER) that authorities gave out.
    `unreadable`: names of files in the folder that are neither."""

    certificates: tuple[bytes, ...] = ()
    revoked: tuple[bytes, ...] = ()
    unreadable: tuple[str, ...] = ()

    def authorities(self) -> tuple[Certificate, ...]:
        """Whom the office believes, for people to read."""
        return tuple(certificate_of(each) for each in self.certificates)


def read_trust(folder: Path) -> Trust:
    """What lies in `folder`; a folder that is not there trusts nobody."""
    certificates: dict[bytes, None] = {}
    lists: dict[bytes, None] = {}
    unreadable = []
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not file.is_file() or file.name.startswith("."):
            continue
        try:
            if file.stat().st_size > LARGEST:
                raise ValueError(file.name)
            found, revoked = _read(file.read_bytes())
        except (OSError, ValueError):
            unreadable.append(file.name)
            continue
        certificates.update(dict.fromkeys(found))
        lists.update(dict.fromkeys(revoked))
    return Trust(tuple(certificates), tuple(lists), tuple(unreadable))


def _read(content: bytes) -> tuple[list[bytes], list[bytes]]:
    if b"-----BEGIN CERTIFICATE-----" in content:
        return [each.public_bytes(Encoding.DER) for each in x509.load_pem_x509_certificates(content)], []
    if b"-----BEGIN X509 CRL-----" in content:
        return [], [x509.load_pem_x509_crl(content).public_bytes(Encoding.DER)]
    try:
        return [x509.load_der_x509_certificate(content).public_bytes(Encoding.DER)], []
    except ValueError:
        return [], [x509.load_der_x509_crl(content).public_bytes(Encoding.DER)]
