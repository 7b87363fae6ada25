"""A result letter of the office's own making as text: its parts, its small marks, the fields in it, what is wrong.

One line is one paragraph. A line that begins with ">" stands in the middle, one with "- " is an item of a list; between
two "**" it is bold; `{name}` is a field (`result_fields`). What is put into a field is never read for marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.letters import Paper
from onestop.rules.result_fields import demand_known
from onestop.rules.text import clean, storable

NAMED, LETTER = "named", "letter"
"""A paper with a tên loại ("GIẤY XÁC NHẬN"), or a công văn: trích yếu under its number, and no title."""
COMMITTEE, OFFICE = "committee", "office"
"""Who writes: the body above the office alone, or the office under that body."""

LONGEST, MOST_LINES, LONGEST_LINE = 20_000, 400, 300
BODY, CENTRE, ITEM = "body", "centre", "item"
BLANK = "…………………"
"""Room for the pen where nothing is known."""

_MARK = re.compile(r"\*\*|\{([^{}\n]*)\}|[{}]")
_NAME = re.compile(r"[a-z0-9_:.-]+")


@dataclass(frozen=True, slots=True)
class Template:
    """A template as an office writes it. `receivers`: the lines under "Nơi nhận"; `checked` False: nobody has held it
    against the form that the law has; `procedures`: of whose dossiers it is a result, none = of any."""

    name: str
    title: str = ""
    about: str = ""
    text: str = ""
    kind: str = NAMED
    issuer: str = COMMITTEE
    symbol: str = ""
    receivers: tuple[str, ...] = ("Như trên;", "Lưu: VT.")
    procedures: tuple[str, ...] = ()
    paper: str = Paper.A4.value
    checked: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a line: text as it is, or the name of a field."""

    text: str
    bold: bool = False
    field: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of a template, or of the letter that was made of it (then without fields)."""

    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A letter's own words, to the last one. `missing`: the fields for which the dossier has nothing, each once."""

    title: str
    about: str
    paragraphs: tuple[Paragraph, ...]
    receivers: tuple[str, ...]
    missing: tuple[str, ...]


# -- reading


def read_line(line: str, where: str = "text", number: int = 1) -> Paragraph:
    """A line as a paragraph. RuleBroken template.brace, template.bold (field, line)."""
    kind, rest = BODY, line.strip()
    if rest.startswith(">"):
        kind, rest = CENTRE, rest[1:].lstrip()
    elif rest.startswith("- "):
        kind, rest = ITEM, rest[2:].lstrip()
    pieces, bold, at = [], False, 0
    for mark in _MARK.finditer(rest):
        if mark.start() > at:
            pieces.append(Piece(rest[at : mark.start()], bold))
        at = mark.end()
        if mark.group() == "**":
            bold = not bold
        elif mark.group(1) is None:
            raise RuleBroken("template.brace", field=where, line=number)
        else:
            name = mark.group(1).strip()
            if not _NAME.fullmatch(name):
                raise RuleBroken("template.brace", field=where, line=number)
            pieces.append(Piece(name, bold, field=True))
    if bold:
        raise RuleBroken("template.bold", field=where, line=number)
    if at < len(rest):
        pieces.append(Piece(rest[at:]))
    return Paragraph(kind, tuple(pieces))


def lines_of(template: Template) -> Iterable[tuple[str, int, str]]:
    """Every line that can hold a field: the part it is in, its number there, the line."""
    yield "title", 1, template.title
    yield "about", 1, template.about
    for number, line in enumerate(template.text.split("\n"), 1):
        yield "text", number, line
    for number, line in enumerate(template.receivers, 1):
        yield "receivers", number, line


def problems(template: Template, form_fields: Iterable[str]) -> tuple[Remark, ...]:
    """What keeps it from being used, in the order of its parts; each names its part (`field`) and line."""
    found: list[Remark] = []
    names = list(form_fields)
    if not template.name:
        found.append(Remark("template.no-name", {"field": "name"}))
    if template.kind == NAMED and not template.title:
        found.append(Remark("template.no-title", {"field": "title"}))
    if template.kind == LETTER and not template.about:
        found.append(Remark("template.no-about", {"field": "about"}))
    for where, number, line in lines_of(template):
        try:
            for piece in read_line(line, where, number).pieces:
                if piece.field:
                    demand_known(piece.text, names, where, number)
        except RuleBroken as broken:
            found.append(Remark(broken.code, dict(broken.details)))
    if not template.text.strip():
        found.append(Remark("template.no-text", {"field": "text"}))
    lines = template.text.count("\n") + 1
    if len(template.text) > LONGEST or lines > MOST_LINES:
        found.append(Remark("template.too-long", {"field": "text", "most": LONGEST, "lines": MOST_LINES}))
    return tuple(found)


def tidy(template: Template) -> Template:
    """The template as it may be kept: texts clean, its text without what nobody sees.

    RuleBroken template.choice (field) for a kind, an issuer or a paper that is none.
    """
    for key, known in (("kind", (NAMED, LETTER)), ("issuer", (COMMITTEE, OFFICE)), ("paper", tuple(Paper))):
        if getattr(template, key) not in known:
            raise RuleBroken("template.choice", field=key, value=getattr(template, key), known=list(known))
    lines = [line.rstrip() for line in storable(template.text).replace("\t", "   ").split("\n")]
    return replace(
        template,
        name=clean(template.name)[:LONGEST_LINE],
        title=clean(template.title)[:LONGEST_LINE],
        about=clean(template.about)[:LONGEST_LINE],
        symbol=clean(template.symbol)[:LONGEST_LINE],
        source=clean(template.source)[:LONGEST_LINE],
        text="\n".join(lines).strip("\n"),
        receivers=tuple(filter(None, map(clean, template.receivers))),
        procedures=tuple(dict.fromkeys(filter(None, map(clean, template.procedures)))),
    )


def demand_usable(template: Template, form_fields: Iterable[str]) -> None:
    """RuleBroken with the first of `problems`."""
    for each in problems(template, form_fields):
        raise RuleBroken(each.code, **each.details)


# -- filling in


def fill(template: Template, value: Callable[[str], str]) -> Filled:
    """The letter's words. `value` gives what stands for a field, "" where the dossier has nothing."""
    missing: dict[str, None] = {}

    def said(piece: Piece) -> Piece:
        if not piece.field:
            return piece
        found = value(piece.text)
        if not found:
            missing[piece.text] = None
        return Piece(found or BLANK, piece.bold)

    def one(line: str) -> str:
        return "".join(said(piece).text for piece in read_line(line).pieces)

    title, about = one(template.title), one(template.about)
    paragraphs = []
    for line in template.text.split("\n"):
        read = read_line(line)
        paragraphs.append(Paragraph(read.kind, tuple(said(piece) for piece in read.pieces)))
    return Filled(title, about, tuple(paragraphs), tuple(map(one, template.receivers)), tuple(missing))


# -- as plain values


def to_plain(template: Template) -> dict[str, Any]:
    """As an act and a file say it."""
    plain = asdict(template)
    return {**plain, "receivers": list(template.receivers), "procedures": list(template.procedures)}


def from_plain(plain: Mapping[str, Any]) -> Template:
    """A template out of what a file says. RuleBroken template.file (key): a key that is none, a value of another
    kind."""
    known = {each.name: each for each in fields(Template)}
    values: dict[str, Any] = {}
    for key, value in plain.items():
        if key not in known:
            raise RuleBroken("template.file", field=key, key=str(key))
        if key in ("receivers", "procedures"):
            if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
                raise RuleBroken("template.file", field=key, key=key)
            values[key] = tuple(value)
        elif not isinstance(value, bool if key == "checked" else str):
            raise RuleBroken("template.file", field=key, key=key)
        else:
            values[key] = value
    if "name" not in values:
        raise RuleBroken("template.file", field="name", key="name")
    return tidy(Template(**values))


def filled_to_plain(filled: Filled) -> dict[str, Any]:
    """The words of a letter as its act keeps them."""
    return {
        "title": filled.title,
        "about": filled.about,
        "paragraphs": [[each.kind, [[p.text, p.bold] for p in each.pieces]] for each in filled.paragraphs],
        "receivers": list(filled.receivers),
        "missing": list(filled.missing),
    }


def filled_from_plain(plain: Mapping[str, Any]) -> Filled:
    """What `filled_to_plain` wrote."""
    paragraphs = tuple(
        Paragraph(kind, tuple(Piece(text, bold) for text, bold in pieces)) for kind, pieces in plain["paragraphs"]
    )
    return Filled(plain["title"], plain["about"], paragraphs, tuple(plain["receivers"]), tuple(plain["missing"]))
