"""Drivers behind their wall: whatever one does, the pages that came are there and the counter goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from desktop.devices import worker as wall
from desktop.devices.source import Page, ScanWish
from desktop.devices.spool import Spool
from desktop.devices.worker import Worker
from onestop.rules.errors import DeviceTrouble
from tests.helpers.drivers import DEVICE, bad
from tests.helpers.feeder import A4, picture
from tests.helpers.waiting import waited

ROOT = Path(__file__).resolve().parents[3]
ABOUT = {"draft": "d-1", "component": "c-2"}
Make = Callable[..., Worker]


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool")


@pytest.fixture
def worker(tmp_path: Path, spool: Spool, monkeypatch: pytest.MonkeyPatch) -> Make:
    """A driver that does `what` instead of its third page."""
    monkeypatch.setattr(wall, "GRACE", 1.0)

    def made(what: str, at: int = 3, **how: Any) -> Worker:
        how = {"silence": 20.0, "patience": 20.0, "about": ABOUT, **how}
        return Worker(partial(bad, tmp_path, what, at), spool, **how)

    return made


def came(worker: Worker) -> tuple[list[int], DeviceTrouble | None]:
    pages: list[Page] = []
    try:
        pages.extend(worker.scan(DEVICE, ScanWish()))
    except DeviceTrouble as trouble:
        return [page.number for page in pages], trouble
    return [page.number for page in pages], None


def alive(file: Path) -> bool:
    """Whether the process whose number stands in `file` still runs (one that is dead and not buried does not)."""
    try:
        stat = Path(f"/proc/{int(file.read_text())}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def test_all_pages_come_and_nothing_is_left(worker: Make, spool: Spool, tmp_path: Path) -> None:
    assert came(worker("nothing")) == ([1, 2, 3, 4, 5], None)
    assert list(spool.folder.iterdir()) == []
    assert waited(lambda: not alive(tmp_path / "pid"))


def test_its_devices_and_abilities_come_through(worker: Make) -> None:
    assert worker("nothing").find() == [DEVICE]
    assert worker("nothing").abilities(DEVICE).resolutions == (200, 300)


@pytest.mark.parametrize("what", ["segfault", "exit"])
def test_a_driver_that_dies_costs_its_page(worker: Make, what: str) -> None:
    pages, trouble = came(worker(what))
    assert pages == [1, 2]
    assert trouble is not None
    assert (trouble.code, trouble.details["device"]) == ("device.crashed", DEVICE.name)
    assert trouble.details["detail"] == {"segfault": "exit -11", "exit": "exit 3"}[what]


@pytest.mark.parametrize("what", ["hang", "stubborn"])
def test_a_driver_that_hangs_costs_its_page(worker: Make, tmp_path: Path, what: str) -> None:
    pages, trouble = came(worker(what, silence=1.0))
    assert pages == [1, 2]
    assert trouble is not None
    assert trouble.code == "device.silent"
    assert not alive(tmp_path / "pid")
    assert came(worker("nothing")) == ([1, 2, 3, 4, 5], None), "and the next scan goes on"


@pytest.mark.parametrize("task", ["find", "abilities"])
def test_a_driver_that_hangs_when_asked(worker: Make, task: str) -> None:
    asked = worker(task, patience=1.0)
    with pytest.raises(DeviceTrouble) as trouble:
        asked.find() if task == "find" else asked.abilities(DEVICE)
    assert trouble.value.code == "device.silent"


def test_what_a_driver_started_ends_with_it(worker: Make, tmp_path: Path) -> None:
    _pages, trouble = came(worker("child", silence=2.0))
    assert trouble is not None
    assert trouble.code == "device.silent"
    assert waited(lambda: not alive(tmp_path / "grandchild"))


@pytest.mark.expects_log("a driver broke down")
def test_a_bug_in_a_driver_is_a_crash_and_stands_in_the_log(worker: Make) -> None:
    pages, trouble = came(worker("bug"))
    assert pages == [1, 2]
    assert trouble is not None
    assert trouble.code == "device.crashed"
    assert trouble.details["detail"] == "ZeroDivisionError: a driver cannot count"


def test_the_trouble_of_a_driver_comes_through(worker: Make) -> None:
    pages, trouble = came(worker("jam"))
    assert pages == [1, 2]
    assert trouble is not None
    assert (trouble.code, trouble.details) == ("device.jam", {"device": DEVICE.name, "detail": "stuck"})


def test_a_driver_that_talks_spoils_nobodys_output(worker: Make, capfd: pytest.CaptureFixture[str]) -> None:
    came(worker("slow"))
    assert capfd.readouterr() == ("", "")


def test_giving_up_stops_the_device_at_once(worker: Make, spool: Spool, tmp_path: Path) -> None:
    enough = threading.Event()
    pages = worker("hang", stop=enough.is_set).scan(DEVICE, ScanWish())
    assert [next(iter(pages)).number, next(iter(pages)).number] == [1, 2]
    enough.set()
    assert list(pages) == []
    assert (tmp_path / "stopped").exists(), "the driver could tell its device"
    assert not alive(tmp_path / "pid")
    assert list(spool.folder.iterdir()) == []


def test_giving_up_while_it_looks_around_or_is_asked(worker: Make) -> None:
    enough = threading.Event()
    enough.set()
    assert worker("find", stop=enough.is_set).find() == []
    with pytest.raises(DeviceTrouble) as given_up:
        worker("abilities", stop=enough.is_set).abilities(DEVICE)
    assert given_up.value.code == "device.stopped"


def test_pages_that_nobody_took_over_are_there_afterwards(worker: Make, spool: Spool) -> None:
    """Whoever takes pages breaks down over the second one: it was not put away, so it is not gone."""
    pages: Any = worker("nothing").scan(DEVICE, ScanWish())
    next(pages)
    next(pages)
    pages.close()
    (left,) = spool.left()
    assert left.about == ABOUT
    assert left.take(left.names()[0]).number == 2


SCAN = """
import sys
from functools import partial
from pathlib import Path
from desktop.devices.source import ScanWish
from desktop.devices.spool import Spool
from desktop.devices.worker import Worker
from tests.helpers.drivers import DEVICE, bad
from tests.helpers.feeder import A4, picture
if __name__ == "__main__":
    folder = Path(sys.argv[1])
    make = partial(bad, folder, sys.argv[2], 3)
    for page in Worker(make, Spool(folder / "spool"), about={"draft": "d-1"}).scan(DEVICE, ScanWish()):
        print(page.number, flush=True)
        sys.stdin.readline()
"""


@pytest.mark.parametrize("what", ["nothing", "slow"])
def test_a_scan_that_a_crash_of_the_program_broke_off_is_there_after_the_restart(tmp_path: Path, what: str) -> None:
    file = tmp_path / "scan.py"
    file.write_text(SCAN, "utf-8")
    program = subprocess.Popen(
        [sys.executable, str(file), str(tmp_path), what],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert program.stdin is not None
    assert program.stdout is not None
    with program:
        assert program.stdout.readline() == b"1\n"
        program.stdin.write(b"\n")
        program.stdin.flush()
        assert program.stdout.readline() == b"2\n"  # the first has been put away, the second has not
        program.send_signal(signal.SIGKILL)
        program.wait()
        spool = Spool(tmp_path / "spool")
        assert waited(lambda: not alive(tmp_path / "pid")), "the child of a dead parent ends"
        (left,) = spool.left()
        numbers = [left.take(name).number for name in left.names()]
        assert numbers[0] == 2
        assert numbers == sorted(numbers)
        assert left.about == {"draft": "d-1"}


def test_a_child_that_hangs_after_its_parent_died_ends_by_its_own_watch(tmp_path: Path) -> None:
    file = tmp_path / "scan.py"
    shorter = "import desktop.devices.worker as wall\nwall.WATCH = 0.5\n"
    file.write_text(shorter + SCAN.replace('about={"draft": "d-1"}', "silence=1.0"), "utf-8")
    program = subprocess.Popen(
        [sys.executable, str(file), str(tmp_path), "stubborn"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert program.stdout is not None
    with program:
        assert program.stdout.readline() == b"1\n"
        program.send_signal(signal.SIGKILL)
        program.wait()
        assert alive(tmp_path / "pid")
        assert waited(lambda: not alive(tmp_path / "pid"), 20)


def test_a_page_that_came_is_laid_down_whole_though_the_driver_is_told_to_end(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_given: Any) -> None:
        raise AssertionError("in the middle of a page")

    tray = spool.begin(ABOUT)
    put = tray.put

    def told_to_end_meanwhile(page: Page) -> str:
        signal.raise_signal(signal.SIGTERM)
        return put(page)

    monkeypatch.setattr(tray, "put", told_to_end_meanwhile)
    before = signal.signal(signal.SIGTERM, ended)
    try:
        name = wall._lay_down(tray, Page(picture("1"), "image/jpeg", *A4, 75, 1))
        assert signal.getsignal(signal.SIGTERM) is ended, "afterwards it may be ended again"
    finally:
        signal.signal(signal.SIGTERM, before)
    assert tray.names() == [name]
    tray.forget(name)
    tray.end()
