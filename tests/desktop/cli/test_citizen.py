"""`motcua citizen`: once per person, whatever is typed, scanned or brought in a list; bad input is refused in words."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import normalize

import openpyxl
import pytest

from desktop.office import Office
from onestop.actions import people_import
from tests.desktop.cli.conftest import Run
from tests.helpers.office import made_card, made_number, made_person, register

ROOT = Path(__file__).resolve().parents[3]
ƯỚC = {
    "name": "Hoàng Thị Ước",
    "identity_number": "001190000017",
    "date_of_birth": "1990-02-17",
    "sex": "Nữ",
    "address": "Số 5 đường Mẫu, phường Mẫu",
    "phone": "0912 345 678",
}
CARD = "001190000017||Hoàng Thị Ước|17021990|Nữ|Số 5 đường Mẫu, phường Mẫu|15062023"


# ---- registering --------------------------------------------------------------------------------------------------


def test_the_second_time_finds_the_first(run: Run, write: Callable[..., str]) -> None:
    first = run("citizen", "register", "--file", write(ƯỚC)).plain
    assert first["created"] is True
    assert {key: first[key] for key in ("name", "identity_number", "date_of_birth", "sex", "address")} == {
        key: ƯỚC[key] for key in ("name", "identity_number", "date_of_birth", "sex", "address")
    }
    assert (first["warnings"], first["notes"]) == ([], [])
    second = run("citizen", "register", "--card", CARD).plain
    assert (second["id"], second["created"]) == (first["id"], False)
    other = run("citizen", "register", "--file", write({**ƯỚC, "name": "Hoàng Thị Uớc Mơ"})).plain
    assert (other["id"], other["created"]) == (first["id"], False)
    assert [each["field"] for each in other["differences"]] == ["name"]
    assert other["name"] == "Hoàng Thị Ước", "what is kept is not changed by what is offered"


def test_without_a_number_the_same_form_is_the_same_person(run: Run, write: Callable[..., str]) -> None:
    plain = {**ƯỚC, "identity_number": None, "no_paper_reason": "đã mất giấy tờ"}
    first = run("citizen", "register", "--file", write(plain)).plain
    assert run("citizen", "register", "--file", write(plain)).plain["id"] == first["id"]
    other = {**plain, "date_of_birth": "1991"}
    assert run("citizen", "register", "--file", write(other)).plain["created"] is True


@pytest.mark.parametrize(
    "plain",
    [
        {"name": "Trần Văn Năm", "cmnd": "172345678", "date_of_birth": "1960"},
        {"name": "Trần Văn Tháng", "identity_number": "001060000018", "date_of_birth": "1960-03"},
        {"name": "Maria José Ánh", "passport": "C1234567", "nationality": "Bồ Đào Nha", "date_of_birth": "1980-05-06"},
        {"name": "Nguyễn An Bé", "birth_certificate": "12/2026", "date_of_birth": "2026-11-02"},
        {"name": "Lý Không Giấy", "no_paper_reason": "người cao tuổi chưa được cấp"},
        {"name": "H'Hen Ni’ê K’brông", "identity_number": "066190000011", "date_of_birth": "1990"},
        {
            "kind": "organisation",
            "name": "Hợp tác xã Ví Dụ",
            "tax_code": "0100109106",
            "representative": {"name": "Đỗ Ngọc Bích", "identity_number": "001185000022"},
        },
        {"kind": "household-business", "name": "Hộ kinh doanh Ánh Dương", "tax_code": "001185000023"},
    ],
)
def test_every_kind_of_person_and_paper(run: Run, write: Callable[..., str], plain: dict[str, Any]) -> None:
    ran = run("citizen", "register", "--file", write(plain))
    assert ran.status == 0
    assert ran.plain["created"] is True
    assert ran.plain["name"] == plain["name"], "a name is never rewritten"
    again = run("citizen", "register", "--file", write(plain))
    assert again.plain["id"] == ran.plain["id"] or "no_paper_reason" in plain or "birth_certificate" in plain


def test_contradictions_warn_and_never_block(run: Run, write: Callable[..., str]) -> None:
    plain = {**ƯỚC, "identity_number": "999090000017"}
    ran = run("citizen", "register", "--file", write(plain))
    assert ran.status == 0
    assert set(ran.plain["warnings"]) == {"identity.sex-differs", "identity.province-unknown"}
    assert {each["code"] for each in ran.plain["remarks"]} >= set(ran.plain["warnings"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CARD[:33], "card.truncated"),
        (CARD + CARD, "card.doubled"),
        (CARD.replace("Hoàng Thị Ước", "Hoafng Thij Uwowsc"), "card.mangled"),
        ("https://example.org/x", "card.other-document"),
        ("just words", "card.not-a-card"),
        ("", "card.not-a-card"),
        (CARD.replace("17021990", "17022990"), "birth.future"),
        (CARD.replace("17021990", "31021990"), "birth.impossible"),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_card_that_cannot_be_read_keeps_nothing(run: Run, text: str, code: str, language: str) -> None:
    ran = run("citizen", "register", "--card", text, "--lang", language)
    assert (ran.status, ran.code) == (2, code)
    assert "{" not in ran.error["message"]
    assert run("citizen", "find", "001190000017").plain == []


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + CARD + "\r\n",
        normalize("NFD", CARD),
        CARD.replace("|", "｜"),
        CARD + "|||Trần Thị Mẹ|Hoàng Văn Cha",
    ],
)
def test_a_card_comes_in_many_shapes(run: Run, text: str) -> None:
    ran = run("citizen", "register", "--card", text)
    assert ran.status == 0
    assert (ran.plain["name"], ran.plain["sex"]) == ("Hoàng Thị Ước", "Nữ")


def test_relatives_of_a_card_are_offered_and_not_kept(run: Run, demo_folder: Path) -> None:
    card = CARD + "||Trần Thị Bích Mẹ|Hoàng Văn Đại Cha|"
    ran = run("citizen", "register", "--card", card)
    assert "Trần Thị Bích Mẹ" in [each["text"] for each in ran.plain["relatives"]]
    for part in (demo_folder / "office.db", demo_folder / "office.db-wal", demo_folder / "logs" / "motcua.log"):
        assert not part.exists() or "Trần Thị Bích Mẹ".encode() not in part.read_bytes()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "person.name-missing"),
        ({"name": "12345"}, "person.name-digits-only"),
        ({"name": "X" * 251}, "person.name-too-long"),
        ({"name": "Nguyễn \u202eAn"}, "person.name-direction-marks"),
        ({"identity_number": "00119000001"}, "identity.not-12-digits"),
        ({"identity_number": "172345678"}, "identity.looks-like-cmnd"),
        ({"date_of_birth": "2091-01-01"}, "birth.future"),
        ({"date_of_birth": "hôm qua"}, "birth.unreadable"),
        ({"sex": "X"}, "person.sex-unknown"),
        ({"identity_number": None}, "person.no-paper"),
        ({"passport": "C1234567"}, "person.passport-without-nationality"),
        ({"kind": "robot"}, "person.kind-unknown"),
        ({"colour": "blue"}, "form.unknown-key"),
        ({"name": ["An"]}, "form.wrong-type"),
        ({"id": "no such id"}, "citizen.unknown"),
    ],
)
def test_a_person_that_cannot_be_is_refused(
    run: Run, write: Callable[..., str], change: dict[str, Any], code: str
) -> None:
    ran = run("citizen", "register", "--file", write({**ƯỚC, **change}))
    assert (ran.status, ran.code) == (2, code)
    assert ran.error["message"] != code
    assert run("citizen", "find", "Ước").plain == []


def test_names_of_two_hundred_letters_and_nfd_are_kept_whole(run: Run, write: Callable[..., str]) -> None:
    long = "Nguyễn " + "Ước " * 48 + "An"
    ran = run("citizen", "register", "--file", write({**ƯỚC, "name": normalize("NFD", long)}))
    assert ran.plain["name"] == long
    assert ran.plain["warnings"] == []
    assert "person.name-long" in ran.plain["notes"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "file.not-json"), (b"{", "file.not-json"), (b"[]", "form.not-an-object"), (b"\xff\xfe", "file.not-json")],
)
def test_a_file_that_is_no_person(run: Run, tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(content)
    assert run("citizen", "register", "--file", str(file)).code == code
    assert run("citizen", "register", "--file", str(tmp_path / "none.json")).code == "file.missing"


# ---- finding ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["Ước", "uoc", "hoang uoc", "Ước Hoàng", "0011900000", "0912345", "uoc 1990"])
def test_finding_as_one_types(run: Run, write: Callable[..., str], typed: str) -> None:
    run("citizen", "register", "--file", write(ƯỚC))
    found = run("citizen", "find", typed).plain
    assert [each["name"] for each in found] == ["Hoàng Thị Ước"]
    assert found[0]["identity_number"] == "0011******17"
    assert found[0]["date_of_birth"] == "1990-02-17"


def test_the_whole_number_is_in_no_list(run: Run, say: Any, write: Callable[..., str]) -> None:
    run("citizen", "register", "--file", write(ƯỚC))
    assert "001190000017" not in str(run("citizen", "find", "Ước").plain)
    assert "001190000017" not in say("citizen", "find", "Ước")[1]


def test_exact_accents_come_first_and_the_limit_holds(run: Run, demo_office: Office) -> None:
    for place, name in enumerate(("Trần Thi Mai", "Trần Thị Mai", "Trân Thị Mai")):
        register(demo_office, made_person(place + 1, name=name, sex="Nữ"))
    names = [each["name"] for each in run("citizen", "find", "Trần Thị Mai").plain]
    assert names[0] == "Trần Thị Mai"
    assert len(names) == 3
    assert len(run("citizen", "find", "mai", "--limit", "1").plain) == 1


def test_made_people_are_what_they_seem(run: Run) -> None:
    for place in range(20):
        person = made_person(place)
        ran = run("citizen", "register", "--card", made_card(person))
        assert (ran.plain["warnings"], ran.plain["notes"]) == ([], []), person


# ---- lists --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("born", "shown"), [("1990-05-06", "06/05/1990"), ("1990-05", "05/1990"), ("1990", "1990")])
def test_a_birth_date_reads_as_people_write_it(
    say: Any, run: Run, write: Callable[..., str], born: str, shown: str
) -> None:
    person = {"name": "Đỗ Văn Ngày", "date_of_birth": born, "sex": "Nam", "identity_number": made_number(5, "Nam")}
    file = write(person)
    assert shown in say("citizen", "register", "--file", file)[1].split()
    assert shown in say("citizen", "find", "do van ngay")[1].split()
    assert run("citizen", "find", "do van ngay").plain[0]["date_of_birth"] == born, "JSON keeps its own form"


HEAD = ["Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Địa chỉ", "Điện thoại"]


def rows(count: int, start: int = 0) -> list[list[str]]:
    people = [made_person(start + place) for place in range(count)]
    return [[p.name, p.date_of_birth or "", p.sex or "", p.identity_number or "", p.address or "", p.phone or ""]
            for p in people]  # fmt: skip


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """A CSV file of these rows."""

    def make(body: list[list[str]], head: list[str] = HEAD, name: str = "list.csv", **how: Any) -> Path:
        file = tmp_path / name
        encoding = how.pop("encoding", "utf-8")
        with file.open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream, **how).writerows([head, *body])
        return file

    return make


def test_every_row_is_added_merged_or_rejected(run: Run, table: Callable[..., Path]) -> None:
    body = rows(3)
    body.append(["", "1990", "Nam", made_number(77, "Nam"), "", ""])
    body.append(["Nguyễn Ngắn", "1990", "Nam", "12345", "", ""])
    file = table(body)
    ran = run("citizen", "import", str(file))
    assert ran.status == 0
    assert (ran.plain["added"], ran.plain["merged"]) == (3, 0)
    assert [each["row"] for each in ran.plain["rejected"]] == [5, 6]
    assert all(each["reason"] for each in ran.plain["rejected"])
    rejects = Path(ran.plain["rejects_file"])
    assert rejects == file.with_name("list-rejects.csv")
    with rejects.open(encoding="utf-8-sig", newline="") as stream:
        again = list(csv.reader(stream))
    assert again[0][2:] == HEAD
    assert [row[0] for row in again[1:]] == ["5", "6"]
    second = run("citizen", "import", str(file)).plain
    assert (second["added"], second["merged"], len(second["rejected"])) == (0, 3, 2)


def test_rejects_are_mended_and_brought_again(run: Run, table: Callable[..., Path]) -> None:
    body = rows(1)
    whole = body[0][3]
    body[0][3] = whole[:-1]
    rejects = Path(run("citizen", "import", str(table(body))).plain["rejects_file"])
    text = rejects.read_text("utf-8-sig")
    rejects.write_text(text.replace(whole[:-1], whole), "utf-8")
    ran = run("citizen", "import", str(rejects)).plain
    assert (ran["added"], ran["rejected"], ran["rejects_file"]) == (1, [], None)
    assert not rejects.with_name("list-rejects-rejects.csv").exists()


def test_a_merge_fills_in_and_overwrites_nothing(
    run: Run, write: Callable[..., str], table: Callable[..., Path]
) -> None:
    person = {key: value for key, value in ƯỚC.items() if key != "phone"}
    run("citizen", "register", "--file", write(person))
    row = ["Hoàng Thị Khác", "1990-02-17", "Nữ", "001190000017", "Nơi khác", "0912345678"]
    ran = run("citizen", "import", str(table([row]))).plain
    assert (ran["merged"], ran["kept"]) == (1, [{"row": 2, "fields": ["name", "address"]}])
    found = run("citizen", "find", "Ước").plain[0]
    assert (found["name"], found["phone"]) == ("Hoàng Thị Ước", "0912345678")


def test_rows_without_numbers_are_not_doubled(run: Run, table: Callable[..., Path]) -> None:
    head = [*HEAD, "Lý do không có giấy tờ"]
    file = table([["Vừ Mí Sùng", "1950", "Nam", "", "", "", "chưa được cấp"]], head)
    assert run("citizen", "import", str(file)).plain["added"] == 1
    assert run("citizen", "import", str(file)).plain["merged"] == 1


@pytest.mark.parametrize(
    "how", [{"delimiter": ";"}, {"delimiter": "\t"}, {"encoding": "utf-8-sig"}, {"encoding": "utf-16"}]
)
def test_tables_of_these_parts(run: Run, table: Callable[..., Path], how: dict[str, str]) -> None:
    ran = run("citizen", "import", str(table(rows(2), **how)))
    assert (ran.status, ran.plain["added"]) == (0, 2)


def test_xlsx_with_numbers_as_floats(run: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD)
    sheet.append(["Đỗ Quốc An", "1990-05-06", "Nam", 79090000017.0, "Tổ 1", 912345678.0])
    sheet.append(["Đỗ Quốc Bình", "1990-05-06", "", 79090000018.0, "Tổ 1", ""])
    file = tmp_path / "list.xlsx"
    book.save(file)
    ran = run("citizen", "import", str(file)).plain
    assert ran["added"] == 1
    assert run("citizen", "find", "079090000017").plain[0]["name"] == "Đỗ Quốc An"
    assert [each["error"] for each in ran["rejected"]] == ["people-file.zero-lost"]


def test_an_old_code_page_is_never_converted_without_a_word(run: Run, say: Any, tmp_path: Path) -> None:
    text = (
        "Hä vµ tªn,Ngµy sinh,Giíi tÝnh,Sè CCCD\nNguyÔn ThÞ ¸nh TuyÕt,1990,N÷,001190000019\n"
        "TrÇn V¨n An,02/05/1985,Nam,001085000018\n"
    )
    file = tmp_path / "old.csv"
    file.write_bytes(text.encode("latin-1"))
    asked = run("citizen", "import", str(file))
    assert (asked.status, asked.code, asked.error["details"]["encoding"]) == (2, "people-file.encoding-unsure", "tcvn3")
    assert "Nguyễn" in asked.error["message"]
    for number in ("001190000019", "1990", "02/05/1985"):
        assert number not in str(asked.error), "the sample shows letters, and nobody's number or birth date"
    assert "--encoding tcvn3" in asked.error["message"]
    assert run("citizen", "find", "an").plain == []
    ran = run("citizen", "import", str(file), "--encoding", "tcvn3")
    assert (ran.plain["added"], ran.plain["case_lost"]) == (2, [2])
    assert run("citizen", "find", "Nguyễn Thị ánh Tuyết").plain, "kept as it is: nothing is recapitalised"
    again = run("citizen", "import", str(file), "--encoding", "tcvn3").plain
    assert (again["merged"], again["encoding"], again["case_lost"]) == (2, "tcvn3", [2])
    assert "dòng 2" in say("citizen", "import", str(file), "--encoding", "tcvn3")[1]
    assert run("citizen", "import", str(file), "--encoding", "latin-1").code == "usage.choice"


def test_a_mended_file_of_rejects_is_never_written_over(run: Run, table: Callable[..., Path]) -> None:
    body = rows(2)
    for row in body:
        row[3] = row[3][:-1]
    file = table(body)
    first = Path(run("citizen", "import", str(file)).plain["rejects_file"])
    assert run("citizen", "import", str(file)).plain["rejects_file"] == str(first), (
        "the same again needs no second file"
    )
    mended = first.read_bytes() + b"mended by hand\r\n"
    first.write_bytes(mended)
    second = Path(run("citizen", "import", str(file)).plain["rejects_file"])
    assert second == first.with_name("list-rejects-2.csv")
    assert first.read_bytes() == mended
    assert run("citizen", "import", str(file)).plain["rejects_file"] == str(second)
    assert sorted(each.name for each in file.parent.glob("*rejects*")) == ["list-rejects-2.csv", "list-rejects.csv"]
    assert not list(file.parent.glob(".*rejects*"))


def test_a_workbook_says_which_worksheets_it_did_not_read(run: Run, say: Any, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    (one,) = book.worksheets
    one.title = "Tổ 1"
    two, empty = book.create_sheet("Tổ 2"), book.create_sheet("Trống")
    for sheet, row in ((one, rows(1)[0]), (two, rows(1, start=7)[0])):
        sheet.append(HEAD)
        sheet.append(row)
    assert empty.max_row == 1
    file = tmp_path / "list.xlsx"
    book.save(file)
    ran = run("citizen", "import", str(file)).plain
    assert (ran["added"], ran["sheet"], ran["other_sheets"]) == (1, "Tổ 1", ["Tổ 2"])
    assert "Tổ 2" in say("citizen", "import", str(file))[1]
    ran = run("citizen", "import", str(file), "--sheet", "tổ 2").plain
    assert (ran["added"], ran["sheet"], ran["other_sheets"]) == (1, "Tổ 2", ["Tổ 1"])
    wrong = run("citizen", "import", str(file), "--sheet", "Tổ 3")
    assert (wrong.status, wrong.code) == (2, "people-file.no-such-sheet")
    assert "Tổ 1, Tổ 2" in wrong.error["message"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "people-file.empty"),
        (b"\xef\xbb\xbf\r\n", "people-file.empty"),
        (b"one column only\nx\n", "people-file.wrong-delimiter"),
        ("Ngày sinh,Giới tính\n1990,Nam\n".encode(), "people-file.no-name-column"),
        (b"%PDF-1.7 ...", "people-file.not-a-table"),
        (b"PK\x03\x04 broken", "people-file.broken"),
    ],
)
def test_a_file_that_is_no_list(run: Run, tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    ran = run("citizen", "import", str(file))
    assert (ran.status, ran.code) == (2, code)
    assert list(tmp_path.glob("*rejects*")) == []
    assert run("citizen", "import", str(tmp_path / "none.csv")).code == "people-file.not-found"


def test_a_broken_row_does_not_hold_up_the_others(run: Run, table: Callable[..., Path]) -> None:
    file = table(rows(3))
    lines = file.read_text("utf-8").splitlines()
    lines.insert(2, "một dòng hỏng")
    file.write_text("\n".join(lines), "utf-8")
    ran = run("citizen", "import", str(file)).plain
    assert ran["added"] == 3
    assert [each["row"] for each in ran["rejected"]] == [3]


def test_where_the_folder_cannot_be_written_the_rejects_lie_in_the_office(
    run: Run, table: Callable[..., Path], demo_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = table([["", "", "", "", "", ""], ["Không Giấy", "1950", "", "", "", ""]])
    access = os.access
    monkeypatch.setattr("onestop.store.rejects.os.access", lambda path, how: path != file.parent and access(path, how))
    ran = run("citizen", "import", str(file)).plain
    assert ran["rejects_file"] == str(demo_folder / "list-rejects.csv")


def test_who_may_bring_in_lists(run: Run, table: Callable[..., Path]) -> None:
    file = str(table(rows(1)))
    assert run("citizen", "import", file, "--as", "ha").code == "permission.missing"
    assert run("citizen", "import", file, "--as", "khoa").plain["added"] == 1


def test_the_work_is_done_batch_by_batch(run: Run, table: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people_import, "BATCH", 10)
    file = table(rows(35))
    seen: list[int] = []

    def stop_in_the_third(*args: Any) -> bool:
        seen.append(args[1].last_row)
        if len(seen) == 3:
            signal.raise_signal(signal.SIGINT)
        return True

    monkeypatch.setattr("desktop.cli.citizen._progress", stop_in_the_third)
    ran = run("citizen", "import", str(file))
    assert (ran.status, ran.code) == (2, "import.stopped")
    assert (seen, ran.error["details"]["added"]) == ([11, 21, 31], 30)
    monkeypatch.undo()


def test_ctrl_c_loses_nothing_that_was_done(demo_folder: Path, table: Callable[..., Path]) -> None:
    file = table(rows(6000, start=1000))
    command = [sys.executable, "-m", "desktop", "--data", str(demo_folder), "--json", "citizen", "import", str(file)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wal = demo_folder / "office.db-wal"
    deadline = time.monotonic() + 60
    while (
        not (wal.exists() and wal.stat().st_size > 500_000) and process.poll() is None and time.monotonic() < deadline
    ):
        os.sched_yield()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 2, out + err
    office = Office.open(demo_folder)
    with office.store.reading() as connection:
        kept = connection.exec_driver_sql("SELECT count(*) FROM citizen").scalar_one()
    office.close()
    assert f'"added": {kept},' in err
    assert 0 < kept < 6000
    assert kept % people_import.BATCH == 0
