"""People to be contacted, for the tests of zones, windows and permissions."""

from datetime import UTC, datetime
from typing import Any

from models.contacting.person import Reachable
from rules.contacting.terms import ContactBasis
from tests.rules.support import make_policy

POLICY = make_policy()
BERLIN_PHONE, GERMAN_MOBILE = "+4930123456", "+49170123456789"
TOLL_FREE, MIAMI_PHONE, PARIS_PHONE = "+18005550100", "+13055550100", "+33142345678"


def somebody(**known: Any) -> Reachable:
    """Return a person who asked for offers in a market of Berlin, with what else is known of them."""
    given: dict[str, Any] = {"basis": ContactBasis.OPEN_ASKED, "market_zone": "Europe/Berlin"}
    return Reachable(**(given | known))


def utc(text: str) -> datetime:
    """Return an instant written in UTC, such as "2026-12-02 15:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
