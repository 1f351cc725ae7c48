"""Words of notifications about applications."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from models.feed.wording.catalog import Notice, Words
from models.feed.wording.words.phrases import DE, EN, PL, RO

WORDS: Words = {
    "APPLICATION_RECEIVED": {
        "en": Notice(
            "{vendor} applied for “{lead}”",
            ("Read the vendor's introduction in the application.", *EN.answer),
        ),
        "de": Notice(
            "{vendor} hat sich auf „{lead}“ beworben",
            ("Lesen Sie in der Bewerbung, wie sich der Anbieter vorstellt.", *DE.answer),
        ),
        "pl": Notice(
            "{vendor}: nowe zgłoszenie do zapytania „{lead}”",
            ("Prosimy zapoznać się z prezentacją usługodawcy w zgłoszeniu.", *PL.answer),
        ),
        "ro": Notice(
            "{vendor} v-a trimis o cerere pentru „{lead}”",
            ("Citiți în cerere prezentarea furnizorului.", *RO.answer),
        ),
    },
    "APPLICATION_SUBMITTED": {
        "en": Notice(
            "You applied for “{lead}”",
            (
                "The prospect has {reveal_after} to respond.",
                "If the prospect accepts, the contact data is revealed immediately. Without a response, it is revealed automatically on {opens_at}.",
                "If the prospect declines before then, it stays hidden.",
            ),
        ),
        "de": Notice(
            "Sie haben sich auf „{lead}“ beworben",
            (
                "Der Interessent hat {reveal_after} Zeit zu antworten.",
                "Sagt er zu, werden die Kontaktdaten sofort freigegeben. Ohne Antwort werden sie am {opens_at} automatisch freigegeben.",
                "Lehnt er vorher ab, bleiben sie verborgen.",
            ),
        ),
        "pl": Notice(
            "Wysłano zgłoszenie: „{lead}”",
            (
                "Czas na odpowiedź klienta: {reveal_after}.",
                "Jeśli klient zaakceptuje zgłoszenie, dane kontaktowe zostaną ujawnione od razu. W razie braku odpowiedzi zostaną ujawnione automatycznie {opens_at}.",
                "Jeśli klient wcześniej odrzuci zgłoszenie, pozostaną ukryte.",
            ),
        ),
        "ro": Notice(
            "Ați trimis o cerere pentru „{lead}”",
            (
                "Clientul are la dispoziție {reveal_after} pentru a răspunde.",
                "Dacă acceptă, datele de contact vor fi dezvăluite imediat. În lipsa unui răspuns, vor fi dezvăluite automat pe {opens_at}.",
                "Dacă refuză înainte de acest termen, ele rămân ascunse.",
            ),
        ),
    },
    "APPLICATION_ACCEPTED": {
        "en": Notice(
            "Accepted: “{lead}”",
            ("The prospect accepted; the contact data has been revealed.", EN.reach, EN.complain),
        ),
        "de": Notice(
            "Zusage: „{lead}“",
            ("Der Interessent hat zugesagt; die Kontaktdaten wurden freigegeben.", DE.reach, DE.complain),
        ),
        "pl": Notice(
            "Zgłoszenie zaakceptowane: „{lead}”",
            ("Klient zaakceptował zgłoszenie; dane kontaktowe zostały ujawnione.", PL.reach, PL.complain),
        ),
        "ro": Notice(
            "Cerere acceptată: „{lead}”",
            ("Clientul a acceptat; datele de contact au fost dezvăluite.", RO.reach, RO.complain),
        ),
    },
    "APPLICATION_ACCEPTED.opened_before": {
        "en": Notice(
            "Accepted: “{lead}”",
            ("The prospect accepted; the contact data had already been revealed.", EN.reach, EN.complain),
        ),
        "de": Notice(
            "Zusage: „{lead}“",
            (
                "Der Interessent hat zugesagt; die Kontaktdaten waren bereits freigegeben.",
                DE.reach,
                DE.complain,
            ),
        ),
        "pl": Notice(
            "Zgłoszenie zaakceptowane: „{lead}”",
            ("Klient zaakceptował zgłoszenie; dane kontaktowe były już ujawnione.", PL.reach, PL.complain),
        ),
        "ro": Notice(
            "Cerere acceptată: „{lead}”",
            ("Clientul a acceptat; datele de contact fuseseră deja dezvăluite.", RO.reach, RO.complain),
        ),
    },
    "APPLICATION_DECLINED": {
        "en": Notice("Declined: “{lead}”", ("The prospect declined. No action is needed.", *EN.fee)),
        "de": Notice("Absage: „{lead}“", ("Der Interessent hat abgelehnt. Sie müssen nichts tun.", *DE.fee)),
        "pl": Notice(
            "Zgłoszenie odrzucone: „{lead}”",
            ("Klient odrzucił zgłoszenie. Nie są wymagane żadne działania.", *PL.fee),
        ),
        "ro": Notice(
            "Cerere refuzată: „{lead}”", ("Clientul a refuzat. Nu trebuie să faceți nimic.", *RO.fee)
        ),
    },
    "APPLICATION_DECLINED.declined_in_time": {
        "en": Notice("Declined: “{lead}”", (EN.declined, *EN.fee, EN.apply)),
        "de": Notice("Absage: „{lead}“", (DE.declined, *DE.fee, DE.apply)),
        "pl": Notice("Zgłoszenie odrzucone: „{lead}”", (PL.declined, *PL.fee, PL.apply)),
        "ro": Notice("Cerere refuzată: „{lead}”", (RO.declined, *RO.fee, RO.apply)),
    },
    "APPLICATION_DECLINED.declined_late": {
        "en": Notice(
            "Declined: “{lead}”",
            ("The prospect declined after the contact data had been revealed. It stays visible.", *EN.fee),
        ),
        "de": Notice(
            "Absage: „{lead}“",
            (
                "Der Interessent hat abgelehnt, als die Kontaktdaten bereits freigegeben waren. Diese bleiben sichtbar.",
                *DE.fee,
            ),
        ),
        "pl": Notice(
            "Zgłoszenie odrzucone: „{lead}”",
            (
                "Klient odrzucił zgłoszenie, gdy dane kontaktowe były już ujawnione. Pozostają one widoczne.",
                *PL.fee,
            ),
        ),
        "ro": Notice(
            "Cerere refuzată: „{lead}”",
            (
                "Clientul a refuzat când datele de contact fuseseră deja dezvăluite. Acestea rămân vizibile.",
                *RO.fee,
            ),
        ),
    },
    "APPLICATION_DECLINED.acceptance_withdrawn": {
        "en": Notice(
            "Acceptance withdrawn: “{lead}”",
            ("The prospect withdrew their acceptance. The contact data stays visible.", *EN.fee),
        ),
        "de": Notice(
            "Zusage zurückgezogen: „{lead}“",
            ("Der Interessent hat seine Zusage zurückgezogen. Die Kontaktdaten bleiben sichtbar.", *DE.fee),
        ),
        "pl": Notice(
            "Akceptacja wycofana: „{lead}”",
            ("Klient wycofał akceptację. Dane kontaktowe pozostają widoczne.", *PL.fee),
        ),
        "ro": Notice(
            "Accept retras: „{lead}”",
            ("Clientul și-a retras acceptul. Datele de contact rămân vizibile.", *RO.fee),
        ),
    },
    "APPLICATION_ENDED.vendor": {
        "en": Notice(
            "Application ended: “{lead}”",
            (
                "The prospect can no longer be contacted, so your application has ended. The contact data stays closed.",
                *EN.fee,
                EN.apply,
            ),
        ),
        "de": Notice(
            "Bewerbung beendet: „{lead}“",
            (
                "Der Interessent kann nicht mehr kontaktiert werden; Ihre Bewerbung ist damit beendet. Die Kontaktdaten bleiben gesperrt.",
                *DE.fee,
                DE.apply,
            ),
        ),
        "pl": Notice(
            "Zgłoszenie zakończone: „{lead}”",
            (
                "Z klientem nie można się już kontaktować, dlatego Państwa zgłoszenie zostało zakończone. Dane kontaktowe pozostają zablokowane.",
                *PL.fee,
                PL.apply,
            ),
        ),
        "ro": Notice(
            "Cerere încheiată: „{lead}”",
            (
                "Clientul nu mai poate fi contactat; prin urmare, cererea dumneavoastră s-a încheiat. Accesul la datele de contact rămâne închis.",
                *RO.fee,
                RO.apply,
            ),
        ),
    },
    "APPLICATION_ENDED.prospect": {
        "en": Notice(
            "An application for “{lead}” has ended",
            (
                "Vendors are no longer allowed to contact you, so the application from {vendor} has ended. Your contact data stays closed.",
                "No action is needed.",
            ),
        ),
        "de": Notice(
            "Eine Bewerbung auf „{lead}“ ist beendet",
            (
                "Anbieter dürfen Sie nicht mehr kontaktieren; die Bewerbung von {vendor} ist damit beendet. Ihre Kontaktdaten bleiben gesperrt.",
                "Sie müssen nichts tun.",
            ),
        ),
        "pl": Notice(
            "Zakończono zgłoszenie do zapytania „{lead}”",
            (
                "Usługodawcom nie wolno się już z Państwem kontaktować, dlatego zgłoszenie usługodawcy {vendor} zostało zakończone. Państwa dane kontaktowe pozostają zablokowane.",
                "Nie są wymagane żadne działania.",
            ),
        ),
        "ro": Notice(
            "O cerere pentru „{lead}” s-a încheiat",
            (
                "Furnizorii nu mai au dreptul să vă contacteze; prin urmare, cererea trimisă de {vendor} s-a încheiat. Accesul la datele dumneavoastră de contact rămâne închis.",
                "Nu trebuie să faceți nimic.",
            ),
        ),
    },
}
