"""What supports what has no circles: a goal never supports itself, on no way up."""

from collections.abc import Iterable, Mapping, Sequence

from checkins.model import Goal


def would_cycle(goals: Iterable[Goal], goal: str, supports: Sequence[str]) -> list[str]:
    """The circle that would come about if a goal supported others, from the goal upwards; empty where there is none."""
    above = {each.id: each.supports for each in goals} | {goal: tuple(supports)}
    return way_back(above, goal)


def standing_on(goals: Iterable[Goal], goal: str) -> set[str]:
    """The goals that support a goal, directly or by way of others."""
    supporters: dict[str, list[str]] = {}
    for each in goals:
        for up in each.supports:
            supporters.setdefault(up, []).append(each.id)
    found: set[str] = set()
    waiting = [goal]
    while waiting:
        new = set(supporters.get(waiting.pop(), ())) - found
        found |= new
        waiting.extend(new)
    return found


def way_back(above: Mapping[str, Sequence[str]], start: str) -> list[str]:
    """The shortest way from a row up to itself; empty where there is none."""
    came_from: dict[str, str] = {}
    queue = [start]
    for here in queue:
        for up in above.get(here, ()):
            if up == start:
                way = [here]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if up not in came_from:
                came_from[up] = here
                queue.append(up)
    return []
