"""The project's own file of procedures: reads and writes it, and tells it from a file of the national catalogue.

One JSON document: `{"format": "motcua.catalogue/1", "name", "published", "procedures": [to_plain(…), …]}`, and where
there are any `"quick"` (codes for the quick list, the most used first) and `"synonyms"`
(`[{"typed": […], "means": […]}, …]`, as in resources/catalogue/synonyms.toml). Sorted by field, then code.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onestop.rules.errors import RuleBroken
from onestop.rules.national import read_file, unpacked
from onestop.rules.procedure import Procedure, from_plain, to_plain
from onestop.rules.text import fold, nfc

FORMAT = "motcua.catalogue/1"


@dataclass(frozen=True, slots=True)
class Synonym:
    """What clerks type, and the words of the catalogue to search for instead."""

    typed: tuple[str, ...]
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file in the project's own format. `entries`: the place in the list, from 1, and what was read there."""

    name: str
    published: str
    entries: tuple[tuple[int, Procedure | RuleBroken], ...]
    quick: tuple[str, ...] = ()
    synonyms: tuple[Synonym, ...] = ()

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What could be read."""
        return tuple(each for _, each in self.entries if isinstance(each, Procedure))


def read_any(content: bytes) -> Iterator[tuple[int, Procedure | RuleBroken]]:
    """Every procedure of a file of either format, plain or gzip, judged by its content, as `national.read_file` does.

    In the project's own format the number is the place in the list.
    """
    try:
        plain = unpacked(content)
    except RuleBroken:
        yield from read_file(content)
        return
    if is_own(plain):
        yield from read_document(plain).entries
    else:
        yield from read_file(plain)


def is_own(plain: bytes) -> bool:
    """Whether the content is (or was meant as) a document of the project's own format, of this version or another."""
    return plain.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and b'"motcua.catalogue/' in plain


def read_document(plain: bytes) -> Document:
    """The document. RuleBroken `catalogue.not-utf8`, `catalogue.bad-json`, `catalogue.bad-document` (`field`)."""
    try:
        document = json.loads(plain.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise RuleBroken("catalogue.not-utf8", line=0) from fault
    except (ValueError, RecursionError) as fault:
        raise RuleBroken("catalogue.bad-json", line=getattr(fault, "lineno", 0)) from fault
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise RuleBroken("catalogue.bad-document", line=0, field="format")
    rows = document.get("procedures")
    if not isinstance(rows, list):
        raise RuleBroken("catalogue.bad-document", line=0, field="procedures")
    entries: list[tuple[int, Procedure | RuleBroken]] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        read = _procedure(row, number)
        if isinstance(read, Procedure) and seen.setdefault(read.code, number) != number:
            read = RuleBroken("catalogue.repeated-code", line=number, procedure=read.code, first=seen[read.code])
        entries.append((number, read))
    quick = document.get("quick") or []
    return Document(
        name=str(document.get("name") or ""),
        published=str(document.get("published") or ""),
        entries=tuple(entries),
        quick=tuple(code for code in quick if isinstance(code, str)) if isinstance(quick, list) else (),
        synonyms=read_synonyms(document.get("synonyms") or []),
    )


def _procedure(row: Any, number: int) -> Procedure | RuleBroken:
    if not isinstance(row, dict):
        return RuleBroken("catalogue.bad-line", line=number)
    code, name = row.get("code"), row.get("name")
    if not isinstance(code, str) or not code.strip():
        return RuleBroken("catalogue.no-code", line=number, name=str(name or "")[:80])
    if not isinstance(name, str) or not name.strip():
        return RuleBroken("catalogue.no-name", line=number, procedure=code)
    try:
        procedure = from_plain(_nfc(row))
        to_plain(procedure)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        return RuleBroken("catalogue.bad-procedure", line=number, field=_where(row, fault), procedure=code)
    if wrong := _wrong_number(procedure):
        return RuleBroken("catalogue.bad-procedure", line=number, field=wrong, procedure=code)
    keys = [case.key for case in procedure.cases]
    if not keys or len(set(keys)) != len(keys):
        return RuleBroken("catalogue.bad-procedure", line=number, field="cases", procedure=code)
    if any(len({each.key for each in case.components}) != len(case.components) for case in procedure.cases):
        return RuleBroken("catalogue.bad-procedure", line=number, field="components", procedure=code)
    return procedure


def _where(row: Mapping[str, Any], fault: Exception) -> str:
    """The field that could not be read: the one that is lacking, else the first that cannot be read by itself."""
    if isinstance(fault, KeyError):
        return str(fault.args[0])[:80] if fault.args else ""
    least = {"code": row["code"], "name": row["name"]}
    for key, value in row.items():
        try:
            to_plain(from_plain(_nfc({**least, key: value})))
        except (KeyError, TypeError, ValueError, AttributeError):
            return str(key)[:80]
    return str(fault)[:80]


def _wrong_number(procedure: Procedure) -> str:
    """The first field whose number is none, or is less than it can be; "" when all are right."""
    counts = (
        (name, getattr(each, name))
        for case in procedure.cases
        for each in case.components
        for name in ("originals", "certified", "copies")
    )
    limits = [procedure.limit, *(each.limit for each in procedure.channels), *(each.limit for each in procedure.cases)]
    numbers = (
        *((name, value, 0) for name, value in counts),
        *(("limit", limit.number, 1) for limit in limits if limit is not None and limit.number is not None),
        *(("amount", fee.amount, 0) for fee in procedure.fees if fee.amount is not None),
        *(("cap", fee.cap, 0) for fee in procedure.fees if fee.cap is not None),
        *(("percent", each.percent, 0) for each in procedure.exemptions),
        ("sets", procedure.sets, 1),
    )
    return next(
        (name for name, value, least in numbers if type(value) is not int or value < least),
        "",
    )


def _nfc(value: Any) -> Any:
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, list):
        return [_nfc(each) for each in value]
    if isinstance(value, dict):
        return {key: _nfc(each) for key, each in value.items()}
    return value


def read_synonyms(rows: Any) -> tuple[Synonym, ...]:
    """Synonyms from parsed JSON or TOML: a list of tables, or a table with that list under `synonym`.

    RuleBroken `catalogue.bad-synonyms` with the `line` (the place in the list) of the first bad one.
    """
    if isinstance(rows, Mapping):
        rows = rows.get("synonym") or []
    if not isinstance(rows, list):
        raise RuleBroken("catalogue.bad-synonyms", line=0)
    synonyms = []
    for number, row in enumerate(rows, start=1):
        typed, means = (row.get("typed"), row.get("means")) if isinstance(row, Mapping) else (None, None)
        if not _words(typed) or not _words(means):
            raise RuleBroken("catalogue.bad-synonyms", line=number)
        synonyms.append(Synonym(tuple(map(nfc, typed or ())), tuple(map(nfc, means or ()))))
    return tuple(synonyms)


def _words(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) and each.strip() for each in value)


def write_document(
    procedures: Iterable[Procedure],
    name: str,
    published: str,
    quick: Iterable[str] = (),
    synonyms: Iterable[Synonym] = (),
) -> str:
    """The document's text, to be read by people and compared line by line. `published` is an ISO date."""
    document: dict[str, Any] = {"format": FORMAT, "name": name, "published": published}
    if listed := list(quick):
        document["quick"] = listed
    ordered = sorted(procedures, key=lambda each: (fold(each.field), each.code))
    document["procedures"] = [to_plain(each) for each in ordered]
    if rows := [{"typed": list(each.typed), "means": list(each.means)} for each in synonyms]:
        document["synonyms"] = rows
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
