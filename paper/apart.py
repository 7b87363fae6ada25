"""Opens strange files in a process of its own, with limits of time and memory; all heavy work on pages runs there.

A file that hangs a library, eats the memory or brings it down costs a sentence and a new process, never the counter;
and while a page is straightened or read, the window's interpreter is free. One warm process does one piece of work at
a time; functions of this room are handed over by name, their arguments and answers as plain values.

A frozen program calls `multiprocessing.freeze_support()` first of all: the process is the program itself.
"""

from __future__ import annotations

import logging
import multiprocessing
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, cast

from pebble import CONSTS, ProcessExpired, ProcessPool

from onestop.rules.errors import RuleBroken, Trouble
from paper.fence import empty, own_folder, raise_fence

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 60.0
"""How long one piece of work may take, unless it is said otherwise."""
MEMORY = 1536 * 1024 * 1024
"""Bytes: what a 600 dpi colour page needs through every step, three times over."""
LOOK = 0.1
"""Seconds between two looks whether the person has given up."""

# A process behind the fence ends at SIGTERM; nobody waits three seconds for one that does not.
CONSTS.term_timeout = 0.5

log = logging.getLogger(__name__)


class GivenUp(Exception):
    """The person no longer wants it; the process was ended in the middle."""


class WorkFailed(Exception):
    """Something in the other process went wrong that is no fault of the file: a bug. Its words and where it stood."""


class Apart:
    """The process beside this one. It starts with the first piece of work; `rest()` ends it until the next."""

    def __init__(self, scratch: Path, *, memory: int = MEMORY, seconds: float = SECONDS) -> None:
        """`scratch`: the folder, inside the office's own, for temporary files; a fresh one in it is ours alone."""
        self._scratch, self._memory, self._seconds = scratch, memory, seconds
        self._mutex = threading.Lock()
        self._folder: Path | None = None
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What `function` answers, run in the other process with the usual limit of time. Any thread; it waits.

        RuleBroken paper.too-slow, paper.too-much-memory, or paper.unreadable where the file brings the process down;
        what the function itself breaks or is troubled by. Anything else that it raises is a bug: WorkFailed.
        """
        return self.within(self._seconds, None, function, *args, **kwargs)

    def within(
        self,
        seconds: float,
        given_up: Callable[[], bool] | None,
        function: Callable[P, T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """As `run`, with a limit of its own, and ended in the middle (GivenUp) as soon as `given_up()` says so."""
        work = (function, args, kwargs)
        try:
            return cast(T, self._answer(self._ready(), work, seconds, given_up))
        except BrokenProcessPool:
            # The process fell while it had nothing to do, and took Pebble's pool with it; the work never began.
            return cast(T, self._answer(self._ready(), work, seconds, given_up))

    def _answer(self, pool: ProcessPool, work: Any, seconds: float, given_up: Callable[[], bool] | None) -> Any:
        future = pool.schedule(_perform, args=work, timeout=seconds)
        try:
            while True:
                try:
                    return future.result(timeout=None if given_up is None else LOOK)
                except TimeoutError as error:
                    if future.done():
                        raise RuleBroken("paper.too-slow", seconds=round(seconds)) from error
                    if given_up is not None and given_up():
                        future.cancel()  # type: ignore[no-untyped-call]
        except CancelledError as error:
            raise GivenUp from error
        except ProcessExpired as error:
            log.info("a file brought the page process down (exit %s)", error.exitcode)
            raise RuleBroken("paper.unreadable") from error

    def warm(self) -> None:
        """Start the process now, so that the first page does not wait for it. Answers at once."""
        self._ready().schedule(_perform, args=(_nothing, (), {}))

    def rest(self) -> None:
        """End the process, work under way and all, and with it the memory that it holds; the next work starts another.
        For a counter with little memory after a while without pages."""
        with self._mutex:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def close(self) -> None:
        """End the process; nothing that it wrote stays behind."""
        self.rest()
        with self._mutex:
            folder, self._folder = self._folder, None
        if folder is not None:
            empty(folder)
            folder.rmdir()

    def _ready(self) -> ProcessPool:
        with self._mutex:
            if self._folder is None:
                self._folder = own_folder(self._scratch)
            if self._pool is not None and not self._pool.active:
                log.info("the page process fell while it was idle; another is started")
                self._pool.stop()  # type: ignore[no-untyped-call]
                self._pool.join()
                self._pool = None
            if self._pool is None:
                self._pool = ProcessPool(
                    max_workers=1,
                    initializer=raise_fence,
                    initargs=(self._memory, str(self._folder)),
                    context=multiprocessing.get_context("spawn"),
                )
            return self._pool


def _nothing() -> None:
    """The least piece of work."""


def _perform(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """In the other process: the answer, or an error that the first one can read."""
    try:
        return function(*args, **kwargs)
    except (RuleBroken, Trouble) as error:
        pickle.dumps(error)  # a detail that cannot travel is a bug, and is told as one by what follows
        raise
    except MemoryError as error:
        raise RuleBroken("paper.too-much-memory") from error
    except Exception as error:
        # Errors of libraries are often of classes that cannot be made again at the other end.
        raise WorkFailed(f"{type(error).__name__}: {error}") from error
