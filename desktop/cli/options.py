"""How the command line is read: the options that every command has, and mistakes told in the person's own language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from onestop import clock
from onestop.rules.errors import RuleBroken
from onestop.texts import LANGUAGES, _

WITH_VALUE = ("--data", "--lang", "--as", "--password-file", "--now")
"""Global options that take a value; `--json`, `--help` and `--version` take none."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The global options. `folder` None: the user's own data folder. `now` None: the machine's clock."""

    folder: Path | None = None
    json: bool = False
    language: str = "vi"
    login: str | None = None
    password_file: Path | None = None
    now: datetime | None = None


class HelpWanted(Exception):
    """Somebody asked for the help; `text` is it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class _Words(argparse.RawDescriptionHelpFormatter):
    """argparse's own layout, begun in the person's language."""

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("cách dùng: ") if prefix is None else prefix)


class _Help(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *rest: Any) -> NoReturn:
        raise HelpWanted(parser.format_help())


class Parser(argparse.ArgumentParser):
    """A parser with the global options, which says what is wrong by RuleBroken `usage.*` and never exits by itself."""

    def __init__(self, **options: Any) -> None:
        options = {**options, "add_help": False, "allow_abbrev": False, "formatter_class": _Words}
        super().__init__(**options)
        self._positionals.title = _("cần có")
        self._optionals.title = _("tùy chọn")
        add = self.add_argument
        none = argparse.SUPPRESS
        add("-h", "--help", action=_Help, nargs=0, help=_("hiện phần giải thích này"), default=none)
        add("--data", metavar="DIR", default=none, help=_("thư mục dữ liệu của cơ quan"))
        add("--json", action="store_true", default=none, help=_("trả lời bằng một văn bản JSON"))
        add("--lang", metavar="vi|en", type=one_of(LANGUAGES), default=none, help=_("ngôn ngữ của câu trả lời"))
        add("--as", dest="as_login", metavar="LOGIN", default=none, help=_("cán bộ thực hiện"))
        add("--password-file", metavar="FILE", default=none, help=_("tệp chứa mật khẩu của cán bộ ấy"))
        add(
            "--now",
            metavar="ISO8601",
            type=moment,
            default=none,
            help=_("giờ của lệnh này (chỉ cơ quan tập huấn)"),
        )

    def error(self, message: str) -> NoReturn:
        """Tell argparse's English complaint as one of our codes."""
        for form, code, names in _COMPLAINTS:
            if found := form.fullmatch(message):
                details: dict[str, Any] = dict(zip(names, found.groups(), strict=True))
                if "known" in details:
                    details["known"] = re.findall(r"[\w-]+", details["known"])
                raise RuleBroken(code, **details, usage=self.format_usage().strip())
        raise RuleBroken("usage.wrong", reason=message, usage=self.format_usage().strip())


_COMPLAINTS = tuple(
    (re.compile(form, re.DOTALL), code, names)
    for form, code, names in (
        (r"the following arguments are required: (.+)", "usage.missing", ("names",)),
        (r"unrecognized arguments: (.+)", "usage.unknown", ("names",)),
        (r"one of the arguments (.+) is required", "usage.one-of", ("names",)),
        (r"argument (.+?): not allowed with argument (.+)", "usage.not-together", ("name", "other")),
        (r"argument (.+?): expected (?:one|at least one) argument", "usage.value-missing", ("name",)),
        (r"argument .+?: invalid choice: '?(.*?)'? \(choose from (.+)\)", "usage.unknown-command", ("name", "known")),
    )
)  # fmt: skip


ENCODINGS = ("auto", "utf-8", "tcvn3", "vni", "cp1258")
"""What a list that is brought in may be written in."""


def one_of(choices: Sequence[str]) -> Callable[[str], str]:
    """A type for argparse: one of `choices`, else RuleBroken `usage.choice`."""

    def read(text: str) -> str:
        if text not in choices:
            raise RuleBroken("usage.choice", value=text, known=list(choices))
        return text

    return read


def file_named(text: str) -> Path:
    """A type for argparse: the name of a file. RuleBroken `usage.no-name`: nothing would mean the folder one is in."""
    if not text.strip():
        raise RuleBroken("usage.no-name")
    return Path(text)


def whole(least: int, most: int) -> Callable[[str], int]:
    """A type for argparse: a whole number between `least` and `most`, else RuleBroken `usage.not-a-number`."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = least - 1
        if not least <= number <= most:
            raise RuleBroken("usage.not-a-number", value=text, least=least, most=most)
        return number

    return read


def moment(text: str) -> datetime:
    """A type for argparse: an instant in ISO 8601, Vietnamese time without a zone. RuleBroken `usage.not-a-time`."""
    try:
        there = clock.local(datetime.fromisoformat(text.strip()))
    except (ValueError, OverflowError) as fault:
        raise RuleBroken("usage.not-a-time", value=text) from fault
    if not 1900 <= there.year <= 2200:
        # No dossier of ours: and a limit counted from it might leave the calendar.
        raise RuleBroken("usage.not-a-time", value=text)
    return there


def split(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """The family of sub-commands that was asked for, and the other words: global options may stand on either side.

    None when there is no family: the window, or `--help`.
    """
    place = 0
    while place < len(words):
        word = words[place]
        if not word.startswith("-"):
            return word, [*words[:place], *words[place + 1 :]]
        place += 2 if word in WITH_VALUE else 1
    return None, list(words)


def glance(words: Sequence[str]) -> tuple[bool, str]:
    """Whether JSON was asked for, and in which language: known before anything else, so that a wrong use is told so."""
    language = "vi"
    for place, word in enumerate(words):
        if word.startswith("--lang="):
            language = word.partition("=")[2]
        elif word == "--lang" and place + 1 < len(words):
            language = words[place + 1]
    return "--json" in words, language if language in LANGUAGES else "vi"


def glance_folder(words: Sequence[str]) -> Path | None:
    """The folder that was named, known before anything is made in it."""
    for place, word in enumerate(words):
        if word.startswith("--data="):
            return Path(word.partition("=")[2]).absolute()
        if word == "--data" and place + 1 < len(words):
            return Path(words[place + 1]).absolute()
    return None


def wish_of(read: argparse.Namespace) -> Wish:
    """The global options among what a parser has read."""
    folder, password_file = getattr(read, "data", None), getattr(read, "password_file", None)
    return Wish(
        folder=Path(folder).absolute() if folder else None,
        json=getattr(read, "json", False),
        language=getattr(read, "lang", "vi"),
        login=getattr(read, "as_login", None),
        password_file=Path(password_file) if password_file else None,
        now=getattr(read, "now", None),
    )
