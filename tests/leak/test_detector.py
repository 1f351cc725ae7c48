"""The leak search finds leaks: each test plants a fault, and the search must report it.

Each test has its own schema, so that no fault is left behind.
"""

import base64
import html
import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from urllib.parse import quote

import pytest
from graphql import GraphQLField, GraphQLObjectType, GraphQLString

from models.base.database import connection, fetch_one
from models.base.viewer import Viewer
from rules.visibility import ViewerKind
from schema.graphql.errors import ClientError
from tests.leak.finder import Finder, plant
from tests.leak.search import Search


async def _steal(*_: object) -> str:
    row = await fetch_one(
        connection(),
        """SELECT contact.phone FROM contact JOIN application USING (lead_id)
           WHERE revealed_at IS NULL AND declined_at IS NULL ORDER BY received_at DESC LIMIT 1""",
    )
    assert row is not None
    return str(row["phone"])


async def _quote(*_: object) -> str:
    raise ClientError("INVALID", f"no such thing as {await _steal()}")


def _plant(search: Search, kind: str, resolve: Callable[..., Any] = _steal) -> None:
    found = search.graph.get_type(kind)
    assert isinstance(found, GraphQLObjectType)
    found.fields["planted"] = GraphQLField(GraphQLString, resolve=resolve)


@pytest.mark.parametrize(
    ("kind", "asked"), [("Lead", "leads"), ("Query", "planted"), ("Decision", "applications")]
)
async def test_a_field_without_a_check_is_found(search: Search, kind: str, asked: str) -> None:
    """A field that reads contact data directly, not through the views."""
    _plant(search, kind)
    await search.queries(["owner"], asked)
    assert {leak.value for leak in search.leaks} >= {"phone"}
    assert {leak.state for leak in search.leaks} <= {"waiting", "reviewed", "waiting at another prospect"}


@pytest.mark.parametrize("kind", ["Vendor", "LedgerEntry"])
async def test_a_field_that_only_a_node_has_is_found(search: Search, kind: str) -> None:
    """The same, reached by a global id."""
    _plant(search, kind)
    await search.nodes(["newcomer", "owner"], kind)
    assert "newcomer" in {leak.viewer for leak in search.leaks} or kind == "LedgerEntry"
    assert "owner" in {leak.viewer for leak in search.leaks}


async def test_a_message_of_an_error_is_found(search: Search) -> None:
    """An error whose message quotes contact data."""
    _plant(search, "Lead", _quote)
    await search.queries(["owner"], "leads")
    assert "phone" in {leak.value for leak in search.leaks}


async def test_an_event_of_a_subscription_is_found(search: Search) -> None:
    """A field of an event."""
    _plant(search, "RevealEvent")
    _plant(search, "Notification")
    await search.subscriptions(["owner"])
    assert {"subscription"} == {leak.where.split()[0] for leak in search.leaks}
    assert "owner" in {leak.viewer for leak in search.leaks}


async def test_a_payload_of_a_mutation_is_found(search: Search) -> None:
    """A field of a payload."""
    _plant(search, "SignOutPayload")
    mutation = search.graph.mutation_type
    assert mutation is not None
    await search._mutate("owner", search.made.viewers["owner"], "signOut", mutation.fields["signOut"])
    assert {leak.value for leak in search.leaks} == {"phone"}


async def test_a_right_that_is_too_wide_is_found(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every viewer is treated as an operator: each state that should be hidden is reported."""
    monkeypatch.setattr(Viewer, "kind_for", lambda *_: ViewerKind.OPERATOR)
    await search.queries(["owner"], "leads")
    states = {leak.state for leak in search.leaks}
    assert states >= {"waiting", "reviewed", "declined", "club, no consent", "no consent"}


@pytest.mark.parametrize(
    "dress",
    [
        str,
        str.upper,
        str.swapcase,
        lambda text: text[::-1],
        lambda text: "".join(f"\\u{ord(sign):04x}" for sign in text),
        lambda text: base64.b64encode(f"x:{text}:y".encode()).decode(),
        lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
        lambda text: quote(text, safe=""),
        lambda text: html.escape(text).replace("@", "&#64;"),
        lambda text: sha256(text.lower().encode()).hexdigest(),
        lambda text: text.encode().hex(),
        lambda text: f"<{text}>",
    ],
)
def test_a_value_is_found_in_every_encoding(dress: Callable[[str], str]) -> None:
    """Escaped, encoded, hashed, and in capitals."""
    planted = [plant(0), plant(1)]
    finder = Finder(planted)
    for name in ("email", "full_name", "phone", "linkedin_url"):
        hits = finder.find(f'{{"a": "{dress(planted[1].values[name])}"}}'.replace("\\", "\\\\"))
        assert hits, name
        assert {number for number, _ in hits} == {1}
    assert {number for number, _ in finder.find("call +49 (30) 7701-31 31 31")} == {1}
    assert finder.find('{"a": "nothing to see"}') == set()


@pytest.mark.parametrize("name", ["email", "full_name", "phone", "street"])
@pytest.mark.parametrize("parts", [2, 3])
def test_a_value_is_found_in_parts(name: str, parts: int) -> None:
    """Cut anywhere: over fields, lines, and messages, between which other fields are."""
    planted = [plant(0), plant(1)]
    finder, value = Finder(planted), planted[1].values[name]
    for cut in range(1, len(value) - parts + 1):
        pieces = [value[:cut], value[cut : cut + 1], value[cut + 1 :]]
        if parts == 2:
            pieces = [value[:cut], value[cut:]]
        fields = json.dumps({f"field{place}": piece for place, piece in enumerate(pieces)})
        messages = json.dumps({"nodes": [{"id": "b3Q6", "text": f"{piece}"} for piece in pieces]})
        for text in (fields, fields.swapcase(), messages, json.dumps(pieces), "\n".join(pieces)):
            assert (1, name) in finder.find(text), (cut, text)
            assert {number for number, _ in finder.find(text)} == {1}


def test_parts_that_do_not_follow_each_other_are_no_value() -> None:
    planted = [plant(0), plant(1)]
    finder = Finder(planted)
    value = planted[1].values["phone"]
    assert finder.find(json.dumps({"a": value[:6], "b": value[9:]})) == set()
