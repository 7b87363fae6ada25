"""The harness itself: a test that leaves a warning in the log, or reaches for the network, is red."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator

import pytest

from tests.helpers.guard import Guard, is_local

PRELUDE = """
import logging, socket
import pytest
pytest_plugins = ["tests.helpers.guard"]
"""

Run = Callable[[str], tuple[dict[str, int], str]]


@pytest.fixture
def outcome(pytester: pytest.Pytester, guard: Guard) -> Iterator[Run]:
    """Runs one test file under a guard of its own: the counts and the output."""

    def run(body: str) -> tuple[dict[str, int], str]:
        pytester.makepyfile(PRELUDE + body)
        result = pytester.runpytest_inprocess("-q", "-p", "no:cacheprovider", "--import-mode=importlib")
        return result.parseoutcomes(), result.stdout.str()

    logging.getLogger().removeHandler(guard)  # this test's own guard need not see what the file under test logs
    yield run
    logging.getLogger().addHandler(guard)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("def test_it(): logging.getLogger('motcua').warning('half done')", "unexpected in the log: WARNING motcua"),
        ("def test_it(): logging.getLogger('motcua').error('half done')", "unexpected in the log: ERROR motcua"),
        ("@pytest.mark.expects_log('chain')\ndef test_it(): pass", "never came in the log: 'chain'"),
        (
            "def test_it():\n    try: socket.create_connection(('192.0.2.1', 80))\n    except OSError: pass",
            "reached for the network",
        ),
        (
            "def test_it():\n    try: socket.getaddrinfo('example.org', 80)\n    except OSError: pass",
            "reached for the network",
        ),
    ],
)
def test_seen_red(outcome: Run, body: str, said: str) -> None:
    counts, output = outcome(body)
    assert counts == {"passed": 1, "errors": 1}
    assert said in output


@pytest.mark.parametrize(
    "body",
    [
        "def test_it(): logging.getLogger('motcua').info('all is well')",
        "@pytest.mark.expects_log('half')\ndef test_it(): logging.getLogger('motcua').warning('half done')",
        "def test_it(guard):\n    with guard.expecting('half'): logging.warning('half done')",
    ],
)
def test_stays_green(outcome: Run, body: str) -> None:
    counts, _ = outcome(body)
    assert counts == {"passed": 1}


def test_expecting_ends_with_its_block(guard: Guard) -> None:
    with guard.expecting("half"):
        logging.getLogger("motcua").warning("half done")
    with pytest.raises(AssertionError, match="none came"), guard.expecting("half"):
        pass
    assert not guard.unexpected


def test_this_machine_may_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as caller:
        assert caller.getpeername() == server.getsockname()


@pytest.mark.parametrize(
    ("address", "local"),
    [
        (("127.0.0.1", 1), True),
        (("::1", 1, 0, 0), True),
        (("localhost", 1), True),
        ("/run/socket", True),
        (("10.0.0.1", 1), False),
        (("example.org", 443), False),
    ],
)
def test_is_local(address: object, local: bool) -> None:
    assert is_local(address) is local
