"""A result letter from the keyboard: made and printed, looked at, what is refused beside its field, finished by it, and
signed with the key of the clerk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.printer.pretend import PretendPrinters
from desktop.signing import Means
from desktop.views.dossiers import DossiersScreen
from desktop.views.main_window import MainWindow, Place
from desktop.views.printing_flow import PrintFlow
from desktop.views.sign_letter_sheet import SignLetterSheet
from onestop import clock
from onestop.actions import signers
from onestop.queries import papers
from onestop.rules.dossier import Move
from onestop.rules.errors import RuleBroken
from onestop.rules.letters import FormKey
from onestop.rules.signers import Signer
from paper.sign_pretend import NOBODY
from tests.desktop.real import elsewhere, enter, here, press, real_window, shot, write
from tests.helpers.office import made_person, received
from tests.helpers.signing import NOW, PIN

HEAD = Signer("", "Nguyễn Văn Chủ", "Chủ tịch", "TM", "2026-01-01", behalf="Ủy ban nhân dân")


@dataclass
class Scene:
    window: MainWindow
    screen: DossiersScreen
    office: Office
    qtbot: QtBot
    dossier: str
    printers: PretendPrinters

    @property
    def flow(self) -> Any:
        return self.screen.moves.results

    def ask(self) -> Any:
        """Ctrl+Shift+P and the number of the result letter; gives the sheet."""
        self.window.commands.press("dossiers.letter")
        pick = self.screen.moves.pick
        assert pick is not None
        keys = [pick.list.item(at).data(Qt.ItemDataRole.UserRole).key for at in range(pick.list.count())]
        write(pick.list, str(keys.index(FormKey.RESULT_LETTER) + 1))
        self.qtbot.waitUntil(lambda: self.flow.sheet is not None and self.flow.sheet.isVisible())
        return self.flow.sheet

    def offer(self, words: str) -> None:
        notice = next(each for each in reversed(self.window.notices.shown) if any(o.text == words for o in each.offers))
        next(each for each in notice.offers if each.text == words).call()

    @property
    def paper(self) -> str:
        document = pypdfium2.PdfDocument(self.printers.paper()[-1])
        text = " ".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        return text


@pytest.fixture
def scene(qapp: QApplication, qtbot: QtBot, demo_office: Office, tmp_path: Path) -> Iterator[Scene]:
    printers = PretendPrinters(tmp_path / "paper")
    with clock.frozen(NOW):
        demo_office.perform(signers.add, HEAD)
        fields = {"tinh_trang": "Chưa đăng ký kết hôn với ai"}
        given = received(demo_office, made_person(1), procedure="1.004873", fields=fields)
        places = (Place("dossiers", "go.dossiers", DossiersScreen), *elsewhere("receive", "scan", "sign", "settings"))
        with real_window(qapp, demo_office, *places, printers=printers) as window:
            window.counter.service.prints = PrintFlow(window.counter, window)
            window.show()
            enter(window, demo_office, "dossiers")
            window.activateWindow()
            screen = here(window, DossiersScreen)
            screen.chips.choose("all")
            screen._look_anew()
            qtbot.waitUntil(lambda: screen.pane.card is not None)
            yield Scene(window, screen, demo_office, qtbot, given.id, printers)


def test_made_and_printed_by_keys_then_finished_as_it_says(scene: Scene) -> None:
    sheet = scene.ask()
    assert "Thời gian cư trú cần xác nhận" in sheet.missing.words.text()
    assert "Tình trạng hôn nhân" not in sheet.missing.words.text()
    assert sheet.unchecked.isVisible()
    shot(scene.window, "result-sheet")
    press(sheet, Qt.Key.Key_F9)
    scene.qtbot.waitUntil(lambda: bool(scene.printers.paper()))
    assert not sheet.isVisible()
    assert "Số: 01-Q1/UBND-XNTTHN" in scene.paper
    assert "TM. ỦY BAN NHÂN DÂN" in scene.paper
    assert [each.code for each in scene.window.notices.shown][-1] == "result.made", "nobody can sign here: no offer"
    scene.qtbot.waitUntil(lambda: any(e.kind == "dossier.letter-made" for e in scene.screen.pane.card.history))
    again = scene.ask()
    assert "01-Q1/UBND-XNTTHN" in again.before.words.text()
    assert again.number.text() == "01-Q1/UBND-XNTTHN", "made anew, it keeps its number"
    again.again_button.click()
    scene.qtbot.waitUntil(lambda: len(scene.printers.paper()) == 2)
    assert "Bản in lại lần 1" in scene.paper
    scene.window.commands.press("dossiers.move")
    pick = scene.screen.moves.pick
    keys = [pick.list.item(at).data(Qt.ItemDataRole.UserRole).key for at in range(pick.list.count())]
    write(pick.list, str(keys.index(Move.FINISH) + 1))
    lines = scene.screen.moves.sheet.lines
    assert [lines[name].text() for name in ("title", "number", "date", "signer")] == [
        "Giấy xác nhận tình trạng hôn nhân", "01-Q1/UBND-XNTTHN", "27/11/2026", "Nguyễn Văn Chủ",
    ]  # fmt: skip


def test_what_is_wrong_is_said_beside_its_field_and_it_can_be_looked_at_first(scene: Scene) -> None:
    sheet = scene.ask()
    sheet.day.setText("30/11/2026")
    press(sheet, Qt.Key.Key_F9)
    scene.qtbot.waitUntil(lambda: sheet.fields["date"].wrong)
    assert sheet.isVisible()
    assert sheet.do_button.isEnabled()
    sheet.number.setText("không")
    sheet.day.setText("27/11/2026")
    press(sheet, Qt.Key.Key_F9)
    scene.qtbot.waitUntil(lambda: sheet.fields["number"].wrong)
    shot(scene.window, "result-refused")
    press(sheet, Qt.Key.Key_F8)
    scene.qtbot.waitUntil(lambda: scene.flow.preview.isVisible())
    assert scene.flow.preview.pages == 1
    shot(scene.window, "result-preview")
    sheet.number.setText("45")
    press(scene.flow.preview.view, Qt.Key.Key_Return)
    scene.qtbot.waitUntil(lambda: bool(scene.printers.paper()))
    assert "Số: 45/UBND-XNTTHN" in scene.paper


def test_signed_by_the_program_on_this_pc(scene: Scene) -> None:
    settings = scene.window.counter.settings
    press(scene.ask(), Qt.Key.Key_F9)
    scene.qtbot.waitUntil(lambda: bool(scene.printers.paper()))
    scene.ask().sign_button.click()
    assert scene.window.notices.shown[-1].code == "sign.not-chosen"
    settings.set("sign_way", "program")
    settings.set("sign_program", "pretend")
    press(scene.ask(), Qt.Key.Key_F9)
    scene.qtbot.waitUntil(lambda: scene.window.notices.shown[-1].code == "result.sign-offer")
    scene.offer("Ký số")
    sheet = scene.flow.sign_sheet
    assert sheet.field.isHidden(), "the program asks for the PIN itself"
    press(sheet.do_button, Qt.Key.Key_F9)
    scene.qtbot.waitUntil(lambda: scene.window.notices.shown[-1].code == "result.signed", timeout=20_000)
    assert not sheet.isVisible()
    assert scene.window.notices.shown[-1].details["by"] == NOBODY
    [kept] = scene.office.read(papers.of_dossier, scene.dossier)
    assert kept.is_signed


def test_a_pin_is_asked_for_once_and_said_to_be_wrong_beside_it(scene: Scene) -> None:
    asked: list[tuple[str, bool]] = []
    sheet = SignLetterSheet(scene.window.counter.look, scene.window)
    sheet.open_for("Giấy xác nhận, 01/GXN", Means("token"), lambda pin, last: asked.append((pin, last)))
    assert sheet.pin.hasFocus()
    write(sheet.pin, "000000")
    press(sheet.pin, Qt.Key.Key_Return)
    assert (asked, sheet.pin.text()) == ([("000000", False)], "")
    press(sheet, Qt.Key.Key_F9)
    assert len(asked) == 1, "not twice while the key is asked"
    sheet.free()
    sheet.refuse(RuleBroken("sign.last-try", left=1))
    shot(scene.window, "result-sign")
    assert sheet.field.wrong
    assert sheet.last.isVisible()
    write(sheet.pin, PIN)
    sheet.last.click()
    assert asked[-1] == (PIN, True)
    sheet.free()
    sheet.refuse(RuleBroken("result.signed-already"))
    assert sheet.fault.isVisible()
