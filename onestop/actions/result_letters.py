"""A result letter is made of a dossier: its words, its number and who signs it stand in one act for ever; and signed
digitally it becomes the result that the dossier keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from onestop import clock
from onestop.actions import books, paper_changes, papers
from onestop.actions.paper_changes import SignedForm
from onestop.actions.papers import Brought, Place
from onestop.queries import dossiers, letters, result_letters, result_templates, result_values, signers
from onestop.queries import papers as paper_queries
from onestop.queries.result_letters import MADE_IN, Made
from onestop.queries.result_templates import TemplateRow
from onestop.queries.result_values import Issue
from onestop.rules import result_letters as rules
from onestop.rules import result_template
from onestop.rules.dossier import State
from onestop.rules.errors import RuleBroken
from onestop.rules.papers import RESULT, About, FileFacts, Source
from onestop.rules.result_letters import MADE
from onestop.rules.roles import Permission
from onestop.rules.signers import Signer, demand_ready
from onestop.store import schema
from onestop.store.blobs import PDF
from onestop.store.files import fingerprint
from onestop.store.work import Kind, Work

KINDS = (Kind(MADE, {}),)


@dataclass(frozen=True, slots=True)
class MakeForm:
    """A letter to make. `dossier`: id or code; `template`: the key, "" the first of its procedure; `signer`: id or
    name, "" the first who can sign; `number` "": the next of this counter's book; `day`: ISO, "" today."""

    dossier: str
    template: str = ""
    signer: str = ""
    number: str = ""
    day: str = ""


def make(work: Work, form: MakeForm) -> Made:
    """Make it, with the next number of the book or the one that văn thư gave.

    RuleBroken permission.missing, dossier.unknown, result.state, template.unknown, template.not-for, result.day,
    result.future, signer.* (`demand_ready`), signer.none, result.number, and what is wrong with the template by now.
    """
    work.demand(Permission.MOVE)
    store = work.connection
    dossier_id = dossiers.find_id(store, form.dossier) or form.dossier
    dossier = dossiers.one(store, dossier_id, history=False)
    if dossier is None:
        raise RuleBroken("dossier.unknown", code=form.dossier)
    values = dossier.values
    if State(values["state"]) not in MADE_IN:
        raise RuleBroken("result.state", state=values["state"])
    row = _template(work, form.template, values["procedure_code"])
    day = _day(work, form.day)
    signer = _signer(work, form.signer, day)
    fields = result_templates.form_fields(store, row.template.procedures or (values["procedure_code"],), day).fields
    result_template.demand_usable(row.template, fields)
    if any(each.rpartition(".")[2] in ("so_dinh_danh", "giay_to") for each in _asked(row.template)):
        # The act itself says whose number was put on paper, and by whom.
        work.demand(Permission.OPEN_NUMBER)
    here = letters.the_office(store)
    book = not form.number.strip()
    given = form.number
    if book:
        number = books.next_number(work, books.OUTGOING, day.year)
        given = f"{number:02d}{rules.counter_sign(work.here.counter, work.here.counters)}"
    written = rules.written(given, row.template.symbol)
    issue = Issue(written, day, signer)
    filled = result_template.fill(row.template, result_values.of_dossier(store, here, dossier, issue, full=True))
    plain = {
        **result_letters.plain_of(here, row.template, written),
        "template": row.id,
        "key": row.key,
        "version": row.version,
        "book": book,
        "date": day.isoformat(),
        "signer": result_letters.signer_of(signer),
        "filled": result_template.filled_to_plain(filled),
        "result": {"title": row.name, "number": written, "date": day.isoformat(), "signer": signer.name},
    }
    act = work.record(MADE, [("dossier", dossier.id)], {"letter": plain})
    work.touch("dossier", dossier.id)
    return Made(len(result_letters.made(store, dossier.id)), act, plain)


def _template(work: Work, key: str, procedure: str) -> TemplateRow:
    fitting = result_templates.for_procedure(work.connection, procedure)
    found = next((each for each in fitting if key in ("", each.key)), None)
    if found is not None:
        return found
    known = [each.key for each in fitting]
    there = [each.key for each in result_templates.templates(work.connection)]
    if not key:
        raise RuleBroken("template.none-for", field="template", procedure=procedure)
    if key in there:
        raise RuleBroken("template.not-for", field="template", key=key)
    raise RuleBroken("template.unknown", field="template", key=key, known=known or there)


def _day(work: Work, text: str) -> date:
    today = clock.local(work.now).date()
    if not text:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise RuleBroken("result.day", field="date", value=text) from error
    if day > today:
        raise RuleBroken("result.future", field="date", day=f"{day:%d/%m/%Y}")
    return day


def _signer(work: Work, wanted: str, day: date) -> Signer:
    everybody = signers.signers(work.connection, withdrawn=True)
    if wanted:
        return demand_ready(signers.named(everybody, wanted), day, everybody)
    found = next(iter(signers.ready(work.connection, day)), None)
    if found is None:
        raise RuleBroken("signer.none", field="signer", day=f"{day:%d/%m/%Y}")
    return found


def _asked(template: result_template.Template) -> set[str]:
    lines = (result_template.read_line(line) for _where, _number, line in result_template.lines_of(template))
    return {piece.text for line in lines for piece in line.pieces if piece.field}


# ---- signed -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SignedLetter:
    """The stored file of a letter (`of`: its hash), and that file with a signature behind it."""

    dossier: str
    letter: str
    of: str
    content: bytes
    subject: str
    serial: str
    leaves: int = 1


def keep_signed(work: Work, form: SignedLetter) -> str:
    """Keep a signed letter as a result of its dossier; the id of the paper. What was printed comes in as it was, and
    the signature is an act of its own beside it.

    RuleBroken permission.missing, dossier.unknown, result.not-printed, result.signed-already.
    """
    work.demand(Permission.SCAN)
    row = work.connection.execute(select(schema.dossier).where(schema.dossier.c.id == form.dossier)).one_or_none()
    if row is None:
        raise RuleBroken("dossier.unknown", code=form.dossier)
    found = next((each for each in result_letters.made(work.connection, row.id) if each.name == form.letter), None)
    p = schema.printed.c
    printed = select(p.id).where(p.subject_id == row.id, p.letter == form.letter, p.blob == form.of)
    if found is None or work.connection.execute(printed).first() is None:
        raise RuleBroken("result.not-printed")
    held = paper_queries.of_dossier(work.connection, row.id)
    if any(each.signed and each.signed.get("of") == form.of for each in held):
        raise RuleBroken("result.signed-already")
    result = found.plain["result"]
    unsigned = work.files.get(form.of)
    facts = FileFacts(f"{form.letter.replace(':', '-')}.pdf", PDF, len(unsigned), form.leaves)
    about = About(
        title=result["title"], number=result["number"], issued_on=result["date"], issuer=found.plain["head"]["agency"]
    )
    place = Place(row.id, RESULT, row.owner_id, result["title"])
    [paper] = papers.keep_brought(work, place, [Brought(unsigned, facts, source=Source.FILE)], about)
    paper_changes.sign(work, SignedForm(paper, fingerprint(unsigned), form.content, form.subject, form.serial))
    return paper
