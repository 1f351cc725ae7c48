"""System messages in the conversation about an application, by rule."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from models.feed.wording.catalog import Notice, Words
from models.feed.wording.words import WORDS

PLACED: Words = {
    "silence_reveals": {
        "en": Notice(
            "No answer yet",
            (
                "The prospect can respond before {answer_until}. Without a response, the contact data is revealed automatically at that time.",
            ),
        ),
        "de": Notice(
            "Noch keine Antwort",
            (
                "Der Interessent kann vor dem {answer_until} antworten. Ohne Antwort werden die Kontaktdaten zu diesem Zeitpunkt automatisch freigegeben.",
            ),
        ),
        "pl": Notice(
            "Brak odpowiedzi",
            (
                "Klient może odpowiedzieć przed {answer_until}. W razie braku odpowiedzi dane kontaktowe zostaną ujawnione automatycznie z upływem tego terminu.",
            ),
        ),
        "ro": Notice(
            "Niciun răspuns încă",
            (
                "Clientul poate răspunde înainte de {answer_until}. În lipsa unui răspuns, datele de contact vor fi dezvăluite automat la expirarea termenului.",
            ),
        ),
    },
    "silence_discloses": {
        "en": Notice(
            "If you do not respond",
            (
                "{vendor} will see your contact data once {answer_until} has passed. If you decline before then, it stays hidden.",
            ),
        ),
        "de": Notice(
            "Wenn Sie nicht antworten",
            (
                "{vendor} sieht Ihre Kontaktdaten ab dem {answer_until}. Wenn Sie vorher ablehnen, bleiben sie verborgen.",
            ),
        ),
        "pl": Notice(
            "W razie braku odpowiedzi",
            (
                "{vendor} zobaczy Państwa dane kontaktowe po upływie terminu: {answer_until}. W przypadku wcześniejszego odrzucenia pozostaną ukryte.",
            ),
        ),
        "ro": Notice(
            "Dacă nu răspundeți",
            (
                "{vendor} vă va vedea datele de contact după {answer_until}. Dacă refuzați înainte, ele rămân ascunse.",
            ),
        ),
    },
    "time_proposed": {
        "en": Notice(
            "A meeting time was proposed",
            (
                "Proposed time: {meeting_at}.",
                "Until then, you can confirm it or propose another time.",
            ),
        ),
        "de": Notice(
            "Ein Termin wurde vorgeschlagen",
            (
                "Vorgeschlagener Termin: {meeting_at}.",
                "Bis dahin können Sie ihn bestätigen oder einen anderen vorschlagen.",
            ),
        ),
        "pl": Notice(
            "Zaproponowano termin spotkania",
            (
                "Proponowany termin: {meeting_at}.",
                "Do tego czasu można go potwierdzić lub zaproponować inny.",
            ),
        ),
        "ro": Notice(
            "A fost propusă o dată pentru întâlnire",
            (
                "Data propusă: {meeting_at}.",
                "Până atunci o puteți confirma sau puteți propune alta.",
            ),
        ),
    },
    "time_not_confirmed": {
        "en": Notice(
            "Your proposal is not confirmed yet",
            (
                "You proposed {meeting_at}.",
                "The other side can confirm it until then. You can also propose another time.",
            ),
        ),
        "de": Notice(
            "Ihr Terminvorschlag ist noch nicht bestätigt",
            (
                "Ihr Vorschlag: {meeting_at}.",
                "Bis dahin kann die andere Seite ihn bestätigen. Sie können auch einen anderen Termin vorschlagen.",
            ),
        ),
        "pl": Notice(
            "Propozycja terminu czeka na potwierdzenie",
            (
                "Zaproponowany termin: {meeting_at}.",
                "Do tego czasu druga strona może go potwierdzić. Można też zaproponować inny termin.",
            ),
        ),
        "ro": Notice(
            "Propunerea dumneavoastră nu este încă confirmată",
            (
                "Data propusă de dumneavoastră: {meeting_at}.",
                "Până atunci, cealaltă parte o poate confirma. Puteți propune și o altă dată.",
            ),
        ),
    },
    "meeting_comes": WORDS["MEETING_AGREED"],
    "no_meeting_ahead": {
        "en": Notice("No meeting is scheduled", ("You can propose a time.",)),
        "de": Notice("Es ist kein Treffen geplant", ("Sie können einen Termin vorschlagen.",)),
        "pl": Notice("Nie zaplanowano spotkania", ("Można zaproponować termin.",)),
        "ro": Notice("Nu este programată nicio întâlnire", ("Puteți propune o dată.",)),
    },
    "answer_was_no": {
        "en": Notice(
            "The application was declined, or its acceptance withdrawn", ("No further action is needed.",)
        ),
        "de": Notice(
            "Die Bewerbung wurde abgelehnt oder die Zusage zurückgezogen", ("Es ist nichts weiter zu tun.",)
        ),
        "pl": Notice(
            "Zgłoszenie odrzucono lub wycofano jego akceptację", ("Nie są wymagane dalsze działania.",)
        ),
        "ro": Notice(
            "Cererea a fost refuzată sau acceptul a fost retras", ("Nu mai trebuie să faceți nimic.",)
        ),
    },
    "no_more_contact": {
        "en": Notice("This contact is closed", ("Please do not contact the person any more.",)),
        "de": Notice("Dieser Kontakt ist gesperrt", ("Bitte kontaktieren Sie die Person nicht mehr.",)),
        "pl": Notice("Ten kontakt jest zablokowany", ("Prosimy nie kontaktować się więcej z tą osobą.",)),
        "ro": Notice("Acest contact este închis", ("Vă rugăm să nu mai contactați persoana.",)),
    },
}
