"""Whether a person may be contacted now, rule by rule and at each limit (S3.2, law)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from rules import decide
from rules.contacting.contact_permission import (
    ALLOWED,
    FORBIDDEN,
    WAIT,
    ContactPermission,
    ContactPermissionFacts,
    contact_permission,
)
from rules.contacting.contact_right import GIVEN, MISSING
from rules.contacting.terms import Medium
from tests.rules.support import HOUR, MICROSECOND, NOW, ago, make_policy, same

POLICY = make_policy()
CALL, SMS, EMAIL, CHAT, MEETING = Medium
FAR, OPENS, CLOSES = ago(-400 * 86_400), ago(HOUR), ago(-HOUR)

OPEN = ContactPermissionFacts(
    right=GIVEN,
    medium=CALL,
    asked=True,
    list_stale=FAR,
    calls_today=0,
    day_ends=ago(2 * HOUR),
    calls_this_month=0,
    month_eases=ago(2 * HOUR),
    law_eases=ago(2 * HOUR),
    hours_known=True,
    hours_open=OPENS,
    hours_close=CLOSES,
)
Change = tuple[datetime, ContactPermission] | None


def _decided(
    policy: Any = POLICY, at: datetime = NOW, **changes: object
) -> tuple[ContactPermission, str, Change]:
    decision = decide(contact_permission, policy, same(OPEN, **changes), at)
    change = decision.changes_at
    then = None if change is None else (change, ContactPermission(str(decision.changes_to)))
    return ContactPermission(decision.verdict), decision.rule_id, then


def _waits(rule: str, until: datetime | None) -> tuple[ContactPermission, str, Change]:
    return WAIT, rule, None if until is None else (until, ALLOWED)


def test_without_a_right_nothing_else_matters() -> None:
    for medium in Medium:
        assert _decided(right=MISSING, medium=medium) == (FORBIDDEN, "no_right", None)
        assert _decided(right=MISSING, medium=medium, hours_known=False)[:2] == (FORBIDDEN, "no_right")


@pytest.mark.parametrize("medium", [EMAIL, CHAT, MEETING])
def test_writing_is_allowed_at_any_hour(medium: Medium) -> None:
    expected = (ALLOWED, "may_be_written_to", None)
    assert _decided(medium=medium) == expected
    assert _decided(medium=medium, hours_open=CLOSES, hours_close=FAR, calls_today=9) == expected
    assert _decided(medium=medium, asked=False, list_stale=OPENS) == expected


@pytest.mark.parametrize("medium", [CALL, SMS])
def test_a_window_opens_and_closes_to_the_microsecond(medium: Medium) -> None:
    """S3 (e): ALLOWED at 20:59:59.999999, WAIT at 21:00:00."""
    allowed = (ALLOWED, "may_be_called_now", (CLOSES, WAIT))
    assert _decided(at=OPENS - MICROSECOND, medium=medium) == _waits("outside_hours", OPENS)
    assert _decided(at=OPENS, medium=medium) == allowed
    assert _decided(at=CLOSES - MICROSECOND, medium=medium) == allowed
    assert _decided(at=CLOSES, medium=medium) == _waits("outside_hours", None)


def test_zones_without_common_hours_wait_without_end() -> None:
    assert _decided(hours_known=False, hours_open=FAR, hours_close=FAR) == _waits("no_common_hours", None)
    assert _decided(hours_known=False) == _waits("no_common_hours", None)


def test_a_list_is_too_old_from_an_instant_on() -> None:
    stale = NOW + timedelta(minutes=10)
    assert _decided(asked=False, list_stale=stale) == (ALLOWED, "may_be_called_now", (stale, WAIT))
    assert _decided(asked=False, list_stale=stale, at=stale - MICROSECOND)[0] is ALLOWED
    assert _decided(asked=False, list_stale=stale, at=stale) == _waits("list_is_stale", None)


def test_lists_do_not_matter_for_who_asked() -> None:
    assert _decided(asked=True, list_stale=OPENS) == (ALLOWED, "may_be_called_now", (CLOSES, WAIT))


def test_calls_of_a_day_are_counted_until_the_day_ends() -> None:
    """S3.2: as many as the policy allows, then not before the recipient's next day."""
    end = NOW + timedelta(minutes=10)
    assert _decided(calls_today=1, day_ends=end)[1] == "may_be_called_now"
    assert _decided(calls_today=2, day_ends=end) == _waits("enough_today", end)
    assert _decided(calls_today=2, day_ends=end, at=end - MICROSECOND)[1] == "enough_today"
    assert _decided(calls_today=2, day_ends=end, at=end)[1] == "may_be_called_now"


def test_after_a_day_of_calls_the_next_window_counts() -> None:
    end, opens = NOW + timedelta(hours=2), NOW + timedelta(hours=10)
    close = opens + timedelta(hours=9)
    changes: dict[str, Any] = {"day_ends": end, "hours_open": opens, "hours_close": close}
    assert _decided(calls_today=2, **changes) == _waits("enough_today", opens)
    assert _decided(calls_today=2, at=end, **changes) == _waits("outside_hours", opens)


def test_calls_of_thirty_days_are_counted_until_one_is_older() -> None:
    eases = NOW + timedelta(minutes=10)
    assert _decided(calls_this_month=3, month_eases=eases)[1] == "may_be_called_now"
    assert _decided(calls_this_month=4, month_eases=eases) == _waits("enough_this_month", eases)
    assert _decided(calls_this_month=4, month_eases=eases, at=eases)[1] == "may_be_called_now"


def test_the_laws_own_number_of_calls_counts_beside_the_policys() -> None:
    eases = NOW + timedelta(minutes=10)
    assert _decided(law_eases=eases) == _waits("enough_by_law", eases)
    assert _decided(law_eases=eases, at=eases - MICROSECOND)[1] == "enough_by_law"
    assert _decided(law_eases=eases, at=eases)[1] == "may_be_called_now"


def test_the_last_of_several_reasons_to_wait_says_when_it_changes() -> None:
    first, second = NOW + timedelta(minutes=10), NOW + timedelta(minutes=20)
    facts: dict[str, Any] = {"calls_today": 2, "day_ends": first}
    facts |= {"calls_this_month": 4, "month_eases": second}
    assert _decided(**facts) == _waits("enough_today", second)
    assert _decided(at=first, **facts) == _waits("enough_this_month", second)
    assert _decided(law_eases=second, calls_today=2, day_ends=first) == _waits("enough_by_law", second)


def test_the_policys_numbers_are_limits_and_words() -> None:
    policy = make_policy("more", contact={"calls_a_day": 3, "calls_a_month": 9})
    end = NOW + timedelta(minutes=10)
    assert _decided(policy, calls_today=2, day_ends=end)[1] == "may_be_called_now"
    decision = decide(contact_permission, policy, same(OPEN, calls_today=3, day_ends=end), NOW)
    assert decision.rule_id == "enough_today"
    assert "(3)" in decision.reason
    decision = decide(contact_permission, policy, same(OPEN, calls_this_month=9, month_eases=end), NOW)
    assert "(9)" in decision.reason


def test_every_rule_is_reached() -> None:
    seen = {
        _decided(**changes)[1]
        for changes in (
            {"right": MISSING},
            {"asked": False, "list_stale": OPENS},
            {"law_eases": CLOSES},
            {"calls_today": 2, "day_ends": CLOSES},
            {"calls_this_month": 4, "month_eases": CLOSES},
            {"hours_known": False},
            {"hours_open": CLOSES},
            {},
            {"medium": EMAIL},
        )
    }
    assert seen == {rule.id for rule in contact_permission.rules(POLICY)}
