"""The papers of a dossier in its side pane: each component with what was scanned for it, and what waits to be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.assets import Look
from desktop.models import dossier_words as words
from desktop.models import page_words
from desktop.models.dossier_words import Told
from desktop.views.badges import State
from desktop.views.checklist_row import short_name
from desktop.views.laying import down
from desktop.views.paper_links import Links, in_line
from desktop.views.sections import Link, line, section
from onestop.queries.dossiers import ComponentRow
from onestop.queries.overview import Card
from onestop.queries.papers import DocumentRow
from onestop.texts import _

Open = Callable[[str, str], None]
"""Opens a component, and the paper of it that is looked at first ("" for none)."""


def papers_section(look: Look, card: Card, open_paper: Open, button: QWidget | None, links: Links) -> QWidget:
    """The section "Giấy tờ"; `button` at the right of its heading scans; `links`: what can be done with a paper."""
    standing = [paper for paper in card.papers if paper.dropped is None]
    parts: list[QWidget] = []
    for each in card.dossier.components:
        held = [paper for paper in standing if paper.component == each.key]
        parts.append(_component(look, each, scanned=bool(held)))
        for place, paper in enumerate(held, 1):
            among = _("giấy {place} trong {total}").format(place=place, total=len(held)) if len(held) > 1 else ""
            parts.append(_paper(look, paper, open_paper, each.name, links, among))
    known = {each.key for each in card.dossier.components}
    parts += [_paper(look, paper, open_paper, "", links) for paper in standing if paper.component not in known]
    return section(look, _("Giấy tờ"), *parts, button=button)


def waiting(components: Sequence[ComponentRow], papers: Sequence[DocumentRow]) -> bool:
    """Is something still to be scanned?"""
    held = {paper.component for paper in papers if paper.dropped is None}
    return any(each.scan_later and each.key not in held for each in components)


def _component(look: Look, row: ComponentRow, *, scanned: bool) -> QWidget:
    told = words.paper(row)
    notes = [told.text, words.copies(row), row.reason or ""]
    later = row.scan_later and not scanned
    if later:
        told = Told("clock", told.text, "warning")
        notes.append(_("quét sau"))
    note = " · ".join(part for part in notes if part)
    return line(look, row.name, note, icon=told.icon, tone=told.tone, note_tone="warning" if later else "quiet")


def _paper(look: Look, paper: DocumentRow, open_paper: Open, component: str, links: Links, among: str = "") -> QWidget:
    """`among`: which one it is where its component has several, for whoever hears the line."""
    told, note = page_words.signature(paper), page_words.paper_note(paper)
    # What is called as its component is not called so twice.
    named = "" if paper.about.title == component else short_name(paper.about.title)
    link = Link(look, named or note, note if named else "")
    title = f"{paper.about.title}, {among}" if among else paper.about.title
    link.setAccessibleName(f"{title}. {note}. {told.text}")
    link.setSizePolicy(QSizePolicy.Policy.Ignored, link.sizePolicy().verticalPolicy())
    link.clicked.connect(lambda: open_paper(paper.component, paper.id))
    whole = QWidget()
    state = State(look, told.icon, told.text, told.tone)
    column = down(look, link, in_line(look, state, *links(paper)), gap="none")
    column.setContentsMargins(look.size("icon_small") + look.space("s"), 0, 0, 0)
    whole.setLayout(column)
    return whole
