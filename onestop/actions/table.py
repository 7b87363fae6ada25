"""Every kind of act by its name: what a click, a replay after sync, a rebuild and the centre all fold with."""

from __future__ import annotations

from onestop.actions import (
    absence,
    catalogue,
    citizens,
    correcting,
    delivery,
    dossier_import,
    intakes,
    linking,
    manage,
    papers,
    parts,
    printing,
    process,
    ratings,
    receive,
    reserved_sheets,
    result_letters,
    result_templates,
    resuming,
    settle,
    signers,
)
from onestop.store.work import Kind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for module in (
        absence,
        correcting,
        ratings,
        manage,
        resuming,
        catalogue,
        citizens,
        receive,
        reserved_sheets,
        process,
        parts,
        delivery,
        dossier_import,
        linking,
        papers,
        intakes,
        printing,
        settle,
        signers,
        result_templates,
        result_letters,
    )
    for kind in module.KINDS
}
