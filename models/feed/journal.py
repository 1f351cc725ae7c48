"""Journal of one transaction: collects decisions, movements, events and messages, then writes them.

An action fills it inside one transaction, and wakes others after the commit.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from uuid import UUID

import orjson

from models.base.database import Connection
from models.base.ids import new_id
from models.base.metrics import count_decision
from models.base.one_statement import Change, NewRows, Write, write_in_turn, write_together
from models.feed.journal_tables import (
    COUNTED_EVENTS,
    COUNTERS,
    DECISIONS,
    DELIVERIES,
    DISCLOSURES,
    ENDED_DEADLINES,
    EVENTS,
    MESSAGES,
    NEW_DEADLINES,
    NOTICES,
)
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

_NO_PARAMETERS = "{}"
_at, _recipient = attrgetter("at"), attrgetter("recipient")


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

        One statement; three if points move. Many rows are written by COPY, before a balance or a counter is
        locked if possible, because that would keep others waiting. Raises `Refusal` INSUFFICIENT_POINTS if a
        movement would spend points that are not available.
        """
        writes: list[Write] = [
            *self.own,
            *self._decisions(),
            *self._deliveries(),
            *self._messages(),
            *self._notices(),
            *self._new_deadlines(),
            *self._disclosures(),
            *self._ended_deadlines(),
        ]
        movements = [movement for movement in self.movements if not movement.empty]
        many = self._rows > _FEW_ROWS
        # Contended rows last: they stay locked until the commit.
        if movements or many:
            await (write_in_turn if many else write_together)(conn, writes)
            writes = await postings(conn, movements, self.now) if movements else []
        counts = Counter(map(_recipient, self.events))
        if many:
            await write_in_turn(conn, writes)
            last = dict(map(tuple, await write_together(conn, (), self._counting(counts))))
            if self.events:
                await NewRows(EVENTS, self._event_rows(counts, last)).copy(conn)
        else:
            events = Change.of_rows(COUNTED_EVENTS, self._event_rows(counts, {}))
            await write_together(conn, writes, [*self._counting(counts, named=bool(events)), *events])

    async def write_deliveries(self, conn: Connection) -> None:
        """Write the deliveries now, if other rows that are written must refer to them."""
        await write_together(conn, [*self._deliveries(), *self._disclosures()])
        self.deliveries.clear()

    @property
    def _rows(self) -> int:
        rows = len(self.decisions) + len(self.deliveries) + len(self.messages) + len(self.notices)
        return rows + len(self.deadlines) + len(self.done)

    def _decisions(self) -> list[NewRows]:
        rows = (
            (
                decision_id,
                decision.ruleset,
                subject,
                decision.verdict,
                decision.rule_id,
                decision.policy_version,
                orjson.dumps(dict(decision.facts)).decode(),
                decision.decided_at,
            )
            for decision_id, subject, decision in self.decisions
        )
        return [NewRows(DECISIONS, rows, (self.now, self.actor_id))] if self.decisions else []

    def _deliveries(self) -> list[NewRows]:
        rows = (
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
        )
        return [NewRows(DELIVERIES, rows, ("NO",))] if self.deliveries else []

    def _disclosures(self) -> list[Change]:
        return Change.of_rows(
            DISCLOSURES, ((row.id, row.lead_id, row.basis, row.notice_id) for row in self.deliveries)
        )

    def _messages(self) -> list[NewRows]:
        rows = (
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
        )
        return [NewRows(MESSAGES, rows, (self.now, _NO_PARAMETERS))] if self.messages else []

    def _notices(self) -> list[NewRows]:
        rows = (
            (row.id, row.call_id, row.employee_id, row.channel, row.decision_id, row.message_id)
            for row in self.notices
        )
        return [NewRows(NOTICES, rows)] if self.notices else []

    def _ended_deadlines(self) -> list[Change]:
        return Change.of_rows(ENDED_DEADLINES, self.done, self.now)

    def _new_deadlines(self) -> list[NewRows]:
        rows = ((new_id(), row.kind, row.subject, row.ordinal, row.due_at) for row in self.deadlines)
        return [NewRows(NEW_DEADLINES, rows)] if self.deadlines else []

    def _counting(self, counts: Mapping[UUID, int], *, named: bool = False) -> list[Change]:
        """Return what counts the events and the changes of calendars, of each recipient."""
        both = {**dict.fromkeys(self.calendars, 0), **counts}
        if not both:
            return []
        calendars = [int(one in self.calendars) for one in both] if self.calendars else []
        values = (list(both), list(both.values()), calendars)
        return [Change(COUNTERS, values, "counted" if named else None)]

    def _event_rows(
        self, counts: Mapping[UUID, int], last: Mapping[UUID, int]
    ) -> Iterator[tuple[object, ...]]:
        """Yield the events with their numbers, of which the last one of a recipient gets `last`, or 0."""
        self.events.sort(key=_at)  # a batch has events of many cases, each in its own order
        numbers = {recipient: last.get(recipient, 0) - count for recipient, count in counts.items()}
        for event in self.events:
            recipient = event.recipient
            numbers[recipient] = number = numbers[recipient] + 1
            yield (
                event.id,
                recipient,
                number,
                event.kind,
                event.application_id,
                event.lead_id,
                event.delivery_id,
                event.decision_id,
                orjson.dumps(event.parameters).decode() if event.parameters else _NO_PARAMETERS,
                event.at,
            )
