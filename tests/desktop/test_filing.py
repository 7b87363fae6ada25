"""What is scanned becomes a file of record beside the work: upright, searchable, under the limit, proposed from."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pikepdf import pdfa
from PIL import Image

from desktop.devices.source import Page
from desktop.filing import Backlog, Piece, do_next
from desktop.office import Office
from desktop.pagework import TRUSTED, Pagework
from desktop.scanning import Scan, bring_into
from onestop import clock
from onestop.actions import pages, paper_changes, papers
from onestop.actions.pages import Owner, PageForm, PassForm
from onestop.actions.paper_changes import ArrangeForm
from onestop.actions.papers import KeepForm
from onestop.queries import papers as queries
from onestop.queries import scanning
from onestop.queries.papers import DocumentRow
from onestop.rules.papers import Signature, Source
from paper.ocr import agreement
from tests.helpers import badfiles, preflight
from tests.helpers.office import BIRTH, MONDAY, act_as, made_person, received
from tests.helpers.pages import texts
from tests.helpers.paperwork import MadePaper, birth_notification
from tests.helpers.printed import drawn
from tests.helpers.signed import ROOT, signed_by
from tests.helpers.signing import NOW, made_pdf
from tests.helpers.wear import jpeg, photographed


class Quiet:
    """A report that nobody gives up."""

    cancelled = False

    def step(self, done: int = 0, total: int | None = None, what: str = "") -> None:
        """So far."""


@pytest.fixture
def office(demo_office: Office) -> Iterator[Office]:
    with clock.frozen(MONDAY):
        yield demo_office


@pytest.fixture
def work(office: Office) -> Iterator[Pagework]:
    made = Pagework(office)
    yield made
    made.close()


@pytest.fixture
def paper() -> MadePaper:
    return birth_notification(random.Random(5), date(2026, 11, 20))


def scanned(office: Office, work: Pagework, content: bytes, dossier: str, slot: str, number: int = 1) -> str:
    """A page as it comes from the scanner into a component; its id."""
    mended = work.mended(Page(content, "image/jpeg", 0, 0, 300, number))
    form = PageForm(
        Owner(dossier=dossier),
        slot,
        content,
        "image/jpeg",
        turn=mended.turn,
        colour=mended.colour,
        blank=mended.blank,
        problems=mended.problems,
        clean=mended.clean,
        dpi=300,
    )
    made: str = office.perform(pages.add, form).answer
    return made


def a_slot(office: Office, dossier: str) -> str:
    return office.read(scanning.of_dossier, dossier).slots[0].key


def kept(office: Office, dossier: str, slot: str) -> DocumentRow:
    office.perform(papers.keep, KeepForm(dossier, slot, None))
    return office.read(queries.of_dossier, dossier)[0]


def test_a_page_that_lay_on_its_head_is_filed_upright_searchable_and_proposed_from(
    office: Office, work: Pagework, paper: MadePaper, tmp_path: Path
) -> None:
    act_as(office, "ha")
    dossier = received(office, made_person(41), procedure=BIRTH).id
    slot = a_slot(office, dossier)
    page = drawn(paper, 300).rotate(180)
    scanned(office, work, jpeg(page), dossier, slot)
    row = kept(office, dossier, slot)
    assert row.blob is None
    piece = do_next(Quiet(), office, work, Backlog(), read=True)
    assert piece.paper == row.id
    assert piece.changes.of("document") == {row.id}
    assert piece.changes.of("document_text") == {row.id}
    filed = office.read(queries.one, row.id)
    assert filed is not None
    assert filed.blob is not None
    assert filed.leaves == 1
    content = office.files.get(filed.blob)
    assert pdfa.validate_written(io.BytesIO(content), "2b").passed
    assert preflight.findings_2b(content, tmp_path) == {}
    assert agreement(paper.text, texts(content)[0]) > 0.9
    reading = office.read(queries.reading, row.id)
    assert reading is not None
    assert reading.proposals
    for given in reading.proposals.values():
        assert 0 < given["confidence"] <= 1
    assert office.read(queries.find_text, "chứng sinh")
    assert do_next(Quiet(), office, work, Backlog(), read=True) == Piece()
    assert office.files.get(filed.pages[0].blob) == jpeg(page)  # what came is there as it came


def test_a_page_turned_by_hand_is_filed_so_and_struck_ones_are_left_out(
    office: Office, work: Pagework, paper: MadePaper
) -> None:
    act_as(office, "ha")
    dossier = received(office, made_person(41), procedure=BIRTH).id
    slot = a_slot(office, dossier)
    page = jpeg(drawn(paper, 200), dpi=200)
    scanned(office, work, page, dossier, slot, 1)
    scanned(office, work, jpeg(drawn(paper, 200, stamp=False), dpi=200), dossier, slot, 2)
    row = kept(office, dossier, slot)
    office.perform(paper_changes.arrange, ArrangeForm(row.id, ((2, 90, False), (1, 0, True))))
    do_next(Quiet(), office, work, Backlog(), read=False)
    filed = office.read(queries.one, row.id)
    assert filed is not None
    assert filed.blob is not None
    assert filed.leaves == 1
    picture = work.picture(filed.blob, "application/pdf", 0, 800, 800)
    wide, high = Image.open(io.BytesIO(picture)).size
    assert wide > high
    assert office.read(queries.reading, row.id) is None


def test_a_page_that_nobody_can_open_has_its_sheet_where_it_was_let_in(office: Office, work: Pagework) -> None:
    act_as(office, "ha")
    dossier = received(office, made_person(41), procedure=BIRTH).id
    slot = a_slot(office, dossier)
    page = scanned(office, work, badfiles.truncated_jpeg(), dossier, slot)
    (row,) = office.read(queries.pages, dossier=dossier)
    assert [each.code for each in row.faults] == ["paper.truncated"]
    act_as(office, "demo")
    office.perform(pages.let_pass, PassForm((page,), "bản duy nhất của công dân", "", ""))
    kept(office, dossier, slot)
    piece = do_next(Quiet(), office, work, Backlog(), read=False)
    filed = office.read(queries.one, piece.paper or "")
    assert filed is not None
    assert filed.leaves == 1


def test_a_paper_of_blank_pages_that_was_let_in_has_them_in_its_file(office: Office, work: Pagework) -> None:
    dossier = received(office, made_person(41), procedure=BIRTH).id
    slot = a_slot(office, dossier)
    page = scanned(office, work, jpeg(badfiles.Image.new("L", (1240, 1754), 255)), dossier, slot)
    (row,) = office.read(queries.pages, dossier=dossier)
    assert (row.blank, row.struck) == (True, True)
    office.perform(pages.let_pass, PassForm((page,), "mặt sau của tờ khai mẫu", "", ""))
    paper = kept(office, dossier, slot).id
    assert do_next(Quiet(), office, work, Backlog(), read=False).paper == paper
    filed = office.read(queries.one, paper)
    assert filed is not None
    assert filed.leaves == 1


def test_what_was_given_up_is_done_the_next_time(office: Office, work: Pagework, paper: MadePaper) -> None:
    act_as(office, "ha")
    dossier = received(office, made_person(41), procedure=BIRTH).id
    slot = a_slot(office, dossier)
    scanned(office, work, jpeg(drawn(paper, 200), dpi=200), dossier, slot)
    row = kept(office, dossier, slot)

    class Impatient:
        cancelled = True

    backlog = Backlog()
    assert do_next(Impatient(), office, work, backlog, read=True) == Piece()
    assert not backlog.in_vain
    assert do_next(Quiet(), office, work, backlog, read=False).paper == row.id


def test_a_brought_pdf_is_read_from_its_own_words(office: Office, work: Pagework, tmp_path: Path) -> None:
    act_as(office, "ha")
    dossier = received(office, made_person(41), procedure=BIRTH).id
    slot = a_slot(office, dossier)
    file = tmp_path / "xac nhan.pdf"
    file.write_bytes(made_pdf(2, "Giay xac nhan cu tru"))
    brought = work.read(file)
    form = PageForm(
        Owner(dossier=dossier),
        slot,
        brought.content,
        brought.facts.media_type,
        source=Source.FILE,
        name=file.name,
        leaves=brought.facts.leaves,
    )
    office.perform(pages.add, form)
    row = kept(office, dossier, slot)
    assert row.leaves == 2
    assert do_next(Quiet(), office, work, Backlog(), read=True).paper == row.id
    reading = office.read(queries.reading, row.id)
    assert reading is not None
    assert "cu tru" in reading.text


def test_a_photograph_that_was_brought_is_cut_out_and_set_straight(work: Pagework, paper: MadePaper) -> None:
    content = jpeg(photographed(drawn(paper, 200)), dpi=0)
    brought = work.brought(content, "anh.jpg")
    assert not brought.facts.problems
    assert brought.clean is not None
    assert brought.content == content


def test_a_file_whose_name_is_no_text_comes_in_by_a_name_that_is(
    office: Office, work: Pagework, tmp_path: Path
) -> None:
    act_as(office, "ha")
    dossier = received(office, made_person(41), procedure=BIRTH).id
    slot = a_slot(office, dossier)
    files = [tmp_path / "don-\udcff.pdf", tmp_path / "hai\ndong\x1b.pdf", tmp_path / ("dai" * 60 + ".pdf")]
    for number, file in enumerate(files):
        file.write_bytes(made_pdf(1, f"To {number}"))
    gone = tmp_path / "mat-\udcff.pdf"
    outcome = bring_into(Quiet(), office, work, Scan(Owner(dossier=dossier), slot), [*files, gone])
    assert (len(outcome.came), [broken.code for _name, broken in outcome.refused]) == (3, ["file.missing"])
    names = [row.name for row in office.read(queries.pages, dossier=dossier)]
    assert names[:2] == ["don-\ufffd.pdf", "hai dong .pdf"]
    assert names[2].startswith("daidai") and names[2].endswith("dai.pdf")
    assert kept(office, dossier, slot).name == names[0]


def test_a_signature_that_came_is_judged_by_whom_the_office_believes(
    office: Office, work: Pagework, tmp_path: Path
) -> None:
    with clock.frozen(NOW):
        signed = signed_by(tmp_path)
        assert work.brought(signed, "ky.pdf").facts.signature is Signature.UNKNOWN
        folder = office.folder / TRUSTED
        folder.mkdir()
        (folder / "authority.pem").write_bytes(ROOT.pem)
        assert work.brought(signed, "ky.pdf").facts.signature is Signature.VALID
        assert work.brought(signed, "ky.pdf").content == signed
        at = signed.index(b"stream") + 20
        spoilt = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
        assert work.brought(spoilt, "ky.pdf").facts.signature is Signature.BROKEN
