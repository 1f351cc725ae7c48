"""The query `webhookEndpoints`: an owner's endpoints; for operators, all."""

import strawberry

from models.base.role import Role
from models.messages.webhooks.list import NEWEST_ENDPOINT, EndpointView, list_endpoints
from schema.graphql.context import Info
from schema.graphql.errors import forbidden
from schema.graphql.fast_path.roots import VIEWS
from schema.graphql.pagination import After, Connection, First, digest, not_counted, slice_of
from schema.messages.endpoint_types import WebhookEndpointConnection

VIEWS.add("webhookEndpoints")


@strawberry.type
class WebhookEndpointQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="The webhook endpoints of the viewer's account, newest first, for its owners; for "
        "operators, the marketplace's and all others.",
        graphql_type=WebhookEndpointConnection | None,
    )
    async def webhook_endpoints(
        self, info: Info, first: First = 25, after: After = None
    ) -> Connection[EndpointView]:
        """List endpoints."""
        context = info.context
        viewer = context.signed_in()
        if not viewer.operator and Role.OWNER not in viewer.roles:
            raise forbidden(
                "You do not have permission to list webhook endpoints. Only owners and operators can."
            )
        list_digest = digest("webhookEndpoints")
        part = slice_of(NEWEST_ENDPOINT, list_digest, first, after)
        page = await list_endpoints(context.conn, viewer, part)
        return Connection(page, list_digest, not_counted)
