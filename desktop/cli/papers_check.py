"""`motcua papers check`: what the gate would say of files, without taking them in anywhere."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli.machine import workshop
from desktop.cli.output import DONE, PERSON, Answer, remarks_of, table
from desktop.cli.session import Session
from desktop.models import page_words
from onestop.actions import papers
from onestop.actions.papers import Brought
from onestop.rules import papers as rules
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.papers import FileFacts, Signature
from onestop.rules.text import file_name
from onestop.texts import N_, _, message

if TYPE_CHECKING:
    from desktop.pagework import Pagework

SIGNATURES = {
    Signature.VALID: N_("Chữ ký số hợp lệ"),
    Signature.UNKNOWN: N_("Chữ ký số chưa rõ người ký"),
}


def run(session: Session, read: argparse.Namespace) -> Answer:
    """Every file with what keeps it out (one line each) and what is odd about it. Exit status 2 when one may not come
    in: then the document is there all the same, and the error stands beside it as for `attach`."""
    office = session.office()
    most = papers.limit(office.row.options)
    with workshop(office) as work:
        brought = [_read(work, file) for file in read.files]
    faults = {at: _remarks(each, most) for at, each in enumerate(brought)}
    plain = [_plain(file, each, faults[at]) for at, (file, each) in enumerate(zip(read.files, brought, strict=True))]
    rows = [
        ("✗" if faults[at] else "!" if each.notes else "✓", each.facts.name, *_cells(each), _said(each, faults[at]))
        for at, each in enumerate(brought)
    ]
    titles = ("", _("Tệp"), _("Số trang"), _("Cỡ"), _("Kết quả"))
    ok = not any(faults.values())
    answer = {"ok": ok, "files": plain}
    if ok:
        return Answer(answer, table(titles, rows), DONE)
    found = [
        {"file": brought[at].facts.name, "code": each.code, "details": dict(each.details)}
        for at, remarks in faults.items()
        for each in remarks
    ]
    return Answer(answer, table(titles, rows), PERSON, RuleBroken("paper.not-fit", field="files", faults=found))


def _read(work: Pagework, file: Path) -> Brought:
    """A file that is not there is one that may not come in, and the others are looked into all the same."""
    try:
        return work.read(file)
    except RuleBroken as broken:
        return Brought(
            b"", FileFacts(file_name(file.name), "", 0, 0, problems=(Remark(broken.code, dict(broken.details)),))
        )


def _remarks(brought: Brought, most: int | None) -> tuple[Remark, ...]:
    return tuple(each.remark for each in rules.faults_of("", (brought.facts,), most))


def _plain(file: Path, brought: Brought, faults: tuple[Remark, ...]) -> dict[str, Any]:
    given = brought.facts
    return {
        "file": file,
        "ok": not faults,
        "media_type": given.media_type or None,
        "size": given.size if given.leaves or given.media_type else None,  # neither: nobody could even look
        "pages": (given.leaves or None) if given.media_type else None,
        "blank": given.blank,
        "signature": given.signature,
        "problems": remarks_of(faults),
        "notes": remarks_of(brought.notes),
    }


def _cells(brought: Brought) -> tuple[Any, Any]:
    given = brought.facts
    return (given.leaves or "", page_words.size(given.size)) if given.media_type else ("", "")


def _said(brought: Brought, faults: tuple[Remark, ...]) -> str:
    """What is the matter, or what is odd, or that nothing is; then what became of its signatures."""
    said = [message(each.code, each.details) for each in faults or brought.notes] or [_("nhận được")]
    signature = SIGNATURES.get(brought.facts.signature)
    if signature is not None and not faults:
        said.append(_(signature))
    return "; ".join(said)
