"""What the roadmap says, as text and around its picture. Names and titles are escaped by the caller."""

from datetime import date

from checkins.forms import shortened
from checkins.model import GoalStatus
from checkins.roadmap import ABOVE_TEAMS, Quarter, Roadmap, Stretch
from checkins.wording import counted, percent
from checkins.wording import title as title_of

PICTURE_BUTTON = "As a picture"
SENT = "The roadmap is in your messages with me."
NOT_SENT = "The picture could not be sent. Please try again in a minute."
ONE_TEAM_SHOWS_MORE = "The roadmap of one team shows more of its goals."
NO_DATES = "No dates"
NOTHING = "No goal has dates in these quarters."
ALT_LIMIT = 1000  # Slack's own, for the description of a file
STATES = {GoalStatus.PAUSED: "paused", GoalStatus.DONE: "done"}


def heading(roadmap: Roadmap) -> str:
    """With the team's name as it is; whoever shows it as mrkdwn escapes the whole."""
    return f"Roadmap of {roadmap.team.name}" if roadmap.team else "Roadmap"


def title(roadmap: Roadmap) -> str:
    """The same with the quarters."""
    return f"{heading(roadmap)} · {roadmap.quarters[0]} to {roadmap.quarters[-1]}"


def ending(quarter: Quarter | None) -> str:
    return f"Ends in {quarter}" if quarter else "Goes on after that"


def nothing(command: str) -> str:
    return f"{NOTHING} `{command} all` shows every goal."


def later(count: int) -> str:
    return f"{counted(count, 'goal')} {'begins' if count == 1 else 'begin'} later."


def undated(count: int) -> str:
    return f"{counted(count, 'goal')} {'has' if count == 1 else 'have'} no dates."


def more_teams(count: int) -> str:
    return f"and {counted(count, 'more team')}"


def more(count: int) -> str:
    return f"and {count} more"


def more_of(count: int, command: str) -> str:
    return f"{more(count)}; `{command} roadmap TEAM` shows one team’s"


def state(stretch: Stretch) -> list[str]:
    """How far the goal is, and its status where it is not simply running."""
    done = [percent(stretch.progress)] if stretch.progress is not None else []
    return done + ([STATES[stretch.goal.status]] if stretch.goal.status in STATES else [])


def line(stretch: Stretch, *, title: str, team: str | None) -> str:
    return " · ".join([title, *([team] if team else []), *when(stretch), *state(stretch)])


def whose(stretch: Stretch) -> str | None:
    """The team that owns the goal, or the level above all teams."""
    return stretch.team or ABOVE_TEAMS.get(stretch.goal.level)


def when(stretch: Stretch) -> list[str]:
    starts, ends = stretch.goal.starts, stretch.goal.ends
    if starts and ends:
        return [f"{day(starts, beside=ends)} – {day(ends)}"]
    return [f"from {day(starts)}"] if starts else [f"until {day(ends)}"] if ends else []


def day(date: date, *, beside: date | None = None) -> str:
    """``12 Nov 2026``; without the year where it is that of the date beside it."""
    return f"{date:%-d %b}" if beside and beside.year == date.year else f"{date:%-d %b %Y}"


def plain(roadmap: Roadmap) -> str:
    """The whole as text without markup: by the quarter in which goals end, one line a goal."""
    groups = [(ending(quarter), stretches) for quarter, stretches in roadmap.ending()]
    listed = [
        "\n".join([name, *(f"  {bare_line(each, team=whose(each))}" for each in stretches)])
        for name, stretches in [*groups, (NO_DATES, list(roadmap.undated))]
        if stretches
    ]
    after = [later(roadmap.later)] if roadmap.later else []
    return "\n\n".join([title(roadmap), *(listed or [NOTHING]), *after])


def alt(roadmap: Roadmap) -> str:
    """What the picture shows, for those who cannot see it."""
    lanes = ". ".join(f"{lane.title}: {'; '.join(map(bare_line, lane.stretches))}" for lane in roadmap.lanes)
    return shortened(f"{title(roadmap)}. {lanes}.", ALT_LIMIT)


def bare_line(stretch: Stretch, team: str | None = None) -> str:
    return line(stretch, title=title_of(stretch.goal.title), team=team)
