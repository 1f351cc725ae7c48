"""The info of a resolver on the fast path, the larger half of which is made when it is read.

Most resolvers read only the context, and a page has hundreds of infos.
"""

from typing import TYPE_CHECKING, Any, Protocol

import strawberry

from schema.graphql.fast_path.plan import Place, path_of

if TYPE_CHECKING:
    from graphql import FieldNode, GraphQLField, GraphQLObjectType, GraphQLResolveInfo
    from graphql.pyutils import Path


class Source(Protocol):
    """What an info is made from: an execution, or what stands for it."""

    @property
    def context_value(self) -> Any:
        """The context of the operation."""

    def build_resolve_info(
        self,
        field_def: "GraphQLField",
        field_nodes: "list[FieldNode]",
        parent_type: "GraphQLObjectType",
        path: "Path",
    ) -> "GraphQLResolveInfo[Any]":
        """Return graphql-core's info of a field."""


class LazyInfo(strawberry.Info[Any, Any]):
    """Strawberry's info, from the parts that graphql-core's is made of."""

    def __init__(
        self,
        source: Source,
        definition: "GraphQLField",
        parent: "GraphQLObjectType",
        nodes: "list[FieldNode]",
        place: Place,
    ) -> None:
        """Keep the parts."""
        self._parts = source, definition, parent, nodes, place

    def __getattr__(self, name: str) -> Any:
        """Make what Strawberry's own info is given: graphql-core's, and the field."""
        source, definition, parent, nodes, place = self._parts
        if name == "_field":
            return definition.extensions["strawberry-definition"]
        if name != "_raw_info":
            raise AttributeError(name)
        path = path_of(place)
        assert path is not None  # noqa: S101 - it contains at least the field's own name
        self._raw_info = source.build_resolve_info(definition, nodes, parent, path)
        return self._raw_info

    @property
    def context(self) -> Any:
        """The context of the operation."""
        return self._parts[0].context_value

    @property
    def field_nodes(self) -> "list[FieldNode]":
        """The field in the document, as often as it is selected."""
        return self._parts[3]
