"""What an agent sees of real calls: the same as the preview's, with what has happened in the calls so far."""

from collections.abc import Sequence

from models.base.database import Connection
from models.base.viewer import Viewer
from models.calls.call_views import CallView
from models.calls.entries import asked_fields_of, faq_of
from models.calls.facts import WantedMatch, company_of, matches_of
from models.calls.list import secretariats_by_id
from models.calls.preview import CallAsked
from models.calls.take_call import so_far_of


async def scripts_of_calls(
    conn: Connection, viewer: Viewer, calls: Sequence[CallView]
) -> list[CallAsked | None]:
    """Return the scripts of calls that the viewer may see; None if the company may no longer be seen.

    Each call keeps its policy; the set-up, the employees and their times are what they are now. All are
    decided at one instant, and read in four statements, however many they are.
    """
    companies = await secretariats_by_id(conn, viewer, {one.secretariat_id for one in calls})
    faq = await faq_of(conn, companies)
    asked_fields = await asked_fields_of(conn, companies)
    vips = await matches_of(conn, [WantedMatch(one.secretariat_id, one.caller) for one in calls])
    at = max(one.now for one in calls)
    scripts: list[CallAsked | None] = []
    for call, entries in zip(calls, vips, strict=True):
        secretariat = companies.get(call.secretariat_id)
        if secretariat is None:
            scripts.append(None)
            continue
        scripts.append(
            CallAsked(
                secretariat,
                company_of(secretariat, call.policy),
                call.caller,
                call.wanted_employee_id,
                at,
                False,
                faq[secretariat.id],
                asked_fields[secretariat.id],
                entries,
                so_far_of([(one.employee_id, one.result) for one in call.attempts]),
            )
        )
    return scripts
