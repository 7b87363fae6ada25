"""The tables of docs/reading.md come out of a small run too, and at the easiest level everything is right."""

from __future__ import annotations

from tests.helpers import rates


def test_a_small_run_counts_every_question() -> None:
    found = rates.level("office", 1)
    assert {question for question, (right, of) in found.counts.items() if right < of} == set()
    assert set(found.counts) == {*rates.QUESTIONS} - (set(rates.FIELDS) - found.counts.keys())
    assert found.wrong == {}
    assert found.agreement[0] > 0.98
    shown = rates.table({"office": found})
    assert "| blank | 1/1 |" in shown
    assert shown.count("\n") == len(rates.QUESTIONS) + 2


def test_what_is_counted_wrong_is_seen() -> None:
    found = rates.Level(agreement=[0.5])
    found.note("blank", True)
    found.note("blank", False)
    found.note_wrong("number")
    assert "| blank | 1/2 |" in rates.table({"x": found})
    assert "| number | 0/0 (1) |" in rates.table({"x": found})
