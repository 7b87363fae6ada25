"""Every table of the program, each with `office_id`. The same schema stands on SQLite and on PostgreSQL.

Three kinds of tables: `FOLDED` ones are rebuilt from the acts and from nothing else; the log (`act`, `act_subject`)
is what they are rebuilt from; `LOCAL` ones belong to this machine (drafts, settings, secrets, numbering, search)
and are not folded. A table in none of the three lists fails a test.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def instant_text(moment: datetime) -> str:
    """An aware datetime as fixed-width UTC text, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def read_instant(text: str) -> datetime:
    """The aware UTC datetime that `instant_text` wrote."""
    return datetime.fromisoformat(text)


def canonical(value: Any) -> str:
    """`value` as the one JSON text that is hashed and stored: sorted keys, no spaces, UTF-8 letters as they are."""
    return _encode(value)


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Instant(TypeDecorator[datetime]):
    """UTC instant as text `2026-11-23T02:05:00.000000Z`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | str | None, dialect: Dialect) -> str | None:
        return instant_text(value) if isinstance(value, datetime) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else read_instant(value)


class Plain(TypeDecorator[Any]):
    """A JSON value as canonical text, the same on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


# On SQLite `no` is the rowid (what the search index joins on); it is local and never leaves the machine.
RowNumber = BigInteger().with_variant(Integer, "sqlite")


def _where_given(name: str, *columns: str) -> Index:
    """An index over the rows that have the last of `columns` at all: most have not, and cost nothing."""
    given = text(f"{columns[-1]} IS NOT NULL")
    return Index(name, *columns, sqlite_where=given)


def _no() -> Column[int]:
    return Column("no", RowNumber, primary_key=True, autoincrement=True)


def _id() -> Column[str]:
    return Column("id", Text, nullable=False, unique=True)


def _office() -> Column[str]:
    return Column("office_id", Text, nullable=False)


# ---- the log ------------------------------------------------------------------------------------------------------

act = Table(
    "act",
    metadata,
    _no(),
    Column("act_id", Text, nullable=False, unique=True),
    _office(),
    Column("kind", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("subjects", Text, nullable=False, comment="table:id, space separated, in order"),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False, comment="device time, UTC text"),
    Column("salt", Text, nullable=False),
    Column("body", Text, comment="canonical JSON; null once erased"),
    Column("body_hash", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("dseq", BigInteger, nullable=False),
    Column("h", Text, nullable=False),
    Column("seq", BigInteger, comment="the office's order, given by the centre"),
    Column("verdict", Text),
    Column("verdict_details", Plain),
    UniqueConstraint("device_id", "epoch", "dseq", name="uq_act_device_epoch_dseq"),
    Index("ix_act_office_seq", "office_id", "seq"),
    Index("ix_act_pending", "device_id", "seq"),
)

act_subject = Table(
    "act_subject",
    metadata,
    Column("table_name", Text, primary_key=True),
    Column("subject_id", Text, primary_key=True),
    Column("act_id", Text, ForeignKey("act.act_id"), primary_key=True),
    _office(),
    Index("ix_act_subject_act", "act_id"),
    sqlite_with_rowid=False,
)

# ---- folded from the acts -----------------------------------------------------------------------------------------

office = Table(
    "office",
    metadata,
    Column("id", Text, primary_key=True),
    _office(),
    Column("code", Text, nullable=False, comment="agency identifier, QĐ 20/2020/QĐ-TTg"),
    Column("name", Text, nullable=False),
    Column("parent_name", Text, nullable=False, comment="first line of the letter head, e.g. UBND PHƯỜNG MẪU"),
    Column("place", Text, nullable=False, comment="place name before the date of a letter"),
    Column("province", Text),
    Column("address", Text),
    Column("phone", Text),
    Column("email", Text),
    Column("demo", Boolean, nullable=False),
    Column("hours", Plain),
    Column("points", Plain),
    Column("agencies", Plain, comment="other competent agencies: key -> {code, name}"),
    Column("options", Plain, comment="office-wide settings"),
    Column("founded_at", Instant, nullable=False),
)

clerk = Table(
    "clerk",
    metadata,
    Column("id", Text, primary_key=True),
    _office(),
    Column("login", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("title", Text),
    Column("role", Text, nullable=False),
    Column("counter", Text),
    Column("active", Boolean, nullable=False),
    Column("since", Instant, nullable=False),
    Index("ix_clerk_office_login", "office_id", "login"),
)

citizen = Table(
    "citizen",
    metadata,
    _no(),
    _id(),
    _office(),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("sort_key", Text, nullable=False),
    Column("date_of_birth", Text, comment="YYYY, YYYY-MM or YYYY-MM-DD"),
    Column("sex", Text),
    Column("identity_number", Text),
    Column("cmnd", Text),
    Column("passport", Text),
    Column("nationality", Text),
    Column("birth_certificate", Text),
    Column("no_paper_reason", Text),
    Column("tax_code", Text),
    Column("representative_id", Text),
    Column("phone", Text),
    Column("email", Text),
    Column("address", Text, comment="as printed on the paper"),
    Column("unit_code", Text),
    Column("unit_set", Text),
    Column("old_district", Text),
    Column("issued_on", Text),
    Column("from_card", Boolean, nullable=False),
    Column("same_as", Text, comment="the citizen id that stays; queries follow it"),
    Column("not_same", Plain, comment="ids that a clerk has said are other people"),
    Column("registered_at", Instant, nullable=False),
    Column("registered_by", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Index("ix_citizen_identity", "office_id", "identity_number"),
    _where_given("ix_citizen_cmnd", "office_id", "cmnd"),
    _where_given("ix_citizen_passport", "office_id", "passport"),
    _where_given("ix_citizen_tax", "office_id", "tax_code"),
    _where_given("ix_citizen_phone", "office_id", "phone"),
    _where_given("ix_citizen_same", "same_as"),
    Index("ix_citizen_folded", "folded", "date_of_birth", "name"),
    Index("ix_citizen_sort", "office_id", "sort_key", "no"),
)

dossier = Table(
    "dossier",
    metadata,
    _no(),
    _id(),
    _office(),
    Column("code", Text, nullable=False, unique=True),
    Column("code_kind", Text, nullable=False, comment="official or temporary"),
    Column("official_code", Text, comment="given later where `code` is temporary"),
    Column("external_code", Text),
    Column("prefix", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("is_open", Boolean, nullable=False, comment="the office still owes something; follows from `state`"),
    Column("procedure_code", Text, nullable=False),
    Column("procedure_version", Text, nullable=False),
    Column("procedure_name", Text, nullable=False),
    Column("procedure_field", Text),
    Column("case_key", Text),
    Column("case_name", Text),
    Column("channel", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("assisted", Boolean, nullable=False),
    Column("owner_id", Text, nullable=False),
    Column("owner_name", Text, nullable=False),
    Column("submitter_id", Text),
    Column("relation", Text),
    Column("phone", Text),
    Column("email", Text),
    Column("summary", Text),
    Column("fields", Plain),
    Column("certify", Plain),
    Column("sets", Integer, nullable=False),
    Column("result_copies", Integer, nullable=False),
    Column("delivery", Plain),
    Column("receiving_agency", Text, nullable=False),
    Column("competent_agency", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("received_by", Text, nullable=False),
    Column("counter", Text),
    Column("due_at", Instant),
    Column("original_due_at", Instant),
    Column("limit_text", Plain, comment="the limit that was counted: number, unit, rule, source"),
    Column("steps", Plain, comment="how the return time came about"),
    Column("fee_lines", Plain),
    Column("phi", BigInteger),
    Column("le_phi", BigInteger),
    Column("fee_total", BigInteger),
    Column("exemption", Text),
    Column("supplements", Integer, nullable=False),
    Column("finished_at", Instant),
    Column("handed_back_at", Instant),
    Column("came_from", Text, comment="the state before the present one"),
    Column("holder", Text, comment="who works on it now: a clerk's id, or the name of a section or an agency"),
    Column("waits", Plain, comment="each supplement: asked for at, complete at"),
    Column("supplement_until", Text, comment="last day to complete what was asked for"),
    Column("extended_at", Instant, comment="when the one apology was made"),
    Column("promised_at", Instant, comment="the date that it promised"),
    Column("result", Plain, comment="title, number, date, signer, files"),
    Column("handed_to", Plain, comment="who collected it, and on what paper"),
    Column("reason", Text, comment="of the state it is in, where the law wants one"),
    Column("taken_at", Instant, comment="when the holder took it over; none = handed over, not taken yet"),
    Column("shelf", Text, comment="the box or shelf in which the result lies"),
    Column("calls", Plain, comment="each time the citizen was told of the result: at, by, way, outcome"),
    Column("delivered", Text, comment="state of the delivery: posted, returned, sent; none = at the counter"),
    Column("posting", Plain, comment="carrier, tracking number, posted at, list, why it came back"),
    Column("post_list", Text, comment="the list with which it went to the post: day.number"),
    Column("custody", Plain, comment="originals that lie with the office: name, count, since; none = none"),
    Column("late_entry", Plain, comment="entered from a paper: sheet, its time and clerk, when it was entered"),
    Column("to_confirm", Text, comment="what a supervisor has still to confirm: late-entry"),
    Column("origin", Plain, comment="the older system that it was taken over from: system, file, row"),
    Column("remarks", Plain),
    Column("note", Text),
    Index("ix_dossier_received", "office_id", "received_at", "no"),
    Index("ix_dossier_due", "office_id", "is_open", "due_at", "no"),
    Index("ix_dossier_state", "office_id", "state", "received_at", "no"),
    Index("ix_dossier_counter", "office_id", "counter", "received_at", "no"),
    Index("ix_dossier_procedure", "office_id", "procedure_code", "state"),
    # The results that wait for whoever collects them, and what has no code of another system yet.
    Index("ix_dossier_uncollected", "office_id", "finished_at", "no", sqlite_where=text("state = 'finished'")),
    Index(
        "ix_dossier_unlinked",
        "office_id",
        "received_at",
        "no",
        sqlite_where=text("external_code IS NULL AND state NOT IN ('new', 'refused')"),
    ),
    # What lies with the office, waits for a supervisor, is on its way by post; whose desk it lies on.
    Index("ix_dossier_custody", "office_id", "received_at", "no", sqlite_where=text("custody IS NOT NULL")),
    Index("ix_dossier_to_confirm", "office_id", "received_at", "no", sqlite_where=text("to_confirm IS NOT NULL")),
    Index("ix_dossier_delivered", "office_id", "delivered", "no", sqlite_where=text("delivered IS NOT NULL")),
    Index("ix_dossier_post_list", "office_id", "post_list", "no", sqlite_where=text("post_list IS NOT NULL")),
    Index("ix_dossier_holder", "office_id", "holder", "due_at", "no", sqlite_where=text("holder IS NOT NULL")),
    _where_given("ix_dossier_phone", "phone"),
)

dossier_component = Table(
    "dossier_component",
    metadata,
    Column("dossier_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    _office(),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("required", Boolean, nullable=False),
    Column("choice", Text, comment="the 'one of these' group"),
    Column("by", Text),
    Column("status", Text, nullable=False),
    Column("reason", Text),
    Column("originals", Integer, nullable=False),
    Column("certified", Integer, nullable=False),
    Column("copies", Integer, nullable=False),
    Column("extra", Boolean, nullable=False),
    Column("scan_later", Boolean, nullable=False),
    Column("large", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

dossier_code = Table(
    "dossier_code",
    metadata,
    Column("dossier_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    _office(),
    Column("kind", Text, nullable=False, comment="external or official"),
    Column("code", Text, nullable=False, comment="linked once, and finding the dossier for ever"),
    Column("backward", Text, nullable=False, comment="`code` from its end: people know a code by its last figures"),
    Index("ix_dossier_code_code", "code"),
    Index("ix_dossier_code_backward", "backward"),
    sqlite_with_rowid=False,
)

dossier_person = Table(
    "dossier_person",
    metadata,
    Column("dossier_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    _office(),
    Column("role", Text, nullable=False),
    Column("citizen_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Index("ix_dossier_person_citizen", "citizen_id", "role"),
    sqlite_with_rowid=False,
)

dossier_part = Table(
    "dossier_part",
    metadata,
    Column("dossier_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    _office(),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False, comment="of the result, where one filing has several"),
    Column("agency", Text, nullable=False, comment="who gives it"),
    Column("due_at", Instant),
    Column("limit_text", Plain),
    Column("finished_at", Instant),
    Column("result", Plain, comment="title, number, date, signer, or why there is none"),
    # The results that are still owed.
    Index("ix_dossier_part_owed", "office_id", "due_at", sqlite_where=text("finished_at IS NULL")),
    sqlite_with_rowid=False,
)

intake = Table(
    "intake",
    metadata,
    Column("id", Text, primary_key=True),
    _office(),
    Column("kind", Text, nullable=False, comment="supplement or refusal, before acceptance: no dossier code"),
    Column("number", Integer, nullable=False),
    Column("code", Text, comment="short, on the slip and in its QR; the first slips bear the id"),
    Column("procedure_code", Text, nullable=False),
    Column("procedure_name", Text, nullable=False),
    Column("case_key", Text),
    Column("owner_id", Text),
    Column("person_name", Text, nullable=False),
    Column("address", Text),
    Column("phone", Text),
    Column("email", Text),
    Column("summary", Text),
    Column("items", Plain, comment="what to complete, in the clerk's words"),
    Column("missing", Plain, comment="the papers to bring, as the checklist has them"),
    Column("until", Text, comment="last day to complete it, where the office prints one"),
    Column("reason", Text),
    Column("draft_id", Text),
    Column("dossier_id", Text),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text, nullable=False),
    Index("ix_intake_code", "code"),
)

printed = Table(
    "printed",
    metadata,
    Column("id", Text, primary_key=True),
    _office(),
    Column("subject_table", Text, nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("letter", Text, nullable=False, comment="receipt, supplement, refusal"),
    Column("lien", Integer, nullable=False, comment="0 = both in one file"),
    Column("paper", Text, nullable=False),
    Column("template", Text, nullable=False),
    Column("blob", Text, nullable=False, comment="SHA-256 of the stored PDF"),
    Column("copy_no", Integer, nullable=False, comment="0 = the first; n = Bản in lại lần n"),
    Column("outcome", Text, nullable=False, comment="waiting, out, not-out, ruined"),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Index("ix_printed_subject", "subject_table", "subject_id", "letter"),
    # The few of which nobody has said yet whether the sheet came out.
    Index(
        "ix_printed_waiting",
        "office_id",
        "at",
        sqlite_where=text("outcome = 'waiting'"),
    ),
)

document = Table(
    "document",
    metadata,
    Column("id", Text, primary_key=True),
    _office(),
    Column("dossier_id", Text, nullable=False),
    Column("component", Text, nullable=False, comment="key of the component it was handed in for"),
    Column("citizen_id", Text, nullable=False, comment="on whose shelf it lies"),
    Column("source", Text, nullable=False, comment="scanner, camera, file, folder, reused"),
    Column("reused_from", Text, comment="the document of an earlier dossier that it is"),
    Column("name", Text, comment="of the file as it was brought"),
    Column("title", Text, nullable=False, comment="tên giấy tờ; NĐ 118/2025 art. 19.2 from here on"),
    Column("kind_code", Text, comment="mã loại giấy tờ"),
    Column("number", Text, comment="số, ký hiệu"),
    Column("issued_on", Text),
    Column("issuer", Text),
    Column("holder_number", Text, comment="số định danh của chủ giấy tờ"),
    Column("holder_name", Text),
    Column("holder_born", Text),
    Column("summary", Text, comment="trích yếu"),
    Column("valid_to", Text),
    Column("perpetual", Boolean, nullable=False),
    Column("scope", Text, comment="phạm vi hiệu lực"),
    Column("blob", Text, comment="SHA-256 of the file of record; none until it is made of the pages"),
    Column("media_type", Text),
    Column("size", BigInteger),
    Column("leaves", Integer, comment="pages of the file of record"),
    Column("signature", Text, nullable=False, comment="none, valid, broken, unknown: what came with it"),
    Column("passed", Plain, comment="a supervisor let it in: by, reason, codes"),
    Column("signed", Plain, comment="the clerk's own signature: by, subject, serial, at, of"),
    Column("dropped", Text, comment="why it was taken off; none = it stands"),
    Column("kept_at", Instant, nullable=False),
    Column("kept_by", Text, nullable=False),
    Index("ix_document_dossier", "dossier_id", "component"),
    Index("ix_document_citizen", "citizen_id", "kept_at"),
    # What is still to be made into a file, and what is still to be signed.
    Index("ix_document_unfiled", "office_id", "kept_at", sqlite_where=text("blob IS NULL AND dropped IS NULL")),
    Index("ix_document_unsigned", "office_id", "kept_by", sqlite_where=text("signed IS NULL AND dropped IS NULL")),
)

document_page = Table(
    "document_page",
    metadata,
    Column("document_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    _office(),
    Column("blob", Text, nullable=False, comment="SHA-256 of the page as it came"),
    Column("media_type", Text, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("dpi", Integer),
    Column("turn", Integer, nullable=False, comment="degrees clockwise"),
    Column("colour", Text, comment="colour, grey, bw"),
    Column("struck", Boolean, nullable=False, comment="left out of the file of record"),
    Index("ix_document_page_blob", "blob"),
    sqlite_with_rowid=False,
)

publication = Table(
    "publication",
    metadata,
    Column("id", Text, primary_key=True, comment="SHA-256 of the published file"),
    Column("office_id", Text, primary_key=True),
    Column("kind", Text, nullable=False, comment="catalogue or holidays"),
    Column("origin", Text, nullable=False, comment="starter, national, office, centre"),
    Column("name", Text, nullable=False),
    Column("counts", Plain),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
)

procedure_version = Table(
    "procedure_version",
    metadata,
    Column("id", Text, primary_key=True, comment="code@hash"),
    Column("office_id", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("short_name", Text),
    Column("field", Text),
    Column("ministry", Text),
    Column("level", Text),
    Column("ward", Boolean, nullable=False),
    Column("keywords", Plain),
    Column("origin", Text, nullable=False),
    Column("valid_from", Text, nullable=False),
    Column("valid_to", Text),
    Column("status", Text, nullable=False, comment="in-force, review, superseded, declined"),
    Column("differences", Plain, comment="for review: fact, current, incoming"),
    Column("publication_id", Text),
    Column("content", Plain, nullable=False),
    Index("ix_procedure_version_code", "office_id", "code", "status"),
)

overlay = Table(
    "overlay",
    metadata,
    Column("id", Text, primary_key=True),
    _office(),
    Column("code", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("decision", Text),
    Column("valid_from", Text, nullable=False),
    Column("valid_to", Text),
    Column("content", Plain, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Index("ix_overlay_code", "office_id", "code"),
)

day_off = Table(
    "day_off",
    metadata,
    Column("id", Text, primary_key=True, comment="office/date"),
    _office(),
    Column("date", Text, nullable=False),
    Column("kind", Text, nullable=False, comment="off or work"),
    Column("name", Text, nullable=False),
    Column("source", Text),
    Column("confirmed", Boolean, nullable=False),
)

rating = Table(
    "rating",
    metadata,
    Column("id", Text, primary_key=True, comment="of the dossier or the slip that is rated: once each"),
    _office(),
    Column("subject_table", Text, nullable=False, comment="dossier or intake"),
    Column("level", Integer, nullable=False, comment="1 very satisfied to 5 very dissatisfied"),
    Column("contents", Plain, comment="what was bad, NĐ 118/2025 art. 33"),
    Column("words", Text),
    Column("source", Text, nullable=False, comment="screen or slip, art. 31"),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False, comment="whose counter it was, or who entered the slip"),
    Column("seen_at", Instant),
    Column("seen_by", Text),
    Column("answer", Text),
    Index("ix_rating_at", "office_id", "at"),
    Index("ix_rating_unseen", "office_id", "at", sqlite_where=text("seen_at IS NULL AND level > 3")),
)

reserved_sheet = Table(
    "reserved_sheet",
    metadata,
    Column("id", Text, primary_key=True),
    _office(),
    Column("code", Text, nullable=False, unique=True, comment="Mã tạm on the pre-printed sheet"),
    Column("batch", Text, nullable=False),
    Column("reserved_at", Instant, nullable=False),
    Column("reserved_by", Text, nullable=False),
    Column("dossier_id", Text, comment="what was entered from it"),
    Column("spoiled", Text, comment="why it will never be used"),
    Column("spoiled_by", Text),
    Index("ix_reserved_sheet_batch", "office_id", "batch", "code"),
)

signer = Table(
    "signer",
    metadata,
    Column("id", Text, primary_key=True),
    _office(),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False, comment="CHỦ TỊCH, PHÓ CHỦ TỊCH, GIÁM ĐỐC"),
    Column("form", Text, nullable=False, comment="own, TM, Q, KT, TL, TUQ: NĐ 30/2020 appendix I"),
    Column("behalf", Text, comment="what stands after TM., KT., TL., TUQ."),
    Column("collective", Text, comment="the body named above that: TM. …"),
    Column("paper", Text, comment="the decision that delegates"),
    Column("valid_from", Text, nullable=False),
    Column("valid_to", Text),
    Column("stands_for", Text, comment="the signer whose place this one takes while he is absent"),
    Column("withdrawn", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
)

absence = Table(
    "absence",
    metadata,
    Column("id", Text, primary_key=True),
    _office(),
    Column("clerk_id", Text, nullable=False),
    Column("deputy_id", Text, nullable=False),
    Column("from_day", Text, nullable=False),
    Column("until_day", Text),
    Column("reason", Text),
    Column("number", Integer, comment="of the minutes, in this counter's book"),
    Column("moved", Plain, comment="ids of the dossiers that went over"),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("ended_at", Instant),
    Column("ended_by", Text),
)

result_template = Table(
    "result_template",
    metadata,
    Column("id", Text, primary_key=True, comment="office/key@version"),
    _office(),
    Column("key", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("procedures", Plain, comment="codes of the procedures that it is a result of; none = any"),
    Column("content", Plain, nullable=False),
    Column("status", Text, nullable=False, comment="in-use, retired; a later version takes its place"),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Index("ix_result_template_key", "office_id", "key", "version"),
)

# ---- this machine's own -------------------------------------------------------------------------------------------

this_device = Table(
    "this_device",
    metadata,
    Column("office_id", Text, primary_key=True),
    Column("device_id", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("dseq", BigInteger, nullable=False),
    Column("h", Text, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("counters", Integer, nullable=False),
    Column("machine", Text, nullable=False),
    Column("last_at", Text, nullable=False, comment="latest device time of an act made on the machine's own clock"),
)

number_day = Table(
    "number_day",
    metadata,
    Column("prefix", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("device_id", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    _office(),
    Column("last", Integer, nullable=False),
    sqlite_with_rowid=False,
)

stripe = Table(
    "stripe",
    metadata,
    Column("prefix", Text, primary_key=True),
    Column("device_id", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("first", Integer, primary_key=True, comment="first order of the leased stripe; day-independent"),
    _office(),
    sqlite_with_rowid=False,
)

intake_number = Table(
    "intake_number",
    metadata,
    Column("office_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
    sqlite_with_rowid=False,
)

draft = Table(
    "draft",
    metadata,
    Column("id", Text, primary_key=True),
    _office(),
    Column("clerk_id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("form", Plain, nullable=False),
    Column("state", Text, nullable=False, comment="open, waiting (supplement asked), received, dropped"),
    Column("dossier_id", Text),
    Column("saved_at", Instant, nullable=False),
    Index("ix_draft_open", "office_id", "state", "clerk_id"),
)

page = Table(
    "page",
    metadata,
    Column("id", Text, primary_key=True),
    _office(),
    Column("draft_id", Text, comment="what it was scanned for: a draft,"),
    Column("dossier_id", Text, comment="or a dossier"),
    Column("component", Text, comment="none = chưa phân loại"),
    Column("position", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("name", Text, comment="of the file, where one was brought"),
    Column("blob", Text, nullable=False, comment="SHA-256 of the page as it came"),
    Column("file", Text, comment="SHA-256 of a file that needs no making: a PDF without what was active in it"),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("dpi", Integer),
    Column("leaves", Integer, nullable=False, comment="1 for a picture, more for a PDF"),
    Column("turn", Integer, nullable=False),
    Column("colour", Text),
    Column("blank", Boolean, nullable=False),
    Column("struck", Boolean, nullable=False),
    Column("problems", Plain, comment="code and details of what keeps it out"),
    Column("signature", Text, nullable=False),
    Column("passed", Plain),
    Column("state", Text, nullable=False, comment="there, removed, kept"),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Index("ix_page_draft", "draft_id", "component", "position"),
    Index("ix_page_dossier", "dossier_id", "component", "position"),
)

document_text = Table(
    "document_text",
    metadata,
    _no(),
    Column("document_id", Text, nullable=False, unique=True),
    _office(),
    Column("blob", Text, nullable=False, comment="the file whose words these are"),
    Column("text", Text, nullable=False),
    Column("proposals", Plain, comment="what the words propose for the particulars, with confidence"),
    Column("read_at", Instant, nullable=False),
)

setting = Table(
    "setting",
    metadata,
    Column("office_id", Text, primary_key=True),
    Column("person", Text, primary_key=True, comment="clerk id, or empty for the office's own"),
    Column("key", Text, primary_key=True),
    Column("value", Plain),
    sqlite_with_rowid=False,
)

secret = Table(
    "secret",
    metadata,
    Column("clerk_id", Text, primary_key=True),
    _office(),
    Column("hash", Text, comment="argon2id of the password"),
    Column("code_hash", Text, comment="argon2id of the one-time code of a first log-in"),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Instant),
)

blob = Table(
    "blob",
    metadata,
    Column("sha256", Text, primary_key=True),
    _office(),
    Column("size", BigInteger, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("stored_at", Instant, nullable=False),
    Column("sent_at", Instant, comment="when the centre said that it has it whole"),
)

sync_state = Table(
    "sync_state",
    metadata,
    Column("office_id", Text, primary_key=True),
    Column("timeline", Text),
    Column("seq", BigInteger, nullable=False),
    Column("digest", Text, nullable=False, comment="what the stream up to `seq` comes to"),
    Column("raw", Plain, comment="kinds of acts kept without a fold, until a program that knows them comes"),
)

office_seq = Table(
    "office_seq",
    metadata,
    Column("office_id", Text, primary_key=True),
    Column("last_seq", BigInteger, nullable=False),
    Column("digest", Text, nullable=False),
)

timeline = Table(
    "timeline",
    metadata,
    Column("office_id", Text, primary_key=True),
    Column("timeline", Text, primary_key=True, comment="the centre's: a new one after each restore from a backup"),
    Column("began", BigInteger, nullable=False, comment="the seq up to which the one before it holds"),
    Column("position", Integer, nullable=False),
)

peer_device = Table(
    "peer_device",
    metadata,
    Column("device_id", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    _office(),
    Column("dseq", BigInteger, nullable=False),
    Column("h", Text, nullable=False),
    Column("state", Text, nullable=False),
    sqlite_with_rowid=False,
)

FOLDED = (
    office,
    clerk,
    citizen,
    dossier,
    dossier_component,
    dossier_code,
    dossier_person,
    intake,
    printed,
    document,
    document_page,
    publication,
    procedure_version,
    overlay,
    day_off,
    dossier_part,
    rating,
    reserved_sheet,
    signer,
    absence,
    result_template,
)
LOG = (act, act_subject)
LOCAL = (
    this_device,
    number_day,
    stripe,
    intake_number,
    draft,
    page,
    document_text,
    setting,
    secret,
    blob,
    sync_state,
    office_seq,
    timeline,
    peer_device,
)

PUBLISHED = ("procedure_version", "day_off")
"""Folded tables whose rows also come out of published files, which an act names by their hash."""

CHILDREN: dict[str, dict[str, Table]] = {
    "dossier": {
        "components": dossier_component,
        "persons": dossier_person,
        "codes": dossier_code,
        "parts": dossier_part,
    },
    "document": {"pages": document_page},
}
"""Tables folded together with their parent: parent table -> name in the subject -> child table."""


def suit_postgresql() -> None:
    """Let the indexes over some rows be so on PostgreSQL too. Said when one is opened or migrated, and not before: the
    mere word `postgresql_where` loads that dialect, which a counter never needs."""
    for table in metadata.tables.values():
        for index in table.indexes:
            given = index.dialect_options["sqlite"]["where"]
            if given is not None:
                index.dialect_options["postgresql"]["where"] = given
