"""A viewer's side of a chat, and the facts that decide who reads and writes in it."""

from datetime import datetime

from asyncpg import Record

from models.base.viewer import Viewer
from models.leads.facts import CLOSED_FACT, response_of, whole_seconds
from rules import Decision, Policy, decide
from rules.chat.chat_access import ChatAccessFacts, chat_access
from rules.chat.chat_view import ChatSide
from rules.visibility import Closed, ViewerKind

# Of a statement on `CASE_TABLES`.
ACCESS_COLUMNS = f"""application.received_at, application.accepted_at, application.declined_at,
    {CLOSED_FACT} AS closed, leadgate_clock() AS now"""


def side_of(viewer: Viewer) -> ChatSide:
    """Return the side of all chats that a viewer finds."""
    if viewer.operator:
        return ChatSide.OPERATOR
    return ChatSide.PROSPECT if viewer.vendor_id is None else ChatSide.VENDOR


def access_of(viewer: ViewerKind, policy: Policy, row: Record) -> Decision:
    """Return who reads and writes in the chat of a row with `ACCESS_COLUMNS`, as of its `now`."""
    answers = row["accepted_at"], row["declined_at"]
    facts = access_facts(viewer, Closed(row["closed"]), row["received_at"], *answers)
    return decide(chat_access, policy, facts, row["now"])


def access_facts(
    viewer: ViewerKind,
    closed: Closed,
    received_at: datetime,
    accepted_at: datetime | None,
    declined_at: datetime | None,
) -> ChatAccessFacts:
    """Return the facts that decide who reads and writes."""
    answered_at = declined_at or accepted_at
    return ChatAccessFacts(
        viewer=viewer,
        response=response_of(accepted_at, declined_at),
        responded_after=0 if answered_at is None else whole_seconds(answered_at, received_at),
        closed=closed,
    )
