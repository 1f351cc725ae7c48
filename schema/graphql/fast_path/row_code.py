"""Code that turns rows into the objects of a list: one expression for a row, compiled once per plan.

A function per field and row would take five times as long. The text contains only response names, as Python
writes them, and numbers; everything else is bound as an object.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLString,
    get_nullable_type,
)

from models.base.public_id import public_ids
from schema.graphql.fast_path.decision_code import DecisionCode
from schema.graphql.fast_path.loaded import Loads
from schema.graphql.fast_path.row_types import Computed, Listed, Nested, NotCovered, RowType
from schema.graphql.fast_path.selection import strawberry_field

if TYPE_CHECKING:
    from uuid import UUID

    from graphql import GraphQLField

    from schema.graphql.context import Context
    from schema.graphql.fast_path.selection import Details, Selection

Rows = Sequence[Any]
Columns = Sequence[Sequence[object]]  # of each loaded field, its values by row
LARGEST, SMALLEST = 2**31 - 1, -(2**31)  # of GraphQL's Int
_PLAIN = frozenset({GraphQLString, GraphQLID, GraphQLBoolean})
_INSTANT = "DateTime"  # written by orjson as the scalar writes it


class RowCode:
    """Builds the code of the rows of one list; `columns` are read in this order."""

    def __init__(self, selection: Selection) -> None:
        """Start without columns."""
        self._selection = selection
        self._places: dict[str, int] = {}
        self._space: dict[str, object] = {
            "too_large": _too_large,
            "instant": datetime.fromtimestamp,
            "UTC": UTC,
        }
        self._ids: dict[tuple[str, str], str] = {}  # variable by type and column
        self._decisions: dict[str, DecisionCode] = {}
        self._conditions: list[str] = []  # under which a row has the object that is written
        self._listed: list[tuple[str, int, int]] = []  # type, column, and place of the id in its tuples
        self.loads = Loads(selection)
        self.reads_verdict = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the rows."""
        return tuple(self._places)

    def column(self, name: str) -> str:
        """Return the expression of a column's value."""
        return f"row[{self._places.setdefault(name, len(self._places))}]"

    def expression(self, row_type: RowType, of_type: object, details: Details) -> str:
        """Return the expression of an object."""
        if not isinstance(of_type, GraphQLObjectType) or of_type.name != row_type.name:
            raise NotCovered
        fields = self._selection.below(of_type, details)
        values = {name: self._field(row_type, of_type, one) for name, one in fields.items()}
        return f"{{{', '.join(f'{name!r}: {value}' for name, value in values.items())}}}"

    def _field(self, row_type: RowType, of_type: GraphQLObjectType, details: Details) -> str:
        node = details[0].node
        if node.name.value == "__typename":
            return repr(of_type.name)
        definition = self._selection.definition(of_type, details)
        name = strawberry_field(definition).python_name
        if name in row_type.loaded:
            return self.loads.add(row_type.loaded[name], of_type, details, self.column, self._conditions)
        if definition.args or node.arguments:
            raise NotCovered
        if name == "id" and row_type.node_id is not None:
            return self._id(row_type.name, row_type.node_id)
        if name == row_type.decision:
            return self._decision(definition, details)
        below = row_type.nested.get(name) or row_type.listed.get(name)
        if below is not None:
            return self._below(below, definition, details)
        if name in row_type.computed:
            value = self._computed(row_type.computed[name])
        elif name in row_type.instants:
            value = _instant(self.column(row_type.instants[name]), definition)
        elif name in row_type.columns:
            value = self.column(row_type.columns[name])
        else:
            raise NotCovered
        return self._leaf(value, definition)

    def _leaf(self, value: str, definition: GraphQLField) -> str:
        leaf = get_nullable_type(definition.type)
        if isinstance(leaf, GraphQLList):  # of text, as it is, or of members of an enum
            leaf = get_nullable_type(leaf.of_type)
            if isinstance(leaf, GraphQLEnumType) and isinstance(definition.type, GraphQLNonNull):
                return f"[{self._constant(_names_of(leaf))}[one] for one in {value}]"
            if leaf in _PLAIN or getattr(leaf, "coerce_output_value", None) is str:
                return value
            raise NotCovered
        if isinstance(leaf, GraphQLEnumType):
            return f"{self._constant(_names_of(leaf))}[{value}]"
        if not isinstance(leaf, GraphQLScalarType):
            raise NotCovered
        if leaf is GraphQLInt:
            small = f"(number := {value}) is None or {SMALLEST} <= number <= {LARGEST}"
            return f"(number if {small} else too_large())"
        if leaf in _PLAIN or leaf.coerce_output_value is str or leaf.name == _INSTANT:
            return value
        raise NotCovered

    def _id(self, type_name: str, column: str) -> str:
        self.column(column)
        return self._ids.setdefault((type_name, column), f"id{len(self._ids)}")

    def _computed(self, computed: Computed) -> str:
        values = [self.column(name) for name in computed.columns]
        if computed.judged:
            self.reads_verdict = True
            values.append("verdict.now")
        return f"{self._constant(computed.compute)}({', '.join(values)})"

    def _decision(self, definition: GraphQLField, details: Details) -> str:
        of_type = get_nullable_type(definition.type)
        if not isinstance(of_type, GraphQLObjectType):
            raise NotCovered
        self.reads_verdict = True
        name = f"decision{len(self._decisions)}"
        self._decisions[name] = DecisionCode(self._selection, of_type, details)
        return name

    def _below(self, below: Nested | Listed, definition: GraphQLField, details: Details) -> str:
        if isinstance(below, Nested):
            return self._nested(below, definition, details)
        return self._list(below, definition, details)

    def _nested(self, nested: Nested, definition: GraphQLField, details: Details) -> str:
        conditions = ["verdict.visible"] if nested.visible else []
        self.reads_verdict |= nested.visible
        conditions += [f"{self.column(name)} is not None" for name in nested.present]
        outer, self._conditions = self._conditions, [*self._conditions, *conditions]
        inner = self.expression(nested.of, get_nullable_type(definition.type), details)
        self._conditions = outer
        return f"({inner} if {' and '.join(conditions)} else None)" if conditions else inner

    def _list(self, listed: Listed, definition: GraphQLField, details: Details) -> str:
        items = get_nullable_type(definition.type)
        if self._conditions or not isinstance(items, GraphQLList):
            raise NotCovered
        code = _ItemCode(self, listed)
        item = code.expression(listed.of, get_nullable_type(items.of_type), details)
        if code.loads or code._listed or code.reads_verdict:  # which belong to rows
            raise NotCovered
        return f"[{item} for item in {self.column(listed.column)}]"

    def _id_of_item(self, type_name: str, listed: Listed, column: str) -> str:
        """Return the expression of the id of the next item: those of all rows are encoded together."""
        self.column(listed.column)
        self._listed.append((type_name, self._places[listed.column], listed.names.index(column)))
        return f"next{len(self._listed) - 1}()"

    def _constant(self, value: object) -> str:
        name = f"constant{len(self._space)}"
        self._space[name] = value
        return name

    def function(self, expression: str) -> Callable[[Rows, Rows, Context, Columns], list[object]]:
        """Return the function that makes the objects of rows, given their verdicts if there are any, and what
        was loaded for them.
        """
        ids = list(self._ids.items())
        loaded_names = [f"loaded{number}" for number in range(len(self.loads))]
        more = [*(name for _, name in ids), *loaded_names, *self._decisions]
        loops = ["row", *(["verdict"] if self.reads_verdict else []), *more]
        sources = ["rows", *(["verdicts"] if self.reads_verdict else []), *(f"all_{name}" for name in more)]
        nexts = [f"next{number}" for number in range(len(self._listed))]
        parameters = ", ".join(["rows", "verdicts", *(f"all_{name}" for name in more), *nexts])
        each = f"({', '.join(loops)},) in zip({', '.join(sources)})"
        text = f"def build({parameters}):\n    return [{expression} for {each}]\n"
        space = dict(self._space)
        exec(text, space)  # noqa: S102 - see above
        build: Callable[..., list[object]] = space["build"]  # type: ignore[assignment]
        encoded = [(of_type, self._places[column]) for (of_type, column), _ in ids]
        decisions, listed = list(self._decisions.values()), list(self._listed)

        def objects(rows: Rows, verdicts: Rows, context: Context, loaded: Columns) -> list[object]:
            ids_of = [_ids(of_type, [row[place] for row in rows]) for of_type, place in encoded]
            written = [one.writer(context)(verdicts) for one in decisions]
            items = [iter(_ids_of_items(rows, *one)).__next__ for one in listed]
            return build(rows, verdicts, *ids_of, *loaded, *written, *items)

        return objects


class _ItemCode(RowCode):
    """The code of one item of a list in a row: what is read is a value of its tuple."""

    def __init__(self, row: RowCode, listed: Listed) -> None:
        super().__init__(row._selection)
        self._row, self._of = row, listed
        self._space = row._space

    def column(self, name: str) -> str:
        """Return the expression of a value."""
        return f"item[{self._of.names.index(name)}]"

    def _id(self, type_name: str, column: str) -> str:
        if self._conditions:  # each item must take its own
            raise NotCovered
        return self._row._id_of_item(type_name, self._of, column)


def _instant(seconds: str, definition: GraphQLField) -> str:
    """Return the expression of an instant, given that of its seconds."""
    instant = f"instant({seconds}, UTC)"
    nullable = not isinstance(definition.type, GraphQLNonNull)
    return f"(None if {seconds} is None else {instant})" if nullable else instant


def _names_of(leaf: GraphQLEnumType) -> dict[str | None, str | None]:
    """Return the names of an enum's members by their values in the database, which are text."""
    members = ((getattr(member.value, "value", member.value), name) for name, member in leaf.values.items())
    return {None: None} | {str(value): name for value, name in members}


def _ids(of_type: str, row_ids: Sequence[UUID | None]) -> Sequence[str | None]:
    found = [row_id for row_id in row_ids if row_id is not None]
    if len(found) == len(row_ids):
        return public_ids(of_type, found)
    written = iter(public_ids(of_type, found))
    return [None if row_id is None else next(written) for row_id in row_ids]


def _ids_of_items(rows: Rows, of_type: str, column: int, place: int) -> Sequence[str]:
    return public_ids(of_type, [item[place] for row in rows for item in row[column]])


def _too_large() -> object:
    raise NotCovered
