"""`motcua dossier show`: one dossier under the names of the file it could be received from, or in words for the eye."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

from desktop.cli import delivery, paper_show, part
from desktop.cli.output import Answer, facts, money, remark_lines, table
from desktop.cli.session import Session
from desktop.models import dossier_words as words
from desktop.models import late_words
from desktop.office import Office
from onestop.actions import citizens
from onestop.queries import dossiers, overview, papers, people
from onestop.queries import office as office_queries
from onestop.queries.dossiers import Dossier
from onestop.queries.office import ClerkRow
from onestop.queries.overview import Card
from onestop.queries.papers import DocumentRow
from onestop.rules.citizen import relation_name, role_name
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.identity import mask
from onestop.rules.intake import PersonForm
from onestop.rules.papers import RESULT
from onestop.rules.roles import Permission, may
from onestop.store.schema import read_instant
from onestop.texts import _, message


def run(session: Session, read: argparse.Namespace) -> Answer:
    """One dossier with what became of it.

    The JSON holds the papers' numbers in full for who may open them, and says so in the log of each person, as every
    opening of a number does; the words for the eye have them masked.
    """
    office = session.office()
    found = one(office, read.code)
    assert office.actor is not None
    if not session.wish.json:
        card = office.read(overview.card, found.id)
        assert card is not None
        return Answer(None, _words(card))
    in_full = may(office.actor.role, Permission.OPEN_NUMBER)
    persons = {each.citizen_id: _person(office, each.citizen_id, in_full) for each in found.persons}
    clerks = {each.id: each for each in office.read(office_queries.clerks, active_only=False)}
    return Answer(_plain(found, persons, office.read(papers.of_dossier, found.id), clerks))


def one(office: Office, code: str) -> Dossier:
    """The dossier that any of its codes names. RuleBroken dossier.unknown."""
    dossier_id = office.read(dossiers.find_id, code)
    found = office.read(dossiers.one, dossier_id) if dossier_id else None
    if found is None:
        raise RuleBroken("dossier.unknown", code=code)
    return found


def temporary(found: Dossier) -> str | None:
    """The temporary code that the receipt bears, None where it bears the official one."""
    return str(found.values["code"]) if found.values["code_kind"] == "temporary" else None


def external_codes(found: Dossier) -> list[str]:
    """Every code of another system that finds the dossier, in the order in which they were linked."""
    return [each.code for each in found.codes if each.kind == "external"]


# ---- as JSON ------------------------------------------------------------------------------------------------------


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


def _plain(
    found: Dossier,
    persons: Mapping[str, dict[str, Any]],
    held: Sequence[DocumentRow],
    clerks: Mapping[str, ClerkRow],
) -> dict[str, Any]:
    values = found.values
    roles = {each.role: persons[each.citizen_id] for each in found.persons}
    stored = _stored(held)
    return {
        "id": found.id,
        "code": found.code,
        "temporary_code": temporary(found),
        "external_code": values["external_code"],
        "external_codes": external_codes(found),
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
        "received_by": _clerk(values["received_by"], clerks),
        "counter": values["counter"],
        "late_entry": _late(values["late_entry"], clerks),
        "to_confirm": values["to_confirm"],
        "origin": values["origin"],
        "due": values["due_at"],
        "original_due": values["original_due_at"],
        "promised": values["promised_at"],
        "holder": _holder(values["holder"], clerks),
        "taken": values["taken_at"],
        "reason": values["reason"],
        "supplements": values["supplements"],
        "supplement_until": values["supplement_until"],
        "finished": values["finished_at"],
        "result": _result(values["result"], stored),
        "linked": [each.key for each in found.parts],
        "parts": [part.plain_part(each) for each in found.parts],
        "handed_back": values["handed_back_at"],
        "handed_to": _handed(values["handed_to"]),
        "result_is": delivery.where(values),
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
        "history": [
            {"act": act.act_id, "kind": act.kind, "at": act.at, "by": _clerk(act.actor, clerks)}
            for act in found.history
        ],
    }


def _late(kept: Mapping[str, Any] | None, clerks: Mapping[str, ClerkRow]) -> dict[str, Any] | None:
    """Of what was entered from a paper: its time and clerk, and those of the entry."""
    if kept is None:
        return None
    times = {key: read_instant(kept[key]) for key in ("at", "entered_at")}
    return {**kept, **times, **{key: _clerk(kept[key], clerks) for key in ("by", "entered_by")}}


def _holder(holder: str | None, clerks: Mapping[str, ClerkRow]) -> str | None:
    """Who has it now: a clerk by name, or the section or agency as it was written."""
    return clerks[holder].name if holder is not None and holder in clerks else holder


def _result(kept: Mapping[str, Any] | None, stored: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any] | None:
    if kept is None:
        return None
    return {**{key: kept[key] for key in ("title", "number", "date", "signer")}, "stored": stored.get(RESULT, [])}


def _handed(kept: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Who collected it; the number of an authorised person is masked like any other."""
    if kept is None:
        return None
    return {**{key: kept[key] for key in ("name", "role", "paper", "phone")}, "number": mask(kept["number"]) or None}


def _clerk(actor: str, clerks: Mapping[str, ClerkRow]) -> dict[str, str | None]:
    """Who did it. An actor who is no clerk of this office (another system's) is known by its id alone."""
    clerk = clerks.get(actor)
    return {"id": actor, "login": clerk.login if clerk else None, "name": clerk.name if clerk else None}


def _stored(held: Sequence[DocumentRow]) -> dict[str, list[dict[str, Any]]]:
    """Key of a component -> the papers that were scanned or brought for it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for each in held:
        found.setdefault(each.component, []).append(paper_show.plain(each))
    return found


# ---- for the eye --------------------------------------------------------------------------------------------------


def _words(card: Card) -> str:
    found, values = card.dossier, card.dossier.values
    way, receiver = words.delivery(values["delivery"])
    relation = relation_name(values["relation"] or "")
    earlier = [code for code in external_codes(found) if code != values["external_code"]]
    submitter = next((each for each in card.people if each.role == "submitter"), None)
    pairs: list[tuple[str, Any]] = [
        (_("Mã hồ sơ"), found.code),
        (_("Mã tạm"), temporary(found) if temporary(found) != found.code else None),
        (_("Mã của hệ thống khác"), ", ".join(filter(None, (values["external_code"], *earlier)))),
        (_("Trạng thái"), message(f"state.{values['state']}")),
        (_("Tên thủ tục"), f"{values['procedure_name']} ({values['procedure_code']})"),
        (_("Trường hợp"), values["case_name"]),
        (_("Nội dung"), values["summary"]),
        *((_role(each.role), _known(each.name, each.paper)) for each in card.people if each.role != "submitter"),
        (_("Người nộp"), " · ".join(filter(None, (_known(submitter.name, submitter.paper), relation)))
         if submitter else None),
        (_("Điện thoại"), values["phone"]),
        (_("Email"), values["email"]),
        (_("Kênh"), _("Hỗ trợ nộp trực tuyến") if values["assisted"] else words.channel(values["channel"])),
        (_("Nhận"), values["received_at"]),
        (_("Người tiếp nhận"), " · ".join(filter(None, (card.clerk, words.counter(values["counter"]))))),
        (_("Nhập bù"), late_words.entered(values["late_entry"])),
        (_("Chờ"), late_words.standing(values["to_confirm"], values["late_entry"])),
        (_("Tiếp quản từ"), late_words.origin(values["origin"])),
        (_("Hẹn trả"), values["due_at"] or _("theo thông báo")),
        (_("Hạn bổ sung"), values["supplement_until"]),
        (_("Lý do"), values["reason"]),
        (_("Kết quả"), words.result(values["result"])),
        (_("Đã trả cho"), (values["handed_to"] or {}).get("name")),
        *((_("Kết quả liên thông"), text) for text in part.lines(found.parts)),
        (_("Nhận kết quả"), ": ".join(filter(None, (way, receiver)))),
        (_("Phí"), money(values["phi"])),
        (_("Lệ phí"), money(values["le_phi"])),
        (_("Ghi chú"), values["note"]),
    ]  # fmt: skip
    rows = [
        (
            each.position,
            each.name,
            words.paper(each).text,
            each.originals or "",
            each.certified or "",
            each.copies or "",
        )
        for each in found.components
    ]
    titles = (_("TT"), _("Giấy tờ"), _("Tình trạng"), _("Bản chính"), _("Chứng thực"), _("Bản chụp"))
    names = {each.key: each.name for each in found.components}
    stored = [each for each in card.papers if each.dropped is None]
    held = ["", paper_show.listed(stored, names)] if stored else []
    happened = [(event.at, *words.event(event)) for event in card.history]
    remarks = [Remark(each["code"], each.get("details") or {}) for each in values["remarks"] or ()]
    parts = [
        facts(pairs),
        *remark_lines(remarks),
        "",
        table(titles, rows),
        *held,
        "",
        table((_("Lúc"), _("Việc"), _("Ai")), happened),
    ]
    return "\n".join(parts)


def _role(role: str) -> str:
    return _("Chủ hồ sơ") if role == "owner" else role_name(role)


def _known(name: str, paper: str) -> str:
    return f"{name} · {paper}" if paper else name
