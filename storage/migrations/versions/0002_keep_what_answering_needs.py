"""Keep what answering needs: statements of "done", linked messages, sources of teams, held messages"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.checks import replace_check, values
from storage.migrations.columns import TEXT, belongs, refers

revision = "0002"
down_revision = "0001"
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
)
STATES = ("pending", "claimed", "retry", "sent", "unreachable", "uncertain", "cancelled", "held")


def upgrade() -> None:
    op.add_column("team", sa.Column("source", TEXT, nullable=True))
    op.add_column("check_in", sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("digest", sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("delivery", sa.Column("released_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_delivery_workspace_person_not_before"), "delivery", ["workspace", "person", "not_before"])
    replace_check("delivery", "ck_delivery_deliverykind", values("kind", *KINDS))
    replace_check("delivery", "ck_delivery_deliverystate", values("state", *STATES))
    create_erased_account()
    create_goal_done()
    create_linked_work()


def create_erased_account() -> None:
    op.create_table(
        "erased_account",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("account", TEXT, nullable=False),
        belongs("erased_account"),
        sa.PrimaryKeyConstraint("workspace", "account", name=op.f("pk_erased_account")),
    )


def create_goal_done() -> None:
    op.create_table(
        "goal_done",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("goal", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("statement", TEXT, nullable=False),
        refers("goal_done", "goal", "goal"),
        sa.PrimaryKeyConstraint("workspace", "goal", "position", name=op.f("pk_goal_done")),
    )


def create_linked_work() -> None:
    op.create_table(
        "linked_work",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("goal", TEXT, nullable=True),
        sa.Column("link", TEXT, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        refers("linked_work", "goal", "goal"),
        refers("linked_work", "person", "person"),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_linked_work")),
    )
    op.create_index(op.f("ix_linked_work_workspace_person"), "linked_work", ["workspace", "person"])
