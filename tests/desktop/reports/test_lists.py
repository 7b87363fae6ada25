"""The register and the hand-over sheet: on lying A4, every row once, the heading on every page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.reports import handover, register
from onestop.rules.letters import Paper
from onestop.rules.list_letters import HandoverGroup, HandoverRow, RegisterLetter, Span
from tests.helpers import life
from tests.helpers.pages import fonts, inside, opened, packed, texts


def many(count: int) -> RegisterLetter:
    """Rows that can be told apart, some of them long in every way."""
    first = life.register().rows[0]
    rows = [replace(first, code=f"H56.99-261123-{number:05}", person=f"Người {number}.") for number in range(count)]
    rows[3] = replace(
        rows[3], procedure=life.LONG_TEXT, person=f"Người 3. {life.LONG_NAME * 2}", reached_at=life.LONG_TEXT
    )
    return life.register(rows=tuple(rows))


def test_what_the_register_says() -> None:
    file = register.draw(life.register())
    with opened(file) as document:
        assert [round(side) for side in document[0].get_size()] == [842, 595]
    [page] = texts(file)
    text = packed(page)
    for part in (
        "Mẫu số 07",
        "SỔ THEO DÕI HỒ SƠ",
        "(Từ ngày 23 tháng 11 năm 2026 đến ngày 27 tháng 11 năm 2026)",
        "Cơ quan chủ trì giải quyết",
        "H56.99-261123-0001",
        "Cấp Giấy xác nhận tình trạng hôn nhân 01 Nguyễn Thị Ánh",
        "09:05 23/11/2026 17:00 27/11/2026 27/11/2026 Trực tiếp",
        "đã bổ sung 1 lần; quá hạn",
        "TAM.99-261123-0007",
        "theo thông báo",
        "Tổng số: 3 hồ sơ; đã trả kết quả: 1 hồ sơ.",
    ):
        assert packed(part) in text, part


@pytest.mark.parametrize("paper", tuple(Paper))
def test_a_long_register_loses_no_row(paper: Paper) -> None:
    file = register.draw(many(120), paper)
    pages = texts(file)
    assert len(pages) > 4
    assert all("Ghi chú" in page for page in pages)
    whole = packed(" ".join(pages))
    assert all(whole.count(packed(f"Người {number}.")) == 1 for number in range(120))
    assert all(f"H56.99-261123-{number:05}" in whole for number in range(120))
    assert inside(file)


def test_what_the_hand_over_sheet_says() -> None:
    [page] = texts(handover.draw(life.handover()))
    text = packed(page)
    for part in (
        "PHIẾU BÀN GIAO KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
        "(Ngày 27 tháng 11 năm 2026)",
        "Đơn vị chủ trì giải quyết TTHC: Ủy ban nhân dân phường Mẫu",
        "1 H56.99-261123-0001",
        "Giấy xác nhận, số 12/2026 Nguyễn Thị Ánh Tổ dân phố 3, phường Mẫu X",
        "Đơn vị chủ trì giải quyết TTHC: Sở Mẫu",
        "Bàn giao 03 kết quả cho Trung tâm Phục vụ hành chính công phường Mẫu vào: …… giờ",
        "NGƯỜI GIAO",
        "NGƯỜI NHẬN",
    ):
        assert packed(part) in text, part


@pytest.mark.parametrize("paper", tuple(Paper))
def test_long_rows_and_many_stay_on_the_sheet_with_the_signatures(paper: Paper) -> None:
    rows = tuple(
        HandoverRow(f"H56.99-261123-{n:05}", life.LONG_TEXT[:200], "", f"Người {n}.", life.LONG_TEXT[:150], True, True)
        for n in range(50)
    )
    file = handover.draw(life.handover(groups=(HandoverGroup("", rows),)), paper)
    pages = texts(file)
    assert "NGƯỜI GIAO" in pages[-1]
    assert "Bàn giao 50 kết quả" in pages[-1]
    assert all(packed(" ".join(pages)).count(packed(f"Người {n}.")) == 1 for n in range(50))
    assert inside(file)


def test_a_span_without_dossiers_says_so() -> None:
    for file in (register.draw(life.register(rows=())), handover.draw(life.handover(groups=()))):
        assert "Không có hồ sơ nào trong thời gian này." in texts(file)[0]
        assert all(fonts(file).values())


def test_a_list_of_chosen_dossiers_says_that_they_were_chosen() -> None:
    for file in (register.draw(life.register(span=None)), handover.draw(life.handover(span=None))):
        assert packed("(Các hồ sơ được chọn)") in packed(texts(file)[0])


def test_on_a5_no_date_is_cut_and_no_row_of_a_few_lines_goes_over_the_page() -> None:
    file = register.draw(life.register(rows=life.register().rows * 9), Paper.A5)
    with opened(file) as document:
        lines = [page.get_textpage().get_text_range().split() for page in document]
    for page in lines:
        assert "27/11/2026" in page, "in one piece"
        assert packed("".join(page)).count("Tổdânphố3") == packed("".join(page)).count("0912345678")


def test_a_draft() -> None:
    day = Span(date(2026, 11, 23), date(2026, 11, 23))
    assert "BẢN NHÁP" in texts(register.draw(life.register(draft=True, span=day)))[0]
