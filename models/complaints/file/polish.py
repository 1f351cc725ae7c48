"""Owns the Polish words of complaint files.

It must not say more or less than the English ones: a test compares them.
"""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.complaints.file.words import Column, FileWords
from rules.complaint import ComplaintVerdict
from rules.visibility import DeliveryKind

POLISH = FileWords(
    language="pl",
    delimiter=";",
    headings={
        Column.ROW: "Wiersz",
        Column.DELIVERY: "ID dostawy",
        Column.LEAD: "Zapytanie",
        Column.KIND: "Rodzaj",
        Column.RECEIVED: "Otrzymano",
        Column.COMPLAIN_UNTIL: "Reklamacja przed",
        Column.FULL_NAME: "Imię i nazwisko",
        Column.ORGANISATION: "Organizacja",
        Column.PHONE: "Telefon",
        Column.EMAIL: "E-mail",
        Column.REASON: "Powód",
        Column.EXPLANATION: "Wyjaśnienie",
        Column.VERDICT: "Decyzja",
        Column.RULE: "Podstawa decyzji",
        Column.COMMENT: "Komentarz",
        Column.REMEDY: "Rekompensata",
        Column.REPLACEMENT: "Zapytanie zastępcze",
    },
    synonyms={
        Column.DELIVERY: ("Dostawa", "Numer dostawy", "Nr dostawy", "Identyfikator dostawy"),
        Column.REASON: ("Przyczyna", "Powód reklamacji", "Przyczyna reklamacji", "Kod powodu"),
        Column.EXPLANATION: ("Opis", "Uzasadnienie", "Objaśnienie", "Twoje wyjaśnienie"),
    },
    lead_club_only="tylko Lead Club",
    kinds={
        DeliveryKind.APPLICATION: "Zgłoszenie",
        DeliveryKind.LEAD_CLUB: "Lead Club",
        DeliveryKind.RECORD: "Rekord",
    },
    verdicts={
        ComplaintVerdict.ACCEPTED: "Uznano",
        ComplaintVerdict.REJECTED: "Odrzucono",
        ComplaintVerdict.UNDER_REVIEW: "W trakcie rozpatrywania",
    },
    not_filed="Nie złożono",
    awaited="oczekiwane do {until}; w przeciwnym razie wrócą punkty ({points})",
    remedies={"REPLACEMENT": "Nowe zapytanie", "POINTS": "Zwrot punktów"},
    template_sheet="Reklamacje",
    instructions_sheet="Instrukcja",
    reasons_sheet="Powody",
    answer_sheet="Decyzje",
    answer_title="Decyzje w sprawie reklamacji {number}",
    choose_title="Powód",
    choose_text="Wybierz powód z listy.",
    instructions=(
        "Każdy wiersz to jeden otrzymany kontakt, który można jeszcze zareklamować.",
        "Aby zareklamować kontakt, wybierz w jego wierszu powód i wyjaśnij własnymi słowami, co jest nie tak. Jedno i drugie jest potrzebne w każdym wierszu.",
        "Pozostałe wiersze zostaw bez zmian lub usuń: nie zostaną złożone.",
        "Nie zmieniaj kolumny „ID dostawy”.",
        "Prześlij plik jako XLSX, XLS, ODS lub CSV, z najwyżej 10 000 wypełnionych wierszy.",
    ),
    not_accepted="Nigdy nie są uznawane:",
)
