"""What is said about calendars: to callers in the company's language, and to people who manage them."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from collections.abc import Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from models.base.refusal import Sentence, Wording, Words, in_language
from models.calls.calendars.reading import Away, CalendarProblem
from models.calls.limits import LONGEST_TEXT
from models.contact_data import InvalidText, clean_line


class AbsenceWords(Wording):
    """What callers are told of an absence that a calendar tells."""

    IN_APPOINTMENT = Words(
        en="In an appointment until {until}.",
        de="In einem Termin bis {until} Uhr.",
        pl="Na spotkaniu do godziny {until}.",
        ro="Într-o întâlnire până la ora {until}.",
    )
    AWAY_UNTIL = Words(
        en="Away until {until} on {day}.",
        de="Abwesend bis {day}, {until} Uhr.",
        pl="Nieobecność do {day}, godz. {until}.",
        ro="Absență până pe {day}, ora {until}.",
    )
    AWAY_THROUGH = Words(
        en="Away up to and including {day}.",
        de="Abwesend bis einschließlich {day}.",
        pl="Nieobecność do {day} włącznie.",
        ro="Absență până pe {day} inclusiv.",
    )
    AWAY = Words(
        en="Away; a return date is not known.",
        de="Abwesend; ein Datum der Rückkehr ist nicht bekannt.",
        pl="Nieobecność; data powrotu nie jest znana.",
        ro="Absență; data revenirii nu este cunoscută.",
    )


class ProblemWords(Wording):
    """Why a calendar could not be read, and what to do; by the names of `CalendarProblem`."""

    ADDRESS = Words(
        en="The address may not be requested. Enter a public address that begins with https.",
        de="Diese Adresse darf nicht abgerufen werden. Geben Sie eine öffentliche Adresse an, die mit https beginnt.",
        pl="Tego adresu nie wolno pobierać. Prosimy podać publiczny adres zaczynający się od https.",
        ro="Această adresă nu poate fi accesată. Introduceți o adresă publică ce începe cu https.",
    )
    UNREACHABLE = Words(
        en="The calendar's server could not be reached. It is tried again.",
        de="Der Server des Kalenders war nicht erreichbar. Es wird erneut versucht.",
        pl="Serwer kalendarza był nieosiągalny. Próba zostanie powtórzona.",
        ro="Serverul calendarului nu a putut fi contactat. Se încearcă din nou.",
    )
    TOO_SLOW = Words(
        en="The calendar's server took longer than ten seconds. It is tried again.",
        de="Der Server des Kalenders brauchte länger als zehn Sekunden. Es wird erneut versucht.",
        pl="Serwer kalendarza odpowiadał dłużej niż dziesięć sekund. Próba zostanie powtórzona.",
        ro="Serverul calendarului a avut nevoie de mai mult de zece secunde. Se încearcă din nou.",
    )
    REFUSED = Words(
        en="The calendar's server refused the request. Check that the calendar is published and the address is current.",
        de="Der Server des Kalenders hat die Anfrage abgelehnt. Prüfen Sie, ob der Kalender veröffentlicht und die Adresse aktuell ist.",
        pl="Serwer kalendarza odrzucił żądanie. Prosimy sprawdzić, czy kalendarz jest opublikowany, a adres aktualny.",
        ro="Serverul calendarului a refuzat cererea. Verificați dacă este publicat calendarul și dacă adresa este actuală.",
    )
    NOT_FOUND = Words(
        en="There is no calendar at this address. Enter its current address.",
        de="Unter dieser Adresse gibt es keinen Kalender. Geben Sie seine aktuelle Adresse ein.",
        pl="Pod tym adresem nie ma kalendarza. Prosimy podać jego aktualny adres.",
        ro="La această adresă nu există niciun calendar. Introduceți adresa lui actuală.",
    )
    REDIRECTS = Words(
        en="The address leads on more than three times. Enter the address of the calendar itself.",
        de="Die Adresse leitet mehr als dreimal weiter. Geben Sie die Adresse des Kalenders selbst ein.",
        pl="Adres przekierowuje więcej niż trzy razy. Prosimy podać adres samego kalendarza.",
        ro="Adresa redirecționează de mai mult de trei ori. Introduceți adresa calendarului însuși.",
    )
    TOO_LARGE = Words(
        en="The calendar is larger than 5 MB. Publish a shorter period of it.",
        de="Der Kalender ist größer als 5 MB. Veröffentlichen Sie einen kürzeren Zeitraum.",
        pl="Kalendarz jest większy niż 5 MB. Prosimy opublikować krótszy okres.",
        ro="Calendarul depășește 5 MB. Publicați o perioadă mai scurtă.",
    )
    COMPRESSED = Words(
        en="The calendar is compressed in a way that cannot be read. Publish it without compression.",
        de="Der Kalender ist auf eine Weise komprimiert, die nicht lesbar ist. Veröffentlichen Sie ihn unkomprimiert.",
        pl="Kalendarz jest skompresowany w sposób, którego nie można odczytać. Prosimy opublikować go bez kompresji.",
        ro="Calendarul este comprimat într-un mod care nu poate fi citit. Publicați-l fără comprimare.",
    )
    NOT_A_CALENDAR = Words(
        en="This is not an iCalendar file. Enter the address or file of a calendar, which often ends with .ics.",
        de="Das ist keine iCalendar-Datei. Geben Sie Adresse oder Datei eines Kalenders an; sie endet oft auf .ics.",
        pl="To nie jest plik iCalendar. Prosimy podać adres lub plik kalendarza, często z końcówką .ics.",
        ro="Acesta nu este un fișier iCalendar. Indicați adresa sau fișierul unui calendar, adesea cu terminația .ics.",
    )
    TOO_COMPLEX = Words(
        en="Reading the calendar takes more time or memory than allowed. Publish fewer events.",
        de="Das Lesen des Kalenders braucht mehr Zeit oder Speicher als erlaubt. Veröffentlichen Sie weniger Termine.",
        pl="Odczyt kalendarza wymaga więcej czasu lub pamięci, niż jest dozwolone. Prosimy opublikować mniej wydarzeń.",
        ro="Citirea calendarului cere mai mult timp sau mai multă memorie decât este permis. Publicați mai puține evenimente.",
    )
    SEALED = Words(
        en="The stored address can no longer be opened. Enter it again.",
        de="Die gespeicherte Adresse lässt sich nicht mehr öffnen. Geben Sie sie erneut ein.",
        pl="Zapisanego adresu nie można już odczytać. Prosimy podać go ponownie.",
        ro="Adresa salvată nu mai poate fi deschisă. Introduceți-o din nou.",
    )


class CalendarNote(Wording):
    """What should be known about a calendar that was read; by the codes of the reader."""

    FLOATING = Words(
        en="Events without a time zone: {number}. The company's time zone was assumed.",
        de="Termine ohne Zeitzone: {number}. Es wurde die Zeitzone des Unternehmens angenommen.",
        pl="Wydarzenia bez strefy czasowej: {number}. Przyjęto strefę czasową firmy.",
        ro="Evenimente fără fus orar: {number}. S-a presupus fusul orar al companiei.",
    )
    ZONE_UNKNOWN = Words(
        en="Events in an unknown time zone: {number}. The company's time zone was assumed.",
        de="Termine in einer unbekannten Zeitzone: {number}. Es wurde die Zeitzone des Unternehmens angenommen.",
        pl="Wydarzenia w nieznanej strefie czasowej: {number}. Przyjęto strefę czasową firmy.",
        ro="Evenimente într-un fus orar necunoscut: {number}. S-a presupus fusul orar al companiei.",
    )
    CALENDAR_ZONE_UNKNOWN = Words(
        en="The time zone of the calendar is unknown. The company's time zone was assumed.",
        de="Die Zeitzone des Kalenders ist unbekannt. Es wurde die Zeitzone des Unternehmens angenommen.",
        pl="Strefa czasowa kalendarza jest nieznana. Przyjęto strefę czasową firmy.",
        ro="Fusul orar al calendarului este necunoscut. S-a presupus fusul orar al companiei.",
    )
    SWAPPED = Words(
        en="Events that end before they start: {number}. Start and end were swapped.",
        de="Termine, die vor ihrem Beginn enden: {number}. Beginn und Ende wurden vertauscht.",
        pl="Wydarzenia, które kończą się przed rozpoczęciem: {number}. Początek i koniec zamieniono.",
        ro="Evenimente care se termină înainte să înceapă: {number}. Începutul și sfârșitul au fost inversate.",
    )
    RULES_LEFT_OUT = Words(
        en="Recurring events with too many occurrences, which were left out: {number}.",
        de="Serientermine mit zu vielen Wiederholungen, die ausgelassen wurden: {number}.",
        pl="Wydarzenia cykliczne o zbyt wielu powtórzeniach, które pominięto: {number}.",
        ro="Evenimente recurente cu prea multe repetări, care au fost omise: {number}.",
    )
    DATES_LEFT_OUT = Words(
        en="Exceptions of recurring events beyond the limit, which were left out: {number}.",
        de="Ausnahmen von Serienterminen über der Obergrenze, die ausgelassen wurden: {number}.",
        pl="Wyjątki od wydarzeń cyklicznych ponad limit, które pominięto: {number}.",
        ro="Excepții de la evenimente recurente peste limită, care au fost omise: {number}.",
    )
    EVENTS_LEFT_OUT = Words(
        en="Events beyond the limit, which were left out: {number}.",
        de="Termine über der Obergrenze, die ausgelassen wurden: {number}.",
        pl="Wydarzenia ponad limit, które pominięto: {number}.",
        ro="Evenimente peste limită, care au fost omise: {number}.",
    )
    OCCURRENCES_LEFT_OUT = Words(
        en="The calendar has too many appointments. The latest were left out, at least: {number}.",
        de="Der Kalender hat zu viele Termine. Die spätesten wurden ausgelassen, mindestens: {number}.",
        pl="Kalendarz ma zbyt wiele terminów. Najpóźniejsze pominięto, co najmniej: {number}.",
        ro="Calendarul are prea multe programări. Ultimele au fost omise, cel puțin: {number}.",
    )
    HOURS_LEFT_OUT = Words(
        en="Hours of availability beyond the limit, which were left out: {number}.",
        de="Verfügbarkeitszeiten über der Obergrenze, die ausgelassen wurden: {number}.",
        pl="Godziny dostępności ponad limit, które pominięto: {number}.",
        ro="Intervale de disponibilitate peste limită, care au fost omise: {number}.",
    )
    UNREADABLE = Words(
        en="Events that cannot be read, which were left out: {number}.",
        de="Termine, die nicht lesbar sind und ausgelassen wurden: {number}.",
        pl="Wydarzenia, których nie można odczytać i które pominięto: {number}.",
        ro="Evenimente care nu pot fi citite și au fost omise: {number}.",
    )
    CUT_OFF = Words(
        en="The calendar breaks off in the middle. Events at its end may be missing.",
        de="Der Kalender bricht mittendrin ab. Termine an seinem Ende können fehlen.",
        pl="Kalendarz urywa się w środku. Może brakować wydarzeń z jego końca.",
        ro="Calendarul se întrerupe la mijloc. Evenimentele de la sfârșit pot lipsi.",
    )


_LOCALES = {"en": "en_GB", "de": "de", "pl": "pl", "ro": "ro"}


def said_of(away: Away, language: str, zone: ZoneInfo) -> str:
    """Return what callers are told of an absence; with its title only if it was read."""
    said = _without_title(away, language, zone)
    try:
        title = clean_line(" ".join((away.title or "").split()), LONGEST_TEXT)
    except InvalidText:  # control characters, which nobody could say
        return said
    if not title:
        return said
    return f"{title[: LONGEST_TEXT - len(said) - 2]}: {said}"


def _without_title(away: Away, language: str, zone: ZoneInfo) -> str:
    locale = _LOCALES[language]
    if away.cut:
        return in_language(AbsenceWords.AWAY, language)
    if away.last_day is not None:
        return in_language(
            AbsenceWords.AWAY_THROUGH, language, day=format_date(away.last_day, "long", locale=locale)
        )
    start, end = away.starts_at.astimezone(zone), away.ends_at.astimezone(zone)
    until = format_time(end, "short", locale=locale)
    if start.date() == (end - timedelta(microseconds=1)).date() and end.date() == start.date():
        return in_language(AbsenceWords.IN_APPOINTMENT, language, until=until)
    day = format_date(end.date(), "long", locale=locale)
    return in_language(AbsenceWords.AWAY_UNTIL, language, until=until, day=day)


def problem_sentence(problem: CalendarProblem) -> Sentence[Wording]:
    """Return why a calendar could not be read."""
    return ProblemWords[problem.name].sentence()


def note_sentences(warnings: Mapping[str, int]) -> Sequence[Sentence[Wording]]:
    """Return what should be known about what was read."""
    return [CalendarNote[code].sentence(number=number) for code, number in sorted(warnings.items())]
