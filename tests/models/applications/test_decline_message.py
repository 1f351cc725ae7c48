"""A decline message cannot identify the prospect unless the contact data was revealed (S1.3, S1.8)."""

from datetime import timedelta

import pytest

from models.applications.answer import accept, decline
from models.base.database import connection, fetch
from models.base.refusal import Refusal, RefusalCode
from models.process.wake import Silence
from tests.support.database import Database
from tests.support.marketplace import (
    EMAIL,
    FULL_NAME,
    ORGANISATION,
    OTHER_EMAIL,
    PHONE,
    START,
    apply,
    make_marketplace,
)


async def _message(application_id: object) -> object:
    rows = await fetch(
        connection(), "SELECT decline_message, declined_at FROM application WHERE id = $1", application_id
    )
    return rows[0]["decline_message"]


@pytest.mark.parametrize(
    "identity",
    [
        *(EMAIL, PHONE, FULL_NAME, ORGANISATION, "www.fake.example", "write to anna (at) other dot example"),
        *(OTHER_EMAIL, "202 is our floor, 555 our door, 0187 the rest", "petra-fake-example on LinkedIn"),
        "P\u0435tra Exampl\u0435-Fake",
    ],
)
async def test_a_timely_decline_message_that_reveals_identity_is_refused(
    database: Database, identity: str
) -> None:
    await database.clock.set(START)
    place = await make_marketplace()
    application_id = await apply(place.vendor, place.lead)
    with pytest.raises(Refusal) as refused:
        await decline(place.prospect.viewer, Silence(), application_id, message=f"No, but {identity}.")
    assert (refused.value.code, refused.value.field) == (RefusalCode.INVALID, ("message",))
    assert identity not in refused.value.message
    await decline(place.prospect.viewer, Silence(), application_id, message="We chose somebody nearer.")
    assert await _message(application_id) == "We chose somebody nearer."


async def test_a_message_may_contain_identity_once_it_is_revealed(database: Database) -> None:
    """After an acceptance or a reveal, a decline closes nothing."""
    await database.clock.set(START)
    place = await make_marketplace()
    application_id = await apply(place.vendor, place.lead)
    await accept(place.prospect.viewer, Silence(), application_id)
    await database.clock.advance(timedelta(hours=1))
    await decline(place.prospect.viewer, Silence(), application_id, message=f"Ask again at {EMAIL}.")
    assert await _message(application_id) == f"Ask again at {EMAIL}."
