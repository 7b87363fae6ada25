"""`motcua dossier act`: a dossier's whole life from the command line, and what each state refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.cli.conftest import Run, on
from tests.helpers.pages import made_pdf

Write = Callable[..., str]


def test_a_whole_life_with_its_refusals(run: Run, write: Write, code: str, tmp_path: Path) -> None:
    early = run("dossier", "act", code, "hand-back", *on(23, 10))
    assert (early.status, early.code) == (2, "move.paper")
    sent = run(
        "dossier",
        "act",
        code,
        "supplement",
        "--file",
        write({"reason": "thiếu", "items": ["Giấy ly hôn"]}),
        *on(23, 10),
    )
    assert (sent.plain["code"], sent.plain["state"], sent.plain["due"]) == (code, "supplement", None)
    again = run("dossier", "act", code, "forward", *on(23, 11))
    assert (again.status, again.code) == (2, "dossier.move-not-allowed")
    assert "đang chờ bổ sung" in again.error["message"], "a command line shows no state beside it"
    assert "part" in run("dossier", "act", code, "no-such").error["details"]["known"]
    done = run("dossier", "act", code, "complete", *on(25))
    assert (done.plain["state"], done.plain["due"]) == ("received", "2026-11-30T17:00:00+07:00")
    forward = write({"to": "Tư pháp - Hộ tịch", "note": "gấp"})
    assert run("dossier", "act", code, "forward", "--file", forward, *on(25)).plain["state"] == "processing"
    extend = write({"reason": "chờ xác minh", "due": "2026-12-04"})
    assert run("dossier", "act", code, "extend", "--file", extend, *on(26)).plain["due"] == "2026-12-04T17:00:00+07:00"
    twice = run("dossier", "act", code, "extend", "--file", extend, *on(26))
    assert (twice.status, twice.code) == (2, "extension.again")
    (tmp_path / "ket-qua.pdf").write_bytes(made_pdf("Giay xac nhan"))
    result = {"number": "12", "date": "2026-11-27", "signer": "Lê Minh Đức", "result": "Giấy xác nhận"}
    finish = write({**result, "files": ["ket-qua.pdf"]})
    assert run("dossier", "act", code, "finish", "--file", finish, *on(27)).plain["state"] == "finished"
    stranger = write({"receiver": {"name": "Ai đó"}, "paper": "receipt"})
    refused = run("dossier", "act", code, "hand-back", "--file", stranger, *on(27))
    assert (refused.status, refused.code) == (2, "move.stranger")
    owner = write({"receiver": {"identity_number": "001190000017"}, "paper": "identity"})
    handed = run("dossier", "act", code, "hand-back", "--file", owner, *on(27))
    assert handed.plain["state"] == "handed-back"
    shown = run("dossier", "show", code).plain
    assert shown["result"]["number"] == "12"
    assert shown["handed_to"]["name"] == "Hoàng Thị Ước"
    assert [each["kind"] for each in shown["history"]][-2:] == ["dossier.finished", "dossier.handed-back"]


def test_the_last_move_is_taken_back(run: Run, code: str) -> None:
    assert run("dossier", "act", code, "forward", *on(23)).plain["state"] == "processing"
    assert run("dossier", "act", code, "undo", *on(23)).plain["state"] == "received"
    nothing = run("dossier", "act", code, "undo", *on(23))
    assert (nothing.status, nothing.code) == (2, "undo.nothing")


@pytest.mark.parametrize(
    ("words", "plain", "error"),
    [
        (("fly",), None, "dossier.move-unknown"),
        (("stop",), None, "move.reason-missing"),
        (("stop",), {"reason": 3}, "form.wrong-type"),
        (("forward",), {"whom": "x"}, "form.unknown-key"),
        (("finish",), {"date": "hôm qua"}, "move.result-date"),
        (("finish",), {"files": ["khong-co.pdf"]}, "file.missing"),
    ],
)
def test_what_is_said_wrongly(
    run: Run, write: Write, code: str, words: tuple[str, ...], plain: Any, error: str
) -> None:
    more = ("--file", write(plain)) if plain is not None else ()
    ran = run("dossier", "act", code, *words, *more, *on(23))
    assert (ran.status, ran.code) == (2, error)
    assert run("dossier", "show", code).plain["state"] == "received"


def test_no_such_dossier(run: Run) -> None:
    ran = run("dossier", "act", "H99.14-261123-9999", "forward")
    assert (ran.status, ran.code) == (2, "dossier.unknown")


def test_in_words(say: Callable[..., tuple[int, str, str]], code: str) -> None:
    status, out, _err = say("dossier", "act", code, "forward", *on(23))
    assert status == 0
    assert "Đang xử lý" in out
