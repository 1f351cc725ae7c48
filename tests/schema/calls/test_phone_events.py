"""Events at `/phone/{id}`: who is believed, what is refused, and that refused requests change nothing."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest
import pytest_asyncio
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

import embedded
from models.base.database import connection, fetch
from models.base.public_id import public_id
from models.calls.phone.address import webhook_url
from models.calls.phone.delete_system import delete_system
from models.calls.phone.drivers import PhoneDriver
from models.calls.phone.rotate_secret import rotate_secret
from models.calls.phone.system import System
from schema.http.phone import BURST, IN_ADVANCE
from tests.schema.calls.conftest import CALLER, Called
from tests.support.api import Api, api_settings, running_api
from tests.support.calls import NUMBER
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.messages import SEALER
from tests.support.phone_requests import form, message, signed
from tests.support.phone_systems import make_system, system_of

GENERIC, SIPGATE, TWILIO, PLACETEL = PhoneDriver
RINGING = {
    GENERIC: message(type="call.ringing", call="c1", from_=CALLER, to=NUMBER),
    SIPGATE: form({"event": "newCall", "callId": "c1", "from": CALLER[1:], "to": NUMBER[1:]}),
    TWILIO: form({"CallSid": "c1", "CallStatus": "ringing", "From": CALLER, "To": NUMBER}),
    PLACETEL: form(
        {"event": "IncomingCall", "call_id": "c1", "from": f"0{CALLER[3:]}", "to": f"0{NUMBER[3:]}"}
    ),
}
every_driver = pytest.mark.parametrize("driver", PhoneDriver)


@dataclass(frozen=True)
class Wire:
    """A telephone system and its requests to the API."""

    api: Api
    system: System

    @property
    def path(self) -> str:
        """Where it reports to."""
        return f"/phone/{public_id('PhoneSystem', self.system.id)}"

    async def post(
        self, body: bytes, *, key: str | None = None, late: float = 0, **headers: str
    ) -> httpx.Response:
        """Send a signed request; `late` seconds after it was signed."""
        at = self.api.clock.now() - timedelta(seconds=late)
        url = webhook_url(self.api.services.settings.origin, self.system.id)
        request = signed(self.system.driver, self.system.secret, body, at, url=url, key=key)
        given = {**request.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return await self.api.http.post(self.path, content=body, headers=given)


async def wire(api: Api, called: Called, driver: PhoneDriver = GENERIC) -> Wire:
    """Create a telephone system."""
    return Wire(api, await system_of(await make_system(called.place.operator, driver)))


def counted(driver: PhoneDriver, result: str) -> float:
    """Return how many requests of a driver had a result."""
    labels = {"driver": driver, "result": result}
    return REGISTRY.get_sample_value("leadgate_phone_events_total", labels) or 0.0


async def calls() -> int:
    """Return how many calls there are."""
    return len(await fetch(connection(), "SELECT FROM call"))


@every_driver
async def test_an_event_is_answered_as_its_provider_expects(
    api: Api, called: Called, driver: PhoneDriver
) -> None:
    system, before = await wire(api, called, driver), counted(driver, "applied")
    with capture_logs() as logs:
        response = await system.post(RINGING[driver])
    assert (response.status_code, await calls()) == (200, 1)
    assert counted(driver, "applied") == before + 1
    if driver is GENERIC:
        (row,) = await fetch(connection(), "SELECT id FROM call")
        assert response.json() == {"call": public_id("Call", row["id"]), "result": "APPLIED"}
    else:
        assert response.headers["content-type"].startswith("application/xml")
        assert ("onHangup" in response.text) is (driver is SIPGATE)
        assert "<Response" in response.text
    assert CALLER not in str(logs) + response.text


async def test_the_answer_to_sipgate_names_our_address(api: Api, called: Called) -> None:
    system = await wire(api, called, SIPGATE)
    response = await system.post(RINGING[SIPGATE])
    url = webhook_url(api.services.settings.origin, system.system.id)
    assert f'onAnswer="{url}" onHangup="{url}"' in response.text


@every_driver
async def test_what_is_not_signed_with_the_secret_is_refused_without_a_word(
    api: Api, called: Called, driver: PhoneDriver
) -> None:
    system, other = await wire(api, called, driver), await wire(api, called, driver)
    body = RINGING[driver]
    before, refused = await snapshot(connection()), counted(driver, "refused")
    unsigned = await api.http.post(system.path, content=body)
    url = webhook_url(api.services.settings.origin, system.system.id)
    key = "x" * 40 if driver in {TWILIO, PLACETEL} else other.system.secret
    request = signed(driver, key, body, api.clock.now(), url=url, key_place=1)
    wrong = await api.http.post(system.path, content=body, headers=dict(request.headers))
    request = signed(driver, system.system.secret, body, api.clock.now(), url=url)
    changed = await api.http.post(
        system.path, content=body.replace(b"c1", b"c2"), headers=dict(request.headers)
    )
    for response in (unsigned, wrong, changed):
        assert (response.status_code, response.content) == (401, b"")
    assert await snapshot(connection()) == before
    assert counted(driver, "refused") == refused + 3


async def test_a_request_that_is_older_than_five_minutes_is_refused(api: Api, called: Called) -> None:
    system = await wire(api, called)
    for late, status in ((302, 401), (-302, 401), (298, 200)):
        assert (await system.post(RINGING[GENERIC], late=late)).status_code == status
    assert await calls() == 1


async def test_one_event_a_hundred_times_at_once_happens_once(api: Api, called: Called) -> None:
    system = await wire(api, called)
    answers = await asyncio.gather(*(system.post(RINGING[GENERIC], key="once") for _ in range(100)))
    good = [answer.json()["result"] for answer in answers if answer.status_code == 200]
    late = [answer for answer in answers if answer.status_code == 503]  # a busy machine
    happened = await calls()
    assert (len(good) + len(late), good.count("APPLIED") <= 1) == (100, True)
    assert happened == 1 or (happened, good) == (0, [])
    again = await system.post(RINGING[GENERIC], key="once")
    assert (again.status_code, again.json()["result"]) == (200, "DUPLICATE" if happened else "APPLIED")
    assert await calls() == 1


async def test_unknown_addresses_and_other_methods_are_refused(api: Api, called: Called) -> None:
    system = await wire(api, called)
    for unknown in ("nonsense", public_id("PhoneSystem", called.agnes), public_id("Call", system.system.id)):
        response = await api.http.post(f"/phone/{unknown}", content=RINGING[GENERIC])
        assert (response.status_code, response.text) == (404, "Unknown address.")
    assert (await api.http.get(system.path)).status_code == 405
    await delete_system(called.place.operator, system_id=system.system.id, expected_version=1)
    assert (await system.post(RINGING[GENERIC])).status_code == 404
    assert await calls() == 0


@pytest.mark.parametrize(
    ("driver", "body", "status"),
    [
        (GENERIC, b"x" * 65_537, 413),
        (GENERIC, b"[1]", 400),
        (GENERIC, b"\xff", 400),
        (GENERIC, message(type="call.ringing", call="c" * 10_000), 400),
        (GENERIC, message(type="call.ringing", call="\0"), 400),
        (SIPGATE, b"event=newCall&callId=%ff", 400),
        (SIPGATE, b"&".join([b"event=newCall"] * 8_000), 413),
        (SIPGATE, b"&".join([b"a=1"] * 10_000), 400),
        (SIPGATE, b"event=newCall&callId=" + b"c" * 10_000, 400),
        (TWILIO, b"CallStatus=ringing", 400),
        (PLACETEL, b"event=IncomingCall&call_id=%00", 400),
    ],
)
async def test_what_cannot_be_read_is_refused_and_changes_nothing(
    api: Api, called: Called, driver: PhoneDriver, body: bytes, status: int
) -> None:
    system = await wire(api, called, driver)
    before = await snapshot(connection())
    assert (await system.post(body)).status_code == status
    assert await snapshot(connection()) == before


@pytest.mark.parametrize(
    ("driver", "other"), [(GENERIC, "text/plain"), (SIPGATE, "application/json"), (PLACETEL, "text/xml")]
)
async def test_another_media_type_is_refused(
    api: Api, called: Called, driver: PhoneDriver, other: str
) -> None:
    system = await wire(api, called, driver)
    assert (await system.post(RINGING[driver], content_type=other)).status_code == 415
    assert await calls() == 0


async def test_the_old_secret_is_good_for_a_day_after_a_rotation(api: Api, called: Called) -> None:
    system = await wire(api, called)
    assert (await system.post(RINGING[GENERIC])).status_code == 200
    await rotate_secret(called.place.operator, SEALER, system_id=system.system.id, expected_version=1)
    new = Wire(api, await system_of(system.system.id))
    assert new.system.secret != system.system.secret
    await fetch(
        connection(),
        "UPDATE phone_system SET rotates_until = $1, version = version + 1",
        api.clock.now() + timedelta(hours=1),
    )
    for one in (system, new):
        assert (await one.post(RINGING[GENERIC])).json()["result"] == "DUPLICATE"
    await fetch(
        connection(), "UPDATE phone_system SET rotates_until = $1, version = version + 1", api.clock.now()
    )
    assert (await new.post(RINGING[GENERIC])).status_code == 200  # reads it again
    assert (await system.post(RINGING[GENERIC])).status_code == 401


async def test_twilio_behind_a_proxy_signs_the_public_address(api: Api, called: Called) -> None:
    url = "https://phones.example:8443/in?site=1"
    system_id = await make_system(called.place.operator, TWILIO, public_url=url)
    system = await system_of(system_id)
    for signs, status in ((url, 200), (webhook_url(api.services.settings.origin, system_id), 401)):
        request = signed(TWILIO, system.secret, RINGING[TWILIO], api.clock.now(), url=signs)
        path = f"/phone/{public_id('PhoneSystem', system_id)}"
        response = await api.http.post(
            f"{path}?site=1", content=RINGING[TWILIO], headers=dict(request.headers)
        )
        assert response.status_code == status


async def test_outgoing_calls_are_answered_and_ignored(api: Api, called: Called) -> None:
    system = await wire(api, called, SIPGATE)
    response = await system.post(form({"event": "newCall", "callId": "c1", "direction": "out"}))
    assert (response.status_code, await calls()) == (200, 0)


@pytest_asyncio.fixture(loop_scope="session")
async def limited(services: embedded.Services, database: Database) -> AsyncIterator[Api]:
    """The application with rate limits."""
    settings = api_settings(services, database.url, rate_limit_cost_per_minute=6_000, rate_limit_burst=1_000)
    async with running_api(settings) as running:
        yield running


async def test_a_system_above_its_bucket_waits_and_others_do_not(limited: Api, called: Called) -> None:
    busy, quiet = await wire(limited, called), await wire(limited, called)
    ignored = message(type="call.paused", call="c1")
    redis, key = limited.services.redis, f"leadgate:rate:phone:{busy.system.id}"
    assert (await busy.post(ignored)).status_code == 200
    # Its bucket lacks more than it gets during the test.
    await redis.execute_command("HSET", key, "left", "-1000000")  # type: ignore[no-untyped-call]
    answers = [await busy.post(ignored) for _ in range(IN_ADVANCE)]
    refused = answers[-1]  # what was taken in advance is used up, or has lapsed
    assert (refused.status_code, int(refused.headers["retry-after"]) >= 1) == (429, True)
    assert (await quiet.post(ignored)).status_code == 200
    assert BURST == 1_000


async def test_who_guesses_addresses_is_slowed(limited: Api, called: Called) -> None:
    found = []
    for _ in range(12):
        unknown = public_id("PhoneSystem", called.agnes)
        found.append((await limited.http.post(f"/phone/{unknown}", content=b"{}")).status_code)
    assert found[:5] == [404] * 5
    assert found[-1] == 429
