"""Owns the command `leadgate`: reads words and settings, finds the services, calls what does the work.

Must not do the work itself; it imports everything, each command only what it needs, and nothing imports it.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

from cli import user
from embedded.errors import MendableError

if TYPE_CHECKING:
    from models.reconciliation import Report
    from rules import Policy
    from settings import Settings

Member = TypeVar("Member", bound=StrEnum)
DemoAnyway = Annotated[
    bool,
    typer.Option("--demo-anyway", help="Where others reach it, too: whoever does can do everything."),
]
IfMissing = typer.Option(help="For rows that say nothing of it.")

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help="The lead marketplace."
)
rules_app = typer.Typer(no_args_is_help=True, help="What the rules say, and whether they hold.")
app.add_typer(rules_app, name="rules")
app.add_typer(user.users, name="user")
app.add_typer(user.accounts, name="account")
app.add_typer(user.markets, name="market")


def main() -> None:
    """Run the command line; a cause that a person can mend is one line, not a traceback."""
    os.umask(0o077)  # what is made here, logs and reports too, is nobody else's to read
    try:
        app()
    except MendableError as error:
        _fail(str(error), error.exit_code)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Instead of HOST.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Instead of PORT.")] = None,
) -> None:
    """Run the server alone."""
    wanted = _settings(host=host, port=port)
    import server
    from cli import services
    from embedded.supervisor import refuse_used_port
    from settings import logs

    logs.configure(wanted.log_level, wanted.log_format)
    refuse_used_port(wanted.host, wanted.port)
    with services.connected(wanted) as settings:
        server.serve(settings)


@app.command()
def worker() -> None:
    """Run one worker: settles what is due, and checks the books each night."""
    wanted = _settings()
    import jobs.worker
    from cli import services
    from settings import logs

    logs.configure(wanted.log_level, wanted.log_format)
    with services.connected(wanted) as settings:
        jobs.worker.run(settings)


@app.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from cli import services

    with services.connected(_settings()) as settings:
        asyncio.run(services.migrate(settings))
    print("The database has the newest schema.")


@app.command()
def seed(*, demo_anyway: DemoAnyway = False) -> None:
    """Put the demo marketplace into an empty database; does nothing where it is already."""
    from cli import services

    demo = services.Demo.ANYWAY if demo_anyway else services.Demo.WHERE_SAFE
    with services.connected(_settings()) as settings:
        asyncio.run(services.seed(settings, demo))


@app.command()
def run(
    *,
    demo_anyway: DemoAnyway = False,
    no_demo: Annotated[bool, typer.Option("--no-demo", help="Lay no demo; users are your own.")] = False,
    die_with_parent: Annotated[
        bool, typer.Option("--die-with-parent", hidden=True, help="End when the starting process dies.")
    ] = False,
) -> None:
    """Start everything: services, migrations, the demo, the server and a worker, until Ctrl-C."""
    if demo_anyway and no_demo:
        raise typer.BadParameter("contradicts --demo-anyway: leave one out", param_hint="--no-demo")
    from rich.console import Console

    from cli import services
    from embedded.process import follow_parent
    from embedded.supervisor import Stopped, refuse_used_port, stoppable
    from settings import logs

    console = Console(highlight=False)
    try:
        with stoppable():
            if die_with_parent:
                follow_parent()
            settings = _settings()
            logs.configure(settings.log_level, settings.log_format)
            refuse_used_port(settings.host, settings.port)
            demo = services.Demo.WHERE_SAFE
            if demo_anyway or no_demo:
                demo = services.Demo.ANYWAY if demo_anyway else services.Demo.NEVER
            raise typer.Exit(services.run(settings, console, demo))
    except Stopped:
        console.print("Stopped.")


@app.command()
def schema(
    check: Annotated[
        bool, typer.Option("--check", help="Fail when schema.graphql is not up to date.")
    ] = False,
    write: Annotated[bool, typer.Option("--write", help="Write schema.graphql.")] = False,
) -> None:
    """Print the GraphQL schema."""
    import difflib

    import schema as face

    printed = face.print_sdl().rstrip() + "\n"
    path = face.SDL_FILE
    if write:
        path.write_text(printed, encoding="utf-8")
    elif not check:
        sys.stdout.write(printed)
    elif printed != (stored := path.read_text(encoding="utf-8") if path.exists() else ""):
        lines = difflib.unified_diff(
            stored.splitlines(), printed.splitlines(), "committed", "code", lineterm=""
        )
        typer.echo("\n".join(lines))
        _fail("The schema has drifted: run `make schema` and commit what it writes.", 1)


@app.command()
def documents(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Of `*.graphql` files.")],
) -> None:
    """Print the manifest of trusted documents, each checked against the schema and the limits."""
    from schema.graphql.document_manifest import manifest_of, to_json
    from schema.graphql.limits import Bounds

    sys.stdout.write(to_json(manifest_of(folder, Bounds.of(_settings()))))


@app.command()
def reconcile() -> None:
    """Check that the ledger, the balances and the refunds agree; fails when something does not."""
    from cli import services
    from models.reconciliation import reconcile as compare

    async def compared(settings: "Settings") -> "Report":
        async with services.orm(settings):
            return await compare()

    with services.connected(_settings()) as settings:
        report = asyncio.run(compared(settings))
    for finding in (*report.findings, *report.warnings):
        typer.echo(str(finding))
    for name, count in report.counts.items():
        typer.echo(f"{name}: {count or 'nothing'} found")
    raise typer.Exit(1 if report.findings else 0)


@rules_app.command("list")
def rules_list() -> None:
    """List every rule: its requirement, its verdict and its sentence."""
    import rules

    for ruleset in rules.ALL:
        typer.echo(f"{ruleset.name}")
        for rule in ruleset.rules(_example_policy()):
            typer.echo(f"  {rule.requirement:6} {rule.verdict:16} {rule.id}: {rule.sentence}")


@rules_app.command("check")
def rules_check() -> None:
    """Check every ruleset under every stored policy: complete, free of conflicts, both engines agree."""
    import rules
    from cli import services

    with services.connected(_settings()) as settings:
        policies = asyncio.run(services.stored_policies(settings)) or [_example_policy()]
    for policy in policies:
        for ruleset in rules.ALL:
            try:
                cells = rules.full_table_check(ruleset.for_policy(policy))
            except rules.RulesetError as error:
                _fail(f"{policy.market} {policy.version}: {error}", 1)
            typer.echo(f"{policy.market} {policy.version}: {ruleset.name} holds in {cells} cells.")


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CSV file of leads.")],
    *,
    market: Annotated[str, typer.Option(help="Code of the market that the leads belong to.")] = "demo",
    category: Annotated[str | None, IfMissing] = None,
    city: Annotated[str | None, IfMissing] = None,
    country: Annotated[str | None, IfMissing] = None,
    region: Annotated[str | None, typer.Option(help="How to read national numbers, such as DE.")] = None,
    preferred_channel: Annotated[str | None, IfMissing] = None,
    title: Annotated[
        str | None, typer.Option(help="For rows without one; may use {category}, {city}, {country}.")
    ] = None,
    currency: Annotated[str | None, IfMissing] = None,
    fee: Annotated[int | None, typer.Option(help="Points; else the market's.")] = None,
    time_zone: Annotated[str | None, IfMissing] = None,
    source: Annotated[str | None, IfMissing] = None,
    origin: Annotated[str | None, typer.Option(help="The system that gave the ids in the file.")] = None,
    columns: Annotated[
        list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD", help="What a column becomes.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write what became of every row, as CSV.")
    ] = None,
) -> None:
    """Put the leads of a file into a market; a row that cannot be a lead is refused with its reason.

    Importing it again creates nothing. Exit code 0: no row was refused; 1: nothing was done; 3: some were.
    """
    from cli import import_leads, services
    from models.contact_data.channel import Channel
    from models.leads.file import ImportDefaults
    from models.leads.tables import LeadSource

    if report is not None and report.exists() and report.samefile(file):
        raise typer.BadParameter("is the file itself", param_hint="--report")
    given = {
        "category": category,
        "city": city,
        "country": country,
        "region": region,
        "preferred_channel": _member(Channel, preferred_channel, "--preferred-channel"),
        "title": title,
        "currency": currency,
        "fee": fee,
        "time_zone": time_zone,
        "source": _member(LeadSource, source, "--source"),
        "origin": origin,
    }
    words: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    mapping = dict(_pair(text) for text in columns or ())
    defaults = ImportDefaults(market=market, **words)
    with services.connected(_settings()) as settings:
        raise typer.Exit(import_leads.run(settings, file, defaults=defaults, mapping=mapping, report=report))


def _example_policy() -> "Policy":
    """What the sources say, for looking at the rules where no market has its own numbers."""
    from rules import Policy, production_parameters

    since = datetime(2020, 1, 1, tzinfo=UTC)
    return Policy.from_parameters(
        version="sources", market="none", effective_from=since, parameters=production_parameters()
    )


def _settings(**given: object) -> "Settings":
    import settings

    return settings.load(**{name: value for name, value in given.items() if value is not None})


def _pair(text: str) -> tuple[str, str]:
    column, separator, name = text.rpartition("=")
    if not (column and separator and name):
        raise typer.BadParameter(f"{text!r} is not COLUMN=FIELD", param_hint="--map")
    return column, name


def _member(kind: type[Member], text: str | None, option: str) -> Member | None:
    try:
        return None if text is None else kind(text.upper())
    except ValueError:
        raise typer.BadParameter(f"must be one of {', '.join(kind)}", param_hint=option) from None


def _fail(text: str, code: int) -> NoReturn:
    typer.echo(text, err=True)
    raise SystemExit(code)


if __name__ == "__main__":
    main()
