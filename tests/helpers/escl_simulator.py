"""An eSCL scanner on a loopback port: glass, feeder on both sides, and everything that can go wrong, on request.

The real sane-airscan accepts it, and so does our own client. Each sheet is a plain grey that tells which side it is:
`grey(sheet, back)`.
"""

from __future__ import annotations

import io
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from PIL import Image

_LONGEST = 30.0
"""Seconds that a scanner which hangs keeps a connection, so that no thread outlives the run."""
_PART = """
<pwg:ColorSpace/><scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>{wide}</scan:MaxWidth>
<scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>{high}</scan:MaxHeight><scan:MaxScanRegions>1</scan:MaxScanRegions>
<scan:SettingProfiles><scan:SettingProfile>
<scan:ColorModes>{modes}</scan:ColorModes>
<scan:DocumentFormats><pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>
<scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt></scan:DocumentFormats>
<scan:SupportedResolutions><scan:DiscreteResolutions>{resolutions}</scan:DiscreteResolutions></scan:SupportedResolutions>
</scan:SettingProfile></scan:SettingProfiles>"""
_SPACES = 'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"'


def grey(sheet: int, back: bool = False) -> int:
    """How bright a side of the sheet is (sheets count from 1)."""
    return 40 + 10 * (2 * sheet + back) % 200


class EsclSimulator:
    """One scanner. Set what it holds and how it fails; `requests` is what it was asked, `settings` the wish of the last
    job."""

    def __init__(self) -> None:
        self.sheets = 0
        """In the feeder."""
        self.has_glass = True
        self.has_feeder = True
        self.has_duplex = True
        self.modes = ("RGB24", "Grayscale8")
        self.resolutions = (100, 200, 300)
        self.size = (2550, 3508)
        self.state = "Idle"
        self.adf = ""
        """AdfState; "": by what lies in the feeder."""
        self.fail_at = 0
        """Before this page (from 1) the scanner gets into `failing`."""
        self.failing = ""
        """jam, cover, two-sheets, vanish (cut off in mid page), garbage, hang, cancelled, error."""
        self.busy = 0
        """So many times it says 503 to a new job."""
        self.late = 0
        """So many times it says 503 to the next page."""
        self.answers: dict[str, tuple[int, bytes]] = {}
        """Instead of its own answer to GET of a document."""
        self.elsewhere = ""
        """Redirect to there."""
        self.location = ""
        """What stands in Location before the path, as odd firmware has it."""
        self.requests: list[tuple[str, str]] = []
        self.settings = ""
        self.jobs: dict[str, str] = {}
        self.wait: Callable[[float], bool] = threading.Event().wait
        self._pages: Iterator[tuple[int, bool]] = iter(())
        self._came = 0

    # -- what it says of itself

    def capabilities(self) -> bytes:
        part = _PART.format(
            wide=self.size[0],
            high=self.size[1],
            modes="".join(f"<scan:ColorMode>{mode}</scan:ColorMode>" for mode in self.modes),
            resolutions="".join(
                f"<scan:DiscreteResolution><scan:XResolution>{dpi}</scan:XResolution>"
                f"<scan:YResolution>{dpi}</scan:YResolution></scan:DiscreteResolution>"
                for dpi in self.resolutions
            ),
        )
        glass = f"<scan:Platen><scan:PlatenInputCaps>{part}</scan:PlatenInputCaps></scan:Platen>"
        duplex = f"<scan:AdfDuplexInputCaps>{part}</scan:AdfDuplexInputCaps>" if self.has_duplex else ""
        options = "<scan:AdfOptions><scan:AdfOption>DetectPaperLoaded</scan:AdfOption></scan:AdfOptions>"
        feeder = f"<scan:Adf><scan:AdfSimplexInputCaps>{part}</scan:AdfSimplexInputCaps>{duplex}{options}</scan:Adf>"
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><scan:ScannerCapabilities {_SPACES}>'
            "<pwg:Version>2.63</pwg:Version><pwg:MakeAndModel>Máy quét Mẫu 100</pwg:MakeAndModel>"
            f"{glass if self.has_glass else ''}{feeder if self.has_feeder else ''}</scan:ScannerCapabilities>"
        ).encode()

    def status(self) -> bytes:
        adf = self.adf or ("ScannerAdfLoaded" if self.sheets else "ScannerAdfEmpty")
        jobs = "".join(
            f"<scan:JobInfo><pwg:JobUri>/eSCL/ScanJobs/{job}</pwg:JobUri><pwg:JobState>{state}</pwg:JobState></scan:JobInfo>"
            for job, state in self.jobs.items()
        )
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><scan:ScannerStatus {_SPACES}><pwg:Version>2.63</pwg:Version>'
            f"<pwg:State>{self.state}</pwg:State><scan:AdfState>{adf if self.has_feeder else ''}</scan:AdfState>"
            f"<scan:Jobs>{jobs}</scan:Jobs></scan:ScannerStatus>"
        ).encode()

    # -- scanning

    def begin(self, settings: str) -> str | None:
        """The number of a new job; None: not now."""
        if self.busy:
            self.busy -= 1
            return None
        feeder = "<pwg:InputSource>Feeder<" in settings or "<scan:InputSource>Feeder<" in settings
        if feeder and (not self.sheets or self.adf):
            return None
        self.settings = settings
        job = f"{len(self.jobs) + 1}"
        self.jobs[job] = "Processing"
        self._came = 0
        self._pages = self._feed("Duplex>true<" in settings) if feeder else iter([(0, False)])
        return job

    def _feed(self, both: bool) -> Iterator[tuple[int, bool]]:
        sheet = 0
        while self.sheets:
            sheet += 1
            self.sheets -= 1
            yield sheet, False
            if both:
                yield sheet, True

    def next(self, job: str) -> tuple[int, bytes]:
        """Status and body of NextDocument."""
        if self.late:
            self.late -= 1
            return 503, b""
        if self.jobs.get(job) != "Processing":
            return 404, b""
        if self.failing not in ("", "vanish") and self._came + 1 == self.fail_at:
            return self._fail(job)
        side = next(self._pages, None)
        if side is None:
            self.jobs[job] = "Completed"
            return 404, b""
        self._came += 1
        return 200, self.picture(grey(*side))

    def _fail(self, job: str) -> tuple[int, bytes]:
        troubles = {"jam": "ScannerAdfJam", "cover": "ScannerAdfHatchOpen", "two-sheets": "ScannerAdfMultipickDetected"}
        if self.failing in troubles:
            self.adf, self.jobs[job] = troubles[self.failing], "Aborted"
            return 404, b""
        if self.failing == "cancelled":
            self.jobs[job] = "Canceled"
            return 404, b""
        if self.failing == "garbage":
            return 200, b"\xff\xd8 no picture at all"
        return 500, b""

    def picture(self, level: int) -> bytes:
        """A page as big as the last job asked for."""

        def number(name: str, usual: int) -> int:
            found = re.search(rf"<[a-z]+:{name}>(\d+)<", self.settings)
            return int(found[1]) if found else usual

        dpi = number("XResolution", 100)
        size = (number("Width", 2480) * dpi // 300, number("Height", 3508) * dpi // 300)
        mode = "L" if "Grayscale8" in self.settings else "RGB"
        out = io.BytesIO()
        Image.new(mode, size, level if mode == "L" else (level, level, level)).save(out, "JPEG", quality=90)
        return out.getvalue()


def _handler(scanner: EsclSimulator) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_words: Any) -> None:
            """Nothing on the terminal of the tests."""

        def _answer(self, status: int, body: bytes = b"", kind: str = "text/xml", **headers: str) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if body:
                self.wfile.write(body)

        def do_GET(self) -> None:
            scanner.requests.append(("GET", self.path))
            name = self.path.rstrip("/").rpartition("/")[2]
            if scanner.elsewhere:
                self._answer(301, Location=scanner.elsewhere + self.path)
            elif name in scanner.answers:
                status, body = scanner.answers[name]
                self._answer(status, body)
            elif name == "ScannerCapabilities":
                self._answer(200, scanner.capabilities())
            elif name == "ScannerStatus":
                self._answer(200, scanner.status())
            elif name == "NextDocument":
                self._page(self.path.split("/")[-2])
            else:
                self._answer(404)

        def _page(self, job: str) -> None:
            if scanner.failing == "hang" and scanner._came + 1 == scanner.fail_at:
                scanner.wait(_LONGEST)
                return
            status, body = scanner.next(job)
            if scanner.failing == "vanish" and scanner._came == scanner.fail_at:
                self.send_response(200)
                self.send_header("Content-Type", "image/jpeg")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: len(body) // 2])
                self.wfile.flush()
                self.close_connection = True
                return
            self._answer(status, body, "image/jpeg")

        def do_POST(self) -> None:
            scanner.requests.append(("POST", self.path))
            # airscan sends its body in chunks, our own client with a length
            if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
                body = b""
                while size := int(self.rfile.readline().split(b";")[0], 16):
                    body += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
            else:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            job = scanner.begin(body.decode())
            if job is None:
                self._answer(503)
            else:
                self._answer(201, Location=f"{scanner.location}/eSCL/ScanJobs/{job}")

        def do_DELETE(self) -> None:
            scanner.requests.append(("DELETE", self.path))
            scanner.jobs[self.path.rstrip("/").rpartition("/")[2]] = "Canceled"
            self._answer(200)

    return Handler


@contextmanager
def running(scanner: EsclSimulator, certificate: tuple[str, str] | None = None) -> Iterator[str]:
    """Let it listen on a free loopback port; its eSCL root. `certificate`: files of certificate and key, for TLS."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(scanner))
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign] -- a client that hangs up is part of the play
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    gone = threading.Event()
    scanner.wait = gone.wait
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"{scheme}://127.0.0.1:{server.server_port}/eSCL"
    finally:
        gone.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
