"""Facts about contact data, refunds, reminders, complaints, and what is shown about them."""

# ruff: noqa: E501 - one line per name, to compare the languages

from collections.abc import Mapping
from enum import StrEnum

from rules.complaint import Support
from rules.placements.complaint_placement import ComplaintState, WaitingFor
from rules.placements.placement import ApplicationState, MeetingTime
from rules.placements.terms import Audience, Placement
from rules.refund import MeetingStatement
from rules.visibility import Basis, Closed, DeliveryKind, Response, ViewerKind

# fmt: off
FACTS: Mapping[str, tuple[str, str, str, str]] = {
    "viewer": ("Viewer", "Betrachter", "Kto ogląda", "Cine privește"),
    "visibility.basis": ("Received through", "Erhalten durch", "Podstawa otrzymania", "Primit prin"),
    "response": ("Answer of the prospect", "Antwort des Interessenten", "Odpowiedź klienta", "Răspunsul clientului"),
    "visibility.waited": ("Receipt of the application", "Eingang der Bewerbung", "Otrzymanie zgłoszenia", "Primirea candidaturii"),
    "review_reminder.waited": ("Receipt of the application", "Eingang der Bewerbung", "Otrzymanie zgłoszenia", "Primirea candidaturii"),
    "responded_after": ("Time until the answer", "Zeit bis zur Antwort", "Czas do odpowiedzi", "Timp până la răspuns"),
    "closed": ("Closing of the contact data", "Sperre der Kontaktdaten", "Blokada danych kontaktowych", "Închiderea datelor de contact"),
    "ended": ("Ended without an answer", "Ohne Antwort beendet", "Zakończone bez odpowiedzi", "Încheiată fără răspuns"),
    "meeting_known": ("Meeting agreed and not cancelled", "Treffen vereinbart und nicht abgesagt", "Spotkanie umówione i nieodwołane", "Întâlnire stabilită și neanulată"),
    "answered_after_meeting": ("Answer, counted from the meeting", "Antwort, ab dem Treffen gerechnet", "Odpowiedź, licząc od spotkania", "Răspuns, socotit de la întâlnire"),
    "statement": ("Statement about the meeting", "Angabe zum Treffen", "Oświadczenie o spotkaniu", "Declarație despre întâlnire"),
    "both_joined": ("Both joined the online meeting", "Beide im Online-Treffen", "Oboje na spotkaniu online", "Amândoi la întâlnirea online"),
    "call_seconds": ("Longest call between both", "Längstes Gespräch der beiden", "Najdłuższa rozmowa obojga", "Cea mai lungă convorbire dintre ei"),
    "opened": ("Application opened", "Bewerbung geöffnet", "Zgłoszenie otwarte", "Candidatură deschisă"),
    "complaint.kind": ("Kind of delivery", "Art der Lieferung", "Rodzaj dostawy", "Felul livrării"),
    "complaint.reason": ("Reason of the complaint", "Reklamationsgrund", "Powód reklamacji", "Motivul reclamației"),
    "explained": ("Explanation given", "Erläuterung vorhanden", "Podano wyjaśnienie", "Explicație dată"),
    "in_window": ("Filed in time", "Fristgerecht eingereicht", "Złożono w terminie", "Depusă la timp"),
    "remedied": ("Already remedied or refunded", "Bereits ausgeglichen oder erstattet", "Już zrekompensowano lub zwrócono", "Deja compensată sau rambursată"),
    "replacement": ("Contact is a replacement", "Kontakt ist ein Ersatz", "Kontakt jest zamiennikiem", "Contactul este o înlocuire"),
    "evidence_for": ("Evidence for the complaint", "Nachweise für die Reklamation", "Dowody za reklamacją", "Dovezi pentru reclamație"),
    "evidence_against": ("Evidence against the complaint", "Nachweise gegen die Reklamation", "Dowody przeciw reklamacji", "Dovezi împotriva reclamației"),
    "place": ("Place on the screen", "Ort der Anzeige", "Miejsce wyświetlenia", "Locul afișării"),
    "placement.state": ("State of the application", "Stand der Bewerbung", "Stan zgłoszenia", "Starea candidaturii"),
    "settled": ("Change of state", "Wechsel des Stands", "Zmiana stanu", "Schimbarea stării"),
    "reviewed": ("Opened by the prospect", "Vom Interessenten geöffnet", "Otwarte przez klienta", "Deschisă de client"),
    "placement.meeting": ("Agreement on a meeting", "Terminabsprache", "Uzgodnienie spotkania", "Stabilirea întâlnirii"),
    "meeting_at": ("Time of the meeting", "Zeitpunkt des Treffens", "Godzina spotkania", "Ora întâlnirii"),
    "refunded": ("Fee refunded", "Gebühr erstattet", "Opłata zwrócona", "Taxă rambursată"),
    "complained": ("Complaint open or upheld", "Reklamation offen oder anerkannt", "Reklamacja otwarta lub uznana", "Reclamație deschisă sau admisă"),
    "window": ("End of the complaint window", "Ende der Reklamationsfrist", "Koniec terminu reklamacji", "Sfârșitul termenului de reclamație"),
    "dismissed": ("Banner closed by the user", "Hinweis vom Benutzer geschlossen", "Baner zamknięty przez użytkownika", "Banner închis de utilizator"),
    "complaint_placement.state": ("State of the complaint", "Stand der Reklamation", "Stan reklamacji", "Starea reclamației"),
    "waiting_for": ("Whose turn it is", "Wer am Zug ist", "Czyj ruch", "Al cui este rândul"),
    "due": ("Deadline of the decision", "Frist der Entscheidung", "Termin rozstrzygnięcia", "Termenul deciziei"),
}
VALUES: Mapping[type[StrEnum], Mapping[str, tuple[str, str, str, str]]] = {
    ViewerKind: {
        "VENDOR": ("Vendor", "Anbieter", "Usługodawca", "Furnizor"),
        "PROSPECT_OWNER": ("The prospect", "Der Interessent selbst", "Sam klient", "Clientul însuși"),
        "OPERATOR": ("Operator", "Betreiber", "Operator", "Operator"),
        "OTHER": ("Somebody else", "Jemand anderes", "Ktoś inny", "Altcineva"),
    },
    Basis: {
        "NONE": ("Nothing", "Nichts", "Brak", "Nimic"),
        "APPLICATION": ("Application", "Bewerbung", "Zgłoszenie", "Candidatură"),
        "LEAD_CLUB": ("Lead club", "Lead-Club", "Klub leadów", "Club de lead-uri"),
        "RECORD": ("Single record", "Einzelkontakt", "Pojedynczy kontakt", "Contact individual"),
    },
    Response: {
        "NONE": ("None yet", "Noch keine", "Jeszcze brak", "Încă niciunul"),
        "ACCEPTED": ("Accepted", "Zugesagt", "Zaakceptowano", "Acceptat"),
        "DECLINED": ("Declined", "Abgelehnt", "Odrzucono", "Refuzat"),
        "WITHDRAWN": ("Acceptance withdrawn", "Zusage zurückgezogen", "Wycofano akceptację", "Accept retras"),
    },
    Closed: {
        "NO": ("Not closed", "Nicht gesperrt", "Niezablokowane", "Neînchise"),
        "NO_CONSENT": ("No consent", "Fehlende Einwilligung", "Brak zgody", "Lipsa acordului"),
        "DO_NOT_CONTACT": ("Wants no contact", "Wünscht keinen Kontakt", "Nie życzy sobie kontaktu", "Nu dorește contact"),
        "ERASED": ("Data erased", "Daten gelöscht", "Dane usunięto", "Date șterse"),
    },
    MeetingStatement: {
        "NONE": ("None", "Keine", "Brak", "Niciuna"),
        "TOOK_PLACE": ("It took place", "Hat stattgefunden", "Odbyło się", "A avut loc"),
        "NO_SHOW": ("No-show", "Nicht erschienen", "Niestawienie się", "Neprezentare"),
    },
    DeliveryKind: {
        "APPLICATION": ("Application", "Bewerbung", "Zgłoszenie", "Candidatură"),
        "LEAD_CLUB": ("Lead club", "Lead-Club", "Klub leadów", "Club de lead-uri"),
        "RECORD": ("Single record", "Einzelkontakt", "Pojedynczy kontakt", "Contact individual"),
    },
    Support: {
        "NONE": ("None", "Keine", "Brak", "Niciuna"),
        "INDICATION": ("Indication", "Hinweis", "Poszlaka", "Indiciu"),
        "CONCLUSIVE": ("Conclusive", "Eindeutig", "Rozstrzygające", "Concludente"),
    },
    Audience: {
        "VENDOR": ("Vendor", "Anbieter", "Usługodawca", "Furnizor"),
        "PROSPECT": ("Prospect", "Interessent", "Klient", "Client"),
        "OPERATOR": ("Operator", "Betreiber", "Operator", "Operator"),
    },
    Placement: {
        "BANNER": ("Banner", "Hinweis", "Baner", "Banner"),
        "NOTIFICATION": ("Notification", "Mitteilung", "Powiadomienie", "Notificare"),
        "TOOLTIP": ("Tooltip", "Kurzinfo", "Dymek", "Indiciu pe ecran"),
        "SYSTEM_MESSAGE": ("Message in the chat", "Nachricht im Chat", "Wiadomość w czacie", "Mesaj în chat"),
    },
    ApplicationState: {
        "UNANSWERED": ("Not answered", "Unbeantwortet", "Bez odpowiedzi", "Fără răspuns"),
        "ACCEPTED": ("Accepted", "Zugesagt", "Zaakceptowano", "Acceptată"),
        "DECLINED_IN_TIME": ("Declined in time", "Rechtzeitig abgelehnt", "Odrzucono w terminie", "Refuzată la timp"),
        "DECLINED_LATE": ("Declined late", "Verspätet abgelehnt", "Odrzucono po terminie", "Refuzată târziu"),
        "WITHDRAWN": ("Acceptance withdrawn", "Zusage zurückgezogen", "Wycofano akceptację", "Accept retras"),
        "CLOSED": ("Closed", "Geschlossen", "Zamknięte", "Închisă"),
    },
    MeetingTime: {
        "NONE": ("None", "Keiner", "Brak", "Niciuna"),
        "PROPOSED_BY_THEM": ("Proposed by the other side", "Von der Gegenseite vorgeschlagen", "Zaproponowała druga strona", "Propusă de cealaltă parte"),
        "PROPOSED_BY_YOU": ("Proposed by the viewer", "Selbst vorgeschlagen", "Zaproponował oglądający", "Propusă de cel care privește"),
        "AGREED": ("Agreed", "Vereinbart", "Uzgodniony", "Stabilită"),
    },
    ComplaintState: {
        "OPEN": ("Open", "Offen", "Otwarta", "Deschisă"),
        "DECIDED": ("Decided", "Entschieden", "Rozstrzygnięta", "Decisă"),
    },
    WaitingFor: {
        "NOBODY": ("Nobody", "Niemand", "Nikogo", "Nimeni"),
        "VENDOR": ("Vendor", "Anbieter", "Usługodawcy", "Furnizorul"),
        "OPERATOR": ("Operator", "Betreiber", "Operatora", "Operatorul"),
    },
}
