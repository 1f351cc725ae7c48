"""The mutation `senderProfileSet`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import strawberry

from models.base.refusal import LANGUAGES
from models.contacting.set_sender_profile import SignatureInput as GivenSignature
from models.contacting.set_sender_profile import set_sender_profile
from schema.contacting.advice_types import SenderProfile, SenderProfileSource
from schema.contacting.media import Medium
from schema.contacting.sender_profile import own_sender_profile
from schema.graphql.context import Info
from schema.graphql.errors import REFUSED, RefusalView, refused
from schema.graphql.limits.lists import at_most
from schema.graphql.payload import USER_ERRORS
from schema.graphql.user_error import UserError

at_most("SenderProfileSetInput.accepts", len(Medium))
at_most("SenderProfileSetInput.signatures", len(LANGUAGES))


@strawberry.input(description="A signature in one language.")
class SignatureInput:
    """A signature."""

    language: str = strawberry.field(description="en, de, pl or ro.")
    text: str = strawberry.field(
        description="The signature, at most 1,000 characters: name, role, company, site and other ways to "
        "reach you."
    )


@strawberry.input(description="Input of `senderProfileSet`.")
class SenderProfileSetInput:
    """Input of `senderProfileSet`."""

    accepts: list[Medium] = strawberry.field(
        description="The media by which your company wants to be contacted, the preferred one first; none: "
        "all."
    )
    signatures: list[SignatureInput] = strawberry.field(
        description="The signatures, one per language; those that are left out are removed."
    )
    expected_version: int | None = strawberry.field(
        description="The version that you read; required once there is a profile.", default=None
    )


@dataclass(frozen=True, slots=True)
class SenderProfileAnswer:
    """The profile, or the refusals."""

    sender_profile: SenderProfileSource | None = None
    user_errors: Sequence[RefusalView] = ()


@strawberry.type(description="The payload of `senderProfileSet`.")
class SenderProfileSetPayload:
    """Source: `SenderProfileAnswer`."""

    sender_profile: SenderProfile | None = strawberry.field(
        description="The profile; null if the mutation failed."
    )
    user_errors: list[UserError] = strawberry.field(description=USER_ERRORS)


@strawberry.type
class SenderProfileSet:
    """Fields of the root mutation type."""

    @strawberry.mutation(
        description="Set how your company itself is contacted, and how it signs; for owners.",
        graphql_type=SenderProfileSetPayload | None,
    )
    async def sender_profile_set(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - the contract's name
            SenderProfileSetInput, strawberry.argument(description="The input.")
        ],
    ) -> SenderProfileAnswer:
        """Call the action and return its result."""
        context = info.context
        viewer = context.signed_in()
        try:
            await set_sender_profile(
                viewer,
                accepts=input.accepts,
                signatures=[GivenSignature(one.language, one.text) for one in input.signatures],
                expected_version=input.expected_version,
            )
        except REFUSED as error:
            return SenderProfileAnswer(user_errors=refused(error))
        return SenderProfileAnswer(await own_sender_profile(context))
