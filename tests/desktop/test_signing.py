"""Many papers with one PIN: signed one by one, a broken one named, stopped where it must; electronic copies."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from desktop import signing
from desktop.jobs import Cancelled
from desktop.models.dossier_words import event
from desktop.office import Office
from desktop.pagework import TRUSTED, Pagework
from desktop.settings import Settings
from desktop.signing import Copy, Means, Outcome, copy_out, maker, means_of, sign_all
from onestop import clock
from onestop.actions import paper_changes
from onestop.actions.paper_changes import DropForm, SignedForm
from onestop.actions.table import KINDS
from onestop.queries import overview
from onestop.queries.papers import DocumentRow
from onestop.rules.errors import DeviceTrouble, RuleBroken, StoreTrouble
from onestop.rules.papers import Signature
from onestop.store import rebuild
from onestop.store.files import fingerprint
from paper.apart import GivenUp
from paper.ecopy import CopyForm
from paper.sign import Appearance, Signer
from paper.sign_file import FileSigner
from paper.sign_pretend import NOBODY
from paper.sign_trust import Trust
from paper.signatures import signatures
from tests.desktop.pretend import PretendShelf
from tests.helpers.office import act_as
from tests.helpers.pages import texts
from tests.helpers.signing import NOW, PIN, SoftToken, made_pdf, owner, soft_token
from tests.helpers.waiting_papers import ROOT, SIGNER, kept, key_file, paper, some, waiting

__all__ = ["soft_token"]


class Report:
    """The person at the other side: gives up before the paper with this number."""

    def __init__(self, give_up_at: int = -1) -> None:
        self.give_up_at, self.cancelled = give_up_at, False
        self.steps: list[tuple[int, int | None, str]] = []

    def step(self, done: int = 0, total: int | None = None, what: str = "") -> None:
        self.steps.append((done, total, what))
        if done == self.give_up_at:
            self.cancelled = True
        if self.cancelled:
            raise Cancelled


@pytest.fixture
def office(demo_office: Office) -> Iterator[Office]:
    with clock.frozen(NOW):
        act_as(demo_office, "ha")
        yield demo_office


@pytest.fixture
def work(office: Office) -> Iterator[Pagework]:
    made = Pagework(office)
    yield made
    made.close()


@pytest.fixture
def make(tmp_path: Path) -> signing.Maker:
    """The clerk's key file, opened in this very process: the process of its own has its own tests."""
    file = key_file(tmp_path)
    return lambda _given_up: FileSigner(file, PIN)


def signed(office: Office, row: DocumentRow) -> Signature:
    """What is in the file of record of a paper, for an office that believes the clerk's authority."""
    blob = paper(office, row.id).blob
    assert blob is not None
    return next(fact.verdict for fact in signatures(office.files.get(blob), Trust((ROOT.der,))))


def by_hand(sign: Callable[[bytes], bytes], tmp_path: Path) -> signing.Maker:
    """The clerk's key, with something in the way of it."""

    class Odd(FileSigner):
        def sign(self, pdf: bytes, appearance: Appearance | None = None, reason: str = "") -> bytes:
            return super().sign(sign(pdf), appearance, reason)

    file = key_file(tmp_path)
    return lambda _given_up: Odd(file, PIN)


# -- many papers


def test_all_of_them_with_one_opening(office: Office, make: signing.Maker) -> None:
    rows, opened = some(office), []

    @contextmanager
    def counted(given_up: Callable[[], bool]) -> Iterator[Signer]:
        opened.append(given_up)
        with make(given_up) as signer:
            yield signer

    report = Report()
    outcome = sign_all(report, office, rows, counted)
    assert (outcome.signed, outcome.faults, outcome.stopped) == ([row.id for row in rows], [], None)
    assert (outcome.left, outcome.given_up, outcome.who, len(opened)) == (0, False, SIGNER, 1)
    assert outcome.changes.of("document") == {row.id for row in rows}
    assert [step[:2] for step in report.steps] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert [signed(office, row) for row in rows] == [Signature.VALID] * 3
    assert waiting(office) == []
    after = paper(office, rows[0].id)
    assert after.signed is not None
    assert office.actor is not None
    assert (after.signed["by"], after.signed["of"]) == (office.actor.id, rows[0].blob)
    assert SIGNER in after.signed["subject"]


def test_through_the_process_of_its_own(office: Office, tmp_path: Path) -> None:
    rows = some(office, 1)
    means = Means("file", file=str(key_file(tmp_path)), mark=True)
    outcome = sign_all(Report(), office, rows, maker(means, PIN), means.appearance)
    assert outcome.signed == [rows[0].id]
    blob = paper(office, rows[0].id).blob
    assert blob is not None
    content = office.files.get(blob)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        rectangle = pdf.pages[0].Annots[0].Rect
    assert float(rectangle[2]) - float(rectangle[0]) > 50, "the mark stands on the page"


def test_with_a_token_and_pdfsig_agrees(office: Office, soft_token: SoftToken, tmp_path: Path) -> None:
    soft_token.make("mc", owner(SIGNER, ROOT))
    rows, means = some(office, 2), Means("token", module=str(soft_token.module))
    stopped = sign_all(Report(), office, rows, maker(means, "135791")).stopped
    assert stopped is not None
    assert stopped.code == "sign.wrong-pin"
    assert sign_all(Report(), office, rows, maker(means, PIN)).signed == [row.id for row in rows]
    for row in rows:
        blob = paper(office, row.id).blob
        assert blob is not None
        file = tmp_path / f"{row.id}.pdf"
        file.write_bytes(office.files.get(blob))
        said = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, check=False).stdout.decode()
        assert said.count("Signature is Valid") == 1
        assert f"Signer Certificate Common Name: {SIGNER}" in said
        assert "Total document signed" in said


def test_a_wrong_pin_stops_before_anything(office: Office, tmp_path: Path) -> None:
    rows = some(office, 2)
    outcome = sign_all(Report(), office, rows, maker(Means("file", file=str(key_file(tmp_path))), "000000"))
    assert outcome.stopped is not None
    assert (outcome.stopped.code, outcome.stopped.details["how"]) == ("sign.wrong-pin", "file")
    assert (outcome.signed, outcome.left) == ([], 2)
    assert waiting(office) == [row.id for row in rows]


def test_a_broken_paper_is_named_and_the_others_go_on(office: Office, make: signing.Maker) -> None:
    first, last = some(office, 2)
    broken = kept(office, b"%PDF-1.7 nothing behind it", person=70)
    rotten = kept(office, made_pdf(1, "rotten"), person=71)
    assert rotten.blob is not None
    office.files.path(rotten.blob).write_bytes(b"%PDF- somebody wrote over it")
    outcome = sign_all(Report(), office, [first, broken, rotten, last], make)
    assert outcome.signed == [first.id, last.id]
    assert [(fault.paper, fault.remark.code) for fault in outcome.faults] == [
        (broken.id, "sign.not-a-pdf"),
        (rotten.id, "files.damaged"),
    ]
    assert (outcome.left, outcome.stopped) == (0, None)
    assert waiting(office) == [broken.id, rotten.id], "they wait until somebody has done something about them"


def test_given_up_between_two_papers(office: Office, make: signing.Maker) -> None:
    rows = some(office, 3)
    outcome = sign_all(Report(give_up_at=1), office, rows, make)
    assert (outcome.signed, outcome.left, outcome.given_up) == ([rows[0].id], 2, True)
    assert signed(office, rows[0]) is Signature.VALID, "what was signed is stored"
    assert waiting(office) == [rows[1].id, rows[2].id]


def test_given_up_while_the_program_waits(office: Office) -> None:
    rows, report = some(office, 1), Report()

    class Waiting:
        def __enter__(self) -> Any:
            return self

        def __exit__(self, *_how: object) -> None: ...

        def sign(self, *_given: object) -> bytes:
            report.cancelled = True
            raise GivenUp

    outcome = sign_all(report, office, rows, lambda _given_up: Waiting())  # type: ignore[arg-type, return-value]
    assert (outcome.signed, outcome.given_up, outcome.left) == ([], True, 1)


def test_given_up_at_the_very_end_is_no_giving_up(office: Office, make: signing.Maker) -> None:
    outcome = sign_all(Report(give_up_at=1), office, some(office, 1), make)
    assert (len(outcome.signed), outcome.given_up) == (1, False)


def test_a_paper_that_was_changed_meanwhile_is_left_alone(office: Office, make: signing.Maker, tmp_path: Path) -> None:
    dropped, twice, whole = some(office, 3)
    office.perform(paper_changes.drop, DropForm(dropped.id, "Nhầm hồ sơ"))
    assert twice.blob is not None
    with FileSigner(key_file(tmp_path), PIN) as signer:
        content = signer.sign(office.files.get(twice.blob))
    office.perform(paper_changes.sign, SignedForm(twice.id, twice.blob, content, "CN=x", "1"))
    outcome = sign_all(Report(), office, [dropped, twice, whole], make)
    assert outcome.signed == [whole.id]
    assert [(fault.title, fault.remark.code) for fault in outcome.faults] == [
        (dropped.about.title, "paper.moved-on"),
        (twice.about.title, "paper.moved-on"),
    ]


def test_a_file_made_anew_while_it_was_being_signed(office: Office, tmp_path: Path) -> None:
    [row] = some(office, 1)

    def meanwhile(pdf: bytes) -> bytes:
        assert row.blob is not None
        office.perform(paper_changes.sign, SignedForm(row.id, row.blob, made_pdf(1, "other"), "CN=y", "2"))
        return pdf

    outcome = sign_all(Report(), office, [row], by_hand(meanwhile, tmp_path))
    assert [fault.remark.code for fault in outcome.faults] == ["paper.moved-on"]


def test_another_clerk_at_the_desk_stops_it(office: Office, tmp_path: Path) -> None:
    rows = some(office, 2)

    def changed(pdf: bytes) -> bytes:
        act_as(office, "duc")
        return pdf

    outcome = sign_all(Report(), office, rows, by_hand(changed, tmp_path))
    assert outcome.stopped is not None
    assert (outcome.stopped.code, outcome.signed, outcome.left) == ("sign.another-clerk", [], 2)
    act_as(office, "ha")
    assert waiting(office) == [row.id for row in rows]


def test_a_token_taken_out_keeps_what_was_signed(office: Office, tmp_path: Path) -> None:
    rows, count = some(office, 3), []

    def taken_out(pdf: bytes) -> bytes:
        count.append(1)
        if len(count) == 2:
            raise DeviceTrouble("sign.no-token")
        return pdf

    outcome = sign_all(Report(), office, rows, by_hand(taken_out, tmp_path))
    assert outcome.stopped is not None
    assert (outcome.stopped.code, outcome.signed, outcome.left) == ("sign.no-token", [rows[0].id], 2)


def test_a_bug_is_not_swallowed(office: Office, tmp_path: Path) -> None:
    def bug(pdf: bytes) -> bytes:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        sign_all(Report(), office, some(office, 1), by_hand(bug, tmp_path))


# -- with what


def test_the_pretend_program_signs_in_a_demo_office(office: Office) -> None:
    rows = some(office, 2)
    outcome = sign_all(Report(), office, rows, maker(Means("program", program="pretend"), demo=True))
    assert (outcome.signed, outcome.who) == ([row.id for row in rows], NOBODY)
    assert signed(office, rows[0]) is Signature.UNKNOWN, "nobody vouches for it"


def test_a_paper_that_the_program_cannot_open_is_named_and_the_others_go_on(office: Office) -> None:
    first, last = some(office, 2)
    broken = kept(office, b"%PDF-1.7 nothing behind it", person=70)
    torn = kept(office, made_pdf(1, "torn")[:-60], person=71)
    means = maker(Means("program", program="pretend"), demo=True)
    outcome = sign_all(Report(), office, [first, broken, torn, last], means)
    assert outcome.signed == [first.id, last.id]
    assert [(fault.paper, fault.remark.code) for fault in outcome.faults] == [
        (broken.id, "sign.not-a-pdf"),
        (torn.id, "sign.not-a-pdf"),
    ]
    assert (outcome.left, outcome.stopped) == (0, None)


LACKING: Sequence[tuple[Means, str]] = (
    (Means(), "sign.not-chosen"),
    (Means("file"), "sign.no-file-chosen"),
    (Means("program"), "sign.no-program-chosen"),
    (Means("program", program="gone"), "sign.no-program-chosen"),
    (Means("program", program="pretend"), "sign.demo-only"),
)


@pytest.mark.parametrize(("means", "code"), LACKING)
def test_what_is_still_to_be_chosen(means: Means, code: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        maker(means)
    assert broken.value.code == code


def test_a_program_that_does_not_run_says_so(office: Office) -> None:
    means = Means("program", program="vgca", address="ws://127.0.0.1:9/")
    outcome = sign_all(Report(), office, some(office, 1), maker(means))
    assert outcome.stopped is not None
    assert outcome.stopped.code == "sign.program-silent"
    away = Means("program", program="vgca", address="ws://192.0.2.1:8987/")
    stopped = sign_all(Report(), office, [], maker(away)).stopped
    assert stopped is not None
    assert stopped.code == "sign.not-local"


def test_means_are_read_from_the_settings() -> None:
    settings = Settings(None, PretendShelf())
    assert means_of(settings) == Means()
    for key, value in {
        "sign_way": "token",
        "sign_module": "/x.so",
        "sign_certificate": "ab",
        "sign_mark": True,
    }.items():
        settings.set(key, value)
    means = means_of(settings)
    assert means == Means("token", module="/x.so", certificate="ab", mark=True)
    assert (means.lacks, means.asks_pin, means.appearance) == ("", True, Appearance())
    assert not Means("program", program="vgca").asks_pin


def test_who_is_waited_for(office: Office) -> None:
    [row] = some(office, 1)
    assert office.actor is not None
    mine = office.actor.id
    assert row.waits_for(mine)
    assert not row.waits_for("another")
    assert not kept(office, made_pdf(), signature=Signature.VALID, person=80).waits_for(mine)


# -- the electronic copy


def copy_to(folder: Path, form: CopyForm = CopyForm.WHOLE) -> Copy:
    return Copy(form, "ỦY BAN NHÂN DÂN PHƯỜNG MẪU", folder / "ban-sao.pdf")


def test_a_copy_with_its_mark_waits_for_the_agency(office: Office, work: Pagework, tmp_path: Path) -> None:
    [row] = some(office, 1)
    made = copy_out(Report(), office, work, row, copy_to(tmp_path)).file
    said = " ".join(texts(made.read_bytes())[0].split())
    assert "SAO Y" in said
    assert "ỦY BAN NHÂN DÂN PHƯỜNG MẪU" in said
    assert "2026-11-27T12:00:00+07:00" in said
    assert signatures(made.read_bytes(), Trust()) == ()
    assert paper(office, row.id).blob == row.blob, "the paper itself stays as it is"


def test_a_copy_signed_at_once(office: Office, work: Pagework, make: signing.Maker, tmp_path: Path) -> None:
    [row] = some(office, 1)
    made = copy_out(Report(), office, work, row, copy_to(tmp_path, CopyForm.PART), make).file
    (fact,) = signatures(made.read_bytes(), Trust((ROOT.der,)))
    assert (fact.verdict, fact.reason, fact.covers_all) == (Signature.VALID, signing.COPIED, True)
    assert "TRÍCH SAO" in texts(made.read_bytes())[0]


def test_a_copy_of_a_signed_paper_carries_its_mark_in_the_new_signature(
    office: Office, work: Pagework, make: signing.Maker, tmp_path: Path
) -> None:
    [row] = some(office, 1)
    assert sign_all(Report(), office, [row], make).signed
    row = paper(office, row.id)
    with pytest.raises(RuleBroken) as broken:
        copy_out(Report(), office, work, row, copy_to(tmp_path))
    assert broken.value.code == "sign.copy-is-signed"
    made = copy_out(Report(), office, work, row, copy_to(tmp_path, CopyForm.OF_A_COPY), make).file
    found = signatures(made.read_bytes(), Trust((ROOT.der,)))
    assert [fact.verdict for fact in found] == [Signature.VALID] * 2, "the first one holds"


def test_a_copy_that_cannot_be_made(office: Office, work: Pagework, tmp_path: Path) -> None:
    [row] = some(office, 1)
    with pytest.raises(StoreTrouble) as trouble:
        copy_out(Report(), office, work, row, Copy(CopyForm.WHOLE, "UBND", tmp_path / "nowhere" / "x.pdf"))
    assert (trouble.value.code, trouble.value.details["reason"]["code"]) == ("file.unwritable", "why.missing")
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_copy_is_not_written_into_a_pipe_and_the_pipe_stays(office: Office, work: Pagework, tmp_path: Path) -> None:
    [row] = some(office, 1)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(RuleBroken) as broken:
        copy_out(Report(), office, work, row, Copy(CopyForm.WHOLE, "UBND", pipe))
    assert (broken.value.code, stat.S_ISFIFO(pipe.stat().st_mode)) == ("file.not-ordinary", True)


def test_that_a_copy_went_out_is_recorded(office: Office, work: Pagework, make: signing.Maker, tmp_path: Path) -> None:
    [row] = some(office, 1)
    written = copy_out(Report(), office, work, row, copy_to(tmp_path), make)
    assert written.changes.of("dossier") == {row.dossier_id}
    card = office.read(overview.card, row.dossier_id)
    assert card is not None
    assert card.history[-1].kind == "document.copied"
    assert event(card.history[-1]) == (f"Ghi bản sao điện tử của {row.about.title}", "Trần Thu Hà")
    with office.store.reading() as connection:
        body = connection.exec_driver_sql("SELECT body FROM act WHERE kind = 'document.copied'").scalar_one()
    found = json.loads(body)
    assert (found["form"], found["of"], found["signed"]) == ("SAO Y", row.blob, True)
    assert found["sha256"] == fingerprint(written.file.read_bytes())
    assert office.read(rebuild.compare, KINDS, office.files, office.id) == []


def test_a_copy_is_not_left_behind_unrecorded(office: Office, work: Pagework, tmp_path: Path) -> None:
    [row] = some(office, 1)
    act_as(office, "khoa")
    with pytest.raises(RuleBroken) as broken:
        copy_out(Report(), office, work, row, copy_to(tmp_path))
    assert broken.value.code == "permission.missing"
    assert list(tmp_path.glob("*.pdf")) == []


def test_what_the_office_believes_judges_its_own_signatures(
    office: Office, work: Pagework, make: signing.Maker
) -> None:
    [row] = some(office, 1)
    outcome: Outcome = sign_all(Report(), office, [row], make)
    assert outcome.signed
    blob = paper(office, row.id).blob
    assert blob is not None
    assert [fact.verdict for fact in work.signatures_of(office.files.get(blob))] == [Signature.UNKNOWN]
    (office.folder / TRUSTED).mkdir()
    (office.folder / TRUSTED / "goc.pem").write_bytes(ROOT.pem)
    assert [fact.verdict for fact in work.signatures_of(office.files.get(blob))] == [Signature.VALID]
