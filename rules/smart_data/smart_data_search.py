"""Whether public sources are asked about a person or an organisation (S2.4 to S2.8)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy

__all__ = [
    "OFFER",
    "REFUSE",
    "SEARCH",
    "SHOW",
    "WAIT",
    "LookUpKey",
    "LookedUp",
    "SearchAct",
    "SmartDataSearch",
    "SmartDataSearchFacts",
    "smart_data_search",
]

_HOUR = 3600


class SmartDataSearch(StrEnum):
    """The verdicts."""

    SEARCH = "SEARCH"
    SHOW = "SHOW"
    OFFER = "OFFER"
    WAIT = "WAIT"
    REFUSE = "REFUSE"


SEARCH, SHOW, OFFER, WAIT, REFUSE = SmartDataSearch


class LookedUp(StrEnum):
    """What is looked up: a person by email address, an organisation by domain."""

    PERSON = "PERSON"
    ORGANISATION = "ORGANISATION"


class SearchAct(StrEnum):
    """What a user does; REFRESH_UNCHECKED is a refresh without the email address that was checked."""

    LOOK = "LOOK"
    SEARCH = "SEARCH"
    REFRESH_UNCHECKED = "REFRESH_UNCHECKED"
    REFRESH = "REFRESH"


class LookUpKey(StrEnum):
    """Whether the address or domain can be looked up."""

    USABLE = "USABLE"
    NONE = "NONE"
    FREEMAIL = "FREEMAIL"
    DISPOSABLE = "DISPOSABLE"
    RESERVED = "RESERVED"
    UNDELIVERABLE = "UNDELIVERABLE"


@dataclass(frozen=True, slots=True)
class SmartDataSearchFacts:
    """The facts that decide whether sources are asked, for an account that sees smart contact data.

    Without anything `found`, `found_at` has no effect. `oldest` is when the search was asked for that has to
    be over an hour ago for another one: of the account's latest ones, as many as it may make in an hour, the
    first. With fewer `searches` in the last hour it has no effect.
    """

    subject: LookedUp
    act: SearchAct
    key: LookUpKey
    found: bool
    found_at: datetime
    running: bool
    searches: int
    oldest: datetime


@ruleset(
    "smart_data_search",
    SmartDataSearchFacts,
    since=("found_at", "oldest"),
    fail_closed=SmartDataSearch.REFUSE,
)
def smart_data_search(p: Policy) -> None:
    """A search under way, then what is only shown, then why nobody can be asked, then the search."""
    look, search = m.act == SearchAct.LOOK, m.act == SearchAct.SEARCH
    unchecked, refresh = m.act == SearchAct.REFRESH_UNCHECKED, m.act == SearchAct.REFRESH
    idle, fresh_for = ~m.running, p.smart_data.fresh_for
    usable = (m.key == LookUpKey.USABLE) | ((m.key == LookUpKey.FREEMAIL) & (m.subject == LookedUp.PERSON))
    old = ~m.found | (m.found_at >= fresh_for)
    asked = (search & old) | refresh
    wanted = idle & ((look & ~m.found) | asked)
    most = p.smart_data.searches_an_hour
    spent = (m.searches >= most) & (m.oldest < _HOUR)
    left = (m.searches < most) | (m.oldest >= _HOUR)

    @rule(WAIT, "S2.5", m.running)
    def under_way() -> None:
        """A search is under way; its result is for everybody in the account."""

    @rule(SHOW, "S2.3", idle & look & m.found)
    def found_before() -> None:
        """This was found earlier; nobody was asked now."""

    @rule(OFFER, "S2.5", idle & look & ~m.found & usable)
    def waits_for_a_user() -> None:
        """Nothing is searched until a user asks for it."""

    @rule(REFUSE, "S2.8", idle & unchecked)
    def check_address_first() -> None:
        """Check the email address first, then refresh."""

    @rule(SHOW, "S2.5", idle & search & m.found & (m.found_at < fresh_for))
    def still_fresh() -> None:
        """It was found less than {fresh_for} ago; if it looks outdated, check the email address and
        refresh.
        """

    @rule(REFUSE, "S2.4", wanted & (m.key == LookUpKey.NONE))
    def nothing_to_look_up_by() -> None:
        """There is no email address to look a person up by, or no domain for an organisation."""

    @rule(
        REFUSE,
        "S2.6",
        wanted & (m.key == LookUpKey.FREEMAIL) & (m.subject == LookedUp.ORGANISATION),
    )
    def only_freemail() -> None:
        """All people of the organisation have addresses of mail providers, so it has no domain of its own."""

    @rule(REFUSE, "S2.4", wanted & (m.key == LookUpKey.DISPOSABLE))
    def disposable_address() -> None:
        """The email address is disposable, so no public information belongs to it."""

    @rule(REFUSE, "S2.4", wanted & (m.key == LookUpKey.RESERVED))
    def reserved_domain() -> None:
        """The domain is reserved for examples or private networks."""

    @rule(REFUSE, "S2.8", wanted & (m.key == LookUpKey.UNDELIVERABLE))
    def address_takes_no_mail() -> None:
        """The domain of the email address accepts no mail; check the address."""

    @rule(REFUSE, "S2.7", idle & asked & usable & spent)
    def too_many_searches() -> None:
        """The account has reached its limit of {searches_an_hour} searches within an hour."""

    @rule(SEARCH, "S2.5", idle & search & old & usable & left)
    def asked_for() -> None:
        """A user asked for it, so public sources are searched now."""

    @rule(SEARCH, "S2.8", idle & refresh & usable & left)
    def refreshed() -> None:
        """The email address was checked, so public sources are searched again."""
