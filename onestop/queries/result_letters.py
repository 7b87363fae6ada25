"""Result letters as values: one that was made, out of its act; one as it would be, for a dossier or for nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, func, select

from onestop import clock
from onestop.clock import VIETNAM, local
from onestop.queries import dossiers, letters, papers, result_templates, result_values, signers
from onestop.queries.office import OfficeRow
from onestop.queries.result_templates import TemplateRow
from onestop.queries.result_values import Issue
from onestop.rules.dossier import State
from onestop.rules.errors import RuleBroken
from onestop.rules.letters import FormKey, Letterhead, Paper, form_on, sheet_name
from onestop.rules.moves import Result
from onestop.rules.papers import RESULT
from onestop.rules.result_letters import MADE, ResultLetter
from onestop.rules.result_template import COMMITTEE, LETTER, Filled, Template, fill, filled_from_plain
from onestop.rules.signers import Signer
from onestop.store import acts, schema
from onestop.store.acts import Act

MADE_IN = (State.RECEIVED, State.PROCESSING)
"""The states in which a result is still to come."""


# ---- the head -----------------------------------------------------------------------------------------------------


def head_of(here: OfficeRow, template: Template, number: str = "") -> dict[str, Any]:
    """The block at the top left as an act keeps it: the body alone, or the office under it."""
    alone = template.issuer == COMMITTEE and here.parent_name
    return {
        "parent": "" if alone else here.parent_name,
        "agency": here.parent_name if alone else here.name,
        "place": here.place,
        "written": number,
    }


def _letter(
    plain: Mapping[str, Any],
    filled: Filled,
    at: datetime,
    draft: bool = False,
    source: str = "",
) -> ResultLetter:
    form = form_on(FormKey.RESULT_LETTER, local(at).date())
    of_kind = plain["kind"] == LETTER
    return ResultLetter(
        form=replace(
            form,
            title=plain["name"] if of_kind else filled.title,
            about=filled.about if of_kind else "",
            paper=Paper(plain["paper"]),
            source=source or form.source,
            symbol=plain["symbol"],
            checked=plain["checked"],
        ),
        head=Letterhead(**plain["head"], coded=False),
        issued_at=at,
        draft=draft,
        filled=filled,
        signer_lines=tuple(plain["signer"]["lines"]),
        signer=plain["signer"]["name"],
    )


def on_paper(plain: Mapping[str, Any]) -> ResultLetter:
    """The letter that an act has made."""
    at = datetime.combine(date.fromisoformat(plain["date"]), time(12), VIETNAM)
    return _letter(plain, filled_from_plain(plain["filled"]), at, source=plain["template"])


def may_be_made(state: str, kinds: Iterable[str]) -> bool:
    """Whether a result letter can be made of a dossier in this state, or was made already: with acts of these kinds."""
    return State(state) in MADE_IN or MADE in kinds


# ---- what was made ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Made:
    """A letter that was made of a dossier: the `number`-th of it, and what its act says."""

    number: int
    act: Act
    plain: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Under which its printings are recorded."""
        return sheet_name(FormKey.RESULT_LETTER, self.number)


def made(connection: Connection, dossier_id: str) -> tuple[Made, ...]:
    """Every letter that was made of this dossier, in order."""
    found = [act for act in acts.of_subject(connection, ("dossier", dossier_id)) if act.kind == MADE]
    return tuple(Made(number, act, act.body["letter"]) for number, act in enumerate(found, 1))


def last(connection: Connection, dossier_id: str, key: str = "") -> Made:
    """The last one, of the template with this key where one is named. RuleBroken result.none-made."""
    found = [each for each in made(connection, dossier_id) if key in ("", each.plain["key"])]
    if not found:
        raise RuleBroken("result.none-made")
    return found[-1]


def as_made(connection: Connection, dossier_id: str, result: Result) -> Result:
    """The result with what was not said of it as the last letter has it; another number is of another paper."""
    found = made(connection, dossier_id)
    told = found[-1].plain["result"] if found else {}
    if not told or result.number not in ("", told["number"]):
        return result
    return replace(result, **{key: getattr(result, key) or told[key] for key in ("title", "number", "date", "signer")})


def kept_papers(connection: Connection, dossier_id: str, number: str) -> list[str]:
    """The papers that the dossier keeps already as its result under this number: letters that were signed digitally."""
    d = schema.document.c
    query = select(d.id).where(
        d.dossier_id == dossier_id,
        d.component == RESULT,
        d.number == number,
        d.signed.is_not(None),
        d.dropped.is_(None),
    )
    return list(connection.execute(query.order_by(d.kept_at, d.id)).scalars()) if number else []


@dataclass(frozen=True, slots=True)
class Stored:
    """The file of a letter as it was first printed."""

    plain: Mapping[str, Any]
    blob: str
    paper: str


def stored(connection: Connection, dossier_id: str, name: str) -> Stored | None:
    """The file of the letter with this name; None before it was printed. A reprint bears its mark and is none."""
    found = next((each for each in made(connection, dossier_id) if each.name == name), None)
    p = schema.printed.c
    query = select(p.blob, p.paper).where(
        p.subject_table == "dossier", p.subject_id == dossier_id, p.letter == name, p.copy_no == 0
    )
    row = connection.execute(query.order_by(p.at.desc(), p.id.desc())).first()
    return Stored(found.plain, row.blob, row.paper) if found is not None and row is not None else None


def is_signed(connection: Connection, dossier_id: str, name: str) -> bool:
    """Whether the file of this letter was signed digitally and is kept."""
    there = stored(connection, dossier_id, name)
    if there is None:
        return False
    held = papers.of_dossier(connection, dossier_id)
    return any(each.signed is not None and each.signed.get("of") == there.blob for each in held)


# ---- as it would be -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wish:
    """A letter to look at. `dossier` "": with made-up values; `signer` "": the first who can sign on that day."""

    template: Template
    dossier: str = ""
    signer: str = ""
    day: date | None = None


def draft(connection: Connection, wish: Wish) -> ResultLetter:
    """The letter as it would be: a draft without a number, and with the numbers of people masked.

    RuleBroken dossier.unknown, and what is wrong with the lines of the template (template.brace, template.bold).
    """
    here = letters.the_office(connection)
    day = wish.day or clock.today()
    everybody = signers.ready(connection, day)
    signer = next((each for each in everybody if wish.signer in ("", each.id)), None)
    issue = Issue("", day, signer)
    if wish.dossier:
        dossier = dossiers.one(connection, wish.dossier, history=False)
        if dossier is None:
            raise RuleBroken("dossier.unknown", code=wish.dossier)
        value = result_values.of_dossier(connection, here, dossier, issue, full=False)
    else:
        labels = result_templates.form_fields(connection, wish.template.procedures, day).fields
        value = result_values.made_up(here, labels, issue)
    filled = fill(wish.template, value)
    plain = {
        **plain_of(here, wish.template, ""),
        "signer": signer_of(signer),
    }
    return _letter(plain, filled, datetime.combine(day, time(12), VIETNAM), draft=True)


def plain_of(here: OfficeRow, template: Template, number: str) -> dict[str, Any]:
    """What an act keeps of the template beside the words."""
    return {
        "name": template.name,
        "kind": template.kind,
        "paper": template.paper,
        "symbol": template.symbol,
        "checked": template.checked,
        "head": head_of(here, template, number),
    }


def signer_of(signer: Signer | None) -> dict[str, Any]:
    """Who signs, as an act keeps it."""
    if signer is None:
        return {"id": "", "name": "", "lines": []}
    return {"id": signer.id, "name": signer.name, "lines": list(signer.lines)}


# ---- what there is to choose from -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """For a dossier: the templates of its procedure and who can sign today, what was chosen last put first; the letters
    that were made already; the fields for which it has nothing, by template."""

    templates: tuple[TemplateRow, ...]
    signers: tuple[Signer, ...]
    made: tuple[Made, ...]
    missing: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    """Of the fields of its procedure's form."""
    open: bool
    """A result is still to come."""


def choice(connection: Connection, dossier_id: str, clerk: str) -> Choice:
    """What a clerk can choose from. RuleBroken dossier.unknown."""
    here, day = letters.the_office(connection), clock.today()
    dossier = dossiers.one(connection, dossier_id, history=False)
    if dossier is None:
        raise RuleBroken("dossier.unknown", code=dossier_id)
    templates = list(result_templates.for_procedure(connection, dossier.values["procedure_code"]))
    ready = list(signers.ready(connection, day))
    before = _chosen_last(connection, clerk)
    templates.sort(key=lambda each: each.key not in before)
    last_signer = next((who for key, who in before.items() if templates and key == templates[0].key), "")
    ready.sort(key=lambda each: each.id != (last_signer or next(iter(before.values()), "")))
    issue = Issue("…", day, ready[0] if ready else None)
    value = result_values.of_dossier(connection, here, dossier, issue, full=False)
    missing = {}
    for row in templates:
        missing[row.key] = tuple(each for each in fill(row.template, value).missing if each not in _BY_SIGNING)
    labels = result_templates.form_fields(connection, (dossier.values["procedure_code"],), day).fields
    return Choice(
        tuple(templates),
        tuple(ready),
        made(connection, dossier_id),
        missing,
        labels,
        State(dossier.values["state"]) in MADE_IN,
    )


_BY_SIGNING = frozenset({"nguoi_ky", "chuc_vu"})
"""Known once a signer is chosen."""
_LOOK_BACK = 5_000
"""Acts that are looked through: some weeks of a ward. No index tells the letters among the acts of all the years."""


def _chosen_last(connection: Connection, clerk: str) -> dict[str, str]:
    """Template -> signer as this clerk chose them of late, the latest first."""
    a = schema.act.c
    newest = select(func.max(a.no)).scalar_subquery()
    lately = a.no > newest - _LOOK_BACK
    query = select(schema.act).where(lately, a.kind == MADE, a.actor == clerk).order_by(a.no.desc()).limit(20)
    found: dict[str, str] = {}
    for row in connection.execute(query):
        plain = (acts.read(row).body or {}).get("letter")
        if plain:
            found.setdefault(plain["key"], plain["signer"]["id"])
    return found
