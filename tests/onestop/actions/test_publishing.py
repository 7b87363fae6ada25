"""A published file that had not come yet, brought in by hand: what the act of another counter says comes first."""

from __future__ import annotations

import json
from pathlib import Path

from desktop.office import Office
from onestop.actions import catalogue
from onestop.actions.catalogue import PublishForm
from onestop.actions.table import KINDS
from onestop.store import rebuild
from onestop.store.files import fingerprint
from onestop.store.replay import Replay

STARTER = Path(__file__).resolve().parents[3] / "resources" / "catalogue" / "procedures.json"


def test_a_file_that_had_not_come_is_brought_in_by_hand(demo_office: Office) -> None:
    """Published by another counter, not here yet; then somebody here brings in the same file."""
    document = json.loads(STARTER.read_text("utf-8"))
    for procedure in document["procedures"]:
        procedure["name"] += " (bản mới)"
    content = json.dumps(document, ensure_ascii=False).encode()
    form = PublishForm("catalogue", "office", "moi.json", content)
    assert demo_office.perform(catalogue.publish, form).answer.changed
    demo_office.files.drop(fingerprint(content))
    with demo_office.store.writing() as connection:
        replay = Replay(connection, KINDS, demo_office.files, demo_office.id)
        replay.publish_anew()
        assert replay.write().of("procedure_version")
    again = demo_office.perform(catalogue.publish, form)
    assert (again.answer.added, again.answer.changed) == (0, 0), "it is what was published already"
    assert again.changes.of("procedure_version")
    with demo_office.store.reading() as connection:
        assert rebuild.compare(connection, KINDS, demo_office.files, demo_office.id) == []
