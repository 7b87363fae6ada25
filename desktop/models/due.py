"""A return date in the words people use: "hôm nay 16:00", "quá hạn 2 ngày", with the exact time beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from onestop import clock
from onestop.rules.clocks import Answer, Standing
from onestop.texts import _

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTES = 60
"""Of an hour."""


@dataclass(frozen=True, slots=True)
class Due:
    """`text` for the eye, `tone` a colour token ("danger", "warning", "good", "quiet" or "ink"), `icon` of that state
    ("" = none), `exact` for the tooltip and the screen reader."""

    text: str
    tone: str
    icon: str
    exact: str


def hour(moment: datetime) -> str:
    """ "16:30", "9:05" on a Vietnamese clock."""
    there = clock.local(moment)
    return f"{there.hour}:{there.minute:02}"


def date(moment: datetime) -> str:
    """ "23/11/2026"."""
    return f"{clock.local(moment):%d/%m/%Y}"


def weekday(moment: datetime) -> str:
    """ "Thứ Hai" … "Chủ nhật" in the language in use."""
    names = (_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ nhật"))
    return names[clock.local(moment).weekday()]


def exact(moment: datetime) -> str:
    """ "17:00 Thứ Sáu 27/11/2026"."""
    return f"{hour(moment)} {weekday(moment)} {date(moment)}"


def words(due: datetime | None, now: datetime, finished: datetime | None = None) -> Due:
    """How the list says it.

    `due` None: the procedure has no return date. `finished`: when the result was ready; then only late or not counts.
    Days overdue are calendar days between the two dates; on the day itself hours are said.
    """
    if due is None:
        return Due(_("không hẹn ngày"), "quiet", "", _("Thủ tục này không hẹn ngày trả"))
    precise = exact(due)
    if finished is not None:
        if finished <= due:
            return Due(_("đã xong"), "good", "circle-check", precise)
        return Due(_("xong, trễ hạn"), "danger", "circle-alert", precise)
    there, here = clock.local(due), clock.local(now)
    days = (there.date() - here.date()).days
    if due < now:
        if days == 0:
            hours = int((now - due) / HOUR)
            text = _("quá hạn {hours} giờ").format(hours=hours) if hours else _("vừa quá hạn")
        else:
            text = _("quá hạn {days} ngày").format(days=-days)
        return Due(text, "danger", "circle-alert", precise)
    if days == 0:
        return Due(_("hôm nay {hour}").format(hour=hour(due)), "warning", "clock", precise)
    if days == 1:
        return Due(_("ngày mai {hour}").format(hour=hour(due)), "ink", "", precise)
    if there.year == here.year:
        return Due(f"{there:%d/%m}", "ink", "", precise)
    return Due(date(due), "ink", "", precise)


def waiting(until: str, now: datetime) -> Due:
    """How the list says until when a supplement is waited for; `until` an ISO date, the last day of it."""
    day = datetime.fromisoformat(until).date()
    days = (clock.local(now).date() - day).days
    precise = _("chờ bổ sung đến hết {day}").format(day=f"{day:%d/%m/%Y}")
    if days > 0:
        return Due(_("quá hạn {days} ngày").format(days=days), "danger", "circle-alert", precise)
    if days == 0:
        return Due(_("bổ sung: hôm nay"), "warning", "clock", precise)
    return Due(_("bổ sung: {day}").format(day=f"{day:%d/%m}"), "ink", "", precise)


def answering(answer: Answer) -> Due:
    """How the list says until when an online dossier is answered: working hours, the last of them in minutes."""
    minutes = abs(answer.left)
    late = answer.standing is Standing.PAST
    if minutes >= MINUTES:
        text = (_("trễ {hours} giờ") if late else _("còn {hours} giờ")).format(hours=minutes // MINUTES)
    elif late:
        text = _("vừa quá hạn")
    else:
        text = _("còn {minutes} phút").format(minutes=max(1, minutes))
    tone, icon = {
        Standing.CALM: ("ink", ""),
        Standing.SOON: ("warning", "clock"),
        Standing.PAST: ("danger", "circle-alert"),
    }[answer.standing]
    return Due(text, tone, icon, _("trả lời trước {at}").format(at=exact(answer.until)))


def waited(since: datetime, now: datetime, most: int) -> Due:
    """How long something has waited, in calendar days; more than `most` of them need somebody's eye."""
    days = (clock.local(now).date() - clock.local(since).date()).days
    text = _("{days} ngày").format(days=days) if days else _("hôm nay")
    late = days > most
    precise = _("từ {at}").format(at=exact(since))
    return Due(text, "warning" if late else "ink", "clock" if late else "", precise)


def left(due: datetime, now: datetime) -> str:
    """How much is left until `due`: "còn 2 giờ", "còn 3 ngày"; "" once it has passed."""
    if due <= now:
        return ""
    if due - now >= DAY:
        return _("còn {days} ngày").format(days=int((due - now) / DAY))
    hours = int((due - now) / HOUR)
    if hours:
        return _("còn {hours} giờ").format(hours=hours)
    return _("còn {minutes} phút").format(minutes=max(1, int((due - now).total_seconds() // 60)))
