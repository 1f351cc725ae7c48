"""All languages have the same texts, and can be distinguished."""

from dataclasses import replace
from itertools import chain

import pytest

import rules.complaint
from models.base.refusal import LANGUAGES
from models.base.spelling import word_key
from models.complaints import reasons
from models.complaints.file.recognition import FIELDS, count_recognised, find_header, reason_of
from models.complaints.file.words import (
    Column,
    FileWords,
    all_words,
    reason_label,
    reason_text,
    words_for,
)
from models.complaints.reasons import OFFERED, REASON_WORDS
from models.complaints.tables import Remedy
from rules.complaint import REASONS, AcceptedFor, ComplaintReason, ComplaintVerdict
from rules.engine.errors import RulesetError
from rules.visibility import DeliveryKind

WORDS = tuple(all_words().values())


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.language)
def test_every_language_has_every_word(words: FileWords) -> None:
    assert set(words.headings) == set(Column)
    assert set(words.verdicts) == set(ComplaintVerdict)
    assert set(words.kinds) == set(DeliveryKind)
    assert set(words.remedies) == set(Remedy)
    assert len(words.instructions) == len(WORDS[0].instructions)
    assert words.answer_title.count("{number}") == 1
    assert (words.awaited.count("{until}"), words.awaited.count("{points}")) == (1, 1)
    assert max(map(len, (words.template_sheet, words.instructions_sheet, words.answer_sheet))) <= 31
    assert len(words.choose_title) <= 32


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.language)
def test_no_heading_means_two_columns(words: FileWords) -> None:
    others = [words.headings[column] for column in Column if column not in FIELDS]
    assert count_recognised(others) == 0
    for column in FIELDS:
        for name in (words.headings[column], *words.synonyms[column]):
            for spelled in (name, name.upper(), f"  {name.replace(' ', '_')} *"):
                header = find_header([spelled, *_others(column)])
                assert header.places[column] == 0


def _others(column: Column) -> list[str]:
    return [field for each, field in FIELDS.items() if each is not column]


def test_the_numbers_of_reasons_never_change() -> None:
    """People keep templates, so a number never gets another meaning."""
    assert {reason.value: one.code for reason, one in REASONS.items()} == {
        "NUMBER_DOES_NOT_EXIST": 1,
        "NUMBER_OF_ANOTHER_PERSON": 2,
        "WRONG_ADDRESS": 3,
        "BUSINESS_CLOSED": 4,
        "NO_CONSENT": 5,
        "REQUIREMENTS_NOT_MET": 6,
        "VOICEMAIL": 7,
        "NO_ANSWER": 8,
        "NOT_INTERESTED": 9,
    }


def test_two_reasons_never_share_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = REASONS[ComplaintReason.WRONG_ADDRESS]
    with_it = {
        **REASONS,
        ComplaintReason.VOICEMAIL: replace(REASONS[ComplaintReason.VOICEMAIL], code=taken.code),
    }
    monkeypatch.setattr(rules.complaint, "REASONS", with_it)
    with pytest.raises(RulesetError, match="have the same code"):
        rules.complaint._check_reasons()


def test_a_reason_without_a_rule_or_words_stops_the_start_with_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    missing = ComplaintReason.NO_ANSWER
    monkeypatch.setattr(rules.complaint, "REASONS", {k: v for k, v in REASONS.items() if k is not missing})
    with pytest.raises(RulesetError, match="NO_ANSWER"):
        rules.complaint._check_reasons()
    words = REASON_WORDS[missing]
    for wrong in (
        replace(words, description=""),
        replace(words, labels={**words.labels, "pl": ""}),
        replace(words, sentences={**words.sentences, "ro": ""}),
    ):
        monkeypatch.setattr(reasons, "REASON_WORDS", {**REASON_WORDS, missing: wrong})
        with pytest.raises(LookupError, match="NO_ANSWER"):
            reasons._check()


def test_a_template_offers_the_reasons_that_can_be_accepted() -> None:
    assert all((REASONS[each].accepted_for is AcceptedFor.NEVER) != (each in OFFERED) for each in REASONS)


def test_the_words_of_reasons_are_in_the_languages_of_files() -> None:
    assert tuple(all_words()) == LANGUAGES


@pytest.mark.parametrize("reason", ComplaintReason)
def test_a_reason_is_recognised_by_all_its_names(reason: ComplaintReason) -> None:
    names = chain.from_iterable(
        (reason_label(w, reason), reason_text(w, reason), REASON_WORDS[reason].labels[w.language])
        for w in WORDS
    )
    for name in (*names, reason.value, reason.value.lower().replace("_", " "), str(REASONS[reason].code)):
        assert reason_of(name) is reason
        assert reason_of(f" {name.upper()} ") is reason
    assert reason_of(f"{REASONS[reason].code}.0") is reason
    assert reason_of(f"{REASONS[reason].code} {REASON_WORDS[reason].labels['de']}") is reason


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "10",
        "1. The address is wrong",
        "wrong",
        "1 2",
        "-1",
        "²",
        "٣",
        "1. ",
        "",
        "?",
        "1" * 300,
        "x" * 300,
    ],
)
def test_other_texts_are_not_recognised_as_a_reason(text: str) -> None:
    assert reason_of(text) is (ComplaintReason.NUMBER_DOES_NOT_EXIST if text == "1. " else None)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Erläuterung", "erlauterung"),
        ("Powód", "powod"),
        ("WYJAŚNIENIE", "wyjasnienie"),
        ("Łódź", "lodz"),
        ("E-Mail*", "email"),
    ],
)
def test_keys_ignore_case_accents_and_punctuation(text: str, key: str) -> None:
    assert word_key(text) == key


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("de-AT", "de"),
        ("DE", "de"),
        ("pl_PL", "pl"),
        ("ro-MD", "ro"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("", "en"),
        ("\x00", "en"),
    ],
)
def test_a_locale_selects_its_language_or_english(locale: str, language: str) -> None:
    assert words_for(locale).language == language
