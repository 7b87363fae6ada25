"""A key that a signing program on the same PC holds: a paper goes there over a local web socket and comes back signed.

The program asks for the PIN and shows its own windows; how it is spoken to is a row of a table (`sign_programs`). What
comes back is believed only when it is the very paper that was sent with one good signature behind it.
"""

from __future__ import annotations

import base64
import binascii
import json
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from onestop.rules.errors import DeviceTrouble, RuleBroken
from paper.apart import GivenUp
from paper.sign import Appearance, Certificate, demand_in_time
from paper.sign_check import demand_one_more
from paper.sign_exchange import NAME, ROOM, Exchange
from paper.sign_pdf import is_damaged
from paper.sign_programs import Outcome, Program, Way, demand_local

OPENING = 3.0
"""Seconds for the program to take the call."""
SECONDS = 180.0
"""Seconds for a person to choose a certificate, type a PIN and sign, in the program's own windows."""
POSTING = 5.0
"""Seconds for the signed paper to come after the program said that it is done."""
LOOK = 0.2
"""Seconds between two looks whether the person has given up."""


class ProgramSigner:
    """Signs through a program. See `sign.Signer`. Its mark is the program's own: `appearance` and `reason` stay here.

    Further: RuleBroken sign.not-local, sign.refused (in the program's own words, `detail`), sign.not-the-same,
    sign.came-back-…; DeviceTrouble sign.program-silent, sign.program-answer. `given_up` is asked while one waits:
    then GivenUp.
    """

    def __init__(
        self,
        program: Program,
        address: str = "",
        *,
        seconds: float = SECONDS,
        given_up: Callable[[], bool] = lambda: False,
    ) -> None:
        self._program, self._address = program, address or program.address
        self._seconds, self._given_up = seconds, given_up
        self._who: Certificate | None = None

    def __enter__(self) -> Self:
        demand_local(self._address)
        with self._call():
            return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is held open between two papers."""

    def who(self) -> Certificate | None:
        """Who signed last; only the program knows whose key it will use."""
        return self._who

    def sign(self, pdf: bytes, appearance: Appearance | None = None, reason: str = "") -> bytes:
        """One more signature, by the program."""
        if not pdf.startswith(b"%PDF-"):
            raise RuleBroken("sign.not-a-pdf")
        try:
            returned = self._by_address(pdf) if self._program.way is Way.FETCH else self._in_message(pdf)
        except RuleBroken as broken:
            if broken.code == "sign.refused" and is_damaged(pdf):
                raise RuleBroken("sign.not-a-pdf") from broken  # this paper's fault: the others can go on
            raise
        who = demand_one_more(pdf, returned)
        demand_in_time(who)
        self._who = who
        return returned

    def _by_address(self, pdf: bytes) -> bytes:
        with Exchange(pdf, self._program.part, self._program.thanks) as exchange:
            self._ask({"download": exchange.download, "upload": exchange.upload, "name": NAME}, len(pdf))
            returned = exchange.wait(min(POSTING, self._seconds))
        if returned is None:
            raise self._trouble("sign.program-answer")
        return returned

    def _in_message(self, pdf: bytes) -> bytes:
        answer = self._ask({"file": base64.b64encode(pdf).decode(), "name": NAME}, len(pdf))
        try:
            return base64.b64decode(str(answer[self._program.file]), validate=True)
        except (KeyError, binascii.Error) as error:
            raise self._trouble("sign.program-answer") from error

    def _ask(self, holes: Mapping[str, str], size: int) -> Mapping[str, Any]:
        """The good answer to one request."""
        with self._call((size + ROOM) * 4 // 3 + 65536) as call:
            call.send(json.dumps(self._program.asked(holes), ensure_ascii=False))
            return self._good_answer(call)

    def _good_answer(self, call: ClientConnection) -> Mapping[str, Any]:
        until = time.monotonic() + self._seconds
        while True:
            answer = self._message(call, until)
            match self._program.outcome(answer):
                case Outcome.GOOD:
                    return answer
                case Outcome.REFUSED:
                    raise RuleBroken("sign.refused-by-person")
                case Outcome.FAILED:
                    raise RuleBroken("sign.refused", detail=self._program.words(answer))

    def _message(self, call: ClientConnection, until: float) -> Mapping[str, Any]:
        while True:
            if self._given_up():
                raise GivenUp
            try:
                answer = json.loads(call.recv(timeout=LOOK))
            except TimeoutError:
                if time.monotonic() > until:
                    raise self._trouble("sign.program-silent") from None
            except ValueError as error:
                raise self._trouble("sign.program-answer") from error
            else:
                if isinstance(answer, dict):
                    return answer
                raise self._trouble("sign.program-answer")

    @contextmanager
    def _call(self, most: int = 65536) -> Iterator[ClientConnection]:
        """The web socket. No proxy: what is asked is on this machine."""
        demand_local(self._address)
        try:
            with connect(
                self._address,
                ssl=_any_certificate() if self._address.startswith("wss:") else None,
                proxy=None,
                open_timeout=OPENING,
                close_timeout=1,
                max_size=most,
            ) as call:
                yield call
        except (WebSocketException, OSError) as error:
            raise self._trouble("sign.program-silent") from error

    def _trouble(self, code: str) -> DeviceTrouble:
        return DeviceTrouble(code, name=self._program.name)


def _any_certificate() -> ssl.SSLContext:
    """A program on 127.0.0.1 has a certificate that it made for itself; nobody stands between it and us."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
