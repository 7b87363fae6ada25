"""Which letter `motcua print` is asked for: of a dossier, of a slip before acceptance, of a draft."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace

from desktop.cli import print_result
from desktop.office import Office
from onestop import clock
from onestop.queries import (
    declarations,
    dossiers,
    hand_letters,
    letters,
    life_letters,
    list_letters,
    printings,
    rating_slip,
    sheets,
)
from onestop.queries.dossiers import DraftRow
from onestop.queries.letters import LetterOptions
from onestop.rules import declarations as table
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import read_form
from onestop.rules.letters import Envelope, FormKey, FormNumber, OnPaper, Paper, ReceiptLetter, Size, forms, size
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
    "envelope": FormKey.ENVELOPE,
    "declaration": FormKey.DECLARATION,
    "fee-slip": FormKey.FEE_SLIP,
    "result-letter": FormKey.RESULT_LETTER,
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
    paper: Size
    again: bool = False
    others: tuple[tuple[str, str], ...] = ()
    """Further dossiers that it is a letter of."""
    note: str = ""
    """What whoever prints it has to know of its form, and the paper does not say."""

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
    if kind is not FormKey.RESULT_LETTER:
        print_result.demand_none(read)
    if kind is FormKey.RESULT_LETTER:
        result = print_result.find(office, read, options_of(office))
        subject, letter, name = ("dossier", str(dossier_id)), result.letter, result.name
    elif kind in list_letters.LISTS:
        written = office.read(list_letters.LISTS[kind], read_span(read.code), clock.now())
        subject, letter, name = ("office", office.id), written.letter, written.name
    elif kind in hand_letters.LETTERS:
        wanted = read.code.strip().lower()
        written = office.read(hand_letters.LETTERS[kind], wanted)
        subject, letter, name = hand_letters.subject(kind, wanted), written.letter, written.name
    elif kind is FormKey.RECEIPT:
        subject, letter = _receipt(office, read.code, dossier_id, read.draft)
    elif kind is FormKey.DECLARATION:
        return _declaration(office, read, dossier_id)
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
    if read.template and kind is not FormKey.RESULT_LETTER:
        letter = replace(letter, form=form_named(kind, read.template))
    paper = fitting(kind, size(read.paper or letter.form.paper))
    return Wanted(name, subject, letter, read.lien or printings.BOTH, paper, kind in sheets.ANEW, others)


_SLIPS: dict[FormKey, Callable[..., OnPaper]] = {
    FormKey.SUPPLEMENT: letters.supplement,
    FormKey.REFUSAL: letters.refusal,
    FormKey.RATING_SLIP: rating_slip.of_intake,
}
"""What is written before acceptance, when there is no dossier yet."""


def _receipt(office: Office, code: str, dossier_id: str | None, draft: bool) -> tuple[tuple[str, str], ReceiptLetter]:
    options = options_of(office)
    if dossier_id is not None:
        return ("dossier", dossier_id), office.read(letters.receipt, dossier_id, options)
    kept = _kept(office, code, draft)
    assert office.actor is not None
    form = read_form(kept.form)
    letter = office.read(letters.draft_receipt, office.id, form, clock.now(), office.actor.name, options)
    return ("draft", kept.id), letter


def _kept(office: Office, code: str, draft: bool) -> DraftRow:
    """The draft that was named, for whoever may receive."""
    kept = office.read(dossiers.draft, code.strip().lower()) if draft else None
    if kept is None:
        raise RuleBroken("dossier.unknown", code=code)
    assert office.actor is not None
    if not may(office.actor.role, Permission.RECEIVE):
        raise RuleBroken("permission.missing", permission=Permission.RECEIVE.value)
    return kept


def _declaration(office: Office, read: argparse.Namespace, dossier_id: str | None) -> Wanted:
    """The declaration of a dossier, or of a draft; `--template` names a form by its key. It is never marked as worth
    nothing: the citizen signs it."""
    key, subject = read.template or "", ("dossier", dossier_id or "")
    if dossier_id is not None:
        letter = office.read(declarations.of_dossier, dossier_id, options_of(office), key)
    else:
        kept = _kept(office, read.code, read.draft)
        subject = ("draft", kept.id)
        letter = office.read(declarations.of_form, office.id, read_form(kept.form), clock.now(), key)
    paper = fitting(FormKey.DECLARATION, size(read.paper or letter.form.paper))
    note = next(each.read for each in table.declarations() if each.form is letter.form)
    return Wanted(declarations.name_of(letter), subject, letter, printings.BOTH, paper, again=True, note=note)


def fitting(kind: FormKey, paper: Size) -> Size:
    """`paper`, where this kind can be drawn on it. RuleBroken print.paper."""
    if (kind is FormKey.ENVELOPE) != isinstance(paper, Envelope):
        known = [each.value for each in (Envelope if kind is FormKey.ENVELOPE else Paper)]
        raise RuleBroken("print.paper", field="paper", paper=paper.value, known=known)
    return paper


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
