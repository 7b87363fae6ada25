"""From a letter to paper: where it is in doubt it is asked about, and only what came out counts as handed out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from desktop.bus import Level
from desktop.office import Office
from desktop.printer.pretend import Mishap, PretendPrinters
from desktop.views.main_window import MainWindow
from desktop.views.printing_flow import PrintFlow, write
from desktop.views.screen import Counter
from onestop import clock
from onestop.actions import process
from onestop.actions.receive import Received
from onestop.queries import overview, sheets
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.rules.letters import FormKey
from onestop.rules.moves import MoveForm
from onestop.texts import message
from tests.desktop.real import real_window
from tests.helpers.office import MONDAY, made_person, received

REPRINT = "Bản in lại lần"


@dataclass
class Shop:
    """A dossier that was received, the flow, and the pretend printers."""

    window: MainWindow
    office: Office
    printers: PretendPrinters
    flow: PrintFlow
    dossier: Received
    settled: list[str] = field(default_factory=list)

    def papers(self) -> list[str]:
        """The words of every paper that came out, in order."""
        found = []
        for path in self.printers.paper():
            document = pypdfium2.PdfDocument(path)
            found.append(" ".join(page.get_textpage().get_text_range() for page in document))
            document.close()
        return found

    def outcomes(self) -> list[str]:
        with self.office.store.writing() as connection:
            return list(connection.execute(text("SELECT outcome FROM printed ORDER BY rowid")).scalars())

    def answer(self, words: str) -> None:
        """The answer in the notice that is seen."""
        notice = self.window.notices.shown[-1]
        offer = next(each for each in notice.offers if each.text == words)
        self.window.notices.put_away()
        offer.call()


@pytest.fixture
def shop(qapp: QApplication, qtbot: QtBot, demo_office: Office, tmp_path: Path) -> Iterator[Shop]:
    printers = PretendPrinters(tmp_path / "paper")
    with clock.frozen(MONDAY), real_window(qapp, demo_office, printers=printers) as window:
        dossier = received(demo_office, made_person(940))
        counter: Counter = window.counter
        made = Shop(window, demo_office, printers, PrintFlow(counter, window), dossier)
        made.flow.settled.connect(lambda _subject, outcome: made.settled.append(outcome))
        yield made


def test_a_print_that_came_out_is_written_down_and_asks_nothing(shop: Shop) -> None:
    shop.flow.receipt(shop.dossier.id)
    assert shop.settled == ["out"]
    assert shop.outcomes() == ["out"]
    assert shop.window.notices.codes() == []
    [paper] = shop.papers()
    assert shop.dossier.code in paper
    assert REPRINT not in paper


def test_the_paper_of_a_move_is_stored_printed_and_reprinted_like_any_other(shop: Shop) -> None:
    form = MoveForm(shop.dossier.id, "supplement", reason="Thiếu giấy tờ", items=("Quyết định ly hôn",))
    shop.office.perform(process.move, form)
    shop.flow.life(FormKey.SUPPLEMENT, shop.dossier.id)
    shop.flow.life(FormKey.SUPPLEMENT, shop.dossier.id)
    shop.flow.life(FormKey.LABEL, shop.dossier.id)
    shop.flow.life(FormKey.LABEL, shop.dossier.id)
    first, again, label, other = shop.papers()
    assert label == other, "what is no paper of ours is no reprint"
    assert "Quyết định ly hôn" in first
    assert shop.dossier.code in first
    assert REPRINT not in first
    assert REPRINT in again
    assert shop.outcomes() == ["out", "out", "out", "out"]


@pytest.mark.parametrize(("profile", "said"), [("none", ""), ("link", "https://dichvucong.phuongmau.example/{code}")])
def test_the_qr_of_a_receipt_is_the_one_chosen_in_the_settings(shop: Shop, profile: str, said: str) -> None:
    shop.window.counter.settings.set("receipt_qr", profile)
    sheet = shop.office.read(sheets.sheet, shop.flow.wish(FormKey.RECEIPT, shop.dossier.id))
    assert sheet.letter.reference.qr == said.format(code=shop.dossier.code)


def test_what_was_handed_out_is_a_reprint_from_then_on(shop: Shop) -> None:
    for _time in range(3):
        shop.flow.reprint(shop.dossier.id)
    papers = shop.papers()
    assert REPRINT not in papers[0]
    assert f"{REPRINT} 1" in papers[1]
    assert f"{REPRINT} 2" in papers[2]


@pytest.mark.parametrize("mishap", [Mishap.JAM, Mishap.NO_PAPER, Mishap.UNCERTAIN, Mishap.GONE])
def test_a_job_in_doubt_is_asked_about_with_three_answers(shop: Shop, mishap: Mishap) -> None:
    shop.window.counter.settings.set("printer_receipt", "Máy in thử")
    shop.printers.go_wrong(mishap)
    shop.flow.receipt(shop.dossier.id)
    [notice] = shop.window.notices.shown
    assert (notice.code, notice.level) == ("print.came-out", Level.WARNING)
    assert [each.text for each in notice.offers] == ["Ra đủ", "Chưa ra", "Hỏng"]
    said = shop.window.notices.words(notice)
    assert all(part in said for part in ("Giấy tiếp nhận", shop.dossier.code, made_person(940).name))
    assert shop.settled == []
    assert shop.outcomes() == ["waiting"]


@pytest.mark.parametrize(
    ("words", "outcomes", "copies"),
    [("Ra đủ", ["out"], 0), ("Chưa ra", ["not-out", "out"], 1), ("Hỏng", ["ruined", "out"], 1)],
)
def test_the_answer_is_written_and_decides_what_comes_next(
    shop: Shop, words: str, outcomes: list[str], copies: int
) -> None:
    shop.printers.go_wrong(Mishap.JAM)
    shop.flow.receipt(shop.dossier.id)
    shop.answer(words)
    assert shop.outcomes() == outcomes
    assert shop.settled == outcomes
    papers = shop.papers()
    assert len(papers) == copies
    assert all(REPRINT not in paper for paper in papers)
    shop.flow.reprint(shop.dossier.id)
    assert f"{REPRINT} 1" in shop.papers()[-1]


def test_only_out_makes_the_next_one_a_reprint(shop: Shop) -> None:
    shop.printers.go_wrong(Mishap.JAM, times=3)
    shop.flow.receipt(shop.dossier.id)
    shop.answer("Hỏng")
    shop.answer("Chưa ra")
    shop.answer("Chưa ra")
    [paper] = shop.papers()
    assert REPRINT not in paper
    assert shop.outcomes() == ["ruined", "not-out", "not-out", "out"]


def test_without_a_printer_the_paper_can_be_looked_at(shop: Shop) -> None:
    shop.printers.go_wrong(Mishap.GONE)
    shop.flow.receipt(shop.dossier.id)
    [notice] = shop.window.notices.shown
    assert notice.code == "print.no-printer"
    assert [each.text for each in notice.offers] == ["Xem giấy", "In lại"]
    # It was never sent anywhere: nobody has to be asked whether it came out.
    assert (shop.outcomes(), shop.settled) == (["not-out"], ["not-out"])
    assert shop.office.read(overview.home, MONDAY, None).prints == ()
    shop.printers.come_back()
    shop.answer("In lại")
    assert shop.outcomes() == ["not-out", "out"]
    [paper] = shop.papers()
    assert REPRINT not in paper


def test_the_notice_says_whose_paper_it_is_and_the_latest_takes_the_place_of_the_one_before(shop: Shop) -> None:
    """What it offers is still about the citizen before when the next one stands at the desk."""
    shop.printers.go_wrong(Mishap.GONE)
    shop.flow.receipt(shop.dossier.id)
    [notice] = shop.window.notices.shown
    said = shop.window.notices.words(notice)
    assert all(part in said for part in (shop.dossier.code, made_person(940).name, "Giấy tiếp nhận"))
    other = received(shop.office, made_person(941))
    shop.flow.receipt(other.id)
    [notice] = shop.window.notices.shown
    assert other.code in shop.window.notices.words(notice)
    shop.answer("Xem giấy")
    assert shop.flow._preview is not None and not shop.flow._preview.isHidden()
    assert shop.outcomes() == ["not-out", "not-out"]


def test_the_file_is_stored_and_written_down_before_paper_moves(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    print_pdf = shop.printers.print_pdf

    def watched(pdf: bytes | Path, printer: str, copies: int = 1, title: str = "") -> object:
        seen.append(len(shop.outcomes()))
        assert made_person(940).name not in title
        assert str(made_person(940).identity_number) not in title
        return print_pdf(pdf, printer, copies, title)

    monkeypatch.setattr(shop.printers, "print_pdf", watched)
    shop.flow.receipt(shop.dossier.id)
    assert seen == [1]


def test_a_copy_that_cannot_be_kept_as_a_file_says_why(tmp_path: Path) -> None:
    class Told:
        cancelled = False

        def step(self, done: int = 0, total: int | None = None, what: str = "") -> None: ...

    with pytest.raises(StoreTrouble) as trouble:
        write(Told(), b"%PDF", tmp_path / "none" / "x.pdf")  # type: ignore[arg-type]
    assert "không có tệp hoặc thư mục ấy" in message(trouble.value.code, trouble.value.details)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(RuleBroken) as broken:
        write(Told(), b"%PDF", pipe)  # type: ignore[arg-type]
    assert broken.value.code == "file.not-ordinary"
