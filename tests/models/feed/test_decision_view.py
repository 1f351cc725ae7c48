"""Reading recorded decisions back."""

from typing import Any

from models.applications.answer import decline
from models.base.database import connection, fetch
from models.base.ids import new_id
from models.feed.wording import decision_message
from models.policies.decisions import decisions_by_id
from models.process.wake import Silence
from tests.support.database import Database
from tests.support.feed import CountingConnection
from tests.support.marketplace import START, apply, make_marketplace


async def test_a_recorded_decision_reads_back_unchanged(database: Database) -> None:
    await database.clock.set(START)
    place = await make_marketplace()
    application_id = await apply(place.vendor, place.lead)
    await decline(place.prospect.viewer, Silence(), application_id)
    rows = await fetch(connection(), "SELECT id FROM decision WHERE subject = $1", application_id)
    found = await decisions_by_id(connection(), [row["id"] for row in rows])
    by_ruleset = {decision.ruleset: decision for decision in found.values()}
    visibility, refund = by_ruleset["visibility"], by_ruleset["refund"]
    assert (visibility.verdict, visibility.rule_id) == ("HIDDEN", "declined_in_time")
    assert (
        visibility.reason == "The prospect declined within 48 hours; the contact data will not be revealed."
    )
    assert visibility.requirement == "S1.3"
    assert (visibility.policy_version, visibility.decided_at) == (place.market.policy_version, START)
    assert visibility.facts["response"] == "DECLINED"
    assert (visibility.changes_at, visibility.changes_to) == (None, None)
    assert {trace.rule_id for trace in visibility.others} >= {"prospect_accepted", "still_waiting"}
    assert (refund.verdict, refund.actor_id) == ("REFUNDABLE", place.prospect.viewer.user_id)
    assert decision_message(refund, "de", "UTC").startswith(
        "Der Interessent hat innerhalb von 48\u00a0Stunden"
    )


async def test_a_decision_of_a_removed_rule_keeps_its_verdict(database: Database) -> None:
    place = await make_marketplace()
    decision_id = new_id()
    await fetch(
        connection(),
        """INSERT INTO decision (id, ruleset, subject, verdict, rule_id, policy_version, facts, decided_at,
                                 recorded_at)
           VALUES ($1, 'visibility', $1, 'HIDDEN', 'rule_of_old', $2, '{"gone": 1}', $3, $3)""",
        decision_id,
        place.market.policy_version,
        START,
    )
    old = (await decisions_by_id(connection(), [decision_id]))[decision_id]
    assert (old.verdict, old.reason, old.requirement, old.others) == ("HIDDEN", "rule of old", "", ())
    assert decision_message(old, "pl", "UTC") == "rule of old"


async def test_many_decisions_are_read_in_one_statement(database: Database) -> None:
    place = await make_marketplace()
    application_id = await apply(place.vendor, place.lead)
    await decline(place.prospect.viewer, Silence(), application_id)
    ids = [row["id"] for row in await fetch(connection(), "SELECT id FROM decision")]
    await decisions_by_id(connection(), ids)
    counting: Any = CountingConnection()
    assert len(await decisions_by_id(counting, [*ids, new_id()])) == len(ids) == 2
    assert counting.statements == 1
    assert await decisions_by_id(counting, []) == {}
