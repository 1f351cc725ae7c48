"""Whether an employee can be put through at an instant (S4.20, S4.21, S4 R.hours)."""

from dataclasses import dataclass
from enum import StrEnum

from rules.engine.dsl import rule, ruleset
from rules.engine.durable import m
from rules.policy import Policy

__all__ = ["AppointmentNow", "HoursNow", "Presence", "PresenceFacts", "presence"]


class Presence(StrEnum):
    """The verdicts; the first two can be put through."""

    PRESENT = "PRESENT"
    REACHABLE_APPOINTMENT = "REACHABLE_APPOINTMENT"
    AWAY = "AWAY"
    OUTSIDE_HOURS = "OUTSIDE_HOURS"
    HOLIDAY = "HOLIDAY"


class AppointmentNow(StrEnum):
    """What the appointment that holds now says; of several, the one that starts latest, then the newest."""

    NONE = "NONE"
    AWAY = "AWAY"
    REACHABLE = "REACHABLE"


class HoursNow(StrEnum):
    """Where now is in the employee's weekly hours."""

    NOT_SET = "NOT_SET"
    WITHIN = "WITHIN"
    OUTSIDE = "OUTSIDE"


@dataclass(frozen=True, slots=True)
class PresenceFacts:
    """The facts of one employee at one instant."""

    appointment: AppointmentNow
    hours: HoursNow
    holiday: bool  # a public holiday where the company is


@ruleset(
    "presence",
    PresenceFacts,
    fail_closed=Presence.AWAY,
    switches={"holidays_close": lambda policy: policy.call.holidays_close},
)
def presence(p: Policy) -> None:  # noqa: ARG001 - its switch is a fact
    """An appointment overrides everything else; then holidays, then hours."""
    free = m.appointment == AppointmentNow.NONE
    open_day = ~m.holiday | ~m.holidays_close

    @rule(Presence.AWAY, "S4.21", m.appointment == AppointmentNow.AWAY)
    def appointment_away() -> None:
        """The employee has an appointment and is away."""

    @rule(Presence.REACHABLE_APPOINTMENT, "S4 R.hours", m.appointment == AppointmentNow.REACHABLE)
    def appointment_reachable() -> None:
        """The employee has an appointment and can be reached during it."""

    @rule(Presence.HOLIDAY, "S4 R.hours", free & m.holiday & m.holidays_close)
    def public_holiday() -> None:
        """It is a public holiday."""

    @rule(Presence.OUTSIDE_HOURS, "S4 R.hours", free & open_day & (m.hours == HoursNow.OUTSIDE))
    def outside_hours() -> None:
        """It is outside the employee's hours."""

    @rule(
        Presence.PRESENT,
        "S4.20",
        free & open_day & m.hours.among(HoursNow.NOT_SET, HoursNow.WITHIN),
    )
    def no_appointment() -> None:
        """The employee has no appointment; an absence text alone changes nothing."""
