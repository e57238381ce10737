"""Keep the story of goals: updates, changes and whom they concern, ICE scores, references in work items"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.checks import add_checked_columns, replace_check, values
from storage.migrations.columns import TEXT, refers

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KINDS = (
    "prompt",
    "reminder",
    "receipt",
    "closed",
    "digest_test",
    "digest_preview",
    "digest",
    "digest_thread",
    "digest_picture",
    "digest_update",
    "digest_thread_update",
    "doubt",
    "notice",
    "news",
    "concern",
)


def upgrade() -> None:
    op.add_column("work_item", sa.Column("refs", sa.JSON(), nullable=False, server_default="[]"))
    add_checked_columns(
        "goal",
        sa.Column("ice_impact", sa.Integer(), nullable=True),
        sa.Column("ice_confidence", sa.Integer(), nullable=True),
        sa.Column("ice_ease", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nudges", sa.Integer(), nullable=False, server_default="0"),
        checks={
            "ck_goal_ice_impact": "ice_impact BETWEEN 1 AND 10",
            "ck_goal_ice_confidence": "ice_confidence BETWEEN 1 AND 10",
            "ck_goal_ice_ease": "ice_ease BETWEEN 1 AND 10",
            "ck_goal_nudges": "nudges >= 0",
        },
    )
    replace_check("delivery", "ck_delivery_deliverykind", values("kind", *KINDS))
    create_goal_update()
    create_goal_change()
    create_goal_concern()


def create_goal_update() -> None:
    op.create_table(
        "goal_update",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("goal", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        refers("goal_update", "goal", "goal"),
        refers("goal_update", "person", "person"),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_goal_update")),
    )
    op.create_index(op.f("ix_goal_update_workspace_goal_at"), "goal_update", ["workspace", "goal", "at"])


def create_goal_change() -> None:
    op.create_table(
        "goal_change",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("goal", TEXT, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", TEXT, nullable=True),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("before", TEXT, nullable=False),
        sa.Column("after", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        refers("goal_change", "goal", "goal"),
        refers("goal_change", "person", "person"),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_goal_change")),
    )
    op.create_index(op.f("ix_goal_change_workspace_goal_at"), "goal_change", ["workspace", "goal", "at"])
    op.create_index(op.f("ix_goal_change_workspace_at"), "goal_change", ["workspace", "at"])


def create_goal_concern() -> None:
    op.create_table(
        "goal_concern",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("change", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        refers("goal_concern", "change", "goal_change"),
        refers("goal_concern", "person", "person"),
        sa.PrimaryKeyConstraint("workspace", "change", "person", name=op.f("pk_goal_concern")),
    )
