"""A list of leads reads only the requested columns, whatever form the request takes."""

import pytest

from models.base.database import connection
from models.base.keyset import Slice
from models.leads.columns import Parts
from models.leads.list import list_leads
from tests.support.query_recorder import recorded_statements
from tests.support.scene import Scene
from tests.support.viewers import Kind

# The selection, and the column that shows that a part was read.
FIELDS = {
    "application": ("application { status refund { verdict } }", "REFUNDABLE"),
    "delivery": ("delivery { kind complaintUntil }", "complaintUntil': '20"),
    "contact": ("contact { email }", "@"),
}
WAYS = {
    "as a field": "{ leads { nodes { id %s } } }",
    "within the edges": "{ leads { edges { node { %s } } } }",
    "in a fragment": "{ leads { ...A } } fragment A on LeadConnection { nodes { ...B } } "
    "fragment B on Lead { %s }",
    "in an inline fragment": "{ leads { nodes { ... on Node { ... on Lead { %s } } } } }",
    "under another name": "{ leads { nodes { it: %s } } }",
    "in the second of two selections": "{ leads { nodes { id } } leads { nodes { %s } } }",
    "when included": "query($yes: Boolean = true) { leads { nodes { ... @include(if: $yes) { %s } } } }",
    "within the lead of a case": "{ leads { nodes { application { lead { %s } } } } }",
    "beside a list that asks for less": "{ less: leads { nodes { id } } leads { nodes { %s } } }",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("field", FIELDS)
async def test_every_form_of_a_request_gets_its_fields(scene: Scene, field: str, way: str) -> None:
    """Nothing is missing in a list that reads only some parts."""
    asked, shown = FIELDS[field]
    assert shown in str((await scene.clients[Kind.OWNER].ask(WAYS[way] % asked)).data)
    assert (await scene.clients[Kind.OPERATOR].ask(WAYS[way] % asked)).data


async def test_contact_data_that_is_not_requested_is_not_read(scene: Scene) -> None:
    """Neither are the full application and the delivery."""
    with recorded_statements() as statements:
        answer = await scene.clients[Kind.OWNER].ask("{ leads { nodes { title visibility { changesAt } } } }")
    assert answer.data
    read = statements[-1].sql
    assert "contact." not in read
    assert "introduction" not in read
    assert "complaint_until" not in read
    with recorded_statements() as statements:
        await scene.clients[Kind.OWNER].ask("{ leads { nodes { contact { email } } } }")
    assert "contact.email" in statements[-1].sql


async def test_an_unread_part_raises_instead_of_reading_as_null(scene: Scene) -> None:
    """A mistake in what to read is an error, not a lead without an application."""
    page = await list_leads(
        connection(), scene.market.vendor.owner, Slice(10), parts=Parts(False, False, False)
    )
    for lead in page.items:
        for part in Parts._fields:
            with pytest.raises(AttributeError):
                getattr(lead, part)
