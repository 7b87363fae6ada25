"""Corrections in the words of the screen: what the groups are called, and their values as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.models import dossier_words
from onestop.queries.dossiers import Dossier
from onestop.rules.citizen import relation_name
from onestop.rules.dossier import COMPONENT, FIELD
from onestop.rules.intake import By
from onestop.texts import _


def name(group: str, dossier: Dossier, labels: Mapping[str, str] | None = None) -> str:
    """What a group is called: "Điện thoại, email", the name of a paper, the label of a field (`labels`, by name)."""
    known = {
        "contact": _("Điện thoại, email"),
        "delivery": _("Nhận kết quả"),
        "summary": _("Nội dung hồ sơ"),
        "relation": _("Quan hệ với chủ hồ sơ"),
    }
    if group in known:
        return known[group]
    if group.startswith(FIELD):
        key = group.removeprefix(FIELD)
        return (labels or {}).get(key, key)
    if group.startswith(COMPONENT):
        key = group.removeprefix(COMPONENT)
        return next((each.name for each in dossier.components if each.key == key), key)
    return _("Họ tên trong hồ sơ")


def value(group: str, given: Any) -> str:
    """A value of a group as it is read; "" for nothing."""
    if given is None or given == "":
        return ""
    if group == "contact":
        return ", ".join(str(given[key]) for key in ("phone", "email") if given.get(key))
    if group == "delivery":
        return ": ".join(filter(None, dossier_words.delivery(given)))
    if group == "relation":
        return relation_name(str(given))
    if group.startswith(COMPONENT):
        return _paper(given)
    if isinstance(given, bool):
        return _("có") if given else _("không")
    return _day(str(given)) if group.startswith(FIELD) else str(given)


def _day(text: str) -> str:
    """ "2026-11-02" as it is read; anything else as it is."""
    parts = text.split("-")
    whole = len(parts) == 3 and all(part.isdigit() for part in parts) and len(parts[0]) == 4
    return "/".join(reversed(parts)) if whole else text


def by_names() -> dict[str, str]:
    """How a paper came."""
    return {
        By.SUBMITTED: _("nộp"),
        By.SHOWN: _("xuất trình"),
        By.DATABASE: _("từ cơ sở dữ liệu"),
        By.VNEID: _("xem trên VNeID"),
        By.REUSED: _("dùng lại từ kho"),
    }


def _paper(given: Mapping[str, Any]) -> str:
    kinds = (("originals", _("bản chính")), ("certified", _("bản chứng thực")), ("copies", _("bản sao")))
    counts = ", ".join(f"{given[key]} {kind}" for key, kind in kinds if given.get(key))
    how = by_names().get(given.get("by") or By.SUBMITTED, str(given.get("by")))
    said = f"{how}: {counts}" if counts else how
    return f"{said} ({given['reason']})" if given.get("reason") else said
