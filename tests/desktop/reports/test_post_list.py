"""Bảng kê bưu gửi and the slip for several results, drawn: what stands there, long and missing values."""

from __future__ import annotations

from dataclasses import replace

from desktop.reports import handed_back, post_list
from onestop.rules.letters import FormKey, Paper, Reference, form_on
from onestop.rules.life_letters import ResultLine
from onestop.rules.list_letters import Span
from onestop.rules.post_letters import PostGroup, PostListLetter, PostRow
from tests.helpers import life
from tests.helpers.letters import CODE, DAY, HEAD, RECEIVED
from tests.helpers.pages import packed, texts


def letter(*groups: PostGroup) -> PostListLetter:
    return PostListLetter(
        form=form_on(FormKey.POST_LIST, DAY),
        head=replace(HEAD, numbered=False),
        issued_at=RECEIVED,
        span=Span(DAY, DAY),
        groups=groups,
    )


ROW = PostRow(CODE, "Nguyễn Thị Ánh", "Thôn 2, xã Mẫu", "0912 345 678", "Giấy xác nhận số 12/2026", "EM123456789VN")
LONG = PostRow(
    "H56.99-261123-0002", life.LONG_NAME, life.LONG.address, "", life.LONG_TEXT[:300], "", "kèm 3 bản gốc; trả lại"
)


def test_every_envelope_has_its_line() -> None:
    first = PostGroup("2026-11-23.1.01", "VNPost", (ROW, LONG))
    drawn = post_list.draw(letter(first, PostGroup("2026-11-23.2.11", "", (ROW,))))
    text = packed(" ".join(texts(drawn)))
    for part in (
        "BẢNG KÊ BƯU GỬI",
        "Đơn vị nhận gửi: VNPost",
        "(quầy 1, lần 1 trong ngày)",
        "(quầy 2, lần 11 trong ngày)",
        "EM123456789VN",
        "Thôn 2, xã Mẫu; 0912 345 678",
        "kèm 3 bản gốc",
        "Bàn giao 03 bưu gửi vào",
        "Nhân viên bưu chính nhận".upper(),
    ):
        assert packed(part) in text, part
    assert packed("Không có kết quả nào gửi bưu chính") in packed(" ".join(texts(post_list.draw(letter()))))


def test_a_slip_of_several_results_has_a_line_each_and_the_originals() -> None:
    lines = (
        ResultLine("Giấy xác nhận tình trạng hôn nhân", "12/2026", "2026-11-26", "", CODE, "Nguyễn Thị Ánh"),
        ResultLine(life.LONG_TEXT[:200], "", "", "", "H56.99-261123-0002", life.LONG_NAME),
    )
    several = life.handed_back(results=lines, reference=Reference(code=CODE), originals=(("Sổ hộ khẩu", 1),))
    for paper in (Paper.A4, Paper.A5):
        text = packed(" ".join(texts(handed_back.draw(several, paper))))
        for part in (CODE, "H56.99-261123-0002", "kết quả của 02 hồ sơ", "Sổ hộ khẩu (01 bản)", "26/11/2026"):
            assert packed(part) in text, part
        assert packed("Tên thủ tục hành chính:") not in text, "of one only"
    sent = life.handed_back(shown="", way="gửi qua dịch vụ bưu chính, VNPost")
    assert packed("Hình thức trả kết quả: gửi qua dịch vụ bưu chính, VNPost") in packed(
        " ".join(texts(handed_back.draw(sent)))
    )
