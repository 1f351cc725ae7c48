"""The texts that explain a decision to people."""

from datetime import UTC, datetime, timedelta

import pytest

from models.feed.wording import decision_message
from rules import (
    Basis,
    Closed,
    Decision,
    Policy,
    Response,
    ReviewReminderFacts,
    ViewerKind,
    VisibilityFacts,
    decide,
    demo_parameters,
    production_parameters,
    review_reminder,
    visibility,
)

RECEIVED = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
LATER = RECEIVED + timedelta(minutes=1)
POLICY = Policy.from_parameters(
    version="v1", market="main", effective_from=RECEIVED, parameters=production_parameters()
)
DEMO = Policy.from_parameters(
    version="v2", market="demo", effective_from=RECEIVED, parameters=demo_parameters(2)
)


def _decision(
    response: Response = Response.NONE, policy: Policy = POLICY, received: datetime = RECEIVED
) -> Decision:
    facts = VisibilityFacts(
        viewer=ViewerKind.VENDOR,
        basis=Basis.APPLICATION,
        response=response,
        waited=received,
        responded_after=0,
        closed=Closed.NO,
    )
    return decide(visibility, policy, facts, received + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("locale", "zone", "message"),
    [
        (
            "en",
            "Europe/Berlin",
            "The prospect has 48 hours to respond. Without a response, the contact data is revealed "
            "automatically on 24 November 2026, 12:00 CET.",
        ),
        (
            "de-AT",
            "Europe/Vienna",
            "Der Interessent hat 48 Stunden Zeit zu antworten. Ohne Antwort werden die Kontaktdaten "
            "am 24. November 2026 um 12:00 Uhr MEZ automatisch freigegeben.",
        ),
        (
            "pl",
            "Europe/Warsaw",
            "Czas na odpowiedź klienta: 48 godzin. W razie braku odpowiedzi dane kontaktowe "
            "zostaną ujawnione automatycznie 24 listopada 2026 r. o godz. 12:00 CET.",
        ),
        (
            "ro",
            "Europe/Bucharest",
            "Clientul are la dispoziție 48 de ore pentru a răspunde. "
            "În lipsa unui răspuns, datele de contact vor fi dezvăluite automat "
            "pe 24 noiembrie 2026, la ora 13:00 EET.",
        ),
    ],
)
def test_the_message_while_waiting_says_when_the_contact_is_revealed(
    locale: str, zone: str, message: str
) -> None:
    assert decision_message(_decision(), locale, zone).replace("\u00a0", " ") == message


def test_a_final_decision_is_only_its_sentence() -> None:
    assert decision_message(_decision(Response.ACCEPTED), "de", "UTC") == "Der Interessent hat zugesagt."


def test_a_message_has_the_numbers_of_the_policy_that_decided() -> None:
    message = decision_message(_decision(policy=DEMO), "en", "UTC")
    assert message.startswith("The prospect has 96 seconds to respond.")
    assert "22 November 2026, 11:01:36 UTC" in message


def test_a_reveal_time_is_never_stated_too_early() -> None:
    late = RECEIVED + timedelta(microseconds=1)
    assert "24 November 2026, 11:00:01 UTC" in decision_message(_decision(received=late), "en", "UTC")


def test_the_reminder_says_when_it_is_sent() -> None:
    facts = ReviewReminderFacts(response=Response.NONE, opened=False, waited=RECEIVED)
    message = decision_message(decide(review_reminder, POLICY, facts, LATER), "pl", "Europe/Warsaw")
    assert message.replace("\u00a0", " ") == (
        "Czas na zapoznanie się ze zgłoszeniem przed wysłaniem przypomnienia: 24 godziny. "
        "W razie braku odpowiedzi przypomnienie zostanie wysłane 23 listopada 2026 r. o godz. 12:00 CET."
    )


def test_a_language_without_a_catalog_gets_english() -> None:
    assert decision_message(_decision(), "fr", "UTC").startswith("The prospect has 48 hours")
