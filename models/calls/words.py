"""What a secretariat says to callers, and the fields that are always asked, in the company's language."""

from enum import StrEnum

from models.base.refusal import Wording, Words, in_language


class BuiltInField(StrEnum):
    """The fields that are always asked (S4.6)."""

    NAME = "NAME"
    COMPANY = "COMPANY"
    PHONE = "PHONE"
    CONCERN = "CONCERN"


class CallWords(Wording):
    """Sentences for callers; `{company}` is the company's name."""

    GREETING = Words(
        en="Welcome to {company}, my name is [Vorname, Nachname]. How can I help you?",
        de="Herzlich willkommen bei {company}, mein Name ist [Vorname, Nachname]. Was kann ich für Sie tun?",
        pl="Dzień dobry, {company}, mówi [Vorname, Nachname]. W czym mogę pomóc?",
        ro="Bună ziua, {company}, la telefon [Vorname, Nachname]. Cu ce vă pot ajuta?",
    )
    NOBODY_IN_PERSON = Words(
        en="Nobody can be reached in person at the moment. May I note a callback for you?",
        de="Im Moment ist leider niemand persönlich erreichbar. Darf ich einen Rückruf für Sie notieren?",
        pl="W tej chwili nikt nie może podejść do telefonu. Czy mam zanotować prośbę o oddzwonienie?",
        ro="În acest moment nimeni nu poate veni la telefon. Doriți să vă sunăm înapoi?",
    )
    ANNOUNCE = Words(
        en="I have a call from {who}. May I put it through?",
        de="In der Leitung ist {who}. Darf ich durchstellen?",
        pl="Na linii jest {who}. Czy mogę przełączyć rozmowę?",
        ro="La telefon este {who}. Pot să fac legătura?",
    )
    SOMEBODY = Words(
        en="a caller who gave no name",
        de="jemand, der keinen Namen genannt hat",
        pl="osoba, która się nie przedstawiła",
        ro="o persoană care nu s-a prezentat",
    )
    OF_COMPANY = Words(
        en="{who} of {company}", de="{who} von {company}", pl="{who}, {company}", ro="{who} de la {company}"
    )
    ABOUT = Words(
        en="{who} about {concern}",
        de="{who}, es geht um: {concern}",
        pl="{who} w sprawie: {concern}",
        ro="{who}, în legătură cu: {concern}",
    )


class FieldLabel(Wording):
    """Labels of the fields that are always asked."""

    NAME = Words(en="Name", de="Vor- und Nachname", pl="Imię i nazwisko", ro="Nume")
    COMPANY = Words(en="Company", de="Unternehmen", pl="Firma", ro="Companie")
    PHONE = Words(en="Phone number", de="Telefonnummer", pl="Numer telefonu", ro="Număr de telefon")
    CONCERN = Words(en="Concern", de="Anliegen", pl="Sprawa", ro="Subiect")


class ScriptWarning(Wording):
    """What an agent should know about a secretariat, in the agent's language."""

    UNCONFIRMED = Words(
        en="The company has not confirmed its data since the last change.",
        de="Das Unternehmen hat seine Angaben seit der letzten Änderung nicht bestätigt.",
        pl="Firma nie potwierdziła swoich danych po ich ostatniej zmianie.",
        ro="Compania nu și-a confirmat datele după ultima modificare.",
    )
    CALENDAR_STALE = Words(
        en="Calendars that could not be read for some time: {names}. Absences may be missing.",
        de="Kalender, die seit einiger Zeit nicht lesbar sind: {names}. Abwesenheiten können fehlen.",
        pl="Kalendarze, których od pewnego czasu nie można odczytać: {names}. Może brakować nieobecności.",
        ro="Calendare care nu au putut fi citite de ceva timp: {names}. Unele absențe pot lipsi.",
    )


def announcement(
    language: str, caller: str | None, company: str | None = None, concern: str | None = None
) -> str:
    """Return how a transfer is announced (S4.18), as far as the caller, company and concern are known."""
    who = caller or in_language(CallWords.SOMEBODY, language)
    if company:
        who = in_language(CallWords.OF_COMPANY, language, who=who, company=company)
    if concern:
        who = in_language(CallWords.ABOUT, language, who=who, concern=concern)
    return in_language(CallWords.ANNOUNCE, language, who=who)
