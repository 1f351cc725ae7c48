"""Telephone systems for tests: created by the action, and their events taken as after verification."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from models.base.clock import database_now
from models.base.database import connection
from models.base.ids import new_id
from models.base.viewer import Viewer
from models.calls.phone.drivers import DRIVERS, PhoneDriver
from models.calls.phone.event import PhoneEvent
from models.calls.phone.set_system import KEY_FIELDS, SystemDraft, create_system
from models.calls.phone.system import System, read_system
from models.calls.phone.take_event import TakenEvent, take_event
from models.process.wake import Silence, Wake
from tests.support.messages import SEALER
from tests.support.phone_requests import form, message, new_secret, signed


async def make_system(
    operator: Viewer,
    driver: PhoneDriver = PhoneDriver.GENERIC,
    users: Sequence[tuple[str, UUID]] = (),
    *,
    name: str = "Main line",
    public_url: str | None = None,
) -> UUID:
    """Create a telephone system in Germany."""
    keys = {KEY_FIELDS[driver]: new_secret(driver)} if driver in KEY_FIELDS else {}
    draft = SystemDraft(name, driver, "DE", public_url, keys, users)
    key = new_id().hex
    system_id, _ = await create_system(operator, SEALER, draft, idempotency_key=key, given={"key": key})
    return system_id


async def system_of(system_id: UUID) -> System:
    """Read a telephone system as its events are taken."""
    system = await read_system(connection(), SEALER, system_id)
    assert system is not None
    return system


Taking: TypeAlias = Callable[[Wake, System, PhoneEvent, bytes], Awaitable[TakenEvent]]


@dataclass(frozen=True)
class Line:
    """A telephone system whose requests are verified, read and taken, each alone by default."""

    system: System
    wake: Wake = field(default_factory=Silence)
    taking: Taking = take_event

    async def send(self, body: bytes, *, key: str | None = None, at: datetime | None = None) -> TakenEvent:
        """Take a request that the system signs now."""
        driver, now = DRIVERS[self.system.driver], at or await database_now(connection())
        request = signed(self.system.driver, self.system.secret, body, now, key=key)
        assert driver.verified(self.system.secrets(now), request, now)
        event = driver.read(request)
        assert event is not None
        return await self.taking(self.wake, self.system, event, body)

    async def say(self, **fields: str | Sequence[str]) -> TakenEvent:
        """Take a form."""
        return await self.send(form(_named(fields)))

    async def tell(self, kind: str, *, key: str | None = None, **values: object) -> TakenEvent:
        """Take a message of GENERIC; `from_` is the member `from`."""
        return await self.send(message(type=f"call.{kind}", **values), key=key)


def _named(fields: Mapping[str, str | Sequence[str]]) -> dict[str, str | Sequence[str]]:
    return {name.rstrip("_"): value for name, value in fields.items()}


async def make_line(
    operator: Viewer,
    driver: PhoneDriver = PhoneDriver.GENERIC,
    users: Sequence[tuple[str, UUID]] = (),
    taking: Taking = take_event,
) -> Line:
    """Create a telephone system."""
    return Line(await system_of(await make_system(operator, driver, users)), taking=taking)


async def make_phone_system_with_an_event(operator: Viewer) -> UUID:
    """Create a telephone system that has reported a call to a number of nobody."""
    line = await make_line(operator)
    await line.tell("ringing", call="c1", from_="anonymous", to="+493023125999")
    return line.system.id
