"""Polish words of complaint files; a test compares the languages."""

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
        Column.LEAD: "Lead",
        Column.KIND: "Rodzaj",
        Column.RECEIVED: "Otrzymano",
        Column.COMPLAIN_UNTIL: "Reklamacja możliwa przed",
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
        Column.REPLACEMENT: "Lead zastępczy",
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
    awaited="oczekiwany do {until}; w przeciwnym razie punkty zostaną dopisane do konta ({points})",
    remedies={"REPLACEMENT": "Zamiennik", "POINTS": "Dopisano punkty"},
    template_sheet="Reklamacje",
    instructions_sheet="Instrukcja",
    reasons_sheet="Powody",
    answer_sheet="Decyzje",
    answer_title="Decyzje w sprawie reklamacji {number}",
    choose_title="Powód",
    choose_text="Prosimy wybrać powód z listy.",
    instructions=(
        "Każdy wiersz to jeden otrzymany kontakt, który można jeszcze zareklamować.",
        "Aby zareklamować kontakt, należy w jego wierszu wybrać powód i własnymi słowami wyjaśnić, na czym polega wada. Obie informacje są wymagane.",
        "Pozostałe wiersze można pozostawić bez zmian lub usunąć; nie zostaną objęte reklamacją.",
        "Nie należy zmieniać kolumny „ID dostawy”.",
        "Plik należy przesłać w formacie XLSX, XLS, ODS lub CSV; może zawierać najwyżej 10\u00a0000 wypełnionych wierszy.",
    ),
    not_accepted="Te powody nigdy nie są uznawane:",
)
