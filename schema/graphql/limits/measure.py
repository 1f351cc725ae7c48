"""Measures a document in one walk: depth, aliases, directives, root fields and cost.

Each fragment is walked only once: nested fragments double the number of spreads at every level.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLNamedType,
    GraphQLSchema,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    OperationType,
)

from schema.graphql.limits.amounts import Amount, evaluate
from schema.graphql.limits.cost_walk import Tally, Walk
from schema.graphql.limits.fragments import parts_first
from schema.graphql.limits.sizes import LARGEST_LIST, MUTATION, Variables


@dataclass(frozen=True, slots=True)
class Measure:
    """One operation of a document."""

    name: str | None
    kind: OperationType
    depth: int
    aliases: int
    directives: int
    root_fields: int
    amount: Amount
    steps: list[Amount]
    defaults: Mapping[str, object]

    def cost(self, variables: Variables | None) -> int:
        """Return what the operation costs with these variables; those not given have their defaults."""
        given = {**self.defaults, **(variables or {})}
        cost = evaluate(self.amount, self.steps, given)
        return cost + MUTATION * self.root_fields if self.kind is OperationType.MUTATION else cost


@dataclass(frozen=True, slots=True)
class Measured:
    """The operations of a document, and the number of selections visited to measure it."""

    operations: tuple[Measure, ...]
    visited: int

    def operation(self, name: str | None) -> Measure | None:
        """Return the requested operation; the first if none is specified."""
        return next((one for one in self.operations if name is None or one.name == name), None)


def measure(schema: GraphQLSchema, document: DocumentNode) -> Measured:
    """Measure a document, valid or not: unknown fields cost nothing, and a cycle stops where it closes."""
    fragments = {
        one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
    }
    walk = Walk(schema)
    order, visited = parts_first(fragments)
    for name in order:
        walk.fragment(fragments[name])
    operations = [
        _operation(walk, schema.get_root_type(one.operation), one)
        for one in document.definitions
        if isinstance(one, OperationDefinitionNode)
    ]
    return Measured(tuple(operations), visited + walk.visited)


def _operation(walk: Walk, root: GraphQLNamedType | None, node: OperationDefinitionNode) -> Measure:
    tally: Tally = walk.selections(node.selection_set, root, nested=False)
    variables = node.variable_definitions or ()
    own = len(node.directives or ()) + sum(len(one.directives or ()) for one in variables)
    return Measure(
        name=node.name.value if node.name else None,
        kind=node.operation,
        depth=tally.depth,
        aliases=tally.aliases,
        directives=tally.directives + own,
        root_fields=tally.fields,
        amount=tally.flat,
        steps=walk.steps,
        defaults={one.variable.name.value: _default(one.default_value) for one in variables},
    )


def _default(value: object) -> object:
    if isinstance(value, IntValueNode):
        return int(value.value) if len(value.value) <= 9 else LARGEST_LIST
    return list(value.values) if isinstance(value, ListValueNode) else None
