"""`motcua tour --short`: a morning through the real window leaves its story, its papers and its pictures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from PySide6.QtWidgets import QApplication

from desktop.__main__ import main
from desktop.cli.tour import Hands, Told, take, telex
from desktop.cli.tour_steps import Missed, Step, Wait


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One short tour for all that is looked at here: `out`, `status`, and what tour.json says."""
    out = tmp_path_factory.mktemp("tour")
    status = main(["tour", str(out), "--short"])
    return {"out": out, "status": status, "told": json.loads((out / "tour.json").read_text("utf-8"))}


def test_every_step_holds_and_says_what_it_looked_at(toured: dict[str, Any]) -> None:
    told = toured["told"]
    wrong = [step for step in told["steps"] if not step["ok"]]
    assert not wrong
    assert toured["status"] == 0
    assert told["ok"] is True
    for step in told["steps"]:
        assert step["name"]
        assert step["screen"]
        assert step["seconds"] >= 0
    birth = next(step for step in told["steps"] if step["name"] == "receive-birth")
    assert "nothing is missing" in birth["checked"]


def test_figures_tell_what_a_dossier_cost(toured: dict[str, Any]) -> None:
    figures = toured["told"]["figures"]
    assert figures["dossiers_received"] == 1
    assert figures["receipts_printed"] == 1
    [dossier] = figures["dossiers"]
    assert dossier["code"] == "H99.14-261123-0001"
    assert 0 < dossier["keystrokes"] <= figures["keystrokes"]
    assert dossier["scans"] == 2
    assert 0 < dossier["seconds"] < 20


def test_papers_carry_their_code_on_the_drawn_page(toured: dict[str, Any]) -> None:
    papers = sorted(toured["out"].glob("*.pdf"))
    assert [paper.name for paper in papers] == ["receipt-birth-a4.pdf"]
    document = pypdfium2.PdfDocument(papers[0])
    assert len(document) == 2  # both liên
    for page in document:
        size = tuple(round(length) for length in page.get_size())
        assert size == (595, 842)
        found = zxingcpp.read_barcodes(page.render(scale=200 / 72).to_pil())
        assert [code.text for code in found] == ["H99.14-261123-0001"]
    document.close()


def test_pictures_are_the_whole_window(toured: dict[str, Any]) -> None:
    told = {file for step in toured["told"]["steps"] for file in step["files"] if file.endswith(".png")}
    pictures = {file.name for file in toured["out"].glob("*.png")}
    assert told == pictures
    assert {"login-light-vi.png", "receive-filled-light-vi.png", "receive-received-light-vi.png"} <= pictures
    for name in pictures:
        with Image.open(toured["out"] / name) as picture:
            assert picture.size == (1366, 768)
            assert len(picture.getcolors(2**20) or ()) > 50, f"{name} is empty"


def test_a_step_that_does_not_hold_is_named_and_the_day_goes_on(qapp: QApplication, tmp_path: Path) -> None:
    def misses(tour: Any) -> Any:
        yield tour.pause(0.01)
        tour.check("pigs fly", False)

    def breaks(tour: Any) -> Any:
        yield Wait("a look that breaks", lambda: 1 // 0)

    def holds(tour: Any) -> Any:
        yield Wait("the welcome page", lambda: hasattr(tour.window._pages.currentWidget(), "demo"))
        tour.check("it is there", True)

    steps = [Step("misses", "none", misses), Step("breaks", "none", breaks), Step("holds", "welcome", holds)]
    summary = take(tmp_path, steps, themes=())
    assert summary["ok"] is False
    assert [(step["name"], step["ok"]) for step in summary["steps"]] == [
        ("misses", False),
        ("breaks", False),
        ("holds", True),
    ]
    assert summary["steps"][0]["error"] == "pigs fly"
    assert "ZeroDivisionError" in summary["steps"][1]["error"]
    assert (tmp_path / "failed-misses.png").exists()


def test_a_step_is_told_without_what_is_empty() -> None:
    assert "error" not in Told("a", "b").plain()
    assert Told("a", "b", error="x").plain()["error"] == "x"


@pytest.mark.parametrize(("word", "presses"), [("Kinh", 4), ("ế", 3), ("đường", 9), ("Đỗ", 5)])
def test_a_marked_letter_costs_as_many_presses_as_telex_needs(word: str, presses: int) -> None:
    assert telex(word) == presses


def test_keys_without_a_window_are_no_silent_success(qapp: QApplication) -> None:
    with pytest.raises(Missed):
        Hands().press("F9")
