"""`motcua print`: handed out once, then reprints of the stored file; drafts count for nothing; whole files or none."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from desktop.cli import print as printing
from desktop.office import Office
from onestop.actions import drafts, manage
from onestop.actions.manage import OfficeForm
from tests.desktop.cli.conftest import Run
from tests.helpers import pages
from tests.helpers.office import made_person, register

Write = Callable[..., str]
NOW = ("--now", "2026-11-23T09:05")
NUMBER = "001190000017"
PERSON = made_person(1, name="Hoàng Thị Ước", sex="Nữ", date_of_birth="1990-02-17", identity_number=NUMBER)
FORM: dict[str, Any] = {"procedure": "2.000635", "owner": {"identity_number": NUMBER}, "complete": True}


def words(file: Path) -> list[str]:
    """The text of each page."""
    return pages.texts(file.read_bytes())


def marks(file: Path, page: int = 0) -> list[str]:
    """What the QR codes on a page say."""
    return pages.codes(pages.picture(file.read_bytes(), page))


@pytest.fixture
def code(run: Run, write: Write, demo_office: Office) -> str:
    """A received dossier."""
    register(demo_office, PERSON)
    return str(run("dossier", "receive", "--file", write(FORM), *NOW).plain["code"])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.pdf"


# ---- the receipt --------------------------------------------------------------------------------------------------


def test_a_receipt_is_handed_out_and_then_reprinted(run: Run, code: str, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.pdf" for number in range(3)]
    for number, file in enumerate(files):
        ran = run("print", "receipt", code.lower(), str(file))
        assert ran.status == 0
        assert ran.plain["file"] == str(file)
        assert (ran.plain["pages"], ran.plain["printed"]) == (2, number + 1)
    first = words(files[0])
    assert all(code in page and "Hoàng Thị Ước" in page for page in first)
    assert "Liên 1: Lưu" in first[0]
    assert "Liên 2: Giao người nộp hồ sơ" in first[1]
    assert "Bản in lại" not in "".join(first)
    for number in (1, 2):
        assert all(f"Bản in lại lần {number}" in page for page in words(files[number]))
        assert files[number].read_bytes().startswith(files[0].read_bytes()), "the stored file, a mark laid over it"
    assert [marks(files[0], page) for page in (0, 1)] == [[code], [code]]
    shown = run("dossier", "show", code).plain["printed"]
    assert [(each["copy"], each["outcome"]) for each in shown] == [(0, "out"), (1, "out"), (2, "out")]


def test_the_whole_number_is_neither_on_paper_nor_in_a_name(run: Run, code: str, out: Path) -> None:
    run("print", "receipt", code, str(out))
    text = "".join(words(out))
    assert NUMBER not in text
    assert "0011******17" in text


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (None, ["{code}"]),
        ("code_only", ["{code}"]),
        ("link", ["https://dichvucong.phuongmau.example/{code}"]),
        ("none", []),
        ("code", ["{code}"]),
    ],
)
def test_the_qr_says_what_the_office_has_chosen(
    run: Run, code: str, demo_office: Office, out: Path, profile: str | None, said: list[str]
) -> None:
    """A name that the table does not have stands for its first row."""
    demo_office.perform(manage.change_office, OfficeForm(options={"receipt_qr": profile}))
    run("print", "receipt", code, str(out))
    assert marks(out) == [each.format(code=code) for each in said]


def test_the_seven_contents_hold_no_number_of_a_person(run: Run, code: str, demo_office: Office, out: Path) -> None:
    demo_office.perform(manage.change_office, OfficeForm(options={"receipt_qr": "tt01_2023"}))
    run("print", "receipt", code, str(out))
    [said] = marks(out)
    parts = said.split("|")
    assert (len(parts), parts[0], parts[1]) == (7, code, FORM["procedure"])
    assert NUMBER not in said


def test_each_lien_is_counted_for_itself(run: Run, code: str, tmp_path: Path) -> None:
    def printed(*options: str) -> tuple[int, str]:
        file = tmp_path / "x.pdf"
        ran = run("print", "receipt", code, str(file), *options)
        return ran.plain["printed"], " ".join(words(file))

    assert printed("--lien", "1")[0] == 1
    count, text = printed("--lien", "2")
    assert count == 1
    assert "Liên 2" in text
    assert "Liên 1" not in text
    count, text = printed()
    assert count == 2, "both have been handed out once"
    assert text.count("Bản in lại lần 1") == 2
    count, text = printed("--lien", "2")
    assert (count, "Bản in lại lần 2" in text) == (3, True)


def test_a_draft_counts_for_nothing(run: Run, code: str, out: Path) -> None:
    for _ in range(2):
        ran = run("print", "receipt", code, str(out), "--draft")
        assert (ran.status, ran.plain["printed"], ran.plain["pages"]) == (0, 0, 1)
    assert "BẢN NHÁP – KHÔNG CÓ GIÁ TRỊ" in words(out)[0]
    assert marks(out) == []
    assert run("dossier", "show", code).plain["printed"] == []
    run("print", "receipt", code, str(out))
    assert "Bản in lại" not in " ".join(words(out))


def test_the_draft_of_a_form_uses_no_number(run: Run, code: str, demo_office: Office, out: Path) -> None:
    draft = demo_office.perform(drafts.keep, drafts.DraftForm(None, "nháp", FORM)).answer
    assert run("print", "receipt", draft, str(out)).code == "dossier.unknown"
    ran = run("print", "receipt", draft, str(out), "--draft", *NOW)
    assert (ran.status, ran.plain["printed"]) == (0, 0)
    text = words(out)[0]
    assert "BẢN NHÁP" in text
    assert "H99.14-" not in text
    assert "0011******17" in text


def test_the_form_of_another_time(run: Run, code: str, out: Path) -> None:
    ran = run("print", "receipt", code, str(out), "--template", "2018", "--paper", "A5")
    assert ran.status == 0
    document = pypdfium2.PdfDocument(out)
    assert [round(side) for side in document[0].get_size()] == [420, 595]
    document.close()
    assert run("print", "receipt", code, str(out)).plain["printed"] == 2
    assert "Bản in lại lần 1" in words(out)[0]
    ran = run("print", "receipt", code, str(out), "--template", "1999")
    assert (ran.status, ran.code) == (2, "print.template")


# ---- before acceptance --------------------------------------------------------------------------------------------


def test_a_request_for_completion(run: Run, code: str, write: Write, out: Path) -> None:
    wish = {"kind": "supplement", "form": {**FORM, "complete": False, "procedure": "1.001193"}}
    made = run("dossier", "turn-away", "--file", write(wish), *NOW).plain
    for count in (1, 2):
        ran = run("print", "supplement", made["intake"], str(out))
        assert (ran.status, ran.plain["pages"], ran.plain["printed"]) == (0, 1, count)
    text = words(out)[0]
    assert "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ" in text
    assert "Giấy chứng sinh" in text
    assert "Bản in lại lần 1" in text
    assert made["code"] in text
    assert made["intake"] not in text
    assert marks(out) == [made["code"]]
    for count, name in enumerate((made["code"], made["code"].lower().replace("-", ""), made["code"][2:]), 3):
        assert run("print", "supplement", name, str(out)).plain["printed"] == count
    assert run("print", "refusal", made["intake"], str(out)).code == "intake.unknown"
    assert run("print", "supplement", made["intake"], str(out), "--lien", "1").code == "print.no-lien"
    ran = run("print", "supplement", made["intake"], str(out), "--draft")
    assert (ran.plain["printed"], "BẢN NHÁP" in words(out)[0]) == (5, True)


def test_a_refusal(run: Run, code: str, write: Write, out: Path) -> None:
    wish = {"kind": "refusal", "form": FORM, "reason": "Không thuộc thẩm quyền của phường"}
    made = run("dossier", "turn-away", "--file", write(wish), *NOW).plain
    assert run("print", "refusal", made["code"], str(out)).status == 0
    text = words(out)[0]
    assert marks(out) == [made["code"]]
    assert "PHIẾU TỪ CHỐI TIẾP NHẬN" in text
    assert "Không thuộc thẩm quyền của phường" in text


# ---- what cannot be -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("receipt", "H99.14-261123-0099"), "dossier.unknown"),
        (("receipt", "nonsense"), "dossier.unknown"),
        (("supplement", "nonsense"), "intake.unknown"),
        (("refusal", ""), "intake.unknown"),
        (("refusal", "%"), "intake.unknown"),
        (("refusal", "0%______"), "intake.unknown"),
        (("apology", "H99.14-261123-0099"), "dossier.unknown"),
        (("poem", "H99.14-261123-0001"), "usage.choice"),
        (("receipt", "H99.14-261123-0001", "--lien", "3"), "usage.not-a-number"),
        (("receipt", "H99.14-261123-0001", "--paper", "A3"), "usage.choice"),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_cannot_be_printed(
    run: Run,
    write: Write,
    code: str,
    out: Path,
    arguments: tuple[str, ...],
    wanted: str,
    language: str,
) -> None:
    wish = {"kind": "refusal", "form": FORM, "reason": "Không thuộc thẩm quyền"}
    assert run("dossier", "turn-away", "--file", write(wish), *NOW).status == 0
    kind, name, *rest = arguments
    ran = run("print", kind, name, str(out), *rest, "--lang", language)
    assert (ran.status, ran.code) == (2, wanted)
    assert not out.exists()


def test_where_nothing_can_be_written_nothing_is_handed_out(run: Run, code: str, tmp_path: Path) -> None:
    assert run("print", "receipt", code, str(tmp_path / "none" / "x.pdf")).code == "file.folder-missing"
    assert run("print", "receipt", code, str(tmp_path)).code == "file.folder-missing"
    assert run("dossier", "show", code).plain["printed"] == []


def test_a_device_or_a_pipe_is_left_alone(run: Run, code: str, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for words in (("print", "receipt", code), ("print", "receipt", code, "--draft"), ("papers", "separators", code)):
        ran = run(*words, str(pipe))
        assert (ran.status, ran.code) == (2, "file.not-ordinary"), words
        assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert run("dossier", "show", code).plain["printed"] == []


def test_a_disk_that_refuses_at_the_last_moment(
    run: Run, code: str, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = os.replace

    def refuse(source: Path, target: Path) -> None:
        if target == out:
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    ran = run("print", "receipt", code, str(out))
    monkeypatch.setattr(os, "replace", rename)
    assert (ran.status, ran.code) == (3, "file.unwritable")
    assert not out.exists()
    assert list(out.parent.glob(".*.part")) == []
    assert [each["outcome"] for each in run("dossier", "show", code).plain["printed"]] == ["not-out"]
    assert run("print", "receipt", code, str(out)).plain["printed"] == 1
    assert "Bản in lại" not in " ".join(words(out))


def test_who_may_print(run: Run, code: str, out: Path) -> None:
    assert run("print", "receipt", code, str(out), "--as", "khoa").code == "permission.missing"
    assert not out.exists()
    assert run("print", "receipt", code, str(out), "--as", "lan").status == 0


def test_an_existing_file_is_replaced_whole_and_others_may_read_it(run: Run, code: str, out: Path) -> None:
    out.write_bytes(b"old")
    before = os.umask(0o022)
    try:
        run("print", "receipt", code, str(out))
    finally:
        os.umask(before)
    assert out.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(out.stat().st_mode) == 0o644


def test_two_who_print_at_once_are_two_copies(
    run: Run, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another command hands the letter out between our look and our act: we look again."""
    real = printing.draw
    nested: list[int] = []

    def draw(*args: Any) -> bytes:
        if not nested:
            nested.append(1)
            assert run("print", "receipt", code, str(tmp_path / "first.pdf")).plain["printed"] == 1
        return real(*args)

    monkeypatch.setattr(printing, "draw", draw)
    ran = run("print", "receipt", code, str(tmp_path / "second.pdf"))
    assert ran.plain["printed"] == 2
    assert "Bản in lại lần 1" in words(tmp_path / "second.pdf")[0]


def test_a_name_longer_than_the_disk_allows_is_told_and_hands_nothing_out(run: Run, code: str, tmp_path: Path) -> None:
    ran = run("print", "receipt", code, str(tmp_path / f"{'x' * 300}.pdf"))
    assert (ran.status, ran.code) == (3, "file.unwritable")
    assert run("print", "receipt", code, str(tmp_path / "out.pdf")).plain["printed"] == 1
