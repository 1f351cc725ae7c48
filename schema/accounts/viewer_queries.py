"""The query `viewer`. It requires a signed-in user."""

import strawberry

from models.base.viewer import Viewer as ViewerModel
from schema.accounts.viewer import Viewer
from schema.graphql.context import Info


@strawberry.type
class ViewerQueries:
    """Fields of the root query type."""

    @strawberry.field(description="The signed-in user.", graphql_type=Viewer)
    def viewer(self, info: Info) -> ViewerModel:
        """Return the viewer."""
        return info.context.signed_in()
