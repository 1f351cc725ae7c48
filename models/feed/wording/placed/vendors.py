"""What vendors are shown about their applications, by rule."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from models.feed.wording.catalog import Notice, Words
from models.feed.wording.words import WORDS
from models.feed.wording.words.phrases import DE, EN, PL, RO

# What became of the fee, and why it is not returned.
_FEE = {
    "en": (EN.refunded, "The fee is not refunded ({captured}). {why}"),
    "de": (DE.refunded, "Die Gebühr wird nicht erstattet ({captured}). {why}"),
    "pl": (PL.refunded, "Opłata nie podlega zwrotowi ({captured}). {why}"),
    "ro": (RO.refunded, "Taxa nu se rambursează ({captured}). {why}"),
}
PLACED: Words = {
    "vendor_asked_for_time": WORDS["MEETING_PROPOSED.vendor"],
    "vendor_waits": {
        "en": Notice(
            "Waiting for an answer: “{lead}”",
            (
                "The prospect can respond before {answer_until}.",
                "If there is no response within {review_reminder_after}, the prospect is reminded. Without a response, the contact data is revealed automatically on {opens_at}.",
            ),
        ),
        "de": Notice(
            "Antwort steht aus: „{lead}“",
            (
                "Der Interessent kann vor dem {answer_until} antworten.",
                "Bleibt die Antwort {review_reminder_after} lang aus, wird er erinnert. Ohne Antwort werden die Kontaktdaten am {opens_at} automatisch freigegeben.",
            ),
        ),
        "pl": Notice(
            "Oczekiwanie na odpowiedź: „{lead}”",
            (
                "Klient może odpowiedzieć przed {answer_until}.",
                "Jeśli nie odpowie w terminie ({review_reminder_after}), otrzyma przypomnienie. W razie braku odpowiedzi dane kontaktowe zostaną ujawnione automatycznie {opens_at}.",
            ),
        ),
        "ro": Notice(
            "În așteptarea răspunsului: „{lead}”",
            (
                "Clientul poate răspunde înainte de {answer_until}.",
                "Dacă nu răspunde în {review_reminder_after}, i se trimite un memento. În lipsa unui răspuns, datele de contact vor fi dezvăluite automat pe {opens_at}.",
            ),
        ),
    },
    "vendor_can_contact": {
        "en": Notice("Contact data revealed: “{lead}”", (EN.reach,)),
        "de": Notice("Kontaktdaten freigegeben: „{lead}“", (DE.reach,)),
        "pl": Notice("Ujawniono dane kontaktowe: „{lead}”", (PL.reach,)),
        "ro": Notice("Date de contact dezvăluite: „{lead}”", (RO.reach,)),
    },
    "vendor_declined": {
        "en": Notice("Declined: “{lead}”", (EN.declined, *_FEE["en"], EN.apply)),
        "de": Notice("Absage: „{lead}“", (DE.declined, *_FEE["de"], DE.apply)),
        "pl": Notice("Zgłoszenie odrzucone: „{lead}”", (PL.declined, *_FEE["pl"], PL.apply)),
        "ro": Notice("Cerere refuzată: „{lead}”", (RO.declined, *_FEE["ro"], RO.apply)),
    },
    "vendor_declined_after_reveal": {
        "en": Notice(
            "No longer interested: “{lead}”",
            (
                "The prospect declined or withdrew after the contact data had been revealed. It stays visible.",
                *_FEE["en"],
            ),
        ),
        "de": Notice(
            "Kein Interesse mehr: „{lead}“",
            (
                "Der Interessent hat abgelehnt oder seine Zusage zurückgezogen, als die Kontaktdaten bereits freigegeben waren. Diese bleiben sichtbar.",
                *_FEE["de"],
            ),
        ),
        "pl": Notice(
            "Klient nie jest już zainteresowany: „{lead}”",
            (
                "Klient odmówił lub wycofał akceptację, gdy dane kontaktowe były już ujawnione. Pozostają one widoczne.",
                *_FEE["pl"],
            ),
        ),
        "ro": Notice(
            "Clientul nu mai este interesat: „{lead}”",
            (
                "Clientul a refuzat sau și-a retras acceptul după ce datele de contact fuseseră dezvăluite. Acestea rămân vizibile.",
                *_FEE["ro"],
            ),
        ),
    },
    "vendor_contact_closed": {
        "en": Notice(
            "Contact data closed: “{lead}”",
            (
                "The person must no longer be contacted, so the contact data was closed.",
                EN.refunded,
            ),
        ),
        "de": Notice(
            "Kontaktdaten gesperrt: „{lead}“",
            (
                "Die Person darf nicht mehr kontaktiert werden; die Kontaktdaten wurden gesperrt.",
                DE.refunded,
            ),
        ),
        "pl": Notice(
            "Dane kontaktowe zablokowane: „{lead}”",
            (
                "Z tą osobą nie wolno się już kontaktować, dlatego dane kontaktowe zostały zablokowane.",
                PL.refunded,
            ),
        ),
        "ro": Notice(
            "Acces închis la datele de contact: „{lead}”",
            (
                "Nu mai este permisă contactarea persoanei, așa că accesul la datele de contact a fost închis.",
                RO.refunded,
            ),
        ),
    },
    "why_hidden": {
        "en": Notice(
            "Contact data hidden",
            (
                "It is revealed as soon as the prospect accepts, or automatically on {opens_at}.",
                "If the prospect declines before then, it stays hidden.",
            ),
        ),
        "de": Notice(
            "Kontaktdaten verborgen",
            (
                "Sie werden freigegeben, sobald der Interessent zusagt, oder automatisch am {opens_at}.",
                "Lehnt er vorher ab, bleiben sie verborgen.",
            ),
        ),
        "pl": Notice(
            "Dane kontaktowe ukryte",
            (
                "Zostaną ujawnione, gdy klient zaakceptuje zgłoszenie, albo automatycznie {opens_at}.",
                "Jeśli klient wcześniej odmówi, pozostaną ukryte.",
            ),
        ),
        "ro": Notice(
            "Date de contact ascunse",
            (
                "Vor fi dezvăluite imediat ce clientul acceptă sau automat pe {opens_at}.",
                "Dacă refuză înainte de acest termen, ele rămân ascunse.",
            ),
        ),
    },
    "complaint_possible": {
        "en": Notice("Is the contact faulty?", (EN.complain,)),
        "de": Notice("Kontakt fehlerhaft?", (DE.complain,)),
        "pl": Notice("Wadliwy kontakt?", (PL.complain,)),
        "ro": Notice("Contact neconform?", (RO.complain,)),
    },
    "complaint_impossible": {
        "en": Notice(
            "No complaint possible now",
            (
                "A complaint about this contact is open or has been remedied, the complaint window has ended, or the fee was refunded. The contact data stays visible.",
            ),
        ),
        "de": Notice(
            "Derzeit keine Reklamation möglich",
            (
                "Zu diesem Kontakt ist eine Reklamation offen oder bereits ausgeglichen, die Reklamationsfrist ist abgelaufen, oder die Gebühr wurde erstattet. Die Kontaktdaten bleiben sichtbar.",
            ),
        ),
        "pl": Notice(
            "Reklamacja nie jest teraz możliwa",
            (
                "Reklamacja tego kontaktu jest w toku lub przyznano już za niego rekompensatę, minął termin reklamacji albo zwrócono opłatę. Dane kontaktowe pozostają widoczne.",
            ),
        ),
        "ro": Notice(
            "Momentan nu se poate depune o reclamație",
            (
                "Există o reclamație deschisă pentru acest contact sau s-a acordat deja o compensație, termenul de reclamație a expirat sau taxa a fost rambursată. Datele de contact rămân vizibile.",
            ),
        ),
    },
    "why_never_visible": {
        "en": Notice(
            "Contact data stays hidden",
            (
                "The prospect declined within {reveal_after}, so their identity and contact data are never revealed.",
            ),
        ),
        "de": Notice(
            "Kontaktdaten bleiben verborgen",
            (
                "Der Interessent hat innerhalb von {reveal_after} abgelehnt; Identität und Kontaktdaten werden nie freigegeben.",
            ),
        ),
        "pl": Notice(
            "Dane kontaktowe pozostają ukryte",
            (
                "Klient odmówił w terminie ({reveal_after}), więc jego tożsamość i dane kontaktowe nie zostaną nigdy ujawnione.",
            ),
        ),
        "ro": Notice(
            "Datele de contact rămân ascunse",
            (
                "Clientul a refuzat în termen de {reveal_after}, așa că identitatea și datele lui de contact nu vor fi dezvăluite niciodată.",
            ),
        ),
    },
    "why_closed": {
        "en": Notice("Contact data closed", ("The person must not be contacted.",)),
        "de": Notice("Kontaktdaten gesperrt", ("Die Person darf nicht kontaktiert werden.",)),
        "pl": Notice("Dane kontaktowe zablokowane", ("Z tą osobą nie wolno się kontaktować.",)),
        "ro": Notice("Acces închis la datele de contact", ("Contactarea persoanei nu este permisă.",)),
    },
}
