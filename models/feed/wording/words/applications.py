"""Words of notifications about applications."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.feed.wording.catalog import Notice, Words
from models.feed.wording.words.phrases import DE, EN, PL, RO

WORDS: Words = {
    "APPLICATION_RECEIVED": {
        "en": Notice("{vendor} applied for “{lead}”", ("Read the introduction.", *EN.answer)),
        "de": Notice(
            "{vendor} hat sich beworben: „{lead}“", ("Lesen Sie die Vorstellung der Bewerbung.", *DE.answer)
        ),
        "pl": Notice(
            "{vendor} przysyła zgłoszenie: „{lead}”", ("Przeczytaj przedstawienie w zgłoszeniu.", *PL.answer)
        ),
        "ro": Notice("{vendor} a candidat: „{lead}”", ("Citiți prezentarea din candidatură.", *RO.answer)),
    },
    "APPLICATION_SUBMITTED": {
        "en": Notice(
            "You applied for “{lead}”",
            (
                "The prospect has {reveal_after} to answer.",
                "When the prospect accepts, the contact data opens at once; without an answer it opens by itself: {opens_at}.",
                "If the prospect declines before, it stays closed.",
            ),
        ),
        "de": Notice(
            "Sie haben sich beworben: „{lead}“",
            (
                "Der Interessent hat {reveal_after} Zeit zu antworten.",
                "Nimmt er an, öffnen sich die Kontaktdaten sofort; ohne Antwort öffnen sie sich von selbst: {opens_at}.",
                "Lehnt er vorher ab, bleiben sie verschlossen.",
            ),
        ),
        "pl": Notice(
            "Wysłano zgłoszenie: „{lead}”",
            (
                "Czas klienta na odpowiedź: {reveal_after}.",
                "Po przyjęciu dane kontaktowe otworzą się od razu; bez odpowiedzi otworzą się same: {opens_at}.",
                "Jeśli klient odrzuci wcześniej, pozostaną zamknięte.",
            ),
        ),
        "ro": Notice(
            "Ați candidat: „{lead}”",
            (
                "Clientul are {reveal_after} pentru a răspunde.",
                "Dacă acceptă, datele de contact se deschid imediat; fără răspuns se deschid singure: {opens_at}.",
                "Dacă refuză înainte, ele rămân închise.",
            ),
        ),
    },
    "APPLICATION_ACCEPTED": {
        "en": Notice(
            "Accepted: “{lead}”",
            ("The prospect accepted; the contact data is open.", EN.reach, EN.complain),
        ),
        "de": Notice(
            "Angenommen: „{lead}“",
            ("Der Interessent hat angenommen; die Kontaktdaten sind offen.", DE.reach, DE.complain),
        ),
        "pl": Notice(
            "Przyjęto: „{lead}”",
            ("Klient przyjął zgłoszenie; dane kontaktowe są otwarte.", PL.reach, PL.complain),
        ),
        "ro": Notice(
            "Acceptat: „{lead}”",
            ("Clientul a acceptat; datele de contact sunt deschise.", RO.reach, RO.complain),
        ),
    },
    "APPLICATION_ACCEPTED.opened_before": {
        "en": Notice(
            "Accepted: “{lead}”",
            ("The prospect accepted; the contact data was open already.", EN.reach, EN.complain),
        ),
        "de": Notice(
            "Angenommen: „{lead}“",
            ("Der Interessent hat angenommen; die Kontaktdaten waren schon offen.", DE.reach, DE.complain),
        ),
        "pl": Notice(
            "Przyjęto: „{lead}”",
            ("Klient przyjął zgłoszenie; dane kontaktowe były już otwarte.", PL.reach, PL.complain),
        ),
        "ro": Notice(
            "Acceptat: „{lead}”",
            ("Clientul a acceptat; datele de contact erau deja deschise.", RO.reach, RO.complain),
        ),
    },
    "APPLICATION_DECLINED": {
        "en": Notice("Declined: “{lead}”", ("The prospect declined; there is nothing to do.", *EN.fee)),
        "de": Notice(
            "Abgelehnt: „{lead}“", ("Der Interessent hat abgelehnt; es ist nichts zu tun.", *DE.fee)
        ),
        "pl": Notice("Odrzucono: „{lead}”", ("Klient odrzucił zgłoszenie; nie trzeba nic robić.", *PL.fee)),
        "ro": Notice("Refuzat: „{lead}”", ("Clientul a refuzat; nu este nimic de făcut.", *RO.fee)),
    },
    "APPLICATION_DECLINED.declined_in_time": {
        "en": Notice(
            "Declined: “{lead}”",
            (
                "The prospect declined within {reveal_after}: identity and contact data stay closed.",
                *EN.fee,
                "You can apply for other leads.",
            ),
        ),
        "de": Notice(
            "Abgelehnt: „{lead}“",
            (
                "Der Interessent hat innerhalb der Frist ({reveal_after}) abgelehnt: Identität und Kontaktdaten bleiben verschlossen.",
                *DE.fee,
                "Sie können sich um andere Anfragen bewerben.",
            ),
        ),
        "pl": Notice(
            "Odrzucono: „{lead}”",
            (
                "Klient odrzucił zgłoszenie w terminie ({reveal_after}): tożsamość i dane kontaktowe pozostają zamknięte.",
                *PL.fee,
                "Możesz zgłosić się do innych zapytań.",
            ),
        ),
        "ro": Notice(
            "Refuzat: „{lead}”",
            (
                "Clientul a refuzat în termen ({reveal_after}): identitatea și datele de contact rămân închise.",
                *RO.fee,
                "Puteți candida la alte cereri.",
            ),
        ),
    },
    "APPLICATION_DECLINED.declined_late": {
        "en": Notice(
            "Declined: “{lead}”",
            (
                "The prospect declined after the contact data had opened: it stays open.",
                *EN.fee,
            ),
        ),
        "de": Notice(
            "Abgelehnt: „{lead}“",
            (
                "Der Interessent hat abgelehnt, als die Kontaktdaten schon offen waren: Sie bleiben offen.",
                *DE.fee,
            ),
        ),
        "pl": Notice(
            "Odrzucono: „{lead}”",
            (
                "Klient odrzucił zgłoszenie, gdy dane kontaktowe były już otwarte: pozostają otwarte.",
                *PL.fee,
            ),
        ),
        "ro": Notice(
            "Refuzat: „{lead}”",
            (
                "Clientul a refuzat când datele de contact erau deja deschise: ele rămân deschise.",
                *RO.fee,
            ),
        ),
    },
    "APPLICATION_DECLINED.acceptance_withdrawn": {
        "en": Notice(
            "Acceptance withdrawn: “{lead}”",
            ("The prospect withdrew: the contact data stays open.", *EN.fee),
        ),
        "de": Notice(
            "Annahme zurückgezogen: „{lead}“",
            (
                "Der Interessent hat die Annahme zurückgezogen: Die Kontaktdaten bleiben offen.",
                *DE.fee,
            ),
        ),
        "pl": Notice(
            "Wycofano przyjęcie: „{lead}”",
            ("Klient wycofał przyjęcie: dane kontaktowe pozostają otwarte.", *PL.fee),
        ),
        "ro": Notice(
            "Acceptare retrasă: „{lead}”",
            ("Clientul și-a retras acceptarea: datele rămân deschise.", *RO.fee),
        ),
    },
    "APPLICATION_ENDED.vendor": {
        "en": Notice(
            "Ended: “{lead}”",
            (
                "The prospect can be contacted no longer, so your application has ended: the contact data stays closed.",
                *EN.fee,
                "You can apply for other leads.",
            ),
        ),
        "de": Notice(
            "Beendet: „{lead}“",
            (
                "Der Interessent kann nicht mehr kontaktiert werden, daher ist Ihre Bewerbung beendet: Die Kontaktdaten bleiben verschlossen.",
                *DE.fee,
                "Sie können sich um andere Anfragen bewerben.",
            ),
        ),
        "pl": Notice(
            "Zakończono: „{lead}”",
            (
                "Z klientem nie można się już kontaktować, więc Twoje zgłoszenie zostało zakończone: dane kontaktowe pozostają zamknięte.",
                *PL.fee,
                "Możesz zgłosić się do innych zapytań.",
            ),
        ),
        "ro": Notice(
            "Încheiat: „{lead}”",
            (
                "Clientul nu mai poate fi contactat, așa că s-a încheiat candidatura dumneavoastră: datele de contact rămân închise.",
                *RO.fee,
                "Puteți candida la alte cereri.",
            ),
        ),
    },
    "APPLICATION_ENDED.prospect": {
        "en": Notice(
            "An application for “{lead}” has ended",
            (
                "You must not be contacted any more, so the application of {vendor} has ended: your contact data stays closed.",
                "There is nothing to do.",
            ),
        ),
        "de": Notice(
            "Eine Bewerbung für „{lead}“ ist beendet",
            (
                "Sie dürfen nicht mehr kontaktiert werden, daher ist die Bewerbung von {vendor} beendet: Ihre Kontaktdaten bleiben verschlossen.",
                "Es ist nichts zu tun.",
            ),
        ),
        "pl": Notice(
            "Zakończono zgłoszenie do „{lead}”",
            (
                "Nie wolno się już z Tobą kontaktować, więc zgłoszenie od {vendor} zostało zakończone: Twoje dane kontaktowe pozostają zamknięte.",
                "Nie trzeba nic robić.",
            ),
        ),
        "ro": Notice(
            "O candidatură pentru „{lead}” s-a încheiat",
            (
                "Nu mai puteți fi contactat, așa că s-a încheiat candidatura trimisă de {vendor}: datele dumneavoastră de contact rămân închise.",
                "Nu este nimic de făcut.",
            ),
        ),
    },
}
