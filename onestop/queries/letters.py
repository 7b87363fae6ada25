"""The letters as values: from rows of a dossier, of an intake, or of a form that is still being filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from onestop import clock
from onestop.queries import corrections, dossiers, office, people
from onestop.queries.dossiers import Dossier
from onestop.queries.office import OfficeRow
from onestop.queries.reckoning import Reckoning, reckon
from onestop.rules import slips
from onestop.rules.citizen import RELATIONS
from onestop.rules.dossier import State, never_received
from onestop.rules.errors import RuleBroken
from onestop.rules.fees import in_words
from onestop.rules.identity import mask
from onestop.rules.intake import PersonForm, ReceiveForm, Status
from onestop.rules.letters import (
    Applicant,
    CertifiedLine,
    ComponentLine,
    DeliveryText,
    DeliveryWay,
    FeeLineText,
    FormKey,
    HandedIn,
    Letterhead,
    PartLine,
    ReceiptLetter,
    Reference,
    RefusalLetter,
    SupplementLetter,
    form_on,
    qr_profiles,
    qr_text,
)
from onestop.rules.procedure import FeeKind, Limit, Unit
from onestop.store import schema
from onestop.store.schema import read_instant

CHANNELS = {
    "direct": "nộp trực tiếp",
    "online": "nộp trực tuyến",
    "postal": "nộp qua dịch vụ bưu chính",
}
"""Letters are Vietnamese whatever language the screen speaks."""


def channel(code: str, *, assisted: bool) -> str:
    """How a dossier was handed in, as a paper says it; `assisted`: the counter filed it online for who stood there."""
    return "hỗ trợ nộp trực tuyến" if assisted and code == "online" else CHANNELS[code]


LONGEST_ID = 36
"""The length of an id written out."""

NUMBERED = frozenset(
    {
        FormKey.RECEIPT,
        FormKey.SUPPLEMENT,
        FormKey.REFUSAL,
        FormKey.EXTENSION,
        FormKey.STOP,
        FormKey.WORK_HANDOVER,
        FormKey.WORK_RETURN,
    }
)
"""Papers with "Số:"."""


@dataclass(frozen=True, slots=True)
class LetterOptions:
    """Choices of the office that change what stands on paper."""

    full_number: bool = False
    qr_profile: str = ""

    @classmethod
    def chosen(cls, get: Callable[[str], Any]) -> LetterOptions:
        """As the office's settings say; `get` gives the value of one by its key, None where none was chosen."""
        profile = str(get("receipt_qr") or "")
        return cls(bool(get("receipt_full_number")), profile if profile in qr_profiles() else "")


def letterhead(here: OfficeRow, key: FormKey, number: int | None = None) -> Letterhead:
    """The block at the top left."""
    short = str(here.options.get("symbol") or "TTPVHCC")
    unit = here.points[0].get("name", "") if here.points else ""
    return Letterhead(
        parent=here.parent_name,
        agency=here.name,
        place=here.place,
        unit=unit or here.name,
        symbol=short,
        number=number,
        numbered=key in NUMBERED,
        address=here.address or "",
        phone=here.phone or "",
        lookup=str(here.options.get("lookup") or ""),
    )


def who_decides(here: OfficeRow, agency: str) -> str:
    """The name of the agency with the code `agency`: another one's as the office knows it, else of the body that this
    office receives for, which heads its letters."""
    names = {each.get("code"): each.get("name") for each in here.agencies.values()}
    return names.get(agency) or here.parent_name or here.name


def receipt(connection: Connection, dossier_id: str, options: LetterOptions = LetterOptions()) -> ReceiptLetter:
    """The receipt of a received dossier. RuleBroken("dossier.unknown")."""
    here, dossier = the_office(connection), dossiers.one(connection, dossier_id, history=False)
    if dossier is None:
        raise RuleBroken("dossier.unknown", code=dossier_id)
    values = dossier.values
    if values["origin"] is not None:
        raise RuleBroken("letter.taken-over", code=dossier.code, system=values["origin"]["system"])
    if never_received(State(values["state"]), values["came_from"]):
        raise RuleBroken("letter.not-received", code=dossier.code)
    late: Mapping[str, Any] | None = values["late_entry"]
    day = clock.local(values["received_at"]).date()
    form = form_on(FormKey.RECEIPT, day)
    return ReceiptLetter(
        form=form,
        head=letterhead(here, FormKey.RECEIPT),
        reference=reference_of(here, dossier, options, form.title, values["received_at"]),
        applicant=applicant_of(connection, values, options),
        issued_at=read_instant(late["entered_at"]) if late else values["received_at"],
        request=values["summary"] or values["procedure_name"],
        received_at=values["received_at"],
        due_at=values["due_at"],
        limit=_limit(values["limit_text"] or {}),
        clerk=office.clerk_name(connection, values["received_by"]),
        procedure=f"{values['procedure_name']} ({values['procedure_code']})",
        channel=channel(values["channel"], assisted=values["assisted"]),
        components=tuple(
            ComponentLine(
                each.name,
                each.originals,
                each.certified,
                each.copies,
                HandedIn(each.by or "submitted"),
                each.reason or "",
                Status(each.status),
            )
            for each in dossier.components
        ),
        certified=tuple(CertifiedLine(each["name"], each["pages"], each["copies"]) for each in values["certify"] or ()),
        sets=values["sets"],
        result_copies=values["result_copies"],
        fees=fees_of(values),
        fee_words=in_words(values["fee_total"]) if values["fee_total"] else "",
        delivery=_delivery(values["delivery"] or {}, here, values["email"]),
        submitter_signs=values["channel"] == "direct" or values["source"] == "counter",
        notes=(_entered_late(late),) if late else (),
        corrected_on=corrections.last_day(connection, dossier_id),
        parts=tuple(PartLine(each.name, each.agency, each.due_at) for each in dossier.parts),
    )


def _entered_late(late: Mapping[str, Any]) -> str:
    """What a paper says of a dossier that was received on a pre-printed sheet: which, and when."""
    at = clock.local(read_instant(late["at"]))
    return f"Nhập bù từ giấy số {late['sheet']}, nhận lúc {at.hour}:{at:%M} ngày {at:%d/%m/%Y}."


def reference_of(here: OfficeRow, dossier: Dossier, options: LetterOptions, title: str, issued: datetime) -> Reference:
    """What a paper about a dossier is called by: its codes as they are known now, and the QR code of the office's
    choice."""
    values = dossier.values
    temporary = values["code_kind"] == "temporary" and not values["official_code"]
    return Reference(
        code="" if temporary else dossier.code,
        temporary=values["code"] if temporary else "",
        external=values["external_code"] or "",
        qr=qr_text(
            dossier.code,
            options.qr_profile,
            link=str(here.options.get("lookup") or ""),
            procedure=values["procedure_code"],
            person_ref=values["owner_id"],
            paper=title,
            system="Một Cửa",
            issued=issued,
            due=values["due_at"],
        ),
    )


def draft_receipt(
    connection: Connection, office_id: str, form: ReceiveForm, at: datetime, clerk: str, options: LetterOptions
) -> ReceiptLetter:
    """The receipt as it would be, for the citizen to read before a number is used."""
    here = the_office(connection)
    found: Reckoning = reckon(connection, office_id, form, at)
    procedure = found.procedure
    submitter = form.submitter or form.owner
    return ReceiptLetter(
        form=form_on(FormKey.RECEIPT, clock.local(at).date()),
        head=letterhead(here, FormKey.RECEIPT),
        reference=Reference(),
        applicant=_applicant_of_form(connection, office_id, form, submitter, options),
        issued_at=at,
        request=form.summary or procedure.short_name or procedure.name,
        received_at=at,
        due_at=found.deadline.due,
        limit=found.limit,
        clerk=clerk,
        procedure=f"{procedure.short_name or procedure.name} ({procedure.code})",
        channel=channel(form.channel.value, assisted=form.assisted),
        components=tuple(
            ComponentLine(
                line.name,
                line.given.originals,
                line.given.certified,
                line.given.copies,
                HandedIn(str(line.given.by)),
                line.given.reason,
                Status(line.given.status),
            )
            for line in found.lines
            if line.given is not None
        ),
        certified=tuple(CertifiedLine(each.name, each.pages, each.copies) for each in form.certify),
        sets=form.sets,
        result_copies=form.result_copies,
        fees=tuple(FeeLineText(line.kind, line.name, line.amount, line.note) for line in found.fee.lines),
        fees_by_count=found.fee.by_count and not found.fee.lines,
        fee_words=in_words(found.fee.total) if found.fee.total else "",
        delivery=_delivery(
            {key: getattr(form.delivery, key) for key in ("way", "name", "phone", "address")}, here, form.email
        ),
        parts=tuple(
            PartLine(each.part.name, each.part.agency or who_decides(here, here.code), each.due) for each in found.parts
        ),
        draft=True,
    )


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """A request for completion or a refusal before acceptance."""

    id: str
    values: Mapping[str, Any]

    @property
    def code(self) -> str:
        """What stands on the slip: the short code, on the first ones the id."""
        return str(self.values["code"] or self.id)


def intake(connection: Connection, name: str) -> IntakeRow | None:
    """One intake by its short code however written, by its id, or by the beginning of that (eight signs or more) if it
    is enough."""
    c = schema.intake.c
    wanted = name.strip().lower()
    code = slips.read(name)
    rows = connection.execute(select(schema.intake).where(c.code == code).limit(2)).all() if code else []
    if not rows and len(wanted) >= 8:
        rows = connection.execute(select(schema.intake).where(c.id.startswith(wanted, autoescape=True)).limit(2)).all()
    if len(rows) != 1:
        return None
    return IntakeRow(rows[0].id, dict(rows[0]._mapping))


@dataclass(frozen=True, slots=True)
class SlipRow:
    """A slip that a search found. `state`: of the draft that a request for completion keeps (open, waiting, received,
    dropped), "" where it lies on no table here; `dossier`: the code of what became of it, else ""."""

    id: str
    code: str
    kind: str
    number: int
    person_name: str
    procedure_name: str
    owner_id: str | None
    made_at: datetime
    state: str
    dossier: str


def find_slips(connection: Connection, typed: str, limit: int) -> list[SlipRow]:
    """The slips whose code begins as typed, or whose whole id it is; the latest first."""
    c, draft, dossier = schema.intake.c, schema.draft.c, schema.dossier.c
    begun, whole = slips.beginning(typed), typed.strip().lower()
    if begun is None and len(whole) != LONGEST_ID:
        return []
    fits = c.id == whole
    if begun is not None:
        fits = (c.code >= begun) & (c.code < begun[:-1] + chr(ord(begun[-1]) + 1))
    query = (
        select(
            c.id, func.coalesce(c.code, c.id), c.kind, c.number, c.person_name, c.procedure_name, c.owner_id,
            c.made_at, func.coalesce(draft.state, ""), func.coalesce(dossier.official_code, dossier.code, ""),
        )
        .outerjoin(schema.draft, draft.id == c.draft_id)
        .outerjoin(schema.dossier, dossier.id == draft.dossier_id)
        .where(fits)
        .order_by(c.made_at.desc())
        .limit(limit)
    )  # fmt: skip
    return [SlipRow(*tuple(row)) for row in connection.execute(query)]


def supplement(connection: Connection, intake_id: str) -> SupplementLetter:
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ of an intake; its QR reopens the draft."""
    here, row = the_office(connection), _intake(connection, intake_id, "supplement")
    values = row.values
    clerk_phone = here.phone or ""
    return SupplementLetter(
        form=form_on(FormKey.SUPPLEMENT, clock.local(values["made_at"]).date()),
        head=letterhead(here, FormKey.SUPPLEMENT, values["number"]),
        reference=Reference(intake=row.code, qr=row.code),
        applicant=_applicant_of_intake(values),
        issued_at=values["made_at"],
        request=values["summary"] or values["procedure_name"],
        reason=values["reason"] or "Hồ sơ chưa đủ thành phần theo quy định.",
        clerk=office.clerk_name(connection, values["made_by"]),
        clerk_phone=clerk_phone,
        items=tuple(values["items"] or ()),
        missing=tuple(_to_bring(each) for each in values["missing"] or ()),
        until=date.fromisoformat(values["until"]) if values["until"] else None,
    )


def _to_bring(paper: Mapping[str, Any]) -> ComponentLine:
    """A row of the table of papers to bring: for whom, to be shown only, what was wrong, what would do as well."""
    notes = (
        paper["when"],
        "xuất trình" if paper["kind"] == "show" else "",
        paper["reason"],
        f"hoặc: {'; '.join(paper['others'])}" if paper["others"] else "",
    )
    counts = (paper["originals"], paper["certified"], paper["copies"])
    return ComponentLine(paper["name"], *counts, note="; ".join(note for note in notes if note))


def refusal(connection: Connection, intake_id: str) -> RefusalLetter:
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ of an intake: reasons in words."""
    here, row = the_office(connection), _intake(connection, intake_id, "refusal")
    values = row.values
    return RefusalLetter(
        form=form_on(FormKey.REFUSAL, clock.local(values["made_at"]).date()),
        head=letterhead(here, FormKey.REFUSAL, values["number"]),
        reference=Reference(intake=row.code, qr=row.code),
        applicant=_applicant_of_intake(values),
        issued_at=values["made_at"],
        request=values["summary"] or values["procedure_name"],
        reasons=tuple(filter(None, [values["reason"], *(values["items"] or ())])),
        clerk=office.clerk_name(connection, values["made_by"]),
    )


def the_office(connection: Connection) -> OfficeRow:
    """The office of this database. RuleBroken office.none."""
    here = office.this_office(connection)
    if here is None:
        raise RuleBroken("office.none")
    return here


def _intake(connection: Connection, intake_id: str, kind: str) -> IntakeRow:
    row = intake(connection, intake_id)
    if row is None or row.values["kind"] != kind:
        raise RuleBroken("intake.unknown", code=intake_id)
    return row


def relation_on_paper(code: str | None) -> str:
    """What somebody is to the owner, in Vietnamese; what was typed by hand as it is."""
    return RELATIONS.get(code or "", code or "")


def _number(values: Mapping[str, Any], options: LetterOptions) -> str:
    number = values.get("identity_number") or values.get("passport") or values.get("cmnd") or ""
    if not number:
        return str(values.get("tax_code") or "")
    return str(number) if options.full_number else mask(number)


def applicant_of(connection: Connection, values: Mapping[str, Any], options: LetterOptions) -> Applicant:
    owner = people.person(connection, values["owner_id"])
    submitter = people.person(connection, values["submitter_id"]) if values["submitter_id"] else None
    here = submitter or owner
    assert owner is not None and here is not None
    return Applicant(
        name=here.values["name"],
        salutation="Ông/Bà" if here.values["kind"] == "person" else "Quý cơ quan, tổ chức",
        address=here.values["address"] or "",
        phone=values["phone"] or "",
        email=values["email"] or "",
        identity=_number(here.values, options),
        relation=relation_on_paper(values["relation"]) if submitter else "",
        owner=values["owner_name"] if submitter else "",
        owner_address=(owner.values["address"] or "") if submitter else "",
        owner_identity=_number(owner.values, options) if submitter else "",
    )


def as_known(connection: Connection, office_id: str, person: PersonForm) -> Mapping[str, Any]:
    """A person of a form: as registered where the form only points at one, else as entered."""
    plain = {name: getattr(person, name) for name in person.__dataclass_fields__}
    found = person.id or (None if person.name else people.by_paper(connection, office_id, plain))
    row = people.person(connection, found) if found else None
    return row.values if row else plain


def _applicant_of_form(
    connection: Connection, office_id: str, form: ReceiveForm, submitter: PersonForm, options: LetterOptions
) -> Applicant:
    here, owner = as_known(connection, office_id, submitter), as_known(connection, office_id, form.owner)
    other = form.submitter is not None
    return Applicant(
        name=here["name"],
        salutation="Ông/Bà" if here["kind"] == "person" else "Quý cơ quan, tổ chức",
        address=here["address"] or "",
        phone=form.phone or here.get("phone") or "",
        email=form.email or here.get("email") or "",
        identity=_number(here, options),
        relation=relation_on_paper(form.relation) if other else "",
        owner=owner["name"] if other else "",
        owner_address=(owner["address"] or "") if other else "",
        owner_identity=_number(owner, options) if other else "",
    )


def _applicant_of_intake(values: Mapping[str, Any]) -> Applicant:
    return Applicant(
        name=values["person_name"],
        address=values["address"] or "",
        phone=values["phone"] or "",
        email=values["email"] or "",
    )


def _limit(plain: Mapping[str, Any]) -> Limit:
    unit = plain.get("unit")
    return Limit(plain.get("number"), Unit(unit) if unit else None, plain.get("rule") or "")


def fees_of(values: Mapping[str, Any]) -> tuple[FeeLineText, ...]:
    """The lines of money of a dossier."""
    return tuple(
        FeeLineText(FeeKind(each["kind"]), each["name"], each["amount"], each.get("note") or "")
        for each in values["fee_lines"] or ()
    )


def _delivery(plain: Mapping[str, Any], here: OfficeRow, email: str | None) -> DeliveryText:
    way = DeliveryWay(plain.get("way") or "counter")
    place = {DeliveryWay.COUNTER: here.name, DeliveryWay.ELECTRONIC: email or ""}.get(way, "")
    return DeliveryText(
        way, place, str(plain.get("name") or ""), str(plain.get("phone") or ""), str(plain.get("address") or "")
    )
