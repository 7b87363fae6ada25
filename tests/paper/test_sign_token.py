"""Signing with a token: SoftHSM2 through the real driver interface, and what every failure is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pkcs11
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from pkcs11 import TokenFlag

from onestop import clock, texts
from onestop.rules.errors import DeviceTrouble, RuleBroken
from onestop.rules.papers import Signature
from paper import sign_token
from paper.sign_keys import choose, device, keys_on_tokens
from paper.sign_token import TokenSigner
from paper.sign_trust import Trust
from paper.signatures import signatures
from tests.helpers.signing import NOW, PIN, SoftToken, authority, made_pdf, owner, soft_token, spy

__all__ = ["soft_token", "spy"]
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
    assert (who.common_name, who.issuer) == ("Đỗ Đức Đạt", "Cơ quan chứng thực Mẫu")
    (fact,) = signatures(signed, Trust((root.der,)))
    assert (fact.verdict, fact.signer, fact.covers_all) == (Signature.VALID, who, True)


def test_a_token_that_makes_no_digest_signs_one_made_here(soft_token: SoftToken) -> None:
    """SoftHSM2 signs with an elliptic key only what is a digest already."""
    root = authority()
    soft_token.make("mc", owner("Đỗ Đức Đạt", root, key=ec.generate_private_key(ec.SECP256R1())))
    with TokenSigner([soft_token.module], PIN) as signer:
        (fact,) = signatures(signer.sign(PDF), Trust((root.der,)))
    assert fact.verdict is Signature.VALID


def test_many_papers_with_one_pin(spy: tuple[Path, Path], soft_token: SoftToken) -> None:
    """Counted where it matters: between us and the driver, by OpenSC's spy."""
    driver, log = spy
    root = authority()
    soft_token.make("mc", owner("Đỗ Đức Đạt", root))
    papers = [made_pdf(1, f"paper {number}") for number in range(12)]
    with TokenSigner([driver], PIN) as signer:
        signed = [signer.sign(each) for each in papers]
    assert {fact.verdict for each in signed for fact in signatures(each, Trust((root.der,)))} == {Signature.VALID}
    calls = re.findall(r"^\d+: (C_\w+)", log.read_text("utf-8", "replace"), re.M)
    assert (calls.count("C_Login"), calls.count("C_SignInit")) == (1, 12)


def test_a_wrong_pin_is_tried_once(spy: tuple[Path, Path], soft_token: SoftToken) -> None:
    driver, log = spy
    soft_token.make("mc", owner("Đỗ Đức Đạt", authority()))
    with pytest.raises(RuleBroken) as broken, TokenSigner([driver], "135791"):
        raise AssertionError("opened with a wrong PIN")
    assert (broken.value.code, broken.value.details) == ("sign.wrong-pin", {"field": "pin"})
    assert log.read_text("utf-8", "replace").count("C_Login") == 1


def test_without_a_pin_no_try_is_used_up(spy: tuple[Path, Path], soft_token: SoftToken) -> None:
    driver, log = spy
    soft_token.make("mc", owner("Đỗ Đức Đạt", authority()))
    with pytest.raises(RuleBroken, match=r"sign\.pin-missing"), TokenSigner([driver], ""):
        raise AssertionError("opened without a PIN")
    assert "C_Login" not in log.read_text("utf-8", "replace")


@pytest.mark.parametrize(
    ("days", "code", "day"),
    [((-400, -30), "sign.expired", "28/10/2026"), ((3, 400), "sign.not-yet-valid", "30/11/2026")],
)
def test_a_certificate_out_of_time(
    spy: tuple[Path, Path], soft_token: SoftToken, days: tuple[float, float], code: str, day: str
) -> None:
    driver, log = spy
    soft_token.make("mc", owner("Đỗ Đức Đạt", authority(), days=days))
    with pytest.raises(RuleBroken) as broken, TokenSigner([driver], PIN):
        raise AssertionError("opened out of time")
    assert broken.value.code == code
    assert day in texts.message(code, broken.value.details)
    assert "C_Login" not in log.read_text("utf-8", "replace"), "no try of the PIN for a certificate that cannot sign"


def test_a_certificate_that_expires_during_the_batch_signs_no_more(soft_token: SoftToken) -> None:
    soft_token.make("mc", owner("Đỗ Đức Đạt", authority(), days=(-30, 0.01)))
    with TokenSigner([soft_token.module], PIN) as signer:
        signer.sign(PDF)
        with clock.frozen(NOW.replace(hour=9)), pytest.raises(RuleBroken, match=r"sign\.expired"):
            signer.sign(PDF)


def test_no_token(soft_token: SoftToken) -> None:
    with pytest.raises(DeviceTrouble, match=r"sign\.no-token"):
        keys_on_tokens([soft_token.module])


def test_no_driver(tmp_path: Path) -> None:
    with pytest.raises(DeviceTrouble, match=r"sign\.no-driver"):
        keys_on_tokens([])
    with pytest.raises(DeviceTrouble) as trouble:
        keys_on_tokens([tmp_path / "not-there.so"])
    assert (trouble.value.code, trouble.value.details) == ("sign.no-module", {"file": "not-there.so"})
    text = tmp_path / "no-driver.so"
    text.write_text("no driver at all")
    with pytest.raises(DeviceTrouble, match=r"sign\.no-module"):
        keys_on_tokens([text])


def test_a_driver_that_cannot_be_loaded_does_not_hide_one_that_can(soft_token: SoftToken, tmp_path: Path) -> None:
    soft_token.make("mc", owner("Đỗ Đức Đạt", authority()))
    (key,) = keys_on_tokens([tmp_path / "not-there.so", soft_token.module])
    assert (key.token, key.certificate.common_name) == ("mc", "Đỗ Đức Đạt")


def test_a_token_taken_out_in_the_middle(soft_token: SoftToken) -> None:
    soft_token.make("mc", owner("Đỗ Đức Đạt", authority()))
    with TokenSigner([soft_token.module], PIN) as signer:
        signer.sign(PDF)
        pkcs11.lib(str(soft_token.module)).reinitialize()  # a driver forgets its sessions when the token goes
        with pytest.raises(DeviceTrouble, match=r"sign\.no-token"):
            signer.sign(PDF)


def test_a_token_with_nothing_that_signs(soft_token: SoftToken) -> None:
    soft_token.make("mc", authority(), owner("Máy chủ", authority(), uses=(False, False)))
    with pytest.raises(RuleBroken, match=r"sign\.no-certificate"):
        keys_on_tokens([soft_token.module])


def test_a_certificate_without_its_key(soft_token: SoftToken) -> None:
    soft_token.make("mc", owner("Đỗ Đức Đạt", authority()))
    with pkcs11.lib(str(soft_token.module)).get_token(token_label="mc").open(rw=True, user_pin=PIN) as session:
        for key in session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY}):
            key.destroy()
    with pytest.raises(RuleBroken, match=r"sign\.no-certificate"), TokenSigner([soft_token.module], PIN):
        raise AssertionError("opened without a key")


def test_of_several_the_one_that_is_meant(soft_token: SoftToken) -> None:
    root = authority()
    first, second = owner("Đỗ Đức Đạt", root), owner("Ủy ban nhân dân phường Mẫu", root)
    soft_token.make("mc", first, second, owner("Người cũ", root, days=(-900, -200)))
    keys = keys_on_tokens([soft_token.module])
    assert len(keys) == 3
    with pytest.raises(RuleBroken) as broken:
        choose(keys)
    assert broken.value.code == "sign.which-certificate"
    assert len(broken.value.details["names"]) == 2, "one that has expired is no choice"
    about = next(each.certificate for each in keys if each.label == second.name)
    for wish in (second.name, about.serial, about.fingerprint):
        assert choose(keys, wish).certificate == about
    with pytest.raises(RuleBroken, match=r"sign\.no-certificate"):
        choose(keys, "Không có ai")
    with TokenSigner([soft_token.module], PIN, second.name) as signer:
        (fact,) = signatures(signer.sign(PDF), Trust((root.der,)))
    assert fact.signer == about


def test_the_only_one_in_time_needs_no_choice(soft_token: SoftToken) -> None:
    root = authority()
    soft_token.make("mc", owner("Đỗ Đức Đạt", root, days=(-900, -1)), owner("Đạt mới", root))
    assert choose(keys_on_tokens([soft_token.module])).certificate.common_name == "Đạt mới"


def test_one_of_two_tokens(soft_token: SoftToken) -> None:
    root = authority()
    soft_token.make("cá nhân", owner("Đỗ Đức Đạt", root))
    soft_token.make("cơ quan", owner("Ủy ban nhân dân phường Mẫu", root))
    with TokenSigner([soft_token.module], PIN, token="cơ quan") as signer:
        who = signer.who()
    assert who is not None
    assert who.common_name == "Ủy ban nhân dân phường Mẫu"


# -- what SoftHSM2 cannot do: it never locks ---------------------------------------------------------------------------


class FakeToken:
    """A token that says what it is told: its flags before and after a try, and how the try ends."""

    def __init__(self, before: TokenFlag, after: TokenFlag, error: Exception | None = None) -> None:
        self.flags, self.error, self.tried = before, error, 0
        self.slot = SimpleNamespace(get_token=lambda: SimpleNamespace(flags=after))

    def open(self, user_pin: Any) -> str:
        self.tried += 1
        if self.error is not None:
            raise self.error
        return f"opened with {user_pin}"


USUAL = TokenFlag.TOKEN_INITIALIZED | TokenFlag.LOGIN_REQUIRED


@pytest.mark.parametrize(
    ("before", "after", "code", "details", "tried"),
    [
        (USUAL | TokenFlag.USER_PIN_LOCKED, USUAL, "sign.locked", {"field": "pin"}, 0),
        (USUAL | TokenFlag.USER_PIN_FINAL_TRY, USUAL, "sign.last-try", {"field": "pin"}, 0),
        (USUAL, USUAL | TokenFlag.USER_PIN_COUNT_LOW, "sign.wrong-pin", {"field": "pin"}, 1),
        (USUAL, USUAL | TokenFlag.USER_PIN_FINAL_TRY, "sign.wrong-pin", {"field": "pin", "how": "last"}, 1),
        (USUAL, USUAL | TokenFlag.USER_PIN_LOCKED, "sign.locked", {"field": "pin"}, 1),
    ],
)
def test_tries_of_the_pin(before: TokenFlag, after: TokenFlag, code: str, details: dict[str, str], tried: int) -> None:
    token: Any = FakeToken(before, after, pkcs11.PinIncorrect())
    with pytest.raises(RuleBroken) as broken:
        sign_token._logged_in(token, PIN, even_last_try=False)
    assert (broken.value.code, broken.value.details, token.tried) == (code, details, tried)


def test_the_last_try_is_made_when_a_person_wants_it() -> None:
    token: Any = FakeToken(USUAL | TokenFlag.USER_PIN_FINAL_TRY, USUAL)
    assert sign_token._logged_in(token, PIN, even_last_try=True) == f"opened with {PIN}"


def test_a_token_with_keys_asks_for_the_pin_itself() -> None:
    token: Any = FakeToken(USUAL | TokenFlag.PROTECTED_AUTHENTICATION_PATH, USUAL)
    assert sign_token._logged_in(token, "", even_last_try=False) == f"opened with {pkcs11.PROTECTED_AUTH}"


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        (pkcs11.PinLocked, RuleBroken, "sign.locked"),
        (pkcs11.PinExpired, RuleBroken, "sign.pin-expired"),
        (pkcs11.PinLenRange, RuleBroken, "sign.wrong-pin"),
        (pkcs11.UserPinNotInitialized, RuleBroken, "sign.no-pin-set"),
        (pkcs11.FunctionCancelled, RuleBroken, "sign.refused-by-person"),
        (pkcs11.DeviceRemoved, DeviceTrouble, "sign.no-token"),
        (pkcs11.SessionHandleInvalid, DeviceTrouble, "sign.no-token"),
        (pkcs11.GeneralError, DeviceTrouble, "sign.device-failed"),
    ],
)
def test_what_a_driver_raises_has_its_sentence(error: type[Exception], kind: type[Exception], code: str) -> None:
    with pytest.raises(kind) as raised, device():
        raise error
    said: Any = raised.value
    assert said.code == code
    assert texts.message(said.code, said.details) not in ("", said.code)


def test_a_pin_is_shown_nowhere(soft_token: SoftToken, caplog: pytest.LogCaptureFixture) -> None:
    soft_token.make("mc", owner("Đỗ Đức Đạt", authority()))
    caplog.set_level("DEBUG")
    with TokenSigner([soft_token.module], PIN) as signer:
        signed = signer.sign(PDF)
        assert PIN not in repr(signer)
    with pytest.raises(RuleBroken) as broken, TokenSigner([soft_token.module], "864207"):
        raise AssertionError
    assert "864207" not in str(broken.value)
    assert PIN not in caplog.text
    assert "Đỗ Đức Đạt" not in caplog.text
    assert PIN.encode() not in signed


def test_a_key_of_the_table_is_plain_values(soft_token: SoftToken) -> None:
    """It travels between processes and is compared."""
    soft_token.make("mc", owner("Đỗ Đức Đạt", authority()))
    (key,) = keys_on_tokens([soft_token.module])
    assert replace(key) == key
    assert hash(key)
