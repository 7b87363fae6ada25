"""The page of the guide about the command line: the files that it shows are files that the commands take, every name of
the form stands in it, and every command."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from desktop.office import Office
from desktop.views.guide import FOLDER
from onestop.rules.intake import CertifyForm, ComponentForm, Delivery, PersonForm, ReceiveForm
from tests.desktop.cli.conftest import Run
from tests.helpers.office import BIRTH, made_person, received
from tests.helpers.pages import made_pdf

PAGE = (FOLDER / "command-line.md").read_text("utf-8")
PERSON, COMPANY, DOSSIER, CORRECTION, TURNED_AWAY = (
    json.loads(block) for block in re.findall(r"```json\n(.+?)```", PAGE, re.DOTALL)
)
Write = Callable[..., str]


def test_its_files_are_taken_as_they_stand(run: Run, write: Write, tmp_path: Path) -> None:
    (tmp_path / "giay-chung-sinh.pdf").write_bytes(made_pdf("Giay chung sinh"))
    person = run("citizen", "register", "--file", write(PERSON))
    assert (person.status, person.plain["created"], person.plain["warnings"]) == (0, True, [])
    company = run("citizen", "register", "--file", write(COMPANY))
    assert (company.status, company.plain["created"]) == (0, True)
    received = run("dossier", "receive", "--file", write(DOSSIER), "--now", "2026-11-23T09:05")
    assert (received.status, received.plain["state"], received.plain["warnings"]) == (0, "received", [])
    corrected = run(
        "dossier", "correct", received.plain["code"], "--file", write(CORRECTION), "--now", "2026-11-23T09:09"
    )
    assert corrected.status == 0, corrected.error
    assert set(corrected.plain) == {"code", "act", "corrected", "warnings", "remarks"}
    told = answers(r"Trả về `(\{\"id\", \"code\".+?\})`")
    assert set(received.plain) == told
    assert set(person.plain) == answers(r"Trả về `(\{\"id\", \"created\".+?\})`")
    assert run("dossier", "turn-away", "--file", write(TURNED_AWAY)).status == 0


def test_papers_answer_as_it_says(run: Run, demo_office: Office, tmp_path: Path) -> None:
    code = received(demo_office, made_person(41), procedure=BIRTH).code
    file = tmp_path / "giay-chung-sinh.pdf"
    file.write_bytes(made_pdf("Giay chung sinh"))
    attached = run("papers", "attach", code, "chứng sinh", str(file)).plain
    assert set(attached) == answers(r"`attach` trả về `(\{.+?\})`")
    assert set(attached["papers"][0]) == answers(r"`dossier show`:\s+`(\{.+?\})`")
    checked = run("papers", "check", str(file)).plain
    assert {"ok", *checked["files"][0]} | {"files"} == answers(r"Trả về `(\{\"ok\", \"files\".+?\})`")
    assert set(run("papers", "file").plain) == answers(r"Trả về `(\{\"filed\".+?\})`")


def answers(pattern: str) -> set[str]:
    """The names at the top of an answer that the page shows."""
    found = re.search(pattern, PAGE, re.DOTALL)
    assert found
    return set(re.findall(r'"([a-z_0-9]+)"', re.sub(r": \{[^}]*\}", "", found[1])))


@pytest.mark.parametrize("form", [PersonForm, ReceiveForm, ComponentForm, CertifyForm, Delivery])
def test_every_name_of_the_form_stands_in_it(form: Any) -> None:
    assert [each.name for each in fields(form) if not re.search(rf'[`"]{each.name}[`"]', PAGE)] == []


def test_every_command_and_every_option_of_one_stands_in_it(say: Callable[..., tuple[int, str, str]]) -> None:
    for words in (
        "office init", "office resume", "office bring-back", "office clerk add", "office clerk code",
        "catalogue import", "catalogue find", "citizen register", "citizen find", "citizen import", "due",
        "dossier receive", "dossier show", "dossier find", "dossier link", "dossier unlink", "dossier turn-away",
        "papers attach", "papers scan", "papers check", "papers separators", "papers file", "print", "check", "tour",
    ):  # fmt: skip
        status, out, _err = say(*words.split(), "--help")
        assert status == 0
        assert words.split()[-1] in PAGE
        own = set(re.findall(r"--[a-z-]+", out)) - COMMON
        assert {option for option in own if option not in PAGE} == set(), words


COMMON = {"--help", "--title", "--counter", "--short", "--template", "--paper", "--lien"}
"""Told by `--help` alone."""
