"""Root fields that anonymous clients can use, and the error for all others.

The check runs before variables are coerced, so that anonymous clients learn nothing about other fields.
"""

from collections.abc import Iterator, Mapping

from graphql import (
    BooleanValueNode,
    DirectiveNode,
    DocumentNode,
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLNonNull,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
)

from schema.graphql.errors import ClientError

# All others call `Context.signed_in()`; a test queries each of them anonymously.
PUBLIC = frozenset({"signIn", "tokenRefresh", "service", "__typename", "__schema", "__type"})


def refusal(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: str | None,
    variables: Mapping[str, object],
    why: ClientError,
) -> ExecutionResult | None:
    """Return the error for an anonymous operation whose fields all require sign-in; None if one is
    public.
    """
    definition = next(
        one
        for one in document.definitions
        if isinstance(one, OperationDefinitionNode)
        and (operation is None or (one.name is not None and one.name.value == operation))
    )
    fields: dict[str, list[FieldNode]] = {}
    for node in _root_fields(document, definition, variables):
        fields.setdefault((node.alias or node.name).value, []).append(node)
    if not fields or any(nodes[0].name.value in PUBLIC for nodes in fields.values()):
        return None
    root = schema.get_root_type(definition.operation)
    errors = []
    for key, nodes in fields.items():
        error = GraphQLError(why.message, nodes, path=[key], original_error=why, extensions=why.extensions)
        field = root.fields.get(nodes[0].name.value) if root else None
        if field is None or isinstance(field.type, GraphQLNonNull):  # errors next to it are not reported
            return ExecutionResult(data=None, errors=[error])
        errors.append(error)
    return ExecutionResult(data=dict.fromkeys(fields), errors=errors)


def _root_fields(
    document: DocumentNode, definition: OperationDefinitionNode, variables: Mapping[str, object]
) -> Iterator[FieldNode]:
    """Yield the fields that are not skipped, in document order, each fragment once."""
    fragments = {
        one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
    }
    defaults = {
        one.variable.name.value: one.default_value.value
        for one in definition.variable_definitions or ()
        if isinstance(one.default_value, BooleanValueNode)
    }
    values = {**defaults, **variables}
    spread: set[str] = set()
    waiting: list[FieldNode | InlineFragmentNode | FragmentSpreadNode] = []
    _push(waiting, definition.selection_set)
    while waiting:
        node = waiting.pop()
        if any(_leaves_out(one, values) for one in node.directives or ()):
            continue
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            _push(waiting, node.selection_set)
        elif node.name.value not in spread:
            spread.add(node.name.value)
            _push(waiting, fragments[node.name.value].selection_set)


def _push(
    waiting: list[FieldNode | InlineFragmentNode | FragmentSpreadNode], selections: SelectionSetNode
) -> None:
    waiting.extend(
        node
        for node in reversed(selections.selections)
        if isinstance(node, FieldNode | InlineFragmentNode | FragmentSpreadNode)
    )


def _leaves_out(directive: DirectiveNode, values: Mapping[str, object]) -> bool:
    """Return whether `@skip` or `@include` certainly excludes it; a non-Boolean condition does not."""
    unless = {"skip": True, "include": False}.get(directive.name.value)
    if unless is None or not directive.arguments:
        return False
    condition = directive.arguments[0].value
    if isinstance(condition, VariableNode):
        return values.get(condition.name.value) is unless
    return isinstance(condition, BooleanValueNode) and condition.value is unless
