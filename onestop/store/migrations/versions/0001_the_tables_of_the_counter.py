"""The tables of the counter."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Accents kept in `exact`, dropped in `folded` (đ is a letter, not a mark: it is folded by hand); `numbers` holds the
# birth year, identity number, old CMND, passport, tax code and phone, each found by prefix.
SEARCH = """
CREATE VIRTUAL TABLE search_citizen USING fts5(
    exact, folded, numbers, tokenize = "unicode61 remove_diacritics 0", prefix = '1 2 3 4')
"""


def upgrade() -> None:
    op.create_table(
        "act",
        sa.Column("no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("act_id", sa.Text(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False, comment="table:id, space separated, in order"),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False, comment="device time, UTC text"),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True, comment="canonical JSON; null once erased"),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("dseq", sa.BigInteger(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True, comment="the office's order, given by the centre"),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("verdict_details", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_act")),
        sa.UniqueConstraint("act_id", name=op.f("uq_act_act_id")),
        sa.UniqueConstraint("device_id", "epoch", "dseq", name="uq_act_device_epoch_dseq"),
    )
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.create_index("ix_act_office_seq", ["office_id", "seq"], unique=False)
        batch_op.create_index("ix_act_pending", ["device_id", "seq"], unique=False)

    op.create_table(
        "blob",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("stored_at", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.Text(), nullable=True, comment="when the centre said that it has it whole"),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "citizen",
        sa.Column("no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("date_of_birth", sa.Text(), nullable=True, comment="YYYY, YYYY-MM or YYYY-MM-DD"),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("identity_number", sa.Text(), nullable=True),
        sa.Column("cmnd", sa.Text(), nullable=True),
        sa.Column("passport", sa.Text(), nullable=True),
        sa.Column("nationality", sa.Text(), nullable=True),
        sa.Column("birth_certificate", sa.Text(), nullable=True),
        sa.Column("no_paper_reason", sa.Text(), nullable=True),
        sa.Column("tax_code", sa.Text(), nullable=True),
        sa.Column("representative_id", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True, comment="as printed on the paper"),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column("unit_set", sa.Text(), nullable=True),
        sa.Column("old_district", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Text(), nullable=True),
        sa.Column("from_card", sa.Boolean(), nullable=False),
        sa.Column("same_as", sa.Text(), nullable=True, comment="the citizen id that stays; queries follow it"),
        sa.Column("not_same", sa.Text(), nullable=True, comment="ids that a clerk has said are other people"),
        sa.Column("registered_at", sa.Text(), nullable=False),
        sa.Column("registered_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_citizen")),
        sa.UniqueConstraint("id", name=op.f("uq_citizen_id")),
    )
    with op.batch_alter_table("citizen", schema=None) as batch_op:
        batch_op.create_index(
            "ix_citizen_cmnd",
            ["office_id", "cmnd"],
            unique=False,
            sqlite_where=sa.text("cmnd IS NOT NULL"),
            postgresql_where=sa.text("cmnd IS NOT NULL"),
        )
        batch_op.create_index("ix_citizen_folded", ["folded", "date_of_birth", "name"], unique=False)
        batch_op.create_index("ix_citizen_identity", ["office_id", "identity_number"], unique=False)
        batch_op.create_index(
            "ix_citizen_passport",
            ["office_id", "passport"],
            unique=False,
            sqlite_where=sa.text("passport IS NOT NULL"),
            postgresql_where=sa.text("passport IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_citizen_phone",
            ["office_id", "phone"],
            unique=False,
            sqlite_where=sa.text("phone IS NOT NULL"),
            postgresql_where=sa.text("phone IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_citizen_same",
            ["same_as"],
            unique=False,
            sqlite_where=sa.text("same_as IS NOT NULL"),
            postgresql_where=sa.text("same_as IS NOT NULL"),
        )
        batch_op.create_index("ix_citizen_sort", ["office_id", "sort_key", "no"], unique=False)
        batch_op.create_index(
            "ix_citizen_tax",
            ["office_id", "tax_code"],
            unique=False,
            sqlite_where=sa.text("tax_code IS NOT NULL"),
            postgresql_where=sa.text("tax_code IS NOT NULL"),
        )

    op.create_table(
        "clerk",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("counter", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clerk")),
    )
    with op.batch_alter_table("clerk", schema=None) as batch_op:
        batch_op.create_index("ix_clerk_office_login", ["office_id", "login"], unique=False)

    op.create_table(
        "day_off",
        sa.Column("id", sa.Text(), nullable=False, comment="office/date"),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="off or work"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_off")),
    )
    op.create_table(
        "dossier",
        sa.Column("no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("code_kind", sa.Text(), nullable=False, comment="official or temporary"),
        sa.Column("official_code", sa.Text(), nullable=True, comment="given later where `code` is temporary"),
        sa.Column("external_code", sa.Text(), nullable=True),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column(
            "is_open", sa.Boolean(), nullable=False, comment="the office still owes something; follows from `state`"
        ),
        sa.Column("procedure_code", sa.Text(), nullable=False),
        sa.Column("procedure_version", sa.Text(), nullable=False),
        sa.Column("procedure_name", sa.Text(), nullable=False),
        sa.Column("procedure_field", sa.Text(), nullable=True),
        sa.Column("case_key", sa.Text(), nullable=True),
        sa.Column("case_name", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("assisted", sa.Boolean(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=False),
        sa.Column("owner_name", sa.Text(), nullable=False),
        sa.Column("submitter_id", sa.Text(), nullable=True),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("fields", sa.Text(), nullable=True),
        sa.Column("certify", sa.Text(), nullable=True),
        sa.Column("sets", sa.Integer(), nullable=False),
        sa.Column("result_copies", sa.Integer(), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=True),
        sa.Column("receiving_agency", sa.Text(), nullable=False),
        sa.Column("competent_agency", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("counter", sa.Text(), nullable=True),
        sa.Column("due_at", sa.Text(), nullable=True),
        sa.Column("original_due_at", sa.Text(), nullable=True),
        sa.Column(
            "limit_text", sa.Text(), nullable=True, comment="the limit that was counted: number, unit, rule, source"
        ),
        sa.Column("steps", sa.Text(), nullable=True, comment="how the return time came about"),
        sa.Column("fee_lines", sa.Text(), nullable=True),
        sa.Column("phi", sa.BigInteger(), nullable=True),
        sa.Column("le_phi", sa.BigInteger(), nullable=True),
        sa.Column("fee_total", sa.BigInteger(), nullable=True),
        sa.Column("exemption", sa.Text(), nullable=True),
        sa.Column("supplements", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.Text(), nullable=True),
        sa.Column("handed_back_at", sa.Text(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_dossier")),
        sa.UniqueConstraint("code", name=op.f("uq_dossier_code")),
        sa.UniqueConstraint("id", name=op.f("uq_dossier_id")),
    )
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.create_index("ix_dossier_counter", ["office_id", "counter", "received_at", "no"], unique=False)
        batch_op.create_index("ix_dossier_due", ["office_id", "is_open", "due_at", "no"], unique=False)
        batch_op.create_index(
            "ix_dossier_external",
            ["external_code"],
            unique=False,
            sqlite_where=sa.text("external_code IS NOT NULL"),
            postgresql_where=sa.text("external_code IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_dossier_official",
            ["official_code"],
            unique=False,
            sqlite_where=sa.text("official_code IS NOT NULL"),
            postgresql_where=sa.text("official_code IS NOT NULL"),
        )
        batch_op.create_index("ix_dossier_procedure", ["office_id", "procedure_code", "state"], unique=False)
        batch_op.create_index("ix_dossier_received", ["office_id", "received_at", "no"], unique=False)
        batch_op.create_index("ix_dossier_state", ["office_id", "state", "received_at", "no"], unique=False)

    op.create_table(
        "dossier_component",
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=True, comment="the 'one of these' group"),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("originals", sa.Integer(), nullable=False),
        sa.Column("certified", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("extra", sa.Boolean(), nullable=False),
        sa.Column("scan_later", sa.Boolean(), nullable=False),
        sa.Column("large", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", "position", name=op.f("pk_dossier_component")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "dossier_person",
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("citizen_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", "position", name=op.f("pk_dossier_person")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("dossier_person", schema=None) as batch_op:
        batch_op.create_index("ix_dossier_person_citizen", ["citizen_id", "role"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("clerk_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="open, waiting (supplement asked), received, dropped"),
        sa.Column("dossier_id", sa.Text(), nullable=True),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index("ix_draft_open", ["office_id", "state", "clerk_id"], unique=False)

    op.create_table(
        "intake",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column(
            "kind", sa.Text(), nullable=False, comment="supplement or refusal, before acceptance: no dossier code"
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "code", sa.Text(), nullable=True, comment="short, on the slip and in its QR; the first slips bear the id"
        ),
        sa.Column("procedure_code", sa.Text(), nullable=False),
        sa.Column("procedure_name", sa.Text(), nullable=False),
        sa.Column("case_key", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.Text(), nullable=True),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("items", sa.Text(), nullable=True, comment="what to complete, in the clerk's words"),
        sa.Column("missing", sa.Text(), nullable=True, comment="the papers to bring, as the checklist has them"),
        sa.Column("until", sa.Text(), nullable=True, comment="last day to complete it, where the office prints one"),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("draft_id", sa.Text(), nullable=True),
        sa.Column("dossier_id", sa.Text(), nullable=True),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake")),
    )
    with op.batch_alter_table("intake", schema=None) as batch_op:
        batch_op.create_index("ix_intake_code", ["code"], unique=False)

    op.create_table(
        "intake_number",
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "kind", "year", name=op.f("pk_intake_number")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "number_day",
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "day", "device_id", "epoch", name=op.f("pk_number_day")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "office",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False, comment="agency identifier, QĐ 20/2020/QĐ-TTg"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "parent_name", sa.Text(), nullable=False, comment="first line of the letter head, e.g. UBND PHƯỜNG MẪU"
        ),
        sa.Column("place", sa.Text(), nullable=False, comment="place name before the date of a letter"),
        sa.Column("province", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=True),
        sa.Column("points", sa.Text(), nullable=True),
        sa.Column("agencies", sa.Text(), nullable=True, comment="other competent agencies: key -> {code, name}"),
        sa.Column("options", sa.Text(), nullable=True, comment="office-wide settings"),
        sa.Column("founded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )
    op.create_table(
        "office_seq",
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", name=op.f("pk_office_seq")),
    )
    op.create_table(
        "overlay",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overlay")),
    )
    with op.batch_alter_table("overlay", schema=None) as batch_op:
        batch_op.create_index("ix_overlay_code", ["office_id", "code"], unique=False)

    op.create_table(
        "peer_device",
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("dseq", sa.BigInteger(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("device_id", "epoch", name=op.f("pk_peer_device")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "printed",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("subject_table", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False, comment="receipt, supplement, refusal"),
        sa.Column("lien", sa.Integer(), nullable=False, comment="0 = both in one file"),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=False, comment="SHA-256 of the stored PDF"),
        sa.Column("copy_no", sa.Integer(), nullable=False, comment="0 = the first; n = Bản in lại lần n"),
        sa.Column("outcome", sa.Text(), nullable=False, comment="waiting, out, not-out, ruined"),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printed")),
    )
    with op.batch_alter_table("printed", schema=None) as batch_op:
        batch_op.create_index("ix_printed_subject", ["subject_table", "subject_id", "letter"], unique=False)
        batch_op.create_index(
            "ix_printed_waiting",
            ["office_id", "at"],
            unique=False,
            sqlite_where=sa.text("outcome = 'waiting'"),
            postgresql_where=sa.text("outcome = 'waiting'"),
        )

    op.create_table(
        "procedure_version",
        sa.Column("id", sa.Text(), nullable=False, comment="code@hash"),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=True),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("ministry", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("ward", sa.Boolean(), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False, comment="in-force, review, superseded, declined"),
        sa.Column("differences", sa.Text(), nullable=True, comment="for review: fact, current, incoming"),
        sa.Column("publication_id", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office_id", name=op.f("pk_procedure_version")),
    )
    with op.batch_alter_table("procedure_version", schema=None) as batch_op:
        batch_op.create_index("ix_procedure_version_code", ["office_id", "code", "status"], unique=False)

    op.create_table(
        "publication",
        sa.Column("id", sa.Text(), nullable=False, comment="SHA-256 of the published file"),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="catalogue or holidays"),
        sa.Column("origin", sa.Text(), nullable=False, comment="starter, national, office, centre"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "office_id", name=op.f("pk_publication")),
    )
    op.create_table(
        "secret",
        sa.Column("clerk_id", sa.Text(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=True, comment="argon2id of the password"),
        sa.Column("code_hash", sa.Text(), nullable=True, comment="argon2id of the one-time code of a first log-in"),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("clerk_id", name=op.f("pk_secret")),
    )
    op.create_table(
        "setting",
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False, comment="clerk id, or empty for the office's own"),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("office_id", "person", "key", name=op.f("pk_setting")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stripe",
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False, comment="first order of the leased stripe; day-independent"),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "device_id", "epoch", "first", name=op.f("pk_stripe")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sync_state",
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("timeline", sa.Text(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False, comment="what the stream up to `seq` comes to"),
        sa.Column(
            "raw",
            sa.Text(),
            nullable=True,
            comment="kinds of acts kept without a fold, until a program that knows them comes",
        ),
        sa.PrimaryKeyConstraint("office_id", name=op.f("pk_sync_state")),
    )
    op.create_table(
        "this_device",
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("dseq", sa.BigInteger(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("counters", sa.Integer(), nullable=False),
        sa.Column("machine", sa.Text(), nullable=False),
        sa.Column(
            "last_at", sa.Text(), nullable=False, comment="latest device time of an act made on the machine's own clock"
        ),
        sa.PrimaryKeyConstraint("office_id", name=op.f("pk_this_device")),
    )
    op.create_table(
        "timeline",
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column(
            "timeline", sa.Text(), nullable=False, comment="the centre's: a new one after each restore from a backup"
        ),
        sa.Column("began", sa.BigInteger(), nullable=False, comment="the seq up to which the one before it holds"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "timeline", name=op.f("pk_timeline")),
    )
    op.create_table(
        "act_subject",
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("act_id", sa.Text(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.act_id"], name=op.f("fk_act_subject_act_id_act")),
        sa.PrimaryKeyConstraint("table_name", "subject_id", "act_id", name=op.f("pk_act_subject")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("act_subject", schema=None) as batch_op:
        batch_op.create_index("ix_act_subject_act", ["act_id"], unique=False)

    if op.get_bind().dialect.name == "sqlite":
        op.execute(SEARCH)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_citizen")
    with op.batch_alter_table("act_subject", schema=None) as batch_op:
        batch_op.drop_index("ix_act_subject_act")

    op.drop_table("act_subject")
    op.drop_table("timeline")
    op.drop_table("this_device")
    op.drop_table("sync_state")
    op.drop_table("stripe")
    op.drop_table("setting")
    op.drop_table("secret")
    op.drop_table("publication")
    with op.batch_alter_table("procedure_version", schema=None) as batch_op:
        batch_op.drop_index("ix_procedure_version_code")

    op.drop_table("procedure_version")
    with op.batch_alter_table("printed", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_printed_waiting",
            sqlite_where=sa.text("outcome = 'waiting'"),
            postgresql_where=sa.text("outcome = 'waiting'"),
        )
        batch_op.drop_index("ix_printed_subject")

    op.drop_table("printed")
    op.drop_table("peer_device")
    with op.batch_alter_table("overlay", schema=None) as batch_op:
        batch_op.drop_index("ix_overlay_code")

    op.drop_table("overlay")
    op.drop_table("office_seq")
    op.drop_table("office")
    op.drop_table("number_day")
    op.drop_table("intake_number")
    with op.batch_alter_table("intake", schema=None) as batch_op:
        batch_op.drop_index("ix_intake_code")

    op.drop_table("intake")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index("ix_draft_open")

    op.drop_table("draft")
    with op.batch_alter_table("dossier_person", schema=None) as batch_op:
        batch_op.drop_index("ix_dossier_person_citizen")

    op.drop_table("dossier_person")
    op.drop_table("dossier_component")
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.drop_index("ix_dossier_state")
        batch_op.drop_index("ix_dossier_received")
        batch_op.drop_index("ix_dossier_procedure")
        batch_op.drop_index(
            "ix_dossier_official",
            sqlite_where=sa.text("official_code IS NOT NULL"),
            postgresql_where=sa.text("official_code IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_dossier_external",
            sqlite_where=sa.text("external_code IS NOT NULL"),
            postgresql_where=sa.text("external_code IS NOT NULL"),
        )
        batch_op.drop_index("ix_dossier_due")
        batch_op.drop_index("ix_dossier_counter")

    op.drop_table("dossier")
    op.drop_table("day_off")
    with op.batch_alter_table("clerk", schema=None) as batch_op:
        batch_op.drop_index("ix_clerk_office_login")

    op.drop_table("clerk")
    with op.batch_alter_table("citizen", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_citizen_tax",
            sqlite_where=sa.text("tax_code IS NOT NULL"),
            postgresql_where=sa.text("tax_code IS NOT NULL"),
        )
        batch_op.drop_index("ix_citizen_sort")
        batch_op.drop_index(
            "ix_citizen_same",
            sqlite_where=sa.text("same_as IS NOT NULL"),
            postgresql_where=sa.text("same_as IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_citizen_phone", sqlite_where=sa.text("phone IS NOT NULL"), postgresql_where=sa.text("phone IS NOT NULL")
        )
        batch_op.drop_index(
            "ix_citizen_passport",
            sqlite_where=sa.text("passport IS NOT NULL"),
            postgresql_where=sa.text("passport IS NOT NULL"),
        )
        batch_op.drop_index("ix_citizen_identity")
        batch_op.drop_index("ix_citizen_folded")
        batch_op.drop_index(
            "ix_citizen_cmnd", sqlite_where=sa.text("cmnd IS NOT NULL"), postgresql_where=sa.text("cmnd IS NOT NULL")
        )

    op.drop_table("citizen")
    op.drop_table("blob")
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.drop_index("ix_act_pending")
        batch_op.drop_index("ix_act_office_seq")

    op.drop_table("act")
