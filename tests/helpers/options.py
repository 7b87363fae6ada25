"""What the test run can be asked for beyond pytest's own options."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("tests.helpers.sync_contract", "tests.helpers.counters")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=5, help="how often the receiving process is killed (measures: 300)")
    parser.addoption("--damaged", type=int, default=150, help="how many damaged files are brought (measures: 5000)")
    parser.addoption("--numbers", type=int, default=1000, help="how many numbers are put on paper (measures: 10000)")
    parser.addoption("--lives", type=int, default=160, help="how many random days dossiers live (measures: 3000)")
    parser.addoption("--spans", type=int, default=4, help="spans of ten days in which counters meet (measures: 30)")
