"""A process that receives dossiers and writes their receipts through the command line itself, until it is killed.

`python -m tests.helpers.receiving FOLDER OUT` is a forge: it loads the program once and, for every line on its input,
forks a process that works until SIGKILL comes; it answers with that process's id, and then with how it ended. What the
worker has been told by the program (a dossier is received, a receipt is written, a draft is kept) it writes into
OUT/said at once: from then on nothing of it may be lost.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.__main__ import main as motcua
from desktop.office import Office
from onestop.actions import drafts
from tests.helpers.office import BIRTH, EXTRACT, made_name, made_number


def command(*words: str) -> Any:
    """One command; its answer. RuntimeError where it does not end well."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        status = motcua(["--json", *words])
    if status:
        raise RuntimeError(f"{words} ended with {status}: {said.getvalue()}")
    return json.loads(said.getvalue())


class Teller:
    """Writes down, at once and whole, what the program has said that it did."""

    def __init__(self, out: Path) -> None:
        self._handle = os.open(out / "said", os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def __call__(self, **what: Any) -> None:
        os.write(self._handle, (json.dumps(what, ensure_ascii=False) + "\n").encode())


def work(folder: Path, out: Path, seed: int) -> None:
    """Receive, print, keep drafts, ask for supplements: for ever."""
    dice = random.Random(seed)
    tell = Teller(out)
    here = ["--data", str(folder)]
    mine = out / f"{os.getpid()}.json"
    while True:
        place = dice.randrange(10**6)
        owner = {
            "name": made_name(place, "Nữ"),
            "sex": "Nữ",
            "date_of_birth": "1990",
            "identity_number": made_number(place, "Nữ", 1990),
        }
        form: dict[str, Any] = {"procedure": dice.choice((BIRTH, EXTRACT)), "owner": owner, "complete": True}
        if dice.random() < 0.4:
            office = Office.open(folder)
            clerk = office.clerk("demo")
            assert clerk is not None
            office.act_as(clerk)
            form["draft"] = office.perform(drafts.keep, drafts.DraftForm(None, "nháp", form)).answer
            tell(draft=form["draft"], form={key: value for key, value in form.items() if key != "draft"})
            office.close()
            if dice.random() < 0.3:
                continue
        if dice.random() < 0.15:
            mine.write_text(json.dumps({"kind": "supplement", "form": form, "items": ["Thiếu tờ khai"]}), "utf-8")
            made = command(*here, "dossier", "turn-away", "--file", str(mine))
            tell(intake=made["intake"], number=made["number"])
            command(*here, "print", "supplement", made["intake"], str(out / f"{made['intake']}.pdf"))
            continue
        mine.write_text(json.dumps(form, ensure_ascii=False), "utf-8")
        code = command(*here, "dossier", "receive", "--file", str(mine))["code"]
        tell(received=code, draft=form.get("draft"))
        command(*here, "print", "receipt", code, str(out / f"{code}.pdf"))
        tell(printed=code)
        if dice.random() < 0.2:
            command(*here, "print", "receipt", code, str(out / f"{code}.2.pdf"))
            tell(printed=code)


def forge(folder: Path, out: Path, worker: Callable[[Path, Path, int], None] = work) -> None:
    """Fork a worker for every line on standard input."""
    # What a worker would load at its first dossier is loaded before: the moments of the kills are for the work.
    with contextlib.suppress(RuntimeError):
        command("--data", str(folder), "dossier", "find", "x")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            sys.stdin.close()
            worker(folder, out, int(line))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    forge(Path(sys.argv[1]), Path(sys.argv[2]))
