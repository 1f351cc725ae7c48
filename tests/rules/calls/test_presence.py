"""Presence of an employee (S4.20, S4.21, S4 R.hours)."""

import pytest

from rules import Decision, Policy, decide
from rules.calls.presence import AppointmentNow, HoursNow, Presence, PresenceFacts, presence
from tests.rules.support import NOW, make_policy, same

POLICY = make_policy()
OPEN_ON_HOLIDAYS = make_policy("open", call={"holidays_close": False})
FREE = PresenceFacts(appointment=AppointmentNow.NONE, hours=HoursNow.NOT_SET, holiday=False)


def ask(policy: Policy = POLICY, /, **changes: object) -> Decision:
    return decide(presence, policy, same(FREE, **changes), NOW)


@pytest.mark.parametrize("hours", HoursNow)
@pytest.mark.parametrize("holiday", [False, True])
def test_an_appointment_overrides_hours_and_holidays(hours: HoursNow, holiday: bool) -> None:
    away = ask(appointment=AppointmentNow.AWAY, hours=hours, holiday=holiday)
    assert (away.verdict, away.requirement) == (Presence.AWAY, "S4.21")
    there = ask(appointment=AppointmentNow.REACHABLE, hours=hours, holiday=holiday)
    assert there.verdict is Presence.REACHABLE_APPOINTMENT


def test_without_hours_an_employee_is_always_present() -> None:
    assert ask().verdict is Presence.PRESENT
    assert ask(hours=HoursNow.WITHIN).verdict is Presence.PRESENT
    assert ask(hours=HoursNow.OUTSIDE).rule_id == "outside_hours"


def test_a_holiday_closes_unless_the_policy_says_otherwise() -> None:
    assert ask(holiday=True, hours=HoursNow.WITHIN).verdict is Presence.HOLIDAY
    assert ask(OPEN_ON_HOLIDAYS, holiday=True, hours=HoursNow.WITHIN).verdict is Presence.PRESENT
    assert ask(OPEN_ON_HOLIDAYS, holiday=True, hours=HoursNow.OUTSIDE).verdict is Presence.OUTSIDE_HOURS
