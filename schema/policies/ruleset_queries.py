"""The queries `rulesets` and `decisionTry`: the rules as data, and what they decide about given facts."""

from typing import Annotated

import strawberry

from models.base.refusal import Refusal
from models.policies.rulesets import RulesetView, rulesets_of, try_facts
from rules import BY_NAME
from rules import Decision as LiveDecision
from rules.engine.given import GivenFactError
from schema.graphql.context import Info
from schema.graphql.decision import Decision
from schema.graphql.errors import ClientError
from schema.graphql.ids import optional_id
from schema.graphql.scalars import Facts
from schema.policies.ruleset_types import Ruleset

PolicyId = Annotated[
    strawberry.ID | None,
    strawberry.argument(
        description="The policy whose numbers count; the one in force in the first market by code if omitted."
    ),
]


@strawberry.type
class RulesetQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="All rulesets with their facts, rules and verdicts under a policy. For operators.",
        graphql_type=list[Ruleset] | None,
    )
    async def rulesets(self, info: Info, policy_id: PolicyId = None) -> list[RulesetView]:
        """List the rulesets."""
        context = info.context
        context.only_operators("read rulesets")
        try:
            return await rulesets_of(context.conn, optional_id(policy_id, "Policy", "policyId"))
        except Refusal as error:
            raise ClientError.of(error) from error

    @strawberry.field(
        description="What a ruleset decides about given facts, as of now. Nothing is stored. For operators.",
        graphql_type=Decision | None,
    )
    async def decision_try(
        self,
        info: Info,
        ruleset: Annotated[str, strawberry.argument(description="The ruleset, such as visibility.")],
        facts: Annotated[
            Facts,
            strawberry.argument(
                description="The facts as in `Decision.facts`, at most 16 KiB of JSON. The age of a time, as "
                "in `waited_seconds`, counts more than the time."
            ),
        ],
        policy_id: PolicyId = None,
    ) -> LiveDecision:
        """Decide."""
        context = info.context
        context.only_operators("try facts")
        definition = BY_NAME.get(ruleset)
        if definition is None:
            known = ", ".join(BY_NAME)
            raise ClientError("INVALID", f"ruleset: unknown; the rulesets are {known}.", ("ruleset",))
        try:
            policy = optional_id(policy_id, "Policy", "policyId")
            return await try_facts(context.conn, definition, facts, policy)
        except GivenFactError as error:
            text = f"facts.{error.name}: {error.expected}."
            raise ClientError("INVALID", text, ("facts", error.name)) from error
        except Refusal as error:
            raise ClientError.of(error) from error
