"""What the office of the tour did before the day begins: some dossiers of made-up people, so that lists have rows."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from desktop.cli.tour_steps import Way
from onestop.actions import receive
from onestop.clock import VIETNAM
from onestop.rules.intake import read_form

if TYPE_CHECKING:
    from desktop.cli.tour import Tour

FAMILIES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
WOMEN = "Thị Ánh|Ngọc Bích|Hoàng Châu|Thị Diễm|Kim Hạnh|Thị Huệ|Diệu Linh|Thu Ngân|Ngọc Oanh|Thị Quỳnh|Thu Thảo|Kim Yến"
MEN = "Văn An|Đức Bình|Hữu Cường|Minh Đạt|Quốc Dũng|Văn Giang|Ngọc Hải|Đăng Khoa|Hữu Nghĩa|Minh Quân|Đức Sơn|Quốc Vượng"

BEFORE = (
    ("1.004873", 16, 8),
    ("1.001612", 16, 9),
    ("1.013225", 17, 7),
    ("1.001699", 17, 10),
    ("1.004194", 18, 8),
    ("1.014027", 18, 14),
    ("1.004859", 18, 15),
    ("1.013225", 19, 7),
    ("1.001731", 19, 9),
    ("1.001776", 19, 10),
    ("1.004873", 19, 14),
    ("1.004222", 20, 7),
    ("1.001612", 20, 8),
    ("1.004873", 20, 9),
    ("1.001699", 20, 10),
    ("1.013227", 20, 14),
    ("1.014027", 20, 15),
    ("1.004194", 20, 16),
)
"""Procedure, day of November, hour of receiving."""


def person(place: int) -> dict[str, Any]:
    """The `place`-th of the people who came: a number that contradicts neither sex nor year of birth."""
    woman = place % 2 == 0
    given = (WOMEN if woman else MEN).split("|")[place // 2 % 12]
    year = 1958 + place * 7 % 45
    century = (1 if woman else 0) + (2 if year >= 2000 else 0)
    return {
        "name": f"{FAMILIES[place * 5 % len(FAMILIES)]} {given}",
        "sex": "Nữ" if woman else "Nam",
        "date_of_birth": f"{year}-{place % 12 + 1:02}-{place * 3 % 28 + 1:02}",
        "identity_number": f"001{century}{year % 100:02}{place * 7919 % 1_000_000:06}",
        "phone": f"0903{place * 104729 % 1_000_000:06}",
        "address": f"Tổ {place % 14 + 1}, phường Mẫu, tỉnh Mẫu",
    }


def days_before(tour: Tour) -> Way:
    """Receive them by the same function as the window, each on its day."""
    yield tour.quiet()
    for place, (code, day, hour) in enumerate(BEFORE):
        tour.clock.put(datetime(2026, 11, day, hour, place * 13 % 60, tzinfo=VIETNAM))
        owner = person(place)
        plain = {"procedure": code, "owner": owner, "contact": {"phone": owner["phone"]}, "complete": True}
        received = tour.office.perform(receive.take_in, read_form(plain)).answer
        tour.check(f"received as {received.code}", f"-2611{day:02}-" in received.code)
        yield tour.pause(0)
    tour.clock.put(datetime(2026, 11, 23, 8, 55, tzinfo=VIETNAM))
