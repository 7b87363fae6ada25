"""Who signs, how, on which days: what has to be said of him, and what is said where he may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from onestop.rules.errors import RuleBroken
from onestop.rules.signers import Signer, checked, demand_ready, read_sign_forms, ready, sign_form, sign_forms
from onestop.texts import message

HEAD = Signer("a", "Nguyễn Văn Chủ", "Chủ tịch", "TM", "2026-01-01", behalf="Ủy ban nhân dân")
DEPUTY = Signer("b", "Lê Thị Phó", "Phó Chủ tịch", "KT", "2026-01-01", behalf="Chủ tịch", collective="Ủy ban nhân dân")
CENTRE = Signer(
    "c", "Phan Ngọc Ánh", "Giám đốc Trung tâm", "TUQ", "2026-11-01", "2026-11-30", "Chủ tịch", paper="Quyết định 12"
)  # fmt: skip
DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("signer", "lines"),
    [
        (HEAD, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        (DEPUTY, ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (replace(DEPUTY, collective=""), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (CENTRE, ("TUQ. CHỦ TỊCH", "GIÁM ĐỐC TRUNG TÂM")),
        (replace(HEAD, form="own", behalf=""), ("CHỦ TỊCH",)),
        (replace(HEAD, form="Q", behalf="", collective="Ủy ban nhân dân"), ("TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH")),
        (replace(CENTRE, form="TL"), ("TL. CHỦ TỊCH", "GIÁM ĐỐC TRUNG TÂM")),
    ],
)
def test_what_stands_above_the_signature(signer: Signer, lines: tuple[str, ...]) -> None:
    assert checked(signer, (HEAD,)).lines == lines


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"name": "  "}, "signer.no-name", "name"),
        ({"title": ""}, "signer.no-title", "title"),
        ({"form": "PP"}, "signer.form", "form"),
        ({"behalf": ""}, "signer.behalf-missing", "behalf"),
        ({"collective": "Ủy ban nhân dân"}, "signer.no-collective", "collective"),
        ({"paper": ""}, "signer.paper-missing", "paper"),
        ({"form": "TL", "paper": ""}, "signer.paper-missing", "paper"),
        ({"valid_to": None}, "signer.until-missing", "valid_to"),
        ({"valid_from": "hôm qua"}, "signer.day", "valid_from"),
        ({"valid_to": "2026-10-31"}, "signer.backward", "valid_to"),
        ({"stands_for": "nobody"}, "signer.stands-for-whom", "stands_for"),
        ({"stands_for": "c"}, "signer.stands-for-whom", "stands_for"),
        ({"form": "TL", "stands_for": "a"}, "signer.form-no-stand-in", "form"),
        ({"stands_for": "d"}, "signer.no-second-stand-in", "stands_for"),
        ({"form": "KT", "paper": "", "stands_for": "a", "valid_to": None}, "signer.until-missing", "valid_to"),
    ],
)
def test_what_has_to_be_said_of_a_signer(changes: dict[str, str | None], code: str, field: str) -> None:
    second = replace(DEPUTY, id="d", stands_for="a", valid_to="2026-11-30")
    with pytest.raises(RuleBroken) as refused:
        checked(replace(CENTRE, **changes), (HEAD, DEPUTY, second))  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.details["field"]) == (code, field)


def test_a_delegation_holds_on_its_days_and_no_other() -> None:
    everybody = (HEAD, DEPUTY, CENTRE)
    assert demand_ready(CENTRE, date(2026, 11, 30), everybody) is CENTRE
    for day, code, said in (
        (
            date(2026, 12, 1),
            "signer.expired",
            "Quyết định 12 chỉ giao Phan Ngọc Ánh ký đến hết ngày 30/11/2026",
        ),
        (date(2026, 10, 31), "signer.not-yet", "chỉ được ký từ ngày 01/11/2026"),
    ):
        with pytest.raises(RuleBroken) as refused:
            demand_ready(CENTRE, day, everybody)
        assert refused.value.code == code
        assert said in message(code, refused.value.details)
        assert CENTRE not in ready(everybody, day)
    with pytest.raises(RuleBroken, match=r"signer\.withdrawn"):
        demand_ready(replace(CENTRE, withdrawn=True), DAY, everybody)
    with pytest.raises(RuleBroken, match=r"signer\.unknown"):
        demand_ready(None, DAY, everybody)


def test_while_one_is_away_another_signs_in_his_place() -> None:
    away = checked(replace(DEPUTY, id="d", stands_for="a", valid_from="2026-11-20", valid_to="2026-11-25"), (HEAD,))
    everybody = (HEAD, away)
    assert ready(everybody, date(2026, 11, 19)) == (HEAD,)
    assert ready(everybody, DAY) == (away,)
    assert ready(everybody, date(2026, 11, 26)) == (HEAD,)
    with pytest.raises(RuleBroken) as refused:
        demand_ready(HEAD, DAY, everybody)
    assert message(refused.value.code, refused.value.details) == (
        "Nguyễn Văn Chủ vắng đến hết ngày 25/11/2026; trong thời gian đó Lê Thị Phó ký."
    )
    back = replace(away, withdrawn=True)
    assert ready((HEAD, back), DAY) == (HEAD,)


def test_forms_are_a_dated_table() -> None:
    assert [each.key for each in sign_forms()] == ["own", "TM", "Q", "KT", "TL", "TUQ"]
    assert not any(each.checked for each in sign_forms()), "say so once the article has been read"
    with pytest.raises(RuleBroken, match=r"signer\.form"):
        sign_form("KT", date(2019, 1, 1))
    row = {"key": "KT", "sign": "KT.", "before": "behalf", "source": "x", "valid_from": date(2020, 3, 5)}
    with pytest.raises(ValueError, match="same day"):
        read_sign_forms([row, row])
    with pytest.raises(ValueError, match="beside"):
        read_sign_forms([{**row, "before": "beside"}])
