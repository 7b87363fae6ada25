"""What is still needed before a dossier may be received, and what a citizen is asked to bring."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onestop.rules import intake
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import By, ComponentForm, Need, PersonForm, ReceiveForm, Status
from onestop.rules.procedure import Case, Component, Fee, FeeBasis, FeeKind, Procedure

DECLARATION = Component("to-khai", "Tờ khai", originals=1)
CARD = Component("can-cuoc", "Căn cước", kind="show")
DEATH = Component("bao-tu", "Giấy báo tử", originals=1, group="tu")
INSTEAD = Component("thay", "Giấy tờ thay Giấy báo tử", originals=1, group="tu")
EXTRA = Component("kem-theo", "Giấy kèm theo", originals=1, required=False)
CASE = Case(components=(DECLARATION, CARD, DEATH, INSTEAD, EXTRA))
WHOLE = tuple(intake.as_asked(each) for each in (DECLARATION, CARD, DEATH))


def with_status(key: str, status: Status, reason: str = "") -> tuple[ComponentForm, ...]:
    return tuple(replace(each, status=status, reason=reason) if each.name == key else each for each in WHOLE)


def missing(given: tuple[ComponentForm, ...]) -> list[str]:
    return [each.key for each in intake.missing(intake.lines(CASE, given))]


def to_bring(given: tuple[ComponentForm, ...]) -> list[str]:
    return [each.words for each in intake.to_bring(intake.lines(CASE, given))]


def test_a_whole_dossier_lacks_nothing() -> None:
    assert missing(WHOLE) == []
    assert to_bring(WHOLE) == []


@pytest.mark.parametrize("key", ["to-khai", "can-cuoc", "bao-tu"])
def test_a_required_paper_that_nobody_has_checked_is_still_needed(key: str) -> None:
    """NĐ 118/2025 art. 17.3: time runs from a dossier received complete and valid; unchecked is not valid."""
    assert missing(with_status(key, Status.UNCHECKED)) == [key]


def test_what_was_brought_and_not_checked_is_not_asked_for_again() -> None:
    for key in ("to-khai", "can-cuoc", "bao-tu"):
        assert to_bring(with_status(key, Status.UNCHECKED)) == []
    assert to_bring(with_status("to-khai", Status.BAD, "Chưa ký tên")) == ["Tờ khai: Chưa ký tên"]


def test_fewer_than_asked_for_and_unchecked_is_to_be_brought() -> None:
    nothing = tuple(
        replace(each, status=Status.UNCHECKED, originals=0) if each.name == "to-khai" else each for each in WHOLE
    )
    assert missing(nothing) == ["to-khai"]
    assert to_bring(nothing) == ["Tờ khai"]


def test_one_of_these_checked_does_for_the_one_unchecked() -> None:
    both = (*with_status("bao-tu", Status.UNCHECKED), intake.as_asked(INSTEAD))
    assert missing(both) == []
    assert to_bring(both) == []


def test_a_paper_that_nobody_asked_for_may_stay_unchecked() -> None:
    further = ComponentForm("Giấy ủy quyền", originals=1, extra=True, status=Status.UNCHECKED)
    unasked = replace(intake.as_asked(EXTRA), status=Status.UNCHECKED, by=By.SHOWN)
    assert missing((*WHOLE, further, unasked)) == []


@pytest.mark.parametrize("copies", [0, 1])
def test_a_request_for_copies_needs_their_number(copies: int) -> None:
    """A procedure that asks money for nothing but copies of its result is a request for copies."""
    by_copy = Fee(FeeKind.PHI, "Phí cấp bản sao", 8_000, FeeBasis.RESULT_COPY)
    procedure = Procedure("2.000635", "Cấp bản sao trích lục", fees=(by_copy,))
    form = ReceiveForm("2.000635", PersonForm(name="A"), result_copies=copies)
    needed = intake.needs(form, procedure, person=True, owner=True, limit_known=True)
    assert [each.need for each in needed] == ([Need.COPIES] if not copies else [])
    with_more = replace(procedure, fees=(Fee(FeeKind.LE_PHI, "Lệ phí", 0), by_copy))
    for other in (with_more, replace(procedure, fees=())):
        assert intake.needs(form, other, person=True, owner=True, limit_known=True) == ()


# ---- drafts -------------------------------------------------------------------------------------------------------


def test_a_draft_holds_what_was_being_typed_beside_the_form() -> None:
    form = ReceiveForm("", PersonForm(name="Nguyễn Thị Ánh"), phone="0912345678")
    typed = {"person": {"role": "submitter", "name": "Trần Thị Nửa", "birth": "199"}}
    plain = intake.write_draft(form, typed)
    assert intake.read_draft(plain) == form
    assert intake.read_unfinished(plain) == typed
    assert intake.write_draft(form, {}) == intake.write_form(form)


@pytest.mark.parametrize("kept", [None, "x", ["person"], {"person": "x"}, {"person": {"name": 5}}, {"person": None}])
def test_a_draft_that_says_nothing_readable_of_it_is_taken_up_all_the_same(kept: object) -> None:
    plain = {"owner": {}, "unfinished": kept}
    assert intake.read_draft(plain) == ReceiveForm("", PersonForm())
    assert not any(intake.read_unfinished(plain).values())


def test_what_is_received_has_nothing_half_typed() -> None:
    with pytest.raises(RuleBroken, match=r"form\.unknown-key"):
        intake.read_form({"procedure": "2.000635", "owner": {}, "unfinished": {}})


@pytest.mark.parametrize(
    ("said", "kept"), [("me", "me"), ("Mẹ", "me"), ("bên nữ", "ben-nu"), ("người chết", "nguoi-chet")]
)
def test_a_role_is_known_as_it_is_said(said: str, kept: str) -> None:
    plain = {"procedure": "1.001193", "owner": {}, "parties": [{"role": said, "person": {"name": "Trần Thị Mẫu"}}]}
    assert [party.role for party in intake.read_form(plain).parties] == [kept]
