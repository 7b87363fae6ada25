"""The pages of a strip: every operation changes the model at once, says what the store has to do, and can be taken
back by what the store gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from desktop.models import page_words
from desktop.models.pages import PagesModel, Picture, Role
from onestop.actions.pages import Change
from onestop.actions.paper_changes import ArrangeForm
from onestop.clock import VIETNAM
from onestop.queries.papers import DocumentRow, Leaf, PageRow
from onestop.rules.errors import Remark
from onestop.rules.papers import About

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=VIETNAM)
PDF = "application/pdf"


def page(key: str, /, position: int = 1, component: str | None = "to-khai", **given: Any) -> PageRow:
    values: dict[str, Any] = {
        "id": key, "component": component, "position": position, "source": "scanner", "name": "",
        "blob": f"blob-{key}", "file": None, "media_type": "image/jpeg", "size": 400_000,
        "width": 2480, "height": 3508, "dpi": 300,
        "leaves": 1, "turn": 0, "colour": "colour", "blank": False, "struck": False, "problems": (),
        "signature": "none", "passed": None, "removed": False, "at": NOW,
    }  # fmt: skip
    return PageRow(**{**values, **given})


def paper(count: int = 3, **given: Any) -> DocumentRow:
    leaves = tuple(Leaf(at, f"blob-{at}", "image/jpeg", 0, None, False, 300) for at in range(1, count + 1))
    values: dict[str, Any] = {
        "id": "doc", "dossier_id": "d", "dossier_code": "H99.14-261123-0001", "component": "to-khai", "citizen_id": "c",
        "source": "scanner", "reused_from": None, "name": "", "about": About(title="Tờ khai"), "blob": None,
        "size": None, "leaves": count, "signature": "none", "passed": None, "signed": None, "dropped": None,
        "kept_at": NOW, "kept_by": "ha", "pages": leaves,
    }  # fmt: skip
    return DocumentRow(**{**values, **given})


@dataclass
class Store:
    """Does with the rows what `actions.pages.arrange` and `paper_changes.arrange` do, and remembers the way back."""

    model: PagesModel
    pages: dict[str, PageRow]
    paper: DocumentRow | None = None

    def __post_init__(self) -> None:
        self.back: list[tuple[Change, ...]] = []
        self.forms: list[ArrangeForm] = []
        self.model.arranged.connect(self.arrange)
        self.model.rearranged.connect(self.rearrange)

    def arrange(self, changes: tuple[Change, ...], *, undoing: bool = False) -> None:
        back = []
        for change in changes:
            old, values = self.pages[change.page], dict(change.values)
            before = {key: getattr(old, key) for key in values if key != "state"}
            if "state" in values:
                before["state"] = "removed" if old.removed else "there"
                values["removed"] = values.pop("state") == "removed"
            self.pages[change.page] = replace(old, **values)
            back.append(Change(change.page, before))
        if not undoing:
            self.back.append(tuple(reversed(back)))

    def undo(self, component: str | None = "to-khai") -> None:
        self.arrange(self.back.pop(), undoing=True)
        self.show(component)

    def show(self, component: str | None = "to-khai") -> None:
        self.model.show(list(self.pages.values()), component)

    def rearrange(self, form: ArrangeForm) -> None:
        assert self.paper is not None
        self.forms.append(form)
        by = {leaf.position: leaf for leaf in self.paper.pages}
        leaves = tuple(
            replace(by[at], position=place, turn=turn, struck=struck)
            for place, (at, turn, struck) in enumerate(form.pages, 1)
        )
        self.paper = replace(self.paper, pages=leaves, blob=None)

    def order(self, component: str | None = "to-khai") -> list[str]:
        here = [row for row in self.pages.values() if row.component == component and not row.removed]
        return [row.id for row in sorted(here, key=lambda row: row.position)]


@pytest.fixture
def model(qtmodeltester: ModelTester) -> PagesModel:
    made = PagesModel()
    qtmodeltester.check(made)
    return made


@pytest.fixture
def store(model: PagesModel) -> Store:
    rows = [page("a", 1), page("b", 2, blank=True, struck=True), page("c", 3), page("x", 1, "khac"), page("t", 1, None)]
    made = Store(model, {row.id: row for row in rows})
    made.show()
    return made


def names(model: PagesModel) -> list[str]:
    return [row.id for row in model.rows]


def shown(model: PagesModel, row: int = 0) -> Any:
    return model.data(model.index(row), Role.ROW)


# -- what is shown


def test_one_component_in_its_order_without_what_was_removed(store: Store, model: PagesModel) -> None:
    store.pages["d"] = page("d", 4, removed=True)
    store.show()
    assert names(model) == ["a", "b", "c"]
    assert shown(model).picture == Picture("blob-a", "image/jpeg")
    store.show(None)
    assert names(model) == ["t"]


def test_pages_that_arrive_stand_behind_and_move_no_index(store: Store, model: PagesModel) -> None:
    marked = QPersistentModelIndex(model.index(2))
    store.pages["d"] = page("d", 4)
    store.pages["e"] = page("e", 5)
    store.show()
    assert names(model) == ["a", "b", "c", "d", "e"]
    assert marked.row() == 2
    del store.pages["b"]
    store.show()
    assert marked.row() == 1


def test_a_clean_file_is_what_one_looks_at(store: Store, model: PagesModel) -> None:
    store.pages["a"] = page("a", 1, file="clean", media_type=PDF, turn=90, leaves=4)
    store.show()
    assert (shown(model).picture, shown(model).filed, shown(model).leaves) == (Picture("clean", PDF), True, 4)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Trang 1 của 1"),
        ({"blank": True, "struck": True}, "Trang 1 của 1, trắng, đã gạch"),
        ({"turn": 90}, "Trang 1 của 1, xoay 90°"),
        ({"leaves": 5, "name": "don.pdf", "media_type": PDF}, "Trang 1 của 1, tệp 5 trang, don.pdf"),
        ({"passed": {"by": "demo"}, "problems": (Remark("paper.truncated"),)}, "Trang 1 của 1, phụ trách đã cho qua"),
    ],
)
def test_every_page_has_a_name(model: PagesModel, given: dict[str, Any], said: str) -> None:
    model.show([page("a", **given)], "to-khai")
    assert model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole) == said


def test_what_is_wrong_is_in_the_name(model: PagesModel) -> None:
    model.show([page("a", signature="broken"), page("b", 2)], "to-khai")
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Trang 1 của 2, chữ ký số")


# -- what a person does


def test_reordered_and_taken_back(store: Store, model: PagesModel) -> None:
    assert model.shift(0, 1)
    assert names(model) == store.order() == ["b", "a", "c"]
    assert model.shift(1, 1)
    assert names(model) == store.order() == ["b", "c", "a"]
    assert not model.shift(2, 1)
    assert not model.shift(0, -1)
    store.undo()
    assert names(model) == ["b", "a", "c"]
    store.undo()
    assert names(model) == ["a", "b", "c"]


def test_pages_with_one_position_are_reordered_all_the_same(model: PagesModel) -> None:
    store = Store(model, {row.id: row for row in (page("a", 4), page("b", 4), page("c", 4))})
    store.show()
    first = names(model)
    model.shift(0, 1)
    store.show()
    assert names(model) == [first[1], first[0], first[2]]


def test_turned_struck_and_taken_away_in_one_step_each(store: Store, model: PagesModel) -> None:
    model.turn([0, 2], 90)
    assert [row.turn for row in model.rows] == [90, 0, 90]
    model.turn([0], -180)
    assert store.pages["a"].turn == 270
    model.strike([0, 1])
    assert [row.struck for row in model.rows] == [True, True, False]
    model.strike([0, 1])
    assert [row.struck for row in model.rows] == [False, False, False]
    model.take_away([0, 2])
    assert names(model) == store.order() == ["b"]
    assert len(store.back) == 5
    for _step in range(5):
        store.undo()
    assert [store.pages[name] for name in "abc"] == [page("a", 1), page("b", 2, blank=True, struck=True), page("c", 3)]


def test_sent_behind_the_pages_of_another_component(store: Store, model: PagesModel) -> None:
    assert model.send([0, 2], "khac")
    assert names(model) == ["b"]
    assert store.order("khac") == ["x", "a", "c"]
    assert model.send([0], None)
    assert store.order(None) == ["t", "b"]
    store.undo()
    store.undo()
    assert names(model) == ["a", "b", "c"]
    assert not model.send([0], "to-khai")


def test_a_pdf_is_not_turned(model: PagesModel) -> None:
    store = Store(model, {"a": page("a", media_type=PDF, leaves=3)})
    store.show()
    assert not model.turn([0], 90)
    assert store.back == []


# -- a paper that is kept


@pytest.fixture
def kept(model: PagesModel) -> Store:
    made = Store(model, {}, paper(3))
    assert made.paper is not None
    model.show_paper(made.paper)
    return made


def leaves(store: Store) -> list[tuple[str, int, bool]]:
    assert store.paper is not None
    return [(leaf.blob, leaf.turn, leaf.struck) for leaf in store.paper.pages]


def test_the_pages_of_a_paper_are_arranged_and_taken_back(kept: Store, model: PagesModel) -> None:
    before = leaves(kept)
    model.shift(0, 2)
    model.turn([0], 90)
    assert model.take_away([2]), "none goes: it is struck"
    assert leaves(kept) == [("blob-2", 90, False), ("blob-3", 0, False), ("blob-1", 0, True)]
    assert kept.paper is not None
    model.show_paper(kept.paper)
    assert [row.id for row in model.rows] == ["doc/1", "doc/2", "doc/3"]
    for _step in range(3):
        assert model.undo()
        model.show_paper(kept.paper)
    assert leaves(kept) == before
    assert not model.undo()
    assert not model.send([0], "khac")


def test_where_the_file_of_record_is_made_that_is_looked_at(model: PagesModel) -> None:
    row = paper(3, blob="record")
    struck = replace(row.pages[1], struck=True)
    model.show_paper(replace(row, pages=(row.pages[0], struck, row.pages[2])))
    assert [each.large for each in model.rows] == [
        Picture("record", PDF, 0),
        Picture("blob-2", "image/jpeg"),
        Picture("record", PDF, 1),
    ]
    assert [each.filed for each in model.rows] == [True, False, True]


def test_a_pdf_that_was_brought_is_one_item_of_many_leaves(model: PagesModel) -> None:
    whole = Leaf(1, "came", PDF, 0, None, False, None)
    model.show_paper(paper(1, pages=(whole,), blob="clean", leaves=7))
    assert [(each.picture, each.leaves) for each in model.rows] == [(Picture("clean", PDF), 7)]


def test_another_paper_forgets_what_could_be_taken_back(kept: Store, model: PagesModel) -> None:
    model.turn([0], 90)
    model.show_paper(replace(paper(2), id="other"))
    assert not model.undo()
    model.clear()
    assert names(model) == []


# -- words


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "A4 · 300 dpi · màu · 391 KB"),
        ({"colour": "bw", "width": 1748, "height": 2480, "size": 2_500_000}, "A5 · 300 dpi · đen trắng · 2,4 MB"),
        ({"width": 1016, "height": 638, "colour": "grey", "size": 90_000}, "86 × 54 mm · 300 dpi · xám · 88 KB"),
        ({"dpi": None, "colour": None, "size": 100}, "1 KB"),
    ],
)
def test_a_page_in_words(given: dict[str, Any], said: str) -> None:
    assert page_words.about(page("a", **given)) == said


def test_pages_are_counted_without_those_that_are_struck() -> None:
    rows = [page("a"), page("b", struck=True), page("c", removed=True), page("d", leaves=4)]
    assert page_words.count(rows) == 5


def test_a_file_that_may_not_come_in_counts_as_one_whatever_it_says_of_its_pages() -> None:
    bad = page("a", leaves=5000, problems=(Remark("paper.too-many-pages"),))
    assert page_words.count([bad, page("b", leaves=4)]) == 5
    assert page_words.count([replace(bad, passed={"reason": "x"})]) == 5000


def test_signatures_and_validity_in_words() -> None:
    told = {
        "Đã ký số": {"signed": {"by": "ha"}, "blob": "x"},
        "Chữ ký số hợp lệ": {"signature": "valid"},
        "Chữ ký số hỏng": {"signature": "broken"},
        "Chữ ký số chưa rõ người ký": {"signature": "unknown"},
        "Đang lập tệp": {},
        "Chưa ký số": {"blob": "x"},
    }
    assert {text: page_words.signature(paper(**given)).text for text, given in told.items()} == {
        text: text for text in told
    }
    assert page_words.validity(paper(about=About(title="x", valid_to="2030-05-01"))) == "hiệu lực đến 01/05/2030"
    assert page_words.validity(paper(about=About(title="x", perpetual=True))) == "không thời hạn"
    assert page_words.validity(paper()) == ""


@pytest.mark.parametrize(
    ("plain", "said"),
    [({"value": "05/GCS", "confidence": 0.873}, ("05/GCS", 87)), ({"value": ""}, None), ("05", None), (None, None)],
)
def test_proposals(plain: Any, said: tuple[str, int] | None) -> None:
    assert page_words.proposal(plain) == said


def test_it_is_an_item_model(model: PagesModel) -> None:
    assert isinstance(model, QAbstractItemModel)
    assert model.data(model.index(0)) is None
