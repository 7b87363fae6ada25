"""Decisions of province and office laid over a procedure: what they change, in which order, and what they cannot."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from onestop.rules.deadline import effective_limit
from onestop.rules.errors import RuleBroken
from onestop.rules.fees import compute
from onestop.rules.overlay import (
    ChannelChange,
    ComponentChange,
    FeeGroup,
    LimitChange,
    Overlay,
    Scope,
    apply,
    check,
    fees_gone,
    is_open,
    overlay_from_plain,
    overlay_to_plain,
)
from onestop.rules.procedure import (
    Case,
    Channel,
    ChannelTerms,
    Component,
    Exemption,
    Fee,
    FeeBasis,
    FeeKind,
    Level,
    Limit,
    Procedure,
    Unit,
)
from onestop.texts import SENTENCES, message

DAY = date(2026, 11, 23)
WORKING = Unit.WORKING_DAY
DEATH = Procedure(
    "1.000656",
    "Đăng ký khai tử",
    limit=Limit(5, WORKING),
    channels=(ChannelTerms(Channel.DIRECT), ChannelTerms(Channel.ONLINE, Limit(3, WORKING))),
    cases=(
        Case("a", "A", (Component("to-khai", "Tờ khai", originals=1), Component("bao-tu", "Giấy báo tử", originals=1))),
        Case("b", "B", (Component("to-khai", "Tờ khai", originals=1),), Limit(9, WORKING)),
    ),
    fees=(
        Fee(FeeKind.LE_PHI, "Lệ phí hộ tịch", None, set_by="HĐND cấp tỉnh"),
        Fee(FeeKind.PHI, "Phí bản sao", 8_000, FeeBasis.RESULT_COPY),
    ),
    exemptions=(Exemption("ho-ngheo", "Hộ nghèo"),),
    unconfirmed=("exemptions", "fees", "level", "fields"),
)


def overlay(scope: Scope = Scope.OFFICE, **changes: Any) -> Overlay:
    values = {"id": "q1", "code": "1.000656", "decision": "12/2026/NQ-HĐND", "valid_from": "2026-01-01", **changes}
    return Overlay(scope=scope, **values)


def laid(*overlays: Overlay, procedure: Procedure = DEATH, day: date = DAY) -> Any:
    return apply(procedure, overlays, day)


def limits(procedure: Procedure) -> dict[tuple[str, Channel], tuple[int | None, Unit | None]]:
    found = {}
    for case in procedure.cases:
        for terms in procedure.channels:
            limit, _ = effective_limit(procedure, case, terms.channel)
            found[case.key, terms.channel] = (limit.number, limit.unit)
    return found


def test_without_overlays_nothing_changes() -> None:
    found = laid()
    assert found.procedure == DEATH
    assert (found.provenance, found.enabled, found.quick, found.remarks) == ({}, None, None, ())


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "counts"),
    [
        ("2026-11-23", None, True),
        ("2026-11-24", None, False),
        ("2026-01-01", "2026-11-22", False),
        ("2026-01-01", "2026-11-23", True),
    ],
)
def test_both_days_of_validity_count(valid_from: str, valid_to: str | None, counts: bool) -> None:
    one = overlay(valid_from=valid_from, valid_to=valid_to, level=Level.FULL)
    assert one.holds_on(DAY) is counts
    assert (laid(one).procedure.level is Level.FULL) is counts


def test_an_overlay_of_another_procedure_changes_nothing() -> None:
    assert laid(overlay(code="1.001193", level=Level.FULL)).procedure == DEATH


def test_the_office_comes_on_top_of_the_province_and_later_on_top_of_earlier() -> None:
    office = overlay(id="o", decision="QĐ phường", valid_from="2025-08-01", level=Level.NONE)
    early = overlay(Scope.PROVINCE, id="p1", decision="QĐ tỉnh 1", valid_from="2025-07-01", level=Level.FULL)
    late = overlay(Scope.PROVINCE, id="p2", decision="QĐ tỉnh 2", valid_from="2026-10-01", level=Level.PARTIAL)
    assert laid(office, late, early).procedure.level is Level.NONE
    assert laid(office, late, early).provenance == {"level": "QĐ phường"}
    found = laid(late, early)
    assert (found.procedure.level, found.provenance["level"]) == (Level.PARTIAL, "QĐ tỉnh 2")


def test_a_limit_for_all_counts_in_every_channel_and_case() -> None:
    found = laid(overlay(limits=(LimitChange(Limit(2, WORKING)),)))
    assert set(limits(found.procedure).values()) == {(2, WORKING)}
    assert found.provenance == {"limit": "12/2026/NQ-HĐND"}


def test_a_limit_for_one_channel_leaves_the_others() -> None:
    found = laid(overlay(limits=(LimitChange(Limit(None, Unit.SAME_DAY), Channel.DIRECT),)))
    assert limits(found.procedure) == {
        ("a", Channel.DIRECT): (None, Unit.SAME_DAY),
        ("b", Channel.DIRECT): (None, Unit.SAME_DAY),
        ("a", Channel.ONLINE): (3, WORKING),
        ("b", Channel.ONLINE): (3, WORKING),
    }


def test_a_limit_for_one_case_counts_where_the_channels_agree() -> None:
    procedure = replace(DEATH, channels=(ChannelTerms(Channel.DIRECT, Limit(3, WORKING)),))
    assert limits(procedure)["b", Channel.DIRECT] == (3, WORKING)
    found = laid(overlay(limits=(LimitChange(Limit(1, WORKING), case="a"),)), procedure=procedure)
    assert limits(found.procedure) == {("a", Channel.DIRECT): (1, WORKING), ("b", Channel.DIRECT): (3, WORKING)}
    assert found.provenance == {"limit:case:a": "12/2026/NQ-HĐND"}


def test_a_limit_for_one_case_is_refused_where_the_channels_differ() -> None:
    found = laid(overlay(limits=(LimitChange(Limit(1, WORKING), case="a"),)))
    assert found.procedure.channels == DEATH.channels
    assert [each.code for each in found.remarks] == ["overlay.case-limit-hidden"]


def test_fees_take_the_place_of_their_kind_and_basis() -> None:
    found = laid(overlay(fees=(Fee(FeeKind.LE_PHI, "Lệ phí hộ tịch", 5_000),)))
    sheet = compute(found.procedure, Channel.DIRECT, result_copies=2)
    assert (sheet.le_phi, sheet.phi) == (5_000, 16_000)
    assert found.procedure.fees[-1].set_by == "12/2026/NQ-HĐND"
    assert found.provenance == {"fees:le_phi": "12/2026/NQ-HĐND"}


LAST = FeeGroup(FeeKind.LE_PHI)


def test_the_last_fee_of_a_kind_goes() -> None:
    found = laid(overlay(fees_removed=(LAST,)))
    assert [fee.name for fee in found.procedure.fees] == ["Phí bản sao"]
    sheet = compute(found.procedure, Channel.DIRECT, result_copies=1)
    assert (sheet.le_phi, sheet.phi, sheet.total) == (0, 8_000, 8_000)
    assert found.provenance == {"fees:le_phi": "12/2026/NQ-HĐND"}
    assert "fees" not in found.procedure.unconfirmed
    assert found.remarks == ()


def test_what_is_taken_away_may_be_set_again_by_the_office() -> None:
    province = overlay(Scope.PROVINCE, id="p", fees_removed=(LAST,))
    found = laid(province, overlay(fees=(Fee(FeeKind.LE_PHI, "Lệ phí", 3_000),)))
    assert compute(found.procedure, Channel.DIRECT).le_phi == 3_000


def test_a_fee_that_is_not_there_any_more_is_a_remark() -> None:
    found = laid(overlay(fees_removed=(FeeGroup(FeeKind.PHI, FeeBasis.PERSON),)))
    assert found.procedure.fees == DEATH.fees
    assert [each.code for each in found.remarks] == ["overlay.no-fee"]


def test_steps_by_page_of_ones_own_are_counted() -> None:
    certified = Fee(FeeKind.PHI, "Phí chứng thực", 2_000, FeeBasis.CERTIFIED_PAGES, ((1, 2_000), (3, 1_000)), 200_000)
    procedure = replace(DEATH, fees=(certified,))
    own = replace(certified, amount=3_000, tiers=((1, 3_000), (5, 500)), cap=20_000)
    check(overlay(fees=(own,)), procedure)
    found = laid(overlay(fees=(own,)), procedure=procedure).procedure
    for pages, price in ((1, 3_000), (4, 12_000), (6, 13_000), (100, 20_000)):
        assert compute(found, Channel.DIRECT, certify=[("Bằng", pages, 1)]).phi == price


def test_which_fees_a_decision_leaves_nothing_of() -> None:
    two = replace(DEATH, fees=(*DEATH.fees, Fee(FeeKind.LE_PHI, "Lệ phí quá hạn", 5_000)))
    kept = replace(DEATH.fees[0], amount=1_000)
    assert [fee.name for fee in fees_gone(overlay(fees=(kept,)), two)] == ["Lệ phí quá hạn"]
    assert [fee.name for fee in fees_gone(overlay(fees_removed=(LAST,)), two)] == ["Lệ phí hộ tịch", "Lệ phí quá hạn"]
    assert fees_gone(overlay(), two) == ()


def test_what_a_decision_sets_or_confirms_is_confirmed() -> None:
    found = laid(overlay(fees=(Fee(FeeKind.LE_PHI, "Lệ phí", 5_000),), confirms=("fields",)))
    assert found.procedure.unconfirmed == ("exemptions", "level")


def test_exemptions_are_added_replaced_and_removed() -> None:
    half = Exemption("nguoi-co-cong", "Người có công", 50)
    found = laid(overlay(exemptions=(half,), exemptions_removed=("ho-ngheo",)))
    assert [(each.key, each.percent, each.source) for each in found.procedure.exemptions] == [
        ("nguoi-co-cong", 50, "12/2026/NQ-HĐND")
    ]
    assert set(found.provenance) == {"exemptions:ho-ngheo", "exemptions:nguoi-co-cong"}


def test_channels_are_opened_closed_and_dated() -> None:
    found = laid(
        overlay(
            channels=(
                ChannelChange(Channel.POSTAL, open_from="2026-12-01", open_to="2026-12-31", note="bưu cục trung tâm"),
                ChannelChange(Channel.ONLINE, open=False),
            )
        )
    ).procedure
    assert [terms.channel for terms in found.channels] == [Channel.DIRECT, Channel.POSTAL]
    postal = found.terms(Channel.POSTAL)
    assert postal is not None
    assert [is_open(postal, date(2026, month, day)) for month, day in ((11, 30), (12, 1), (12, 31))] == [
        False,
        True,
        True,
    ]
    assert not is_open(postal, date(2027, 1, 1))


def test_papers_are_added_removed_and_made_optional() -> None:
    extra = Component("ban-do", "Bản đồ", copies=1)
    found = laid(
        overlay(
            components=(
                ComponentChange("a", add=extra),
                ComponentChange(remove="to-khai"),
                ComponentChange("a", key="bao-tu", required=False, when="không có bản điện tử"),
            )
        )
    )
    assert [[each.key for each in case.components] for case in found.procedure.cases] == [["bao-tu", "ban-do"], []]
    paper = found.procedure.cases[0].components[0]
    assert (paper.required, paper.when) == (False, "không có bản điện tử")
    assert set(found.provenance) == {
        "components:a:ban-do",
        "components:a:to-khai",
        "components:b:to-khai",
        "components:a:bao-tu",
    }


def test_a_paper_added_under_a_key_already_there_takes_its_place() -> None:
    shorter = Component("bao-tu", "Giấy báo tử (bản chụp)", copies=1)
    found = laid(overlay(components=(ComponentChange(add=shorter, case="a"),))).procedure
    assert found.cases[0].components == (DEATH.cases[0].components[0], shorter)


def test_what_no_longer_finds_its_place_is_told_and_the_rest_is_done() -> None:
    found = laid(
        overlay(
            components=(ComponentChange(remove="giay-cu"),),
            limits=(LimitChange(Limit(1, WORKING), Channel.POSTAL), LimitChange(Limit(1, WORKING), case="z")),
            level=Level.FULL,
        )
    )
    assert [each.code for each in found.remarks] == ["overlay.no-channel", "overlay.no-case", "overlay.no-component"]
    assert found.procedure.level is Level.FULL
    assert all("{" not in message(each.code, each.details) for each in found.remarks)


def test_enabled_and_quick_are_told_beside_the_procedure() -> None:
    province = overlay(Scope.PROVINCE, id="p", enabled=False, quick=3)
    assert (laid(province).enabled, laid(province).quick) == (False, 3)
    found = laid(province, overlay(enabled=True))
    assert (found.enabled, found.quick) == (True, 3)
    assert found.provenance == {"enabled": "12/2026/NQ-HĐND", "quick": "12/2026/NQ-HĐND"}


WHOLE = overlay(
    Scope.PROVINCE,
    valid_to="2027-12-31",
    limits=(
        LimitChange(Limit(2, WORKING, "rút ngắn"), Channel.DIRECT),
        LimitChange(Limit(None, Unit.SAME_DAY), case="a"),
    ),
    fees=(Fee(FeeKind.PHI, "Phí", 2_000, FeeBasis.CERTIFIED_PAGES, ((1, 2_000),), 200_000, (Channel.DIRECT,), ("a",)),),
    fees_removed=(FeeGroup(FeeKind.LE_PHI), FeeGroup(FeeKind.PHI, FeeBasis.PERSON)),
    exemptions=(Exemption("tre-em", "Trẻ em", 50, (FeeKind.PHI,), "NQ"),),
    exemptions_removed=("ho-ngheo",),
    channels=(ChannelChange(Channel.ONLINE, False), ChannelChange(Channel.POSTAL, True, "2026-12-01")),
    components=(
        ComponentChange("a", add=Component("x", "X", originals=1, required=False, when="nếu có")),
        ComponentChange(remove="to-khai"),
        ComponentChange("", key="bao-tu", required=False),
        ComponentChange(add=Component("y", "Y", copies=2)),
    ),
    level=Level.PARTIAL,
    enabled=False,
    quick=0,
    confirms=("fields",),
    note="ghi chú",
)


@pytest.mark.parametrize("one", [WHOLE, overlay(), overlay(enabled=True), overlay(level=Level.NONE)])
def test_an_overlay_comes_back_from_its_json_form(one: Overlay) -> None:
    assert overlay_from_plain(json.loads(json.dumps(overlay_to_plain(one)))) == one


def test_an_overlay_of_a_newer_centre_is_read_as_far_as_it_is_known() -> None:
    assert overlay_from_plain({**overlay_to_plain(WHOLE), "colour": "red"}) == WHOLE


@pytest.mark.parametrize(
    "change", [{"scope": "world"}, {"limits": [{}]}, {"channels": [{"channel": "x"}]}, {"code": 0}]
)
def test_an_unreadable_overlay_says_so(change: dict[str, Any]) -> None:
    plain = {**overlay_to_plain(WHOLE), **change}
    if change == {"code": 0}:
        del plain["code"]
    with pytest.raises(RuleBroken) as caught:
        overlay_from_plain(plain)
    assert caught.value.code == "overlay.unreadable"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "overlay.empty"),
        ({"note": "chỉ ghi chú"}, "overlay.empty"),
        ({"level": Level.FULL, "code": "1.001193"}, "overlay.other-procedure"),
        ({"level": Level.FULL, "decision": " "}, "overlay.no-decision"),
        ({"level": Level.FULL, "valid_from": "1/1/2026"}, "overlay.bad-dates"),
        ({"level": Level.FULL, "valid_to": "2025-12-31"}, "overlay.bad-dates"),
        ({"limits": (LimitChange(Limit(3, None)),)}, "overlay.bad-limit"),
        ({"limits": (LimitChange(Limit(0, WORKING)),)}, "overlay.bad-limit"),
        ({"limits": (LimitChange(Limit(None, WORKING)),)}, "overlay.bad-limit"),
        ({"fees": (Fee(FeeKind.PHI, "Phí", -1),)}, "overlay.bad-fee"),
        ({"fees": (Fee(FeeKind.PHI, "", 1_000),)}, "overlay.bad-fee"),
        ({"fees": (Fee(FeeKind.PHI, "P", 1, FeeBasis.DOSSIER, ((1, 1),)),)}, "overlay.bad-tiers"),
        ({"fees": (Fee(FeeKind.PHI, "P", 1, FeeBasis.CERTIFIED_PAGES, ((2, 1),)),)}, "overlay.bad-tiers"),
        ({"fees": (Fee(FeeKind.PHI, "P", 1, FeeBasis.CERTIFIED_PAGES, ((1, 1), (1, 2))),)}, "overlay.bad-tiers"),
        ({"fees": (Fee(FeeKind.PHI, "P", 1, FeeBasis.CERTIFIED_PAGES, ((1, 1), (3, -2))),)}, "overlay.bad-tiers"),
        ({"fees": (Fee(FeeKind.PHI, "P", 1, FeeBasis.CERTIFIED_PAGES, ((1, 1),), 0),)}, "overlay.bad-tiers"),
        ({"fees_removed": (FeeGroup(FeeKind.PHI),)}, "overlay.no-fee"),
        ({"components": (ComponentChange("z", remove="to-khai"),)}, "overlay.no-case"),
        ({"components": (ComponentChange("a", remove="xyz"),)}, "overlay.no-component"),
        ({"limits": (LimitChange(Limit(1, WORKING), Channel.POSTAL),)}, "overlay.no-channel"),
        ({"limits": (LimitChange(Limit(1, WORKING), case="a"),)}, "overlay.case-limit-hidden"),
    ],
)
def test_an_overlay_that_says_nothing_or_nothing_possible_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        check(overlay(**changes), DEATH)
    assert caught.value.code == code in SENTENCES
    assert caught.value.details["field"]
    assert "{" not in message(code, caught.value.details)


def test_a_sound_overlay_passes() -> None:
    check(overlay(limits=(LimitChange(Limit(None, Unit.SAME_DAY)),), enabled=False, quick=0), DEATH)
    check(overlay(confirms=("level",)), DEATH)
