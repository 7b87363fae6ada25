"""An import against what was reviewed: what stays, what comes in, what is shown, what a person takes over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from onestop.rules.catalogue_file import read_document
from onestop.rules.errors import RuleBroken
from onestop.rules.national import read_file
from onestop.rules.procedure import (
    Case,
    Channel,
    ChannelTerms,
    Component,
    Fee,
    FeeBasis,
    FeeKind,
    FormField,
    Level,
    Limit,
    Procedure,
    Unit,
)
from onestop.rules.review import REVIEWED, accept, fingerprint, merge, review
from tests.helpers.national import ROOT, SAMPLE

DAYS, WORKING = Unit.DAY, Unit.WORKING_DAY
OURS = Procedure(
    "1.004873",
    "Tên cũ",
    short_name="Xác nhận tình trạng hôn nhân",
    level=Level.FULL,
    limit=Limit(3, WORKING, "quy tắc của ta"),
    channels=(ChannelTerms(Channel.DIRECT), ChannelTerms(Channel.ONLINE, Limit(2, WORKING))),
    cases=(Case(components=(Component("to-khai", "Tờ khai", originals=1),)),),
    fields=(FormField("muc_dich", "Mục đích"),),
    parties=("vo",),
    fees=(Fee(FeeKind.LE_PHI, "Lệ phí", None), Fee(FeeKind.PHI, "Bản sao", 8_000, FeeBasis.RESULT_COPY)),
    keywords=("độc thân",),
    decision="1/QĐ",
    legal_basis=("60/2014/QH13",),
    unconfirmed=("code", "fields", "level", "ministry"),
)
THEIRS = Procedure(
    "1.004873",
    "Tên mới",
    ministry="Bộ Tư pháp",
    limit=Limit(3, None),
    channels=(ChannelTerms(Channel.DIRECT, Limit(3, None)), ChannelTerms(Channel.ONLINE, Limit(3, None))),
    cases=(Case(components=(Component("to-khai", "Tờ khai", originals=1),)),),
    fees=(Fee(FeeKind.LE_PHI, "Lệ phí", None),),
    decision="2/QĐ",
    legal_basis=("18/2026/NĐ-CP",),
)


def facts(incoming: Procedure, current: Procedure = OURS) -> list[str]:
    return [each.fact for each in review(current, incoming)]


def test_what_the_import_does_not_say_is_no_difference() -> None:
    assert facts(THEIRS) == []


def test_the_reviewed_facts_stay_and_the_rest_comes_in() -> None:
    merged = merge(OURS, THEIRS)
    assert (merged.name, merged.ministry, merged.decision, merged.legal_basis) == (
        "Tên mới",
        "Bộ Tư pháp",
        "2/QĐ",
        ("18/2026/NĐ-CP",),
    )
    for name in ("limit", "channels", "cases", "fees", "fields", "parties", "keywords", "short_name", "level"):
        assert getattr(merged, name) == getattr(OURS, name), name
    assert merged.unconfirmed == ("fields", "level")


def test_a_second_import_of_the_same_changes_nothing() -> None:
    once = merge(OURS, THEIRS)
    assert merge(once, THEIRS) == once


def test_what_was_never_reviewed_takes_what_the_import_has() -> None:
    bare = replace(OURS, fields=(), parties=(), level=None, keywords=())
    incoming = replace(THEIRS, level=Level.PARTIAL, keywords=("hôn nhân",))
    merged = merge(bare, incoming)
    assert (merged.level, merged.keywords) == (Level.PARTIAL, ("hôn nhân",))


def test_only_the_named_groups_are_kept() -> None:
    incoming = replace(THEIRS, limit=Limit(9, DAYS), channels=(ChannelTerms(Channel.DIRECT, Limit(8, DAYS)),))
    kept = merge(OURS, incoming, ["limit"])
    assert kept.limit == OURS.limit
    assert kept.channels == (ChannelTerms(Channel.DIRECT),), "the limits of channels belong to the limits"
    assert kept.fields == ()
    assert merge(OURS, incoming, ["fees"]).channels == incoming.channels


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"limit": Limit(5, WORKING)}, ["limit"]),
        ({"limit": Limit(3, WORKING)}, []),
        ({"limit": Limit(3, None, "quy tắc khác")}, ["rule"]),
        ({"channels": (ChannelTerms(Channel.DIRECT, Limit(5, DAYS)), ChannelTerms(Channel.ONLINE))}, ["limit:direct"]),
        ({"channels": (ChannelTerms(Channel.DIRECT, Limit(3, WORKING)), ChannelTerms(Channel.ONLINE))}, []),
        ({"channels": (ChannelTerms(Channel.DIRECT),)}, ["channels:online"]),
        ({"channels": (*THEIRS.channels, ChannelTerms(Channel.POSTAL))}, ["channels:postal"]),
        ({"channels": ()}, []),
        ({"fees": (Fee(FeeKind.LE_PHI, "Lệ phí", 5_000),)}, ["fees:le_phi"]),
        ({"fees": (Fee(FeeKind.LE_PHI, "Lệ phí", 0),)}, ["fees:le_phi"]),
        ({"fees": (Fee(FeeKind.PHI, "Phí", 0),)}, []),
        ({"fees": (Fee(FeeKind.PHI, "Bản sao", 9_000, FeeBasis.RESULT_COPY),)}, ["fees:phi"]),
        ({"cases": (Case(components=(Component("don", "Đơn", originals=1),)),)}, ["components:"]),
        ({"cases": (*THEIRS.cases, Case("b", "B", (Component("x", "X", originals=1),)))}, ["components:b"]),
        ({"cases": (Case(),)}, []),
        ({"level": Level.NONE}, ["level"]),
        ({"name": "Tên khác nữa", "decision": "9/QĐ"}, []),
    ],
)
def test_differences_by_fact(change: dict[str, Any], expected: list[str]) -> None:
    assert facts(replace(THEIRS, **change)) == expected


def test_a_price_that_ended_is_a_difference() -> None:
    priced = replace(OURS, fees=(Fee(FeeKind.LE_PHI, "Lệ phí", 400_000),))
    assert facts(replace(THEIRS, fees=(Fee(FeeKind.PHI, "Miễn phí", 0),)), priced) == ["fees:le_phi"]


def test_a_difference_shows_both_sides_in_plain_values() -> None:
    (found,) = review(OURS, replace(THEIRS, limit=Limit(5, DAYS)))
    assert (found.current, found.incoming) == ({"number": 3, "unit": "working-day"}, {"number": 5, "unit": "day"})
    assert found.group == "limit"
    (rule,) = review(OURS, replace(THEIRS, limit=Limit(None, None, "khác")))
    assert (rule.group, rule.current, rule.incoming) == ("limit", "quy tắc của ta", "khác")


def test_accepting_takes_over_that_group_alone() -> None:
    incoming = replace(
        THEIRS,
        limit=Limit(5, WORKING),
        channels=(ChannelTerms(Channel.DIRECT, Limit(4, WORKING)), ChannelTerms(Channel.POSTAL)),
        fees=(Fee(FeeKind.LE_PHI, "Lệ phí", 5_000),),
        unconfirmed=("fees", "limit"),
    )
    taken = accept(OURS, incoming, ["limit"])
    assert taken.limit == Limit(5, WORKING)
    assert taken.channels == (
        ChannelTerms(Channel.DIRECT, Limit(4, WORKING)),
        ChannelTerms(Channel.ONLINE, Limit(2, WORKING)),
    )
    assert taken.fees == OURS.fees
    assert taken.unconfirmed == ("code", "fields", "level", "limit", "ministry")
    channels = accept(OURS, incoming, ["channels"])
    assert [terms.channel for terms in channels.channels] == [Channel.DIRECT, Channel.POSTAL]
    assert channels.limit == OURS.limit
    assert channels.channels[0].limit is None, "the limits were not accepted"


def test_after_accepting_all_nothing_differs() -> None:
    incoming = replace(
        THEIRS,
        limit=Limit(5, WORKING, "mới"),
        channels=(ChannelTerms(Channel.DIRECT, Limit(4, WORKING)),),
        fees=(Fee(FeeKind.LE_PHI, "Lệ phí", 5_000),),
        cases=(Case("x", "X", (Component("y", "Y", copies=1),)),),
        level=Level.NONE,
    )
    groups = {each.group for each in review(OURS, incoming)}
    assert groups == {"limit", "channels", "fees", "components", "level"}
    assert review(accept(OURS, incoming, groups), incoming) == ()


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(RuleBroken) as caught:
        accept(OURS, THEIRS, ["colour"])
    assert caught.value.code == "catalogue.no-such-fact"


def test_the_fingerprint_changes_with_the_reviewed_facts_alone() -> None:
    before = fingerprint(THEIRS)
    assert fingerprint(replace(THEIRS, name="Tên khác", decision="9/QĐ")) == before
    assert fingerprint(replace(THEIRS, limit=Limit(9, DAYS))) != before
    assert fingerprint(replace(THEIRS, fees=())) != before


def test_the_starter_stands_against_the_national_file() -> None:
    starter = read_document((ROOT / "resources" / "catalogue" / "procedures.json").read_bytes()).procedures
    national = {each.code: each for _, each in read_file(SAMPLE.read_bytes()) if isinstance(each, Procedure)}
    met = 0
    for ours in starter:
        if ours.code not in national:
            continue
        met += 1
        theirs = national[ours.code]
        merged = merge(ours, theirs)
        if any(case.components for case in theirs.cases):
            assert "components" in {each.group for each in review(ours, theirs)}, "shortened by hand"
        for name in ("limit", "channels", "cases", "fees", "exemptions", "level", "fields", "parties"):
            assert getattr(merged, name) == getattr(ours, name), (ours.code, name)
        assert merge(merged, theirs) == merged
        assert set(ours.unconfirmed) >= set(merged.unconfirmed) & set(REVIEWED)
    assert met == 9
