"""Thủ tục with keys alone: found, opened, switched, put on the quick list, decided upon, reviewed, brought in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.jobs import DirectJobs
from desktop.office import Office
from desktop.views.badges import Pill
from desktop.views.buttons import Button
from desktop.views.catalogue import BROWSE, EDIT, RESULT, REVIEW, CatalogueScreen
from desktop.views.catalogue_fees import Fees
from desktop.views.main_window import MainWindow, Place
from desktop.views.sections import Fact
from desktop.views.wording import Words
from onestop import clock
from onestop.actions import catalogue as actions
from onestop.actions.catalogue import PublishForm, SwitchForm
from onestop.queries import catalogue, catalogue_card
from onestop.queries.catalogue_card import ProcedureCard
from onestop.rules.fees import compute
from onestop.rules.overlay import (
    ChannelChange,
    ComponentChange,
    FeeGroup,
    LimitChange,
    Overlay,
    Scope,
    group_of,
)
from onestop.rules.procedure import Channel, Component, Exemption, Fee, FeeBasis, FeeKind, Level, Limit, Unit
from tests.desktop.real import enter, here, press, real_window, shot, write
from tests.helpers.office import BIRTH, EXTRACT, act_as

Key = Qt.Key
SAMPLE = Path(__file__).parents[2] / "onestop" / "data" / "national-sample.jsonl"
CERTIFY = "2.000815"


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, demo_office: Office) -> Iterator[MainWindow]:
    with real_window(qapp, demo_office, Place("catalogue", "go.catalogue", CatalogueScreen)) as made:
        yield made


def begin(window: MainWindow, office: Office) -> CatalogueScreen:
    enter(window, office, "catalogue")
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    screen: CatalogueScreen = here(window, CatalogueScreen)
    return screen


def search(screen: CatalogueScreen, text: str) -> None:
    screen.counter.commands.press("catalogue.filter")
    screen.field.put("")
    write(screen.field, text)
    screen.field.typed.emit(screen.field.text())


def codes(screen: CatalogueScreen) -> list[str]:
    return [row.code for row in screen.model.rows]


def says(widget: QWidget, text: str) -> bool:
    return any(text in each.text() for each in widget.findChildren(Words) if each.isVisibleTo(widget))


def button(widget: QWidget, name: str) -> Button:
    found = [each for each in widget.findChildren(Button) if name in (each.text(), each.accessibleName())]
    assert found, name
    return found[0]


def card_of(office: Office, code: str = BIRTH) -> ProcedureCard:
    card = office.read(catalogue_card.card, code, clock.today())
    assert card is not None
    return card


def to_tab(screen: CatalogueScreen, place: int) -> None:
    while screen.editor.tabs.currentIndex() != place:
        screen.editor.tabs.tabBar().setFocus()
        press(screen.editor.tabs.tabBar(), Key.Key_Right)


def put(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    press(field, Key.Key_Delete)
    write(field, text)


# -- the list


def test_it_begins_with_the_quick_list_in_its_order(window: MainWindow, demo_office: Office) -> None:
    screen = begin(window, demo_office)
    QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert screen.chips.chosen == "quick"
    assert codes(screen)[0] == CERTIFY
    assert [row.quick for row in screen.model.rows] == sorted(row.quick for row in screen.model.rows)
    assert screen.pane.shown_code == CERTIFY
    screen.chips.choose("all")
    screen._filter()
    assert len(codes(screen)) >= 40
    assert screen.badge().endswith("đang áp dụng")


@pytest.mark.parametrize(
    ("typed", "code"),
    [("khai sinh", BIRTH), ("sao y", CERTIFY), ("1.001193", BIRTH), ("độc thân", "1.004873"), ("dkks", BIRTH)],
)
def test_a_few_letters_find_it_first(window: MainWindow, demo_office: Office, typed: str, code: str) -> None:
    screen = begin(window, demo_office)
    search(screen, typed)
    assert codes(screen)[0] == code
    assert screen.pane.shown_code == code
    press(screen.field, Key.Key_Escape)
    assert screen.chips.chosen == "quick", "the filter of before is back"


def test_filters_by_field_and_level(window: MainWindow, demo_office: Office) -> None:
    screen = begin(window, demo_office)
    screen.chips.choose("all")
    screen.fields.choose("Chứng thực")
    screen.fields.activated.emit(0)
    assert {row.field for row in screen.model.rows} == {"Chứng thực"}
    screen.fields.choose("")
    screen.levels.choose(Level.FULL.value)
    screen.levels.activated.emit(0)
    assert {row.level for row in screen.model.rows} == {"full"}
    search(screen, "không có thủ tục nào như vậy")
    assert screen.empty.isVisible()


def test_columns_sort(window: MainWindow, demo_office: Office) -> None:
    screen = begin(window, demo_office)
    screen.chips.choose("all")
    screen._filter()
    screen.list.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert codes(screen) == sorted(codes(screen), reverse=True)


# -- one procedure


def test_the_pane_tells_everything(window: MainWindow, demo_office: Office) -> None:
    screen = begin(window, demo_office)
    screen.show_procedure(BIRTH)
    for text in (
        "Đăng ký khai sinh",
        "trong ngày",
        "Phí cấp bản sao Giấy khai sinh",
        "8.000 đồng mỗi bản sao kết quả",
        "Giấy chứng sinh",
        "Một trong các giấy tờ sau:",
        "Nội dung tờ khai",
        "Giấy khai sinh",
        "Căn cứ pháp lý",
        "Các bản",
    ):
        assert says(screen.pane, text), text
    marks = {each.text() for each in screen.pane.findChildren(Pill) if each.isVisible()}
    assert {"Đang dùng", "Toàn trình", "chưa xác nhận"} <= marks
    shot(window, "catalogue-pane")
    screen.show_procedure("2.000033")
    assert says(screen.pane, "Nhận hộ: Sở Công Thương tỉnh Mẫu giải quyết")


def test_an_unknown_amount_is_not_free(window: MainWindow, demo_office: Office) -> None:
    screen = begin(window, demo_office)
    unknown = [
        row.code
        for row in screen.shelf.rows  # type: ignore[union-attr]
        if any(fee.amount is None and not fee.tiers for fee in card_of(demo_office, row.code).procedure.fees)
    ]
    assert unknown
    screen.show_procedure(unknown[0])
    assert says(screen.pane, "chưa có mức thu")


def test_receiving_is_one_key_away(window: MainWindow, demo_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = begin(window, demo_office)
    went: list[tuple[str, dict[str, object]]] = []
    monkeypatch.setattr(screen, "go", lambda place, /, **wish: went.append((place, wish)) or True)
    screen.show_procedure(BIRTH)
    window.commands.press("catalogue.receive")
    assert went == [("receive", {"procedure": BIRTH})]


# -- offered or not, quick or not


def test_a_procedure_is_taken_out_of_use_and_back(window: MainWindow, demo_office: Office, qtbot: QtBot) -> None:
    screen = begin(window, demo_office)
    screen.show_procedure(BIRTH)
    window.commands.press("catalogue.enable")
    assert not card_of(demo_office).enabled
    qtbot.waitUntil(lambda: BIRTH not in codes(screen))
    assert window.notices.codes()[-1] == "catalogue.off"
    screen.show_procedure(BIRTH)
    assert not window.commands["catalogue.receive"].isEnabled()
    window.notices.shown[-1].offers[0].call()
    qtbot.waitUntil(window.commands["catalogue.receive"].isEnabled)
    assert card_of(demo_office).enabled


def test_the_quick_list_takes_drops_and_reorders(window: MainWindow, demo_office: Office, qtbot: QtBot) -> None:
    screen = begin(window, demo_office)
    before = codes(screen)
    screen.list.setFocus()
    press(screen.list, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: codes(screen)[:2] == [before[1], before[0]])
    assert screen.list.current.code == before[0], "the one that moves stays chosen"
    window.commands.press("catalogue.quick")
    qtbot.waitUntil(lambda: before[0] not in codes(screen))
    screen.show_procedure(before[0])
    window.commands.press("catalogue.quick")
    qtbot.waitUntil(lambda: bool(screen._row().quick))  # type: ignore[union-attr]
    screen.chips.choose("quick")
    screen._filter()
    assert codes(screen)[-1] == before[0]


def test_many_are_switched_at_once(window: MainWindow, demo_office: Office, qtbot: QtBot) -> None:
    screen = begin(window, demo_office)
    screen.list.setFocus()
    for _step in range(3):
        press(screen.list, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    chosen = [row.code for row in screen.list.chosen]
    assert len(chosen) == 4
    press(screen.bulk.off, Key.Key_Space)
    assert not any(card_of(demo_office, code).enabled for code in chosen)
    assert window.notices.codes()[-1] == "catalogue.many-off"
    qtbot.waitUntil(lambda: screen.chips._chips["off"].text() == "Không dùng 4")


# -- local decisions


def test_a_decision_is_written_down_field_by_field(window: MainWindow, demo_office: Office, qtbot: QtBot) -> None:
    screen = begin(window, demo_office)
    screen.show_procedure(BIRTH)
    window.commands.press("catalogue.edit")
    editor = screen.editor
    assert screen._pages.currentIndex() == EDIT
    assert QApplication.focusWidget() is editor.number
    write(editor.number, "45/2026/NQ-HĐND")
    put(editor.since, "01/01/2026")
    put(editor.until, "31/12/2027")
    limits, fees, exemptions, channels, papers, rest = editor.parts
    row = next(each for each in limits.rows if each[0] is Channel.ONLINE)  # type: ignore[attr-defined]
    put(row[3], "2")
    row[4].setFocus()
    press(row[4], Key.Key_Down)
    assert row[4].value == Unit.WORKING_DAY
    to_tab(screen, 1)
    put(fees.rows[0].field, "8.000")  # type: ignore[attr-defined]
    to_tab(screen, 2)
    press(button(exemptions, "Thêm diện miễn, giảm"), Key.Key_Space)
    write(QApplication.focusWidget(), "Người cao tuổi")
    to_tab(screen, 3)
    postal = next(each for each in channels.rows if each[0] is Channel.POSTAL)  # type: ignore[attr-defined]
    postal[1].choose("closed")
    to_tab(screen, 4)
    press(button(papers, "Thêm giấy tờ"), Key.Key_Space)
    write(QApplication.focusWidget(), "Giấy xác nhận của tổ dân phố")
    gone = papers.rows[-1]  # type: ignore[attr-defined]
    gone[2].choose("gone")
    to_tab(screen, 5)
    rest.level.choose(Level.PARTIAL)  # type: ignore[attr-defined]
    rest.confirms["fields"].setChecked(True)  # type: ignore[attr-defined]
    editor._tell()
    shot(window, "catalogue-decision")
    assert says(editor.changes, "Thêm giấy tờ: Giấy xác nhận của tổ dân phố")
    window.commands.press("catalogue.save")
    assert screen._pages.currentIndex() == BROWSE
    (decision,) = card_of(demo_office).decisions
    overlay = decision.overlay
    assert (overlay.decision, overlay.valid_from, overlay.valid_to) == ("45/2026/NQ-HĐND", "2026-01-01", "2027-12-31")
    assert overlay.limits == (LimitChange(Limit(2, Unit.WORKING_DAY, overlay.limits[0].limit.rule), Channel.ONLINE),)
    assert [(fee.name, fee.amount) for fee in overlay.fees] == [("Lệ phí hộ tịch", 8000)]
    assert [(each.name, each.percent) for each in overlay.exemptions] == [("Người cao tuổi", 100)]
    assert overlay.channels == (ChannelChange(Channel.POSTAL, False),)
    assert [bool(each.add) for each in overlay.components] == [False, True]
    assert overlay.level is Level.PARTIAL
    assert overlay.confirms == ("fields",)
    qtbot.waitUntil(lambda: says(screen.pane, "Cơ quan: 45/2026/NQ-HĐND"))
    laid = card_of(demo_office)
    assert laid.procedure.level is Level.PARTIAL
    assert "fields" not in laid.procedure.unconfirmed


OVERLAY = Overlay(
    id="",
    scope=Scope.PROVINCE,
    code=BIRTH,
    decision="12/QĐ-UBND",
    valid_from="2026-01-01",
    limits=(LimitChange(Limit(3, Unit.WORKING_DAY, "")),),
    fees=(Fee(FeeKind.LE_PHI, "Lệ phí quá hạn", 5000),),
    exemptions=(Exemption("nguoi-cao-tuoi", "Người cao tuổi", 50),),
    channels=(ChannelChange(Channel.POSTAL, True, "2026-02-01", "2026-12-31"),),
    components=(
        ComponentChange(add=Component("giay-moi", "Giấy mới", copies=1)),
        ComponentChange("", remove="to-khai"),
    ),
    note="ghi chú",
)


def test_a_decision_opened_for_change_says_the_same_again(window: MainWindow, demo_office: Office) -> None:
    case = card_of(demo_office).published.cases[0]
    removed = ComponentChange(case.key, remove=case.components[-1].key)
    known = Overlay(
        **{
            **{name: getattr(OVERLAY, name) for name in OVERLAY.__dataclass_fields__},
            "components": (removed, OVERLAY.components[0]),
        }
    )
    made = demo_office.perform(actions.set_overlay, known).answer
    screen = begin(window, demo_office)
    screen.show_procedure(BIRTH)
    press(button(screen.pane, "Sửa 12/QĐ-UBND"), Key.Key_Space)
    assert screen._pages.currentIndex() == EDIT
    again = screen.editor.overlay()
    stored = card_of(demo_office).decisions[0].overlay
    assert again.id == made
    for name in (
        "scope",
        "decision",
        "valid_from",
        "valid_to",
        "limits",
        "exemptions",
        "channels",
        "components",
        "note",
    ):
        assert getattr(again, name) == getattr(stored, name), name
    # The fee of the catalogue that the decision takes the place of is said to go.
    assert (again.fees, again.fees_removed) == (stored.fees, ())
    assert says(screen.editor.changes, "Bỏ khoản thu: Lệ phí hộ tịch")


def fees_of(screen: CatalogueScreen) -> Fees:
    part = screen.editor.parts[1]
    assert isinstance(part, Fees)
    to_tab(screen, 1)
    return part


def kept(window: MainWindow, office: Office, qtbot: QtBot, screen: CatalogueScreen, code: str) -> Overlay:
    """Keep the decision that is being written; it is opened again and says the same, and so it is given back."""
    write(screen.editor.number, "9/2026/NQ-HĐND")
    put(screen.editor.since, "01/01/2026")
    window.commands.press("catalogue.save")
    (decision,) = card_of(office, code).decisions
    qtbot.waitUntil(lambda: says(screen.pane, "Cơ quan: 9/2026/NQ-HĐND"))
    press(button(screen.pane, "Sửa 9/2026/NQ-HĐND"), Key.Key_Space)
    again = screen.editor.overlay()
    assert (again.fees, again.fees_removed) == (decision.overlay.fees, decision.overlay.fees_removed)
    return decision.overlay


def test_the_last_fee_of_a_kind_is_taken_away_and_comes_back(
    window: MainWindow, demo_office: Office, qtbot: QtBot
) -> None:
    screen = begin(window, demo_office)
    screen.show_procedure(BIRTH)
    window.commands.press("catalogue.edit")
    row = fees_of(screen).rows[0]
    assert row.gone.accessibleName() == "Bỏ khoản thu Lệ phí hộ tịch"
    row.gone.setChecked(True)
    assert row.field is not None
    assert not row.field.isEnabled()
    screen.editor._tell()
    shot(window, "catalogue-fee-gone")
    assert says(screen.editor.changes, "Bỏ khoản thu: Lệ phí hộ tịch")
    overlay = kept(window, demo_office, qtbot, screen, BIRTH)
    assert (overlay.fees, overlay.fees_removed) == ((), (FeeGroup(FeeKind.LE_PHI),))
    assert FeeKind.LE_PHI not in [fee.kind for fee in card_of(demo_office).procedure.fees]
    row = fees_of(screen).rows[0]
    assert row.gone.isChecked()
    row.gone.setChecked(False)
    put(row.field, "3.000")
    window.commands.press("catalogue.save")
    (decision,) = card_of(demo_office).decisions
    assert [(fee.name, fee.amount) for fee in decision.overlay.fees] == [("Lệ phí hộ tịch", 3_000)]
    assert decision.overlay.fees_removed == ()


def test_one_of_several_fees_of_a_kind_is_taken_away(window: MainWindow, demo_office: Office, qtbot: QtBot) -> None:
    code = next(
        row.code
        for row in demo_office.read(catalogue.entries, demo_office.id, clock.today())
        if len({group_of(fee) for fee in card_of(demo_office, row.code).published.fees})
        < len(card_of(demo_office, row.code).published.fees)
    )
    screen = begin(window, demo_office)
    screen.show_procedure(code)
    window.commands.press("catalogue.edit")
    rows = fees_of(screen).rows
    groups = [group_of(row.fee) for row in rows]
    chosen = next(row for row in rows if groups.count(group_of(row.fee)) > 1)
    chosen.gone.setChecked(True)
    overlay = kept(window, demo_office, qtbot, screen, code)
    assert overlay.fees_removed == ()
    assert chosen.fee.name not in [fee.name for fee in overlay.fees if fee == chosen.fee]
    assert len(card_of(demo_office, code).procedure.fees) == len(rows) - 1


def test_steps_by_page_are_changed_added_and_taken_away(window: MainWindow, demo_office: Office, qtbot: QtBot) -> None:
    screen = begin(window, demo_office)
    screen.show_procedure(CERTIFY)
    window.commands.press("catalogue.edit")
    part = fees_of(screen)
    (row,) = part.rows
    steps = row.steps
    assert steps is not None
    assert [(page.text(), each.text()) for page, each, _row in steps.rows] == [("1", "2000"), ("3", "1000")]
    assert part.given() == {"fees": (), "fees_removed": ()}, "as it was, it says nothing"
    put(steps.rows[1][1], "1.500")
    press(button(part, f"Thêm bậc của {row.fee.name}"), Key.Key_Space)
    write(QApplication.focusWidget(), "11")
    put(steps.rows[2][1], "500")
    put(steps.cap, "")
    screen.editor._tell()
    shot(window, "catalogue-steps")
    assert says(screen.editor.changes, "từ trang 11: 500 đồng")
    overlay = kept(window, demo_office, qtbot, screen, CERTIFY)
    (fee,) = overlay.fees
    assert (fee.tiers, fee.cap, fee.amount) == (((1, 2_000), (3, 1_500), (11, 500)), None, 2_000)
    laid = card_of(demo_office, CERTIFY).procedure
    assert compute(laid, Channel.DIRECT, certify=[("Bằng", 12, 1)]).phi == 2 * 2_000 + 8 * 1_500 + 2 * 500
    steps = fees_of(screen).rows[0].steps
    assert steps is not None
    press(button(steps.rows[1][2], f"Bỏ bậc này của {row.fee.name}"), Key.Key_Space)
    (fee,) = part.given()["fees"]
    assert fee.tiers == ((1, 2_000), (11, 500))


@pytest.mark.parametrize(("page", "amount"), [("1", "500"), ("4", ""), ("", "500"), ("hai", "500")])
def test_steps_that_cannot_be_are_said_beside_the_tab(
    window: MainWindow, demo_office: Office, page: str, amount: str
) -> None:
    screen = begin(window, demo_office)
    screen.show_procedure(CERTIFY)
    window.commands.press("catalogue.edit")
    write(screen.editor.number, "9/2026/NQ-HĐND")
    steps = fees_of(screen).rows[0].steps
    assert steps is not None
    put(steps.rows[1][0], page)
    put(steps.rows[1][1], amount)
    screen.editor.tabs.setCurrentIndex(0)
    window.commands.press("catalogue.save")
    assert screen._pages.currentIndex() == EDIT
    assert screen.editor.fault.isVisible()
    assert screen.editor.tabs.currentIndex() == 1


def test_a_new_fee_may_be_paid_by_the_page(window: MainWindow, demo_office: Office, qtbot: QtBot) -> None:
    screen = begin(window, demo_office)
    screen.show_procedure(BIRTH)
    window.commands.press("catalogue.edit")
    part = fees_of(screen)
    press(button(part, "Thêm khoản thu"), Key.Key_Space)
    write(QApplication.focusWidget(), "Phí sao chụp")
    new = part.added[0]
    assert new.amount.isVisible() and not new.steps.isVisible()
    new.kind.choose(FeeKind.PHI)
    new.basis.choose(FeeBasis.CERTIFIED_PAGES)
    assert new.steps.isVisible() and not new.amount.isVisible()
    put(new.steps.rows[0][1], "2.000")
    overlay = kept(window, demo_office, qtbot, screen, BIRTH)
    assert overlay.fees == (Fee(FeeKind.PHI, "Phí sao chụp", 2_000, FeeBasis.CERTIFIED_PAGES, ((1, 2_000),)),)


@pytest.mark.parametrize(
    ("number", "since", "until", "field"),
    [
        ("", "01/01/2026", "", "decision"),
        ("1/QĐ", "hôm qua", "", "valid_from"),
        ("1/QĐ", "", "", "valid_from"),
        ("1/QĐ", "01/01/2026", "31/12/2025", "valid_to"),
        ("1/QĐ", "01/01/2026", "2027", "valid_to"),
    ],
)
def test_a_decision_that_cannot_be_is_said_at_its_field(
    window: MainWindow, demo_office: Office, number: str, since: str, until: str, field: str
) -> None:
    screen = begin(window, demo_office)
    screen.show_procedure(BIRTH)
    window.commands.press("catalogue.edit")
    editor = screen.editor
    editor.number.setText(number)
    editor.since.setText(since)
    editor.until.setText(until)
    editor.parts[5].level.choose(Level.NONE)  # type: ignore[attr-defined]
    window.commands.press("catalogue.save")
    assert screen._pages.currentIndex() == EDIT
    assert editor.fields[field].wrong
    assert card_of(demo_office).decisions == ()


@pytest.mark.parametrize(("place", "text", "tab"), [(0, "ba", 0), (1, "tám nghìn", 1)])
def test_what_is_no_number_leads_to_its_tab(
    window: MainWindow, demo_office: Office, place: int, text: str, tab: int
) -> None:
    screen = begin(window, demo_office)
    screen.show_procedure(BIRTH)
    window.commands.press("catalogue.edit")
    editor = screen.editor
    write(editor.number, "1/QĐ")
    field = editor.parts[0].rows[0][3] if place == 0 else editor.parts[1].rows[0].field  # type: ignore[attr-defined]
    field.setText(text)
    editor.tabs.setCurrentIndex(5)
    window.commands.press("catalogue.save")
    assert editor.fault.isVisible()
    assert editor.tabs.currentIndex() == tab


def test_a_decision_that_says_nothing_is_refused(window: MainWindow, demo_office: Office) -> None:
    screen = begin(window, demo_office)
    screen.show_procedure(BIRTH)
    window.commands.press("catalogue.edit")
    write(screen.editor.number, "1/QĐ")
    window.commands.press("catalogue.save")
    assert screen.editor.fault.isVisible()
    press(screen.editor, Key.Key_Escape)
    assert screen._pages.currentIndex() == BROWSE
    assert card_of(demo_office).decisions == ()


def test_a_decision_ends_and_comes_back(window: MainWindow, demo_office: Office) -> None:
    demo_office.perform(actions.set_overlay, Overlay("", Scope.OFFICE, BIRTH, "12/QĐ", "2026-01-01", level=Level.NONE))
    screen = begin(window, demo_office)
    screen.show_procedure(BIRTH)
    press(button(screen.pane, "Thu hồi 12/QĐ"), Key.Key_Space)
    assert card_of(demo_office).procedure.level is Level.FULL
    assert window.notices.codes()[-1] == "catalogue.withdrawn"
    window.notices.shown[-1].offers[0].call()
    assert card_of(demo_office).procedure.level is Level.NONE


# -- review


def brought(office: Office) -> None:
    office.perform(actions.publish, PublishForm("catalogue", "national", "x", SAMPLE.read_bytes()))


def test_what_differs_is_taken_over_group_by_group(window: MainWindow, demo_office: Office) -> None:
    brought(demo_office)
    screen = begin(window, demo_office)
    assert screen.badge().endswith("chờ duyệt")
    screen.show_procedure(BIRTH)
    press(button(screen.pane, "Xem và duyệt"), Key.Key_Space)
    page = screen.reviewer
    assert screen._pages.currentIndex() == REVIEW
    assert page.current is not None
    assert page.current.code == BIRTH
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert says(page.leaf, "Giấy tờ · Đang dùng")
    assert says(page.leaf, "Giấy tờ · Nhập về")
    assert not page.take.isEnabled()
    shot(window, "catalogue-review")
    press(page.list, Key.Key_Return)
    box = page.boxes["components"]
    assert QApplication.focusWidget() is box
    press(box, Key.Key_Space)
    press(page.take, Key.Key_Space)
    assert window.notices.codes()[-1] == "catalogue.reviewed"
    names = [each.name for each in card_of(demo_office).procedure.cases[0].components]
    assert any("bị bỏ rơi" in name for name in names)
    assert BIRTH not in [row.code for row in page.model.rows]
    assert page.current is not None, "the next one is there at once"


def test_what_is_declined_is_not_asked_again(window: MainWindow, demo_office: Office) -> None:
    brought(demo_office)
    screen = begin(window, demo_office)
    window.go("catalogue", review=True)
    page = screen.reviewer
    before = card_of(demo_office).procedure
    while page.current is not None:
        press(page.keep, Key.Key_Space)
    assert page.empty.isVisible()
    assert card_of(demo_office).procedure == before
    brought(demo_office)
    assert demo_office.read(catalogue_card.waiting, clock.today()) == ()
    press(page, Key.Key_Escape)
    assert screen._pages.currentIndex() == BROWSE


# -- bringing in


def test_a_file_is_brought_in_and_its_bad_lines_are_shown(window: MainWindow, demo_office: Office) -> None:
    screen = begin(window, demo_office)
    window.notices.pick_next(SAMPLE)
    window.commands.press("catalogue.import")
    page = screen.result
    assert screen._pages.currentIndex() == RESULT
    assert page.figures["rejected"].number.text() == "7"
    assert len(page.model.rows) == 7
    assert all(page.model.index(place, 2).data() for place in range(7))
    shot(window, "catalogue-import")
    assert QApplication.focusWidget() is page.review
    press(page.review, Key.Key_Space)
    assert screen._pages.currentIndex() == REVIEW


def test_the_same_file_again_changes_nothing(window: MainWindow, demo_office: Office) -> None:
    brought(demo_office)
    screen = begin(window, demo_office)
    window.notices.pick_next(SAMPLE)
    window.commands.press("catalogue.import")
    figures = screen.result.figures
    assert (figures["added"].number.text(), figures["changed"].number.text()) == ("0", "0")


def test_a_table_of_days_off_may_be_brought_in(window: MainWindow, demo_office: Office, tmp_path: Path) -> None:
    file = tmp_path / "nghi.toml"
    file.write_text(
        '[[day]]\ndate = 2027-02-08\nkind = "off"\nname = "Tết"\nsource = "TB"\nconfirmed = true\n', "utf-8"
    )
    screen = begin(window, demo_office)
    window.notices.pick_next(file)
    window.commands.press("catalogue.import")
    assert screen._pages.currentIndex() == RESULT
    assert screen.result.all_right.isVisible()


@pytest.mark.parametrize(("content", "code"), [(b"", "file.empty"), (b"khong phai danh muc\n", "catalogue.empty")])
def test_a_file_that_is_no_catalogue_says_so(
    window: MainWindow, demo_office: Office, tmp_path: Path, content: bytes, code: str
) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(content)
    screen = begin(window, demo_office)
    window.notices.pick_next(file)
    window.commands.press("catalogue.import")
    assert window.notices.codes()[-1] == code
    assert screen._pages.currentIndex() == BROWSE


def test_an_import_given_up_while_reading_leaves_nothing(qapp: QApplication, qtbot: QtBot, demo_office: Office) -> None:
    jobs = DirectJobs()
    with real_window(qapp, demo_office, Place("catalogue", "go.catalogue", CatalogueScreen), jobs=jobs) as window:
        screen = begin(window, demo_office)
        actions._read_before.clear()
        jobs.hold = True
        screen.bring_in(SAMPLE)
        (ticket,) = jobs._held
        heard = ticket.progress

        def stop(done: int, total: int | None, what: str) -> None:
            assert heard is not None
            heard(done, total, what)
            press(window.notices.bar.cancel, Key.Key_Space)

        ticket.progress = stop
        jobs.hold = False
        jobs.release()
        assert screen._pages.currentIndex() == BROWSE
        assert demo_office.read(catalogue_card.waiting, clock.today()) == ()
        assert window.notices.shown == ()


# -- who may


def test_a_receptionist_reads_and_receives_but_changes_nothing(window: MainWindow, demo_office: Office) -> None:
    act_as(demo_office, "ha")
    screen = begin(window, demo_office)
    screen.show_procedure(BIRTH)
    for key in ("catalogue.edit", "catalogue.enable", "catalogue.quick", "catalogue.import", "catalogue.review"):
        assert not window.commands[key].isEnabled(), key
    assert window.commands["catalogue.receive"].isEnabled()
    assert not screen.pane.edit.isVisible()


def test_wishes(window: MainWindow, demo_office: Office) -> None:
    screen = begin(window, demo_office)
    window.go("catalogue", code=EXTRACT)
    assert screen.pane.shown_code == EXTRACT
    window.go("catalogue", typed="sao y")
    assert codes(screen)[0] == CERTIFY
    window.go("catalogue", group="off")
    assert codes(screen) == []


def test_a_procedure_asked_for_by_its_code_is_seen_whatever_filters_stand(
    window: MainWindow, demo_office: Office
) -> None:
    screen = begin(window, demo_office)
    screen.fields.choose("Chứng thực")
    screen.levels.choose(Level.FULL.value)
    search(screen, "sao y")
    assert BIRTH not in codes(screen)
    screen.show_procedure(BIRTH)
    assert screen.pane.shown_code == BIRTH
    assert screen.list.current is not None and screen.list.current.code == BIRTH
    assert (screen.fields.value, screen.levels.value, screen.field.text()) == ("", "", "")


def test_it_hears_of_others(window: MainWindow, demo_office: Office, qtbot: QtBot) -> None:
    screen = begin(window, demo_office)
    done = demo_office.perform(actions.switch, SwitchForm(CERTIFY, enabled=False))
    screen.desk.bus.changed.emit(done.changes)
    qtbot.waitUntil(lambda: CERTIFY not in codes(screen))


def test_a_limit_said_by_a_decision_names_it(window: MainWindow, demo_office: Office) -> None:
    limit = LimitChange(Limit(3, Unit.WORKING_DAY))
    demo_office.perform(actions.set_overlay, Overlay("", Scope.OFFICE, BIRTH, "9/QĐ", "2026-01-01", limits=(limit,)))
    screen = begin(window, demo_office)
    screen.show_procedure(BIRTH)
    facts = [each for each in screen.pane.findChildren(Fact) if each.name.text() == "Trực tiếp"]
    assert [each.accessibleName() for each in facts] == ["Trực tiếp: 3 ngày làm việc"]
    assert "9/QĐ" in facts[0].accessibleDescription()
