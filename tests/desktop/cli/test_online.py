"""`motcua` with what came online, what the counter files for who stands there, and what has several results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from tests.desktop.cli.conftest import UNMARRIED, Run, on

BIRTH: dict[str, Any] = {
    "procedure": "1.001193",
    "owner": UNMARRIED["owner"],
    "complete": True,
    "result_copies": 1,
}
Write = Callable[..., str]


def test_a_whole_life_with_three_results(run: Run, write: Write, tmp_path: Path) -> None:
    taken = run("dossier", "receive", "--file", write({**BIRTH, "linked": "khai-sinh"}), *on(23))
    assert taken.status == 0, taken.error
    code = taken.plain["code"]
    assert taken.plain["due"] == "2026-11-26T17:00:00+07:00"
    early = run("dossier", "act", code, "finish", *on(25))
    assert (early.status, early.code) == (2, "part.unfinished")
    for said in (
        {"part": "giay-khai-sinh", "number": "125/2026", "signer": "Lê Minh Đức"},
        {"part": "thuong-tru", "number": "TT-7"},
        {"part": "the-bhyt", "reason": "đã có thẻ theo mẹ"},
    ):
        noted = run("dossier", "act", code, "part", "--file", write(said), *on(25))
        assert noted.status == 0, noted.error
    assert [each["finished"] is not None for each in noted.plain["parts"]] == [True] * 3
    assert run("dossier", "act", code, "finish", *on(25, 10)).plain["state"] == "finished"
    given = {"receiver": {"name": UNMARRIED["owner"]["name"]}, "paper": "receipt"}
    assert run("dossier", "act", code, "hand-back", "--file", write(given), *on(25, 11)).status == 0
    shown = run("dossier", "show", code).plain
    assert shown["linked"] == ["giay-khai-sinh", "thuong-tru", "the-bhyt"]
    slip = tmp_path / "slip.pdf"
    assert run("print", "handed-back", code, str(slip), *on(25, 11)).status == 0
    text = " ".join(PdfReader(slip).pages[0].extract_text().split())
    for wanted in ("125/2026", "TT-7", "không có, đã có thẻ theo mẹ"):
        assert wanted in text
    receipt = tmp_path / "receipt.pdf"
    run("print", "receipt", code, str(receipt), *on(25, 11))
    text = " ".join(PdfReader(receipt).pages[0].extract_text().split())
    for wanted in ("Công an cấp xã", "17:00 23/11/2026", "17:00 26/11/2026"):
        assert wanted in text


def test_what_is_filed_online_for_who_stands_there(run: Run, write: Write, tmp_path: Path) -> None:
    taken = run("dossier", "receive", "--file", write({**UNMARRIED, "channel": "online", "assisted": True}), *on(23))
    assert taken.status == 0, taken.error
    shown = run("dossier", "show", taken.plain["code"]).plain
    assert (shown["channel"], shown["assisted"]) == ("online", True)
    receipt = tmp_path / "receipt.pdf"
    assert run("print", "receipt", taken.plain["code"], str(receipt), *on(23)).status == 0
    assert "hỗ trợ nộp trực tuyến" in " ".join(PdfReader(receipt).pages[0].extract_text().split())


def test_a_paper_channel_that_is_not_named_is_told_and_not_refused(run: Run, write: Write) -> None:
    residence = {**UNMARRIED, "procedure": "1.010041", "fields": {}}
    taken = run("dossier", "receive", "--file", write(residence), *on(23))
    assert taken.status == 0, taken.error
    assert "procedure.channel-not-named" in taken.plain["warnings"]


def test_one_from_the_portal_is_written_down_and_answered(run: Run, write: Write, tmp_path: Path) -> None:
    online = {**UNMARRIED, "external_code": "G22.99-261123-0042", "submitted_at": "2026-11-23T08:15"}
    made = run("dossier", "register", "--file", write(online), *on(23))
    assert made.status == 0, made.error
    assert (made.plain["state"], made.plain["due"]) == ("new", None)
    assert made.plain["answer_by"] == "2026-11-25T08:15:00+07:00"
    early = run("print", "receipt", made.plain["code"], str(tmp_path / "receipt.pdf"), *on(23))
    assert (early.status, early.code) == (2, "letter.not-received")
    done = run("dossier", "act", "G22.99-261123-0042", "accept", *on(23, 10))
    assert (done.plain["state"], done.plain["warnings"]) == ("received", [])


def test_what_came_online_is_sent_back_or_refused_with_its_letter(run: Run, write: Write, tmp_path: Path) -> None:
    for number, (move, said, kind, words) in enumerate(
        (
            ("supplement", {"reason": "thiếu giấy", "items": ["Giấy ly hôn"]}, "supplement", "Giấy ly hôn"),
            ("refuse", {"reason": "không thuộc thẩm quyền"}, "refusal", "không thuộc thẩm quyền"),
        )
    ):
        there = f"G22.99-261123-004{number}"
        online = {**UNMARRIED, "external_code": there, "submitted_at": "2026-11-23T08:15"}
        made = run("dossier", "register", "--file", write(online), *on(23))
        code = made.plain["code"]
        assert run("dossier", "act", code, move, "--file", write(said), *on(23, 10)).status == 0
        letter = tmp_path / f"{kind}.pdf"
        assert run("print", kind, code, str(letter), *on(23, 10)).status == 0
        assert words in " ".join(PdfReader(letter).pages[0].extract_text().split())
        assert run("print", "receipt", code, str(tmp_path / "r.pdf"), *on(23, 10)).code == "letter.not-received"
    register = tmp_path / "register.pdf"
    assert run("print", "register", "2026-11-23", str(register), *on(23, 11)).status == 0
    assert code not in " ".join(page.extract_text() for page in PdfReader(register).pages), "it was never received"


def test_bad_files_are_refused_in_a_sentence(run: Run, write: Write) -> None:
    for plain, code in (
        ({**UNMARRIED, "external_code": 7}, "form.wrong-type"),
        ({**UNMARRIED, "submitted_at": "2026-11-23T08:15"}, "register.code-missing"),
        ({**UNMARRIED, "external_code": "G1-1", "submitted_at": "hôm qua"}, "register.when"),
        ([], "form.not-an-object"),
    ):
        ran = run("dossier", "register", "--file", write(plain), *on(23))
        assert (ran.status, ran.code) == (2, code)
    for linked, code in (("khai-tu", "linked.unknown"), ([7], "form.wrong-type"), ({}, "")):
        ran = run("dossier", "receive", "--file", write({**BIRTH, "linked": linked}), *on(23))
        assert (ran.status, ran.code if ran.error else "") == (2 if code else 0, code)
