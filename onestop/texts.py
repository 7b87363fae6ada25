"""The words of the program. Vietnamese is the source text; other languages are catalogues in resources/locale.

`_("…")` gives a label in the language in use. `sentence(code, **details)` gives the sentence for the code of a
`RuleBroken`, a `Trouble`, a `Remark` or a step of an explanation. Rules hold codes, this file the sentences; a test
fails when a code has none, or when a catalogue misses a text.
"""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Any

LANGUAGES = ("vi", "en")
LOCALE = Path(__file__).resolve().parent.parent / "resources" / "locale"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = "vi"


def use(language: str) -> None:
    """Speak `language` from now on ("vi" or "en")."""
    global _catalogue, _language
    _language = language if language in LANGUAGES else "vi"
    _catalogue = gettext.NullTranslations()
    if _language != "vi":
        file = LOCALE / f"{_language}.mo"
        if file.exists():
            with file.open("rb") as stream:
                _catalogue = gettext.GNUTranslations(stream)


def language() -> str:
    """The language in use."""
    return _language


def _(text: str) -> str:
    """`text` (Vietnamese, a literal) in the language in use."""
    return _catalogue.gettext(text)


def N_(text: str) -> str:
    """Mark `text` for translation where it is declared; `_` translates it where it is shown."""
    return text


def sentence(code: str, /, **details: Any) -> str:
    """The sentence for `code` with `details` put in; an unknown code is shown as itself."""
    text = SENTENCES.get(code)
    if text is None:
        return code
    try:
        return _(text).format(**details)
    except (KeyError, IndexError, ValueError):
        return _(text)


SENTENCES: dict[str, str] = {
    # -- general
    "act.stale": N_("Hồ sơ này vừa được người khác sửa. Mở lại để xem bản mới rồi làm lại."),
    # -- letters
    "form.not-in-force": N_("Ngày {day} chưa có mẫu phiếu này trong bảng mẫu. Xem lại ngày trên giấy."),
}
