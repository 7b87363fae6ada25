"""Files that become pages: which kinds a dialogue offers, and those that were dropped on a screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDropEvent

from onestop.texts import _

_KINDS = "*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.heic *.heif *.webp *.bmp"


def kinds() -> list[str]:
    """The filters of a dialogue that picks pages."""
    return [_("Trang giấy tờ ({kinds})").format(kinds=_KINDS), _("Mọi tệp (*)")]


def dropped(event: QDropEvent) -> list[Path]:
    """The files that are dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
