"""How a list on paper says which days it is of."""

from __future__ import annotations

from dataclasses import replace

from desktop.reports import sheet, words
from desktop.reports.flow import Align, Block, Stack, Text
from desktop.reports.sheet import Look, Signature, italic, paragraph, upright
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


def handed(set_by: Look, what: str, taker: str) -> Block:
    """At the foot of a list that goes from hand to hand: what, the hour for the pen, and both signatures."""
    last = paragraph(set_by, upright(f"Bàn giao {what} vào: …… giờ …… phút, ngày …… tháng …… năm 20……"))
    foot = sheet.signatures(set_by, Signature("Người giao"), Signature(taker))
    return Stack((last, foot), before=last.before)
