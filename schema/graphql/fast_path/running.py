"""One request that a plan answers: what resolvers are given of it, made only if one asks."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from schema.graphql.fast_path.execution import Execution
from schema.graphql.fast_path.selection import Compiled, Selection

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from graphql import FieldNode, GraphQLField, GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema
    from graphql.execution.values import VariableValues
    from graphql.pyutils import Path

    from schema.graphql.context import Context
    from schema.graphql.prepared import Prepared

T = TypeVar("T")


class Running:
    """A request, with what graphql-core would make for it. It lives as long as the request."""

    def __init__(
        self,
        schema: GraphQLSchema,
        prepared: Prepared,
        values: VariableValues,
        context: Context,
        compiled: Compiled,
    ) -> None:
        """Take the operation, the values of its variables, the context, and what counts further code."""
        self.schema, self.prepared, self.values, self.context = schema, prepared, values, context
        self._compiled = compiled

    @property
    def context_value(self) -> Context:
        """The context, as an execution calls it."""
        return self.context

    def build_resolve_info(
        self,
        field_def: GraphQLField,
        field_nodes: list[FieldNode],
        parent_type: GraphQLObjectType,
        path: Path,
    ) -> GraphQLResolveInfo[Any]:
        """Return graphql-core's info of a field, which few resolvers read."""
        return self.execution.build_resolve_info(field_def, field_nodes, parent_type, path)

    @cached_property
    def execution(self) -> Execution:
        """An execution for this viewer, which only resolvers' infos read."""
        return self.prepared.execution(Execution, self.schema, self.values, self.context)

    def selection(self) -> Selection:
        """Return what the operation selects, to plan more of it."""
        return Selection(self.schema, self.prepared, self.values, self._compiled)

    def given(self, asked: Sequence[Given]) -> list[object]:
        """Return what the code of a plan is given of this request."""
        return [one(self) for one in asked]


async def side_by_side(reading: Sequence[Coroutine[Any, Any, T]]) -> list[T]:
    """Return what each reads, in their order; all have ended before an error is raised."""
    if len(reading) < 2:
        return [await one for one in reading]
    found = await gather(*reading, return_exceptions=True)
    for one in found:
        if isinstance(one, BaseException):
            raise one
    return cast("list[T]", found)


Given = Callable[[Running], object]
