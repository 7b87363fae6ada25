"""The office's own lists: days off and make-up days, clerks, points of reception, agencies; columns and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from desktop.models import due
from desktop.models.table import Column
from onestop.clock import VIETNAM
from onestop.queries.office import ClerkRow
from onestop.rules.calendar import DayKind, DayOff
from onestop.rules.places import Point
from onestop.rules.roles import ROLE_NAMES, Role
from onestop.texts import N_, _

WEEKDAYS = (N_("Thứ Hai"), N_("Thứ Ba"), N_("Thứ Tư"), N_("Thứ Năm"), N_("Thứ Sáu"), N_("Thứ Bảy"), N_("Chủ nhật"))
"""Monday first, as `rules.calendar.WEEKDAYS`."""


def kind_name(kind: DayKind | str) -> str:
    """Off, or worked to make up for a day off."""
    return {DayKind.OFF: _("Nghỉ"), DayKind.WORK: _("Làm bù")}[DayKind(kind)]


def _weekday(row: DayOff) -> str:
    return due.weekday(datetime.combine(row.date, time(12), VIETNAM))


def day_columns() -> Sequence[Column]:
    """The table of days."""
    return (
        Column("date", N_("Ngày"), lambda row: f"{row.date:%d/%m/%Y}", lambda row: row.date, figures=True, width=13),
        Column("weekday", N_("Thứ"), _weekday, width=11),
        Column(
            "kind",
            N_("Loại"),
            lambda row: kind_name(row.kind),
            lambda row: row.kind,
            icon=lambda row: "calendar-clock" if row.kind is DayKind.WORK else "",
            tone=lambda row: "warning" if row.kind is DayKind.WORK else "ink",
            width=13,
        ),
        Column("name", N_("Tên ngày"), lambda row: row.name, strong=True, tip=lambda row: row.source, stretch=True),
        Column(
            "confirmed",
            N_("Xác nhận"),
            lambda row: _("có văn bản") if row.confirmed else _("dự kiến"),
            lambda row: row.confirmed,
            icon=lambda row: "circle-check" if row.confirmed else "circle-dashed",
            tone=lambda row: "good" if row.confirmed else "warning",
            tip=lambda row: row.source,
            width=16,
        ),
    )


def role_name(role: str) -> str:
    """A role in words."""
    return _(ROLE_NAMES[Role(role)]) if role in set(Role) else role


def clerk_columns() -> Sequence[Column]:
    """The clerks."""
    return (
        Column("login", N_("Tài khoản"), lambda row: row.login, lambda row: row.login, tone=_tone, width=13),
        Column("name", N_("Họ tên"), lambda row: row.name, lambda row: row.name, tone=_tone, strong=True, stretch=True),
        Column("role", N_("Vai trò"), lambda row: role_name(row.role), lambda row: row.role, tone=_tone, width=21),
        Column("counter", N_("Quầy"), lambda row: row.counter or "", lambda row: row.counter or "", width=9),
        Column(
            "active",
            N_("Tình trạng"),
            lambda row: _("đang làm việc") if row.active else _("đã khóa"),
            lambda row: not row.active,
            icon=lambda row: "circle-check" if row.active else "lock",
            tone=lambda row: "good" if row.active else "quiet",
            width=17,
        ),
    )


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point of reception and its place in the list, from 0."""

    place: int
    point: Point


def point_columns() -> Sequence[Column]:
    """The points of reception in their order; the one that letters name is marked."""
    return (
        Column(
            "name",
            N_("Tên điểm"),
            lambda row: row.point.name,
            icon=lambda row: "" if row.place else "printer",
            tip=lambda row: row.point.name,
            strong=True,
            stretch=True,
        ),
        Column("address", N_("Địa chỉ"), lambda row: row.point.address, tip=lambda row: row.point.address, width=26),
        Column("phone", N_("Điện thoại"), lambda row: row.point.phone, figures=True, width=16),
    )


def agency_columns() -> Sequence[Column]:
    """Other agencies; one that the catalogue names and nobody has entered has no code yet."""
    return (
        Column("name", N_("Tên cơ quan"), lambda row: row.name or row.key, strong=True, stretch=True),
        Column(
            "code",
            N_("Mã cơ quan"),
            lambda row: row.code or _("chưa có mã"),
            icon=lambda row: "" if row.code else "triangle-alert",
            tone=lambda row: "ink" if row.code else "warning",
            figures=True,
            width=16,
        ),
        Column(
            "procedures",
            N_("Số thủ tục"),
            lambda row: str(len(row.procedures) or ""),
            tip=lambda row: "\n".join(row.procedures),
            figures=True,
            width=13,
        ),
    )


def _tone(row: ClerkRow) -> str:
    return "ink" if row.active else "quiet"
