"""Counterexamples of rulesets name their facts and values in each language."""

import pytest

from models.base.refusal import FactValues
from models.feed.wording.refusals import sentence_message
from models.policies.draft.words import ProblemWords, RulesetWords, UnitWords
from rules import Policy
from rules.engine.errors import RulesetFaultKind
from rules.parameter_problems import ProblemKind

FACTS = FactValues(
    "refund",
    {"response": "WITHDRAWN", "ended": False, "call_seconds": 120, "late_declines_refund": True, "gone": 5},
    "response=WITHDRAWN, ended=False, call_seconds=2 minutes, late_declines_refund=True, gone=5",
)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "refund: no rule fires for response=WITHDRAWN, ended=False, call_seconds=2 minutes, "),
        (
            "de",
            "refund: Keine Regel greift bei: Antwort des Interessenten: Zusage zurückgezogen; "
            "Ohne Antwort beendet: nein; Längstes Gespräch der beiden: 2 Minuten; "
            "Erstattung bei später Absage: ja; gone: 5.",
        ),
        ("pl", "Odpowiedź klienta: Wycofano akceptację; Zakończone bez odpowiedzi: nie; "),
        ("ro", "Răspunsul clientului: Accept retras; Încheiată fără răspuns: nu; "),
    ],
)
def test_facts_switches_durations_and_unknown_facts_are_named(locale: str, said: str) -> None:
    sentence = RulesetWords.GAP.sentence(ruleset="refund", facts=FACTS)
    assert said in sentence_message(sentence, locale, "UTC").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("locale", "since", "until"),
    [
        ("de", "Arbeitsbeginn (Zeit seither): 1 Stunde;", "(Zeit bis dahin): 2 Stunden."),
        ("pl", "Początek pracy (czas od tej chwili): 1 godzina;", "(czas do tej chwili): 2 godziny."),
        ("ro", "Începutul lucrului (timp de atunci): 1 oră;", "(timp până atunci): 2 ore."),
    ],
)
def test_an_instant_is_said_as_the_time_since_it_or_until_it(locale: str, since: str, until: str) -> None:
    facts = FactValues("call_time", {"work_begins": 3_600, "lunch_ends": -7_200}, "")
    message = sentence_message(RulesetWords.GAP.sentence(ruleset="call_time", facts=facts), locale, "UTC")
    assert since in message.replace("\u00a0", " ")
    assert until in message.replace("\u00a0", " ")


def test_every_kind_of_problem_and_fault_and_every_unit_has_words() -> None:
    assert {one.name for one in ProblemWords} == {one.name for one in ProblemKind}
    assert {one.name for one in RulesetWords} == {one.name for one in RulesetFaultKind} | {"OTHER"}
    numbers = {one.unit for one in Policy.parameter_fields() if one.low is not None}
    assert {one.words.en for one in UnitWords} == numbers


def test_translations_use_only_values_of_the_english_template() -> None:
    for words in (*ProblemWords, *RulesetWords):
        given = {name: f"<{name}>" for name in _names(words.words.en)}
        for language in ("de", "pl", "ro"):
            text: str = getattr(words.words, language)
            assert _names(text) <= given.keys(), words
            assert _names(text) >= given.keys() - {"path"}, words


def _names(template: str) -> set[str]:
    return {part.partition("}")[0] for part in template.split("{")[1:]}
