"""When a dossier is due, and how that came about, step by step.

Sources: NĐ 118/2025 art. 17.3 (the limit runs from the acceptance printed on the receipt) and 19.5 (a supplement
starts it again); Bộ luật Dân sự 2015 art. 147-148 (the first day is not counted; a month ends on its corresponding
day or its last; an end on a day off moves to the next working day). Steps hold codes: their sentences are in `texts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as changed
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Any

from onestop.clock import local
from onestop.rules.calendar import Calendar
from onestop.rules.errors import RuleBroken
from onestop.rules.procedure import Case, Channel, Limit, Procedure, Unit

CUTOFF = time(15)
"""A same-day dossier received later than this is given back on the next working day (the catalogue: "sau 15 giờ")."""
MOST_LINES = 8
"""An explanation is read at a glance beside the form: no more lines than this."""

_LONGEST = {Unit.WORKING_DAY: 1_500, Unit.DAY: 1_500, Unit.MONTH: 60, Unit.HOUR: 2_000}
_DAY = timedelta(days=1)


class HourKind(StrEnum):
    """Which hour of the due day is promised."""

    END_OF_DAY = "end-of-day"
    SAME_CLOCK = "same-clock"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class HourRule:
    """The office's setting for the hour of return; `at` goes with FIXED alone. Any hour is moved into office hours."""

    kind: HourKind = HourKind.END_OF_DAY
    at: time | None = None

    def __post_init__(self) -> None:
        if (self.kind is HourKind.FIXED) != (self.at is not None):
            raise ValueError("a fixed hour needs its time, the other rules have none")

    @classmethod
    def read(cls, text: str) -> HourRule:
        """The setting's text: `end-of-day`, `same-clock` or a time like "16:30". RuleBroken `setting.hour-rule`."""
        text = text.strip().lower()
        if text in (HourKind.END_OF_DAY, HourKind.SAME_CLOCK):
            return cls(HourKind(text))
        try:
            return cls(HourKind.FIXED, time.fromisoformat(text.zfill(5)).replace(second=0, microsecond=0))
        except ValueError as fault:
            raise RuleBroken("setting.hour-rule", field="hour", value=text) from fault

    def __str__(self) -> str:
        return f"{self.at:%H:%M}" if self.at else self.kind.value


END_OF_DAY = HourRule()
SAME_CLOCK = HourRule(HourKind.SAME_CLOCK)


class Regime(StrEnum):
    """What a supplement does to the limit."""

    RESTART = "restart"
    PAUSE = "pause"


class LimitSource(StrEnum):
    """Where the limit that counts was found. CLERK: asked and answered. UNKNOWN: nobody gives a unit,
    the clerk is asked."""

    CHANNEL = "channel"
    CASE = "case"
    PROCEDURE = "procedure"
    CLERK = "clerk"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the explanation: `texts.sentence(code, **details)` reads it. Details are JSON values."""

    date: date
    code: str
    details: dict[str, Any] = field(default_factory=dict)

    def to_plain(self) -> dict[str, Any]:
        """The JSON form in which a dossier keeps its steps."""
        return {"date": self.date.isoformat(), "code": self.code, "details": self.details}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Step:
        """The step that `to_plain` gave."""
        return cls(date.fromisoformat(plain["date"]), plain["code"], dict(plain.get("details") or {}))


@dataclass(frozen=True, slots=True)
class Deadline:
    """The promised instant (+07:00) and why. `steps` are at most `MOST_LINES` lines to read; `days` tell every day
    from acceptance to due day, in order, with the reasons beside the days they belong to.

    `due` None: either the law sets no date (`notice`), or `asks` is True and the clerk has to give number and unit.
    """

    due: datetime | None
    steps: tuple[Step, ...]
    asks: bool = False
    days: tuple[Step, ...] = ()

    @property
    def doubts(self) -> tuple[Step, ...]:
        """The lines that say the calendar is not certain: a year without a table, days computed but not announced."""
        return tuple(step for step in self.steps if step.code in _DOUBTS)


_DOUBTS = ("due.year-not-in-table", "due.days-unconfirmed")

Wait = tuple[datetime, datetime]
"""From the request for a supplement to its completion."""


def effective_limit(
    procedure: Procedure, case: Case | str | None, channel: Channel | None
) -> tuple[Limit, LimitSource]:
    """The limit that counts for this case and channel: the channel's where its unit is known, else the case's, else
    the procedure's own.

    Where none has a number with a unit: whatever number and rule text there are, without a unit, and UNKNOWN.
    KeyError for a case that the procedure does not have.
    """
    chosen = case if isinstance(case, Case) else procedure.case(case)
    terms = procedure.terms(channel) if channel else None
    found = (
        (terms.limit if terms else None, LimitSource.CHANNEL),
        (chosen.limit, LimitSource.CASE),
        (procedure.limit, LimitSource.PROCEDURE),
    )
    for limit, source in found:
        if limit is not None and _is_whole(limit):
            return limit, source
    present = [limit for limit, _ in found if limit is not None]
    number = next((limit.number for limit in present if limit.number), None)
    rule = next((limit.rule for limit in present if limit.rule), "")
    return Limit(number, None, rule), LimitSource.UNKNOWN


def _is_whole(limit: Limit) -> bool:
    if limit.unit in (Unit.SAME_DAY, Unit.NOTICE):
        return True
    return limit.unit is not None and bool(limit.number)


def count(
    received_at: datetime,
    limit: Limit,
    calendar: Calendar,
    hour: HourRule = END_OF_DAY,
    *,
    cutoff: time = CUTOFF,
    waits: Sequence[Wait] = (),
) -> Deadline:
    """When a dossier accepted at `received_at` is due under `limit`.

    `waits` (the pausing regime): stretches in which the office waited for the citizen. The day of the request is the
    first that is not counted, the day of completion is counted again.
    RuleBroken `limit.out-of-range` (number, unit, most) for a number that no law has.
    """
    return _Count(to_minute(received_at), limit, calendar, hour, cutoff, _tidy(waits)).deadline()


def restart(
    completed_at: datetime, limit: Limit, calendar: Calendar, hour: HourRule = END_OF_DAY, *, waits: Sequence[Wait] = ()
) -> Deadline:
    """The whole limit again from the moment the supplement was complete (NĐ 118/2025 art. 19.5)."""
    begun = count(completed_at, limit, calendar, hour, waits=waits)
    return changed(
        begun,
        steps=(changed(begun.steps[0], code="due.restarted"), *begun.steps[1:]),
        days=(changed(begun.days[0], code="day.restarted"), *begun.days[1:]),
    )


def pause(
    received_at: datetime, waits: Sequence[Wait], limit: Limit, calendar: Calendar, hour: HourRule = END_OF_DAY
) -> Deadline:
    """The limit from the acceptance, without the time spent waiting for supplements (before 1/7/2025, or where a
    special law keeps that way)."""
    return count(received_at, limit, calendar, hour, waits=waits)


def _tidy(waits: Sequence[Wait]) -> tuple[Wait, ...]:
    """In order, to the minute, overlapping ones joined. ValueError when one ends before it begins."""
    joined: list[Wait] = []
    for asked, completed in sorted((to_minute(asked), to_minute(completed)) for asked, completed in waits):
        if completed < asked:
            raise ValueError("a supplement was complete before it was asked for")
        if joined and asked <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], completed))
        else:
            joined.append((asked, completed))
    return tuple(joined)


def to_minute(moment: datetime) -> datetime:
    """As a receipt prints it: Vietnamese time to the minute, so that what is counted is what can be read."""
    return local(moment).replace(second=0, microsecond=0)


class _Kind(StrEnum):
    COUNTED = "counted"
    MAKE_UP = "make-up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    PAUSED = "paused"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class _Mark:
    """What happened to one day of the count. `minutes` is used by limits in hours alone."""

    date: date
    kind: _Kind
    number: int = 0
    name: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class _Count:
    """One count, from acceptance to due time."""

    received: datetime
    limit: Limit
    calendar: Calendar
    hour: HourRule
    cutoff: time
    waits: tuple[Wait, ...]

    def deadline(self) -> Deadline:
        limit = self.limit
        if limit.unit is Unit.NOTICE:
            return self._without_date("due.notice")
        if limit.unit is Unit.SAME_DAY:
            return self._same_day()
        if limit.unit is None:
            return self._without_date("due.unit-unknown", asks=True)
        if limit.number is None:
            return self._without_date("due.number-unknown", asks=True)
        if not 1 <= limit.number <= _LONGEST[limit.unit]:
            raise RuleBroken(
                "limit.out-of-range",
                field="limit_number",
                number=limit.number,
                unit=limit.unit.value,
                most=_LONGEST[limit.unit],
            )
        if limit.unit is Unit.WORKING_DAY:
            return self._days(limit.number, working=True)
        if limit.unit is Unit.DAY:
            return self._days(limit.number, working=False)
        if limit.unit is Unit.MONTH:
            return self._months(limit.number)
        return self._hours(limit.number)

    # -- the units

    def _without_date(self, code: str, asks: bool = False) -> Deadline:
        first = self._received()
        why = Step(first.date, code)
        return Deadline(None, (first, why), asks, (self._received("day.received"), why))

    def _same_day(self) -> Deadline:
        start = self.received
        for asked, completed in self.waits:
            if asked <= self._same_day_from(start)[0]:
                start = completed
        due, code = self._same_day_from(start)
        day, due_day = start.date(), due.date()
        marks = [self._off_mark(each) for each in _days_between(day + _DAY, due_day)]
        if due_day != day:
            marks.append(_Mark(due_day, _Kind.NEXT))
        waited = [_Mark(each, _Kind.PAUSED) for each in _days_between(self.received.date() + _DAY, day)]
        because = Step(day, code, {"cutoff": _clock(self.cutoff)})
        return self._finish(due, waited + marks, waited + marks, head=(because,))

    def _same_day_from(self, start: datetime) -> tuple[datetime, str]:
        """Due time of a dossier complete at `start`, and the code that says why."""
        day, calendar = start.date(), self.calendar
        if not calendar.is_working_day(day):
            code = "due.received-day-off"
        elif start >= calendar.closing(day):
            code = "due.received-after-hours"
        elif start.time() > self.cutoff:
            code = "due.after-cutoff"
        else:
            return self._same_day_hour(day, start), "due.same-day"
        return self._same_day_hour(calendar.next_working_day(day), start), code

    def _same_day_hour(self, due_day: date, start: datetime) -> datetime:
        """Closing, or the office's fixed hour where it has not gone by: "in the day" promises no clock time back."""
        closing = self.calendar.closing(due_day)
        if self.hour.at is None:
            return closing
        fixed = self.calendar.within_hours(due_day, self.hour.at)
        return fixed if fixed > start else closing

    def _days(self, number: int, working: bool, instead: tuple[Step, ...] = ()) -> Deadline:
        """Count `number` days from the day after acceptance, then move an end on a day off to the next working day.

        `instead`: lines that tell the counted days in other words.
        """
        marks: list[_Mark] = []
        day, counted = self.received.date(), 0
        while counted < number:
            day += _DAY
            if self._is_paused(day):
                marks.append(_Mark(day, _Kind.PAUSED))
            elif not working:
                counted += 1
                marks.append(_Mark(day, _Kind.COUNTED, counted))
            elif self.calendar.is_working_day(day):
                counted += 1
                marks.append(_Mark(day, self._worked(day), counted))
            else:
                marks.append(self._off_mark(day))
        told = [mark for mark in marks if mark.kind is _Kind.PAUSED] if instead else list(marks)
        tail = instead
        if not self.calendar.is_working_day(day):
            last, day = day, self.calendar.next_working_day(day)
            tail = (*instead, self._rolled(last, day))
            marks += [self._off_mark(each) for each in _days_between(last + _DAY, day)]
            marks.append(_Mark(day, _Kind.NEXT))
        return self._finish(self._hour_of(day), marks, told, tail=tail)

    def _months(self, number: int) -> Deadline:
        """To the corresponding day of the last month, or its last day where there is none (BLDS 2015 art. 148.3)."""
        start = self.received.date()
        month = start.month - 1 + number
        year, month = start.year + month // 12, month % 12 + 1
        length = ((date(year, month, 28) + timedelta(days=4)).replace(day=1) - _DAY).day
        end = date(year, month, min(start.day, length))
        lines = [Step(end, "due.months", {"count": number, "day": _day(end, start.year)})]
        if start.day > length:
            details = {"month": month, "number": start.day, "day": _day(end, start.year)}
            lines.insert(0, Step(end, "due.month-end", details))
        return self._days((end - start).days, working=False, instead=tuple(lines))

    def _hours(self, number: int) -> Deadline:
        """Through office hours of working days, less the time of waiting."""
        left = timedelta(hours=number)
        used: dict[date, timedelta] = {}
        due = self.received
        begun: datetime | None = None
        for first, last in self.calendar.working_intervals(self.received):
            for piece_first, piece_last in _without(first, last, self.waits):
                begun = begun or piece_first
                taken = min(left, piece_last - piece_first)
                used[piece_first.date()] = used.get(piece_first.date(), timedelta()) + taken
                due, left = piece_first + taken, left - taken
                if not left:
                    break
            if not left:
                break
        marks: list[_Mark] = []
        for day in _days_between(self.received.date(), due.date() + _DAY):
            if day in used:
                marks.append(_Mark(day, self._worked(day), minutes=int(used[day].total_seconds()) // 60))
            elif day == self.received.date():
                continue
            elif self.calendar.is_working_day(day):
                marks.append(_Mark(day, _Kind.PAUSED))
            else:
                marks.append(self._off_mark(day))
        head: tuple[Step, ...] = ()
        if begun is not None and begun != self.received:
            when = {"day": _day(begun.date(), self.received.year), "hour": _clock(begun.time())}
            head = (Step(begun.date(), "due.starts", when),)
        return self._finish(due, marks, marks, head=head)

    # -- the hour

    def _hour_of(self, day: date) -> datetime:
        if self.hour.kind is HourKind.END_OF_DAY:
            return self.calendar.closing(day)
        wanted = self.hour.at if self.hour.at is not None else self.received.time()
        return self.calendar.within_hours(day, wanted)

    # -- marks and steps

    def _is_paused(self, day: date) -> bool:
        return any(asked.date() <= day < completed.date() for asked, completed in self.waits)

    def _worked(self, day: date) -> _Kind:
        """A working day is an ordinary one, or worked because the table says so."""
        return _Kind.MAKE_UP if self.calendar.row(day) else _Kind.COUNTED

    def _off_mark(self, day: date) -> _Mark:
        why = self.calendar.why_off(day)
        if why is not None and why.code == "day.holiday":
            return _Mark(day, _Kind.HOLIDAY, name=why.details["name"])
        return _Mark(day, _Kind.WEEKEND if day.weekday() >= 5 else _Kind.CLOSED)

    def _received(self, code: str = "due.received") -> Step:
        day = self.received.date()
        return Step(day, code, {"day": _day(day, day.year), "hour": _clock(self.received.time())})

    def _rolled(self, last: date, due_day: date) -> Step:
        year = self.received.year
        details = {"day": _day(last, year), "to": _day(due_day, year)}
        mark = self._off_mark(last)
        if mark.kind is _Kind.HOLIDAY:
            return Step(last, "due.rolled-holiday", {**details, "name": mark.name})
        return Step(last, "due.rolled", details)

    def _finish(
        self,
        due: datetime,
        marks: list[_Mark],
        told: list[_Mark],
        head: tuple[Step, ...] = (),
        tail: tuple[Step, ...] = (),
    ) -> Deadline:
        """`marks` are all days; `told` are those that the lines tell, as finely as there is room for."""
        first, doubts = self._received(), self._doubts(due.date())
        room = MOST_LINES - 1 - len(head) - len(tail) - len(doubts)
        lines: list[Step] = []
        for detail in _Detail:
            lines = _lines(told, self.received.year, detail)
            if len(lines) <= room:
                break
        days = (self._received("day.received"), *head, *(_day_step(mark) for mark in marks), *tail, *doubts)
        steps = (first, *head, *lines, *tail, *doubts)
        return Deadline(due, steps, False, tuple(sorted(days, key=lambda step: step.date)))

    def _doubts(self, due_day: date) -> tuple[Step, ...]:
        """What the calendar does not know for certain between acceptance and due day: never passed over in silence."""
        span = list(_days_between(self.received.date(), due_day + _DAY))
        bare = sorted({day.year for day in span if not self.calendar.covers(day.year)})
        doubts: list[Step] = []
        unsure = [
            day
            for day in span
            if self.calendar.covers(day.year) and (row := self.calendar.row(day)) is not None and not row.confirmed
        ]
        if unsure:
            doubts.append(Step(unsure[0], "due.days-unconfirmed", {"days": _runs(unsure, self.received.year)}))
        if bare:
            years = ", ".join(str(year) for year in bare)
            begins = max(date(bare[0], 1, 1), self.received.date())
            doubts.append(Step(begins, "due.year-not-in-table", {"years": years}))
        return tuple(doubts)


def _without(first: datetime, last: datetime, waits: Sequence[Wait]) -> Iterable[Wait]:
    """The parts of a stretch that lie in no wait."""
    for asked, completed in waits:
        if completed <= first or asked >= last:
            continue
        if first < asked:
            yield first, asked
        first = completed
        if first >= last:
            return
    yield first, last


class _Detail(StrEnum):
    """How much is told: every weekend; only what is special; all counted days and all days off in a line each."""

    FINE = "fine"
    MEDIUM = "medium"
    COARSE = "coarse"


def _lines(marks: list[_Mark], year: int, detail: _Detail) -> list[Step]:
    """The days in lines: like days in a row make one line."""
    if detail is _Detail.COARSE:
        return _coarse(marks, year)
    if detail is _Detail.MEDIUM:
        marks = [mark for mark in marks if mark.kind is not _Kind.WEEKEND]

    def alike(mark: _Mark) -> object:
        # A limit in hours tells each day's own; where lines are short, days with as many hours go together.
        return mark.kind, mark.name, mark.date if mark.minutes and detail is _Detail.FINE else mark.minutes

    lines = (_line(list(run), year) for _, run in groupby(marks, key=alike))
    return [line for line in lines if line is not None]


def _coarse(marks: list[_Mark], year: int) -> list[Step]:
    by_kind: dict[_Kind, list[_Mark]] = {}
    for mark in marks:
        kind = _Kind.COUNTED if mark.kind is _Kind.MAKE_UP else mark.kind
        by_kind.setdefault(_Kind.HOLIDAY if kind is _Kind.CLOSED else kind, []).append(changed(mark, kind=kind))
    lines: list[Step] = []
    if off := by_kind.get(_Kind.HOLIDAY):
        lines.append(Step(off[0].date, "due.days-off", {"days": _runs([mark.date for mark in off], year)}))
    told = (_line(by_kind[kind], year) for kind in (_Kind.PAUSED, _Kind.COUNTED) if kind in by_kind)
    lines += [line for line in told if line is not None]
    return sorted(lines, key=lambda step: step.date)


def _line(run: list[_Mark], year: int) -> Step | None:
    first, kind = run[0], run[0].kind
    dates = [mark.date for mark in run]
    if kind is _Kind.NEXT:
        return None
    if kind is _Kind.HOLIDAY:
        return Step(first.date, "due.holiday", {"days": _span(dates, year), "name": first.name})
    if kind in (_Kind.WEEKEND, _Kind.CLOSED, _Kind.PAUSED):
        return Step(first.date, f"due.{kind.value}", {"days": _span(dates, year)})
    if minutes := sum(mark.minutes for mark in run):
        hours, rest = divmod(minutes, 60)
        code = "due.hours-and-minutes" if hours and rest else "due.hours" if hours else "due.minutes"
        return Step(first.date, code, {"days": _span(dates, year), "hours": hours, "minutes": rest})
    if kind is _Kind.MAKE_UP:
        return Step(first.date, "due.make-up", {"days": _span(dates, year), "count": len(run)})
    whole = all(later - earlier == _DAY for earlier, later in pairwise(dates))
    code = "due.days" if whole or _is_near(dates) else "due.days-with-gaps"
    return Step(first.date, code, {"days": _span(dates, year), "count": len(run)})


def _day_step(mark: _Mark) -> Step:
    if mark.kind is _Kind.WEEKEND:
        return Step(mark.date, "day.saturday" if mark.date.weekday() == 5 else "day.sunday")
    if mark.kind is _Kind.HOLIDAY:
        return Step(mark.date, "day.holiday", {"name": mark.name})
    if mark.minutes:
        hours, rest = divmod(mark.minutes, 60)
        code = "day.hours-and-minutes" if hours and rest else "day.hours" if hours else "day.minutes"
        return Step(mark.date, code, {"hours": hours, "minutes": rest})
    if mark.kind in (_Kind.COUNTED, _Kind.MAKE_UP):
        return Step(mark.date, f"day.{mark.kind.value}", {"number": mark.number})
    return Step(mark.date, f"day.{mark.kind.value}")


def _days_between(first: date, end: date) -> Iterable[date]:
    """The days from `first` up to but not `end`."""
    while first < end:
        yield first
        first += _DAY


# -- days and hours as they stand in a sentence: 23/11, 4/1/2027 in another year than the acceptance's, 9:05


def _day(day: date, year: int) -> str:
    return f"{day.day}/{day.month}" if day.year == year else f"{day.day}/{day.month}/{day.year}"


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02}"


def _span(dates: Sequence[date], year: int) -> str:
    """Days of one line: "25, 26, 27/11" while they are few and of one month, else first and last."""
    first, last = dates[0], dates[-1]
    if first == last:
        return _day(first, year)
    if _is_near(dates):
        return ", ".join([*(str(day.day) for day in dates[:-1]), _day(last, year)])
    shown = _day(first, last.year if first.year == last.year else year)
    return f"{shown} – {_day(last, year)}"


def _is_near(dates: Sequence[date]) -> bool:
    """Few enough, and of one month, to be named one by one."""
    return len(dates) <= 3 and (dates[0].year, dates[0].month) == (dates[-1].year, dates[-1].month)


def _runs(dates: Sequence[date], year: int) -> str:
    """Any days: runs of neighbours, each as a span."""
    runs: list[list[date]] = []
    for day in dates:
        if runs and day - runs[-1][-1] == _DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return "; ".join(_span(run, year) for run in runs)
