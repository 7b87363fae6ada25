"""Wishes fitted to what a device has, and the numbers that pages get."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest

from desktop.devices.source import Abilities, Device, Feed, Mode, ScanWish, Sheet, fit, places
from onestop.rules.errors import DeviceTrouble
from onestop.texts import SENTENCES, message

DEVICE = Device("usb:1", "Máy quét Mẫu", "sane", "USB")
ALL = Abilities(
    frozenset((Feed.FLATBED, Feed.FEEDER)), frozenset(Mode), (200, 300, 600), True, frozenset((Sheet.A4, Sheet.A5))
)


def test_a_device_is_known_by_driver_and_id() -> None:
    assert DEVICE.key == "sane:usb:1"


@pytest.mark.parametrize(("asked", "given"), [(150, 200), (200, 200), (250, 300), (600, 600)])
def test_the_next_resolution_up(asked: int, given: int) -> None:
    assert fit(ScanWish(dpi=asked), ALL, DEVICE).dpi == given


@pytest.mark.parametrize(
    ("asked", "there", "given"),
    [
        (Mode.BW, {Mode.GREY, Mode.COLOUR}, Mode.GREY),
        (Mode.BW, {Mode.COLOUR}, Mode.COLOUR),
        (Mode.GREY, {Mode.BW, Mode.COLOUR}, Mode.COLOUR),
        (Mode.BW, set(Mode), Mode.BW),
        (Mode.COLOUR, set(Mode), Mode.COLOUR),
    ],
)
def test_more_colour_rather_than_less(asked: Mode, there: set[Mode], given: Mode) -> None:
    can = replace(ALL, modes=frozenset(there))
    assert fit(ScanWish(mode=asked), can, DEVICE).mode is given


def test_auto_is_the_only_feed_where_there_is_one() -> None:
    glass = replace(ALL, sources=frozenset((Feed.FLATBED,)), duplex=False)
    assert fit(ScanWish(), glass, DEVICE).source is Feed.FLATBED
    assert fit(ScanWish(), ALL, DEVICE).source is Feed.AUTO


@pytest.mark.parametrize(
    ("wish", "can", "what"),
    [
        (ScanWish(source=Feed.FEEDER), replace(ALL, sources=frozenset((Feed.FLATBED,))), "feeder"),
        (ScanWish(source=Feed.FLATBED), replace(ALL, sources=frozenset((Feed.FEEDER,))), "flatbed"),
        (ScanWish(duplex=True), replace(ALL, duplex=False), "duplex"),
        (ScanWish(size=Sheet.A3), ALL, "size"),
        (ScanWish(), replace(ALL, modes=frozenset((Mode.GREY,))), "colour"),
        (ScanWish(dpi=601), ALL, "dpi"),
    ],
)
def test_less_than_was_asked_for_is_said(wish: ScanWish, can: Abilities, what: str) -> None:
    with pytest.raises(DeviceTrouble) as trouble:
        fit(wish, can, DEVICE)
    assert trouble.value.code == "device.unsupported"
    assert trouble.value.details == {"device": "Máy quét Mẫu", "what": what}
    assert f"device.unsupported.{what}" in SENTENCES
    assert "Máy quét Mẫu" in message(trouble.value.code, trouble.value.details) or what == "size"


@pytest.mark.parametrize(
    ("wish", "both", "expected"),
    [
        (ScanWish(), False, [(1, False), (2, False), (3, False)]),
        (ScanWish(first=7), True, [(7, False), (8, True), (9, False)]),
        (ScanWish(manual_duplex=True), False, [(1, False), (3, False), (5, False)]),
        (ScanWish(manual_duplex=True, turned=2), False, [(4, True), (2, True), (5, True)]),
        (ScanWish(manual_duplex=True, turned=3, first=11), False, [(16, True), (14, True), (12, True)]),
    ],
)
def test_places(wish: ScanWish, both: bool, expected: list[tuple[int, bool]]) -> None:
    assert list(islice(places(wish, both_sides=both), 3)) == expected
