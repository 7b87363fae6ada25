"""Pages on their way, papers of a dossier, the shelf: kept, changed, taken off, and rebuilt from the acts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from desktop.office import Office
from onestop import clock
from onestop.actions import citizens, drafts, pages, paper_changes, papers, reading, receive
from onestop.actions.drafts import DraftForm
from onestop.actions.pages import Change, Owner, PageForm, PassForm
from onestop.actions.paper_changes import ArrangeForm, DescribeForm, DropForm, FiledForm, MoveForm, SignedForm
from onestop.actions.papers import AttachForm, Brought, KeepForm, ReuseForm
from onestop.actions.reading import ReadingForm
from onestop.actions.table import KINDS
from onestop.queries import papers as queries
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.intake import write_form
from onestop.rules.papers import About, FileFacts, Signature, Source
from onestop.store import rebuild, schema
from onestop.store.files import fingerprint
from tests.helpers.office import BIRTH, act_as, made_dossier, made_person, received

PDF = "application/pdf"
BIRTH_PAPER = "Giấy chứng sinh"


def picture(number: int, **given: Any) -> dict[str, Any]:
    values = {"content": b"\xff\xd8\xff" + bytes([number]) * 40, "media_type": "image/jpeg", "dpi": 200}
    return {**values, **given}


def brought(content: bytes = b"%PDF-1.7 one", name: str = "giay.pdf", **facts: Any) -> Brought:
    return Brought(content, FileFacts(name, facts.pop("media_type", PDF), len(content), **facts))


def rebuilt(office: Office) -> None:
    assert office.read(rebuild.compare, KINDS, office.files, office.id) == []


@pytest.fixture
def office(demo_office: Office) -> Office:
    return demo_office


@pytest.fixture
def draft(office: Office) -> str:
    form = made_dossier(procedure=BIRTH)
    kept: str = office.perform(drafts.keep, DraftForm(None, "nháp", write_form(form))).answer
    return kept


def birth_key(office: Office) -> str:
    found = received(office, procedure=BIRTH)
    c = schema.dossier_component.c
    key: str = office.read(
        lambda connection: connection.execute(
            select(c.key).where(c.dossier_id == found.id, c.name.contains(BIRTH_PAPER))
        ).scalar_one()
    )
    return key


def scan(office: Office, owner: Owner, component: str | None, number: int, **given: Any) -> str:
    page: str = office.perform(pages.add, PageForm(owner, component, **picture(number, **given))).answer
    return page


# -- pages on their way


def test_pages_stand_behind_one_another_and_blank_ones_are_struck(office: Office, draft: str) -> None:
    owner = Owner(draft=draft)
    for number in range(3):
        scan(office, owner, "to-khai", number, blank=number == 1)
    scan(office, owner, None, 9)
    rows = office.read(queries.pages, draft=draft)
    assert [(row.component, row.position, row.blank, row.struck) for row in rows] == [
        (None, 1, False, False),
        ("to-khai", 1, False, False),
        ("to-khai", 2, True, True),
        ("to-khai", 3, False, False),
    ]
    assert office.files.get(rows[1].blob) == picture(0)["content"]


def test_arranging_can_be_taken_back(office: Office, draft: str) -> None:
    first, second = (scan(office, Owner(draft=draft), "to-khai", number) for number in range(2))
    before = office.read(queries.pages, draft=draft)
    changes = (
        Change(first, {"position": 2, "turn": 90}),
        Change(second, {"component": "khac", "position": 1, "struck": True}),
        Change(first, {"state": "removed"}),
    )
    back = office.perform(pages.arrange, changes).answer
    after = {row.id: row for row in office.read(queries.pages, draft=draft)}
    assert (after[first].removed, after[first].turn, after[first].position) == (True, 90, 2)
    assert (after[second].component, after[second].struck) == ("khac", True)
    office.perform(pages.arrange, back)
    assert office.read(queries.pages, draft=draft) == before


def test_a_page_belongs_to_a_draft_or_to_a_dossier(office: Office) -> None:
    for owner in (Owner(), Owner("a", "b")):
        with pytest.raises(RuleBroken, match=r"page\.for-nothing"):
            scan(office, owner, None, 1)


def test_a_supervisor_lets_a_broken_page_in_at_the_clerks_desk(office: Office, draft: str) -> None:
    page = scan(office, Owner(draft=draft), "to-khai", 1, problems=(Remark("paper.truncated"),))
    act_as(office, "ha")
    with pytest.raises(RuleBroken, match=r"permission\.missing"):
        office.perform(pages.let_pass, PassForm((page,), "mực nhòe"))
    assert office.perform(pages.let_pass, PassForm((page,), "mực nhòe", "demo", "nhầm")).answer == "login.refused"
    act_as(office, "demo")
    with pytest.raises(RuleBroken, match=r"page\.reason-missing"):
        office.perform(pages.let_pass, PassForm((page,), "  "))
    assert office.perform(pages.let_pass, PassForm((page,), "bản gốc đã mờ")).answer == ""
    row = office.read(queries.pages, draft=draft)[0]
    assert row.passed is not None
    assert (row.passed["reason"], row.passed["codes"], row.faults) == ("bản gốc đã mờ", ["paper.truncated"], ())


def test_what_was_removed_goes_for_good_after_a_while(office: Office, draft: str) -> None:
    gone, stays = (scan(office, Owner(draft=draft), "to-khai", number) for number in range(2))
    again = scan(office, Owner(draft=draft), "to-khai", 0)
    office.perform(pages.arrange, (Change(gone, {"state": "removed"}),))
    assert office.perform(pages.clear_out, clock.now() - timedelta(days=8)).answer == 0
    assert office.perform(pages.clear_out, clock.now() + timedelta(seconds=1)).answer == 1
    assert {row.id for row in office.read(queries.pages, draft=draft)} == {stays, again}
    assert office.files.has(fingerprint(picture(0)["content"])), "another page still names this content"
    office.perform(pages.arrange, (Change(again, {"state": "removed"}),))
    assert office.perform(pages.clear_out, clock.now() + timedelta(seconds=1)).answer == 1
    assert not office.files.has(fingerprint(picture(0)["content"]))
    assert office.files.has(fingerprint(picture(1)["content"]))


# -- with the dossier


def test_the_drafts_pages_go_with_the_dossier(office: Office) -> None:
    key = birth_key(office)
    form = made_dossier(procedure=BIRTH)
    draft = office.perform(drafts.keep, DraftForm(None, "nháp", write_form(form))).answer
    owner = Owner(draft=draft)
    scan(office, owner, key, 1)
    scan(office, owner, key, 2, blank=True)
    scan(office, owner, key, 3, source=Source.FILE, name="anh.jpg")
    scan(office, owner, None, 4)
    scan(office, owner, "khong-con-trong-danh-muc", 5)
    taken = office.perform(receive.take_in, made_dossier(procedure=BIRTH, draft=draft)).answer
    held = sorted(office.read(queries.of_dossier, taken.id), key=lambda row: row.source)
    assert [(row.source, row.name, [leaf.struck for leaf in row.pages]) for row in held] == [
        ("file", "anh.jpg", [False]),
        ("scanner", "", [False, True]),
    ]
    assert all(row.component == key and row.about.title.startswith(BIRTH_PAPER) for row in held)
    assert [row.leaves for row in held] == [1, 1]
    tray = office.read(queries.pages, dossier=taken.id)
    assert [(row.component, row.source) for row in tray] == [(None, "scanner")] * 2
    assert office.read(queries.pages, draft=draft) == ()
    assert {row.id for row in office.read(queries.to_file, office.id)} == {row.id for row in held}
    rebuilt(office)


def test_a_paper_that_is_not_fit_stops_everything_and_is_named(office: Office) -> None:
    files = {"a.pdf": brought(name="a.pdf", problems=(Remark("paper.password"),))}
    form = made_dossier(procedure=BIRTH, components=[{"name": BIRTH_PAPER, "originals": 1, "files": ["a.pdf"]}])
    before = office.read(lambda c: c.execute(select(schema.dossier.c.id)).all())
    with pytest.raises(RuleBroken) as broken:
        office.perform(lambda work, wish: receive.take_in(work, wish, files), form)
    fault = broken.value.details["faults"][0]
    assert (broken.value.code, fault["file"], fault["code"]) == ("paper.not-fit", "a.pdf", "paper.password")
    assert office.read(lambda c: c.execute(select(schema.dossier.c.id)).all()) == before
    with pytest.raises(RuleBroken, match=r"file\.missing"):
        office.perform(receive.take_in, form)


def test_a_file_over_the_offices_limit_is_refused_while_the_citizen_is_there(office: Office) -> None:
    found = received(office, procedure=BIRTH)
    large = brought(b"%PDF" + bytes(3 * 1024 * 1024))
    with pytest.raises(RuleBroken) as broken:
        office.perform(
            papers.attach, AttachForm(found.code, BIRTH_PAPER, (large,), papers.limit({"scan_size_limit": 2}))
        )
    assert broken.value.details["faults"][0]["details"] == {"size": 3.0, "most": 2.0}
    assert papers.limit({}) == papers.USUAL_LIMIT * 1024 * 1024
    assert papers.limit({"scan_size_limit": 0}) is None


def test_files_are_attached_to_a_dossier_that_is_there(office: Office) -> None:
    found = received(office, procedure=BIRTH)
    clean = Brought(b"%PDF with script", FileFacts("b.pdf", PDF, 16, 3), clean=b"%PDF without")
    picture_file = brought(b"\xff\xd8\xffpicture", "c.jpg", media_type="image/jpeg")
    office.perform(papers.attach, AttachForm(found.code, "chung sinh", (brought(), clean, picture_file)))
    rows = {row.name: row for row in office.read(queries.of_dossier, found.id)}
    assert office.files.get(rows["giay.pdf"].blob or "") == b"%PDF-1.7 one"
    assert office.files.get(rows["b.pdf"].blob or "") == b"%PDF without"
    assert office.files.get(rows["b.pdf"].pages[0].blob) == b"%PDF with script"
    assert (rows["c.jpg"].blob, rows["c.jpg"].leaves, rows["b.pdf"].leaves) == (None, 1, 3)
    with pytest.raises(RuleBroken, match=r"component\.unknown"):
        office.perform(papers.attach, AttachForm(found.code, "hộ chiếu ngoại giao", (brought(),)))
    again = office.perform(
        papers.attach, AttachForm(found.code, "chung sinh", (clean, brought(name="khac.pdf")))
    ).answer
    assert again == [rows["b.pdf"].id, rows["giay.pdf"].id], "the same file is the same paper"
    assert len(office.read(queries.of_dossier, found.id)) == 3
    office.perform(paper_changes.drop, DropForm(again[1], "nhầm"))
    [anew] = office.perform(papers.attach, AttachForm(found.code, "chung sinh", (brought(),))).answer
    assert anew not in again, "what was taken off may come again"
    with pytest.raises(RuleBroken, match=r"dossier\.unknown"):
        office.perform(papers.attach, AttachForm("H99.14-261123-9999", BIRTH_PAPER, (brought(),)))
    rebuilt(office)


def test_a_page_that_comes_after_the_receipt_is_the_dossiers(office: Office, draft: str) -> None:
    key = birth_key(office)
    scan(office, Owner(draft=draft), key, 1)
    found = received(office, procedure=BIRTH, draft=draft)
    late = scan(office, Owner(draft=draft), key, 2)
    rows = office.read(queries.pages, dossier=found.id)
    assert [(row.id, row.component) for row in rows if row.id == late] == [(late, key)]
    assert found.code in [each.dossier_code for each in office.read(queries.to_scan, office.id)]
    office.perform(papers.keep, KeepForm(found.id))
    assert office.read(queries.to_scan, office.id) == ()


def test_scanned_later(office: Office) -> None:
    later = [{"name": BIRTH_PAPER, "originals": 1, "scan_later": True}]
    found = received(office, procedure=BIRTH, components=later)
    waiting = office.read(queries.to_scan, office.id)
    assert [(each.dossier_code, each.name.startswith(BIRTH_PAPER)) for each in waiting] == [(found.code, True)]
    assert office.read(queries.count_to_scan, office.id) == 1
    owner = Owner(dossier=found.id)
    for number in range(2):
        scan(office, owner, waiting[0].component, number)
    scan(office, owner, None, 7)
    made = office.perform(papers.keep, KeepForm(found.id)).answer
    assert len(made) == 1
    (tray,) = office.read(queries.pages, dossier=found.id)
    assert tray.component is None
    (left,) = office.read(queries.to_scan, office.id)
    assert (left.dossier_code, left.component, left.name) == (found.code, "", ""), "a page is left in the tray"
    assert office.read(queries.count_to_scan, office.id) == 1
    office.perform(pages.arrange, (Change(tray.id, {"state": "removed"}),))
    assert office.read(queries.to_scan, office.id) == ()
    assert office.read(queries.count_to_scan, office.id) == 0
    assert office.perform(papers.keep, KeepForm(found.id)).answer == [], "what is kept is not kept twice"
    state = schema.page.c.state
    kept = office.read(lambda c: c.execute(select(schema.page.c.id).where(state == "kept")).scalars().first())
    with pytest.raises(RuleBroken, match=r"page\.already-kept"):
        office.perform(pages.arrange, (Change(str(kept), {"turn": 90}),))
    rebuilt(office)


# -- the shelf


def test_a_paper_of_the_shelf_does_for_the_next_dossier(office: Office) -> None:
    person = made_person(4711)
    first = received(office, person, procedure=BIRTH)
    [paper] = office.perform(papers.attach, AttachForm(first.code, BIRTH_PAPER, (brought(),))).answer
    office.perform(paper_changes.describe, DescribeForm(paper, About(title="Giấy chứng sinh số 5", number="05/GCS")))
    owner_id = office.read(queries.one, paper).citizen_id
    reused = [{"name": BIRTH_PAPER, "by": "reused", "reused": paper}]
    second = received(office, person, procedure=BIRTH, components=reused)
    [row] = office.read(queries.of_dossier, second.id)
    assert (row.source, row.reused_from, row.about.number, row.blob) == (
        "reused", paper, "05/GCS", fingerprint(b"%PDF-1.7 one")
    )  # fmt: skip
    assert [each.id for each in office.read(queries.shelf, owner_id)] == [row.id], "the same file is listed once"
    assert office.read(queries.to_sign, office.id, office.actor.id if office.actor else "") != ()
    rebuilt(office)


def test_anothers_paper_and_one_that_has_ended_are_not_reused(office: Office) -> None:
    first = received(office, made_person(1), procedure=BIRTH)
    [paper] = office.perform(papers.attach, AttachForm(first.code, BIRTH_PAPER, (brought(),))).answer
    reused = [{"name": BIRTH_PAPER, "by": "reused", "reused": paper}]
    with pytest.raises(RuleBroken, match=r"paper\.not-his"):
        received(office, made_person(2), procedure=BIRTH, components=reused)
    office.perform(paper_changes.describe, DescribeForm(paper, About(title="x", valid_to="2020-01-01")))
    with pytest.raises(RuleBroken, match=r"paper\.expired"):
        received(office, made_person(1), procedure=BIRTH, components=reused)
    with pytest.raises(RuleBroken, match=r"paper\.unknown"):
        received(office, made_person(1), procedure=BIRTH, components=[{**reused[0], "reused": "no-such"}])


def test_a_paper_follows_the_person_who_was_found_to_be_the_same(office: Office) -> None:
    one = received(office, made_person(11), procedure=BIRTH)
    two = received(office, made_person(12), procedure=BIRTH)
    for found in (one, two):
        content = found.code.encode()
        office.perform(papers.attach, AttachForm(found.code, BIRTH_PAPER, (brought(b"%PDF" + content),)))
    owners = [office.read(queries.of_dossier, found.id)[0].citizen_id for found in (one, two)]
    stays = office.perform(citizens.same, (owners[0], owners[1])).answer
    assert len(office.read(queries.shelf, str(stays))) == 2


def test_a_paper_of_the_shelf_into_a_dossier_that_is_there(office: Office) -> None:
    person = made_person(31)
    first, second = received(office, person, procedure=BIRTH), received(office, person, procedure=BIRTH)
    [paper] = office.perform(papers.attach, AttachForm(first.code, BIRTH_PAPER, (brought(),))).answer
    office.perform(papers.reuse_in, ReuseForm(second.code, BIRTH_PAPER, paper))
    assert [row.reused_from for row in office.read(queries.of_dossier, second.id)] == [paper]


# -- a paper changes


@pytest.fixture
def paper(office: Office) -> str:
    found = received(office, procedure=BIRTH, components=[{"name": BIRTH_PAPER, "originals": 1, "scan_later": True}])
    key = office.read(queries.to_scan, office.id)[0].component
    for number in range(3):
        scan(office, Owner(dossier=found.id), key, number)
    [made] = office.perform(papers.keep, KeepForm(found.id)).answer
    return str(made)


def test_the_file_of_record_is_named_once(office: Office, paper: str) -> None:
    office.perform(paper_changes.file, FiledForm(paper, b"%PDF made", 3))
    office.perform(paper_changes.file, FiledForm(paper, b"%PDF made again", 3))
    row = office.read(queries.one, paper)
    assert row is not None
    assert (row.blob, row.leaves, row.size) == (fingerprint(b"%PDF made"), 3, 9)
    assert office.read(queries.to_file, office.id) == ()
    rebuilt(office)


def test_pages_arranged_anew_make_a_new_file(office: Office, paper: str) -> None:
    office.perform(paper_changes.file, FiledForm(paper, b"%PDF made", 3))
    before = office.read(queries.one, paper)
    office.perform(paper_changes.arrange, ArrangeForm(paper, ((3, 0, False), (1, 450, False), (2, 0, True))))
    row = office.read(queries.one, paper)
    assert row is not None and before is not None
    assert [leaf.blob for leaf in row.pages] == [before.pages[at].blob for at in (2, 0, 1)]
    assert ([leaf.turn for leaf in row.pages], [leaf.struck for leaf in row.pages]) == (
        [0, 90, 0],
        [False, False, True],
    )
    assert (row.blob, row.leaves) == (None, 2)
    with pytest.raises(RuleBroken, match=r"paper\.pages-differ"):
        office.perform(paper_changes.arrange, ArrangeForm(paper, ((1, 0, False),)))
    rebuilt(office)


def test_what_is_signed_stays_as_it_is(office: Office, paper: str) -> None:
    office.perform(paper_changes.file, FiledForm(paper, b"%PDF made", 3))
    made = fingerprint(b"%PDF made")
    clerk = office.actor.id if office.actor else ""
    assert [row.id for row in office.read(queries.to_sign, office.id, clerk)] == [paper]
    with pytest.raises(RuleBroken, match=r"paper\.moved-on"):
        office.perform(paper_changes.sign, SignedForm(paper, "0" * 64, b"%PDF signed", "CN=x", "1"))
    office.perform(paper_changes.sign, SignedForm(paper, made, b"%PDF signed", "CN=Trần Thị Ngọc Hà", "4a"))
    row = office.read(queries.one, paper)
    assert row is not None and row.signed is not None
    assert (row.blob, row.signed["of"], row.signed["subject"]) == (
        fingerprint(b"%PDF signed"), made, "CN=Trần Thị Ngọc Hà"
    )  # fmt: skip
    assert office.read(queries.to_sign, office.id, clerk) == ()
    with pytest.raises(RuleBroken, match=r"paper\.signed-already"):
        office.perform(paper_changes.arrange, ArrangeForm(paper, ((1, 90, False), (2, 0, False), (3, 0, False))))
    assert office.files.get(made) == b"%PDF made", "the unsigned file stays"
    rebuilt(office)


def test_a_pdf_that_was_brought_is_not_taken_apart(office: Office) -> None:
    found = received(office, procedure=BIRTH)
    [whole] = office.perform(papers.attach, AttachForm(found.code, BIRTH_PAPER, (brought(),))).answer
    with pytest.raises(RuleBroken, match=r"paper\.given-whole"):
        office.perform(paper_changes.arrange, ArrangeForm(whole, ((1, 90, False),)))


def test_taken_off_and_put_back(office: Office, paper: str) -> None:
    with pytest.raises(RuleBroken, match=r"page\.reason-missing"):
        office.perform(paper_changes.drop, DropForm(paper, " "))
    office.perform(paper_changes.drop, DropForm(paper, "quét nhầm hồ sơ"))
    row = office.read(queries.one, paper)
    assert row is not None
    assert row.dropped == "quét nhầm hồ sơ"
    assert office.read(queries.of_dossier, row.dossier_id) == ()
    assert [each.id for each in office.read(queries.of_dossier, row.dossier_id, dropped=True)] == [paper]
    assert office.read(queries.to_scan, office.id) != (), "it is to be scanned again"
    assert office.read(queries.to_file, office.id) == ()
    office.perform(paper_changes.drop, DropForm(paper, None))
    assert [each.id for each in office.read(queries.of_dossier, row.dossier_id)] == [paper]
    rebuilt(office)


def test_moved_to_another_component(office: Office, paper: str) -> None:
    office.perform(paper_changes.move, MoveForm(paper, "tờ khai"))
    row = office.read(queries.one, paper)
    assert row is not None
    assert row.component != office.read(queries.to_scan, office.id)[0].component
    rebuilt(office)


def test_only_the_groups_that_differ_are_written(office: Office, paper: str) -> None:
    about = About(title="Giấy chứng sinh", number="12/GCS", issued_on="2026-11-02", holder_name="Trần Minh Khôi")
    office.perform(paper_changes.describe, DescribeForm(paper, about))
    office.perform(paper_changes.describe, DescribeForm(paper, about))
    bodies = office.read(
        lambda c: c.execute(select(schema.act.c.body).where(schema.act.c.kind == "document.described")).scalars().all()
    )
    assert len(bodies) == 1
    row = office.read(queries.one, paper)
    assert row is not None
    assert row.about == about


# -- words


def test_the_words_of_papers_are_found(office: Office, paper: str) -> None:
    office.perform(paper_changes.file, FiledForm(paper, b"%PDF made", 3))
    [row] = office.read(queries.to_read, office.id)
    form = ReadingForm(
        paper, row.blob or "", "GIẤY CHỨNG SINH\nHọ và tên mẹ: Nguyễn Thị Hòa\x00", {"number": {"value": "5"}}
    )
    office.perform(reading.keep, form)
    office.perform(reading.keep, form)
    assert office.read(queries.to_read, office.id) == ()
    for typed in ("giay chung sinh", "hoà me", "Nguyễn Thị Hò"):
        [found] = office.read(queries.find_text, typed)
        assert (found.document_id, found.dossier_code != "") == (paper, True)
    assert office.read(queries.find_text, "hóa đơn") == ()
    assert office.read(queries.find_text, " ") == ()
    kept = office.read(queries.reading, paper)
    assert kept is not None
    assert kept.proposals == {"number": {"value": "5"}}
    office.perform(paper_changes.drop, DropForm(paper, "nhầm"))
    assert office.read(queries.find_text, "giay chung sinh") == ()


def test_what_came_signed_needs_no_signature_of_ours(office: Office) -> None:
    found = received(office, procedure=BIRTH)
    office.perform(papers.attach, AttachForm(found.code, BIRTH_PAPER, (brought(signature=Signature.VALID),)))
    assert office.read(queries.to_sign, office.id, office.actor.id if office.actor else "") == ()
