"""The pre-printed receipt: one page for each liên, its code in words and as a QR code, room for the pen."""

from __future__ import annotations

from datetime import datetime

import pytest

from desktop.reports import blank_receipt
from onestop.clock import VIETNAM
from onestop.rules.blank_letters import BlankReceiptLetter
from onestop.rules.letters import FormKey, Paper, Reference, form_on
from tests.helpers.letters import DAY, HEAD
from tests.helpers.pages import codes, picture, texts


def blank(number: int = 1, of: int = 2, unit: str = "") -> BlankReceiptLetter:
    code = f"T-AB12CD-261123-{number:04}"
    head = HEAD if not unit else type(HEAD)(HEAD.parent, unit, HEAD.place, unit=unit)
    at = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
    form = form_on(FormKey.RECEIPT, DAY)
    return BlankReceiptLetter(
        form=form, head=head, reference=Reference(temporary=code, qr=code), issued_at=at, number=number, of=of
    )


LONG = "Trung tâm Phục vụ hành chính công xã Nguyễn Nghiêm Nghĩa Phương, điểm tiếp nhận số 2 thôn Ưu Ái"


@pytest.mark.parametrize("unit", ["", LONG])
def test_a_batch(unit: str) -> None:
    content = blank_receipt.draw([blank(1, unit=unit), blank(2, unit=unit)])
    assert content == blank_receipt.draw([blank(1, unit=unit), blank(2, unit=unit)])
    pages = [" ".join(page.split()) for page in texts(content)]
    assert len(pages) == 4, "a sheet for each liên, however long the name of the office"
    for at, page in enumerate(pages):
        assert f"Mã tạm: T-AB12CD-261123-000{at // 2 + 1}" in page
        assert ("Liên 1: Lưu" in page) == (at % 2 == 0)
        assert "ngày …… tháng …… năm 20……" in page
        assert f"Giấy in sẵn số {at // 2 + 1}/2" in page
    assert codes(picture(content, 2)) == ["T-AB12CD-261123-0002"]


def test_no_other_paper_is_undated() -> None:
    assert "……" not in texts(blank_receipt.draw([blank()], Paper.A4))[0].split("Phường")[0]
