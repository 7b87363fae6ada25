"""A list of codes as other systems export it, and as it comes spoiled: told line by line, nothing guessed."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from onestop.rules import code_list
from onestop.rules.code_list import read_pairs
from onestop.rules.errors import RuleBroken

GOOD = [("H99.14-261123-0001", "G22-1"), ("H99.14-261123-0002", "G22-2")]
LINES = ["H99.14-261123-0001{0}G22-1", "H99.14-261123-0002{0}G22-2"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("heading", ["", "Mã hồ sơ{0}Mã trên Hệ thống tỉnh", "\n\n"])
def test_every_form_of_export(mark: bytes, end: str, sign: str, heading: str) -> None:
    lines = [each.format(sign) for each in ([heading] if heading else []) + LINES]
    content = mark + end.join(lines).encode()
    assert [(pair.ours, pair.theirs) for pair in read_pairs(content, "f.csv")] == GOOD


def test_lines_are_numbered_as_an_editor_shows_them() -> None:
    content = 'Mã,Mã kia\n\nH99.14-261123-0001,"G22-1",thêm\nchỉ một cột\n,G22-9\nH99.14-261123-0002,\n"a,b\nx,G22-2'
    read = list(read_pairs(content.encode(), "f.csv"))
    assert [(pair.line, pair.broken is None) for pair in read] == [
        (3, True), (4, False), (5, False), (6, False), (7, False), (8, True),
    ]  # fmt: skip
    assert {pair.broken.code for pair in read if pair.broken} == {"code-list.two-columns"}
    assert (read[0].ours, read[0].theirs) == GOOD[0]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "code-list.empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "code-list.empty"),
        ("Mã,Mã kia\nĐ1,2".encode("utf-16"), "code-list.not-text"),
        ("Mã hồ sơ;Mã\n1;2".encode("cp1258", "replace"), "code-list.not-text"),
        (b"a1,b1\n\x00\x00", "code-list.not-text"),
    ],
)
def test_a_file_that_is_no_list_is_refused_whole(content: bytes, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        list(read_pairs(content, "f.csv"))
    assert refused.value.code == code


def test_a_file_beyond_all_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_list, "LARGEST", 10)
    with pytest.raises(RuleBroken) as refused:
        list(read_pairs(b"H99.14-261123-0001,G22-1", "f.csv"))
    assert refused.value.code == "code-list.too-large"


def test_whatever_is_in_it_each_line_is_read_or_told() -> None:
    chance = random.Random(20261123)
    good = "\n".join(each.format(";") for each in LINES * 3).encode()
    rounds = 0
    for _round in range(300):
        spoiled = bytearray(good)
        for _hit in range(chance.randrange(1, 4)):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        with suppress(RuleBroken):  # no text any more: refused whole, as above
            read = list(read_pairs(bytes(spoiled), "f.csv"))
            rounds += 1
            assert all(pair.broken is not None or (pair.ours and pair.theirs) for pair in read)
    assert rounds > 50
