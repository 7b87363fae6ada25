"""Every code that was ever linked finds its dossier; a dossier is found by its own contact's phone."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LINKED = sa.text("""
    SELECT kind, office_id, subjects, body FROM act
    WHERE kind IN ('dossier.linked', 'act.settled') AND body IS NOT NULL AND (verdict IS NULL OR verdict = 'ok')
    ORDER BY CASE WHEN seq IS NULL THEN 1 ELSE 0 END, seq, epoch, dseq
""")
"""The acts that may have linked a code, in the one order in which acts count."""


def upgrade() -> None:
    op.create_table(
        "dossier_code",
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="external or official"),
        sa.Column("code", sa.Text(), nullable=False, comment="linked once, and finding the dossier for ever"),
        sa.Column(
            "backward", sa.Text(), nullable=False, comment="`code` from its end: people know a code by its last figures"
        ),
        sa.PrimaryKeyConstraint("dossier_id", "position", name=op.f("pk_dossier_code")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("dossier_code", schema=None) as batch_op:
        batch_op.create_index("ix_dossier_code_backward", ["backward"], unique=False)
        batch_op.create_index("ix_dossier_code_code", ["code"], unique=False)
    if rows := linked_codes(op.get_bind()):
        table = sa.table("dossier_code", *(sa.column(name) for name in rows[0]))
        op.bulk_insert(table, rows)

    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dossier_external"))
        batch_op.drop_index(batch_op.f("ix_dossier_official"))
        batch_op.create_index(
            "ix_dossier_phone",
            ["phone"],
            unique=False,
            sqlite_where=sa.text("phone IS NOT NULL"),
            postgresql_where=sa.text("phone IS NOT NULL"),
        )


def linked_codes(connection: sa.Connection) -> list[dict[str, Any]]:
    """What the fold of `dossier.linked` makes of the acts at hand: a link whose base has moved counts for nothing."""
    standing: dict[str, dict[str, Any]] = {
        str(each): {} for each in connection.execute(sa.text("SELECT id FROM dossier")).scalars()
    }
    kept: dict[tuple[str, str, str], dict[str, Any]] = {}
    counts: dict[str, int] = {}
    for kind, office_id, subjects, text in connection.execute(LINKED):
        body = json.loads(text)
        if kind == "act.settled":
            again = body.get("again") or {}
            if again.get("kind") != "dossier.linked":
                continue
            body = again["body"]
        named = (each.partition(":") for each in subjects.split(" "))
        dossier_id = next((subject for table, _, subject in named if table == "dossier"), "")
        key = next(each for each in ("external_code", "official_code") if body.get(each))
        code, now = body[key], standing.get(dossier_id)
        if now is None or now.get(key) not in (body.get("before"), code):
            continue
        now[key] = code
        known = (dossier_id, key, code)
        if known not in kept:
            counts[dossier_id] = counts.get(dossier_id, 0) + 1
            kept[known] = {
                "dossier_id": dossier_id,
                "position": counts[dossier_id],
                "office_id": office_id,
                "kind": key.removesuffix("_code"),
                "code": code,
                "backward": code[::-1],
            }
    return list(kept.values())


def downgrade() -> None:
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.drop_index("ix_dossier_phone")
        for name in ("official", "external"):
            batch_op.create_index(
                f"ix_dossier_{name}",
                [f"{name}_code"],
                unique=False,
                sqlite_where=sa.text(f"{name}_code IS NOT NULL"),
                postgresql_where=sa.text(f"{name}_code IS NOT NULL"),
            )

    with op.batch_alter_table("dossier_code", schema=None) as batch_op:
        batch_op.drop_index("ix_dossier_code_code")
        batch_op.drop_index("ix_dossier_code_backward")

    op.drop_table("dossier_code")
