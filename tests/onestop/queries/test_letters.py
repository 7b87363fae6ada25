"""Letters as values: what is printed is what is stored, and the draft held up to a citizen is the paper to come."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.office import Office
from onestop import clock
from onestop.queries import letters, reception
from onestop.queries.letters import LetterOptions
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import Status
from onestop.rules.letters import ComponentLine
from tests.helpers.office import BIRTH, MONDAY, made_dossier, received

BY_HAND = {"name": "Giấy ủy quyền", "originals": 1, "extra": True}


def printed(office: Office, **given: Any) -> tuple[tuple[ComponentLine, ...], tuple[ComponentLine, ...]]:
    """The papers of the draft, and those of the receipt of the same form."""
    with clock.frozen(MONDAY):
        form = made_dossier(**given)
        draft = office.read(reception.preview, form, MONDAY, "Trần Thu Hà", LetterOptions())
        dossier = received(office, **given)
        return draft.components, office.read(letters.receipt, dossier.id).components


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.OK, ""),
        (Status.UNCHECKED, "chưa kiểm tra"),
        (Status.BAD, "chưa hợp lệ: chưa ký tên"),
    ],
)
def test_what_was_said_of_a_paper_stands_on_the_receipt(demo_office: Office, status: Status, said: str) -> None:
    reason = {"reason": "chưa ký tên"} if status is Status.BAD else {}
    draft, paper = printed(demo_office, components=[{**BY_HAND, "status": str(status), **reason}])
    assert draft == paper
    assert [(each.name, each.how) for each in paper if each.name == "Giấy ủy quyền"] == [("Giấy ủy quyền", said)]
    assert [each.status for each in paper if each.name == "Giấy ủy quyền"] == [status]


def test_a_request_for_copies_without_a_number_is_received_with_a_warning(demo_office: Office) -> None:
    """An older system may bring one in; the window asks for the number."""
    with clock.frozen(MONDAY):
        warned = received(demo_office, result_copies=0).warnings
        assert [each.code for each in warned] == ["copies.none"]
        assert not received(demo_office, result_copies=1).warnings


def test_a_required_paper_that_is_unchecked_is_not_received(demo_office: Office) -> None:
    with clock.frozen(MONDAY), pytest.raises(RuleBroken) as refused:
        received(demo_office, procedure=BIRTH, components=[{"name": "to-khai", "originals": 1, "status": "unchecked"}])
    assert refused.value.code == "component.unchecked"
    [name] = refused.value.details["names"]
    assert name.startswith("Tờ khai đăng ký khai sinh")
