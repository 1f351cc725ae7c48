"""The mutation `faqEntryDelete`."""

from typing import Annotated

import strawberry

from models.calls.faq import delete_faq_entry
from schema.calls.answers import GoneAnswer, gone_answer
from schema.graphql.context import Info
from schema.graphql.ids import read_id, write_id
from schema.graphql.payload import EXPECTED_VERSION, USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `faqEntryDelete`.")
class FaqEntryDeleteInput:
    """Input of `faqEntryDelete`."""

    faq_entry_id: strawberry.ID = strawberry.field(description="The entry.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)


@strawberry.type(description="The payload of `faqEntryDelete`.")
class FaqEntryDeletePayload:
    """Source: `GoneAnswer`."""

    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)

    @strawberry.field(description="The id; null if the mutation failed.")
    def faq_entry_id(root: strawberry.Parent[GoneAnswer]) -> strawberry.ID | None:
        """Return the global id."""
        return None if root.id is None else write_id("FaqEntry", root.id)


@strawberry.type
class FaqEntryDelete:
    """Fields of the root mutation type."""

    @strawberry.mutation(description="Delete an FAQ entry.", graphql_type=FaqEntryDeletePayload | None)
    async def faq_entry_delete(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            FaqEntryDeleteInput, strawberry.argument(description="The input.")
        ],
    ) -> GoneAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await gone_answer(
            info.context,
            lambda: delete_faq_entry(
                viewer,
                entry_id=read_id(input.faq_entry_id, "FaqEntry", "faqEntryId"),
                expected_version=input.expected_version,
            ),
        )
