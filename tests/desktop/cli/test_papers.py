"""`motcua papers`: files and scans into a component, what the gate would say, separator sheets, files of record now."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.devices.pretend import Laid, Mishap, PretendScanner
from desktop.devices.pretend_papers import Kind
from desktop.office import Office
from desktop.settings import Settings
from onestop.actions import drafts
from onestop.queries import papers as queries
from onestop.rules import separators
from onestop.rules.intake import write_form
from onestop.store.files import Files
from tests.desktop.cli.conftest import Run
from tests.helpers import badfiles
from tests.helpers.office import BIRTH, act_as, made_dossier, made_person, received
from tests.helpers.pages import codes, made_pdf, picture

PAPER = "Giấy chứng sinh"
ROOT = Path(__file__).resolve().parents[3]
Brings = Callable[..., list[str]]
pytestmark = pytest.mark.usefixtures("scanner")


@pytest.fixture
def code(demo_office: Office) -> str:
    """The code of a dossier that has the component PAPER."""
    return received(demo_office, made_person(41), procedure=BIRTH, complete=True).code


@pytest.fixture
def brings(tmp_path: Path) -> Brings:
    """Files beside each other, by name; their paths."""

    def bring(**files: bytes) -> list[str]:
        paths = [tmp_path / name.replace("__", ".") for name in files]
        for path, content in zip(paths, files.values(), strict=True):
            path.write_bytes(content)
        return [str(path) for path in paths]

    return bring


def stored(run: Run, code: str) -> list[dict[str, Any]]:
    """The papers that `dossier show` gives."""
    shown = run("dossier", "show", code).plain
    return [paper for each in shown["components"] for paper in each.get("stored", ())]


# ---- attach -------------------------------------------------------------------------------------------------------


def test_files_go_into_a_component_each_a_paper_of_its_own(
    run: Run, say: Any, code: str, brings: Brings, demo_folder: Path
) -> None:
    first, second = made_pdf("Giay chung sinh", "mat sau"), badfiles.with_javascript()
    ran = run("papers", "attach", code, "chứng sinh", *brings(a__pdf=first, b__pdf=second))
    assert (ran.status, ran.plain["code"], ran.plain["component"]) == (0, code, PAPER)
    one, other = ran.plain["papers"]
    digest = hashlib.sha256(first).hexdigest()
    assert (one["name"], one["pages"], one["size"], one["source"], one["sha256"]) == (
        "a.pdf",
        2,
        len(first),
        "file",
        digest,
    )
    assert (one["filed"], one["signed"], one["passed"], one["signature"]) == (True, False, False, "none")
    assert (other["name"], b"JavaScript" in Files(demo_folder / "files").get(other["sha256"])) == ("b.pdf", False)
    assert ran.plain["warnings"] == ["paper.active"]
    assert [(each["details"]["whose"], "mã lệnh" in each["message"]) for each in ran.plain["remarks"]] == [
        ("b.pdf", True)
    ]
    assert [each["id"] for each in stored(run, code)] == [one["id"], other["id"]]
    _status, out, _err = say("dossier", "show", code)
    assert "a.pdf" in out and "b.pdf" in out


def test_a_file_that_is_there_already_comes_in_no_second_time(
    run: Run, say: Any, code: str, brings: Brings, tmp_path: Path
) -> None:
    files = brings(a__pdf=made_pdf("a"), b__pdf=made_pdf("b"), a_lai__pdf=made_pdf("a"))
    first = run("papers", "attach", code, PAPER, *files[:2])
    ran = run("papers", "attach", code, PAPER, files[2], files[0])
    assert (ran.status, ran.plain["warnings"]) == (0, ["paper.already-there"])
    assert [each["details"] for each in ran.plain["remarks"]] == [
        {"whose": "a_lai.pdf", "name": "a.pdf"},
        {"whose": "a.pdf", "name": "a.pdf"},
    ]
    assert [each["id"] for each in ran.plain["papers"]] == [first.plain["papers"][0]["id"]]
    assert len(stored(run, code)) == 2
    [twice] = brings(c__pdf=made_pdf("c"))
    status, out, _err = say("papers", "attach", code, PAPER, twice, twice)
    assert (status, "c.pdf: tệp này đã có" in out, len(stored(run, code))) == (0, True, 3)


def test_a_file_of_several_pictures_has_as_many_pages(run: Run, code: str, brings: Brings) -> None:
    ran = run("papers", "attach", code, PAPER, *brings(fax__tif=badfiles.tiff_pages(3)))
    assert [(each["pages"], each["filed"]) for each in ran.plain["papers"]] == [(3, False)]
    assert [each["pages"] for each in stored(run, code)] == [3]
    run("papers", "file")
    assert [(each["pages"], each["filed"]) for each in stored(run, code)] == [(3, True)]


def test_all_files_or_none(run: Run, say: Any, code: str, brings: Brings) -> None:
    files = brings(tot__pdf=made_pdf("tot"), giay__pdf=badfiles.program())
    ran = run("papers", "attach", code, PAPER, *files)
    assert (ran.status, ran.code) == (2, "paper.not-fit")
    assert "giay.pdf" in ran.error["message"] and "tệp chương trình" in ran.error["message"]
    assert stored(run, code) == []
    status, out, err = say("papers", "attach", code, PAPER, *files, "--lang", "en")
    assert (status, out, "giay.pdf" in err) == (2, "", True)


def test_a_name_that_is_no_text_is_taken_as_one(run: Run, code: str, tmp_path: Path) -> None:
    file = tmp_path / "badname-\udcff\n\x1b.pdf"
    file.write_bytes(made_pdf("a"))
    ran = run("papers", "attach", code, PAPER, str(file))
    assert (ran.status, [each["name"] for each in ran.plain["papers"]]) == (0, ["badname-\ufffd .pdf"])
    assert run("papers", "check", str(file)).status == 0
    ran = run("papers", "check", str(file) + "\udcff", both=True)
    assert (ran.status, ran.error["details"]["faults"][0]["file"]) == (2, "badname-\ufffd .pdf\ufffd")


def test_what_cannot_be_found_is_named(run: Run, code: str, brings: Brings, tmp_path: Path) -> None:
    [file] = brings(a__pdf=made_pdf("a"))
    ran = run("papers", "attach", code, PAPER, file, str(tmp_path / "none.pdf"))
    assert (ran.status, ran.code, "none.pdf" in ran.error["message"]) == (2, "file.missing", True)
    assert "thư mục" in run("papers", "attach", code, PAPER, str(tmp_path)).error["message"]
    assert "không phải một tệp" in run("papers", "attach", code, PAPER, "/dev/zero").error["message"]
    assert run("papers", "attach", code, "không có giấy này", file).code == "component.unknown"
    assert run("papers", "attach", code, "giấy", file).code == "component.ambiguous"
    assert run("papers", "attach", "H99.14-261123-9999", PAPER, file).code == "dossier.unknown"
    assert run("papers", "attach", code, PAPER).status == 2, "a file at least"
    assert stored(run, code) == []


def test_a_name_that_leads_nowhere_says_why(run: Run, code: str, tmp_path: Path) -> None:
    loop = tmp_path / "loop.pdf"
    loop.symlink_to(loop)
    ran = run("papers", "check", str(loop), both=True)
    assert (ran.status, ran.code) == (2, "paper.not-fit")
    assert "đường dẫn chỉ vòng về chính nó" in ran.error["message"]
    for words in (("check", ""), ("attach", code, PAPER, " "), ("separators", code, "")):
        ran = run("papers", *words)
        assert (ran.status, ran.code, ran.error["message"]) == (2, "usage.no-name", "Tên tệp để trống. Ghi tên tệp."), (
            words
        )


def test_who_may_not_scan_may_not_bring_either(run: Run, demo_office: Office, code: str, brings: Brings) -> None:
    [file] = brings(a__pdf=made_pdf("a"))
    nobody = "khoa"
    for words in (("attach", code, PAPER, file), ("scan", code, PAPER), ("separators", code, file + ".out"), ("file",)):
        ran = run("papers", *words, "--as", nobody)
        assert (ran.status, ran.code) == (2, "permission.missing"), words


def test_a_full_disk_takes_no_new_papers(run: Run, code: str, brings: Brings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Office, "free_bytes", lambda _self: 10_000_000)
    ran = run("papers", "attach", code, PAPER, *brings(a__pdf=made_pdf("a")))
    assert (ran.status, ran.code) == (3, "scan.no-room")
    ran = run("papers", "scan", code, PAPER)
    assert (ran.status, ran.code) == (3, "scan.no-room")


# ---- check --------------------------------------------------------------------------------------------------------


def test_what_the_gate_would_say_of_files(run: Run, say: Any, brings: Brings, tmp_path: Path) -> None:
    blank = badfiles.stored(badfiles.Image.new("RGB", (1240, 1754), "white"), "JPEG")
    files = brings(
        tot__pdf=made_pdf("Giay"),
        lenh__pdf=badfiles.with_javascript(),
        trang__jpg=blank,
        khoa__pdf=badfiles.with_password(),
    )
    files.append(str(tmp_path / "none.pdf"))
    ran = run("papers", "check", *files, both=True)
    assert (ran.status, ran.code, ran.plain["ok"]) == (2, "paper.not-fit", False)
    told = {Path(each["file"]).name: each for each in ran.plain["files"]}
    assert {name: each["ok"] for name, each in told.items()} == {
        "tot.pdf": True, "lenh.pdf": True, "trang.jpg": False, "khoa.pdf": False, "none.pdf": False
    }  # fmt: skip
    problems = {name: [one["code"] for one in each["problems"]] for name, each in told.items()}
    assert problems["trang.jpg"] == ["paper.blank"]
    assert problems["khoa.pdf"] == ["paper.password"]
    assert problems["none.pdf"] == ["file.missing"]
    assert [each["code"] for each in told["lenh.pdf"]["notes"]] == ["paper.active"]
    assert (told["tot.pdf"]["media_type"], told["tot.pdf"]["pages"], told["tot.pdf"]["signature"]) == (
        "application/pdf",
        1,
        "none",
    )
    assert [told["none.pdf"][key] for key in ("media_type", "size", "pages")] == [None, None, None]
    status, out, err = say("papers", "check", *files)
    assert (status, "✓" in out, "✗" in out) == (2, True, True)
    assert "trang.jpg" in err
    sound = run("papers", "check", *files[:2])
    assert (sound.status, sound.plain["ok"]) == (0, True)


def test_pages_that_nobody_can_count_are_not_counted(run: Run, say: Any, brings: Brings) -> None:
    files = brings(trang__pdf=badfiles.no_page(), khoa__pdf=badfiles.with_password())
    ran = run("papers", "check", *files, both=True)
    assert [(each["pages"], each["media_type"], each["size"] > 0) for each in ran.plain["files"]] == [
        (None, "application/pdf", True)
    ] * 2
    _status, out, _err = say("papers", "check", files[0])
    assert re.split(r"\s{2,}", out.splitlines()[2])[1:3] == ["trang.pdf", "1 KB"]


# ---- scan ---------------------------------------------------------------------------------------------------------


def test_what_lies_in_the_feeder_becomes_one_paper(
    run: Run, code: str, scanner: PretendScanner, demo_folder: Path
) -> None:
    Settings(demo_folder / "settings.json").set("scan_dpi", 200)
    scanner.load([Laid(Kind.FORM, 1), Laid(Kind.LETTER, 2)])
    ran = run("papers", "scan", code, PAPER)
    assert (ran.status, ran.plain["device"], ran.plain["pages"], ran.plain["blank"]) == (0, "pretend:pretend", 2, 0)
    [paper] = ran.plain["papers"]
    assert (paper["source"], paper["pages"], paper["filed"]) == ("scanner", 2, False)
    ran = run("papers", "scan", code, PAPER, "--device", "quét thử")
    assert (ran.status, ran.plain["pages"], ran.plain["warnings"]) == (0, 1, ["scan.from-glass"])
    assert len(stored(run, code)) == 2


def test_a_scanner_that_nobody_knows(run: Run, code: str) -> None:
    ran = run("papers", "scan", code, PAPER, "--device", "Kodak")
    assert (ran.status, ran.code) == (2, "device.unknown")
    assert "pretend:pretend" in ran.error["message"]
    assert run("papers", "scan", code, "không có giấy này").code == "component.unknown"


def test_a_scanner_that_stops_half_way_leaves_its_pages_for_the_next_scan(
    run: Run, code: str, scanner: PretendScanner, demo_folder: Path, demo_office: Office
) -> None:
    Settings(demo_folder / "settings.json").set("scan_dpi", 200)
    scanner.load([Laid(Kind.FORM, 1), Laid(Kind.LETTER, 2)])
    scanner.go_wrong(Mishap.JAM, at=2)
    ran = run("papers", "scan", code, PAPER)
    assert (ran.status, ran.code, ran.error["details"]["came"]) == (3, "device.jam", 1)
    assert stored(run, code) == []
    ran = run("papers", "scan", code, PAPER)
    assert (ran.status, ran.plain["pages"]) == (0, 1)
    assert [each["pages"] for each in stored(run, code)] == [2]


def test_pages_that_may_not_come_in_are_set_aside_and_never_lost(
    run: Run, code: str, scanner: PretendScanner, demo_folder: Path, demo_office: Office
) -> None:
    Settings(demo_folder / "settings.json").set("scan_dpi", 200)
    scanner.load([Laid(Kind.BLANK)])
    ran = run("papers", "scan", code, PAPER)
    assert (ran.status, ran.code) == (2, "paper.not-fit")
    assert stored(run, code) == []
    [row] = demo_office.read(queries.pages, dossier=run("dossier", "show", code).plain["id"])
    assert row.removed
    scanner.load([Laid(Kind.FORM, 1)])
    assert run("papers", "scan", code, PAPER).plain["pages"] == 1
    assert [each["pages"] for each in stored(run, code)] == [1], "what was set aside is not in the paper"


# ---- out ----------------------------------------------------------------------------------------------------------


def test_separator_sheets_of_a_dossier_and_of_a_draft(run: Run, code: str, demo_office: Office, tmp_path: Path) -> None:
    out = tmp_path / "to.pdf"
    ran = run("papers", "separators", code, str(out))
    names = [each["name"] for each in run("dossier", "show", code).plain["components"]]
    assert (ran.status, ran.plain["file"], ran.plain["components"]) == (0, str(out), names)
    [said] = codes(picture(out.read_bytes(), 0))
    named = separators.read(demo_office.id, said)
    assert named is not None and named.kind != separators.DRAFT
    act_as(demo_office, "demo")
    form = write_form(made_dossier(procedure=BIRTH))
    draft = demo_office.perform(drafts.keep, drafts.DraftForm(None, "nháp", form)).answer
    ran = run("papers", "separators", draft, str(out))
    assert ran.status == 0
    [said] = codes(picture(out.read_bytes(), 0))
    named = separators.read(demo_office.id, said)
    assert named is not None and named.kind == separators.DRAFT
    assert run("papers", "separators", code, str(tmp_path / "none" / "to.pdf")).code == "file.folder-missing"
    assert run("papers", "separators", "H99.14-261123-9999", str(out)).code == "dossier.unknown"


def test_files_of_record_are_made_when_they_are_asked_for(
    run: Run, say: Any, code: str, scanner: PretendScanner, demo_folder: Path
) -> None:
    settings = Settings(demo_folder / "settings.json")
    settings.set("scan_dpi", 200)
    settings.set("read_papers", "no")
    scanner.load([Laid(Kind.FORM, 1)])
    run("papers", "scan", code, PAPER)
    run("papers", "scan", code, PAPER)
    ran = run("papers", "file", "--limit", "1")
    assert (ran.status, ran.plain["filed"], ran.plain["read"], ran.plain["reads"]) == (0, 1, 0, False)
    [waiting] = [each for each in stored(run, code) if not each["filed"]]
    Files(demo_folder / "files").path(waiting["sha256"]).unlink()
    ran = run("papers", "file")
    assert (ran.status, ran.plain["filed"]) == (3, 0)
    [vain] = ran.plain["in_vain"]
    assert (vain["id"], vain["code"], bool(vain["message"])) == (waiting["id"], code, True)
    status, out, _err = say("papers", "file")
    assert (status, "!" in out) == (3, True)


# ---- the start ----------------------------------------------------------------------------------------------------

START = """
import json, sys
from desktop.__main__ import main
main(json.loads(sys.argv[1]))
heavy = ("cv2", "numpy", "pikepdf", "pypdfium2", "tesserocr", "pyhanko", "reportlab", "PySide6")
print(json.dumps([name for name in heavy if name in sys.modules]))
"""


def test_nothing_heavy_is_loaded_before_there_is_a_file_to_look_into(demo_folder: Path) -> None:
    words = ["--data", str(demo_folder), "papers", "attach", "H99.14-261123-9999", PAPER, "a.pdf"]
    command = [sys.executable, "-c", START, json.dumps(words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []
    assert "H99.14-261123-9999" in done.stderr
