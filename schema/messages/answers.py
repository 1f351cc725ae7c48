"""Shared parts of the payloads of dispatches: the dispatches after an action, or why it failed."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from uuid import UUID

from models.messages.list import DispatchView, dispatches_by_id
from schema.graphql.context import Context
from schema.graphql.errors import REFUSED, RefusalView, refused

DISPATCH = "The dispatch; null if the mutation failed."
DISPATCHES = "The dispatches, in the order of the ids; empty if the mutation failed."


@dataclass(frozen=True, slots=True)
class DispatchAnswer:
    """The dispatches after a mutation, or the refusals."""

    dispatches: Sequence[DispatchView] = ()
    user_errors: Sequence[RefusalView] = ()

    @property
    def dispatch(self) -> DispatchView | None:
        """Return the only dispatch."""
        return self.dispatches[0] if self.dispatches else None


async def answered(context: Context, ids: Sequence[UUID], action: Awaitable[None]) -> DispatchAnswer:
    """Await an action on these dispatches, and read them as the viewer sees them now."""
    try:
        await action
    except REFUSED as error:
        return DispatchAnswer(user_errors=refused(error))
    found = await dispatches_by_id(context.conn, context.viewer, ids)
    return DispatchAnswer([found[one] for one in dict.fromkeys(ids) if one in found])
