"""What an agent sees of a real call: the same as the preview's, with what has happened in the call so far."""

from models.base.database import Connection
from models.base.viewer import Viewer
from models.calls.call_views import CallView
from models.calls.entries import asked_fields_of, faq_of
from models.calls.facts import company_of, matching_vips
from models.calls.list import secretariats_by_id
from models.calls.preview import CallAsked
from models.calls.take_call import so_far_of


async def script_of_call(conn: Connection, viewer: Viewer, call: CallView) -> CallAsked | None:
    """Return the script of a call that the viewer may see; None if the company may no longer be seen.

    The call keeps its policy; the set-up, the employees and their times are what they are now.
    """
    secretariat = (await secretariats_by_id(conn, viewer, [call.secretariat_id])).get(call.secretariat_id)
    if secretariat is None:
        return None
    return CallAsked(
        secretariat,
        company_of(secretariat, call.policy),
        call.caller,
        call.wanted_employee_id,
        call.now,
        False,
        (await faq_of(conn, [secretariat.id]))[secretariat.id],
        (await asked_fields_of(conn, [secretariat.id]))[secretariat.id],
        await matching_vips(conn, secretariat.id, call.caller),
        so_far_of([(one.employee_id, one.result) for one in call.attempts]),
    )
