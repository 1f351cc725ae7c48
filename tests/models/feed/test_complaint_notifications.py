"""The contents of notifications about complaints."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from models.base.clock import database_now
from models.base.database import connection, fetch, transaction
from models.base.ids import new_id
from models.feed.journal import EventRow, Journal
from models.feed.kinds import NotificationKind as Kind
from models.feed.list import NotificationView, list_notifications
from models.feed.wording import notice
from rules import production_parameters
from tests.support.database import Database
from tests.support.feed import CountingConnection, somebody
from tests.support.leads import enter_deliveries
from tests.support.marketplace import START, Marketplace, make_marketplace, publish_policy

DECIDE_BY = START + timedelta(days=22)


async def _complaint(place: Marketplace) -> UUID:
    complaint_id = new_id()
    await fetch(
        connection(),
        """INSERT INTO complaint (id, version, number, account_id, policy_id, submitted_at, submitted_by_id,
                                  decide_by)
           SELECT $1, 1, 'C-000007', $2, policy.id, $3, $4, $5 FROM policy WHERE policy.version = $6""",
        complaint_id,
        place.vendor.id,
        START,
        place.vendor.owner.user_id,
        DECIDE_BY,
        place.market.policy_version,
    )
    return complaint_id


async def _tell(recipient: UUID, kind: Kind, **given: Any) -> None:
    async with transaction() as conn:
        journal = Journal(await database_now(conn))
        journal.events.append(EventRow(recipient, kind, journal.now, **given))
        await journal.write(conn)


async def _notifications(recipient: UUID) -> list[NotificationView]:
    return (await list_notifications(connection(), recipient, first=100)).items


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind.startswith("COMPLAINT_")])
async def test_a_complaints_event_has_its_number_and_decision_day(database: Database, kind: Kind) -> None:
    await database.clock.set(START)
    place = await make_marketplace()
    operator = somebody()
    complaint_id = await _complaint(place)
    parameters = {"complaintId": str(complaint_id), "items": 3}
    for recipient in (place.vendor.id, operator):
        await _tell(recipient, kind, parameters=parameters)
        view, *_ = await _notifications(recipient)
        assert view.complaint_id == complaint_id
        assert (view.complaint_number, view.decide_by) == ("C-000007", DECIDE_BY)
        assert view.vendor_name == "Fake Vendor Ltd"
        assert view.for_vendor is (recipient == place.vendor.id)
        assert view.policy is not None
        assert notice(view, "de", "Europe/Berlin").body


async def test_a_complaint_that_is_not_filed_yet_has_no_number(database: Database) -> None:
    recipient = somebody()
    await _tell(recipient, Kind.COMPLAINT_PROGRESS, parameters={"checked": 500, "total": 10_000})
    view, *_ = await _notifications(recipient)
    assert view.complaint_number is None
    text = notice(view, "ro", "UTC")
    assert "500 din 10.000" in text.body
    assert "…" not in text.title


async def test_an_event_about_an_unknown_complaint_does_not_break_the_list(database: Database) -> None:
    recipient = somebody()
    await _tell(recipient, Kind.POINTS_PURCHASED, parameters={"points": 5, "complaintId": "of another kind"})
    await _tell(recipient, Kind.COMPLAINT_DECIDED, parameters={"complaintId": str(new_id())})
    assert [view.complaint_number for view in await _notifications(recipient)] == [None, None]


async def test_complaints_cost_a_page_no_additional_statement(database: Database) -> None:
    place = await make_marketplace()
    parameters = {"complaintId": str(await _complaint(place))}
    for kind in (Kind.COMPLAINT_FILED, Kind.COMPLAINT_OVERDUE, Kind.COMPLAINT_DECIDED):
        await _tell(place.vendor.id, kind, parameters=parameters)
    await _notifications(place.vendor.id)
    counting: Any = CountingConnection()
    page = await list_notifications(counting, place.vendor.id, first=50)
    assert (counting.statements, len(page.items)) == (1, 4)  # including the event of the purchase of points


@pytest.mark.parametrize(
    ("complainable", "replacement", "offered"),
    [
        (True, True, True),
        (False, True, False),
        (False, False, True),
    ],
)
async def test_a_replacement_shows_a_complaint_window_only_if_its_policy_allows(
    database: Database, complainable: bool, replacement: bool, offered: bool
) -> None:
    await database.clock.set(START)
    place = await make_marketplace()
    parameters = production_parameters()
    parameters["complaint"]["replacements_complainable"] = complainable
    policy_id, _ = await publish_policy(place.market.id, place.market.code, parameters, START)
    delivery_id = new_id()
    await fetch(
        connection(),
        """INSERT INTO delivery (id, account_id, lead_id, kind, policy_id, decision_id, received_at, points,
                                 complaint_until, closed, replacement)
           VALUES ($1, $2, $3, 'LEAD_CLUB', $4, $1, $5, 0, $6, 'NO', $7)""",
        delivery_id,
        place.vendor.id,
        place.lead.id,
        policy_id,
        START,
        DECIDE_BY,
        replacement,
    )
    await enter_deliveries()
    kind = Kind.REPLACEMENT_DELIVERED if replacement else Kind.LEAD_DELIVERED
    await _tell(place.vendor.id, kind, lead_id=place.lead.id, delivery_id=delivery_id)
    view, *_ = await _notifications(place.vendor.id)
    assert view.complaint_until == (DECIDE_BY if offered else None)
    assert ("complain" in notice(view, "en", "UTC").body) is offered
