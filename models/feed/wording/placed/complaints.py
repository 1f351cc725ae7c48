"""What the sides of a complaint are shown, by rule."""

from models.feed.wording.catalog import Notice, Words
from models.feed.wording.words import WORDS

PLACED: Words = {
    "vendor_asked": WORDS["COMPLAINT_MESSAGE.vendor"],
    "decision_awaited": {
        "en": Notice(
            "Complaint {complaint} is being reviewed",
            (
                "All decisions are due before {decide_by}.",
                "Until then, you can add supporting information in the complaint's chat.",
            ),
        ),
        "de": Notice(
            "Reklamation {complaint} wird geprüft",
            (
                "Alle Entscheidungen sind vor dem {decide_by} fällig.",
                "Bis dahin können Sie Ihre Reklamation im zugehörigen Chat mit weiteren Angaben untermauern.",
            ),
        ),
        "pl": Notice(
            "Reklamacja {complaint} jest rozpatrywana",
            (
                "Wszystkie decyzje powinny zapaść przed {decide_by}.",
                "Do tego czasu na czacie reklamacji można dodać informacje na jej poparcie.",
            ),
        ),
        "ro": Notice(
            "Reclamația {complaint} este în analiză",
            (
                "Toate deciziile trebuie luate înainte de {decide_by}.",
                "Până atunci puteți adăuga în chatul reclamației informații care o susțin.",
            ),
        ),
    },
    "decision_late": WORDS["COMPLAINT_OVERDUE.vendor"],
    "complaint_decided": WORDS["COMPLAINT_DECIDED"],
    "decided_until": {
        "en": Notice("Decision before {decide_by}", ("Each contact is decided individually.",)),
        "de": Notice("Entscheidung vor dem {decide_by}", ("Über jeden Kontakt wird einzeln entschieden.",)),
        "pl": Notice("Decyzja przed {decide_by}", ("Każdy kontakt jest rozpatrywany osobno.",)),
        "ro": Notice("Decizie înainte de {decide_by}", ("Fiecare contact este analizat separat.",)),
    },
    "deadline_missed": {
        "en": Notice(
            "The decision is late", ("It was due before {decide_by}. Nothing is decided automatically.",)
        ),
        "de": Notice(
            "Die Entscheidung verzögert sich",
            ("Sie war vor dem {decide_by} fällig. Es wird nichts automatisch entschieden.",),
        ),
        "pl": Notice(
            "Decyzja się opóźnia",
            ("Miała zapaść przed {decide_by}. Nic nie jest rozstrzygane automatycznie.",),
        ),
        "ro": Notice(
            "Decizia întârzie", ("Trebuia luată înainte de {decide_by}. Nimic nu se decide automat.",)
        ),
    },
    "outcome_known": {
        "en": Notice("Decided", ("The answer file with the comments is in your account's files.",)),
        "de": Notice(
            "Entschieden",
            ("Die Antwortdatei mit den Kommentaren finden Sie unter den Dateien Ihres Kontos.",),
        ),
        "pl": Notice("Rozpatrzono", ("Plik z odpowiedzią i komentarzami znajduje się wśród plików konta.",)),
        "ro": Notice(
            "Soluționată",
            ("Fișierul de răspuns cu comentariile se află printre fișierele contului dumneavoastră.",),
        ),
    },
    "operator_asks": {
        "en": Notice(
            "The operator is waiting for your answer",
            ("Please answer the latest message; it helps to decide your complaint.",),
        ),
        "de": Notice(
            "Der Betreiber wartet auf Ihre Antwort",
            ("Bitte beantworten Sie die letzte Nachricht; das hilft bei der Entscheidung.",),
        ),
        "pl": Notice(
            "Operator czeka na Państwa odpowiedź",
            ("Prosimy odpowiedzieć na ostatnią wiadomość; pomoże to rozpatrzyć reklamację.",),
        ),
        "ro": Notice(
            "Operatorul așteaptă răspunsul dumneavoastră",
            ("Vă rugăm să răspundeți la ultimul mesaj; acest lucru ajută la soluționarea reclamației.",),
        ),
    },
    "details_help": {
        "en": Notice("You can add information", ("Details and evidence help to decide the complaint.",)),
        "de": Notice(
            "Sie können Angaben ergänzen", ("Einzelheiten und Nachweise helfen bei der Entscheidung.",)
        ),
        "pl": Notice("Można dodać informacje", ("Szczegóły i dowody pomagają rozpatrzyć reklamację.",)),
        "ro": Notice(
            "Puteți adăuga informații", ("Detaliile și dovezile ajută la soluționarea reclamației.",)
        ),
    },
    "questions_welcome": {
        "en": Notice("The complaint has been decided", ("If you have questions, ask here.",)),
        "de": Notice(
            "Über die Reklamation ist entschieden", ("Wenn Sie Fragen haben, stellen Sie sie hier.",)
        ),
        "pl": Notice("Reklamacja została rozpatrzona", ("Pytania można zadać tutaj.",)),
        "ro": Notice("Reclamația a fost soluționată", ("Dacă aveți întrebări, le puteți adresa aici.",)),
    },
    "operator_replied": {
        "en": Notice("The operator replied", ("If you have more questions, ask here.",)),
        "de": Notice(
            "Der Betreiber hat geantwortet", ("Wenn Sie weitere Fragen haben, stellen Sie sie hier.",)
        ),
        "pl": Notice("Operator odpowiedział", ("Kolejne pytania można zadać tutaj.",)),
        "ro": Notice("Operatorul a răspuns", ("Dacă aveți alte întrebări, le puteți adresa aici.",)),
    },
    "decision_needed": WORDS["COMPLAINT_DUE"],
    "vendor_answers": {
        "en": Notice(
            "Waiting for {vendor}: complaint {complaint}",
            (
                "The vendor has not answered your message yet.",
                "The complaint must be decided before {decide_by}.",
            ),
        ),
        "de": Notice(
            "Warten auf {vendor}: Reklamation {complaint}",
            (
                "Der Anbieter hat Ihre Nachricht noch nicht beantwortet.",
                "Über die Reklamation muss vor dem {decide_by} entschieden werden.",
            ),
        ),
        "pl": Notice(
            "Oczekiwanie na odpowiedź ({vendor}): reklamacja {complaint}",
            (
                "Usługodawca nie odpowiedział jeszcze na Państwa wiadomość.",
                "Reklamację należy rozpatrzyć przed {decide_by}.",
            ),
        ),
        "ro": Notice(
            "Se așteaptă răspunsul de la {vendor}: reclamația {complaint}",
            (
                "Furnizorul nu a răspuns încă la mesajul dumneavoastră.",
                "Reclamația trebuie soluționată înainte de {decide_by}.",
            ),
        ),
    },
    "decision_overdue": WORDS["COMPLAINT_OVERDUE.operator"],
    "deadline_runs": {
        "en": Notice("To be decided before {decide_by}", ("From then on, the complaint is overdue.",)),
        "de": Notice("Vor dem {decide_by} zu entscheiden", ("Danach ist die Reklamation überfällig.",)),
        "pl": Notice(
            "Do rozpatrzenia przed {decide_by}", ("Po tym terminie reklamacja będzie przeterminowana.",)
        ),
        "ro": Notice(
            "De soluționat înainte de {decide_by}", ("După acest termen, reclamația depășește termenul.",)
        ),
    },
    "deadline_over": {
        "en": Notice("Overdue", ("The decision was due before {decide_by}.",)),
        "de": Notice("Überfällig", ("Die Entscheidung war vor dem {decide_by} fällig.",)),
        "pl": Notice("Po terminie", ("Decyzja miała zapaść przed {decide_by}.",)),
        "ro": Notice("Termen depășit", ("Decizia trebuia luată înainte de {decide_by}.",)),
    },
    "decisions_sent": {
        "en": Notice("All items have been decided", ("{vendor} has the answer file.",)),
        "de": Notice("Über alle Positionen ist entschieden", ("{vendor} hat die Antwortdatei erhalten.",)),
        "pl": Notice("Wszystkie pozycje rozpatrzono", ("{vendor} ma już plik z odpowiedzią.",)),
        "ro": Notice("Toate pozițiile sunt soluționate", ("{vendor} a primit fișierul de răspuns.",)),
    },
    "vendor_wrote": {
        "en": Notice("{vendor} is waiting for an answer", ("Please answer the latest message.",)),
        "de": Notice("{vendor} wartet auf eine Antwort", ("Bitte beantworten Sie die letzte Nachricht.",)),
        "pl": Notice("{vendor} czeka na odpowiedź", ("Prosimy odpowiedzieć na ostatnią wiadomość.",)),
        "ro": Notice("{vendor} așteaptă un răspuns", ("Vă rugăm să răspundeți la ultimul mesaj.",)),
    },
    "vendor_has_not_answered": {
        "en": Notice("{vendor} has not answered yet", ("You can decide without an answer.",)),
        "de": Notice("{vendor} hat noch nicht geantwortet", ("Sie können auch ohne Antwort entscheiden.",)),
        "pl": Notice("Brak odpowiedzi ({vendor})", ("Decyzję można podjąć również bez odpowiedzi.",)),
        "ro": Notice("{vendor} nu a răspuns încă", ("Puteți decide și fără răspuns.",)),
    },
}
