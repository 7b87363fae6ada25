"""The templates that come with the program, until an office publishes its own under the same key; and a template as a
file that wards hand on to each other."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from onestop.rules.errors import RuleBroken
from onestop.rules.result_template import Template, from_plain, to_plain

TABLE = Path(__file__).resolve().parent.parent.parent / "resources" / "catalogue" / "result-templates.toml"
SHAPE = "mot-cua/result-template"
"""What the file of one template says of itself."""
LARGEST = 500_000
"""Bytes: a file that is larger is no template."""


@cache
def starters() -> Mapping[str, Template]:
    """Key -> template, in the order of resources/catalogue/result-templates.toml."""
    with TABLE.open("rb") as stream:
        return read_starters(tomllib.load(stream)["template"])


def read_starters(rows: list[dict[str, Any]]) -> dict[str, Template]:
    """Rows of the file. ValueError for a key that comes twice."""
    found: dict[str, Template] = {}
    for row in rows:
        key = row["key"]
        if key in found:
            raise ValueError(f"a template comes twice: {key}")
        found[key] = from_plain({name: value for name, value in row.items() if name != "key"})
    return found


def to_file(template: Template) -> bytes:
    """The file of one template; the same template gives the same bytes."""
    return json.dumps({"shape": SHAPE, "template": to_plain(template)}, ensure_ascii=False, indent=1).encode() + b"\n"


def from_file(content: bytes) -> Template:
    """The template in a file. RuleBroken template.not-a-file, template.file (key), template.choice."""
    try:
        if len(content) > LARGEST:
            raise ValueError("too large")
        plain = json.loads(content.decode("utf-8-sig"))
        if plain["shape"] != SHAPE or not isinstance(plain["template"], dict):
            raise ValueError("another shape")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RuleBroken("template.not-a-file") from error
    return from_plain(plain["template"])
