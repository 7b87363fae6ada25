"""What was entered from a pre-printed sheet or taken over from an older system, in the words of the screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desktop.models import due
from onestop.clock import local
from onestop.rules.late_entry import DOUBTED, Why
from onestop.store.schema import read_instant
from onestop.texts import N_, _

REASONS: Mapping[Why, str] = {
    Why.POWER: N_("mất điện"),
    Why.NETWORK: N_("mất mạng"),
    Why.MACHINE: N_("máy hỏng"),
}


def reason(key: str) -> str:
    """Why a dossier was received on paper."""
    return _(REASONS[Why(key)])


def reasons() -> list[tuple[object, str]]:
    """The reasons to choose from."""
    return [(why.value, _(words)) for why, words in REASONS.items()]


def entered(late: Mapping[str, Any] | None) -> str:
    """ "giấy T-AB12CD-261123-0002, nhận 9:40 23/11/2026 (mất điện), nhập 8:30 26/11/2026"; "" where there is none."""
    if late is None:
        return ""
    said = _("giấy {sheet}, nhận {at} ({why}), nhập {entered}")
    at, done = read_instant(late["at"]), read_instant(late["entered_at"])
    return said.format(sheet=late["sheet"], at=moment(at), why=reason(late["reason"]), entered=moment(done))


def standing(to_confirm: str | None, late: Mapping[str, Any] | None) -> str:
    """What a supervisor has said of it, or has still to say; "" once it is confirmed, and where there is none."""
    if late is None or to_confirm is None:
        return ""
    if to_confirm == DOUBTED:
        return _("Nhập bù chưa đúng: {reason}").format(reason=late.get("doubt") or "")
    return _("Chờ xác nhận nhập bù")


def origin(kept: Mapping[str, Any] | None) -> str:
    """ "Một cửa cũ (danh-sach.csv, dòng 7)"; "" for one of our own."""
    if kept is None:
        return ""
    return _("{system} ({file}, dòng {row})").format(**kept)


def moment(at: datetime) -> str:
    """ "9:40 23/11/2026", as it stands on a paper."""
    return f"{due.hour(at)} {local(at):%d/%m/%Y}"


def received_late(entered_by: str, details: Mapping[str, Any]) -> tuple[str, dict[str, Any], list[str]]:
    """A line of the history: its code, what its sentence needs, and who entered it, who received it on paper, why."""
    late = details["late_entry"]
    by = details.get("on_paper_by") or ""
    took = _("nhận trên giấy: {name}").format(name=by) if by and by != entered_by else ""
    said = {**details, "sheet": late["sheet"], "at": moment(read_instant(late["at"]))}
    return "history.dossier.received-late", said, [part for part in (entered_by, took, reason(late["reason"])) if part]
