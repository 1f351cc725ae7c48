"""How contact data in messages is shown, for every combination of facts (S1.5, S1.8)."""

from datetime import datetime, timedelta
from itertools import product

import pytest

from rules import Decision, Policy, decide
from rules.chat.chat_view import (
    MASK,
    SHOW,
    Carries,
    ChatSide,
    ChatView,
    ChatViewFacts,
    ContactState,
    chat_view,
)
from rules.visibility import ViewerKind
from tests.rules.support import MICROSECOND, NOW, make_policy

VENDOR, PROSPECT, OPERATOR = ViewerKind.VENDOR, ViewerKind.PROSPECT_OWNER, ViewerKind.OPERATOR
LATER = NOW + timedelta(hours=1)
SWITCHES = [(contacts, links) for contacts in (True, False) for links in (True, False)]
POLICIES = {
    (contacts, links): make_policy(
        f"masks-{contacts}-{links}",
        chat={"chat_mask_vendor_contacts": contacts, "chat_mask_vendor_links": links},
    )
    for contacts, links in SWITCHES
}
PRODUCTION = POLICIES[True, False]


def _decide(
    reader: ViewerKind,
    author: ChatSide,
    contact: ContactState,
    carries: Carries,
    policy: Policy = PRODUCTION,
    opens: datetime = LATER,
) -> Decision:
    return decide(chat_view, policy, ChatViewFacts(reader, author, contact, opens, carries), NOW)


def _expected(
    reader: ViewerKind,
    author: ChatSide,
    contact: ContactState,
    carries: Carries,
    switches: tuple[bool, bool],
    waiting: bool,
) -> ChatView:
    """Return the verdict as the requirements say it, independently of the rules."""
    if reader is ViewerKind.OTHER:
        return MASK
    if reader is OPERATOR or author is ChatSide.SYSTEM or carries is Carries.NOTHING:
        return SHOW
    if contact is ContactState.OPEN or (contact is ContactState.WAITING and not waiting):
        return SHOW
    if reader is VENDOR:
        return SHOW if author is ChatSide.VENDOR else MASK
    masks_contacts, masks_links = switches
    masked = masks_contacts if carries is Carries.CONTACT else masks_links
    return MASK if author is ChatSide.VENDOR and masked else SHOW


@pytest.mark.parametrize("switches", SWITCHES)
def test_every_combination_of_facts(switches: tuple[bool, bool]) -> None:
    for reader, author, contact, carries in product(ViewerKind, ChatSide, ContactState, Carries):
        for opens, waiting in (
            (LATER, True),
            (NOW + MICROSECOND, True),
            (NOW, False),
            (NOW - MICROSECOND, False),
        ):
            decided = _decide(reader, author, contact, carries, POLICIES[switches], opens).verdict
            expected = _expected(reader, author, contact, carries, switches, waiting)
            assert decided is expected, (reader, author, contact, carries, opens)


def test_a_mask_says_when_it_opens_by_itself() -> None:
    hidden = _decide(VENDOR, ChatSide.PROSPECT, ContactState.WAITING, Carries.CONTACT)
    assert (hidden.verdict, hidden.rule_id) == (MASK, "until_the_reveal")
    assert (hidden.changes_at, hidden.changes_to) == (LATER, SHOW)
    vendors = _decide(PROSPECT, ChatSide.VENDOR, ContactState.WAITING, Carries.CONTACT)
    assert (vendors.rule_id, vendors.changes_at) == ("vendor_contacts_hidden", LATER)


def test_a_mask_on_closed_contact_data_never_opens() -> None:
    closed = _decide(VENDOR, ChatSide.PROSPECT, ContactState.CLOSED, Carries.LINK)
    assert (closed.verdict, closed.rule_id, closed.changes_at) == (MASK, "contact_closed", None)


def test_by_default_the_vendor_may_link_to_a_portfolio_but_not_give_a_number() -> None:
    waiting = ContactState.WAITING
    assert _decide(PROSPECT, ChatSide.VENDOR, waiting, Carries.LINK).rule_id == "vendor_links_allowed"
    assert _decide(PROSPECT, ChatSide.VENDOR, waiting, Carries.CONTACT).verdict is MASK


def test_operators_read_everything_and_their_words_to_the_vendor_are_masked_like_the_prospects() -> None:
    for author, contact, carries in product(ChatSide, ContactState, Carries):
        assert _decide(OPERATOR, author, contact, carries).rule_id == "operator_reads"
    told = _decide(VENDOR, ChatSide.OPERATOR, ContactState.WAITING, Carries.CONTACT)
    assert told.verdict is MASK
    assert _decide(PROSPECT, ChatSide.OPERATOR, ContactState.WAITING, Carries.CONTACT).verdict is SHOW
