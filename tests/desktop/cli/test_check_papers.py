"""`motcua check`, as far as papers are concerned: scanners, reading, memory, signing, whom the office believes."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from desktop import filing
from desktop.cli import check, check_papers, machine
from desktop.devices.pretend import PretendScanner
from desktop.office import Office
from desktop.pagework import TRUSTED
from desktop.settings import Settings
from onestop.rules.errors import RuleBroken, Trouble
from paper import ocr
from paper.apart import Apart, WorkFailed
from tests.desktop.cli.conftest import Run
from tests.helpers.drivers import bad
from tests.helpers.signed import ROOT

OF_PAPERS = ["scanners", "reading", "memory", "signing", "trust"]


def found(ran: Any, name: str) -> dict[str, Any]:
    """One of the checks."""
    return next(each for each in ran.plain["checks"] if each["name"] == name)


@pytest.mark.usefixtures("scanner")
def test_everything_that_papers_need_is_looked_at(run: Run) -> None:
    ran = run("check")
    assert (ran.status, ran.plain["ok"]) == (0, True), ran.plain
    names = [each["name"] for each in ran.plain["checks"]]
    assert [each for each in names if each in OF_PAPERS] == OF_PAPERS
    assert set(names) <= set(check.NAMES)
    scanner = found(ran, "scanners")["detail"]
    assert all(word in scanner for word in ("Máy quét thử", "khay nạp", "300 dpi"))
    assert found(ran, "reading")["detail"].startswith("Đọc thử đúng")


@pytest.mark.usefixtures("scanner")
def test_before_there_is_an_office_the_machine_is_looked_at_all_the_same(run: Run, tmp_path: Path) -> None:
    ran = run("check", data=tmp_path / "none")
    names = [each["name"] for each in ran.plain["checks"]]
    assert [each for each in names if each in OF_PAPERS] == OF_PAPERS[:-1]
    assert not (tmp_path / "none").exists()


# ---- scanners -----------------------------------------------------------------------------------------------------


def test_a_scanner_that_does_not_answer_is_a_fault_only_where_it_was_chosen(
    demo_folder: Path, demo_office: Office, scanner: PretendScanner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def look() -> list[check_papers.Found]:
        return list(check_papers.look_at_scanners(demo_folder, demo_office))

    Settings(demo_folder / "settings.json").set("scan_device", "pretend:another")
    away, _there = look()
    assert (away[1], "another" in away[2]) == (False, True)
    Settings(demo_folder / "settings.json").set("scan_device", "")
    monkeypatch.setattr(machine, "DRIVERS", {"sane": partial(bad, tmp_path, "missing", 1)})
    [missing] = look()
    assert (missing[1], missing[3]) == (True, True)
    assert "scanimage" in missing[2]


# ---- reading ------------------------------------------------------------------------------------------------------


def test_without_a_model_pages_still_come_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ocr, "_FOLDERS", ())
    monkeypatch.setattr(ocr.sys, "_MEIPASS", str(tmp_path), raising=False)
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    name, ok, detail, note = check_papers.look_at_reading()
    assert (name, ok, note) == ("reading", True, True)
    assert "tesseract-ocr-vie" in detail


def test_a_model_that_reads_other_words_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_papers, "WORDS", "Giấy")
    drawn = check_papers._drawn("Phiếu kiểm soát quá trình")
    monkeypatch.setattr(check_papers, "_drawn", lambda _words: drawn)
    _name, ok, detail, _note = check_papers.look_at_reading()
    assert not ok
    assert "cài lại" in detail


@pytest.mark.parametrize(
    "fault",
    [
        RuleBroken("paper.too-slow"),
        Trouble("paper.no-model", folder="x"),
        WorkFailed("Traceback\n\nOSError: x"),
        BrokenProcessPool("All workers expired"),
    ],
)
def test_a_reader_that_breaks_down_is_a_fault_and_no_bug(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    def fail(_self: Apart, *_given: Any) -> None:
        raise fault

    monkeypatch.setattr(Apart, "run", fail)
    _name, ok, detail, _note = check_papers.look_at_reading()
    assert (ok, "Traceback" in detail) == (False, False)


# ---- memory, signing, trust ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gigabytes", "chosen", "words", "note"),
    [
        (16, "auto", "lúc rảnh", False),
        (4, "auto", "dưới 8 GB", True),
        (4, "yes", "lúc rảnh", False),
        (16, "no", "theo cài đặt", False),
        (0, "auto", "Không biết", True),
    ],
)
def test_memory_says_whether_papers_are_read_here(
    demo_folder: Path, monkeypatch: pytest.MonkeyPatch, gigabytes: int, chosen: str, words: str, note: bool
) -> None:
    monkeypatch.setattr(filing, "memory", lambda: gigabytes * 1024**3)
    Settings(demo_folder / "settings.json").set("read_papers", chosen)
    _name, ok, detail, noted = check_papers.look_at_memory(demo_folder, None)
    assert (ok, noted) == (True, note)
    assert words in detail


def test_memory_without_a_model(demo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "memory", lambda: 16 * 1024**3)
    monkeypatch.setattr(ocr, "is_ready", lambda: False)
    assert "thiếu bộ nhận dạng" in check_papers.look_at_memory(demo_folder, None)[2]


def test_drivers_of_tokens_are_named_each_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    driver, other, again = (tmp_path / name for name in ("token.so", "other.so", "again.so"))
    driver.touch()
    other.touch()
    again.symlink_to(driver)
    monkeypatch.setattr(check_papers, "modules_here", lambda: (driver, other, again))
    assert check_papers.look_at_signing() == ("signing", True, f"{driver}, {other}", False)
    monkeypatch.setattr(check_papers, "modules_here", tuple)
    assert check_papers.look_at_signing()[1::2] == (True, True)


def test_whom_the_office_believes(tmp_path: Path) -> None:
    folder = tmp_path / TRUSTED
    assert check_papers.look_at_trust(folder)[1::2] == (True, True)
    folder.mkdir()
    (folder / "goc.crt").write_bytes(ROOT.der)
    assert check_papers.look_at_trust(folder) == ("trust", True, "1 nơi cấp, 0 danh sách thu hồi.", False)
    (folder / "thu.docx").write_bytes(b"PK no certificate")
    _name, ok, detail, note = check_papers.look_at_trust(folder)
    assert (ok, note, "thu.docx" in detail) == (True, True, True)
