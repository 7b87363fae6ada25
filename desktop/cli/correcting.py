"""`motcua dossier correct` and `dossier rate`: what was typed wrong is put right, a citizen's paper slip is entered."""

from __future__ import annotations

import argparse
from typing import Any

from desktop.cli.options import Parser, file_named
from desktop.cli.output import Answer, facts, remark_lines, remarks_of
from desktop.cli.session import Session
from desktop.models import correct_words as words
from desktop.office import read_json
from onestop.actions import correcting, ratings
from onestop.queries import dossiers
from onestop.rules.correcting import read_correction
from onestop.rules.ratings import level_of, read_rating
from onestop.texts import _


def build(kinds: Any) -> None:
    """`dossier correct CODE --file F.json`, `dossier rate CODE --file F.json`."""
    for name, purpose, action in (
        ("correct", _("đính chính điều đã ghi khi tiếp nhận: ai đề nghị, vì sao"), correct_file),
        ("rate", _("nhập phiếu giấy đánh giá mức độ hài lòng của công dân"), rate_file),
    ):
        parser: Parser = kinds.add_parser(name, help=purpose)
        parser.add_argument("code", metavar="CODE")
        parser.add_argument("--file", type=file_named, required=True, metavar="F.json", help=_("dạng JSON"))
        parser.set_defaults(action=action)


def correct_file(session: Session, read: argparse.Namespace) -> Answer:
    """Correct what the file names, all of it or nothing; the receipt that is printed next says when."""
    form = read_correction(read.code, read_json(read.file))
    office = session.office()
    made = office.perform(correcting.correct, form).answer
    found = office.read(dossiers.one, made.id, False)
    assert found is not None
    plain = {
        "code": made.code,
        "act": made.act,
        "corrected": {group: {"old": old, "new": new} for group, (old, new) in made.groups.items()},
        "warnings": list(dict.fromkeys(each.code for each in made.warnings)),
        "remarks": remarks_of(made.warnings),
    }
    pairs: list[tuple[str, Any]] = [(_("Mã hồ sơ"), made.code)]
    for group, (old, new) in made.groups.items():
        before, after = words.value(group, old) or "–", words.value(group, new) or "–"
        pairs.append((words.name(group, found), f"{before} → {after}"))
    return Answer(plain, "\n".join([facts(pairs), *remark_lines(made.warnings)]))


def rate_file(session: Session, read: argparse.Namespace) -> Answer:
    """Enter one paper slip; who entered it is kept with it, and it is never changed."""
    form = read_rating(read.code, read_json(read.file))
    made = session.office().perform(ratings.give, form).answer
    plain = {"code": made.code, "level": form.level, "source": form.source, "act": made.act}
    return Answer(plain, facts([(_("Mã hồ sơ"), made.code), (_("Mức độ"), level_of(form.level).name)]))
