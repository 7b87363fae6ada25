"""Who signs what the office gives out, on whose behalf, and on which days: NĐ 30/2020/NĐ-CP, appendix I and art. 13.

The forms (TM., Q., KT., TL., TUQ.) are rows of resources/catalogue/signer-forms.toml; what is asked of a signer follows
from the row of his form. Days are civil days of Viet Nam, ISO text as they are kept.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from onestop.rules.errors import RuleBroken
from onestop.rules.text import clean

TABLE = Path(__file__).resolve().parent.parent.parent / "resources" / "catalogue" / "signer-forms.toml"

TITLE, BEHALF = "title", "behalf"


@dataclass(frozen=True, slots=True)
class SignForm:
    """One way of signing, while it is in force (both days included); what it asks for, see the file."""

    key: str
    sign: str
    before: str
    source: str
    valid_from: date
    valid_to: date | None = None
    may_top: bool = False
    paper: bool = False
    until: bool = False
    stands_in: bool = False
    checked: bool = True

    def holds_on(self, day: date) -> bool:
        """Whether one signs so on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs. `behalf`: what stands after TM., KT., TL., TUQ.; `collective`: the body that is named above
    that (TM. …), "" for none; `stands_for`: the id of the signer whose place this one takes while he is away."""

    id: str
    name: str
    title: str
    form: str
    valid_from: str
    valid_to: str | None = None
    behalf: str = ""
    collective: str = ""
    paper: str = ""
    stands_for: str | None = None
    withdrawn: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands above the signature, line by line, in capitals."""
        form = _newest(self.form)
        top = [f"TM. {self.collective}"] if self.collective else []
        if form.before == BEHALF:
            return tuple(each.upper() for each in (*top, f"{form.sign} {self.behalf}", self.title))
        return tuple(each.upper() for each in (*top, f"{form.sign} {self.title}".strip()))


def read_signer(values: Mapping[str, Any]) -> Signer:
    """A signer as a row or an act has him, where what he has not is None."""
    kept: dict[str, Any] = {each.name: values.get(each.name) for each in fields(Signer)}
    blank = {name: kept[name] or "" for name in ("behalf", "collective", "paper")}
    return Signer(**{**kept, **blank, "withdrawn": bool(kept["withdrawn"])})


@cache
def sign_forms() -> tuple[SignForm, ...]:
    """Every row of the table."""
    with TABLE.open("rb") as stream:
        return read_sign_forms(tomllib.load(stream)["form"])


def read_sign_forms(rows: Iterable[dict[str, Any]]) -> tuple[SignForm, ...]:
    """Rows of the file as values. ValueError for a row that says where its sign stands in a way that nobody knows, and
    when two rows of one key share a day."""
    read = tuple(SignForm(**row) for row in rows)
    for at, one in enumerate(read):
        if one.before not in (TITLE, BEHALF):
            raise ValueError(f"a sign stands before the title or what it is signed for, not before {one.before}")
        for other in read[at + 1 :]:
            if one.key == other.key and (one.holds_on(other.valid_from) or other.holds_on(one.valid_from)):
                raise ValueError(f"two rows {one.key} on the same day")
    return read


def sign_form(key: str, day: date) -> SignForm:
    """The form as in force on `day`. RuleBroken signer.form."""
    found = next((each for each in sign_forms() if each.key == key and each.holds_on(day)), None)
    if found is None:
        known = [each.key for each in sign_forms() if each.holds_on(day)]
        raise RuleBroken("signer.form", field="form", form=key, known=known)
    return found


def _newest(key: str) -> SignForm:
    return next(each for each in reversed(sign_forms()) if each.key == key)


# -- entering one


def checked(signer: Signer, others: Sequence[Signer]) -> Signer:
    """`signer` with tidy texts, as it may be kept.

    RuleBroken signer.no-name, signer.no-title, signer.form, signer.behalf-missing, signer.no-collective,
    signer.paper-missing, signer.until-missing, signer.day (field, text), signer.backward, signer.stands-for-whom,
    signer.form-no-stand-in, signer.no-second-stand-in.
    """
    tidy = replace(
        signer,
        name=clean(signer.name),
        title=clean(signer.title),
        behalf=clean(signer.behalf),
        collective=clean(signer.collective),
        paper=clean(signer.paper),
        valid_to=signer.valid_to or None,
        stands_for=signer.stands_for or None,
    )
    if not tidy.name:
        raise RuleBroken("signer.no-name", field="name")
    if not tidy.title:
        raise RuleBroken("signer.no-title", field="title")
    since = _day(tidy.valid_from, "valid_from")
    until = _day(tidy.valid_to, "valid_to") if tidy.valid_to else None
    if until is not None and until < since:
        raise RuleBroken("signer.backward", field="valid_to", since=f"{since:%d/%m/%Y}", until=f"{until:%d/%m/%Y}")
    form = sign_form(tidy.form, since)
    if form.before == BEHALF and not tidy.behalf:
        raise RuleBroken("signer.behalf-missing", field="behalf", sign=form.sign)
    if form.before == TITLE:
        tidy = replace(tidy, behalf="")
    if tidy.collective and not form.may_top:
        raise RuleBroken("signer.no-collective", field="collective", sign=form.sign or "")
    if form.paper and not tidy.paper:
        raise RuleBroken("signer.paper-missing", field="paper", sign=form.sign)
    if until is None and (form.until or tidy.stands_for):
        raise RuleBroken("signer.until-missing", field="valid_to", sign=form.sign)
    if tidy.stands_for:
        _demand_stand_in(tidy, form, others)
    return tidy


def _demand_stand_in(signer: Signer, form: SignForm, others: Sequence[Signer]) -> None:
    whom = next((each for each in others if each.id == signer.stands_for and not each.withdrawn), None)
    if whom is None or whom.id == signer.id:
        raise RuleBroken("signer.stands-for-whom", field="stands_for")
    if not form.stands_in:
        ways = [each.sign for each in sign_forms() if each.stands_in and each.holds_on(_day(signer.valid_from, ""))]
        raise RuleBroken("signer.form-no-stand-in", field="form", known=ways)
    if whom.stands_for:
        # Whoever signs by delegation does not delegate further (art. 13.3).
        raise RuleBroken("signer.no-second-stand-in", field="stands_for", name=whom.name)


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RuleBroken("signer.day", field=field, text=text) from error


# -- on a day


def holds_on(signer: Signer, day: date) -> bool:
    """Whether his word counts on `day`, if nobody stands in his place."""
    text = day.isoformat()
    return not signer.withdrawn and signer.valid_from <= text and (not signer.valid_to or text <= signer.valid_to)


def stand_in(signer: Signer, day: date, others: Iterable[Signer]) -> Signer | None:
    """Who takes the place of `signer` on `day`; None while he is there."""
    return next((each for each in others if each.stands_for == signer.id and holds_on(each, day)), None)


def ready(everybody: Sequence[Signer], day: date) -> tuple[Signer, ...]:
    """Who can sign on `day`, in the order in which they were entered; who is away is left out."""
    return tuple(each for each in everybody if holds_on(each, day) and stand_in(each, day, everybody) is None)


def demand_ready(signer: Signer | None, day: date, everybody: Sequence[Signer]) -> Signer:
    """The signer, where he may sign on `day`.

    RuleBroken signer.unknown, signer.withdrawn, signer.not-yet (name, since), signer.expired (name, until, paper),
    signer.away (name, by, until).
    """
    if signer is None:
        raise RuleBroken("signer.unknown", field="signer")
    if signer.withdrawn:
        raise RuleBroken("signer.withdrawn", field="signer", name=signer.name)
    if day.isoformat() < signer.valid_from:
        raise RuleBroken("signer.not-yet", field="signer", name=signer.name, since=_shown(signer.valid_from))
    if signer.valid_to and day.isoformat() > signer.valid_to:
        raise RuleBroken(
            "signer.expired",
            field="signer",
            name=signer.name,
            until=_shown(signer.valid_to),
            day=f"{day:%d/%m/%Y}",
            paper=signer.paper or None,
            how="paper" if signer.paper else None,
        )
    other = stand_in(signer, day, everybody)
    if other is not None:
        until = _shown(other.valid_to or "")
        raise RuleBroken("signer.away", field="signer", name=signer.name, by=other.name, until=until)
    return signer


def _shown(day: str) -> str:
    return "/".join(reversed(day.split("-")))
