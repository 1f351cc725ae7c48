"""What a report of a mail server means for the address."""

import pytest

from rules import Decision, decide
from rules.messages.bounce import (
    BounceAbout,
    BounceAction,
    BounceFacts,
    BounceReport,
    BounceVerdict,
    StatusClass,
    bounce,
)
from tests.rules.support import NOW, make_policy, same

HARD = BounceFacts(
    report=BounceReport.DELIVERY_STATUS,
    action=BounceAction.FAILED,
    status_class=StatusClass.PERMANENT,
    about=BounceAbout.MAILBOX,
    matched=True,
    required_by_law=False,
    earlier=0,
)
SUPPRESS, FOR_A_WHILE, NOTE, IGNORE = BounceVerdict
FULL = {"about": BounceAbout.FULL}
ABUSE = {"report": BounceReport.ABUSE}


def ask(**changes: object) -> Decision:
    return decide(bounce, make_policy(), same(HARD, **changes), NOW)


@pytest.mark.parametrize(
    ("changes", "verdict", "rule_id"),
    [
        ({}, SUPPRESS, "no_such_mailbox"),
        ({"required_by_law": True}, SUPPRESS, "no_such_mailbox"),
        (FULL, FOR_A_WHILE, "not_now"),
        ({**FULL, "earlier": 2}, FOR_A_WHILE, "not_now"),
        ({**FULL, "earlier": 3}, SUPPRESS, "again_and_again"),
        ({"status_class": StatusClass.TEMPORARY}, FOR_A_WHILE, "not_now"),
        ({"about": BounceAbout.OTHER}, FOR_A_WHILE, "not_now"),
        ({"status_class": StatusClass.NONE}, FOR_A_WHILE, "not_now"),
        ({"about": BounceAbout.POLICY}, NOTE, "refused_by_policy"),
        ({"about": BounceAbout.POLICY, "earlier": 99}, NOTE, "refused_by_policy"),
        ({"action": BounceAction.DELAYED}, NOTE, "delayed"),
        ({"action": BounceAction.NONE}, NOTE, "delayed"),
        ({"action": BounceAction.DELIVERED}, NOTE, "arrived"),
        ({"action": BounceAction.RELAYED}, NOTE, "arrived"),
        (ABUSE, SUPPRESS, "reported_as_abuse"),
        ({**ABUSE, "required_by_law": True}, NOTE, "abuse_of_a_required_message"),
        ({"report": BounceReport.OTHER}, IGNORE, "no_report"),
        ({"matched": False}, IGNORE, "unmatched"),
        ({**ABUSE, "matched": False}, IGNORE, "unmatched"),
    ],
)
def test_a_report_means_what_it_says(
    changes: dict[str, object], verdict: BounceVerdict, rule_id: str
) -> None:
    decision = ask(**changes)
    assert (decision.verdict, decision.rule_id) == (verdict, rule_id)
