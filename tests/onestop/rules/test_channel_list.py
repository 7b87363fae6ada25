"""A decision that closes a channel for many procedures: the file, and what it lays over each of them."""

from __future__ import annotations

import pytest

from onestop.rules.channel_list import read_closings
from onestop.rules.errors import RuleBroken
from onestop.rules.overlay import ChannelChange
from onestop.rules.procedure import Channel

DECISION = """
[[closed]]
procedures = ["1.004873"]
fields = ["Chứng thực"]
from = 2026-11-23
decision = "QĐ 12/2026/QĐ-UBND"
"""


def test_open_until_the_day_before() -> None:
    [closing] = read_closings(DECISION)
    overlay = closing.overlay("1.004873")
    assert overlay.channels == (ChannelChange(Channel.DIRECT, open_to="2026-11-22"),)
    assert (overlay.valid_from, overlay.valid_to) == ("2026-11-23", None)


@pytest.mark.parametrize(
    ("old", "new", "code", "what"),
    [
        ("[[closed]]", "[[closed]", "channels.syntax", ""),
        ("[[closed]]", "[[mo]]", "channels.none", ""),
        ("from = 2026-11-23", "", "channels.row", "from"),
        ("from = 2026-11-23", 'from = "mai"', "channels.row", "from"),
        ("from = 2026-11-23", "from = 2026-11-23\nto = 2026-11-01", "channels.row", "to"),
        ('decision = "QĐ 12/2026/QĐ-UBND"', "", "channels.row", "decision"),
        ('fields = ["Chứng thực"]', 'channel = "mail"', "channels.row", "channel"),
        ('fields = ["Chứng thực"]', "fields = 3", "channels.row", "procedures"),
        ('fields = ["Chứng thực"]', "mien_phi = true", "channels.row", "mien_phi"),
    ],
)
def test_a_bad_file_is_told(old: str, new: str, code: str, what: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        read_closings(DECISION.replace(old, new))
    assert (caught.value.code, caught.value.details.get("what", "")) == (code, what)
