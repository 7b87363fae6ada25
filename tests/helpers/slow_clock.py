"""The clocks of a dossier reckoned slowly: one minute after the other, or one day where the law counts days.

Imports nothing from the project and shares nothing with it but plain values: the office's hours as minutes of the day,
the table of days as dates, an hour rule as a text. Written from the law (NĐ 118/2025/NĐ-CP, BLDS 2015 art. 147-148), so
that two reckonings which agree agree on the law and not on a mistake.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

HERE = timezone(timedelta(hours=7))
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
Wait = tuple[datetime, datetime]

RESTARTS_SINCE = date(2025, 7, 1)
"""From this day of receipt on a supplement lets the limit begin anew; before it the days of waiting are left out."""


def minute(moment: datetime) -> datetime:
    """On a Vietnamese clock, without the seconds that no receipt prints."""
    return moment.astimezone(HERE).replace(second=0, microsecond=0)


@dataclass(frozen=True)
class SlowClock:
    """An office that serves Monday to Friday. `hours`: first and last minute of each stretch of the day; `off` and
    `work`: the table; `hour`: "end-of-day", "same-clock" or "16:30"."""

    hours: tuple[tuple[int, int], ...]
    off: Collection[date]
    work: Collection[date]
    hour: str = "end-of-day"

    # -- the office

    def works(self, day: date) -> bool:
        """Whether it is a working day."""
        return day in self.work or (day.weekday() < 5 and day not in self.off)

    def serves(self, moment: datetime) -> bool:
        """Whether the minute that begins at `moment` is one of the office's."""
        now = moment.hour * 60 + moment.minute
        return any(first <= now < last for first, last in self.hours) and self.works(moment.date())

    def opening(self, day: date) -> datetime:
        """The first minute of a working day."""
        moment = midnight(day)
        while not self.serves(moment):
            moment += MINUTE
        return moment

    def closing(self, day: date) -> datetime:
        """The end of the last minute of a working day."""
        moment = midnight(day + DAY)
        while not self.serves(moment - MINUTE):
            moment -= MINUTE
        return moment

    def next_working(self, day: date) -> date:
        """The first working day after `day`."""
        day += DAY
        while not self.works(day):
            day += DAY
        return day

    def working_before(self, day: date, count: int = 1) -> date:
        """The `count`-th working day before `day`."""
        while count:
            day -= DAY
            count -= self.works(day)
        return day

    def moved_into_hours(self, day: date, wanted: time) -> datetime:
        """`wanted`, or the next minute at which somebody is there; the closing where nobody comes any more."""
        moment, last = datetime.combine(day, wanted, HERE), self.closing(day)
        while moment < last and not (self.serves(moment) or self.serves(moment - MINUTE)):
            moment += MINUTE
        return min(moment, last)

    def after_minutes(self, start: datetime, count: int, waits: Sequence[Wait] = ()) -> datetime:
        """When so many minutes of the office have passed, none of them in a wait."""
        moment = start
        while count:
            waiting = any(asked <= moment < done for asked, done in waits)
            count -= self.serves(moment) and not waiting
            moment += MINUTE
        return moment

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Minutes of the office from one moment to the other."""
        count, moment = 0, start
        while moment < end:
            count += self.serves(moment)
            moment += MINUTE
        return count

    # -- the deadline

    def due(self, start: datetime, number: int, unit: str, waits: Sequence[Wait] = ()) -> datetime | None:
        """When what was received at `start` has to be ready; None where the law sets no date."""
        start, waits = minute(start), [(minute(asked), minute(done)) for asked, done in waits]
        if unit == "notice":
            return None
        if unit == "same-day":
            return self._same_day(start, waits)
        if unit == "hour":
            return self.after_minutes(start, number * 60, waits)
        if unit == "month":
            number = (months_after(start.date(), number) - start.date()).days
        day = start.date()
        while number:
            day += DAY
            waiting = any(asked.date() <= day < done.date() for asked, done in waits)
            number -= not waiting and (unit != "working-day" or self.works(day))
        while not self.works(day):
            day += DAY
        if self.hour == "end-of-day":
            return self.closing(day)
        return self.moved_into_hours(day, start.time() if self.hour == "same-clock" else self._fixed())

    def _fixed(self) -> time:
        hours, minutes = self.hour.split(":")
        return time(int(hours), int(minutes))

    def _same_day(self, start: datetime, waits: Sequence[Wait]) -> datetime:
        """The day itself until 15:00, else the next working day; asked within the time, it begins when all is there."""
        for asked, done in waits:
            if asked <= self._same_day(start, ()):
                start = done
        day = start.date()
        if not self.works(day) or start >= self.closing(day) or (start.hour, start.minute) > (15, 0):
            day = self.next_working(day)
        if ":" in self.hour:
            fixed = self.moved_into_hours(day, self._fixed())
            if fixed > start:
                return fixed
        return self.closing(day)

    def due_after_supplements(
        self, received: datetime, waits: Sequence[Wait], paid: Sequence[Wait], number: int, unit: str
    ) -> datetime | None:
        """When it is due once the last supplement is complete and the last sum paid: no time is counted in which money
        was waited for."""
        if received.astimezone(HERE).date() < RESTARTS_SINCE or not waits:
            return self.due(received, number, unit, sorted([*waits, *paid]))
        begun = waits[-1][1]
        return self.due(begun, number, unit, [each for each in paid if each[0] >= begun])

    # -- the other clocks

    def completed_until(self, asked: datetime) -> date | None:
        """The last of the 15 days; no text sets any for what was asked for before 1/7/2025."""
        day = asked.astimezone(HERE).date()
        if day < RESTARTS_SINCE:
            return None
        day += 15 * DAY
        return day if self.works(day) else self.next_working(day)

    def asked_late(self, received: datetime, asked: datetime, days: int) -> bool:
        """Whether more than so many working days have begun since the day of receipt."""
        day, begun = received.astimezone(HERE).date(), 0
        while day < asked.astimezone(HERE).date():
            day += DAY
            begun += self.works(day)
        return begun > days or (begun == days and not self.works(day))

    def answered_until(self, submitted: datetime) -> datetime:
        """The end of the 8 working hours."""
        return self.after_minutes(minute(submitted), 8 * 60)

    def apology_until(self, due: datetime) -> datetime:
        """The last moment of the office before the day on which it is due."""
        moment = midnight(due.astimezone(HERE).date())
        while not self.serves(moment - MINUTE):
            moment -= MINUTE
        return moment

    def warns(self, start: datetime, due: datetime, number: int, unit: str) -> datetime:
        """When the deadline begins to warn: 2 hours before closing on the day itself; at half of the office's time
        where the limit has no more than 3 days; else at the opening of the second working day before."""
        start, due = minute(start), minute(due)
        if unit == "same-day" or start.date() == due.date():
            return max(start, min(due, self.closing(due.date())) - 120 * MINUTE)
        if (unit in ("working-day", "day") and number <= 3) or (unit == "hour" and number <= 24):
            half = self.minutes_between(start, due) // 2
            return self.after_minutes(start, half) if half else start
        return max(start, self.opening(self.working_before(due.date(), 2)))


def midnight(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time(), HERE)


def months_after(day: date, count: int) -> date:
    """The same day of a later month, or that month's last one."""
    end, wanted = day, day.day
    while count:
        end = end.replace(day=1) + 32 * DAY
        end = end.replace(day=1)
        count -= 1
    while end.day < wanted and (end + DAY).month == end.month:
        end += DAY
    return end
