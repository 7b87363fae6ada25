"""A signer in a process of its own, where the driver of a token lives: one that hangs or dies costs a sentence.

The PIN goes to that process through a pipe and is nowhere else. One process for a batch, which is opened once; it ends
when the batch is done, when it is silent for too long, and when the program that started it is gone.

A frozen program calls `multiprocessing.freeze_support()` first of all: the process is the program itself.
"""

from __future__ import annotations

import faulthandler
import logging
import multiprocessing
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from onestop import clock
from onestop.rules.errors import DeviceTrouble, RuleBroken, Trouble
from paper.apart import WorkFailed
from paper.sign import Appearance, Certificate, Signer
from paper.sign_keys import TokenKey, keys_on_tokens

SECONDS = 60.0
"""How long opening may take, and how long one signature. A token with keys of its own waits for a person's PIN."""
GENTLE = 2.0
"""Seconds for the process to end by itself, so that the driver lets go of the token."""
WATCH = 30.0
"""Seconds that the process waits longer than its asker, before it ends itself: the asker may be gone."""

log = logging.getLogger("motcua.signing")


def keys_here(modules: Sequence[Path], *, seconds: float = SECONDS) -> tuple[TokenKey, ...]:
    """`keys_on_tokens`, asked in a process of its own."""
    process = _Process(partial(answer_once, partial(keys_on_tokens, tuple(modules))))
    try:
        found: tuple[TokenKey, ...] = process.hear(seconds)
        return found
    finally:
        process.end()


class ApartSigner:
    """Any signer, used as if it were here. `make`: what makes it (`partial(TokenSigner, modules, pin)`).

    Besides what the signer itself raises: DeviceTrouble sign.device-silent, sign.device-crashed. After either the batch
    is over: every further paper says the same.
    """

    def __init__(self, make: Callable[[], Signer], *, seconds: float = SECONDS, opening: float = SECONDS) -> None:
        self._make, self._seconds, self._opening = make, seconds, opening
        self._process: _Process | None = None
        self._who: Certificate | None = None

    def __enter__(self) -> Self:
        watch = max(self._seconds, self._opening) + WATCH
        self._process = _Process(partial(serve, self._make, clock.now(), watch))
        try:
            self._who = self._process.hear(self._opening)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def who(self) -> Certificate | None:
        """Whose signature it is."""
        return self._who

    def sign(self, pdf: bytes, appearance: Appearance | None = None, reason: str = "") -> bytes:
        """One more signature, made over there."""
        if self._process is None:
            raise ValueError("a signer is opened with `with` before it signs")
        self._process.say((pdf, appearance, reason, clock.now()))
        signed, self._who = self._process.hear(self._seconds)
        return bytes(signed)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.end()


class _Process:
    """The other process, seen from here."""

    def __init__(self, target: Callable[[Connection], None]) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._lost = ""
        self._process = context.Process(target=target, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def say(self, word: Any) -> None:
        """Hand something over."""
        if self._lost:
            raise DeviceTrouble(self._lost)
        try:
            self._pipe.send(word)
        except OSError as error:
            raise self._lose("sign.device-crashed") from error

    def hear(self, seconds: float) -> Any:
        """The answer, or the error that came instead of one."""
        try:
            if not self._pipe.poll(seconds):
                raise self._lose("sign.device-silent")
            good, answer = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise self._lose("sign.device-crashed") from error
        if not good:
            raise answer
        return answer

    def end(self) -> None:
        """Close the pipe, which ends the process; one that does not hear it is ended."""
        self._pipe.close()
        self._process.join(GENTLE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()

    def _lose(self, code: str) -> DeviceTrouble:
        log.warning("the process that signs was lost: %s", code)
        self._lost = code
        self._process.kill()
        return DeviceTrouble(code)


# ---- over there ------------------------------------------------------------------------------------------------------


def answer_once(function: Callable[[], Any], pipe: Connection) -> None:
    """Say what `function` answers."""
    try:
        answer = function()
    except Exception as error:
        _tell(pipe, error)
        raise SystemExit(0) from error
    pipe.send((True, answer))


def serve(make: Callable[[], Signer], moment: datetime, watch: float, pipe: Connection) -> None:
    """Open the signer, then sign what comes until the pipe is closed. The clock is the asker's."""
    faulthandler.dump_traceback_later(watch, exit=True)
    try:
        with clock.frozen(moment):
            signer = make().__enter__()
    except Exception as error:
        _tell(pipe, error)
        raise SystemExit(0) from error
    try:
        pipe.send((True, signer.who()))
        while True:
            faulthandler.cancel_dump_traceback_later()
            pdf, appearance, reason, moment = pipe.recv()
            faulthandler.dump_traceback_later(watch, exit=True)
            try:
                with clock.frozen(moment):
                    signed = signer.sign(pdf, appearance, reason)
            except (RuleBroken, Trouble) as error:
                _tell(pipe, error)
            except Exception as error:
                _tell(pipe, error)
                raise SystemExit(1) from error
            else:
                pipe.send((True, (signed, signer.who())))
    except (EOFError, OSError):
        return
    finally:
        signer.__exit__(None, None, None)


def _tell(pipe: Connection, error: Exception) -> None:
    """An error as it can be made again at the other end: ours as they are, all else as a bug by its words."""
    ours = isinstance(error, RuleBroken | Trouble)
    pipe.send((False, error if ours else WorkFailed(f"{type(error).__name__}: {error}")))
