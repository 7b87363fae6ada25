"""The screen on which an office writes its own letters: seen at once, faults beside the text, versions, files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.views.main_window import MainWindow, Place
from desktop.views.office_signers import SignersPart
from desktop.views.templates import TemplatesScreen
from onestop import clock, texts
from onestop.actions import result_templates, signers
from onestop.actions.result_templates import TemplateForm
from onestop.queries import result_templates as queries
from onestop.queries import signers as signer_queries
from onestop.rules.result_starters import to_file
from onestop.rules.signers import Signer
from tests.desktop.real import elsewhere, enter, here, press, real_window, shot, write
from tests.helpers.office import MONDAY, made_person, received

HEAD = Signer("", "Nguyễn Văn Chủ", "Chủ tịch", "TM", "2026-01-01", behalf="Ủy ban nhân dân")


@contextmanager
def screen_of(
    qapp: QApplication, qtbot: QtBot, office: Office, theme: str = "light", scale: int = 100, **wish: Any
) -> Iterator[tuple[MainWindow, TemplatesScreen]]:
    with clock.frozen(MONDAY):
        office.perform(signers.add, HEAD)
        places = (Place("templates", "go.templates", TemplatesScreen, rail=False), *elsewhere("settings", "home"))
        with real_window(qapp, office, *places, theme=theme, scale=scale) as window:
            window.show()
            enter(window, office, "home")
            window.activateWindow()
            assert window.go("templates", **wish)
            screen = here(window, TemplatesScreen)
            qtbot.waitUntil(lambda: bool(screen.rows) and screen.paper.pages > 0)
            yield window, screen


@pytest.fixture
def scene(qapp: QApplication, qtbot: QtBot, demo_office: Office) -> Iterator[tuple[MainWindow, TemplatesScreen, QtBot]]:
    with screen_of(qapp, qtbot, demo_office) as (window, screen):
        yield window, screen, qtbot


Scene = tuple[MainWindow, TemplatesScreen, QtBot]


def test_what_is_typed_is_seen_and_a_wrong_field_is_said_with_its_line(scene: Scene, demo_office: Office) -> None:
    window, screen, qtbot = scene
    assert "TRÍCH LỤC" in screen.paper.accessibleDescription()
    text = screen.form.text
    text.setPlainText("Dòng một")
    text.moveCursor(text.textCursor().MoveOperation.End)
    press(text, Qt.Key.Key_Return)
    write(text, "Tên {ho_tenn}")
    qtbot.waitUntil(lambda: "ho_tenn" in screen.form.faults.words.text())
    assert "Dòng 2" in screen.form.faults.words.text()
    assert "Có phải “ho_ten”?" in screen.form.faults.words.text()
    assert len(text.extraSelections()) == 1
    shot(window, "templates-fault")
    window.commands.press("templates.save")
    assert demo_office.read(queries.versions, screen._key) == ()
    text.setPlainText("Kính gửi ông/bà: ")
    text.moveCursor(text.textCursor().MoveOperation.End)
    QApplication.sendEvent(text, typed("Đỗ Ễ "))
    write(text, "{thường trú")
    assert not text.completer.popup().isVisible()
    text.setPlainText("Nơi: ")
    text.moveCursor(text.textCursor().MoveOperation.End)
    write(text, "{noi_cu")
    assert text.completer.popup().isVisible()
    shot(window, "templates-completer")
    press(text, Qt.Key.Key_Return)
    assert text.toPlainText() == "Nơi: {noi_cu_tru}"
    qtbot.waitUntil(lambda: "Nơi: Tổ 3, phường Mẫu, tỉnh Mẫu" in screen.paper.accessibleDescription())
    assert screen.form.faults.isHidden()


def typed(words: str) -> QInputMethodEvent:
    event = QInputMethodEvent()
    event.setCommitString(words)
    return event


def test_saved_as_a_version_the_cursor_stays_and_another_is_not_overwritten(scene: Scene, demo_office: Office) -> None:
    window, screen, qtbot = scene
    key = screen._key
    text = screen.form.text
    write(text, "Thêm ")
    assert screen.badge() == "chưa lưu"
    window.commands.press("templates.save")
    qtbot.waitUntil(lambda: window.notices.shown[-1].code == "template.published")
    qtbot.waitUntil(lambda: not screen.dirty and screen.row is not None and screen.row.version == 1)
    assert text.textCursor().position() == len("Thêm ")
    assert "phiên bản 1, 23/11/2026, Phan Ngọc Ánh".split(", ")[0] in screen.status.text()
    row = screen.row
    assert row is not None
    # A colleague saves at another counter: what is typed here stays, and is not kept over his.
    demo_office.perform(result_templates.publish, TemplateForm(replace(row.template, about="x"), key))
    write(text, "và ")
    window.commands.press("templates.save")
    qtbot.waitUntil(lambda: window.notices.shown[-1].code == "template.moved-on")
    assert screen.dirty
    window.notices.answer_next("no")
    screen.picks.setCurrentIndex((screen.picks.currentIndex() + 1) % screen.picks.count())
    assert screen._key == key, "nothing is lost without being asked"
    window.notices.answer_next("yes")
    window.commands.press("templates.new")
    assert (screen._key, screen.form.lines["name"].text()) == ("", "")
    window.notices.answer_next("yes")
    screen._show(key)
    window.commands.press("templates.retire")
    qtbot.waitUntil(lambda: window.notices.shown[-1].code == "template.retired")


def test_fields_by_key_a_real_dossier_and_files(scene: Scene, demo_office: Office, tmp_path: Path) -> None:
    window, screen, qtbot = scene
    window.commands.press("templates.field")
    sheet = screen.fields_sheet
    assert sheet is not None
    assert sheet.isVisible()
    shot(window, "templates-fields")
    press(sheet.list, Qt.Key.Key_Down)
    press(sheet, Qt.Key.Key_Return)
    assert screen.form.text.toPlainText().startswith("{ngay_sinh}")
    given = received(demo_office, made_person(1), procedure="1.010041")
    screen.sample.setText("khong co")
    press(screen.sample, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.of_whom.wrong)
    screen.sample.setText(given.code)
    press(screen.sample, Qt.Key.Key_Return)
    name = str(made_person(1).name)
    qtbot.waitUntil(lambda: name in screen.paper.accessibleDescription())
    file, row = tmp_path / "mau.json", screen.row
    assert row is not None
    window.notices.pick_next(file)
    window.commands.press("templates.export")
    qtbot.waitUntil(lambda: window.notices.shown[-1].code == "template.written")
    assert file.read_bytes() == to_file(row.template)
    plain = json.loads(file.read_text("utf-8"))
    plain["template"]["name"] = "Mẫu của phường bên"
    file.write_text(json.dumps(plain), "utf-8")
    window.notices.answer_next("yes")
    window.notices.pick_next(file)
    window.commands.press("templates.import")
    qtbot.waitUntil(lambda: window.notices.shown[-1].code == "template.taken")
    assert screen.form.lines["name"].text() == "Mẫu của phường bên"
    keep = screen.keepsake()
    assert keep is not None
    assert keep["draft"]["name"] == "Mẫu của phường bên"
    file.write_text("x", "utf-8")
    window.notices.answer_next("yes")
    window.notices.pick_next(file)
    window.commands.press("templates.import")
    qtbot.waitUntil(lambda: window.notices.shown[-1].code == "template.not-a-file")


@pytest.mark.parametrize(("language", "theme", "scale"), [("en", "dark", 150)])
def test_nothing_is_cut(
    qapp: QApplication, qtbot: QtBot, demo_office: Office, language: str, theme: str, scale: int
) -> None:
    texts.use(language)
    with screen_of(qapp, qtbot, demo_office, theme, scale, key="xac-nhan-hon-nhan") as (window, screen):
        assert screen._key == "xac-nhan-hon-nhan"
        shot(window, f"templates-{language}-{theme}-{scale}")
        assert screen.form.text.height() >= screen.look.metrics().lineSpacing() * 4
        press(screen, Qt.Key.Key_Escape)
        assert window.shown is not screen


def test_who_signs_is_entered_and_withdrawn(qapp: QApplication, qtbot: QtBot, demo_office: Office) -> None:
    with clock.frozen(MONDAY), real_window(qapp, demo_office, *elsewhere("templates", "home")) as window:
        window.show()
        enter(window, demo_office, "home")
        part = SignersPart(window.counter)
        qtbot.addWidget(part)
        part.resize(820, 720)
        part.show()
        part.load()
        for name, text in (("name", "Nguyễn Văn Chủ"), ("title", "Chủ tịch"), ("behalf", "Ủy ban nhân dân")):
            part.lines[name].setText(text)
            part.lines[name].textEdited.emit(text)
        assert "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / Nguyễn Văn Chủ" in part.shown.text()
        part.keep.click()
        qtbot.waitUntil(lambda: len(part.model.rows) == 1)
        part._begin()
        part.form.choose("TUQ")
        for name, text in (("name", "Phan Ngọc Ánh"), ("title", "Giám đốc"), ("behalf", "Chủ tịch"), ("paper", "QĐ 1")):
            part.lines[name].setText(text)
        part.stands_for.choose(part.model.rows[0].id)
        part._moved()
        part.keep.click()
        qtbot.waitUntil(lambda: part.fields["valid_to"].wrong)
        part.lines["valid_to"].setText("30/11/2026")
        part.keep.setEnabled(True)
        part.keep.click()
        qtbot.waitUntil(lambda: len(part.model.rows) == 2)
        assert [row.today for row in part.model.rows] == ["vắng, Phan Ngọc Ánh ký", "ký được"]
        shot(part, "signers")
        part.list.choose(1)
        window.notices.answer_next("yes")
        part.gone.click()
        qtbot.waitUntil(lambda: len(part.model.rows) == 1)
        assert [each.name for each in demo_office.read(signer_queries.ready, MONDAY.date())] == ["Nguyễn Văn Chủ"]
