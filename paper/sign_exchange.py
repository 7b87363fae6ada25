"""A paper laid out for a program on the same PC to fetch, and the signed one taken in: for the moment of one signature.

It listens on 127.0.0.1 at a port of the system's choice; the address has 128 bits that nobody can guess, so another
user of the same machine finds nothing there.
"""

from __future__ import annotations

import email.message
import hmac
import json
import secrets
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from paper.sign_programs import filled

ROOM = 8 * 1024 * 1024
"""Bytes that a signed paper may be larger than the paper: a picture of a seal, certificates, lists of revoked ones."""
NAME = "giay-to.pdf"
"""What the paper is called over there. Its own name may hold a person's."""


class Exchange:
    """`download` is where the paper lies, `upload` where the signed one is posted to; `posted` is what came."""

    def __init__(self, pdf: bytes, part: str, thanks: Mapping[str, Any]) -> None:
        self.pdf, self.part, self.thanks = pdf, part, filled(thanks, {"name": NAME})
        self.posted: bytes | None = None
        self._came = threading.Event()
        secret = secrets.token_urlsafe(16)
        self.paths = (f"/{secret}/{NAME}", f"/{secret}/signed")
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.exchange = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def download(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}{self.paths[0]}"

    @property
    def upload(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}{self.paths[1]}"

    def take(self, content: bytes) -> None:
        """Keep what was posted."""
        self.posted = content
        self._came.set()

    def wait(self, seconds: float) -> bytes | None:
        """What was posted, or None when nothing came in time."""
        self._came.wait(seconds)
        return self.posted


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    exchange: Exchange


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 30

    def do_GET(self) -> None:
        exchange = self.server.exchange
        if not self._is(exchange.paths[0]):
            return self._say(404, b"")
        return self._say(200, exchange.pdf, "application/pdf")

    do_HEAD = do_GET

    def do_POST(self) -> None:
        exchange = self.server.exchange
        if not self._is(exchange.paths[1]):
            return self._say(404, b"")
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            return self._say(411, b"")
        if int(length) > len(exchange.pdf) + ROOM:
            return self._say(413, b"")
        content = posted_file(self.headers.get("Content-Type", ""), self.rfile.read(int(length)), exchange.part)
        if content is None:
            return self._say(400, b"")
        exchange.take(content)
        return self._say(200, json.dumps(exchange.thanks).encode(), "application/json")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the address is a secret while it lasts."""

    def _is(self, path: str) -> bool:
        return hmac.compare_digest(self.path.encode(), path.encode())

    def _say(self, status: int, content: bytes, kind: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


def posted_file(kind: str, body: bytes, part: str) -> bytes | None:
    """The file in a posted form: the part called `part`, or the whole body where it is no form (RFC 7578)."""
    said = email.message.Message()
    said["Content-Type"] = kind
    if said.get_content_type() != "multipart/form-data":
        return body or None
    boundary = said.get_param("boundary")
    if not isinstance(boundary, str):
        return None
    for piece in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:-1]:
        head, _, content = piece.partition(b"\r\n\r\n")
        about = email.message_from_bytes(head.lstrip(b"\r\n") + b"\r\n\r\n")
        if about.get_param("name", header="Content-Disposition") == part:
            return content
    return None
