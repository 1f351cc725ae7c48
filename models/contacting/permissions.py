"""Whether a person may be contacted: for each medium the right, the permission at an instant, and hours."""

from dataclasses import dataclass
from datetime import date, datetime

from models.contacting.person import Reachable
from models.contacting.zones import ZoneSource
from rules import Policy
from rules.contacting.terms import ContactPurpose, Medium
from rules.engine.decision import Decision


@dataclass(frozen=True, slots=True)
class CallingHoursView:
    """The hours in which a person may be called and sent text messages.

    `opens_at` and `closes_at` (UTC) are of the window that is open or opens next; both are None if the zones
    share no hours. `local_time` is the time at the person's place ("14:05"), or from the westernmost zone to
    the easternmost ("07:05\u201312:05"). `zones` are IANA names. `law` and `checked_on` say what the hours
    rest on.
    """

    opens_at: datetime | None
    closes_at: datetime | None
    local_time: str
    zones: tuple[str, ...]
    zone_from: ZoneSource
    law: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class MediumPermissionView:
    """Whether a person may be contacted by one medium: at all, and at the instant asked about.

    `hours` is None for media without calling hours. `calls_today` counts the calls of the recipient's day,
    `calls_this_month` those of 30 days.
    """

    medium: Medium
    right: Decision
    permission: Decision
    hours: CallingHoursView | None
    calls_today: int
    calls_this_month: int


def permissions(
    person: Reachable, purpose: ContactPurpose, at: datetime, policy: Policy
) -> tuple[MediumPermissionView, ...]:
    """Return the permissions of all media at `at` (aware), in the order of `Medium`.

    It reads no clock and no database, and never fails for what a person's data can hold.
    """
    raise NotImplementedError
