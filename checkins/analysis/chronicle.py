"""All periods of the records as arrays, from which the case of any of them is cut."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from checkins.analysis.case import Case, Ratings, Said
from checkins.analysis.decisions import Decisions, decisions_of
from checkins.analysis.declared import Declared, declared_of, frozen_goals
from checkins.analysis.panel import Bools, Ints, Panel, entries_between
from checkins.analysis.reading import Numbers, panel_of
from checkins.analysis.records import LOOKBACK, RATED, Records
from checkins.analysis.voices import Voices, numbers_said, words_said
from checkins.model import Cadence, Finding
from checkins.ports import TextColumns


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronicle:
    """The whole span of the records.  running: (P, G), goals of each period.  texts_at: (N,), periods of the texts."""

    cadence: Cadence
    panel: Panel
    declared: Declared
    decisions: Decisions
    said: Said
    confidence: Voices
    running: Bools
    owned: Bools
    texts: TextColumns
    texts_at: Ints

    @classmethod
    def of(cls, records: Records) -> "Chronicle":
        panel = panel_of(
            records.effort, records.prompts, periods=records.periods, teams=records.teams, goals=records.goals
        )
        frozen = frozen_goals(records.rounds, periods=records.periods, cadence=records.cadence)
        declared = declared_of(panel, frozen)
        numbers = Numbers.of(panel.people, teams=panel.teams, goals=panel.goals, periods=panel.periods)
        owned = [goal.owner in records.present for goal in records.goals]
        return cls(
            cadence=records.cadence,
            panel=panel,
            declared=declared,
            decisions=decisions_of(panel, declared, changes=records.changes),
            said=_said(records, numbers),
            confidence=_confidence(records),
            running=_running(panel) | declared.listed,
            owned=np.array(owned, dtype=np.bool_),
            texts=records.texts,
            texts_at=numbers.period(records.texts.day),
        )

    def case(self, last: int, *, earlier: Sequence[Finding]) -> Case:
        """The case of a period, which is numbered from 0, with the 15 before it."""
        start, stop = max(0, last + 1 - LOOKBACK), last + 1
        decisions = self.decisions.deliberate(self.panel, earlier)
        return Case(
            panel=self.panel.between(start, stop),
            running=self.running[last],
            owned=self.owned,
            declared=self.declared.between(start, stop),
            decisions=decisions.between(start, stop),
            said=_said_between(self.said, start, stop),
            confidence=self._ratings(decisions, stop),
            texts=_texts_between(self.texts, self.texts_at, start, stop),
            earlier=earlier,
        )

    def _ratings(self, decisions: Decisions, stop: int) -> Ratings:
        start = max(0, stop - RATED)
        return Ratings(
            periods=self.panel.periods[start:stop],
            voices=self.confidence.between(start, stop),
            decisions=decisions.between(start, stop),
        )


def _confidence(records: Records) -> Voices:
    """By numbers of their own: some of those who rated a goal did so before there was any work that is read."""
    raters = Numbers.of(
        set(records.confidence.person), teams=records.teams, goals=records.goals, periods=records.periods
    )
    return numbers_said(records.confidence, raters)


def _running(panel: Panel) -> Bools:
    """(P, G): active goals whose days touch each period's."""
    facts = panel.facts
    first, last = np.array([(period.first, period.last) for period in panel.periods], dtype="datetime64[D]").T
    running: Bools = facts.active & (facts.starts <= last[:, None]) & (facts.ends >= first[:, None])
    return running


def _said(records: Records, numbers: Numbers) -> Said:
    return Said(
        clarity=numbers_said(records.clarity, numbers),
        done=words_said(records.done, numbers),
        priorities=numbers_said(records.priorities, numbers),
        updates=_owners_words(records, numbers),
    )


def _owners_words(records: Records, numbers: Numbers) -> Ints:
    owner = {goal.id: goal.owner for goal in records.goals}
    last = records.periods[-1].last
    words = [
        (numbers.goal[update.goal], int(numbers.period([update.at.date()])[0]))
        for update in records.updates
        if update.person == owner.get(update.goal) and update.at.date() <= last
    ]
    return np.array(sorted(words, key=lambda word: word[1]), dtype=np.int64).reshape(-1, 2)


def _said_between(said: Said, start: int, stop: int) -> Said:
    def part(voices: Voices) -> Voices:
        return voices.between(start, stop)

    return Said(
        clarity=part(said.clarity),
        done=part(said.done),
        priorities=part(said.priorities),
        updates=entries_between(said.updates, start, stop),
    )


def _texts_between(texts: TextColumns, at: Ints, start: int, stop: int) -> TextColumns:
    part = slice(*np.searchsorted(at, [start, stop]))
    return TextColumns(
        check_in=texts.check_in[part],
        person=texts.person[part],
        team=texts.team[part],
        day=texts.day[part],
        goal=texts.goal[part],
        text=texts.text[part],
    )
