"""`motcua dossier act`: what becomes of a result beside the moves. Shelved, called, posted, returned, sent; originals
kept and given back; several results handed over to one person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desktop.cli.output import Answer, facts
from desktop.models import delivery_words
from desktop.office import Office
from onestop import clock
from onestop.actions import delivery
from onestop.queries import delivery as queries
from onestop.queries.delivery import OneReady
from onestop.rules.delivery import KEYS, TOGETHER, Delivered, HandOverForm, read_form, together
from onestop.rules.dossier import Move
from onestop.rules.errors import RuleBroken
from onestop.rules.moves import read_move
from onestop.texts import _, message

_ACTIONS: Mapping[str, Callable[..., Any]] = {
    "shelve": delivery.shelve,
    "call": delivery.call,
    "post": delivery.post,
    "returned": delivery.returned,
    "send": delivery.send,
    "keep-originals": delivery.keep_originals,
    "give-back-originals": delivery.give_back_originals,
}
ACTIONS = tuple(KEYS)
"""What `dossier act` knows beside the moves."""


def mine(move: str, plain: Any) -> bool:
    """Whether this action is one of these: a hand-back is where it names several dossiers or the paper behind it."""
    return move in KEYS or (
        move == Move.HAND_BACK and isinstance(plain, dict) and (TOGETHER in plain or "note" in plain)
    )


def run(office: Office, code: str, move: str, plain: Any) -> Answer:
    """Do it; what stands then. RuleBroken as the action says."""
    if move == Move.HAND_BACK:
        return _several(office, _hand_over(office, code, plain))
    done = office.perform(_ACTIONS[move], read_form(code, move, plain)).answer
    if isinstance(done, Delivered):
        return _several(office, done)
    return _one(office, done)


def _hand_over(office: Office, code: str, plain: Mapping[str, Any]) -> Delivered:
    more = together(plain)
    note = plain.get("note") or ""
    if not isinstance(note, str):
        raise RuleBroken("form.wrong-type", field="note", key="note", wanted="text", how="text")
    form = read_move(code, Move.HAND_BACK, {key: plain[key] for key in plain if key not in (TOGETHER, "note")})
    wish = HandOverForm((code, *more), form.receiver, form.paper, note)
    done: Delivered = office.perform(delivery.hand_over, wish).answer
    return done


def _several(office: Office, done: Delivered) -> Answer:
    stands = [_stands(office, each) for each in done.ids]
    plain = {
        **_plain(stands[0]),
        "codes": list(done.codes),
        "receiver": done.receiver or None,
        "post_list": done.post_list or None,
        "originals_given": done.originals,
    }
    pairs = [
        (_("Mã hồ sơ"), ", ".join(done.codes)),
        (_("Người nhận"), done.receiver),
        (_("Bảng kê"), done.post_list),
        (_("Trạng thái"), message(f"state.{plain['state']}")),
        (_("Bản gốc trả cùng"), done.originals or ""),
    ]
    return Answer(plain, facts(pairs))


def _one(office: Office, dossier_id: str) -> Answer:
    stands = _stands(office, dossier_id)
    plain = _plain(stands)
    pairs = [
        (_("Mã hồ sơ"), stands.row.code),
        (_("Trạng thái"), message(f"state.{plain['state']}")),
        (_("Nơi để kết quả"), stands.row.shelf),
        (_("Gọi báo"), delivery_words.told(stands.row.called)[1]),
        (_("Bản gốc đang giữ"), delivery_words.originals(stands.custody)),
    ]
    return Answer(plain, facts(pairs))


def _stands(office: Office, dossier_id: str) -> OneReady:
    found = office.read(queries.one, dossier_id, clock.now())
    assert found is not None
    return found


def _plain(stands: OneReady) -> dict[str, Any]:
    return {"code": stands.row.code, "state": stands.row.state, **where(stands.values)}


def where(values: Mapping[str, Any]) -> dict[str, Any]:
    """Where the result is, as `dossier show` says it too."""
    calls = [{key: each.get(key) for key in ("at", "way", "outcome", "note")} for each in values["calls"] or ()]
    return {
        "shelf": values["shelf"],
        "calls": calls,
        "delivered": values["delivered"],
        "posting": values["posting"],
        "post_list": values["post_list"],
        "originals": values["custody"] or [],
    }
