"""The one table model: Qt's tester, pages, order, and a refresh that leaves the selection where it is."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.assets import Look
from desktop.models.table import Align, Column, Page, Role, TableModel, Wanted
from tests.desktop.looks import put_away


@dataclass(frozen=True)
class Item:
    id: str
    name: str
    number: int = 0
    state: str = "ok"


COLUMNS = (
    Column("name", "Tên", lambda item: item.name, sort=lambda item: item.name.lower(), strong=True),
    Column("number", "Số", lambda item: str(item.number), sort=lambda item: item.number, align=Align.END, figures=True),
    Column(
        "state",
        "Trạng thái",
        lambda item: item.state,
        tone=lambda item: "danger" if item.state == "late" else "ink",
        icon=lambda item: "circle-alert" if item.state == "late" else "",
        tip=lambda item: f"trạng thái {item.state}",
    ),
)
PAGED = (replace(COLUMNS[0], sort="name"), replace(COLUMNS[1], sort="number"), COLUMNS[2])


def items(count: int) -> list[Item]:
    return [Item(f"i{number}", f"Tên {number:05}", number) for number in range(count)]


class Pages:
    """A pager over a list that the test may change; answers at once, or when told to."""

    def __init__(self, rows: Sequence[Item]) -> None:
        self.rows = list(rows)
        self.asked: list[Wanted] = []
        self.hold = False
        self.held: list[Callable[[], None]] = []
        self.give_up: Callable[[], None] = lambda: None

    def __call__(self, wanted: Wanted, then: Callable[[Any], None], give_up: Callable[[], None]) -> None:
        self.asked.append(wanted)
        self.give_up = give_up
        rows = list(self.rows)
        if wanted.order:
            rows.sort(key=lambda item: getattr(item, wanted.order), reverse=wanted.descending)
        start = wanted.after or 0
        end = start + wanted.size
        page = Page(tuple(rows[start:end]), end if end < len(rows) else None)
        if self.hold:
            self.held.append(lambda: then(page))
        else:
            then(page)


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    made = Look(qapp)
    made.apply("light")
    yield made
    put_away(made)


@pytest.fixture
def whole(look: Look) -> TableModel:
    model = TableModel(look, COLUMNS)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def paged(look: Look, pages: Pages, page: int = 10) -> TableModel:
    # Without Qt's tester: it fetches pages by itself as soon as it hears of rows.
    return TableModel(look, PAGED, pages, page=page)


def names(model: TableModel) -> list[str]:
    return [model.index(place, 0).data() for place in range(model.rowCount())]


def test_qt_finds_nothing_wrong(look: Look, qtmodeltester: Any) -> None:
    model = TableModel(look, COLUMNS)
    model.show(items(7))
    qtmodeltester.check(model)
    pages = TableModel(look, PAGED, Pages(items(35)), page=10)
    qtmodeltester.check(pages)
    pages.restart()
    pages.sort(1, Qt.SortOrder.DescendingOrder)
    pages.refresh()
    qtmodeltester.check(pages)


def test_what_a_cell_says(whole: TableModel, look: Look) -> None:
    whole.show([Item("a", "Nguyễn Thị Ánh", 7, "late")])
    name, number, state = (whole.index(0, column) for column in range(3))
    assert [cell.data() for cell in (name, number, state)] == ["Nguyễn Thị Ánh", "7", "late"]
    assert state.data(Qt.ItemDataRole.AccessibleTextRole) == "Trạng thái: late"
    assert state.data(Qt.ItemDataRole.ToolTipRole) == "trạng thái late"
    assert state.data(Qt.ItemDataRole.ForegroundRole) == look.colour("danger")
    assert (state.data(Role.TONE), state.data(Role.ICON)) == ("danger", "circle-alert")
    assert number.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert name.data(Role.ROW) == whole.row(0)
    assert name.data(Role.STRONG)
    assert name.data(Qt.ItemDataRole.FontRole).weight() == 600
    assert whole.headerData(1, Qt.Orientation.Horizontal) == "Số"
    assert whole.headerData(9, Qt.Orientation.Horizontal) is None
    assert QModelIndex().data() is None


def test_a_valid_parent_has_no_rows(whole: TableModel) -> None:
    whole.show(items(3))
    assert whole.rowCount(whole.index(0, 0)) == 0
    assert whole.columnCount(whole.index(0, 0)) == 0


@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
def test_a_whole_list_is_sorted_here(whole: TableModel, column: int, order: Qt.SortOrder) -> None:
    rows = items(30)
    random.Random(4).shuffle(rows)
    whole.show(rows)
    keep = QPersistentModelIndex(whole.index(whole.place("i7"), 0))
    whole.sort(column, order)
    expected = items(30) if order == Qt.SortOrder.AscendingOrder else items(30)[::-1]
    assert list(whole.rows) == expected
    assert whole.row(keep.row()).id == "i7"


def test_a_column_without_order_changes_nothing(whole: TableModel) -> None:
    whole.show(items(5)[::-1])
    whole.sort(2)
    whole.sort(-1)
    assert list(whole.rows) == items(5)[::-1]


def test_the_order_chosen_stays_when_other_rows_are_shown(whole: TableModel) -> None:
    whole.show(items(5))
    whole.sort(1, Qt.SortOrder.DescendingOrder)
    whole.show(items(3))
    assert [item.number for item in whole.rows] == [2, 1, 0]


@pytest.mark.parametrize("seed", range(40))
def test_a_refresh_keeps_every_row_that_stays_by_its_id(whole: TableModel, seed: int) -> None:
    chance = random.Random(seed)
    before = items(20)
    whole.show(before)
    kept = {item.id: QPersistentModelIndex(whole.index(place, 1)) for place, item in enumerate(before)}
    after = [replace(item, state=chance.choice(["ok", "late"])) for item in before if chance.random() < 0.7]
    after += [Item(f"new{number}", "Mới", 100 + number) for number in range(chance.randrange(6))]
    chance.shuffle(after)
    whole.show(after)
    assert list(whole.rows) == after
    for row_id, index in kept.items():
        stayed = next((place for place, item in enumerate(after) if item.id == row_id), None)
        assert (index.row() if index.isValid() else None) == stayed


def test_only_rows_that_changed_are_drawn_again(whole: TableModel, qtbot: QtBot) -> None:
    whole.show(items(10))
    drawn: list[tuple[int, int]] = []
    whole.dataChanged.connect(lambda first, last, _roles: drawn.append((first.row(), last.row())))
    rows = items(10)
    rows[3] = replace(rows[3], state="late")
    rows[4] = replace(rows[4], state="late")
    rows[8] = replace(rows[8], state="late")
    whole.show(rows)
    assert drawn == [(3, 4), (8, 8)]


def test_one_row_is_changed_in_place(whole: TableModel) -> None:
    whole.show(items(3))
    assert whole.change(Item("i1", "Khác", 1))
    assert names(whole)[1] == "Khác"
    assert not whole.change(Item("elsewhere", "x"))


def test_pages_come_as_they_are_scrolled_to(look: Look, qtbot: QtBot) -> None:
    pages = Pages(items(25))
    model = paged(look, pages)
    assert model.canFetchMore(QModelIndex())
    assert not model.complete
    model.fetchMore(QModelIndex())
    assert model.rowCount() == 10
    model.fetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert names(model) == [item.name for item in items(25)]
    assert model.complete
    assert not model.canFetchMore(QModelIndex())
    assert [wanted.after for wanted in pages.asked] == [None, 10, 20]


def test_a_page_is_asked_for_once(look: Look, qtbot: QtBot) -> None:
    pages = Pages(items(25))
    model = paged(look, pages)
    pages.hold = True
    model.fetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert model.waiting
    assert len(pages.asked) == 1
    pages.held.pop()()
    assert model.rowCount() == 10


def test_when_no_answer_came_it_can_be_asked_for_again(look: Look, qtbot: QtBot) -> None:
    pages = Pages(items(25))
    model = paged(look, pages)
    pages.hold = True
    model.fetchMore(QModelIndex())
    assert not model.canFetchMore(QModelIndex())
    pages.give_up()
    assert model.canFetchMore(QModelIndex())


def test_another_order_is_asked_of_the_pager(look: Look, qtbot: QtBot) -> None:
    pages = Pages(items(25))
    model = paged(look, pages)
    model.restart()
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert pages.asked[-1] == Wanted(None, "number", True, 10)
    assert [item.number for item in model.rows] == list(range(24, 14, -1))
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert len(pages.asked) == 2, "the order it has already is not asked for again"


def test_the_answer_to_an_older_question_is_not_shown(look: Look, qtbot: QtBot) -> None:
    pages = Pages(items(25))
    model = paged(look, pages)
    pages.hold = True
    model.restart()
    pages.rows = [Item("z", "Khác")]
    model.restart()
    older, newer = pages.held
    newer()
    older()
    assert names(model) == ["Khác"]


def test_a_refresh_asks_for_as_many_rows_as_are_here(look: Look, qtbot: QtBot) -> None:
    pages = Pages(items(45))
    model = paged(look, pages)
    for _ in range(3):
        model.fetchMore(QModelIndex())
    keep = QPersistentModelIndex(model.index(model.place("i22"), 0))
    pages.rows.insert(0, Item("first", "Mới nhất", 99))
    model.refresh()
    assert pages.asked[-1] == Wanted(None, "", False, 30)
    assert model.rowCount() == 30
    assert model.row(0).id == "first"
    assert model.row(keep.row()).id == "i22"


def test_a_row_that_moved_into_the_next_page_is_shown_once(look: Look, qtbot: QtBot) -> None:
    pages = Pages(items(25))
    model = paged(look, pages)
    model.fetchMore(QModelIndex())
    pages.rows.insert(0, Item("first", "Mới nhất"))
    model.fetchMore(QModelIndex())
    ids = [item.id for item in model.rows]
    assert len(ids) == len(set(ids)) == 19


def test_filled_is_told_for_an_empty_list_too(look: Look, qtbot: QtBot) -> None:
    model = paged(look, Pages([]))
    with qtbot.waitSignal(model.filled):
        model.restart()
    assert model.complete


def test_another_list_is_shown_in_one_go_and_a_change_of_this_one_row_by_row(whole: TableModel) -> None:
    resets: list[None] = []
    whole.modelReset.connect(lambda: resets.append(None))
    rows = items(400)
    whole.show(rows)
    assert len(resets) == 1, "nothing was there before"
    whole.show([row for at, row in enumerate(rows) if at != 7])
    assert len(resets) == 1
    whole.show(rows[::2])
    assert len(resets) == 2
    assert len(whole.rows) == 200
