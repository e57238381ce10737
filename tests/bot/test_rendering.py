"""What a digest says to a reader, and that no user can make it say more in any dialect."""

from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest

from bot.bars import Kind, alt_text, bars_of, biggest
from bot.rendering import Pictures, digest_html, digest_parts_slack, digest_text, view_of
from checkins.digest import Answers, to_json
from checkins.model import Finding, FindingKind, FindingState
from checkins.ports import StoredDigest
from checkins.publishing import Edition
from tests.bot.weeks import LAST, LONG, TEAMS, TITLES, effort, finding, plain, view, week


def lines(text: str) -> list[str]:
    return text.splitlines()


def test_the_numbers_stand_beside_last_weeks() -> None:
    assert lines(plain(digest_text(view(previous=LAST))))[:5] == [
        "Northwind · Week 47 · 16–22 November 2026",
        "",
        "41 of 52 people answered (last week 44 of 50)",
        "83 % of the work supports a goal (last week 79 %)",
        "18 % of the work is off plan (last week 15 %)",
    ]


def test_numbers_that_the_answers_do_not_carry_are_left_out() -> None:
    parts = digest_parts_slack(view(week(aligned_share=None, plan_gap=None), previous=LAST))
    assert parts.numbers == "*41 of 52* people answered (last week 44 of 50)"
    assert parts.summary == "Week 47: 41 of 52 answered. 1 finding to decide."


@pytest.mark.parametrize(
    ("label", "headline", "compared"),
    [
        ("2026-W47", "Week 47 · 16–22 November 2026", "(last week"),
        ("2026-W46/47", "Weeks 46–47 · 9–22 November 2026", "(the two weeks before"),
        ("2026-W49", "Week 49 · 30 November – 6 December 2026", "(last week"),
        ("2026-W53", "Week 53 · 28 December 2026 – 3 January 2027", "(last week"),
        ("2026-11", "November 2026", "(the month before"),
    ],
)
def test_periods_have_names(label: str, headline: str, compared: str) -> None:
    parts = digest_parts_slack(view(week(period=label), previous=LAST))
    assert parts.headline == headline
    assert compared in parts.numbers


def test_the_same_period_is_not_compared_with_itself() -> None:
    month = week(period="2026-11")
    assert "before" not in digest_text(view(month, previous=week(week="2026-W46", period="2026-11")))


def test_at_most_five_new_findings_are_told_and_the_rest_is_counted() -> None:
    found = (
        *(finding(number) for number in range(1, 8)),
        finding(8, shown=False),
        finding(9, state=FindingState.DELIBERATE),
    )
    parts = digest_parts_slack(view(week(findings=found)))
    assert [text[:9] for text in parts.findings] == [f"Finding {n}" for n in range(1, 6)]
    assert "3 more findings are open." in parts.remarks
    assert parts.summary.endswith("5 findings to decide.")


def test_what_became_of_last_weeks_findings_is_told() -> None:
    parts = digest_parts_slack(view(previous=week(period="2026-W46", findings=(finding(1), finding(2)))))
    assert parts.remarks == ("1 of the 2 findings of last week no longer shows.",)


def test_a_quiet_week_is_one_line() -> None:
    parts = digest_parts_slack(view(week(findings=())))
    assert parts.quiet
    assert plain(parts.summary) == (
        "Week 47: 41 of 52 answered, 83 % of the work supports a goal, 18 % is off plan. Nothing new to decide."
    )
    assert parts.remarks == ()


def test_a_number_and_its_sign_are_never_parted() -> None:
    told = view(previous=LAST, teams=[week(team="pay")])
    parts = digest_parts_slack(told)
    for text in (parts.summary, parts.numbers, *parts.teams, parts.alt_text, digest_text(told)):
        assert "%" in text and " %" not in text
    assert (
        "6 of 8 answered\u00a0·\u00a083\u00a0% supports a goal"
        in digest_parts_slack(view(teams=[week(team="pay", answers=Answers(expected=8, received=6))])).teams[0]
    )


@pytest.mark.parametrize(
    ("open_", "remark"), [(1, "1 finding is still open."), (3, "3 findings are still open.")], ids=["one", "several"]
)
def test_findings_that_were_told_before_are_still_open(open_: int, remark: str) -> None:
    parts = digest_parts_slack(view(week(findings=tuple(finding(n, shown=False) for n in range(open_)))))
    assert parts.quiet and parts.remarks == (remark,)


def unowned(number: int, goal: str, **changes: Any) -> Finding:
    return finding(
        number,
        kind=FindingKind.ORPHAN_GOAL,
        goals=(goal,),
        evidence={"missing": ["owner"]},
        sentence=f"The goal “{goal}” has no owner.",
        **changes,
    )


def test_goals_that_lack_the_same_are_told_in_one_sentence() -> None:
    found = (finding(1), unowned(2, "fast"), finding(3), unowned(4, "evil", since="2026-W43"))
    parts = digest_parts_slack(view(week(findings=found)))
    assert len(parts.findings) == 3
    assert parts.findings[1] == (
        "2 goals have no owner: “Payouts within an hour” and "
        "“&lt;!channel&gt; &amp; *bold* &lt;script&gt;alert(1)&lt;/script&gt;”."
    )
    assert parts.summary.endswith("4 findings to decide.")
    assert parts.remarks == ()


def test_one_goal_keeps_its_own_sentence_and_many_are_counted() -> None:
    def told(goals: int) -> tuple[str, ...]:
        return digest_parts_slack(view(week(findings=tuple(unowned(n, f"g{n}") for n in range(goals))))).findings

    assert told(1) == ("The goal “g0” has no owner.",)
    assert told(9) == ("9 goals have no owner: “g0”, “g1”, “g2” and 6 more.",)


def drift(number: int, *, team: str = "pay", goal: str = "fast", basis: str = "plan") -> Finding:
    return finding(number, kind=FindingKind.DRIFT, basis=basis, teams=(team,), goals=(goal,), sentence=f"{number}.")


def test_a_teams_drift_is_told_once_whichever_goals_it_shows_in() -> None:
    found = (drift(1), drift(2, team="app"), drift(3, basis="history"), drift(4, goal="new", basis="history"))
    parts = digest_parts_slack(view(week(findings=found)))
    assert parts.findings == ("1. The team also drifts on “new”.", "2.")
    assert parts.summary.endswith("4 findings to decide.")
    alone = digest_parts_slack(view(week(findings=(drift(1), drift(2, basis="history")))))
    assert alone.findings == ("1.",)


def test_what_planned_shares_are_is_said_where_they_are_shown() -> None:
    note = "Planned shares leave 10 % for the reserve: 50 % counts as 45 %."
    parts = digest_parts_slack(view(week(plan_note=note), teams=[week(team="pay", plan_note=note)]))
    assert note in parts.remarks and lines(parts.teams[0])[-1] == note
    assert note not in digest_parts_slack(view(week(plan_note=note, findings=()))).remarks
    assert note in digest_text(view(week(plan_note=note, findings=())))


def test_the_first_weeks_say_when_findings_start() -> None:
    note = "Findings start after 4 check-ins."
    parts = digest_parts_slack(view(week(findings=(), notes=(note,))))
    assert not parts.quiet
    assert parts.remarks == (note,)
    assert "Nothing stands out so far." in digest_text(view(week(findings=(), notes=(note,))))


def test_a_week_in_which_nobody_was_asked_says_so() -> None:
    nobody = week(answers=Answers(expected=0, received=0), aligned_share=None, plan_gap=None, goals=(), findings=())
    assert digest_parts_slack(view(nobody)).summary == "Week 47: nobody was asked. Nothing new to decide."


def test_the_thread_tells_each_team_that_answered() -> None:
    pay = week(team="pay", answers=Answers(expected=8, received=6), plan_gap=None, findings=())
    duo = week(team="duo", answers=Answers(expected=2, received=1), goals=(), off_goals=None, findings=())
    silent = week(team="app", answers=Answers(expected=4, received=0))
    parts = digest_parts_slack(view(teams=[pay, duo, silent]))
    # "1 of 2 answered" would point at the one who did not
    duo_told, pay_told = map(plain, parts.teams)
    assert duo_told == "*Duo* · 83 % supports a goal · 18 % off plan"
    assert lines(pay_told)[0] == "*Payments* · 6 of 8 answered · 83 % supports a goal"
    assert lines(pay_told)[1] == "• 18 % “Payouts within an hour”, planned 40 % (likely 14–22 %)"
    assert lines(pay_told)[-1] == "• 17 % on none of our goals"


def test_slack_gets_nothing_that_calls_or_links_anybody() -> None:
    parts = digest_parts_slack(view(teams=[week(team="app", findings=())]))
    told = "\n".join((parts.summary, parts.numbers, *parts.findings, *parts.remarks, *parts.teams))
    assert "<" not in told and ">" not in told
    assert "&lt;!channel&gt; &amp; *bold* &lt;script&gt;" in parts.findings[0]
    assert "&amp;amp;" not in told and "&#39;" not in told
    assert parts.teams[0].startswith("*App &lt;b&gt;*")


def test_no_dialect_passes_on_characters_that_nobody_can_see() -> None:
    hidden = week(findings=(finding(1, sentence="one\u202e\x1b[31mtwo\nthree"),))
    for told in (digest_text(view(hidden)), digest_html(view(hidden), pictures=None)):
        assert "one [31mtwo three" in told


def test_long_titles_are_cut_between_words() -> None:
    (line,) = (line for line in lines(digest_text(view())) if "Bring the checkout" in line)
    quoted = line.partition("“")[2].partition("”")[0]
    assert len(quoted) <= 120 and quoted.endswith("…") and LONG.startswith(quoted[:-1] + " ")


class Page(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_needs_nothing_else_and_runs_nothing() -> None:
    page = Page(digest_html(view(teams=[week(team="app")]), pictures=Pictures(light=b"light", dark=b"dark")))
    assert not [tag for tag, _ in page.tags if tag in ("script", "link", "iframe")]
    sources = [attrs[name] or "" for _, attrs in page.tags for name in ("src", "srcset", "href") if name in attrs]
    assert len(sources) == 2 and all(source.startswith("data:image/png;base64,") for source in sources)
    assert "<script>alert(1)</script>" in page.words  # as words
    assert next(attrs["alt"] for tag, attrs in page.tags if tag == "img")


def test_the_page_lists_every_goal_but_only_columns_that_say_something() -> None:
    unplanned = week(plan_gap=None, goals=tuple(effort(f"g{n}", 0.05) for n in range(20)), findings=())
    page = Page(digest_html(view(unplanned), pictures=None))
    assert all(f"g{n}" in page.words for n in range(20))
    assert "Planned" not in page.words and "Off plan" not in page.words


def test_bars_are_the_goals_farthest_from_the_plan_then_the_biggest_then_the_others_then_the_rest() -> None:
    near = effort("near", 0.11, 0.1)
    goals = (*(effort(f"g{n}", 0.01 * n) for n in range(1, 11)), near, effort("plan", 0.0, 0.5), effort("idle", 0.0))
    bars = bars_of(week(goals=goals, off_goals=0.34), {}, most=5)
    assert [bar.title for bar in bars] == ["plan", "near", "g10", "g9", "8 other goals", "None of our goals"]
    assert bars[4].kind is Kind.OTHERS and bars[4].actual == pytest.approx(0.36)
    assert bars[5].actual == pytest.approx(0.34)
    assert bars[0].declared == 0.5
    assert biggest(bars) == bars[5] and biggest(bars[:2]) == bars[1] and biggest([]) is None


def test_the_picture_is_described_for_those_who_cannot_see_it() -> None:
    told = alt_text(bars_of(week(goals=(effort("fast", 0.18, 0.4),)), TITLES))
    assert plain(told) == (
        "Share of the work by goal. Payouts within an hour: 18 % (planned 40 %); None of our goals: 17 %."
    )
    assert alt_text([]) == "No effort was reported in this period."
    assert (
        len(
            alt_text(
                bars_of(
                    week(goals=tuple(effort(f"g{n}", 0.1) for n in range(10))),
                    dict.fromkeys((f"g{n}" for n in range(10)), LONG),
                )
            )
        )
        <= 1500
    )


def test_a_stored_edition_is_read_back() -> None:
    def stored(digest: object, **changes: object) -> StoredDigest:
        return StoredDigest(
            **(
                {"week": "2026-W47", "team": None, "body": digest, "built_at": datetime(2026, 11, 20, tzinfo=UTC)}
                | changes
            )
        )

    edition = Edition(
        digest=stored(to_json(week())),
        teams=(stored(to_json(week(team="pay")), team="pay"),),
        previous=stored(to_json(LAST), week="2026-W46"),
        goal_titles=TITLES,
        team_names=TEAMS,
        channel="C1",
        zone="Europe/Berlin",
        published=True,
    )
    parts = digest_parts_slack(view_of(edition))
    assert parts == digest_parts_slack(view(previous=LAST, teams=[week(team="pay")]))
