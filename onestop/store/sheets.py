"""Tables that come as files: CSV in any delimiter and encoding of these parts, XLSX; and rejects that go back as CSV.

What a file is, its content says, never its name. Rows are streamed: memory does not grow with the file. Formulas are
not executed, the values that were last seen in them are read.
"""

from __future__ import annotations

import csv
import re
import warnings
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import IO, Any

import openpyxl
from openpyxl import Workbook
from openpyxl.utils.exceptions import InvalidFileException

from onestop.rules import legacy, why
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.rules.legacy import Encoding, Guess
from onestop.rules.people_file import blank
from onestop.rules.text import nfc
from onestop.texts import N_, _

Row = tuple[int, tuple[str, ...]]

SAMPLE = 256 * 1024
"""Bytes from which encoding and delimiter are told."""
SAMPLE_LINES = 60
TITLE_ROWS = 20
"""The heading stands among so many rows from the top."""
LONGEST_LINE = 256 * 1024
LONGEST_RECORD = 30
"""Lines that one record with quoted line ends may have; a quote that is never closed swallows no more."""
DELIMITERS = ",;\t|"

UNPACKED_MOST = 1024 * 1024 * 1024
SHARED_MOST = 256 * 1024 * 1024
"""Texts of a workbook are held in memory at once, so they have a limit of their own."""
RATIO_MOST, RATIO_FROM = 200, 16 * 1024 * 1024
WIDEST = 200
"""Columns that are read of a worksheet."""
LAST_ROW = 1_048_576
SAMPLE_ROWS = 200


@dataclass(slots=True)
class Sheet:
    """An open table. `rows` gives (row number, cells) below the heading, numbered as a spreadsheet shows them.

    `guess`: what it is written in; where `needs_confirming`, show a person the sample and open again with the encoding
    he chose. `delimiter` None for a workbook, whose worksheet is `name`; `others`: those that hold something, too, and
    are not read. Close it, or use it as a context.
    """

    kind: str
    headings: tuple[str, ...]
    heading_row: int
    rows: Iterator[Row]
    guess: Guess
    delimiter: str | None
    _position: Callable[[], float | None] = field(repr=False)
    _close: Callable[[], None] = field(repr=False)
    name: str = ""
    others: tuple[str, ...] = ()

    def progress(self) -> float | None:
        """The share that was read, 0 to 1; None where it is not known."""
        return self._position()

    def close(self) -> None:
        """Let go of the file."""
        self._close()

    def __enter__(self) -> Sheet:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_sheet(
    path: Path | str,
    encoding: str = "auto",
    *,
    delimiter: str | None = None,
    is_heading: Callable[[Sequence[str]], bool] | None = None,
    name: str | None = None,
) -> Sheet:
    """Open a CSV or XLSX. `encoding`: auto, utf-8, utf-16, tcvn3, vni, cp1258 (for a workbook: what its font was).
    `name`: the worksheet to read; without it, the first whose heading fits.

    `is_heading` finds the heading below titles; without it, or where it fits no row, the first row of two cells is
    taken. RuleBroken `people-file.`: not-found, empty, wrong-delimiter, encoding-unknown, not-a-table (details: what),
    old-xls, locked, broken, bomb, no-such-sheet; `legacy.not-in-encoding`. StoreTrouble `file.unreadable` where the
    disk refuses.
    """
    file = Path(path)
    try:
        with file.open("rb") as stream:
            head = stream.read(SAMPLE)
    except FileNotFoundError:
        raise RuleBroken("people-file.not-found", file=file.name) from None
    except OSError as error:
        raise StoreTrouble("file.unreadable", file=file.name, reason=why.of_system(error)) from error
    chosen = _chosen(encoding)
    if not head.strip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"):
        raise RuleBroken("people-file.empty", file=file.name)
    _refuse_others(head, file)
    if head.startswith(b"PK\x03\x04"):
        return _open_workbook(file, chosen, is_heading, name)
    if name is not None:
        raise RuleBroken("people-file.no-such-sheet", sheet=name, known=[])
    return _open_text(file, head, chosen, delimiter, is_heading)


def _chosen(encoding: str) -> Encoding | None:
    if encoding == "auto":
        return None
    try:
        return Encoding(encoding)
    except ValueError:
        raise RuleBroken("people-file.encoding-unknown", encoding=encoding) from None


def _refuse_others(head: bytes, file: Path) -> None:
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        # The container of old Office files; a workbook under a password comes in one too.
        locked = "EncryptedPackage".encode("utf-16-le") in head
        raise RuleBroken("people-file.locked" if locked else "people-file.old-xls", file=file.name)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:400].lower()
    for what, marks in {
        "pdf": (b"%pdf",),
        "picture": (b"\xff\xd8\xff", b"\x89png", b"gif8", b"ii*\0", b"mm\0*"),
        "web": (b"<html", b"<!doctype html", b"<table"),
        "xml": (b"<?xml",),
        "rtf": (b"{\\rtf",),
        "archive": (b"rar!", b"7z\xbc\xaf", b"\x1f\x8b"),
    }.items():
        if start.startswith(marks):
            raise RuleBroken("people-file.not-a-table", file=file.name, what=what)


# -- text --------------------------------------------------------------------------------------------------------------


def _open_text(
    file: Path,
    head: bytes,
    chosen: Encoding | None,
    delimiter: str | None,
    is_heading: Callable[[Sequence[str]], bool] | None,
) -> Sheet:
    guess = legacy.recognise(head)
    if chosen is not None:
        decoded = legacy.decode(_whole_letters(head, chosen), chosen)
        sample = guess.sample if guess.encoding is chosen else legacy.sample(decoded[:3000])
        guess = Guess(chosen, 1.0, sample, legacy.case_lost(decoded))
    if guess.encoding is not Encoding.UTF_16 and b"\0" in head:
        raise RuleBroken("people-file.not-a-table", file=file.name, what="binary")
    lines = _Lines(file, guess.encoding, head)
    try:
        declared = lines.declared_delimiter()
        found = delimiter or declared or _delimiter(lines.sample())
        if found is None:
            raise RuleBroken("people-file.wrong-delimiter", file=file.name)
        width = _Width()
        records = _records(lines, found, width)
        heading_row, headings, ahead = _heading(records, is_heading)
        width.cells = len(headings)
        if len([cell for cell in headings if cell.strip()]) < 2:
            raise RuleBroken("people-file.wrong-delimiter", file=file.name)
    except BaseException:
        lines.close()
        raise
    return Sheet(
        kind="csv",
        headings=headings,
        heading_row=heading_row,
        rows=_closing(_below(ahead, records), lines.close),
        guess=guess,
        delimiter=found,
        _position=lines.progress,
        _close=lines.close,
    )


def _whole_letters(head: bytes, encoding: Encoding) -> bytes:
    """The sample without a letter that its end cuts in two."""
    if len(head) < SAMPLE:
        return head
    end = head.rfind(b"\n")
    if encoding is Encoding.UTF_16:
        end -= end % 2
    return head[:end] if end > 0 else head


class _Lines:
    """Lines of a text file in Unicode, one at a time, none longer than `LONGEST_LINE`, with a way to put some back."""

    def __init__(self, file: Path, encoding: Encoding, head: bytes) -> None:
        self._file: IO[bytes] = file.open("rb")
        self._size = max(1, file.stat().st_size)
        self._encoding = encoding
        codec, errors = _codec(encoding, head)
        self._text = TextIOWrapper(self._file, encoding=codec, errors=errors, newline=None)
        self._back: deque[str] = deque()

    def next(self) -> str | None:
        """The next line without its end; None behind the last."""
        if self._back:
            return self._back.popleft()
        line = self._text.readline(LONGEST_LINE)
        if not line:
            return None
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            # Not a table's line: the rest of it is dropped, what was read becomes one broken row.
            while (rest := self._text.readline(LONGEST_LINE)) and not rest.endswith("\n"):
                pass
        return legacy.convert(line.rstrip("\n").removeprefix("\ufeff"), self._encoding)

    def put_back(self, lines: Iterable[str]) -> None:
        """Give `lines` again before any other."""
        self._back.extendleft(reversed(list(lines)))

    def sample(self) -> list[str]:
        """The first lines, which will still come."""
        lines: list[str] = []
        while len(lines) < SAMPLE_LINES and (line := self.next()) is not None:
            lines.append(line)
        self.put_back(lines)
        return lines

    def declared_delimiter(self) -> str | None:
        """What a first line `sep=;` says (a spreadsheet's own way); the line goes."""
        first = self.next()
        said = re.fullmatch(r'"?sep=(.)"?', (first or "").strip("\r"), re.IGNORECASE)
        if said:
            return said.group(1)
        if first is not None:
            self.put_back([first])
        return None

    def progress(self) -> float | None:
        return 1.0 if self._file.closed else min(1.0, self._file.tell() / self._size)

    def close(self) -> None:
        self._text.close()


def _codec(encoding: Encoding, head: bytes) -> tuple[str, str]:
    if encoding is Encoding.UTF_16:
        return legacy.utf_16_codec(head), "replace"
    if encoding in (Encoding.TCVN3, Encoding.VNI):
        return ("utf-8-sig", "replace") if _is_utf_8(head) else ("cp1252", legacy.REST)
    return ("utf-8-sig" if encoding is Encoding.UTF_8 else encoding.value), "replace"


def _is_utf_8(head: bytes) -> bool:
    with suppress(UnicodeDecodeError):
        _whole_letters(head, Encoding.UTF_8).decode("utf-8-sig")
        return True
    return False


def _delimiter(lines: Sequence[str]) -> str | None:
    """The sign that cuts most lines into the same number of cells; None when none cuts any."""
    best, best_score = None, (0.0, 0)
    filled = [line for line in lines if line.strip()]
    for sign in DELIMITERS:
        counts = [_outside_quotes(line, sign) for line in filled]
        usual = max((count for count in counts if count), key=counts.count, default=0)
        if usual:
            score = (counts.count(usual) / len(filled), usual)
            if score > best_score:
                best, best_score = sign, score
    return best


def _outside_quotes(line: str, sign: str) -> int:
    return re.sub(r'"[^"]*"?', "", line).count(sign) if '"' in line else line.count(sign)


@dataclass(slots=True)
class _Width:
    """Cells that a row has: not known before the heading was read."""

    cells: int = 2


def _records(lines: _Lines, delimiter: str, width: _Width) -> Iterator[Row]:
    """Rows with their number. A record may run over several lines where quotes hold it together; a quote that is
    opened and not closed in time spoils its own line only."""
    number = 0
    while (line := lines.next()) is not None:
        number += 1
        cells = tuple(line.split(delimiter)) if '"' not in line else _quoted(line, lines, delimiter, width.cells)
        if not blank(cells):
            yield number, cells


def _quoted(line: str, lines: _Lines, delimiter: str, width: int) -> tuple[str, ...]:
    taken = [line]
    whole = line
    while whole.count('"') % 2 and len(taken) < LONGEST_RECORD and len(whole) < LONGEST_LINE:
        more = lines.next()
        if more is None:
            break
        taken.append(more)
        whole += "\n" + more
    cells = _cells(whole, delimiter)
    if len(taken) == 1 or (whole.count('"') % 2 == 0 and len(cells) >= width):
        return cells
    lines.put_back(taken[1:])
    return _cells(line, delimiter)


def _cells(record: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader([record], delimiter=delimiter), []))
    except csv.Error:
        return (record,)


# -- what both have in common ------------------------------------------------------------------------------------------


def _heading(
    records: Iterator[Row], is_heading: Callable[[Sequence[str]], bool] | None
) -> tuple[int, tuple[str, ...], deque[Row]]:
    """The heading with its row number, and rows that were read on the way and stand below it."""
    seen: deque[Row] = deque()
    for number, cells in records:
        seen.append((number, cells))
        if is_heading is not None and is_heading(cells):
            return number, _trimmed(cells), deque()
        if len(seen) == TITLE_ROWS or (is_heading is None and _filled(cells) > 1):
            break
    while len(seen) > 1 and _filled(seen[0][1]) < 2 and any(_filled(cells) > 1 for _, cells in seen):
        seen.popleft()
    if not seen:
        return 0, (), seen
    number, cells = seen.popleft()
    return number, _trimmed(cells), seen


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """Cells without the empty ones at the end."""
    last = max((index for index, cell in enumerate(cells) if cell.strip()), default=-1)
    return tuple(cells[: last + 1])


def _below(ahead: deque[Row], records: Iterator[Row]) -> Iterator[Row]:
    while ahead:
        yield ahead.popleft()
    yield from records


def _closing(rows: Iterator[Row], close: Callable[[], None]) -> Iterator[Row]:
    try:
        yield from rows
    finally:
        close()


# -- workbooks ---------------------------------------------------------------------------------------------------------

# What openpyxl says of parts that it leaves out (validations, odd dates) is no news to the person who imports a list.
warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\b")

_BROKEN = (
    zipfile.BadZipFile, KeyError, IndexError, ValueError, TypeError, AttributeError, EOFError, OSError, RuntimeError,
    SyntaxError, zlib.error, InvalidFileException,
)  # fmt: skip
"""What openpyxl lets through of a damaged workbook: it has no error of its own for it. Its XML is read by Python's own
reader or, where that is installed, by lxml; what either says of broken XML is a SyntaxError."""


def _open_workbook(
    file: Path, chosen: Encoding | None, is_heading: Callable[[Sequence[str]], bool] | None, name: str | None
) -> Sheet:
    _check_archive(file)
    closing = ExitStack()
    try:
        # From a stream: of a path, openpyxl judges the ending.
        stream = closing.enter_context(file.open("rb"))
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except _BROKEN as error:
        closing.close()
        raise _damaged(file, error) from error
    closing.callback(book.close)
    try:
        filled = _filled_sheets(book, file)
        sheet, sample = _wanted(filled, is_heading, name)
        total = sheet.max_row or 0
        # Some programs write a wrong size; rows beyond it would be lost.
        sheet.reset_dimensions()
        guess = legacy.recognise_text("\n".join(" ".join(cells) for _, cells in sample))
        if chosen is not None:
            guess = Guess(chosen, 1.0, guess.sample, guess.case_lost)
        records = _worksheet_rows(sheet, guess.encoding, file)
        heading_row, headings, ahead = _heading(records, is_heading)
    except BaseException:
        closing.close()
        raise
    place = [heading_row]

    def counted() -> Iterator[Row]:
        for number, cells in _below(ahead, records):
            place[0] = number
            yield number, cells + ("",) * (len(headings) - len(cells))

    return Sheet(
        kind="xlsx",
        headings=headings,
        heading_row=heading_row,
        rows=_closing(counted(), closing.close),
        guess=guess,
        delimiter=None,
        _position=lambda: min(1.0, place[0] / total) if total else None,
        _close=closing.close,
        name=sheet.title,
        others=tuple(each.title for each, _rows in filled if each is not sheet),
    )


def _damaged(file: Path, error: BaseException) -> RuleBroken:
    return RuleBroken("people-file.broken", file=file.name, reason=f"{type(error).__name__}: {error}"[:200])


def _check_archive(file: Path) -> None:
    """Refuse what is no workbook, what is locked, and what would unpack to more than a list of people ever is."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if "xl/workbook.xml" not in names:
                what = "word" if "word/document.xml" in names else "ods" if "content.xml" in names else "archive"
                raise RuleBroken("people-file.not-a-table", file=file.name, what=what)
            if any(entry.flag_bits & 1 for entry in entries):
                raise RuleBroken("people-file.locked", file=file.name)
            if _is_bomb(entries):
                raise RuleBroken("people-file.bomb", file=file.name)
            for entry in entries:
                if entry.filename.endswith(".xml"):
                    with archive.open(entry) as part:
                        # No spreadsheet writes a document type; entities are how a small file fills the memory.
                        if b"<!DOCTYPE" in part.read(4096):
                            raise RuleBroken("people-file.broken", file=file.name, reason="DOCTYPE")
    except _BROKEN as error:
        raise _damaged(file, error) from error


def _is_bomb(entries: Sequence[zipfile.ZipInfo]) -> bool:
    # The sizes are those of the directory; reading stops at them and the checksum then fails, so they cannot lie.
    return (
        sum(entry.file_size for entry in entries) > UNPACKED_MOST
        or any(
            entry.file_size > RATIO_FROM and entry.file_size > RATIO_MOST * max(1, entry.compress_size)
            for entry in entries
        )
        or any(entry.file_size > SHARED_MOST for entry in entries if entry.filename == "xl/sharedStrings.xml")
    )


def _filled_sheets(book: Workbook, file: Path) -> list[tuple[Any, list[Row]]]:
    """The worksheets with anything in them, and their first rows."""
    filled = []
    for sheet in book.worksheets:
        rows = list(islice(_worksheet_rows(sheet, Encoding.UTF_8, file), SAMPLE_ROWS))
        if rows:
            filled.append((sheet, rows))
    if not filled:
        raise RuleBroken("people-file.empty", file=file.name)
    return filled


def _wanted(
    filled: list[tuple[Any, list[Row]]], is_heading: Callable[[Sequence[str]], bool] | None, name: str | None
) -> tuple[Any, list[Row]]:
    """The worksheet of this name; without one, the first with a fitting heading, else the first."""
    if name is not None:
        for sheet, rows in filled:
            if nfc(sheet.title).casefold() == nfc(name).strip().casefold():
                return sheet, rows
        raise RuleBroken("people-file.no-such-sheet", sheet=name, known=[sheet.title for sheet, _rows in filled])
    for sheet, rows in filled:
        if is_heading is not None and any(is_heading(cells) for _, cells in rows[:TITLE_ROWS]):
            return sheet, rows
    return filled[0]


def _worksheet_rows(sheet: Any, encoding: Encoding, file: Path) -> Iterator[Row]:
    """Rows that say something, with the number that the spreadsheet shows."""
    rows = iter(sheet.iter_rows())
    number = 0
    while True:
        try:
            row = next(rows, None)
            cells = () if row is None else _trimmed([_shown(cell, encoding) for cell in row[:WIDEST]])
        except _BROKEN as error:
            raise _damaged(file, error) from error
        if row is None:
            return
        number += 1
        if number > LAST_ROW:
            raise RuleBroken("people-file.broken", file=file.name, reason=f"> {LAST_ROW}")
        if cells and not blank(cells):
            yield number, cells


def _shown(cell: Any, encoding: Encoding) -> str:
    """A cell as text. Whole numbers have no .0, dates are ISO; zeros that only the number format shows are put in."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return legacy.convert(value, encoding)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int) and value >= 0 and re.fullmatch(r"0{2,15}", cell.number_format or ""):
        return str(value).zfill(len(cell.number_format))
    return str(value)


# -- rejects -----------------------------------------------------------------------------------------------------------

ROW_HEADING, REASON_HEADING = N_("Dòng trong tệp"), N_("Lý do chưa nhập")


def write_rejects(path: Path | str, headings: Sequence[str], rows: Iterable[tuple[int, Sequence[str], str]]) -> int:
    """Write (row number, cells, reason in words) as a CSV to mend and bring again. Gives the number of rows.

    UTF-8 with BOM, row and reason before the cells (those of an earlier file of rejects go). Long numbers and those
    that begin with 0 stand as ="038…", so that a spreadsheet keeps them whole, and what it would take for a formula
    gets an apostrophe; both are undone when the file is read again. StoreTrouble `file.unwritable` where the disk
    refuses; then there is no half file.
    """
    file = Path(path)
    part = file.with_name(file.name + ".part")
    count = 0
    added = (_(ROW_HEADING), _(REASON_HEADING))
    again = len(added) if tuple(headings[: len(added)]) == added else 0
    try:
        with part.open("w", encoding="utf-8-sig", newline="") as stream:
            out = csv.writer(stream)
            out.writerow([*added, *headings[again:]])
            for number, cells, reason in rows:
                out.writerow([number, reason, *map(_kept_whole, cells[again:])])
                count += 1
        part.replace(file)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise StoreTrouble("file.unwritable", file=file.name, reason=why.of_system(error)) from error
    return count


def _kept_whole(cell: str) -> str:
    if re.fullmatch(r"0[0-9]+|[0-9]{12,}", cell):
        return f'="{cell}"'
    if cell.startswith(("=", "@", "+", "-")) and not re.fullmatch(r'[+\-]?[0-9. ]+|="[0-9]*"', cell):
        return "'" + cell
    return cell
