"""Teams: made, changed and archived by forms; kept in step with user groups and channels."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkins import answering, following, goal_boards, privacy, rounds, teams
from checkins.errors import BadForm, NotAllowed, NotFound
from checkins.model import Person, PromptState, Team
from checkins.ports import Store
from checkins.roster import Profile
from checkins.teams import TeamDraft
from tests.acme import ASKED, day, prompt_of, schedule_mondays, settle_in, work

CREW = "usergroup:S1"
NEXT = ASKED + timedelta(weeks=1)  # in the east the first Monday was over when the schedule was made


@pytest.fixture
def acme(store: Store) -> Store:
    settle_in(store)
    return store


def profile(user: str, name: str = "Somebody", **details: object) -> Profile:
    return Profile(platform="slack", user=user, name=name, **details)  # type: ignore[arg-type]


def profiles(*users: str) -> list[Profile]:
    return [profile(user) for user in users]


def team_of(store: Store, team: str) -> Team:
    with store.snapshot() as tx:
        return tx.teams.get(team)


def home_of(store: Store, person: str) -> str | None:
    with store.snapshot() as tx:
        return tx.people.get(person).home_team


def behind(store: Store, user: str) -> Person:
    with store.snapshot() as tx:
        person = tx.people.by_identity("slack", user)
    assert person is not None
    return person


def crew(store: Store, *users: str, name: str = "Crew", source: str = CREW) -> Team:
    """A team that follows a user group with these accounts."""
    team = teams.add_team(store, actor="ada", draft=TeamDraft(name=name, source=source))
    following.keep_in_step(store, source=source, profiles=profiles(*users))
    return team_of(store, team.id)


# Made


def test_a_team_is_made_of_chat_accounts(acme: Store) -> None:
    members = [profile("UBEN"), profile("UDARA", "Dara"), profile("UBOT", member=False)]
    draft = TeamDraft(name="  Sales & Söhne ", members=members, leads=[profile("UDARA", "Dara")], reminders=2)
    team = teams.add_team(acme, actor="ada", draft=draft)
    dara = behind(acme, "UDARA")
    assert (team.id, team.name, team.added_by, team.reminders) == ("sales-sohne", "Sales & Söhne", "ada", 2)
    assert (team.members, team.leads) == (("ben", dara.id), (dara.id,))
    assert dara.home_team == "sales-sohne"
    assert home_of(acme, "ben") == "growth"  # the first home stays


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (TeamDraft(name="", members=profiles("UX")), {"name"}),
        (TeamDraft(name="growth", members=profiles("UX")), {"name"}),
        (TeamDraft(name="x" * 61, members=profiles("UX")), {"name"}),
        (TeamDraft(name="Ops", members=[]), {"members"}),
        (TeamDraft(name="Ops"), {"members"}),
        (TeamDraft(name="Ops", members=[profile("UBOT", member=False)]), {"members"}),
        (TeamDraft(name=" ", members=[]), {"name", "members"}),
        (TeamDraft(name="Ops", members=profiles("UX"), reminders=3), {"reminders"}),
        (TeamDraft(name="Ops", members=profiles("UX"), parent="nowhere"), {"parent"}),
    ],
)
def test_every_problem_of_a_team_is_said_at_its_field(acme: Store, draft: TeamDraft, fields: set[str]) -> None:
    with pytest.raises(BadForm) as refused:
        teams.add_team(acme, actor="ada", draft=draft)
    assert set(refused.value.problems) == fields


def test_only_admins_make_and_archive_teams_and_only_leads_change_theirs(acme: Store) -> None:
    draft = TeamDraft(name="Ops", members=profiles("UX"))
    with pytest.raises(NotAllowed, match="Ask Ada"):
        teams.add_team(acme, actor="ben", draft=draft)
    with pytest.raises(NotAllowed, match="Ask Ada"):
        teams.archive_team(acme, actor="ben", team="growth")
    with pytest.raises(NotAllowed, match="Only a lead of Platform or an admin"):
        teams.change_team(acme, actor="ben", team="platform", draft=draft)
    with pytest.raises(NotAllowed):
        teams.form(acme, actor="ben", team="platform", platform="slack")
    with pytest.raises(NotAllowed):
        teams.form(acme, actor="ben", team=None, platform="slack")
    assert teams.change_team(acme, actor="ben", team="growth", draft=replace(draft, name="Growing")).name == "Growing"


# Changed


def test_a_change_moves_people_and_keeps_whom_no_form_can_show(acme: Store) -> None:
    draft = TeamDraft(name="Platform", members=profiles("UCLEO", "UNEW"), leads=profiles("UCLEO"), parent="growth")
    teams.change_team(acme, actor="ada", team="platform", draft=draft)
    new = behind(acme, "UNEW").id
    assert team_of(acme, "platform").members == ("noa", "cleo", new)
    assert (home_of(acme, "kiri"), home_of(acme, "cleo"), home_of(acme, new)) == (None, "growth", "platform")
    without = TeamDraft(name="Platform", members=[])
    assert teams.change_team(acme, actor="ada", team="platform", draft=without).members == ("noa",)


def test_members_that_the_form_did_not_show_stay(acme: Store) -> None:
    teams.change_team(acme, actor="ada", team="growth", draft=TeamDraft(name="Growth 2"))
    assert team_of(acme, "growth").members == ("ben", "cleo")


def test_no_team_stands_below_itself(acme: Store) -> None:
    below = TeamDraft(name="Platform", parent="growth")
    teams.change_team(acme, actor="ada", team="platform", draft=below)
    with pytest.raises(BadForm) as refused:
        teams.change_team(acme, actor="ada", team="growth", draft=TeamDraft(name="Growth", parent="platform"))
    assert refused.value.problems == {"parent": "Platform stands below Growth already. Choose another one."}
    with pytest.raises(BadForm):
        teams.change_team(acme, actor="ada", team="growth", draft=TeamDraft(name="Growth", parent="growth"))
    state = teams.form(acme, actor="ada", team="growth", platform="slack")
    assert [team.id for team in state.parents] == []
    assert (state.members, state.leads, state.archivable) == (("UBEN", "UCLEO"), ("UBEN",), True)


def test_the_list_says_what_its_reader_may_change(acme: Store) -> None:
    teams.change_team(acme, actor="ada", team="platform", draft=TeamDraft(name="Platform", parent="growth"))
    shown = {
        actor: {line.team.id: line.changeable for line in teams.listed(acme, actor=actor)} for actor in ("ada", "ben")
    }
    assert shown == {"ada": {"growth": True, "platform": True}, "ben": {"growth": True, "platform": True}}
    assert not any(line.changeable for line in teams.listed(acme, actor="kiri"))
    (line,) = teams.listed(acme, actor="kiri", words="PLAT")
    assert (line.team.name, line.leads, line.parent) == ("Platform", (), "Growth")


# Archived


def test_an_archived_team_is_asked_no_more_and_everything_it_did_stays(acme: Store) -> None:
    schedule_mondays(acme)
    crew(acme, "UCLEO", "UNEW")
    rounds.open_due_rounds(acme, now=NEXT)
    answering.submit(acme, prompt=prompt_of(acme, "ben").id, actor="ben", draft=work(), now=NEXT)
    teams.archive_team(acme, actor="ada", team="growth")
    teams.archive_team(acme, actor="ada", team="growth")
    assert (home_of(acme, "ben"), home_of(acme, "cleo")) == (None, "crew")
    assert team_of(acme, "growth").members == ("ben", "cleo")
    assert goal_boards.everything(acme, actor="kiri", today=day(8)).sections
    with acme.snapshot() as tx:
        assert tx.goals.get("signup").team == "growth"
        assert [answer.person for answer in tx.check_ins.all()] == ["ben"]
    desk = answering.waiting(acme, actor="ben")
    assert desk is not None
    assert desk.answered
    open_prompt = prompt_of(acme, "kiri")
    assert open_prompt.state is PromptState.PENDING
    with pytest.raises(NotFound, match="Growth is archived"):
        teams.change_team(acme, actor="ada", team="growth", draft=TeamDraft(name="Growth"))


def test_an_open_prompt_of_an_archived_team_can_be_answered(acme: Store) -> None:
    schedule_mondays(acme)
    rounds.open_due_rounds(acme, now=NEXT)
    teams.archive_team(acme, actor="ada", team="growth")
    answering.submit(acme, prompt=prompt_of(acme, "ben").id, actor="ben", draft=work(), now=NEXT)
    with acme.snapshot() as tx:
        assert [answer.team for answer in tx.check_ins.all()] == ["growth"]


def test_the_name_of_an_archived_team_is_free_and_its_row_is_not_taken(acme: Store) -> None:
    teams.archive_team(acme, actor="ada", team="growth")
    again = teams.add_team(acme, actor="ada", draft=TeamDraft(name="Growth", members=profiles("UNEW")))
    assert again.id == "growth-2"
    assert team_of(acme, "growth").archived


def test_teams_below_an_archived_one_move_up(acme: Store) -> None:
    top = crew(acme, "UTOP", name="Top")
    teams.change_team(acme, actor="ada", team="growth", draft=TeamDraft(name="Growth", parent=top.id))
    teams.change_team(acme, actor="ada", team="platform", draft=TeamDraft(name="Platform", parent="growth"))
    teams.archive_team(acme, actor="ada", team="growth")
    assert team_of(acme, "platform").parent == "top"


def test_a_schedule_that_named_only_the_archived_team_asks_nobody_instead_of_everybody(acme: Store) -> None:
    schedule_mondays(acme)
    with acme.transaction() as tx:
        tx.rounds.save_schedule(replace(tx.rounds.schedules()[0], teams=("growth", "platform")))
    teams.archive_team(acme, actor="ada", team="growth")
    with acme.snapshot() as tx:
        assert (tx.rounds.schedules()[0].teams, tx.rounds.schedules()[0].active) == (("platform",), True)
    teams.archive_team(acme, actor="ada", team="platform")
    assert rounds.open_due_rounds(acme, now=NEXT).prompts == 0
    with acme.snapshot() as tx:
        assert not tx.rounds.schedules()[0].active


# In step


def test_members_are_those_of_the_source(acme: Store) -> None:
    team = crew(acme, "UBEN", "UNEW", "UKIRI")
    new = behind(acme, "UNEW").id
    assert team.members == ("ben", new, "kiri")
    assert (home_of(acme, "ben"), home_of(acme, new)) == ("growth", "crew")
    visitors = [profile("UKIRI"), profile("UGUEST", member=False), profile("ULATE", "Late")]
    done = following.keep_in_step(acme, source=CREW, profiles=visitors)
    assert (done.members, done.joined, done.left) == (2, 1, 2)
    assert team_of(acme, "crew").members == ("kiri", behind(acme, "ULATE").id)
    assert home_of(acme, new) is None
    with acme.snapshot() as tx:
        assert tx.people.by_identity("slack", "UGUEST") is None
        assert tx.outbox.counts() == {}, "a sync tells nobody"


def test_who_leaves_is_at_home_in_another_of_their_teams(acme: Store) -> None:
    crew(acme, "UNEW")
    crew(acme, "UNEW", name="Away", source="channel:C1")
    following.keep_in_step(acme, source=CREW, profiles=profiles("UBEN"))
    assert behind(acme, "UNEW").home_team == "away"


def test_an_open_prompt_stays_with_the_team_that_was_asked(acme: Store) -> None:
    schedule_mondays(acme)
    crew(acme, "UNEW", "UBEN")
    rounds.open_due_rounds(acme, now=NEXT)
    prompt = prompt_of(acme, behind(acme, "UNEW").id)
    following.keep_in_step(acme, source=CREW, profiles=profiles("UBEN"))
    assert prompt_of(acme, prompt.person) == prompt
    assert prompt.team == "crew"


def test_a_source_without_anybody_to_ask_empties_no_team(acme: Store) -> None:
    crew(acme, "UNEW")
    for nobody in ([], [profile("UBOT", member=False)]):
        assert following.keep_in_step(acme, source=CREW, profiles=nobody).members == 0
    assert team_of(acme, "crew").members == (behind(acme, "UNEW").id,)


def test_the_erased_stay_away_until_somebody_names_them(acme: Store) -> None:
    crew(acme, "UNEW", "UBEN")
    privacy.erase_own(acme, platform="slack", user="UNEW")
    following.keep_in_step(acme, source=CREW, profiles=profiles("UNEW", "UBEN"))
    assert team_of(acme, "crew").members == ("ben",)
    teams.add_team(acme, actor="ada", draft=TeamDraft(name="Again", members=profiles("UNEW")))
    following.keep_in_step(acme, source=CREW, profiles=profiles("UNEW", "UBEN"))
    assert set(team_of(acme, "crew").members) == {"ben", behind(acme, "UNEW").id}


def test_a_newcomer_in_the_east_brings_the_round_forward(acme: Store) -> None:
    schedule_mondays(acme)
    with acme.snapshot() as tx:
        before = tx.rounds.schedules()[0].next_at
    following.keep_in_step(acme, source=CREW, profiles=[])
    team = teams.change_team(acme, actor="ada", team="platform", draft=TeamDraft(name="Platform", members=[]))
    assert team.members == ("noa",)
    with acme.snapshot() as tx:
        without_kiri = tx.rounds.schedules()[0].next_at
    crew(acme, "UKIRI")
    with acme.snapshot() as tx:
        assert without_kiri > before == tx.rounds.schedules()[0].next_at


def test_other_teams_and_archived_ones_follow_nothing(acme: Store) -> None:
    assert following.keep_in_step(acme, source=CREW, profiles=profiles("UNEW")).members == 0
    crew(acme, "UBEN")
    assert following.sources(acme) == {CREW: ("Crew",)}
    teams.archive_team(acme, actor="ada", team="crew")
    assert following.sources(acme) == {}
    following.keep_in_step(acme, source=CREW, profiles=profiles("UNEW"))
    assert team_of(acme, "crew").members == ("ben",)


def test_admins_hear_once_a_week_that_a_source_is_out_of_reach(acme: Store) -> None:
    crew(acme, "UBEN")
    for _ in range(2):
        following.out_of_reach(acme, source=CREW, text="Gone", now=ASKED)
        following.out_of_reach(acme, source="channel:C9", text="Nobody's", now=ASKED)
    with acme.transaction() as tx:
        assert sum(tx.outbox.counts().values()) == 1


def test_who_is_known_needs_no_look_up(acme: Store) -> None:
    found = following.familiar(acme, platform="slack", users=["UBEN", "UNEW"])
    assert list(found) == ["UBEN"]
    crew(acme, "UBEN", "UKIRI")
    following.keep_in_step(acme, source=CREW, profiles=found.values())
    with acme.snapshot() as tx:
        assert tx.people.get("ben").zone == "Europe/Berlin"


USERS = st.lists(st.sampled_from(["UADA", "UBEN", "UCLEO", "UKIRI", "UNEW", "UDARA"]), unique=True)
SYNCS = st.lists(st.tuples(st.sampled_from([CREW, "channel:C1", "channel:C2"]), USERS), min_size=1, max_size=6)


@given(syncs=SYNCS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_home_is_one_of_a_persons_teams_or_none(
    store: Store, syncs: list[tuple[str, list[str]]]
) -> None:
    if not following.sources(store):  # every example goes on where the one before has stopped
        settle_in(store)
        for source in (CREW, "channel:C1", "channel:C2"):
            teams.add_team(store, actor="ada", draft=TeamDraft(name=f"Team of {source}", source=source))
    for source, users in syncs:
        following.keep_in_step(store, source=source, profiles=profiles(*users))
        with store.snapshot() as tx:
            theirs = {team.id: set(team.members) for team in tx.teams.all()}
            homes = {person.id: person.home_team for person in tx.people.all() if person.home_team}
        assert all(person in theirs[home] for person, home in homes.items())
        members = {member for people in theirs.values() for member in people}
        assert members <= homes.keys(), "nobody who is in a team is without a home"
