"""A page that is there already, taken by a camera, on the road that the pages of a scanner go: through the spool."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from desktop.devices.source import Page, ScanWish
from desktop.devices.spool import Spool, Tray


class Taken:
    """Gives `page`, once; it lies in the spool until whoever takes it has put it away."""

    def __init__(self, spool: Spool, page: Page) -> None:
        self._spool, self._page = spool, page

    def scan(
        self, wish: ScanWish, *, about: Mapping[str, Any] | None = None, stop: Callable[[], bool] = lambda: False
    ) -> Iterator[Page]:
        """The page, whatever is wished."""
        tray = self._spool.begin(about or {})
        try:
            name = tray.put(self._page)
            yield tray.take(name)
            tray.forget(name)
        finally:
            tray.end()

    def left(self) -> Sequence[Tray]:
        """Pages that wait in the spool, from the camera and from scanners."""
        return self._spool.left()
