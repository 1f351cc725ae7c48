"""The queries `policies` and `markets`."""

import strawberry

from models.policies.list import BY_CODE, NEWEST_POLICY, list_markets, list_policies
from models.policies.views import MarketView, PolicyView
from schema.graphql.context import Info
from schema.graphql.fast_path.roots import VIEWS
from schema.graphql.pagination import After, Connection, First, digest, not_counted, slice_of
from schema.policies.types import MarketConnection, PolicyConnection

VIEWS |= {"policies", "markets"}


@strawberry.type
class PolicyQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="All policy versions of all markets, latest effective date first.",
        graphql_type=PolicyConnection | None,
    )
    async def policies(self, info: Info, first: First = 25, after: After = None) -> Connection[PolicyView]:
        """List policies."""
        context = info.context
        context.signed_in()
        list_digest = digest("policies")
        part = slice_of(NEWEST_POLICY, list_digest, first, after)
        page = await list_policies(context.conn, part)
        return Connection(page, list_digest, not_counted)

    @strawberry.field(
        description="All markets, ordered by code; for all users.", graphql_type=MarketConnection | None
    )
    async def markets(self, info: Info, first: First = 25, after: After = None) -> Connection[MarketView]:
        """List markets."""
        context = info.context
        context.signed_in()
        list_digest = digest("markets")
        part = slice_of(BY_CODE, list_digest, first, after)
        return Connection(await list_markets(context.conn, part), list_digest, not_counted)
