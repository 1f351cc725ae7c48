"""Properties for any public text: the search takes linear time, returns spans of it, misses no address."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.contact_data import FindingKind, find_identity
from tests.models.contact_data.support import ANNA

BOMBS = (
    *("a", "1", "1 ", "@", "a@", "a.", "a dot ", "( at ", " (dot) ", "www.", "0 1", "one ", "12-", "\u00e9"),
    *(
        "a\u200b",
        "m\u00fcller ",
        "mr ",
        "(",
        "1.",
        "1.000 ",
        "10,000,000-",
        "a-",
        "tel ",
        "://",
        "j.",
        "2026-",
    ),
    *("1 EUR ", " ", "dr. ", "a_", "\u0130", "\ufdfa", "tel 1", "a@a.", "x.co", "01.01.", "https"),
)


@pytest.mark.parametrize("unit", BOMBS)
def test_the_search_takes_linear_time(unit: str) -> None:
    """Four times the longest brief is searched to the last word; a quadratic search would take very long."""
    text = unit * (20_000 // len(unit)) + " anna@acme.example"
    last = find_identity(text, ANNA, "DE")[-1]
    assert last.kind is FindingKind.EMAIL
    assert text[last.start : last.end].removeprefix("a dot " * 5 + "a dot  ") == "anna@acme.example"


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=200)


@given(st.text(max_size=500), st.sampled_from([None, "DE", "US", "DK", "??"]))
@settings(max_examples=200, deadline=None)
def test_the_search_never_fails_and_returns_spans_in_the_text(text: str, region: str | None) -> None:
    findings = find_identity(text, ANNA, region)
    assert all(0 <= finding.start < finding.end <= len(text) for finding in findings)
    assert all(a.end <= b.start for a, b in pairwise(findings))


@given(
    _WORDS,
    st.sampled_from(["anna.berg@acme.com", "a-b@mail.acme.co.uk", "x1@b.example", "anna (at) acme (dot) de"]),
    _WORDS,
)
@settings(max_examples=200, deadline=None)
def test_a_planted_address_is_found(before: str, planted: str, after: str) -> None:
    text = f"{before} {planted} {after}"
    start = len(before) + 1
    assert any(
        finding.start < start + len(planted) and start < finding.end
        for finding in find_identity(text, None, None)
    )


@given(
    _WORDS,
    st.sampled_from(["+49 170 1234567", "(584) 687-4526", "0170/1234567", "0 1 7 0 1 2 3 4 5 6"]),
    _WORDS,
)
@settings(max_examples=200, deadline=None)
def test_a_planted_number_is_found(before: str, planted: str, after: str) -> None:
    text = f"{before} {planted} {after}"
    start = len(before) + 1
    assert any(
        finding.start < start + len(planted) and start < finding.end
        for finding in find_identity(text, None, "DE")
    )
