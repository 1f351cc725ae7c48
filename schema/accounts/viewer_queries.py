"""The query `viewer`. It requires a signed-in user."""

import strawberry

from models.base.viewer import Viewer
from schema.accounts.viewer import ViewerType
from schema.graphql.context import Info
from schema.graphql.fast_path.roots import VIEWS

VIEWS.add("viewer")


@strawberry.type
class ViewerQueries:
    """Fields of the root query type."""

    @strawberry.field(description="The signed-in user.", graphql_type=ViewerType | None)
    def viewer(self, info: Info) -> Viewer:
        """Return the viewer."""
        return info.context.signed_in()
