"""A request for completion asks for each paper once, with what is wrong with it; a slip is found by its short code."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.office import Office
from onestop import clock
from onestop.actions import intakes, linking, manage
from onestop.actions.intakes import IntakeForm
from onestop.actions.linking import LinkForm
from onestop.actions.manage import OfficeForm
from onestop.queries import letters, reception
from onestop.rules import slips
from onestop.rules.errors import RuleBroken
from onestop.rules.letters import ComponentLine, SupplementLetter
from tests.helpers.office import BIRTH, MONDAY, made_dossier, received

MARRIAGE_STATUS = "1.004873"
DEATH = "1.000656"
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


def letter(office: Office, *components: dict[str, object], **wish: object) -> SupplementLetter:
    """What stands on the request for completion of a form with these papers."""
    form = made_dossier(procedure=str(wish.pop("procedure", MARRIAGE_STATUS)), complete=False, components=[*components])
    made = office.perform(intakes.make, IntakeForm("supplement", form, **wish)).answer  # type: ignore[arg-type]
    return office.read(letters.supplement, made.id)


def test_the_table_has_the_papers_to_bring_with_their_counts(demo_office: Office) -> None:
    said = letter(demo_office)
    declaration, papers = said.missing
    assert declaration.name.startswith(DECLARATION)
    assert (declaration.originals, declaration.note) == (1, "")
    assert papers.name.startswith(PAPERS)
    assert papers.note == "xuất trình"
    assert said.items == ()


def test_a_bad_paper_stands_in_it_with_what_is_wrong(demo_office: Office) -> None:
    said = letter(demo_office, {"name": DECLARATION, "originals": 1, "status": "bad", "reason": "Chưa ký tên"})
    assert [each.note for each in said.missing if each.name.startswith(DECLARATION)] == ["Chưa ký tên"]
    assert len(said.missing) == 2


def test_one_of_these_is_asked_for_once_with_what_would_do_as_well(demo_office: Office) -> None:
    def about(said: SupplementLetter) -> list[ComponentLine]:
        return [each for each in said.missing if "báo tử" in each.name]

    death, instead = "Giấy báo tử", "Giấy tờ thay Giấy báo tử"
    [first] = about(letter(demo_office, procedure=DEATH))
    assert (first.name, first.note) == (death, f"hoặc: {instead}")
    bad = {"name": instead, "originals": 1, "status": "bad", "reason": "Mờ"}
    [brought] = about(letter(demo_office, bad, procedure=DEATH))
    assert (brought.name, brought.note) == (instead, f"Mờ; hoặc: {death}")
    assert about(letter(demo_office, {"name": instead, "originals": 1}, procedure=DEATH)) == []
    assert about(letter(demo_office, bad, {"name": death, "originals": 1}, procedure=DEATH)) == []


def test_what_would_do_as_well_says_for_whom(demo_office: Office) -> None:
    [birth] = [each for each in letter(demo_office, procedure=BIRTH).missing if each.name == "Giấy chứng sinh"]
    assert "Giấy cam đoan về việc sinh (không có Giấy chứng sinh và không có người làm chứng)" in birth.note


def test_words_stand_beside_the_table_or_alone_where_no_paper_was_looked_at(demo_office: Office) -> None:
    words = ("Ghi lại mục nơi cư trú",)
    assert letter(demo_office, items=words).missing == ()
    said = letter(demo_office, {"name": DECLARATION, "originals": 1}, items=words)
    assert [each.name.split()[0] for each in said.missing] == ["Giấy"]
    assert said.items == words


def test_a_last_day_stands_on_it_only_where_the_office_wants_one(demo_office: Office) -> None:
    with clock.frozen(MONDAY):
        assert letter(demo_office).until is None
        demo_office.perform(manage.change_office, OfficeForm(options={"supplement_until": True}))
        assert letter(demo_office).until == date(2026, 12, 8)
        wish = IntakeForm("refusal", made_dossier(), reason="Sai nơi")
        assert demo_office.perform(intakes.make, wish).answer.until is None


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
            demo_office.perform(linking.link, LinkForm(code, external))
    demo_office.perform(linking.link, LinkForm(code, "123-456-789"))
