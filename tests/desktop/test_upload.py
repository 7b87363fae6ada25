"""The files of a dossier in one folder, under clear names; gone once its code is there; an office's own copy panel."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop import upload
from desktop.office import Office
from onestop import clock
from onestop.actions import paper_changes, papers
from onestop.actions.paper_changes import DescribeForm
from onestop.actions.papers import AttachForm, Brought
from onestop.actions.receive import Received
from onestop.queries import papers as queries
from onestop.rules import copy_panel
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.rules.papers import FileFacts
from onestop.texts import message
from tests.helpers.office import BIRTH, MONDAY, received
from tests.helpers.pages import made_pdf

PAPER = "Giấy chứng sinh"


@pytest.fixture
def office(demo_office: Office) -> Iterator[Office]:
    with clock.frozen(MONDAY):
        yield demo_office


@pytest.fixture
def dossier(office: Office) -> Received:
    found = received(office, procedure=BIRTH)
    for text in ("một", "hai"):
        content = made_pdf(text)
        brought = Brought(content, FileFacts(f"{text} 001194004321.pdf", "application/pdf", len(content)))
        office.perform(papers.attach, AttachForm(found.code, PAPER, (brought,)))
    return found


def test_every_file_under_a_clear_name_without_the_number_of_a_person(office: Office, dossier: Received) -> None:
    first = office.read(queries.of_dossier, dossier.id)[0]
    about = replace(first.about, title="Giấy chứng sinh số 001194004321 / Trần Hoàng Ưu Ái")
    office.perform(paper_changes.describe, DescribeForm(first.id, about))
    found = upload.gather(office, dossier.id)
    assert found.folder == office.folder / "upload" / dossier.code
    assert found.files == ("01-giay-chung-sinh-so-tran-hoang-uu-ai.pdf", "02-giay-chung-sinh.pdf")
    assert all((found.folder / name).read_bytes().startswith(b"%PDF") for name in found.files)
    if os.name != "nt":
        assert found.folder.stat().st_mode & 0o007 == 0, "nobody else reads them"
    assert upload.gather(office, dossier.id) == found, "again: the same"


def test_it_is_gone_once_the_code_is_there_or_after_a_day(office: Office, dossier: Received) -> None:
    old = office.folder / "upload" / "cũ"
    old.mkdir(parents=True)
    before = (MONDAY - timedelta(days=2)).timestamp()
    os.utime(old, (before, before))
    found = upload.gather(office, dossier.id)
    assert not old.exists()
    upload.forget(office, dossier.id)
    assert not found.folder.exists()


def test_nothing_to_gather_and_no_place_for_it_are_said(office: Office, dossier: Received) -> None:
    bare = received(office)
    for wanted, code in ((bare.id, "upload.none"), ("no such dossier", "dossier.unknown")):
        with pytest.raises(RuleBroken) as caught:
            upload.gather(office, wanted)
        assert caught.value.code == code
    (office.folder / "upload").write_text("a file in the way", "utf-8")
    with pytest.raises(StoreTrouble) as trouble:
        upload.gather(office, dossier.id)
    assert trouble.value.code == "file.unwritable"


OWN = '[[profile]]\nkey = "tinh"\nname = "Hệ thống tỉnh"\nfields = [{ label = "Họ tên", take = "owner.name" }]\n'


def own(folder: Path, text: str) -> upload.Book:
    (folder / upload.PROFILES).write_text(text, "utf-8")
    return upload.profiles(folder)


def test_the_offices_own_profiles_stand_before_those_that_ship(tmp_path: Path) -> None:
    shipped = copy_panel.profiles()
    assert upload.profiles(tmp_path) == upload.Book(shipped)
    book = own(tmp_path, OWN + OWN.replace("tinh", "example").replace("Hệ thống tỉnh", "Riêng"))
    assert [(each.key, each.name) for each in book.profiles] == [("tinh", "Hệ thống tỉnh"), ("example", "Riêng")]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("[[profile]\n", "copy-panel.syntax", "dòng 1"),
        ("", "copy-panel.none", "[[profile]]"),
        (OWN + OWN, "copy-panel.twice", "tinh"),
        (OWN.replace("owner.name", "owner.password"), "copy-panel.take", "owner.password"),
        (OWN.replace("label", "nhan"), "copy-panel.field", "tinh"),
        ('[[profile]]\nkey = "a"\nname = "A"\nfields = []\n', "copy-panel.no-fields", "“a”"),
        ('[[profile]]\nname = "A"\n', "copy-panel.row", "“A”"),
    ],
)
def test_a_bad_file_changes_nothing_and_is_told_in_a_sentence(tmp_path: Path, text: str, code: str, said: str) -> None:
    book = own(tmp_path, text)
    assert book.profiles == copy_panel.profiles()
    assert book.fault is not None
    assert book.fault.code == code
    assert said in message(code, book.fault.details)


def test_a_file_that_is_no_text_is_told_too(tmp_path: Path) -> None:
    (tmp_path / upload.PROFILES).write_bytes(b"\xff\xfe\x00")
    fault = upload.profiles(tmp_path).fault
    assert fault is not None
    assert fault.code == "copy-panel.unreadable"
