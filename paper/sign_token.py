"""A key on a token, reached through its maker's driver (PKCS#11): one PIN, any number of papers.

A PIN is given to one token only, the one whose certificate was chosen, and never a second time: a few wrong ones lock a
token for good. A driver is other people's code in this very process; `sign_apart` puts it into one of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pkcs11
from pkcs11 import Attribute, Mechanism, ObjectClass, Session, Token, TokenFlag
from pyhanko.sign.pkcs11 import PKCS11Signer

from onestop.rules.errors import DeviceTrouble, RuleBroken
from paper.sign import Appearance, Certificate, certificate_of, demand_in_time, for_library, in_time, may_sign
from paper.sign_pdf import signed

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


class TokenSigner:
    """Signs with a key on a token. See `sign.Signer`.

    `modules`: drivers to ask, in order (`sign_modules.modules_here`). `certificate`: which one, where the token has
    several that may sign: its label, its owner's name, its serial or its fingerprint. An empty `pin` means that the
    token asks for it by itself (a reader with keys). `even_last_try`: use up the last try before the token locks.
    """

    def __init__(
        self, modules: Sequence[Path], pin: str, certificate: str = "", token: str = "", even_last_try: bool = False
    ) -> None:
        self._modules, self._pin, self._even_last_try = tuple(modules), pin, even_last_try
        self._wanted, self._token = certificate, token
        self._session: Session | None = None
        self._key: PKCS11Signer | None = None
        self._who: Certificate | None = None

    def __enter__(self) -> Self:
        try:
            self._open()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def who(self) -> Certificate | None:
        """Whose key it is."""
        return self._who

    def sign(self, pdf: bytes, appearance: Appearance | None = None, reason: str = "") -> bytes:
        """One more signature; RuleBroken as `sign_pdf.signed` says, DeviceTrouble where the token is gone or fails."""
        if self._key is None or self._who is None:
            raise ValueError("a signer is opened with `with` before it signs")
        demand_in_time(self._who)
        with device():
            return signed(pdf, self._key, self._who, appearance, reason)

    def _open(self) -> None:
        chosen = choose(keys_on_tokens(self._modules), self._wanted, self._token)
        demand_in_time(chosen.certificate)
        with device():
            token = _token(chosen)
            self._session = _logged_in(token, self._pin, self._even_last_try)
            others = [each.der for each in _certificates(self._session) if each.der != chosen.der]
            self._key = PKCS11Signer(
                self._session,
                signing_cert=for_library([chosen.der])[0],
                ca_chain=for_library(others),
                use_raw_mechanism=_raw(token, chosen),
                **_key_of(self._session, chosen),
            )
        self._who = chosen.certificate

    def _close(self) -> None:
        session, self._session, self._key = self._session, None, None
        if session is not None:
            with suppress(pkcs11.PKCS11Error):  # a token that was taken out has closed it already
                session.close()


@dataclass(frozen=True, slots=True)
class _Stored:
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
            tokens = _tokens(module)
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


def _tokens(module: Path) -> list[Token]:
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
        for each in _certificates(session):
            try:
                fits, about = may_sign(each.der), certificate_of(each.der)
            except ValueError:
                continue  # a certificate that cannot be read signs nothing
            if fits:
                serial = token.serial.decode("ascii", "replace").strip()
                yield TokenKey(module, token.label, serial, each.label, each.key_id, about, each.der)


def _certificates(session: Session) -> list[_Stored]:
    found = list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))
    return [
        _Stored(_read(each, Attribute.LABEL, ""), _read(each, Attribute.ID, b""), each[Attribute.VALUE])
        for each in found
    ]


def _read(stored: Any, attribute: Attribute, nothing: Any) -> Any:
    try:
        return stored[attribute] or nothing
    except pkcs11.PKCS11Error:
        return nothing


def _token(key: TokenKey) -> Token:
    for token in _tokens(key.module):
        if token.serial.decode("ascii", "replace").strip() == key.serial and token.label == key.token:
            return token
    raise DeviceTrouble("sign.no-token")


def _logged_in(token: Token, pin: str, even_last_try: bool) -> Session:
    if TokenFlag.USER_PIN_LOCKED in token.flags:
        raise RuleBroken("sign.locked", field="pin")
    if TokenFlag.USER_PIN_FINAL_TRY in token.flags and not even_last_try:
        raise RuleBroken("sign.last-try", field="pin")
    own_keys = TokenFlag.PROTECTED_AUTHENTICATION_PATH in token.flags
    if not pin and not own_keys:
        raise RuleBroken("sign.pin-missing", field="pin")
    try:
        return token.open(user_pin=pin or pkcs11.PROTECTED_AUTH)
    except pkcs11.PinIncorrect as error:
        flags = token.slot.get_token().flags
        if TokenFlag.USER_PIN_LOCKED in flags:
            raise RuleBroken("sign.locked", field="pin") from error
        left = {"how": "last"} if TokenFlag.USER_PIN_FINAL_TRY in flags else {}
        raise RuleBroken("sign.wrong-pin", field="pin", **left) from error


def _raw(token: Token, key: TokenKey) -> bool:
    """Whether the token signs a digest only, and does not make it: then the digest is made here."""
    able = token.slot.get_mechanisms()
    kind = for_library([key.der])[0].public_key.algorithm
    return (Mechanism.ECDSA_SHA256 if kind == "ec" else Mechanism.SHA256_RSA_PKCS) not in able


def _key_of(session: Session, key: TokenKey) -> dict[str, Any]:
    """How the private key of a certificate is found: by its id, else by its label."""
    keys = list(session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY}))
    for each in keys:
        if key.key_id and _read(each, Attribute.ID, b"") == key.key_id:
            return {"key_id": key.key_id}
    for each in keys:
        if key.label and _read(each, Attribute.LABEL, "") == key.label:
            return {"key_label": key.label}
    raise RuleBroken("sign.no-certificate")
