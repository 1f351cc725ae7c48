"""What is said about the law behind calling hours, always with the advice to have it checked."""

from models.contacting.place_laws import HoursLaw
from models.feed.wording.language import language_for

_LAW = {
    "en": "{law}. This is not legal advice: have counsel check it.",
    "de": "{law}. Dies ist keine Rechtsberatung: Lassen Sie es juristisch prüfen.",
    "pl": "{law}. To nie jest porada prawna: prosimy o sprawdzenie przez prawnika.",
    "ro": "{law}. Aceasta nu este consultanță juridică: cereți verificarea unui jurist.",
}
_NAMES_NO_HOURS = {
    "en": "{law} names no hours, so these are the marketplace's own. This is not legal advice: have counsel "
    "check it.",
    "de": "{law} nennt keine Uhrzeiten; dies sind die des Marktplatzes. Dies ist keine Rechtsberatung: "
    "Lassen Sie es juristisch prüfen.",
    "pl": "{law} nie określa godzin, więc obowiązują godziny platformy. To nie jest porada prawna: prosimy "
    "o sprawdzenie przez prawnika.",
    "ro": "{law} nu prevede ore, așa că se aplică orele platformei. Aceasta nu este consultanță juridică: "
    "cereți verificarea unui jurist.",
}
_UNKNOWN = {
    "en": "No law on calling hours is known for this place, so these are the marketplace's own hours. Have "
    "counsel check it.",
    "de": "Für diesen Ort ist keine gesetzliche Regelung der Anrufzeiten bekannt; dies sind die des "
    "Marktplatzes. Lassen Sie es juristisch prüfen.",
    "pl": "Dla tego miejsca nie są znane przepisy o godzinach telefonowania, więc obowiązują godziny "
    "platformy. Prosimy o sprawdzenie przez prawnika.",
    "ro": "Pentru acest loc nu se cunosc reguli legale despre orele de apel, așa că se aplică orele "
    "platformei. Cereți verificarea unui jurist.",
}


def law_text(basis: HoursLaw, locale: str) -> str:
    """Return a sentence about the law behind the hours, in the language of a locale."""
    words = _UNKNOWN if not basis.law else _NAMES_NO_HOURS if basis.house else _LAW
    return words[language_for(locale).catalog.language].format(law=basis.law)
