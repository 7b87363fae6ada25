"""The authorisation and the label for the post: what is known is written, the rest is left to the pen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.reports import authorisation, label
from onestop.rules.letters import Paper, Reference
from onestop.rules.life_letters import Party
from tests.helpers import letters, life
from tests.helpers.pages import codes, fonts, inside, opened, packed, picture, texts


def test_an_authorisation_is_the_citizens_own_paper() -> None:
    [page] = texts(authorisation.draw(life.authorisation()))
    text = packed(page)
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc GIẤY ỦY QUYỀN",
        "I. BÊN ỦY QUYỀN Họ và tên: Nguyễn Thị Ánh",
        "Ngày sinh: 17/02/1990 Số định danh cá nhân/Hộ chiếu: 038190000012",
        "II. BÊN ĐƯỢC ỦY QUYỀN Họ và tên: …",
        "tại Trung tâm Phục vụ hành chính công phường Mẫu",
        "□ Nhận kết quả, nhận lại giấy tờ",
        "Mã hồ sơ: H56.99-261123-0001",
        "Thời hạn ủy quyền: từ ngày …… tháng …… năm 20…… đến",
    ):
        assert packed(part) in text, part
    assert "ỦY BAN NHÂN DÂN" not in page, "the office does not write it"
    assert "Số: " not in page
    assert codes(picture(authorisation.draw(life.authorisation()))) == [letters.CODE]


def test_where_nothing_is_known_the_whole_paper_is_lines() -> None:
    bare = life.authorisation(gives=Party(), request="", where="", reference=Reference())
    for paper in Paper:
        file = authorisation.draw(bare, paper)
        text = packed(" ".join(texts(file)))
        assert text.count(packed("Ngày sinh: ………")) == 2
        assert packed("Thủ tục, nội dung: ………") in text
        assert inside(file)
        assert all(fonts(file).values())


@pytest.mark.parametrize("paper", tuple(Paper))
def test_long_names_stay_on_the_sheet(paper: Paper) -> None:
    long = Party(life.LONG_NAME, "1990", "038190000012", life.LONG.address, "0912 345 678")
    file = authorisation.draw(life.authorisation(gives=long, takes=long, request=life.LONG_TEXT), paper)
    assert inside(file)
    assert "BÊN ĐƯỢC ỦY QUYỀN" in texts(file)[-1]


def test_a_label_says_from_whom_to_whom_and_what() -> None:
    file = label.draw(life.label())
    with opened(file) as document:
        assert [round(side) for side in document[0].get_size()] == [595, 420]
    text = packed(texts(file)[0])
    for part in (
        "NGƯỜI GỬI Trung tâm Phục vụ hành chính công phường Mẫu",
        "Địa chỉ: Số 1 đường Ví Dụ, phường Mẫu, tỉnh Thanh Hóa",
        "NGƯỜI NHẬN Trần Văn Thử Địa chỉ: Thôn 2, xã Mẫu, tỉnh Thanh Hóa Điện thoại: 0987 654 321",
        "Mã hồ sơ: H56.99-261123-0001",
        "Số hiệu bưu gửi: …",
    ):
        assert packed(part) in text, part
    assert packed("chưa đăng ký nhận qua bưu chính") not in text
    assert codes(picture(file)) == [letters.CODE], "a returned envelope finds its dossier"


@pytest.mark.parametrize("paper", tuple(Paper))
def test_a_label_for_somebody_who_did_not_choose_the_post_warns(paper: Paper) -> None:
    bare = life.label(by_post=False, phone="", address="", head=replace(letters.HEAD, address="", phone=""))
    long = life.label(name=life.LONG_NAME, address=life.LONG.address, request=life.LONG_TEXT)
    assert packed("chưa đăng ký nhận qua bưu chính") in packed(" ".join(texts(label.draw(bare, paper))))
    for letter in (bare, long):
        file = label.draw(letter, paper)
        assert inside(file)
        assert all(fonts(file).values())
