"""Every fact of every ruleset, and every value, has a name in each language."""

import unicodedata
from collections.abc import Iterator

import models.complaints.reasons  # noqa: F401 - adds the names of its reasons
from models.base.refusal import LANGUAGES
from models.feed.wording import fact_names
from models.feed.wording.fact_names import fact_in_words, switch_in_words, value_in_words
from models.feed.wording.parameter_names import field_name
from rules import ALL
from rules.engine.facts import FactField
from rules.visibility import ViewerKind


def _facts() -> Iterator[tuple[str, FactField]]:
    for definition in ALL:
        for field in definition.fields:
            yield definition.name, field


def _name(ruleset: str, field: FactField, language: str) -> str:
    if field.switch:
        return switch_in_words(field.name, language)
    return fact_in_words(ruleset, field.name, language)


def test_every_fact_and_switch_has_a_name_in_each_language() -> None:
    for ruleset, field in _facts():
        for language in LANGUAGES:
            assert _name(ruleset, field, language).strip(), (ruleset, field.name, language)


def test_every_value_has_a_name_in_each_language() -> None:
    for ruleset, field in _facts():
        for value in field.enum or ():
            for language in LANGUAGES:
                assert value_in_words(value, language).strip(), (ruleset, field.name, value, language)


def test_two_facts_of_a_ruleset_and_two_values_of_a_fact_have_different_names() -> None:
    for language in LANGUAGES:
        for definition in ALL:
            names = [_name(definition.name, field, language) for field in definition.fields]
            assert len(set(names)) == len(names), (definition.name, language)
        for ruleset, field in _facts():
            values = [value_in_words(value, language) for value in field.enum or ()]
            assert len(set(values)) == len(values), (ruleset, field.name, language)


def test_no_name_is_of_a_fact_or_value_that_is_gone() -> None:
    facts = {f"{ruleset}.{field.name}" for ruleset, field in _facts()} | {field.name for _, field in _facts()}
    assert fact_names._FACTS.keys() <= facts
    for enum, words in fact_names._VALUES.items():
        assert set(words) == {str(value) for value in enum}
    assert fact_names._VALUES.keys() == {field.enum for _, field in _facts() if field.enum}


def test_names_are_written_in_latin_letters_and_begin_with_a_capital() -> None:
    """A letter of another alphabet that looks the same would not be found by a search."""
    said = [words for by in fact_names._VALUES.values() for words in by.values()]
    for words in [*said, *fact_names._FACTS.values()]:
        for text in words:
            assert text[0].isupper(), text
            strange = [one for one in text if one.isalpha() and not unicodedata.name(one).startswith("LATIN")]
            assert not strange, text


def test_a_vendor_is_one_word_in_the_names_of_facts_and_of_parameters() -> None:
    """In Polish, `dostawca` is who delivers messages or data."""
    masks = [field_name("pl", name) for name in ("chat_mask_vendor_contacts", "chat_mask_vendor_links")]
    assert all("usługodawców" in name for name in masks)
    assert value_in_words(ViewerKind.VENDOR, "pl") == "Usługodawca"


def test_a_name_follows_the_language_of_the_locale() -> None:
    assert fact_in_words("visibility", "responded_after", "de-AT") == "Zeit bis zur Antwort"
    assert fact_in_words("visibility", "responded_after", "fr") == "Time until the answer"
    assert fact_in_words("retry", "outcome", "en") != fact_in_words("call_mail", "outcome", "en")
