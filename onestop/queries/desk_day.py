"""What a clerk has on his desk today, in one reading: given to him, held by him, still at the counter too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from onestop.clock import local
from onestop.queries import absence, dossiers
from onestop.queries.absence import AbsenceRow
from onestop.queries.dossiers import DossierRow, Wish


@dataclass(frozen=True, slots=True)
class DeskDay:
    """How many dossiers this clerk is to take over, how many he has, how many ought to have left the counter;
    of each the most urgent. `over`: leaves whose last day has passed and from which nobody has come back;
    `away`: this clerk's own, while he is not back."""

    for_me: int = 0
    first_for_me: DossierRow | None = None
    holding: int = 0
    first_holding: DossierRow | None = None
    to_forward: int = 0
    first_to_forward: DossierRow | None = None
    over: tuple[AbsenceRow, ...] = ()
    away: AbsenceRow | None = None


NO_DESK = DeskDay()


def desk_day(connection: Connection, office_id: str, now: datetime, clerk: str | None) -> DeskDay:
    """The day of this clerk; None: nobody's."""

    def of(group: str) -> tuple[int, DossierRow | None]:
        wish = Wish(group, clerk=clerk if group in dossiers.OWN else None)
        count = dossiers.count(connection, office_id, wish, now)
        rows = dossiers.page(connection, office_id, wish, now, size=1).rows if count else ()
        return count, rows[0] if rows else None

    today = local(now).date().isoformat()
    leaves = absence.absences(connection)
    over = tuple(each for each in leaves if each.until_day and each.until_day < today and each.clerk_id != clerk)
    away = next((each for each in leaves if each.clerk_id == clerk), None)
    return DeskDay(*of("for-me"), *of("holding"), *of("to-forward"), over, away)
