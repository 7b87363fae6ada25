"""A dossier that came online: written down with its code and hour, answered in 8 working hours, its limit from then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from desktop.office import Office
from onestop import clock
from onestop.actions import drafts, process, receive
from onestop.actions.table import KINDS
from onestop.clock import VIETNAM
from onestop.queries import dossiers, overview
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import RegisterForm
from onestop.rules.moves import MoveForm
from onestop.store import rebuild
from tests.helpers.office import act_as, made_dossier, received

UNMARRIED = "1.004873"
CODE = "G22.99-261123-0042"
SUBMITTED = "2026-11-23T08:15"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@pytest.fixture
def office(demo_office: Office) -> Iterator[Office]:
    act_as(demo_office, "ha")
    with clock.frozen(at(23, 9)):
        yield demo_office


def wish(code: str = CODE, submitted: str = SUBMITTED, **given: Any) -> RegisterForm:
    return RegisterForm(made_dossier(procedure=UNMARRIED, **{"complete": False, **given}), code, submitted)


def registered(office: Office, **given: Any) -> receive.Received:
    return office.perform(receive.register, wish(**given)).answer


def values(office: Office, dossier: str) -> Any:
    found = office.read(dossiers.one, dossier)
    assert found is not None
    return found.values


def test_it_waits_for_an_answer_and_no_limit_runs_yet(office: Office) -> None:
    found = registered(office)
    assert (found.state, found.due) == ("new", None)
    kept = values(office, found.id)
    assert (kept["channel"], kept["source"], kept["assisted"]) == ("online", "dvcqg", False)
    assert (kept["received_at"], kept["due_at"], kept["steps"]) == (clock.utc(at(23, 8, 15)), None, None)
    assert office.read(dossiers.find_id, CODE) == found.id
    card = office.read(overview.card, found.id)
    assert card is not None
    assert [event.kind for event in card.history] == ["dossier.registered"]
    assert office.read(rebuild.compare, KINDS, office.files, office.id) == []


def test_the_limit_counts_from_the_answer(office: Office) -> None:
    found = registered(office)
    with clock.frozen(at(23, 16, 30)):
        made = office.perform(process.move, MoveForm(found.code, "accept")).answer
    assert (made.state, made.due, made.warnings) == ("received", at(27, 17), ())
    assert values(office, found.id)["received_at"] == clock.utc(at(23, 16, 30))


def test_an_answer_after_eight_working_hours_is_told(office: Office) -> None:
    found = registered(office)
    with clock.frozen(at(25, 8, 16)):  # the 24th is off
        made = office.perform(process.move, MoveForm(found.code, "refuse", reason="không thuộc thẩm quyền")).answer
    assert [each.code for each in made.warnings] == ["answer.late"]


def test_the_same_draft_is_written_down_once(office: Office) -> None:
    kept = office.perform(drafts.keep, drafts.DraftForm(None, "nháp", {})).answer
    first = registered(office, draft=kept)
    again = registered(office, draft=kept, code="G22.99-261123-0043")
    assert (again.id, again.code, again.again) == (first.id, first.code, True)


def test_what_cannot_be_is_refused_in_a_sentence(office: Office) -> None:
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"code": "  "}, "register.code-missing"),
        ({"code": "x" * 90}, "code.external-bad"),
        ({"submitted": "hôm qua"}, "register.when"),
        ({"submitted": "2026-11-23"}, "register.when"),
        ({"submitted": "2026-11-23T23:15"}, "register.ahead"),
        ({"linked": "khai-sinh"}, "linked.none"),
    )
    for given, code in wrong:
        with pytest.raises(RuleBroken) as caught:
            registered(office, **given)
        assert caught.value.code == code


def test_a_code_that_another_dossier_has_is_refused(office: Office) -> None:
    other = received(office)
    registered(office)
    for code in (CODE, other.code):
        with pytest.raises(RuleBroken, match=r"dossier\.external-code-taken"):
            registered(office, code=code)
