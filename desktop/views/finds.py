"""What the one search of the top bar looks through: people, dossiers, slips, procedures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from desktop.models import dossier_words, due
from desktop.views.palette import PER_KIND, Finder, Hit
from desktop.views.screen import Counter
from onestop import clock
from onestop.queries import letters, overview, papers, people, reception
from onestop.queries.catalogue import EntryRow
from onestop.queries.dossiers import DossierRow
from onestop.queries.letters import SlipRow
from onestop.queries.papers import Found
from onestop.queries.people import PersonRow
from onestop.queries.reception import Offer
from onestop.texts import N_

LEAST_OF_A_WORD = 3
"""Letters below which half of all papers would be found."""

Answer = Callable[[Sequence[Hit]], None]


class Finds(QObject):
    """One for the window. The procedures on offer are read when they are first looked through, and again after the
    catalogue has changed."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter.look)
        self._desk, self._go, self._allowed = counter.desk, counter.go, counter.commands.allowed
        self._offer: Offer | None = None
        self._desk.bus.changed.connect(self._heard)

    def finders(self) -> tuple[Finder, ...]:
        """The kinds in the order in which they are shown."""
        return (
            Finder("person", N_("Người dân"), "user-round", self.people),
            Finder("dossier", N_("Hồ sơ"), "folder", self.dossiers),
            Finder("slip", N_("Phiếu trước tiếp nhận"), "file-text", self.slips),
            Finder("procedure", N_("Thủ tục"), "scroll-text", self.procedures),
            Finder("paper", N_("Trong nội dung giấy tờ"), "file-text", self.papers),
        )

    def people(self, text: str, then: Answer) -> None:
        """People by name in any order, birth year, number of a paper or phone."""
        if not self._allowed("people.edit"):
            then(())
            return

        def found(rows: list[PersonRow]) -> None:
            then([Hit(row.name, _about(row), self._to("people", person=row.id)) for row in rows])

        self._ask("people", people.find, text, PER_KIND, then=found)

    def dossiers(self, text: str, then: Answer) -> None:
        """Dossiers by code in any style, or by a person in them."""

        def found(rows: tuple[DossierRow, ...]) -> None:
            then([Hit(row.code, _of(row), self._to("dossiers", typed=row.code)) for row in rows])

        self._ask("dossiers", overview.find, text, clock.now(), PER_KIND, then=found)

    def slips(self, text: str, then: Answer) -> None:
        """Requests for completion and refusals by their code: the kept draft, the dossier that came of it, else whom it
        was given to."""
        if not self._allowed("go.receive"):
            then(())
            return

        def found(rows: list[SlipRow]) -> None:
            then([Hit(row.code, _slip(row), self._way_of(row)) for row in rows])

        self._ask("slips", letters.find_slips, text, PER_KIND, then=found)

    def _way_of(self, row: SlipRow) -> Callable[[], None]:
        if row.dossier:
            return self._to("dossiers", typed=row.dossier)
        if row.state in ("open", "waiting"):
            return self._to("receive", slip=row.id)
        return self._to("people", person=row.owner_id)

    def procedures(self, text: str, then: Answer) -> None:
        """Procedures by keyword, synonym or code."""
        if self._offer is None:
            self._ask("offer", reception.offer, clock.today(), then=lambda offer: self._keep(offer, text, then))
            return

        def found(rows: list[EntryRow]) -> None:
            then([self._procedure(row) for row in rows])

        self._ask("procedures", look_up, self._offer, text, PER_KIND, then=found)

    def papers(self, text: str, then: Answer) -> None:
        """Papers by the words that were read on them; opens the paper itself."""
        if len(text) < LEAST_OF_A_WORD or not self._allowed("go.scan"):
            then(())
            return

        def found(rows: tuple[Found, ...]) -> None:
            then([Hit(" ".join(row.snippet.split()), _of_paper(row), self._to_paper(row)) for row in rows])

        self._ask("papers", papers.find_text, text, PER_KIND, then=found)

    def _to_paper(self, row: Found) -> Callable[[], None]:
        return self._to("scan", dossier=row.dossier_id, paper=row.document_id, back="dossiers")

    # -- under the hood

    def _to(self, place: str, **wish: Any) -> Callable[[], None]:
        def call() -> None:
            self._go(place, **wish)

        return call

    def _ask(self, key: str, query: Callable[..., Any], *args: Any, then: Callable[[Any], None]) -> None:
        self._desk.ask(query, *args, then=then, owner=self, key=key)

    def _keep(self, offer: Offer, text: str, then: Answer) -> None:
        self._offer = offer
        self.procedures(text, then)

    def _procedure(self, row: EntryRow) -> Hit:
        detail = " · ".join(part for part in (row.code, row.field) if part)
        return Hit(row.short_name or row.name, detail, self._to("catalogue", code=row.code))

    def _heard(self, changes: Any) -> None:
        if changes.of("procedure_version") or changes.of("overlay"):
            self._offer = None


def look_up(_connection: Any, offer: Offer, text: str, limit: int) -> list[EntryRow]:
    """The procedures on offer that fit `text`, best first. Weighing takes a moment, so it is asked like a query."""
    found = (offer.rows.get(hit.code) for hit in offer.index.find(text, limit=limit))
    return [row for row in found if row is not None]


def finders(counter: Counter) -> tuple[Finder, ...]:
    """What `MainWindow.find_with` is given."""
    return Finds(counter).finders()


def _about(row: PersonRow) -> str:
    return " · ".join(part for part in ((row.date_of_birth or "")[:4], row.paper) if part)


def _slip(row: SlipRow) -> str:
    return " · ".join((row.person_name, dossier_words.letter(row.kind), due.date(row.made_at), row.procedure_name))


def _of(row: DossierRow) -> str:
    till = due.words(row.due_at, clock.now(), row.finished_at).text
    return f"{row.owner_name} · {row.procedure_name} · {till}"


def _of_paper(row: Found) -> str:
    return " · ".join(part for part in (row.title, row.dossier_code, row.owner_name) if part)
