"""Every id that travels to Slack and back: action, callback and block ids. Versioned metadata carries ids only."""

import json
from enum import StrEnum

from checkins.errors import TruelineError

METADATA_VERSION = 1


class OutOfDate(TruelineError):
    """A form or card of an older version of Trueline: its ids cannot be read any more."""


class Action(StrEnum):
    """Buttons and selects. A button's value is the id of what it is about."""

    SAME = "prompt.same"
    UPDATE = "prompt.update"
    SKIP = "prompt.skip"
    LATER = "prompt.later"
    EDIT = "receipt.edit"
    ROW = "check_in.row"
    GOAL = "check_in.goal"
    TEXT_RIGHT = "text.right"
    TEXT_CHANGE = "text.change"
    TEXT_NOT_MEANT = "text.not_meant"
    TEXT_GOAL = "text.goal"
    SETUP_TEAM = "setup.team"
    SETUP_GOALS = "setup.goals"
    SETUP_SCHEDULE = "setup.schedule"
    SETUP_DIGEST = "setup.digest"
    SETUP_ASK = "setup.ask"
    TEAM_CHANGE = "team.change"
    TEAM_SOURCE = "team.source"
    TEAM_ARCHIVE = "team.archive"
    TEAM_MERGE = "team.merge"
    TEAM_PAGE = "team.page"
    GOALS_TEAM = "goals.team"
    GOALS_ROW = "goals.row"
    GOALS_MINE = "goals.mine"
    GOALS_ALL = "goals.all"
    GOALS_AT_RISK = "goals.at_risk"
    GOALS_BACK = "goals.back"
    GOALS_NEXT = "goals.next"
    IMPORT_TEMPLATE = "import.template"
    DONE_MEANS = "goal.done_means"
    GOAL_DETAIL = "goal.detail"
    GOAL_ADD = "goal.add"
    GOAL_EDIT = "goal.edit"
    GOAL_SUPPORTS = "goal.supports"
    GOAL_PERIOD = "goal.period"
    PLAN = "plan.open"
    PLAN_TYPED = "plan.typed"  # followed by what the field was opened with
    PLAN_ARRANGE = "plan.arrange"
    PLAN_MORE = "plan.more"
    PLAN_SCORE = "plan.score"
    SCORE_BACK = "score.back"
    SCORE_NEXT = "score.next"
    ICE_IMPACT = "ice.impact"
    ICE_CONFIDENCE = "ice.confidence"
    ICE_EASE = "ice.ease"
    ROADMAP_PICTURE = "roadmap.picture"
    GOAL_UPDATE = "goal.update"
    GOAL_TAKE_UP = "goal.take_up"
    GOAL_REVIEW = "goal.review"
    CONCERNS_ME = "news.concerns_me"
    STRATEGY_EDIT = "strategy.edit"
    ZONE = "digest.zone"
    PUBLISH = "digest.publish"
    DOUBT_POST = "doubt.post"
    DOUBT_THERE = "doubt.there"
    SEND_DATA = "privacy.send"
    ERASE = "privacy.erase"
    COME_BACK = "privacy.come_back"
    PEOPLE_LINK = "people.link"
    PEOPLE_CHOOSE = "people.choose"
    PEOPLE_BACK = "people.back"
    PEOPLE_NEXT = "people.next"
    ADMIN_NAME = "admin.name"
    ADMIN_REMOVE = "admin.remove"
    ABSENCE_ADD = "absence.add"
    ABSENCE_REMOVE = "absence.remove"
    MY_ZONE = "my.zone"
    MY_COUNTRY = "my.country"
    MY_REMINDERS = "my.reminders"
    MY_TEAM = "my.team"
    PAUSE = "my.pause"
    RESUME = "my.resume"
    LINK_GOAL = "link.goal"
    HELD_DONE = "held.done"
    HELD_SEND = "held.send"


class Callback(StrEnum):
    """Modals."""

    CHECK_IN = "check_in"
    TEAM = "team"
    TEAM_MERGE = "team_merge"
    GOALS = "goals"
    IMPORT = "import"
    IMPORT_CONFIRM = "import_confirm"
    DONE_MEANS = "done_means"
    GOAL_DETAIL = "goal_detail"
    GOAL = "goal"
    GOAL_UPDATE = "goal_update"
    PLAN = "plan"
    SCORES = "scores"
    GOAL_REVIEW = "goal_review"
    STRATEGY = "strategy"
    SCHEDULE = "schedule"
    DIGEST = "digest"
    ABSENCE = "absence"
    LINK = "link"
    MESSAGE = "message"  # a modal that only says something; it has no submit button


class Shortcut(StrEnum):
    """Entries of Slack's own menus."""

    CHECK_IN_NOW = "check_in_now"
    LINK_MESSAGE = "link_message"


class Event(StrEnum):
    """Metadata of messages: what they are, so that a resumed delivery finds them again."""

    DELIVERY = "trueline"  # followed by the kind


def pack(**ids: str) -> str:
    """Private metadata for a view. It comes back from the client, so it is never trusted."""
    return json.dumps({"v": METADATA_VERSION, **ids}, separators=(",", ":"))


def unpack(metadata: str, *names: str) -> tuple[str, ...]:
    """The named ids. Raises OutOfDate for metadata of another version or shape."""
    try:
        data = json.loads(metadata)
        if data["v"] != METADATA_VERSION:
            raise ValueError
        return tuple(str(data[name]) for name in names)
    except (KeyError, TypeError, ValueError):
        raise OutOfDate("This form is from an older version of Trueline. Close it and open it again.") from None
