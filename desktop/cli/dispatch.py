"""The families of sub-commands, and the one road by which each is read, run and answered for.

A family's file is imported when it is asked for and not before: `motcua due` starts without a database.
"""

from __future__ import annotations

import importlib
import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli import output
from desktop.cli.options import HelpWanted, Parser, Wish, glance, glance_folder, split, wish_of
from desktop.cli.output import BUG, DONE, PERSON, SURROUNDINGS, Answer
from onestop import texts
from onestop.rules.errors import RuleBroken, Stale, Trouble
from onestop.store.folder import default_folder
from onestop.store.privacy import kept_private
from onestop.texts import N_, _

if TYPE_CHECKING:  # the window, too, comes in by this door, and needs no session
    from desktop.cli.session import Session

INTERRUPTED = 130

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
    "papers": Family("papers", N_("nhận tệp, quét vào hồ sơ; xem tệp có nhận được không; tờ phân cách")),
    "print": Family("print", N_("ghi một giấy của hồ sơ, sổ theo dõi hoặc phiếu bàn giao ra tệp PDF")),
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
    if not logging.getLogger().handlers:
        # Until an office's log is open, nothing of the log goes to stderr: one document stands there, or nothing.
        logging.getLogger().addHandler(logging.NullHandler())
    run = Run(words)
    texts.use(run.language)
    with kept_private(glance_folder(words) or default_folder()):
        _work(run, window)
    return run.status


def _work(run: Run, window: Callable[[Wish], int]) -> None:
    """The work, and every road by which it ends."""
    try:
        run.status = run.work(window)
    except HelpWanted as help_wanted:
        run.status = _say(Answer({"help": help_wanted.text}, help_wanted.text.rstrip()), run.json)
    except (RuleBroken, Stale) as broken:
        run.fail(PERSON, broken.code, broken.details)
    except Trouble as trouble:
        told = run.session.told(trouble) if run.session is not None else trouble
        run.fail(SURROUNDINGS, told.code, told.details)
    except BrokenPipeError:
        # Whoever read our answer has gone (`| head`): not ours to complain about.
        sys.stdout = None
        run.status = DONE
    except KeyboardInterrupt:
        run.fail(INTERRUPTED, "command.interrupted", {})
    except Exception as bug:  # noqa: BLE001  (the last road: a report, a plain apology, exit status 1)
        file = _report(run, bug)
        run.fail(BUG, "program.bug" if file is not None else "program.bug-unreported", {"file": file})
    finally:
        if run.session is not None:
            run.session.close(run.what, run.status, run.code)


def session_of(wish: Wish) -> Session:
    """The session of a command."""
    made: Session = importlib.import_module("desktop.cli.session").Session(wish)
    return made


class Run:
    """One run of the program: what was asked for, as far as it has been read, and how it ended."""

    def __init__(self, words: Sequence[str]) -> None:
        self.json, self.language = glance(words)
        self.family, self.rest = split(words)
        self.what = self.family or ""
        self.session: Session | None = None
        self.status = BUG
        self.code = ""

    def work(self, window: Callable[[Wish], int]) -> int:
        """Read the words, do what they say, and tell what came of it. Gives the exit status."""
        if self.family is None:
            if "--version" in self.rest:
                return _say(Answer({"version": VERSION}, VERSION), self.json)
            return window(wish_of(top().parse_args(self.rest)))
        if self.family not in FAMILIES:
            raise RuleBroken("usage.unknown-command", name=self.family, known=list(FAMILIES))
        family = FAMILIES[self.family]
        module = importlib.import_module(f"desktop.cli.{family.module}")
        parser = Parser(prog=f"motcua {self.family}", description=_(family.purpose))
        module.build(parser)
        read = parser.parse_args(self.rest)
        self.what = " ".join(filter(None, (self.family, getattr(read, "what", ""))))
        self.session = session_of(wish_of(read))
        answer: Answer = read.action(self.session, read)
        status = _say(answer, self.json)
        if answer.fault is not None:
            self.fail(status, answer.fault.code, answer.fault.details)
        return status

    def fail(self, status: int, code: str, details: dict[str, Any]) -> None:
        """Say what went wrong, in words or as one document."""
        self.status, self.code = status, code
        said = texts.message(code, details)
        if self.json:
            output.write(sys.stderr, {"error": code, "message": said, "details": details})
            return
        sys.stderr.write("\n".join(filter(None, (said, str(details.get("usage") or "")))) + "\n")


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
    return answer.status


def _report(run: Run, bug: Exception) -> Path | None:
    """The report file of a bug, beside the office's data."""
    session = run.session or session_of(Wish())
    written: Path | None = (
        importlib.import_module("desktop.crash").Reports(session.folder / "logs").write(bug, run.what)
    )
    return written
