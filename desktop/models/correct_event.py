"""A correction in the history of a dossier: what was corrected, who asked for it and why."""

from __future__ import annotations

from typing import Any

from onestop.queries.overview import Event
from onestop.rules.correcting import CITIZEN
from onestop.rules.dossier import COMPONENT, FIELD, PERSON
from onestop.texts import _

CORRECTED = "dossier.corrected"
ORDER = (PERSON, "contact", "delivery", "summary", "relation", FIELD, COMPONENT, "")
"""As one reads a dossier: who, how to reach him, what it is, the papers last."""


def asked(event: Event) -> str:
    """Who asked for a correction, and why."""
    details = event.details
    who = _("công dân {name} đề nghị") if details.get("asked") == CITIZEN else _("{name} của cơ quan đề nghị")
    return " · ".join((who.format(name=details.get("name")), str(details.get("reason") or "")))


def changes(event: Event) -> dict[str, tuple[Any, Any]]:
    """group -> old and new value of a correction; nothing for another event."""
    if event.kind != CORRECTED:
        return {}
    groups = event.details["groups"]
    order = sorted(
        groups, key=lambda group: (next(at for at, head in enumerate(ORDER) if group.startswith(head)), group)
    )
    return {group: (groups[group][0], groups[group][1]) for group in order}


def in_short(event: Event) -> str:
    """What was corrected, for a line of the history, without the values: "điện thoại, email; nội dung hồ sơ"."""
    kinds = {
        "contact": _("điện thoại, email"),
        "delivery": _("cách nhận kết quả"),
        "summary": _("nội dung hồ sơ"),
        "relation": _("quan hệ với chủ hồ sơ"),
        FIELD: _("nội dung tờ khai"),
        COMPONENT: _("giấy tờ"),
        PERSON: _("họ tên"),
    }
    found = dict.fromkeys(kinds.get(group, kinds.get(group.partition(":")[0] + ":", group)) for group in changes(event))
    return "; ".join(found)


def not_folded(event: Event) -> bool:
    """Did the centre put it aside because another counter had corrected the same?"""
    return event.verdict not in (None, "ok")
