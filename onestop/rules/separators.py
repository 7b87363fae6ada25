"""Tờ phân cách: what the code on a separator sheet says, and how a mixed stack sorts itself by it.

A foreign code on a page (a receipt, an identity card, somebody's bank) is never read as ours, and ours is only ours in
this office. A separator speaks for the sheets that follow it until the next one, and for nothing else; what it does not
name goes to the tray "Chưa phân loại", never away.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

SIGN = "MCPC1"
"""What every code of a separator begins with: our sign and the way it is written."""

DRAFT, DOSSIER = "N", "H"

_FORM = re.compile(r"MCPC1:([0-9a-z]{1,40}):([NH]):([^:]+):([^:]+):([0-9A-F]{8})")


@dataclass(frozen=True, slots=True)
class Separator:
    """Where the sheets behind a separator belong: a draft or a dossier (its id), and a component of it."""

    kind: str
    owner: str
    component: str


def write(office_id: str, separator: Separator) -> str:
    """The code of a separator sheet. No name and no number of a person is in it."""
    parts = (
        SIGN,
        _office(office_id),
        separator.kind,
        quote(separator.owner, safe=""),
        quote(separator.component, safe=""),
    )
    head = ":".join(parts)
    return f"{head}:{_check(head)}"


def read(office_id: str, text: str) -> Separator | None:
    """What a code on a page says; None for every code that is not a separator of this very office."""
    found = _FORM.fullmatch(text.strip())
    if found is None:
        return None
    office, kind, owner, component, check = found.groups()
    if office != _office(office_id) or _check(text.strip()[: -len(check) - 1]) != check:
        return None
    return Separator(kind, unquote(owner), unquote(component))


def _office(office_id: str) -> str:
    return re.sub(r"[^0-9a-z]", "", office_id.lower())[-12:] or "0"


def _check(head: str) -> str:
    return f"{zlib.crc32(head.encode()):08X}"


# -- a stack -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sheet:
    """One scanned page of a stack: the codes on it, whether nothing else is on it, whether it is the back of the page
    before it."""

    codes: tuple[str, ...] = ()
    blank: bool = False
    back: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a page goes. `to` None: into the tray. `separator`: the sheet itself, or its empty back; kept nowhere."""

    page: int
    to: Separator | None
    separator: bool = False


def sort(office_id: str, stack: Sequence[Sheet], known: Iterable[Separator] | None = None) -> tuple[Placed, ...]:
    """Every page of a stack, in order. `known`: the places there are; a separator that names another one leads to the
    tray, and so does a page with two different separators on it. Pages before the first separator go to the tray."""
    places = None if known is None else set(known)
    to: Separator | None = None
    out: list[Placed] = []
    for number, sheet in enumerate(stack):
        named = {found for code in sheet.codes if (found := read(office_id, code)) is not None}
        if named:
            only = next(iter(named)) if len(named) == 1 else None
            to = only if only is not None and (places is None or only in places) else None
            out.append(Placed(number, None, separator=True))
        elif sheet.back and sheet.blank and out and out[-1].separator:
            out.append(Placed(number, None, separator=True))
        else:
            out.append(Placed(number, to))
    return tuple(out)
