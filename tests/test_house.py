"""The house rules of CONTRIBUTING.md that no linter knows, read off the syntax trees; each is also seen red."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ("onestop", "paper", "desktop", "server")
EVERYTHING = (*PROGRAM, "build", "benchmarks", "tests", "dev.py")
Finder = Callable[[ast.Module], Iterator[ast.AST]]
COLOUR = re.compile(r"#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")


def name_of(node: ast.AST) -> str:
    """The dotted name of `a.b.c` or of a call of it; empty for anything else."""
    if isinstance(node, ast.Call):
        return name_of(node.func)
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def named(*wanted: str) -> Finder:
    """Names that are, or end in, one of `wanted`, wherever they are read."""

    def find(tree: ast.Module) -> Iterator[ast.AST]:
        for node in ast.walk(tree):
            if isinstance(node, ast.Name | ast.Attribute) and fits(node, wanted):
                yield node

    return find


def called(*wanted: str) -> Finder:
    """Calls of a function or method whose name is, or ends in, one of `wanted`."""
    return lambda tree: (call for call in calls(tree) if fits(call, wanted))


def fits(node: ast.AST, wanted: tuple[str, ...]) -> bool:
    return f".{name_of(node)}".endswith(tuple(f".{name}" for name in wanted))


def no_docstring(tree: ast.Module) -> Iterator[ast.AST]:
    if tree.body and not ast.get_docstring(tree):
        yield tree.body[0]


def formatted_before_translation(tree: ast.Module) -> Iterator[ast.AST]:
    for call in calls(tree):
        if name_of(call).rpartition(".")[2] in ("_", "N_") and call.args:
            text = call.args[0]
            if isinstance(text, ast.JoinedStr | ast.BinOp) or name_of(text).endswith("format"):
                yield call


def style_sheet_text(tree: ast.Module) -> Iterator[ast.AST]:
    for call in calls(tree):
        if name_of(call).endswith("setStyleSheet") and any(
            isinstance(arg, ast.Constant | ast.JoinedStr) for arg in call.args
        ):
            yield call


def colour_literal(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and COLOUR.fullmatch(node.value):
            yield node


# rule: (what to say, where, where not, how it is found, a line that must be found)
RULES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], Finder, str]] = {
    "module-docstring": (
        "every module begins with one sentence on what it is for",
        EVERYTHING,
        (),
        no_docstring,
        "x = 1",
    ),
    "unfinished": ("nothing unfinished", EVERYTHING, (), named("NotImplementedError"), "raise NotImplementedError"),
    "skipped": (
        "a test runs or is not there",
        ("tests",),
        (),
        named("pytest.skip", "pytest.xfail", "mark.skip", "mark.skipif", "mark.xfail", "importorskip"),
        "@pytest.mark.skip\ndef test(): pass",
    ),
    "nested-loop": (
        "no nested event loop, no busy wait",
        EVERYTHING,
        (),
        named("processEvents", "QEventLoop"),
        "QApplication.processEvents()",
    ),
    "exec": (
        "only notices ask in a box of their own",
        ("desktop",),
        ("desktop/app.py", "desktop/cli/tour.py", "desktop/views/notices.py"),
        called("exec"),
        "dialog.exec()",
    ),
    "fixed-wait": (
        "tests wait for something (waitUntil, waitSignal), never for a time",
        ("tests",),
        (),
        called("qtbot.wait", "time.sleep"),
        "qtbot.wait(100)",
    ),
    "threads": (
        "threads live in desktop/jobs.py",
        ("desktop",),
        ("desktop/jobs.py",),
        called("Thread", "ThreadPoolExecutor", "QThread", "QThreadPool"),
        "threading.Thread(target=work)",
    ),
    "commit": (
        "only the unit of work commits",
        PROGRAM,
        ("onestop/store",),
        called("commit"),
        "session.commit()",
    ),
    "actions": (
        "every QAction stands in views/commands.py",
        ("desktop",),
        ("desktop/views/commands.py",),
        called("QAction"),
        "QAction('In lại', self)",
    ),
    "style-sheet": (
        "no style sheet in Python: resources/theme",
        ("desktop",),
        (),
        style_sheet_text,
        "self.setStyleSheet('color: red')",
    ),
    "colour": (
        "no colour in Python: resources/theme",
        ("desktop/views", "desktop/models", "desktop/app.py"),
        (),
        colour_literal,
        "ink = QColor('#1C1F23')",
    ),
    "translation": (
        "a text is translated first and filled in afterwards",
        PROGRAM,
        (),
        formatted_before_translation,
        "title = _(f'Hồ sơ {code}')",
    ),
}


def modules(where: tuple[str, ...], but: tuple[str, ...]) -> Iterator[Path]:
    for place in where:
        path = ROOT / place
        for file in [path] if path.suffix else sorted(path.rglob("*.py")):
            inside = file.relative_to(ROOT).as_posix()
            if file.exists() and "__pycache__" not in inside and not inside.startswith(but):
                yield file


def test_rules_hold() -> None:
    """Each file is parsed once, for all rules, and forgotten: all their trees together slow everything down."""
    rules: dict[Path, list[str]] = {}
    for rule, (_, where, but, _, _) in RULES.items():
        for file in modules(where, but):
            rules.setdefault(file, []).append(rule)
    broken = []
    for file, held in rules.items():
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for rule in held:
            said, _, _, find, _ = RULES[rule]
            at = f"{file.relative_to(ROOT)}"
            broken += [f"{said}: {at}:{getattr(node, 'lineno', 1)}" for node in find(tree)]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("rule", RULES)
def test_rule_is_seen_red(rule: str) -> None:
    _, _, _, find, bad = RULES[rule]
    assert list(find(ast.parse(bad)))
