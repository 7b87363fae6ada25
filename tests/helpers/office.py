"""A demo office for every test that needs one, and made people and dossiers to put into it.

`demo_office` is a copy of one made once per run (clerks demo, ha, duc, hoa, lan, khoa; holidays; starter catalogue),
opened, with the supervisor `demo` acting. `demo_folder` is the copy alone, for tests that open it themselves.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desktop import founding
from desktop.office import Office
from onestop import clock
from onestop.actions import citizens, receive
from onestop.actions.citizens import Registered
from onestop.actions.receive import Received
from onestop.clock import VIETNAM
from onestop.rules.intake import PersonForm, ReceiveForm, read_form

MONDAY = datetime(2026, 11, 23, 9, 5, tzinfo=VIETNAM)
"""A Monday morning in office hours, the day before a holiday."""

BIRTH = "1.001193"
"""Đăng ký khai sinh: same day."""
EXTRACT = "2.000635"
"""Cấp bản sao trích lục hộ tịch: the simplest dossier there is."""

_FAMILIES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
_MIDDLES = {"Nam": "Văn Hữu Đức Minh Quốc Ngọc".split(), "Nữ": "Thị Thu Ngọc Hoàng Kim Diệu".split()}
_GIVEN = {
    "Nam": "An Bình Cường Dũng Đạt Giang Hải Khoa Long Nghĩa Phúc Quân Sơn Thịnh Ước Vượng".split(),
    "Nữ": "Ánh Bích Châu Diễm Đào Hạnh Huệ Khuê Linh Ngân Oanh Phượng Quỳnh Thảo Ưu Yến".split(),
}
_serial = itertools.count(1)


def made_name(place: int, sex: str = "Nữ") -> str:
    """The `place`-th made-up name: the same one for the same place."""
    family = _FAMILIES[place % len(_FAMILIES)]
    middle = _MIDDLES[sex][place // 3 % len(_MIDDLES[sex])]
    return f"{family} {middle} {_GIVEN[sex][place // 7 % len(_GIVEN[sex])]}"


def made_number(place: int, sex: str = "Nữ", year: int = 1990, province: str = "001") -> str:
    """A personal number that contradicts neither sex, birth year nor province; different for every place."""
    century = (year // 100 - 19) * 2 + (1 if sex == "Nữ" else 0)
    return f"{province}{century}{year % 100:02}{place % 1_000_000:06}"


def made_person(place: int | None = None, **given: Any) -> PersonForm:
    """A made-up person with a personal number; `given` overrides. Without `place` a new one every time."""
    if place is None:
        place = next(_serial) + 500_000
    sex = given.get("sex") or ("Nam", "Nữ")[place % 2]
    year = int(str(given.get("date_of_birth") or 1950 + place % 56)[:4])
    values: dict[str, Any] = {
        "name": made_name(place, sex),
        "sex": sex,
        "date_of_birth": f"{year}-{place % 12 + 1:02}-{place % 28 + 1:02}",
        "identity_number": made_number(place, sex, year),
        "phone": f"09{place % 100_000_000:08}",
        "address": f"Tổ {place % 20 + 1}, phường Mẫu, tỉnh Mẫu",
    }
    return PersonForm(**{**values, **given})


def made_card(person: PersonForm, issued: str = "15062023") -> str:
    """What the QR of that person's chip card says (seven fields)."""
    year, month, day = (person.date_of_birth or "").split("-")
    fields = (person.identity_number, "", person.name, day + month + year, person.sex, person.address, issued)
    return "|".join(str(field or "") for field in fields)


def register(office: Office, person: PersonForm | None = None) -> Registered:
    """Register `person`, or a made-up one."""
    return office.perform(citizens.register, person or made_person()).answer


def made_dossier(owner: PersonForm | None = None, **given: Any) -> ReceiveForm:
    """A complete dossier for an extract of the civil register; `given` overrides, by the names of the JSON file."""
    plain: dict[str, Any] = {
        "procedure": EXTRACT,
        "owner": {"name": "x"},
        "complete": True,
        "contact": {"phone": "0912345678"},
        "result_copies": 1,
    }
    form = read_form({**plain, **given})
    if "owner" in given:
        return form
    values = {name: getattr(form, name) for name in form.__dataclass_fields__}
    return ReceiveForm(**{**values, "owner": owner or made_person()})


def received(office: Office, owner: PersonForm | None = None, **given: Any) -> Received:
    """Receive a made-up dossier."""
    return office.perform(receive.take_in, made_dossier(owner, **given)).answer


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that every test's office is a copy of. Nobody writes there."""
    folder = tmp_path_factory.mktemp("demo-template")
    with pytest.MonkeyPatch.context() as patch, clock.frozen(datetime(2026, 1, 5, 7, 30, tzinfo=VIETNAM)):
        patch.setenv("MOTCUA_STATE_DIR", str(tmp_path_factory.mktemp("demo-template-marks")))
        office, _ = founding.establish(folder, founding.sample())
        office.close()
    return folder


@pytest.fixture
def demo_folder(demo_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demo office's folder, with its own place for the high-water marks."""
    monkeypatch.setenv("MOTCUA_STATE_DIR", str(tmp_path / "marks"))
    folder = tmp_path / "office"
    shutil.copytree(demo_template, folder)
    return folder


@pytest.fixture
def demo_office(demo_folder: Path) -> Iterator[Office]:
    """The demo office, open, with the supervisor `demo` acting, on the machine's own clock."""
    office = Office.open(demo_folder)
    act_as(office, "demo")
    yield office
    office.close()


def act_as(office: Office, login: str) -> None:
    """Let the clerk with this login act from here on."""
    clerk = office.clerk(login)
    assert clerk is not None, login
    office.act_as(clerk)
