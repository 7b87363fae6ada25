"""Files are judged by content: what may come in, what keeps the others out, and how soon that is known."""

from __future__ import annotations

import time

import pytest
from PIL import Image

from onestop.texts import SENTENCES, message
from paper import judge
from paper.kinds import Foreign, Kind, kind_of
from paper.verdict import Verdict
from tests.helpers import badfiles

PICTURE = badfiles.picture()

GOOD = {
    "pdf": (badfiles.pdf(3), Kind.PDF, 3),
    "jpeg": (badfiles.stored(PICTURE, "JPEG"), Kind.JPEG, 1),
    "png": (badfiles.stored(PICTURE, "PNG"), Kind.PNG, 1),
    "tiff of three pages": (badfiles.tiff_pages(3), Kind.TIFF, 3),
    "bmp": (badfiles.stored(PICTURE, "BMP"), Kind.BMP, 1),
    "webp": (badfiles.stored(PICTURE, "WEBP"), Kind.WEBP, 1),
    "fax tiff": (badfiles.stored(PICTURE.convert("1"), "TIFF", compression="group4"), Kind.TIFF, 1),
    "cmyk jpeg": (badfiles.stored(PICTURE.convert("CMYK"), "JPEG"), Kind.JPEG, 1),
    "heic of a telephone": (badfiles.heic(), Kind.HEIC, 1),
    "pdf behind stray bytes": (b"\r\n\r\n" + badfiles.pdf(), Kind.PDF, 1),
}

REFUSED = {
    "30,000 × 30,000 dots": (badfiles.white_desert(), "paper.too-many-pixels"),
    "truncated jpeg": (badfiles.truncated_jpeg(), "paper.truncated"),
    "truncated png": (badfiles.stored(PICTURE, "PNG")[:-2000], "paper.truncated"),
    "truncated heic": (badfiles.heic()[:600], "paper.truncated"),
    "nothing": (b"", "paper.empty-file"),
    "blanks": (b"\0" * 5000, "paper.empty-file"),
    "zip named .pdf": (badfiles.archive(), "paper.not-a-page"),
    "word named .pdf": (badfiles.office_file(), "paper.not-a-page"),
    "program named .jpg": (badfiles.program(), "paper.not-a-page"),
    "program that readers open as pdf": (badfiles.program_then_pdf(), "paper.not-a-page"),
    "picture that is an archive": (badfiles.jpeg_and_zip(), "paper.two-in-one"),
    "picture with a program behind it": (badfiles.stored(PICTURE, "JPEG") + badfiles.program(), "paper.two-in-one"),
    "pdf that is an archive": (badfiles.pdf() + badfiles.archive(), "paper.two-in-one"),
    "password": (badfiles.with_password(), "paper.password"),
    "5,000 pages": (badfiles.pdf(5000), "paper.too-many-pages"),
    "no page": (badfiles.no_page(), "paper.no-pages"),
    "bursting drawing": (badfiles.bursting_page(), "paper.bursting"),
    "enormous picture in a pdf": (badfiles.picture_desert(), "paper.too-many-pixels"),
    "head of a pdf alone": (b"%PDF-1.7\n" + b"x" * 400, "paper.unreadable"),
    "head of a jpeg alone": (b"\xff\xd8\xff\xe0" + b"\0" * 50, "paper.unreadable"),
}

FOREIGN = {
    b"<!DOCTYPE html><html><body>": Foreign.HTML,
    b"\xef\xbb\xbf<html>": Foreign.HTML,
    b"<?xml version='1.0'?><svg xmlns='x'>": Foreign.HTML,
    "Kính gửi ủy ban".encode(): Foreign.TEXT,
    "Kính gửi".encode("utf-16"): Foreign.TEXT,
    b"GIF89a" + bytes(50): Foreign.GIF,
    b"\x7fELF" + bytes(50): Foreign.PROGRAM,
    b"#!/bin/sh\nrm": Foreign.PROGRAM,
    b"Rar!\x1a\x07\x00": Foreign.ARCHIVE,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50): Foreign.OFFICE,
    b"{\\rtf1\\ansi": Foreign.OFFICE,
    b"\0\0\0\x20ftypisom\0\0\0\0isomavc1": Foreign.VIDEO,
    b"\0\0\0\x20ftypavif\0\0\0\0avifmif1": Foreign.PICTURE,
    b"RIFF\0\0\0\0WAVEfmt ": Foreign.SOUND,
    b"MIME-Version: 1.0\r\nFrom: x": Foreign.MAIL,
    b"\x80\x81\x82\x83" * 20: Foreign.UNKNOWN,
    b"BM is how this note begins": Foreign.TEXT,
}


def codes(verdict: Verdict) -> list[str]:
    return [remark.code for remark in verdict.problems]


@pytest.mark.parametrize("name", GOOD)
def test_what_may_come_in(name: str) -> None:
    content, kind, pages = GOOD[name]
    verdict = judge.look(content)
    assert (verdict.kind, verdict.pages, verdict.problems) == (kind, pages, ())
    assert verdict.fit
    assert verdict.size == len(content)
    assert verdict.width > 0 < verdict.height


@pytest.mark.parametrize("name", REFUSED)
def test_what_stays_out_and_why(name: str) -> None:
    content, code = REFUSED[name]
    started = time.monotonic()
    verdict = judge.look(content)
    assert time.monotonic() - started < 10
    assert code in codes(verdict)
    assert not verdict.fit


@pytest.mark.parametrize("head", FOREIGN)
def test_what_is_no_page_is_named(head: bytes) -> None:
    found = kind_of(head)
    assert found is FOREIGN[head]
    verdict = judge.look(head)
    assert [(remark.code, remark.details) for remark in verdict.problems] == [
        ("paper.not-a-page", {"what": found.value})
    ]


@pytest.mark.parametrize("code", sorted({code for _, code in REFUSED.values()}))
def test_every_refusal_says_what_to_bring_instead(code: str) -> None:
    assert ";" in SENTENCES[code], "what is the matter; what to bring instead"


def test_the_sentence_of_a_word_file_is_its_own() -> None:
    [remark] = judge.look(badfiles.office_file()).problems
    assert message(remark.code, remark.details).startswith("tệp soạn thảo")


def test_a_telephone_puts_more_behind_a_picture_and_that_is_no_harm() -> None:
    film = b"\0\0\0\x20ftypmp42" + bytes(2000)
    assert judge.look(badfiles.stored(PICTURE, "JPEG") + film).fit


def test_what_moves_gives_its_first_picture() -> None:
    verdict = judge.look(badfiles.moving_webp())
    assert verdict.fit
    assert verdict.pages == 1
    assert [remark.code for remark in verdict.notes] == ["paper.first-picture-only"]


def test_sixteen_bits_are_kept_in_eight() -> None:
    verdict = judge.look(badfiles.deep_tiff())
    assert verdict.fit
    assert [remark.code for remark in verdict.notes] == ["paper.deep-picture"]


def test_a_picture_made_for_a_screen_is_remarked_on() -> None:
    verdict = judge.look(badfiles.stored(Image.new("RGB", (320, 200)), "PNG"))
    assert [remark.code for remark in verdict.notes] == ["paper.small-picture"]


@pytest.mark.parametrize(
    ("content", "active"),
    [
        (badfiles.with_javascript(), ("javascript",)),
        (badfiles.with_launch(), ("launch",)),
        (badfiles.with_form(), ("form",)),
        (badfiles.with_attachment(), ("attachment",)),
        (badfiles.pdf(), ()),
    ],
)
def test_what_is_active_in_a_pdf_is_named(content: bytes, active: tuple[str, ...]) -> None:
    verdict = judge.look(content)
    assert verdict.active == active
    assert verdict.fit


def test_files_inside_a_pdf_are_named() -> None:
    verdict = judge.look(badfiles.with_attachment())
    assert verdict.attached == ("bảng kê.xlsx",)
    assert [remark.code for remark in verdict.notes] == ["paper.attached"]


def test_a_table_that_points_nowhere_is_mended_and_said() -> None:
    verdict = judge.look(badfiles.broken_table())
    assert verdict.fit
    assert verdict.pages == 2
    assert [remark.code for remark in verdict.notes] == ["paper.repaired"]


def test_a_lock_without_a_key_is_no_lock() -> None:
    verdict = judge.look(badfiles.locked_by_owner())
    assert verdict.fit
    assert verdict.encrypted


def test_the_office_may_allow_fewer_pages() -> None:
    assert codes(judge.look(badfiles.pdf(6), most_pages=5)) == ["paper.too-many-pages"]
    assert codes(judge.look(badfiles.tiff_pages(3), most_pages=2)) == ["paper.too-many-pages"]
