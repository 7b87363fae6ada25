"""The spool: whole pages, kept until they are taken over, handed over after a crash, swept otherwise."""

from __future__ import annotations

import errno
import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop.devices.source import Page
from desktop.devices.spool import PASSING, Spool, Tray
from onestop.rules.errors import DeviceTrouble

ABOUT = {"draft": "d-1", "component": "Giấy chứng sinh"}


def page(number: int, back: bool = False, kind: str = "JPEG", dpi: int = 300) -> Page:
    out = io.BytesIO()
    Image.new("L", (20 + number, 30), 9 * number).save(out, kind)
    media_type = {"JPEG": "image/jpeg", "PNG": "image/png"}[kind]
    return Page(out.getvalue(), media_type, 20 + number, 30, dpi, number, back)


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool")


def die(tray: Tray) -> None:
    """What is left when the process that scanned is no more: its lock is gone."""
    tray._let_go()


@pytest.mark.parametrize("laid", [page(1), page(2, True), page(3, kind="PNG", dpi=600)])
def test_a_page_comes_back_as_it_was(spool: Spool, laid: Page) -> None:
    tray = spool.begin(ABOUT)
    assert tray.take(tray.put(laid)) == laid


def test_a_whole_pdf_comes_back_too(spool: Spool) -> None:
    laid = Page(b"%PDF-1.7 %%EOF", "application/pdf", 0, 0, 200, 1)
    tray = spool.begin({})
    assert tray.take(tray.put(laid)) == laid


def test_pages_stay_in_the_order_they_came_whatever_their_numbers(spool: Spool) -> None:
    tray = spool.begin(ABOUT)
    for number in (6, 4, 2):
        tray.put(page(number, True))
    tray.forget(tray.names()[0])
    tray.put(page(9))
    assert [tray.take(name).number for name in tray.names()] == [4, 2, 9]


def test_an_ended_scan_leaves_nothing_when_all_was_taken(spool: Spool) -> None:
    tray = spool.begin(ABOUT)
    tray.raw.mkdir()
    (tray.raw / "nửa.pnm").write_bytes(b"x")
    tray.forget(tray.put(page(1)))
    tray.end()
    assert list(spool.folder.iterdir()) == []


def test_what_nobody_took_is_handed_over_with_what_it_was_for(spool: Spool) -> None:
    tray = spool.begin(ABOUT)
    tray.put(page(1))
    (tray.folder / "0002.part").write_bytes(b"half a page")
    die(tray)
    (left,) = Spool(spool.folder).left()
    assert left.about == ABOUT
    assert [left.take(name).number for name in left.names()] == [1]
    left.forget(left.names()[0])
    left.end()
    assert Spool(spool.folder).left() == []
    assert list(spool.folder.iterdir()) == []


def test_a_scan_under_way_is_not_touched(spool: Spool) -> None:
    tray = spool.begin(ABOUT)
    tray.put(page(1))
    assert Spool(spool.folder).left() == []
    assert tray.names() == ["0001-0001f-300.jpg"]


def test_a_scan_is_handed_over_to_one_alone(spool: Spool) -> None:
    tray = spool.begin(ABOUT)
    tray.put(page(1))
    die(tray)
    assert len(spool.left()) == 1
    holding = spool.left()
    assert holding == []


def test_what_broke_off_without_a_page_is_swept(spool: Spool) -> None:
    tray = spool.begin(ABOUT)
    tray.raw.mkdir()
    (tray.raw / "1.pnm").write_bytes(b"P6")
    die(tray)
    assert spool.left() == []
    assert list(spool.folder.iterdir()) == []


def test_oldest_first(spool: Spool) -> None:
    for number in (1, 2, 3):
        tray = spool.begin({"which": number})
        tray.put(page(number))
        die(tray)
    assert [tray.about["which"] for tray in spool.left()] == [1, 2, 3]


def test_pages_are_handed_over_even_when_nobody_knows_any_more_what_for(spool: Spool) -> None:
    tray = spool.begin(ABOUT)
    tray.put(page(1))
    (tray.folder / "about.json").write_text("{nửa")
    die(tray)
    (left,) = spool.left()
    assert (left.about, len(left.names())) == ({}, 1)


def test_a_damaged_page_is_said(spool: Spool) -> None:
    tray = spool.begin(ABOUT)
    name = tray.put(page(1))
    (tray.folder / name).write_bytes(b"")
    with pytest.raises(DeviceTrouble) as trouble:
        tray.take(name)
    assert trouble.value.code == "device.answer"
    kept = tray.take(name, damaged=True)
    assert (kept.content, kept.width, kept.number) == ((tray.folder / name).read_bytes(), 0, 1)


def test_a_full_disk_is_said_and_what_came_is_kept(spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    tray = spool.begin(ABOUT)
    tray.put(page(1))

    def full(*_arguments: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(DeviceTrouble) as trouble:
        tray.put(page(2))
    assert trouble.value.code == "device.no-room"
    assert len(tray.names()) == 1


def test_a_spool_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DeviceTrouble) as trouble:
        Spool(tmp_path / "file").begin({})
    assert trouble.value.code == "device.no-room"
    assert Spool(tmp_path / "file").left() == []


def test_pages_that_were_only_to_be_looked_at_are_swept(spool: Spool) -> None:
    tray = spool.begin({PASSING: True})
    tray.put(page(1))
    tray.end()
    assert not tray.folder.exists()
    crashed = spool.begin({PASSING: True})
    crashed.put(page(1))
    crashed._let_go()
    assert spool.left() == []
    assert not crashed.folder.exists()
