"""An office comes about: its folder, its database, the holidays and the starter catalogue; whole, or not at all."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop import settings
from desktop.office import Office, open_store
from onestop.actions import catalogue, manage, office_file
from onestop.actions.catalogue import PublishForm
from onestop.rules import why
from onestop.rules.catalogue_file import read_document
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.store.files import sync_folder
from onestop.store.folder import DATABASE, MAKING, holds_office, lost_office
from onestop.store.privacy import open_to_whom_the_folder_is
from onestop.store.work import Work

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
STARTERS = (("holidays", "holidays.toml"), ("catalogue", "procedures.json"))
"""What every new office begins with: kind of publication, file in resources/catalogue."""


def sample() -> manage.FoundForm:
    """The fictional ward of demo, training and tests."""
    return office_file.read((RESOURCES / "sample" / "office.toml").read_text("utf-8"), demo=True)


def create(folder: Path, form: manage.FoundForm, key: str | None = None) -> tuple[Office, manage.Founded]:
    """Make the office in an empty or new folder. RuleBroken("office.already") when one is there."""
    path = folder / DATABASE
    demand_unused(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreTrouble(why.store_trouble(error), said=error.strerror or str(error)) from error
    store = open_store(path, key)
    office = Office(folder, store)
    try:
        importlib.import_module("onestop.store.migrate").upgrade(store)
        with store.writing() as connection:
            manage.prepare(connection, _on(form, office.machine))
        office.actor = manage.founder()
        founded = office.perform(manage.found, form).answer
    except BaseException:
        store.close()
        for tail in ("", "-wal", "-shm"):
            path.with_name(path.name + tail).unlink(missing_ok=True)
        raise
    return office, founded


def demand_unused(folder: Path) -> None:
    """RuleBroken office.already where an office is, office.folder-used where one has worked whose database is gone."""
    if holds_office(folder):
        raise RuleBroken("office.already", folder=str(folder))
    if lost_office(folder):
        raise RuleBroken("office.folder-used", folder=str(folder))


def establish(folder: Path, form: manage.FoundForm, key: str | None = None) -> tuple[Office, manage.Founded]:
    """Make an office in a new or empty folder with the holidays and the starter catalogue: whole, or not at all.

    RuleBroken office.already, office.folder-used, setting.* for an option that cannot be, and those of `manage.found`.
    """
    demand_unused(folder)
    for option, value in form.options.items():
        _check_option(option, value)
    making = folder / MAKING
    try:
        shutil.rmtree(making, ignore_errors=True)
        office, founded = create(making, form, key)
        try:
            for kind, name in STARTERS:
                content = (RESOURCES / "catalogue" / name).read_bytes()
                office.perform(catalogue.publish, PublishForm(kind, "starter", name, content))
            office.perform(_put_on_quick_list, read_document(content).quick)
        finally:
            office.close()
        _move_out(making, folder)
    except OSError as error:
        raise StoreTrouble(why.store_trouble(error), said=error.strerror or str(error)) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return Office.open(folder, key), founded


def _put_on_quick_list(work: Work, codes: Sequence[str]) -> None:
    for place, code in enumerate(codes, 1):
        catalogue.switch(work, catalogue.SwitchForm(code, quick=place))


def _move_out(making: Path, folder: Path) -> None:
    """Files first, the database last: until it is there, there is no office."""
    for part in sorted(making.iterdir(), key=lambda each: each.name == DATABASE):
        target = folder / part.name
        if part.is_dir() and target.is_dir():
            shutil.copytree(part, target, dirs_exist_ok=True)
        else:
            os.replace(part, target)
    open_to_whom_the_folder_is(folder / DATABASE)
    sync_folder(folder)


FREE_OPTIONS = ("symbol", "lookup")
"""Options that no settings page asks for: the symbol after a letter's number, where dossiers are followed."""


def _check_option(key: str, value: Any) -> None:
    if key in FREE_OPTIONS:
        if not isinstance(value, str):
            raise RuleBroken("setting.not-text", field=key, value=value)
        return
    setting = settings.BY_KEY.get(key)
    if setting is None or setting.scope is not settings.Scope.OFFICE:
        raise RuleBroken("office-file.unknown-key", key=f"options.{key}")
    settings.check(setting, value)


def _on(form: manage.FoundForm, machine: str) -> manage.FoundForm:
    plain = {name: getattr(form, name) for name in form.__dataclass_fields__}
    return manage.FoundForm(**{**plain, "machine": machine})
