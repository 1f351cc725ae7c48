"""Greetings and their placeholders (S4.3, S4 R.placeholder)."""

import pytest

from models.base.refusal import Refusal, RefusalCode, in_language
from models.calls.greeting import checked_greeting, spoken
from models.calls.words import CallWords, announcement


@pytest.mark.parametrize(
    ("greeting", "said"),
    [
        ("Guten Tag, mein Name ist [Vorname, Nachname].", "Guten Tag, mein Name ist Agnes Tellier."),
        ("Hallo, hier ist [Vorname]!", "Hallo, hier ist Agnes!"),
        ("Firma Muster, [Nachname], guten Tag.", "Firma Muster, Tellier, guten Tag."),
        ("[Vorname] [Nachname] (Zentrale)", "Agnes Tellier (Zentrale)"),
    ],
)
def test_each_placeholder_becomes_the_agents_name(greeting: str, said: str) -> None:
    assert spoken(checked_greeting(greeting), "Agnes", "Tellier") == said


def test_an_agent_without_a_first_name_says_the_name_that_there_is() -> None:
    assert spoken("[Vorname, Nachname] / [Vorname]", "", "Tellier") == "Tellier / Tellier"


@pytest.mark.parametrize(
    ("greeting", "found", "nearest"),
    [
        ("Mein Name ist [Vorname Nachname].", "[Vorname Nachname]", "[Vorname, Nachname]"),
        ("Mein Name ist [Name].", "[Name]", "[Vorname, Nachname]"),
        ("Hallo, {Vorname} hier.", "{Vorname}", "[Vorname]"),
        ("[nachname]", "[nachname]", "[Nachname]"),
        ("[Vorname] und [", "[", "[Vorname, Nachname]"),
        ("[Vorname]]", "]", "[Vorname, Nachname]"),
    ],
)
def test_other_brackets_are_refused_with_the_nearest_placeholder(
    greeting: str, found: str, nearest: str
) -> None:
    with pytest.raises(Refusal) as refused:
        checked_greeting(greeting)
    assert (refused.value.code, refused.value.field) == (RefusalCode.INVALID, ("greeting",))
    assert f"“{found}”" in str(refused.value)
    assert nearest in str(refused.value)


@pytest.mark.parametrize("greeting", ["Guten Tag.", "[Vorname]" + "x" * 1_000, "[Vorname]\x00", ""])
def test_a_greeting_has_a_name_and_a_limit_and_no_control_characters(greeting: str) -> None:
    with pytest.raises(Refusal) as refused:
        checked_greeting(greeting)
    assert refused.value.field == ("greeting",)


@pytest.mark.parametrize("language", ["en", "de", "pl", "ro"])
def test_the_greeting_that_a_company_starts_with_is_valid(language: str) -> None:
    greeting = in_language(CallWords.GREETING, language, company="Muster & Söhne")
    assert "Agnes Tellier" in spoken(checked_greeting(greeting), "Agnes", "Tellier")


def test_an_announcement_says_what_is_known() -> None:
    """S4.18."""
    assert announcement("en", "Jo Doe") == "I have a call from Jo Doe. May I put it through?"
    full = announcement("en", "Jo Doe", "Acme", "an invoice")
    assert full == "I have a call from Jo Doe of Acme about an invoice. May I put it through?"
    assert "keinen Namen" in announcement("de", None)
