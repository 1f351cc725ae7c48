"""What is sent, held, suppressed or pointless (readings on messages of S1)."""

import pytest

from rules import Decision, decide
from rules.messages.dispatch import (
    Blocked,
    DispatchChannel,
    DispatchFacts,
    DispatchVerdict,
    Necessity,
    Reachable,
    Wanted,
    dispatch,
)
from tests.rules.support import NOW, make_policy, same

POLICY = make_policy()
PLAIN = DispatchFacts(
    necessity=Necessity.OPTIONAL,
    channel=DispatchChannel.EMAIL,
    wanted=Wanted.ON,
    blocked=Blocked.NO,
    address=Reachable.PRESENT,
    moot=False,
    expired=False,
    quiet=False,
)
LAW, CONTRACT, OPTIONAL = Necessity
SEND, HOLD, SUPPRESS, EXPIRE = DispatchVerdict


def ask(**changes: object) -> Decision:
    return decide(dispatch, POLICY, same(PLAIN, **changes), NOW)


@pytest.mark.parametrize("necessity", Necessity)
@pytest.mark.parametrize("channel", DispatchChannel)
def test_what_nothing_stands_against_is_sent(necessity: Necessity, channel: DispatchChannel) -> None:
    assert ask(necessity=necessity, channel=channel).rule_id == "sent"


@pytest.mark.parametrize(
    ("changes", "rule_id"),
    [
        ({"expired": True}, "expired"),
        ({"moot": True}, "moot"),
        ({"expired": True, "blocked": Blocked.GONE}, "expired"),
    ],
)
@pytest.mark.parametrize("necessity", Necessity)
def test_what_is_pointless_expires_even_if_the_law_requires_it(
    changes: dict[str, object], rule_id: str, necessity: Necessity
) -> None:
    decision = ask(necessity=necessity, **changes)
    assert (decision.verdict, decision.rule_id) == (EXPIRE, rule_id)


@pytest.mark.parametrize(
    ("changes", "rule_id"),
    [
        ({"blocked": Blocked.GONE}, "recipient_gone"),
        ({"address": Reachable.MISSING}, "no_address"),
        ({"blocked": Blocked.HARD_BOUNCE}, "hard_bounce"),
    ],
)
@pytest.mark.parametrize("necessity", Necessity)
def test_who_cannot_be_reached_is_not_written_to(
    changes: dict[str, object], rule_id: str, necessity: Necessity
) -> None:
    decision = ask(necessity=necessity, **changes)
    assert (decision.verdict, decision.rule_id) == (SUPPRESS, rule_id)


@pytest.mark.parametrize(
    ("changes", "rule_id"),
    [
        ({"blocked": Blocked.DO_NOT_CONTACT}, "do_not_contact"),
        ({"blocked": Blocked.ABUSE_REPORT}, "abuse_report"),
        ({"wanted": Wanted.OFF}, "switched_off"),
    ],
)
def test_who_does_not_want_it_gets_only_what_is_required(changes: dict[str, object], rule_id: str) -> None:
    decision = ask(**changes)
    assert (decision.verdict, decision.rule_id) == (SUPPRESS, rule_id)
    for necessity in (LAW, CONTRACT):
        assert ask(necessity=necessity, **changes).verdict is SEND


@pytest.mark.parametrize(
    ("channel", "necessity", "verdict"),
    [
        (DispatchChannel.SMS, OPTIONAL, HOLD),
        (DispatchChannel.PUSH, CONTRACT, HOLD),
        (DispatchChannel.SMS, LAW, SEND),
        (DispatchChannel.EMAIL, OPTIONAL, SEND),
        (DispatchChannel.WEBHOOK, OPTIONAL, SEND),
    ],
)
def test_quiet_hours_hold_what_wakes_people_up_except_the_laws(
    channel: DispatchChannel, necessity: Necessity, verdict: DispatchVerdict
) -> None:
    decision = ask(channel=channel, necessity=necessity, quiet=True)
    assert decision.verdict is verdict


def test_the_sentence_has_the_hours_of_the_policy() -> None:
    policy = make_policy("early", messages={"quiet_from": 21 * 60 + 30, "quiet_until": 7 * 60})
    facts = same(PLAIN, channel=DispatchChannel.SMS, quiet=True)
    assert "(21:30 to 07:00)" in decide(dispatch, policy, facts, NOW).reason
