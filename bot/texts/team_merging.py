"""Merging two teams: the form and what came of it. In mrkdwn names and titles are escaped by the caller."""

from collections.abc import Sequence

from bot.texts.setup import people
from checkins.wording import counted, listed, percent

MERGE, CANCEL = "Merge", "Cancel"
OPEN = "Merge…"
TITLE = "Merge two teams"
INTO = "Into"
CHOOSE = "Choose a team"
NO_OTHER = "There is no other team to merge this one into."


def consequences(team: str, members: int, goals: int) -> str:
    """goals: the open ones."""
    return (
        f"*{team}* becomes part of another team, with {people(members)} and {counted(goals, 'open goal')}. Its leads "
        f"lead that team as well, and weights of a goal that both have are added. {team} is archived: answers and "
        "closed goals stay with it. This cannot be undone."
    )


def merged(team: str, into: str, came: int, goals: int) -> str:
    return f"{team} is part of {into} now: {people(came)} came, {counted(goals, 'goal')} went over. {team} is archived."


def over_planned(into: str, planned: float, command: str) -> str:
    where = f"`{command} team {into}`, then “Set goals”"
    return f"The plan of {into} makes {percent(planned)} now. Bring it to 100 or less: {where}."


def twins(titles: Sequence[str]) -> str:
    named = listed([f"“{title}”" for title in titles])
    return f"Two goals have the same title: {named}. Reword one of them, or close it."


def let_go(into: str) -> str:
    return f"{into} is kept by hand now: what it followed has not all of these people."
