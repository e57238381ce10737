"""Who sees what of an answer: the table of the product's promise, as code."""

from dataclasses import dataclass
from enum import StrEnum


class Viewer(StrEnum):
    SELF = "self"
    TEAM = "team"
    LEAD = "lead"
    ADMIN = "admin"
    CHANNEL = "channel"


class Part(StrEnum):
    WORK = "work"  # items, goals, shares, contacts
    NOTE = "note"
    RATING = "rating"  # ratings, "done", priorities
    SILENCE = "silence"  # who skipped or did not answer


class Grant(StrEnum):
    YES = "yes"
    NO = "no"
    SUMS = "sums"  # only as sums per team
    GROUPS = "groups"  # only for groups of five or more


_TABLE: dict[Part, tuple[Grant, Grant, Grant, Grant, Grant]] = {
    Part.WORK: (Grant.YES, Grant.YES, Grant.YES, Grant.YES, Grant.SUMS),
    Part.NOTE: (Grant.YES, Grant.NO, Grant.YES, Grant.NO, Grant.NO),
    Part.RATING: (Grant.YES, Grant.GROUPS, Grant.GROUPS, Grant.GROUPS, Grant.GROUPS),
    Part.SILENCE: (Grant.YES, Grant.NO, Grant.NO, Grant.NO, Grant.NO),
}


def grant(part: Part, viewer: Viewer) -> Grant:
    """What a viewer gets of a part of somebody's answer."""
    return _TABLE[part][list(Viewer).index(viewer)]


@dataclass(frozen=True, slots=True)
class Audience:
    """How a viewer stands to the person who answered."""

    same_person: bool = False
    same_team: bool = False
    leads: bool = False
    admin: bool = False

    def viewers(self) -> list[Viewer]:
        held = (self.same_person, self.same_team, self.leads, self.admin, True)
        return [viewer for viewer, holds in zip(Viewer, held, strict=True) if holds]


def may_read(part: Part, audience: Audience) -> bool:
    """Whether a part may be shown to this audience as it was written; sums and groups are no such showing."""
    return any(grant(part, viewer) is Grant.YES for viewer in audience.viewers())
