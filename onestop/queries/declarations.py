"""A citizen's declaration as values: from the rows of a dossier, or from a form that is still being filled in.

The numbers of papers stand here in full whatever the office has chosen for its own letters: it is the citizen's own
statement, and the form asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from onestop import clock
from onestop.queries import catalogue, dossiers, letters, people
from onestop.queries.letters import LetterOptions
from onestop.queries.office import OfficeRow
from onestop.rules import declarations
from onestop.rules.citizen import ROLES
from onestop.rules.declarations import ASKER, OF_FORM, Declaration, DeclarationLetter, Facts
from onestop.rules.errors import RuleBroken
from onestop.rules.fees import number_words
from onestop.rules.intake import PersonForm, ReceiveForm
from onestop.rules.letters import ROUND, FormKey, Reference
from onestop.rules.text import exact_key

HIMSELF = "Bản thân"
"""Letters are Vietnamese whatever language the screen speaks."""

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Told:
    """What a form is filled in from. `people`: role and values, the owner first, then who submits, then the parties."""

    here: OfficeRow
    people: Sequence[tuple[str, Values]]
    fields: Mapping[str, Any]
    relation: str
    phone: str
    email: str
    summary: str
    copies: int
    procedure: str
    agency: str


def of_dossier(connection: Connection, dossier_id: str, options: LetterOptions, key: str = "") -> DeclarationLetter:
    """The declaration of a received dossier, as it is known now: the one of its procedure, or the one with `key`.

    RuleBroken dossier.unknown, declaration.none, print.template.
    """
    found = dossiers.one(connection, dossier_id, history=False)
    if found is None:
        raise RuleBroken("dossier.unknown", code=dossier_id)
    here, values = letters.the_office(connection), found.values
    at: datetime = values["received_at"]
    form = declarations.chosen(values["procedure_code"], values["procedure_name"], clock.local(at).date(), key)
    persons = [(each.role, people.person(connection, each.citizen_id)) for each in found.persons]
    told = _Told(
        here,
        [(role, person.values) for role, person in persons if person is not None],
        values["fields"] or {},
        values["relation"] or "",
        values["phone"] or "",
        values["email"] or "",
        values["summary"] or "",
        values["result_copies"],
        values["procedure_name"],
        letters.who_decides(here, values["competent_agency"]),
    )
    reference = letters.reference_of(here, found, options, form.form.title, at)
    return _letter(form, told, reference, at)


def of_form(
    connection: Connection, office_id: str, form: ReceiveForm, at: datetime, key: str = ""
) -> DeclarationLetter:
    """The declaration of a dossier that is not received yet, for the citizen to sign at the counter: no code, no QR
    code, and no mark of a draft, because what he signs is his own. RuleBroken procedure.unknown, declaration.none,
    print.template."""
    here, day = letters.the_office(connection), clock.local(at).date()
    found = catalogue.effective(connection, office_id, form.procedure, day)
    if found is None:
        raise RuleBroken("procedure.unknown", code=form.procedure)
    procedure = found.procedure
    name = procedure.short_name or procedure.name
    declared = declarations.chosen(procedure.code, name, day, key)

    def known(person: PersonForm) -> Values:
        return letters.as_known(connection, office_id, person)

    given = [("owner", known(form.owner))]
    if form.submitter is not None:
        given.append(("submitter", known(form.submitter)))
    given += [(party.role, known(party.person)) for party in form.parties]
    told = _Told(
        here,
        given,
        form.fields,
        form.relation or "",
        form.phone or "",
        form.email or "",
        form.summary,
        form.result_copies,
        name,
        here.parent_name or here.name,
    )
    return _letter(declared, told, Reference(), at)


def name_of(letter: DeclarationLetter) -> str:
    """Under which the printing of a declaration is recorded."""
    return f"{FormKey.DECLARATION.value}{ROUND}{letter.key}"


def _letter(form: Declaration, told: _Told, reference: Reference, at: datetime) -> DeclarationLetter:
    facts = _facts(form, told)
    return DeclarationLetter(
        key=form.key,
        form=form.form,
        head=letters.letterhead(told.here, FormKey.DECLARATION),
        reference=reference,
        issued_at=at,
        request=told.summary or told.procedure,
        to=facts.take(form.to),
        lines=form.filled(facts),
        signs=form.signed(facts),
    )


# ---- facts ----------------------------------------------------------------------------------------------------------


def _facts(form: Declaration, told: _Told) -> Facts:
    """Everything that is known, by the names of `rules/declarations.py`."""
    place = told.here.place
    known = {
        "relation": _relation(told, _asker(told)),
        "phone": told.phone,
        "email": told.email,
        "summary": told.summary,
        "copies": str(told.copies) if told.copies else "",
        "procedure": told.procedure,
        "agency": told.agency,
        "office.place": place,
        "office.ward": place[:1].lower() + place[1:],
        "office.parent": told.here.parent_name,
        "office.name": told.here.name,
        **{f"{OF_FORM}{key}": _shown(value) for key, value in told.fields.items()},
    }
    several: dict[str, list[Mapping[str, str]]] = {}
    for role, values in told.people:
        several.setdefault(role, []).append(_person(values))
    for role, persons in several.items():
        known |= {f"{role}.{what}": said for what, said in persons[0].items()}
    asker = _asker(told)
    part = next((ROLES[role] for role, values in told.people if role in ROLES and _same(values, asker)), "")
    known |= {f"{ASKER}.{what}": said for what, said in {**_person(asker), "part": part}.items()}
    for name, wanted in form.named.items():
        known |= {f"{name}.{what}": said for what, said in _named(told, known.get(wanted, "")).items()}
    return Facts(known, {role: tuple(persons) for role, persons in several.items()})


def _asker(told: _Told) -> Values:
    """Whoever is at the desk."""
    return next((values for role, values in told.people if role == "submitter"), told.people[0][1])


def _relation(told: _Told, asker: Values) -> str:
    """What the asker is to the owner."""
    if _same(asker, told.people[0][1]):
        return HIMSELF
    return letters.relation_on_paper(told.relation)


def _named(told: _Told, name: str) -> Mapping[str, str]:
    """Whoever of the dossier has this name, with what the asker is to him; nothing but the name where nobody has."""
    wanted = exact_key(name)
    found = next((values for _role, values in told.people if name and exact_key(values["name"]) == wanted), None)
    if found is None:
        return {"name": name}
    asker, owner = _asker(told), told.people[0][1]
    relation = HIMSELF if _same(found, asker) else _relation(told, asker) if _same(found, owner) else ""
    return {**_person(found), "relation": relation}


def _same(one: Values, other: Values) -> bool:
    """Whether both are the same person: the very one, or by a number; two without any only by the whole row."""
    if one is other:
        return True
    for key in ("id", "identity_number", "passport", "cmnd"):
        if one.get(key) and other.get(key):
            return bool(one[key] == other[key])
    return False


def _person(values: Values) -> dict[str, str]:
    born = values.get("date_of_birth") or ""
    number = _first(values, ("identity_number", "passport", "cmnd", "birth_certificate", "tax_code"))
    return {
        "name": values["name"],
        "born": _shown(born),
        "year": born[:4],
        "born_words": _born_words(born),
        "sex": values.get("sex") or "",
        "number": number,
        "identity_number": values.get("identity_number") or "",
        "paper": _paper(values),
        "nationality": values.get("nationality") or "",
        "address": values.get("address") or "",
        "phone": values.get("phone") or "",
        "email": values.get("email") or "",
    }


def _first(values: Values, keys: Iterable[str]) -> str:
    return next((str(values[key]) for key in keys if values.get(key)), "")


PAPERS = {
    "identity_number": "Số định danh cá nhân",
    "passport": "Hộ chiếu số",
    "cmnd": "Chứng minh nhân dân số",
    "birth_certificate": "Giấy khai sinh số",
}


def _paper(values: Values) -> str:
    """By which paper a person is known: "Số định danh cá nhân 038090000011, cấp ngày 20/05/2021"."""
    key = next((key for key in PAPERS if values.get(key)), None)
    if key is None:
        return ""
    issued = f", cấp ngày {_shown(values['issued_on'])}" if values.get("issued_on") else ""
    return f"{PAPERS[key]} {values[key]}{issued}"


def _shown(value: Any) -> str:
    """As a form takes it: a day as 05/03/1990, a month as 03/1990, what is given otherwise as it is."""
    text = "" if value is None else " ".join(str(value).split())
    parts = text.split("-")
    whole = len(parts) in (2, 3) and len(parts[0]) == 4 and all(part.isdigit() for part in parts)
    return "/".join(reversed(parts)) if whole else text


def _born_words(born: str) -> str:
    """ "Ngày hai tháng mười một năm hai nghìn không trăm hai mươi sáu"; "" where the day is not known."""
    try:
        day = date.fromisoformat(born)
    except ValueError:
        return ""
    month = "tư" if day.month == 4 else number_words(day.month)
    return f"Ngày {number_words(day.day)} tháng {month} năm {number_words(day.year)}"
