"""The registry of reasons: complete, unique, in four languages, and in step with code, SDL and docs."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel import Locale

from models.base.refusal import Count, Points, RefusalReason, Sentence, Wait, Wording
from models.complaints.refusals import ComplaintRefusal
from models.contact_data import FindingKind
from models.contact_data.public_text.finding import FindingWords
from models.contact_data.refusals import ContactDataRefusal
from models.deliveries.refusals import APPLYING, HOLDING
from models.feed.wording import decision_sentence
from models.feed.wording.language import language_for
from models.feed.wording.refusals import refusal_message, sentence_message
from models.leads.file.notes import ImportNote
from models.tabular.refusals import FileContent, TableRefusal
from rules import (
    Basis,
    Closed,
    Policy,
    Response,
    ViewerKind,
    VisibilityFacts,
    decide,
    production_parameters,
    visibility,
)
from schema import SDL_FILE
from schema.graphql.error_reasons import DOMAINS, all_reasons, catalogue
from schema.graphql.errors import refused
from schema.graphql.languages import preferred_language

RECEIVED = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[3]
LANGUAGES = ("en", "de", "pl", "ro")
TEXTS: dict[str, Wording] = {
    f"{words.__name__}.{wording.name}": wording
    for words in (*Wording.__subclasses__(), *RefusalReason.__subclasses__())
    for wording in words
}
REASONS = {f"{type(reason).__name__}.{reason.name}": reason for _, reason in all_reasons()}


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def sources() -> Iterator[tuple[Path, ast.Module]]:
    """The modules that may refuse."""
    for folder in ("models", "schema"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def calls() -> Iterator[tuple[Path, ast.Call]]:
    """Every call in them."""
    for path, module in sources():
        for node in ast.walk(module):
            if isinstance(node, ast.Call):
                yield path, node


def test_every_refusal_has_a_reason() -> None:
    """There is no refusal that has only a message."""
    without = {
        f"{path}:{call.lineno}"
        for path, call in calls()
        if isinstance(call.func, ast.Name) and call.func.id == "Refusal"
        if not any(word.arg == "reason" for word in call.keywords)
    }
    assert without == set()


def test_every_reason_is_used() -> None:
    """Somewhere in the models or the schema, so that the API doesn't document reasons that never occur."""
    text = "\n".join(
        (ROOT / path).read_text(encoding="utf-8") for path, _ in sources() if path.name != "refusals.py"
    )
    assert {name for name in REASONS if name not in text} == set()


def named(call: ast.Call) -> str:
    """The text that a call gives values to: `X.NAME.at(…)`, `X.NAME.sentence(…)`, `TableError(X.NAME, …)`."""
    if isinstance(call.func, ast.Attribute) and call.func.attr in {"at", "sentence"}:
        return ast.unparse(call.func.value)
    raises = isinstance(call.func, ast.Name) and re.match(r"Invalid|Unknown|TableError", call.func.id)
    return ast.unparse(call.args[0]) if raises and call.args else ""


def test_every_placeholder_is_given_where_a_text_is_used() -> None:
    """In each language: a text with an unknown name would fail while it is written."""
    found = [(path, call, TEXTS[name]) for path, call in calls() if (name := named(call)) in TEXTS]
    missing = set()
    for path, call, text in found:
        given = {word.arg for word in call.keywords}
        needed = set().union(*(placeholders(getattr(text.words, language)) for language in LANGUAGES))
        missing |= {f"{path}:{call.lineno}: {name}" for name in needed - given}
    assert missing == set()
    assert {type(text) for _, _, text in found} >= {TableRefusal, ComplaintRefusal, ImportNote}


def test_every_text_is_in_four_languages() -> None:
    """All differ, and no placeholder is missing in English; a problem within a text is in each language."""
    for name, wording in TEXTS.items():
        texts = {language: getattr(wording.words, language) for language in LANGUAGES}
        assert len(set(texts.values())) == len(LANGUAGES), name
        for language, text in texts.items():
            assert text == text.strip() != "", name
            assert placeholders(text) <= placeholders(texts["en"]), (name, language)
            assert ("{problem}" in text) is ("{problem}" in texts["en"]), (name, language)


def test_every_reason_has_a_description_and_whole_sentences() -> None:
    """In German, Polish and Romanian; the notes about rows have whole sentences too."""
    notes = {name: wording for name, wording in TEXTS.items() if isinstance(wording, ImportNote)}
    for name, wording in {**REASONS, **notes}.items():
        for language in ("de", "pl", "ro"):
            assert re.search(r"[.}…]$", getattr(wording.words, language)), (name, language)
    for name, reason in REASONS.items():
        assert re.fullmatch(r"[A-Z].*\.", reason.why.description), name


def test_every_kind_of_finding_has_its_words() -> None:
    """They are a part of the sentence about contact data in a public text."""
    assert [kind.name for kind in FindingKind] == [words.name for words in FindingWords]


def test_names_are_unique_among_all_domains() -> None:
    """So that `extensions.reason` is unambiguous."""
    assert len({reason.name for _, reason in all_reasons()}) == len(REASONS)


def test_every_enum_of_reasons_is_in_the_registry() -> None:
    assert {domain.reasons for domain in DOMAINS} == set(RefusalReason.__subclasses__())


def test_the_sdl_and_the_documentation_have_every_reason() -> None:
    """One enum and one field of `UserError` per domain; the catalogue is the registry's."""
    sdl = SDL_FILE.read_text(encoding="utf-8")
    user_error = sdl.partition("\ntype UserError {")[2].partition("\n}")[0]
    for domain in DOMAINS:
        members = sdl.partition(f"\nenum {domain.name} {{")[2].partition("\n}")[0]
        assert re.findall(r"^  ([A-Z_]+)$", members, re.MULTILINE) == [one.name for one in domain.reasons]
        assert f"\n  {domain.field}: {domain.name}\n" in f"{user_error}\n"
    assert catalogue() in (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_counted_things_have_every_plural_form(language: str) -> None:
    """CLDR's categories of whole numbers in this language."""
    locale = Locale.parse(language)
    for forms in (HOLDING, APPLYING):
        assert {locale.plural_form(number) for number in range(200)} <= set(getattr(forms, language))


POINTS, PLACES = "PointsRefusal.INSUFFICIENT_POINTS", "DeliveryRefusal.NO_PLACE_TO_OFFER"
WAIT = "SessionRefusal.TOO_MANY_SIGN_IN_ATTEMPTS"
VALUES: dict[str, Any] = {"cost": Points(5), "available": Points(2)}
ONE: dict[str, Any] = {"cost": Points(5), "available": Points(1)}
HELD: dict[str, Any] = {"held": Count(2, HOLDING), "applied": Count(1, APPLYING)}
MORE: dict[str, Any] = {"held": Count(5, HOLDING), "applied": Count(1, APPLYING)}


@pytest.mark.parametrize(
    ("name", "values", "locale", "said"),
    [
        (
            POINTS, VALUES, "en",
            "This costs 5 points, but only 2 are available. Buy more points, or wait: points on hold are "
            "released when an application is declined.",
        ),
        (POINTS, VALUES, "pl", "Koszt: 5 punktów; dostępne: 2 punkty."),
        (POINTS, VALUES, "ro-RO", "Cost: 5 puncte; disponibil: 2 puncte."),
        (POINTS, ONE, "de_AT", "verfügbar: 1 Punkt."),
        (WAIT, {"wait": Wait(22)}, "pl", "do następnej próby: 22 sekundy."),
        (WAIT, {"wait": Wait(61)}, "de", "nächsten Versuch: 2 Minuten."),
        (WAIT, {"wait": Wait(61)}, "en", "Try again in 2 minutes."),
        (
            PLACES, HELD, "en",
            "leadId: 2 accounts have this lead and 1 has applied for it, so there is nothing left to offer.",
        ),
        (PLACES, MORE, "pl", "5 kont już go otrzymało, 1 wysłało zgłoszenie."),
    ],
)  # fmt: skip
def test_numbers_are_written_as_the_language_does(
    name: str, values: dict[str, Any], locale: str, said: str
) -> None:
    """Points, times and counts, in the right plural form; English is the text that was raised."""
    (view,) = refused(REASONS[name].at(**values))
    text = refusal_message(view, locale, "UTC").replace("\u00a0", " ").replace("\u202f", " ")
    assert said in text


def test_one_of_several_items_keeps_its_prefix_in_every_language() -> None:
    """The item in a list of the input comes first, then the text."""
    refusal = REASONS["ComplaintRefusal.VERDICT_NOT_POSSIBLE"].at("verdict").within(("items", "3"), "ID")
    (view,) = refused(refusal.within(("input",)))
    assert refusal_message(view, "en", "UTC").startswith("input: items.3 (ID): verdict: must be")
    assert refusal_message(view, "de", "UTC").startswith("input: items.3 (ID): Die Entscheidung muss")


WORD = TableRefusal.FILE_OF_WRONG_KIND.sentence(what=FileContent.WORD.sentence())
TOO_LONG = ContactDataRefusal.EMAIL_TOO_LONG.sentence(most=1254)
SKIPPED = ImportNote.SKIPPED.sentence(problem=TOO_LONG).at("E-Mail 2")


@pytest.mark.parametrize(
    ("sentence", "locale", "said"),
    [
        (WORD, "en", "The file is a Word document; save the table as XLSX, ODS or CSV."),
        (WORD, "fr", "The file is a Word document; save the table as XLSX, ODS or CSV."),
        (WORD, "de", "Die Datei ist ein Word-Dokument. Speichern Sie die Tabelle als XLSX, ODS oder CSV."),
        (WORD, "pl", "Ten plik to dokument programu Word. Prosimy zapisać tabelę jako XLSX, ODS lub CSV."),
        (WORD, "ro", "Fișierul este un document Word. Salvați tabelul ca XLSX, ODS sau CSV."),
        (
            SKIPPED, "en",
            "E-Mail 2: is longer than 1254 characters, the maximum for an email address; it was skipped",
        ),
        (
            SKIPPED, "de",
            "E-Mail 2: Die E-Mail-Adresse ist zu lang (höchstens 1.254 Zeichen). Der Wert wurde "
            "übersprungen.",
        ),
    ],
)  # fmt: skip
def test_a_text_within_another_is_in_the_same_language(
    sentence: Sentence[Wording], locale: str, said: str
) -> None:
    """With the numbers of that language; the heading of the column stays as it is in the file."""
    assert sentence_message(sentence, locale, "UTC") == said


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        (None, "en"),
        ("", "en"),
        ("de-AT,de;q=0.9,en;q=0.8", "de-AT"),
        ("fr,pl;q=0.5,en;q=0.7", "en"),
        ("fr, *;q=0.1", "en"),
        ("ro;q=0, pl", "pl"),
        ("en;q=0.1,ro_RO;q=0.2", "ro_RO"),
        ("de;q=nonsense", "en"),
        (",".join(["fr"] * 10_000), "en"),
    ],
)
def test_the_language_follows_the_weights(header: str | None, locale: str) -> None:
    """RFC 9110, 12.5.4."""
    assert preferred_language(header) == locale


def test_a_rule_and_its_refusal_are_in_one_language() -> None:
    """The sentence of the decision within the message is translated with it."""
    policy = Policy.from_parameters(
        version="v1", market="main", effective_from=RECEIVED, parameters=production_parameters()
    )
    facts = VisibilityFacts(
        viewer=ViewerKind.VENDOR,
        basis=Basis.APPLICATION,
        response=Response.DECLINED,
        waited=RECEIVED,
        responded_after=60,
        closed=Closed.NO,
    )
    decision = decide(visibility, policy, facts, RECEIVED)
    refusal = REASONS["ApplicationRefusal.ACCEPTANCE_NOT_ALLOWED"].at("applicationId", decision=decision)
    (view,) = refused(refusal)
    assert refusal_message(view, "en", "UTC") == (
        f"This application can no longer be accepted. {decision.reason}"
    )
    for locale in ("de", "pl", "ro"):
        text = refusal_message(view, locale, "UTC")
        assert text.endswith(decision_sentence(decision, language_for(locale)))
        assert decision.reason not in text
