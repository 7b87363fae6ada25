"""The three roads of trouble, and remarks that are no trouble at all. Codes only: the sentences are in `texts`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class RuleBroken(Exception):
    """The person at the desk can act on it. `field` in the details names the field at fault where there is one."""

    def __init__(self, code: str, /, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        return f"{self.code} {self.details}" if self.details else self.code


class Trouble(Exception):
    """The surroundings failed: disk, device, network. The notice says what to do."""

    def __init__(self, code: str, /, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        return f"{self.code} {self.details}" if self.details else self.code


class StoreTrouble(Trouble):
    """The office's database or folder cannot be used as it is."""


class DeviceTrouble(Trouble):
    """A printer, scanner or reader did not do its work."""


class NetworkTrouble(Trouble):
    """The centre was not reached."""


class Stale(Exception):
    """An act does not fit the subject as it now stands (raised by folds)."""

    def __init__(self, code: str = "act.stale", /, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True, slots=True)
class Remark:
    """Something worth saying that stops nothing: a warning or a note, by code."""

    code: str
    details: dict[str, Any] = field(default_factory=dict)
