"""Two teams on one matter are asked whether they are; whoever works together, or on something else, is not."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from checkins.analysis.detectors import duplicate_work
from checkins.model import Finding, Goal, Level, Team
from tests.checkins.analysis.companies import Company, monday

NEARLY = ("Moving the customer login over to OpenID Connect", "Moving customer login over to OpenID Connect")


def company(*others: str) -> Company:
    built = Company(teams=[Team(id=name, name=name.title()) for name in ("design", "growth", "platform")])
    built.own("growth", "signup")
    built.own("platform", "uptime")
    for ago in range(4):
        built.answer("dora", "design", ago=ago)
    for place, text in enumerate(others):
        say(built, f"d{place}", "design", text, ago=2)
    return built


def say(built: Company, person: str, team: str, text: str, *, ago: int = 0, goal: str | None = None) -> None:
    texts = built.texts
    texts.check_in.append(f"{person}-{ago}")
    texts.person.append(person)
    texts.team.append(team)
    texts.day.append(monday(ago))
    texts.goal.append(goal)
    texts.text.append(text)


def both(texts: Sequence[str] = NEARLY, *, ago: int = 0, goals: Sequence[str] = ("signup", "uptime")) -> Company:
    built = company("Interviewing five shop owners", "Icons for the mobile menu", "Colours for charts")
    say(built, "ann", "growth", texts[0], ago=ago, goal=goals[0])
    say(built, "bob", "platform", texts[1], goal=goals[1])
    return built


def found(built: Company) -> list[Finding]:
    return list(duplicate_work.detect(built.case()))


def test_two_teams_on_one_matter_are_asked_in_their_own_words() -> None:
    (question,) = found(both())
    assert question.sentence == (
        "Are Growth and Platform doing the same work? Growth: “Moving the customer login over to OpenID Connect”. "
        "Platform: “Moving customer login over to OpenID Connect”. Both speak of “connect”, “customer” and “login”. "
        "From 1 person and 1 person over up to 4 check-ins."
    )
    assert (question.teams, question.goals) == (("growth", "platform"), ("signup", "uptime"))
    assert question.check_ins == ("ann-0", "bob-0")
    assert question.evidence["cosine"] > 0.8


def test_the_same_words_are_one_text_and_need_no_words_named() -> None:
    (question,) = found(both((NEARLY[0], NEARLY[0].upper())))
    assert question.evidence["cosine"] == 1
    assert "Both speak of" not in question.sentence


@pytest.mark.parametrize(
    "texts",
    [
        ("Review the contract of tenant 14", "Review the contract of tenant 41"),
        ("Move switch 2 into rack 11", "Move switch 11 into rack 2"),
        ("Turn on rate limits for the public interface", "Turn off rate limits for the public interface"),
        ("Keep raw events longer than a year", "Don't keep raw events longer than a year"),
        ("Include bots in the traffic numbers", "Exclude bots from the traffic numbers"),
        ("Design the export dialog of reports", "Implement the export dialog of reports"),
        ("Train the spam filter for mails", "Deploy the trained spam filter for mails"),
    ],
)
def test_look_alikes_about_other_work_are_not_asked_about(texts: tuple[str, str]) -> None:
    assert found(both(texts)) == []


def test_teams_that_said_that_they_work_together_are_not_asked() -> None:
    built = both(goals=("signup", "signup"))
    built.goals = [replace(goal, contributing_teams=("platform",)) for goal in built.goals if goal.id == "signup"]
    assert found(built) == []


def test_teams_that_help_a_third_or_each_other_are_not_asked() -> None:
    assert found(both(goals=("signup", "signup"))) == []
    helping = both(goals=("charts", "charts"))
    helping.own("design", "charts")
    assert found(helping) == []


def test_routine_is_alike_everywhere() -> None:
    built = company()
    say(built, "ann", "growth", NEARLY[0])
    say(built, "bob", "platform", NEARLY[1])
    assert found(built) == []


def test_one_team_is_not_asked_about_itself() -> None:
    built = company()
    say(built, "ann", "growth", NEARLY[0])
    say(built, "bob", "growth", NEARLY[1])
    assert found(built) == []


def test_only_what_is_new_this_week_is_asked_about() -> None:
    built = both(ago=3)
    assert len(found(built)) == 1
    say(built, "bob", "platform", NEARLY[1], ago=1)
    assert found(built) == []


def test_work_of_five_weeks_ago_is_over() -> None:
    assert found(both(ago=4)) == []


LIKELY = ("Moving the customer login over to OpenID Connect", "Moving customer login to OpenID Connect, passwords go")


def test_a_likeness_that_is_not_certain_needs_a_second_sign() -> None:
    assert found(both(LIKELY)) == []
    built = both(LIKELY)
    say(built, "amy", "growth", LIKELY[0])
    say(built, "ben", "platform", LIKELY[1])
    (question,) = found(built)
    assert 0.6 < question.evidence["cosine"] < 0.8
    for_all = both(LIKELY, goals=("easy", "easy"))
    for_all.goals.append(Goal(id="easy", title="Easy", level=Level.PRODUCT))
    assert found(for_all)


def test_at_most_three_questions_and_one_for_two_teams_and_their_goals() -> None:
    built = company()
    for number, word in enumerate(("invoices", "payslips", "warehouse", "chargers", "backups")):
        built.own(f"team{number}", f"goal{number}")
        say(built, "ann", "growth", f"Rebuilding the {word} import", goal="signup")
        say(built, f"x{number}", f"team{number}", f"Rebuilding the import of {word}", goal=f"goal{number}")
    assert len(found(built)) == 3
    twice = both()
    say(twice, "amy", "growth", "Rebuilding the invoices import", goal="signup")
    say(twice, "ben", "platform", "Rebuilding the import of invoices", goal="uptime")
    assert len(found(twice)) == 1


def test_long_lines_are_quoted_short_and_on_one_line() -> None:
    long = "Moving the customer login\nover to OpenID Connect " + "and all the rest of it " * 20
    (question,) = found(both((long, long + "too")))
    assert "\n" not in question.sentence
    assert len(question.sentence) < 420


def test_what_everybody_does_is_no_matter_of_two_teams() -> None:
    built = both((NEARLY[0], NEARLY[0]))
    for team in ("design", "sales"):
        built.own(team, f"{team}s")
        say(built, team, team, NEARLY[0])
    assert found(built) == []


@pytest.mark.parametrize("text", ["", "   ", "!!!", "…", "Meetings", "Code review", "Bug fixes and more"])
def test_texts_that_say_nothing_ask_nothing(text: str) -> None:
    assert found(both((text, text))) == []
