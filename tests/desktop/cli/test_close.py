"""`motcua catalogue close`: a decision closes the paper channel of many procedures from a day on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desktop.cli.conftest import UNMARRIED, Run, on

Write = Callable[..., str]

DECISION = """
[[closed]]
procedures = ["1.004873", "9.999999"]
fields = ["Chứng thực"]
from = 2026-11-23
decision = "QĐ 12/2026/QĐ-UBND"
source = "Công báo tỉnh"
"""


def test_from_its_day_on_paper_is_refused_by_the_decision(run: Run, write: Write, tmp_path: Path) -> None:
    file = tmp_path / "dong.toml"
    file.write_text(DECISION, "utf-8")
    ran = run("catalogue", "close", str(file), *on(23))
    assert ran.status == 0, ran.error
    assert "1.004873" in ran.plain["closed"]
    assert "2.000815" in ran.plain["closed"], "by its field"
    assert ran.plain["unknown"] == ["9.999999"]
    again = run("catalogue", "close", str(file), *on(23))
    assert (again.plain["closed"], sorted(again.plain["unchanged"])) == ([], sorted(ran.plain["closed"]))
    for channel, refused in (("direct", True), ("online", False)):
        taken = run("dossier", "receive", "--file", write({**UNMARRIED, "channel": channel}), *on(23))
        assert (taken.status == 2) is refused
        if refused:
            assert taken.code == "procedure.channel-closed"
            assert "QĐ 12/2026/QĐ-UBND" in taken.error["message"]


@pytest.mark.parametrize(
    ("old", "new", "code", "what"),
    [
        ("[[closed]]", "[[closed]", "channels.syntax", ""),
        ("[[closed]]", "[[mo]]", "channels.none", ""),
        ("from = 2026-11-23", "", "channels.row", "from"),
        ("from = 2026-11-23", 'from = "mai"', "channels.row", "from"),
        ("from = 2026-11-23", "from = 2026-11-23\nto = 2026-11-01", "channels.row", "to"),
        ('decision = "QĐ 12/2026/QĐ-UBND"', "", "channels.row", "decision"),
        ('fields = ["Chứng thực"]', 'channel = "mail"', "channels.row", "channel"),
        ('fields = ["Chứng thực"]', "fields = 3", "channels.row", "procedures"),
        ('fields = ["Chứng thực"]', "mien_phi = true", "channels.row", "mien_phi"),
    ],
)
def test_a_bad_file_is_told_and_nothing_is_closed(
    run: Run, tmp_path: Path, old: str, new: str, code: str, what: str
) -> None:
    file = tmp_path / "dong.toml"
    file.write_text(DECISION.replace(old, new), "utf-8")
    ran = run("catalogue", "close", str(file), *on(23))
    assert (ran.status, ran.code) == (2, code)
    assert ran.error["details"].get("what", "") == what
