"""`leadgate rules`: lists and checks the rules."""

import asyncio
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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

    Each ruleset is checked under every stored policy version. Laws that the rules apply and that have to be
    checked again soon are listed.
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
    _list_laws_to_check(datetime.now(UTC).date())


def _list_laws_to_check(today: date) -> None:
    """List the laws that have to be checked again soon, as errors: they are no result of the check."""
    from rules.laws.checking import NOTICE, checks_due

    for sentence in checks_due(today + NOTICE):
        typer.echo(sentence, err=True)


_DOCUMENT = Path(__file__).parents[1] / "docs" / "placements.md"


@app.command("matrix")
def rules_matrix(
    name: Annotated[str, typer.Argument(help="The ruleset: placement or complaint_placement.")],
    check: Annotated[bool, typer.Option("--check", help="Fail if the document is out of date.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Write the table to docs/placements.md.")] = False,
) -> None:
    """Print what is shown to whom, where and until when, with the standard numbers."""
    from rules.engine.matrix import matrix_lines
    from rules.registry import MATRICES

    found = next((one for one in MATRICES if one.name == name), None)
    if found is None:
        known = " and ".join(one.name for one in MATRICES)
        raise FixableError(f"{name} has no table. The rulesets with a table are {known}.")
    printed = "\n".join(matrix_lines(found.for_policy(_example_policy()), MATRICES[found]))
    if not check and not write:
        typer.echo(printed)
        return
    text = _DOCUMENT.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->\n\n", f"<!-- end of {name} -->"
    part = re.compile(f"{begin}.*?{end}", re.DOTALL)
    expected, parts = part.subn(lambda _: f"{begin}{printed}\n\n{end}", text)
    if not parts:
        raise FixableError(f"docs/placements.md has no part for {name}: add `<!-- {name} -->` and its end.")
    if write:
        _DOCUMENT.write_text(expected, encoding="utf-8")
    elif text != expected:
        raise FixableError(
            f"docs/placements.md is out of date: run `leadgate rules matrix {name} --write` "
            "and commit the result."
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
