"""Finding a person as one types: accents optional and exact accents first, words in any order, numbers by prefix."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from desktop.office import Office
from onestop.actions import citizens
from onestop.queries import people
from onestop.rules.intake import PersonForm
from onestop.store import schema, search
from tests.helpers.office import register

PEOPLE: dict[str, PersonForm] = {
    "do": PersonForm(name="Đỗ Thị Ánh", date_of_birth="1990-05-03", sex="Nữ", identity_number="001190000011"),
    "do-plain": PersonForm(name="Do Thi Anh", date_of_birth="1985", sex="Nữ", no_paper_reason="mất"),
    "do-other": PersonForm(name="Dỡ Thị Anh", date_of_birth="1970", sex="Nữ", no_paper_reason="mất"),
    "nguyen": PersonForm(name="Nguyễn Văn Đức", date_of_birth="1962-01-02", sex="Nam", cmnd="012345678"),
    "nguyen-2": PersonForm(
        name="Nguyễn Đức Văn", date_of_birth="1990", sex="Nam", phone="0912345678", cmnd="012399999"
    ),
    "nguyet": PersonForm(name="Nguyệt Thị Hà", date_of_birth="1999", sex="Nữ", no_paper_reason="mất"),
    "ede": PersonForm(name="Y Ƀăm Niê", date_of_birth="1975", sex="Nam", no_paper_reason="mất"),
    "kdam": PersonForm(name="H’Đăm K'Ƀuôr", date_of_birth="1980", sex="Nữ", no_paper_reason="mất"),
    "foreign": PersonForm(name="Müller Jean-Luc", date_of_birth="1959", nationality="Đức", passport="C01X00T47"),
    "shop": PersonForm(kind="organisation", name="Công ty TNHH Đại Phước", tax_code="0101243150"),
}

FOUND: tuple[tuple[str, tuple[str, ...]], ...] = (
    # accents dropped: all that fold alike; the latest registered first
    ("do thi anh", ("do", "do-plain", "do-other")),
    ("DO THI ANH", ("do", "do-plain", "do-other")),
    # accents as typed come first (below), the others after them
    ("đỗ thị ánh", ("do", "do-plain", "do-other")),
    ("Đỗ", ("do", "do-plain", "do-other")),
    # words in any order, the last one only begun
    ("anh do", ("do", "do-plain", "do-other")),
    ("duc nguyen", ("nguyen", "nguyen-2")),
    ("văn đức ng", ("nguyen", "nguyen-2")),
    ("ng", ("nguyen", "nguyen-2", "nguyet")),
    ("nguyễ", ("nguyen", "nguyen-2", "nguyet")),
    ("nguye", ("nguyen", "nguyen-2", "nguyet")),
    # đ and ƀ are letters, not marks
    ("duc", ("nguyen", "nguyen-2")),
    ("đức", ("nguyen", "nguyen-2")),
    ("bam", ("ede",)),
    ("ƀăm", ("ede",)),
    ("buor", ("kdam",)),
    ("h dam", ("kdam",)),
    ("h'đăm", ("kdam",)),
    ("h’đăm", ("kdam",)),
    ("dai phuoc", ("shop",)),
    ("muller", ("foreign",)),
    # a name with a birth year
    ("anh 1990", ("do",)),
    ("do thi anh 1985", ("do-plain",)),
    ("văn 1990", ("nguyen-2",)),
    ("1990", ("do", "nguyen-2")),
    # numbers by prefix, as one types
    ("001190000011", ("do",)),
    ("00119", ("do",)),
    ("0123", ("nguyen", "nguyen-2")),
    ("012345678", ("nguyen",)),
    ("0912", ("nguyen-2",)),
    ("0912 345 678", ("nguyen-2",)),
    ("van 0912 345", ("nguyen-2",)),
    ("001 190 000 011", ("do",)),
    ("1990 0912", ("nguyen-2",)),
    ("c01x", ("foreign",)),
    ("0101243150", ("shop",)),
    # nothing
    ("", ()),
    ("   ", ()),
    ("không có ai", ()),
    ("99999", ()),
    ('"', ()),
    ("* AND (", ()),
    ("%", ()),
)


@pytest.fixture
def known(demo_office: Office) -> dict[str, str]:
    """Everybody, registered; key -> id."""
    return {key: register(demo_office, person).id for key, person in PEOPLE.items()}


def found(office: Office, typed: str) -> list[str]:
    return [row.id for row in office.read(people.find, typed)]


@pytest.mark.parametrize(("typed", "expected"), FOUND, ids=[typed or "-" for typed, _ in FOUND])
def test_who_is_found(demo_office: Office, known: dict[str, str], typed: str, expected: tuple[str, ...]) -> None:
    names = {identity: key for key, identity in known.items()}
    for form in (typed, unicodedata.normalize("NFD", typed)):
        assert {names[each] for each in found(demo_office, form)} == set(expected)


def test_exact_accents_come_first(demo_office: Office, known: dict[str, str]) -> None:
    """Typed with accents, those who are written so stand before those who only fold alike."""
    late = register(demo_office, PersonForm(name="Đô Thị Anh", date_of_birth="1991", sex="Nữ", no_paper_reason="mất"))
    assert found(demo_office, "đỗ thị")[0] == known["do"]
    assert found(demo_office, "đỗ thị ánh")[0] == known["do"]
    assert found(demo_office, "dỡ")[0] == known["do-other"]
    assert set(found(demo_office, "nguyễ")[:2]) == {known["nguyen"], known["nguyen-2"]}
    assert found(demo_office, "nguyệ")[0] == known["nguyet"]
    assert found(demo_office, "đô")[0] == late.id
    assert found(demo_office, "do thi")[0] in {late.id, known["do-plain"]}


def test_a_change_is_found_under_the_new_name_alone(demo_office: Office, known: dict[str, str]) -> None:
    form = citizens.ChangeForm(known["ede"], {"name": "Y Krông Niê", "phone": "0987000111"})
    demo_office.perform(citizens.change, form)
    assert found(demo_office, "bam") == []
    assert found(demo_office, "krong") == [known["ede"]]
    assert found(demo_office, "098700") == [known["ede"]]


def test_who_was_merged_is_found_no_more(demo_office: Office, known: dict[str, str]) -> None:
    pair = (known["do-plain"], known["do-other"])
    stays = demo_office.perform(citizens.same, pair).answer
    assert set(found(demo_office, "do thi anh")) == {known["do"], stays}


def test_the_index_can_be_filled_anew(demo_office: Office, known: dict[str, str]) -> None:
    with demo_office.store.writing() as connection:
        before = rows(connection)
        connection.exec_driver_sql("DELETE FROM search_citizen")
        search.fill(connection)
        assert rows(connection) == before
        assert len(before) == len(PEOPLE)


def rows(connection: Any) -> list[tuple[Any, ...]]:
    query = "SELECT rowid, exact, folded, numbers FROM search_citizen ORDER BY rowid"
    return [tuple(row) for row in connection.exec_driver_sql(query)]


def test_no_word_is_an_expression(demo_office: Office, known: dict[str, str]) -> None:
    """What FTS5 takes for its own words is looked for as letters."""
    for typed in ("or", "and not", "NEAR(a b)", "exact:do", "do*", "{folded} : do", "a - b", "--", "'; DROP TABLE"):
        found(demo_office, typed)
    assert schema.citizen.name == "citizen"
