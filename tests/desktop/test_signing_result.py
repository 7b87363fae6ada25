"""A result letter is signed where the hand would sign, and the signed file is what its dossier keeps."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageDraw

from desktop import signing
from desktop.office import Office
from desktop.reports import drawing
from desktop.reports.result_letter import sign_place
from desktop.signing import demand_signer, sign_letter
from onestop import clock
from onestop.actions import printing, result_letters, signers
from onestop.actions.printing import PrintForm
from onestop.actions.result_letters import MakeForm
from onestop.actions.table import KINDS
from onestop.queries import papers
from onestop.queries import result_letters as queries
from onestop.rules.errors import RuleBroken
from onestop.rules.letters import Paper
from onestop.rules.papers import Signature
from onestop.rules.signers import Signer
from onestop.store import rebuild
from paper.sign_file import FileSigner
from paper.sign_trust import Trust
from paper.signatures import signatures
from tests.desktop.test_signing import Report
from tests.helpers.office import act_as, made_person, received
from tests.helpers.signing import NOW, PIN
from tests.helpers.waiting_papers import ROOT, SIGNER, key_file


@pytest.fixture
def office(demo_office: Office) -> Iterator[Office]:
    with clock.frozen(NOW):
        yield demo_office


@pytest.fixture
def make(tmp_path: Path) -> signing.Maker:
    file = key_file(tmp_path)
    return lambda _given_up: FileSigner(file, PIN)


def printed(office: Office) -> tuple[str, bytes, Any]:
    """A dossier whose result letter was made and printed: its id, the file, the letter."""
    head = Signer("", "Nguyễn Văn Chủ", "Chủ tịch", "TM", "2026-01-01", behalf="Ủy ban nhân dân")
    office.perform(signers.add, head)
    dossier = received(office, made_person(2), procedure="1.004873").id
    made = office.perform(result_letters.make, MakeForm(dossier)).answer
    letter = queries.on_paper(made.plain)
    content = drawing.draw(letter, Paper.A4)
    form = PrintForm(("dossier", dossier), made.name, 0, "A4", made.plain["template"], content, 0, "not-out")
    office.perform(printing.record, form)
    return dossier, content, letter


def marks(content: bytes, file: Path) -> list[tuple[float, float, float, float]]:
    """Where the visible signatures stand, in points from the lower left corner."""
    file.write_bytes(content)
    with pikepdf.open(file) as pdf:
        return [tuple(map(float, each.Rect)) for page in pdf.pages for each in page.get("/Annots", [])]


def test_it_is_signed_between_title_and_name_and_kept(office: Office, make: signing.Maker, tmp_path: Path) -> None:
    dossier, content, letter = printed(office)
    picture = tmp_path / "tay.png"
    hand = Image.new("RGBA", (340, 120), (0, 0, 0, 0))
    ImageDraw.Draw(hand).line((10, 100, 330, 20), fill=(20, 40, 160, 255), width=6)
    hand.save(picture)
    assert not office.read(queries.is_signed, dossier, "result-letter")
    done = sign_letter(Report(), office, dossier, "result-letter", make, str(picture))
    assert done.by == SIGNER
    [kept] = office.read(papers.of_dossier, dossier)
    assert (kept.id, kept.component, kept.about.number) == (done.paper, "ket-qua", "01-Q1/UBND-XNTTHN")
    signed = office.files.get(str(kept.blob))
    assert signed.startswith(content), "what was printed is untouched before the signature"
    assert [each.verdict for each in signatures(signed, Trust((ROOT.der,)))] == [Signature.VALID]
    [box] = marks(signed, tmp_path / "signed.pdf")
    place = sign_place(letter)
    assert place is not None
    middle = (210 - place.middle) / 25.4 * 72
    assert box[0] < middle < box[2]
    assert place.bottom / 25.4 * 72 <= box[1]
    assert box[3] <= (place.bottom + place.room + 2) / 25.4 * 72
    said = subprocess.run(
        ["pdfsig", "-nocert", str(tmp_path / "signed.pdf")], capture_output=True, text=True, check=False
    )
    assert "Signature is Valid" in said.stdout
    assert "Total document signed" in said.stdout
    assert office.read(queries.is_signed, dossier, "result-letter")
    with pytest.raises(RuleBroken, match=r"result\.signed-already"):
        sign_letter(Report(), office, dossier, "result-letter", make)
    assert office.read(lambda c: rebuild.compare(c, KINDS, office.files, office.id)) == []


def test_what_cannot_be_signed_is_not_kept(office: Office, make: signing.Maker, tmp_path: Path) -> None:
    dossier, _content, _letter = printed(office)
    other = received(office, made_person(3), procedure="1.004873").id
    office.perform(result_letters.make, MakeForm(other))

    class Leaves(Report):
        def step(self, done: int = 0, total: int | None = None, what: str = "") -> None:
            act_as(office, "ha")

    for report, given, code in (
        (Report(), (other, "result-letter", make), "result.not-printed"),
        (Report(), (dossier, "result-letter:2", make), "result.not-printed"),
        (Report(), (dossier, "result-letter", make, str(tmp_path / "nowhere.png")), "file.missing"),
        (Report(), (dossier, "result-letter", lambda _up: FileSigner(key_file(tmp_path), "000000")), "sign.wrong-pin"),
        (Leaves(), (dossier, "result-letter", make), "sign.another-clerk"),
    ):
        with pytest.raises(RuleBroken) as refused:
            sign_letter(report, office, *given)  # type: ignore[arg-type]
        assert refused.value.code == code
    assert office.read(papers.of_dossier, dossier) == ()


def test_nobody_signs_in_the_place_of_whom_the_letter_names(
    office: Office, make: signing.Maker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dossier, _content, letter = printed(office)
    made = office.read(queries.last, dossier)
    real = replace(office.row, demo=False)
    monkeypatch.setattr(type(office), "row", property(lambda _self: real))
    with pytest.raises(RuleBroken) as refused:
        sign_letter(Report(), office, dossier, "result-letter", make)
    assert refused.value.details == {"by": SIGNER, "signer": letter.signer}
    assert office.read(papers.of_dossier, dossier) == ()
    with make(lambda: False) as signer:
        who = signer.who()
    assert who is not None
    for name in ("NGUYỄN VĂN CHỦ", "Ủy ban nhân dân phường Mẫu (cơ quan)"):
        demand_signer(real, made.plain, replace(who, common_name=name))
