"""Tables from files: whatever delimiter, encoding, damage or disguise; and rejects that come back whole."""

from __future__ import annotations

import csv
import itertools
import tracemalloc
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop import texts
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.rules.legacy import Encoding
from onestop.rules.people_file import is_header, read_header, read_row
from onestop.store import sheets
from onestop.store.sheets import open_sheet, write_rejects

HEADINGS = ("Họ và tên", "Ngày sinh", "Số CCCD", "Địa chỉ")
PEOPLE = [
    ("Nguyễn Văn Mẫu", "05/03/1990", "038090000011", "Thôn 1, Xã Mẫu, Thanh Hóa"),
    ("Trần Thị Thử", "24/11/2000", "001300000022", "Tổ 5, Phường Thử, Hà Nội"),
    ("H'Hen Niê", "1985", "066185000033", 'Buôn "Mẫu", Đắk Lắk'),
]


def refused(code: str, **details: Any) -> pytest.RaisesExc[RuleBroken]:
    def fits(broken: RuleBroken) -> bool:
        told = texts.sentence(code, **broken.details)
        return broken.code == code and broken.details.items() >= details.items() and "{" not in told

    assert code in texts.SENTENCES
    return pytest.raises(RuleBroken, check=fits)


def as_csv(rows: Iterable[Sequence[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in (delimiter, '"', "\n")) else cell

    return "".join(delimiter.join(map(quoted, row)) + end for row in rows)


def saved(folder: Path, content: str | bytes, name: str = "danh sách.csv") -> Path:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def read(file: Path, encoding: str = "auto", **named: Any) -> tuple[sheets.Sheet, list[tuple[int, tuple[str, ...]]]]:
    with open_sheet(file, encoding, **named) as sheet:
        return sheet, list(sheet.rows)


# -- CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiters_line_ends_and_unicode(tmp_path: Path, delimiter: str, end: str, encoding: str) -> None:
    file = saved(tmp_path, as_csv([HEADINGS, *PEOPLE], delimiter, end).encode(encoding))
    sheet, rows = read(file)
    assert (sheet.headings, sheet.heading_row, sheet.delimiter, sheet.kind) == (HEADINGS, 1, delimiter, "csv")
    assert rows == list(zip((2, 3, 4), PEOPLE, strict=True))
    assert not sheet.guess.needs_confirming


@pytest.mark.parametrize(
    ("encoding", "heading", "name"),
    [
        ("tcvn3", "Hä vµ tªn;N¨m sinh", "NguyÔn ThÞ Hoµ; TrÇn V¨n §øc"),
        ("vni", "Hoï vaø teân;Naêm sinh", "Nguyeãn Thò Hoaø; Traàn Vaên Ñöùc"),
    ],
)
@pytest.mark.parametrize("kept_as", ["latin-1", "utf-8"])
def test_old_encodings_are_recognised_and_wait_for_a_yes(
    tmp_path: Path, encoding: str, heading: str, name: str, kept_as: str
) -> None:
    one, other = name.split("; ")
    file = saved(tmp_path, f"{heading}\n{one};1990\n{other};1991\n".encode(kept_as))
    for asked in ("auto", encoding):
        sheet, rows = read(file, asked)
        assert sheet.headings == ("Họ và tên", "Năm sinh")
        assert [cells[0] for _, cells in rows] == ["Nguyễn Thị Hoà", "Trần Văn Đức"]
        assert sheet.guess.encoding == encoding
        assert sheet.guess.needs_confirming is (asked == "auto")
        assert "Nguyễn" in sheet.guess.sample


def test_windows_1258(tmp_path: Path) -> None:
    data = "Ho\u0323 và tên,Năm sinh\nNguyê\u0303n Thi\u0323 Hoa\u0300,1990\nTrâ\u0300n Đư\u0301c,1991\n".encode(
        "cp1258"
    )
    sheet, rows = read(saved(tmp_path, data))
    assert sheet.guess.encoding is Encoding.CP1258
    assert [cells[0] for _, cells in rows] == ["Nguyễn Thị Hoà", "Trần Đức"]


def test_an_encoding_that_it_is_not(tmp_path: Path) -> None:
    file = saved(tmp_path, "Hä vµ tªn;N¨m sinh\nNguyÔn;1990\n".encode("latin-1"))
    with refused("legacy.not-in-encoding", encoding="utf-8"):
        open_sheet(file, "utf-8")
    with refused("people-file.encoding-unknown", encoding="big5"):
        open_sheet(file, "big5")


def test_titles_above_the_heading(tmp_path: Path) -> None:
    text = "UBND PHƯỜNG MẪU,,,\nDANH SÁCH CÔNG DÂN,,,\n\n" + as_csv([HEADINGS, *PEOPLE])
    sheet, rows = read(saved(tmp_path, text), is_heading=is_header)
    assert (sheet.headings, sheet.heading_row) == (HEADINGS, 4)
    assert [number for number, _ in rows] == [5, 6, 7]
    sheet, _ = read(saved(tmp_path, text))
    assert (sheet.headings, sheet.heading_row) == (HEADINGS, 4)


def test_where_no_heading_fits_the_first_row_is_shown_with_its_columns(tmp_path: Path) -> None:
    sheet, rows = read(saved(tmp_path, "STT,Số CCCD\n1,038090000011\n"), is_heading=is_header)
    assert (sheet.headings, len(rows)) == (("STT", "Số CCCD"), 1)
    with refused("people-file.no-name-column", columns="STT, Số CCCD"):
        read_header(sheet.headings)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b" \r\n\r\n", b"\0\0\0"])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    with refused("people-file.empty", file="danh sách.csv"):
        open_sheet(saved(tmp_path, content))


def test_a_heading_without_rows_is_no_error(tmp_path: Path) -> None:
    assert read(saved(tmp_path, "Họ tên,Năm sinh\n"))[1] == []


@pytest.mark.parametrize("text", ["Họ tên#Năm sinh\nNguyễn#1990\n", "Họ và tên\nNguyễn Văn Mẫu\n", "Họ tên:1\nMẫu:2\n"])
def test_one_column_means_a_wrong_delimiter(tmp_path: Path, text: str) -> None:
    with refused("people-file.wrong-delimiter"):
        open_sheet(saved(tmp_path, text))


def test_a_delimiter_that_was_chosen_counts(tmp_path: Path) -> None:
    file = saved(tmp_path, "Họ tên#Năm sinh\nNguyễn#1990\n")
    assert read(file, delimiter="#")[1] == [(2, ("Nguyễn", "1990"))]
    with refused("people-file.wrong-delimiter"):
        open_sheet(file, delimiter=";")
    assert read(saved(tmp_path, "sep=#\nHọ tên#Năm sinh\nNguyễn#1990\n"))[0].delimiter == "#"


def test_commas_inside_addresses_do_not_win_over_semicolons(tmp_path: Path) -> None:
    rows = [("Mẫu", "Thôn 1, Xã Mẫu, Huyện Mẫu, Tỉnh Mẫu")] * 30
    assert read(saved(tmp_path, as_csv([("Họ tên", "Địa chỉ"), *rows], ";")))[0].delimiter == ";"


def test_quotes_may_hold_delimiters_and_line_ends(tmp_path: Path) -> None:
    file = saved(tmp_path, 'Họ tên,Địa chỉ\nMẫu,"Thôn 1,\nXã ""Mẫu"""\nThử,Tổ 2\n')
    assert read(file)[1] == [(2, ("Mẫu", 'Thôn 1,\nXã "Mẫu"')), (3, ("Thử", "Tổ 2"))]


def test_a_quote_that_is_never_closed_spoils_one_row_only(tmp_path: Path) -> None:
    lines = [f"Người {index},Tổ {index}\n" for index in range(100)]
    lines[10] = 'Người 10,"Tổ 10\n'
    lines[60] = '"Người 60,Tổ 60\n'
    lines[61] = 'Người 61,Tổ "61\n'
    _, rows = read(saved(tmp_path, "Họ tên,Địa chỉ\n" + "".join(lines)))
    assert len(rows) == 100
    good = [cells for _, cells in rows if len(cells) == 2 and '"' not in cells[1]]
    assert len(good) >= 97
    assert rows[99] == (101, ("Người 99", "Tổ 99"))


def test_broken_bytes_spoil_one_row_only(tmp_path: Path) -> None:
    data = as_csv([HEADINGS, *PEOPLE * 20]).encode()
    data = data + b"Nguy\xe1\xbb,1990,1,x\r\n" + as_csv(PEOPLE).encode()
    # The damage lies behind what the encoding is told from.
    padding = as_csv(PEOPLE * 2000).encode()
    file = saved(tmp_path, data[: data.index(b"Nguy\xe1\xbb,")] + padding + data[data.index(b"Nguy\xe1\xbb,") :])
    sheet, rows = read(file)
    assert sheet.guess.encoding is Encoding.UTF_8
    assert sum("\ufffd" in cells[0] for _, cells in rows) == 1
    columns = read_header(sheet.headings)
    number, cells = next((number, cells) for number, cells in rows if "\ufffd" in cells[0])
    with refused("people-file.letters-lost", row=number, column="Họ và tên"):
        read_row(cells, columns, number)


def test_a_file_of_one_endless_line_is_no_table(tmp_path: Path) -> None:
    tail = "x" * (sheets.LONGEST_LINE * 3)
    _, rows = read(saved(tmp_path, f"Họ tên,Năm sinh\nMẫu,1990\n{tail}\nThử,1991\n"))
    assert [number for number, _ in rows] == [2, 3, 4]
    assert rows[2] == (4, ("Thử", "1991"))
    assert len(rows[1][1]) == 1


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    file = tmp_path / "dài.csv"
    with file.open("w", encoding="utf-8") as out:
        out.write("Họ tên,Năm sinh,Số CCCD\n")
        for index in range(60_000):
            out.write(f"Nguyễn Văn Mẫu {index},1990,038090{index:06d}\n")
    tracemalloc.start()
    try:
        with open_sheet(file) as sheet:
            assert sheet.progress() is not None
            before = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            count = sum(1 for _ in sheet.rows)
            peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 60_000
    assert peak - before < 1_000_000 < file.stat().st_size


def test_progress_runs_from_nothing_to_all(tmp_path: Path) -> None:
    with open_sheet(saved(tmp_path, as_csv([HEADINGS, *PEOPLE * 5000]))) as sheet:
        shares = []
        for index, _ in enumerate(sheet.rows):
            if index % 1000 == 0:
                shares.append(sheet.progress())
        assert shares == sorted(shares)
        assert (shares[0] or 0) < 0.2
        assert sheet.progress() == 1.0


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with refused("people-file.not-found", file="không có.csv"):
        open_sheet(tmp_path / "không có.csv")
    with pytest.raises(StoreTrouble, check=lambda trouble: trouble.code == "file.unreadable"):
        open_sheet(tmp_path)
    assert {"file.unreadable", "file.unwritable"} <= set(texts.SENTENCES)


CELLS = st.text("ab,;|\t\n\"' Ẫđ01=", max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8), st.sampled_from(",;|\t"))
def test_what_a_program_wrote_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], delimiter: str
) -> None:
    filled = [("x" + first, *rest) for first, *rest in rows]  # a row of blanks is no row
    file = tmp_path_factory.mktemp("bảng") / "a.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows([("Họ tên", "Năm", "Khác"), *filled])
    with open_sheet(file, "utf-8", delimiter=delimiter) as sheet:
        assert [cells for _, cells in sheet.rows] == filled


# -- other files under a table's name


@pytest.mark.parametrize(
    ("content", "code", "details"),
    [
        (b"%PDF-1.7 ...", "people-file.not-a-table", {"what": "pdf"}),
        (b"\x89PNG\r\n\x1a\n", "people-file.not-a-table", {"what": "picture"}),
        (b"<html><table><tr><td>STT</td></tr></table>", "people-file.not-a-table", {"what": "web"}),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "people-file.not-a-table", {"what": "xml"}),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "people-file.old-xls", {}),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "people-file.locked", {}),
        (b"MZ\x90\0\x03" + bytes(range(256)) * 3, "people-file.not-a-table", {"what": "binary"}),
        (b"PK\x03\x04 and then nothing", "people-file.broken", {}),
    ],
)
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a"])
def test_content_decides_not_the_name(
    tmp_path: Path, content: bytes, code: str, details: dict[str, str], name: str
) -> None:
    with refused(code, file=name, **details):
        open_sheet(saved(tmp_path, content, name))


def test_a_csv_called_xlsx_and_a_workbook_called_csv(tmp_path: Path) -> None:
    assert read(saved(tmp_path, as_csv([HEADINGS, *PEOPLE]), "a.xlsx"))[0].kind == "csv"
    assert read(workbook(tmp_path, [HEADINGS, *PEOPLE], "b.csv"))[0].kind == "xlsx"


# -- workbooks


def workbook(folder: Path, rows: Iterable[Sequence[Any]], name: str = "danh sách.xlsx", **formats: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for place, form in formats.items():
        sheet[place].number_format = form
    book.save(folder / name)
    book.close()
    return folder / name


def zipped(file: Path, parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


def test_a_workbook(tmp_path: Path) -> None:
    sheet, rows = read(workbook(tmp_path, [HEADINGS, *PEOPLE]))
    assert (sheet.kind, sheet.headings, sheet.delimiter) == ("xlsx", HEADINGS, None)
    assert rows == list(zip((2, 3, 4), PEOPLE, strict=True))
    assert not sheet.guess.needs_confirming


def test_cells_as_text(tmp_path: Path) -> None:
    values = [38090000011, 38090000011.0, 138090000011, date(1990, 3, 5), datetime(1990, 3, 5), 1990, 3.5, True, None]
    headings = [f"c{index}" for index in range(len(values))]
    file = workbook(tmp_path, [headings, values])
    assert read(file)[1] == [
        (2, ("38090000011", "38090000011", "138090000011", "1990-03-05", "1990-03-05", "1990", "3.5", "TRUE", ""))
    ]
    shown = workbook(tmp_path, [headings, values], "b.xlsx", A2="000000000000", F2="0")
    assert read(shown)[1][0][1][0] == "038090000011"
    assert read(shown)[1][0][1][5] == "1990"


def test_identity_numbers_that_became_numbers_are_restored_or_refused(tmp_path: Path) -> None:
    file = workbook(
        tmp_path,
        [
            ("Họ tên", "Ngày sinh", "Giới tính", "Số CCCD"),
            ("Nguyễn Văn Mẫu", date(1990, 3, 5), "Nam", 38090000011),
            ("Nguyễn Văn Mẫu", None, "Nam", 38090000011.0),
        ],
    )
    sheet, rows = read(file)
    columns = read_header(sheet.headings)
    good = read_row(rows[0][1], columns, rows[0][0])
    assert (good.form.identity_number, good.form.date_of_birth) == ("038090000011", "1990-03-05")
    assert [remark.code for remark in good.remarks] == ["people-file.zero-restored"]
    with refused("people-file.zero-lost", row=3):
        read_row(rows[1][1], columns, rows[1][0])


def test_formulas_are_not_executed(tmp_path: Path) -> None:
    file = workbook(tmp_path, [("Họ tên", "Năm sinh"), ('=HYPERLINK("http://vidu.vn")', "=1+1"), ("Mẫu", 1990)])
    assert read(file)[1] == [(3, ("Mẫu", "1990"))]
    _, rows = read(saved(tmp_path, "Họ tên,Năm sinh\n=cmd|' /C calc'!A0,1990\n"))
    assert rows[0][1][0].startswith("=cmd")


def test_titles_and_empty_rows_in_a_workbook(tmp_path: Path) -> None:
    rows = [("DANH SÁCH",), (), HEADINGS, PEOPLE[0], (), PEOPLE[1][:3]]
    sheet, found = read(workbook(tmp_path, rows), is_heading=is_header)
    assert (sheet.headings, sheet.heading_row) == (HEADINGS, 3)
    assert found == [(4, PEOPLE[0]), (6, (*PEOPLE[1][:3], ""))]


def test_the_worksheet_with_people_is_taken(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.append(["Hướng dẫn", "Xem trang sau"])
    people = book.create_sheet("Danh sách")
    for row in (HEADINGS, *PEOPLE):
        people.append(list(row))
    book.save(tmp_path / "a.xlsx")
    book.close()
    assert read(tmp_path / "a.xlsx", is_heading=is_header)[0].headings == HEADINGS
    assert read(tmp_path / "a.xlsx")[0].headings == ("Hướng dẫn", "Xem trang sau")


def test_a_worksheet_in_an_old_font(tmp_path: Path) -> None:
    rows = [("Hä vµ tªn", "N¨m sinh"), ("NguyÔn ThÞ Hoµ", 1990), ("TrÇn V¨n §øc", 1991)]
    sheet, found = read(workbook(tmp_path, rows))
    assert sheet.guess.encoding is Encoding.TCVN3
    assert sheet.guess.needs_confirming
    assert sheet.headings == ("Họ và tên", "Năm sinh")
    assert found[0][1][0] == "Nguyễn Thị Hoà"
    assert read(tmp_path / "danh sách.xlsx", "utf-8")[0].headings[0] == "Hä vµ tªn"


def test_a_wrong_size_in_the_worksheet_loses_no_rows(tmp_path: Path) -> None:
    file = workbook(tmp_path, [HEADINGS, *PEOPLE])
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    assert b'<dimension ref="A1:D4"' in parts[name]
    parts[name] = parts[name].replace(b'<dimension ref="A1:D4"', b'<dimension ref="A1:A1"')
    assert len(read(zipped(tmp_path / "b.xlsx", parts))[1]) == 3


def test_an_empty_workbook(tmp_path: Path) -> None:
    with refused("people-file.empty"):
        open_sheet(workbook(tmp_path, []))


def test_other_archives(tmp_path: Path) -> None:
    for name, what in {"word/document.xml": "word", "content.xml": "ods", "a.txt": "archive"}.items():
        with refused("people-file.not-a-table", what=what):
            open_sheet(zipped(tmp_path / "a.xlsx", {name: b"x"}))


def test_a_damaged_workbook_anywhere(tmp_path: Path) -> None:
    data = workbook(tmp_path, [HEADINGS, *PEOPLE * 50]).read_bytes()
    outcomes = set()
    for cut in range(0, len(data), 211):
        spoiled = data[:cut] + bytes(byte ^ 0x55 for byte in data[cut : cut + 40]) + data[cut + 40 :]
        for content in (spoiled, data[: cut + 10]):
            outcomes.add(outcome(saved(tmp_path, content, "b.xlsx")))
    assert outcomes <= {"", *texts.SENTENCES}
    assert "people-file.broken" in outcomes


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_that_opens_with_a_part_that_is_no_xml(tmp_path: Path, part: str) -> None:
    with zipfile.ZipFile(workbook(tmp_path, [HEADINGS, *PEOPLE])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = parts[part][:60] + b"\xff\x00<" + parts[part][60:]
    assert outcome(zipped(tmp_path / "b.xlsx", parts)) == "people-file.broken"


def outcome(file: Path) -> str:
    try:
        read(file)
    except RuleBroken as broken:
        return broken.code
    return ""


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    parts = {"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * (sheets.RATIO_FROM + 1)}
    with refused("people-file.bomb"):
        open_sheet(zipped(tmp_path / "a.xlsx", parts))


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    file = workbook(tmp_path, [HEADINGS, *PEOPLE])
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + parts[name].removeprefix(b'<?xml version="1.0"?>')
    with refused("people-file.broken"):
        open_sheet(zipped(tmp_path / "b.xlsx", parts))


def test_a_row_number_beyond_every_worksheet_ends_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LAST_ROW", 3)
    with refused("people-file.broken"):
        read(workbook(tmp_path, [HEADINGS, *PEOPLE]))


# -- rejects


def test_rejects_can_be_mended_and_brought_again(tmp_path: Path) -> None:
    cells = [
        ("Nguyễn Văn Mẫu", "05/03/1990", "038090000011", "Thôn 1, Xã Mẫu"),
        ("=1+1", "-5", "123456789012", '@"x"'),
        ("", "+84912345678", "38090000011", "dòng 1\ndòng 2"),
    ]
    rejects = [(number, row, f"Lý do {number}") for number, row in zip(itertools.count(5), cells, strict=False)]
    file = tmp_path / "chưa nhập.csv"
    assert write_rejects(file, HEADINGS, rejects) == 3
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert '"=""038090000011"""' in file.read_text("utf-8-sig")
    sheet, rows = read(file)
    assert sheet.headings == ("Dòng trong tệp", "Lý do chưa nhập", *HEADINGS)
    columns = read_header(sheet.headings)
    assert columns.unread == ("Dòng trong tệp", "Lý do chưa nhập")
    again = read_row(rows[0][1], columns, rows[0][0]).form
    assert (again.name, again.identity_number, again.address) == ("Nguyễn Văn Mẫu", "038090000011", "Thôn 1, Xã Mẫu")
    assert rows[1][1][2:] == ("'=1+1", "-5", '="123456789012"', '\'@"x"')
    assert rows[2][1][2:] == cells[2]
    assert not list(tmp_path.glob("*.part"))


def test_rejects_of_rejects_keep_their_shape(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    write_rejects(file, HEADINGS, [(2, PEOPLE[0], "một")])
    sheet, rows = read(file)
    write_rejects(file, sheet.headings, [(number, cells, "hai") for number, cells in rows])
    sheet, rows = read(file)
    assert sheet.headings == ("Dòng trong tệp", "Lý do chưa nhập", *HEADINGS)
    assert rows[0][1][:3] == ("2", "hai", "Nguyễn Văn Mẫu")


def test_rejects_that_cannot_be_written_leave_no_half_file(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble, check=lambda trouble: trouble.code == "file.unwritable"):
        write_rejects(tmp_path / "không có" / "a.csv", HEADINGS, [])

    def failing() -> Iterator[tuple[int, Sequence[str], str]]:
        yield 2, PEOPLE[0], "một"
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreTrouble, check=lambda trouble: trouble.code == "file.unwritable"):
        write_rejects(tmp_path / "a.csv", HEADINGS, failing())
    assert list(tmp_path.iterdir()) == []
