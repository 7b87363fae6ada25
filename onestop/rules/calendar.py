"""The office's calendar: which days are worked, which are off and why, and the arithmetic of office time.

Dates and hours are civil ones of Viet Nam (+07:00); an instant may come in any zone and goes out in +07:00. The dated
table of days off and make-up days is data (`resources/catalogue/holidays.toml`), read by `read_days`.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any
from unicodedata import normalize

from onestop.clock import VIETNAM, local
from onestop.rules import why
from onestop.rules.errors import Remark, RuleBroken

Session = tuple[time, time]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ORDINARY: tuple[Session, ...] = ((time(7), time(11, 30)), (time(13, 30), time(17)))

_DAY = timedelta(days=1)
_FARTHEST = 3660  # days looked ahead for a working day; a table without one in ten years is a mistake, not a calendar


class DayKind(StrEnum):
    """What the table says of a day: off (holiday, its make-up, a swapped day) or work (a make-up Saturday)."""

    OFF = "off"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class DayOff:
    """One row of the table. `name` reads on after the word "nghỉ"; `confirmed` False = computed, no notice read."""

    date: date
    kind: DayKind
    name: str
    source: str = ""
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The hours of each weekday, Monday first, and which weekdays count as working days.

    An office may receive on a weekday that is not counted (police residence procedures on Saturday morning): citizens
    are served then, but a limit in working days neither uses that day up nor ends on it.
    RuleBroken `hours.bad` (weekday) or `hours.none`.
    """

    sessions: tuple[tuple[Session, ...], ...] = (ORDINARY,) * 5 + ((), ())
    counted: frozenset[int] = frozenset(range(5))

    def __post_init__(self) -> None:
        if len(self.sessions) != 7 or not self.counted <= set(range(7)):
            raise RuleBroken("hours.bad", weekday="")
        for weekday, sessions in enumerate(self.sessions):
            ends = [moment for session in sessions for moment in session]
            if any(later <= earlier for earlier, later in pairwise(ends)):
                raise RuleBroken("hours.bad", weekday=WEEKDAYS[weekday])
        if not any(self.sessions[weekday] for weekday in self.counted):
            raise RuleBroken("hours.none")

    @property
    def ordinary(self) -> tuple[Session, ...]:
        """The hours of an ordinary day, which a make-up day has: those that most counted weekdays share."""
        worked = [self.sessions[weekday] for weekday in sorted(self.counted) if self.sessions[weekday]]
        return Counter(worked).most_common(1)[0][0]

    def with_day(self, weekday: int, *sessions: Session, counted: bool | None = None) -> OfficeHours:
        """The same hours but for `weekday` (Monday 0). `counted` None leaves it a working day or not, as it was."""
        hours = (*self.sessions[:weekday], sessions, *self.sessions[weekday + 1 :])
        if counted is None:
            return OfficeHours(hours, self.counted)
        return OfficeHours(hours, self.counted | {weekday} if counted else self.counted - {weekday})


def read_hours(plain: Mapping[str, Any]) -> OfficeHours:
    """Hours from {"mon": ["07:00-11:30", "13:30-17:00"], …, "counted": ["mon", …]}; a weekday not named is closed.

    Without `counted`, Monday to Friday count where they have hours. RuleBroken `hours.bad` (weekday), `hours.none`.
    """
    sessions: list[tuple[Session, ...]] = []
    for name in WEEKDAYS:
        try:
            sessions.append(tuple(_session(text) for text in plain.get(name) or ()))
        except (TypeError, ValueError, AttributeError) as fault:
            raise RuleBroken("hours.bad", weekday=name) from fault
    if unknown := set(plain) - {*WEEKDAYS, "counted"}:
        raise RuleBroken("hours.bad", weekday=sorted(unknown)[0])
    counted = plain.get("counted", WEEKDAYS[:5])
    if not set(counted) <= set(WEEKDAYS):
        raise RuleBroken("hours.bad", weekday="counted")
    return OfficeHours(tuple(sessions), frozenset(WEEKDAYS.index(name) for name in counted))


def hours_to_plain(hours: OfficeHours) -> dict[str, list[str]]:
    """The JSON form that `read_hours` reads."""
    plain = {
        name: [f"{start:%H:%M}-{end:%H:%M}" for start, end in sessions]
        for name, sessions in zip(WEEKDAYS, hours.sessions, strict=True)
        if sessions
    }
    return {**plain, "counted": [WEEKDAYS[weekday] for weekday in sorted(hours.counted)]}


def _session(text: str) -> Session:
    start, end = (time.fromisoformat(part.strip().zfill(5)) for part in text.replace("–", "-").split("-"))
    return start, end


def read_days(toml_text: str) -> tuple[DayOff, ...]:
    """The table from TOML: `[[day]]` with date, kind, name, source, confirmed. Ascending by date.

    RuleBroken `holidays.unreadable` (reason), `holidays.bad-row` (row, field), `holidays.duplicate` (day).
    """
    try:
        plain = tomllib.loads(toml_text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as fault:
        raise RuleBroken("holidays.unreadable", reason=why.of_text(fault)) from fault
    rows = plain.get("day", [])
    if not isinstance(rows, list):
        raise RuleBroken("holidays.unreadable", reason={"code": "why.no-days"})
    return days_from_plain(rows)


def days_from_plain(rows: Iterable[Mapping[str, Any]]) -> tuple[DayOff, ...]:
    """The table from plain values (dates as ISO text or dates). The same troubles as `read_days`."""
    days: dict[date, DayOff] = {}
    for number, row in enumerate(rows, start=1):
        day = _day_off(number, row)
        if day.date in days:
            raise RuleBroken("holidays.duplicate", day=_short(day.date))
        days[day.date] = day
    return tuple(days[each] for each in sorted(days))


def days_to_plain(days: Iterable[DayOff]) -> list[dict[str, Any]]:
    """JSON values of a table, as `days_from_plain` reads them."""
    return [
        {
            "date": each.date.isoformat(),
            "kind": each.kind.value,
            "name": each.name,
            "source": each.source,
            "confirmed": each.confirmed,
        }
        for each in days
    ]


def _day_off(number: int, row: Mapping[str, Any]) -> DayOff:
    def bad(key: str) -> RuleBroken:
        return RuleBroken("holidays.bad-row", row=number, field=key)

    if not isinstance(row, Mapping):
        raise bad("date")
    day = row.get("date")
    if isinstance(day, str):
        try:
            day = date.fromisoformat(day.strip())
        except ValueError as fault:
            raise bad("date") from fault
    if isinstance(day, datetime) or not isinstance(day, date):
        raise bad("date")
    try:
        kind = DayKind(row.get("kind", DayKind.OFF))
    except ValueError as fault:
        raise bad("kind") from fault
    name = normalize("NFC", str(row.get("name") or "")).strip()
    if not name:
        raise bad("name")
    confirmed = row.get("confirmed", False)
    if not isinstance(confirmed, bool):
        raise bad("confirmed")
    return DayOff(day, kind, name, normalize("NFC", str(row.get("source") or "")).strip(), confirmed)


@dataclass(frozen=True)
class Calendar:
    """An office's hours with the table of days off and make-up days; of two rows for a day the later one stands.

    A year whose Tết is not in the table has no table: there only weekends and the holidays of a fixed date are
    off (`covers` is False, and whoever counts through such a year has to say so).
    """

    hours: OfficeHours = OfficeHours()
    days: tuple[DayOff, ...] = ()
    _table: dict[date, DayOff] = field(init=False, repr=False, compare=False)
    _years: frozenset[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_table", {each.date: each for each in self.days})
        object.__setattr__(self, "_years", frozenset(each.date.year for each in self.days if _in_tet_season(each)))

    def covers(self, year: int) -> bool:
        """Whether the table holds the holidays of `year` (its Tết is there)."""
        return year in self._years

    def row(self, day: date) -> DayOff | None:
        """What is known of `day` beyond its weekday: a row of the table, or a holiday of fixed date in a year
        without a table."""
        found = self._table.get(day)
        if found is None and not self.covers(day.year):
            found = _fixed(day, self.hours)
        return found

    def is_working_day(self, day: date) -> bool:
        """Whether `day` counts as a working day (ngày làm việc)."""
        row = self.row(day)
        if row is not None:
            return row.kind is DayKind.WORK
        return day.weekday() in self.hours.counted and bool(self.hours.sessions[day.weekday()])

    def why_off(self, day: date) -> Remark | None:
        """Why `day` is no working day: `day.holiday` (name, source, confirmed), `day.saturday`, `day.sunday`,
        `day.closed`; None on a working day."""
        if self.is_working_day(day):
            return None
        row = self.row(day)
        if row is not None:
            return Remark("day.holiday", {"name": row.name, "source": row.source, "confirmed": row.confirmed})
        return Remark({5: "day.saturday", 6: "day.sunday"}.get(day.weekday(), "day.closed"))

    def working_day_from(self, day: date) -> date:
        """`day` itself, or else the first working day after it."""
        for _ in range(_FARTHEST):
            if self.is_working_day(day):
                return day
            day += _DAY
        raise RuleBroken("calendar.no-working-day", day=_short(day))

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return self.working_day_from(day + _DAY)

    def add_working_days(self, day: date, number: int) -> date:
        """The `number`-th working day after `day`, which is not counted itself (BLDS 2015 art. 147.2). 0 = `day`."""
        for _ in range(number):
            day = self.next_working_day(day)
        return day

    def sessions(self, day: date) -> tuple[Session, ...]:
        """The hours in which the office serves on `day`, in order; () when it is shut.

        A make-up day has the hours of an ordinary day; a weekday of reception alone keeps its own.
        """
        row = self.row(day)
        if row is not None and row.kind is DayKind.OFF:
            return ()
        own = self.hours.sessions[day.weekday()]
        if row is None or (own and day.weekday() in self.hours.counted):
            return own
        return self.hours.ordinary

    def is_open(self, moment: datetime) -> bool:
        """Whether the office is serving at `moment` (the closing minute itself is outside)."""
        here = local(moment)
        return any(start <= here.time() < end for start, end in self.sessions(here.date()))

    def opening(self, day: date) -> datetime:
        """The instant at which `day` opens. ValueError on a day that is shut."""
        return _at(day, self._served(day)[0][0])

    def closing(self, day: date) -> datetime:
        """The instant at which `day` closes. ValueError on a day that is shut."""
        return _at(day, self._served(day)[-1][1])

    def within_hours(self, day: date, wanted: time) -> datetime:
        """`wanted` on `day`, moved into office hours: to the opening, to the end of the lunch break, or back to the
        closing. ValueError on a day that is shut."""
        for start, end in self._served(day):
            if wanted <= start:
                return _at(day, start)
            if wanted <= end:
                return _at(day, wanted)
        return self.closing(day)

    def working_intervals(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Stretches of office time of working days, from `start` on, without end."""
        here = local(start)
        day = here.date()
        while True:
            day = self.working_day_from(day)
            for opens, closes in self.sessions(day):
                first, last = max(_at(day, opens), here), _at(day, closes)
                if first < last:
                    yield first, last
            day += _DAY

    def add_working_minutes(self, moment: datetime, minutes: int) -> datetime:
        """The instant at which `minutes` of office time have passed since `moment`; 0 = when office time next runs."""
        left = timedelta(minutes=minutes)
        for first, last in self.working_intervals(moment):
            if left <= last - first:
                return first + left
            left -= last - first
        raise AssertionError("office time has no end")

    def working_minutes(self, start: datetime, end: datetime) -> int:
        """Whole minutes of office time between two instants; 0 when `end` is not after `start`."""
        until, total = local(end), timedelta()
        if until <= local(start):
            return 0
        for first, last in self.working_intervals(start):
            if first >= until:
                break
            total += min(last, until) - first
        return int(total.total_seconds()) // 60

    def _served(self, day: date) -> tuple[Session, ...]:
        sessions = self.sessions(day)
        if not sessions:
            raise ValueError(f"the office is shut on {day}")
        return sessions


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, VIETNAM)


def _short(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _in_tet_season(row: DayOff) -> bool:
    """Mùng một falls between 21 January and 20 February; the notice frees some days on either side."""
    return row.kind is DayKind.OFF and date(row.date.year, 1, 15) <= row.date <= date(row.date.year, 2, 28)


# Bộ luật Lao động 2019 art. 112.1; 24/11 by Nghị quyết 28/2026/QH16 art. 2. Tết, Giỗ Tổ (lunar) and the second
# day of Quốc khánh (by notice) cannot be told from the date. Last: whether it is made up when on a weekly day off
# (art. 111.3); for 24/11 the resolution as known says it is not moved.
_FIXED: tuple[tuple[int, int, int, str, bool], ...] = (
    (1, 1, 1, "Tết Dương lịch", True),
    (4, 30, 1, "Ngày Chiến thắng", True),
    (5, 1, 1, "Quốc tế Lao động", True),
    (9, 2, 1, "Quốc khánh", True),
    (11, 24, 2026, "Ngày Văn hóa Việt Nam", False),
)
_SOURCE = "Bộ luật Lao động 2019, Điều 111.3 và 112"


def _fixed(day: date, hours: OfficeHours) -> DayOff | None:
    """The holiday of fixed date on `day`, or the day off that makes one up (art. 111.3: the next working day)."""
    holidays = {date(day.year, m, d): (name, moved) for m, d, since, name, moved in _FIXED if day.year >= since}
    if day in holidays:
        return DayOff(day, DayKind.OFF, holidays[day][0], _SOURCE, confirmed=False)
    taken: set[date] = set(holidays)
    for holiday in sorted(holidays):
        name, moved = holidays[holiday]
        if not moved or holiday.weekday() in hours.counted:
            continue
        substitute = holiday
        while substitute in taken or substitute.weekday() not in hours.counted:
            substitute += _DAY
        taken.add(substitute)
        if substitute == day:
            return DayOff(day, DayKind.OFF, f"bù {name}", _SOURCE, confirmed=False)
    return None
