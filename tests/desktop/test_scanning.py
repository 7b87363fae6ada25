"""Scanning for a draft or a dossier: what comes is safe page by page, whatever happens then."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from desktop import scanning
from desktop.devices.pretend import Mishap, PretendScanner, mixed_stack
from desktop.devices.scanners import Scanners
from desktop.devices.source import Page, ScanWish
from desktop.devices.spool import Spool
from desktop.devices.taken import Taken
from desktop.office import ENOUGH_BYTES, Office
from desktop.scanning import Scan, bring_into, scan_into, scan_on, take_left, take_page
from desktop.settings import Settings
from onestop.actions import drafts, pages, receive
from onestop.actions.drafts import DraftForm
from onestop.actions.pages import Change, Owner
from onestop.queries import papers
from onestop.queries import scanning as queries
from onestop.queries.papers import PageRow
from onestop.rules import separators
from onestop.rules.errors import DeviceTrouble, Remark, RuleBroken, StoreTrouble
from onestop.rules.intake import write_form
from onestop.rules.papers import Source
from onestop.rules.separators import DOSSIER, DRAFT, Separator
from onestop.store import schema
from onestop.store.files import fingerprint
from onestop.texts import message
from tests.helpers.feeder import Feeder, Workshop, picture
from tests.helpers.office import BIRTH, act_as, made_dossier, made_person, received

JAM = DeviceTrouble("device.jam", device="Máy quét thử")


@dataclass
class Told:
    """The report of long work, as a test hears it. `after`: given up once so many pages have come."""

    after: int | None = None
    steps: list[tuple[int, int | None, str]] = field(default_factory=list)

    @property
    def cancelled(self) -> bool:
        return self.after is not None and bool(self.steps) and self.steps[-1][0] >= self.after

    def step(self, done: int = 0, total: int | None = None, what: str = "") -> None:
        self.steps.append((done, total, what))
        if self.cancelled:
            raise GivenUp


class GivenUp(Exception):
    """As `jobs.Cancelled`."""


@dataclass
class Counter:
    """An office with a scanner, and a draft to scan for."""

    office: Office
    feeder: Feeder
    work: Workshop
    draft: str

    @property
    def owner(self) -> Owner:
        return Owner(draft=self.draft)

    def scan(self, component: str | None = "to-khai", report: Told | None = None, **given: Any) -> scanning.Outcome:
        wish = given.pop("wish", ScanWish())
        scan = Scan(self.owner, component, **given)
        return scan_into(report or Told(), self.office, self.work, self.feeder, scan, wish)

    def rows(self, component: str | None = "to-khai", draft: str | None = None) -> list[PageRow]:
        rows = self.office.read(papers.pages, draft=draft or self.draft)
        return sorted((row for row in rows if row.component == component), key=lambda row: row.position)


@pytest.fixture
def counter(demo_office: Office, tmp_path: Path) -> Counter:
    form = made_dossier(procedure=BIRTH)
    draft = demo_office.perform(drafts.keep, DraftForm(None, "nháp", write_form(form))).answer
    return Counter(demo_office, Feeder(tmp_path / "spool"), Workshop(demo_office.files), draft)


def contents(counter: Counter, rows: list[PageRow]) -> list[bytes]:
    return [counter.office.files.get(row.blob) for row in rows]


# -- one component


def test_pages_come_into_the_component_with_what_was_found_on_them(counter: Counter) -> None:
    work, report = counter.work, Told()
    pages = [work.page(1, turn=180, colour="colour"), work.page(2, blank=True), work.page(3)]
    counter.feeder.load(*pages)
    outcome = counter.scan(report=report, title="Tờ khai")
    rows = counter.rows()
    assert [(row.turn, row.colour, row.blank, row.struck) for row in rows] == [
        (180, "colour", False, False),
        (0, "grey", True, True),
        (0, "grey", False, False),
    ]
    assert contents(counter, rows) == [page.content for page in pages]
    assert (rows[0].width, rows[0].height, rows[0].dpi) == (620, 877, 75)
    assert [each.page for each in outcome.came] == [row.id for row in rows]
    assert outcome.changes.of("page") == {row.id for row in rows}
    assert report.steps == [(0, None, "Tờ khai"), (1, None, "Tờ khai"), (2, None, "Tờ khai"), (3, None, "Tờ khai")]


def test_a_page_is_let_go_of_only_when_it_is_stored(counter: Counter) -> None:
    seen: list[tuple[int, int]] = []

    def look() -> None:
        lying = sum(len(list(folder.glob("*.jpg"))) for folder in counter.feeder.spool.folder.iterdir())
        seen.append((len(counter.rows()), lying))

    counter.feeder.load(counter.work.page(1), look, counter.work.page(2), look)
    counter.scan()
    assert seen == [(1, 0), (2, 0)]
    assert counter.feeder.left() == []


def test_a_jam_keeps_what_came_and_is_told(counter: Counter) -> None:
    counter.feeder.load(counter.work.page(1), counter.work.page(2), JAM, counter.work.page(3))
    outcome = counter.scan()
    assert outcome.trouble is JAM
    assert len(counter.rows()) == 2
    assert counter.scan().trouble is None
    assert [row.position for row in counter.rows()] == [1, 2, 3]


def test_given_up_between_two_pages(counter: Counter) -> None:
    counter.feeder.load(*(counter.work.page(number) for number in range(1, 5)))
    outcome = counter.scan(report=Told(after=2))
    assert (outcome.given_up, len(outcome.came), len(counter.rows())) == (True, 2, 2)
    assert counter.feeder.stopped == 1
    assert counter.feeder.left() == [], "nothing is handed over a second time"


def test_given_up_what_went_through_already_is_stored_before_it_ends(counter: Counter) -> None:
    pages = [counter.work.page(number) for number in range(1, 5)]
    counter.feeder.load(*pages)
    counter.feeder.ahead = 2
    outcome = counter.scan(report=Told(after=1))
    assert (outcome.given_up, len(outcome.came), outcome.waiting) == (True, 3, 0)
    assert contents(counter, counter.rows()) == [page.content for page in pages[:3]]
    assert counter.feeder.left() == [], "nothing comes a second time at the next start"


def test_given_up_the_pages_of_another_scan_wait_on(counter: Counter) -> None:
    left_behind(counter, [counter.work.page(7)])
    counter.feeder.load(counter.work.page(1), counter.work.page(2))
    counter.feeder.ahead = 1
    assert len(counter.scan(report=Told(after=1)).came) == 2
    [tray] = counter.feeder.left()
    assert len(tray.names()) == 1
    tray.end()


def test_pages_are_those_of_the_clerk_who_began(counter: Counter) -> None:
    began = counter.office.actor
    assert began is not None
    change = partial(act_as, counter.office, "duc")
    counter.feeder.load(counter.work.page(1), change, counter.work.page(2))
    outcome = counter.scan()
    assert [by_whom(counter, each.page) for each in outcome.came] == [began.id, began.id]
    assert outcome.clerk == began
    assert counter.office.actor != began, "the desk has changed hands"


def test_pages_that_wait_are_those_of_the_clerk_who_began_too(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = counter.office.actor
    assert began is not None
    counter.feeder.load(counter.work.page(1))
    with monkeypatch.context() as full:
        free = iter([ENOUGH_BYTES, ENOUGH_BYTES - 1])
        full.setattr(Office, "free_bytes", lambda _office: next(free))
        counter.scan()
    act_as(counter.office, "duc")
    [came] = take_left(Told(), counter.office, counter.work, counter.feeder).came
    assert by_whom(counter, came.page) == began.id


def by_whom(counter: Counter, page: str) -> str:
    with counter.office.store.reading() as connection:
        found: str = connection.execute(select(schema.page.c.by).where(schema.page.c.id == page)).scalar_one()
    return found


def test_a_page_that_cannot_be_opened_is_there_with_what_is_wrong(counter: Counter) -> None:
    counter.feeder.load(counter.work.bad_page(1, RuleBroken("paper.truncated")), counter.work.page(2))
    counter.scan()
    rows = counter.rows()
    assert [[fault.code for fault in row.faults] for row in rows] == [["paper.truncated"], []]


def test_a_bug_of_ours_costs_no_page(counter: Counter) -> None:
    counter.feeder.load(counter.work.bad_page(1, KeyError("bug")))
    with pytest.raises(KeyError):
        counter.scan()
    assert len(counter.rows()) == 1


def test_without_room_no_paper_moves_and_text_goes_on(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    counter.feeder.load(counter.work.page(1))
    monkeypatch.setattr(Office, "free_bytes", lambda _office: ENOUGH_BYTES - 1)
    with pytest.raises(StoreTrouble) as full:
        counter.scan()
    assert (full.value.code, full.value.details["free"]) == ("scan.no-room", 63)
    assert len(counter.feeder.stack) == 1
    with pytest.raises(StoreTrouble, match=r"scan\.no-room"):
        bring_into(Told(), counter.office, counter.work, Scan(counter.owner), [Path("x.pdf")])
    counter.office.perform(drafts.keep, DraftForm(counter.draft, "nháp", {"owner": {}}))


def test_a_disk_that_fills_up_meanwhile_leaves_the_page_in_the_spool(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = iter([ENOUGH_BYTES, ENOUGH_BYTES, ENOUGH_BYTES - 1])
    counter.feeder.load(counter.work.page(1), counter.work.page(2))
    monkeypatch.setattr(Office, "free_bytes", lambda _office: next(free))
    outcome = counter.scan()
    assert outcome.trouble is not None
    assert (outcome.trouble.code, len(counter.rows())) == ("scan.no-room", 1)
    monkeypatch.setattr(Office, "free_bytes", lambda _office: ENOUGH_BYTES)
    assert len(take_left(Told(), counter.office, counter.work, counter.feeder).came) == 1
    assert len(counter.rows()) == 2


def test_the_next_scan_brings_first_what_the_full_disk_kept_back(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [counter.work.page(number) for number in range(1, 6)]
    counter.feeder.load(*pages)
    counter.feeder.ahead = 2
    with monkeypatch.context() as full:
        free = iter([ENOUGH_BYTES, ENOUGH_BYTES, ENOUGH_BYTES - 1])
        full.setattr(Office, "free_bytes", lambda _office: next(free))
        outcome = counter.scan()
    trouble = outcome.trouble
    assert isinstance(trouble, StoreTrouble)
    assert trouble.details == {"free": 63, "how": "waiting", "waiting": 3}
    assert "3 trang" in message(trouble.code, trouble.details)
    assert (len(outcome.came), outcome.waiting) == (1, 3)
    scan = Scan(counter.owner, "to-khai")
    args = (Told(), counter.office, counter.work, counter.feeder, scan, ScanWish())
    with monkeypatch.context() as full:
        full.setattr(Office, "free_bytes", lambda _office: ENOUGH_BYTES - 1)
        with pytest.raises(StoreTrouble, match=r"scan\.no-room") as still:
            scan_on(*args)
    assert still.value.details["waiting"] == 3, "they wait on, and no paper has moved"
    assert len(counter.feeder.stack) == 1
    outcome = scan_on(*args)
    assert (len(outcome.fetched), len(outcome.came)) == (3, 1)
    assert contents(counter, counter.rows()) == [page.content for page in pages]
    assert len(outcome.changes.of("page")) == 4


def test_a_picture_without_room_waits_and_comes_before_the_next_one(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [counter.work.page(number) for number in (1, 2, 3)]
    scan = Scan(counter.owner, "to-khai", source=Source.CAMERA)
    with monkeypatch.context() as full:
        full.setattr(Office, "free_bytes", lambda _office: 0)
        for waiting, page in enumerate(pages[:2], 1):
            taken = Taken(counter.feeder.spool, page)
            outcome = take_page(Told(), counter.office, counter.work, taken, scan)
            assert outcome.trouble is not None
            assert (outcome.came, outcome.waiting, outcome.trouble.details["waiting"]) == ([], 1, waiting)
    outcome = take_page(Told(), counter.office, counter.work, Taken(counter.feeder.spool, pages[2]), scan)
    assert (len(outcome.fetched), len(outcome.came)) == (2, 1)
    assert contents(counter, counter.rows()) == [page.content for page in pages]
    assert {row.source for row in counter.rows()} == {Source.CAMERA}


# -- both sides by hand


def test_a_stack_turned_over_by_hand_is_put_in_order(counter: Counter) -> None:
    work, feeder = counter.work, counter.feeder
    before = work.page(9, "đã có")
    feeder.load(before)
    counter.scan()
    feeder.load(work.page(1, "1"), work.page(3, "3"))
    fronts = counter.scan(wish=ScanWish(manual_duplex=True))
    feeder.load(work.page(4, "4", back=True), work.page(2, "2", back=True))
    wish = ScanWish(manual_duplex=True, turned=fronts.sheets)
    counter.scan(fronts=tuple(fronts.came), wish=wish)
    assert feeder.wishes[-1].turned == 2
    assert contents(counter, counter.rows()) == [before.content, *(picture(text) for text in "1234")]


# -- a mixed stack


@pytest.fixture
def places(counter: Counter) -> dict[str, Separator]:
    """Two components of the draft, one of a dossier, one that is nowhere."""
    slots = [slot.key for slot in counter.office.read(queries.of_draft, counter.draft, scanning.clock.today()).slots]
    dossier = received(counter.office, made_person(5), procedure=BIRTH)
    key = counter.office.read(queries.of_dossier, dossier.id).slots[0].key
    return {
        "one": Separator(DRAFT, counter.draft, slots[0]),
        "two": Separator(DRAFT, counter.draft, slots[1]),
        "dossier": Separator(DOSSIER, dossier.id, key),
        "gone": Separator(DRAFT, "no-such-draft", slots[0]),
    }


def test_a_mixed_stack_sorts_itself(counter: Counter, places: dict[str, Separator]) -> None:
    work, code = counter.work, partial(separators.write, counter.office.id)
    counter.feeder.load(
        work.page(1, "trước"),
        work.page(2, "tờ 1", codes=(code(places["one"]),)),
        work.page(3, "mặt sau", blank=True, back=True),
        work.page(4, "a", codes=("https://vietqr.vn/x",)),
        work.page(5, "b"),
        work.page(6, "tờ 2", codes=(code(places["dossier"]),)),
        work.page(7, "c"),
        work.page(8, "tờ 3", codes=(code(places["gone"]),)),
        work.page(9, "d"),
        work.page(10, "tờ 4", codes=(separators.write("another-office", places["two"]),)),
        work.page(11, "e"),
    )
    outcome = counter.scan(None, stack=True)
    assert contents(counter, counter.rows(places["one"].component)) == [picture("a"), picture("b")]
    assert contents(counter, counter.rows(None)) == [picture(text) for text in ("trước", "d", "tờ 4", "e")]
    there = counter.office.read(papers.pages, dossier=places["dossier"].owner)
    assert [(row.component, counter.office.files.get(row.blob)) for row in there] == [
        (places["dossier"].component, picture("c"))
    ]
    assert (outcome.separators, outcome.unsorted, outcome.sheets) == (4, 4, 11)


def test_a_sheet_without_a_place_goes_where_the_scan_goes(counter: Counter) -> None:
    counter.feeder.load(counter.work.page(1))
    assert counter.scan(None, stack=True).unsorted == 1


# -- files


def test_files_come_in_with_what_is_wrong_with_them(counter: Counter, tmp_path: Path) -> None:
    for name, content in {"don.pdf": b"%PDF /Type /Page\n /Type /Page\n", "anh.jpg": picture("x")}.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "ghi-chu.txt").write_bytes(b"khong phai trang")
    files = [tmp_path / name for name in ("don.pdf", "anh.jpg", "ghi-chu.txt", "khong-co.pdf")]
    report = Told()
    outcome = bring_into(report, counter.office, counter.work, Scan(counter.owner, "to-khai"), files)
    rows = counter.rows()
    assert [(row.name, row.media_type, row.leaves, row.source) for row in rows] == [
        ("don.pdf", "application/pdf", 2, "file"),
        ("anh.jpg", "image/jpeg", 1, "file"),
        ("ghi-chu.txt", "application/octet-stream", 1, "file"),
    ]
    assert [fault.code for fault in rows[2].faults] == ["paper.not-a-page"]
    assert [(name, broken.code) for name, broken in outcome.refused] == [("khong-co.pdf", "file.missing")]
    assert [step[2] for step in report.steps] == [file.name for file in files]


def test_a_file_that_is_there_already_is_named_and_comes_in_no_second_time(counter: Counter, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.jpg", "a-lai.jpg")]
    for file in files:
        file.write_bytes(picture("x"))

    def bring(component: str | None, *which: Path) -> list[tuple[str, str, str]]:
        outcome = bring_into(Told(), counter.office, counter.work, Scan(counter.owner, component), which)
        return [(name, broken.code, broken.details["name"]) for name, broken in outcome.refused]

    assert bring("to-khai", *files) == [("a-lai.jpg", "paper.already-there", "a.jpg")]
    assert bring(None, files[0]) == [], "elsewhere it is new"
    assert bring(None, files[1]) == [("a-lai.jpg", "paper.already-there", "a.jpg")]
    page = counter.rows()[0]
    counter.office.perform(pages.arrange, [Change(page.id, {"state": "removed"})])
    assert bring("to-khai", files[1]) == [], "what was taken away may come again"


def test_a_file_that_is_refused_by_its_size_alone_is_named(counter: Counter, tmp_path: Path) -> None:
    class Large(Workshop):
        def read(self, file: Path, *_given: Any) -> Any:
            brought = super().read(file)
            facts = replace(brought.facts, problems=(Remark("paper.too-large-file", {"most": 200}),))
            return replace(brought, content=b"", facts=facts)

    file = tmp_path / "to.pdf"
    file.write_bytes(b"%PDF")
    outcome = bring_into(Told(), counter.office, Large(), Scan(counter.owner), [file])
    assert [(name, broken.code) for name, broken in outcome.refused] == [("to.pdf", "paper.too-large-file")]
    assert counter.rows(None) == []


# -- after a crash


def left_behind(counter: Counter, pages: list[Page], **about: Any) -> None:
    """Pages in the spool that nobody took."""
    tray = counter.feeder.spool.begin({**Scan(counter.owner, "to-khai").about(), **about})
    for page in pages:
        tray.put(page)
    tray.end()


def test_what_was_on_its_way_is_there_after_the_restart(counter: Counter) -> None:
    left_behind(counter, [counter.work.page(1), counter.work.page(2, blank=True)])
    outcome = take_left(Told(), counter.office, counter.work, counter.feeder)
    assert [(row.blank, row.component) for row in counter.rows()] == [(False, "to-khai"), (True, "to-khai")]
    assert len(outcome.changes.of("page")) == 2
    assert counter.feeder.left() == []


def test_a_page_that_the_disk_has_spoiled_comes_with_what_is_the_matter_and_holds_up_none(counter: Counter) -> None:
    left_behind(counter, [counter.work.page(1), counter.work.page(2), counter.work.page(3)])
    [folder] = counter.feeder.spool.folder.iterdir()
    sorted(folder.glob("*.jpg"))[1].write_bytes(b"\xff\xd8 half")
    counter.work.told[b"\xff\xd8 half"] = RuleBroken("paper.unreadable")
    outcome = take_left(Told(), counter.office, counter.work, counter.feeder)
    assert (len(outcome.came), outcome.trouble) == (3, None)
    problems = [[each.code for each in row.problems] for row in counter.rows()]
    assert problems == [[], ["paper.unreadable"], []]
    assert counter.feeder.left() == []


def test_a_page_that_was_stored_before_the_crash_is_not_stored_twice(counter: Counter) -> None:
    page = counter.work.page(1)
    counter.feeder.load(page)
    counter.scan()
    left_behind(counter, [page, counter.work.page(2)])
    take_left(Told(), counter.office, counter.work, counter.feeder)
    assert [row.blob for row in counter.rows()] == [
        fingerprint(page.content),
        fingerprint(counter.work.page(2).content),
    ]


def test_a_draft_that_was_received_meanwhile_finds_them_in_its_tray(counter: Counter) -> None:
    left_behind(counter, [counter.work.page(1)])
    taken = counter.office.perform(receive.take_in, made_dossier(procedure=BIRTH, draft=counter.draft)).answer
    take_left(Told(), counter.office, counter.work, counter.feeder)
    assert [row.component for row in counter.office.read(papers.pages, dossier=taken.id)] == [None]


def test_pages_wait_while_nobody_may_scan_or_their_draft_is_gone(counter: Counter) -> None:
    left_behind(counter, [counter.work.page(1)])
    left_behind(counter, [counter.work.page(2)], draft="no-such-draft")
    act_as(counter.office, "khoa")
    assert take_left(Told(), counter.office, counter.work, counter.feeder).came == []
    act_as(counter.office, "ha")
    assert len(take_left(Told(), counter.office, counter.work, counter.feeder).came) == 1
    [tray] = counter.feeder.left()
    assert tray.about["draft"] == "no-such-draft"
    tray.end()


# -- through a driver in a process of its own


def scanner_in(folder: Path, _raw: Path) -> PretendScanner:
    return PretendScanner(folder)


def test_a_driver_that_dies_costs_a_page_and_a_sentence(counter: Counter, tmp_path: Path) -> None:
    scanner = PretendScanner(tmp_path / "scanner")
    scanner.load(mixed_stack(3, ("A",), 3))
    before = scanner.left()
    scanner.go_wrong(Mishap.CRASH, at=2)
    drivers = {"pretend": partial(scanner_in, scanner.folder)}
    scanners = Scanners(Spool(tmp_path / "s"), Settings(None), drivers=drivers)
    scan = Scan(counter.owner, "to-khai")
    outcome = scan_into(Told(), counter.office, counter.work, scanners, scan, ScanWish(dpi=150))
    assert outcome.trouble is not None
    assert (outcome.trouble.code, len(counter.rows())) == ("device.crashed", 1)
    assert scanner.left() == before - 1
