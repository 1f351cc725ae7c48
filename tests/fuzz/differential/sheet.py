"""One random document while it is written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
)

from tests.fuzz.differential.arguments import Arguments
from tests.fuzz.differential.document import Document, Spot
from tests.fuzz.differential.given import Given

DEEPEST = 6  # levels of objects below the root
MOST_FIELDS = 60  # of a document; it may be a few more
_INTROSPECTION = (
    "__schema { queryType { name } mutationType { name } directives { name args { name } } }",
    '__type(name: "Verdict") { kind name enumValues { name } }',
    '__type(name: "PageInfo") { __typename fields { name type { kind ofType { name } } } }',
    '__type(name: "Nothing") { name }',
)


@dataclass(slots=True)
class _Part:
    """An operation or a fragment: its variables, and the fragments that it spreads."""

    variables: set[str] = field(default_factory=set)
    spreads: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Fragment:
    name: str
    on: str
    text: str
    part: _Part


class Names:
    """The response names of all documents: one stands for one field with the same arguments."""

    def __init__(self, schema: GraphQLSchema) -> None:
        """Find the fields whose name says their type."""
        types: dict[str, set[str]] = {}
        for kind in schema.type_map.values():
            if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
                for name, found in kind.fields.items():
                    types.setdefault(name, set()).add(str(found.type))
        self._plain = {name for name, found in types.items() if len(found) == 1}

    def head(self, parent: str, name: str, arguments: str, numbers: dict[str, int], variant: str) -> str:
        """Write a field with its alias, if it needs one; `numbers` are those of the document."""
        if name in self._plain and not arguments and not variant:
            return name
        number = numbers.setdefault(f"{variant} {parent}.{name}{arguments}", len(numbers) + 1)
        return f"{variant}{name}_{number}: {name}{arguments}"


class Sheet:
    """One document while it is written."""

    def __init__(
        self,
        schema: GraphQLSchema,
        names: Names,
        arguments: Arguments,
        often: Callable[[Spot], float],
        random: Random,
    ) -> None:
        """Start with an empty document; `often` says how often a field was asked and answered."""
        self._schema, self._names, self._arguments = schema, names, arguments
        self._often, self._random = often, random
        self._given = Given(arguments, random)
        self._chance = self._given.chance
        self._numbers: dict[str, int] = {}
        self._fragments: list[_Fragment] = []
        self._spots: list[Spot] = []
        self._left = random.choice((6, 15, 30, MOST_FIELDS))
        self._node: str | None = None  # the type of the object whose id is given
        self._part = _Part()

    def document(self, way: tuple[Spot, ...] = (), *, roots: frozenset[str] = frozenset()) -> Document:
        """Write it: with a field at the end of a way if one is given, or only with these `roots`."""
        root = self._schema.query_type
        assert root is not None
        operations: list[tuple[str, str, _Part]] = []
        for number in range(1 if way else self._random.choice((1, 1, 1, 1, 1, 2, 3))):
            self._begin(_Part())
            self._left = max(self._left, 4)
            text = self._way(root, way) if way else self._root(root, roots)
            operations.append((f"Q{number}", text, self._part))
        named = len(operations) > 1 or self._chance(0.5)
        parts = [f"fragment {one.name} on {one.on} {one.text}" for one in self._fragments]
        for name, text, part in operations:
            variables = ", ".join(self._given.declared[one] for one in sorted(self._used(part)))
            head = f"query {name if named else ''}{f'({variables})' if variables else ''}"
            parts.append(f"{head} {text}" if named or variables or self._chance(0.5) else text)
        self._random.shuffle(parts)
        names = tuple(name for name, _, _ in operations) if named else ()
        return Document("\n".join(parts), self._given.draws, names, tuple(self._spots))

    def _begin(self, part: _Part) -> None:
        self._part, self._given.used = part, part.variables

    def _used(self, part: _Part) -> set[str]:
        """The variables of an operation and of the fragments that it spreads."""
        parts = {one.name: one.part for one in self._fragments}
        waiting, seen, used = [part], set[str](), set[str]()
        while waiting:
            one = waiting.pop()
            used |= one.variables
            waiting += [parts[name] for name in one.spreads - seen]
            seen |= one.spreads
        return used

    def _root(self, root: GraphQLObjectType, roots: frozenset[str]) -> str:
        count = self._random.choice((1, 1, 1, 2, 3))
        names = [name for name in root.fields if name in roots or not roots]
        made = [self._field(root, name, DEEPEST) for name in self._choose(root, names, count)]
        if self._chance(0.05):
            made.append(self._random.choice(_INTROSPECTION))
        if self._chance(0.2):
            made.append("__typename")
        return f"{{ {' '.join(made)} }}"

    def _way(self, parent: GraphQLObjectType, way: tuple[Spot, ...]) -> str:
        """Select the fields of a way, each within the one before."""
        (of, name), rest = way[0], way[1:]
        if of != parent.name:
            raise AssertionError(f"{parent.name} is not {of}")
        found = parent.fields[name]
        head = self._head(parent, name, found)
        inner = get_named_type(found.type)
        if is_leaf_type(inner):
            return f"{{ {head} }}"
        if not rest:
            return f"{{ {head} {self._selections(inner, 1)} }}"
        following = self._schema.get_type(rest[0][0])
        assert isinstance(following, GraphQLObjectType)
        below = self._way(following, rest)
        return f"{{ {head} {below if following is inner else f'{{ ... on {following.name} {below} }}'} }}"

    def _selections(self, kind: GraphQLNamedType, depth: int) -> str:
        """Write a selection set of an object, an interface or a union."""
        if isinstance(kind, GraphQLObjectType):
            return self._of_object(kind, depth)
        assert isinstance(kind, GraphQLInterfaceType | GraphQLUnionType)
        possible = list(self._schema.get_possible_types(kind))
        chosen = self._random.sample(possible, min(len(possible), self._random.choice((1, 2, 4))))
        wanted, self._node = self._node, None
        chosen += [one for one in possible if one.name == wanted and one not in chosen]
        made = [self._inline(one.name, self._of_object(one, depth)) for one in chosen]
        if isinstance(kind, GraphQLInterfaceType) and self._chance(0.7):
            made.append("id" if "id" in kind.fields else "__typename")
        if self._chance(0.7):
            made.append("__typename")
        self._random.shuffle(made)
        return f"{{ {' '.join(made)} }}"

    def _of_object(self, kind: GraphQLObjectType, depth: int) -> str:
        reused = [one for one in self._fragments if one.on == kind.name]
        if reused and self._chance(0.3):
            return f"{{ {self._spread(self._random.choice(reused))} }}"
        names = [
            name
            for name, found in kind.fields.items()
            if depth > 0 or is_leaf_type(get_named_type(found.type))
        ]
        count = self._random.choice((1, 2, 3, 5, 8))
        if depth >= DEEPEST - 2:
            count = max(count, 2)
        chosen = self._choose(kind, names, min(count, max(self._left, 1)))
        made = [self._field(kind, name, depth) for name in chosen]
        if not made or self._chance(0.15):
            made.append(self._directed("__typename"))
        composite = [name for name in chosen if not is_leaf_type(get_named_type(kind.fields[name].type))]
        if composite and self._left > 0 and self._chance(0.08):  # merged with the one that is there
            made.append(self._field(kind, self._random.choice(composite), depth))
        elif chosen and self._chance(0.05):
            made.append(self._field(kind, self._random.choice(chosen), depth))
        self._random.shuffle(made)
        return self._divided(kind, made)

    def _divided(self, kind: GraphQLObjectType, made: list[str]) -> str:
        """Move some of the selections into a fragment."""
        cut = self._random.randint(0, len(made))
        if self._chance(0.1) and made[:cut]:
            made[:cut] = [self._inline(self._random.choice((kind.name, "")), f"{{ {' '.join(made[:cut])} }}")]
        if self._chance(0.03) and kind.interfaces:
            made.append(self._inline(kind.interfaces[0].name, "{ __typename }"))
        return f"{{ {' '.join(made)} }}"

    def _fragment(self, kind: GraphQLObjectType, depth: int) -> str:
        """Write a new fragment and spread it."""
        outer = self._part
        self._begin(_Part())
        text = self._of_object(kind, depth)
        made = _Fragment(f"F{len(self._fragments)}", kind.name, text, self._part)
        self._fragments.append(made)
        self._begin(outer)
        return self._spread(made)

    def _spread(self, fragment: _Fragment) -> str:
        self._part.spreads.add(fragment.name)
        return self._directed(f"...{fragment.name}")

    def _inline(self, on: str, below: str) -> str:
        return f"{self._directed(f'... on {on}' if on else '...')} {below}"

    def _choose(self, kind: GraphQLObjectType, names: list[str], count: int) -> list[str]:
        """Choose fields, rather those that were asked less often."""
        weights = {name: self._random.random() * self._often((kind.name, name)) for name in names}
        return sorted(names, key=weights.__getitem__)[:count]

    def _field(self, parent: GraphQLObjectType, name: str, depth: int) -> str:
        self._left -= 1
        found = parent.fields[name]
        by_id = parent is self._schema.query_type and name in {"node", "nodes"}
        self._node = self._arguments.kind(self._random) if by_id else None
        head = self._directed(self._head(parent, name, found))
        inner = get_named_type(found.type)
        if is_leaf_type(inner):
            return head
        if self._left < 0:
            depth = min(depth, 1)
        if isinstance(inner, GraphQLObjectType) and self._chance(0.1):
            return f"{head} {{ {self._fragment(inner, depth - 1)} }}"
        return f"{head} {self._selections(inner, depth - 1)}"

    def _head(self, parent: GraphQLObjectType, name: str, found: GraphQLField) -> str:
        self._spots.append((parent.name, name))
        place = parent is self._schema.query_type, self._node or name
        given = self._given.arguments(found, place)
        variant = self._random.choice("ab") if self._chance(0.06) else ""
        return self._names.head(parent.name, name, given, self._numbers, variant)

    def _directed(self, head: str) -> str:
        """Add `@skip` or `@include` to some selections."""
        for directive in ("skip", "include"):
            if self._chance(0.025):
                usually = directive == "include"
                head += f" @{directive}(if: {self._given.condition(usually=usually)})"
        return head
