"""The shape of an organisation document. Every field may be absent; which were given is in ``model_fields_set``."""

import re
from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from checkins.focus import NONE_OF_THESE, STATEMENT_LIMIT, STATEMENTS
from checkins.model import Cadence, Contact, Entered, GoalStatus, Level, Reason


def _storable(text: str) -> str:
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("holds a character that cannot be stored")
    return text


def _shaped(pattern: str, problem: str) -> AfterValidator:
    form = re.compile(pattern)

    def check(text: str) -> str:
        if not form.fullmatch(text):
            raise ValueError(f'"{text}" {problem}')
        return text

    return AfterValidator(check)


def _zone(text: str) -> str:
    if text not in available_timezones():
        raise ValueError(f'"{text}" is no time zone; write one like Europe/Berlin')
    return text


def _version(number: int) -> int:
    if number != 1:
        raise ValueError(f"is {number}; allowed is 1")
    return number


def _date(value: Any) -> Any:
    if isinstance(value, date) or value is None:
        return value
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            raise ValueError
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"{_quoted(value)} is no date; write one like 2026-11-16") from None


def _statements(texts: tuple[str, ...]) -> tuple[str, ...]:
    for place, text in enumerate(texts):
        if text in texts[:place]:
            raise ValueError(f'names "{text}" twice')
    if NONE_OF_THESE in texts:
        raise ValueError(f'"{NONE_OF_THESE}" is offered with every goal; leave it out')
    return texts


def _quoted(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


Text = Annotated[str, AfterValidator(_storable)]
Named = Annotated[str, StringConstraints(min_length=1), AfterValidator(_storable)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=120), AfterValidator(_storable)]
Email = Annotated[Text, _shaped(r"[^@\s]+@[^@\s]+\.[^@\s.]+", "is no e-mail address")]
Zone = Annotated[Text, AfterValidator(_zone)]
Country = Annotated[Text, _shaped(r"[A-Z]{2}", "is no country code; write two capital letters like DE")]
SlackUser = Annotated[Text, _shaped(r"[UW][A-Z0-9]{2,}", "is no Slack user id; they look like U012AB3CD")]
Day = Annotated[date, BeforeValidator(_date)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Version = Annotated[int, AfterValidator(_version)]
Rating = Annotated[int, Field(ge=1, le=5)]
Tenth = Annotated[int, Field(ge=1, le=10)]
Statement = Annotated[str, StringConstraints(min_length=1, max_length=STATEMENT_LIMIT), AfterValidator(_storable)]
Statements = Annotated[tuple[Statement, ...], Field(strict=False, max_length=STATEMENTS), AfterValidator(_statements)]
Ids = Annotated[tuple[Id, ...], Field(strict=False)]


class Form(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    def given(self) -> dict[str, Any]:
        """The fields that the document names, None where it clears them."""
        return {name: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set}


class StrategyForm(Form):
    vision: Text | None = None
    mission: Text | None = None
    target_market: Text | None = None
    value_proposition: Text | None = None


class TeamForm(Form):
    id: Id
    name: Named = ""
    parent: Id | None = None
    leads: Ids | None = None
    members: Ids | None = None
    reserve: Share | None = None


class PersonForm(Form):
    id: Id
    name: Named = ""
    email: Email | None = None
    timezone: Zone | None = None
    country: Country | None = None
    slack: SlackUser | None = None
    home_team: Id | None = None


class MeasureForm(Form):
    name: Named
    framework: Text | None = None
    baseline: Number | None = None
    target: Number | None = None
    unit: Text | None = None
    current: Number | None = None


class IceForm(Form):
    impact: Tenth
    confidence: Tenth
    ease: Tenth


class GoalForm(Form):
    id: Id
    title: Named = ""
    description: Text | None = None
    level: Annotated[Level, Field(strict=False)] | None = None
    supports: Ids | None = None
    owner: Id | None = None
    team: Id | None = None
    contributing_teams: Ids | None = None
    depends_on: Ids | None = None
    starts: Day | None = None
    ends: Day | None = None
    weight: Share | None = None
    weights: dict[Id, Share] | None = None
    measure: MeasureForm | None = None
    status: Annotated[GoalStatus, Field(strict=False)] | None = None
    done: Statements | None = None  # what "done" could mean
    ice: IceForm | None = None


class ItemForm(Form):
    text: Text = ""
    goal: Id | None = None
    reason: Annotated[Reason, Field(strict=False)] | None = None
    share: Share | None = None


class CheckInForm(Form):
    id: Id
    person: Id = ""
    team: Id = ""
    date: Day = date.min
    items: Annotated[tuple[ItemForm, ...], Field(strict=False)] | None = None
    worked_with: Ids | None = None
    waiting_on: Ids | None = None
    contacts: dict[Id, Annotated[Contact, Field(strict=False)]] | None = None
    confidence: dict[Id, Rating] | None = None
    clarity: dict[Id, Rating] | None = None
    done: dict[Id, Text] | None = None
    priorities: Ids | None = None
    entered: Annotated[Entered, Field(strict=False)] | None = None
    late: bool | None = None
    note: Text | None = None


class Document(Form):
    """A document whose shape is sound. What its ids point to is checked when it is applied."""

    format: Literal["trueline-organisation"]
    version: Version
    name: Named = ""
    cadence: Annotated[Cadence, Field(strict=False)] | None = None
    strategy: StrategyForm | None = None
    teams: Annotated[tuple[TeamForm, ...], Field(strict=False)] = ()
    people: Annotated[tuple[PersonForm, ...], Field(strict=False)] = ()
    goals: Annotated[tuple[GoalForm, ...], Field(strict=False)] = ()
    check_ins: Annotated[tuple[CheckInForm, ...], Field(strict=False)] = ()
