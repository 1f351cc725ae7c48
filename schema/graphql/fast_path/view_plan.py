"""Plan of a root field that is read by its own resolver: compiled code completes what that returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from schema.graphql.fast_path.info import LazyInfo
from schema.graphql.fast_path.row_types import NotCovered
from schema.graphql.fast_path.selection import arguments, strawberry_field
from schema.graphql.fast_path.view_code import Writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphql import GraphQLField, GraphQLObjectType

    from schema.graphql.fast_path.plan import Place
    from schema.graphql.fast_path.running import Running
    from schema.graphql.fast_path.selection import Details, Selection


class ViewPlan:
    """A root field whose resolver only reads."""

    def __init__(
        self,
        selection: Selection,
        root: GraphQLObjectType,
        definition: GraphQLField,
        details: Details,
        name: str,
    ) -> None:
        """Plan the selection below the field with this response name. Raises `NotCovered`."""
        resolver = strawberry_field(definition).base_resolver
        if resolver is None or not resolver.self_parameter:
            raise NotCovered
        self._resolve = cast("Callable[..., Any]", resolver.wrapped_func)
        self._wants_info, self._awaits = resolver.info_parameter is not None, resolver.is_async
        self._definition, self._root = definition, root
        self._nodes = [one.node for one in details]
        self._place: Place = (None, name, root.name)
        self._code = Writing(selection).code(definition.type, details, self._place)

    async def data(self, running: Running) -> object:
        """Return the field. Raises `NotCovered` for whatever is not certainly completed as usual, errors
        included: graphql-core then reports them with their places.
        """
        try:
            given: dict[str, Any] = arguments(
                running.schema, self._definition, self._nodes[0], running.values
            )
            if self._wants_info:
                given["info"] = LazyInfo(running, self._definition, self._root, self._nodes, self._place)
            found = self._resolve(None, **given)
            return (await self._code.rendered([await found if self._awaits else found], running))[0]
        except Exception:  # noqa: BLE001 - see above
            raise NotCovered from None
