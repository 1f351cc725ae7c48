"""The mutation `faqEntrySet`."""

from typing import Annotated
from uuid import UUID

import strawberry

from models.base.viewer import Viewer
from models.calls.faq import FaqDraft, create_faq_entry, update_faq_entry
from schema.calls.answers import FaqAnswer, as_given, faq_answer
from schema.calls.entry_types import FaqEntry
from schema.calls.queries import SPECIFIED
from schema.graphql.context import Info
from schema.graphql.ids import optional_id, read_id
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError


@strawberry.input(description="Input of `faqEntrySet`.")
class FaqEntrySetInput:
    """Input of `faqEntrySet`."""

    question: str = strawberry.field(description="The question, at most 500 characters.")
    answer: str = strawberry.field(description="The answer, at most 5,000 characters.")
    faq_entry_id: strawberry.ID | None = strawberry.field(
        default=None, description="The entry to replace; a new one if omitted."
    )
    secretariat_id: strawberry.ID | None = strawberry.field(default=None, description=SPECIFIED)
    expected_version: int | None = strawberry.field(
        default=None, description="The version that you read; for a change."
    )
    position: int | None = strawberry.field(
        default=None, description="Its place in the list; the last one if omitted."
    )
    idempotency_key: str | None = strawberry.field(
        default=None, description="A key that you choose, such as a UUID; for a new one."
    )


@strawberry.type(description="The payload of `faqEntrySet`.")
class FaqEntrySetPayload:
    """Source: `FaqAnswer`."""

    faq_entry: FaqEntry | None = strawberry.field(description="The entry; null if the mutation failed.")
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class FaqEntrySet:
    """Fields of the root mutation type."""

    @strawberry.mutation(description="Add or replace an FAQ entry.", graphql_type=FaqEntrySetPayload | None)
    async def faq_entry_set(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            FaqEntrySetInput, strawberry.argument(description="The input.")
        ],
    ) -> FaqAnswer:
        """Call the action and return its result."""
        viewer = info.context.signed_in()
        return await faq_answer(
            info.context,
            lambda: _saved(viewer, input),
        )


async def _saved(viewer: Viewer, given: FaqEntrySetInput) -> UUID:
    draft = FaqDraft(given.question, given.answer, given.position)
    if given.faq_entry_id is not None:
        return await update_faq_entry(
            viewer,
            entry_id=read_id(given.faq_entry_id, "FaqEntry", "faqEntryId"),
            expected_version=given.expected_version,
            draft=draft,
        )
    return await create_faq_entry(
        viewer,
        secretariat_id=optional_id(given.secretariat_id, "Secretariat", "secretariatId"),
        draft=draft,
        idempotency_key=given.idempotency_key,
        given=as_given(given),
    )
