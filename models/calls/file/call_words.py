"""Words of a file of calls in four languages: headings, outcomes, yes."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.calls.call_mail import CallOutcome

_TRANSFERRED, _MESSAGE, _FAQ, _ABANDONED, _UNFINISHED = (
    CallOutcome.TRANSFERRED,
    CallOutcome.MESSAGE_TAKEN,
    CallOutcome.FAQ_ANSWERED,
    CallOutcome.ABANDONED,
    CallOutcome.UNFINISHED,
)


@dataclass(frozen=True, slots=True)
class CallFileWords:
    """The words of one language; headings in the order of the columns."""

    sheet: str
    headings: tuple[str, ...]
    outcomes: Mapping[CallOutcome, str]
    yes: str


_ENGLISH = CallFileWords(
    "Calls",
    (
        "Call ID",
        "Started",
        "Caller's number",
        "Outcome",
        "Wanted employee",
        "Put through to",
        "Agent",
        "Waiting time (s)",
        "Talk with the agent (s)",
        "Talk with the employee (s)",
        "Name",
        "Company",
        "Number to call back",
        "Concern",
        "Urgent",
        "Call back by",
    ),
    {
        _TRANSFERRED: "put through",
        _MESSAGE: "message taken",
        _FAQ: "answered from the FAQ",
        _ABANDONED: "abandoned",
        _UNFINISHED: "not finished",
    },
    "yes",
)
_GERMAN = CallFileWords(
    "Anrufe",
    (
        "Kennung",
        "Beginn",
        "Rufnummer",
        "Ergebnis",
        "Gewünschter Mitarbeiter",
        "Durchgestellt an",
        "Agent",
        "Wartezeit (s)",
        "Gespräch mit dem Agenten (s)",
        "Gespräch mit dem Mitarbeiter (s)",
        "Name",
        "Firma",
        "Rückrufnummer",
        "Anliegen",
        "Dringend",
        "Rückruf bis",
    ),
    {
        _TRANSFERRED: "durchgestellt",
        _MESSAGE: "Nachricht aufgenommen",
        _FAQ: "mit häufigen Fragen beantwortet",
        _ABANDONED: "aufgelegt",
        _UNFINISHED: "nicht abgeschlossen",
    },
    "ja",
)
_POLISH = CallFileWords(
    "Połączenia",
    (
        "Identyfikator",
        "Początek",
        "Numer dzwoniącego",
        "Wynik",
        "Poszukiwany pracownik",
        "Przełączono do",
        "Agent",
        "Czas oczekiwania (s)",
        "Rozmowa z agentem (s)",
        "Rozmowa z pracownikiem (s)",
        "Imię i nazwisko",
        "Firma",
        "Numer do oddzwonienia",
        "Sprawa",
        "Pilne",
        "Oddzwonić do",
    ),
    {
        _TRANSFERRED: "przełączone",
        _MESSAGE: "przyjęto wiadomość",
        _FAQ: "odpowiedź z częstych pytań",
        _ABANDONED: "przerwane",
        _UNFINISHED: "niezakończone",
    },
    "tak",
)
_ROMANIAN = CallFileWords(
    "Apeluri",
    (
        "Identificator",
        "Început",
        "Numărul apelantului",
        "Rezultat",
        "Angajatul căutat",
        "Transferat către",
        "Agent",
        "Timp de așteptare (s)",
        "Convorbire cu agentul (s)",
        "Convorbire cu angajatul (s)",
        "Nume",
        "Firmă",
        "Număr de apelat înapoi",
        "Subiect",
        "Urgent",
        "De sunat înapoi până la",
    ),
    {
        _TRANSFERRED: "transferat",
        _MESSAGE: "mesaj preluat",
        _FAQ: "răspuns din întrebările frecvente",
        _ABANDONED: "abandonat",
        _UNFINISHED: "nefinalizat",
    },
    "da",
)
_BY_LANGUAGE = {"en": _ENGLISH, "de": _GERMAN, "pl": _POLISH, "ro": _ROMANIAN}


def call_words_for(language: str) -> CallFileWords:
    """Return the words of a locale such as `de-AT`; English for a language without words."""
    return _BY_LANGUAGE.get(language.partition("-")[0].lower(), _ENGLISH)
