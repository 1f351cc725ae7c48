"""Owns the end of the applications to persons who must not be contacted any more, or were erased.

It must not decide who that is, nor close what has opened before: an application ends only while it waits.
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
    """Lock the applications to these persons that wait, then let the journal's clock go on to now.

    What follows has its instant after these locks, as an answer has: who decides on one of them later sees
    it, who has decided before is seen. The persons' leads are locked already, so that none is added.
    """
    rows = await fetch(conn, _WAITING, list(persons))
    cases = await lock_cases(conn, [row["id"] for row in rows], ANSWERING) if rows else []
    journal.now = await database_now(conn)
    return cases


async def end_applications(conn: Connection, journal: Journal, cases: Collection[Case]) -> None:
    """End these locked applications: nothing opens, the fee comes back, and both sides are told.

    One whose time was up before opens as of then: the vendor had that right, however late it is carried out.
    """
    await settle_due(conn, APPLICATION, list(cases), journal)
    ended = [case for case in cases if case.waits]
    for case in ended:
        end_case(case, journal.now, journal)
    await withdraw(conn, APPLICATION, [case.id for case in ended], journal, "ended")
    await save_cases(conn, cases)
