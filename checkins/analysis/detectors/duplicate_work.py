"""Lines of work of different teams that read alike: always a question, never a claim."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from checkins.analysis.case import Case, finding_of
from checkins.analysis.detectors.guards import apart, words
from checkins.analysis.detectors.likeness import Alike, alike, folded
from checkins.analysis.panel import WINDOW
from checkins.model import Finding, FindingKind, Goal
from checkins.wording import counted, listed, quoted

CERTAIN, LIKELY = 0.8, 0.6  # cosine that is enough, and that is enough with a second sign
PEOPLE_EACH = 2  # on either side, as a second sign
MOST = 3  # questions in a digest
SAY_LITTLE, SAY_NOTHING = 2, 3  # words that two lines must share, and a line that two teams have: "code review" is not
MOST_TEAMS = 3  # that have a line which is a matter of theirs and not of everybody's
SHARED_WORDS = 3  # that a question names


def detect(case: Case) -> Iterator[Finding]:
    """The most alike pairs of a line that is new in the last check-in and one of the last four, between teams that did
    not declare that they work together.  Routine is alike everywhere, so one of the two serves a goal.  At most one
    question for two teams and their goals, three altogether.
    """
    if case.panel.held.any(axis=0).sum() < WINDOW:
        return  # too few words are known to say which are rare
    lines = Lines.of(case)
    asked: set[str] = set()
    for finding in _findings(case, lines):
        if finding.id not in asked:
            asked.add(finding.id)
            yield finding
        if len(asked) == MOST:
            return


def _findings(case: Case, lines: "Lines") -> Iterator[Finding]:
    found = lines.alike()
    for left, right, cosine in found:
        for one in lines.by_team(left):
            for other in lines.by_team(right):
                if _is_question(lines.goals, one, other, cosine=cosine):
                    yield _finding(case, lines, one, other, cosine=cosine)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a team said in one wording, by whom and for which goals. text: folded; said: as it was typed last."""

    team: str
    text: str
    said: str
    people: frozenset[str]
    goals: tuple[str, ...]
    check_ins: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """texts: distinct and folded, of all weeks read.  items: places in the case's columns by text, last weeks only."""

    case: Case
    texts: Sequence[str]
    items: Mapping[str, Sequence[int]]
    new: frozenset[str]
    goals: Mapping[str, Goal]

    @classmethod
    def of(cls, case: Case) -> "Lines":
        columns, periods = case.texts, case.panel.periods
        live = {team.id for team in case.panel.teams if not team.archived}
        since, last = periods[-min(WINDOW, len(periods))].first, periods[-1].first
        items: dict[str, list[int]] = {}
        everything: dict[str, None] = {}
        earlier: set[str] = set()
        for place, text in enumerate(map(folded, columns.text)):
            everything[text] = None
            if columns.day[place] < last:
                earlier.add(text)
            if columns.day[place] >= since and columns.team[place] in live:
                items.setdefault(text, []).append(place)
        return cls(
            case=case,
            texts=sorted(everything),
            items=items,
            new=frozenset(everything.keys() - earlier),
            goals={goal.id: goal for goal in case.panel.goals},
        )

    def alike(self) -> Iterator[tuple[str, str, float]]:
        """Pairs of texts, most alike first; equal ones are one text that several teams have."""
        yield from ((text, text, 1.0) for text in sorted(self.items) if self._is_new_between_teams(text))
        found: Alike = alike(
            self.texts,
            new=np.array([text in self.new for text in self.texts], dtype=np.bool_),
            compared=np.array([text in self.items for text in self.texts], dtype=np.bool_),
            floor=LIKELY,
        )
        for left, right, cosine in found:
            yield self.texts[left], self.texts[right], cosine

    def _is_new_between_teams(self, text: str) -> bool:
        columns, last = self.case.texts, self.case.panel.periods[-1].first
        places = self.items[text]
        before = {columns.team[place] for place in places if columns.day[place] < last}
        teams = {columns.team[place] for place in places}
        return bool(teams - before) and 1 < len(teams) <= MOST_TEAMS

    def by_team(self, text: str) -> list[Line]:
        """Who says it, in order of team."""
        columns = self.case.texts
        places: dict[str, list[int]] = {}
        for place in self.items.get(text, ()):
            places.setdefault(columns.team[place], []).append(place)
        return [
            Line(
                team=team,
                text=text,
                said=columns.text[own[-1]],
                people=frozenset(columns.person[place] for place in own),
                goals=tuple(sorted({goal for place in own if (goal := columns.goal[place])})),
                check_ins=tuple(dict.fromkeys(columns.check_in[place] for place in own)),
            )
            for team, own in sorted(places.items())
        ]


def _is_question(goals: Mapping[str, Goal], one: Line, other: Line, *, cosine: float) -> bool:
    if one.team == other.team or (one.text == other.text and one.team > other.team) or apart(one.text, other.text):
        return False
    if len(_shared(one.text, other.text)) < (SAY_LITTLE if one.text != other.text else SAY_NOTHING):
        return False
    mine, theirs = ([goals[goal] for goal in line.goals if goal in goals] for line in (one, other))
    if not (mine or theirs) or _together(one, other, mine, theirs):
        return False
    return cosine > CERTAIN or _second_sign(one, other, mine, theirs)


def _together(one: Line, other: Line, mine: Sequence[Goal], theirs: Sequence[Goal]) -> bool:
    """Whether they know of each other: one works on a goal of the other, or both on one whose team sees them both."""
    helping = any(other.team in goal.teams() for goal in mine) or any(one.team in goal.teams() for goal in theirs)
    return helping or any(goal.team for goal in mine if goal in theirs)


def _second_sign(one: Line, other: Line, mine: Sequence[Goal], theirs: Sequence[Goal]) -> bool:
    same_goal = bool({*one.goals} & {*other.goals})
    dependencies = [{team for goal in goals for team in goal.depends_on} for goals in (mine, theirs)]
    many = min(len(one.people), len(other.people)) >= PEOPLE_EACH
    return same_goal or bool(dependencies[0] & dependencies[1]) or many


def _finding(case: Case, lines: Lines, one: Line, other: Line, *, cosine: float) -> Finding:
    first, second = sorted((one, other), key=lambda line: line.team)
    names = {team.id: team.name for team in case.panel.teams}
    named = shared_words(first.text, second.text, lines.items)
    about = f" Both speak of {listed([f'“{word}”' for word in named])}." if one.text != other.text else ""
    people = len(first.people), len(second.people)
    return finding_of(
        kind=FindingKind.DUPLICATE_WORK,
        teams=(first.team, second.team),
        goals=sorted({*first.goals, *second.goals}),
        since=case.panel.periods[-1],
        effect=cosine,
        strong=1.0,
        people=float(sum(people)),
        evidence={"cosine": round(cosine, 2), "words": list(named), "people": list(people), "check_ins": WINDOW},
        check_ins=(*first.check_ins, *second.check_ins),
        sentence=(
            f"Are {names[first.team]} and {names[second.team]} doing the same work? {names[first.team]}: "
            f"“{quoted(first.said)}”. {names[second.team]}: “{quoted(second.said)}”.{about} "
            f"From {counted(people[0], 'person', 'people')} and {counted(people[1], 'person', 'people')} "
            f"over up to {counted(WINDOW, 'check-in')}."
        ),
    )


def shared_words(left: str, right: str, texts: Mapping[str, Sequence[int]]) -> tuple[str, ...]:
    """Words that both texts have, those in the fewest texts first."""
    shared = _shared(left, right)
    having = {word: sum(f" {word} " in f" {text} " for text in texts) for word in shared}
    return tuple(sorted(shared, key=lambda word: (having[word], word))[:SHARED_WORDS])


def _shared(left: str, right: str) -> set[str]:
    return ({*words(left)} & {*words(right)}).difference(ENGLISH_STOP_WORDS)
