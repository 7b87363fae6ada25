"""Every door through which a file, a text or an answer comes in from outside, with good examples of what comes there.

A door takes damaged content and tells in one word what happened: "taken in", or the code of what was said. Whatever
else comes out of it is a bug: an exception of another kind, a sentence with a hole in it, content that was changed or
lost on the way.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2

from desktop.__main__ import main
from desktop.devices import escl_words, picture
from desktop.devices.escl_words import Unreadable
from desktop.devices.picture import NoPicture
from desktop.devices.source import Device, Feed, Page, ScanWish
from desktop.filing import Backlog, do_next
from desktop.office import Office
from desktop.pagework import Pagework
from desktop.scanning import Scan, scan_into, take_left
from desktop.settings import BY_KEY, Settings, check
from onestop import clock
from onestop.actions import office_file, pages, people_import, result_templates
from onestop.actions.pages import Change, Owner
from onestop.actions.papers import AttachForm, KeepForm, attach, keep, limit
from onestop.actions.result_templates import TemplateForm
from onestop.queries import papers, result_letters, scanning
from onestop.queries.result_letters import Wish
from onestop.rules import identity, separators
from onestop.rules.errors import DeviceTrouble, Remark, RuleBroken, Trouble
from onestop.rules.papers import Signature, faults_of
from onestop.rules.result_starters import from_file, starters, to_file
from onestop.store.blobs import PDF
from onestop.texts import message
from paper import judge
from paper.sign_file import FileSigner
from paper.sign_trust import read_trust
from paper.signatures import overall, signatures
from tests.helpers import badfiles
from tests.helpers.door_seeds import (
    DOSSIER,
    HOLIDAYS,
    NATIONAL,
    OWN,
    SETTINGS,
    SMALL,
    pages_brought,
    people_book,
    people_table,
    plain,
    stored,
)  # fmt: skip
from tests.helpers.escl_simulator import EsclSimulator
from tests.helpers.feeder import Feeder
from tests.helpers.office import BIRTH, made_card, made_person, received
from tests.helpers.signed import DAT, TRUST, signed_by
from tests.helpers.signing import NOW, PIN

TAKEN = "taken in"


@dataclass(frozen=True)
class Door:
    """`seeds`: what is good; `walk(content, number)`: what happens; `share`: how much of a run, of 100."""

    name: str
    share: int
    seeds: dict[str, bytes]
    walk: Callable[[bytes, int], str]
    is_text: bool = False


class Quiet:
    """A report that nobody gives up."""

    cancelled = False

    def step(self, done: int = 0, total: int | None = None, what: str = "") -> None:
        """So far."""


def told(remark: Remark | RuleBroken | Trouble) -> str:
    """The code, once its sentence is whole."""
    said = message(remark.code, remark.details)
    assert said, remark.code
    assert not re.search(r"\{[a-z_]+\}", said), said
    return remark.code


# -- the doors ---------------------------------------------------------------------------------------------------------


class Doors:
    """All doors of one demo office."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.folder = office, folder
        self.work = Pagework(office)
        self.dossier = received(office, made_person(41), procedure=BIRTH, complete=True).id
        self.slot = office.read(scanning.of_dossier, self.dossier).slots[0].key
        self.feeder = Feeder(office.folder / "spool")
        self.backlog = Backlog()

    def close(self) -> None:
        self.work.close()

    def all(self) -> tuple[Door, ...]:
        """Every door."""
        brought = pages_brought()
        signed = {"signed": signed_by(self.folder), "signed twice": signed_by(self.folder, pdf=signed_by(self.folder))}
        scans = {name: brought[name] for name in ("jpeg", "jpeg, progressive", "png")}
        lists = {name: people_table(name) for name in ("utf-8-sig", "utf-16", "cp1258")}
        packed = gzip.compress(plain(NATIONAL), mtime=0)
        catalogues = {"national": plain(NATIONAL), "packed": packed, "own": plain(OWN), "days": HOLIDAYS.encode()}
        cards = {"chip": made_card(made_person(7)).encode(), "long": f"{made_card(made_person(8))}|x||Mẹ|".encode()}
        scanner = EsclSimulator()
        return (
            Door("files that are brought", 35, {**brought, **signed}, self.brought),
            Door("pages from a scanner", 12, scans, self.scanned),
            Door("pages that a crash left", 2, scans, self.left),
            Door("signatures", 10, signed, self.signed),
            Door("people, CSV", 5, lists, self.people),
            Door("people, XLSX", 4, {"xlsx": people_book()}, self.people, True),
            Door("catalogue", 6, catalogues, self.catalogue, True),
            Door("dossier", 6, {"dossier": plain(DOSSIER)}, self.received, True),
            Door("template", 3, {"template": to_file(starters()["xac-nhan-cu-tru"])}, self.template, True),
            Door("settings", 3, {"settings": plain(SETTINGS)}, self.settings, True),
            Door("office file", 3, {"office": SAMPLE.read_bytes()}, self.office_file, True),
            Door("card", 5, cards, self.card, True),
            Door("answers of a scanner", 3, {"caps": scanner.capabilities(), "status": scanner.status()}, self.answers),
            Door("key files and trusted issuers", 3, self._keys(), self.keys),
        )  # fmt: skip

    def template(self, content: bytes, number: int) -> str:
        """A result template that another ward has handed on: judged, and kept as a version of its own."""
        try:
            template = from_file(content)
            row = self.office.perform(result_templates.publish, TemplateForm(template)).answer
        except RuleBroken as broken:
            return told(broken)
        letter = self.office.read(result_letters.draft, Wish(row.template, self.dossier))
        assert letter.filled.paragraphs, "what was kept can be drawn"
        return TAKEN

    # -- papers

    def brought(self, content: bytes, number: int) -> str:
        """A file into a component: looked into, cleaned, judged, kept with what came beside it, filed."""
        brought = self.work.brought(content, f"giay-{number}.pdf")
        most = limit(self.office.row.options)
        faults = faults_of("", (brought.facts,), most)
        for note in brought.notes:
            told(note)
        assert brought.content == content, "what came is what is kept"
        if faults:
            return told(faults[0].remark)
        if brought.clean is not None and brought.facts.media_type == PDF:
            again = self.work.apart.run(judge.look, brought.clean)
            assert again.fit and not again.active, "a cleaned file opens again, with nothing active in it"
            assert again.pages == brought.facts.leaves, "and with all its pages"
        [paper] = self.office.perform(attach, AttachForm(self.dossier, self.slot, (brought,), most)).answer
        row = self.office.read(papers.one, paper)
        assert row is not None and self.office.files.get(row.pages[0].blob) == content
        return self._filed(paper) if row.blob is None else TAKEN

    def _filed(self, paper: str) -> str:
        piece = do_next(Quiet(), self.office, self.work, self.backlog, read=False)
        assert piece.paper == paper
        vain = self.backlog.in_vain.get(paper)
        return TAKEN if vain is None else f"kept, no file of record: {told(vain)}"

    def scanned(self, content: bytes, number: int) -> str:
        """A page out of the scanner into a component: whatever it is, it is stored as it came."""
        kind = "image/png" if content[:4] == b"\x89PNG" else "image/jpeg"
        self.feeder.load(Page(content, kind, *SMALL.size, 200, 1))
        outcome = scan_into(
            Quiet(), self.office, self.work, self.feeder, Scan(Owner(dossier=self.dossier), self.slot), ScanWish()
        )
        if outcome.trouble is not None:
            self._sweep()
            self._put_away()
            return told(outcome.trouble)
        [came] = outcome.came
        row = next(each for each in self.office.read(papers.pages, dossier=self.dossier) if each.id == came.page)
        assert self.office.files.get(row.blob) == content, "a page is stored as it came"
        try:
            form = KeepForm(self.dossier, self.slot, limit(self.office.row.options))
            [paper] = self.office.perform(keep, form).answer
        except RuleBroken as broken:
            self.office.perform(pages.arrange, (Change(row.id, {"state": "removed"}),))
            return told(broken)
        return self._filed(paper)

    def _put_away(self) -> None:
        """A page that came in spoiled stands there, marked, until somebody takes it away."""
        there = [row for row in self.office.read(papers.pages, dossier=self.dossier) if not row.removed]
        self.office.perform(pages.arrange, tuple(Change(row.id, {"state": "removed"}) for row in there))

    def _sweep(self) -> None:
        """What a scanner gave that is no picture stays in its tray; it is not to be met again here."""
        for tray in self.feeder.left():
            for name in tray.names():
                tray.forget(name)
            tray.end()

    def left(self, content: bytes, number: int) -> str:
        """Three pages in a tray, one of them damaged, or the note beside them: the others arrive."""
        tray = self.feeder.spool.begin(Scan(Owner(dossier=self.dossier), self.slot).about())
        good = stored("PNG")
        names = [
            tray.put(Page(each, "image/png", *SMALL.size, 200, place))
            for place, each in enumerate(_three(good, number), 1)
        ]
        (tray.folder / names[1]).write_bytes(content)
        tray._let_go()
        before = len(self.office.read(papers.pages, dossier=self.dossier))
        outcome = take_left(Quiet(), self.office, self.work, self.feeder)
        rows = self.office.read(papers.pages, dossier=self.dossier)
        assert len(rows) - before == 3, "every page arrives, the damaged one with what is the matter"
        assert any(self.office.files.get(row.blob) == content for row in rows[before:])
        gone = [Change(row.id, {"state": "removed"}) for row in rows if not row.removed]
        self.office.perform(pages.arrange, tuple(gone))
        self._sweep()
        return TAKEN if outcome.trouble is None else told(outcome.trouble)

    def signed(self, content: bytes, number: int) -> str:
        """A damaged signed paper is valid only where what it shows is what was signed."""
        try:
            found = overall(self.work.apart.run(signatures, content, TRUST, NOW))
        except RuleBroken as broken:
            return told(broken)
        if found is Signature.VALID:
            assert _seen(content) == _seen(signed_by(self.folder)), "what is valid shows what was signed"
        return found.value

    # -- lists, catalogues, forms

    def people(self, content: bytes, number: int) -> str:
        """A list of people: every row is added, merged or rejected with a reason."""
        file = self.folder / f"people-{number % 7}{'.xlsx' if content[:2] == b'PK' else '.csv'}"
        file.write_bytes(content)
        try:
            done = people_import.import_file(self.office.perform, file, ("auto", "utf-8", "cp1258")[number % 3])
        except (RuleBroken, Trouble) as broken:
            return told(broken)
        assert all(row > 0 and code and said for row, code, said in done.rejected)
        assert bool(done.rejected_count) is (done.rejects_file is not None)
        return TAKEN

    def catalogue(self, content: bytes, number: int) -> str:
        """A catalogue or a table of days, through the command line."""
        return self._command(content, "days.toml" if b"[[day" in content else "c.json", "catalogue", "import")

    def received(self, content: bytes, number: int) -> str:
        """The file of a dossier, through the command line."""
        return self._command(content, "dossier.json", "dossier", "receive", "--file")

    def _command(self, content: bytes, name: str, *words: str) -> str:
        file = self.folder / name
        file.write_bytes(content)
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(["--data", str(self.office.folder), "--json", *words, str(file)])
        assert status in (0, 2, 3), err.getvalue()
        if status == 0:
            json.loads(out.getvalue())
            return TAKEN
        error = json.loads(err.getvalue())
        assert error["message"]
        return str(error["error"])

    def settings(self, content: bytes, number: int) -> str:
        """The settings of the machine: every one has a value that it may have, and can be set again."""
        file = self.folder / "settings.json"
        file.write_bytes(content)
        settings = Settings(file, None)
        for key, setting in BY_KEY.items():
            value = settings.get(key)
            assert value == setting.default or check(setting, value) == value
        settings.set("scan_dpi", 300)
        assert Settings(file, None).get("scan_dpi") == 300
        return TAKEN

    def office_file(self, content: bytes, number: int) -> str:
        """The file that an office is made of, through the rules that read it."""
        try:
            office_file.read(content.decode("utf-8"))
        except UnicodeDecodeError:
            return "not UTF-8"
        except RuleBroken as broken:
            return told(broken)
        return TAKEN

    def card(self, content: bytes, number: int) -> str:
        """What a reader types: a card, one of our slips, a separator, or nothing that we know."""
        text = content.decode("utf-8", "replace")
        identity.scan_complete(text)
        identity.read_slip(text)
        assert separators.read(self.office.id, text) is None
        try:
            reading = identity.read_card(text, clock.today())
        except RuleBroken as broken:
            return told(broken)
        for remark in reading.remarks:
            told(remark)
        return TAKEN

    # -- machines

    def answers(self, content: bytes, number: int) -> str:
        """What a network scanner answers."""
        reader = escl_words.capabilities if b"Capabilities" in content[:300] else escl_words.status
        try:
            read: Any = reader(content)
            if isinstance(read, escl_words.Capabilities):
                escl_words.abilities(read)
                escl_words.settings(read, Device("x", "x", "escl"), ScanWish(Feed.FLATBED))
            if number % 3 == 0:
                picture.page(badfiles.damaged(stored("JPEG"), number), 200, 1)
        except (Unreadable, NoPicture):
            return "device.answer"
        except DeviceTrouble as trouble:
            return told(trouble)
        return TAKEN

    def _keys(self) -> dict[str, bytes]:
        key = DAT.key_file(self.folder / "whole.p12")
        return {"key": key.read_bytes(), "issuer": TRUST.certificates[0]}

    def keys(self, content: bytes, number: int) -> str:
        """A file with a key, or with an issuer to be believed."""
        file = self.folder / "trust" / "damaged.p12"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
        read_trust(file.parent)
        try:
            with FileSigner(file, PIN) as signer:
                assert signer.who is not None
        except (RuleBroken, Trouble) as broken:
            return told(broken)
        return TAKEN


SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "office.toml"


def _three(good: bytes, number: int) -> Iterator[bytes]:
    """Three pages that differ, from run to run too: a page that is stored already is not stored again."""
    for place in range(3):
        yield good + number.to_bytes(4, "big") + bytes([place])


def _seen(pdf: bytes) -> bytes:
    """What the first page looks like."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return bytes(document[0].render(scale=0.5).to_numpy().tobytes())
    finally:
        document.close()
