"""Goals, and what they support, who contributes, what is declared and on whom they depend."""

from datetime import date

from sqlalchemy import Index

from checkins.model import GoalStatus, Level
from storage.tables.base import Row, belongs, identifier, is_share, one_of, place, refers, words


class Goal(Row, table=True):
    """The measure lies flat in the row; a measure without a name is none."""

    __tablename__ = "goal"
    __table_args__ = (
        belongs(),
        refers("owner", "person"),
        refers("team", "team"),
        is_share("weight"),
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
