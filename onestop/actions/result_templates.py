"""Result templates are published and retired. Each saving is a new version; the one before it stays as it was."""

from __future__ import annotations

from dataclasses import dataclass

from onestop import clock
from onestop.queries import catalogue
from onestop.queries import result_templates as queries
from onestop.queries.result_templates import COMES_ALONG, IN_USE, RETIRED, TemplateRow
from onestop.rules import result_template as rules
from onestop.rules.errors import RuleBroken, Stale
from onestop.rules.result_template import Template, to_plain
from onestop.rules.roles import Permission
from onestop.rules.text import new_key
from onestop.store.acts import Act
from onestop.store.work import Kind, Row, Work


def fold_published(subject: Row | None, act: Act) -> Row:
    """A version is there. Stale where another counter has published this version meanwhile."""
    if subject is not None:
        raise Stale(subject=subject["id"])
    return {
        **act.body["template"],
        "id": act.subjects[0][1],
        "office_id": act.office_id,
        "status": IN_USE,
        "at": act.at,
        "by": act.actor,
    }


def fold_retired(subject: Row | None, act: Act) -> Row:
    """It is used no more; one that comes with the program is written down as it was then."""
    before = subject or {
        **act.body["template"],
        "id": act.subjects[0][1],
        "office_id": act.office_id,
        "at": act.at,
        "by": act.actor,
    }
    return {**before, "status": RETIRED}


KINDS = (
    Kind("template.published", {"result_template": fold_published}),
    Kind("template.retired", {"result_template": fold_retired}),
)


@dataclass(frozen=True, slots=True)
class TemplateForm:
    """A template to publish. `key` "": a new one; `seen`: the version that it was written from."""

    template: Template
    key: str = ""
    seen: int | None = None


def publish(work: Work, form: TemplateForm) -> TemplateRow:
    """Publish a template as the next version of its key.

    RuleBroken permission.missing, template.moved-on (somebody published meanwhile: by), template.same (nothing is
    otherwise), template.unknown-procedure (code), and what keeps it from being used (`rules.problems`).
    """
    work.demand(Permission.EDIT_LETTERS)
    template = rules.tidy(form.template)
    day = clock.local(work.now).date()
    for code in template.procedures:
        if catalogue.current_version(work.connection, work.office_id, code, day) is None:
            raise RuleBroken("template.unknown-procedure", field="procedures", code=code)
    fields = queries.form_fields(work.connection, template.procedures, day).fields
    rules.demand_usable(template, fields)
    everything = queries.templates(work.connection, retired=True)
    known = next((each for each in everything if each.key == form.key), None)
    key = form.key or new_key(template.name, [each.key for each in everything], "mau")
    if known is not None:
        if form.seen is not None and known.version != form.seen:
            raise RuleBroken("template.moved-on", by=known.by, version=known.version)
        if known.template == template and known.status == IN_USE:
            raise RuleBroken("template.same")
    before = known.version if known is not None else COMES_ALONG
    row = TemplateRow(key, before + 1, IN_USE, template)
    work.record("template.published", [("result_template", _id(work, key, row.version))], {"template": _body(row)})
    return row


def retire(work: Work, key: str) -> None:
    """Use a template no more. RuleBroken permission.missing, template.unknown."""
    work.demand(Permission.EDIT_LETTERS)
    in_use = queries.templates(work.connection)
    known = next((each for each in in_use if each.key == key), None)
    if known is None:
        raise RuleBroken("template.unknown", field="template", key=key, known=[each.key for each in in_use])
    body = {"template": _body(known)} if known.version == COMES_ALONG else {}
    work.record("template.retired", [("result_template", _id(work, key, known.version))], body)


def _id(work: Work, key: str, version: int) -> str:
    return f"{work.office_id}/{key}@{version}"


def _body(row: TemplateRow) -> dict[str, object]:
    plain = to_plain(row.template)
    return {
        "key": row.key,
        "version": row.version,
        "name": row.template.name,
        "procedures": plain["procedures"] or None,
        "content": plain,
    }
