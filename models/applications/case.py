"""A case: a locked application as a working copy, and the facts that it gives to the rules.

Actions decide and write; a case does neither.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from models.applications.tables import Hold, Side
from models.base.database import Connection, fetch
from models.base.one_statement import columns
from models.leads import facts
from models.leads.facts import is_unsettled, response_of
from models.leads.reading_order import Strength
from models.policies.versions import policies_by_id
from rules import Policy
from rules.refund import MeetingStatement, RefundFacts
from rules.review_reminder import ReviewReminderFacts
from rules.visibility import Basis, Closed, Response, ViewerKind, VisibilityFacts

# A sweep makes thousands of cases a second, and calling an enum costs several times as much.
_HOLDS = {one.value: one for one in Hold}
_SIDES: dict[str | None, Side | None] = {None: None, **{one.value: one for one in Side}}
_STATEMENTS = {one.value: one for one in MeetingStatement}
_CLOSED = {one.value: one for one in Closed}


@dataclass(slots=True)
class Case:
    """An application, with what the rules need to know of its lead. Changed and noted cases are written back.

    `noted` is for changes that concern no answer, such as a time that one side proposes: the version stays
    the same, or that side could make every answer with an expected version fail.
    """

    id: UUID
    version: int
    lead_id: UUID
    account_id: UUID
    prospect_id: UUID
    policy_id: UUID
    policy: Policy
    fee: int
    hold: Hold
    received_at: datetime
    reviewed_at: datetime | None
    accepted_at: datetime | None
    declined_at: datetime | None
    decline_message: str | None
    ended_at: datetime | None
    revealed_at: datetime | None
    refunded_at: datetime | None
    meeting_at: datetime | None
    proposed_meeting_at: datetime | None
    proposed_by: Side | None
    statement: MeetingStatement
    statement_by: Side | None
    both_joined: bool
    call_seconds: int
    closed: Closed
    changed: bool = False
    noted: bool = False

    @property
    def response(self) -> Response:
        """The prospect's answer."""
        return response_of(self.accepted_at, self.declined_at)

    @property
    def waits(self) -> bool:
        """Whether its outcome is still open: not answered, not revealed, not ended."""
        return is_unsettled(self.accepted_at, self.declined_at, self.ended_at, self.revealed_at)

    def visibility_facts(self) -> VisibilityFacts:
        """Return the facts of S1.1 to S1.4 for the vendor who applied."""
        return facts.visibility_facts(
            ViewerKind.VENDOR,
            Basis.APPLICATION,
            self.closed,
            self.received_at,
            self.received_at,
            self.accepted_at,
            self.declined_at,
        )

    def refund_facts(self) -> RefundFacts:
        """Return the facts of S1.9."""
        return facts.refund_facts(
            received_at=self.received_at,
            accepted_at=self.accepted_at,
            declined_at=self.declined_at,
            ended_at=self.ended_at,
            meeting_at=self.meeting_at,
            statement=self.statement,
            both_joined=self.both_joined,
            call_seconds=self.call_seconds,
        )

    def reminder_facts(self, as_of: datetime) -> ReviewReminderFacts:
        """Return the facts of S1.10 as they were at a given time."""
        return facts.reminder_facts(self.received_at, self.response, self.reviewed_at, as_of)


CASE_COLUMNS = f"""application.id, application.version, application.lead_id, application.account_id,
    lead.prospect_id, application.policy_id, application.fee, application.hold, application.received_at,
    application.reviewed_at, application.accepted_at, application.declined_at, application.decline_message,
    application.ended_at, application.revealed_at, application.refunded_at, application.meeting_at,
    application.proposed_meeting_at, application.proposed_by, application.statement,
    application.statement_by, application.both_joined, application.call_seconds,
    {facts.CLOSED_FACT} AS closed"""

CASE_TABLES = """application
    JOIN lead ON lead.id = application.lead_id
    JOIN prospect ON prospect.id = lead.prospect_id
    LEFT JOIN delivery ON delivery.lead_id = application.lead_id
                      AND delivery.account_id = application.account_id"""


async def lock_cases(conn: Connection, ids: Collection[UUID], strength: Strength) -> list[Case]:
    """Lock applications in id order and return them as cases; ids that do not exist are left out.

    Locks first and reads afterwards: a statement that waits for a lock sees joined rows as they were before.
    Actions of people lock with `ANSWERING`, and read the clock only then; what is carried out as of its due
    time locks with `SETTLING` (`models.leads.reading_order`).
    """
    wanted = list(ids)
    await fetch(
        conn,
        f"SELECT id FROM application WHERE id = ANY($1::uuid[]) ORDER BY id FOR {strength}",
        wanted,
    )
    return await read_cases(conn, wanted)


async def read_cases(conn: Connection, ids: Collection[UUID]) -> list[Case]:
    """Return applications as cases without locking them, in id order: for what changes nothing."""
    rows = await fetch(
        conn,
        f"""SELECT {CASE_COLUMNS} FROM {CASE_TABLES} WHERE application.id = ANY($1::uuid[])
            ORDER BY application.id""",
        list(ids),
    )
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    names = tuple(rows[0].keys()) if rows else ()
    return [case_of(dict(zip(names, row, strict=True)), policies) for row in rows]


def case_of(values: dict[str, Any], policies: Mapping[UUID, Policy]) -> Case:
    """Return the case of a row of `CASE_COLUMNS`, whose values it completes."""
    values["policy"] = policies[values["policy_id"]]
    values["hold"] = _HOLDS[values["hold"]]
    values["proposed_by"] = _SIDES[values["proposed_by"]]
    values["statement"] = _STATEMENTS[values["statement"]]
    values["statement_by"] = _SIDES[values["statement_by"]]
    values["closed"] = _CLOSED[values["closed"]]
    return Case(**values)


async def save_cases(conn: Connection, cases: Collection[Case]) -> None:
    """Write the cases back; changed ones get the next version."""
    rows = [
        (
            case.id,
            case.hold,
            case.reviewed_at,
            case.accepted_at,
            case.declined_at,
            case.decline_message,
            case.ended_at,
            case.revealed_at,
            case.refunded_at,
            case.meeting_at,
            case.proposed_meeting_at,
            case.proposed_by,
            case.statement,
            case.statement_by,
            case.call_seconds,
            int(case.changed),
        )
        for case in cases
        if case.changed or case.noted
    ]
    if not rows:
        return
    await fetch(
        conn,
        """UPDATE application SET version = version + after.versions, hold = after.hold,
               reviewed_at = after.reviewed_at,
               accepted_at = after.accepted_at, declined_at = after.declined_at,
               decline_message = after.decline_message, ended_at = after.ended_at,
               revealed_at = after.revealed_at, refunded_at = after.refunded_at,
               meeting_at = after.meeting_at, proposed_meeting_at = after.proposed_meeting_at,
               proposed_by = after.proposed_by,
               statement = after.statement, statement_by = after.statement_by,
               call_seconds = after.call_seconds
           FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[],
                       $6::text[], $7::timestamptz[], $8::timestamptz[], $9::timestamptz[],
                       $10::timestamptz[], $11::timestamptz[], $12::text[], $13::text[], $14::text[],
                       $15::int[], $16::int[])
               AS after (id, hold, reviewed_at, accepted_at, declined_at, decline_message, ended_at,
                         revealed_at, refunded_at, meeting_at, proposed_meeting_at, proposed_by, statement,
                         statement_by, call_seconds, versions)
           WHERE application.id = after.id""",
        *columns(rows),
    )
