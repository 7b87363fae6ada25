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


def test_what_a_ward_is_asked_for_weighs_at_the_counter_too(run: Run) -> None:
    assert run("catalogue", "find", "dung rap dam cuoi").plain[0]["code"] == "1.013274"


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


@pytest.mark.parametrize("agency", ["so-cong-thuong", "H99.05", "h99.05", "Sở Công Thương", "so cong thuong tinh"])
def test_an_agency_by_key_code_or_name(run: Run, agency: str) -> None:
    found = run("catalogue", "find", "", "--agency", agency, "--limit", "100").plain
    assert [each["code"] for each in found] == ["2.000033"]


def test_what_is_decided_here_by_the_own_code_and_name(run: Run) -> None:
    here = run("catalogue", "find", "", "--agency", "H99.14", "--limit", "100").plain
    assert "1.001193" in [each["code"] for each in here]
    assert "2.000033" not in [each["code"] for each in here]
    assert here == run("catalogue", "find", "", "--agency", "phường Mẫu", "--limit", "100").plain


def test_an_agency_that_is_none_is_said_to_be_none(run: Run) -> None:
    ran = run("catalogue", "find", "", "--agency", "Sở Thú")
    assert (ran.status, ran.code) == (2, "catalogue.no-such-agency")
    assert "Sở Công Thương" in ran.error["message"]
    assert run("catalogue", "find", "zzzz", "--agency", "H99.05").plain == []


def test_a_line_with_a_bad_field_is_named_by_its_code(run: Run, lines: Callable[..., str]) -> None:
    file = lines(NATIONAL, {**NATIONAL, "code": "9.000002", "levels": "Cấp xã"}, {**NATIONAL, "code": "?"}, "{", [1])
    rejected = run("catalogue", "import", file).plain["rejected"]
    assert [(each["line"], each["code"], each["error"]) for each in rejected] == [
        (2, "9.000002", "catalogue.bad-field"),
        (3, "?", "catalogue.bad-code"),
        (4, None, "catalogue.bad-line"),
        (5, None, "catalogue.bad-line"),
    ]
    assert "levels" in rejected[0]["reason"]


def test_a_file_of_another_kind_says_what_is_wrong_with_it(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("họ tên;năm sinh\n" * 3998, "utf-8")
    ran = run("catalogue", "import", str(file))
    assert ran.code == "catalogue.empty"
    assert ran.error["details"]["rejected"] == 3998
    assert "Dòng 1: " in ran.error["message"]
    assert "JSON" in ran.error["message"]
    file.write_bytes(gzip.compress(b"x" * 1000, mtime=0)[:20])
    assert "dòng 0" not in run("catalogue", "import", str(file)).error["message"]


def test_the_own_format_names_the_field_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    rows = [
        {"code": "9.000001", "name": "Một", "cases": [{"key": "a"}]},
        {"code": "9.000002", "name": "Hai", "channels": [{"channel": "smoke"}]},
        {"code": "9.000003", "name": "Ba", "limit": "mai"},
    ]
    file = tmp_path / "own.json"
    file.write_text(json.dumps({"format": "motcua.catalogue/1", "procedures": rows}, ensure_ascii=False), "utf-8")
    ran = run("catalogue", "import", str(file)).plain
    assert ran["added"] == 1
    reasons = {each["code"]: each["reason"] for each in ran["rejected"]}
    assert reasons == {
        "9.000002": "Thủ tục 9.000002: mục “channels” không đọc được.",
        "9.000003": "Thủ tục 9.000003: mục “limit” không đọc được.",
    }


def test_the_quick_list_comes_first(run: Run) -> None:
    codes = [each["code"] for each in run("catalogue", "find", "", "--limit", "3").plain]
    assert codes == ["2.000815", "1.001193", "2.000635"]


def test_for_the_eye(say: Callable[..., tuple[int, str, str]], lines: Callable[..., str]) -> None:
    status, out, _ = say("catalogue", "find", "khai sinh")
    assert status == 0
    assert "Đăng ký khai sinh" in out
    assert say("catalogue", "find", "zzzz")[1] == "Không có gì.\n"
    assert "Thêm 1" in say("catalogue", "import", lines(NATIONAL, "{broken"))[1]
