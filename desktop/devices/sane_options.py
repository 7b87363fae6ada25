"""The options of a scanner as `scanimage -A` prints them, and what they are called from one backend to the next.

--source Flatbed|ADF|ADF Duplex [Flatbed]          a list and what is set
--resolution 75..1200dpi (in steps of 1) [75]      a range
-x 0..215.9mm [215.9]                              the width of what is scanned
--adf-mode Simplex|Duplex [inactive]               there, but not with what is set now
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.devices.source import Abilities, Feed, Mode, Sheet

_LINE = re.compile(r"^ {4}(?:--(?P<long>[\w-]+)|-(?P<short>[a-z]))(?P<rest>.*)$")
_VALUE = re.compile(
    r"^(?:\[=\((?P<switch>[^)]*)\)\]|[ =](?P<values>.*?))(?: \(in (?:quants|steps) of [\d.]+\))? \[(?P<set>[^\[\]]*)\]"
)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_RANGE = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)\.\.(-?[0-9]+(?:\.[0-9]+)?)")
_USUAL = (75, 100, 150, 200, 240, 300, 400, 600)
"""What an office asks for, of the thousand steps of a range."""
_SPARE = 2.0
"""Millimetres by which a glass may be smaller than the sheet and still be for it: many A4 scanners have 296."""

_FEEDER = re.compile(r"(?i)adf|feeder|adf front|sheetfed|document table \(adf\)")
_BOTH = re.compile(r"(?i)duplex|both|double")
_BACK = re.compile(r"(?i)\bback\b|card")
_FLATBED = re.compile(r"(?i)flatbed|flat bed|platen|document table|normal|glass|^fb$")
_FILM = re.compile(r"(?i)transpar|tpu|film|negative|slide|tma")
_MODES = {
    Mode.COLOUR: re.compile(r"(?i)colou?r"),
    Mode.GREY: re.compile(r"(?i)gr[ae]y"),
    Mode.BW: re.compile(r"(?i)lineart|binary|black ?& ?white|monochrome|^b/?w$"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its choices, or the two ends of its range; `active` False: not with what is set now."""

    values: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0
    active: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """What this backend calls things: the value of --source for each feed, and the option that turns on both sides."""

    feeds: Mapping[Feed, str | None]
    both: tuple[str, ...]
    modes: Mapping[Mode, str | None]


def read(text: str) -> dict[str, Option]:
    """The options by their names ("source", "x") in what `scanimage -A` printed."""
    found: dict[str, Option] = {}
    for line in text.splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        value = _VALUE.match(match["rest"])
        if value is None:
            continue
        active = "inactive" not in value["set"]
        given = value["switch"] or value["values"]
        ends = _RANGE.match(given)
        if ends:
            option = Option((), float(ends[1]), float(ends[2]), active)
        else:
            option = Option(tuple(part for part in given.split("|") if part), active=active)
        found[match["long"] or match["short"]] = option
    return found


def words(options: Mapping[str, Option]) -> Words:
    """How this backend is told where the paper lies, that both sides are wanted, and what becomes of the colours."""
    sources = [each for each in options["source"].values if not _FILM.search(each)] if "source" in options else []
    feeds: dict[Feed, str | None] = {}
    both: tuple[str, ...] = ()
    for each in sources:
        if _FEEDER.search(each) and _BOTH.search(each):
            both = both or ("--source", each)
        elif _FEEDER.search(each) and not _BACK.search(each):
            feeds.setdefault(Feed.FEEDER, each)
        elif _BOTH.search(each) and not _BACK.search(each):
            both = both or ("--source", each)
        elif _FLATBED.search(each):
            feeds.setdefault(Feed.FLATBED, each)
    if both and Feed.FEEDER not in feeds and "--source" in both:
        feeds[Feed.FEEDER] = both[1]
    if not feeds:
        feeds[Feed.FLATBED] = None  # nothing to choose: one place to put paper, and it is called glass here
    both = both or _switch(options)
    modes = {mode: _named(options, form) for mode, form in _MODES.items()}
    known = {mode: name for mode, name in modes.items() if name is not None}
    return Words(feeds, both, known or {Mode.COLOUR: None, Mode.GREY: None})


def _switch(options: Mapping[str, Option]) -> tuple[str, ...]:
    """An option of its own for both sides, as Epson, Canon and Brother backends have it."""
    for name in ("adf-mode", "scan-mode", "duplex", "ScanMode"):
        option = options.get(name)
        if option is None:
            continue
        if set(option.values) >= {"yes", "no"}:
            return (f"--{name}=yes",)
        for value in option.values:
            if _BOTH.search(value):
                return (f"--{name}", value)
    return ()


def _named(options: Mapping[str, Option], form: re.Pattern[str]) -> str | None:
    values: Sequence[str] = options["mode"].values if "mode" in options else ()
    fits = [each for each in values if form.search(each) and not re.search(r"(?i)halftone|diffusion|dither", each)]
    # "Color" before "24bit Color[Fast]", "Gray" before "True Gray": the plain word is the plain thing.
    return min(fits, key=len, default=None)


def abilities(options: Mapping[str, Option]) -> Abilities:
    """What the scanner can do."""
    said = words(options)
    return Abilities(
        sources=frozenset(said.feeds),
        modes=frozenset(said.modes),
        resolutions=resolutions(options.get("resolution")),
        duplex=bool(said.both),
        sizes=frozenset(sheet for sheet in Sheet if _fits(sheet, options)),
    )


def resolutions(option: Option | None) -> tuple[int, ...]:
    """The resolutions to choose from, ascending."""
    if option is None:
        return (300,)
    if option.values:
        listed = {int(float(found[0])) for each in option.values if (found := _NUMBER.match(each))}
        return tuple(sorted(listed)) or (300,)
    return tuple(each for each in _USUAL if option.low <= each <= option.high) or (int(option.high),)


def _fits(sheet: Sheet, options: Mapping[str, Option]) -> bool:
    return all(
        not most or length <= most + _SPARE
        for length, most in zip(sheet.millimetres, (longest(options, "width"), longest(options, "height")), strict=True)
    )


def longest(options: Mapping[str, Option], side: str) -> float:
    """The widest or highest sheet in millimetres; 0: not told. Where the page has a size of its own, what is scanned of
    it follows that, whatever `-x` and `-y` say before it is set."""
    for name in (f"page-{side}", {"width": "x", "height": "y"}[side]):
        if name in options and options[name].high:
            return options[name].high
    return 0.0
