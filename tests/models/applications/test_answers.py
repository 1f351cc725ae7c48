"""Accepting, declining, reviewing: repeats, stale versions, refusals by rules, and who is notified.

The tests set the database's clock and never sleep.
"""

from datetime import timedelta
from typing import Any

import pytest

from models.applications.answer import accept, decline, review
from models.base.database import connection
from models.base.refusal import RefusalCode
from models.deadlines.sweep import sweep
from models.process.wake import Silence
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import CONTACT_VALUES, HOUR, SECOND, START, Marketplace, apply
from tests.support.reading import (
    application,
    erase,
    event_kinds,
    mailed,
    outcomes,
    points,
    refusal,
    refused,
    row,
    rows_of,
)

QUIET = Silence()


async def test_an_acceptance_notifies_the_vendor_and_logs_the_disclosure(
    place: Marketplace, database: Database
) -> None:
    """S1.1, S1.6, S1.7 and the law: delivery, mail, calendar, both sides' feeds, decision with its actor."""
    made = await apply(place.vendor, place.lead, meeting_at=START + 72 * HOUR)
    await database.clock.set(START + HOUR)
    await accept(place.prospect.viewer, QUIET, made)
    assert await mailed(made) == [
        "application_received",
        "calendar_created",
        "calendar_created",
        "calendar_updated",
        "calendar_updated",
        "contact_available",
    ]
    assert await event_kinds(place.vendor.id) == [
        "POINTS_PURCHASED",
        "APPLICATION_SUBMITTED",
        "APPLICATION_ACCEPTED",
    ]
    assert await event_kinds(place.prospect.id) == ["APPLICATION_RECEIVED", "CONTACT_DISCLOSED"]
    delivery = await row("delivery", application_id=made)
    event = await row("feed_event", kind="APPLICATION_ACCEPTED")
    assert (event["delivery_id"], event["decision_id"]) == (delivery["id"], delivery["decision_id"])
    decision = await row("decision", id=delivery["decision_id"])
    assert (decision["actor_id"], decision["policy_version"]) == (
        place.prospect.viewer.user_id,
        place.market.policy_version,
    )
    assert (delivery["points"], delivery["kind"]) == (10, "APPLICATION")
    assert await outcomes(made) == {"REVEAL": "answered", "REVIEW_REMINDER": "answered"}


async def test_a_decline_notifies_the_vendor_and_reveals_nothing(
    place: Marketplace, database: Database
) -> None:
    """S1.3, S1.8: an email, no delivery, and the contact data is never revealed."""
    made = await apply(place.vendor, place.lead)
    await decline(place.prospect.viewer, QUIET, made, message="  Not for us.\r\nSorry. ")
    assert (await application(made))["decline_message"] == "Not for us.\nSorry."
    assert "application_declined" in await mailed(made)
    assert (await event_kinds(place.vendor.id))[2:] == ["APPLICATION_DECLINED", "FEE_REFUNDED"]
    await database.clock.set(START + timedelta(days=400))
    await sweep(QUIET)
    assert await rows_of("delivery") == []
    assert (await application(made))["revealed_at"] is None


async def test_events_messages_and_decisions_contain_no_contact_data(
    place: Marketplace, database: Database
) -> None:
    """Feed, outbox and decisions refer to ids; the values are only in the contact's row."""
    first, second = await apply(place.vendor, place.lead), await apply(place.other_vendor, place.lead)
    await accept(place.prospect.viewer, QUIET, first)
    await database.clock.set(START + 50 * HOUR)
    await sweep(QUIET)
    await decline(place.prospect.viewer, QUIET, second)
    everything = await snapshot(connection())
    contacts = everything.pop("contact")
    for value in CONTACT_VALUES:
        assert any(value in line for line in contacts)
        assert not [table for table, lines in everything.items() if any(value in line for line in lines)]


@pytest.mark.parametrize("hours", [1, 60])
@pytest.mark.parametrize("answer", [accept, decline, review])
async def test_a_repeated_answer_changes_nothing(
    place: Marketplace, database: Database, answer: Any, hours: int
) -> None:
    """A transition that can happen only once is inherently idempotent, whatever version is expected."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(START + hours * HOUR)
    await answer(place.prospect.viewer, QUIET, made)
    before = await snapshot(connection())
    await database.clock.advance(SECOND)
    await answer(place.prospect.viewer, QUIET, made)
    if answer is not review:
        await answer(place.prospect.viewer, QUIET, made, expected_version=1)
    assert await snapshot(connection()) == before


@pytest.mark.parametrize("hours", [1, 60])
async def test_an_acceptance_after_a_decline_is_refused_with_the_decision(
    place: Marketplace, database: Database, hours: int
) -> None:
    """A decline is final; the refusal cites the rule with the effect of the decline."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(START + hours * HOUR)
    await decline(place.prospect.viewer, QUIET, made)
    before = await snapshot(connection())
    found = await refused(
        accept(place.prospect.viewer, QUIET, made), RefusalCode.REFUSED_BY_RULE, "applicationId"
    )
    assert found.decision is not None
    assert found.decision.rule_id == ("declined_in_time" if hours < 48 else "declined_late")
    assert await snapshot(connection()) == before


async def test_an_acceptance_after_a_withdrawal_is_refused(place: Marketplace, database: Database) -> None:
    """A withdrawal is a decline, and is final as well."""
    made = await apply(place.vendor, place.lead)
    await accept(place.prospect.viewer, QUIET, made)
    await decline(place.prospect.viewer, QUIET, made)
    found = await refused(accept(place.prospect.viewer, QUIET, made), RefusalCode.REFUSED_BY_RULE)
    assert found.decision is not None
    assert found.decision.rule_id == "acceptance_withdrawn"


@pytest.mark.parametrize("answer", [accept, decline])
async def test_a_stale_version_is_refused_and_the_current_one_passes(
    place: Marketplace, database: Database, answer: Any
) -> None:
    """A decision based on an older version has to be reconsidered."""
    made = await apply(place.vendor, place.lead)
    await review(place.prospect.viewer, QUIET, made)
    before = await snapshot(connection())
    for version in (0, 1, 3):
        await refused(
            answer(place.prospect.viewer, QUIET, made, expected_version=version),
            RefusalCode.STALE_VERSION,
            "expectedVersion",
        )
    assert await snapshot(connection()) == before
    await answer(place.prospect.viewer, QUIET, made, expected_version=2)
    assert (await application(made))["version"] == 3


async def test_a_refused_answer_rolls_back_what_it_settled_and_a_sweep_settles_it_again(
    place: Marketplace, database: Database
) -> None:
    """They are one transaction: the stale decline at 60 h rolls the reveal back, and nothing is lost."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(START + 60 * HOUR)
    await refused(decline(place.prospect.viewer, QUIET, made, expected_version=9), RefusalCode.STALE_VERSION)
    assert (await application(made))["revealed_at"] is None
    await sweep(QUIET)
    assert (await application(made))["revealed_at"] == START + 48 * HOUR


@pytest.mark.parametrize("message", ["x" * 5_001, "a\x00b", "a\ud800b"])
async def test_a_message_that_cannot_be_stored_is_refused(place: Marketplace, message: str) -> None:
    """A message that is too long, or contains characters that cannot be stored."""
    made = await apply(place.vendor, place.lead)
    await refused(
        decline(place.prospect.viewer, QUIET, made, message=message), RefusalCode.INVALID, "message"
    )
    assert await points(place.vendor.id) == (90, 10)


async def test_an_erased_person_can_be_neither_revealed_nor_accepted(
    place: Marketplace, database: Database
) -> None:
    """The data no longer exists: neither an answer nor a missing answer creates a delivery."""
    made = await apply(place.vendor, place.lead)
    await erase(place.prospect.id, START + HOUR)
    found = await refusal(accept(place.prospect.viewer, QUIET, made))
    assert found.code is RefusalCode.REFUSED_BY_RULE
    assert found.decision is not None
    assert found.decision.rule_id == "person_erased"
    await database.clock.set(START + 48 * HOUR)
    await sweep(QUIET)
    assert await outcomes(made) == {"REVIEW_REMINDER": "person_erased", "REVEAL": "ended"}
    assert await rows_of("delivery") == []


@pytest.mark.parametrize("action", [accept, decline, review])
async def test_only_the_prospect_answers(place: Marketplace, database: Database, action: Any) -> None:
    """The vendor and the operator see the application, but only the prospect can answer it."""
    made = await apply(place.vendor, place.lead)
    await database.clock.set(START + 49 * HOUR)
    before = await snapshot(connection())
    for viewer in (place.vendor.owner, place.vendor.member, place.operator):
        await refused(action(viewer, QUIET, made), RefusalCode.FORBIDDEN, "applicationId")
    assert await snapshot(connection()) == before
