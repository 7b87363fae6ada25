#!/usr/bin/env python3
"""The workshop of Một Cửa: every command a developer needs. `python3 dev.py --help` lists them.

Standard library only. Whatever a command needs (system packages, .venv, pinned packages, the project in it) is set up
by the command itself, once: `.venv/set-up` keeps a copy of what was asked for, and a second start only compares it.
"""

from __future__ import annotations

import argparse
import ast
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable

ROOT = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(ROOT, "out")
VENV = os.path.join(ROOT, ".venv")
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(BIN, "python")
STAMP = os.path.join(VENV, "set-up")
DEMO = os.path.join(OUT, "demo")
REQUIREMENTS = ("runtime", "dev", "bench")

# Debian 12 and Ubuntu 24.04; where Ubuntu's name ends in t64, that one counts too.
SYSTEM = {
    # Qt's libraries (offscreen, then a window on X11), then what printing, PDF views and cameras link to; scanners.
    "run": (
        "libgl1 libegl1 libfontconfig1 libglib2.0-0 libxkbcommon0 libdbus-1-3 "
        "libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 "
        "libgssapi-krb5-2 libcups2 libpulse0 sane-utils sane-airscan tesseract-ocr-vie"
    ),
    # The migrations run on PostgreSQL too; a real window without a screen; pdftotext and pdfsig as second
    # readers of our PDFs; a token in software, and the tool that writes a certificate on it; PDFBox as a second
    # opinion on PDF/A.
    "test": (
        "postgresql xvfb xauth poppler-utils softhsm2 opensc "
        "libpdfbox2-java default-jre-headless libactivation-java libjaxb-api-java"
    ),
    # strip and objdump, for the one-folder program.
    "package": "binutils",
    # WeasyPrint, the reference of the receipt and report benchmarks.
    "bench": "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
}


# -- set-up ------------------------------------------------------------------------------------------------------------


def wanted() -> str:
    """What a finished set-up was made of: this Python, the project's description, the pinned packages."""
    files = [read(os.path.join(ROOT, name)) for name in ("pyproject.toml", "requirements/dev.txt")]
    return "\n".join([f"{sys.version} {sys.base_prefix} {ROOT}", *files])


def is_set_up() -> bool:
    """Whether `.venv` is what the source tree asks for."""
    return read(STAMP) == wanted()


def set_up() -> None:
    """Make `.venv` with the pinned packages and the project in it; nothing happens when it is there already."""
    if is_set_up():
        return
    started = time.monotonic()
    write(STAMP, "")  # should this set-up break off, the next start begins it anew
    system_packages("run")
    if not venv_fits():
        if importlib.util.find_spec("ensurepip") is None:
            system_packages(package="python3-venv", needed="to make .venv")
        say("making .venv …")
        run([sys.executable, "-m", "venv", "--clear", VENV])
    say("installing the pinned packages (once, a minute or so) …")
    pip("--require-hashes", "-r", "requirements/dev.txt")
    pip("--no-deps", "--no-build-isolation", "-e", ".")
    write(STAMP, wanted())
    say(f"set up in {time.monotonic() - started:.0f} s")


def venv_fits() -> bool:
    """Whether `.venv` stands and was made by the Python that runs now."""
    lines = dict(line.partition(" = ")[::2] for line in read(os.path.join(VENV, "pyvenv.cfg")).splitlines())
    return lines.get("version", "").startswith(".".join(map(str, sys.version_info[:3]))) and os.path.exists(PYTHON)


def pip(*args: str) -> None:
    run([PYTHON, "-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check", "--no-input", *args])


def system_packages(group: str = "", *, package: str = "", needed: str = "") -> None:
    """Install what is missing of a group of SYSTEM through apt-get, or say in one line what to install.

    `needed` names what cannot go on without them: then a failure ends the command.
    """
    if not shutil.which("dpkg-query"):
        return  # not Debian: README names the libraries
    missing = missing_packages((package or SYSTEM[group]).split())
    if not missing:
        return
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    rights = root_rights()
    if rights is not None:
        say("apt-get install " + " ".join(missing) + " …")
        quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        update = subprocess.run([*rights, "apt-get", "update", "-qq"], env=env, check=False, **quiet)
        done = subprocess.run([*rights, *command], env=env, check=False, **quiet)
        if done.returncode == 0:
            return
        say(f"{update.stdout}{done.stdout}".strip())
    line = "please install: sudo apt-get install " + " ".join(missing)
    if needed:
        sys.exit(f"dev.py: {line} ({needed})")
    say(line)


def missing_packages(names: Iterable[str]) -> list[str]:
    """Those of `names` that dpkg does not have."""
    names = list(names)
    both = names + [f"{name}t64" for name in names]
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *both],
        capture_output=True,
        text=True,
        check=False,
    )
    there = {line.split()[0].removesuffix("t64") for line in asked.stdout.splitlines() if line.endswith(" installed")}
    return [name for name in names if name not in there]


def root_rights() -> list[str] | None:
    """What to put before a command that needs root: nothing, sudo, or None where neither is at hand."""
    if os.name != "posix":
        return None
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


# -- commands ----------------------------------------------------------------------------------------------------------


def run_window(args: list[str]) -> int:
    """Open the window on the demo office in out/demo; where there is no display, do the tour into out instead.

    Arguments go to `motcua`. The demo office is made at the first start: log in as the clerks it names.
    """
    set_up()
    if not has_display():
        say("no display here (neither DISPLAY nor WAYLAND_DISPLAY): doing the tour instead, into out")
        return take_tour([])
    if not os.path.isdir(DEMO) or not os.listdir(DEMO):
        run([motcua(), "--data", DEMO, "office", "init", "--demo"], cwd=os.getcwd())
    return become([motcua(), "--data", DEMO, *args])


def take_tour(args: list[str]) -> int:
    """Live a whole day in a throw-away demo office and keep every screen (PNG) and paper (PDF) in OUT (default: out).

    The same as `motcua tour OUT`.
    """
    set_up()
    where = args or [OUT]
    os.makedirs(where[0], exist_ok=True)
    return call([motcua(), "tour", *where])


def check(args: list[str]) -> int:
    """Look without running anything: style, format, types, the way the arrows run, texts complete.

    Exit status 1 when one of them fails; the output of what failed is shown.
    """
    set_up()
    return 1 if failed_checks() else 0


def failed_checks() -> list[str]:
    failed = []
    for name, command in {
        "ruff check": [tool("ruff"), "check", "--quiet", "."],
        "ruff format": [tool("ruff"), "format", "--check", "--quiet", "."],
        "mypy": [PYTHON, "-m", "mypy", "--no-error-summary"],
        "import contracts": [tool("lint-imports"), "--no-logo"],
        "strings": [PYTHON, "build/strings.py", "--check"],
    }.items():
        started = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment(), check=False)
        say(f"{name:17} {'ok' if done.returncode == 0 else 'FAILED':6} {time.monotonic() - started:5.1f} s")
        if done.returncode:
            failed.append(name)
            print((done.stdout + done.stderr).rstrip(), flush=True)
    return failed


def test(args: list[str]) -> int:
    """Check, then run every test. With arguments: only pytest, with these arguments (tests/onestop -k deadline).

    The last line is pytest's own. Exit status: not 0 when a check or a test failed. The tests of the migrations start
    a PostgreSQL of their own on a free loopback port and throw it away.
    """
    set_up()
    system_packages("test")
    env = environment()
    if args:
        return call([PYTHON, "-m", "pytest", *args], env=env)
    failed = failed_checks()
    env["MOTCUA_FAILED_CHECKS"] = ", ".join(failed)
    workers = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadgroup"] if (os.cpu_count() or 1) > 1 else []
    tests = call([PYTHON, "-m", "pytest", *workers], env=env)
    return tests or (1 if failed else 0)


def bench(args: list[str]) -> int:
    """Measure: benchmarks/NAME.py for each NAME, or all. One JSON line for each goal, on standard output.

    A figure is a ratio to a reference taken in the same run; see the docstring of each file. Exit status 1 when a
    benchmark could not run; a goal that does not hold is no failure of the command.
    """
    set_up()
    names = benchmarks()
    unknown = [name for name in args if not name.startswith("-") and name not in names]
    if unknown:
        sys.exit(f"dev.py: no benchmark {', '.join(unknown)}; there are: {', '.join(names)}")
    system_packages("bench")
    stamp = os.path.join(VENV, "set-up-bench")
    asked = read(os.path.join(ROOT, "requirements", "bench.txt"))
    if read(stamp) != asked:
        say("installing the packages measured against …")
        pip("--require-hashes", "-r", "requirements/bench.txt")
        write(stamp, asked)
    chosen = [name for name in args if not name.startswith("-")] or names
    options = [arg for arg in args if arg.startswith("-")]
    worst = 0
    for name in chosen:
        start = "import importlib, sys; sys.exit(importlib.import_module(sys.argv[1]).main(sys.argv[2:]))"
        env = {**environment(), "OMP_THREAD_LIMIT": "1"}  # the references, too, work in one thread
        worst = max(worst, abs(call([PYTHON, "-c", start, f"benchmarks.{name}", *options], env=env)))
    return 1 if worst else 0


def benchmarks() -> list[str]:
    """The files of benchmarks/ that measure something, that is, define `main`; the others help them."""
    folder = os.path.join(ROOT, "benchmarks")
    found = []
    for file in sorted(os.listdir(folder)):
        if file.endswith(".py"):
            body = ast.parse(read(os.path.join(folder, file))).body
            if any(isinstance(part, ast.FunctionDef) and part.name == "main" for part in body):
                found.append(file.removesuffix(".py"))
    return found


def package(args: list[str]) -> int:
    """Build the program as one folder that needs no Python (out/package/motcua), then receive a dossier in it.

    Linux; PyInstaller's own files go to out/package too. The recipe is build/motcua.spec.
    """
    set_up()
    system_packages("package")
    return call([PYTHON, "build/package.py", *args], env=environment())


def migrate(args: list[str]) -> int:
    """With a MESSAGE: write the migration that brings a database from the last one to onestop/store/schema.py.

    Without: say whether the last migration and the schema agree (exit status 1: they do not). Read what was written
    before you commit it, and run the tests of the migrations.
    """
    set_up()
    return call([PYTHON, "build/migrate.py", *args], env=environment())


def strings(args: list[str]) -> int:
    """Take the texts out of the source into resources/locale/en.po, keeping what is translated, and compile en.mo.

    --check: change nothing; exit status 1 when a text lacks its translation, a {placeholder} differs or en.mo is old.
    """
    set_up()
    return call([PYTHON, "build/strings.py", *args], env=environment())


def pin(args: list[str]) -> int:
    """Resolve the dependencies of pyproject.toml anew and write requirements/*.txt with their hashes.

    For Python 3.11 and later on every system. What is pinned stays where it is unless --upgrade is given.
    """
    set_up()
    uv = [PYTHON, "-m", "uv", "pip", "compile", "--quiet", "--no-config", "--universal", "--python-version", "3.11"]
    uv += ["--generate-hashes", "--no-header", "--no-annotate", *args]
    for target, source in {
        "runtime": ["pyproject.toml"],
        "dev": ["pyproject.toml", "--extra", "cipher", "--group", "dev", "-c", "requirements/runtime.txt"],
        "bench": ["--group", "bench", "-c", "requirements/dev.txt"],
    }.items():
        status = call([*uv, *source, "-o", f"requirements/{target}.txt"])
        if status:
            return status
    return 0


COMMANDS: dict[str, tuple[str, Callable[[list[str]], int]]] = {
    "run": ("[ARGUMENTS]", run_window),
    "test": ("[PYTEST ARGUMENTS]", test),
    "check": ("", check),
    "tour": ("[OUT]", take_tour),
    "bench": ("[NAME…]", bench),
    "package": ("", package),
    "migrate": ("[MESSAGE]", migrate),
    "strings": ("[--check]", strings),
    "pin": ("[--upgrade]", pin),
}


# -- small things ------------------------------------------------------------------------------------------------------


def say(text: str) -> None:
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


def read(path: str) -> str:
    """The text of a file; nothing where there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return ""


def write(path: str, text: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def tool(name: str) -> str:
    return os.path.join(BIN, name)


def motcua() -> str:
    return tool("motcua")


def has_display() -> bool:
    return os.name == "nt" or sys.platform == "darwin" or bool(os.getenv("DISPLAY") or os.getenv("WAYLAND_DISPLAY"))


def environment() -> dict[str, str]:
    """The environment of checks, tests and tools: no screen needed, UTF-8 whatever the machine's locale."""
    return {"QT_QPA_PLATFORM": "offscreen", **os.environ, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}


def run(command: list[str], cwd: str = ROOT) -> None:
    """Run a step that the command cannot do without; its failure is the command's."""
    done = subprocess.run(command, cwd=cwd, check=False)
    if done.returncode:
        sys.exit(f"dev.py: stopped: {' '.join(command)} ended with {done.returncode}")


def call(command: list[str], env: dict[str, str] | None = None) -> int:
    """Run `command` in the source tree; its exit status."""
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


def become(command: list[str]) -> int:
    """Give this process over to `command`: no Python of ours stays behind it."""
    if os.name != "nt":  # there, exec would let the prompt come back at once
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


def main(argv: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts an older Python reads a sentence, not a traceback
        sys.exit("dev.py: Một Cửa needs Python 3.11 or later; this is " + sys.version.split()[0])
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__.split("\n\n")[0])
    known = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (usage, command) in COMMANDS.items():
        first, _, rest = (command.__doc__ or "").partition("\n\n")
        known.add_parser(
            name,
            help=first.strip(),
            usage=f"dev.py {name} {usage}",
            description="\n".join(line.strip() for line in f"{first}\n{rest}".splitlines()).strip(),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    if argv and argv[0] in COMMANDS and not {"-h", "--help"} & set(argv[1:2]):
        return COMMANDS[argv[0]][1](argv[1:])
    parser.parse_args(argv)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
