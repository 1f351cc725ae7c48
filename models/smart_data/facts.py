"""The facts of smart contact data, and the decisions on them: who sees it, and whether sources are asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from models.outside.sources.source import LookUp
from models.smart_data.tables import AddressStatus, MailProviderKind
from rules import Decision, Policy, decide
from rules.plan import Plan
from rules.smart_data.smart_data_access import (
    ContactState,
    SmartDataAccessFacts,
    smart_data_access,
)
from rules.smart_data.smart_data_search import (
    LookedUp,
    LookUpKey,
    SearchAct,
    SmartDataSearchFacts,
    smart_data_search,
)

HOUR = timedelta(hours=1)
# An answer that takes longer is thrown away; readers see that the search has failed.
SEARCH_SECONDS = timedelta(seconds=60)
_NO_MAIL = frozenset({AddressStatus.TAKES_NO_MAIL, AddressStatus.NO_SUCH_DOMAIN})
_BY_MAIL_DOMAIN = {
    MailProviderKind.DISPOSABLE: LookUpKey.DISPOSABLE,
    MailProviderKind.MAIL_PROVIDER: LookUpKey.FREEMAIL,
}


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What an account has booked and switched on."""

    plan: Plan
    switched_on: bool


@dataclass(frozen=True, slots=True)
class LookUpFacts:
    """What is known of one person or organisation that an account may look up, at `now`.

    `found_at` is when the latest current value was found, None without one.
    """

    kind: LookUp
    key: LookUpKey
    running: bool
    found_at: datetime | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Searches:
    """How many searches an account made within the last hour, and when the one was asked for that has to be
    over an hour ago for another one.
    """

    number: int = 0
    oldest: datetime | None = field(default=None)


def contact_state(*, visible: bool, stopped: bool, erased: bool = False) -> ContactState:
    """Return what a contact is to an account. A stop of a person is not told to those who can't see them."""
    if erased:
        return ContactState.ERASED
    if not visible:
        return ContactState.HIDDEN
    return ContactState.DO_NOT_CONTACT if stopped else ContactState.VISIBLE


def key_of(
    domain: str | None, kind: MailProviderKind, status: AddressStatus | None, *, reserved: bool
) -> LookUpKey:
    """Return whether an address at a domain, or the domain, can be looked up.

    `status` is what was learned of the domain within the last hour, if anything.
    """
    if domain is None:
        return LookUpKey.NONE
    if reserved:
        return LookUpKey.RESERVED
    known = _BY_MAIL_DOMAIN.get(kind)
    if known is LookUpKey.DISPOSABLE:
        return known
    return LookUpKey.UNDELIVERABLE if status in _NO_MAIL else known or LookUpKey.USABLE


def key_without_domain(skipped: Iterable[LookUpKey]) -> LookUpKey:
    """Return why an organisation has no domain, given why each of its people gives none."""
    reasons = {reason for reason in skipped if reason is not LookUpKey.NONE}
    return reasons.pop() if len(reasons) == 1 else LookUpKey.NONE


def decide_access(account: AccountFacts, contact: ContactState, policy: Policy, now: datetime) -> Decision:
    """Decide whether an account sees what was found, and may search (S2.1 to S2.3)."""
    facts = SmartDataAccessFacts(contact=contact, plan=account.plan, switched_on=account.switched_on)
    return decide(smart_data_access, policy, facts, now)


def decide_search(
    known: LookUpFacts, act: SearchAct, policy: Policy, searches: Searches | None = None
) -> Decision:
    """Decide whether sources are asked (S2.4 to S2.8)."""
    made = searches or Searches()
    facts = SmartDataSearchFacts(
        subject=LookedUp(known.kind.value),
        act=act,
        key=known.key,
        found=known.found_at is not None,
        found_at=known.found_at or known.now,
        running=known.running,
        searches=made.number,
        oldest=made.oldest or known.now,
    )
    return decide(smart_data_search, policy, facts, known.now)


def is_over(state_running: bool, asked_at: datetime, now: datetime) -> bool:
    """Whether a search that is stored as running has failed, because its time is over."""
    return state_running and now >= asked_at + SEARCH_SECONDS


@dataclass(frozen=True, slots=True)
class LookUpTarget:
    """What is looked up: the contact of a lead, or an organisation by the domain of one of its people.

    `lead_id` is that lead; `key` the keyed hash, and `domain` the registrable domain, None without one.
    """

    id: UUID
    kind: LookUp
    lead_id: UUID
    key: str | None
    domain: str | None
