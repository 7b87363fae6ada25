"""A person in the words of the screen: birth date, papers, one line for lists and cards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onestop.rules.citizen import PERSON, kind_name, sex_name
from onestop.texts import _


def born(date_of_birth: str | None) -> str:
    """As people write it: "1990-03-05" → "05/03/1990", "1990-03" → "03/1990", "1990" → "1990", nothing → ""."""
    return "/".join(reversed((date_of_birth or "").split("-")))


def paper_name(key: str) -> str:
    """The name of a kind of paper, as its column is called in the store."""
    names = {
        "identity_number": _("Số định danh"),
        "cmnd": _("CMND"),
        "passport": _("Hộ chiếu"),
        "birth_certificate": _("Giấy khai sinh"),
        "tax_code": _("Mã số thuế"),
        "no_paper_reason": _("Không có giấy tờ"),
    }
    return names[key]


def column_name(key: str) -> str:
    """The name of any column that a card or a form may say otherwise."""
    names = {
        "name": _("Họ tên"),
        "date_of_birth": _("Ngày sinh"),
        "sex": _("Giới tính"),
        "address": _("Địa chỉ"),
        "issued_on": _("Ngày cấp"),
        "nationality": _("Quốc tịch"),
        "phone": _("Điện thoại"),
        "email": _("Email"),
        "unit_code": _("Mã xã, phường"),
        "old_district": _("Huyện cũ"),
    }
    return names[key] if key in names else paper_name(key)


def shown(key: str, value: str | None) -> str:
    """A column's value as one reads it."""
    return born(value) if key in ("date_of_birth", "issued_on") else (value or "")


PAPERS = ("identity_number", "cmnd", "passport", "tax_code", "birth_certificate")


def paper(values: Mapping[str, Any]) -> str:
    """The paper of a person at the desk, in full: "038190000012", "Hộ chiếu C1234567", "" when there is none."""
    for key in PAPERS:
        if values.get(key):
            return str(values[key]) if key == "identity_number" else f"{paper_name(key)} {values[key]}"
    return ""


def about(values: Mapping[str, Any]) -> str:
    """In one line: "05/03/1990 · Nữ · 038190000012"; an organisation is called what it is."""
    kind = str(values.get("kind") or PERSON)
    first = (born(values.get("date_of_birth")), sex_name(values.get("sex"))) if kind == PERSON else (kind_name(kind),)
    return " · ".join(str(part) for part in (*first, paper(values)) if part)
