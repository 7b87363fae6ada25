"""The moves of a dossier's life in the words of the screen: what can be done now, and what each needs to be told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from onestop import clock
from onestop.rules.declarations import of_procedure
from onestop.rules.dossier import Move, State, moves_from
from onestop.rules.hands import NOBODY, Hands, may_hands
from onestop.rules.late_entry import DOUBTED
from onestop.rules.letters import FormKey
from onestop.rules.move_acts import HELD_IN
from onestop.rules.moves import (
    ACTS,
    ASSIGN,
    AT_ONCE,
    CONFIRM_LATE,
    EXTEND,
    MADE_HERE,
    PERMISSIONS,
    REFUSE_LATE,
    RETURN,
    TAKE,
)
from onestop.rules.roles import Permission
from onestop.texts import N_, _


@dataclass(frozen=True, slots=True)
class MoveWords:
    """A move: its name, what it does to the dossier, its icon, the fields that it has, the one to begin with first."""

    name: str
    what: str
    icon: str
    fields: tuple[str, ...] = ()


WORDS: Mapping[str, MoveWords] = {
    CONFIRM_LATE: MoveWords(N_("Xác nhận nhập bù"), N_("đã đối chiếu, đúng với giấy"), "circle-check"),
    REFUSE_LATE: MoveWords(
        N_("Nhập bù chưa đúng"), N_("ghi chỗ sai; hồ sơ vẫn giải quyết, còn đánh dấu"), "triangle-alert", ("reason",)
    ),
    TAKE: MoveWords(N_("Nhận hồ sơ"), N_("xác nhận đã nhận bàn giao"), "inbox"),
    Move.FORWARD: MoveWords(
        N_("Chuyển xử lý"), N_("giao cho người hoặc bộ phận giải quyết"), "arrow-right", ("to", "note")
    ),
    Move.FINISH: MoveWords(
        N_("Có kết quả"), N_("xử lý xong, chờ trả"), "circle-check", ("title", "number", "date", "signer")
    ),
    AT_ONCE: MoveWords(
        N_("Trả kết quả ngay"),
        N_("có kết quả trong lúc công dân chờ"),
        "check",
        ("title", "number", "date", "signer", "who", "name", "id_number", "paper"),
    ),
    Move.HAND_BACK: MoveWords(
        N_("Trả kết quả"), N_("giao cho người nhận"), "check", ("who", "name", "id_number", "paper")
    ),
    Move.SUPPLEMENT: MoveWords(
        N_("Yêu cầu bổ sung"), N_("thời hạn ngừng tính cho đến khi đủ"), "triangle-alert", ("items", "reason")
    ),
    Move.COMPLETE: MoveWords(N_("Đã bổ sung đủ"), N_("thời hạn tính lại"), "list-checks"),
    EXTEND: MoveWords(
        N_("Xin lỗi và hẹn lại"), N_("một lần, trước hạn ít nhất một ngày"), "calendar-clock", ("due", "reason")
    ),
    Move.ASK_PAYMENT: MoveWords(N_("Yêu cầu nộp tiền"), N_("chờ nghĩa vụ tài chính"), "banknote"),
    Move.PAID: MoveWords(N_("Đã nộp tiền"), N_("xử lý tiếp"), "banknote"),
    Move.ACCEPT: MoveWords(N_("Tiếp nhận"), N_("hồ sơ trực tuyến đủ và hợp lệ"), "inbox"),
    Move.REFUSE: MoveWords(N_("Từ chối tiếp nhận"), N_("ghi rõ lý do"), "ban", ("reason",)),
    Move.RECALL: MoveWords(N_("Thu hồi kết quả"), N_("kết quả sai, sửa trong 3 ngày làm việc"), "undo-2", ("reason",)),
    ASSIGN: MoveWords(
        N_("Giao người khác"), N_("chuyển cho người hoặc bộ phận khác, không đổi trạng thái"), "users", ("to", "note")
    ),
    RETURN: MoveWords(N_("Trả lại Một cửa"), N_("chưa giải quyết được, ghi rõ lý do"), "undo-2", ("reason",)),
    Move.WITHDRAW: MoveWords(N_("Công dân rút hồ sơ"), N_("trả lại giấy tờ đã nộp"), "undo-2", ("reason",)),
    Move.STOP: MoveWords(N_("Dừng giải quyết"), N_("ghi rõ lý do"), "circle-x", ("reason",)),
}
"""In the order in which they are offered: what happens every day first."""


IN_HANDS = (ASSIGN, TAKE, RETURN)
"""Moves that change nothing but whose the dossier is."""
ENDS = (Move.FINISH, AT_ONCE)
"""Moves that a linked filing makes once each of its results is there, or a reason why not."""
OF_HANDS = (Move.FORWARD, *IN_HANDS)
"""Moves for which it matters who has the dossier while one looks at it."""


def offered(state: str, may: Callable[[Permission], bool], hands: Hands = NOBODY, me: str = "") -> tuple[str, ...]:
    """What can be done with a dossier in this state and these hands by the clerk `me`, who `may` do it, what is done
    most often first."""
    here = State(state)
    possible = {move.value for move in moves_from(here) if move in MADE_HERE}
    if here in (State.RECEIVED, State.PROCESSING, State.AWAITING_PAYMENT):
        possible.add(EXTEND)
    if here in (State.RECEIVED, State.PROCESSING):
        possible.add(AT_ONCE)
    if here in HELD_IN:
        possible |= {move for move in (ASSIGN, TAKE, RETURN) if may_hands(move, hands, me, may(Permission.DECIDE))}
    return tuple(move for move in WORDS if move in possible and may(PERMISSIONS[move]))


def offered_late(to_confirm: str | None, may: Callable[[Permission], bool]) -> tuple[str, ...]:
    """What a supervisor may say of what was entered late from a paper."""
    if to_confirm is None or not may(PERMISSIONS[CONFIRM_LATE]):
        return ()
    return (CONFIRM_LATE,) if to_confirm == DOUBTED else (CONFIRM_LATE, REFUSE_LATE)


TOLD: Mapping[str, str] = {CONFIRM_LATE: "late.confirmed", REFUSE_LATE: "late.refused"}
"""What is told after a move that leaves the dossier where it is."""


LETTERS: Mapping[str, FormKey] = {
    Move.FORWARD: FormKey.CONTROL,
    ASSIGN: FormKey.CONTROL,
    RETURN: FormKey.CONTROL,
    Move.SUPPLEMENT: FormKey.SUPPLEMENT,
    EXTEND: FormKey.EXTENSION,
    Move.REFUSE: FormKey.REFUSAL,
    Move.WITHDRAW: FormKey.STOP,
    Move.STOP: FormKey.STOP,
    Move.HAND_BACK: FormKey.HANDED_BACK,
    AT_ONCE: FormKey.HANDED_BACK,
}
"""What the law or the practice of wards puts on paper after a move."""

ALWAYS = (FormKey.AUTHORISATION, FormKey.RATING_SLIP, FormKey.LABEL, FormKey.ENVELOPE)
"""Papers that a dossier can have at any time."""


def letters(kinds: Iterable[str]) -> tuple[FormKey, ...]:
    """The papers that can be printed of a dossier with acts of these kinds, the latest first."""
    by_act = {ACTS[move]: key for move, key in LETTERS.items() if move in ACTS}
    return tuple(dict.fromkeys([*(by_act[kind] for kind in reversed([*kinds]) if kind in by_act), *ALWAYS]))


def filled_in(values: Mapping[str, Any]) -> tuple[FormKey, ...]:
    """The papers that only some dossiers have: the declaration of their procedure, the slip of what is to be paid."""
    declared = of_procedure(str(values["procedure_code"]), clock.local(values["received_at"]).date())
    owed = any(each["amount"] != 0 for each in values["fee_lines"] or ())
    return (*([FormKey.DECLARATION] if declared else []), *([FormKey.FEE_SLIP] if owed else []))


FIELD_NAMES: Mapping[str, str] = {
    "to": N_("Chuyển cho"),
    "note": N_("Ghi chú"),
    "title": N_("Tên kết quả"),
    "number": N_("Số, ký hiệu"),
    "date": N_("Ngày ký"),
    "signer": N_("Người ký"),
    "due": N_("Ngày hẹn mới"),
    "items": N_("Cần bổ sung, mỗi dòng một mục"),
    "reason": N_("Lý do"),
    "who": N_("Người nhận kết quả"),
    "name": N_("Họ tên người được ủy quyền"),
    "id_number": N_("Số giấy tờ tùy thân"),
    "paper": N_("Mang theo"),
}


def papers() -> list[tuple[object, str]]:
    """On what a result is handed over to owner or submitter, NĐ 118/2025/NĐ-CP art. 6.2."""
    return [("receipt", _("giấy tiếp nhận")), ("identity", _("giấy tờ tùy thân (mất giấy tiếp nhận)"))]


_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: +(\d{1,2})[:hg](\d{2}))?")


def read_day(text: str) -> str:
    """ "30/11/2026" as "2026-11-30", "30/11/2026 10:30" as "2026-11-30T10:30"; what is no day stays as it was typed."""
    found = _DAY.fullmatch(" ".join(text.split()))
    if found is None:
        return text.strip()
    day, month, year, hour, minute = found.groups()
    return f"{year}-{month:0>2}-{day:0>2}" + (f"T{hour:0>2}:{minute}" if hour else "")
