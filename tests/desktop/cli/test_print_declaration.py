"""`motcua print declaration`, `envelope`, `fee-slip`: from a dossier and from a draft, and what is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.office import Office
from onestop.actions import drafts
from tests.desktop.cli.conftest import UNMARRIED, Run, on
from tests.helpers.office import act_as
from tests.helpers.pages import opened, packed, texts


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "x.pdf"


def said(file: Path) -> str:
    return packed(" ".join(texts(file.read_bytes())))


def test_the_declaration_of_a_dossier_is_drawn_anew_each_time_and_says_that_it_was_not_read(
    run: Run, say: Callable[..., tuple[int, str, str]], code: str, file: Path
) -> None:
    for count in (1, 2):
        ran = run("print", "declaration", code, str(file), *on(23, 10))
        assert (ran.status, ran.plain["pages"], ran.plain["printed"]) == (0, 1, count), ran.error
    form = ran.plain["form"]
    assert (form["source"], form["checked"]) == ("TT 04/2024/TT-BTP, Phụ lục 5", False)
    assert "chưa đọc bản gốc" in form["read"]
    text = said(file)
    assert packed("TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN") in text
    assert packed("Số định danh cá nhân 001190000017") in text
    for never in ("Bản in lại", "BẢN NHÁP", "chưa đối chiếu", "chưa đọc bản gốc", "None"):
        assert packed(never) not in text, never
    assert "chưa đọc bản gốc" in say("print", "declaration", code, str(file), *on(23, 10))[1]
    shown = run("dossier", "show", code).plain["printed"]
    assert {each["letter"] for each in shown} == {"declaration:tinh-trang-hon-nhan"}


def test_a_draft_gives_a_declaration_that_the_citizen_can_sign(
    run: Run, demo_office: Office, code: str, file: Path
) -> None:
    act_as(demo_office, "demo")
    draft = demo_office.perform(drafts.keep, drafts.DraftForm(None, "nháp", UNMARRIED)).answer
    assert run("print", "declaration", draft, str(file)).code == "dossier.unknown"
    ran = run("print", "declaration", draft, str(file), "--draft", *on(23))
    assert (ran.status, ran.plain["printed"]) == (0, 0), ran.error
    text = said(file)
    assert packed("Hoàng Thị Ước") in text
    assert packed("BẢN NHÁP") not in text, "it is the citizen's own, and he signs it"


def test_another_form_by_its_key_and_what_there_is_not(
    run: Run, write: Callable[..., str], code: str, file: Path
) -> None:
    assert run("print", "declaration", code, str(file), "--template", "ct01", *on(23, 10)).status == 0
    assert packed("TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ") in said(file)
    ran = run("print", "declaration", code, str(file), "--template", "giấy khác", *on(23, 10))
    assert (ran.status, ran.code) == (2, "print.template")
    assert "khai-sinh" in ran.error["message"]
    other = {**UNMARRIED, "procedure": "2.000815", "certify": [{"name": "Bằng", "pages": 1, "copies": 1}]}
    received = run("dossier", "receive", "--file", write(other), *on(23))
    ran = run("print", "declaration", received.plain["code"], str(file), *on(23, 10))
    assert (ran.status, ran.code) == (2, "declaration.none")
    assert "chưa có tờ khai điền sẵn" in ran.error["message"]


def test_the_envelope_has_its_own_sizes(run: Run, code: str, file: Path) -> None:
    for paper, width in (((), 624), (("--paper", "C5"), 649)):
        ran = run("print", "envelope", code, str(file), *paper, *on(23, 10))
        assert ran.status == 0, ran.error
        with opened(file.read_bytes()) as document:
            assert round(document[0].get_width()) == width
    assert packed("Người nhận Hoàng Thị Ước Số 5 đường Mẫu, phường Mẫu") in said(file)
    for kind, paper in (("envelope", "A4"), ("receipt", "DL"), ("declaration", "C5")):
        ran = run("print", kind, code, str(file), "--paper", paper, *on(23, 10))
        assert (ran.status, ran.code) == (2, "print.paper"), kind


def test_the_slip_of_fees_is_for_what_is_to_be_paid(run: Run, write: Callable[..., str], file: Path) -> None:
    form: dict[str, Any] = {**UNMARRIED, "procedure": "2.000635", "result_copies": 2}
    code = run("dossier", "receive", "--file", write(form), *on(23)).plain["code"]
    ran = run("print", "fee-slip", code, str(file), *on(23, 10))
    assert ran.status == 0, ran.error
    assert packed("Tổng cộng: 16.000 đồng Bằng chữ: Mười sáu nghìn đồng") in said(file)
    free = run("dossier", "receive", "--file", write({**UNMARRIED, "procedure": "1.010041"}), *on(23, 10)).plain["code"]
    ran = run("print", "fee-slip", free, str(file), *on(23, 11))
    assert (ran.status, ran.code) == (2, "letter.no-fee")
