"""Result letters by command: who signs, the letter of a dossier with its number, drafts, templates as files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.cli.conftest import Run, on
from tests.helpers.pages import codes, packed, picture, texts

Write = Callable[..., str]


@pytest.fixture
def signed_for(run: Run) -> None:
    """The head of the ward signs."""
    ran = run(
        *("office", "signer", "add", "Nguyễn Văn Chủ", "--title", "Chủ tịch", "--form", "TM"),
        *("--behalf", "Ủy ban nhân dân", "--since", "2026-01-01", *on(23)),
    )
    assert ran.status == 0, ran.error
    assert ran.plain["lines"] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]


def text_of(file: Path) -> str:
    return packed(" ".join(texts(file.read_bytes())))


def test_a_letter_is_made_printed_and_printed_again(
    run: Run, write: Write, signed_for: None, code: str, tmp_path: Path
) -> None:
    draft, first, again, other = (tmp_path / f"{name}.pdf" for name in ("draft", "first", "again", "other"))
    drawn = run("print", "result-letter", code, str(draft), "--draft", *on(23))
    assert drawn.status == 0, drawn.error
    assert (drawn.plain["number"], drawn.plain["printed"]) == (None, 0)
    assert packed("BẢN NHÁP") in text_of(draft)
    assert packed("0011******17") in text_of(draft)
    assert packed("Số: ……/UBND-XNTTHN") in text_of(draft)
    made = run("print", "result-letter", code, str(first), *on(23))
    assert made.status == 0, made.error
    assert made.plain["number"] == "01-Q1/UBND-XNTTHN", "the draft has burnt none"
    assert made.plain["missing"] == ["truong:thoi_gian_cu_tru", "truong:tinh_trang", "truong:muc_dich"]
    assert made.plain["form"]["checked"] is False
    text = text_of(first)
    for part in (
        "Số: 01-Q1/UBND-XNTTHN",
        "Phường Mẫu, ngày 23 tháng 11 năm 2026",
        "GIẤY XÁC NHẬN Tình trạng hôn nhân",
        "Họ, chữ đệm, tên: Hoàng Thị Ước",
        "Giấy tờ tùy thân: Căn cước công dân/Căn cước số 001190000017",
        "Nơi cư trú: Số 5 đường Mẫu, phường Mẫu",
        "Tình trạng hôn nhân: …………………",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Nguyễn Văn Chủ",
    ):
        assert packed(part) in text, part
    assert packed("Mã hồ sơ") not in text
    assert codes(picture(first.read_bytes())) == [], "no code of ours on a paper of the ward"
    reprinted = run("print", "result-letter", code, str(again), *on(24))
    assert reprinted.plain["number"] == "01-Q1/UBND-XNTTHN"
    assert packed("Bản in lại lần 1") in text_of(again)
    anew = run("print", "result-letter", code, str(other), "--anew", "--number", "45", *on(25))
    assert anew.plain["number"] == "45/UBND-XNTTHN"
    assert packed("Bản in lại") not in text_of(other), "another letter is no reprint"
    finished = run("dossier", "act", code, "finish", *on(25, 10))
    assert finished.status == 0, finished.error
    result = run("dossier", "show", code, *on(25, 11)).plain["result"]
    assert (result["number"], result["signer"], result["date"]) == ("45/UBND-XNTTHN", "Nguyễn Văn Chủ", "2026-11-25")


def test_what_refuses_a_letter_by_command(run: Run, signed_for: None, code: str, tmp_path: Path) -> None:
    out = str(tmp_path / "x.pdf")
    add = run(
        *("office", "signer", "add", "Phan Ngọc Ánh", "--title", "Giám đốc", "--form", "TUQ", "--behalf", "Chủ tịch"),
        *("--paper", "Quyết định 12/QĐ-UBND", "--since", "2026-11-01", "--until", "2026-11-20", *on(23)),
    )
    assert add.status == 0, add.error
    listed = run("office", "signer", "list", *on(23)).plain
    assert [(each["name"], each["ready"]) for each in listed] == [("Nguyễn Văn Chủ", True), ("Phan Ngọc Ánh", False)]
    cases: list[tuple[tuple[str, ...], str]] = [
        (("--signer", "Phan Ngọc Ánh"), "signer.expired"),
        (("--signer", "Ai Đó"), "signer.unknown"),
        (("--signer", "Ai Đó", "--draft"), "signer.unknown"),
        (("--template", "xac-nhan-cu-tru"), "template.not-for"),
        (("--template", "xac-nhan-cu-tru", "--draft"), "template.not-for"),
        (("--template", "gi-do"), "template.unknown"),
        (("--date", "2026-12-01"), "result.future"),
        (("--number", "?"), "result.number"),
    ]
    for words, wanted in cases:
        ran = run("print", "result-letter", code, out, *words, *on(23))
        assert (ran.status, ran.code) == (2, wanted), words
    expired = run("print", "result-letter", code, out, "--signer", "Phan Ngọc Ánh", *on(23))
    assert "đến hết ngày 20/11/2026" in expired.error["message"]
    assert run("print", "receipt", code, out, "--signer", "x", *on(23)).code == "print.only-result-letter"
    assert run("print", "result-letter", "H99.14-261123-9999", out, *on(23)).code == "dossier.unknown"
    assert run("office", "signer", "withdraw", "Nguyễn Văn Chủ", *on(23)).status == 0
    assert run("print", "result-letter", code, out, *on(23)).code == "signer.none"
    assert run("office", "signer", "withdraw", "Ai Đó", *on(23)).code == "signer.unknown"
    assert not Path(out).exists()


def test_templates_go_out_and_come_in_as_files(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mau.json"
    assert run("office", "template", "export", "xac-nhan-cu-tru", str(file)).status == 0
    plain: Any = json.loads(file.read_text("utf-8"))
    plain["template"]["text"] += "\nXin {ho_tenn}"
    file.write_text(json.dumps(plain), "utf-8")
    wrong = run("office", "template", "import", str(file), "--key", "xac-nhan-cu-tru")
    assert (wrong.status, wrong.code, wrong.error["details"]["nearest"]) == (2, "template.unknown-field", "ho_ten")
    plain["template"]["text"] = "Xin {ho_ten}"
    file.write_text(json.dumps(plain), "utf-8")
    taken = run("office", "template", "import", str(file), "--key", "xac-nhan-cu-tru").plain
    assert (taken["key"], taken["version"], taken["checked"]) == ("xac-nhan-cu-tru", 1, False)
    assert run("office", "template", "retire", "xac-nhan-cu-tru").status == 0
    assert "xac-nhan-cu-tru" not in [each["key"] for each in run("office", "template", "list").plain]
    for words, code in (
        (("export", "gi-do", str(file)), "template.unknown"),
        (("import", str(tmp_path / "nowhere.json")), "file.missing"),
        (("import", __file__), "template.not-a-file"),
    ):
        assert run("office", "template", *words).code == code
