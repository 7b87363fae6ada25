"""How a figure is taken: ours and the reference in one run, interleaved, and one JSON line for each goal.

Machines are noisy, so every figure is a ratio: A B A B …, at least seven pairs, the first pair dropped, the median of
the per-pair ratios with the least and the greatest. CPU seconds for work of the processor, wall time for work of the
disk. A benchmark is a module with `main(argv)`; `--small` proves in a moment that it runs and that its reference is
the real one.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

PAIRS = 8
"""Pairs that count; one more is run first and dropped."""

LEAST = 7


class Clock(StrEnum):
    """What a second is."""

    CPU = "cpu"
    WALL = "wall"


_READ: dict[Clock, Callable[[], float]] = {Clock.CPU: time.process_time, Clock.WALL: time.perf_counter}


@dataclass(frozen=True, slots=True)
class Pairs:
    """Seconds of ours and of the reference, pair by pair."""

    ours: tuple[float, ...]
    reference: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours ÷ reference of each pair."""
        return tuple(a / b for a, b in zip(self.ours, self.reference, strict=True))


def pairs(
    ours: Callable[[], object],
    reference: Callable[[], object],
    *,
    count: int = PAIRS,
    clock: Clock | Callable[[], float] = Clock.CPU,
    each: int = 1,
) -> Pairs:
    """Run ours, reference, ours, reference, … `count` + 1 times and drop the first pair.

    Both do the same amount of work, `each` pieces of it; the seconds are those of one piece. `clock`: also whatever
    tells seconds, where work is done in another process too.
    """
    if count < 1:
        raise ValueError("no pairs")
    found: list[tuple[float, float]] = [
        (once(ours, clock) / each, once(reference, clock) / each) for _ in range(count + 1)
    ]
    kept = found[1:]
    return Pairs(tuple(a for a, _ in kept), tuple(b for _, b in kept))


def once(work: Callable[[], object], clock: Clock | Callable[[], float] = Clock.CPU) -> float:
    """Seconds that `work` takes, with the garbage of what was before swept away first."""
    read = _READ[clock] if isinstance(clock, Clock) else clock
    gc.collect()
    start = read()
    work()
    return read() - start


def line(name: str, what: str, taken: Pairs, goal: float, *, at_least: bool = False) -> dict[str, object]:
    """Print the JSON line of one goal and give it back.

    The goal is the greatest ratio ours ÷ reference; with `at_least` the least ratio reference ÷ ours.
    """
    ratios = sorted(1 / ratio for ratio in taken.ratios) if at_least else sorted(taken.ratios)
    ratio = statistics.median(ratios)
    return _say(
        {
            "id": name,
            "what": what,
            "ours": _short(statistics.median(taken.ours)),
            "reference": _short(statistics.median(taken.reference)),
            "ratio": round(ratio, 3),
            "min": round(ratios[0], 3),
            "max": round(ratios[-1], 3),
            "goal": f"{'>=' if at_least else '<='} {goal:g}",
            "holds": ratio >= goal if at_least else ratio <= goal,
            "n": len(ratios),
        }
    )


def counted(
    name: str, what: str, ours: float, reference: float, goal: float, *, at_least: bool = False, n: int = 1
) -> dict[str, object]:
    """Print the JSON line of a goal about something that is counted and comes out the same on every machine: what a
    reader reads, what a page weighs. The ratio is ours ÷ reference. Gives the line back."""
    ratio = ours / reference if reference else float(ours > 0)
    return _say(
        {
            "id": name,
            "what": what,
            "ours": round(ours, 4),
            "reference": round(reference, 4),
            "ratio": round(ratio, 4),
            "goal": f"{'>=' if at_least else '<='} {goal:g}",
            "holds": ratio >= goal if at_least else ratio <= goal,
            "n": n,
        }
    )


def could_not_run(name: str, what: str, goal: float, why: str, *, at_least: bool = False) -> dict[str, object]:
    """Print the JSON line of a goal whose reference is not there, and give it back. `main` then answers 1."""
    return _say(
        {
            "id": name,
            "what": what,
            "ours": None,
            "reference": None,
            "ratio": None,
            "goal": f"{'>=' if at_least else '<='} {goal:g}",
            "holds": None,
            "n": 0,
            "error": why,
        }
    )


def status(lines: Sequence[dict[str, object]]) -> int:
    """What `main` answers: 1 when one of its benchmarks could not run, else 0, whether the goals hold or not."""
    return 1 if any("error" in each for each in lines) else 0


def _short(seconds: float) -> float:
    return float(f"{seconds:.4g}")


def _say(figure: dict[str, object]) -> dict[str, object]:
    sys.stdout.write(json.dumps(figure, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return figure
