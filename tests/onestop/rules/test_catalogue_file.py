"""The project's own file of procedures: read, refused with a reason, written, told from the national one."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from onestop.rules.catalogue_file import (
    FORMAT,
    Synonym,
    is_own,
    read_any,
    read_document,
    read_synonyms,
    write_document,
)
from onestop.rules.errors import RuleBroken
from onestop.rules.procedure import Case, Component, Procedure
from onestop.texts import SENTENCES, message
from tests.helpers.national import SAMPLE

BIRTH = Procedure("1.001193", "Đăng ký khai sinh", field="Hộ tịch")
HOUSE = Procedure("1.013225", "Giấy phép xây dựng", field="Hoạt động xây dựng")


def document(*procedures: Any, **more: Any) -> bytes:
    return json.dumps({"format": FORMAT, "procedures": list(procedures), **more}).encode()


def test_written_sorted_by_field_then_code_and_read_again() -> None:
    synonyms = (Synonym(("sao y",), ("chứng thực bản sao",)),)
    text = write_document([HOUSE, BIRTH], "Danh mục", "2026-11-23", ["1.001193"], synonyms)
    found = read_document(text.encode())
    assert found.procedures == (BIRTH, HOUSE)
    assert (found.name, found.published, found.quick, found.synonyms) == (
        "Danh mục",
        "2026-11-23",
        ("1.001193",),
        synonyms,
    )
    assert text.splitlines()[1] == f' "format": "{FORMAT}",'


def test_a_text_comes_in_as_nfc() -> None:
    plain = {"code": "1.001193", "name": "Đăng ký kha\u0069 sinh h\u006f\u0323 t\u0065\u0302n"}
    assert read_document(document(plain)).procedures[0].name == "Đăng ký khai sinh họ tên"


def row(**facts: Any) -> dict[str, Any]:
    return {"code": "1.000001", "name": "x", **facts}


BAD = "catalogue.bad-procedure"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("khai sinh", "catalogue.bad-line"),
        ({"name": "Không mã"}, "catalogue.no-code"),
        ({"code": " ", "name": "Không mã"}, "catalogue.no-code"),
        ({"code": "1.000001"}, "catalogue.no-name"),
        ({"code": "1.001193", "name": "Lần hai"}, "catalogue.repeated-code"),
        (row(level="half"), BAD),
        (row(limit={"number": 1, "unit": "week"}), BAD),
        (row(limit={"number": "1", "unit": "day"}), BAD),
        (row(limit={"number": 0, "unit": "day"}), BAD),
        (row(channels=[{"channel": "smoke"}]), BAD),
        (row(fees=[{"kind": "phi", "name": "Phí", "amount": -1}]), BAD),
        (row(fees=[{"kind": "phi", "name": "Phí", "amount": 0.5}]), BAD),
        (row(fees=[{"name": "Phí"}]), BAD),
        (row(cases=[]), BAD),
        (row(cases=[{"key": "a"}, {"key": "a"}]), BAD),
        (row(cases=[{"components": [{"key": "a", "name": "A", "originals": "1"}]}]), BAD),
        (row(cases=[{"components": [{"key": "a", "name": "A"}] * 2}]), BAD),
        (row(cases=[{"components": [{"name": "A"}]}]), BAD),
    ],
)
def test_a_bad_procedure_is_refused_and_the_others_are_read(row: Any, code: str) -> None:
    found = read_document(document({"code": "1.001193", "name": "Khai sinh"}, row, {"code": "9.000001", "name": "Sau"}))
    assert [each.code for each in found.procedures] == ["1.001193", "9.000001"]
    place, fault = found.entries[1]
    assert isinstance(fault, RuleBroken)
    assert (place, fault.code, fault.details["line"]) == (2, code, 2)
    assert "{" not in message(fault.code, fault.details)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"format": "motcua.catalogue/1", ', "catalogue.bad-json"),
        (b'{"format": "motcua.catalogue/2", "procedures": []}', "catalogue.bad-document"),
        (b'{"format": "motcua.catalogue/1", "procedures": {}}', "catalogue.bad-document"),
        (b'\xff{"format": "motcua.catalogue/1"}', "catalogue.not-utf8"),
    ],
)
def test_a_broken_document_says_where(content: bytes, code: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        read_document(content)
    assert caught.value.code == code in SENTENCES


def test_either_format_plain_or_packed_is_known_by_its_content() -> None:
    own = write_document([BIRTH], "x", "2026-01-01").encode()
    national = SAMPLE.read_bytes()
    assert is_own(own)
    assert is_own(b"\xef\xbb\xbf\n" + own)
    assert not is_own(national)
    assert [each for _, each in read_any(gzip.compress(own))] == [BIRTH]
    assert sum(isinstance(each, Procedure) for _, each in read_any(gzip.compress(national))) == 26
    ((place, fault),) = read_any(gzip.compress(b"")[:-4])
    assert isinstance(fault, RuleBroken)
    assert (place, fault.code) == (1, "catalogue.unreadable")


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ("sao y", 0),
        ([{"typed": ["sao y"], "means": ["chứng thực"]}, {"typed": ["x"]}], 2),
        ([{"typed": [], "means": ["x"]}], 1),
        ([{"typed": [" "], "means": ["x"]}], 1),
        (["sao y"], 1),
    ],
)
def test_bad_synonyms_say_which(rows: Any, line: int) -> None:
    with pytest.raises(RuleBroken) as caught:
        read_synonyms(rows)
    assert (caught.value.code, caught.value.details["line"]) == ("catalogue.bad-synonyms", line)


def test_components_keep_their_order_in_a_file() -> None:
    many = tuple(Component(f"k{number}", f"Giấy {number}", originals=1) for number in range(40))
    procedure = Procedure("9.000001", "x", cases=(Case(components=many),))
    assert read_document(write_document([procedure], "x", "2026-01-01").encode()).procedures == (procedure,)
