"""Everything that can be set from outside: environment variables, or the same lines in a file `.env`."""

from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from checkins.ports import WEEKLY_MESSAGES
from checkins.references import Bases

BASE_URL = r"^(https?://[^\s<>|]+)?$"


class Settings(BaseSettings):
    """Each field is the variable TRUELINE_<NAME>; the descriptions are the table in the README."""

    model_config = SettingsConfigDict(env_prefix="TRUELINE_", env_file=".env", env_ignore_empty=True, extra="ignore")

    database: str = Field("sqlite:///trueline.db", description="Where answers are kept: SQLite or PostgreSQL.")
    slack_bot_token: SecretStr | None = Field(None, description="Bot token, starts with xoxb-.")
    slack_app_token: SecretStr | None = Field(None, description="App-level token for Socket Mode, starts with xapp-.")
    slack_signing_secret: SecretStr | None = Field(None, description="Signing secret; needed for `--http` only.")
    slack_api_url: str = Field("https://slack.com/api/", description="Slack's Web API; change it for a proxy.")
    admins: str = Field("", description="E-mail addresses of further admins, separated by commas.")
    checkin_command: str = Field("/checkin", description="Name of the command that answers.")
    goals_command: str = Field("/goals", description="Name of the command that shows goals.")
    align_command: str = Field("/align", description="Name of the command for everything else.")
    host: str = Field("127.0.0.1", description="Address to listen on with `--http`.")
    port: int = Field(3000, ge=0, le=65535, description="Port to listen on with `--http`.")
    digest_picture: Literal["message", "thread", "off"] = Field(
        "message", description="Where the digest's picture goes: into the message, its thread, or nowhere."
    )
    messages_per_second: float = Field(3, gt=0, description="How fast messages are sent, per workspace.")
    weekly_messages: int = Field(
        WEEKLY_MESSAGES,
        ge=1,
        description="Messages a week that the bot starts, per person; the rest waits in App Home.",
    )
    jira_url: str = Field(
        "",
        pattern=BASE_URL,
        description="Jira's address before a key, like https://acme.atlassian.net/browse/; links keys in answers.",
    )
    linear_url: str = Field(
        "",
        pattern=BASE_URL,
        description="Linear's address before a key, like https://linear.app/acme/issue/; used where Jira's is not set.",
    )
    retention_months: int = Field(
        0,
        ge=0,
        le=1200,
        description="Months after which texts, notes and ratings go, from answers and digests alike; 0 keeps them.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="How much is logged.")

    @property
    def bases(self) -> Bases:
        """Where the keys in answers lead."""
        return Bases(jira=self.jira_url, linear=self.linear_url)

    @property
    def admin_emails(self) -> frozenset[str]:
        return frozenset(email.strip().casefold() for email in self.admins.split(",") if email.strip())
