"""Reading a text takes time in proportion to its length; steps are counted: a busy machine's clock lies."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from types import FrameType
from typing import Any

import pytest

from models.contacting.markers import find_markers
from models.contacting.markers.own_words import MAX_CHARACTERS, QUOTATION, SENTENCE_END, own_words

AT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
TEXTS: dict[str, Callable[[int], str]] = {
    "requests": lambda size: "please call me if there is more. " * (size // 33),
    "one sentence": lambda size: "rufen sie mich " * (size // 15),
    "headers": lambda size: "From: a\n" * (size // 8),
    "quotes": lambda size: '"' * size,
    "one word": lambda size: "a" * size,
    "prose": lambda size: "The offer looks good, and we will talk about the price next week. " * (size // 66),
}


def steps(text: str) -> int:
    """Return how many calls of functions reading the text takes."""
    count = 0

    def see(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        find_markers(text, AT)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("text", ["““a”", "„„a”", "««a»", "»»a«"])
def test_a_quotation_begins_at_the_last_of_several_opening_marks(text: str) -> None:
    """Otherwise many of them would each be searched from, as far as the longest quotation."""
    assert QUOTATION.match(text) is None
    assert QUOTATION.match(text[1:]) is not None


def test_characters_that_stand_for_many_make_no_longer_text() -> None:
    assert len(own_words("\ufdfa" * MAX_CHARACTERS)) <= MAX_CHARACTERS


@pytest.mark.parametrize("text", ["a..... ", "a?!?!?! ", "5......"])
def test_the_end_of_a_sentence_is_sought_from_the_beginning_of_a_row_of_marks(text: str) -> None:
    """Otherwise a row of dots before a letter would be searched to its end from each of them."""
    assert SENTENCE_END.search(text) is not None
    dots = text.replace("!", ".").replace("?", ".")
    assert all(SENTENCE_END.match(dots, at) is None for at in range(3, len(text)))


def test_long_lines_are_read_to_their_last_word_though_headers_are_sought_in_pieces() -> None:
    """The breaks are for the search only."""
    for before in range(130, 210):
        text = "a" * before + ". Please call me.\n\nOn Monday, Vera Vendor wrote:\nHello"
        assert [marker.phrase_id for marker in find_markers(text, AT)] == ["en_call_me"]


@pytest.mark.parametrize("name", TEXTS)
def test_twice_the_text_takes_at_most_2_2_times_the_steps(name: str) -> None:
    small, large = steps(TEXTS[name](8_000)), steps(TEXTS[name](16_000))
    assert large <= 2.2 * small
