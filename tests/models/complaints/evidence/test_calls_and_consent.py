"""What our own records show: answered calls and proofs of consent."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from models.base.database import connection, fetch
from models.base.ids import new_id
from models.complaints.evidence.consent_proof import NothingStored, consent_proof
from models.complaints.evidence.finding import DisputedContact
from models.complaints.evidence.own_calls import AnsweredCall, ApplicationCalls, own_calls
from rules.complaint import ComplaintReason
from tests.models.complaints.evidence.contacts import RECEIVED, clock, contact, look, said
from tests.support.database import Database
from tests.support.marketplace import apply, make_marketplace

MISSING, NO_CONSENT = ComplaintReason.NUMBER_DOES_NOT_EXIST, ComplaintReason.NO_CONSENT
PHONE = "+493023125000"
REFUTED, DOUBT, HINT = ("AGAINST", True), ("AGAINST", False), ("FOR", False)
LATER, EARLIER = RECEIVED + timedelta(minutes=1), RECEIVED - timedelta(minutes=1)


class Records:
    """Made-up calls and proofs, the same for each contact."""

    source = "a test's records"

    def __init__(self, *calls: AnsweredCall, proven: bool = False) -> None:
        self.calls, self.is_proven = calls, proven

    async def answered(self, contacts: Sequence[DisputedContact]) -> Mapping[UUID, Sequence[AnsweredCall]]:
        return {one.key: self.calls for one in contacts}

    async def proven(self, contacts: Sequence[DisputedContact]) -> Collection[UUID]:
        return {one.key for one in contacts} if self.is_proven else set()


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ([], []),
        ([(10, LATER)], [(*REFUTED, "answered_after_delivery")]),
        ([(10, RECEIVED)], [(*REFUTED, "answered_after_delivery")]),
        ([(9, LATER)], []),  # an announcement
        ([(10, EARLIER)], [(*DOUBT, "answered_before_delivery")]),
        ([(600, None)], [(*DOUBT, "answered_before_delivery")]),
        ([(600, None), (3, LATER)], [(*DOUBT, "answered_before_delivery")]),
        ([(600, EARLIER), (30, LATER)], [(*REFUTED, "answered_after_delivery")]),
    ],
)
async def test_only_an_answered_call_after_the_delivery_refutes(
    calls: list[tuple[int, datetime | None]], expected: list[tuple[str, bool, str]]
) -> None:
    records = Records(*(AnsweredCall(seconds, at) for seconds, at in calls))
    assert await said(own_calls(clock, records), contact(MISSING, phone=PHONE)) == expected


async def test_the_caller_decides_the_minimum_length_of_a_call() -> None:
    check = own_calls(clock, Records(AnsweredCall(120, LATER)), least_seconds=121)
    assert await look(check, contact(MISSING, phone=PHONE)) == ()


@pytest.mark.parametrize("reason", [reason for reason in ComplaintReason if reason is not MISSING])
async def test_calls_are_not_evidence_for_other_reasons(reason: ComplaintReason) -> None:
    check = own_calls(clock, Records(AnsweredCall(60, LATER)))
    assert await look(check, contact(reason, phone=PHONE)) == ()
    assert await look(check, contact(MISSING, phone=None)) == ()


async def test_an_applications_call_is_found_by_vendor_and_lead(database: Database) -> None:
    place = await make_marketplace()
    application_id = await apply(place.vendor, place.lead)
    await fetch(connection(), "UPDATE application SET call_seconds = 45 WHERE id = $1", application_id)
    check = own_calls(clock, ApplicationCalls())
    same = {"phone": PHONE, "lead_id": place.lead.id, "account_id": place.vendor.id}
    assert await said(check, contact(MISSING, **same)) == [(*DOUBT, "answered_before_delivery")]
    assert await look(check, contact(MISSING, **same | {"account_id": new_id()})) == ()
    assert await look(check, contact(MISSING, **same | {"lead_id": new_id()})) == ()
    twice = [contact(MISSING, **same), contact(MISSING, **same)]
    assert (await check(twice)).keys() == {one.key for one in twice}


@pytest.mark.parametrize(
    ("proven", "expected"), [(False, (*HINT, "no_consent_proof")), (True, (*DOUBT, "consent_proof"))]
)
async def test_a_proof_of_consent_is_an_indication_either_way(
    proven: bool, expected: tuple[str, bool, str]
) -> None:
    assert await said(consent_proof(clock, Records(proven=proven)), contact(NO_CONSENT)) == [expected]


async def test_without_a_table_of_proofs_none_is_found() -> None:
    check = consent_proof(clock, NothingStored())
    assert await said(check, contact(NO_CONSENT)) == [(*HINT, "no_consent_proof")]
    assert await look(check, contact(ComplaintReason.REQUIREMENTS_NOT_MET)) == ()
