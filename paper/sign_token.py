"""A key on a token, reached through its maker's driver (PKCS#11): one PIN, any number of papers.

A PIN is given to one token only, the one whose certificate was chosen, and never a second time: a few wrong ones lock a
token for good. A driver is other people's code in this very process; `sign_apart` puts it into one of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pkcs11
from pkcs11 import Attribute, Mechanism, ObjectClass, Session, Token, TokenFlag
from pyhanko.sign.pkcs11 import PKCS11Signer

from onestop.rules.errors import DeviceTrouble, RuleBroken
from paper.sign import Appearance, Certificate, demand_in_time, for_library
from paper.sign_keys import TokenKey, certificates_on, choose, device, keys_on_tokens, read, tokens_of
from paper.sign_pdf import signed


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
            others = [each.der for each in certificates_on(self._session) if each.der != chosen.der]
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


def _token(key: TokenKey) -> Token:
    for token in tokens_of(key.module):
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
        if key.key_id and read(each, Attribute.ID, b"") == key.key_id:
            return {"key_id": key.key_id}
    for each in keys:
        if key.label and read(each, Attribute.LABEL, "") == key.label:
            return {"key_label": key.label}
    raise RuleBroken("sign.no-certificate")
