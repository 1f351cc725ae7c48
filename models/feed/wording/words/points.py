"""Words of notifications about points."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from models.feed.wording.catalog import Notice, Words

WORDS: Words = {
    "FEE_REFUNDED": {
        "en": Notice(
            "Fee refunded: “{lead}”",
            ("Refunded to your account: {fee}.", "{decision}", "You can now use the points for other leads."),
        ),
        "de": Notice(
            "Gebühr erstattet: „{lead}“",
            (
                "Auf Ihr Konto erstattet: {fee}.",
                "{decision}",
                "Sie können Ihre Punkte jetzt für andere Leads einsetzen.",
            ),
        ),
        "pl": Notice(
            "Zwrócono opłatę: „{lead}”",
            ("Zwrócono na konto: {fee}.", "{decision}", "Punkty można już wykorzystać na inne leady."),
        ),
        "ro": Notice(
            "Taxă rambursată: „{lead}”",
            (
                "Rambursare în cont: {fee}.",
                "{decision}",
                "Puteți folosi acum punctele din cont pentru alte leaduri.",
            ),
        ),
    },
    "POINTS_PURCHASED": {
        "en": Notice(
            "{points} credited",
            ("The points are in your account.", "You can now use them to apply for leads."),
        ),
        "de": Notice(
            "Gutgeschrieben: {points}",
            (
                "Ihr Punktestand wurde aktualisiert.",
                "Sie können Ihre Punkte jetzt für Bewerbungen einsetzen.",
            ),
        ),
        "pl": Notice(
            "Dopisano do konta: {points}",
            ("Stan konta został zaktualizowany.", "Punkty można już wykorzystać na zgłoszenia do leadów."),
        ),
        "ro": Notice(
            "Contul dumneavoastră a fost creditat cu {points}",
            (
                "Soldul contului a fost actualizat.",
                "Puteți folosi acum punctele din cont ca să trimiteți cereri pentru leaduri.",
            ),
        ),
    },
    "REMEDY_POINTS": {
        "en": Notice(
            "Credited for a complaint: {points}",
            (
                "The points are back in your account.",
                "Faulty contact: “{lead}”.",
                "{decision}",
                "You can now use the points for other leads.",
            ),
        ),
        "de": Notice(
            "Gutschrift aus einer Reklamation: {points}",
            (
                "Ihr Punktestand wurde aktualisiert.",
                "Fehlerhafter Kontakt: „{lead}“.",
                "{decision}",
                "Sie können Ihre Punkte jetzt für andere Leads einsetzen.",
            ),
        ),
        "pl": Notice(
            "Dopisano z tytułu reklamacji: {points}",
            (
                "Stan konta został zaktualizowany.",
                "Wadliwy kontakt: „{lead}”.",
                "{decision}",
                "Punkty można już wykorzystać na inne leady.",
            ),
        ),
        "ro": Notice(
            "Contul a fost creditat cu {points} în urma unei reclamații",
            (
                "Soldul contului a fost actualizat.",
                "Contact neconform: „{lead}”.",
                "{decision}",
                "Puteți folosi acum punctele din cont pentru alte leaduri.",
            ),
        ),
    },
    "REMEDY_POINTS.waited": {
        "en": Notice(
            "No replacement found: {points} credited",
            (
                "No replacement for your faulty contact was found in time, so its points are back in your account.",
                "Faulty contact: “{lead}”.",
                "You can now use the points for other leads.",
            ),
        ),
        "de": Notice(
            "Kein Ersatz gefunden; gutgeschrieben: {points}",
            (
                "Für Ihren fehlerhaften Kontakt wurde nicht rechtzeitig Ersatz gefunden, daher haben Sie eine Gutschrift erhalten.",
                "Fehlerhafter Kontakt: „{lead}“.",
                "Sie können Ihre Punkte jetzt für andere Leads einsetzen.",
            ),
        ),
        "pl": Notice(
            "Nie znaleziono zamiennika; dopisano do konta: {points}",
            (
                "W terminie nie znaleziono zamiennika wadliwego kontaktu, dlatego otrzymali Państwo rekompensatę w punktach.",
                "Wadliwy kontakt: „{lead}”.",
                "Punkty można już wykorzystać na inne leady.",
            ),
        ),
        "ro": Notice(
            "Nu s-a găsit o înlocuire; contul a fost creditat cu {points}",
            (
                "Nu s-a găsit la timp o înlocuire pentru contactul neconform, așa că ați primit o compensație în puncte.",
                "Contact neconform: „{lead}”.",
                "Puteți folosi acum punctele din cont pentru alte leaduri.",
            ),
        ),
    },
    "REMEDY_POINTS.free": {
        "en": Notice(
            "No replacement found: “{lead}”",
            (
                "No replacement for your faulty contact was found in time.",
                "The contact was free of charge, so no points are credited.",
            ),
        ),
        "de": Notice(
            "Kein Ersatz gefunden: „{lead}“",
            (
                "Für Ihren fehlerhaften Kontakt wurde nicht rechtzeitig Ersatz gefunden.",
                "Der Kontakt war kostenlos, daher werden keine Punkte gutgeschrieben.",
            ),
        ),
        "pl": Notice(
            "Nie znaleziono zamiennika: „{lead}”",
            (
                "W terminie nie znaleziono zamiennika wadliwego kontaktu.",
                "Kontakt był bezpłatny, dlatego punkty nie zostaną dopisane.",
            ),
        ),
        "ro": Notice(
            "Nu s-a găsit o înlocuire: „{lead}”",
            (
                "Nu s-a găsit la timp o înlocuire pentru contactul neconform.",
                "Contactul a fost gratuit, așa că nu se creditează puncte.",
            ),
        ),
    },
}
