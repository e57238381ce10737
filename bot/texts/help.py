"""What each command understands, and the nearest word to one that nobody knows."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from bot.settings import Settings
from bot.texts.linking import SHORTCUT

CLOSE_ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class Usage:
    """Something one can type, and what it does."""

    typed: str
    does: str

    def __str__(self) -> str:
        return f"`{self.typed}`  {self.does}"


def usages(settings: Settings, *, admin: bool, leads: bool) -> list[Usage]:
    """What a person may type; those who set things up see how."""
    align = settings.align_command
    shared = [
        *checkin(settings),
        *goals(settings),
        Usage(align, "your next check-in and what waits for you"),
        Usage(f"{align} vision", "where the organisation is going; admins edit it there"),
        Usage(f"{align} digest", "the newest digest, only for you"),
        Usage(f"{align} teams", "the teams, how many people they have and who leads them"),
        Usage(f"{align} work", "what your team worked on; with a name another team's, for its leads and admins"),
        Usage(f"{align} privacy", "who sees what, what is stored about you, send or erase it"),
    ]
    if admin:
        return [
            *shared,
            *_leading(settings),
            Usage(f"{align} setup", "teams, goals, schedule and digest, each with its form"),
            Usage(f"{align} people", "who has no Slack account linked, and who is an admin"),
        ]
    if leads:
        own = Usage(f"{settings.goals_command} team NAME", "and “Set goals” for a team you lead")
        return [*shared, *_leading(settings), own]
    return shared


def _leading(settings: Settings) -> list[Usage]:
    """What admins and leads have in common."""
    goals = settings.goals_command
    return [
        Usage(f"{goals} add", "a new goal; “edit onboarding” changes one of a team you lead"),
        Usage(f"{goals} plan Growth", "how much of a team's work each goal should get"),
        Usage(f"{goals} review", "at the end of a period: keep, change or close each goal"),
        Usage(f"{settings.align_command} teams Growth", "find a team and change its name, members, leads or reminders"),
        Usage(f"{goals} import", "goals from a file: CSV, JSON or YAML, shown before they count"),
    ]


def goals(settings: Settings) -> list[Usage]:
    name = settings.goals_command
    return [
        Usage(name, "your goals and your team's"),
        Usage(f"{name} all", "every goal, below what it supports"),
        Usage(f"{name} at-risk", "goals that fall behind or that nobody has spoken of lately"),
        Usage(f"{name} past", "goals that are paused, over or closed"),
        Usage(f"{name} team Growth", "the goals of one team"),
        Usage(f"{name} onboarding", "goals with these words"),
        Usage(f"{name} roadmap", "this quarter and the next two; with a name one team's, or as a picture"),
        Usage(f"{name} show onboarding", "how one goal goes; its owner posts an update there"),
    ]


def checkin(settings: Settings) -> list[Usage]:
    name = settings.checkin_command
    return [
        Usage(name, "answer the current check-in, or edit your answer"),
        Usage(f"{name} skip", "not this time"),
        Usage(f"{name} history", "your last answers, only for you"),
        Usage(f"{name} away 2026-12-20..2027-01-03", "days without check-ins; “away” lists, “away none” clears them"),
        Usage(f"{name} reminders 0", "how many reminders you want: 0, 1 or 2"),
        Usage(f"{name} zone Europe/Lisbon", "your time zone; “zone auto” follows your Slack profile"),
        Usage(f"{name} country DE", "whose public holidays you have; “country auto” follows your time zone"),
        Usage(f"{name} team Growth", "the team in which you are asked, for those who are in several"),
        Usage(f"{name} pause", "no more check-ins; “resume” brings them back"),
    ]


def also(settings: Settings) -> str:
    align, goals, checkin = settings.align_command, settings.goals_command, settings.checkin_command
    return (
        f"`{align} goals` and `{align} checkin` do the same as `{goals}` and `{checkin}`. “{SHORTCUT}” in a "
        "message's menu puts it into your next check-in."
    )


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant."""
    words = {each.casefold(): each for each in known}
    found = get_close_matches(word.casefold(), list(words), n=1, cutoff=CLOSE_ENOUGH)
    return words[found[0]] if found else None


def unknown(word: str, command: str, near: str | None) -> str:
    """word: escaped by the caller."""
    if near:
        return f"I do not know “{word}”. Did you mean `{command} {near}`?"
    return f"I do not know “{word}”. `{command} help` lists what I do."
