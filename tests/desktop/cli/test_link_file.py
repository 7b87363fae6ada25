"""`motcua dossier link-file`: what is on both sides is linked, what is not is told, a wrong line changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.office import Office
from onestop import clock
from tests.desktop.cli.conftest import Run
from tests.helpers.office import MONDAY, act_as, made_person, received

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def codes(demo_folder: Path) -> list[str]:
    """Four dossiers of Monday."""
    office = Office.open(demo_folder)
    act_as(office, "demo")
    with clock.frozen(MONDAY):
        given = [received(office, made_person(place)).code for place in range(4)]
    office.close()
    return given


def listed(folder: Path, *lines: str) -> str:
    path = folder / "ma.csv"
    path.write_text("\n".join(lines), "utf-8-sig")
    return str(path)


def shown(run: Run, code: str) -> object:
    return run("dossier", "show", code).plain.get("external_code")


def test_both_sides_are_held_against_each_other(run: Run, tmp_path: Path, codes: list[str]) -> None:
    file = listed(tmp_path, "Mã;Mã tỉnh", f"{codes[0].lower()};g22-1", f"{codes[1]};G22-2", "H99.14-250101-0001;G22-9")
    ran = run("dossier", "link-file", file)
    assert ran.status == 0
    assert (ran.plain["linked"], ran.plain["unchanged"], ran.plain["rejected"]) == (2, 0, [])
    assert ran.plain["only_there"] == [{"line": 4, "code": "H99.14-250101-0001", "external": "G22-9"}]
    assert ran.plain["only_here"]["count"] == 2
    assert [each["code"] for each in ran.plain["only_here"]["dossiers"]] == codes[2:]
    assert shown(run, codes[0]) == "G22-1"
    again = run("dossier", "link-file", file).plain
    assert (again["linked"], again["unchanged"]) == (0, 2)


def test_a_line_that_is_wrong_changes_nothing_and_is_told(run: Run, tmp_path: Path, codes: list[str]) -> None:
    assert run("dossier", "link", codes[3], "G22-4").status == 0
    file = listed(
        tmp_path,
        f"{codes[0]},G22-4",  # another dossier has it
        f"{codes[1]},x",  # no code
        "only one column",
        f"{codes[3]},G22-5",  # it bears another one
        f"{codes[2]},G22-6",
        f"{codes[2]},G22-7",  # contradicts the line before
        f"{codes[1]},T-ABC-261123-0001",  # a temporary code of a counter
    )
    ran = run("dossier", "link-file", file)
    assert ran.status == 0
    assert [(each["line"], each["reason"]) for each in ran.plain["rejected"]] == [
        (1, "dossier.external-code-taken"),
        (2, "code-list.contradicts"),
        (3, "code-list.two-columns"),
        (4, "code-list.other-code"),
        (5, "code-list.contradicts"),
        (6, "code-list.contradicts"),
        (7, "code-list.contradicts"),
    ]
    assert all(each["message"] for each in ran.plain["rejected"])
    assert ran.plain["linked"] == 0
    assert [shown(run, code) for code in codes] == [None, None, None, "G22-4"]


@pytest.mark.parametrize("theirs", ["x", "G", "T-ABC-261123-0001", "không có số"])
def test_what_is_no_code_is_refused_by_its_line(run: Run, tmp_path: Path, codes: list[str], theirs: str) -> None:
    ran = run("dossier", "link-file", listed(tmp_path, f"{codes[1]},{theirs}"))
    assert [(each["line"], each["reason"]) for each in ran.plain["rejected"]] == [(1, "code.external-bad")]


def test_a_file_that_is_not_there_or_is_no_list(run: Run, tmp_path: Path) -> None:
    missing = run("dossier", "link-file", str(tmp_path / "none.csv"))
    assert (missing.status, missing.code) == (2, "people-file.not-found")
    picture = tmp_path / "a.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    assert run("dossier", "link-file", str(picture)).code == "code-list.not-text"
    folder = run("dossier", "link-file", str(tmp_path))
    assert (folder.status, folder.code) == (3, "file.unreadable")


def test_whoever_may_not_link_is_refused(run: Run, tmp_path: Path, codes: list[str]) -> None:
    file = listed(tmp_path, f"{codes[0]},G22-1")
    password = tmp_path / "none"
    password.write_text("", "utf-8")
    ran = run("dossier", "link-file", file, "--as", "khoa", "--password-file", str(password))
    assert ran.status == 2
    assert shown(run, codes[0]) is None


def test_in_words_for_the_eye(say: Say, tmp_path: Path, codes: list[str]) -> None:
    status, out, _err = say("dossier", "link-file", listed(tmp_path, f"{codes[0]},G22-1", f"{codes[1]},x", "a1,b1"))
    assert status == 0
    for words in ("Đã gắn mã", "Chỉ có ở đây", "Vì sao không nhận", "Mã không có ở đây", codes[3]):
        assert words in out, words
