"""What can be done with a paper that is kept: signed, its signatures read, copied out, from its dossier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.cli.tour import Hands
from desktop.office import Office
from desktop.views.buttons import Button
from desktop.views.copy_sheet import CopySheet
from desktop.views.dossiers import DossiersScreen
from desktop.views.main_window import MainWindow, Place
from desktop.views.signatures_sheet import SignaturesSheet
from onestop import clock
from onestop.actions import pages, paper_changes, papers
from onestop.actions.pages import Owner, PageForm
from onestop.actions.paper_changes import SignedForm
from onestop.actions.papers import AttachForm, Brought, KeepForm
from onestop.queries.papers import DocumentRow
from onestop.rules.papers import FileFacts, Signature
from paper.sign_file import FileSigner
from paper.sign_trust import Trust
from paper.signatures import SignatureFact, signatures
from tests.desktop.at_the_desk import button
from tests.desktop.real import Elsewhere, elsewhere, enter, here, real_window
from tests.helpers.feeder import Workshop
from tests.helpers.office import act_as
from tests.helpers.pages import texts
from tests.helpers.signing import NOW, PIN, made_pdf
from tests.helpers.waiting_papers import ROOT, SIGNER, kept, key_file, paper


class Here:
    """Does in this very process what the program does in one of its own."""

    def run(self, function: Any, *given: Any) -> Any:
        return function(*given)


class Work(Workshop):
    """The workshop, with an office that believes the clerk's authority."""

    apart = Here()

    def signatures_of(self, content: bytes) -> tuple[SignatureFact, ...]:
        return signatures(content, Trust((ROOT.der,)), NOW)


class Pane(Hands):
    """The list of dossiers with one dossier beside it."""

    def __init__(self, window: MainWindow, office: Office, qtbot: QtBot, key: Path) -> None:
        super().__init__()
        self.window, self.office, self.qtbot, self.key = window, office, qtbot, key

    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    @property
    def screen(self) -> DossiersScreen:
        found: DossiersScreen = here(self.window, DossiersScreen)
        return found

    def show(self, row: DocumentRow) -> None:
        self.window.go("dossiers", dossier=row.dossier_id)
        self.qtbot.waitUntil(lambda: self.screen.pane.card is not None and self.screen.pane.card.id == row.dossier_id)

    def links(self, row: DocumentRow) -> list[str]:
        """What stands under the paper."""
        called = [each.accessibleName() for each in self.screen.pane.leaf.findChildren(Button)]
        whole = f" {row.about.title}, {row.name}"
        return [name.removesuffix(whole) for name in called if name.endswith(whole)]

    def follow(self, row: DocumentRow, text: str) -> None:
        button(self.screen.pane.leaf, f"{text} {row.about.title}, {row.name}").click()

    def sign(self, row: DocumentRow) -> DocumentRow:
        """The paper with its clerk's signature."""
        assert row.blob is not None
        with FileSigner(self.key, PIN) as signer:
            content, who = signer.sign(self.office.files.get(row.blob), None, "Số hóa giấy tờ"), signer.who()
        assert who is not None
        form = SignedForm(row.id, row.blob, content, who.subject, who.serial)
        self.office.perform(paper_changes.sign, form)
        return paper(self.office, row.id)

    def words(self, widget: QWidget) -> str:
        return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def pane(demo_office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Pane]:
    places = [Place("dossiers", "go.dossiers", DossiersScreen), *elsewhere("home", "sign", "settings", "scan")]
    with clock.frozen(NOW), real_window(qapp, demo_office, *places, pagework=Work(demo_office.files)) as window:
        act_as(demo_office, "ha")
        window.show()
        enter(window, demo_office, "home")
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        key = key_file(tmp_path)
        window.counter.settings.set("sign_way", "file")
        window.counter.settings.set("sign_file", str(key))
        yield Pane(window, demo_office, qtbot, key)


def test_what_stands_under_a_paper(pane: Pane) -> None:
    own = kept(pane.office, made_pdf(), person=61)
    pane.show(own)
    assert pane.links(own) == ["Ký số ngay", "Sao y điện tử…"]
    own = pane.sign(own)
    pane.show(own)
    pane.screen.pane.refresh()
    assert pane.links(own) == ["Xem chữ ký", "Sao y điện tử…"]
    act_as(pane.office, "duc")
    others = kept(pane.office, made_pdf(1, "of another"), person=62)
    came_signed = kept(pane.office, made_pdf(1, "brought"), person=63, signature=Signature.UNKNOWN)
    pane.show(others)
    assert pane.links(others) == ["Sao y điện tử…"], "each signs what he kept himself"
    pane.show(came_signed)
    assert pane.links(came_signed) == ["Xem chữ ký", "Sao y điện tử…"]


def test_papers_of_one_component_are_told_apart(pane: Pane) -> None:
    first = kept(pane.office, made_pdf(), person=61)
    into = AttachForm(first.dossier_id, first.component, ())
    more = tuple(
        Brought(content, FileFacts(name, "application/pdf", len(content)))
        for name, content in (("mat-sau.pdf", made_pdf(1, "back")), ("x" * 100 + ".pdf", made_pdf(1, "long")))
    )
    pane.office.perform(papers.attach, replace(into, files=more))
    scan = PageForm(Owner(dossier=first.dossier_id), first.component, b"\xff\xd8\xff", "image/jpeg")
    pane.office.perform(pages.add, scan)
    pane.office.perform(papers.keep, KeepForm(first.dossier_id))
    pane.show(first)
    leaf = pane.screen.pane.leaf
    heard = [each.accessibleName() for each in leaf.findChildren(Button)]
    assert len(heard) == len(set(heard)), "no two that one hears are the same"
    lines = [each for each in heard if each.startswith(f"{first.about.title}, giấy ")]
    assert len(lines) == 4 and "giấy 1 trong 4" in lines[0] and "mat-sau.pdf" in lines[1] and "máy quét " in lines[3]
    seen = pane.words(leaf)
    assert "mat-sau.pdf" in seen and "xxx…xxx" in seen and "x" * 50 not in seen


def test_from_a_paper_to_signing_it(pane: Pane) -> None:
    row = kept(pane.office, made_pdf())
    pane.show(row)
    pane.follow(row, "Ký số ngay")
    assert here(pane.window, Elsewhere).wishes == [{"paper": row.id, "back": "dossiers"}]


# -- the sheet of signatures


def sheet(pane: Pane, row: DocumentRow) -> SignaturesSheet:
    pane.show(row)
    pane.follow(row, "Xem chữ ký")
    found: SignaturesSheet = pane.screen.links.signatures
    assert found.isVisible()
    return found


def test_a_valid_signature(pane: Pane) -> None:
    shown = sheet(pane, pane.sign(kept(pane.office, made_pdf())))
    said = pane.words(shown)
    for words in (SIGNER, "Hợp lệ", "12:00 Thứ Sáu 27/11/2026, theo máy của người ký", "Cơ quan chứng thực Mẫu"):
        assert words in said
    assert "Số hóa giấy tờ" in said
    assert shown.leaf.hasFocus()
    pane.press("Esc")
    assert not shown.isVisible()


def test_a_broken_signature(pane: Pane) -> None:
    with FileSigner(pane.key, PIN) as signer:
        content = signer.sign(made_pdf(1, "to be altered"))
    at = content.index(b"595")
    broken = kept(pane.office, content[:at] + b"596" + content[at + 3 :], person=64, signature=Signature.BROKEN)
    shown = sheet(pane, broken)
    assert "Hỏng" in pane.words(shown)
    assert "Nội dung đã bị sửa sau khi ký." in pane.words(shown)
    assert [fact.verdict for fact in shown.facts] == [Signature.BROKEN]


def test_a_file_that_cannot_be_judged_says_why(pane: Pane) -> None:
    shown = sheet(pane, kept(pane.office, b"%PDF-1.7 no", signature=Signature.UNKNOWN))
    assert "PDF" in pane.words(shown.leaf) or "tệp" in pane.words(shown.leaf).lower()
    assert shown.facts == ()


# -- the electronic copy


def copy(pane: Pane, row: DocumentRow) -> CopySheet:
    pane.show(row)
    pane.follow(row, "Sao y điện tử…")
    found: CopySheet = pane.screen.links.copy
    assert found.isVisible()
    return found


def test_a_copy_signed_at_once(pane: Pane, tmp_path: Path) -> None:
    row = kept(pane.office, made_pdf())
    shown = copy(pane, row)
    assert shown.form.hasFocus()
    assert shown.agency.text() == pane.office.row.name
    assert shown.sign.isChecked()
    pane.press("Down")
    shown.pin.setFocus()
    pane.write(PIN)
    pane.window.notices.pick_next(tmp_path / "sao-luc.pdf")
    pane.press("Return")
    assert not shown.isVisible()
    assert pane.window.notices.codes()[-1] == "sign.copied"
    assert str(tmp_path / "sao-luc.pdf") in pane.window.notices.words(pane.window.notices.shown[-1])
    content = (tmp_path / "sao-luc.pdf").read_bytes()
    assert [fact.verdict for fact in signatures(content, Trust((ROOT.der,)))] == [Signature.VALID]
    assert "SAO LỤC" in texts(content)[0]
    assert shown.pin.text() == ""


def test_a_copy_that_the_agency_signs_later(pane: Pane, tmp_path: Path) -> None:
    shown = copy(pane, kept(pane.office, made_pdf()))
    shown.sign.setChecked(False)
    assert not shown.pin.isVisible()
    assert "cơ quan ký số sau" in shown.said.text()
    shown.agency.setText("")
    pane.press("Return")
    assert shown.agency_field.wrong
    pane.write("UBND phường Mẫu")
    pane.window.notices.pick_next(tmp_path / "sao.pdf")
    pane.press("Return")
    assert "còn chờ chữ ký số" in pane.window.notices.words(pane.window.notices.shown[-1])
    said = texts((tmp_path / "sao.pdf").read_bytes())[0]
    assert "UBND phường Mẫu" in " ".join(said.split())


def test_a_wrong_pin_leaves_nothing_and_asks_again(pane: Pane, tmp_path: Path) -> None:
    shown = copy(pane, kept(pane.office, made_pdf()))
    shown.pin.setFocus()
    pane.write("000000")
    pane.window.notices.pick_next(tmp_path / "sao.pdf")
    pane.press("Return")
    assert shown.isVisible()
    assert shown.pin_field.note.text() == "Mật khẩu của tệp chữ ký không đúng. Nhập lại."
    assert shown.pin.hasFocus()
    assert not (tmp_path / "sao.pdf").exists()


def test_a_signed_paper_is_copied_with_a_signature_or_not_at_all(pane: Pane, tmp_path: Path) -> None:
    row = pane.sign(kept(pane.office, made_pdf()))
    shown = copy(pane, row)
    assert (shown.sign.isChecked(), shown.sign.isEnabled()) == (True, False)
    pane.press("Esc")
    pane.window.counter.settings.set("sign_way", "")
    shown = copy(pane, row)
    assert "đã có chữ ký số" in pane.words(shown)
    assert not shown.do_button.isEnabled()
    shown.form.setFocus()
    pane.press("Return")
    assert shown.isVisible()
    QTest.mouseClick(shown.settings, Qt.MouseButton.LeftButton)
    assert here(pane.window, Elsewhere).wishes == [{"group": "sign"}]


def test_a_copy_that_cannot_be_written_is_told(pane: Pane, tmp_path: Path) -> None:
    shown = copy(pane, kept(pane.office, made_pdf()))
    shown.sign.setChecked(False)
    pane.window.notices.pick_next(tmp_path / "nowhere" / "sao.pdf")
    shown.form.setFocus()
    pane.press("Return")
    assert pane.window.notices.codes()[-1] == "file.unwritable"
    assert "không có tệp hoặc thư mục ấy" in pane.window.notices.words(pane.window.notices.shown[-1])
    assert shown.isVisible()
    assert shown.do_button.isEnabled()
