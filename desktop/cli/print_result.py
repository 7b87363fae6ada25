"""`motcua print result-letter`: the letter that was made of a dossier, or the one that is made now."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop.cli.options import Parser
from desktop.office import Office
from onestop.actions import result_letters
from onestop.actions.result_letters import MakeForm
from onestop.queries import dossiers, result_templates, signers
from onestop.queries import result_letters as queries
from onestop.queries.letters import LetterOptions
from onestop.queries.life_letters import LIFE
from onestop.queries.result_letters import Wish
from onestop.queries.result_templates import TemplateRow
from onestop.rules import result_fields
from onestop.rules.errors import RuleBroken
from onestop.rules.letters import FormKey, OnPaper
from onestop.rules.result_letters import ResultLetter
from onestop.texts import _

OPTIONS = ("signer", "number", "date", "anew")
"""What only a result letter is asked with."""


def build(parser: Parser) -> None:
    """The options of a result letter."""
    parser.add_argument("--signer", metavar="S", help=_("người ký văn bản kết quả; không ghi là người đầu tiên"))
    parser.add_argument("--number", metavar="N", help=_("số do văn thư cấp; không ghi là số tiếp theo của quầy"))
    parser.add_argument("--date", metavar="YYYY-MM-DD", help=_("ngày ký; không ghi là hôm nay"))
    parser.add_argument("--anew", action="store_true", help=_("lập văn bản kết quả mới, dù hồ sơ đã có"))


def demand_none(read: argparse.Namespace) -> None:
    """RuleBroken print.only-result-letter where another paper is asked for with an option of this one."""
    given = [f"--{name}" for name in OPTIONS if getattr(read, name, None)]
    if given:
        raise RuleBroken("print.only-result-letter", names=given)


@dataclass(frozen=True, slots=True)
class Found:
    """The letter, and the name under which its printings are recorded."""

    letter: OnPaper
    name: str


def find(office: Office, read: argparse.Namespace, options: LetterOptions) -> Found:
    """The last letter of the dossier (of the template that is named), or a new one where there is none; with --draft
    one that burns no number and masks those of people.

    RuleBroken dossier.unknown, and what `actions.result_letters.make` raises.
    """
    dossier_id = office.read(dossiers.find_id, read.code)
    if dossier_id is None:
        raise RuleBroken("dossier.unknown", code=read.code)
    key = read.template or ""
    if read.draft:
        return Found(_draft(office, dossier_id, key, read.signer or ""), FormKey.RESULT_LETTER.value)
    there = [each for each in office.read(queries.made, dossier_id) if key in ("", each.plain["key"])]
    given = any(getattr(read, name) for name in ("signer", "number", "date"))
    if not there or read.anew or given:
        form = MakeForm(dossier_id, key, read.signer or "", read.number or "", read.date or "")
        office.perform(result_letters.make, form)
    elif there[-1] != office.read(queries.made, dossier_id)[-1]:
        # Another template's letter was made after it: this one is looked for by its own name.
        return Found(queries.on_paper(there[-1].plain), there[-1].name)
    written = office.read(LIFE[FormKey.RESULT_LETTER], dossier_id, options)
    return Found(written.letter, written.name)


def _draft(office: Office, dossier_id: str, key: str, signer: str) -> ResultLetter:
    found = office.read(dossiers.one, dossier_id, history=False)
    assert found is not None
    fitting: Sequence[TemplateRow] = office.read(result_templates.for_procedure, found.values["procedure_code"])
    row = next((each for each in fitting if key in ("", each.key)), None)
    if row is None:
        raise RuleBroken("template.not-for" if key else "template.none-for", field="template", key=key,
                         procedure=found.values["procedure_code"])  # fmt: skip
    who = signers.named(office.read(signers.signers), signer) if signer else None
    if signer and who is None:
        raise RuleBroken("signer.unknown", field="signer")
    return office.read(queries.draft, Wish(row.template, dossier_id, who.id if who else ""))


def told(office: Office, letter: OnPaper) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    """What is answered beside what every paper has: number, who signs, what was missing."""
    if not isinstance(letter, ResultLetter):
        return {}, []
    fields = office.read(result_templates.form_fields, (), letter.issued_at.date()).fields
    missing = [result_fields.label(name, fields) for name in letter.filled.missing]
    plain = {"number": letter.head.written or None, "signer": letter.signer, "missing": list(letter.filled.missing)}
    pairs = [(_("Số văn bản"), letter.head.written or "…"), (_("Người ký"), letter.signer or "…")]
    if missing:
        pairs.append((_("Còn trống"), "; ".join(missing)))
    return plain, pairs
