"""Parameters about contacting persons and smart contact data."""

from collections.abc import Mapping

AREAS: Mapping[str, tuple[str, str, str, str]] = {
    "smart_data": ("Smart contact data", "Smarte Kontaktdaten", "Smart dane kontaktowe", "Date smart"),
    "contact": ("Contacting persons", "Kontaktaufnahme", "Kontaktowanie się", "Contactarea persoanelor"),
    "advice": ("Advice on contacting", "Kontaktempfehlungen", "Zalecenia kontaktu", "Recomandări de contact"),
}
FIELDS: Mapping[str, tuple[str, str, str, str]] = {
    "fresh_for": (
        "Time for which found data is fresh",
        "Wie lange Gefundenes aktuell ist",
        "Jak długo znalezione dane są aktualne",
        "Cât timp sunt actuale datele găsite",
    ),
    "keep_found_for": (
        "Time for which found data is kept",
        "Speicherdauer von Gefundenem",
        "Czas przechowywania znalezionych danych",
        "Cât timp se păstrează datele găsite",
    ),
    "keep_at_most": (
        "Longest time an account can keep found data",
        "Längste Speicherdauer durch ein Konto",
        "Najdłuższe przechowywanie przez konto",
        "Cel mult cât poate păstra un cont datele",
    ),
    "searches_an_hour": (
        "Searches in an hour",
        "Suchen je Stunde",
        "Wyszukiwania na godzinę",
        "Căutări pe oră",
    ),
    "points_a_hit": (
        "Points for a hit",
        "Punkte je Treffer",
        "Punkty za trafienie",
        "Puncte pentru un rezultat",
    ),
    "calls_a_day": (
        "Calls to a person in a day",
        "Anrufe je Person und Tag",
        "Połączenia do osoby na dzień",
        "Apeluri către o persoană pe zi",
    ),
    "calls_a_month": (
        "Calls to a person in 30 days",
        "Anrufe je Person in 30 Tagen",
        "Połączenia do osoby w 30 dni",
        "Apeluri către o persoană în 30 de zile",
    ),
    "publication_is_request": (
        "A published need is a request to be called",
        "Eine veröffentlichte Anfrage bittet um Anruf",
        "Publikacja potrzeby jest prośbą o telefon",
        "O cerere publicată este o cerere de apel",
    ),
    "hours_table": (
        "Table of calling hours",
        "Tabelle der Anrufzeiten",
        "Tabela godzin dzwonienia",
        "Tabelul orelor de apel",
    ),
    "house_hours_from": (
        "Our own calling hours begin",
        "Eigene Anrufzeiten beginnen",
        "Początek własnych godzin dzwonienia",
        "Începutul orelor proprii de apel",
    ),
    "house_hours_until": (
        "Our own calling hours end",
        "Eigene Anrufzeiten enden",
        "Koniec własnych godzin dzwonienia",
        "Sfârșitul orelor proprii de apel",
    ),
    "distrust_area_codes": (
        "North American area codes do not tell the place",
        "Nordamerikanische Vorwahlen verraten den Ort nicht",
        "Północnoamerykańskie kierunkowe nie mówią o miejscu",
        "Prefixele nord-americane nu indică locul",
    ),
    "business_from": (
        "Business hours begin",
        "Geschäftszeit beginnt",
        "Początek godzin pracy",
        "Începutul programului",
    ),
    "lunch_over": (
        "Lunch is over",
        "Mittagspause endet",
        "Koniec przerwy obiadowej",
        "Sfârșitul pauzei de prânz",
    ),
    "business_until": (
        "Business hours end",
        "Geschäftszeit endet",
        "Koniec godzin pracy",
        "Sfârșitul programului",
    ),
    "evening_from": (
        "Evening begins",
        "Abend beginnt",
        "Początek wieczoru",
        "Începutul serii",
    ),
    "monday_days": (
        "Days by which a call on Monday morning moves",
        "Tage, um die ein Anruf am Montagmorgen verschoben wird",
        "O ile dni przesuwa się telefon w poniedziałek rano",
        "Cu câte zile se mută un apel de luni dimineața",
    ),
    "hour_edge": (
        "Time around the full hour for email",
        "Zeit um die volle Stunde für E-Mails",
        "Czas wokół pełnej godziny na e-mail",
        "Timpul din jurul orei fixe pentru e-mail",
    ),
    "answer_time": (
        "Time for which it is the person's turn",
        "Wie lange die Person am Zug ist",
        "Jak długo ruch należy do osoby",
        "Cât timp este rândul persoanei",
    ),
}
