"""The families of sub-commands, and the one road by which each is read, run and answered for.

A family's file is imported when it is asked for and not before: `motcua due` starts without a database.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from desktop.cli import output
from desktop.cli.options import HelpWanted, Parser, Wish, glance, split, wish_of
from desktop.cli.output import Answer
from desktop.cli.session import Session
from onestop import texts
from onestop.rules.errors import RuleBroken, Stale, Trouble
from onestop.texts import N_, _

DONE, BUG, PERSON, SURROUNDINGS, INTERRUPTED = 0, 1, 2, 3, 130

VERSION = "0.1.0"


@dataclass(frozen=True, slots=True)
class Family:
    """A sub-command: its file in desktop/cli, and what it is for."""

    module: str
    purpose: str


FAMILIES: dict[str, Family] = {
    "office": Family("office", N_("lập cơ quan, cấp số trở lại sau khi khôi phục, cán bộ")),
    "catalogue": Family("catalogue", N_("nhập và tìm thủ tục")),
    "citizen": Family("citizen", N_("đăng ký, tìm, nhập danh sách người dân")),
    "due": Family("due", N_("tính ngày hẹn trả và cách tính")),
    "dossier": Family("dossier", N_("tiếp nhận, xem, tìm hồ sơ; liên kết mã; yêu cầu bổ sung, từ chối")),
    "print": Family("print", N_("ghi giấy tiếp nhận, phiếu yêu cầu bổ sung, phiếu từ chối ra tệp PDF")),
    "check": Family("check", N_("kiểm tra máy này trước khi dùng")),
    "tour": Family("tour", N_("chạy trọn một ngày làm việc giả định, giữ lại ảnh và giấy tờ")),
}
"""Each module has `build(parser)` and sets `action(session, read) -> Answer` as a default of what it builds."""


def main(words: Sequence[str], window: Callable[[Wish], int]) -> int:
    """Run what `words` ask for; without a sub-command, `window`. Gives the exit status: 0 done, 2 the person can act,
    3 the surroundings, 1 our bug."""
    for stream in (sys.stdout, sys.stderr):
        # Whatever the terminal's own encoding is, what we say is Vietnamese.
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="backslashreplace")
    as_json, language = glance(words)
    texts.use(language)
    name, rest = split(words)
    try:
        if name is None:
            if "--version" in rest:
                return _say(Answer({"version": VERSION}, VERSION), as_json)
            read = top().parse_args(rest)
            return window(wish_of(read))
        if name not in FAMILIES:
            raise RuleBroken("usage.unknown-command", name=name, known=list(FAMILIES))
        module = importlib.import_module(f"desktop.cli.{FAMILIES[name].module}")
        parser = Parser(prog=f"motcua {name}", description=_(FAMILIES[name].purpose))
        module.build(parser)
        read = parser.parse_args(rest)
    except HelpWanted as help_wanted:
        return _say(Answer({"help": help_wanted.text}, help_wanted.text.rstrip()), as_json)
    except RuleBroken as broken:
        return _fail(broken.code, broken.details, PERSON, as_json)
    return run(read.action, read, " ".join(filter(None, (name, getattr(read, "what", "")))))


def run(action: Callable[[Session, Any], Answer], read: Any, what: str) -> int:
    """Run one action that has been read from the command line, and say what came of it."""
    wish = wish_of(read)
    texts.use(wish.language)
    session = Session(wish)
    code, status = "", BUG
    try:
        status = _say(action(session, read), wish.json)
    except RuleBroken as broken:
        code, status = broken.code, _fail(broken.code, broken.details, PERSON, wish.json)
    except Stale as stale:
        code, status = stale.code, _fail(stale.code, stale.details, PERSON, wish.json)
    except Trouble as trouble:
        code, status = trouble.code, _fail(trouble.code, trouble.details, SURROUNDINGS, wish.json)
    except BrokenPipeError:
        # Whoever read our answer has gone (`| head`): not ours to complain about.
        sys.stdout = None
        status = DONE
    except KeyboardInterrupt:
        code, status = "command.interrupted", _fail("command.interrupted", {}, INTERRUPTED, wish.json)
    except Exception as bug:  # noqa: BLE001  (the last road: a report, a plain apology, exit status 1)
        file = _report(session, bug, what)
        code = "program.bug" if file is not None else "program.bug-unreported"
        status = _fail(code, {"file": file}, BUG, wish.json)
    finally:
        session.close(what, status, code)
    return status


def top() -> Parser:
    """The parser of `motcua` alone."""
    names = max(len(name) for name in FAMILIES)
    lines = [f"  {name.ljust(names)}  {_(family.purpose)}" for name, family in FAMILIES.items()]
    return Parser(
        prog="motcua",
        usage=_("motcua [LỆNH] [tùy chọn]"),
        description=_("Không có lệnh nào thì mở cửa sổ. Các lệnh:") + "\n\n" + "\n".join(lines),
    )


def _say(answer: Answer, as_json: bool) -> int:
    if as_json:
        output.write(sys.stdout, answer.plain)
    elif answer.text:
        print(answer.text)
    sys.stdout.flush()
    return DONE


def _fail(code: str, details: dict[str, Any], status: int, as_json: bool) -> int:
    said = texts.message(code, details)
    _complain(sys.stderr, code, said, details, as_json)
    return status


def _complain(stream: TextIO, code: str, said: str, details: dict[str, Any], as_json: bool) -> None:
    if as_json:
        output.write(stream, {"error": code, "message": said, "details": details})
        return
    stream.write(said + "\n")
    if usage := details.get("usage"):
        stream.write(f"{usage}\n")


def _report(session: Session, bug: Exception, what: str) -> Path | None:
    """The report file of a bug, in the office's own folder."""
    reports = importlib.import_module("desktop.crash").Reports(session.folder / "logs")
    written: Path | None = reports.write(bug, what)
    return written
