"""Walk over selections that counts fields and sums up cost, and caches the result of each fragment."""

from dataclasses import dataclass, field

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    NamedTypeNode,
    SelectionSetNode,
    get_named_type,
)

from schema.graphql.limits.amounts import Amount, finish
from schema.graphql.limits.sizes import (
    COUNTING,
    COUNTS,
    INTROSPECTION,
    ITEMS,
    OBJECT,
    count_price,
    list_size,
    page_size,
)


@dataclass(slots=True)
class Tally:
    """The totals of selections; `per_item` is charged for each row of their connection. `count` is the
    cost of counting that connection, charged once even if requested several times.
    """

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0
    count: int = 0
    flat: Amount = field(default_factory=Amount)
    per_item: Amount = field(default_factory=Amount)

    def add(self, other: "Tally") -> None:
        """Add selections at the same level."""
        self.depth = max(self.depth, other.depth)
        self.aliases += other.aliases
        self.directives += other.directives
        self.fields += other.fields
        self.count = max(self.count, other.count)
        self.flat.add(other.flat)
        self.per_item.add(other.per_item)


class Walk:
    """A walk over one document; fragments first, in order of their dependencies."""

    def __init__(self, schema: GraphQLSchema) -> None:
        """Start a walk."""
        self._schema = schema
        self._fragments: dict[tuple[str, bool], Tally] = {}
        self.steps: list[Amount] = []
        self.visited = 0

    def fragment(self, node: FragmentDefinitionNode) -> None:
        """Measure a fragment, both outside and inside lists."""
        parent = self._type(node.type_condition)
        for nested in (False, True):
            tally = self.selections(node.selection_set, parent, nested=nested)
            tally.directives += len(node.directives or ())
            self._fragments[node.name.value, nested] = tally

    def selections(
        self, selection_set: SelectionSetNode, parent: GraphQLNamedType | None, *, nested: bool
    ) -> Tally:
        """Measure selections of a type; `nested` if they are inside a list."""
        tally = Tally()
        for selection in selection_set.selections:
            self.visited += 1
            tally.directives += len(selection.directives or ())
            if isinstance(selection, FieldNode):
                self._add_field(tally, selection, parent, nested)
            elif isinstance(selection, FragmentSpreadNode):
                known = self._fragments.get((selection.name.value, nested))
                if known is not None:
                    tally.add(known)
            elif isinstance(selection, InlineFragmentNode):
                narrowed = self._type(selection.type_condition) if selection.type_condition else parent
                tally.add(self.selections(selection.selection_set, narrowed, nested=nested))
        finish(tally.flat, self.steps)
        finish(tally.per_item, self.steps)
        return tally

    def _add_field(
        self, tally: Tally, node: FieldNode, parent: GraphQLNamedType | None, nested: bool
    ) -> None:
        name = node.name.value
        tally.fields += 1
        tally.aliases += node.alias is not None
        if node.selection_set is None:
            tally.depth = max(tally.depth, 1)
            if name in COUNTS:
                tally.count = max(tally.count, count_price(parent.name if parent else "", nested=nested))
            return
        definition = _definition(parent, name)
        is_list = definition is not None and _is_list(definition.type)
        below = self.selections(
            node.selection_set,
            get_named_type(definition.type) if definition else self._meta(name),
            nested=nested or is_list,
        )
        tally.aliases += below.aliases
        tally.directives += below.directives
        if name in INTROSPECTION:  # its depth is bounded by GraphQL's own rule
            tally.depth = max(tally.depth, 1)
            tally.flat.constant += INTROSPECTION[name]
            return
        tally.depth = max(tally.depth, 1 + below.depth)
        tally.flat.constant += COUNTING.get((parent.name if parent else "", name), 0)
        one = Amount()
        one.constant = OBJECT + below.count
        one.add(below.flat)
        if definition is not None and "first" in definition.args:
            one.add(below.per_item, page_size(node, nested=nested))
        finish(one, self.steps)
        if not is_list:
            tally.flat.add(one)
        elif parent is not None and parent.name.endswith("Connection") and name in ITEMS:
            tally.per_item.add(one)
        else:
            tally.flat.add(one, list_size(node, parent.name if parent else ""))

    def _type(self, node: NamedTypeNode) -> GraphQLNamedType | None:
        return self._schema.get_type(node.name.value)

    def _meta(self, name: str) -> GraphQLNamedType | None:
        return self._schema.get_type({"__schema": "__Schema", "__type": "__Type"}.get(name, ""))


def _definition(parent: GraphQLNamedType | None, name: str) -> GraphQLField | None:
    if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
        found: GraphQLField | None = parent.fields.get(name)
        return found
    return None


def _is_list(kind: GraphQLOutputType) -> bool:
    return isinstance(kind.of_type if isinstance(kind, GraphQLNonNull) else kind, GraphQLList)
