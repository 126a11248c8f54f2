"""Companies and payments, one company from another by row-level security."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# NULL without a company, and so no row; a plain current_setting(...) would be an error.
TENANT = "nullif(current_setting('app.current_tenant', true), '')::int"


def upgrade() -> None:
    """Make both tables, each with its policy."""
    op.create_table(
        "companies",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(255), nullable=False),
        *_timestamps(),
    )
    op.create_table(
        "payments",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("company_id", sa.Integer, sa.ForeignKey("companies.id"), nullable=False),
        sa.Column("reference", sa.String(64), nullable=False),
        sa.Column("amount_cents", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        *_timestamps(),
        sa.UniqueConstraint("company_id", "reference"),
    )
    _protect("companies", "id")
    _protect("payments", "company_id")


def downgrade() -> None:
    """Drop both, with all that is in them."""
    op.drop_table("payments")
    op.drop_table("companies")


def _protect(table: str, column: str) -> None:
    """Let tenant_user see and write rows of one company only, and bind the owner of the table too."""
    own = f"{column} = {TENANT}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY tenant ON {table} TO tenant_user USING ({own}) WITH CHECK ({own})")


def _timestamps() -> tuple[sa.Column[object], ...]:
    return tuple(
        sa.Column(name, sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)
        for name in ("created_at", "updated_at")
    )
