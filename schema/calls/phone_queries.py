"""The query `phoneSystems`, for operators."""

import strawberry

from models.calls.phone.list import SystemView, list_systems
from schema.calls.phone_types import PhoneSystem
from schema.graphql.context import Info
from schema.graphql.errors import forbidden


@strawberry.type
class PhoneSystemQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="The telephone systems that report calls, by name; at most 50. For operators.",
        graphql_type=list[PhoneSystem] | None,
    )
    async def phone_systems(self, info: Info) -> list[SystemView]:
        """List the systems."""
        context = info.context
        viewer = context.signed_in()
        if not viewer.operator:
            raise forbidden("You do not have permission to list telephone systems. Only operators can.")
        return await list_systems(context.conn, viewer)
