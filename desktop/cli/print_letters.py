"""Which letter `motcua print` is asked for: of a dossier, of a slip before acceptance, of a draft."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace

from desktop.office import Office
from onestop import clock
from onestop.queries import dossiers, hand_letters, letters, life_letters, list_letters, printings, rating_slip
from onestop.queries.letters import LetterOptions
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import read_form
from onestop.rules.letters import FormKey, FormNumber, OnPaper, Paper, ReceiptLetter, forms
from onestop.rules.list_letters import read_span
from onestop.rules.roles import Permission, may

KINDS = {
    "receipt": FormKey.RECEIPT,
    "supplement": FormKey.SUPPLEMENT,
    "refusal": FormKey.REFUSAL,
    "apology": FormKey.EXTENSION,
    "stop": FormKey.STOP,
    "control": FormKey.CONTROL,
    "handed-back": FormKey.HANDED_BACK,
    "handover": FormKey.HANDOVER,
    "dossier-handover": FormKey.DOSSIER_HANDOVER,
    "work-handover": FormKey.WORK_HANDOVER,
    "work-return": FormKey.WORK_RETURN,
    "register": FormKey.REGISTER,
    "authorisation": FormKey.AUTHORISATION,
    "label": FormKey.LABEL,
    "rating-slip": FormKey.RATING_SLIP,
    "post-list": FormKey.POST_LIST,
}
"""The kinds of the command line, and the form that each is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A letter ready to be drawn, what it is a letter of, and the name under which its printing is recorded.

    `again`: drawn anew each time, without the mark of a reprint: a list says how things stand now, and what the post or
    the citizen fills in is no paper of ours."""

    name: str
    subject: tuple[str, str]
    letter: OnPaper
    lien: int
    paper: Paper
    again: bool = False
    others: tuple[tuple[str, str], ...] = ()
    """Further dossiers that it is a letter of."""

    @property
    def template(self) -> str:
        """The name under which the form is recorded."""
        return self.letter.form.source


def find(office: Office, read: argparse.Namespace) -> Wanted:
    """The letter that was asked for, with the form of its day or the one that was named.

    RuleBroken permission.missing, dossier.unknown, intake.unknown, letter.no-move, print.no-lien, print.template,
    span.not-days, span.backward.
    """
    kind = KINDS[read.what]
    assert office.actor is not None
    if not may(office.actor.role, Permission.PRINT):
        # Not only what is handed out: a draft shows the same people.
        raise RuleBroken("permission.missing", permission=Permission.PRINT.value)
    if kind is not FormKey.RECEIPT and read.lien is not None:
        raise RuleBroken("print.no-lien", field="lien")
    letter: OnPaper
    name = kind.value
    others: tuple[tuple[str, str], ...] = ()
    dossier_id = office.read(dossiers.find_id, read.code)
    if kind in list_letters.LISTS:
        written = office.read(list_letters.LISTS[kind], read_span(read.code), clock.now())
        subject, letter, name = ("office", office.id), written.letter, written.name
    elif kind in hand_letters.LETTERS:
        wanted = read.code.strip().lower()
        written = office.read(hand_letters.LETTERS[kind], wanted)
        subject, letter, name = hand_letters.subject(kind, wanted), written.letter, written.name
    elif kind is FormKey.RECEIPT:
        subject, letter = _receipt(office, read.code, dossier_id, read.draft)
    elif dossier_id is not None:
        written = office.read(life_letters.LIFE[kind], dossier_id, options_of(office))
        subject, others = written.subject(dossier_id), written.others
        letter, name = written.letter, written.name
    elif kind in _SLIPS:
        row = office.read(letters.intake, read.code)
        if row is None:
            raise RuleBroken("intake.unknown", code=read.code)
        subject, letter = ("intake", row.id), office.read(_SLIPS[kind], row.id)
    else:
        raise RuleBroken("dossier.unknown", code=read.code)
    if read.draft:
        letter = replace(letter, draft=True, reference=replace(letter.reference, qr=""))
    if read.template:
        letter = replace(letter, form=form_named(kind, read.template))
    paper = Paper(read.paper or letter.form.paper)
    return Wanted(name, subject, letter, read.lien or printings.BOTH, paper, kind in _ANEW, others)


_SLIPS: dict[FormKey, Callable[..., OnPaper]] = {
    FormKey.SUPPLEMENT: letters.supplement,
    FormKey.REFUSAL: letters.refusal,
    FormKey.RATING_SLIP: rating_slip.of_intake,
}
"""What is written before acceptance, when there is no dossier yet."""


_ANEW = frozenset({*list_letters.LISTS, FormKey.AUTHORISATION, FormKey.LABEL, FormKey.RATING_SLIP})


def _receipt(office: Office, code: str, dossier_id: str | None, draft: bool) -> tuple[tuple[str, str], ReceiptLetter]:
    options = options_of(office)
    if dossier_id is not None:
        return ("dossier", dossier_id), office.read(letters.receipt, dossier_id, options)
    kept = office.read(dossiers.draft, code.strip().lower()) if draft else None
    if kept is None:
        raise RuleBroken("dossier.unknown", code=code)
    assert office.actor is not None
    if not may(office.actor.role, Permission.RECEIVE):
        raise RuleBroken("permission.missing", permission=Permission.RECEIVE.value)
    form = read_form(kept.form)
    letter = office.read(letters.draft_receipt, office.id, form, clock.now(), office.actor.name, options)
    return ("draft", kept.id), letter


def options_of(office: Office) -> LetterOptions:
    """The office's choices for what stands on paper."""
    return LetterOptions.chosen(office.row.options.get)


def form_named(kind: FormKey, name: str) -> FormNumber:
    """The form of `kind` whose source has `name` in it ("2018", "TT 03/2025"). RuleBroken print.template."""
    found = [form for form in forms() if form.key is kind and name.strip().lower() in form.source.lower()]
    if len(found) != 1:
        known = [form.source for form in forms() if form.key is kind]
        raise RuleBroken("print.template", field="template", template=name, known=known)
    return found[0]
