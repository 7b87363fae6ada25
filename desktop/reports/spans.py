"""How a list on paper says which days it is of."""

from __future__ import annotations

from dataclasses import replace

from desktop.reports import words
from desktop.reports.flow import Align, Block, Text
from desktop.reports.sheet import Look, italic
from onestop.rules.list_letters import Span

NOTHING = "Không có hồ sơ nào trong thời gian này."


def said(set_by: Look, span: Span | None) -> Block:
    """Under the title: the day, or from which to which; of dossiers that were chosen, that they were."""
    style = replace(set_by.body, align=Align.CENTRE)
    if span is None:
        return Text((italic("(Các hồ sơ được chọn)"),), style)
    if span.first == span.last:
        return Text((italic(f"({words.day(span.first).capitalize()})"),), style)
    return Text((italic(f"(Từ {words.day(span.first)} đến {words.day(span.last)})"),), style)
