"""Ids of other parties return NOT_FOUND, like ids that do not exist, and nothing changes.

What the parties themselves may do is in the other files.
"""

from datetime import timedelta

import pytest

from models.accounts.purchase_points import purchase_points
from models.applications.answer import accept, decline, review
from models.applications.record_meeting import record_meeting
from models.applications.submit import submit
from models.applications.tables import MeetingEvidenceKind
from models.base.database import connection
from models.base.ids import new_id
from models.base.refusal import RefusalCode
from models.base.viewer import ANONYMOUS, Viewer
from models.process.wake import Silence
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.marketplace import START, Marketplace, apply
from tests.support.reading import erase, refused

QUIET = Silence()


def _strangers(place: Marketplace) -> list[Viewer]:
    return [
        place.other_vendor.owner,
        place.other_vendor.member,
        place.other_prospect.viewer,
        place.agent,
        place.vendor.employee,  # a sub-account does not act for its account
        ANONYMOUS,
    ]


@pytest.mark.parametrize("late", [timedelta(0), timedelta(hours=50)])
async def test_another_partys_application_is_not_found(
    place: Marketplace, database: Database, late: timedelta
) -> None:
    """A stranger's request settles nothing, and the message does not reveal whether the id exists."""
    made = await apply(place.vendor, place.lead, meeting_at=START + timedelta(hours=20))
    await database.clock.set(START + late)
    before = await snapshot(connection())
    for viewer in _strangers(place):
        texts = set()
        for target in (made, new_id(), place.lead.id):
            for action in (review, accept, decline):
                texts.add((await refused(action(viewer, QUIET, target), RefusalCode.NOT_FOUND)).message)
            for kind in MeetingEvidenceKind:
                call = record_meeting(
                    viewer,
                    QUIET,
                    application_id=target,
                    kind=kind,
                    idempotency_key="a key",
                    at=START + timedelta(hours=60),
                )
                found = await refused(call, RefusalCode.NOT_FOUND, "applicationId")
                texts.add(found.message)
        assert len(texts) == 1
    assert await snapshot(connection()) == before


async def test_a_missing_or_erased_lead_is_not_found(place: Marketplace, database: Database) -> None:
    """Nothing is held, and the key stays unused."""
    await erase(place.prospect.id, START)
    before = await snapshot(connection())
    for lead_id in (new_id(), place.lead.id):
        await refused(
            submit(
                place.vendor.owner, QUIET, lead_id=lead_id, introduction="Hello.", idempotency_key="a key"
            ),
            RefusalCode.NOT_FOUND,
            "leadId",
        )
    assert await snapshot(connection()) == before


async def test_only_owners_and_members_of_a_vendor_can_apply(place: Marketplace) -> None:
    """An employee's sub-account, prospects, agents and operators do not act for an account."""
    before = await snapshot(connection())
    for viewer in (
        place.vendor.employee,
        place.other_prospect.viewer,
        place.agent,
        place.operator,
        ANONYMOUS,
    ):
        await refused(
            submit(viewer, QUIET, lead_id=place.lead.id, introduction="Hello.", idempotency_key="a key"),
            RefusalCode.FORBIDDEN,
        )
    assert await snapshot(connection()) == before


async def test_only_operators_can_book_points(place: Marketplace) -> None:
    """All other roles are refused, and an unknown account is not found."""
    before = await snapshot(connection())
    for viewer in (*_strangers(place), place.vendor.owner, place.prospect.viewer):
        await refused(
            purchase_points(viewer, QUIET, account_id=place.vendor.id, points=5, idempotency_key="a key"),
            RefusalCode.FORBIDDEN,
        )
    await refused(
        purchase_points(place.operator, QUIET, account_id=new_id(), points=5, idempotency_key="a key"),
        RefusalCode.NOT_FOUND,
        "accountId",
    )
    assert await snapshot(connection()) == before
