"""Names of a policy's areas and parameters in the four languages."""

from collections.abc import Mapping

from rules import Policy

_LANGUAGES = ("en", "de", "pl", "ro")

_AREAS: Mapping[str, tuple[str, str, str, str]] = {
    "reveal": ("Reveal", "Freigabe", "Ujawnienie", "Dezvăluire"),
    "refund": ("Refunds", "Erstattungen", "Zwroty", "Rambursări"),
    "reminder": ("Reminder", "Erinnerung", "Przypomnienie", "Memento"),
    "complaint": ("Complaints", "Reklamationen", "Reklamacje", "Reclamații"),
    "publication": ("Publication", "Veröffentlichung", "Publikacja", "Publicare"),
    "messages": ("Messages", "Nachrichten", "Wiadomości", "Mesaje"),
    "call": ("Calls", "Anrufe", "Połączenia", "Apeluri"),
    "chat": ("Chat", "Chat", "Czat", "Chat"),
    "placement": ("Banners", "Hinweise", "Banery", "Bannere"),
    "smart_data": ("Smart contact data", "Smarte Kontaktdaten", "Smart dane kontaktowe", "Date smart"),
    "contact": ("Contacting persons", "Kontaktaufnahme", "Kontaktowanie się", "Contactarea persoanelor"),
    "advice": ("Advice on contacting", "Kontaktempfehlungen", "Zalecenia kontaktu", "Recomandări de contact"),
}

_FIELDS: Mapping[str, tuple[str, str, str, str]] = {
    "reveal_after": (
        "Time to answer before the reveal",
        "Antwortfrist bis zur Freigabe",
        "Czas na odpowiedź przed ujawnieniem",
        "Timp de răspuns până la dezvăluire",
    ),
    "late_declines": (
        "Refund after a late decline",
        "Erstattung bei später Absage",
        "Zwrot po późnej odmowie",
        "Rambursare la refuz târziu",
    ),
    "withdrawals": (
        "Refund after a withdrawn acceptance",
        "Erstattung bei zurückgezogener Zusage",
        "Zwrot po wycofanej zgodzie",
        "Rambursare la retragerea acceptării",
    ),
    "no_show_restores": (
        "A no-show restores the refund",
        "Nichterscheinen stellt die Erstattung wieder her",
        "Niestawienie się przywraca zwrot",
        "Neprezentarea restabilește rambursarea",
    ),
    "meeting_call_seconds": (
        "Length of a call that counts as a meeting",
        "Dauer, ab der ein Anruf als Treffen gilt",
        "Długość rozmowy uznawanej za spotkanie",
        "Durata de la care un apel contează ca întâlnire",
    ),
    "review_reminder_after": (
        "Time until the reminder to answer",
        "Zeit bis zur Erinnerung an die Antwort",
        "Czas do przypomnienia o odpowiedzi",
        "Timp până la mementoul de răspuns",
    ),
    "only_unopened": (
        "Remind only of unopened applications",
        "Nur an ungeöffnete Bewerbungen erinnern",
        "Przypominać tylko o nieotwartych zgłoszeniach",
        "Memento doar pentru candidaturi nedeschise",
    ),
    "window_days": (
        "Time to complain",
        "Reklamationsfrist",
        "Termin na reklamację",
        "Termen de reclamație",
    ),
    "window_elapsed_day_seconds": (
        "Length of a day (0: calendar days)",
        "Länge eines Tages (0: Kalendertage)",
        "Długość dnia (0: dni kalendarzowe)",
        "Durata unei zile (0: zile calendaristice)",
    ),
    "zone": (
        "Time zone of calendar days",
        "Zeitzone der Kalendertage",
        "Strefa czasowa dni kalendarzowych",
        "Fusul orar al zilelor calendaristice",
    ),
    "move_holidays": (
        "Deadlines move past weekends and holidays",
        "Fristen verschieben sich über Wochenenden und Feiertage",
        "Terminy przesuwają się za weekendy i święta",
        "Termenele trec peste weekenduri și sărbători",
    ),
    "holidays_of": (
        "Place whose holidays count",
        "Ort, dessen Feiertage gelten",
        "Miejsce, którego święta obowiązują",
        "Locul ale cărui sărbători se aplică",
    ),
    "decide_days": (
        "Time to decide a complaint",
        "Entscheidungsfrist",
        "Termin rozpatrzenia reklamacji",
        "Termen de decizie",
    ),
    "first_mark_days": (
        "First reminder of a complaint (0: none)",
        "Erste Erinnerung an eine Reklamation (0: keine)",
        "Pierwsze przypomnienie o reklamacji (0: brak)",
        "Primul memento al reclamației (0: fără)",
    ),
    "second_mark_days": (
        "Second reminder of a complaint (0: none)",
        "Zweite Erinnerung an eine Reklamation (0: keine)",
        "Drugie przypomnienie o reklamacji (0: brak)",
        "Al doilea memento al reclamației (0: fără)",
    ),
    "last_mark_days": (
        "Last reminder of a complaint (0: none)",
        "Letzte Erinnerung an eine Reklamation (0: keine)",
        "Ostatnie przypomnienie o reklamacji (0: brak)",
        "Ultimul memento al reclamației (0: fără)",
    ),
    "replacement_wait_days": (
        "Wait for a replacement before points are credited",
        "Wartezeit auf Ersatz vor der Gutschrift",
        "Oczekiwanie na zamiennik przed zwrotem punktów",
        "Așteptarea înlocuirii înainte de creditare",
    ),
    "replacements_complainable": (
        "Replacements can be complained about",
        "Ersatz kann reklamiert werden",
        "Zamienniki można reklamować",
        "Înlocuirile pot fi reclamate",
    ),
    "application_fee": (
        "Fee of an application",
        "Gebühr einer Bewerbung",
        "Opłata za zgłoszenie",
        "Taxa unei candidaturi",
    ),
    "open_for": (
        "Time for which a lead is open",
        "Laufzeit eines Leads",
        "Czas otwarcia leada",
        "Cât timp e deschis un lead",
    ),
    "most_attempts_email": (
        "Attempts to send an email",
        "Versuche je E-Mail",
        "Próby wysłania e-maila",
        "Încercări pentru un e-mail",
    ),
    "most_attempts_sms": (
        "Attempts to send a text message",
        "Versuche je SMS",
        "Próby wysłania SMS-a",
        "Încercări pentru un SMS",
    ),
    "most_attempts_push": (
        "Attempts to push a message",
        "Versuche je Push-Nachricht",
        "Próby wysłania powiadomienia push",
        "Încercări pentru un push",
    ),
    "most_attempts_webhook": (
        "Attempts to call a webhook",
        "Versuche je Webhook-Aufruf",
        "Próby wywołania webhooka",
        "Încercări pentru un webhook",
    ),
    "first_delay": (
        "Delay before the second attempt",
        "Pause vor dem zweiten Versuch",
        "Przerwa przed drugą próbą",
        "Pauza înainte de a doua încercare",
    ),
    "growth_percent": (
        "Growth of the delay",
        "Wachstum der Pausen",
        "Wzrost przerwy",
        "Creșterea pauzei",
    ),
    "longest_delay": (
        "Longest delay between attempts",
        "Längste Pause zwischen Versuchen",
        "Najdłuższa przerwa między próbami",
        "Cea mai lungă pauză între încercări",
    ),
    "jitter_percent": (
        "Random share of the delay",
        "Zufälliger Anteil der Pause",
        "Losowa część przerwy",
        "Partea aleatorie a pauzei",
    ),
    "give_up_after": (
        "Time until sending is given up",
        "Zeit bis zum Aufgeben",
        "Czas do zaniechania wysyłki",
        "Timp până la abandonarea trimiterii",
    ),
    "quiet_from": (
        "Quiet hours begin",
        "Ruhezeit beginnt",
        "Początek ciszy",
        "Începutul orelor de liniște",
    ),
    "quiet_until": (
        "Quiet hours end",
        "Ruhezeit endet",
        "Koniec ciszy",
        "Sfârșitul orelor de liniște",
    ),
    "soft_bounce_hold": (
        "Pause after repeated temporary bounces",
        "Sperre nach wiederholter Unzustellbarkeit",
        "Wstrzymanie po powtórnych odbiciach",
        "Pauză după respingeri temporare repetate",
    ),
    "most_soft_bounces": (
        "Temporary bounces until the pause",
        "Unzustellbare Versuche bis zur Sperre",
        "Odbicia do wstrzymania",
        "Respingeri temporare până la pauză",
    ),
    "link_life": (
        "Life of links in messages",
        "Gültigkeit von Links in Nachrichten",
        "Ważność linków w wiadomościach",
        "Valabilitatea linkurilor din mesaje",
    ),
    "calendar_on_silence": (
        "A reveal by silence updates the calendar",
        "Freigabe durch Schweigen aktualisiert den Kalender",
        "Ujawnienie przez milczenie aktualizuje kalendarz",
        "Dezvăluirea prin tăcere actualizează calendarul",
    ),
    "sms_most_parts": (
        "Parts of a text message",
        "Teile je SMS",
        "Części SMS-a",
        "Părți ale unui SMS",
    ),
    "sms_cents": (
        "Price of a text message",
        "Preis einer SMS",
        "Cena SMS-a",
        "Prețul unui SMS",
    ),
    "sms_plain_letters": (
        "Plain letters in text messages",
        "Einfache Buchstaben in SMS",
        "Proste litery w SMS-ach",
        "Litere simple în SMS-uri",
    ),
    "webhook_disabled_after": (
        "Time until a failing webhook is disabled",
        "Zeit bis zum Abschalten eines gestörten Webhooks",
        "Czas do wyłączenia zawodzącego webhooka",
        "Timp până la dezactivarea unui webhook cu erori",
    ),
    "deputy_hops": (
        "Deputies in a row",
        "Vertretungen hintereinander",
        "Kolejni zastępcy",
        "Înlocuitori succesivi",
    ),
    "deputy_after_decline": (
        "Deputy after a declined call",
        "Vertretung nach abgelehntem Anruf",
        "Zastępca po odrzuconym połączeniu",
        "Înlocuitor după un apel respins",
    ),
    "unconfirmed_takes_messages": (
        "Unconfirmed secretariats take messages only",
        "Unbestätigte Sekretariate nehmen nur Nachrichten auf",
        "Niepotwierdzone sekretariaty tylko przyjmują wiadomości",
        "Secretariatele neconfirmate preiau doar mesaje",
    ),
    "holidays_close": (
        "Closed on public holidays",
        "An Feiertagen geschlossen",
        "Zamknięte w święta",
        "Închis de sărbători",
    ),
    "attempt_ring_seconds": (
        "Ringing time of one employee",
        "Klingeldauer je Mitarbeiter",
        "Czas dzwonienia do pracownika",
        "Cât sună la un angajat",
    ),
    "retention_days": (
        "Time for which callers are known",
        "Speicherdauer von Anrufern",
        "Czas przechowywania dzwoniących",
        "Cât timp se păstrează apelanții",
    ),
    "check_after_days": (
        "Time until a set-up is to be checked (0: never)",
        "Zeit bis zur Prüfung der Einrichtung (0: nie)",
        "Czas do sprawdzenia konfiguracji (0: nigdy)",
        "Timp până la verificarea configurării (0: niciodată)",
    ),
    "ring_seconds": (
        "Call stays open while ringing",
        "Anruf bleibt offen, während es klingelt",
        "Połączenie otwarte podczas dzwonienia",
        "Apelul rămâne deschis cât sună",
    ),
    "talk_seconds": (
        "Call stays open while talking",
        "Anruf bleibt offen, während gesprochen wird",
        "Połączenie otwarte podczas rozmowy",
        "Apelul rămâne deschis cât se vorbește",
    ),
    "wrap_up_seconds": (
        "Time for the wrap-up",
        "Zeit für die Nachbearbeitung",
        "Czas na opracowanie",
        "Timp pentru finalizare",
    ),
    "correct_seconds": (
        "Time to correct a note",
        "Zeit zum Berichtigen einer Notiz",
        "Czas na poprawienie notatki",
        "Timp pentru corectarea unei note",
    ),
    "agent_sees_seconds": (
        "Time for which agents see a call",
        "Wie lange Telefonisten einen Anruf sehen",
        "Jak długo agenci widzą połączenie",
        "Cât timp văd agenții un apel",
    ),
    "mail_abandoned": (
        "Email about abandoned calls",
        "E-Mail über abgebrochene Anrufe",
        "E-mail o porzuconych połączeniach",
        "E-mail despre apeluri abandonate",
    ),
    "calendar_refresh_seconds": (
        "Time between readings of a calendar",
        "Abstand, in dem ein Kalender gelesen wird",
        "Odstęp między odczytami kalendarza",
        "Intervalul de citire a unui calendar",
    ),
    "calendar_stale_seconds": (
        "Time until a failing calendar is reported",
        "Zeit bis zur Meldung eines gestörten Kalenders",
        "Czas do zgłoszenia zawodzącego kalendarza",
        "Timp până la raportarea unui calendar cu erori",
    ),
    "calendar_horizon_days": (
        "How far ahead calendars are read",
        "Wie weit Kalender im Voraus gelesen werden",
        "Jak daleko naprzód czytane są kalendarze",
        "Cât de departe se citesc calendarele",
    ),
    "chat_mask_vendor_contacts": (
        "Mask contact data of vendors in chats",
        "Kontaktdaten von Anbietern im Chat schwärzen",
        "Maskować dane dostawców w czacie",
        "Maschează datele furnizorilor în chat",
    ),
    "chat_mask_vendor_links": (
        "Mask links of vendors in chats",
        "Links von Anbietern im Chat schwärzen",
        "Maskować linki dostawców w czacie",
        "Maschează linkurile furnizorilor în chat",
    ),
    "chat_show_read_marks": (
        "Show read marks in chats",
        "Lesebestätigungen im Chat zeigen",
        "Pokazywać potwierdzenia odczytu w czacie",
        "Arată confirmările de citire în chat",
    ),
    "chat_nudge_after": (
        "Time until the email about an unread message",
        "Zeit bis zur E-Mail über Ungelesenes",
        "Czas do e-maila o nieprzeczytanych",
        "Timp până la e-mailul despre necitite",
    ),
    "news_for": (
        "Time for which news is shown",
        "Anzeigedauer von Neuigkeiten",
        "Czas wyświetlania wiadomości",
        "Cât timp se afișează noutățile",
    ),
    "fresh_for": (
        "Time for which found data is fresh",
        "Wie lange Gefundenes aktuell ist",
        "Jak długo znalezione dane są aktualne",
        "Cât timp sunt actuale datele găsite",
    ),
    "keep_found_for": (
        "Time for which found data is kept",
        "Speicherdauer von Gefundenem",
        "Czas przechowywania znalezionych danych",
        "Cât timp se păstrează datele găsite",
    ),
    "keep_at_most": (
        "Longest time an account can keep found data",
        "Längste Speicherdauer durch ein Konto",
        "Najdłuższe przechowywanie przez konto",
        "Cel mult cât poate păstra un cont datele",
    ),
    "searches_an_hour": (
        "Searches in an hour",
        "Suchen je Stunde",
        "Wyszukiwania na godzinę",
        "Căutări pe oră",
    ),
    "points_a_hit": (
        "Points for a hit",
        "Punkte je Treffer",
        "Punkty za trafienie",
        "Puncte pentru un rezultat",
    ),
    "calls_a_day": (
        "Calls to a person in a day",
        "Anrufe je Person und Tag",
        "Połączenia do osoby na dzień",
        "Apeluri către o persoană pe zi",
    ),
    "calls_a_month": (
        "Calls to a person in 30 days",
        "Anrufe je Person in 30 Tagen",
        "Połączenia do osoby w 30 dni",
        "Apeluri către o persoană în 30 de zile",
    ),
    "publication_is_request": (
        "A published need is a request to be called",
        "Eine veröffentlichte Anfrage bittet um Anruf",
        "Publikacja potrzeby jest prośbą o telefon",
        "O cerere publicată este o cerere de apel",
    ),
    "hours_table": (
        "Table of calling hours",
        "Tabelle der Anrufzeiten",
        "Tabela godzin dzwonienia",
        "Tabelul orelor de apel",
    ),
    "house_hours_from": (
        "Our own calling hours begin",
        "Eigene Anrufzeiten beginnen",
        "Początek własnych godzin dzwonienia",
        "Începutul orelor proprii de apel",
    ),
    "house_hours_until": (
        "Our own calling hours end",
        "Eigene Anrufzeiten enden",
        "Koniec własnych godzin dzwonienia",
        "Sfârșitul orelor proprii de apel",
    ),
    "distrust_area_codes": (
        "North American area codes say no place",
        "Nordamerikanische Vorwahlen sagen keinen Ort",
        "Północnoamerykańskie kierunkowe nie mówią o miejscu",
        "Prefixele nord-americane nu spun locul",
    ),
    "business_from": (
        "Business hours begin",
        "Geschäftszeit beginnt",
        "Początek godzin pracy",
        "Începutul programului",
    ),
    "lunch_over": (
        "Lunch is over",
        "Mittagspause endet",
        "Koniec przerwy obiadowej",
        "Sfârșitul pauzei de prânz",
    ),
    "business_until": (
        "Business hours end",
        "Geschäftszeit endet",
        "Koniec godzin pracy",
        "Sfârșitul programului",
    ),
    "evening_from": (
        "Evening begins",
        "Abend beginnt",
        "Początek wieczoru",
        "Începutul serii",
    ),
    "monday_days": (
        "Days by which a call on Monday morning moves",
        "Tage, um die ein Anruf am Montagmorgen rückt",
        "O ile dni przesuwa się telefon w poniedziałek rano",
        "Cu câte zile se mută un apel de luni dimineața",
    ),
    "hour_edge": (
        "Time around the full hour for email",
        "Zeit um die volle Stunde für E-Mails",
        "Czas wokół pełnej godziny na e-mail",
        "Timpul din jurul orei fixe pentru e-mail",
    ),
    "answer_time": (
        "Time for which it is the person's turn",
        "Wie lange die Person am Zug ist",
        "Jak długo ruch należy do osoby",
        "Cât timp este rândul persoanei",
    ),
}


def area_name(language: str, area: str) -> str:
    """Return the name of an area in a language."""
    return _AREAS[area][_LANGUAGES.index(language)]


def field_name(language: str, field: str) -> str:
    """Return the name of a parameter in a language; no two areas have a field of the same name."""
    return _FIELDS[field][_LANGUAGES.index(language)]


def _check() -> None:
    """Stop the start if a parameter has no name."""
    fields = Policy.parameter_fields()
    missing = {one.name for one in fields} - _FIELDS.keys() | {one.area for one in fields} - _AREAS.keys()
    if missing:
        raise LookupError(f"these parameters have no name: {', '.join(sorted(missing))}")


_check()
