"""Ký số: many papers with one PIN, each one stored before the next is begun; and the electronic copy of a paper.

No Qt. A clerk signs himself what he scanned (NĐ 118/2025/NĐ-CP art. 17.1). With what he signs is his own choice in the
settings; the PIN is handed through to whoever holds the key, once, and kept nowhere.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from desktop.office import Office
from desktop.reports.result_letter import POINT, SignPlace, sign_place, text_width
from desktop.settings import Settings
from onestop import clock
from onestop.actions import paper_changes
from onestop.actions import result_letters as actions
from onestop.actions.paper_changes import CopiedForm, SignedForm
from onestop.actions.result_letters import SignedLetter
from onestop.queries import papers, result_letters
from onestop.queries.office import OfficeRow
from onestop.queries.papers import DocumentRow
from onestop.rules import why
from onestop.rules.errors import Remark, RuleBroken, StoreTrouble, Trouble
from onestop.rules.text import fold
from onestop.store.files import demand_ordinary, fingerprint
from onestop.store.work import Changes, Work
from paper.apart import Apart, GivenUp
from paper.ecopy import CopyForm, CopyMark, appearance_of, mark_copy
from paper.sign import OF_THE_PAPER, Appearance, Certificate, Ink, Signer, filled
from paper.sign_apart import ApartSigner
from paper.sign_file import FileSigner
from paper.sign_modules import modules_here
from paper.sign_program import ProgramSigner
from paper.sign_programs import Program, programs
from paper.sign_token import TokenSigner

REASON = "Số hóa giấy tờ"
"""Why, as it stands in the signature: in Vietnamese whatever the screen speaks."""
COPIED = "Sao y điện tử"
SIGNED = "Ký văn bản kết quả"
HAND = 34.0
"""Millimetres: how wide the picture of a signature is shown."""
LARGEST_HAND = 4_000_000
"""Bytes of that picture."""
PRETEND = "pretend"
"""The program that is none, of demo offices alone."""
OF_ONE = OF_THE_PAPER | {"paper.moved-on", "files.missing", "files.damaged"}
"""What is wrong with one paper alone: it is named, and the others go on."""

GivesUp = Callable[[], bool]
Maker = Callable[[GivesUp], AbstractContextManager[Signer]]
"""Makes whoever signs, to be opened once for a batch; the argument says whether the person has given up."""


class Report(Protocol):
    """What long work tells while it runs; `step` may raise when the person has given it up."""

    @property
    def cancelled(self) -> bool: ...

    def step(self, done: int = 0, total: int | None = None, what: str = "") -> None: ...


class Workshop(Protocol):
    """Where strange files are opened (`desktop/pagework.py`)."""

    @property
    def apart(self) -> Apart: ...


# -- with what ---------------------------------------------------------------------------------------------------------


class How(StrEnum):
    """Where the clerk's key lies."""

    TOKEN = "token"
    FILE = "file"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Means:
    """With what the clerk at the desk signs on this machine. `how` "" while nobody has chosen; `mark`: the signature is
    shown on the page."""

    how: str = ""
    file: str = ""
    module: str = ""
    certificate: str = ""
    program: str = ""
    address: str = ""
    mark: bool = False

    @property
    def asks_pin(self) -> bool:
        """Whether the PIN is typed here; a program asks for it in a window of its own."""
        return self.how in (How.TOKEN, How.FILE)

    @property
    def lacks(self) -> str:
        """The code of what is still to be chosen, "" when one can sign."""
        if not self.how:
            return "sign.not-chosen"
        if self.how == How.FILE and not self.file:
            return "sign.no-file-chosen"
        if self.how == How.PROGRAM and self.program not in programs():
            return "sign.no-program-chosen"
        return ""

    @property
    def appearance(self) -> Appearance | None:
        """The mark on the page, where the office wants one."""
        return Appearance() if self.mark else None


def offered(*, demo: bool) -> tuple[Program, ...]:
    """The signing programs that can be chosen; the one that is none in a demo office alone."""
    return tuple(each for each in programs().values() if demo or each.key != PRETEND)


def program_name(key: str) -> str:
    """What a signing program is called."""
    found = programs().get(key)
    return found.name if found is not None else key


def means_of(settings: Settings) -> Means:
    """As the settings stand now."""
    chosen = {key: str(settings.get(f"sign_{key}")) for key in ("file", "module", "certificate", "program", "address")}
    return Means(str(settings.get("sign_way")), **chosen, mark=bool(settings.get("sign_mark")))


def maker(means: Means, pin: str = "", *, even_last_try: bool = False, demo: bool = False) -> Maker:
    """Whoever signs. RuleBroken: what `means` lacks; sign.demo-only for the pretend program anywhere else."""
    if means.lacks:
        raise RuleBroken(means.lacks)
    if means.how == How.FILE:
        made = partial(FileSigner, Path(means.file), pin)
        return lambda _given_up: ApartSigner(made)
    if means.how == How.TOKEN:
        modules = modules_here(means.module)
        token = partial(TokenSigner, modules, pin, means.certificate, even_last_try=even_last_try)
        return lambda _given_up: ApartSigner(token)
    program = programs()[means.program]
    if program.key == PRETEND and not demo:
        raise RuleBroken("sign.demo-only")
    if program.key == PRETEND and not means.address:
        return partial(_pretended, program)
    return lambda given_up: ProgramSigner(program, means.address, given_up=given_up)


@contextmanager
def _pretended(program: Program, given_up: GivesUp) -> Iterator[Signer]:
    """For training: the program that is none runs as long as the batch does."""
    pretend = importlib.import_module("paper.sign_pretend").PretendProgram
    with pretend(program) as there, ProgramSigner(program, there.address, given_up=given_up) as signer:
        yield signer


# -- many papers -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fault:
    """A paper that was not signed, and why."""

    paper: str
    title: str
    remark: Remark


@dataclass
class Outcome:
    """What became of a batch of `total` papers. `signed`: ids; `stopped`: why it ended before its time; `given_up`: the
    person stopped it; `who`: whose certificate it was. Whatever ended it, what was signed is stored."""

    total: int
    signed: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    stopped: Remark | None = None
    given_up: bool = False
    who: str = ""
    touched: dict[str, set[str]] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """How many of them nobody has tried."""
        return self.total - len(self.signed) - len(self.faults)

    @property
    def changes(self) -> Changes:
        """What it touched, for whoever shows it."""
        return Changes({table: frozenset(ids) for table, ids in self.touched.items()})


def sign_all(
    report: Report, office: Office, chosen: Sequence[DocumentRow], make: Maker, appearance: Appearance | None = None
) -> Outcome:
    """Sign these papers as the clerk who acts now, one after the other, with one opening of the key.

    A paper with something wrong of its own is named and the rest goes on; anything else stops with its reason. Giving
    up ends it between two papers. What was signed stays signed: nothing is raised but a bug.
    """
    outcome, clerk = Outcome(len(chosen)), _at_desk(office)
    try:
        with make(lambda: report.cancelled) as signer:
            for number, paper in enumerate(chosen):
                if not _goes_on(report, number, len(chosen), paper.about.title):
                    break
                _sign(office, signer, paper, clerk, appearance, outcome)
            _goes_on(report, len(chosen) - outcome.left, len(chosen), "")
    except GivenUp:
        pass  # said below
    except (RuleBroken, Trouble) as stop:
        outcome.stopped = Remark(stop.code, dict(stop.details))
    outcome.given_up = report.cancelled and outcome.stopped is None and outcome.left > 0
    return outcome


def _goes_on(report: Report, done: int, total: int, title: str) -> bool:
    """Say how far it is; False once the person has given it up."""
    try:
        report.step(done, total, title)
    except Exception:
        if not report.cancelled:
            raise
    return not report.cancelled


def _sign(
    office: Office, signer: Signer, paper: DocumentRow, clerk: str, appearance: Appearance | None, outcome: Outcome
) -> None:
    try:
        form = _signed(office, signer, paper, appearance)
        done = office.perform(partial(_store, clerk=clerk), form)
    except (RuleBroken, StoreTrouble) as broken:
        if broken.code not in OF_ONE:
            raise
        outcome.faults.append(Fault(paper.id, paper.about.title, Remark(broken.code, dict(broken.details))))
        return
    outcome.signed.append(paper.id)
    for table, ids in done.changes.touched.items():
        outcome.touched.setdefault(table, set()).update(ids)
    who = signer.who()
    outcome.who = who.common_name if who is not None else ""


def _signed(office: Office, signer: Signer, paper: DocumentRow, appearance: Appearance | None) -> SignedForm:
    """The signature over the file that stands there now; no key is asked for a paper that has moved on."""
    now = office.read(papers.one, paper.id)
    if now is None or now.blob is None or now.blob != paper.blob or now.signed is not None or now.dropped is not None:
        raise RuleBroken("paper.moved-on", title=paper.about.title)
    content = signer.sign(office.files.get(now.blob), appearance, REASON)
    who = signer.who()
    assert who is not None, "whoever has signed is known"
    return SignedForm(paper.id, now.blob, content, who.subject, who.serial)


def _store(work: Work, form: SignedForm, *, clerk: str) -> None:
    """Store it in the name of the clerk who began."""
    _demand_same(work, clerk)
    paper_changes.sign(work, form)


def _at_desk(office: Office) -> str:
    return office.actor.id if office.actor is not None else ""


def _demand_same(work: Work, clerk: str) -> None:
    """RuleBroken sign.another-clerk: the desk has changed hands since it began."""
    if work.actor.id != clerk:
        raise RuleBroken("sign.another-clerk")


# -- the electronic copy -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy is to be: its form, the agency that copies, and the file it is written to."""

    form: CopyForm
    agency: str
    file: Path


@dataclass(frozen=True, slots=True)
class Written:
    """A copy that was written, and what that touched."""

    file: Path
    changes: Changes


def copy_out(
    report: Report, office: Office, work: Workshop, paper: DocumentRow, copy: Copy, make: Maker | None = None
) -> Written:
    """Write the electronic copy of a paper with its mark (NĐ 30/2020/NĐ-CP art. 25-27) to a file outside.

    With `make` the copy is signed at once; without, the mark is written on the page and the agency signs later. On a
    paper that carries a signature the mark is that of the agency's own: RuleBroken sign.copy-is-signed without one.
    That it went out is recorded; where it cannot be, no copy is left behind. Further: what a signer raises,
    StoreTrouble files.*, file.unwritable, RuleBroken file.not-ordinary.
    """
    demand_ordinary(copy.file)
    if paper.blob is None:
        raise RuleBroken("sign.not-filed", title=paper.about.title)
    clerk = _at_desk(office)
    content = office.files.get(paper.blob)
    mark = CopyMark(copy.form, copy.agency, clock.now())
    appearance = appearance_of(mark) if paper.is_signed else None
    if appearance is None or make is None:
        content = work.apart.run(mark_copy, content, mark)
    if make is not None:
        with make(lambda: report.cancelled) as signer:
            content = signer.sign(content, appearance, COPIED)
    form = CopiedForm(paper.id, copy.form, copy.agency, paper.blob, fingerprint(content), make is not None)
    try:
        copy.file.write_bytes(content)
        done = office.perform(partial(_record, clerk=clerk), form)
    except OSError as error:
        _take_back(copy.file)
        raise StoreTrouble("file.unwritable", file=str(copy.file), reason=why.of_system(error)) from error
    except (RuleBroken, Trouble):
        _take_back(copy.file)
        raise
    return Written(copy.file, done.changes)


def _record(work: Work, form: CopiedForm, *, clerk: str) -> None:
    _demand_same(work, clerk)
    paper_changes.copied(work, form)


# -- a result letter ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SignedResult:
    """A result letter that was signed and kept: the paper, whose certificate it was, and what that touched."""

    paper: str
    by: str
    changes: Changes


def sign_letter(
    report: Report, office: Office, dossier: str, letter: str, make: Maker, picture: str = ""
) -> SignedResult:
    """Sign the stored file of a result letter and keep it as the result of its dossier, both or neither.

    The signature stands between the signer's title and his name, in blue (NĐ 30/2020/NĐ-CP, appendix I); `picture`: the
    file of his own hand's signature, shown behind the words. RuleBroken result.not-printed, result.signed-already,
    file.missing (the picture), result.another-signer, sign.another-clerk, and what a signer raises.
    """
    clerk, stored = _at_desk(office), office.read(result_letters.stored, dossier, letter)
    if stored is None:
        raise RuleBroken("result.not-printed")
    place = sign_place(result_letters.on_paper(stored.plain), stored.paper)
    shown = Appearance(ink=Ink.BLUE, picture=_hand(picture), picture_width=HAND)
    report.step()
    content = office.files.get(stored.blob)
    with make(lambda: report.cancelled) as signer:
        demand_signer(office.row, stored.plain, signer.who())
        signed = signer.sign(content, _at(shown, place, signer.who()), SIGNED)
        who = signer.who()
    assert who is not None, "whoever has signed is known"
    demand_signer(office.row, stored.plain, who)  # a program tells who it was afterwards only
    form = SignedLetter(dossier, letter, stored.blob, signed, who.subject, who.serial, place.page if place else 1)
    done = office.perform(partial(_keep_letter, clerk=clerk), form)
    return SignedResult(done.answer, who.common_name, done.changes)


def demand_signer(here: OfficeRow, plain: Mapping[str, Any], who: Certificate | None) -> None:
    """The certificate is that of the person who signs the letter, or of the agency that gives it out.

    RuleBroken result.another-signer. In a demo office nobody is real, and anybody's key will do.
    """
    if who is None or here.demo:
        return
    named = fold(who.common_name)
    if not any(name and fold(name) in named for name in (plain["signer"]["name"], plain["head"]["agency"])):
        raise RuleBroken("result.another-signer", by=who.common_name, signer=plain["signer"]["name"])


def _at(shown: Appearance, place: SignPlace | None, who: Certificate | None) -> Appearance:
    """The mark where the hand would sign; at the corner of the page where the letter has no name."""
    if place is None:
        return shown
    lines = filled(shown.lines, who, clock.now())
    wide = max(text_width(line, shown.size) for line in lines)
    high = len(lines) * shown.size * 1.2 * POINT
    wide = max(wide, shown.picture_width if shown.picture else 0.0)
    return replace(
        shown,
        page=place.page,
        margin=(max(5.0, place.middle - wide / 2), place.bottom + max(0.0, (place.room - high) / 2)),
    )


def _hand(file: str) -> bytes | None:
    """The picture of a signature; its size and kind are judged where it is opened."""
    if not file:
        return None
    try:
        with Path(file).open("rb") as stream:
            return stream.read(LARGEST_HAND)
    except OSError as error:
        raise RuleBroken("file.missing", file=file, how="reason", reason=why.of_system(error)) from error


def _keep_letter(work: Work, form: SignedLetter, *, clerk: str) -> str:
    _demand_same(work, clerk)
    return actions.keep_signed(work, form)


def _take_back(file: Path) -> None:
    with suppress(OSError):
        file.unlink(missing_ok=True)
