"""Papers and their pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The words of papers, accents kept and dropped, found in any order.
SEARCH = """
CREATE VIRTUAL TABLE search_document USING fts5(
    exact, folded, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3')
"""


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("component", sa.Text(), nullable=False, comment="key of the component it was handed in for"),
        sa.Column("citizen_id", sa.Text(), nullable=False, comment="on whose shelf it lies"),
        sa.Column("source", sa.Text(), nullable=False, comment="scanner, camera, file, folder, reused"),
        sa.Column("reused_from", sa.Text(), nullable=True, comment="the document of an earlier dossier that it is"),
        sa.Column("name", sa.Text(), nullable=True, comment="of the file as it was brought"),
        sa.Column("title", sa.Text(), nullable=False, comment="tên giấy tờ; NĐ 118/2025 art. 19.2 from here on"),
        sa.Column("kind_code", sa.Text(), nullable=True, comment="mã loại giấy tờ"),
        sa.Column("number", sa.Text(), nullable=True, comment="số, ký hiệu"),
        sa.Column("issued_on", sa.Text(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("holder_number", sa.Text(), nullable=True, comment="số định danh của chủ giấy tờ"),
        sa.Column("holder_name", sa.Text(), nullable=True),
        sa.Column("holder_born", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True, comment="trích yếu"),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("perpetual", sa.Boolean(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=True, comment="phạm vi hiệu lực"),
        sa.Column(
            "blob",
            sa.Text(),
            nullable=True,
            comment="SHA-256 of the file of record; none until it is made of the pages",
        ),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("leaves", sa.Integer(), nullable=True, comment="pages of the file of record"),
        sa.Column("signature", sa.Text(), nullable=False, comment="none, valid, broken, unknown: what came with it"),
        sa.Column("passed", sa.Text(), nullable=True, comment="a supervisor let it in: by, reason, codes"),
        sa.Column("signed", sa.Text(), nullable=True, comment="the clerk's own signature: by, subject, serial, at, of"),
        sa.Column("dropped", sa.Text(), nullable=True, comment="why it was taken off; none = it stands"),
        sa.Column("kept_at", sa.Text(), nullable=False),
        sa.Column("kept_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index("ix_document_citizen", ["citizen_id", "kept_at"], unique=False)
        batch_op.create_index("ix_document_dossier", ["dossier_id", "component"], unique=False)
        batch_op.create_index(
            "ix_document_unfiled",
            ["office_id", "kept_at"],
            unique=False,
            sqlite_where=sa.text("blob IS NULL AND dropped IS NULL"),
            postgresql_where=sa.text("blob IS NULL AND dropped IS NULL"),
        )
        batch_op.create_index(
            "ix_document_unsigned",
            ["office_id", "kept_by"],
            unique=False,
            sqlite_where=sa.text("signed IS NULL AND dropped IS NULL"),
            postgresql_where=sa.text("signed IS NULL AND dropped IS NULL"),
        )

    op.create_table(
        "document_page",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=False, comment="SHA-256 of the page as it came"),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("dpi", sa.Integer(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False, comment="degrees clockwise"),
        sa.Column("colour", sa.Text(), nullable=True, comment="colour, grey, bw"),
        sa.Column("struck", sa.Boolean(), nullable=False, comment="left out of the file of record"),
        sa.PrimaryKeyConstraint("document_id", "position", name=op.f("pk_document_page")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("document_page", schema=None) as batch_op:
        batch_op.create_index("ix_document_page_blob", ["blob"], unique=False)

    op.create_table(
        "document_text",
        sa.Column("no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=False, comment="the file whose words these are"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "proposals", sa.Text(), nullable=True, comment="what the words propose for the particulars, with confidence"
        ),
        sa.Column("read_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_document_text")),
        sa.UniqueConstraint("document_id", name=op.f("uq_document_text_document_id")),
    )
    op.create_table(
        "page",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("draft_id", sa.Text(), nullable=True, comment="what it was scanned for: a draft,"),
        sa.Column("dossier_id", sa.Text(), nullable=True, comment="or a dossier"),
        sa.Column("component", sa.Text(), nullable=True, comment="none = chưa phân loại"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True, comment="of the file, where one was brought"),
        sa.Column("blob", sa.Text(), nullable=False, comment="SHA-256 of the page as it came"),
        sa.Column(
            "file",
            sa.Text(),
            nullable=True,
            comment="SHA-256 of a file that needs no making: a PDF without what was active in it",
        ),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("dpi", sa.Integer(), nullable=True),
        sa.Column("leaves", sa.Integer(), nullable=False, comment="1 for a picture, more for a PDF"),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=True),
        sa.Column("blank", sa.Boolean(), nullable=False),
        sa.Column("struck", sa.Boolean(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=True, comment="code and details of what keeps it out"),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("passed", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False, comment="there, removed, kept"),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page")),
    )
    with op.batch_alter_table("page", schema=None) as batch_op:
        batch_op.create_index("ix_page_dossier", ["dossier_id", "component", "position"], unique=False)
        batch_op.create_index("ix_page_draft", ["draft_id", "component", "position"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SEARCH)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_document")
    with op.batch_alter_table("page", schema=None) as batch_op:
        batch_op.drop_index("ix_page_draft")
        batch_op.drop_index("ix_page_dossier")

    op.drop_table("page")
    op.drop_table("document_text")
    with op.batch_alter_table("document_page", schema=None) as batch_op:
        batch_op.drop_index("ix_document_page_blob")

    op.drop_table("document_page")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_document_unsigned",
            sqlite_where=sa.text("signed IS NULL AND dropped IS NULL"),
            postgresql_where=sa.text("signed IS NULL AND dropped IS NULL"),
        )
        batch_op.drop_index(
            "ix_document_unfiled",
            sqlite_where=sa.text("blob IS NULL AND dropped IS NULL"),
            postgresql_where=sa.text("blob IS NULL AND dropped IS NULL"),
        )
        batch_op.drop_index("ix_document_dossier")
        batch_op.drop_index("ix_document_citizen")

    op.drop_table("document")
