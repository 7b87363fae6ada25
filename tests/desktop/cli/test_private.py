"""What the program makes in an office's folder is for its user alone; what it is told to write elsewhere is not."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from onestop.store import privacy
from tests.desktop.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("open_handed")


@pytest.fixture
def open_handed() -> Iterator[None]:
    """A user whose files everybody may read, as is usual."""
    before = os.umask(0o022)
    yield
    assert os.umask(before) == 0o022, "the user's own mask is given back"


def readable_by_others(folder: Path) -> list[str]:
    """Every file and folder that somebody else could read."""
    return [
        str(each.relative_to(folder))
        for each in (folder, *folder.rglob("*"))
        if stat.S_IMODE(each.stat().st_mode) & 0o077 and sys.platform != "win32"
    ]


def test_a_new_office_is_private(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_STATE_DIR", str(tmp_path / "own-marks"))
    folder, given = tmp_path / "new", tmp_path / "given"
    given.mkdir()
    for each in (folder, given):
        assert run("office", "init", "--demo", data=each).status == 0
        run("due", "--received", "2026-11-23T09:00", "--limit", "3", "--unit", "day", data=each)
    assert readable_by_others(folder) == []
    assert readable_by_others(given) == ["."], "a folder that somebody has made stays as he made it"
    assert readable_by_others(tmp_path / "own-marks") == []


def test_a_letter_is_for_others_to_open(run: Run, demo_folder: Path, tmp_path: Path) -> None:
    form = tmp_path / "form.json"
    form.write_text(
        '{"procedure": "2.000635", "complete": true, "result_copies": 1, '
        '"owner": {"name": "An Bình", "date_of_birth": "1990", "no_paper_reason": "mất"}}',
        "utf-8",
    )
    code = run("dossier", "receive", "--file", str(form)).plain["code"]
    out = tmp_path / "receipt.pdf"
    assert run("print", "receipt", code, str(out)).status == 0
    assert sys.platform == "win32" or stat.S_IMODE(out.stat().st_mode) == 0o644


def test_a_folder_for_a_group_stays_the_groups(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_STATE_DIR", str(tmp_path / "own-marks"))
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o2770)
    assert run("office", "init", "--demo", data=shared).status == 0
    if sys.platform != "win32":
        modes = {stat.S_IMODE(each.stat().st_mode) for each in shared.rglob("*") if each.is_file()}
        assert modes == {0o660}


def test_what_an_earlier_version_left_open_is_closed(run: Run, demo_folder: Path) -> None:
    for name in ("office.db", "files"):
        (demo_folder / name).chmod(0o755)
    assert run("citizen", "find", "an").status == 0
    assert not [each for each in readable_by_others(demo_folder) if each in ("office.db", "files")]


def test_the_users_own_mask_is_known_inside(tmp_path: Path) -> None:
    assert privacy.shared_mask() == 0o022
    if sys.platform != "win32":
        with privacy.kept_private(tmp_path), privacy.kept_private(tmp_path):
            assert privacy.shared_mask() == 0o022
            (tmp_path / "x").touch()
        assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o600
