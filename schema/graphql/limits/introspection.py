"""Size of a document's introspection, which graphql-core answers from memory in one step of the event loop.

A kilobyte of aliases can read the whole schema thirty times. Each object and leaf of the result is counted,
never underestimated, so that no result takes much longer than reading the schema once.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import TypeAlias

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_introspection_query,
    is_abstract_type,
    parse,
)

_ROOTS = frozenset({"__schema", "__type"})
_MARGIN = Fraction(11, 10)  # above what the standard tools request
_DEEPEST = 30  # nested fields; the standard tools use fourteen
_ENDLESS = 10**9

# The lists of the introspection types, by the names of their fields; everything else is one object or a leaf.
_OF_TYPES = ("fields", "inputFields", "enumValues", "interfaces", "possibleTypes")
_LISTS = frozenset({*_OF_TYPES, "args", "types", "directives"})
Size: TypeAlias = tuple[Fraction, int]  # of a list: the average over all its owners, and the maximum


class SchemaReading:
    """Measures documents against one schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        """Count what the schema contains."""
        self._types = len(schema.type_map)
        self._directives = len(schema.directives)
        self._sizes = _sizes(schema)
        standard = parse(
            get_introspection_query(
                specified_by_url=True,
                directive_is_repeatable=True,
                schema_description=True,
                input_value_deprecation=True,
                one_of=True,
            )
        )
        self.most = ceil(self.largest(standard) * _MARGIN)

    def largest(self, document: DocumentNode) -> int:
        """Return the most that one of a valid document's operations reads."""
        fragments = {
            one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
        }
        walk = _Walk(self, fragments)
        return max(
            (
                ceil(walk.reads(one.selection_set, whole=False, root=True, depth=0))
                for one in document.definitions
                if isinstance(one, OperationDefinitionNode)
            ),
            default=0,
        )

    def size(self, name: str, *, whole: bool) -> Fraction | int:
        """Return the length of a list; if it is read for all its owners (`whole`), the average is exact."""
        if name == "types":
            return self._types
        if name == "directives":
            return self._directives
        found = self._sizes.get(name)
        if found is None:
            return 1
        average, most = found
        return average if whole else most


class _Walk:
    """A walk over one document; a fragment is read once per context."""

    def __init__(self, schema: SchemaReading, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._schema = schema
        self._fragments = fragments
        self._known: dict[tuple[str, bool, bool], Fraction | int] = {}

    def reads(self, selections: SelectionSetNode, *, whole: bool, root: bool, depth: int) -> Fraction | int:
        """Return what selections read of one object; at the `root` only introspection counts."""
        if depth > _DEEPEST:
            return 0 if root else _ENDLESS
        total: Fraction | int = 0
        for node in selections.selections:
            if isinstance(node, FieldNode):
                if not root or node.name.value in _ROOTS:
                    total += self._field(node, whole=whole, depth=depth)
            elif isinstance(node, InlineFragmentNode):
                total += self.reads(node.selection_set, whole=whole, root=root, depth=depth + 1)
            elif isinstance(node, FragmentSpreadNode):
                total += self._fragment(node.name.value, whole=whole, root=root, depth=depth)
        return min(total, _ENDLESS)

    def _field(self, node: FieldNode, *, whole: bool, depth: int) -> Fraction | int:
        if node.selection_set is None:
            return 1
        name = node.name.value
        # All fields of all types; beyond that, one type may be read many times.
        below = name == "types" or (whole and name == "fields")
        inner = self.reads(node.selection_set, whole=below, root=False, depth=depth + 1)
        size = self._schema.size(name, whole=whole)
        return size * (1 + inner) + (name in _LISTS)  # a list may be null, which counts as well

    def _fragment(self, name: str, *, whole: bool, root: bool, depth: int) -> Fraction | int:
        key = (name, whole, root)
        if key not in self._known:
            found = self._fragments.get(name)
            self._known[key] = (
                0
                if found is None
                else self.reads(found.selection_set, whole=whole, root=root, depth=depth + 1)
            )
        return self._known[key]


def _sizes(schema: GraphQLSchema) -> dict[str, Size]:
    types = list(schema.type_map.values())
    fields = [
        field
        for one in types
        if isinstance(one, GraphQLObjectType | GraphQLInterfaceType)
        for field in one.fields.values()
    ]
    with_fields = [one for one in types if isinstance(one, GraphQLObjectType | GraphQLInterfaceType)]
    lengths: dict[str, list[int]] = {
        "fields": [len(one.fields) for one in with_fields],
        "inputFields": [len(one.fields) for one in types if isinstance(one, GraphQLInputObjectType)],
        "enumValues": [len(one.values) for one in types if isinstance(one, GraphQLEnumType)],
        "interfaces": [len(one.interfaces) for one in with_fields],
        "possibleTypes": [len(schema.get_possible_types(one)) for one in types if is_abstract_type(one)],
    }
    found = {name: _size(lengths[name], len(types)) for name in _OF_TYPES}
    of_directives = [len(one.args) for one in schema.directives]
    args = _size([len(field.args) for field in fields], len(fields))
    longest = max(of_directives, default=0)
    average, most = args
    return {**found, "args": (max(average, Fraction(longest)), max(most, longest))}


def _size(lengths: Sequence[int], owners: int) -> Size:
    return Fraction(sum(lengths), max(1, owners)), max(lengths, default=0)
