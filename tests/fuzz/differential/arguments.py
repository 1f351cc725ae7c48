"""Values of arguments: existing ids, cursors that were handed out, plausible texts, and a few wrong ones.

Values are plain Python; `Member` is a member of an enum. They become GraphQL literals or JSON.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TypeAlias
from uuid import UUID

from graphql import (
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    get_nullable_type,
)

from schema.graphql.ids import write_id
from tests.support.marketplace import START

Value: TypeAlias = "bool | int | float | str | Member | list[Value] | dict[str, Value] | None"

WRONG = 0.02  # share of values that no client should send
_TODAY = START.replace(hour=0, minute=0)
_INSTANTS = tuple(_TODAY + timedelta(days=days) for days in (-400, -30, -1, 0, 1, 2, 3, 4, 40))
_TEXTS: Mapping[str, Sequence[str]] = {
    "market": ("main", "main", "main", "none"),
    "category": ("web", "roof"),
    "city": ("Berlin", "berlin", "Bonn"),
    "country": ("DE", "DE", "AT"),
    "query": ("website", "relaunch", "Tellier", "%", ""),
    "language": ("en", "de", "pl", "ro", "xx"),
    "caller": ("+4930901820", "+12025550143", "hidden"),
    "template": ("application_received",),
    "from": ("09:00", "08:30"),  # of a weekly span: periods have instants
    "until": ("17:00", "12:15"),
    "text": ("Call me at 0151 23456789.", "When can you begin?"),
    "name": ("Application", "Lead", "Petra"),
}
_NUMBERS: Mapping[str, Sequence[int]] = {
    "first": (1, 2, 2, 3, 3, 5, 5, 20, 0),
    "last": (1, 2, 3, 5),
    "weekday": (1, 2, 5, 7),
    "budgetMin": (0, 1_000, 5_000),
}
# Types of the ids of arguments whose names do not say so.
_ID_TYPES = {
    "agent": ("User",),
    "subject": ("Application", "Complaint"),
    "employee": ("Employee",),
}


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an enum."""

    name: str


@dataclass(slots=True)
class Known:
    """What clients have received so far: ids by type, and cursors by the place of their list."""

    ids: Mapping[str, Sequence[str]]
    cursors: dict[tuple[bool, str], list[str]] = field(default_factory=dict)  # of the root or not, by field

    def note_cursors(self, answer: object, *, root: bool = True) -> None:
        """Remember the cursors of an answer whose lists have the names of their fields."""
        if isinstance(answer, list):
            for one in answer:
                self.note_cursors(one, root=root)
        elif isinstance(answer, dict):
            for name, value in answer.items():
                if isinstance(value, dict) and "pageInfo" in value:
                    kept = self.cursors.setdefault((root, name), [])
                    edges = [edge["cursor"] for edge in value.get("edges") or () if "cursor" in edge]
                    kept += [cursor for cursor in edges if cursor not in kept][: 12 - len(kept)]
                self.note_cursors(value, root=False)


class Arguments:
    """Draws values of arguments."""

    def __init__(self, known: Known) -> None:
        """Take what clients know."""
        self._known = known

    def draw(self, random: Random, type_: GraphQLInputType, name: str, place: tuple[bool, str]) -> Value:
        """Return a value of the argument or field `name` of a list or object at `place`, a few of them wrong.

        `place` is whether it is a field of the root, and its name; for `node`, the type that is wanted.
        """
        if random.random() < WRONG:
            return self._wrong(random, type_)
        if not isinstance(type_, GraphQLNonNull) and random.random() < 0.06:
            return None
        inner = get_nullable_type(type_)
        if isinstance(inner, GraphQLList):
            count = random.choice((0, 1, 1, 2, 3))
            return [self.draw(random, inner.of_type, name, place) for _ in range(count)]
        if isinstance(inner, GraphQLInputObjectType):
            return self._object(random, inner, place)
        if isinstance(inner, GraphQLEnumType):
            return Member(random.choice(list(inner.values)))
        return self._leaf(random, str(inner), name, place)

    def has_cursors(self, place: tuple[bool, str]) -> bool:
        """Whether a cursor of the list at a place is known."""
        return place in self._known.cursors

    def kind(self, random: Random) -> str:
        """Return a type of objects with ids."""
        return random.choice([kind for kind, ids in self._known.ids.items() if ids])

    def wanted(self, random: Random, given: GraphQLInputField) -> bool:
        """Whether a field of an input object is given."""
        return isinstance(given.type, GraphQLNonNull) or random.random() < 0.2

    def _object(self, random: Random, kind: GraphQLInputObjectType, place: tuple[bool, str]) -> Value:
        if kind.name == "PeriodInput":
            begin, end = sorted(random.sample(_INSTANTS[1:], 2))
            return {"from": _written(begin), "to": _written(end)}
        return {
            name: self.draw(random, found.type, name, place)
            for name, found in kind.fields.items()
            if self.wanted(random, found)
        }

    def _leaf(self, random: Random, kind: str, name: str, place: tuple[bool, str]) -> Value:
        texts: Sequence[Value]
        match kind:
            case "ID":
                return self._id(random, name, place[1])
            case "Boolean":
                texts = (True, False)
            case "Int":
                texts = _NUMBERS.get(name, (1, 2, 7))
            case "DateTime":
                texts = [_written(at) for at in _INSTANTS]
            case "Cursor":
                texts = self._known.cursors.get(place) or ("no cursor of any list",)
            case "PhoneNumber":
                texts = ("+493023125100", "+4930901820", "+12025550143")
            case _:
                texts = _TEXTS.get(name, (f"Something about {name}",))
        return random.choice(texts)

    def _id(self, random: Random, name: str, of: str) -> str:
        if random.random() < 0.03:  # of nothing
            return str(write_id(random.choice(list(self._known.ids)), UUID(int=random.getrandbits(128))))
        if of in self._known.ids and random.random() < 0.97:
            return random.choice(self._known.ids[of])
        wanted = name.removesuffix("Ids").removesuffix("Id")
        kinds = _ID_TYPES.get(wanted, (wanted[:1].upper() + wanted[1:],))
        kinds = tuple(kind for kind in kinds if self._known.ids.get(kind))
        kind = random.choice(kinds or tuple(kind for kind, ids in self._known.ids.items() if ids))
        return random.choice(self._known.ids[kind])

    def _wrong(self, random: Random, type_: GraphQLInputType) -> Value:
        kind = get_named_type(type_)
        wrong: list[Value] = [None, "", "garbage", 0, -1, 101, 2**40, True, [], {}, "\u0000", "ä" * 40]
        if isinstance(kind, GraphQLEnumType):
            wrong += [Member("NO_SUCH_MEMBER"), "NO_SUCH_MEMBER"]
        return random.choice(wrong)


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def literal(value: Value) -> str:
    """Write a value as a GraphQL literal."""
    match value:
        case Member():
            return value.name
        case list():
            return f"[{', '.join(map(literal, value))}]"
        case dict():
            return "{" + ", ".join(f"{name}: {literal(one)}" for name, one in value.items()) + "}"
        case float() if not math.isfinite(value):
            raise ValueError("no literal of GraphQL")
    return json.dumps(value)


def as_json(value: Value) -> object:
    """Return a value as a variable has it."""
    match value:
        case Member():
            return value.name
        case list():
            return [as_json(one) for one in value]
        case dict():
            return {name: as_json(one) for name, one in value.items()}
    return value
