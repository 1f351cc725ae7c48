"""End of unanswered applications to people who must no longer be contacted or were erased.

What has been revealed before stays so: only unanswered applications end.
"""

from collections.abc import Collection
from uuid import UUID

from models.applications.case import Case, lock_cases, save_cases
from models.applications.deadlines import APPLICATION, end_case
from models.base.clock import database_now
from models.base.database import Connection, fetch
from models.deadlines.settle import settle_due, withdraw
from models.feed.journal import Journal
from models.leads.facts import UNSETTLED
from models.leads.reading_order import ANSWERING

_WAITING = f"""SELECT application.id FROM application JOIN lead ON lead.id = application.lead_id
    WHERE lead.prospect_id = ANY($1::uuid[]) AND {UNSETTLED}"""


async def lock_applications(conn: Connection, journal: Journal, persons: Collection[UUID]) -> list[Case]:
    """Lock the unanswered applications to these people, then move the journal's clock to now.

    What follows is dated after these locks, as an answer is: a later decision on an application sees it, and
    an earlier decision is seen. The people's leads are already locked, so none is added.
    """
    rows = await fetch(conn, _WAITING, list(persons))
    cases = await lock_cases(conn, [row["id"] for row in rows], ANSWERING) if rows else []
    journal.now = await database_now(conn)
    return cases


async def end_applications(conn: Connection, journal: Journal, cases: Collection[Case]) -> None:
    """End these locked applications: nothing is revealed, fees are released, and both sides are notified.

    An application that was due before is revealed as of its due time: the vendor had that right, however late
    it is carried out.
    """
    await settle_due(conn, APPLICATION, list(cases), journal)
    ended = [case for case in cases if case.waits]
    for case in ended:
        end_case(case, journal.now, journal)
    await withdraw(conn, APPLICATION, [case.id for case in ended], journal, "ended")
    await save_cases(conn, cases)
