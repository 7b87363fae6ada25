"""Looks that come and go: the application outlives a test, what a test has put on it must not."""

from __future__ import annotations

from shiboken6 import delete

from desktop.assets import Look


def put_away(look: Look) -> None:
    """Delete the look, so that it hears no more of the system's changes."""
    delete(look)
