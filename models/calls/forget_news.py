"""The feed of calls that all agents share is kept for two days: nobody replays it from further back.

A client that was away for longer gets a gap, and reads its lists again.
"""

from datetime import datetime, timedelta

from models.base.database import transaction
from models.calls.call_case import AGENTS_FEED
from models.feed.remove_events import remove_events

KEPT = timedelta(days=2)
_BATCH = 1_000


async def forget_news(now: datetime) -> int:
    """Delete events of the agents' feed that are older than two days; return how many."""
    total = 0
    while True:
        async with transaction() as conn:  # short ones: calls wait for the feed's counter
            removed = await remove_events(conn, [AGENTS_FEED], now - KEPT, _BATCH)
        found = removed.get(AGENTS_FEED, 0)
        total += found
        if found < _BATCH:
            return total
