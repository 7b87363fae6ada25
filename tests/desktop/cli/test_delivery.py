"""`motcua dossier act` beside the moves: shelved, called, several handed over with one slip, posted with its list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.office import Office
from onestop import clock
from onestop.actions import process
from onestop.rules.moves import MoveForm, Result
from tests.desktop.cli.conftest import Ran, Run, on
from tests.helpers.office import MONDAY, act_as, made_person, received
from tests.helpers.pages import packed, texts

Write = Callable[..., str]
OWNER = made_person(7)


@pytest.fixture
def codes(demo_folder: Path) -> list[str]:
    """Two dossiers of one person whose results wait."""
    office = Office.open(demo_folder)
    act_as(office, "demo")
    made = []
    with clock.frozen(MONDAY):
        for number in ("31/2026/XN", "32/2026/XN"):
            found = received(office, OWNER, procedure="1.004873")
            office.perform(process.move, MoveForm(found.code, "finish", result=Result("Giấy xác nhận", number)))
            made.append(found.code)
    office.close()
    return made


@pytest.fixture
def act(run: Run, write: Write) -> Callable[..., Ran]:
    def do(code: str, action: str, **said: Any) -> Ran:
        more = ("--file", write(said)) if said else ()
        return run("dossier", "act", code, action, *more, *on(23, 10))

    return do


def test_from_the_shelf_to_the_citizens_hands(
    act: Callable[..., Ran], run: Run, codes: list[str], tmp_path: Path
) -> None:
    one, two = codes
    assert act(one, "shelve", shelf="ô 3 / kệ B").plain["shelf"] == "ô 3 / kệ B"
    called = act(one, "call", way="sms", outcome="will-come", note="chiều").plain
    assert [each["outcome"] for each in called["calls"]] == ["will-come"]
    kept = act(one, "keep-originals", originals=[{"name": "Sổ hộ khẩu"}, {"name": "Thẻ", "count": 2}]).plain
    assert [each["count"] for each in kept["originals"]] == [1, 2]
    assert len(act(one, "give-back-originals", names=["Thẻ"]).plain["originals"]) == 1
    receiver = {"name": OWNER.name, "identity_number": OWNER.identity_number}
    done = act(one, "hand-back", receiver=receiver, paper="identity", **{"with": [two]}).plain
    assert (done["codes"], done["receiver"], done["originals_given"]) == (codes, OWNER.name, 1)
    slip = tmp_path / "slip.pdf"
    assert run("print", "handed-back", two, str(slip), *on(23, 11)).status == 0
    text = packed(" ".join(texts(slip.read_bytes())))
    for part in (*codes, "31/2026/XN", "32/2026/XN", "kết quả của 02 hồ sơ", "Sổ hộ khẩu (01 bản)", OWNER.name):
        assert packed(part) in text, part
    assert run("print", "handed-back", one, str(slip), *on(23, 11)).plain["printed"] == 2, "one slip of both"
    shown = run("dossier", "show", one).plain
    assert shown["result_is"]["shelf"] == "ô 3 / kệ B"
    assert act(two, "undo").code == "undo.printed"


def test_the_post_and_its_list(act: Callable[..., Ran], run: Run, codes: list[str], tmp_path: Path) -> None:
    one, two = codes
    done = act(one, "post", carrier="VNPost", tracking=["EM1VN"], **{"with": [two]}).plain
    assert done["post_list"] == "2026-11-23.1.01"
    assert act(two, "post", tracking="EM2VN").plain["posting"]["tracking"] == "EM2VN"
    assert act(one, "returned", reason="không có người nhận").plain["delivered"] == "returned"
    file = tmp_path / "list.pdf"
    ran = run("print", "post-list", "2026-11-23", str(file), *on(23, 16))
    assert ran.status == 0, ran.error
    text = packed(" ".join(texts(file.read_bytes())))
    for part in (*codes, "EM1VN", "EM2VN", "VNPost", "trả lại: không có người nhận", "Bàn giao 02 bưu gửi"):
        assert packed(part) in text, part
    assert run("print", "post-list", "2026-11-24", str(file), *on(24, 16)).status == 0
    assert act(two, "undo").code == "undo.printed"


def test_what_cannot_be_is_told(act: Callable[..., Ran], codes: list[str]) -> None:
    one, _two = codes
    assert act(one, "call", outcome="đã gọi").code == "delivery.call-outcome"
    assert act(one, "post", carrier="").code == "delivery.carrier"
    assert act(one, "returned", reason="x").code == "delivery.not-posted"
    assert act(one, "shelve", box="3").code == "form.unknown-key"
    assert act(one, "hand-back", receiver={"name": "Người Lạ"}, paper="receipt", note="x").code == "move.stranger"
    unknown = act(one, "mail")
    assert unknown.code == "dossier.move-unknown"
    assert "post" in str(unknown.error)
