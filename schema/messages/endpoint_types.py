"""GraphQL types of webhook endpoints. A secret is only in the answer of the mutation that made it."""

from datetime import datetime
from typing import Annotated

import strawberry

from models.feed.wording import decision_message
from models.feed.wording.language import language_for
from models.feed.wording.letters import letter_words
from models.messages.list import NEWEST_DISPATCH, DispatchFilter, DispatchView, dispatches_of_endpoints
from models.messages.webhooks.events import WebhookEvent
from models.messages.webhooks.list import EndpointView
from models.messages.webhooks.tables import WebhookState
from schema.graphql.context import Info
from schema.graphql.enums import describe
from schema.graphql.node import Node, node_id
from schema.graphql.pagination import (
    WITHIN_A_LIST,
    After,
    Connection,
    First,
    PageOf,
    digest,
    nested_size,
    not_counted,
    slice_of,
    within_list,
)
from schema.graphql.scalars import Url
from schema.messages.endpoint_loaders import EndpointLoaders
from schema.messages.queries import DispatchFilterInput
from schema.messages.types import DispatchConnection
from schema.policies.loaders import PolicyLoaders

describe(
    WebhookEvent,
    "An event that is sent to webhook endpoints. More may be added.",
    {
        "APPLICATION_SUBMITTED": "`application.submitted`: an application reached the prospect.",
        "APPLICATION_ACCEPTED": "`application.accepted`: the prospect accepted.",
        "APPLICATION_DECLINED": "`application.declined`: the prospect declined.",
        "CONTACT_REVEALED": "`contact.revealed`: contact data was revealed without an answer.",
        "LEAD_DELIVERED": "`lead.delivered`: a lead was delivered.",
        "FEE_REFUNDED": "`fee.refunded`: a fee was released or refunded.",
        "COMPLAINT_FILED": "`complaint.filed`: a complaint was filed.",
        "COMPLAINT_DECIDED": "`complaint.decided`: all items of a complaint are decided.",
        "COMPLAINT_OVERDUE": "`complaint.overdue`: a complaint was not decided in time.",
        "CHAT_MESSAGE": "`chat.message`: a message was written in a chat, by either side or an operator.",
    },
)
describe(
    WebhookState,
    "Whether events are sent to a webhook endpoint.",
    {"ACTIVE": "Events are sent.", "DISABLED": "Nothing is sent until it is enabled."},
)


@strawberry.type(description="An address that events of an account are sent to.")
class WebhookEndpoint(Node):
    """Source: `EndpointView`."""

    id: strawberry.ID = node_id("WebhookEndpoint")
    version: int = strawberry.field(description="Increases with every change; send it as `expectedVersion`.")
    url: Url = strawberry.field(description="The address.")
    events: list[WebhookEvent] = strawberry.field(description="The events that are sent.")
    state: WebhookState = strawberry.field(description="Whether events are sent.")

    @strawberry.field(description="Why it is disabled, in the viewer's language; null if it is active.")
    async def disabled_because(root: strawberry.Parent[EndpointView], info: Info) -> str | None:
        """Word the decision; a person needs none."""
        if root.state is WebhookState.ACTIVE:
            return None
        viewer = info.context.viewer
        decision = (
            await info.context.load(PolicyLoaders).decision.load(root.disabled_decision_id)
            if root.disabled_decision_id is not None
            else None
        )
        if decision is None:
            return letter_words(language_for(viewer.locale)).disabled_by_hand
        return decision_message(decision, viewer.locale, viewer.time_zone)

    failing_since: datetime | None = strawberry.field(
        description="The first failure after the last success; null if the last request succeeded."
    )
    secret_rotates_until: datetime | None = strawberry.field(
        description="Until when the previous secret signs too; null if there is only one."
    )
    created_at: datetime = strawberry.field(description="When it was created.")

    @strawberry.field(
        description="What was sent to it, or is about to be, newest first. " + WITHIN_A_LIST,
        graphql_type=DispatchConnection,
    )
    async def dispatches(
        root: strawberry.Parent[EndpointView],
        info: Info,
        first: First = 25,
        after: After = None,
        filter: Annotated[  # noqa: A002 - the contract's name
            DispatchFilterInput | None,
            strawberry.argument(description="Return only items that match; all items if omitted."),
        ] = None,
    ) -> Connection[DispatchView]:
        """Load a page; inside a list, one statement loads the pages of all endpoints."""
        context = info.context
        criteria = filter.read() if filter is not None else DispatchFilter()
        list_digest = digest("endpointDispatches", root.id, criteria)
        part = slice_of(NEWEST_DISPATCH, list_digest, first, after)
        if within_list(info):
            key = (root.id, nested_size(info, part, first), criteria)
            page = await context.load(EndpointLoaders).dispatches.load(key)
        else:
            found = await dispatches_of_endpoints(context.conn, context.viewer, [root.id], part, criteria)
            page = found[root.id]
        return Connection(page, list_digest, not_counted)

    @classmethod
    def is_type_of(cls, obj: object, _: object) -> bool:
        """Return whether a node is an endpoint."""
        return isinstance(obj, EndpointView)


WebhookEndpointConnection = PageOf[WebhookEndpoint]
