"""Plan of a list: which columns to read for one selection, and how its page becomes JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from graphql import GraphQLList, GraphQLObjectType, get_nullable_type

from schema.graphql.fast_path.row_code import Columns, RowCode, Rows
from schema.graphql.fast_path.row_types import NotCovered, OtherViewer, RowType
from schema.graphql.pagination import write_cursor

if TYPE_CHECKING:
    from graphql import GraphQLField

    from models.base.keyset import Count, Cut
    from schema.graphql.context import Context
    from schema.graphql.fast_path.running import Running
    from schema.graphql.fast_path.selection import Details, Selection


class ReadRows(NamedTuple):
    """The rows of a page, and the verdict of each if the plan needs them."""

    cut: Cut
    verdicts: Rows


class AskedRows(Protocol):
    """A list with its arguments, whoever asks."""

    @property
    def list_digest(self) -> str:
        """The digest of the list's filter, for cursors."""

    def covers(self, context: Context, columns: frozenset[str]) -> bool:
        """Return whether this viewer's rows may be read like this: not if reading must be logged. Raises what
        the resolver raises for a viewer who may not list them.
        """

    async def read(
        self, context: Context, columns: tuple[str, ...], *, verdicts: bool, positions: bool
    ) -> ReadRows:
        """Read the columns of a page. Raises `NotCovered` for a page that the resolver would not return."""

    async def count(self, context: Context) -> Count:
        """Count the whole list."""


class RowList(NamedTuple):
    """A list that can be read as rows: the type of its nodes, and what reads its arguments as its resolver
    does, raising what that raises.
    """

    row_type: RowType
    asked: Callable[..., AskedRows]


class Page:
    """A page that was read, with what was loaded for its rows."""

    def __init__(
        self, found: ReadRows, loaded: Columns, context: Context, digest: str, count: Count | None
    ) -> None:
        self.cut, self.verdicts = found
        self.loaded = loaded
        self.context = context
        self.count = count
        self._digest = digest

    def cursor(self, index: int) -> str:
        """Return the cursor of a row."""
        return write_cursor(self.cut.order, self._digest, self.cut.order.position(self.cut.rows[index]))


Part = Callable[[Page], object]


class ListPlan:
    """A root field that is a list."""

    def __init__(
        self, selection: Selection, rows: RowList, definition: GraphQLField, details: Details
    ) -> None:
        """Plan the selection of a connection. Raises `NotCovered`."""
        self._rows = rows
        self._selection = selection
        self._code = RowCode(selection)
        self._counts = self._positions = False
        self._parts = self._connection(definition, details)
        self._code.loads.close()
        self._columns = self._code.columns
        self._names = frozenset(self._columns)

    def asked(self, arguments: Mapping[str, Any]) -> AskedRows:
        """Read the arguments of the list. Raises what the resolver raises for them."""
        return self._rows.asked(**arguments)

    async def data(self, running: Running, asked: AskedRows) -> dict[str, object]:
        """Return the connection. Raises `NotCovered`, and what the resolver raises for a viewer."""
        context = running.context
        if not asked.covers(context, self._names):
            raise OtherViewer
        found = await asked.read(
            context, self._columns, verdicts=self._code.reads_verdict, positions=self._positions
        )
        count = await asked.count(context) if self._counts else None
        loads = self._code.loads
        loaded = await loads.columns(found.cut.rows, running) if loads else ()
        page = Page(found, loaded, context, asked.list_digest, count)
        return {name: part(page) for name, part in self._parts}

    def _connection(self, definition: GraphQLField, details: Details) -> list[tuple[str, Part]]:
        of_type = _object(definition.type)
        fields = self._selection.below(of_type, details)
        parts = {name: self._part(of_type, one) for name, one in fields.items()}
        return [(name, part()) for name, part in parts.items()]  # once all columns are known

    def _part(self, of_type: GraphQLObjectType, details: Details) -> Callable[[], Part]:
        name = details[0].node.name.value
        if name == "__typename":
            return lambda: lambda _: of_type.name
        definition = self._selection.definition(of_type, details)
        if definition.args:
            raise NotCovered
        if name == "nodes":
            return self._nodes(_item(definition.type), details)
        if name == "edges":
            return self._edges(definition, details)
        if name == "pageInfo":
            return self._page_info(definition, details)
        if name == "totalCount":
            self._counts = True
            return lambda: _total
        if name == "totalCountIsExact":
            self._counts = True
            return lambda: _exact
        raise NotCovered

    def _nodes(self, of_type: object, details: Details) -> Callable[[], Callable[[Page], list[object]]]:
        expression = self._code.expression(self._rows.row_type, of_type, details)

        def finish() -> Callable[[Page], list[object]]:
            build = self._code.function(expression)
            return lambda page: build(page.cut.rows, page.verdicts, page.context, page.loaded)

        return finish

    def _edges(self, definition: GraphQLField, details: Details) -> Callable[[], Part]:
        of_type = _object(_item(definition.type))
        fields = self._selection.below(of_type, details)
        parts = {name: self._edge_part(of_type, one) for name, one in fields.items()}

        def finish() -> Part:
            columns = [(name, part()) for name, part in parts.items()]
            names = [name for name, _ in columns]

            def edges(page: Page) -> list[object]:
                if not columns:  # all of them are skipped
                    return [{} for _ in page.cut.rows]
                found = zip(*(part(page) for _, part in columns), strict=True)
                return [dict(zip(names, values, strict=True)) for values in found]

            return edges

        return finish

    def _edge_part(
        self, of_type: GraphQLObjectType, details: Details
    ) -> Callable[[], Callable[[Page], list[object]]]:
        name = details[0].node.name.value
        if name == "__typename":
            return lambda: lambda page: [of_type.name] * len(page.cut.rows)
        if name == "cursor":
            self._positions = True
            return lambda: lambda page: [page.cursor(index) for index in range(len(page.cut.rows))]
        if name == "node":
            definition = self._selection.definition(of_type, details)
            return self._nodes(get_nullable_type(definition.type), details)
        raise NotCovered

    def _page_info(self, definition: GraphQLField, details: Details) -> Callable[[], Part]:
        of_type = _object(definition.type)
        fields = self._selection.below(of_type, details)
        known: dict[str, Part] = {
            "__typename": lambda _: of_type.name,
            "hasNextPage": lambda page: page.cut.has_next,
            "hasPreviousPage": lambda page: page.cut.has_previous,
            "startCursor": lambda page: page.cursor(0) if page.cut.rows else None,
            "endCursor": lambda page: page.cursor(-1) if page.cut.rows else None,
        }
        names = {name: one[0].node.name.value for name, one in fields.items()}
        if not known.keys() >= set(names.values()):
            raise NotCovered
        self._positions |= not {"startCursor", "endCursor"}.isdisjoint(names.values())
        parts = [(name, known[of]) for name, of in names.items()]
        return lambda: lambda page: {name: part(page) for name, part in parts}


def _total(page: Page) -> object:
    assert page.count is not None  # noqa: S101 - it was counted because this part needs it
    return page.count.total


def _exact(page: Page) -> object:
    assert page.count is not None  # noqa: S101 - as above
    return page.count.exact


def _object(of_type: object) -> GraphQLObjectType:
    inner = get_nullable_type(of_type)  # type: ignore[call-overload]
    if not isinstance(inner, GraphQLObjectType):
        raise NotCovered
    return inner


def _item(of_type: object) -> object:
    inner = get_nullable_type(of_type)  # type: ignore[call-overload]
    if not isinstance(inner, GraphQLList):
        raise NotCovered
    return get_nullable_type(inner.of_type)
