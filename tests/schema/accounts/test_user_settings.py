"""`userSettingsUpdate`: users change their own language, time zone and name, and nobody else's."""

import pytest

from models.base.database import connection, fetch
from schema.graphql.ids import write_id
from tests.support.mutation_calls import call, refusals
from tests.support.scene import Scene
from tests.support.viewers import SIGNED_IN, Kind, viewers_of

USER = "user { id name locale timeZone }"
NEW = {"locale": "pl", "timeZone": "Europe/Warsaw", "name": "  Somebody Else "}


async def _others(user_id: object) -> list[tuple[object, ...]]:
    rows = await fetch(connection(), "SELECT * FROM users WHERE id <> $1 ORDER BY id", user_id)
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("kind", SIGNED_IN)
async def test_every_user_changes_their_own_settings_only(scene: Scene, kind: Kind) -> None:
    """The payload, the viewer and the stored row agree; no other user is touched."""
    user_id = viewers_of(scene.market)[kind].user_id
    before = await _others(user_id)
    payload = await call(scene.clients[kind], "userSettingsUpdate", NEW, USER)
    expected = {
        "id": write_id("User", user_id) if user_id else None,
        "name": "Somebody Else",
        "locale": "pl",
        "timeZone": "Europe/Warsaw",
    }
    assert payload == {"user": expected, "userErrors": []}
    assert (await scene.clients[kind].ask(f"{{ viewer {{ {USER} }} }}")).data["viewer"]["user"] == expected
    assert await _others(user_id) == before


async def test_texts_are_in_the_new_language_from_the_next_request_on(scene: Scene) -> None:
    document = "{ notifications(first: 1) { nodes { title } } }"
    owner = scene.clients[Kind.OWNER]
    before = (await owner.ask(document)).data
    await call(owner, "userSettingsUpdate", {"locale": "de"})
    assert (await owner.ask(document)).data != before


async def test_a_value_that_is_omitted_or_null_is_not_changed(scene: Scene) -> None:
    owner = scene.clients[Kind.OWNER]
    await call(owner, "userSettingsUpdate", NEW)
    payload = await call(owner, "userSettingsUpdate", {"timeZone": "UTC", "name": None}, USER)
    assert (payload["user"]["name"], payload["user"]["timeZone"]) == ("Somebody Else", "UTC")
    assert payload["user"]["locale"] == "pl"


async def test_every_invalid_value_is_reported_and_nothing_is_changed(scene: Scene) -> None:
    """Each error says which values are valid."""
    owner = scene.clients[Kind.OWNER]
    wrong = {"locale": "tlh", "timeZone": "Mars/Olympus", "name": " "}
    payload = await call(owner, "userSettingsUpdate", wrong, USER)
    assert payload["user"] is None
    assert refusals(payload) == [("INVALID", "locale"), ("INVALID", "timeZone"), ("REQUIRED", "name")]
    messages = [error["message"] for error in payload["userErrors"]]
    assert "de, en, pl, ro" in messages[0]
    assert "Europe/Berlin" in messages[1]
    payload = await call(owner, "userSettingsUpdate", {"locale": "de", "name": "x" * 201}, USER)
    assert refusals(payload) == [("INVALID", "name")]
    stored = (await owner.ask(f"{{ viewer {{ {USER} }} }}")).data["viewer"]["user"]
    assert stored["locale"] == "en"
