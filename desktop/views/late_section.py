"""Where a dossier came in otherwise than at the counter: from a pre-printed sheet, or from an older system."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.assets import Look
from desktop.models import late_words
from desktop.views.sections import line, section
from onestop.texts import _


def late_section(look: Look, values: Mapping[str, Any]) -> list[QWidget]:
    """The section of the side pane; nothing for what came in as usual."""
    late, parts = values["late_entry"], []
    if late is not None:
        standing = late_words.standing(values["to_confirm"], late)
        said = late_words.entered(late)
        said = said[:1].upper() + said[1:]
        if standing:
            parts.append(section(look, _("Nhập bù"), line(look, standing, said, icon="triangle-alert", tone="warning")))
        else:
            parts.append(section(look, _("Nhập bù"), line(look, said)))
    if values["origin"] is not None:
        parts.append(section(look, _("Tiếp quản từ"), line(look, late_words.origin(values["origin"]))))
    return parts


__all__ = ["late_section"]
