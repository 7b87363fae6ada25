"""SANE through the real scanimage and its own backends: every error as it is injected, slow, hanging, killed, gone."""

from __future__ import annotations

import io
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from desktop.devices import sane as driver
from desktop.devices.sane import STATUS, Sane, code_of
from desktop.devices.source import Device, Feed, Mode, ScanWish, Sheet
from onestop.rules.errors import DeviceTrouble
from onestop.texts import SENTENCES
from tests.helpers import sane

FEEDER = ScanWish(source=Feed.FEEDER, dpi=75)
GLASS = ScanWish(source=Feed.FLATBED, dpi=75)


def test_every_status_has_its_sentence() -> None:
    assert not [code for code in STATUS.values() if code not in SENTENCES]
    assert code_of("scanimage: sane_start: something new") == "device.failed"


def test_without_scanimage_it_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    source = Sane(tmp_path / "raw")
    assert source.version() == ""
    with pytest.raises(DeviceTrouble) as trouble:
        source.find()
    assert (trouble.value.code, trouble.value.details["detail"]) == ("device.no-program", "scanimage")


Program = Callable[[str], Sane]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A scanimage of the test's own: a shell script, with `$list` and `$options` for the two questions asked first."""

    def made(script: str) -> Sane:
        folder = tmp_path / "bin"
        folder.mkdir()
        file = folder / "scanimage"
        # The last argument but one, --batch=…/%d.pnm, names the folder for pages.
        file.write_text(
            "#!/bin/sh\n"
            'for word in "$@"; do case $word in --batch=*) pages=$(dirname "${word#--batch=}");; esac; done\n'
            'case "$*" in *-A*) echo "    --source ADF|Flatbed [ADF]"; exit 0;; esac\n'
            f"{script}\n"
        )
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
        return Sane(tmp_path / "raw", patience=5, silence=1.0)

    return made


DEVICE = Device("x:0", "Máy quét Mẫu", "sane")
PAGE = 'printf "P5 2 2 255 \\001\\002\\003\\004" > "$pages/1.pnm"; echo "$pages/1.pnm"\n'


def test_one_that_goes_silent_costs_its_page_alone(program: Program) -> None:
    source = program(PAGE + "exec sleep 60")
    pages = source.scan(DEVICE, FEEDER)
    assert next(iter(pages)).number == 1
    with pytest.raises(DeviceTrouble) as trouble:
        next(iter(pages))
    assert trouble.value.code == "device.silent"
    assert list(source.folder.iterdir()) == []


def test_signs_of_life_keep_it_alive(program: Program) -> None:
    ticks = "for tick in 1 2 3 4 5 6; do printf 'Progress: %s0.0%%\\r' $tick >&2; sleep 0.3; done\n"
    source = program(ticks + PAGE)
    assert len(list(source.scan(DEVICE, FEEDER))) == 1


def test_one_that_said_its_last_word_is_not_waited_for(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """SANE's own test backend does this once in ten times after an injected error."""
    monkeypatch.setattr(driver, "ENDING", 0.2)
    source = program(
        "echo 'scanimage: sane_read: Document feeder jammed' >&2\n"
        "echo 'Batch terminated, 0 pages scanned' >&2\ntrap '' TERM\nexec sleep 60"
    )
    source.silence = 30.0
    began = time.monotonic()
    with pytest.raises(DeviceTrouble) as trouble:
        list(source.scan(DEVICE, FEEDER))
    assert trouble.value.code == "device.jam"
    assert time.monotonic() - began < 10


def test_one_that_dies_is_a_crash(program: Program) -> None:
    source = program(PAGE + "kill -SEGV $$")
    pages = iter(source.scan(DEVICE, FEEDER))
    next(pages)
    with pytest.raises(DeviceTrouble) as trouble:
        next(pages)
    assert trouble.value.code == "device.crashed"


def test_one_that_ends_without_a_word_has_failed(program: Program) -> None:
    with pytest.raises(DeviceTrouble) as trouble:
        list(program("exit 1").scan(DEVICE, FEEDER))
    assert trouble.value.code == "device.failed"


def test_half_a_page_is_no_page(program: Program) -> None:
    source = program('printf "P5 2000 2000 255 " > "$pages/1.pnm"; echo "$pages/1.pnm"')
    with pytest.raises(DeviceTrouble) as trouble:
        list(source.scan(DEVICE, FEEDER))
    assert trouble.value.code == "device.answer"


def test_names_places_and_devices_of_other_drivers(program: Program) -> None:
    source = program(
        "printf 'genesys:libusb:001:004\\037Canon  LiDE 300\\037flatbed scanner\\n'\n"
        "printf 'airscan:e0:HP\\037HP LaserJet MFP\\037ip=192.168.1.9\\n'\n"
        "printf 'net:may-chu:test:0\\037Noname x\\037virtual device\\n'\n"
        "printf 'v4l:/dev/video0\\037Noname Webcam\\037virtual device\\n'\nprintf 'nonsense\\n'"
    )
    assert source.find() == [
        Device("genesys:libusb:001:004", "Canon LiDE 300", "sane", "USB"),
        Device("airscan:e0:HP", "HP LaserJet MFP", "sane", "192.168.1.9"),
        Device("net:may-chu:test:0", "Noname x", "sane", "may-chu"),
    ]


def test_looking_takes_no_longer_than_it_may(program: Program) -> None:
    source = program("exec sleep 60")
    source.patience = 0.3
    with pytest.raises(DeviceTrouble) as trouble:
        source.find()
    assert trouble.value.code == "device.silent"


if sane.is_here():

    @pytest.fixture
    def test_backend(tmp_path: Path) -> Sane:
        return Sane(tmp_path / "raw", sane.configured(tmp_path / "sane", "test"))

    class TestRealDriver:
        """Debian's `test` and `pnm` backends."""

        def test_it_says_its_version(self, test_backend: Sane) -> None:
            assert test_backend.version()[0].isdigit()

        @pytest.mark.parametrize("feed", [Feed.FEEDER, Feed.AUTO])
        @pytest.mark.parametrize(
            ("status", "code"),
            [
                ("UNSUPPORTED", "device.failed"),
                ("CANCELLED", "device.stopped"),
                ("DEVICE_BUSY", "device.busy"),
                ("INVAL", "device.failed"),
                ("EOF", "device.answer"),
                ("JAMMED", "device.jam"),
                ("NO_DOCS", "device.empty"),
                ("COVER_OPEN", "device.cover-open"),
                ("IO_ERROR", "device.offline"),
                ("NO_MEM", "device.failed"),
                ("ACCESS_DENIED", "device.no-rights"),
            ],
        )
        def test_every_injected_error_is_its_trouble(
            self, test_backend: Sane, status: str, code: str, feed: Feed
        ) -> None:
            test_backend.more = ("--read-return-value", f"SANE_STATUS_{status}")
            device = test_backend.find()[0]
            with pytest.raises(DeviceTrouble) as trouble:
                list(test_backend.scan(device, ScanWish(source=feed, dpi=75)))
            assert trouble.value.code == code
            assert trouble.value.details["device"] == device.name
            assert list(test_backend.folder.iterdir()) == []

        def test_ten_pages_of_the_feeder(self, test_backend: Sane) -> None:
            pages = list(test_backend.scan(test_backend.find()[0], FEEDER))
            assert [page.number for page in pages] == list(range(1, 11))

        def test_one_page_of_the_glass(self, test_backend: Sane) -> None:
            assert len(list(test_backend.scan(test_backend.find()[0], GLASS))) == 1

        @pytest.mark.parametrize(("mode", "read"), [(Mode.COLOUR, "RGB"), (Mode.GREY, "L")])
        @pytest.mark.parametrize("size", [Sheet.A4, Sheet.A5, Sheet.CARD])
        def test_the_wish_reaches_the_driver(self, test_backend: Sane, mode: Mode, read: str, size: Sheet) -> None:
            wish = ScanWish(source=Feed.FLATBED, dpi=200, mode=mode, size=size)
            (page,) = test_backend.scan(test_backend.find()[0], wish)
            wide, high = size.millimetres
            assert page.width == pytest.approx(wide / 25.4 * 200, abs=10)
            assert page.height == pytest.approx(high / 25.4 * 200, abs=10)
            with Image.open(io.BytesIO(page.content)) as image:
                assert image.mode == read

        def test_pages_come_while_the_scanner_works(self, test_backend: Sane) -> None:
            """With read-delay the page under way takes its time; the one that came is here already."""
            test_backend.more = ("--read-delay=yes", "--read-delay-duration", "30000")
            pages = iter(test_backend.scan(test_backend.find()[0], FEEDER))
            first = next(pages)
            began = time.monotonic()
            second = next(pages)
            assert (first.number, second.number) == (1, 2)
            assert time.monotonic() - began > 0.1, "the second page was not under way but done"

        def test_leaving_in_mid_page_ends_scanimage(self, test_backend: Sane) -> None:
            test_backend.more = ("--read-delay=yes", "--read-delay-duration", "30000")
            pages = test_backend.scan(test_backend.find()[0], FEEDER)
            next(iter(pages))
            pages.close()  # type: ignore[attr-defined]
            assert list(test_backend.folder.iterdir()) == []
            assert not running("scanimage", str(test_backend.folder))

        def test_a_device_that_is_not_there(self, test_backend: Sane) -> None:
            with pytest.raises(DeviceTrouble) as trouble:
                list(test_backend.scan(Device("test:9", "Máy cũ", "sane"), GLASS))
            assert trouble.value.code == "device.offline"

        def test_what_it_scans_is_the_page(self, tmp_path: Path) -> None:
            """`pnm` serves a picture: what comes out is that picture."""
            picture = Image.effect_mandelbrot((300, 400), (-3, -2.5, 2, 2.5), 60).convert("RGB")
            picture.save(tmp_path / "page.ppm")
            config = sane.configured(tmp_path / "sane", "pnm")
            source = Sane(tmp_path / "raw", config, more=(f"--filename={tmp_path / 'page.ppm'}",))
            (page,) = source.scan(source.find()[0], ScanWish(dpi=300))
            with Image.open(io.BytesIO(page.content)) as image:
                difference = [
                    abs(a - b)
                    for a, b in zip(image.resize((30, 40)).tobytes(), picture.resize((30, 40)).tobytes(), strict=True)
                ]
            assert sum(difference) / len(difference) < 4


def running(program: str, word: str) -> list[str]:
    """The processes of a program that have `word` on their command line."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
        except OSError:
            continue
        if command.startswith(program) and word in command:
            found.append(command)
    return found
