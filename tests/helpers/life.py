"""Letters of a dossier's life to draw in tests. Every person, agency and number is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from onestop.clock import VIETNAM
from onestop.rules.letters import Applicant, FormKey, Reference, form_on
from onestop.rules.life_letters import ExtensionLetter
from tests.helpers.letters import APPLICANT, CODE, DAY, HEAD, RECEIVED

DUE = datetime(2026, 11, 27, 17, 0, tzinfo=VIETNAM)
LONG_NAME = "Công ty Trách nhiệm hữu hạn một thành viên Dịch vụ và Thương mại Tổng hợp Ví Dụ Rất Dài " * 2
LONG_TEXT = "Phải xác minh tình trạng hôn nhân tại nơi đăng ký thường trú trước đây, cơ quan đó chưa trả lời; " * 12
NOBODY = Applicant(name="Hồ Ê")
"""As little as may be known of a person."""
LONG = Applicant(
    name=LONG_NAME.strip(),
    salutation="Quý cơ quan, tổ chức",
    address="Số 12/34/56 ngõ Rất Dài, tổ dân phố số 7, khu đô thị mới Ví Dụ, " * 3 + "phường Mẫu",
    phone="0912 345 678",
    owner="Nguyễn Phúc " * 8 + "Ưu Ái",
)


def extension(**changes: object) -> ExtensionLetter:
    """In time, for the one who came himself."""
    letter = ExtensionLetter(
        form=form_on(FormKey.EXTENSION, DAY),
        head=replace(HEAD, symbol="TTPVHCC", number=7),
        reference=Reference(code=CODE),
        applicant=APPLICANT,
        issued_at=datetime(2026, 11, 26, 10, 0, tzinfo=VIETNAM),
        request="Cấp Giấy xác nhận tình trạng hôn nhân",
        reason="Cần xác minh tình trạng hôn nhân tại nơi đăng ký thường trú trước đây.",
        received_at=RECEIVED,
        due_at=DUE,
        promised_at=datetime(2026, 12, 4, 17, 0, tzinfo=VIETNAM),
        more_days=5,
    )
    return replace(letter, **changes)  # type: ignore[arg-type]
