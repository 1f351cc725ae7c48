"""Documents generated from the schema: every field of every type, by every path, for every root field.

No field is listed by name: additions to the schema are queried automatically.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_composite_type,
    is_input_object_type,
    is_leaf_type,
    is_list_type,
    is_required_argument,
)

Spot = tuple[str, str]  # a type and one of its fields
Head = str  # one selection as it is written, such as `Lead_contact: contact`
MOST_TOKENS = 1_500  # of one document: below the server's own limit
# Values for queries with a required argument that is not an id.
_GIVEN = {
    "decisionTry": '(ruleset: "visibility", facts: {viewer: "nobody"})',
    "policyCheck": '(input: {market: "main", parameters: {}})',
    "publicTextCheck": '(title: "A roof", brief: "Call me: +12125550199", country: "DE")',
    "complaintPreview": '(items: [{deliveryId: "nobody\'s", reason: VOICEMAIL, explanation: "x"}])',
    "emailDraftCheck": '(input: {purpose: THE_LEAD, subject: "Re:", text: "Call me."})',
    "callRoutePreview": '(input: {caller: "+4930901820"})',
    "callCoverage": '(input: {period: {from: "2026-03-02T00:00:00Z", to: "2026-03-03T00:00:00Z"}})',
    "activityStatistics": '(period: {from: "2026-03-01T00:00:00Z", to: "2026-03-20T00:00:00Z"})',
    "callStatistics": '(period: {from: "2026-03-01T00:00:00Z", to: "2026-03-20T00:00:00Z"})',
}
# Arguments of fields below the roots that need one.
_FIELDS = {("Policy", "changesFrom"): '(policyId: "nobody\'s")'}
# Queries about one object: its type, and the arguments with its id.
_ABOUT = {"chatPreview": ("Application", '(applicationId: $id, text: "Call me.")')}
# Fields that are followed further than others: below them is what no other path leads to.
_DEEPER = {"Lead": ("contacting", 3), "Organisation": ("domain", 2), "PolicyTrial": ("examples", 4)}
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\w+|[^\s\w,]')


@dataclass
class Tree:
    """Selections within selections."""

    children: dict[Head, "Tree"] = field(default_factory=dict)

    def add(self, path: Sequence[Head], leaves: Sequence[Head]) -> None:
        """Add a unit's selections."""
        here = self
        for head in path:
            here = here.children.setdefault(head, Tree())
        for leaf in leaves:
            here.children.setdefault(leaf, Tree())

    def text(self) -> str:
        """Render it as text."""
        return " ".join(
            head + (f" {{ {tree.text()} }}" if tree.children else "") for head, tree in self.children.items()
        )


@dataclass(frozen=True)
class Unit:
    """The leaf fields of one object, reached by one path."""

    path: tuple[Head, ...]
    leaves: tuple[Head, ...]
    spots: frozenset[Spot]


@dataclass(frozen=True)
class Document:
    """A document, what it covers, and the objects of the root field's answer that it selects from."""

    text: str
    spots: frozenset[Spot]
    objects: frozenset[Head] = frozenset()


def selections(
    schema: GraphQLSchema,
    named: object,
    depth: int,
    path: tuple[Head, ...] = (),
    seen: Counter[str] | None = None,
) -> Iterator[Unit]:
    """Yield every path down from a type, up to `depth` composite fields; a type occurs at most twice."""
    seen = seen or Counter()
    if is_abstract_type(named):
        yield Unit(path, ("__typename",), frozenset())
        for possible in schema.get_possible_types(named):
            yield from selections(schema, possible, depth, (*path, f"... on {possible.name}"), seen)
        return
    assert isinstance(named, GraphQLObjectType)
    if seen[named.name] >= 2:
        return
    seen = seen + Counter([named.name])
    leaves, spots = ["__typename"], set()
    for name, found in named.fields.items():
        inner = get_named_type(found.type)
        if is_leaf_type(inner):
            leaves.append(call(named, name, found))
            spots.add((named.name, name))
    yield Unit(path, tuple(leaves), frozenset(spots))
    if depth == 0:
        return
    for name, found in named.fields.items():
        inner = get_named_type(found.type)
        if is_composite_type(inner):
            here = (*path, call(named, name, found))
            for unit in selections(schema, inner, depth - 1, here, seen):
                yield Unit(unit.path, unit.leaves, unit.spots | {(named.name, name)})


def call(parent: GraphQLObjectType, name: str, found: GraphQLField, given: str = "") -> Head:
    """Render one field under a unique alias, so that fields of different types never clash."""
    given = given or _FIELDS.get((parent.name, name), "")
    missing = [arg for arg, definition in found.args.items() if is_required_argument(definition)]
    assert given or not missing, f"{parent.name}.{name} needs {missing}: teach this module"
    return f"{parent.name}_{name}: {name}{given}"


def pack(keyword: str, root: Head, units: Sequence[Unit], prefix: str = "") -> list[Document]:
    """Combine units into documents of limited length."""
    documents: list[Document] = []
    tree, spots, size = Tree(), set[Spot](), 0
    for unit in units:
        cost = sum(_tokens(head) + 2 for head in (*unit.path, *unit.leaves))
        if size and size + cost > MOST_TOKENS:
            documents.append(_document(keyword, root, tree, spots, prefix))
            tree, spots, size = Tree(), set(), 0
        tree.add(unit.path, unit.leaves)
        spots |= unit.spots
        size += cost
    documents.append(_document(keyword, root, tree, spots, prefix))
    return documents


def _document(keyword: str, root: Head, tree: Tree, spots: set[Spot], prefix: str) -> Document:
    inner = tree.text()
    return Document(
        f"{keyword}{prefix} {{ {root}{' { ' + inner + ' }' if inner else ''} }}",
        frozenset(spots),
        frozenset(head.partition(":")[0] for head, below in tree.children.items() if below.children),
    )


def _tokens(text: str) -> int:
    return len(_TOKEN.findall(text))


def root_documents(schema: GraphQLSchema, planted: str, depth: int = 4) -> list[Document]:
    """Return documents for every query without a required argument: all fields, and every argument once."""
    query = schema.query_type
    assert query is not None
    documents = []
    for name, found in query.fields.items():
        if name in _GIVEN:
            documents += _asked(schema, name, found)
            continue
        if any(is_required_argument(argument) for argument in found.args.values()):
            continue  # queried with ids, by `node_documents` and `documents_about_one`
        inner = get_named_type(found.type)
        for place, given in enumerate(_arguments(found, planted)):
            head = call(query, name, found, given)
            reach = depth if place == 0 else 2
            units = list(selections(schema, inner, reach)) if is_composite_type(inner) else []
            packed = pack("query", head, units)
            spots = packed[0].spots | {(query.name, name)}
            documents += [Document(packed[0].text, spots), *packed[1:]]
    return documents


def _asked(schema: GraphQLSchema, name: str, found: GraphQLField) -> list[Document]:
    query = schema.query_type
    assert query is not None
    units = list(selections(schema, get_named_type(found.type), 4))
    packed = pack("query", call(query, name, found, _GIVEN[name]), units)
    return [Document(one.text, one.spots | {(query.name, name)}) for one in packed]


def node_documents(schema: GraphQLSchema, depth: int = 2) -> dict[str, list[Document]]:
    """Return for each node type the documents that query `nodes` with ids of it, in the variable `ids`."""
    query, node = schema.query_type, schema.get_type("Node")
    assert query is not None
    assert is_abstract_type(node)
    made = {}
    for possible in schema.get_possible_types(node):
        units = list(selections(schema, possible, depth, (f"... on {possible.name}",)))
        if possible.name in _DEEPER:
            name, further = _DEEPER[possible.name]
            found = possible.fields[name]
            here = (f"... on {possible.name}", call(possible, name, found))
            units += selections(schema, get_named_type(found.type), further, here)
        packed = pack("query", "nodes(ids: $ids)", units, "($ids: [ID!]!)")
        made[possible.name] = [
            Document(document.text, document.spots | {(query.name, "nodes"), (query.name, "node")})
            for document in packed
        ]
    return made


def documents_about_one(schema: GraphQLSchema) -> Iterator[tuple[str, Document]]:
    """Yield each document that queries something with one id, in the variable `id`, and the id's type."""
    query = schema.query_type
    assert query is not None
    for name, (kind, given) in _ABOUT.items():
        found = query.fields[name]
        units = list(selections(schema, get_named_type(found.type), 2))
        for document in pack("query", call(query, name, found, given), units, "($id: ID!)"):
            yield kind, Document(document.text, document.spots | {(query.name, name)})


def _arguments(found: GraphQLField, planted: str) -> Iterator[str]:
    """Yield the arguments of a list: the largest page, then each other argument with each of its values."""
    page = {"first": "100"} if "first" in found.args else {}
    yield _written(page)
    for name, argument in found.args.items():
        if name in {"first", "after", "last", "before"}:
            continue
        for value in values(argument, planted):
            yield _written({**page, name: value})
    if "last" in found.args:
        yield _written({"last": "100"})


def _written(given: dict[str, str]) -> str:
    return f"({', '.join(f'{name}: {value}' for name, value in given.items())})" if given else ""


def values(argument: GraphQLArgument, planted: str) -> Iterator[str]:
    """Return values for an optional argument, as GraphQL literals; for an input object, each field alone."""
    named = get_named_type(argument.type)
    if is_input_object_type(named):
        assert isinstance(named, GraphQLInputObjectType)
        needed = {
            name: next(plain_values(inner.type, planted))
            for name, inner in named.fields.items()
            if isinstance(inner.type, GraphQLNonNull)
        }
        for name, inner in named.fields.items():
            for value in plain_values(inner.type, planted):
                yield "{" + ", ".join(f"{key}: {one}" for key, one in {**needed, name: value}.items()) + "}"
        return
    yield from plain_values(argument.type, planted)


def plain_values(kind: object, planted: str) -> Iterator[str]:
    """Return values for a leaf, or a list of leaves: every enum member, both booleans, planted text."""
    nullable = get_nullable_type(kind)  # type: ignore[call-overload]
    named = get_named_type(nullable)
    made: list[str]
    if isinstance(named, GraphQLEnumType):
        made = list(named.values)
    else:
        made = {
            "Boolean": ["true", "false"],
            "Int": ["1"],
            "DateTime": ['"2026-03-02T09:00:00Z"'],
            "ID": [],  # filters by ids only narrow the list
        }.get(named.name, [json.dumps(planted)])
    yield from (f"[{value}]" if is_list_type(nullable) else value for value in made)


def all_spots(schema: GraphQLSchema, *roots: GraphQLObjectType | None) -> set[Spot]:
    """Return every field of every type that can be reached from these roots."""
    spots: set[Spot] = set()
    seen: set[str] = set()
    waiting: list[object] = list(roots)
    while waiting:
        kind = waiting.pop()
        if is_abstract_type(kind):
            waiting += schema.get_possible_types(kind)
        elif isinstance(kind, GraphQLObjectType) and kind.name not in seen:
            seen.add(kind.name)
            spots |= {(kind.name, name) for name in kind.fields}
            waiting += [get_named_type(found.type) for found in kind.fields.values()]
    return spots
