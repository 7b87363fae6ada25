"""Tờ khai điền sẵn: the forms of a citizen's own declaration as a table, and what stands on each of their lines.

A form says for each line which facts of the dossier are written there (resources/catalogue/declarations); nothing here
knows a form by name. What is not known stays "" and is left to the pen: never a guess, never "None".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from onestop.rules.citizen import ROLES
from onestop.rules.errors import RuleBroken
from onestop.rules.letters import DossierLetter, FormKey, FormNumber, Paper

FOLDER = Path(__file__).resolve().parent.parent.parent / "resources" / "catalogue" / "declarations"

ASKER, SUBJECT = "asker", "subject"
OF_PERSON = (
    "name", "born", "year", "born_words", "sex", "number", "identity_number", "paper", "nationality", "address",
    "phone", "email", "part", "relation",
)  # fmt: skip
OF_DOSSIER = (
    "relation", "phone", "email", "summary", "copies", "procedure", "agency", "office.place", "office.ward",
    "office.parent", "office.name",
)  # fmt: skip
OF_FORM = "fields."
_FACT = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a dossier, each in the words of the paper: "owner.name" → text. `several`: the persons of a
    role that more than one may have, each by the names of `OF_PERSON`."""

    known: Mapping[str, str]
    several: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)

    def take(self, wanted: str | Iterable[str]) -> str:
        """The first of `wanted` that is known: a fact, or a text with facts in it, all of them known; "" for none."""
        for each in [wanted] if isinstance(wanted, str) else wanted:
            said = _said(each, self.known)
            if said:
                return said
        return ""


def _said(wanted: str, known: Mapping[str, str]) -> str:
    names = _FACT.findall(wanted)
    if not names and " " not in wanted:
        return known.get(wanted, "")
    if not all(known.get(name) for name in names):
        return ""
    return _FACT.sub(lambda found: known[found[1]], wanted)


# ---- a form, filled in ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filled:
    """A label and what is written behind it; "" is left to the pen."""

    label: str
    value: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class PartsLine:
    """Labels and values side by side. `room`: lines for the pen where nothing is known."""

    parts: tuple[Filled, ...]
    room: int = 1


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A sentence of the form. `plain`: set like a line, not like a paragraph."""

    text: str
    strong: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class BoxesLine:
    """A number, figure by figure in boxes."""

    label: str
    value: str
    boxes: int


@dataclass(frozen=True, slots=True)
class TicksLine:
    """Choices with a box each, some ticked, and what stands behind them."""

    label: str
    choices: tuple[tuple[str, bool], ...]
    after: tuple[Filled, ...] = ()


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: its title, its width in millimetres (0 = a share of what is left), whether its cells are centred."""

    title: str
    width: float = 0.0
    centre: bool = False


@dataclass(frozen=True, slots=True)
class GridLine:
    """A table; an empty cell is left to the pen."""

    columns: tuple[GridColumn, ...]
    rows: tuple[tuple[str, ...], ...]


FormLine = PartsLine | SaidLine | BoxesLine | TicksLine | GridLine


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, and how. `dated`: place and date stand above; `by_hand`: as dots, because it is another day's."""

    role: str
    name: str = ""
    how: str = ""
    dated: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class DeclarationLetter(DossierLetter):
    """A citizen's declaration, filled in as far as the dossier is known, for him to read and sign."""

    key: str
    """Of its form in the table."""
    to: str
    """After "Kính gửi:"."""
    lines: tuple[FormLine, ...]
    signs: tuple[Signer, ...]


# ---- the table of forms ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Declaration:
    """One form of the table. `read`: what its lines were taken from, where the circular itself was not read."""

    key: str
    name: str
    form: FormNumber
    procedures: tuple[str, ...]
    to: str | list[str]
    lines: tuple[Mapping[str, Any], ...]
    signs: tuple[Mapping[str, Any], ...]
    named: Mapping[str, str] = field(default_factory=dict)
    read: str = ""

    def filled(self, facts: Facts) -> tuple[FormLine, ...]:
        """Its lines for a dossier."""
        return tuple(_line(row, facts) for row in self.lines)

    def signed(self, facts: Facts) -> tuple[Signer, ...]:
        """Who signs it."""
        return tuple(
            Signer(
                row["role"],
                facts.take(row.get("take", "")),
                row.get("how", ""),
                row.get("dated", False),
                row.get("by_hand", False),
            )
            for row in self.signs
        )


def _line(row: Mapping[str, Any], facts: Facts) -> FormLine:
    if "parts" in row:
        return PartsLine(_parts(row["parts"], facts), row.get("room", 1))
    if "text" in row:
        return SaidLine(row["text"], row.get("strong", False), row.get("plain", False))
    if "boxes" in row:
        return BoxesLine(row["label"], facts.take(row["take"]), row["boxes"])
    if "ticks" in row:
        choices = tuple((each["text"], bool(facts.take(each.get("when", "")))) for each in row["ticks"])
        return TicksLine(row["label"], choices, _parts(row.get("after", ()), facts))
    columns = tuple(
        GridColumn(each["title"], each.get("width", 0.0), each.get("centre", False)) for each in row["columns"]
    )
    if "each" not in row:
        return GridLine(columns, tuple((label, *(facts.take(cell) for cell in cells)) for label, *cells in row["rows"]))
    people = facts.several.get(row["each"], ())
    takes = [each.get("take", "") for each in row["columns"][1:]]
    cells = [(str(at), *(each.get(take, "") for take in takes)) for at, each in enumerate(people, 1)]
    blank = [(str(at), *("" for _take in takes)) for at in range(len(cells) + 1, row["blank"] + 1)]
    return GridLine(columns, (*cells, *blank))


def _parts(rows: Iterable[Mapping[str, Any]], facts: Facts) -> tuple[Filled, ...]:
    return tuple(Filled(each["label"], facts.take(each["take"]), each.get("strong", False)) for each in rows)


@cache
def declarations() -> tuple[Declaration, ...]:
    """Every form of resources/catalogue/declarations, in the order of their keys."""
    read = [read_declaration(tomllib.loads(file.read_text("utf-8"))) for file in sorted(FOLDER.glob("*.toml"))]
    if len({(each.key, each.form.valid_from) for each in read}) < len(read):
        raise ValueError("a declaration comes twice")
    return tuple(read)


def read_declaration(row: Mapping[str, Any]) -> Declaration:
    """A form as it stands in a file. ValueError for a fact that no dossier has; KeyError for what is missing."""
    made = Declaration(
        key=row["key"],
        name=row["name"],
        form=FormNumber(
            key=FormKey.DECLARATION,
            number=row["number"],
            title=row["title"],
            paper=Paper(row.get("paper", Paper.A4)),
            source=row["source"],
            valid_from=row["valid_from"],
            valid_to=row.get("valid_to"),
            checked=row["checked"],
        ),
        procedures=tuple(row["procedures"]),
        to=row["to"],
        lines=tuple(row["line"]),
        signs=tuple(row["sign"]),
        named=row.get("named", {}),
        read=row.get("read", ""),
    )
    for wanted in _wanted(made):
        _demand_known(wanted)
    return made


def _wanted(made: Declaration) -> Iterable[str]:
    """Every fact that a form asks for."""
    takes: list[Any] = [made.to, *made.named.values(), *(row.get("take", "") for row in made.signs)]
    for row in made.lines:
        takes += [row.get("take", ""), *(each["take"] for each in (*row.get("parts", ()), *row.get("after", ())))]
        takes += [each.get("when", "") for each in row.get("ticks", ())]
        takes += [cell for _label, *cells in row.get("rows", ()) for cell in cells]
        if "each" in row:
            takes += [f"{row['each']}.{each['take']}" for each in row["columns"] if "take" in each]
    for take in takes:
        for each in [take] if isinstance(take, str) else take:
            yield from _FACT.findall(each) or ([each] if each and " " not in each else [])


def _demand_known(wanted: str) -> None:
    whose, _point, what = wanted.partition(".")
    person = whose in (ASKER, SUBJECT, "owner", "submitter", *ROLES) and what in OF_PERSON
    form = wanted.startswith(OF_FORM) and len(wanted) > len(OF_FORM)
    if not (person or form or wanted in OF_DOSSIER):
        raise ValueError(f"a dossier has no {wanted}")


def of_procedure(code: str, day: date) -> tuple[Declaration, ...]:
    """The forms that a dossier of this procedure can have on that day; () where there is none."""
    return tuple(each for each in declarations() if code in each.procedures and each.form.holds_on(day))


def chosen(code: str, name: str, day: date, key: str = "") -> Declaration:
    """The form of a procedure (`code`, `name`) on that day: its own, or the one with `key`, whatever the procedure.

    RuleBroken declaration.none where it has none, print.template for a key that no form has.
    """
    if key:
        known = [each for each in declarations() if each.form.holds_on(day)]
        for each in known:
            if each.key == key.strip().lower():
                return each
        raise RuleBroken("print.template", field="template", template=key, known=[each.key for each in known])
    own = of_procedure(code, day)
    if not own:
        raise RuleBroken("declaration.none", procedure=name, known=[each.key for each in declarations()])
    return own[0]
