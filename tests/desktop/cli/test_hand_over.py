"""`motcua dossier hand-over`, `office leave` and `back` from the command line: their papers and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.cli.conftest import UNMARRIED, Run, on
from tests.helpers.pages import packed, texts

Write = Callable[..., str]


def test_handed_over_taken_and_left_to_a_deputy(run: Run, write: Write, code: str, tmp_path: Path) -> None:
    done = run("dossier", "hand-over", code, "H99.14-261123-9999", "--to", "lan", "--note", "gấp", *on(23))
    assert done.status == 0, done.error
    assert (done.plain["to"], [each["code"] for each in done.plain["moved"]]) == ("Võ Hoàng Lan", [code])
    assert [each["reason"] for each in done.plain["left_out"]] == ["dossier.unknown"]
    out = tmp_path / "list.pdf"
    assert run("print", "dossier-handover", done.plain["list"], str(out), *on(23)).plain["printed"] == 1
    assert all(packed(part) in said(out) for part in ("GIẤY BÀN GIAO HỒ SƠ", code, "gấp"))
    early = run("dossier", "act", code, "take", *on(23))
    assert (early.status, early.code) == (2, "hands.not-yours")
    away = ("--until", "2026-11-25", "--reason", "nghỉ phép")
    left = run("office", "leave", "lan", "--to", "ha", *away, *on(23))
    assert (left.plain["deputy"], left.plain["dossiers"], left.plain["print"]) == ("Trần Thu Hà", 1, "work-handover")
    (known,) = run("office", "leaves", *on(23)).plain
    assert (known["from"], known["until"]) == ("2026-11-23", "2026-11-25")
    minutes = tmp_path / "minutes.pdf"
    assert run("print", "work-handover", left.plain["absence"], str(minutes), *on(23)).status == 0
    assert packed("BIÊN BẢN BÀN GIAO CÔNG VIỆC") in said(minutes)
    soon = run("print", "work-return", left.plain["absence"], str(minutes), *on(23))
    assert (soon.status, soon.code) == (2, "absence.not-ended")
    told = run("dossier", "act", code, "assign", "--file", write({"to": "Võ Hoàng Lan"}), *on(25))
    assert (told.status, told.code) == (2, "hands.same"), "his deputy has it already"
    assert run("dossier", "act", code, "return", "--file", write({"reason": "thiếu"}), *on(25)).status == 0
    again = run("dossier", "act", code, "assign", "--file", write({"to": "lan"}), *on(25))
    assert [each["code"] for each in again.plain["remarks"]] == ["hands.deputy"]
    back = run("office", "back", "lan", *on(26))
    assert (back.plain["dossiers"], back.plain["number"]) == (1, 2)
    assert run("dossier", "show", code).plain["holder"] == "Võ Hoàng Lan"
    assert run("print", "work-return", left.plain["absence"], str(minutes), *on(26)).status == 0
    assert packed("BIÊN BẢN BÀN GIAO LẠI CÔNG VIỆC") in said(minutes)


def said(file: Path) -> str:
    return packed(" ".join(texts(file.read_bytes())))


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("office", "leave", "lan", "--to", "lan", "--reason", "x"), "absence.self"),
        (("office", "leave", "lan", "--to", "khoa", "--reason", "x"), "absence.deputy-cannot"),
        (("office", "leave", "lan", "--to", "ha", "--from", "mai", "--reason", "x"), "absence.no-day"),
        (("office", "leave", "lan", "--to", "ha", "--until", "2026-11-20", "--reason", "x"), "absence.backward"),
        (("office", "leave", "lan", "--to", "ha", "--reason", " "), "absence.reason-missing"),
        (("office", "leave", "ai", "--to", "ha", "--reason", "x"), "clerk.unknown"),
        (("office", "back", "lan"), "absence.none"),
        (("print", "work-handover", "x", "x.pdf"), "absence.unknown"),
        (("print", "dossier-handover", "x", "x.pdf"), "handover.unknown"),
        (("dossier", "hand-over", "H99.14-261123-9999", "--to", "lan"), "dossier.unknown"),
    ],
)
def test_bad_input_is_told(run: Run, words: tuple[str, ...], error: str) -> None:
    ran = run(*words, *on(23))
    assert (ran.status, ran.code) == (2, error)
    assert "{" not in ran.error["message"]


def test_in_words(say: Callable[..., tuple[int, str, str]], run: Run, write: Write) -> None:
    made: list[Any] = [run("dossier", "receive", "--file", write(UNMARRIED), *on(23)).plain["code"]]
    status, out, _err = say("dossier", "hand-over", *made, "--to", "Tư pháp", *on(23))
    assert status == 0
    assert "Tư pháp" in out
    assert "motcua print dossier-handover" in out
