"""Deletes dismissals of banners that are no longer shown to anybody, whether dismissed or not."""

from datetime import datetime, timedelta

from models.base.database import connection, fetch, transaction
from models.leads.facts import UNSETTLED
from models.policies.versions import all_policies

_BATCH = 1_000

# Banners are shown while something waits for somebody, and as news for a while after it. A dismissal from
# before that time is still needed if its object waits, or something has happened to it since: the banner of
# the same rule may then be news again.
_FORGET = f"""DELETE FROM banner_dismissal WHERE id IN (
        SELECT dismissal.id FROM banner_dismissal AS dismissal
        LEFT JOIN application ON application.id = dismissal.subject
        LEFT JOIN delivery
            ON delivery.lead_id = application.lead_id AND delivery.account_id = application.account_id
        LEFT JOIN lead ON lead.id = application.lead_id
        LEFT JOIN prospect ON prospect.id = lead.prospect_id
        LEFT JOIN complaint ON complaint.id = dismissal.subject
        WHERE dismissal.dismissed_at <= $1
          AND (application.id IS NULL OR NOT {UNSETTLED} AND greatest(
              application.accepted_at, application.declined_at, application.ended_at,
              application.revealed_at, delivery.closed_at, prospect.erased_at) <= $1)
          AND (complaint.id IS NULL OR complaint.decided_at <= $1)
        LIMIT $2)
    RETURNING id"""


async def forget_dismissals(now: datetime) -> int:
    """Delete dismissals of banners that have ended by every policy; return how many."""
    policies = await all_policies(connection())
    if not policies:
        return 0
    news = timedelta(seconds=max(policy.placement.news_for for policy in policies.values()))
    total = 0
    while True:
        async with transaction() as conn:
            found = len(await fetch(conn, _FORGET, now - news, _BATCH))
        total += found
        if found < _BATCH:
            return total
