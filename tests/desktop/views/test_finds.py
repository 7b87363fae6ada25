"""The one search on a real office: people, dossiers and procedures under what is typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.views import finds
from desktop.views.catalogue import CatalogueScreen
from desktop.views.main_window import MainWindow, Place
from desktop.views.palette import Hit
from onestop import clock
from onestop.actions import intakes, pages, papers, reading, receive
from onestop.actions.intakes import IntakeForm
from onestop.actions.pages import Owner, PageForm
from onestop.actions.papers import KeepForm
from onestop.actions.reading import ReadingForm
from onestop.clock import VIETNAM
from onestop.queries import letters, scanning
from tests.desktop.real import Changed, Elsewhere, elsewhere, enter, here, press, real_window, write
from tests.helpers.feeder import picture
from tests.helpers.office import MONDAY, act_as, made_dossier, made_person, received

NOW = datetime(2026, 11, 23, 15, 12, tzinfo=VIETNAM)


@pytest.fixture
def window(demo_office: Office, qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    with clock.frozen(MONDAY):
        act_as(demo_office, "ha")
        for place in range(4):
            received(demo_office, made_person(place))
    places = elsewhere("home", "receive", "people", "dossiers", "catalogue", "scan")
    with clock.frozen(NOW), real_window(qapp, demo_office, *places) as made:
        made.find_with(finds.finders(made.counter))
        made.show()
        enter(made, demo_office, "home")
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        yield made


def typed(window: MainWindow, qtbot: QtBot, text: str) -> list[Hit]:
    """Ctrl+K, the text, and what is found."""
    window.commands.press("find")
    field = window.palette_search.field
    qtbot.waitUntil(field.hasFocus)
    field.clear()
    write(field, text)
    qtbot.waitUntil(lambda: not field._rest.isActive())
    return window.palette_search.hits()


def titles(hits: Sequence[Hit]) -> list[str]:
    return [hit.title for hit in hits]


def test_a_person_and_his_dossier(window: MainWindow, qtbot: QtBot) -> None:
    person = made_person(2)
    hits = typed(window, qtbot, person.name)
    assert person.name in titles(hits)
    who = next(hit for hit in hits if hit.title == person.name)
    assert "******" in who.detail
    assert person.identity_number is not None
    assert person.identity_number not in who.detail
    assert any(hit.title.startswith("H99.14-261123-") and person.name in hit.detail for hit in hits)
    who.open()
    wish = here(window, Elsewhere).wishes[-1]
    assert window.here == "people"
    assert list(wish) == ["person"]


@pytest.mark.parametrize("text", ["261123-3", "h99.14-261123-0003", "0003"])
def test_a_dossier_by_any_part_of_its_code_opens_its_list(window: MainWindow, qtbot: QtBot, text: str) -> None:
    hits = typed(window, qtbot, text)
    assert titles(hits)[0] == "H99.14-261123-0003"
    press(window.palette_search.field, Qt.Key.Key_Return)
    assert window.here == "dossiers"
    assert here(window, Elsewhere).wishes[-1] == {"typed": "H99.14-261123-0003"}


@pytest.mark.parametrize("kind", ["supplement", "refusal"])
def test_a_slip_by_its_code_or_the_id_on_the_first_ones(
    demo_office: Office, window: MainWindow, qtbot: QtBot, kind: str
) -> None:
    person = made_person(1)
    wish = IntakeForm(kind, made_dossier(person), ("Thiếu tờ khai",), "Không thuộc thẩm quyền")
    made = demo_office.perform(intakes.make, wish).answer
    for text in (made.code, made.code.lower().replace("-", ""), made.code[2:], made.code[:9], made.id):
        hits = typed(window, qtbot, text)
        assert titles(hits)[0] == made.code, text
        assert person.name in hits[0].detail
    hits[0].open()
    assert window.here == ("receive" if kind == "supplement" else "people")
    owner = demo_office.read(letters.intake, made.code).values["owner_id"]
    wish_of = {"slip": made.id} if kind == "supplement" else {"person": owner}
    assert here(window, Elsewhere).wishes[-1] == wish_of
    wrong = made.code[:-1] + ("X" if made.code[-1] != "X" else "V")
    assert made.code not in titles(typed(window, qtbot, wrong))


def test_a_slip_whose_dossier_was_received_leads_to_it(demo_office: Office, window: MainWindow, qtbot: QtBot) -> None:
    form = made_dossier(made_person(1))
    made = demo_office.perform(intakes.make, IntakeForm("supplement", form, ("Thiếu tờ khai",))).answer
    code = demo_office.perform(receive.take_in, replace(form, draft=made.draft)).answer.code
    [hit] = [hit for hit in typed(window, qtbot, made.code) if hit.title == made.code]
    hit.open()
    assert window.here == "dossiers"
    assert here(window, Elsewhere).wishes[-1] == {"typed": code}


def test_whoever_may_not_receive_finds_no_slip(
    demo_office: Office, qapp: QApplication, qtbot: QtBot, window: MainWindow
) -> None:
    wish = IntakeForm("refusal", made_dossier(made_person(1)), reason="Không thuộc thẩm quyền")
    made = demo_office.perform(intakes.make, wish).answer
    act_as(demo_office, "khoa")
    enter(window, demo_office, "home")
    assert made.code not in titles(typed(window, qtbot, made.code))


@pytest.mark.parametrize(("text", "code"), [("khai sinh", "1.001193"), ("sao y", "2.000815"), ("1.004873", "1.004873")])
def test_a_procedure_by_what_people_call_it(window: MainWindow, qtbot: QtBot, text: str, code: str) -> None:
    hits = [hit for hit in typed(window, qtbot, text) if code in hit.detail]
    assert len(hits) == 1
    hits[0].open()
    assert window.here == "catalogue"
    assert here(window, Elsewhere).wishes[-1] == {"code": code}


@pytest.mark.parametrize("text", ["2.001016", "di chuc", "tu choi nhan"])
def test_a_procedure_that_is_on_no_quick_list_is_the_one_shown(
    demo_office: Office, qapp: QApplication, qtbot: QtBot, text: str
) -> None:
    places = [Place("catalogue", "go.catalogue", CatalogueScreen), *elsewhere("home", "receive")]
    with clock.frozen(NOW), real_window(qapp, demo_office, *places) as window:
        window.find_with(finds.finders(window.counter))
        window.show()
        enter(window, demo_office, "home")
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        hits = typed(window, qtbot, text)
        code = hits[0].detail.split(" · ")[0]
        press(window.palette_search.field, Qt.Key.Key_Return)
        screen = here(window, CatalogueScreen)
        assert (screen.pane.shown_code, screen.list.current.code) == (code, code)
        window.commands.press("catalogue.receive")
        assert here(window, Elsewhere).wishes == [{"procedure": code}]


def test_the_procedures_are_read_once_and_again_after_a_change(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "khai sinh")
    seen = window.palette_search._finders[-1].search.__self__  # type: ignore[attr-defined]
    offer = seen._offer
    typed(window, qtbot, "kết hôn")
    assert seen._offer is offer
    window.desk.bus.changed.emit(Changed({"overlay": frozenset({"x"})}))
    assert seen._offer is None
    assert any("Đăng ký kết hôn" in title for title in titles(typed(window, qtbot, "ket hon")))


@pytest.mark.parametrize("login", ["lan", "khoa"])
def test_whoever_may_not_see_people_finds_none(
    demo_office: Office, qapp: QApplication, qtbot: QtBot, window: MainWindow, login: str
) -> None:
    act_as(demo_office, login)
    enter(window, demo_office, "home")
    person = made_person(2)
    hits = typed(window, qtbot, person.name)
    assert person.name not in titles(hits)
    assert any(person.name in hit.detail for hit in hits), "his dossier is there"


def test_a_paper_by_the_words_that_were_read_on_it(demo_office: Office, window: MainWindow, qtbot: QtBot) -> None:
    person = made_person(2)
    with clock.frozen(MONDAY):
        dossier = received(demo_office, person).id
        slot = demo_office.read(scanning.of_dossier, dossier).slots[0].key
        page = PageForm(Owner(dossier=dossier), slot, picture("Giấy"), "image/jpeg")
        demo_office.perform(pages.add, page)
        (paper,) = demo_office.perform(papers.keep, KeepForm(dossier, slot, None)).answer
        demo_office.perform(reading.keep, ReadingForm(paper, "0" * 64, "Giấy ra viện của Bệnh viện Đống Đa cấp"))
    hits = typed(window, qtbot, "dong da")
    hit = next(hit for hit in hits if "Đống Đa" in hit.title)
    assert person.name in hit.detail
    hit.open()
    assert here(window, Elsewhere).wishes[-1] == {"dossier": dossier, "paper": paper, "back": "dossiers"}
    assert not any("Đống Đa" in hit.title for hit in typed(window, qtbot, "do"))
