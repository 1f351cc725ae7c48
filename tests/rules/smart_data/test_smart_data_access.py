"""Who sees smart contact data, for every combination of facts (S2.1 to S2.3)."""

from itertools import product

from rules import decide
from rules.plan import Plan
from rules.smart_data.smart_data_access import (
    HIDE,
    OPEN,
    ContactState,
    SmartDataAccess,
    SmartDataAccessFacts,
    smart_data_access,
)
from tests.rules.support import NOW, make_policy

POLICY = make_policy()
BOOKED = (Plan.ADVANCED, Plan.PROFESSIONAL, Plan.ENTERPRISE)


def _decided(contact: ContactState, plan: Plan, switched_on: bool) -> tuple[SmartDataAccess, str]:
    decision = decide(smart_data_access, POLICY, SmartDataAccessFacts(contact, plan, switched_on), NOW)
    assert decision.changes_at is None, "access never changes by itself"
    return SmartDataAccess(decision.verdict), decision.rule_id


def test_each_plan_but_free_sees_it_once_it_is_switched_on() -> None:
    """S2.1, S2.2."""
    for plan in BOOKED:
        assert _decided(ContactState.VISIBLE, plan, True) == (OPEN, "open_to_account")
        assert _decided(ContactState.VISIBLE, plan, False) == (HIDE, "not_switched_on")


def test_the_free_plan_sees_nothing_even_if_it_was_switched_on_before() -> None:
    """S2.1: a downgrade hides."""
    for switched_on in (True, False):
        assert _decided(ContactState.VISIBLE, Plan.FREE, switched_on) == (HIDE, "plan_without_it")


def test_what_closes_the_contact_hides_it_whatever_is_booked_and_switched_on() -> None:
    """S2 R: only a lead that is visible to the account can be looked up."""
    reasons = {
        ContactState.ERASED: "person_erased",
        ContactState.HIDDEN: "contact_not_open",
        ContactState.DO_NOT_CONTACT: "person_wants_no_contact",
    }
    for (contact, rule_id), plan, switched_on in product(reasons.items(), Plan, (True, False)):
        assert _decided(contact, plan, switched_on) == (HIDE, rule_id)
