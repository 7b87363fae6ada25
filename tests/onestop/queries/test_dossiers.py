"""The list of dossiers: every filter and order page by page, what is typed, the figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from desktop.office import Office
from onestop import clock
from onestop.actions import linking, paper_changes, papers
from onestop.actions.linking import LinkForm, UnlinkForm
from onestop.actions.paper_changes import DropForm
from onestop.actions.papers import AttachForm, Brought
from onestop.actions.table import KINDS
from onestop.clock import VIETNAM
from onestop.queries import dossiers
from onestop.queries.dossiers import Wish
from onestop.rules.errors import RuleBroken
from onestop.rules.papers import FileFacts
from onestop.store import rebuild, schema
from tests.helpers.office import BIRTH, MONDAY, act_as, made_person, received

NOW = datetime(2026, 11, 23, 15, 12, tzinfo=VIETNAM)
BIRTH_PAPER = "Giấy chứng sinh"
ORDERS = [("", False), ("", True), ("received", False), ("received", True), ("due", False), ("due", True)]


@pytest.fixture
def filled(demo_office: Office) -> Iterator[tuple[Connection, str]]:
    """Thirty dossiers of three days, some of them done, some due, overdue or without a date; of every third a paper is
    to be scanned later."""
    for place in range(30):
        with clock.frozen(MONDAY - timedelta(days=2 - place // 10) + timedelta(minutes=place % 4)):
            act_as(demo_office, ("ha", "duc")[place % 2])
            received(demo_office, made_person(place))
    d = schema.dossier.c
    with demo_office.store.writing() as connection:
        for no in range(1, 31):
            due = (None, NOW - timedelta(days=2), NOW + timedelta(hours=1), NOW + timedelta(days=3))[no % 4]
            values = {"due_at": due, "is_open": no % 5 != 0, "state": "received" if no % 5 else "handed-back"}
            connection.execute(update(schema.dossier).where(d.no == no).values(**values))
            if no in (6, 11, 12):
                until = (NOW + timedelta(days=no - 10)).date().isoformat()
                values = {"due_at": None, "state": "supplement", "supplement_until": until}
                connection.execute(update(schema.dossier).where(d.no == no).values(**values))
            if no % 8 in (1, 3):
                ha = select(schema.clerk.c.id).where(schema.clerk.c.login == "ha").scalar_subquery()
                connection.execute(update(schema.dossier).where(d.no == no).values(holder=ha))
            if no % 8 == 3:
                connection.execute(update(schema.dossier).where(d.no == no).values(taken_at=NOW))
            if no % 10 == 0:
                values = {"state": "finished", "finished_at": NOW - timedelta(days=2 * no)}
                connection.execute(update(schema.dossier).where(d.no == no).values(**values))
            if no in (7, 14):
                connection.execute(update(schema.dossier).where(d.no == no).values(state="new", due_at=None))
            if no in (13, 19):
                id_of = connection.execute(select(d.id).where(d.no == no)).scalar_one()
                connection.execute(insert(schema.dossier_part).values(**late_part(demo_office.id, id_of)))
            if no in (17, 22):
                connection.execute(update(schema.dossier).where(d.no == no).values(to_confirm="late-entry"))
            if no % 7 == 0:
                connection.execute(update(schema.dossier).where(d.no == no).values(external_code=f"G22-{no}"))
            if no % 3 == 0:
                later = schema.dossier_component.c.dossier_id == select(d.id).where(d.no == no).scalar_subquery()
                connection.execute(update(schema.dossier_component).where(later).values(scan_later=True))
    with demo_office.store.reading() as connection:
        yield connection, demo_office.id


def late_part(office: str, dossier: str) -> dict[str, Any]:
    keys = {"dossier_id": dossier, "position": 1, "office_id": office, "key": "the-bhyt"}
    return {**keys, "name": "Thẻ", "agency": "Bảo hiểm xã hội", "due_at": NOW - timedelta(hours=1)}


def walk(connection: Connection, office: str, wish: Wish, size: int) -> list[dossiers.DossierRow]:
    rows: list[dossiers.DossierRow] = []
    after = None
    for _ in range(100):
        page = dossiers.page(connection, office, wish, NOW, after, size)
        rows += page.rows
        after = page.after
        if after is None:
            return rows
    raise AssertionError("the list has no end")


LISTS = [(group, order, backward) for group in dossiers.GROUPS for order, backward in ORDERS]


def test_pages_follow_one_another(filled: tuple[Connection, str]) -> None:
    for group, order, backward in LISTS:
        pages_follow(*filled, group, order, backward)


def pages_follow(connection: Connection, office: str, group: str, order: str, backward: bool) -> None:
    ha = connection.execute(schema.clerk.select().where(schema.clerk.c.login == "ha")).one().id
    wish = Wish(group, order=order, backward=backward, clerk=ha if group in dossiers.OWN else None)
    whole = walk(connection, office, wish, 100)
    assert whole
    assert len({row.id for row in whole}) == len(whole) == dossiers.count(connection, office, wish, NOW)
    for size in (1, 2, 7, len(whole)):
        assert walk(connection, office, wish, size) == whole
    turned = Wish(group, order=order, backward=not backward, clerk=wish.clerk)
    assert walk(connection, office, turned, 100) == whole[::-1]


def test_open_dossiers_stand_by_their_return_date_and_those_without_one_last(filled: tuple[Connection, str]) -> None:
    rows = walk(*filled, Wish("open"), 4)
    dates = [row.due_at for row in rows]
    assert None in dates
    assert dates == sorted(dates, key=lambda due: (due is None, due or NOW))


def test_by_due_date_what_is_open_comes_first(filled: tuple[Connection, str]) -> None:
    states = [row.is_open for row in walk(*filled, Wish("all", order="due"), 4)]
    assert states == sorted(states, reverse=True)
    assert len(states) == 30


def test_latest_first(filled: tuple[Connection, str]) -> None:
    times = [row.received_at for row in walk(*filled, Wish("all"), 4)]
    assert times == sorted(times, reverse=True)


def test_groups(filled: tuple[Connection, str]) -> None:
    connection, office = filled
    assert all(row.is_open for row in walk(connection, office, Wish("open"), 50))
    overdue = walk(connection, office, Wish("overdue"), 50)
    assert {row.is_open and row.due_at is not None and row.due_at < NOW for row in overdue} == {True}
    soon = walk(connection, office, Wish("due-today"), 50)
    assert {row.due_at for row in soon} == {(NOW + timedelta(hours=1)).astimezone(UTC)}
    today = walk(connection, office, Wish("today"), 50)
    assert {row.received_at.astimezone(VIETNAM).date() for row in today} == {NOW.date()}
    assert len(today) == 10


def test_what_waits_stands_longest_first(filled: tuple[Connection, str]) -> None:
    connection, office = filled
    sent_back = walk(connection, office, Wish("supplement"), 2)
    assert [row.supplement_until for row in sent_back] == ["2026-11-19", "2026-11-24", "2026-11-25"]
    assert [row.id for row in walk(connection, office, Wish("supplement-late"), 2)] == [sent_back[0].id]
    ready = walk(connection, office, Wish("to-collect"), 2)
    assert [row.finished_at for row in ready] == [(NOW - timedelta(days=days)).astimezone(UTC) for days in (60, 40, 20)]
    assert walk(connection, office, Wish("uncollected"), 2) == ready[:2]


def test_what_has_no_code_of_another_system_waits_to_be_entered(filled: tuple[Connection, str]) -> None:
    connection, office = filled
    rows = walk(connection, office, Wish("to-enter"), 4)
    assert len(rows) == 30 - 4
    assert [row.received_at for row in rows] == sorted(row.received_at for row in rows)
    connection.execute(update(schema.dossier).where(schema.dossier.c.id == rows[0].id).values(state="refused"))
    assert walk(connection, office, Wish("to-enter"), 4) == rows[1:]
    connection.execute(update(schema.office).values(options={"other_system": False}))
    assert "to-enter" not in dossiers.counts(connection, office, NOW)


def test_counts_are_those_of_the_lists(filled: tuple[Connection, str]) -> None:
    connection, office = filled
    ha = connection.execute(schema.clerk.select().where(schema.clerk.c.login == "ha")).one().id
    lan = connection.execute(schema.clerk.select().where(schema.clerk.c.login == "lan")).one().id
    counts = dossiers.counts(connection, office, NOW, ha)
    assert counts == {
        group: len(walk(connection, office, Wish(group, clerk=ha if group in dossiers.OWN else None), 50))
        for group in dossiers.GROUPS
    }
    assert counts["mine"] == 15
    assert "mine" not in dossiers.counts(connection, office, NOW, lan)  # an officer sits at no counter
    assert walk(connection, office, Wish("mine", clerk=lan), 50) == []
    assert not {"for-me", "holding"} & set(dossiers.counts(connection, office, NOW))  # nobody is nobody's clerk


@pytest.mark.parametrize("typed", ["{code}", " {lower} ", "{spaced}", "{day}-{order}", "{day}{order}", "{short}"])
def test_a_code_in_any_style(filled: tuple[Connection, str], typed: str) -> None:
    connection, office = filled
    row = next(each for each in walk(connection, office, Wish("today"), 50))
    prefix, day, order = row.code.split("-")
    typed = typed.format(
        code=row.code, lower=row.code.lower(), spaced=f"{prefix} {day} {order}", day=day, order=order, short=int(order)
    )
    page = dossiers.page(connection, office, Wish(typed=typed), NOW)
    assert [each.id for each in page.rows] == [row.id]
    assert (page.found, page.more) == (1, False)


def test_a_name_with_or_without_accents_in_any_order_and_a_number(filled: tuple[Connection, str]) -> None:
    connection, office = filled
    person = made_person(3)
    of_him = [row for row in walk(connection, office, Wish(), 50) if row.owner_name == person.name]
    family, *rest = person.name.split()
    for typed in (person.name, " ".join([*rest, family]), person.identity_number, person.phone):
        found = dossiers.page(connection, office, Wish(typed=str(typed)), NOW).rows
        assert {row.owner_name for row in found} == {person.name}, typed
    assert len(of_him) == 1


def test_what_is_typed_stays_inside_the_group_and_pages(filled: tuple[Connection, str]) -> None:
    connection, office = filled
    waiting = (Wish(group, order=order, typed="H99") for group in dossiers.WAITING for order in ("", "due", "received"))
    others = Wish("open", typed="H99"), Wish("all", typed="h99", order="due"), Wish(typed="H99", backward=True)
    for wish in (*others, Wish("soon", typed="H99"), *waiting):
        typed = walk(connection, office, wish, 3)
        plain = walk(connection, office, Wish(wish.group, order=wish.order, backward=wish.backward), 100)
        assert typed == plain


def test_too_many_are_said_to_be_more(filled: tuple[Connection, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossiers, "CODES", 5)
    page = dossiers.page(*filled, Wish(typed="H99"), NOW)
    assert page.found == 5
    assert page.more


def test_nothing_fits(filled: tuple[Connection, str]) -> None:
    for typed in ("không ai cả", "H11.22", "999999999", "%", "'"):
        assert dossiers.page(*filled, Wish(typed=typed), NOW).rows == ()


def test_a_linked_code_finds_the_dossier(demo_office: Office) -> None:
    with clock.frozen(MONDAY):
        act_as(demo_office, "ha")
        given = received(demo_office)
        demo_office.perform(linking.link, LinkForm(given.code, "G22.99.14-261123-00042"))
    found = demo_office.read(dossiers.page, demo_office.id, Wish(typed="g22.99.14 - 2611"), NOW)
    assert [row.id for row in found.rows] == [given.id]


def test_every_code_that_was_ever_linked_finds_the_dossier(demo_office: Office) -> None:
    with clock.frozen(MONDAY):
        act_as(demo_office, "ha")
        given, other = received(demo_office), received(demo_office)
        first, second = "G22.99.14-261123-00175", "G22.99.14-261123-00176"
        for code in (first, second):
            demo_office.perform(linking.link, LinkForm(given.code, code))
        with pytest.raises(RuleBroken) as refused:
            demo_office.perform(linking.link, LinkForm(other.code, first))
    assert refused.value.code == "dossier.external-code-taken"
    for typed in (first, second, "g22.99.14 261123 00175", "261123-00175", "00175"):
        page = demo_office.read(dossiers.page, demo_office.id, Wish(typed=typed), NOW)
        assert [row.id for row in page.rows] == [given.id], typed
    for code in (first, second):
        assert demo_office.read(dossiers.find_id, code) == given.id
        assert demo_office.read(dossiers.holder, code) == given.id
    whole = demo_office.read(dossiers.one, given.id)
    assert whole is not None
    assert whole.external_code == second
    assert [(each.kind, each.code) for each in whole.codes] == [("external", first), ("external", second)]


def test_linking_an_earlier_code_again_shows_it_and_keeps_both(demo_office: Office) -> None:
    with clock.frozen(MONDAY):
        given = received(demo_office)
        for code in ("G22-1", "G22-2", "G22-1"):
            demo_office.perform(linking.link, LinkForm(given.code, code))
    whole = demo_office.read(dossiers.one, given.id)
    assert whole is not None
    assert whole.external_code == "G22-1"
    assert [each.code for each in whole.codes] == ["G22-1", "G22-2"]
    with demo_office.store.reading() as connection:
        assert rebuild.compare(connection, KINDS, demo_office.files, demo_office.id) == []


def test_a_code_linked_by_mistake_is_taken_off_and_goes_to_the_right_dossier(demo_office: Office) -> None:
    with clock.frozen(MONDAY):
        wrong, right = received(demo_office), received(demo_office)
        for code in ("G22-1", "G22-2"):
            demo_office.perform(linking.link, LinkForm(wrong.code, code))
        demo_office.perform(linking.unlink, UnlinkForm(wrong.code, "g22-2", "gõ nhầm"))
        demo_office.perform(linking.link, LinkForm(right.code, "G22-2"))
    assert demo_office.read(dossiers.find_id, "G22-2") == right.id
    left = demo_office.read(dossiers.one, wrong.id)
    assert left is not None
    assert (left.external_code, [each.code for each in left.codes]) == ("G22-1", ["G22-1"])
    for form, refusal in (
        (UnlinkForm(wrong.code, "G22-2", "gõ nhầm"), "dossier.not-linked"),
        (UnlinkForm(right.code, "G22-2", " "), "dossier.unlink-reason"),
        (UnlinkForm("H99.14-261123-0099", "G22-2", "gõ nhầm"), "dossier.unknown"),
    ):
        with pytest.raises(RuleBroken) as refused:
            demo_office.perform(linking.unlink, form)
        assert refused.value.code == refusal
    with demo_office.store.reading() as connection:
        assert rebuild.compare(connection, KINDS, demo_office.files, demo_office.id) == []


@pytest.mark.parametrize("typed", ["0987654321", "0987 654 321", "09876", "0987", "+84 987 654 321", "0987.654.321"])
def test_the_phone_of_a_dossiers_own_contact_finds_it(filled: tuple[Connection, str], typed: str) -> None:
    connection, office = filled
    row = walk(connection, office, Wish(), 50)[3]
    connection.execute(update(schema.dossier).where(schema.dossier.c.id == row.id).values(phone="0987654321"))
    assert [each.id for each in dossiers.page(connection, office, Wish(typed=typed), NOW).rows] == [row.id]


@pytest.mark.parametrize("typed", ["14-{day}-{order}", "14-{month}", "{monthday}-{order}", "{dd}-{order}", "{month}"])
def test_a_piece_of_a_code_finds_it(filled: tuple[Connection, str], typed: str) -> None:
    connection, office = filled
    for row in walk(connection, office, Wish(), 50):
        _prefix, day, order = row.code.split("-")
        asked = typed.format(day=day, order=order, month=day[:4], monthday=day[2:], dd=day[4:])
        found = {each.code for each in walk(connection, office, Wish(typed=asked), 100)}
        assert row.code in found
        assert all(day[:4] in code and (order in code or order not in asked) for code in found)


def test_what_is_typed_is_looked_for_along_indexes(
    filled: tuple[Connection, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never a look at every dossier: not for a phone, a piece of a code, a name."""
    connection, office = filled
    for typed in ("0912345678", "0912", "14-261123-0007", "1123-0007", "2611", "00175", "7", "nguyen thi", "H99"):
        steps = plan(connection, monkeypatch, office, Wish(typed=typed), None)
        whole = [step for step in steps if step.startswith("SCAN") and "subquery" not in step.lower()]
        assert not [step for step in whole if "dossier" in step], (typed, whole)


def plan(connection: Connection, monkeypatch: pytest.MonkeyPatch, office: str, wish: Wish, after: object) -> list[str]:
    """What SQLite says it will do for each statement of a page."""
    said: list[str] = []
    run = connection.execute

    def listen(statement: object, *given: object, **named: object) -> object:
        compiled = statement.compile(connection, compile_kwargs={"render_postcompile": True})  # type: ignore[attr-defined]
        values = [compiled.params[name] for name in compiled.positiontup or ()]
        plain = [str(each) if isinstance(each, datetime) else each for each in values]
        said.extend(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", tuple(plain)))
        return run(statement, *given, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(connection, "execute", listen)
    dossiers.page(connection, office, wish, NOW, after, 5)  # type: ignore[arg-type]
    monkeypatch.undo()
    return said


def test_every_page_runs_along_an_index(filled: tuple[Connection, str], monkeypatch: pytest.MonkeyPatch) -> None:
    connection, office = filled
    ha = connection.execute(schema.clerk.select().where(schema.clerk.c.login == "ha")).one().id
    for group, order, backward in LISTS:
        wish = Wish(group, order=order, backward=backward, clerk=ha if group in dossiers.OWN else None)
        first = dossiers.page(connection, office, wish, NOW, None, 1)
        for after in (None, first.after):
            steps = plan(connection, monkeypatch, office, wish, after)
            looks = [step for step in steps if step.startswith(("SEARCH", "SCAN"))]
            assert any(step.startswith("SEARCH dossier USING") for step in looks)
            assert all(step.startswith("SEARCH") for step in looks), (wish, steps)
            if group.startswith("supplement"):
                assert all("ix_dossier_state" in step for step in looks if " dossier " in step), (wish, steps)
            if any("TEMP B-TREE" in step for step in steps):  # only the few: what is open, what waits, what came today
                waits = group in dossiers.WAITING and (order or group.startswith(("supplement", "to-collect")))
                open_ones = group in dossiers.URGENT and order == "received"
                assert waits or open_ones or (group, order) == ("today", "due"), wish


def test_what_waits_for_a_word_is_found_by_its_index(demo_office: Office) -> None:
    with demo_office.store.reading() as connection:
        steps = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT id FROM printed WHERE office_id = 'x' AND outcome = 'waiting' ORDER BY at"
        ).all()
    assert [row[3] for row in steps] == ["SEARCH printed USING INDEX ix_printed_waiting (office_id=?)"]


def test_what_is_still_to_be_scanned_leaves_the_list_when_it_is(demo_office: Office) -> None:
    later = [{"name": BIRTH_PAPER, "originals": 1, "scan_later": True}]
    waits = received(demo_office, made_person(1), procedure=BIRTH, components=later)
    received(demo_office, made_person(2), procedure=BIRTH)
    wish = Wish("to-scan")
    page = demo_office.read(dossiers.page, demo_office.id, wish, NOW)
    assert [row.code for row in page.rows] == [waits.code]
    assert demo_office.read(dossiers.counts, demo_office.id, NOW)["to-scan"] == 1
    brought = Brought(b"%PDF", FileFacts("a.pdf", "application/pdf", 4))
    [paper] = demo_office.perform(papers.attach, AttachForm(waits.code, BIRTH_PAPER, (brought,))).answer
    assert demo_office.read(dossiers.count, demo_office.id, wish, NOW) == 0
    demo_office.perform(paper_changes.drop, DropForm(paper, "nhầm"))
    assert demo_office.read(dossiers.count, demo_office.id, wish, NOW) == 1, "what was taken off is scanned again"
