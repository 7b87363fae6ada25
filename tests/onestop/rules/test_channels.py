"""Whether a procedure is taken in by a channel: dated decisions close it, the catalogue merely does not name it."""

from __future__ import annotations

from datetime import date

import pytest

from onestop.rules.channels import closed
from onestop.rules.overlay import ChannelChange, Overlay, Scope, apply
from onestop.rules.procedure import Channel, ChannelTerms, Procedure
from onestop.texts import message

DAY = date(2026, 11, 23)
DECISION = "QĐ 12/2026/QĐ-UBND"
BOTH = Procedure("1.1", "Thủ tục", channels=(ChannelTerms(Channel.DIRECT), ChannelTerms(Channel.ONLINE)))


def told(change: ChannelChange, day: date = DAY) -> str:
    overlay = Overlay("o", Scope.OFFICE, "1.1", DECISION, "2026-01-01", channels=(change,))
    laid = apply(BOTH, [overlay], day)
    found = closed(laid.procedure, Channel.DIRECT, day, laid.provenance)
    return message("procedure.channel-closed", found.details) if found is not None and found.refuses else ""


def test_open_channels_say_nothing() -> None:
    assert closed(BOTH, Channel.DIRECT, DAY, {}) is None
    assert closed(Procedure("1.1", "Thủ tục"), Channel.DIRECT, DAY, {}) is None, "nothing is known of any channel"


BY = f"Theo {DECISION}, thủ tục này không nhận qua kênh đó."
SINCE = "Từ {day} thủ tục này không nhận qua kênh đó, theo " + f"{DECISION}."


@pytest.mark.parametrize(
    ("change", "day", "said"),
    [
        (ChannelChange(Channel.DIRECT, False), DAY, BY),
        (ChannelChange(Channel.DIRECT, open_to="2026-06-30"), DAY, SINCE.format(day="01/07/2026")),
        (ChannelChange(Channel.DIRECT, open_to="2026-11-23"), DAY, ""),
        (ChannelChange(Channel.DIRECT, open_to="2026-11-23"), date(2026, 11, 24), SINCE.format(day="24/11/2026")),
        (ChannelChange(Channel.DIRECT, open_from="2026-12-01"), DAY, BY),
        (ChannelChange(Channel.DIRECT), DAY, ""),
    ],
)
def test_a_decision_closes_it_on_its_days(change: ChannelChange, day: date, said: str) -> None:
    assert told(change, day) == said


def test_the_catalogue_not_naming_it_refuses_nobody() -> None:
    found = closed(BOTH, Channel.POSTAL, DAY, {})
    assert found is not None
    assert not found.refuses
