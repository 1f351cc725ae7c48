"""The facts that decide who reads and writes in a chat."""

from datetime import datetime

from models.leads.facts import response_of, whole_seconds
from rules.chat.chat_access import ChatAccessFacts
from rules.visibility import Closed, ViewerKind


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
