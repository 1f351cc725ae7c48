"""Words of notifications about complaints."""

from models.feed.wording.catalog import Notice, Words

WORDS: Words = {
    "COMPLAINT_FILED.vendor": {
        "en": Notice(
            "Complaint {complaint} filed",
            (
                "Contacts: {items}.",
                "Each is decided alone; all are decided before {decide_by}.",
                "Until then you can write in its chat what speaks for it.",
            ),
        ),
        "de": Notice(
            "Reklamation {complaint} eingereicht",
            (
                "Kontakte: {items}.",
                "Über jeden wird einzeln entschieden, über alle vor dem {decide_by}.",
                "Bis dahin können Sie im Chat der Reklamation schreiben, was dafür spricht.",
            ),
        ),
        "pl": Notice(
            "Złożono reklamację {complaint}",
            (
                "Kontakty: {items}.",
                "O każdym decyduje się osobno, o wszystkich przed {decide_by}.",
                "Do tego czasu możesz napisać na czacie reklamacji, co za nią przemawia.",
            ),
        ),
        "ro": Notice(
            "Reclamația {complaint} a fost depusă",
            (
                "Contacte: {items}.",
                "Despre fiecare se decide separat, despre toate înainte de {decide_by}.",
                "Până atunci puteți scrie în chatul reclamației ce o susține.",
            ),
        ),
    },
    "COMPLAINT_FILED.operator": {
        "en": Notice(
            "{vendor} filed complaint {complaint}",
            ("Contacts: {items}.", "What is under review must be decided before {decide_by}."),
        ),
        "de": Notice(
            "Neue Reklamation {complaint} von {vendor}",
            ("Kontakte: {items}.", "Was zu prüfen ist, muss vor dem {decide_by} entschieden sein."),
        ),
        "pl": Notice(
            "Nowa reklamacja {complaint}: {vendor}",
            ("Kontakty: {items}.", "O tym, co wymaga sprawdzenia, trzeba zdecydować przed {decide_by}."),
        ),
        "ro": Notice(
            "Reclamație nouă {complaint}: {vendor}",
            ("Contacte: {items}.", "Ce este de verificat trebuie decis înainte de {decide_by}."),
        ),
    },
    "COMPLAINT_PROGRESS": {
        "en": Notice(
            "Your complaint is being checked",
            ("Checked so far: {checked} of {total}.", "There is nothing to do until it is filed."),
        ),
        "de": Notice(
            "Ihre Reklamation wird geprüft",
            ("Bisher geprüft: {checked} von {total}.", "Bis sie eingereicht ist, ist nichts zu tun."),
        ),
        "pl": Notice(
            "Twoja reklamacja jest sprawdzana",
            ("Sprawdzono dotąd: {checked} z {total}.", "Dopóki nie zostanie złożona, nie trzeba nic robić."),
        ),
        "ro": Notice(
            "Reclamația dumneavoastră este verificată",
            (
                "Verificate până acum: {checked} din {total}.",
                "Până când este depusă, nu este nimic de făcut.",
            ),
        ),
    },
    "COMPLAINT_DECIDED": {
        "en": Notice(
            "Complaint {complaint} decided",
            (
                "The answer file with the comments lies among your account's files.",
                "What was accepted is replaced, or its points come back.",
                "You can ask about it in its chat.",
            ),
        ),
        "de": Notice(
            "Reklamation {complaint} entschieden",
            (
                "Die Antwortdatei mit den Kommentaren liegt bei den Dateien Ihres Kontos.",
                "Was anerkannt wurde, wird ersetzt, oder die Punkte kommen zurück.",
                "Fragen dazu können Sie im Chat der Reklamation stellen.",
            ),
        ),
        "pl": Notice(
            "Rozpatrzono reklamację {complaint}",
            (
                "Plik z odpowiedzią i komentarzami jest wśród plików Twojego konta.",
                "To, co uznano, zostanie zastąpione albo punkty wrócą.",
                "Możesz o nią zapytać na czacie reklamacji.",
            ),
        ),
        "ro": Notice(
            "Reclamația {complaint} a fost decisă",
            (
                "Fișierul cu răspunsul și comentariile se află printre fișierele contului dumneavoastră.",
                "Ce a fost acceptat se înlocuiește sau punctele se returnează.",
                "Puteți întreba despre ea în chatul reclamației.",
            ),
        ),
    },
    "COMPLAINT_DUE": {
        "en": Notice(
            "Complaint {complaint} waits for a decision",
            ("It was filed by {vendor}.", "Please decide it before {decide_by}."),
        ),
        "de": Notice(
            "Reklamation {complaint} wartet auf eine Entscheidung",
            ("Eingereicht von {vendor}.", "Bitte entscheiden Sie vor dem {decide_by}."),
        ),
        "pl": Notice(
            "Reklamacja {complaint} czeka na decyzję",
            ("Złożył ją usługodawca: {vendor}.", "Zdecyduj przed {decide_by}."),
        ),
        "ro": Notice(
            "Reclamația {complaint} așteaptă o decizie",
            ("A fost depusă de {vendor}.", "Vă rugăm să decideți înainte de {decide_by}."),
        ),
    },
    "COMPLAINT_OVERDUE.vendor": {
        "en": Notice(
            "The decision on complaint {complaint} is late",
            (
                "It was due before {decide_by}; the operator was reminded.",
                "Nothing is decided by silence.",
                "You can ask about it in its chat.",
            ),
        ),
        "de": Notice(
            "Die Entscheidung über Reklamation {complaint} verspätet sich",
            (
                "Sie war vor dem {decide_by} fällig; der Betreiber wurde erinnert.",
                "Durch Schweigen wird nichts entschieden.",
                "Fragen dazu können Sie im Chat der Reklamation stellen.",
            ),
        ),
        "pl": Notice(
            "Decyzja o reklamacji {complaint} się opóźnia",
            (
                "Termin upłynął: {decide_by}; operator otrzymał przypomnienie.",
                "Brak odpowiedzi niczego nie rozstrzyga.",
                "Możesz o nią zapytać na czacie reklamacji.",
            ),
        ),
        "ro": Notice(
            "Decizia privind reclamația {complaint} întârzie",
            (
                "Trebuia luată înainte de {decide_by}; operatorului i s-a amintit.",
                "Prin tăcere nu se decide nimic.",
                "Puteți întreba despre ea în chatul reclamației.",
            ),
        ),
    },
    "COMPLAINT_OVERDUE.operator": {
        "en": Notice(
            "Complaint {complaint} is overdue",
            (
                "It had to be decided before {decide_by}.",
                "The vendor was told: {vendor}.",
                "Please decide it now.",
            ),
        ),
        "de": Notice(
            "Reklamation {complaint} ist überfällig",
            (
                "Sie musste vor dem {decide_by} entschieden sein.",
                "Der Anbieter wurde verständigt: {vendor}.",
                "Bitte entscheiden Sie jetzt.",
            ),
        ),
        "pl": Notice(
            "Reklamacja {complaint} jest po terminie",
            (
                "Decyzja była potrzebna przed {decide_by}.",
                "Usługodawca został powiadomiony: {vendor}.",
                "Zdecyduj teraz.",
            ),
        ),
        "ro": Notice(
            "Reclamația {complaint} a depășit termenul",
            (
                "Trebuia decisă înainte de {decide_by}.",
                "Furnizorul a fost anunțat: {vendor}.",
                "Vă rugăm să decideți acum.",
            ),
        ),
    },
    "COMPLAINT_MESSAGE.vendor": {
        "en": Notice(
            "New message about complaint {complaint}",
            ("The operator wrote it.", "You can read and answer it in the complaint's chat now."),
        ),
        "de": Notice(
            "Neue Nachricht zu Reklamation {complaint}",
            (
                "Der Betreiber hat sie geschrieben.",
                "Sie können sie jetzt im Chat der Reklamation lesen und beantworten.",
            ),
        ),
        "pl": Notice(
            "Nowa wiadomość w sprawie reklamacji {complaint}",
            ("Napisał ją operator.", "Możesz ją już przeczytać i odpowiedzieć na czacie reklamacji."),
        ),
        "ro": Notice(
            "Mesaj nou despre reclamația {complaint}",
            ("L-a scris operatorul.", "Îl puteți citi acum și puteți răspunde în chatul reclamației."),
        ),
    },
    "COMPLAINT_MESSAGE.operator": {
        "en": Notice(
            "New message about complaint {complaint}",
            ("It was written by {vendor}.", "You can read and answer it in the complaint's chat now."),
        ),
        "de": Notice(
            "Neue Nachricht zu Reklamation {complaint}",
            (
                "Geschrieben von {vendor}.",
                "Sie können sie jetzt im Chat der Reklamation lesen und beantworten.",
            ),
        ),
        "pl": Notice(
            "Nowa wiadomość w sprawie reklamacji {complaint}",
            (
                "Napisał ją usługodawca: {vendor}.",
                "Możesz ją już przeczytać i odpowiedzieć na czacie reklamacji.",
            ),
        ),
        "ro": Notice(
            "Mesaj nou despre reclamația {complaint}",
            ("A fost scris de {vendor}.", "Îl puteți citi acum și puteți răspunde în chatul reclamației."),
        ),
    },
}
