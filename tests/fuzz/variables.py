"""Turns the literals of a document into variables, because different code parses them.

The meaning of the document stays the same.
"""

from dataclasses import replace
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    GraphQLSchema,
    NameNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    parse,
    parse_type,
    print_ast,
    value_from_ast_untyped,
    visit,
)


class _Take(Visitor):
    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self._types = types
        self.definitions: list[VariableDefinitionNode] = []
        self.values: dict[str, Any] = {}

    def enter_argument(self, node: ArgumentNode, *_: object) -> ArgumentNode | None:
        argument = self._types.get_argument()
        if argument is None or isinstance(node.value, VariableNode):
            return None
        name = f"v{len(self.values)}"
        self.values[name] = value_from_ast_untyped(node.value)
        kind = parse_type(str(argument.type))
        variable = VariableNode(name=NameNode(value=name))
        self.definitions.append(VariableDefinitionNode(variable=variable, type=kind, directives=()))
        return ArgumentNode(name=node.name, value=variable)

    def leave_operation_definition(
        self, node: OperationDefinitionNode, *_: object
    ) -> OperationDefinitionNode:
        return replace(node, variable_definitions=tuple(self.definitions))


def with_variables(schema: GraphQLSchema, text: str) -> tuple[str, dict[str, Any]]:
    """Return the document with a variable for every argument, and their values."""
    types = TypeInfo(schema)
    take = _Take(types)
    document: DocumentNode = visit(parse(text), TypeInfoVisitor(types, take))
    return print_ast(document), take.values
