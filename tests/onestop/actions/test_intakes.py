"""What a request for completion asks for: each paper once, with what is wrong with it where it is there."""

from __future__ import annotations

import pytest

from desktop.office import Office
from onestop.actions import intakes
from onestop.actions.intakes import IntakeForm
from onestop.rules.errors import RuleBroken
from tests.helpers.office import made_dossier

MARRIAGE_STATUS = "1.004873"
DECLARATION, PAPERS = "Tờ khai cấp", "Giấy tờ tùy thân"


def asked(office: Office, *components: dict[str, str], complete: bool = False) -> tuple[str, ...]:
    form = made_dossier(
        procedure=MARRIAGE_STATUS, complete=complete, components=[{"by": "submitted", **each} for each in components]
    )
    return office.perform(intakes.make, IntakeForm("supplement", form)).answer.items


def test_what_is_missing_is_asked_for_by_name(demo_office: Office) -> None:
    items = asked(demo_office)
    assert [item.split()[0:2] for item in items] == [DECLARATION.split()[0:2], PAPERS.split()[0:2]]


def test_a_paper_that_is_not_valid_is_asked_for_once(demo_office: Office) -> None:
    items = asked(demo_office, {"name": DECLARATION, "status": "bad", "reason": "Chưa ký tên"})
    about = [item for item in items if item.startswith(DECLARATION)]
    assert len(about) == 1
    assert about[0].endswith(": Chưa ký tên")
    assert any(item.startswith(PAPERS) for item in items)


def test_where_nothing_is_missing_there_is_nothing_to_ask_for(demo_office: Office) -> None:
    with pytest.raises(RuleBroken, match=r"intake\.nothing-missing"):
        asked(demo_office, complete=True)
