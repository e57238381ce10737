"""Migrations lead from an empty database to the tables that the models describe, however many start at once."""

import logging
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from checkins.errors import TruelineError
from checkins.model import DeliveryKind
from storage import engines, migrating
from storage.database import Database
from storage.tables import metadata
from tests.databases import ACME
from tests.storage.watching import together

ROWS_OF_0001 = (
    "INSERT INTO workspace (workspace, name, cadence, zone, vision, mission, target_market, value_proposition)"
    " VALUES ('acme', 'Acme', 'weekly', 'UTC', '', '', '', '')",
    "INSERT INTO team (workspace, id, name, archived) VALUES ('acme', 'web', 'Web', false)",
    "INSERT INTO person (workspace, id, name, own_zone, paused, admin, active)"
    " VALUES ('acme', 'ann', 'Ann', false, false, false, true)",
    "INSERT INTO goal (workspace, id, title, description, level, status)"
    " VALUES ('acme', 'ship', 'Ship it', '', 'team', 'active')",
    "INSERT INTO delivery (workspace, id, key, kind, subject, not_before, person, body, state, attempts, reclaimed,"
    " error) VALUES ('acme', 'd1', 'k1', 'prompt', 'p1', '2026-11-02 09:30:00+00:00', 'ann', '{}', 'sent', 1, false,"
    " '')",
    "INSERT INTO finding (workspace, id, kind, teams, goals, since, weeks, severity, evidence, check_ins, sentence,"
    " shown, state) VALUES ('acme', 'f1', 'drift', '[\"web\"]', '[]', '2026-W44', 2, 0.5, '{}', '[]', 'Moved.',"
    " true, 'open')",
)


def test_an_empty_database_is_brought_to_the_newest_revision(empty_url: str) -> None:
    with Database.connect(empty_url) as database:
        assert database.revision() is None
        database.migrate()
        assert database.revision() == database.head()
        database.migrate()
        database.create_workspace(ACME)
        assert database.workspaces() == [ACME]


def test_models_and_migrations_agree(empty_url: str) -> None:
    engine = engines.engine_for(empty_url)
    migrating.migrate(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_the_migrated_tables_have_the_constraints_of_the_models(empty_urls: list[str]) -> None:
    migrated, modelled = map(engines.engine_for, empty_urls)
    migrating.migrate(migrated)
    metadata.create_all(modelled)
    assert _constraints(migrated) == _constraints(modelled)
    migrated.dispose()
    modelled.dispose()


def _constraints(engine: Engine) -> dict[str, Any]:
    """Keys, foreign keys with their options, unique and check constraints, and indexes of every table."""
    inspector = inspect(engine)
    return {
        table: (
            inspector.get_pk_constraint(table),
            _by_name(inspector.get_foreign_keys(table)),
            _by_name(inspector.get_unique_constraints(table)),
            _by_name(inspector.get_check_constraints(table)),
            _by_name(inspector.get_indexes(table)),
            [(column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(table)],
        )
        for table in metadata.tables
    }


def _by_name(constraints: Any) -> list[Any]:
    return sorted(constraints, key=lambda constraint: str(constraint["name"]))


def test_rows_of_an_earlier_revision_stay(empty_url: str) -> None:
    engine = engines.engine_for(empty_url)
    migrating.migrate(engine, to="0001")
    with engine.begin() as connection:
        for statement in ROWS_OF_0001:
            connection.execute(text(statement))
    migrating.migrate(engine)
    with Database(engine) as database, database.store("acme").transaction() as tx:
        sent = tx.outbox.by_key("k1")
        assert sent is not None and sent.person == "ann"
        assert tx.teams.get("web").source is None
        assert tx.goals.get("ship").nudges == 0
        assert [(finding.teams, finding.decision) for finding in tx.digests.findings()] == [(("web",), None)]
        assert tx.outbox.add(key="k2", kind=DeliveryKind.DIGEST_UPDATE, subject="w", not_before=sent.not_before)


def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    def migrate(_number: int) -> None:
        with Database.connect(empty_url) as database:
            database.migrate()

    together(migrate, threads=4)
    with Database.connect(empty_url) as database:
        assert database.revision() == database.head()


def test_migrating_says_nothing_and_leaves_the_loggers_alone(empty_url: str, capfd: pytest.CaptureFixture[str]) -> None:
    logger, handlers = logging.getLogger("bot.anything"), list(logging.getLogger().handlers)
    with Database.connect(empty_url) as database:
        database.migrate()
    assert capfd.readouterr() == ("", "")
    assert not logger.disabled
    assert logging.getLogger().handlers == handlers


def test_a_database_without_tables_asks_to_be_migrated(empty_url: str) -> None:
    with Database.connect(empty_url) as database:
        for use in (database.workspaces, lambda: database.store("acme"), lambda: database.create_workspace(ACME)):
            with pytest.raises(TruelineError, match="trueline migrate"):
                use()


def test_a_database_at_another_revision_asks_to_be_migrated(empty_url: str) -> None:
    engine = engines.engine_for(empty_url)
    migrating.migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with Database(engine) as database, pytest.raises(TruelineError, match="is at revision 0000, this Trueline needs"):
        database.workspaces()
