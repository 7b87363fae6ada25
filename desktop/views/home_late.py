"""What of Nhập bù needs a supervisor, as lines of Hôm nay."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from desktop.models import dossier_words as words
from desktop.views.home_item import Item
from desktop.views.wording import grouped
from onestop import clock
from onestop.queries.late_day import LateDay
from onestop.rules.roles import Permission
from onestop.texts import _


def late_items(
    late: LateDay,
    open_list: Callable[[str], Callable[[], Any]],
    may: Callable[[Permission], bool],
    go: Callable[..., Any],
) -> list[Item]:
    """The lines; `open_list(group)` opens a list."""
    items: list[Item] = []
    if not may(Permission.LATE_ENTRY):
        return items
    if late.first is not None:
        title = _("{count} hồ sơ nhập bù chờ xác nhận").format(count=grouped(late.to_confirm))
        at = _("nhận trên giấy {at}").format(at=words.moment(late.first.received_at, clock.now()))
        what = _("đối chiếu với giấy rồi xác nhận (F8)")
        note = f"{late.first.procedure_name} · {late.first.owner_name} · {at} · {what}"
        items.append(Item("triangle-alert", "warning", title, note, open_list("to-confirm")))
    if late.few is not None:
        title = _("Còn {count} tờ giấy dự phòng").format(count=grouped(late.left))
        note = _("Dưới {few} tờ: in thêm một đợt trước khi mất điện.").format(few=late.few)
        items.append(Item("printer", "warning", title, note, partial(go, "settings", group="sheets"), _("In")))
    return items


__all__ = ["late_items"]
