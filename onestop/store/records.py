"""Records that come as JSON (one list, or an object a line), as the table that a spreadsheet would have been."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from onestop.rules import why
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.rules.legacy import Encoding, Guess
from onestop.rules.text import nfc
from onestop.store.sheets import Sheet, open_sheet

LARGEST = 64 * 1024 * 1024
"""A list of records beyond this is no list of one ward's open dossiers."""


def open_table(
    file: Path, encoding: str, *, is_heading: Callable[[Sequence[str]], bool], name: str | None = None
) -> Sheet:
    """A CSV, XLSX, JSON or JSONL as a table; what it is, its content says. What `sheets.open_sheet` raises, and
    records.not-records (line), records.too-large for JSON."""
    try:
        with file.open("rb") as stream:
            head = stream.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
            if not head.startswith((b"{", b"[")):
                return open_sheet(file, encoding, is_heading=is_heading, name=name)
            stream.seek(0)
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise RuleBroken("people-file.not-found", file=file.name) from None
    except OSError as error:
        raise StoreTrouble("file.unreadable", file=file.name, reason=why.of_system(error)) from error
    if len(data) > LARGEST:
        raise RuleBroken("records.too-large", file=file.name, most=LARGEST // (1024 * 1024))
    return _table(_records(data, file.name))


def _records(data: bytes, file: str) -> list[dict[str, str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleBroken("records.not-records", file=file, line=1, reason=why.of_text(error)) from error
    if text.lstrip().startswith("["):
        return [_flat(each, number, file) for number, each in enumerate(_read(text, 1, file), 1)]
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    return [_flat(_read(line, number, file), number, file) for number, line in lines]


def _read(text: str, line: int, file: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RuleBroken("records.not-records", file=file, line=line, reason=why.of_text(error)) from error


_PARTS = {"owner": "", "submitter": "submitter_"}
"""A person within a record: what stands before the names of its columns."""


def _flat(record: Any, line: int, file: str) -> dict[str, str]:
    """One record as cells: a person in it gives columns of its own."""
    if not isinstance(record, dict):
        raise RuleBroken("records.not-records", file=file, line=line, reason={"code": "why.not-an-object"})
    cells: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict) and key in _PARTS:
            cells |= {f"{_PARTS[key]}{inner}": _cell(each) for inner, each in value.items()}
        else:
            cells[str(key)] = _cell(value)
    return cells


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return nfc(value)
    return json.dumps(value, ensure_ascii=False)


def _table(records: list[dict[str, str]]) -> Sheet:
    headings = tuple(dict.fromkeys(key for record in records for key in record))
    told = 0

    def rows() -> Any:
        nonlocal told
        for told, record in enumerate(records, 1):
            yield told, tuple(record.get(key, "") for key in headings)

    def progress() -> float | None:
        return told / len(records) if records else 1.0

    guess = Guess(Encoding.UTF_8, 1.0, "")
    return Sheet("json", headings, 0, rows(), guess, None, progress, lambda: None)
