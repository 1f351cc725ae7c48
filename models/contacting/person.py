"""What has to be known of a person, as one account sees them, to decide whether they may be contacted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from models.contact_data.redaction import Redacted
from rules.contacting.terms import ConsentState, ContactBasis, ContactPurpose, Medium

NOTHING_STOPPED: frozenset[Medium] = frozenset()


@dataclass(frozen=True, slots=True, repr=False)
class Reachable(Redacted):
    """One contact as one account sees it: the facts of all its permissions, gathered by the caller.

    `phone` and `other_phones` are E.164; `email`, `chat` and `meeting` say whether the person can be reached
    in this way at all. `time_zone` is an IANA name, and `time_zone_given` says whether the person chose it or
    it was derived. `country` and `region` are of the postal address (ISO 3166-1 alpha-2, and as written),
    `lead_country` is that of the need, `market_zone` an IANA name.

    `listed` has the media whose number or address is on an opt-out list. `lists_stale_from` has, for each
    medium for which the place demands lists, the first instant at which one of them is too old (an instant in
    the past for a list that was never imported); a medium without an entry needs no list. `calls` are the
    instants of the account's calls of the last 30 days, in any order. `consents` lacks what was never asked
    for. All instants are aware.
    """

    basis: ContactBasis
    market_zone: str
    erased: bool = False
    all_stopped: bool = False
    stopped: frozenset[Medium] = NOTHING_STOPPED
    phone: str | None = None
    other_phones: tuple[str, ...] = ()
    email: bool = False
    chat: bool = False
    meeting: bool = False
    time_zone: str | None = None
    time_zone_given: bool = False
    country: str | None = None
    region: str | None = None
    lead_country: str | None = None
    listed: frozenset[Medium] = NOTHING_STOPPED
    lists_stale_from: Mapping[Medium, datetime] = field(default_factory=dict)
    calls: tuple[datetime, ...] = ()
    consents: Mapping[tuple[ContactPurpose, Medium], ConsentState] = field(default_factory=dict)

    @property
    def number(self) -> str | None:
        """The number that is called: the main one, otherwise the first of the others."""
        return self.phone or next(iter(self.other_phones), None)
