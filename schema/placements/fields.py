"""The fields of placed messages on other types."""

from typing import Any

import strawberry

from models.complaints.list import ComplaintView
from models.leads.views import ApplicationView
from models.placements.placed import PlacedView, placed_messages
from schema.graphql.context import Info
from schema.placements.types import PlacedMessage


def _placed(root: strawberry.Parent[ApplicationView | ComplaintView], info: Info) -> list[PlacedView]:
    return placed_messages(root, info.context.viewer)


def placed_field() -> Any:
    """Return the field `placed` of a type whose views are applications or complaints."""
    return strawberry.field(
        resolver=_placed,
        description="What you are shown about it now: at most one banner, tooltip and system message.",
        graphql_type=list[PlacedMessage],
    )
