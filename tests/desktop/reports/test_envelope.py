"""The envelope and the slip of fees: on their own sizes, long names and missing values on one sheet."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from desktop.reports import envelope, fee_slip
from onestop.rules.letters import Envelope, FeeLineText, FormKey, Paper, form_on
from onestop.rules.life_letters import EnvelopeLetter, FeeSlipLetter
from onestop.rules.procedure import FeeKind
from tests.helpers import letters, life
from tests.helpers.pages import boxes, codes, fonts, inside, opened, packed, picture, texts

LABEL = life.label()
ENVELOPE = EnvelopeLetter(
    **{each.name: getattr(LABEL, each.name) for each in fields(LABEL)} | {"form": form_on("envelope", letters.DAY)}
)
FEES = FeeSlipLetter(
    form=form_on(FormKey.FEE_SLIP, letters.DAY),
    head=replace(letters.HEAD, numbered=False),
    reference=LABEL.reference,
    issued_at=letters.RECEIVED,
    request="Cấp bản sao trích lục",
    applicant=letters.APPLICANT,
    procedure="Cấp bản sao trích lục hộ tịch (2.000635)",
    fees=(FeeLineText(FeeKind.PHI, "Phí cấp bản sao", 16_000), FeeLineText(FeeKind.LE_PHI, "", 8_000)),
    total=24_000,
    total_words="Hai mươi bốn nghìn đồng",
    clerk="Lê Văn Tiếp",
)


@pytest.mark.parametrize(("paper", "size"), [(Envelope.DL, [624, 312]), (Envelope.C5, [649, 459])])
def test_the_receiver_stands_low_on_the_right_and_the_sender_at_the_top_left(paper: Envelope, size: list[int]) -> None:
    file = envelope.draw(ENVELOPE, paper)
    with opened(file) as document:
        assert [round(side) for side in document[0].get_size()] == size
    [page] = texts(file)
    text = packed(page)
    assert packed("Người gửi Trung tâm Phục vụ hành chính công phường Mẫu Số 1 đường Ví Dụ") in text
    assert packed("Người nhận Trần Văn Thử Thôn 2, xã Mẫu, tỉnh Thanh Hóa Điện thoại: 0987 654 321") in text
    assert packed("KẾT QUẢ GIẢI QUYẾT") not in text
    assert codes(picture(file)) == [letters.CODE], "a returned envelope finds its dossier"
    [signs] = boxes(file)
    right_top = [box for box in signs if box[0] > size[0] * 0.6 and box[1] > size[1] * 0.66]
    assert not right_top, "stamp and postmark have their place"


@pytest.mark.parametrize("paper", tuple(Envelope))
def test_long_and_missing_names_keep_to_one_envelope(paper: Envelope) -> None:
    long = replace(ENVELOPE, name=life.LONG_NAME, address=life.LONG.address, by_post=False)
    bare = replace(ENVELOPE, name="", address="", phone="", head=replace(letters.HEAD, address="", phone=""))
    for each in (long, bare):
        file = envelope.draw(each, paper)
        assert len(texts(file)) == 1
        assert inside(file)
        assert all(fonts(file).values())
    assert packed("Chưa đăng ký nhận qua bưu chính") in packed(texts(envelope.draw(long, paper))[0])


def test_the_slip_says_what_is_to_be_paid_and_that_it_is_no_receipt() -> None:
    [page] = texts(fee_slip.draw(FEES))
    text = packed(page)
    for part in (
        "PHIẾU BÁO NỘP PHÍ, LỆ PHÍ",
        "1 Phí cấp bản sao 16.000 đồng",
        "2 Lệ phí 8.000 đồng",
        "Tổng cộng: 24.000 đồng",
        "Bằng chữ: Hai mươi bốn nghìn đồng",
        "không thay biên lai",
        "NGƯỜI NỘP TIỀN",
    ):
        assert packed(part) in text, part
    assert packed("Số:") not in text


def test_an_unknown_fee_leaves_the_sum_unknown() -> None:
    open_ = replace(FEES, fees=(FeeLineText(FeeKind.PHI, "Phí thẩm định", None),), total=None, total_words="")
    for paper in Paper:
        text = packed(" ".join(texts(fee_slip.draw(replace(open_, applicant=life.LONG), paper))))
        assert text.count(packed("chưa có mức thu")) == 2
        assert packed("Bằng chữ") not in text
