"""What a list of people seems to hold, shown before anything is brought in."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.office import Office
from onestop.actions import people_import
from onestop.queries import people
from onestop.rules.errors import RuleBroken
from onestop.rules.legacy import Encoding
from tests.helpers.office import made_number

HEAD = "Họ và tên,Ngày sinh,Giới tính,Số CCCD,Ghi chú\n"
ROWS = f"Nguyễn Thị Mẫu,05/03/1990,Nữ,{made_number(1)},x\nLê Văn Thử,1985,Xấu,{made_number(2, 'Nam', 1985)},\n"


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "danh-sach.csv"
    file.write_bytes(text.encode(encoding))
    return file


def test_the_first_rows_come_as_forms_or_with_their_fault(tmp_path: Path) -> None:
    seen = people_import.preview(table(tmp_path, HEAD + ROWS))
    assert seen.headings == ("Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Ghi chú")
    assert seen.columns == {"name": 0, "date_of_birth": 1, "sex": 2, "identity_number": 3}
    good, bad = seen.rows
    assert good.form is not None
    assert (good.number, good.form.name, good.form.date_of_birth) == (2, "Nguyễn Thị Mẫu", "1990-03-05")
    assert bad.broken is not None
    assert bad.broken.code == "people-file.sex-unknown"
    assert not seen.workbook
    assert not seen.guess.needs_confirming


def test_what_the_rules_will_refuse_is_seen_before(tmp_path: Path) -> None:
    lines = f"A,1990,Nam,0381,\nNguyễn Thị Mẫu,1991,Nữ,{made_number(1)},\n"
    short, contradicting = people_import.preview(table(tmp_path, HEAD + lines)).rows
    assert short.broken is not None
    assert short.broken.code == "identity.not-12-digits"
    assert contradicting.broken is None
    assert [each.code for each in contradicting.remarks] == ["identity.birth-year-differs"]


def test_no_more_rows_are_read_than_are_shown(tmp_path: Path) -> None:
    seen = people_import.preview(table(tmp_path, HEAD + ROWS * 40), rows=10)
    assert len(seen.rows) == 10


def test_where_no_column_holds_names_a_person_says_which(tmp_path: Path, demo_office: Office) -> None:
    file = table(tmp_path, f"Cột 1,Cột 2\nNguyễn Thị Mẫu,{made_number(1)}\n")
    seen = people_import.preview(file)
    assert seen.no_names
    assert seen.columns == {}
    assert seen.rows[0].cells == ("Nguyễn Thị Mẫu", made_number(1))
    said = {"name": 0, "identity_number": 1}
    assert people_import.preview(file, columns=said).rows[0].form is not None
    with pytest.raises(RuleBroken, match="no-name-column"):
        people_import.import_file(demo_office.perform, file)
    done = people_import.import_file(demo_office.perform, file, columns=said)
    assert (done.added, done.rejected_count) == (1, 0)
    assert demo_office.read(people.find, "nguyen thi mau")


def test_an_old_encoding_is_guessed_and_shown(tmp_path: Path) -> None:
    text = HEAD + "Nguyễn Thị Mẫu,1990,Nữ,,hộ nghèo\nTrần Văn Thử,1985,Nam,,đã chuyển đi\n"
    seen = people_import.preview(table(tmp_path, text, "utf-8"))
    assert seen.guess.encoding is Encoding.UTF_8
    file = tmp_path / "cu.csv"
    file.write_bytes("Hä vµ tªn;N¨m sinh;Giíi tÝnh\nNguyÔn ThÞ MÉu;1990;N÷\nTrÇn V¨n Thö;1985;Nam\n".encode("cp1252"))
    seen = people_import.preview(file)
    assert seen.guess.encoding is Encoding.TCVN3
    assert seen.guess.needs_confirming
    assert "Nguyễn" in seen.guess.sample
    assert seen.rows[0].form is not None
    assert seen.rows[0].form.name == "Nguyễn Thị Mẫu"
