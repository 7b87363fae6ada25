"""Corrections of a dossier in its side pane: the old value struck through, the new one, who asked and why."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from desktop.assets import Look
from desktop.models import correct_event
from desktop.models import correct_words as words
from desktop.models.dossier_words import moment
from desktop.views.laying import across, down
from desktop.views.sections import section
from desktop.views.wording import Words
from onestop.queries.overview import Card, Event
from onestop.texts import _


def corrected_section(look: Look, card: Card, now: datetime) -> list[QWidget]:
    """The corrections, the latest first; nothing where the dossier stands as received."""
    events = [event for event in reversed(card.history) if correct_event.changes(event)]
    if not events:
        return []
    return [section(look, _("Đính chính"), *(_correction(look, card, event, now) for event in events))]


def _correction(look: Look, card: Card, event: Event, now: datetime) -> QWidget:
    labels = event.details.get("labels")
    rows = [
        _change(look, words.name(group, card.dossier, labels), words.value(group, old), words.value(group, new))
        for group, (old, new) in correct_event.changes(event).items()
    ]
    said = " · ".join(part for part in (moment(event.at, now), event.by, correct_event.asked(event)) if part)
    if correct_event.not_folded(event):
        said = " · ".join((_("quầy khác đã sửa cùng mục, chưa ghi nhận"), said))
    whole = QWidget()
    whole.setLayout(down(look, *rows, Words(look, said, "note", "quiet", wrap=True), gap="xs"))
    return whole


def _change(look: Look, name: str, old: str, new: str) -> QWidget:
    """ "Điện thoại, email: 0912 → 0987", the old one struck through; a screen reader is told which is which."""
    before, after = old or _("để trống"), new or _("để trống")
    struck = Words(look, before, tone="quiet", wrap=True, figures=True)
    font = struck.font()
    font.setStrikeOut(True)
    struck.setFont(font)
    row = QWidget()
    column = down(look, struck, Words(look, after, wrap=True, figures=True), gap="none")
    row.setLayout(down(look, across(look, Words(look, name, "note", "quiet", wrap=True)), column, gap="none"))
    row.setAccessibleName(_("{name}: trước là {old}, nay là {new}").format(name=name, old=before, new=after))
    return row


__all__ = ["corrected_section"]
