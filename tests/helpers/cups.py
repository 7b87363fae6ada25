"""A print server of the test's own: a private cupsd, and on the other end of the wire a printer that keeps what comes.

Neither root nor the machine's own server is needed, and nothing is printed on anybody's printer.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
NEEDED = ("cupsd", "lp", "lpstat", "lpadmin", "cancel", "cupsdisable", "cupsenable", "cupsreject", "cupsaccept")


def is_here() -> bool:
    """Whether this machine has what a private print server needs."""
    return all(shutil.which(command, path=PATH) for command in NEEDED)


class Wire:
    """A network printer (AppSocket): takes whatever is sent to its port and keeps it, connection by connection."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._take, daemon=True)
        self._thread.start()

    def _take(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                parts: list[bytes] = []
                while part := connection.recv(65536):
                    parts.append(part)
                self.received.append(b"".join(parts))

    def close(self) -> None:
        """Hang up."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)


class Cups:
    """A running private server: `address` for CUPS_SERVER, `wire` behind the queue "thu", nobody behind "chet"."""

    def __init__(self, folder: Path) -> None:
        self.address = str(folder / "cups.sock")
        self.wire = Wire()
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and add its two queues."""
        self._folder.chmod(0o755)  # a server of root's runs its drivers as another user
        for part in ("etc", "spool/tmp", "cache", "state/certs", "log"):
            (self._folder / part).mkdir(parents=True)
        places = {
            "ServerRoot": "etc",
            "RequestRoot": "spool",
            "TempDir": "spool/tmp",
            "CacheDir": "cache",
            "StateDir": "state",
            "AccessLog": "log/access",
            "ErrorLog": "log/error",
            "PageLog": "log/page",
        }
        files = [f"{name} {self._folder / place}" for name, place in places.items()]
        (self._folder / "etc/files.conf").write_text("\n".join([*files, "Sandboxing relaxed", ""]))
        (self._folder / "etc/cupsd.conf").write_text(
            f"Listen {self.address}\nBrowsing Off\nDefaultAuthType None\nWebInterface No\nLogLevel warn\n"
            "<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
            "<Location /admin>\nOrder allow,deny\nAllow all\n</Location>\n"
            "<Policy default>\n<Limit All>\nOrder deny,allow\nAllow all\n</Limit>\n</Policy>\n"
        )
        server = shutil.which("cupsd", path=PATH)
        assert server is not None
        etc = self._folder / "etc"
        self._process = subprocess.Popen(
            [server, "-f", "-c", str(etc / "cupsd.conf"), "-s", str(etc / "files.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + 20
        while "is running" not in self.run("lpstat", "-r"):
            assert time.monotonic() < end and self._process.poll() is None, "the print server did not start"
        self.run("lpadmin", "-p", "thu", "-E", "-v", f"socket://127.0.0.1:{self.wire.port}", "-m", "raw")
        with socket.create_server(("127.0.0.1", 0)) as nobody:
            port = nobody.getsockname()[1]
        self.run("lpadmin", "-p", "chet", "-E", "-v", f"socket://127.0.0.1:{port}", "-m", "raw")

    def run(self, *command: str) -> str:
        """What one of the CUPS commands says about this server."""
        environment = {**os.environ, "PATH": PATH, "CUPS_SERVER": self.address, "LC_ALL": "C"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=20, check=False)
        return done.stdout + done.stderr

    def waiting(self) -> str:
        """The jobs that are not at their end."""
        return self.run("lpstat", "-W", "not-completed", "-o")

    def stop(self) -> None:
        """End the server and hang up."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
        self.wire.close()


@contextmanager
def running(folder: Path) -> Iterator[Cups]:
    """A private print server with its files in `folder`, a short path (a socket's name is at most 107 signs long)."""
    cups = Cups(folder)
    try:
        cups.start()
        yield cups
    finally:
        cups.stop()
