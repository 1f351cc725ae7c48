"""Shared parts of the payloads of telephone systems: the system after an action, or why it failed."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from models.calls.phone.list import SystemView, systems_by_id
from schema.graphql.context import Context
from schema.graphql.errors import REFUSED, RefusalView, refused

PHONE_SYSTEM = "The telephone system; null if the mutation failed."
PHONE_SYSTEM_ID = "The telephone system."
SHOWN_ONCE = (
    "The secret with which a GENERIC system signs, `whsec_` and Base64. It is shown only this once: null for "
    "a repeated request, for other drivers, if nothing new was made, and if the mutation failed."
)


@dataclass(frozen=True, slots=True)
class PhoneSystemAnswer:
    """The telephone system after a mutation, with a new secret, or the refusals."""

    phone_system: SystemView | None = None
    secret: str | None = field(default=None, repr=False)
    user_errors: Sequence[RefusalView] = ()


async def phone_system_answer(
    context: Context, action: Callable[[], Awaitable[tuple[UUID, str | None]]]
) -> PhoneSystemAnswer:
    """Call an action that returns a system's id and a new secret, and read the system."""
    try:
        system_id, secret = await action()
    except REFUSED as error:
        return PhoneSystemAnswer(user_errors=refused(error))
    if secret is not None:
        context.carries_secret()
    found = await systems_by_id(context.conn, context.viewer, [system_id])
    return PhoneSystemAnswer(found.get(system_id), secret)
