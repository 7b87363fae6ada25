"""The office that random lives are lived in: one procedure for each limit, the days of 2024-2027, six clerks.

Made once a run and copied for each town.
"""

from __future__ import annotations

import json
import tomllib
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop import founding
from onestop import clock
from onestop.actions import catalogue, manage
from onestop.clock import VIETNAM
from tests.helpers.counters import STARTER, _quick_hasher
from tests.helpers.office import EXTRACT

FOUNDED = datetime(2024, 12, 16, 7, 30, tzinfo=VIETNAM)
FIRST, LAST = date(2025, 1, 2), date(2027, 6, 1)
HOURS = ((7 * 60, 11 * 60 + 30), (13 * 60 + 30, 17 * 60))
PERMIT = "1.013225"
LIMITS: dict[str, tuple[int, str]] = {
    "9.000001": (0, "same-day"), "9.000002": (1, "working-day"), "9.000003": (3, "working-day"),
    "9.000004": (10, "working-day"), "9.000005": (2, "day"), "9.000006": (15, "day"), "9.000007": (1, "month"),
    "9.000008": (2, "month"), "9.000009": (4, "hour"), "9.000010": (16, "hour"), "9.000011": (40, "hour"),
    "9.000012": (0, "notice"), PERMIT: (15, "day"),
}  # fmt: skip
CLERKS = {
    "demo": "supervisor", "ha": "reception", "duc": "reception", "hoa": "reception", "lan": "officer",
    "khoa": "installer",
}  # fmt: skip
WEIGHTS = (5, 6, 5, 4, 6, 1)
HOUR_RULES = ("end-of-day", "same-clock", "16:00")


def made_catalogue() -> bytes:
    """One procedure for each limit, in force before anything happens."""
    document = json.loads(STARTER.read_text("utf-8"))
    plain = next(each for each in document["procedures"] if each["code"] == EXTRACT)
    document["procedures"] = [
        {
            **plain,
            "code": code,
            "name": f"Thủ tục mẫu {code}",
            "short_name": f"Thủ tục mẫu {code}",
            "valid_from": "2024-01-01",
            "limit": {"number": number, "unit": unit} if number else {"unit": unit},
        }
        for code, (number, unit) in LIMITS.items()
    ]
    return json.dumps(document, ensure_ascii=False).encode()


def made_town(folder: Path) -> Path:
    """The office that every town is a copy of."""
    with pytest.MonkeyPatch.context() as patch, clock.frozen(FOUNDED):
        patch.setenv("MOTCUA_STATE_DIR", str(folder / "marks"))
        patch.setattr(manage, "_hasher", _quick_hasher)
        office, _ = founding.create(folder / "office", founding.sample())
        holidays = (STARTER.parent / "holidays.toml").read_bytes()
        for kind, content in (("holidays", holidays), ("catalogue", made_catalogue())):
            office.perform(catalogue.publish, catalogue.PublishForm(kind, "starter", f"{kind}.x", content))
        office.close()
    return folder / "office"


def days_of(kind: str) -> frozenset[date]:
    """The table as plain dates, read without the project."""
    with (STARTER.parent / "holidays.toml").open("rb") as stream:
        return frozenset(row["date"] for row in tomllib.load(stream)["day"] if row["kind"] == kind)
