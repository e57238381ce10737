"""One question a week that goes round: confidence in a goal, its clarity, what "done" means for it, what comes first.

The turn is frozen in the round, and a team is asked about one goal. What depends on the person is what is known from
them: an answer that still holds is not asked for again, and the next goal or kind steps in. Everything here is
optional; left empty, it is asked again at a later turn.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from checkins.goals import heaviest_first
from checkins.model import CheckIn, Goal
from checkins.turns import Kind, Turn

STATEMENTS = 4  # of a goal, on what "done" could mean
STATEMENT_LIMIT = 75  # characters: a chat shows no more of an option
NONE_OF_THESE = "none_of_these"  # stored as the "done" of a goal when none of its statements says it
PLACES = 3  # priorities that are put in order
RATINGS = ("1", "2", "3", "4", "5")
PRIORITY = "priority_"

# For how many of a person's check-ins an answer is taken as known.
KNOWN: Mapping[Kind, int] = {
    Kind.CONFIDENCE: 3,  # as a stand-in; it moves, so at its own turn it is asked whatever is known
    Kind.CLARITY: 8,  # how well a goal is worded seldom changes within a quarter
    Kind.DONE: 8,  # a pick holds as long as its statement stands; older answers are not read
    Kind.PRIORITIES: 8,  # an order holds as long as its goals, and a quarter brings new ones anyway
}
NONE_KNOWN = 3  # "none of these" is a reason for the owner to write others, so it is asked again at the next turn
HISTORY = max(KNOWN.values())  # check-ins that have to be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as a form asks it: optional fields by name, each with the same options to choose from.

    goals: the goal it is about; for priorities those to choose from, whose ids are the options.
    options: "1" to "5"; statements, then NONE_OF_THESE; or goal ids.
    """

    kind: Kind
    fields: tuple[str, ...]
    options: tuple[str, ...]
    goals: tuple[Goal, ...]


def question_for(turn: Turn, *, team: str, goals: Sequence[Goal], history: Sequence[CheckIn]) -> Question | None:
    """What a person is asked: the kind on turn if there is something to ask, else the next; None where all is known.

    team: the person's, in this round.  goals: those running.  history: the person's earlier check-ins, newest first.
    """
    own = _own(team, goals)
    if turn.kind is Kind.CONFIDENCE and own:
        return _about(Kind.CONFIDENCE, turn.in_order(own)[0])
    others = _others(team, goals, history)
    asked = (_question(kind, turn, own=own, others=others, history=history) for kind in turn.kinds)
    return next((question for question in asked if question), None)


def question_of(check_in: CheckIn, *, goals: Sequence[Goal]) -> Question | None:
    """The question that a check-in answers, to be asked again when it is edited; None once its goal has closed."""
    running = {goal.id: goal for goal in goals}
    given = [(kind, goal) for kind in tuple(Kind)[:-1] for goal in getattr(check_in, kind)]
    if given:
        kind, goal = given[0]
        return _about(kind, running[goal], pick=check_in.done.get(goal)) if goal in running else None
    own = _own(check_in.team, goals)
    others = [running[goal] for goal in check_in.priorities if goal in running and goal not in {one.id for one in own}]
    return _order((*own, *others)) if check_in.priorities and running.keys() >= set(check_in.priorities) else None


def _question(
    kind: Kind, turn: Turn, *, own: Sequence[Goal], others: Sequence[Goal], history: Sequence[CheckIn]
) -> Question | None:
    if kind is Kind.PRIORITIES:
        return None if len(own) < PLACES or _is_ordered(own, history) else _order(tuple(own))
    if kind is Kind.DONE:
        own, others = ([goal for goal in goals if goal.done] for goals in (own, others))
    near = (*turn.in_order(own), *others)
    open_ = next((goal for goal in near if not _is_known(kind, goal, history)), None)
    return _about(kind, open_) if open_ else None


def _own(team: str, goals: Sequence[Goal]) -> tuple[Goal, ...]:
    return tuple(heaviest_first([goal for goal in goals if team in goal.teams()], team))


def _others(team: str, goals: Sequence[Goal], history: Sequence[CheckIn]) -> tuple[Goal, ...]:
    """Goals of other teams alone that the person worked on lately; asked about once the team's own are known."""
    worked_on = {item.goal for item in history[0].items} if history else set()
    return tuple(goal for goal in goals if goal.id in worked_on and team not in goal.teams())


def _is_known(kind: Kind, goal: Goal, history: Sequence[CheckIn]) -> bool:
    told = [getattr(answer, kind).get(goal.id) for answer in history[: KNOWN[kind]]]
    if kind is Kind.DONE:
        return NONE_OF_THESE in told[:NONE_KNOWN] or any(pick in goal.done for pick in told)
    return any(rating is not None for rating in told)


def _is_ordered(own: Sequence[Goal], history: Sequence[CheckIn]) -> bool:
    """Whether the goals are those that the person put in order: all of the order still run, and none is newer."""
    ids = {goal.id for goal in own}
    newest = max((goal.starts for goal in own if goal.starts), default=None)
    return any(
        answer.priorities and ids.issuperset(answer.priorities) and (newest is None or newest <= answer.date)
        for answer in history[: KNOWN[Kind.PRIORITIES]]
    )


def _about(kind: Kind, goal: Goal, *, pick: str | None = None) -> Question:
    """pick: the statement that was chosen before, which is offered although its owner took it back."""
    options: tuple[str, ...] = RATINGS
    if kind is Kind.DONE:
        options = tuple(dict.fromkeys([*goal.done, *([pick] if pick else []), NONE_OF_THESE]))
    return Question(kind=kind, fields=(f"{kind}:{goal.id}",), options=options, goals=(goal,))


def _order(goals: tuple[Goal, ...]) -> Question:
    fields = tuple(f"{PRIORITY}{place}" for place in range(1, PLACES + 1))
    return Question(kind=Kind.PRIORITIES, fields=fields, options=tuple(goal.id for goal in goals), goals=goals)


def chosen(check_in: CheckIn) -> dict[str, str]:
    """What a check-in says of these kinds, by field, as a form takes it."""
    rated = {f"{kind}:{goal}": str(said) for kind in tuple(Kind)[:-1] for goal, said in getattr(check_in, kind).items()}
    return rated | {f"{PRIORITY}{place}": goal for place, goal in enumerate(check_in.priorities, start=1)}


def is_field(name: str) -> bool:
    """Whether a form's field belongs to a question of this kind."""
    return name.startswith(PRIORITY) or name.partition(":")[0] in tuple(Kind)[:-1]


def problems(said: Mapping[str, str | None], *, goals: Sequence[Goal], before: Mapping[str, str]) -> dict[str, str]:
    """What cannot be stored, by field.

    said: by field, None where it was left empty.  before: what was ``chosen`` earlier.
    """
    running = {goal.id: goal for goal in goals}
    found = {}
    for name, value in said.items():
        problem = _problem(name, value, running) if value and value != before.get(name) else ""
        if problem:
            found[name] = problem
    return found | dict(_twice({**before, **said}))


def _problem(name: str, value: str, running: Mapping[str, Goal]) -> str:
    goal = running.get(value if name.startswith(PRIORITY) else name.partition(":")[2])
    if goal is None:
        return "This goal has closed since the form was opened. Leave this empty."
    if name.startswith(f"{Kind.DONE}:"):
        known = value in (*goal.done, NONE_OF_THESE)
        return "" if known else "This statement was changed since the form was opened. Leave this empty."
    return "" if name.startswith(PRIORITY) or value in RATINGS else "Choose a number from 1 to 5."


def _twice(said: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for name, goal in sorted(said.items()):
        if name.startswith(PRIORITY) and goal:
            if goal in seen:
                yield name, "This goal has a place already. Choose each goal once, or leave this empty."
            seen.add(goal)


def answered(check_in: CheckIn, said: Mapping[str, str | None], *, before: Mapping[str, str]) -> CheckIn:
    """The check-in with what was said; what its form did not ask stays as it was ``before``."""
    kept = {name: value for name, value in {**before, **said}.items() if value}
    by_kind: dict[str, dict[str, str]] = {kind: {} for kind in Kind}
    for name, value in sorted(kept.items()):
        kind, _, goal = name.partition(":")
        by_kind[Kind.PRIORITIES if name.startswith(PRIORITY) else kind][goal or name] = value
    return replace(
        check_in,
        confidence={goal: int(rating) for goal, rating in by_kind[Kind.CONFIDENCE].items()},
        clarity={goal: int(rating) for goal, rating in by_kind[Kind.CLARITY].items()},
        done=by_kind[Kind.DONE],
        priorities=tuple(by_kind[Kind.PRIORITIES].values()),
    )
