"""What a document gives to its fields: arguments, variables, and conditions of directives."""

from random import Random

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    Undefined,
    get_nullable_type,
    is_required_argument,
)

from tests.fuzz.differential.arguments import Arguments, Member, Value, literal
from tests.fuzz.differential.document import LEFT_OUT, Draw


class Given:
    """The arguments and variables of one document while it is written."""

    def __init__(self, arguments: Arguments, random: Random) -> None:
        """Start without variables."""
        self._arguments, self._random = arguments, random
        self.declared: dict[str, str] = {}
        self.draws: dict[str, Draw] = {}
        self.used = set[str]()  # by the operation or fragment that is being written

    def chance(self, share: float) -> bool:
        """Return true as often as `share` says."""
        return self._random.random() < share

    def condition(self, *, usually: bool) -> str:
        """Write the `if` of a directive, which is `usually` true or false."""
        if self.chance(0.4):
            return literal(usually if self.chance(0.7) else not usually)
        name = f"b{len(self.declared)}"
        if self.chance(0.6):
            self._declare(
                name, f"${name}: Boolean!", lambda random: usually if random.random() < 0.7 else not usually
            )
        else:
            values: tuple[Value, ...] = (usually, usually, not usually, LEFT_OUT, None)
            default = literal(usually)
            self._declare(name, f"${name}: Boolean = {default}", lambda random: random.choice(values))
        return f"${name}"

    def _declare(self, name: str, declaration: str, draw: Draw) -> None:
        self.declared[name], self.draws[name] = declaration, draw
        self.used.add(name)

    def arguments(self, found: GraphQLField, place: tuple[bool, str]) -> str:
        """Write the arguments of a field; `place` as in `Arguments.draw`."""
        given = {}
        backwards = "last" in found.args and self.chance(0.15)
        for argument, definition in found.args.items():
            wanted = self._wanted(argument, place, backwards=backwards)
            if wanted or is_required_argument(definition):
                given[argument] = self._value(definition, argument, place)
        return f"({', '.join(f'{one}: {value}' for one, value in given.items())})" if given else ""

    def _wanted(self, argument: str, place: tuple[bool, str], *, backwards: bool) -> bool:
        known = self._arguments.has_cursors(place)
        match argument:
            case "first":
                return not backwards and self.chance(0.75)
            case "last":
                return backwards
            case "after":
                return not backwards and self.chance(0.2 if known else 0.01)
            case "before":
                return backwards and self.chance(0.6 if known else 0.02)
        return self.chance(0.2)

    def _value(self, definition: GraphQLArgument, name: str, place: tuple[bool, str]) -> str:
        draw = self._drawn(definition.type, name, place)
        default = definition.default_value is not Undefined
        if self.chance(0.3):
            return self._variable(definition.type, draw, has_default=default)
        return self._literal(definition.type, name, place)

    def _drawn(self, type_: GraphQLInputType, name: str, place: tuple[bool, str]) -> Draw:
        arguments = self._arguments
        return lambda random: arguments.draw(random, type_, name, place)

    def _literal(self, type_: GraphQLInputType, name: str, place: tuple[bool, str]) -> str:
        """Write a value that the document itself contains, with a variable for some of its parts."""
        inner = get_nullable_type(type_)
        arguments, random = self._arguments, self._random
        if isinstance(inner, GraphQLInputObjectType) and inner.name != "PeriodInput" and self.chance(0.5):
            parts = [
                f"{key}: "
                + (
                    self._variable(one.type, self._drawn(one.type, key, place), has_default=False)
                    if self.chance(0.4)
                    else self._literal(one.type, key, place)
                )
                for key, one in inner.fields.items()
                if arguments.wanted(random, one)
            ]
            return "{" + ", ".join(parts) + "}"
        value = arguments.draw(random, type_, name, place)
        while not _fits(value, type_) and self.chance(0.8):  # otherwise the whole document is refused
            value = arguments.draw(random, type_, name, place)
        return literal(value)

    def _variable(self, type_: GraphQLInputType, draw: Draw, *, has_default: bool) -> str:
        name = f"v{len(self.declared)}"
        required = isinstance(type_, GraphQLNonNull)
        nullable = str(get_nullable_type(type_))
        if (required and not has_default) or self.chance(0.15):
            if required and self.chance(0.25):
                value = draw(self._random)
                if _fits(value, type_):
                    default = f"${name}: {nullable} = {literal(value)}"
                    self._declare(name, default, _sometimes(draw, null=0.05))
                    return f"${name}"
            self._declare(name, f"${name}: {nullable}!", draw)
            return f"${name}"
        value = draw(self._random)
        default = f" = {literal(value)}" if self.chance(0.4) and _fits(value, type_) else ""
        self._declare(name, f"${name}: {nullable}{default}", _sometimes(draw, null=0.1))
        return f"${name}"


def _sometimes(draw: Draw, *, null: float) -> Draw:
    """Draw a value, null or none."""

    def drawn(random: Random) -> Value:
        chance = random.random()
        if chance < null:
            return None
        return LEFT_OUT if chance < null + 0.2 else draw(random)

    return drawn


def _fits(value: Value, type_: GraphQLInputType) -> bool:
    """Whether a literal has the type's kind; texts may still be invalid."""
    if value is None:
        return not isinstance(type_, GraphQLNonNull)
    inner = get_nullable_type(type_)
    match inner:
        case GraphQLList():
            return isinstance(value, list) and all(_fits(one, inner.of_type) for one in value)
        case GraphQLInputObjectType():
            return isinstance(value, dict) and all(
                _fits(value.get(name), one.type) for name, one in inner.fields.items()
            )
        case GraphQLEnumType():
            return isinstance(value, Member) and value.name in inner.values
    if str(inner) == "Int":
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31
    return isinstance(value, bool if str(inner) == "Boolean" else str)
