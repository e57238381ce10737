"""What a made-up company answers over so many weeks, without anything in between."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bot.demo.answers import Diary, Manner, Reply
from bot.demo.company import FIRST_WEEK, Company
from checkins.forms import work_items
from checkins.model import WorkItem

OFF_GOAL = ""


@dataclass(frozen=True)
class Said:
    """One answer: in which week (from 0), by whom, for which team."""

    week: int
    person: str
    team: str
    reply: Reply
    items: tuple[WorkItem, ...]

    @property
    def named(self) -> set[str]:
        return {*self.reply.draft.worked_with, *self.reply.draft.waiting_on} if self.reply.draft else set()


def replies(company: Company, weeks: int) -> list[tuple[int, str, str, Reply]]:
    """Week, person, team and reply of everybody who is asked."""
    diaries = [(team.id, Diary(company, team)) for team in company.teams]
    return [
        (week, person, team, reply)
        for week in range(weeks)
        for team, diary in diaries
        for person, reply in diary.week(FIRST_WEEK.plus(week)).items()
    ]


def answers(company: Company, weeks: int) -> Iterator[Said]:
    goals = {goal.id for goal in company.goals}
    for week, person, team, reply in replies(company, weeks):
        if reply.manner in (Manner.ANSWERS, Manner.REPEATS) and reply.draft:
            yield Said(week, person, team, reply, work_items(reply.draft, goals=goals))


def shares(said: list[Said]) -> dict[str, float]:
    """Effort by goal, every person counting once; work on none of the goals under OFF_GOAL."""
    mine: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        mine[one.person].append(one)
    total: dict[str, float] = defaultdict(float)
    for theirs in mine.values():
        for one in theirs:
            for item in one.items:
                total[item.goal or OFF_GOAL] += (item.share or 0) / len(theirs) / len(mine)
    return total
