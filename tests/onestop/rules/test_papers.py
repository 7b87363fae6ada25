"""What keeps a paper out, and the particulars of art. 19.2."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from onestop.rules import papers
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.papers import About, FileFacts, Signature

PDF = "application/pdf"
GOOD = FileFacts("a.pdf", PDF, 120_000, 2)
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (GOOD, []),
        (replace(GOOD, problems=(Remark("paper.password"),)), ["paper.password"]),
        (replace(GOOD, problems=(Remark("paper.truncated"), Remark("paper.x"))), ["paper.truncated", "paper.x"]),
        (replace(GOOD, problems=(Remark("paper.truncated"),), passed=True), []),
        (replace(GOOD, signature=Signature.VALID), []),
        (replace(GOOD, signature=Signature.UNKNOWN), []),
        (replace(GOOD, signature=Signature.BROKEN), ["paper.signature-broken"]),
        (replace(GOOD, signature=Signature.BROKEN, passed=True), []),
        (replace(GOOD, blank=True), ["paper.blank"]),
        (replace(GOOD, blank=True, passed=True), []),
        (replace(GOOD, size=6 * papers.MEGABYTE), ["paper.too-big"]),
        # A picture is made smaller when its file of record is made.
        (replace(GOOD, size=6 * papers.MEGABYTE, media_type="image/jpeg"), []),
    ],
)
def test_what_keeps_a_file_out(facts: FileFacts, codes: list[str]) -> None:
    faults = papers.faults_of("Tờ khai", [facts], 5 * papers.MEGABYTE)
    assert [each.remark.code for each in faults] == codes
    assert all((each.component, each.file) == ("Tờ khai", "a.pdf") for each in faults)


def test_one_blank_page_among_others_is_none_of_the_gates_business() -> None:
    blank = replace(GOOD, media_type="image/jpeg", blank=True)
    assert papers.faults_of("Tờ khai", [GOOD, blank]) == ()
    assert [each.remark.code for each in papers.faults_of("Tờ khai", [blank, blank])] == ["paper.blank"]


def test_the_gate_names_every_paper_in_one_line_each() -> None:
    broken = replace(GOOD, name="b.pdf", problems=(Remark("paper.truncated", {"at": 3}),))
    faults = papers.gate({"Tờ khai": [GOOD, broken], "Giấy chứng sinh": [replace(GOOD, signature=Signature.BROKEN)]})
    with pytest.raises(RuleBroken) as broken_rule:
        papers.demand_fit(faults)
    assert broken_rule.value.code == "paper.not-fit"
    assert broken_rule.value.details["faults"] == [
        {"component": "Tờ khai", "file": "b.pdf", "code": "paper.truncated", "details": {"at": 3}},
        {"component": "Giấy chứng sinh", "file": "a.pdf", "code": "paper.signature-broken", "details": {}},
    ]
    papers.demand_fit(papers.gate({"Tờ khai": [GOOD], "Không có tệp": []}))


def test_a_supervisor_lets_in_what_is_broken_and_nothing_else() -> None:
    papers.demand_passable(["paper.signature-broken", "paper.truncated"])
    with pytest.raises(RuleBroken, match=r"paper\.not-passable"):
        papers.demand_passable(["paper.password"])


@pytest.mark.parametrize(
    ("about", "code", "field"),
    [
        (About(title="x" * 2001), "paper.about-long", "title"),
        (About(number="1" * 61), "paper.about-long", "number"),
        (About(issued_on="2026-02-30"), "paper.about-date", "issued_on"),
        (About(issued_on="23/11/2026"), "paper.about-date", "issued_on"),
        (About(issued_on="2026-11-24"), "paper.issued-in-future", "issued_on"),
        (About(issued_on="2026-11-01", valid_to="2026-10-01"), "paper.ends-before-issue", "valid_to"),
        (About(valid_to="2027-01-01", perpetual=True), "paper.perpetual-and-ends", "valid_to"),
        (About(holder_number="12345"), "paper.holder-number", "holder_number"),
        (About(holder_born="năm 1990"), "paper.about-date", "holder_born"),
    ],
)
def test_particulars_that_cannot_be(about: About, code: str, field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        papers.checked(about, TODAY)
    assert (broken.value.code, broken.value.details["field"]) == (code, field)


def test_particulars_are_kept_clean() -> None:
    given = About("  Giấy chứng sinh\n", issuer="Bệnh viện\u200b Mẫu", issued_on="2026-11-02", holder_born="2026-11")
    assert papers.checked(given, TODAY) == About(
        title="Giấy chứng sinh", issuer="Bệnh viện Mẫu", issued_on="2026-11-02", holder_born="2026-11"
    )


def test_every_particular_is_in_one_group() -> None:
    named = [name for names in papers.GROUPS.values() for name in names]
    assert sorted(named) == sorted(About.__dataclass_fields__)


@pytest.mark.parametrize(("valid_to", "holds"), [(None, True), ("", True), ("2026-11-23", True), ("2026-11-22", False)])
def test_a_paper_without_an_end_holds(valid_to: str | None, holds: bool) -> None:
    assert papers.is_valid_on(valid_to, TODAY) is holds


COMPONENTS = [("to-khai", "Tờ khai đăng ký"), ("chung-sinh", "Giấy chứng sinh"), ("khac-3", "Giấy cam đoan")]


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        ("chung-sinh", "chung-sinh"),
        ("Giấy chứng sinh", "chung-sinh"),
        ("chung sinh", "chung-sinh"),
        ("+Giấy cam đoan", "khac-3"),
    ],
)
def test_a_component_by_any_part_of_its_name(wanted: str, key: str) -> None:
    assert papers.pick_component(COMPONENTS, wanted)[0] == key


@pytest.mark.parametrize(
    ("wanted", "code"), [("giấy", "component.ambiguous"), ("hộ chiếu", "component.unknown"), ("", "component.unknown")]
)
def test_a_component_that_cannot_be_told(wanted: str, code: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        papers.pick_component(COMPONENTS, wanted)
    assert broken.value.code == code
