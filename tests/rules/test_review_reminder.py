"""When a prospect is reminded (S1.10)."""

from datetime import timedelta

import pytest

from rules import Decision, Policy, Response, ReviewReminder, ReviewReminderFacts, decide, review_reminder
from tests.rules.support import NOW, REMIND, ago, make_policy

POLICY = make_policy()
ONLY_UNOPENED = make_policy("only-unopened", reminder={"only_unopened": True})


def ask(
    waited: int,
    *,
    opened: bool = False,
    response: Response = Response.NONE,
    policy: Policy = POLICY,
    micro: int = 0,
) -> Decision:
    facts = ReviewReminderFacts(response=response, opened=opened, waited=ago(waited, micro))
    return decide(review_reminder, policy, facts, NOW)


@pytest.mark.parametrize(("opened", "rule_id"), [(False, "not_reviewed"), (True, "opened_but_not_answered")])
@pytest.mark.parametrize(
    ("waited", "micro", "reminded"),
    [(0, 0, False), (REMIND - 1, 0, False), (REMIND, -1, False), (REMIND, 0, True), (REMIND + 1, 0, True)],
)
def test_s1_10_unanswered_prospects_are_reminded_at_24_hours(
    waited: int, micro: int, reminded: bool, opened: bool, rule_id: str
) -> None:
    decision = ask(waited, micro=micro, opened=opened)
    assert decision.verdict is (ReviewReminder.REMIND if reminded else ReviewReminder.QUIET)
    assert decision.rule_id == (rule_id if reminded else "too_early")


@pytest.mark.parametrize("response", [Response.ACCEPTED, Response.DECLINED, Response.WITHDRAWN])
@pytest.mark.parametrize("opened", [False, True])
def test_s1_10_a_prospect_who_has_answered_is_not_reminded(response: Response, opened: bool) -> None:
    assert ask(REMIND, response=response, opened=opened).verdict is ReviewReminder.QUIET


@pytest.mark.parametrize(
    ("opened", "verdict"), [(False, ReviewReminder.REMIND), (True, ReviewReminder.QUIET)]
)
def test_the_switch_limits_reminders_to_unopened_applications(opened: bool, verdict: ReviewReminder) -> None:
    assert ask(REMIND, opened=opened, policy=ONLY_UNOPENED).verdict is verdict


def test_the_reminder_is_due_24_hours_after_receipt() -> None:
    decision = ask(100)
    assert decision.changes_at == ago(100) + timedelta(hours=24)
    assert decision.changes_to is ReviewReminder.REMIND
    assert ask(100, opened=True, policy=ONLY_UNOPENED).changes_at is None
