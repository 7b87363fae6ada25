"""One reading for the catalogue screen: every procedure with its search, one with its versions, decisions, review."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.office import Office
from onestop import clock
from onestop.actions import catalogue as actions
from onestop.actions.catalogue import PublishForm, ReviewForm, SwitchForm
from onestop.queries import catalogue_card
from onestop.rules.catalogue_file import read_any
from onestop.rules.overlay import LimitChange, Overlay, Scope
from onestop.rules.procedure import Limit, Unit
from tests.helpers.office import BIRTH

NATIONAL = (Path(__file__).parents[1] / "data" / "national-sample.jsonl").read_bytes()


def decided(office: Office, **more: object) -> str:
    overlay = Overlay(
        id="",
        scope=Scope.OFFICE,
        code=BIRTH,
        decision="12/QĐ-UBND",
        valid_from="2026-01-01",
        limits=(LimitChange(Limit(3, Unit.WORKING_DAY)),),
    )
    return office.perform(actions.set_overlay, replace(overlay, **more)).answer


def test_the_shelf_holds_what_is_not_offered_too(demo_office: Office) -> None:
    demo_office.perform(actions.switch, SwitchForm(BIRTH, enabled=False))
    shelf = demo_office.read(catalogue_card.shelf, clock.today())
    assert len(shelf.rows) >= 40
    (row,) = [each for each in shelf.rows if each.code == BIRTH]
    assert not row.enabled
    assert BIRTH in [hit.code for hit in shelf.index.find("khai sinh")]


def test_a_card_shows_decisions_over_what_is_published(demo_office: Office) -> None:
    first = decided(demo_office)
    card = demo_office.read(catalogue_card.card, BIRTH, clock.today())
    assert card is not None
    assert card.procedure.limit == Limit(3, Unit.WORKING_DAY)
    assert card.published.limit != card.procedure.limit
    assert card.provenance["limit"] == "12/QĐ-UBND"
    (decision,) = card.decisions
    assert (decision.id, decision.by, decision.holds, decision.withdrawn) == (first, "Phan Ngọc Ánh", True, False)
    demo_office.perform(actions.withdraw_overlay, first)
    card = demo_office.read(catalogue_card.card, BIRTH, clock.today())
    assert card is not None
    assert card.procedure == card.published
    assert [(each.withdrawn, each.holds) for each in card.decisions] == [(True, False)]
    decided(demo_office, id=first)
    card = demo_office.read(catalogue_card.card, BIRTH, clock.today())
    assert card is not None
    assert [each.withdrawn for each in card.decisions] == [False], "a decision taken back may be put in again"


def test_the_choices_of_the_office_are_no_decisions(demo_office: Office) -> None:
    demo_office.perform(actions.switch, SwitchForm(BIRTH, enabled=False, quick=0))
    card = demo_office.read(catalogue_card.card, BIRTH, clock.today())
    assert card is not None
    assert (card.enabled, card.quick, card.decisions) == (False, 0, ())


def test_who_decides_is_named_where_the_ward_only_receives(demo_office: Office) -> None:
    card = demo_office.read(catalogue_card.card, "2.000033", clock.today())
    assert card is not None
    assert card.agency == "Sở Công Thương tỉnh Mẫu"


def test_what_waits_for_review_shows_both_sides(demo_office: Office) -> None:
    done = demo_office.perform(actions.publish, PublishForm("catalogue", "national", "x.jsonl", NATIONAL)).answer
    assert BIRTH in done.review
    (waiting,) = [each for each in demo_office.read(catalogue_card.waiting, clock.today()) if each.code == BIRTH]
    assert {each["group"] for each in waiting.differences} >= {"components"}
    assert waiting.current.cases != waiting.incoming.cases
    card = demo_office.read(catalogue_card.card, BIRTH, clock.today())
    assert card is not None
    assert card.waiting is not None
    assert {each.status for each in card.versions} >= {"in-force", "review"}
    demo_office.perform(actions.settle_review, ReviewForm(waiting.version_id, ()))
    assert BIRTH not in [each.code for each in demo_office.read(catalogue_card.waiting, clock.today())]


def test_a_procedure_that_is_not_there(demo_office: Office) -> None:
    assert demo_office.read(catalogue_card.card, "9.999999", clock.today()) is None


def test_a_file_read_ahead_tells_how_far_it_is_and_may_be_given_up() -> None:
    content = NATIONAL + b"\n"
    heard: list[int] = []

    def stop(line: int) -> None:
        heard.append(line)
        if line == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        actions.read_ahead(content, stop)
    assert heard == [1, 2, 3]
    again: list[int] = []
    whole = [line for line, _ in read_any(content)]
    assert [line for line, _ in actions.read_ahead(content, again.append)] == whole == again
    actions.read_ahead(content, stop)  # read before: nothing more is told
