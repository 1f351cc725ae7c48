"""`leadgate rules`: lists and checks the rules."""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from settings import Settings
from settings.errors import FixableError

if TYPE_CHECKING:
    from rules import Policy

app = typer.Typer(no_args_is_help=True, help="List and check the rules.")


@app.command("list")
def rules_list() -> None:
    """List every rule with its requirement, verdict, id and sentence."""
    import rules

    for ruleset in rules.ALL:
        typer.echo(f"{ruleset.name}")
        for rule in ruleset.rules(_example_policy()):
            typer.echo(f"  {rule.requirement:6} {rule.verdict:16} {rule.id}: {rule.sentence}")


@app.command("check")
def rules_check() -> None:
    """Check that every ruleset is complete, free of conflicts and evaluated identically by both evaluators.

    Each ruleset is checked under every stored policy version.
    """
    import rules
    from cli.connect import connected
    from settings import load

    with connected(load()) as settings:
        policies = asyncio.run(_stored_policies(settings)) or [_example_policy()]
    for policy in policies:
        for ruleset in rules.ALL:
            try:
                cells = rules.full_table_check(ruleset.for_policy(policy))
            except rules.RulesetError as error:
                raise FixableError(f"{policy.market} {policy.version}: {error}") from None
            typer.echo(
                f"{policy.market} {policy.version}: {ruleset.name}: {cells} combinations checked, no errors."
            )


async def _stored_policies(settings: Settings) -> "list[Policy]":
    """Return every policy version of every market."""
    from cli.connect import orm
    from models.base.database import connection
    from models.policies.versions import all_policies

    async with orm(settings):
        return list((await all_policies(connection())).values())


def _example_policy() -> "Policy":
    """Return a policy with the standard numbers, to list the rules without a market."""
    from rules import Policy, production_parameters

    since = datetime(2020, 1, 1, tzinfo=UTC)
    return Policy.from_parameters(
        version="sources", market="none", effective_from=since, parameters=production_parameters()
    )
