"""Inputs for any mutation, generated from its input type: existing ids, plausible values for the rest.

No mutation is listed by name: a new one is called automatically.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
)

from rules import production_parameters

_TEXTS = {
    "version": "another-version",
    "market": "main",
    "category": "web",
    "country": "DE",
    "currency": "EUR",
    "column": "column",
    "field": "ignore",
    "region": "DE",
    "timeZone": "Europe/Berlin",
    "email": "somebody@users.example",
    "password": "not the password",
    "phone": "+12125550199",
    "phoneExtension": "12",
    "linkedinUrl": "https://www.linkedin.com/in/somebody",
    "meetingUrl": "https://meet.example/somebody",
    "fullName": "Somebody Else",
    "city": "Bonn",
    "locale": "en",
    "address": "https://fcm.googleapis.com/send/one",
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "ruleId": "vendor_can_contact",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}
# Fields of few types whose names do not say so; any other unknown name is tried with every id there is.
_KINDS = {
    "deputyId": ("Employee",),
    "fallbackEmployeeId": ("Employee",),
    "wantedEmployeeId": ("Employee",),
    "calendarId": ("EmployeeCalendar",),
    "subjectId": ("Application", "Complaint"),
    "through": ("ChatMessage",),
}
_LARGEST_BATCH = 100
_serial = count()


class Inputs:
    """Generates inputs from types; `ids` are global ids by type, `now` is the database's clock."""

    def __init__(self, ids: Mapping[str, Sequence[str]], now: datetime) -> None:
        self._ids = ids
        self._now = now

    def variants(self, mutation: GraphQLField) -> Iterator[dict[str, Any] | None]:
        """Yield one input per object that the mutation could be about; None if the mutation has no input."""
        if "input" not in mutation.args:
            assert not mutation.args, "a mutation takes one input object"
            yield None
            return
        kind = get_named_type(mutation.args["input"].type)
        assert isinstance(kind, GraphQLInputObjectType)
        subjects = [name for name, found in kind.fields.items() if _is_single_id(found.type)]
        wanted = max([len(self._of(name)) for name in subjects], default=1)
        for place in range(max(wanted, 1)):
            yield self._object(kind, place)

    def _object(self, kind: GraphQLInputObjectType, place: int) -> dict[str, Any]:
        made = {name: self._value(found.type, name, place) for name, found in kind.fields.items()}
        return {name: value for name, value in made.items() if value is not _LEFT_OUT}

    def _value(self, kind: Any, name: str, place: int) -> Any:
        nullable = get_nullable_type(kind)
        named = get_named_type(nullable)
        if isinstance(named, GraphQLInputObjectType):
            made: Any = self._object(named, place)
        elif isinstance(named, GraphQLEnumType):
            members = list(named.values)
            made = members[place % len(members)]
        elif named.name == "ID":
            found = self._of(name)
            if is_list_type(nullable):
                return list(found[:_LARGEST_BATCH])
            return found[place % len(found)] if found else _LEFT_OUT
        elif name == "expectedVersion" and is_non_null_type(kind):
            made = 1
        else:
            made = self._leaf(named.name, name)
        return [made] if is_list_type(nullable) else made

    def _leaf(self, kind: str, name: str) -> Any:
        if kind in {"Date", "DateTime"}:
            at = self._now + timedelta(hours=1)
            return at.isoformat() if kind == "DateTime" else at.date().isoformat()
        if kind in {"Int", "Float"}:
            return _LEFT_OUT if name in {"expectedVersion", "fee"} else 1
        if kind in {"Boolean", "Facts"}:
            return True if kind == "Boolean" else production_parameters()
        if kind == "Upload":
            return None  # `map` of the multipart request fills it
        if name == "idempotencyKey":
            return f"key-{next(_serial)}"
        return _TEXTS.get(name, f"Something about {name}")

    def _of(self, name: str) -> Sequence[str]:
        """Return the ids for a field: `leadId` gets a Lead's, `itemId` a ComplaintItem's, `ids` any."""
        if name in _KINDS:
            return [one for kind in _KINDS[name] for one in self._ids[kind]]
        wanted = name.removesuffix("Ids").removesuffix("Id")
        end = wanted[:1].upper() + wanted[1:]
        kinds = [kind for kind in self._ids if kind.endswith(end)] if wanted != name else []
        if not kinds:
            return [one for found in self._ids.values() for one in found]
        own = [one for kind in kinds for one in self._ids[kind]]
        assert own, f"plant one for {name}"
        return own


class _LeftOut:
    pass


_LEFT_OUT: Any = _LeftOut()


def _is_single_id(kind: Any) -> bool:
    nullable = get_nullable_type(kind)
    return not is_list_type(nullable) and get_named_type(nullable).name == "ID"
