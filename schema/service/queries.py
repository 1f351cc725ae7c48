"""The query `service`. It needs no sign-in and, except for the demo's users, no database."""

import strawberry

from schema.graphql.context import Info
from schema.graphql.reached_at import only_this_machine
from schema.service.types import Service, ServiceView


@strawberry.type
class ServiceQueries:
    """Fields of the root query type."""

    @strawberry.field(
        description="The service: its clock, version and languages. No sign-in is needed.",
        graphql_type=Service | None,
    )
    def service(self, info: Info) -> ServiceView:
        """Return what this request may see of the service."""
        context = info.context
        return ServiceView(local=only_this_machine(context.services.settings, context.request))
