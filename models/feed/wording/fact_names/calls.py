"""Facts about calls: employees, their hours, whom to try, and what is sent afterwards."""

# ruff: noqa: E501 - one line per name, to compare the languages

from collections.abc import Mapping
from enum import StrEnum

from rules.calls.call_closing import CallState
from rules.calls.call_mail import CallOutcome
from rules.calls.call_route import AnswerSoFar, CallerStanding, TransferWish
from rules.calls.presence import AppointmentNow, HoursNow, Presence

# fmt: off
FACTS: Mapping[str, tuple[str, str, str, str]] = {
    "appointment": ("Appointment", "Termin", "Wpis w kalendarzu", "Programare"),
    "hours": ("Working hours", "Arbeitszeit", "Godziny pracy", "Program de lucru"),
    "holiday": ("Public holiday", "Feiertag", "Dzień wolny od pracy", "Sărbătoare legală"),
    "plan_transfers": ("Plan includes transfers", "Tarif enthält Durchstellen", "Plan obejmuje przełączanie", "Abonamentul include transferul"),
    "confirmed": ("Set-up confirmed by the company", "Einrichtung vom Unternehmen bestätigt", "Konfiguracja potwierdzona przez firmę", "Configurare confirmată de companie"),
    "hop": ("Place in the chain of deputies", "Stelle in der Vertretungskette", "Miejsce w łańcuchu zastępców", "Locul în lanțul de înlocuitori"),
    "wish": ("Calls wanted by the employee", "Gewünschte Anrufe", "Życzenie pracownika", "Apeluri dorite de angajat"),
    "standing": ("Standing of the caller", "Stellung des Anrufers", "Status dzwoniącego", "Statutul apelantului"),
    "has_extension": ("Extension known", "Durchwahl vorhanden", "Jest numer bezpośredni", "Există număr direct"),
    "presence": ("Presence", "Anwesenheit", "Obecność", "Prezență"),
    "tried": ("Already tried in this call", "In diesem Anruf schon versucht", "Już próbowano w tej rozmowie", "Deja încercat în acest apel"),
    "answer": ("Answer of the employees so far", "Bisherige Antwort der Mitarbeiter", "Dotychczasowa odpowiedź pracowników", "Răspunsul angajaților până acum"),
    "call_mail.outcome": ("Outcome of the call", "Ausgang des Anrufs", "Wynik rozmowy", "Rezultatul apelului"),
    "call_sms.outcome": ("Outcome of the call", "Ausgang des Anrufs", "Wynik rozmowy", "Rezultatul apelului"),
    "call_mail.answered": ("Answered by an agent", "Von einem Telefonisten angenommen", "Odebrane przez agenta", "Preluat de un agent"),
    "sms_tick": ("Wants text messages about calls", "Wünscht SMS zu Anrufen", "Chce SMS-ów o rozmowach", "Dorește SMS-uri despre apeluri"),
    "vip_tick": ("Wants text messages about VIPs", "Wünscht SMS zu VIPs", "Chce SMS-ów o VIP-ach", "Dorește SMS-uri despre VIP-uri"),
    "vip": ("Caller is a VIP", "Anrufer ist VIP", "Dzwoni VIP", "Apelantul este VIP"),
    "mobile": ("Mobile number known", "Mobilnummer vorhanden", "Jest numer komórkowy", "Există număr de mobil"),
    "call_closing.state": ("State of the call", "Stand des Anrufs", "Stan połączenia", "Starea apelului"),
    "call_closing.quiet": ("Last change of state", "Letzter Wechsel des Stands", "Ostatnia zmiana stanu", "Ultima schimbare a stării"),
}
VALUES: Mapping[type[StrEnum], Mapping[str, tuple[str, str, str, str]]] = {
    AppointmentNow: {
        "NONE": ("None", "Keiner", "Brak", "Niciuna"),
        "AWAY": ("Away", "Abwesend", "Nieobecność", "Absent"),
        "REACHABLE": ("Reachable", "Erreichbar", "Osiągalny", "Disponibil"),
    },
    HoursNow: {
        "NOT_SET": ("Not set", "Nicht festgelegt", "Nie ustalono", "Nestabilit"),
        "WITHIN": ("Within", "Innerhalb", "W godzinach", "În program"),
        "OUTSIDE": ("Outside", "Außerhalb", "Poza godzinami", "În afara programului"),
    },
    TransferWish: {
        "NONE": ("None", "Keine", "Żadne", "Niciunul"),
        "ALL": ("All", "Alle", "Wszystkie", "Toate"),
        "VIP_ONLY": ("VIPs only", "Nur VIPs", "Tylko VIP-y", "Doar VIP"),
    },
    CallerStanding: {
        "ORDINARY": ("Ordinary", "Gewöhnlich", "Zwykły", "Obișnuit"),
        "WITHHELD": ("Number withheld", "Nummer unterdrückt", "Numer zastrzeżony", "Număr ascuns"),
        "VIP_OF_COMPANY": ("VIP of the company", "VIP des Unternehmens", "VIP firmy", "VIP al companiei"),
        "VIP_OF_EMPLOYEE": ("VIP of the employee", "VIP des Mitarbeiters", "VIP pracownika", "VIP al angajatului"),
        "UNWANTED": ("Unwanted", "Unerwünscht", "Niepożądany", "Nedorit"),
    },
    Presence: {
        "PRESENT": ("Present", "Anwesend", "Obecny", "Prezent"),
        "REACHABLE_APPOINTMENT": ("Reachable during an appointment", "Trotz Termin erreichbar", "Osiągalny mimo wpisu", "Disponibil în timpul programării"),
        "AWAY": ("Away", "Abwesend", "Nieobecny", "Absent"),
        "OUTSIDE_HOURS": ("Outside working hours", "Außerhalb der Arbeitszeit", "Poza godzinami pracy", "În afara programului"),
        "HOLIDAY": ("Public holiday", "Feiertag", "Dzień wolny od pracy", "Sărbătoare legală"),
    },
    AnswerSoFar: {
        "NONE": ("None", "Keine", "Brak", "Niciunul"),
        "LEFT_MESSAGE": ("Left a message for the caller", "Lässt etwas ausrichten", "Zostawił wiadomość", "A lăsat un mesaj"),
        "DECLINED": ("Declined the call", "Anruf abgelehnt", "Odrzucił rozmowę", "A refuzat apelul"),
    },
    CallOutcome: {
        "TRANSFERRED": ("Put through", "Durchgestellt", "Połączono", "Transferat"),
        "MESSAGE_TAKEN": ("Message taken", "Nachricht aufgenommen", "Przyjęto wiadomość", "Mesaj preluat"),
        "FAQ_ANSWERED": ("Question answered", "Frage beantwortet", "Udzielono odpowiedzi", "S-a răspuns la întrebare"),
        "ABANDONED": ("Abandoned", "Abgebrochen", "Porzucone", "Abandonat"),
        "UNFINISHED": ("Not finished", "Nicht abgeschlossen", "Niedokończone", "Nefinalizat"),
    },
    CallState: {
        "RINGING": ("Ringing", "Klingelt", "Dzwoni", "Sună"),
        "TALKING": ("Talking", "Im Gespräch", "Rozmowa", "În convorbire"),
        "CONSULTING": ("Asking an employee", "Rückfrage beim Mitarbeiter", "Konsultacja z pracownikiem", "Se întreabă un angajat"),
        "TRANSFERRED": ("Put through", "Durchgestellt", "Połączono", "Transferat"),
        "HUNG_UP": ("Caller has hung up", "Anrufer hat aufgelegt", "Dzwoniący się rozłączył", "Apelantul a închis"),
        "FINISHED": ("Finished", "Abgeschlossen", "Zakończone", "Finalizat"),
    },
}
