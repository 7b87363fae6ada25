"""A PostgreSQL of the tests' own: made in a temporary folder, on a free loopback port, thrown away at the end.

`postgres_url` is the address of an empty database, new for every test, `postgres_tables` of one with the program's
tables; the server behind them starts once a session.
PostgreSQL does not run as root: there, the system's user `postgres` (which Debian's package makes) runs it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from onestop.store import engine, migrate

INSTALL = "PostgreSQL is not on this machine: install the package `postgresql` (`python3 dev.py test` does, as root)"


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, of the newest version there is; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).resolve().parent if elsewhere else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Cluster:
    """A running server. `fresh()` gives the address of an empty database."""

    def __init__(self, bin_folder: Path, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._bin = bin_folder
        self._made = 0
        self._tables = ""
        self._as_user: list[str] = []
        if os.geteuid() == 0:
            self._as_user = ["runuser", "-u", "postgres", "--"]
            shutil.chown(folder, "postgres")
        folder.chmod(0o700)
        self._run("initdb", "-D", folder / "data", "-U", "app", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        # The data is thrown away, so nothing waits for the disk.
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off -k {folder}"
        self._run("pg_ctl", "-D", folder / "data", "-o", options, "-l", folder / "log", "-w", "start")

    def fresh(self, like: str = "template1") -> str:
        """The SQLAlchemy address of a new database, empty or a copy of the one called `like`."""
        self._made += 1
        name = f"test_{self._made}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")  # type: ignore[call-overload]
        return self._address(name).replace("postgresql://", "postgresql+psycopg://")

    def with_tables(self) -> str:
        """The address of a new database with the tables of the program and nothing in them."""
        if not self._tables:
            address = self.fresh()
            store = engine.open_url(address)
            migrate.upgrade(store)
            store.close()
            self._tables = address.rpartition("/")[2]
        return self.fresh(self._tables)

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")

    def _address(self, database: str) -> str:
        return f"postgresql://app@127.0.0.1:{self.port}/{database}"

    def _run(self, program: str, *args: str | Path) -> None:
        done = subprocess.run(
            [*self._as_user, str(self._bin / program), *map(str, args)],
            cwd=self.folder,
            stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT if program == "initdb" else subprocess.DEVNULL,
            text=True,
            check=False,
        )
        if done.returncode:
            log = self.folder / "log"
            said = (done.stdout or "") + (log.read_text(errors="replace") if log.exists() else "")
            raise RuntimeError(f"{program} ended with {done.returncode}: {said[-2000:]}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """The session's server. Fails, with what to install, where there is no PostgreSQL."""
    bin_folder = programs()
    if bin_folder is None:
        pytest.fail(INSTALL, pytrace=False)
    # Not under pytest's own folder: that one is closed to the user `postgres`.
    folder = Path(tempfile.mkdtemp(prefix="motcua-pg-"))
    try:
        cluster = Cluster(bin_folder, folder)
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres: Cluster) -> str:
    """The address of an empty PostgreSQL database, for SQLAlchemy with psycopg."""
    return postgres.fresh()


@pytest.fixture
def postgres_tables(postgres: Cluster) -> str:
    """The same with the program's tables."""
    return postgres.with_tables()
