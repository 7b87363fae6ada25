"""Open dossiers of an older system: each row added, unchanged or rejected; from then on they live here."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.office import Office
from onestop import clock
from onestop.actions import dossier_import, process
from onestop.actions.dossier_import import Imported
from onestop.actions.table import KINDS
from onestop.clock import VIETNAM
from onestop.queries import dossiers, letters, life_letters, people
from onestop.queries.dossiers import Dossier
from onestop.queries.letters import LetterOptions
from onestop.rules.errors import RuleBroken
from onestop.rules.legacy import TCVN3
from onestop.rules.letters import FormKey
from onestop.rules.moves import MoveForm, Receiver, Result
from onestop.store import rebuild
from tests.helpers.office import act_as, made_number, made_person, received, register

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=VIETNAM)
HEADINGS = [
    "Mã hồ sơ",
    "Mã TTHC",
    "Tên thủ tục",
    "Chủ hồ sơ",
    "Số CCCD",
    "Ngày tiếp nhận",
    "Ngày hẹn trả",
    "Trạng thái",
]
MARRIED = "1.004873"

Table = Callable[..., Path]


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """A CSV as another system gives it; cells that are not said are empty."""

    def made(*rows: list[str], headings: list[str] = HEADINGS, name: str = "cu.csv") -> Path:
        file = tmp_path / name
        with file.open("w", encoding="utf-8", newline="") as stream:
            out = csv.writer(stream)
            out.writerow(headings)
            out.writerows([*row, *[""] * (len(headings) - len(row))] for row in rows)
        return file

    return made


def bring(office: Office, file: Path, **options: Any) -> Imported:
    office.real_time = False
    with clock.frozen(NOW):
        return dossier_import.import_file(office.perform, file, "Một cửa điện tử cũ", **options)


def found(office: Office, code: str) -> Dossier:
    dossier_id = office.read(dossiers.find_id, code)
    assert dossier_id is not None, code
    there = office.read(dossiers.one, dossier_id)
    assert there is not None
    return there


def row(code: str = "000.00.01.H99-251120-0007", **said: str) -> list[str]:
    """A row that comes in, but for what is said otherwise."""
    values = {
        "Mã hồ sơ": code, "Mã TTHC": MARRIED, "Chủ hồ sơ": "Trần Thị Cũ", "Số CCCD": made_number(77),
        "Ngày tiếp nhận": "20/11/2026 8:30", "Ngày hẹn trả": "27/11/2026", "Trạng thái": "Đang xử lý", **said,
    }  # fmt: skip
    return [values.get(heading, "") for heading in HEADINGS]


def test_what_was_promised_there_stands(demo_office: Office, table: Table) -> None:
    done = bring(demo_office, table(row()))
    assert (done.added, done.unchanged, done.rejected) == (1, 0, [])
    there = found(demo_office, "000.00.01.H99-251120-0007")
    values = there.values
    assert values["state"] == "processing"
    assert values["received_at"] == datetime(2026, 11, 20, 8, 30, tzinfo=VIETNAM)
    assert values["due_at"] == values["original_due_at"] == datetime(2026, 11, 27, 17, 0, tzinfo=VIETNAM)
    assert values["origin"] == {"system": "Một cửa điện tử cũ", "file": "cu.csv", "row": 2}
    assert (values["procedure_code"], values["limit_text"]["unit"]) == (MARRIED, "working-day")
    owner = demo_office.read(people.person, values["owner_id"])
    assert owner is not None
    assert (owner.name, owner.identity_number) == ("Trần Thị Cũ", made_number(77))
    with demo_office.store.reading() as connection:
        assert rebuild.compare(connection, KINDS, demo_office.files, demo_office.id) == []


def test_a_second_time_changes_nothing(demo_office: Office, table: Table) -> None:
    file = table(row(), row("CU-2", **{"Số CCCD": ""}))
    bring(demo_office, file)
    with demo_office.store.reading() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM act").scalar_one()
    done = bring(demo_office, file)
    with demo_office.store.reading() as connection:
        after = connection.exec_driver_sql("SELECT count(*) FROM act").scalar_one()
    assert (done.added, done.unchanged, done.rejected_count, done.rejects_file) == (0, 2, 0, None)
    assert after == before


def test_the_owner_is_found_by_number(demo_office: Office, table: Table) -> None:
    known = register(demo_office, made_person(77))
    assert known.values["identity_number"]
    number, name = str(known.values["identity_number"]), str(known.values["name"])
    bring(demo_office, table(row(**{"Số CCCD": number, "Chủ hồ sơ": name.upper()})))
    assert found(demo_office, "000.00.01.H99-251120-0007").values["owner_id"] == known.id


def test_a_number_or_a_code_of_somebody_else_is_told(demo_office: Office, table: Table) -> None:
    """A slip in a number gives nobody's dossier to a stranger, a code that stands twice loses no row in silence; the
    same row again is the same dossier, whatever name was put right since."""
    known = register(demo_office, made_person(77))
    slip = row("HT-2026-1", **{"Số CCCD": str(known.values["identity_number"]), "Chủ hồ sơ": "Lê Văn Khác"})
    file = table(
        slip, row("HT-2026-2", **{"Số CCCD": ""}), row("HT-2026-2", **{"Số CCCD": "", "Chủ hồ sơ": "Lê Văn Khác"})
    )
    done = bring(demo_office, file)
    assert [(number, error) for number, error, _said in done.rejected] == [
        (2, "dossier-file.owner-differs"),
        (4, "dossier-file.code-taken"),
    ]
    assert (done.added, done.unchanged) == (1, 0)
    again = bring(demo_office, table(slip, row("HT-2026-2", **{"Số CCCD": "", "Chủ hồ sơ": "Trần Thị Cúc"})))
    assert again.unchanged == 1


WRONG: tuple[tuple[str, dict[str, str]], ...] = (
    ("dossier-file.no-code", {"Mã hồ sơ": " "}),
    ("dossier-file.no-procedure", {"Mã TTHC": ""}),
    ("dossier-file.procedure-unknown", {"Mã TTHC": "", "Tên thủ tục": "Cấp phép bay lên sao Hỏa"}),
    ("dossier-file.procedure-unknown", {"Mã TTHC": "9.999999"}),
    ("dossier-file.no-received", {"Ngày tiếp nhận": ""}),
    ("dossier-file.not-a-date", {"Ngày tiếp nhận": "31/02/2026"}),
    ("dossier-file.not-a-date", {"Ngày hẹn trả": "tuần sau"}),
    ("dossier-file.two-dates", {"Ngày tiếp nhận": "11/20/2026 8:30 AM"}),
    ("dossier-file.year", {"Ngày tiếp nhận": "20/11/1900"}),
    ("dossier-file.year", {"Ngày hẹn trả": "31/12/9999"}),
    ("dossier-file.due-before", {"Ngày hẹn trả": "19/11/2026"}),
    ("dossier-file.to-come", {"Ngày tiếp nhận": "27/11/2026 8:00"}),
    ("dossier-file.state-unknown", {"Trạng thái": "Lưu kho"}),
    ("dossier-file.ended", {"Trạng thái": "Đã trả kết quả"}),
    ("dossier-file.no-finished", {"Trạng thái": "Chờ trả kết quả"}),
    ("identity.not-12-digits", {"Số CCCD": "12345"}),
    ("person.name-missing", {"Chủ hồ sơ": ""}),
)


def test_what_cannot_be_is_rejected_with_its_reason(demo_office: Office, table: Table) -> None:
    """The others come in; the rejects lie in a file that is mended and brought again."""
    wrong = [row(f"CU-{at}", **said) for at, (_code, said) in enumerate(WRONG)]
    done = bring(demo_office, table(*wrong, row("CU-GOOD")))
    assert (done.added, done.rejected_count) == (1, len(WRONG))
    assert [(number, error) for number, error, _reason in done.rejected] == [
        (number, code) for number, (code, _said) in enumerate(WRONG, 2)
    ]
    assert done.rejects_file is not None
    lines = list(csv.reader(done.rejects_file.read_text("utf-8-sig").splitlines()))
    assert lines[0][2:] == HEADINGS
    assert [line[:2] for line in lines[1:]] == [[str(number), reason] for number, _error, reason in done.rejected]
    mended = [[*line[:2], *row(f"CU-{at}")] for at, line in enumerate(lines[1:])]
    again = bring(demo_office, table(*mended, headings=lines[0], name="cu-rejects.csv"))
    assert (again.added, again.rejected) == (len(WRONG), [])


def test_a_code_of_somebody_else_is_not_taken(demo_office: Office, table: Table) -> None:
    demo_office.real_time = False
    with clock.frozen(NOW - timedelta(days=1)):
        ours = received(demo_office)
    done = bring(demo_office, table(row(ours.code)))
    assert [each[1] for each in done.rejected] == ["dossier-file.code-taken"]


STATES = {
    "Được tiếp nhận": ("received", None), "4": ("processing", "received"), "chờ bổ sung": ("supplement", "received"),
    "Nghĩa vụ tài chính": ("awaiting-payment", "processing"), "": ("received", None),
}  # fmt: skip


def test_every_state_goes_on_here(demo_office: Office, table: Table) -> None:
    """What a clerk does next is possible, whatever state it came in."""
    bring(demo_office, table(*(row(f"CU-{at}", **{"Trạng thái": said}) for at, said in enumerate(STATES))))
    for at, (state, came_from) in enumerate(STATES.values()):
        values = found(demo_office, f"CU-{at}").values
        assert (values["state"], values["came_from"]) == (state, came_from)
        if state == "supplement":
            assert values["due_at"] is None
            assert values["original_due_at"] is not None
    act_as(demo_office, "ha")
    with clock.frozen(NOW + timedelta(hours=1)):
        for code, *steps in (
            ("CU-0", "forward", "finish"),
            ("CU-1", "finish", "hand-back"),
            ("CU-2", "complete", "forward"),
            ("CU-3", "paid", "finish"),
        ):
            for move in steps:
                form = MoveForm(
                    code, move, result=Result("Giấy xác nhận", "12/2026"), receiver=Receiver("Trần Thị Cũ"),
                    paper="receipt", to="Tư pháp",
                )  # fmt: skip
                demo_office.perform(process.move, form)
        completed = found(demo_office, "CU-2").values
    # Completed on Thursday, the limit of three working days begins anew.
    assert clock.local(completed["due_at"]).date().isoformat() == "2026-12-01"
    given = found(demo_office, "CU-1")
    written = demo_office.read(life_letters.LIFE[FormKey.HANDED_BACK], given.id, LetterOptions())
    assert written.letter.reference.code == "CU-1"
    with demo_office.store.reading() as connection:
        assert rebuild.compare(connection, KINDS, demo_office.files, demo_office.id) == []


def test_the_receipt_of_another_system_is_not_reprinted(demo_office: Office, table: Table) -> None:
    bring(demo_office, table(row()))
    there = found(demo_office, "000.00.01.H99-251120-0007")
    with pytest.raises(RuleBroken, match=r"letter\.taken-over"):
        demo_office.read(letters.receipt, there.id)


def test_a_dossier_of_the_portal_waits_for_its_answer(demo_office: Office, table: Table) -> None:
    headings = ["Mã hồ sơ", "Tên thủ tục", "Họ và tên", "Số định danh", "Ngày nộp", "Trạng thái", "Nguồn", "Điện thoại"]
    rows = [
        ["H99.14-261125-9001", "xac nhan tinh trang hon nhan", "Lê Mạng", made_number(80), "25/11/2026 21:40",
         "Mới đăng ký", "VNeID", "0912345678"],
        ["H99.14-261125-9002", "xac nhan tinh trang hon nhan", "Lê Mạng", made_number(80), "2026-11-25T22:00",
         "1", "", ""],
    ]  # fmt: skip
    done = bring(demo_office, table(*rows, headings=headings))
    assert done.rejected == []
    values = found(demo_office, "H99.14-261125-9001").values
    assert (values["state"], values["channel"], values["source"]) == ("new", "online", "vneid")
    assert values["received_at"] == datetime(2026, 11, 25, 21, 40, tzinfo=VIETNAM)
    assert (values["due_at"], values["original_due_at"]) == (None, None)
    assert found(demo_office, "H99.14-261125-9002").values["source"] == "dvcqg"
    with clock.frozen(NOW):
        demo_office.perform(process.move, MoveForm("H99.14-261125-9001", "accept"))
    accepted = found(demo_office, "H99.14-261125-9001").values
    assert accepted["received_at"] == NOW
    assert accepted["due_at"] is not None


def test_where_no_date_was_promised_it_is_counted_and_said(demo_office: Office, table: Table) -> None:
    done = bring(demo_office, table(row(**{"Ngày hẹn trả": ""})))
    assert done.counted == [2]
    values = found(demo_office, "000.00.01.H99-251120-0007").values
    assert clock.local(values["due_at"]).date().isoformat() == "2026-11-26"


def test_a_workbook_and_records_say_the_same(demo_office: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DANH SÁCH HỒ SƠ ĐANG GIẢI QUYẾT"])
    sheet.append(HEADINGS)
    when = datetime(2026, 11, 20, 8, 30)
    sheet.append(["CU-X", MARRIED, "", "Trần Thị Cũ", made_number(77), when, datetime(2026, 11, 27), "Đang xử lý"])
    book.save(tmp_path / "cu.xlsx")
    record = {
        "code": "CU-J", "procedure": MARRIED, "received_at": "2026-11-20T08:30:00+07:00", "due_at": "2026-11-27",
        "state": "processing", "owner": {"name": "Trần Thị Cũ", "identity_number": made_number(77)},
    }  # fmt: skip
    (tmp_path / "cu.json").write_text(json.dumps([record], ensure_ascii=False), "utf-8")
    lines = [json.dumps({**record, "code": f"CU-L{at}"}, ensure_ascii=False) for at in range(2)]
    (tmp_path / "cu.jsonl").write_text("\n".join(lines), "utf-8")
    counts = {name: bring(demo_office, tmp_path / name).added for name in ("cu.xlsx", "cu.json", "cu.jsonl")}
    assert counts == {"cu.xlsx": 1, "cu.json": 1, "cu.jsonl": 2}
    same = [found(demo_office, code).values for code in ("CU-X", "CU-J", "CU-L0", "CU-L1")]
    for key in ("state", "received_at", "due_at", "owner_id", "procedure_code"):
        assert len({each[key] for each in same}) == 1, key


NO_LISTS = (
    ("records.not-records", '{"code": "CU-1"\n'),
    ("records.not-records", "[1, 2]"),
    ("dossier-file.no-column", '[{"mã": "CU-1"}]'),
    ("dossier-file.no-column", "Họ tên,Số CCCD\nA,1\n"),
    ("people-file.no-name-column", "Mã hồ sơ,Mã TTHC,Ngày nhận\nA,1,2\n"),
    ("people-file.empty", ""),
)


def test_a_file_that_is_no_list_of_dossiers(demo_office: Office, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    for code, content in NO_LISTS:
        file.write_text(content, "utf-8")
        with pytest.raises(RuleBroken) as broken:
            bring(demo_office, file)
        assert broken.value.code == code


def test_an_old_encoding_waits_for_a_word(demo_office: Office, tmp_path: Path) -> None:
    text = (
        "Mã hồ sơ,Mã TTHC,Chủ hồ sơ,Ngày tiếp nhận,Ngày hẹn trả\nCU-1,1.004873,Nguyễn Thị Đào,20/11/2026,27/11/2026\n"
    )
    back = {new: old for old, new in TCVN3.items()}
    file = tmp_path / "cu.csv"
    file.write_bytes("".join(back.get(letter, letter) for letter in text).encode("cp1252"))
    with pytest.raises(RuleBroken, match=r"people-file\.encoding-unsure"):
        bring(demo_office, file)
    assert bring(demo_office, file, encoding="tcvn3").added == 1
    assert found(demo_office, "CU-1").values["owner_name"] == "Nguyễn Thị Đào"


def test_only_a_supervisor_takes_over(demo_office: Office, table: Table) -> None:
    act_as(demo_office, "ha")
    with pytest.raises(RuleBroken, match=r"permission\.missing"):
        bring(demo_office, table(row()))
