"""Who may say what "done" means for a goal, and what is stored of it."""

import pytest

from checkins import done_means
from checkins.errors import BadForm, NotAllowed, NotFound
from checkins.model import Goal
from checkins.ports import Store
from tests.acme import MONDAY, settle_in


@pytest.fixture
def acme(store: Store) -> Store:
    """Ben leads Growth and owns its goal "signup"; Cleo is a member; Ada is the admin."""
    settle_in(store)
    return store


def stored(store: Store, goal: str = "signup") -> tuple[str, ...]:
    with store.snapshot() as tx:
        return tx.goals.get(goal).done


@pytest.mark.parametrize("actor", ["ben", "ada"])
def test_owners_leads_and_admins_may(acme: Store, actor: str) -> None:
    done_means.set_statements(
        acme, actor=actor, goal="signup", statements=["Doubled", "", " Up\nby  half "], now=MONDAY
    )
    assert stored(acme) == ("Doubled", "Up by half")
    assert done_means.form(acme, actor=actor, goal="signup").done == ("Doubled", "Up by half")
    done_means.set_statements(acme, actor=actor, goal="signup", statements=[], now=MONDAY)
    assert stored(acme) == ()


def test_others_hear_whom_to_ask(acme: Store) -> None:
    with pytest.raises(NotAllowed, match=r"Ask Ben\.$"):
        done_means.form(acme, actor="cleo", goal="signup")
    with pytest.raises(NotAllowed, match=r"Ask Ben\.$"):
        done_means.set_statements(acme, actor="cleo", goal="signup", statements=["Mine"], now=MONDAY)
    with pytest.raises(NotAllowed, match=r"Ask an admin\.$"):
        done_means.form(acme, actor="cleo", goal="north")
    with pytest.raises(NotFound):
        done_means.form(acme, actor="ada", goal="nowhere")
    assert stored(acme) == ()


def test_an_owner_needs_no_team(acme: Store) -> None:
    with acme.transaction() as tx:
        tx.goals.save(Goal(id="own", title="Own", owner="cleo"))
    done_means.set_statements(acme, actor="cleo", goal="own", statements=["Mine"], now=MONDAY)
    assert stored(acme, "own") == ("Mine",)


@pytest.mark.parametrize(
    ("statements", "field"),
    [
        (["x" * 76], "statement_1"),
        (["Fine", "none of These"], "statement_2"),
        (["a", "b", "c", "d", "e"], "statement_5"),
    ],
)
def test_what_cannot_be_a_statement_changes_nothing(acme: Store, statements: list[str], field: str) -> None:
    with pytest.raises(BadForm) as refused:
        done_means.set_statements(acme, actor="ben", goal="signup", statements=statements, now=MONDAY)
    assert list(refused.value.problems) == [field]
    assert stored(acme) == ()


def test_the_first_of_equal_statements_is_kept(acme: Store) -> None:
    said = ["Doubled", "x" * 75, "doubled", ""]
    done_means.set_statements(acme, actor="ben", goal="signup", statements=said, now=MONDAY)
    assert stored(acme) == ("Doubled", "x" * 75)
