"""Words of notifications about reminders to answer and about revealed contact data."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from models.feed.wording.catalog import Notice, Words
from models.feed.wording.words.phrases import DE, EN, PL, RO

WORDS: Words = {
    "REVIEW_REMINDER.not_reviewed": {
        "en": Notice(
            "Please review an application for “{lead}”",
            (
                "You have not opened the application from {vendor} yet.",
                *EN.answer,
                "Let the vendor know whether you want to meet.",
            ),
        ),
        "de": Notice(
            "Bitte sehen Sie sich eine Bewerbung auf „{lead}“ an",
            (
                "Sie haben die Bewerbung von {vendor} noch nicht geöffnet.",
                *DE.answer,
                "Teilen Sie dem Anbieter mit, ob Sie ein Treffen wünschen.",
            ),
        ),
        "pl": Notice(
            "Prosimy o zapoznanie się ze zgłoszeniem do zapytania „{lead}”",
            (
                "Zgłoszenie usługodawcy {vendor} nie zostało jeszcze otwarte.",
                *PL.answer,
                "Prosimy poinformować usługodawcę, czy chcą się Państwo spotkać.",
            ),
        ),
        "ro": Notice(
            "Vă rugăm să citiți o cerere pentru „{lead}”",
            (
                "Nu ați deschis încă cererea trimisă de {vendor}.",
                *RO.answer,
                "Comunicați-i furnizorului dacă doriți o întâlnire.",
            ),
        ),
    },
    "REVIEW_REMINDER.opened_but_not_answered": {
        "en": Notice(
            "Please answer an application for “{lead}”",
            (
                "You have opened the application from {vendor} but not answered it yet.",
                *EN.answer,
                "Let the vendor know whether you want to meet.",
            ),
        ),
        "de": Notice(
            "Bitte beantworten Sie eine Bewerbung auf „{lead}“",
            (
                "Sie haben die Bewerbung von {vendor} geöffnet, aber noch nicht beantwortet.",
                *DE.answer,
                "Teilen Sie dem Anbieter mit, ob Sie ein Treffen wünschen.",
            ),
        ),
        "pl": Notice(
            "Prosimy o odpowiedź na zgłoszenie do zapytania „{lead}”",
            (
                "Zgłoszenie usługodawcy {vendor} zostało otwarte, ale pozostaje bez odpowiedzi.",
                *PL.answer,
                "Prosimy poinformować usługodawcę, czy chcą się Państwo spotkać.",
            ),
        ),
        "ro": Notice(
            "Vă rugăm să răspundeți la o cerere pentru „{lead}”",
            (
                "Ați deschis cererea trimisă de {vendor}, dar nu ați răspuns încă.",
                *RO.answer,
                "Comunicați-i furnizorului dacă doriți o întâlnire.",
            ),
        ),
    },
    "CONTACT_REVEALED": {
        "en": Notice(
            "Contact data revealed: “{lead}”",
            (
                "The prospect did not respond within {reveal_after}, so the contact data was revealed automatically on {opens_at}.",
                EN.reach,
                EN.complain,
            ),
        ),
        "de": Notice(
            "Kontaktdaten freigegeben: „{lead}“",
            (
                "Der Interessent hat innerhalb von {reveal_after} nicht geantwortet, daher wurden die Kontaktdaten am {opens_at} automatisch freigegeben.",
                DE.reach,
                DE.complain,
            ),
        ),
        "pl": Notice(
            "Ujawniono dane kontaktowe: „{lead}”",
            (
                "Klient nie odpowiedział w terminie ({reveal_after}), dlatego dane kontaktowe zostały ujawnione automatycznie {opens_at}.",
                PL.reach,
                PL.complain,
            ),
        ),
        "ro": Notice(
            "Date de contact dezvăluite: „{lead}”",
            (
                "Clientul nu a răspuns în termen de {reveal_after}, așa că datele de contact au fost dezvăluite automat pe {opens_at}.",
                RO.reach,
                RO.complain,
            ),
        ),
    },
    "CONTACT_DISCLOSED": {
        "en": Notice(
            "{vendor} can see your contact data",
            ("Your contact data was revealed for “{lead}”. If you have questions, contact the operator.",),
        ),
        "de": Notice(
            "{vendor} kann Ihre Kontaktdaten sehen",
            (
                "Ihre Kontaktdaten wurden im Zusammenhang mit „{lead}“ freigegeben. Bei Fragen wenden Sie sich an den Betreiber.",
            ),
        ),
        "pl": Notice(
            "{vendor} widzi Państwa dane kontaktowe",
            (
                "Państwa dane kontaktowe ujawniono w związku z zapytaniem „{lead}”. W razie pytań prosimy o kontakt z operatorem.",
            ),
        ),
        "ro": Notice(
            "{vendor} vă poate vedea datele de contact",
            (
                "Datele dumneavoastră de contact au fost dezvăluite în legătură cu „{lead}”. Dacă aveți întrebări, adresați-vă operatorului.",
            ),
        ),
    },
    "CONTACT_DISCLOSED.prospect_accepted": {
        "en": Notice(
            "{vendor} can see your contact data",
            (
                "You accepted the application for “{lead}”.",
                "You can still withdraw your acceptance, but contact data already revealed stays visible.",
            ),
        ),
        "de": Notice(
            "{vendor} kann Ihre Kontaktdaten sehen",
            (
                "Sie haben die Bewerbung auf „{lead}“ angenommen.",
                "Sie können Ihre Zusage noch zurückziehen; bereits freigegebene Kontaktdaten bleiben jedoch sichtbar.",
            ),
        ),
        "pl": Notice(
            "{vendor} widzi Państwa dane kontaktowe",
            (
                "Zaakceptowali Państwo zgłoszenie do zapytania „{lead}”.",
                "Akceptację można jeszcze wycofać, ale ujawnione już dane kontaktowe pozostaną widoczne.",
            ),
        ),
        "ro": Notice(
            "{vendor} vă poate vedea datele de contact",
            (
                "Ați acceptat cererea pentru „{lead}”.",
                "Încă vă puteți retrage acceptul, dar datele de contact deja dezvăluite rămân vizibile.",
            ),
        ),
    },
    "CONTACT_DISCLOSED.revealed_by_silence": {
        "en": Notice(
            "{vendor} can see your contact data",
            (
                "You did not respond to the application for “{lead}” within {reveal_after}, so your contact data was revealed automatically.",
                "You can still decline, but contact data already revealed stays visible.",
            ),
        ),
        "de": Notice(
            "{vendor} kann Ihre Kontaktdaten sehen",
            (
                "Sie haben die Bewerbung auf „{lead}“ nicht innerhalb von {reveal_after} beantwortet, daher wurden Ihre Kontaktdaten automatisch freigegeben.",
                "Sie können noch ablehnen; bereits freigegebene Kontaktdaten bleiben jedoch sichtbar.",
            ),
        ),
        "pl": Notice(
            "{vendor} widzi Państwa dane kontaktowe",
            (
                "Na zgłoszenie do zapytania „{lead}” nie udzielono odpowiedzi w terminie ({reveal_after}), dlatego Państwa dane kontaktowe zostały ujawnione automatycznie.",
                "Zgłoszenie można jeszcze odrzucić, ale ujawnione już dane kontaktowe pozostaną widoczne.",
            ),
        ),
        "ro": Notice(
            "{vendor} vă poate vedea datele de contact",
            (
                "Nu ați răspuns la cererea pentru „{lead}” în termen de {reveal_after}, așa că datele dumneavoastră de contact au fost dezvăluite automat.",
                "Încă puteți refuza, dar datele de contact deja dezvăluite rămân vizibile.",
            ),
        ),
    },
    "LEAD_DELIVERED": {
        "en": Notice(
            "New contact: “{lead}”",
            ("The contact was delivered to you and is visible now.", EN.reach, EN.complain),
        ),
        "de": Notice(
            "Neuer Kontakt: „{lead}“",
            ("Der Kontakt wurde Ihnen geliefert und ist jetzt sichtbar.", DE.reach, DE.complain),
        ),
        "pl": Notice(
            "Nowy kontakt: „{lead}”",
            ("Kontakt został Państwu dostarczony i jest już widoczny.", PL.reach, PL.complain),
        ),
        "ro": Notice(
            "Contact nou: „{lead}”",
            ("Contactul v-a fost livrat și este vizibil acum.", RO.reach, RO.complain),
        ),
    },
    "REPLACEMENT_DELIVERED": {
        "en": Notice(
            "Replacement: “{lead}”",
            ("This contact replaces a faulty one and is visible now.", EN.reach, EN.complain),
        ),
        "de": Notice(
            "Ersatz: „{lead}“",
            ("Dieser Kontakt ersetzt einen fehlerhaften und ist jetzt sichtbar.", DE.reach, DE.complain),
        ),
        "pl": Notice(
            "Kontakt zastępczy: „{lead}”",
            ("Ten kontakt zastępuje wadliwy i jest już widoczny.", PL.reach, PL.complain),
        ),
        "ro": Notice(
            "Contact înlocuitor: „{lead}”",
            ("Acest contact înlocuiește unul neconform și este vizibil acum.", RO.reach, RO.complain),
        ),
    },
}
