"""What stands for each field of a result template: from a dossier as it is now, or made up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from onestop.clock import local
from onestop.queries import catalogue, people
from onestop.queries.dossiers import Dossier
from onestop.queries.office import OfficeRow
from onestop.rules import proposal
from onestop.rules.citizen import RELATIONS
from onestop.rules.identity import mask
from onestop.rules.result_fields import FORM, OF_PERSON, PARTY, SUBMITTER
from onestop.rules.result_letters import SAMPLE
from onestop.rules.signers import Signer
from onestop.rules.text import date_vi, date_words

Value = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Issue:
    """What is known of the letter itself: its number (whole, "" in a draft), its day, who signs."""

    number: str
    day: date
    signer: Signer | None


def of_letter(here: OfficeRow, issue: Issue) -> dict[str, str]:
    """The fields of the letter."""
    return {
        "so": issue.number,
        "ngay": date_words(issue.day),
        "ngay_so": date_vi(issue.day),
        "nguoi_ky": issue.signer.name if issue.signer else "",
        "chuc_vu": issue.signer.title if issue.signer else "",
        "co_quan": here.parent_name,
        "bo_phan": here.name,
        "dia_danh": here.place,
    }


def of_dossier(connection: Connection, here: OfficeRow, dossier: Dossier, issue: Issue, full: bool) -> Value:
    """From a dossier. `full` False: numbers of people are masked, as long as nobody has opened them by an act."""
    values = dossier.values
    rows = {each.role: people.person(connection, each.citizen_id) for each in dossier.persons}
    persons: dict[str, Mapping[str, Any]] = {role: row.values for role, row in rows.items() if row is not None}
    owner = persons.get("owner") or {}
    persons[SUBMITTER] = persons.get("submitter") or owner
    procedure = catalogue.version(connection, values["procedure_version"])
    form = {**(proposal.taken(procedure, persons) if procedure else {}), **_given(values["fields"] or {})}
    plain = {
        "ma_ho_so": dossier.code,
        "thu_tuc": values["procedure_name"],
        "noi_dung": values["summary"] or values["procedure_name"],
        "ngay_tiep_nhan": _day(values["received_at"]),
        "quan_he": RELATIONS.get(values["relation"] or "", "").lower(),
        "so_ban_sao": f"{values['result_copies']:02d}" if values["result_copies"] else "",
        **of_letter(here, issue),
    }

    def value(name: str) -> str:
        if name in OF_PERSON:
            return _person(owner, name, full)
        if name.startswith(FORM):
            return _written(form.get(name.removeprefix(FORM)))
        if name.startswith(PARTY):
            role, _point, part = name.removeprefix(PARTY).partition(".")
            return _person(persons.get(role) or {}, part, full)
        return str(plain.get(name, ""))

    return value


def made_up(here: OfficeRow, labels: Mapping[str, str], issue: Issue) -> Value:
    """Nobody's: to look at a template. A field of the form stands as its own label between brackets."""
    plain = {**SAMPLE, **of_letter(here, issue)}

    def value(name: str) -> str:
        if name.startswith(FORM):
            key = name.removeprefix(FORM)
            return f"[{labels.get(key, key)}]"
        if name.startswith(PARTY):
            return SAMPLE.get(name.rpartition(".")[2], "")
        return plain.get(name, "")

    return value


def _given(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "")}


def _person(values: Mapping[str, Any], part: str, full: bool) -> str:
    def number(text: Any) -> str:
        return str(text) if full else mask(str(text))

    born = str(values.get("date_of_birth") or "")
    match part:
        case "ho_ten":
            return str(values.get("name") or "")
        case "ngay_sinh":
            return "/".join(reversed(born.split("-"))) if born else ""
        case "nam_sinh":
            return born[:4]
        case "gioi_tinh":
            return str(values.get("sex") or "")
        case "so_dinh_danh":
            return number(values["identity_number"]) if values.get("identity_number") else ""
        case "giay_to":
            for column, name in _PAPERS:
                if values.get(column):
                    return f"{name} {number(values[column])}"
            return ""
        case "quoc_tich":
            return str(values.get("nationality") or ("Việt Nam" if values.get("identity_number") else ""))
        case "noi_cu_tru":
            return str(values.get("address") or "")
        case "dien_thoai":
            return str(values.get("phone") or "")
    return ""


_PAPERS = (
    ("identity_number", "Căn cước công dân/Căn cước số"),
    ("passport", "Hộ chiếu số"),
    ("cmnd", "Chứng minh nhân dân số"),
    ("birth_certificate", "Giấy khai sinh số"),
    ("tax_code", "Mã số thuế"),
)
"""The paper by which somebody is named, the first that is known. Letters are Vietnamese whatever the screen speaks."""


def _day(at: datetime | None) -> str:
    return date_vi(local(at).date()) if at is not None else ""


def _written(value: Any) -> str:
    """A value of a form as it stands in a sentence: a day as 05/03/1990."""
    text = "" if value is None else str(value)
    try:
        return date_vi(date.fromisoformat(text)) if len(text) == len("2026-11-27") else text
    except ValueError:
        return text
