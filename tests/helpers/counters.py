"""Two counters and a centre in one process, a network that loses, repeats and delays, and clerks who do anything.

A `World` is one seeded run: days of random work through the real actions, exchanges over a bad network, counters
killed in the middle of a page and brought back from older copies; then `heal` and `differences`.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import tempfile
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, or_, select

from desktop import founding
from desktop.office import Office
from onestop import clock
from onestop.actions import (
    absence,
    catalogue,
    citizens,
    correcting,
    delivery,
    drafts,
    intakes,
    linking,
    manage,
    pages,
    paper_changes,
    papers,
    printing,
    process,
    ratings,
    receive,
    result_templates,
    settle,
    signers,
)
from onestop.actions.table import KINDS
from onestop.clock import VIETNAM
from onestop.queries import office as office_queries
from onestop.queries import outbox
from onestop.rules.absence import AbsenceForm
from onestop.rules.correcting import CorrectForm
from onestop.rules.delivery import (
    CALL_OUTCOMES,
    CallForm,
    GiveBackForm,
    KeepForm,
    Original,
    PostForm,
    ReturnedForm,
    SendForm,
    ShelveForm,
)
from onestop.rules.dossier import State, moves_from
from onestop.rules.errors import NetworkTrouble, RuleBroken, StoreTrouble
from onestop.rules.intake import ComponentForm, Delivery, PersonForm, ReceiveForm
from onestop.rules.moves import OTHERS, MoveForm, Receiver
from onestop.rules.papers import About, FileFacts
from onestop.rules.places import Agency, Point
from onestop.rules.ratings import RatingForm
from onestop.rules.result_template import Template as ResultTemplate
from onestop.rules.signers import Signer
from onestop.store import acts, engine, highwater, migrate, rebuild, replay, schema
from onestop.store.engine import Store
from onestop.store.files import Files
from onestop.store.work import Kinds
from onestop.sync import loop
from onestop.sync.protocol import Answer
from server.peer import Centre
from tests.helpers import late_work, linked_work
from tests.helpers.fuse import Fuse, Killed
from tests.helpers.office import BIRTH, EXTRACT, made_name, made_number

START = datetime(2026, 3, 2, 7, 30, tzinfo=VIETNAM)
AGENCY = "2.000033"
"""A procedure of another agency: its dossiers get temporary codes."""
STARTER = Path(__file__).resolve().parents[2] / "resources" / "catalogue" / "procedures.json"


def _quick_hasher() -> PasswordHasher:
    """Passwords are not what is tested here."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass(frozen=True)
class Odds:
    """How bad things are: chances for each call, exchange or day."""

    lost_request: float = 0.08
    lost_answer: float = 0.08
    twice: float = 0.08
    late: float = 0.05
    at_work: float = 0.15
    kill: float = 0.1
    restore: float = 0.03
    image: float = 0.3
    acts: tuple[int, int] = (12, 30)


CALM = Odds(0, 0, 0, 0, 0, 0, 0)


class Line:
    """The way to the centre: every call may be lost, answered into the void, made twice, or made again much later."""

    def __init__(self, world: World, desk: Desk) -> None:
        self._world = world
        self._desk = desk

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*message: Any) -> Any:
            world, odds, dice = self._world, self._world.odds, self._world.dice
            if dice.random() < odds.at_work:
                self._desk.work()
            if dice.random() < odds.lost_request:
                raise NetworkTrouble("network.unreachable")
            if dice.random() < odds.late:
                world.late.append((name, message))
            answer = getattr(world.centre, name)(*message)
            if dice.random() < odds.twice:
                answer = getattr(world.centre, name)(*message)
            if dice.random() < odds.at_work:
                self._desk.work()
            if dice.random() < odds.lost_answer:
                raise NetworkTrouble("network.unreachable")
            return answer

        return call


class Desk:
    """One counter: its folder, its clerks, its way to the centre."""

    def __init__(self, world: World, name: str, folder: Path, skew: timedelta) -> None:
        self.world = world
        self.name = name
        self.folder = folder
        self.skew = skew
        self.line = Line(world, self)
        self.copy: Path | None = None
        self.counts: Tally[str] = Tally()
        self.fuse = Fuse()
        self.open()

    def open(self) -> None:
        """Start the program."""
        self.store = engine.open_sqlite(self.folder / "office.db", driver=self.fuse, durable=False)
        self.office = Office(self.folder, self.store)

    # ---- exchanging ----

    def exchange(self, fuse: int | None = None) -> loop.Outcome | None:
        """One exchange; `fuse`: killed at that statement, then started again. None where it broke off."""
        self.fuse.light(fuse)
        try:
            outcome = loop.exchange(loop.Counter(self.store, self.world.kinds, self.office.files, self.line))
        except NetworkTrouble as trouble:
            self.counts[trouble.code] += 1
            return None
        except Killed:
            self.counts["killed"] += 1
            self.office.close()
            self.open()
            return None
        finally:
            self.fuse.light(None)
        self.counts["diverged"] += outcome.diverged
        self.counts["forks"] += outcome.forks
        assert outcome.answer is Answer.OK
        return outcome

    # ---- older copies ----

    def keep_copy(self) -> None:
        """Copy the whole folder aside."""
        self.office.close()
        self.copy = self.folder.with_name(f"{self.folder.name}-copy")
        shutil.rmtree(self.copy, ignore_errors=True)
        shutil.copytree(self.folder, self.copy)
        self.open()

    def bring_back(self, image: bool) -> None:
        """Put the copy in the place of the folder; `image`: of the whole disk, the mark outside the folder too."""
        if self.copy is None:
            return
        self.office.close()
        if image:
            # What was printed and accepted, and whose file had not been sent, is gone with the disk.
            files = [path.name for path in (self.folder / "files").glob("??/*")]
            self.world.gone |= {name for name in files if not self.world.centre.blob_head("", name).whole}
            shutil.rmtree(self.folder)
            shutil.copytree(self.copy, self.folder)
        else:
            for path in self.folder.glob("office.db*"):
                path.unlink()
            shutil.copy(self.copy / "office.db", self.folder)
        self.open()
        self.counts["brought back"] += 1
        if image:
            shutil.rmtree(self.office.marks.folder, ignore_errors=True)
        elif self.world.dice.random() < 0.5 and self.office.numbering_stopped():
            self._as("demo")
            self.office.resume_numbering("chép lại bản cũ")

    # ---- work ----

    def work(self) -> None:
        """Do one random thing. What the rules refuse is counted and forgotten."""
        if self.office.read(office_queries.this_office) is None:
            return
        with self.world.clock_of(self):
            known = MOVING if self.world.moving else (ACTIONS, WEIGHTS)
            name, action = self.world.dice.choices(*known)[0]
            try:
                action(self)
                self.counts[name] += 1
            except (RuleBroken, StoreTrouble) as refused:
                if isinstance(refused, StoreTrouble) and not refused.code.startswith("numbering."):
                    raise
                self.counts[f"{name}: {refused.code}"] += 1

    def _as(self, login: str) -> None:
        clerk = self.office.clerk(login)
        if clerk is None or not clerk.active:
            clerk = self.office.clerk("demo")
        assert clerk is not None
        self.office.act_as(clerk)

    def perform(self, action: Callable[..., Any], form: Any, login: str | None = None) -> Any:
        """One action by a clerk (any receptionist unless told)."""
        self._as(login or self.world.dice.choice(("ha", "duc", "hoa", "lan")))
        return self.office.perform(action, form).answer

    def some(self, table: Any, column: str = "id", *where: Any) -> Any:
        """The id of a random row; RuleBroken where there is none."""
        with self.store.reading() as connection:
            ids = (
                connection.execute(select(table.c[column]).where(*where).order_by(table.c[column].desc()).limit(12))
                .scalars()
                .all()
            )
        if not ids:
            raise RuleBroken("nothing there")
        return self.world.dice.choice(ids)

    def person(self) -> PersonForm:
        """Somebody of the few hundred who come here, often again; some have no paper."""
        dice = self.world.dice
        place = dice.randrange(self.world.people)
        sex = ("Nam", "Nữ")[place % 2]
        year = 1950 + place % 50
        return PersonForm(
            name=made_name(place, sex),
            sex=sex,
            date_of_birth=f"{year}-{place % 12 + 1:02}-{place % 28 + 1:02}",
            identity_number=made_number(place, sex, year) if place % 5 else None,
            no_paper_reason=None if place % 5 else "mất giấy tờ",
            phone=f"09{dice.randrange(10**8):08}" if dice.random() < 0.5 else None,
            address=f"Tổ {place % 20 + 1}, phường Mẫu",
        )


# ---- what clerks do ------------------------------------------------------------------------------------------------


def _register(desk: Desk) -> None:
    desk.perform(citizens.register, desk.person())


def _change(desk: Desk) -> None:
    dice = desk.world.dice
    values: dict[str, Any] = dice.choice(
        (
            {"phone": f"09{dice.randrange(10**8):08}"},
            {"address": f"Số {dice.randrange(100)}, phường Mẫu"},
            {"name": made_name(dice.randrange(1000), "Nữ")},
            {"date_of_birth": f"{dice.randrange(1950, 2000)}"},
            {"phone": "0912000000", "address": "Số 1, phường Mẫu"},
        )
    )
    desk.perform(citizens.change, citizens.ChangeForm(desk.some(schema.citizen), values))


def _two(desk: Desk) -> tuple[str, str]:
    return desk.some(schema.citizen), desk.some(schema.citizen)


def _same(desk: Desk) -> None:
    desk.perform(citizens.same, _two(desk))


def _apart(desk: Desk) -> None:
    desk.perform(citizens.apart, _two(desk))


def _undecide(desk: Desk) -> None:
    """Mostly where something was said: two at random have seldom been spoken of."""
    c = schema.citizen.c
    one = desk.some(schema.citizen, "id", c.same_as.is_not(None) | c.not_same.is_not(None))
    with desk.store.reading() as connection:
        row = connection.execute(select(c.same_as, c.not_same).where(c.id == one)).one()
    others = [*filter(None, [row.same_as]), *(row.not_same or ())]
    desk.perform(citizens.undecide, (one, desk.world.dice.choice(others)))


def _open_number(desk: Desk) -> None:
    desk.perform(citizens.open_number, desk.some(schema.citizen))


def _form(desk: Desk, procedure: str) -> ReceiveForm:
    dice = desk.world.dice
    owner = desk.person() if dice.random() < 0.6 else PersonForm(id=desk.some(schema.citizen))
    submitter = desk.person() if dice.random() < 0.2 else None
    return ReceiveForm(
        procedure,
        owner,
        submitter=submitter,
        relation="con" if submitter else None,
        complete=True,
        components=(ComponentForm("Giấy khác", copies=1, extra=True),) if dice.random() < 0.3 else (),
        delivery=Delivery(),
        result_copies=dice.randrange(3),
        limit_number=3,
        limit_unit="working-day",
    )


def _receive(desk: Desk) -> None:
    procedure = desk.world.dice.choice((BIRTH, EXTRACT, EXTRACT, AGENCY))
    form = linked_work.linked(desk, _form(desk, procedure))
    if desk.world.dice.random() < 0.3:
        draft = desk.perform(drafts.keep, drafts.DraftForm(None, "nháp", {}))
        desk.perform(receive.take_in, replace(form, draft=draft))
        form = replace(form, draft=draft)
    taken = desk.perform(receive.take_in, form)
    desk.world.printed.append((desk.name, taken.code))


def _online(desk: Desk) -> None:
    linked_work.register(desk, _form(desk, desk.world.dice.choice((BIRTH, EXTRACT))))


def _sheets(desk: Desk) -> None:
    late_work.with_sheets(desk, _form(desk, desk.world.dice.choice((EXTRACT, AGENCY))))


def _intake(desk: Desk) -> None:
    kind = desk.world.dice.choice(("supplement", "refusal"))
    desk.perform(intakes.make, intakes.IntakeForm(kind, _form(desk, EXTRACT), ("Thiếu tờ khai",), "Không đủ"))


def _link(desk: Desk) -> None:
    dice = desk.world.dice
    code = desk.some(schema.dossier, "code")
    desk.perform(linking.link, linking.LinkForm(code, f"G22-{dice.randrange(12):04}", official=dice.random() < 0.5))


def _unlink(desk: Desk) -> None:
    code = schema.dossier_code.c
    linked = desk.some(schema.dossier_code, "code")
    with desk.store.reading() as connection:
        dossier = connection.execute(select(code.dossier_id).where(code.code == linked)).scalar()
        mine = connection.execute(select(schema.dossier.c.code).where(schema.dossier.c.id == dossier)).scalar_one()
    desk.perform(linking.unlink, linking.UnlinkForm(mine, linked, "nhầm hồ sơ"))


def _move(desk: Desk) -> None:
    """A dossier moves, as the law allows or not; those of late most of all, so that two counters meet over one."""
    dice = desk.world.dice
    dossier = desk.some(schema.dossier)
    with desk.store.reading() as connection:
        row = connection.execute(select(schema.dossier).where(schema.dossier.c.id == dossier)).one()
    allowed = [each.value for each in moves_from(State(row.state))] or ["undo"]
    form = MoveForm(
        dossier,
        dice.choice([*allowed * 3, *OTHERS]),
        reason="vì thế",
        items=("Tờ khai",),
        due=(desk.world.now + timedelta(days=dice.randrange(1, 9))).date().isoformat(),
        to=dice.choice(("Tư pháp", "Địa chính", "lan", "duc")),
        receiver=Receiver(row.owner_name),
        paper="receipt",
    )
    desk.perform(process.move, form, dice.choice(("ha", "duc", "lan", "demo", "demo")))


def _deliver(desk: Desk) -> None:
    """Something becomes of a result, of one that waits most of all; originals are kept and given back."""
    dice = desk.world.dice
    d = schema.dossier.c
    here = desk.some(schema.dossier, "id", or_(d.state == "finished", d.delivered.is_not(None)))
    tries: tuple[tuple[Any, Any], ...] = (
        (delivery.shelve, ShelveForm(here, f"ô {dice.randrange(9)}")),
        (delivery.call, CallForm(here, "phone", dice.choice(CALL_OUTCOMES))),
        (delivery.post, PostForm((here,), "VNPost", (f"EM{dice.randrange(999)}",))),
        (delivery.returned, ReturnedForm(here, "sai địa chỉ")),
        (delivery.send, SendForm(here, "VNeID")),
        (delivery.keep_originals, KeepForm(desk.some(schema.dossier), (Original(f"Giấy {dice.randrange(3)}"),))),
        (delivery.give_back_originals, GiveBackForm(desk.some(schema.dossier))),
    )
    action, form = dice.choice(tries)
    desk.perform(action, form, dice.choice(("ha", "demo")))


def _correct(desk: Desk) -> None:
    """Something that was typed is put right; those of late most of all."""
    dice = desk.world.dice
    said: dict[str, Any] = dice.choice(
        (
            {"contact": {"phone": f"09{dice.randrange(10**8):08}"}},
            {"summary": f"Nội dung {dice.randrange(5)}"},
            {"relation": dice.choice(("con", "vợ"))},
            {"names": ("owner",)},
        )
    )
    form = CorrectForm(desk.some(schema.dossier), "office", "Hà", "ghi nhầm", **said)
    desk.perform(correcting.correct, form, dice.choice(("ha", "duc", "demo")))


def _rate(desk: Desk) -> None:
    """A citizen who was refused, or has his result, says what he thinks of it."""
    dice = desk.world.dice
    refused = (schema.intake, schema.intake.c.kind == "refusal")
    table, where = dice.choice((refused, refused, (schema.dossier, schema.dossier.c.state == "handed-back")))
    of = desk.some(table, "id", where)
    level = dice.randrange(1, 6)
    contents = ("a", "đ") if level > 3 and dice.random() < 0.5 else ()
    desk.perform(ratings.give, RatingForm(of, level, contents, "", dice.choice(("screen", "slip"))))


def _see(desk: Desk) -> None:
    """A supervisor reads a rating and answers."""
    answer = desk.world.dice.choice(("", "Đã gặp", "Đã gọi"))
    desk.perform(ratings.see, ratings.SeenForm(desk.some(schema.rating), answer), "demo")


def _leave(desk: Desk) -> None:
    """Somebody goes on leave: his dossiers go to another."""
    dice = desk.world.dice
    day = clock.today()
    until = (day + timedelta(days=dice.randrange(3))).isoformat() if dice.random() < 0.7 else ""
    clerk, deputy = dice.sample(("ha", "duc", "hoa", "lan"), 2)
    desk.perform(absence.begin, AbsenceForm(clerk, deputy, day.isoformat(), until, "nghỉ phép"), "demo")


def _back(desk: Desk) -> None:
    desk.perform(absence.end, desk.world.dice.choice(("ha", "duc", "hoa", "lan")), "demo")


def _print(desk: Desk) -> None:
    dossier = desk.some(schema.dossier)
    content = b"%PDF-1.7 " + desk.world.dice.randbytes(60)
    for copy_no in range(3):
        form = printing.PrintForm(("dossier", dossier), "receipt", 0, "A5", "receipt@1", content, copy_no)
        try:
            desk.perform(printing.record, form)
            return
        except RuleBroken as refused:
            if refused.code != "print.copy-moved-on":
                raise


def _outcome(desk: Desk) -> None:
    printed = desk.some(schema.printed, "id", schema.printed.c.outcome != "out")
    desk.perform(printing.settle, printing.OutcomeForm(printed, desk.world.dice.choice(printing.OUTCOMES[1:])))


def _scan(desk: Desk) -> None:
    """Something comes into a component: a file, scanned pages, or a paper of the shelf."""
    dice = desk.world.dice
    dossier = desk.some(schema.dossier)
    key = desk.some(schema.dossier_component, "key", schema.dossier_component.c.dossier_id == dossier)
    way = dice.random()
    if way < 0.3:
        content = b"%PDF-1.7 paper " + dice.randbytes(40)
        facts = FileFacts("giay.pdf", "application/pdf", len(content), dice.randrange(1, 5))
        desk.perform(papers.attach, papers.AttachForm(dossier, key, (papers.Brought(content, facts),)))
    elif way < 0.5:
        desk.perform(papers.reuse_in, papers.ReuseForm(dossier, key, desk.some(schema.document)))
    else:
        for _page in range(dice.randrange(1, 4)):
            content = b"\xff\xd8\xff page " + dice.randbytes(40)
            page = pages.PageForm(pages.Owner(dossier=dossier), key, content, "image/jpeg", blank=dice.random() < 0.1)
            desk.perform(pages.add, page)
        desk.perform(papers.keep, papers.KeepForm(dossier))


def _paper(desk: Desk) -> None:
    """Something becomes of a paper."""
    dice = desk.world.dice
    paper = desk.some(schema.document)
    d, g = schema.document.c, schema.document_page.c
    with desk.store.reading() as connection:
        row = connection.execute(select(schema.document).where(d.id == paper)).one()
        positions = list(connection.execute(select(g.position).where(g.document_id == paper)).scalars())
    kind = dice.choice(("file", "file", "describe", "move", "drop", "back", "sign", "arrange"))
    if kind == "file":
        form = paper_changes.FiledForm(paper, b"%PDF made " + dice.randbytes(20), len(positions))
        desk.perform(paper_changes.file, form)
    elif kind == "describe":
        about = About(f"Giấy {dice.randrange(3)}", number=f"{dice.randrange(3)}/GCS", perpetual=dice.random() < 0.5)
        desk.perform(paper_changes.describe, paper_changes.DescribeForm(paper, about))
    elif kind == "move":
        other = desk.some(schema.dossier_component, "key", schema.dossier_component.c.dossier_id == row.dossier_id)
        desk.perform(paper_changes.move, paper_changes.MoveForm(paper, other))
    elif kind in ("drop", "back"):
        desk.perform(paper_changes.drop, paper_changes.DropForm(paper, "nhầm" if kind == "drop" else None))
    elif kind == "sign":
        signed = paper_changes.SignedForm(paper, row.blob or "", b"%PDF signed " + dice.randbytes(20), "CN=x", "1")
        desk.perform(paper_changes.sign, signed)
    else:
        dice.shuffle(positions)
        order = tuple((at, dice.choice((0, 90)), dice.random() < 0.2) for at in positions)
        desk.perform(paper_changes.arrange, paper_changes.ArrangeForm(paper, order))


def _clerk(desk: Desk) -> None:
    dice = desk.world.dice
    if dice.random() < 0.4:
        login = f"moi{dice.randrange(6)}"
        desk.perform(manage.set_clerk, manage.ClerkForm(login, f"Cán bộ {login}", "reception"), "demo")
        return
    known = desk.office.clerk("lan")
    assert known is not None
    role = dice.choice(("reception", "officer"))
    form = manage.ClerkForm(known.login, known.name, role, active=dice.random() < 0.7, id=known.id)
    desk.perform(manage.set_clerk, form, "demo")


def _office(desk: Desk) -> None:
    dice = desk.world.dice
    form = manage.OfficeForm({"phone": f"0200 {dice.randrange(1000):03} 000"}, {"code_width": dice.choice((4, 5))})
    desk.perform(manage.change_office, form, "demo")


def _places(desk: Desk) -> None:
    """Points of reception, or another agency entered or taken away again."""
    dice = desk.world.dice
    if dice.random() < 0.4:
        desk.perform(manage.set_points, (Point(f"Điểm {dice.randrange(9)}"),), "demo")
        return
    number = dice.randrange(4)
    if dice.random() < 0.3:
        desk.perform(manage.remove_agency, f"so-thu-{number}", "demo")
        return
    agency = Agency(f"so-thu-{number}", f"H99.2{number}", f"Sở Thử {number}, lần {dice.randrange(3)}")
    desk.perform(manage.set_agency, agency, "demo")


def _switch(desk: Desk) -> None:
    dice = desk.world.dice
    desk.perform(catalogue.switch, catalogue.SwitchForm("1.001731", dice.random() < 0.5, dice.random() < 0.5), "demo")


def _day(desk: Desk) -> None:
    dice = desk.world.dice
    day = (START + timedelta(days=dice.randrange(20))).date()
    desk.perform(catalogue.set_day, catalogue.DayForm(day, dice.choice(("off", None)), "Nghỉ"), "demo")


def _publish(desk: Desk) -> None:
    dice = desk.world.dice
    document = json.loads(STARTER.read_text("utf-8"))
    chosen = dice.sample([each for each in document["procedures"] if each["code"] in PROCEDURES], 2)
    for each in chosen:
        each["name"] = f"{each['name']} (sửa {dice.randrange(3)})"
    document["procedures"] = chosen
    content = json.dumps(document, ensure_ascii=False).encode()
    origin = dice.choice(("office", "national"))
    desk.perform(catalogue.publish, catalogue.PublishForm("catalogue", origin, "sửa.json", content), "demo")


def _review(desk: Desk) -> None:
    version = desk.some(schema.procedure_version, "id", schema.procedure_version.c.status == "review")
    with desk.store.reading() as connection:
        c = schema.procedure_version.c
        found = connection.execute(select(c.differences).where(c.id == version)).scalar() or []
    facts = tuple(each["fact"] for each in found if desk.world.dice.random() < 0.5)
    desk.perform(catalogue.settle_review, catalogue.ReviewForm(version, facts), "demo")


def _settle(desk: Desk) -> None:
    with desk.store.reading() as connection:
        open_ones = outbox.unsettled(connection, desk.office.id)
    if not open_ones:
        raise RuleBroken("nothing there")
    chosen = desk.world.dice.choice(open_ones)
    desk.perform(settle.settle, settle.SettleForm(chosen.act_id, desk.world.dice.choice(settle.CHOICES)), "demo")


def _signer(desk: Desk) -> None:
    """Somebody signs from now on, or signs no more."""
    dice = desk.world.dice
    if dice.random() < 0.3:
        desk.perform(signers.withdraw, desk.some(schema.signer), "demo")
        return
    signer = Signer("", f"Người ký {dice.randrange(6)}", "Phó Chủ tịch", "KT", "2026-01-01", behalf="Chủ tịch")
    desk.perform(signers.add, signer, "demo")


def _template(desk: Desk) -> None:
    """A template in its next version, or used no more."""
    dice = desk.world.dice
    name = f"Mẫu {dice.randrange(3)}"
    if dice.random() < 0.2:
        desk.perform(result_templates.retire, dice.choice(("mau-1", "xac-nhan-cu-tru")), "demo")
        return
    template = ResultTemplate(name, "GIẤY", text=f"{{ho_ten}} lần {dice.randrange(9)}")
    desk.perform(result_templates.publish, result_templates.TemplateForm(template, f"mau-{name[-1]}"), "demo")


_TABLE: tuple[tuple[str, Callable[[Desk], None], int], ...] = (
    ("register", _register, 14),
    ("change", _change, 16),
    ("same", _same, 5),
    ("apart", _apart, 2),
    ("undecide", _undecide, 2),
    ("open number", _open_number, 2),
    ("receive", _receive, 22),
    ("intake", _intake, 3),
    ("online", _online, 3),
    ("part", linked_work.note_part, 4),
    ("sheets", _sheets, 5),
    ("take over", late_work.take_over, 2),
    ("link", _link, 6),
    ("unlink", _unlink, 2),
    ("print", _print, 8),
    ("outcome", _outcome, 6),
    ("scan", _scan, 10),
    ("paper", _paper, 10),
    ("clerk", _clerk, 3),
    ("office", _office, 2),
    ("places", _places, 2),
    ("switch", _switch, 2),
    ("day", _day, 2),
    ("leave", _leave, 1),
    ("back", _back, 1),
    ("publish", _publish, 1),
    ("review", _review, 1),
    ("settle", _settle, 8),
    ("signer", _signer, 2),
    ("template", _template, 2),
    ("correct", _correct, 6),
    ("rate", _rate, 4),
    ("see rating", _see, 2),
)
ACTIONS = [(name, action) for name, action, _ in _TABLE]
WEIGHTS = [weight for _, _, weight in _TABLE]
MOVING = ([*ACTIONS, ("move", _move), ("deliver", _deliver)], [*WEIGHTS, 70, 16])
"""The same with dossiers on the move, and results on their way."""


# ---- the world -----------------------------------------------------------------------------------------------------


@dataclass
class Template:
    """What every world begins with: an office at its first counter, and an empty database."""

    office: Path
    empty: Path


@dataclass
class World:
    """Two counters and a centre. Everything random comes from `seed`."""

    template: Template
    folder: Path
    seed: int
    odds: Odds = Odds()
    kinds: Kinds = field(default_factory=lambda: KINDS)
    people: int = 40
    url: str | None = None
    moving: bool = False
    late: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)
    printed: list[tuple[str, str]] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.now = START
        self.days = 0
        clock.replace(lambda: self.now)
        self._patch = pytest.MonkeyPatch()
        self._patch.setattr(clock, "new_id", self._new_id)
        self._patch.setattr(manage, "_hasher", _quick_hasher)
        self._patch.setenv("MOTCUA_STATE_DIR", str(self.folder / "marks"))
        self._centre_files = Files(self.folder / "centre" / "files")
        (self.folder / "centre").mkdir(parents=True)
        if self.url is None:
            shutil.copy(self.template.empty, self.folder / "centre" / "centre.db")
        self.open_centre()
        shutil.copytree(self.template.office, self.folder / "one")
        (self.folder / "two").mkdir()
        shutil.copy(self.template.empty, self.folder / "two" / "office.db")
        self.one = Desk(self, "one", self.folder / "one", timedelta())
        here = self.one.office.read(acts.head)
        assert here is not None
        self.office_id = here.office_id
        store = engine.open_sqlite(self.folder / "two" / "office.db", durable=False)
        with store.writing() as connection:
            loop.join(connection, here.office_id, clock.new_id(), 2, here.counters, highwater.machine_id())
        store.close()
        self.two = Desk(self, "two", self.folder / "two", timedelta(minutes=3))
        self.desks = (self.one, self.two)
        for desk in self.desks:
            head = desk.office.read(acts.head)
            assert head is not None
            self.centre.admit(head.office_id, head.device_id)
        self.verdicts: dict[str, tuple[int, str]] = {}
        bad, self.odds = self.odds, CALM
        for desk in self.desks:
            desk.exchange()
        self.odds = bad

    def _new_id(self) -> str:
        """Ids from the seed, of the same shape as real ones."""
        self._ids = getattr(self, "_ids", 0) + 1
        text = f"{0x0190_0000_0000 + self._ids:012x}7{self.dice.getrandbits(12):03x}8{self.dice.getrandbits(60):015x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    def open_centre(self) -> None:
        """Start the centre."""
        path = self.folder / "centre" / "centre.db"
        self.centre_store = engine.open_url(self.url) if self.url else engine.open_sqlite(path, durable=False)
        self.centre = Centre(self.centre_store, self.kinds, self._centre_files)

    def clock_of(self, desk: Desk) -> Any:
        """A minute has passed; each counter's clock is a little wrong."""
        self.now += timedelta(seconds=self.dice.randrange(5, 90))
        return clock.frozen(self.now + desk.skew)

    # ---- days ----

    def day(self) -> None:
        """One day of work and bad network."""
        self.days += 1
        self.now = max(self.now, START + timedelta(days=self.days))
        for _ in range(self.dice.randint(*self.odds.acts)):
            self.dice.choice(self.desks).work()
            if self.dice.random() < 0.15:
                self.exchange(self.dice.choice(self.desks))
        for desk in self.desks:
            if self.dice.random() < self.odds.restore:
                image = self.dice.random() < self.odds.image
                desk.bring_back(image)
                if image and self.dice.random() < 0.5:
                    desk.exchange()
            if self.odds.restore and (desk.copy is None or self.dice.random() < 0.2):
                desk.keep_copy()
            if self.dice.random() < 0.8:
                self.exchange(desk)
        self.deliver_late()
        self.remember_verdicts()

    def exchange(self, desk: Desk) -> None:
        """One exchange, perhaps with the counter killed in it."""
        killed = self.dice.random() < self.odds.kill
        desk.exchange(self.dice.randrange(150) if killed else None)

    def deliver_late(self) -> None:
        """Some messages that were sent long ago arrive now."""
        self.dice.shuffle(self.late)
        while self.late and self.dice.random() < 0.7:
            name, message = self.late.pop()
            getattr(self.centre, name)(*message)

    def copy_centre(self) -> None:
        """The centre's nightly backup."""
        self.centre_store.close()
        shutil.copy(self.folder / "centre" / "centre.db", self.folder / "centre" / "copy.db")
        self._copied_files = set((self.folder / "centre" / "files").glob("??/*"))
        self.open_centre()

    def bring_back_centre(self) -> None:
        """The centre's database is lost, and brought back from that backup."""
        self.centre_store.close()
        shutil.copy(self.folder / "centre" / "copy.db", self.folder / "centre" / "centre.db")
        for path in set((self.folder / "centre" / "files").glob("??/*")) - self._copied_files:
            path.unlink()
            if not any(desk.office.files.has(path.name) for desk in self.desks):
                self.gone.add(path.name)
        self.open_centre()
        self.centre.restored()
        self.verdicts.clear()

    def remember_verdicts(self) -> None:
        """No verdict and no seq ever changes."""
        now = self.given_verdicts()
        for act_id, first in self.verdicts.items():
            assert now.get(act_id) == first, f"verdict on {act_id} was {first}, is {now.get(act_id)}"
        self.verdicts = now

    def given_verdicts(self) -> dict[str, tuple[int, str]]:
        """act → (seq, verdict), at the centre."""
        a = schema.act.c
        with self.centre_store.reading() as connection:
            return {
                row.act_id: (row.seq, row.verdict) for row in connection.execute(select(a.act_id, a.seq, a.verdict))
            }

    def heal(self) -> int:
        """The network is well again: exchanges until nothing moves. Gives the rounds it took."""
        self.odds = replace(CALM, acts=self.odds.acts)
        for name, message in self.late:
            getattr(self.centre, name)(*message)
        self.late.clear()
        for rounds in range(1, 8):
            outcomes = [desk.exchange() for desk in self.desks]
            assert all(outcome is not None for outcome in outcomes), "an exchange broke off on a good line"
            moved = [each.pushed + each.pulled + each.pending for each in outcomes if each is not None]
            files = [each.files_sent + each.files_got for each in outcomes if each is not None]
            if not any(moved) and not any(files):
                return rounds
        raise AssertionError(f"wedged: {[desk.counts for desk in self.desks]}")

    def close(self) -> None:
        """Let go of every file."""
        for desk in self.desks:
            desk.office.close()
        self.centre_store.close()
        self._patch.undo()
        clock.replace(None)

    # ---- judging ----

    @property
    def stores(self) -> dict[str, tuple[Store, Files]]:
        """Everybody's store and files."""
        return {
            "one": (self.one.store, self.one.office.files),
            "two": (self.two.store, self.two.office.files),
            "centre": (self.centre_store, self._centre_files),
        }

    def differences(self) -> list[str]:
        """What is not as it must be once all is healed; [] when all is well."""
        wrong: list[str] = []
        first: dict[str, Any] = {}
        for name, (store, files) in self.stores.items():
            with store.reading() as connection:
                seen = {table.name: _rows(connection, table) for table in schema.FOLDED}
                seen["act"] = _rows(connection, schema.act)
                seen["act_subject"] = _rows(connection, schema.act_subject)
                wrong += [f"{name}: {each}" for each in rebuild.compare(connection, self.kinds, files, self.office_id)]
                verified = acts.verify(connection)
                wrong += [f"{name}: chain broken at {each}" for each in verified.broken]
                waiting = connection.execute(
                    select(func.count()).select_from(schema.act).where(schema.act.c.seq.is_(None))
                ).scalar_one()
                if waiting:
                    wrong.append(f"{name}: {waiting} acts without a verdict")
                wrong += [f"{name}: {each}" for each in _gaps(connection)]
                wrong += [f"{name}: {each}" for each in _doubled_codes(connection)]
                named = (schema.printed.c.blob, schema.document.c.blob, schema.document_page.c.blob)
                blobs = {each for column in named for each in connection.execute(select(column)).scalars() if each}
                missing = [each for each in sorted(blobs) if not files.has(each)]
                wrong += [f"{name}: file {each[:12]} missing" for each in missing if each not in self.gone]
                if store.sqlite:
                    wrong += [f"{name}: {each}" for each in _index(connection)]
                open_ones = [each.act_id for each in outbox.unsettled(connection, self.office_id)]
            seen["unsettled"] = open_ones
            for table, rows in seen.items():
                if table in first and first[table] != rows:
                    wrong.append(f"{name}: {table} is not as at counter one")
            first = first or seen
        return wrong


def _rows(connection: Any, table: Any) -> list[tuple[Any, ...]]:
    columns = [column for column in table.columns if column.name != "no"]
    rows = [tuple(row) for row in connection.execute(select(*columns))]
    return sorted(rows, key=repr)


def _gaps(connection: Any) -> Iterator[str]:
    a = schema.act.c
    for row in connection.execute(
        select(a.device_id, a.epoch, func.min(a.dseq), func.max(a.dseq), func.count()).group_by(a.device_id, a.epoch)
    ):
        if (row[2], row[3]) != (1, row[4]):
            yield f"dseq of {row[0]} epoch {row[1]}: {row[2]} to {row[3]}, {row[4]} acts"
    low, high, count = connection.execute(select(func.min(a.seq), func.max(a.seq), func.count(a.seq))).one()
    if (low, high) != (1, count):
        yield f"seq {low} to {high}, {count} acts"


def _doubled_codes(connection: Any) -> Iterator[str]:
    d, k = schema.dossier.c, schema.dossier_code.c
    holders: dict[str, set[str]] = {}
    for row in connection.execute(select(d.id, d.code, d.official_code, d.external_code)):
        for code in {row.code, row.official_code, row.external_code} - {None}:
            holders.setdefault(code, set()).add(row.id)
    for row in connection.execute(select(k.dossier_id, k.code)):
        holders.setdefault(row.code, set()).add(row.dossier_id)
    for code, ids in holders.items():
        if len(ids) > 1:
            yield f"code {code} names {len(ids)} dossiers"


def _index(connection: Any) -> Iterator[str]:
    """The search index holds exactly the citizens."""
    rows = connection.exec_driver_sql("SELECT rowid, folded FROM search_citizen").all()
    c = schema.citizen.c
    people = connection.execute(select(c.no, c.folded)).all()
    if sorted(map(tuple, rows)) != sorted(map(tuple, people)):
        yield "the search index is not the citizens"


PROCEDURES = (BIRTH, EXTRACT, AGENCY, "1.001731", "2.000884", "1.000656")


def small_starter() -> bytes:
    """A few procedures of the starter catalogue, so that a world is quick."""
    document = json.loads(STARTER.read_text("utf-8"))
    document["procedures"] = [each for each in document["procedures"] if each["code"] in PROCEDURES]
    return json.dumps(document, ensure_ascii=False).encode()


def made_template(folder: Path) -> Template:
    """An office at its first counter, and an empty database at the last migration."""
    with pytest.MonkeyPatch.context() as patch, clock.frozen(datetime(2026, 1, 5, 7, 30, tzinfo=VIETNAM)):
        patch.setenv("MOTCUA_STATE_DIR", str(folder / "marks"))
        patch.setattr(manage, "_hasher", _quick_hasher)
        office, _ = founding.create(folder / "office", founding.sample())
        holidays = (STARTER.parent / "holidays.toml").read_bytes()
        office.perform(catalogue.publish, catalogue.PublishForm("holidays", "starter", "holidays.toml", holidays))
        office.perform(catalogue.publish, catalogue.PublishForm("catalogue", "starter", "few.json", small_starter()))
        office.close()
    store = engine.open_sqlite(folder / "empty.db", durable=False)
    migrate.upgrade(store)
    store.close()
    return Template(folder / "office", folder / "empty.db")


@pytest.fixture(scope="session")
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is one: what is tested here is not the disk."""
    memory = Path("/dev/shm")
    where = memory if memory.is_dir() and os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="motcua-world-", dir=where) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def world_template(quick_folder: Path) -> Template:
    """Made once a run."""
    return made_template(quick_folder)


MakeWorld = Callable[..., World]


@pytest.fixture
def make_world(world_template: Template, quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeWorld]:
    """Makes worlds by seed, and clears them away. An accepted act that does not fit is a failure at once."""

    def fail(message: str, *details: Any) -> None:
        raise AssertionError(message % details)

    monkeypatch.setattr(replay.log, "error", fail)
    made: list[World] = []

    def make(seed: int, odds: Odds = Odds(), **more: Any) -> World:
        for each in made:
            each.close()
        made.clear()
        folder = Path(tempfile.mkdtemp(dir=quick_folder))
        world = World(world_template, folder, seed, odds, **more)
        made.append(world)
        return world

    yield make
    for each in made:
        each.close()
        shutil.rmtree(each.folder, ignore_errors=True)
