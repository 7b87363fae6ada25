"""What of a dossier is copied into another system: in the table's order, without what is empty, numbers masked."""

from __future__ import annotations

import pytest

from desktop.office import Office
from onestop import clock
from onestop.queries import copy_panel
from onestop.rules import copy_panel as rules
from onestop.rules.copy_panel import Profile, Wanted
from tests.helpers.office import MONDAY, made_person, received


def test_the_fields_in_the_order_of_the_table(demo_office: Office) -> None:
    owner = made_person(3)
    with clock.frozen(MONDAY):
        given = received(demo_office, owner)
    panel = demo_office.read(copy_panel.panel, given.id)
    assert panel is not None
    assert panel.example
    told = {field.label: field.text for field in panel.fields}
    order = [field.label for field in rules.profile(None).fields]
    assert list(told) == [label for label in order if label in told]
    assert told["Họ và tên chủ hồ sơ"] == owner.name
    assert told["Ngày sinh"] == "/".join(reversed(str(owner.date_of_birth).split("-")))
    assert told["Mã hồ sơ tại bộ phận một cửa"] == given.code
    assert told["Ngày tiếp nhận"] == "23/11/2026"
    assert "Họ và tên người nộp" not in told, "the owner came himself: what is empty is passed over"
    number = next(field for field in panel.fields if field.opens)
    assert number.label == "Số định danh cá nhân chủ hồ sơ"
    assert "*" in number.text
    assert str(owner.identity_number) not in str(panel)


def test_a_field_that_was_typed_into_the_procedures_form(demo_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = (Wanted("Mục đích", "fields.purpose"), Wanted("Nơi khác", "fields.other"))
    monkeypatch.setattr(rules, "profiles", lambda: (Profile("own", "Riêng", wanted),))
    with clock.frozen(MONDAY):
        given = received(demo_office, made_person(4), procedure="1.004873", fields={"purpose": "kết hôn"})
    panel = demo_office.read(copy_panel.panel, given.id)
    assert panel is not None
    assert [(field.label, field.text) for field in panel.fields] == [("Mục đích", "kết hôn")]
    assert demo_office.read(copy_panel.panel, "no such dossier") is None
