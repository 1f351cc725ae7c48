"""Clients written against the contract work: all of it exists, or is listed as not implemented yet.

The schema may contain more than the contract.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLType,
    GraphQLUnionType,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    ListTypeNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    TypeDefinitionNode,
    TypeNode,
    UnionTypeDefinitionNode,
    build_schema,
    is_list_type,
    is_non_null_type,
    is_required_argument,
    is_required_input_field,
    parse,
    print_ast,
)

from schema import SDL_FILE

CONTRACT = Path(__file__).parents[1] / "data" / "contract.graphql"
# Parts of the contract for later releases. Remove what has been built: the test reports it.
NOT_YET: frozenset[str] = frozenset()
# Additions to a closed vocabulary of the contract, with the reason in docs/api.md.
ADDED = frozenset(
    {
        "FileKind: other values: COMPLAINT_TEMPLATE",
        "ApplicationStatus: other values: ENDED",
        "DeadlineKind: other values: CHAT_NUDGE, DO_NOT_CONTACT_END, OPT_OUT_LIST_STALE, SECRETARIAT_CHECK, "
        "SMART_SEARCH_END, WEBHOOK_DISABLE",
    }
)

# A field of these may be null where the contract promises a value: one that is refused leaves the others.
ROOTS = frozenset({"Query", "Mutation"})

_KINDS = {
    EnumTypeDefinitionNode: GraphQLEnumType,
    InputObjectTypeDefinitionNode: GraphQLInputObjectType,
    InterfaceTypeDefinitionNode: GraphQLInterfaceType,
    ObjectTypeDefinitionNode: GraphQLObjectType,
    UnionTypeDefinitionNode: GraphQLUnionType,
}


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    """Parse our schema as a client would, from its SDL."""
    return build_schema(SDL_FILE.read_text(encoding="utf-8"))


def test_everything_in_the_contract_exists_or_is_listed(schema: GraphQLSchema) -> None:
    missing = {what.removeprefix("missing ") for what in _deviations(schema) if what.startswith("missing ")}
    assert missing - NOT_YET == set(), "the contract has these"
    assert NOT_YET - missing == set(), "these are here: take them off the list"


def test_what_exists_fits_the_contract(schema: GraphQLSchema) -> None:
    found = {what for what in _deviations(schema) if not what.startswith("missing ")}
    assert found == ADDED


@pytest.mark.parametrize(
    ("contract", "deviation"),
    [
        ("type Viewer { roles: [Role!]! shoes: Int }", "missing Viewer.shoes"),
        ("type Viewer { account: Account! }", "Viewer.account: Account, the contract Account!"),
        ("type Viewer { roles: [Role] }", None),
        ("type Viewer { roles: Role }", "Viewer.roles: [Role!]!, the contract Role"),
        ("type Decision implements Node { verdict: String! }", "Decision is no Node"),
        ("input Viewer { roles: [Role!] }", "Viewer: another kind of type"),
        ("type Query { node: Node }", "Query.node(id:) is required, not in the contract"),
        ("type Query { node(id: ID): Node }", "Query.node(id:): ID!, the contract ID"),
        ("type Query { leads(first: Int = 20): LeadConnection! }", "Query.leads(first:): another default"),
        (
            "type Query { leads: [LeadConnection!]! }",
            "Query.leads: LeadConnection, the contract [LeadConnection!]",
        ),
        (
            "input SignInInput { email: EmailAddress! }",
            "SignInInput.password is required, not in the contract",
        ),
        ("enum Plan { FREE }", "Plan: other values: ADVANCED, ENTERPRISE, PROFESSIONAL"),
        ("union RevealUpdate = RevealEvent", "RevealUpdate: other types: FeedGap"),
    ],
)
def test_a_deviation_from_the_contract_is_detected(
    schema: GraphQLSchema, contract: str, deviation: str | None
) -> None:
    assert list(_deviations(schema, contract)) == ([] if deviation is None else [deviation])


def _deviations(schema: GraphQLSchema, contract: str | None = None) -> Iterator[str]:
    document = parse(CONTRACT.read_text(encoding="utf-8") if contract is None else contract)
    for node in document.definitions:
        assert isinstance(node, TypeDefinitionNode)
        yield from _type(schema, node)


def _type(schema: GraphQLSchema, node: TypeDefinitionNode) -> Iterator[str]:
    name = node.name.value
    ours = schema.type_map.get(name)
    if ours is None:
        yield f"missing {name}"
    elif not isinstance(ours, _KINDS.get(type(node), object)):
        yield f"{name}: another kind of type"
    elif isinstance(ours, GraphQLEnumType) and isinstance(node, EnumTypeDefinitionNode):
        yield from _same(name, "values", {value.name.value for value in node.values or ()}, set(ours.values))
    elif isinstance(ours, GraphQLUnionType) and isinstance(node, UnionTypeDefinitionNode):
        members = {member.name.value for member in node.types or ()}
        yield from _same(name, "types", members, {member.name for member in ours.types})
    elif isinstance(ours, GraphQLInputObjectType) and isinstance(node, InputObjectTypeDefinitionNode):
        yield from _inputs(ours, node)
    elif isinstance(ours, GraphQLObjectType | GraphQLInterfaceType) and isinstance(
        node, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode
    ):
        for interface in node.interfaces or ():
            if interface.name.value not in {one.name for one in ours.interfaces}:
                yield f"{name} is no {interface.name.value}"
        for field in node.fields or ():
            yield from _field(ours, field)


def _field(parent: GraphQLObjectType | GraphQLInterfaceType, node: FieldDefinitionNode) -> Iterator[str]:
    path = f"{parent.name}.{node.name.value}"
    ours = parent.fields.get(node.name.value)
    if ours is None:
        yield f"missing {path}"
        return
    promised = node.type
    if parent.name in ROOTS and isinstance(promised, NonNullTypeNode):
        promised = promised.type
    if not _gives(ours.type, promised):
        yield f"{path}: {ours.type}, the contract {print_ast(promised)}"
    asked = {argument.name.value for argument in node.arguments or ()}
    for name, argument in ours.args.items():
        if name not in asked and is_required_argument(argument):
            yield f"{path}({name}:) is required, not in the contract"
    for value in node.arguments or ():
        name = f"{path}({value.name.value}:)"
        mine = ours.args.get(value.name.value)
        yield from _input(name, value, mine and mine.type, mine and mine.ast_node)


def _inputs(ours: GraphQLInputObjectType, node: InputObjectTypeDefinitionNode) -> Iterator[str]:
    asked = {field.name.value for field in node.fields or ()}
    for field_name, field in ours.fields.items():
        if field_name not in asked and is_required_input_field(field):
            yield f"{ours.name}.{field_name} is required, not in the contract"
    for value in node.fields or ():
        mine = ours.fields.get(value.name.value)
        yield from _input(
            f"{ours.name}.{value.name.value}", value, mine and mine.type, mine and mine.ast_node
        )


def _input(
    path: str,
    node: InputValueDefinitionNode,
    ours: GraphQLType | None,
    mine: InputValueDefinitionNode | None,
) -> Iterator[str]:
    if ours is None:
        yield f"missing {path}"
        return
    if not _takes(ours, node.type):
        yield f"{path}: {ours}, the contract {print_ast(node.type)}"
    if _default(node) != _default(mine):
        yield f"{path}: another default"


def _default(node: InputValueDefinitionNode | None) -> str:
    """Return a nullable input's default; null if it has none."""
    return print_ast(node.default_value) if node is not None and node.default_value else "null"


def _gives(ours: GraphQLType, node: TypeNode) -> bool:
    """Whether our output type is the contract's, or stricter."""
    if isinstance(node, NonNullTypeNode):
        return is_non_null_type(ours) and _gives(ours.of_type, node.type)
    if is_non_null_type(ours):
        return _gives(ours.of_type, node)
    if isinstance(node, ListTypeNode):
        return is_list_type(ours) and _gives(ours.of_type, node.type)
    return str(ours) == print_ast(node)


def _takes(ours: GraphQLType, node: TypeNode) -> bool:
    """Whether our input type accepts everything that the contract allows, or more."""
    if is_non_null_type(ours):
        return isinstance(node, NonNullTypeNode) and _takes(ours.of_type, node.type)
    if isinstance(node, NonNullTypeNode):
        return _takes(ours, node.type)
    if isinstance(node, ListTypeNode):
        return is_list_type(ours) and _takes(ours.of_type, node.type)
    return str(ours) == print_ast(node)


def _same(name: str, what: str, theirs: set[str], ours: set[str]) -> Iterator[str]:
    if different := theirs ^ ours:
        yield f"{name}: other {what}: {', '.join(sorted(different))}"
