"""Scalars as other languages write them."""

from datetime import UTC, datetime

import pytest

from schema.graphql.scalars import _read_instant

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "microsecond"),
    [
        ("2026-11-22T09:00:00Z", 0),
        ("2026-11-22T09:00:00.1Z", 100_000),
        ("2026-11-22T09:00:00.123456Z", 123_456),
        ("2026-11-22T09:00:00.1234567Z", 123_456),
        ("2026-11-22T10:00:00.123456789+01:00", 123_456),
        ("2026-11-22T09:00:00.999999999Z", 999_999),
        ("2026-11-22t09:00:00.000000000000z", 0),
    ],
)
def test_digits_after_the_microsecond_are_truncated(text: str, microsecond: int) -> None:
    """RFC 3339 allows any number of digits; .NET writes 7, Java and Go up to 9."""
    assert _read_instant(text) == AT.replace(microsecond=microsecond)


@pytest.mark.parametrize(
    "text", ["2026-11-22T09:00:00.Z", "2026-11-22T09:00:00." + "1" * 19 + "Z", "2026-11-22T09:00:00.1234567"]
)
def test_an_instant_in_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="RFC 3339"):
        _read_instant(text)
