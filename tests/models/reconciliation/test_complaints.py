"""Every check of complaints finds its fault, and nothing in a healthy marketplace."""

from dataclasses import dataclass
from uuid import UUID

import pytest
import pytest_asyncio

from models.applications.answer import accept
from models.reconciliation import reconcile
from tests.models.reconciliation.conftest import Plant
from tests.support.complaints import (
    NO_CONSENT,
    PROVEN,
    QUIET,
    RECORD,
    deliver,
    filed,
    make_contact,
    offer,
)
from tests.support.database import Database
from tests.support.marketplace import START, apply, make_marketplace
from tests.support.reading import row


@dataclass(frozen=True, slots=True)
class Complained:
    """Deliveries by their outcome."""

    paid: UUID
    fee: UUID
    replaced: UUID
    waiting: UUID
    no_consent: UUID
    open: UUID


@pytest_asyncio.fixture(loop_scope="session")
async def complained(database: Database) -> Complained:
    """One delivery with each outcome, created only by the actions."""
    await database.clock.set(START)
    place = await make_marketplace()
    vendor = place.vendor
    application = await apply(vendor, place.lead)
    await accept(place.prospect.viewer, QUIET, application)
    fee = (await row("delivery", application_id=application))["id"]
    paid, opened = [await deliver(place, vendor, kind=RECORD) for _ in range(2)]
    replaced, waiting = [await deliver(place, vendor) for _ in range(2)]
    stopped = await make_contact(place.market)
    no_consent = await deliver(place, vendor, stopped)
    await apply(place.other_vendor, stopped)
    await offer(place)
    await filed(vendor, [replaced], PROVEN)
    await filed(vendor, [paid, fee, waiting], PROVEN)
    await filed(vendor, [no_consent], PROVEN, reason=NO_CONSENT)
    await filed(vendor, [opened])
    return Complained(paid, fee, replaced, waiting, no_consent, opened)


async def test_healthy_complaints_have_no_findings(complained: Complained) -> None:
    assert (await reconcile()).findings == ()


_ITEM = "(SELECT id FROM complaint_item WHERE delivery_id = $1)"
_COMPLAINT = "(SELECT complaint_id FROM complaint_item WHERE delivery_id = $1)"
_GIVEN = "(SELECT replacement_id FROM remedy WHERE delivery_id = $1)"
_LEAD = "(SELECT lead_id FROM delivery WHERE id = $1)"

PLANTED = [
    ("accepted_items_have_their_remedy", "DELETE FROM remedy WHERE delivery_id = $1", "paid"),
    (
        "accepted_items_have_their_remedy",
        "UPDATE complaint_item SET verdict = 'REJECTED' WHERE delivery_id = $1",
        "waiting",
    ),
    (
        "accepted_items_have_their_remedy",
        "UPDATE complaint_item SET delivery_id = gen_random_uuid() WHERE delivery_id = $1",
        "replaced",
    ),
    ("accepted_items_have_their_remedy", "DELETE FROM remedy WHERE delivery_id = $1", "no_consent"),
    ("remedies_were_given", "UPDATE remedy SET points = 4 WHERE delivery_id = $1", "paid"),
    ("remedies_were_given", "UPDATE remedy SET settled_at = NULL WHERE delivery_id = $1", "paid"),
    (
        "remedies_were_given",
        "UPDATE posting_group SET business_key = 'x' WHERE business_key = 'remedy:' || $1::uuid",
        "paid",
    ),
    ("remedies_were_given", "UPDATE delivery SET points = 11 WHERE id = $1", "fee"),
    ("remedies_were_given", "UPDATE remedy SET replacement_id = NULL WHERE delivery_id = $1", "replaced"),
    (
        "remedies_were_given",
        f"UPDATE delivery SET account_id = gen_random_uuid() WHERE id = {_GIVEN}",
        "replaced",
    ),
    (
        "remedies_were_given",
        f"UPDATE deadline SET done_at = now(), outcome = 'x' WHERE subject = {_ITEM}",
        "waiting",
    ),
    (
        "replacements_belong_to_remedies",
        f"UPDATE delivery SET replacement = false WHERE id = {_GIVEN}",
        "replaced",
    ),
    ("replacements_belong_to_remedies", "UPDATE delivery SET replacement = true WHERE id = $1", "open"),
    ("deliveries_are_paid_for", "UPDATE delivery SET points = 4 WHERE id = $1", "open"),
    (
        "deliveries_are_paid_for",
        "UPDATE posting_group SET business_key = 'x' WHERE business_key = 'charge:' || $1::uuid",
        "open",
    ),
    (
        "deliveries_are_paid_for",
        "UPDATE decision SET verdict = 'HIDDEN' WHERE subject = $1 AND ruleset = 'visibility'",
        "open",
    ),
    (
        "deliveries_are_paid_for",
        "UPDATE posting_group SET account_id = gen_random_uuid() WHERE business_key = 'charge:' || $1::uuid",
        "open",
    ),
    (
        "offers_count_their_deliveries",
        f"UPDATE offer SET sold = 0 WHERE lead_id = (SELECT lead_id FROM delivery WHERE id = {_GIVEN})",
        "replaced",
    ),
    (
        "complaints_are_decided_with_their_last_item",
        f"UPDATE complaint SET decided_at = NULL WHERE id = {_COMPLAINT}",
        "paid",
    ),
    (
        "complaints_are_decided_with_their_last_item",
        f"UPDATE complaint SET decided_at = now() WHERE id = {_COMPLAINT}",
        "open",
    ),
    (
        "complaints_are_decided_with_their_last_item",
        f"DELETE FROM deadline WHERE subject = {_COMPLAINT} AND kind = 'COMPLAINT_DECISION'",
        "open",
    ),
    (
        "complaints_are_decided_with_their_last_item",
        "DELETE FROM complaint_item WHERE delivery_id = $1",
        "no_consent",
    ),
    ("upheld_no_consent_stops_contact", "UPDATE delivery SET closed = 'NO' WHERE id = $1", "no_consent"),
    (
        "upheld_no_consent_stops_contact",
        f"DELETE FROM do_not_contact WHERE item_id = {_ITEM}",
        "no_consent",
    ),
    (
        "upheld_no_consent_stops_contact",
        f"""INSERT INTO offer (id, lead_id, kind, mode, points, cap, sold, offered_at)
            VALUES (gen_random_uuid(), {_LEAD}, 'RECORD', 'SHARED', 1, 2, 1, now())""",
        "no_consent",
    ),
    (
        "stopped_persons_have_no_application_waiting",
        f"UPDATE application SET ended_at = NULL WHERE lead_id = {_LEAD}",
        "no_consent",
    ),
    (
        "stopped_persons_have_no_application_waiting",
        f"UPDATE application SET ended_at = NULL, revealed_at = now() WHERE lead_id = {_LEAD}",
        "no_consent",
    ),
    (
        "refundable_declines_are_refunded",
        f"UPDATE application SET hold = 'HELD', refunded_at = NULL WHERE lead_id = {_LEAD}",
        "no_consent",
    ),
    (
        "payments_back_cite_a_refundable_decision",
        f"UPDATE decision SET verdict = 'REJECTED' WHERE subject = {_ITEM}",
        "paid",
    ),
    (
        "payments_back_cite_a_refundable_decision",
        f"UPDATE decision SET subject = gen_random_uuid() WHERE subject = {_ITEM}",
        "fee",
    ),
    (
        "payments_back_cite_a_refundable_decision",
        """UPDATE posting_group SET business_key = 'remedy:' || gen_random_uuid()
           WHERE business_key = 'remedy:' || $1::uuid""",
        "paid",
    ),
]


@pytest.mark.parametrize(("check", "sql", "fate"), PLANTED)
async def test_each_check_finds_what_was_planted(
    complained: Complained, plant: Plant, check: str, sql: str, fate: str
) -> None:
    await plant(sql, getattr(complained, fate))
    report = await reconcile()
    assert check in {finding.check for finding in report.findings}
