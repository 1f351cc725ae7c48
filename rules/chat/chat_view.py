"""Whether contact data in a message of a chat is shown to a reader or masked (S1.5, S1.8)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy
from rules.visibility import ViewerKind

__all__ = [
    "MASK",
    "SHOW",
    "Carries",
    "ChatSide",
    "ChatView",
    "ChatViewFacts",
    "ContactState",
    "chat_view",
]


class ChatView(StrEnum):
    """The verdicts."""

    SHOW = "SHOW"
    MASK = "MASK"


class ChatSide(StrEnum):
    """Who wrote a message; SYSTEM messages are notifications."""

    VENDOR = "VENDOR"
    PROSPECT = "PROSPECT"
    OPERATOR = "OPERATOR"
    SYSTEM = "SYSTEM"


class ContactState(StrEnum):
    """Whether the vendor sees the lead's contact data: WAITING is hidden, and opens by itself later."""

    OPEN = "OPEN"
    WAITING = "WAITING"
    CLOSED = "CLOSED"


class Carries(StrEnum):
    """What a text carries that could reach its author outside the chat; CONTACT outweighs LINK."""

    NOTHING = "NOTHING"
    LINK = "LINK"
    CONTACT = "CONTACT"


SHOW, MASK = ChatView


@dataclass(frozen=True, slots=True)
class ChatViewFacts:
    """The facts that decide how `reader` sees one message, or what one message carries."""

    reader: ViewerKind
    author: ChatSide
    contact: ContactState
    opens: datetime  # when WAITING contact data opens; without meaning otherwise
    carries: Carries


@ruleset(
    "chat_view",
    ChatViewFacts,
    since=("opens",),
    fail_closed=MASK,
    switches={
        "mask_vendor_contacts": lambda p: p.chat.chat_mask_vendor_contacts,
        "mask_vendor_links": lambda p: p.chat.chat_mask_vendor_links,
    },
)
def chat_view(p: Policy) -> None:  # noqa: ARG001 - its numbers are in `opens`, its switches are facts
    """Readers who see everything, what needs no mask, then each side's contact data until the reveal."""
    vendor, prospect = m.reader == ViewerKind.VENDOR, m.reader == ViewerKind.PROSPECT_OWNER
    from_vendor, from_prospect = m.author == ChatSide.VENDOR, m.author == ChatSide.PROSPECT
    from_operator = m.author == ChatSide.OPERATOR
    to_vendor = vendor & m.author.among(ChatSide.PROSPECT, ChatSide.OPERATOR)
    to_prospect = prospect & from_vendor
    carries = m.carries.among(Carries.LINK, Carries.CONTACT)
    waiting = (m.contact == ContactState.WAITING) & (m.opens < 0)
    hidden = waiting | (m.contact == ContactState.CLOSED)
    visible = (m.contact == ContactState.OPEN) | ((m.contact == ContactState.WAITING) & (m.opens >= 0))
    contact, link = m.carries == Carries.CONTACT, m.carries == Carries.LINK

    @rule(MASK, "S1.5", m.reader == ViewerKind.OTHER)
    def not_concerned() -> None:
        """Only the vendor who applied, the prospect and operators can read a chat."""

    @rule(SHOW, "Law.disclosure", m.reader == ViewerKind.OPERATOR)
    def operator_reads() -> None:
        """Operators may read chats; each access is logged."""

    @rule(SHOW, "S1.5", (vendor & from_vendor) | (prospect & from_prospect))
    def own_words() -> None:
        """This is the reader's own message."""

    @rule(SHOW, "S1.11", (vendor | prospect) & (m.author == ChatSide.SYSTEM))
    def system_message() -> None:
        """System messages contain no contact data."""

    @rule(SHOW, "S1.5", prospect & from_operator)
    def operator_writes() -> None:
        """An operator wrote this to the prospect."""

    @rule(SHOW, "S1.5", (to_vendor | to_prospect) & (m.carries == Carries.NOTHING))
    def no_contact_data() -> None:
        """The message contains no contact data."""

    @rule(SHOW, "S1.4", to_vendor & carries & visible, to_prospect & carries & visible)
    def contact_open() -> None:
        """The prospect's contact data is visible to the vendor, so messages are shown as written."""

    @rule(MASK, "S1.8", to_vendor & carries & waiting)
    def until_the_reveal() -> None:
        """Contact data and links in messages to the vendor are hidden until the contact data is revealed."""

    @rule(MASK, "S1.8", to_vendor & carries & (m.contact == ContactState.CLOSED))
    def contact_closed() -> None:
        """The contact data is not revealed to the vendor, so it stays hidden in messages too."""

    @rule(MASK, "S1 R.messages", to_prospect & contact & m.mask_vendor_contacts & hidden)
    def vendor_contacts_hidden() -> None:
        """The vendor's contact data in messages is hidden while the prospect's is."""

    @rule(SHOW, "S1 R.messages", to_prospect & contact & ~m.mask_vendor_contacts & hidden)
    def vendor_contacts_allowed() -> None:
        """The vendor may include contact data in messages at any time."""

    @rule(MASK, "S1 R.messages", to_prospect & link & m.mask_vendor_links & hidden)
    def vendor_links_hidden() -> None:
        """The vendor's links in messages are hidden while the prospect's contact data is."""

    @rule(SHOW, "S1 R.messages", to_prospect & link & ~m.mask_vendor_links & hidden)
    def vendor_links_allowed() -> None:
        """The vendor may include links in messages at any time, such as to a portfolio."""
