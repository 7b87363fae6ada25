"""The JSON form of a procedure: what is written, what comes back, what a later field may not change."""

from __future__ import annotations

import json
from dataclasses import replace

from onestop.rules.procedure import (
    Case,
    Channel,
    ChannelTerms,
    Component,
    Exemption,
    Fee,
    FeeBasis,
    FeeKind,
    FormField,
    Level,
    Limit,
    Procedure,
    Result,
    Unit,
    from_plain,
    to_plain,
)

FULL = Procedure(
    code="1.001193",
    name="Thủ tục đăng ký khai sinh",
    short_name="Đăng ký khai sinh",
    field="Hộ tịch",
    agency_levels=("ward",),
    level=Level.FULL,
    limit=Limit(None, Unit.SAME_DAY, "trong ngày"),
    channels=(ChannelTerms(Channel.DIRECT, Limit(3, Unit.DAY), note="chỉ buổi sáng"), ChannelTerms(Channel.ONLINE)),
    cases=(
        Case("a", "Trường hợp a", (Component("to-khai", "Tờ khai", originals=1, required=False, when="nếu có"),)),
        Case("b", "Trường hợp b", limit=Limit(1, Unit.HOUR), guidance=("Lời dặn.",)),
    ),
    fields=(FormField("noi_sinh", "Nơi sinh", choices=("Nhà", "Bệnh viện")),),
    parties=("con", "cha"),
    fees=(
        Fee(FeeKind.LE_PHI, "Lệ phí", 0),
        Fee(FeeKind.PHI, "Phí", None, cases=("a",), channels=(Channel.DIRECT,)),
        Fee(FeeKind.PHI, "Chứng thực", 2_000, FeeBasis.CERTIFIED_PAGES, ((1, 2_000), (3, 1_000)), 200_000),
    ),
    exemptions=(Exemption("ho-ngheo", "Hộ nghèo", kinds=(FeeKind.LE_PHI,)),),
    results=(Result("Giấy khai sinh", "KQ.G15.000031"), Result("Phiếu từ chối", refusal=True)),
    unconfirmed=("level",),
)


def test_what_was_written_comes_back_through_json() -> None:
    assert from_plain(json.loads(json.dumps(to_plain(FULL)))) == FULL


def test_parts_at_their_default_are_not_written() -> None:
    plain = to_plain(FULL)
    assert plain["cases"][0]["components"] == [
        {"key": "to-khai", "name": "Tờ khai", "originals": 1, "required": False, "when": "nếu có"}
    ]
    assert plain["fees"][0] == {"kind": "le_phi", "name": "Lệ phí", "amount": 0}
    assert plain["channels"][1] == {"channel": "online"}
    assert "guidance" not in plain


def test_free_and_unknown_are_told_apart() -> None:
    free, unknown = from_plain(to_plain(FULL)).fees[:2]
    assert (free.amount, unknown.amount) == (0, None)


def test_a_key_of_a_newer_centre_is_left_aside() -> None:
    plain = to_plain(FULL)
    plain["colour"] = "red"
    plain["cases"][0]["weight"] = 3
    plain["fees"][0]["vat"] = 8
    assert from_plain(plain) == FULL


def test_a_required_paper_and_a_percentage_differ_from_their_defaults() -> None:
    changed = replace(FULL, exemptions=(replace(FULL.exemptions[0], percent=50),))
    assert from_plain(to_plain(changed)).exemptions[0].percent == 50
    assert not from_plain(to_plain(FULL)).cases[0].components[0].required
