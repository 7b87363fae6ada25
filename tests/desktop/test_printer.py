"""One contract for every kind of printer, and what each does when things go wrong."""

from __future__ import annotations

import io
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from desktop import printer as printing
from desktop.printer import CupsPrinters, Mishap, PretendPrinters, Printers, PrintJob, PrintState, QtPrinters, ipp
from desktop.printer.ipp import Job, JobState, Printer, Server, read_answer
from desktop.printer.job import media
from desktop.reports import fonts, receipt
from onestop.rules.letters import Paper
from onestop.texts import SENTENCES, sentence
from tests.helpers import cups, letters
from tests.helpers.pages import codes, picture


def page(width: float = 595.28, height: float = 841.89, pages: int = 1) -> bytes:
    """A small PDF."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(width, height), initialFontName=fonts.UPRIGHT, invariant=1)
    for number in range(pages):
        canvas.drawString(100, 100, f"Trang {number + 1}")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class Kind:
    """One implementation: its printers, the name of one that works, and how many pages have come out of it."""

    printers: Printers
    name: str
    came: Callable[[], int]


def count(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages) if pdf else 0


@pytest.fixture(scope="module")
def server() -> Iterator[cups.Cups]:
    with tempfile.TemporaryDirectory(prefix="cups-") as folder, cups.running(Path(folder)) as running:
        yield running


def pretend(request: pytest.FixtureRequest, folder: Path) -> Kind:
    printers = PretendPrinters(folder / "giay")
    return Kind(printers, "Máy in thử", lambda: sum(count(path.read_bytes()) for path in printers.paper()))


def qt_into_a_file(request: pytest.FixtureRequest, folder: Path) -> Kind:
    request.getfixturevalue("qapp")
    file = folder / "ra.pdf"
    return Kind(QtPrinters(file), "tệp", lambda: count(file.read_bytes()) if file.exists() else 0)


def cups_on_a_wire(request: pytest.FixtureRequest, folder: Path) -> Kind:
    running: cups.Cups = request.getfixturevalue("server")
    running.wire.received.clear()

    def came() -> int:
        whole = b"".join(running.wire.received)
        return sum(count(b"%PDF-" + part) for part in whole.split(b"%PDF-")[1:])

    return Kind(CupsPrinters(running.address), "thu", came)


MAKERS = [pretend, qt_into_a_file, *([cups_on_a_wire] if cups.is_here() else [])]


@pytest.fixture(params=MAKERS, ids=lambda make: make.__name__)
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> Kind:
    made: Kind = request.param(request, tmp_path)
    return made


class TestContract:
    """What holds for every printer."""

    @pytest.mark.parametrize(("pages", "copies"), [(1, 1), (2, 1), (1, 3)])
    def test_all_the_paper_comes(self, kind: Kind, pages: int, copies: int) -> None:
        job = kind.printers.print_pdf(page(pages=pages), kind.name, copies, "Giấy tiếp nhận H56.99-261123-0001")
        assert job == PrintJob(PrintState.DONE, kind.name)
        assert kind.came() == pages * copies

    def test_a_stored_file_prints_like_its_bytes(self, kind: Kind, tmp_path: Path) -> None:
        file = tmp_path / "in.pdf"
        file.write_bytes(page())
        assert kind.printers.print_pdf(file, kind.name).state is PrintState.DONE
        assert kind.came() == 1

    @pytest.mark.parametrize("bad", [b"", b"khong phai PDF", page()[:300]])
    def test_what_is_no_pdf_fails_and_costs_no_paper(self, kind: Kind, bad: bytes) -> None:
        job = kind.printers.print_pdf(bad, kind.name)
        assert (job.state, job.code) == (PrintState.FAILED, "printer.file")
        assert kind.came() == 0

    def test_a_file_that_is_not_there_fails(self, kind: Kind, tmp_path: Path) -> None:
        job = kind.printers.print_pdf(tmp_path / "không có.pdf", kind.name)
        assert (job.state, job.code) == (PrintState.FAILED, "printer.file")

    def test_no_copies_is_a_mistake_of_the_caller(self, kind: Kind) -> None:
        with pytest.raises(ValueError):
            kind.printers.print_pdf(page(), kind.name, 0)

    def test_printers_have_names(self, kind: Kind) -> None:
        names = kind.printers.names()
        assert isinstance(names, tuple)
        assert kind.printers.default() is None or kind.printers.default() in names


@pytest.mark.parametrize(
    "make", [make for make in MAKERS if make is not qt_into_a_file], ids=lambda make: make.__name__
)
def test_a_printer_that_is_not_there_fails(
    make: Callable[[pytest.FixtureRequest, Path], Kind], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    kind = make(request, tmp_path)
    assert kind.name in kind.printers.names()
    job = kind.printers.print_pdf(page(), "không-có")
    assert (job.state, job.code, job.printer) == (PrintState.FAILED, "printer.gone", "không-có")
    assert kind.came() == 0


def test_qt_does_not_know_a_printer_that_is_not_there(qapp: QApplication) -> None:
    job = QtPrinters().print_pdf(page(), "không-có")
    assert (job.state, job.code) == (PrintState.FAILED, "printer.gone")


@pytest.mark.parametrize("paper", tuple(Paper))
def test_qt_prints_the_receipt_at_its_own_size(qapp: QApplication, tmp_path: Path, paper: Paper) -> None:
    drawn = receipt.draw(letters.receipt(), paper)
    file = tmp_path / "ra.pdf"
    job = QtPrinters(file).print_pdf(drawn, "tệp", 2, "Giấy tiếp nhận")
    assert job.state is PrintState.DONE
    out = file.read_bytes()
    sizes = [[float(side) for side in each.mediabox[2:]] for each in PdfReader(io.BytesIO(out)).pages]
    wanted = [float(side) for side in PdfReader(io.BytesIO(drawn)).pages[0].mediabox[2:]]
    assert len(sizes) == 4, "two liên, each twice"
    assert all(size == pytest.approx(wanted, abs=3) for size in sizes)
    assert codes(picture(out, dpi=150)) == [letters.CODE]


def test_qt_prints_a_page_that_lies(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "ra.pdf"
    assert QtPrinters(file).print_pdf(page(841.89, 595.28), "tệp").state is PrintState.DONE
    box = PdfReader(io.BytesIO(file.read_bytes())).pages[0].mediabox
    assert box.width > box.height


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_qt_says_when_it_cannot_begin(qapp: QApplication, tmp_path: Path) -> None:
    job = QtPrinters(tmp_path / "không có thư mục" / "ra.pdf").print_pdf(page(), "tệp")
    assert (job.state, job.code) == (PrintState.FAILED, "printer.refused")


class TestPretend:
    """What the pretend printer can do wrong, so that everything above it can be tried."""

    @pytest.mark.parametrize(
        ("mishap", "state", "code", "came"),
        [
            (Mishap.JAM, PrintState.UNCERTAIN, "printer.jam", 0),
            (Mishap.NO_PAPER, PrintState.FAILED, "printer.no-paper", 0),
            (Mishap.UNCERTAIN, PrintState.UNCERTAIN, "printer.silent", 1),
            (Mishap.GONE, PrintState.FAILED, "printer.gone", 0),
        ],
    )
    def test_mishaps(self, tmp_path: Path, mishap: Mishap, state: PrintState, code: str, came: int) -> None:
        printers = PretendPrinters(tmp_path)
        printers.go_wrong(mishap)
        job = printers.print_pdf(page(), "Máy in thử")
        assert (job.state, job.code) == (state, code)
        assert len(printers.paper()) == came
        printers.come_back()
        assert printers.print_pdf(page(), "Máy in thử").state is PrintState.DONE
        assert len(printers.paper()) == came + 1

    def test_a_vanished_printer_is_not_offered_until_it_comes_back(self, tmp_path: Path) -> None:
        printers = PretendPrinters(tmp_path, ("Một", "Hai"))
        assert printers.names() == ("Một", "Hai") and printers.default() == "Một"
        printers.go_wrong(Mishap.GONE)
        assert printers.names() == () and printers.default() is None
        printers.come_back()
        assert printers.names() == ("Một", "Hai")

    def test_mishaps_come_in_order_and_as_often_as_asked(self, tmp_path: Path) -> None:
        printers = PretendPrinters(tmp_path)
        printers.go_wrong(Mishap.NO_PAPER, times=2)
        printers.go_wrong(Mishap.JAM)
        ended = [printers.print_pdf(page(), "Máy in thử").code for _ in range(4)]
        assert ended == ["printer.no-paper", "printer.no-paper", "printer.jam", ""]

    def test_paper_lies_in_the_order_it_came(self, tmp_path: Path) -> None:
        printers = PretendPrinters(tmp_path)
        assert printers.paper() == ()
        printers.print_pdf(page(pages=1), "Máy in thử")
        printers.print_pdf(page(pages=2), "Máy in thử", copies=2)
        assert [count(path.read_bytes()) for path in printers.paper()] == [1, 2, 2]


def test_printers_of_this_machine_come_without_a_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda command: f"/usr/bin/{command}")
    assert isinstance(printing.printers(), CupsPrinters)
    monkeypatch.setattr("shutil.which", lambda command: None)
    assert isinstance(printing.printers(), QtPrinters)


def test_a_server_that_is_not_there_has_no_printers(tmp_path: Path) -> None:
    printers = CupsPrinters(str(tmp_path / "nobody.sock"))
    assert printers.names() == () and printers.default() is None
    job = printers.print_pdf(page(), "thu")
    assert job.state in (PrintState.FAILED, PrintState.UNCERTAIN)


def test_every_code_has_its_sentence() -> None:
    codes_used = {
        "printer.gone",
        "printer.refused",
        "printer.stopped",
        "printer.no-paper",
        "printer.jam",
        "printer.silent",
        "printer.file",
    }
    files = Path(printing.__file__).parent.glob("*.py")
    source = "".join(file.read_text(encoding="utf-8") for file in files)
    assert {code for code in SENTENCES if code.startswith("printer.") and code in source} >= codes_used
    assert sentence("printer.gone", printer="HP", detail="").startswith("Không thấy máy in HP.")


@pytest.mark.parametrize(
    ("size", "name"),
    [
        ((595.28, 841.89), "A4"),
        ((841.89, 595.28), "A4"),
        ((419.53, 595.28), "A5"),
        ((623.62, 311.81), "iso_dl_110x220mm"),
        ((649.13, 459.21), "iso_c5_162x229mm"),
        ((300.0, 400.0), "Custom.300x400"),
    ],
)
def test_paper_is_named_by_its_size(size: tuple[float, float], name: str) -> None:
    assert media(page(*size)) == name
    assert media(b"") == ""
    locked, out = PdfWriter(clone_from=io.BytesIO(page(*size))), io.BytesIO()
    locked.encrypt("secret", algorithm="RC4-128")
    locked.write(out)
    assert media(out.getvalue()) == ""


if cups.is_here():

    class TestCups:
        """What CUPS reports of queues that are stopped, closed or dead."""

        def test_names_are_those_of_the_queues(self, server: cups.Cups) -> None:
            assert set(CupsPrinters(server.address).names()) == {"thu", "chet"}
            server.run("lpadmin", "-d", "thu")
            assert CupsPrinters(server.address).default() == "thu"

        def test_what_arrives_is_the_file_itself(self, server: cups.Cups) -> None:
            server.wire.received.clear()
            drawn = receipt.draw(letters.receipt(), Paper.A4)
            assert CupsPrinters(server.address).print_pdf(drawn, "thu").state is PrintState.DONE
            assert server.wire.received == [drawn]

        def test_a_stopped_queue_fails_and_prints_nothing_later(self, server: cups.Cups) -> None:
            server.wire.received.clear()
            server.run("cupsdisable", "thu")
            try:
                job = CupsPrinters(server.address).print_pdf(page(), "thu")
            finally:
                server.run("cupsenable", "thu")
            assert (job.state, job.code) == (PrintState.FAILED, "printer.stopped")
            assert server.waiting() == ""
            assert CupsPrinters(server.address).print_pdf(page(pages=2), "thu").state is PrintState.DONE
            assert [count(each) for each in server.wire.received] == [2]

        def test_a_closed_queue_refuses(self, server: cups.Cups) -> None:
            server.run("cupsreject", "thu")
            try:
                job = CupsPrinters(server.address).print_pdf(page(), "thu")
            finally:
                server.run("cupsaccept", "thu")
            assert (job.state, job.code) == (PrintState.FAILED, "printer.refused")
            assert "not accepting" in job.detail

        def test_a_printer_that_does_not_answer_leaves_one_in_doubt_and_prints_nothing_later(
            self, server: cups.Cups
        ) -> None:
            job = CupsPrinters(server.address, patience=1.5).print_pdf(page(), "chet")
            assert (job.state, job.code) == (PrintState.UNCERTAIN, "printer.silent")
            assert "may not exist" in job.detail
            assert server.waiting() == ""

        def test_a_job_that_somebody_takes_back_leaves_one_in_doubt(self, server: cups.Cups) -> None:
            ended: list[PrintJob] = []
            printing_thread = threading.Thread(
                target=lambda: ended.append(CupsPrinters(server.address).print_pdf(page(), "chet"))
            )
            printing_thread.start()
            end = time.monotonic() + 20
            while "now printing chet" not in server.run("lpstat", "-p", "chet") and time.monotonic() < end:
                pass
            printing_thread.join(0.6)
            server.run("cancel", "-a", "chet")
            printing_thread.join(20)
            assert [(job.state, job.code) for job in ended] == [(PrintState.UNCERTAIN, "printer.refused")]


class PlayedServer:
    """Answers that a CUPS server gives one after the other; the last one stays."""

    def __init__(self, jobs: list[Job | None], printer: Printer | None) -> None:
        self._jobs, self._printer = jobs, printer

    def job(self, printer: str, number: int) -> Job | None:
        return self._jobs.pop(0) if len(self._jobs) > 1 else self._jobs[0]

    def printer(self, name: str) -> Printer | None:
        return self._printer


WAITS, PRINTS = Job(JobState.PENDING, False, ""), Job(JobState.PROCESSING, True, "")
OUT, TAKEN_OUT = Job(JobState.COMPLETED, True, ""), Job(JobState.CANCELED, False, "")
IDLE, STOPPED = Printer(False, (), ""), Printer(True, ("paused",), "Paused")
EMPTY, JAMMED = Printer(False, ("media-empty-error", "media-needed"), ""), Printer(False, ("media-jam-error",), "")


@pytest.mark.parametrize(
    ("jobs", "printer", "state", "code"),
    [
        ([WAITS, PRINTS, OUT], IDLE, PrintState.DONE, ""),
        ([OUT], None, PrintState.DONE, ""),
        ([WAITS, TAKEN_OUT], IDLE, PrintState.FAILED, "printer.refused"),
        ([Job(JobState.CANCELED, True, "")], IDLE, PrintState.UNCERTAIN, "printer.refused"),
        ([Job(JobState.ABORTED, False, "")], IDLE, PrintState.FAILED, "printer.refused"),
        ([WAITS, TAKEN_OUT], STOPPED, PrintState.FAILED, "printer.stopped"),
        ([Job(JobState.STOPPED, True, "")], STOPPED, PrintState.UNCERTAIN, "printer.stopped"),
        ([PRINTS], EMPTY, PrintState.UNCERTAIN, "printer.no-paper"),
        ([PRINTS], JAMMED, PrintState.UNCERTAIN, "printer.jam"),
        ([PRINTS], None, PrintState.UNCERTAIN, "printer.silent"),
        ([None], IDLE, PrintState.UNCERTAIN, "printer.silent"),
    ],
)
def test_how_a_job_that_cups_took_ends(
    monkeypatch: pytest.MonkeyPatch,
    jobs: list[Job | None],
    printer: Printer | None,
    state: PrintState,
    code: str,
) -> None:
    taken_back: list[tuple[str, ...]] = []
    played = PlayedServer(list(jobs), printer)
    monkeypatch.setattr(ipp, "Server", lambda address: played)
    monkeypatch.setattr(CupsPrinters, "_ask", lambda self, *command: taken_back.append(command) or "")
    job = CupsPrinters("x", patience=0.03, pause=0.01)._follow("HP-1", 7)
    assert (job.state, job.code, job.printer) == (state, code, "HP-1")
    ended_by_itself = jobs[-1] is not None and jobs[-1].state >= JobState.CANCELED and code != "printer.stopped"
    assert taken_back == ([] if ended_by_itself else [("cancel", "HP-1-7")])


def ipp_answer(*values: tuple[int, str, bytes], status: int = 0) -> bytes:
    """An answer as RFC 8011 lays it out: header, one group, its values, the end."""
    said = b"".join(
        bytes([tag]) + len(name).to_bytes(2, "big") + name.encode() + len(value).to_bytes(2, "big") + value
        for tag, name, value in values
    )
    return b"\x01\x01" + status.to_bytes(2, "big") + b"\x00\x00\x00\x01\x02" + said + b"\x03"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (ipp_answer((0x23, "job-state", b"\x00\x00\x00\x09")), {"job-state": [9]}),
        (ipp_answer((0x13, "time-at-processing", b"")), {"time-at-processing": [None]}),
        (
            ipp_answer((0x44, "reasons", b"paused"), (0x44, "", b"media-empty")),
            {"reasons": ["paused", "media-empty"]},
        ),
        (ipp_answer((0x23, "job-state", b"\x00\x00\x00\x09"), status=0x0406), {}),
        (ipp_answer((0x23, "job-state", b"\x00\x00\x00\x09"))[:-8], {}),
        (b"", {}),
        (b"<html>", {}),
    ],
)
def test_answers_of_a_server(body: bytes, found: dict[str, list[object]]) -> None:
    assert read_answer(body) == found


def test_a_server_that_is_not_there_gives_no_answer(tmp_path: Path) -> None:
    for address in (str(tmp_path / "nobody.sock"), "127.0.0.1:1"):
        assert Server(address, timeout=2).job("HP", 1) is None
        assert Server(address, timeout=2).printer("HP") is None
