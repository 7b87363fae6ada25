"""A citizen's rating: after a result or a refusal, once, never changed; a supervisor reads it and answers."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from desktop.office import Office
from onestop import clock
from onestop.actions import intakes, process, ratings
from onestop.queries import overview
from onestop.queries import ratings as queries
from onestop.queries.ratings import Feedback
from onestop.rules.errors import RuleBroken
from onestop.rules.moves import MoveForm, Receiver
from onestop.rules.ratings import RatingForm, rate
from tests.helpers.office import MONDAY, act_as, made_dossier, made_person, received


@pytest.fixture
def office(demo_office: Office) -> Any:
    with clock.frozen(MONDAY):
        act_as(demo_office, "ha")
        yield demo_office


def handed(office: Office) -> str:
    """The code of a dossier whose result was handed over."""
    person = made_person()
    given = received(office, person)
    office.perform(process.move, MoveForm(given.id, "at-once", receiver=Receiver(person.name), paper="receipt"))
    return given.code


def give(office: Office, of: str, level: int, **said: Any) -> Any:
    return office.perform(ratings.give, RatingForm(of, level, **said)).answer


def feedback(office: Office, group: str = "all") -> Feedback:
    return office.read(queries.feedback, group, clock.now())


def broken(office: Office, *given: Any, **said: Any) -> str:
    with pytest.raises(RuleBroken) as refused:
        give(office, *given, **said)
    return refused.value.code


def test_given_once_and_never_changed(office: Office) -> None:
    code = handed(office)
    give(office, code, 5, contents=("đ", "a"), words=" Chờ  lâu ")
    assert broken(office, code, 1) == "rating.already"
    (row,) = feedback(office).rows
    assert (row.code, row.level, row.contents, row.words) == (code, 5, ("a", "đ"), "Chờ lâu")
    assert (row.source, row.by, row.seen_at) == ("screen", "Trần Thu Hà", None)


NO_RATING: tuple[tuple[int, dict[str, Any], str], ...] = (
    (0, {}, "rating.level"),
    (6, {}, "rating.level"),
    (2, {"contents": ("a",)}, "rating.not-bad"),
    (4, {"contents": ("z",)}, "rating.content-unknown"),
    (4, {"words": "x" * 1001}, "rating.words-long"),
    (4, {"source": "nghe nói"}, "rating.source"),
)


def test_what_is_no_rating_is_refused(office: Office) -> None:
    of = handed(office)
    for level, said, code in NO_RATING:
        assert broken(office, of, level, **said) == code
    assert feedback(office).rows == ()


def test_only_after_a_result_or_a_refusal(office: Office) -> None:
    open_one = received(office).code
    assert broken(office, open_one, 1) == "rating.not-yet"
    assert broken(office, "H00.00-000000-0000", 1) == "rating.of-what"
    refusal = office.perform(
        intakes.make, intakes.IntakeForm("refusal", made_dossier(), (), "Không đủ điều kiện")
    ).answer
    asked = office.perform(intakes.make, intakes.IntakeForm("supplement", made_dossier(), ("Tờ khai",))).answer
    assert broken(office, asked.code, 3) == "rating.not-yet"
    assert give(office, refusal.code.replace("-", "").lower(), 4).id == refusal.id
    (row,) = feedback(office, "unseen").rows
    assert (row.table, row.code) == ("intake", refusal.code)


def test_the_clerk_whom_it_is_about_never_sees_which_it_was(office: Office) -> None:
    code = handed(office)
    given = give(office, code, 5, words="Cán bộ gắt gỏng")
    event = office.read(overview.card, given.id).history[-1]
    assert event.kind == "rating.given"
    told = json.dumps(event.details, ensure_ascii=False)
    assert "5" not in told
    assert "gắt" not in told
    for login in ("ha", "khoa"):
        act_as(office, login)
        with pytest.raises(RuleBroken) as refused:
            office.perform(ratings.see, ratings.SeenForm(given.id))
        assert refused.value.details == {"permission": "see-ratings"}


def test_a_supervisor_reads_answers_and_may_mend_his_answer(office: Office) -> None:
    given = give(office, handed(office), 4, contents=("b",))
    act_as(office, "demo")
    office.perform(ratings.see, ratings.SeenForm(given.id))
    assert feedback(office, "unseen").rows == ()
    office.perform(ratings.see, ratings.SeenForm(given.id, "Đã gặp  công dân"))
    office.perform(ratings.see, ratings.SeenForm(given.id, "Đã gặp công dân"))
    (row,) = feedback(office, "bad").rows
    assert (row.answer, row.seen_by, row.level) == ("Đã gặp công dân", "Phan Ngọc Ánh", 4)
    assert row.seen_at == MONDAY
    with pytest.raises(RuleBroken) as refused:
        office.perform(ratings.see, ratings.SeenForm(given.id, "x" * 1001))
    assert refused.value.code == "rating.answer-long"
    with pytest.raises(RuleBroken) as refused:
        office.perform(ratings.see, ratings.SeenForm("không có"))
    assert refused.value.code == "rating.unknown"


def test_the_months_and_the_rate(office: Office) -> None:
    with clock.frozen(MONDAY - timedelta(days=31)):
        give(office, handed(office), 1)
    for level in (1, 2, 3, 5):
        give(office, handed(office), level)
    found = feedback(office, "unseen")
    assert [(month.year, month.month) for month in found.months] == [(2026, month) for month in (6, 7, 8, 9, 10, 11)]
    assert [month.counts for month in found.months[-2:]] == [(1, 0, 0, 0, 0), (1, 1, 1, 0, 1)]
    assert found.total == (2, 1, 1, 0, 1)
    assert found.counts == {"unseen": 1, "bad": 1, "all": 5}
    assert rate(found.total) == 3 / 5
    assert rate((0, 0, 0, 0, 0)) is None
