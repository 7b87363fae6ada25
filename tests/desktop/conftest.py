"""Windows of a test are gone when it is over: what Qt was told to delete later is deleted now."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def nothing_left_open() -> Iterator[None]:
    """Without this, windows of all tests before would be styled again with every look: the suite slows down and down.

    `deleteLater` is only obeyed inside a running event loop, and tests run none.
    """
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is not None and widgets.QApplication.instance() is not None:
        core = sys.modules["PySide6.QtCore"]
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
        # A program that was told to quit stays told: later loops would end as soon as they begin. Run one to its end.
        application = widgets.QApplication.instance()
        core.QTimer.singleShot(0, application, application.quit)
        application.exec()
