"""Random days of an office whose clerks do anything to its dossiers, each move judged by `life_law` and `slow_clock`.

A `Town` is one office, some days long. It says at once where the program does something else than the law as it is
written there; at the end its rows are the fold of its acts and the chain verifies.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter as Tally
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.office import Office
from onestop import clock
from onestop.actions import absence, manage, printing, process, receive
from onestop.actions.table import KINDS
from onestop.clock import VIETNAM
from onestop.queries import dossiers
from onestop.queries import office as office_queries
from onestop.rules import clocks
from onestop.rules.absence import AbsenceForm
from onestop.rules.errors import RuleBroken
from onestop.rules.intake import ReceiveForm
from onestop.rules.moves import MoveForm
from onestop.rules.procedure import Limit, Unit
from onestop.store import acts, engine, rebuild
from onestop.store.work import Work
from tests.helpers.life_law import (
    CLERK,
    NAMES,
    OPEN,
    TABLE,
    Known,
    Past,
    Try,
    against,
    against_leave,
    against_undo,
    back_to,
    left_to,
    moved,
    remarks,
    stands_for,
)
from tests.helpers.life_tries import Life, form_of, made_try
from tests.helpers.office import made_dossier, made_person
from tests.helpers.slow_clock import DAY, SlowClock
from tests.helpers.town import CLERKS, FIRST, HOUR_RULES, HOURS, LAST, LIMITS, PERMIT, WEIGHTS, days_of

MOVERS = tuple(login for login, role in CLERKS.items() if role != "installer")
"""Clerks who have dossiers."""


class Town:
    """One office for some days, everything from `seed`."""

    def __init__(self, template: Path, folder: Path, seed: int, first: date | None = None) -> None:
        self.dice = random.Random(seed)
        shutil.copytree(template, folder)
        store = engine.open_sqlite(folder / "office.db", durable=False)
        self.office = Office(folder, store)
        self.day = first or FIRST + DAY * self.dice.randrange((LAST - FIRST).days)
        hour = HOUR_RULES[seed % len(HOUR_RULES)]
        self.slow = SlowClock(HOURS, days_of("off"), days_of("work"), hour)
        self.lives: list[Life] = []
        self.counts: Tally[str] = Tally()
        with clock.frozen(datetime.combine(self.day, datetime.min.time(), VIETNAM)):
            self._as("demo")
            self.office.perform(manage.change_office, manage.OfficeForm({}, {"due_hour": hour}))
        self.calendar = self.office.read(office_queries.calendar)
        self.ids = {f"{CLERK}{each.login}": each.id for each in self.office.read(office_queries.clerks)}
        self.away: dict[str, tuple[str, date | None]] = {}
        self.leaves: dict[str, str] = {}

    def close(self) -> None:
        """Let go of the database."""
        self.office.close()

    def _as(self, login: str) -> None:
        clerk = self.office.clerk(login)
        assert clerk is not None
        self.office.act_as(clerk)

    # -- days

    def live(self, days: int) -> None:
        """So many days, now and then with some between; work begins before opening and ends after closing."""
        for _day in range(days):
            self.counts["days"] += 1
            seconds = sorted(self.dice.randrange(6 * 3600, 19 * 3600) for _ in range(self.dice.randint(6, 16)))
            for second in seconds:
                moment = datetime.combine(self.day, datetime.min.time(), VIETNAM) + timedelta(seconds=second)
                with clock.frozen(moment):
                    self._something(moment)
            self.day += DAY * self.dice.choice((1, 1, 1, 1, 2, 3, 9))

    def judge(self) -> None:
        """Rows are the fold of the acts, and every link of the chain holds."""
        with self.office.store.reading() as connection:
            assert rebuild.compare(connection, KINDS, self.office.files, self.office.id) == []
            assert acts.verify(connection).ok

    def _something(self, moment: datetime) -> None:
        if not self.lives or self.dice.random() < 0.2:
            self._receive(moment)
            return
        life = self._chosen()
        way = self.dice.random()
        if way > 0.97:
            self._leave(moment)
        elif way > 0.94:
            self._back(moment)
        elif way < 0.06:
            self._print(life)
        elif way < 0.2:
            self._undo(life)
        else:
            self._move(life, moment)

    def _chosen(self) -> Life:
        late = self.lives[-30:]
        going = [each for each in late if each.known.state in (*OPEN, 9)]
        return self.dice.choice(going if going and self.dice.random() < 0.9 else late)

    # -- what clerks do

    def _receive(self, moment: datetime) -> None:
        code, (number, unit) = self.dice.choice(list(LIMITS.items()))
        person = made_person(len(self.lives) + 1)
        form: ReceiveForm = made_dossier(person, procedure=code)
        login = self.dice.choice(("demo", "ha", "duc", "hoa"))
        self._as(login)
        taken = self.office.perform(receive.take_in, form).answer
        due = self.slow.due(moment, number, unit)
        known = Known(number, unit, code == PERMIT, 2, moment, moment, due, due, receiver=f"{CLERK}{login}")
        life = Life(taken.id, taken.code, (person.name, str(person.identity_number)), known)
        self.lives.append(life)
        self.counts["dossiers"] += 1
        self._compare(life)
        if self.dice.random() < 0.3:
            self._as_online(life, moment)

    def _as_online(self, life: Life, moment: datetime) -> None:
        """As if it had come online and nobody had accepted it yet: an act that sets it back to state 1."""
        row = self._row(life)
        found = {"state": "received", "due_at": process._plain(row["due_at"]), "original_due_at": None}
        found["original_due_at"] = found["due_at"]
        left = {"state": "new", "due_at": None, "original_due_at": None}
        body = {"move": "recall", "from": found, "to": left, "said": {}}
        self.office.perform(_act, ("dossier.recalled", life.id, body))
        assert self.office.actor is not None
        life.past.append(Past(self.office.actor.name, life.known, row))
        life.known = replace(life.known, state=1, due=None, original=None)
        life.last = self.office.actor.name
        self._compare(life)
        assert clocks.answer_by(moment, self.calendar) == self.slow.answered_until(moment)

    def _print(self, life: Life) -> None:
        self._as(self.dice.choice(("demo", "ha", "lan")))
        content = b"%PDF-1.7 " + self.dice.randbytes(20)
        form = printing.PrintForm(("dossier", life.id), "supplement", 0, "A4", "2025", content, life.prints, "out")
        self.office.perform(printing.record, form)
        life.prints += 1
        self.counts["printed"] += 1
        if life.past:
            life.past[-1].printed = True

    def _undo(self, life: Life) -> None:
        login = self.dice.choices(list(CLERKS), WEIGHTS)[0]
        self._as(login)
        assert self.office.actor is not None
        name = self.office.actor.name
        wrong = against_undo(life.past, name, CLERKS[login])
        before = self._row(life)
        if self._perform(life, MoveForm(life.code, "undo"), wrong) is None:
            assert self._row(life) == before
            return
        past = life.past.pop()
        assert past.row in (None, self._row(life)), "not as it was before the move"
        life.known, life.last = past.before, name
        self.counts["undone"] += 1
        self._compare(life)

    def _move(self, life: Life, moment: datetime) -> None:
        login = self.dice.choices(list(CLERKS), WEIGHTS)[0]
        if life.known.holder.startswith(CLERK) and self.dice.random() < 0.6:
            login = life.known.holder.removeprefix(CLERK)
        self._as(login)
        assert self.office.actor is not None
        tried = self._with_deputies(life, made_try(self.dice, life.known, CLERKS[login], moment, f"{CLERK}{login}"))
        before = self._row(life)
        done = self._perform(life, form_of(life, tried, self.ids), against(life.known, tried, self.slow))
        if done is None:
            assert self._row(life) == before, "a refused move changed something"
            return
        assert {each.code for each in done.warnings} == remarks(life.known, tried, self.slow), tried
        self.counts["redirected"] += any(each.code == "hands.deputy" for each in done.warnings)
        life.past.append(Past(self.office.actor.name, life.known, before))
        if tried.move == "at-once":
            between = moved(life.known, replace(tried, move="finish"), self.slow)
            life.past.append(Past(self.office.actor.name, between, None))
        life.known, life.last = moved(life.known, tried, self.slow), self.office.actor.name
        self.counts["moves"] += 1
        self.counts[f"move {tried.move}"] += 1
        self._compare(life)

    def _with_deputies(self, life: Life, tried: Try) -> Try:
        """What is tried, with who stands for whoever gets the dossier."""
        gets = life.known.receiver if tried.move == "return" else tried.to
        stands = stands_for(gets, self.away, clock.local(tried.at).date()) if gets.startswith(CLERK) else ""
        may_hold = CLERKS.get(tried.to.removeprefix(CLERK)) != "installer"
        return replace(tried, stands=stands, leave=self.leaves.get(gets, ""), may_hold=may_hold)

    # -- leaves

    def _leave(self, moment: datetime) -> None:
        """Somebody goes on leave, for some days or nobody knows for how long."""
        day = clock.local(moment).date()
        clerk, deputy = (f"{CLERK}{self.dice.choice(MOVERS)}" for _who in range(2))
        until = None if self.dice.random() < 0.3 else day + DAY * self.dice.randrange(6)
        wrong = against_leave(clerk, deputy, self.away, day)
        form = AbsenceForm(
            clerk.removeprefix(CLERK),
            deputy.removeprefix(CLERK),
            day.isoformat(),
            until.isoformat() if until else "",
            "nghỉ phép",
        )
        leave = f"{clerk} {self.counts['leaves']}"
        held = [each for each in self.lives if left_to(each.known, clerk, deputy, leave) != each.known]
        if self._absence(absence.begin, form, wrong, len(held)):
            self.away[clerk], self.leaves[clerk] = (deputy, until), leave
            for life in held:
                self._moved_by_leave(life, left_to(life.known, clerk, deputy, leave))

    def _back(self, moment: datetime) -> None:
        """Somebody is back; those who are not away are not."""
        clerk = f"{CLERK}{self.dice.choice([each.removeprefix(CLERK) for each in self.away] * 4 + list(MOVERS))}"
        leave = self.leaves.get(clerk, "nobody's")
        held = [each for each in self.lives if back_to(each.known, clerk, leave) != each.known]
        wrong = set() if clerk in self.away else {"absence.none"}
        if self._absence(absence.end, clerk.removeprefix(CLERK), wrong, len(held)):
            del self.away[clerk], self.leaves[clerk]
            for life in held:
                self._moved_by_leave(life, back_to(life.known, clerk, leave))

    def _absence(self, action: Any, form: Any, wrong: set[str], count: int) -> bool:
        self._as("demo")
        refused = None
        try:
            left = self.office.perform(action, form).answer
        except RuleBroken as broken:
            refused = broken
        if refused is not None:
            assert refused.code in wrong, (refused.code, wrong, form)
            self.counts[f"refused {refused.code}"] += 1
            return False
        assert not wrong, (wrong, form)
        assert left.moved == count, (left, count)
        self.counts["leaves" if action is absence.begin else "backs"] += 1
        self.counts["moved by leaves"] += count
        return True

    def _moved_by_leave(self, life: Life, known: Known) -> None:
        assert self.office.actor is not None
        life.past.append(Past(self.office.actor.name, life.known, None))
        life.known, life.last = known, self.office.actor.name
        self._compare(life)

    def _perform(self, life: Life, form: MoveForm, wrong: set[str]) -> process.Moved | None:
        """None where it is refused, which has to be for one of the reasons in `wrong`."""
        try:
            done: process.Moved | None = self.office.perform(process.move, form).answer
            refused = None
        except RuleBroken as broken:
            done, refused = None, broken
        if refused is None:
            assert not wrong, (wrong, form, life.known)
            return done
        assert refused.code in wrong, (refused.code, wrong, form, life.known)
        if refused.code in ("dossier.moved-meanwhile", "hands.meanwhile"):
            assert refused.details["by"] == life.last
        self.counts["refused"] += 1
        self.counts[f"refused {refused.code}"] += 1
        return None

    # -- judging

    def _row(self, life: Life) -> dict[str, Any]:
        found = self.office.read(dossiers.one, life.id, history=False)
        assert found is not None
        return dict(found.values)

    def _compare(self, life: Life) -> None:
        row, known = self._row(life), life.known
        shown = (
            row["state"], row["came_from"] or "", row["is_open"],
            row["received_at"], row["due_at"], row["original_due_at"], row["supplements"],
            row["supplement_until"], row["extended_at"], row["promised_at"], row["finished_at"], row["handed_back_at"],
            row["holder"] or "", row["taken_at"],
        )  # fmt: skip
        wanted = (
            NAMES[known.state], NAMES[known.came_from], known.state in OPEN,
            known.received, known.due, known.original, known.supplements,
            known.until.isoformat() if known.until else None, known.extended, known.promised, known.finished,
            known.handed, self.ids.get(known.holder, known.holder), known.taken,
        )  # fmt: skip
        assert shown == wanted, (life.code, known)
        self.counts["clocks"] += 1
        if known.due is None:
            return
        limit = Limit(known.number or None, Unit(known.unit))
        warns = clocks.warns_at(known.begun, known.due, limit, self.calendar)
        assert warns == self.slow.warns(known.begun, known.due, known.number, known.unit), known
        assert clocks.apology_by(known.due, self.calendar) == self.slow.apology_until(known.due), known


def _act(work: Work, made: tuple[str, str, dict[str, Any]]) -> None:
    kind, dossier, body = made
    work.record(kind, [("dossier", dossier)], body)


def every_legal_move() -> set[str]:
    """The moves of the table, as the counts name them."""
    return {f"move {move}" for _, move in TABLE} | {"move complete"}
