"""Reports read the rows of all companies, by a policy of their own and no other right."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = ("companies", "payments")
# A service knows its own name, and writes `TO ledger_reports`. This one stands in for all of them.
CREATE = """
DO $$ BEGIN
  EXECUTE format('CREATE POLICY reports ON %I FOR SELECT TO %I USING (true)',
                 '{table}', regexp_replace(current_user, '_owner$', '_reports'));
END $$
"""


def upgrade() -> None:
    """Let reports read both tables."""
    for table in TABLES:
        op.execute(CREATE.format(table=table))


def downgrade() -> None:
    """Let them read none."""
    for table in TABLES:
        op.execute(f"DROP POLICY reports ON {table}")
