"""The store: transactions on one workspace that reach every repository."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from checkins.errors import TruelineError
from checkins.ports import WEEKLY_MESSAGES
from storage.absences import SqlAbsences
from storage.check_ins import SqlCheckIns
from storage.digests import SqlDigests
from storage.erasing import SqlPrivacy
from storage.goal_log import SqlGoalLog
from storage.goals import SqlGoals
from storage.history import SqlHistory
from storage.linked import SqlLinked
from storage.outbox import SqlOutbox
from storage.people import SqlPeople
from storage.rounds import SqlRounds
from storage.scope import Scope
from storage.teams import SqlTeams
from storage.workspaces import SqlWorkspace


class SqlTransaction:
    """Implements ``checkins.ports.Transaction``."""

    def __init__(self, scope: Scope, weekly_messages: int) -> None:
        self.workspace = SqlWorkspace(scope)
        self.people = SqlPeople(scope)
        self.absences = SqlAbsences(scope)
        self.teams = SqlTeams(scope)
        self.goals = SqlGoals(scope)
        self.goal_log = SqlGoalLog(scope)
        self.rounds = SqlRounds(scope)
        self.check_ins = SqlCheckIns(scope)
        self.linked = SqlLinked(scope)
        self.outbox = SqlOutbox(scope, weekly_messages)
        self.digests = SqlDigests(scope)
        self.history = SqlHistory(scope)
        self.privacy = SqlPrivacy(scope)


class WorkspaceStore:
    """Implements ``checkins.ports.Store`` over two views of one engine, one that writes and one that reads."""

    def __init__(
        self, workspace: str, *, writing: Engine, reading: Engine, weekly_messages: int = WEEKLY_MESSAGES
    ) -> None:
        self.workspace = workspace
        self._writing = writing
        self._reading = reading
        self._weekly_messages = weekly_messages

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """Raises TruelineError when the database is locked for too long or out of reach; nothing is stored then."""
        with _explained(), self._writing.begin() as connection:
            yield SqlTransaction(Scope(connection, self.workspace, locks=True), self._weekly_messages)

    @contextmanager
    def snapshot(self) -> Iterator[SqlTransaction]:
        """Raises TruelineError when the database is out of reach."""
        with _explained(), self._reading.connect() as connection:
            yield SqlTransaction(Scope(connection, self.workspace), self._weekly_messages)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise TruelineError(
            f"The database cannot be used right now ({error.orig}); nothing was stored. Please try again in a moment."
        ) from error
