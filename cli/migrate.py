"""`leadgate migrate`, and `leadgate upgrade-check` after a change of PostgreSQL's version."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from models.process.schema_state import SchemaState

app = typer.Typer()

BEHIND, NEWER = 3, 4  # exit codes of `--check`


@app.command()
def migrate(
    *,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help="Change nothing; exit with 0 if the schema is up to date, 3 if behind, 4 if newer.",
        ),
    ] = False,
    contract: Annotated[
        bool,
        typer.Option(
            "--contract",
            help="Also remove what only older releases use; refused while one of them is connected.",
        ),
    ] = False,
    all_updated: Annotated[
        bool,
        typer.Option(
            "--all-updated",
            help="With --contract behind a pooler, which hides programs: no older release is running.",
        ),
    ] = False,
    role: Annotated[
        bool,
        typer.Option(
            "--role", help="Also store STATEMENT_TIMEOUT_MS with the role of DATABASE_URL, for poolers."
        ),
    ] = False,
) -> None:
    """Migrate the database to the latest schema; servers and workers may run meanwhile."""
    from cli import migrating
    from cli.connect import connected
    from models.process.gc_tuning import look_less_often
    from settings import load

    if check and (contract or role):
        raise typer.BadParameter("cannot be combined with other options", param_hint="--check")
    look_less_often()  # each step of a migration creates all models again
    with connected(load()) as settings:
        if check:
            _tell(asyncio.run(migrating.look(settings)))
            return
        if role:
            for statement in asyncio.run(migrating.set_role(settings)):
                typer.echo(f"{statement};")
        state = asyncio.run(
            migrating.migrate(
                settings,
                contract=contract,
                all_updated=all_updated,
                say=lambda line: typer.echo(line, err=True),
            )
        )
    typer.echo("The database schema is up to date.")
    if state.contracts:
        typer.echo(
            f"Once all servers and workers are updated, `leadgate migrate --contract` applies "
            f"{', '.join(state.contracts)}."
        )


@app.command("upgrade-check")
def upgrade_check() -> None:
    """Check that every sequence continues after the numbers in use, which logical replication does not copy.

    Exits with status 1 and the SQL that corrects them if one would repeat a number.
    """
    from cli.connect import connected
    from cli.upgrading import sequences
    from settings import load

    with connected(load()) as settings:
        found = asyncio.run(sequences(settings))
    behind = [sequence for sequence in found if sequence.is_behind]
    for sequence in behind:
        typer.echo(f"{sequence.name} is at {sequence.last}, and {sequence.column} has {sequence.highest}:")
        typer.echo(f"    {sequence.remedy};")
    typer.echo(f"{len(behind) or 'No'} of {len(found)} sequences would repeat numbers.")
    raise typer.Exit(1 if behind else 0)


def _tell(state: "SchemaState") -> None:
    if state.lacking:
        typer.echo(f"The database schema is behind this release: {', '.join(state.lacking)} not applied.")
        raise typer.Exit(BEHIND)
    if state.unknown:
        typer.echo(f"The database schema is newer than this release: {', '.join(state.unknown)} unknown.")
        raise typer.Exit(NEWER)
    typer.echo("The database schema is up to date.")
