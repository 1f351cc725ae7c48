"""What calls say about the contact of a lead: measured talks (S1.9), and that its number was answered (S5).

Only what a telephone system measured counts, never what an agent typed (S4 R.evidence).
"""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from models.applications.case import lock_cases, save_cases
from models.applications.fee import settle_fee
from models.base.database import Connection, connection, fetch
from models.calls.call_case import CallCase
from models.calls.call_tables import TransferResult
from models.complaints.evidence.finding import DisputedContact
from models.complaints.evidence.own_calls import AnsweredCall
from models.feed.journal import Journal
from models.leads.reading_order import SETTLING
from models.leads.same_person import reach

# Of an application and its contact: the seconds of the longest measured talk. Of callers who were forgotten,
# it is not known who they were; so the seconds stay if one of them talked exactly as long.
_MEASURED = """FROM secretariat JOIN call ON call.secretariat_id = secretariat.id
    JOIN transfer_attempt AS talk ON talk.call_id = call.id AND talk.result = 'ACCEPTED' AND talk.measured
    WHERE secretariat.account_id = application.account_id AND call.ringing_at > application.received_at"""
_LONGEST = (
    f"""SELECT coalesce(max(talk.talk_seconds), 0) {_MEASURED} AND call.caller = ANY({reach("contact")})"""
)
_FORGOTTEN = f"""EXISTS (SELECT {_MEASURED} AND call.forgotten_at IS NOT NULL
    AND talk.talk_seconds = application.call_seconds)"""
TALKED = f"""CROSS JOIN LATERAL ({_LONGEST}) AS known (seconds) CROSS JOIN LATERAL (SELECT
    CASE WHEN application.call_seconds > known.seconds AND {_FORGOTTEN} THEN application.call_seconds
         ELSE known.seconds END) AS talked (seconds)"""
_SECONDS = f"""SELECT application.id, talked.seconds
    FROM application JOIN contact ON contact.lead_id = application.lead_id {TALKED}
    WHERE application.id = ANY($1::uuid[])"""
# $1 the account, $2 the caller, $3 when the call rang: those that it counts for, and those that it may have.
_APPLICATIONS = f"""SELECT application.id FROM contact
    JOIN application ON application.lead_id = contact.lead_id
    WHERE {reach("contact")} && ARRAY[$2::text] AND application.account_id = $1
      AND (application.received_at < $3 OR application.call_seconds > 0)"""
# Calls that rang only have no answer, and those without a telephone system no end.
_ANSWERED = """SELECT asked.key, call.answered_at,
        floor(extract(epoch FROM call.hung_up_at - call.answered_at))::int AS seconds
    FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS asked (key, account_id, number)
    JOIN secretariat ON secretariat.account_id = asked.account_id
    JOIN call ON call.caller = asked.number AND call.secretariat_id = secretariat.id
    WHERE call.answered_at < call.hung_up_at
    ORDER BY call.answered_at"""


async def record_talk(conn: Connection, call: CallCase, journal: Journal) -> None:
    """Record the longest measured talk with the applications that a saved call is, or was, evidence for.

    These are the account's applications for leads of the caller; a call counts if it rang after they were
    received. A fact that comes late can make a talk shorter, so that another one is the longest. Locks the
    applications after the call, and no action locks them in the other order.
    """
    talks = [one for one in call.attempts if one.result is TransferResult.ACCEPTED and one.measured]
    if call.caller.e164 is None or not talks:
        return
    rows = await fetch(conn, _APPLICATIONS, call.account_id, call.caller.e164, call.ringing_at)
    if not rows:
        return
    cases = await lock_cases(conn, [row["id"] for row in rows], SETTLING)
    # Read under the lock, so that of two calls that end together the second one sees the first.
    read = await fetch(conn, _SECONDS, [case.id for case in cases])
    seconds = {row["id"]: row["seconds"] for row in read}
    changed = [case for case in cases if seconds.get(case.id, case.call_seconds) != case.call_seconds]
    for case in changed:
        # No new version: the telephone system must not make an answer with an expected version fail.
        case.call_seconds, case.noted = seconds[case.id], True
        if case.declined_at is not None:
            settle_fee(case, journal)
    await save_cases(conn, changed)


class SecretariatCalls:
    """The calls that the company's own phone secretariat answered, with their times."""

    source = "phone secretariat"

    def __init__(self, connect: Callable[[], Connection] = connection) -> None:
        """`connect` returns a connection outside any transaction."""
        self._connect = connect

    async def answered(self, contacts: Sequence[DisputedContact]) -> Mapping[UUID, Sequence[AnsweredCall]]:
        """Return the answered calls from the delivered numbers to the same vendor, in one statement."""
        asked = [contact for contact in contacts if contact.phone]
        rows = await fetch(
            self._connect(),
            _ANSWERED,
            [contact.key for contact in asked],
            [contact.account_id for contact in asked],
            [contact.phone for contact in asked],
        )
        found: dict[UUID, list[AnsweredCall]] = {}
        for row in rows:
            found.setdefault(row["key"], []).append(AnsweredCall(row["seconds"], row["answered_at"]))
        return found
