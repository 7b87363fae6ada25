"""The real SANE, configured apart: its own backends for trying out (`test`, `pnm`), and airscan for a simulator."""

from __future__ import annotations

import shutil
from pathlib import Path

TEST = """
number_of_devices 2
mode Gray
depth 8
resolution_min 50.0
resolution_max 600.0
resolution_quant 1.0
resolution 50.0
geometry_min 0.0
geometry_max 300.0
geometry_quant 1.0
"""


def is_here() -> bool:
    """Whether scanimage is installed."""
    return shutil.which("scanimage") is not None


def configured(folder: Path, backend: str, **files: str) -> Path:
    """A folder of SANE's settings with one backend; `files`: name (without .conf) → text."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dll.conf").write_text(f"{backend}\n", "utf-8")
    for name, text in ({"test": TEST} | files).items():
        (folder / f"{name}.conf").write_text(text, "utf-8")
    return folder


def airscan(folder: Path, root: str) -> Path:
    """Settings for sane-airscan with the one scanner at `root`, which announces itself to nobody."""
    text = f'[devices]\n"Simulator" = {root}/, eSCL\n[options]\ndiscovery = disable\n'
    return configured(folder, "airscan", airscan=text)
