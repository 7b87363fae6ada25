"""WIA behind a fake COM that keeps to its documentation: what is set, in which order errors arrive, what they mean."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop.devices import wia_words
from desktop.devices.source import Device, Feed, Mode, Page, ScanWish, Sheet
from desktop.devices.wia import Wia, hresult
from desktop.devices.wia_words import ERROR, Can, Prop, Select, Stands
from onestop.rules.errors import DeviceTrouble
from onestop.texts import SENTENCES
from tests.helpers.fake_wia import FakeComError, FakeWia

FEEDER = ScanWish(source=Feed.FEEDER, dpi=100)


@pytest.fixture
def fake() -> FakeWia:
    return FakeWia(sheets=5)


@pytest.fixture
def source(fake: FakeWia, tmp_path: Path) -> Wia:
    return Wia(tmp_path / "raw", fake.manager)


def code_of(source: Wia, wish: ScanWish) -> tuple[list[Page], str]:
    came: list[Page] = []
    try:
        came.extend(source.scan(source.find()[0], wish))
    except DeviceTrouble as trouble:
        return came, trouble.code
    return came, ""


def test_every_error_has_its_sentence() -> None:
    assert not [code for code in ERROR.values() if code not in SENTENCES]


def test_scanners_are_found_and_cameras_left_alone(source: Wia) -> None:
    assert source.find() == [Device("{scanner}", "Máy quét Mẫu 200", "wia", "USB0")]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (0x80210002, "device.jam"),
        (0x80210005, "device.offline"),
        (0x80210006, "device.busy"),
        (0x8021000A, "device.offline"),
        (0x8021000D, "device.busy"),
        (0x8021000E, "device.crashed"),
        (0x80210016, "device.cover-open"),
        (0x80210020, "device.two-sheets"),
        (0x80070005, "device.no-rights"),
        (0x800706BA, "device.no-program"),
        (0x80004005, "device.failed"),
    ],
)
def test_an_error_at_the_third_page_costs_that_page(fake: FakeWia, source: Wia, error: int, code: str) -> None:
    fake.error, fake.fail_at = error, 3
    pages, said = code_of(source, FEEDER)
    assert ([page.number for page in pages], said) == ([1, 2], code)
    assert list(source.folder.iterdir()) == []


def test_the_feeder_runs_dry_and_that_is_the_end(source: Wia) -> None:
    pages, said = code_of(source, FEEDER)
    assert ([page.number for page in pages], said) == ([1, 2, 3, 4, 5], "")


def test_nothing_in_the_feeder(fake: FakeWia, source: Wia) -> None:
    fake.sheets = 0
    assert code_of(source, FEEDER) == ([], "device.empty")


@pytest.mark.parametrize(
    ("stands", "code"),
    [
        (Stands.PAPER_JAM, "device.jam"),
        (Stands.COVER_UP, "device.cover-open"),
        (Stands.PATH_COVER_UP | Stands.FEED_READY, "device.cover-open"),
    ],
)
def test_what_stands_in_the_way_is_said_before_paper_moves(
    fake: FakeWia, source: Wia, stands: Stands, code: str
) -> None:
    fake.stands = stands
    assert code_of(source, ScanWish(dpi=100)) == ([], code)
    assert fake.came == 0


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (
            ScanWish(source=Feed.FEEDER, dpi=150, mode=Mode.GREY, duplex=True),
            {
                Prop.HANDLING_SELECT: Select.FEEDER | Select.DUPLEX,
                Prop.PAGES: 1,
                Prop.HORIZONTAL_RESOLUTION: 200,
                Prop.VERTICAL_RESOLUTION: 200,
                Prop.DATA_TYPE: 2,
                Prop.INTENT: 2,
                Prop.HORIZONTAL_EXTENT: round(210 / 25.4 * 200),
                Prop.VERTICAL_EXTENT: round(297 / 25.4 * 200),
            },
        ),
        (
            ScanWish(source=Feed.FLATBED, dpi=300, mode=Mode.BW, size=Sheet.CARD),
            {
                Prop.HANDLING_SELECT: Select.FLATBED,
                Prop.HORIZONTAL_RESOLUTION: 300,
                Prop.DATA_TYPE: 0,
                Prop.INTENT: 4,
                Prop.HORIZONTAL_EXTENT: round(86 / 25.4 * 300),
                Prop.VERTICAL_EXTENT: round(54 / 25.4 * 300),
                Prop.HORIZONTAL_START: 0,
            },
        ),
    ],
)
def test_the_wish_reaches_the_driver(fake: FakeWia, source: Wia, wish: ScanWish, expected: dict[Prop, Any]) -> None:
    pages, said = code_of(source, wish)
    assert said == ""
    assert {prop: fake.taken[0][prop] for prop in expected} == expected
    with Image.open(io.BytesIO(pages[0].content)) as image:
        assert image.mode == {Mode.GREY: "L", Mode.BW: "1"}[wish.mode]


@pytest.mark.parametrize(
    ("can", "sources", "duplex"),
    [
        (Can.FLAT, {Feed.FLATBED}, False),
        (Can.FEED | Can.DUPLEX, {Feed.FEEDER}, True),
        (Can.FEED | Can.FLAT, {Feed.FEEDER, Feed.FLATBED}, False),
        (Can(0), {Feed.FLATBED}, False),
        (Can.FLAT | Can.DUPLEX, {Feed.FLATBED}, False),
    ],
)
def test_what_it_can_do(fake: FakeWia, source: Wia, can: Can, sources: set[Feed], duplex: bool) -> None:
    fake.can = can
    found = source.abilities(source.find()[0])
    assert (found.sources, found.duplex) == (sources, duplex)
    assert found.resolutions == (100, 200, 300)
    assert found.sizes == {Sheet.A4, Sheet.A5, Sheet.CARD}


def test_a_device_without_an_item_or_with_garbage_answers_wrongly(fake: FakeWia, source: Wia) -> None:
    fake.garbage = True
    assert code_of(source, FEEDER) == ([], "device.answer")
    fake.no_item = True
    assert code_of(source, FEEDER) == ([], "device.answer")


def test_wia_that_is_not_there_is_a_missing_program(tmp_path: Path) -> None:
    def missing() -> Any:
        raise FakeComError(0, outer=0x80040154)

    with pytest.raises(DeviceTrouble) as trouble:
        Wia(tmp_path, missing).find()
    assert trouble.value.code == "device.no-program"
    assert trouble.value.details["detail"] == "0x80040154"


def test_which_number_counts() -> None:
    windows = OSError("class not registered")
    windows.winerror = -2147221164  # type: ignore[attr-defined]
    assert hresult(FakeComError(0x80210003)) == wia_words.PAPER_EMPTY
    assert hresult(FakeComError(0x80210003, outer=0x80070005)) == 0x80070005
    assert hresult(windows) == 0x80040154
    assert hresult(OSError("disk")) is None
    assert hresult(ValueError("a bug of ours")) is None


def test_a_bug_of_ours_stays_one(fake: FakeWia, source: Wia, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fake, "manager", lambda: 1 / 0)
    source.manager = fake.manager
    with pytest.raises(ZeroDivisionError):
        source.find()
