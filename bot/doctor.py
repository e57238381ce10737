"""The doctor: looks at everything a running bot depends on and says the remedy for what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings
from bot.slack.connection import web_client
from checkins.errors import TruelineError
from checkins.model import DeliveryState
from checkins.ports import Store
from storage.database import Database

SKEW_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, what was found; ``remedy`` is empty where all is well."""

    subject: str
    found: str
    remedy: str = ""


async def examine(settings: Settings, *, scopes: Sequence[str]) -> list[Check]:
    """Every check, in the order in which remedies should be tried. scopes: those of the manifest."""
    try:
        opened = Database.connect(settings.database)
    except TruelineError as error:
        remedy = "Correct TRUELINE_DATABASE, or start the database server."
        return [zone_data(), Check("database", str(error), remedy), *await slack(settings, scopes, database=None)]
    with opened:
        checks = [zone_data(), Check("database", "opens"), migrations(opened)]
        return [*checks, *await slack(settings, scopes, database=opened)]


def zone_data() -> Check:
    try:
        ZoneInfo("Europe/Berlin")
    except ZoneInfoNotFoundError:
        return Check("zone data", "missing", "Install the Python package tzdata.")
    return Check("zone data", "present")


def migrations(database: Database) -> Check:
    revision, head = database.revision(), database.head()
    remedy = "" if revision == head else "Run: trueline migrate (trueline run does it as well)."
    return Check("migrations", f"at {revision or 'none'} of {head}", remedy)


async def slack(settings: Settings, scopes: Sequence[str], *, database: Database | None) -> list[Check]:
    """Token, clock, scopes, Socket Mode or signing secret, messages tab and digest channel."""
    if settings.slack_bot_token is None:
        remedy = "Put TRUELINE_SLACK_BOT_TOKEN=xoxb-… into .env (OAuth & Permissions, Bot User OAuth Token)."
        return [Check("Slack token", "not set", remedy)]
    async with web_client(settings, settings.slack_bot_token.get_secret_value()) as client:
        try:
            answer = await client.auth_test()
        except SlackApiError as error:
            remedy = "Copy the Bot User OAuth Token again; if the app was removed, install it to the workspace."
            return [Check("Slack token", f"refused: {error.response['error']}", remedy)]
        headers = {name.lower(): value for name, value in answer.headers.items()}
        checks = [Check("Slack token", f"belongs to {answer['user']} in {answer['team']}"), clock(headers)]
        checks += [granted(headers, scopes), await incoming(client, settings)]
        store = _store_of(database, answer["team_id"])
        return checks if store is None else [*checks, messages_tab(store), await digest_channel(client, store)]


def clock(headers: Mapping[str, str]) -> Check:
    """This machine's clock against Slack's."""
    if "date" not in headers:
        return Check("clock", "Slack gave no time to compare with")
    skew = abs((datetime.now(UTC) - parsedate_to_datetime(headers["date"])).total_seconds())
    remedy = (
        "Set this machine's clock (NTP); Slack refuses requests that are minutes off." if skew > SKEW_SECONDS else ""
    )
    return Check("clock", f"{skew:.0f} s from Slack's", remedy)


def granted(headers: Mapping[str, str], wanted: Sequence[str]) -> Check:
    """The scopes that the token has against those of the manifest."""
    have = {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",")}
    missing = [scope for scope in wanted if scope not in have]
    if not missing:
        return Check("scopes", f"all {len(wanted)} granted")
    remedy = "Update the app with `trueline manifest`, then press Reinstall to Workspace."
    return Check("scopes", f"missing {', '.join(missing)}", remedy)


async def incoming(client: AsyncWebClient, settings: Settings) -> Check:
    """Whether events can come in: by Socket Mode when there is an app token, else by signed HTTP."""
    if settings.slack_app_token is None:
        if settings.slack_signing_secret:
            return Check("incoming events", "signed HTTP")
        remedy = "Put TRUELINE_SLACK_APP_TOKEN=xapp-… into .env (Basic Information, App-Level Tokens)."
        return Check("incoming events", "no app token and no signing secret", remedy)
    try:
        await client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except SlackApiError as error:
        remedy = "Make an app-level token with the scope connections:write and turn Socket Mode on."
        return Check("incoming events", f"Socket Mode refused: {error.response['error']}", remedy)
    return Check("incoming events", "Socket Mode opens")


def messages_tab(store: Store) -> Check:
    """Whether people can be written to, as the direct messages sent so far tell; none is sent for this check."""
    with store.snapshot() as tx:
        refused = [d for d in tx.outbox.troubled(200) if d.person and "messages_tab_disabled" in d.error]
        sent = tx.outbox.counts().get(DeliveryState.SENT, 0)
    if refused:
        remedy = "App Home, Show Tabs: turn the Messages Tab on and allow messages from it."
        return Check("messages tab", f"Slack refused {len(refused)} direct messages", remedy)
    return Check("messages tab", "direct messages arrive" if sent else "no direct message sent yet")


async def digest_channel(client: AsyncWebClient, store: Store) -> Check:
    """Whether the bot can post where the digest goes."""
    with store.snapshot() as tx:
        plan = tx.workspace.get().digest
    if plan is None:
        return Check("digest channel", "not chosen yet", "Type /align in Slack and press Choose a channel.")
    try:
        channel = (await client.conversations_info(channel=plan.channel))["channel"]
    except SlackApiError as error:
        return Check("digest channel", f"{error.response['error']}", _invite("the channel"))
    name = f"#{channel.get('name', plan.channel)}"
    return Check("digest channel", name, "" if channel.get("is_member") else _invite(name))


def _invite(channel: str) -> str:
    return f"Type /invite @Trueline in {channel}, or choose another channel with /align."


def _store_of(database: Database | None, slack_team: str) -> Store | None:
    """The store of the workspace connected to this Slack; None before the bot ran for the first time."""
    if database is None or database.revision() != database.head():
        return None
    mine = [each.id for each in database.workspaces() if each.slack_team == slack_team]
    return database.store(mine[0]) if mine else None


def sick(checks: Sequence[Check]) -> bool:
    return any(check.remedy for check in checks)
