"""The query `health`, for operators."""

import strawberry

from models.desk.health import HealthView, health
from schema.desk.types import Health
from schema.graphql.context import Info


@strawberry.type
class HealthQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="The health of the marketplace: what is late, what waits to be sent, and whether the "
        "books agree. For operators.",
        graphql_type=Health | None,
    )
    async def health(self, info: Info) -> HealthView:
        """Read it."""
        context = info.context
        context.only_operators("read the health of the marketplace")
        return await health(context.conn)
