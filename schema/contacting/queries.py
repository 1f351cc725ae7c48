"""The query `optOutLists`."""

from collections.abc import Sequence

import strawberry

from models.contacting.list import opt_out_lists
from models.contacting.views import OptOutListView
from schema.contacting.types import OptOutList
from schema.graphql.context import Info


@strawberry.type
class ContactingQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="All opt-out lists, by country and medium; for operators.",
        graphql_type=list[OptOutList] | None,
    )
    async def opt_out_lists(self, info: Info) -> Sequence[OptOutListView]:
        """List the opt-out lists."""
        context = info.context
        context.only_operators("list opt-out lists")
        return await opt_out_lists(context.conn)
