"""Retry-After in each form that servers send."""

from datetime import UTC, datetime

import pytest

from models.messages.channels.retry_after import retry_after

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("999999999", 31_622_400.0),
        ("9" * 5_000, 31_622_400.0),
        ("Tue, 01 Dec 2026 09:31:00 GMT", 60.0),
        ("Tue, 01 Dec 2026 09:31:00 -0000", 60.0),
        ("Tue, 01 Dec 2026 10:31:00 +0100", 60.0),
        ("Tue, 01 Dec 2020 09:31:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 31_622_400.0),
        (None, None),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("soon", None),
        ("\u0661", None),
        ("Tue, 99 Foo 2026 99:99:99 GMT", None),
    ],
)
def test_it_is_read_as_seconds_from_now(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds
