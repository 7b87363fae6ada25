"""Scanners on Linux: SANE, asked through its own program `scanimage` and never loaded into ours.

A backend that hangs or dies takes `scanimage` with it and nothing else. What comes through the pipe is the name of each
page that is whole; the pixels come through a file, in the folder that the caller names, and are gone once handed over.
"""

from __future__ import annotations

import os
import re
import selectors
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.devices import picture, sane_options
from desktop.devices.source import Abilities, Device, Feed, Mode, Page, ScanWish, fit, places, trouble, unsupported
from onestop import clock
from onestop.rules.errors import DeviceTrouble

PROGRAM = "scanimage"
ENDING = 2.0
"""Seconds for scanimage to end after its last word: some backends never come back from being told to stop."""
_SEPARATOR = "\x1f"
_NO_SCANNERS = ("v4l:",)
"""Backends whose devices belong to another driver of ours: cameras."""

STATUS = {
    "Document feeder jammed": "device.jam",
    "Document feeder out of documents": "device.empty",
    "Scanner cover is open": "device.cover-open",
    "Device busy": "device.busy",
    "Access to resource has been denied": "device.no-rights",
    "Error during device I/O": "device.offline",
    "Operation was canceled": "device.stopped",
    "End of file reached": "device.empty",
    "too few scanlines": "device.answer",
    "No space left": "device.no-room",
    "Out of memory": "device.failed",
    "Operation not supported": "device.failed",
    "Invalid argument": "device.failed",
}
"""SANE's words for a status (sane_strstatus, LC_ALL=C) and what they are here."""


@dataclass
class Sane:
    """SANE's scanners. Pages pass through `folder`; `config`: a folder of SANE's settings instead of the system's;
    `more`: further options of the backend, as they stand on the command line."""

    folder: Path
    config: Path | None = None
    more: Sequence[str] = ()
    patience: float = 20.0
    """Seconds to list the devices or to open one."""
    silence: float = 120.0
    """Seconds without a sign of life while a page is read: lamps warm up, a glass at 600 dpi takes its time."""
    _environment: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        own = {"SANE_CONFIG_DIR": str(self.config)} if self.config else {}
        self._environment = {**os.environ, "LC_ALL": "C", **own}

    def find(self) -> list[Device]:
        form = _SEPARATOR.join(("%d", "%v %m", "%t")) + "%n"
        done = self._ask(None, "-f", form)
        found = []
        for line in done.stdout.splitlines():
            parts = line.split(_SEPARATOR)
            if len(parts) == 3 and not parts[0].startswith(_NO_SCANNERS):
                found.append(Device(parts[0], " ".join(parts[1].split()), "sane", _place(parts[0], parts[2])))
        return found

    def abilities(self, device: Device) -> Abilities:
        return sane_options.abilities(self._options(device))

    def scan(self, device: Device, wish: ScanWish) -> Iterator[Page]:
        options = self._options(device)
        wish = fit(wish, sane_options.abilities(options), device)
        said = sane_options.words(options)
        if wish.source is not Feed.AUTO:
            yield from self._batch(device, wish, wish.source, options, said)
            return
        # No backend tells alike whether its feeder is loaded; all say at once that it is empty.
        pages = 0
        try:
            for page in self._batch(device, wish, Feed.FEEDER, options, said):
                pages += 1
                yield page
        except DeviceTrouble as empty:
            if pages or empty.code != "device.empty":
                raise
            for page in self._batch(device, wish, Feed.FLATBED, options, said):
                yield replace(page, from_glass=True)

    def version(self) -> str:
        """What scanimage says of itself; "" where it is not installed."""
        if shutil.which(PROGRAM) is None:
            return ""
        found = re.search(r"sane-backends\) (\S+)", self._ask(None, "--version").stdout)
        return found[1] if found else PROGRAM

    # -- asking

    def _options(self, device: Device) -> dict[str, sane_options.Option]:
        done = self._ask(device, "-d", device.id, "-A")
        if done.returncode:
            code = code_of(done.stderr)
            # "Invalid argument" is what SANE says when it is asked to open what is not there.
            raise trouble("device.offline" if code == "device.failed" else code, device, done.stderr.strip())
        return sane_options.read(done.stdout)

    def _ask(self, device: Device | None, *words: str) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(
                [PROGRAM, *words],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                env=self._environment,
                timeout=self.patience,
                check=False,
            )
        except FileNotFoundError as error:
            raise trouble("device.no-program", device, PROGRAM) from error
        except subprocess.TimeoutExpired as error:
            raise trouble("device.silent", device, f"{PROGRAM} {self.patience:g} s") from error

    # -- scanning

    def _batch(
        self,
        device: Device,
        wish: ScanWish,
        feed: Feed,
        options: dict[str, sane_options.Option],
        said: sane_options.Words,
    ) -> Iterator[Page]:
        """One run of scanimage: every sheet of the feeder, or what lies on the glass."""
        both = wish.duplex and feed is Feed.FEEDER
        place = places(wish, both_sides=both)
        folder = self.folder / clock.new_id()
        folder.mkdir(parents=True)
        command = [PROGRAM, "-d", device.id, "--format=pnm", "--progress", "--batch-print", f"--batch={folder}/%d.pnm"]
        command += ["--batch-count=1"] if feed is Feed.FLATBED else []
        run = _Run([*command, *_arguments(device, wish, feed, options, said), *self.more], self._environment)
        pages = 0
        try:
            for file in run.files(self.silence):
                number, back = next(place)
                try:
                    content = Path(file).read_bytes()
                    Path(file).unlink()
                    page = picture.page(content, wish.dpi, number, back)
                except (OSError, picture.NoPicture) as error:
                    raise trouble("device.answer", device, str(error)) from error
                pages += 1
                yield page
        finally:
            run.stop()
            shutil.rmtree(folder, ignore_errors=True)
        code = run.code()
        if code and not (pages and code == "device.empty"):
            raise trouble(code, device, run.said())
        if not pages:
            raise trouble("device.empty", device, run.said())


def _arguments(
    device: Device,
    wish: ScanWish,
    feed: Feed,
    options: dict[str, sane_options.Option],
    said: sane_options.Words,
) -> list[str]:
    """The wish as options, the ones that change others first."""
    both = said.both if wish.duplex and feed is Feed.FEEDER else ()
    source = said.feeds[feed]
    if wish.duplex and feed is Feed.FEEDER and not both:
        raise unsupported(device, "duplex")
    words = ["--source", source] if source is not None and "--source" not in both else []
    words += both
    mode = said.modes.get(wish.mode)
    words += ["--mode", mode] if mode is not None else []
    if "8" in options.get("depth", sane_options.Option()).values and wish.mode is not Mode.BW:
        words += ["--depth", "8"]
    if "resolution" in options:
        words += ["--resolution", str(wish.dpi)]
    for side, scanned, length in zip(("width", "height"), "xy", wish.size.millimetres, strict=True):
        most = sane_options.longest(options, side)
        given = f"{min(length, most) if most else length:g}"
        words += [f"--page-{side}", given] if f"page-{side}" in options else []
        words += [f"-{scanned}", given] if scanned in options else []
    return words


class _Run:
    """scanimage at work: the names of finished pages come out, its words are kept."""

    def __init__(self, command: Sequence[str], environment: dict[str, str]) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, env=environment)
        self._words: list[str] = []
        self._over = False
        self._silent = False
        self._stopped = False

    def files(self, silence: float) -> Iterator[str]:
        """The file of each page when it is whole, until scanimage has ended, or has said nothing for `silence`."""
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        out, err = self._process.stdout.fileno(), self._process.stderr.fileno()
        rest = {out: b"", err: b""}
        until = time.monotonic() + silence
        with selectors.DefaultSelector() as selector:
            for pipe in rest:
                selector.register(pipe, selectors.EVENT_READ)
            while selector.get_map():
                ready = selector.select(max(0.0, until - time.monotonic()))
                if not ready:
                    self._silent = not self._said_its_last_word()
                    return
                for key, _events in ready:
                    data = os.read(key.fd, 65536)
                    if not data:
                        selector.unregister(key.fd)
                        continue
                    *lines, rest[key.fd] = re.split(b"[\r\n]", rest[key.fd] + data)
                    texts = [text for line in lines if (text := line.decode(errors="replace").strip())]
                    if key.fd == out:
                        yield from texts
                    else:
                        self._words += [text for text in texts if not text.startswith("Progress")]
                # Progress is overwritten in place with a carriage return; every report is a sign of life.
                until = time.monotonic() + (ENDING if self._said_its_last_word() else silence)
        self._over = True

    def _said_its_last_word(self) -> bool:
        return any(word.startswith("Batch terminated") for word in self._words)

    def stop(self) -> None:
        """See it ended: by itself, else kindly, so that the device is told, else for good."""
        if not self._ends(ENDING if self._over else 0):
            self._stopped = True
            if not self._said_its_last_word():
                self._process.terminate()
            if self._said_its_last_word() or not self._ends(ENDING):
                self._process.kill()
                self._process.wait()
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()

    def _ends(self, seconds: float) -> bool:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def code(self) -> str:
        """The trouble it ended in, "" for none; to be asked after `stop`."""
        if self._silent:
            return "device.silent"
        status = self._process.returncode
        if status < 0 and not self._stopped:
            return "device.crashed"
        if self.said():
            return code_of(self.said())
        return "" if self._stopped or not status else "device.failed"

    def said(self) -> str:
        """Its complaints."""
        usual = ("Scanning ", "Scanned page", "Batch terminated", "Output format", "scanimage: rounded")
        return "; ".join(word for word in self._words if not word.startswith(usual))


def code_of(words: str) -> str:
    """The code for what scanimage said; `device.failed` when it is nothing that is known."""
    return next((code for said, code in STATUS.items() if said in words), "device.failed")


def _place(device_id: str, kind: str) -> str:
    address = re.search(r"ip=([\w.:\[\]]+)", kind) or re.search(r"(?:https?://|net:)([\w.\-]+)", device_id)
    if address:
        return address[1]
    return "USB" if "usb" in device_id.lower() else ""
