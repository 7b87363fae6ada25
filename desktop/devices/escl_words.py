"""The XML of eSCL (Mopria's eSCL 2.97, PWG 5100.x names): what a scanner can do, how it stands, what it is asked for.

Read by local names alone: makers disagree on namespaces and prefixes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from desktop.devices.source import Abilities, Device, Feed, Mode, ScanWish, Sheet, unsupported

UNITS = 300
"""Lengths come in three-hundredths of an inch."""
_SPARE = 12
"""Units (1 mm) by which a glass may be smaller than the sheet: it is then scanned as far as it goes."""
_USUAL = (75, 100, 150, 200, 240, 300, 400, 600)
_MODES = {"RGB24": Mode.COLOUR, "Grayscale8": Mode.GREY, "BlackAndWhite1": Mode.BW}
_NAMES = {mode: name for name, mode in _MODES.items()}

ADF = {
    "ScannerAdfJam": "device.jam",
    "ScannerAdfEmpty": "device.empty",
    "ScannerAdfHatchOpen": "device.cover-open",
    "ScannerAdfMultipickDetected": "device.two-sheets",
    "ScannerAdfInputTrayFailed": "device.jam",
    "ScannerAdfInputTrayOverloaded": "device.jam",
    "ScannerAdfDuplexPageTooShort": "device.failed",
    "ScannerAdfDuplexPageTooLong": "device.failed",
}
"""AdfState and what it is here; "ScannerAdfLoaded" and "ScannerAdfProcessing" are no trouble."""
STATE = {"Processing": "device.busy", "Testing": "device.busy", "Stopped": "device.stopped", "Down": "device.offline"}
JOB = {"Canceled": "device.stopped", "Aborted": "device.failed"}
"""JobState of a job that did not end by itself."""


class Unreadable(ValueError):
    """What came is not the document that was asked for."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one way through the scanner can do; lengths in units, 0: not told."""

    wide: int
    high: int
    modes: frozenset[Mode]
    resolutions: tuple[int, ...]
    formats: frozenset[str]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """ScannerCapabilities: None where there is no such way."""

    name: str
    version: str
    glass: Part | None
    feeder: Part | None
    duplex: Part | None


@dataclass(frozen=True, slots=True)
class Status:
    """ScannerStatus: the two states, and the state of each job by the last part of its address."""

    state: str
    adf: str
    jobs: dict[str, str]


def parse(content: bytes, name: str) -> ElementTree.Element:
    """The document called `name` in `content`. A document type is refused: none is needed, and it can be a trap."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unreadable("document type")
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Unreadable(str(error)) from error
    if _local(root) != name:
        raise Unreadable(f"{_local(root)} instead of {name}")
    return root


def capabilities(content: bytes) -> Capabilities:
    """Unreadable when it is none, or when there is neither glass nor feeder in it."""
    root = parse(content, "ScannerCapabilities")
    glass = _part(next(_all(root, "PlatenInputCaps"), None))
    feeder = _part(next(_all(root, "AdfSimplexInputCaps"), None))
    duplex = _part(next(_all(root, "AdfDuplexInputCaps"), None))
    if glass is None and feeder is None:
        raise Unreadable("no glass and no feeder")
    return Capabilities(_text(root, "MakeAndModel"), _text(root, "Version") or "2.0", glass, feeder, duplex)


def abilities(known: Capabilities) -> Abilities:
    """The same in the words of `source`: what every way through the scanner can do is what it can do."""
    parts = [part for part in (known.glass, known.feeder, known.duplex) if part is not None]
    modes = frozenset.intersection(*(part.modes for part in parts)) or frozenset((Mode.COLOUR,))
    common = set.intersection(*(set(part.resolutions) for part in parts)) or set(parts[0].resolutions)
    feeds = ((Feed.FLATBED, known.glass), (Feed.FEEDER, known.feeder))
    return Abilities(
        sources=frozenset(feed for feed, part in feeds if part is not None),
        modes=modes,
        resolutions=tuple(sorted(common)),
        duplex=known.duplex is not None,
        sizes=frozenset(sheet for sheet in Sheet if any(_holds(part, sheet) for part in parts)),
    )


def status(content: bytes) -> Status:
    """Unreadable when it is none."""
    root = parse(content, "ScannerStatus")
    jobs = {
        _text(job, "JobUri").rstrip("/").rpartition("/")[2]: _text(job, "JobState") for job in _all(root, "JobInfo")
    }
    return Status(_text(root, "State"), _text(root, "AdfState"), jobs)


def settings(known: Capabilities, device: Device, wish: ScanWish) -> bytes:
    """ScanSettings for `wish` (its source already chosen). DeviceTrouble `device.unsupported`."""
    feeder = wish.source is Feed.FEEDER
    part = (known.duplex if wish.duplex else known.feeder) if feeder else known.glass
    if part is None:
        raise unsupported(device, "duplex" if feeder and wish.duplex else wish.source.value)
    if not _holds(part, wish.size):
        raise unsupported(device, "size")
    wide, high = (round(length / 25.4 * UNITS) for length in wish.size.millimetres)
    wide, high = min(wide, part.wide or wide), min(high, part.high or high)
    kind = "image/png" if wish.mode is Mode.BW else "image/jpeg"
    extended = f"<scan:DocumentFormatExt>{kind}</scan:DocumentFormatExt>" if known.version >= "2.1" else ""
    sides = f"<scan:Duplex>{str(wish.duplex).lower()}</scan:Duplex>" if feeder else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<scan:ScanSettings xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"'
        ' xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03">'
        f"<pwg:Version>{escape(known.version)}</pwg:Version>"
        "<pwg:ScanRegions><pwg:ScanRegion>"
        "<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>"
        f"<pwg:Height>{high}</pwg:Height><pwg:Width>{wide}</pwg:Width>"
        "<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset>"
        "</pwg:ScanRegion></pwg:ScanRegions>"
        f"<pwg:InputSource>{'Feeder' if feeder else 'Platen'}</pwg:InputSource>"
        f"<scan:ColorMode>{_NAMES[wish.mode]}</scan:ColorMode>"
        f"<pwg:DocumentFormat>{kind}</pwg:DocumentFormat>{extended}"
        f"<scan:XResolution>{wish.dpi}</scan:XResolution><scan:YResolution>{wish.dpi}</scan:YResolution>{sides}"
        "</scan:ScanSettings>"
    ).encode()


def _part(element: ElementTree.Element | None) -> Part | None:
    if element is None:
        return None
    formats = frozenset((each.text or "").strip() for name in _FORMATS for each in _all(element, name))
    modes = {_MODES[text] for each in _all(element, "ColorMode") if (text := (each.text or "").strip()) in _MODES}
    if "image/png" not in formats:
        modes.discard(Mode.BW)  # a JPEG has no black and white, and pages inside PDFs are not asked for
    found = {_number(each, "XResolution") for each in _all(element, "DiscreteResolution")} - {0}
    for each in _all(element, "XResolutionRange"):
        found |= {usual for usual in _USUAL if _number(each, "Min") <= usual <= _number(each, "Max")}
    return Part(
        _number(element, "MaxWidth"),
        _number(element, "MaxHeight"),
        frozenset(modes) or frozenset((Mode.COLOUR,)),
        tuple(sorted(found)) or (300,),
        formats,
    )


_FORMATS = ("DocumentFormat", "DocumentFormatExt")


def _holds(part: Part, sheet: Sheet) -> bool:
    lengths = (length / 25.4 * UNITS for length in sheet.millimetres)
    return all(
        not limit or length <= limit + _SPARE for length, limit in zip(lengths, (part.wide, part.high), strict=True)
    )


def _local(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (each for each in element.iter() if _local(each) == name)


def _text(element: ElementTree.Element, name: str) -> str:
    found = next(_all(element, name), None)
    return (found.text or "").strip() if found is not None else ""


def _number(element: ElementTree.Element, name: str) -> int:
    text = _text(element, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
