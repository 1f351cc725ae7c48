"""Parameters about calls."""

from collections.abc import Mapping

AREAS: Mapping[str, tuple[str, str, str, str]] = {
    "call": ("Calls", "Anrufe", "Połączenia", "Apeluri"),
}
FIELDS: Mapping[str, tuple[str, str, str, str]] = {
    "deputy_hops": (
        "Deputies in a row",
        "Vertretungen hintereinander",
        "Kolejni zastępcy",
        "Înlocuitori succesivi",
    ),
    "deputy_after_decline": (
        "Deputy after a declined call",
        "Vertretung nach abgelehntem Anruf",
        "Zastępca po odrzuconym połączeniu",
        "Înlocuitor după un apel respins",
    ),
    "unconfirmed_takes_messages": (
        "Unconfirmed secretariats take messages only",
        "Unbestätigte Sekretariate nehmen nur Nachrichten auf",
        "Niepotwierdzone sekretariaty tylko przyjmują wiadomości",
        "Secretariatele neconfirmate preiau doar mesaje",
    ),
    "holidays_close": (
        "Closed on public holidays",
        "An Feiertagen geschlossen",
        "Zamknięte w święta",
        "Închis de sărbători",
    ),
    "attempt_ring_seconds": (
        "Ringing time of one employee",
        "Klingeldauer je Mitarbeiter",
        "Czas dzwonienia do pracownika",
        "Cât sună la un angajat",
    ),
    "retention_days": (
        "Time for which callers are known",
        "Speicherdauer von Anrufern",
        "Czas przechowywania danych dzwoniących",
        "Cât timp se păstrează datele apelanților",
    ),
    "check_after_days": (
        "Time until a set-up is to be checked (0: never)",
        "Zeit bis zur Prüfung der Einrichtung (0: nie)",
        "Czas do sprawdzenia konfiguracji (0: nigdy)",
        "Timp până la verificarea configurării (0: niciodată)",
    ),
    "ring_seconds": (
        "Call stays open while ringing",
        "Anruf bleibt offen, während es klingelt",
        "Połączenie otwarte podczas dzwonienia",
        "Apelul rămâne deschis cât sună",
    ),
    "talk_seconds": (
        "Call stays open while talking",
        "Anruf bleibt offen, während gesprochen wird",
        "Połączenie otwarte podczas rozmowy",
        "Apelul rămâne deschis cât se vorbește",
    ),
    "wrap_up_seconds": (
        "Time for the wrap-up",
        "Zeit für die Nachbearbeitung",
        "Czas na opracowanie",
        "Timp pentru finalizare",
    ),
    "correct_seconds": (
        "Time to correct a note",
        "Zeit zum Berichtigen einer Notiz",
        "Czas na poprawienie notatki",
        "Timp pentru corectarea unei note",
    ),
    "agent_sees_seconds": (
        "Time for which agents see a call",
        "Wie lange Telefonisten einen Anruf sehen",
        "Jak długo agenci widzą połączenie",
        "Cât timp văd agenții un apel",
    ),
    "mail_abandoned": (
        "Email about abandoned calls",
        "E-Mail über abgebrochene Anrufe",
        "E-mail o porzuconych połączeniach",
        "E-mail despre apeluri abandonate",
    ),
    "calendar_refresh_seconds": (
        "Time between readings of a calendar",
        "Abstand, in dem ein Kalender gelesen wird",
        "Odstęp między odczytami kalendarza",
        "Intervalul de citire a unui calendar",
    ),
    "calendar_stale_seconds": (
        "Time until a failing calendar is reported",
        "Zeit bis zur Meldung eines gestörten Kalenders",
        "Czas do zgłoszenia zawodzącego kalendarza",
        "Timp până la raportarea unui calendar cu erori",
    ),
    "calendar_horizon_days": (
        "How far ahead calendars are read",
        "Wie weit Kalender im Voraus gelesen werden",
        "Jak daleko naprzód czytane są kalendarze",
        "Cât de departe se citesc calendarele",
    ),
}
