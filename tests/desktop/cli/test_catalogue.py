"""`motcua catalogue`: files of procedures and of days off, twice in a row, bad ones; finding as one types."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.cli.conftest import Run

NATIONAL: dict[str, Any] = {
    "code": "9.000001",
    "name": "Cấp giấy xác nhận nuôi ong lưu động",
    "ministry": "bo-nong-nghiep-va-moi-truong",
    "field": "Chăn nuôi",
    "levels": ["Cấp xã"],
    "decision": "1/QĐ-BNNMT",
    "applicants": ["Công dân Việt Nam"],
    "channels": [{"channel": "direct", "limit": 3, "unit": "WORKING_DAY", "fee": None, "note": None}],
    "cases": [
        {
            "name": None,
            "components": [{"name": "Đơn đề nghị", "kind": "submit", "originals": 1, "copies": 0, "form": None}],
        }
    ],
    "results": [{"name": "Giấy xác nhận", "code": "KQ.1"}],
    "legal_basis": [],
}


@pytest.fixture
def lines(tmp_path: Path) -> Callable[..., str]:
    """A file of the national catalogue made of these lines."""

    def make(*rows: Any, name: str = "national.jsonl") -> str:
        text = "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
        file = tmp_path / name
        file.write_bytes(gzip.compress(text.encode(), mtime=0) if name.endswith(".gz") else text.encode())
        return str(file)

    return make


@pytest.mark.parametrize("name", ["national.jsonl", "national.jsonl.gz"])
def test_an_import_is_found_and_changes_nothing_twice(run: Run, lines: Callable[..., str], name: str) -> None:
    file = lines(NATIONAL, name=name)
    first = run("catalogue", "import", file).plain
    assert (first["added"], first["changed"], first["unchanged"], first["rejected"]) == (1, 0, 0, [])
    second = run("catalogue", "import", file).plain
    assert (second["added"], second["changed"], second["unchanged"]) == (0, 0, 1)
    assert run("catalogue", "find", "nuoi ong luu dong").plain[0]["code"] == "9.000001"


def test_none_is_lost_without_a_reason(run: Run, lines: Callable[..., str]) -> None:
    without = {key: value for key, value in NATIONAL.items() if key != "code"}
    file = lines(NATIONAL, without, "{broken", {**NATIONAL, "name": "lần hai"})
    ran = run("catalogue", "import", file).plain
    assert ran["added"] == 1
    assert [each["line"] for each in ran["rejected"]] == [2, 3, 4]
    assert all(each["reason"] and "{" not in each["reason"] for each in ran["rejected"])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"\n \n", "file.empty"),
        (b"this is no catalogue", "catalogue.empty"),
        (b'{"format": "motcua.catalogue/1", "procedures": []}', "catalogue.empty"),
        (gzip.compress(b"x" * 1000, mtime=0)[:20], "catalogue.unreadable"),
    ],
)
def test_a_file_without_anything_usable(run: Run, tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_bytes(content)
    ran = run("catalogue", "import", str(file))
    assert (ran.status, ran.code) == (2, code)


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    assert run("catalogue", "import", str(tmp_path / "none.json")).code == "file.missing"


def test_not_everybody_may(run: Run, lines: Callable[..., str]) -> None:
    assert run("catalogue", "import", lines(NATIONAL), "--as", "ha").code == "permission.missing"


def test_what_was_reviewed_waits_for_a_word(run: Run, lines: Callable[..., str]) -> None:
    other = {**NATIONAL, "code": "1.001193", "name": "Thủ tục đăng ký khai sinh", "field": "Hộ tịch"}
    file = lines(other)
    first = run("catalogue", "import", file).plain
    assert first["review"] == ["1.001193"]
    assert first["changed"] == 1
    second = run("catalogue", "import", file).plain
    assert (second["added"], second["changed"]) == (0, 0)
    words = ("due", "--received", "2026-11-23T09:00", "--unit", "same-day")
    assert run(*words).status == 0


def test_days_off_come_by_the_same_way(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "days.toml"
    file.write_text('[[day]]\ndate = 2028-01-03\nkind = "off"\nname = "Ngày thử"\n', "utf-8")
    assert run("catalogue", "import", str(file)).plain["added"] == 1
    words = ("due", "--received", "2027-12-31T09:00", "--limit", "1", "--unit", "working-day")
    assert "Ngày thử" in str(run(*words).plain["steps"])
    assert run("catalogue", "import", str(file)).plain["unchanged"] == 1
    file.write_text('[[day]]\ndate = 2028-01-03\nkind = "party"\nname = "x"\n', "utf-8")
    assert run("catalogue", "import", str(file)).code == "holidays.bad-row"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("khai sinh", "1.001193"),
        ("khai sanh", None),
        ("giay phep xay dung nha o", "1.013225"),
        ("chung thuc", "2.000815"),
        ("sao y", "2.000815"),
        ("độc thân", "1.004873"),
        ("1.001193", "1.001193"),
    ],
)
def test_finding_as_one_types(run: Run, text: str, code: str | None) -> None:
    found = run("catalogue", "find", text).plain
    assert code is None or code in [each["code"] for each in found[:3]]
    assert [each["score"] for each in found] == sorted((each["score"] for each in found), reverse=True)
    assert all(set(each) >= {"code", "name", "field", "level", "score"} for each in found)


def test_filters(run: Run) -> None:
    civil = run("catalogue", "find", "", "--field", "hộ tịch", "--limit", "100").plain
    assert civil
    assert {each["field"] for each in civil} == {"Hộ tịch"}
    full = run("catalogue", "find", "", "--level", "full", "--limit", "100").plain
    assert full
    assert {each["level"] for each in full} == {"full"}
    assert run("catalogue", "find", "", "--agency", "Bộ Tư pháp").plain
    assert len(run("catalogue", "find", "đăng ký", "--limit", "2").plain) == 2
    assert run("catalogue", "find", "zzzz").plain == []


def test_the_quick_list_comes_first(run: Run) -> None:
    codes = [each["code"] for each in run("catalogue", "find", "", "--limit", "3").plain]
    assert codes == ["2.000815", "1.001193", "2.000635"]


def test_for_the_eye(say: Callable[..., tuple[int, str, str]], lines: Callable[..., str]) -> None:
    status, out, _ = say("catalogue", "find", "khai sinh")
    assert status == 0
    assert "Đăng ký khai sinh" in out
    assert say("catalogue", "find", "zzzz")[1] == "Không có gì.\n"
    assert "Thêm 1" in say("catalogue", "import", lines(NATIONAL, "{broken"))[1]
