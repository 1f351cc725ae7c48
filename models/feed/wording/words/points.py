"""Words of notifications about points."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.feed.wording.catalog import Notice, Words

WORDS: Words = {
    "FEE_REFUNDED": {
        "en": Notice(
            "Fee returned: “{lead}”",
            ("Returned to your account: {fee}.", "{decision}", "You can use the points for other leads now."),
        ),
        "de": Notice(
            "Gebühr erstattet: „{lead}“",
            (
                "Zurückgebucht auf Ihr Konto: {fee}.",
                "{decision}",
                "Sie können die Punkte jetzt für andere Anfragen einsetzen.",
            ),
        ),
        "pl": Notice(
            "Zwrócono opłatę: „{lead}”",
            (
                "Zwrócono na Twoje konto: {fee}.",
                "{decision}",
                "Możesz już użyć punktów do innych zapytań.",
            ),
        ),
        "ro": Notice(
            "Taxă returnată: „{lead}”",
            (
                "Returnat în contul dumneavoastră: {fee}.",
                "{decision}",
                "Puteți folosi acum punctele pentru alte cereri.",
            ),
        ),
    },
    "POINTS_PURCHASED": {
        "en": Notice(
            "{points} booked", ("They are in your account.", "You can apply for leads with them now.")
        ),
        "de": Notice(
            "Gutgeschrieben: {points}",
            ("Sie sind auf Ihrem Konto.", "Sie können sich jetzt damit um Anfragen bewerben."),
        ),
        "pl": Notice(
            "Zaksięgowano: {points}",
            ("Są na Twoim koncie.", "Możesz już zgłaszać się za nie do zapytań."),
        ),
        "ro": Notice(
            "Adăugat în cont: {points}",
            ("Se află în contul dumneavoastră.", "Puteți candida acum cu ele la cereri."),
        ),
    },
    "REMEDY_POINTS": {
        "en": Notice(
            "Returned for a complaint: {points}",
            (
                "They are in your account again.",
                "The faulty contact: “{lead}”.",
                "{decision}",
                "You can use them for other leads now.",
            ),
        ),
        "de": Notice(
            "Für eine Reklamation zurückgebucht: {points}",
            (
                "Sie sind wieder auf Ihrem Konto.",
                "Der fehlerhafte Kontakt: „{lead}“.",
                "{decision}",
                "Sie können sie jetzt für andere Anfragen einsetzen.",
            ),
        ),
        "pl": Notice(
            "Zwrócono z reklamacji: {points}",
            (
                "Są znowu na Twoim koncie.",
                "Wadliwy kontakt: „{lead}”.",
                "{decision}",
                "Możesz ich już użyć do innych zapytań.",
            ),
        ),
        "ro": Notice(
            "Returnat pentru o reclamație: {points}",
            (
                "Sunt din nou în contul dumneavoastră.",
                "Contactul eronat: „{lead}”.",
                "{decision}",
                "Le puteți folosi acum pentru alte cereri.",
            ),
        ),
    },
    "REMEDY_POINTS.waited": {
        "en": Notice(
            "No replacement came: {points} returned",
            (
                "No replacement for your faulty contact came in time, so its points are in your account again.",
                "The faulty contact: “{lead}”.",
                "You can use them for other leads now.",
            ),
        ),
        "de": Notice(
            "Kein Ersatz eingetroffen, zurückgebucht: {points}",
            (
                "Für Ihren fehlerhaften Kontakt kam kein Ersatz rechtzeitig, daher sind seine Punkte wieder auf Ihrem Konto.",
                "Der fehlerhafte Kontakt: „{lead}“.",
                "Sie können sie jetzt für andere Anfragen einsetzen.",
            ),
        ),
        "pl": Notice(
            "Nie znaleziono zamiennika, zwrócono: {points}",
            (
                "Zamiennik wadliwego kontaktu nie pojawił się w terminie, dlatego jego punkty są znowu na Twoim koncie.",
                "Wadliwy kontakt: „{lead}”.",
                "Możesz ich już użyć do innych zapytań.",
            ),
        ),
        "ro": Notice(
            "Nu a sosit o înlocuire, returnat: {points}",
            (
                "Pentru contactul eronat nu a sosit la timp o înlocuire, de aceea punctele lui sunt din nou în contul dumneavoastră.",
                "Contactul eronat: „{lead}”.",
                "Le puteți folosi acum pentru alte cereri.",
            ),
        ),
    },
    "REMEDY_POINTS.free": {
        "en": Notice(
            "No replacement came: “{lead}”",
            (
                "No replacement for your faulty contact came in time.",
                "The contact was free: nothing was charged for it, so no points come back.",
            ),
        ),
        "de": Notice(
            "Kein Ersatz eingetroffen: „{lead}“",
            (
                "Für Ihren fehlerhaften Kontakt kam kein Ersatz rechtzeitig.",
                "Der Kontakt war kostenlos: Es wurde nichts berechnet, also kommen keine Punkte zurück.",
            ),
        ),
        "pl": Notice(
            "Nie znaleziono zamiennika: „{lead}”",
            (
                "Zamiennik wadliwego kontaktu nie pojawił się w terminie.",
                "Kontakt był bezpłatny: nic za niego nie pobrano, więc żadne punkty nie wracają.",
            ),
        ),
        "ro": Notice(
            "Nu a sosit o înlocuire: „{lead}”",
            (
                "Pentru contactul eronat nu a sosit la timp o înlocuire.",
                "Contactul a fost gratuit: nu s-a plătit nimic pentru el, deci nu se returnează puncte.",
            ),
        ),
    },
}
