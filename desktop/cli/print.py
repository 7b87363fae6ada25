"""`motcua print`: a letter as a PDF. Written without `--draft` it counts as handed out, and the next is a reprint."""

from __future__ import annotations

import argparse
import contextlib
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.cli import print_result
from desktop.cli.options import Parser, file_named, one_of, whole
from desktop.cli.output import Answer, facts
from desktop.cli.print_letters import KINDS, Wanted, find
from desktop.cli.session import Session
from desktop.office import Office
from desktop.reports.drawing import draw
from desktop.reports.reprint import mark_reprint, page_count
from onestop.actions import printing
from onestop.actions.printing import OutcomeForm, PrintForm
from onestop.queries import printings
from onestop.rules import why
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.rules.letters import Envelope, Paper
from onestop.store.files import demand_ordinary, sync_folder
from onestop.store.privacy import shared_mask
from onestop.texts import _

SIZES = (*(each.value for each in Paper), *(each.value for each in Envelope))


def build(parser: Parser) -> None:
    """`print KIND CODE OUT.pdf`."""
    parser.add_argument("what", type=one_of(tuple(KINDS)), metavar="|".join(KINDS), help=_("loại giấy"))
    parser.add_argument(
        "code",
        metavar="CODE",
        help=_("mã hồ sơ; mã của phiếu bổ sung, phiếu từ chối; với sổ, phiếu bàn giao, bảng kê: ngày, hoặc TỪ/ĐẾN"),
    )
    parser.add_argument("out", type=file_named, metavar="OUT.pdf")
    parser.add_argument("--lien", type=whole(1, 2), metavar="1|2", help=_("chỉ một liên; không ghi là cả hai"))
    parser.add_argument("--draft", action="store_true", help=_("bản nháp cho công dân xem, không ghi sổ"))
    help_ = _("mẫu khác với mẫu của ngày ấy, ví dụ 2018; của văn bản kết quả: mã của mẫu")
    parser.add_argument("--template", metavar="T", help=help_)
    parser.add_argument("--paper", type=one_of(SIZES), metavar="|".join(SIZES))
    print_result.build(parser)
    parser.set_defaults(action=run)


def run(session: Session, read: argparse.Namespace) -> Answer:
    """Draw, commit, and only then put the file where it was asked for; a file that cannot be put there is not handed
    out. RuleBroken dossier.unknown, intake.unknown, draft.unknown, print.template, file.folder-missing,
    file.not-ordinary."""
    office = session.office()
    out = read.out.absolute()
    if not place_for(out):
        raise RuleBroken("file.folder-missing", file=str(out))
    wanted = find(office, read)
    if read.draft:
        content = draw(wanted.letter, wanted.paper, wanted.lien)
        write(out, content)
        count = office.read(printings.handed_out, wanted.subject, wanted.name, wanted.lien)
        return _told(office, wanted, out, content, count, None)
    while True:
        try:
            return _hand_out(office, wanted, out)
        except RuleBroken as broken:
            # Another window or command handed the same letter out between our look and our act: look again.
            if broken.code != "print.copy-moved-on":
                raise


def _hand_out(office: Office, wanted: Wanted, out: Path) -> Answer:
    kind = wanted.name
    copy = office.read(printings.next_copy, wanted.subject, kind, wanted.lien, wanted.paper.value, wanted.template)
    if wanted.again:
        content = draw(wanted.letter, wanted.paper)
    elif copy.blob is not None:
        content = mark_reprint(office.files.get(copy.blob), copy.number)
    else:
        letter = replace(wanted.letter, reprint=copy.number)
        content = draw(letter, wanted.paper, wanted.lien)
    form = PrintForm(
        wanted.subject,
        kind,
        wanted.lien,
        wanted.paper.value,
        wanted.template,
        content,
        copy.number,
        "out",
        wanted.others,
    )
    waiting = _beside(out, content)
    try:
        printed = office.perform(printing.record, form).answer
        try:
            os.replace(waiting, out)
        except OSError as error:
            office.perform(printing.settle, OutcomeForm(printed.id, "not-out"))
            raise StoreTrouble("file.unwritable", file=str(out), reason=why.of_system(error)) from error
        sync_folder(out.parent)
    finally:
        waiting.unlink(missing_ok=True)
    return _told(office, wanted, out, content, copy.number + 1, printed.blob)


def _told(office: Office, wanted: Wanted, out: Path, content: bytes, count: int, sha256: str | None) -> Answer:
    pages = page_count(content)
    form = wanted.letter.form
    plain: dict[str, Any] = {
        "file": out,
        "pages": pages,
        "printed": count,
        "sha256": sha256,
        "form": {"number": form.number or None, "source": form.source, "checked": form.checked},
    }
    source = form.source if form.checked else _("{source} (lời văn chưa đối chiếu với mẫu)").format(source=form.source)
    if wanted.note:
        plain["form"]["read"] = wanted.note
        source += f". {wanted.note}"
    pairs = [
        (_("Tệp"), out),
        (_("Số trang"), pages),
        (_("Đã giao"), _("{count} lần").format(count=count)),
        (_("Mẫu"), source),
    ]
    more, said = print_result.told(office, wanted.letter)
    return Answer({**plain, **more}, facts([*pairs, *said]))


# ---- the file -----------------------------------------------------------------------------------------------------


def place_for(out: Path) -> bool:
    """Whether `out` is the name of a file, there or not, in a folder that is there. RuleBroken file.not-ordinary for a
    device; StoreTrouble file.unwritable for a name that the disk cannot have."""
    try:
        if out.parent.is_dir() and not out.is_dir():
            out.exists()
            demand_ordinary(out)
            return True
    except (OSError, ValueError) as error:
        reason = why.of_system(error) if isinstance(error, OSError) else {"code": "why.missing", "said": str(error)}
        raise StoreTrouble("file.unwritable", file=str(out), reason=reason) from error
    return False


def write(out: Path, content: bytes) -> None:
    """The whole file or none. StoreTrouble file.unwritable."""
    waiting = _beside(out, content)
    try:
        os.replace(waiting, out)
        sync_folder(out.parent)
    except OSError as error:
        raise StoreTrouble("file.unwritable", file=str(out), reason=why.of_system(error)) from error
    finally:
        waiting.unlink(missing_ok=True)


def _beside(out: Path, content: bytes) -> Path:
    """`content` safe on the disk that `out` will be on, under another name."""
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=out.parent)
    except OSError as error:
        raise StoreTrouble("file.unwritable", file=str(out), reason=why.of_system(error)) from error
    waiting = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        # A file for others to open, as any program would have made it; mkstemp's own are private.
        waiting.chmod(0o666 & ~shared_mask())
    except OSError as error:
        with contextlib.suppress(OSError):
            waiting.unlink(missing_ok=True)
        raise StoreTrouble("file.unwritable", file=str(out), reason=why.of_system(error)) from error
    return waiting
