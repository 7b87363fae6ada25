"""Bytes of drivers become pages, or are refused."""

from __future__ import annotations

import io
from typing import Any

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop.devices import picture
from desktop.devices.picture import NoPicture


def saved(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 128 if mode == "L" else 1 if mode == "1" else (200, 30, 30)).save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
def test_what_is_a_page_already_stays_byte_for_byte(kind: str, media_type: str) -> None:
    content = saved(kind)
    page = picture.page(content, 300, 2, back=True)
    assert page.content == content
    assert (page.media_type, page.width, page.height, page.dpi, page.number, page.back) == (
        media_type,
        40,
        30,
        300,
        2,
        True,
    )


@pytest.mark.parametrize(
    ("kind", "mode", "becomes", "read"),
    [
        ("PPM", "RGB", "image/jpeg", "RGB"),
        ("PPM", "L", "image/jpeg", "L"),
        ("PPM", "1", "image/png", "1"),
        ("BMP", "RGB", "image/jpeg", "RGB"),
        ("BMP", "1", "image/png", "1"),
        ("TIFF", "L", "image/jpeg", "L"),
    ],
)
def test_bare_pixels_are_encoded(kind: str, mode: str, becomes: str, read: str) -> None:
    page = picture.page(saved(kind, mode), 200, 1)
    assert page.media_type == becomes
    with Image.open(io.BytesIO(page.content)) as image:
        assert image.mode == read
        assert round(image.info["dpi"][0]) == 200


def test_sixteen_bits_of_grey_become_eight() -> None:
    out = io.BytesIO()
    Image.fromarray(numpy.linspace(0, 65535, 400).reshape(20, 20).astype(numpy.uint16)).save(out, "TIFF")
    with Image.open(io.BytesIO(picture.page(out.getvalue(), 300, 1).content)) as image:
        assert image.mode == "L"
        assert 110 < float(numpy.asarray(image).mean()) < 145


def test_every_picture_of_a_file_is_a_page() -> None:
    out = io.BytesIO()
    first, second = Image.new("L", (20, 20), 10), Image.new("L", (30, 20), 200)
    first.save(out, "TIFF", save_all=True, append_images=[second])
    assert picture.frames(out.getvalue()) == 2
    assert picture.page(out.getvalue(), 300, 2, frame=1).width == 30


def test_the_resolution_asked_for_counts_or_the_pictures_own_where_that_can_be_true() -> None:
    for told, expected in ((72, 300), (96, 300), (200, 200), (600, 600), (5000, 300)):
        content = saved("JPEG", dpi=(told, told))
        assert picture.page(content, 300, 1).dpi == 300
        assert picture.page(content, 300, 1, own_dpi=True).dpi == expected


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8 no picture",
        saved("JPEG", size=(400, 300))[:-300],
        saved("PNG", size=(400, 300))[:-300],
        saved("PPM")[:-200],
        saved("BMP")[:-200],
        saved("GIF", "L"),
        b"P6\n30000 30000\n255\n",
        b"%PDF-1.7",
    ],
    ids=["empty", "garbage", "jpeg", "png", "ppm", "bmp", "gif", "huge", "pdf"],
)
def test_what_is_not_one_whole_picture_of_a_possible_size_is_refused(content: bytes) -> None:
    with pytest.raises(NoPicture):
        picture.page(content, 300, 1)


WHOLE = [saved("JPEG", size=(60, 40)), saved("PNG"), saved("PPM"), saved("BMP"), saved("TIFF", "L")]


@given(st.sampled_from(WHOLE), st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=12), st.data())
@settings(max_examples=600)
def test_damaged_pictures_are_pages_or_refused_and_nothing_else(
    whole: bytes, changes: list[tuple[int, int]], data: st.DataObject
) -> None:
    damaged = bytearray(whole)
    for place, value in changes:
        damaged[place % len(damaged)] = value
    content = bytes(damaged[: data.draw(st.integers(0, len(damaged)))])
    try:
        page = picture.page(content, 300, 1)
    except NoPicture:
        return
    assert picture.size(page.content) == (page.width, page.height)
