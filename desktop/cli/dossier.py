"""`motcua dossier`: receive one from a file, show and find them, link the code of another system, send one back before
it is received."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.cli.options import Parser, whole
from desktop.cli.output import Answer, facts, money, remark_lines, remarks_of, table
from desktop.cli.session import Session
from desktop.office import Office, read_json
from onestop import clock
from onestop.actions import citizens, intakes, receive
from onestop.actions.intakes import IntakeForm
from onestop.actions.papers import Brought
from onestop.actions.receive import LinkForm, Received
from onestop.queries import dossiers, papers, people
from onestop.queries.dossiers import Dossier, Wish
from onestop.queries.papers import DocumentRow
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.identity import mask
from onestop.rules.intake import PersonForm, ReceiveForm, read_form
from onestop.rules.roles import Permission, may
from onestop.texts import _, message


def build(parser: Parser) -> None:
    """`dossier receive`, `show`, `find`, `link`, `turn-away`."""
    kinds = parser.add_subparsers(dest="what", metavar=_("việc"), required=True, parser_class=Parser)
    take = kinds.add_parser("receive", help=_("tiếp nhận một hồ sơ"))
    take.add_argument("--file", type=Path, required=True, metavar="F.json")
    take.set_defaults(action=receive_file)
    show = kinds.add_parser("show", help=_("xem một hồ sơ với giấy tờ, phí, lịch sử"))
    show.add_argument("code", metavar="CODE")
    show.set_defaults(action=show_one)
    find = kinds.add_parser("find", help=_("tìm theo mã, tên, số giấy tờ, điện thoại"))
    find.add_argument("text", metavar="TEXT")
    find.add_argument("--limit", type=whole(1, 1000), default=20, metavar="N")
    find.set_defaults(action=find_text)
    link = kinds.add_parser("link", help=_("liên kết mã của hệ thống khác"))
    link.add_argument("code", metavar="CODE")
    link.add_argument("external", metavar="EXTERNAL")
    link.add_argument("--official", action="store_true", help=_("mã chính thức thay cho mã tạm"))
    link.set_defaults(action=link_code)
    back = kinds.add_parser("turn-away", help=_("yêu cầu bổ sung hoặc từ chối trước khi tiếp nhận"))
    back.add_argument("--file", type=Path, required=True, metavar="F.json")
    back.set_defaults(action=turn_away)


# ---- in -----------------------------------------------------------------------------------------------------------


def receive_file(session: Session, read: argparse.Namespace) -> Answer:
    """Receive the dossier of a file, once; a draft that was received before answers with the same dossier."""
    office = session.office()
    form, files = read_dossier(office, read_json(read.file), read.file.absolute().parent)
    received = office.perform(lambda work, wish: receive.take_in(work, wish, files), form).answer
    return _told(received)


def _told(received: Received) -> Answer:
    fee = {"phi": received.phi, "le_phi": received.le_phi, "total": received.total}
    plain = {
        "id": received.id,
        "code": received.code,
        "temporary": received.code_kind == "temporary",
        "act": received.act,
        "due": received.due,
        "fee": fee,
        "state": received.state,
        "warnings": list(dict.fromkeys(each.code for each in received.warnings)),
        "remarks": remarks_of(received.warnings),
        "again": received.again,
    }
    pairs = [
        (_("Mã tạm") if received.code_kind == "temporary" else _("Mã hồ sơ"), received.code),
        (_("Hẹn trả"), received.due or _("theo thông báo")),
        (_("Phí"), money(received.phi)),
        (_("Lệ phí"), money(received.le_phi)),
        (_("Trạng thái"), message(f"state.{received.state}")),
    ]
    return Answer(plain, "\n".join([facts(pairs), *remark_lines(received.warnings)]))


def read_dossier(office: Office, plain: Any, folder: Path) -> tuple[ReceiveForm, dict[str, Brought]]:
    """The form in JSON values and the files that its components name, relative to `folder`, each looked into.

    With `"draft": ID` the draft's own values stand wherever the file says nothing. RuleBroken form.*, draft.unknown,
    file.missing, file.too-large.
    """
    if isinstance(plain, dict) and plain.get("draft"):
        kept = office.read(dossiers.draft, str(plain["draft"]))
        if kept is None:
            raise RuleBroken("draft.unknown", field="draft", draft=str(plain["draft"]))
        plain = {**kept.form, **plain, "draft": kept.id}
    form = read_form(plain)
    components = tuple(
        replace(each, files=tuple(str(folder / name) for name in each.files)) for each in form.components
    )
    names = [name for component in components for name in component.files]
    return replace(form, components=components), look_into(office, names)


def look_into(office: Office, names: Sequence[str]) -> dict[str, Brought]:
    """What is in these files, by name; nothing of it is loaded where there is none."""
    if not names:
        return {}
    work = importlib.import_module("desktop.pagework").Pagework(office)
    try:
        return {name: work.read(Path(name)) for name in names}
    finally:
        work.close()


def turn_away(session: Session, read: argparse.Namespace) -> Answer:
    """What is missing is asked for (the draft is kept), or the dossier is refused; no dossier code is used."""
    office = session.office()
    plain = read_json(read.file)
    if not isinstance(plain, dict):
        raise RuleBroken("form.wrong-type", field="", key=read.file.name)
    for key in plain:
        if key not in ("kind", "form", "items", "reason"):
            raise RuleBroken("form.unknown-key", key=key)
    for key in ("kind", "form"):
        if not plain.get(key):
            raise RuleBroken("form.key-missing", field=key, key=key)
    items = plain.get("items") or []
    if not isinstance(items, list) or not all(isinstance(each, str) for each in items):
        raise RuleBroken("form.wrong-type", field="items", key="items")
    reason = plain.get("reason") or ""
    if not isinstance(reason, str):
        raise RuleBroken("form.wrong-type", field="reason", key="reason")
    form, _files = read_dossier(office, plain["form"], read.file.absolute().parent)
    made = office.perform(intakes.make, IntakeForm(str(plain["kind"]), form, tuple(items), reason)).answer
    answer = {
        "intake": made.id,
        "code": made.code,
        "kind": plain["kind"],
        "number": made.number,
        "draft": made.draft,
        "until": made.until,
    }
    pairs = [
        (_("Mã phiếu"), made.code),
        (_("Số"), made.number),
        (_("Bản nháp"), made.draft),
        (_("Hạn bổ sung"), made.until),
    ]
    lines = [facts(pairs), *(f"- {item}" for item in made.items)]
    return Answer({**answer, "items": list(made.items)}, "\n".join(lines))


def link_code(session: Session, read: argparse.Namespace) -> Answer:
    """Tie the code of the province or national system to a dossier; the same again changes nothing."""
    office = session.office()
    office.perform(receive.link, LinkForm(read.code, read.external, read.official))
    found = _one(office, read.code)
    plain = {
        "code": found.code,
        "temporary_code": _temporary(found),
        "external_code": found.values["external_code"],
        "official_code": None if _temporary(found) == found.code else found.code,
    }
    pairs = [(_("Mã hồ sơ"), found.code), (_("Mã của hệ thống khác"), found.values["external_code"])]
    return Answer(plain, facts(pairs))


# ---- out ----------------------------------------------------------------------------------------------------------


def find_text(session: Session, read: argparse.Namespace) -> Answer:
    """Dossiers by code, person, number or phone, the latest first. Persons by name only."""
    office = session.office()
    page = office.read(dossiers.page, office.id, Wish(typed=read.text), clock.now(), size=read.limit)
    plain = [
        {
            "code": row.code,
            "owner": row.owner_name,
            "procedure": row.procedure_code,
            "procedure_name": row.procedure_name,
            "state": row.state,
            "channel": row.channel,
            "received": row.received_at,
            "due": row.due_at,
            "summary": row.summary,
        }
        for row in page.rows
    ]
    cells = [
        (row.code, row.owner_name, row.procedure_name, message(f"state.{row.state}"), row.received_at, row.due_at)
        for row in page.rows
    ]
    titles = (_("Mã hồ sơ"), _("Chủ hồ sơ"), _("Tên thủ tục"), _("Trạng thái"), _("Nhận"), _("Hẹn trả"))
    return Answer(plain, table(titles, cells))


def _one(office: Office, code: str) -> Dossier:
    dossier_id = office.read(dossiers.find_id, code)
    found = office.read(dossiers.one, dossier_id) if dossier_id else None
    if found is None:
        raise RuleBroken("dossier.unknown", code=code)
    return found


def show_one(session: Session, read: argparse.Namespace) -> Answer:
    """One dossier under the names of the file it could be received from, with what became of it.

    The JSON holds the papers' numbers in full for who may open them, and says so in the log of each person, as every
    opening of a number does; the table for the eye has them masked.
    """
    office = session.office()
    found = _one(office, read.code)
    assert office.actor is not None
    in_full = session.wish.json and may(office.actor.role, Permission.OPEN_NUMBER)
    persons = {each.citizen_id: _person(office, each.citizen_id, in_full) for each in found.persons}
    held = office.read(papers.of_dossier, found.id)
    return Answer(_plain(found, persons, held), _words(found, persons))


def _person(office: Office, citizen_id: str, in_full: bool) -> dict[str, Any]:
    if in_full:
        values = office.perform(citizens.open_number, citizen_id).answer
    else:
        there = office.read(people.person, citizen_id)
        assert there is not None
        values = {**there.values}
        for key in ("identity_number", "cmnd", "passport"):
            values[key] = mask(values[key]) or None
    plain = {key: values.get(key) for key in PersonForm.__dataclass_fields__ if key not in ("representative", "id")}
    shown: dict[str, Any] = {"id": values["id"], **{key: value for key, value in plain.items() if value}}
    if values.get("representative_id"):
        shown["representative"] = _person(office, values["representative_id"], in_full)
    return shown


def _plain(found: Dossier, persons: Mapping[str, dict[str, Any]], held: Sequence[DocumentRow]) -> dict[str, Any]:
    values = found.values
    roles = {each.role: persons[each.citizen_id] for each in found.persons}
    stored = _stored(held)
    return {
        "id": found.id,
        "code": found.code,
        "temporary_code": _temporary(found),
        "external_code": values["external_code"],
        "state": values["state"],
        "procedure": values["procedure_code"],
        "procedure_name": values["procedure_name"],
        "case": values["case_key"] or None,
        "case_name": values["case_name"] or None,
        "channel": values["channel"],
        "assisted": values["assisted"],
        "owner": roles["owner"],
        "submitter": roles.get("submitter"),
        "relation": values["relation"],
        "parties": [
            {"role": each.role, "person": persons[each.citizen_id]}
            for each in found.persons
            if each.role not in ("owner", "submitter")
        ],
        "contact": {"phone": values["phone"], "email": values["email"]},
        "summary": values["summary"],
        "fields": values["fields"] or {},
        "components": [
            {
                "name": each.name,
                "by": each.by,
                "originals": each.originals,
                "certified": each.certified,
                "copies": each.copies,
                "status": each.status,
                "reason": each.reason,
                "extra": each.extra,
                "required": each.required,
                "files": [paper["name"] for paper in stored.get(each.key, ()) if paper["name"]],
                "stored": stored.get(each.key, []),
            }
            for each in found.components
        ],
        "certify": values["certify"] or [],
        "sets": values["sets"],
        "result_copies": values["result_copies"],
        "exemption": values["exemption"],
        "delivery": values["delivery"],
        "note": values["note"],
        "received": values["received_at"],
        "due": values["due_at"],
        "limit": values["limit_text"],
        "steps": [
            {"date": step["date"], "why": message(step["code"], step["details"]), "code": step["code"]}
            for step in values["steps"] or ()
        ],
        "fee": {"phi": values["phi"], "le_phi": values["le_phi"], "total": values["fee_total"]},
        "fee_lines": values["fee_lines"] or [],
        "warnings": list(dict.fromkeys(each["code"] for each in values["remarks"] or ())),
        "printed": [
            {"letter": each.letter, "lien": each.lien, "copy": each.copy_no, "outcome": each.outcome, "at": each.at}
            for each in found.printed
        ],
        "history": [{"act": act.act_id, "kind": act.kind, "at": act.at, "by": act.actor} for act in found.history],
    }


def _stored(held: Sequence[DocumentRow]) -> dict[str, list[dict[str, Any]]]:
    """Key of a component -> the papers that were scanned or brought for it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for each in held:
        plain = {
            "id": each.id,
            "name": each.name or None,
            "title": each.about.title,
            "source": each.source,
            "sha256": each.blob or each.pages[0].blob,
            "size": each.size,
            "pages": each.leaves,
            "signature": each.signature,
            "signed": each.signed is not None,
        }
        found.setdefault(each.component, []).append(plain)
    return found


def _temporary(found: Dossier) -> str | None:
    return str(found.values["code"]) if found.values["code_kind"] == "temporary" else None


def _words(found: Dossier, persons: Mapping[str, dict[str, Any]]) -> str:
    values = found.values
    pairs: list[tuple[str, Any]] = [
        (_("Mã hồ sơ"), found.code),
        (_("Mã của hệ thống khác"), values["external_code"]),
        (_("Trạng thái"), message(f"state.{values['state']}")),
        (_("Tên thủ tục"), f"{values['procedure_name']} ({values['procedure_code']})"),
        (_("Chủ hồ sơ"), values["owner_name"]),
        (_("Nhận"), values["received_at"]),
        (_("Hẹn trả"), values["due_at"] or _("theo thông báo")),
        (_("Phí"), money(values["phi"])),
        (_("Lệ phí"), money(values["le_phi"])),
    ]
    papers = [
        (each.position, each.name, each.originals or "", each.certified or "", each.copies or "")
        for each in found.components
    ]
    titles = (_("TT"), _("Giấy tờ"), _("Bản chính"), _("Chứng thực"), _("Bản chụp"))
    happened = [(act.at, act.kind) for act in found.history]
    remarks = [Remark(each["code"], each.get("details") or {}) for each in values["remarks"] or ()]
    parts = [
        facts(pairs),
        *remark_lines(remarks),
        "",
        table(titles, papers),
        "",
        table((_("Lúc"), _("Việc")), happened),
    ]
    return "\n".join(parts)
