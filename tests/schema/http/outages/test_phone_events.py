"""Telephone systems while the database is away: an answer in time, so that no telephone stops ringing."""

import time

import httpx
import pytest
from prometheus_client import REGISTRY

from models.base.public_id import public_id
from models.calls.phone.address import webhook_url
from models.calls.phone.drivers import PhoneDriver
from models.calls.phone.system import System
from schema.http.phone import ANSWER_SECONDS
from tests.schema.http.outages.conftest import Outage
from tests.support.calls import NUMBER, make_secretariat
from tests.support.phone_requests import form, message, signed
from tests.support.phone_systems import make_system, system_of

GENERIC, SIPGATE, TWILIO, PLACETEL = PhoneDriver
CALLER = "+493023125207"
BODIES = {
    GENERIC: message(type="call.ringing", call="c1", from_=CALLER, to=NUMBER),
    SIPGATE: form({"event": "newCall", "callId": "c1", "from": CALLER[1:], "to": NUMBER[1:]}),
    TWILIO: form({"CallSid": "c1", "CallStatus": "ringing", "From": CALLER, "To": NUMBER}),
    PLACETEL: form({"event": "IncomingCall", "call_id": "c1", "to": f"0{NUMBER[3:]}"}),
}


async def post(outage: Outage, system: System) -> httpx.Response:
    """Send a signed event."""
    url = webhook_url(outage.api.services.settings.origin, system.id)
    now = outage.api.clock.now()
    request = signed(system.driver, system.secret, BODIES[system.driver], now, url=url)
    path = f"/phone/{public_id('PhoneSystem', system.id)}"
    return await outage.api.http.post(path, content=request.body, headers=dict(request.headers))


def lost(driver: PhoneDriver) -> float:
    """Return how many events of a driver were lost."""
    return REGISTRY.get_sample_value("leadgate_phone_events_lost_total", {"driver": driver}) or 0.0


async def _answers(outage: Outage, systems: dict[PhoneDriver, System]) -> None:
    """Check the answers of all drivers, and that they come in time."""
    for driver, system in systems.items():
        before, began = lost(driver), time.monotonic()
        response = await post(outage, system)
        took = time.monotonic() - began
        if driver in {GENERIC, TWILIO}:
            assert (response.status_code, response.headers["retry-after"]) == (503, "1")
            assert lost(driver) == before
        else:
            assert (response.status_code, lost(driver)) == (200, before + 1)
            assert "<Response" in response.text
            assert ("onAnswer" in response.text) is (driver is SIPGATE)
        # A busy machine may be late itself; the statement's own limit is much longer.
        assert took < ANSWER_SECONDS + 5


@pytest.mark.parametrize("heard", [True, False])
async def test_a_dead_database_stops_no_telephone(outage: Outage, heard: bool) -> None:
    await make_secretariat(outage.place)
    systems = {
        driver: await system_of(await make_system(outage.place.operator, driver)) for driver in PhoneDriver
    }
    if heard:
        for system in systems.values():
            assert (await post(outage, system)).status_code == 200
    await outage.kill()
    await _answers(outage, systems)
    outage.revive()
    for system in systems.values():
        for _ in range(200):
            response = await post(outage, system)
            if response.status_code == 200 and system.driver in {GENERIC, TWILIO}:
                break


async def test_a_frozen_database_stops_no_telephone(outage: Outage) -> None:
    await make_secretariat(outage.place)
    systems = {
        driver: await system_of(await make_system(outage.place.operator, driver)) for driver in PhoneDriver
    }
    for system in systems.values():
        assert (await post(outage, system)).status_code == 200
    with outage.frozen():
        await _answers(outage, systems)
