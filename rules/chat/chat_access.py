"""Who reads the chat of an application, and who writes in it (S1.5 and the readings of answers)."""

from dataclasses import dataclass
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.engine.facts import Seconds
from rules.policy import Policy
from rules.visibility import Closed, Response, ViewerKind

__all__ = ["CLOSED", "OPEN", "READ_ONLY", "ChatAccess", "ChatAccessFacts", "chat_access"]


class ChatAccess(StrEnum):
    """The verdicts."""

    OPEN = "OPEN"
    READ_ONLY = "READ_ONLY"
    CLOSED = "CLOSED"


OPEN, READ_ONLY, CLOSED = ChatAccess


@dataclass(frozen=True, slots=True)
class ChatAccessFacts:
    """The facts that decide what `viewer` may do in the chat of one application.

    A VENDOR is the one who applied, and a PROSPECT_OWNER the prospect of its lead.
    """

    viewer: ViewerKind
    response: Response
    responded_after: Seconds  # from receipt to the response, rounded down; 0 without one
    closed: Closed


@ruleset("chat_access", ChatAccessFacts, fail_closed=CLOSED)
def chat_access(p: Policy) -> None:
    """Those who are not concerned, then the person's rights, then answers that end the chat."""
    vendor, prospect = m.viewer == ViewerKind.VENDOR, m.viewer == ViewerKind.PROSPECT_OWNER
    operator = m.viewer == ViewerKind.OPERATOR
    concerned = m.viewer.among(ViewerKind.VENDOR, ViewerKind.PROSPECT_OWNER, ViewerKind.OPERATOR)
    kept = (operator & (m.closed == Closed.NO_CONSENT)) | (
        prospect & m.closed.among(Closed.NO_CONSENT, Closed.ERASED)
    )
    running = concerned & (m.closed == Closed.NO)
    declined, reveal_after = m.response == Response.DECLINED, p.reveal.reveal_after

    @rule(CLOSED, "S1.5", m.viewer == ViewerKind.OTHER)
    def not_concerned() -> None:
        """Only the vendor who applied, the prospect and operators can read a chat."""

    @rule(CLOSED, "S1 R.deliveries", (vendor | operator) & (m.closed == Closed.ERASED))
    def person_erased() -> None:
        """The person's data was erased; the chat no longer exists."""

    @rule(CLOSED, "S1 R.deliveries", vendor & (m.closed == Closed.NO_CONSENT))
    def no_consent_upheld() -> None:
        """The person had not given consent, so the chat was closed to the vendor."""

    @rule(READ_ONLY, "S1 R.deliveries", kept)
    def closed_to_vendor() -> None:
        """The chat was closed to the vendor; it can still be read, but nobody can write."""

    @rule(READ_ONLY, "S5 R.consent", concerned & (m.closed == Closed.DO_NOT_CONTACT))
    def contact_stopped() -> None:
        """The person must no longer be contacted; the chat can still be read, but nobody can write."""

    @rule(READ_ONLY, "S1 R.answers", running & declined & (m.responded_after < reveal_after))
    def declined_in_time() -> None:
        """The prospect declined the application; the chat can still be read, but nobody can write."""

    @rule(READ_ONLY, "S1 R.answers", running & declined & (m.responded_after >= reveal_after))
    def declined_late() -> None:
        """The prospect declined after {reveal_after}; contact data already revealed stays visible, but nobody
        can write in the chat.
        """

    @rule(READ_ONLY, "S1 R.answers", running & (m.response == Response.WITHDRAWN))
    def acceptance_withdrawn() -> None:
        """The prospect withdrew their acceptance; the chat can still be read, but nobody can write."""

    @rule(OPEN, "S1.5", running & (m.response == Response.NONE))
    def open_from_introduction() -> None:
        """The chat is open from the introduction on."""

    @rule(OPEN, "S1.5", running & (m.response == Response.ACCEPTED))
    def prospect_accepted() -> None:
        """The prospect accepted the application; the chat stays open."""
