"""Words of notifications that remind of an answer, or tell of contact data that opened."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.feed.wording.catalog import Notice, Words
from models.feed.wording.words.phrases import DE, EN, PL, RO

WORDS: Words = {
    "REVIEW_REMINDER.not_reviewed": {
        "en": Notice(
            "Please review an application for “{lead}”",
            (
                "You have not opened the application of {vendor} yet.",
                *EN.answer,
                "Say whether you want to meet.",
            ),
        ),
        "de": Notice(
            "Bitte sehen Sie eine Bewerbung an: „{lead}“",
            (
                "Sie haben die Bewerbung von {vendor} noch nicht geöffnet.",
                *DE.answer,
                "Sagen Sie, ob Sie sich treffen möchten.",
            ),
        ),
        "pl": Notice(
            "Prosimy o przejrzenie zgłoszenia: „{lead}”",
            (
                "Zgłoszenie nie zostało jeszcze otwarte ({vendor}).",
                *PL.answer,
                "Napisz, czy chcesz się spotkać.",
            ),
        ),
        "ro": Notice(
            "Vă rugăm să vedeți o candidatură: „{lead}”",
            (
                "Nu ați deschis încă această candidatură ({vendor}).",
                *RO.answer,
                "Spuneți dacă doriți o întâlnire.",
            ),
        ),
    },
    "REVIEW_REMINDER.opened_but_not_answered": {
        "en": Notice(
            "Please answer an application for “{lead}”",
            (
                "You have read the application of {vendor}, but not answered it.",
                *EN.answer,
                "Say whether you want to meet.",
            ),
        ),
        "de": Notice(
            "Bitte beantworten Sie eine Bewerbung: „{lead}“",
            (
                "Sie haben die Bewerbung von {vendor} gelesen, aber nicht beantwortet.",
                *DE.answer,
                "Sagen Sie, ob Sie sich treffen möchten.",
            ),
        ),
        "pl": Notice(
            "Prosimy o odpowiedź na zgłoszenie: „{lead}”",
            (
                "Zgłoszenie zostało przeczytane, ale bez odpowiedzi ({vendor}).",
                *PL.answer,
                "Napisz, czy chcesz się spotkać.",
            ),
        ),
        "ro": Notice(
            "Vă rugăm să răspundeți la o candidatură: „{lead}”",
            (
                "Ați citit această candidatură, dar nu ați răspuns ({vendor}).",
                *RO.answer,
                "Spuneți dacă doriți o întâlnire.",
            ),
        ),
    },
    "CONTACT_REVEALED": {
        "en": Notice(
            "Contact data open: “{lead}”",
            (
                "The prospect did not answer within {reveal_after}, so it opened by itself: {opens_at}.",
                EN.reach,
                EN.complain,
            ),
        ),
        "de": Notice(
            "Kontaktdaten offen: „{lead}“",
            (
                "Der Interessent hat innerhalb der Frist ({reveal_after}) nicht geantwortet, daher haben sie sich von selbst geöffnet: {opens_at}.",
                DE.reach,
                DE.complain,
            ),
        ),
        "pl": Notice(
            "Dane kontaktowe otwarte: „{lead}”",
            (
                "Klient nie odpowiedział w terminie ({reveal_after}), więc dane otworzyły się same: {opens_at}.",
                PL.reach,
                PL.complain,
            ),
        ),
        "ro": Notice(
            "Date de contact deschise: „{lead}”",
            (
                "Clientul nu a răspuns în termen ({reveal_after}), așa că datele s-au deschis singure: {opens_at}.",
                RO.reach,
                RO.complain,
            ),
        ),
    },
    "CONTACT_DISCLOSED": {
        "en": Notice(
            "{vendor} sees your contact data",
            ("It was opened for “{lead}”; you can ask the operator about it.",),
        ),
        "de": Notice(
            "{vendor} sieht Ihre Kontaktdaten",
            ("Sie wurden für „{lead}“ geöffnet; fragen können Sie den Betreiber.",),
        ),
        "pl": Notice(
            "{vendor} widzi Twoje dane kontaktowe",
            ("Otwarto je dla zapytania „{lead}”; możesz zapytać o to operatora.",),
        ),
        "ro": Notice(
            "{vendor} vă vede datele de contact",
            ("Au fost deschise pentru „{lead}”; îl puteți întreba pe operator.",),
        ),
    },
    "CONTACT_DISCLOSED.prospect_accepted": {
        "en": Notice(
            "{vendor} sees your contact data",
            (
                "You accepted the application for “{lead}”.",
                "You can still withdraw: that does not close what was seen.",
            ),
        ),
        "de": Notice(
            "{vendor} sieht Ihre Kontaktdaten",
            (
                "Sie haben die Bewerbung um „{lead}“ angenommen.",
                "Sie können die Annahme noch zurückziehen: Das schließt nicht, was gesehen wurde.",
            ),
        ),
        "pl": Notice(
            "{vendor} widzi Twoje dane kontaktowe",
            (
                "Zgłoszenie do „{lead}” zostało przez Ciebie przyjęte.",
                "Możesz jeszcze wycofać przyjęcie: to nie zamyka tego, co już widziano.",
            ),
        ),
        "ro": Notice(
            "{vendor} vă vede datele de contact",
            (
                "Ați acceptat candidatura la „{lead}”.",
                "Puteți încă să vă retrageți acceptarea: aceasta nu închide ce s-a văzut.",
            ),
        ),
    },
    "CONTACT_DISCLOSED.revealed_by_silence": {
        "en": Notice(
            "{vendor} sees your contact data",
            (
                "You did not answer the application for “{lead}” within {reveal_after}, so it opened by itself.",
                "You can still decline: that does not close what was seen.",
            ),
        ),
        "de": Notice(
            "{vendor} sieht Ihre Kontaktdaten",
            (
                "Sie haben die Bewerbung um „{lead}“ innerhalb der Frist ({reveal_after}) nicht beantwortet, daher haben sie sich von selbst geöffnet.",
                "Sie können noch ablehnen: Das schließt nicht, was gesehen wurde.",
            ),
        ),
        "pl": Notice(
            "{vendor} widzi Twoje dane kontaktowe",
            (
                "Na zgłoszenie do „{lead}” nie było odpowiedzi w terminie ({reveal_after}), więc dane otworzyły się same.",
                "Możesz jeszcze odrzucić: to nie zamyka tego, co już widziano.",
            ),
        ),
        "ro": Notice(
            "{vendor} vă vede datele de contact",
            (
                "Nu ați răspuns la candidatura la „{lead}” în termen ({reveal_after}), așa că datele s-au deschis singure.",
                "Puteți încă să refuzați: aceasta nu închide ce s-a văzut.",
            ),
        ),
    },
    "LEAD_DELIVERED": {
        "en": Notice("New contact: “{lead}”", ("Its contact data is open for you.", EN.reach, EN.complain)),
        "de": Notice(
            "Neuer Kontakt: „{lead}“", ("Seine Kontaktdaten sind für Sie offen.", DE.reach, DE.complain)
        ),
        "pl": Notice(
            "Nowy kontakt: „{lead}”", ("Jego dane kontaktowe są dla Ciebie otwarte.", PL.reach, PL.complain)
        ),
        "ro": Notice(
            "Contact nou: „{lead}”",
            ("Datele lui de contact sunt deschise pentru dumneavoastră.", RO.reach, RO.complain),
        ),
    },
    "REPLACEMENT_DELIVERED": {
        "en": Notice(
            "Replacement: “{lead}”",
            ("It replaces a faulty contact; its contact data is open for you.", EN.reach, EN.complain),
        ),
        "de": Notice(
            "Ersatz: „{lead}“",
            (
                "Er ersetzt einen fehlerhaften Kontakt; seine Kontaktdaten sind für Sie offen.",
                DE.reach,
                DE.complain,
            ),
        ),
        "pl": Notice(
            "Kontakt zastępczy: „{lead}”",
            ("Zastępuje wadliwy kontakt; jego dane kontaktowe są dla Ciebie otwarte.", PL.reach, PL.complain),
        ),
        "ro": Notice(
            "Contact înlocuitor: „{lead}”",
            (
                "Înlocuiește un contact eronat; datele lui de contact sunt deschise pentru dumneavoastră.",
                RO.reach,
                RO.complain,
            ),
        ),
    },
}
