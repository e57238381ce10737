"""Goals, and what they support, who contributes, what is declared and on whom they depend."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index

from checkins.model import GoalStatus, Level
from storage.tables.base import Row, belongs, identifier, is_share, one_of, place, refers, within, words


class Goal(Row, table=True):
    """Measure and ICE scores lie flat in the row; without a name there is no measure, without impact no ICE."""

    __tablename__ = "goal"
    __table_args__ = (
        belongs(),
        refers("owner", "person"),
        refers("team", "team"),
        is_share("weight"),
        within("ice_impact", 1, 10),
        within("ice_confidence", 1, 10),
        within("ice_ease", 1, 10),
        CheckConstraint("nudges >= 0", name="nudges"),
        Index(None, "workspace", "status"),
    )

    id: str = identifier()
    title: str = words()
    description: str = words()
    level: Level = one_of(Level)
    owner: str | None = words()
    team: str | None = words()
    starts: date | None
    ends: date | None
    weight: float | None
    measure_name: str | None = words()
    measure_framework: str | None = words()
    measure_baseline: float | None
    measure_target: float | None
    measure_unit: str | None = words()
    measure_current: float | None
    status: GoalStatus = one_of(GoalStatus)
    ice_impact: int | None
    ice_confidence: int | None
    ice_ease: int | None
    updated_at: datetime | None
    nudges: int


class GoalSupport(Row, table=True):
    __tablename__ = "goal_support"
    __table_args__ = (refers("goal", "goal"), refers("supports", "goal"))

    goal: str = identifier()
    position: int = place()
    supports: str = words()


class GoalContributor(Row, table=True):
    __tablename__ = "goal_contributor"
    __table_args__ = (refers("goal", "goal"), refers("team", "team"))

    goal: str = identifier()
    position: int = place()
    team: str = words()


class GoalWeight(Row, table=True):
    """The share of its effort that a contributing team declared."""

    __tablename__ = "goal_weight"
    __table_args__ = (refers("goal", "goal"), refers("team", "team"), is_share("weight"))

    goal: str = identifier()
    position: int = place()
    team: str = words()
    weight: float


class GoalDependency(Row, table=True):
    __tablename__ = "goal_dependency"
    __table_args__ = (refers("goal", "goal"), refers("team", "team"))

    goal: str = identifier()
    position: int = place()
    team: str = words()


class GoalDone(Row, table=True):
    """A statement of the goal's owner on what "done" could mean."""

    __tablename__ = "goal_done"
    __table_args__ = (refers("goal", "goal"),)

    goal: str = identifier()
    position: int = place()
    statement: str = words()


class GoalUpdate(Row, table=True):
    __tablename__ = "goal_update"
    __table_args__ = (refers("goal", "goal"), refers("person", "person"), Index(None, "workspace", "goal", "at"))

    id: str = identifier()
    goal: str = words()
    person: str | None = words()
    at: datetime
    text: str = words()
    value: float | None


class GoalChange(Row, table=True):
    """``before`` and ``after`` are texts; those of an owner hold the person's id. Without a goal: of the strategy."""

    __tablename__ = "goal_change"
    __table_args__ = (
        refers("goal", "goal"),
        refers("person", "person"),
        Index(None, "workspace", "goal", "at"),
        Index(None, "workspace", "at"),
    )

    id: str = identifier()
    goal: str | None = words()
    at: datetime
    person: str | None = words()
    what: str = words()
    before: str = words()
    after: str = words()
    why: str = words()


class GoalConcern(Row, table=True):
    """Somebody said that a change of a goal changes their work."""

    __tablename__ = "goal_concern"
    __table_args__ = (refers("change", "goal_change"), refers("person", "person"))

    change: str = identifier()
    person: str = identifier()
    at: datetime
