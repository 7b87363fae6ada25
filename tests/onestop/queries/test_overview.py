"""What the home page and the side pane are told: the day's figures, one dossier with names for its ids."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text

from desktop.office import Office
from onestop import clock
from onestop.actions import citizens, drafts, intakes, linking, pages, papers, printing
from onestop.actions.drafts import DraftForm
from onestop.actions.intakes import IntakeForm
from onestop.actions.linking import LinkForm
from onestop.actions.pages import Owner, PageForm
from onestop.actions.papers import KeepForm
from onestop.actions.printing import OutcomeForm, PrintForm
from onestop.clock import VIETNAM
from onestop.queries import overview, scanning
from onestop.queries.overview import SignQueue
from onestop.queries.papers import Unsigned
from onestop.rules.errors import StoreTrouble
from onestop.rules.papers import Signature
from tests.helpers.office import BIRTH, MONDAY, act_as, made_dossier, made_person, received, register
from tests.helpers.signing import made_pdf
from tests.helpers.waiting_papers import kept, some

NOW = datetime(2026, 11, 23, 15, 12, tzinfo=VIETNAM)


def print_it(office: Office, subject: tuple[str, str], letter: str = "receipt", outcome: str | None = None) -> str:
    form = PrintForm(subject, letter, 0, "A4", "TT 03/2025", f"%PDF {subject} {letter}".encode(), 0)
    made = office.perform(printing.record, form).answer
    if outcome:
        office.perform(printing.settle, OutcomeForm(made.id, outcome))
    return made.id


def test_an_empty_day(demo_office: Office) -> None:
    home = demo_office.read(overview.home, NOW, None)
    assert (home.received, home.open, home.due_today, home.overdue) == (0, 0, 0, 0)
    assert home.most_late is None
    assert home.next_due is None
    assert dict(home.hours) == dict.fromkeys(range(7, 17), 0)
    assert [each.counter for each in home.counters] == ["1", "2", "3"]
    assert not home.drafts
    assert not home.prints


def test_a_day(demo_office: Office) -> None:
    ids = []
    for place, hour in enumerate((6, 8, 8, 14, 19)):
        with clock.frozen(MONDAY.replace(hour=hour, minute=place)):
            act_as(demo_office, ("ha", "duc")[place % 2])
            ids.append(received(demo_office, made_person(place), channel=("direct", "postal")[place % 2]).id)
    with clock.frozen(MONDAY.replace(hour=20)):
        print_it(demo_office, ("dossier", ids[0]))
        print_it(demo_office, ("dossier", ids[1]), outcome="out")
        asked = demo_office.perform(intakes.make, IntakeForm("refusal", made_dossier(made_person(9)), reason="Sai nơi"))
        print_it(demo_office, ("intake", asked.answer.id), "refusal")
        for login in ("ha", "ha", "duc"):
            act_as(demo_office, login)
            demo_office.perform(drafts.keep, DraftForm(None, f"Của {login}", {}))
    ha = demo_office.clerk("ha")
    assert ha is not None
    home = demo_office.read(overview.home, MONDAY.replace(hour=20), ha.id)
    assert home.received == 5
    assert home.by_channel == {"direct": 3, "postal": 2}
    assert {hour: count for hour, count in home.hours if count} == {6: 1, 8: 2, 14: 1, 19: 1}
    assert [hour for hour, _count in home.hours] == list(range(6, 20)), "every hour between the first and the last"
    assert [(each.counter, each.received) for each in home.counters] == [("1", 2), ("2", 0), ("3", 3)]
    assert home.counters[2].clerks == ("Trần Thu Hà",)
    assert home.counters[2].last == MONDAY.replace(hour=19, minute=4)
    assert [draft.title for draft in home.drafts] == ["Của ha", "Của ha"]
    assert home.drafts_of_others == 1
    assert [(each.letter, each.subject[0], each.code[:3]) for each in home.prints] == [
        ("receipt", "dossier", "H99"),
        ("refusal", "intake", "P-1"),
    ]
    assert home.prints[1].name == made_person(9).name


def test_due_and_overdue_never_count_the_same_dossier(demo_office: Office) -> None:
    with clock.frozen(MONDAY):
        for place in range(3):
            received(demo_office, made_person(place))
    for no, due in enumerate((NOW - timedelta(hours=1), NOW + timedelta(hours=1), NOW + timedelta(days=1)), 1):
        with demo_office.store.writing() as connection:
            moment = clock.utc(due).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            connection.execute(text("UPDATE dossier SET due_at = :due WHERE no = :no"), {"due": moment, "no": no})
    home = demo_office.read(overview.home, NOW, None)
    assert (home.open, home.overdue, home.due_today) == (3, 1, 1)
    assert home.most_late is not None
    assert home.next_due is not None
    assert home.most_late.due_at == NOW - timedelta(hours=1)
    assert home.next_due.due_at == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("day", "year", "known"), [(date(2026, 11, 23), 2027, True), (date(2027, 11, 23), 2028, False)]
)
def test_the_days_off_of_the_next_year(demo_office: Office, day: date, year: int, known: bool) -> None:
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=VIETNAM)
    holidays = demo_office.read(overview.home, moment, None).next_year
    assert (holidays.year, holidays.known, holidays.certain) == (year, known, False)


def test_the_whole_of_a_dossier(demo_office: Office) -> None:
    with clock.frozen(MONDAY):
        act_as(demo_office, "ha")
        given = received(
            demo_office, made_person(1), submitter={"name": "Lý Văn Mẫu", "cmnd": "012345678"}, relation="con"
        )
    with clock.frozen(MONDAY + timedelta(minutes=5)):
        act_as(demo_office, "duc")
        demo_office.perform(linking.link, LinkForm(given.code, "G22.99.14-261123-00042"))
        print_it(demo_office, ("dossier", given.id), outcome="ruined")
    card = demo_office.read(overview.card, given.id)
    assert card is not None
    assert card.clerk == "Trần Thu Hà"
    assert [(each.role, each.name) for each in card.people] == [
        ("owner", made_person(1).name),
        ("submitter", "Lý Văn Mẫu"),
    ]
    assert all("*" in each.paper for each in card.people)
    assert [(each.kind, each.by) for each in card.history] == [
        ("dossier.received", "Trần Thu Hà"),
        ("dossier.linked", "Lê Minh Đức"),
        ("paper.printed", "Lê Minh Đức"),
        ("paper.outcome", "Lê Minh Đức"),
    ]
    assert card.history[0].details["counter"] == "3"
    assert card.history[3].details["letter"] == "receipt"
    assert card.history[3].details["outcome"] == "ruined"


def test_somebody_who_was_found_to_be_another_is_that_other(demo_office: Office) -> None:
    with clock.frozen(MONDAY):
        act_as(demo_office, "demo")
        given = received(demo_office, made_person(1))
        other = register(demo_office, made_person(2)).id
        card = demo_office.read(overview.card, given.id)
        assert card is not None
        stays = demo_office.perform(citizens.same, (card.people[0].citizen_id, other)).answer
    again = demo_office.read(overview.card, given.id)
    assert again is not None
    assert again.people[0].citizen_id == stays
    assert again.people[0].name == made_person(1).name, "the name as it was given then"


def test_no_dossier(demo_office: Office) -> None:
    assert demo_office.read(overview.card, "nobody") is None
    assert demo_office.read(overview.code_of, "nobody") is None


def test_the_code_of_a_dossier_is_the_official_one(demo_office: Office) -> None:
    with clock.frozen(MONDAY):
        act_as(demo_office, "ha")
        given = received(demo_office)
    assert demo_office.read(overview.code_of, given.id) == given.code
    assert [row.id for row in demo_office.read(overview.find, given.code, NOW, 5)] == [given.id]


def test_without_an_office(demo_office: Office) -> None:
    with demo_office.store.writing() as connection:
        connection.execute(text("DELETE FROM office"))
    with pytest.raises(StoreTrouble, match=r"office\.none"):
        demo_office.read(overview.counts, NOW, None)


def test_what_waits_for_a_clerks_signature(demo_office: Office) -> None:
    act_as(demo_office, "duc")
    with clock.frozen(MONDAY):
        kept(demo_office, made_pdf(1, "of another clerk"), person=40)
    act_as(demo_office, "ha")
    ha = demo_office.actor
    assert ha is not None
    assert demo_office.read(overview.home, NOW, None).unsigned == Unsigned()
    assert demo_office.read(overview.sign_queue, ha.id) == SignQueue((), 0)
    with clock.frozen(MONDAY):
        rows = some(demo_office, 2)
        kept(demo_office, made_pdf(1, "signed before"), person=41, signature=Signature.VALID)
        filing = received(demo_office, made_person(42), procedure=BIRTH)
        slot = demo_office.read(scanning.of_dossier, filing.id).slots[0]
        page = PageForm(Owner(dossier=filing.id), slot.key, b"\xff\xd8\xff page", "image/jpeg", dpi=300)
        demo_office.perform(pages.add, page)
        demo_office.perform(papers.keep, KeepForm(filing.id))
    queue = demo_office.read(overview.sign_queue, ha.id)
    assert ([row.id for row in queue.papers], queue.filing) == ([row.id for row in rows], 1)
    assert queue.papers[0].owner_name == made_person(61).name
    assert demo_office.read(overview.home, NOW, ha.id).unsigned == Unsigned(2, 1, MONDAY)
