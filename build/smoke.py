"""Receives one dossier in the frozen program, through its command line, brings papers into it, and reads all back.

    python build/smoke.py FOLDER        (what build/package.py made)

The program runs far from the source tree, with an empty home and nothing of this environment, as at a counter. The
receipt must hold the dossier's code twice: as text that copies out, and in the QR that is drawn on the page. A picture
of a page must come back as a PDF that can be searched; a page must come from the scanner; the check of the machine
must find nothing to mend; and no library may lack another.
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
from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).resolve().parent.parent / "resources" / "fonts" / "LiberationSerif-Regular.ttf"
TITLE = "Tờ khai cấp bản sao trích lục"
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


def photograph(file: Path) -> str:
    """A page with a title, as a picture of 200 dots an inch."""
    page = Image.new("RGB", (1654, 2339), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(str(FONT), 44)
    for line in range(12):
        pen.text((200, 250 + 120 * line), TITLE if line == 0 else f"Dòng thứ {line} của tờ khai mẫu", "black", font)
    page.save(file, quality=90, dpi=(200, 200))
    return str(file)


def papers(motcua: Program, code: str, home: Path) -> list[str]:
    """Bring, scan, make files of record; what is wrong with them."""
    (home / "office" / "settings.json").write_text('{"read_papers": "yes"}', encoding="utf-8")
    first, *_others = (each["name"] for each in motcua("dossier", "show", code)["components"])
    page = photograph(home / "to-khai.jpg")
    found = [] if motcua("papers", "check", page)["ok"] else ["a sound page may not come in"]
    motcua("papers", "attach", code, first, page)
    scanned = motcua("papers", "scan", code, first)
    done = motcua("papers", "file")
    if scanned["pages"] != 1 or done["filed"] != 2:
        found.append(f"{scanned['pages']} page was scanned, {done['filed']} of 2 files of record were made")
    shown = motcua("dossier", "show", code)["components"]
    stored = {each["name"]: each["sha256"] for component in shown for each in component.get("stored", ())}
    digest = stored["to-khai.jpg"]
    record = home / "record.pdf"
    record.write_bytes((home / "office" / "files" / digest[:2] / digest).read_bytes())
    document = pypdfium2.PdfDocument(record)
    try:
        text = " ".join(document[0].get_textpage().get_text_range().split())
    finally:
        document.close()
    if TITLE not in text:
        found.append(f"the words of the page are not in its file of record: {text[:80]!r}")
    return found


def sound(motcua: Program) -> list[str]:
    """What the check of the machine finds to mend, or cannot do at all."""
    checks = motcua("check")["checks"]
    faults = [f"{each['name']}: {each['detail']}" for each in checks if not each["ok"]]
    names = {each["name"] for each in checks}
    reads = [each for each in checks if each["name"] == "reading" and not each["note"]]
    return faults if reads else [*faults, f"pages are not read; looked at were {sorted(names)}"]


def lacking(folder: Path) -> list[str]:
    """Libraries that some library of the folder links to and nobody would find."""
    found = set()
    inside = folder.resolve() / "_internal"
    for file in inside.rglob("*.so*"):
        env = {"PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": str(inside)}
        done = subprocess.run(["ldd", str(file)], env=env, capture_output=True, text=True, check=False)
        lines = (line.strip() for line in done.stdout.splitlines())
        found.update(f"{file.name}: {line}" for line in lines if line.endswith("not found"))
    return sorted(found)


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
        found += papers(motcua, received["code"], home)
        found += sound(motcua)
        found += lacking(Path(argv[0]))
        # The window's half of the program: Qt, its plug-ins, the screens, every font and icon.
        motcua("tour", "--short", str(home / "tour"))
        if not list((home / "tour").glob("*.png")):
            found.append("the tour left no picture")
    for line in found:
        print(f"smoke: {line}")
    print(
        "smoke: failed"
        if found
        else f"smoke: received {received['code']}, its receipt and papers read back, the short tour ran"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
