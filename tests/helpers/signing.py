"""Made-up authorities, certificates, key files and a token in software (SoftHSM2); PDFs to sign. Nobody in them exists.

Certificates are made with `cryptography` alone: nothing of `paper/` takes part in what it is tested with.
"""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pkcs11
import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen.canvas import Canvas

NOW = datetime(2026, 11, 27, 5, 0, tzinfo=UTC)
"""Noon in Viet Nam, on the day on which these tests sign."""
PIN = "248163"
PLACES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Owner:
    """Somebody with a key, the certificate of it, and whoever issued that."""

    name: str
    key: Key
    certificate: x509.Certificate
    issuer: Owner | None = None

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def key_file(self, file: Path, password: str = PIN) -> Path:
        """A PKCS#12 file with the key and the chain."""
        chain = [self.issuer.certificate] if self.issuer else None
        content = pkcs12.serialize_key_and_certificates(
            self.name.encode(), self.key, self.certificate, chain, BestAvailableEncryption(password.encode())
        )
        file.write_bytes(content)
        return file

    def library_key(self) -> SimpleSigner:
        """The key as pyHanko takes it, for signatures as other programs make them."""
        private = self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        store = SimpleCertificateStore()
        if self.issuer:
            store.register(asn1_x509.Certificate.load(self.issuer.der))
        return SimpleSigner(asn1_x509.Certificate.load(self.der), asn1_keys.PrivateKeyInfo.load(private), store)


@cache
def rsa_key(which: str) -> rsa.RSAPrivateKey:
    """An RSA key of 2048 bits, made once for each `which` in a run."""
    return rsa.generate_private_key(65537, 2048)


def owner(
    name: str,
    issuer: Owner | None = None,
    *,
    authority: bool = False,
    days: tuple[float, float] = (-30, 365),
    key: Key | None = None,
    uses: tuple[bool, bool] = (True, True),
    asked_at: str = "",
    stamps: bool = False,
) -> Owner:
    """A certificate from `days[0]` to `days[1]` days after NOW. `uses`: digital signature, non-repudiation;
    `asked_at`: the address of a list of revoked certificates; `stamps`: it is an authority for time stamps."""
    key = key or rsa_key(name)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Ủy ban nhân dân phường Mẫu"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    made = x509.CertificateBuilder(
        subject_name=subject,
        issuer_name=issuer.certificate.subject if issuer else subject,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=NOW + timedelta(days[0]),
        not_valid_after=NOW + timedelta(days[1]),
    )
    signing, lasting = (False, False) if authority else uses
    flags: Any = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    use = x509.KeyUsage(
        digital_signature=signing, content_commitment=lasting, key_cert_sign=authority, crl_sign=authority, **flags
    )
    made = made.add_extension(x509.BasicConstraints(authority, None), critical=True).add_extension(use, critical=True)
    made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    if issuer is not None:
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
        made = made.add_extension(above, critical=False)
    if asked_at:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(asked_at)], None, None, None)
        made = made.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    if stamps:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return Owner(name, key, made.sign(issuer.key if issuer else key, SHA256()), issuer)


def authority(name: str = "Cơ quan chứng thực Mẫu") -> Owner:
    """Whom an office may believe."""
    return owner(name, authority=True, days=(-3650, 3650))


def revoked_list(issuer: Owner, *gone: tuple[Owner, float], days: tuple[float, float] = (-1, 7)) -> bytes:
    """A list of revoked certificates (DER): who, and how many days after NOW; given out and renewed on `days`."""
    made = x509.CertificateRevocationListBuilder(
        issuer.certificate.subject, NOW + timedelta(days[0]), NOW + timedelta(days[1])
    )
    for who, day in gone:
        row = x509.RevokedCertificateBuilder(who.certificate.serial_number, NOW + timedelta(day))
        made = made.add_revoked_certificate(row.build())
    return made.sign(issuer.key, SHA256()).public_bytes(Encoding.DER)


def made_pdf(pages: int = 1, text: str = "Đơn đề nghị") -> bytes:
    """A PDF with a word on each page."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=(595, 842))
    for number in range(pages):
        canvas.drawString(100, 700, f"{text.encode('ascii', 'ignore').decode()} {number + 1}")
        canvas.showPage()
    canvas.save()
    return output.getvalue()


# -- a token in software -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SoftToken:
    """A folder of SoftHSM2's, in which tokens are made."""

    module: Path
    folder: Path

    def make(self, label: str, *owners: Owner, pin: str = PIN) -> None:
        """A token with the keys and certificates of `owners`, numbered from 1."""
        self._run("softhsm2-util", "--init-token", "--free", "--label", label, "--pin", pin, "--so-pin", "55555555")
        for number, each in enumerate(owners, 1):
            self.put(label, each, f"{number:02x}", pin=pin)

    def put(self, label: str, who: Owner, key_id: str, *, pin: str = PIN) -> None:
        """One more key with its certificate, under its owner's name."""
        key, certificate = self.folder / "key.pem", self.folder / "certificate.der"
        key.write_bytes(who.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        certificate.write_bytes(who.der)
        named = ("--token", label, "--label", who.name, "--id", key_id, "--pin", pin)
        self._run("softhsm2-util", "--import", str(key), *named)
        self._run(
            *("pkcs11-tool", "--module", str(self.module), "--token-label", label, "--login", "--pin", pin),
            *("--write-object", str(certificate), "--type", "cert", "--label", who.name, "--id", key_id),
        )
        key.unlink()

    def _run(self, *command: str) -> None:
        subprocess.run(command, check=True, capture_output=True, env=dict(os.environ))


@pytest.fixture
def soft_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoftToken]:
    """SoftHSM2 with a folder of its own; the driver is unloaded at the end, so that the next test finds its own."""
    folder = tmp_path / "softhsm"
    (folder / "tokens").mkdir(parents=True)
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(settings))
    module = next(Path(place) for place in PLACES if Path(place).exists())
    yield SoftToken(module, folder)
    pkcs11.unload(str(module))


@pytest.fixture
def spy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, soft_token: SoftToken) -> Iterator[tuple[Path, Path]]:
    """OpenSC's spy between us and SoftHSM2: a driver that writes down every call, and where it writes."""
    log = tmp_path / "calls.txt"
    monkeypatch.setenv("PKCS11SPY", str(soft_token.module))
    monkeypatch.setenv("PKCS11SPY_OUTPUT", str(log))
    driver = next(Path("/usr/lib").rglob("pkcs11-spy.so"))
    yield driver, log
    pkcs11.unload(str(driver))
