"""People and organisations: what a form must hold, what differs from what is known, who resembles whom.

Names are kept as given: NFC and single spaces, nothing else. An address is kept as printed, in however many levels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.identity import (
    FEMALE,
    MALE,
    CardReading,
    check_birth_date,
    check_cmnd,
    check_identity_number,
    read_birth_date,
    remarks_on,
)
from onestop.rules.intake import PersonForm
from onestop.rules.text import clean, exact_key, fold, plain_key, sort_key, tokens
from onestop.texts import N_, _

PERSON, ORGANISATION, HOUSEHOLD_BUSINESS = "person", "organisation", "household-business"

KINDS = {
    PERSON: N_("Cá nhân"),
    ORGANISATION: N_("Tổ chức"),
    HOUSEHOLD_BUSINESS: N_("Hộ kinh doanh"),
}

ROLES = {
    "con": N_("Con"),
    "cha": N_("Cha"),
    "me": N_("Mẹ"),
    "ben-nam": N_("Bên nam"),
    "ben-nu": N_("Bên nữ"),
    "vo-chong": N_("Vợ hoặc chồng"),
    "nguoi-chet": N_("Người chết"),
    "nguoi-giam-ho": N_("Người giám hộ"),
    "nguoi-duoc-giam-ho": N_("Người được giám hộ"),
    "nguoi-nhan": N_("Người nhận cha, mẹ, con"),
    "nguoi-duoc-nhan": N_("Người được nhận là cha, mẹ, con"),
    "con-nuoi": N_("Con nuôi"),
    "cha-nuoi": N_("Cha nuôi"),
    "me-nuoi": N_("Mẹ nuôi"),
    "nguoi-duoc-cai-chinh": N_("Người được thay đổi, cải chính hộ tịch"),
    "nguoi-uy-quyen": N_("Người ủy quyền"),
    "nguoi-duoc-uy-quyen": N_("Người được ủy quyền"),
    "nguoi-yeu-cau-chung-thuc": N_("Người yêu cầu chứng thực"),
    "nguoi-lam-chung": N_("Người làm chứng"),
    "nguoi-thua-ke": N_("Người thừa kế"),
    "nguoi-de-lai-di-san": N_("Người để lại di sản"),
    "ben-a": N_("Bên A"),
    "ben-b": N_("Bên B"),
    "ben-tranh-chap": N_("Bên tranh chấp"),
    "chu-ho": N_("Chủ hộ"),
    "thanh-vien": N_("Thành viên"),
    "thanh-vien-ho": N_("Thành viên hộ"),
    "nguoi-duoc-huong": N_("Người được hưởng trợ cấp"),
    "nguoi-dai-dien": N_("Người đại diện"),
}
"""The roles in which a dossier names people, with their labels."""

WHOSE = {
    "owner": N_("Chủ hồ sơ"),
    "submitter": N_("Người nộp"),
    "representative": ROLES["nguoi-dai-dien"],
}
"""Who is meant where something is wrong with one of several people, besides those in `ROLES`."""

RELATIONS = {
    "cha-me": N_("Cha, mẹ"),
    "con": N_("Con"),
    "vo-chong": N_("Vợ, chồng"),
    "anh-chi-em": N_("Anh, chị, em"),
    "ong-ba": N_("Ông, bà"),
    "chau": N_("Cháu"),
    "ho-hang": N_("Người thân thích khác"),
    "nguoi-giam-ho": N_("Người giám hộ"),
    "nguoi-duoc-uy-quyen": N_("Người được ủy quyền"),
    "nguoi-dai-dien": N_("Người đại diện theo pháp luật"),
    "nhan-vien": N_("Nhân viên của tổ chức"),
    "buu-chinh": N_("Nhân viên bưu chính"),
    "dich-vu": N_("Người được thuê nộp"),
    "khac": N_("Quan hệ khác"),
}
"""What the one who hands in is to the owner."""

EDIT_GROUPS: dict[str, tuple[str, ...]] = {
    "name": ("kind", "name"),
    "birth": ("date_of_birth", "sex"),
    "identity": (
        "identity_number",
        "cmnd",
        "passport",
        "nationality",
        "birth_certificate",
        "no_paper_reason",
        "tax_code",
        "issued_on",
        "from_card",
    ),
    "address": ("address", "unit_code", "unit_set", "old_district"),
    "contact": ("phone", "email"),
    "representative": ("representative_id",),
}
"""Columns that are changed together: two counters that edit different groups of one person do not conflict."""

UNIT_SET = "2025-07-01"
"""The set of unit codes that `unit_code` belongs to: two levels, 3,321 communes, since that day."""

LONG_NAME, LONGEST_NAME = 100, 250
LONGEST_ORGANISATION = 500
LONGEST_TEXT = 1000
CHILD_AGE = 14
"""Under this age a person may have no paper yet, and no reason is asked for."""


def role_name(code: str) -> str:
    """The label of a role in the language in use; a role that is not in the list is shown as it is."""
    return _(ROLES[code]) if code in ROLES else code


def relation_name(code: str) -> str:
    """The label of a relation in the language in use; anything else (typed by hand) is shown as it is."""
    return _(RELATIONS[code]) if code in RELATIONS else code


def sex_name(sex: str | None) -> str:
    """ "Nam", "Nữ" in the language in use; "" where it is not known."""
    return {MALE: _("Nam"), FEMALE: _("Nữ")}.get(sex or "", sex or "")


def kind_name(code: str) -> str:
    """The label of a kind in the language in use."""
    return _(KINDS[code]) if code in KINDS else code


def keys_of(kind: str, name: str) -> dict[str, str]:
    """The columns `folded` and `sort_key` that follow from a name: people by given name, others as written."""
    return {"folded": fold(name), "sort_key": sort_key(name) if kind == PERSON else plain_key(name)}


# -- what a form must hold ---------------------------------------------------------------------------------------------


def check_person(
    form: PersonForm, today: date, office: str = "", *, paper_needed: bool = True
) -> tuple[dict[str, Any], list[Remark]]:
    """The columns of a person or organisation, and what is odd about it.

    RuleBroken with `field` when something cannot be right. `office`: the office's own unit code; a person of another
    unit is remarked on. `paper_needed` False for people whom a dossier only names (parties): they may have no paper.
    The representative is a person of his own: check and register him apart. `folded` and `sort_key` are not among the
    columns, they follow from the name (`keys_of`).
    """
    if form.kind not in KINDS:
        raise RuleBroken("person.kind-unknown", field="kind", kind=form.kind)
    remarks: list[Remark] = []
    values: dict[str, Any] = {
        "kind": form.kind,
        "name": _name(form.name, form.kind, remarks),
        "from_card": form.from_card,
        "phone": _phone(form.phone, remarks),
        "email": _email(form.email),
        "address": _line(form.address, "address"),
        "old_district": _line(form.old_district, "old_district"),
        **_unit(form.unit_code, office, remarks),
        "nationality": _line(form.nationality, "nationality"),
        "no_paper_reason": _line(form.no_paper_reason, "no_paper_reason"),
    }
    if form.kind == PERSON:
        values.update(_of_a_person(form, today, remarks))
        _check_paper(values, today, paper_needed, remarks)
    else:
        values.update(_of_an_organisation(form))
    values["tax_code"] = _tax_code(form.tax_code, values, remarks)
    if form.kind != PERSON:
        if not values["tax_code"] and not values["no_paper_reason"]:
            remarks.append(Remark("person.no-tax-code"))
        if form.representative is None:
            remarks.append(Remark("person.no-representative"))
    return values, remarks


def pointer_number(form: PersonForm) -> str:
    """The identity number of a form that only points at somebody registered. RuleBroken when it is none."""
    return check_identity_number(form.identity_number or "")


_FORM_FIELDS = frozenset(field.name for field in fields(PersonForm)) - {"id", "representative", "not_same"}


def as_form(known: Mapping[str, Any], changed: Mapping[str, Any]) -> PersonForm:
    """The columns of a person with some of them changed, as a form to be checked anew."""
    merged = {**known, **changed}
    return PersonForm(**{key: merged[key] for key in _FORM_FIELDS if merged.get(key) is not None})


def form_of_card(reading: CardReading) -> PersonForm:
    """The person of a card as a form. What the card says of relatives is not part of it."""
    return PersonForm(
        name=reading.name,
        date_of_birth=reading.date_of_birth,
        sex=reading.sex,
        identity_number=reading.number,
        cmnd=reading.cmnd,
        address=reading.address or None,
        issued_on=reading.issued_on,
        from_card=True,
    )


# Direction overrides make a name read other than it is stored; the other invisible signs come along when copying.
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff]")
_OLD_FONT = re.compile("[µ¸¶·¹»¾¼½¨©ª«¬®§¡¢£¤¥¦÷×]")


def _name(given: str, kind: str, remarks: list[Remark]) -> str:
    if _OVERRIDES.search(given):
        raise RuleBroken("person.name-direction-marks", field="name")
    name = clean(given)
    if not name:
        raise RuleBroken("person.name-missing", field="name")
    if "|" in name:
        raise RuleBroken("person.name-is-card-text", field="name")
    letters = [letter for letter in name if letter.isalpha()]
    if not letters:
        code = "person.name-digits-only" if any(map(str.isdigit, name)) else "person.name-no-letters"
        raise RuleBroken(code, field="name")
    most = LONGEST_NAME if kind == PERSON else LONGEST_ORGANISATION
    if len(name) > most:
        raise RuleBroken("person.name-too-long", field="name", length=len(name), most=most)
    if _INVISIBLE.search(given):
        remarks.append(Remark("person.name-invisible-signs"))
    if "\ufffd" in name or re.search(r"\w\?", name):
        remarks.append(Remark("person.name-letters-lost"))
    if kind == PERSON:
        if any(map(str.isdigit, name)):
            remarks.append(Remark("person.name-has-digits"))
        if len(name) > LONG_NAME:
            remarks.append(Remark("person.name-long", {"length": len(name)}))
        if _OLD_FONT.search(name):
            remarks.append(Remark("person.name-old-font"))
    return name


def _of_a_person(form: PersonForm, today: date, remarks: list[Remark]) -> dict[str, Any]:
    born = check_birth_date(form.date_of_birth or "", today) if _given(form.date_of_birth) else None
    sex = _sex(form.sex)
    number = check_identity_number(form.identity_number or "") if _given(form.identity_number) else None
    passport = _passport(form.passport)
    if passport and not _given(form.nationality):
        raise RuleBroken("person.passport-without-nationality", field="nationality")
    if number:
        remarks.extend(remarks_on(number, sex, born))
    if born is None:
        remarks.append(Remark("person.no-birth-date"))
    return {
        "date_of_birth": born,
        "sex": sex,
        "identity_number": number,
        "cmnd": check_cmnd(form.cmnd or "") if _given(form.cmnd) else None,
        "passport": passport,
        "birth_certificate": _line(form.birth_certificate, "birth_certificate"),
        "issued_on": _issued_on(form.issued_on, born, today),
    }


_ONLY_PEOPLE = ("identity_number", "cmnd", "passport", "birth_certificate", "date_of_birth", "sex", "issued_on")


def _of_an_organisation(form: PersonForm) -> dict[str, Any]:
    for field in _ONLY_PEOPLE:
        if _given(getattr(form, field)):
            raise RuleBroken("person.not-for-organisation", field=field)
    return dict.fromkeys(_ONLY_PEOPLE)


def _check_paper(values: Mapping[str, Any], today: date, needed: bool, remarks: list[Remark]) -> None:
    if any(values[key] for key in ("identity_number", "cmnd", "passport", "birth_certificate", "no_paper_reason")):
        return
    born = values["date_of_birth"]
    child = born is not None and int(born[:4]) > today.year - CHILD_AGE
    if needed and not child:
        raise RuleBroken("person.no-paper", field="identity_number")
    remarks.append(Remark("person.no-paper-yet"))


def _given(text: str | None) -> bool:
    return bool(text and clean(text))


def _line(text: str | None, field: str) -> str | None:
    kept = clean(text or "")
    if len(kept) > LONGEST_TEXT:
        raise RuleBroken("person.text-too-long", field=field, length=len(kept), most=LONGEST_TEXT)
    return kept or None


def _sex(text: str | None) -> str | None:
    if not _given(text):
        return None
    known = {"nam": MALE, "nu": FEMALE}.get(fold(clean(text or "")))
    if known is None:
        raise RuleBroken("person.sex-unknown", field="sex", text=clean(text or ""))
    return known


def _passport(text: str | None) -> str | None:
    number = re.sub(r"[\s.\-]", "", clean(text or "")).upper()
    if not number:
        return None
    if not re.fullmatch(r"(?=.*[0-9])[A-Z0-9]{5,20}", number):
        raise RuleBroken("person.passport-unreadable", field="passport")
    return number


def _issued_on(text: str | None, born: str | None, today: date) -> str | None:
    if not _given(text):
        return None
    try:
        day = read_birth_date(text or "")
    except RuleBroken:
        day = ""
    if len(day) != 10:
        raise RuleBroken("person.issue-date-unreadable", field="issued_on", text=clean(text or ""))
    if day > today.isoformat():
        raise RuleBroken("person.issue-date-future", field="issued_on", text=clean(text or ""))
    if born and day[: len(born)] < born:
        raise RuleBroken("person.issue-date-before-birth", field="issued_on", text=clean(text or ""))
    return day


def _unit(code: str | None, office: str, remarks: list[Remark]) -> dict[str, str | None]:
    unit = clean(code or "")
    if not unit:
        return {"unit_code": None, "unit_set": None}
    if not re.fullmatch(r"[0-9]{5}", unit):
        raise RuleBroken("person.unit-code", field="unit_code", unit=unit)
    if office and unit != office:
        remarks.append(Remark("person.other-unit", {"unit": unit}))
    return {"unit_code": unit, "unit_set": UNIT_SET}


# -- tax code, phone, email --------------------------------------------------------------------------------------------

_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def _tax_code(text: str | None, values: Mapping[str, Any], remarks: list[Remark]) -> str | None:
    """10 digits, 10-3 for a dependent unit (TT 105/2020/TT-BTC), or since 1/7/2025 the 12-digit personal number."""
    digits = re.sub(r"[\s.\-]", "", clean(text or ""))
    if not digits:
        return None
    if not re.fullmatch(r"[0-9]{10}(?:[0-9]{2,3})?", digits):
        raise RuleBroken("person.tax-code", field="tax_code", count=len(re.findall(r"[0-9]", digits)))
    if len(digits) == 12:
        if values["kind"] == ORGANISATION:
            remarks.append(Remark("person.tax-code-personal"))
        elif values["kind"] == PERSON and values["identity_number"] not in (None, digits):
            remarks.append(Remark("person.tax-code-not-own-number"))
        return digits
    check = sum(int(digit) * weight for digit, weight in zip(digits, _TAX_WEIGHTS, strict=False)) % 11
    if check == 0 or int(digits[9]) != 10 - check:
        remarks.append(Remark("person.tax-code-check-digit"))
    return digits if len(digits) == 10 else f"{digits[:10]}-{digits[10:]}"


def _phone(text: str | None, remarks: list[Remark]) -> str | None:
    """Digits alone, Vietnamese numbers with their 0; several numbers are kept behind each other."""
    kept = clean(text or "")
    if not kept:
        return None
    numbers = [_one_phone(part, remarks) for part in re.split(r"[/,;]|\s-\s|\bhoặc\b", kept) if part.strip()]
    if not numbers:
        raise RuleBroken("person.phone", field="phone", text=kept)
    if len(numbers) > 1:
        remarks.append(Remark("person.phone-several"))
    return ", ".join(dict.fromkeys(numbers))


def _one_phone(text: str, remarks: list[Remark]) -> str:
    digits = re.sub(r"[\s.\-()]", "", text)
    if not re.fullmatch(r"\+?[0-9]{8,15}", digits):
        raise RuleBroken("person.phone", field="phone", text=text.strip())
    home = _ABROAD.sub("0", digits)
    if re.fullmatch(r"[35789][0-9]{8}", home):
        # A mobile number has ten digits and begins with 0: a spreadsheet took the zero away.
        remarks.append(Remark("person.phone-zero-restored"))
        home = "0" + home
    if re.fullmatch(r"01[0-9]{9}", home):
        remarks.append(Remark("person.phone-old", {"phone": home}))
    elif not re.fullmatch(r"0[35789][0-9]{8}|02[0-9]{8,9}|1[89]00[0-9]{4,6}|\+[0-9]{8,15}", home):
        remarks.append(Remark("person.phone-odd", {"phone": home}))
    return home


def check_phone(text: str | None) -> tuple[str | None, list[Remark]]:
    """A phone number to reach somebody by, as it is kept, and what is odd about it. RuleBroken `person.phone`."""
    remarks: list[Remark] = []
    return _phone(text, remarks), remarks


LEAST_OF_A_PHONE = 4
_ABROAD = re.compile(r"^(?:\+84|0084|84(?=[0-9]{9}$))0?")


def phone_begun(typed: str) -> str | None:
    """The beginning of a phone number as numbers are kept, for one that may be typed in groups and is perhaps not yet
    whole; None where it is no number of at least four digits."""
    digits = re.sub(r"[\s.\-()]", "", clean(typed))
    if not re.fullmatch(rf"\+?[0-9]{{{LEAST_OF_A_PHONE},15}}", digits):
        return None
    return _ABROAD.sub("0", digits)


def check_email(text: str | None) -> str | None:
    """An address for mail as it is kept; None where none was given. RuleBroken `person.email`."""
    return _email(text)


def check_contact(phone: str | None, email: str | None) -> tuple[dict[str, str | None], list[Remark]]:
    """Phone and email of a dossier's own contact as they are kept, and what is odd about them.

    RuleBroken person.phone, person.email for what nobody can be reached by.
    """
    kept, remarks = check_phone(phone)
    return {"phone": kept, "email": _email(email)}, remarks


def _email(text: str | None) -> str | None:
    kept = clean(text or "")
    if not kept:
        return None
    if len(kept) > 254 or not re.fullmatch(r"[^\s@,;<>]+@[^\s@,;<>.]+(?:\.[^\s@,;<>.]+)+", kept):
        raise RuleBroken("person.email", field="email", text=kept)
    return kept


# -- what differs ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """One column where what is offered (a card, a form) says otherwise than what is kept. `stored` None: not known."""

    field: str
    stored: str | None
    offered: str


def differences(known: Mapping[str, Any], offered: CardReading | PersonForm) -> tuple[Difference, ...]:
    """Column by column what `offered` says otherwise than the person we know; what it leaves empty is no difference.

    Names by their accents whatever the place of the tone; addresses loosely (capitals, accents, commas, xã or X.);
    a birth year says nothing against the date it belongs to.
    """
    form = form_of_card(offered) if isinstance(offered, CardReading) else offered
    found = []
    for field, same in _SAME.items():
        new = clean(getattr(form, field) or "")
        old = known.get(field)
        if new and not (old and same(str(old), new)):
            found.append(Difference(field, str(old) if old else None, new))
    return tuple(found)


def _same_name(stored: str, offered: str) -> bool:
    return exact_key(stored) == exact_key(offered)


def _same_birth(stored: str, offered: str) -> bool:
    try:
        told = read_birth_date(offered)
    except RuleBroken:
        return False
    return stored.startswith(told)


def _same_date(stored: str, offered: str) -> bool:
    return _same_birth(stored, offered) and len(read_birth_date(offered)) == len(stored)


def _same_digits(stored: str, offered: str) -> bool:
    return _bare(stored) == _bare(offered)


def _same_phone(stored: str, offered: str) -> bool:
    return _phone(stored, []) == _phone(offered, []) if re.search(r"[0-9]{8}", _bare(offered)) else False


def _bare(number: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", number.upper())


_SHORT_UNITS = {
    "tp": "thanh pho", "tx": "thi xa", "tt": "thi tran", "p": "phuong", "q": "quan", "h": "huyen", "x": "xa",
    "t": "tinh", "kp": "khu pho", "tdp": "to dan pho", "so": "", "tinh": "",
}  # fmt: skip


def _same_address(stored: str, offered: str) -> bool:
    return address_key(stored) == address_key(offered)


def address_key(address: str) -> str:
    """An address for loose comparison: folded, without signs, short forms of units written out, "tỉnh" left out."""
    words = " ".join(_SHORT_UNITS.get(word, word) for word in tokens(re.sub(r"\b([PQpq])\.?(\d)", r"\1 \2", address)))
    return " ".join(word for word in re.sub(r"\bthanh pho\b|\btinh\b", "", words).split())


def _same_text(stored: str, offered: str) -> bool:
    return fold(stored) == fold(offered)


_SAME: dict[str, Callable[[str, str], bool]] = {
    "name": _same_name,
    "date_of_birth": _same_birth,
    "sex": _same_text,
    "identity_number": _same_digits,
    "cmnd": _same_digits,
    "passport": _same_digits,
    "nationality": _same_text,
    "birth_certificate": _same_text,
    "tax_code": _same_digits,
    "issued_on": _same_date,
    "address": _same_address,
    "unit_code": _same_digits,
    "old_district": _same_text,
    "phone": _same_phone,
    "email": _same_text,
}


# -- who resembles whom ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two entries look like one person: `score` from 0.6 to 1, `reasons` as codes with a sentence each."""

    score: float
    reasons: tuple[str, ...]


ALIKE = 0.6


def similar(one: Mapping[str, Any] | PersonForm, other: Mapping[str, Any] | PersonForm) -> Likeness | None:
    """Whether two entries may be the same person or organisation; None when they do not look it.

    Both may be half typed. Two different identity numbers speak against, the same paper speaks for, and a name must be
    alike in any case unless the paper is the same.
    """
    a, b = _entry(one), _entry(other)
    if (a["kind"] == PERSON) is not (b["kind"] == PERSON):
        return None
    alike_names, reasons = _alike_names(a["name"], b["name"])
    score = alike_names
    if a["kind"] == PERSON:
        score += _alike_births(a["date_of_birth"], b["date_of_birth"], reasons)
        if a["sex"] and b["sex"] and fold(a["sex"]) != fold(b["sex"]):
            reasons.append("like.sex-differs")
            score -= 0.3
    elif score:
        score += 0.2  # an organisation has no birth date: its name says more
    paper = _alike_papers(a, b, reasons)
    if not alike_names and paper < 0.5:
        return None
    score += paper
    if _same_both(a["phone"], b["phone"]):
        reasons.append("like.same-phone")
        score += 0.1
    if a["address"] and b["address"] and address_key(a["address"]) == address_key(b["address"]):
        reasons.append("like.same-address")
        score += 0.1
    score = round(min(1.0, score), 2)
    return Likeness(score, tuple(reasons)) if score >= ALIKE else None


_COMPARED = (
    "kind",
    "name",
    "date_of_birth",
    "sex",
    "identity_number",
    "cmnd",
    "passport",
    "tax_code",
    "phone",
    "address",
)


def _entry(person: Mapping[str, Any] | PersonForm) -> dict[str, str]:
    found = {
        key: str((getattr(person, key) if isinstance(person, PersonForm) else person.get(key)) or "")
        for key in _COMPARED
    }
    return {**found, "kind": found["kind"] or PERSON}


def _alike_names(one: str, other: str) -> tuple[float, list[str]]:
    if not one or not other:
        return 0.0, []
    if exact_key(one) == exact_key(other):
        return 0.5, ["like.same-name"]
    first, second = tokens(one), tokens(other)
    if first == second or "".join(first) == "".join(second):
        return 0.45, ["like.same-name-no-marks"]
    if list(map(_i_for_y, first)) == list(map(_i_for_y, second)):
        return 0.42, ["like.name-i-y"]
    if one_edit("".join(first), "".join(second)) and min(len(first), len(second)) > 1:
        return 0.3, ["like.name-one-edit"]
    if sorted(first) == sorted(second):
        return 0.35, ["like.name-order"]
    if min(len(first), len(second)) > 1 and first[0] == second[0] and first[-1] == second[-1]:
        short, long = sorted((first, second), key=len)
        if len(short) < len(long) and set(short) <= set(long):
            return 0.3, ["like.name-shorter"]
    return 0.0, []


def _i_for_y(word: str) -> str:
    return re.sub(r"(?<=[bcdghklmnprstvx])y$", "i", word)


def _alike_births(one: str, other: str, reasons: list[str]) -> float:
    try:
        a, b = read_birth_date(one), read_birth_date(other)
    except RuleBroken:
        return 0.0  # not known, or not yet typed to the end
    if a == b:
        reasons.append("like.same-birth-date" if len(a) == 10 else "like.same-birth-year")
        return 0.4 if len(a) == 10 else 0.25
    if a.startswith(b) or b.startswith(a):
        reasons.append("like.same-birth-year")
        return 0.25
    if len(a) == len(b) == 10:
        if a[:4] == b[:4] and (a[5:7], a[8:]) == (b[8:], b[5:7]):
            reasons.append("like.birth-swapped")
            return 0.3
        if one_edit(a, b):
            reasons.append("like.birth-one-digit")
            return 0.25
    return -0.3


def _alike_papers(a: Mapping[str, str], b: Mapping[str, str], reasons: list[str]) -> float:
    score = 0.0
    one, other = _bare(a["identity_number"]), _bare(b["identity_number"])
    if one and other:
        if one == other:
            reasons.append("like.same-number")
            score += 0.6
        elif len(one) == len(other) == 12 and one_edit(one, other):
            reasons.append("like.number-one-digit")
            score += 0.2
        elif len(one) == len(other) == 12:
            reasons.append("like.number-differs")
            score -= 0.4
    for key, code in (
        ("cmnd", "like.same-cmnd"),
        ("passport", "like.same-passport"),
        ("tax_code", "like.same-tax-code"),
    ):
        if _same_both(a[key], b[key]):
            reasons.append(code)
            score += 0.6
    return score


def _same_both(one: str, other: str) -> bool:
    return bool(one and other) and _bare(one) == _bare(other)


def one_edit(one: str, other: str) -> bool:
    """Whether one letter added, lost or changed, or two neighbours swapped, makes one text of the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, their_rest = one[start:], other[start:]
    return (
        rest[1:] == their_rest[1:]
        or rest[1:] == their_rest
        or rest == their_rest[1:]
        or (rest[:2] == their_rest[1::-1] and len(rest) > 1 and rest[2:] == their_rest[2:])
    )
