"""Ctrl+P at Tiếp nhận: the citizen's declaration before anything is received, printed for him to sign, and after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.printer.pretend import PretendPrinters
from onestop import clock
from onestop.rules.letters import FormKey
from tests.desktop.at_the_desk import CERTIFIED, HUONG, UNMARRIED, Desk, Prints, desk_of
from tests.desktop.real import shot
from tests.helpers.office import MONDAY
from tests.helpers.pages import opened, packed, texts


@dataclass
class AllPrints(Prints):
    def life(self, kind: FormKey, dossier_id: str) -> None:
        self.asked.append((kind.value, dossier_id))


@pytest.fixture
def printers(tmp_path: Path) -> PretendPrinters:
    return PretendPrinters(tmp_path / "paper", ("Quầy 3", "Tờ khai"))


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, demo_office: Office, printers: PretendPrinters) -> Iterator[Desk]:
    services = {"prints": AllPrints(), "printers": printers}
    with clock.frozen(MONDAY), desk_of(qapp, qtbot, demo_office, **services) as made:
        yield made


def test_the_citizen_signs_before_anything_is_received_and_has_it_of_the_dossier_later(
    desk: Desk, printers: PretendPrinters
) -> None:
    desk.press("Ctrl+P")
    assert desk.screen._declared is None, "nobody is there yet"
    settings = desk.window.counter.settings
    for key, value in (("print_each", True), ("printer_declaration", "Tờ khai"), ("paper_declaration", "a5")):
        settings.set(key, value)
    desk.card(HUONG)
    desk.choose(UNMARRIED)
    desk.press("Ctrl+P")
    desk.qtbot.waitUntil(lambda: desk.screen._declared is not None and desk.screen._declared.preview is not None)
    preview = desk.screen._declared.preview
    desk.qtbot.waitUntil(preview.isVisible)
    shot(desk.window, "declaration-preview")
    assert preview.pages == 1
    desk.press("Return")
    desk.qtbot.waitUntil(lambda: len(printers.paper()) == 1)
    file = printers.paper()[0].read_bytes()
    with opened(file) as document:
        assert round(document[0].get_width()) == 420, "the paper that was chosen for it"
    text = packed(texts(file)[0])
    assert packed("TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN") in text
    assert packed("Số định danh cá nhân 001194004321") in text
    assert packed("BẢN NHÁP") not in text
    assert desk.count("dossier") == desk.count("printed") == 0
    desk.press("Esc")
    desk.choose(CERTIFIED)
    desk.press("Ctrl+P")
    desk.qtbot.waitUntil(lambda: desk.codes()[-1:] == ["declaration.none"])
    assert "chưa có tờ khai điền sẵn" in desk.told()
    desk.choose(UNMARRIED)
    desk.press("Ctrl+D")
    desk.settled()
    desk.press("F9")
    assert desk.screen.taken is not None
    desk.press("Ctrl+P")
    assert desk.prints.asked[-1] == ("declaration", desk.screen.taken.id)
