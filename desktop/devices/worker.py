"""A driver in a process of its own: one that hangs or dies costs a page and a sentence, never the counter.

    worker = Worker(Sane, spool, about={"draft": …}, stop=lambda: report.cancelled)
    for page in worker.scan(device, wish): …

The child finds, asks or scans once and ends. Its pages come through the spool, so that those which have come are safe
whatever happens to either process; one is taken out of there when the next is asked for, that is, when whoever takes
pages has put it away. Give up with `stop`, not by leaving the loop: then nothing is handed over twice.

A child whose parent has died ends with its next page, and one that hangs then is ended by its own watch.
"""

from __future__ import annotations

import faulthandler
import logging
import multiprocessing
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from desktop.devices.source import Abilities, Device, Page, ScanWish, Source, trouble
from desktop.devices.spool import Spool, Tray
from onestop.rules.errors import DeviceTrouble

Make = Callable[[Path], Source]
"""Makes the driver, given a folder where it may write. It travels to the child: a class, a function of a module, or a
partial of one."""

GRACE = 3.0
"""Seconds for a child to stop its device when it is told to; then it is killed."""
LOOK = 0.1
"""Seconds between two looks whether the person has given up."""
WATCH = 30.0
"""Seconds that a child waits longer than its parent would, before it ends itself."""

log = logging.getLogger("motcua.devices")


class Worker:
    """The driver that `make` makes, behind a wall. It is a `Source` like any other."""

    def __init__(
        self,
        make: Make,
        spool: Spool,
        *,
        about: Mapping[str, Any] | None = None,
        stop: Callable[[], bool] = lambda: False,
        patience: float = 30.0,
        silence: float = 180.0,
    ) -> None:
        """`patience`: seconds to find or to ask; `silence`: seconds until a page comes, warming up and all."""
        self._make, self._spool, self._about, self._stop = make, spool, dict(about or {}), stop
        self._patience, self._silence = patience, silence

    def find(self) -> list[Device]:
        with self.looking() as found:
            return found()

    @contextmanager
    def looking(self) -> Iterator[Callable[[], list[Device]]]:
        """Begin to look around; what was found is heard when it is asked for, so that several drivers may look at one
        time. [] when it is given up."""
        with self._child(self._patience, self._no_tray(), "find") as child:
            yield lambda: self._heard(child, None) or []

    def abilities(self, device: Device) -> Abilities:
        with self._child(self._patience, self._no_tray(), "abilities", device) as child:
            can: Abilities | None = self._heard(child, device)
        if can is None:
            raise trouble("device.stopped", device, "given up")
        return can

    def scan(self, device: Device, wish: ScanWish) -> Iterator[Page]:
        tray = self._spool.begin(self._about)
        try:
            with self._child(self._silence, tray, "scan", device, wish) as child:
                while not self._stop():
                    kind, *rest = child.hear(device, self._silence, self._stop)
                    if kind != "page":
                        break
                    yield replace(tray.take(rest[0]), from_glass=rest[1])
                    tray.forget(rest[0])
        finally:
            tray.end()

    def _no_tray(self) -> Tray:
        return Tray(self._spool.folder / "none")

    def _heard(self, child: _Child, device: Device | None) -> Any:
        """What the child answers; None when it is given up."""
        kind, *rest = child.hear(device, self._patience, self._stop)
        return rest[0] if kind == "answer" else None

    @contextmanager
    def _child(self, limit: float, tray: Tray, task: str, *arguments: Any) -> Iterator[_Child]:
        child = _Child(self._make, limit, tray, task, arguments)
        try:
            yield child
        finally:
            child.end()


class _Child:
    """The process, seen from the parent."""

    def __init__(self, make: Make, limit: float, tray: Tray, task: str, arguments: tuple[Any, ...]) -> None:
        context = multiprocessing.get_context("spawn")
        self._ear, mouth = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=_serve, args=(make, limit, str(tray.folder), task, arguments, mouth), daemon=True
        )
        self._process.start()
        mouth.close()
        self._over = False

    def hear(self, device: Device | None, seconds: float, stop: Callable[[], bool]) -> tuple[Any, ...]:
        """The next word of the child. DeviceTrouble: its own, or `device.silent`, or `device.crashed`."""
        until = time.monotonic() + seconds
        try:
            while not self._ear.poll(LOOK):
                if stop():
                    return ("stopped",)
                if time.monotonic() > until:
                    raise trouble("device.silent", device, f"{seconds:g} s")
            word: tuple[Any, ...] = self._ear.recv()
        except (EOFError, OSError) as error:
            self._process.join(GRACE)
            raise trouble("device.crashed", device, f"exit {self._process.exitcode}") from error
        self._over = word[0] != "page"
        if word[0] == "trouble":
            raise DeviceTrouble(word[1], **word[2])
        if word[0] == "bug":
            log.error("a driver broke down\n%s", word[1])
            raise trouble("device.crashed", device, str(word[1]).strip().rpartition("\n")[2])
        return word

    def end(self) -> None:
        """See the child gone, with whatever it started."""
        if not self._over:
            try:
                self._ear.send("stop")
            except OSError:
                log.debug("the child is gone already")
            if os.name == "posix" and self._process.is_alive():
                self._process.terminate()  # there it can still stop its device; elsewhere this would be the end of it
        self._process.join(GRACE)
        pid = self._process.pid
        if os.name == "posix" and pid is not None:
            try:
                os.killpg(pid, signal.SIGKILL)
            except ProcessLookupError:
                log.debug("nothing is left of the child")
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._ear.close()
        self._process.close()


def _serve(make: Make, limit: float, folder: str, task: str, arguments: tuple[Any, ...], mouth: Connection) -> None:
    """In the child: do one thing, tell the parent, end."""
    _settle_down()
    watch = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 -- open for as long as the process
    faulthandler.dump_traceback_later(limit + WATCH, exit=True, file=watch)
    tray = Tray(Path(folder))
    try:
        source = make(tray.raw)
        if task != "scan":
            mouth.send(("answer", getattr(source, task)(*arguments)))
            return
        pages = source.scan(*arguments)
        try:
            for page in pages:
                mouth.send(("page", _lay_down(tray, page), page.from_glass))
                faulthandler.dump_traceback_later(limit + WATCH, exit=True, file=watch)
                if mouth.poll():
                    return  # told to stop
        finally:
            getattr(pages, "close", bool)()
        mouth.send(("end",))
    except DeviceTrouble as fault:
        mouth.send(("trouble", fault.code, fault.details))
    except BrokenPipeError:
        return  # nobody listens any more
    except Exception:  # noqa: BLE001 -- whatever it was, the parent has to say so
        mouth.send(("bug", traceback.format_exc()))


def _lay_down(tray: Tray, page: Page) -> str:
    """Put a page into the tray whole: its sheet has gone through, and nobody may end this process in the middle of it.
    That it is to end, the pipe says afterwards."""
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        return tray.put(page)
    finally:
        signal.signal(signal.SIGTERM, before)


def _settle_down() -> None:
    """A group of its own, to be ended as one; no word on the terminal; a kind end when told to terminate."""
    if os.name == "posix":
        os.setsid()
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
    except OSError:
        log.debug("a program without a console has nothing to be silent on")
