"""From application to reveal, over HTTP."""

from datetime import timedelta

from models.deadlines.sweep import sweep
from models.process.wake import Silence
from schema.graphql.ids import write_id
from tests.support.api import Api
from tests.support.database import Database
from tests.support.marketplace import EMAIL, START, make_marketplace

SUBMIT = """mutation ($lead: ID!) {
  applicationSubmit(input: {leadId: $lead, introduction: "We can.", idempotencyKey: "once"}) {
    application { id status visibility { verdict changesAt } contact: lead { contact { email } } }
    userErrors { code } } }"""
LEAD = """query ($id: ID!) { node(id: $id) { ... on Lead {
  visibility { verdict ruleId } contact { email } application { status revealedAt refund { verdict } }
  delivery { kind receivedAt } } } }"""


async def test_without_an_answer_the_contact_data_is_revealed_after_48_hours(
    database: Database, api: Api
) -> None:
    """A vendor applies, the prospect does not answer, and at 48 hours the contact data is revealed."""
    await database.clock.set(START)
    market = await make_marketplace()
    vendor = await api.client(market.vendor.owner.user_id)
    lead_id = write_id("Lead", market.lead.id)
    submitted = (await vendor.ask(SUBMIT, lead=lead_id)).data["applicationSubmit"]
    assert submitted["userErrors"] == []
    assert submitted["application"]["visibility"]["changesAt"] == "2026-03-04T09:00:00Z"
    await database.clock.advance(timedelta(hours=48) - timedelta(microseconds=1))
    before = (await vendor.ask(LEAD, id=lead_id)).data["node"]
    assert (before["visibility"]["verdict"], before["contact"]) == ("HIDDEN", None)
    await database.clock.advance(timedelta(microseconds=1))
    after = (await vendor.ask(LEAD, id=lead_id)).data["node"]
    assert after["visibility"] == {"verdict": "VISIBLE", "ruleId": "revealed_by_silence"}
    assert after["contact"] == {"email": EMAIL}
    assert after["application"]["status"] == "REVEALED"
    assert after["application"]["revealedAt"] == "2026-03-04T09:00:00Z"
    await database.clock.advance(timedelta(days=7))
    await sweep(Silence())
    settled = (await vendor.ask(LEAD, id=lead_id)).data["node"]
    assert settled["delivery"] == {"kind": "APPLICATION", "receivedAt": "2026-03-04T09:00:00Z"}
