"""The stop after a mutation, as the viewer sees it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from models.contacting.list import stops_by_id
from models.contacting.views import StopView
from schema.graphql.context import Context
from schema.graphql.errors import RefusalView


@dataclass(frozen=True, slots=True)
class StopAnswer:
    """The stop, or the refusals."""

    do_not_contact: StopView | None = None
    user_errors: Sequence[RefusalView] = ()


async def stop_answer(context: Context, stop_id: UUID) -> StopAnswer:
    """Read a stop as the viewer sees it now."""
    return StopAnswer((await stops_by_id(context.conn, context.viewer, [stop_id])).get(stop_id))
