"""How many messages of each side contained contact data that was masked for the other side when they were
sent. It is a number for operators, from what is stored anyway: nothing follows from it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from models.applications.case import CASE_TABLES
from models.base.database import Connection, fetch
from models.chat.heads import Head
from models.chat.lines import LINES
from rules import Policy, decide
from rules.chat.chat_view import MASK, Carries, ChatSide, ChatViewFacts, ContactState, chat_view
from rules.visibility import ViewerKind

MOST_COUNTED = 1_000  # of one side
_READERS = {ChatSide.VENDOR: ViewerKind.PROSPECT_OWNER, ChatSide.PROSPECT: ViewerKind.VENDOR}
_AT = datetime(2020, 1, 1, tzinfo=UTC)  # any instant: what is hidden is asked of the rules, not when

# When the contact data was or will be revealed to the vendor: what was written before could be masked.
_OPENED = """least(application.accepted_at, coalesce(reveal.due_at, application.revealed_at),
    CASE WHEN delivery.kind <> 'APPLICATION' THEN delivery.received_at END)"""
_ATTEMPTS = f"""SELECT side.application_id, side.name, counted.messages
    FROM unnest($1::uuid[], $2::text[], $3::boolean[], $4::boolean[])
        AS side (application_id, name, hides_contact, hides_link)
    JOIN ({CASE_TABLES}) ON application.id = side.application_id
    LEFT JOIN deadline AS reveal
        ON reveal.kind = 'REVEAL' AND reveal.subject = application.id AND reveal.ordinal = 0
    CROSS JOIN LATERAL (SELECT count(*) AS messages FROM (
        SELECT FROM {LINES}
        WHERE line.application_id = application.id AND line.side = side.name
          AND (line.at < {_OPENED}) IS NOT FALSE
          AND (side.hides_contact AND line.spans @? '$.spans[*][2] ? (@ != "LINK")'
               OR side.hides_link AND line.spans @? '$.spans[*][2] ? (@ == "LINK")')
        LIMIT {MOST_COUNTED}) AS masked) AS counted"""


@dataclass(frozen=True, slots=True)
class MaskedAttempts:
    """The number of such messages of each side, at most 1,000."""

    vendor: int
    prospect: int


async def attempts_of(conn: Connection, heads: Sequence[Head]) -> list[MaskedAttempts]:
    """Return the number of each chat, in the order of the chats, in one statement."""
    sides = [side for head in heads for side in _sides(head)]
    counts: dict[tuple[UUID, str], int] = {}
    if sides:
        rows = await fetch(conn, _ATTEMPTS, *map(list, zip(*sides, strict=True)))
        counts = {(row["application_id"], row["name"]): row["messages"] for row in rows}
    ids = [head.chat.application.id for head in heads]
    return [MaskedAttempts(*(counts.get((one, side), 0) for side in _READERS)) for one in ids]


def _sides(head: Head) -> Iterator[tuple[UUID, ChatSide, bool, bool]]:
    application = head.chat.application
    for side in _READERS:
        hidden = [_hides(application.policy.policy, side, one) for one in (Carries.CONTACT, Carries.LINK)]
        if any(hidden):
            yield application.id, side, hidden[0], hidden[1]


def _hides(policy: Policy, side: ChatSide, carries: Carries) -> bool:
    """Return whether the policy hides from the other side what a side writes, while the contact is closed."""
    facts = ChatViewFacts(_READERS[side], side, ContactState.CLOSED, _AT, carries)
    return decide(chat_view, policy, facts, _AT).verdict is MASK
