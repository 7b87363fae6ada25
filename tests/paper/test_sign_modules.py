"""The table of drivers: where they would lie on each system, and that an office's own path comes before it."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath
from typing import Any

from paper import sign_modules
from paper.sign_modules import linux_places, makes, modules_here, windows_places

WINDOWS = {"SystemRoot": r"D:\Windows", "ProgramFiles": r"D:\Program Files"}


def test_the_table_is_whole() -> None:
    names = [make.name for make in makes()]
    assert len(names) == len(set(names))
    files = [file for make in makes() for file in (*make.windows, *make.linux)]
    assert len(files) == len(set(files))
    assert all(make.windows or make.linux for make in makes())
    assert {file.rpartition(".")[2] for make in makes() for file in make.windows} == {"dll"}


def test_authorities_are_asked_before_general_drivers() -> None:
    assert [make.name for make in makes()][-1] == "OpenSC"


def test_places_on_windows() -> None:
    path: Any = PureWindowsPath
    places = [str(place) for place in windows_places(WINDOWS, path)]
    assert r"D:\Windows\System32\viettel-ca_v6.dll" in places
    assert places[-1] == r"D:\Program Files\OpenSC Project\OpenSC\pkcs11\opensc-pkcs11.dll"
    assert not any("%" in place for place in places)
    assert str(next(windows_places({}, path))).startswith(r"C:\Windows\System32")


def test_places_on_linux() -> None:
    assert Path("/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so") in set(linux_places())
    assert all(place.is_absolute() for place in linux_places())


def test_only_what_is_there_is_named(tmp_path: Path, monkeypatch: Any) -> None:
    there = tmp_path / "libcastle.so"
    there.touch()
    monkeypatch.setattr(sign_modules.sys, "platform", "linux")
    monkeypatch.setattr(sign_modules, "linux_places", lambda: iter([tmp_path / "not.so", there, there]))
    assert modules_here() == (there,)


def test_the_office_s_own_path_comes_alone() -> None:
    assert modules_here("/opt/may-ky/libp11.so") == (Path("/opt/may-ky/libp11.so"),)
