"""What a page says of itself, proposed for its particulars (NĐ 118/2025 art. 19.2): never facts, always with how sure.

Pure: from the lines that OCR found to the names of `onestop.rules.papers.About`. The form of Vietnamese administrative
papers (NĐ 30/2020) is what makes this possible: the number after "Số:", place and day on one line, the agency above,
"Về việc" below the title. What does not look right is not proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onestop.rules.identity import number_birth_year
from onestop.rules.text import clean, fold, is_syllable
from paper.titles import Title, title_of

FIELDS = (
    "title",
    "kind_code",
    "number",
    "issued_on",
    "issuer",
    "holder_name",
    "holder_number",
    "holder_born",
    "summary",
    "valid_to",
    "perpetual",
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for a field of `About`, as it would be kept (days YYYY-MM-DD, a birth perhaps a year; perpetual: "yes"),
    how sure (0 to 1), and the lines of the reading it was taken from."""

    field: str
    value: str
    sure: float
    lines: tuple[int, ...] = ()


def particulars(lines: Sequence[str], kinds: Mapping[str, str] | None = None) -> tuple[Proposal, ...]:
    """What the lines of one page (`ocr.Reading.lines`) propose, at most one value a field, in the order of FIELDS.

    `kinds`: titles known in the office and their code (mã loại giấy tờ), from the results of its catalogue.
    """
    tidy = [clean(line) for line in lines]
    found: dict[str, Proposal] = {}
    for each in (*_title(tidy, kinds or {}), *_number(tidy), *_issued(tidy), *_issuer(tidy), *_holder(tidy)):
        found.setdefault(each.field, each)
    title = found.get("title")
    for each in (*_summary(tidy, title), *_validity(tidy)):
        found.setdefault(each.field, each)
    return tuple(found[field] for field in FIELDS if field in found)


# -- title, number, day, agency ----------------------------------------------------------------------------------------


def _title(lines: Sequence[str], kinds: Mapping[str, str]) -> Iterator[Proposal]:
    found: Title | None = title_of(lines, kinds)
    if found is None:
        return
    yield Proposal("title", found.text, found.sure, found.lines)
    codes = {fold(name): code for name, code in kinds.items() if code}
    if code := codes.get(fold(found.text)):
        yield Proposal("kind_code", code, found.sure, found.lines)


_NUMBER = re.compile(
    r"(?:^|\s)S[ốóồôo6][,.:;]?\s*[:.;]?\s*"
    r"(?P<order>\d{1,6}[A-Za-z]?)\s?[/|]\s?(?P<symbol>[A-ZĐƠƯ0-9][A-ZĐĂÂÊÔƠƯ0-9\-–./&]*(?:\s?[-–]\s?[A-ZĐ0-9]+)*)"
)
_BOOK_NUMBER = re.compile(r"(?:số vào sổ|số phát hành|số seri)[^:]{0,40}:\s*(?P<number>[A-ZĐ]{1,3}\s?\d{4,8})", re.I)


def _number(lines: Sequence[str]) -> Iterator[Proposal]:
    for at, line in enumerate(lines):
        if re.match(r"\s*(?:căn cứ|theo|thực hiện)\b", line, re.I):
            continue
        if found := _NUMBER.search(line):
            symbol = re.sub(r"\s*[-–]\s*", "-", found["symbol"]).rstrip(".,-/").replace("–", "-")
            sure = 0.92 if at <= len(lines) / 2 else 0.6
            if line[found.end("symbol") :][:1].isalpha():
                sure = 0.5  # it runs on in letters that no symbol has: one was misread
            yield Proposal("number", f"{found['order']}/{symbol}", sure, (at,))
            return
    for at, line in enumerate(lines):
        if found := _BOOK_NUMBER.search(line):
            yield Proposal("number", " ".join(found["number"].split()), 0.75, (at,))
            return


_DAY_WORDS = r"ng[àaáả]y\s*(?P<d>\d{1,2})\s*th[áaàả]ng\s*(?P<m>\d{1,2})\s*n[ăaâ]m\s*(?P<y>\d{4})"
_DAY = re.compile(_DAY_WORDS, re.I)
_DAY_NUMBERS = re.compile(r"(?P<d>\d{1,2})\s?[/.\-]\s?(?P<m>\d{1,2})\s?[/.\-]\s?(?P<y>\d{4})")
_OTHER_DAY = re.compile(
    r"căn cứ|nghị định|thông tư|luật|bộ luật|giá trị|hiệu lực|kể từ|hết hạn|sinh|chết|cấp ngày|vào lúc|đến ngày", re.I
)
_PLACE_BEFORE = re.compile(r"[A-ZĐÂĂÊÔƠƯ][^,:;]{1,40},\s*$")


def _issued(lines: Sequence[str]) -> Iterator[Proposal]:
    best: Proposal | None = None
    for at, line in enumerate(lines):
        found = _DAY.search(line)
        day = _day(found) if found else None
        if found is None or day is None:
            continue
        before = line[: found.start()]
        if _PLACE_BEFORE.search(before) and not _OTHER_DAY.search(before):
            sure = 0.93
        elif re.search(r"h[ôo]m nay|làm tại|lập ngày", before, re.I):
            sure = 0.85
        elif not before.strip(" .,;-") and not _OTHER_DAY.search(line):
            sure = 0.7
        else:
            continue
        if best is None or sure > best.sure:
            best = Proposal("issued_on", day.isoformat(), sure, (at,))
    if best is not None:
        yield best


_AGENCY = re.compile(
    r"^(?:ủy ban|uỷ ban|ubnd|sở|bệnh viện|công an|phòng|trung tâm|bộ|cục|chi cục|chi nhánh|trường|văn phòng|tòa án|"
    r"trạm y tế|công ty|ban|viện|đại học|học viện|hội đồng|thanh tra|kho bạc|bảo hiểm|nhà)\b",
    re.I,
)
_NATION = re.compile(r"\s*(?:C[ỘO]NG\s*H[ÒOÓ]A\s*X[ÃA]|Đ[ộo]c\s*l[ậa]p).*$")


def _issuer(lines: Sequence[str]) -> Iterator[Proposal]:
    """The last agency above the number; else one in capitals further down, where agencies sign."""
    heads: list[tuple[int, str]] = []
    for at, line in enumerate(lines[: max(8, len(lines) // 3)]):
        left = _NATION.sub("", line).strip(" .,;:|-_")
        if _NUMBER.search(line) or re.match(r"(?:căn cứ|kính gửi|điều)\b", line, re.I):
            break
        if _AGENCY.match(left) and left.isupper() and len(left) < 90:
            heads.append((at, left))
        elif (
            heads and left.isupper() and left and not _NATION.match(line) and at == heads[-1][0] + 1 and _goes_on(left)
        ):
            heads[-1] = (at, f"{heads[-1][1]} {left}")
    if heads:
        at, name = heads[-1]
        yield Proposal("issuer", proper(name), 0.85, (at,))
        return
    for at in range(len(lines) - 1, len(lines) // 3, -1):
        line = lines[at].strip(" .,;:|-_")
        if _AGENCY.match(line) and line.isupper() and len(line) < 90 and len(line.split()) >= 4:
            yield Proposal("issuer", proper(line), 0.6, (at,))
            return


def _goes_on(line: str) -> bool:
    return bool(re.match(r"(?:tỉnh|thành phố|phường|xã|quận|huyện|thị)\b", line, re.I))


_SMALL = frozenset(
    "ủy uỷ ban nhân dân sở y tế bệnh viện công an phòng trung tâm bộ cục chi nhánh trường văn phòng tòa án trạm công "
    "ty hội đồng tỉnh thành phố phường xã quận huyện thị trấn đặc khu và của đăng ký đất đai phục vụ hành chính cảnh "
    "sát tiểu học trung học cơ phổ thông đa khoa cổ phần trách nhiệm hữu hạn".split()
)


def proper(name: str) -> str:
    """A name in capitals as it is written in running text: "Ủy ban nhân dân phường Mẫu"."""
    words = name.split()
    told = [word.lower() if word.lower() in _SMALL else word.capitalize() for word in words]
    if told:
        told[0] = told[0].capitalize()
    return " ".join(told)


# -- whose paper -------------------------------------------------------------------------------------------------------

_NAME_LABELS = tuple(
    re.compile(label + r"\s*(?P<rest>.+)", re.I)
    for label in (
        r"h[ọo]\s*,?\s*(?:ch[ữu] đ[ệe]m\s*,?\s*|v[àa] )?t[êe]n(?: khai sinh)?(?: [^:\d]{2,30})?\s*[:;.]",
        r"(?:chủ đầu tư|chủ hộ|chủ sử dụng|người (?:đề nghị|yêu cầu|được cấp|làm đơn)|tên tôi là|tôi là)[^:]{0,20}:",
        r"(?:[ôo]ng|b[àa])\s*[/(]\s*(?:b[àa]|[ôo]ng)\s*\)?\s*:?",
    )
)
_NUMBER_LABEL = re.compile(
    r"(?:định danh(?: cá nhân)?|c[ăa]n c[ướuo]+c(?: công dân)?|cccd|cmnd|chứng minh nhân dân|giấy tờ tùy thân)"
    r"[^\d:]{0,25}[:;]?[^\dOIl]{0,20}(?P<digits>(?:[\dOoIl][ .]?){9,14})",
    re.I,
)
_DAY_SECOND = r"(?P<d2>\d{1,2})\s?[/.\-]\s?(?P<m2>\d{1,2})\s?[/.\-]\s?(?P<y2>\d{4})"
_BORN = re.compile(
    r"(?:(?:ngày\s*,?\s*tháng\s*,?\s*năm sinh|sinh ngày|ngày sinh|sinh)\s*[:;]?\s*"
    rf"(?:{_DAY_WORDS}|{_DAY_SECOND})|(?:năm sinh|sinh năm)\s*[:;]?\s*(?P<only>\d{{4}}))",
    re.I,
)
_ALIKE_DIGITS = str.maketrans("OoIl", "0011")


def _holder(lines: Sequence[str]) -> Iterator[Proposal]:
    name = _holder_name(lines)
    near = name.lines[0] if name else 0
    number = _holder_number(lines, near)
    born = _born(lines, near)
    # The number of a card speaks of the year of birth: where both agree, both were read right.
    if number and born and len(number.value) == 12:
        # Where they do not, the day is somebody else's (a child's on its parents' form) or was misread: not proposed.
        agree = number_birth_year(number.value) == int(born.value[:4])
        number = Proposal(number.field, number.value, 0.96 if agree else 0.7, number.lines)
        born = Proposal(born.field, born.value, 0.96, born.lines) if agree else None
    yield from (each for each in (name, number, born) if each is not None)


def _holder_name(lines: Sequence[str]) -> Proposal | None:
    for sure, label in zip((0.85, 0.8, 0.75), _NAME_LABELS, strict=True):
        for at, line in enumerate(lines):
            start = 0
            while found := label.search(line, start):
                start = found.start("rest")
                if name := person_name(found["rest"]):
                    known = all(is_syllable(word) for word in name.lower().split())
                    return Proposal("holder_name", name, sure if known else sure - 0.3, (at,))
    return None


def person_name(text: str) -> str:
    """The name that `text` begins with, or nothing: two to six words in capitals, or each with a capital."""
    words: list[str] = []
    for raw in re.split(r"\s+", text.strip(" .:;-_")):
        word = raw.strip(".,;:()")
        if not word or not word[0].isupper() or not all(sign.isalpha() or sign in "'’" for sign in word):
            break
        if words and words[0].isupper() != word.isupper() and len(word) > 1:
            break
        words.append(word)
        if raw[-1] in ",;." or len(words) == 6:
            break
    return " ".join(word.capitalize() for word in words) if len(words) >= 2 else ""


def _holder_number(lines: Sequence[str], near: int) -> Proposal | None:
    best: tuple[int, Proposal] | None = None
    for at, text in _with_next(lines):
        for found in _NUMBER_LABEL.finditer(text):
            if found.start() >= len(lines[at]):
                break
            digits = re.sub(r"\D", "", found["digits"].translate(_ALIKE_DIGITS))
            if len(digits) in (9, 12):
                # The first at or below the holder's name; failing that, the first of all.
                distance = at - near if at >= near else 1000 + at
                if best is None or distance < best[0]:
                    best = distance, Proposal("holder_number", digits, 0.8 if len(digits) == 12 else 0.6, (at,))
    return best[1] if best else None


def _with_next(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each line with the one below it: what a label asks for may stand there."""
    for at, line in enumerate(lines):
        yield at, f"{line} {lines[at + 1]}" if at + 1 < len(lines) else line


def _born(lines: Sequence[str], near: int) -> Proposal | None:
    best: tuple[int, Proposal] | None = None
    for at, text in _with_next(lines):
        for found in _BORN.finditer(text):
            if found.start() >= len(lines[at]):
                break
            if found["only"]:
                value, sure = found["only"], 0.8
            else:
                parts = (found["y"] or found["y2"], found["m"] or found["m2"], found["d"] or found["d2"])
                day = _date(*parts)
                if day is None:
                    continue
                value, sure = day.isoformat(), 0.85
            distance = at - near if at >= near else 1000 + at
            if 1900 <= int(value[:4]) <= 2100 and (best is None or distance < best[0]):
                best = distance, Proposal("holder_born", value, sure, (at,))
    return best[1] if best and best[0] < 12 else None


# -- summary, validity -------------------------------------------------------------------------------------------------

_ABOUT = re.compile(r"^(?:V/v|V[ềêe] vi[ệêe]c)\b.*", re.I)
_STOPS = re.compile(r"^(?:Điều|Căn cứ|Kính gửi|CHỦ TỊCH|TM\.|Số:|\d+\.|[IVX]+\.)")
LONGEST_SUMMARY = 300


def _summary(lines: Sequence[str], title: Proposal | None) -> Iterator[Proposal]:
    for at, line in enumerate(lines[: max(12, len(lines) // 2)]):
        if not _ABOUT.match(line):
            continue
        taken = [at]
        text = line
        for more in range(at + 1, min(at + 4, len(lines))):
            following = lines[more]
            if _STOPS.match(following) or following.isupper() or len(text) > LONGEST_SUMMARY or text.endswith("."):
                break
            text, taken = f"{text} {following}", [*taken, more]
        near = title is not None and at - title.lines[-1] in (1, 2)
        yield Proposal("summary", text[:LONGEST_SUMMARY].strip(), 0.85 if near else 0.7, tuple(taken))
        return


_UNTIL = re.compile(
    r"(?:có giá trị|giá trị sử dụng|thời hạn|hiệu lực|date of expiry)[^\d]{0,40}?(?:đến|tới|expiry)[^\d]{0,25}?"
    rf"(?:{_DAY_WORDS}|{_DAY_SECOND})",
    re.I,
)
_FOR_EVER = re.compile(
    r"(?:thời hạn|sử dụng)[^:.;]{0,40}[:]\s*(?:lâu dài|không thời hạn|vô thời hạn|ổn định lâu dài)", re.I
)


def _validity(lines: Sequence[str]) -> Iterator[Proposal]:
    for at, line in enumerate(lines):
        if found := _UNTIL.search(line):
            day = _date(found["y"] or found["y2"], found["m"] or found["m2"], found["d"] or found["d2"])
            if day is not None:
                yield Proposal("valid_to", day.isoformat(), 0.85, (at,))
                return
        if _FOR_EVER.search(line):
            yield Proposal("perpetual", "yes", 0.8, (at,))
            return


def _day(found: re.Match[str]) -> date | None:
    return _date(found["y"], found["m"], found["d"])


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
