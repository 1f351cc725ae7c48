"""Push messages, their previews and attempts contain no contact data, in whatever state the lead is."""

from models.base.database import connection, fetch
from models.messages.parcels import read_parcels
from tests.leak.planting import Planting
from tests.support.messages import CONTEXT
from tests.support.push_service import Browser, make_device, push_service, send_pushes, web_push


async def test_no_push_message_contains_contact_data(made: Planting) -> None:
    """Every message that there ever was is pushed to a device of every user, decrypted and searched."""
    await fetch(connection(), "DELETE FROM dispatch_attempt")
    await fetch(connection(), "DELETE FROM suppression")
    await fetch(connection(), "DELETE FROM dispatch")
    await fetch(connection(), "UPDATE outbox_message SET expanded_at = NULL, expires_at = NULL")
    async with push_service() as service:
        browsers = [Browser() for _ in await fetch(connection(), "SELECT FROM users")]
        for browser, user in zip(browsers, await fetch(connection(), "SELECT id FROM users"), strict=True):
            await make_device(user["id"], service.target(browser))
        await send_pushes(service)
        messages = [message for browser in browsers for message in service.messages(browser)]
        headers = [str(one.headers) for one in service.requests]
    assert len(messages) > 10
    assert {key for message in messages for key in message} == {"title", "id"}
    assert made.finder.find(f"{messages} {headers}") == set()
    rows = await fetch(connection(), "SELECT id FROM dispatch WHERE channel = 'PUSH'")
    now = (await fetch(connection(), "SELECT leadgate_clock() AS now"))[0]["now"]
    channel = web_push(now=lambda: now)
    parcels = await read_parcels(connection(), CONTEXT, [row["id"] for row in rows], now)
    previews = [channel.preview(parcel) for parcel in parcels if parcel.words is not None]
    assert len(previews) >= len(messages)
    assert made.finder.find(f"{previews} {parcels}") == set()
    attempts = await fetch(connection(), "SELECT detail, code FROM dispatch_attempt")
    assert made.finder.find(str(attempts)) == set()
