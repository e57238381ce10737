"""A database: its revision, its workspaces and their stores."""

from types import TracebackType
from typing import Self

from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from checkins.errors import TruelineError
from checkins.model import Workspace
from checkins.ports import WEEKLY_MESSAGES, Store
from storage import engines, migrating, tables
from storage.store import WorkspaceStore
from storage.workspaces import workspace_of, workspace_record


class Database:
    """Every workspace in one SQLite file or one PostgreSQL database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engines.writing(engine)
        self._reading = engines.reading(engine)
        self._current = False

    @classmethod
    def connect(cls, url: str) -> Self:
        """Raises TruelineError when the URL is of no use or nothing answers there."""
        engine = engines.engine_for(url)
        try:
            engine.connect().close()
        except DBAPIError as error:
            engine.dispose()
            reason = str(error.orig).partition("\n")[0]
            raise TruelineError(f"The database {engine.url} cannot be opened: {reason}") from error
        return cls(engine)

    @property
    def url(self) -> str:
        """How another process connects to the same database, password included."""
        return self._engine.url.render_as_string(hide_password=False)

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def migrate(self) -> None:
        """Bring the tables to the newest revision; the processes that start together do it one after the other."""
        migrating.migrate(self._engine)

    def revision(self) -> str | None:
        """The revision the tables are at, None where there are none."""
        return migrating.revision(self._engine)

    def head(self) -> str:
        """The newest revision there is."""
        return migrating.head()

    def workspaces(self) -> list[Workspace]:
        """In order of id."""
        self._require_current()
        table = tables.Workspace.__table__
        with self._reading.connect() as connection:
            rows = connection.execute(select(table).order_by(table.c.workspace))
            return [workspace_of(row._asdict()) for row in rows]

    def create_workspace(self, workspace: Workspace) -> None:
        """Raises TruelineError when the id or the Slack workspace is taken."""
        self._require_current()
        columns = {"workspace": workspace.id, **workspace_record(workspace)}
        try:
            with self._writing.begin() as connection:
                connection.execute(insert(tables.Workspace.__table__).values(columns))
        except IntegrityError as error:
            raise TruelineError(
                f'The workspace "{workspace.id}" cannot be created: its id or its Slack workspace is taken already.'
            ) from error

    def store(self, workspace: str, *, weekly_messages: int = WEEKLY_MESSAGES) -> Store:
        """The store of one workspace, which need not exist yet. weekly_messages: that the bot starts, per person."""
        self._require_current()
        return WorkspaceStore(workspace, writing=self._writing, reading=self._reading, weekly_messages=weekly_messages)

    def _require_current(self) -> None:
        if self._current:
            return
        revision = self.revision()
        if revision is None:
            raise TruelineError(f"The database {self._engine.url} has no tables yet. Run: trueline migrate")
        if revision != self.head():
            raise TruelineError(
                f"The database {self._engine.url} is at revision {revision}, this Trueline needs {self.head()}. "
                "Run: trueline migrate (or install a newer Trueline, if the database is ahead)"
            )
        self._current = True
