"""The papers of handing over: what they say, rows over several pages, long names and what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from desktop.reports import dossier_handover, work_handover
from onestop.clock import VIETNAM
from onestop.rules.hand_letters import DossierHandoverLetter, HandedRow, LeaveRow, WorkHandoverLetter
from onestop.rules.letters import FormKey, Paper, form_on
from tests.helpers import life
from tests.helpers.letters import DAY, HEAD
from tests.helpers.pages import inside, opened, packed, texts

AT = datetime(2026, 11, 23, 14, 0, tzinfo=VIETNAM)
ROW = HandedRow("H56.99-261123-0001", "Cấp Giấy xác nhận tình trạng hôn nhân", "Nguyễn Thị Ánh", life.DUE, 3, "gấp")
LEFT = LeaveRow(ROW.code, ROW.request, ROW.owner, life.DUE, "Chờ bổ sung đến hết 08/12/2026")


def handed(*rows: HandedRow) -> DossierHandoverLetter:
    form = form_on(FormKey.DOSSIER_HANDOVER, DAY)
    head = replace(HEAD, numbered=False)
    return DossierHandoverLetter(form=form, head=head, issued_at=AT, giver="Lê Văn An", taker="Tư pháp", rows=rows)


def minutes(key: FormKey = FormKey.WORK_HANDOVER, *rows: LeaveRow, **changes: object) -> WorkHandoverLetter:
    letter = WorkHandoverLetter(
        form=form_on(key, DAY),
        head=replace(HEAD, symbol="TTPVHCC", number=7),
        issued_at=AT,
        giver="Võ Hoàng Lan",
        giver_title="Công chức Tư pháp - Hộ tịch",
        taker="Trần Thu Hà",
        taker_title="",
        away="Võ Hoàng Lan",
        first=date(2026, 11, 23),
        until=date(2026, 11, 27),
        reason="nghỉ phép năm",
        rows=rows,
    )
    return replace(letter, **changes)  # type: ignore[arg-type]


def test_what_the_list_says() -> None:
    file = dossier_handover.draw(handed(ROW, replace(ROW, due_at=None, papers=None, note="")))
    with opened(file) as document:
        assert [round(side) for side in document[0].get_size()] == [842, 595]
    text = packed(texts(file)[0])
    for part in (
        "GIẤY BÀN GIAO HỒ SƠ",
        "Người giao: Lê Văn An",
        "Người nhận: Tư pháp",
        "Thời gian bàn giao: 14 giờ 00 phút, ngày 23 tháng 11 năm 2026",
        "17:00 27/11/2026 3 gấp",
        "theo thông báo",
        "giao, nhận đủ 02 hồ sơ nêu trên",
    ):
        assert packed(part) in text


def test_every_row_once_over_several_pages() -> None:
    rows = [replace(ROW, code=f"H56.99-261123-{number:04}") for number in range(60)]
    rows[3] = replace(rows[3], owner=life.LONG_NAME, request=life.LONG_TEXT, note=life.LONG_TEXT)
    for paper in Paper:
        file = dossier_handover.draw(handed(*rows), paper)
        pages = texts(file)
        assert len(pages) > 1
        assert all("Mã hồ sơ" in page for page in pages[:-1])
        for row in rows:
            assert sum(packed(page).count(row.code) for page in pages) == 1, row.code
        assert inside(file)
    minutes_of_many = work_handover.draw(
        minutes(FormKey.WORK_HANDOVER, *(replace(LEFT, code=f"H56.99-261123-{number:04}") for number in range(60)))
    )
    assert len(texts(minutes_of_many)) > 1
    assert inside(minutes_of_many)


def test_what_the_minutes_say() -> None:
    text = packed(texts(work_handover.draw(minutes(FormKey.WORK_HANDOVER, LEFT)))[0])
    for part in (
        "Số: 07/BB-TTPVHCC",
        "BIÊN BẢN BÀN GIAO CÔNG VIỆC",
        "Bên giao: Võ Hoàng Lan, Công chức Tư pháp - Hộ tịch",
        "từ ngày 23 tháng 11 năm 2026 đến hết ngày 27 tháng 11 năm 2026 (lý do: nghỉ phép năm)",
        "Chờ bổ sung đến hết 08/12/2026",
        "giao, nhận đủ 01 hồ sơ",
    ):
        assert packed(part) in text
    back = packed(texts(work_handover.draw(minutes(FormKey.WORK_RETURN, back=True, until=None)))[0])
    assert packed("BIÊN BẢN BÀN GIAO LẠI CÔNG VIỆC") in back
    assert packed("trở lại làm việc ngày 23 tháng 11 năm 2026") in back
    assert packed("Không có hồ sơ nào đang giải quyết phải bàn giao.") in back


def test_long_names_and_nothing_known() -> None:
    long = minutes(
        FormKey.WORK_HANDOVER, replace(LEFT, request=life.LONG_TEXT, owner=life.LONG_NAME), giver=life.LONG_NAME
    )
    empty = minutes(
        FormKey.WORK_HANDOVER, LeaveRow("", "", "", None, ""), giver="", taker="", giver_title="", reason=""
    )
    for letter in (long, empty):
        for paper in Paper:
            assert inside(work_handover.draw(letter, paper))
    assert inside(dossier_handover.draw(handed(HandedRow("", "", "", None))))
