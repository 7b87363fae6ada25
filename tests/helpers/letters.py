"""Letters to draw in tests and benchmarks. Every person, agency and number is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from onestop.clock import VIETNAM
from onestop.rules.letters import (
    Applicant,
    CertifiedLine,
    ComponentLine,
    DeliveryText,
    DeliveryWay,
    FeeLineText,
    FormKey,
    HandedIn,
    Letterhead,
    ReceiptLetter,
    Reference,
    RefusalLetter,
    SupplementLetter,
    form_on,
    qr_text,
)
from onestop.rules.procedure import FeeKind, Limit, Unit

DAY = date(2026, 11, 23)
RECEIVED = datetime(2026, 11, 23, 9, 5, tzinfo=VIETNAM)
CODE = "H56.99-261123-0001"

HEAD = Letterhead(
    parent="Ủy ban nhân dân phường Mẫu",
    agency="Trung tâm Phục vụ hành chính công",
    place="Phường Mẫu",
    unit="Trung tâm Phục vụ hành chính công phường Mẫu",
    symbol="TTPVHCC",
    number=5,
    address="Số 1 đường Ví Dụ, phường Mẫu, tỉnh Thanh Hóa",
    phone="0237 000 0000",
    lookup="https://motcua.phuongmau.example/tra-cuu",
)

APPLICANT = Applicant(
    name="Nguyễn Thị Ánh",
    address="Tổ dân phố 3, phường Mẫu, tỉnh Thanh Hóa",
    phone="0912 345 678",
    email="anh.nguyen@example.com",
    identity="0380******12",
)

COMPONENTS = (
    ComponentLine("Tờ khai đăng ký khai sinh theo mẫu", originals=1),
    ComponentLine("Giấy chứng sinh do cơ sở y tế cấp", originals=1),
    ComponentLine("Giấy chứng nhận kết hôn của cha, mẹ trẻ em", by=HandedIn.SHOWN),
    ComponentLine("Thẻ căn cước của người đi đăng ký khai sinh", by=HandedIn.VNEID),
    ComponentLine("Văn bản ủy quyền được chứng thực theo quy định của pháp luật", certified=1, copies=1),
)


def receipt(**changes: object) -> ReceiptLetter:
    """An ordinary receipt."""
    letter = ReceiptLetter(
        form=form_on(FormKey.RECEIPT, DAY),
        head=HEAD,
        reference=Reference(code=CODE, qr=qr_text(CODE)),
        applicant=APPLICANT,
        issued_at=RECEIVED,
        request="Đăng ký khai sinh cho con Trần Hoàng Ưu Ái",
        procedure="Đăng ký khai sinh (1.001193)",
        channel="nộp trực tiếp",
        components=COMPONENTS,
        received_at=RECEIVED,
        due_at=datetime(2026, 11, 27, 17, 0, tzinfo=VIETNAM),
        limit=Limit(3, Unit.WORKING_DAY),
        clerk="Lê Văn Tiếp",
        fees=(
            FeeLineText(FeeKind.PHI, "Phí cấp bản sao trích lục", 16_000),
            FeeLineText(FeeKind.LE_PHI, "Lệ phí đăng ký khai sinh", 0, "miễn: đăng ký đúng hạn"),
        ),
        fee_words="Mười sáu nghìn đồng",
        result_copies=2,
    )
    return replace(letter, **changes)  # type: ignore[arg-type]


def small_receipt() -> ReceiptLetter:
    """As little as a receipt can say: no phone, no address, no papers, no fee, told by a notice."""
    return receipt(
        applicant=Applicant(name="Hồ Ê"),
        components=(),
        fees=(),
        fee_words="",
        due_at=None,
        limit=Limit(unit=Unit.NOTICE),
        result_copies=0,
        procedure="",
        channel="",
    )


def proxy_receipt() -> ReceiptLetter:
    """Submitted for someone else, sent home by post, a fee that nobody has set yet, a code still to come."""
    return receipt(
        reference=Reference(temporary="TAM.99-261123-0007", qr=qr_text("TAM.99-261123-0007")),
        applicant=replace(
            APPLICANT,
            relation="người được ủy quyền",
            owner="Trần Văn Thử",
            owner_address="Thôn 2, xã Mẫu, tỉnh Thanh Hóa",
            owner_identity="0380******44",
        ),
        fees=(
            FeeLineText(FeeKind.PHI, "Phí thẩm định", 150_000),
            FeeLineText(FeeKind.LE_PHI, "Lệ phí cấp giấy phép xây dựng", None, "do Hội đồng nhân dân tỉnh quyết định"),
        ),
        fee_words="",
        delivery=DeliveryText(
            DeliveryWay.POST, name="Trần Văn Thử", phone="0987 654 321", address="Thôn 2, xã Mẫu, tỉnh Thanh Hóa"
        ),
    )


def certified_receipt() -> ReceiptLetter:
    """Certified copies."""
    return receipt(
        request="Chứng thực bản sao từ bản chính",
        procedure="Chứng thực bản sao từ bản chính giấy tờ, văn bản (2.000815)",
        components=(),
        certified=(
            CertifiedLine("Bằng tốt nghiệp trung học phổ thông", 1, 3),
            CertifiedLine("Học bạ trung học phổ thông", 10, 3, electronic=True),
        ),
        fees=(FeeLineText(FeeKind.PHI, "Phí chứng thực bản sao", 42_000),),
        fee_words="Bốn mươi hai nghìn đồng",
        limit=Limit(None, Unit.SAME_DAY, "trong ngày; nhận sau 15 giờ thì trả trong ngày làm việc tiếp theo"),
        result_copies=0,
    )


def huge_receipt() -> ReceiptLetter:
    """Long in every way: names of 200 signs, an agency of 200, 40 components, one of them of 900 signs, no phone."""
    name = ("Công Tằng Tôn Nữ Nguyễn Phúc " * 7).strip()[:200].strip()
    long = ("Bản vẽ thiết kế xây dựng kèm theo Giấy chứng nhận thẩm duyệt thiết kế về phòng cháy, chữa cháy; " * 10)[
        :900
    ]
    components = [ComponentLine(f"Giấy tờ thứ {n} của hồ sơ theo danh mục", originals=n % 3) for n in range(1, 40)]
    components.insert(12, ComponentLine(long.strip(), originals=1, certified=2, copies=3))
    return receipt(
        head=replace(
            HEAD,
            agency=("Chi nhánh Trung tâm Phục vụ hành chính công " * 5)[:200].strip(),
            unit=("Điểm tiếp nhận hồ sơ lưu động của phường Mẫu mở rộng " * 4).strip(),
        ),
        applicant=Applicant(
            name=name,
            address=("Số 12/34/56 ngõ Rất Dài, tổ dân phố số 7, khu đô thị mới Ví Dụ, " * 4) + "phường Mẫu",
            identity="0380******12",
        ),
        request=(
            "Cấp giấy phép xây dựng mới công trình nhà ở riêng lẻ tại thửa đất số 00 tờ bản đồ số 00, " * 4
        ).strip(),
        components=tuple(components),
        clerk=name,
        notes=("Nộp bổ sung giấy tờ về đất trước ngày hẹn.",),
    )


def draft_receipt() -> ReceiptLetter:
    """What the citizen is shown before he signs."""
    return receipt(reference=Reference(), draft=True)


def supplement(**changes: object) -> SupplementLetter:
    """Papers are missing: the draft waits, its QR code reopens it."""
    letter = SupplementLetter(
        form=form_on(FormKey.SUPPLEMENT, DAY),
        head=replace(HEAD, number=2),
        reference=Reference(intake="P-174-2KC-PH3", qr=qr_text("P-174-2KC-PH3")),
        applicant=APPLICANT,
        issued_at=RECEIVED,
        request="Đăng ký khai sinh cho con Trần Hoàng Ưu Ái",
        reason="Thành phần hồ sơ chưa đủ theo quy định tại Điều 16 Luật Hộ tịch.",
        clerk="Lê Văn Tiếp",
        clerk_phone="0237 000 0001",
        items=(
            "Bổ sung Giấy chứng sinh; nếu không có thì nộp văn bản của người làm chứng xác nhận về việc sinh.",
            "Ghi lại mục “Nơi sinh” trong tờ khai cho đúng với Giấy chứng sinh.",
        ),
        missing=(ComponentLine("Giấy chứng sinh do cơ sở y tế cấp", originals=1),),
        until=date(2026, 12, 8),
    )
    return replace(letter, **changes)  # type: ignore[arg-type]


def refusal(**changes: object) -> RefusalLetter:
    """The counter may not take this dossier."""
    letter = RefusalLetter(
        form=form_on(FormKey.REFUSAL, DAY),
        head=replace(HEAD, number=1),
        reference=Reference(intake="P-20H-0XH-7FK", qr=qr_text("P-20H-0XH-7FK")),
        applicant=APPLICANT,
        issued_at=RECEIVED,
        request="Cấp giấy phép xây dựng nhà ở riêng lẻ",
        reasons=(
            "Thửa đất nêu trong đơn không thuộc trường hợp được cấp giấy phép theo quy định của pháp luật về xây dựng.",
            "Người nộp hồ sơ không phải là chủ đầu tư và không có giấy ủy quyền.",
        ),
        clerk="Lê Văn Tiếp",
        guidance="Đề nghị Ông/Bà liên hệ Văn phòng đăng ký đất đai để được hướng dẫn về thửa đất.",
    )
    return replace(letter, **changes)  # type: ignore[arg-type]


RECEIPTS = {
    "ordinary": receipt,
    "small": small_receipt,
    "proxy": proxy_receipt,
    "certified": certified_receipt,
    "huge": huge_receipt,
    "draft": draft_receipt,
}
