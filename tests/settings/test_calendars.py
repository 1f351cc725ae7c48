"""Settings of employees' calendars."""

import pytest
from pydantic import ValidationError

from settings.calendars import CalendarSettings


def test_private_hosts_are_pairs_of_a_host_and_a_port() -> None:
    given = CalendarSettings(calendar_private_hosts="Groupware.internal:8443, [fd00::1]:80")  # type: ignore[arg-type]
    assert given.private_calendar_hosts == (("groupware.internal", 8443), ("fd00::1", 80))
    assert CalendarSettings().private_calendar_hosts == ()


@pytest.mark.parametrize(
    "hosts", ["groupware.internal", "groupware.internal:0", "groupware.internal:65536", "a b:1"]
)
def test_a_host_without_a_port_is_refused(hosts: str) -> None:
    with pytest.raises(ValidationError):
        CalendarSettings(calendar_private_hosts=hosts)  # type: ignore[arg-type]
