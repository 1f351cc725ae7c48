"""Facts about contacting persons: rights, hours, what the person prefers, and smart contact data."""

# ruff: noqa: E501 - one line per name, to compare the languages

from collections.abc import Mapping
from enum import StrEnum

from rules.contacting.call_time import RecipientDay
from rules.contacting.channel_for_goal import ContactGoal, GoalChannel
from rules.contacting.channel_preference import PersonDays, PersonTemper, Preference, Said
from rules.contacting.contact_permission import ContactPermission
from rules.contacting.contact_right import ContactRight
from rules.contacting.follow_up import FollowUp, LastContact, PersonStatus
from rules.contacting.terms import ConsentState, ContactBasis, ContactPurpose, ContactStop, Medium
from rules.plan import Plan
from rules.smart_data.smart_data_access import ContactState
from rules.smart_data.smart_data_search import LookedUp, LookUpKey, SearchAct

# fmt: off
FACTS: Mapping[str, tuple[str, str, str, str]] = {
    "purpose": ("Purpose", "Zweck", "Cel", "Scop"),
    "medium": ("Way of contact", "Kontaktweg", "Sposób kontaktu", "Mod de contact"),
    "stop": ("Stop", "Kontaktsperre", "Zakaz kontaktu", "Interdicție de contact"),
    "contact_right.basis": ("Contact data of the lead", "Kontaktdaten des Leads", "Dane kontaktowe leada", "Datele de contact ale leadului"),
    "consent": ("Consent", "Einwilligung", "Zgoda", "Acord"),
    "opt_in_law": ("Law demands consent first", "Recht verlangt vorherige Einwilligung", "Prawo wymaga wcześniejszej zgody", "Legea cere acord prealabil"),
    "listed": ("On an opt-out list", "Auf einer Sperrliste", "Na liście sprzeciwów", "Pe o listă de refuz"),
    "contact_right.address": ("Number or address known", "Nummer oder Adresse bekannt", "Znany numer lub adres", "Număr sau adresă cunoscută"),
    "right": ("Right to contact", "Recht zur Kontaktaufnahme", "Prawo do kontaktu", "Dreptul de a contacta"),
    "asked": ("Person asked for it or consented", "Person hat darum gebeten oder eingewilligt", "Osoba poprosiła lub wyraziła zgodę", "Persoana a cerut sau a acceptat"),
    "list_stale": ("End of the opt-out list's validity", "Ablauf der Sperrliste", "Koniec ważności listy sprzeciwów", "Expirarea listei de refuz"),
    "calls_today": ("Calls today", "Anrufe heute", "Połączenia dziś", "Apeluri azi"),
    "day_ends": ("End of the recipient's day", "Ende des Tages beim Empfänger", "Koniec dnia odbiorcy", "Sfârșitul zilei destinatarului"),
    "calls_this_month": ("Calls within 30 days", "Anrufe in 30 Tagen", "Połączenia w ciągu 30 dni", "Apeluri în 30 de zile"),
    "month_eases": ("Next call under the 30-day limit", "Nächster Anruf nach der 30-Tage-Grenze", "Następny telefon według limitu 30 dni", "Următorul apel după limita de 30 de zile"),
    "law_eases": ("Next call allowed by law", "Nächster gesetzlich erlaubter Anruf", "Następny telefon dozwolony prawem", "Următorul apel permis de lege"),
    "hours_known": ("Calling hours known", "Anrufzeiten bekannt", "Znane godziny telefonów", "Ore de apel cunoscute"),
    "hours_open": ("Beginning of calling hours", "Beginn der Anrufzeit", "Początek godzin telefonów", "Începutul orelor de apel"),
    "hours_close": ("End of calling hours", "Ende der Anrufzeit", "Koniec godzin telefonów", "Sfârșitul orelor de apel"),
    "channel_preference.answered": ("Answer to the direct question", "Antwort auf die direkte Frage", "Odpowiedź na pytanie wprost", "Răspuns la întrebarea directă"),
    "marker": ("Newest sign in what was said", "Neuester Hinweis im Gesagten", "Najnowsza wskazówka z wypowiedzi", "Cel mai nou semn din cele spuse"),
    "marker_is_newer": ("Sign is newer than the answer", "Hinweis ist neuer als die Antwort", "Wskazówka nowsza niż odpowiedź", "Semnul este mai nou decât răspunsul"),
    "house_reads_mail": ("Whole company reads email", "Ganzes Unternehmen liest E-Mails", "Cała firma czyta e-maile", "Toată firma citește e-mailurile"),
    "days": ("Working day", "Arbeitstag", "Dzień pracy", "Ziua de lucru"),
    "temper": ("Manner", "Art der Person", "Usposobienie", "Fire"),
    "channel_for_goal.goal": ("Goal", "Ziel", "Cel", "Scop"),
    "urgent": ("Urgent", "Dringend", "Pilne", "Urgent"),
    "feelings": ("Trust or feelings matter", "Vertrauen oder Gefühl zählt", "Liczy się zaufanie lub emocje", "Contează încrederea sau emoțiile"),
    "last": ("Last contact", "Letzter Kontakt", "Ostatni kontakt", "Ultimul contact"),
    "status": ("Position", "Stellung", "Stanowisko", "Poziția"),
    "knows_number": ("Person has the caller's number", "Person hat die Nummer des Anrufers", "Osoba zna numer dzwoniącego", "Persoana are numărul apelantului"),
    "last_at": ("Time of the last contact", "Zeitpunkt des letzten Kontakts", "Czas ostatniego kontaktu", "Momentul ultimului contact"),
    "follow_up": ("After the last contact", "Nach dem letzten Kontakt", "Po ostatnim kontakcie", "După ultimul contact"),
    "preference": ("Preferred way", "Bevorzugter Weg", "Preferowany sposób", "Calea preferată"),
    "contact_advice.goal": ("Way that suits the goal", "Weg, der zum Ziel passt", "Sposób odpowiedni do celu", "Calea potrivită scopului"),
    "call": ("Calling", "Anrufen", "Telefon", "Apel"),
    "email": ("Email permitted", "E-Mail erlaubt", "E-mail dozwolony", "E-mail permis"),
    "chat": ("Chat permitted", "Chat erlaubt", "Czat dozwolony", "Chat permis"),
    "contact_advice.meeting": ("Meeting permitted", "Treffen erlaubt", "Spotkanie dozwolone", "Întâlnire permisă"),
    "day": ("Recipient's day", "Tag des Empfängers", "Dzień odbiorcy", "Ziua destinatarului"),
    "work_begins": ("Beginning of work", "Arbeitsbeginn", "Początek pracy", "Începutul lucrului"),
    "lunch_ends": ("End of lunch", "Ende der Mittagspause", "Koniec przerwy obiadowej", "Sfârșitul pauzei de prânz"),
    "work_ends": ("End of work", "Arbeitsende", "Koniec pracy", "Sfârșitul lucrului"),
    "opens_at": ("Beginning of the good time", "Beginn der guten Zeit", "Początek dobrej pory", "Începutul orei potrivite"),
    "closes_at": ("End of the good time", "Ende der guten Zeit", "Koniec dobrej pory", "Sfârșitul orei potrivite"),
    "smart_data_access.contact": ("Contact data for the account", "Kontaktdaten für das Konto", "Dane kontaktowe dla konta", "Datele de contact pentru cont"),
    "plan": ("Plan", "Tarif", "Plan", "Abonament"),
    "switched_on": ("Smart contact data switched on", "Smarte Kontaktdaten eingeschaltet", "Smart dane kontaktowe włączone", "Date smart activate"),
    "subject": ("What is looked up", "Was nachgeschlagen wird", "Czego się szuka", "Ce se caută"),
    "act": ("What the user does", "Was der Benutzer tut", "Co robi użytkownik", "Ce face utilizatorul"),
    "key": ("Address or domain", "Adresse oder Domain", "Adres lub domena", "Adresă sau domeniu"),
    "found": ("Found before", "Bereits gefunden", "Znaleziono wcześniej", "Găsit anterior"),
    "found_at": ("Time of the finding", "Zeitpunkt des Fundes", "Czas znalezienia", "Momentul găsirii"),
    "running": ("Search under way", "Suche läuft", "Wyszukiwanie trwa", "Căutare în curs"),
    "searches": ("Searches in the last hour", "Suchen in der letzten Stunde", "Wyszukiwania w ostatniej godzinie", "Căutări în ultima oră"),
    "oldest": ("Oldest search that counts", "Älteste Suche, die zählt", "Najstarsze liczone wyszukiwanie", "Cea mai veche căutare socotită"),
}
VALUES: Mapping[type[StrEnum], Mapping[str, tuple[str, str, str, str]]] = {
    ContactPurpose: {
        "THE_LEAD": ("The lead's own request", "Anliegen des Leads", "Sprawa leada", "Cererea leadului"),
        "OTHER_OFFER": ("Another offer", "Anderes Angebot", "Inna oferta", "Altă ofertă"),
        "NEWSLETTER": ("Newsletter", "Newsletter", "Newsletter", "Newsletter"),
        "SERVICE": ("Law or contract", "Gesetz oder Vertrag", "Prawo lub umowa", "Lege sau contract"),
    },
    Medium: {
        "CALL": ("Call", "Anruf", "Telefon", "Apel"),
        "SMS": ("Text message", "SMS", "SMS", "SMS"),
        "EMAIL": ("Email", "E-Mail", "E-mail", "E-mail"),
        "CHAT": ("Chat", "Chat", "Czat", "Chat"),
        "MEETING": ("Meeting", "Treffen", "Spotkanie", "Întâlnire"),
    },
    ContactStop: {
        "NONE": ("None", "Keine", "Brak", "Niciuna"),
        "MEDIUM": ("For this way", "Für diesen Weg", "Dla tego sposobu", "Pentru acest mod"),
        "ALL": ("For every way", "Für alle Wege", "Dla każdego sposobu", "Pentru orice mod"),
        "ERASED": ("Data erased", "Daten gelöscht", "Dane usunięto", "Date șterse"),
    },
    ContactBasis: {
        "CLOSED": ("Not open", "Nicht offen", "Nieujawnione", "Nedeschise"),
        "OPEN_ASKED": ("Open, the person asked for offers", "Offen, Person bat um Angebote", "Ujawnione, osoba prosiła o oferty", "Deschise, persoana a cerut oferte"),
        "OPEN_NOT_ASKED": ("Open, the person did not ask", "Offen, Person bat nicht darum", "Ujawnione, osoba nie prosiła", "Deschise, persoana nu a cerut"),
    },
    ConsentState: {
        "NONE": ("None", "Keine", "Brak", "Niciunul"),
        "PENDING": ("Not confirmed yet", "Noch nicht bestätigt", "Jeszcze niepotwierdzona", "Încă neconfirmat"),
        "GRANTED": ("Given", "Erteilt", "Udzielona", "Dat"),
        "WITHDRAWN": ("Withdrawn", "Widerrufen", "Wycofana", "Retras"),
        "LAPSED": ("Lapsed", "Erloschen", "Wygasła", "Expirat"),
    },
    ContactRight: {
        "GIVEN": ("Given", "Vorhanden", "Jest", "Există"),
        "MISSING": ("Missing", "Fehlt", "Brak", "Lipsește"),
    },
    Said: {
        "NOTHING": ("Nothing", "Nichts", "Nic", "Nimic"),
        "CALL": ("Call", "Anrufen", "Telefon", "Apel"),
        "WRITE": ("Write", "Schreiben", "Pisanie", "În scris"),
        "CHAT": ("Chat", "Chatten", "Czat", "Chat"),
        "MEET": ("Meet", "Treffen", "Spotkanie", "Întâlnire"),
        "CANNOT_TALK": ("Cannot talk now", "Kann gerade nicht sprechen", "Nie może teraz rozmawiać", "Nu poate vorbi acum"),
    },
    PersonDays: {
        "UNKNOWN": ("Unknown", "Unbekannt", "Nieznany", "Necunoscută"),
        "AT_DESK": ("At the desk", "Am Schreibtisch", "Przy biurku", "La birou"),
        "TRAVELS": ("Travels", "Unterwegs", "W podróży", "Pe drumuri"),
        "IN_MEETINGS": ("In meetings", "In Besprechungen", "Na spotkaniach", "În ședințe"),
    },
    PersonTemper: {
        "UNKNOWN": ("Unknown", "Unbekannt", "Nieznane", "Necunoscută"),
        "OUTGOING": ("Outgoing", "Aufgeschlossen", "Otwarte", "Deschisă"),
        "RESERVED": ("Reserved", "Zurückhaltend", "Powściągliwe", "Rezervată"),
    },
    ContactGoal: {
        "NONE": ("None", "Keines", "Brak", "Niciunul"),
        "MEETING": ("Arrange a meeting", "Treffen vereinbaren", "Umówienie spotkania", "Stabilirea unei întâlniri"),
        "CONFERENCE": ("Arrange a conference", "Konferenz vereinbaren", "Umówienie konferencji", "Stabilirea unei conferințe"),
        "TRIAL": ("Agree on a trial", "Test vereinbaren", "Uzgodnienie okresu próbnego", "Stabilirea unei probe"),
        "COUNTER_OFFER": ("Answer a counter-offer", "Auf ein Gegenangebot eingehen", "Odpowiedź na kontrofertę", "Răspuns la o contraofertă"),
        "OBJECTION": ("Answer an objection", "Einwand entkräften", "Odpowiedź na zastrzeżenie", "Răspuns la o obiecție"),
        "OFFER": ("Send an offer", "Angebot machen", "Przedstawienie oferty", "Prezentarea unei oferte"),
        "CLARIFICATION": ("Clarify something", "Etwas klären", "Wyjaśnienie", "Lămurire"),
        "OPINION": ("Ask for an opinion", "Um eine Meinung bitten", "Prośba o opinię", "Cererea unei păreri"),
        "REFERRAL": ("Ask for a referral", "Um eine Empfehlung bitten", "Prośba o polecenie", "Cererea unei recomandări"),
    },
    GoalChannel: {
        "CALL": ("Call", "Anrufen", "Telefon", "Apel"),
        "WRITE": ("Write", "Schreiben", "Pisanie", "În scris"),
        "EITHER": ("Either", "Beides", "Dowolny", "Oricare"),
    },
    LastContact: {
        "NONE": ("None", "Keiner", "Brak", "Niciunul"),
        "NO_ANSWER": ("Nobody answered", "Niemand ging ans Telefon", "Nikt nie odebrał", "Nu a răspuns nimeni"),
        "VOICEMAIL": ("Voicemail", "Mailbox", "Poczta głosowa", "Mesagerie vocală"),
        "SPOKE": ("Spoke with the person", "Mit der Person gesprochen", "Rozmowa z osobą", "Convorbire cu persoana"),
        "SPOKE_TO_ASSISTANT": ("Spoke with an assistant", "Mit dem Sekretariat gesprochen", "Rozmowa z sekretariatem", "Convorbire cu un asistent"),
        "CALLBACK_PROMISED": ("Call-back promised", "Rückruf zugesagt", "Obiecano oddzwonić", "S-a promis un apel înapoi"),
        "WROTE": ("Written to the person", "Der Person geschrieben", "Napisano do osoby", "I s-a scris persoanei"),
        "ANSWERED": ("The person answered", "Person hat sich gemeldet", "Osoba odpowiedziała", "Persoana a răspuns"),
        "BOUNCED": ("Email bounced", "E-Mail unzustellbar", "E-mail odbity", "E-mail respins"),
        "REFUSED": ("Refused", "Abgelehnt", "Odmowa", "Refuz"),
        "WRONG_NUMBER": ("Wrong number", "Falsche Nummer", "Błędny numer", "Număr greșit"),
    },
    PersonStatus: {
        "UNKNOWN": ("Unknown", "Unbekannt", "Nieznane", "Necunoscută"),
        "SENIOR": ("Senior", "Leitend", "Kierownicze", "De conducere"),
        "EMPLOYEE": ("Employee", "Mitarbeiter", "Pracownik", "Angajat"),
    },
    FollowUp: {
        "WRITE": ("Write", "Schreiben", "Napisać", "Se scrie"),
        "VOICEMAIL": ("Leave a voicemail", "Auf die Mailbox sprechen", "Nagrać się", "Mesaj vocal"),
        "WAIT": ("Wait", "Warten", "Czekać", "Se așteaptă"),
        "OPEN": ("Nothing in particular", "Nichts Bestimmtes", "Nic szczególnego", "Nimic anume"),
    },
    Preference: {
        "CALL": ("Call", "Anrufen", "Telefon", "Apel"),
        "WRITE": ("Write", "Schreiben", "Pisanie", "În scris"),
        "CHAT": ("Chat", "Chatten", "Czat", "Chat"),
        "MEET": ("Meet", "Treffen", "Spotkanie", "Întâlnire"),
        "OPEN": ("Unknown", "Unbekannt", "Nieznany", "Necunoscută"),
    },
    ContactPermission: {
        "ALLOWED": ("Allowed", "Erlaubt", "Dozwolony", "Permis"),
        "WAIT": ("Later", "Später", "Później", "Mai târziu"),
        "FORBIDDEN": ("Not allowed", "Nicht erlaubt", "Niedozwolony", "Nepermis"),
    },
    RecipientDay: {
        "MONDAY": ("Monday", "Montag", "Poniedziałek", "Luni"),
        "TUESDAY": ("Tuesday", "Dienstag", "Wtorek", "Marți"),
        "WEDNESDAY": ("Wednesday", "Mittwoch", "Środa", "Miercuri"),
        "THURSDAY": ("Thursday", "Donnerstag", "Czwartek", "Joi"),
        "FRIDAY": ("Friday", "Freitag", "Piątek", "Vineri"),
        "WEEKEND": ("Weekend", "Wochenende", "Weekend", "Sfârșit de săptămână"),
        "HOLIDAY": ("Public holiday", "Feiertag", "Święto", "Sărbătoare legală"),
    },
    ContactState: {
        "VISIBLE": ("Visible", "Sichtbar", "Widoczne", "Vizibile"),
        "HIDDEN": ("Hidden", "Verborgen", "Ukryte", "Ascunse"),
        "ERASED": ("Erased", "Gelöscht", "Usunięte", "Șterse"),
        "DO_NOT_CONTACT": ("Wants no contact", "Wünscht keinen Kontakt", "Nie życzy sobie kontaktu", "Nu dorește contact"),
    },
    Plan: {
        "FREE": ("Free", "Free", "Free", "Free"),
        "ADVANCED": ("Advanced", "Advanced", "Advanced", "Advanced"),
        "PROFESSIONAL": ("Professional", "Professional", "Professional", "Professional"),
        "ENTERPRISE": ("Enterprise", "Enterprise", "Enterprise", "Enterprise"),
    },
    LookedUp: {
        "PERSON": ("A person", "Eine Person", "Osoba", "O persoană"),
        "ORGANISATION": ("An organisation", "Eine Organisation", "Organizacja", "O organizație"),
    },
    SearchAct: {
        "LOOK": ("Looks", "Sieht nach", "Przegląda", "Se uită"),
        "SEARCH": ("Searches", "Sucht", "Szuka", "Caută"),
        "REFRESH_UNCHECKED": ("Refreshes without checking the address", "Aktualisiert ohne geprüfte Adresse", "Odświeża bez sprawdzenia adresu", "Actualizează fără verificarea adresei"),
        "REFRESH": ("Refreshes", "Aktualisiert", "Odświeża", "Actualizează"),
    },
    LookUpKey: {
        "USABLE": ("Usable", "Verwendbar", "Nadaje się", "Utilizabilă"),
        "NONE": ("None", "Keine", "Brak", "Niciuna"),
        "FREEMAIL": ("At a mail provider", "Bei einem E-Mail-Anbieter", "U dostawcy poczty", "La un furnizor de e-mail"),
        "DISPOSABLE": ("Disposable", "Wegwerfadresse", "Jednorazowy", "De unică folosință"),
        "RESERVED": ("Reserved domain", "Reservierte Domain", "Domena zarezerwowana", "Domeniu rezervat"),
        "UNDELIVERABLE": ("Undeliverable", "Unzustellbar", "Niedoręczalny", "Nelivrabilă"),
    },
}
