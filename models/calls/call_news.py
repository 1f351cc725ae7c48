"""Calls that have changed, for subscribers: read once for all of them in this process.

All agents share one feed, and many may follow it. Each change of a call is therefore read once, together with
what decides whether an agent may see it; the answer is shared for a moment.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from models.base.database import Connection, connection, fetch_one
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.call_case import AGENTS_FEED
from models.calls.call_views import AGENTS_STILL_SEE, CALL_COLUMNS, FROM_CALLS, CallView, call_views
from models.contact_data.redaction import Redacted

_SHARED_SECONDS = 1.0  # so long may an agent who was removed from a company still see its news

_NEWS = f"""SELECT {CALL_COLUMNS}, {AGENTS_STILL_SEE} AS agents_see,
        ARRAY(SELECT user_id FROM agent_of WHERE agent_of.secretariat_id = secretariat.id) AS agents
    {FROM_CALLS} WHERE call.id = $1"""


@dataclass(frozen=True, slots=True, repr=False)
class CallNews(Redacted):
    """A call as it is now, and which agents may see it: `agents`, or all if there are none."""

    call: CallView
    agents: frozenset[UUID]
    agents_see: bool  # not too long after its end

    def shown_to(self, viewer: Viewer) -> bool:
        """Return whether the viewer may see the call: what `may_see_call` says in SQL."""
        if viewer.operator:
            return True
        if viewer.vendor_id is not None:
            return viewer.vendor_id == self.call.account_id
        if Role.AGENT not in viewer.roles:
            return False
        return self.agents_see and (not self.agents or viewer.user_id in self.agents)


def call_feed_of(viewer: Viewer) -> UUID | None:
    """Return the feed in which the viewer hears of calls; None for viewers who see none."""
    if viewer.operator or Role.AGENT in viewer.roles:
        return AGENTS_FEED
    return viewer.vendor_id


async def read_news(conn: Connection, call_id: UUID) -> CallNews | None:
    """Return the call with who may see it, None if there is none with this id."""
    row = await fetch_one(conn, _NEWS, call_id)
    if row is None:
        return None
    (view,) = await call_views(conn, [row])
    return CallNews(view, frozenset(row["agents"]), row["agents_see"])


class _Reading:
    """One reading, for which many wait: one who leaves does not end it for the others."""

    def __init__(self, call_id: UUID) -> None:
        self._task = asyncio.create_task(read_news(connection(), call_id))
        self._done = asyncio.Event()  # costs each who waits less than a shield
        self._task.add_done_callback(lambda _: self._done.set())

    async def result(self) -> CallNews | None:
        if not self._done.is_set():
            await self._done.wait()
        return self._task.result()


class NewsOfCalls:
    """Reads the call of each event once, however many subscribers of this process ask for it."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._reading: dict[UUID, _Reading] = {}

    async def of(self, event_id: UUID, parameters: Mapping[str, object]) -> CallNews | None:
        """Return the call of an event as it is now, or was a second ago."""
        reading = self._reading.get(event_id)
        if reading is None:
            reading = self._reading[event_id] = _Reading(UUID(str(parameters["callId"])))
            asyncio.get_running_loop().call_later(_SHARED_SECONDS, self._reading.pop, event_id, None)
        return await reading.result()
