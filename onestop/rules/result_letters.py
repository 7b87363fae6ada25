"""A result letter as it stands on paper, what a counter's number in it looks like, and made-up values to look at one
with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from onestop.rules.errors import RuleBroken
from onestop.rules.letters import OnPaper, Paper
from onestop.rules.result_template import Filled, filled_from_plain
from onestop.rules.text import clean

MADE = "dossier.letter-made"
"""The kind of the act that makes one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultLetter(OnPaper):
    """A paper of the office's own making: its words, who signs it and how. A draft has no number."""

    filled: Filled
    signer_lines: tuple[str, ...]
    """What stands above the signature, in capitals."""
    signer: str


def counter_sign(counter: int, counters: int) -> str:
    """What a counter puts behind a number of its own book of letters: nothing where the office has one counter, else
    "-Q3", so that no two counters ever write the same number."""
    return f"-Q{counter}" if counters > 1 else ""


def written(number: str, symbol: str) -> str:
    """A number with what stands behind it: "05", "UBND-XNTTHN" → "05/UBND-XNTTHN". A number that was given whole by văn
    thư ("45/2026/XN") stays as it was given. RuleBroken result.number."""
    text = clean(number)
    if not any(sign.isdigit() for sign in text) or len(text) > 60:
        raise RuleBroken("result.number", field="number", value=text)
    return text if "/" in text or not symbol else f"{text}/{symbol}"


def demand_sound(plain: Mapping[str, Any]) -> None:
    """What the centre asks of a letter that was made: that every counter can read and print it, under a number.

    RuleBroken result.number. KeyError, TypeError, ValueError, AttributeError where it is no letter at all.
    """
    filled_from_plain(plain["filled"])
    result, signer = plain["result"], plain["signer"]
    lines = (*signer["lines"], *plain["head"].values(), signer["id"], signer["name"])
    texts = (plain["key"], plain["template"], plain["kind"], plain["name"], plain["symbol"], *lines)
    if not all(isinstance(each, str) for each in (*texts, result["title"], result["signer"])):
        raise TypeError("not a text")
    written(result["number"], "")
    date.fromisoformat(result["date"])
    date.fromisoformat(plain["date"])
    Paper(plain["paper"])


SAMPLE: Mapping[str, str] = {
    "ho_ten": "Nguyễn Thị Ánh",
    "ngay_sinh": "05/03/1990",
    "nam_sinh": "1990",
    "gioi_tinh": "Nữ",
    "so_dinh_danh": "001190000005",
    "giay_to": "Căn cước công dân/Căn cước số 001190000005",
    "quoc_tich": "Việt Nam",
    "noi_cu_tru": "Tổ 3, phường Mẫu, tỉnh Mẫu",
    "dien_thoai": "0912 345 678",
    "ma_ho_so": "H99.14-261123-0001",
    "thu_tuc": "Xác nhận tình trạng hôn nhân",
    "noi_dung": "Xác nhận tình trạng hôn nhân",
    "ngay_tiep_nhan": "23/11/2026",
    "quan_he": "người được ủy quyền",
    "so_ban_sao": "02",
}
"""Nobody of that name, in no place that there is: what a template is looked at with before a dossier is chosen."""
