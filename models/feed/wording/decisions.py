"""Text of a decision: the rule's sentence in the reader's language, and what changes automatically.

A rule without a translation is shown in English, as it was written.
"""

from models.feed.wording.facts import decision_facts_in_words
from models.feed.wording.language import Language, language_for, zone_for
from models.policies.decisions import RecordedDecision
from models.policies.trial.list import TrialDecision
from rules import DISAGREEMENT, Decision, Policy, Rule, RuleTrace
from rules.engine.wording import fill

DecisionLike = Decision | RecordedDecision | TrialDecision


def decision_sentence(decision: DecisionLike, language: Language) -> str:
    """Return the rule's sentence with the numbers of the policy that decided."""
    if decision.rule_id == DISAGREEMENT:
        return language.catalog.disagreement
    return _sentence(decision.ruleset, decision.rule_id, decision.policy, language) or decision.reason


def rule_sentence(ruleset: str, rule: Rule, policy: Policy, locale: str) -> str:
    """Return the sentence of a rule, with the numbers of a policy, in the reader's language."""
    return _sentence(ruleset, rule.id, policy, language_for(locale)) or rule.reason


def trace_sentence(trace: RuleTrace, locale: str) -> str:
    """Return the sentence of a rule that did not fire, in the reader's language."""
    return _sentence(trace.ruleset, trace.rule_id, trace.policy, language_for(locale)) or trace.reason


def _sentence(ruleset: str, rule_id: str, policy: Policy, language: Language) -> str | None:
    template = language.catalog.sentences.get(ruleset, {}).get(rule_id)
    return fill(template, language.words(policy)) if template else None


def decision_facts(decision: DecisionLike, locale: str, time_zone: str) -> list[str]:
    """Return what `Decision.factsInWords` shows."""
    return decision_facts_in_words(
        decision.ruleset, decision.facts, decision.decided_at, language_for(locale), zone_for(time_zone)
    )


def decision_message(decision: DecisionLike, locale: str, time_zone: str) -> str:
    """Return what `Decision.message` shows: the sentence, and what changes automatically and when."""
    language = language_for(locale)
    sentence = decision_sentence(decision, language)
    changes_at = decision.changes_at
    if changes_at is None:
        return sentence
    changes = language.catalog.changes
    template = changes.get(f"{decision.ruleset}.{decision.changes_to}") or changes["other"]
    at = language.moment(changes_at, zone_for(time_zone), start=True)
    return f"{sentence} {fill(template, {'at': at})}"
