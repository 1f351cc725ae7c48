"""GraphQL interface of objects with a global id. `schema.nodes` fetches them."""

from typing import Any, Protocol
from uuid import UUID

import strawberry

from schema.graphql.ids import write_id

ID_DESCRIPTION = "The global id: opaque, stable, unique across types."


class HasId(Protocol):
    """A view of a row."""

    @property
    def id(self) -> UUID:
        """The row's id."""


def node_id(type_name: str) -> Any:
    """Return the field `id` of a type whose views have the row's id."""

    def resolve(root: strawberry.Parent[HasId]) -> strawberry.ID:
        return write_id(type_name, root.id)

    return strawberry.field(resolver=resolve, description=ID_DESCRIPTION)


@strawberry.interface(description="An object with a global id that `node` can fetch.")
class Node:
    """Relay's Node."""

    id: strawberry.ID = strawberry.field(description=ID_DESCRIPTION)
