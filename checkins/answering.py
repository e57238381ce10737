"""Answering a prompt: by form, by one click, not at all, or later. One transaction each, safe to repeat."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile

from checkins import expected_ties as ties
from checkins import focus as questions
from checkins.deliveries import change_message, prompt_key, tell_admins
from checkins.errors import BadForm, NotAllowed, NotFound, RoundClosed, TruelineError
from checkins.forms import GOAL, ITEMS, AnswerDraft, ItemDraft, prefill, work_items
from checkins.ids import derived
from checkins.missing_goals import tell_late
from checkins.model import (
    CheckIn,
    DeliveryKind,
    Entered,
    Goal,
    LinkedWork,
    Person,
    Prompt,
    PromptState,
    Round,
    Team,
)
from checkins.ports import Store, Transaction
from checkins.reminding import bring_back
from checkins.turns import Turn

LATER = timedelta(hours=3)
MANY_UNCHANGED = 3
RECENT = max(MANY_UNCHANGED, questions.HISTORY) + 1  # check-ins that a desk needs, the prompt's own among them
NO_GOALS = "Answers are coming in, but there are no goals to map them to. Set some in App Home."


class NeedsForm(TruelineError):
    """The last answer cannot be repeated as it is; the form has to be opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a person answering has in front of them. goals: those that can be chosen, the team's own first."""

    prompt: Prompt
    round: Round
    person: Person
    team: Team
    last: CheckIn | None  # this prompt's answer if there is one, else the last one before it
    answered: bool
    newest: bool  # no later check-in has opened for this person; only the newest can be answered
    first: bool  # there is no answer of this person yet
    unchanged: int  # answers in a row that repeated the one before, at most MANY_UNCHANGED
    goals: tuple[Goal, ...]
    goal_titles: dict[str, str]
    teams: tuple[Team, ...]  # the other teams
    leads: tuple[str, ...]  # names
    added_by: str | None  # the name of the admin who set the team up
    digest_at: datetime | None
    linked: tuple[LinkedWork, ...] = ()  # messages that no check-in has taken up yet, oldest first
    history: tuple[CheckIn, ...] = ()  # the person's latest check-ins besides this prompt's own, newest first

    @property
    def newcomer(self) -> bool:
        """Whether the person has not answered in chat yet."""
        return self.last is None or self.last.entered is Entered.IMPORT

    @property
    def draft(self) -> AnswerDraft:
        """The form as it opens, linked messages before the last answer's rows, but after those of an edited answer.

        A note belongs to its own week and is not carried over.
        """
        filled = prefill(self.last)
        room = ITEMS - len(filled.items) if self.answered else ITEMS
        taken = self.linked[:room]
        linked, names = tuple(map(self._row, taken)), tuple(work.id for work in taken)
        if self.own:
            return replace(
                filled,
                items=filled.items + linked,
                linked=names,
                focus=questions.chosen(self.own),
                contacts=dict(self.own.contacts),
            )
        return replace(filled, items=(linked + filled.items)[:ITEMS], linked=names, note="")

    @property
    def own(self) -> CheckIn | None:
        """This prompt's answer."""
        return self.last if self.answered else None

    @property
    def focus(self) -> questions.Question | None:
        """The round's question as this person is asked it; in an edited answer, the one that was answered."""
        if self.own and questions.chosen(self.own):
            return questions.question_of(self.own, goals=self.goals)
        turn = Turn.frozen_in(self.round.questions)
        if turn is None:
            return None
        return questions.question_for(turn, team=self.team.id, goals=self.goals, history=self.history)

    @property
    def expected_ties(self) -> tuple[Team, ...]:
        """The teams that this person is asked about by name."""
        expected = ties.expected(self.team.id, teams=self.teams, goals=self.goals)
        named = (*self.last.worked_with, *self.last.waiting_on) if self.last else ()
        given = tuple(self.own.contacts) if self.own else ()
        return ties.to_ask(expected, history=self.history, named=named, given=given)

    def _row(self, work: LinkedWork) -> ItemDraft:
        running = work.goal in {goal.id for goal in self.goals}
        return ItemDraft(text=work.text, choice=f"{GOAL}{work.goal}" if running else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was stored. ``in_place``: the prompt's own message will show it."""

    desk: Desk
    check_in: CheckIn
    in_place: bool


def desk(store: Store, *, prompt: str) -> Desk:
    """Everything that the prompt's message, form and receipt show. Raises NotFound."""
    with store.snapshot() as tx:
        return _desk(tx, tx.rounds.prompt(prompt))


def mine(store: Store, *, actor: str, prompt: str) -> Desk:
    """The desk of the person's own prompt while it can be answered. Raises as ``submit``, except BadForm."""
    with store.snapshot() as tx:
        return _desk(tx, _own(tx, actor=actor, prompt=prompt))


def waiting(store: Store, *, actor: str) -> Desk | None:
    """The desk of the person's newest prompt, whatever its state; None when nobody asked yet."""
    with store.snapshot() as tx:
        prompt = tx.rounds.latest_prompt(actor)
        return _desk(tx, prompt) if prompt else None


def _desk(tx: Transaction, prompt: Prompt) -> Desk:
    round_ = tx.rounds.get(prompt.round)
    team = tx.teams.get(prompt.team)
    recent = tx.check_ins.recent_of(prompt.person, RECENT)
    mine = _answer_to(tx, prompt, recent)
    last = mine or next(iter(recent), None)
    all_goals = tx.goals.all()
    running = [goal for goal in all_goals if goal.runs_between(round_.date, round_.date)]
    workspace = tx.workspace.get()
    named = tx.people.by_ids((*team.leads, *((team.added_by,) if team.added_by else ())))
    return Desk(
        prompt=prompt,
        round=round_,
        person=tx.people.get(prompt.person),
        team=team,
        last=last,
        answered=mine is not None,
        newest=_is_newest(tx, prompt),
        first=last is None,
        unchanged=_unchanged(recent[:MANY_UNCHANGED]),
        goals=tuple(sorted(running, key=lambda goal: (team.id not in goal.teams(), goal.title.casefold()))),
        goal_titles={goal.id: goal.title for goal in all_goals},
        teams=tuple(other for other in tx.teams.all() if other.id != team.id),
        leads=tuple(named[lead].name for lead in team.leads if lead in named),
        added_by=named[team.added_by].name if team.added_by in named else None,
        digest_at=workspace.digest.next_at if workspace.digest else None,
        linked=tuple(tx.linked.of(prompt.person)),
        history=tuple(answer for answer in recent if answer.prompt != prompt.id)[: questions.HISTORY],
    )


def _answer_to(tx: Transaction, prompt: Prompt, recent: Sequence[CheckIn]) -> CheckIn | None:
    """The prompt's own answer; it is nearly always among the newest, which are read anyway."""
    found = next((answer for answer in recent if answer.prompt == prompt.id), None)
    return found or (tx.check_ins.of_prompt(prompt.id) if prompt.state is PromptState.ANSWERED else None)


def _unchanged(newest_first: Sequence[CheckIn]) -> int:
    return sum(1 for _ in takewhile(lambda answer: answer.entered is Entered.SAME, newest_first))


def submit(store: Store, *, actor: str, prompt: str, draft: AnswerDraft, now: datetime) -> Receipt:
    """Store a filled form, again and again until the next round opens; each revision is kept.

    Raises BadForm by field, NotAllowed for somebody else's prompt, RoundClosed after the next round has opened.
    """
    with store.transaction() as tx:
        at = _desk(tx, _own(tx, actor=actor, prompt=prompt))
        before = at.last.items if at.last else ()
        items = work_items(draft, goals={goal.id for goal in at.goals}, before=before)
        problems = _problems(at, draft)
        if problems:
            raise BadForm(problems)
        answer = CheckIn(
            id=derived("check-in", prompt),
            person=actor,
            team=at.team.id,
            date=at.round.date,
            items=items,
            worked_with=draft.worked_with,
            waiting_on=draft.waiting_on,
            contacts=ties.answered(draft.contacts, before=at.own.contacts if at.own else {}),
            note=draft.note.strip(),
            entered=draft.entered,
            prompt=prompt,
        )
        answer = questions.answered(answer, draft.focus, before=_chosen_before(at))
        return _store(tx, _use_up(tx, at, draft.linked), answer, now=now)


def _problems(at: Desk, draft: AnswerDraft) -> dict[str, str]:
    others = {team.id for team in at.teams}
    gone = [team for team in (*draft.worked_with, *draft.waiting_on) if team not in others]
    return {
        **({"worked_with": "One of these teams is gone. Choose again."} if gone else {}),
        **ties.problems(draft.contacts, teams=at.teams),
        **questions.problems(draft.focus, goals=at.goals, before=_chosen_before(at)),
    }


def _chosen_before(at: Desk) -> dict[str, str]:
    return questions.chosen(at.own) if at.own else {}


def _use_up(tx: Transaction, at: Desk, linked: Sequence[str]) -> Desk:
    """Linked messages that the form showed are part of the answer now, or were left out of it on purpose."""
    if linked:
        tx.linked.remove(at.person.id, linked)
    return replace(at, linked=tuple(work for work in at.linked if work.id not in linked))


def same_as_last(store: Store, *, actor: str, prompt: str, now: datetime) -> Receipt:
    """Store the last answer's work once more; a second click changes nothing. The rest belongs to its own week.

    Raises NeedsForm when there is no last answer or one of its goals has closed, else as ``submit``.
    """
    with store.transaction() as tx:
        at = _desk(tx, _own(tx, actor=actor, prompt=prompt))
        if at.last is None:
            raise NeedsForm("There is no answer to repeat yet.")
        if at.answered:
            return Receipt(desk=at, check_in=at.last, in_place=at.prompt.message is not None)
        if not all(item.text.strip() for item in at.last.items):
            raise NeedsForm("The words of your last answer have been removed by now. Write them anew.")
        running = {goal.id for goal in at.goals}
        if any(item.goal and item.goal not in running for item in at.last.items):
            raise NeedsForm("A goal of your last answer has closed. Choose where that work belongs now.")
        others = {team.id for team in at.teams}
        answer = replace(
            at.last,
            id=derived("check-in", prompt),
            team=at.team.id,
            date=at.round.date,
            worked_with=tuple(team for team in at.last.worked_with if team in others),
            waiting_on=tuple(team for team in at.last.waiting_on if team in others),
            contacts={},
            confidence={},
            clarity={},
            done={},
            priorities=(),
            note="",
            entered=Entered.SAME,
            prompt=prompt,
            revision=1,
        )
        return _store(tx, at, answer, now=now)


def _own(tx: Transaction, *, actor: str, prompt: str) -> Prompt:
    try:
        found = tx.rounds.prompt(prompt)
    except NotFound:
        raise NotFound("This check-in is gone. Type `/checkin` to answer the current one.") from None
    if found.person != actor:
        raise NotAllowed("This check-in belongs to somebody else. Type `/checkin` for your own.")
    if not _is_newest(tx, found):
        raise RoundClosed("The next check-in has opened since, so this one is closed. Type `/checkin` to answer it.")
    return found


def _is_newest(tx: Transaction, prompt: Prompt) -> bool:
    latest = tx.rounds.latest_prompt(prompt.person)
    return latest is not None and latest.id == prompt.id


def _store(tx: Transaction, at: Desk, answer: CheckIn, *, now: datetime) -> Receipt:
    revision = at.last.revision + 1 if at.answered and at.last else 1
    stored = replace(answer, revision=revision, late=now > at.prompt.closes_at)
    tx.check_ins.save(stored, at=now)
    tx.rounds.save_prompt(replace(at.prompt, state=PromptState.ANSWERED, remind_at=None))
    bring_back(tx, at.person, now=now)
    if not at.goals:
        tell_admins(tx, key="no-goals", text=NO_GOALS, now=now)
    tell_late(tx, at.round, stored, before=at.last if at.answered else None, now=now)
    in_place = change_message(tx, at.prompt, DeliveryKind.RECEIPT, key=f"receipt:{at.prompt.id}:{revision}", now=now)
    return Receipt(desk=replace(at, last=stored, answered=True), check_in=stored, in_place=in_place)


def skip(store: Store, *, actor: str, prompt: str, now: datetime) -> Desk:
    """Not this time: a normal answer, never counted against anybody. An answer given already stays, and so
    does an absence.

    Raises NotAllowed and RoundClosed as ``submit``.
    """
    with store.transaction() as tx:
        at = _desk(tx, _own(tx, actor=actor, prompt=prompt))
        if at.answered or at.prompt.state in (PromptState.SKIPPED, PromptState.AWAY):
            return at
        skipped = replace(at.prompt, state=PromptState.SKIPPED, remind_at=None)
        tx.rounds.save_prompt(skipped)
        change_message(tx, skipped, DeliveryKind.CLOSED, key=f"skipped:{skipped.id}", now=now)
        return replace(at, prompt=skipped)


def later(store: Store, *, actor: str, prompt: str, now: datetime) -> datetime:
    """Ask again in three hours, at the latest half an hour before the window closes; returns when.

    Raises NotAllowed and RoundClosed as ``submit``, TruelineError when the window has no room left.
    """
    with store.transaction() as tx:
        found = _own(tx, actor=actor, prompt=prompt)
        again = min(now + LATER, found.closes_at - timedelta(minutes=30))
        if again <= now:
            raise TruelineError("This check-in closes soon, so there is no later. Answer now, or skip it.")
        if found.state in (PromptState.ANSWERED, PromptState.SKIPPED):
            raise TruelineError("This check-in is done already.")
        if not tx.outbox.release(prompt_key(found), not_before=again):
            tx.rounds.save_prompt(replace(found, remind_at=again, snoozed=True))
        return again
