"""Reads a line of the national catalogue of procedures, noise and all, without guessing and without losing a line.

The national catalogue is typed by many hands: units are missing, numbers stick to the words beside them, advice stands
among the papers. What can be told apart for certain is told apart; what cannot stays as it stands, and the fact is
named in `unconfirmed`. The rules, each with its reason, stand at the functions below.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from onestop.rules.errors import RuleBroken
from onestop.rules.national_channels import channel_row, common_limit, read_channels
from onestop.rules.national_fields import distinct, objects_of, text_of, texts_of, tidy
from onestop.rules.national_money import read_fees
from onestop.rules.national_papers import read_cases, read_results
from onestop.rules.procedure import Procedure
from onestop.rules.text import fold

MINISTRIES = {
    "bo-cong-an": "Bộ Công an",
    "bo-cong-thuong": "Bộ Công Thương",
    "bo-dan-toc-va-ton-giao": "Bộ Dân tộc và Tôn giáo",
    "bo-giao-duc-dao-tao": "Bộ Giáo dục và Đào tạo",
    "bo-khoa-hoc-cong-nghe": "Bộ Khoa học và Công nghệ",
    "bo-ngoai-giao": "Bộ Ngoại giao",
    "bo-noi-vu": "Bộ Nội vụ",
    "bo-nong-nghiep-mt": "Bộ Nông nghiệp và Môi trường",
    "bo-quoc-phong": "Bộ Quốc phòng",
    "bo-tai-chinh": "Bộ Tài chính",
    "bo-tu-phap": "Bộ Tư pháp",
    "bo-van-hoa-the-thao-du-lich": "Bộ Văn hóa, Thể thao và Du lịch",
    "bo-xay-dung": "Bộ Xây dựng",
    "bo-y-te": "Bộ Y tế",
    "ngan-hang-nha-nuoc": "Ngân hàng Nhà nước Việt Nam",
    "toa-an-nhan-dan": "Tòa án nhân dân tối cao",
}
"""The catalogue's keys and the names people know. A key not in the table is kept as it is."""

AGENCY_LEVELS = {"cap xa": "ward", "cap tinh": "province", "cap bo": "ministry", "co quan khac": "other"}

_CODE = re.compile(r"(\d\.\d{6})(?:\.[\w.]+)?")
_LONGEST_LINE = 4 << 20
"""Bytes. The longest line of the real catalogue has about 60,000; a file without line ends is no catalogue."""

_PIECE = 1 << 20
"""Bytes unpacked at a time, so that a small file which unpacks to a huge one cannot fill the memory."""


def read_line(raw: Mapping[str, Any]) -> Procedure:
    """The procedure that one line of the national catalogue describes.

    RuleBroken `catalogue.bad-line` (no object), `catalogue.bad-field` (`field` has the wrong shape),
    `catalogue.no-code`, `catalogue.bad-code`, `catalogue.no-name`.
    """
    if not isinstance(raw, Mapping):
        raise RuleBroken("catalogue.bad-line")
    code = tidy(text_of(raw, "code"))
    if not code:
        raise RuleBroken("catalogue.no-code", name=tidy(text_of(raw, "name"))[:80])
    national = _CODE.fullmatch(code)
    if national is None:
        raise RuleBroken("catalogue.bad-code", procedure=code[:40])
    name = tidy(text_of(raw, "name")).rstrip(": ")
    if not name:
        raise RuleBroken("catalogue.no-name", procedure=national[1])
    rows = [channel_row(each) for each in objects_of(raw, "channels")]
    doubts: set[str] = set()
    cases, sets = read_cases(objects_of(raw, "cases"), doubts)
    fees, fee_note = read_fees(rows, name, doubts)
    ministry = tidy(text_of(raw, "ministry"))
    return Procedure(
        code=national[1],
        name=name,
        field=tidy(text_of(raw, "field")),
        ministry=MINISTRIES.get(ministry, ministry),
        agency_levels=distinct(AGENCY_LEVELS.get(fold(each), "other") for each in texts_of(raw, "levels")),
        applicants=_applicants(texts_of(raw, "applicants")),
        limit=common_limit(rows),
        channels=read_channels(rows, doubts),
        cases=cases,
        fees=fees,
        fee_note=fee_note,
        results=read_results(objects_of(raw, "results")),
        legal_basis=distinct(_act(each) for each in texts_of(raw, "legal_basis")),
        decision=tidy(text_of(raw, "decision")),
        sets=sets,
        origin="Cơ sở dữ liệu quốc gia về thủ tục hành chính",
        unconfirmed=tuple(sorted(doubts)),
    )


def read_file(chunks: bytes | Iterable[bytes]) -> Iterator[tuple[int, Procedure | RuleBroken]]:
    """Every line of a file of the national catalogue with what it gave, one JSON object a line, gzip or plain.

    Which of the two is judged by the content. Lines count from 1; blank ones are passed over. A line that cannot be
    read gives its RuleBroken (with `line` in the details) and the next one is read: nothing is lost without a reason.
    A file that ends in the middle, or is no text, gives `catalogue.unreadable` at the place and stops; an empty one
    `catalogue.empty-file` at line 0. A code met before gives `catalogue.repeated-code` with the first line.
    """
    seen: dict[str, int] = {}
    number = 0
    try:
        for number, line in enumerate(_lines(_plain(chunks)), start=1):
            if not line.strip():
                continue
            raw: Any = None
            try:
                raw = _parsed(line)
                procedure = read_line(raw)
            except RuleBroken as fault:
                # The code that stands in the line names it to people, whatever is wrong with the rest.
                code = raw.get("code") if isinstance(raw, Mapping) else None
                named = {"procedure": code[:40]} if isinstance(code, str) and code.strip() else {}
                fault.details = {**named, **fault.details, "line": number}
                yield number, fault
                continue
            first = seen.setdefault(procedure.code, number)
            if first != number:
                yield number, RuleBroken("catalogue.repeated-code", line=number, procedure=procedure.code, first=first)
            else:
                yield number, procedure
    except _Unreadable as fault:
        yield number + 1, RuleBroken("catalogue.unreadable", line=number + 1, reason=str(fault))
        return
    if number == 0:
        yield 0, RuleBroken("catalogue.empty-file", line=0)


# -- bytes to lines ----------------------------------------------------------------------------------------------------


GZIP, NO_LINES = "gzip", "lines"
"""Why a file cannot be read further: the packed content is cut off or broken; there is no end of line."""


class _Unreadable(Exception):
    """The file goes on no further; the argument says why."""


def unpacked(chunks: bytes | Iterable[bytes]) -> bytes:
    """The whole content, unpacked where it is gzip. RuleBroken `catalogue.unreadable` where it ends in the middle
    (without a line: nothing of it was read)."""
    try:
        return b"".join(_plain(chunks))
    except _Unreadable as fault:
        raise RuleBroken("catalogue.unreadable", reason="gzip-whole") from fault


def _plain(chunks: bytes | Iterable[bytes]) -> Iterator[bytes]:
    """The content in pieces; gzip is known by its first two bytes, and may have several members."""
    pieces = iter((chunks,) if isinstance(chunks, bytes) else chunks)
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= 2:
            break
    if head[:2] != b"\x1f\x8b":
        yield head
        yield from pieces
        return
    unpacker = zlib.decompressobj(wbits=31)
    rest = head
    try:
        while True:
            yield unpacker.decompress(rest, _PIECE)
            if rest := unpacker.unconsumed_tail:
                continue
            if unpacker.eof and unpacker.unused_data:
                rest, unpacker = unpacker.unused_data, zlib.decompressobj(wbits=31)
                continue
            piece = next(pieces, b"")
            if not piece:
                break
            rest = piece
    except zlib.error as fault:
        raise _Unreadable(GZIP) from fault
    if not unpacker.eof:
        raise _Unreadable(GZIP)


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    left = b""
    for piece in pieces:
        left += piece
        *whole, left = left.split(b"\n")
        yield from whole
        if len(left) > _LONGEST_LINE:
            raise _Unreadable(NO_LINES)
    if left:
        yield left


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise RuleBroken("catalogue.not-utf8") from fault
    except (ValueError, RecursionError) as fault:
        raise RuleBroken("catalogue.bad-line") from fault


def _applicants(texts: Sequence[str]) -> tuple[str, ...]:
    """ "Cán bộ, công chức, viên chức" is one kind of applicant that the catalogue's commas cut in three."""
    joined = "\n".join(texts).replace("Cán bộ\ncông chức\nviên chức", "Cán bộ, công chức, viên chức")
    return distinct(joined.split("\n"))


def _act(text: str) -> str:
    """A legal act's number. The year of its link text sticks to some: 202068/2020/QH14 is 68/2020/QH14."""
    return re.sub(r"^(\d{4})(?=\d+(?:\.\d+)?/\1/)", "", text)
