"""Facts about sending messages, bounces, webhooks and the chat."""

# ruff: noqa: E501 - one line per name, to compare the languages

from collections.abc import Mapping
from enum import StrEnum

from rules.chat.chat_access import ChatAccess
from rules.chat.chat_view import Carries, ChatSide, ContactState
from rules.messages.bounce import BounceAbout, BounceAction, BounceReport, StatusClass
from rules.messages.dispatch import Blocked, DispatchChannel, Necessity, Reachable, Wanted
from rules.messages.retry import DispatchOutcome

# fmt: off
FACTS: Mapping[str, tuple[str, str, str, str]] = {
    "necessity": ("Why it is sent", "Anlass des Versands", "Powód wysłania", "De ce se trimite"),
    "channel": ("Channel", "Kanal", "Kanał", "Canal"),
    "wanted": ("Switched on by the recipient", "Vom Empfänger eingeschaltet", "Włączone przez odbiorcę", "Activat de destinatar"),
    "blocked": ("Block on the recipient", "Sperre des Empfängers", "Blokada odbiorcy", "Blocarea destinatarului"),
    "dispatch.address": ("Address on this channel", "Adresse für diesen Kanal", "Adres w tym kanale", "Adresă pe acest canal"),
    "moot": ("Occasion is past", "Anlass erledigt", "Powód nieaktualny", "Motivul nu mai există"),
    "expired": ("Expired", "Abgelaufen", "Wygasła", "Expirat"),
    "dispatch.quiet": ("Quiet hours of the recipient", "Ruhezeit des Empfängers", "Godziny ciszy odbiorcy", "Orele de liniște ale destinatarului"),
    "retry.outcome": ("Result of the attempt", "Ergebnis des Versuchs", "Wynik próby", "Rezultatul încercării"),
    "attempts": ("Attempts so far", "Bisherige Versuche", "Dotychczasowe próby", "Încercări până acum"),
    "age": ("Time since the first attempt", "Zeit seit dem ersten Versuch", "Czas od pierwszej próby", "Timp de la prima încercare"),
    "repeatable": ("Repeating does no harm", "Wiederholung schadet nicht", "Powtórzenie nie szkodzi", "Repetarea nu dăunează"),
    "charged": ("Repeating may cost money", "Wiederholung kann kosten", "Powtórzenie może kosztować", "Repetarea poate costa"),
    "report": ("What was received", "Art der Rückmeldung", "Co otrzymano", "Ce s-a primit"),
    "action": ("What the mail server did", "Was der Mailserver tat", "Co zrobił serwer poczty", "Ce a făcut serverul de e-mail"),
    "status_class": ("Class of the status", "Art des Status", "Klasa statusu", "Clasa stării"),
    "about": ("Cause of the report", "Ursache der Rückmeldung", "Przyczyna raportu", "Cauza raportului"),
    "matched": ("About a message sent from here", "Zu einer von hier gesendeten Nachricht", "Dotyczy wiadomości wysłanej stąd", "Despre un mesaj trimis de aici"),
    "required_by_law": ("Message required by law", "Gesetzlich vorgeschriebene Nachricht", "Wiadomość wymagana przez prawo", "Mesaj cerut de lege"),
    "earlier": ("Earlier temporary bounces", "Frühere vorübergehende Fehler", "Wcześniejsze odbicia tymczasowe", "Respingeri temporare anterioare"),
    "gone": ("Endpoint says it is gone", "Endpunkt meldet, dass es ihn nicht mehr gibt", "Punkt zgłasza, że już nie istnieje", "Punctul anunță că nu mai există"),
    "recovered": ("Recovered since", "Seither wieder erreichbar", "Od tego czasu znów działa", "Și-a revenit între timp"),
    "failing": ("Failing for", "Dauer der Störung", "Czas trwania awarii", "Durata defecțiunii"),
    "reader": ("Reader", "Leser", "Czytający", "Cititor"),
    "author": ("Author", "Verfasser", "Autor", "Autor"),
    "chat_view.contact": ("Contact data for the vendor", "Kontaktdaten für den Anbieter", "Dane kontaktowe dla usługodawcy", "Datele de contact pentru furnizor"),
    "opens": ("Opening of the contact data", "Freigabe der Kontaktdaten", "Ujawnienie danych kontaktowych", "Dezvăluirea datelor de contact"),
    "carries": ("What the text contains", "Inhalt des Textes", "Co zawiera tekst", "Ce conține textul"),
    "unread": ("Unread messages", "Ungelesene Nachrichten", "Nieprzeczytane wiadomości", "Mesaje necitite"),
    "chat_nudge.waited": ("Oldest unread message", "Älteste ungelesene Nachricht", "Najstarsza nieprzeczytana wiadomość", "Cel mai vechi mesaj necitit"),
    "nudged": ("Already emailed about it", "Bereits per E-Mail erinnert", "E-mail już wysłano", "E-mail deja trimis"),
    "access": ("Access to the chat", "Zugang zum Chat", "Dostęp do czatu", "Acces la chat"),
}
VALUES: Mapping[type[StrEnum], Mapping[str, tuple[str, str, str, str]]] = {
    Necessity: {
        "REQUIRED_BY_LAW": ("Required by law", "Gesetzlich vorgeschrieben", "Wymagane przez prawo", "Cerut de lege"),
        "PART_OF_THE_CONTRACT": ("Part of the contract", "Teil des Vertrags", "Część umowy", "Parte a contractului"),
        "OPTIONAL": ("Optional", "Freiwillig", "Opcjonalne", "Opțional"),
    },
    DispatchChannel: {
        "EMAIL": ("Email", "E-Mail", "E-mail", "E-mail"),
        "SMS": ("Text message", "SMS", "SMS", "SMS"),
        "PUSH": ("Push message", "Push-Nachricht", "Powiadomienie push", "Notificare push"),
        "WEBHOOK": ("Webhook", "Webhook", "Webhook", "Webhook"),
    },
    Wanted: {
        "ON": ("On", "Ein", "Włączone", "Activat"),
        "OFF": ("Off", "Aus", "Wyłączone", "Dezactivat"),
    },
    Blocked: {
        "NO": ("Not blocked", "Nicht gesperrt", "Niezablokowany", "Neblocat"),
        "GONE": ("No longer there", "Nicht mehr vorhanden", "Już nie istnieje", "Nu mai există"),
        "HARD_BOUNCE": ("Address does not exist", "Adresse existiert nicht", "Adres nie istnieje", "Adresa nu există"),
        "DO_NOT_CONTACT": ("Wants no contact", "Wünscht keinen Kontakt", "Nie życzy sobie kontaktu", "Nu dorește contact"),
        "ABUSE_REPORT": ("Reported as abuse", "Als Missbrauch gemeldet", "Zgłoszenie nadużycia", "Raportare ca abuz"),
    },
    Reachable: {
        "PRESENT": ("Present", "Vorhanden", "Jest", "Există"),
        "MISSING": ("Missing", "Fehlt", "Brak", "Lipsește"),
    },
    DispatchOutcome: {
        "ACCEPTED": ("Accepted", "Angenommen", "Przyjęto", "Acceptat"),
        "TEMPORARY": ("Failed for now", "Vorübergehend gescheitert", "Chwilowo nieudana", "Eșuată temporar"),
        "THROTTLED": ("Slowed down", "Gedrosselt", "Ograniczono tempo", "Încetinit"),
        "PERMANENT": ("Failed for good", "Endgültig gescheitert", "Ostatecznie nieudana", "Eșuată definitiv"),
        "UNCERTAIN": ("Uncertain", "Ungewiss", "Niepewny", "Incert"),
    },
    BounceReport: {
        "DELIVERY_STATUS": ("Delivery report", "Zustellbericht", "Raport doręczenia", "Raport de livrare"),
        "ABUSE": ("Abuse report", "Missbrauchsmeldung", "Zgłoszenie nadużycia", "Raport de abuz"),
        "OTHER": ("Something else", "Etwas anderes", "Coś innego", "Altceva"),
    },
    BounceAction: {
        "FAILED": ("Failed", "Gescheitert", "Nie doręczono", "Eșuat"),
        "DELAYED": ("Delayed", "Verzögert", "Opóźniono", "Întârziat"),
        "DELIVERED": ("Delivered", "Zugestellt", "Doręczono", "Livrat"),
        "RELAYED": ("Passed on", "Weitergeleitet", "Przekazano dalej", "Transmis mai departe"),
        "EXPANDED": ("Sent to several recipients", "An mehrere Empfänger verteilt", "Rozesłano do wielu odbiorców", "Trimis mai multor destinatari"),
        "NONE": ("Not stated", "Keine Angabe", "Nie podano", "Neprecizat"),
    },
    StatusClass: {
        "SUCCESS": ("Success", "Erfolg", "Powodzenie", "Succes"),
        "TEMPORARY": ("Temporary", "Vorübergehend", "Tymczasowy", "Temporară"),
        "PERMANENT": ("Permanent", "Dauerhaft", "Trwały", "Permanentă"),
        "NONE": ("Not stated", "Keine Angabe", "Nie podano", "Neprecizată"),
    },
    BounceAbout: {
        "MAILBOX": ("Mailbox does not exist", "Postfach existiert nicht", "Skrzynka nie istnieje", "Căsuța nu există"),
        "FULL": ("Mailbox is full", "Postfach ist voll", "Skrzynka jest pełna", "Căsuța este plină"),
        "POLICY": ("Sender or content refused", "Absender oder Inhalt abgelehnt", "Odrzucono nadawcę lub treść", "Expeditor sau conținut refuzat"),
        "OTHER": ("Something else", "Etwas anderes", "Coś innego", "Altceva"),
    },
    ChatSide: {
        "VENDOR": ("Vendor", "Anbieter", "Usługodawca", "Furnizor"),
        "PROSPECT": ("Prospect", "Interessent", "Klient", "Client"),
        "OPERATOR": ("Operator", "Betreiber", "Operator", "Operator"),
        "SYSTEM": ("System", "System", "System", "Sistem"),
    },
    ContactState: {
        "OPEN": ("Open", "Offen", "Ujawnione", "Deschise"),
        "WAITING": ("Opens later", "Werden später frei", "Zostaną ujawnione później", "Se deschid mai târziu"),
        "CLOSED": ("Closed", "Gesperrt", "Zablokowane", "Închise"),
    },
    Carries: {
        "NOTHING": ("Nothing of the kind", "Nichts dergleichen", "Nic takiego", "Nimic de acest fel"),
        "LINK": ("Link", "Link", "Link", "Link"),
        "CONTACT": ("Contact data", "Kontaktdaten", "Dane kontaktowe", "Date de contact"),
    },
    ChatAccess: {
        "OPEN": ("Open", "Offen", "Otwarty", "Deschis"),
        "READ_ONLY": ("Read only", "Nur lesen", "Tylko odczyt", "Doar citire"),
        "CLOSED": ("Closed", "Geschlossen", "Zamknięty", "Închis"),
    },
}
