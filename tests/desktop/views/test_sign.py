"""Ký số by keys: what waits is ticked and looked at, signed with one PIN, stopped, named; what is missing is said."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop import signing
from desktop.jobs import DirectJobs, Jobs
from desktop.models.to_sign import TICK
from desktop.office import Office
from desktop.signing import Fault, Outcome
from onestop import clock
from onestop.actions import paper_changes
from onestop.actions.paper_changes import DropForm
from onestop.rules.errors import Remark
from paper.sign_pretend import NOBODY
from tests.desktop.real import Elsewhere, enter, here, shot
from tests.desktop.views.sign_desk import SignDesk, sign_desk
from tests.helpers.office import act_as
from tests.helpers.signing import NOW, PIN, made_pdf
from tests.helpers.waiting_papers import SIGNER, kept, paper, waiting


@pytest.fixture
def desk(demo_office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[SignDesk]:
    with sign_desk(demo_office, qapp, qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def pretend(demo_office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[SignDesk]:
    """With the pretend program, which asks for no PIN here."""
    with sign_desk(demo_office, qapp, qtbot, tmp_path, way="program") as made:
        yield made


def answering(desk: SignDesk, monkeypatch: pytest.MonkeyPatch, outcome: Outcome) -> list[dict[str, Any]]:
    """Let signing come to this end, whatever is to be signed; what it was asked with."""
    asked: list[dict[str, Any]] = []

    def make(means: signing.Means, pin: str = "", **how: Any) -> Any:
        asked.append({"pin": pin, **how})
        return real(means, pin, **how)

    real = signing.maker
    monkeypatch.setattr(signing, "maker", make)
    monkeypatch.setattr(signing, "sign_all", lambda *_given: outcome)
    return asked


# -- what waits


def test_everything_is_ticked_at_first_and_the_first_is_looked_at(desk: SignDesk) -> None:
    screen = desk.screen
    assert screen.list.hasFocus()
    assert [row.id for row in screen.list.ticked] == waiting(desk.office)
    assert desk.window.title_row.badge.text() == "3 giấy tờ chờ bạn ký"
    assert screen.count.text() == "Sẽ ký 3 / 3"
    assert screen.foot.do_button.accessibleName() == "Ký 3 giấy tờ"
    assert screen.pane.row is not None
    assert screen.pane.row.large.blob == screen.list.papers[0].blob
    desk.press("Down")
    assert screen.pane.row.large.blob == screen.list.papers[1].blob


def test_ticks_by_keys(desk: SignDesk) -> None:
    screen = desk.screen
    ids = [row.id for row in screen.list.papers]
    desk.press("Down")
    desk.press("Space")
    assert [row.id for row in screen.list.ticked] == [ids[0], ids[2]]
    assert screen.foot.do_button.accessibleName() == "Ký 2 giấy tờ"
    desk.press("Space")
    assert len(screen.list.ticked) == 3
    desk.press("Ctrl+A")
    desk.press("Space")
    assert (screen.list.ticked, desk.window.commands["sign.do"].isEnabled()) == ([], False)
    desk.press("Ctrl+D")
    assert len(screen.list.ticked) == 3
    desk.press("Ctrl+D")
    assert screen.list.ticked == []
    assert screen.all_button.accessibleName() == "Chọn tất cả"


def test_a_tick_by_the_mouse(desk: SignDesk) -> None:
    at = next(at for at, column in enumerate(desk.screen.list.table.columns) if column.key == TICK)
    place = desk.screen.list.visualRect(desk.screen.list.table.index(1, at)).center()
    desk.qtbot.mouseClick(desk.screen.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(desk.screen.list.ticked) == 2


def test_a_screen_reader_is_told_whether_a_paper_is_ticked(desk: SignDesk) -> None:
    index = desk.screen.list.currentIndex()
    assert "sẽ ký" in index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert desk.screen.list.papers[0].name in index.data(Qt.ItemDataRole.AccessibleDescriptionRole), "which file it is"
    desk.press("Space")
    assert "không ký lần này" in index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    read = QAccessible.queryAccessibleInterface(desk.foot.pin)
    assert read.text(QAccessible.Text.Name) == "Mật khẩu của tệp chữ ký"


def test_pages_are_gone_through_and_esc_comes_back(desk: SignDesk) -> None:
    desk.press("Down", 2)
    desk.press("Return")
    assert desk.screen.pane.view.hasFocus()
    desk.press("PgDown")
    desk.qtbot.waitUntil(lambda: desk.screen.pane.leaf >= 0)
    desk.press("Esc")
    assert desk.screen.list.hasFocus()
    desk.press("Esc")
    assert desk.window.here == "home"


def test_a_paper_that_is_new_or_gone_changes_no_tick(desk: SignDesk) -> None:
    first, second, third = (row.id for row in desk.screen.list.papers)
    desk.press("Space")
    desk.office.perform(paper_changes.drop, DropForm(third, "Nhầm"))
    fourth = kept(desk.office, made_pdf(1, "one more"), person=90).id
    desk.screen.refresh({})
    assert [row.id for row in desk.screen.list.papers] == [first, second, fourth]
    assert [row.id for row in desk.screen.list.ticked] == [second, fourth]


def test_one_comes_for_one_paper(desk: SignDesk) -> None:
    wanted = desk.screen.list.papers[1]
    desk.window.go("home")
    desk.window.go("sign", paper=wanted.id, back="dossiers")
    assert desk.screen.list.current == wanted
    assert desk.screen.list.ticked == [wanted]
    desk.press("F6")
    assert here(desk.window, Elsewhere).wishes == [
        {"dossier": wanted.dossier_id, "component": wanted.component, "paper": wanted.id, "back": "sign"}
    ]
    desk.window.go("sign")
    desk.screen.list.setFocus()
    desk.press("Esc")
    assert desk.window.here == "dossiers"


def test_nothing_waits(demo_office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with sign_desk(demo_office, qapp, qtbot, tmp_path, count=0) as desk:
        assert desk.screen.empty.isVisible()
        assert "Không có giấy tờ nào chờ bạn ký" in desk.words(desk.screen)
        assert not desk.foot.pin.isVisible()
        assert not desk.window.commands["sign.do"].isEnabled()


# -- signing


def test_one_pin_for_all_of_them(desk: SignDesk) -> None:
    desk.pin(PIN)
    assert desk.foot.pin.echoMode() is QLineEdit.EchoMode.Password
    desk.press("Return")
    desk.over()
    assert desk.foot.outcome.lines == [f"Đã ký 3 giấy tờ. Chứng thư số: {SIGNER}."]
    assert waiting(desk.office) == []
    assert desk.screen.empty.isVisible()
    assert desk.foot.pin.text() == ""
    shot(desk.window, "sign-done")


def test_what_was_not_ticked_still_waits(pretend: SignDesk) -> None:
    kept_back = pretend.screen.list.papers[0].id
    pretend.press("Space")
    assert "Chương trình ký giả định" in pretend.foot.means.text()
    assert not pretend.foot.pin.isVisible()
    pretend.press("F9")
    pretend.over()
    assert waiting(pretend.office) == [kept_back]
    assert pretend.foot.outcome.lines == [f"Đã ký 2 giấy tờ. Chứng thư số: {NOBODY}."]
    assert [row.id for row in pretend.screen.list.papers] == [kept_back]
    assert pretend.screen.list.ticked == [], "what one did not choose is not chosen by signing the rest"


def test_a_broken_paper_is_named_and_stays(desk: SignDesk) -> None:
    broken = kept(desk.office, b"%PDF-1.7 nothing behind it", person=70)
    desk.screen.refresh({})
    desk.pin(PIN)
    desk.press("Return")
    desk.over()
    first, second = desk.foot.outcome.lines
    assert first.startswith("Đã ký 3 giấy tờ, 1 giấy tờ vẫn chờ ký.")
    assert second.startswith("Tờ khai đăng ký khai sinh")
    assert second.endswith("Tệp này không phải tệp PDF đọc được nên chưa ký. Quét lại hoặc xin tệp khác.")
    assert [row.id for row in desk.screen.list.papers] == [broken.id]
    assert desk.foot.outcome.accessibleName() == f"{first} {second}"


def test_a_wrong_pin_is_said_beside_it_and_typed_again(desk: SignDesk) -> None:
    desk.pin("000000")
    desk.press("Return")
    desk.over()
    assert desk.foot.field.wrong
    assert desk.foot.field.note.text() == "Mật khẩu của tệp chữ ký không đúng. Nhập lại."
    assert desk.foot.pin.hasFocus()
    assert not desk.foot.outcome.isVisible()
    assert len(waiting(desk.office)) == 3
    desk.write(PIN)
    desk.press("Return")
    desk.over()
    assert not desk.foot.field.wrong
    assert waiting(desk.office) == []


def test_the_pin_is_nowhere_afterwards(desk: SignDesk) -> None:
    desk.pin("4711")
    desk.window.go("home")
    desk.window.go("sign")
    assert desk.foot.pin.text() == ""
    desk.foot.pin.setFocus()
    desk.press("Ctrl+Z")
    assert desk.foot.pin.text() == ""
    assert not desk.foot.pin.isUndoAvailable()


def test_the_last_try_is_asked_for(desk: SignDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(desk, monkeypatch, Outcome(3, stopped=Remark("sign.last-try", {"field": "pin"})))
    desk.pin("1234")
    desk.press("Return")
    assert "chỉ còn một lần thử" in desk.foot.field.note.text()
    assert desk.foot.last.isVisible()
    desk.foot.last.click()
    assert desk.foot.pin.hasFocus(), "it is typed anew"
    assert not any(each.get("even_last_try") for each in asked)
    desk.write("1234")
    desk.foot.last.click()
    assert [each for each in asked if each.get("even_last_try")] == [
        {"pin": "1234", "even_last_try": True, "demo": True}
    ]


def test_a_token_taken_out_is_said_below_what_was_signed(desk: SignDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = Fault("x", "Giấy khai sinh", Remark("sign.encrypted"))
    outcome = Outcome(9, signed=["a", "b"], faults=[fault] * 6, stopped=Remark("sign.no-token"), who=SIGNER)
    answering(desk, monkeypatch, outcome)
    desk.pin(PIN)
    desk.press("Return")
    lines = desk.foot.outcome.lines
    assert lines[0] == f"Đã ký 2 giấy tờ, 7 giấy tờ vẫn chờ ký. Chứng thư số: {SIGNER}."
    assert len(lines) == 1 + 4 + 1 + 1
    assert lines[5] == "và 2 giấy tờ nữa chưa ký"
    assert lines[6].startswith("Không thấy thiết bị ký.")


def test_esc_stops_between_two_papers(
    demo_office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sign_desk(demo_office, qapp, qtbot, tmp_path, way="program", jobs=Jobs()) as desk:
        real, begun, go_on = signing.SignedForm, threading.Event(), threading.Event()

        def slowly(*given: Any) -> Any:
            begun.set()
            assert go_on.wait(20)
            return real(*given)

        monkeypatch.setattr(signing, "SignedForm", slowly)
        first = desk.screen.list.papers[0].id
        desk.press("F9")
        qtbot.waitUntil(begun.is_set, timeout=20_000)
        assert desk.foot.stop_button.isVisible()
        assert desk.screen.pane.view.hasFocus()
        assert not desk.foot.do_button.isVisible()
        desk.press("Esc")
        go_on.set()
        desk.over()
        qtbot.waitUntil(lambda: len(desk.screen.list.papers) == 2)
        assert first not in waiting(desk.office), "what was signed is kept"
        assert desk.foot.outcome.lines[0].startswith("Đã ký 1 giấy tờ, 2 giấy tờ vẫn chờ ký.")
        assert desk.foot.do_button.isVisible()
        assert desk.screen.list.hasFocus()


def test_whoever_has_gone_elsewhere_is_told_in_the_bar(
    demo_office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    jobs = DirectJobs()
    with sign_desk(demo_office, qapp, qtbot, tmp_path, way="program", jobs=jobs) as desk:
        jobs.hold = True
        desk.press("F9")
        desk.window.go("home")
        jobs.hold = False
        jobs.release()
        assert "sign.done" in desk.window.notices.codes()


def test_whoever_comes_to_the_desk_meanwhile_is_told_that_it_stopped(
    demo_office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sign_desk(demo_office, qapp, qtbot, tmp_path, way="program", jobs=Jobs()) as desk:
        real, begun, go_on = signing.SignedForm, threading.Event(), threading.Event()

        def slowly(*given: Any) -> Any:
            begun.set()
            assert go_on.wait(20)
            return real(*given)

        monkeypatch.setattr(signing, "SignedForm", slowly)
        before, window = waiting(desk.office), desk.window
        desk.press("F9")
        qtbot.waitUntil(begun.is_set, timeout=20_000)
        act_as(desk.office, "duc")
        enter(window, desk.office, "home")
        go_on.set()
        qtbot.waitUntil(lambda: "sign.another-clerk" in window.notices.codes(), timeout=20_000)
        act_as(desk.office, "ha")
        assert waiting(desk.office) == before


# -- with what


def test_not_chosen_with_what_to_sign(demo_office: Office, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with sign_desk(demo_office, qapp, qtbot, tmp_path, way="") as desk:
        assert "Chưa chọn ký bằng gì." in desk.foot.missing.words.text()
        assert not desk.foot.pin.isVisible()
        desk.press("F9")
        assert desk.foot.settings_button.hasFocus()
        desk.press("Return")
        assert here(desk.window, Elsewhere).wishes == [{"group": "sign"}]
        desk.window.counter.settings.set("sign_way", "token")
        desk.window.go("sign")
        assert desk.foot.pin.isVisible()
        assert desk.foot.pin.accessibleName() == "Mã PIN của thiết bị ký"
        assert not desk.foot.missing.isVisible()


def test_another_clerk_has_papers_of_his_own(desk: SignDesk) -> None:
    with clock.frozen(NOW + timedelta(minutes=5)):
        act_as(desk.office, "duc")
        own = kept(desk.office, made_pdf(1, "of another clerk"), person=95)
        assert waiting(desk.office) == [own.id]
        act_as(desk.office, "ha")
    assert own.id not in [row.id for row in desk.screen.list.papers]
    assert paper(desk.office, own.id).signed is None
