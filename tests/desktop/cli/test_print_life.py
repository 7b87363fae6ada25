"""`motcua print`: the letters of a dossier's life, read from the PDF that the command leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.cli.conftest import Run, on
from tests.helpers.pages import codes, packed, picture, texts

Write = Callable[..., str]


@pytest.fixture
def act(run: Run, write: Write, code: str) -> Callable[..., None]:
    """`act("forward", to="…", day=24)`: one move of the dossier."""

    def move(name: str, *, day: int = 23, hour: int = 10, **said: Any) -> None:
        more = ("--file", write(said)) if said else ()
        ran = run("dossier", "act", code, name, *more, *on(day, hour))
        assert ran.status == 0, ran.error

    return move


@pytest.fixture
def printed(run: Run, code: str, tmp_path: Path) -> Callable[..., str]:
    """`printed("control", day=24)`: the text of the letter, packed."""

    def letter(kind: str, *more: str, day: int = 27, pages: int = 1) -> str:
        file = tmp_path / f"{kind}.pdf"
        ran = run("print", kind, code, str(file), *more, *on(day, 16))
        assert ran.status == 0, ran.error
        assert ran.plain["pages"] == pages
        return packed(" ".join(texts(file.read_bytes())))

    return letter


def test_a_request_for_completion(
    act: Callable[..., None], printed: Callable[..., str], code: str, tmp_path: Path
) -> None:
    act("supplement", reason="Thiếu bản án ly hôn", items=["Bản án ly hôn đã có hiệu lực"])
    text = printed("supplement")
    for part in (
        "Số: 01/PBS-TTPVHCC",
        f"Mã hồ sơ: {code}",
        "Mẫu số 02",
        "1. Bản án ly hôn đã có hiệu lực",
        "Lý do: Thiếu bản án ly hôn",
        "chậm nhất ngày 08 tháng 12 năm 2026",
        "ngày 23 tháng 11 năm 2026",
    ):
        assert packed(part) in text, part
    assert codes(picture((tmp_path / "supplement.pdf").read_bytes())) == [code]
    assert packed("Bản in lại lần 1") in printed("supplement")
    act("complete", day=25)
    act("supplement", day=25, hour=11, reason="Sai tên", items=["Tờ khai ký lại"])
    again = printed("supplement")
    assert packed("Tờ khai ký lại") in again
    assert packed("Bản in lại") not in again, "the second request is no reprint of the first"


def test_an_apology_in_time_and_the_numbers_of_the_book(act: Callable[..., None], printed: Callable[..., str]) -> None:
    act("extend", reason="Chờ xác minh", due="2026-12-04", day=25)
    text = printed("apology")
    for part in (
        "Số: 01/TTPVHCC",
        "V/v xin lỗi và hẹn lại ngày trả kết quả",
        "Kính gửi: Ông/Bà Hoàng Thị Ước",
        "Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 27 tháng 11 năm 2026",
        "chưa thể trả kết quả",
        "Lý do: Chờ xác minh",
        "thêm 05 ngày làm việc",
        "hẹn trả kết quả lại: 17 giờ 00 phút, ngày 04 tháng 12 năm 2026",
    ):
        assert packed(part) in text, part
    old = printed("apology", "--template", "2018")
    assert packed("Số: 01/PXL-TTPVHCC") in old, "the older form names its kind in the number"
    assert packed("PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ") in old


def test_an_apology_that_comes_too_late(act: Callable[..., None], printed: Callable[..., str]) -> None:
    act("extend", reason="Chờ xác minh", due="2026-12-04", day=27, hour=18)
    text = printed("apology", day=28)
    assert packed("Tuy nhiên, đến nay") in text
    assert packed("Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 27 tháng 11 năm 2026") in text


def test_a_notice_of_stopping_takes_the_next_number_of_the_same_book(
    act: Callable[..., None], printed: Callable[..., str]
) -> None:
    act("extend", reason="Chờ xác minh", due="2026-12-04", day=25)
    act("stop", reason="Nơi xác minh trả lời không đủ điều kiện", day=26)
    text = printed("stop")
    for part in (
        "Số: 02/TB-TTPVHCC",
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        "thông báo dừng giải quyết hồ sơ nêu trên kể từ ngày 26 tháng 11 năm 2026",
        "Lý do: Nơi xác minh trả lời không đủ điều kiện",
    ):
        assert packed(part) in text, part
    assert packed("Số: 01/TTPVHCC") in printed("apology"), "what was said before is printed as it was said"


def test_a_withdrawal(act: Callable[..., None], printed: Callable[..., str]) -> None:
    act("withdraw", reason="Không còn nhu cầu")
    text = printed("stop")
    assert packed("Theo đề nghị của Ông/Bà Hoàng Thị Ước") in text
    assert packed("Số: 01/TB") in text
    assert packed("Lý do: Không còn nhu cầu") in text


def test_the_control_slip_grows_with_the_dossier(act: Callable[..., None], printed: Callable[..., str]) -> None:
    act("forward", to="Tư pháp - Hộ tịch", note="gấp")
    first = printed("control")
    assert packed("2. Nhận: Tư pháp - Hộ tịch") in first
    assert packed("10 giờ 00 phút, ngày 23 tháng 11 năm 2026") in first
    assert first.count(packed("Người giao Người nhận")) == 5, "one so far, four to come"
    assert packed("Bản in lại lần 1") in printed("control")
    act("supplement", reason="Thiếu bản án", items=["Bản án"], day=25)
    act("complete", day=26)
    act("finish", number="12/2026", signer="Lê Minh Đức", day=27)
    act("hand-back", receiver={"identity_number": "001190000017"}, paper="identity", day=27, hour=15)
    last = printed("control")
    assert packed("Bản in lại") not in last, "a slip that says more is another sheet"
    for part in (
        "1. Giao: Tư pháp - Hộ tịch 2. Nhận: Hoàng Thị Ước (chủ hồ sơ)",
        "Bổ sung hồ sơ: Thiếu bản án",
        "1. Giao: Hoàng Thị Ước (chủ hồ sơ) 2. Nhận: Tư pháp - Hộ tịch",
        "Trước hạn",
        "12/2026",
        "2. Nhận: Hoàng Thị Ước",
    ):
        assert packed(part) in last, part
    assert last.count(packed("Người giao Người nhận")) == 5, "five hand-overs, and none to come"


def test_the_receipt_for_a_result(act: Callable[..., None], printed: Callable[..., str]) -> None:
    act("finish", result="Giấy xác nhận", number="12/2026", date="2026-11-26", signer="Lê Minh Đức", day=26)
    someone = {"name": "Trần Văn Thử", "identity_number": "001085000011", "phone": "0987654321"}
    act("hand-back", receiver=someone, paper="authorisation", day=27, hour=9)
    text = printed("handed-back")
    for part in (
        "GIẤY BIÊN NHẬN TRẢ KẾT QUẢ",
        "Chủ hồ sơ: Hoàng Thị Ước",
        "Người nhận kết quả: Trần Văn Thử Điện thoại: 0987654321",
        "Số định danh cá nhân/Hộ chiếu: 0010******11",
        "Giấy tờ xuất trình khi nhận: giấy ủy quyền",
        "09 giờ 00 phút, ngày 27 tháng 11 năm 2026",
        "Giấy xác nhận",
        "12/2026",
        "26/11/2026",
        "Lê Minh Đức",
        "Kèm theo 01 bản sao.",
    ):
        assert packed(part) in text, part
    assert "001085000011" not in text


def test_what_was_not_done_has_no_letter(run: Run, code: str, tmp_path: Path) -> None:
    for kind in ("supplement", "refusal", "apology", "stop", "control", "handed-back"):
        ran = run("print", kind, code, str(tmp_path / "x.pdf"), *on(27))
        assert (ran.status, ran.code) == (2, "letter.no-move")
    assert not (tmp_path / "x.pdf").exists()


def test_lists_of_a_span_are_drawn_anew_each_time(
    run: Run, act: Callable[..., None], code: str, tmp_path: Path
) -> None:
    file = tmp_path / "list.pdf"

    def listed(kind: str, span: str) -> str:
        ran = run("print", kind, span, str(file), *on(27, 16))
        assert ran.status == 0, ran.error
        return packed(" ".join(texts(file.read_bytes())))

    assert packed(code) in listed("register", "2026-11-23")
    assert packed("Không có hồ sơ nào") in listed("handover", "2026-11-01/2026-11-30")
    act("finish", number="12/2026", day=26)
    again = listed("handover", "2026-11-01/2026-11-30")
    assert packed(code) in again
    assert packed("số 12/2026") in again
    assert packed("Bản in lại") not in again
    assert run("print", "handover", "2026-11-01/2026-11-30", str(file), *on(27)).plain["printed"] == 3
    assert packed("Không có hồ sơ nào") in listed("register", "2026-11-25/2026-11-26")
    for wrong, error in (("hôm nay", "span.not-days"), ("2026-11-30/2026-11-01", "span.backward")):
        ran = run("print", "register", wrong, str(file), *on(27))
        assert (ran.status, ran.code) == (2, error)


def test_an_authorisation_and_a_label_are_no_reprints(printed: Callable[..., str], code: str) -> None:
    for _time in (1, 2):
        text = printed("authorisation")
        assert packed("I. BÊN ỦY QUYỀN Họ và tên: Hoàng Thị Ước Ngày sinh: 17/02/1990") in text
        assert packed(code) in text
        assert "001190000017" not in text, "the number is masked on paper, so the pen writes it"
        assert packed("Bản in lại") not in text
    assert packed("NGƯỜI NHẬN Hoàng Thị Ước Địa chỉ: Số 5 đường Mẫu, phường Mẫu") in printed("label")


def test_what_was_not_read_of_a_form_is_said_and_not_printed(
    run: Run, say: Callable[..., tuple[int, str, str]], act: Callable[..., None], code: str, tmp_path: Path
) -> None:
    act("forward", to="Hộ tịch")
    file = tmp_path / "x.pdf"
    form = run("print", "control", code, str(file), *on(27)).plain["form"]
    assert form == {"number": "06", "source": "TT 03/2025/TT-VPCP", "checked": False}
    assert "chưa đối chiếu" not in " ".join(texts(file.read_bytes()))
    status, out, _err = say("print", "control", code, str(file), *on(27))
    assert status == 0
    assert "TT 03/2025/TT-VPCP (lời văn chưa đối chiếu với mẫu)" in out
    old = run("print", "control", code, str(file), "--template", "2018", "--draft", *on(27)).plain["form"]
    assert (old["number"], old["checked"]) == ("05", True)
    assert run("print", "label", code, str(file), *on(27)).plain["form"]["number"] is None


@pytest.mark.parametrize("kind", ["register", "handover", "authorisation", "label"])
@pytest.mark.parametrize("draft", [(), ("--draft",)])
def test_who_may_not_see_the_people_gets_no_draft_either(
    run: Run, code: str, tmp_path: Path, kind: str, draft: tuple[str, ...]
) -> None:
    what = code if kind in ("authorisation", "label") else "2026-11-23"
    file = tmp_path / "x.pdf"
    ran = run("print", kind, what, str(file), *draft, "--as", "khoa", *on(27))
    assert (ran.status, ran.code) == (2, "permission.missing")
    assert not file.exists()
    assert run("print", kind, what, str(file), *draft, "--as", "lan", *on(27)).status == 0
