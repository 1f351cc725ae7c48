"""Entity tags of published calendars: when they show by themselves that nothing has changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.messages.calendar.feed_tag import Digest, FeedTag

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
DIGEST = Digest("1234", NOW + timedelta(hours=1))
STATE = FeedTag(("recipient", "en"), 7, NOW)
TAG = STATE.of(DIGEST)


def test_a_tag_is_strong_and_current_until_its_instant() -> None:
    assert TAG.startswith('"')
    assert TAG.endswith('"')
    assert STATE.is_current(TAG)
    last = DIGEST.until - timedelta(microseconds=1)
    assert [replace(STATE, now=now).is_current(TAG) for now in (last, DIGEST.until)] == [True, False]


@pytest.mark.parametrize(
    "other",
    [replace(STATE, version=8), replace(STATE, version=None), replace(STATE, facts=("recipient", "de"))],
    ids=["version", "no version", "facts"],
)
def test_a_tag_is_not_current_with_another_version_or_other_facts(other: FeedTag) -> None:
    assert not other.is_current(TAG)


def test_the_entries_decide_what_the_seal_does_not() -> None:
    later = replace(STATE, version=8, now=NOW + timedelta(days=1))
    assert later.has(TAG, Digest(DIGEST.entries, NOW + timedelta(days=2)))
    assert not later.has(TAG, replace(DIGEST, entries="1235"))
    assert not replace(later, facts=("recipient", "de")).has(TAG, DIGEST)


def test_an_instant_that_a_client_changes_breaks_the_seal() -> None:
    content, until, seal = TAG.strip('"').split("-")
    assert not STATE.is_current(f'"{content}-{int(until, 16) + 1:x}-{seal}"')


@pytest.mark.parametrize("tag", ["", "*", '""', TAG.strip('"'), TAG.upper(), f"{TAG[:-1]}0{TAG[-1]}"])
def test_what_is_not_one_of_our_tags_is_not_current_and_has_nothing(tag: str) -> None:
    assert not STATE.is_current(tag)
    assert not STATE.has(tag, DIGEST)
