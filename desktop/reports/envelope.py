"""The envelope, lying: from whom at the top left, to whom at the lower right, room for the stamp, its code below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.reports import sheet, words
from desktop.reports.flow import Align, Beside, Block, Gap, Run, Stack, Text, largest
from desktop.reports.sheet import Frame, Head, Look, bold, italic, upright
from onestop.rules.letters import Envelope, Size
from onestop.rules.life_letters import EnvelopeLetter

_STAMP = 0.34
"""The part of the page, from the top, that stays free for stamp and postmark on the right."""


def draw(letter: EnvelopeLetter, paper: Size | str | None = None) -> bytes:
    """The envelope as PDF; `paper` None = the form's own size. Same letter, same bytes."""
    frame = Frame(lying=True, head=Head.NOTHING, closer=False, titled=False)
    return sheet.draw(letter, lambda look: _body(letter, look), Envelope(paper or letter.form.paper), frame=frame)


_LARGER = (3.0, 1.5, 0.0, -1.5, -3.0)
"""The receiver is as much larger than the sender as the envelope has room for."""


def _body(letter: EnvelopeLetter, look: Look) -> Sequence[Block]:
    return largest(lambda size: _set(letter, look, size), _LARGER, look.width, look.page[1] - look.top - look.bottom)


def _set(letter: EnvelopeLetter, look: Look, larger: float) -> list[Block]:
    head = letter.head
    sender = Stack(
        [
            _said(look, 0.0, bold("Người gửi")),
            _said(look, 0.0, bold(head.unit or head.agency)),
            _said(look, 0.0, upright(head.address or words.DOTS * 2)),
            _said(look, 0.0, upright(f"Điện thoại: {head.phone or words.DOTS}")),
            _said(look, 0.0, upright(f"Mã hồ sơ: {letter.reference.shown or words.DOTS}")),
        ]
    )
    receiver = Stack(
        [
            _said(look, larger, bold("Người nhận")),
            _said(look, larger, bold(letter.name or words.DOTS * 2)),
            _said(look, larger, upright(letter.address or words.DOTS * 4)),
            _said(look, larger, upright(f"Điện thoại: {letter.phone or words.DOTS}")),
            *([] if letter.by_post else [_said(look, -1.5, italic(NOT_CHOSEN))]),
        ]
    )
    half = (look.width - 12.0) / 2
    room = look.page[1] - look.top - look.bottom
    above = sender.height(half)
    # The receiver stands as low as his address lets him, and never under the stamp.
    low = max(room * _STAMP - above, room - above - receiver.height(half) - 2.0, 6.0)
    blocks: list[Block] = [Beside(sender, None), Gap(low), Beside(None, receiver)]
    return blocks


NOT_CHOSEN = "(Chưa đăng ký nhận qua bưu chính: địa chỉ theo hồ sơ)"


def _said(look: Look, larger: float, *runs: Run) -> Text:
    size = look.body.size + larger
    return Text(runs, replace(look.body, size=size, leading=size * 1.22, align=Align.LEFT))
