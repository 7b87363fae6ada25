"""What a clerk has on his desk, as lines of Hôm nay: given to him, held by him, still at the counter too long; whose
leave is over."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from desktop.models import dossier_words as words
from desktop.models import due
from desktop.views.home_item import Item
from desktop.views.wording import grouped
from onestop import clock
from onestop.queries.desk_day import DeskDay
from onestop.queries.dossiers import DossierRow
from onestop.rules.absence import said_days
from onestop.rules.roles import Permission
from onestop.texts import _


def in_hands(
    desk: DeskDay,
    open_list: Callable[[str], Callable[[], Any]],
    may: Callable[[Permission], bool],
    go: Callable[..., Any],
    back: Callable[[str], Any],
) -> list[Item]:
    """The lines, the most urgent first; `open_list(group)` opens a list, `back(login)` ends that clerk's leave."""
    items: list[Item] = []
    if not may(Permission.MOVE):
        return items
    if desk.away is not None:
        note = _("{deputy} đang giữ hồ sơ thay bạn.").format(deputy=desk.away.deputy)
        answers = ((_("Trở lại làm việc"), partial(back, desk.away.login)),)
        items.append(Item("calendar-clock", "warning", _("Bạn đang được ghi là nghỉ"), note, answers=answers))
    if desk.first_for_me is not None:
        title = _("{count} hồ sơ chờ bạn nhận").format(count=grouped(desk.for_me))
        note = f"{_about(desk.first_for_me)} · " + _("kiểm đếm rồi nhận (F7)")
        items.append(Item("inbox", "warning", title, note, open_list("for-me")))
    if desk.first_to_forward is not None:
        title = _("{count} hồ sơ chưa chuyển cho người giải quyết").format(count=grouped(desk.to_forward))
        row = desk.first_to_forward
        since = _("nhận lúc {at}").format(at=words.moment(row.received_at, clock.now()))
        what = _("giấy chuyển trong ngày, nhận sau 15 giờ thì đầu ngày làm việc sau")
        note = f"{row.procedure_name} · {row.owner_name} · {since} · {what}"
        items.append(Item("arrow-right", "warning", title, note, open_list("to-forward")))
    if desk.first_holding is not None:
        title = _("Bạn đang giữ {count} hồ sơ").format(count=grouped(desk.holding))
        items.append(Item("folder", "quiet", title, _about(desk.first_holding), open_list("holding")))
    for leave in desk.over if may(Permission.DELEGATE) else ():
        title = _("{name} hết thời gian nghỉ").format(name=leave.clerk)
        days = said_days(leave.from_day, leave.until_day)
        note = _("Nghỉ {days}, {deputy} thay. Trở lại làm việc thì hồ sơ còn lại trở về.").format(
            days=days, deputy=leave.deputy
        )
        items.append(Item("users", "warning", title, note, partial(go, "settings", group="leaves"), key=leave.id))
    return items


def _about(row: DossierRow) -> str:
    till = due.words(row.due_at, clock.now()).text
    return f"{row.procedure_name} · {row.owner_name} · {till}"
