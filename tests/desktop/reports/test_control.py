"""The control slip: one block for each hand-over, room for those to come."""

from __future__ import annotations

from datetime import datetime

import pytest

from desktop.reports import control
from onestop.clock import VIETNAM
from onestop.rules.dossier import Timeliness
from onestop.rules.letters import Paper, Reference
from onestop.rules.life_letters import HandOver
from tests.helpers import letters, life
from tests.helpers.pages import codes, fonts, inside, packed, picture, texts


def text_of(**changes: object) -> str:
    return packed(" ".join(texts(control.draw(life.control(**changes)))))


def test_what_it_says() -> None:
    text = text_of()
    for part in (
        "Mẫu số 06",
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        "Quyển số: ………… Số thứ tự: …………",
        "Kèm theo hồ sơ của: Nguyễn Thị Ánh",
        "Mã hồ sơ: H56.99-261123-0001",
        "Ngày nhận: 09 giờ 05 phút, ngày 23 tháng 11 năm 2026",
        "Ngày, giờ hẹn trả kết quả: 17 giờ 00 phút, ngày 27 tháng 11 năm 2026",
        "Cơ quan (bộ phận) giải quyết hồ sơ: Ủy ban nhân dân phường Mẫu",
        "Cơ quan phối hợp giải quyết hồ sơ: …",
        "1. Giao: Trung tâm Phục vụ hành chính công phường Mẫu",
        "2. Nhận: Công chức Tư pháp - Hộ tịch",
        "16 giờ 05 phút, ngày 26 tháng 11 năm 2026",
        "Trước hạn",
        "Bổ sung hồ sơ: thiếu bản án",
    ):
        assert packed(part) in text, part
    assert text.count(packed("Người giao Người nhận")) == 5, "four hand-overs and one to come"
    assert packed("Số: ") not in text.replace(packed("Quyển số: "), ""), "it has no number"
    assert codes(picture(control.draw(life.control()))) == [letters.CODE]


@pytest.mark.parametrize(
    ("judged", "said"),
    [(Timeliness.EARLY, "Trước hạn"), (Timeliness.ON_TIME, "Đúng hạn"), (Timeliness.LATE, "Quá hạn"), (None, "")],
)
def test_how_it_was_judged(judged: Timeliness | None, said: str) -> None:
    [page] = texts(control.draw(life.control(steps=(HandOver("A", "B", life.DUE, judged),), blanks=0)))
    row = page.partition("GHI CHÚ")[2]
    assert [word for word in ("Trước hạn", "Đúng hạn", "Quá hạn") if word in row] == ([said] if said else [])


@pytest.mark.parametrize("paper", tuple(Paper))
def test_many_hand_overs_repeat_the_heading_and_lose_none(paper: Paper) -> None:
    steps = tuple(HandOver(f"Bộ phận {n}", f"Bộ phận {n + 1}", life.DUE, note=f"lượt {n}.") for n in range(30))
    file = control.draw(life.control(steps=steps, applicant=life.LONG, request=life.LONG_TEXT), paper)
    pages = texts(file)
    assert all("GHI CHÚ" in page for page in pages)
    assert all(packed(" ".join(pages)).count(packed(f"lượt {n}.")) == 1 for n in range(30))
    assert inside(file)


def test_a_date_that_was_put_off_stays_on_the_slip() -> None:
    text = text_of(due_at=datetime(2026, 12, 4, 17, 0, tzinfo=VIETNAM), put_off_from=life.DUE)
    assert (
        packed("17 giờ 00 phút, ngày 04 tháng 12 năm 2026 (hẹn lại; trước là 17 giờ 00 phút, ngày 27 tháng 11") in text
    )
    assert packed("hẹn lại") not in text_of()


def test_where_little_is_known_the_pen_has_room() -> None:
    bare = life.control(applicant=life.NOBODY, reference=Reference(), steps=(HandOver("Quầy", ""),), due_at=None)
    text = packed(" ".join(texts(control.draw(bare))))
    assert packed("hẹn trả kết quả: theo thông báo") in text
    assert packed("2. Nhận: …") in text
    assert packed("…… giờ …… phút") in text


def test_draft_reprint_and_fonts() -> None:
    assert "BẢN NHÁP" in texts(control.draw(life.control(draft=True)))[0]
    assert "Bản in lại lần 3" in texts(control.draw(life.control(reprint=3)))[0]
    assert all(fonts(control.draw(life.control())).values())
