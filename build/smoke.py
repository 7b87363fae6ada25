"""Receives one dossier in the frozen program, through its command line, and reads the receipt back.

    python build/smoke.py FOLDER        (what build/package.py made)

The program runs far from the source tree, with an empty home and nothing of this environment, as at a counter. The
receipt must hold the dossier's code twice: as text that copies out, and in the QR that is drawn on the page.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pypdfium2
import zxingcpp

CITIZEN = {
    "name": "Hoàng Thị Ước",
    "identity_number": "001190000017",
    "date_of_birth": "1990-02-17",
    "sex": "Nữ",
    "address": "Số 5 đường Mẫu, phường Mẫu",
}
DOSSIER = {
    "procedure": "2.000635",
    "owner": {"identity_number": CITIZEN["identity_number"]},
    "contact": {"phone": "0912345678", "email": None},
    "summary": "Cấp bản sao trích lục khai sinh",
    "complete": True,
    "result_copies": 1,
    "delivery": {"way": "counter"},
}


class Program:
    """The frozen program and the folder of its office."""

    def __init__(self, folder: Path, home: Path) -> None:
        self._file = (folder / "motcua").resolve()
        self._home = home
        self._env = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}

    def __call__(self, *words: str) -> Any:
        """Run one command with --json; its document. Ends the test when the program does not end well."""
        command = [str(self._file), "--data", str(self._home / "office"), "--json", *words]
        started = time.monotonic()
        done = subprocess.run(command, cwd=self._home, env=self._env, capture_output=True, text=True, check=False)
        took = time.monotonic() - started
        print(f"smoke: motcua {' '.join(words)}: {done.returncode} in {took:.1f} s", flush=True)
        if done.returncode:
            sys.exit(f"smoke: failed: {done.stdout}{done.stderr}")
        return json.loads(done.stdout)


def write(file: Path, content: dict[str, Any]) -> str:
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return str(file)


def faults(pdf: Path, code: str) -> list[str]:
    """What is wrong with the receipt."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        text = page.get_textpage().get_text_range()
        marks = [mark.text for mark in zxingcpp.read_barcodes(page.render(scale=4).to_pil())]
    finally:
        document.close()
    found = []
    if code not in text:
        found.append(f"the code {code} is not in the text of the receipt")
    if CITIZEN["name"] not in text:
        found.append(f"the name {CITIZEN['name']} is not in the text of the receipt")
    if code not in marks:
        found.append(f"the QR of the receipt does not hold {code}: {marks}")
    return found


def main(argv: list[str]) -> int:
    if len(argv) != 1:
        sys.exit("usage: python build/smoke.py FOLDER")
    with tempfile.TemporaryDirectory(prefix="motcua-smoke-") as folder:
        home = Path(folder)
        motcua = Program(Path(argv[0]), home)
        motcua("office", "init", "--demo")
        motcua("citizen", "register", "--file", write(home / "citizen.json", CITIZEN))
        received = motcua("dossier", "receive", "--file", write(home / "dossier.json", DOSSIER))
        motcua("print", "receipt", received["code"], str(home / "receipt.pdf"))
        found = faults(home / "receipt.pdf", received["code"])
        # The window's half of the program: Qt, its plug-ins, the screens, every font and icon.
        motcua("tour", str(home / "tour"))
        if not list((home / "tour").glob("*.png")):
            found.append("the tour left no picture")
    for line in found:
        print(f"smoke: {line}")
    print("smoke: failed" if found else f"smoke: received {received['code']}, its receipt reads back, the tour ran")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
