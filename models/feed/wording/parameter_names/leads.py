"""Parameters about leads: reveals, refunds, reminders, complaints, publication and banners."""

from collections.abc import Mapping

AREAS: Mapping[str, tuple[str, str, str, str]] = {
    "reveal": ("Reveal", "Freigabe", "Ujawnienie", "Dezvăluire"),
    "refund": ("Refunds", "Erstattungen", "Zwroty", "Rambursări"),
    "reminder": ("Reminder", "Erinnerung", "Przypomnienie", "Memento"),
    "complaint": ("Complaints", "Reklamationen", "Reklamacje", "Reclamații"),
    "publication": ("Publication", "Veröffentlichung", "Publikacja", "Publicare"),
    "placement": ("Banners", "Hinweise", "Banery", "Bannere"),
}
FIELDS: Mapping[str, tuple[str, str, str, str]] = {
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
    "news_for": (
        "Time for which news is shown",
        "Anzeigedauer von Neuigkeiten",
        "Czas wyświetlania wiadomości",
        "Cât timp se afișează noutățile",
    ),
}
