"""How the words of the program are read: languages, choices after a number, details put into a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from gettext import NullTranslations
from typing import Any

import pytest

from onestop import texts

ENGLISH = {
    "{count} hồ sơ": "{count} [dossier|dossiers]",
    "{hours} giờ {minutes} phút": "{hours} [hour|hours] {minutes} min",
    "Lệnh [tùy chọn]": "Command [options]",
}


class Catalogue(NullTranslations):
    """ENGLISH, and a header under the empty text, as every compiled catalogue has one."""

    def gettext(self, message: str) -> str:
        return {"": "Content-Type: text/plain", **ENGLISH}.get(message, message)


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_catalogue", Catalogue())


@pytest.fixture
def vietnamese() -> Iterator[None]:
    yield
    texts.use("vi")


@pytest.mark.parametrize(
    ("text", "details", "read"),
    [
        ("{count} hồ sơ", {"count": 1}, "1 dossier"),
        ("{count} hồ sơ", {"count": 2}, "2 dossiers"),
        ("{count} hồ sơ", {"count": 0}, "0 dossiers"),
        ("{count} hồ sơ", {"count": "1"}, "1 dossier"),
        ("{count} hồ sơ", {"count": "1.001"}, "1.001 dossiers"),
        ("{hours} giờ {minutes} phút", {"hours": 1, "minutes": 30}, "1 hour 30 min"),
        ("{count} hồ sơ", {"count": "[a|b]"}, "[a|b] dossiers"),
    ],
)
@pytest.mark.usefixtures("english")
def test_a_word_is_chosen_by_the_number_before_it(text: str, details: dict[str, Any], read: str) -> None:
    assert texts._(text).format(**details) == read


@pytest.mark.usefixtures("english")
def test_no_text_has_no_translation() -> None:
    assert texts._("") == ""


@pytest.mark.usefixtures("english")
def test_brackets_without_a_choice_stay() -> None:
    assert texts._("Lệnh [tùy chọn]") == "Command [options]"


@pytest.mark.usefixtures("vietnamese")
def test_the_language_is_changed_and_changed_back() -> None:
    texts.use("en")
    assert (texts.language(), texts._("Cài đặt")) == ("en", "Settings")
    assert texts.sentence("limit.working-day", number=1) == "1 working day"
    texts.use("vi")
    assert (texts.language(), texts._("Cài đặt")) == ("vi", "Cài đặt")
    assert texts.sentence("limit.working-day", number=1) == "1 ngày làm việc"
    texts.use("fr")
    assert texts.language() == "vi"


@pytest.mark.parametrize(
    ("code", "details", "read"),
    [
        ("file.empty", {"file": "a.csv"}, "Tệp a.csv trống."),
        ("file.empty", {}, "Tệp {file} trống."),
        ("nobody.knows-this", {}, "nobody.knows-this"),
        ("component.missing", {"names": ["Tờ khai", "Căn cước"]}, "Còn thiếu: Tờ khai, Căn cước."),
        ("card.other-document", {"what": "bank"}, texts.SENTENCES["card.other-document.bank"]),
        ("calendar.no-working-day", {"day": date(2026, 11, 23)}, "23/11/2026"),
        ("clock.set-back", {"now": datetime(2026, 11, 23, 2, 5, tzinfo=UTC), "last": "2026-11-23T09:40:00Z"}, "9:05"),
        ("clock.set-back", {"now": "2026-11-23T02:05:00Z", "last": "2026-11-23T09:40:00Z"}, "16:40 23/11/2026"),
    ],
)
def test_a_message_is_read_as_people_read(code: str, details: dict[str, Any], read: str) -> None:
    said = texts.message(code, details)
    assert read in said if code in ("calendar.no-working-day", "clock.set-back") else said == read
    assert texts.sentence(code, **details) == said, "a notice of the window reads as the command line does"
