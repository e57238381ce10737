"""The words of the made-up company: themes of teams and goals, and what people say they did."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from checkins.model import Level, Measure, Reason, Strategy

FILE = Path(__file__).with_name("company.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A goal as a team may have it. supports: places in the list of the product team's goals.

    done: what its owner says that "done" could mean.
    """

    title: str
    level: Level
    description: str
    supports: tuple[int, ...]
    measure: Measure
    done: tuple[str, ...]
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamTheme:
    """A team as the company may have it; the first title is its lead's."""

    name: str
    titles: tuple[str, ...]
    goals: tuple[Theme, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A channel and what was said in it before the play begins."""

    name: str
    topic: str
    chatter: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """Everything a company is made from. product: the team that every company has."""

    name: str
    domain: str
    strategy: Strategy
    digest_room: Room
    rooms: tuple[Room, ...]
    product: TeamTheme
    teams: tuple[TeamTheme, ...]
    off_goal: Mapping[Reason, tuple[str, ...]]
    notes: tuple[str, ...]


@cache
def load() -> Bank:
    """The bank as the file beside this one holds it."""
    raw = tomllib.loads(FILE.read_text("utf-8"))
    return Bank(
        name=raw["name"],
        domain=raw["domain"],
        strategy=Strategy(**raw["strategy"]),
        digest_room=_room(raw["digest_room"]),
        rooms=tuple(map(_room, raw["rooms"])),
        product=_team(raw["product"]),
        teams=tuple(map(_team, raw["teams"])),
        off_goal={Reason(reason): tuple(phrases) for reason, phrases in raw["off_goal"].items()},
        notes=tuple(raw["notes"]),
    )


def _room(raw: dict[str, Any]) -> Room:
    return Room(name=raw["name"], topic=raw["topic"], chatter=tuple(raw.get("chatter", ())))


def _team(raw: dict[str, Any]) -> TeamTheme:
    return TeamTheme(name=raw["name"], titles=tuple(raw["titles"]), goals=tuple(map(_theme, raw["goals"])))


def _theme(raw: dict[str, Any]) -> Theme:
    return Theme(
        title=raw["title"],
        level=Level(raw.get("level", Level.TEAM)),
        description=raw.get("description", ""),
        supports=tuple(raw.get("supports", ())),
        measure=Measure(**raw["measure"]),
        done=tuple(raw.get("done", ())),
        phrases=tuple(raw["phrases"]),
    )
