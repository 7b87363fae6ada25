"""A result letter from the dossier that is shown: made, looked at, printed, and signed digitally where one can sign."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop import signing
from desktop.bus import Level, Notice, Offer
from desktop.jobs import Report
from desktop.reports import drawing
from desktop.signing import SignedResult
from desktop.views.preview import Preview
from desktop.views.result_sheet import Deeds, ResultSheet
from desktop.views.screen import Counter
from desktop.views.sign_letter_sheet import SignLetterSheet
from onestop.actions import result_letters
from onestop.actions.result_letters import MakeForm
from onestop.queries import result_letters as queries
from onestop.queries.result_letters import Choice, Made, Wish
from onestop.queries.result_templates import TemplateRow
from onestop.rules.errors import RuleBroken
from onestop.rules.letters import FormKey, Paper
from onestop.rules.result_letters import ResultLetter
from onestop.rules.roles import Permission
from onestop.texts import N_

KEY = "result-letter"


def drawn(report: Report, letter: ResultLetter) -> bytes:
    """The letter as PDF, in a worker."""
    report.step()
    return drawing.draw(letter, Paper(letter.form.paper))


class ResultFlow(QObject):
    """`ask(dossier, code)` opens the sheet. After printing it offers to sign where a key is set up on this PC."""

    def __init__(self, counter: Counter, screen: QWidget) -> None:
        super().__init__(screen)
        self._screen, self._counter, self._desk = screen, counter, counter.desk
        self.sheet: ResultSheet | None = None
        self.sign_sheet: SignLetterSheet | None = None
        self.preview: Preview | None = None
        self._printing: dict[str, Made] = {}
        counter.service.prints.settled.connect(self._settled)

    def _sheets(self) -> ResultSheet:
        if self.sheet is None:
            look, window = self._counter.look, self._screen.window()
            self.sheet, self.sign_sheet = ResultSheet(look, window), SignLetterSheet(look, window)
            self.preview = Preview(look, window)
        return self.sheet

    def ask(self, dossier: str, code: str) -> None:
        """What can be made of this dossier."""
        clerk = self._counter.clerk()
        me = clerk.id if clerk is not None else ""
        self._desk.ask(queries.choice, dossier, me, then=partial(self._here, dossier, code), owner=self, key="choice")

    def _here(self, dossier: str, code: str, choice: Choice) -> None:
        sheet = self._sheets()
        deeds = Deeds(
            partial(self._make, dossier),
            partial(self._look, dossier),
            lambda _made: self._print(dossier),
            partial(self.ask_sign, dossier),
        )
        sheet.open_for(dossier, code, choice, deeds)

    # -- looked at

    def _look(self, dossier: str, row: TemplateRow, signer: str) -> None:
        """The pages as they would be; from there it is made and printed."""
        wish = Wish(row.template, dossier, signer)

        def found(letter: ResultLetter) -> None:
            self._desk.run(drawn, letter, then=partial(self._show, row.name), owner=self)

        self._desk.ask(queries.draft, wish, then=found, owner=self, key="draft", or_else=self._sheets().refuse)

    def _show(self, title: str, pdf: bytes) -> None:
        assert self.preview is not None
        sheet = self._sheets()
        if sheet.isVisible():
            self.preview.show_file(title, pdf, sheet.do_button.click, self._no_copy)

    def _no_copy(self) -> None:
        """A draft is looked at, and not kept as a file."""
        self._desk.tell(Level.NOTE, "result.draft-not-kept")

    # -- made and printed

    def _make(self, dossier: str, form: MakeForm) -> None:
        sheet = self._sheets()
        self._desk.do(
            result_letters.make,
            form,
            then=partial(self._made, dossier),
            or_else=sheet.refuse,
            always=sheet.free,
            owner=self,
        )

    def _made(self, dossier: str, made: Made) -> None:
        self._sheets().put_away()
        self._desk.bus.tell(Notice(Level.GOOD, "result.made", dict(made.plain["result"]), KEY))
        self._printing[dossier] = made
        self._print(dossier)

    def _print(self, dossier: str) -> None:
        self._counter.service.prints.life(FormKey.RESULT_LETTER, dossier)

    # -- signed

    def _settled(self, subject: Any, outcome: str) -> None:
        """The paper of a letter has come out, or there is no printer: either way its file is there to be signed."""
        made = self._printing.pop(subject[1], None) if subject[0] == "dossier" else None
        if made is None or outcome == "ruined" or signing.means_of(self._counter.settings).lacks:
            return
        if self._counter.commands.may(Permission.SCAN):
            offer = Offer(N_("Ký số"), partial(self.ask_sign, subject[1], made))
            self._desk.bus.tell(Notice(Level.NOTE, "result.sign-offer", dict(made.plain["result"]), KEY, (offer,)))

    def ask_sign(self, dossier: str, made: Made) -> None:
        """With what, and the PIN; where nothing is set up to sign with, the settings."""
        means = signing.means_of(self._counter.settings)
        if means.lacks:
            to_settings = Offer(N_("Mở cài đặt"), self._to_settings)
            self._desk.bus.tell(Notice(Level.WARNING, means.lacks, {}, KEY, (to_settings,)))
            return
        self._sheets()
        assert self.sign_sheet is not None
        result = made.plain["result"]
        self.sign_sheet.open_for(f"{result['title']}, {result['number']}", means, partial(self._sign, dossier, made))

    def _to_settings(self) -> None:
        self._counter.go("settings", group="sign")

    def _sign(self, dossier: str, made: Made, pin: str, even_last_try: bool) -> None:
        sheet = self.sign_sheet
        assert sheet is not None
        office = self._counter.service.office
        means = signing.means_of(self._counter.settings)
        picture = str(self._counter.settings.get("sign_picture"))
        try:
            make = signing.maker(means, pin, even_last_try=even_last_try, demo=office.row.demo)
        except RuleBroken as broken:
            sheet.free()
            sheet.refuse(broken)
            return
        self._desk.run(
            signing.sign_letter,
            office,
            dossier,
            made.name,
            make,
            picture,
            then=partial(self._signed, made),
            or_else=sheet.refuse,
            always=sheet.free,
            what="progress.sign",
            owner=self,
        )

    def _signed(self, made: Made, done: SignedResult) -> None:
        if self.sign_sheet is not None:
            self.sign_sheet.put_away()
        details = {"by": done.by, "title": made.plain["result"]["title"]}
        self._desk.bus.tell(Notice(Level.GOOD, "result.signed", details, KEY))
