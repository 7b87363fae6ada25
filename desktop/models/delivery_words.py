"""A result on its way to the citizen, in the words of the screen: calls, the post, originals, what happened to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from desktop.models import due
from onestop import clock
from onestop.queries.delivery import Ready
from onestop.rules.delivery import POSTED, RETURNED, SENT, Called
from onestop.store.schema import read_instant
from onestop.texts import _, sentence


def call_ways() -> list[tuple[object, str]]:
    """How a citizen is told."""
    return [("phone", _("Điện thoại")), ("sms", _("Tin nhắn")), ("other", _("Cách khác"))]


def call_outcomes() -> list[tuple[str, str, str]]:
    """What came of it: its code, its words, its icon."""
    return [
        ("reached", _("Đã báo được"), "circle-check"),
        ("will-come", _("Hẹn ngày đến"), "calendar-clock"),
        ("no-answer", _("Không nghe máy"), "circle-dashed"),
        ("wrong-number", _("Sai số"), "circle-x"),
    ]


def outcome(code: str) -> str:
    """The words of an outcome."""
    return next((words for key, words, _icon in call_outcomes() if key == code), code)


def way(code: str) -> str:
    """The words of a way."""
    return next((words for key, words in call_ways() if key == code), code)


def told(calls: Called) -> tuple[str, str, str]:
    """Icon, words and tone of whether the citizen knows that his result is here."""
    if calls.told:
        return "circle-check", outcome(calls.last) if calls.last != "no-answer" else _("Đã báo được"), "good"
    if not calls.count:
        return "phone", _("Chưa gọi"), "quiet"
    again = _("{outcome}, {count} lần").format(outcome=outcome(calls.last), count=calls.count)
    return "phone", outcome(calls.last) if calls.count == 1 else again, "warning"


def standing(row: Ready) -> tuple[str, str, str]:
    """The same of a row of the list: the post and the electronic copy say more than calls do."""
    if row.delivered == RETURNED:
        return "undo-2", _("Bưu chính trả lại"), "warning"
    if not row.lies_here:
        return "inbox", sentence(f"state.{row.state}"), "quiet"
    if row.way == "post" and not row.called.count:
        return "mail", _("Gửi bưu chính"), "ink"
    return told(row.called)


def originals(kept: Iterable[Mapping[str, Any]] | None) -> str:
    """ "Giấy khai sinh (2), Sổ hộ khẩu"."""
    return ", ".join(each["name"] + (f" ({each['count']})" if each["count"] > 1 else "") for each in kept or ())


def since(day: str) -> str:
    """ "2026-11-23" as people write it."""
    return "/".join(reversed(day.split("-")))


def taken(handed: Mapping[str, Any]) -> str:
    """How whoever has the result got it."""
    said = {
        "receipt": _("đã nhận kết quả, có giấy tiếp nhận"),
        "identity": _("đã nhận kết quả, có giấy tờ tùy thân"),
        "authorisation": _("đã nhận kết quả, có giấy ủy quyền"),
        "post": _("kết quả đã gửi bưu chính"),
        "electronic": _("đã gửi bản điện tử"),
    }[handed["paper"]]
    return " · ".join(filter(None, (said, handed.get("note") or "")))


def course(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where the result lies, what the post has of it, which originals lie here: each a line and the quiet one under
    it, for the pane of a dossier."""
    lines = []
    here = values["state"] == "finished" or values["delivered"] == RETURNED
    if here and values["shelf"]:
        lines.append((values["shelf"], _("kết quả để ở đây")))
    posting = values["posting"] or {}
    if values["delivered"] in (POSTED, RETURNED):
        lines.append((posted(posting), _("bưu chính")))
    if values["delivered"] == RETURNED:
        lines.append((str(posting.get("why") or ""), _("bưu chính trả lại ngày {day}").format(day=_day(posting))))
    if values["delivered"] == SENT:
        lines.append((str(posting.get("to") or _("Bản điện tử")), _("đã gửi bản điện tử")))
    if values["custody"]:
        lines.append((originals(values["custody"]), _("bản gốc đang giữ")))
    return lines


def posted(posting: Mapping[str, Any]) -> str:
    """ "VNPost EM123456789VN"."""
    return " ".join(filter(None, (posting.get("carrier"), posting.get("tracking"))))


def _day(posting: Mapping[str, Any]) -> str:
    at = posting.get("returned_at")
    return due.date(read_instant(at)) if at else ""


def event(kind: str, details: Mapping[str, Any]) -> tuple[str, dict[str, Any], list[str]]:
    """What happened, of the acts of a delivery: the code of its sentence, what that needs, and quiet notes."""
    code, said, notes = f"history.{kind}", dict(details), []
    if kind == "result.shelved":
        code = code if details.get("shelf") else "history.result.unshelved"
    elif kind == "result.called":
        call = details["call"]
        said = {"way": way(call["way"]).lower(), "outcome": outcome(call["outcome"]).lower()}
        notes.append(str(call.get("note") or ""))
    elif kind == "result.posted":
        said = {"carrier": posted(details["posting"])}
        code = "history.result.tracked" if details.get("before") == POSTED else code
    elif kind == "result.returned":
        notes.append(str(details.get("reason")))
    elif kind == "result.sent":
        notes.append(str(details["posting"].get("to") or ""))
    elif kind == "result.collected":
        said = {"name": details["handed_to"]["name"]}
        notes.append(taken(details["handed_to"]))
    elif kind == "dossier.custody":
        before, after = details.get("before") or [], details.get("after") or []
        gone = [each for each in before if each["name"] not in {one["name"] for one in after}]
        code = "history.dossier.custody.back" if gone else "history.dossier.custody"
        said = {"names": originals(gone or [each for each in after if each not in before])}
    return code, said, notes


KINDS = (
    "result.shelved", "result.called", "result.posted", "result.returned", "result.sent", "result.collected",
    "dossier.custody",
)  # fmt: skip


def moment(at: str) -> str:
    """A stored instant: "9:05" today, else with its day."""
    there, here = clock.local(read_instant(at)), clock.local(clock.now())
    return due.hour(there) if there.date() == here.date() else f"{there:%d/%m} {due.hour(there)}"
