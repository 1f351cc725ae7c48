"""Facts of a ruleset in a sentence: their names and values in the reader's language."""

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from models.base.refusal import FactValues
from models.feed.wording.fact_names import fact_in_words, switch_in_words, value_in_words
from models.feed.wording.language import Language
from rules import BY_NAME, Json
from rules.engine.facts import FactField

_YES_NO: Mapping[str, tuple[str, str]] = {
    "en": ("yes", "no"),
    "de": ("ja", "nein"),
    "pl": ("tak", "nie"),
    "ro": ("da", "nu"),
}

# What stands for an instant is its age, which is negative before it.
SINCE: Mapping[str, tuple[str, str]] = {
    "en": ("time since", "time until"),
    "de": ("Zeit seither", "Zeit bis dahin"),
    "pl": ("czas od tej chwili", "czas do tej chwili"),
    "ro": ("timp de atunci", "timp până atunci"),
}

# Instants that stand for none are before or after these, so that no rule takes them for near ones.
_EARLIEST, _LATEST = datetime(1971, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


def decision_facts_in_words(
    ruleset: str, facts: Mapping[str, Json], decided_at: datetime, language: Language, zone: ZoneInfo
) -> list[str]:
    """Return each fact of a decision, such as "Answer of the prospect: Accepted", in the ruleset's order.

    Left out is what the ruleset no longer has, and times that stand for none: no seconds, the instant of the
    decision itself, and one that cannot be reached.
    """
    definition = BY_NAME.get(ruleset)
    said = []
    for field in () if definition is None else definition.fields:
        value = facts.get(field.name)
        text = None if value is None else _of_decision(field, value, decided_at, language, zone)
        if text is not None:
            said.append(f"{fact_name(ruleset, field, language)}: {text}")
    return said


def _of_decision(
    field: FactField, value: Json, decided_at: datetime, language: Language, zone: ZoneInfo
) -> str | None:
    """Return a value as it is stored; None if it stands for none or is not one of the field's today."""
    try:
        if field.kind == "since":
            at = datetime.fromisoformat(str(value))
            is_real = at != decided_at and _EARLIEST <= at < _LATEST
            return language.moment(at, zone) if is_real else None
        if field.kind == "enum":
            return value_of(field, str(value), language)
    except (ValueError, TypeError):  # of another kind once; a time without an offset cannot be compared
        return None
    if type(value) is not (bool if field.kind == "bool" else int):
        return None
    if field.seconds:
        return language.elapsed(value) if value else None
    return value_of(field, value, language)


def facts_in_words(facts: FactValues, language: Language) -> str:
    """Return all facts, such as "Betrachter: Anbieter; Zeit bis zur Antwort: 36 Stunden"; one that the
    rulesets do not have is shown as it is.
    """
    definition = BY_NAME.get(facts.ruleset)
    fields = {} if definition is None else {field.name: field for field in definition.fields}
    return "; ".join(
        _fact(facts.ruleset, fields[name], value, language)
        if name in fields
        else f"{name}: {_plain(value, language)}"
        for name, value in facts.values.items()
    )


def fact_name(ruleset: str, field: FactField, language: Language) -> str:
    """Return the name of a fact, or of a switch of the policy among the facts."""
    if field.switch:
        return switch_in_words(field.name, language.catalog.language)
    return fact_in_words(ruleset, field.name, language.catalog.language)


def _fact(ruleset: str, field: FactField, value: str | int, language: Language) -> str:
    name = fact_name(ruleset, field, language)
    if field.kind == "since" and isinstance(value, int):
        since, until = SINCE[language.catalog.language]
        return f"{name} ({until if value < 0 else since}): {language.duration(abs(value))}"
    return f"{name}: {value_of(field, value, language)}"


def value_of(field: FactField, value: str | int, language: Language) -> str:
    """Return a value of a fact: the name of a member, yes or no, a duration, a number."""
    if field.enum is not None:
        return value_in_words(field.enum(str(value)), language.catalog.language)
    if field.seconds and isinstance(value, int):
        return language.duration(value)
    return _plain(value, language)


def _plain(value: str | int, language: Language) -> str:
    if isinstance(value, bool):
        return _YES_NO[language.catalog.language][0 if value else 1]
    return language.number(value) if isinstance(value, int) else value
