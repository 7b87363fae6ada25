"""What is on the tokens that are plugged in: which certificates may sign, and which one is meant. No PIN is needed.

A driver (PKCS#11 module) is other people's code in this very process; `sign_apart` asks it in one of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pkcs11
from pkcs11 import Attribute, ObjectClass, Session, Token, TokenFlag

from onestop.rules.errors import DeviceTrouble, RuleBroken
from paper.sign import Certificate, certificate_of, in_time, may_sign

SENTENCES: tuple[tuple[type[pkcs11.PKCS11Error] | tuple[type[pkcs11.PKCS11Error], ...], str], ...] = (
    ((pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange), "sign.wrong-pin"),
    (pkcs11.PinLocked, "sign.locked"),
    (pkcs11.PinExpired, "sign.pin-expired"),
    (pkcs11.UserPinNotInitialized, "sign.no-pin-set"),
    ((pkcs11.FunctionCancelled, pkcs11.FunctionRejected), "sign.refused-by-person"),
    (pkcs11.NoSuchKey, "sign.no-certificate"),
)
"""What the person can act on."""
GONE = (
    pkcs11.TokenNotPresent,
    pkcs11.TokenNotRecognised,
    pkcs11.DeviceRemoved,
    pkcs11.NoSuchToken,
    pkcs11.SlotIDInvalid,
    pkcs11.SessionHandleInvalid,
    pkcs11.SessionClosed,
)


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A certificate that may sign, on a token that is plugged in: by which driver, on which token, under which id."""

    module: Path
    token: str
    serial: str
    label: str
    key_id: bytes
    certificate: Certificate
    der: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """A certificate as it lies on a token."""

    label: str
    key_id: bytes
    der: bytes


@contextmanager
def device() -> Iterator[None]:
    """Round the calls of a driver: what it raises becomes a sentence."""
    try:
        yield
    except pkcs11.PKCS11Error as error:
        for kinds, code in SENTENCES:
            if isinstance(error, kinds):
                raise RuleBroken(code, field="pin") from error
        if isinstance(error, GONE):
            raise DeviceTrouble("sign.no-token") from error
        raise DeviceTrouble("sign.device-failed", detail=type(error).__name__) from error


def keys_on_tokens(modules: Sequence[Path]) -> tuple[TokenKey, ...]:
    """Every certificate that may sign on every token that is plugged in, without a PIN.

    A driver that cannot be loaded is passed over, unless it is the only one: DeviceTrouble sign.no-module. Further
    DeviceTrouble sign.no-driver, sign.no-token where none is seen; RuleBroken sign.no-certificate where none may sign.
    """
    found: dict[str, TokenKey] = {}
    seen = 0
    for module in modules:
        try:
            tokens = tokens_of(module)
        except DeviceTrouble:
            if len(modules) == 1:
                raise
            continue
        for token in tokens:
            seen += 1
            for each in _on(module, token):
                found.setdefault(each.certificate.fingerprint, each)
    if not modules:
        raise DeviceTrouble("sign.no-driver")
    if not seen:
        raise DeviceTrouble("sign.no-token")
    if not found:
        raise RuleBroken("sign.no-certificate")
    return tuple(found.values())


def choose(keys: Sequence[TokenKey], wanted: str = "", token: str = "") -> TokenKey:
    """The one that is meant; without a wish the only one, those out of time aside. RuleBroken sign.no-certificate,
    sign.which-certificate."""
    fitting = [each for each in keys if token in ("", each.token, each.serial) and wanted in ("", *_names(each))]
    if not fitting:
        raise RuleBroken("sign.no-certificate")
    usable = [each for each in fitting if in_time(each.certificate)] or fitting
    if len(usable) > 1:
        names = [f"{each.certificate.common_name} ({each.label or each.certificate.serial})" for each in usable]
        raise RuleBroken("sign.which-certificate", names=names)
    return usable[0]


def _names(key: TokenKey) -> tuple[str, ...]:
    about = key.certificate
    return tuple(filter(None, (key.label, about.common_name, about.serial, about.fingerprint)))


def tokens_of(module: Path) -> list[Token]:
    """The tokens that a driver sees. DeviceTrouble sign.no-module where it cannot be loaded."""
    try:
        slots = pkcs11.lib(str(module)).get_slots(token_present=True)
    except (pkcs11.PKCS11Error, OSError, RuntimeError) as error:
        raise DeviceTrouble("sign.no-module", file=module.name) from error
    tokens = []
    for slot in slots:
        try:
            token = slot.get_token()
        except pkcs11.PKCS11Error:
            continue  # taken out at this very moment, or nothing that this driver knows
        if TokenFlag.TOKEN_INITIALIZED in token.flags:
            tokens.append(token)
    return tokens


def _on(module: Path, token: Token) -> Iterator[TokenKey]:
    with device(), token.open() as session:
        for each in certificates_on(session):
            try:
                fits, about = may_sign(each.der), certificate_of(each.der)
            except ValueError:
                continue  # a certificate that cannot be read signs nothing
            if fits:
                serial = token.serial.decode("ascii", "replace").strip()
                yield TokenKey(module, token.label, serial, each.label, each.key_id, about, each.der)


def certificates_on(session: Session) -> list[Stored]:
    """Every certificate that a session shows."""
    found = list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))
    return [
        Stored(read(each, Attribute.LABEL, ""), read(each, Attribute.ID, b""), each[Attribute.VALUE]) for each in found
    ]


def read(stored: Any, attribute: Attribute, nothing: Any) -> Any:
    """An attribute of something on a token, or `nothing` where it has none."""
    try:
        return stored[attribute] or nothing
    except pkcs11.PKCS11Error:
        return nothing
