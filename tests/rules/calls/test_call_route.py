"""Whether a call is put through (S4.5, S4.13 to S4.18 and their readings): each rule at its limits."""

import pytest

from rules import Decision, Policy, decide
from rules.calls.call_route import (
    AnswerSoFar,
    CallerStanding,
    CallRoute,
    CallRouteFacts,
    TransferWish,
    call_route,
)
from rules.calls.presence import Presence
from tests.rules.support import NOW, make_policy, same

POLICY = make_policy()
STRICT = make_policy("strict", call={"unconfirmed_takes_messages": True})
AFTER_NO = make_policy("after-no", call={"deputy_after_decline": True})
TWO_HOPS = make_policy("two-hops", call={"deputy_hops": 2})
TAKEN = CallRouteFacts(
    plan_transfers=True,
    confirmed=True,
    hop=0,
    wish=TransferWish.ALL,
    standing=CallerStanding.ORDINARY,
    has_extension=True,
    presence=Presence.PRESENT,
    tried=False,
    answer=AnswerSoFar.NONE,
)
VIPS = (CallerStanding.VIP_OF_COMPANY, CallerStanding.VIP_OF_EMPLOYEE)


def ask(policy: Policy = POLICY, /, **changes: object) -> Decision:
    return decide(call_route, policy, same(TAKEN, **changes), NOW)


def rule_of(policy: Policy = POLICY, /, **changes: object) -> str:
    return ask(policy, **changes).rule_id


@pytest.mark.parametrize(
    ("changes", "rule_id"),
    [
        ({"plan_transfers": False}, "plan_without_transfer"),
        ({"answer": AnswerSoFar.LEFT_MESSAGE}, "message_for_caller"),
        ({"answer": AnswerSoFar.LEFT_MESSAGE, "hop": 1}, "message_for_caller"),
        ({"answer": AnswerSoFar.DECLINED}, "declined"),
        ({"answer": AnswerSoFar.DECLINED, "hop": 1}, "declined"),
        ({"standing": CallerStanding.UNWANTED}, "unwanted_caller"),
        ({"wish": TransferWish.NONE}, "no_tick"),
        ({"wish": TransferWish.VIP_ONLY}, "vips_only"),
        ({"wish": TransferWish.VIP_ONLY, "standing": CallerStanding.WITHHELD}, "vips_only"),
        ({"has_extension": False}, "no_extension"),
        ({"presence": Presence.AWAY}, "appointment"),
        ({"presence": Presence.OUTSIDE_HOURS}, "outside_hours"),
        ({"presence": Presence.HOLIDAY}, "holiday"),
        ({"tried": True}, "tried_before"),
        ({"hop": 2}, "beyond_hops"),
    ],
)
def test_a_message_is_taken_for_one_reason(changes: dict[str, object], rule_id: str) -> None:
    decision = ask(**changes)
    assert (decision.verdict, decision.rule_id) == (CallRoute.TAKE_MESSAGE, rule_id)


@pytest.mark.parametrize("presence", [Presence.PRESENT, Presence.REACHABLE_APPOINTMENT])
def test_who_takes_all_gets_everybody_but_the_unwanted(presence: Presence) -> None:
    for standing in CallerStanding:
        unwanted = standing is CallerStanding.UNWANTED
        expected = "unwanted_caller" if unwanted else "takes_all"
        assert rule_of(standing=standing, presence=presence) == expected


def test_who_takes_vips_gets_those_of_the_company_and_the_employee() -> None:
    assert {rule_of(wish=TransferWish.VIP_ONLY, standing=vip) for vip in VIPS} == {"takes_vips"}


def test_a_deputy_stands_in_with_the_deputys_own_wish() -> None:
    assert rule_of(hop=1) == "deputy_takes_all"
    assert rule_of(hop=1, wish=TransferWish.VIP_ONLY, standing=VIPS[0]) == "deputy_takes_vips"
    assert rule_of(hop=1, wish=TransferWish.VIP_ONLY) == "vips_only"


def test_the_policy_says_how_far_deputies_go() -> None:
    assert (rule_of(TWO_HOPS, hop=2), rule_of(TWO_HOPS, hop=3)) == ("deputy_takes_all", "beyond_hops")
    assert "(2)" in ask(TWO_HOPS, hop=3).reason


def test_a_decline_is_the_end_unless_the_policy_asks_the_deputy() -> None:
    declined = AnswerSoFar.DECLINED
    assert rule_of(AFTER_NO, answer=declined) == "declined"
    assert rule_of(AFTER_NO, answer=declined, hop=1) == "deputy_after_no"
    vip = {"wish": TransferWish.VIP_ONLY, "standing": VIPS[1]}
    assert rule_of(AFTER_NO, answer=declined, hop=1, **vip) == "deputy_after_no_for_vip"


def test_an_unconfirmed_company_is_put_through_unless_the_policy_is_strict() -> None:
    assert rule_of(confirmed=False) == "takes_all"
    assert rule_of(STRICT, confirmed=False) == "not_confirmed"


def test_the_first_of_several_reasons_is_that_of_the_company() -> None:
    assert rule_of(plan_transfers=False, wish=TransferWish.NONE, hop=9) == "plan_without_transfer"
