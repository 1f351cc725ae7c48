"""The verdict on one complaint item, line by line of S5 and its readings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

import pytest
from hypothesis import given, settings

from rules import Decision, DeliveryKind, Policy, decide, full_table_check
from rules.complaint import (
    ComplaintFacts,
    ComplaintReason,
    ComplaintVerdict,
    Support,
    complaint,
)
from rules.engine.reduction import raw_values
from tests.rules.support import NOW, facts_strategy, make_policy

POLICY = make_policy()
FIRST_ONLY = make_policy("first-only", complaint={"replacements_complainable": False})
CLUB, RECORD, APPLICATION = DeliveryKind.LEAD_CLUB, DeliveryKind.RECORD, DeliveryKind.APPLICATION
ACCEPTED, REJECTED, OPEN = ComplaintVerdict.ACCEPTED, ComplaintVerdict.REJECTED, ComplaintVerdict.UNDER_REVIEW
NONE, HINT, PROOF = Support.NONE, Support.INDICATION, Support.CONCLUSIVE
R = ComplaintReason
EVERYWHERE = (R.NUMBER_DOES_NOT_EXIST, R.NUMBER_OF_ANOTHER_PERSON, R.WRONG_ADDRESS, R.BUSINESS_CLOSED)
CLUB_ONLY = (R.NO_CONSENT, R.REQUIREMENTS_NOT_MET)
NO_FAULT = (R.VOICEMAIL, R.NO_ANSWER, R.NOT_INTERESTED)
BLAMELESS = {"explained": True, "in_window": True, "remedied": False, "replacement": False}
LATE, SILENT = {"in_window": False}, {"explained": False}
REPAID, AGAIN = {"remedied": True}, {"replacement": True}


def ask(
    reason: ComplaintReason,
    kind: DeliveryKind = CLUB,
    evidence: tuple[Support, Support] = (NONE, NONE),
    policy: Policy = POLICY,
    state: Mapping[str, bool] = BLAMELESS,
) -> Decision:
    """Decide; `evidence` is the strength of the support and of the contradiction."""
    facts = ComplaintFacts(
        kind=kind,
        reason=reason,
        evidence_for=evidence[0],
        evidence_against=evidence[1],
        **(BLAMELESS | dict(state)),
    )
    return decide(complaint, policy, facts, NOW)


@dataclass(frozen=True)
class Line:
    """One line of the requirements: a case and its result."""

    requirement: str
    reason: ComplaintReason
    verdict: ComplaintVerdict
    rule_id: str
    kind: DeliveryKind = CLUB
    evidence: tuple[Support, Support] = (PROOF, NONE)
    state: dict[str, bool] = field(default_factory=dict)
    policy: Policy = POLICY


LINES = [
    Line("S5.1", R.NUMBER_DOES_NOT_EXIST, ACCEPTED, "number_does_not_exist", RECORD),
    Line("S5.1", R.NUMBER_OF_ANOTHER_PERSON, ACCEPTED, "number_of_another_person", APPLICATION),
    Line("S5.1", R.WRONG_ADDRESS, ACCEPTED, "wrong_address", RECORD),
    Line("S5.1", R.BUSINESS_CLOSED, ACCEPTED, "business_closed", CLUB),
    Line("S5.2", R.NO_CONSENT, ACCEPTED, "no_consent", CLUB),
    Line("S5.2", R.NO_CONSENT, REJECTED, "lead_club_only", RECORD),
    Line("S5.2", R.NO_CONSENT, REJECTED, "lead_club_only", APPLICATION),
    Line("S5.2", R.REQUIREMENTS_NOT_MET, ACCEPTED, "requirements_not_met", CLUB),
    Line("S5.2", R.REQUIREMENTS_NOT_MET, REJECTED, "lead_club_only", RECORD),
    Line("S5.3", R.VOICEMAIL, REJECTED, "voicemail_is_no_fault"),
    Line("S5.3", R.NO_ANSWER, REJECTED, "no_answer_is_no_fault"),
    Line("S5.3", R.NOT_INTERESTED, REJECTED, "not_interested_is_no_fault"),
    Line("S5.6", R.WRONG_ADDRESS, REJECTED, "not_explained", state=SILENT),
    Line("S5.8", R.WRONG_ADDRESS, REJECTED, "window_over", state=LATE),
    Line("S5 R.remedy", R.WRONG_ADDRESS, REJECTED, "remedied_before", state=REPAID),
    Line("S5.2", R.NO_CONSENT, ACCEPTED, "no_consent", state=REPAID),
    Line("S5.2", R.NO_CONSENT, REJECTED, "lead_club_only", APPLICATION, state=REPAID),
    Line("S5 R.replacements", R.WRONG_ADDRESS, ACCEPTED, "wrong_address", state=AGAIN),
    Line(
        "S5 R.replacements",
        R.WRONG_ADDRESS,
        REJECTED,
        "replacement_not_complainable",
        state=AGAIN,
        policy=FIRST_ONLY,
    ),
    Line("S5 R.replacements", R.WRONG_ADDRESS, ACCEPTED, "wrong_address", policy=FIRST_ONLY),
    Line("S5 R.evidence", R.BUSINESS_CLOSED, ACCEPTED, "business_closed", evidence=(PROOF, HINT)),
    Line("S5 R.evidence", R.BUSINESS_CLOSED, REJECTED, "refuted_by_evidence", evidence=(NONE, PROOF)),
    Line("S5 R.evidence", R.BUSINESS_CLOSED, REJECTED, "refuted_by_evidence", evidence=(HINT, PROOF)),
    Line("S5 R.evidence", R.BUSINESS_CLOSED, OPEN, "evidence_disagrees", evidence=(PROOF, PROOF)),
    Line("S5 R.evidence", R.BUSINESS_CLOSED, OPEN, "indications_are_no_proof", evidence=(HINT, NONE)),
    Line("S5 R.evidence", R.BUSINESS_CLOSED, OPEN, "indications_are_no_proof", evidence=(HINT, HINT)),
    Line("S5 R.evidence", R.BUSINESS_CLOSED, OPEN, "proof_is_missing", evidence=(NONE, NONE)),
    Line("S5 R.evidence", R.BUSINESS_CLOSED, OPEN, "proof_is_missing", evidence=(NONE, HINT)),
]


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.requirement}-{line.reason}-{line.rule_id}")
def test_every_line_of_the_requirements(line: Line) -> None:
    decision = ask(line.reason, line.kind, line.evidence, line.policy, line.state)
    assert (decision.verdict, decision.rule_id) == (line.verdict, line.rule_id)
    assert decision.changes_at is None  # windows are stored instants, not facts that depend on time


def test_every_rule_and_its_requirement_is_in_the_table() -> None:
    rules = {rule.id: rule.requirement for rule in complaint.rules(POLICY)}
    named = {(line.rule_id, line.requirement) for line in LINES}
    assert {rule_id for rule_id, _ in named} == rules.keys()
    assert rules.items() <= named


EVIDENCE = list(product(Support, Support))


def test_s5_3_is_refused_immediately_regardless_of_the_evidence() -> None:
    for case in product(NO_FAULT, DeliveryKind, EVIDENCE):
        assert ask(*case).verdict is REJECTED, case


def test_s5_2_has_the_same_evidence_rules_in_the_lead_club_and_none_elsewhere() -> None:
    for reason, evidence in product(CLUB_ONLY, EVIDENCE):
        case = reason, evidence
        assert ask(reason, CLUB, evidence).verdict is ask(R.WRONG_ADDRESS, CLUB, evidence).verdict, case
        elsewhere = {ask(reason, kind, evidence).rule_id for kind in (RECORD, APPLICATION)}
        assert elsewhere == {"lead_club_only"}, case


def test_only_conclusive_undisputed_evidence_decides_without_an_operator() -> None:
    for case in product(EVERYWHERE, DeliveryKind, EVIDENCE):
        proven, refuted = (side is PROOF for side in case[2])
        expected = OPEN if proven is refuted else ACCEPTED if proven else REJECTED
        assert ask(*case).verdict is expected, case


@pytest.mark.parametrize("state", [LATE, SILENT, REPAID, LATE | REPAID, LATE | SILENT | REPAID | AGAIN])
def test_an_inadmissible_item_is_always_rejected(state: dict[str, bool]) -> None:
    for reason, kind, evidence in product(set(R) - {R.NO_CONSENT}, DeliveryKind, EVIDENCE):
        found = ask(reason, kind, evidence, state=state).verdict
        assert found is REJECTED, (reason, kind, evidence)


def test_no_consent_is_decided_the_same_after_an_earlier_remedy() -> None:
    for kind, evidence in product(DeliveryKind, EVIDENCE):
        remedied = ask(R.NO_CONSENT, kind, evidence, state=REPAID).verdict
        assert remedied is ask(R.NO_CONSENT, kind, evidence).verdict, (kind, evidence)


def test_the_windows_sentence_has_the_policys_days() -> None:
    short = make_policy("short", complaint={"window_days": 14})
    late = [ask(R.WRONG_ADDRESS, policy=policy, state=LATE).reason for policy in (POLICY, short)]
    assert late == [
        f"The complaint window of {days} days from receipt of the contact has passed." for days in (30, 14)
    ]


def test_the_facts_show_the_switch_of_the_policy() -> None:
    shown = [
        ask(R.NO_ANSWER, policy=policy).facts["replacements_complainable"] for policy in (POLICY, FIRST_ONLY)
    ]
    assert shown == [True, False]


@pytest.mark.parametrize("policy", [POLICY, FIRST_ONLY], ids=lambda policy: policy.version)
def test_both_engines_fill_the_same_table(policy: Policy) -> None:
    assert full_table_check(complaint.for_policy(policy)) == 3 * 9 * 2**5 * 3 * 3


@settings(max_examples=300, deadline=None)
@given(facts=facts_strategy(complaint, POLICY))
def test_durable_rules_and_the_oracle_agree_and_decide_as_the_requirements_do(facts: ComplaintFacts) -> None:
    rules = complaint.for_policy(POLICY)
    values = raw_values([one for one in complaint.fields if not one.switch], facts, NOW) | rules.switches
    engine, oracle = rules.both(values)
    assert engine == oracle
    considered = facts.in_window and facts.explained
    considered = considered and (not facts.remedied or facts.reason is R.NO_CONSENT)
    complainable = facts.reason in EVERYWHERE or (facts.reason in CLUB_ONLY and facts.kind is CLUB)
    proven, refuted = facts.evidence_for is PROOF, facts.evidence_against is PROOF
    if not (considered and complainable) or (refuted and not proven):
        expected = REJECTED
    else:
        expected = ACCEPTED if proven and not refuted else OPEN
    assert decide(complaint, POLICY, facts, NOW).verdict is expected
