"""Webhooks contain no contact data, in whatever state the lead is.

The body of every event of the planted marketplace is composed as it would be sent, and searched.
"""

from datetime import UTC, datetime

from models.base.clock import database_now
from models.base.database import connection, fetch
from models.messages.channels.webhook import Webhooks
from models.messages.parcels import read_parcels
from models.messages.webhooks.events import WebhookEvent
from models.messages.webhooks.expand import expand_webhooks
from models.outside.guard import Guard
from models.outside.transport import OutsideTransport
from tests.leak.planting import Planting
from tests.support.messages import CONTEXT
from tests.support.stored_endpoint import make_stored_endpoint


async def test_no_webhook_contains_contact_data(made: Planting) -> None:
    """To every account, before and after the reveal, and after what closes a contact."""
    for row in await fetch(connection(), "SELECT id FROM account"):
        await make_stored_endpoint(row["id"], tuple(WebhookEvent))
    while (await expand_webhooks()).feeds:
        pass
    rows = await fetch(connection(), "SELECT id FROM dispatch WHERE channel = 'WEBHOOK'")
    now = await database_now(connection())
    parcels = await read_parcels(connection(), CONTEXT, [row["id"] for row in rows], now)
    channel = Webhooks(OutsideTransport(Guard(None)), lambda: datetime.now(UTC))
    bodies = [channel.preview(parcel).text for parcel in parcels]
    await channel.close()
    assert len(bodies) > 5
    assert any('"chat.message"' in body for body in bodies)
    assert all(made.finder.find(body) == set() for body in bodies)
