"""Words of notifications about complaints."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from models.feed.wording.catalog import Notice, Words

WORDS: Words = {
    "COMPLAINT_FILED.vendor": {
        "en": Notice(
            "Complaint {complaint} filed",
            (
                "Contacts: {items}.",
                "Each contact is decided individually; all decisions are due before {decide_by}.",
                "Until then, you can add supporting information in the complaint's chat.",
            ),
        ),
        "de": Notice(
            "Reklamation {complaint} eingereicht",
            (
                "Kontakte: {items}.",
                "Über jeden Kontakt wird einzeln entschieden; alle Entscheidungen sind vor dem {decide_by} fällig.",
                "Bis dahin können Sie Ihre Reklamation im zugehörigen Chat mit weiteren Angaben untermauern.",
            ),
        ),
        "pl": Notice(
            "Złożono reklamację {complaint}",
            (
                "Kontakty: {items}.",
                "Każdy kontakt jest rozpatrywany osobno; wszystkie decyzje powinny zapaść przed {decide_by}.",
                "Do tego czasu na czacie reklamacji można dodać informacje na jej poparcie.",
            ),
        ),
        "ro": Notice(
            "Reclamația {complaint} a fost depusă",
            (
                "Contacte: {items}.",
                "Fiecare contact este analizat separat; toate deciziile trebuie luate înainte de {decide_by}.",
                "Până atunci puteți adăuga în chatul reclamației informații care o susțin.",
            ),
        ),
    },
    "COMPLAINT_FILED.operator": {
        "en": Notice(
            "{vendor} filed complaint {complaint}",
            ("Contacts: {items}.", "Items under review must be decided before {decide_by}."),
        ),
        "de": Notice(
            "Neue Reklamation {complaint} von {vendor}",
            (
                "Kontakte: {items}.",
                "Über Positionen in Prüfung muss vor dem {decide_by} entschieden werden.",
            ),
        ),
        "pl": Notice(
            "Nowa reklamacja {complaint}: {vendor}",
            ("Kontakty: {items}.", "Pozycje w trakcie rozpatrywania wymagają decyzji przed {decide_by}."),
        ),
        "ro": Notice(
            "Reclamație nouă {complaint}: {vendor}",
            (
                "Contacte: {items}.",
                "Pentru pozițiile în analiză trebuie luată o decizie înainte de {decide_by}.",
            ),
        ),
    },
    "COMPLAINT_PROGRESS": {
        "en": Notice(
            "Your complaint is being checked",
            ("Checked so far: {checked} of {total}.", "No action is needed until it is filed."),
        ),
        "de": Notice(
            "Ihre Reklamation wird geprüft",
            ("Bisher geprüft: {checked} von {total}.", "Bis zur Einreichung müssen Sie nichts tun."),
        ),
        "pl": Notice(
            "Trwa sprawdzanie Państwa reklamacji",
            (
                "Sprawdzono dotychczas: {checked} z {total}.",
                "Do czasu jej złożenia nie są wymagane żadne działania.",
            ),
        ),
        "ro": Notice(
            "Reclamația dumneavoastră este în curs de verificare",
            (
                "Poziții verificate până acum: {checked} din {total}.",
                "Până la depunere nu trebuie să faceți nimic.",
            ),
        ),
    },
    "COMPLAINT_DECIDED": {
        "en": Notice(
            "Complaint {complaint} decided",
            (
                "The answer file with the comments is in your account's files.",
                "Accepted items are replaced, or their points are credited.",
                "If you have questions, ask in the complaint's chat.",
            ),
        ),
        "de": Notice(
            "Über Reklamation {complaint} wurde entschieden",
            (
                "Die Antwortdatei mit den Kommentaren finden Sie unter den Dateien Ihres Kontos.",
                "Für anerkannte Positionen erhalten Sie einen Ersatz oder eine Gutschrift der Punkte.",
                "Fragen dazu können Sie im Chat der Reklamation stellen.",
            ),
        ),
        "pl": Notice(
            "Rozpatrzono reklamację {complaint}",
            (
                "Plik z odpowiedzią i komentarzami znajduje się wśród plików konta.",
                "Za uznane pozycje otrzymają Państwo zamiennik albo punkty zostaną dopisane do konta.",
                "Pytania można zadać na czacie reklamacji.",
            ),
        ),
        "ro": Notice(
            "Reclamația {complaint} a fost soluționată",
            (
                "Fișierul de răspuns cu comentariile se află printre fișierele contului dumneavoastră.",
                "Pentru pozițiile acceptate primiți o înlocuire sau punctele vă sunt creditate în cont.",
                "Dacă aveți întrebări, le puteți adresa în chatul reclamației.",
            ),
        ),
    },
    "COMPLAINT_DUE": {
        "en": Notice(
            "Complaint {complaint} awaits a decision",
            ("It was filed by {vendor}.", "Please decide it before {decide_by}."),
        ),
        "de": Notice(
            "Reklamation {complaint} wartet auf eine Entscheidung",
            ("Eingereicht von {vendor}.", "Bitte entscheiden Sie vor dem {decide_by}."),
        ),
        "pl": Notice(
            "Reklamacja {complaint} czeka na decyzję",
            ("Złożył ją usługodawca {vendor}.", "Prosimy o decyzję przed {decide_by}."),
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
                "It was due before {decide_by}. The operator has been reminded.",
                "The complaint stays open; nothing is decided automatically.",
                "If you have questions, ask in the complaint's chat.",
            ),
        ),
        "de": Notice(
            "Die Entscheidung über Reklamation {complaint} verzögert sich",
            (
                "Sie war vor dem {decide_by} fällig. Der Betreiber wurde erinnert.",
                "Die Reklamation bleibt offen; es wird nichts automatisch entschieden.",
                "Fragen dazu können Sie im Chat der Reklamation stellen.",
            ),
        ),
        "pl": Notice(
            "Decyzja w sprawie reklamacji {complaint} opóźnia się",
            (
                "Miała zapaść przed {decide_by}. Operator otrzymał przypomnienie.",
                "Reklamacja pozostaje otwarta; nic nie jest rozstrzygane automatycznie.",
                "Pytania można zadać na czacie reklamacji.",
            ),
        ),
        "ro": Notice(
            "Decizia privind reclamația {complaint} întârzie",
            (
                "Trebuia luată înainte de {decide_by}. Operatorului i s-a trimis un memento.",
                "Reclamația rămâne deschisă; nimic nu se decide automat.",
                "Dacă aveți întrebări, le puteți adresa în chatul reclamației.",
            ),
        ),
    },
    "COMPLAINT_OVERDUE.operator": {
        "en": Notice(
            "Complaint {complaint} is overdue",
            (
                "The decision was due before {decide_by}.",
                "{vendor} has been notified.",
                "Please decide it now.",
            ),
        ),
        "de": Notice(
            "Reklamation {complaint} ist überfällig",
            (
                "Die Entscheidung war vor dem {decide_by} fällig.",
                "{vendor} wurde benachrichtigt.",
                "Bitte entscheiden Sie jetzt.",
            ),
        ),
        "pl": Notice(
            "Upłynął termin rozpatrzenia reklamacji {complaint}",
            (
                "Decyzja miała zapaść przed {decide_by}.",
                "Usługodawca {vendor} został powiadomiony.",
                "Prosimy o niezwłoczną decyzję.",
            ),
        ),
        "ro": Notice(
            "Termenul de soluționare a reclamației {complaint} a fost depășit",
            (
                "Decizia trebuia luată înainte de {decide_by}.",
                "Furnizorul {vendor} a fost notificat.",
                "Vă rugăm să decideți acum.",
            ),
        ),
    },
    "COMPLAINT_MESSAGE.vendor": {
        "en": Notice(
            "New message about complaint {complaint}",
            ("The operator wrote to you.", "You can read and answer the message in the complaint's chat."),
        ),
        "de": Notice(
            "Neue Nachricht zu Reklamation {complaint}",
            (
                "Der Betreiber hat Ihnen geschrieben.",
                "Sie können die Nachricht im Chat der Reklamation lesen und beantworten.",
            ),
        ),
        "pl": Notice(
            "Nowa wiadomość w sprawie reklamacji {complaint}",
            (
                "Operator napisał do Państwa.",
                "Wiadomość można przeczytać na czacie reklamacji i tam na nią odpowiedzieć.",
            ),
        ),
        "ro": Notice(
            "Mesaj nou despre reclamația {complaint}",
            ("Operatorul v-a scris.", "Puteți citi mesajul și răspunde în chatul reclamației."),
        ),
    },
    "COMPLAINT_MESSAGE.operator": {
        "en": Notice(
            "New message about complaint {complaint}",
            ("It was written by {vendor}.", "You can read and answer the message in the complaint's chat."),
        ),
        "de": Notice(
            "Neue Nachricht zu Reklamation {complaint}",
            (
                "Geschrieben von {vendor}.",
                "Sie können die Nachricht im Chat der Reklamation lesen und beantworten.",
            ),
        ),
        "pl": Notice(
            "Nowa wiadomość w sprawie reklamacji {complaint}",
            (
                "Nadawca: {vendor}.",
                "Wiadomość można przeczytać na czacie reklamacji i tam na nią odpowiedzieć.",
            ),
        ),
        "ro": Notice(
            "Mesaj nou despre reclamația {complaint}",
            ("A fost scris de {vendor}.", "Puteți citi mesajul și răspunde în chatul reclamației."),
        ),
    },
}
