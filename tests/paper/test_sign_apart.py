"""A driver in a process of its own: it signs as if it were here, and whatever becomes of it is a sentence."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from onestop import clock, texts
from onestop.rules.errors import DeviceTrouble, RuleBroken
from onestop.rules.papers import Signature
from paper.apart import WorkFailed
from paper.sign import Appearance, Certificate
from paper.sign_apart import ApartSigner, keys_here
from paper.sign_file import FileSigner
from paper.sign_token import TokenSigner
from paper.sign_trust import Trust
from paper.signatures import signatures
from tests.helpers.guard import Guard
from tests.helpers.signing import NOW, PIN, SoftToken, authority, made_pdf, owner, soft_token

__all__ = ["soft_token"]
ROOT = authority()
PDF = made_pdf()


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def test_a_token_over_there_signs_by_the_clock_here(soft_token: SoftToken) -> None:
    soft_token.make("mc", owner("Đỗ Đức Đạt", ROOT))
    modules = (soft_token.module,)
    with ApartSigner(partial(TokenSigner, modules, PIN)) as signer:
        who = signer.who()
        papers = [signer.sign(PDF, Appearance(), "Số hóa giấy tờ") for _ in range(3)]
    assert who is not None
    for signed in papers:
        (fact,) = signatures(signed, Trust((ROOT.der,)))
        assert (fact.verdict, fact.claimed_at, fact.signer) == (Signature.VALID, NOW, who)
    with clock.frozen(NOW.replace(hour=6)), ApartSigner(partial(TokenSigner, modules, PIN)) as signer:
        (fact,) = signatures(signer.sign(PDF), Trust((ROOT.der,)))
    assert fact.claimed_at == NOW.replace(hour=6)


def test_what_is_plugged_in_is_asked_over_there(soft_token: SoftToken, tmp_path: Path) -> None:
    with pytest.raises(DeviceTrouble, match=r"sign\.no-token"):
        keys_here([soft_token.module])
    soft_token.make("mc", owner("Đỗ Đức Đạt", ROOT))
    (key,) = keys_here([soft_token.module])
    assert key.certificate.common_name == "Đỗ Đức Đạt"
    with pytest.raises(DeviceTrouble) as trouble:
        keys_here([tmp_path / "không có.so"])
    assert (trouble.value.code, trouble.value.details) == ("sign.no-module", {"file": "không có.so"})


def test_what_is_wrong_over_there_is_said_here(soft_token: SoftToken) -> None:
    soft_token.make("mc", owner("Đỗ Đức Đạt", ROOT))
    with pytest.raises(RuleBroken) as broken, ApartSigner(partial(TokenSigner, (soft_token.module,), "135791")):
        raise AssertionError("opened with a wrong PIN")
    assert (broken.value.code, broken.value.details) == ("sign.wrong-pin", {"field": "pin"})


def test_a_paper_that_is_not_signed_does_not_end_the_batch(tmp_path: Path) -> None:
    file = owner("Đỗ Đức Đạt", ROOT).key_file(tmp_path / "k.p12")
    with ApartSigner(partial(FileSigner, file, PIN)) as signer:
        with pytest.raises(RuleBroken, match=r"sign\.not-a-pdf"):
            signer.sign(b"PK\3\4")
        assert signer.sign(PDF)


class Odd:
    """A signer whose driver does something else."""

    def __init__(self, when: str, what: str) -> None:
        self.when, self.what = when, what

    def __enter__(self) -> Self:
        self._do("open")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._do("close")

    def who(self) -> Certificate | None:
        return None

    def sign(self, pdf: bytes, appearance: Appearance | None = None, reason: str = "") -> bytes:
        self._do("sign")
        return pdf

    def _do(self, now: str) -> None:
        if now != self.when:
            return
        if self.what == "crash":
            os._exit(139)
        if self.what == "hang":
            threading.Event().wait()
        raise OSError("a bug of ours")


@pytest.mark.expects_log("the process that signs was lost")
@pytest.mark.parametrize(("what", "code"), [("crash", "sign.device-crashed"), ("hang", "sign.device-silent")])
def test_a_driver_that_dies_or_hangs_while_it_signs(what: str, code: str) -> None:
    with ApartSigner(partial(Odd, "sign", what), seconds=1 if what == "hang" else 60) as signer:
        for _ in range(2):
            with pytest.raises(DeviceTrouble) as trouble:
                signer.sign(PDF)
            assert trouble.value.code == code, "and the next paper does not wait again"
    assert texts.message(code) != code


@pytest.mark.expects_log("the process that signs was lost")
@pytest.mark.parametrize(("what", "code"), [("crash", "sign.device-crashed"), ("hang", "sign.device-silent")])
def test_a_driver_that_dies_or_hangs_when_it_is_opened(what: str, code: str) -> None:
    with (
        pytest.raises(DeviceTrouble) as trouble,
        ApartSigner(partial(Odd, "open", what), opening=1 if what == "hang" else 60),
    ):
        raise AssertionError("it opened")
    assert trouble.value.code == code


def test_a_driver_that_hangs_when_it_is_closed_is_ended() -> None:
    with ApartSigner(partial(Odd, "close", "hang")) as signer:
        assert signer.sign(PDF) == PDF
        assert signer._process is not None
        process = signer._process._process
    with pytest.raises(ValueError, match="closed"):
        process.is_alive()


@pytest.mark.parametrize("when", ["open", "sign"])
def test_a_bug_over_there_is_a_bug_here(when: str) -> None:
    with pytest.raises(WorkFailed, match="OSError: a bug of ours"), ApartSigner(partial(Odd, when, "bug")) as signer:
        signer.sign(PDF)


def test_a_pin_is_on_no_command_line(tmp_path: Path, guard: Guard) -> None:
    file = owner("Đỗ Đức Đạt", ROOT).key_file(tmp_path / "k.p12", "mật-khẩu-rất-dài")
    with ApartSigner(partial(FileSigner, file, "mật-khẩu-rất-dài")) as signer:
        assert signer._process is not None
        folder = Path("/proc") / str(signer._process._process.pid)
        seen = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
    assert "mật-khẩu".encode() not in seen
    assert guard.unexpected == []


def test_nothing_is_signed_before_it_is_opened() -> None:
    with pytest.raises(ValueError, match="opened"):
        ApartSigner(partial(Odd, "", "")).sign(PDF)
