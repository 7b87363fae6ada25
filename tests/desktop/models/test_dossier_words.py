"""A dossier in the words of the screen."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from desktop.models import dossier_words as words
from desktop.models.dossiers import columns
from onestop import texts
from onestop.actions.table import KINDS
from onestop.clock import VIETNAM
from onestop.queries.dossiers import ComponentRow, DossierRow, PrintedRow
from onestop.queries.overview import Event
from onestop.rules.dossier import State
from onestop.rules.letters import FormKey, sheet_name

NOW = datetime(2026, 11, 23, 15, 12, tzinfo=VIETNAM)


def test_every_state_has_its_icon_and_words() -> None:
    for state in State:
        told = words.state(state.value)
        assert told.icon
        assert told.text != f"state.{state.value}"


@pytest.mark.parametrize(
    ("name", "said"), [("3", "Quầy 3"), ("Quầy 3", "Quầy 3"), ("Điểm Xóm Mẫu", "Điểm Xóm Mẫu"), (None, "")]
)
def test_counters(name: str | None, said: str) -> None:
    assert words.counter(name) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (NOW.replace(hour=9, minute=5), "9:05"),
        (NOW - timedelta(days=3), "20/11 15:12"),
        (NOW.replace(year=2025), "23/11/2025 15:12"),
    ],
)
def test_moments(at: datetime, said: str) -> None:
    assert words.moment(at, NOW) == said


def component(**given: object) -> ComponentRow:
    plain = {
        "position": 1, "key": "k", "name": "Tờ khai", "kind": "submit", "required": True, "by": "submitted",
        "status": "ok", "reason": None, "originals": 1, "certified": 0, "copies": 0, "extra": False,
        "scan_later": False, "large": False,
    }  # fmt: skip
    return ComponentRow(**{**plain, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "text", "tone"),
    [
        ({}, "Hợp lệ", "good"),
        ({"by": "shown"}, "Đã đối chiếu", "good"),
        ({"by": "vneid"}, "Xem trên VNeID", "good"),
        ({"status": "bad"}, "Chưa hợp lệ", "danger"),
        ({"status": "unchecked"}, "Chưa kiểm tra", "quiet"),
        ({"by": None}, "Hợp lệ", "good"),
    ],
)
def test_papers(given: dict[str, object], text: str, tone: str) -> None:
    told = words.paper(component(**given))
    assert (told.text, told.tone) == (text, tone)
    assert told.icon


def test_copies() -> None:
    assert words.copies(component(originals=1, copies=2)) == "1 bản chính · 2 bản sao"
    assert words.copies(component(originals=0)) == ""


def test_money_that_is_not_known_is_not_nought() -> None:
    lines = [
        {"kind": "phi", "name": "Phí chứng thực", "amount": 8000},
        {"kind": "le_phi", "name": "Hộ tịch", "amount": None},
    ]
    assert words.fees({"fee_lines": lines, "fee_total": None}) == (
        ("Phí chứng thực", "8.000 đồng"),
        ("Lệ phí hộ tịch", "chưa có mức thu"),
        ("Cộng", "chưa có mức thu"),
    )
    assert words.fees({"fee_lines": [], "fee_total": 0}) == ()
    assert words.fees({"fee_lines": lines[:1], "fee_total": 8000}) == (("Phí chứng thực", "8.000 đồng"),)


@pytest.mark.parametrize(
    ("kind", "name", "vietnamese", "english"),
    [
        ("le_phi", "Lệ phí hộ tịch", "Lệ phí hộ tịch", "Lệ phí hộ tịch (charge)"),
        ("phi", "Cấp bản sao trích lục", "Phí cấp bản sao trích lục", "Phí cấp bản sao trích lục (fee)"),
        ("phi", "Phí", "Phí", "Phí (fee)"),
    ],
)
def test_a_fee_keeps_its_vietnamese_name_whole_in_another_language(
    kind: str, name: str, vietnamese: str, english: str
) -> None:
    """The name is what stands in the catalogue and on the paper; half of it in another language is neither."""
    assert words.named(kind, name) == vietnamese
    texts.use("en")
    assert words.named(kind, name) == english


def test_limits_and_reasons() -> None:
    assert words.limit({"number": 3, "unit": "working-day"}) == "3 ngày làm việc"
    assert words.limit({"number": None, "unit": "same-day"}) == "trong ngày"
    assert words.limit({"number": None, "unit": None}) == ""
    step = {"date": "2026-11-23", "code": "due.received", "details": {"day": "23/11", "hour": "9:05"}}
    assert words.reasons([step]) == ("nhận 23/11 lúc 9:05",)
    assert words.reasons(None) == ()


def test_deliveries() -> None:
    assert words.delivery({"way": "counter"}) == ("Tại quầy", "")
    post = {"way": "post", "name": "Lý Thị Mẫu", "phone": "0900000000", "address": "Tổ 1"}
    assert words.delivery(post) == ("Qua bưu chính", "Lý Thị Mẫu, 0900000000, Tổ 1")


def printed(**given: object) -> PrintedRow:
    plain = {
        "id": "p", "letter": "receipt", "lien": 2, "paper": "A4", "template": "T", "blob": "b", "copy_no": 0,
        "outcome": "out", "at": NOW, "by": "c",
    }  # fmt: skip
    return PrintedRow(**{**plain, **given})  # type: ignore[arg-type]


def test_prints() -> None:
    assert words.printing(printed()) == "Giấy tiếp nhận · Liên 2"
    assert words.printing(printed(copy_no=2, lien=0)) == "Giấy tiếp nhận · in lại lần 2"
    for outcome in ("out", "waiting", "not-out", "ruined"):
        assert words.outcome(outcome).icon
        assert words.outcome(outcome).text != outcome


def test_every_letter_of_a_dossier_has_a_name_and_says_which_round_it_is() -> None:
    lists = (FormKey.REGISTER, FormKey.HANDOVER)  # of days, never of a dossier
    assert all(words.letter(key.value) != key.value for key in FormKey if key not in lists)
    assert words.letter(sheet_name(FormKey.SUPPLEMENT)) == "Phiếu yêu cầu bổ sung"
    assert words.letter(sheet_name(FormKey.SUPPLEMENT, 2)) == "Phiếu yêu cầu bổ sung · lần 2"
    assert words.letter("of-a-later-version:3") == "of-a-later-version · lần 3"


@pytest.mark.parametrize(
    ("kind", "details", "text", "note"),
    [
        ("dossier.received", {"counter": "3", "channel": "online"}, "Tiếp nhận tại Quầy 3", "Hà · trực tuyến"),
        ("dossier.received", {"counter": None, "channel": "direct"}, "Đã tiếp nhận hồ sơ", "Hà · trực tiếp"),
        ("dossier.linked", {"external_code": "G22"}, "Gắn mã G22 của hệ thống khác", "Hà"),
        ("dossier.linked", {"official_code": "H99"}, "Có mã chính thức H99", "Hà"),
        ("dossier.unlinked", {"code": "G22", "reason": "gõ nhầm"}, "Bỏ mã G22 liên kết nhầm", "Hà · gõ nhầm"),
        ("paper.printed", {"letter": "receipt", "lien": 1, "copy_no": 0}, "In giấy tiếp nhận · Liên 1", "Hà"),
        ("paper.printed", {"letter": "receipt", "lien": 0, "copy_no": 2}, "In lại lần 2: giấy tiếp nhận", "Hà"),
        (
            "paper.outcome",
            {"letter": "receipt", "lien": 1, "outcome": "not-out"},
            "Giấy tiếp nhận · Liên 1: chưa ra",
            "Hà",
        ),
        ("dossier.of-a-later-version", {}, "Có thay đổi khác", "Hà"),
    ],
)
def test_what_happened(kind: str, details: dict[str, object], text: str, note: str) -> None:
    assert words.event(Event(kind, NOW, "Hà", details)) == (text, note)


def test_what_the_centre_did_not_take_is_said() -> None:
    _text, note = words.event(Event("dossier.linked", NOW, "Hà", {"external_code": "G"}, "conflict"))
    assert note == "Hà · trung tâm chưa nhận, chờ xử lý"


def test_every_kind_of_act_about_a_dossier_has_its_sentence() -> None:
    for kind in KINDS.values():
        if "dossier" in kind.folds or "printed" in kind.folds:
            assert f"history.{kind.name}" in texts.SENTENCES, kind.name


def test_the_columns_say_state_and_due_date_with_icon_word_and_colour() -> None:
    row = DossierRow(
        "d", "H99.14-261120-0001", "Lý Thị Mẫu", "1.001193", "Đăng ký khai sinh", "processing", True, "direct",
        NOW - timedelta(days=3), NOW - timedelta(days=1), None, "3", None,
    )  # fmt: skip
    shown = {column.key: column for column in columns(lambda: NOW)}
    due, state = shown["due"], shown["state"]
    assert (due.text(row), due.tone and due.tone(row), due.icon and due.icon(row)) == (
        "quá hạn 1 ngày",
        "danger",
        "circle-alert",
    )
    assert state.text(row) == "Đang xử lý"
    assert shown["counter"].text(row) == "Quầy 3"
    assert shown["received"].text(row) == "20/11 15:12"
    assert shown["summary"].text(row) == ""
    for column in shown.values():
        assert column.text(row) is not None
