"""What the command line says of a file that is not as it should be: in our own words, and which part is meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.cli.conftest import Run
from tests.helpers.office import made_number

Write = Callable[..., str]
FORM: dict[str, Any] = {
    "procedure": "1.001193",
    "owner": {"name": "Hoàng Thị Ước", "date_of_birth": "1990", "sex": "Nữ", "identity_number": made_number(17)},
    "complete": True,
}
ENGLISH = re.compile(
    r"\b(?:expecting|value|line|column|char|invalid|permission|denied|document|no such|object)\b", re.I
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "tệp trống"),
        (b"{", "dòng 1, chữ thứ 2"),
        (b'{"procedure": "1.001193",\n "owner": }', "dòng 2, chữ thứ 11"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b'{"sets": NaN}', "“NaN” không phải số"),
    ],
)
def test_what_is_no_json_says_where(run: Run, tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "f.json"
    file.write_bytes(content)
    ran = run("dossier", "receive", "--file", str(file))
    assert (ran.status, ran.code) == (2, "file.not-json")
    assert words in ran.error["message"]
    assert not ENGLISH.search(ran.error["message"].replace(str(file), "").replace("JSON", ""))


def test_a_file_that_cannot_be_read_says_why(run: Run, tmp_path: Path) -> None:
    ran = run("dossier", "receive", "--file", str(tmp_path))
    assert (ran.code, "thư mục" in ran.error["message"]) == ("file.missing", True)
    ran = run("dossier", "receive", "--file", str(tmp_path / "none.json"))
    assert "không có tệp" in ran.error["message"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("counter =", "hết giữa chừng"), ("place = 1\ncounter 2", "dòng 2, chữ thứ 9"), ("[a", "hết giữa chừng")],
)
def test_what_is_no_toml_says_where(run: Run, tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "office.toml"
    file.write_text(text, "utf-8")
    ran = run("office", "init", "--file", str(file), data=tmp_path / "new")
    assert (ran.code, words in ran.error["message"]) == ("office-file.unreadable", True)
    assert not ENGLISH.search(ran.error["message"])
    days = tmp_path / "days.toml"
    days.write_text("[[day]]\ndate =", "utf-8")
    ran = run("catalogue", "import", str(days))
    assert ran.code == "holidays.unreadable"
    assert not ENGLISH.search(ran.error["message"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"components": [{"name": "Giấy chứng sinh", "originals": "x"}]}, ("Giấy chứng sinh", "originals", "100000")),
        ({"components": [{"name": "Giấy chứng sinh", "copies": -1}]}, ("Giấy chứng sinh", "copies")),
        ({"certify": [{"name": "Bằng", "pages": 1000000, "copies": 1}]}, ("Bằng", "pages", "từ 0 đến 100000")),
        ({"sets": 1000000}, ("sets", "từ 0 đến 100000", "1000000")),
        ({"sets": 0}, ("sets", "từ 1 đến 100000")),
        ({"summary": 3}, ("summary", "dấu ngoặc kép")),
        ({"complete": "true"}, ("complete", "true hoặc false")),
        ({"contact": []}, ("contact",)),
        ({"contact": "x"}, ("contact", "đối tượng")),
        ({"parties": "x"}, ("parties", "danh sách")),
        ({"components": [{"name": "Giấy chứng sinh", "files": "a.pdf"}]}, ("components.files", "danh sách")),
        ({"owner": {"name": "An", "address": 5}}, ("owner.address", "dấu ngoặc kép")),
    ],
)
def test_what_is_wrong_in_a_form_is_named_with_what_is_wanted(
    run: Run, write: Write, change: dict[str, Any], words: tuple[str, ...]
) -> None:
    ran = run("dossier", "receive", "--file", write({**FORM, **change}))
    if change == {"contact": []}:
        assert ran.status == 0, "nothing is nothing, in whatever brackets"
        return
    assert ran.status == 2
    for each in words:
        assert each in ran.error["message"], ran.error["message"]


def test_a_file_that_is_a_list_is_said_to_be_no_object(run: Run, write: Write) -> None:
    for words in (("citizen", "register"), ("dossier", "receive"), ("dossier", "turn-away")):
        ran = run(*words, "--file", write([]))
        assert (ran.status, ran.code) == (2, "form.not-an-object")


COMPANY: dict[str, Any] = {"kind": "organisation", "name": "Công ty Thử", "tax_code": "0101243150"}


def test_of_several_people_the_one_at_fault_is_named(run: Run, write: Write) -> None:
    company = {**COMPANY, "representative": {"name": "Bùi Văn Mẫu"}}
    ran = run("citizen", "register", "--file", write(company))
    assert (ran.code, ran.error["details"]["field"]) == ("person.no-paper", "representative.identity_number")
    assert ran.error["message"].startswith("Người đại diện: chưa có giấy tờ nào")
    wrong = {"name": "Bùi Văn Mẫu", "date_of_birth": "1985", "identity_number": "123"}
    for change, field, whose in (
        ({"owner": wrong}, "owner.identity_number", "Chủ hồ sơ: "),
        ({"submitter": wrong, "relation": "con"}, "submitter.identity_number", "Người nộp: "),
        ({"parties": [{"role": "con", "person": wrong}]}, "parties.identity_number", "Con: "),
        ({"owner": company}, "owner.representative.identity_number", "Người đại diện: "),
    ):
        ran = run("dossier", "receive", "--file", write({**FORM, **change}))
        assert ran.error["details"]["field"] == field
        assert ran.error["message"].startswith(whose)
        english = run("dossier", "receive", "--file", write({**FORM, **change}), "--lang", "en").error["message"]
        assert not english.startswith(whose)


def test_a_role_that_is_none_is_said_to_be_none(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "office.toml"
    file.write_text(
        'code = "h99.21"\nname = "x"\nparent_name = "y"\nplace = "z"\n'
        '[[clerks]]\nlogin = "a"\nname = "An"\nrole = "boss"\n',
        "utf-8",
    )
    ran = run("office", "init", "--file", str(file), data=tmp_path / "new")
    assert (ran.status, ran.code) == (2, "clerk.role")
    assert "boss" in ran.error["message"]
    assert "supervisor" in ran.error["message"]
