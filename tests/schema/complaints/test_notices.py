"""Notifications about complaints link to the complaint, for the vendor and the operator."""

import pytest

from tests.schema.complaints.delivered import Delivered, file_items, item
from tests.support.query_recorder import recorded_statements
from tests.support.viewers import Kind

NOTICES = """{ notifications { nodes { kind subject { __typename id
  ... on Complaint { number counts { total } } } } } }"""


@pytest.mark.parametrize("name", [Kind.OWNER, Kind.OPERATOR])
async def test_a_notification_about_a_complaint_links_to_it(delivered: Delivered, name: Kind) -> None:
    filed = (await file_items(delivered.owner, [item(delivered.record)]))["complaint"]
    nodes = (await delivered.clients[name].ask(NOTICES)).data["notifications"]["nodes"]
    (subject,) = [node["subject"] for node in nodes if node["kind"] == "COMPLAINT_FILED"]
    assert subject == {
        "__typename": "Complaint",
        "id": filed["id"],
        "number": filed["number"],
        "counts": {"total": 1},
    }


async def test_notifications_cost_the_same_for_one_complaint_and_many(
    delivered: Delivered,
) -> None:
    counted = []
    for delivery in (delivered.record, delivered.club, delivered.second_club):
        await file_items(delivered.owner, [item(delivery)], delivery)
        with recorded_statements() as statements:
            await delivered.owner.ask(NOTICES)
        counted.append(len(statements))
    assert len(set(counted)) == 1
