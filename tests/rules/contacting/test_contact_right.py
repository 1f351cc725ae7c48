"""By which right a person may be contacted, rule by rule (S1.4, S3.1, law)."""

from itertools import product
from typing import Any

import pytest

from rules import decide
from rules.contacting.contact_right import GIVEN, MISSING, ContactRight, ContactRightFacts, contact_right
from rules.contacting.terms import ConsentState, ContactBasis, ContactPurpose, ContactStop, Medium
from tests.rules.support import NOW, make_policy, same

POLICY = make_policy()
STRICT = make_policy("strict", contact={"publication_is_request": False})
LEAD, OFFER = ContactPurpose.THE_LEAD, ContactPurpose.OTHER_OFFER
NEWS, SERVICE = ContactPurpose.NEWSLETTER, ContactPurpose.SERVICE
CALL, SMS, EMAIL, CHAT, MEETING = Medium
ASKED, NOT_ASKED, CLOSED = ContactBasis.OPEN_ASKED, ContactBasis.OPEN_NOT_ASKED, ContactBasis.CLOSED
NONE, PENDING, GRANTED, WITHDRAWN, LAPSED = ConsentState

PLAIN = ContactRightFacts(
    purpose=LEAD,
    medium=CALL,
    stop=ContactStop.NONE,
    basis=ASKED,
    consent=NONE,
    opt_in_law=True,
    listed=False,
    address=True,
)


def _decided(policy: Any = POLICY, **changes: object) -> tuple[ContactRight, str]:
    decision = decide(contact_right, policy, same(PLAIN, **changes), NOW)
    assert decision.changes_at is None, "a right never changes by itself"
    return ContactRight(decision.verdict), decision.rule_id


@pytest.mark.parametrize(
    ("changes", "verdict", "rule"),
    [
        ({"stop": ContactStop.ERASED}, MISSING, "person_erased"),
        ({"stop": ContactStop.ERASED, "address": False}, MISSING, "person_erased"),
        ({"address": False}, MISSING, "no_address_for_it"),
        ({"address": False, "stop": ContactStop.ALL}, MISSING, "no_address_for_it"),
        ({"purpose": SERVICE, "medium": EMAIL}, GIVEN, "owed_by_law_or_contract"),
        ({"purpose": SERVICE, "medium": CHAT}, GIVEN, "owed_by_law_or_contract"),
        ({"purpose": SERVICE, "medium": EMAIL, "stop": ContactStop.ALL}, GIVEN, "owed_by_law_or_contract"),
        ({"purpose": SERVICE, "medium": EMAIL, "stop": ContactStop.ERASED}, MISSING, "person_erased"),
        ({"purpose": SERVICE, "medium": CALL}, MISSING, "service_is_written"),
        ({"purpose": SERVICE, "medium": SMS}, MISSING, "service_is_written"),
        ({"purpose": SERVICE, "medium": MEETING}, MISSING, "service_is_written"),
        ({"stop": ContactStop.ALL}, MISSING, "do_not_contact"),
        ({"stop": ContactStop.ALL, "consent": GRANTED}, MISSING, "do_not_contact"),
        ({"stop": ContactStop.MEDIUM}, MISSING, "not_by_this_medium"),
        ({"stop": ContactStop.MEDIUM, "purpose": NEWS, "consent": GRANTED}, MISSING, "not_by_this_medium"),
        ({"basis": CLOSED}, MISSING, "contact_not_open"),
        ({"basis": CLOSED, "consent": GRANTED}, MISSING, "contact_not_open"),
        ({"consent": GRANTED}, GIVEN, "asked_and_consented"),
        ({"consent": WITHDRAWN}, MISSING, "withdrawn"),
        ({"consent": WITHDRAWN, "basis": NOT_ASKED, "opt_in_law": False}, MISSING, "withdrawn"),
        ({}, GIVEN, "asked_for_offers"),
        ({"consent": PENDING}, GIVEN, "asked_for_offers"),
        ({"consent": LAPSED}, GIVEN, "asked_for_offers"),
        ({"listed": True}, GIVEN, "asked_for_offers"),
        ({"basis": NOT_ASKED, "consent": GRANTED}, GIVEN, "consented"),
        ({"basis": NOT_ASKED, "consent": GRANTED, "listed": True}, GIVEN, "consented"),
        ({"basis": NOT_ASKED}, MISSING, "never_asked"),
        ({"basis": NOT_ASKED, "consent": LAPSED}, MISSING, "never_asked"),
        ({"basis": NOT_ASKED, "opt_in_law": False, "listed": True}, MISSING, "on_a_list"),
        ({"basis": NOT_ASKED, "opt_in_law": False}, GIVEN, "legitimate_interest"),
        ({"basis": NOT_ASKED, "opt_in_law": False, "consent": PENDING}, GIVEN, "legitimate_interest"),
        ({"purpose": OFFER, "consent": GRANTED}, GIVEN, "consented_to_advertising"),
        ({"purpose": NEWS, "consent": GRANTED, "basis": CLOSED}, GIVEN, "consented_to_advertising"),
        ({"purpose": OFFER}, MISSING, "no_consent_to_advertising"),
        ({"purpose": NEWS, "consent": WITHDRAWN}, MISSING, "no_consent_to_advertising"),
        ({"purpose": NEWS, "consent": LAPSED}, MISSING, "no_consent_to_advertising"),
        ({"purpose": NEWS, "consent": PENDING}, MISSING, "opt_in_not_confirmed"),
    ],
)
def test_each_rule_decides_its_cases(changes: dict[str, object], verdict: ContactRight, rule: str) -> None:
    assert _decided(**changes) == (verdict, rule)


def test_every_rule_has_a_case() -> None:
    marks = test_each_rule_decides_its_cases.pytestmark  # type: ignore[attr-defined]
    tried = {case[2] for case in marks[0].args[1]}
    assert tried == {rule.id for rule in contact_right.rules(POLICY)}


@pytest.mark.parametrize(
    ("changes", "verdict", "rule"),
    [
        ({}, MISSING, "never_asked"),
        ({"opt_in_law": False}, GIVEN, "legitimate_interest"),
        ({"opt_in_law": False, "listed": True}, MISSING, "on_a_list"),
        ({"consent": GRANTED}, GIVEN, "consented"),
        ({"consent": WITHDRAWN}, MISSING, "withdrawn"),
    ],
)
def test_publishing_is_no_request_if_the_policy_says_so(
    changes: dict[str, object], verdict: ContactRight, rule: str
) -> None:
    assert _decided(STRICT, **changes) == (verdict, rule)


def test_a_stop_or_an_erasure_beats_everything_but_what_is_owed() -> None:
    """S3.11: do-not-contact beats every consent, list and law."""
    for purpose, medium, basis, consent, law, listed in product(
        (LEAD, OFFER, NEWS), Medium, ContactBasis, ConsentState, (True, False), (True, False)
    ):
        for stop in (ContactStop.MEDIUM, ContactStop.ALL, ContactStop.ERASED):
            facts = ContactRightFacts(purpose, medium, stop, basis, consent, law, listed, True)
            for policy in (POLICY, STRICT):
                assert decide(contact_right, policy, facts, NOW).verdict is MISSING


def test_advertising_needs_consent_whatever_the_law_of_the_place() -> None:
    for purpose, medium, basis, consent, law in product(
        (OFFER, NEWS), Medium, ContactBasis, ConsentState, (True, False)
    ):
        facts = same(PLAIN, purpose=purpose, medium=medium, basis=basis, consent=consent, opt_in_law=law)
        given = decide(contact_right, POLICY, facts, NOW).verdict is GIVEN
        assert given == (consent is GRANTED)
