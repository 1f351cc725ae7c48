"""Check of "the number does not exist" by our own records of answered calls.

Unanswered calls do not count, nor do calls that a vendor could have recorded itself.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from models.base.database import Connection, connection, fetch
from models.complaints.evidence.detail import Detail
from models.complaints.evidence.finding import DisputedContact, EvidenceFinding
from models.complaints.evidence.gathering import Check
from models.complaints.evidence.report import EvidenceReport, Now
from models.complaints.tables import EvidenceCheck
from rules.complaint import ComplaintReason

_ANSWERED_ONCE = 80  # percent: a number may be given up later


@dataclass(frozen=True, slots=True)
class AnsweredCall:
    """An answered call; `at` is None if only its length was recorded."""

    seconds: int
    at: datetime | None


class CallRecords(Protocol):
    """Where answered calls are recorded; `source` is the source of its findings."""

    source: str

    async def answered(self, contacts: Sequence[DisputedContact]) -> Mapping[UUID, Sequence[AnsweredCall]]:
        """Return the answered calls to the delivered numbers, by the contacts' keys."""


class ApplicationCalls:
    """The longest call that was put through between vendor and prospect, without its time.

    It is known for as long as the application, while the phone secretariat forgets who called.
    """

    source = "application calls"

    def __init__(self, connect: Callable[[], Connection] = connection) -> None:
        """`connect` returns a connection outside any transaction."""
        self._connect = connect

    async def answered(self, contacts: Sequence[DisputedContact]) -> Mapping[UUID, Sequence[AnsweredCall]]:
        """Return the calls of the same vendor about the same lead, in one statement."""
        rows = await fetch(
            self._connect(),
            """SELECT asked.key, application.call_seconds
               FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS asked (key, lead_id, account_id)
               JOIN application ON application.lead_id = asked.lead_id
                   AND application.account_id = asked.account_id
               WHERE application.call_seconds > 0""",
            [contact.key for contact in contacts],
            [contact.lead_id for contact in contacts],
            [contact.account_id for contact in contacts],
        )
        return {row["key"]: [AnsweredCall(row["call_seconds"], None)] for row in rows}


def own_calls(now: Now, records: CallRecords, *, least_seconds: int = 10) -> Check:
    """Return the check by our records; calls shorter than `least_seconds`, such as announcements, do not
    count.
    """
    report = EvidenceReport(EvidenceCheck.OWN_CALLS, records.source, now)

    async def check(contacts: Sequence[DisputedContact]) -> Mapping[UUID, Sequence[EvidenceFinding]]:
        asked = [
            contact
            for contact in contacts
            if contact.reason is ComplaintReason.NUMBER_DOES_NOT_EXIST and contact.phone
        ]
        if not asked:
            return {}
        answered = await records.answered(asked)
        found: dict[UUID, Sequence[EvidenceFinding]] = {}
        for contact in asked:
            calls = [call for call in answered.get(contact.key, ()) if call.seconds >= least_seconds]
            if any(call.at is not None and call.at >= contact.received_at for call in calls):
                found[contact.key] = [report.refutes(Detail.ANSWERED_AFTER_DELIVERY)]
            elif calls:
                found[contact.key] = [report.doubts(Detail.ANSWERED_BEFORE_DELIVERY, _ANSWERED_ONCE)]
        return found

    return check
