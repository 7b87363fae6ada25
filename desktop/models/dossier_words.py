"""A dossier in the words of the screen: its state, papers, fees, prints, and what has happened to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.models import correct_event, delivery_words, due, late_words
from onestop import clock
from onestop.queries.dossiers import ComponentRow, PrintedRow
from onestop.queries.overview import Event, Term
from onestop.rules.declarations import declarations
from onestop.rules.dossier import State as DossierState
from onestop.rules.fees import NO_AMOUNT, money
from onestop.rules.hands import Hands
from onestop.rules.intake import By, Status
from onestop.rules.letters import ROUND, FormKey
from onestop.texts import SENTENCES, _, message, sentence


@dataclass(frozen=True, slots=True)
class Told:
    """A state in the one way in which it is shown: icon, words, colour token."""

    icon: str
    text: str
    tone: str


_STATES = {
    "new": ("circle", "quiet"),
    "received": ("inbox", "ink"),
    "processing": ("hourglass", "ink"),
    "supplement": ("triangle-alert", "warning"),
    "awaiting-payment": ("banknote", "warning"),
    "refused": ("ban", "quiet"),
    "withdrawn": ("undo-2", "quiet"),
    "stopped": ("circle-x", "quiet"),
    "finished": ("circle-check", "good"),
    "handed-back": ("check", "quiet"),
}


def state(code: str) -> Told:
    """The state of a dossier."""
    icon, tone = _STATES.get(code, ("circle", "ink"))
    return Told(icon, sentence(f"state.{code}"), tone)


_NAMELESS = ("", "Chưa có tên", "No name yet")
"""What a draft is called that has neither a person nor a procedure; the words were kept with drafts once."""


def draft_title(kept: str) -> str:
    """What a draft is called in a list."""
    return _("Chưa có tên") if kept in _NAMELESS else kept


def channel(code: str) -> str:
    """Trực tiếp, trực tuyến, bưu chính."""
    names = {"direct": _("Trực tiếp"), "online": _("Trực tuyến"), "postal": _("Bưu chính")}
    return names.get(code, code)


def counter(name: str | None) -> str:
    """A counter as people call it: "3" and "Quầy 3" are both "Quầy 3"; "" for none."""
    if not name:
        return ""
    return _("Quầy {number}").format(number=name) if name.isdigit() else name


def moment(at: datetime, now: datetime) -> str:
    """ "9:05" today, "20/11 9:05" in this year, "20/11/2025 9:05" before it."""
    there, here = clock.local(at), clock.local(now)
    if there.date() == here.date():
        return due.hour(at)
    return f"{there:%d/%m} {due.hour(at)}" if there.year == here.year else f"{due.date(at)} {due.hour(at)}"


# -- papers


def paper(row: ComponentRow) -> Told:
    """How a paper stands: valid, not valid, not looked at, or how it was shown instead of handed in."""
    if row.status == Status.BAD:
        return Told("circle-x", _("Chưa hợp lệ"), "danger")
    if row.status == Status.UNCHECKED:
        return Told("circle-dashed", _("Chưa kiểm tra"), "quiet")
    names = {
        By.SUBMITTED: _("Hợp lệ"),
        By.SHOWN: _("Đã đối chiếu"),
        By.DATABASE: _("Từ cơ sở dữ liệu"),
        By.VNEID: _("Xem trên VNeID"),
        By.REUSED: _("Dùng lại từ kho"),
    }
    return Told("circle-check", names[By(row.by or By.SUBMITTED)], "good")


def copies(row: ComponentRow) -> str:
    """ "1 bản chính · 2 bản sao"; "" where nothing was left here."""
    kinds = (
        (row.originals, _("bản chính")),
        (row.certified, _("bản chứng thực")),
        (row.copies, _("bản sao")),
    )
    return " · ".join(f"{count} {kind}" for count, kind in kinds if count)


# -- money


def amount(value: int | None) -> str:
    """An amount; an unknown one is said to be unknown, it is not 0."""
    return _(NO_AMOUNT) if value is None else money(value)


def fees(values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The lines of money of a dossier and, where there are several, their sum. () where the catalogue asks for none."""
    lines = [(_fee(line), amount(line["amount"])) for line in values["fee_lines"] or ()]
    if len(lines) > 1:
        lines.append((_("Cộng"), amount(values["fee_total"])))
    return tuple(lines)


def _fee(line: Mapping[str, Any]) -> str:
    """The name of a line, which says whether it is phí or lệ phí."""
    return named(str(line["kind"]), str(line["name"]))


def named(kind: str, name: str) -> str:
    """The name of a fee behind its kind, once: the catalogue's own names, always Vietnamese, often begin with it. In
    another language the name stays as it stands on the paper, and the kind is said after it."""
    word, name = SENTENCES[f"fee.{kind}"], name.strip()
    if name.casefold().startswith(word.casefold()):
        rest = name[len(word) :].strip()
    else:
        rest = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    whole, said = f"{word} {rest}".rstrip(), sentence(f"fee.{kind}")
    return whole if said == word else f"{whole} ({said[:1].lower()}{said[1:]})"


# -- return


def limit(plain: Mapping[str, Any] | None) -> str:
    """The limit that was counted: "3 ngày làm việc", "trong ngày"; "" where there is none."""
    unit = (plain or {}).get("unit")
    return message(f"limit.{unit}", {"number": (plain or {}).get("number")}) if unit else ""


def reasons(steps: list[Mapping[str, Any]] | None) -> tuple[str, ...]:
    """How the return time came about, line by line."""
    return tuple(message(step["code"], step.get("details")) for step in steps or ())


def delivery(plain: Mapping[str, Any] | None) -> tuple[str, str]:
    """Where the result goes: the way, and to whom by post."""
    given = plain or {}
    ways = {"counter": _("Tại quầy"), "post": _("Qua bưu chính"), "electronic": _("Bản điện tử")}
    way = ways.get(str(given.get("way") or "counter"), str(given.get("way")))
    receiver = (given.get("name"), given.get("phone"), given.get("address"))
    return way, ", ".join(str(part) for part in receiver if part)


def terms(given: Iterable[Term]) -> tuple[str, ...]:
    """The days beside the return date, each with how it came about."""
    return tuple(message(term.code, {key: _when(value) for key, value in term.details.items()}) for term in given)


def _when(value: Any) -> Any:
    return f"{due.hour(value)} {due.date(value)}" if isinstance(value, datetime) else value


def apology(given: Iterable[Term], now: datetime) -> str:
    """What can still be done where the deadline warns: "xin lỗi và hẹn lại trước 17:00 26/11"; "" while it is calm."""
    at = {term.code: next(iter(term.details.values())) for term in given if term.code.startswith("term.")}
    until, warns = at.get("term.apology"), at.get("term.warns")
    if until is None or now >= until or (warns is not None and now < warns):
        return ""
    return _("xin lỗi và hẹn lại trước {at}").format(at=moment(until, now))


def promises(values: Mapping[str, Any]) -> tuple[str, ...]:
    """What else was promised: until when a supplement is waited for, the date of before, one that came too late."""
    said = []
    if values["supplement_until"]:
        day = "/".join(reversed(values["supplement_until"].split("-")))
        past = values["supplement_until"] < clock.today().isoformat()
        late, still = _("quá hạn bổ sung từ {day}: dừng giải quyết (F8)"), _("chờ bổ sung đến hết {day}")
        said.append((late if past else still).format(day=day))
    first, now_due, promised = values["original_due_at"], values["due_at"], values["promised_at"]
    if values["state"] == DossierState.AWAITING_PAYMENT and now_due is None and first is not None:
        said.append(_("thời hạn tính tiếp khi đã nộp tiền"))
        said.append(_("hẹn lúc đầu {day}").format(day=due.date(first)))
    if first is not None and now_due is not None and first != now_due:
        said.append(_("hẹn lúc đầu {day}").format(day=due.date(first)))
    if promised is not None and promised != now_due:
        said.append(_("đã hẹn lại {day}, vẫn tính quá hạn").format(day=due.date(promised)))
    return tuple(said)


def course(values: Mapping[str, Any], hands: Hands) -> list[tuple[str, str]]:
    """Where it is, why it stands so, what came out, who has it: each a line and the quiet one under it."""
    lines = []
    if hands.holder and values["is_open"]:
        lines.append((hands.name, holds(hands)))
    if values["reason"]:
        lines.append((values["reason"], _("lý do")))
    if values["result"]:
        lines.append((result(values["result"]), _("kết quả")))
    if values["handed_to"]:
        lines.append((values["handed_to"]["name"], delivery_words.taken(values["handed_to"])))
    return [*lines, *delivery_words.course(values)]


def holds(hands: Hands) -> str:
    """How somebody has a dossier: since when, or that he has not said so yet."""
    if hands.taken_at is None:
        return _("được giao, chưa xác nhận đã nhận")
    return _("đang giữ, nhận lúc {at}").format(at=moment(hands.taken_at, clock.now()))


def result(kept: Mapping[str, Any] | None) -> str:
    """What came out: "Giấy xác nhận số 12, 27/11/2026, Lê Minh Đức"; "" while there is nothing."""
    if kept is None:
        return ""
    number = _("số {number}").format(number=kept["number"]) if kept["number"] else ""
    day = "/".join(reversed(kept["date"].split("-")))
    head = " ".join(filter(None, (kept["title"], number)))
    return ", ".join(filter(None, (head, day, kept["signer"])))


# -- prints


def letter(code: str, lien: int = 0) -> str:
    """A letter that was printed: "Giấy tiếp nhận · Liên 2"; of the second request for completion "… · lần 2"."""
    names = {
        FormKey.RECEIPT: _("Giấy tiếp nhận"),
        FormKey.REGISTER: _("Sổ theo dõi hồ sơ"),
        FormKey.HANDOVER: _("Phiếu bàn giao kết quả"),
        FormKey.SUPPLEMENT: _("Phiếu yêu cầu bổ sung"),
        FormKey.REFUSAL: _("Phiếu từ chối"),
        FormKey.EXTENSION: _("Văn bản xin lỗi, hẹn lại"),
        FormKey.STOP: _("Thông báo dừng giải quyết"),
        FormKey.CONTROL: _("Phiếu kiểm soát"),
        FormKey.HANDED_BACK: _("Biên nhận trả kết quả"),
        FormKey.DOSSIER_HANDOVER: _("Giấy bàn giao hồ sơ"),
        FormKey.WORK_HANDOVER: _("Biên bản bàn giao công việc"),
        FormKey.WORK_RETURN: _("Biên bản bàn giao lại công việc"),
        FormKey.AUTHORISATION: _("Giấy ủy quyền"),
        FormKey.LABEL: _("Nhãn gửi bưu chính"),
        FormKey.ENVELOPE: _("Phong bì"),
        FormKey.DECLARATION: _("Tờ khai điền sẵn"),
        FormKey.FEE_SLIP: _("Phiếu báo nộp phí, lệ phí"),
        FormKey.RATING_SLIP: _("Phiếu đánh giá mức độ hài lòng"),
        FormKey.POST_LIST: _("Bảng kê bưu gửi"),
        FormKey.RESULT_LETTER: _("Văn bản kết quả"),
    }
    key, _colon, number = code.partition(ROUND)
    name = names[FormKey(key)] if key in names else key
    if number and key == FormKey.DECLARATION:
        name += " · " + next((each.name for each in declarations() if each.key == number), number)
    elif number:
        name += " · " + _("lần {number}").format(number=number)
    return name + " · " + _("Liên {number}").format(number=lien) if lien else name


_OUTCOMES = {
    "out": ("circle-check", "good"),
    "waiting": ("printer", "warning"),
    "not-out": ("circle-x", "quiet"),
    "ruined": ("ban", "quiet"),
}


def outcome(code: str) -> Told:
    """What became of a sheet."""
    names = {
        "out": _("Đã ra đủ"),
        "waiting": _("Chưa rõ đã ra chưa"),
        "not-out": _("Chưa ra"),
        "ruined": _("Hỏng"),
    }
    icon, tone = _OUTCOMES.get(code, ("circle", "ink"))
    return Told(icon, names.get(code, code), tone)


def printing(row: PrintedRow) -> str:
    """One printing: the letter, and which reprint it is."""
    name = letter(row.letter, row.lien)
    return name + " · " + _("in lại lần {number}").format(number=row.copy_no) if row.copy_no else name


# -- history


def event(happened: Event) -> tuple[str, str]:
    """What happened, and the quiet line under it: who did it and what else is worth knowing."""
    details = dict(happened.details)
    kind = happened.kind
    code = f"history.{kind}"
    notes = [happened.by]
    if kind == "dossier.received":
        details["counter"] = counter(details.get("counter"))
        code = code if details["counter"] else "history.dossier.received-here"
        way = channel(str(details.get("channel") or "direct"))
        notes.append((_("Hỗ trợ nộp trực tuyến") if details.get("assisted") else way).lower())
        if details.get("late_entry"):
            code, details, notes = late_words.received_late(happened.by, details)
    elif kind == "dossier.imported":
        details["system"] = (details.get("origin") or {}).get("system")
    elif kind == "late-entry.refused":
        notes.append(str(details.get("reason")))
    elif kind == "dossier.registered":
        details["code"] = details.get("external_code")
        at = datetime.fromisoformat(str(details["submitted_at"]))
        notes.append(_("nộp lúc {at}").format(at=moment(at, clock.now())))
    elif kind == "part.finished":
        said = details["result"]
        code = "history.part.finished.none" if said["reason"] else code
        details["number"] = said["number"]
        notes += [str(said[key]) for key in ("signer", "reason") if said[key]]
    elif kind == "dossier.linked":
        code = "history.dossier.official" if details.get("official_code") else code
        details["code"] = details.get("official_code") or details.get("external_code")
    elif kind in ("dossier.unlinked", "clock.corrected"):
        notes.append(str(details.get("reason")))
    elif kind == "dossier.forwarded":
        code = "history.dossier.forwarded.to" if details.get("to") else code
        notes.append(str(details.get("note") or ""))
    elif kind in ("dossier.assigned", "dossier.given-back"):
        code = "history.dossier.given-back.to" if kind == "dossier.given-back" and details.get("to") else code
        notes.append(str(details.get("note") or details.get("reason") or ""))
    elif kind == "dossier.letter-made":
        notes += [str(details["title"]), str(details["signer"])]
    elif kind == "dossier.finished":
        code = "history.dossier.finished.numbered" if details.get("number") else code
    elif kind == "dossier.extended":
        details["due"] = moment(datetime.fromisoformat(str(details["due"])), clock.now())
        notes.append(str(details.get("reason")))
    elif kind in ("dossier.sent-back", "dossier.refused", "dossier.withdrawn", "dossier.stopped", "dossier.recalled"):
        notes += [*(details.get("items") or ()), str(details.get("reason"))]
    elif kind == "dossier.corrected":
        details["what"] = correct_event.in_short(happened)
        notes.append(correct_event.asked(happened))
    elif kind == "rating.given":
        code = "history.rating.given.slip" if details.get("source") == "slip" else code
    elif kind in ("paper.printed", "paper.outcome"):
        details["letter"] = letter(str(details.get("letter")), int(details.get("lien") or 0))
        if kind == "paper.printed":
            details["letter"] = details["letter"][:1].lower() + details["letter"][1:]
            code = "history.paper.reprinted" if details.get("copy_no") else code
        if kind == "paper.outcome":
            details["outcome"] = outcome(str(details.get("outcome"))).text.lower()
    elif kind in delivery_words.KINDS:
        code, details, more = delivery_words.event(kind, details)
        notes += more
    elif kind == "document.kept" and details.get("reused"):
        code = "history.document.reused"
    elif kind == "document.dropped":
        code = code if details.get("reason") else "history.document.restored"
        notes += [str(details["reason"])] if details.get("reason") else []
    if details.get("instead_of"):
        notes.append(_("thay {name}").format(name=details["instead_of"]))
    if happened.verdict not in (None, "ok"):
        notes.append(_("trung tâm chưa nhận, chờ xử lý"))
    text = sentence(code, **details) if code in SENTENCES else sentence("history.other")
    return text, " · ".join(note for note in notes if note)
