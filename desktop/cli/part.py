"""`motcua dossier act CODE part`: the result of one part of a linked filing, or why there is none."""

from __future__ import annotations

from typing import Any

from desktop.cli.output import Answer, facts
from desktop.models import linked_words
from desktop.office import Office
from onestop import clock
from onestop.actions import parts
from onestop.queries import dossiers
from onestop.queries.dossiers import PartRow
from onestop.rules.part_results import read_part
from onestop.texts import _, message


def run(office: Office, code: str, plain: Any) -> Answer:
    """Note it; said again it is corrected."""
    done = office.perform(parts.finish, read_part(code, plain)).answer
    told = {
        "code": done.code,
        "state": done.state,
        "part": done.part,
        "act": done.act,
        "parts": [plain_part(each) for each in office.read(dossiers.parts_of, done.id)],
    }
    pairs = [
        (_("Mã hồ sơ"), done.code),
        (_("Trạng thái"), message(f"state.{done.state}")),
        (_("Còn chờ"), ", ".join(done.left)),
    ]
    return Answer(told, facts(pairs))


def plain_part(part: PartRow) -> dict[str, Any]:
    """One result as JSON."""
    return {
        "key": part.key,
        "name": part.name,
        "agency": part.agency,
        "due": part.due_at,
        "limit": {key: part.limit_text.get(key) for key in ("number", "unit", "source", "confirmed")},
        "finished": part.finished_at,
        "result": part.result,
    }


def lines(parts_of: tuple[PartRow, ...]) -> list[str]:
    """For the eye: each result, who gives it, how it stands."""
    now = clock.now()
    return [f"{each.name} ({each.agency}): {linked_words.standing(each, now).text}" for each in parts_of]
