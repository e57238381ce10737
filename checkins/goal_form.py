"""Adding and changing goals one by one: admins all, leads those of their teams and of the teams below."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches

from checkins.accounts import named_in
from checkins.cadence import local_date
from checkins.errors import BadForm, NotAllowed, NotFound
from checkins.goal_draft import GoalDraft, Surroundings, drafted, problems
from checkins.goal_keeping import OPEN
from checkins.goal_news import keep_and_tell
from checkins.goal_tree import standing_on
from checkins.goal_twins import twin_problem
from checkins.goals import named
from checkins.ids import derived, slug
from checkins.model import Goal, GoalUpdate, Team
from checkins.ports import Store, Transaction
from checkins.roster import require_admin, require_lead
from checkins.teams import below
from checkins.wording import listed, one_line

WHY_LIMIT = 280


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalForm:
    """What a form starts with.

    goal: None for a new one. owner: account on the platform; owner_without: name of an owner who has none there.
    supports: as stored. teams: all; owning: those whose goal it may be. no_team: it may also be nobody's.
    """

    goal: Goal | None
    owner: str | None = None
    owner_without: str | None = None
    supports: tuple[Goal, ...] = ()
    teams: tuple[Team, ...]
    owning: tuple[Team, ...]
    no_team: bool
    today: date


def form(store: Store, *, actor: str, goal: str | None, platform: str, now: datetime) -> GoalForm:
    """Raises NotFound, and NotAllowed unless the actor is an admin or leads a team that the goal may belong to."""
    with store.snapshot() as tx:
        found = editable_goal(tx, actor, goal) if goal else None
        owning = owning_teams(tx, actor, found)
        by_id = {each.id: each for each in tx.goals.all()} if found else {}
        account = tx.people.identity(found.owner, platform) if found and found.owner else None
        owner = tx.people.find(found.owner) if found and found.owner and not account else None
        return GoalForm(
            goal=found,
            owner=account.user if account else None,
            owner_without=owner.name if owner else None,
            supports=tuple(by_id[each] for each in found.supports) if found else (),
            teams=tuple(tx.teams.all()),
            owning=tuple(owning),
            no_team=tx.people.get(actor).admin,
            today=_today(tx, actor, now),
        )


def add_goal(store: Store, *, actor: str, draft: GoalDraft, now: datetime) -> Goal:
    """Raises NotAllowed unless the actor is an admin or leads a team, BadForm by field of the draft.

    The measure's fields are ``measure`` (its name), ``framework``, ``baseline``, ``target``, ``unit``, ``current``.
    """
    with store.transaction() as tx:
        taken = {goal.id for goal in tx.goals.hold()}
        return _saved(tx, Goal(id=slug(draft.title, taken), title=""), draft, actor=actor, why="", now=now)


def edit_goal(store: Store, *, actor: str, goal: str, draft: GoalDraft, why: str, platform: str, now: datetime) -> Goal:
    """The goal as it is wanted from now on; an owner without an account on the platform stays unless one is chosen.

    Of two who edit at a time the last one wins, and the log has both. Raises NotFound, NotAllowed unless the actor is
    an admin or leads the goal's team, BadForm as ``add_goal``, and at ``why``.
    """
    with store.transaction() as tx:
        tx.goals.hold()
        found = editable_goal(tx, actor, goal)
        seen = found.owner and tx.people.identity(found.owner, platform)
        return _saved(tx, replace(found, owner=None) if seen else found, draft, actor=actor, why=why, now=now)


def _saved(tx: Transaction, start: Goal, draft: GoalDraft, *, actor: str, why: str, now: datetime) -> Goal:
    """start: what the draft is laid upon; its owner stays where the draft names nobody."""
    goals, teams = tx.goals.all(), {team.id: team for team in tx.teams.all()}
    owning = {team.id for team in owning_teams(tx, actor, start)} | ({None} if tx.people.get(actor).admin else set())
    said = one_line(why)
    found = problems(draft, start=start, around=Surroundings(goals=goals, teams=teams, owning=owning))
    found |= why_problem(said)
    if found:
        raise BadForm(found)
    owner = named_in(tx, draft.owner).id if draft.owner else start.owner
    goal = drafted(start, draft, today=_today(tx, actor, now), owner=owner, shown=teams.keys())
    twin = twin_problem(goal, goals)
    if twin and not twin_problem(start, goals):
        raise BadForm({"title": twin})
    keep_and_tell(tx, goal, by=actor, now=now, why=said)
    _note_value(tx, start, goal, actor=actor, now=now)
    return goal


def why_problem(said: str) -> dict[str, str]:
    """What is wrong with the reason given for a change, by field."""
    if len(said) <= WHY_LIMIT:
        return {}
    return {"why": f"Keep it under {WHY_LIMIT} characters; this is {len(said)}."}


def _note_value(tx: Transaction, before: Goal, after: Goal, *, actor: str, now: datetime) -> None:
    """A current value that a form brings is a point in the measure's history like one that is posted."""
    known = before.measure.current if before.measure else None
    value = after.measure.current if after.measure else None
    if value is None or value == known:
        return
    id = derived("goal-update", after.id, actor, now.isoformat())
    tx.goal_log.add_update(GoalUpdate(id=id, goal=after.id, person=actor, at=now, text="", value=value))


def editable(store: Store, *, actor: str, words: str) -> list[Goal]:
    """The goals that the actor may change whose titles have these words, or come near; by title.

    Without words the open ones. Raises NotAllowed for those who may change none, NotFound where nothing comes near.
    """
    with store.snapshot() as tx:
        goals = sorted(_editable(tx, actor), key=lambda goal: (goal.title.casefold(), goal.id))
    if not words.strip():
        return [goal for goal in goals if goal.status in OPEN]
    if found := named(goals, words) or _nearest(goals, words):
        return found
    raise NotFound(f"None of the goals you can edit has “{words}”. `/goals edit` lists them.")


def _nearest(goals: Collection[Goal], words: str) -> list[Goal]:
    titles = [one_line(goal.title).casefold() for goal in goals]
    near = get_close_matches(one_line(words).casefold(), titles, n=1)
    return [goal for goal, title in zip(goals, titles, strict=True) if title in near]


def _editable(tx: Transaction, actor: str) -> list[Goal]:
    if tx.people.get(actor).admin:
        return tx.goals.all()
    teams = {team.id for team in owning_teams(tx, actor, None)}
    return [goal for goal in tx.goals.all() if goal.team in teams]


def supportable(store: Store, *, goal: str | None) -> list[Goal]:
    """The open goals that a goal can support without a circle, or does already; None for a new goal."""
    with store.snapshot() as tx:
        goals = tx.goals.all()
    held = next((each.supports for each in goals if each.id == goal), ())
    barred = {goal, *standing_on(goals, goal)} if goal else set()
    return [each for each in goals if each.id in held or (each.status in OPEN and each.id not in barred)]


def editable_goal(tx: Transaction, actor: str, goal: str) -> Goal:
    """The goal, for admins and leads of its team. Raises NotFound, and NotAllowed with the names of those who may."""
    found = tx.goals.get(goal)
    if found.team is None:
        require_admin(tx, actor)
    else:
        require_lead(tx, actor, tx.teams.get(found.team))
    return found


def owning_teams(tx: Transaction, actor: str, goal: Goal | None) -> list[Team]:
    """The teams whose goals the actor may set, in order of name; the goal's own also when it is archived.

    Raises NotAllowed for those who may set none.
    """
    teams, admin = tx.teams.all(), tx.people.get(actor).admin
    led = below(teams, {team.id for team in teams if actor in team.leads})
    owning = [team for team in teams if admin or team.id in led]
    held = tx.teams.find(goal.team) if goal and goal.team else None
    if held and held not in owning:
        owning.append(held)
    if not owning and not admin:
        raise NotAllowed(f"Leads and admins set goals. Ask {_who_may(tx, actor)}.")
    return owning


def _who_may(tx: Transaction, actor: str) -> str:
    """Names of the leads of the actor's teams, of the admins where there are none."""
    leads = tx.people.by_ids([lead for team in tx.teams.of(actor) for lead in team.leads])
    names = [person.name for person in leads.values() if person.active] or [one.name for one in tx.people.admins()]
    return listed(names) or "an owner of this workspace"


def _today(tx: Transaction, actor: str, now: datetime) -> date:
    return local_date(now, tx.people.get(actor).zone or "UTC")
