"""What follows a failed attempt, and after how long."""

import pytest

from rules import Decision, decide
from rules.messages.dispatch import DispatchChannel
from rules.messages.retry import DispatchOutcome, RetryFacts, RetryVerdict, retry, retry_delay
from tests.rules.support import NOW, make_policy, same

POLICY = make_policy()
FAILED = RetryFacts(
    channel=DispatchChannel.EMAIL,
    outcome=DispatchOutcome.TEMPORARY,
    attempts=1,
    age=0,
    repeatable=True,
    charged=False,
)
DAY = 86_400
UNCERTAIN = DispatchOutcome.UNCERTAIN
RETRY, STOP, ASK = RetryVerdict


def ask(**changes: object) -> Decision:
    return decide(retry, POLICY, same(FAILED, **changes), NOW)


@pytest.mark.parametrize(
    ("changes", "verdict", "rule_id"),
    [
        ({}, RETRY, "again"),
        ({"outcome": DispatchOutcome.THROTTLED}, RETRY, "again"),
        ({"outcome": DispatchOutcome.PERMANENT}, STOP, "refused_permanently"),
        ({"outcome": DispatchOutcome.ACCEPTED}, STOP, "accepted"),
        ({"outcome": UNCERTAIN}, RETRY, "again"),
        ({"outcome": UNCERTAIN, "charged": True}, RETRY, "again"),
        ({"outcome": UNCERTAIN, "repeatable": False}, RETRY, "again"),
        ({"outcome": UNCERTAIN, "repeatable": False, "charged": True}, ASK, "may_have_arrived"),
        ({"repeatable": False, "charged": True}, RETRY, "again"),
    ],
)
def test_the_outcome_decides_first(changes: dict[str, object], verdict: RetryVerdict, rule_id: str) -> None:
    decision = ask(**changes)
    assert (decision.verdict, decision.rule_id) == (verdict, rule_id)


@pytest.mark.parametrize(
    ("channel", "most"),
    [
        (DispatchChannel.EMAIL, 10),
        (DispatchChannel.SMS, 5),
        (DispatchChannel.PUSH, 5),
        (DispatchChannel.WEBHOOK, 10),
    ],
)
def test_each_channel_has_its_number_of_attempts(channel: DispatchChannel, most: int) -> None:
    assert ask(channel=channel, attempts=most - 1).verdict is RETRY
    assert ask(channel=channel, attempts=most).rule_id == "too_many_attempts"


def test_after_three_days_it_is_given_up() -> None:
    assert ask(age=3 * DAY - 1).verdict is RETRY
    assert ask(age=3 * DAY).rule_id == "too_old"


@pytest.mark.parametrize("limit", [{"attempts": 5}, {"age": 3 * DAY}])
def test_at_the_limits_a_person_decides_about_what_may_have_been_charged(limit: dict[str, object]) -> None:
    """Such as when the provider could never be asked. What surely failed, or costs nothing, is given up."""
    doubt = {"channel": DispatchChannel.SMS, "outcome": UNCERTAIN, "charged": True, **limit}
    assert ask(**doubt).rule_id == "may_have_arrived"
    assert ask(**{**doubt, "charged": False}).verdict is STOP
    assert ask(**{**doubt, "outcome": DispatchOutcome.TEMPORARY}).verdict is STOP


def test_delays_grow_to_the_longest_one() -> None:
    """A minute, three, nine ... at most six hours."""
    assert [retry_delay(POLICY, attempts, 0.5) for attempts in (1, 2, 3, 8, 90)] == [
        60,
        180,
        540,
        21_600,
        21_600,
    ]


def test_jitter_spreads_a_delay_by_a_fifth() -> None:
    assert [round(retry_delay(POLICY, 1, share)) for share in (0, 1)] == [48, 72]
