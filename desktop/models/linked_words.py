"""The results of a linked filing in the words of the screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desktop.models import due
from desktop.models.dossier_words import Told, result
from onestop.queries.dossiers import PartRow
from onestop.rules.linked import Part
from onestop.rules.procedure import Unit
from onestop.texts import N_, _, message

NO_RESULT = N_("Hoặc lý do không có kết quả")


def standing(part: PartRow, now: datetime) -> Told:
    """What became of it: its number and signer, why there is none, or until when it is owed."""
    if part.result is not None and part.result["reason"]:
        return Told("ban", _("không có: {reason}").format(reason=part.result["reason"]), "quiet")
    if part.result is not None:
        return Told("circle-check", _of(part.result), "good")
    if part.due_at is None:
        return Told("hourglass", _("chưa hẹn ngày"), "quiet")
    said = due.words(part.due_at, now)
    text = said.text if part.due_at < now else _("hẹn {due}").format(due=said.text)
    return Told(said.icon or "hourglass", text, said.tone)


def _of(kept: Mapping[str, Any]) -> str:
    """ "số 125/2026, 23/11/2026, Lê Minh Đức": the name stands beside it already."""
    said = result({**kept, "title": ""})
    return said[:1].lower() + said[1:]


def limit(part: Part) -> str:
    """The limit of a part, in words; "" where it is the procedure's own."""
    if part.limit is None or part.limit.unit is None:
        return ""
    return message(f"limit.{Unit(part.limit.unit)}", {"number": part.limit.number})
