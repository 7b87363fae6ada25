"""How a result reaches the citizen: where it lies, who was called, what the post has, which originals lie with us.

The state of the delivery is none of the ten states of a dossier: a result that the post brings back
stays handed back as far as the law's clock goes, and lies here again all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onestop.rules.errors import RuleBroken
from onestop.rules.moves import Receiver
from onestop.rules.text import clean, fold

POSTED, RETURNED, SENT, COLLECTED = "posted", "returned", "sent", "collected"
"""States of the delivery; none: it lies at the counter, or was handed over there."""

GOES_ON = frozenset({"result.posted", "result.returned", "result.collected"})
"""Kinds of acts after which a hand-back is not taken back any more."""

CALL_WAYS = ("phone", "sms", "other")
CALL_OUTCOMES = ("reached", "no-answer", "wrong-number", "will-come")
TOLD = frozenset({"reached", "will-come"})
"""After these the citizen knows that his result is here."""

LONGEST = 80
"""Letters of a place, a carrier, a number: more is no place, carrier or number."""
MOST_ORIGINALS = 999


@dataclass(frozen=True, slots=True)
class ShelveForm:
    """The result of the dossier with this id or code lies in this box; "" takes it out."""

    dossier: str
    shelf: str


@dataclass(frozen=True, slots=True)
class CallForm:
    """The citizen was told, or was not reached. `note`: what he said, when he means to come."""

    dossier: str
    way: str
    outcome: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PostForm:
    """These results go to the post together: one list. `tracking`: the number of each, "" while it is still to come;
    of one dossier that is on its way already it is written in."""

    dossiers: tuple[str, ...]
    carrier: str = ""
    tracking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnedForm:
    """The post has brought it back."""

    dossier: str
    reason: str


@dataclass(frozen=True, slots=True)
class SendForm:
    """The electronic result went out: where to (an address, VNeID, the portal)."""

    dossier: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """A paper of the citizen's own that lies with us."""

    name: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class KeepForm:
    """Originals that are kept from now on, beside those that are kept already."""

    dossier: str
    originals: tuple[Original, ...]


@dataclass(frozen=True, slots=True)
class GiveBackForm:
    """Originals given back before the result; no names: all of them."""

    dossier: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HandOverForm:
    """Results that one person takes away together. `note`: of the authorisation (number, day, who certified it)."""

    dossiers: tuple[str, ...]
    receiver: Receiver
    paper: str
    note: str = ""


Form = ShelveForm | CallForm | PostForm | ReturnedForm | SendForm | KeepForm | GiveBackForm | HandOverForm

KEYS: Mapping[str, tuple[str, ...]] = {
    "shelve": ("shelf",),
    "call": ("way", "outcome", "note"),
    "post": ("carrier", "tracking", "with"),
    "returned": ("reason",),
    "send": ("to",),
    "keep-originals": ("originals",),
    "give-back-originals": ("names",),
}
"""Actions of the command line beside the moves, and what their file may say."""
TOGETHER = "with"
"""Key of the further dossiers that go along, in the files of `post` and `hand-back`."""


def read_form(dossier: str, action: str, plain: Any) -> Form:
    """The form of `motcua dossier act CODE ACTION --file F.json`. RuleBroken form.*."""
    if not isinstance(plain, dict):
        raise RuleBroken("form.not-an-object")
    for key in plain:
        if key not in KEYS[action]:
            raise RuleBroken("form.unknown-key", key=key)
    if action == "shelve":
        return ShelveForm(dossier, _text(plain, "shelf"))
    if action == "call":
        return CallForm(dossier, _text(plain, "way") or "phone", _text(plain, "outcome"), _text(plain, "note"))
    if action == "post":
        given = plain.get("tracking")
        numbers = [given] if isinstance(given, str) else given
        known = tuple(_list({"tracking": numbers}, "tracking"))
        return PostForm((dossier, *together(plain)), _text(plain, "carrier"), known)
    if action == "returned":
        return ReturnedForm(dossier, _text(plain, "reason"))
    if action == "send":
        return SendForm(dossier, _text(plain, "to"))
    if action == "keep-originals":
        return KeepForm(dossier, _originals(plain.get("originals")))
    return GiveBackForm(dossier, tuple(_list(plain, "names")))


def together(plain: Mapping[str, Any]) -> tuple[str, ...]:
    """The further dossiers of a file. RuleBroken form.wrong-type."""
    return tuple(each for each in _list(plain, TOGETHER) if each)


def _text(plain: Mapping[str, Any], key: str) -> str:
    value = plain.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RuleBroken("form.wrong-type", field=key, key=key, wanted="text", how="text")
    return clean(value)


def _list(plain: Mapping[str, Any], key: str) -> list[str]:
    value = plain.get(key) or []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise RuleBroken("form.wrong-type", field=key, key=key, wanted="texts", how="texts")
    return [clean(each) for each in value]


def _originals(value: Any) -> tuple[Original, ...]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise RuleBroken("form.wrong-type", field="originals", key="originals", wanted="list", how="list")
    found = []
    for each in value:
        for key in each:
            if key not in Original.__dataclass_fields__:
                raise RuleBroken("form.unknown-key", key=f"originals.{key}")
        count = each.get("count", 1)
        if not isinstance(count, int) or isinstance(count, bool):
            details = {"key": "originals.count", "value": count, "least": 1, "most": MOST_ORIGINALS}
            raise RuleBroken("form.not-a-count", field="originals", **details)
        found.append(Original(_text(each, "name"), count))
    return tuple(found)


# -- what has to be said


def checked(text: str, field_name: str, code: str = "") -> str:
    """A short text without its outer blanks. RuleBroken `code` where it is empty, delivery.too-long."""
    said = clean(text)
    if not said and code:
        raise RuleBroken(code, field=field_name)
    if len(said) > LONGEST:
        raise RuleBroken("delivery.too-long", field=field_name, most=LONGEST)
    return said


def checked_call(form: CallForm) -> dict[str, Any]:
    """RuleBroken delivery.call-way, delivery.call-outcome."""
    if form.way not in CALL_WAYS:
        raise RuleBroken("delivery.call-way", field="way", known=list(CALL_WAYS))
    if form.outcome not in CALL_OUTCOMES:
        raise RuleBroken("delivery.call-outcome", field="outcome", known=list(CALL_OUTCOMES))
    said = {"way": form.way, "outcome": form.outcome}
    return {**said, "note": checked(form.note, "note")} if form.note.strip() else said


def checked_tracking(numbers: Sequence[str], count: int) -> tuple[str, ...]:
    """A number for each of `count` results, "" where there is none yet. RuleBroken delivery.tracking-count,
    delivery.tracking-twice."""
    known = [checked(each, "tracking").upper().replace(" ", "") for each in numbers]
    if len(known) > count:
        raise RuleBroken("delivery.tracking-count", field="tracking", count=count)
    given = [each for each in known if each]
    for each in given:
        if given.count(each) > 1:
            raise RuleBroken("delivery.tracking-twice", field="tracking", number=each)
    return (*known, *[""] * (count - len(known)))


def with_kept(held: Sequence[Mapping[str, Any]], more: Sequence[Original], since: datetime) -> list[dict[str, Any]]:
    """The list of originals with more of them; the same name again has its new count. RuleBroken
    delivery.originals-missing, delivery.original-count."""
    if not more:
        raise RuleBroken("delivery.originals-missing", field="originals")
    found = {fold(str(each["name"])): dict(each) for each in held}
    for each in more:
        name = clean(each.name)
        if not name:
            raise RuleBroken("delivery.originals-missing", field="originals")
        _demand_count(name, each.count)
        before = found.get(fold(name))
        begun = before["since"] if before else since.date().isoformat()
        found[fold(name)] = {"name": before["name"] if before else name, "count": each.count, "since": begun}
    return list(found.values())


def _demand_count(name: str, count: int) -> None:
    if not 1 <= count <= MOST_ORIGINALS:
        raise RuleBroken("delivery.original-count", field="originals", name=name)


def without(held: Sequence[Mapping[str, Any]], names: Sequence[str]) -> list[dict[str, Any]]:
    """The originals that stay when these are given back; no names: all are. RuleBroken delivery.no-originals,
    delivery.original-unknown."""
    if not held:
        raise RuleBroken("delivery.no-originals")
    known = {fold(str(each["name"])) for each in held}
    wanted = {fold(each) for each in names if each.strip()}
    for each in names:
        if each.strip() and fold(each) not in known:
            raise RuleBroken("delivery.original-unknown", name=each, known=[str(one["name"]) for one in held])
    return [dict(each) for each in held if wanted and fold(str(each["name"])) not in wanted]


# -- what the centre asks

_FOUND = {"result.posted": (POSTED, RETURNED), "result.returned": (POSTED,), "result.collected": (RETURNED,)}
"""What a delivery stands at before such an act; what is posted first is handed back with it."""


def demand_sound(kind: str, body: Mapping[str, Any]) -> None:
    """What is said of a delivery is what our programs say, whatever program sends it.

    RuleBroken delivery.too-long, delivery.call-way, delivery.call-outcome, delivery.reason,
    delivery.original-count. KeyError, TypeError, ValueError, AttributeError where it is nothing of the kind.
    """
    if kind in _FOUND and body["before"] not in _FOUND[kind]:
        raise ValueError(f"no delivery goes on from {body['before']}")
    if kind == "result.shelved":
        checked(body["shelf"], "shelf")
    elif kind == "result.called":
        checked_call(CallForm("", **body["call"]))
    elif kind == "result.posted":
        _demand_texts(body["posting"], ("carrier", "address"))
        if not body["post_list"]:
            raise ValueError("on no list")
    elif kind == "result.returned":
        checked(body["reason"], "reason", "delivery.reason")
    elif kind == "result.sent":
        _demand_texts(body["posting"], ("sent_at",))
    elif kind == "result.collected":
        _demand_texts(body["handed_to"], ("name", "paper"))
    else:
        for each in body["after"] or ():
            _demand_texts(each, ("name", "since"))
            _demand_count(each["name"], each["count"])


def _demand_texts(plain: Mapping[str, Any], keys: Sequence[str]) -> None:
    for key in keys:
        if not isinstance(plain[key], str) or not plain[key]:
            raise ValueError(f"nothing is said of {key}")


# -- the next box


def next_shelf(last: str) -> str:
    """The box after the one that was used last, where it ends in a number or begins with one: "ô 3 / kệ B" → "ô 4 / kệ
    B"; another text stays as it is."""
    for place, letter in enumerate(last):
        if letter.isdigit():
            end = place
            while end < len(last) and last[end].isdigit():
                end += 1
            return f"{last[:place]}{int(last[place:end]) + 1:0{end - place}}{last[end:]}"
    return last


@dataclass(frozen=True, slots=True)
class Called:
    """What the calls of a result come to: how many, whether the citizen knows, the last outcome."""

    count: int = 0
    told: bool = False
    last: str = ""


def called(calls: Sequence[Mapping[str, Any]] | None) -> Called:
    """Of the calls that were made."""
    made = calls or ()
    if not made:
        return Called()
    return Called(len(made), any(each["outcome"] in TOLD for each in made), str(made[-1]["outcome"]))


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of results that were handed over, posted or sent together. `codes` in their order; `post_list`: the
    list with which they went to the post; `originals`: how many originals went with them."""

    ids: tuple[str, ...]
    codes: tuple[str, ...]
    receiver: str = ""
    post_list: str = ""
    originals: int = 0
