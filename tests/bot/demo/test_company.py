"""The made-up company: believable, sound as an organisation document, troubled only where it was planted."""

import json
from itertools import pairwise

import pytest

from bot.clock import Clock
from bot.demo import bank, planting
from bot.demo.company import Company, company_of
from bot.demo.furnishing import document, furnish
from bot.demo.names import MAIN
from bot.demo.planting import ALL, Plant
from bot.demo.play import START
from bot.sandbox.sandbox import Sandbox
from bot.settings import Settings
from bot.slack.manifest import manifest
from checkins.document import parse
from checkins.errors import TruelineError
from checkins.model import Level

SIZES = (12, 24, 36, 77, 200)


def company(people: int = 36, seed: int = 7, kinds: frozenset[Plant] = ALL) -> Company:
    return company_of(people=people, seed=seed, kinds=kinds)


@pytest.mark.parametrize("people", SIZES)
def test_everybody_has_a_name_and_an_account_of_their_own_and_one_team(people: int) -> None:
    made = company(people)
    for key in ("id", "name", "email", "user"):
        assert len({getattr(person, key) for person in made.people}) == people
    members = [member for team in made.teams for member in team.members]
    assert sorted(members) == sorted(person.id for person in made.people)
    assert all(len(team.members) >= 4 and team.leads for team in made.teams)


def test_most_people_work_in_one_zone_of_three_continents() -> None:
    zones = [person.zone for person in company().people]
    assert zones.count(MAIN.zone) > len(zones) / 2
    assert {zone.partition("/")[0] for zone in zones} == {"Europe", "America", "Asia"}


@pytest.mark.parametrize("people", SIZES)
@pytest.mark.parametrize("kinds", [ALL, frozenset()], ids=["planted", "none"])
def test_the_document_is_sound(people: int, kinds: frozenset[Plant]) -> None:
    made = company(people, kinds=kinds)
    parsed = parse(json.dumps(document(made)))
    assert len(parsed.people) == people
    assert {goal.level for goal in parsed.goals} == set(Level)


@pytest.mark.parametrize("seed", range(1, 11))
def test_declared_weights_of_a_team_sum_to_one(seed: int) -> None:
    made = company(seed=seed)
    for team in made.teams:
        declared = [goal.weight_for(team.id) or 0 for goal in made.goals if team.id in goal.teams()]
        assert sum(declared) == pytest.approx(1)


@pytest.mark.parametrize("seed", range(1, 11))
def test_the_orphan_alone_has_no_weight_and_the_silo_has_nothing_to_do_with_others(seed: int) -> None:
    made = company(seed=seed)
    orphan, silo = made.plant(Plant.ORPHAN), made.plant(Plant.SILO)
    assert orphan and silo
    assert [goal.id for goal in made.goals if goal.weight is None] == [orphan.goal]
    assert silo.team not in made.partners
    for goal in made.goals:
        involved = {*goal.teams(), *goal.depends_on}
        assert silo.team not in involved or involved == {silo.team}


def test_a_seed_is_a_company_and_other_seeds_plant_elsewhere() -> None:
    assert company(seed=3) == company(seed=3)
    plants = {tuple((planted.team, planted.goal) for planted in company(seed=seed).planted) for seed in range(1, 11)}
    assert len(plants) >= 9


def test_without_plants_nothing_is_wrong() -> None:
    made = company(kinds=frozenset())
    assert made.planted == ()
    assert all(goal.weight for goal in made.goals)
    assert set(made.partners) == {team.id for team in made.teams}


@pytest.mark.parametrize("people", [11, 201])
def test_a_company_too_small_or_too_large_is_refused(people: int) -> None:
    with pytest.raises(TruelineError, match="12 to 200"):
        company(people)


def test_plants_are_named_in_words() -> None:
    assert planting.parse("silo, orphan") == {Plant.SILO, Plant.ORPHAN}
    assert planting.parse("none") == frozenset()
    for text in ("weeds", "silo,none", ""):
        with pytest.raises(TruelineError, match="silo, drift, orphan or none"):
            planting.parse(text)


def test_every_theme_has_enough_to_say() -> None:
    words = bank.load()
    themes = [theme for team in (words.product, *words.teams) for theme in team.goals]
    spoken = [phrase for theme in themes for phrase in theme.phrases]
    spoken += [phrase for phrases in words.off_goal.values() for phrase in phrases]
    assert all(len(theme.phrases) >= 8 for theme in themes)
    assert all(len(set(theme.phrases)) == len(theme.phrases) for theme in themes)
    assert all(one != other for one, other in pairwise(sorted(spoken)))
    assert len({theme.title for theme in themes}) == len(themes)


@pytest.mark.anyio
async def test_the_workspace_is_furnished_with_people_rooms_and_talk() -> None:
    made = company()
    sandbox = Sandbox(manifest(Settings(_env_file=None)), Clock(START), made.bank.name)
    digest_channel = await furnish(sandbox, made)
    assert [user.real_name for user in sandbox.users.values() if user.is_admin] == [made.admin.name]
    assert sandbox.users[made.admin.user].title == "Head of Product"
    assert sandbox.app.bot_user in sandbox.channels[digest_channel].members
    assert all(sandbox.as_person(made.admin.user).messages(f"#{room.name}") for room in made.bank.rooms)
