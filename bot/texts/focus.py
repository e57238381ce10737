"""The question that goes round and the ties asked by name. Plain text; in receipts escaped by the caller."""

from collections.abc import Mapping, Sequence

from bot.texts.prompts import readers
from checkins.model import Contact
from checkins.turns import Kind
from checkins.visibility import Grant, Part, Viewer, grant
from checkins.wording import listed

CHOOSE_RATING = "1 to 5"
CHOOSE_STATEMENT = "Choose what comes nearest"
CHOOSE_GOAL = "Choose a goal"
CHOOSE_ANSWER = "Yes, no, or not needed"
NONE_OF_THESE = "None of these"
RATINGS = {"1": "1: not at all", "2": "2: a little", "3": "3: somewhat", "4": "4: quite", "5": "5: completely"}
CONTACTS = {Contact.YES: "Yes", Contact.NOT_NEEDED: "Not needed", Contact.NO: "No"}
_PLACES = ("first", "second", "third")


def label(kind: Kind, place: int, *, goal: str, team: str) -> str:
    """A field's question. place: which of the fields, from 0.  goal: the title of the goal it is about."""
    if kind is Kind.PRIORITIES:
        return f"What comes {_PLACES[place]} among the goals of {team}?"
    asked = {
        Kind.CONFIDENCE: f"How confident are you that “{goal}” will be reached?",
        Kind.CLARITY: f"How clear is it to you what “{goal}” asks for?",
        Kind.DONE: f"What does “done” mean for “{goal}”?",
    }
    return asked[kind]


def who_sees() -> str:
    """Who sees ratings, "done" and priorities, by the table of who sees what."""
    others = {grant(Part.RATING, viewer) for viewer in Viewer if viewer is not Viewer.SELF}
    return "Shown only in groups of five or more" if others == {Grant.GROUPS} else f"Seen by {readers(Part.RATING)}"


def tie(team: str) -> str:
    return f"Were you in touch with {team} since your last check-in?"


def confidence(goal: str, rating: int) -> str:
    return _for_groups(f"Confidence in “{goal}”: {rating} of 5")


def clarity(goal: str, rating: int) -> str:
    return _for_groups(f"Clarity of “{goal}”: {rating} of 5")


def done(goal: str, statement: str) -> str:
    return _for_groups(f"“Done” for “{goal}”: {statement}")


def priorities(goals: Sequence[str]) -> str:
    return _for_groups("What comes first: " + ", then ".join(f"“{goal}”" for goal in goals))


def _for_groups(said: str) -> str:
    seen = who_sees()
    return f"{said} ({seen[0].lower()}{seen[1:]})"


def contacts(answers: Mapping[str, Contact]) -> str:
    """answers: by the names of teams."""
    return "In touch with: " + listed([f"{team} ({CONTACTS[answer].lower()})" for team, answer in answers.items()])
