"""When public sources are asked, at each limit (S2.4 to S2.8)."""

from datetime import timedelta
from itertools import product

import pytest

from rules import Decision, decide
from rules.smart_data.smart_data_search import (
    OFFER,
    REFUSE,
    SEARCH,
    SHOW,
    WAIT,
    LookedUp,
    LookUpKey,
    SearchAct,
    SmartDataSearchFacts,
    smart_data_search,
)
from tests.rules.support import HOUR, MICROSECOND, NOW, ago, make_policy, same

POLICY = make_policy()
FRESH, MOST = POLICY.smart_data.fresh_for, POLICY.smart_data.searches_an_hour
IDLE = SmartDataSearchFacts(
    subject=LookedUp.PERSON,
    act=SearchAct.SEARCH,
    key=LookUpKey.USABLE,
    found=False,
    found_at=NOW,
    running=False,
    searches=0,
    oldest=NOW,
)
REASONS = {
    LookUpKey.NONE: "nothing_to_look_up_by",
    LookUpKey.DISPOSABLE: "disposable_address",
    LookUpKey.RESERVED: "reserved_domain",
    LookUpKey.UNDELIVERABLE: "address_takes_no_mail",
}


def _decide(**changes: object) -> Decision:
    return decide(smart_data_search, POLICY, same(IDLE, **changes), NOW)


def _decided(**changes: object) -> tuple[object, str]:
    decision = _decide(**changes)
    return decision.verdict, decision.rule_id


def test_looking_asks_nobody() -> None:
    """S2.5: it searches only when a user asks."""
    for act, key in product((SearchAct.LOOK,), LookUpKey):
        assert _decided(act=act, key=key, found=True) == (SHOW, "found_before")
    assert _decided(act=SearchAct.LOOK) == (OFFER, "waits_for_a_user")
    assert _decided(act=SearchAct.LOOK, searches=MOST) == (OFFER, "waits_for_a_user")


def test_a_user_who_asks_starts_a_search() -> None:
    assert _decided() == (SEARCH, "asked_for")
    assert _decided(act=SearchAct.REFRESH, found=True) == (SEARCH, "refreshed")


def test_one_search_at_a_time_whatever_is_asked() -> None:
    for act, key, found in product(SearchAct, LookUpKey, (True, False)):
        assert _decided(act=act, key=key, found=found, running=True) == (WAIT, "under_way")


def test_what_was_found_is_fresh_until_the_policy_says_otherwise() -> None:
    fresh = _decide(found=True, found_at=ago(FRESH) + MICROSECOND)
    assert (fresh.verdict, fresh.rule_id) == (SHOW, "still_fresh")
    assert fresh.changes_at == NOW + MICROSECOND
    assert _decided(found=True, found_at=ago(FRESH)) == (SEARCH, "asked_for")


def test_a_refresh_needs_the_address_that_was_checked() -> None:
    """S2.8."""
    for key, found in product(LookUpKey, (True, False)):
        assert _decided(act=SearchAct.REFRESH_UNCHECKED, key=key, found=found) == (
            REFUSE,
            "check_address_first",
        )


@pytest.mark.parametrize("act", [SearchAct.LOOK, SearchAct.SEARCH, SearchAct.REFRESH])
@pytest.mark.parametrize("subject", list(LookedUp))
def test_what_cannot_be_looked_up_is_refused_with_the_reason(act: SearchAct, subject: LookedUp) -> None:
    """S2.4, S2.8."""
    for key, rule_id in REASONS.items():
        assert _decided(act=act, subject=subject, key=key) == (REFUSE, rule_id)
        assert _decided(act=act, subject=subject, key=key, searches=MOST) == (REFUSE, rule_id)


def test_an_organisation_needs_a_domain_of_its_own_but_a_person_does_not() -> None:
    """S2.6."""
    freemail = {"key": LookUpKey.FREEMAIL}
    assert _decided(**freemail) == (SEARCH, "asked_for")
    assert _decided(**freemail, act=SearchAct.LOOK) == (OFFER, "waits_for_a_user")
    for act in (SearchAct.LOOK, SearchAct.SEARCH, SearchAct.REFRESH):
        decided = _decided(**freemail, act=act, subject=LookedUp.ORGANISATION)
        assert decided == (REFUSE, "only_freemail")


@pytest.mark.parametrize("act", [SearchAct.SEARCH, SearchAct.REFRESH])
def test_an_account_makes_so_many_searches_an_hour(act: SearchAct) -> None:
    assert _decide(act=act, searches=MOST - 1).verdict is SEARCH
    oldest = ago(HOUR) + MICROSECOND
    refused = _decide(act=act, searches=MOST, oldest=oldest)
    assert (refused.verdict, refused.rule_id) == (REFUSE, "too_many_searches")
    assert (refused.changes_at, refused.changes_to) == (oldest + timedelta(hours=1), SEARCH)
    assert _decide(act=act, searches=MOST, oldest=ago(HOUR)).verdict is SEARCH
    assert _decide(act=act, searches=MOST + 1, oldest=ago(HOUR) + MICROSECOND).verdict is REFUSE
