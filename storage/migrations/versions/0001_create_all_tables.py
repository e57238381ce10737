"""Create all tables"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import TEXT, belongs, one_of, refers

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_workspace()
    create_finding()
    create_schedule()
    create_team()
    create_digest()
    create_person()
    create_absence()
    create_round()
    create_schedule_team()
    create_delivery()
    create_goal()
    create_identity()
    create_membership()
    create_prompt()
    create_check_in()
    create_goal_contributor()
    create_goal_dependency()
    create_goal_support()
    create_goal_weight()
    create_check_in_revision()
    create_done_pick()
    create_priority()
    create_rating()
    create_tie()
    create_work_item()


def create_workspace() -> None:
    op.create_table(
        "workspace",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("cadence", one_of("cadence", "weekly", "fortnightly", "monthly"), nullable=False),
        sa.Column("zone", TEXT, nullable=False),
        sa.Column("vision", TEXT, nullable=False),
        sa.Column("mission", TEXT, nullable=False),
        sa.Column("target_market", TEXT, nullable=False),
        sa.Column("value_proposition", TEXT, nullable=False),
        sa.Column("digest_channel", TEXT, nullable=True),
        sa.Column("digest_weekday", sa.Integer(), nullable=True),
        sa.Column("digest_at", sa.Time(), nullable=True),
        sa.Column("digest_zone", TEXT, nullable=True),
        sa.Column("digest_next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("slack_team", TEXT, nullable=True),
        sa.CheckConstraint("digest_weekday BETWEEN 0 AND 6", name=op.f("ck_workspace_digest_weekday")),
        sa.PrimaryKeyConstraint("workspace", name=op.f("pk_workspace")),
        sa.UniqueConstraint("slack_team", name=op.f("uq_workspace_slack_team")),
    )


def create_finding() -> None:
    op.create_table(
        "finding",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column(
            "kind",
            one_of(
                "findingkind",
                "silo",
                "missing_tie",
                "drift",
                "duplicate_goal",
                "duplicate_work",
                "orphan_goal",
                "unaligned_work",
                "unclear_goal",
                "contested_goal",
                "unclear_done",
                "priority_gap",
                "falling_confidence",
                "falling_response",
                "overload",
            ),
            nullable=False,
        ),
        sa.Column("basis", TEXT, nullable=True),
        sa.Column("teams", sa.JSON(), nullable=False),
        sa.Column("goals", sa.JSON(), nullable=False),
        sa.Column("since", TEXT, nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("severity", sa.Float(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("check_ins", sa.JSON(), nullable=False),
        sa.Column("sentence", TEXT, nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column(
            "state", one_of("findingstate", "open", "accepted", "deliberate", "dismissed", "resolved"), nullable=False
        ),
        sa.CheckConstraint("basis IN ('plan', 'history')", name=op.f("ck_finding_basis")),
        sa.CheckConstraint("severity BETWEEN 0 AND 1", name=op.f("ck_finding_severity")),
        sa.CheckConstraint("weeks >= 0", name=op.f("ck_finding_weeks")),
        belongs("finding"),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_workspace_state"), "finding", ["workspace", "state"])


def create_schedule() -> None:
    op.create_table(
        "schedule",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("cadence", one_of("cadence", "weekly", "fortnightly", "monthly"), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("next_date", sa.Date(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("window", sa.Interval(), nullable=False),
        sa.Column("remind_after", sa.Interval(), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("reminders BETWEEN 0 AND 2", name=op.f("ck_schedule_reminders")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_schedule_weekday")),
        belongs("schedule"),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_schedule")),
    )
    op.create_index(op.f("ix_schedule_workspace_active_next_at"), "schedule", ["workspace", "active", "next_at"])


def create_team() -> None:
    op.create_table(
        "team",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("parent", TEXT, nullable=True),
        sa.Column("reserve", sa.Float(), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=True),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("added_by", TEXT, nullable=True),
        sa.CheckConstraint("reminders BETWEEN 0 AND 2", name=op.f("ck_team_reminders")),
        sa.CheckConstraint("reserve BETWEEN 0 AND 1", name=op.f("ck_team_reserve")),
        refers("team", "parent", "team"),
        belongs("team"),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_team")),
    )


def create_digest() -> None:
    op.create_table(
        "digest",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("week", TEXT, nullable=False),
        sa.Column("audience", TEXT, nullable=False),
        sa.Column("team", TEXT, nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=True),
        sa.Column("picture_file", TEXT, nullable=True),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("audience = coalesce(team, '')", name=op.f("ck_digest_audience")),
        refers("digest", "team", "team"),
        belongs("digest"),
        sa.PrimaryKeyConstraint("workspace", "week", "audience", name=op.f("pk_digest")),
    )


def create_person() -> None:
    op.create_table(
        "person",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("email", TEXT, nullable=True),
        sa.Column("zone", TEXT, nullable=True),
        sa.Column("own_zone", sa.Boolean(), nullable=False),
        sa.Column("country", TEXT, nullable=True),
        sa.Column("home_team", TEXT, nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("resumed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("admin", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("reminders BETWEEN 0 AND 2", name=op.f("ck_person_reminders")),
        refers("person", "home_team", "team"),
        belongs("person"),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_person")),
    )


def create_absence() -> None:
    op.create_table(
        "absence",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.CheckConstraint("first <= last", name=op.f("ck_absence_order")),
        refers("absence", "person", "person"),
        sa.PrimaryKeyConstraint("workspace", "person", "first", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_workspace_last"), "absence", ["workspace", "last"])


def create_round() -> None:
    op.create_table(
        "round",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("schedule", TEXT, nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("goals", sa.JSON(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        refers("round", "schedule", "schedule"),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_round")),
        sa.UniqueConstraint("workspace", "schedule", "date", name=op.f("uq_round_workspace_schedule_date")),
    )
    op.create_index(op.f("ix_round_workspace_closed_closes_at"), "round", ["workspace", "closed", "closes_at"])
    op.create_index(op.f("ix_round_workspace_date"), "round", ["workspace", "date"])


def create_schedule_team() -> None:
    op.create_table(
        "schedule_team",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("schedule", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("team", TEXT, nullable=False),
        refers("schedule_team", "schedule", "schedule"),
        refers("schedule_team", "team", "team"),
        sa.PrimaryKeyConstraint("workspace", "schedule", "position", name=op.f("pk_schedule_team")),
    )


def create_delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column(
            "kind",
            one_of(
                "deliverykind",
                "prompt",
                "reminder",
                "receipt",
                "closed",
                "digest_test",
                "digest_preview",
                "digest",
                "digest_thread",
                "digest_picture",
                "notice",
            ),
            nullable=False,
        ),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", TEXT, nullable=True),
        sa.Column("channel", TEXT, nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("after", TEXT, nullable=True),
        sa.Column(
            "state",
            one_of("deliverystate", "pending", "claimed", "retry", "sent", "unreachable", "uncertain", "cancelled"),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reclaimed", sa.Boolean(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_channel", TEXT, nullable=True),
        sa.Column("message_id", TEXT, nullable=True),
        sa.Column("error", TEXT, nullable=False),
        sa.CheckConstraint("(leased_until IS NOT NULL) = (state = 'claimed')", name=op.f("ck_delivery_lease")),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_delivery_attempts")),
        refers("delivery", "person", "person"),
        belongs("delivery"),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("workspace", "key", name=op.f("uq_delivery_workspace_key")),
    )
    op.create_index(op.f("ix_delivery_workspace_state_not_before"), "delivery", ["workspace", "state", "not_before"])
    op.create_index(op.f("ix_delivery_workspace_subject"), "delivery", ["workspace", "subject"])


def create_goal() -> None:
    op.create_table(
        "goal",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("description", TEXT, nullable=False),
        sa.Column("level", one_of("level", "organisation", "product", "team"), nullable=False),
        sa.Column("owner", TEXT, nullable=True),
        sa.Column("team", TEXT, nullable=True),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("weight", sa.Float(), nullable=True),
        sa.Column("measure_name", TEXT, nullable=True),
        sa.Column("measure_framework", TEXT, nullable=True),
        sa.Column("measure_baseline", sa.Float(), nullable=True),
        sa.Column("measure_target", sa.Float(), nullable=True),
        sa.Column("measure_unit", TEXT, nullable=True),
        sa.Column("measure_current", sa.Float(), nullable=True),
        sa.Column("status", one_of("goalstatus", "active", "paused", "done", "dropped"), nullable=False),
        sa.CheckConstraint("weight BETWEEN 0 AND 1", name=op.f("ck_goal_weight")),
        refers("goal", "owner", "person"),
        refers("goal", "team", "team"),
        belongs("goal"),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_goal")),
    )
    op.create_index(op.f("ix_goal_workspace_status"), "goal", ["workspace", "status"])


def create_identity() -> None:
    op.create_table(
        "identity",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("platform", TEXT, nullable=False),
        sa.Column("user", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=True),
        sa.CheckConstraint("platform IN ('slack', 'teams')", name=op.f("ck_identity_platform")),
        refers("identity", "person", "person"),
        sa.PrimaryKeyConstraint("workspace", "person", "platform", name=op.f("pk_identity")),
        sa.UniqueConstraint("workspace", "platform", "user", name=op.f("uq_identity_workspace_platform_user")),
    )


def create_membership() -> None:
    op.create_table(
        "membership",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("team", TEXT, nullable=False),
        sa.Column("role", one_of("role", "lead", "member"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person", TEXT, nullable=False),
        refers("membership", "person", "person"),
        refers("membership", "team", "team"),
        sa.PrimaryKeyConstraint("workspace", "team", "role", "position", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_workspace_person"), "membership", ["workspace", "person"])


def create_prompt() -> None:
    op.create_table(
        "prompt",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("round", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("team", TEXT, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("snoozed", sa.Boolean(), nullable=False),
        sa.Column(
            "state", one_of("promptstate", "pending", "sent", "answered", "skipped", "away", "expired"), nullable=False
        ),
        sa.Column("message_channel", TEXT, nullable=True),
        sa.Column("message_id", TEXT, nullable=True),
        refers("prompt", "person", "person"),
        refers("prompt", "round", "round"),
        refers("prompt", "team", "team"),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_prompt")),
        sa.UniqueConstraint("workspace", "round", "person", name=op.f("uq_prompt_workspace_round_person")),
    )
    op.create_index(op.f("ix_prompt_workspace_person_due_at"), "prompt", ["workspace", "person", "due_at"])
    op.create_index(op.f("ix_prompt_workspace_state_remind_at"), "prompt", ["workspace", "state", "remind_at"])


def create_check_in() -> None:
    op.create_table(
        "check_in",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("team", TEXT, nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("entered", one_of("entered", "form", "same", "text", "import"), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("prompt", TEXT, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_check_in_revision")),
        refers("check_in", "person", "person"),
        refers("check_in", "prompt", "prompt"),
        refers("check_in", "team", "team"),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_check_in")),
    )
    op.create_index(op.f("ix_check_in_workspace_date_id"), "check_in", ["workspace", "date", "id"])
    op.create_index(op.f("ix_check_in_workspace_person_date"), "check_in", ["workspace", "person", "date"])
    op.create_index(op.f("ix_check_in_workspace_prompt"), "check_in", ["workspace", "prompt"])


def create_goal_contributor() -> None:
    op.create_table(
        "goal_contributor",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("goal", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("team", TEXT, nullable=False),
        refers("goal_contributor", "goal", "goal"),
        refers("goal_contributor", "team", "team"),
        sa.PrimaryKeyConstraint("workspace", "goal", "position", name=op.f("pk_goal_contributor")),
    )


def create_goal_dependency() -> None:
    op.create_table(
        "goal_dependency",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("goal", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("team", TEXT, nullable=False),
        refers("goal_dependency", "goal", "goal"),
        refers("goal_dependency", "team", "team"),
        sa.PrimaryKeyConstraint("workspace", "goal", "position", name=op.f("pk_goal_dependency")),
    )


def create_goal_support() -> None:
    op.create_table(
        "goal_support",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("goal", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("supports", TEXT, nullable=False),
        refers("goal_support", "goal", "goal"),
        refers("goal_support", "supports", "goal"),
        sa.PrimaryKeyConstraint("workspace", "goal", "position", name=op.f("pk_goal_support")),
    )


def create_goal_weight() -> None:
    op.create_table(
        "goal_weight",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("goal", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("team", TEXT, nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.CheckConstraint("weight BETWEEN 0 AND 1", name=op.f("ck_goal_weight_weight")),
        refers("goal_weight", "goal", "goal"),
        refers("goal_weight", "team", "team"),
        sa.PrimaryKeyConstraint("workspace", "goal", "position", name=op.f("pk_goal_weight")),
    )


def create_check_in_revision() -> None:
    op.create_table(
        "check_in_revision",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("check_in", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        refers("check_in_revision", "check_in", "check_in"),
        sa.PrimaryKeyConstraint("workspace", "check_in", "position", name=op.f("pk_check_in_revision")),
    )


def create_done_pick() -> None:
    op.create_table(
        "done_pick",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("check_in", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("goal", TEXT, nullable=False),
        sa.Column("statement", TEXT, nullable=False),
        refers("done_pick", "check_in", "check_in"),
        refers("done_pick", "goal", "goal"),
        sa.PrimaryKeyConstraint("workspace", "check_in", "position", name=op.f("pk_done_pick")),
    )


def create_priority() -> None:
    op.create_table(
        "priority",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("check_in", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("goal", TEXT, nullable=False),
        refers("priority", "check_in", "check_in"),
        refers("priority", "goal", "goal"),
        sa.PrimaryKeyConstraint("workspace", "check_in", "position", name=op.f("pk_priority")),
    )


def create_rating() -> None:
    op.create_table(
        "rating",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("check_in", TEXT, nullable=False),
        sa.Column("kind", one_of("ratingkind", "confidence", "clarity"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("goal", TEXT, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.CheckConstraint("value BETWEEN 1 AND 5", name=op.f("ck_rating_value")),
        refers("rating", "check_in", "check_in"),
        refers("rating", "goal", "goal"),
        sa.PrimaryKeyConstraint("workspace", "check_in", "kind", "position", name=op.f("pk_rating")),
    )


def create_tie() -> None:
    op.create_table(
        "tie",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("check_in", TEXT, nullable=False),
        sa.Column("kind", one_of("tiekind", "worked_with", "waiting_on", "contacts"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("team", TEXT, nullable=False),
        sa.Column("answer", one_of("contact", "yes", "not_needed", "no"), nullable=True),
        sa.CheckConstraint("(answer IS NOT NULL) = (kind = 'contacts')", name=op.f("ck_tie_answered")),
        refers("tie", "check_in", "check_in"),
        refers("tie", "team", "team"),
        sa.PrimaryKeyConstraint("workspace", "check_in", "kind", "position", name=op.f("pk_tie")),
    )


def create_work_item() -> None:
    op.create_table(
        "work_item",
        sa.Column("workspace", TEXT, nullable=False),
        sa.Column("check_in", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("goal", TEXT, nullable=True),
        sa.Column(
            "reason",
            one_of(
                "reason",
                "keeping_the_lights_on",
                "urgent_customer_need",
                "technical_debt",
                "exploration",
                "goal_missing",
                "asked_for",
            ),
            nullable=True,
        ),
        sa.Column("share", sa.Float(), nullable=True),
        sa.Column("proposed", TEXT, nullable=True),
        sa.CheckConstraint("share BETWEEN 0 AND 1", name=op.f("ck_work_item_share")),
        refers("work_item", "check_in", "check_in"),
        refers("work_item", "goal", "goal"),
        refers("work_item", "proposed", "goal"),
        sa.PrimaryKeyConstraint("workspace", "check_in", "position", name=op.f("pk_work_item")),
    )
