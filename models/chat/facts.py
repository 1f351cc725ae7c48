"""The facts of a chat for the rules, from its application and from the vendor's view of the contact data."""

from datetime import datetime

from models.leads.facts import response_of, whole_seconds
from rules import Decision
from rules.chat.chat_access import ChatAccessFacts
from rules.chat.chat_view import Carries, ChatSide, ChatViewFacts, ContactState
from rules.visibility import VISIBLE, Closed, ViewerKind


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


def view_facts(reader: ViewerKind, author: ChatSide, visibility: Decision, carries: Carries) -> ChatViewFacts:
    """Return the facts that decide whether a message is masked.

    `visibility` is the vendor's, read in order with answers. The rules must be asked as of its `decided_at`:
    it is before the reveal while somebody is answering.
    """
    opens = visibility.changes_at
    if visibility.verdict is VISIBLE:
        state = ContactState.OPEN
    elif opens is not None and visibility.changes_to is VISIBLE:
        state = ContactState.WAITING
    else:
        state = ContactState.CLOSED
    return ChatViewFacts(
        reader=reader,
        author=author,
        contact=state,
        opens=opens or visibility.decided_at,
        carries=carries,
    )
