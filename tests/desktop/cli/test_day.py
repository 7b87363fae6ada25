"""A day at the counter by the command line alone: every row is the fold of its acts, and the chain holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.office import Office
from onestop.actions.table import KINDS
from onestop.store import acts, rebuild
from tests.desktop.cli.conftest import Run
from tests.desktop.cli.test_catalogue import NATIONAL
from tests.helpers.office import made_card, made_person


def test_a_day_can_be_made_anew_from_its_acts(run: Run, write: Any, demo_folder: Path, tmp_path: Path) -> None:
    day = ("--now", "2026-11-23T09:05", "--as", "ha")
    codes = []
    for place in range(6):
        person = made_person(place)
        assert run("citizen", "register", "--card", made_card(person), *day).status == 0
        form = {
            "procedure": ("2.000635", "1.001193", "2.000033")[place % 3],
            "owner": {"identity_number": person.identity_number},
            "complete": True,
        }
        codes.append(run("dossier", "receive", "--file", write(form), *day).plain["code"])
        assert run("print", "receipt", codes[-1], str(tmp_path / f"{place}.pdf"), *day).status == 0
    assert run("print", "receipt", codes[0], str(tmp_path / "again.pdf"), *day).plain["printed"] == 2
    wish = {"kind": "refusal", "reason": "Không thuộc thẩm quyền", "form": form}
    intake = run("dossier", "turn-away", "--file", write(wish), *day).plain["intake"]
    assert run("print", "refusal", intake, str(tmp_path / "refusal.pdf"), *day).status == 0
    assert run("dossier", "link", codes[0], "K.01-2026-77", *day).status == 0
    assert run("catalogue", "import", write(NATIONAL, "national.jsonl")).status == 0
    table = tmp_path / "list.csv"
    table.write_text("Họ tên,Năm sinh,Số CCCD\nĐỗ Thử,1985,001085000021\n", "utf-8")
    assert run("citizen", "import", str(table)).plain["added"] == 1
    assert run("dossier", "show", codes[1], *day).status == 0
    assert run("office", "clerk", "add", "moi", "--name", "Ngô Thu Mới", "--role", "reception").status == 0

    assert len(set(codes)) == 6
    assert run("check").plain["ok"] is True
    office = Office.open(demo_folder)
    assert office.read(rebuild.compare, KINDS, office.files, office.id) == []
    assert office.read(acts.verify).ok
    office.close()
