"""The list of people: its columns, and the words of a person's pane, history and resemblances."""

from __future__ import annotations

from datetime import datetime

from desktop.models import due, person_words
from desktop.models.table import Column
from onestop import clock
from onestop.queries.people import Likeness, PersonRow
from onestop.queries.people_card import Change, Event
from onestop.rules.citizen import HOUSEHOLD_BUSINESS, ORGANISATION, PERSON, kind_name, sex_name
from onestop.rules.errors import Remark
from onestop.rules.moves import BEGUN
from onestop.rules.text import fold
from onestop.texts import N_, SENTENCES, _, message, sentence

_ICONS = {PERSON: "user-round", ORGANISATION: "building-2", HOUSEHOLD_BUSINESS: "store"}


def icon(kind: str) -> str:
    """The picture of a kind."""
    return _ICONS.get(kind, "user-round")


def _kind_tip(row: PersonRow) -> str:
    return "" if row.kind == PERSON else kind_name(row.kind)


def columns() -> tuple[Column, ...]:
    """The columns of the list. It has one order, that of given names, so none is to be sorted by."""
    return (
        Column(
            "name",
            N_("Họ tên"),
            lambda row: row.name,
            icon=lambda row: icon(row.kind),
            tip=_kind_tip,
            strong=True,
            width=27,
        ),
        Column("born", N_("Ngày sinh"), lambda row: person_words.born(row.date_of_birth), figures=True, width=14),
        Column("sex", N_("Giới tính"), lambda row: sex_name(row.sex), width=9, hidden=True),
        Column("paper", N_("Số giấy tờ"), lambda row: row.paper, figures=True, width=16),
        Column(
            "address",
            N_("Địa chỉ"),
            lambda row: row.address or "",
            tip=lambda row: row.address or "",
            width=24,
            stretch=True,
        ),
        Column("phone", N_("Điện thoại"), lambda row: row.phone or "", figures=True, width=13),
    )


def about(row: PersonRow) -> str:
    """One line on somebody in a list: born or what kind, paper, address."""
    first = person_words.born(row.date_of_birth) if row.kind == PERSON else kind_name(row.kind)
    return " · ".join(part for part in (first, sex_name(row.sex), row.paper, row.address or "") if part)


def reasons(likeness: Likeness) -> str:
    """Why two registrations look like one person: "cùng họ tên, cùng năm sinh"."""
    return ", ".join(sentence(code) for code in likeness.reasons)


# -- what is odd, beside the field that it is about --------------------------------------------------------------------

_FIELD_OF = {
    "identity.sex-differs": "sex",
    "identity.birth-year-differs": "date_of_birth",
    "identity.province-unknown": "identity_number",
    "person.no-birth-date": "date_of_birth",
    "person.no-paper-yet": "identity_number",
    "person.no-tax-code": "tax_code",
    "person.no-representative": "representative",
    "person.other-unit": "unit_code",
}
_QUIET = frozenset({"person.no-birth-date", "person.no-paper-yet", "person.no-tax-code", "person.no-representative"})
"""Something that is not there: said quietly, it contradicts nothing."""


def field_of(remark: Remark) -> str:
    """The field beside which a remark is said."""
    if remark.code in _FIELD_OF:
        return _FIELD_OF[remark.code]
    if "field" in remark.details:
        return str(remark.details["field"])
    for beginning, field in (("person.name", "name"), ("person.phone", "phone"), ("person.tax-code", "tax_code")):
        if remark.code.startswith(beginning):
            return field
    return "name"


def tone_of(remark: Remark) -> str:
    """The tone in which it is said."""
    return "quiet" if remark.code in _QUIET else "warning"


def said(remark: Remark) -> str:
    """A remark in words."""
    return message(remark.code, remark.details)


# -- what has happened -------------------------------------------------------------------------------------------------


def field_name(key: str) -> str:
    """The name of a column of a person, as the form calls it."""
    if key == "kind":
        return _("Loại đối tượng")
    if key == "from_card":
        return _("Theo thẻ")
    if key == "representative_id":
        return _("Người đại diện")
    return person_words.column_name(key)


def _value(key: str, value: str | None) -> str:
    if key == "kind":
        return kind_name(value or "")
    if key == "sex":
        return sex_name(value) or _("để trống")
    if key == "from_card":
        return _("có") if value == "True" else _("không")
    return person_words.shown(key, value) or _("để trống")


def change(changed: Change) -> str:
    """ "Điện thoại: 0912000111 → 0912000222"; where only accents or capitals differ, both still stand there."""
    before, after = _value(changed.field, changed.before), _value(changed.field, changed.after)
    if changed.before is None:
        return f"{field_name(changed.field)}: {after}"
    return f"{field_name(changed.field)}: {before} → {after}"


def event(happened: Event) -> tuple[str, str]:
    """What happened, and the quiet line under it."""
    kind, details = happened.kind, dict(happened.details)
    code = f"person-history.{kind}"
    notes = [happened.by]
    if kind == "citizen.registered" and details.get("from_card"):
        code = "person-history.citizen.registered-by-card"
    elif kind == "citizen.changed":
        notes[:0] = [change(each) for each in happened.changes]
    elif kind == "intake.made":
        code = f"person-history.intake.{details.get('letter')}"
        notes.insert(0, str(details.get("code") or ""))
    elif kind in BEGUN:
        notes.insert(0, str(details.get("code") or ""))
    if happened.verdict not in (None, "ok"):
        notes.append(_("trung tâm chưa nhận, chờ xử lý"))
    text = sentence(code, **details) if code in SENTENCES else sentence("person-history.other")
    return text, " · ".join(note for note in notes if note)


def moment(at: datetime, now: datetime) -> str:
    """ "9:05" today, "20/11" in this year, "20/11/2025" before it."""
    there, here = clock.local(at), clock.local(now)
    if there.date() == here.date():
        return due.hour(at)
    return f"{there:%d/%m}" if there.year == here.year else due.date(at)


def same_letters(one: str, other: str) -> bool:
    """Whether two names differ in accents and capitals alone."""
    return fold(one) == fold(other)
