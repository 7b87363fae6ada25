"""What may stand in the store for what a clerk types of a code."""

from __future__ import annotations

from datetime import date

import pytest

from onestop.rules.code_search import beginnings

TODAY = date(2026, 11, 23)
HERE = ("H99.14", "H99.05")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("H99.14-261123-0007", "H99.14-261123-0007"),
        ("h99.14-261123-0007", "H99.14-261123-0007"),
        ("  h99.14 261123 0007 ", "H99.14-261123-0007"),
        ("H99.14–261123—0007", "H99.14-261123-0007"),
        ("H99.14-2611", "H99.14-261123-0007"),
        ("h99", "H99.14-261123-0007"),
        ("261123-0007", "H99.14-261123-0007"),
        ("261123-7", "H99.14-261123-0007"),
        ("2611230007", "H99.14-261123-0007"),
        ("20261123-7", "H99.14-261123-0007"),
        ("261123-7", "H99.14-20261123-0007"),
        ("261123", "H99.14-261123-0007"),
        ("7", "H99.14-261123-0007"),
        ("0007", "H99.14-261123-0007"),
        ("7", "H99.05-261123-0007"),
        ("Mã tạm: T-2ABC45-261123-0001", "T-2ABC45-261123-0001"),
        ("t-2abc45", "T-2ABC45-261123-0001"),
        ("G22.99.15-2312", "G22.99.15-231215-00042"),
        # pieces from within: the end of the agency, the end of the day, the beginning of a day
        ("14-261123-0007", "H99.14-261123-0007"),
        ("99.14-261123-7", "H99.14-261123-0007"),
        ("14 261123 0007", "H99.14-261123-0007"),
        ("14-2611", "H99.14-261123-0007"),
        ("14-26", "H99.14-261123-0007"),
        ("14-2611", "H99.14-20261123-0007"),
        ("1123-0007", "H99.14-261123-0007"),
        ("1123-7", "H99.14-261123-0007"),
        ("1123-7", "H99.14-20261123-0007"),
        ("1127-0007", "H99.14-251127-0007"),
        ("61123-0007", "H99.14-261123-0007"),
        ("23-7", "H99.14-261123-0007"),
        ("27-7", "H99.14-261027-0007"),
        ("14-1123-0007", "H99.14-261123-0007"),
        ("2611", "H99.14-261123-0007"),
        ("2611", "H99.14-20261123-0007"),
        ("26112", "H99.14-261123-0007"),
        ("2ABC45-261123-1", "T-2ABC45-261123-0001"),
        ("261123-1", "T-2ABC45-261123-0001"),
    ],
)
def test_fits(typed: str, code: str) -> None:
    here = (*HERE, "T-2ABC45")
    assert any(code.startswith(begun) for begun in beginnings(typed, here, TODAY, since=date(2025, 7, 1)))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("261123-7", "H99.14-261123-0070"),
        ("7", "H99.14-261122-0007"),
        ("7", "H99.14-261123-0017"),
        ("H99.05", "H99.14-261123-0007"),
        ("0912345678", "H99.14-261123-0912"),
        ("14-261123-0007", "H99.05-261123-0007"),
        ("1123-7", "H99.14-261124-0007"),
        ("1127-7", "H99.14-241127-0007"),
        ("0912", "H99.14-260912-0007"),
        ("26", "H99.14-261123-0007"),
    ],
)
def test_does_not_fit(typed: str, code: str) -> None:
    assert not any(code.startswith(begun) for begun in beginnings(typed, HERE, TODAY, since=date(2025, 7, 1)))


def test_however_old_the_office_is_few_beginnings_are_looked_for() -> None:
    for typed in ("27-1", "1127-1", "7", "14-27-1", "2611230007"):
        assert len(beginnings(typed, HERE, TODAY, since=date(2005, 1, 1))) <= 2 * 2 * 24 * len(HERE) + 10


@pytest.mark.parametrize("typed", ["", "   ", "nguyễn thị ánh", "-", "H.-"])
def test_no_code_at_all(typed: str) -> None:
    assert beginnings(typed, HERE, TODAY) == ()


def test_the_order_has_as_many_digits_as_the_office_gives_it() -> None:
    assert "H99.14-261123-000007" in beginnings("7", HERE, TODAY, width=6)
