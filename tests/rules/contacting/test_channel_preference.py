"""Which channel a person prefers (S3.1, S3.2, S3.15 to S3.17)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import Decision, decide
from rules.contacting.channel_preference import (
    PersonDays,
    PersonTemper,
    Preference,
    PreferenceFacts,
    Said,
    channel_preference,
)
from tests.rules.support import NOW, facts_strategy, make_policy, same

POLICY = make_policy()
NOTHING = PreferenceFacts(
    answered=Said.NOTHING,
    marker=Said.NOTHING,
    marker_is_newer=False,
    house_reads_mail=False,
    days=PersonDays.UNKNOWN,
    temper=PersonTemper.UNKNOWN,
)


def ask(**changes: object) -> Decision:
    return decide(channel_preference, POLICY, same(NOTHING, **changes), NOW)


@pytest.mark.parametrize(
    ("changes", "verdict", "rule_id", "requirement"),
    [
        ({}, Preference.OPEN, "nothing_known", "S3.2"),
        ({"marker": Said.WRITE}, Preference.WRITE, "asked_for_email", "S3.1"),
        ({"marker": Said.CANNOT_TALK}, Preference.WRITE, "cannot_talk", "S3.16"),
        ({"marker": Said.CALL}, Preference.CALL, "asked_for_call", "S3.1"),
        ({"marker": Said.CHAT}, Preference.CHAT, "asked_for_chat", "S3.1"),
        ({"marker": Said.MEET}, Preference.MEET, "asked_to_meet", "S3.1"),
        ({"answered": Said.CALL}, Preference.CALL, "prefers_calls", "S3.1"),
        ({"answered": Said.WRITE}, Preference.WRITE, "prefers_email", "S3.1"),
        ({"answered": Said.CANNOT_TALK}, Preference.WRITE, "prefers_email", "S3.1"),
        ({"answered": Said.CHAT}, Preference.CHAT, "prefers_chat", "S3.1"),
        ({"answered": Said.MEET}, Preference.MEET, "prefers_meetings", "S3.1"),
        ({"house_reads_mail": True}, Preference.WRITE, "house_reads_mail", "S3.15"),
        ({"days": PersonDays.TRAVELS}, Preference.WRITE, "rarely_free", "S3.17"),
        ({"days": PersonDays.IN_MEETINGS}, Preference.WRITE, "rarely_free", "S3.17"),
        ({"days": PersonDays.AT_DESK}, Preference.OPEN, "nothing_known", "S3.2"),
        ({"temper": PersonTemper.OUTGOING}, Preference.CALL, "likes_to_talk", "S3.1"),
        ({"temper": PersonTemper.RESERVED}, Preference.WRITE, "would_rather_read", "S3.1"),
    ],
)
def test_the_preference_comes_from_words_answers_days_or_temper(
    changes: dict[str, object], verdict: Preference, rule_id: str, requirement: str
) -> None:
    decision = ask(**changes)
    assert (decision.verdict, decision.rule_id, decision.requirement) == (verdict, rule_id, requirement)


def test_the_newest_word_of_the_person_counts() -> None:
    said = {"answered": Said.CALL, "marker": Said.WRITE}
    assert ask(**said, marker_is_newer=True).rule_id == "asked_for_email"
    assert ask(**said, marker_is_newer=False).rule_id == "prefers_calls"


def test_a_newer_sign_of_nothing_leaves_the_answer() -> None:
    assert ask(answered=Said.CALL, marker_is_newer=True).rule_id == "prefers_calls"


@given(facts_strategy(channel_preference, POLICY))
def test_what_the_person_said_beats_what_is_inferred(facts: PreferenceFacts) -> None:
    guessed = same(facts, house_reads_mail=False, days=PersonDays.UNKNOWN, temper=PersonTemper.UNKNOWN)
    if facts.answered is not Said.NOTHING or facts.marker is not Said.NOTHING:
        with_inference = decide(channel_preference, POLICY, facts, NOW)
        without = decide(channel_preference, POLICY, guessed, NOW)
        assert with_inference.rule_id == without.rule_id
        assert with_inference.verdict is not Preference.OPEN


@given(st.sampled_from(PersonDays), st.sampled_from(PersonTemper))
def test_a_house_that_reads_email_beats_days_and_temper(days: PersonDays, temper: PersonTemper) -> None:
    assert ask(house_reads_mail=True, days=days, temper=temper).rule_id == "house_reads_mail"
