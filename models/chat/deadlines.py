"""Timed transition of chats: a reader of unread messages is written to, once per stretch of them (S1
R.messages).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from models.applications.case import Case, lock_cases
from models.base.database import Connection
from models.chat.facts import access_facts
from models.chat.locked import LockedChat
from models.chat.unread import (
    NUDGE,
    READERS,
    Stretch,
    oldest_unread,
    ordinal_of,
    pending_stretches,
    reader_of,
)
from models.deadlines.registry import Subject, nothing_to_save, timed_numbered
from models.feed.journal import DeadlineRow, Journal, MessageRow
from models.feed.kinds import MessageTemplate
from models.leads.reading_order import SETTLING
from rules import Policy, decide
from rules.chat.chat_access import OPEN, ChatAccess, chat_access
from rules.chat.chat_nudge import WRITE, ChatNudgeFacts, chat_nudge
from rules.chat.chat_view import ChatSide
from rules.visibility import ViewerKind

_VIEWERS = {ChatSide.VENDOR: ViewerKind.VENDOR, ChatSide.PROSPECT: ViewerKind.PROSPECT_OWNER}


@dataclass(slots=True)
class WaitingChat:
    """A locked application, and the stretches of unread messages whose deadlines are pending, by ordinal."""

    case: Case
    stretches: dict[int, Stretch]

    @property
    def id(self) -> UUID:
        """The application."""
        return self.case.id

    def recipient(self, reader: ChatSide) -> UUID:
        """Return the recipient of one side."""
        return self.case.account_id if reader is ChatSide.VENDOR else self.case.prospect_id

    def access(self, reader: ChatSide, at: datetime) -> ChatAccess:
        """Return what a side may do as of a time: later answers don't count."""
        case = self.case
        answers = [
            one if one is not None and one <= at else None for one in (case.accepted_at, case.declined_at)
        ]
        facts = access_facts(_VIEWERS[reader], case.closed, case.received_at, *answers)
        return ChatAccess(decide(chat_access, case.policy, facts, at).verdict)


async def _lock(conn: Connection, ids: Collection[UUID]) -> Sequence[WaitingChat]:
    cases = await lock_cases(conn, ids, SETTLING)
    stretches = await pending_stretches(conn, [case.id for case in cases])
    return [WaitingChat(case, stretches[case.id]) for case in cases]


CHAT: Subject[WaitingChat] = Subject("application", "id", _lock, nothing_to_save, lambda _: None)


@timed_numbered(NUDGE, CHAT, description="Somebody is told by email of unread messages in a chat.")
def nudge(chat: WaitingChat, ordinal: int, due_at: datetime, journal: Journal) -> str:
    """Write to the reader of a stretch whose first message is still unread, if the rules say so."""
    reader, stretch = reader_of(ordinal), chat.stretches[ordinal]
    facts = ChatNudgeFacts(
        unread=not stretch.read,
        waited=stretch.began,
        nudged=stretch.told_at is not None and stretch.told_at >= stretch.first,
        access=chat.access(reader, due_at),
    )
    decision = decide(chat_nudge, chat.case.policy, facts, due_at)
    if decision.verdict is WRITE:
        journal.record(chat.id, decision)
        journal.messages.append(
            MessageRow(
                MessageTemplate.CHAT_NUDGE,
                chat.recipient(reader),
                chat.id,
                chat.case.policy_id,
                nudge_key(chat.id, ordinal),
                due_at,
                replaces=f"chat_nudge:{chat.id}:{reader.lower()}",
            )
        )
        for other, one in chat.stretches.items():
            if reader_of(other) is reader:
                chat.stretches[other] = replace(one, told_at=due_at)
    return decision.rule_id


def nudge_key(application_id: UUID, ordinal: int) -> str:
    """Return the idempotency key of the message about a stretch."""
    return f"chat_nudge:{application_id}:{ordinal}"


async def wait_for_readers(conn: Connection, chat: LockedChat, seq: int, journal: Journal) -> None:
    """Write the deadlines of those for whom a message that was just written is the first unread one."""
    recipients = (chat.account_id, chat.prospect_id)
    for reader, recipient in zip(READERS, recipients, strict=True):
        if (
            reader is not chat.side
            and await oldest_unread(conn, chat.application_id, reader, recipient) == seq
        ):
            _wait(chat, reader, seq, journal)


async def wait_for_rest(conn: Connection, chat: LockedChat, before: int | None, journal: Journal) -> None:
    """Write the deadline of what a read mark has left unread; `before` was the oldest such message."""
    if chat.side not in READERS or before is None:
        return
    left = await oldest_unread(conn, chat.application_id, chat.side, chat.recipient)
    if left is not None and left != before:
        _wait(chat, chat.side, left, journal)


def _wait(chat: LockedChat, reader: ChatSide, seq: int, journal: Journal) -> None:
    due_at = nudge_due(chat.policy, chat.now)
    if due_at is not None:  # without it the evaluators disagree: there is no email, but the message is sent
        ordinal = ordinal_of(seq, reader)
        journal.deadlines.append(DeadlineRow(NUDGE, chat.application_id, due_at, ordinal))


def nudge_due(policy: Policy, began: datetime) -> datetime | None:
    """Return when the reader of a stretch that begins now is written to."""
    facts = ChatNudgeFacts(unread=True, waited=began, nudged=False, access=OPEN)
    return decide(chat_nudge, policy, facts, began).changes_at
