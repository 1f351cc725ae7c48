"""Whose clock counts: the time zones in which a person may be, and the place whose law applies."""

from dataclasses import dataclass
from enum import StrEnum

from models.contacting.person import Reachable
from rules import Policy


class ZoneSource(StrEnum):
    """What says where a person is."""

    PERSON = "PERSON"
    ADDRESS = "ADDRESS"
    PHONE = "PHONE"
    COUNTRY = "COUNTRY"
    MARKET = "MARKET"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a person may be: `zones` are IANA names, in a fixed order and at least one.

    `country` is ISO 3166-1 alpha-2, `part` ISO 3166-2 (such as US-FL), as far as they are known. `anywhere`:
    the person may be in any part of the country.
    """

    zones: tuple[str, ...]
    zone_from: ZoneSource
    country: str | None
    part: str | None
    anywhere: bool


def whereabouts(person: Reachable, policy: Policy) -> Whereabouts:
    """Return where the person may be.

    The first of these that says something: the zone that the person chose, the postal address, the number
    that is called, the country of the need, the market.
    """
    raise NotImplementedError
