"""A request for completion asks for each paper once, with what is wrong with it; a slip is found by its short code."""

from __future__ import annotations

import pytest

from desktop.office import Office
from onestop import clock
from onestop.actions import intakes, receive
from onestop.actions.intakes import IntakeForm
from onestop.actions.receive import LinkForm
from onestop.queries import letters, reception
from onestop.rules import slips
from onestop.rules.errors import RuleBroken
from tests.helpers.office import made_dossier, received

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


# ---- the short code -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["supplement", "refusal"])
def test_a_slip_bears_a_short_code_in_words_and_in_its_qr(demo_office: Office, kind: str) -> None:
    wish = IntakeForm(kind, made_dossier(), ("Thiếu tờ khai",), "Không thuộc thẩm quyền")
    made = demo_office.perform(intakes.make, wish).answer
    assert made.code == slips.compose(1, made.id)
    letter = demo_office.read(letters.supplement if kind == "supplement" else letters.refusal, made.code)
    assert letter.reference.shown == letter.reference.qr == made.code


def test_any_writing_of_its_code_and_the_id_of_the_first_slips_find_it(demo_office: Office) -> None:
    made = demo_office.perform(intakes.make, IntakeForm("supplement", made_dossier(), ("Thiếu tờ khai",))).answer
    for name in (made.code, made.code.lower(), made.code[2:], made.code.replace("-", " "), made.id, made.id[:23]):
        row = demo_office.read(letters.intake, name)
        assert row is not None and row.id == made.id, name
        assert demo_office.read(reception.take_up_slip, name, clock.today()).draft == made.draft
    assert demo_office.read(letters.intake, made.code[:-1]) is None


def test_a_code_that_is_taken_is_not_given_again(demo_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = slips.compose(1, "one"), slips.compose(1, "two")
    drawn = iter([one, one, two])
    monkeypatch.setattr(slips, "compose", lambda _counter, _slip: next(drawn))
    wish = IntakeForm("refusal", made_dossier(), reason="Không thuộc thẩm quyền")
    assert [demo_office.perform(intakes.make, wish).answer.code for _slip in range(2)] == [one, two]


def test_the_code_of_a_slip_is_no_code_of_another_system(demo_office: Office) -> None:
    made = demo_office.perform(intakes.make, IntakeForm("refusal", made_dossier(), reason="Sai nơi")).answer
    code = received(demo_office).code
    for external in (made.code, made.code[2:].lower()):
        with pytest.raises(RuleBroken, match=r"code\.of-a-slip"):
            demo_office.perform(receive.link, LinkForm(code, external))
    demo_office.perform(receive.link, LinkForm(code, "123-456-789"))
