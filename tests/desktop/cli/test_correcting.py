"""`motcua dossier correct` and `dossier rate`, the receipt after a correction, the blank rating slip."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.desktop.cli.conftest import Run, on
from tests.helpers.pages import codes, packed, picture, texts

Write = Callable[..., str]
Say = Callable[..., tuple[int, str, str]]
ASKED = {"asked": "citizen", "name": "Trần Thị Mẫu", "reason": "đọc nhầm số"}


def test_corrected_and_told_group_by_group(run: Run, say: Say, write: Write, code: str) -> None:
    file = write({**ASKED, "contact": {"phone": "0987654321"}, "summary": "Xác nhận để vay vốn"})
    ran = run("dossier", "correct", code, "--file", file, *on(23, 11))
    assert ran.status == 0, ran.error
    assert set(ran.plain["corrected"]) == {"contact", "summary"}
    assert ran.plain["corrected"]["contact"]["new"] == {"phone": "0987654321", "email": None}
    again = run("dossier", "correct", code, "--file", file, *on(23, 12))
    assert (again.status, again.error["error"]) == (2, "correct.nothing")
    _status, words, _error = say("dossier", "show", code, *on(23, 13))
    assert "0987654321" in words.replace(" ", "")
    assert "Đính chính: điện thoại, email; nội dung hồ sơ" in words
    assert "công dân Trần Thị Mẫu đề nghị · đọc nhầm số" in words


def test_what_is_no_correction_is_refused_in_words(run: Run, write: Write, code: str) -> None:
    for said, broken in (
        ([], "form.not-an-object"),
        ({"due": "2026-12-01"}, "form.unknown-key"),
        ({}, "correct.asked"),
    ):
        ran = run("dossier", "correct", code, "--file", write(said), *on(23, 11))
        assert (ran.status, ran.error["error"]) == (2, broken)
        assert ran.error["message"]


def test_a_receipt_that_is_printed_after_it_shows_the_new_values_and_says_so(
    run: Run, write: Write, code: str, tmp_path: Path
) -> None:
    def receipt(day: int) -> str:
        file = tmp_path / "receipt.pdf"
        ran = run("print", "receipt", code, str(file), *on(day, 16))
        assert ran.status == 0, ran.error
        return packed(" ".join(texts(file.read_bytes())))

    assert packed("Đã đính chính") not in receipt(23)
    correction = write({**ASKED, "summary": "Xác nhận để mua nhà"})
    assert run("dossier", "correct", code, "--file", correction, *on(25, 9)).status == 0
    for copy in (1, 2):
        text = receipt(25)
        for part in ("Đã đính chính ngày 25/11/2026", "Xác nhận để mua nhà", f"Bản in lại lần {copy}"):
            assert packed(part) in text, part


def test_a_paper_slip_is_entered_once(run: Run, write: Write, code: str) -> None:
    slip = write({"level": 4, "contents": ["đ"], "words": "Chờ lâu", "source": "slip"})
    early = run("dossier", "rate", code, "--file", slip, *on(23, 11))
    assert (early.status, early.error["error"]) == (2, "rating.not-yet")
    name = run("dossier", "show", code, *on(23, 11)).plain["owner"]["name"]
    handed = write({"receiver": {"name": name}, "paper": "receipt"})
    assert run("dossier", "act", code, "at-once", "--file", handed, *on(23, 12)).status == 0
    screen = write({"level": 1, "source": "screen"})
    refused = run("dossier", "rate", code, "--file", screen, *on(23, 13))
    assert (refused.status, refused.error["error"]) == (2, "rating.only-slip")
    for said, broken in (({"level": "4"}, "rating.level"), ({"level": 4, "sao": 5}, "form.unknown-key")):
        ran = run("dossier", "rate", code, "--file", write(said), *on(23, 13))
        assert (ran.status, ran.error["error"]) == (2, broken)
    given = run("dossier", "rate", code, "--file", slip, *on(23, 13))
    assert (given.status, given.plain["level"]) == (0, 4), given.error
    again = run("dossier", "rate", code, "--file", slip, *on(23, 14))
    assert (again.status, again.error["error"]) == (2, "rating.already")


def test_a_blank_slip_has_the_code_and_no_name(run: Run, code: str, tmp_path: Path) -> None:
    file = tmp_path / "slip.pdf"
    for _time in range(2):
        ran = run("print", "rating-slip", code, str(file), *on(27, 16))
        assert (ran.status, ran.plain["pages"]) == (0, 1), ran.error
    text = packed(" ".join(texts(file.read_bytes())))
    name = run("dossier", "show", code, *on(27, 16)).plain["owner"]["name"]
    for part in ("PHIẾU ĐÁNH GIÁ MỨC ĐỘ HÀI LÒNG", code, "5", "Rất không hài lòng", "đ) Thái độ phục vụ chưa tốt"):
        assert packed(part) in text, part
    assert packed(name) not in text
    assert packed("Bản in lại") not in text
    assert codes(picture(file.read_bytes())) == [code]
