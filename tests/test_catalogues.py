"""The words of the program: every code has its sentence, every sentence its details, every text its translation.

The source is read by its syntax trees. A code is found where it is handed to whatever says it: the exceptions and
remarks of `rules/errors.py`, notices, questions, steps of an explanation, `sentence`, `message`, and every function
that passes one of its own arguments on to them.
"""

from __future__ import annotations

import ast
import importlib.util
import re
import string
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from onestop.actions.table import KINDS
from onestop.rules import deadline, dossier, keyboards, national, procedure
from onestop.store import highwater
from onestop.texts import CHOICE, SENTENCES
from paper.kinds import Foreign
from paper.pdf_clean import Active

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ("onestop", "paper", "desktop", "server")
CODE = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*(?:\.[a-z0-9]+(?:[-_][a-z0-9]+)*)+")
SAYERS: Mapping[str, int] = {
    **dict.fromkeys(("RuleBroken", "Trouble", "StoreTrouble", "DeviceTrouble", "NetworkTrouble", "Stale", "Remark"), 0),
    **dict.fromkeys(("sentence", "message", "Question"), 0),
    **dict.fromkeys(("Notice", "Step"), 1),
}
"""Who says a code, and the place of the code among the arguments."""
IN_KEYWORDS = {"RuleBroken", "Trouble", "StoreTrouble", "DeviceTrouble", "NetworkTrouble", "Stale", "sentence"}
"""Those that take the details as keywords; Remark, Notice, Step and message take them as one mapping."""

FAMILIES: Mapping[str, Iterable[str]] = {
    "state.{}": dossier.State,
    "limit.{}": procedure.Unit,
    "fee.{}": procedure.FeeKind,
    "due.{}": ("weekend", "closed", "paused"),
    "day.{}": ("counted", "make-up", "closed", "paused", "next"),
    "numbering.{}": ("restored", "copied"),
    "card.mangled.{}": keyboards.Damage,
    "card.other-document.{}": ("health-insurance", "bank", "mrz", "web"),
    "catalogue.unreadable.{}": (national.GZIP, national.NO_LINES),
    "receive.{}-made": ("supplement", "refusal"),
    "paper.not-a-page.{}": [each.value for each in Foreign if each not in (Foreign.EMPTY, Foreign.UNKNOWN)],
    "paper.active.{}": [each.value for each in Active if each not in (Active.FORM, Active.ATTACHMENT)],
}
"""Codes of which a part is put in at run time, and every value it can have."""
HAPPENED = ("history", "person-history")
"""Families of act kinds: a kind without a sentence is told as "<family>.other"."""
UNUSED: Mapping[str, str] = {
    "timeliness.early": "the words of rules/dossier.py Timeliness, for those who count dossiers",
    "timeliness.on-time": "as above",
    "timeliness.late": "as above",
    "sync.revoked": "what Answer.REVOKED of the centre means, for whoever runs sync/loop.py",
    "sync.upgrade": "what Answer.UPGRADE of the centre means, for the same",
}
"""Sentences that nothing in the program says yet, and why they stay."""
NOT_ENGLISH = re.compile(r"(?i)[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]")
NAMES = (
    "Một Cửa",
    "Tiếng Việt",
    "Phường Mẫu",
    "Tết",
    "đồng",
    "“Họ và tên”",
    "Nữ (female)",
    "cá nhân (person)",
    "tổ chức (organisation)",
    "hộ kinh doanh (household business)",
    "Nguyá»…n",
    "NGUYễN",
    "Quốc khánh",
    "NQ-HĐND",
)
"""What stays Vietnamese in an English text."""


class Said(NamedTuple):
    """One place where a code is said. `given` None: the details are not literally there."""

    where: str
    code: str
    given: frozenset[str] | None


pytestmark = pytest.mark.xdist_group("source")
"""The source is read once, by one worker."""

# -- reading the source ------------------------------------------------------------------------------------------------


@cache
def trees() -> dict[str, ast.Module]:
    return {
        file.relative_to(ROOT).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for room in PROGRAM
        for file in sorted((ROOT / room).rglob("*.py"))
    }


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "id", None) or getattr(call.func, "attr", "")


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def sayers(modules: Iterable[ast.Module]) -> dict[str, int]:
    """SAYERS and every function that hands one of its arguments on to one of them, directly or through another."""
    known = dict(SAYERS)
    functions = [
        (node.name, mine, [call for call in calls(node) if call.args])
        for tree in modules
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("__") and (mine := parameters(node))
    ]
    before = 0
    while len(known) != before:
        before = len(known)
        for name, mine, inside in functions:
            for call in inside if name not in known else ():
                passed = argument(call, known)
                if isinstance(passed, ast.Name) and passed.id in mine:
                    known[name] = mine.index(passed.id)
    return known


def parameters(function: ast.FunctionDef) -> list[str]:
    """The names of the arguments, as a caller counts them."""
    names = [arg.arg for arg in (*function.args.posonlyargs, *function.args.args)]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


def argument(call: ast.Call, known: Mapping[str, int]) -> ast.expr | None:
    """The code of a call of a sayer; None for any other call."""
    place = known.get(name_of(call))
    return call.args[place] if place is not None and place < len(call.args) else None


def said(files: Mapping[str, ast.Module]) -> Iterator[Said]:
    """Every code that is literally handed to a sayer, with the details that go with it."""
    known = sayers(files.values())
    for file, tree in files.items():
        for call in calls(tree):
            code = argument(call, known)
            for node in ast.walk(code) if code is not None else ():
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                    yield Said(f"{file}:{call.lineno}", node.value, given(call, known))


def given(call: ast.Call, known: Mapping[str, int]) -> frozenset[str] | None:
    """The names of the details of a call, None where they are not told by the call alone."""
    name = name_of(call)
    if name in IN_KEYWORDS:
        names = [keyword.arg for keyword in call.keywords]
        return None if None in names else frozenset(name for name in names if name)
    if name not in SAYERS or name == "Question":
        return None
    after = call.args[known[name] + 1 :]
    details = after[0] if after else next((each.value for each in call.keywords if each.arg == "details"), None)
    if details is None:
        return frozenset()
    if not isinstance(details, ast.Dict) or not all(isinstance(key, ast.Constant) for key in details.keys):
        return None
    return frozenset(str(key.value) for key in details.keys if isinstance(key, ast.Constant))


def put_together(files: Mapping[str, ast.Module]) -> Iterator[tuple[str, str]]:
    """Where a code is put together, as the place and the form: `f"state.{code}"` → "state.{}"."""
    known = sayers(files.values())
    for file, tree in files.items():
        for call in calls(tree):
            code = argument(call, known)
            for node in ast.walk(code) if code is not None else ():
                if isinstance(node, ast.JoinedStr):
                    parts = (str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
                    yield f"{file}:{call.lineno}", "".join(parts)


def literals(files: Mapping[str, ast.Module]) -> set[str]:
    """Every text of the source outside the table of sentences itself."""
    return {
        node.value
        for file, tree in files.items()
        if file != "onestop/texts.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


# -- codes and their sentences -----------------------------------------------------------------------------------------


@cache
def all_said() -> tuple[Said, ...]:
    """What the program says, read once."""
    return tuple(said(trees()))


def without_sentence(told: Iterable[Said]) -> list[str]:
    return [f"{each.where} {each.code}" for each in told if each.code not in SENTENCES]


def without_details(told: Iterable[Said]) -> list[str]:
    return [
        f"{each.where} {each.code}: {', '.join(sorted(lacking))}"
        for each in told
        if each.given is not None and (lacking := placeholders(SENTENCES.get(each.code, "")) - each.given)
    ]


def test_every_code_has_its_sentence() -> None:
    assert not without_sentence(all_said())


def test_every_sentence_is_given_its_details() -> None:
    assert not without_details(all_said())


@pytest.mark.parametrize(
    ("source", "no_sentence", "no_details"),
    [
        ('raise RuleBroken("planted.code")', ["x.py:1 planted.code"], []),
        ('raise StoreTrouble("planted.code" if bad else "act.stale")', ["x.py:1 planted.code"], []),
        ('tell(Notice(Level.GOOD, "planted.code"))', ["x.py:1 planted.code"], []),
        ('def odd(code):\n    return Remark(code)\nodd("planted.code")', ["x.py:3 planted.code"], []),
        ('raise Trouble("printer.jam")', [], ["x.py:1 printer.jam: printer"]),
        ('Remark("printer.jam", {"cause": 1})', [], ["x.py:1 printer.jam: printer"]),
        ('raise Trouble("printer.jam", printer=name)\nRemark("act.stale")\nicon("house.png")', [], []),
    ],
)
def test_a_planted_code_is_seen(source: str, no_sentence: list[str], no_details: list[str]) -> None:
    told = [*said({"x.py": ast.parse(source)})]
    assert without_sentence(told) == no_sentence
    assert without_details(told) == no_details


@pytest.mark.parametrize("family", FAMILIES)
def test_every_member_of_a_family_has_its_sentence(family: str) -> None:
    assert not [code for member in FAMILIES[family] if (code := family.format(member)) not in SENTENCES]


def test_every_family_is_known() -> None:
    assert not [f"{where} {form}" for where, form in put_together(trees()) if form not in FAMILIES]


def test_a_planted_family_is_seen() -> None:
    files = {"x.py": ast.parse('sentence(f"planted.{code}")')}
    assert list(put_together(files)) == [("x.py:1", "planted.{}")]


def test_families_say_what_the_rules_say() -> None:
    assert {kind.value for kind in deadline._Kind} >= set(FAMILIES["due.{}"])
    assert {kind.value for kind in deadline._Kind} >= set(FAMILIES["day.{}"])
    assert set(FAMILIES["numbering.{}"]) <= literals({"store": ast.parse(Path(highwater.__file__).read_text("utf-8"))})


@pytest.mark.parametrize("family", HAPPENED)
def test_the_history_speaks_of_kinds_of_acts(family: str) -> None:
    told = {code.removeprefix(f"{family}.") for code in SENTENCES if code.startswith(f"{family}.")}
    assert "other" in told
    known = set(KINDS) | {code.removeprefix(f"{family}.") for code in literals(trees()) if code in SENTENCES}
    made = {f"intake.{letter}" for letter in ("supplement", "refusal")} if family == "person-history" else set()
    assert not told - known - made


def test_no_sentence_is_left_over() -> None:
    texts = literals(trees())
    members = {family.format(member) for family in FAMILIES for member in FAMILIES[family]}
    codes = {each.code for each in all_said()}

    def is_used(code: str) -> bool:
        more_general, _, detail = code.rpartition(".")  # message() says it where a detail has this value
        return code in texts or code in members or (more_general in codes and detail in texts)

    left = {code for code in SENTENCES if not is_used(code) and not code.startswith(HAPPENED)}
    assert left == set(UNUSED)


def test_every_sentence_can_be_filled_in() -> None:
    assert not [code for code, text in SENTENCES.items() if not all(map(str.isidentifier, placeholders(text)))]


# -- texts and their translations --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def strings() -> ModuleType:
    """build/strings.py, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("strings_command", ROOT / "build" / "strings.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_everything_is_translated(strings: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert strings.main(["--check"]) == 0, capsys.readouterr().out


def test_every_marked_text_is_found(strings: ModuleType) -> None:
    """A text inside an f-string, or one that is not a literal where it is marked, never reaches the catalogue."""
    there = {message.id for message in strings.extract() if message.id}
    lost = [
        f"{file}:{call.lineno}"
        for file, tree in trees().items()
        for call in calls(tree)
        if name_of(call) in ("_", "N_") and call.args and isinstance(call.args[0], ast.Constant)
        if call.args[0].value not in there
    ]
    assert not lost


def test_english_is_english(strings: ModuleType) -> None:
    left = []
    for message in strings.read("en"):
        if message.id:
            text = message.string
            for name in NAMES:
                text = text.replace(name, "")
            if NOT_ENGLISH.search(text):
                left.append(message.string)
    assert not left


def test_a_choice_of_words_hangs_on_a_number(strings: ModuleType) -> None:
    texts = [message.string for message in strings.read("en") if message.id and "|" in message.string]
    assert texts
    assert not [text for text in texts if "|" in CHOICE.sub("", text)]


@pytest.mark.parametrize("language", ["en"])
def test_a_text_ends_as_its_source_does(strings: ModuleType, language: str) -> None:
    """A question stays one, a sentence keeps its full stop, a label stays without; lines are broken alike."""
    ends = ("?", "…", ":", ": ", ".")

    def shape(text: str) -> tuple[str, int]:
        return next((end for end in ends if text.endswith(end)), ""), text.count("\n")

    differ = [m.id for m in strings.read(language) if m.id and m.string and shape(m.id) != shape(m.string)]
    assert not differ
