"""Remember what was decided about a finding, and when"""

import sqlalchemy as sa

from storage.migrations.checks import add_checked_columns, values

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

DECISIONS = (
    "deliberate",
    "change_plan",
    "introduce",
    "take_on",
    "together",
    "different_work",
    "not_a_problem",
)


def upgrade() -> None:
    add_checked_columns(
        "finding",
        sa.Column("decision", sa.String(length=40), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        checks={
            "ck_finding_decision": values("decision", *DECISIONS),
            "ck_finding_decided": "(decision IS NULL) = (decided_at IS NULL)",
        },
    )
