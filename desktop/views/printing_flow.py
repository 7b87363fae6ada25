"""A letter on its way to paper: drawn off the GUI thread, stored and recorded, printed, and asked about when in doubt.

    flow = PrintFlow(counter, window)
    flow.receipt(dossier_id); flow.supplement(intake_id); flow.refusal(intake_id)

The same call prints the first time and reprints afterwards ("Bản in lại lần n", from the stored file): only a paper
that was handed out makes the next one a reprint. Nothing is printed before its file is stored and its act committed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.bus import Level, Notice, Offer
from desktop.jobs import Report
from desktop.models.dossier_words import letter
from desktop.printer.job import PrintJob, PrintState
from desktop.reports import drawing
from desktop.reports.reprint import mark_reprint
from desktop.settings import BY_KEY, Settings
from desktop.views.preview import Preview
from desktop.views.screen import Counter
from onestop.actions import printing
from onestop.actions.printing import OutcomeForm, Printed, PrintForm
from onestop.queries import sheets
from onestop.queries.letters import LetterOptions
from onestop.queries.sheets import Sheet, SheetWish
from onestop.rules import why
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.rules.letters import FormKey, file_name, size
from onestop.store.files import demand_ordinary
from onestop.texts import N_, _, message

LIENS = {"both": 0, "1": 1, "2": 2}
OUT, NOT_OUT, RUINED = "out", "not-out", "ruined"
NO_PRINTER = "print.no-printer"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet with its finished file. `title` shows in the system's list of jobs: no person in it."""

    sheet: Sheet
    content: bytes
    title: str


def of_letter(settings: Settings, what: str, kind: FormKey) -> str:
    """The setting "printer" or "paper" of a kind of letter; "" where it has none that counts now."""
    setting = BY_KEY.get(f"{what}_{kind.value}")
    if setting is None or (setting.when[0] and settings.get(setting.when[0]) != setting.when[1]):
        return ""
    return str(settings.get(setting.key))


def printer_for(settings: Settings, kind: FormKey) -> str:
    """The printer that was chosen for a kind of letter; without a choice of its own that of the receipt, "" where that
    is the system's."""
    return of_letter(settings, "printer", kind) or str(settings.get("printer_receipt"))


def letter_name(kind: FormKey) -> str:
    """What the letter is called on the screen."""
    return letter(kind.value)


class PrintFlow(QObject):
    """One for the window (`counter.service.prints`). `settled(subject, outcome)` when it is known what became of a
    sheet: out, not-out, ruined."""

    settled = Signal(object, str)

    def __init__(self, counter: Counter, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._settings, self._service = counter.desk, counter.settings, counter.service
        self._look, self._notices, self._window = counter.look, counter.notices, window
        self._preview: Preview | None = None

    # -- what is asked for

    def receipt(self, dossier_id: str, then: Callable[[], None] | None = None, *, lien: int | None = None) -> None:
        """Giấy tiếp nhận of a dossier; `then()` once its file is stored and the printer has been asked. `lien`: 1, 2 or
        0 (both in one file) where it is not to be what the settings say."""
        self.print(FormKey.RECEIPT, dossier_id, then, lien=lien)

    def supplement(self, intake_id: str, then: Callable[[], None] | None = None) -> None:
        """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ."""
        self.print(FormKey.SUPPLEMENT, intake_id, then)

    def refusal(self, intake_id: str, then: Callable[[], None] | None = None) -> None:
        """Phiếu từ chối tiếp nhận."""
        self.print(FormKey.REFUSAL, intake_id, then)

    def print(
        self,
        kind: FormKey,
        subject_id: str,
        then: Callable[[], None] | None = None,
        *,
        look: bool = False,
        lien: int | None = None,
        life: bool = False,
    ) -> None:
        """Draw and print, or show first where the office has chosen that, or with `look`. `life`: a letter of the life
        of the dossier with this id."""
        preview = look or self._settings.get("print_way") == "preview"

        def drawn(done: Drawn) -> None:
            if preview:
                self.show(done, then)
            else:
                self.send(done, then)

        wish = self.wish(kind, subject_id)
        self._draw(replace(wish, lien=wish.lien if lien is None else lien, life=life), drawn)

    def life(self, kind: FormKey, dossier_id: str) -> None:
        """A letter of a dossier's life: request for completion, apology, notice of stopping, control slip, receipt of
        a result."""
        self.print(kind, dossier_id, life=True)

    def days(self, kind: FormKey, days: str) -> None:
        """A list of a day ("2026-11-27") or of a span of days."""
        self.print(kind, days)

    def reprint(self, dossier_id: str, lien: int | None = None) -> None:
        """The receipt once more, one liên alone where it is named. Handed out before, it is a reprint."""
        self.print(FormKey.RECEIPT, dossier_id, lien=lien)

    def show(self, drawn: Drawn, then: Callable[[], None] | None = None) -> None:
        """Show the pages over the window; they are printed from there, or kept as a file."""
        if self._preview is None:
            self._preview = Preview(self._look, self._window)
        title = letter_name(drawn.sheet.kind)
        self._preview.show_file(title, drawn.content, lambda: self.send(drawn, then), lambda: self._save(drawn))

    def _save(self, drawn: Drawn) -> None:
        """A copy in a file of the clerk's choice; it is not handed out by that."""
        name = file_name(drawn.sheet.kind, drawn.sheet.letter.reference)

        def picked(file: Path) -> None:
            self._desk.run(write, drawn.content, file, owner=self)

        self._notices.pick_file(_("Lưu thành tệp"), [_("Tệp PDF (*.pdf)")], picked, save=name)

    def wish(self, kind: FormKey, subject_id: str) -> SheetWish:
        """The choices made in the settings for this kind of letter."""
        get, paper = self._settings.get, of_letter(self._settings, "paper", kind)
        return SheetWish(
            kind,
            subject_id,
            size(paper.upper()) if paper else None,
            LIENS[str(get("receipt_lien"))],
            LetterOptions.chosen(get),
        )

    # -- from values to a file

    def _draw(self, wish: SheetWish, then: Callable[[Drawn], None]) -> None:
        files = self._service.office.files

        def found(sheet: Sheet) -> None:
            self._desk.run(draw, sheet, files, then=then, owner=self)

        self._desk.ask(sheets.sheet, wish, then=found, owner=self)

    # -- from the file to paper

    def send(self, drawn: Drawn, then: Callable[[], None] | None = None) -> None:
        """Record the printing and let the paper move."""
        sheet = drawn.sheet
        form = PrintForm(
            sheet.subject,
            sheet.name,
            sheet.lien,
            sheet.paper.value,
            sheet.template,
            drawn.content,
            sheet.copy.number,
            others=sheet.others,
        )

        def moved_on(broken: RuleBroken) -> None:
            # It was handed out elsewhere between our look and our act: look again.
            if broken.code == "print.copy-moved-on":
                self.print(sheet.kind, sheet.asked, then, lien=sheet.lien, life=sheet.life)
            else:
                self._desk.tell(Level.WARNING, broken.code, **broken.details)

        self._desk.do(
            printing.record,
            form,
            then=lambda printed: self._move_paper(drawn, printed, then),
            or_else=moved_on,
            owner=self,
        )

    def _move_paper(self, drawn: Drawn, printed: Printed, then: Callable[[], None] | None) -> None:
        chosen = printer_for(self._settings, drawn.sheet.kind)
        self._desk.run(
            put_on_paper,
            self._service.printers,
            drawn.content,
            chosen,
            drawn.title,
            then=lambda job: self._came(drawn, printed, job),
            owner=self,
        )
        if then is not None:
            then()

    def _came(self, drawn: Drawn, printed: Printed, job: PrintJob) -> None:
        if job.state is PrintState.DONE:
            self._settle(drawn, printed, OUT)
            return
        self._ask(drawn, printed, job)

    def _ask(self, drawn: Drawn, printed: Printed, job: PrintJob) -> None:
        """Giấy đã ra chưa?"""
        key = f"print-{printed.id}"
        whose = drawn.sheet.letter

        def said() -> str:
            person = getattr(whose, "applicant", None)
            named = (letter_name(drawn.sheet.kind), whose.reference.shown, person.name if person else "")
            return " · ".join(part for part in named if part)

        if job.code == NO_PRINTER:
            # It was sent nowhere, so that nobody has to be asked; the latest takes the place of the one before.
            self._settle(drawn, printed, NOT_OUT)
            offers = (
                Offer(N_("Xem giấy"), lambda: self.show(drawn)),
                Offer(N_("In lại"), lambda: self._print_anew(drawn)),
            )
            self._desk.bus.tell(Notice(Level.WARNING, job.code, {"letter": said}, NO_PRINTER, offers))
            return

        def why() -> str:
            return message(job.code, {"printer": job.printer, "detail": job.detail})

        answers = (
            Offer(N_("Ra đủ"), lambda: self._settle(drawn, printed, OUT)),
            Offer(N_("Chưa ra"), lambda: self._again(drawn, printed, NOT_OUT)),
            Offer(N_("Hỏng"), lambda: self._again(drawn, printed, RUINED)),
        )
        self._desk.bus.tell(Notice(Level.WARNING, "print.came-out", {"letter": said, "why": why}, key, answers))

    def _print_anew(self, drawn: Drawn) -> None:
        sheet = drawn.sheet
        self.print(sheet.kind, sheet.asked, lien=sheet.lien, life=sheet.life)

    def _again(self, drawn: Drawn, printed: Printed, outcome: str) -> None:
        """Write what became of it, then print once more: the same copy, because this one was not handed out."""
        self._settle(drawn, printed, outcome, lambda: self._print_anew(drawn))

    def _settle(self, drawn: Drawn, printed: Printed, outcome: str, then: Callable[[], None] | None = None) -> None:
        def written(_none: Any) -> None:
            self.settled.emit(drawn.sheet.subject, outcome)
            if then is not None:
                then()

        self._desk.do(printing.settle, OutcomeForm(printed.id, outcome), then=written, owner=self)


# -- the work itself, in a worker


def draw(report: Report, sheet: Sheet, files: Any) -> Drawn:
    """The finished file of a sheet: drawn, or the stored one with the mark of a reprint laid over it."""
    report.step()
    title = f"{sheet.kind.value} {sheet.letter.reference.shown}".strip()
    if sheet.copy.blob is not None:
        return Drawn(sheet, mark_reprint(files.get(sheet.copy.blob), sheet.copy.number), title)
    return Drawn(sheet, drawing.draw(sheet.letter, sheet.paper, sheet.lien), title)


def write(report: Report, content: bytes, file: Path) -> None:
    """Write a copy. StoreTrouble file.unwritable, RuleBroken file.not-ordinary."""
    report.step()
    demand_ordinary(file)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise StoreTrouble("file.unwritable", file=str(file), reason=why.of_system(error)) from error


def put_on_paper(report: Report, printers: Any, content: bytes, chosen: str, title: str) -> PrintJob:
    """Print on the chosen printer, else on the system's own; without any the answer says so."""
    report.step()
    printer = chosen or printers.default()
    if not printer:
        return PrintJob(PrintState.FAILED, "", NO_PRINTER)
    job: PrintJob = printers.print_pdf(content, printer, title=title)
    return job
