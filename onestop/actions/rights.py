"""What each kind of act asks of the one who does it: what the centre checks again, whoever's program it comes from."""

from __future__ import annotations

from onestop.rules.roles import Permission as P

RIGHTS: dict[str, tuple[P, ...]] = {
    "office.changed": (P.EDIT_OFFICE,),
    "clerk.set": (P.MANAGE_CLERKS,),
    "clerk.code-given": (P.MANAGE_CLERKS,),
    "clerk.logged-in": (),
    "numbering.resumed": (P.RESUME_NUMBERING,),
    "clock.corrected": (P.RESUME_NUMBERING,),
    "catalogue.published": (P.EDIT_CATALOGUE,),
    "catalogue.reviewed": (P.EDIT_CATALOGUE,),
    "overlay.set": (P.EDIT_CATALOGUE,),
    "overlay.withdrawn": (P.EDIT_CATALOGUE,),
    "calendar.day-set": (P.EDIT_OFFICE,),
    "citizen.registered": (P.REGISTER, P.IMPORT_PEOPLE),
    "citizen.changed": (P.REGISTER, P.IMPORT_PEOPLE),
    "citizen.same": (P.MERGE,),
    "citizen.apart": (P.MERGE,),
    "citizen.undecided": (P.MERGE,),
    "citizen.number-opened": (P.OPEN_NUMBER,),
    "dossier.received": (P.RECEIVE,),
    "dossier.linked": (P.LINK_CODE,),
    "dossier.unlinked": (P.LINK_CODE,),
    "dossier.accepted": (P.RECEIVE,),
    "dossier.refused": (P.RECEIVE,),
    "dossier.forwarded": (P.MOVE,),
    "dossier.sent-back": (P.MOVE,),
    "dossier.completed": (P.MOVE,),
    "dossier.payment-asked": (P.MOVE,),
    "dossier.paid": (P.MOVE,),
    "dossier.withdrawn": (P.MOVE,),
    "dossier.stopped": (P.DECIDE,),
    "dossier.finished": (P.MOVE,),
    "dossier.handed-back": (P.HAND_BACK,),
    "dossier.recalled": (P.DECIDE,),
    "dossier.extended": (P.DECIDE,),
    "dossier.undone": (P.MOVE,),
    "intake.made": (P.RECEIVE,),
    "paper.printed": (P.PRINT,),
    "paper.outcome": (P.PRINT,),
    "document.kept": (P.SCAN, P.RECEIVE),
    "document.filed": (P.SCAN, P.RECEIVE),
    "document.described": (P.SCAN,),
    "document.moved": (P.SCAN,),
    "document.arranged": (P.SCAN,),
    "document.dropped": (P.SCAN,),
    "document.signed": (P.SCAN,),
    "document.copied": (P.SCAN,),
}
"""Kind of act -> permissions of which one is enough; an empty tuple asks for none. `act.settled` asks what the act asks
that it settles, and a supervisor where that one was refused or put aside."""

FOUNDING = "founder"
"""The actor who founds an office, before any clerk is there."""

AT_THE_DOOR = "log-in"
"""The actor of a log-in: nobody yet."""
