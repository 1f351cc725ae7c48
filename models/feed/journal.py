"""Journal of one transaction: collects decisions, movements, events and messages, then writes them.

An action fills it inside one transaction, and wakes others after the commit.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import orjson

from models.base.database import Connection
from models.base.ids import new_id
from models.base.metrics import count_decision
from models.base.one_statement import Change, write_together
from models.contact_data.categories import CATEGORIES_SQL
from models.feed.kinds import MessageTemplate, NotificationKind
from models.ledger.movements import Movement, postings
from models.policies.recordable import Recordable
from rules.messages.dispatch import DispatchChannel
from rules.visibility import DeliveryKind, DisclosureBasis


# Rows of which a sweep writes thousands a second are not frozen: that takes twice as long to make.
@dataclass(slots=True)
class DeliveryRow:
    """A delivery to be written, with its entry in the register of disclosures; `points` is its price.

    `notice_id` is the message that tells the person of it.
    """

    id: UUID
    account_id: UUID
    lead_id: UUID
    kind: DeliveryKind
    application_id: UUID | None
    policy_id: UUID
    decision_id: UUID
    received_at: datetime
    points: int
    complaint_until: datetime
    basis: DisclosureBasis
    notice_id: UUID = field(default_factory=new_id)

    @property
    def replacement(self) -> bool:
        """Whether it replaces a faulty delivery."""
        return self.basis is DisclosureBasis.REPLACEMENT


@dataclass(slots=True)
class EventRow:
    """An event for one recipient's feed; it gets its sequence number when it is written."""

    recipient: UUID
    kind: NotificationKind
    at: datetime
    application_id: UUID | None = None
    lead_id: UUID | None = None
    delivery_id: UUID | None = None
    decision_id: UUID | None = None
    parameters: dict[str, object] = field(default_factory=dict)
    id: UUID = field(default_factory=new_id)


@dataclass(slots=True)
class MessageRow:
    """An outbox message, by the numbers of a policy; `idempotency_key` is permanently unique.

    The recipient is an account, a prospect or a user; of a message about a call, an employee. `event_id` is
    the recipient's event that it tells of; for `ordering` and `replaces` see `OutboxMessage`.
    """

    template: MessageTemplate
    recipient: UUID
    subject: UUID
    policy_id: UUID
    idempotency_key: str
    not_before: datetime
    expires_at: datetime | None = None
    event_id: UUID | None = None
    ordering: str | None = None
    replaces: str | None = None
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """Whether an employee is told of a call on a channel; `message_id` is a message of the same journal."""

    id: UUID
    call_id: UUID
    employee_id: UUID
    channel: DispatchChannel
    decision_id: UUID
    message_id: UUID | None


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A deadline to be written; it is due once."""

    kind: str
    subject: UUID
    due_at: datetime
    ordinal: int = 0


# Up to so many rows are written in one statement with the events: it holds the counters while it checks them.
_FEW_ROWS = 100

_DECISIONS = """INSERT INTO decision (id, ruleset, subject, verdict, rule_id, policy_version, facts,
        decided_at, recorded_at, actor_id)
    SELECT *, $9::timestamptz, $10::uuid
    FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::jsonb[],
                $8::timestamptz[])"""
_DELIVERIES = """INSERT INTO delivery (id, account_id, lead_id, kind, application_id, policy_id, decision_id,
        received_at, points, complaint_until, replacement, closed)
    SELECT *, 'NO' FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[],
        $7::uuid[], $8::timestamptz[], $9::int[], $10::timestamptz[], $11::boolean[])"""
# What the contact has at the time of the delivery.
_DISCLOSURES = f"""INSERT INTO disclosure (delivery_id, prospect_id, basis, categories, notice_message_id)
    SELECT given.delivery_id, lead.prospect_id, given.basis, {CATEGORIES_SQL}, given.notice_id
    FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[])
        AS given (delivery_id, lead_id, basis, notice_id)
    JOIN lead ON lead.id = given.lead_id LEFT JOIN contact ON contact.lead_id = given.lead_id"""
_MESSAGES = """INSERT INTO outbox_message (id, template, necessity, grouping, recipient, subject, policy_id,
        event_id, idempotency_key, ordering, replaces, not_before, expires_at, created_at, parameters)
    SELECT *, $14::timestamptz, '{}'::jsonb
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[],
                $8::uuid[], $9::text[], $10::text[], $11::text[], $12::timestamptz[], $13::timestamptz[])"""
_NOTICES = """INSERT INTO call_notice (id, call_id, employee_id, channel, decision_id, message_id)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[])"""
_ENDED_DEADLINES = """UPDATE deadline SET done_at = $3, outcome = done.outcome
    FROM unnest($1::uuid[], $2::text[]) AS done (id, outcome)
    WHERE deadline.id = done.id AND deadline.done_at IS NULL"""
_NEW_DEADLINES = """INSERT INTO deadline (id, kind, subject, ordinal, due_at)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[], $5::timestamptz[])"""
# Counting the rows that are written in the same statement makes it write them before it locks a counter.
_COUNTERS = """INSERT INTO feed_counter (recipient, last_seq, removed_through, calendar_changes)
    SELECT recipient, events, 0, calendar
    FROM unnest($1::uuid[], $2::bigint[], $3::int[]) AS t (recipient, events, calendar)
    WHERE (SELECT count(*) FROM earlier) >= 0
    ORDER BY recipient
    ON CONFLICT (recipient) DO UPDATE
        SET last_seq = feed_counter.last_seq + EXCLUDED.last_seq,
            calendar_changes = feed_counter.calendar_changes + EXCLUDED.calendar_changes
    RETURNING recipient, last_seq"""
_EVENTS = """INSERT INTO feed_event (id, recipient, seq, kind, application_id, lead_id, delivery_id,
        decision_id, parameters, at)
    SELECT event.id, recipient, last_seq + place, kind, application_id, lead_id, delivery_id, decision_id,
           coalesce(parameters, '{}'), at
    FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[],
                $8::uuid[], $9::jsonb[], $10::timestamptz[])
        AS event (id, recipient, place, kind, application_id, lead_id, delivery_id, decision_id, parameters,
                  at)
    JOIN counted USING (recipient)"""


@dataclass(slots=True)
class Journal:
    """Everything that one transaction is about to write, in addition to the rows of its own case.

    `calendars` are the recipients whose published calendars change without an event for them. `own` may hold
    what writes the rows of the case, to be one statement with the rest.
    """

    now: datetime
    actor_id: UUID | None = None
    decisions: list[tuple[UUID, UUID, Recordable]] = field(default_factory=list)
    deliveries: list[DeliveryRow] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)
    events: list[EventRow] = field(default_factory=list)
    messages: list[MessageRow] = field(default_factory=list)
    notices: list[NoticeRow] = field(default_factory=list)
    deadlines: list[DeadlineRow] = field(default_factory=list)
    done: list[tuple[UUID, str]] = field(default_factory=list)
    calendars: set[UUID] = field(default_factory=set)
    own: list[Change] = field(default_factory=list)

    def record(self, subject: UUID, decision: Recordable) -> UUID:
        """Add a decision to the log and return its id, for references."""
        decision_id = new_id()
        count_decision(decision.ruleset, decision.rule_id)
        self.decisions.append((decision_id, subject, decision))
        return decision_id

    @property
    def recipients(self) -> set[UUID]:
        """The recipients whose feeds get events from this journal."""
        return {event.recipient for event in self.events}

    @property
    def due(self) -> set[datetime]:
        """When the deadlines that this journal starts are due."""
        return {deadline.due_at for deadline in self.deadlines}

    async def write(self, conn: Connection) -> None:
        """Write everything, locking balances and then feed counters, each in id order to avoid deadlocks.

        One statement; three if points move or there are many rows, whose writing would keep others waiting.
        Raises `Refusal` INSUFFICIENT_POINTS if a movement would spend points that are not available.
        """
        changes = [
            *self.own,
            *self._decisions(),
            *self._deliveries(),
            *self._disclosures(),
            *self._messages(),
            *self._notices(),
            *self._ended_deadlines(),
            *self._new_deadlines(),
        ]
        movements = [movement for movement in self.movements if not movement.empty]
        # Contended rows last: they stay locked until the commit.
        if movements or self._rows > _FEW_ROWS:
            await write_together(conn, changes)
            changes = await postings(conn, movements, self.now) if movements else []
        await write_together(conn, changes, self._feed())

    async def write_deliveries(self, conn: Connection) -> None:
        """Write the deliveries now, if other rows that are written must refer to them."""
        await write_together(conn, [*self._deliveries(), *self._disclosures()])
        self.deliveries.clear()

    @property
    def _rows(self) -> int:
        rows = len(self.decisions) + len(self.deliveries) + len(self.messages) + len(self.notices)
        return rows + len(self.deadlines) + len(self.done)

    def _decisions(self) -> list[Change]:
        return Change.of_rows(
            _DECISIONS,
            (
                (
                    decision_id,
                    decision.ruleset,
                    subject,
                    str(decision.verdict),
                    decision.rule_id,
                    decision.policy_version,
                    orjson.dumps(dict(decision.facts)).decode(),
                    decision.decided_at,
                )
                for decision_id, subject, decision in self.decisions
            ),
            self.now,
            self.actor_id,
        )

    def _deliveries(self) -> list[Change]:
        return Change.of_rows(
            _DELIVERIES,
            (
                (
                    row.id,
                    row.account_id,
                    row.lead_id,
                    row.kind,
                    row.application_id,
                    row.policy_id,
                    row.decision_id,
                    row.received_at,
                    row.points,
                    row.complaint_until,
                    row.replacement,
                )
                for row in self.deliveries
            ),
        )

    def _disclosures(self) -> list[Change]:
        return Change.of_rows(
            _DISCLOSURES, ((row.id, row.lead_id, row.basis, row.notice_id) for row in self.deliveries)
        )

    def _messages(self) -> list[Change]:
        return Change.of_rows(
            _MESSAGES,
            (
                (
                    row.id,
                    row.template,
                    row.template.necessity,
                    row.template.group,
                    row.recipient,
                    row.subject,
                    row.policy_id,
                    row.event_id,
                    row.idempotency_key,
                    row.ordering,
                    row.replaces,
                    row.not_before,
                    row.expires_at,
                )
                for row in self.messages
            ),
            self.now,
        )

    def _notices(self) -> list[Change]:
        return Change.of_rows(
            _NOTICES,
            (
                (row.id, row.call_id, row.employee_id, row.channel, row.decision_id, row.message_id)
                for row in self.notices
            ),
        )

    def _ended_deadlines(self) -> list[Change]:
        return Change.of_rows(_ENDED_DEADLINES, self.done, self.now)

    def _new_deadlines(self) -> list[Change]:
        return Change.of_rows(
            _NEW_DEADLINES,
            ((new_id(), row.kind, row.subject, row.ordinal, row.due_at) for row in self.deadlines),
        )

    def _feed(self) -> list[Change]:
        """Return what counts and writes the events, and the changes of calendars."""
        if not self.events and not self.calendars:
            return []
        self.events.sort(
            key=lambda event: event.at
        )  # a batch has events of many cases, each in its own order
        counts: dict[UUID, int] = dict.fromkeys(self.calendars, 0)
        for event in self.events:
            counts[event.recipient] = counts.get(event.recipient, 0) + 1
        places: dict[UUID, int] = {}
        rows = []
        for event in self.events:
            places[event.recipient] = place = places.get(event.recipient, 0) + 1
            rows.append(
                (
                    event.id,
                    event.recipient,
                    place - counts[event.recipient],  # the last one gets the counter's new number
                    event.kind,
                    event.application_id,
                    event.lead_id,
                    event.delivery_id,
                    event.decision_id,
                    orjson.dumps(event.parameters).decode() if event.parameters else None,
                    event.at,
                )
            )
        counted = (
            list(counts),
            list(counts.values()),
            [int(recipient in self.calendars) for recipient in counts]
            if self.calendars
            else [0] * len(counts),
        )
        events = Change.of_rows(_EVENTS, rows)
        return [Change(_COUNTERS, counted, "counted" if events else None), *events]
