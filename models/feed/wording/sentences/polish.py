"""Owns the rules' sentences in Polish.

It must not say more or less than the rules: a test compares ids and placeholders.
"""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from collections.abc import Mapping

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "visibility": {
        "person_erased": "Dane tej osoby zostały usunięte; dane kontaktowe już nie istnieją.",
        "own_data": "To własne dane kontaktowe klienta.",
        "operator_looks": "Operator może zobaczyć dane kontaktowe; każdy dostęp jest rejestrowany.",
        "not_concerned": "Dane kontaktowe mogą zobaczyć tylko klient, usługodawca, który otrzymał kontakt, oraz operator.",
        "no_consent_upheld": "Osoba nie wyraziła zgody; dane kontaktowe zostały ponownie zablokowane.",
        "contact_stopped": "Z tą osobą nie wolno się już kontaktować; dane kontaktowe pozostają zablokowane.",
        "nothing_applied_for": "Usługodawca nie zgłosił się do tego zapytania ani go nie otrzymał.",
        "delivered": "Kontakt został dostarczony usługodawcy i jest widoczny od chwili otrzymania.",
        "prospect_accepted": "Klient zaakceptował zgłoszenie.",
        "still_waiting": "Czas na odpowiedź klienta: {reveal_after}.",
        "revealed_by_silence": "Brak odpowiedzi w terminie ({reveal_after}); dane kontaktowe zostały ujawnione automatycznie.",
        "declined_in_time": "Klient odrzucił zgłoszenie w terminie ({reveal_after}); dane kontaktowe nie zostaną ujawnione.",
        "declined_late": "Klient odrzucił zgłoszenie po terminie ({reveal_after}), gdy dane kontaktowe były już ujawnione.",
        "acceptance_withdrawn": "Klient wycofał akceptację; ujawnione już dane kontaktowe pozostają widoczne.",
    },
    "refund": {
        "application_ended": "Zgłoszenie zakończyło się bez odpowiedzi, ponieważ z klientem nie można się już kontaktować.",
        "not_answered": "Klient nie odpowiedział; nie ma czego zwracać.",
        "accepted": "Klient zaakceptował zgłoszenie; opłata jest należna.",
        "late_decline_not_refunded": "Klient odrzucił zgłoszenie po terminie ({reveal_after}); za późne odrzucenie zwrot nie przysługuje.",
        "withdrawal_not_refunded": "Klient wycofał akceptację; zwrot w takim przypadku nie przysługuje.",
        "meeting_confirmed": "Klient lub operator potwierdził, że spotkanie się odbyło.",
        "both_joined_meeting": "Zarówno usługodawca, jak i klient dołączyli do spotkania online.",
        "call_took_place": "Usługodawca i klient rozmawiali przez telefon (co najmniej {meeting_call_seconds}).",
        "answered_from_meeting_on": "Odpowiedź nadeszła w terminie planowanego spotkania lub później.",
        "no_show_does_not_restore": "Odpowiedź nadeszła w terminie planowanego spotkania lub później; niestawienie się tego nie zmienia.",
        "declined_in_time": "Klient odrzucił zgłoszenie w terminie ({reveal_after}) i nic nie wskazuje na to, że spotkanie się odbyło.",
        "declined_late": "Klient odrzucił zgłoszenie po terminie ({reveal_after}) i nic nie wskazuje na to, że spotkanie się odbyło.",
        "withdrawn_before_meeting": "Klient wycofał akceptację i nic nie wskazuje na to, że spotkanie się odbyło.",
        "no_show_recorded": "Odnotowano niestawienie się; spotkanie się nie odbyło.",
    },
    "review_reminder": {
        "answered": "Klient odpowiedział.",
        "too_early": "Czas na zapoznanie się ze zgłoszeniem przed przypomnieniem: {review_reminder_after}.",
        "not_reviewed": "Zgłoszenie nie zostało otwarte w terminie ({review_reminder_after}).",
        "opened_but_not_answered": "Zgłoszenie zostało otwarte, ale w terminie ({review_reminder_after}) nie nadeszła odpowiedź.",
        "opened_is_enough": "Zgłoszenie zostało otwarte; przypomnienia dotyczą tylko zgłoszeń nieotwartych.",
    },
    "complaint": {
        "window_over": "Termin liczony od otrzymania kontaktu ({window_days}) minął.",
        "remedied_before": "Ta dostawa została już zrekompensowana: na dostawę przypada tylko jedna rekompensata.",
        "not_explained": "Rekord nie ma własnego uzasadnienia i nie może zostać rozpatrzony.",
        "replacement_not_complainable": "Kontaktu zastępczego nie można ponownie zareklamować.",
        "voicemail_is_no_fault": "To, że odpowiada poczta głosowa, nie jest wadą kontaktu.",
        "no_answer_is_no_fault": "To, że nikt nie odbiera, nie jest wadą kontaktu.",
        "not_interested_is_no_fault": "To, że osoba nie jest zainteresowana, nie jest wadą kontaktu.",
        "lead_club_only": "Ten powód jest uznawany tylko przy dostawach Lead Club.",
        "number_does_not_exist": "Numer nie istnieje.",
        "number_of_another_person": "Numer należy do kogoś innego.",
        "wrong_address": "Adres jest błędny.",
        "business_closed": "Firma została zamknięta.",
        "no_consent": "Osoba nie wyraziła zgody na rozmowę telefoniczną.",
        "requirements_not_met": "Kontakt nie spełnia wymagań regulaminu lub umowy.",
        "refuted_by_evidence": "Rozstrzygający dowód mówi co innego.",
        "evidence_disagrees": "Rozstrzygające dowody są sprzeczne: decyduje operator.",
        "indications_are_no_proof": "Są poszlaki, ale nie ma dowodu: operator je sprawdzi.",
        "proof_is_missing": "Nie mamy na to dowodu: operator to sprawdzi, a wiadomość z dalszymi informacjami pomoże.",
        "operator_decided": "Operator sprawdził to i podjął decyzję.",
        "operator_overrode": "Operator zdecydował inaczej, niż mówią reguły; powód został zapisany.",
    },
}
