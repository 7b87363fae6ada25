"""Which drivers of tokens (PKCS#11 modules) are on this machine, by a table: resources/signing/tokens.toml."""

from __future__ import annotations

import os
import re
import sys
import sysconfig
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PureWindowsPath

TABLE = Path(__file__).resolve().parent.parent / "resources" / "signing" / "tokens.toml"
_VARIABLE = re.compile(r"%(\w+)%")


@dataclass(frozen=True, slots=True)
class Make:
    """One row: whose tokens, and what the files of their driver are called on each system."""

    name: str
    windows: tuple[str, ...]
    linux: tuple[str, ...]


@cache
def makes() -> tuple[Make, ...]:
    """Every row of the table, in the order in which they are asked."""
    rows = tomllib.loads(TABLE.read_text("utf-8"))["token"]
    return tuple(Make(row["name"], tuple(row["windows"]), tuple(row["linux"])) for row in rows)


def modules_here(explicit: str = "") -> tuple[Path, ...]:
    """The drivers that are installed; with `explicit` (the office's setting) that one alone, there or not."""
    if explicit:
        return (Path(explicit),)
    places = windows_places(os.environ) if sys.platform == "win32" else linux_places()
    return tuple(dict.fromkeys(place for place in places if place.is_file()))


def windows_places(environment: Mapping[str, str], path: Callable[[str], Path] = Path) -> Iterator[Path]:
    """Where the drivers of the table would lie on Windows."""
    known = {key.upper(): value for key, value in environment.items()}
    system = PureWindowsPath(known.get("SYSTEMROOT", r"C:\Windows")) / "System32"
    for make in makes():
        for name in make.windows:
            if "%" in name:
                name = _VARIABLE.sub(lambda found: known.get(found[1].upper(), found[0]), name)
            yield path(str(system / name))  # an absolute name stands for itself


def linux_places() -> Iterator[Path]:
    """Where the drivers of the table would lie on Linux."""
    triple = str(sysconfig.get_config_var("MULTIARCH") or "x86_64-linux-gnu")
    folders = [f"/usr/lib/{triple}", f"/usr/lib/{triple}/pkcs11", "/usr/lib64", "/usr/lib64/pkcs11", "/usr/lib"]
    for make in makes():
        for name in make.linux:
            for folder in (*folders, "/usr/local/lib"):
                yield Path(folder) / name
