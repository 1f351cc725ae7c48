"""Remedies in the API: what was charged, what was credited, and which complaint counts."""

from models.base.database import connection, fetch
from models.deadlines.sweep import sweep
from models.process.wake import Silence
from schema.graphql.ids import read_id
from tests.schema.complaints.delivered import Delivered, decide, file_items, item
from tests.support.api import Json

DELIVERY = """query ($id: ID!) { node(id: $id) { ... on Delivery { points
  complaintItem { id verdict remedy remedyPoints } } } }"""
POINTS = "{ viewer { account { points } } }"


async def _decided(delivered: Delivered, delivery: str, verdict: str, key: str = "filed") -> Json:
    filed = (await file_items(delivered.owner, [item(delivery)], key))["complaint"]
    (one,) = filed["items"]["nodes"]
    done = await decide(
        delivered.operator, {"itemId": one["id"], "verdict": verdict, "comment": "Looked at."}
    )
    assert done["userErrors"] == []
    decided: Json = done["items"][0]
    return decided


async def _delivery(delivered: Delivered, delivery: str) -> Json:
    found: Json = (await delivered.owner.ask(DELIVERY, id=delivery)).data["node"]
    return found


async def _points(delivered: Delivered) -> int:
    found: int = (await delivered.owner.ask(POINTS)).data["viewer"]["account"]["points"]
    return found


async def test_a_replacement_costs_no_points_and_refunds_none(delivered: Delivered) -> None:
    replaced = await _decided(delivered, delivered.club, "ACCEPTED")
    assert (replaced["remedy"], replaced["remedyPoints"]) == ("REPLACEMENT", None)
    assert (await _delivery(delivered, replaced["replacement"]["id"]))["points"] == 0


async def test_a_faulty_replacement_refunds_the_first_contacts_points(delivered: Delivered) -> None:
    """Nothing else is in stock: what was paid once is refunded once."""
    before = await _points(delivered)
    replaced = await _decided(delivered, delivered.club, "ACCEPTED")
    replacement = replaced["replacement"]["id"]
    await _decided(delivered, replacement, "ACCEPTED", "again")
    (due,) = await fetch(connection(), "SELECT due_at FROM deadline WHERE kind = 'REPLACEMENT_FALLBACK'")
    await delivered.database.clock.set(due["due_at"])
    await sweep(Silence())
    shown = await _delivery(delivered, replacement)
    assert (shown["points"], shown["complaintItem"]["remedyPoints"]) == (0, 7)
    assert await _points(delivered) == before + 7


async def test_a_delivery_shows_the_accepted_complaint_though_a_newer_one_was_rejected(
    delivered: Delivered,
) -> None:
    """The operator accepted it after another complaint had been filed."""
    first = await _decided(delivered, delivered.record, "REJECTED")
    newer = await _decided(delivered, delivered.record, "REJECTED", "again")
    assert (await _delivery(delivered, delivered.record))["complaintItem"]["id"] == newer["id"]
    override = {
        "itemId": first["id"],
        "verdict": "ACCEPTED",
        "comment": "After all.",
        "overrideReason": "Yes.",
    }
    assert (await decide(delivered.operator, override))["userErrors"] == []
    shown = (await _delivery(delivered, delivered.record))["complaintItem"]
    assert (shown["id"], shown["remedyPoints"]) == (first["id"], 7)


async def test_a_delivery_shows_the_open_complaint_before_one_that_was_rejected(delivered: Delivered) -> None:
    opened = await file_items(delivered.owner, [item(delivered.record)])
    refused = await file_items(delivered.owner, [item(delivered.club, "VOICEMAIL")], "another")
    (older,), (newer,) = (one["complaint"]["items"]["nodes"] for one in (opened, refused))
    await fetch(
        connection(),
        "UPDATE complaint_item SET delivery_id = $2 WHERE id = $1",
        read_id(newer["id"], "ComplaintItem", "id"),
        read_id(delivered.record, "Delivery", "id"),
    )
    assert (await _delivery(delivered, delivered.record))["complaintItem"]["id"] == older["id"]
