"""Settings: declared once, kept where their scope says, never lost, never wrong."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop import settings as declared
from desktop.settings import BY_KEY, GROUPS, SETTINGS, Scope, Settings, check
from onestop.actions import office_file
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.rules.letters import Envelope, FormKey, Paper, form_on, qr_profiles
from onestop.texts import SENTENCES
from tests.desktop.pretend import PretendShelf

GOOD = [
    ("language", "en"),
    ("text_scale", 150),
    ("text_scale", 130),
    ("compact_rows", True),
    ("printer_receipt", "HP LaserJet tầng 1"),
    ("paper_receipt", "a5"),
    ("due_hour", "same-clock"),
    ("due_hour", "16:30"),
    ("code_width", 7),
    ("backup_keep", 2),
    ("scan_device", "escl:http://192.168.1.20/eSCL"),
    ("scan_dpi", 600),
    ("scan_sides", "manual"),
    ("card_speed", 115200),
    ("list_columns", {"dossiers": {"code": {"hidden": False}}}),
]
BAD = [
    ("language", "fr", "setting.not-a-choice"),
    ("text_scale", 90, "setting.out-of-range"),
    ("text_scale", 210, "setting.out-of-range"),
    ("theme", "sepia", "setting.not-a-choice"),
    ("text_scale", "150", "setting.not-a-number"),
    ("text_scale", True, "setting.not-a-number"),
    ("compact_rows", 1, "setting.not-yes-or-no"),
    ("printer_receipt", 5, "setting.not-text"),
    ("due_hour", "25:00", "setting.wrong-form"),
    ("due_hour", "lúc nào cũng được", "setting.wrong-form"),
    ("code_width", 3, "setting.out-of-range"),
    ("code_width", 8, "setting.out-of-range"),
    ("backup_keep", 1, "setting.out-of-range"),
    ("scan_dpi", 150, "setting.not-a-choice"),
    ("scan_colour", "sepia", "setting.not-a-choice"),
    ("scan_size_limit", 0, "setting.out-of-range"),
    ("list_columns", [], "setting.not-text"),
]


def test_the_choices_of_the_qr_code_are_the_profiles_of_the_table() -> None:
    setting = BY_KEY["receipt_qr"]
    assert [key for key, _label in setting.choices] == list(qr_profiles())
    assert setting.default == qr_profiles()[0]


def test_every_letter_has_its_printer_and_the_paper_of_its_form() -> None:
    for kind in FormKey:
        assert BY_KEY[f"printer_{kind}"].source == "printers", kind
        paper = BY_KEY.get(f"paper_{kind}")
        if kind in (FormKey.DECLARATION, FormKey.RESULT_LETTER):
            continue  # their sizes stand in tables of their own
        assert paper is not None
        assert paper.default == form_on(kind, date(2026, 11, 23)).paper.lower(), kind
        assert {value for value, _label in paper.choices} == {
            each.lower() for each in (Envelope if kind is FormKey.ENVELOPE else Paper)
        }


@pytest.fixture
def shelf() -> PretendShelf:
    return PretendShelf()


@pytest.fixture
def settings(tmp_path: Path, shelf: PretendShelf) -> Settings:
    return Settings(tmp_path / "settings.json", shelf)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_default_is_a_value_that_may_be_kept(setting: declared.Setting) -> None:
    assert check(setting, setting.default) == setting.default
    assert setting.group in {"", *(key for key, _title in GROUPS)}
    assert setting.label


@pytest.mark.parametrize(("key", "value"), GOOD)
def test_what_was_set_is_there_again(
    settings: Settings, tmp_path: Path, shelf: PretendShelf, key: str, value: Any
) -> None:
    settings.set(key, value)
    assert settings.get(key) == value
    assert Settings(tmp_path / "settings.json", shelf).get(key) == value


@pytest.mark.parametrize(("key", "value", "code"), BAD)
def test_what_cannot_be_is_refused_with_a_sentence(settings: Settings, key: str, value: Any, code: str) -> None:
    before = settings.get(key)
    with pytest.raises(RuleBroken) as broken:
        settings.set(key, value)
    assert broken.value.code == code
    assert broken.value.details["field"] == key
    assert SENTENCES[code].format(**broken.value.details)
    assert settings.get(key) == before


def test_scope_decides_where_it_is_kept(settings: Settings, tmp_path: Path, shelf: PretendShelf) -> None:
    settings.set("printer_receipt", "HP")
    settings.set("language", "en")
    settings.set("code_width", 5)
    assert json.loads((tmp_path / "settings.json").read_text("utf-8")) == {"printer_receipt": "HP"}
    assert shelf.values == {("person", "language"): "en", ("office", "code_width"): 5}


def test_another_clerk_has_his_own(settings: Settings) -> None:
    settings.set("language", "en")
    settings.put_on(PretendShelf())
    assert settings.get("language") == "vi"


def test_before_anybody_is_in_defaults_hold_and_nothing_of_a_person_can_be_set(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    assert settings.get("language") == "vi"
    with pytest.raises(RuleBroken, match="no-office"):
        settings.set("language", "en")


def test_keys_of_a_newer_version_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"from_the_future": [1, 2], "paper_receipt": "a5"}', "utf-8")
    Settings(file).set("printer_receipt", "HP")
    assert json.loads(file.read_text("utf-8")) == {
        "from_the_future": [1, 2],
        "paper_receipt": "a5",
        "printer_receipt": "HP",
    }


def test_a_value_that_can_no_longer_be_counts_as_not_set(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"paper_receipt": "a3", "backup_keep": "many"}', "utf-8")
    settings = Settings(file)
    assert (settings.get("paper_receipt"), settings.get("backup_keep")) == ("a4", 7)


@pytest.mark.parametrize("content", ["{", "[]", "", "\x00\x01"])
def test_a_broken_file_does_not_stop_the_program(tmp_path: Path, content: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(content, "utf-8")
    settings = Settings(file)
    assert settings.get("paper_receipt") == "a4"
    settings.set("paper_receipt", "a5")
    assert Settings(file).get("paper_receipt") == "a5"


def test_a_folder_that_cannot_be_written_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    settings = Settings(tmp_path / "file" / "settings.json")
    with pytest.raises(StoreTrouble, match="not-written"):
        settings.set("paper_receipt", "a5")


def test_a_renamed_key_brings_its_value_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declared, "RENAMED", {"receipt_paper": "paper_receipt"})
    file = tmp_path / "settings.json"
    file.write_text('{"receipt_paper": "a5"}', "utf-8")
    assert Settings(file).get("paper_receipt") == "a5"


def test_who_watches_is_told(settings: Settings) -> None:
    heard: list[str] = []
    settings.watch(heard.append)
    settings.set("theme", "dark")
    assert heard == ["theme"]


def test_a_key_that_nobody_declared_is_our_mistake(settings: Settings) -> None:
    with pytest.raises(KeyError):
        settings.get("nothing")
    assert set(BY_KEY) == {setting.key for setting in SETTINGS}
    assert {setting.scope for setting in SETTINGS} == set(Scope)


# -- what the installer fixed, what the office shares


def test_the_offices_choice_is_the_default_of_its_machines(settings: Settings, shelf: PretendShelf) -> None:
    shelf.set("office", "scan_dpi", 200)
    assert settings.get("scan_dpi") == 200
    settings.set("scan_dpi", 600)
    assert settings.get("scan_dpi") == 600, "a machine may have its own"
    shelf.set("office", "scan_colour", "sepia")
    assert settings.get("scan_colour") == "colour", "what cannot be a value counts as not set"
    shelf.set("office", "printer_receipt", "HP")
    assert settings.get("printer_receipt") == "", "only what is shared"


def test_what_the_installer_locked_stays(settings: Settings, shelf: PretendShelf) -> None:
    settings.set("scan_dpi", 600)
    shelf.set("office", "locked", {"scan_dpi": 300, "theme": "light", "scan_sides": "nonsense"})
    assert settings.get("scan_dpi") == 300
    assert settings.get("theme") == "light"
    assert [settings.locked(key) for key in ("scan_dpi", "theme", "scan_sides", "scan_colour")] == [
        True,
        True,
        False,
        False,
    ]
    with pytest.raises(RuleBroken) as broken:
        settings.set("scan_dpi", 200)
    assert (broken.value.code, broken.value.details["field"]) == ("setting.locked", "scan_dpi")
    settings.set("scan_sides", "both")
    shelf.set("office", "locked", {})
    assert settings.get("scan_dpi") == 600, "its own choice was not lost"


@pytest.mark.parametrize("key", [setting.key for setting in SETTINGS if setting.source])
def test_what_is_unplugged_today_may_be_chosen(settings: Settings, key: str) -> None:
    assert settings.get(key) == ""
    settings.set(key, "Máy đang sửa")
    assert settings.get(key) == "Máy đang sửa"


@pytest.mark.parametrize("locks", [None, [], "scan_dpi", 5])
def test_locks_that_are_none_lock_nothing(settings: Settings, shelf: PretendShelf, locks: Any) -> None:
    shelf.set("office", "locked", locks)
    assert not settings.locked("scan_dpi")


def test_locks_come_from_the_offices_file() -> None:
    form = office_file.read(
        'code = "H99.14"\nname = "A"\nparent_name = "B"\nplace = "C"\n'
        "[options]\nscan_dpi = 200\n[options.locked]\nscan_colour = 'colour'\n"
    )
    assert dict(form.options) == {"scan_dpi": 200, "locked": {"scan_colour": "colour"}}
