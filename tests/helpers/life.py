"""Letters of a dossier's life to draw in tests. Every person, agency and number is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from onestop.clock import VIETNAM
from onestop.rules.dossier import Timeliness
from onestop.rules.letters import Applicant, ComponentLine, FeeLineText, FormKey, Reference, form_on, qr_text
from onestop.rules.life_letters import (
    AuthorisationLetter,
    ControlLetter,
    ExtensionLetter,
    HandedBackLetter,
    HandOver,
    LabelLetter,
    Party,
    ResultLine,
    StopLetter,
)
from onestop.rules.list_letters import (
    HandoverGroup,
    HandoverLetter,
    HandoverRow,
    RegisterLetter,
    RegisterRow,
    Span,
)
from onestop.rules.procedure import FeeKind
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
        head=replace(HEAD, number=7),
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


def stop(**changes: object) -> StopLetter:
    """By decision of the office; two papers lie here, a fee was asked for."""
    letter = StopLetter(
        form=form_on(FormKey.STOP, DAY),
        head=replace(HEAD, number=8),
        reference=Reference(code=CODE, qr=qr_text(CODE)),
        applicant=APPLICANT,
        issued_at=datetime(2026, 11, 26, 10, 0, tzinfo=VIETNAM),
        request="Cấp Giấy xác nhận tình trạng hôn nhân",
        reason="Quá thời hạn bổ sung mà hồ sơ chưa được hoàn thiện.",
        received_at=RECEIVED,
        withdrawn=False,
        given_back=(
            ComponentLine("Trích lục ghi chú ly hôn", originals=1),
            ComponentLine("Giấy tờ chứng minh nơi thường trú", certified=1, copies=2),
        ),
        fees=(FeeLineText(FeeKind.LE_PHI, "Lệ phí cấp Giấy xác nhận", 15_000),),
    )
    return replace(letter, **changes)  # type: ignore[arg-type]


COUNTER = "Trung tâm Phục vụ hành chính công phường Mẫu"
SECTION = "Công chức Tư pháp - Hộ tịch"


def control(**changes: object) -> ControlLetter:
    """Through a whole life: forwarded, sent back and completed, finished early, handed back."""

    def at(day: int, hour: int) -> datetime:
        return datetime(2026, 11, day, hour, 5, tzinfo=VIETNAM)

    letter = ControlLetter(
        form=form_on(FormKey.CONTROL, DAY),
        head=replace(HEAD, numbered=False),
        reference=Reference(code=CODE, qr=qr_text(CODE)),
        applicant=APPLICANT,
        issued_at=RECEIVED,
        request="Cấp Giấy xác nhận tình trạng hôn nhân",
        received_at=RECEIVED,
        due_at=DUE,
        decides="Ủy ban nhân dân phường Mẫu",
        steps=(
            HandOver(COUNTER, SECTION, at(23, 9), note="gấp"),
            HandOver(SECTION, "Nguyễn Thị Ánh (chủ hồ sơ)", at(24, 10), note="Bổ sung hồ sơ: thiếu bản án"),
            HandOver("Nguyễn Thị Ánh (chủ hồ sơ)", SECTION, at(25, 8), note="Đã bổ sung"),
            HandOver(SECTION, COUNTER, at(26, 16), Timeliness.EARLY, "12/2026"),
        ),
        blanks=1,
    )
    return replace(letter, **changes)  # type: ignore[arg-type]


def handed_back(**changes: object) -> HandedBackLetter:
    """To the owner, on his identity paper."""
    letter = HandedBackLetter(
        form=form_on(FormKey.HANDED_BACK, DAY),
        head=replace(HEAD, numbered=False),
        reference=Reference(code=CODE, qr=qr_text(CODE)),
        applicant=APPLICANT,
        issued_at=datetime(2026, 11, 27, 9, 30, tzinfo=VIETNAM),
        request="Cấp Giấy xác nhận tình trạng hôn nhân",
        procedure="Cấp Giấy xác nhận tình trạng hôn nhân (1.004873)",
        owner="Nguyễn Thị Ánh",
        giver="Lê Văn Tiếp",
        giver_phone="0237 000 0000",
        receiver="Nguyễn Thị Ánh",
        receiver_phone="0912 345 678",
        receiver_identity="0380******12",
        shown="giấy tờ tùy thân",
        results=(ResultLine("Giấy xác nhận tình trạng hôn nhân", "12/2026/UBND-XNTTHN", "2026-11-26", "Lê Minh Đức"),),
        copies=2,
    )
    return replace(letter, **changes)  # type: ignore[arg-type]


def register(**changes: object) -> RegisterLetter:
    """Three days: handed back, late, with nothing but a name."""
    letter = RegisterLetter(
        form=form_on(FormKey.REGISTER, DAY),
        head=replace(HEAD, numbered=False),
        issued_at=datetime(2026, 11, 30, 17, 0, tzinfo=VIETNAM),
        span=Span(date(2026, 11, 23), date(2026, 11, 27)),
        rows=(
            RegisterRow(
                CODE,
                "Cấp Giấy xác nhận tình trạng hôn nhân",
                1,
                "Nguyễn Thị Ánh",
                "Tổ dân phố 3, phường Mẫu, tỉnh Thanh Hóa; 0912 345 678",
                "Ủy ban nhân dân phường Mẫu",
                RECEIVED,
                DUE,
                datetime(2026, 11, 27, 9, 30, tzinfo=VIETNAM),
                "Trực tiếp",
            ),
            RegisterRow(
                "H56.99-261123-0002",
                "Đăng ký thành lập hộ kinh doanh",
                2,
                "Trần Văn Thử",
                "Thôn 2, xã Mẫu",
                "Ủy ban nhân dân phường Mẫu",
                RECEIVED,
                DUE,
                way="Bưu chính",
                note="đã bổ sung 1 lần; quá hạn",
            ),
            RegisterRow("TAM.99-261123-0007", "Việc khác", 1, "Hồ Ê", "", "Sở Mẫu", RECEIVED, None),
        ),
    )
    return replace(letter, **changes)  # type: ignore[arg-type]


def handover(**changes: object) -> HandoverLetter:
    """Results of two agencies."""
    letter = HandoverLetter(
        form=form_on(FormKey.HANDOVER, DAY),
        head=replace(HEAD, numbered=False),
        issued_at=datetime(2026, 11, 27, 16, 0, tzinfo=VIETNAM),
        span=Span(date(2026, 11, 27), date(2026, 11, 27)),
        groups=(
            HandoverGroup(
                "Ủy ban nhân dân phường Mẫu",
                (
                    HandoverRow(
                        CODE,
                        "Cấp Giấy xác nhận tình trạng hôn nhân",
                        "Giấy xác nhận, số 12/2026",
                        "Nguyễn Thị Ánh",
                        "Tổ dân phố 3, phường Mẫu",
                        fee=True,
                        post=False,
                    ),
                    HandoverRow("H56.99-261123-0002", "Khai sinh", "", "Hồ Ê", "", fee=False, post=True),
                ),
            ),
            HandoverGroup(
                "Sở Mẫu", (HandoverRow("H56.01-261123-0003", "Việc khác", "Giấy phép", "Lê An", "", False, False),)
            ),
        ),
    )
    return replace(letter, **changes)  # type: ignore[arg-type]


def authorisation(**changes: object) -> AuthorisationLetter:
    """The owner is known, whom he sends is not."""
    letter = AuthorisationLetter(
        form=form_on(FormKey.AUTHORISATION, DAY),
        head=replace(HEAD, numbered=False),
        reference=Reference(code=CODE, qr=qr_text(CODE)),
        issued_at=RECEIVED,
        request="Cấp Giấy xác nhận tình trạng hôn nhân",
        gives=Party(
            "Nguyễn Thị Ánh", "1990-02-17", "038190000012", "Tổ dân phố 3, phường Mẫu, tỉnh Thanh Hóa", "0912 345 678"
        ),
        takes=Party(),
        where=COUNTER,
    )
    return replace(letter, **changes)  # type: ignore[arg-type]


def label(**changes: object) -> LabelLetter:
    """To the receiver of the citizen's choice."""
    letter = LabelLetter(
        form=form_on(FormKey.LABEL, DAY),
        head=replace(HEAD, numbered=False),
        reference=Reference(code=CODE, qr=qr_text(CODE)),
        issued_at=RECEIVED,
        request="Cấp Giấy xác nhận tình trạng hôn nhân",
        name="Trần Văn Thử",
        phone="0987 654 321",
        address="Thôn 2, xã Mẫu, tỉnh Thanh Hóa",
        by_post=True,
    )
    return replace(letter, **changes)  # type: ignore[arg-type]
