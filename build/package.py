"""`dev.py package`: build the one-folder program by build/motcua.spec, then let build/smoke.py try it.

Everything that is made lies in out/package: the program in out/package/motcua, PyInstaller's own work beside it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out" / "package"


def size(folder: Path) -> int:
    """The bytes of the files in a folder; a link counts nothing."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def build() -> Path:
    """Run PyInstaller; the program's folder."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(OUT), "--workpath", str(OUT / "work"), "build/motcua.spec"]
    started = time.monotonic()
    subprocess.run(command, cwd=ROOT, check=True)
    made = OUT / "motcua"
    print(
        f"{made.relative_to(ROOT)}: {size(made) / 1e6:.0f} MB, built in {time.monotonic() - started:.0f} s", flush=True
    )
    return made


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py package")
    parser.add_argument("--no-smoke", action="store_true", help="only build, do not try the program")
    wish = parser.parse_args(argv)
    try:
        made = build()
    except subprocess.CalledProcessError as error:
        return int(error.returncode) or 1
    if wish.no_smoke:
        return 0
    return subprocess.run([sys.executable, "build/smoke.py", str(made)], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
