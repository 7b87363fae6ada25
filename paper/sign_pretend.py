"""A signing program that is none: it ships, for demo, training and tests, and can do everything a real one does wrong.

    with PretendProgram(programs()["pretend"]) as program:
        signer = ProgramSigner(programs()["pretend"], program.address)

It plays any row of the table. Its certificate says that it is worth nothing; its key is made anew each time and stays
in memory.
"""

from __future__ import annotations

import base64
import io
import json
import ssl
import threading
from datetime import timedelta
from enum import StrEnum
from types import TracebackType
from typing import Any, Self

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pikepdf import Pdf, PdfError
from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from onestop import clock
from onestop.rules.errors import RuleBroken
from paper.ecopy import write_on
from paper.sign import Appearance, Certificate, certificate_of, for_library
from paper.sign_mark import Mark
from paper.sign_pdf import signed
from paper.sign_programs import Outcome, Program, Way

NOBODY = "NGƯỜI KÝ GIẢ ĐỊNH, KHÔNG CÓ GIÁ TRỊ"


class Behaviour(StrEnum):
    """What the program does with a paper."""

    SIGN = "sign"
    REFUSE = "refuse"
    FAIL = "fail"
    SILENT = "silent"
    HANG_UP = "hang-up"
    GARBAGE = "garbage"
    UNSIGNED = "unsigned"
    ANOTHER = "another"
    ALTERED = "altered"
    REWRITTEN = "rewritten"
    WRITTEN_OVER = "written-over"
    BROKEN = "broken"
    EMPTY = "empty"


class PretendProgram:
    """The program, listening while `with` lasts. `behaviour` may be changed at any time; `asked` counts the papers."""

    def __init__(
        self,
        program: Program,
        behaviour: Behaviour = Behaviour.SIGN,
        *,
        port: int = 0,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.program, self.behaviour, self.asked = program, behaviour, 0
        self._key, self._who = _nobody()
        self._released = threading.Event()
        self._server = serve(self._answer, "127.0.0.1", port, ssl=context, max_size=None)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        scheme = "wss" if context else "ws"
        self.address = f"{scheme}://127.0.0.1:{self._server.socket.getsockname()[1]}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._released.set()
        self._server.shutdown()
        self._thread.join()

    def _answer(self, call: ServerConnection) -> None:
        try:
            for message in call:
                self.asked += 1
                self._do(call, json.loads(message))
        except (ConnectionClosed, httpx.HTTPError):
            return  # whoever asked has gone

    def _do(self, call: ServerConnection, request: dict[str, Any]) -> None:
        match self.behaviour:
            case Behaviour.REFUSE:
                self._say(call, Outcome.REFUSED, "Người dùng đã hủy")
            case Behaviour.FAIL:
                self._say(call, Outcome.FAILED, "Không tìm thấy chứng thư số")
            case Behaviour.SILENT:
                self._released.wait()
            case Behaviour.HANG_UP:
                call.close()
            case Behaviour.GARBAGE:
                call.send("<html>502</html>")
            case Behaviour.EMPTY:
                self._say(call, Outcome.GOOD, "")
            case _:
                try:
                    self._hand_back(call, request)
                except (RuleBroken, PdfError):
                    self._say(call, Outcome.FAILED, "Không mở được tệp PDF")

    def _hand_back(self, call: ServerConnection, request: dict[str, Any]) -> None:
        if self.program.way is Way.INLINE:
            returned = self._worked(base64.b64decode(request[self._key_of("{file}")]))
            self._say(call, Outcome.GOOD, "", {self.program.file: base64.b64encode(returned).decode()})
            return
        with httpx.Client(trust_env=False, timeout=30) as web:
            returned = self._worked(web.get(request[self._key_of("{download}")]).raise_for_status().content)
            files = {self.program.part: ("signed.pdf", returned, "application/pdf")}
            web.post(request[self._key_of("{upload}")], files=files).raise_for_status()
        self._say(call, Outcome.GOOD, "")

    def _worked(self, pdf: bytes) -> bytes:
        """The paper as it comes back."""
        match self.behaviour:
            case Behaviour.UNSIGNED:
                return pdf
            case Behaviour.ANOTHER:
                return self._sign(_another())
            case Behaviour.REWRITTEN:
                return self._sign(_saved_again(pdf))
            case Behaviour.ALTERED:
                return pdf[:20] + bytes([pdf[20] ^ 1]) + self._sign(pdf)[21:]
            case Behaviour.WRITTEN_OVER:
                return self._sign(write_on(pdf, Mark(("100.000.000 đồng",), 20)))
            case Behaviour.BROKEN:
                return _broken(self._sign(pdf))
        return self._sign(pdf, Appearance())

    def _sign(self, pdf: bytes, appearance: Appearance | None = None) -> bytes:
        return signed(pdf, self._key, self._who, appearance)

    def _key_of(self, hole: str) -> str:
        return next(key for key, value in self.program.request.items() if value == hole)

    def _say(self, call: ServerConnection, outcome: Outcome, words: str, more: dict[str, Any] | None = None) -> None:
        values = {Outcome.GOOD: self.program.good, Outcome.REFUSED: self.program.refused}.get(outcome, ())
        status = values[0] if values else "28"
        answer = {self.program.status: int(status) if status.isdecimal() else status, self.program.says: words}
        call.send(json.dumps(answer | (more or {}), ensure_ascii=False))


def _nobody() -> tuple[SimpleSigner, Certificate]:
    """A key that is nobody's."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NOBODY)])
    now = clock.now()
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now - timedelta(days=1), now + timedelta(days=365)
    )
    use = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    der = made.add_extension(use, critical=True).sign(key, SHA256()).public_bytes(Encoding.DER)
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = SimpleSigner(
        signing_cert=for_library([der])[0],
        signing_key=load_private_key_from_pemder_data(private, passphrase=None),
        cert_registry=SimpleCertificateStore(),
    )
    return signer, certificate_of(der)


def _another() -> bytes:
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        return _saved(pdf)


def _saved_again(content: bytes) -> bytes:
    with Pdf.open(io.BytesIO(content)) as pdf:
        return _saved(pdf)


def _saved(pdf: Pdf) -> bytes:
    output = io.BytesIO()
    pdf.save(output)
    return output.getvalue()


def _broken(content: bytes) -> bytes:
    """Another last digit in the signature that was made last; behind it stand only noughts that fill its place."""
    start = content.rindex(b"/Contents <")
    end = start + len(content[start : content.index(b">", start)].rstrip(b"0")) - 1
    return content[:end] + (b"1" if content[end : end + 1] != b"1" else b"2") + content[end + 1 :]
