"""The receipt: what it says, that it copies out right, that its QR code reads back, that nothing is cut or alone."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.reports import receipt, sheet
from onestop.clock import VIETNAM
from onestop.rules.intake import Status
from onestop.rules.letters import (
    ComponentLine,
    DeliveryText,
    DeliveryWay,
    FeeLineText,
    FormKey,
    HandedIn,
    Paper,
    ReceiptLetter,
    Reference,
    form_on,
    qr_profiles,
    qr_text,
)
from onestop.rules.procedure import FeeKind, Limit, Unit
from tests.helpers import letters
from tests.helpers.pages import boxes, codes, fonts, opened, packed, picture, texts

ROOT = Path(__file__).resolve().parents[3]
PAPERS = tuple(Paper)
KINDS = tuple(letters.RECEIPTS)


def said(letter: ReceiptLetter, paper: Paper = Paper.A4, liens: tuple[int, ...] = (2,)) -> str:
    return " ".join(texts(receipt.draw(letter, paper, liens)))


def test_lines_of_the_form_in_their_order() -> None:
    expected = """
        Mẫu số 01
        ỦY BAN NHÂN DÂN PHƯỜNG MẪU | TRUNG TÂM PHỤC VỤ | HÀNH CHÍNH CÔNG
        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM | Độc lập - Tự do - Hạnh phúc
        Phường Mẫu, ngày 23 tháng 11 năm 2026
        Số: 05/GTN-TTPVHCC | Mã hồ sơ: H56.99-261123-0001
        GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ
        Bộ phận tiếp nhận và trả kết quả: Trung tâm Phục vụ hành chính công phường Mẫu
        Tiếp nhận hồ sơ của: Nguyễn Thị Ánh (nộp trực tiếp)
        Địa chỉ: Tổ dân phố 3, phường Mẫu, tỉnh Thanh Hóa
        Số điện thoại: 0912 345 678 | Email: anh.nguyen@example.com
        Số định danh cá nhân/Hộ chiếu: 0380******12
        Nội dung yêu cầu giải quyết: Đăng ký khai sinh cho con Trần Hoàng Ưu Ái
        1. Thành phần hồ sơ, số lượng mỗi loại giấy tờ:
        TT | Thành phần hồ sơ | Số lượng | Bản chính | Bản chứng thực | Bản photo
        1 Tờ khai đăng ký khai sinh theo mẫu 1
        3 Giấy chứng nhận kết hôn của cha, mẹ trẻ em (xuất trình, đã đối chiếu)
        4 Thẻ căn cước của người đi đăng ký khai sinh (xuất trình qua VNeID)
        2. Số lượng hồ sơ: 01 (bộ)
        3. Thời gian giải quyết hồ sơ theo quy định là: 03 ngày làm việc
        4. Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 23 tháng 11 năm 2026
        5. Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 27 tháng 11 năm 2026
        6. Đăng ký nhận kết quả tại: Trung tâm Phục vụ hành chính công phường Mẫu (tại quầy)
        7. Phí, lệ phí: Phí cấp bản sao trích lục: 16.000 đồng
        Lệ phí đăng ký khai sinh: không thu (miễn: đăng ký đúng hạn)
        Tổng cộng: 16.000 đồng. Bằng chữ: Mười sáu nghìn đồng
        Vào Sổ theo dõi hồ sơ, Quyển số: ………… | Số thứ tự: …………
        NGƯỜI NỘP HỒ SƠ | (Ký và ghi rõ họ tên) | Nguyễn Thị Ánh
        NGƯỜI TIẾP NHẬN HỒ SƠ | (Ký và ghi rõ họ tên) | Lê Văn Tiếp
        Ghi chú:
        Giấy này không thay thế biên lai thu phí, lệ phí.
    """
    text = packed(said(letters.receipt()))
    place = 0
    for line in expected.strip().splitlines():
        for part in line.split(" | "):
            found = text.find(packed(part), place)
            assert found >= 0, part
        # The header and the signatures stand side by side: there a viewer may take either side first.
        place = found if part[:2].strip(".").isdigit() else place


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_value_of_the_letter_copies_out_sign_by_sign(kind: str, paper: Paper) -> None:
    letter = letters.RECEIPTS[kind]()
    text = packed(said(letter, paper))
    assert unicodedata.is_normalized("NFC", text)
    person, head, delivery = letter.applicant, letter.head, letter.delivery
    values = [
        head.parent.upper(),
        head.agency.upper(),
        head.unit,
        head.place,
        head.lookup,
        head.phone,
        person.name,
        person.address,
        person.phone,
        person.email,
        person.identity,
        person.owner,
        person.owner_address,
        person.owner_identity,
        letter.request,
        letter.procedure,
        letter.channel,
        letter.clerk,
        letter.fee_words,
        letter.limit.rule,
        letter.reference.shown,
        delivery.name,
        delivery.phone,
        delivery.address,
        *letter.notes,
        *[component.name for component in letter.components],
        *[line.name for line in letter.certified],
        *[fee.name for fee in letter.fees],
    ]
    assert [value for value in values if packed(value) not in text] == []


def test_the_longest_component_and_forty_of_them_are_whole() -> None:
    letter = letters.huge_receipt()
    assert len(letter.components) == 40
    assert max(len(component.name) for component in letter.components) >= 890
    for paper in PAPERS:
        pages = texts(receipt.draw(letter, paper, (2,)))
        assert len(pages) > 1
        assert all("Thành phần hồ sơ" in page for page in pages[1:-1])


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_leaves_the_paper(kind: str, paper: Paper) -> None:
    look = sheet.look(paper)
    width, height = look.page
    letter = replace(letters.RECEIPTS[kind](), draft=False)
    for page in boxes(receipt.draw(letter, paper, (1,))):
        assert page
        for left, bottom, right, top in page:
            if (left, bottom) == (right, top):
                continue  # a space that a viewer made up has no box
            assert look.left - 1 <= left and right <= width - look.right + 1
            assert look.bottom * 0.3 <= bottom and top <= height - look.top * 0.2


@pytest.mark.parametrize("paper", PAPERS)
def test_signatures_are_never_alone(paper: Paper) -> None:
    for count in range(46):
        components = tuple(ComponentLine(f"Giấy tờ thứ {number}", originals=1) for number in range(count))
        last = texts(receipt.draw(letters.receipt(components=components), paper, (2,)))[-1]
        for together in ("7. Phí, lệ phí", "Vào Sổ theo dõi hồ sơ", "NGƯỜI NỘP HỒ SƠ", "Lê Văn Tiếp", "Ghi chú"):
            assert together in last, (count, together)


@pytest.mark.parametrize("paper", PAPERS)
def test_an_ordinary_receipt_is_one_sheet(paper: Paper) -> None:
    for kind in ("ordinary", "small", "certified", "draft"):
        assert len(texts(receipt.draw(letters.RECEIPTS[kind](), paper, (2,)))) == 1, kind


@pytest.mark.parametrize("dpi", [150, 200])
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("profile", [each for each in qr_profiles() if each != "none"])
def test_qr_code_reads_back_from_the_drawn_page(profile: str, paper: Paper, dpi: int) -> None:
    letter = letters.receipt()
    text = qr_text(
        letters.CODE,
        profile,
        link="https://dichvucong.phuongmau.example",
        procedure="1.001193",
        person_ref="P-2026-000077",
        paper="Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        system="Một Cửa phường Mẫu",
        issued=letter.issued_at,
        due=letter.due_at,
    )
    drawn = receipt.draw(replace(letter, reference=replace(letter.reference, qr=text)), paper, (2,))
    image = picture(drawn, dpi=dpi)
    assert codes(image) == [text]
    top_left = image.crop((0, 0, image.width // 2, image.height // 2))
    assert codes(top_left) == [text]


@pytest.mark.parametrize("kind", KINDS)
def test_the_qr_code_says_the_code_alone_and_never_a_personal_number(kind: str) -> None:
    letter = letters.RECEIPTS[kind]()
    found = codes(picture(receipt.draw(letter, Paper.A4, (1,))))
    assert found == ([] if letter.draft else [letter.reference.shown])


def test_an_unmasked_number_is_not_on_the_paper_unless_it_is_in_the_letter() -> None:
    assert "0380******12" in said(letters.receipt())
    nobody = replace(letters.APPLICANT, identity="")
    assert "Số định danh" not in said(letters.receipt(applicant=nobody))


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_letter_gives_the_same_bytes(paper: Paper) -> None:
    first = receipt.draw(letters.receipt(), paper)
    receipt.draw(letters.huge_receipt(), paper)
    assert receipt.draw(letters.receipt(), paper) == first
    assert receipt.draw(letters.receipt(clerk="Lê Văn Khác"), paper) != first


def test_another_process_gives_the_same_bytes() -> None:
    script = (
        "import hashlib; from desktop.reports import receipt; from tests.helpers import letters;"
        "print(hashlib.sha256(receipt.draw(letters.proxy_receipt(), 'A4')).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "America/Lima"))
    }
    assert len(digests) == 1


@pytest.mark.parametrize("paper", PAPERS)
def test_every_font_is_embedded_and_copies_out(paper: Paper) -> None:
    for make in letters.RECEIPTS.values():
        used = fonts(receipt.draw(make(), paper))
        assert used and all(used.values()), used
        assert all("LiberationSerif" in name for name in used), used


def test_liens() -> None:
    both = texts(receipt.draw(letters.receipt(), Paper.A4))
    assert len(both) == 2
    assert "(Liên 1: Lưu)" in both[0] and "Liên 2" not in both[0]
    assert "(Liên 2: Giao người nộp hồ sơ)" in both[1] and "Liên 1" not in both[1]
    assert "Liên" not in " ".join(texts(receipt.draw(letters.receipt(), Paper.A4, ())))
    with pytest.raises(ValueError):
        receipt.draw(letters.receipt(), Paper.A4, (3,))


def test_pages_after_the_first_are_numbered_and_named() -> None:
    pages = texts(receipt.draw(letters.huge_receipt(), Paper.A4, (1, 2)))
    half = len(pages) // 2
    for copy, lien in ((pages[:half], "Liên 1: Lưu"), (pages[half:], "Liên 2: Giao người nộp hồ sơ")):
        assert f"({lien})" in copy[0]
        for number, page in enumerate(copy[1:], start=2):
            assert page.startswith(f"{number} ")
            assert f"{letters.CODE} – {lien}" in page


def test_a_draft_says_so_and_has_no_number() -> None:
    text = said(letters.draft_receipt(), liens=(1, 2))
    assert text.count("BẢN NHÁP – KHÔNG CÓ GIÁ TRỊ") == 1
    assert "Mã hồ sơ: chưa cấp" in text
    assert "Số: ……/GTN-TTPVHCC" in text
    assert "Liên 1" not in text and letters.CODE not in text


def test_every_page_of_a_long_draft_is_marked() -> None:
    pages = texts(receipt.draw(replace(letters.huge_receipt(), draft=True), Paper.A4))
    assert len(pages) > 2
    assert all("BẢN NHÁP – KHÔNG CÓ GIÁ TRỊ" in page for page in pages)


def test_the_watermark_leaves_the_text_readable() -> None:
    drawn = receipt.draw(letters.draft_receipt(), Paper.A4)
    greys = picture(drawn, dpi=60).histogram()
    assert sum(greys[200:240]) > 1000, "the words of the draft are pale, and there"
    assert sum(greys[:100]) > 1000, "the text is black"


@pytest.mark.parametrize(
    ("reference", "shown", "hidden"),
    [
        (Reference(code="H56.99-261123-0001"), ["Mã hồ sơ: H56.99-261123-0001"], ["Mã tạm", "Mã hồ sơ khác"]),
        (
            Reference(temporary="TAM.99-261123-0007"),
            ["Mã tạm: TAM.99-261123-0007", "(mã chính thức được cấp sau)"],
            ["Mã hồ sơ:"],
        ),
        (
            Reference(code="H56.99-261123-0001", temporary="TAM.99-261123-0007", external="G22.99-261123-020175"),
            ["Mã hồ sơ: H56.99-261123-0001", "Mã hồ sơ khác: G22.99-261123-020175"],
            ["Mã tạm"],
        ),
    ],
)
def test_codes_on_paper(reference: Reference, shown: list[str], hidden: list[str]) -> None:
    text = said(letters.receipt(reference=reference))
    assert all(part in text for part in shown)
    assert not any(part in text for part in hidden)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"due_at": None}, "5. Thời gian trả kết quả giải quyết hồ sơ: theo thông báo của cơ quan giải quyết hồ sơ"),
        ({"limit": Limit(20, Unit.DAY)}, "theo quy định là: 20 ngày"),
        ({"limit": Limit(None, Unit.SAME_DAY, "Trong ngày làm việc")}, "theo quy định là: Trong ngày làm việc"),
        (
            {"delivery": DeliveryText(DeliveryWay.POST, name="Trần B", phone="0900 000 000", address="Thôn 1")},
            "tại: qua dịch vụ bưu chính – người nhận Trần B, điện thoại 0900 000 000, địa chỉ Thôn 1",
        ),
        (
            {"delivery": DeliveryText(DeliveryWay.ELECTRONIC, place="tài khoản định danh điện tử")},
            "tại: bản điện tử – tài khoản định danh điện tử",
        ),
        ({"components": (), "certified": ()}, "1. Thành phần hồ sơ, số lượng mỗi loại giấy tờ: không có giấy tờ nộp"),
        ({"fees": (FeeLineText(FeeKind.LE_PHI, amount=0, note="hộ nghèo"),)}, "7. Phí, lệ phí: không thu (hộ nghèo)"),
        (
            {"fees": (FeeLineText(FeeKind.LE_PHI, "Lệ phí hộ tịch"),), "fee_words": ""},
            "7. Phí, lệ phí: Lệ phí hộ tịch: chưa có mức thu. Tổng cộng: chưa có mức thu",
        ),
        (
            {
                "fees": tuple(FeeLineText(FeeKind.PHI, f"khoản {n}", n * 1000) for n in (1, 2, 3)),
                "fee_words": "Sáu nghìn đồng",
            },
            "- Phí (khoản 3): 3.000 đồng | Tổng cộng: 6.000 đồng. Bằng chữ: Sáu nghìn đồng",
        ),
        ({"book": "02", "book_number": "17"}, "Quyển số: 02 Số thứ tự: 17"),
        ({"sets": 12}, "2. Số lượng hồ sơ: 12 (bộ)"),
        ({"applicant": replace(letters.APPLICANT, phone="")}, "Số điện thoại: ………………… Email: anh.nguyen@example.com"),
        (
            {"applicant": replace(letters.APPLICANT, phone="", email="")},
            "Số điện thoại: ………………… Số định danh cá nhân/Hộ chiếu",
        ),
        ({"received_at": datetime(2026, 1, 5, 7, 0, tzinfo=VIETNAM)}, "07 giờ 00 phút, ngày 05 tháng 01 năm 2026"),
        ({"components": (ComponentLine("Tờ khai", by=HandedIn.DATABASE),)}, "(khai thác từ cơ sở dữ liệu)"),
        ({"components": (ComponentLine("Tờ khai", by=HandedIn.REUSED, note="số 5"),)}, "đã số hóa; số 5)"),
        (
            {"components": (ComponentLine("Căn cước", by=HandedIn.SHOWN, status=Status.UNCHECKED),)},
            "Căn cước (xuất trình, chưa đối chiếu)",
        ),
        (
            {"components": (ComponentLine("Tờ khai", originals=1, status=Status.UNCHECKED),)},
            "Tờ khai (chưa kiểm tra)",
        ),
        (
            {"components": (ComponentLine("Căn cước", by=HandedIn.VNEID, status=Status.UNCHECKED),)},
            "Căn cước (xuất trình qua VNeID, chưa kiểm tra)",
        ),
        (
            {"components": (ComponentLine("Giấy ra viện", originals=1, status=Status.BAD, note="Mờ"),)},
            "Giấy ra viện (chưa hợp lệ: Mờ)",
        ),
    ],
)
def test_variants(changes: dict[str, object], line: str) -> None:
    text = said(letters.receipt(**changes))
    assert all(part in text for part in line.split(" | "))


def test_no_line_about_money_where_nothing_is_said_about_it() -> None:
    assert "lệ phí" not in said(letters.receipt(fees=()))


def test_an_unknown_fee_is_never_a_sum() -> None:
    text = said(letters.proxy_receipt())
    assert "Phí thẩm định: 150.000 đồng" in text
    assert "Tổng cộng: chưa có mức thu" in text
    assert "Bằng chữ" not in text


def test_who_comes_for_someone_else() -> None:
    text = said(letters.proxy_receipt())
    assert "Tiếp nhận hồ sơ của: Nguyễn Thị Ánh (người được ủy quyền, nộp trực tiếp)" in text
    assert "Chủ hồ sơ: Trần Văn Thử (số định danh cá nhân/Hộ chiếu: 0380******44; địa chỉ: Thôn 2, xã Mẫu" in text
    assert "Chủ hồ sơ" not in said(letters.receipt())


def test_only_the_clerk_signs_for_what_came_online() -> None:
    text = said(letters.receipt(submitter_signs=False))
    assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in text
    assert "NGƯỜI NỘP HỒ SƠ" not in text


@pytest.mark.parametrize(("day", "size"), [(date(2025, 9, 14), Paper.A5), (date(2025, 9, 15), Paper.A4)])
def test_paper_is_that_of_the_form_unless_another_is_asked_for(day: date, size: Paper) -> None:
    letter = letters.receipt(form=form_on(FormKey.RECEIPT, day))
    for asked, wanted in ((None, size), (Paper.A5, Paper.A5), ("A4", Paper.A4)):
        with opened(receipt.draw(letter, asked, (2,))) as document:
            assert document[0].get_size() == pytest.approx(sheet.look(wanted).page, abs=0.1)


@pytest.mark.parametrize(
    ("request_", "procedure", "line"),
    [
        (
            "Khai sinh cho con",
            "Đăng ký khai sinh (1.001193)",
            "Khai sinh cho con – thủ tục Đăng ký khai sinh (1.001193)",
        ),
        ("Khai sinh", "Thủ tục đăng ký khai sinh (1.001193)", "Khai sinh – Thủ tục đăng ký khai sinh (1.001193)"),
        ("Đăng ký khai sinh", "Đăng ký khai sinh (1.001193)", "quyết: Đăng ký khai sinh (1.001193)"),
        ("Khai sinh", "", "quyết: Khai sinh 1. Thành phần"),
    ],
)
def test_request_and_procedure_do_not_say_the_same_twice(request_: str, procedure: str, line: str) -> None:
    assert line in said(letters.receipt(request=request_, procedure=procedure))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    "code", ["000.17.22.H56-210531-0001", "01a3b7c2-4d5e-7abc-8def-0123456789ab", "A" * 30 + "-" + "B" * 60]
)
def test_a_long_code_is_whole_and_stays_in_its_column(code: str, paper: Paper) -> None:
    drawn = receipt.draw(letters.receipt(reference=Reference(code=code)), paper, (2,))
    assert packed(f"Mã hồ sơ: {code}") in packed(texts(drawn)[0])
    middle = sheet.look(paper).page[0] / 2
    right_half = [box for box in boxes(drawn)[0] if box[1] > sheet.look(paper).page[1] * 0.86 and box[0] > middle]
    assert right_half, "country and motto"


def test_text_that_should_not_be_there_is_drawn_without_it() -> None:
    name = unicodedata.normalize("NFD", "Nguyễn\u202e Thị\u200f Ánh\x00")
    text = said(letters.receipt(applicant=replace(letters.APPLICANT, name=name)))
    assert "Tiếp nhận hồ sơ của: Nguyễn Thị Ánh (nộp trực tiếp)" in text


def test_nothing_personal_stands_in_the_description_of_the_file() -> None:
    with opened(receipt.draw(letters.receipt())) as document:
        about = document.get_metadata_dict()
    assert about["Title"] == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả H56.99-261123-0001"
    assert about["CreationDate"] == "D:20261123090500+07'00'"
    assert "Ánh" not in str(about) and "0380" not in str(about)


@pytest.mark.parametrize("make", [letters.receipt, letters.huge_receipt])
def test_rules_and_text_never_meet_outside_the_margins(make: Callable[[], ReceiptLetter]) -> None:
    image = picture(receipt.draw(make(), Paper.A4, (2,)), dpi=60)
    look = sheet.look(Paper.A4)
    right = image.crop((int((look.page[0] - look.right) / 72 * 60) + 2, 0, image.width, image.height))
    assert right.getextrema() == (255, 255)
