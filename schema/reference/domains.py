"""Which domain each type and operation belongs to: the package that declares it.

Unions, pages of lists, and enums that are declared below the API belong to the domain of the types with
which they are used.
"""

from collections.abc import Iterator

from graphql import GraphQLField, GraphQLNamedType, GraphQLSchema, get_named_type
from graphql.type import is_enum_type, is_input_object_type, is_interface_type, is_object_type, is_union_type
from strawberry.types.base import StrawberryObjectDefinition

from schema import Schema
from schema.graphql.error_reasons import DOMAINS as REASON_DOMAINS

SHARED = "shared"
TITLES = {
    "leads": "Leads",
    "applications": "Applications",
    "deliveries": "Deliveries",
    "complaints": "Complaints",
    "accounts": "Accounts and sessions",
    "ledger": "Points",
    "feed": "Notifications and reveals",
    "messages": "Messages",
    "calls": "Phone secretariat",
    "policies": "Markets and policies",
    "desk": "Desk and health",
    "files": "Files",
    "service": "Service",
    SHARED: "Shared types",
}
ROOTS = ("Query", "Mutation", "Subscription")


def _domain(module: str) -> str:
    layer, _, rest = module.partition(".")
    name = rest.split(".")[0]
    return name if layer == "schema" and name in TITLES else ""


def uses(type_: GraphQLNamedType) -> Iterator[str]:
    """Yield the names of the types that a type refers to."""
    if is_union_type(type_):
        yield from (one.name for one in type_.types)
    elif is_object_type(type_) or is_interface_type(type_):
        for field in type_.fields.values():
            yield get_named_type(field.type).name
            yield from (get_named_type(one.type).name for one in field.args.values())
    elif is_input_object_type(type_):
        yield from (get_named_type(one.type).name for one in type_.fields.values())


def domains_of_types(sdl: GraphQLSchema, declared: Schema) -> dict[str, str]:
    """Return the domain of each type except the roots and the types of introspection."""
    names = [name for name in sdl.type_map if name not in ROOTS and not name.startswith("__")]
    found: dict[str, str] = {}
    for name in names:
        entry = declared.schema_converter.type_map.get(name)
        definition = entry.definition if entry else None
        if isinstance(definition, StrawberryObjectDefinition):
            found[name] = _domain(definition.origin.__module__)
    reasons = {one.name for one in REASON_DOMAINS}
    users: dict[str, list[str]] = {name: [] for name in names}
    for name in names:
        for used in uses(sdl.type_map[name]):
            users.get(used, []).append(name)
    for name in names:
        type_ = sdl.type_map[name]
        if found.get(name) or name in reasons:
            continue
        if is_union_type(type_):
            near = [found.get(used, "") for used in uses(type_)]
        elif name.endswith(("Edge", "Connection")):
            near = [found.get(name.removesuffix("Edge").removesuffix("Connection"), "")]
        elif is_enum_type(type_):
            near = [found.get(user, "") for user in users[name]]
        else:
            near = []
        found[name] = near[0] if near and len(set(near)) == 1 else found.get(name, "")
    return {name: found.get(name) or SHARED for name in names}


def domains_of_operations(declared: Schema) -> dict[tuple[str, str], str]:
    """Return the domain of each field of the roots, by root and name in the API."""
    found = {}
    for root in ROOTS:
        definition = declared.get_type_by_name(root)
        if not isinstance(definition, StrawberryObjectDefinition):
            continue
        for field in definition.fields:
            name = declared.config.name_converter.get_graphql_name(field)
            resolver = field.base_resolver
            module = resolver.wrapped_func.__module__ if resolver else ""
            found[root, name] = _domain(module) or SHARED
    return found


def fields_of(type_: GraphQLNamedType) -> dict[str, GraphQLField]:
    """Return the fields of an object or interface; none for other types."""
    return dict(type_.fields) if is_object_type(type_) or is_interface_type(type_) else {}
