"""The command `leadgate`: its groups of commands, and the output of errors as one line."""

import os

import typer

from cli import (
    account,
    health,
    import_command,
    market,
    migrate,
    outbox,
    outside,
    phone,
    reconcile,
    rules,
    schema,
    services,
    user,
    webhook,
)
from settings.errors import FixableError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Run and manage a Leadgate lead marketplace.",
)
for commands in (services, migrate, schema, reconcile, import_command, health):
    app.add_typer(commands.app)
for name, group in (
    ("rules", rules),
    ("user", user),
    ("account", account),
    ("market", market),
    ("outbox", outbox),
    ("outside", outside),
    ("phone", phone),
    ("webhook", webhook),
):
    app.add_typer(group.app, name=name)


def main() -> None:
    """Run the command line; an error that the user can fix is one line, not a traceback."""
    os.umask(0o077)  # files created here, including logs and reports, are readable by their owner only
    try:
        app()
    except FixableError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(error.exit_code) from None


if __name__ == "__main__":
    main()
