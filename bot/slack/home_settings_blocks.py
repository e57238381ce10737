"""What App Home shows of when and how often its reader is asked, each line with what changes it."""

from collections.abc import Iterable

from bot.escaping import escape
from bot.slack import blocks
from bot.slack.blocks import Block, View
from bot.slack.ids import Action, Callback, pack
from bot.slack.setup_blocks import zone_option
from bot.texts import home_settings as texts
from checkins.model import Absence
from checkins.preferences import Preferences, country_name

AUTO = "auto"
FIRST, LAST = "first", "last"  # fields of the form for days off
MOST_ABSENCES = 8
MOST_TEAMS = 100


def settings(shown: Preferences, *, command: str) -> list[Block]:
    """At most 16 blocks; none for people in no team, whom nobody asks. command: the one for check-ins."""
    if shown.person.home_team is None:
        return []
    paused = shown.person.paused
    return [
        blocks.header(texts.TITLE),
        *([_resume()] if paused else []),
        *_days_off(shown, command),
        _reminders(shown),
        _zone(shown),
        _country(shown),
        *_home_team(shown),
        *([] if paused else [_pause()]),
    ]


def _days_off(shown: Preferences, command: str) -> list[Block]:
    add = blocks.button(texts.ADD_DAYS_OFF, Action.ABSENCE_ADD)
    rows = [_absence(absence, shown) for absence in shown.absences[:MOST_ABSENCES]]
    left = len(shown.absences) - MOST_ABSENCES
    more = [blocks.context(texts.more_days_off(left, command))] if left > 0 else []
    return [blocks.section(texts.days_off(len(shown.absences)), accessory=add), *rows, *more]


def _absence(absence: Absence, shown: Preferences) -> Block:
    remove = blocks.button(texts.REMOVE, Action.ABSENCE_REMOVE, value=f"{absence.first}..{absence.last}")
    return blocks.section(texts.span(absence, today=shown.today), accessory=remove)


def _reminders(shown: Preferences) -> Block:
    own = shown.person.reminders
    counts = [blocks.option(label, str(count)) for count, label in texts.COUNTS.items()]
    options = [blocks.option(texts.AS_THE_TEAM, AUTO), *counts]
    choice = blocks.select(Action.MY_REMINDERS, options=options, initial=AUTO if own is None else str(own))
    said = texts.reminders(shown.reminders if own is None else own, own=own is not None)
    return blocks.section(said, accessory=choice)


def _zone(shown: Preferences) -> Block:
    person, name = shown.person, shown.zone.replace("_", " ")
    choice = blocks.type_ahead(
        Action.MY_ZONE, initial=zone_option(shown.zone), placeholder=texts.CHOOSE_ZONE, letters=0
    )
    return blocks.section(texts.zone(name, own=person.own_zone, known=person.zone is not None), accessory=choice)


def _country(shown: Preferences) -> Block:
    code = shown.country
    name = country_name(code) if code else None
    said = texts.country(escape(name) if name else None, own=bool(shown.person.country))
    choice = blocks.type_ahead(
        Action.MY_COUNTRY,
        initial=blocks.option(name, code) if name and code else None,
        placeholder=texts.CHOOSE_COUNTRY,
        letters=0,
    )
    return blocks.section(said, accessory=choice)


def _home_team(shown: Preferences) -> list[Block]:
    """Only for those who have a choice."""
    if len(shown.teams) < 2:
        return []
    options = [blocks.option(team.name, team.id) for team in shown.teams[:MOST_TEAMS]]
    choice = blocks.select(
        Action.MY_TEAM, options=options, initial=shown.person.home_team, placeholder=texts.CHOOSE_TEAM
    )
    return [blocks.section(texts.HOME_TEAM, accessory=choice)]


def _pause() -> Block:
    return blocks.section(texts.ASKED, accessory=blocks.button(texts.PAUSE, Action.PAUSE))


def _resume() -> Block:
    return blocks.section(texts.PAUSED, accessory=blocks.button(texts.RESUME, Action.RESUME, style="primary"))


def zone_options(zones: Iterable[str]) -> list[Block]:
    """The profile's in front."""
    return [blocks.option(texts.FOLLOW_PROFILE, AUTO), *map(zone_option, zones)]


def country_options(countries: Iterable[str]) -> list[Block]:
    """The time zone's in front."""
    return [blocks.option(texts.FOLLOW_ZONE, AUTO), *(blocks.option(country_name(code), code) for code in countries)]


def absence_form() -> View:
    first = blocks.date_picker(FIRST, placeholder=texts.CHOOSE_DAY)
    last = blocks.date_picker(LAST, placeholder=texts.CHOOSE_DAY)
    return blocks.modal(
        Callback.ABSENCE,
        title=texts.DAYS_OFF,
        blocks=[
            blocks.field(FIRST, texts.FIRST_DAY, first),
            blocks.field(LAST, texts.LAST_DAY, last, optional=True, hint=texts.LAST_DAY_HINT),
            blocks.context(texts.WHAT_IT_MEANS),
        ],
        submit=texts.ADD,
        close=texts.CANCEL,
        metadata=pack(),
    )
