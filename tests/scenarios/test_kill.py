"""SIGKILL of a process that receives through the real command line, at any moment: judged by the PDFs already written.

No printed number is lost or doubled, no row is without its act, the chains verify, the drafts are there, and whatever
the program has said it did is done. `--kills 300` is the full measure; `-s` prints the figures.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter as Tally
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from desktop.office import Office
from onestop.actions.table import KINDS
from onestop.store import acts, rebuild, schema
from onestop.store.files import fingerprint
from tests.helpers.office import EXTRACT, act_as, made_name, made_number, received
from tests.helpers.pages import texts

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 0.9
"""Seconds until the kill, at most: some eight dossiers on a quick machine. A busy one is given more."""
PATIENCE = 60.0
"""Seconds in which a worker has said something, however busy the machine is."""


class Forge:
    """Starts workers and kills them. `worker`: a module that speaks as tests/helpers/receiving.py does."""

    def __init__(self, folder: Path, out: Path, worker: str = "tests.helpers.receiving") -> None:
        with (out / "errors").open("a") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", worker, str(folder), str(out)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                cwd=ROOT,
            )
        self._out = out

    def kill_one_after(self, seed: int, seconds: float) -> None:
        """Let a worker work for so long, then SIGKILL."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{seed}\n")
        self._process.stdin.flush()
        worker = int(self._process.stdout.readline())
        let_pass(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
        # How it ended: anything but SIGKILL is a worker that fell by itself.
        ended = self._process.stdout.readline()
        assert ended == f"{-signal.SIGKILL}\n", (self._out / "errors").read_text()[-2000:]

    def pace(self) -> float:
        """Seconds that this machine takes, as busy as it is now, until a worker has said its first word."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        before, began = len(said(self._out)), time.monotonic()
        self._process.stdin.write("0\n")
        self._process.stdin.flush()
        worker = int(self._process.stdout.readline())
        while len(said(self._out)) == before and time.monotonic() - began < PATIENCE:
            let_pass(0.02)
        seconds = time.monotonic() - began
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
        self._process.stdout.readline()
        return seconds

    def close(self) -> None:
        """Nothing more to do: the forge ends."""
        self._process.communicate(timeout=20)


def let_pass(seconds: float) -> None:
    """The moment of a kill is a time and nothing else: there is nothing to wait for."""
    threading.Event().wait(seconds)


@pytest.fixture
def forge(demo_folder: Path, tmp_path: Path) -> Iterator[tuple[Forge, Path, Path]]:
    out = tmp_path / "out"
    out.mkdir()
    made = Forge(demo_folder, out)
    yield made, demo_folder, out
    made.close()


def said(out: Path) -> list[dict[str, Any]]:
    """What the killed processes had been told by the program; a last line cut short was not said."""
    path = out / "said"
    lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    return [json.loads(line) for line in lines]


def judge(folder: Path, out: Path, read: dict[str, str], whole: bool) -> Tally[str]:
    """Everything that must hold after a kill; what there is. `read` remembers PDFs that were read before."""
    office = Office.open(folder)
    try:
        act_as(office, "demo")
        assert office.numbering_stopped() is None, "the mark outside the folder ran ahead of it"
        with office.store.reading() as connection:
            verified = acts.verify(connection)
            assert verified.ok, verified
            codes = list(connection.execute(select(schema.dossier.c.code)).scalars())
            p = schema.printed.c
            printed = list(connection.execute(select(p.blob, p.outcome, p.subject_table, p.subject_id, p.copy_no)))
            intakes = {row.id: row.number for row in connection.execute(select(schema.intake))}
            drafts = {row.id: row for row in connection.execute(select(schema.draft))}
            d = schema.dossier.c
            by_code = {row.code: row.id for row in connection.execute(select(d.id, d.code))}
            received_acts = connection.execute(
                select(func.count()).where(schema.act.c.kind == "dossier.received")
            ).scalar_one()
            if whole:
                assert rebuild.compare(connection, KINDS, office.files, office.id) == []
        assert len(codes) == len(set(codes)) == received_acts
        numbers = sorted(intakes.values())
        assert numbers == list(range(1, len(numbers) + 1)), "the book of supplements has a gap or a number twice"

        blobs = {row.blob: row for row in printed}
        pdfs = sorted(out.glob("*.pdf"))
        for path in pdfs:
            content = path.read_bytes()
            row = blobs.get(fingerprint(content))
            assert row is not None, f"{path.name} is on paper and in no act"
            assert row.outcome == "out"
            subject = path.name.removesuffix(".pdf").removesuffix(".2")
            assert row.subject_id == (by_code.get(subject) or subject), f"{path.name} is another's paper"
            assert office.files.get(row.blob) == content
            if path.name not in read:
                assert content.rstrip().endswith(b"%%EOF")
                read[path.name] = " ".join(texts(content))
            if row.subject_table == "dossier":
                assert subject in read[path.name], f"{path.name} does not bear its own number"
        for row in printed:
            assert office.files.has(row.blob), "an act names a file that is not stored"
        for row in drafts.values():
            assert row.form or row.title == "nháp", "a draft lost what was typed"
        sheets = papers(out, office, {row.blob for row in printed}, read)
        assert len(sheets) == len(set(sheets)), "a number came out of the printer twice"
        assert set(sheets) <= set(by_code)

        for each in said(out):
            if "received" in each:
                assert each["received"] in by_code, "a dossier that the program had confirmed is gone"
                if each.get("draft"):
                    assert drafts[each["draft"]].state == "received"
                    assert drafts[each["draft"]].dossier_id == by_code[each["received"]]
            elif "paper" in each:
                assert each["paper"] in sheets
            elif "printed" in each:
                assert (out / f"{each['printed']}.pdf").exists()
            elif "intake" in each:
                assert intakes[each["intake"]] == each["number"]
            elif "draft" in each:
                assert drafts[each["draft"]].form == each["form"] or drafts[each["draft"]].state != "open"
        return Tally(
            dossiers=len(codes),
            pdfs=len(pdfs),
            sheets=len(sheets),
            drafts=len(drafts),
            intakes=len(intakes),
            acts=verified.acts,
        )
    finally:
        office.close()


CODE = re.compile(r"H99\.14-[0-9]{6}-[0-9]{4}")


def papers(out: Path, office: Office, blobs: set[str], read: dict[str, str]) -> list[str]:
    """The numbers on what came out of the pretend printer: each sheet is a stored file, or one torn off by the kill."""
    found = []
    for path in sorted((out / "paper").glob("*.pdf")):
        content = path.read_bytes()
        if fingerprint(content) not in blobs:
            torn = [name for name in blobs if office.files.get(name).startswith(content)]
            assert torn, f"{path.name} is on paper and in no act"
            continue
        if path.name not in read:
            read[path.name] = " ".join(texts(content))
        number = CODE.search(read[path.name])
        assert number is not None
        found.append(number[0])
    return found


def test_killed_while_receiving(forge: tuple[Forge, Path, Path], request: pytest.FixtureRequest) -> None:
    workers, folder, out = forge
    kills = request.config.getoption("--kills")
    dice = random.Random(2026)
    read: dict[str, str] = {}
    found: Tally[str] = Tally()
    moments: Tally[str] = Tally()
    began = time.monotonic()
    longest = max(LONGEST, 3 * workers.pace())
    for number in range(kills):
        before = len(said(out))
        workers.kill_one_after(number, dice.uniform(0.02, longest))
        moments["before anything was said" if len(said(out)) == before else "in the middle of work"] += 1
        found = judge(folder, out, read, whole=number % 25 == 0)
    found = judge(folder, out, read, whole=True)
    seconds = time.monotonic() - began
    unprinted = found["dossiers"] + found["intakes"] - len({name.split(".pdf")[0].removesuffix(".2") for name in read})
    print(  # noqa: T201  (-s)
        f"{kills} kills in {seconds:.0f} s: {dict(found)}; {dict(moments)}; received and not yet printed: {unprinted}"
    )
    assert found["pdfs"] > kills / 4
    office = Office.open(folder)
    act_as(office, "demo")
    assert received(office).code not in read
    office.close()


def test_the_window_is_killed_while_receiving(
    demo_folder: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Card, procedure, F9, paper out of the pretend printer: the real window, offscreen, from its start on."""
    out = tmp_path / "out"
    out.mkdir()
    windows = Forge(demo_folder, out, "tests.helpers.receiving_window")
    kills = max(4, request.config.getoption("--kills") // 2)
    dice = random.Random(7)
    read: dict[str, str] = {}
    found: Tally[str] = Tally()
    began = time.monotonic()
    try:
        longest = max(5.0, 2 * windows.pace())
        for number in range(kills):
            windows.kill_one_after(number, dice.uniform(0.5, longest))
            found = judge(demo_folder, out, read, whole=number % 25 == 0)
    finally:
        windows.close()
    found = judge(demo_folder, out, read, whole=True)
    seconds = time.monotonic() - began
    print(f"{kills} windows killed in {seconds:.0f} s: {dict(found)}")  # noqa: T201  (-s)
    assert not (out / "fell").exists(), (out / "fell").read_text()
    assert found["sheets"] > 0


def test_a_command_of_its_own_is_killed(demo_folder: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """`motcua dossier receive` as a shell starts it, killed between its start and its end."""
    out = tmp_path / "out"
    out.mkdir()
    form = tmp_path / "form.json"
    dice = random.Random(11)
    finished = 0
    for number in range(max(4, request.config.getoption("--kills") // 6)):
        owner = {"name": made_name(number), "date_of_birth": "1990", "identity_number": made_number(number)}
        form.write_text(json.dumps({"procedure": EXTRACT, "owner": owner, "complete": True}), "utf-8")
        words = ["--data", str(demo_folder), "--json", "dossier", "receive", "--file", str(form)]
        with subprocess.Popen(
            [sys.executable, "-m", "desktop", *words], stdout=subprocess.PIPE, cwd=ROOT, text=True
        ) as process:
            let_pass(dice.uniform(0.2, 2.0))
            process.kill()
            answer, _ = process.communicate()
        if answer:
            finished += 1
            with (out / "said").open("a") as told:
                told.write(json.dumps({"received": json.loads(answer)["code"]}) + "\n")
    found = judge(demo_folder, out, {}, whole=True)
    print(f"{found['dossiers']} received, {finished} answered")  # noqa: T201  (-s)
    assert found["dossiers"] >= finished


def test_the_judge_is_not_blind(forge: tuple[Forge, Path, Path]) -> None:
    """A receipt nobody recorded, a receipt whose dossier is gone, a number printed twice, a row without its act."""
    workers, folder, out = forge
    seconds = max(1.5, 3 * workers.pace())
    workers.kill_one_after(1, seconds)
    workers.kill_one_after(2, seconds)
    read: dict[str, str] = {}
    judge(folder, out, read, whole=True)
    receipt = next(path for path in sorted(out.glob("H*.pdf")) if ".2." not in path.name)

    stray = out / "H99.14-261123-9999.pdf"
    stray.write_bytes(receipt.read_bytes() + b"\n")
    with pytest.raises(AssertionError, match="in no act"):
        judge(folder, out, dict(read), whole=False)
    stray.write_bytes(receipt.read_bytes())
    with pytest.raises(AssertionError, match="another's paper"):
        judge(folder, out, dict(read), whole=False)
    stray.unlink()

    office = Office.open(folder)
    with office.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM dossier WHERE code = ?", (receipt.stem,))
    office.close()
    with pytest.raises(AssertionError):
        judge(folder, out, dict(read), whole=False)
