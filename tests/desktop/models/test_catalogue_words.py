"""A procedure, its decisions and its differences in the words of the screen."""

from __future__ import annotations

import pytest

from desktop.models import catalogue as words
from onestop.rules.errors import RuleBroken
from onestop.rules.overlay import ChannelChange, ComponentChange, LimitChange, Overlay, Scope
from onestop.rules.procedure import (
    Case,
    Channel,
    Component,
    Exemption,
    Fee,
    FeeBasis,
    FeeKind,
    FormField,
    Level,
    Limit,
    Procedure,
    Unit,
)

PHI = FeeKind.PHI


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (Limit(3, Unit.WORKING_DAY), "3 ngày làm việc"),
        (Limit(None, Unit.SAME_DAY), "trong ngày"),
        (Limit(7), "7 (chưa ghi đơn vị)"),
        (Limit(), "chưa ghi"),
        (None, "chưa ghi"),
    ],
)
def test_limits(limit: Limit | None, said: str) -> None:
    assert words.limit(limit) == said


@pytest.mark.parametrize(
    ("fee", "said"),
    [
        (Fee(PHI, "x", None), "chưa có mức thu"),
        (Fee(PHI, "x", 0), "không thu"),
        (Fee(PHI, "x", 36_000), "36.000 đồng"),
        (Fee(PHI, "x", 8_000, FeeBasis.RESULT_COPY), "8.000 đồng mỗi bản sao kết quả"),
        (
            Fee(PHI, "x", None, FeeBasis.CERTIFIED_PAGES, ((1, 2000), (3, 1000)), 200_000),
            "từ trang 1: 2.000 đồng, từ trang 3: 1.000 đồng, nhiều nhất 200.000 đồng mỗi bản",
        ),
    ],
)
def test_an_unknown_amount_is_never_free(fee: Fee, said: str) -> None:
    assert words.amount(fee) == said


@pytest.mark.parametrize(
    ("component", "said"),
    [
        (Component("a", "x", originals=1), "1 bản chính · bắt buộc"),
        (Component("a", "x", copies=2, required=False), "2 bản sao · nếu có"),
        (
            Component("a", "x", "show", originals=1, required=False, when="khi ủy quyền"),
            "xuất trình · 1 bản chính · khi ủy quyền",
        ),
        (
            Component("a", "x", certified=1, from_database=True),
            "1 bản sao chứng thực · bắt buộc · lấy được từ cơ sở dữ liệu",
        ),
    ],
)
def test_papers(component: Component, said: str) -> None:
    assert words.component_note(component) == said


def test_one_of_these_stand_together() -> None:
    papers = [Component("a", "A"), Component("b", "B", group="g"), Component("c", "C"), Component("d", "D", group="g")]
    assert [(group, [each.key for each in them]) for group, them in words.groups(papers)] == [
        ("", ["a"]),
        ("g", ["b", "d"]),
        ("", ["c"]),
    ]


def test_fields_say_where_they_are_taken_from() -> None:
    assert (
        words.form_field(FormField("a", "A", "date", True, "con.date_of_birth"))
        == "ngày tháng · bắt buộc · lấy từ ngày sinh của con"
    )
    assert words.form_field(FormField("a", "A", taken_from="owner.address")) == "chữ · lấy từ nơi cư trú của chủ hồ sơ"


def test_a_decision_line_by_line() -> None:
    procedure = Procedure("1.001193", "x", cases=(Case(components=(Component("cu", "Giấy cũ"),)),))
    overlay = Overlay(
        "",
        Scope.OFFICE,
        "1.001193",
        "1/QĐ",
        "2026-01-01",
        limits=(LimitChange(Limit(2, Unit.WORKING_DAY), Channel.ONLINE),),
        fees=(Fee(FeeKind.LE_PHI, "Đăng ký muộn", 5000),),
        exemptions=(Exemption("ho-ngheo", "Hộ nghèo", 50, (FeeKind.LE_PHI,)),),
        exemptions_removed=("cu",),
        channels=(ChannelChange(Channel.POSTAL, False), ChannelChange(Channel.ONLINE, True, "2026-02-01")),
        components=(ComponentChange(add=Component("moi", "Giấy mới")), ComponentChange(remove="cu")),
        level=Level.FULL,
        confirms=("fields",),
        note="ghi chú",
    )
    assert words.decision_lines(overlay, procedure) == [
        "Thời hạn (Trực tuyến): 2 ngày làm việc",
        "Lệ phí đăng ký muộn: 5.000 đồng",
        "Hộ nghèo: giảm 50 % lệ phí",
        "Bỏ diện miễn, giảm: cu",
        "Bưu chính: không tiếp nhận",
        "Trực tuyến: tiếp nhận từ 01/02/2026",
        "Thêm giấy tờ: Giấy mới",
        "Bỏ giấy tờ: Giấy cũ",
        "Trực tuyến: Toàn trình",
        "Xác nhận: nội dung tờ khai",
        "ghi chú",
    ]


@pytest.mark.parametrize(
    ("fact", "plain", "said"),
    [
        ("limit:online", {"number": 3, "unit": "working-day"}, ("3 ngày làm việc",)),
        ("limit", None, ("không có",)),
        ("channels:postal", False, ("không",)),
        ("components:", ["A", "B"], ("A", "B")),
        ("level", "full", ("Toàn trình",)),
        (
            "fees:phi",
            [{"name": "Phí", "amount": None, "basis": "dossier", "channels": ["direct"]}],
            ("Phí: chưa có mức thu (Trực tiếp)",),
        ),
        ("rule", "nhận sau 15 giờ", ("nhận sau 15 giờ",)),
    ],
)
def test_both_sides_of_a_difference(fact: str, plain: object, said: tuple[str, ...]) -> None:
    assert words.value(fact, plain) == said


@pytest.mark.parametrize("text", ["1/1/2027", "01-01-2027", "2027-01-01", "01012027"])
def test_days_as_they_are_typed(text: str) -> None:
    assert words.iso(text, "valid_from") == "2027-01-01"
    assert words.day("2027-01-01") == "01/01/2027"


@pytest.mark.parametrize("text", ["", "2027", "1/2027", "31/2/2027", "mai"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(RuleBroken) as told:
        words.iso(text, "valid_from")
    assert (told.value.code, told.value.details["field"]) == ("overlay.bad-day", "valid_from")
