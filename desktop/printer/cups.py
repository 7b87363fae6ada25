"""Printing through CUPS (Linux, macOS): `lp` takes the file as it is, lines stay lines and letters letters."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from desktop.printer import ipp
from desktop.printer.ipp import JobState
from desktop.printer.job import PrintJob, PrintState, check_copies, media, read

_COMMAND_SECONDS = 20


class CupsPrinters:
    """The queues of a CUPS server: the one that the commands of CUPS use, or `server` (host:port or path of a socket).

    After `patience` seconds without an end a job is taken back, so that no paper comes when nobody waits for it.
    """

    def __init__(self, server: str = "", *, patience: float = 60.0, pause: float = 0.1) -> None:
        self._environment = {**os.environ, "LC_ALL": "C"} | ({"CUPS_SERVER": server} if server else {})
        self._server = server
        self._patience = patience
        self._pause = pause

    def names(self) -> tuple[str, ...]:
        return tuple(re.findall(r"(?m)^printer (\S+) ", self._ask("lpstat", "-p")))

    def default(self) -> str | None:
        found = re.search(r"system default destination: (\S+)", self._ask("lpstat", "-d"))
        return found[1] if found else None

    def print_pdf(self, pdf: bytes | Path, printer: str, copies: int = 1, title: str = "") -> PrintJob:
        check_copies(copies)
        data = read(pdf)
        size = media(data)
        if not size:
            return PrintJob(PrintState.FAILED, printer, "printer.file")
        command = ["lp", "-d", printer, "-n", str(copies), "-t", title or "Một Cửa"]
        for option in (f"media={size}", "sides=one-sided", "print-scaling=none"):
            command += ["-o", option]
        try:
            sent = self._run(command, data)
        except FileNotFoundError:
            return PrintJob(PrintState.FAILED, printer, "printer.gone")
        except (OSError, subprocess.TimeoutExpired) as error:
            return PrintJob(PrintState.UNCERTAIN, printer, "printer.silent", str(error))
        taken = re.search(rb"request id is (\S+)-(\d+) ", sent.stdout)
        if sent.returncode or not taken:
            said = sent.stderr.decode(errors="replace").strip().removeprefix("lp: ")
            gone = "does not exist" in said or "not running" in said or "connect" in said
            return PrintJob(PrintState.FAILED, printer, "printer.gone" if gone else "printer.refused", said)
        return self._follow(printer, int(taken[2]))

    def _follow(self, printer: str, number: int) -> PrintJob:
        """Wait until the job is at its end; take it back when the printer stands still or patience is at its end."""
        server = ipp.Server(self._server or self._ask("lpstat", "-H").strip())
        end = time.monotonic() + self._patience
        code = "printer.silent"
        while time.monotonic() < end:
            job = server.job(printer, number)
            if job is None:
                break
            if job.state >= JobState.CANCELED:
                return _ended(job, printer, "printer.refused", job.message)
            how = server.printer(printer)
            if how and how.stopped and job.state is not JobState.PROCESSING:
                code = "printer.stopped"
                break
            time.sleep(self._pause)
        how = server.printer(printer)
        self._ask("cancel", f"{printer}-{number}")
        detail = ", ".join([*how.reasons, how.message] if how else []).strip(", ")
        job = server.job(printer, number)
        if job is None:
            return PrintJob(PrintState.UNCERTAIN, printer, "printer.silent", detail)
        return _ended(job, printer, _lack(detail) or code, detail or job.message)

    def _ask(self, *command: str) -> str:
        try:
            return self._run(command).stdout.decode(errors="replace")
        except (OSError, subprocess.TimeoutExpired):
            return ""

    def _run(self, command: Sequence[str], data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command, input=data, capture_output=True, env=self._environment, timeout=_COMMAND_SECONDS, check=False
        )


def _ended(job: ipp.Job, printer: str, code: str, detail: str) -> PrintJob:
    if job.state is JobState.COMPLETED:
        return PrintJob(PrintState.DONE, printer)
    taken_out = job.state in (JobState.CANCELED, JobState.ABORTED) and not job.begun
    return PrintJob(PrintState.FAILED if taken_out else PrintState.UNCERTAIN, printer, code, detail)


def _lack(reasons: str) -> str:
    """The code for what a printer says it lacks; "" when it says nothing of the kind."""
    if "media-jam" in reasons:
        return "printer.jam"
    return "printer.no-paper" if "media-empty" in reasons or "media-needed" in reasons else ""
