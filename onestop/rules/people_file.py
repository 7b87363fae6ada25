"""Rows of a table of people (CSV, XLSX, an older system's list) as person forms, or the reason why a row is none.

What a spreadsheet did to a number is recognised. A digit is put back only where the other columns prove it, always
with a remark; everything else is refused with a reason, so that the row can be mended and brought again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onestop.rules.citizen import HOUSEHOLD_BUSINESS, ORGANISATION, PERSON
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.identity import FEMALE, MALE, mask, read_birth_date, remarks_on
from onestop.rules.intake import PersonForm
from onestop.rules.text import clean, fold

# Heading → field, folded and without signs; the first of a field's headings that is there is taken. Fields that are no
# column of a person: surname and given (put together), male and female (a mark or a birth year under Nam or Nữ),
# representative_name and representative_number.
_HEADINGS: dict[str, tuple[str, ...]] = {
    "name": (
        "ho va ten", "ho ten", "ho chu dem va ten", "ho chu dem va ten khai sinh", "ho dem va ten",
        "ho va ten khai sinh", "ho ten cong dan", "ho va ten cong dan", "ten cong dan", "ho ten nguoi dan",
        "ten nguoi dan", "ho va ten chu ho", "ho ten chu ho", "ho ten chu ho so", "chu ho so", "full name",
        "fullname", "name", "citizen name", "ten to chuc", "ten doanh nghiep", "ten cong ty", "ten co quan",
        "ten don vi", "ten ho kinh doanh",
    ),
    "surname": (
        "ho va ten dem", "ho va chu dem", "ho va dem", "ho ten dem", "ho dem", "ho lot", "ho va ten lot", "ho",
        "surname", "last name", "family name",
    ),
    "middle": ("ten dem", "chu dem", "dem", "ten lot", "middle name"),
    "given": ("ten", "first name", "given name"),
    "date_of_birth": (
        "ngay sinh", "ngay thang nam sinh", "ngay thang nam sinh day du", "sinh ngay", "ngay sinh nam sinh",
        "nam sinh", "date of birth", "dob", "birth date", "birthdate", "birthday", "year of birth", "birth year",
        "ngaysinh", "namsinh",
    ),
    "sex": ("gioi tinh", "gt", "phai", "nam nu", "sex", "gender", "gioitinh"),
    "male": ("nam",),
    "female": ("nu",),
    "identity_number": (
        "so dinh danh ca nhan", "so dinh danh", "ma dinh danh", "ma so dinh danh", "ma dinh danh ca nhan",
        "so can cuoc", "so the can cuoc", "can cuoc", "so can cuoc cong dan", "can cuoc cong dan", "so cccd",
        "cccd", "so cccd cmnd", "cccd cmnd", "cmnd cccd", "so cmnd cccd", "so cmnd can cuoc", "cmnd can cuoc",
        "so giay to", "so giay to tuy than", "so cccd so dinh danh", "identity number", "identity no", "id number",
        "id no", "citizen id", "personal id", "personal number", "so dinh danh ca nhan ho chieu", "cccd ho chieu",
    ),
    "cmnd": (
        "so cmnd", "cmnd", "so cmt", "cmt", "cmtnd", "so cmtnd", "so chung minh nhan dan", "chung minh nhan dan",
        "so cmnd cu", "cmnd cu", "old id number",
    ),
    "passport": ("so ho chieu", "ho chieu", "passport number", "passport no", "passport"),
    "nationality": ("quoc tich", "nationality"),
    "birth_certificate": ("so giay khai sinh", "giay khai sinh", "so khai sinh", "birth certificate"),
    "no_paper_reason": ("ly do khong co giay to", "ly do khong giay to", "ly do chua co giay to", "no paper reason"),
    "tax_code": (
        "ma so thue", "mst", "ma so doanh nghiep", "ma so thue ma so doanh nghiep", "ma so thue ca nhan",
        "tax code", "tax id", "tax number",
    ),
    "phone": (
        "so dien thoai", "dien thoai", "sdt", "so dt", "dt", "dien thoai lien he", "so dien thoai lien he",
        "di dong", "dien thoai di dong", "phone", "phone number", "mobile", "tel", "telephone", "sodienthoai",
    ),
    "email": ("email", "e mail", "thu dien tu", "dia chi email", "dia chi thu dien tu"),
    "address": (
        "noi cu tru", "dia chi", "noi thuong tru", "dia chi thuong tru", "thuong tru", "ho khau thuong tru", "hktt",
        "noi dang ky thuong tru", "noi dktt", "ho khau", "noi o hien tai", "noi o hien nay", "cho o hien nay",
        "cho o hien tai", "noi tam tru", "tam tru", "dia chi lien he", "address", "residence", "diachi",
    ),
    "unit_code": (
        "ma don vi hanh chinh", "ma dvhc", "ma xa", "ma xa phuong", "ma phuong xa", "ward code", "unit code",
    ),
    "old_district": ("huyen cu", "quan huyen cu", "quan huyen", "huyen", "old district", "district"),
    "issued_on": ("ngay cap", "ngay cap cccd", "ngay cap can cuoc", "issued on", "date of issue", "issue date"),
    "kind": ("loai doi tuong", "doi tuong", "loai", "kind", "type"),
    "representative_name": (
        "nguoi dai dien", "ho ten nguoi dai dien", "dai dien theo phap luat", "nguoi dai dien theo phap luat",
        "chu ho kinh doanh", "representative",
    ),
    "representative_number": (
        "so dinh danh nguoi dai dien", "cccd nguoi dai dien", "so cccd nguoi dai dien",
        "representative identity number",
    ),
}  # fmt: skip

# Headings said at more length ("Số CCCD/ĐDCN của người dân"): these words are enough, unless others are meant.
_PARTS_OF_HEADINGS = {
    "name": "ho va ten|ho ten|full name",
    "date_of_birth": "ngay sinh|nam sinh|birth",
    "identity_number": "cccd|can cuoc|dinh danh|ddcn",
    "cmnd": "cmnd|cmt|chung minh nhan dan",
    "phone": "dien thoai|phone",
    "address": "dia chi|thuong tru|cu tru",
}
_OF_OTHERS = re.compile(r"\b(cha|me|bo|vo|chong|con|dai dien|nguoi nhan|chu ho|ngay cap|noi cap|co quan cap|to chuc)\b")

_KIND_OF_HEADING = {
    "ten to chuc": ORGANISATION,
    "ten doanh nghiep": ORGANISATION,
    "ten cong ty": ORGANISATION,
    "ten co quan": ORGANISATION,
    "ten don vi": ORGANISATION,
    "ten ho kinh doanh": HOUSEHOLD_BUSINESS,
}

# By words, and by the numbers of the national exchange (LoaiDoiTuong: 0 công dân, 1 doanh nghiệp, 2 hộ kinh doanh).
_KINDS = {
    PERSON: ("ca nhan", "cong dan", "nguoi dan", "person", "citizen", "0"),
    ORGANISATION: ("to chuc", "doanh nghiep", "cong ty", "co quan", "organisation", "organization", "1"),
    HOUSEHOLD_BUSINESS: ("ho kinh doanh", "ho kd", "hkd", "household business", "2"),
}
_SEXES = {
    MALE: ("nam", "m", "male", "trai", "ong"),
    FEMALE: ("nu", "f", "female", "gai", "ba"),
}


class Columns(dict[str, int]):
    """Where each field stands: field → index of its cell. `headings` are those of the file, in its order."""

    def __init__(self, found: dict[str, int], headings: Sequence[str]) -> None:
        super().__init__(found)
        self.headings = tuple(headings)

    @property
    def unread(self) -> tuple[str, ...]:
        """Headings that mean nothing here: shown, so that nobody thinks they were taken."""
        taken = set(self.values())
        return tuple(heading for index, heading in enumerate(self.headings) if index not in taken and heading)


def read_header(cells: Sequence[str]) -> Columns:
    """What the columns of a table mean, by their headings in Vietnamese or English, accents and signs optional.

    RuleBroken `people-file.no-name-column` (details: columns) when none of them holds names.
    """
    headings = [clean(cell) for cell in cells]
    keys = [heading_key(heading) for heading in headings]
    found: dict[str, int] = {}
    for field, known in _HEADINGS.items():
        place = next((keys.index(key) for key in known if key in keys), None)
        if place is not None:
            found[field] = place
    for field, words in _PARTS_OF_HEADINGS.items():
        longer = re.compile(rf"\b(?:{words})\b")
        free = [
            place for place in range(len(keys)) if place not in found.values() and not _OF_OTHERS.search(keys[place])
        ]
        place = next((place for place in free if longer.search(keys[place])), None)
        if field not in found and place is not None and not (field == "name" and "given" in found):
            found[field] = place
    if "name" not in found and "given" in found and "surname" not in found:
        found["name"] = found.pop("given")
    if "name" in found:
        for field in ("surname", "middle", "given"):
            found.pop(field, None)
    elif "given" not in found:
        raise RuleBroken("people-file.no-name-column", columns=", ".join(filter(None, headings)))
    if "male" not in found or "female" not in found:
        found.pop("male", None)
        found.pop("female", None)
    return Columns(found, headings)


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row is the heading of a table of people: titles often stand above it."""
    try:
        return len(read_header(cells)) > 1
    except RuleBroken:
        return False


def heading_key(heading: str) -> str:
    """A heading as it is compared: folded, without signs and what stands in brackets."""
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", fold(heading))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row that became a form, and what was done to read it."""

    number: int
    form: PersonForm
    remarks: tuple[Remark, ...] = ()


def row_to_person(cells: Sequence[str], columns: Columns, row_number: int) -> PersonForm:
    """The form in one row; see `read_row` for the remarks that go with it."""
    return read_row(cells, columns, row_number).form


def read_row(cells: Sequence[str], columns: Columns, row_number: int) -> PersonRow:
    """The form in one row, not yet checked (`citizen.check_person` does that).

    `cells` are texts as `store.sheets` gives them. RuleBroken with `row`, and `column` where one is at fault:
    `people-file.row-short`, `row-long`, `letters-lost`, `number-rounded`, `zero-lost`, `cmnd-zero-lost`, `short-year`,
    `sex-unknown`, `kind-unknown`, or what `identity.read_birth_date` says.
    """
    if len(cells) < len(columns.headings):
        raise RuleBroken("people-file.row-short", row=row_number, found=len(cells), expected=len(columns.headings))
    if any(map(clean, cells[len(columns.headings) :])):
        raise RuleBroken("people-file.row-long", row=row_number, found=len(cells), expected=len(columns.headings))
    return _Row(cells, columns, row_number).read()


class _Row:
    """One row while it is read: its cells by field, the remarks so far."""

    def __init__(self, cells: Sequence[str], columns: Columns, number: int) -> None:
        self._cells = cells
        self._columns = columns
        self._number = number
        self._remarks: list[Remark] = []

    def read(self) -> PersonRow:
        born, sex = self._birth(), self._sex()
        kind = self._kind()
        number, cmnd = self._numbers(sex, born)
        representative = None
        if self._text("representative_name"):
            representative = PersonForm(
                name=self._text("representative_name"),
                identity_number=self._digits("representative_number") or None,
            )
        form = PersonForm(
            kind=kind,
            name=self._name(),
            date_of_birth=born or None,
            sex=sex or None,
            identity_number=number or None,
            cmnd=cmnd or None,
            passport=self._text("passport") or None,
            nationality=self._text("nationality") or None,
            birth_certificate=self._text("birth_certificate") or None,
            no_paper_reason=self._text("no_paper_reason") or None,
            tax_code=self._tax_code() or None,
            representative=representative,
            phone=self._phone() or None,
            email=self._text("email") or None,
            address=self._text("address") or None,
            unit_code=self._unit_code() or None,
            old_district=self._text("old_district") or None,
            issued_on=self._date("issued_on") or None,
        )
        return PersonRow(self._number, form, tuple(self._remarks))

    # -- cells

    def _text(self, field: str) -> str:
        index = self._columns.get(field)
        if index is None:
            return ""
        text = unwrap(clean(self._cells[index]))
        if "\ufffd" in text:
            raise self._refusal("people-file.letters-lost", field)
        return text

    def _refusal(self, code: str, field: str, **details: object) -> RuleBroken:
        index = self._columns.get(field)
        column = self._columns.headings[index] if index is not None else ""
        return RuleBroken(code, **{"row": self._number, "field": field, "column": column, **details})

    def _remark(self, code: str, **details: object) -> None:
        self._remarks.append(Remark(code, {"row": self._number, **details}))

    # -- name, kind, sex

    def _name(self) -> str:
        if "name" in self._columns:
            return self._text("name")
        return clean(" ".join(self._text(field) for field in ("surname", "middle", "given")))

    def _kind(self) -> str:
        text = fold(self._text("kind"))
        if text:
            for kind, known in _KINDS.items():
                if text in known:
                    return kind
            raise self._refusal("people-file.kind-unknown", "kind", text=self._text("kind"))
        heading = self._columns.headings[self._columns["name"]] if "name" in self._columns else ""
        return _KIND_OF_HEADING.get(heading_key(heading), PERSON)

    def _sex(self) -> str:
        text = fold(self._text("sex"))
        if text:
            for sex, known in _SEXES.items():
                if text in known:
                    return sex
            raise self._refusal("people-file.sex-unknown", "sex", text=self._text("sex"))
        marked = [sex for field, sex in (("male", MALE), ("female", FEMALE)) if self._text(field)]
        if len(marked) > 1:
            raise self._refusal("people-file.sex-unknown", "male", text="Nam, Nữ")
        return marked[0] if marked else ""

    # -- dates

    def _birth(self) -> str:
        for field in ("date_of_birth", "male", "female"):
            text = self._text(field)
            if field == "date_of_birth" or re.search(r"[0-9]{4}", text):
                born = self._date(field)
                if born:
                    return born
        return ""

    def _date(self, field: str) -> str:
        """ISO date from a cell: a worksheet's day number, a date with an empty hour, or what people write."""
        text = re.sub(r"[ T]0?0:00(:00(\.0+)?)?$", "", self._text(field))
        text = re.sub(r"^([0-9]{4,8})[.,]0+$", r"\1", text)
        if not text:
            return ""
        if re.fullmatch(r"[0-9]{5}", text):
            return (date(1899, 12, 30) + timedelta(days=int(text))).isoformat()
        if re.fullmatch(r"[0-9]{7}", text):
            text = "0" + text  # ddMMyyyy as a number: the 0 before the day is lost, and nothing else fits
        if re.fullmatch(r"[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-][0-9]{2}", text):
            raise self._refusal("people-file.short-year", field, text=text)
        try:
            return read_birth_date(text)
        except RuleBroken as broken:
            raise self._refusal(broken.code, field, text=text) from None

    # -- numbers

    def _numbers(self, sex: str, born: str) -> tuple[str, str]:
        """The identity number and the old CMND, each where it belongs."""
        number, cmnd = self._digits("identity_number"), self._digits("cmnd")
        if re.fullmatch(r"[0-9]{12}", cmnd) and not number:
            self._remark("people-file.number-moved", column=self._heading("cmnd"))
            number, cmnd = cmnd, ""
        if re.fullmatch(r"[0-9]{9}", number) and not cmnd:
            self._remark("people-file.cmnd-moved", column=self._heading("identity_number"))
            number, cmnd = "", number
        if re.fullmatch(r"[0-9]{10,11}", number):
            number = self._with_zeros(number, sex, born)
        if re.fullmatch(r"[0-9]{7,8}", cmnd):
            raise self._refusal("people-file.cmnd-zero-lost", "cmnd", count=len(cmnd))
        if re.fullmatch(r"[0-9]{8}", number):
            raise self._refusal("people-file.cmnd-zero-lost", "identity_number", count=len(number))
        return number, cmnd

    def _with_zeros(self, number: str, sex: str, born: str) -> str:
        """A number whose zeros at the head a spreadsheet took: given back only where sex and birth year prove it."""
        whole = number.zfill(12)
        if not sex or not born or remarks_on(whole, sex, born):
            raise self._refusal("people-file.zero-lost", "identity_number", count=len(number))
        self._remark("people-file.zero-restored", number=mask(whole))
        return whole

    def _digits(self, field: str) -> str:
        """A number as text, without what a spreadsheet adds to it (.0, 1E+10, thousands)."""
        text = self._text(field).replace(" ", "")
        floating = re.fullmatch(r"([0-9]+)[.,]0+", text)
        if floating:
            self._remark("people-file.float-restored", column=self._heading(field))
            return floating.group(1)
        scientific = re.fullmatch(r"([0-9])(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,2})", text)
        if scientific:
            first, rest, exponent = scientific.group(1), scientific.group(2) or "", int(scientific.group(3))
            if len(rest) != exponent:
                raise self._refusal("people-file.number-rounded", field, text=text)
            self._remark("people-file.float-restored", column=self._heading(field))
            return first + rest
        if re.fullmatch(r"[0-9]{1,3}(?:[.,'][0-9]{3})+", text):
            return re.sub(r"[^0-9]", "", text)
        return re.sub(r"[.\-]", "", text) if re.fullmatch(r"[0-9.\-]+", text) else text

    def _heading(self, field: str) -> str:
        return self._columns.headings[self._columns[field]]

    def _tax_code(self) -> str:
        number = self._digits("tax_code") if re.search(r"[eE.,]", self._text("tax_code")) else self._text("tax_code")
        if re.fullmatch(r"[0-9]{9}", number):
            # Tax codes of the north begin with 0; the check digit in `check_person` says whether this was one.
            self._remark("people-file.tax-zero-restored", column=self._heading("tax_code"))
            return "0" + number
        return number

    def _phone(self) -> str:
        text = self._text("phone")
        return self._digits("phone") if re.fullmatch(r"[0-9]+[.,]0+|[0-9][.,]?[0-9]*[eE]\+?[0-9]+", text) else text

    def _unit_code(self) -> str:
        code = self._digits("unit_code")
        return code.zfill(5) if re.fullmatch(r"[0-9]{1,4}", code) else code


def unwrap(text: str) -> str:
    """`="038…"` and `'038…`, by which people keep a spreadsheet from taking a number for one, without the trick."""
    wrapped = re.fullmatch(r'="(.*)"', text)
    if wrapped:
        return wrapped.group(1)
    return text[1:] if re.match(r"'[0-9=+\-@]", text) else text


def blank(cells: Iterable[str]) -> bool:
    """Whether a row says nothing at all."""
    return not any(cell and clean(cell) for cell in cells)
