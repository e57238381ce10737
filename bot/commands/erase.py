"""`trueline erase`: somebody is forgotten at their word, or when they have left."""

from typing import Annotated

import typer

from bot.commands.opening import DatabaseOption, WorkspaceOption, opened_store
from checkins import privacy
from checkins.model import Person
from checkins.wording import counted, one_line


def register(app: typer.Typer) -> None:
    @app.command()
    def erase(
        person: Annotated[str, typer.Argument(help="Id, e-mail address or name, where only one person has it.")],
        yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether it is meant.")] = False,
        database: DatabaseOption = None,
        workspace: WorkspaceOption = None,
    ) -> None:
        """Erase a person: name, accounts, texts, notes and ratings go; past weeks' numbers stay, without the name."""
        with opened_store(database, workspace) as store:
            found = privacy.find(store, who=person)
            if not yes:
                typer.confirm(f"Erase {_called(found)} for good?", abort=True)
            done = privacy.erase(store, person=found.id)
        typer.echo(
            f"Erased {one_line(done.name)}. The shares of {counted(done.answers, 'answer')} stay, without the name. "
            "Backups and the messages in Slack are not touched."
        )


def _called(person: Person) -> str:
    named = ", ".join(filter(None, (person.id, person.email)))
    return one_line(f"{person.name} ({named})")
