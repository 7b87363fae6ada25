"""What one scans for: the components of a draft or a dossier, and where pages belong by now."""

from __future__ import annotations

import pytest

from desktop.office import Office
from onestop import clock
from onestop.actions import drafts, papers, receive
from onestop.actions.drafts import DraftForm
from onestop.actions.papers import AttachForm, Brought
from onestop.queries import scanning
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import write_form
from onestop.rules.papers import FileFacts
from onestop.rules.separators import DOSSIER, DRAFT, Separator
from tests.helpers.office import BIRTH, made_dossier, made_person, received, register

BIRTH_PAPER = "Giấy chứng sinh"


def kept(office: Office, **given: object) -> str:
    form = made_dossier(procedure=BIRTH, **given)
    draft: str = office.perform(drafts.keep, DraftForm(None, "Khai sinh", write_form(form))).answer
    return draft


def test_a_draft_has_the_components_of_its_case_and_further_papers(demo_office: Office) -> None:
    given = [
        {"name": BIRTH_PAPER, "originals": 1, "scan_later": True},
        {"name": "Giấy ủy quyền", "originals": 1, "extra": True},
    ]
    found = demo_office.read(scanning.of_draft, kept(demo_office, components=given), clock.today())
    at = {slot.name.split(" (")[0].split(",")[0]: slot for slot in found.slots}
    paper = next(slot for name, slot in at.items() if name.startswith(BIRTH_PAPER))
    assert (paper.by, paper.scan_later, paper.required) == ("submitted", True, True)
    assert at["Giấy ủy quyền"].key == "+Giấy ủy quyền"
    others = [slot for slot in found.slots if slot not in (paper, at["Giấy ủy quyền"])]
    assert others and all(slot.by is None for slot in others)
    assert (found.title, found.code, found.owner) == ("Đăng ký khai sinh", "", "")
    assert found.owner_name
    assert found.is_open


def test_a_registered_owner_has_a_shelf(demo_office: Office) -> None:
    person = register(demo_office)
    form = write_form(made_dossier(procedure=BIRTH)) | {"owner": {"id": person.id}}
    draft = demo_office.perform(drafts.keep, DraftForm(None, "x", form)).answer
    found = demo_office.read(scanning.of_draft, draft, clock.today())
    assert found.owner == person.id
    assert found.owner_name


def test_a_draft_without_a_procedure_has_only_its_tray(demo_office: Office) -> None:
    draft = demo_office.perform(drafts.keep, DraftForm(None, "Chưa có tên", {"owner": {}})).answer
    found = demo_office.read(scanning.of_draft, draft, clock.today())
    assert (found.slots, found.title) == ((), "Chưa có tên")


def test_a_draft_whose_papers_are_no_longer_in_the_catalogue_still_opens(demo_office: Office) -> None:
    form = write_form(made_dossier(procedure=BIRTH))
    form["components"] = [{"name": "không còn trong danh mục", "originals": 1}]
    draft = demo_office.perform(drafts.keep, DraftForm(None, "x", form)).answer
    assert demo_office.read(scanning.of_draft, draft, clock.today()).slots


def test_a_dossier_has_the_components_it_was_received_with(demo_office: Office) -> None:
    dossier = received(demo_office, procedure=BIRTH, components=[{"name": BIRTH_PAPER, "originals": 1}])
    brought = Brought(b"%PDF", FileFacts("a.pdf", "application/pdf", 4))
    demo_office.perform(papers.attach, AttachForm(dossier.code, BIRTH_PAPER, (brought,)))
    found = demo_office.read(scanning.of_dossier, dossier.id)
    assert any(slot.name.startswith(BIRTH_PAPER) for slot in found.slots)
    assert (found.code, len(found.papers), found.dossier) == (dossier.code, 1, dossier.id)
    with pytest.raises(RuleBroken, match=r"dossier\.unknown"):
        demo_office.read(scanning.of_dossier, "no-such")


def test_where_pages_belong_by_now(demo_office: Office) -> None:
    draft = kept(demo_office)
    assert demo_office.read(scanning.home_of, draft, None) == (draft, None)
    taken = demo_office.perform(receive.take_in, made_dossier(procedure=BIRTH, draft=draft)).answer
    assert demo_office.read(scanning.home_of, draft, None) == (None, taken.id)
    assert demo_office.read(scanning.home_of, None, taken.id) == (None, taken.id)
    assert demo_office.read(scanning.home_of, "no-such", None) is None
    assert demo_office.read(scanning.home_of, None, "no-such") is None
    assert demo_office.read(scanning.home_of, None, None) is None
    with pytest.raises(RuleBroken, match=r"draft\.received"):
        demo_office.read(scanning.of_draft, draft, clock.today())
    with pytest.raises(RuleBroken, match=r"draft\.unknown"):
        demo_office.read(scanning.of_draft, "no-such", clock.today())


def test_which_separators_lead_somewhere(demo_office: Office) -> None:
    draft, day = kept(demo_office), clock.today()
    dossier = received(demo_office, made_person(8), procedure=BIRTH)
    [first, *_rest] = demo_office.read(scanning.of_draft, draft, day).slots
    [there, *_rest] = demo_office.read(scanning.of_dossier, dossier.id).slots
    for kind, owner, component, leads in (
        (DRAFT, draft, first.key, True),
        (DRAFT, draft, "khong-co", False),
        (DRAFT, "no-such", first.key, False),
        (DOSSIER, dossier.id, there.key, True),
        (DOSSIER, draft, first.key, False),
    ):
        assert demo_office.read(scanning.is_place, Separator(kind, owner, component), day) is leads
    demo_office.perform(drafts.drop, draft)
    assert not demo_office.read(scanning.is_place, Separator(DRAFT, draft, first.key), day)
