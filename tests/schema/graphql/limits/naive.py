"""Slow reference implementation: expands every fragment wherever it is spread, and counts the result.

It shares no code with `schema.graphql.limits`, and would never finish on a bomb.
"""

from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    IntValueNode,
    OperationDefinitionNode,
    build_schema,
    get_named_type,
)

SCHEMA: GraphQLSchema = build_schema(
    """
    type Query { thing: Thing  things(first: Int = 25): ThingConnection  deadlines: [Thing] }
    type Thing {
      id: ID  thing: Thing  totalCount: Int  things(first: Int = 25, last: Int): ThingConnection
      others: [Thing!]!  userErrors: [Thing!]
    }
    type ThingConnection { nodes: [Thing!]!  edges: [ThingEdge]  totalCount: Int  thing: Thing }
    type ThingEdge { node: Thing!  cursor: ID }
    """
)


@dataclass
class Seen:
    """The counts."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0
    cost: int = 0


def count(document: DocumentNode, variables: dict[str, Any]) -> Seen:
    """Count the only operation of a document without cycles by expanding its fragments."""
    fragments = {f.name.value: f for f in document.definitions if isinstance(f, FragmentDefinitionNode)}
    (operation,) = (one for one in document.definitions if isinstance(one, OperationDefinitionNode))
    seen = Seen(directives=len(operation.directives or ()))
    _look(
        operation.selection_set, "Query", fragments, variables, seen, level=1, times=1, page=0, nested=False,
        counted=[],
    )  # fmt: skip
    return seen


def _look(
    selections: Any,
    parent: str,
    fragments: dict[str, FragmentDefinitionNode],
    variables: dict[str, Any],
    seen: Seen,
    *,
    level: int,
    times: int,
    page: int,
    nested: bool,
    counted: list[str],
) -> None:
    for one in selections.selections:
        seen.directives += len(one.directives or ())
        if isinstance(one, FragmentSpreadNode):
            fragment = fragments[one.name.value]
            seen.directives += len(fragment.directives or ())
            on, inside = fragment.type_condition.name.value, fragment.selection_set
        elif isinstance(one, FieldNode):
            _field(
                one, parent, fragments, variables, seen, level, times, page, nested=nested, counted=counted
            )  # fmt: skip
            continue
        else:
            on = one.type_condition.name.value if one.type_condition else parent
            inside = one.selection_set
        _look(
            inside, on, fragments, variables, seen, level=level, times=times, page=page, nested=nested,
            counted=counted,
        )  # fmt: skip


def _field(
    one: FieldNode,
    parent: str,
    fragments: dict[str, FragmentDefinitionNode],
    variables: dict[str, Any],
    seen: Seen,
    level: int,
    times: int,
    page: int,
    *,
    nested: bool,
    counted: list[str],
) -> None:
    name = one.name.value
    seen.depth = max(seen.depth, level)
    seen.aliases += one.alias is not None
    seen.fields += level == 1
    if one.selection_set is None:
        if name == "totalCount":
            seen.cost += 0 if counted else times * (10 if nested else 50)
            counted.append(name)
        return
    lists = {"others": 10, "userErrors": 1, "deadlines": 10}
    in_page = parent == "ThingConnection" and name in {"nodes", "edges"}
    times *= page if in_page else lists.get(name, 1)
    seen.cost += times
    arguments = {a.name.value: a.value for a in one.arguments or ()}
    values = {
        key: int(value.value) if isinstance(value, IntValueNode) else variables.get(value.name.value)  # type: ignore[attr-defined]
        for key, value in arguments.items()
    }
    asked = values.get("last") if values.get("last") is not None else values.get("first")
    size = min(25 if asked is None else max(asked, 0), 10 if nested else 100)
    field = SCHEMA.type_map[parent].fields[name]  # type: ignore[attr-defined]
    _look(
        one.selection_set,
        get_named_type(field.type).name,
        fragments,
        variables,
        seen,
        level=level + 1,
        times=times,
        page=size if name == "things" else 0,
        nested=nested or in_page or name in lists,
        counted=[],
    )
