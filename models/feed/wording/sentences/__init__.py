"""Sentences of rules in German, Polish and Romanian; the rules themselves are written in English."""

from collections.abc import Mapping

from models.feed.wording.sentences import german, polish, romanian

_BY_LANGUAGE = {"de": german.SENTENCES, "pl": polish.SENTENCES, "ro": romanian.SENTENCES}


def add(ruleset: str, rule_id: str, translations: Mapping[str, str]) -> None:
    """Add the translations of a rule whose words are defined in its domain, by language."""
    for language, text in translations.items():
        _BY_LANGUAGE[language].setdefault(ruleset, {})[rule_id] = text
