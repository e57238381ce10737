"""The digest as JSON: the keys of the document, and nothing lost on the way there and back."""

import json
from dataclasses import replace

from checkins.digest import ONE_PERSON, Answers, Digest, GoalEffort, by_audience, from_json, to_json
from checkins.model import Finding, FindingKind, FindingState

FINDING = Finding(
    id="f00d",
    kind=FindingKind.DRIFT,
    basis="plan",
    teams=("growth",),
    goals=("signup",),
    since="2026-W44",
    weeks=3,
    severity=0.7,
    evidence={"effect": 0.22, "answers": 29},
    check_ins=("one", "two"),
    sentence="Growth put 18 % of its work into “Signup” (likely 14–22 %); 40 % was planned.",
    state=FindingState.ACCEPTED,
)
DIGEST = Digest(
    week="2026-W47",
    period="2026-W47",
    team=None,
    answers=Answers(expected=52, received=41),
    aligned_share=0.83,
    plan_gap=None,
    goals=(GoalEffort(goal="signup", declared=0.4, actual=0.18, low=0.14, high=0.22),),
    findings=(FINDING,),
    notes=("Findings start after 4 check-ins.",),
    off_goals=0.1,
    plan_note="Planned shares leave room for the teams' reserves.",
)


def test_the_document_has_the_keys_that_outlive_a_version() -> None:
    body = to_json(DIGEST)
    assert list(body) == [
        "week",
        "period",
        "team",
        "answers",
        "aligned_share",
        "plan_gap",
        "goals",
        "findings",
        "notes",
        "off_goals",
        "plan_note",
    ]
    assert body["answers"] == {"expected": 52, "received": 41}
    assert body["goals"] == [{"goal": "signup", "declared": 0.4, "actual": 0.18, "low": 0.14, "high": 0.22}]
    (finding,) = body["findings"]
    assert set(finding) == set(Finding.__dataclass_fields__) - {"decision", "decided_at"}
    assert (finding["kind"], finding["state"], finding["check_ins"]) == ("drift", "accepted", ["one", "two"])


def test_writing_and_reading_gives_the_same_digest() -> None:
    assert from_json(json.loads(json.dumps(to_json(DIGEST)))) == DIGEST


def test_a_digest_without_remarks_is_read() -> None:
    body = {key: value for key, value in to_json(DIGEST).items() if key not in ("notes", "off_goals", "plan_note")}
    bare = from_json(body)
    assert (bare.notes, bare.off_goals, bare.plan_note) == ((), None, None)


def test_each_digest_carries_what_is_for_its_audience() -> None:
    alone = replace(FINDING, id="alone", evidence={"decay": ONE_PERSON})
    unlisted = replace(FINDING, id="unlisted", teams=("growth", "platform"), evidence={"listed": False})
    assert by_audience([FINDING, alone, unlisted]) == {
        None: (FINDING,),
        "growth": (FINDING, alone, unlisted),
        "platform": (unlisted,),
    }
