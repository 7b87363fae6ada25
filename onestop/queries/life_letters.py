"""The letters of a dossier's life as values: each from the act that it is of, as the dossier stood then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from onestop import clock
from onestop.queries import declarations, dossiers, letters, office, people, result_letters
from onestop.queries import rating_slip as rating_slips
from onestop.queries.dossiers import Dossier
from onestop.queries.letters import LetterOptions
from onestop.queries.office import OfficeRow
from onestop.queries.people import Person
from onestop.rules.calendar import Calendar
from onestop.rules.dossier import FINAL, Move, State, judge
from onestop.rules.errors import RuleBroken
from onestop.rules.fees import in_words
from onestop.rules.identity import mask
from onestop.rules.intake import By
from onestop.rules.letters import (
    ComponentLine,
    FormKey,
    FormNumber,
    Letterhead,
    OnPaper,
    Reference,
    RefusalLetter,
    SupplementLetter,
    form_on,
    sheet_name,
)
from onestop.rules.life_letters import (
    AuthorisationLetter,
    ControlLetter,
    EnvelopeLetter,
    ExtensionLetter,
    FeeSlipLetter,
    HandedBackLetter,
    HandOver,
    LabelLetter,
    Party,
    ResultLine,
    StopLetter,
)
from onestop.rules.moves import ACTS, ASSIGN, EXTEND, RETURN, TAKE, UNDO
from onestop.store import acts
from onestop.store.acts import Act
from onestop.store.schema import read_instant

SHOWN = {
    "receipt": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    "identity": "giấy tờ tùy thân",
    "authorisation": "giấy ủy quyền",
}
"""On which paper a result was handed over. Letters are Vietnamese whatever language the screen speaks."""

SENT_BY = {"post": "gửi qua dịch vụ bưu chính", "electronic": "gửi bản điện tử"}
"""How a result left where nobody stood at the counter."""
COLLECTED = "result.collected"
"""The act in which a result that the post had brought back was handed over."""

HANDED = (ACTS[Move.FORWARD], ACTS[ASSIGN])
BLOCKS = 5
"""Hand-overs for which a control slip has room as long as the dossier is on its way."""


@dataclass(frozen=True, slots=True)
class Written:
    """A letter, and the name under which its printing is recorded (`letters.sheet_name`). `together`: ids of all the
    dossiers that it is of, where they are several; it is recorded with the first, and each of them remembers it."""

    letter: OnPaper
    name: str
    together: tuple[str, ...] = ()

    def subject(self, dossier_id: str) -> tuple[str, str]:
        """What its printing is recorded with, asked for with this dossier."""
        return ("dossier", self.together[0] if self.together else dossier_id)

    @property
    def others(self) -> tuple[tuple[str, str], ...]:
        """The other dossiers that remember it."""
        return tuple(("dossier", each) for each in self.together[1:])


@dataclass(frozen=True, slots=True)
class _Life:
    """A dossier with what was done to it and not taken back, in order."""

    connection: Connection
    here: OfficeRow
    dossier: Dossier
    acts: Sequence[Act]
    options: LetterOptions

    def last(self, *moves: str) -> Act:
        """The last of these moves. RuleBroken letter.no-move where there is none."""
        kinds = {ACTS[move] for move in moves}
        found = next((act for act in reversed(self.acts) if act.kind in kinds), None)
        if found is None:
            raise RuleBroken("letter.no-move", code=self.dossier.code)
        return found

    def name_of(self, clerk: str) -> str:
        """The name of a clerk, or of the section that was written down."""
        return office.clerk_name(self.connection, clerk) or clerk

    def frame(self, key: FormKey, at: datetime, number: int | None = None, qr: bool = True) -> dict[str, Any]:
        """What every letter begins with: form, head, reference, applicant, date, what was asked for."""
        form: FormNumber = form_on(key, clock.local(at).date())
        head: Letterhead = letters.letterhead(self.here, key, number)
        reference: Reference = letters.reference_of(self.here, self.dossier, self.options, form.title, at)
        return {
            "form": form,
            "head": head,
            "reference": reference if qr else replace(reference, qr=""),
            "applicant": letters.applicant_of(self.connection, self.dossier.values, self.options),
            "issued_at": at,
            "request": self.dossier.values["summary"] or self.dossier.values["procedure_name"],
        }


def _life(connection: Connection, dossier_id: str, options: LetterOptions) -> _Life:
    found = dossiers.one(connection, dossier_id, history=False)
    if found is None:
        raise RuleBroken("dossier.unknown", code=dossier_id)
    return _Life(connection, letters.the_office(connection), found, standing(connection, dossier_id), options)


def standing(connection: Connection, dossier_id: str) -> list[Act]:
    """The moves of a dossier that were not taken back, in order; one that was overtaken by another counter's and then
    settled by making it again, with its own time and clerk."""
    found: list[Act] = []
    for act in acts.of_subject(connection, ("dossier", dossier_id)):
        deed = _made_again(act)
        if deed.kind == ACTS[UNDO]:
            found = [each for each in found if each.act_id != deed.body["said"]["undoes"]]
        elif deed.kind in ACTS.values():
            found.append(deed)
    return found


def _made_again(act: Act) -> Act:
    deed = act.body.get("again")
    if not deed:
        return act
    return replace(act, kind=deed["kind"], actor=deed["actor"], at=read_instant(deed["at"]), body=deed["body"])


# ---- sent back, refused -------------------------------------------------------------------------------------------


def supplement(connection: Connection, dossier_id: str, options: LetterOptions) -> Written:
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ of a received dossier: the last one that was sent. RuleBroken
    dossier.unknown, letter.no-move."""
    life = _life(connection, dossier_id, options)
    act = life.last(Move.SUPPLEMENT)
    said, left = act.body["said"], act.body["to"]
    until = left.get("supplement_until")
    letter = SupplementLetter(
        **life.frame(FormKey.SUPPLEMENT, act.at, said.get("paper_no")),
        reason=said["reason"],
        clerk=life.name_of(act.actor),
        clerk_phone=life.here.phone or "",
        items=tuple(said["items"]),
        until=date.fromisoformat(until) if until else None,
    )
    return Written(letter, sheet_name(FormKey.SUPPLEMENT, left["supplements"]))


def refusal(connection: Connection, dossier_id: str, options: LetterOptions) -> Written:
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ of a dossier that came without the citizen, or was sent back before
    acceptance. RuleBroken dossier.unknown, letter.no-move."""
    life = _life(connection, dossier_id, options)
    act = life.last(Move.REFUSE)
    values = life.dossier.values
    letter = RefusalLetter(
        **life.frame(FormKey.REFUSAL, act.at, act.body["said"].get("paper_no")),
        reasons=(act.body["said"]["reason"],),
        clerk=life.name_of(act.actor),
        submitted_at=values["received_at"] if values["channel"] != "direct" else None,
    )
    return Written(letter, sheet_name(FormKey.REFUSAL))


# ---- a new date ---------------------------------------------------------------------------------------------------


def extension(connection: Connection, dossier_id: str, options: LetterOptions) -> Written:
    """The apology with the new date, from the one act of it. RuleBroken dossier.unknown, letter.no-move."""
    life = _life(connection, dossier_id, options)
    act = life.last(EXTEND)
    found, left = act.body["from"], act.body["to"]
    # In time, the act moved the due date and knows the old one; too late, the date stands as it was.
    in_time = "due_at" in left
    due = read_instant(found["due_at"]) if in_time else life.dossier.values["due_at"]
    promised = read_instant(left["promised_at"])
    letter = ExtensionLetter(
        **life.frame(FormKey.EXTENSION, act.at, act.body["said"].get("paper_no"), qr=False),
        reason=act.body["said"]["reason"],
        received_at=life.dossier.values["received_at"],
        due_at=due,
        promised_at=promised,
        in_time=in_time,
        more_days=_days_between(due, promised, office.calendar(connection)) if due else None,
    )
    return Written(letter, sheet_name(FormKey.EXTENSION))


def _days_between(first: datetime, second: datetime, calendar: Calendar) -> int:
    """Working days after the day of `first`, up to that of `second`."""
    day, last, count = clock.local(first).date(), clock.local(second).date(), 0
    while day < last:
        day += timedelta(days=1)
        count += calendar.is_working_day(day)
    return count


# ---- stopped ------------------------------------------------------------------------------------------------------


def stop(connection: Connection, dossier_id: str, options: LetterOptions) -> Written:
    """The notice that a dossier is stopped or was withdrawn. RuleBroken dossier.unknown, letter.no-move."""
    life = _life(connection, dossier_id, options)
    act = life.last(Move.STOP, Move.WITHDRAW)
    values = life.dossier.values
    letter = StopLetter(
        **life.frame(FormKey.STOP, act.at, act.body["said"].get("paper_no")),
        reason=act.body["said"]["reason"],
        received_at=values["received_at"],
        withdrawn=act.kind == ACTS[Move.WITHDRAW],
        given_back=tuple(
            ComponentLine(each.name, each.originals, each.certified, each.copies)
            for each in life.dossier.components
            if (each.by or By.SUBMITTED) == By.SUBMITTED and each.originals + each.certified + each.copies
        ),
        fees=letters.fees_of(values),
    )
    return Written(letter, sheet_name(FormKey.STOP))


# ---- who has it ---------------------------------------------------------------------------------------------------


def control(connection: Connection, dossier_id: str, options: LetterOptions) -> Written:
    """The control slip with every hand-over so far, and room for those to come. A slip with one more hand-over is
    another sheet. RuleBroken dossier.unknown, letter.no-move where nobody has handed it over."""
    life = _life(connection, dossier_id, options)
    values = life.dossier.values
    steps = _hand_overs(life)
    if not steps:
        raise RuleBroken("letter.no-move", code=life.dossier.code)
    ended = State(values["state"]) in FINAL
    put_off = next((act for act in life.acts if act.kind == ACTS[EXTEND] and "due_at" in act.body["to"]), None)
    letter = ControlLetter(
        **life.frame(FormKey.CONTROL, steps[0].at or values["received_at"]),
        received_at=values["received_at"],
        due_at=values["due_at"],
        decides=letters.who_decides(life.here, values["competent_agency"]),
        steps=tuple(steps),
        put_off_from=read_instant(put_off.body["from"]["due_at"]) if put_off else None,
        blanks=0 if ended else max(1, BLOCKS - len(steps)),
    )
    return Written(letter, sheet_name(FormKey.CONTROL, len(steps)))


def _hand_overs(life: _Life) -> list[HandOver]:
    """Each act in which the dossier changed hands: the counter, whoever works on it, the citizen."""
    here = letters.letterhead(life.here, FormKey.CONTROL)
    counter = here.unit
    citizen = f"{life.dossier.values['owner_name']} (chủ hồ sơ)"
    has = counter
    steps: list[HandOver] = []
    for act in life.acts:
        said, left = act.body["said"], act.body["to"]
        giver, note, judged = has, "", None
        if act.kind == ACTS[TAKE]:
            if steps:
                has = _taker(steps[-1].taker, life.name_of(act.actor))
                steps[-1] = replace(steps[-1], taker=has, taken_at=act.at)
            continue
        if act.kind in (ACTS[Move.FORWARD], ACTS[ASSIGN]):
            has = life.name_of(said.get("to") or "")
            instead = f"thay {life.name_of(said['instead_of'])}" if said.get("instead_of") else ""
            note = "; ".join(filter(None, (said.get("note"), instead)))
        elif act.kind == ACTS[RETURN]:
            has = _taker(counter, life.name_of(said.get("to") or ""))
            note = f"Trả lại: {said['reason']}"
        elif act.kind == ACTS[Move.SUPPLEMENT]:
            has, note = citizen, f"Bổ sung hồ sơ: {said['reason']}"
        elif act.kind == ACTS[Move.COMPLETE]:
            giver, note = citizen, "Đã bổ sung"
            has = counter if left["state"] == State.RECEIVED else _who_had_it(steps, counter)
        elif act.kind == ACTS[Move.FINISH]:
            has, note = counter, said.get("number") or ""
            judged = judge(life.dossier.values["due_at"], act.at)
        elif act.kind == ACTS[Move.RECALL]:
            has, note = _who_had_it(steps, counter), f"Thu hồi kết quả: {said['reason']}"
        elif act.kind == ACTS[Move.HAND_BACK]:
            has = said["name"]
        elif act.kind in (ACTS[Move.STOP], ACTS[Move.WITHDRAW], ACTS[Move.REFUSE]):
            has, note = citizen, f"{_ENDED[act.kind]}: {said['reason']}"
        else:
            continue
        if giver != has or note or judged:
            taken = left.get("taken_at") if act.kind in HANDED else None
            steps.append(HandOver(giver, has, act.at, judged, note, read_instant(taken) if taken else None))
    return steps


def _taker(place: str, name: str) -> str:
    """A section or the counter, and who of it took the dossier."""
    return place if not name or name == place else f"{place} ({name})" if place else name


_ENDED = {
    ACTS[Move.STOP]: "Dừng giải quyết",
    ACTS[Move.WITHDRAW]: "Rút hồ sơ",
    ACTS[Move.REFUSE]: "Từ chối",
}


def _who_had_it(steps: Sequence[HandOver], counter: str) -> str:
    """Who worked on it before it left their hands last."""
    return steps[-1].giver if steps else counter


# ---- handed over --------------------------------------------------------------------------------------------------


def handed_back(connection: Connection, dossier_id: str, options: LetterOptions) -> Written:
    """The receipt for results that were handed over: of this dossier, and of those that went with it to the same
    person. RuleBroken dossier.unknown, letter.no-move."""
    asked = _life(connection, dossier_id, options)
    _at, first = _handing(asked)
    ids = [each for each in first.get("with") or () if each != dossier_id]
    lives = [life for life in (asked, *(_life(connection, each, options) for each in ids)) if _same(life, first)]
    lives.sort(key=lambda life: (first.get("with") or [dossier_id]).index(life.dossier.id))
    life = lives[0]
    act, handed = _handing(life)
    values = life.dossier.values
    known = people.person(connection, handed["person"]) if handed["person"] else None
    number = handed["number"] or (_number_of(known.values) if known else "")
    letter = HandedBackLetter(
        **life.frame(FormKey.HANDED_BACK, act.at),
        procedure=f"{values['procedure_name']} ({values['procedure_code']})",
        owner=values["owner_name"],
        giver=life.name_of(act.actor),
        giver_phone=life.here.phone or "",
        receiver=handed["name"],
        receiver_phone=handed["phone"] or (values["phone"] or "" if handed["person"] else ""),
        receiver_identity=number if options.full_number or not number else mask(number),
        shown=", ".join(filter(None, (SHOWN.get(handed["paper"], ""), handed.get("note") or ""))),
        way=_sent(values) if handed["paper"] in SENT_BY else "",
        results=tuple(each for one in lives for each in _result_lines(one)),
        copies=sum(each.dossier.values["result_copies"] for each in lives),
        originals=tuple(
            (each["name"], each["count"]) for one in lives for each in _originals_given(_handing(one)[0]) or ()
        ),
    )
    together = tuple(each.dossier.id for each in lives) if len(lives) > 1 else ()
    return Written(letter, sheet_name(FormKey.HANDED_BACK), together)


def _handing(life: _Life) -> tuple[Act, Mapping[str, Any]]:
    """The act with which the result was handed over last, and what it says of whoever has it."""
    collected = [act for act in acts.of_subject(life.connection, ("dossier", life.dossier.id)) if act.kind == COLLECTED]
    if collected and life.dossier.values["delivered"] == "collected":
        return collected[-1], collected[-1].body["handed_to"]
    act = life.last(Move.HAND_BACK)
    return act, act.body["to"]["handed_to"]


def _same(life: _Life, first: Mapping[str, Any]) -> bool:
    """Whether it went with the others: it may have been taken back since."""
    kept = life.dossier.values["handed_to"] or {}
    return (kept.get("name"), kept.get("with")) == (first["name"], first.get("with"))


def _originals_given(act: Act) -> Any:
    return (act.body.get("said") or act.body).get("originals")


def _result_lines(life: _Life) -> list[ResultLine]:
    """The result, or each of a linked filing; of one that there is none of, why."""
    code, owner = life.dossier.code, life.dossier.values["owner_name"]
    kept = [(part, part.result or {}) for part in life.dossier.parts]
    return [
        ResultLine(f"{part.name}: không có, {said['reason']}", code=code, owner=owner)
        if said.get("reason")
        else ResultLine(
            said.get("title") or part.name,
            said.get("number") or "",
            said.get("date") or "",
            said.get("signer") or "",
            code,
            owner,
        )
        for part, said in kept
    ] or [_result_line(life)]


def _result_line(life: _Life) -> ResultLine:
    values = life.dossier.values
    result = values["result"] or {}
    return ResultLine(
        result.get("title") or values["procedure_name"],
        result.get("number") or "",
        result.get("date") or "",
        result.get("signer") or "",
        life.dossier.code,
        values["owner_name"],
    )


def _sent(values: Mapping[str, Any]) -> str:
    posting = values["posting"] or {}
    if values["handed_to"]["paper"] == "electronic":
        return " ".join(filter(None, (SENT_BY["electronic"], posting.get("to"))))
    number = f"số hiệu {posting['tracking']}" if posting.get("tracking") else ""
    return ", ".join(filter(None, (SENT_BY["post"], posting.get("carrier"), number)))


def _number_of(values: Mapping[str, Any]) -> str:
    return str(values.get("identity_number") or values.get("passport") or values.get("cmnd") or "")


# ---- for the citizen and the post ---------------------------------------------------------------------------------


def authorisation(connection: Connection, dossier_id: str, options: LetterOptions) -> Written:
    """An authorisation for the citizen to sign, with what is known of him and of his dossier. A number that stands
    masked on paper is left to his pen. RuleBroken dossier.unknown."""
    life = _life(connection, dossier_id, options)
    values = life.dossier.values
    owner = people.person(connection, values["owner_id"])
    agent = people.person(connection, values["submitter_id"]) if values["submitter_id"] else None
    frame = life.frame(FormKey.AUTHORISATION, values["received_at"])
    del frame["applicant"]
    letter = AuthorisationLetter(
        **frame,
        gives=_party(owner, options, values["phone"] if agent is None else ""),
        takes=_party(agent, options, values["phone"] or ""),
        where=frame["head"].unit,
    )
    return Written(letter, sheet_name(FormKey.AUTHORISATION))


def _party(person: Person | None, options: LetterOptions, phone: str | None) -> Party:
    if person is None:
        return Party()
    values = person.values
    return Party(
        name=values["name"],
        born=values["date_of_birth"] or "",
        number=_number_of(values) if options.full_number else "",
        address=values["address"] or "",
        phone=phone or values["phone"] or "",
    )


def label(connection: Connection, dossier_id: str, options: LetterOptions) -> Written:
    """The label for the post: to whoever receives the result, else to the owner. RuleBroken dossier.unknown."""
    return _by_post(connection, dossier_id, options, FormKey.LABEL, LabelLetter)


def envelope(connection: Connection, dossier_id: str, options: LetterOptions) -> Written:
    """The envelope, to whom the label would be. RuleBroken dossier.unknown."""
    return _by_post(connection, dossier_id, options, FormKey.ENVELOPE, EnvelopeLetter)


def _by_post(
    connection: Connection, dossier_id: str, options: LetterOptions, key: FormKey, kind: type[LabelLetter]
) -> Written:
    life = _life(connection, dossier_id, options)
    values = life.dossier.values
    post = values["delivery"] or {}
    by_post = post.get("way") == "post"
    frame = life.frame(key, values["received_at"])
    applicant = frame.pop("applicant")
    letter = kind(
        **frame,
        name=(post.get("name") if by_post else "") or applicant.owner or applicant.name,
        phone=(post.get("phone") if by_post else "") or applicant.phone,
        address=(post.get("address") if by_post else "") or applicant.owner_address or applicant.address,
        by_post=by_post,
    )
    return Written(letter, sheet_name(key))


# ---- money ----------------------------------------------------------------------------------------------------------


def fee_slip(connection: Connection, dossier_id: str, options: LetterOptions) -> Written:
    """What is to be paid for a dossier. RuleBroken dossier.unknown, letter.no-fee where there is nothing to pay."""
    life = _life(connection, dossier_id, options)
    values = life.dossier.values
    fees = letters.fees_of(values)
    if not fees or all(each.amount == 0 for each in fees):
        raise RuleBroken("letter.no-fee", code=life.dossier.code)
    total = values["fee_total"]
    letter = FeeSlipLetter(
        **life.frame(FormKey.FEE_SLIP, values["received_at"]),
        procedure=f"{values['procedure_name']} ({values['procedure_code']})",
        fees=fees,
        total=total,
        total_words=in_words(total) if total else "",
        clerk=life.name_of(values["received_by"]),
    )
    return Written(letter, sheet_name(FormKey.FEE_SLIP))


def declaration(connection: Connection, dossier_id: str, options: LetterOptions) -> Written:
    """The citizen's own declaration, filled in. RuleBroken dossier.unknown, declaration.none."""
    letter = declarations.of_dossier(connection, dossier_id, options)
    return Written(letter, declarations.name_of(letter))


# ---- of the office's own making -----------------------------------------------------------------------------------


def result_letter(connection: Connection, dossier_id: str, options: LetterOptions) -> Written:
    """The result letter that was made last. RuleBroken dossier.unknown, result.none-made."""
    life = _life(connection, dossier_id, options)
    made = result_letters.last(connection, dossier_id)
    reference = letters.reference_of(life.here, life.dossier, options, made.plain["name"], made.act.at)
    return Written(replace(result_letters.on_paper(made.plain), reference=replace(reference, qr="")), made.name)


def rating_slip(connection: Connection, dossier_id: str, options: LetterOptions) -> Written:
    """The blank slip on which a citizen says how satisfied he was. RuleBroken dossier.unknown."""
    return Written(rating_slips.of_dossier(connection, dossier_id, options), sheet_name(FormKey.RATING_SLIP))


LIFE: Mapping[FormKey, Callable[[Connection, str, LetterOptions], Written]] = {
    FormKey.SUPPLEMENT: supplement,
    FormKey.REFUSAL: refusal,
    FormKey.EXTENSION: extension,
    FormKey.STOP: stop,
    FormKey.CONTROL: control,
    FormKey.HANDED_BACK: handed_back,
    FormKey.AUTHORISATION: authorisation,
    FormKey.LABEL: label,
    FormKey.ENVELOPE: envelope,
    FormKey.FEE_SLIP: fee_slip,
    FormKey.DECLARATION: declaration,
    FormKey.RATING_SLIP: rating_slip,
    FormKey.RESULT_LETTER: result_letter,
}
"""Every letter that is of a dossier's life, by its meaning."""
