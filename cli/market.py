"""`leadgate market`: markets and their policies."""

from typing import Annotated

import typer

from cli.audit_log import changed, run
from cli.listing import AsJson, show

app = typer.Typer(no_args_is_help=True, help="Manage markets.")


@app.command("add")
def add_market(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The market's code, such as default.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="The display name.")],
) -> None:
    """Create a market whose first policy has the standard numbers, such as 48 hours."""
    from models.accounts import open_account as actions

    market = changed("market_added", lambda: actions.add_market(code=code, name=name), "Market")
    typer.echo(f"Market {market} created with code {code}.")


@app.command("list")
def list_markets(*, json: AsJson = False) -> None:
    """List all markets."""
    from models.accounts import roster
    from models.base.database import connection

    show(run("markets_listed", lambda: roster.list_markets(connection())), "Market", json=json)
