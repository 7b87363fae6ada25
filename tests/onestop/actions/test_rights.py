"""Every kind of act says what it asks of a clerk, and no action asks less than the centre will."""

from __future__ import annotations

import pytest

from desktop.office import Office
from onestop.actions import catalogue, citizens, correcting, intakes, linking, manage, printing, receive
from onestop.actions.rights import RIGHTS
from onestop.actions.settle import SETTLED
from onestop.actions.table import KINDS
from onestop.rules.correcting import CorrectForm
from onestop.rules.errors import RuleBroken
from onestop.rules.roles import Role, may
from onestop.store import acts
from tests.helpers.office import made_dossier, made_person, received

ELSEWHERE = {"office.founded", SETTLED}
"""By the founder alone; by what the settled act asks."""


def test_every_kind_says_what_it_asks() -> None:
    assert set(KINDS) - ELSEWHERE == set(RIGHTS)


@pytest.mark.parametrize("role", list(Role))
def test_what_a_counter_lets_a_role_do_the_centre_takes(demo_office: Office, role: Role) -> None:
    """Whatever an action records for a clerk of this role, the centre's table allows it."""
    dossier = received(demo_office)
    clerk = manage.ClerkForm("thu", "Cán bộ Thử", role.value)
    demo_office.perform(manage.set_clerk, clerk)
    known = demo_office.clerk("thu")
    assert known is not None
    demo_office.act_as(known)
    person = demo_office.read(lambda c: c.exec_driver_sql("SELECT id FROM citizen").scalar())
    form = printing.PrintForm(("dossier", dossier.id), "receipt", 0, "A5", "t", b"%PDF", 0)
    before = demo_office.read(acts.head)
    assert before is not None
    for action, wish in (
        (citizens.register, made_person()),
        (citizens.change, citizens.ChangeForm(person, {"phone": "0912000111"})),
        (citizens.open_number, person),
        (receive.take_in, made_dossier()),
        (linking.link, linking.LinkForm(dossier.code, "G22-1")),
        (linking.unlink, linking.UnlinkForm(dossier.code, "G22-1", "nhầm")),
        (intakes.make, intakes.IntakeForm("refusal", made_dossier(), (), "không đủ")),
        (correcting.correct, CorrectForm(dossier.code, "office", "Hà", "nhầm", summary="Khác")),
        (printing.record, form),
        (manage.change_office, manage.OfficeForm({"phone": "1"})),
        (manage.set_clerk, manage.ClerkForm("moi", "Mới", "reception")),
        (catalogue.switch, catalogue.SwitchForm("1.001193", quick=True)),
    ):
        try:
            demo_office.perform(action, wish)
        except RuleBroken as refused:
            if refused.code != "permission.missing":
                raise
    with demo_office.store.reading() as connection:
        done = [act for act in acts.in_order(connection, demo_office.id) if act.dseq > before.dseq]
    for act in done:
        assert any(may(role.value, each) for each in RIGHTS[act.kind]), act.kind
    assert done
