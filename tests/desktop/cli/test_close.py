"""`motcua catalogue close`: a decision closes the paper channel of many procedures from a day on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

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
    file.write_text(DECISION.replace("from = 2026-11-23", ""), "utf-8")
    bad = run("catalogue", "close", str(file), *on(23))
    assert (bad.status, bad.code) == (2, "channels.row")
    assert (again.plain["closed"], sorted(again.plain["unchanged"])) == ([], sorted(ran.plain["closed"]))
    for channel, refused in (("direct", True), ("online", False)):
        taken = run("dossier", "receive", "--file", write({**UNMARRIED, "channel": channel}), *on(23))
        assert (taken.status == 2) is refused
        if refused:
            assert taken.code == "procedure.channel-closed"
            assert "QĐ 12/2026/QĐ-UBND" in taken.error["message"]
