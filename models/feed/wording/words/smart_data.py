"""Words of notifications about smart contact data."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from models.feed.wording.catalog import Notice, Words

WORDS: Words = {
    "SMART_DATA_FOUND.FOUND": {
        "en": Notice(
            "Public information found: “{lead}”",
            ("Each value shows its source and when it was found.",),
        ),
        "de": Notice(
            "Öffentliche Angaben gefunden: „{lead}“",
            ("Zu jedem Wert stehen die Quelle und der Zeitpunkt, zu dem er gefunden wurde.",),
        ),
        "pl": Notice(
            "Znaleziono informacje publiczne: „{lead}”",
            ("Przy każdej wartości podano źródło i czas jej znalezienia.",),
        ),
        "ro": Notice(
            "S-au găsit informații publice: „{lead}”",
            ("Fiecare valoare arată sursa și momentul în care a fost găsită.",),
        ),
    },
    "SMART_DATA_FOUND.NOTHING": {
        "en": Notice(
            "No public information found: “{lead}”",
            ("The search is over. It cost nothing.",),
        ),
        "de": Notice(
            "Keine öffentlichen Angaben gefunden: „{lead}“",
            ("Die Suche ist beendet. Sie hat nichts gekostet.",),
        ),
        "pl": Notice(
            "Nie znaleziono informacji publicznych: „{lead}”",
            ("Wyszukiwanie zostało zakończone. Nic nie kosztowało.",),
        ),
        "ro": Notice(
            "Nu s-au găsit informații publice: „{lead}”",
            ("Căutarea s-a încheiat. Nu a costat nimic.",),
        ),
    },
    "SMART_DATA_FOUND.FAILED": {
        "en": Notice(
            "Search failed: “{lead}”",
            ("Nothing was stored, and the search cost nothing.", "You can search again."),
        ),
        "de": Notice(
            "Suche fehlgeschlagen: „{lead}“",
            ("Es wurde nichts gespeichert, und die Suche hat nichts gekostet.", "Sie können erneut suchen."),
        ),
        "pl": Notice(
            "Wyszukiwanie nie powiodło się: „{lead}”",
            ("Niczego nie zapisano, a wyszukiwanie nic nie kosztowało.", "Można spróbować ponownie."),
        ),
        "ro": Notice(
            "Căutarea a eșuat: „{lead}”",
            ("Nu s-a salvat nimic, iar căutarea nu a costat nimic.", "Puteți căuta din nou."),
        ),
    },
    "SMART_DATA_SWITCHED.ON": {
        "en": Notice(
            "Smart contact data is on",
            (
                "An owner of the account switched it on and accepted that your company is the controller.",
                "Public sources are searched only when a user asks for it.",
            ),
        ),
        "de": Notice(
            "Smart Contact Data ist eingeschaltet",
            (
                "Ein Inhaber des Kontos hat es eingeschaltet und bestätigt, dass Ihr Unternehmen der Verantwortliche ist.",
                "Öffentliche Quellen werden nur durchsucht, wenn ein Benutzer es verlangt.",
            ),
        ),
        "pl": Notice(
            "Inteligentne dane kontaktowe są włączone",
            (
                "Właściciel konta włączył je i zaakceptował, że administratorem danych jest Państwa firma.",
                "Publiczne źródła są przeszukiwane tylko na żądanie użytkownika.",
            ),
        ),
        "ro": Notice(
            "Datele de contact inteligente sunt activate",
            (
                "Un proprietar al contului le-a activat și a acceptat că firma dumneavoastră este operatorul de date.",
                "Sursele publice sunt interogate numai când un utilizator o cere.",
            ),
        ),
    },
    "SMART_DATA_SWITCHED.OFF": {
        "en": Notice(
            "Smart contact data is off",
            ("An owner of the account switched it off.", "What was found is hidden until it expires."),
        ),
        "de": Notice(
            "Smart Contact Data ist ausgeschaltet",
            (
                "Ein Inhaber des Kontos hat es ausgeschaltet.",
                "Gefundene Angaben bleiben verborgen, bis sie ablaufen.",
            ),
        ),
        "pl": Notice(
            "Inteligentne dane kontaktowe są wyłączone",
            (
                "Wyłączył je właściciel konta.",
                "Znalezione informacje pozostaną ukryte do upływu ich ważności.",
            ),
        ),
        "ro": Notice(
            "Datele de contact inteligente sunt dezactivate",
            (
                "Un proprietar al contului le-a dezactivat.",
                "Informațiile găsite rămân ascunse până expiră.",
            ),
        ),
    },
}
