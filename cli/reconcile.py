"""`leadgate reconcile`: checks that the ledger, the balances and the refunds agree."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from models.reconciliation import ReconciliationReport
    from settings import Settings

app = typer.Typer()


@app.command()
def reconcile(
    *,
    since: Annotated[
        bool,
        typer.Option(
            "--since/--all",
            help="Check what has changed since the last good runs, and a thirtieth of all accounts, as "
            "workers do each night; or everything.",
        ),
    ] = False,
) -> None:
    """Check that the ledger, balances, cases and rules agree; exit with status 1 if they do not.

    On a standby, it checks what has arrived there; the run is not recorded.
    """
    from cli.connect import connected, orm
    from models.reconciliation import reconcile_since as compare
    from settings import load

    async def compared(settings: "Settings") -> "ReconciliationReport":
        async with orm(settings, direct=True, takes_standby=True):
            return await compare(everything=not since)

    with connected(load()) as settings:
        report = asyncio.run(compared(settings))
    if report.standby is not None:
        typer.echo(str(report.standby))
    for finding in (*report.findings, *report.warnings):
        typer.echo(str(finding))
    for name, count in report.counts.items():
        typer.echo(f"{name}: {count or 'none'} found")
    raise typer.Exit(1 if report.findings else 0)
