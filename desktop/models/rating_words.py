"""Ratings in the words of the screen: levels and contents in the language in use, the rate, the rows of the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from desktop.models import due
from desktop.models.dossier_words import moment
from desktop.models.table import Column
from onestop import texts
from onestop.queries.ratings import RatingRow
from onestop.rules import ratings
from onestop.rules.ratings import Content, Level, Month
from onestop.texts import N_, _

ICONS = {1: "laugh", 2: "smile", 3: "meh", 4: "frown", 5: "angry"}
TONES = {1: "good", 2: "accent", 3: "quiet", 4: "warning", 5: "danger"}
"""Of a rating that was given; on the sheet that asks, all five look alike."""


def level(number: int) -> str:
    """ "Rất hài lòng" in the language in use."""
    return named(ratings.level_of(number))


def named(given: Level | Content) -> str:
    """A level or a content in the language in use."""
    return given.english if texts.language() == "en" else given.name


def contents(keys: Sequence[str]) -> tuple[str, ...]:
    """What was wrong, line by line: "đ) Thái độ phục vụ chưa tốt"."""
    found = [(key, ratings.content_named(key)) for key in keys]
    return tuple(f"{key}) {named(content)}" if content is not None else key for key, content in found)


def rate(counts: Sequence[int]) -> str:
    """ "92,3 %"; "–" where nobody has said anything."""
    share = ratings.rate(counts)
    return "–" if share is None else f"{share * 100:.1f} %".replace(".", "," if texts.language() == "vi" else ".")


def month(of: Month) -> str:
    """ "11/2026"."""
    return f"{of.month:02}/{of.year}"


def source(row: RatingRow) -> str:
    """Whether it was tapped, or entered from paper and by whom; where."""
    if row.source == ratings.SLIP:
        return _("phiếu giấy, {by} nhập").format(by=row.by) if row.by else _("phiếu giấy")
    return _("công dân bấm tại quầy của {by}").format(by=row.by) if row.by else _("công dân bấm tại quầy")


def columns(now: Callable[[], datetime]) -> tuple[Column, ...]:
    """Rows are `RatingRow`s."""
    return (
        Column(
            "level",
            N_("Mức độ"),
            lambda row: level(row.level),
            icon=lambda row: ICONS[row.level],
            tone=lambda row: TONES[row.level],
            strong=True,
            width=20,
        ),
        Column(
            "what",
            N_("Điều chưa tốt, ý kiến"),
            lambda row: " · ".join((*contents(row.contents), *([row.words] if row.words else ()))),
            tip=lambda row: "\n".join((*contents(row.contents), *([row.words] if row.words else ()))),
            stretch=True,
            width=24,
        ),
        Column("procedure", N_("Thủ tục"), lambda row: row.procedure, tip=lambda row: row.procedure, width=22),
        Column("code", N_("Mã hồ sơ"), lambda row: row.code, figures=True, width=20),
        Column(
            "at",
            N_("Lúc"),
            lambda row: moment(row.at, now()),
            tip=lambda row: due.exact(row.at),
            figures=True,
            width=13,
        ),
    )
