"""The mutation `secretariatAgentsSet`."""

from typing import Annotated

import strawberry

from models.calls.agents import set_agents
from models.calls.limits import MOST_AGENTS
from schema.calls.answers import SecretariatAnswer, secretariat_answer
from schema.calls.types import Secretariat
from schema.graphql.context import Info
from schema.graphql.ids import read_id
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError

at_most("SecretariatAgentsSetInput.agentIds", MOST_AGENTS)


@strawberry.input(description="Input of `secretariatAgentsSet`.")
class SecretariatAgentsSetInput:
    """Input of `secretariatAgentsSet`."""

    secretariat_id: strawberry.ID = strawberry.field(description="The secretariat.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    agent_ids: list[strawberry.ID] = strawberry.field(
        description="The users of the agents, at most 1,000; every agent may answer if there are none."
    )


@strawberry.type(description="The payload of `secretariatAgentsSet`.")
class SecretariatAgentsSetPayload:
    """Source: `SecretariatAnswer`."""

    secretariat: Secretariat | None = strawberry.field(
        description="The secretariat; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class SecretariatAgentsSet:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Replace the agents who may answer a company's calls; for operators.",
        graphql_type=SecretariatAgentsSetPayload | None,
    )
    async def secretariat_agents_set(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            SecretariatAgentsSetInput, strawberry.argument(description="The input.")
        ],
    ) -> SecretariatAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await secretariat_answer(
            info.context,
            lambda: set_agents(
                viewer,
                secretariat_id=read_id(input.secretariat_id, "Secretariat", "secretariatId"),
                expected_version=input.expected_version,
                agent_ids=[read_id(one, "User", "agentIds") for one in input.agent_ids],
            ),
        )
