"""The checklist as it is drawn: no number and no word of a state is cut, and the row in focus says everything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.views.checklist_row import RowDelegate, short_name
from onestop import clock, texts
from onestop.queries import reception
from onestop.rules.intake import By, Status
from tests.desktop.at_the_desk import CERTIFIED, HUONG, UNMARRIED, Desk, desk_of
from tests.desktop.real import shot
from tests.helpers.office import BIRTH, MONDAY

PERMIT = "1.013225"
"""Cases with long names, papers with two counts."""


@pytest.fixture
def office(demo_office: Office) -> Iterator[Office]:
    with clock.frozen(MONDAY):
        yield demo_office


def delegate(desk: Desk) -> RowDelegate:
    made = desk.screen.procedure.papers.list.itemDelegate()
    assert isinstance(made, RowDelegate)
    return made


def fits(desk: Desk) -> None:
    """Nothing that is drawn is longer than its place, but a name and a remark that are short on purpose."""
    drawn, look = delegate(desk), desk.window.look
    papers = desk.screen.procedure.papers
    gap, view = look.space("s"), papers.list.viewport().width()
    for row in papers.model.rows:
        for whole in (False, True):
            plan = drawn.plan(row, whole)
            left = look.size("icon_small") + 2 * gap
            width = view - left - gap if plan.beneath else drawn._beside()
            count = width if plan.beneath else look.size("count_column") - gap
            figures = look.metrics(figures=True).horizontalAdvance
            said = ["".join(piece.text for piece in line) for line in plan.count]
            assert " ".join(said) == row.count
            assert all(figures(line) <= count for line in said), row.count
            if row.count:
                room = width if plan.beneath else look.size("state_column")
                strong = look.metrics(strong=True).horizontalAdvance
                assert " ".join(plan.state) == row.state
                assert all(strong(line) <= room for line in plan.state), row.state
                if plan.beneath:
                    assert figures(row.count) + gap + strong(row.state) <= width, (row.count, row.state)
            if whole:
                assert " ".join(plan.name) == " ".join(row.name.split())
                assert " ".join(plan.state) == " ".join(row.state.split())
                assert all(look.metrics().horizontalAdvance(line) <= width for line in plan.name)
            lines = len(plan.name) + (max(len(plan.count), len(plan.state)) if plan.beneath else 0)
            assert drawn.height(row, whole) >= lines * look.metrics().height()


@pytest.mark.parametrize(("language", "scale"), [("vi", 100), ("en", 150)])
def test_every_row_of_every_procedure_is_whole(
    qapp: QApplication, qtbot: QtBot, office: Office, language: str, scale: int
) -> None:
    texts.use(language)
    with desk_of(qapp, qtbot, office, scale=scale) as desk:
        desk.card(HUONG)
        papers = desk.screen.procedure.papers
        for code in office.read(reception.offer, clock.today()).rows:
            desk.screen.procedure.box.pick(code)
            assert desk.filling.procedure is not None
            for case in desk.filling.procedure.cases:
                desk.filling.set_case(case.key)
                QApplication.sendPostedEvents()
                fits(desk)
                for place in range(len(papers.model.rows)):
                    papers.model.set_by(place, By.SHOWN)
                fits(desk)
                for place in range(len(papers.model.rows)):
                    papers.model.set_count(place, 12)
                    papers.model.set_status(place, Status.UNCHECKED)
                fits(desk)


def test_two_counts_stand_one_under_the_other(qapp: QApplication, qtbot: QtBot, office: Office) -> None:
    with desk_of(qapp, qtbot, office) as desk:
        desk.card(HUONG)
        desk.screen.procedure.box.pick(PERMIT)
        QApplication.sendPostedEvents()
        rows = [row for row in desk.screen.procedure.papers.model.rows if ", " in row.count]
        assert rows
        lines = delegate(desk).plan(rows[0], False).count
        assert [[piece.text for piece in line] for line in lines] == [["0 / 1 chính,"], ["0 / 1 sao"]]


@pytest.mark.parametrize("scale", [100, 125])
def test_a_case_with_a_long_name_is_read_whole(qapp: QApplication, qtbot: QtBot, office: Office, scale: int) -> None:
    with desk_of(qapp, qtbot, office, scale=scale) as desk:
        desk.card(HUONG)
        panel = desk.screen.procedure
        panel.box.pick(PERMIT)
        desk.settled()
        assert panel.case.isVisible()
        for place in range(panel.case.count()):
            panel.case.setCurrentIndex(place)
            panel.case.grab()
            whole = panel.case.currentText()
            assert panel.case.shown == whole or (scale > 100 and panel.case.toolTip() == whole)
        panel.case.showPopup()
        longest = max(
            panel.case.view().sizeHintForIndex(panel.case.model().index(at, 0)).width()
            for at in range(panel.case.count())
        )
        assert panel.case.view().viewport().width() >= longest
        panel.case.hidePopup()
        shot(desk.window, f"case-{scale}")
        panel.box.pick(UNMARRIED)
        QApplication.sendPostedEvents()
        assert not panel.case.isVisible()
        panel.box.pick(BIRTH)


@pytest.mark.parametrize("code", [CERTIFIED, BIRTH, PERMIT])
def test_the_summary_stands_in_its_field_whichever_procedure_is_picked(
    qapp: QApplication, qtbot: QtBot, office: Office, code: str
) -> None:
    with desk_of(qapp, qtbot, office) as desk:
        desk.card(HUONG)
        desk.choose(code)
        panel = desk.screen.procedure
        assert panel.summary.text() == desk.filling.summary != ""


def test_what_is_missing_is_named_to_the_end(qapp: QApplication, qtbot: QtBot, office: Office) -> None:
    with desk_of(qapp, qtbot, office) as desk:
        desk.card(HUONG)
        desk.screen.procedure.box.pick(PERMIT)
        QApplication.sendPostedEvents()
        words = desk.screen.missing_line.words
        assert words.text().startswith("Còn thiếu: ")
        assert " ".join(words.lines) == words.text()


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Giấy tờ tùy thân (Hộ chiếu/Thẻ CCCD) - không yêu cầu nếu đã khai thác được", "Giấy tờ tùy thân"),
        ("Tờ khai", "Tờ khai"),
        ("(1) Giấy lạ", "(1) Giấy lạ"),
    ],
)
def test_a_paper_is_called_by_what_stands_before_its_explanation(name: str, short: str) -> None:
    assert short_name(name) == short
