"""`leadgate account`: vendors' accounts."""

from typing import Annotated

import typer

from cli.audit_log import changed, run
from cli.listing import AsJson, show
from rules.plan import Plan

app = typer.Typer(no_args_is_help=True, help="Manage vendors' accounts.")


@app.command("add")
def add_account(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The company's name.")],
    *,
    plan: Annotated[Plan, typer.Option(case_sensitive=False, help="The account's plan.")] = Plan.FREE,
) -> None:
    """Create a vendor's account without points; an operator credits points through the API."""
    from models.accounts import open_account as actions

    account = changed("account_added", lambda: actions.add_account(name=name, plan=plan), "Account")
    typer.echo(f"Account {account} created for {name}.")


@app.command("list")
def list_accounts(*, json: AsJson = False) -> None:
    """List all accounts."""
    from models.accounts import roster
    from models.base.database import connection

    show(run("accounts_listed", lambda: roster.list_accounts(connection())), "Account", json=json)
